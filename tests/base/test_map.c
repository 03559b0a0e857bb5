/* The hash table: against a plain array, at a million entries within its memory, and with each allocation failing. */
#include "base/map.h"

#include "base/random.h"
#include "support/suite.h"

START_TEST(keeps_numbers)
{
    static const int64_t keys[] = {0, 1, -1, INT64_MAX, INT64_MIN, INT64_C(1) << 32, 42};
    enum { KEYS = sizeof keys / sizeof keys[0] };
    pz__map *map;
    int64_t value = 7;
    ck_assert_ok(pz__map_new(&map));
    ck_assert_uint_eq(pz__map_count(map), 0);
    ck_assert_int_eq(pz__map_get(map, 0, &value), 0);
    ck_assert_int_eq(value, 7);
    for (int i = 0; i < KEYS; i++) ck_assert_ok(pz__map_put(map, keys[i], 100 + i));
    ck_assert_uint_eq(pz__map_count(map), KEYS);
    for (int i = 0; i < KEYS; i++) {
        ck_assert_int_eq(pz__map_get(map, keys[i], &value), 1);
        ck_assert_int_eq(value, 100 + i);
        ck_assert_int_eq(pz__map_get(map, keys[i], NULL), 1);
    }
    ck_assert_int_eq(pz__map_get(map, 2, NULL), 0);
    ck_assert_ok(pz__map_put(map, 42, INT64_MIN));
    ck_assert_uint_eq(pz__map_count(map), KEYS);
    ck_assert_int_eq(pz__map_get(map, 42, &value), 1);
    ck_assert_int_eq(value, INT64_MIN);
    ck_assert_ok(pz__map_put_new(map, 42, 5, &value)); /* it has one, which stays */
    ck_assert_int_eq(value, INT64_MIN);
    ck_assert_uint_eq(pz__map_count(map), KEYS);
    ck_assert_ok(pz__map_put_new(map, 43, 5, &value));
    ck_assert_int_eq(value, 5);
    ck_assert(pz__map_get(map, 43, &value) && value == 5);
    ck_assert_uint_eq(pz__map_count(map), KEYS + 1);
    pz__map_free(map);
}
END_TEST

START_TEST(keeps_texts)
{
    static const char inner[] = "a\0b";
    pz__map *map;
    int64_t value;
    ck_assert_ok(pz__map_new(&map));
    ck_assert_ok(pz__map_put_text(map, "", 0, 1));
    ck_assert_ok(pz__map_put_text(map, NULL, 0, 2)); /* the same as "" */
    ck_assert_ok(pz__map_put_text(map, "a", 1, 3));
    ck_assert_ok(pz__map_put_text(map, inner, 3, 4));
    ck_assert_ok(pz__map_put_text(map, "A", 1, 5));
    ck_assert_uint_eq(pz__map_count(map), 4);
    ck_assert(pz__map_get_text(map, "", 0, &value) && value == 2);
    ck_assert(pz__map_get_text(map, "abc", 1, &value) && value == 3);
    ck_assert(pz__map_get_text(map, inner, 3, &value) && value == 4);
    ck_assert(pz__map_get_text(map, "A", 1, &value) && value == 5);
    ck_assert(!pz__map_get_text(map, "ab", 2, &value));
    ck_assert(!pz__map_get_text(map, inner, 2, &value));
    pz__map_free(map);
}
END_TEST

START_TEST(tells_long_texts_apart)
{
    enum { LONG = 100000 };
    pz__map *map;
    int64_t value;
    char *text = malloc(LONG);
    memset(text, 'x', LONG);
    ck_assert_ok(pz__map_new(&map));
    for (int i = 0; i < LONG; i += 1000) {
        text[i] = 'y';
        ck_assert_ok(pz__map_put_text(map, text, LONG, i));
        text[i] = 'x';
    }
    for (int i = 0; i < LONG; i += 1000) {
        text[i] = 'y';
        ck_assert(pz__map_get_text(map, text, LONG, &value) && value == i);
        text[i] = 'x';
    }
    ck_assert(!pz__map_get_text(map, text, LONG, NULL));
    pz__map_free(map);
    free(text);
}
END_TEST

/* Random puts and gets of few keys, so that each size of the table up to some thousands is seen with hits and misses. */
START_TEST(does_as_an_array_does)
{
    enum { KEYS = 5000 };
    pz__random random;
    pz__random_seed(&random, suite_seed());
    for (int texts = 0; texts <= 1; texts++) {
        int64_t wanted[KEYS];
        size_t count = 0;
        pz__map *map;
        memset(wanted, 0, sizeof wanted);
        ck_assert_ok(pz__map_new(&map));
        for (int step = 0; step < 40000; step++) {
            uint32_t key = pz__random_below(&random, KEYS);
            int64_t value = 0;
            char text[16];
            size_t length = (size_t)snprintf(text, sizeof text, "k%u", key);
            int found = texts ? pz__map_get_text(map, text, length, &value) : pz__map_get(map, key, &value);
            ck_assert_int_eq(found, wanted[key] != 0);
            ck_assert_int_eq(value, wanted[key]);
            if (pz__random_below(&random, 2)) continue;
            count += wanted[key] == 0;
            wanted[key] = step + 1;
            ck_assert_ok(texts ? pz__map_put_text(map, text, length, step + 1) : pz__map_put(map, key, step + 1));
            ck_assert_uint_eq(pz__map_count(map), count);
        }
        pz__map_free(map);
    }
}
END_TEST

/* ------------------------------------------------------------------------------------------------- a million --- */

static size_t largest; /* block that was asked for */

static void *watch_allocate(size_t size, void *user_data)
{
    (void)user_data;
    if (size > largest) largest = size;
    return malloc(size);
}

static void *watch_reallocate(void *block, size_t size, void *user_data)
{
    (void)user_data;
    if (size > largest) largest = size;
    return realloc(block, size);
}

static void watch_release(void *block, void *user_data)
{
    (void)user_data;
    free(block);
}

START_TEST(holds_a_million_texts_in_48_megabytes)
{
    enum { MILLION = 1000000 };
    pz_allocator hook = {sizeof hook, watch_allocate, watch_reallocate, watch_release, NULL};
    char text[24];
    int64_t value;
    pz__map *map;
    ck_assert_ok(pz_allocator_set(&hook));
    ck_assert_ok(pz__map_new(&map));
    for (int i = 0; i < MILLION; i++) /* without an assertion for each, which would take longer than the map */
        if (pz__map_put_text(map, text, (size_t)snprintf(text, sizeof text, "learner-%d", i), i))
            ck_abort_msg("entry %d does not go in", i);
    ck_assert_uint_eq(pz__map_count(map), MILLION);
    for (int i = 0; i < MILLION; i++) {
        int found = pz__map_get_text(map, text, (size_t)snprintf(text, sizeof text, "learner-%d", i), &value);
        if (!found || value != i) ck_abort_msg("entry %d is lost", i);
    }
    ck_assert(!pz__map_get_text(map, "learner-1000000", 15, NULL));
    ck_assert_int_eq(pz_memory_blocks(), 2); /* the map and its one block */
    ck_assert_uint_lt(largest, 48000000);
    pz__map_free(map);
    ck_assert_ok(pz_allocator_set(NULL));
}
END_TEST

/* ------------------------------------------------------------------------------------------------- failures --- */

static pz_status put_many(void *user_data)
{
    pz__map *map;
    int64_t value;
    pz_status status = pz__map_new(&map);
    (void)user_data;
    for (int64_t i = 0; i < 3000 && !status; i++) {
        status = i & 1 ? pz__map_put_new(map, i * i, i, &value) : pz__map_put(map, i * i, i);
        if (!status) continue;
        /* What was there before the failure is all there still, and no more. */
        ck_assert_uint_eq(pz__map_count(map), (size_t)i);
        ck_assert(!pz__map_get(map, i * i, NULL));
        for (int64_t k = 0; k < i; k++) ck_assert(pz__map_get(map, k * k, &value) && value == k);
        ck_assert_ok(pz__map_put(map, i * i, i));
        ck_assert(pz__map_get(map, i * i, &value) && value == i);
    }
    pz__map_free(map);
    return status;
}

START_TEST(survives_each_failing_allocation)
{
    ck_assert_int_ge(suite_each_allocation(put_many, NULL), 5);
}
END_TEST

START_TEST(takes_no_handle_for_an_empty_map)
{
    int64_t value = 5;
    pz__map *map;
    ck_assert_status(pz__map_put(NULL, 1, 1), PZ_E_CLOSED);
    ck_assert_status(pz__map_put_new(NULL, 1, 5, &value), PZ_E_CLOSED);
    ck_assert_status(pz__map_put_text(NULL, "a", 1, 1), PZ_E_CLOSED);
    ck_assert_int_eq(pz__map_get(NULL, 1, &value), 0);
    ck_assert_int_eq(pz__map_get_text(NULL, "a", 1, &value), 0);
    ck_assert_int_eq(value, 5);
    ck_assert_uint_eq(pz__map_count(NULL), 0);
    pz__map_free(NULL);
    ck_assert_ok(pz__map_new(&map));
    ck_assert_status(pz__map_put_text(map, NULL, 1, 1), PZ_E_INVALID);
    ck_assert_int_eq(pz__map_get_text(map, NULL, 1, NULL), 0);
    pz__map_free(map);
}
END_TEST

static Suite *map_suite(void)
{
    Suite *suite = suite_create("map");
    TCase *map = tcase_create("map");
    tcase_set_timeout(map, 60);
    tcase_add_test(map, keeps_numbers);
    tcase_add_test(map, keeps_texts);
    tcase_add_test(map, tells_long_texts_apart);
    tcase_add_test(map, does_as_an_array_does);
    tcase_add_test(map, holds_a_million_texts_in_48_megabytes);
    tcase_add_test(map, survives_each_failing_allocation);
    tcase_add_test(map, takes_no_handle_for_an_empty_map);
    suite_add_tcase(suite, map);
    return suite;
}

SUITE_MAIN(map_suite)
