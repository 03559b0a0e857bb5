/* Who may take which step: the policy of the nearest org, widened by grade, age and what the learner has done, and what holds whatever it says. */
#include <string.h>

#include "base/clock.h"
#include "base/fail.h"
#include "base/text.h"
#include "records/access/reach_sql.h"
#include "records/ask.h"
#include "records/goal/grade.h"
#include "records/goal/steps.h"
#include "records/goal/tables.h"

enum { MOST_LEVELS = 64, OWN_GOALS = 3 };

/* ----------------------------------------------------------------------------------------------- the learner --- */

typedef struct facts {
    int32_t grade; /* the highest; PZ__NO_GRADE */
    int32_t age;   /* years; -1: not known */
    int32_t own_goals;
} facts;

static int32_t age_on(pz_date day, pz_date born)
{
    int year, month, date, born_year, born_month, born_date;
    pz__date_to_civil(day, &year, &month, &date);
    pz__date_to_civil(born, &born_year, &born_month, &born_date);
    return year - born_year - (month < born_month || (month == born_month && date < born_date));
}

static pz_status find_age(pz__call *call, pz_id learner, int32_t *out_age)
{
    static const char sql[] = "SELECT value FROM person_detail WHERE tenant_id = ?1 AND person_id = ?2 AND name = 'birthDate' "
                              "AND until_change = " PZ__CURRENT_SQL " AND ?3 >= 0";
    pz__statement *statement;
    pz_status status;
    pz_date born;
    int row;
    *out_age = -1;
    PZ__TRY(pz__ask(call, sql, learner, &statement));
    status = pz__db_step(statement, &row);
    if (row) {
        size_t length;
        const char *text = pz__column_text(statement, 0, &length);
        if (pz_date_parse(text, length, &born) == PZ_OK) *out_age = age_on(call->present_day, born);
    }
    pz__db_reset(statement);
    return status;
}

static pz_status count_own_goals(pz__call *call, pz_id learner, int32_t *out_count)
{
    static const char sql[] = "SELECT count(*) FROM goal WHERE tenant_id = ?1 AND learner_id = ?2 AND proposed_role = 1 AND state = 3 "
                              "AND until_change = " PZ__CURRENT_SQL " AND ?3 >= 0";
    pz__statement *statement;
    pz_status status;
    int row;
    PZ__TRY(pz__ask(call, sql, learner, &statement));
    status = pz__db_step(statement, &row);
    if (row) *out_count = (int32_t)pz__column_int(statement, 0);
    pz__db_reset(statement);
    return status;
}

static pz_status find_facts(pz__call *call, pz_id learner, facts *out)
{
    int32_t lowest;
    PZ__TRY(pz__learner_grades(call, learner, &lowest, &out->grade));
    PZ__TRY(find_age(call, learner, &out->age));
    return count_own_goals(call, learner, &out->own_goals);
}

/* ------------------------------------------------------------------------------------------------ the policy --- */

/* What holds where nobody set a policy: personalize/goal.h has it as a table. */
static int32_t decision_by_default(int32_t role, int32_t step, const facts *learner)
{
    if (step == PZ_GOAL_STEP_PROPOSE) return PZ_GOAL_ALLOW;
    if (role == PZ_ROLE_LEARNER) {
        if (step == PZ_GOAL_STEP_AGREE) return learner->own_goals >= OWN_GOALS ? PZ_GOAL_ALLOW : PZ_GOAL_REQUEST;
        return step == PZ_GOAL_STEP_ACHIEVE ? PZ_GOAL_REQUEST : PZ_GOAL_ALLOW;
    }
    return step == PZ_GOAL_STEP_AGREE || step == PZ_GOAL_STEP_ACHIEVE ? PZ_GOAL_APPROVE : PZ_GOAL_REQUEST;
}

static int fits(pz__statement *row, const facts *learner)
{
    size_t first_len, last_len;
    const char *first = pz__column_text(row, 1, &first_len), *last = pz__column_text(row, 2, &last_len);
    int32_t age = (int32_t)pz__column_int(row, 3), own_goals = (int32_t)pz__column_int(row, 4);
    if ((first || last) && learner->grade == PZ__NO_GRADE) return 0;
    if (first && learner->grade < pz__grade_of(first, first_len)) return 0;
    if (last && learner->grade > pz__grade_of(last, last_len)) return 0;
    return learner->age >= age - (age == 0) && learner->own_goals >= own_goals;
}

/* The rows by nearness of their org: of the first level with one that fits, the widest. */
static pz_status widest(pz__statement *statement, const facts *learner, int32_t *decision)
{
    int64_t level = -1;
    int row;
    for (;;) {
        PZ__TRY(pz__db_step(statement, &row));
        if (!row || (level >= 0 && pz__column_int(statement, 5) != level)) return PZ_OK;
        if (!fits(statement, learner)) continue;
        if (level < 0 || pz__column_int(statement, 0) > *decision) *decision = (int32_t)pz__column_int(statement, 0);
        level = pz__column_int(statement, 5);
    }
}

pz_status pz__goal_decision(pz__call *call, pz_id learner, int32_t role, int32_t step, int32_t *out_decision)
{
    static const char sql[] = "WITH RECURSIVE up(org_id, level) AS (SELECT x.org_id, 0 FROM (" ORGS_OF_LEARNER ") x"
                              " UNION SELECT o.parent_id, up.level + 1 FROM up JOIN org o ON o.org_id = up.org_id AND " LIVES(
                                  "o") " WHERE o.parent_id IS NOT NULL AND up.level < ?6)"
                                       " SELECT p.decision, p.first_grade, p.last_grade, p.age_from, p.own_goals_from, u.level"
                                       " FROM (SELECT org_id, level FROM up UNION ALL SELECT 0, ?6 + 1) u"
                                       " JOIN goal_policy p ON p.org_id = u.org_id AND p.step = ?2 AND p.role = ?4 AND " NOW(
                                           "p") " ORDER BY u.level";
    facts known = {PZ__NO_GRADE, -1, 0};
    pz__statement *statement;
    pz_status status;
    *out_decision = PZ_GOAL_DENY;
    if (role < PZ_ROLE_LEARNER || role > PZ_ROLE_LEADER) return PZ_OK;
    PZ__TRY(find_facts(call, learner, &known));
    *out_decision = decision_by_default(role, step, &known);
    PZ__TRY(pz__db_statement(call->db, sql, &statement));
    pz__bind_int(statement, 1, call->tenant);
    pz__bind_int(statement, 2, step);
    pz__bind_int(statement, 3, call->present_day);
    pz__bind_int(statement, 4, role);
    pz__bind_int(statement, 5, learner);
    pz__bind_int(statement, 6, MOST_LEVELS);
    status = widest(statement, &known, out_decision);
    pz__db_reset(statement);
    return status;
}

/* ------------------------------------------------------------------------------------------------- this actor --- */

/* What an adult does with a learner's goal rather than says of it. */
static int waits_for_learner(int32_t step)
{
    return step >= PZ_GOAL_STEP_START && step != PZ_GOAL_STEP_ACHIEVE;
}

static pz_status may_learner(pz__call *call, const pz_goal *goal, int32_t step, int32_t *decision)
{
    PZ__TRY(pz__goal_decision(call, goal->learner, PZ_ROLE_LEARNER, step, decision));
    if (*decision != PZ_GOAL_REQUEST) return PZ_OK;
    if (goal->visibility == PZ_VISIBLE_SELF) *decision = PZ_GOAL_ALLOW;
    if (step == PZ_GOAL_STEP_ACHIEVE && (goal->measure == PZ_MEASURE_MASTERY || goal->measure == PZ_MEASURE_ESTIMATE))
        *decision = PZ_GOAL_ALLOW;
    return PZ_OK;
}

static pz_status may_adult(pz__call *call, const pz_goal *goal, int32_t step, int32_t *decision)
{
    int32_t support;
    PZ__TRY(pz__goal_support_of(call, goal->id, pz__call_person(call), &support));
    if (support != PZ_SUPPORT_GIVEN && !(step == PZ_GOAL_STEP_REVISE && pz__goal_where(goal) == PZ_GOAL_PROPOSED)) return PZ_OK;
    PZ__TRY(pz__goal_decision(call, goal->learner, pz__call_role(call), step, decision));
    if (waits_for_learner(step) && *decision > PZ_GOAL_REQUEST) *decision = PZ_GOAL_REQUEST;
    return PZ_OK;
}

pz_status pz__goal_may(pz__call *call, const pz_goal *goal, int32_t step, int32_t *out_decision)
{
    *out_decision = PZ_GOAL_DENY;
    if (pz__goal_is_own(call, goal)) return may_learner(call, goal, step, out_decision);
    return pz__call_role(call) == PZ_ROLE_LEARNER ? PZ_OK : may_adult(call, goal, step, out_decision);
}

pz_status pz__goal_need_may(pz__call *call, const pz_goal *goal, int32_t step, int32_t *out_decision)
{
    PZ__TRY(pz__goal_may(call, goal, step, out_decision));
    if (*out_decision != PZ_GOAL_DENY) return PZ_OK;
    return pz__fail(PZ_E_DENIED, "goal", "pz_goal_may_list() says what the actor may do; adults support a goal first with pz_goal_support().",
                    "A %s may not %s the goal %lld.", pz__role_names[pz__call_role(call)], pz__goal_step_names[step], (long long)goal->id);
}

/* --------------------------------------------------------------------------------------------- the state machine --- */

enum { FROM_PROPOSED = 1 << PZ_GOAL_PROPOSED, FROM_AGREED = 1 << PZ_GOAL_AGREED, FROM_ACTIVE = 1 << PZ_GOAL_ACTIVE, FROM_PAUSED = 1 << PZ_GOAL_PAUSED };

static const int32_t from[] = {
    [PZ_GOAL_STEP_PROPOSE] = 1 << PZ_GOAL_DRAFT,
    [PZ_GOAL_STEP_AGREE] = FROM_PROPOSED,
    [PZ_GOAL_STEP_START] = FROM_AGREED,
    [PZ_GOAL_STEP_PAUSE] = FROM_ACTIVE,
    [PZ_GOAL_STEP_RESUME] = FROM_PAUSED,
    [PZ_GOAL_STEP_REVISE] = FROM_PROPOSED | FROM_AGREED | FROM_ACTIVE | FROM_PAUSED,
    [PZ_GOAL_STEP_ACHIEVE] = FROM_AGREED | FROM_ACTIVE,
    [PZ_GOAL_STEP_ABANDON] = FROM_PROPOSED | FROM_AGREED | FROM_ACTIVE | FROM_PAUSED | 1 << PZ_GOAL_DRAFT,
};

pz_status pz__goal_need_from(const pz_goal *goal, int32_t step)
{
    int32_t where = pz__goal_where(goal);
    if (from[step] >> where & 1) return PZ_OK;
    return pz__fail(PZ_E_STATE, "goal", where == PZ_GOAL_PROPOSED ? "It is agreed once its learner has agreed and an adult supports it." : NULL,
                    "The goal %lld is %s; the step %s does not lead on from there.", (long long)goal->id, pz__goal_state_names[where],
                    pz__goal_step_names[step]);
}

int32_t pz__goal_state_after(const pz_goal *goal, int32_t step)
{
    switch (step) {
    case PZ_GOAL_STEP_PROPOSE: return PZ_GOAL_PROPOSED;
    case PZ_GOAL_STEP_START:
    case PZ_GOAL_STEP_RESUME: return PZ_GOAL_ACTIVE;
    case PZ_GOAL_STEP_PAUSE: return PZ_GOAL_PAUSED;
    case PZ_GOAL_STEP_ACHIEVE: return PZ_GOAL_ACHIEVED;
    case PZ_GOAL_STEP_ABANDON: return PZ_GOAL_ABANDONED;
    default: return pz__goal_where(goal);
    }
}
