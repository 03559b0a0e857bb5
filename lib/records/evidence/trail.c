#include "records/evidence/trail.h"

#include <string.h>

#include "base/fail.h"

/* One statement for one learner and one for all: with the learner given, the range of competencies is found by the key as well. */
static const char rows_of_one[] =
    "SELECT learner_id, competency_id, at, sequence, change_id, score, weight, kind, assessment_id, item_id, option_no FROM evidence "
    "WHERE tenant_id = ?1 AND learner_id = ?2 AND competency_id BETWEEN ?3 AND ?4 AND at < ?5 AND change_id <= ?6 "
    "ORDER BY competency_id, at, sequence";
static const char rows_of_all[] =
    "SELECT learner_id, competency_id, at, sequence, change_id, score, weight, kind, assessment_id, item_id, option_no FROM evidence "
    "WHERE tenant_id = ?1 AND ?2 = 0 AND competency_id BETWEEN ?3 AND ?4 AND at < ?5 AND change_id <= ?6 "
    "ORDER BY learner_id, competency_id, at, sequence";
static const char fixes_of_one[] =
    "SELECT learner_id, competency_id, at, sequence, score, weight FROM evidence_fix WHERE tenant_id = ?1 AND learner_id = ?2 "
    "AND competency_id BETWEEN ?3 AND ?4 AND at < ?5 AND change_id <= ?6 ORDER BY competency_id, at, sequence, change_id";
static const char fixes_of_all[] =
    "SELECT learner_id, competency_id, at, sequence, score, weight FROM evidence_fix WHERE tenant_id = ?1 AND ?2 = 0 "
    "AND competency_id BETWEEN ?3 AND ?4 AND at < ?5 AND change_id <= ?6 ORDER BY learner_id, competency_id, at, sequence, change_id";

static void bind_range(pz__statement *statement, const pz__call *call, const pz__trail_range *range)
{
    pz__bind_int(statement, 1, call->tenant);
    pz__bind_int(statement, 2, range->learner);
    pz__bind_int(statement, 3, range->low);
    pz__bind_int(statement, 4, range->high);
    pz__bind_int(statement, 5, range->until == PZ_TIME_NONE ? INT64_MAX : range->until);
    pz__bind_int(statement, 6, call->as_of);
}

static pz_status next_fix(pz__trail *trail)
{
    int row;
    if (!trail->fixes) return PZ_OK;
    PZ__TRY(pz__db_step(trail->fixes, &row));
    trail->has_fix = row;
    if (!row) {
        trail->fixes = NULL;
        return PZ_OK;
    }
    trail->fix.learner = pz__column_int(trail->fixes, 0);
    trail->fix.competency = pz__column_int(trail->fixes, 1);
    trail->fix.at = pz__column_int(trail->fixes, 2);
    trail->fix.sequence = pz__column_int(trail->fixes, 3);
    trail->fix.score = pz__column_real(trail->fixes, 4);
    trail->fix_has_weight = !pz__column_is_null(trail->fixes, 5);
    trail->fix.weight = pz__column_real(trail->fixes, 5);
    return PZ_OK;
}

pz_status pz__trail_open(pz__trail *trail, pz__call *call, pz__trail_range range)
{
    pz_status status;
    memset(trail, 0, sizeof *trail);
    trail->call = call;
    trail->range = range;
    PZ__TRY(pz__db_statement(call->db, range.learner ? rows_of_one : rows_of_all, &trail->rows));
    bind_range(trail->rows, call, &range);
    status = pz__db_statement(call->db, range.learner ? fixes_of_one : fixes_of_all, &trail->fixes);
    if (status == PZ_OK) {
        bind_range(trail->fixes, call, &range);
        status = next_fix(trail);
    }
    if (status != PZ_OK) pz__trail_close(trail);
    return status;
}

static int order(const pz__answer *a, const pz__answer *b)
{
    if (a->learner != b->learner) return a->learner < b->learner ? -1 : 1;
    if (a->competency != b->competency) return a->competency < b->competency ? -1 : 1;
    if (a->at != b->at) return a->at < b->at ? -1 : 1;
    return (a->sequence > b->sequence) - (a->sequence < b->sequence);
}

static void take_row(pz__statement *rows, pz__answer *answer)
{
    answer->learner = pz__column_int(rows, 0);
    answer->competency = pz__column_int(rows, 1);
    answer->at = pz__column_int(rows, 2);
    answer->sequence = pz__column_int(rows, 3);
    answer->change = pz__column_int(rows, 4);
    answer->score = pz__column_real(rows, 5);
    answer->weight = pz__column_real(rows, 6);
    answer->kind = (int32_t)pz__column_int(rows, 7);
    answer->assessment = pz__column_int(rows, 8);
    answer->item = pz__column_int(rows, 9);
    answer->option = (int32_t)pz__column_int(rows, 10);
    answer->is_corrected = answer->is_withdrawn = 0;
}

/* The newest fix counts: they come in the order of their changes. */
static pz_status apply_fixes(pz__trail *trail, pz__answer *answer)
{
    while (trail->has_fix) {
        int place = order(&trail->fix, answer);
        if (place > 0) break;
        if (place == 0) {
            answer->is_corrected = 1;
            answer->is_withdrawn = isnan(trail->fix.score);
            answer->score = trail->fix.score;
            if (trail->fix_has_weight) answer->weight = trail->fix.weight;
        }
        PZ__TRY(next_fix(trail));
    }
    return PZ_OK;
}

pz_status pz__trail_next(pz__trail *trail, pz__answer *out_answer, int *out_more)
{
    *out_more = 0;
    for (;;) {
        int row;
        if (!trail->rows) return PZ_OK;
        PZ__TRY(pz__db_step(trail->rows, &row));
        if (!row) {
            trail->rows = NULL;
            return PZ_OK;
        }
        take_row(trail->rows, out_answer);
        PZ__TRY(apply_fixes(trail, out_answer));
        if (out_answer->is_withdrawn && !trail->range.with_withdrawn) continue;
        if (pz__evidence_is_apart(out_answer->kind) && !trail->range.with_apart) continue;
        *out_more = 1;
        return PZ_OK;
    }
}

void pz__trail_close(pz__trail *trail)
{
    pz__db_reset(trail->rows);
    pz__db_reset(trail->fixes);
    trail->rows = trail->fixes = NULL;
}
