#include "records/access/whom.h"

#include <stdlib.h>
#include <string.h>

#include "base/fail.h"
#include "base/memory.h"

static int by_id(const void *a, const void *b)
{
    pz_id left = *(const pz_id *)a, right = *(const pz_id *)b;
    return (left > right) - (left < right);
}

size_t pz__ids_sort(pz_id *ids, size_t count)
{
    size_t kept = 0;
    if (count > 1) qsort(ids, count, sizeof *ids, by_id);
    for (size_t i = 0; i < count; i++)
        if (kept == 0 || ids[kept - 1] != ids[i]) ids[kept++] = ids[i];
    return kept;
}

int pz__ids_has(const pz_id *ids, size_t count, pz_id id)
{
    return count && bsearch(&id, ids, count, sizeof id, by_id) != NULL;
}

static pz_status read_ids(pz__statement *statement, pz_id **ids, size_t *count)
{
    size_t capacity = 0;
    int row;
    for (;;) {
        PZ__TRY(pz__db_step(statement, &row));
        if (!row) return PZ_OK;
        PZ__TRY(pz__reserve((void **)ids, &capacity, *count + 1, sizeof **ids));
        (*ids)[(*count)++] = pz__column_int(statement, 0);
    }
}

pz_status pz__ids_read(pz__call *call, const char *sql, pz_id of, pz_id **out_ids, size_t *out_count)
{
    pz__statement *statement;
    pz_status status;
    *out_ids = NULL;
    *out_count = 0;
    PZ__TRY(pz__db_statement(call->db, sql, &statement));
    pz__bind_int(statement, 1, call->tenant);
    pz__bind_int(statement, 2, call->as_of);
    pz__bind_int(statement, 3, of);
    status = read_ids(statement, out_ids, out_count);
    pz__db_reset(statement);
    if (status == PZ_OK) return PZ_OK;
    pz__release(*out_ids);
    *out_ids = NULL;
    *out_count = 0;
    return status;
}

static pz_status find_learner(pz__call *call, pz__whom *whom)
{
    pz_id *classes = NULL;
    size_t count = 0;
    PZ__TRY(pz__may_learner(call, whom->kind, PZ__SEE, whom->learner, "learner"));
    whom->own = pz__alloc(sizeof *whom->own);
    if (!whom->own) return pz__fail_memory();
    whom->own[0] = whom->learner;
    whom->ids = whom->own;
    whom->count = 1;
    if (!whom->class_id) return PZ_OK;
    PZ__TRY(pz__may_class(call, PZ_KIND_CLASS, PZ__SEE, whom->class_id, "class_id"));
    PZ__TRY(pz__learner_classes(call, whom->learner, &classes, &count));
    if (!pz__ids_has(classes, count, whom->class_id)) whom->count = 0;
    pz__release(classes);
    return PZ_OK;
}

/* Of a class a learner or a guardian sees itself or its children. */
static pz_status find_class(pz__call *call, pz__whom *whom)
{
    PZ__TRY(pz__may_class(call, PZ_KIND_CLASS, PZ__SEE, whom->class_id, "class_id"));
    PZ__TRY(pz__class_learners(call, whom->class_id, &whom->own, &whom->count));
    whom->ids = whom->own;
    return PZ_OK;
}

static pz_status find(pz__call *call, pz__whom *whom)
{
    pz__reach reach;
    if (whom->learner) return find_learner(call, whom);
    PZ__TRY(pz__may(call, whom->kind, PZ__SEE));
    if (whom->class_id) return find_class(call, whom);
    PZ__TRY(pz__reach_learners(call, &reach));
    whom->all = reach.all;
    whom->ids = reach.ids;
    whom->count = reach.count;
    return PZ_OK;
}

pz_status pz__whom_find(pz__call *call, pz_kind kind, pz_id learner, pz_id class_id, pz__whom *out_whom)
{
    pz_status status;
    memset(out_whom, 0, sizeof *out_whom);
    out_whom->kind = kind;
    out_whom->learner = learner;
    out_whom->class_id = class_id;
    status = find(call, out_whom);
    if (status != PZ_OK) pz__whom_free(out_whom);
    return status;
}

pz_status pz__whom_name(pz__call *call, pz__whom *whom, const char *sql)
{
    if (!whom->all) return PZ_OK;
    PZ__TRY(pz__ids_read(call, sql, 0, &whom->own, &whom->count));
    whom->ids = whom->own;
    whom->all = 0;
    return PZ_OK;
}

int pz__whom_has(const pz__whom *whom, pz_id learner)
{
    return whom->all || pz__ids_has(whom->ids, whom->count, learner);
}

void pz__whom_read_class(pz__call *call, const pz__whom *whom)
{
    if (whom->class_id && !whom->learner) pz__call_read_class(call, whom->kind, whom->class_id);
}

void pz__whom_read_learner(pz__call *call, const pz__whom *whom, pz_id learner)
{
    if (!whom->class_id || whom->learner) pz__call_read_section(call, whom->kind, whom->section, learner);
}

void pz__whom_free(pz__whom *whom)
{
    pz__release(whom->own);
    memset(whom, 0, sizeof *whom);
}
