/* The schema that is there against the one that the migrations make. */
#include <string.h>

#include "base/fail.h"
#include "base/memory.h"
#include "store/driver.h"

static const char objects_sql[] = "SELECT type, name, coalesce(sql, '') FROM sqlite_schema ORDER BY type, name";

/* A store in memory, made as pz_store_create() makes one. */
static pz_status open_pattern(pz__db **out_db)
{
    pz__db *db = pz__alloc_zero(1, sizeof *db);
    pz_status status;
    int code;
    *out_db = NULL;
    if (!db) return pz__fail_memory();
    code = sqlite3_open_v2(":memory:", &db->handle,
                           SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE, NULL);
    if (code == SQLITE_OK) code = sqlite3_prepare_v2(db->handle, "ROLLBACK", -1, &db->undo, NULL);
    status = code == SQLITE_OK ? pz__db_migrate(db) : pz__db_fail(db, code, "comparing the schema");
    if (status == PZ_OK)
        *out_db = db;
    else
        pz__db_close(db, 0);
    return status;
}

static int compare(pz__statement *a, pz__statement *b, int columns)
{
    for (int i = 0; i < columns; i++) {
        const char *left = pz__column_text(a, i, NULL);
        const char *right = pz__column_text(b, i, NULL);
        int order = strcmp(left ? left : "", right ? right : "");
        if (order) return order;
    }
    return 0;
}

/* Both lists are in order: walks them side by side. */
static pz_status count_differences(pz__statement *have, pz__statement *want, int64_t *out_different)
{
    int have_row, want_row;
    PZ__TRY(pz__db_step(have, &have_row));
    PZ__TRY(pz__db_step(want, &want_row));
    while (have_row || want_row) {
        int order = !want_row ? -1 : !have_row ? 1 : compare(have, want, 2);
        if (order != 0 || compare(have, want, 3) != 0) (*out_different)++;
        if (order <= 0) PZ__TRY(pz__db_step(have, &have_row));
        if (order >= 0) PZ__TRY(pz__db_step(want, &want_row));
    }
    return PZ_OK;
}

pz_status pz__db_compare_schema(pz__db *db, int64_t *out_different)
{
    pz__db *pattern;
    pz__statement *have, *want = NULL;
    pz_status status;
    *out_different = 0;
    PZ__TRY(open_pattern(&pattern));
    status = pz__db_statement(db, objects_sql, &have);
    if (status == PZ_OK) status = pz__db_statement(pattern, objects_sql, &want);
    if (status == PZ_OK) status = count_differences(have, want, out_different);
    pz__db_reset(have);
    pz__db_reset(want);
    pz__db_close(pattern, 0);
    return status;
}
