/* The records of activity.h: their descriptions, and how they lie in their tables. */
#ifndef PZ_RECORDS_ACTIVITY_TABLES_H
#define PZ_RECORDS_ACTIVITY_TABLES_H

#include "personalize/activity.h"
#include "records/versioned.h"

extern const pz_record_type pz__activity_type;
extern const pz_record_type pz__activity_tie_type;
extern const pz_record_type pz__activity_query_type;
extern const pz_record_type pz__assignment_type;
extern const pz_record_type pz__assignment_query_type;
extern const pz_record_type pz__week_type;

extern const char *const pz__activity_kind_names[];
extern const char *const pz__choice_rule_names[];
extern const char *const pz__tie_kind_names[];
extern const char *const pz__assignment_state_names[];

extern const pz_record_type *const pz__activity_types[];

extern const pz__table pz__activity_table;
extern const pz__table pz__assignment_table;

/* The columns of the descriptions in their order, without is_current, which is the last. */
#define PZ__ACTIVITY_COLUMNS                                                                                                               \
    "activity_id, version, class_id, org_id, parent_id, kind, choose, title, instructions, is_what_open, is_how_open, is_when_open, "      \
    "is_where_open, what, how, place, minutes, opens_on, due_on, choose_by, choice_rule, position, ended, author_id"
#define PZ__ASSIGNMENT_COLUMNS                                                                                                             \
    "assignment_id, learner_id, version, state, activity_id, board_id, competency_id, goal_id, is_chosen, what, how, place, due_on, "      \
    "minutes, work, link, score, note, assigned_by, assigned_role, acted_by, acted_role, acted_at"

#endif
