/* The records of goal.h: their descriptions, and how they lie in their tables. */
#ifndef PZ_RECORDS_GOAL_TABLES_H
#define PZ_RECORDS_GOAL_TABLES_H

#include "personalize/goal.h"
#include "records/types_learning.h"
#include "records/versioned.h"

extern const pz_record_type pz__goal_policy_type;
extern const pz_record_type pz__goal_may_type;
extern const pz_record_type pz__goal_request_type;
extern const pz_record_type pz__goal_group_type;

extern const char *const pz__goal_step_names[];
extern const char *const pz__goal_decision_names[];
extern const char *const pz__request_state_names[];

extern const pz_record_type *const pz__goal_types[];

/* A piece of evidence of a goal, with its number. */
typedef struct pz__goal_evidence_row {
    pz_goal_evidence evidence;
    int32_t position;
} pz__goal_evidence_row;

/* A row of a policy, with its number. */
typedef struct pz__goal_policy_row {
    pz_goal_policy policy;
    int32_t position;
} pz__goal_policy_row;

/* What a request to revise asks for. */
typedef struct pz__goal_revision_row {
    pz_id request;
    pz_goal goal; /* id and what a revision may change */
} pz__goal_revision_row;

extern const pz__table pz__goal_table;
extern const pz__table pz__goal_supporter_table;
extern const pz__table pz__goal_evidence_table;
extern const pz__table pz__goal_policy_table;
extern const pz__table pz__goal_request_table;
extern const pz__table pz__goal_revision_table;
extern const pz__table pz__goal_group_table;

/* The columns of lists, in the order of the descriptions; of a goal is_current comes last, given by the query. */
#define PZ__GOAL_COLUMNS                                                                                                                   \
    "goal_id, learner_id, version, state, area, statement, reason, measure, competency_id, target, due_on, proposed_by, "                  \
    "proposed_role, reflection, learner_agreed, acted_by, acted_role, acted_at, target_high, baseline, measured, grew_from_kind, "         \
    "grew_from_id, strategies, resources, confidence, coalesce(visibility, 5), serves_id, group_id, resumes, step, why"
#define PZ__GOAL_REQUEST_COLUMNS                                                                                                           \
    "request_id, goal_id, step, state, asked_by, asked_role, asked_at, why, answered_by, answered_role, answered_at, answer"

#endif
