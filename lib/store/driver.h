/* The driver's own inside: SQLite's connection, its settings and transactions. Only files of this room that speak to SQLite
 * itself include it. */
#ifndef PZ_STORE_DRIVER_H
#define PZ_STORE_DRIVER_H

#include <sqlite3.h>

#include "base/random.h"
#include "store/db.h"

enum { PZ__APPLICATION_ID = 0x505A5331 /* "PZS1" */, PZ__STATEMENT_BUCKETS = 256 };

struct pz__content;
struct pz__content_plan;
struct pz__kept_table;

struct pz__statement {
    sqlite3_stmt *handle;
    pz__db *db;
    pz__statement *next; /* in its bucket */
    const char *sql;     /* the literal, or SQLite's own copy of a text */
    int by_text;
    int in_use;       /* from its first use to its reset */
    int keeps_texts;  /* it ends with its first step: what was bound need not be copied */
    int parameters;
    uint64_t bound; /* of the first 64 parameters, those that were bound since the last reset */
    pz_status failed; /* the first failure of binding */
    struct pz__content_plan *plan; /* NULL: it writes to no kept table */
};

struct pz__db {
    sqlite3 *handle;
    pz__statement *buckets[PZ__STATEMENT_BUCKETS];
    size_t statements;
    size_t in_use;
    sqlite3_stmt *undo; /* ready from the start, since it is needed most when memory is short */
    int64_t wait_milliseconds;
    int64_t wait_until; /* of the wait that goes on now, by pz__monotonic_now() */
    pz_status (*watch)(void *user_data);
    void *watch_data;
    pz__random jitter;
    struct pz__kept_table *tables; /* that were asked for */
    struct pz__content *content;   /* of the change that is open; NULL: none */
};

typedef struct pz__db_settings {
    int read_only;
    int durability;
    int64_t wait_milliseconds;
    int32_t cache_kibibytes;
    int is_quiet; /* a file that nobody writes and that is only read, perhaps from a folder where nothing may be made: no locks, no log */
    int is_new;   /* a file that nobody else knows yet: no safety against loss of power, no write-ahead log until pz__db_finish_new */
} pz__db_settings;

/* Opens an absolute path. PZ_E_NOT_STORE where the file is something else; PZ_E_BUSY, PZ_E_IO, PZ_E_NO_SPACE, PZ_E_NOMEM. */
pz_status pz__db_open(const char *path, const pz__db_settings *settings, pz__db **out_db);
/* Switches a new file to the write-ahead log and closes it, on failure too. */
pz_status pz__db_finish_new(pz__db *db);
/* `checkpoint` 1: moves the log into the file first where nobody is in the way; only for who holds the queue. */
void pz__db_close(pz__db *db, int checkpoint);
/* After a fork: lets go of the library's own memory and leaves the connection, which belongs to the other process, alone. */
void pz__db_abandon(pz__db *db);

/* Turns a result code of SQLite into a status with detail. `doing` completes "... failed while <doing>". */
pz_status pz__db_fail(pz__db *db, int code, const char *doing);
pz_status pz__db_fail_system(pz__db *db, int code, int system, const char *doing); /* with an errno that SQLite does not know */

/* Figures for the planner of queries, after the schema was made or changed. */
pz_status pz__db_tell_planner(pz__db *db);
pz_status pz__db_execute(pz__db *db, const char *sql); /* any number of statements, rows ignored */
pz_status pz__db_get_int(pz__db *db, const char *sql, int64_t *out_value);

pz_status pz__db_begin(pz__db *db, int writing);
pz_status pz__db_commit(pz__db *db);
void pz__db_undo(pz__db *db);      /* nothing where nothing is open */
void pz__db_reset_all(pz__db *db); /* every statement that somebody left in the middle */
int pz__db_in_transaction(const pz__db *db);

/* Moves the whole log into the file and empties it. *out_done is 0 where a reader or writer was still in the way at the deadline. */
pz_status pz__db_checkpoint(pz__db *db, int64_t wait_milliseconds, int *out_done);

/* Brings the schema to the newest layout, one transaction for all steps; PZ_E_NEWER. For who holds the queue. */
pz_status pz__db_migrate(pz__db *db);
pz_status pz__db_layout(pz__db *db, int32_t *out_layout); /* PZ_E_NEWER */
int32_t pz__db_newest_layout(void);

/* The schema as the migrations make it, compared with the one that is there: the number of objects that differ. */
pz_status pz__db_compare_schema(pz__db *db, int64_t *out_different);

/* Runs while long statements do; anything but PZ_OK stops them. NULL ends it. */
typedef pz_status (*pz__db_watch_fn)(void *user_data);
void pz__db_watch(pz__db *db, pz__db_watch_fn watch, void *user_data);

/* Copies all pages as the snapshot that is open in `from` sees them (or the newest state) to the file at `path`, which exists and is empty.
 * `each` is called with the part that is done. */
typedef pz_status (*pz__db_copy_fn)(double done, void *user_data);
pz_status pz__db_copy(pz__db *from, const char *path, pz__db_copy_fn each, void *user_data);

int64_t pz__monotonic_now(void); /* microseconds */
/* Sleeps a random time of the range, microseconds, but not beyond `until`. 0 if `until` was reached before. */
int pz__sleep_until(pz__random *jitter, uint32_t least, uint32_t most, int64_t until);

#endif
