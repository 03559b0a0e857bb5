/* UTF-8: what is valid, walking, cutting, and the checks that text from callers passes. */
#include "base/random.h"
#include "base/text.h"
#include "support/suite.h"

static size_t encode(uint32_t code, char *to)
{
    if (code < 0x80) return to[0] = (char)code, 1;
    if (code < 0x800) return to[0] = (char)(0xC0 | code >> 6), to[1] = (char)(0x80 | (code & 63)), 2;
    if (code < 0x10000)
        return to[0] = (char)(0xE0 | code >> 12), to[1] = (char)(0x80 | (code >> 6 & 63)), to[2] = (char)(0x80 | (code & 63)), 3;
    to[0] = (char)(0xF0 | code >> 18);
    to[1] = (char)(0x80 | (code >> 12 & 63));
    to[2] = (char)(0x80 | (code >> 6 & 63));
    to[3] = (char)(0x80 | (code & 63));
    return 4;
}

/* A slow judge: decodes by the lead byte's count of ones, then judges the number. Bytes of the first character, 0 if it is bad. */
static size_t judge_one(const unsigned char *at, size_t left)
{
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    size_t length = 0;
    uint32_t code;
    while (length < 8 && (at[0] << length & 0x80)) length++;
    if (length == 0) return 1;
    if (length == 1 || length > 4 || length > left) return 0;
    code = at[0] & (0xFFu >> (length + 1));
    for (size_t i = 1; i < length; i++) {
        if ((at[i] & 0xC0) != 0x80) return 0;
        code = code * 64 + (at[i] & 63);
    }
    return code < least[length] || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF) ? 0 : length;
}

static size_t judge(const char *text, size_t length)
{
    size_t at = 0, step;
    while (at < length && (step = judge_one((const unsigned char *)text + at, length - at))) at += step;
    return at;
}

START_TEST(every_code_point_is_judged_and_read_back)
{
    for (uint32_t code = 0; code < 0x110100; code++) {
        char text[4];
        size_t length = encode(code, text), position = 0;
        int good = code <= 0x10FFFF && (code < 0xD800 || code > 0xDFFF);
        ck_assert_msg(pz__utf8_valid(text, length) == (good ? length : 0), "U+%04X", (unsigned)code);
        if (!good) continue;
        ck_assert_uint_eq(pz__utf8_next(text, length, &position), code);
        ck_assert_uint_eq(position, length);
        ck_assert_uint_eq(pz__utf8_valid(text, length - 1), 0);
    }
}
END_TEST

/* All openings of three bytes, so every overlong form, surrogate and stray byte among them. */
START_TEST(every_three_bytes_are_judged)
{
    for (uint32_t bytes = 0; bytes < 0x1000000; bytes++) {
        char text[3] = {(char)(bytes >> 16), (char)(bytes >> 8), (char)bytes};
        if (pz__utf8_valid(text, 3) != judge(text, 3)) ck_abort_msg("%06X", (unsigned)bytes);
    }
}
END_TEST

/* Runs of ASCII long enough for the fast way, with good and bad pieces between them. */
START_TEST(random_texts_are_judged)
{
    static const char *const pieces[] = {"a",
                                         "plain words of ASCII",
                                         "\xC3\xA9",
                                         "\xE2\x82\xAC",
                                         "\xF0\x9F\x98\x80",
                                         "\x80",
                                         "\xC0\xAF",
                                         "\xED\xA0\x80",
                                         "\xF4\x90\x80\x80",
                                         "\xE2\x82",
                                         "\n",
                                         "\xFF"};
    pz__random random;
    pz__random_seed(&random, suite_seed());
    for (int i = 0; i < 100000; i++) {
        char text[256];
        size_t length = 0, want, got;
        int good_only = i % 2 ? 5 : 12;
        while (length < 200) {
            const char *piece = pieces[pz__random_below(&random, (uint32_t)good_only)];
            memcpy(text + length, piece, strlen(piece));
            length += strlen(piece);
        }
        want = judge(text, length);
        got = pz__utf8_valid(text, length);
        ck_assert_uint_eq(got, want);
        for (size_t limit = 0; limit <= want; limit += 7) {
            size_t cut = pz__utf8_cut(text, want, limit);
            ck_assert(cut <= limit && limit - cut < 4);
            ck_assert_uint_eq(judge(text, cut), cut);
        }
    }
}
END_TEST

START_TEST(cut_keeps_what_fits)
{
    ck_assert_uint_eq(pz__utf8_cut("abc", 3, 3), 3);
    ck_assert_uint_eq(pz__utf8_cut("abc", 3, 9), 3);
    ck_assert_uint_eq(pz__utf8_cut("abc", 3, 2), 2);
    ck_assert_uint_eq(pz__utf8_cut("\xE2\x82\xAC", 3, 2), 0);
    ck_assert_uint_eq(pz__utf8_cut("", 0, 0), 0);
}
END_TEST

static pz_status check(const char *text, size_t length, size_t limit, size_t *out_length)
{
    return pz__text_check(text, length, limit, "title", out_length);
}

START_TEST(good_text_passes)
{
    size_t length = 99;
    ck_assert_ok(check("Ren\xC3\xA9\t\r\n", PZ_NUL_TERMINATED, 100, &length));
    ck_assert_uint_eq(length, 8);
    ck_assert_ok(check("abcdef", 3, 3, &length));
    ck_assert_uint_eq(length, 3);
    ck_assert_ok(check("abc", PZ_NUL_TERMINATED, 3, &length));
    ck_assert_ok(check("abc", PZ_NUL_TERMINATED, SIZE_MAX, &length));
    ck_assert_uint_eq(length, 3);
    ck_assert_ok(check("", PZ_NUL_TERMINATED, 0, &length));
    ck_assert_uint_eq(length, 0);
    ck_assert_ok(check(NULL, PZ_NUL_TERMINATED, 10, &length));
    ck_assert_uint_eq(length, 0);
    ck_assert_ok(check(NULL, 0, 10, &length));
    ck_assert_ok(check("\x7F", 1, 10, &length));
}
END_TEST

START_TEST(bad_text_is_named_with_its_place)
{
    size_t length = 99;
    ck_assert_status(check("a long enough start\x80", PZ_NUL_TERMINATED, 100, &length), PZ_E_TEXT);
    ck_assert_uint_eq(length, 0);
    ck_assert_str_eq(pz_last_error()->field, "title");
    ck_assert_ptr_nonnull(strstr(pz_last_error()->message, "byte 20"));
    ck_assert_ptr_null(strstr(pz_last_error()->message, "start"));
    ck_assert_status(check("ab\0c", 4, 100, &length), PZ_E_TEXT);
    ck_assert_ptr_nonnull(strstr(pz_last_error()->message, "NUL at byte 3"));
    ck_assert_status(check("\xED\xA0\x80", 3, 100, &length), PZ_E_TEXT);
    ck_assert_status(check("\xC3", 1, 100, &length), PZ_E_TEXT);
    ck_assert_status(check(NULL, 5, 100, &length), PZ_E_INVALID);
}
END_TEST

START_TEST(control_characters_are_refused_at_every_place)
{
    for (int c = 1; c < 0x20; c++)
        for (size_t place = 0; place < 20; place++) {
            char text[20];
            size_t length;
            int allowed = c == '\t' || c == '\n' || c == '\r';
            memset(text, 'x', sizeof text);
            text[place] = (char)c;
            ck_assert_int_eq(check(text, sizeof text, 100, &length), allowed ? PZ_OK : PZ_E_TEXT);
        }
}
END_TEST

START_TEST(too_long_is_refused_before_it_is_read_to_its_end)
{
    size_t length;
    ck_assert_status(check("abcd", 4, 3, &length), PZ_E_TOO_LONG);
    ck_assert_ptr_nonnull(strstr(pz_last_error()->message, "3 bytes"));
    ck_assert_status(check("abcd", PZ_NUL_TERMINATED, 3, &length), PZ_E_TOO_LONG);
    ck_assert_uint_eq(length, 0);
    ck_assert_status(check("\xFF\xFF", 2, 1, &length), PZ_E_TOO_LONG);
}
END_TEST

START_TEST(needed_text_must_not_be_empty)
{
    size_t length;
    ck_assert_ok(pz__text_need("x", 1, 5, "title", &length));
    ck_assert_uint_eq(length, 1);
    ck_assert_status(pz__text_need("", PZ_NUL_TERMINATED, 5, "title", &length), PZ_E_INVALID);
    ck_assert_str_eq(pz_last_error()->field, "title");
    ck_assert_status(pz__text_need(NULL, 0, 5, "title", &length), PZ_E_INVALID);
    ck_assert_status(pz__text_need("\x01", 1, 5, "title", &length), PZ_E_TEXT);
}
END_TEST

START_TEST(comparing)
{
    ck_assert(pz__text_equal("a", "a"));
    ck_assert(!pz__text_equal("a", "A"));
    ck_assert(!pz__text_equal("a", "ab"));
    ck_assert(pz__text_equal(NULL, NULL));
    ck_assert(!pz__text_equal("", NULL));
    ck_assert(!pz__text_equal(NULL, ""));
    ck_assert(pz__ascii_equal_fold("SourcedId", 9, "sourcedid"));
    ck_assert(pz__ascii_equal_fold("sourcedIdX", 9, "SOURCEDID"));
    ck_assert(!pz__ascii_equal_fold("sourced", 7, "sourcedid"));
    ck_assert(!pz__ascii_equal_fold("sourcedid", 9, "sourced"));
    ck_assert(!pz__ascii_equal_fold("[", 1, "{"));
    ck_assert(!pz__ascii_equal_fold("\xC3\x89", 2, "\xC3\xA9"));
    ck_assert(pz__ascii_equal_fold("", 0, ""));
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("text");
    TCase *tests = tcase_create("text");
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, every_code_point_is_judged_and_read_back);
    tcase_add_test(tests, every_three_bytes_are_judged);
    tcase_add_test(tests, random_texts_are_judged);
    tcase_add_test(tests, cut_keeps_what_fits);
    tcase_add_test(tests, good_text_passes);
    tcase_add_test(tests, bad_text_is_named_with_its_place);
    tcase_add_test(tests, control_characters_are_refused_at_every_place);
    tcase_add_test(tests, too_long_is_refused_before_it_is_read_to_its_end);
    tcase_add_test(tests, needed_text_must_not_be_empty);
    tcase_add_test(tests, comparing);
    suite_add_tcase(suite, tests);
    return suite;
}

SUITE_MAIN(make_suite)
