/* The fitted regression: predictions and JSON. */
#include <stdio.h>
#include <string.h>

#include "base/fail.h"
#include "base/json_read.h"
#include "base/json_write.h"
#include "base/memory.h"
#include "base/number.h"
#include "base/numeric.h"
#include "mastery/lr.h"

enum { VERSION = 1 };

void pz_lr_free(pz_lr_model *model)
{
    if (!model) return;
    pz__numbering_free(&model->skills);
    pz__numbering_free(&model->items);
    pz__release(model->weights);
    pz__release(model->trace);
    pz__release(model);
}

double pz_lr_log_likelihood(const pz_lr_model *model)
{
    return model ? model->log_likelihood : PZ_REAL_NONE;
}

pz_status pz_lr_fit_of(const pz_lr_model *model, pz_lr_fit_report **out_fit)
{
    if (!out_fit) return pz__fail_null("out_fit");
    *out_fit = NULL;
    if (!model) return pz__fail_closed("model");
    *out_fit = pz__alloc(sizeof **out_fit);
    if (!*out_fit) return pz__fail_memory();
    **out_fit = (pz_lr_fit_report){sizeof **out_fit,    model->features,     model->log_likelihood, model->iterations,
                                   model->is_converged, model->skills.count, model->items.count};
    return PZ_OK;
}

pz_status pz_lr_trace(const pz_lr_model *model, double *out_log_likelihood, size_t out_log_likelihood_len)
{
    if (!out_log_likelihood) return pz__fail_null("out_log_likelihood");
    memset(out_log_likelihood, 0, out_log_likelihood_len * sizeof *out_log_likelihood);
    if (!model) return pz__fail_closed("model");
    if (!model->trace)
        return pz__fail(PZ_E_NOT_FOUND, "model", "Fit again to see how it goes.",
                        "The model was not fitted here; a trace is not written to JSON.");
    if (out_log_likelihood_len != (size_t)model->iterations)
        return pz__fail(PZ_E_INVALID, "out_log_likelihood_len", NULL, "The fit took %d steps.", (int)model->iterations);
    memcpy(out_log_likelihood, model->trace, out_log_likelihood_len * sizeof *out_log_likelihood);
    return PZ_OK;
}

pz_status pz_lr_predict(const pz_lr_model *model, const int64_t *learner, const int64_t *skill, const int64_t *item, const double *score,
                        size_t rows, pz_progress_fn progress, void *user_data, double *out_probability, size_t out_probability_len)
{
    pz__lr_row *row;
    pz_status status;
    if (!out_probability) return pz__fail_null("out_probability");
    memset(out_probability, 0, out_probability_len * sizeof *out_probability);
    if (!model) return pz__fail_closed("model");
    PZ__TRY(pz__columns_check(learner, skill, score, rows));
    if (model->features == PZ_LR_BEST_LR && !item) return pz__fail_null("item");
    if (out_probability_len != rows)
        return pz__fail(PZ_E_INVALID, "out_probability_len", NULL, "There are %zu answers and room for %zu probabilities.", rows,
                        out_probability_len);
    row = pz__alloc_zero(rows, sizeof *row);
    status = row ? pz__lr_rows(model, learner, skill, item, score, rows, row) : pz__fail_memory();
    for (size_t i = 0; status == PZ_OK && i < rows; i++) {
        status = pz__progress_row(progress, i, rows, user_data);
        if (status == PZ_OK) out_probability[i] = pz__logistic(pz__lr_dot(model, model->weights, &row[i]));
    }
    pz__release(row);
    if (status != PZ_OK) memset(out_probability, 0, out_probability_len * sizeof *out_probability);
    return status;
}

enum { EXPLAIN_MOST = 20000 };

static pz_lr_step step_of(const pz_lr_model *model, const pz__lr_row *row)
{
    pz_lr_step out = *(const pz_lr_step *)pz__lr_step_type.initial;
    out.log_odds = pz__lr_dot(model, model->weights, row);
    out.probability = pz__logistic(out.log_odds);
    out.constant = model->weights[PZ__LR_CONSTANT];
    if (row->skill >= 0) {
        const double *own = model->weights + PZ__LR_HEAD + 3 * (size_t)row->skill;
        out.skill = own[0];
        out.skill_right = own[1] * row->right;
        out.skill_wrong = own[2] * row->wrong;
    }
    if (model->features == PZ_LR_PFA) return out;
    out.right = model->weights[PZ__LR_RIGHT] * row->all_right;
    out.wrong = model->weights[PZ__LR_WRONG] * row->all_wrong;
    if (row->item >= 0) out.item = model->weights[PZ__LR_HEAD + 3 * (size_t)model->skills.count + (size_t)row->item];
    return out;
}

pz_status pz_lr_explain(const pz_lr_model *model, const int64_t *learner, const int64_t *skill, const int64_t *item, const double *score,
                        size_t rows, pz_progress_fn progress, void *user_data, pz_lr_step ***out_rows, size_t *out_count)
{
    pz__lr_row *row;
    pz__rows list;
    void **taken;
    pz_status status;
    if (!out_rows) return pz__fail_null("out_rows");
    *out_rows = NULL;
    if (!out_count) return pz__fail_null("out_count");
    *out_count = 0;
    if (!model) return pz__fail_closed("model");
    PZ__TRY(pz__columns_check(learner, skill, score, rows));
    if (model->features == PZ_LR_BEST_LR && !item) return pz__fail_null("item");
    if (rows > EXPLAIN_MOST)
        return pz__fail(PZ_E_LIMIT, "rows", "Explain fewer learners at once.", "%zu answers are more than the %d that can be explained.",
                        rows, EXPLAIN_MOST);
    row = pz__alloc_zero(rows, sizeof *row);
    if (!row) return pz__fail_memory();
    status = pz__lr_rows(model, learner, skill, item, score, rows, row);
    pz__rows_start(&list, &pz__lr_step_type);
    for (size_t i = 0; status == PZ_OK && i < rows; i++) {
        pz_lr_step step = step_of(model, &row[i]);
        status = pz__progress_row(progress, i, rows, user_data);
        if (status == PZ_OK) pz__rows_add(&list, &step);
    }
    pz__release(row);
    if (status != PZ_OK) {
        pz__rows_free(&list);
        return status;
    }
    status = pz__rows_take(&list, &taken, out_count);
    *out_rows = (pz_lr_step **)taken;
    return status;
}

/* ---------------------------------------------------------------------------------------------------- JSON --- */

static void put_rows(pz__json_writer *json, const char *key, const pz__numbering *numbers, const double *weights, int32_t each)
{
    pz__json_key(json, key);
    pz__json_open_array(json);
    for (int32_t i = 0; i < numbers->count; i++) {
        char text[24];
        snprintf(text, sizeof text, "%lld", (long long)numbers->values[i]);
        pz__json_open_array(json);
        pz__json_text(json, text);
        for (int32_t n = 0; n < each; n++) pz__json_real(json, weights[i * each + n]);
        pz__json_close_array(json);
    }
    pz__json_close_array(json);
}

pz_status pz_lr_write(const pz_lr_model *model, char **out_json)
{
    pz__buffer text = PZ__BUFFER_INIT;
    pz__json_writer json;
    if (!out_json) return pz__fail_null("out_json");
    *out_json = NULL;
    if (!model) return pz__fail_closed("model");
    pz__json_start(&json, &text);
    pz__json_open_object(&json);
    pz__json_put_int(&json, "version", VERSION);
    pz__json_put_text(&json, "model", model->features == PZ_LR_PFA ? "pfa" : "best_lr");
    pz__json_put_real(&json, "log_likelihood", model->log_likelihood);
    pz__json_put_int(&json, "iterations", model->iterations);
    pz__json_put_bool(&json, "is_converged", model->is_converged);
    pz__json_put_real(&json, "constant", model->weights[PZ__LR_CONSTANT]);
    pz__json_put_real(&json, "right", model->weights[PZ__LR_RIGHT]);
    pz__json_put_real(&json, "wrong", model->weights[PZ__LR_WRONG]);
    put_rows(&json, "skills", &model->skills, model->weights + PZ__LR_HEAD, 3);
    put_rows(&json, "items", &model->items, model->weights + PZ__LR_HEAD + 3 * model->skills.count, 1);
    pz__json_close_object(&json);
    return pz__buffer_take(&text, out_json);
}

static pz_status read_rows(const pz__json_value *list, const char *key, pz__numbering *numbers, double *weights, int32_t each)
{
    const pz__json_value *row = pz__json_first(list);
    for (int32_t i = 0; i < numbers->count; i++, row = pz__json_next(row)) {
        const pz__json_value *at = pz__json_first(row);
        const char *text = pz__json_kind_of(row) == PZ__JSON_ARRAY && pz__json_size(row) == (size_t)each + 1 ? pz__json_as_text(at) : NULL;
        int good =
            text && pz__int_parse(text, strlen(text), &numbers->values[i]) && (i == 0 || numbers->values[i] > numbers->values[i - 1]);
        for (int32_t n = 0; good && n < each; n++) {
            at = pz__json_next(at);
            good = pz__json_as_real(at, &weights[i * each + n]);
        }
        if (!good) return pz__fail(PZ_E_INVALID, key, NULL, "$.%s[%d] is not what this version writes.", key, (int)i);
    }
    return PZ_OK;
}

static pz_status read_root(const pz__json_value *root, pz_lr_model *model)
{
    static const char *const head[] = {"constant", "right", "wrong"};
    const pz__json_value *skills = pz__json_member(root, "skills"), *items = pz__json_member(root, "items");
    const char *name = pz__json_as_text(pz__json_member(root, "model"));
    int64_t version = 0, iterations;
    int converged;
    model->features = name && !strcmp(name, "pfa") ? PZ_LR_PFA : PZ_LR_BEST_LR;
    if (!name || (model->features == PZ_LR_BEST_LR && strcmp(name, "best_lr") != 0))
        return pz__fail(PZ_E_INVALID, "model", NULL, "The document does not say that its model is pfa or best_lr.");
    if (!pz__json_as_int(pz__json_member(root, "version"), &version) || version != VERSION)
        return pz__fail(PZ_E_INVALID, "version", "Use a library that knows the version.", "The version must be %d.", VERSION);
    if (pz__json_kind_of(skills) != PZ__JSON_ARRAY) return pz__fail(PZ_E_INVALID, "skills", NULL, "The list skills is missing.");
    if (pz__json_kind_of(items) != PZ__JSON_ARRAY) return pz__fail(PZ_E_INVALID, "items", NULL, "The list items is missing.");
    model->skills.count = (int32_t)pz__json_size(skills);
    model->items.count = (int32_t)pz__json_size(items);
    model->skills.values = pz__alloc_zero((size_t)model->skills.count, sizeof(int64_t));
    model->items.values = pz__alloc_zero((size_t)model->items.count, sizeof(int64_t));
    model->weights = pz__alloc_zero(pz__lr_size(model), sizeof(double));
    if (!model->skills.values || !model->items.values || !model->weights) return pz__fail_memory();
    if (!pz__json_as_real(pz__json_member(root, "log_likelihood"), &model->log_likelihood))
        return pz__fail(PZ_E_INVALID, "log_likelihood", NULL, "log_likelihood is missing.");
    if (!pz__json_as_int(pz__json_member(root, "iterations"), &iterations) || iterations < 0 || iterations > INT32_MAX ||
        !pz__json_as_bool(pz__json_member(root, "is_converged"), &converged))
        return pz__fail(PZ_E_INVALID, "iterations", NULL, "iterations or is_converged is missing or out of range.");
    model->iterations = (int32_t)iterations;
    model->is_converged = converged;
    for (int i = 0; i < PZ__LR_HEAD; i++)
        if (!pz__json_as_real(pz__json_member(root, head[i]), &model->weights[i]))
            return pz__fail(PZ_E_INVALID, head[i], NULL, "%s is missing.", head[i]);
    PZ__TRY(read_rows(skills, "skills", &model->skills, model->weights + PZ__LR_HEAD, 3));
    return read_rows(items, "items", &model->items, model->weights + PZ__LR_HEAD + 3 * model->skills.count, 1);
}

pz_status pz_lr_read(const char *json, size_t json_len, pz_lr_model **out_model)
{
    pz__json *document;
    pz_lr_model *model;
    pz_status status;
    if (!out_model) return pz__fail_null("out_model");
    *out_model = NULL;
    if (!json) return pz__fail_null("json");
    PZ__TRY(pz__json_parse(json, json_len, NULL, &document));
    model = pz__alloc_zero(1, sizeof *model);
    status = model ? read_root(pz__json_root(document), model) : pz__fail_memory();
    pz__json_free(document);
    if (status == PZ_OK)
        *out_model = model;
    else
        pz_lr_free(model);
    return status;
}
