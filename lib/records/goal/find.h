/* One goal as a call sees it, who sees it, and who stands by it. */
#ifndef PZ_RECORDS_GOAL_FIND_H
#define PZ_RECORDS_GOAL_FIND_H

#include "personalize/goal.h"
#include "records/access/call.h"

/* PZ_E_NOT_FOUND where there is none that the actor sees; PZ_E_DENIED. *out_goal is one block, pz_free(). */
pz_status pz__goal_find(pz__call *call, pz__doing doing, pz_id goal, pz_goal **out_goal);
pz_status pz__goal_fail_missing(pz_id goal);

/* The learner in person. */
int pz__goal_is_own(const pz__call *call, const pz_goal *goal);

/* The state that it has besides a revision that waits, and whether that is one in which it can still be achieved. */
int32_t pz__goal_where(const pz_goal *goal);
int pz__goal_is_open(const pz_goal *goal);
/* The same in SQL, of a table named goal. */
#define PZ__GOAL_IS_OPEN_SQL "goal.state IN (1, 2, 6, 7, 8)"

/* Whether the actor of a call that reaches the learner sees this version of a goal; of a goal by its newest version, 0 where there is none. */
pz_status pz__goal_is_seen(pz__call *call, const pz_goal *goal, int *out_seen);
pz_status pz__goal_is_visible(pz__call *call, pz_id goal, int *out_visible);

/* The goals of a learner that the actor sees, by id. Texts live until `each` returns. */
typedef pz_status (*pz__goal_fn)(const pz_goal *goal, void *user_data);
pz_status pz__goal_each(pz__call *call, pz_id learner, pz__goal_fn each, void *user_data);

/* The state of a person's support as the call sees it; 0 without any. */
pz_status pz__goal_support_of(pz__call *call, pz_id goal, pz_id person, int32_t *out_state);

/* Whether a person holds a role today and reaches the learner in it. */
pz_status pz__goal_adult_reaches(pz__call *call, pz_id person, int32_t role, pz_id learner, int *out_reaches);

/* Whether the store can show the measure, and whether it is met by the mastery or the measurements that the call sees. *out_value is the
 * estimate or the last value; NaN without any. */
int pz__goal_is_measured(const pz_goal *goal);
pz_status pz__goal_measure_is_met(pz__call *call, const pz_goal *goal, int *out_met, double *out_value);

/* Writes a version of the goal, by this actor at this change, for a step; from proposed to agreed, or back, as agreement and support say. Notes one
 * item. */
pz_status pz__goal_write(pz__call *call, pz_goal *goal, int32_t step);
pz_status pz__goal_write_supporter(pz__call *call, const pz_goal_supporter *supporter);

#endif
