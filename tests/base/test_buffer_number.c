/* Numbers as text: shortest, exact, and the same in every locale. */
#include <float.h>
#include <math.h>

#include "base/buffer.h"
#include "base/number.h"
#include "base/random.h"
#include "locales.h"
#include "support/suite.h"

static const char *real_text(double value)
{
    static char text[64];
    pz__buffer buffer = PZ__BUFFER_INIT;
    pz__buffer_real(&buffer, value);
    snprintf(text, sizeof text, "%s", buffer.data);
    pz__buffer_free(&buffer);
    return text;
}

static const char *fixed_text(double value, int decimals)
{
    static char text[400];
    pz__buffer buffer = PZ__BUFFER_INIT;
    pz__buffer_fixed(&buffer, value, decimals);
    snprintf(text, sizeof text, "%s", buffer.data);
    pz__buffer_free(&buffer);
    return text;
}

static void check_known_reals(void)
{
    static const struct {
        double value;
        const char *text;
    } known[] = {
        {0, "0"},
        {-0.0, "-0"},
        {1, "1"},
        {-17, "-17"},
        {0.1, "0.1"},
        {0.1 + 0.2, "0.30000000000000004"},
        {1.0 / 3, "0.3333333333333333"},
        {2.0 / 3, "0.6666666666666666"},
        {-2.5, "-2.5"},
        {100, "100"},
        {123456789.125, "123456789.125"},
        {999999999999999, "999999999999999"},
        {1e15, "1000000000000000"},
        {9007199254740992, "9007199254740992"},
        {1e20, "100000000000000000000"},
        {123456789012345680000.0, "123456789012345680000"},
        {1e21, "1e21"},
        {1.5e300, "1.5e300"},
        {1e-6, "0.000001"},
        {1.25e-6, "0.00000125"},
        {1e-7, "1e-7"},
        {-1.5e-7, "-1.5e-7"},
        {DBL_MAX, "1.7976931348623157e308"},
        {DBL_MIN, "2.2250738585072014e-308"},
        {DBL_EPSILON, "2.220446049250313e-16"},
        {5e-324, "5e-324"},
        {1.5e-323, "1.5e-323"},
        {0x1p-44, "5.684341886080802e-14"}, /* the nearest decimal of 16 digits, ...801, does not read back */
        {9.5367431640625e-7, "9.5367431640625e-7"},
        {NAN, "null"},
        {INFINITY, "null"},
        {-INFINITY, "null"},
    };
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) ck_assert_str_eq(real_text(known[i].value), known[i].text);
}

START_TEST(known_reals_in_each_locale)
{
    each_locale(check_known_reals);
}
END_TEST

static int digits_in(const char *text)
{
    int digits = 0, zeros = 0;
    for (; *text && *text != 'e'; text++) {
        if (*text < '0' || *text > '9') continue;
        if (*text == '0')
            zeros += digits > 0;
        else
            digits += zeros + 1, zeros = 0;
    }
    return digits;
}

/* Reads back to the same bits, and no decimal with one digit less does. */
static void check_real(double value)
{
    char shorter[64], text[64];
    double back;
    int digits;
    snprintf(text, sizeof text, "%s", real_text(value));
    ck_assert_msg(pz__real_parse(text, strlen(text), &back) && !memcmp(&back, &value, sizeof value), "%a became %s", value, text);
    digits = digits_in(text);
    ck_assert_int_le(digits, 17);
    if (digits < 2) return;
    snprintf(shorter, sizeof shorter, "%.*e", digits - 2, value);
    ck_assert_msg(strtod(shorter, NULL) != value, "%s is no shorter than %s", text, shorter);
}

/* Decimals as people write them, against the digits of the C library. */
START_TEST(short_decimals_stay_as_they_are)
{
    pz__random random;
    pz__random_seed(&random, suite_seed());
    for (int i = 0; i < 200000; i++) {
        static const double scales[] = {1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8};
        int digits = 1 + (int)pz__random_below(&random, 15), decimals = 1 + (int)pz__random_below(&random, 8);
        double limit = 1, value;
        char wanted[40];
        for (int k = 0; k < digits; k++) limit *= 10;
        value = floor(limit * ((double)(pz__random_next(&random) >> 11) * 0x1p-53)) / scales[decimals - 1];
        if (value < 1e-4 || value == floor(value)) continue; /* printf lays out smaller ones with an exponent */
        snprintf(wanted, sizeof wanted, "%.15g", value);
        if (strchr(wanted, 'e')) continue;
        ck_assert_str_eq(real_text(value), wanted);
    }
}
END_TEST

START_TEST(whole_numbers_at_their_limits)
{
    static const int64_t numbers[] = {0, 1, -1, 9, 10, -10, 99, 100, INT64_MAX, INT64_MIN, INT64_MIN + 1};
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        pz__buffer buffer = PZ__BUFFER_INIT;
        char wanted[32];
        snprintf(wanted, sizeof wanted, "%lld", (long long)numbers[i]);
        pz__buffer_int(&buffer, numbers[i]);
        ck_assert_int_eq(buffer.status, PZ_OK);
        ck_assert_str_eq(buffer.data, wanted);
        pz__buffer_free(&buffer);
    }
}
END_TEST

START_TEST(random_reals_read_back)
{
    pz__random random;
    pz__random_seed(&random, suite_seed());
    for (int i = 0; i < 50000; i++) {
        uint64_t bits = pz__random_next(&random);
        double value;
        if (i % 4 == 1) bits &= UINT64_C(0x800FFFFFFFFFFFFF); /* subnormal */
        if (i % 4 == 2) bits &= UINT64_C(0xFFFF000000000000); /* few digits in binary */
        memcpy(&value, &bits, sizeof value);
        if (i % 4 == 3) value = (double)(int64_t)(bits >> 34) / 1000; /* few digits in decimal */
        if (isfinite(value)) check_real(value);
    }
}
END_TEST

START_TEST(powers_of_two_read_back)
{
    for (int power = -1074; power <= 1023; power++) {
        check_real(ldexp(1, power));
        check_real(nextafter(ldexp(1, power), 0));
    }
}
END_TEST

static void check_known_fixed(void)
{
    static const struct {
        double value;
        int decimals;
        const char *text;
    } known[] = {
        {0, 2, "0.00"},
        {-0.0, 2, "0.00"},
        {-0.001, 2, "0.00"},
        {-0.005, 2, "-0.01"}, /* the double is -0.005000000000000000104 */
        {-0.4, 0, "0"},
        {0.5, 0, "0"},
        {1.5, 0, "2"},
        {2.5, 0, "2"},
        {0.125, 2, "0.12"},
        {0.375, 2, "0.38"},
        {1.005, 2, "1.00"}, /* the double is 1.00499999999999989 */
        {2.675, 2, "2.67"}, /* the double is 2.67499999999999982 */
        {9.995, 2, "9.99"},
        {99.995, 2, "100.00"},
        {123.456, 1, "123.5"},
        {-123.456, 0, "-123"},
        {1234567.891, 2, "1234567.89"},
        {0.1, 30, "0.100000000000000005551115123126"},
        {0.1, 99, "0.100000000000000005551115123126"},
        {3.7, -1, "4"},
        {1e22, 1, "10000000000000000000000.0"},
        {NAN, 1, "null"},
        {-INFINITY, 1, "null"},
    };
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        ck_assert_str_eq(fixed_text(known[i].value, known[i].decimals), known[i].text);
    ck_assert_uint_eq(strlen(fixed_text(-DBL_MAX, 30)), 1 + 309 + 1 + 30);
}

START_TEST(known_fixed_in_each_locale)
{
    each_locale(check_known_fixed);
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("buffer_number");
    TCase *tests = tcase_create("buffer_number");
    tcase_add_test(tests, known_reals_in_each_locale);
    tcase_add_test(tests, short_decimals_stay_as_they_are);
    tcase_add_test(tests, whole_numbers_at_their_limits);
    tcase_add_test(tests, random_reals_read_back);
    tcase_add_test(tests, powers_of_two_read_back);
    tcase_add_test(tests, known_fixed_in_each_locale);
    suite_add_tcase(suite, tests);
    return suite;
}

SUITE_MAIN(make_suite)
