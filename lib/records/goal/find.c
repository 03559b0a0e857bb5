#include "records/goal/find.h"

#include "base/fail.h"
#include "base/memory.h"
#include "records/access/actor.h"
#include "records/access/reach_sql.h"
#include "records/ask.h"
#include "records/goal/steps.h"
#include "records/goal/tables.h"
#include "records/mastery/standing.h"

pz_status pz__goal_fail_missing(pz_id goal)
{
    return pz__fail(PZ_E_NOT_FOUND, "goal", "pz_goal_list() lists them.", "There is no goal %lld in reach.", (long long)goal);
}

static pz_status load(pz__call *call, pz_id goal, pz_goal **out_goal)
{
    static const char sql[] =
        "SELECT " PZ__GOAL_COLUMNS ", 1 FROM goal WHERE tenant_id = ?1 AND goal_id = ?2 AND since_change <= ?3 AND until_change > ?3";
    PZ__TRY(pz__ask_one(call, &pz__goal_type, sql, goal, (void **)out_goal));
    return *out_goal ? PZ_OK : pz__goal_fail_missing(goal);
}

pz_status pz__goal_find(pz__call *call, pz__doing doing, pz_id goal, pz_goal **out_goal)
{
    pz_status status;
    int seen = 0;
    PZ__TRY(load(call, goal, out_goal));
    status = pz__may_learner(call, PZ_KIND_GOAL, doing, (*out_goal)->learner, "goal");
    if (status == PZ_OK || status == PZ_E_DENIED) {
        pz_status also = pz__goal_is_seen(call, *out_goal, &seen);
        if (also != PZ_OK) status = also;
        if (also == PZ_OK && !seen) status = PZ_E_NOT_FOUND;
    }
    if (status == PZ_E_NOT_FOUND) status = pz__goal_fail_missing(goal);
    if (status == PZ_OK) return PZ_OK;
    pz_free(*out_goal);
    *out_goal = NULL;
    return status;
}

int pz__goal_is_own(const pz__call *call, const pz_goal *goal)
{
    return pz__call_role(call) == PZ_ROLE_LEARNER && pz__call_person(call) == goal->learner;
}

int32_t pz__goal_where(const pz_goal *goal)
{
    return goal->state == PZ_GOAL_REVISED ? goal->resumes : goal->state;
}

int pz__goal_is_open(const pz_goal *goal)
{
    return goal->state != PZ_GOAL_DRAFT && goal->state != PZ_GOAL_ACHIEVED && goal->state != PZ_GOAL_ABANDONED;
}

/* ------------------------------------------------------------------------------------------------- support --- */

pz_status pz__goal_support_of(pz__call *call, pz_id goal, pz_id person, int32_t *out_state)
{
    static const char sql[] =
        "SELECT state FROM goal_supporter WHERE tenant_id = ?1 AND goal_id = ?2 AND person_id = ?4 AND since_change <= ?3 "
        "AND until_change > ?3";
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

/* Bits 1 << role of those who support it now. */
static pz_status supporting_roles(pz__call *call, pz_id goal, int32_t *out_roles)
{
    static const char sql[] = "SELECT role FROM goal_supporter WHERE tenant_id = ?1 AND goal_id = ?2 AND state = 2 AND since_change <= ?3 "
                              "AND until_change > ?3";
    pz__statement *statement;
    pz_status status;
    int row;
    *out_roles = 0;
    PZ__TRY(pz__ask(call, sql, goal, &statement));
    while ((status = pz__db_step(statement, &row)) == PZ_OK && row) *out_roles |= 1 << pz__column_int(statement, 0);
    pz__db_reset(statement);
    return status;
}

/* Its learner has, and decides alone or has the support of an adult whose support counts. */
static pz_status is_agreed(pz__call *call, const pz_goal *goal, int *out_agreed)
{
    int32_t decision, roles;
    *out_agreed = goal->learner_agreed && goal->visibility == PZ_VISIBLE_SELF;
    if (*out_agreed || !goal->learner_agreed) return PZ_OK;
    PZ__TRY(pz__goal_decision(call, goal->learner, PZ_ROLE_LEARNER, PZ_GOAL_STEP_AGREE, &decision));
    *out_agreed = decision >= PZ_GOAL_ALLOW;
    if (!*out_agreed) PZ__TRY(supporting_roles(call, goal->id, &roles));
    for (int32_t role = PZ_ROLE_GUARDIAN; role <= PZ_ROLE_LEADER && !*out_agreed; role++) {
        if (!(roles >> role & 1)) continue;
        PZ__TRY(pz__goal_decision(call, goal->learner, role, PZ_GOAL_STEP_AGREE, &decision));
        *out_agreed = decision >= PZ_GOAL_ALLOW;
    }
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

static int by_mastery(const pz_goal *goal)
{
    return goal->measure == PZ_MEASURE_MASTERY || goal->measure == PZ_MEASURE_ESTIMATE;
}

int pz__goal_is_measured(const pz_goal *goal)
{
    return by_mastery(goal) || goal->measure == PZ_MEASURE_SCORE || goal->measure == PZ_MEASURE_COUNT;
}

static int meets(const pz_goal *goal, const pz__standing *standing)
{
    if (goal->measure == PZ_MEASURE_MASTERY) return standing->estimate.decision == PZ_MASTERY_MASTERED;
    return standing->estimate.estimate >= goal->target;
}

static pz_status by_standing(pz__call *call, const pz_goal *goal, int *out_met, double *out_value)
{
    pz__standings standings = {0};
    pz__rules *rules;
    pz_status status;
    PZ__TRY(pz__rules_load(call, &rules));
    status = pz__standings_get(&standings, call, rules, goal->learner, goal->competency, goal->competency);
    if (status == PZ_OK && standings.count) {
        *out_met = meets(goal, &standings.rows[0]);
        *out_value = standings.rows[0].estimate.estimate;
    }
    pz__standings_free(&standings);
    pz__rules_free(rules);
    return status;
}

static pz_status by_measurement(pz__call *call, const pz_goal *goal, int *out_met, double *out_value)
{
    static const char sql[] = "SELECT value FROM goal_measurement WHERE tenant_id = ?1 AND goal_id = ?2 AND since_change <= ?3 AND until_change > ?3 "
                              "ORDER BY at DESC, position DESC LIMIT 1";
    pz__statement *statement;
    pz_status status;
    int row;
    PZ__TRY(pz__ask(call, sql, goal->id, &statement));
    status = pz__db_step(statement, &row);
    if (row) {
        *out_value = pz__column_real(statement, 0);
        *out_met = *out_value >= goal->target && (isnan(goal->target_high) || *out_value <= goal->target_high);
    }
    pz__db_reset(statement);
    return status;
}

pz_status pz__goal_measure_is_met(pz__call *call, const pz_goal *goal, int *out_met, double *out_value)
{
    *out_met = 0;
    *out_value = PZ_REAL_NONE;
    if (by_mastery(goal)) return by_standing(call, goal, out_met, out_value);
    return pz__goal_is_measured(goal) ? by_measurement(call, goal, out_met, out_value) : PZ_OK;
}

/* ------------------------------------------------------------------------------------------------- writing --- */

/* An agreed goal that was started goes on, whoever stops supporting it. */
static pz_status settle(pz__call *call, pz_goal *goal, int32_t step)
{
    int32_t *where = goal->state == PZ_GOAL_REVISED ? &goal->resumes : &goal->state;
    int agreed;
    if (*where != PZ_GOAL_PROPOSED && !(*where == PZ_GOAL_AGREED && step == PZ_GOAL_STEP_DECLINE)) return PZ_OK;
    PZ__TRY(is_agreed(call, goal, &agreed));
    *where = agreed ? PZ_GOAL_AGREED : PZ_GOAL_PROPOSED;
    return PZ_OK;
}

pz_status pz__goal_write(pz__call *call, pz_goal *goal, int32_t step)
{
    pz__outcome outcome;
    PZ__TRY(settle(call, goal, step));
    goal->version = pz__change_number(call->change);
    goal->step = step;
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
