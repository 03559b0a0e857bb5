/* The fitted model: its lists, settings for streaming, and predictions. */
#include <math.h>
#include <string.h>

#include "base/fail.h"
#include "base/memory.h"
#include "mastery/bkt.h"
#include "mastery/model.h"

pz_status pz__bkt_new(const pz__bkt_shape *shape, size_t count, pz_bkt_model **out_model)
{
    pz_bkt_model *model = pz__alloc_zero(1, sizeof *model);
    *out_model = model;
    if (!model) return pz__fail_memory();
    model->shape = *shape;
    model->count = count;
    model->pass_at = 1;
    model->entries = pz__alloc_zero(count, sizeof *model->entries);
    if (count + 1 <= SIZE_MAX / pz__bkt_size(shape))
        model->numbers = pz__alloc_zero((count + 1) * pz__bkt_size(shape), sizeof *model->numbers);
    if (model->entries && model->numbers) return PZ_OK;
    pz_bkt_free(model);
    *out_model = NULL;
    return pz__fail_memory();
}

void pz_bkt_free(pz_bkt_model *model)
{
    if (!model) return;
    for (size_t i = 0; model->entries && i < model->count; i++) pz__release(model->entries[i].trace);
    pz__release(model->entries);
    pz__release(model->numbers);
    pz__release(model);
}

double *pz__bkt_numbers(const pz_bkt_model *model, size_t index)
{
    return model->numbers + index * pz__bkt_size(&model->shape);
}

void pz__bkt_average(pz_bkt_model *model)
{
    size_t size = pz__bkt_size(&model->shape);
    double *mean = pz__bkt_numbers(model, model->count), rows = 0;
    memset(mean, 0, size * sizeof *mean);
    for (size_t i = 0; i < model->count; i++) {
        rows += (double)model->entries[i].rows;
        for (size_t n = 0; n < size; n++) mean[n] += (double)model->entries[i].rows * pz__bkt_numbers(model, i)[n];
    }
    for (size_t n = 0; n < size; n++) mean[n] /= rows;
}

size_t pz__bkt_find(const pz_bkt_model *model, int64_t skill)
{
    size_t low = 0, high = model->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (model->entries[middle].skill < skill)
            low = middle + 1;
        else
            high = middle;
    }
    return low < model->count && model->entries[low].skill == skill ? low : model->count;
}

pz_status pz_bkt_skill_list(const pz_bkt_model *model, pz_bkt_skill ***out_rows, size_t *out_count)
{
    pz__rows rows;
    void **taken;
    pz_status status;
    if (!out_rows) return pz__fail_null("out_rows");
    *out_rows = NULL;
    if (!out_count) return pz__fail_null("out_count");
    *out_count = 0;
    if (!model) return pz__fail_closed("model");
    pz__rows_start(&rows, &pz__bkt_skill_type);
    for (size_t i = 0; i < model->count; i++) {
        const pz__bkt_entry *e = &model->entries[i];
        pz__bkt_parameters p = pz__bkt_view(&model->shape, pz__bkt_numbers(model, i));
        pz_bkt_skill row = {sizeof row, e->skill,  e->rows,           e->learners,   p.prior[0],      p.learn[0],      p.forget[0],
                            p.guess[0], p.slip[0], e->log_likelihood, e->iterations, e->is_converged, e->is_determined};
        pz__rows_add(&rows, &row);
    }
    status = pz__rows_take(&rows, &taken, out_count);
    *out_rows = (pz_bkt_skill **)taken;
    return status;
}

pz_status pz_bkt_class_list(const pz_bkt_model *model, pz_bkt_class ***out_rows, size_t *out_count)
{
    pz__rows rows;
    void **taken;
    pz_status status;
    if (!out_rows) return pz__fail_null("out_rows");
    *out_rows = NULL;
    if (!out_count) return pz__fail_null("out_count");
    *out_count = 0;
    if (!model) return pz__fail_closed("model");
    pz__rows_start(&rows, &pz__bkt_class_type);
    for (size_t i = 0; i < model->count; i++) {
        const pz__bkt_shape *shape = &model->shape;
        pz__bkt_parameters p = pz__bkt_view(shape, pz__bkt_numbers(model, i));
        for (int32_t c = 0; c < shape->items || c < shape->learns || c < shape->priors; c++) {
            pz_bkt_class row = {sizeof row,  model->entries[i].skill, c, PZ_REAL_NONE, PZ_REAL_NONE, PZ_REAL_NONE, PZ_REAL_NONE,
                                PZ_REAL_NONE};
            if (c < shape->priors) row.prior = p.prior[c];
            if (c < shape->learns) row.learn = p.learn[c], row.forget = p.forget[c];
            if (c < shape->items) row.guess = p.guess[c], row.slip = p.slip[c];
            pz__rows_add(&rows, &row);
        }
    }
    status = pz__rows_take(&rows, &taken, out_count);
    *out_rows = (pz_bkt_class **)taken;
    return status;
}

pz_status pz_bkt_settings(const pz_bkt_model *model, int64_t skill, pz_mastery_settings *out_settings)
{
    pz_mastery_settings settings = PZ_MASTERY_SETTINGS_INIT;
    pz__bkt_parameters p;
    size_t index;
    PZ__TRY(pz__out_start(&pz__mastery_settings_type, out_settings));
    if (!model) return pz__fail_closed("model");
    index = pz__bkt_find(model, skill);
    if (index == model->count)
        return pz__fail(PZ_E_NOT_FOUND, "skill", "See pz_bkt_skill_list() for those that there are.", "The model has not seen skill %lld.",
                        (long long)skill);
    p = pz__bkt_view(&model->shape, pz__bkt_numbers(model, index));
    settings.prior = p.prior[0];
    settings.learn = p.learn[0];
    settings.forget = p.forget[0];
    settings.guess = p.guess[0];
    settings.slip = p.slip[0];
    pz__out_give(&pz__mastery_settings_type, &settings, out_settings);
    return PZ_OK;
}

pz_status pz_bkt_trace(const pz_bkt_model *model, int64_t skill, double *out_log_likelihood, size_t out_log_likelihood_len)
{
    size_t index;
    if (!out_log_likelihood) return pz__fail_null("out_log_likelihood");
    memset(out_log_likelihood, 0, out_log_likelihood_len * sizeof *out_log_likelihood);
    if (!model) return pz__fail_closed("model");
    index = pz__bkt_find(model, skill);
    if (index == model->count)
        return pz__fail(PZ_E_NOT_FOUND, "skill", "See pz_bkt_skill_list() for those that there are.", "The model has not seen skill %lld.",
                        (long long)skill);
    if (!model->entries[index].trace)
        return pz__fail(PZ_E_NOT_FOUND, "model", "Fit again to see how it goes.",
                        "The model was not fitted here; a trace is not written to JSON.");
    if (out_log_likelihood_len != (size_t)model->entries[index].iterations)
        return pz__fail(PZ_E_INVALID, "out_log_likelihood_len", NULL, "The fit of this skill took %d sweeps.",
                        (int)model->entries[index].iterations);
    memcpy(out_log_likelihood, model->entries[index].trace, out_log_likelihood_len * sizeof *out_log_likelihood);
    return PZ_OK;
}

/* -------------------------------------------------------------------------------------------- predictions --- */

static double of_class(const double *values, int32_t count, int32_t class)
{
    double sum = 0;
    if (class < count) return values[class];
    for (int32_t i = 0; i < count; i++) sum += values[i];
    return sum / count;
}

/* The rows of one skill, learner by learner. */
static void predict_skill(const pz_bkt_model *model, size_t index, const pz__bkt_rows *rows, double *out)
{
    const pz__bkt_shape *shape = &model->shape;
    pz__bkt_parameters p = pz__bkt_view(shape, pz__bkt_numbers(model, index));
    double known = 0, unknown = 0;
    for (size_t i = 0; i < rows->rows; i++) {
        uint32_t row = rows->order[i];
        int32_t item = rows->item_class ? rows->item_class[row] : 0, learn = rows->learn_class ? rows->learn_class[row] : 0;
        double guess = of_class(p.guess, shape->items, item), slip = of_class(p.slip, shape->items, item);
        double gain = of_class(p.learn, shape->learns, learn), loss = of_class(p.forget, shape->learns, learn), sum;
        if (i == 0 || rows->learner[row] != rows->learner[rows->order[i - 1]]) {
            known = of_class(p.prior, shape->priors, rows->prior_class ? rows->prior_class[row] : 0);
            unknown = 1 - known;
        }
        out[row] = known * (1 - slip) + unknown * guess;
        known *= rows->score[row] >= rows->pass_at ? 1 - slip : slip;
        unknown *= rows->score[row] >= rows->pass_at ? guess : 1 - guess;
        sum = known + unknown;
        known /= sum;
        unknown /= sum;
        sum = known * (1 - loss) + unknown * gain;
        unknown = unknown * (1 - gain) + known * loss;
        known = sum;
    }
}

pz_status pz_bkt_predict(const pz_bkt_model *model, const int64_t *learner, const int64_t *skill, const double *score,
                         const int32_t *item_class, const int32_t *learn_class, const int32_t *prior_class, size_t rows,
                         pz_progress_fn progress, void *user_data, double *out_probability, size_t out_probability_len)
{
    pz__bkt_rows columns = {NULL, score, item_class, learn_class, prior_class, NULL, 0, 0};
    pz__sorted sorted;
    int32_t unused;
    pz_status status = PZ_OK;
    if (!out_probability) return pz__fail_null("out_probability");
    memset(out_probability, 0, out_probability_len * sizeof *out_probability);
    if (!model) return pz__fail_closed("model");
    PZ__TRY(pz__columns_check(learner, skill, score, rows));
    if (out_probability_len != rows)
        return pz__fail(PZ_E_INVALID, "out_probability_len", NULL, "There are %zu answers and room for %zu probabilities.", rows,
                        out_probability_len);
    PZ__TRY(pz__classes_check(item_class, rows, "item_class", &unused));
    PZ__TRY(pz__classes_check(learn_class, rows, "learn_class", &unused));
    PZ__TRY(pz__classes_check(prior_class, rows, "prior_class", &unused));
    PZ__TRY(pz__sort_answers(learner, skill, rows, &sorted));
    columns.pass_at = model->pass_at;
    columns.learner = sorted.learner;
    for (int32_t i = 0; i < sorted.skills.count; i++) {
        status = pz__progress(progress, (double)sorted.starts[i] / (double)rows, user_data);
        if (status != PZ_OK) break;
        columns.order = sorted.order + sorted.starts[i];
        columns.rows = sorted.starts[i + 1] - sorted.starts[i];
        predict_skill(model, pz__bkt_find(model, sorted.skills.values[i]), &columns, out_probability);
    }
    pz__sorted_free(&sorted);
    if (status != PZ_OK) memset(out_probability, 0, out_probability_len * sizeof *out_probability);
    return status;
}
