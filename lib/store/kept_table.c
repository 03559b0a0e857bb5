#include "store/kept_table.h"

#include <string.h>

#include "base/fail.h"
#include "base/memory.h"
#include "store/personal_tables.h"

const char *const pz__append_only_tables[] = {"cycle_result", "cycle_result_again", "evidence", "evidence_fix", NULL};
const char *const pz__standing_tables[] = {"external_id", "person_alias", "service", "source", NULL};

/* ------------------------------------------------------------------------------------------------ describing --- */

static int is_in(const char *const *tables, const char *name)
{
    for (size_t i = 0; tables[i]; i++)
        if (!strcmp(name, tables[i])) return 1;
    return 0;
}

int pz__kept_table_column(const pz__kept_table *table, const char *name, size_t length)
{
    for (int i = 0; i < table->columns; i++)
        if (strlen(table->column[i].name) == length && !memcmp(table->column[i].name, name, length)) return i;
    return -1;
}

static int column_of(const pz__kept_table *table, const char *name)
{
    return pz__kept_table_column(table, name, strlen(name));
}

/* The column by which erasing a person removes rows of the table: its condition is "COLUMN = ?2" and nothing else. */
static int find_person(const pz__kept_table *table)
{
    for (size_t i = 0; i < pz__personal_column_count; i++) {
        const pz__personal_column *step = &pz__personal_columns[i];
        size_t length = strlen(step->column);
        if (step->act == PZ__PERSONAL_REMOVE && !strcmp(step->table, table->name) && !strncmp(step->rows, step->column, length) &&
            !strcmp(step->rows + length, " = ?2"))
            return column_of(table, step->column);
    }
    return -1;
}

static pz_status add_column(pz__kept_table *table, pz__statement *row)
{
    pz__kept_column *column;
    size_t length;
    const char *name = pz__column_text(row, 0, &length), *type = pz__column_text(row, 1, NULL);
    if (table->columns == PZ__MOST_COLUMNS || length >= sizeof column->name)
        return pz__fail(PZ_E_INTERNAL, NULL, "Please report it.", "A table has more columns, or longer names, than were thought of.");
    column = &table->column[table->columns++];
    memcpy(column->name, name, length + 1);
    table->has_runs |= type && (!strcmp(type, "TEXT") || !strcmp(type, "BLOB"));
    column->is_real = type && !strcmp(type, "REAL");
    column->is_key = pz__column_int(row, 2) > 0;
    return PZ_OK;
}

static pz_status describe(pz__db *db, pz__kept_table *table)
{
    static const char sql[] = "SELECT name, type, pk FROM pragma_table_info(?1) ORDER BY cid";
    pz__statement *statement;
    pz_status status;
    int row;
    PZ__TRY(pz__db_statement(db, sql, &statement));
    pz__bind_text(statement, 1, table->name, PZ_NUL_TERMINATED);
    while ((status = pz__db_step(statement, &row)) == PZ_OK && row) {
        status = add_column(table, statement);
        if (status != PZ_OK) break;
    }
    pz__db_reset(statement);
    table->tenant = column_of(table, "tenant_id");
    table->since = column_of(table, is_in(pz__append_only_tables, table->name) ? "change_id" : "since_change");
    table->until = column_of(table, "until_change");
    table->is_kept = table->since >= 0 || is_in(pz__standing_tables, table->name);
    table->person = table->since >= 0 ? find_person(table) : -1; /* the salt itself stands in such a row */
    return status;
}

/* --------------------------------------------------------------------------------------------------- finding --- */

static pz_status make(pz__db *db, const char *name, size_t length, const pz__kept_table **out_table)
{
    pz__kept_table *table;
    pz_status status;
    if (length >= sizeof table->name) return pz__fail(PZ_E_INTERNAL, NULL, "Please report it.", "A table's name is too long.");
    table = pz__alloc_zero(1, sizeof *table);
    if (!table) return pz__fail_memory();
    memcpy(table->name, name, length);
    table->name_length = length;
    status = describe(db, table);
    if (status != PZ_OK) {
        pz__release(table);
        return status;
    }
    table->next = db->tables;
    db->tables = table;
    *out_table = table;
    return PZ_OK;
}

pz_status pz__kept_table_find(pz__db *db, const char *name, size_t length, const pz__kept_table **out_table)
{
    *out_table = NULL;
    for (const pz__kept_table *table = db->tables; table; table = table->next)
        if (strlen(table->name) == length && !memcmp(table->name, name, length)) {
            *out_table = table;
            return PZ_OK;
        }
    return make(db, name, length, out_table);
}

void pz__kept_tables_forget(pz__db *db)
{
    while (db->tables) {
        pz__kept_table *next = db->tables->next;
        pz__release(db->tables);
        db->tables = next;
    }
}
