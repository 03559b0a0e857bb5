/* Making and opening stores: what they are made with, what is refused, what is left after a failure. */
#include <fcntl.h>
#include <sqlite3.h>
#include <sys/wait.h>

#include "place_of_store.h"
#include "store/driver.h"
#include "store/migrations.h"
#include "store/store.h"

static place_of_store place;

static void begin(void)
{
    place_start(&place);
}
static void end(void)
{
    place_end(&place);
}

static pz_store *make(const pz_store_options *options)
{
    pz_store *store;
    ck_assert_ok(pz_store_create(place.path, options, &store));
    return store;
}

START_TEST(makes_and_opens_a_store)
{
    pz_store_options options = PZ_STORE_OPTIONS_INIT;
    pz_store_info *info;
    struct stat file;
    pz_store *store;
    options.name = "Escola Básica";
    options.time_zone = "Europe/Lisbon";
    store = make(&options);
    ck_assert_ok(pz_store_describe(store, &info));
    ck_assert_int_eq(info->layout, (int32_t)pz__migration_count);
    ck_assert_int_eq(info->last_change, 0);
    ck_assert(info->changed_at == PZ_TIME_NONE);
    ck_assert(info->created_at > INT64_C(1700000000) * 1000000);
    ck_assert_int_gt(info->file_bytes, 4096);
    ck_assert_int_eq(info->has_host_key, 0);
    ck_assert_str_eq(info->name, "Escola Básica");
    ck_assert_str_eq(info->time_zone, "Europe/Lisbon");
    pz_free(info);
    pz_store_free(store);
    ck_assert_int_eq(stat(place.path, &file), 0);
    ck_assert_int_eq(file.st_mode & 0777, 0600);
    ck_assert_ok(pz_store_open(place.path, NULL, &store));
    ck_assert_ok(pz_store_describe(store, &info));
    ck_assert_str_eq(info->name, "Escola Básica");
    pz_free(info);
    pz_store_free(store);
    ck_assert_int_eq(place_count(&place, "school.pz.new"), 0);
    ck_assert_int_eq(pz_memory_blocks(), 0);
}
END_TEST

START_TEST(never_overwrites_a_file)
{
    pz_store *store = make(NULL), *second;
    ck_assert_status(pz_store_create(place.path, NULL, &second), PZ_E_EXISTS);
    ck_assert_ptr_null(second);
    pz_store_free(store);
    ck_assert_status(pz_store_create(place.path, NULL, &second), PZ_E_EXISTS);
}
END_TEST

/* --------------------------------------------------------------------------------------------------- options --- */

static void refuse(const pz_store_options *options, pz_status wanted, const char *field)
{
    pz_store *store = (pz_store *)&place;
    ck_assert_status(pz_store_create(place.path, options, &store), wanted);
    ck_assert_ptr_null(store);
    ck_assert_str_eq(pz_last_error()->field, field);
    ck_assert_int_eq(place_count(&place, ""), 0); /* nothing is left, no lock and no draft */
}

START_TEST(refuses_options_out_of_range)
{
    const pz_store_options initial = PZ_STORE_OPTIONS_INIT;
    pz_store_options options = initial;
    char name[1026];
    options.struct_size = 8;
    refuse(&options, PZ_E_STRUCT_SIZE, "options.struct_size");
    options = initial;
    options.read_only = 2;
    refuse(&options, PZ_E_INVALID, "options.read_only");
    options.read_only = 1;
    refuse(&options, PZ_E_INVALID, "options.read_only");
    options = initial;
    options.durability = 0;
    refuse(&options, PZ_E_INVALID, "options.durability");
    options = initial;
    options.wait_milliseconds = -1;
    refuse(&options, PZ_E_INVALID, "options.wait_milliseconds");
    options.wait_milliseconds = 600001;
    refuse(&options, PZ_E_INVALID, "options.wait_milliseconds");
    options = initial;
    options.cache_kibibytes = 63;
    refuse(&options, PZ_E_INVALID, "options.cache_kibibytes");
    options = initial;
    options.name = "\xff";
    refuse(&options, PZ_E_TEXT, "options.name");
    memset(name, 'a', sizeof name);
    name[1025] = '\0';
    options.name = name;
    refuse(&options, PZ_E_TOO_LONG, "options.name");
    options = initial;
    options.time_zone = "Nowhere/Town";
    refuse(&options, PZ_E_INVALID, "time_zone");
}
END_TEST

START_TEST(takes_the_limits_of_options)
{
    pz_store_options options = PZ_STORE_OPTIONS_INIT;
    pz_store_info *info;
    pz_store *store;
    char name[1025];
    memset(name, 'a', sizeof name);
    name[1024] = '\0';
    options.name = name;
    options.time_zone = NULL;
    options.wait_milliseconds = 600000;
    options.cache_kibibytes = 64;
    options.durability = PZ_DURABILITY_NORMAL;
    store = make(&options);
    ck_assert_ok(pz_store_describe(store, &info));
    ck_assert_str_eq(info->name, name);
    ck_assert_str_eq(info->time_zone, "UTC");
    pz_free(info);
    ck_assert_status(pz_store_describe(store, NULL), PZ_E_INVALID);
    ck_assert_status(pz_store_describe(NULL, &info), PZ_E_CLOSED);
    pz_store_free(store);
    pz_store_free(NULL);
}
END_TEST

static pz_status give_no_key(int32_t use, uint8_t *out_key, void *user_data)
{
    (void)out_key;
    return use == *(int *)user_data ? PZ_E_STATE : PZ_OK;
}

START_TEST(stops_where_the_host_gives_no_key)
{
    pz_store_options options = PZ_STORE_OPTIONS_INIT;
    int use = PZ_KEY_DIGEST;
    options.key = give_no_key;
    options.key_data = &use;
    refuse(&options, PZ_E_CALLBACK, "options.key");
    use = PZ_KEY_CHAIN;
    refuse(&options, PZ_E_CALLBACK, "options.key");
}
END_TEST

/* ------------------------------------------------------------------------------------------------------ paths --- */

START_TEST(refuses_paths)
{
    static const char *const bad[] = {"", ".", "..", "/", "/tmp/", "/tmp/.."};
    char long_path[5000];
    pz_store *store;
    memset(long_path, 'a', sizeof long_path);
    long_path[4999] = '\0';
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        ck_assert_status(pz_store_create(bad[i], NULL, &store), PZ_E_INVALID);
        ck_assert_status(pz_store_open(bad[i], NULL, &store), PZ_E_INVALID);
    }
    ck_assert_status(pz_store_create(NULL, NULL, &store), PZ_E_INVALID);
    ck_assert_status(pz_store_create("\xff", NULL, &store), PZ_E_TEXT);
    ck_assert_status(pz_store_create(long_path, NULL, &store), PZ_E_TOO_LONG);
    ck_assert_status(pz_store_create(place_file(&place, "no/such.pz"), NULL, &store), PZ_E_IO);
    ck_assert_status(pz_store_open(place.path, NULL, &store), PZ_E_IO);
    ck_assert_status(pz_store_open(place.path, NULL, NULL), PZ_E_INVALID);
    ck_assert_status(pz_store_create(place.path, NULL, NULL), PZ_E_INVALID);
    ck_assert_int_eq(place_count(&place, ""), 0);
}
END_TEST

/* Names that mean something to SQLite mean nothing here, and the working folder may change. */
START_TEST(takes_odd_names)
{
    static const char *const odd[] = {"file:a?mode=memory", ":memory:", "a b#c%20d?e", "Grundschule Übersee.pz", "-rf"};
    pz_store *store;
    pz_store_info *info;
    ck_assert_int_eq(chdir(place.folder), 0);
    for (size_t i = 0; i < sizeof odd / sizeof odd[0]; i++) {
        ck_assert_ok(pz_store_create(odd[i], NULL, &store));
        ck_assert_int_eq(access(place_file(&place, odd[i]), F_OK), 0);
        ck_assert_int_eq(chdir("/"), 0);
        ck_assert_ok(pz_store_describe(store, &info));
        pz_free(info);
        pz_store_free(store);
        ck_assert_int_eq(chdir(place.folder), 0);
        ck_assert_ok(pz_store_open(odd[i], NULL, &store));
        pz_store_free(store);
        ck_assert_ok(pz_store_restore(odd[i], "copy", NULL, NULL, NULL));
        ck_assert_int_eq(unlink("copy"), 0);
    }
    ck_assert_int_eq(chdir("/"), 0);
}
END_TEST

START_TEST(follows_links_of_folders_but_not_of_files)
{
    pz_store *store;
    ck_assert_int_eq(symlink(place.folder, place_file(&place, "folder")), 0);
    ck_assert_ok(pz_store_create(place_file(&place, "folder/school.pz"), NULL, &store));
    pz_store_free(store);
    ck_assert_ok(pz_store_open(place.path, NULL, &store));
    pz_store_free(store);
    ck_assert_int_eq(symlink("school.pz", place_file(&place, "link")), 0);
    ck_assert_status(pz_store_open(place_file(&place, "link"), NULL, &store), PZ_E_IO);
    ck_assert_int_eq(symlink("nothing", place_file(&place, "dangling")), 0);
    ck_assert_status(pz_store_create(place_file(&place, "dangling"), NULL, &store), PZ_E_EXISTS);
}
END_TEST

static void write_file(const char *path, const char *text, size_t length)
{
    int descriptor = open(path, O_CREAT | O_TRUNC | O_WRONLY, 0600);
    ck_assert_int_eq(write(descriptor, text, length), (ssize_t)length);
    close(descriptor);
}

static void run_on_file(const char *sql)
{
    sqlite3 *db;
    ck_assert_int_eq(sqlite3_open(place.path, &db), SQLITE_OK);
    ck_assert_msg(sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK, "%s", sqlite3_errmsg(db));
    sqlite3_close(db);
}

START_TEST(refuses_other_files)
{
    pz_store *store;
    write_file(place.path, "", 0);
    ck_assert_status(pz_store_open(place.path, NULL, &store), PZ_E_NOT_STORE);
    write_file(place.path, "This is a letter to the parents of the third grade, and not a store.", 68);
    ck_assert_status(pz_store_open(place.path, NULL, &store), PZ_E_NOT_STORE);
    unlink(place.path);
    run_on_file("CREATE TABLE mine (a); INSERT INTO mine VALUES (1)");
    ck_assert_status(pz_store_open(place.path, NULL, &store), PZ_E_NOT_STORE);
    unlink(place.path);
    ck_assert_int_eq(mkdir(place.path, 0700), 0);
    ck_assert_status(pz_store_open(place.path, NULL, &store), PZ_E_NOT_STORE);
    ck_assert_status(pz_store_create(place.path, NULL, &store), PZ_E_EXISTS);
    rmdir(place.path);
    write_file(place_file(&place, "school.pz-wal"), "log", 3); /* of a store that somebody removed */
    ck_assert_status(pz_store_create(place.path, NULL, &store), PZ_E_EXISTS);
}
END_TEST

START_TEST(refuses_a_newer_store)
{
    pz_store_options options = PZ_STORE_OPTIONS_INIT;
    pz_store *store = make(NULL);
    pz_store_free(store);
    run_on_file("PRAGMA user_version = 1000");
    ck_assert_status(pz_store_open(place.path, NULL, &store), PZ_E_NEWER);
    options.read_only = 1;
    ck_assert_status(pz_store_open(place.path, &options, &store), PZ_E_NEWER);
}
END_TEST

/* An older layout (here: none at all, under our mark) is brought up to date, but not by who may only read. */
START_TEST(brings_an_older_store_up_to_date)
{
    pz_store_options options = PZ_STORE_OPTIONS_INIT;
    pz_store *store;
    run_on_file("PRAGMA application_id = 0x505A5331; PRAGMA journal_mode = WAL");
    options.read_only = 1;
    ck_assert_status(pz_store_open(place.path, &options, &store), PZ_E_READ_ONLY);
    ck_assert_status(pz_store_open(place.path, NULL, &store), PZ_E_CORRUPT); /* the tables are there now, but nobody's */
    ck_assert_ptr_nonnull(strstr(pz_last_error()->message, "tenant"));
}
END_TEST

/* The file as a library of layout 1 left it: its own schema and the row of the tenant. */
static void turn_back_to_first_layout(const char *rows)
{
    pz__buffer sql = PZ__BUFFER_INIT;
    run_on_file("CREATE TABLE kept AS SELECT * FROM tenant");
    {
        sqlite3 *db;
        sqlite3_stmt *names;
        ck_assert_int_eq(sqlite3_open(place.path, &db), SQLITE_OK);
        ck_assert_int_eq(
            sqlite3_prepare_v2(db, "SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> 'kept' AND name NOT LIKE 'sqlite%'", -1,
                               &names, NULL),
            SQLITE_OK);
        while (sqlite3_step(names) == SQLITE_ROW)
            pz__buffer_format(&sql, "DROP TABLE \"%s\";", (const char *)sqlite3_column_text(names, 0));
        sqlite3_finalize(names);
        sqlite3_close(db);
    }
    pz__migration_sql(0, &sql);
    pz__buffer_text(&sql, "INSERT INTO tenant SELECT * FROM kept; DROP TABLE kept; PRAGMA user_version = 1;");
    pz__buffer_text(&sql, rows);
    ck_assert_int_eq(sql.status, PZ_OK);
    run_on_file(sql.data);
    pz__buffer_free(&sql);
}

static int64_t ask(pz_store *store, const char *sql)
{
    pz__statement *statement;
    int64_t value;
    int row;
    ck_assert_ok(pz__db_statement_text(pz__store_db(store), sql, &statement));
    ck_assert_ok(pz__db_step(statement, &row));
    ck_assert_msg(row, "no row: %s", sql);
    value = pz__column_int(statement, 0);
    pz__db_reset(statement);
    return value;
}

/* A store of the first layout gets the schema of a new one, and its rows stay what its changes answer for: no migration rewrites one. */
START_TEST(brings_the_first_layout_up_to_date)
{
    pz_store_options options = PZ_STORE_OPTIONS_INIT;
    pz_store *store = make(NULL);
    int64_t different;
    pz_store_free(store);
    turn_back_to_first_layout("INSERT INTO org VALUES (1, 7, 1, 9223372036854775807, NULL, 'school', 'Hill', NULL, 0);");
    options.read_only = 1;
    ck_assert_status(pz_store_open(place.path, &options, &store), PZ_E_READ_ONLY);
    ck_assert_ok(pz_store_open(place.path, NULL, &store));
    ck_assert_int_eq(ask(store, "PRAGMA user_version"), (int64_t)pz__migration_count);
    ck_assert_ok(pz__db_compare_schema(pz__store_db(store), &different));
    ck_assert_int_eq(different, 0);
    ck_assert_int_eq(ask(store, "SELECT count(*) FROM org WHERE org_id = 7 AND name = 'Hill'"), 1);
    pz_store_free(store);
}
END_TEST

START_TEST(puts_the_log_back)
{
    pz_store *store = make(NULL);
    pz_store_free(store);
    run_on_file("PRAGMA journal_mode = DELETE");
    ck_assert_ok(pz_store_open(place.path, NULL, &store));
    pz_store_free(store);
}
END_TEST

START_TEST(notices_keys_that_were_changed)
{
    pz_store *store = make(NULL);
    pz_store_free(store);
    run_on_file("UPDATE tenant SET chain_key = zeroblob(32)");
    ck_assert_status(pz_store_open(place.path, NULL, &store), PZ_E_TAMPERED);
    run_on_file("UPDATE tenant SET chain_key = zeroblob(3)");
    ck_assert_status(pz_store_open(place.path, NULL, &store), PZ_E_TAMPERED);
    run_on_file("DELETE FROM tenant");
    ck_assert_status(pz_store_open(place.path, NULL, &store), PZ_E_CORRUPT);
}
END_TEST

/* ---------------------------------------------------------------------------------------------- rights, files --- */

START_TEST(leaves_one_file_behind)
{
    pz_store *store = make(NULL), *second;
    mode_t mask = umask(0);
    umask(mask);
    ck_assert_ok(pz_store_open(place.path, NULL, &second));
    ck_assert_int_eq(place_count(&place, "school.pz"), 4);
    pz_store_free(store);
    pz_store_free(second);
    ck_assert_int_eq(place_count(&place, "school.pz"), 2); /* the store and its lock */
    ck_assert_uint_eq(umask(mask), mask);
}
END_TEST

/* As a user without rights: root has all. */
static int as_nobody(pz_status wanted, const pz_store_options *options)
{
    int status;
    pid_t child = fork();
    if (child == 0) {
        pz_store *store;
        pz_status got;
        if (geteuid() == 0 && (setgid(65534) != 0 || setuid(65534) != 0)) _exit(77);
        got = pz_store_open(place.path, options, &store);
        if (got != wanted) fprintf(stderr, "%s: %s\n", pz_status_describe(got)->name, pz_last_error()->message);
        _exit(got == wanted && pz_last_error()->hint[0] ? 0 : 1);
    }
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    return WEXITSTATUS(status);
}

START_TEST(says_what_rights_are_missing)
{
    pz_store_options options = PZ_STORE_OPTIONS_INIT;
    pz_store *store = make(NULL);
    int result;
    pz_store_free(store);
    ck_assert_int_eq(chmod(place.path, 0444), 0);
    ck_assert_int_eq(chmod(place.folder, 0555), 0);
    result = as_nobody(PZ_E_IO, NULL); /* the file may not be written */
    options.read_only = 1;
    if (result == 0) result = as_nobody(PZ_E_IO, &options); /* nor anything be made beside it */
    ck_assert_int_eq(chmod(place.folder, 0755), 0);
    if (result == 77) {
        printf("skipped: this process cannot give up its rights\n");
        return;
    }
    ck_assert_int_eq(result, 0);
}
END_TEST

/* ------------------------------------------------------------------------------------------------- settings --- */

START_TEST(has_the_settings_that_it_promises)
{
    static const struct {
        const char *sql;
        int64_t value;
    } settings[] = {
        {"PRAGMA foreign_keys", 1},
        {"PRAGMA synchronous", 2},
        {"PRAGMA trusted_schema", 0},
        {"PRAGMA cell_size_check", 1},
        {"PRAGMA secure_delete", 1},
        {"PRAGMA temp_store", 2},
        {"PRAGMA cache_size", -16384},
        {"PRAGMA application_id", 0x505A5331},
        {"SELECT user_version >= 2 FROM pragma_user_version", 1},
        {"PRAGMA query_only", 0},
        {"PRAGMA mmap_size", 0},
        {"SELECT count(*) FROM pragma_journal_mode WHERE journal_mode = 'wal'", 1},
        {"SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND sql NOT LIKE '%STRICT%'", 0},
        {"SELECT count(*) FROM sqlite_schema m JOIN pragma_index_list(m.name) i LEFT JOIN sqlite_stat1 s ON s.tbl = m.name AND "
         "s.idx IN (m.name, i.name) WHERE m.name NOT LIKE 'sqlite%' AND s.stat IS NULL",
         0},
        {"SELECT count(*) FROM pragma_table_list WHERE schema = 'main' AND name NOT LIKE 'sqlite%' AND strict = 0", 0},
    };
    pz_store *store = make(NULL);
    for (size_t i = 0; i < sizeof settings / sizeof settings[0]; i++) {
        pz__statement *statement;
        int row;
        ck_assert_ok(pz__db_statement_text(pz__store_db(store), settings[i].sql, &statement));
        ck_assert_ok(pz__db_step(statement, &row));
        if (row || settings[i].value) ck_assert_msg(pz__column_int(statement, 0) == settings[i].value, "%s", settings[i].sql);
        pz__db_reset(statement);
    }
    pz_store_free(store);
}
END_TEST

START_TEST(makes_the_same_pseudonyms_from_the_same_seed)
{
    pz_store_options options = PZ_STORE_OPTIONS_INIT;
    uint64_t first[4];
    pz_store *store = make(NULL);
    pz_store_free(store);
    options.random_seed = 99;
    for (int round = 0; round < 2; round++) {
        ck_assert_ok(pz_store_open(place.path, &options, &store));
        for (int i = 0; i < 4; i++) {
            uint64_t value = pz__store_random(store);
            if (round) ck_assert_uint_eq(value, first[i]);
            first[i] = value;
        }
        pz_store_free(store);
    }
    ck_assert_ok(pz_store_open(place.path, NULL, &store));
    ck_assert_uint_ne(pz__store_random(store), pz__store_random(store));
    pz_store_free(store);
}
END_TEST

START_TEST(stays_while_somebody_holds_it)
{
    pz_store *store = make(NULL);
    int64_t last;
    pz__store_retain(store);
    pz_store_free(store);
    ck_assert_ok(pz__store_last_change(store, &last));
    pz_store_free(store);
    ck_assert_int_eq(pz_memory_blocks(), 0);
}
END_TEST

static Suite *open_suite(void)
{
    Suite *suite = suite_create("store_open");
    TCase *open = tcase_create("open");
    tcase_set_timeout(open, 60);
    tcase_add_checked_fixture(open, begin, end);
    tcase_add_test(open, makes_and_opens_a_store);
    tcase_add_test(open, never_overwrites_a_file);
    tcase_add_test(open, refuses_options_out_of_range);
    tcase_add_test(open, takes_the_limits_of_options);
    tcase_add_test(open, stops_where_the_host_gives_no_key);
    tcase_add_test(open, refuses_paths);
    tcase_add_test(open, takes_odd_names);
    tcase_add_test(open, follows_links_of_folders_but_not_of_files);
    tcase_add_test(open, refuses_other_files);
    tcase_add_test(open, refuses_a_newer_store);
    tcase_add_test(open, brings_an_older_store_up_to_date);
    tcase_add_test(open, brings_the_first_layout_up_to_date);
    tcase_add_test(open, puts_the_log_back);
    tcase_add_test(open, notices_keys_that_were_changed);
    tcase_add_test(open, leaves_one_file_behind);
    tcase_add_test(open, says_what_rights_are_missing);
    tcase_add_test(open, has_the_settings_that_it_promises);
    tcase_add_test(open, makes_the_same_pseudonyms_from_the_same_seed);
    tcase_add_test(open, stays_while_somebody_holds_it);
    suite_add_tcase(suite, open);
    return suite;
}

SUITE_MAIN(open_suite)
