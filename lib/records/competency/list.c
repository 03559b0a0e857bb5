/* Reading frameworks, competencies and associations. They are not personal: every actor reads them. */
#include <string.h>

#include "base/fail.h"
#include "base/map.h"
#include "base/memory.h"
#include "base/text.h"
#include "records/ask.h"
#include "records/competency/tables.h"
#include "records/listing.h"
#include "records/need.h"
#include "records/page.h"
#include "records/roster/list.h"
#include "records/text_search.h"
#include "records/types.h"

#define SEEN(t) t "tenant_id = ?1 AND " t "since_change <= ?2 AND " t "until_change > ?2"

/* ---------------------------------------------------------------------------------------------- frameworks --- */

static pz_status list_frameworks(pz__call *call, int32_t with_ended, pz__rows *rows)
{
    static const char sql[] =
        "SELECT " PZ__FRAMEWORK_COLUMNS " FROM framework WHERE " SEEN("") " AND (ended = 0 OR ?3 = 1) ORDER BY title, framework_id";
    pz__statement *statement;
    PZ__TRY(pz__may(call, PZ_KIND_FRAMEWORK, PZ__SEE));
    PZ__TRY(pz__list_statement(call, sql, with_ended, &statement));
    return pz__rows_read(rows, statement);
}

pz_status pz_framework_list(pz_actor *actor, int32_t with_ended, pz_framework ***out_rows, size_t *out_count)
{
    pz__call call;
    pz__rows rows;
    PZ__TRY(pz__list_start((void ***)out_rows, out_count));
    if (!actor) return pz__fail_closed("actor");
    PZ__TRY(pz__check_with_ended(with_ended));
    PZ__TRY(pz__call_read(&call, actor));
    pz__rows_start(&rows, &pz__framework_type);
    return pz__call_end_rows(&call, list_frameworks(&call, with_ended, &rows), &rows, (void ***)out_rows, out_count);
}

/* -------------------------------------------------------------------------------------------- competencies --- */

/* ?3 with ended ones, ?4 framework, ?5 under, ?6 leaves only, ?7 code. */
#define CHOSEN                                                                                                                             \
    SEEN("c.")                                                                                                                             \
    " AND (c.ended = 0 OR ?3 = 1) AND (?4 = 0 OR c.framework_id = ?4) AND (?5 = 0 OR c.competency_id IN ("                                 \
    "WITH RECURSIVE below(id) AS (SELECT ?5 UNION SELECT a.origin_id FROM association a JOIN below b "                                     \
    "ON a.destination_id = b.id WHERE " SEEN("a.") " AND a.kind = 1) SELECT id FROM below)) "                                              \
                                                   "AND (?6 = 0 OR NOT EXISTS (SELECT 1 FROM association a WHERE " SEEN(                   \
                                                       "a.") " AND a.kind = 1 "                                                            \
                                                             "AND a.destination_id = c.competency_id))"

typedef struct competency_list {
    pz_competency_query query;
    pz__text_search search;
    pz_competency *after;
    pz__rows rows;
    pz_status failed; /* of a search */
} competency_list;

static int compare_codes(const char *left, const char *right)
{
    if (left && right) return strcmp(left, right);
    return !left - !right;
}

static int compare(const competency_list *list, const pz_competency *left, const pz_competency *right)
{
    int by = 0;
    if (list->query.order == PZ_COMPETENCY_ORDER_CODE) by = compare_codes(left->code, right->code);
    if (!by) by = (left->framework > right->framework) - (left->framework < right->framework);
    if (!by) by = (left->position > right->position) - (left->position < right->position);
    return by ? by : (left->id > right->id) - (left->id < right->id);
}

static int compare_rows(const void *left, const void *right, void *list)
{
    return compare(list, *(pz_competency *const *)left, *(pz_competency *const *)right);
}

static int keep_competency(const void *record, const void *user_data)
{
    competency_list *list = *(competency_list *const *)user_data;
    const pz_competency *competency = record;
    const char *texts[] = {competency->code, competency->statement, competency->short_statement};
    int finds = 0;
    if (list->failed != PZ_OK || (list->after && compare(list, competency, list->after) <= 0)) return 0;
    list->failed = pz__text_search_finds(&list->search, texts, sizeof texts / sizeof texts[0], &finds);
    return finds && list->failed == PZ_OK;
}

/* What the page before ended with, as it stands now, also where it has ended. */
static pz_status find_place(pz__call *call, competency_list *list)
{
    static const char sql[] =
        "SELECT " PZ__COMPETENCY_COLUMNS("") " FROM competency WHERE " SEEN("") " AND ?3 = ?3 AND competency_id = ?4 LIMIT 1";
    pz__statement *statement;
    if (!list->query.after) return PZ_OK;
    PZ__TRY(pz__list_statement(call, sql, 1, &statement));
    pz__bind_int(statement, 4, list->query.after);
    PZ__TRY(pz__take_one(&pz__competency_type, statement, (void **)&list->after));
    if (list->after) return PZ_OK;
    return pz__fail(PZ_E_NOT_FOUND, "after", "Begin anew with 0.", "There is no competency %lld.", (long long)list->query.after);
}

static pz_status read_competencies(pz__call *call, competency_list *list)
{
    static const char any[] = "SELECT " PZ__COMPETENCY_COLUMNS("c.") " FROM competency c WHERE " CHOSEN;
    static const char of_code[] = "SELECT " PZ__COMPETENCY_COLUMNS("c.") " FROM competency c WHERE c.code = ?7 AND " CHOSEN;
    const pz_competency_query *query = &list->query;
    pz__statement *statement;
    PZ__TRY(pz__may(call, PZ_KIND_COMPETENCY, PZ__SEE));
    PZ__TRY(pz__need_if(call, PZ_KIND_FRAMEWORK, query->framework, "framework"));
    PZ__TRY(pz__need_if(call, PZ_KIND_COMPETENCY, query->under, "under"));
    PZ__TRY(find_place(call, list));
    PZ__TRY(pz__list_statement(call, query->code ? of_code : any, query->with_ended, &statement));
    pz__bind_int(statement, 4, query->framework);
    pz__bind_int(statement, 5, query->under);
    pz__bind_int(statement, 6, query->leaves_only);
    if (query->code) pz__bind_text(statement, 7, query->code, query->code_len);
    PZ__TRY(pz__list_rows(statement, keep_competency, &list, &list->rows));
    return list->failed;
}

static pz_status list_competencies(pz__call *call, competency_list *list, void ***out_rows, size_t *out_count)
{
    pz_status status;
    pz__rows_start(&list->rows, &pz__competency_type);
    status = read_competencies(call, list);
    pz_free(list->after);
    if (status == PZ_OK) return pz__page_take(&list->rows, compare_rows, list, list->query.limit, out_rows, out_count);
    pz__rows_free(&list->rows);
    return status;
}

static pz_status check_query(pz_competency_query *query)
{
    PZ__TRY(pz__check_with_ended(query->with_ended));
    if (query->leaves_only != 0 && query->leaves_only != 1)
        return pz__fail(PZ_E_INVALID, "leaves_only", NULL, "leaves_only is %d; it must be 0 or 1.", (int)query->leaves_only);
    if (query->order < PZ_COMPETENCY_ORDER_POSITION || query->order > PZ_COMPETENCY_ORDER_CODE)
        return pz__fail(PZ_E_INVALID, "order", "pz_competency_order names the orders.", "There is no order %d of competencies.",
                        (int)query->order);
    PZ__TRY(pz__page_check_limit(query->limit));
    PZ__TRY(pz__text_check(query->text, query->text_len, (size_t)pz_limit(PZ_LIMIT_TITLE), "text", &query->text_len));
    return pz__text_check(query->code, query->code_len, (size_t)pz_limit(PZ_LIMIT_TITLE), "code", &query->code_len);
}

pz_status pz_competency_list(pz_actor *actor, const pz_competency_query *query, pz_competency ***out_rows, size_t *out_count)
{
    competency_list list = {.query = PZ_COMPETENCY_QUERY_INIT};
    void **rows = NULL;
    size_t count = 0;
    pz__call call;
    pz_status status;
    PZ__TRY(pz__list_start((void ***)out_rows, out_count));
    if (!actor) return pz__fail_closed("actor");
    if (query) PZ__TRY(pz__record_take(&pz__competency_query_type, query, offsetof(pz_competency_query, with_ended) + 4, &list.query));
    PZ__TRY(check_query(&list.query));
    PZ__TRY(pz__text_search_start(&list.search, list.query.text, list.query.text_len));
    status = pz__call_read(&call, actor);
    if (status == PZ_OK)
        status = pz__page_end(&call, list_competencies(&call, &list, &rows, &count), &rows, &count, (void ***)out_rows, out_count);
    pz__text_search_free(&list.search);
    return status;
}

static pz_status add_competency(pz__call *call, pz_id id, pz__rows *rows)
{
    pz_competency named = PZ_COMPETENCY_INIT;
    named.id = id;
    return pz__versioned_list(call, &pz__competency_table, &named, rows);
}

pz_status pz_competency_get(pz_actor *actor, pz_id competency, pz_competency **out_competency)
{
    pz__call call;
    pz__rows rows;
    if (!out_competency) return pz__fail_null("out_competency");
    *out_competency = NULL;
    PZ__TRY(pz__call_read(&call, actor));
    pz__rows_start(&rows, &pz__competency_type);
    pz_status status = pz__may(&call, PZ_KIND_COMPETENCY, PZ__SEE);
    if (status == PZ_OK) status = add_competency(&call, competency, &rows);
    return pz__call_end_row(&call, status, &rows, (void **)out_competency);
}

/* -------------------------------------------------------------------------------------------- associations --- */

static pz_status list_associations(pz__call *call, pz_id framework, pz_id competency, int32_t kind, pz__rows *rows)
{
    static const char sql[] = "SELECT " PZ__ASSOCIATION_COLUMNS " FROM association WHERE " SEEN(
        "") " AND (?3 = 0 OR framework_id = ?3) "
            "AND (?4 = 0 OR origin_id = ?4 OR destination_id = ?4) AND (?5 = 0 OR kind = ?5) ORDER BY association_id";
    pz__statement *statement;
    PZ__TRY(pz__may(call, PZ_KIND_ASSOCIATION, PZ__SEE));
    PZ__TRY(pz__need_if(call, PZ_KIND_FRAMEWORK, framework, "framework"));
    PZ__TRY(pz__need_if(call, PZ_KIND_COMPETENCY, competency, "competency"));
    PZ__TRY(pz__db_statement(call->db, sql, &statement));
    pz__bind_int(statement, 1, call->tenant);
    pz__bind_int(statement, 2, call->as_of);
    pz__bind_int(statement, 3, framework);
    pz__bind_int(statement, 4, competency);
    pz__bind_int(statement, 5, kind);
    return pz__rows_read(rows, statement);
}

pz_status pz_association_list(pz_actor *actor, pz_id framework, pz_id competency, int32_t kind, pz_association ***out_rows,
                              size_t *out_count)
{
    pz__call call;
    pz__rows rows;
    PZ__TRY(pz__list_start((void ***)out_rows, out_count));
    if (!actor) return pz__fail_closed("actor");
    if (kind < 0 || kind > PZ_ASSOCIATION_OTHER) return pz__fail(PZ_E_INVALID, "kind", NULL, "An association has no kind %d.", (int)kind);
    PZ__TRY(pz__call_read(&call, actor));
    pz__rows_start(&rows, &pz__association_type);
    return pz__call_end_rows(&call, list_associations(&call, framework, competency, kind, &rows), &rows, (void ***)out_rows, out_count);
}

/* ------------------------------------------------------------------------------------------- prerequisites --- */

/* Competencies that are still to be asked what precedes them, and all that were met. */
typedef struct frontier {
    pz_id *ids;
    size_t count, capacity;
    pz__map *met;
} frontier;

static pz_status meet(frontier *f, pz_id id)
{
    if (pz__map_get(f->met, id, NULL)) return PZ_OK;
    PZ__TRY(pz__map_put(f->met, id, 1));
    PZ__TRY(pz__reserve((void **)&f->ids, &f->capacity, f->count + 1, sizeof *f->ids));
    f->ids[f->count++] = id;
    return PZ_OK;
}

static pz_status meet_before(pz__call *call, frontier *f, pz_id competency)
{
    static const char sql[] =
        "SELECT origin_id FROM association WHERE " SEEN("") " AND destination_id = ?3 AND kind = ?4 ORDER BY association_id";
    pz__statement *statement;
    pz_id *origins;
    size_t count;
    PZ__TRY(pz__db_statement(call->db, sql, &statement));
    pz__bind_int(statement, 1, call->tenant);
    pz__bind_int(statement, 2, call->as_of);
    pz__bind_int(statement, 3, competency);
    pz__bind_int(statement, 4, PZ_ASSOCIATION_PRECEDES);
    PZ__TRY(pz__list_ids(statement, &origins, &count));
    pz_status status = PZ_OK;
    for (size_t i = 0; status == PZ_OK && i < count; i++) status = meet(f, origins[i]);
    pz__release(origins);
    return status;
}

static pz_status list_prerequisites(pz__call *call, pz_id competency, pz__rows *rows)
{
    frontier f = {NULL, 0, 0, NULL};
    PZ__TRY(pz__may(call, PZ_KIND_COMPETENCY, PZ__SEE));
    PZ__TRY(pz__need(call, PZ_KIND_COMPETENCY, competency, "competency"));
    PZ__TRY(pz__map_new(&f.met));
    pz_status status = meet(&f, competency);
    for (size_t i = 0; status == PZ_OK && i < f.count; i++) {
        if (i) status = add_competency(call, f.ids[i], rows);
        if (status == PZ_OK) status = meet_before(call, &f, f.ids[i]);
    }
    pz__map_free(f.met);
    pz__release(f.ids);
    return status;
}

pz_status pz_competency_prerequisites(pz_actor *actor, pz_id competency, pz_competency ***out_rows, size_t *out_count)
{
    pz__call call;
    pz__rows rows;
    PZ__TRY(pz__list_start((void ***)out_rows, out_count));
    PZ__TRY(pz__call_read(&call, actor));
    pz__rows_start(&rows, &pz__competency_type);
    return pz__call_end_rows(&call, list_prerequisites(&call, competency, &rows), &rows, (void ***)out_rows, out_count);
}
