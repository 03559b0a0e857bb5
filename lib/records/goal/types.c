/* The records of goal.h. */
#include "base/record.h"
#include "records/goal/tables.h"

const char *const pz__goal_state_names[] = {"",      "proposed", "active", "achieved", "abandoned",
                                            "draft", "agreed",   "paused", "revised",  NULL};
const char *const pz__goal_area_names[] = {"", "academic", "personal", "career", "social", NULL};
const char *const pz__goal_measure_names[] = {"", "demonstration", "mastery", "estimate", "score", "count", NULL};
const char *const pz__support_state_names[] = {"", "asked", "given", "declined", "ended", NULL};

const char *const pz__goal_step_names[] = {"",        "propose", "agree", "start", "pause",   "resume",  "revise", "achieve",
                                           "abandon", "draft",   "ask",   "support", "decline", "request", "answer", NULL};
const char *const pz__goal_decision_names[] = {"", "deny", "request", "allow", "approve", NULL};
const char *const pz__request_state_names[] = {"", "waiting", "approved", "declined", "withdrawn", "lapsed", NULL};

static const pz_field goal_fields[] = {
    PZ__ID(pz_goal, id),
    PZ__ID(pz_goal, learner),
    PZ__BIGINT(pz_goal, version, ""),
    PZ__ENUM(pz_goal, state, pz__goal_state_names),
    PZ__ENUM(pz_goal, area, pz__goal_area_names),
    PZ__TEXT(pz_goal, statement),
    PZ__TEXT(pz_goal, reason),
    PZ__ENUM(pz_goal, measure, pz__goal_measure_names),
    PZ__ID(pz_goal, competency),
    PZ__REAL(pz_goal, target, ""),
    PZ__DATE(pz_goal, due_on),
    PZ__ID(pz_goal, proposed_by),
    PZ__ENUM(pz_goal, proposed_role, pz__role_names),
    PZ__TEXT(pz_goal, reflection),
    PZ__BOOL(pz_goal, learner_agreed),
    PZ__ID(pz_goal, acted_by),
    PZ__ENUM(pz_goal, acted_role, pz__role_names),
    PZ__TIME(pz_goal, acted_at),
    PZ__REAL(pz_goal, target_high, ""),
    PZ__REAL(pz_goal, baseline, ""),
    PZ__TEXT(pz_goal, measured),
    PZ__ENUM(pz_goal, grew_from_kind, pz__kind_names),
    PZ__ID(pz_goal, grew_from),
    PZ__TEXT(pz_goal, strategies),
    PZ__TEXT(pz_goal, resources),
    PZ__REAL(pz_goal, confidence, "0 to 1"),
    PZ__ENUM(pz_goal, visibility, pz__visibility_names),
    PZ__ID(pz_goal, serves),
    PZ__ID(pz_goal, group),
    PZ__ENUM(pz_goal, resumes, pz__goal_state_names),
    PZ__ENUM(pz_goal, step, pz__goal_step_names),
    PZ__TEXT(pz_goal, why),
    PZ__BOOL(pz_goal, is_current),
};
static const pz_goal goal_initial = PZ_GOAL_INIT;
const pz_record_type pz__goal_type = PZ__RECORD_TYPE(pz_goal, goal_fields, &goal_initial);

static const pz_field goal_supporter_fields[] = {
    PZ__ID(pz_goal_supporter, goal),
    PZ__ID(pz_goal_supporter, person),
    PZ__ENUM(pz_goal_supporter, role, pz__role_names),
    PZ__ENUM(pz_goal_supporter, state, pz__support_state_names),
    PZ__TEXT(pz_goal_supporter, note),
    PZ__BIGINT(pz_goal_supporter, since_change, ""),
};
static const pz_goal_supporter goal_supporter_initial = {sizeof(pz_goal_supporter), 0, 0, 0, 0, NULL, 0, 0};
const pz_record_type pz__goal_supporter_type = PZ__RECORD_TYPE(pz_goal_supporter, goal_supporter_fields, &goal_supporter_initial);

static const pz_field goal_evidence_fields[] = {
    PZ__ID(pz_goal_evidence, goal), PZ__ID(pz_goal_evidence, competency),    PZ__BIGINT(pz_goal_evidence, sequence, ""),
    PZ__TIME(pz_goal_evidence, at), PZ__TEXT(pz_goal_evidence, description), PZ__TEXT(pz_goal_evidence, link),
};
static const pz_goal_evidence goal_evidence_initial = PZ_GOAL_EVIDENCE_INIT;
const pz_record_type pz__goal_evidence_type = PZ__RECORD_TYPE(pz_goal_evidence, goal_evidence_fields, &goal_evidence_initial);

static const char *const order_names[] = {"", "learner", "due", "acted", NULL};
static const pz_field goal_query_fields[] = {
    PZ__ID(pz_goal_query, learner),
    PZ__ID(pz_goal_query, class_id),
    PZ__ID(pz_goal_query, supporter),
    PZ__ENUM(pz_goal_query, state, pz__goal_state_names),
    PZ__DATE(pz_goal_query, due_until),
    PZ__TEXT(pz_goal_query, text),
    PZ__ENUM(pz_goal_query, order, order_names),
    PZ__INT(pz_goal_query, limit, "0: all"),
    PZ__ID(pz_goal_query, after),
};
static const pz_goal_query goal_query_initial = PZ_GOAL_QUERY_INIT;
const pz_record_type pz__goal_query_type = PZ__RECORD_TYPE(pz_goal_query, goal_query_fields, &goal_query_initial);

static const pz_field goal_policy_fields[] = {
    PZ__ID(pz_goal_policy, org),
    PZ__ENUM(pz_goal_policy, step, pz__goal_step_names),
    PZ__ENUM(pz_goal_policy, role, pz__role_names),
    PZ__ENUM(pz_goal_policy, decision, pz__goal_decision_names),
    PZ__NAME(pz_goal_policy, first_grade),
    PZ__NAME(pz_goal_policy, last_grade),
    PZ__INT(pz_goal_policy, age_from, "years"),
    PZ__INT(pz_goal_policy, own_goals_from, ""),
    PZ__BIGINT(pz_goal_policy, since_change, ""),
};
static const pz_goal_policy goal_policy_initial = PZ_GOAL_POLICY_INIT;
const pz_record_type pz__goal_policy_type = PZ__RECORD_TYPE(pz_goal_policy, goal_policy_fields, &goal_policy_initial);

static const pz_field goal_may_fields[] = {
    PZ__ID(pz_goal_may, goal),
    PZ__ENUM(pz_goal_may, step, pz__goal_step_names),
    PZ__ENUM(pz_goal_may, decision, pz__goal_decision_names),
};
static const pz_goal_may goal_may_initial = {sizeof(pz_goal_may), 0, 0, 0};
const pz_record_type pz__goal_may_type = PZ__RECORD_TYPE(pz_goal_may, goal_may_fields, &goal_may_initial);

static const pz_field goal_request_fields[] = {
    PZ__ID(pz_goal_request, id),
    PZ__ID(pz_goal_request, goal),
    PZ__ENUM(pz_goal_request, step, pz__goal_step_names),
    PZ__ENUM(pz_goal_request, state, pz__request_state_names),
    PZ__ID(pz_goal_request, asked_by),
    PZ__ENUM(pz_goal_request, asked_role, pz__role_names),
    PZ__TIME(pz_goal_request, asked_at),
    PZ__TEXT(pz_goal_request, why),
    PZ__ID(pz_goal_request, answered_by),
    PZ__ENUM(pz_goal_request, answered_role, pz__role_names),
    PZ__TIME(pz_goal_request, answered_at),
    PZ__TEXT(pz_goal_request, answer),
};
static const pz_goal_request goal_request_initial = {sizeof(pz_goal_request), 0, 0, 0, 0, 0, 0, PZ_TIME_NONE, NULL, 0, 0, 0, PZ_TIME_NONE, NULL, 0};
const pz_record_type pz__goal_request_type = PZ__RECORD_TYPE(pz_goal_request, goal_request_fields, &goal_request_initial);

static const pz_field goal_group_fields[] = {
    PZ__ID(pz_goal_group, id),           PZ__BIGINT(pz_goal_group, version, ""),
    PZ__ID(pz_goal_group, class_id),     PZ__TEXT(pz_goal_group, statement),
    PZ__ID(pz_goal_group, competency),   PZ__DATE(pz_goal_group, due_on),
    PZ__ID(pz_goal_group, proposed_by),  PZ__ENUM(pz_goal_group, proposed_role, pz__role_names),
    PZ__BOOL(pz_goal_group, ended),      PZ__INT(pz_goal_group, members, ""),
    PZ__INT(pz_goal_group, achieved, ""),
};
static const pz_goal_group goal_group_initial = PZ_GOAL_GROUP_INIT;
const pz_record_type pz__goal_group_type = PZ__RECORD_TYPE(pz_goal_group, goal_group_fields, &goal_group_initial);

const char *const pz__milestone_state_names[] = {"", "open", "reached", "dropped", NULL};

static const pz_field milestone_fields[] = {
    PZ__ID(pz_goal_milestone, id),
    PZ__ID(pz_goal_milestone, goal),
    PZ__BIGINT(pz_goal_milestone, version, ""),
    PZ__ENUM(pz_goal_milestone, state, pz__milestone_state_names),
    PZ__TEXT(pz_goal_milestone, statement),
    PZ__DATE(pz_goal_milestone, due_on),
    PZ__BOOL(pz_goal_milestone, learner_agreed),
    PZ__ID(pz_goal_milestone, added_by),
    PZ__ENUM(pz_goal_milestone, added_role, pz__role_names),
    PZ__ID(pz_goal_milestone, done_by),
    PZ__ENUM(pz_goal_milestone, done_role, pz__role_names),
    PZ__TIME(pz_goal_milestone, done_at),
    PZ__ID(pz_goal_milestone, competency),
    PZ__BIGINT(pz_goal_milestone, sequence, ""),
    PZ__TEXT(pz_goal_milestone, description),
    PZ__TEXT(pz_goal_milestone, link),
};
static const pz_goal_milestone milestone_initial = PZ_GOAL_MILESTONE_INIT;
const pz_record_type pz__goal_milestone_type = PZ__RECORD_TYPE(pz_goal_milestone, milestone_fields, &milestone_initial);

static const pz_field measurement_fields[] = {
    PZ__ID(pz_goal_measurement, goal),        PZ__REAL(pz_goal_measurement, value, ""),
    PZ__TIME(pz_goal_measurement, at),        PZ__TEXT(pz_goal_measurement, note),
    PZ__ID(pz_goal_measurement, measured_by), PZ__ENUM(pz_goal_measurement, measured_role, pz__role_names),
};
static const pz_goal_measurement measurement_initial = PZ_GOAL_MEASUREMENT_INIT;
const pz_record_type pz__goal_measurement_type = PZ__RECORD_TYPE(pz_goal_measurement, measurement_fields, &measurement_initial);

static const pz_field reflection_fields[] = {
    PZ__ID(pz_goal_reflection, goal),   PZ__TEXT(pz_goal_reflection, content),
    PZ__ID(pz_goal_reflection, person), PZ__ENUM(pz_goal_reflection, role, pz__role_names),
    PZ__TIME(pz_goal_reflection, at),
};
static const pz_goal_reflection reflection_initial = {sizeof(pz_goal_reflection), 0, NULL, 0, 0, 0, PZ_TIME_NONE};
const pz_record_type pz__goal_reflection_type = PZ__RECORD_TYPE(pz_goal_reflection, reflection_fields, &reflection_initial);

static const char *const pace_names[] = {"", "not_enough", "reached", "on_time", "unclear", "late", NULL};
static const pz_field progress_fields[] = {
    PZ__ID(pz_goal_progress, goal),
    PZ__REAL(pz_goal_progress, value, ""),
    PZ__REAL(pz_goal_progress, share, "0 to 1"),
    PZ__BOOL(pz_goal_progress, is_met),
    PZ__INT(pz_goal_progress, milestones, ""),
    PZ__INT(pz_goal_progress, milestones_reached, ""),
    PZ__INT(pz_goal_progress, milestones_overdue, ""),
    PZ__ENUM(pz_goal_progress, pace, pace_names),
    PZ__INT(pz_goal_progress, observations, ""),
    PZ__DATE(pz_goal_progress, expected_on),
    PZ__DATE(pz_goal_progress, earliest_on),
    PZ__DATE(pz_goal_progress, latest_on),
    PZ__REAL(pz_goal_progress, chance, "0 to 1"),
    PZ__TEXT(pz_goal_progress, words),
};
static const pz_goal_progress progress_initial = {sizeof(pz_goal_progress), 0, PZ_REAL_NONE, PZ_REAL_NONE, 0, 0, 0, 0, 0, 0, PZ_DATE_NONE, PZ_DATE_NONE, PZ_DATE_NONE,
                                                  PZ_REAL_NONE, NULL, 0};
const pz_record_type pz__goal_progress_type = PZ__RECORD_TYPE(pz_goal_progress, progress_fields, &progress_initial);

static const pz_field advice_fields[] = {
    PZ__ID(pz_goal_advice, goal),    PZ__NAME(pz_goal_advice, code),     PZ__NAME(pz_goal_advice, field),
    PZ__NAME(pz_goal_advice, words), PZ__ID(pz_goal_advice, competency),
};
static const pz_goal_advice advice_initial = {sizeof(pz_goal_advice), 0, "", "", NULL, 0};
const pz_record_type pz__goal_advice_type = PZ__RECORD_TYPE(pz_goal_advice, advice_fields, &advice_initial);

static const char *const standard_names[] = {"", "below_grade", "no_route", "extension", NULL};
static const pz_field standard_fields[] = {
    PZ__ID(pz_standard, learner),        PZ__ID(pz_standard, competency), PZ__ENUM(pz_standard, kind, standard_names),
    PZ__INT(pz_standard, position, ""), PZ__ID(pz_standard, step),       PZ__NAME(pz_standard, level),
};
static const pz_standard standard_initial = {sizeof(pz_standard), 0, 0, 0, 0, 0, NULL};
const pz_record_type pz__standard_type = PZ__RECORD_TYPE(pz_standard, standard_fields, &standard_initial);

static const pz_field count_fields[] = {
    PZ__ID(pz_goal_count, org),
    PZ__ID(pz_goal_count, class_id),
    PZ__ENUM(pz_goal_count, area, pz__goal_area_names),
    PZ__INT(pz_goal_count, learners, ""),
    PZ__INT(pz_goal_count, covered, ""),
    PZ__INT(pz_goal_count, uncovered, ""),
    PZ__INT(pz_goal_count, goals, ""),
    PZ__INT(pz_goal_count, achieved, ""),
    PZ__INT(pz_goal_count, abandoned, ""),
    PZ__INT(pz_goal_count, overdue, ""),
    PZ__INT(pz_goal_count, milestones_overdue, ""),
};
static const pz_goal_count count_initial = {sizeof(pz_goal_count), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
const pz_record_type pz__goal_count_type = PZ__RECORD_TYPE(pz_goal_count, count_fields, &count_initial);

static const pz_field coverage_fields[] = {
    PZ__ID(pz_goal_coverage, learner),      PZ__INT(pz_goal_coverage, open, ""),
    PZ__INT(pz_goal_coverage, achieved, ""), PZ__INT(pz_goal_coverage, overdue, ""),
    PZ__INT(pz_goal_coverage, milestones_overdue, ""), PZ__TIME(pz_goal_coverage, acted_at),
};
static const pz_goal_coverage coverage_initial = {sizeof(pz_goal_coverage), 0, 0, 0, 0, 0, PZ_TIME_NONE};
const pz_record_type pz__goal_coverage_type = PZ__RECORD_TYPE(pz_goal_coverage, coverage_fields, &coverage_initial);

static const pz_field decisions_fields[] = {
    PZ__ID(pz_goal_decisions, cycle),         PZ__ID(pz_goal_decisions, learner),      PZ__INT(pz_goal_decisions, decisions, ""),
    PZ__INT(pz_goal_decisions, proposed, ""), PZ__INT(pz_goal_decisions, agreed, ""), PZ__INT(pz_goal_decisions, revised, ""),
    PZ__INT(pz_goal_decisions, moved, ""),    PZ__INT(pz_goal_decisions, achieved, ""), PZ__INT(pz_goal_decisions, answered, ""),
};
static const pz_goal_decisions decisions_initial = {sizeof(pz_goal_decisions), 0, 0, 0, 0, 0, 0, 0, 0, 0};
const pz_record_type pz__goal_decisions_type = PZ__RECORD_TYPE(pz_goal_decisions, decisions_fields, &decisions_initial);

static const pz_field demonstration_fields[] = {
    PZ__ID(pz_demonstration, id),        PZ__ID(pz_demonstration, goal),
    PZ__TEXT(pz_demonstration, title),   PZ__TEXT(pz_demonstration, content),
    PZ__ID(pz_demonstration, shown_by),  PZ__ENUM(pz_demonstration, shown_role, pz__role_names),
    PZ__TIME(pz_demonstration, shown_at),
};
static const pz_demonstration demonstration_initial = PZ_DEMONSTRATION_INIT;
const pz_record_type pz__demonstration_type = PZ__RECORD_TYPE(pz_demonstration, demonstration_fields, &demonstration_initial);

static const pz_field rating_fields[] = {
    PZ__ID(pz_demonstration_rating, demonstration),
    PZ__TEXT(pz_demonstration_rating, criterion),
    PZ__INT(pz_demonstration_rating, level, "1 to levels"),
    PZ__INT(pz_demonstration_rating, levels, "2 to 100"),
    PZ__TEXT(pz_demonstration_rating, words),
    PZ__TEXT(pz_demonstration_rating, note),
    PZ__ID(pz_demonstration_rating, rated_by),
    PZ__ENUM(pz_demonstration_rating, rated_role, pz__role_names),
    PZ__TIME(pz_demonstration_rating, rated_at),
    PZ__BOOL(pz_demonstration_rating, is_self),
};
static const pz_demonstration_rating rating_initial = PZ_DEMONSTRATION_RATING_INIT;
const pz_record_type pz__demonstration_rating_type = PZ__RECORD_TYPE(pz_demonstration_rating, rating_fields, &rating_initial);

const pz_record_type *const pz__goal_types[] = {
    &pz__goal_type,          &pz__goal_supporter_type,   &pz__goal_evidence_type,   &pz__goal_query_type,    &pz__goal_policy_type,   &pz__goal_may_type,
    &pz__goal_request_type,  &pz__goal_group_type,       &pz__goal_milestone_type,  &pz__goal_measurement_type, &pz__goal_reflection_type, &pz__goal_progress_type,
    &pz__goal_advice_type,   &pz__standard_type,         &pz__goal_count_type,      &pz__goal_coverage_type, &pz__goal_decisions_type, &pz__demonstration_type,
    &pz__demonstration_rating_type, NULL};
