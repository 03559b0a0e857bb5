/* Fitting skill by skill from several starting points. */
#include <math.h>
#include <string.h>

#include "base/fail.h"
#include "base/memory.h"
#include "base/numeric.h"
#include "base/random.h"
#include "base/record.h"
#include "mastery/bkt.h"

/* What the fit of one skill needs; made once for all skills. */
typedef struct fitting {
    pz_bkt_options options;
    const pz_bkt_model *from; /* or NULL */
    pz__bkt_shape shape;
    pz__bkt_tree tree;
    size_t size;
    double *numbers;               /* of the start at work */
    double *first, *second, *kept; /* on the way */
    pz__bkt_sums sums;
    double *trace, *best_trace; /* of the start at work, and of the best so far */
    pz_progress_fn progress;
    void *user_data;
    double done; /* part of the rows whose skills are fitted */
} fitting;

static pz_status check_options(const pz_bkt_options *given, pz_bkt_options *out)
{
    static const char *const names[] = {"start_prior", "start_learn", "start_forget", "start_guess", "start_slip"};
    double starts[5];
    PZ__TRY(pz__record_take(&pz__bkt_options_type, given, sizeof *given, out));
    if (out->starts < 1 || out->starts > 1000) return pz__fail(PZ_E_INVALID, "starts", NULL, "starts must be from 1 to 1000.");
    if (out->iterations < 1 || out->iterations > 100000)
        return pz__fail(PZ_E_INVALID, "iterations", NULL, "iterations must be from 1 to 100,000.");
    if (!(out->tolerance >= 0 && out->tolerance < 1e6)) return pz__fail(PZ_E_INVALID, "tolerance", NULL, "tolerance must be 0 or more.");
    if (!(out->pass_at > 0 && out->pass_at <= 1)) return pz__fail(PZ_E_INVALID, "pass_at", NULL, "pass_at must be above 0 and at most 1.");
    if (!(out->least > 0 && out->least <= 0.1)) return pz__fail(PZ_E_INVALID, "least", NULL, "least must be above 0 and at most 0.1.");
    if (!(out->room >= 1e-6 && out->room <= 0.5)) return pz__fail(PZ_E_INVALID, "room", NULL, "room must be from 0.000001 to 0.5.");
    memcpy(starts, &out->start_prior, sizeof starts);
    for (int i = 0; i < 5; i++)
        if (!isnan(starts[i]) && !(starts[i] >= 0 && starts[i] < 1))
            return pz__fail(PZ_E_INVALID, names[i], NULL, "%s must be at least 0 and below 1.", names[i]);
    return PZ_OK;
}

static double or_else(double value, double otherwise)
{
    return isnan(value) ? otherwise : value;
}

static void set_start(const fitting *fit, double prior, double learn, double forget, double guess, double slip)
{
    pz__bkt_parameters p = pz__bkt_view(&fit->shape, fit->numbers);
    for (int32_t i = 0; i < fit->shape.priors; i++) p.prior[i] = prior;
    for (int32_t i = 0; i < fit->shape.learns; i++) p.learn[i] = learn, p.forget[i] = forget;
    for (int32_t i = 0; i < fit->shape.items; i++) p.guess[i] = guess, p.slip[i] = slip;
}

/* Two fixed starts, a skill whose answers tell much and one whose answers tell little; further ones at random within what is plausible. */
static void choose_start(const fitting *fit, int32_t start, int64_t skill)
{
    const pz_bkt_options *o = &fit->options;
    double forget = o->with_forget ? 0.05 : 0;
    pz__random random;
    if (start == 0 && fit->from)
        memcpy(fit->numbers, pz__bkt_numbers(fit->from, pz__bkt_find(fit->from, skill)), fit->size * sizeof(double));
    else if (start == 0)
        set_start(fit, or_else(o->start_prior, 0.6), or_else(o->start_learn, 0.4), o->with_forget ? or_else(o->start_forget, 0.05) : 0,
                  or_else(o->start_guess, 0.1), or_else(o->start_slip, 0.05));
    else if (start == 1)
        set_start(fit, 0.3, 0.2, forget, 0.6, 0.3);
    else {
        pz__random_stream(&random, o->seed ^ (uint64_t)skill * UINT64_C(0x9E3779B97F4A7C15), (uint64_t)start);
        double u[5];
        for (int i = 0; i < 5; i++) u[i] = pz__random_unit(&random);
        set_start(fit, 0.05 + 0.9 * u[0], 0.01 + 0.5 * u[1], o->with_forget ? 0.01 + 0.2 * u[2] : 0, 0.02 + 0.45 * u[3], 0.02 + 0.4 * u[4]);
    }
}

/* A long stride in the direction of two sweeps (SQUAREM, Varadhan and Roland 2008), on the logit scale so that it cannot leave 0 to 1. `first` and
 * `second` are the parameters before and after the first of them; fit->numbers those after the second. */
static void stride(fitting *fit, const double *first, const double *second)
{
    double along = 0, bend = 0, length;
    for (int part = 0; part < 2; part++) {
        if (part == 1 && !(bend > 0)) return;
        length = part ? fmax(1, sqrt(along / bend)) : 0;
        for (size_t i = 0; i < fit->size; i++) {
            double a, b, c, r, v;
            if (!(first[i] > 0)) continue; /* forgetting that is not fitted */
            a = pz__logit(first[i]), b = pz__logit(second[i]), c = pz__logit(fit->numbers[i]);
            r = b - a, v = c - b - r;
            if (part == 0) {
                along += r * r;
                bend += v * v;
            } else {
                fit->numbers[i] =
                    fmax(fit->options.least, fmin(1 - fit->options.least, pz__logistic(a + 2 * length * r + length * length * v)));
            }
        }
    }
    pz__bkt_keep_room(&fit->options, &fit->shape, fit->numbers);
}

static double sweep(fitting *fit)
{
    return pz__bkt_sweep(&fit->tree, &fit->shape, fit->numbers, &fit->sums);
}

static void step(fitting *fit, pz__bkt_entry *entry)
{
    pz__bkt_maximize(&fit->options, &fit->shape, &fit->sums, fit->numbers);
    entry->iterations++;
}

/* Steps until one gains too little, with a stride after every second; a stride that does worse is taken back. The log-likelihood that goes
 * into `entry` is that of the parameters that stay. With tolerance 0 there are plain steps only, as many as allowed. */
static pz_status climb(fitting *fit, pz__bkt_entry *entry)
{
    size_t bytes = fit->size * sizeof(double);
    double before = sweep(fit), now;
    entry->is_converged = 0;
    entry->iterations = 0;
    memcpy(fit->first, fit->numbers, bytes);
    step(fit, entry);
    for (;;) {
        memcpy(fit->second, fit->numbers, bytes);
        now = fit->trace[entry->iterations - 1] = sweep(fit);
        entry->is_converged = now - before < fit->options.tolerance && fit->options.tolerance > 0;
        entry->log_likelihood = now;
        if (entry->is_converged || entry->iterations >= fit->options.iterations) return PZ_OK;
        PZ__TRY(pz__progress(fit->progress, fit->done, fit->user_data));
        step(fit, entry);
        if (fit->options.tolerance > 0 && entry->iterations < fit->options.iterations) {
            memcpy(fit->kept, fit->numbers, bytes);
            stride(fit, fit->first, fit->second);
            before = sweep(fit);
            if (before < now) {
                memcpy(fit->numbers, fit->kept, bytes);
                before = sweep(fit);
            }
            fit->trace[entry->iterations - 1] = before;
            memcpy(fit->first, fit->numbers, bytes);
            step(fit, entry);
        } else {
            before = now;
        }
    }
}

/* Answers all alike, or nobody with two: guess, slip, prior and learning cannot be told apart. */
static int determined(const pz__bkt_tree *tree)
{
    int right = 0, wrong = 0, second = 0;
    for (size_t i = 0; i < tree->count; i++) {
        right |= tree->nodes[i].item & 1;
        wrong |= !(tree->nodes[i].item & 1);
        second |= tree->nodes[i].parent >= 0;
    }
    return right && wrong && second;
}

static pz_status fit_skill(fitting *fit, const pz__bkt_rows *rows, pz__bkt_entry *entry, double *best)
{
    double most = 0;
    PZ__TRY(pz__bkt_tree_fill(&fit->tree, &fit->shape, rows));
    entry->rows = (int64_t)rows->rows;
    for (size_t i = 0; i < fit->tree.count; i++)
        if (fit->tree.nodes[i].parent < 0) entry->learners += fit->tree.nodes[i].through;
    for (int32_t start = 0; start < fit->options.starts; start++) {
        pz__bkt_entry tried = *entry;
        choose_start(fit, start, entry->skill);
        PZ__TRY(climb(fit, &tried));
        if (start > 0 && !(tried.log_likelihood > most)) continue;
        most = tried.log_likelihood;
        memcpy(best, fit->numbers, fit->size * sizeof *best);
        memcpy(fit->best_trace, fit->trace, (size_t)tried.iterations * sizeof *fit->trace);
        *entry = tried;
    }
    entry->trace = pz__alloc_zero((size_t)entry->iterations, sizeof *entry->trace);
    if (!entry->trace) return pz__fail_memory();
    memcpy(entry->trace, fit->best_trace, (size_t)entry->iterations * sizeof *entry->trace);
    entry->is_determined = determined(&fit->tree);
    return PZ_OK;
}

static pz_status fit_skills(fitting *fit, pz__bkt_rows *rows, const uint32_t *order, const uint32_t *starts, const pz__numbering *skills,
                            pz_bkt_model *model)
{
    for (int32_t i = 0; i < skills->count; i++) {
        fit->done = (double)starts[i] / starts[skills->count];
        PZ__TRY(pz__progress(fit->progress, fit->done, fit->user_data));
        model->entries[i].skill = skills->values[i];
        rows->order = order + starts[i];
        rows->rows = starts[i + 1] - starts[i];
        PZ__TRY(fit_skill(fit, rows, &model->entries[i], pz__bkt_numbers(model, (size_t)i)));
    }
    pz__bkt_average(model);
    return pz__progress(fit->progress, 1, fit->user_data);
}

static pz_status fit_all(fitting *fit, const pz__bkt_rows *columns, const int64_t *learner, const int64_t *skill, pz_bkt_model **out_model)
{
    pz__sorted s = {0};
    pz__bkt_rows rows = *columns;
    pz_status status = pz__sort_answers(learner, skill, columns->rows, &s);
    rows.learner = s.learner;
    if (status == PZ_OK) status = pz__bkt_new(&fit->shape, (size_t)s.skills.count, out_model);
    if (status == PZ_OK) {
        (*out_model)->pass_at = fit->options.pass_at;
        status = fit_skills(fit, &rows, s.order, s.starts, &s.skills, *out_model);
    }
    pz__sorted_free(&s);
    if (status != PZ_OK) {
        pz_bkt_free(*out_model);
        *out_model = NULL;
    }
    return status;
}

/* With a model to start from, its classes hold. */
static pz_status check_classes(const pz__bkt_rows *columns, const pz_bkt_model *from, pz__bkt_shape *shape)
{
    PZ__TRY(pz__classes_check(columns->item_class, columns->rows, "item_class", &shape->items));
    PZ__TRY(pz__classes_check(columns->learn_class, columns->rows, "learn_class", &shape->learns));
    PZ__TRY(pz__classes_check(columns->prior_class, columns->rows, "prior_class", &shape->priors));
    if (!from) return PZ_OK;
    if (shape->items > from->shape.items || shape->learns > from->shape.learns || shape->priors > from->shape.priors)
        return pz__fail(PZ_E_INVALID, "start", "Fit afresh.", "The answers have more classes than the model to start from.");
    *shape = from->shape;
    return PZ_OK;
}

static pz_status fit_from(const pz_bkt_model *from, const pz_bkt_options *options, const int64_t *learner, const int64_t *skill,
                          pz__bkt_rows *columns, pz_progress_fn progress, void *user_data, pz_bkt_model **out_model)
{
    fitting fit = {.from = from, .progress = progress, .user_data = user_data};
    double *numbers;
    pz_status status;
    PZ__TRY(check_options(options, &fit.options));
    PZ__TRY(pz__columns_check(learner, skill, columns->score, columns->rows));
    PZ__TRY(check_classes(columns, from, &fit.shape));
    fit.size = pz__bkt_size(&fit.shape);
    numbers = pz__alloc_zero(6 * fit.size, sizeof *numbers);
    if (!numbers) return pz__fail_memory();
    fit.numbers = numbers;
    fit.sums.hit = numbers + fit.size;
    fit.sums.all = numbers + 2 * fit.size;
    fit.first = numbers + 3 * fit.size;
    fit.second = numbers + 4 * fit.size;
    fit.kept = numbers + 5 * fit.size;
    columns->pass_at = fit.options.pass_at;
    fit.trace = pz__alloc_zero(2 * (size_t)fit.options.iterations, sizeof *fit.trace);
    if (!fit.trace) {
        pz__release(numbers);
        return pz__fail_memory();
    }
    fit.best_trace = fit.trace + fit.options.iterations;
    status = fit_all(&fit, columns, learner, skill, out_model);
    pz__bkt_tree_free(&fit.tree);
    pz__release(fit.trace);
    pz__release(numbers);
    return status;
}

pz_status pz_bkt_fit(const pz_bkt_options *options, const int64_t *learner, const int64_t *skill, const double *score,
                     const int32_t *item_class, const int32_t *learn_class, const int32_t *prior_class, size_t rows,
                     pz_progress_fn progress, void *user_data, pz_bkt_model **out_model)
{
    pz__bkt_rows columns = {NULL, score, item_class, learn_class, prior_class, NULL, rows, 0};
    if (!out_model) return pz__fail_null("out_model");
    *out_model = NULL;
    return fit_from(NULL, options, learner, skill, &columns, progress, user_data, out_model);
}

pz_status pz_bkt_refit(const pz_bkt_model *start, const pz_bkt_options *options, const int64_t *learner, const int64_t *skill,
                       const double *score, const int32_t *item_class, const int32_t *learn_class, const int32_t *prior_class, size_t rows,
                       pz_progress_fn progress, void *user_data, pz_bkt_model **out_model)
{
    pz__bkt_rows columns = {NULL, score, item_class, learn_class, prior_class, NULL, rows, 0};
    if (!out_model) return pz__fail_null("out_model");
    *out_model = NULL;
    if (!start) return pz__fail_closed("start");
    return fit_from(start, options, learner, skill, &columns, progress, user_data, out_model);
}
