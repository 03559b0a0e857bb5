/* The schema, brought up to date step by step. The steps lie in migrations/ and are built into the library. */
#include <stdio.h>
#include <string.h>

#include "base/buffer.h"
#include "base/fail.h"
#include "store/driver.h"
#include "store/migrations.h"

/* Words of the migrations, and what they are in SQLite. */
static const char *const words[][2] = {
    {"{int}", "INTEGER"},  {"{real}", "REAL"}, {"{text}", "TEXT"}, {"{blob}", "BLOB"}, {"{clustered}", "STRICT, WITHOUT ROWID"},
    {"{table}", "STRICT"},
};

static int add_word(pz__buffer *out, const char *at)
{
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        size_t length = strlen(words[i][0]);
        if (strncmp(at, words[i][0], length)) continue;
        pz__buffer_text(out, words[i][1]);
        return (int)length;
    }
    return 0;
}

void pz__migration_sql(size_t index, pz__buffer *out)
{
    const char *script = pz__migrations[index];
    while (*script) {
        const char *brace = strchr(script, '{');
        size_t length = brace ? (size_t)(brace - script) : strlen(script);
        pz__buffer_add(out, script, length);
        script += length;
        if (!brace) return;
        length = (size_t)add_word(out, script);
        if (!length) pz__buffer_add(out, script, length = 1);
        script += length;
    }
}

static pz_status run_script(pz__db *db, size_t index)
{
    pz__buffer sql = PZ__BUFFER_INIT;
    pz_status status;
    pz__migration_sql(index, &sql);
    status = sql.status;
    if (status == PZ_OK) status = pz__db_execute(db, sql.data);
    pz__buffer_free(&sql);
    return status;
}

int32_t pz__db_newest_layout(void)
{
    return (int32_t)pz__migration_count;
}

pz_status pz__db_layout(pz__db *db, int32_t *out_layout)
{
    int64_t layout;
    *out_layout = 0;
    PZ__TRY(pz__db_get_int(db, "PRAGMA user_version", &layout));
    if (layout < 0 || layout > pz__db_newest_layout())
        return pz__fail(PZ_E_NEWER, "path", "Use a newer version of libpersonalize.",
                        "The store has layout %lld; this version knows layouts up to %d.", (long long)layout, (int)pz__db_newest_layout());
    *out_layout = (int32_t)layout;
    return PZ_OK;
}

static pz_status migrate(pz__db *db)
{
    char sql[64];
    int32_t layout;
    PZ__TRY(pz__db_layout(db, &layout)); /* again: another process may have been first */
    for (; layout < pz__db_newest_layout(); layout++) PZ__TRY(run_script(db, (size_t)layout));
    PZ__TRY(pz__db_tell_planner(db));
    snprintf(sql, sizeof sql, "PRAGMA user_version = %d", (int)layout);
    return pz__db_execute(db, sql);
}

pz_status pz__db_migrate(pz__db *db)
{
    pz_status status;
    PZ__TRY(pz__db_begin(db, 1));
    status = migrate(db);
    if (status == PZ_OK) status = pz__db_commit(db);
    if (status != PZ_OK) pz__db_undo(db);
    return status;
}
