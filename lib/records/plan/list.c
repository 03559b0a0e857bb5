/* Plans read: one, many, every version, their parts, signatures and reviews. */
#include <stddef.h>

#include "base/fail.h"
#include "base/memory.h"
#include "records/access/whom.h"
#include "records/ask.h"
#include "records/listing.h"
#include "records/page.h"
#include "records/plan/see.h"
#include "records/plan/tables.h"

pz_status pz_plan_get(pz_actor *actor, pz_id plan, pz_plan **out_plan)
{
    pz_plan *found = NULL;
    pz__call call;
    pz_status status;
    if (!out_plan) return pz__fail_null("out_plan");
    *out_plan = NULL;
    PZ__TRY(pz__call_read(&call, actor));
    status = pz__call_end(&call, pz__plan_find(&call, PZ__SEE, plan, &found));
    if (status == PZ_OK)
        *out_plan = found;
    else
        pz_free(found);
    return status;
}

/* ------------------------------------------------------------------------------------------------------- lists --- */

typedef struct list_work {
    pz__call *call;
    pz_plan_query query;
    pz_plan *after;
    pz__whom whom;
    pz__rows rows;
} list_work;

static int compare(const void *a, const void *b, void *query)
{
    const pz_plan *left = *(const pz_plan *const *)a, *right = *(const pz_plan *const *)b;
    (void)query;
    if (left->learner != right->learner) return left->learner < right->learner ? -1 : 1;
    return (left->id > right->id) - (left->id < right->id);
}

static pz_status read_plans(list_work *work, pz_id learner)
{
#define WANTED " AND since_change <= ?3 AND until_change > ?3 AND (?4 = 0 OR state = ?4) AND (?5 IS NULL OR (begins_on <= ?5 AND ends_on >= ?5))"
    static const char one[] = "SELECT " PZ__PLAN_COLUMNS ", 1 FROM plan WHERE tenant_id = ?1 AND learner_id = ?2" WANTED " ORDER BY plan_id";
    static const char all[] = "SELECT " PZ__PLAN_COLUMNS ", 1 FROM plan WHERE tenant_id = ?1 AND ?2 = 0" WANTED " ORDER BY learner_id, plan_id";
#undef WANTED
    pz__statement *statement;
    pz_plan plan;
    const pz_plan *read = &plan;
    pz_status status;
    int row;
    PZ__TRY(pz__ask(work->call, learner ? one : all, learner, &statement));
    pz__bind_int(statement, 4, work->query.state);
    pz__bind_date(statement, 5, work->query.on);
    while ((status = pz__db_step(statement, &row)) == PZ_OK && row) {
        pz__record_read(&pz__plan_type, statement, 0, &plan);
        if (!work->after || compare(&read, &work->after, NULL) > 0) pz__rows_add(&work->rows, &plan);
    }
    pz__db_reset(statement);
    return status;
}

static pz_status read_all(list_work *work)
{
    if (work->query.after) PZ__TRY(pz__plan_find(work->call, PZ__SEE, work->query.after, &work->after));
    if (work->whom.all) return read_plans(work, 0);
    for (size_t i = 0; i < work->whom.count; i++) PZ__TRY(read_plans(work, work->whom.ids[i]));
    return PZ_OK;
}

static pz_status list(list_work *work, pz_plan ***out_rows, size_t *out_count)
{
    pz_status status;
    PZ__TRY(pz__whom_find(work->call, PZ_KIND_PLAN, work->query.learner, work->query.class_id, &work->whom));
    pz__rows_start(&work->rows, &pz__plan_type);
    status = read_all(work);
    if (status == PZ_OK)
        status = pz__page_take(&work->rows, compare, &work->query, work->query.limit, (void ***)out_rows, out_count);
    else
        pz__rows_free(&work->rows);
    if (status == PZ_OK) pz__page_note_reads(work->call, &work->whom, (const void *const *)*out_rows, *out_count, offsetof(pz_plan, learner));
    pz_free(work->after);
    pz__whom_free(&work->whom);
    return status;
}

pz_status pz_plan_list(pz_actor *actor, const pz_plan_query *query, pz_plan ***out_rows, size_t *out_count)
{
    pz__call call;
    list_work work = {.call = &call};
    pz_plan **rows = NULL;
    size_t count = 0;
    PZ__TRY(pz__list_start((void ***)out_rows, out_count));
    if (!actor) return pz__fail_closed("actor");
    PZ__TRY(pz__record_take(&pz__plan_query_type, query ? query : pz__plan_query_type.initial, sizeof work.query, &work.query));
    PZ__TRY(pz__page_check_limit(work.query.limit));
    if (work.query.state < 0 || work.query.state > PZ_PLAN_CLOSED)
        return pz__fail(PZ_E_INVALID, "state", "pz_plan_state names them; 0 is any.", "There is no state %d of a plan.", (int)work.query.state);
    PZ__TRY(pz__call_read(&call, actor));
    return pz__page_end(&call, list(&work, &rows, &count), (void ***)&rows, &count, (void ***)out_rows, out_count);
}

/* ------------------------------------------------------------------------------------------------------- of one --- */

typedef pz_status (*read_fn)(pz__call *call, const pz_plan *plan, pz__rows *rows);

static pz_status read_history(pz__call *call, const pz_plan *plan, pz__rows *rows)
{
    static const char sql[] = "SELECT " PZ__PLAN_COLUMNS ", until_change > ?3 FROM plan WHERE tenant_id = ?1 AND plan_id = ?2 "
                              "AND since_change <= ?3 ORDER BY since_change";
    return pz__ask_rows(call, sql, plan->id, rows);
}

static pz_status read_reviews(pz__call *call, const pz_plan *plan, pz__rows *rows)
{
    return pz__plan_reviews(call, plan->id, rows);
}

static pz_status find_and_read(pz__call *call, pz_id id, read_fn read, pz__rows *rows)
{
    pz_plan *plan;
    pz_status status;
    PZ__TRY(pz__plan_find(call, PZ__SEE, id, &plan));
    status = read(call, plan, rows);
    pz_free(plan);
    return status;
}

static pz_status give(pz_actor *actor, pz_id plan, const pz_record_type *type, read_fn read, void ***out_rows, size_t *out_count)
{
    pz__rows rows;
    pz__call call;
    PZ__TRY(pz__list_start(out_rows, out_count));
    PZ__TRY(pz__call_read(&call, actor));
    pz__rows_start(&rows, type);
    return pz__call_end_rows(&call, find_and_read(&call, plan, read, &rows), &rows, out_rows, out_count);
}

pz_status pz_plan_history(pz_actor *actor, pz_id plan, pz_plan ***out_rows, size_t *out_count)
{
    return give(actor, plan, &pz__plan_type, read_history, (void ***)out_rows, out_count);
}

pz_status pz_plan_part_list(pz_actor *actor, pz_id plan, pz_plan_part ***out_rows, size_t *out_count)
{
    return give(actor, plan, &pz__plan_part_type, pz__plan_parts, (void ***)out_rows, out_count);
}

pz_status pz_plan_signature_list(pz_actor *actor, pz_id plan, pz_plan_signature ***out_rows, size_t *out_count)
{
    return give(actor, plan, &pz__plan_signature_type, pz__plan_signatures, (void ***)out_rows, out_count);
}

pz_status pz_plan_review_list(pz_actor *actor, pz_id plan, pz_plan_review ***out_rows, size_t *out_count)
{
    return give(actor, plan, &pz__plan_review_type, read_reviews, (void ***)out_rows, out_count);
}
