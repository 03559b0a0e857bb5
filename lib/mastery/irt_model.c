/* The calibrated model: making, lists, curves. */
#include <math.h>
#include <string.h>

#include "base/fail.h"
#include "base/memory.h"
#include "mastery/columns.h"
#include "mastery/irt.h"

pz_status pz__irt_new(size_t count, pz_irt_model **out_model)
{
    pz_irt_model *model = pz__alloc_zero(1, sizeof *model);
    *out_model = NULL;
    if (!model) return pz__fail_memory();
    model->count = count;
    model->fit = (pz_irt_fit){sizeof(pz_irt_fit), PZ_REAL_NONE, 1, 0, 0, 0, 0, PZ_REAL_NONE, PZ_REAL_NONE, 0};
    model->items = pz__alloc_zero(count, sizeof *model->items);
    if (!model->items) {
        pz_irt_free(model);
        return pz__fail_memory();
    }
    *out_model = model;
    return PZ_OK;
}

pz_status pz__irt_copy(const pz_irt_model *model, pz_irt_model **out_model)
{
    PZ__TRY(pz__irt_new(model->count, out_model));
    (*out_model)->fit = model->fit;
    memcpy((*out_model)->items, model->items, model->count * sizeof *model->items);
    return PZ_OK;
}

void pz_irt_free(pz_irt_model *model)
{
    if (!model) return;
    pz__release(model->items);
    pz__release(model->trace);
    pz__release(model);
}

pz_status pz__irt_responses_check(const int32_t *responses, size_t rows, size_t cols)
{
    if (!responses) return pz__fail_null("responses");
    if (!rows || !cols || rows > 100000000 || cols > 100000 || rows > SIZE_MAX / 8 / cols)
        return pz__fail(PZ_E_INVALID, "rows", NULL, "There must be 1 to 100,000,000 persons and 1 to 100,000 items.");
    for (size_t i = 0; i < rows * cols; i++)
        if (responses[i] >= PZ__IRT_CATEGORIES)
            return pz__fail(PZ_E_INVALID, "responses", NULL, "The answer in row %zu, column %zu is %d; it must be below %d.", i / cols,
                            i % cols, (int)responses[i], PZ__IRT_CATEGORIES);
    return PZ_OK;
}

pz_status pz__irt_answers_check(const pz_irt_model *model, const int32_t *responses, size_t rows, size_t cols)
{
    PZ__TRY(pz__irt_responses_check(responses, rows, cols));
    if (cols != model->count) return pz__fail(PZ_E_INVALID, "cols", NULL, "There are %zu columns and %zu items.", cols, model->count);
    for (size_t i = 0; i < rows * cols; i++)
        if (responses[i] >= model->items[i % cols].categories)
            return pz__fail(PZ_E_INVALID, "responses", NULL, "The answer in row %zu, column %zu is %d; the item has %d categories.",
                            i / cols, i % cols, (int)responses[i], (int)model->items[i % cols].categories);
    return PZ_OK;
}

pz_status pz__irt_nodes_check(int32_t nodes, double range)
{
    if (nodes < 11 || nodes > 401) return pz__fail(PZ_E_INVALID, "nodes", NULL, "nodes must be from 11 to 401.");
    if (!(range >= 2 && range <= 12)) return pz__fail(PZ_E_INVALID, "range", NULL, "range must be from 2 to 12.");
    return PZ_OK;
}

pz_status pz_irt_model_of(const double *slope, const double *difficulty, const double *guess, size_t rows, pz_irt_model **out_model)
{
    if (!out_model) return pz__fail_null("out_model");
    *out_model = NULL;
    if (!slope) return pz__fail_null("slope");
    if (!difficulty) return pz__fail_null("difficulty");
    if (!rows || rows > 100000) return pz__fail(PZ_E_INVALID, "rows", NULL, "There must be 1 to 100,000 items.");
    for (size_t i = 0; i < rows; i++) {
        if (!(slope[i] > 0 && slope[i] <= 100))
            return pz__fail(PZ_E_INVALID, "slope", NULL, "The slope in row %zu must be above 0, up to 100.", i);
        if (!(fabs(difficulty[i]) <= 100))
            return pz__fail(PZ_E_INVALID, "difficulty", NULL, "The difficulty in row %zu must be from -100 to 100.", i);
        if (guess && !(guess[i] >= 0 && guess[i] < 1))
            return pz__fail(PZ_E_INVALID, "guess", NULL, "The guess in row %zu must be at least 0 and below 1.", i);
    }
    PZ__TRY(pz__irt_new(rows, out_model));
    for (size_t i = 0; i < rows; i++) {
        pz__irt_item *item = &(*out_model)->items[i];
        item->kind = guess && guess[i] > 0 ? PZ_IRT_THREE_PARAMETER : PZ_IRT_TWO_PARAMETER;
        item->categories = 2;
        item->slope = slope[i];
        item->guess = guess ? guess[i] : 0;
        item->intercept[0] = -slope[i] * difficulty[i];
    }
    return PZ_OK;
}

pz_status pz_irt_step_list(const pz_irt_model *model, pz_irt_step ***out_rows, size_t *out_count)
{
    pz__rows rows;
    void **taken;
    pz_status status;
    if (!out_rows) return pz__fail_null("out_rows");
    *out_rows = NULL;
    if (!out_count) return pz__fail_null("out_count");
    *out_count = 0;
    if (!model) return pz__fail_closed("model");
    pz__rows_start(&rows, &pz__irt_step_type);
    for (size_t i = 0; i < model->count; i++) {
        const pz__irt_item *item = &model->items[i];
        for (int32_t k = 1; k < item->categories; k++) {
            double intercept = item->intercept[k - 1], slope = pz__irt_step_slope(item, k);
            pz_irt_step row = {sizeof row, (int32_t)i, k, item->kind, slope, intercept, -intercept / slope, item->guess};
            pz__rows_add(&rows, &row);
        }
    }
    status = pz__rows_take(&rows, &taken, out_count);
    *out_rows = (pz_irt_step **)taken;
    return status;
}

pz_status pz_irt_fit_of(const pz_irt_model *model, pz_irt_fit **out_fit)
{
    if (!out_fit) return pz__fail_null("out_fit");
    *out_fit = NULL;
    if (!model) return pz__fail_closed("model");
    *out_fit = pz__alloc(sizeof **out_fit);
    if (!*out_fit) return pz__fail_memory();
    **out_fit = model->fit;
    return PZ_OK;
}

pz_status pz_irt_trace(const pz_irt_model *model, double *out_log_likelihood, size_t out_log_likelihood_len)
{
    if (!out_log_likelihood) return pz__fail_null("out_log_likelihood");
    memset(out_log_likelihood, 0, out_log_likelihood_len * sizeof *out_log_likelihood);
    if (!model) return pz__fail_closed("model");
    if (!model->trace)
        return pz__fail(PZ_E_NOT_FOUND, "model", "Calibrate again to see how it goes.",
                        "The model was not fitted here; a trace is not written to JSON.");
    if (out_log_likelihood_len != (size_t)model->fit.iterations)
        return pz__fail(PZ_E_INVALID, "out_log_likelihood_len", NULL, "The fit took %d sweeps.", (int)model->fit.iterations);
    memcpy(out_log_likelihood, model->trace, out_log_likelihood_len * sizeof *out_log_likelihood);
    return PZ_OK;
}

static pz_status check_item(const pz_irt_model *model, int32_t item, int32_t least)
{
    if (item >= least && item < (int64_t)model->count) return PZ_OK;
    return pz__fail(PZ_E_INVALID, "item", NULL, "There is no item %d; the model has %zu.", (int)item, model->count);
}

pz_status pz_irt_information(const pz_irt_model *model, int32_t item, const double *ability, size_t rows, pz_progress_fn progress,
                             void *user_data, double *out_information, size_t out_information_len)
{
    pz_status status = PZ_OK;
    if (!out_information) return pz__fail_null("out_information");
    memset(out_information, 0, out_information_len * sizeof *out_information);
    if (!model) return pz__fail_closed("model");
    if (!ability && rows) return pz__fail_null("ability");
    if (out_information_len != rows)
        return pz__fail(PZ_E_INVALID, "out_information_len", NULL, "There are %zu abilities and room for %zu.", rows, out_information_len);
    PZ__TRY(check_item(model, item, -1));
    for (size_t i = 0; i < rows; i++)
        if (!isfinite(ability[i])) return pz__fail(PZ_E_INVALID, "ability", NULL, "The ability in row %zu is not a finite number.", i);
    for (size_t i = 0; status == PZ_OK && i < rows; i++) {
        for (size_t j = item < 0 ? 0 : (size_t)item; j < (item < 0 ? model->count : (size_t)item + 1); j++)
            out_information[i] += pz__irt_item_information(&model->items[j], ability[i]);
        status = pz__progress_row(progress, i, rows, user_data);
    }
    if (status != PZ_OK) memset(out_information, 0, rows * sizeof *out_information);
    return status;
}

pz_status pz_irt_probability(const pz_irt_model *model, int32_t item, double ability, double *out_probability, size_t out_probability_len)
{
    double p[PZ__IRT_CATEGORIES];
    if (!out_probability) return pz__fail_null("out_probability");
    memset(out_probability, 0, out_probability_len * sizeof *out_probability);
    if (!model) return pz__fail_closed("model");
    PZ__TRY(check_item(model, item, 0));
    if (!isfinite(ability)) return pz__fail(PZ_E_INVALID, "ability", NULL, "The ability is not a finite number.");
    if (out_probability_len < (size_t)model->items[item].categories)
        return pz__fail(PZ_E_INVALID, "out_probability_len", NULL, "The item has %d categories.", (int)model->items[item].categories);
    pz__irt_curve(&model->items[item], ability, p, NULL, NULL);
    memcpy(out_probability, p, (size_t)model->items[item].categories * sizeof *p);
    return PZ_OK;
}
