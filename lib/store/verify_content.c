/* What every change wrote is still there as it was written: the hashes of all rows are added up by change, together with what the changes and their
 * removals say, and every sum must come to nothing. */
#include <string.h>

#include "base/fail.h"
#include "base/memory.h"
#include "store/content.h"
#include "store/verify.h"

/* Sums of so many changes are kept at a time; beyond, the tables are read again for the next ones. */
enum { CHANGES_A_PASS = 1000000 };

typedef struct content_walk {
    pz__verification *verification;
    pz__content content;
    int64_t first; /* of the changes whose sums are kept */
    int64_t count;
    pz__sum *sums;
    int64_t strays; /* rows of changes that are not there */
    pz__sum standing;
} content_walk;

static void add(content_walk *walk, int64_t change, const pz__sum *sum)
{
    if (change < 1 || change > walk->verification->last_change)
        walk->strays++;
    else if (change >= walk->first && change - walk->first < walk->count)
        pz__sum_add(&walk->sums[change - walk->first], sum);
}

/* ------------------------------------------------------------------------------------------ what changes say --- */

/* `apart`: not by change. */
static pz_status add_said(content_walk *walk, const char *sql, pz__sum *apart)
{
    pz__statement *statement;
    pz_status status;
    int row;
    PZ__TRY(pz__db_statement(walk->verification->store->db, sql, &statement));
    pz__bind_int(statement, 1, PZ__TENANT);
    while ((status = pz__db_step(statement, &row)) == PZ_OK && row) {
        pz__sum sum = {{0}};
        size_t length;
        const void *bytes = pz__column_blob(statement, 1, &length);
        memcpy(sum.bytes, bytes ? bytes : sum.bytes, length < sizeof sum.bytes ? length : sizeof sum.bytes);
        if (apart)
            pz__sum_add(apart, &sum);
        else
            add(walk, pz__column_int(statement, 0), &sum);
    }
    pz__db_reset(statement);
    return status;
}

static pz_status add_all_said(content_walk *walk)
{
    static const char changes[] = "SELECT change_id, content FROM change WHERE tenant_id = ?1 AND content IS NOT NULL";
    static const char removals[] = "SELECT from_change, content FROM change_removal WHERE tenant_id = ?1";
    static const char standing[] = "SELECT change_id, standing FROM change WHERE tenant_id = ?1 AND standing IS NOT NULL";
    PZ__TRY(add_said(walk, changes, NULL));
    PZ__TRY(add_said(walk, standing, &walk->standing));
    return add_said(walk, removals, NULL);
}

/* --------------------------------------------------------------------------------------------- what is there --- */

static pz_status add_row(content_walk *walk, const pz__kept_table *table, const pz__value *const *values)
{
    pz__sum sum;
    PZ__TRY(pz__content_hash_row(&walk->content, table, values, &sum));
    if (table->since < 0) {
        pz__sum_add(&walk->standing, &sum);
        return PZ_OK;
    }
    add(walk, values[table->since]->number, &sum);
    if (table->until < 0 || values[table->until]->number == PZ__CURRENT) return PZ_OK;
    PZ__TRY(pz__content_hash_end(&walk->content, table, values, &sum));
    add(walk, values[table->until]->number, &sum);
    return PZ_OK;
}

static pz_status add_table(content_walk *walk, const pz__kept_table *table)
{
    pz__value values[PZ__MOST_COLUMNS];
    const pz__value *places[PZ__MOST_COLUMNS];
    pz__buffer sql = PZ__BUFFER_INIT;
    pz__statement *rows = NULL;
    pz_status status;
    int row;
    pz__buffer_format(&sql, "SELECT * FROM %s WHERE tenant_id = ?1", table->name);
    status = sql.status == PZ_OK ? pz__db_statement_text(walk->verification->store->db, sql.data, &rows) : pz__fail_memory();
    pz__buffer_free(&sql);
    if (status != PZ_OK) return status;
    pz__bind_int(rows, 1, PZ__TENANT);
    while ((status = pz__db_step(rows, &row)) == PZ_OK && row) {
        pz__content_read(rows, table, values, places);
        status = add_row(walk, table, places);
        if (status != PZ_OK) break;
        walk->verification->rows++;
    }
    pz__db_reset(rows);
    return status;
}

static pz_status list_tables(pz_store *store, pz__buffer *out)
{
    static const char sql[] = "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name";
    pz__statement *statement;
    pz_status status;
    int row;
    PZ__TRY(pz__db_statement(store->db, sql, &statement));
    while ((status = pz__db_step(statement, &row)) == PZ_OK && row) {
        size_t length;
        const char *name = pz__column_text(statement, 0, &length);
        pz__buffer_add(out, name, length);
        pz__buffer_char(out, '\0');
    }
    pz__db_reset(statement);
    return status == PZ_OK ? out->status : status;
}

static pz_status add_all_rows(content_walk *walk, const pz__buffer *tables)
{
    for (size_t at = 0; at < tables->length; at += strlen(tables->data + at) + 1) {
        const pz__kept_table *table;
        PZ__TRY(pz__kept_table_find(walk->verification->store->db, tables->data + at, strlen(tables->data + at), &table));
        if (table->is_kept) PZ__TRY(add_table(walk, table));
        PZ__TRY(pz__verify_tell(walk->verification, (double)at / (double)tables->length));
    }
    return PZ_OK;
}

/* --------------------------------------------------------------------------------------------------- whole --- */

static void judge(content_walk *walk)
{
    static const pz__sum nothing = {{0}};
    pz__verification *verification = walk->verification;
    verification->standing_differs = memcmp(&walk->standing, &nothing, sizeof nothing) != 0;
    for (int64_t i = 0; i < walk->count; i++) {
        if (!memcmp(&walk->sums[i], &nothing, sizeof nothing)) continue;
        verification->changed_contents++;
        if (!verification->first_changed) verification->first_changed = walk->first + i;
    }
}

static pz_status pass(content_walk *walk, const pz__buffer *tables)
{
    int64_t left = walk->verification->last_change - walk->first + 1;
    walk->count = left < CHANGES_A_PASS ? left : CHANGES_A_PASS;
    walk->strays = 0;
    memset(&walk->standing, 0, sizeof walk->standing);
    walk->verification->rows = 0;
    walk->sums = pz__alloc_zero(walk->count > 0 ? (size_t)walk->count : 1, sizeof *walk->sums);
    if (!walk->sums) return pz__fail_memory();
    pz_status status = add_all_said(walk);
    if (status == PZ_OK) status = add_all_rows(walk, tables);
    if (status == PZ_OK) judge(walk);
    pz__release(walk->sums);
    walk->sums = NULL;
    return status;
}

pz_status pz__verify_content(pz__verification *verification)
{
    content_walk walk = {.verification = verification, .first = 1};
    pz__buffer tables = PZ__BUFFER_INIT;
    pz_status status;
    pz__content_start(&walk.content, 0, pz__row_key_of, verification->store);
    status = pz__store_last_change(verification->store, &verification->last_change);
    if (status == PZ_OK) status = list_tables(verification->store, &tables);
    do {
        if (status == PZ_OK) status = pass(&walk, &tables);
        walk.first += CHANGES_A_PASS;
    } while (status == PZ_OK && walk.first <= verification->last_change);
    verification->stray_rows = walk.strays;
    pz__content_free(&walk.content);
    pz__buffer_free(&tables);
    return status;
}
