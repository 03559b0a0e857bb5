/* The normal distribution by Mills' ratio: P(X > x) / density(x), which is smooth all the way to the far tail. */
#include <math.h>
#include <stdint.h>
#include <string.h>

#include "base/numeric.h"
#include "base/numeric_mills_table.h"

enum { TERMS = sizeof mills_series / sizeof mills_series[0] };

static const double root_two_pi = 0x1.40d931ff62706p+1;

/* P(X > x) / density(x) for x >= 0, summed by Clenshaw's recurrence. */
static double mills_ratio(double x)
{
    double t = (x - 3.75) / (x + 3.75), twice = 2 * t;
    double next = 0, after = 0;
    for (int i = TERMS - 1; i > 0; i--) {
        double sum = twice * next - after + mills_series[i];
        after = next;
        next = sum;
    }
    return (t * next - after + mills_series[0]) / (1 + x);
}

/* sqrt(2 pi) times the density. x * x is cut in two parts, the first of them exact, so that the far tail keeps its digits. */
static double bell(double x)
{
    uint64_t bits;
    double head;
    memcpy(&bits, &x, sizeof bits);
    bits &= UINT64_C(0xFFFFFFFFF8000000);
    memcpy(&head, &bits, sizeof head);
    return pz__exp(-0.5 * head * head) * pz__exp(-0.5 * (x - head) * (x + head));
}

double pz__normal_cdf(double x)
{
    double tail;
    if (x != x) return x;
    if (fabs(x) > 39) return x > 0 ? 1 : 0;
    tail = bell(fabs(x)) / root_two_pi * mills_ratio(fabs(x));
    return x > 0 ? 1 - tail : tail;
}

/* Hastings' rational start (Abramowitz and Stegun 26.2.23, within 4.5e-4), then Halley's method on the tail. */
double pz__normal_quantile(double p)
{
    double tail = p < 0.5 ? p : 1 - p, root, z;
    if (!(p > 0 && p < 1)) return p == 0 ? -(double)INFINITY : (p == 1 ? (double)INFINITY : (double)NAN);
    root = sqrt(-2 * pz__log(tail));
    z = root - (2.515517 + root * (0.802853 + root * 0.010328)) / (1 + root * (1.432788 + root * (0.189269 + root * 0.001308)));
    for (int i = 0; i < 3; i++) {
        double step;
        if (z < 0) z = 0;
        step = mills_ratio(z) - tail * root_two_pi / bell(z);
        z += step / (1 + 0.5 * z * step);
    }
    return p < 0.5 ? -z : z;
}
