/* The records of goal.h: their descriptions, and how they lie in their tables. */
#ifndef PZ_RECORDS_GOAL_TABLES_H
#define PZ_RECORDS_GOAL_TABLES_H

#include "personalize/demonstration.h"
#include "records/types_learning.h"
#include "records/versioned.h"

extern const pz_record_type pz__goal_policy_type;
extern const pz_record_type pz__goal_may_type;
extern const pz_record_type pz__goal_request_type;
extern const pz_record_type pz__goal_group_type;
extern const pz_record_type pz__goal_milestone_type;
extern const pz_record_type pz__goal_measurement_type;
extern const pz_record_type pz__goal_reflection_type;
extern const pz_record_type pz__goal_progress_type;
extern const pz_record_type pz__goal_advice_type;
extern const pz_record_type pz__standard_type;
extern const pz_record_type pz__goal_count_type;
extern const pz_record_type pz__goal_coverage_type;
extern const pz_record_type pz__goal_decisions_type;
extern const pz_record_type pz__demonstration_type;
extern const pz_record_type pz__demonstration_rating_type;

extern const char *const pz__goal_step_names[];
extern const char *const pz__goal_decision_names[];
extern const char *const pz__request_state_names[];
extern const char *const pz__milestone_state_names[];

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

/* Rows that are counted within their goal or demonstration. */
typedef struct pz__goal_measurement_row {
    pz_goal_measurement measurement;
    int32_t position;
} pz__goal_measurement_row;
typedef struct pz__goal_reflection_row {
    pz_goal_reflection reflection;
    int32_t position;
} pz__goal_reflection_row;
typedef struct pz__rating_row {
    pz_demonstration_rating rating;
    int32_t position;
} pz__rating_row;

extern const pz__table pz__goal_table;
extern const pz__table pz__goal_supporter_table;
extern const pz__table pz__goal_evidence_table;
extern const pz__table pz__goal_policy_table;
extern const pz__table pz__goal_request_table;
extern const pz__table pz__goal_revision_table;
extern const pz__table pz__goal_group_table;
extern const pz__table pz__goal_milestone_table;
extern const pz__table pz__goal_measurement_table;
extern const pz__table pz__goal_reflection_table;
extern const pz__table pz__demonstration_table;
extern const pz__table pz__demonstration_media_table;
extern const pz__table pz__demonstration_rating_table;

/* The columns of lists, in the order of the descriptions; of a goal is_current comes last, given by the query. */
#define PZ__GOAL_COLUMNS                                                                                                                   \
    "goal_id, learner_id, version, state, area, statement, reason, measure, competency_id, target, due_on, proposed_by, "                  \
    "proposed_role, reflection, learner_agreed, acted_by, acted_role, acted_at, target_high, baseline, measured, grew_from_kind, "         \
    "grew_from_id, strategies, resources, confidence, coalesce(visibility, 5), serves_id, group_id, resumes, step, why"
#define PZ__MILESTONE_COLUMNS                                                                                                              \
    "milestone_id, goal_id, version, state, statement, due_on, learner_agreed, added_by, added_role, done_by, done_role, done_at, "        \
    "competency_id, sequence, description, link"
#define PZ__GOAL_REQUEST_COLUMNS                                                                                                           \
    "request_id, goal_id, step, state, asked_by, asked_role, asked_at, why, answered_by, answered_role, answered_at, answer"

#endif
