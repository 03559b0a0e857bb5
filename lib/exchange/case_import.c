/* pz_import_case: a checked package written as framework, competencies and associations. Identifiers of CASE are the same everywhere: an item that another
 * source or an earlier association named is the same competency. */
#include <string.h>

#include "base/fail.h"
#include "base/memory.h"
#include "exchange/case.h"
#include "exchange/competency_ids.h"
#include "exchange/session.h"
#include "store/external.h"

#define FIRST_MADE_UP (INT64_MAX / 2)

typedef struct case_writer {
    pz__case *package;
    pz__session *session;
    pz__call *call;
    int32_t source;
    int has_source;
    pz_id next_made_up;
    pz_id framework;
    int framework_is_new;
    pz_id *ids;      /* by place of `nodes`: competency or framework, 0 unknown yet */
    uint8_t *is_new; /* by place of `nodes` */
    pz__map *listed; /* ids of competencies and associations that the package has */
    pz__competency_ids competencies;
    pz__buffer texts[8]; /* cleaned copies of one record's texts */
} case_writer;

/* --------------------------------------------------------------------------------------------------------- ids --- */

static pz_status take_id(case_writer *writer, pz_id *out_id)
{
    if (writer->call->change) return pz__store_take_ids(writer->call->store, 1, out_id);
    *out_id = writer->next_made_up++;
    return PZ_OK;
}

static pz_status put_outside(case_writer *writer, pz_kind kind, const char *text, pz_id id)
{
    if (!writer->call->change) return PZ_OK;
    return pz__external_put(writer->call->store, kind, writer->source, text, strlen(text), id);
}

/* Of this source, otherwise of any that has it once. */
static pz_status find_outside(case_writer *writer, pz_kind kind, const char *text, pz_id *out_id)
{
    int more = 0;
    *out_id = 0;
    if (writer->has_source) PZ__TRY(pz__external_find(writer->call->store, kind, writer->source, text, strlen(text), out_id, NULL));
    if (*out_id) return PZ_OK;
    PZ__TRY(pz__external_find(writer->call->store, kind, -1, text, strlen(text), out_id, &more));
    if (more) *out_id = 0;
    return PZ_OK;
}

static void count(case_writer *writer, const char *name, pz__outcome outcome)
{
    pz__difference *difference = pz__import_difference(&writer->session->import, name);
    difference->added += outcome == PZ__NEW;
    difference->changed += outcome == PZ__CHANGED;
    difference->same += outcome == PZ__SAME;
}

/* ------------------------------------------------------------------------------------------------------- texts --- */

/* A text with spaces in place of control characters, in a buffer of its own. */
static void set_text(case_writer *writer, int slot, const char *text, const char **out_text, size_t *out_length)
{
    pz__buffer *copy = &writer->texts[slot];
    *out_text = text && *text ? text : NULL;
    *out_length = *out_text ? strlen(text) : 0;
    for (size_t i = 0; i < *out_length; i++) {
        unsigned char c = (unsigned char)text[i];
        if ((c >= ' ' || c == '\t' || c == '\n' || c == '\r') && c != 0x7F) continue;
        pz__buffer_clear(copy);
        pz__buffer_add(copy, text, *out_length);
        if (copy->status) return;
        for (size_t k = i; k < *out_length; k++) {
            c = (unsigned char)copy->data[k];
            if ((c < ' ' && c != '\t' && c != '\n' && c != '\r') || c == 0x7F) copy->data[k] = ' ';
        }
        *out_text = copy->data;
        return;
    }
}

static void set_member(case_writer *writer, int slot, const pz__json_value *json, const pz__case_member *members, const char *name,
                       const char **out_text, size_t *out_length)
{
    set_text(writer, slot, pz__case_text(json, members, name), out_text, out_length);
}

/* The levels of an item, with commas. */
static void set_levels(case_writer *writer, int slot, const pz__json_value *json, const char **out_text, size_t *out_length)
{
    const pz__json_value *list = pz__json_member(json, "educationLevel");
    pz__buffer *copy = &writer->texts[slot];
    if (!list) list = pz__json_member(json, "educationalLevel");
    *out_text = NULL;
    *out_length = 0;
    pz__buffer_clear(copy);
    if (pz__json_as_text(list)) pz__buffer_text(copy, pz__json_as_text(list));
    for (const pz__json_value *one = pz__json_kind_of(list) == PZ__JSON_ARRAY ? pz__json_first(list) : NULL; one;
         one = pz__json_next(one)) {
        const char *text = pz__json_as_text(one);
        if (!text || !*text) continue;
        if (copy->length) pz__buffer_char(copy, ',');
        pz__buffer_text(copy, text);
    }
    if (copy->status || !copy->length || copy->length > (size_t)pz_limit(PZ_LIMIT_TITLE)) return;
    for (size_t i = 0; i < copy->length; i++)
        if ((unsigned char)copy->data[i] < ' ' || copy->data[i] == 0x7F) copy->data[i] = ' ';
    *out_text = copy->data;
    *out_length = copy->length;
}

static pz_status check_texts(const case_writer *writer)
{
    for (int i = 0; i < 8; i++)
        if (writer->texts[i].status) return pz__fail_memory();
    return PZ_OK;
}

/* ----------------------------------------------------------------------------------------------------- framework --- */

static pz_status write_framework(case_writer *writer)
{
    const pz__json_value *json = writer->package->framework;
    const char *identifier = pz__json_as_text(pz__json_member(json, "identifier"));
    pz_framework framework = PZ_FRAMEWORK_INIT;
    pz__outcome outcome;
    PZ__TRY(find_outside(writer, PZ_KIND_FRAMEWORK, identifier, &writer->framework));
    writer->framework_is_new = writer->framework == 0;
    if (writer->framework_is_new) PZ__TRY(take_id(writer, &writer->framework));
    writer->ids[writer->package->framework_node] = writer->framework;
    framework.id = writer->framework;
    set_member(writer, 0, json, pz__case_document, "title", &framework.title, &framework.title_len);
    set_member(writer, 1, json, pz__case_document, "creator", &framework.creator, &framework.creator_len);
    set_member(writer, 2, json, pz__case_document, "publisher", &framework.publisher, &framework.publisher_len);
    set_member(writer, 3, json, pz__case_document, "version", &framework.version, &framework.version_len);
    set_member(writer, 4, json, pz__case_document, "language", &framework.language, &framework.language_len);
    set_member(writer, 5, json, pz__case_document, "adoptionStatus", &framework.adoption_status, &framework.adoption_status_len);
    set_member(writer, 6, json, pz__case_document, "uri", &framework.uri, &framework.uri_len);
    PZ__TRY(check_texts(writer));
    PZ__TRY(pz__framework_write(writer->call, &framework, &outcome));
    count(writer, "documents", outcome);
    return put_outside(writer, PZ_KIND_FRAMEWORK, identifier, writer->framework);
}

/* ------------------------------------------------------------------------------------------------------------ items --- */

static pz_status find_item(case_writer *writer, int64_t node, const char *identifier)
{
    int ambiguous;
    PZ__TRY(pz__competency_ids_find(&writer->competencies, identifier, strlen(identifier), &writer->ids[node], &ambiguous));
    if (writer->ids[node]) return PZ_OK;
    PZ__TRY(take_id(writer, &writer->ids[node]));
    writer->is_new[node] = 1;
    return pz__competency_ids_put(&writer->competencies, identifier, strlen(identifier), writer->ids[node]);
}

static pz_status write_item(case_writer *writer, const pz__case_item_row *row)
{
    const pz__json_value *json = row->json;
    const char *identifier = pz__json_as_text(pz__json_member(json, "identifier"));
    pz_competency item = PZ_COMPETENCY_INIT;
    pz__outcome outcome;
    PZ__TRY(find_item(writer, row->node, identifier));
    PZ__TRY(pz__map_put(writer->listed, writer->ids[row->node], 1));
    item.id = writer->ids[row->node];
    item.framework = writer->framework;
    item.position = (int32_t)row->number + 1;
    set_member(writer, 0, json, pz__case_item, "humanCodingScheme", &item.code, &item.code_len);
    set_member(writer, 1, json, pz__case_item, "fullStatement", &item.statement, &item.statement_len);
    set_member(writer, 2, json, pz__case_item, "abbreviatedStatement", &item.short_statement, &item.short_statement_len);
    set_member(writer, 3, json, pz__case_item, "CFItemType", &item.item_type, &item.item_type_len);
    set_levels(writer, 4, json, &item.levels, &item.levels_len);
    set_member(writer, 5, json, pz__case_item, "language", &item.language, &item.language_len);
    set_member(writer, 6, json, pz__case_item, "uri", &item.uri, &item.uri_len);
    PZ__TRY(check_texts(writer));
    PZ__TRY(pz__competency_write(writer->call, &item, &outcome));
    count(writer, "items", outcome);
    return put_outside(writer, PZ_KIND_COMPETENCY, identifier, item.id);
}

static pz_status write_items(case_writer *writer)
{
    for (size_t i = 0; i < writer->package->item_count; i++) {
        if (writer->package->items[i].node >= 0) PZ__TRY(write_item(writer, &writer->package->items[i]));
        if (i % 256 == 0) PZ__TRY(pz__import_progress(&writer->session->import, 0.5 * (double)i / (double)writer->package->item_count));
    }
    return PZ_OK;
}

/* ------------------------------------------------------------------------------------------------- associations --- */

/* What an association names outside the package: a framework or competency that the store knows, otherwise one that waits for its document. */
static pz_status find_end(case_writer *writer, const pz__json_value *link, int64_t node)
{
    const char *identifier = pz__json_as_text(pz__json_member(link, "identifier")),
               *title = pz__json_as_text(pz__json_member(link, "title"));
    const char *uri = pz__json_as_text(pz__json_member(link, "uri"));
    pz_competency item = PZ_COMPETENCY_INIT;
    pz__outcome outcome;
    if (writer->ids[node]) return PZ_OK;
    PZ__TRY(find_outside(writer, PZ_KIND_FRAMEWORK, identifier, &writer->ids[node]));
    if (writer->ids[node]) return PZ_OK;
    PZ__TRY(find_item(writer, node, identifier));
    if (!writer->is_new[node]) return PZ_OK;
    item.id = writer->ids[node];
    set_text(writer, 0, title && *title && strlen(title) <= (size_t)pz_limit(PZ_LIMIT_TITLE) ? title : identifier, &item.statement,
             &item.statement_len);
    set_text(writer, 1, uri && strlen(uri) <= (size_t)pz_limit(PZ_LIMIT_TITLE) ? uri : NULL, &item.uri, &item.uri_len);
    PZ__TRY(check_texts(writer));
    PZ__TRY(pz__competency_write(writer->call, &item, &outcome));
    count(writer, "items_outside", outcome);
    return put_outside(writer, PZ_KIND_COMPETENCY, identifier, item.id);
}

static pz_status write_tie(case_writer *writer, const pz__case_tie *tie)
{
    const char *identifier = pz__json_as_text(pz__json_member(tie->json, "identifier"));
    pz_association record = PZ_ASSOCIATION_INIT;
    pz__outcome outcome;
    PZ__TRY(find_end(writer, pz__json_member(tie->json, "originNodeURI"), tie->origin));
    PZ__TRY(find_end(writer, pz__json_member(tie->json, "destinationNodeURI"), tie->destination));
    PZ__TRY(find_outside(writer, PZ_KIND_ASSOCIATION, identifier, &record.id));
    if (!record.id) PZ__TRY(take_id(writer, &record.id));
    PZ__TRY(pz__map_put(writer->listed, record.id, 1));
    record.framework = writer->framework;
    record.kind = tie->kind;
    record.origin = writer->ids[tie->origin];
    record.destination = writer->ids[tie->destination];
    record.position = tie->position;
    PZ__TRY(pz__association_write(writer->call, &record, &outcome));
    count(writer, "associations", outcome);
    return put_outside(writer, PZ_KIND_ASSOCIATION, identifier, record.id);
}

static pz_status write_ties(case_writer *writer)
{
    for (size_t i = 0; i < writer->package->tie_count; i++) {
        if (writer->package->ties[i].is_usable) PZ__TRY(write_tie(writer, &writer->package->ties[i]));
        if (i % 256 == 0)
            PZ__TRY(pz__import_progress(&writer->session->import, 0.5 + 0.5 * (double)i / (double)writer->package->tie_count));
    }
    return PZ_OK;
}

/* -------------------------------------------------------------------------------------------------------------- gone --- */

typedef struct ids {
    pz_id *rows;
    size_t count, capacity;
} ids;

/* Records of the framework that stand and that the package does not have. */
static pz_status find_gone(case_writer *writer, const char *sql, ids *gone, int64_t *out_all)
{
    pz__statement *statement;
    pz_status status;
    int row;
    *out_all = 0;
    PZ__TRY(pz__db_statement(writer->call->db, sql, &statement));
    pz__bind_int(statement, 1, writer->call->tenant);
    pz__bind_int(statement, 2, writer->framework);
    pz__bind_int(statement, 3, PZ__CURRENT);
    while ((status = pz__db_step(statement, &row)) == PZ_OK && row) {
        pz_id id = pz__column_int(statement, 0);
        ++*out_all;
        if (pz__map_get(writer->listed, id, NULL)) continue;
        status = pz__reserve((void **)&gone->rows, &gone->capacity, gone->count + 1, sizeof id);
        if (status) break;
        gone->rows[gone->count++] = id;
    }
    pz__db_reset(statement);
    return status;
}

/* Objects of the package that lenient mode left out are not gone: they are there, if not as they should be. */
static pz_status keep_left_out(case_writer *writer)
{
    for (size_t i = 0; i < writer->package->item_count; i++) {
        const char *identifier = pz__json_as_text(pz__json_member(writer->package->items[i].json, "identifier"));
        pz_id id = 0;
        if (writer->package->items[i].node >= 0 || !identifier || !*identifier || strlen(identifier) > (size_t)pz_limit(PZ_LIMIT_ID_TEXT))
            continue;
        PZ__TRY(find_outside(writer, PZ_KIND_COMPETENCY, identifier, &id));
        if (id) PZ__TRY(pz__map_put(writer->listed, id, 1));
    }
    for (size_t i = 0; i < writer->package->tie_count; i++) {
        const char *identifier = pz__json_as_text(pz__json_member(writer->package->ties[i].json, "identifier"));
        pz_id id = 0;
        if (writer->package->ties[i].is_usable || !identifier || !*identifier || strlen(identifier) > (size_t)pz_limit(PZ_LIMIT_ID_TEXT))
            continue;
        PZ__TRY(find_outside(writer, PZ_KIND_ASSOCIATION, identifier, &id));
        if (id) PZ__TRY(pz__map_put(writer->listed, id, 1));
    }
    return PZ_OK;
}

static pz_status end_gone(case_writer *writer, pz_kind kind, const char *name, const char *sql)
{
    pz__import *import = &writer->session->import;
    ids gone = {NULL, 0, 0};
    int64_t all;
    pz_status status = find_gone(writer, sql, &gone, &all);
    if (status == PZ_OK && (int64_t)gone.count * 100 > all * import->options.gone_percent_max) {
        pz__fault_place place = {NULL, 0, 0, NULL, NULL, 0};
        pz__faults_add(&import->faults, PZ__FATAL, "gone_above_limit", &place,
                       "Of %lld %s that the store has of this framework, the package no longer has %lld (%lld %%); the limit is %d %%.",
                       (long long)all, name, (long long)gone.count, (long long)gone.count * 100 / (long long)all,
                       (int)import->options.gone_percent_max);
    }
    for (size_t i = 0; i < gone.count && status == PZ_OK && !import->faults.fatal; i++) {
        pz__outcome outcome;
        status = pz__competency_end_write(writer->call, kind, gone.rows[i], &outcome);
        pz__import_difference(import, name)->gone += outcome != PZ__SAME;
    }
    pz__release(gone.rows);
    return status;
}

/* ------------------------------------------------------------------------------------------------------------- whole --- */

static pz_status start(case_writer *writer, pz__session *session, pz__case *package)
{
    const pz_import_options *options = &session->import.options;
    pz_status status;
    memset(writer, 0, sizeof *writer);
    writer->package = package;
    writer->session = session;
    writer->call = &session->call;
    writer->next_made_up = FIRST_MADE_UP;
    writer->ids = pz__alloc_zero(package->nodes.count + 1, sizeof *writer->ids);
    writer->is_new = pz__alloc_zero(package->nodes.count + 1, 1);
    if (!writer->ids || !writer->is_new) return pz__fail_memory();
    PZ__TRY(pz__map_new(&writer->listed));
    status = pz__source_number(writer->call->store, options->source, options->source_len, writer->call->change != NULL, &writer->source);
    writer->has_source = status == PZ_OK;
    if (status && status != PZ_E_NOT_FOUND) return status;
    return pz__competency_ids_start(&writer->competencies, writer->call, writer->has_source ? writer->source : -1);
}

static void finish(case_writer *writer)
{
    pz__release(writer->ids);
    pz__release(writer->is_new);
    pz__map_free(writer->listed);
    pz__competency_ids_free(&writer->competencies);
    for (int i = 0; i < 8; i++) pz__buffer_free(&writer->texts[i]);
}

static pz_status write_package(case_writer *writer)
{
    pz__import_step(&writer->session->import, 0.4, 1);
    PZ__TRY(write_framework(writer));
    PZ__TRY(write_items(writer));
    PZ__TRY(write_ties(writer));
    if (writer->framework_is_new) return PZ_OK;
    PZ__TRY(keep_left_out(writer));
    PZ__TRY(end_gone(writer, PZ_KIND_ASSOCIATION, "associations",
                     "SELECT association_id FROM association WHERE tenant_id = ?1 AND framework_id = ?2 AND until_change = ?3"));
    return end_gone(writer, PZ_KIND_COMPETENCY, "items",
                    "SELECT competency_id FROM competency WHERE tenant_id = ?1 AND framework_id = ?2 AND until_change = ?3 AND ended = 0");
}

static pz_status run(pz__session *session, void *work)
{
    pz__case package;
    case_writer writer;
    pz_status status;
    pz__import_step(&session->import, 0, 0.4);
    status = pz__case_open(&package, &session->import, work);
    if (status == PZ_OK && !session->import.faults.fatal) {
        status = start(&writer, session, &package);
        if (status == PZ_OK) status = write_package(&writer);
        finish(&writer);
    }
    pz__case_close(&package);
    return status;
}

static pz_status digest(pz__session *session, void *work, uint8_t out_digest[16])
{
    return pz__session_digest_file(session, out_digest, work);
}

pz_status pz_import_case(pz_actor *actor, const char *path, const pz_import_options *options, const char *key, char **out_json)
{
    static const pz__session_plan plan = {"case", "import.case", run, digest, 0};
    if (!out_json) return pz__fail_null("out_json");
    *out_json = NULL;
    if (!path) return pz__fail_null("path");
    return pz__session_run(actor, &plan, options, key, (void *)path, out_json);
}
