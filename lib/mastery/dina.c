/* DINA: a latent class for each profile of skills. */
#include <math.h>
#include <string.h>

#include "base/fail.h"
#include "base/memory.h"
#include "base/numeric.h"
#include "mastery/columns.h"
#include "mastery/diagnosis.h"

static const double least = 1e-6;

double pz__dina_posterior(const pz_dina_model *model, const int32_t *row, double *out)
{
    double base = 0, most = -(double)INFINITY, sum = 0;
    for (size_t c = 0; c < model->profiles; c++) out[c] = pz__log(fmax(1e-300, model->share[c]));
    for (size_t item = 0; item < model->items; item++) {
        double without, with;
        uint32_t needs = model->needs[item];
        if (row[item] < 0) continue;
        without = pz__log(row[item] ? model->guess[item] : 1 - model->guess[item]);
        with = pz__log(row[item] ? 1 - model->slip[item] : model->slip[item]) - without;
        base += without;
        for (size_t c = 0; c < model->profiles; c++)
            if ((c & needs) == needs) out[c] += with;
    }
    for (size_t c = 0; c < model->profiles; c++) most = fmax(most, out[c]);
    for (size_t c = 0; c < model->profiles; c++) sum += out[c] = pz__exp(out[c] - most);
    for (size_t c = 0; c < model->profiles; c++) out[c] /= sum;
    return base + most + pz__log(sum);
}

/* One sweep; returns how far a parameter moved. `counts` has four places an item: persons and right ones, with and without what is needed. */
static double sweep(pz_dina_model *model, const int32_t *responses, size_t rows, double *posterior, double *mass, double *counts)
{
    double moved = 0;
    memset(mass, 0, model->profiles * sizeof *mass);
    memset(counts, 0, 4 * model->items * sizeof *counts);
    model->fit.log_likelihood = 0;
    for (size_t i = 0; i < rows; i++) {
        const int32_t *row = responses + i * model->items;
        model->fit.log_likelihood += pz__dina_posterior(model, row, posterior);
        for (size_t c = 0; c < model->profiles; c++) mass[c] += posterior[c];
        for (size_t item = 0; item < model->items; item++) {
            double able = 0;
            uint32_t needs = model->needs[item];
            if (row[item] < 0) continue;
            for (size_t c = 0; c < model->profiles; c++)
                if ((c & needs) == needs) able += posterior[c];
            counts[4 * item] += able;
            counts[4 * item + 1] += row[item] ? able : 0;
            counts[4 * item + 2] += 1 - able;
            counts[4 * item + 3] += row[item] ? 1 - able : 0;
        }
    }
    for (size_t item = 0; item < model->items; item++) {
        const double *n = counts + 4 * item;
        double slip = n[0] > 0 ? fmax(least, fmin(1 - least, 1 - n[1] / n[0])) : model->slip[item];
        double guess = n[2] > 0 ? fmax(least, fmin(1 - least, n[3] / n[2])) : model->guess[item];
        moved = fmax(moved, fmax(fabs(slip - model->slip[item]), fabs(guess - model->guess[item])));
        model->slip[item] = slip;
        model->guess[item] = guess;
    }
    for (size_t c = 0; c < model->profiles; c++) {
        moved = fmax(moved, fabs(mass[c] / (double)rows - model->share[c]));
        model->share[c] = mass[c] / (double)rows;
    }
    return moved;
}

/* The log-likelihood that stays belongs to the parameters before the last, tiny step. */
static pz_status climb(pz_dina_model *model, const pz_dina_options *options, const int32_t *responses, size_t rows, pz_progress_fn progress,
                       void *user_data)
{
    double *work = pz__alloc_zero(2 * model->profiles + 4 * model->items, sizeof *work);
    pz_status status = work ? PZ_OK : pz__fail_memory();
    while (status == PZ_OK && !model->fit.is_converged && model->fit.iterations < options->iterations) {
        status = pz__progress(progress, (double)model->fit.iterations / options->iterations, user_data);
        if (status != PZ_OK) break;
        model->fit.is_converged =
            sweep(model, responses, rows, work, work + model->profiles, work + 2 * model->profiles) < options->tolerance;
        status = pz__reserve((void **)&model->trace, &model->trace_room, (size_t)model->fit.iterations + 1, sizeof *model->trace);
        if (status == PZ_OK) model->trace[model->fit.iterations++] = model->fit.log_likelihood;
    }
    pz__release(work);
    model->fit.parameters = (int32_t)(2 * model->items + model->profiles - 1);
    model->fit.aic = 2.0 * model->fit.parameters - 2 * model->fit.log_likelihood;
    return status;
}

static pz_status check_responses(const int32_t *responses, size_t rows, size_t cols)
{
    if (!responses) return pz__fail_null("responses");
    if (!rows || !cols || rows > 100000000 || cols > 100000 || rows > SIZE_MAX / 8 / cols)
        return pz__fail(PZ_E_INVALID, "rows", NULL, "There must be 1 to 100,000,000 persons and 1 to 100,000 items.");
    for (size_t i = 0; i < rows * cols; i++)
        if (responses[i] > 1)
            return pz__fail(PZ_E_INVALID, "responses", NULL, "The answer in row %zu, column %zu is %d; it must be 0 or 1.", i / cols,
                            i % cols, (int)responses[i]);
    return PZ_OK;
}

static pz_status set_needs(const int32_t *needs, pz_dina_model *model)
{
    for (size_t i = 0; i < model->items * model->skills; i++) {
        if (needs[i] != 0 && needs[i] != 1)
            return pz__fail(PZ_E_INVALID, "needs", NULL, "The value in row %zu, column %zu must be 0 or 1.", i / model->skills,
                            i % model->skills);
        model->needs[i / model->skills] |= (uint32_t)needs[i] << (i % model->skills);
    }
    for (size_t i = 0; i < model->items; i++)
        if (!model->needs[i]) return pz__fail(PZ_E_INVALID, "needs", "Leave the item out.", "Item %zu needs no skill.", i);
    return PZ_OK;
}

pz_status pz__dina_new(size_t items, size_t skills, pz_dina_model **out)
{
    pz_dina_model *model = *out = pz__alloc_zero(1, sizeof *model);
    if (!model) return pz__fail_memory();
    model->items = items;
    model->skills = skills;
    model->profiles = (size_t)1 << skills;
    model->fit.struct_size = sizeof model->fit;
    model->fit.skills = (int32_t)skills;
    model->guess = pz__alloc_zero(items, sizeof(double));
    model->slip = pz__alloc_zero(items, sizeof(double));
    model->share = pz__alloc_zero(model->profiles, sizeof(double));
    model->needs = pz__alloc_zero(items, sizeof(uint32_t));
    if (!model->guess || !model->slip || !model->share || !model->needs) return pz__fail_memory();
    for (size_t i = 0; i < items; i++) model->guess[i] = model->slip[i] = 0.2;
    for (size_t c = 0; c < model->profiles; c++) model->share[c] = 1 / (double)model->profiles;
    return PZ_OK;
}

pz_status pz_dina_calibrate(const pz_dina_options *options, const int32_t *responses, size_t rows, size_t cols, const int32_t *needs,
                            size_t needs_rows, size_t needs_cols, pz_progress_fn progress, void *user_data, pz_dina_model **out_model)
{
    pz_dina_options checked;
    pz_dina_model *model;
    pz_status status;
    if (!out_model) return pz__fail_null("out_model");
    *out_model = NULL;
    PZ__TRY(pz__record_take(&pz__dina_options_type, options, sizeof *options, &checked));
    if (checked.iterations < 1 || checked.iterations > 100000)
        return pz__fail(PZ_E_INVALID, "iterations", NULL, "iterations must be from 1 to 100,000.");
    if (!(checked.tolerance > 0 && checked.tolerance < 1))
        return pz__fail(PZ_E_INVALID, "tolerance", NULL, "tolerance must be above 0 and below 1.");
    PZ__TRY(check_responses(responses, rows, cols));
    if (!needs) return pz__fail_null("needs");
    if (needs_rows != cols)
        return pz__fail(PZ_E_INVALID, "needs", NULL, "There are needs for %zu items, and answers to %zu.", needs_rows, cols);
    if (needs_cols < 1 || needs_cols > PZ__DINA_SKILLS)
        return pz__fail(PZ_E_INVALID, "needs", NULL, "There must be 1 to %d skills.", PZ__DINA_SKILLS);
    status = pz__dina_new(cols, needs_cols, &model);
    if (status == PZ_OK) status = set_needs(needs, model);
    if (status == PZ_OK) status = climb(model, &checked, responses, rows, progress, user_data);
    if (status == PZ_OK)
        *out_model = model;
    else
        pz_dina_free(model);
    return status;
}

void pz_dina_free(pz_dina_model *model)
{
    if (!model) return;
    pz__release(model->guess);
    pz__release(model->slip);
    pz__release(model->share);
    pz__release(model->needs);
    pz__release(model->trace);
    pz__release(model);
}

pz_status pz_dina_item_list(const pz_dina_model *model, pz_dina_item ***out_rows, size_t *out_count)
{
    pz__rows rows;
    void **taken;
    pz_status status;
    if (!out_rows) return pz__fail_null("out_rows");
    *out_rows = NULL;
    if (!out_count) return pz__fail_null("out_count");
    *out_count = 0;
    if (!model) return pz__fail_closed("model");
    pz__rows_start(&rows, &pz__dina_item_type);
    for (size_t i = 0; i < model->items; i++) {
        pz_dina_item row = {sizeof row, (int32_t)i, model->guess[i], model->slip[i], 1 - model->slip[i] - model->guess[i]};
        pz__rows_add(&rows, &row);
    }
    status = pz__rows_take(&rows, &taken, out_count);
    *out_rows = (pz_dina_item **)taken;
    return status;
}

pz_status pz_dina_fit_of(const pz_dina_model *model, pz_dina_fit **out_fit)
{
    if (!out_fit) return pz__fail_null("out_fit");
    *out_fit = NULL;
    if (!model) return pz__fail_closed("model");
    *out_fit = pz__alloc(sizeof **out_fit);
    if (!*out_fit) return pz__fail_memory();
    **out_fit = model->fit;
    return PZ_OK;
}

pz_status pz_dina_trace(const pz_dina_model *model, double *out_log_likelihood, size_t out_log_likelihood_len)
{
    if (!out_log_likelihood) return pz__fail_null("out_log_likelihood");
    memset(out_log_likelihood, 0, out_log_likelihood_len * sizeof *out_log_likelihood);
    if (!model) return pz__fail_closed("model");
    if (!model->trace)
        return pz__fail(PZ_E_NOT_FOUND, "model", "Fit again to see how it goes.",
                        "The model was not fitted here; a trace is not written to JSON.");
    if (out_log_likelihood_len != (size_t)model->fit.iterations)
        return pz__fail(PZ_E_INVALID, "out_log_likelihood_len", NULL, "The fit took %d sweeps.", (int)model->fit.iterations);
    memcpy(out_log_likelihood, model->trace, out_log_likelihood_len * sizeof *out_log_likelihood);
    return PZ_OK;
}

static void marginals(const pz_dina_model *model, const double *profiles, double *out)
{
    memset(out, 0, model->skills * sizeof *out);
    for (size_t c = 0; c < model->profiles; c++)
        for (size_t skill = 0; skill < model->skills; skill++)
            if (c >> skill & 1) out[skill] += profiles[c];
}

pz_status pz_dina_share(const pz_dina_model *model, double *out_share, size_t out_share_len)
{
    if (!out_share) return pz__fail_null("out_share");
    memset(out_share, 0, out_share_len * sizeof *out_share);
    if (!model) return pz__fail_closed("model");
    if (out_share_len != model->skills) return pz__fail(PZ_E_INVALID, "out_share_len", NULL, "The model has %zu skills.", model->skills);
    marginals(model, model->share, out_share);
    return PZ_OK;
}

pz_status pz_dina_profile(const pz_dina_model *model, const int32_t *responses, size_t rows, size_t cols, pz_progress_fn progress,
                          void *user_data, double *out_probability, size_t out_probability_len)
{
    double *posterior;
    pz_status status = PZ_OK;
    if (!out_probability) return pz__fail_null("out_probability");
    memset(out_probability, 0, out_probability_len * sizeof *out_probability);
    if (!model) return pz__fail_closed("model");
    PZ__TRY(check_responses(responses, rows, cols));
    if (cols != model->items) return pz__fail(PZ_E_INVALID, "cols", NULL, "There are %zu columns and %zu items.", cols, model->items);
    if (out_probability_len != rows * model->skills)
        return pz__fail(PZ_E_INVALID, "out_probability_len", NULL, "There must be room for %zu persons times %zu skills.", rows,
                        model->skills);
    posterior = pz__alloc_zero(model->profiles, sizeof *posterior);
    if (!posterior) return pz__fail_memory();
    for (size_t i = 0; i < rows; i++) {
        if (i % 64 == 0) status = pz__progress(progress, (double)i / (double)rows, user_data);
        if (status != PZ_OK) break;
        pz__dina_posterior(model, responses + i * cols, posterior);
        marginals(model, posterior, out_probability + i * model->skills);
    }
    pz__release(posterior);
    if (status != PZ_OK) memset(out_probability, 0, out_probability_len * sizeof *out_probability);
    return status;
}
