/* exp, log and their kin. All from one pattern: bring the argument close to a point of a table, take a short polynomial there, and carry
 * what rounding loses along as a second, small number. */
#include "base/numeric.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

#include "base/numeric_table.h"

static double from_bits(uint64_t bits)
{
    double x;
    memcpy(&x, &bits, sizeof x);
    return x;
}

static uint64_t to_bits(double x)
{
    uint64_t bits;
    memcpy(&bits, &x, sizeof bits);
    return bits;
}

/* x * y = *high + *low exactly, by cutting both in halves (Veltkamp, Dekker 1971). */
static void multiply_exactly(double x, double y, double *high, double *low)
{
    const double cut = 0x1p27 + 1;
    double xc = cut * x, yc = cut * y;
    double xh = xc - (xc - x), yh = yc - (yc - y);
    double xl = x - xh, yl = y - yh;
    *high = x * y;
    *low = ((xh * yh - *high) + xh * yl + xl * yh) + xl * yl;
}

/* x * 2^k for -1100 < k < 1100, in two steps where one would leave the normal range. */
static double scale(double x, int64_t k)
{
    if (k >= -1021 && k <= 1022) return x * from_bits((uint64_t)(k + 1023) << 52);
    if (k > 0) return x * 0x1p1000 * from_bits((uint64_t)(k - 1000 + 1023) << 52);
    return x * from_bits((uint64_t)(k + 1000 + 1023) << 52) * 0x1p-1000;
}

/* ---------------------------------------------------------------------------------------------------- exp --- */

enum { STEPS = 128 };

/* x = step * (log 2 / 128) + *r with |*r| < 0.0028; *lost is what *r lacks. */
static int64_t exp_reduce(double x, double *r, double *lost)
{
    const double shift = 0x1.8p52;
    double step = x * step_inverse + shift - shift;
    double near = x - step * step_high;
    double far = step * step_low;
    *r = near - far;
    *lost = (near - *r) - far;
    return (int64_t)step;
}

/* exp(r) - 1 - r for |r| < 0.008. */
static double exp_tail(double r)
{
    return r * r * (0.5 + r * (1.0 / 6 + r * (1.0 / 24 + r * (1.0 / 120 + r * (1.0 / 720)))));
}

/* exp(x + more) where `more` is below 2^-50 of x. */
static double exp_sum(double x, double more)
{
    double r, lost, sum;
    int64_t step, k;
    const double *entry;
    if (!(x < 709.79)) return x != x ? x : (double)INFINITY;
    if (x < -745.2) return 0;
    step = exp_reduce(x, &r, &lost);
    entry = exp_table[step & (STEPS - 1)];
    k = (step - (step & (STEPS - 1))) / STEPS;
    lost += more;
    sum = entry[0] + (entry[1] + entry[0] * (r + (lost + (exp_tail(r) + r * lost))));
    return scale(sum, k);
}

double pz__exp(double x)
{
    return exp_sum(x, 0);
}

double pz__expm1(double x)
{
    double r, lost, power, high, low, whole;
    int64_t step, k;
    const double *entry;
    if (!(x < 60)) return pz__exp(x);
    if (x < -40) return -1;
    if (fabs(x) < 0x1p-54) return x;
    if (fabs(x) < 0x1p-7) return x + exp_tail(x);
    step = exp_reduce(x, &r, &lost);
    entry = exp_table[step & (STEPS - 1)];
    k = (step - (step & (STEPS - 1))) / STEPS;
    power = scale(entry[0], k);
    multiply_exactly(power, r, &high, &low);
    low += power * (lost + exp_tail(r)) + scale(entry[1], k);
    whole = power - 1;
    if (k > 53)
        low -= 1, whole = power;
    else
        low += k > 0 ? (power - whole) - 1 : power - (whole + 1);
    r = whole + high;
    low += fabs(whole) >= fabs(high) ? (whole - r) + high : (high - r) + whole;
    return r + low;
}

/* ---------------------------------------------------------------------------------------------------- log --- */

/* log(1 + r) - r + r^2/2 for |r| < 0.0056. */
static double log_tail(double r)
{
    return r * r * r * (1.0 / 3 + r * (-1.0 / 4 + r * (1.0 / 5 + r * (-1.0 / 6 + r * (1.0 / 7)))));
}

/* log x = *whole + *r + (further small terms): x = 2^k * c * (1 + r + *lost) with c from the table. x > 0, finite. */
static double log_reduce(double x, double *r, double *lost, double *small)
{
    uint64_t bits = to_bits(x);
    int64_t k = 0, place;
    double z, distance, quotient, half, c;
    const double *entry;
    if (bits < UINT64_C(0x0010000000000000)) {
        bits = to_bits(x * 0x1p54);
        k = -54;
    }
    k += (int64_t)(bits >> 52) - 1023;
    bits = (bits & UINT64_C(0x000FFFFFFFFFFFFF)) | UINT64_C(0x3FF0000000000000);
    if (bits >= UINT64_C(0x3FF6A00000000000)) { /* 181/128 */
        bits -= UINT64_C(0x0010000000000000);
        k++;
    }
    z = from_bits(bits);
    place = (int64_t)(z * 128 + 0.5);
    entry = log_table[place - LOG_TABLE_FIRST];
    c = (double)place * (1.0 / 128);
    distance = z - c;
    quotient = distance * entry[0];
    half = from_bits(to_bits(quotient) & UINT64_C(0xFFFFFFFFF8000000)); /* times c it is exact */
    *r = quotient;
    *lost = ((distance - half * c) - (quotient - half) * c) * entry[0];
    *small = (double)k * log2_low + entry[2];
    return (double)k * log2_high + entry[1];
}

double pz__log(double x)
{
    double r, lost, small, whole, sum;
    if (!(x > 0)) return x == 0 ? -(double)INFINITY : (double)NAN;
    if (x > 0x1.fffffffffffffp1023) return x;
    whole = log_reduce(x, &r, &lost, &small);
    sum = whole + r;
    return sum + ((whole - sum + r) + (small + (lost - 0.5 * r * r + log_tail(r))));
}

/* log x = *high + *low to about 2^-66 of it. */
static void log_long(double x, double *high, double *low)
{
    double r, lost, small, square, square_low, a, b, c, rest;
    double whole = log_reduce(x, &r, &lost, &small);
    multiply_exactly(r, r, &square, &square_low);
    a = whole + r;
    rest = (whole - a) + r;
    b = a - 0.5 * square;
    rest += (a - b) - 0.5 * square;
    rest += lost - r * lost - 0.5 * square_low + log_tail(r) + small;
    c = b + rest;
    *low = (b - c) + rest;
    *high = c;
}

double pz__log1p(double x)
{
    double sum, missed, high, low;
    if (!(x > -1)) return x == -1 ? -(double)INFINITY : (double)NAN;
    if (fabs(x) < 0x1p-54) return x;
    if (fabs(x) < 0x1p-8)
        return x + (-0.5 * x * x + (fabs(x) < 0x1p-9 ? log_tail(x) : log_tail(x) - x * x * x * x * x * x * x * x * 0.125));
    if (x > 0x1p60) return pz__log(x);
    sum = 1 + x;
    missed = x > 1 ? 1 - (sum - x) : x - (sum - 1);
    log_long(sum, &high, &low);
    return high + (low + missed / sum);
}

/* ---------------------------------------------------------------------------------------------------- pow --- */

double pz__pow(double x, double y)
{
    double high, low, product, rest;
    if (y == 0) return 1;
    if (y == 1 || x == 1) return x;
    if (x == 0) return y > 0 ? 0 : (y < 0 ? (double)INFINITY : y);
    if (!(x > 0) || y != y) return (double)NAN;
    if (x > 0x1.fffffffffffffp1023) return y > 0 ? x : 0;
    log_long(x, &high, &low);
    product = high * y;
    if (!(fabs(product) < 800)) return product > 0 ? (double)INFINITY : 0;
    if (fabs(y) > 0x1p990 || fabs(y) < 0x1p-900) return exp_sum(product, 0);
    multiply_exactly(high, y, &product, &rest);
    return exp_sum(product, rest + low * y);
}

/* ------------------------------------------------------------------------------------------ odds and sums --- */

double pz__logistic(double x)
{
    double e;
    if (x >= 0) return 1 / (1 + pz__exp(-x));
    e = pz__exp(x);
    return e / (1 + e);
}

double pz__logit(double p)
{
    if (p > 0.25 && p < 0.75) return pz__log1p((2 * p - 1) / (1 - p));
    return pz__log(p) - pz__log1p(-p);
}
