#include "records/goal/find.h"

#include "base/fail.h"
#include "base/memory.h"
#include "records/access/actor.h"
#include "records/access/reach_sql.h"
#include "records/ask.h"
#include "records/evidence/learning_tables.h"
#include "records/mastery/standing.h"

static pz_status fail_missing(pz_id goal)
{
    return pz__fail(PZ_E_NOT_FOUND, "goal", "pz_goal_list() lists them.", "There is no goal %lld in reach.", (long long)goal);
}

static pz_status load(pz__call *call, pz_id goal, pz_goal **out_goal)
{
    static const char sql[] =
        "SELECT " PZ__GOAL_COLUMNS ", 1 FROM goal WHERE tenant_id = ?1 AND goal_id = ?2 AND since_change <= ?3 AND until_change > ?3";
    PZ__TRY(pz__ask_one(call, &pz__goal_type, sql, goal, (void **)out_goal));
    return *out_goal ? PZ_OK : fail_missing(goal);
}

pz_status pz__goal_find(pz__call *call, pz__doing doing, pz_id goal, pz_goal **out_goal)
{
    pz_status status;
    PZ__TRY(load(call, goal, out_goal));
    status = pz__may_learner(call, PZ_KIND_GOAL, doing, (*out_goal)->learner, "goal");
    if (status == PZ_E_NOT_FOUND) status = fail_missing(goal);
    if (status == PZ_OK) return PZ_OK;
    pz_free(*out_goal);
    *out_goal = NULL;
    return status;
}

int pz__goal_is_own(const pz__call *call, const pz_goal *goal)
{
    return pz__call_role(call) == PZ_ROLE_LEARNER && pz__call_person(call) == goal->learner;
}

/* ------------------------------------------------------------------------------------------------- support --- */

/* ?2 the goal, ?3 the change that is seen, ?4 a person, ?5 a state. */
static pz_status ask_supporters(pz__call *call, const char *sql, pz_id goal, pz_id person, int32_t *out_state)
{
    pz__statement *statement;
    pz_status status;
    int row;
    *out_state = 0;
    PZ__TRY(pz__ask(call, sql, goal, &statement));
    pz__bind_int(statement, 4, person);
    status = pz__db_step(statement, &row);
    if (row) *out_state = (int32_t)pz__column_int(statement, 0);
    pz__db_reset(statement);
    return status;
}

pz_status pz__goal_support_of(pz__call *call, pz_id goal, pz_id person, int32_t *out_state)
{
    static const char sql[] =
        "SELECT state FROM goal_supporter WHERE tenant_id = ?1 AND goal_id = ?2 AND person_id = ?4 AND since_change <= ?3 "
        "AND until_change > ?3";
    return ask_supporters(call, sql, goal, person, out_state);
}

pz_status pz__goal_has_support(pz__call *call, pz_id goal, int *out_has)
{
    static const char sql[] =
        "SELECT state FROM goal_supporter WHERE tenant_id = ?1 AND goal_id = ?2 AND state = ?4 AND since_change <= ?3 "
        "AND until_change > ?3";
    int32_t state;
    PZ__TRY(ask_supporters(call, sql, goal, PZ_SUPPORT_GIVEN, &state));
    *out_has = state != 0;
    return PZ_OK;
}

pz_status pz__goal_adult_reaches(pz__call *call, pz_id person, int32_t role, pz_id learner, int *out_reaches)
{
    static const char as_guardian[] =
        "SELECT 1 FROM guardianship g WHERE g.guardian_id = ?2 AND g.learner_id = ?5 AND ?3 = ?3 AND ?4 = ?4 AND " NOW("g");
    static const char as_teacher[] = "SELECT 1 FROM enrollment t JOIN class c ON c.class_id = t.class_id AND " LIVES(
        "c") " JOIN enrollment e ON e.class_id = c.class_id "
             "AND e.role = 1 AND e.person_id = ?5 AND " HOLDS("e") " WHERE t.person_id = ?2 AND t.role = ?4 AND " HOLDS("t");
    static const char by_org[] = CLIMB(ORGS_OF_LEARNER);
    const char *sql = role == PZ_ROLE_GUARDIAN ? as_guardian : role == PZ_ROLE_TEACHER ? as_teacher : by_org;
    pz__statement *statement;
    pz_status status;
    PZ__TRY(pz__role_is_held(call->store, person, role, call->present_day, out_reaches));
    if (!*out_reaches) return PZ_OK;
    PZ__TRY(pz__db_statement(call->db, sql, &statement));
    pz__bind_int(statement, 1, call->tenant);
    pz__bind_int(statement, 2, person);
    pz__bind_int(statement, 3, call->present_day);
    pz__bind_int(statement, 4, role);
    pz__bind_int(statement, 5, learner);
    status = pz__db_step(statement, out_reaches);
    pz__db_reset(statement);
    return status;
}

/* ------------------------------------------------------------------------------------------------- measure --- */

static int is_met(const pz_goal *goal, const pz__standing *standing)
{
    if (goal->measure == PZ_MEASURE_MASTERY) return standing->estimate.decision == PZ_MASTERY_MASTERED;
    return goal->measure == PZ_MEASURE_ESTIMATE && standing->estimate.estimate >= goal->target;
}

pz_status pz__goal_measure_is_met(pz__call *call, const pz_goal *goal, int *out_met, double *out_estimate)
{
    pz__standings standings = {0};
    pz__rules *rules;
    pz_status status;
    *out_met = 0;
    *out_estimate = PZ_REAL_NONE;
    if (!goal->competency) return PZ_OK;
    PZ__TRY(pz__rules_load(call, &rules));
    status = pz__standings_get(&standings, call, rules, goal->learner, goal->competency, goal->competency);
    if (status == PZ_OK && standings.count) {
        *out_met = is_met(goal, &standings.rows[0]);
        *out_estimate = standings.rows[0].estimate.estimate;
    }
    pz__standings_free(&standings);
    pz__rules_free(rules);
    return status;
}

/* ------------------------------------------------------------------------------------------------- writing --- */

pz_status pz__goal_write(pz__call *call, pz_goal *goal)
{
    pz__outcome outcome;
    int has_support;
    if (goal->state == PZ_GOAL_PROPOSED || goal->state == PZ_GOAL_ACTIVE) {
        PZ__TRY(pz__goal_has_support(call, goal->id, &has_support));
        goal->state = goal->learner_agreed && has_support ? PZ_GOAL_ACTIVE : PZ_GOAL_PROPOSED;
    }
    goal->version = pz__change_number(call->change);
    goal->acted_by = pz__call_person(call);
    goal->acted_role = pz__call_role(call);
    goal->acted_at = pz__change_time(call->change);
    return pz__versioned_write(call, &pz__goal_table, goal, &outcome);
}

/* The goal's own item says that it was touched, so this notes none. */
pz_status pz__goal_write_supporter(pz__call *call, const pz_goal_supporter *supporter)
{
    int found;
    int64_t since;
    PZ__TRY(pz__versioned_find(call, &pz__goal_supporter_table, supporter, &found, &since));
    if (found) PZ__TRY(pz__versioned_supersede(call, &pz__goal_supporter_table, supporter, since));
    return pz__versioned_insert(call, &pz__goal_supporter_table, supporter);
}
