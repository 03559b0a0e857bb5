#include <math.h>

#include "base/numeric.h"
#include "base/numeric_values.h"
#include "base/random.h"
#include "support/suite.h"

static double call(int function, double x, double y)
{
    switch (function) {
    case F_EXP: return pz__exp(x);
    case F_EXPM1: return pz__expm1(x);
    case F_LOG: return pz__log(x);
    case F_LOG1P: return pz__log1p(x);
    case F_POW: return pz__pow(x, y);
    case F_LOGISTIC: return pz__logistic(x);
    case F_LOGIT: return pz__logit(x);
    case F_NORMAL_CDF: return pz__normal_cdf(x);
    default: return pz__log_gamma(x);
    }
}

/* Distance in representable numbers. */
static double ulps(double got, double wanted)
{
    int64_t a, b;
    memcpy(&a, &got, sizeof a);
    memcpy(&b, &wanted, sizeof b);
    if (a < 0) a = INT64_MIN - a;
    if (b < 0) b = INT64_MIN - b;
    return fabs((double)(a - b));
}

START_TEST(values_are_true_to_the_stated_place)
{
    for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) {
        double got = call(values[i].function, values[i].x, values[i].y);
        ck_assert_msg(ulps(got, values[i].expected) <= values[i].ulp, "row %zu: function %d of %a, %a gave %a, true is %a", i,
                      values[i].function, values[i].x, values[i].y, got, values[i].expected);
    }
}
END_TEST

START_TEST(normal_quantiles_are_true)
{
    for (size_t i = 0; i < sizeof quantiles / sizeof quantiles[0]; i++) {
        double got = pz__normal_quantile(quantiles[i][0]), wanted = quantiles[i][1];
        ck_assert_msg(fabs(got - wanted) <= 1e-15 || ulps(got, wanted) <= 4, "quantile of %g gave %a, true is %a", quantiles[i][0], got,
                      wanted);
    }
}
END_TEST

START_TEST(beta_integrals_are_true)
{
    for (size_t i = 0; i < sizeof betas / sizeof betas[0]; i++) {
        const double *v = betas[i];
        double got = pz__beta_incomplete(v[0], v[1], v[2]);
        ck_assert_msg(fabs(got - v[3]) <= 1e-12 * v[3], "I_%g(%g, %g) gave %.17g, true is %.17g", v[2], v[0], v[1], got, v[3]);
    }
}
END_TEST

START_TEST(beta_quantiles_undo_the_integral)
{
    static const double shapes[] = {0.05, 0.5, 0.9, 1, 1.5, 2.58, 5.5, 40, 700};
    for (size_t i = 0; i < 9; i++)
        for (size_t j = 0; j < 9; j++)
            for (int k = 1; k < 40; k++) {
                double a = shapes[i], b = shapes[j], p = k / 40.0, x = pz__beta_quantile(a, b, p);
                double one_less = nextafter(x, 0), one_more = nextafter(x, 2);
                ck_assert_msg(x >= 0 && x <= 1, "quantile %g of (%g, %g) is %g", p, a, b, x);
                if (fabs(pz__beta_incomplete(a, b, x) - p) < 1e-12) continue;
                ck_assert_msg(pz__beta_incomplete(a, b, one_less) <= p && pz__beta_incomplete(a, b, one_more) >= p,
                              "quantile %g of (%g, %g): %.17g gives back %g", p, a, b, x, pz__beta_incomplete(a, b, x));
            }
}
END_TEST

START_TEST(ends_and_nonsense)
{
    ck_assert(pz__exp(1e4) > 1e308 && isinf(pz__exp(1e4)) && pz__exp(-1e4) == 0 && isnan(pz__exp(NAN)));
    ck_assert(isinf(pz__log(0)) && pz__log(0) < 0 && isnan(pz__log(-1)) && isinf(pz__log(INFINITY)));
    ck_assert(isinf(pz__log1p(-1)) && isnan(pz__log1p(-2)) && pz__expm1(-1e3) == -1 && isinf(pz__expm1(1e3)));
    ck_assert(pz__pow(0, 2) == 0 && pz__pow(5, 0) == 1 && isnan(pz__pow(-1, 0.5)) && isinf(pz__pow(10, 400)) && pz__pow(10, -400) == 0);
    ck_assert(pz__logistic(1e6) == 1 && pz__logistic(-1e6) == 0 && pz__logistic(0) == 0.5 && pz__logit(0.5) == 0);
    ck_assert(pz__normal_cdf(50) == 1 && pz__normal_cdf(-50) == 0 && isnan(pz__normal_cdf(NAN)));
    ck_assert(isinf(pz__normal_quantile(0)) && isinf(pz__normal_quantile(1)) && isnan(pz__normal_quantile(2)));
    ck_assert(isinf(pz__log_gamma(0)) && isnan(pz__log_gamma(-1)) && pz__log_gamma(1) == 0 && pz__log_gamma(2) == 0);
    ck_assert(pz__beta_incomplete(2, 3, 0) == 0 && pz__beta_incomplete(2, 3, 1) == 1 && isnan(pz__beta_incomplete(0, 3, 0.5)));
    ck_assert(pz__beta_quantile(2, 3, 0) == 0 && pz__beta_quantile(2, 3, 1) == 1 && isnan(pz__beta_quantile(2, -3, 0.5)));
}
END_TEST

START_TEST(normal_numbers_have_their_moments)
{
    enum { COUNT = 200000 };
    pz__random random;
    double sum = 0, squares = 0, beyond = 0;
    pz__random_seed(&random, suite_seed());
    for (int i = 0; i < COUNT; i++) {
        double x = pz__random_normal(&random);
        sum += x;
        squares += x * x;
        beyond += fabs(x) > 1.959964;
    }
    ck_assert(fabs(sum / COUNT) < 5 / sqrt(COUNT));
    ck_assert(fabs(squares / COUNT - 1) < 5 * sqrt(2.0 / COUNT));
    ck_assert(fabs(beyond / COUNT - 0.05) < 5 * sqrt(0.05 * 0.95 / COUNT));
}
END_TEST

static uint64_t digest(uint64_t hash, double x)
{
    uint64_t bits;
    memcpy(&bits, &x, sizeof bits);
    return (hash ^ bits) * UINT64_C(0x9E3779B97F4A7C15) + (hash >> 29);
}

/* The same bits from every compiler, level of optimization and machine: the digest was taken once and must never change. */
START_TEST(bits_are_the_same_everywhere)
{
    pz__random random;
    uint64_t hash = 1;
    pz__random_seed(&random, 2026);
    for (int i = 0; i < 20000; i++) {
        double x = 40 * pz__random_unit(&random) - 20, p = pz__random_unit(&random);
        hash = digest(hash, pz__exp(x));
        hash = digest(hash, pz__expm1(x / 20));
        hash = digest(hash, pz__log(p));
        hash = digest(hash, pz__log1p(p));
        hash = digest(hash, pz__pow(p, x));
        hash = digest(hash, pz__logistic(x));
        hash = digest(hash, pz__logit(p));
        hash = digest(hash, pz__normal_cdf(x / 4));
        hash = digest(hash, pz__normal_quantile(p));
        hash = digest(hash, pz__log_gamma(x + 20.5));
        if (i % 20) continue;
        hash = digest(hash, pz__beta_incomplete(x + 20.5, 3.5, p));
        hash = digest(hash, pz__beta_quantile(x + 20.5, 0.5, p));
    }
    ck_assert_msg(hash == UINT64_C(0xBF83040BB3FA3F51), "the digest is 0x%016llX", (unsigned long long)hash);
}
END_TEST

static Suite *numeric_suite(void)
{
    Suite *suite = suite_create("numeric");
    TCase *core = tcase_create("numeric");
    tcase_add_test(core, values_are_true_to_the_stated_place);
    tcase_add_test(core, normal_quantiles_are_true);
    tcase_add_test(core, beta_integrals_are_true);
    tcase_add_test(core, beta_quantiles_undo_the_integral);
    tcase_add_test(core, ends_and_nonsense);
    tcase_add_test(core, normal_numbers_have_their_moments);
    tcase_add_test(core, bits_are_the_same_everywhere);
    suite_add_tcase(suite, core);
    return suite;
}

SUITE_MAIN(numeric_suite)
