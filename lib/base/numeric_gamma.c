/* Log gamma, and the beta distribution by the continued fraction of its incomplete integral. */
#include <math.h>

#include "base/numeric.h"
#include "base/numeric_gamma_table.h"

enum { TAYLOR_TERMS = sizeof gamma_series / sizeof gamma_series[0] };

static const double half_log_two_pi = 0x1.d67f1c864beb5p-1;

/* What Stirling's formula lacks, for x >= 10: log gamma x = (x - 0.5) log x - x + log(2 pi) / 2 + this. */
static double stirling_rest(double x)
{
    double y = 1 / (x * x);
    double sum =
        -1.0 / 12 +
        y * (1.0 / 360 +
             y * (-1.0 / 1260 + y * (1.0 / 1680 + y * (-1.0 / 1188 + y * (691.0 / 360360 + y * (-1.0 / 156 + y * (3617.0 / 122400)))))));
    return -sum / x;
}

/* log gamma(2 + e) for |e| <= 0.5. */
static double log_gamma_near_two(double e)
{
    double sum = 0;
    for (int i = TAYLOR_TERMS - 1; i >= 0; i--) sum = sum * e + gamma_series[i];
    return sum * e;
}

double pz__log_gamma(double x)
{
    double product = 1;
    if (!(x > 0)) return x == 0 ? (double)INFINITY : (double)NAN;
    if (x > 0x1.fffffffffffffp1023) return x;
    if (x < 0.5) return log_gamma_near_two(x) - pz__log1p(x) - pz__log(x);
    if (x < 1.5) return log_gamma_near_two(x - 1) - pz__log(x);
    if (x >= 10) return (x - 0.5) * pz__log(x) - x + half_log_two_pi + stirling_rest(x);
    while (x > 2.5) {
        x -= 1;
        product *= x;
    }
    return log_gamma_near_two(x - 2) + pz__log(product);
}

/* x^a (1 - x)^b / B(a, b). Where both are large the logarithms of the gammas would swallow the digits: there the ratios to the mean are taken
 * first. */
static double beta_front(double a, double b, double x, double rest)
{
    double sum = a + b, away, logs;
    if (a < 10 || b < 10)
        return pz__exp(a * pz__log(x) + b * (x < 0.5 ? pz__log1p(-x) : pz__log(rest)) +
                       (pz__log_gamma(sum) - pz__log_gamma(a) - pz__log_gamma(b)));
    away = x < rest ? sum * x - a : b - sum * rest;
    logs = a * (fabs(away) < 0.5 * a ? pz__log1p(away / a) : pz__log(sum * x / a)) +
           b * (fabs(away) < 0.5 * b ? pz__log1p(-away / b) : pz__log(sum * rest / b));
    return sqrt(a / sum * b) / 0x1.40d931ff62706p+1 * pz__exp(logs + (stirling_rest(sum) - stirling_rest(a) - stirling_rest(b)));
}

/* Continued fraction of I_x(a, b) a / front (DLMF 8.17.22) by the method of Lentz, for x below the mean. */
static double beta_fraction(double a, double b, double x)
{
    const double tiny = 1e-300;
    double sum = a + b, c = 1, d = 1 - sum * x / (a + 1), f;
    if (fabs(d) < tiny) d = tiny;
    d = 1 / d;
    f = d;
    for (int m = 1; m <= 100000; m++) {
        double even = m * (b - m) * x / ((a + 2.0 * m - 1) * (a + 2.0 * m));
        double odd = -(a + m) * (sum + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1));
        double change;
        d = 1 + even * d;
        c = 1 + even / c;
        if (fabs(d) < tiny) d = tiny;
        if (fabs(c) < tiny) c = tiny;
        d = 1 / d;
        f *= d * c;
        d = 1 + odd * d;
        c = 1 + odd / c;
        if (fabs(d) < tiny) d = tiny;
        if (fabs(c) < tiny) c = tiny;
        d = 1 / d;
        change = d * c;
        f *= change;
        if (fabs(change - 1) < 4e-16) break;
    }
    return f;
}

/* I_x(a, b) and, for the quantile, the front that its derivative is made of. */
static double beta_lower(double a, double b, double x, double *front)
{
    double rest = 1 - x;
    *front = beta_front(a, b, x, rest);
    if (x <= (a + 1) / (a + b + 2)) return *front / a * beta_fraction(a, b, x);
    return 1 - *front / b * beta_fraction(b, a, rest);
}

double pz__beta_incomplete(double a, double b, double x)
{
    double front;
    if (!(a > 0 && b > 0) || x != x) return (double)NAN;
    if (x <= 0) return 0;
    if (x >= 1) return 1;
    return beta_lower(a, b, x, &front);
}

/* A first guess: near an end by the power that rules there, otherwise by the normal approximation to the logit. */
static double quantile_start(double a, double b, double p)
{
    double log_beta = pz__log_gamma(a) + pz__log_gamma(b) - pz__log_gamma(a + b);
    double low = pz__exp((pz__log(p * a) + log_beta) / a), high = pz__exp((pz__log((1 - p) * b) + log_beta) / b);
    double spread;
    if (low < 0.1 * a / (a + b) || (a < 1 && low < 0.3)) return low;
    if (high < 0.1 * b / (a + b) || (b < 1 && high < 0.3)) return 1 - high;
    spread = sqrt(1 / a + 1 / b);
    return pz__logistic(pz__log(a / b) + spread * pz__normal_quantile(p));
}

/* Newton's method with Halley's correction inside a bracket that halves where a step would leave it. */
double pz__beta_quantile(double a, double b, double p)
{
    double low = 0, high = 1, x, front;
    if (!(a > 0 && b > 0 && p >= 0 && p <= 1)) return (double)NAN;
    if (p == 0 || p == 1) return p;
    x = quantile_start(a, b, p);
    for (int i = 0; i < 200; i++) {
        double missed, step, next;
        if (!(x > low && x < high)) x = 0.5 * (low + high);
        if (!(x > low && x < high)) break;
        missed = beta_lower(a, b, x, &front) - p;
        if (missed < 0)
            low = x;
        else
            high = x;
        step = missed / front * x * (1 - x);
        step /= 1 - 0.5 * fmax(-1, fmin(1, step * ((a - 1) / x - (b - 1) / (1 - x))));
        next = x - step;
        if (fabs(step) <= 1e-15 * fmin(x, 1 - x) || next == x || missed == 0) return next > low && next < high ? next : x;
        x = next;
    }
    return x;
}
