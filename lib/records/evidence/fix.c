/* Corrections and withdrawals: rows of their own, so that the past keeps what it knew. */
#include <string.h>

#include "base/fail.h"
#include "records/evidence/write.h"
#include "records/mastery/standing.h"

static void take_answer(const pz__answer *answer, pz__evidence_row *row)
{
    row->learner = answer->learner;
    row->competency = answer->competency;
    row->at = answer->at;
    row->score = answer->score;
    row->weight = answer->weight;
    row->kind = answer->kind;
    row->assessment = answer->assessment;
    row->item = answer->item;
    row->option = answer->option;
    row->sequence = answer->sequence;
}

static pz_status find(pz__trail *trail, int64_t sequence, pz__answer *out_answer, int *out_found)
{
    int more;
    do {
        PZ__TRY(pz__trail_next(trail, out_answer, &more));
        *out_found = more && out_answer->sequence == sequence;
    } while (more && !*out_found);
    return PZ_OK;
}

pz_status pz__evidence_find(pz__call *call, pz_id learner, pz_id competency, int64_t sequence, pz__evidence_row *out_row, int *out_found)
{
    pz__trail_range range = {learner, competency, competency, PZ_TIME_NONE, 0, 1};
    pz__trail trail;
    pz__answer answer;
    pz_status status;
    memset(out_row, 0, sizeof *out_row);
    *out_found = 0;
    PZ__TRY(pz__trail_open(&trail, call, range));
    status = find(&trail, sequence, &answer, out_found);
    pz__trail_close(&trail);
    if (status == PZ_OK && *out_found) take_answer(&answer, out_row);
    return status;
}

static pz_status write(pz__call *call, const pz__evidence_row *row, double score, double weight, const char *reason, size_t reason_len)
{
    static const char sql[] =
        "INSERT INTO evidence_fix (tenant_id, learner_id, competency_id, at, sequence, change_id, score, weight, reason) "
        "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) ON CONFLICT (tenant_id, learner_id, competency_id, at, sequence, change_id) "
        "DO UPDATE SET score = excluded.score, weight = excluded.weight, reason = excluded.reason";
    pz__statement *statement;
    PZ__TRY(pz__db_statement(call->db, sql, &statement));
    pz__bind_int(statement, 1, call->tenant);
    pz__bind_int(statement, 2, row->learner);
    pz__bind_int(statement, 3, row->competency);
    pz__bind_int(statement, 4, row->at);
    pz__bind_int(statement, 5, row->sequence);
    pz__bind_int(statement, 6, pz__change_number(call->change));
    pz__bind_real(statement, 7, score);
    pz__bind_real(statement, 8, weight);
    pz__bind_text(statement, 9, reason, reason_len);
    return pz__db_run(statement);
}

static pz_status renew(pz__call *call, pz_id learner, pz_id competency)
{
    pz__standings work = {0};
    pz__rules *rules;
    pz_status status = pz__rules_load(call, &rules);
    if (status == PZ_OK) status = pz__standing_renew(&work, call, rules, learner, competency);
    pz__standings_free(&work);
    pz__rules_free(rules);
    return status;
}

pz_status pz__evidence_fix(pz__call *call, const pz__evidence_row *row, double score, double weight, const char *reason, size_t reason_len,
                           pz__outcome *out_outcome)
{
    *out_outcome = score == row->score && (isnan(weight) || weight == row->weight) ? PZ__SAME : PZ__CHANGED;
    if (*out_outcome == PZ__SAME || !call->change) return PZ_OK;
    PZ__TRY(write(call, row, score, weight, reason, reason_len));
    pz__change_note(call->change, PZ_KIND_EVIDENCE, 0, row->learner, isnan(score) ? PZ__ACT_END : PZ__ACT_REVISE, 1);
    return renew(call, row->learner, row->competency);
}
