/* Erasing a person: every row and entry that names it, by the list of personal_tables.c, and then the log. */
#include <stdio.h>
#include <string.h>

#include "base/buffer.h"
#include "base/fail.h"
#include "store/duty.h"
#include "store/personal_tables.h"
#include "store/scrub.h"
#include "store/transaction.h"

enum { SQL_SIZE = 2048 };

/* ------------------------------------------------------------------------------------------- rows and columns --- */

/* Runs `sql` with the tenant and the person; the number of rows that it changed. */
static pz_status run_on_person(pz_store *store, const char *sql, pz_id person, int64_t *out_rows)
{
    pz__statement *statement;
    PZ__TRY(pz__db_statement_text(store->db, sql, &statement));
    pz__bind_int(statement, 1, PZ__TENANT);
    pz__bind_int(statement, 2, person);
    PZ__TRY(pz__db_run(statement));
    *out_rows += pz__db_rows_changed(store->db);
    return PZ_OK;
}

static pz_status remove_or_blank(pz_store *store, const pz__personal_column *step, pz_id person, int64_t *out_rows)
{
    char sql[SQL_SIZE];
    if (step->act == PZ__PERSONAL_REMOVE)
        snprintf(sql, sizeof sql, "DELETE FROM %s WHERE tenant_id = ?1 AND (%s)", step->table, step->rows);
    else
        snprintf(sql, sizeof sql, "UPDATE %s SET %s = NULL WHERE tenant_id = ?1 AND (%s)", step->table, step->column, step->rows);
    return run_on_person(store, sql, person, out_rows);
}

/* One text that names the person; *out is empty where there is none. */
static pz_status find_text(pz_store *store, const pz__personal_column *step, const char *id, pz__buffer *out)
{
    char sql[SQL_SIZE], quoted[32];
    pz__statement *statement;
    pz_status status;
    int row;
    snprintf(sql, sizeof sql, "SELECT %s FROM %s WHERE tenant_id = ?1 AND instr(%s, ?2) > 0 LIMIT 1", step->column, step->table,
             step->column);
    snprintf(quoted, sizeof quoted, "\"%s\"", id);
    pz__buffer_clear(out);
    PZ__TRY(pz__db_statement_text(store->db, sql, &statement));
    pz__bind_int(statement, 1, PZ__TENANT);
    pz__bind_text(statement, 2, quoted, PZ_NUL_TERMINATED);
    status = pz__db_step(statement, &row);
    if (row) {
        size_t length;
        const char *text = pz__column_text(statement, 0, &length);
        pz__buffer_add(out, text, length);
        status = out->status;
    }
    pz__db_reset(statement);
    return status;
}

static pz_status replace_text(pz_store *store, const pz__personal_column *step, const pz__buffer *before, const pz__buffer *after,
                              int64_t *out_rows)
{
    char sql[SQL_SIZE];
    pz__statement *statement;
    snprintf(sql, sizeof sql, "UPDATE %s SET %s = ?3 WHERE tenant_id = ?1 AND %s = ?2", step->table, step->column, step->column);
    PZ__TRY(pz__db_statement_text(store->db, sql, &statement));
    pz__bind_int(statement, 1, PZ__TENANT);
    pz__bind_text(statement, 2, before->data, before->length);
    pz__bind_text(statement, 3, after->data, after->length);
    PZ__TRY(pz__db_run(statement));
    *out_rows += pz__db_rows_changed(store->db);
    return PZ_OK;
}

static pz_status scrub_column(pz_store *store, const pz__personal_column *step, pz_id person, int64_t *out_rows)
{
    pz__buffer before = PZ__BUFFER_INIT, after = PZ__BUFFER_INIT;
    pz_status status;
    char id[24];
    snprintf(id, sizeof id, "%lld", (long long)person);
    while ((status = find_text(store, step, id, &before)) == PZ_OK && before.length) {
        pz__buffer_clear(&after);
        status = pz__scrub(before.data, before.length, id, &after);
        if (status == PZ_OK) status = replace_text(store, step, &before, &after, out_rows);
        if (status != PZ_OK) break;
    }
    pz__buffer_free(&before);
    pz__buffer_free(&after);
    return status;
}

/* The pseudonym is remembered for the rest of this change only: nothing that it still writes may make a new one. */
static pz_status hold_alias(pz_store *store, pz_id person)
{
    int64_t alias;
    PZ__TRY(pz__alias_of(store, person, &alias));
    if (!store->change->erased) PZ__TRY(pz__map_new(&store->change->erased));
    return pz__map_put(store->change->erased, person, alias);
}

static pz_status erase_step(pz_store *store, const pz__personal_column *step, pz_id person, int64_t *out_rows)
{
    *out_rows = 0;
    switch (step->act) {
    case PZ__PERSONAL_REMOVE:
    case PZ__PERSONAL_BLANK: return remove_or_blank(store, step, person, out_rows);
    case PZ__PERSONAL_SCRUB: return scrub_column(store, step, person, out_rows);
    case PZ__PERSONAL_ALIAS: break;
    }
    return PZ_OK;
}

/* ------------------------------------------------------------------------------------------------- receipt --- */

/* Counts of one kind of step as an object by table; steps of one table are added up. */
static void put_counts(pz__json_writer *json, const char *key, pz__personal_act act, const int64_t *rows)
{
    pz__json_key(json, key);
    pz__json_open_object(json);
    for (size_t i = 0; i < pz__personal_column_count; i++) {
        const char *table = pz__personal_columns[i].table;
        int64_t sum = 0;
        int seen = 0;
        for (size_t k = 0; k < pz__personal_column_count; k++) {
            if (pz__personal_columns[k].act != act || strcmp(pz__personal_columns[k].table, table)) continue;
            seen |= k < i;
            sum += rows[k];
        }
        if (pz__personal_columns[i].act == act && !seen) pz__json_put_int(json, table, sum);
    }
    pz__json_close_object(json);
}

pz_status pz__duty_erase_person(pz_store *store, pz_id person, pz__json_writer *json)
{
    int64_t rows[PZ__MOST_PERSONAL_COLUMNS] = {0};
    PZ__TRY(pz__store_check(store));
    if (!store->change || store->change->is_broken)
        return pz__fail(PZ_E_STATE, NULL, "Please report it.", "A person is erased outside a change.");
    PZ__TRY(hold_alias(store, person));
    for (size_t i = 0; i < pz__personal_column_count; i++) PZ__TRY(erase_step(store, &pz__personal_columns[i], person, &rows[i]));
    put_counts(json, "removed", PZ__PERSONAL_REMOVE, rows);
    put_counts(json, "blanked", PZ__PERSONAL_BLANK, rows);
    put_counts(json, "rewritten", PZ__PERSONAL_SCRUB, rows);
    return PZ_OK;
}

static pz_status count_left(pz_store *store, pz_id person, int64_t *out_left)
{
    *out_left = 0;
    for (size_t i = 0; i < pz__personal_column_count; i++) {
        const pz__personal_column *step = &pz__personal_columns[i];
        char sql[SQL_SIZE];
        pz__statement *statement;
        pz_status status;
        int row;
        if (!step->rows) continue;
        snprintf(sql, sizeof sql, "SELECT count(*) FROM %s WHERE tenant_id = ?1 AND (%s)", step->table, step->rows);
        PZ__TRY(pz__db_statement_text(store->db, sql, &statement));
        pz__bind_int(statement, 1, PZ__TENANT);
        pz__bind_int(statement, 2, person);
        status = pz__db_step(statement, &row);
        if (row) *out_left += pz__column_int(statement, 0);
        pz__db_reset(statement);
        if (status != PZ_OK) return status;
    }
    return PZ_OK;
}

static pz_status empty_log(pz_store *store, int *out_done)
{
    pz_status status = pz__store_enter(store);
    *out_done = 0;
    if (status == PZ_E_BUSY) return PZ_OK; /* the next writer does it */
    if (status != PZ_OK) return status;
    status = pz__db_checkpoint(store->db, store->options.wait_milliseconds, out_done);
    pz__store_leave(store);
    return status;
}

static void put_code(pz__json_writer *json, const char *code, int wanted)
{
    if (wanted) pz__json_text(json, code);
}

pz_status pz__duty_erase_finish(pz_store *store, pz_id person, pz__json_writer *json)
{
    int64_t left;
    int emptied;
    pz_status status;
    PZ__TRY(pz__store_check(store));
    if (store->change || store->reads) return pz__fail(PZ_E_BUSY_HANDLE, "store", NULL, "Another call on this store is not over yet.");
    PZ__TRY(pz__store_read_begin(store));
    status = count_left(store, person, &left);
    pz__store_read_end(store);
    if (status == PZ_OK) status = empty_log(store, &emptied);
    if (status != PZ_OK) return status;
    pz__json_put_int(json, "rows_left", left);
    pz__json_put_bool(json, "log_emptied", emptied);
    pz__json_key(json, "proved");
    pz__json_open_array(json);
    put_code(json, "rows", left == 0);
    put_code(json, "log", emptied);
    pz__json_close_array(json);
    pz__json_key(json, "not_proved");
    pz__json_open_array(json);
    put_code(json, "rows", left != 0);
    put_code(json, "log", !emptied);
    put_code(json, "earlier_backups", 1);
    put_code(json, "text_by_others", 1);
    put_code(json, "storage_medium", 1);
    pz__json_close_array(json);
    return PZ_OK;
}
