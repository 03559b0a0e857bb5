/* pz_next_step_list(). */
#include "base/fail.h"
#include "base/memory.h"
#include "records/access/reach_sql.h"
#include "records/access/scope.h"
#include "records/access/whom.h"
#include "records/document.h"
#include "records/listing.h"
#include "records/need.h"
#include "records/next/step.h"

enum { MOST_STEPS = 1000 };

typedef struct list_work {
    pz_next_query query;
    const char *language;
    pz__whom whom;
    pz__next_work work;
    pz__buffer codes, title, reason;
    pz__rows *rows;
} list_work;

/* ---------------------------------------------------------------------------------------------------- whom --- */

/* Everybody who learns somewhere today. */
static const char everybody_sql[] = "SELECT DISTINCT e.person_id FROM enrollment e JOIN person p ON p.tenant_id = e.tenant_id "
                                    "AND p.person_id = e.person_id AND p.until_change = 9223372036854775807 AND p.ended = 0 "
                                    "WHERE e.tenant_id = ?1 AND e.role = 1 AND e.until_change = 9223372036854775807 AND ?2 = ?2 "
                                    "AND (e.begins_on IS NULL OR e.begins_on <= ?3) AND (e.ends_on IS NULL OR e.ends_on >= ?3) ORDER BY 1";

static pz_status find_whom(list_work *list, pz__call *call)
{
    const pz_next_query *query = &list->query;
    pz__whom *whom = &list->whom;
    if (query->org) {
        PZ__TRY(pz__may_org(call, PZ_KIND_MASTERY, PZ__SEE, query->org, "org"));
        PZ__TRY(pz__whom_find(call, PZ_KIND_MASTERY, 0, 0, whom));
        pz__release(whom->own);
        whom->own = NULL;
        whom->all = 0;
        PZ__TRY(pz__org_learners(call, query->org, &whom->own, &whom->count));
        whom->ids = whom->own;
        return PZ_OK;
    }
    PZ__TRY(pz__whom_find(call, PZ_KIND_MASTERY, query->learner, query->class_id, whom));
    if (!whom->all) return PZ_OK;
    whom->all = 0;
    PZ__TRY(pz__ids_read(call, everybody_sql, call->present_day, &whom->own, &whom->count));
    whom->ids = whom->own;
    return PZ_OK;
}

static void narrow_to_page(list_work *list)
{
    pz__whom *whom = &list->whom;
    size_t from = 0;
    while (from < whom->count && whom->ids[from] <= list->query.after) from++;
    whom->ids = whom->ids ? whom->ids + from : NULL;
    whom->count -= from;
    if (list->query.learners && whom->count > (size_t)list->query.learners) whom->count = (size_t)list->query.learners;
}

/* ---------------------------------------------------------------------------------------------------- rows --- */

static pz_status add_row(list_work *list, pz_id learner, int32_t rank, const pz__next_candidate *step)
{
    pz_next_step row = {sizeof row, learner, rank, step->kind, step->competency, step->record_kind, step->record, step->score,
                        step->estimate, step->recall, step->due_on, NULL, NULL, NULL};
    pz__buffer_clear(&list->codes);
    pz__next_codes(step, &list->codes);
    if (list->codes.status != PZ_OK) return pz__fail_memory();
    row.codes = list->codes.data;
    if (!list->query.codes_only) {
        pz__buffer_clear(&list->title);
        pz__buffer_clear(&list->reason);
        PZ__TRY(pz__next_words(list->work.call, step, list->language, &list->title, &list->reason));
        row.title = list->title.data;
        row.reason = list->reason.data;
    }
    pz__rows_add(list->rows, &row);
    return PZ_OK;
}

static pz_status add_learner(list_work *list, pz_id learner)
{
    pz__next_work *work = &list->work;
    int32_t rank = 0;
    PZ__TRY(pz__next_find(work, learner));
    for (size_t i = 0; i < work->count && (!list->query.limit || rank < list->query.limit); i++)
        if (!list->query.kind || work->rows[i].kind == list->query.kind) PZ__TRY(add_row(list, learner, ++rank, &work->rows[i]));
    pz__whom_read_learner(work->call, &list->whom, learner);
    if (list->whom.class_id && !list->whom.learner) return PZ_OK;
    if (work->goal_count) pz__call_read_learner(work->call, PZ_KIND_GOAL, learner);
    if (work->item_count) pz__call_read_learner(work->call, PZ_KIND_ASSIGNMENT, learner);
    return PZ_OK;
}

static pz_status add_all(list_work *list, pz__call *call)
{
    PZ__TRY(pz__need_if(call, PZ_KIND_FRAMEWORK, list->query.framework, "framework"));
    PZ__TRY(pz__next_work_start(&list->work, call, list->query.framework, list->query.retention));
    narrow_to_page(list);
    pz__whom_read_class(call, &list->whom);
    if (list->query.class_id && !list->query.learner) {
        if (list->work.sees_goals) pz__call_read_class(call, PZ_KIND_GOAL, list->query.class_id);
        if (list->work.sees_work) pz__call_read_class(call, PZ_KIND_ASSIGNMENT, list->query.class_id);
    }
    for (size_t i = 0; i < list->whom.count; i++) PZ__TRY(add_learner(list, list->whom.ids[i]));
    return PZ_OK;
}

static pz_status make_list(list_work *list, pz__call *call)
{
    pz_status status = find_whom(list, call);
    if (status == PZ_OK) status = add_all(list, call);
    pz__next_work_free(&list->work);
    pz__whom_free(&list->whom);
    pz__buffer_free(&list->codes);
    pz__buffer_free(&list->title);
    pz__buffer_free(&list->reason);
    return status;
}

/* ---------------------------------------------------------------------------------------------------- call --- */

static pz_status check_query(const pz_next_query *query)
{
    if (query->org && (query->learner || query->class_id))
        return pz__fail(PZ_E_INVALID, "org", "Leave the org out, or the learner and the class.", "An org excludes a learner and a class.");
    if (query->kind < 0 || query->kind > PZ_NEXT_CHOICE)
        return pz__fail(PZ_E_INVALID, "kind", "pz_next_kind names the kinds; 0 is any.", "There is no kind %d of next step.", (int)query->kind);
    if (query->limit < 0 || query->limit > MOST_STEPS)
        return pz__fail(PZ_E_INVALID, "limit", NULL, "limit is %d; it goes from 0 to %d.", (int)query->limit, MOST_STEPS);
    if (!(query->retention > 0 && query->retention < 1))
        return pz__fail(PZ_E_INVALID, "retention", NULL, "retention must be above 0 and below 1.");
    if (query->after < 0 || query->learners < 0)
        return pz__fail(PZ_E_INVALID, query->after < 0 ? "after" : "learners", NULL, "A page begins after an id and has 0 or more learners.");
    return PZ_OK;
}

pz_status pz_next_step_list(pz_actor *actor, const pz_next_query *query, const char *language, pz_next_step ***out_rows, size_t *out_count)
{
    list_work list = {.codes = PZ__BUFFER_INIT, .title = PZ__BUFFER_INIT, .reason = PZ__BUFFER_INIT};
    pz__rows rows;
    pz__call call;
    PZ__TRY(pz__list_start((void ***)out_rows, out_count));
    if (!actor) return pz__fail_closed("actor");
    PZ__TRY(pz__record_take(&pz__next_query_type, query ? query : pz__next_query_type.initial, sizeof list.query, &list.query));
    PZ__TRY(check_query(&list.query));
    list.language = language;
    PZ__TRY(pz__language_check(&list.language));
    PZ__TRY(pz__call_read(&call, actor));
    pz__rows_start(&rows, &pz__next_step_type);
    list.rows = &rows;
    return pz__call_end_rows(&call, make_list(&list, &call), &rows, (void ***)out_rows, out_count);
}
