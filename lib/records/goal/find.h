/* One goal as a call sees it, and who stands by it. */
#ifndef PZ_RECORDS_GOAL_FIND_H
#define PZ_RECORDS_GOAL_FIND_H

#include "personalize/goal.h"
#include "records/access/call.h"

/* PZ_E_NOT_FOUND where there is none in reach; PZ_E_DENIED. *out_goal is one block, pz_free(). */
pz_status pz__goal_find(pz__call *call, pz__doing doing, pz_id goal, pz_goal **out_goal);

/* The learner in person. */
int pz__goal_is_own(const pz__call *call, const pz_goal *goal);

/* The state of a person's support as the call sees it, in which role; 0 without any. */
pz_status pz__goal_support_of(pz__call *call, pz_id goal, pz_id person, int32_t *out_state);

/* Whether somebody supports it now. */
pz_status pz__goal_has_support(pz__call *call, pz_id goal, int *out_has);

/* Whether a person holds a role today and reaches the learner in it. */
pz_status pz__goal_adult_reaches(pz__call *call, pz_id person, int32_t role, pz_id learner, int *out_reaches);

/* Whether the measure of the goal is met by the mastery that the call sees. */
pz_status pz__goal_measure_is_met(pz__call *call, const pz_goal *goal, int *out_met, double *out_estimate);

/* Writes a version of the goal, by this actor at this change, in the state that follows from agreement and support where it is not at its
 * end; notes one item. */
pz_status pz__goal_write(pz__call *call, pz_goal *goal);
pz_status pz__goal_write_supporter(pz__call *call, const pz_goal_supporter *supporter);

#endif
