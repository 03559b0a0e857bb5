/* Statements: prepared once, found again by the address of a literal or by text, bound and read by position. */
#include <string.h>

#include "base/fail.h"
#include "base/memory.h"
#include "store/content_plan.h"

/* Texts that are put together at run time could be without number; beyond this many, statements that nobody uses are let go of. */
enum { MOST_STATEMENTS = 1024 };

/* --------------------------------------------------------------------------------------------------- cache --- */

static size_t bucket_of_address(const char *sql)
{
    uint64_t bits = (uint64_t)(uintptr_t)sql;
    return (size_t)((bits * UINT64_C(0x9E3779B97F4A7C15)) >> 56) % PZ__STATEMENT_BUCKETS;
}

static size_t bucket_of_text(const char *sql)
{
    uint64_t hash = UINT64_C(14695981039346656037);
    for (; *sql; sql++) hash = (hash ^ (unsigned char)*sql) * UINT64_C(1099511628211);
    return (size_t)(hash >> 56) % PZ__STATEMENT_BUCKETS;
}

static void forget(pz__db *db, pz__statement **link)
{
    pz__statement *statement = *link;
    *link = statement->next;
    sqlite3_finalize(statement->handle);
    pz__content_plan_free(statement->plan);
    pz__release(statement);
    db->statements--;
}

static void make_room(pz__db *db)
{
    if (db->statements < MOST_STATEMENTS) return;
    for (size_t i = 0; i < PZ__STATEMENT_BUCKETS; i++)
        for (pz__statement **link = &db->buckets[i]; *link;) {
            if ((*link)->in_use)
                link = &(*link)->next;
            else
                forget(db, link);
        }
}

static void take(pz__statement *statement)
{
    if (statement->in_use) return;
    statement->in_use = 1;
    statement->db->in_use++;
}

static pz_status prepare(pz__db *db, const char *sql, int by_text, size_t bucket, pz__statement **out_statement)
{
    const char *tail = NULL;
    pz__statement *statement;
    pz_status status;
    int code;
    make_room(db);
    statement = pz__alloc_zero(1, sizeof *statement);
    if (!statement) return pz__fail_memory();
    code = sqlite3_prepare_v3(db->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement->handle, &tail);
    if (code == SQLITE_OK && (!statement->handle || (tail && *tail))) {
        sqlite3_finalize(statement->handle);
        pz__release(statement);
        return pz__fail(PZ_E_INTERNAL, NULL, "Please report it.", "A statement is empty, or more than one.");
    }
    if (code != SQLITE_OK) {
        pz__release(statement);
        return pz__db_fail(db, code, "preparing a statement");
    }
    status = pz__content_plan_make(db, sqlite3_sql(statement->handle), sqlite3_bind_parameter_count(statement->handle), &statement->plan);
    if (status != PZ_OK) {
        sqlite3_finalize(statement->handle);
        pz__release(statement);
        return status;
    }
    statement->db = db;
    statement->sql = by_text ? sqlite3_sql(statement->handle) : sql;
    statement->by_text = by_text;
    statement->keeps_texts = !sqlite3_stmt_readonly(statement->handle);
    statement->parameters = sqlite3_bind_parameter_count(statement->handle);
    statement->next = db->buckets[bucket];
    db->buckets[bucket] = statement;
    db->statements++;
    take(statement);
    *out_statement = statement;
    return PZ_OK;
}

pz_status pz__db_statement(pz__db *db, const char *sql, pz__statement **out_statement)
{
    size_t bucket = bucket_of_address(sql);
    *out_statement = NULL;
    for (pz__statement *s = db->buckets[bucket]; s; s = s->next)
        if (s->sql == sql && !s->by_text && !s->in_use) {
            take(s);
            *out_statement = s;
            return PZ_OK;
        }
    return prepare(db, sql, 0, bucket, out_statement);
}

pz_status pz__db_statement_text(pz__db *db, const char *sql, pz__statement **out_statement)
{
    size_t bucket = bucket_of_text(sql);
    *out_statement = NULL;
    for (pz__statement *s = db->buckets[bucket]; s; s = s->next)
        if (s->by_text && !s->in_use && !strcmp(s->sql, sql)) {
            take(s);
            *out_statement = s;
            return PZ_OK;
        }
    return prepare(db, sql, 1, bucket, out_statement);
}

/* ------------------------------------------------------------------------------------------------- binding --- */

static void note(pz__statement *statement, int position, int code)
{
    take(statement);
    if (position >= 1 && position <= 64) statement->bound |= UINT64_C(1) << (position - 1);
    if (code == SQLITE_OK || statement->failed) return;
    statement->failed = pz__db_fail(statement->db, code, "binding a value");
}

/* For the content of the change that is open: SQLite does not tell what was bound. */
static void keep(pz__statement *statement, int position, pz__value value)
{
    if (position >= 1 && position <= statement->plan->parameters) statement->plan->bound[position] = value;
}

void pz__bind_int(pz__statement *statement, int position, int64_t value)
{
    if (!statement) return;
    if (statement->plan) keep(statement, position, (pz__value){.type = PZ__VALUE_INT, .number = value});
    note(statement, position, sqlite3_bind_int64(statement->handle, position, value));
}

void pz__bind_real(pz__statement *statement, int position, double value)
{
    if (!statement) return;
    if (statement->plan) keep(statement, position, (pz__value){.type = value == value ? PZ__VALUE_REAL : PZ__VALUE_NULL, .real = value});
    note(statement, position, sqlite3_bind_double(statement->handle, position, value)); /* SQLite makes NaN a NULL */
}

/* A query goes on reading what was bound from row to row, so it gets a copy; what is written is read in the first step. */
static sqlite3_destructor_type lifetime(const pz__statement *statement)
{
    return statement->keeps_texts ? SQLITE_STATIC : SQLITE_TRANSIENT;
}

void pz__bind_text(pz__statement *statement, int position, const char *text, size_t length)
{
    if (!statement) return;
    if (text && length == PZ_NUL_TERMINATED) length = strlen(text);
    if (statement->plan) keep(statement, position, (pz__value){text ? PZ__VALUE_TEXT : PZ__VALUE_NULL, text ? length : 0, .bytes = text});
    note(statement, position, sqlite3_bind_text64(statement->handle, position, text, length, lifetime(statement), SQLITE_UTF8));
}

void pz__bind_blob(pz__statement *statement, int position, const void *bytes, size_t length)
{
    if (!statement) return;
    if (statement->plan) keep(statement, position, (pz__value){bytes ? PZ__VALUE_BLOB : PZ__VALUE_NULL, bytes ? length : 0, .bytes = bytes});
    note(statement, position, sqlite3_bind_blob64(statement->handle, position, bytes, length, lifetime(statement)));
}

void pz__bind_null(pz__statement *statement, int position)
{
    if (!statement) return;
    if (statement->plan) keep(statement, position, (pz__value){.type = PZ__VALUE_NULL});
    note(statement, position, sqlite3_bind_null(statement->handle, position));
}

void pz__bind_time(pz__statement *statement, int position, pz_time time)
{
    if (time == PZ_TIME_NONE)
        pz__bind_null(statement, position);
    else
        pz__bind_int(statement, position, time);
}

void pz__bind_date(pz__statement *statement, int position, pz_date date)
{
    if (date == PZ_DATE_NONE)
        pz__bind_null(statement, position);
    else
        pz__bind_int(statement, position, date);
}

void pz__bind_id(pz__statement *statement, int position, pz_id id)
{
    if (id == 0)
        pz__bind_null(statement, position);
    else
        pz__bind_int(statement, position, id);
}

/* ------------------------------------------------------------------------------------------------ stepping --- */

/* What writes is bound anew before each of its steps, so that a reset need not clear it: parameters that were not bound get NULL then. */
static int binds_all_again(const pz__statement *statement)
{
    return statement->keeps_texts && statement->parameters <= 64;
}

static void bind_the_rest(pz__statement *statement)
{
    if (statement->parameters == 0 || statement->bound == UINT64_MAX >> (64 - statement->parameters)) return;
    for (int i = 1; i <= statement->parameters; i++)
        if (!(statement->bound >> (i - 1) & 1)) pz__bind_null(statement, i);
}

void pz__db_reset(pz__statement *statement)
{
    if (!statement) return;
    sqlite3_reset(statement->handle);
    if (!binds_all_again(statement)) sqlite3_clear_bindings(statement->handle);
    statement->bound = 0;
    statement->failed = PZ_OK;
    if (!statement->in_use) return;
    statement->in_use = 0;
    statement->db->in_use--;
}

void pz__db_reset_all(pz__db *db)
{
    for (size_t i = 0; i < PZ__STATEMENT_BUCKETS && db->in_use; i++)
        for (pz__statement *s = db->buckets[i]; s; s = s->next)
            if (s->in_use) pz__db_reset(s);
}

/* The statement was not had: the thread's error detail says why. */
static pz_status missing_statement(void)
{
    pz_status status = (pz_status)pz_last_error()->status;
    return status ? status : pz__fail(PZ_E_INTERNAL, NULL, "Please report it.", "A statement is missing.");
}

pz_status pz__db_step(pz__statement *statement, int *out_row)
{
    pz__content *content;
    pz_status status;
    int code;
    *out_row = 0;
    if (!statement) return missing_statement();
    content = statement->plan ? statement->db->content : NULL;
    take(statement);
    if (binds_all_again(statement)) bind_the_rest(statement);
    status = statement->failed;
    if (status == PZ_OK && content) status = pz__content_before(statement, content);
    if (status == PZ_OK) {
        code = sqlite3_step(statement->handle);
        if (code == SQLITE_ROW) {
            *out_row = 1;
            return PZ_OK;
        }
        if (code != SQLITE_DONE)
            status = pz__db_fail(statement->db, code, "running a statement");
        else if (content)
            status = pz__content_after(statement, content);
    }
    pz__db_reset(statement);
    return status;
}

pz_status pz__db_run(pz__statement *statement)
{
    pz_status status;
    int row;
    do {
        status = pz__db_step(statement, &row);
    } while (row);
    return status;
}

int64_t pz__db_rows_changed(pz__db *db)
{
    return sqlite3_changes64(db->handle);
}

/* ------------------------------------------------------------------------------------------------- columns --- */

int pz__column_is_null(pz__statement *statement, int column)
{
    return !statement || sqlite3_column_type(statement->handle, column) == SQLITE_NULL;
}

int64_t pz__column_int(pz__statement *statement, int column)
{
    return statement ? sqlite3_column_int64(statement->handle, column) : 0;
}

double pz__column_real(pz__statement *statement, int column)
{
    return pz__column_is_null(statement, column) ? PZ_REAL_NONE : sqlite3_column_double(statement->handle, column);
}

const char *pz__column_text(pz__statement *statement, int column, size_t *out_length)
{
    const char *text = statement ? (const char *)sqlite3_column_text(statement->handle, column) : NULL;
    if (out_length) *out_length = text ? (size_t)sqlite3_column_bytes(statement->handle, column) : 0;
    return text;
}

const void *pz__column_blob(pz__statement *statement, int column, size_t *out_length)
{
    const void *bytes = statement ? sqlite3_column_blob(statement->handle, column) : NULL;
    *out_length = bytes ? (size_t)sqlite3_column_bytes(statement->handle, column) : 0;
    return bytes;
}

pz_time pz__column_time(pz__statement *statement, int column)
{
    return pz__column_is_null(statement, column) ? PZ_TIME_NONE : sqlite3_column_int64(statement->handle, column);
}

pz_date pz__column_date(pz__statement *statement, int column)
{
    return pz__column_is_null(statement, column) ? PZ_DATE_NONE : (pz_date)sqlite3_column_int64(statement->handle, column);
}
