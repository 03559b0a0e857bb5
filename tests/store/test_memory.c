/* Memory that runs out, the library's own and SQLite's: at each allocation once, and from each on. The answer is that memory is short or that
 * all went well; what was acknowledged is there, what was not is not, and nothing leaks. */
#include <sqlite3.h>

#include "place_of_store.h"
#include "rows.h"
#include "store/duty.h"
#include "store/external.h"

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

/* ------------------------------------------------------------------------------------------ what is tried --- */

static pz_status add_class(pz_store *store, const char *key, int *out_repeated)
{
    static const char sql[] =
        "INSERT INTO org (tenant_id, org_id, since_change, until_change, kind, name, ended) VALUES (1, ?1, ?2, ?3, ?4, ?5, 0)";
    pz__change *change;
    pz__statement *statement;
    pz_id id = 0;
    int32_t source = 0;
    pz_status status = pz__change_start(store, &rows_author, "org.add", key, key, strlen(key), &change, out_repeated);
    if (status != PZ_OK || *out_repeated) return pz__change_end(change, status);
    status = pz__store_take_ids(store, 1, &id);
    if (status == PZ_OK) status = pz__db_statement(pz__store_db(store), sql, &statement);
    if (status == PZ_OK) {
        pz__bind_id(statement, 1, id);
        pz__bind_int(statement, 2, pz__change_number(change));
        pz__bind_int(statement, 3, PZ__CURRENT);
        pz__bind_text(statement, 4, "school", PZ_NUL_TERMINATED);
        pz__bind_text(statement, 5, key, PZ_NUL_TERMINATED);
        status = pz__db_run(statement);
    }
    if (status == PZ_OK) status = pz__source_number(store, "SIS", PZ_NUL_TERMINATED, 1, &source);
    if (status == PZ_OK) status = pz__external_put(store, PZ_KIND_ORG, source, key, PZ_NUL_TERMINATED, id);
    pz__change_note(change, PZ_KIND_ORG, id, 0, PZ__ACT_ADD, 1);
    pz__change_note(change, PZ_KIND_GOAL, 5, 6, PZ__ACT_ADD, 1);
    pz__change_add_result(change, id);
    return pz__change_end(change, status);
}

static pz_status take_text(void *user_data, const char *text, size_t length, pz_id id)
{
    (void)text;
    (void)length;
    *(pz_id *)user_data += id;
    return PZ_OK;
}

static pz_status read_all(pz_store *store)
{
    pz_store_info *info = NULL;
    const char *name;
    pz_id id = 0, sum = 0;
    int more;
    pz_status status = pz_store_describe(store, &info);
    pz_free(info);
    if (status == PZ_OK) status = pz__store_read_begin(store);
    if (status != PZ_OK) return status;
    status = pz__source_name(store, 1, &name);
    if (status == PZ_OK) status = pz__external_find(store, PZ_KIND_ORG, -1, "first", PZ_NUL_TERMINATED, &id, &more);
    if (status == PZ_OK) status = pz__external_each(store, PZ_KIND_ORG, 1, take_text, &sum);
    pz__store_read_end(store);
    return status;
}

/* In a joined change, erase; and then the duties. */
static pz_status erase_and_check(pz_store *store)
{
    pz__buffer text = PZ__BUFFER_INIT;
    pz__json_writer json;
    pz__change *change;
    int repeated;
    pz_status status = pz__change_start(store, &rows_author, "person.erase", NULL, NULL, 0, &change, &repeated);
    pz__json_start(&json, &text);
    pz__json_open_object(&json);
    if (status == PZ_OK) {
        status = pz__duty_erase_person(store, 6, &json);
        pz__change_note(change, PZ_KIND_PERSON, 6, 0, PZ__ACT_ERASE, 1);
        status = pz__change_end(change, status);
    }
    if (status == PZ_OK) status = pz__duty_erase_finish(store, 6, &json);
    if (status == PZ_OK) status = pz__duty_export_person(store, 6, NULL, NULL, NULL, &json);
    if (status == PZ_OK) status = pz__duty_verify(store, NULL, NULL, &json);
    if (status == PZ_OK) status = text.status;
    pz__buffer_free(&text);
    return status;
}

/* What most calls do: opening, writing, reading, closing. The store is there already. */
static pz_status open_and_write(void *user_data)
{
    pz_store *store = NULL;
    int repeated;
    pz_status status = pz_store_open(place.path, NULL, &store);
    (void)user_data;
    if (status == PZ_OK) status = add_class(store, "second", &repeated);
    if (status == PZ_OK) status = add_class(store, "first", &repeated);
    if (status == PZ_OK) ck_assert_int_eq(repeated, 1);
    if (status == PZ_OK) status = read_all(store);
    pz_store_free(store);
    return status;
}

static pz_status create(void *user_data)
{
    pz_store *store = NULL;
    int repeated;
    pz_status status;
    (void)user_data;
    place_empty(&place);
    status = pz_store_create(place.path, NULL, &store);
    ck_assert_int_eq(store != NULL, status == PZ_OK);
    if (status == PZ_OK) status = add_class(store, "first", &repeated);
    pz_store_free(store);
    return status;
}

static pz_status open_and_erase(void *user_data)
{
    pz_store *store = NULL;
    pz_status status = pz_store_open(place.path, NULL, &store);
    (void)user_data;
    if (status == PZ_OK) status = erase_and_check(store);
    pz_store_free(store);
    return status;
}

/* None of the files that are filled before they get their names is left. */
static void check_no_rest(void)
{
    ck_assert_int_eq(place_count(&place, "school.pz.new") + place_count(&place, "copy.pz.new") + place_count(&place, "again.pz.new"), 0);
}

static pz_status back_up(void *user_data)
{
    pz_store *store = NULL;
    pz_status status = pz_store_open(place.path, NULL, &store);
    (void)user_data;
    if (status == PZ_OK) status = pz__duty_backup(store, place_file(&place, "copy.pz"), NULL, NULL);
    pz_store_free(store);
    check_no_rest();
    return status;
}

/* A store that is closed can stand for its backup. */
static pz_status restore(void *user_data)
{
    char from[PATH_MAX];
    (void)user_data;
    snprintf(from, sizeof from, "%s", place_file(&place, "copy.pz"));
    pz_status status = pz_store_restore(access(from, F_OK) ? place.path : from, place_file(&place, "again.pz"), NULL, NULL, NULL);
    check_no_rest();
    return status;
}

/* In this order each finds what it needs. */
static pz_status (*const duties[])(void *) = {create, open_and_write, open_and_erase, back_up, restore};
enum { DUTIES = sizeof duties / sizeof duties[0] };

static pz_status do_everything(void *user_data)
{
    pz_status status = PZ_OK;
    for (size_t i = 0; i < DUTIES && status == PZ_OK; i++) status = duties[i](user_data);
    return status;
}

/* ------------------------------------------------------------------------------------------ its own memory --- */

/* The store as it was before a duty, so that each try begins with it and not with all duties before. */
typedef struct attempt {
    pz_status (*duty)(void *);
    char *before;
    size_t length;
} attempt;

static void keep(attempt *tried)
{
    FILE *file = fopen(place.path, "rb");
    struct stat about;
    ck_assert(file && stat(place.path, &about) == 0);
    tried->length = (size_t)about.st_size;
    tried->before = malloc(tried->length);
    ck_assert(tried->before && fread(tried->before, 1, tried->length, file) == tried->length);
    fclose(file);
}

static pz_status try_duty(void *user_data)
{
    const attempt *tried = user_data;
    if (tried->before) {
        FILE *file;
        place_empty(&place);
        file = fopen(place.path, "wb");
        ck_assert(file && fwrite(tried->before, 1, tried->length, file) == tried->length);
        ck_assert_int_eq(fclose(file), 0);
    }
    return tried->duty(NULL);
}

START_TEST(survives_each_failing_allocation_of_its_own)
{
    for (size_t i = 0; i < DUTIES; i++) {
        attempt tried = {duties[i], NULL, 0};
        int64_t count;
        if (i) keep(&tried);
        count = suite_each_allocation(try_duty, &tried);
        printf("duty %d: %lld allocations\n", (int)i, (long long)count);
        ck_assert_int_ge(count, 50);
        free(tried.before);
    }
}
END_TEST

/* ---------------------------------------------------------------------------------------- SQLite's memory --- */

static sqlite3_mem_methods plain;
static struct {
    int64_t seen;
    int64_t fail_at; /* 0 never */
    int for_ever;
} sqlite_memory;

static int is_failing(void)
{
    sqlite_memory.seen++;
    if (!sqlite_memory.fail_at) return 0;
    return sqlite_memory.for_ever ? sqlite_memory.seen >= sqlite_memory.fail_at : sqlite_memory.seen == sqlite_memory.fail_at;
}

static void *failing_malloc(int size)
{
    return is_failing() ? NULL : plain.xMalloc(size);
}
static void *failing_realloc(void *block, int size)
{
    return is_failing() ? NULL : plain.xRealloc(block, size);
}

static void hook_sqlite(void)
{
    sqlite3_mem_methods hooked;
    if (plain.xMalloc) return;
    ck_assert_int_eq(sqlite3_shutdown(), SQLITE_OK);
    ck_assert_int_eq(sqlite3_config(SQLITE_CONFIG_GETMALLOC, &plain), SQLITE_OK);
    hooked = plain;
    hooked.xMalloc = failing_malloc;
    hooked.xRealloc = failing_realloc;
    ck_assert_int_eq(sqlite3_config(SQLITE_CONFIG_MALLOC, &hooked), SQLITE_OK);
    ck_assert_int_eq(sqlite3_initialize(), SQLITE_OK);
}

/* After whatever happened: the store is there whole, or not at all; a repeated key does not double. */
static void check_after(int64_t at)
{
    pz_store *store;
    int repeated;
    sqlite_memory.fail_at = 0;
    if (access(place.path, F_OK) != 0) return;
    ck_assert_ok(pz_store_open(place.path, NULL, &store));
    ck_assert_ok(add_class(store, "first", &repeated));
    ck_assert_ok(add_class(store, "second", &repeated));
    ck_assert_msg(rows_number(store, "SELECT count(*) FROM org") == 2, "acts were lost or doubled when allocation %lld failed",
                  (long long)at);
    ck_assert_ok(erase_and_check(store));
    pz_store_free(store);
}

static void make_store(void)
{
    pz_store *store;
    int repeated;
    sqlite_memory.fail_at = 0;
    place_empty(&place);
    ck_assert_ok(pz_store_create(place.path, NULL, &store));
    ck_assert_ok(add_class(store, "first", &repeated));
    pz_store_free(store);
}

/* Lets allocation `first`, `first` + `step`, ... of `body` fail until it gets through. */
static void sweep(pz_status (*body)(void *), int for_ever, int64_t step)
{
    int64_t failures = 0;
    hook_sqlite();
    make_store();
    for (int64_t at = 1;; at += step) {
        pz_status status;
        int64_t seen;
        sqlite_memory.seen = 0;
        sqlite_memory.fail_at = at;
        sqlite_memory.for_ever = for_ever;
        status = body(NULL);
        seen = sqlite_memory.seen;
        failures += status != PZ_OK;
        ck_assert_msg(status == PZ_OK || status == PZ_E_NOMEM, "allocation %lld failed and the call gave %s: %s", (long long)at,
                      pz_status_describe(status)->name, pz_last_error()->message);
        check_after(at);
        ck_assert_int_eq(pz_memory_blocks(), 0);
        ck_assert_int_eq(sqlite3_memory_used(), 0);
        if (seen < at) break;
    }
    printf("%lld runs failed\n", (long long)failures);
    ck_assert_int_gt(failures, 15);
}

START_TEST(survives_single_failures_within_sqlite)
{
    sweep(open_and_write, 0, 7);
}
END_TEST

START_TEST(survives_the_end_of_memory_within_sqlite)
{
    sweep(open_and_write, 1, 13);
}
END_TEST

START_TEST(survives_failures_within_sqlite_in_every_duty)
{
    sweep(do_everything, 0, 2503);
    sweep(do_everything, 1, 4003);
}
END_TEST

static Suite *memory_suite(void)
{
    Suite *suite = suite_create("store_memory");
    TCase *memory = tcase_create("memory");
    tcase_set_timeout(memory, 300);
    tcase_add_checked_fixture(memory, begin, end);
    tcase_add_test(memory, survives_each_failing_allocation_of_its_own);
    tcase_add_test(memory, survives_single_failures_within_sqlite);
    tcase_add_test(memory, survives_the_end_of_memory_within_sqlite);
    tcase_add_test(memory, survives_failures_within_sqlite_in_every_duty);
    suite_add_tcase(suite, memory);
    return suite;
}

SUITE_MAIN(memory_suite)
