/* Processes that are killed in the middle: nothing that was acknowledged is lost, nothing is torn, a repeated key does not double. */
#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <time.h>

#include "base/random.h"
#include "place_of_store.h"
#include "rows.h"
#include "store/driver.h"
#include "store/duty.h"

enum { ROUNDS = 60, ROWS = 5 };

static place_of_store place;
static pz__random random_numbers;

static void begin(void)
{
    place_start(&place);
    pz__random_seed(&random_numbers, suite_seed());
}

static void end(void)
{
    ck_assert_int_eq(pz_memory_blocks(), 0);
    place_end(&place);
}

/* Writes act `number`: ROWS rows that only make sense together. *out_repeated where it was done before. */
static pz_status write_act(pz_store *store, int number, int *out_repeated)
{
    static const char sql[] = "INSERT INTO evidence (tenant_id, learner_id, competency_id, at, sequence, change_id, score, weight, kind) "
                              "VALUES (1, ?1, ?2, 1, ?3, ?4, ?5, ?5, 1)";
    pz__change *change;
    pz_status status;
    pz_id first = 0;
    char key[32];
    snprintf(key, sizeof key, "act %d", number);
    status = pz__change_start(store, &rows_author, "evidence.add", key, &number, sizeof number, &change, out_repeated);
    if (status != PZ_OK) return status;
    if (*out_repeated) return pz__change_end(change, pz__change_result_at(change, 0) == number ? PZ_OK : PZ_E_INTERNAL);
    status = pz__store_take_ids(store, ROWS, &first);
    for (int i = 0; i < ROWS && status == PZ_OK; i++) {
        pz__statement *statement;
        status = pz__db_statement(pz__store_db(store), sql, &statement);
        pz__bind_int(statement, 1, number);
        pz__bind_int(statement, 2, i * 1000 + number % 7);
        pz__bind_int(statement, 3, first + i);
        pz__bind_int(statement, 4, pz__change_number(change));
        pz__bind_real(statement, 5, 1.0);
        if (status == PZ_OK) status = pz__db_run(statement);
    }
    pz__change_note(change, PZ_KIND_EVIDENCE, 0, 1 + number % 20, PZ__ACT_ADD, ROWS);
    pz__change_add_result(change, number);
    return pz__change_end(change, status);
}

/* The process that will be killed: acknowledges each act with a byte, after it was written. */
static void write_for_ever(int from, int acknowledge)
{
    pz_store_options options = PZ_STORE_OPTIONS_INIT;
    pz_store *store;
    int repeated;
    options.durability = from % 2 ? PZ_DURABILITY_NORMAL : PZ_DURABILITY_FULL;
    if (pz_store_open(place.path, &options, &store) != PZ_OK) _exit(1);
    if (pz__db_execute(pz__store_db(store), "PRAGMA wal_autocheckpoint = 12") != PZ_OK) _exit(1); /* many checkpoints */
    for (int number = from;; number++) {
        if (write_act(store, number, &repeated) != PZ_OK || repeated) _exit(2);
        if (write(acknowledge, "+", 1) != 1) _exit(3);
    }
}

static void pause_microseconds(int64_t microseconds)
{
    struct timespec pause = {microseconds / 1000000, microseconds % 1000000 * 1000};
    nanosleep(&pause, NULL);
}

/* Lets a writer run, kills it, and returns how many acts it acknowledged: one at least where it is waited for, so that a slow machine kills
 * writers and not only openers. */
static int run_and_kill(int from, int waiting, int64_t after_microseconds)
{
    int ends[2], status, count;
    char bytes[256];
    ssize_t got;
    pid_t child;
    ck_assert_int_eq(pipe(ends), 0);
    child = fork();
    ck_assert_int_ge(child, 0);
    if (child == 0) {
        close(ends[0]);
        write_for_ever(from, ends[1]);
    }
    close(ends[1]);
    if (waiting) ck_assert_int_eq(read(ends[0], bytes, 1), 1);
    count = waiting;
    pause_microseconds(after_microseconds);
    kill(child, SIGKILL);
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    ck_assert_msg(WIFSIGNALED(status), "the writer ended by itself with %d", WEXITSTATUS(status));
    while ((got = read(ends[0], bytes, sizeof bytes)) > 0) count += (int)got;
    close(ends[0]);
    return count;
}

static void check_whole(pz_store *store)
{
    pz__buffer text = PZ__BUFFER_INIT;
    pz__json_writer json;
    pz__json_start(&json, &text);
    pz__json_open_object(&json);
    ck_assert_ok(pz__duty_verify(store, NULL, NULL, &json));
    pz__buffer_free(&text);
}

START_TEST(loses_tears_and_doubles_nothing)
{
    int written = 0, unacknowledged = 0;
    pz_store *store;
    ck_assert_ok(pz_store_create(place.path, NULL, &store));
    pz_store_free(store);
    for (int round = 0; round < ROUNDS; round++) {
        int acknowledged = run_and_kill(written, round % 4 != 0, pz__random_below(&random_numbers, 20000));
        int repeated;
        ck_assert_ok(pz_store_open(place.path, NULL, &store));
        ck_assert_int_eq(
            rows_number(store, "SELECT count(*) FROM (SELECT learner_id FROM evidence GROUP BY learner_id HAVING count(*) <> 5)"), 0);
        ck_assert_int_ge(rows_number(store, "SELECT count(DISTINCT learner_id) FROM evidence"), written + acknowledged);
        ck_assert_int_le(rows_number(store, "SELECT count(DISTINCT learner_id) FROM evidence"), written + acknowledged + 1);
        written += acknowledged;
        ck_assert_ok(write_act(store, written, &repeated)); /* the one of which nobody knows whether it was written */
        unacknowledged += repeated;
        written++;
        ck_assert_int_eq(rows_number(store, "SELECT count(*) FROM evidence"), (int64_t)written * ROWS);
        ck_assert_int_eq(rows_number(store, "SELECT max(sequence) FROM evidence"), (int64_t)written * ROWS);
        if (round % 10 == 9) check_whole(store);
        pz_store_free(store);
    }
    printf("%d kills, %d acts, %d written but not acknowledged\n", ROUNDS, written, unacknowledged);
    ck_assert_int_ge(written, ROUNDS * 3 / 4 * 2 + ROUNDS / 4);
}
END_TEST

/* ------------------------------------------------------------------------------------- creating and copying --- */

/* A draft may be left, but never half a store under the name that was asked for. */
START_TEST(never_shows_half_a_store)
{
    int made = 0;
    for (int round = 0; round < 40; round++) {
        int status;
        pz_store *store;
        pid_t child = fork();
        if (child == 0) {
            pz_status got = pz_store_create(place.path, NULL, &store);
            _exit(got == PZ_OK ? 0 : 1);
        }
        pause_microseconds(pz__random_below(&random_numbers, 6000));
        kill(child, SIGKILL);
        ck_assert_int_eq(waitpid(child, &status, 0), child);
        ck_assert(WIFSIGNALED(status) || WEXITSTATUS(status) == 0);
        if (access(place.path, F_OK) == 0) {
            made++;
            ck_assert_ok(pz_store_open(place.path, NULL, &store));
            check_whole(store);
            pz_store_free(store);
        } else {
            ck_assert(WIFSIGNALED(status));
        }
        place_empty(&place);
    }
    printf("%d of 40 stores were made before the kill\n", made);
}
END_TEST

START_TEST(never_shows_half_a_backup)
{
    const char *copy = place_file(&place, "copy.pz");
    pz_store *store;
    pz__change *change;
    ck_assert_ok(pz_store_create(place.path, NULL, &store));
    change = rows_begin(store);
    for (int i = 0; i < 3000; i++) {
        char given[32];
        snprintf(given, sizeof given, "org_id=%d", i);
        rows_add(store, "org", given, "a name that takes some room");
    }
    rows_commit(change);
    pz_store_free(store);
    for (int round = 0; round < 20; round++) {
        int status;
        pid_t child = fork();
        if (child == 0) {
            if (pz_store_open(place.path, NULL, &store) != PZ_OK) _exit(1);
            _exit(pz__duty_backup(store, copy, NULL, NULL) == PZ_OK ? 0 : 2);
        }
        pause_microseconds(pz__random_below(&random_numbers, 25000));
        kill(child, SIGKILL);
        ck_assert_int_eq(waitpid(child, &status, 0), child);
        ck_assert(WIFSIGNALED(status) || WEXITSTATUS(status) == 0);
        if (access(copy, F_OK) == 0) {
            ck_assert_ok(pz_store_open(copy, NULL, &store));
            ck_assert_int_eq(rows_number(store, "SELECT count(*) FROM org"), 3000);
            check_whole(store);
            pz_store_free(store);
            unlink(copy);
        }
    }
    ck_assert_ok(pz_store_open(place.path, NULL, &store));
    check_whole(store);
    pz_store_free(store);
}
END_TEST

static Suite *crash_suite(void)
{
    Suite *suite = suite_create("store_crash");
    TCase *crash = tcase_create("crash");
    tcase_set_timeout(crash, 120);
    tcase_add_checked_fixture(crash, begin, end);
    tcase_add_test(crash, loses_tears_and_doubles_nothing);
    tcase_add_test(crash, never_shows_half_a_store);
    tcase_add_test(crash, never_shows_half_a_backup);
    suite_add_tcase(suite, crash);
    return suite;
}

SUITE_MAIN(crash_suite)
