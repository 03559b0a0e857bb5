/* The database driver's face: the only way from the rooms above to SQL. One connection, a cache of prepared statements, and
 * values bound and read by position. The SQL that callers write keeps to what SQLite 3.40 and PostgreSQL 15 both speak;
 * parameters are written ?1, ?2, ... and every statement names its tenant. */
#ifndef PZ_STORE_DB_H
#define PZ_STORE_DB_H

#include "personalize/base.h"

typedef struct pz__db pz__db;
typedef struct pz__statement pz__statement;

/* A statement ready to bind, from the cache (found by the address of `sql`, which must be a string literal or live as long as
 * the connection). A statement that is still in use by a caller further up is given a second copy. On failure the
 * statement is NULL; all functions below accept NULL and do nothing, so check once: the status of pz__db_step. */
pz_status pz__db_statement(pz__db *db, const char *sql, pz__statement **out_statement);
/* The same for SQL that is put together at run time (found by its text). */
pz_status pz__db_statement_text(pz__db *db, const char *sql, pz__statement **out_statement);

/* Binding remembers the first failure and pz__db_step returns it. Texts and blobs must live until the next step or reset. A reset (also the
 * one at the end of the rows) forgets all that was bound: bind every parameter again. */
void pz__bind_int(pz__statement *statement, int position, int64_t value);
void pz__bind_real(pz__statement *statement, int position, double value); /* NaN binds NULL */
void pz__bind_text(pz__statement *statement, int position, const char *text, size_t length); /* NULL binds NULL */
void pz__bind_blob(pz__statement *statement, int position, const void *bytes, size_t length);
void pz__bind_null(pz__statement *statement, int position);
/* PZ_TIME_NONE, PZ_DATE_NONE and id 0 bind NULL. */
void pz__bind_time(pz__statement *statement, int position, pz_time time);
void pz__bind_date(pz__statement *statement, int position, pz_date date);
void pz__bind_id(pz__statement *statement, int position, pz_id id);

/* One row. *out_row is 1 with a row, 0 at the end (then the statement is reset by itself). On failure it is reset as well. The outermost
 * pz__store_read_end and the end of a change reset what was left in the middle. */
pz_status pz__db_step(pz__statement *statement, int *out_row);
/* Runs a statement that gives no rows, or whose rows do not matter, and resets it. */
pz_status pz__db_run(pz__statement *statement);
void pz__db_reset(pz__statement *statement);
int64_t pz__db_rows_changed(pz__db *db); /* by the last INSERT, UPDATE or DELETE */

/* Columns from 0. NULL reads as 0, NaN, NULL with length 0, PZ_TIME_NONE, PZ_DATE_NONE. Texts live until the next step. */
int64_t pz__column_int(pz__statement *statement, int column);
double pz__column_real(pz__statement *statement, int column);
const char *pz__column_text(pz__statement *statement, int column, size_t *out_length); /* out_length may be NULL */
const void *pz__column_blob(pz__statement *statement, int column, size_t *out_length);
pz_time pz__column_time(pz__statement *statement, int column);
pz_date pz__column_date(pz__statement *statement, int column);
int pz__column_is_null(pz__statement *statement, int column);

#endif
