/* Numbers out of text: the whole text or nothing, the nearest double, no locale. */
#include <float.h>
#include <math.h>

#include "base/number.h"
#include "base/random.h"
#include "locales.h"
#include "support/suite.h"

static void check_known_reals(void)
{
    static const struct {
        const char *text;
        double value;
    } known[] = {
        {"0", 0},
        {"-0", -0.0},
        {"+1", 1},
        {"007.50", 7.5},
        {".5", 0.5},
        {"5.", 5},
        {"-12.25", -12.25},
        {"0.85", 0.85},
        {"123456789012345", 123456789012345},
        {"1234567890123456", 1234567890123456},
        {"9007199254740993", 9007199254740992},
        {"0.1000000000000000055511151231257827021181583404541015625", 0.1},
        {"1e3", 1000},
        {"1E+3", 1000},
        {"25e-1", 2.5},
        {"1.7976931348623157e308", DBL_MAX},
        {"5e-324", 5e-324},
        {"1e-400", 0},
        {"2.2250738585072011e-308", 2.225073858507201e-308},
        {"0.00000000000000000000001", 1e-23},
        {"8.5e22", 8.5e22},
    };
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        double value = 7;
        ck_assert_msg(pz__real_parse(known[i].text, strlen(known[i].text), &value), "%s was refused", known[i].text);
        ck_assert_msg(!memcmp(&value, &known[i].value, sizeof value), "%s became %a", known[i].text, value);
    }
}

START_TEST(known_reals_in_each_locale)
{
    each_locale(check_known_reals);
}
END_TEST

static void check_refused_reals(void)
{
    static const char *const refused[] = {"",
                                          " ",
                                          "1 ",
                                          " 1",
                                          "1,5",
                                          "1.5.2",
                                          "--1",
                                          "+-1",
                                          "-",
                                          ".",
                                          "+.",
                                          "e5",
                                          "1e",
                                          "1e+",
                                          "1e5.",
                                          "0x10",
                                          "inf",
                                          "nan",
                                          "infinity",
                                          "1e309",
                                          "-1e9999999999999999999",
                                          "1_000",
                                          "1\xD9\xAB"
                                          "5",
                                          "\xD9\xA1",
                                          "1e5 "};
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
        double value = 7;
        ck_assert_msg(!pz__real_parse(refused[i], strlen(refused[i]), &value), "%s was taken", refused[i]);
        ck_assert(value == 0);
    }
}

START_TEST(refused_reals_in_each_locale)
{
    each_locale(check_refused_reals);
}
END_TEST

START_TEST(length_decides_not_the_nul)
{
    char longest[PZ__NUMBER_LENGTH + 1];
    double value;
    int64_t whole;
    ck_assert(pz__real_parse("12345", 2, &value) && value == 12);
    ck_assert(!pz__real_parse("1\0002", 3, &value));
    ck_assert(pz__int_parse("12345", 2, &whole) && whole == 12);
    memset(longest, '0', sizeof longest);
    longest[PZ__NUMBER_LENGTH - 1] = '4';
    ck_assert(pz__real_parse(longest, PZ__NUMBER_LENGTH, &value) && value == 4);
    ck_assert(!pz__real_parse(longest, PZ__NUMBER_LENGTH + 1, &value));
}
END_TEST

/* The short way and the C library's agree to the bit. */
START_TEST(random_decimals_are_rounded_as_the_c_library_does)
{
    pz__random random;
    pz__random_seed(&random, suite_seed());
    for (int i = 0; i < 200000; i++) {
        char text[64];
        double value, want;
        uint64_t digits = pz__random_next(&random) >> pz__random_below(&random, 60);
        int decimals = (int)pz__random_below(&random, 25);
        int length = snprintf(text, sizeof text, "%.*llu", decimals + 1, (unsigned long long)digits);
        memmove(text + length - decimals + 1, text + length - decimals, (size_t)decimals + 1);
        text[length - decimals] = '.';
        want = strtod(text, NULL);
        ck_assert(pz__real_parse(text, strlen(text), &value));
        ck_assert_msg(value == want, "%s became %a, not %a", text, value, want);
    }
}
END_TEST

START_TEST(whole_numbers)
{
    static const struct {
        const char *text;
        int64_t value;
    } known[] = {{"0", 0},
                 {"-0", 0},
                 {"+42", 42},
                 {"-42", -42},
                 {"0000000000000000000000000000017", 17},
                 {"9223372036854775807", INT64_MAX},
                 {"-9223372036854775808", INT64_MIN}};
    static const char *const refused[] = {"",
                                          "-",
                                          "+",
                                          "1.0",
                                          "1.",
                                          "1e3",
                                          " 1",
                                          "1 ",
                                          "0x1",
                                          "9223372036854775808",
                                          "-9223372036854775809",
                                          "18446744073709551617",
                                          "99999999999999999999999"};
    int64_t value;
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        ck_assert_msg(pz__int_parse(known[i].text, strlen(known[i].text), &value) && value == known[i].value, "%s", known[i].text);
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++)
        ck_assert_msg(!pz__int_parse(refused[i], strlen(refused[i]), &value) && value == 0, "%s was taken", refused[i]);
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("number");
    TCase *tests = tcase_create("number");
    tcase_add_test(tests, known_reals_in_each_locale);
    tcase_add_test(tests, refused_reals_in_each_locale);
    tcase_add_test(tests, length_decides_not_the_nul);
    tcase_add_test(tests, random_decimals_are_rounded_as_the_c_library_does);
    tcase_add_test(tests, whole_numbers);
    suite_add_tcase(suite, tests);
    return suite;
}

SUITE_MAIN(make_suite)
