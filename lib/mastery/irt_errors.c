/* Standard errors of item parameters from the observed information, or from the cross-products of the persons' slopes. */
#include <math.h>
#include <string.h>

#include "base/fail.h"
#include "base/memory.h"
#include "base/numeric.h"
#include "mastery/columns.h"
#include "mastery/irt_calibrate.h"

enum { PARAMETERS_MAX = 3000 };

typedef struct work {
    const pz_irt_model *model;
    int32_t nodes;
    double range;
    size_t *first; /* number of the first parameter of each item */
    size_t free;   /* parameters in all; for Rasch the variance is the last */
    size_t *table; /* where the tables of each item begin */
    double *log_p; /* [category][node] */
    double *by;    /* [category][parameter][node]: slopes of log_p */
    double *bend;  /* [category][parameter][parameter up to it][node]: slopes of `by`; NULL for cross-products */
    double *posterior, *slopes;
    double *weighted; /* one line, each slope times the posterior */
    double *by_variance;
    const double **lines;
    size_t *bends;  /* where the bends of each item begin */
    double *matrix; /* lower triangle, free times free */
    int with_variance;
    pz_progress_fn progress;
    void *user_data;
} work;

static size_t by_table(const work *w, size_t item, int32_t category, int32_t parameter)
{
    const pz__irt_item *one = &w->model->items[item];
    return (w->table[item] * PZ__IRT_PARAMETERS + (size_t)category * (size_t)pz__irt_free(one) + (size_t)parameter) * (size_t)w->nodes;
}

static size_t bend_table(const work *w, size_t item, int32_t category, int32_t parameter, int32_t other)
{
    const size_t free = (size_t)pz__irt_free(&w->model->items[item]),
                 pair = (size_t)parameter * ((size_t)parameter + 1) / 2 + (size_t)other;
    return w->bends[item] + ((size_t)category * (free * (free + 1) / 2) + pair) * (size_t)w->nodes;
}

/* Slopes of the logarithms of the probabilities of an item at an ability. */
static void log_slopes(const pz__irt_item *item, double ability, double *p, double (*out)[PZ__IRT_PARAMETERS])
{
    pz__irt_curve(item, ability, p, NULL, NULL);
    pz__irt_slopes(item, ability, p, out);
    for (int32_t k = 0; k < item->categories; k++)
        for (int32_t n = 0; n < pz__irt_free(item); n++) out[k][n] /= fmax(1e-300, p[k]);
}

/* How the slopes change with each parameter: from a little below it to a little above. */
static void fill_bend(work *w, size_t i)
{
    const pz__irt_item *item = &w->model->items[i];
    const double step = 1e-5;
    double numbers[PZ__IRT_PARAMETERS], p[PZ__IRT_CATEGORIES], d[2][PZ__IRT_CATEGORIES][PZ__IRT_PARAMETERS];
    for (int32_t n = 0; n < pz__irt_free(item); n++) {
        pz__irt_item moved[2] = {*item, *item};
        for (int side = 0; side < 2; side++) {
            pz__irt_get(item, numbers);
            numbers[n] += side ? step : -step;
            if (!pz__irt_set(&moved[side], numbers)) moved[side] = *item;
        }
        for (int32_t q = 0; q < w->nodes; q++) {
            double x = pz__irt_node(q, w->nodes, w->range);
            for (int side = 0; side < 2; side++) log_slopes(&moved[side], x, p, d[side]);
            for (int32_t k = 0; k < item->categories; k++)
                for (int32_t m = 0; m <= n; m++) w->bend[bend_table(w, i, k, n, m) + (size_t)q] = (d[1][k][m] - d[0][k][m]) / (2 * step);
        }
    }
}

static void fill_tables(work *w)
{
    for (size_t i = 0; i < w->model->count; i++) {
        const pz__irt_item *item = &w->model->items[i];
        for (int32_t q = 0; q < w->nodes; q++) {
            double p[PZ__IRT_CATEGORIES], d[PZ__IRT_CATEGORIES][PZ__IRT_PARAMETERS];
            log_slopes(item, pz__irt_node(q, w->nodes, w->range), p, d);
            for (int32_t k = 0; k < item->categories; k++) {
                w->log_p[(w->table[i] + (size_t)k) * (size_t)w->nodes + (size_t)q] = pz__log(fmax(1e-300, p[k]));
                for (int32_t n = 0; n < pz__irt_free(item); n++) w->by[by_table(w, i, k, n) + (size_t)q] = d[k][n];
            }
        }
        if (w->bend) fill_bend(w, i);
    }
}

static void posterior_of(work *w, const int32_t *row)
{
    size_t nodes = (size_t)w->nodes;
    double most = -(double)INFINITY, sum = 0;
    for (size_t q = 0; q < nodes; q++) {
        double x = pz__irt_node((int32_t)q, w->nodes, w->range) - w->model->fit.mean;
        w->posterior[q] = -0.5 * x * x / w->model->fit.variance;
    }
    for (size_t i = 0; i < w->model->count; i++) {
        const double *log_p = w->log_p + (w->table[i] + (size_t)(row[i] < 0 ? 0 : row[i])) * nodes;
        if (row[i] < 0) continue;
        for (size_t q = 0; q < nodes; q++) w->posterior[q] += log_p[q];
    }
    for (size_t q = 0; q < nodes; q++) most = fmax(most, w->posterior[q]);
    for (size_t q = 0; q < nodes; q++) sum += w->posterior[q] = pz__exp(w->posterior[q] - most);
    for (size_t q = 0; q < nodes; q++) w->posterior[q] /= sum;
}

static double dot(const double *a, const double *b, size_t count)
{
    double sum[4] = {0, 0, 0, 0};
    size_t i = 0;
    for (; i + 4 <= count; i += 4)
        for (int k = 0; k < 4; k++) sum[k] += a[i + (size_t)k] * b[i + (size_t)k];
    for (; i < count; i++) sum[0] += a[i] * b[i];
    return (sum[0] + sum[1]) + (sum[2] + sum[3]);
}

/* The slopes of the log-likelihood of a person at each node, by parameter: [parameter][node]. NULL where a parameter does not bear on the answers. */
static void find_lines(work *w, const int32_t *row)
{
    for (size_t i = 0; i < w->model->count; i++)
        for (int32_t n = 0; n < pz__irt_free(&w->model->items[i]); n++)
            w->lines[w->first[i] + (size_t)n] = row[i] < 0 ? NULL : w->by + by_table(w, i, row[i], n);
    if (w->with_variance) w->lines[w->free - 1] = w->by_variance;
}

/* What the answers of one person tell: by cross-products slope times slope, by observation what Louis's formula leaves of it, less the variances over the nodes and how the slopes
 * bend there. */
static void add_person(work *w, const int32_t *row)
{
    size_t nodes = (size_t)w->nodes;
    posterior_of(w, row);
    find_lines(w, row);
    for (size_t a = 0; a < w->free; a++) w->slopes[a] = w->lines[a] ? dot(w->posterior, w->lines[a], nodes) : 0;
    for (size_t a = 0; a < w->free; a++) {
        double *line = w->matrix + a * w->free, slope = w->slopes[a];
        if (!w->lines[a]) continue;
        for (size_t b = 0; b <= a; b++) line[b] += slope * w->slopes[b];
        if (!w->bend) continue;
        for (size_t q = 0; q < nodes; q++) w->weighted[q] = w->posterior[q] * w->lines[a][q];
        for (size_t b = 0; b <= a; b++)
            if (w->lines[b]) line[b] -= dot(w->weighted, w->lines[b], nodes);
    }
    for (size_t i = 0; w->bend && i < w->model->count; i++)
        for (int32_t n = 0; row[i] >= 0 && n < pz__irt_free(&w->model->items[i]); n++)
            for (int32_t m = 0; m <= n; m++)
                w->matrix[(w->first[i] + (size_t)n) * w->free + w->first[i] + (size_t)m] -=
                    dot(w->posterior, w->bend + bend_table(w, i, row[i], n, m), nodes);
    if (w->bend && w->with_variance) /* of the logarithm of the variance */
        w->matrix[w->free * w->free - 1] += w->slopes[w->free - 1] + 0.5;
}

/* Cholesky in place. */
static pz_status decompose(const work *w)
{
    double *m = w->matrix;
    size_t n = w->free;
    for (size_t i = 0; i < n; i++) {
        PZ__TRY(pz__progress(w->progress, 0.5 + 0.25 * (double)i / (double)n, w->user_data));
        for (size_t j = 0; j <= i; j++) {
            double sum = m[i * n + j];
            for (size_t k = 0; k < j; k++) sum -= m[i * n + k] * m[j * n + k];
            if (i == j) {
                if (!(sum > 1e-12 * fabs(m[i * n + i])))
                    return pz__fail(PZ_E_NOT_ENOUGH, "responses", "Take more persons.", "The answers do not determine all %zu parameters.",
                                    n);
                m[i * n + i] = sqrt(sum);
            } else {
                m[i * n + j] = sum / m[j * n + j];
            }
        }
    }
    return PZ_OK;
}

/* The diagonal of the inverse at one place: the squared length of the solution of L y = e. */
static double inverse_at(const double *m, size_t n, size_t place, double *y)
{
    double sum = 0;
    for (size_t i = place; i < n; i++) {
        double value = i == place;
        for (size_t k = place; k < i; k++) value -= m[i * n + k] * y[k];
        y[i] = value / m[i * n + i];
        sum += y[i] * y[i];
    }
    return sum;
}

static pz_status reserve(work *w, pz_irt_error_method method, size_t *categories)
{
    size_t count = w->model->count, nodes = (size_t)w->nodes;
    size_t own = 0, bends = 0;
    w->first = pz__alloc_zero(3 * count, sizeof *w->first);
    if (!w->first) return pz__fail_memory();
    w->table = w->first + count;
    w->bends = w->table + count;
    for (size_t i = 0; i < count; i++) {
        w->first[i] = w->free;
        w->table[i] = *categories;
        own = (size_t)pz__irt_free(&w->model->items[i]);
        w->free += own;
        w->bends[i] = bends;
        bends += (size_t)w->model->items[i].categories * (own * (own + 1) / 2) * nodes;
        *categories += (size_t)w->model->items[i].categories;
        w->with_variance |= w->model->items[i].kind == PZ_IRT_RASCH;
    }
    /* A variance that was held counts no parameter. */
    w->with_variance &= w->model->fit.parameters != (int32_t)w->free;
    w->free += (size_t)w->with_variance;
    if (w->free > PARAMETERS_MAX) return pz__fail(PZ_E_LIMIT, "cols", NULL, "%zu parameters are more than %d.", w->free, PARAMETERS_MAX);
    w->log_p = pz__alloc_zero(*categories * nodes, sizeof(double));
    w->by = pz__alloc_zero(*categories * nodes * PZ__IRT_PARAMETERS, sizeof(double));
    w->posterior = pz__alloc_zero(3 * nodes + w->free, sizeof(double));
    w->matrix = pz__alloc_zero(w->free * w->free, sizeof(double));
    w->lines = pz__alloc_zero(w->free, sizeof *w->lines);
    if (method == PZ_IRT_OBSERVED) w->bend = pz__alloc_zero(bends, sizeof(double));
    if (!w->log_p || !w->by || !w->posterior || !w->matrix || !w->lines || (method == PZ_IRT_OBSERVED && !w->bend))
        return pz__fail_memory();
    w->weighted = w->posterior + nodes;
    w->by_variance = w->weighted + nodes;
    w->slopes = w->by_variance + nodes;
    for (size_t q = 0; q < nodes; q++) {
        double x = pz__irt_node((int32_t)q, w->nodes, w->range) - w->model->fit.mean;
        w->by_variance[q] = 0.5 * (x * x / w->model->fit.variance - 1);
    }
    return PZ_OK;
}

static pz_status fill_errors(work *w, double *slope, double *intercept)
{
    size_t at = 0;
    PZ__TRY(decompose(w));
    for (size_t i = 0; i < w->model->count; i++) {
        const pz__irt_item *item = &w->model->items[i];
        size_t steps = (size_t)item->categories - 1, own = (size_t)pz__irt_free(item) - steps - (item->kind == PZ_IRT_THREE_PARAMETER);
        PZ__TRY(pz__progress(w->progress, 0.75 + 0.25 * (double)i / (double)w->model->count, w->user_data));
        for (size_t k = 0; k < steps; k++, at++) {
            slope[at] = own ? sqrt(inverse_at(w->matrix, w->free, w->first[i] + (own > 1 ? k : 0), w->slopes)) : 0;
            intercept[at] = sqrt(inverse_at(w->matrix, w->free, w->first[i] + own + k, w->slopes));
        }
    }
    return PZ_OK;
}

static pz_status add_persons(work *w, const int32_t *responses, size_t rows)
{
    fill_tables(w);
    for (size_t i = 0; i < rows; i++) {
        if (i % 256 == 0) PZ__TRY(pz__progress(w->progress, 0.5 * (double)i / (double)rows, w->user_data));
        add_person(w, responses + i * w->model->count);
    }
    return PZ_OK;
}

static pz_status check(const pz_irt_model *model, const int32_t *responses, size_t rows, size_t cols, int32_t nodes, double range,
                       size_t slope_len, size_t intercept_len)
{
    size_t steps = 0;
    PZ__TRY(pz__irt_answers_check(model, responses, rows, cols));
    PZ__TRY(pz__irt_nodes_check(nodes, range));
    for (size_t i = 0; i < cols; i++) steps += (size_t)model->items[i].categories - 1;
    if (slope_len != steps) return pz__fail(PZ_E_INVALID, "out_slope_error_len", NULL, "The model has %zu steps.", steps);
    if (intercept_len != steps) return pz__fail(PZ_E_INVALID, "out_intercept_error_len", NULL, "The model has %zu steps.", steps);
    return PZ_OK;
}

pz_status pz_irt_errors(const pz_irt_model *model, pz_irt_error_method method, const int32_t *responses, size_t rows, size_t cols,
                        int32_t nodes, double range, pz_progress_fn progress, void *user_data, double *out_slope_error,
                        size_t out_slope_error_len, double *out_intercept_error, size_t out_intercept_error_len)
{
    work w = {.model = model, .nodes = nodes, .range = range, .progress = progress, .user_data = user_data};
    size_t categories = 0;
    pz_status status;
    if (!out_slope_error) return pz__fail_null("out_slope_error");
    memset(out_slope_error, 0, out_slope_error_len * sizeof *out_slope_error);
    if (!out_intercept_error) return pz__fail_null("out_intercept_error");
    memset(out_intercept_error, 0, out_intercept_error_len * sizeof *out_intercept_error);
    if (!model) return pz__fail_closed("model");
    if (method != PZ_IRT_OBSERVED && method != PZ_IRT_CROSS_PRODUCTS)
        return pz__fail(PZ_E_INVALID, "method", NULL, "There is no method number %d.", (int)method);
    PZ__TRY(check(model, responses, rows, cols, nodes, range, out_slope_error_len, out_intercept_error_len));
    status = reserve(&w, method, &categories);
    if (status == PZ_OK) status = add_persons(&w, responses, rows);
    if (status == PZ_OK) status = fill_errors(&w, out_slope_error, out_intercept_error);
    if (status != PZ_OK) {
        memset(out_slope_error, 0, out_slope_error_len * sizeof *out_slope_error);
        memset(out_intercept_error, 0, out_intercept_error_len * sizeof *out_intercept_error);
    }
    pz__release(w.first);
    pz__release(w.log_p);
    pz__release(w.by);
    pz__release(w.posterior);
    pz__release(w.matrix);
    pz__release(w.lines);
    pz__release(w.bend);
    return status;
}
