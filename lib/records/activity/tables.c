#include "records/activity/tables.h"

#include "records/types_learning.h"

#define MARKS_23 PZ__MARKS_13 ", ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24, ?25"
#define MARKS_24 PZ__MARKS_13 ", ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24, ?25, ?26"

/* clang-format off: one table, one block */

static const pz_field activity_fields[] = {
    PZ__ID(pz_activity, id),
    PZ__BIGINT(pz_activity, version, ""),
    PZ__ID(pz_activity, class_id),
    PZ__ID(pz_activity, org),
    PZ__ID(pz_activity, parent),
    PZ__ENUM(pz_activity, kind, pz__activity_kind_names),
    PZ__INT(pz_activity, choose, "0 all"),
    PZ__TEXT(pz_activity, title),
    PZ__TEXT(pz_activity, instructions),
    PZ__BOOL(pz_activity, is_what_open),
    PZ__BOOL(pz_activity, is_how_open),
    PZ__BOOL(pz_activity, is_when_open),
    PZ__BOOL(pz_activity, is_where_open),
    PZ__TEXT(pz_activity, what),
    PZ__TEXT(pz_activity, how),
    PZ__TEXT(pz_activity, place),
    PZ__INT(pz_activity, minutes, "minutes"),
    PZ__DATE(pz_activity, opens_on),
    PZ__DATE(pz_activity, due_on),
    PZ__DATE(pz_activity, choose_by),
    PZ__ENUM(pz_activity, choice_rule, pz__choice_rule_names),
    PZ__INT(pz_activity, position, ""),
    PZ__BOOL(pz_activity, ended),
    PZ__ID(pz_activity, author),
};
static const pz_activity activity_initial = PZ_ACTIVITY_INIT;
static const pz_record_type activity_row_type = PZ__RECORD_TYPE(pz_activity, activity_fields, &activity_initial);

const pz__table pz__activity_table = {
    &activity_row_type,
    PZ_KIND_ACTIVITY,
    1,
    -1,
    -1,
    0,
    PZ__TABLE_SQL("activity", PZ__ACTIVITY_COLUMNS, MARKS_24, "activity_id = ?2")};

static const pz_field assignment_fields[] = {
    PZ__ID(pz_assignment, learner),
    PZ__ID(pz_assignment, id),
    PZ__BIGINT(pz_assignment, version, ""),
    PZ__ENUM(pz_assignment, state, pz__assignment_state_names),
    PZ__ID(pz_assignment, activity),
    PZ__ID(pz_assignment, board),
    PZ__ID(pz_assignment, competency),
    PZ__ID(pz_assignment, goal),
    PZ__BOOL(pz_assignment, is_chosen),
    PZ__TEXT(pz_assignment, what),
    PZ__TEXT(pz_assignment, how),
    PZ__TEXT(pz_assignment, place),
    PZ__DATE(pz_assignment, due_on),
    PZ__INT(pz_assignment, minutes, "minutes"),
    PZ__TEXT(pz_assignment, work),
    PZ__TEXT(pz_assignment, link),
    PZ__REAL(pz_assignment, score, "0 to 1"),
    PZ__TEXT(pz_assignment, note),
    PZ__ID(pz_assignment, assigned_by),
    PZ__ENUM(pz_assignment, assigned_role, pz__role_names),
    PZ__ID(pz_assignment, acted_by),
    PZ__ENUM(pz_assignment, acted_role, pz__role_names),
    PZ__TIME(pz_assignment, acted_at),
};
static const pz_assignment assignment_initial = PZ_ASSIGNMENT_INIT;
static const pz_record_type assignment_row_type = PZ__RECORD_TYPE(pz_assignment, assignment_fields, &assignment_initial);

const pz__table pz__assignment_table = {
    &assignment_row_type,
    PZ_KIND_ASSIGNMENT,
    2,
    -1,
    0,
    1,
    PZ__TABLE_SQL(
        "assignment",
        "learner_id, assignment_id, version, state, activity_id, board_id, competency_id, goal_id, is_chosen, what, how, place, due_on, "
        "minutes, work, link, score, note, assigned_by, assigned_role, acted_by, acted_role, acted_at",
        MARKS_23, "learner_id = ?2 AND assignment_id = ?3")};
