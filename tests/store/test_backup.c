/* Backups of a store in use, and restoring them. */
#include <fcntl.h>
#include <signal.h>
#include <sqlite3.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include "place_of_store.h"
#include "rows.h"
#include "store/duty.h"

static place_of_store place;
static pz_store *store;
static char copy_path[PATH_MAX];

static void begin(void)
{
    pz__change *change;
    place_start(&place);
    snprintf(copy_path, sizeof copy_path, "%s", place_file(&place, "copy.pz"));
    ck_assert_ok(pz_store_create(place.path, NULL, &store));
    change = rows_begin(store);
    for (int i = 0; i < 2000; i++) {
        char given[64];
        snprintf(given, sizeof given, "org_id=%d", i);
        rows_add(store, "org", given,
                 "a name that takes some room, so that there are more pages than one step copies, many more of them than that, in all");
    }
    rows_commit(change);
}

static void end(void)
{
    pz_store_free(store);
    ck_assert_int_eq(pz_memory_blocks(), 0);
    place_end(&place);
}

static int64_t orgs_of(const char *path)
{
    pz_store *other;
    int64_t count;
    ck_assert_ok(pz_store_open(path, NULL, &other));
    count = rows_number(other, "SELECT count(*) FROM org");
    pz_store_free(other);
    return count;
}

static void add_org(pz_store *to, int number)
{
    pz__change *change = rows_begin(to);
    char given[64];
    snprintf(given, sizeof given, "org_id=%d", number);
    rows_add(to, "org", given, "late");
    rows_commit(change);
}

/* --------------------------------------------------------------------------------------------------- backup --- */

typedef struct copying {
    int calls;
    int stop_at;
    double last;
    pz_store *writer;
} copying;

static pz_status watch(double done, void *user_data)
{
    copying *copy = user_data;
    ck_assert_msg(done >= copy->last && done <= 1.0, "progress went from %g to %g", copy->last, done);
    copy->last = done;
    if (copy->writer) add_org(copy->writer, 100000 + copy->calls);
    return ++copy->calls == copy->stop_at ? PZ_E_CANCELLED : PZ_OK;
}

START_TEST(copies_a_store_in_use)
{
    copying copy = {0, 0, 0.0, NULL};
    struct stat file;
    ck_assert_ok(pz_store_open(place.path, NULL, &copy.writer));
    ck_assert_ok(pz__duty_backup(store, copy_path, watch, &copy));
    ck_assert_int_gt(copy.calls, 3);
    ck_assert_double_gt(copy.last, 0.75);
    ck_assert_int_eq(rows_number(store, "SELECT count(*) FROM org"), 2000 + copy.calls); /* others wrote all the while */
    ck_assert_int_eq(stat(copy_path, &file), 0);
    ck_assert_int_eq(file.st_mode & 0777, 0600);
    ck_assert_int_eq(place_count(&place, "copy.pz"), 1); /* nothing beside it */
    ck_assert_int_eq(orgs_of(copy_path), 2000);          /* of the moment when it began */
    pz_store_free(copy.writer);
}
END_TEST

START_TEST(cancels_a_backup)
{
    int calls;
    copying count = {0, 0, 0.0, NULL};
    ck_assert_ok(pz__duty_backup(store, copy_path, watch, &count));
    calls = count.calls;
    unlink(copy_path);
    for (int i = 1; i <= calls; i++) {
        copying copy = {0, i, 0.0, NULL};
        ck_assert_status(pz__duty_backup(store, copy_path, watch, &copy), PZ_E_CANCELLED);
        ck_assert_int_eq(copy.calls, i);
        ck_assert_int_eq(place_count(&place, "copy.pz"), 0);
    }
    add_org(store, 5000); /* and the store goes on */
}
END_TEST

START_TEST(refuses_a_backup)
{
    pz__change *change;
    ck_assert_status(pz__duty_backup(store, place.path, NULL, NULL), PZ_E_EXISTS);
    ck_assert_status(pz__duty_backup(store, NULL, NULL, NULL), PZ_E_INVALID);
    ck_assert_status(pz__duty_backup(store, place_file(&place, "no/copy.pz"), NULL, NULL), PZ_E_IO);
    ck_assert_status(pz__duty_backup(NULL, copy_path, NULL, NULL), PZ_E_CLOSED);
    change = rows_begin(store);
    ck_assert_status(pz__duty_backup(store, copy_path, NULL, NULL), PZ_E_BUSY_HANDLE);
    rows_commit(change);
    ck_assert_int_eq(place_count(&place, "copy"), 0);
}
END_TEST

/* -------------------------------------------------------------------------------------------------- restore --- */

START_TEST(restores_a_backup)
{
    copying copy = {0, 0, 0.0, NULL};
    const char *restored = place_file(&place, "restored.pz");
    ck_assert_ok(pz__duty_backup(store, copy_path, NULL, NULL));
    ck_assert_status(pz_store_restore(copy_path, place.path, NULL, NULL, NULL), PZ_E_EXISTS);
    ck_assert_ok(pz_store_restore(copy_path, restored, NULL, watch, &copy));
    ck_assert_int_gt(copy.calls, 3);
    ck_assert_int_eq(orgs_of(restored), 2000);
    ck_assert_int_eq(place_count(&place, "copy.pz"), 1);
    ck_assert_status(pz_store_restore(copy_path, restored, NULL, NULL, NULL), PZ_E_EXISTS);
}
END_TEST

START_TEST(restores_from_a_folder_where_nothing_may_be_made)
{
    const char *folder = place_file(&place, "locked"), *there = place_file(&place, "locked/copy.pz"),
               *restored = place_file(&place, "restored.pz");
    ck_assert_int_eq(mkdir(folder, 0700), 0);
    ck_assert_ok(pz__duty_backup(store, there, NULL, NULL));
    ck_assert_int_eq(chmod(folder, 0500), 0);
    ck_assert_ok(pz_store_restore(there, restored, NULL, NULL, NULL));
    ck_assert_int_eq(chmod(folder, 0700), 0);
    unlink(there);
    rmdir(folder);
    ck_assert_int_eq(orgs_of(restored), 2000);
}
END_TEST

/* A store that is open elsewhere may be given as well: its log is read too. */
START_TEST(restores_from_a_store_in_use)
{
    add_org(store, 5000);
    ck_assert_ok(pz_store_restore(place.path, copy_path, NULL, NULL, NULL));
    ck_assert_int_eq(orgs_of(copy_path), 2001);
    add_org(store, 5001);
}
END_TEST

static void change_bytes(const char *path, off_t at, int count)
{
    int descriptor = open(path, O_RDWR);
    char bytes[64];
    ck_assert_int_ge(descriptor, 0);
    ck_assert_int_eq(pread(descriptor, bytes, (size_t)count, at), count);
    for (int i = 0; i < count; i++) bytes[i] ^= 0x55;
    ck_assert_int_eq(pwrite(descriptor, bytes, (size_t)count, at), count);
    close(descriptor);
}

static void run_on_file(const char *path, const char *sql)
{
    sqlite3 *db;
    ck_assert_int_eq(sqlite3_open(path, &db), SQLITE_OK);
    ck_assert_msg(sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK, "%s: %s", sql, sqlite3_errmsg(db));
    sqlite3_close(db);
}

static void check_refused(pz_status wanted)
{
    const char *restored = place_file(&place, "restored.pz");
    ck_assert_status(pz_store_restore(copy_path, restored, NULL, NULL, NULL), wanted);
    ck_assert_int_eq(place_count(&place, "restored"), 0);
    unlink(copy_path);
    unlink(place_file(&place, "copy.pz-wal"));
    unlink(place_file(&place, "copy.pz-shm"));
}

START_TEST(refuses_what_is_no_whole_store)
{
    int descriptor;
    check_refused(PZ_E_IO); /* not there */
    descriptor = open(copy_path, O_CREAT | O_WRONLY, 0600);
    ck_assert_int_eq(write(descriptor, "This is a text.", 15), 15);
    close(descriptor);
    check_refused(PZ_E_NOT_STORE);
    ck_assert_int_eq(mkdir(copy_path, 0700), 0);
    ck_assert_status(pz_store_restore(copy_path, place_file(&place, "restored.pz"), NULL, NULL, NULL), PZ_E_NOT_STORE);
    rmdir(copy_path);
    run_on_file(copy_path, "CREATE TABLE t (a)");
    check_refused(PZ_E_NOT_STORE);
    ck_assert_ok(pz__duty_backup(store, copy_path, NULL, NULL));
    run_on_file(copy_path, "PRAGMA user_version = 99");
    check_refused(PZ_E_NEWER);
    ck_assert_ok(pz__duty_backup(store, copy_path, NULL, NULL));
    change_bytes(copy_path, 40 * 4096, 8); /* the head of a page */
    check_refused(PZ_E_CORRUPT);
    ck_assert_ok(pz__duty_backup(store, copy_path, NULL, NULL));
    ck_assert_int_eq(truncate(copy_path, 30 * 4096), 0);
    check_refused(PZ_E_CORRUPT);
    ck_assert_ok(pz__duty_backup(store, copy_path, NULL, NULL));
    run_on_file(copy_path, "UPDATE change SET role = 5");
    check_refused(PZ_E_TAMPERED);
    ck_assert_ok(pz__duty_backup(store, copy_path, NULL, NULL));
    run_on_file(copy_path, "CREATE TRIGGER t AFTER INSERT ON org BEGIN DELETE FROM person; END");
    check_refused(PZ_E_TAMPERED);
}
END_TEST

START_TEST(checks_its_arguments)
{
    pz_store_options options = PZ_STORE_OPTIONS_INIT;
    ck_assert_status(pz_store_restore(NULL, copy_path, NULL, NULL, NULL), PZ_E_INVALID);
    ck_assert_status(pz_store_restore(place.path, NULL, NULL, NULL, NULL), PZ_E_INVALID);
    options.durability = 7;
    ck_assert_status(pz_store_restore(place.path, copy_path, &options, NULL, NULL), PZ_E_INVALID);
    ck_assert_int_eq(place_count(&place, "copy"), 0);
}
END_TEST

/* ------------------------------------------------------------------------------------------------- the disk --- */

/* In a process of its own, with a limit on the size of files; SIGXFSZ would end it otherwise. */
START_TEST(leaves_nothing_where_the_disk_is_full)
{
    int status;
    pid_t child = fork();
    if (child == 0) {
        struct rlimit limit = {200000, 200000};
        pz_store *mine;
        pz_status got;
        signal(SIGXFSZ, SIG_IGN);
        if (pz_store_open(place.path, NULL, &mine)) _exit(1);
        setrlimit(RLIMIT_FSIZE, &limit);
        got = pz__duty_backup(mine, copy_path, NULL, NULL);
        pz_store_free(mine);
        if (got != PZ_E_NO_SPACE) fprintf(stderr, "%s: %s\n", pz_status_describe(got)->name, pz_last_error()->message);
        _exit(got == PZ_E_NO_SPACE ? 0 : 2);
    }
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    ck_assert_int_eq(status, 0);
    ck_assert_int_eq(place_count(&place, "copy"), 0);
}
END_TEST

static Suite *backup_suite(void)
{
    Suite *suite = suite_create("store_backup");
    TCase *backup = tcase_create("backup");
    tcase_set_timeout(backup, 60);
    tcase_add_checked_fixture(backup, begin, end);
    tcase_add_test(backup, copies_a_store_in_use);
    tcase_add_test(backup, cancels_a_backup);
    tcase_add_test(backup, refuses_a_backup);
    tcase_add_test(backup, restores_a_backup);
    tcase_add_test(backup, restores_from_a_folder_where_nothing_may_be_made);
    tcase_add_test(backup, restores_from_a_store_in_use);
    tcase_add_test(backup, refuses_what_is_no_whole_store);
    tcase_add_test(backup, checks_its_arguments);
    tcase_add_test(backup, leaves_nothing_where_the_disk_is_full);
    suite_add_tcase(suite, backup);
    return suite;
}

SUITE_MAIN(backup_suite)
