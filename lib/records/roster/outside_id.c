/* Ids of the outside world: from a text to a record in reach, and back. */
#include <string.h>

#include "base/fail.h"
#include "base/text.h"
#include "records/access/actor.h"
#include "records/access/rights.h"
#include "records/listing.h"
#include "records/types.h"
#include "store/external.h"

/* ------------------------------------------------------------------------------------------------- reaching --- */

static pz_status fail_unknown(const char *field)
{
    return pz__fail(PZ_E_NOT_FOUND, field, "Look at the spelling, and at the source that the import named.",
                    "No record in reach has this id in the outside world.");
}

static pz_status class_of_assessment(pz__call *call, pz_id assessment, pz_id *out_class)
{
    static const char sql[] =
        "SELECT class_id FROM assessment WHERE tenant_id = ?1 AND assessment_id = ?2 ORDER BY since_change DESC LIMIT 1";
    pz__statement *statement;
    pz_status status;
    int row;
    *out_class = 0;
    PZ__TRY(pz__db_statement(call->db, sql, &statement));
    pz__bind_int(statement, 1, call->tenant);
    pz__bind_int(statement, 2, assessment);
    status = pz__db_step(statement, &row);
    if (row) *out_class = pz__column_int(statement, 0);
    pz__db_reset(statement);
    return status;
}

/* Whether the actor reaches a record of this kind. What concerns nobody in particular is reached by whoever may see its kind; of what is
 * many and personal, only services look ids up. */
static pz_status is_reached(pz__call *call, pz_kind kind, pz_id id, int *out_reached)
{
    pz_id class_id;
    if (pz__call_role(call) == PZ_ROLE_SERVICE) { /* whatever it may do to a record, it must be able to name it */
        *out_reached = (pz__call_scopes(call) & pz__rights_scopes(kind)) != 0;
        return PZ_OK;
    }
    *out_reached = pz__right_is_given(pz__call_role(call), 0, kind, PZ__SEE);
    if (!*out_reached) return PZ_OK;
    switch (kind) {
    case PZ_KIND_PERSON: return pz__reaches(call, PZ__REACH_PEOPLE, id, out_reached);
    case PZ_KIND_CLASS: return pz__reaches(call, PZ__REACH_CLASSES, id, out_reached);
    case PZ_KIND_ORG: return pz__reaches(call, PZ__REACH_ORGS, id, out_reached);
    case PZ_KIND_ASSESSMENT:
        PZ__TRY(class_of_assessment(call, id, &class_id));
        return class_id ? pz__reaches(call, PZ__REACH_CLASSES, class_id, out_reached) : PZ_OK;
    case PZ_KIND_SESSION:
    case PZ_KIND_COURSE:
    case PZ_KIND_FRAMEWORK:
    case PZ_KIND_COMPETENCY:
    case PZ_KIND_ASSOCIATION:
    case PZ_KIND_ITEM:
    case PZ_KIND_MISCONCEPTION: return PZ_OK;
    default: *out_reached = 0; return PZ_OK;
    }
}

/* ------------------------------------------------------------------------------------------------ resolving --- */

static pz_status check_kind(pz_kind kind)
{
    if (kind >= PZ_KIND_ORG && kind <= PZ_KIND_PLAN_TEMPLATE) return PZ_OK;
    return pz__fail(PZ_E_INVALID, "kind", NULL, "There is no kind %d of record.", (int)kind);
}

static pz_status check_source(const char *source)
{
    size_t length;
    return pz__text_check(source, PZ_NUL_TERMINATED, (size_t)pz_limit(PZ_LIMIT_TITLE), "source", &length);
}

static pz_status check_id_text(const char *text, size_t *length)
{
    return pz__text_need(text, *length, (size_t)pz_limit(PZ_LIMIT_ID_TEXT), "text", length);
}

/* -1 for any source; *out_known = 0 where the store knows no such source. */
static pz_status find_source(pz_store *store, const char *source, int32_t *out_number, int *out_known)
{
    *out_number = -1;
    *out_known = 1;
    if (!source || !source[0]) return PZ_OK;
    pz_status status = pz__source_number(store, source, PZ_NUL_TERMINATED, 0, out_number);
    if (status != PZ_E_NOT_FOUND) return status;
    *out_known = 0;
    return PZ_OK;
}

/* 0 in *out_id where nothing in reach has the text. */
static pz_status look_up(pz__call *call, pz_kind kind, int32_t source, const char *text, size_t length, pz_id *out_id)
{
    int more = 0, reached = 0;
    PZ__TRY(pz__external_find(call->store, kind, source, text, length, out_id, &more));
    if (*out_id && !more) PZ__TRY(is_reached(call, kind, *out_id, &reached));
    if (more)
        return pz__fail(PZ_E_CONFLICT, "source", "Name the source system.", "Several source systems have this id for different records.");
    if (!reached) *out_id = 0;
    return PZ_OK;
}

pz_status pz_id_resolve(pz_actor *actor, pz_kind kind, const char *source, const char *text, size_t text_len, pz_id *out_id)
{
    pz__call call;
    int32_t number;
    int known;
    pz_id found = 0;
    if (!out_id) return pz__fail_null("out_id");
    *out_id = 0;
    if (!actor) return pz__fail_closed("actor");
    PZ__TRY(check_kind(kind));
    PZ__TRY(check_source(source));
    PZ__TRY(check_id_text(text, &text_len));
    PZ__TRY(pz__call_read(&call, actor));
    pz_status status = find_source(call.store, source, &number, &known);
    if (status == PZ_OK && known) status = look_up(&call, kind, number, text, text_len, &found);
    if (status == PZ_OK && !found) status = fail_unknown("text");
    status = pz__call_end(&call, status);
    if (status == PZ_OK) *out_id = found;
    return status;
}

static pz_status look_up_all(pz__call *call, pz_kind kind, int32_t source, const char *const *texts, size_t rows, pz_id *out_ids)
{
    for (size_t i = 0; i < rows; i++) {
        size_t length = PZ_NUL_TERMINATED;
        PZ__TRY(check_id_text(texts[i], &length));
        PZ__TRY(look_up(call, kind, source, texts[i], length, &out_ids[i]));
    }
    return PZ_OK;
}

pz_status pz_id_resolve_many(pz_actor *actor, pz_kind kind, const char *source, const char *const *texts, size_t rows, pz_id *out_ids)
{
    pz__call call;
    int32_t number;
    int known;
    if (rows && !out_ids) return pz__fail_null("out_ids");
    if (rows) memset(out_ids, 0, rows * sizeof *out_ids);
    if (!actor) return pz__fail_closed("actor");
    if (rows && !texts) return pz__fail_null("texts");
    PZ__TRY(check_kind(kind));
    PZ__TRY(check_source(source));
    PZ__TRY(pz__call_read(&call, actor));
    pz_status status = find_source(call.store, source, &number, &known);
    if (status == PZ_OK && known) status = look_up_all(&call, kind, number, texts, rows, out_ids);
    status = pz__call_end(&call, status);
    if (status != PZ_OK && rows) memset(out_ids, 0, rows * sizeof *out_ids);
    return status;
}

/* Says only which number a person has: whoever opens an actor with it must still hold a role. */
pz_status pz_store_person(pz_store *store, const char *source, const char *text, size_t text_len, pz_id *out_person)
{
    int32_t number;
    int known, more = 0;
    pz_id found = 0;
    if (!out_person) return pz__fail_null("out_person");
    *out_person = 0;
    PZ__TRY(pz__store_check(store));
    PZ__TRY(check_source(source));
    PZ__TRY(check_id_text(text, &text_len));
    PZ__TRY(pz__store_read_begin(store));
    pz_status status = find_source(store, source, &number, &known);
    if (status == PZ_OK && known) status = pz__external_find(store, PZ_KIND_PERSON, number, text, text_len, &found, &more);
    pz__store_read_end(store);
    if (status != PZ_OK) return status;
    if (more)
        return pz__fail(PZ_E_CONFLICT, "source", "Name the source system.", "Several source systems have this id for different people.");
    if (!found) return fail_unknown("text");
    *out_person = found;
    return PZ_OK;
}

/* ------------------------------------------------------------------------------------------------- listing --- */

static pz_status list_ids(pz__call *call, pz_kind kind, pz_id id, pz__rows *rows)
{
    static const char sql[] = "SELECT source_no, text FROM external_id WHERE tenant_id = ?1 AND kind = ?2 AND record_id = ?3 "
                              "ORDER BY source_no, text";
    pz__statement *statement;
    pz_status status;
    int reached, row;
    PZ__TRY(is_reached(call, kind, id, &reached));
    if (!reached) return pz__fail(PZ_E_NOT_FOUND, "id", NULL, "There is no record %lld in reach.", (long long)id);
    PZ__TRY(pz__db_statement(call->db, sql, &statement));
    pz__bind_int(statement, 1, call->tenant);
    pz__bind_int(statement, 2, kind);
    pz__bind_int(statement, 3, id);
    while ((status = pz__db_step(statement, &row)) == PZ_OK && row) {
        pz_outside_id found = {sizeof found, id, kind, NULL, pz__column_text(statement, 1, NULL)};
        status = pz__source_name(call->store, (int32_t)pz__column_int(statement, 0), &found.source);
        if (status != PZ_OK) break;
        pz__rows_add(rows, &found);
    }
    pz__db_reset(statement);
    return status;
}

pz_status pz_outside_id_list(pz_actor *actor, pz_kind kind, pz_id id, pz_outside_id ***out_rows, size_t *out_count)
{
    pz__call call;
    pz__rows rows;
    PZ__TRY(pz__list_start((void ***)out_rows, out_count));
    if (!actor) return pz__fail_closed("actor");
    PZ__TRY(check_kind(kind));
    PZ__TRY(pz__call_read(&call, actor));
    pz__rows_start(&rows, &pz__outside_id_type);
    return pz__call_end_rows(&call, list_ids(&call, kind, id, &rows), &rows, (void ***)out_rows, out_count);
}
