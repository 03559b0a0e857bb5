/* Counter-proposals of learners to what was recommended for them. What is countered is kept as it stood. */
#include "base/fail.h"
#include "base/memory.h"
#include "base/text.h"
#include "records/ask.h"
#include "records/mastery/standing.h"
#include "records/need.h"
#include "records/types_learning.h"
#include "records/voice/steps.h"
#include "records/voice/tables.h"
#include "records/writing.h"

/* ------------------------------------------------------------------------------------------------- checking --- */

static pz_status fail_range(const char *field, const char *what)
{
    return pz__fail(PZ_E_INVALID, field, "personalize/voice.h says what each subject takes.", "%s", what);
}

/* What belongs to another subject is a mistake, and not to be passed over. */
static pz_status check(pz_counter *counter)
{
    int32_t subject = counter->subject;
    PZ__TRY(pz__text_need(counter->reason, counter->reason_len, (size_t)pz_limit(PZ_LIMIT_TEXT), "reason", &counter->reason_len));
    if (subject < PZ_COUNTER_GROUP || subject > PZ_COUNTER_ESTIMATE) return fail_range("subject", "There is no such subject.");
    if ((counter->recommendation != 0) != (subject == PZ_COUNTER_GROUP))
        return fail_range("recommendation", "A group, and nothing else, is one of a recommendation.");
    if ((counter->cycle != 0) != (subject == PZ_COUNTER_NEXT_STEP))
        return fail_range("cycle", "A next step, and nothing else, is one of a cycle.");
    if ((counter->competency != 0) != (subject != PZ_COUNTER_GROUP))
        return fail_range("competency", "A next step and an estimate, and nothing else, are of a competency.");
    if (counter->group < 0 || (counter->group && subject != PZ_COUNTER_GROUP)) return fail_range("group", "Groups are numbered from 1.");
    if (counter->instead && subject != PZ_COUNTER_NEXT_STEP)
        return fail_range("instead", "A next step is proposed instead of a next step.");
    if (!isnan(counter->estimate) && (subject != PZ_COUNTER_ESTIMATE || !(counter->estimate >= 0 && counter->estimate <= 1)))
        return fail_range("estimate", "An estimate, from 0 to 1, is proposed instead of an estimate.");
    return PZ_OK;
}

/* ------------------------------------------------------------------------------------------------- as it stood --- */

/* One number of one row: ?2 is the record, ?3 the learner, ?4 something more. */
static pz_status ask(pz__call *call, const char *sql, pz_id record, pz_id learner, int64_t more, int64_t *out_value, int *out_found)
{
    pz__statement *statement;
    pz_status status;
    *out_value = 0;
    PZ__TRY(pz__db_statement(call->db, sql, &statement));
    pz__bind_int(statement, 1, call->tenant);
    pz__bind_int(statement, 2, record);
    pz__bind_int(statement, 3, learner);
    pz__bind_int(statement, 4, more);
    status = pz__db_step(statement, out_found);
    if (*out_found) *out_value = pz__column_int(statement, 0);
    pz__db_reset(statement);
    return status;
}

static pz_status fail_nothing(const char *field, const char *what)
{
    return pz__fail(PZ_E_NOT_FOUND, field, NULL, "There is no %s of this learner.", what);
}

static pz_status find_group(pz__call *call, pz_counter *counter)
{
    static const char place_sql[] =
        "SELECT m.group_no FROM recommended_member m JOIN recommendation r ON r.tenant_id = ?1 AND r.recommendation_id = ?2 "
        "AND r.until_change = " PZ__CURRENT_SQL " AND r.state = ?4 WHERE m.tenant_id = ?1 AND m.recommendation_id = ?2 "
        "AND m.learner_id = ?3 AND m.until_change = " PZ__CURRENT_SQL;
    static const char group_sql[] = "SELECT group_no FROM recommended_group WHERE tenant_id = ?1 AND recommendation_id = ?2 AND ?3 = ?3 "
                                    "AND group_no = ?4 AND until_change = " PZ__CURRENT_SQL;
    int64_t place;
    int found;
    PZ__TRY(ask(call, place_sql, counter->recommendation, counter->learner, PZ_RECOMMENDATION_ACCEPTED, &place, &found));
    if (!found) return fail_nothing("recommendation", "place in an accepted recommendation");
    counter->was_group = (int32_t)place;
    if (!counter->group) return PZ_OK;
    if (counter->group == counter->was_group) return fail_range("group", "This is the group that was recommended.");
    PZ__TRY(ask(call, group_sql, counter->recommendation, counter->learner, counter->group, &place, &found));
    return found ? PZ_OK : pz__fail(PZ_E_NOT_FOUND, "group", NULL, "There is no such group in the recommendation.");
}

static pz_status find_step(pz__call *call, pz_counter *counter)
{
#define LAST_CLOSING                                                                                                                       \
    "change_id = (SELECT c.closed_change FROM cycle c WHERE c.tenant_id = ?1 AND c.cycle_id = ?2 AND c.until_change = " PZ__CURRENT_SQL ")"
    static const char sql[] = "SELECT step FROM cycle_result WHERE tenant_id = ?1 AND cycle_id = ?2 AND learner_id = ?3 "
                              "AND competency_id = ?4 AND step > 0 AND " LAST_CLOSING " UNION ALL "
                              "SELECT step FROM cycle_result_again WHERE tenant_id = ?1 AND cycle_id = ?2 AND learner_id = ?3 "
                              "AND competency_id = ?4 AND step > 0 AND " LAST_CLOSING;
    int64_t step;
    int found;
    PZ__TRY(ask(call, sql, counter->cycle, counter->learner, counter->competency, &step, &found));
    if (!found) return fail_nothing("cycle", "next step");
    if (counter->instead == counter->competency) return fail_range("instead", "This is the step that was found.");
    return pz__need_if(call, PZ_KIND_COMPETENCY, counter->instead, "instead");
}

static pz_status find_estimate(pz__call *call, pz_counter *counter)
{
    pz__standings standings = {0};
    pz__rules *rules;
    pz_status status;
    size_t found;
    PZ__TRY(pz__rules_load(call, &rules));
    status = pz__standings_get(&standings, call, rules, counter->learner, counter->competency, counter->competency);
    found = status == PZ_OK ? standings.count : 0;
    if (found) counter->was_estimate = standings.rows[0].estimate.estimate;
    pz__standings_free(&standings);
    pz__rules_free(rules);
    if (status != PZ_OK || found) return status;
    return fail_nothing("competency", "estimate");
}

static pz_status find_subject(pz__call *call, pz_counter *counter)
{
    counter->was_group = 0;
    counter->was_estimate = PZ_REAL_NONE;
    switch (counter->subject) {
    case PZ_COUNTER_GROUP: return find_group(call, counter);
    case PZ_COUNTER_NEXT_STEP: return find_step(call, counter);
    default: return find_estimate(call, counter);
    }
}

/* ------------------------------------------------------------------------------------------------ proposing --- */

static pz_status propose(pz__call *call, pz_counter *counter)
{
    pz_voice_entry entry = PZ_VOICE_ENTRY_INIT;
    if (pz__call_role(call) != PZ_ROLE_LEARNER)
        return pz__fail(PZ_E_DENIED, "actor", NULL, "Learners counter what is recommended for them.");
    counter->learner = entry.learner = pz__call_person(call);
    PZ__TRY(find_subject(call, counter));
    entry.kind = PZ_VOICE_COUNTER;
    entry.content = counter->reason;
    entry.content_len = counter->reason_len;
    PZ__TRY(pz__voice_add(call, &entry, NULL, 0, 0));
    counter->entry = entry.id;
    return pz__versioned_insert(call, &pz__voice_counter_table, counter);
}

pz_status pz_counter_propose(pz_actor *actor, const pz_counter *counter, const char *key, pz_id *out_id)
{
    pz__buffer request = PZ__BUFFER_INIT;
    pz_counter taken;
    pz__call call;
    pz_status status = PZ_OK;
    if (out_id) *out_id = 0;
    if (!actor) return pz__fail_closed("actor");
    PZ__TRY(pz__record_take(&pz__counter_type, counter, sizeof taken, &taken));
    PZ__TRY(check(&taken));
    taken.entry = 0;
    pz__request_record(&request, &pz__counter_type, &taken);
    PZ__TRY(pz__write_start(&call, actor, "counter.propose", key, &request));
    if (!call.repeated) status = propose(&call, &taken);
    return pz__call_end_value(&call, status, taken.entry, out_id);
}

/* -------------------------------------------------------------------------------------------------- reading --- */

static pz_status read(pz__call *call, pz_id id, pz__rows *rows)
{
    static const char sql[] =
        "SELECT c.voice_id, v.learner_id, c.subject, c.recommendation_id, c.cycle_id, c.competency_id, c.was_group, c.was_estimate, "
        "c.proposed_group, c.instead_id, c.estimate, v.content FROM voice_counter c JOIN voice_entry v ON v.tenant_id = ?1 "
        "AND v.voice_id = c.voice_id AND v.since_change <= ?3 AND v.until_change > ?3 WHERE c.tenant_id = ?1 AND c.voice_id = ?2 "
        "AND c.since_change <= ?3 AND c.until_change > ?3";
    pz_voice_entry *entry;
    PZ__TRY(pz__voice_find(call, PZ__SEE, id, &entry));
    pz_free(entry);
    PZ__TRY(pz__ask_rows(call, sql, id, rows));
    if (rows->count || rows->status != PZ_OK) return PZ_OK;
    return pz__fail(PZ_E_NOT_FOUND, "entry", "pz_voice_get() reads it.", "The entry %lld is no counter-proposal.", (long long)id);
}

pz_status pz_counter_get(pz_actor *actor, pz_id entry, pz_counter **out_counter)
{
    pz__rows rows;
    pz__call call;
    if (!out_counter) return pz__fail_null("out_counter");
    *out_counter = NULL;
    PZ__TRY(pz__call_read(&call, actor));
    pz__rows_start(&rows, &pz__counter_type);
    return pz__call_end_row(&call, read(&call, entry, &rows), &rows, (void **)out_counter);
}
