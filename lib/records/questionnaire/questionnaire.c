/* Questionnaires: saved by version, ended, listed, read. Answers are in a file of their own. */
#include "personalize/questionnaire.h"

#include <string.h>

#include "base/fail.h"
#include "base/memory.h"
#include "records/access/actor.h"
#include "records/access/scope.h"
#include "records/ask.h"
#include "records/by_id.h"
#include "records/document.h"
#include "records/listing.h"
#include "records/page.h"
#include "records/questionnaire/find.h"
#include "records/writing.h"

/* ------------------------------------------------------------------------------------------------------- finding --- */

static pz_status fail_missing(pz_id id)
{
    return pz__fail(PZ_E_NOT_FOUND, "questionnaire", "pz_questionnaire_list() lists them.", "There is no questionnaire %lld in reach.",
                    (long long)id);
}

static pz_status is_in_reach(pz__call *call, pz_id org, int *out_reached)
{
    *out_reached = !org || pz__call_role(call) == PZ_ROLE_SERVICE;
    return *out_reached ? PZ_OK : pz__reaches(call, PZ__REACH_ORGS, org, out_reached);
}

static pz_status read_row(pz__call *call, pz__statement *statement, pz_questionnaire *row, pz__json **out_document)
{
    const char *text;
    size_t length;
    int reached;
    pz__record_read(&pz__questionnaire_type, statement, 0, row);
    PZ__TRY(is_in_reach(call, row->org, &reached));
    if (!reached) return fail_missing(row->id);
    text = pz__column_text(statement, (int)pz__questionnaire_type.field_count, &length);
    row->title = row->language = NULL;
    row->title_len = row->language_len = 0;
    return pz__json_parse(text, length, NULL, out_document);
}

pz_status pz__questionnaire_find(pz__call *call, pz_id id, const char *language, pz_questionnaire *out_row, pz__json **out_document)
{
    static const char sql[] =
        "SELECT " PZ__QUESTIONNAIRE_COLUMNS ", document FROM questionnaire WHERE tenant_id = ?1 AND questionnaire_id = ?2 "
        "AND since_change <= ?3 AND until_change > ?3";
    pz__statement *statement;
    pz_status status;
    int row;
    *out_document = NULL;
    memcpy(out_row, pz__questionnaire_type.initial, sizeof *out_row);
    if (!id) return pz__json_parse(pz__questionnaire_own(language), PZ_NUL_TERMINATED, NULL, out_document);
    PZ__TRY(pz__ask(call, sql, id, &statement));
    status = pz__db_step(statement, &row);
    if (status == PZ_OK) status = row ? read_row(call, statement, out_row, out_document) : fail_missing(id);
    pz__db_reset(statement);
    return status;
}

/* -------------------------------------------------------------------------------------------------------- saving --- */

static void describe(const pz__json *document, pz_questionnaire *row)
{
    const pz__json_value *root = pz__json_root(document);
    row->title = pz__json_as_text(pz__json_member(root, "title"));
    row->title_len = strlen(row->title);
    row->language = pz__json_as_text(pz__json_member(root, "language"));
    row->language_len = row->language ? strlen(row->language) : 0;
    row->questions = (int32_t)pz__json_size(pz__json_member(root, "questions"));
}

static pz_status need_current(pz__call *call, pz_id id, pz__owned *out_owned)
{
    pz_questionnaire current;
    pz__json *document;
    PZ__TRY(pz__questionnaire_find(call, id, NULL, &current, &document));
    pz__json_free(document);
    *out_owned = (pz__owned){current.org, current.author};
    if (!current.ended) return PZ_OK;
    return pz__fail(PZ_E_STATE, "questionnaire", "Add another one.", "The questionnaire %lld has ended.", (long long)id);
}

static pz_status save(pz__call *call, pz__questionnaire_row *row)
{
    pz_questionnaire *q = &row->questionnaire;
    pz__owned owned = {0, 0};
    pz__outcome outcome;
    int is_new = q->id == 0;
    if (!is_new) PZ__TRY(need_current(call, q->id, &owned));
    PZ__TRY(pz__may_save_owned(call, PZ_KIND_QUESTIONNAIRE, is_new ? NULL : &owned, q->org));
    q->author = is_new ? pz__call_person(call) : owned.author;
    q->version = pz__change_number(call->change);
    if (is_new) PZ__TRY(pz__store_take_ids(call->store, 1, &q->id));
    return pz__versioned_write(call, &pz__questionnaire_table, row, &outcome);
}

static pz_status write(pz_actor *actor, pz__questionnaire_row *row, const char *key, pz_id *out_id)
{
    pz__buffer request = PZ__BUFFER_INIT;
    pz__call call;
    pz_status status = PZ_OK;
    pz__request_int(&request, row->questionnaire.org);
    pz__request_int(&request, row->questionnaire.id);
    pz__request_text(&request, row->document, row->document_len);
    PZ__TRY(pz__write_start(&call, actor, "questionnaire.save", key, &request));
    if (!call.repeated) status = save(&call, row);
    return pz__call_end_value(&call, status, row->questionnaire.id, out_id);
}

pz_status pz_questionnaire_save(pz_actor *actor, pz_id org, pz_id questionnaire, const char *document, size_t document_len, const char *key,
                                pz_id *out_id)
{
    pz__questionnaire_row row = {.questionnaire = {.struct_size = sizeof row.questionnaire, .id = questionnaire, .org = org}};
    pz__buffer text = PZ__BUFFER_INIT;
    pz__json *parsed;
    pz_status status;
    if (out_id) *out_id = 0;
    if (!actor) return pz__fail_closed("actor");
    if (questionnaire < 0 || org < 0) return pz__fail(PZ_E_INVALID, questionnaire < 0 ? "questionnaire" : "org", NULL, "Ids are above 0.");
    PZ__TRY(pz__questionnaire_read(document, document_len, &parsed));
    describe(parsed, &row.questionnaire);
    pz__json_print(pz__json_root(parsed), &text);
    row.document = text.data;
    row.document_len = text.length;
    status = text.status == PZ_OK ? write(actor, &row, key, out_id) : pz__fail_memory();
    pz__buffer_free(&text);
    pz__json_free(parsed);
    return status;
}

/* The library's own has no author and no org: it ends for nobody. */
static pz_status end(pz__call *call, pz_id id)
{
    pz__questionnaire_row named = {.questionnaire = {.id = id}};
    pz__owned owned;
    pz__outcome outcome;
    if (!id) return pz__fail(PZ_E_DENIED, "questionnaire", NULL, "The library's own questionnaire does not end.");
    PZ__TRY(pz__may(call, PZ_KIND_QUESTIONNAIRE, PZ__WRITE));
    PZ__TRY(need_current(call, id, &owned));
    PZ__TRY(pz__may_save_owned(call, PZ_KIND_QUESTIONNAIRE, &owned, owned.org));
    return pz__versioned_end(call, &pz__questionnaire_table, &named, &outcome);
}

pz_status pz_questionnaire_end(pz_actor *actor, pz_id questionnaire, const char *key)
{
    pz__buffer request = PZ__BUFFER_INIT;
    pz__call call;
    if (!actor) return pz__fail_closed("actor");
    pz__request_int(&request, questionnaire);
    PZ__TRY(pz__write_start(&call, actor, "questionnaire.end", key, &request));
    return pz__call_end(&call, call.repeated ? PZ_OK : end(&call, questionnaire));
}

/* ------------------------------------------------------------------------------------------------------- reading --- */

typedef struct list_work {
    pz__call *call;
    pz_questionnaire_query query;
    const char *language;
    pz__by_id page;
    pz__rows rows;
} list_work;

static pz_status add_if_wanted(list_work *work, const pz_questionnaire *q)
{
    int is_wanted;
    if ((work->query.org && q->org != work->query.org) || (work->query.open_only && q->ended)) return PZ_OK;
    PZ__TRY(pz__by_id_wants(&work->page, q->id, &q->title, 1, &is_wanted));
    if (is_wanted) pz__rows_add(&work->rows, q);
    return PZ_OK;
}

static pz_status add_own(list_work *work)
{
    pz_questionnaire own = *(const pz_questionnaire *)pz__questionnaire_type.initial;
    pz__json *document;
    pz_status status;
    PZ__TRY(pz__json_parse(pz__questionnaire_own(work->language), PZ_NUL_TERMINATED, NULL, &document));
    describe(document, &own);
    status = add_if_wanted(work, &own);
    pz__json_free(document);
    return status;
}

static pz_status read_all(list_work *work)
{
    static const char sql[] = "SELECT " PZ__QUESTIONNAIRE_COLUMNS " FROM questionnaire WHERE tenant_id = ?1 AND since_change <= ?2 "
                              "AND until_change > ?2 ORDER BY questionnaire_id";
    pz_questionnaire q;
    pz__statement *statement;
    pz_status status;
    int row, reached;
    PZ__TRY(pz__may(work->call, PZ_KIND_QUESTIONNAIRE, PZ__SEE));
    PZ__TRY(add_own(work));
    PZ__TRY(pz__db_statement(work->call->db, sql, &statement));
    pz__bind_int(statement, 1, work->call->tenant);
    pz__bind_int(statement, 2, work->call->as_of);
    while ((status = pz__db_step(statement, &row)) == PZ_OK && row) {
        pz__record_read(&pz__questionnaire_type, statement, 0, &q);
        if ((status = is_in_reach(work->call, q.org, &reached)) != PZ_OK) break;
        if (reached && (status = add_if_wanted(work, &q)) != PZ_OK) break;
    }
    pz__db_reset(statement);
    return status;
}

static pz_status list(list_work *work, void ***out_rows, size_t *out_count)
{
    pz_status status;
    pz__rows_start(&work->rows, &pz__questionnaire_type);
    status = read_all(work);
    if (status == PZ_OK) return pz__by_id_take(&work->page, &work->rows, out_rows, out_count);
    pz__rows_free(&work->rows);
    return status;
}

pz_status pz_questionnaire_list(pz_actor *actor, const pz_questionnaire_query *query, const char *language, pz_questionnaire ***out_rows,
                                size_t *out_count)
{
    pz__call call;
    list_work work = {.call = &call};
    pz_questionnaire_query *taken = &work.query;
    void **rows = NULL;
    size_t count = 0;
    pz_status status;
    PZ__TRY(pz__list_start((void ***)out_rows, out_count));
    if (!actor) return pz__fail_closed("actor");
    PZ__TRY(pz__record_take(&pz__questionnaire_query_type, query ? query : pz__questionnaire_query_type.initial, sizeof *taken, taken));
    PZ__TRY(pz__language_check(&language));
    PZ__TRY(pz__by_id_start(&work.page, PZ__BY_ID_OWN, taken->order, taken->after, taken->limit, taken->text, taken->text_len));
    work.language = language;
    status = pz__call_read(&call, actor);
    if (status == PZ_OK) status = pz__page_end(&call, list(&work, &rows, &count), &rows, &count, (void ***)out_rows, out_count);
    pz__by_id_free(&work.page);
    return status;
}

static int is_head(const char *key)
{
    return !strcmp(key, "document") || !strcmp(key, "format") || !strcmp(key, "id") || !strcmp(key, "version");
}

/* Which one it is comes from the store, the rest from the document. */
static pz_status put(pz__call *call, pz_id id, const char *language, pz__buffer *text)
{
    pz__json_writer json;
    pz_questionnaire row;
    pz__json *document;
    PZ__TRY(pz__may(call, PZ_KIND_QUESTIONNAIRE, PZ__SEE));
    PZ__TRY(pz__questionnaire_find(call, id, language, &row, &document));
    pz__json_start(&json, text);
    pz__json_open_object(&json);
    pz__json_put_text(&json, "document", "questionnaire");
    pz__json_put_int(&json, "format", 1);
    pz__json_put_id(&json, "id", id);
    pz__json_put_id(&json, "version", row.version);
    for (const pz__json_value *member = pz__json_first(pz__json_root(document)); member; member = pz__json_next(member)) {
        pz__buffer value = PZ__BUFFER_INIT;
        if (is_head(pz__json_key_of(member))) continue;
        pz__json_print(member, &value);
        pz__json_key(&json, pz__json_key_of(member));
        if (value.status != PZ_OK && text->status == PZ_OK) text->status = value.status;
        if (value.status == PZ_OK) pz__json_raw(&json, value.data);
        pz__buffer_free(&value);
    }
    pz__json_close_object(&json);
    pz__json_free(document);
    return PZ_OK;
}

pz_status pz_questionnaire_get(pz_actor *actor, pz_id questionnaire, const char *language, char **out_json)
{
    pz__buffer text = PZ__BUFFER_INIT;
    pz__call call;
    if (!out_json) return pz__fail_null("out_json");
    *out_json = NULL;
    PZ__TRY(pz__language_check(&language));
    PZ__TRY(pz__call_read(&call, actor));
    return pz__call_end_text(&call, put(&call, questionnaire, language, &text), &text, out_json);
}
