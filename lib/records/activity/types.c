/* The records of activity.h. */
#include "base/record.h"
#include "records/activity/tables.h"
#include "records/types_learning.h"

const char *const pz__activity_kind_names[] = {"", "task", "board", NULL};
const char *const pz__choice_rule_names[] = {"", "until_deadline", "until_start", "final", NULL};
const char *const pz__tie_kind_names[] = {"", "teaches", "needs_competency", "needs_activity", NULL};
const char *const pz__assignment_state_names[] = {"", "assigned", "started", "submitted", "returned", "excused", "dropped", NULL};

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
    PZ__BOOL(pz_activity, is_current),
};
static const pz_activity activity_initial = PZ_ACTIVITY_INIT;
const pz_record_type pz__activity_type = PZ__RECORD_TYPE(pz_activity, activity_fields, &activity_initial);

static const pz_field tie_fields[] = {
    PZ__ID(pz_activity_tie, activity),
    PZ__ENUM(pz_activity_tie, kind, pz__tie_kind_names),
    PZ__ID(pz_activity_tie, target),
    PZ__REAL(pz_activity_tie, weight, "0 to 1"),
};
static const pz_activity_tie tie_initial = PZ_ACTIVITY_TIE_INIT;
const pz_record_type pz__activity_tie_type = PZ__RECORD_TYPE(pz_activity_tie, tie_fields, &tie_initial);

static const pz_field activity_query_fields[] = {
    PZ__ID(pz_activity_query, class_id),
    PZ__ID(pz_activity_query, parent),
    PZ__ID(pz_activity_query, competency),
    PZ__TEXT(pz_activity_query, text),
    PZ__BOOL(pz_activity_query, with_ended),
    PZ__INT(pz_activity_query, limit, "rows, 0 all"),
    PZ__ID(pz_activity_query, after),
};
static const pz_activity_query activity_query_initial = PZ_ACTIVITY_QUERY_INIT;
const pz_record_type pz__activity_query_type = PZ__RECORD_TYPE(pz_activity_query, activity_query_fields, &activity_query_initial);

static const pz_field assignment_fields[] = {
    PZ__ID(pz_assignment, id),
    PZ__ID(pz_assignment, learner),
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
    PZ__BOOL(pz_assignment, is_current),
};
static const pz_assignment assignment_initial = PZ_ASSIGNMENT_INIT;
const pz_record_type pz__assignment_type = PZ__RECORD_TYPE(pz_assignment, assignment_fields, &assignment_initial);

static const pz_field assignment_query_fields[] = {
    PZ__ID(pz_assignment_query, learner),
    PZ__ID(pz_assignment_query, class_id),
    PZ__ID(pz_assignment_query, activity),
    PZ__ID(pz_assignment_query, goal),
    PZ__ENUM(pz_assignment_query, state, pz__assignment_state_names),
    PZ__BOOL(pz_assignment_query, open_only),
    PZ__DATE(pz_assignment_query, due_until),
    PZ__INT(pz_assignment_query, limit, "rows, 0 all"),
    PZ__ID(pz_assignment_query, after),
};
static const pz_assignment_query assignment_query_initial = PZ_ASSIGNMENT_QUERY_INIT;
const pz_record_type pz__assignment_query_type = PZ__RECORD_TYPE(pz_assignment_query, assignment_query_fields, &assignment_query_initial);

static const pz_field week_fields[] = {
    PZ__ID(pz_week, learner),
    PZ__DATE(pz_week, begins_on),
    PZ__INT(pz_week, due, "assignments"),
    PZ__INT(pz_week, minutes, "minutes"),
    PZ__INT(pz_week, finished, "assignments"),
    PZ__INT(pz_week, due_in_all, "assignments"),
    PZ__INT(pz_week, finished_in_all, "assignments"),
    PZ__INT(pz_week, behind, "assignments"),
};
static const pz_week week_initial = {sizeof(pz_week), 0, PZ_DATE_NONE, 0, 0, 0, 0, 0, 0};
const pz_record_type pz__week_type = PZ__RECORD_TYPE(pz_week, week_fields, &week_initial);

const pz_record_type *const pz__activity_types[] = {&pz__activity_type, &pz__activity_tie_type, &pz__activity_query_type,
                                                    &pz__assignment_type, &pz__assignment_query_type, &pz__week_type, NULL};
