#include "exchange/csv_answers.h"

#include <stdlib.h>

#include "base/fail.h"
#include "base/memory.h"

static const char corrected[] = "The imported file's score changed.";

pz_status pz__csv_answers_add(pz__csv_answers *answers, const pz__evidence_row *row, int is_timed)
{
    PZ__TRY(pz__reserve((void **)&answers->rows, &answers->row_capacity, answers->count + 1, sizeof *answers->rows));
    PZ__TRY(pz__reserve((void **)&answers->timed, &answers->timed_capacity, answers->count + 1, sizeof *answers->timed));
    answers->timed[answers->count] = (uint8_t)(is_timed != 0);
    answers->rows[answers->count++] = *row;
    return PZ_OK;
}

void pz__csv_answers_free(pz__csv_answers *answers)
{
    pz__release(answers->rows);
    pz__release(answers->timed);
}

/* ------------------------------------------------------------------------------------------------- sorting --- */

/* A timed answer by what tells it apart, and its place in the file. */
typedef struct key {
    pz_id learner, competency, item;
    pz_time at;
    size_t place;
} key;

static int order(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

static int by_key(const void *a, const void *b)
{
    const key *x = a, *y = b;
    int o = order(x->learner, y->learner);
    if (!o) o = order(x->competency, y->competency);
    if (!o) o = order(x->at, y->at);
    if (!o) o = order(x->item, y->item);
    return o ? o : order((int64_t)x->place, (int64_t)y->place);
}

static int is_same_answer(const key *a, const key *b)
{
    return a->learner == b->learner && a->competency == b->competency && a->at == b->at && a->item == b->item;
}

/* Keys of timed rows in order. Of rows for the same answer only the last is kept; `drop` marks the others by place. */
static size_t sort_keys(const pz__csv_answers *answers, key *keys, uint8_t *drop, pz__difference *difference)
{
    size_t count = 0, kept = 0;
    for (size_t i = 0; i < answers->count; i++) {
        const pz__evidence_row *row = &answers->rows[i];
        if (answers->timed[i]) keys[count++] = (key){row->learner, row->competency, row->item, row->at, i};
    }
    if (count > 1) qsort(keys, count, sizeof *keys, by_key);
    for (size_t i = 0; i < count; i++) {
        if (i + 1 < count && is_same_answer(&keys[i], &keys[i + 1])) {
            drop[keys[i].place] = 1;
            difference->same++;
        } else {
            keys[kept++] = keys[i];
        }
    }
    return kept;
}

/* --------------------------------------------------------------------------------------------------- stored --- */

typedef struct stored {
    pz_time at;
    pz_id item;
    int64_t sequence;
} stored;

typedef struct stored_list {
    stored *rows;
    size_t count, capacity;
} stored_list;

static pz_status read_stored(pz__call *call, const key *first, const key *last, stored_list *list)
{
    static const char sql[] = "SELECT at, item_id, sequence FROM evidence WHERE tenant_id = ?1 AND learner_id = ?2 AND competency_id = ?3 "
                              "AND at >= ?4 AND at <= ?5 ORDER BY at, sequence";
    pz__statement *statement;
    pz_status status;
    int row;
    list->count = 0;
    PZ__TRY(pz__db_statement(call->db, sql, &statement));
    pz__bind_int(statement, 1, call->tenant);
    pz__bind_int(statement, 2, first->learner);
    pz__bind_int(statement, 3, first->competency);
    pz__bind_int(statement, 4, first->at);
    pz__bind_int(statement, 5, last->at);
    while ((status = pz__db_step(statement, &row)) == PZ_OK && row) {
        if ((status = pz__reserve((void **)&list->rows, &list->capacity, list->count + 1, sizeof *list->rows)) != PZ_OK) break;
        list->rows[list->count++] = (stored){pz__column_int(statement, 0), pz__column_int(statement, 1), pz__column_int(statement, 2)};
    }
    pz__db_reset(statement);
    return status;
}

/* An answer that somebody withdrew stays withdrawn. */
static pz_status compare(pz__call *call, const pz__evidence_row *row, int64_t sequence, pz__difference *difference)
{
    pz__evidence_row now;
    pz__outcome outcome;
    int found;
    PZ__TRY(pz__evidence_find(call, row->learner, row->competency, sequence, &now, &found));
    if (!found || (now.score == row->score && now.weight == row->weight)) {
        difference->same++;
        return PZ_OK;
    }
    difference->changed++;
    if (!call->change) return PZ_OK;
    return pz__evidence_fix(call, &now, row->score, row->weight, corrected, sizeof corrected - 1, &outcome);
}

/* The keys from `first` to `last` are of one learner and competency. */
static pz_status compare_run(const pz__csv_answers *answers, pz__call *call, const key *first, const key *last, stored_list *list,
                             uint8_t *drop, pz__difference *difference)
{
    size_t at = 0;
    PZ__TRY(read_stored(call, first, last, list));
    for (const key *k = first; k <= last && list->count; k++) {
        while (at < list->count && list->rows[at].at < k->at) at++;
        for (size_t i = at; i < list->count && list->rows[i].at == k->at; i++) {
            if (list->rows[i].item != k->item) continue;
            drop[k->place] = 1;
            PZ__TRY(compare(call, &answers->rows[k->place], list->rows[i].sequence, difference));
            break;
        }
    }
    return PZ_OK;
}

static pz_status compare_all(const pz__csv_answers *answers, pz__call *call, const key *keys, size_t count, uint8_t *drop,
                             pz__difference *difference)
{
    stored_list list = {NULL, 0, 0};
    pz_status status = PZ_OK;
    for (size_t from = 0, to; status == PZ_OK && from < count; from = to + 1) {
        to = from;
        while (to + 1 < count && keys[to + 1].learner == keys[from].learner && keys[to + 1].competency == keys[from].competency) to++;
        status = compare_run(answers, call, &keys[from], &keys[to], &list, drop, difference);
    }
    pz__release(list.rows);
    return status;
}

static pz_status append(pz__csv_answers *answers, pz__call *call, const uint8_t *drop, pz__difference *difference)
{
    size_t kept = 0;
    pz_evidence_summary summary;
    for (size_t i = 0; i < answers->count; i++)
        if (!drop[i]) answers->rows[kept++] = answers->rows[i];
    difference->added += (int64_t)kept;
    if (!kept || !call->change) return PZ_OK;
    return pz__evidence_append(call, answers->rows, kept, &summary);
}

pz_status pz__csv_answers_store(pz__csv_answers *answers, pz__call *call, pz__difference *difference)
{
    key *keys = pz__alloc((answers->count + 1) * sizeof *keys);
    uint8_t *drop = pz__alloc_zero(answers->count + 1, 1);
    pz_status status = keys && drop ? PZ_OK : pz__fail_memory();
    if (status == PZ_OK) status = compare_all(answers, call, keys, sort_keys(answers, keys, drop, difference), drop, difference);
    if (status == PZ_OK) status = append(answers, call, drop, difference);
    pz__release(keys);
    pz__release(drop);
    return status;
}
