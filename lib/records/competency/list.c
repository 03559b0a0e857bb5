/* Reading frameworks, competencies and associations. They are not personal: every actor reads them. */
#include "base/fail.h"
#include "base/map.h"
#include "base/memory.h"
#include "base/text.h"
#include "records/competency/tables.h"
#include "records/listing.h"
#include "records/need.h"
#include "records/roster/list.h"
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
#define CHOSEN                                                                                                                         \
    SEEN("c.") " AND (c.ended = 0 OR ?3 = 1) AND (?4 = 0 OR c.framework_id = ?4) AND (?5 = 0 OR c.competency_id IN ("                  \
               "WITH RECURSIVE below(id) AS (SELECT ?5 UNION SELECT a.origin_id FROM association a JOIN below b "                      \
               "ON a.destination_id = b.id WHERE " SEEN("a.") " AND a.kind = 1) SELECT id FROM below)) "                              \
               "AND (?6 = 0 OR NOT EXISTS (SELECT 1 FROM association a WHERE " SEEN("a.") " AND a.kind = 1 "                         \
               "AND a.destination_id = c.competency_id))"
#define IN_ORDER " ORDER BY c.framework_id, c.position, c.competency_id"

static pz_status list_competencies(pz__call *call, const pz_competency_query *query, pz__rows *rows)
{
    static const char any[] = "SELECT " PZ__COMPETENCY_COLUMNS("c.") " FROM competency c WHERE " CHOSEN IN_ORDER;
    static const char of_code[] = "SELECT " PZ__COMPETENCY_COLUMNS("c.") " FROM competency c WHERE c.code = ?7 AND " CHOSEN IN_ORDER;
    pz__statement *statement;
    PZ__TRY(pz__may(call, PZ_KIND_COMPETENCY, PZ__SEE));
    PZ__TRY(pz__need_if(call, PZ_KIND_FRAMEWORK, query->framework, "framework"));
    PZ__TRY(pz__need_if(call, PZ_KIND_COMPETENCY, query->under, "under"));
    PZ__TRY(pz__list_statement(call, query->code ? of_code : any, query->with_ended, &statement));
    pz__bind_int(statement, 4, query->framework);
    pz__bind_int(statement, 5, query->under);
    pz__bind_int(statement, 6, query->leaves_only);
    if (query->code) pz__bind_text(statement, 7, query->code, query->code_len);
    return pz__rows_read(rows, statement);
}

static pz_status take_query(const pz_competency_query *query, pz_competency_query *out)
{
    const pz_competency_query initial = PZ_COMPETENCY_QUERY_INIT;
    *out = initial;
    if (query) PZ__TRY(pz__record_take(&pz__competency_query_type, query, sizeof initial, out));
    PZ__TRY(pz__check_with_ended(out->with_ended));
    if (out->leaves_only != 0 && out->leaves_only != 1)
        return pz__fail(PZ_E_INVALID, "leaves_only", NULL, "leaves_only is %d; it must be 0 or 1.", (int)out->leaves_only);
    return pz__text_check(out->code, out->code_len, (size_t)pz_limit(PZ_LIMIT_TITLE), "code", &out->code_len);
}

pz_status pz_competency_list(pz_actor *actor, const pz_competency_query *query, pz_competency ***out_rows, size_t *out_count)
{
    pz_competency_query taken;
    pz__call call;
    pz__rows rows;
    PZ__TRY(pz__list_start((void ***)out_rows, out_count));
    if (!actor) return pz__fail_closed("actor");
    PZ__TRY(take_query(query, &taken));
    PZ__TRY(pz__call_read(&call, actor));
    pz__rows_start(&rows, &pz__competency_type);
    return pz__call_end_rows(&call, list_competencies(&call, &taken, &rows), &rows, (void ***)out_rows, out_count);
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
    static const char sql[] = "SELECT " PZ__ASSOCIATION_COLUMNS " FROM association WHERE " SEEN("") " AND (?3 = 0 OR framework_id = ?3) "
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
