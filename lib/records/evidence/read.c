/* pz_evidence_read(): rows gathered, then laid out as columns in one block. */
#include <stdlib.h>
#include <string.h>

#include "base/fail.h"
#include "base/memory.h"
#include "base/record.h"
#include "records/access/whom.h"
#include "records/evidence/columns.h"
#include "records/evidence/trail.h"
#include "records/need.h"
#include "records/types_learning.h"

typedef struct gathered {
    pz__answer *rows;
    size_t count;
    size_t capacity;
    int is_begun; /* the row that the page goes on after was met */
} gathered;

enum { MOST_ROWS = 1000000 };

/* Where a page of rows by learner begins is found on the way, also if the row was withdrawn meanwhile. */
static int is_before_page(const pz_evidence_query *query, gathered *out, const pz__answer *answer)
{
    if (query->order == PZ_EVIDENCE_ORDER_ARRIVED) return answer->sequence <= query->after;
    if (!query->after || out->is_begun) return 0;
    out->is_begun = answer->sequence == query->after;
    return 1;
}

static int is_wanted(const pz_evidence_query *query, const pz__answer *answer)
{
    if (answer->is_withdrawn) return 0;
    if (query->assessment && answer->assessment != query->assessment) return 0;
    if (query->kind && answer->kind != query->kind) return 0;
    return query->from == PZ_TIME_NONE || answer->at >= query->from;
}

static int is_full(const pz_evidence_query *query, const gathered *out)
{
    return query->limit && query->order == PZ_EVIDENCE_ORDER_LEARNER && out->count == (size_t)query->limit;
}

static pz_status gather(pz__call *call, const pz_evidence_query *query, pz_id learner, gathered *out)
{
    pz__trail_range range = {learner, query->competency, query->competency ? query->competency : INT64_MAX, query->until,
                             query->after != 0, 1};
    pz__trail trail;
    pz_status status;
    int more = 1;
    PZ__TRY(pz__trail_open(&trail, call, range));
    while (more && !is_full(query, out)) {
        pz__answer answer;
        status = pz__trail_next(&trail, &answer, &more);
        if (status == PZ_OK && more && !is_before_page(query, out, &answer) && is_wanted(query, &answer)) {
            status = pz__reserve((void **)&out->rows, &out->capacity, out->count + 1, sizeof *out->rows);
            if (status == PZ_OK) out->rows[out->count++] = answer;
        }
        if (status != PZ_OK) break;
    }
    pz__trail_close(&trail);
    return status;
}

static int by_arrival(const void *a, const void *b)
{
    int64_t left = ((const pz__answer *)a)->sequence, right = ((const pz__answer *)b)->sequence;
    return (left > right) - (left < right);
}

/* One answer that bears on several competencies has a row, and a sequence, for each. */
static void cut_page(const pz_evidence_query *query, gathered *out)
{
    if (query->order != PZ_EVIDENCE_ORDER_ARRIVED || !out->count) return;
    qsort(out->rows, out->count, sizeof *out->rows, by_arrival);
    if (query->limit && out->count > (size_t)query->limit) out->count = (size_t)query->limit;
}

static void note_reads(pz__call *call, const pz__whom *whom, const gathered *out)
{
    pz_id last = 0;
    pz__whom_read_class(call, whom);
    for (size_t i = 0; i < out->count; i++)
        if (out->rows[i].learner != last) pz__whom_read_learner(call, whom, last = out->rows[i].learner);
}

static pz_status gather_each(pz__call *call, const pz_evidence_query *query, const pz__whom *whom, gathered *out)
{
    PZ__TRY(pz__need_if(call, PZ_KIND_COMPETENCY, query->competency, "competency"));
    PZ__TRY(pz__need_if(call, PZ_KIND_ASSESSMENT, query->assessment, "assessment"));
    if (whom->all) PZ__TRY(gather(call, query, 0, out));
    for (size_t i = 0; i < whom->count; i++) PZ__TRY(gather(call, query, whom->ids[i], out));
    if (query->order == PZ_EVIDENCE_ORDER_LEARNER && query->after && !out->is_begun)
        return pz__fail(PZ_E_NOT_FOUND, "after", "Begin anew with 0.", "This query does not reach the row %lld.", (long long)query->after);
    return PZ_OK;
}

static pz_status gather_all(pz__call *call, const pz_evidence_query *query, gathered *out)
{
    pz__whom whom;
    pz_status status;
    PZ__TRY(pz__whom_find(call, PZ_KIND_EVIDENCE, query->learner, query->class_id, &whom));
    status = gather_each(call, query, &whom, out);
    if (status == PZ_OK) {
        cut_page(query, out);
        note_reads(call, &whom, out);
    }
    pz__whom_free(&whom);
    return status;
}

static pz_status lay_out(const gathered *from, pz_evidence **out_evidence)
{
    pz__evidence_columns columns;
    PZ__TRY(pz__evidence_columns_new(from->count, 0, &columns));
    for (size_t i = 0; i < from->count; i++) {
        const pz__answer *row = &from->rows[i];
        columns.learner[i] = row->learner;
        columns.competency[i] = row->competency;
        columns.at[i] = row->at;
        columns.assessment[i] = row->assessment;
        columns.item[i] = row->item;
        columns.sequence[i] = row->sequence;
        columns.change[i] = row->change;
        columns.score[i] = row->score;
        columns.weight[i] = row->weight;
        columns.kind[i] = row->kind;
        columns.option[i] = row->option;
    }
    *out_evidence = columns.evidence;
    return PZ_OK;
}

static pz_status check_query(const pz_evidence_query *query)
{
    if (query->kind < 0 || query->kind > PZ_EVIDENCE_PEER)
        return pz__fail(PZ_E_INVALID, "kind", "pz_evidence_kind names the kinds; 0 is any.", "There is no evidence of the kind %d.",
                        (int)query->kind);
    if (query->order < PZ_EVIDENCE_ORDER_LEARNER || query->order > PZ_EVIDENCE_ORDER_ARRIVED)
        return pz__fail(PZ_E_INVALID, "order", "pz_evidence_order names the orders.", "There is no order %d of evidence.",
                        (int)query->order);
    if (query->limit < 0 || query->limit > MOST_ROWS)
        return pz__fail(PZ_E_INVALID, "limit", "0 gives all.", "A page has 1 to 1,000,000 rows, not %d.", (int)query->limit);
    return query->after >= 0 ? PZ_OK : pz__fail(PZ_E_INVALID, "after", "0 is from the beginning.", "Sequences are above 0.");
}

pz_status pz_evidence_read(pz_actor *actor, const pz_evidence_query *query, pz_evidence **out_evidence)
{
    pz_evidence_query taken;
    gathered found = {NULL, 0, 0, 0};
    pz__call call;
    pz_status status;
    if (!out_evidence) return pz__fail_null("out_evidence");
    *out_evidence = NULL;
    if (!actor) return pz__fail_closed("actor");
    if (!query) query = pz__evidence_query_type.initial;
    PZ__TRY(pz__record_take(&pz__evidence_query_type, query, sizeof taken, &taken));
    PZ__TRY(check_query(&taken));
    PZ__TRY(pz__call_read(&call, actor));
    status = pz__call_end(&call, gather_all(&call, &taken, &found));
    if (status == PZ_OK) status = lay_out(&found, out_evidence);
    pz__release(found.rows);
    return status;
}
