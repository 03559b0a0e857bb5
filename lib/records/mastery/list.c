/* pz_learner_mastery_list(). */
#include <string.h>

#include "base/fail.h"
#include "base/memory.h"
#include "base/record.h"
#include "records/access/whom.h"
#include "records/listing.h"
#include "records/mastery/standing.h"
#include "records/need.h"
#include "records/types_learning.h"

static const char learners_now[] =
    "SELECT DISTINCT learner_id FROM mastery WHERE tenant_id = ?1 AND ?2 = ?2 AND ?3 = ?3 ORDER BY learner_id";
static const char learners_then[] =
    "SELECT DISTINCT learner_id FROM evidence WHERE tenant_id = ?1 AND change_id <= ?2 AND ?3 = ?3 ORDER BY learner_id";
static const char competencies_of_framework[] =
    "SELECT competency_id FROM competency WHERE tenant_id = ?1 AND framework_id = ?3 AND since_change <= ?2 AND until_change > ?2 "
    "ORDER BY competency_id";

typedef struct list_work {
    pz__call *call;
    const pz_mastery_query *query;
    pz__whom whom;
    pz_id *competencies; /* of the framework */
    size_t competency_count;
    pz__rules *rules;
    pz__standings standings;
    pz__rows *rows;
} list_work;

static int is_wanted(const list_work *work, const pz__standing *standing)
{
    if (work->query->decision && standing->estimate.decision != work->query->decision) return 0;
    return !work->query->framework || pz__ids_has(work->competencies, work->competency_count, standing->competency);
}

static void add(list_work *work, pz_id learner, const pz__standing *standing)
{
    pz_learner_mastery row = {sizeof row,
                              learner,
                              standing->competency,
                              standing->estimate.estimate,
                              standing->estimate.standard_error,
                              standing->estimate.decision,
                              standing->estimate.evidence_count,
                              standing->last_at,
                              standing->rule,
                              pz_mastery_model_name((pz_mastery_model)standing->state.model)};
    pz__rows_add(work->rows, &row);
}

static pz_status add_learner(list_work *work, pz_id learner)
{
    pz_id low = work->query->competency, high = low ? low : INT64_MAX;
    PZ__TRY(pz__standings_get(&work->standings, work->call, work->rules, learner, low, high));
    for (size_t i = 0; i < work->standings.count; i++)
        if (is_wanted(work, &work->standings.rows[i])) add(work, learner, &work->standings.rows[i]);
    if (work->standings.count) pz__whom_read_learner(work->call, &work->whom, learner);
    return PZ_OK;
}

static pz_status prepare(list_work *work)
{
    const pz_mastery_query *query = work->query;
    PZ__TRY(pz__need_if(work->call, PZ_KIND_COMPETENCY, query->competency, "competency"));
    PZ__TRY(pz__need_if(work->call, PZ_KIND_FRAMEWORK, query->framework, "framework"));
    PZ__TRY(pz__rules_load(work->call, &work->rules));
    PZ__TRY(pz__whom_name(work->call, &work->whom, work->call->is_past ? learners_then : learners_now));
    if (!query->framework) return PZ_OK;
    return pz__ids_read(work->call, competencies_of_framework, query->framework, &work->competencies, &work->competency_count);
}

static pz_status list(pz__call *call, const pz_mastery_query *query, pz__rows *rows)
{
    list_work work = {.call = call, .query = query, .rows = rows};
    pz_status status;
    PZ__TRY(pz__whom_find(call, PZ_KIND_MASTERY, query->learner, query->class_id, &work.whom));
    status = prepare(&work);
    if (status == PZ_OK) pz__whom_read_class(call, &work.whom);
    for (size_t i = 0; i < work.whom.count && status == PZ_OK; i++) status = add_learner(&work, work.whom.ids[i]);
    pz__standings_free(&work.standings);
    pz__rules_free(work.rules);
    pz__release(work.competencies);
    pz__whom_free(&work.whom);
    return status;
}

pz_status pz_learner_mastery_list(pz_actor *actor, const pz_mastery_query *query, pz_learner_mastery ***out_rows, size_t *out_count)
{
    pz_mastery_query taken;
    pz__rows rows;
    pz__call call;
    PZ__TRY(pz__list_start((void ***)out_rows, out_count));
    if (!actor) return pz__fail_closed("actor");
    if (!query) query = pz__mastery_query_type.initial;
    PZ__TRY(pz__record_take(&pz__mastery_query_type, query, sizeof taken, &taken));
    if (taken.decision < 0 || taken.decision > PZ_MASTERY_NOT_ENOUGH_EVIDENCE)
        return pz__fail(PZ_E_INVALID, "decision", NULL, "There is no decision %d.", (int)taken.decision);
    PZ__TRY(pz__call_read(&call, actor));
    pz__rows_start(&rows, &pz__learner_mastery_type);
    return pz__call_end_rows(&call, list(&call, &taken, &rows), &rows, (void ***)out_rows, out_count);
}
