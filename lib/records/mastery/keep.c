/* Standings as the table `mastery` keeps them. */
#include <string.h>

#include "base/fail.h"
#include "base/memory.h"
#include "records/mastery/state_bytes.h"

/* ------------------------------------------------------------------------------------------------- reading --- */

static pz_status take_row(pz__statement *statement, pz__standing *standing)
{
    const pz_mastery_estimate initial = PZ_MASTERY_ESTIMATE_INIT;
    const void *bytes;
    size_t length;
    memset(standing, 0, sizeof *standing);
    standing->competency = pz__column_int(statement, 0);
    standing->rule = pz__column_int(statement, 1);
    standing->estimate = initial;
    standing->estimate.estimate = pz__column_real(statement, 2);
    standing->estimate.standard_error = pz__column_real(statement, 3);
    standing->estimate.decision = (int32_t)pz__column_int(statement, 4);
    standing->estimate.evidence_count = (int32_t)pz__column_int(statement, 5);
    standing->last_at = pz__column_int(statement, 6);
    standing->last_sequence = pz__column_int(statement, 7);
    standing->change = pz__column_int(statement, 8);
    bytes = pz__column_blob(statement, 9, &length);
    return pz__state_from_bytes(bytes, length, &standing->state);
}

pz_status pz__standings_read(pz__standings *standings, pz__call *call, pz_id learner, pz_id low, pz_id high)
{
    static const char sql[] = "SELECT competency_id, rule_id, estimate, standard_error, decision, evidence_count, last_at, last_sequence, "
                              "change_id, state FROM mastery WHERE tenant_id = ?1 AND learner_id = ?2 AND competency_id BETWEEN ?3 AND ?4 "
                              "ORDER BY competency_id";
    pz__statement *statement;
    pz_status status;
    int row;
    standings->count = 0;
    PZ__TRY(pz__db_statement(call->db, sql, &statement));
    pz__bind_int(statement, 1, call->tenant);
    pz__bind_int(statement, 2, learner);
    pz__bind_int(statement, 3, low);
    pz__bind_int(statement, 4, high);
    while ((status = pz__db_step(statement, &row)) == PZ_OK && row) {
        status = pz__reserve((void **)&standings->rows, &standings->capacity, standings->count + 1, sizeof *standings->rows);
        if (status == PZ_OK) status = take_row(statement, &standings->rows[standings->count]);
        if (status != PZ_OK) break;
        standings->count++;
    }
    pz__db_reset(statement);
    return status;
}

/* Puts what another rule holds for by now in place of what is kept. */
static pz_status bring_up_to_rules(pz__standings *standings, pz__call *call, pz__rules *rules, pz_id learner)
{
    pz__standings anew = {0};
    pz_status status = PZ_OK;
    for (size_t i = 0; i < standings->count && status == PZ_OK; i++) {
        pz__standing *kept = &standings->rows[i];
        pz__trail_range range = {learner, kept->competency, kept->competency, PZ_TIME_NONE, 0, 0};
        if (pz__rules_for(rules, learner, kept->competency)->id == kept->rule) continue;
        status = pz__standings_compute(&anew, call, rules, range, PZ_TIME_NONE);
        if (status == PZ_OK && anew.count) *kept = anew.rows[0];
    }
    pz__standings_free(&anew);
    return status;
}

pz_status pz__standings_get(pz__standings *standings, pz__call *call, pz__rules *rules, pz_id learner, pz_id low, pz_id high)
{
    pz__trail_range range = {learner, low, high, PZ_TIME_NONE, 0, 0};
    if (call->is_past) return pz__standings_compute(standings, call, rules, range, PZ_TIME_NONE);
    PZ__TRY(pz__standings_read(standings, call, learner, low, high));
    return bring_up_to_rules(standings, call, rules, learner);
}

/* ------------------------------------------------------------------------------------------------- writing --- */

pz_status pz__standing_write(pz__call *call, pz_id learner, const pz__standing *standing)
{
    static const char sql[] =
        "INSERT INTO mastery (tenant_id, learner_id, competency_id, rule_id, estimate, standard_error, decision, evidence_count, last_at, "
        "last_sequence, change_id, state) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12) "
        "ON CONFLICT (tenant_id, learner_id, competency_id) DO UPDATE SET rule_id = excluded.rule_id, estimate = excluded.estimate, "
        "standard_error = excluded.standard_error, decision = excluded.decision, evidence_count = excluded.evidence_count, "
        "last_at = excluded.last_at, last_sequence = excluded.last_sequence, change_id = excluded.change_id, state = excluded.state";
    uint8_t bytes[PZ__STATE_BYTES];
    pz__statement *statement;
    PZ__TRY(pz__db_statement(call->db, sql, &statement));
    pz__state_to_bytes(&standing->state, bytes);
    pz__bind_int(statement, 1, call->tenant);
    pz__bind_int(statement, 2, learner);
    pz__bind_int(statement, 3, standing->competency);
    pz__bind_int(statement, 4, standing->rule);
    pz__bind_real(statement, 5, standing->estimate.estimate);
    pz__bind_real(statement, 6, standing->estimate.standard_error);
    pz__bind_int(statement, 7, standing->estimate.decision);
    pz__bind_int(statement, 8, standing->estimate.evidence_count);
    pz__bind_int(statement, 9, standing->last_at);
    pz__bind_int(statement, 10, standing->last_sequence);
    pz__bind_int(statement, 11, pz__change_number(call->change));
    pz__bind_blob(statement, 12, bytes, sizeof bytes);
    return pz__db_run(statement);
}

pz_status pz__standing_remove(pz__call *call, pz_id learner, pz_id competency)
{
    static const char sql[] = "DELETE FROM mastery WHERE tenant_id = ?1 AND learner_id = ?2 AND competency_id = ?3";
    pz__statement *statement;
    PZ__TRY(pz__db_statement(call->db, sql, &statement));
    pz__bind_int(statement, 1, call->tenant);
    pz__bind_int(statement, 2, learner);
    pz__bind_int(statement, 3, competency);
    return pz__db_run(statement);
}

pz_status pz__standing_renew(pz__standings *work, pz__call *call, pz__rules *rules, pz_id learner, pz_id competency)
{
    pz__trail_range range = {learner, competency, competency, PZ_TIME_NONE, 0, 0};
    PZ__TRY(pz__standings_compute(work, call, rules, range, PZ_TIME_NONE));
    return work->count ? pz__standing_write(call, learner, &work->rows[0]) : pz__standing_remove(call, learner, competency);
}

static pz_status renew_learner(pz__standings *kept, pz__standings *work, pz__call *call, pz__rules *rules, pz_id learner, int64_t *count)
{
    PZ__TRY(pz__standings_read(kept, call, learner, PZ__ALL_COMPETENCIES));
    for (size_t i = 0; i < kept->count; i++) {
        pz_id competency = kept->rows[i].competency;
        if (pz__rules_for(rules, learner, competency)->id == kept->rows[i].rule) continue;
        PZ__TRY(pz__standing_renew(work, call, rules, learner, competency));
        ++*count;
    }
    return PZ_OK;
}

pz_status pz__standings_renew(pz__call *call, const pz_id *learners, size_t count, int64_t *out_count)
{
    pz__standings kept = {0}, work = {0};
    pz__rules *rules;
    pz_status status = pz__rules_load(call, &rules);
    *out_count = 0;
    for (size_t i = 0; i < count && status == PZ_OK; i++) status = renew_learner(&kept, &work, call, rules, learners[i], out_count);
    pz__standings_free(&kept);
    pz__standings_free(&work);
    pz__rules_free(rules);
    return status;
}
