/* Growable text: what goes in comes out, and a failure is remembered. */
#include "base/buffer.h"
#include "base/memory.h"
#include "support/suite.h"

START_TEST(pieces_join)
{
    pz__buffer buffer = PZ__BUFFER_INIT;
    char *text;
    pz__buffer_text(&buffer, "one");
    pz__buffer_char(&buffer, ',');
    pz__buffer_add(&buffer, " two and", 4);
    pz__buffer_format(&buffer, " %d%s", 3, "!");
    pz__buffer_text(&buffer, "");
    pz__buffer_text(&buffer, NULL);
    pz__buffer_add(&buffer, NULL, 0);
    ck_assert_uint_eq(buffer.length, strlen("one, two 3!"));
    ck_assert_ok(pz__buffer_take(&buffer, &text));
    ck_assert_str_eq(text, "one, two 3!");
    ck_assert_ptr_null(buffer.data);
    pz_free(text);
    pz__buffer_free(&buffer);
    ck_assert_int_eq(pz_memory_blocks(), 0);
}
END_TEST

START_TEST(an_empty_buffer_gives_an_empty_text)
{
    pz__buffer buffer = PZ__BUFFER_INIT;
    char *text;
    ck_assert_ok(pz__buffer_take(&buffer, &text));
    ck_assert_str_eq(text, "");
    pz_free(text);
}
END_TEST

START_TEST(clear_keeps_the_memory)
{
    pz__buffer buffer = PZ__BUFFER_INIT;
    size_t capacity;
    pz__buffer_clear(&buffer);
    pz__buffer_text(&buffer, "something rather long, so that there is room");
    capacity = buffer.capacity;
    pz__buffer_clear(&buffer);
    ck_assert_uint_eq(buffer.length, 0);
    ck_assert_str_eq(buffer.data, "");
    ck_assert_uint_eq(buffer.capacity, capacity);
    pz__buffer_text(&buffer, "new");
    ck_assert_str_eq(buffer.data, "new");
    pz__buffer_free(&buffer);
    ck_assert_int_eq(pz_memory_blocks(), 0);
}
END_TEST

START_TEST(long_texts_arrive_whole)
{
    pz__buffer buffer = PZ__BUFFER_INIT;
    for (int i = 0; i < 10000; i++) pz__buffer_format(&buffer, "%05d", i);
    ck_assert_uint_eq(buffer.length, 50000);
    for (int i = 0; i < 10000; i++) {
        char word[6];
        snprintf(word, sizeof word, "%05d", i);
        ck_assert_mem_eq(buffer.data + i * 5, word, 5);
    }
    pz__buffer_free(&buffer);
}
END_TEST

static pz_status write_much(void *user_data)
{
    pz__buffer buffer = PZ__BUFFER_INIT;
    char *text = user_data;
    pz_status status;
    for (int i = 0; i < 100; i++) {
        pz__buffer_format(&buffer, "%d,", i);
        pz__buffer_real(&buffer, i / 7.0);
        pz__buffer_fixed(&buffer, i / 7.0, 2);
    }
    status = pz__buffer_take(&buffer, &text);
    if (status != PZ_OK) ck_assert_ptr_null(text);
    pz_free(text);
    return status;
}

START_TEST(a_failed_allocation_is_remembered)
{
    ck_assert_int_ge(suite_each_allocation(write_much, NULL), 5);
}
END_TEST

START_TEST(a_length_beyond_memory_is_remembered)
{
    pz__buffer buffer = PZ__BUFFER_INIT;
    char *text;
    pz__buffer_text(&buffer, "some");
    pz__buffer_add(&buffer, "x", SIZE_MAX - 2);
    pz__buffer_text(&buffer, "more");
    ck_assert_str_eq(buffer.data, "some");
    ck_assert_status(pz__buffer_take(&buffer, &text), PZ_E_NOMEM);
    ck_assert_ptr_null(text);
    ck_assert_int_eq(pz_memory_blocks(), 0);
}
END_TEST

START_TEST(another_failure_is_handed_on)
{
    pz__buffer buffer = PZ__BUFFER_INIT;
    char *text;
    pz__buffer_text(&buffer, "half");
    buffer.status = PZ_E_INTERNAL;
    pz__buffer_text(&buffer, " done");
    ck_assert_str_eq(buffer.data, "half");
    ck_assert_status(pz__buffer_take(&buffer, &text), PZ_E_INTERNAL);
    ck_assert_ptr_null(text);
    ck_assert_int_eq(pz_memory_blocks(), 0);
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("buffer");
    TCase *tests = tcase_create("buffer");
    tcase_add_test(tests, pieces_join);
    tcase_add_test(tests, an_empty_buffer_gives_an_empty_text);
    tcase_add_test(tests, clear_keeps_the_memory);
    tcase_add_test(tests, long_texts_arrive_whole);
    tcase_add_test(tests, a_failed_allocation_is_remembered);
    tcase_add_test(tests, a_length_beyond_memory_is_remembered);
    tcase_add_test(tests, another_failure_is_handed_on);
    suite_add_tcase(suite, tests);
    return suite;
}

SUITE_MAIN(make_suite)
