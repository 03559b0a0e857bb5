/* How long an answer may take: the policy of the nearest org that has one, then that of the store, then the library's own. */
#include "records/voice/policy.h"

#include "base/clock.h"
#include "base/fail.h"
#include "records/access/reach_sql.h"
#include "records/ask.h"
#include "records/listing.h"
#include "records/need.h"
#include "records/voice/tables.h"
#include "records/writing.h"

enum { DAYS_SHORT = 5, DAYS_LONG = 10, DAYS_HELP = 1, MOST_DAYS = 366, MOST_LEVELS = 64 };

static int32_t days_by_default(int32_t kind)
{
    return kind == PZ_VOICE_NEED || kind == PZ_VOICE_QUESTION || kind == PZ_VOICE_COUNTER ? DAYS_SHORT : DAYS_LONG;
}

/* The nearest org counts, in it the policy of the kind itself, and of several orgs as near the one with the fewest days. */
pz_status pz__voice_days(pz__call *call, pz_id learner, int32_t kind, int32_t *out_days)
{
    static const char sql[] = "WITH RECURSIVE up(org_id, level) AS (SELECT x.org_id, 0 FROM (" ORGS_OF_LEARNER ") x"
                              " UNION SELECT o.parent_id, up.level + 1 FROM up JOIN org o ON o.org_id = up.org_id AND " LIVES(
                                  "o") " WHERE o.parent_id IS NOT NULL AND up.level < ?4)"
                                       " SELECT p.days FROM (SELECT org_id, level FROM up UNION ALL SELECT 0, ?4 + 1) u"
                                       " JOIN voice_policy p ON p.org_id = u.org_id AND p.kind IN (0, ?2) AND " NOW(
                                           "p") " ORDER BY u.level, p.kind DESC, p.days LIMIT 1";
    pz__statement *statement;
    pz_status status;
    int row;
    *out_days = days_by_default(kind);
    PZ__TRY(pz__db_statement(call->db, sql, &statement));
    pz__bind_int(statement, 1, call->tenant);
    pz__bind_int(statement, 2, kind);
    pz__bind_int(statement, 3, call->present_day);
    pz__bind_int(statement, 4, MOST_LEVELS);
    pz__bind_int(statement, 5, learner);
    status = pz__db_step(statement, &row);
    if (row) *out_days = (int32_t)pz__column_int(statement, 0);
    pz__db_reset(statement);
    return status;
}

pz_status pz__voice_set_due(pz__call *call, pz_voice_entry *entry, int is_help)
{
    int32_t days;
    entry->due_on = PZ_DATE_NONE;
    entry->awaits_answer = entry->visibility > PZ_VISIBLE_NAMED || entry->to_role;
    if (!entry->awaits_answer) return PZ_OK;
    PZ__TRY(pz__voice_days(call, entry->learner, entry->kind, &days));
    if (is_help && days > DAYS_HELP) days = DAYS_HELP;
    entry->due_on = call->today + days;
    return PZ_OK;
}

/* ------------------------------------------------------------------------------------------------- setting --- */

static pz_status check(const pz_voice_policy *policy)
{
    if (policy->org < 0) return pz__fail(PZ_E_INVALID, "org", "0 is the store.", "org is %lld; ids are above 0.", (long long)policy->org);
    if (policy->kind < 0 || policy->kind > PZ_VOICE_COUNTER)
        return pz__fail(PZ_E_INVALID, "kind", "pz_voice_kind names the kinds; 0 is all.", "There is no kind %d of voice entry.",
                        (int)policy->kind);
    if (policy->days < -1 || policy->days > MOST_DAYS)
        return pz__fail(PZ_E_INVALID, "days", "-1 takes the policy away.", "days is %d; it goes from 0 to %d.", (int)policy->days,
                        MOST_DAYS);
    return PZ_OK;
}

static pz_status may_set(pz__call *call, pz_id org)
{
    if (org) return pz__may_org(call, PZ_KIND_VOICE_POLICY, PZ__WRITE, org, "org");
    PZ__TRY(pz__may(call, PZ_KIND_VOICE_POLICY, PZ__WRITE));
    if (pz__call_role(call) == PZ_ROLE_SERVICE) return PZ_OK;
    return pz__fail(PZ_E_DENIED, "org", "Name an org of the actor.", "The policy of the whole store is set by a service.");
}

static pz_status set(pz__call *call, const pz_voice_policy *policy)
{
    int found;
    int64_t since;
    PZ__TRY(may_set(call, policy->org));
    PZ__TRY(pz__versioned_find(call, &pz__voice_policy_table, policy, &found, &since));
    if (!found && policy->days < 0) return PZ_OK;
    if (found) PZ__TRY(pz__versioned_supersede(call, &pz__voice_policy_table, policy, since));
    if (policy->days >= 0) PZ__TRY(pz__versioned_insert(call, &pz__voice_policy_table, policy));
    pz__change_note(call->change, PZ_KIND_VOICE_POLICY, policy->org, 0,
                    policy->days < 0 ? PZ__ACT_END
                    : found          ? PZ__ACT_REVISE
                                     : PZ__ACT_ADD,
                    1);
    return PZ_OK;
}

pz_status pz_voice_policy_set(pz_actor *actor, const pz_voice_policy *policy, const char *key)
{
    pz__buffer request = PZ__BUFFER_INIT;
    pz_voice_policy taken;
    pz__call call;
    if (!actor) return pz__fail_closed("actor");
    PZ__TRY(pz__record_take(&pz__voice_policy_type, policy, sizeof taken, &taken));
    PZ__TRY(check(&taken));
    pz__request_int(&request, taken.org);
    pz__request_int(&request, taken.kind);
    pz__request_int(&request, taken.days);
    PZ__TRY(pz__write_start(&call, actor, "voice_policy.set", key, &request));
    return pz__call_end(&call, call.repeated ? PZ_OK : set(&call, &taken));
}

/* ------------------------------------------------------------------------------------------------- listing --- */

static pz_status list(pz__call *call, pz_id org, pz__rows *rows)
{
    static const char sql[] = "SELECT org_id, kind, days, since_change FROM voice_policy WHERE tenant_id = ?1 AND (?2 = 0 OR org_id = ?2) "
                              "AND since_change <= ?3 AND until_change > ?3 ORDER BY org_id, kind";
    if (org)
        PZ__TRY(pz__may_org(call, PZ_KIND_VOICE_POLICY, PZ__SEE, org, "org"));
    else
        PZ__TRY(pz__may(call, PZ_KIND_VOICE_POLICY, PZ__SEE));
    return pz__ask_rows(call, sql, org, rows);
}

pz_status pz_voice_policy_list(pz_actor *actor, pz_id org, pz_voice_policy ***out_rows, size_t *out_count)
{
    pz__rows rows;
    pz__call call;
    PZ__TRY(pz__list_start((void ***)out_rows, out_count));
    PZ__TRY(pz__call_read(&call, actor));
    pz__rows_start(&rows, &pz__voice_policy_type);
    return pz__call_end_rows(&call, list(&call, org, &rows), &rows, (void ***)out_rows, out_count);
}
