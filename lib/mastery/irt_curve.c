/* Response curves and their derivatives. */
#include "base/numeric.h"
#include "mastery/irt.h"

static void two_categories(const pz__irt_item *item, double ability, double *p, double *first, double *second)
{
    double z = item->slope * ability + item->intercept[0], l = pz__logistic(z), not_l = pz__logistic(-z), part = 1 - item->guess;
    p[1] = item->guess + part * l;
    p[0] = part * not_l;
    if (first) {
        first[1] = part * item->slope * l * not_l;
        first[0] = -first[1];
    }
    if (second) {
        second[1] = part * item->slope * item->slope * l * not_l * (not_l - l);
        second[0] = -second[1];
    }
}

/* Differences of the curves "at least category k". Both tails are kept, so that the ends do not lose their digits. */
static void graded(const pz__irt_item *item, double ability, double *p, double *first, double *second)
{
    double upper = 1, lower = 0, slope = 0, bend = 0; /* of the curve below: at least category 0 is certain */
    for (int32_t k = 0; k < item->categories; k++) {
        double next = 0, next_lower = 1, next_slope = 0, next_bend = 0;
        if (k + 1 < item->categories) {
            double z = item->slope * ability + item->intercept[k];
            next = pz__logistic(z);
            next_lower = pz__logistic(-z);
            next_slope = item->slope * next * next_lower;
            next_bend = item->slope * next_slope * (next_lower - next);
        }
        p[k] = upper < 0.5 ? upper - next : next_lower - lower;
        if (p[k] < 1e-300) p[k] = 1e-300;
        if (first) first[k] = slope - next_slope;
        if (second) second[k] = bend - next_bend;
        upper = next, lower = next_lower, slope = next_slope, bend = next_bend;
    }
}

static void partial_credit(const pz__irt_item *item, double ability, double *p, double *first, double *second)
{
    double z[PZ__IRT_CATEGORIES] = {0}, most = 0, sum = 0, mean = 0, square = 0;
    for (int32_t k = 1; k < item->categories; k++) {
        z[k] = z[k - 1] + item->slope * ability + item->intercept[k - 1];
        if (z[k] > most) most = z[k];
    }
    for (int32_t k = 0; k < item->categories; k++) sum += p[k] = pz__exp(z[k] - most);
    for (int32_t k = 0; k < item->categories; k++) {
        p[k] /= sum;
        if (p[k] < 1e-300) p[k] = 1e-300;
        mean += k * p[k];
        square += (double)k * k * p[k];
    }
    for (int32_t k = 0; k < item->categories; k++) {
        if (first) first[k] = item->slope * p[k] * (k - mean);
        if (second) second[k] = item->slope * item->slope * p[k] * ((k - mean) * (k - mean) - (square - mean * mean));
    }
}

/* Each category with a slope and an intercept of its own against category 0. */
static void nominal(const pz__irt_item *item, double ability, double *p, double *first, double *second)
{
    double z[PZ__IRT_CATEGORIES] = {0}, most = 0, sum = 0, mean = 0, square = 0;
    for (int32_t k = 1; k < item->categories; k++) {
        z[k] = item->slopes[k - 1] * ability + item->intercept[k - 1];
        if (z[k] > most) most = z[k];
    }
    for (int32_t k = 0; k < item->categories; k++) sum += p[k] = pz__exp(z[k] - most);
    for (int32_t k = 0; k < item->categories; k++) {
        double slope = k ? item->slopes[k - 1] : 0;
        p[k] /= sum;
        if (p[k] < 1e-300) p[k] = 1e-300;
        mean += slope * p[k];
        square += slope * slope * p[k];
    }
    for (int32_t k = 0; k < item->categories; k++) {
        double away = (k ? item->slopes[k - 1] : 0) - mean;
        if (first) first[k] = p[k] * away;
        if (second) second[k] = p[k] * (away * away - (square - mean * mean));
    }
}

void pz__irt_curve(const pz__irt_item *item, double ability, double *p, double *first, double *second)
{
    if (item->kind == PZ_IRT_GRADED)
        graded(item, ability, p, first, second);
    else if (item->kind == PZ_IRT_PARTIAL_CREDIT)
        partial_credit(item, ability, p, first, second);
    else if (item->kind == PZ_IRT_NOMINAL)
        nominal(item, ability, p, first, second);
    else
        two_categories(item, ability, p, first, second);
}

int32_t pz__irt_free(const pz__irt_item *item)
{
    if (item->kind == PZ_IRT_NOMINAL) return 2 * (item->categories - 1);
    return item->categories - 1 + (item->kind != PZ_IRT_RASCH) + (item->kind == PZ_IRT_THREE_PARAMETER);
}

void pz__irt_slopes(const pz__irt_item *item, double ability, const double *p, double (*out)[PZ__IRT_PARAMETERS])
{
    int32_t at = item->kind != PZ_IRT_RASCH, steps = item->categories - 1;
    double mean = 0, tail[PZ__IRT_CATEGORIES + 1] = {0};
    if (item->kind == PZ_IRT_GRADED) {
        for (int32_t k = 0; k < item->categories; k++)
            for (int32_t n = 0; n <= steps; n++) out[k][n] = 0;
        for (int32_t k = 0; k < steps; k++) {
            double z = item->slope * ability + item->intercept[k], w = pz__logistic(z) * pz__logistic(-z);
            out[k][0] -= ability * w, out[k + 1][0] += ability * w;
            out[k][at + k] = -w, out[k + 1][at + k] = w;
        }
    } else if (item->kind == PZ_IRT_PARTIAL_CREDIT) {
        for (int32_t k = steps; k >= 0; k--) mean += k * p[k], tail[k] = tail[k + 1] + p[k];
        for (int32_t k = 0; k <= steps; k++) {
            out[k][0] = p[k] * ability * (k - mean);
            for (int32_t n = 1; n <= steps; n++) out[k][n] = p[k] * ((k >= n) - tail[n]);
        }
    } else if (item->kind == PZ_IRT_NOMINAL) {
        for (int32_t k = 0; k <= steps; k++)
            for (int32_t n = 0; n < steps; n++) {
                out[k][steps + n] = p[k] * ((k == n + 1) - p[n + 1]);
                out[k][n] = ability * out[k][steps + n];
            }
    } else {
        double z = item->slope * ability + item->intercept[0], l = pz__logistic(z), w = (1 - item->guess) * l * pz__logistic(-z);
        if (at) out[1][0] = w * ability;
        out[1][at] = w;
        if (item->kind == PZ_IRT_THREE_PARAMETER) out[1][2] = item->guess * (1 - item->guess) * (1 - l);
        for (int32_t n = 0; n < pz__irt_free(item); n++) out[0][n] = -out[1][n];
    }
}

double pz__irt_item_information(const pz__irt_item *item, double ability)
{
    double p[PZ__IRT_CATEGORIES], first[PZ__IRT_CATEGORIES], sum = 0;
    pz__irt_curve(item, ability, p, first, NULL);
    for (int32_t k = 0; k < item->categories; k++)
        if (p[k] > 1e-290) sum += first[k] * first[k] / p[k];
    return sum;
}
