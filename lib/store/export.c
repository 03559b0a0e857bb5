/* All that names a person, row by row: the raw part of an export. */
#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "base/buffer.h"
#include "base/fail.h"
#include "base/memory.h"
#include "store/change.h"
#include "store/duty.h"
#include "store/personal_tables.h"
#include "store/state.h"

/* ------------------------------------------------------------------------------------------------- columns --- */

static int ends_with(const char *name, const char *end)
{
    size_t length = strlen(name), end_length = strlen(end);
    return length >= end_length && !strcmp(name + length - end_length, end);
}

static void put_blob(pz__json_writer *json, pz__statement *row, int column)
{
    size_t length, room;
    const uint8_t *bytes = pz__column_blob(row, column, &length);
    char *text;
    room = sodium_base64_encoded_len(length, sodium_base64_VARIANT_ORIGINAL);
    text = pz__alloc(room);
    if (!text) {
        if (json->out->status == PZ_OK) json->out->status = PZ_E_NOMEM;
        return;
    }
    sodium_bin2base64(text, room, bytes, length, sodium_base64_VARIANT_ORIGINAL);
    pz__json_text(json, text);
    pz__release(text);
}

/* Whole numbers mean what the names of their columns say. */
static void put_whole_number(pz__json_writer *json, const char *name, int64_t value)
{
    if (!strcmp(name, "at") || ends_with(name, "_at"))
        pz__json_time(json, value);
    else if (ends_with(name, "_on"))
        pz__json_date(json, (pz_date)value);
    else if (!strcmp(name, "until_change") && value == PZ__CURRENT)
        pz__json_null(json);
    else if (ends_with(name, "_id") || ends_with(name, "_by") || ends_with(name, "_change") || !strcmp(name, "sequence") ||
             !strcmp(name, "last_sequence"))
        pz__json_id(json, value);
    else
        pz__json_int(json, value);
}

/* What one export needs from beginning to end. */
typedef struct export
{
    pz_store *store;
    pz_id person;
    pz__export_keep_fn keep;
    void *user_data;
    pz__export_word_fn word;
    pz__json_writer *json;
}
export;

static void put_number(const export *e, const char *table, const char *name, int64_t value)
{
    const char *word = e->word ? e->word(table, name, value) : NULL;
    if (!word)
        put_whole_number(e->json, name, value);
    else if (*word)
        pz__json_text(e->json, word);
    else
        pz__json_null(e->json);
}

static void put_column(const export *e, const char *table, pz__statement *row, int column)
{
    pz__json_writer *json = e->json;
    const char *name = sqlite3_column_name(row->handle, column);
    size_t length;
    const char *text;
    if (!strcmp(name, "tenant_id")) return;
    pz__json_key(json, name);
    switch (sqlite3_column_type(row->handle, column)) {
    case SQLITE_INTEGER: put_number(e, table, name, pz__column_int(row, column)); break;
    case SQLITE_FLOAT: pz__json_real(json, pz__column_real(row, column)); break;
    case SQLITE_TEXT:
        text = pz__column_text(row, column, &length);
        pz__json_text_n(json, text, length);
        break;
    case SQLITE_BLOB: put_blob(json, row, column); break;
    default: pz__json_null(json); break;
    }
}

static int column_named(pz__statement *statement, const char *name)
{
    for (int i = 0; i < sqlite3_column_count(statement->handle); i++)
        if (!strcmp(sqlite3_column_name(statement->handle, i), name)) return i;
    return -1;
}

int64_t pz__export_int(pz__statement *row, const char *column)
{
    int place = column_named(row, column);
    return place < 0 ? 0 : pz__column_int(row, place);
}

static pz_status put_rows(const export *e, const char *key, const char *sql, int64_t value)
{
    pz__json_writer *json = e->json;
    pz__statement *statement;
    pz_status status;
    int row;
    PZ__TRY(pz__db_statement_text(e->store->db, sql, &statement));
    pz__bind_int(statement, 1, PZ__TENANT);
    pz__bind_int(statement, 2, value);
    pz__json_key(json, key);
    pz__json_open_array(json);
    while ((status = pz__db_step(statement, &row)) == PZ_OK && row && json->out->status == PZ_OK) {
        if (e->keep && !e->keep(e->user_data, key, statement)) continue;
        pz__json_open_object(json);
        for (int i = 0; i < sqlite3_column_count(statement->handle); i++) put_column(e, key, statement, i);
        pz__json_close_object(json);
    }
    pz__json_close_array(json);
    pz__db_reset(statement);
    return status == PZ_OK && json->out->status != PZ_OK ? pz__fail_memory() : status;
}

/* -------------------------------------------------------------------------------------------------- tables --- */

static int is_first_of_table(size_t index)
{
    for (size_t i = 0; i < index; i++)
        if (pz__personal_columns[i].act == PZ__PERSONAL_REMOVE && !strcmp(pz__personal_columns[i].table, pz__personal_columns[index].table))
            return 0;
    return 1;
}

/* Rows that are about the person, by any of their columns. */
static pz_status put_own(const export *e, size_t index)
{
    const char *table = pz__personal_columns[index].table;
    pz__buffer sql = PZ__BUFFER_INIT;
    pz_status status;
    pz__buffer_format(&sql, "SELECT * FROM %s WHERE tenant_id = ?1 AND (", table);
    for (size_t i = index; i < pz__personal_column_count; i++) {
        const pz__personal_column *step = &pz__personal_columns[i];
        if (step->act == PZ__PERSONAL_REMOVE && !strcmp(step->table, table))
            pz__buffer_format(&sql, "%s(%s)", i > index ? " OR " : "", step->rows);
    }
    pz__buffer_text(&sql, ")");
    status = sql.status;
    if (status == PZ_OK) status = put_rows(e, table, sql.data, e->person);
    pz__buffer_free(&sql);
    return status;
}

/* Rows about others that name the person as who wrote or decided: only which they are. */
static const char *const written[][2] = {
    {"profile_entry_written", "SELECT entry_id, since_change, until_change, section, author_role, observed_at FROM profile_entry "
                              "WHERE tenant_id = ?1 AND author_id = ?2 AND learner_id <> ?2"},
    {"goal_written", "SELECT goal_id, since_change, until_change, proposed_role, acted_role, acted_at FROM goal "
                     "WHERE tenant_id = ?1 AND (proposed_by = ?2 OR acted_by = ?2) AND learner_id <> ?2"},
    {"checkin_written", "SELECT checkin_id, since_change, until_change, state, author_role, acted_role, acted_at FROM checkin "
                        "WHERE tenant_id = ?1 AND (author_id = ?2 OR acted_by = ?2) AND learner_id <> ?2"},
    {"plan_written", "SELECT plan_id, since_change, until_change, state, author_role, acted_role, acted_at FROM plan "
                     "WHERE tenant_id = ?1 AND (author_id = ?2 OR acted_by = ?2) AND learner_id <> ?2"},
    {"assignment_written", "SELECT assignment_id, since_change, until_change, state, assigned_role, acted_role, acted_at FROM assignment "
                           "WHERE tenant_id = ?1 AND (assigned_by = ?2 OR acted_by = ?2) AND learner_id <> ?2"},
    {"cycle_reopening_written",
     "SELECT cycle_id, since_change, until_change, closed_change, reason, acted_role, acted_at FROM cycle_reopening "
     "WHERE tenant_id = ?1 AND acted_by = ?2"},
    {"theme_written", "SELECT theme_id, since_change, until_change, scope_id, topic, state, content, answered_role, answered_at FROM theme "
                      "WHERE tenant_id = ?1 AND answered_by = ?2"},
    {"voice_entry_written", "SELECT voice_id, since_change, until_change, kind, author_role, acted_role, acted_at FROM voice_entry "
                            "WHERE tenant_id = ?1 AND (author_id = ?2 OR acted_by = ?2 OR to_person_id = ?2) AND learner_id <> ?2"},
    {"voice_answer_written", "SELECT a.voice_id, a.position, a.since_change, a.until_change, a.state, a.role, a.at FROM voice_answer a "
                             "WHERE a.tenant_id = ?1 AND a.person_id = ?2 AND a.voice_id NOT IN (SELECT v.voice_id FROM voice_entry v "
                             "WHERE v.tenant_id = ?1 AND v.learner_id = ?2)"},
    {"recommendation_written", "SELECT recommendation_id, since_change, until_change, class_id, acted_role, acted_at FROM recommendation "
                               "WHERE tenant_id = ?1 AND (answer_by = ?2 OR acted_by = ?2)"},
};

static const char changes_sql[] =
    "SELECT c.change_id, c.at, a.person_id, c.service_id, c.role, c.purpose, c.action, i.kind, i.act, i.count, "
    "CASE WHEN i.kind = 5 OR i.act = 4 THEN NULL ELSE i.record_id END AS record_id "
    "FROM change_item i JOIN change c ON c.tenant_id = i.tenant_id AND c.change_id = i.change_id "
    "LEFT JOIN person_alias a ON a.tenant_id = c.tenant_id AND a.alias = c.author_alias "
    "WHERE i.tenant_id = ?1 AND (i.learner_alias = ?2 OR (i.kind = 5 AND i.record_id = ?2)) ORDER BY c.change_id, i.item_no";

static const char own_changes_sql[] =
    "SELECT change_id, at, role, purpose, action FROM change WHERE tenant_id = ?1 AND author_alias = ?2 ORDER BY change_id";

static pz_status put_changes(const export *e)
{
    int64_t alias;
    PZ__TRY(pz__alias_of(e->store, e->person, &alias));
    PZ__TRY(put_rows(e, "change_concerning", changes_sql, alias));
    return put_rows(e, "change_made", own_changes_sql, alias);
}

static pz_status put_all(const export *e)
{
    for (size_t i = 0; i < pz__personal_column_count; i++)
        if (pz__personal_columns[i].act == PZ__PERSONAL_REMOVE && is_first_of_table(i) &&
            strcmp(pz__personal_columns[i].table, "person_alias"))
            PZ__TRY(put_own(e, i));
    for (size_t i = 0; i < sizeof written / sizeof written[0]; i++) PZ__TRY(put_rows(e, written[i][0], written[i][1], e->person));
    return put_changes(e);
}

pz_status pz__duty_export_person(pz_store *store, pz_id person, pz__export_keep_fn keep, void *user_data, pz__export_word_fn word,
                                 pz__json_writer *json)
{
    const export e = {store, person, keep, user_data, word, json};
    PZ__TRY(pz__store_read_begin(store));
    pz_status status = put_all(&e);
    pz__store_read_end(store);
    return status;
}
