/* Several processes on one store: nobody is told that it is busy, nobody starves, every count is exact. */
#include <pthread.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/wait.h>

#include "place_of_store.h"
#include "rows.h"
#include "store/driver.h"

enum { WRITERS = 4, READERS = 2, CHANGES = 600, OPENERS = 16 };

static place_of_store place;

/* What the processes share. */
typedef struct board {
    _Atomic int started;
    _Atomic int done;
    _Atomic int busy;
    _Atomic int served[WRITERS];
} board;

static board *shared;

static void begin(void)
{
    place_start(&place);
    shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    ck_assert(shared != MAP_FAILED);
}

static void end(void)
{
    munmap(shared, sizeof *shared);
    place_end(&place);
}

static void wait_for_all(int count)
{
    shared->started++;
    while (shared->started < count) usleep(100);
}

/* Reads a number and writes it back one higher: the count is exact only if nobody comes between. */
static pz_status add_one(pz_store *store)
{
    static const char read_sql[] = "SELECT kind FROM org WHERE org_id = 1", write_sql[] = "UPDATE org SET kind = ?1 WHERE org_id = 1";
    pz__change *change;
    pz__statement *statement;
    pz_status status;
    char text[16];
    int repeated, row, value = 0;
    status = pz__change_start(store, &rows_author, "count", NULL, NULL, 0, &change, &repeated);
    if (status != PZ_OK) return status;
    status = pz__db_statement(pz__store_db(store), read_sql, &statement);
    if (status == PZ_OK) status = pz__db_step(statement, &row);
    if (status == PZ_OK) value = atoi(pz__column_text(statement, 0, NULL));
    pz__db_reset(statement);
    snprintf(text, sizeof text, "%d", value + 1);
    if (status == PZ_OK) status = pz__db_statement(pz__store_db(store), write_sql, &statement);
    if (status == PZ_OK) pz__bind_text(statement, 1, text, PZ_NUL_TERMINATED);
    if (status == PZ_OK) status = pz__db_run(statement);
    pz__change_note(change, PZ_KIND_ORG, 1, 0, PZ__ACT_REVISE, 1);
    return pz__change_end(change, status);
}

static void write_until_done(int number)
{
    pz_store_options options = PZ_STORE_OPTIONS_INIT;
    pz_store *store;
    options.wait_milliseconds = 60000;
    if (pz_store_open(place.path, &options, &store) != PZ_OK) _exit(1);
    wait_for_all(WRITERS + READERS);
    while (shared->done < CHANGES) {
        pz_status status = add_one(store);
        if (status == PZ_E_BUSY) shared->busy++;
        if (status != PZ_OK) _exit(2);
        shared->served[number]++;
        shared->done++;
    }
    pz_store_free(store);
    _exit(0);
}

/* Each snapshot must be of one moment: the count in the row is the number of changes that wrote it. */
static void read_until_done(void)
{
    pz_store *store;
    int64_t last = 0;
    if (pz_store_open(place.path, NULL, &store) != PZ_OK) _exit(1);
    wait_for_all(WRITERS + READERS);
    while (shared->done < CHANGES) {
        int64_t change, value, changes;
        if (pz__store_read_begin(store) != PZ_OK) _exit(3);
        if (pz__store_last_change(store, &change) != PZ_OK) _exit(4);
        value = rows_number(store, "SELECT CAST(kind AS INTEGER) FROM org WHERE org_id = 1");
        changes = rows_number(store, "SELECT count(*) FROM change WHERE action = 'count'");
        pz__store_read_end(store);
        if (change < last || value != changes || change != changes + 1) _exit(5);
        last = change;
    }
    pz_store_free(store);
    _exit(0);
}

static void make_store(void)
{
    pz_store *store;
    pz__change *change;
    ck_assert_ok(pz_store_create(place.path, NULL, &store));
    change = rows_begin(store);
    rows_add(store, "org", "org_id=1", "0");
    rows_commit(change);
    pz_store_free(store);
}

START_TEST(serves_all_writers)
{
    pid_t children[WRITERS + READERS];
    pz_store *store;
    int least = CHANGES, sum = 0, status;
    make_store();
    for (int i = 0; i < WRITERS + READERS; i++) {
        children[i] = fork();
        if (children[i] == 0) {
            if (i < WRITERS)
                write_until_done(i);
            else
                read_until_done();
        }
    }
    for (int i = 0; i < WRITERS + READERS; i++) {
        ck_assert_int_eq(waitpid(children[i], &status, 0), children[i]);
        ck_assert_msg(status == 0, "process %d ended with %d", i, WEXITSTATUS(status));
    }
    for (int i = 0; i < WRITERS; i++) {
        printf("writer %d: %d changes\n", i, shared->served[i]);
        sum += shared->served[i];
        if (shared->served[i] < least) least = shared->served[i];
    }
    ck_assert_int_eq(shared->busy, 0);
    ck_assert_int_ge(least * WRITERS * 5, CHANGES); /* at least a fifth of the mean */
    ck_assert_ok(pz_store_open(place.path, NULL, &store));
    ck_assert_int_eq(rows_number(store, "SELECT CAST(kind AS INTEGER) FROM org WHERE org_id = 1"), sum);
    ck_assert_int_eq(rows_number(store, "SELECT count(*) FROM change"), sum + 1);
    ck_assert_int_eq(rows_number(store, "SELECT last_change FROM tenant"), sum + 1);
    pz_store_free(store);
}
END_TEST

/* Runs `work` in OPENERS processes at once; counts those that end with 0 and with 1. Any other end fails. */
static void run_at_once(int (*work)(int), int *out_zero, int *out_one)
{
    pid_t children[OPENERS];
    int status;
    *out_zero = *out_one = 0;
    shared->started = 0;
    for (int i = 0; i < OPENERS; i++) {
        children[i] = fork();
        if (children[i] == 0) {
            wait_for_all(OPENERS);
            _exit(work(i));
        }
    }
    for (int i = 0; i < OPENERS; i++) {
        ck_assert_int_eq(waitpid(children[i], &status, 0), children[i]);
        ck_assert_msg(WIFEXITED(status) && WEXITSTATUS(status) <= 1, "process %d ended with %d", i, WEXITSTATUS(status));
        *(WEXITSTATUS(status) ? out_one : out_zero) += 1;
    }
}

static int create(int number)
{
    pz_store *store;
    pz_status status = pz_store_create(place.path, NULL, &store);
    (void)number;
    if (status == PZ_OK) pz_store_free(store);
    return status == PZ_OK ? 0 : status == PZ_E_EXISTS ? 1 : 2;
}

START_TEST(lets_one_of_many_create)
{
    int made, refused;
    for (int i = 0; i < 5; i++) {
        run_at_once(create, &made, &refused);
        ck_assert_int_eq(made, 1);
        ck_assert_int_eq(refused, OPENERS - 1);
        ck_assert_int_eq(place_count(&place, "school.pz.new"), 0);
        place_empty(&place);
    }
}
END_TEST

static int open_and_write(int number)
{
    pz_store *store;
    pz_status status = pz_store_open(place.path, NULL, &store);
    (void)number;
    if (status != PZ_OK) return 2;
    status = add_one(store);
    pz_store_free(store);
    return status == PZ_OK ? 0 : 3;
}

/* Opened by all at once after a process died with a log that must be recovered, and closed by all at once. */
START_TEST(opens_after_a_crash_in_many_processes_at_once)
{
    int good, bad, status;
    pid_t child;
    pz_store *store;
    make_store();
    for (int round = 1; round <= 5; round++) {
        child = fork();
        if (child == 0) {
            if (pz_store_open(place.path, NULL, &store) != PZ_OK || add_one(store) != PZ_OK) _exit(1);
            raise(SIGKILL);
        }
        ck_assert_int_eq(waitpid(child, &status, 0), child);
        ck_assert(WIFSIGNALED(status));
        run_at_once(open_and_write, &good, &bad);
        ck_assert_int_eq(good, OPENERS);
        ck_assert_ok(pz_store_open(place.path, NULL, &store));
        ck_assert_int_eq(rows_number(store, "SELECT CAST(kind AS INTEGER) FROM org WHERE org_id = 1"), round * (OPENERS + 1));
        pz_store_free(store);
    }
}
END_TEST

/* --------------------------------------------------------------------------------------------------- forks --- */

START_TEST(refuses_a_handle_that_was_carried_over_a_fork)
{
    pz_store *store;
    int status;
    pid_t child;
    make_store();
    ck_assert_ok(pz_store_open(place.path, NULL, &store));
    ck_assert_ok(add_one(store));
    child = fork();
    if (child == 0) {
        pz_store_info *info;
        pz__change *change;
        pz_store *own;
        int repeated;
        if (pz_store_describe(store, &info) != PZ_E_FORKED) _exit(1);
        if (pz__change_start(store, &rows_author, "a", NULL, NULL, 0, &change, &repeated) != PZ_E_FORKED) _exit(2);
        pz_store_free(store);
        if (pz_memory_blocks() != 0) _exit(3);
        if (pz_store_open(place.path, NULL, &own) != PZ_OK) _exit(4);
        if (add_one(own) != PZ_OK) _exit(5);
        pz_store_free(own);
        _exit(0);
    }
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    ck_assert_msg(status == 0, "the child ended with %d", WEXITSTATUS(status));
    ck_assert_ok(add_one(store));
    ck_assert_int_eq(rows_number(store, "SELECT CAST(kind AS INTEGER) FROM org WHERE org_id = 1"), 3);
    pz_store_free(store);
}
END_TEST

/* A child that was forked in the middle of a change, and goes on living, does not hold up the queue when it lets go of the handle. */
START_TEST(frees_the_queue_of_a_parent_that_died)
{
    int ends[2], status;
    char byte;
    pid_t parent;
    pz_store *store;
    make_store();
    ck_assert_int_eq(pipe(ends), 0);
    parent = fork();
    if (parent == 0) {
        if (pz_store_open(place.path, NULL, &store) != PZ_OK) _exit(1);
        (void)rows_begin(store);
        if (fork() == 0) {
            pz_store_free(store);
            close(ends[0]);
            if (write(ends[1], "x", 1) != 1) _exit(1);
            usleep(300000);
            _exit(0);
        }
        raise(SIGKILL);
    }
    ck_assert_int_eq(waitpid(parent, &status, 0), parent);
    ck_assert_int_eq(read(ends[0], &byte, 1), 1);
    ck_assert_ok(pz_store_open(place.path, NULL, &store));
    ck_assert_ok(add_one(store));
    pz_store_free(store);
}
END_TEST

/* ------------------------------------------------------------------------------------------------- threads --- */

static void *write_fifty(void *result)
{
    pz_store *store;
    pz_status status = pz_store_open(place.path, NULL, &store);
    for (int i = 0; i < 50 && status == PZ_OK; i++) status = add_one(store);
    pz_store_free(store);
    *(pz_status *)result = status;
    return NULL;
}

/* A handle for each thread: they queue like processes. */
START_TEST(serves_threads_of_one_process)
{
    pthread_t threads[3];
    pz_status results[3];
    pz_store *store;
    make_store();
    for (int i = 0; i < 3; i++) ck_assert_int_eq(pthread_create(&threads[i], NULL, write_fifty, &results[i]), 0);
    for (int i = 0; i < 3; i++) {
        ck_assert_int_eq(pthread_join(threads[i], NULL), 0);
        ck_assert_int_eq(results[i], PZ_OK);
    }
    ck_assert_ok(pz_store_open(place.path, NULL, &store));
    ck_assert_int_eq(rows_number(store, "SELECT CAST(kind AS INTEGER) FROM org WHERE org_id = 1"), 150);
    pz_store_free(store);
    ck_assert_int_eq(pz_memory_blocks(), 0);
}
END_TEST

static Suite *processes_suite(void)
{
    Suite *suite = suite_create("store_processes");
    TCase *processes = tcase_create("processes");
    tcase_set_timeout(processes, 120);
    tcase_add_checked_fixture(processes, begin, end);
    tcase_add_test(processes, serves_all_writers);
    tcase_add_test(processes, lets_one_of_many_create);
    tcase_add_test(processes, opens_after_a_crash_in_many_processes_at_once);
    tcase_add_test(processes, refuses_a_handle_that_was_carried_over_a_fork);
    tcase_add_test(processes, frees_the_queue_of_a_parent_that_died);
    tcase_add_test(processes, serves_threads_of_one_process);
    suite_add_tcase(suite, processes);
    return suite;
}

SUITE_MAIN(processes_suite)
