/* pz_evidence_read(): rows gathered, then laid out as columns in one block. */
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
} gathered;

static int is_wanted(const pz_evidence_query *query, const pz__answer *answer)
{
    if (query->assessment && answer->assessment != query->assessment) return 0;
    return query->from == PZ_TIME_NONE || answer->at >= query->from;
}

static pz_status gather(pz__call *call, const pz_evidence_query *query, const pz__whom *whom, pz_id learner, gathered *out)
{
    pz__trail_range range = {learner, query->competency, query->competency ? query->competency : INT64_MAX, query->until, 0, 1};
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
