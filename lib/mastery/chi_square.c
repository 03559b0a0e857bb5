#include "mastery/chi_square.h"

#include <math.h>

#include "base/numeric.h"

/* The lower part of the regularized incomplete gamma function by its series. */
static double lower_series(double a, double x)
{
    double term = 1 / a, sum = term;
    for (int n = 1; n < 100000 && term > sum * 1e-16; n++) sum += term *= x / (a + n);
    return sum * pz__exp(a * pz__log(x) - x - pz__log_gamma(a));
}

/* The upper part by its continued fraction (Lentz). */
static double upper_fraction(double a, double x)
{
    const double tiny = 1e-300;
    double b = x + 1 - a, c = 1 / tiny, d = 1 / b, product = d;
    for (int n = 1; n < 100000; n++) {
        double part = -n * (n - a), change;
        b += 2;
        d = part * d + b;
        c = b + part / c;
        d = 1 / (fabs(d) < tiny ? tiny : d);
        if (fabs(c) < tiny) c = tiny;
        change = d * c;
        product *= change;
        if (fabs(change - 1) < 1e-15) break;
    }
    return product * pz__exp(a * pz__log(x) - x - pz__log_gamma(a));
}

double pz__chi_square_above(double value, double df)
{
    double a = df / 2, x = value / 2;
    if (!(x > 0)) return 1;
    return x < a + 1 ? 1 - lower_series(a, x) : upper_fraction(a, x);
}
