/* pz_evidence_read(): rows gathered, then laid out as columns in one block. */
#include <string.h>

#include "base/fail.h"
#include "base/memory.h"
#include "base/record.h"
#include "records/access/whom.h"
#include "records/evidence/trail.h"
#include "records/need.h"
#include "records/types_learning.h"

typedef struct gathered {
    pz__answer *rows;
    size_t count;
    size_t capacity;
} gathered;

static int is_wanted(const pz_evidence_query *query, const pz__answer *answer)
{
    if (query->assessment && answer->assessment != query->assessment) return 0;
    return query->from == PZ_TIME_NONE || answer->at >= query->from;
}

static pz_status gather(pz__call *call, const pz_evidence_query *query, const pz__whom *whom, pz_id learner, gathered *out)
{
    pz__trail_range range = {learner, query->competency, query->competency ? query->competency : INT64_MAX, query->until, 0};
    pz__trail trail;
    pz_id last = 0;
    pz_status status;
    int more = 1;
    PZ__TRY(pz__trail_open(&trail, call, range));
    while (more) {
        pz__answer answer;
        status = pz__trail_next(&trail, &answer, &more);
        if (status == PZ_OK && more && is_wanted(query, &answer)) {
            if (answer.learner != last) pz__whom_read_learner(call, whom, last = answer.learner);
            status = pz__reserve((void **)&out->rows, &out->capacity, out->count + 1, sizeof *out->rows);
            if (status == PZ_OK) out->rows[out->count++] = answer;
        }
        if (status != PZ_OK) break;
    }
    pz__trail_close(&trail);
    return status;
}

static pz_status gather_all(pz__call *call, const pz_evidence_query *query, gathered *out)
{
    pz__whom whom;
    pz_status status;
    PZ__TRY(pz__whom_find(call, PZ_KIND_EVIDENCE, query->learner, query->class_id, &whom));
    status = pz__need_if(call, PZ_KIND_COMPETENCY, query->competency, "competency");
    if (status == PZ_OK) status = pz__need_if(call, PZ_KIND_ASSESSMENT, query->assessment, "assessment");
    if (status == PZ_OK) pz__whom_read_class(call, &whom);
    if (status == PZ_OK && whom.all) status = gather(call, query, &whom, 0, out);
    for (size_t i = 0; i < whom.count && status == PZ_OK; i++) status = gather(call, query, &whom, whom.ids[i], out);
    pz__whom_free(&whom);
    return status;
}

/* The block: the record, then columns of eight bytes each, then those of four. */
static pz_status lay_out(const gathered *from, pz_evidence **out_evidence)
{
    enum { WIDE = 9, NARROW = 2 };
    size_t rows = from->count;
    size_t head = (sizeof(pz_evidence) + 15) / 16 * 16;
    char *block = rows <= (SIZE_MAX - head) / (WIDE * 8 + NARROW * 4) ? pz__alloc(head + rows * (WIDE * 8 + NARROW * 4) + 1) : NULL;
    pz_evidence *e = (pz_evidence *)(void *)block;
    int64_t *learner, *competency, *at, *assessment, *item, *sequence, *change;
    double *score, *weight;
    int32_t *kind, *option;
    if (!block) return pz__fail_memory();
    learner = (int64_t *)(void *)(block + head);
    competency = learner + rows;
    at = competency + rows;
    assessment = at + rows;
    item = assessment + rows;
    sequence = item + rows;
    change = sequence + rows;
    score = (double *)(void *)(change + rows);
    weight = score + rows;
    kind = (int32_t *)(void *)(weight + rows);
    option = kind + rows;
    for (size_t i = 0; i < rows; i++) {
        const pz__answer *row = &from->rows[i];
        learner[i] = row->learner;
        competency[i] = row->competency;
        at[i] = row->at;
        assessment[i] = row->assessment;
        item[i] = row->item;
        sequence[i] = row->sequence;
        change[i] = row->change;
        score[i] = row->score;
        weight[i] = row->weight;
        kind[i] = row->kind;
        option[i] = row->option;
    }
    *e = (pz_evidence){sizeof *e, rows, learner, competency, score, at, weight, kind, assessment, item, option, sequence, change};
    *out_evidence = e;
    return PZ_OK;
}

pz_status pz_evidence_read(pz_actor *actor, const pz_evidence_query *query, pz_evidence **out_evidence)
{
    pz_evidence_query taken;
    gathered found = {NULL, 0, 0};
    pz__call call;
    pz_status status;
    if (!out_evidence) return pz__fail_null("out_evidence");
    *out_evidence = NULL;
    if (!actor) return pz__fail_closed("actor");
    if (!query) query = pz__evidence_query_type.initial;
    PZ__TRY(pz__record_take(&pz__evidence_query_type, query, sizeof taken, &taken));
    PZ__TRY(pz__call_read(&call, actor));
    status = pz__call_end(&call, gather_all(&call, &taken, &found));
    if (status == PZ_OK) status = lay_out(&found, out_evidence);
    pz__release(found.rows);
    return status;
}
