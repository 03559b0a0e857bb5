/* Times and dates as text and back, and the calendar, against the C library's where it has one. */
#include <time.h>

#include "base/clock.h"
#include "base/random.h"
#include "support/suite.h"

START_TEST(known_times_are_read)
{
    static const struct {
        const char *text;
        pz_time time;
    } known[] = {
        {"1970-01-01T00:00:00Z", 0},
        {"1970-01-01T00:00:00.000001Z", 1},
        {"1969-12-31T23:59:59.999999Z", -1},
        {"2026-11-24T08:30:00Z", INT64_C(1795509000000000)},
        {"2026-11-24T08:30:00.5Z", INT64_C(1795509000500000)},
        {"2026-11-24T08:30:00.123456Z", INT64_C(1795509000123456)},
        {"2026-11-24T09:30:00+01:00", INT64_C(1795509000000000)},
        {"2026-11-24T03:00:00-05:30", INT64_C(1795509000000000)},
        {"2026-11-24T08:30:00-00:00", INT64_C(1795509000000000)},
        {"2000-02-29T12:00:00Z", INT64_C(951825600000000)},
        {"0001-01-01T00:00:00Z", INT64_C(-62135596800000000)},
        {"9999-12-31T23:59:59.999999Z", INT64_C(253402300799999999)},
        {"0001-01-01T00:30:00+00:30", INT64_C(-62135596800000000)},
        {"2015-06-30T23:59:59Z", INT64_C(1435708799000000)},
    };
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        pz_time time = 99;
        ck_assert_ok(pz_time_parse(known[i].text, PZ_NUL_TERMINATED, &time));
        ck_assert_msg(time == known[i].time, "%s became %lld", known[i].text, (long long)time);
    }
}
END_TEST

START_TEST(other_times_are_refused)
{
    static const char *const refused[] = {
        "",
        "2026",
        "2026-11-24",
        "2026-11-24T08:30Z",
        "2026-11-24T08:30:00",
        "2026-11-24 08:30:00Z",
        "2026-11-24t08:30:00Z",
        "2026-11-24T08:30:00z",
        "2026-11-24T24:00:00Z",
        "2026-11-24T08:60:00Z",
        "2016-12-31T23:59:60Z",
        "2026-13-24T08:30:00Z",
        "2026-00-24T08:30:00Z",
        "2026-02-29T08:30:00Z",
        "1900-02-29T08:30:00Z",
        "2026-11-31T08:30:00Z",
        "2026-11-00T08:30:00Z",
        "0000-12-31T00:00:00Z",
        "2026-11-24T08:30:00.Z",
        "2026-11-24T08:30:00.1234567Z",
        "2026-11-24T08:30:00,5Z",
        "2026-11-24T08:30:00+1:00",
        "2026-11-24T08:30:00+0100",
        "2026-11-24T08:30:00+24:00",
        "2026-11-24T08:30:00+01:60",
        "2026-11-24T08:30:00ZZ",
        "2026-11-24T08:30:00Z ",
        " 2026-11-24T08:30:00Z",
        "+2026-11-24T08:30:00Z",
        "02026-11-24T08:30:00Z",
        "0001-01-01T00:00:00+00:01",
        "9999-12-31T23:59:59-00:01",
        "2026-11-24T08:30:-1Z",
    };
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
        pz_time time = 99;
        ck_assert_msg(pz_time_parse(refused[i], PZ_NUL_TERMINATED, &time) == PZ_E_INVALID, "%s was taken", refused[i]);
        ck_assert_int_eq(time, 0);
    }
}
END_TEST

START_TEST(arguments_are_checked)
{
    pz_time time = 1;
    pz_date date = 1;
    char buffer[28] = "x";
    ck_assert_status(pz_time_parse("1970-01-01T00:00:00Z", 20, NULL), PZ_E_INVALID);
    ck_assert_status(pz_time_parse(NULL, 5, &time), PZ_E_INVALID);
    ck_assert_status(pz_time_parse("1970-01-01T00:00:00Z", 19, &time), PZ_E_INVALID);
    ck_assert_ok(pz_time_parse("1970-01-01T00:00:01Zmore", 20, &time));
    ck_assert_int_eq(time, PZ__SECOND);
    ck_assert_status(pz_date_parse("1970-01-01", 10, NULL), PZ_E_INVALID);
    ck_assert_status(pz_date_parse(NULL, PZ_NUL_TERMINATED, &date), PZ_E_INVALID);
    ck_assert_int_eq(date, 0);
    ck_assert_status(pz_time_format(0, NULL, 28), PZ_E_INVALID);
    ck_assert_status(pz_time_format(0, buffer, 27), PZ_E_INVALID);
    ck_assert_str_eq(buffer, "");
    ck_assert_status(pz_time_format(0, buffer, 0), PZ_E_INVALID);
    ck_assert_status(pz_date_format(0, NULL, 11), PZ_E_INVALID);
    ck_assert_status(pz_date_format(0, buffer, 10), PZ_E_INVALID);
    ck_assert_ok(pz_date_format(0, buffer, 11));
    ck_assert_str_eq(buffer, "1970-01-01");
}
END_TEST

START_TEST(what_has_no_text_is_refused)
{
    static const pz_time times[] = {PZ_TIME_NONE, INT64_MIN + 1, INT64_MAX, INT64_C(-62135596800000001), INT64_C(253402300800000000)};
    static const pz_date dates[] = {PZ_DATE_NONE, INT32_MIN + 1, INT32_MAX, -719163, 2932897};
    char buffer[28];
    for (size_t i = 0; i < 5; i++) {
        ck_assert_status(pz_time_format(times[i], buffer, sizeof buffer), PZ_E_INVALID);
        ck_assert_str_eq(buffer, "");
        ck_assert_status(pz_date_format(dates[i], buffer, sizeof buffer), PZ_E_INVALID);
        ck_assert_int_eq(pz__time_text(times[i], buffer), 0);
        ck_assert_int_eq(pz__date_text(dates[i], buffer), 0);
        ck_assert_str_eq(buffer, "");
    }
}
END_TEST

/* Every day from the first to the last, counted one by one. */
START_TEST(every_day_comes_after_the_one_before)
{
    int year = 1, month = 1, day = 1;
    pz_date date = pz__date_from_civil(1, 1, 1);
    ck_assert_int_eq(date, -719162);
    while (year < 10000) {
        static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
        int leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
        int y, m, d;
        pz__date_to_civil(date, &y, &m, &d);
        if (y != year || m != month || d != day || pz__date_from_civil(year, month, day) != date)
            ck_abort_msg("%d-%d-%d", year, month, day);
        date++;
        if (day++ < lengths[month - 1] + (month == 2 && leap)) continue;
        if (pz__date_from_civil(year, month, day) != PZ_DATE_NONE) ck_abort_msg("%d-%d-%d exists", year, month, day);
        day = 1;
        if (month++ < 12) continue;
        month = 1;
        year++;
    }
    ck_assert_int_eq(date, 2932897);
    ck_assert_int_eq(pz__date_from_civil(10000, 1, 1), PZ_DATE_NONE);
    ck_assert_int_eq(pz__date_from_civil(0, 12, 31), PZ_DATE_NONE);
    ck_assert_int_eq(pz__date_from_civil(2026, 0, 1), PZ_DATE_NONE);
    ck_assert_int_eq(pz__date_from_civil(2026, 13, 1), PZ_DATE_NONE);
    ck_assert_int_eq(pz__date_from_civil(2026, 1, 0), PZ_DATE_NONE);
}
END_TEST

/* Days outside the years that have a text still have a date. */
START_TEST(far_days_agree_with_the_c_library)
{
    static const pz_date dates[] = {INT32_MIN, INT32_MIN + 1, -10000000, -719163, 2932897, 10000000, INT32_MAX};
    for (size_t i = 0; i < sizeof dates / sizeof dates[0]; i++) {
        time_t seconds = (time_t)dates[i] * 86400;
        struct tm parts;
        int year, month, day;
        ck_assert_ptr_nonnull(gmtime_r(&seconds, &parts));
        pz__date_to_civil(dates[i], &year, &month, &day);
        ck_assert_int_eq(year, parts.tm_year + 1900);
        ck_assert_int_eq(month, parts.tm_mon + 1);
        ck_assert_int_eq(day, parts.tm_mday);
    }
}
END_TEST

START_TEST(random_times_agree_with_the_c_library_and_read_back)
{
    pz__random random;
    pz__random_seed(&random, suite_seed());
    for (int i = 0; i < 50000; i++) {
        pz_time span = INT64_C(253402300800000000) + INT64_C(62135596800000000);
        pz_time time = INT64_C(-62135596800000000) + (pz_time)(pz__random_unit(&random) * (double)span), back;
        int64_t second = time / PZ__SECOND - (time % PZ__SECOND < 0);
        time_t seconds = (time_t)second;
        struct tm parts;
        char text[28], want[64], head[32];
        gmtime_r(&seconds, &parts);
        strftime(head, sizeof head, "%m-%dT%H:%M:%S", &parts);
        snprintf(want, sizeof want, "%04d-%s.%06dZ", parts.tm_year + 1900, head, (int)(time - second * PZ__SECOND));
        ck_assert_ok(pz_time_format(time, text, sizeof text));
        ck_assert_str_eq(text, want);
        ck_assert_ok(pz_time_parse(text, PZ_NUL_TERMINATED, &back));
        ck_assert_int_eq(back, time);
    }
}
END_TEST

START_TEST(dates_are_read_and_written)
{
    static const char *const refused[] = {"",           "2026-11-2",  "2026-11-241", "2026-1-24", "2026/11/24",
                                          "2026-02-30", "0000-01-01", "abcd-ef-gh",  "-026-11-24"};
    pz_date date;
    char text[11];
    ck_assert_ok(pz_date_parse("2026-11-24", PZ_NUL_TERMINATED, &date));
    ck_assert_int_eq(date, 20781);
    ck_assert_ok(pz_date_format(20781, text, sizeof text));
    ck_assert_str_eq(text, "2026-11-24");
    ck_assert_ok(pz_date_parse("2024-02-29T", 10, &date));
    ck_assert_int_eq(date, 19782);
    ck_assert_ok(pz_date_format(-1, text, sizeof text));
    ck_assert_str_eq(text, "1969-12-31");
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
        date = 99;
        ck_assert_msg(pz_date_parse(refused[i], PZ_NUL_TERMINATED, &date) == PZ_E_INVALID, "%s was taken", refused[i]);
        ck_assert_int_eq(date, 0);
    }
}
END_TEST

START_TEST(the_day_of_a_time_depends_on_the_offset)
{
    ck_assert_int_eq(pz__date_of_time(0, 0), 0);
    ck_assert_int_eq(pz__date_of_time(-1, 0), -1);
    ck_assert_int_eq(pz__date_of_time(PZ__DAY - 1, 0), 0);
    ck_assert_int_eq(pz__date_of_time(PZ__DAY, 0), 1);
    ck_assert_int_eq(pz__date_of_time(PZ__DAY - 1, 1), 1);
    ck_assert_int_eq(pz__date_of_time(0, -1), -1);
    ck_assert_int_eq(pz__date_of_time(0, 60 * 48), 2);
    ck_assert_int_eq(pz__date_of_time(PZ_TIME_NONE, 60), PZ_DATE_NONE);
    ck_assert_int_eq(pz__date_of_time(INT64_MAX, 1440), 106751992);
    ck_assert_int_eq(pz__date_of_time(INT64_MIN + 1, -1440), -106751993);
}
END_TEST

START_TEST(now_is_between_two_readings_of_the_clock)
{
    time_t before = time(NULL) - 1;
    pz_time now = pz__clock_now();
    time_t after = time(NULL) + 1;
    ck_assert(now >= (pz_time)before * PZ__SECOND && now <= (pz_time)after * PZ__SECOND);
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("clock");
    TCase *tests = tcase_create("clock");
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, known_times_are_read);
    tcase_add_test(tests, other_times_are_refused);
    tcase_add_test(tests, arguments_are_checked);
    tcase_add_test(tests, what_has_no_text_is_refused);
    tcase_add_test(tests, every_day_comes_after_the_one_before);
    tcase_add_test(tests, far_days_agree_with_the_c_library);
    tcase_add_test(tests, random_times_agree_with_the_c_library_and_read_back);
    tcase_add_test(tests, dates_are_read_and_written);
    tcase_add_test(tests, the_day_of_a_time_depends_on_the_offset);
    tcase_add_test(tests, now_is_between_two_readings_of_the_clock);
    suite_add_tcase(suite, tests);
    return suite;
}

SUITE_MAIN(make_suite)
