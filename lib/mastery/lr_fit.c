/* Newton's method; each step by conjugate gradients, so that no matrix is ever built. */
#include <math.h>
#include <string.h>

#include "base/fail.h"
#include "base/memory.h"
#include "base/numeric.h"
#include "mastery/lr.h"

typedef struct work {
    pz_lr_options options;
    pz_lr_model *model;
    const pz__lr_row *row;
    const double *score;
    size_t rows, size;
    double *curve;                                                       /* p (1 - p) of each row */
    double *slope, *step, *residual, *direction, *image, *scale, *tried; /* as many as weights */
} work;

/* out += value * features of the row */
static void spread(const work *w, const pz__lr_row *row, double value, double *out)
{
    out[PZ__LR_CONSTANT] += value;
    if (row->skill >= 0) {
        double *own = out + PZ__LR_HEAD + 3 * (size_t)row->skill;
        own[0] += value;
        own[1] += value * row->right;
        own[2] += value * row->wrong;
    }
    if (w->model->features == PZ_LR_PFA) return;
    out[PZ__LR_RIGHT] += value * row->all_right;
    out[PZ__LR_WRONG] += value * row->all_wrong;
    if (row->item >= 0) out[PZ__LR_HEAD + 3 * (size_t)w->model->skills.count + (size_t)row->item] += value;
}

/* The constant is not penalized. */
static double penalty(const work *w, const double *weights)
{
    double sum = 0;
    for (size_t i = 1; i < w->size; i++) sum += weights[i] * weights[i];
    return 0.5 * w->options.penalty * sum;
}

static double likelihood(const work *w, const double *weights)
{
    double sum = 0;
    for (size_t i = 0; i < w->rows; i++) {
        double z = pz__lr_dot(w->model, weights, &w->row[i]);
        sum += w->score[i] * z - (z > 0 ? z : 0) - pz__log1p(pz__exp(-fabs(z)));
    }
    return sum;
}

/* Slopes and, for conjugate gradients, the diagonal. */
static double differentiate(work *w)
{
    const double *weights = w->model->weights;
    double most = 0;
    memset(w->slope, 0, w->size * sizeof *w->slope);
    for (size_t i = 0; i < w->size; i++) w->scale[i] = i ? w->options.penalty : 1e-9;
    for (size_t i = 0; i < w->rows; i++) {
        const pz__lr_row *row = &w->row[i];
        double p = pz__logistic(pz__lr_dot(w->model, weights, row));
        pz__lr_row squares = {row->skill,
                              row->item,
                              row->right * row->right,
                              row->wrong * row->wrong,
                              row->all_right * row->all_right,
                              row->all_wrong * row->all_wrong};
        w->curve[i] = p * (1 - p);
        spread(w, row, w->score[i] - p, w->slope);
        spread(w, &squares, w->curve[i], w->scale);
    }
    for (size_t i = 0; i < w->size; i++) {
        if (i) w->slope[i] -= w->options.penalty * weights[i];
        most = fmax(most, fabs(w->slope[i]));
    }
    return most / (double)w->rows;
}

static void apply(const work *w, const double *v, double *out)
{
    memset(out, 0, w->size * sizeof *out);
    for (size_t i = 0; i < w->rows; i++) spread(w, &w->row[i], w->curve[i] * pz__lr_dot(w->model, v, &w->row[i]), out);
    for (size_t i = 0; i < w->size; i++) out[i] += (i ? w->options.penalty : 1e-9) * v[i];
}

static double dot(const double *a, const double *b, const double *divided, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++) sum += a[i] * b[i] / (divided ? divided[i] : 1);
    return sum;
}

/* The Newton step, to a hundredth of its slope. */
static void solve(work *w)
{
    double now, target;
    memset(w->step, 0, w->size * sizeof *w->step);
    memcpy(w->residual, w->slope, w->size * sizeof *w->residual);
    for (size_t i = 0; i < w->size; i++) w->direction[i] = w->residual[i] / w->scale[i];
    now = dot(w->residual, w->residual, w->scale, w->size);
    target = now * 1e-4;
    for (int turn = 0; turn < 200 && now > target && now > 0; turn++) {
        double length, next;
        apply(w, w->direction, w->image);
        length = now / dot(w->direction, w->image, NULL, w->size);
        for (size_t i = 0; i < w->size; i++) {
            w->step[i] += length * w->direction[i];
            w->residual[i] -= length * w->image[i];
        }
        next = dot(w->residual, w->residual, w->scale, w->size);
        for (size_t i = 0; i < w->size; i++) w->direction[i] = w->residual[i] / w->scale[i] + next / now * w->direction[i];
        now = next;
    }
}

/* Halves the step until it leads up; returns the value reached. */
static double go(work *w, double *weights, double best)
{
    for (double length = 1; length > 1e-6; length *= 0.5) {
        double found;
        for (size_t i = 0; i < w->size; i++) w->tried[i] = weights[i] + length * w->step[i];
        found = likelihood(w, w->tried) - penalty(w, w->tried);
        if (found < best) continue;
        memcpy(weights, w->tried, w->size * sizeof *weights);
        return found;
    }
    return best;
}

static pz_status climb(work *w, pz_progress_fn progress, void *user_data)
{
    pz_lr_model *model = w->model;
    double best = likelihood(w, model->weights) - penalty(w, model->weights);
    for (;;) {
        PZ__TRY(pz__progress(progress, (double)model->iterations / w->options.iterations, user_data));
        model->is_converged = differentiate(w) <= w->options.tolerance;
        if (model->is_converged || model->iterations == w->options.iterations) break;
        solve(w);
        model->trace[model->iterations++] = best = go(w, model->weights, best);
    }
    model->log_likelihood = best + penalty(w, model->weights);
    return pz__progress(progress, 1, user_data);
}

static pz_status check(const pz_lr_options *given, const int64_t *item, pz_lr_options *out)
{
    PZ__TRY(pz__record_take(&pz__lr_options_type, given, sizeof *given, out));
    if (out->features != PZ_LR_PFA && out->features != PZ_LR_BEST_LR)
        return pz__fail(PZ_E_INVALID, "features", NULL, "There are no features number %d.", (int)out->features);
    if (!(out->penalty > 0 && out->penalty <= 1e6))
        return pz__fail(PZ_E_INVALID, "penalty", NULL, "penalty must be above 0, up to 1,000,000.");
    if (out->iterations < 1 || out->iterations > 1000)
        return pz__fail(PZ_E_INVALID, "iterations", NULL, "iterations must be from 1 to 1000.");
    if (!(out->tolerance > 0 && out->tolerance < 1))
        return pz__fail(PZ_E_INVALID, "tolerance", NULL, "tolerance must be above 0 and below 1.");
    return out->features == PZ_LR_PFA || item ? PZ_OK : pz__fail_null("item");
}

static pz_status fit(work *w, pz__lr_row *row, const int64_t *learner, const int64_t *skill, const int64_t *item, pz_progress_fn progress,
                     void *user_data)
{
    double *block;
    pz_status status;
    int32_t *dense = pz__alloc_zero(w->rows, sizeof *dense);
    if (!dense) return pz__fail_memory();
    status = pz__number(skill, w->rows, &w->model->skills, dense);
    if (status == PZ_OK && w->model->features == PZ_LR_BEST_LR) status = pz__number(item, w->rows, &w->model->items, dense);
    pz__release(dense);
    PZ__TRY(status);
    w->size = pz__lr_size(w->model);
    w->model->weights = pz__alloc_zero(w->size, sizeof(double));
    w->model->trace = pz__alloc_zero((size_t)w->options.iterations, sizeof(double));
    block = pz__alloc_zero(7 * w->size + w->rows, sizeof *block);
    if (!w->model->weights || !w->model->trace || !block) {
        pz__release(block);
        return pz__fail_memory();
    }
    w->slope = block, w->step = block + w->size, w->residual = block + 2 * w->size, w->direction = block + 3 * w->size;
    w->image = block + 4 * w->size, w->scale = block + 5 * w->size, w->tried = block + 6 * w->size, w->curve = block + 7 * w->size;
    status = pz__lr_rows(w->model, learner, skill, item, w->score, w->rows, row);
    if (status == PZ_OK) status = climb(w, progress, user_data);
    pz__release(block);
    return status;
}

pz_status pz_lr_fit(const pz_lr_options *options, const int64_t *learner, const int64_t *skill, const int64_t *item, const double *score,
                    size_t rows, pz_progress_fn progress, void *user_data, pz_lr_model **out_model)
{
    work w = {.score = score, .rows = rows};
    pz__lr_row *row;
    pz_status status;
    if (!out_model) return pz__fail_null("out_model");
    *out_model = NULL;
    PZ__TRY(check(options, item, &w.options));
    PZ__TRY(pz__columns_check(learner, skill, score, rows));
    w.model = pz__alloc_zero(1, sizeof *w.model);
    row = pz__alloc_zero(rows, sizeof *row);
    w.row = row;
    if (w.model) w.model->features = w.options.features;
    status = w.model && row ? fit(&w, row, learner, skill, item, progress, user_data) : pz__fail_memory();
    pz__release(row);
    if (status != PZ_OK) {
        pz_lr_free(w.model);
        return status;
    }
    *out_model = w.model;
    return PZ_OK;
}
