/* Calibration: expected counts of answers at each node, then each item on its own by Fisher scoring, with long strides in between. */
#include <math.h>
#include <string.h>

#include "base/fail.h"
#include "base/memory.h"
#include "base/numeric.h"
#include "mastery/columns.h"
#include "mastery/irt.h"

typedef struct work {
    pz_irt_options options;
    const int32_t *responses;
    size_t rows, cols;
    uint32_t *first; /* a row for each pattern of answers */
    double *times;   /* persons who gave it */
    size_t patterns;
    double *log_weight;       /* of the nodes */
    double *log_p, *counts;   /* [item][category][node], room for the most categories */
    double *posterior, *mass; /* one node each */
    int32_t most;             /* categories of the largest item */
    size_t free;              /* parameters in all, variance included */
    double *now, *one, *two;  /* parameters along the way */
} work;

/* ------------------------------------------------------------------------------------------ patterns --- */

/* Persons with the same answers, found by sorting column after column. */
static pz_status find_patterns(work *w)
{
    uint32_t *order = pz__alloc_zero(w->rows, sizeof *order), *next = pz__alloc_zero(w->rows, sizeof *next);
    int32_t *key = pz__alloc_zero(w->rows, sizeof *key);
    uint32_t starts[PZ__IRT_CATEGORIES + 2];
    pz_status status = order && next && key ? PZ_OK : pz__fail_memory();
    for (size_t i = 0; status == PZ_OK && i < w->rows; i++) order[i] = (uint32_t)i;
    for (size_t col = w->cols; status == PZ_OK && col-- > 0;) {
        uint32_t *swap = order;
        for (size_t i = 0; i < w->rows; i++) {
            int32_t answer = w->responses[i * w->cols + col];
            key[i] = answer < 0 ? 0 : answer + 1;
        }
        pz__sort_rows(key, PZ__IRT_CATEGORIES + 1, order, w->rows, next, starts);
        order = next;
        next = swap;
    }
    for (size_t i = 0; status == PZ_OK && i < w->rows; i++) {
        const int32_t *row = w->responses + order[i] * w->cols;
        int same = w->patterns > 0;
        for (size_t col = 0; same && col < w->cols; col++) {
            int32_t before = w->responses[w->first[w->patterns - 1] * w->cols + col];
            same = row[col] == before || (row[col] < 0 && before < 0);
        }
        if (!same) w->first[w->patterns++] = order[i];
        w->times[w->patterns - 1]++;
    }
    pz__release(order);
    pz__release(next);
    pz__release(key);
    return status;
}

/* ------------------------------------------------------------------------------------------- expectation --- */

static void fill_tables(work *w, const pz_irt_model *model)
{
    int32_t nodes = w->options.nodes;
    double sum = 0;
    for (int32_t q = 0; q < nodes; q++) {
        double x = pz__irt_node(q, nodes, w->options.range);
        w->log_weight[q] = -0.5 * x * x / model->fit.variance;
        sum += pz__exp(w->log_weight[q]);
        for (size_t item = 0; item < w->cols; item++) {
            double p[PZ__IRT_CATEGORIES];
            pz__irt_curve(&model->items[item], x, p, NULL, NULL);
            for (int32_t k = 0; k < model->items[item].categories; k++)
                w->log_p[(item * (size_t)w->most + (size_t)k) * (size_t)nodes + (size_t)q] = pz__log(fmax(1e-300, p[k]));
        }
    }
    sum = pz__log(sum);
    for (int32_t q = 0; q < nodes; q++) w->log_weight[q] -= sum;
}

/* The posterior of one pattern, times its persons; returns the logarithm of its probability. */
static double pattern_posterior(const work *w, const int32_t *row)
{
    size_t nodes = (size_t)w->options.nodes;
    double *restrict post = w->posterior, most = -(double)INFINITY, sum = 0;
    memcpy(post, w->log_weight, nodes * sizeof *post);
    for (size_t item = 0; item < w->cols; item++) {
        const double *restrict log_p;
        if (row[item] < 0) continue;
        log_p = w->log_p + (item * (size_t)w->most + (size_t)row[item]) * nodes;
        for (size_t q = 0; q < nodes; q++) post[q] += log_p[q];
    }
    for (size_t q = 0; q < nodes; q++)
        if (post[q] > most) most = post[q];
    for (size_t q = 0; q < nodes; q++) sum += post[q] = pz__exp(post[q] - most);
    for (size_t q = 0; q < nodes; q++) post[q] /= sum;
    return most + pz__log(sum);
}

static double expect(work *w, const pz_irt_model *model)
{
    size_t nodes = (size_t)w->options.nodes;
    double log_likelihood = 0;
    fill_tables(w, model);
    memset(w->counts, 0, w->cols * (size_t)w->most * nodes * sizeof *w->counts);
    memset(w->mass, 0, nodes * sizeof *w->mass);
    for (size_t i = 0; i < w->patterns; i++) {
        const int32_t *row = w->responses + w->first[i] * w->cols;
        double *restrict post = w->posterior, times = w->times[i];
        log_likelihood += times * pattern_posterior(w, row);
        for (size_t q = 0; q < nodes; q++) w->mass[q] += post[q] *= times;
        for (size_t item = 0; item < w->cols; item++) {
            double *restrict counts;
            if (row[item] < 0) continue;
            counts = w->counts + (item * (size_t)w->most + (size_t)row[item]) * nodes;
            for (size_t q = 0; q < nodes; q++) counts[q] += post[q];
        }
    }
    return log_likelihood;
}

/* ------------------------------------------------------------------------------------------ maximization --- */

static double *parameter(pz__irt_item *item, int32_t n)
{
    int32_t at = item->kind != PZ_IRT_RASCH;
    return n < at ? &item->slope : &item->intercept[n - at];
}

static void get_parameters(const pz__irt_item *item, double *out)
{
    pz__irt_item copy = *item;
    int32_t free = pz__irt_free(item), guess = item->kind == PZ_IRT_THREE_PARAMETER;
    for (int32_t n = 0; n < free - guess; n++) out[n] = *parameter(&copy, n);
    if (guess) out[free - 1] = pz__logit(item->guess);
}

/* Intercepts of graded items must fall; 0 where they do not. */
static int set_parameters(pz__irt_item *item, const double *in)
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

static double prior_of(const work *w, const pz__irt_item *item)
{
    double z;
    if (item->kind != PZ_IRT_THREE_PARAMETER) return 0;
    z = (pz__logit(item->guess) - w->options.guess_mean) / w->options.guess_sd;
    return -0.5 * z * z;
}

static double expected_log_likelihood(const work *w, const pz__irt_item *item, const double *counts)
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
static void score_item(const work *w, const pz__irt_item *item, const double *counts, double *gradient,
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

static void maximize_item(const work *w, pz__irt_item *item, const double *counts)
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
        get_parameters(item, now);
        for (double length = 1; length > 1e-3; length *= 0.5) {
            double next[PZ__IRT_PARAMETERS];
            for (int32_t n = 0; n < free; n++) next[n] = now[n] + length * gradient[n];
            tried = *item;
            if (set_parameters(&tried, next) && (after = expected_log_likelihood(w, &tried, counts)) >= before) break;
            after = before;
            tried = *item;
        }
        for (int32_t n = 0; n < free; n++) moved = fmax(moved, fabs(gradient[n]));
        *item = tried;
        if (moved < 1e-3 || after == before) return;
        before = after;
    }
}

static void maximize(work *w, pz_irt_model *model)
{
    size_t nodes = (size_t)w->options.nodes;
    double sum = 0, all = 0;
    for (size_t item = 0; item < w->cols; item++) maximize_item(w, &model->items[item], w->counts + item * (size_t)w->most * nodes);
    if (w->options.kind != PZ_IRT_RASCH) return;
    for (int32_t q = 0; q < w->options.nodes; q++) {
        double x = pz__irt_node(q, w->options.nodes, w->options.range);
        sum += w->mass[q] * x * x;
        all += w->mass[q];
    }
    model->fit.variance = fmax(1e-4, fmin(w->options.range, sum / all));
}

/* ------------------------------------------------------------------------------------------------- sweeps --- */

static void gather(const work *w, const pz_irt_model *model, double *out)
{
    size_t at = 0;
    for (size_t item = 0; item < w->cols; item++) {
        get_parameters(&model->items[item], out + at);
        at += (size_t)pz__irt_free(&model->items[item]);
    }
    out[at] = pz__log(model->fit.variance);
}

static int scatter(const work *w, const double *in, pz_irt_model *model)
{
    size_t at = 0;
    for (size_t item = 0; item < w->cols; item++) {
        if (!set_parameters(&model->items[item], in + at)) return 0;
        at += (size_t)pz__irt_free(&model->items[item]);
    }
    model->fit.variance = pz__exp(in[at]);
    return model->fit.variance > 1e-4 && model->fit.variance < 2 * w->options.range;
}

static double farthest(const double *a, const double *b, size_t count)
{
    double most = 0;
    for (size_t i = 0; i < count; i++) most = fmax(most, fabs(a[i] - b[i]));
    return most;
}

/* SQUAREM's stride (Varadhan and Roland 2008) from three points of the way. 1 if it led somewhere. */
static int stride(const work *w, pz_irt_model *model, double *best)
{
    double along = 0, bend = 0, length;
    for (size_t i = 0; i < w->free; i++) {
        double r = w->one[i] - w->now[i], v = w->two[i] - w->one[i] - r;
        along += r * r;
        bend += v * v;
    }
    if (!(bend > 0) || !(along > bend)) return 0;
    length = sqrt(along / bend);
    for (size_t i = 0; i < w->free; i++) {
        double r = w->one[i] - w->now[i], v = w->two[i] - w->one[i] - r;
        best[i] = w->now[i] + 2 * length * r + length * length * v;
    }
    return scatter(w, best, model);
}

static pz_status sweep_all(work *w, pz_irt_model *model, pz_progress_fn progress, void *user_data)
{
    pz_irt_fit *fit = &model->fit;
    double *spare = w->two + w->free, likelihood = expect(w, model), next;
    gather(w, model, w->now);
    for (fit->iterations = 0; fit->iterations < w->options.iterations;) {
        PZ__TRY(pz__progress(progress, (double)fit->iterations / w->options.iterations, user_data));
        maximize(w, model);
        gather(w, model, w->one);
        fit->iterations++;
        fit->is_converged = farthest(w->one, w->now, w->free) < w->options.tolerance;
        likelihood = expect(w, model);
        if (fit->is_converged || fit->iterations == w->options.iterations) break;
        maximize(w, model);
        gather(w, model, w->two);
        fit->iterations++;
        if (stride(w, model, spare)) {
            next = expect(w, model);
            if (next >= likelihood) {
                gather(w, model, w->now);
                likelihood = next;
                continue;
            }
        }
        scatter(w, w->two, model);
        likelihood = expect(w, model);
        gather(w, model, w->now);
    }
    fit->log_likelihood = likelihood;
    return pz__progress(progress, 1, user_data);
}

/* -------------------------------------------------------------------------------------------------- call --- */

static pz_status check_options(const pz_irt_options *given, pz_irt_options *out)
{
    PZ__TRY(pz__record_take(&pz__irt_options_type, given, sizeof *given, out));
    if (out->kind < PZ_IRT_RASCH || out->kind > PZ_IRT_PARTIAL_CREDIT)
        return pz__fail(PZ_E_INVALID, "kind", NULL, "There is no kind number %d.", (int)out->kind);
    if (out->nodes < 11 || out->nodes > 401) return pz__fail(PZ_E_INVALID, "nodes", NULL, "nodes must be from 11 to 401.");
    if (!(out->range >= 2 && out->range <= 12)) return pz__fail(PZ_E_INVALID, "range", NULL, "range must be from 2 to 12.");
    if (out->iterations < 1 || out->iterations > 100000)
        return pz__fail(PZ_E_INVALID, "iterations", NULL, "iterations must be from 1 to 100,000.");
    if (!(out->tolerance > 0 && out->tolerance < 1))
        return pz__fail(PZ_E_INVALID, "tolerance", NULL, "tolerance must be above 0 and below 1.");
    if (!(fabs(out->guess_mean) <= 20)) return pz__fail(PZ_E_INVALID, "guess_mean", NULL, "guess_mean must be from -20 to 20.");
    if (!(out->guess_sd >= 0.01 && out->guess_sd <= 100))
        return pz__fail(PZ_E_INVALID, "guess_sd", NULL, "guess_sd must be from 0.01 to 100.");
    return PZ_OK;
}

/* Counts the answers, and starts each item at what they say without ability. */
static pz_status start_item(const work *w, size_t col, pz__irt_item *item)
{
    double counts[PZ__IRT_CATEGORIES] = {0}, all = 0, above = 0;
    for (size_t i = 0; i < w->rows; i++) {
        int32_t answer = w->responses[i * w->cols + col];
        if (answer < 0) continue;
        counts[answer]++;
        all++;
        if (answer >= item->categories) item->categories = answer + 1;
    }
    item->kind = w->options.kind;
    item->slope = 1;
    if (item->categories < 2)
        return pz__fail(PZ_E_NOT_ENOUGH, "responses", "Leave the item out.", "Item %zu has no answers of two categories.", col);
    if (item->categories > 2 && w->options.kind <= PZ_IRT_THREE_PARAMETER)
        return pz__fail(PZ_E_INVALID, "responses", "Use the graded or the partial credit model.",
                        "Item %zu has %d categories; this kind has two.", col, (int)item->categories);
    for (int32_t k = item->categories - 1; k >= 0; k--) {
        if (counts[k] == 0)
            return pz__fail(PZ_E_NOT_ENOUGH, "responses", "Join categories or leave the item out.",
                            "Nobody answered item %zu with category %d.", col, (int)k);
        above += counts[k];
        if (k && item->kind != PZ_IRT_PARTIAL_CREDIT) item->intercept[k - 1] = pz__log(above / (all - above)) * 1.2;
        if (k && item->kind == PZ_IRT_PARTIAL_CREDIT) item->intercept[k - 1] = pz__log(counts[k] / counts[k - 1]);
    }
    if (item->kind == PZ_IRT_THREE_PARAMETER) item->guess = pz__logistic(w->options.guess_mean);
    return PZ_OK;
}

static pz_status reserve(work *w)
{
    size_t nodes = (size_t)w->options.nodes, table = w->cols * (size_t)w->most * nodes;
    w->first = pz__alloc_zero(w->rows, sizeof *w->first);
    w->times = pz__alloc_zero(w->rows, sizeof *w->times);
    w->log_weight = pz__alloc_zero(3 * nodes, sizeof(double));
    w->log_p = pz__alloc_zero(2 * table, sizeof(double));
    w->now = pz__alloc_zero(4 * w->free, sizeof(double));
    if (!w->first || !w->times || !w->log_weight || !w->log_p || !w->now) return pz__fail_memory();
    w->posterior = w->log_weight + nodes;
    w->mass = w->posterior + nodes;
    w->counts = w->log_p + table;
    w->one = w->now + w->free;
    w->two = w->one + w->free;
    return PZ_OK;
}

static pz_status calibrate(work *w, pz_irt_model *model, pz_progress_fn progress, void *user_data)
{
    pz_irt_fit *fit = &model->fit;
    w->free = 1;
    for (size_t col = 0; col < w->cols; col++) {
        PZ__TRY(start_item(w, col, &model->items[col]));
        if (model->items[col].categories > w->most) w->most = model->items[col].categories;
        w->free += (size_t)pz__irt_free(&model->items[col]);
    }
    PZ__TRY(reserve(w));
    PZ__TRY(find_patterns(w));
    PZ__TRY(sweep_all(w, model, progress, user_data));
    fit->parameters = (int32_t)w->free - (w->options.kind != PZ_IRT_RASCH);
    fit->persons = (int32_t)w->rows;
    fit->aic = 2.0 * fit->parameters - 2 * fit->log_likelihood;
    fit->bic = fit->parameters * pz__log((double)w->rows) - 2 * fit->log_likelihood;
    return PZ_OK;
}

pz_status pz_irt_calibrate(const pz_irt_options *options, const int32_t *responses, size_t rows, size_t cols, pz_progress_fn progress,
                           void *user_data, pz_irt_model **out_model)
{
    work w = {.responses = responses, .rows = rows, .cols = cols};
    pz_status status;
    if (!out_model) return pz__fail_null("out_model");
    *out_model = NULL;
    PZ__TRY(check_options(options, &w.options));
    PZ__TRY(pz__irt_responses_check(responses, rows, cols));
    PZ__TRY(pz__irt_new(cols, out_model));
    status = calibrate(&w, *out_model, progress, user_data);
    pz__release(w.first);
    pz__release(w.times);
    pz__release(w.log_weight);
    pz__release(w.log_p);
    pz__release(w.now);
    if (status == PZ_OK) return PZ_OK;
    pz_irt_free(*out_model);
    *out_model = NULL;
    return status;
}
