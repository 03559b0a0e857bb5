/* Cycles and their results. */
#include <string.h>

#include "base/fail.h"
#include "base/memory.h"
#include "records/access/whom.h"
#include "records/by_id.h"
#include "records/cycle/find.h"
#include "records/evidence/learning_tables.h"
#include "records/listing.h"
#include "records/need.h"
#include "records/page.h"

pz_status pz_cycle_get(pz_actor *actor, pz_id cycle, pz_cycle **out_cycle)
{
    pz_cycle *found = NULL;
    pz__call call;
    pz_status status;
    if (!out_cycle) return pz__fail_null("out_cycle");
    *out_cycle = NULL;
    PZ__TRY(pz__call_read(&call, actor));
    status = pz__call_end(&call, pz__cycle_find(&call, PZ__SEE, cycle, &found));
    if (status == PZ_OK)
        *out_cycle = found;
    else
        pz_free(found);
    return status;
}

/* -------------------------------------------------------------------------------------------------- cycles --- */

typedef struct cycle_filter {
    pz_cycle_list_query query;
    pz__by_id page;
    pz__org_tree tree;
    pz_id class_org;
    pz__reach classes;
    pz__reach orgs;
} cycle_filter;

/* A cycle of an org is that of every class below it. */
static int covers(const cycle_filter *filter, const pz_cycle *cycle)
{
    pz_id class_id = filter->query.class_id;
    if (class_id && cycle->class_id) return cycle->class_id == class_id;
    if (class_id) return pz__org_tree_is_within(&filter->tree, filter->class_org, cycle->org);
    return cycle->class_id ? pz__reach_has(&filter->classes, cycle->class_id) : pz__reach_has(&filter->orgs, cycle->org);
}

static pz_status is_wanted(cycle_filter *filter, const pz_cycle *cycle, int *out_wanted)
{
    const pz_cycle_list_query *query = &filter->query;
    *out_wanted = (!query->state || cycle->state == query->state) && (!query->kind || cycle->kind == query->kind) && covers(filter, cycle);
    return *out_wanted ? pz__by_id_wants(&filter->page, cycle->id, &cycle->title, 1, out_wanted) : PZ_OK;
}

static pz_status read_cycles(pz__call *call, cycle_filter *filter, pz__rows *rows)
{
    static const char sql[] =
        "SELECT " PZ__CYCLE_COLUMNS " FROM cycle WHERE tenant_id = ?1 AND since_change <= ?2 AND until_change > ?2 ORDER BY cycle_id DESC";
    pz__statement *statement;
    pz_cycle cycle;
    pz_status status;
    int row, wanted;
    PZ__TRY(pz__db_statement(call->db, sql, &statement));
    pz__bind_int(statement, 1, call->tenant);
    pz__bind_int(statement, 2, call->as_of);
    while ((status = pz__db_step(statement, &row)) == PZ_OK && row) {
        pz__record_read(&pz__cycle_type, statement, 0, &cycle);
        if ((status = is_wanted(filter, &cycle, &wanted)) != PZ_OK) break;
        if (wanted) pz__rows_add(rows, &cycle);
    }
    pz__db_reset(statement);
    return status;
}

static pz_status read_list(pz__call *call, cycle_filter *filter, pz__rows *rows)
{
    pz_id class_id = filter->query.class_id;
    pz_status status;
    PZ__TRY(pz__may(call, PZ_KIND_CYCLE, PZ__SEE));
    if (class_id) PZ__TRY(pz__may_class(call, PZ_KIND_CYCLE, PZ__SEE, class_id, "class_id"));
    PZ__TRY(pz__reach_classes(call, &filter->classes));
    PZ__TRY(pz__reach_orgs(call, &filter->orgs));
    if (class_id) PZ__TRY(pz__class_org(call, class_id, &filter->class_org));
    PZ__TRY(pz__org_tree_load(call, &filter->tree));
    status = read_cycles(call, filter, rows);
    pz__org_tree_free(&filter->tree);
    return status;
}

static pz_status list_cycles(pz__call *call, cycle_filter *filter, void ***out_rows, size_t *out_count)
{
    pz__rows rows;
    pz_status status;
    pz__rows_start(&rows, &pz__cycle_type);
    status = read_list(call, filter, &rows);
    if (status == PZ_OK) return pz__by_id_take(&filter->page, &rows, out_rows, out_count);
    pz__rows_free(&rows);
    return status;
}

static pz_status check_list_query(const pz_cycle_list_query *query)
{
    if (query->state < 0 || query->state > PZ_CYCLE_REOPENED)
        return pz__fail(PZ_E_INVALID, "state", "pz_cycle_state names the states; 0 is any.", "There is no state %d of a cycle.",
                        (int)query->state);
    if (query->kind >= 0 && query->kind <= PZ_ASSESSMENT_STANDARDIZED) return PZ_OK;
    return pz__fail(PZ_E_INVALID, "kind", "pz_assessment_kind names the kinds; 0 is any.", "There is no cycle of the kind %d.",
                    (int)query->kind);
}

pz_status pz_cycle_list(pz_actor *actor, const pz_cycle_list_query *query, pz_cycle ***out_rows, size_t *out_count)
{
    cycle_filter filter = {.class_org = 0};
    pz_cycle_list_query *taken = &filter.query;
    pz__call call;
    void **rows = NULL;
    size_t count = 0;
    pz_status status;
    PZ__TRY(pz__list_start((void ***)out_rows, out_count));
    if (!actor) return pz__fail_closed("actor");
    PZ__TRY(pz__record_take(&pz__cycle_list_query_type, query ? query : pz__cycle_list_query_type.initial, sizeof *taken, taken));
    PZ__TRY(check_list_query(taken));
    PZ__TRY(pz__by_id_start(&filter.page, PZ__BY_ID_NO_OWN, taken->order, taken->after, taken->limit, taken->text, taken->text_len));
    status = pz__call_read(&call, actor);
    if (status == PZ_OK)
        status = pz__page_end(&call, list_cycles(&call, &filter, &rows, &count), &rows, &count, (void ***)out_rows, out_count);
    pz__by_id_free(&filter.page);
    return status;
}

/* ------------------------------------------------------------------------------------------------- results --- */

#define RESULT_COLUMNS                                                                                                                     \
    "cycle_id, learner_id, competency_id, estimate, standard_error, decision, evidence_count, rule_id, growth, "                           \
    "growth_standard_error, is_need, step"

/* Of the closing that the call sees: the first lies in one table, those after a reopening in the other. */
#define RESULTS(table, whom)                                                                                                               \
    "SELECT " RESULT_COLUMNS " FROM " table " WHERE tenant_id = ?1 AND cycle_id = ?2 AND " whom " AND change_id = ?7 "                     \
    "AND (?4 = 0 OR competency_id = ?4) AND (?5 = 0 OR is_need = 1) AND (?6 = 0 OR step = 1)"

static pz_status read_results(pz__call *call, const pz_cycle_query *query, int64_t closing, const pz__whom *whom, pz_id learner,
                              pz__rows *rows)
{
    static const char one[] =
        RESULTS("cycle_result", "learner_id = ?3") " UNION ALL " RESULTS("cycle_result_again", "learner_id = ?3") " ORDER BY 3";
    static const char all[] = RESULTS("cycle_result", "?3 = 0") " UNION ALL " RESULTS("cycle_result_again", "?3 = 0") " ORDER BY 2, 3";
    pz_cycle_result result;
    pz__statement *statement;
    pz_id last = 0;
    pz_status status;
    int row;
    PZ__TRY(pz__db_statement(call->db, learner ? one : all, &statement));
    pz__bind_int(statement, 1, call->tenant);
    pz__bind_int(statement, 2, query->cycle);
    pz__bind_int(statement, 3, learner);
    pz__bind_int(statement, 4, query->competency);
    pz__bind_int(statement, 5, query->needs_only != 0);
    pz__bind_int(statement, 6, query->steps_only != 0);
    pz__bind_int(statement, 7, closing);
    while ((status = pz__db_step(statement, &row)) == PZ_OK && row) {
        pz__record_read(&pz__cycle_result_type, statement, 0, &result);
        pz__rows_add(rows, &result);
        if (result.learner != last) pz__whom_read_learner(call, whom, last = result.learner);
    }
    pz__db_reset(statement);
    return status;
}

static pz_status list_results(pz__call *call, const pz_cycle_query *query, pz__rows *rows)
{
    pz_cycle *cycle;
    int64_t closing;
    pz__whom whom;
    pz_status status;
    PZ__TRY(pz__cycle_find_closed(call, query->cycle, &cycle));
    closing = cycle->closed_change;
    pz_free(cycle);
    PZ__TRY(pz__whom_find(call, PZ_KIND_CYCLE, query->learner, query->class_id, &whom));
    status = pz__need_if(call, PZ_KIND_COMPETENCY, query->competency, "competency");
    if (status == PZ_OK) pz__whom_read_class(call, &whom);
    if (status == PZ_OK && whom.all) status = read_results(call, query, closing, &whom, 0, rows);
    for (size_t i = 0; i < whom.count && status == PZ_OK; i++) status = read_results(call, query, closing, &whom, whom.ids[i], rows);
    pz__whom_free(&whom);
    return status;
}

pz_status pz_cycle_result_list(pz_actor *actor, const pz_cycle_query *query, pz_cycle_result ***out_rows, size_t *out_count)
{
    pz_cycle_query taken;
    pz__rows rows;
    pz__call call;
    PZ__TRY(pz__list_start((void ***)out_rows, out_count));
    if (!actor) return pz__fail_closed("actor");
    PZ__TRY(pz__record_take(&pz__cycle_query_type, query, sizeof taken, &taken));
    PZ__TRY(pz__call_read(&call, actor));
    pz__rows_start(&rows, &pz__cycle_result_type);
    return pz__call_end_rows(&call, list_results(&call, &taken, &rows), &rows, (void ***)out_rows, out_count);
}
