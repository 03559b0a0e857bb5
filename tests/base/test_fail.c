/* Error detail: set by failures, left alone by successes, one for each thread, cut between characters. */
#include <pthread.h>

#include "base/fail.h"
#include "base/text.h"
#include "support/suite.h"

START_TEST(detail_is_never_null)
{
    const pz_error *error = pz_last_error();
    ck_assert_uint_eq(error->struct_size, sizeof *error);
    ck_assert_int_eq(error->status, PZ_OK);
    ck_assert_str_eq(error->message, "");
    ck_assert_str_eq(error->field, "");
    ck_assert_str_eq(error->hint, "");
}
END_TEST

START_TEST(a_failure_replaces_all_of_the_detail)
{
    ck_assert_int_eq(pz__fail(PZ_E_LIMIT, "size", "Take less.", "%d is over %d.", 7, 5), PZ_E_LIMIT);
    ck_assert_int_eq(pz_last_error()->status, PZ_E_LIMIT);
    ck_assert_str_eq(pz_last_error()->message, "7 is over 5.");
    ck_assert_str_eq(pz_last_error()->field, "size");
    ck_assert_str_eq(pz_last_error()->hint, "Take less.");
    ck_assert_int_eq(pz__fail(PZ_E_IO, NULL, NULL, "Gone."), PZ_E_IO);
    ck_assert_str_eq(pz_last_error()->message, "Gone.");
    ck_assert_str_eq(pz_last_error()->field, "");
    ck_assert_str_eq(pz_last_error()->hint, "");
}
END_TEST

START_TEST(a_success_leaves_the_detail)
{
    pz_date date;
    ck_assert_status(pz_date_parse("never", PZ_NUL_TERMINATED, &date), PZ_E_INVALID);
    ck_assert_ok(pz_date_parse("2026-11-24", PZ_NUL_TERMINATED, &date));
    ck_assert_int_eq(pz_last_error()->status, PZ_E_INVALID);
}
END_TEST

START_TEST(the_failures_that_all_share)
{
    ck_assert_status(pz__fail_closed("actor"), PZ_E_CLOSED);
    ck_assert_str_eq(pz_last_error()->field, "actor");
    ck_assert_ptr_nonnull(strstr(pz_last_error()->message, "actor"));
    ck_assert_status(pz__fail_null("out_time"), PZ_E_INVALID);
    ck_assert_str_eq(pz_last_error()->field, "out_time");
    ck_assert_status(pz__fail_memory(), PZ_E_NOMEM);
}
END_TEST

static pz_status second_of_two(pz_status first, int *reached)
{
    PZ__TRY(first);
    *reached = 1;
    return PZ_OK;
}

START_TEST(try_hands_failures_on)
{
    int reached = 0;
    ck_assert_int_eq(second_of_two(PZ_E_BUSY, &reached), PZ_E_BUSY);
    ck_assert_int_eq(reached, 0);
    ck_assert_int_eq(second_of_two(PZ_OK, &reached), PZ_OK);
    ck_assert_int_eq(reached, 1);
}
END_TEST

/* Whatever the offset, a text of two-byte and four-byte characters that is too long is cut to whole ones. */
START_TEST(long_words_are_cut_between_characters)
{
    for (size_t offset = 0; offset < 8; offset++) {
        char words[4000] = "";
        size_t length;
        memset(words, 'x', offset);
        for (int i = 0; i < 500; i++) strcat(words, "\xC3\xA9\xF0\x9F\x98\x80");
        pz__fail(PZ_E_INVALID, words, words, "%s", words);
        length = strlen(pz_last_error()->message);
        ck_assert(length > 1000 && length < 1024);
        ck_assert_uint_eq(pz__utf8_valid(pz_last_error()->message, length), length);
        length = strlen(pz_last_error()->field);
        ck_assert(length > 120 && length < 128);
        ck_assert_uint_eq(pz__utf8_valid(pz_last_error()->field, length), length);
        length = strlen(pz_last_error()->hint);
        ck_assert(length > 500 && length < 512);
        ck_assert_uint_eq(pz__utf8_valid(pz_last_error()->hint, length), length);
    }
}
END_TEST

/* The new message may quote the old one. */
START_TEST(detail_may_be_built_from_the_detail_before)
{
    pz__fail(PZ_E_IO, "file", "Look.", "first");
    pz__fail(PZ_E_FORMAT, pz_last_error()->field, pz_last_error()->hint, "second, after %s", pz_last_error()->message);
    ck_assert_str_eq(pz_last_error()->message, "second, after first");
    ck_assert_str_eq(pz_last_error()->field, "file");
    ck_assert_str_eq(pz_last_error()->hint, "Look.");
}
END_TEST

static void *fail_elsewhere(void *user_data)
{
    int clean = pz_last_error()->status == PZ_OK && pz_last_error()->message[0] == '\0';
    pz__fail(PZ_E_BUSY, "other", NULL, "other thread");
    *(int *)user_data = clean && pz_last_error()->status == PZ_E_BUSY;
    return NULL;
}

START_TEST(each_thread_has_its_own)
{
    pthread_t thread;
    int fine = 0;
    const pz_error *mine = pz_last_error();
    pz__fail(PZ_E_STATE, "mine", NULL, "this thread");
    ck_assert_int_eq(pthread_create(&thread, NULL, fail_elsewhere, &fine), 0);
    ck_assert_int_eq(pthread_join(thread, NULL), 0);
    ck_assert(fine);
    ck_assert_int_eq(mine->status, PZ_E_STATE);
    ck_assert_str_eq(mine->message, "this thread");
    ck_assert_str_eq(mine->field, "mine");
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("fail");
    TCase *tests = tcase_create("fail");
    tcase_add_test(tests, detail_is_never_null);
    tcase_add_test(tests, a_failure_replaces_all_of_the_detail);
    tcase_add_test(tests, a_success_leaves_the_detail);
    tcase_add_test(tests, the_failures_that_all_share);
    tcase_add_test(tests, try_hands_failures_on);
    tcase_add_test(tests, long_words_are_cut_between_characters);
    tcase_add_test(tests, detail_may_be_built_from_the_detail_before);
    tcase_add_test(tests, each_thread_has_its_own);
    suite_add_tcase(suite, tests);
    return suite;
}

SUITE_MAIN(make_suite)
