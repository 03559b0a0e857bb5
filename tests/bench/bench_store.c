/* Changes of the store (number, chain, key, an item for each learner) against a loop of prepared statements on the same schema with the same settings, in pairs that take turns.
 * Prints one JSON object a line; "ratio" is the median of the pairs' ratios, library to raw, by rows a second.
 *
 *     bench_store [FOLDER] [PAIRS]        default: $TMPDIR or /tmp, 7 */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/random.h"
#include "personalize/access.h"
#include "store/change.h"

enum { MOST_PAIRS = 99, COMPETENCIES = 40, CLASSES = 100, FIRST_LEARNER = 1000000, SEATS = 500 /* most learners of a class */ };

static const char insert_sql[] =
    "INSERT INTO evidence (tenant_id, learner_id, competency_id, at, sequence, change_id, score, weight, kind, assessment_id, "
    "item_id, option_no) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)";

static char folder[512];

typedef struct workload {
    const char *name;
    int rows;     /* in all */
    int batch;    /* a transaction */
    int learners; /* a batch; each has batch / learners rows */
    double target;
} workload;

static void stop(const char *what)
{
    fprintf(stderr, "bench_store: %s\n", what);
    exit(1);
}

static void need(pz_status status)
{
    if (status != PZ_OK) stop(pz_last_error()->message);
}

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

static const char *path_of(const char *name)
{
    static char path[600];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

static void clear(const char *name)
{
    static const char *const ends[] = {"", "-wal", "-shm", ".lock"};
    for (int i = 0; i < 4; i++) {
        char path[640];
        snprintf(path, sizeof path, "%s%s", path_of(name), ends[i]);
        unlink(path);
    }
}

static double size_of(const char *name)
{
    struct stat file;
    return stat(path_of(name), &file) == 0 ? (double)file.st_size : 0.0;
}

/* Row `row` of a batch: learners of one class in order, each with a run of competencies. Classes come in random order. */
typedef struct evidence {
    int64_t learner, competency, at, item;
    double score;
} evidence;

static evidence row_of(const workload *work, int batch, int row)
{
    int per_learner = work->batch / work->learners > 0 ? work->batch / work->learners : 1;
    int64_t class_number = (int64_t)((uint64_t)batch * 2654435761u % CLASSES);
    evidence made = {FIRST_LEARNER + class_number * SEATS + row / per_learner, 5000 + row % per_learner % COMPETENCIES,
                     INT64_C(1790000000000000) + batch * INT64_C(1000000), 7000 + row % 50, row % 3 == 0 ? 0.0 : 1.0};
    return made;
}

/* --------------------------------------------------------------------------------------------------- library --- */

static const pz__author author = {0, 3, PZ_ROLE_SERVICE, "benchmark"};

static void write_batch(pz_store *store, const workload *work, int batch)
{
    pz__change *change;
    pz_id sequence;
    int repeated;
    char key[32];
    snprintf(key, sizeof key, "batch %d", batch);
    need(pz__change_start(store, &author, "evidence.add", key, key, strlen(key), &change, &repeated));
    need(pz__store_take_ids(store, work->batch, &sequence));
    for (int i = 0; i < work->batch; i++) {
        evidence row = row_of(work, batch, i);
        pz__statement *statement;
        need(pz__db_statement(pz__store_db(store), insert_sql, &statement));
        pz__bind_int(statement, 1, pz__store_tenant(store));
        pz__bind_id(statement, 2, row.learner);
        pz__bind_id(statement, 3, row.competency);
        pz__bind_time(statement, 4, row.at);
        pz__bind_int(statement, 5, sequence + i);
        pz__bind_int(statement, 6, pz__change_number(change));
        pz__bind_real(statement, 7, row.score);
        pz__bind_real(statement, 8, 1.0);
        pz__bind_int(statement, 9, 2);
        pz__bind_null(statement, 10);
        pz__bind_id(statement, 11, row.item);
        pz__bind_null(statement, 12);
        need(pz__db_run(statement));
        if (i == 0 || row.learner != row_of(work, batch, i - 1).learner)
            pz__change_note(change, PZ_KIND_EVIDENCE, 0, row.learner, PZ__ACT_ADD, work->batch / work->learners);
    }
    need(pz__change_end(change, PZ_OK));
}

/* The learners are known to the store, as after the import of a roster. */
static void write_learners(pz_store *store, const workload *work)
{
    pz__change *change;
    int repeated;
    need(pz__change_start(store, &author, "roster", NULL, NULL, 0, &change, &repeated));
    for (int i = 0; i < CLASSES; i++)
        for (int k = 0; k < work->learners; k++) pz__change_note(change, PZ_KIND_PERSON, FIRST_LEARNER + i * SEATS + k, 0, PZ__ACT_ADD, 1);
    need(pz__change_end(change, PZ_OK));
}

static double run_library(const workload *work, double *out_bytes)
{
    pz_store *store;
    double begun, seconds, size;
    clear("library.pz");
    need(pz_store_create(path_of("library.pz"), NULL, &store));
    write_learners(store, work);
    pz_store_free(store);
    size = size_of("library.pz");
    need(pz_store_open(path_of("library.pz"), NULL, &store));
    begun = now();
    for (int batch = 0; batch < work->rows / work->batch; batch++) write_batch(store, work, batch);
    seconds = now() - begun;
    pz_store_free(store);
    *out_bytes = (size_of("library.pz") - size) / work->rows;
    return work->rows / seconds;
}

/* ------------------------------------------------------------------------------------------------------- raw --- */

static void execute(sqlite3 *db, const char *sql)
{
    if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK) stop(sqlite3_errmsg(db));
}

static void run_step(sqlite3_stmt *statement)
{
    if (sqlite3_step(statement) != SQLITE_DONE) stop("a raw statement failed");
    sqlite3_reset(statement);
}

static sqlite3_stmt *prepare(sqlite3 *db, const char *sql)
{
    sqlite3_stmt *statement;
    if (sqlite3_prepare_v3(db, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL) != SQLITE_OK) stop(sqlite3_errmsg(db));
    return statement;
}

static double run_raw(const workload *work)
{
    pz_store *store;
    sqlite3 *db;
    sqlite3_stmt *begin, *commit, *insert;
    double begun, seconds;
    int64_t sequence = 1;
    clear("raw.pz");
    need(pz_store_create(path_of("raw.pz"), NULL, &store)); /* for the schema */
    pz_store_free(store);
    if (sqlite3_open_v2(path_of("raw.pz"), &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK)
        stop("the raw file does not open");
    execute(db, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -16384; PRAGMA secure_delete = ON; PRAGMA "
                "cell_size_check = ON");
    begin = prepare(db, "BEGIN IMMEDIATE");
    commit = prepare(db, "COMMIT");
    insert = prepare(db, insert_sql);
    begun = now();
    for (int batch = 0; batch < work->rows / work->batch; batch++) {
        run_step(begin);
        for (int i = 0; i < work->batch; i++) {
            evidence row = row_of(work, batch, i);
            sqlite3_bind_int64(insert, 1, 1);
            sqlite3_bind_int64(insert, 2, row.learner);
            sqlite3_bind_int64(insert, 3, row.competency);
            sqlite3_bind_int64(insert, 4, row.at);
            sqlite3_bind_int64(insert, 5, sequence++);
            sqlite3_bind_int64(insert, 6, batch + 1);
            sqlite3_bind_double(insert, 7, row.score);
            sqlite3_bind_double(insert, 8, 1.0);
            sqlite3_bind_int64(insert, 9, 2);
            sqlite3_bind_null(insert, 10);
            sqlite3_bind_int64(insert, 11, row.item);
            sqlite3_bind_null(insert, 12);
            run_step(insert);
        }
        run_step(commit);
    }
    seconds = now() - begun;
    sqlite3_finalize(begin);
    sqlite3_finalize(commit);
    sqlite3_finalize(insert);
    sqlite3_close(db);
    return work->rows / seconds;
}

/* ----------------------------------------------------------------------------------------------------- pairs --- */

static int by_size(const void *a, const void *b)
{
    double left = *(const double *)a, right = *(const double *)b;
    return (left > right) - (left < right);
}

static double median(double *values, int count)
{
    qsort(values, (size_t)count, sizeof *values, by_size);
    return count % 2 ? values[count / 2] : (values[count / 2 - 1] + values[count / 2]) / 2;
}

static void run_pairs(const workload *work, int pairs)
{
    double ratios[MOST_PAIRS], library[MOST_PAIRS], raw[MOST_PAIRS], bytes = 0.0;
    for (int i = 0; i < pairs; i++) {
        if (i % 2) raw[i] = run_raw(work);
        library[i] = run_library(work, &bytes);
        if (i % 2 == 0) raw[i] = run_raw(work);
        ratios[i] = library[i] / raw[i];
    }
    printf("{\"bench\":\"store\",\"name\":\"%s\",\"ratio\":%.3f,\"target\":%.2f,\"rows_per_second\":%.0f,\"raw_rows_per_second\":%.0f,"
           "\"bytes_per_row\":%.1f,"
           "\"rows\":%d,\"rows_per_change\":%d,\"learners_per_change\":%d,\"pairs\":%d}\n",
           work->name, median(ratios, pairs), work->target, median(library, pairs), median(raw, pairs), bytes, work->rows, work->batch,
           work->learners, pairs);
    fflush(stdout);
}

int main(int argc, char **argv)
{
    static const workload works[] = {
        {"evidence_10000", 300000, 10000, 250, 0.80},
        {"evidence_100", 50000, 100, 25, 0.60},
        {"single_durable", 2000, 1, 1, 0.70},
    };
    const char *root = argc > 1 ? argv[1] : getenv("TMPDIR");
    int pairs = argc > 2 ? atoi(argv[2]) : 7;
    if (pairs < 1 || pairs > MOST_PAIRS) stop("PAIRS is 1 to 99");
    snprintf(folder, sizeof folder, "%s/pz-bench-XXXXXX", root && *root ? root : "/tmp");
    if (!mkdtemp(folder)) stop("no folder can be made");
    for (size_t i = 0; i < sizeof works / sizeof works[0]; i++) run_pairs(&works[i], pairs);
    clear("library.pz");
    clear("raw.pz");
    rmdir(folder);
    return 0;
}
