/* Policies of goals: the rows of an org are set together. */
#include <string.h>

#include "base/fail.h"
#include "base/memory.h"
#include "base/text.h"
#include "records/ask.h"
#include "records/goal/grade.h"
#include "records/goal/tables.h"
#include "records/listing.h"
#include "records/writing.h"

enum { MOST_ROWS = 256, MOST_AGE = 120, MOST_OWN_GOALS = 1000 };

/* ------------------------------------------------------------------------------------------------- checking --- */

static pz_status check_grade(const char *grade, const char *field)
{
    size_t length;
    PZ__TRY(pz__text_check(grade, PZ_NUL_TERMINATED, (size_t)pz_limit(PZ_LIMIT_ID_TEXT), field, &length));
    if (!grade || pz__grade_of(grade, length) != PZ__NO_GRADE) return PZ_OK;
    return pz__fail(PZ_E_INVALID, field, "Give one such as \"KG\" or \"09\".", "%s names no grade.", field);
}

/* What no policy may break: the learner can always propose, and an adult's step on a learner's goal waits for the learner. */
static pz_status check_promise(const pz_goal_policy *p, size_t i)
{
    int is_learner = p->role == PZ_ROLE_LEARNER, of_the_learner = p->step >= PZ_GOAL_STEP_START && p->step != PZ_GOAL_STEP_ACHIEVE;
    if (is_learner && p->step == PZ_GOAL_STEP_PROPOSE && p->decision != PZ_GOAL_ALLOW)
        return pz__fail(PZ_E_INVALID, "decision", "Leave the row out.", "Row %zu: a learner can always propose.", i);
    if (is_learner && p->decision == PZ_GOAL_APPROVE)
        return pz__fail(PZ_E_INVALID, "decision", "Allow it.", "Row %zu: a learner answers what adults request whatever a policy says.", i);
    if (!is_learner && of_the_learner && p->decision == PZ_GOAL_ALLOW)
        return pz__fail(PZ_E_INVALID, "decision", "Let adults request it, or approve what the learner requests.",
                        "Row %zu: no adult changes a learner's goal without the learner.", i);
    return PZ_OK;
}

static pz_status check(const pz_goal_policy *p, size_t i)
{
    if (p->step < PZ_GOAL_STEP_PROPOSE || p->step > PZ_GOAL_STEP_ABANDON)
        return pz__fail(PZ_E_INVALID, "step", "Give a step from propose to abandon.", "Row %zu: the step %d has no policy.", i, (int)p->step);
    if (p->role < PZ_ROLE_LEARNER || p->role > PZ_ROLE_LEADER)
        return pz__fail(PZ_E_INVALID, "role", "Policies are for roles of people.", "Row %zu: there is no such role, %d.", i, (int)p->role);
    if (p->decision < PZ_GOAL_DENY || p->decision > PZ_GOAL_APPROVE)
        return pz__fail(PZ_E_INVALID, "decision", "pz_goal_decision names them.", "Row %zu: there is no decision %d.", i, (int)p->decision);
    if (p->age_from < 0 || p->age_from > MOST_AGE)
        return pz__fail(PZ_E_INVALID, "age_from", "0 is any.", "Row %zu: age_from goes from 0 to %d.", i, MOST_AGE);
    if (p->own_goals_from < 0 || p->own_goals_from > MOST_OWN_GOALS)
        return pz__fail(PZ_E_INVALID, "own_goals_from", "0 is any.", "Row %zu: own_goals_from goes from 0 to %d.", i, MOST_OWN_GOALS);
    PZ__TRY(check_grade(p->first_grade, "first_grade"));
    PZ__TRY(check_grade(p->last_grade, "last_grade"));
    return check_promise(p, i);
}

/* -------------------------------------------------------------------------------------------------- setting --- */

static pz_status may_set(pz__call *call, pz_id org)
{
    if (org) return pz__may_org(call, PZ_KIND_GOAL_POLICY, PZ__WRITE, org, "org");
    PZ__TRY(pz__may(call, PZ_KIND_GOAL_POLICY, PZ__WRITE));
    if (pz__call_role(call) == PZ_ROLE_SERVICE) return PZ_OK;
    return pz__fail(PZ_E_DENIED, "org", "Name an org of the actor.", "The policy of the whole store is set by a service.");
}

static pz_status end_row(pz__call *call, const pz__goal_policy_row *row, int *out_ended)
{
    int64_t since;
    PZ__TRY(pz__versioned_find(call, &pz__goal_policy_table, row, out_ended, &since));
    return *out_ended ? pz__versioned_supersede(call, &pz__goal_policy_table, row, since) : PZ_OK;
}

/* Positions have no holes: the first that is not there is behind the last. */
static pz_status set(pz__call *call, pz_id org, const pz_goal_policy *policies, size_t count)
{
    pz__goal_policy_row row = {PZ_GOAL_POLICY_INIT, 1};
    int ended = 1, had = 0;
    PZ__TRY(may_set(call, org));
    row.policy.org = org;
    for (; ended; row.position++) {
        PZ__TRY(end_row(call, &row, &ended));
        had |= ended;
    }
    for (size_t i = 0; i < count; i++) {
        row.policy = policies[i];
        row.policy.org = org;
        row.position = (int32_t)i + 1;
        PZ__TRY(pz__versioned_insert(call, &pz__goal_policy_table, &row));
    }
    if (had || count)
        pz__change_note(call->change, PZ_KIND_GOAL_POLICY, org, 0, !count ? PZ__ACT_END : had ? PZ__ACT_REVISE : PZ__ACT_ADD, 1);
    return PZ_OK;
}

static pz_status write(pz_actor *actor, pz_id org, const pz_goal_policy *policies, size_t count, const char *key)
{
    pz__buffer request = PZ__BUFFER_INIT;
    pz__call call;
    pz__request_int(&request, org);
    for (size_t i = 0; i < count; i++) pz__request_record(&request, &pz__goal_policy_type, &policies[i]);
    PZ__TRY(pz__write_start(&call, actor, "goal_policy.set", key, &request));
    return pz__call_end(&call, call.repeated ? PZ_OK : set(&call, org, policies, count));
}

static pz_status take(const pz_goal_policy *const *policies, size_t rows, pz_goal_policy *taken)
{
    for (size_t i = 0; i < rows; i++) {
        PZ__TRY(pz__record_take(&pz__goal_policy_type, policies[i], sizeof taken[i], &taken[i]));
        PZ__TRY(check(&taken[i], i));
    }
    return PZ_OK;
}

pz_status pz_goal_policy_set(pz_actor *actor, pz_id org, const pz_goal_policy *const *policies, size_t rows, const char *key)
{
    pz_goal_policy *taken;
    pz_status status;
    if (!actor) return pz__fail_closed("actor");
    if (rows && !policies) return pz__fail_null("policies");
    if (org < 0) return pz__fail(PZ_E_INVALID, "org", "0 is the store.", "org is %lld; ids are above 0.", (long long)org);
    if (rows > MOST_ROWS) return pz__fail(PZ_E_TOO_LONG, "rows", NULL, "%zu rows are over the limit of %d.", rows, MOST_ROWS);
    taken = pz__alloc((rows + 1) * sizeof *taken);
    if (!taken) return pz__fail_memory();
    status = take(policies, rows, taken);
    if (status == PZ_OK) status = write(actor, org, taken, rows, key);
    pz__release(taken);
    return status;
}

/* -------------------------------------------------------------------------------------------------- listing --- */

static pz_status list(pz__call *call, pz_id org, pz__rows *rows)
{
    static const char sql[] = "SELECT org_id, step, role, decision, first_grade, last_grade, age_from, own_goals_from, since_change FROM goal_policy "
                              "WHERE tenant_id = ?1 AND (?2 = 0 OR org_id = ?2) AND since_change <= ?3 AND until_change > ?3 "
                              "ORDER BY org_id, position";
    if (org)
        PZ__TRY(pz__may_org(call, PZ_KIND_GOAL_POLICY, PZ__SEE, org, "org"));
    else
        PZ__TRY(pz__may(call, PZ_KIND_GOAL_POLICY, PZ__SEE));
    return pz__ask_rows(call, sql, org, rows);
}

pz_status pz_goal_policy_list(pz_actor *actor, pz_id org, pz_goal_policy ***out_rows, size_t *out_count)
{
    pz__rows rows;
    pz__call call;
    PZ__TRY(pz__list_start((void ***)out_rows, out_count));
    PZ__TRY(pz__call_read(&call, actor));
    pz__rows_start(&rows, &pz__goal_policy_type);
    return pz__call_end_rows(&call, list(&call, org, &rows), &rows, (void ***)out_rows, out_count);
}
