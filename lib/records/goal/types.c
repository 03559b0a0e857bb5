/* The records of goal.h. */
#include "base/record.h"
#include "records/types_learning.h"

const char *const pz__goal_state_names[] = {"", "proposed", "active", "achieved", "dropped", NULL};
const char *const pz__goal_area_names[] = {"", "academic", "personal", "career", NULL};
const char *const pz__goal_measure_names[] = {"", "demonstration", "mastery", "estimate", NULL};
const char *const pz__support_state_names[] = {"", "asked", "given", "declined", "ended", NULL};

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
    PZ__REAL(pz_goal, target, "0 to 1"),
    PZ__DATE(pz_goal, due_on),
    PZ__ID(pz_goal, proposed_by),
    PZ__ENUM(pz_goal, proposed_role, pz__role_names),
    PZ__TEXT(pz_goal, reflection),
    PZ__BOOL(pz_goal, learner_agreed),
    PZ__ID(pz_goal, acted_by),
    PZ__ENUM(pz_goal, acted_role, pz__role_names),
    PZ__TIME(pz_goal, acted_at),
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
