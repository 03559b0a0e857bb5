/* Maximization: each item on its own by Fisher scoring at the expected counts. */
#include <math.h>
#include <string.h>

#include "base/numeric.h"
#include "mastery/irt_calibrate.h"

static double *parameter(pz__irt_item *item, int32_t n)
{
    int32_t slopes = item->kind == PZ_IRT_NOMINAL ? item->categories - 1 : item->kind != PZ_IRT_RASCH;
    if (n >= slopes) return &item->intercept[n - slopes];
    return item->kind == PZ_IRT_NOMINAL ? &item->slopes[n] : &item->slope;
}

void pz__irt_get(const pz__irt_item *item, double *out)
{
    pz__irt_item copy = *item;
    int32_t free = pz__irt_free(item), guess = item->kind == PZ_IRT_THREE_PARAMETER;
    for (int32_t n = 0; n < free - guess; n++) out[n] = *parameter(&copy, n);
    if (guess) out[free - 1] = pz__logit(item->guess);
}

/* Intercepts of graded items must fall; 0 where they do not. */
int pz__irt_set(pz__irt_item *item, const double *in)
{
    int32_t free = pz__irt_free(item), guess = item->kind == PZ_IRT_THREE_PARAMETER;
    for (int32_t n = 0; n < free - guess; n++) {
        if (!(fabs(in[n]) < 1e3)) return 0;
        *parameter(item, n) = in[n];
    }
    if (guess) item->guess = fmax(1e-6, fmin(0.9, pz__logistic(in[free - 1])));
    if (item->kind == PZ_IRT_GRADED)
        for (int32_t k = 1; k + 1 < item->categories; k++)
            if (!(item->intercept[k] < item->intercept[k - 1] - 1e-6)) return 0;
    return 1;
}

static double prior_of(const pz__irt_work *w, const pz__irt_item *item)
{
    double z;
    if (item->kind != PZ_IRT_THREE_PARAMETER) return 0;
    z = (pz__logit(item->guess) - w->options.guess_mean) / w->options.guess_sd;
    return -0.5 * z * z;
}

static double expected_log_likelihood(const pz__irt_work *w, const pz__irt_item *item, const double *counts)
{
    int32_t nodes = w->options.nodes;
    double sum = prior_of(w, item), p[PZ__IRT_CATEGORIES];
    for (int32_t q = 0; q < nodes; q++) {
        pz__irt_curve(item, pz__irt_node(q, nodes, w->options.range), p, NULL, NULL);
        for (int32_t k = 0; k < item->categories; k++)
            if (counts[k * nodes + q] > 0) sum += counts[k * nodes + q] * pz__log(fmax(1e-300, p[k]));
    }
    return sum;
}

/* Solves m x = v in place by Cholesky's method; 0 if m is not positive. */
static int solve(double m[PZ__IRT_PARAMETERS][PZ__IRT_PARAMETERS], double *v, int32_t n)
{
    for (int32_t i = 0; i < n; i++) {
        for (int32_t j = 0; j <= i; j++) {
            double sum = m[i][j];
            for (int32_t k = 0; k < j; k++) sum -= m[i][k] * m[j][k];
            if (i == j) {
                if (!(sum > 0)) return 0;
                m[i][i] = sqrt(sum);
            } else {
                m[i][j] = sum / m[j][j];
            }
        }
    }
    for (int32_t i = 0; i < n; i++) {
        for (int32_t k = 0; k < i; k++) v[i] -= m[i][k] * v[k];
        v[i] /= m[i][i];
    }
    for (int32_t i = n - 1; i >= 0; i--) {
        for (int32_t k = i + 1; k < n; k++) v[i] -= m[k][i] * v[k];
        v[i] /= m[i][i];
    }
    return 1;
}

/* Gradient and information of one item at the expected counts. */
static void score_item(const pz__irt_work *w, const pz__irt_item *item, const double *counts, double *gradient,
                       double information[PZ__IRT_PARAMETERS][PZ__IRT_PARAMETERS])
{
    int32_t nodes = w->options.nodes, free = pz__irt_free(item);
    double p[PZ__IRT_CATEGORIES], slopes[PZ__IRT_CATEGORIES][PZ__IRT_PARAMETERS];
    memset(information, 0, sizeof(double) * PZ__IRT_PARAMETERS * PZ__IRT_PARAMETERS);
    for (int32_t n = 0; n < free; n++) gradient[n] = 0;
    for (int32_t q = 0; q < nodes; q++) {
        double x = pz__irt_node(q, nodes, w->options.range), all = 0;
        pz__irt_curve(item, x, p, NULL, NULL);
        pz__irt_slopes(item, x, p, slopes);
        for (int32_t k = 0; k < item->categories; k++) all += counts[k * nodes + q];
        for (int32_t k = 0; k < item->categories; k++) {
            double inverse = 1 / fmax(1e-300, p[k]);
            for (int32_t n = 0; n < free; n++) {
                double part = slopes[k][n] * inverse;
                gradient[n] += counts[k * nodes + q] * part;
                for (int32_t m = 0; m <= n; m++) information[n][m] += all * part * slopes[k][m];
            }
        }
    }
    if (item->kind == PZ_IRT_THREE_PARAMETER) {
        double precision = 1 / (w->options.guess_sd * w->options.guess_sd);
        gradient[free - 1] -= (pz__logit(item->guess) - w->options.guess_mean) * precision;
        information[free - 1][free - 1] += precision;
    }
}

static void maximize_item(const pz__irt_work *w, pz__irt_item *item, const double *counts)
{
    int32_t free = pz__irt_free(item);
    double gradient[PZ__IRT_PARAMETERS], information[PZ__IRT_PARAMETERS][PZ__IRT_PARAMETERS], now[PZ__IRT_PARAMETERS];
    double before = expected_log_likelihood(w, item, counts);
    for (int turn = 0; turn < 3; turn++) {
        double moved = 0, after = before;
        pz__irt_item tried = *item;
        score_item(w, item, counts, gradient, information);
        for (int32_t n = 0; n < free; n++) information[n][n] += 1e-9;
        if (!solve(information, gradient, free)) return;
        pz__irt_get(item, now);
        for (double length = 1; length > 1e-3; length *= 0.5) {
            double next[PZ__IRT_PARAMETERS];
            for (int32_t n = 0; n < free; n++) next[n] = now[n] + length * gradient[n];
            tried = *item;
            if (pz__irt_set(&tried, next) && (after = expected_log_likelihood(w, &tried, counts)) >= before) break;
            after = before;
            tried = *item;
        }
        for (int32_t n = 0; n < free; n++) moved = fmax(moved, fabs(gradient[n]));
        *item = tried;
        if (moved < 1e-3 || after == before) return;
        before = after;
    }
}

/* Mean and variance of the persons, where they are free. */
static void maximize_population(const pz__irt_work *w, pz_irt_model *model)
{
    double sum = 0, all = 0, mean = 0;
    for (int32_t q = 0; q < w->options.nodes; q++) {
        mean += w->mass[q] * pz__irt_node(q, w->options.nodes, w->options.range);
        all += w->mass[q];
    }
    if (w->free_mean) model->fit.mean = mean / all;
    if (!w->free_variance) return;
    for (int32_t q = 0; q < w->options.nodes; q++) {
        double away = pz__irt_node(q, w->options.nodes, w->options.range) - model->fit.mean;
        sum += w->mass[q] * away * away;
    }
    model->fit.variance = fmax(1e-4, fmin(w->options.range, sum / all));
}

void pz__irt_maximize(pz__irt_work *w, pz_irt_model *model)
{
    size_t nodes = (size_t)w->options.nodes;
    for (size_t item = 0; item < w->cols; item++)
        if (!w->fixed[item]) maximize_item(w, &model->items[item], w->counts + item * (size_t)w->most * nodes);
    maximize_population(w, model);
}
