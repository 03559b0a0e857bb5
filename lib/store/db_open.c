/* Opening a connection with every setting that matters, each read back; transactions; closing. */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/buffer.h"
#include "base/fail.h"
#include "base/memory.h"
#include "personalize/store.h"
#include "store/content_plan.h"

/* ------------------------------------------------------------------------------------------------- waiting --- */

int64_t pz__monotonic_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

int pz__sleep_until(pz__random *jitter, uint32_t least, uint32_t most, int64_t until)
{
    int64_t left = until - pz__monotonic_now();
    int64_t rest = least + pz__random_below(jitter, most - least + 1);
    struct timespec pause;
    if (left <= 0) return 0;
    if (rest > left) rest = left;
    pause.tv_sec = rest / 1000000;
    pause.tv_nsec = rest % 1000000 * 1000;
    nanosleep(&pause, NULL);
    return 1;
}

/* SQLite's own waits are short here: recovery after a crash, a programme outside the queue. Jitter keeps them fair. */
static int when_busy(void *context, int times)
{
    pz__db *db = context;
    if (times == 0) db->wait_until = pz__monotonic_now() + db->wait_milliseconds * 1000;
    return pz__sleep_until(&db->jitter, 200, 4000, db->wait_until);
}

/* ----------------------------------------------------------------------------------------------- execution --- */

pz_status pz__db_execute(pz__db *db, const char *sql)
{
    int code = sqlite3_exec(db->handle, sql, NULL, NULL, NULL);
    return code == SQLITE_OK ? PZ_OK : pz__db_fail(db, code, "running a command");
}

pz_status pz__db_get_int(pz__db *db, const char *sql, int64_t *out_value)
{
    sqlite3_stmt *statement = NULL;
    int code = sqlite3_prepare_v2(db->handle, sql, -1, &statement, NULL);
    *out_value = 0;
    if (code == SQLITE_OK) {
        code = sqlite3_step(statement);
        if (code == SQLITE_ROW) {
            *out_value = sqlite3_column_int64(statement, 0);
            code = SQLITE_OK;
        } else if (code == SQLITE_DONE) {
            code = SQLITE_OK;
        }
    }
    if (code != SQLITE_OK) {
        pz_status status = pz__db_fail(db, code, "reading a setting");
        sqlite3_finalize(statement);
        return status;
    }
    sqlite3_finalize(statement);
    return PZ_OK;
}

/* ------------------------------------------------------------------------------------------------ settings --- */

static void set_limits(sqlite3 *handle)
{
    static const int limits[][2] = {
        {SQLITE_LIMIT_LENGTH, 8 * 1024 * 1024},
        {SQLITE_LIMIT_SQL_LENGTH, 64 * 1024},
        {SQLITE_LIMIT_COLUMN, 100},
        {SQLITE_LIMIT_EXPR_DEPTH, 50},
        {SQLITE_LIMIT_COMPOUND_SELECT, 5},
        {SQLITE_LIMIT_VDBE_OP, 25000},
        {SQLITE_LIMIT_ATTACHED, 0},
        {SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 200},
        {SQLITE_LIMIT_VARIABLE_NUMBER, 250},
        {SQLITE_LIMIT_TRIGGER_DEPTH, 10},
        {SQLITE_LIMIT_FUNCTION_ARG, 8},
        {SQLITE_LIMIT_WORKER_THREADS, 0},
    };
    for (size_t i = 0; i < sizeof limits / sizeof limits[0]; i++) sqlite3_limit(handle, limits[i][0], limits[i][1]);
}

/* No schema of ours has triggers or views: one that has was tampered with, and they do not run. */
static pz_status set_switches(pz__db *db)
{
    static const int switches[][2] = {
        {SQLITE_DBCONFIG_DEFENSIVE, 1},        {SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0},
        {SQLITE_DBCONFIG_ENABLE_TRIGGER, 0},   {SQLITE_DBCONFIG_ENABLE_VIEW, 0},
        {SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0},   {SQLITE_DBCONFIG_ENABLE_FKEY, 1},
        {SQLITE_DBCONFIG_DQS_DML, 0},          {SQLITE_DBCONFIG_DQS_DDL, 0},
        {SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1},
    };
    for (size_t i = 0; i < sizeof switches / sizeof switches[0]; i++) {
        int now = -1;
        int code = sqlite3_db_config(db->handle, switches[i][0], switches[i][1], &now);
        if (code != SQLITE_OK || now != switches[i][1])
            return pz__fail(PZ_E_INTERNAL, NULL, "Use a SQLite of version 3.40 or newer with its usual features.",
                            "The SQLite of this machine refuses the setting %d.", switches[i][0]);
    }
    return PZ_OK;
}

static pz_status set_number(pz__db *db, const char *name, int64_t value)
{
    char sql[96];
    int64_t now;
    snprintf(sql, sizeof sql, "PRAGMA %s = %lld", name, (long long)value);
    PZ__TRY(pz__db_execute(db, sql));
    snprintf(sql, sizeof sql, "PRAGMA %s", name);
    PZ__TRY(pz__db_get_int(db, sql, &now));
    if (now == value) return PZ_OK;
    return pz__fail(PZ_E_INTERNAL, NULL, "Use a SQLite of version 3.40 or newer with its usual features.",
                    "The SQLite of this machine has %s = %lld and not %lld.", name, (long long)now, (long long)value);
}

static pz_status set_numbers(pz__db *db, const pz__db_settings *settings)
{
    const struct {
        const char *name;
        int64_t value;
    } numbers[] = {
        {"foreign_keys", 1},
        {"trusted_schema", 0},
        {"cell_size_check", 1},
        {"temp_store", 2},
        {"secure_delete", 1},
        {"cache_size", -(int64_t)settings->cache_kibibytes},
        {"synchronous", settings->is_new                               ? 0
                        : settings->durability == PZ_DURABILITY_NORMAL ? 1
                                                                       : 2},
        {"query_only", settings->read_only != 0},
    };
    /* Mapped memory turns a failing disk into a signal; where the driver has none, the setting reads as nothing. */
    PZ__TRY(pz__db_execute(db, "PRAGMA mmap_size = 0"));
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) PZ__TRY(set_number(db, numbers[i].name, numbers[i].value));
    return PZ_OK;
}

/* The log is a property of the file; this asks for it again in case that somebody took it away. */
static pz_status set_journal(pz__db *db, int read_only)
{
    const char *sql = read_only ? "PRAGMA journal_mode" : "PRAGMA journal_mode = WAL";
    sqlite3_stmt *statement = NULL;
    int code = sqlite3_prepare_v2(db->handle, sql, -1, &statement, NULL);
    int is_wal = 0;
    if (code == SQLITE_OK && (code = sqlite3_step(statement)) == SQLITE_ROW) {
        const char *mode = (const char *)sqlite3_column_text(statement, 0);
        is_wal = mode && !strcmp(mode, "wal");
        code = SQLITE_OK;
    }
    if (code != SQLITE_OK) {
        pz_status status = pz__db_fail(db, code, "opening the write-ahead log");
        sqlite3_finalize(statement);
        return status;
    }
    sqlite3_finalize(statement);
    if (is_wal) return PZ_OK;
    return pz__fail(PZ_E_IO, "path", "Keep the store on a disk of this machine, not on a network file system.",
                    "The write-ahead log cannot be used where the store lies.");
}

/* The first true read: it tells a store from other files, and a folder in which nothing can be written. */
static pz_status check_is_store(pz__db *db)
{
    int64_t id;
    PZ__TRY(pz__db_get_int(db, "PRAGMA application_id", &id));
    if (id != PZ__APPLICATION_ID)
        return pz__fail(PZ_E_NOT_STORE, "path", "Make stores with pz_store_create().", "The file is not a store of this library.");
    return pz__db_get_int(db, "SELECT count(*) FROM sqlite_schema", &id);
}

static pz_status prepare_undo(pz__db *db)
{
    int code = sqlite3_prepare_v3(db->handle, "ROLLBACK", -1, SQLITE_PREPARE_PERSISTENT, &db->undo, NULL);
    return code == SQLITE_OK ? PZ_OK : pz__db_fail(db, code, "preparing a statement");
}

/* As an address, in which it can be said that the file does not change. */
static pz_status open_quiet(const char *path, int flags, sqlite3 **out_handle, int *out_code)
{
    pz__buffer address = PZ__BUFFER_INIT;
    pz_status status;
    pz__buffer_text(&address, "file:");
    for (; *path; path++) {
        if (*path == '%' || *path == '?' || *path == '#')
            pz__buffer_format(&address, "%%%02X", (unsigned char)*path);
        else
            pz__buffer_char(&address, *path);
    }
    pz__buffer_text(&address, "?immutable=1");
    status = address.status;
    if (status == PZ_OK) *out_code = sqlite3_open_v2(address.data, out_handle, flags | SQLITE_OPEN_URI, NULL);
    pz__buffer_free(&address);
    return status;
}

static pz_status open_handle(pz__db *db, const char *path, const pz__db_settings *settings)
{
    int flags = settings->read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
    int code = SQLITE_OK;
    flags |= SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE | SQLITE_OPEN_NOFOLLOW;
    if (settings->is_quiet)
        PZ__TRY(open_quiet(path, flags, &db->handle, &code));
    else
        code = sqlite3_open_v2(path, &db->handle, flags, NULL);
    if (!db->handle) return pz__fail_memory();
    if (code != SQLITE_OK) return pz__db_fail(db, code, "opening the file");
    sqlite3_extended_result_codes(db->handle, 1);
    sqlite3_busy_handler(db->handle, when_busy, db);
    set_limits(db->handle);
    PZ__TRY(set_switches(db));
    PZ__TRY(prepare_undo(db));
    if (settings->is_new) {
        char sql[64];
        snprintf(sql, sizeof sql, "PRAGMA application_id = %d", PZ__APPLICATION_ID);
        PZ__TRY(pz__db_execute(db, "PRAGMA journal_mode = MEMORY"));
        PZ__TRY(set_numbers(db, settings));
        return pz__db_execute(db, sql);
    }
    if (!settings->read_only && sqlite3_db_readonly(db->handle, "main") == 1)
        return pz__fail(PZ_E_IO, "path", "Give this user the right to write the file, or open it with read_only.",
                        "The file may not be written by this user.");
    PZ__TRY(check_is_store(db));
    PZ__TRY(set_numbers(db, settings));
    return settings->is_quiet ? PZ_OK : set_journal(db, settings->read_only);
}

pz_status pz__db_open(const char *path, const pz__db_settings *settings, pz__db **out_db)
{
    pz__db *db = pz__alloc_zero(1, sizeof *db);
    pz_status status;
    *out_db = NULL;
    if (!db) return pz__fail_memory();
    db->wait_milliseconds = settings->wait_milliseconds;
    pz__random_seed(&db->jitter, (uint64_t)pz__monotonic_now() ^ (uint64_t)(uintptr_t)db);
    status = open_handle(db, path, settings);
    if (status != PZ_OK) {
        pz__db_close(db, 0);
        return status;
    }
    *out_db = db;
    return PZ_OK;
}

pz_status pz__db_finish_new(pz__db *db)
{
    pz_status status = set_journal(db, 0);
    pz__db_reset_all(db);
    sqlite3_db_config(db->handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 0, NULL); /* no log stays beside it */
    pz__db_close(db, 0);
    return status;
}

/* ------------------------------------------------------------------------------------------------- closing --- */

static void release_statements(pz__db *db, int finalize)
{
    for (size_t i = 0; i < PZ__STATEMENT_BUCKETS; i++)
        while (db->buckets[i]) {
            pz__statement *statement = db->buckets[i];
            db->buckets[i] = statement->next;
            if (finalize) sqlite3_finalize(statement->handle);
            pz__content_plan_free(statement->plan);
            pz__release(statement);
        }
    pz__kept_tables_forget(db);
}

void pz__db_close(pz__db *db, int checkpoint)
{
    if (!db) return;
    release_statements(db, 1);
    sqlite3_finalize(db->undo);
    if (checkpoint && db->handle) { /* the last one takes the log away, so that the file alone is the whole store */
        sqlite3_busy_handler(db->handle, NULL, NULL);
        sqlite3_db_config(db->handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 0, NULL);
        sqlite3_wal_checkpoint_v2(db->handle, "main", SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
    }
    sqlite3_close_v2(db->handle);
    pz__release(db);
}

void pz__db_abandon(pz__db *db)
{
    if (!db) return;
    release_statements(db, 0);
    pz__release(db);
}

/* -------------------------------------------------------------------------------------------- transactions --- */

static pz_status run_literal(pz__db *db, const char *sql)
{
    pz__statement *statement;
    PZ__TRY(pz__db_statement(db, sql, &statement));
    return pz__db_run(statement);
}

pz_status pz__db_begin(pz__db *db, int writing)
{
    static const char read_sql[] = "BEGIN";
    static const char write_sql[] = "BEGIN IMMEDIATE";
    if (pz__db_in_transaction(db)) pz__db_undo(db); /* one that could not be undone when memory was short */
    if (pz__db_in_transaction(db)) return pz__fail_memory();
    return run_literal(db, writing ? write_sql : read_sql);
}

pz_status pz__db_commit(pz__db *db)
{
    static const char sql[] = "COMMIT";
    pz__db_reset_all(db);
    return run_literal(db, sql);
}

void pz__db_undo(pz__db *db)
{
    pz__db_reset_all(db);
    for (int i = 0; i < 2 && pz__db_in_transaction(db); i++) {
        sqlite3_step(db->undo);
        sqlite3_reset(db->undo);
    }
}

int pz__db_in_transaction(const pz__db *db)
{
    return !sqlite3_get_autocommit(db->handle);
}

pz_status pz__db_checkpoint(pz__db *db, int64_t wait_milliseconds, int *out_done)
{
    int64_t usual = db->wait_milliseconds;
    int code;
    *out_done = 0;
    pz__db_reset_all(db);
    db->wait_milliseconds = wait_milliseconds;
    code = sqlite3_wal_checkpoint_v2(db->handle, "main", SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
    db->wait_milliseconds = usual;
    if (code == SQLITE_BUSY || code == SQLITE_LOCKED) return PZ_OK;
    if (code != SQLITE_OK) return pz__db_fail(db, code, "emptying the write-ahead log");
    *out_done = 1;
    return PZ_OK;
}
