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

const pz_record_type *const pz__goal_types[] = {&pz__goal_type,        &pz__goal_supporter_type, &pz__goal_evidence_type, &pz__goal_query_type,
                                                &pz__goal_policy_type, &pz__goal_may_type,       &pz__goal_request_type,  &pz__goal_group_type, NULL};
