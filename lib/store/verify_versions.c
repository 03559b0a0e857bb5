/* Versions of one record follow each other: none begins before the one before it ends. The versioned tables are found in the schema. */
#include <string.h>

#include "base/fail.h"
#include "base/memory.h"
#include "store/verify.h"

/* Names of the tables that have since_change, one after the other with a NUL each. */
static pz_status list_tables(pz__verification *verification, pz__buffer *out)
{
    static const char sql[] = "SELECT m.name FROM sqlite_schema m JOIN pragma_table_info(m.name) c ON c.name = 'since_change' "
                              "WHERE m.type = 'table' ORDER BY m.name";
    pz__statement *statement;
    pz_status status;
    int row;
    PZ__TRY(pz__db_statement(verification->store->db, sql, &statement));
    while ((status = pz__db_step(statement, &row)) == PZ_OK && row) {
        size_t length;
        const char *name = pz__column_text(statement, 0, &length);
        pz__buffer_add(out, name, length);
        pz__buffer_char(out, '\0');
        verification->version_tables++;
    }
    return status == PZ_OK ? out->status : status;
}

/* The key of a record: the primary key without the number of the version. */
static pz_status add_key(pz_store *store, const char *table, pz__buffer *out)
{
    static const char sql[] = "SELECT name FROM pragma_table_info(?1) WHERE pk > 0 AND name <> 'since_change' ORDER BY pk";
    pz__statement *statement;
    pz_status status;
    int row, any = 0;
    PZ__TRY(pz__db_statement(store->db, sql, &statement));
    pz__bind_text(statement, 1, table, PZ_NUL_TERMINATED);
    while ((status = pz__db_step(statement, &row)) == PZ_OK && row) {
        const char *name = pz__column_text(statement, 0, NULL);
        pz__buffer_format(out, "%s\"%s\"", any++ ? ", " : "", name ? name : "");
    }
    return status;
}

/* Rows come in the order of the primary key, so that this is one pass without sorting. */
static pz_status count_overlaps(pz_store *store, const char *table, int64_t *out_count)
{
    pz__buffer sql = PZ__BUFFER_INIT;
    pz__statement *statement;
    pz_status status;
    int row;
    pz__buffer_text(&sql, "SELECT count(*) FROM (SELECT since_change, until_change, lead(since_change) OVER (PARTITION BY ");
    status = add_key(store, table, &sql);
    pz__buffer_format(
        &sql, " ORDER BY since_change) AS next_since FROM \"%s\") WHERE next_since < until_change OR until_change < since_change", table);
    if (status == PZ_OK) status = sql.status;
    if (status == PZ_OK) status = pz__db_statement_text(store->db, sql.data, &statement);
    pz__buffer_free(&sql);
    if (status != PZ_OK) return status;
    status = pz__db_step(statement, &row);
    if (row) *out_count += pz__column_int(statement, 0);
    pz__db_reset(statement);
    return status;
}

pz_status pz__verify_versions(pz__verification *verification)
{
    pz__buffer tables = PZ__BUFFER_INIT;
    pz_status status = list_tables(verification, &tables);
    for (size_t at = 0; status == PZ_OK && at < tables.length; at += strlen(tables.data + at) + 1) {
        status = count_overlaps(verification->store, tables.data + at, &verification->overlaps);
        if (status == PZ_OK) status = pz__verify_tell(verification, (double)at / (double)tables.length);
    }
    pz__buffer_free(&tables);
    return status;
}
