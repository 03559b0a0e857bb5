/* Forecasts: against figures worked out by hand, and whether the intervals hold what they promise, by simulation. */
#include "base/numeric.h"
#include "base/random.h"
#include "personalize/forecast.h"
#include "support/suite.h"

START_TEST(a_line_without_noise_is_exact)
{
    const double days[] = {0, 7, 14, 21}, values[] = {10, 17, 24, 31};
    pz_forecast f = PZ_FORECAST_INIT;
    ck_assert_ok(pz_forecast_line(days, values, 4, 45, 40, 0.8, &f));
    ck_assert_int_eq(f.observations, 4);
    ck_assert_double_eq_tol(f.pace, 1, 1e-12);
    ck_assert_double_eq_tol(f.expected, 35, 1e-9);
    ck_assert_double_eq_tol(f.earliest, 35, 1e-9);
    ck_assert_double_eq_tol(f.latest, 35, 1e-9);
    ck_assert_double_eq_tol(f.chance, 1, 1e-12);
    ck_assert_ok(pz_forecast_line(days, values, 4, 45, 30, 0.8, &f));
    ck_assert_double_eq_tol(f.chance, 0, 1e-12);
}
END_TEST

/* x 1..5, y 2 4 5 4 5: slope 0.6, mean 4, S 10, SSE 2.4, s^2 0.8 on 3 degrees; t(0.9) of 3 is 1.637744 (two-sided 80 %). Target 10, d = 6:
 * g = t^2 s^2 = 2.145765; a = 0.36 - 0.2145765 = 0.1454235; root = sqrt(g (36/10 + a/5)) = sqrt(7.787162) = 2.790549;
 * ends 3 + (3.6 -+ 2.790549) / a = 8.566..., 46.944... */
START_TEST(an_interval_is_that_of_fieller)
{
    const double days[] = {1, 2, 3, 4, 5}, values[] = {2, 4, 5, 4, 5};
    pz_forecast f = PZ_FORECAST_INIT;
    ck_assert_ok(pz_forecast_line(days, values, 5, 10, PZ_REAL_NONE, 0.8, &f));
    ck_assert_double_eq_tol(f.expected, 13, 1e-9);
    ck_assert_double_eq_tol(f.earliest, 3 + (3.6 - 2.790549) / 0.1454235, 1e-3);
    ck_assert_double_eq_tol(f.latest, 3 + (3.6 + 2.790549) / 0.1454235, 1e-3);
    ck_assert(isnan(f.chance));
    ck_assert_ok(pz_forecast_line(days, values, 5, 10, PZ_REAL_NONE, 0.99, &f)); /* the slope is not told from 0 any more */
    ck_assert(isnan(f.latest));
}
END_TEST

/* With one thing done in 10 days, one more has x with beta(1, 1), uniform: half of the time within 10 more days, a tenth within 10 / 9. */
START_TEST(a_count_is_that_of_a_poisson_process)
{
    pz_forecast f = PZ_FORECAST_INIT;
    ck_assert_ok(pz_forecast_count(10, 1, 2, 20, 0.8, &f));
    ck_assert_double_eq_tol(f.expected, 20, 1e-9);
    ck_assert_double_eq_tol(f.earliest, 10 + 10.0 / 9, 1e-9);
    ck_assert_double_eq_tol(f.latest, 100, 1e-7);
    ck_assert_double_eq_tol(f.chance, 0.5, 1e-12);
    ck_assert_ok(pz_forecast_count(10, 4, 3, 20, 0.8, &f));
    ck_assert_double_eq(f.expected, 10);
    ck_assert_double_eq(f.chance, 1);
    ck_assert_ok(pz_forecast_count(10, 4, 8, 9, 0.8, &f));
    ck_assert_double_eq(f.chance, 0);
}
END_TEST

/* A share of rounds in which an interval of 80 % holds what it is of: within four standard errors of 0.8. */
enum { ROUNDS = 4000 };
static const double off = 4 * 0.006325;

START_TEST(the_interval_of_a_line_holds_the_day_as_often_as_it_says)
{
    uint64_t seed = suite_seed();
    pz__random random;
    int holds = 0;
    printf("seed %llu\n", (unsigned long long)seed);
    pz__random_seed(&random, seed);
    for (int round = 0; round < ROUNDS; round++) {
        double days[8], values[8];
        pz_forecast f = PZ_FORECAST_INIT;
        for (int i = 0; i < 8; i++) {
            days[i] = 7 * i + 3 * pz__random_unit(&random);
            values[i] = 20 + 0.5 * days[i] + 4 * pz__random_normal(&random);
        }
        ck_assert_ok(pz_forecast_line(days, values, 8, 60, PZ_REAL_NONE, 0.8, &f)); /* the true line is there on day 80 */
        holds += (isnan(f.earliest) || f.earliest <= 80) && (isnan(f.latest) || f.latest >= 80);
    }
    ck_assert_double_eq_tol((double)holds / ROUNDS, 0.8, off);
}
END_TEST

static double wait_for_one(pz__random *random, double rate)
{
    return -pz__log(1 - pz__random_unit(random)) / rate;
}

START_TEST(the_interval_of_a_count_holds_the_day_as_often_as_it_says)
{
    uint64_t seed = suite_seed();
    pz__random random;
    int holds = 0;
    double promised = 0, kept = 0;
    pz__random_seed(&random, seed + 1);
    for (int round = 0; round < ROUNDS; round++) {
        double elapsed = 0, rest = 0;
        pz_forecast f = PZ_FORECAST_INIT;
        for (int i = 0; i < 4; i++) elapsed += wait_for_one(&random, 0.1);
        for (int i = 0; i < 3; i++) rest += wait_for_one(&random, 0.1);
        ck_assert_ok(pz_forecast_count(elapsed, 4, 7, 60, 0.8, &f));
        holds += f.earliest <= elapsed + rest && elapsed + rest <= f.latest;
        promised += f.chance;
        kept += elapsed + rest <= 60;
    }
    ck_assert_double_eq_tol((double)holds / ROUNDS, 0.8, off);
    ck_assert_double_eq_tol(promised / ROUNDS, kept / ROUNDS, 0.05); /* on average; the prior of no rate that is behind it leans a little */
}
END_TEST

START_TEST(refuses_what_gives_no_forecast)
{
    const double days[] = {1, 2, 3}, same[] = {5, 5, 5}, bad[] = {1, (double)NAN, 2};
    pz_forecast f = PZ_FORECAST_INIT;
    ck_assert_status(pz_forecast_line(days, same, 2, 9, PZ_REAL_NONE, 0.8, &f), PZ_E_NOT_ENOUGH);
    ck_assert_status(pz_forecast_line(same, days, 3, 9, PZ_REAL_NONE, 0.8, &f), PZ_E_NOT_ENOUGH);
    ck_assert_status(pz_forecast_line(days, bad, 3, 9, PZ_REAL_NONE, 0.8, &f), PZ_E_INVALID);
    ck_assert_status(pz_forecast_line(bad, days, 3, 9, PZ_REAL_NONE, 0.8, &f), PZ_E_INVALID);
    ck_assert_status(pz_forecast_line(NULL, days, 3, 9, PZ_REAL_NONE, 0.8, &f), PZ_E_INVALID);
    ck_assert_status(pz_forecast_line(days, days, 3, (double)INFINITY, PZ_REAL_NONE, 0.8, &f), PZ_E_INVALID);
    ck_assert_status(pz_forecast_line(days, days, 3, 9, (double)INFINITY, 0.8, &f), PZ_E_INVALID);
    ck_assert_status(pz_forecast_line(days, days, 3, 9, PZ_REAL_NONE, 1, &f), PZ_E_INVALID);
    ck_assert_status(pz_forecast_line(days, days, 3, 9, PZ_REAL_NONE, 0.8, NULL), PZ_E_INVALID);
    ck_assert_status(pz_forecast_count(0, 1, 2, PZ_REAL_NONE, 0.8, &f), PZ_E_INVALID);
    ck_assert_status(pz_forecast_count(5, -1, 2, PZ_REAL_NONE, 0.8, &f), PZ_E_INVALID);
    ck_assert_status(pz_forecast_count(5, 1, 0, PZ_REAL_NONE, 0.8, &f), PZ_E_INVALID);
    ck_assert_status(pz_forecast_count(5, 1, 2, PZ_REAL_NONE, 0.3, &f), PZ_E_INVALID);
    ck_assert_status(pz_forecast_count(5, 0, 2, PZ_REAL_NONE, 0.8, &f), PZ_E_NOT_ENOUGH);
    f.struct_size = 2;
    ck_assert_status(pz_forecast_count(5, 1, 2, PZ_REAL_NONE, 0.8, &f), PZ_E_STRUCT_SIZE);
    f = (pz_forecast)PZ_FORECAST_INIT;
    ck_assert_ok(pz_forecast_line(days, same, 3, 9, PZ_REAL_NONE, 0.8, &f)); /* nothing moves: no day, no promise */
    ck_assert(isnan(f.expected) && isnan(f.earliest) && isnan(f.latest));
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("forecast");
    TCase *tests = tcase_create("forecast");
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, a_line_without_noise_is_exact);
    tcase_add_test(tests, an_interval_is_that_of_fieller);
    tcase_add_test(tests, a_count_is_that_of_a_poisson_process);
    tcase_add_test(tests, the_interval_of_a_line_holds_the_day_as_often_as_it_says);
    tcase_add_test(tests, the_interval_of_a_count_holds_the_day_as_often_as_it_says);
    tcase_add_test(tests, refuses_what_gives_no_forecast);
    suite_add_tcase(suite, tests);
    return suite;
}

SUITE_MAIN(make_suite)
