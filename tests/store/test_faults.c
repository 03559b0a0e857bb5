/* A disk that fails or is full, at each operation of each kind; and files that are damaged: an error of the right kind, never a crash, and nothing that
 * was acknowledged is lost by a failing disk. */
#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include "base/random.h"
#include "faulty_vfs.h"
#include "place_of_store.h"
#include "rows.h"
#include "store/driver.h"
#include "store/duty.h"

static place_of_store place;

static void begin(void)
{
    place_start_quick(&place);
}

static void end(void)
{
    ck_assert_int_eq(pz_memory_blocks(), 0);
    place_end(&place);
}

static pz_status add_org(pz_store *store, int number, int *out_repeated)
{
    pz__change *change;
    pz__statement *statement;
    char key[16];
    pz_status status;
    snprintf(key, sizeof key, "org %d", number);
    status = pz__change_start(store, &rows_author, "org.add", key, NULL, 0, &change, out_repeated);
    if (status != PZ_OK || *out_repeated) return pz__change_end(change, status);
    status = pz__db_statement(
        pz__store_db(store),
        "INSERT INTO org (tenant_id, org_id, since_change, until_change, kind, name, ended) VALUES (1, ?1, 1, 9, ?2, ?2, 0)", &statement);
    pz__bind_int(statement, 1, number);
    pz__bind_text(statement, 2, "a name that takes some room in the file, so that pages fill and the log is moved now and then",
                  PZ_NUL_TERMINATED);
    if (status == PZ_OK) status = pz__db_run(statement);
    pz__change_note(change, PZ_KIND_ORG, number, 0, PZ__ACT_ADD, 1);
    return pz__change_end(change, status);
}

static pz_status verify(pz_store *store)
{
    pz__buffer text = PZ__BUFFER_INIT;
    pz__json_writer json;
    pz_status status;
    pz__json_start(&json, &text);
    pz__json_open_object(&json);
    status = pz__duty_verify(store, NULL, NULL, &json);
    pz__buffer_free(&text);
    return status;
}

/* ------------------------------------------------------------------------------------------- failing disks --- */

enum { ACTS = 12 };

/* Writes ACTS acts with many checkpoints; *out_done is how many were acknowledged. */
static pz_status write_acts(int *out_done)
{
    pz_store_options options = PZ_STORE_OPTIONS_INIT;
    pz_store *store;
    int repeated;
    pz_status status;
    *out_done = 0;
    options.wait_milliseconds = 0;
    status = pz_store_open(place.path, &options, &store);
    if (status != PZ_OK) return status;
    status = pz__db_execute(pz__store_db(store), "PRAGMA wal_autocheckpoint = 8");
    for (int i = 0; i < ACTS && status == PZ_OK; i++) {
        status = add_org(store, i, &repeated);
        *out_done += status == PZ_OK;
    }
    pz_store_free(store);
    return status;
}

static void check_acts(int done, const char *what, int at)
{
    pz_store *store;
    int repeated;
    ck_assert_ok(pz_store_open(place.path, NULL, &store));
    ck_assert_msg(rows_number(store, "SELECT count(*) FROM org") >= done, "%s %d: acknowledged acts are lost", what, at);
    for (int i = 0; i < ACTS; i++) ck_assert_ok(add_org(store, i, &repeated));
    ck_assert_msg(rows_number(store, "SELECT count(*) FROM org") == ACTS, "%s %d: acts were doubled", what, at);
    ck_assert_ok(verify(store));
    pz_store_free(store);
}

static const struct {
    faulty_kind kind;
    int for_ever;
    int error;
    const char *name;
} disks[] = {
    {FAULTY_READ, 0, EIO, "one read"},    {FAULTY_READ, 1, EIO, "all reads"},     {FAULTY_WRITE, 0, EIO, "one write"},
    {FAULTY_WRITE, 1, EIO, "all writes"}, {FAULTY_WRITE, 0, ENOSPC, "full once"}, {FAULTY_WRITE, 1, ENOSPC, "full"},
    {FAULTY_SYNC, 0, EIO, "one sync"},    {FAULTY_SYNC, 1, EIO, "all syncs"},     {FAULTY_TRUNCATE, 0, EIO, "one truncate"},
    {FAULTY_OPEN, 0, EMFILE, "one open"}, {FAULTY_OPEN, 1, EMFILE, "all opens"},  {FAULTY_SHM, 0, EIO, "one map"},
    {FAULTY_WRITE, 1, EDQUOT, "quota"},
};

START_TEST(keeps_its_word_on_a_failing_disk)
{
    pz_store *store;
    int failures = 0, at = 1, seen, done;
    char kept[PATH_MAX];
    faulty_install();
    ck_assert_ok(pz_store_create(place.path, NULL, &store));
    pz_store_free(store);
    snprintf(kept, sizeof kept, "%s", place_file(&place, "kept"));
    place_copy(place.path, kept);
    for (;; at += disks[_i].kind == FAULTY_WRITE ? 3 : 1) {
        pz_status status;
        unlink(place_file(&place, "school.pz-wal"));
        unlink(place_file(&place, "school.pz-shm"));
        place_copy(kept, place.path);
        faulty.kind = disks[_i].kind;
        faulty.error = disks[_i].error;
        faulty.for_ever = disks[_i].for_ever;
        faulty.seen = 0;
        faulty.fail_at = at;
        status = write_acts(&done);
        seen = faulty.seen;
        faulty.fail_at = 0;
        failures += status != PZ_OK;
        if (status == PZ_OK) ck_assert_int_eq(done, ACTS);
        ck_assert_msg(status == PZ_OK || status == PZ_E_IO || status == PZ_E_NO_SPACE || status == PZ_E_NOMEM, "%s %d gave %s: %s",
                      disks[_i].name, at, pz_status_describe(status)->name, pz_last_error()->message);
        if (disks[_i].error == ENOSPC && disks[_i].for_ever && status != PZ_OK) ck_assert_int_eq(status, PZ_E_NO_SPACE);
        check_acts(done, disks[_i].name, at);
        if (seen < at) break;
    }
    printf("%s: %d operations, %d calls failed\n", disks[_i].name, at - 1, failures);
    ck_assert_int_gt(at, 1);
}
END_TEST

START_TEST(tells_of_a_full_disk)
{
    int status, done;
    pid_t child;
    pz_store *store;
    ck_assert_ok(pz_store_create(place.path, NULL, &store));
    pz_store_free(store);
    child = fork();
    if (child == 0) {
        struct rlimit limit = {16384, 16384};
        signal(SIGXFSZ, SIG_IGN);
        setrlimit(RLIMIT_FSIZE, &limit);
        _exit(write_acts(&done) == PZ_E_NO_SPACE ? 0 : 1);
    }
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    ck_assert_int_eq(status, 0);
    check_acts(0, "limit", 0);
}
END_TEST

/* ------------------------------------------------------------------------------------------------- moved files --- */

START_TEST(notices_that_its_file_was_replaced)
{
    pz_store *store, *other;
    int repeated;
    ck_assert_ok(pz_store_create(place.path, NULL, &store));
    ck_assert_ok(pz_store_create(place_file(&place, "other.pz"), NULL, &other));
    pz_store_free(other);
    ck_assert_int_eq(rename(place_file(&place, "other.pz"), place.path), 0);
    ck_assert_status(add_org(store, 1, &repeated), PZ_E_IO);
    ck_assert_int_eq(unlink(place.path), 0);
    ck_assert_status(add_org(store, 1, &repeated), PZ_E_IO);
    pz_store_free(store);
}
END_TEST

START_TEST(goes_on_without_its_lock_file)
{
    pz_store *store;
    int repeated;
    ck_assert_ok(pz_store_create(place.path, NULL, &store));
    ck_assert_int_eq(unlink(place_file(&place, "school.pz.lock")), 0);
    ck_assert_ok(add_org(store, 1, &repeated));
    ck_assert_int_eq(access(place_file(&place, "school.pz.lock"), F_OK), 0);
    pz_store_free(store);
}
END_TEST

/* ------------------------------------------------------------------------------------------------- damage --- */

static void damage(const char *path, pz__random *random, int blocks)
{
    struct stat file;
    int descriptor = open(path, O_RDWR);
    char block[512];
    off_t at;
    ck_assert_int_ge(descriptor, 0);
    ck_assert_int_eq(fstat(descriptor, &file), 0);
    if (file.st_size < 512) {
        close(descriptor);
        return;
    }
    if (blocks) {
        memset(block, pz__random_below(random, 2) ? 0 : 0xA5, sizeof block);
        at = (off_t)pz__random_below(random, (uint32_t)(file.st_size / 512)) * 512;
        ck_assert_int_eq(pwrite(descriptor, block, sizeof block, at), (ssize_t)sizeof block);
    } else {
        at = (off_t)pz__random_below(random, (uint32_t)file.st_size);
        ck_assert_int_eq(pread(descriptor, block, 1, at), 1);
        block[0] ^= (char)(1 << pz__random_below(random, 8));
        ck_assert_int_eq(pwrite(descriptor, block, 1, at), 1);
    }
    close(descriptor);
}

static int is_answer_of_damage(pz_status status)
{
    return status == PZ_E_CORRUPT || status == PZ_E_TAMPERED || status == PZ_E_NOT_STORE || status == PZ_E_NEWER ||
           status == PZ_E_INTERNAL || status == PZ_E_IO || status == PZ_E_INVALID || status == PZ_E_FORMAT || status == PZ_E_LIMIT ||
           status == PZ_E_NOMEM || status == PZ_E_READ_ONLY;
}

/* The store answers, or says what is wrong; 1 where it noticed the damage. */
static int try_store(void)
{
    pz_store *store;
    int repeated;
    pz_status status = pz_store_open(place.path, NULL, &store), written;
    if (status != PZ_OK) {
        ck_assert_msg(is_answer_of_damage(status), "opening gave %s: %s", pz_status_describe(status)->name, pz_last_error()->message);
        return 1;
    }
    status = verify(store);
    ck_assert_msg(status == PZ_OK || is_answer_of_damage(status), "checking gave %s: %s", pz_status_describe(status)->name,
                  pz_last_error()->message);
    written = add_org(store, 100000, &repeated);
    ck_assert_msg(written == PZ_OK || is_answer_of_damage(written), "writing gave %s: %s", pz_status_describe(written)->name,
                  pz_last_error()->message);
    pz_store_free(store);
    return status != PZ_OK || written != PZ_OK;
}

START_TEST(survives_damage)
{
    enum { FLIPS = 150, BLOCKS = 100 };
    char kept[PATH_MAX];
    pz__random random;
    pz_store *store;
    int noticed[2] = {0, 0}, repeated;
    pz__random_seed(&random, suite_seed());
    snprintf(kept, sizeof kept, "%s", place_file(&place, "kept"));
    ck_assert_ok(pz_store_create(place.path, NULL, &store));
    for (int i = 0; i < 600; i++) ck_assert_ok(add_org(store, i, &repeated));
    pz_store_free(store);
    place_copy(place.path, kept);
    for (int i = 0; i < FLIPS + BLOCKS; i++) {
        unlink(place_file(&place, "school.pz-wal"));
        unlink(place_file(&place, "school.pz-shm"));
        place_copy(kept, place.path);
        damage(place.path, &random, i >= FLIPS);
        noticed[i >= FLIPS] += try_store();
    }
    printf("noticed: %d of %d bits, %d of %d blocks\n", noticed[0], FLIPS, noticed[1], BLOCKS);
    ck_assert_int_ge(noticed[1], BLOCKS / 5); /* most of the rest hits room that no row uses */
    ck_assert_int_ge(noticed[0], FLIPS / 10);
}
END_TEST

START_TEST(survives_a_damaged_log)
{
    char kept[PATH_MAX], log[PATH_MAX], kept_log[PATH_MAX];
    pz__random random;
    int status;
    pz_store *store;
    pid_t child = fork();
    if (child == 0) { /* dies with a log */
        int repeated;
        if (pz_store_create(place.path, NULL, &store) != PZ_OK) _exit(1);
        for (int i = 0; i < 20; i++)
            if (add_org(store, i, &repeated) != PZ_OK) _exit(2);
        raise(SIGKILL);
    }
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    ck_assert(WIFSIGNALED(status));
    pz__random_seed(&random, suite_seed());
    snprintf(log, sizeof log, "%s", place_file(&place, "school.pz-wal"));
    snprintf(kept, sizeof kept, "%s", place_file(&place, "kept"));
    snprintf(kept_log, sizeof kept_log, "%s", place_file(&place, "kept-wal"));
    place_copy(place.path, kept);
    place_copy(log, kept_log);
    for (int i = 0; i < 60; i++) {
        unlink(place_file(&place, "school.pz-shm"));
        place_copy(kept, place.path);
        place_copy(kept_log, log);
        damage(log, &random, i % 2);
        try_store();
    }
}
END_TEST

static Suite *faults_suite(void)
{
    Suite *suite = suite_create("store_faults");
    TCase *faults = tcase_create("faults");
    tcase_set_timeout(faults, 120);
    tcase_add_checked_fixture(faults, begin, end);
    tcase_add_loop_test(faults, keeps_its_word_on_a_failing_disk, 0, (int)(sizeof disks / sizeof disks[0]));
    tcase_add_test(faults, tells_of_a_full_disk);
    tcase_add_test(faults, notices_that_its_file_was_replaced);
    tcase_add_test(faults, goes_on_without_its_lock_file);
    tcase_add_test(faults, survives_damage);
    tcase_add_test(faults, survives_a_damaged_log);
    suite_add_tcase(suite, faults);
    return suite;
}

SUITE_MAIN(faults_suite)
