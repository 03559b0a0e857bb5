/* Making and opening stores: what they are made with, what is refused, what is left after a failure. */
#include <fcntl.h>
#include <sqlite3.h>
#include <sys/wait.h>

#include "place_of_store.h"
#include "store/store.h"

static place_of_store place;

static void begin(void) { place_start(&place); }
static void end(void) { place_end(&place); }

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
    ck_assert_int_eq(info->layout, 1);
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

static Suite *open_suite(void)
{
    Suite *suite = suite_create("store_open");
    TCase *open = tcase_create("open");
    tcase_set_timeout(open, 60);
    tcase_add_checked_fixture(open, begin, end);
    tcase_add_test(open, makes_and_opens_a_store);
    tcase_add_test(open, never_overwrites_a_file);
    suite_add_tcase(suite, open);
    return suite;
}

SUITE_MAIN(open_suite)
