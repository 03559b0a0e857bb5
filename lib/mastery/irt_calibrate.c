/* Calibration: options, starting points, the call. */
#include <math.h>
#include <string.h>

#include "base/fail.h"
#include "base/memory.h"
#include "base/numeric.h"
#include "mastery/irt_calibrate.h"

static pz_status check_options(const pz_irt_options *given, pz_irt_options *out)
{
    PZ__TRY(pz__record_take(&pz__irt_options_type, given, sizeof *given, out));
    if (out->kind < PZ_IRT_RASCH || out->kind > PZ_IRT_NOMINAL)
        return pz__fail(PZ_E_INVALID, "kind", NULL, "There is no kind number %d.", (int)out->kind);
    PZ__TRY(pz__irt_nodes_check(out->nodes, out->range));
    if (out->iterations < 1 || out->iterations > 100000)
        return pz__fail(PZ_E_INVALID, "iterations", NULL, "iterations must be from 1 to 100,000.");
    if (!(out->tolerance > 0 && out->tolerance < 1))
        return pz__fail(PZ_E_INVALID, "tolerance", NULL, "tolerance must be above 0 and below 1.");
    if (!(fabs(out->guess_mean) <= 20)) return pz__fail(PZ_E_INVALID, "guess_mean", NULL, "guess_mean must be from -20 to 20.");
    if (!(out->guess_sd >= 0.01 && out->guess_sd <= 100))
        return pz__fail(PZ_E_INVALID, "guess_sd", NULL, "guess_sd must be from 0.01 to 100.");
    if (isnan(out->variance)) return PZ_OK;
    if (!(out->variance > 0 && out->variance <= 100))
        return pz__fail(PZ_E_INVALID, "variance", NULL, "variance must be above 0, up to 100, or NaN to be fitted.");
    if (out->kind != PZ_IRT_RASCH)
        return pz__fail(PZ_E_INVALID, "variance", NULL, "Only with Rasch items can the variance be held; with the others it is 1.");
    return PZ_OK;
}

/* ------------------------------------------------------------------------------------------ starting points --- */

/* What the answers say without ability. `counts` are those of each category, `all` their sum. */
static void set_intercepts(const pz__irt_work *w, const double *counts, double all, pz__irt_item *item)
{
    double above = 0;
    for (int32_t k = item->categories - 1; k > 0; k--) {
        above += counts[k];
        if (item->kind == PZ_IRT_NOMINAL)
            item->intercept[k - 1] = pz__log(counts[k] / counts[0]);
        else if (item->kind == PZ_IRT_PARTIAL_CREDIT)
            item->intercept[k - 1] = pz__log(counts[k] / counts[k - 1]);
        else
            item->intercept[k - 1] = pz__log(above / (all - above)) * 1.2;
    }
    item->slope = item->kind != PZ_IRT_NOMINAL;
    if (item->kind == PZ_IRT_THREE_PARAMETER) item->guess = pz__logistic(w->options.guess_mean);
}

/* Counts the answers, and starts the item at what they say. */
static pz_status start_item(const pz__irt_work *w, size_t col, pz__irt_item *item)
{
    double counts[PZ__IRT_CATEGORIES] = {0}, all = 0;
    for (size_t i = 0; i < w->rows; i++) {
        int32_t answer = w->responses[i * w->cols + col];
        if (answer < 0) continue;
        counts[answer]++;
        all++;
        if (answer >= item->categories) item->categories = answer + 1;
    }
    item->kind = w->options.kind;
    if (item->categories < 2)
        return pz__fail(PZ_E_NOT_ENOUGH, "responses", "Leave the item out.", "Item %zu has no answers of two categories.", col);
    if (item->categories > 2 && w->options.kind <= PZ_IRT_THREE_PARAMETER)
        return pz__fail(PZ_E_INVALID, "responses", "Use the graded or the partial credit model.",
                        "Item %zu has %d categories; this kind has two.", col, (int)item->categories);
    for (int32_t k = item->categories - 1; k >= 0; k--)
        if (counts[k] == 0)
            return pz__fail(PZ_E_NOT_ENOUGH, "responses", "Join categories or leave the item out.",
                            "Nobody answered item %zu with category %d.", col, (int)k);
    set_intercepts(w, counts, all, item);
    return PZ_OK;
}

/* The able choose the right category: slopes against category 0 that say so. */
static pz_status start_slopes(const int32_t *key, size_t key_rows, pz_irt_model *model)
{
    if (!key) return pz__fail_null("key");
    if (key_rows != model->count)
        return pz__fail(PZ_E_INVALID, "key_rows", NULL, "There are %zu right categories and %zu items.", key_rows, model->count);
    for (size_t i = 0; i < model->count; i++) {
        pz__irt_item *item = &model->items[i];
        if (key[i] < 0 || key[i] >= item->categories)
            return pz__fail(PZ_E_INVALID, "key", NULL, "The right category of item %zu is %d; the item has %d.", i, (int)key[i],
                            (int)item->categories);
        for (int32_t k = 1; k < item->categories; k++) item->slopes[k - 1] = (k == key[i]) - (key[i] == 0);
    }
    return PZ_OK;
}

/* The model knows ability only up to its sign: turned so that right categories go with more of it. */
static void turn(const int32_t *key, pz_irt_model *model)
{
    double sum = 0;
    for (size_t i = 0; i < model->count; i++) {
        const pz__irt_item *item = &model->items[i];
        double all = 0;
        for (int32_t k = 1; k < item->categories; k++) all += item->slopes[k - 1];
        sum += (key[i] ? item->slopes[key[i] - 1] : 0) - all / item->categories;
    }
    for (size_t i = 0; sum < 0 && i < model->count; i++)
        for (int32_t k = 1; k < model->items[i].categories; k++) model->items[i].slopes[k - 1] = -model->items[i].slopes[k - 1];
}

/* Items of the bank stay as they are. */
static pz_status take_fixed(const pz__irt_work *w, const pz_irt_model *bank, const int32_t *bank_item, pz_irt_model *model)
{
    int anchored = 0;
    for (size_t col = 0; col < w->cols; col++) {
        if (bank_item[col] < 0) continue;
        if (bank_item[col] >= (int64_t)bank->count)
            return pz__fail(PZ_E_INVALID, "bank_item", NULL, "Column %zu: the bank has no item %d.", col, (int)bank_item[col]);
        w->fixed[col] = 1;
        model->items[col] = bank->items[bank_item[col]];
        for (size_t i = 0; i < w->rows; i++) {
            int32_t answer = w->responses[i * w->cols + col];
            anchored |= answer >= 0;
            if (answer >= model->items[col].categories)
                return pz__fail(PZ_E_INVALID, "responses", NULL, "The answer in row %zu, column %zu is %d; the item has %d categories.", i,
                                col, (int)answer, (int)model->items[col].categories);
        }
    }
    if (!anchored)
        return pz__fail(PZ_E_NOT_ENOUGH, "bank_item", "Name items of the bank that were answered, or calibrate afresh.",
                        "Nothing ties these answers to the bank.");
    return PZ_OK;
}

/* -------------------------------------------------------------------------------------------------- call --- */

static pz_status reserve(pz__irt_work *w)
{
    size_t nodes = (size_t)w->options.nodes, table = w->cols * (size_t)w->most * nodes;
    w->first = pz__alloc_zero(w->rows, sizeof *w->first);
    w->times = pz__alloc_zero(w->rows, sizeof *w->times);
    w->log_weight = pz__alloc_zero(3 * nodes, sizeof(double));
    w->log_p = pz__alloc_zero(2 * table, sizeof(double));
    w->now = pz__alloc_zero(4 * w->size, sizeof(double));
    if (!w->first || !w->times || !w->log_weight || !w->log_p || !w->now) return pz__fail_memory();
    w->posterior = w->log_weight + nodes;
    w->mass = w->posterior + nodes;
    w->counts = w->log_p + table;
    w->one = w->now + w->size;
    w->two = w->one + w->size;
    w->spare = w->two + w->size;
    return PZ_OK;
}

static void release(pz__irt_work *w)
{
    pz__release(w->fixed);
    pz__release(w->first);
    pz__release(w->times);
    pz__release(w->log_weight);
    pz__release(w->log_p);
    pz__release(w->now);
}

static void count_parameters(const pz__irt_work *w, pz_irt_fit *fit)
{
    fit->parameters = (int32_t)w->size - 2 + w->free_mean + w->free_variance;
    fit->persons = (int32_t)w->rows;
    fit->aic = 2.0 * fit->parameters - 2 * fit->log_likelihood;
    fit->bic = fit->parameters * pz__log((double)w->rows) - 2 * fit->log_likelihood;
}

/* What the calls differ in: items that are fixed, or a key of right categories. */
typedef struct special {
    const pz_irt_model *bank;
    const int32_t *bank_item;
    const int32_t *key;
    size_t key_rows;
    int nominal;
} special;

static pz_status prepare(pz__irt_work *w, const special *s, pz_irt_model *model)
{
    w->fixed = pz__alloc_zero(w->cols, 1);
    if (!w->fixed) return pz__fail_memory();
    if (s->bank) PZ__TRY(take_fixed(w, s->bank, s->bank_item, model));
    w->size = 2;
    for (size_t col = 0; col < w->cols; col++) {
        if (!w->fixed[col]) {
            PZ__TRY(start_item(w, col, &model->items[col]));
            w->size += (size_t)pz__irt_free(&model->items[col]);
        }
        if (model->items[col].categories > w->most) w->most = model->items[col].categories;
    }
    return s->nominal ? start_slopes(s->key, s->key_rows, model) : PZ_OK;
}

static pz_status calibrate(const pz_irt_options *options, const special *s, const int32_t *responses, size_t rows, size_t cols,
                           pz_progress_fn progress, void *user_data, pz_irt_model **out_model)
{
    pz__irt_work w = {.responses = responses, .rows = rows, .cols = cols};
    pz_status status;
    PZ__TRY(check_options(options, &w.options));
    if (s->nominal) w.options.kind = PZ_IRT_NOMINAL;
    if (!s->nominal && !s->bank && w.options.kind == PZ_IRT_NOMINAL)
        return pz__fail(PZ_E_INVALID, "kind", "Use pz_irt_calibrate_nominal(), which takes a key.",
                        "Nominal items need to know which category is right.");
    if ((s->nominal || s->bank) && !isnan(w.options.variance))
        return pz__fail(PZ_E_INVALID, "variance", NULL, "variance is for pz_irt_calibrate() alone.");
    PZ__TRY(pz__irt_responses_check(responses, rows, cols));
    PZ__TRY(pz__irt_new(cols, out_model));
    w.free_mean = s->bank != NULL;
    w.free_variance = w.free_mean || (w.options.kind == PZ_IRT_RASCH && isnan(w.options.variance));
    if (!w.free_variance && w.options.kind == PZ_IRT_RASCH) (*out_model)->fit.variance = w.options.variance;
    status = prepare(&w, s, *out_model);
    if (status == PZ_OK) status = reserve(&w);
    if (status == PZ_OK) status = pz__irt_patterns(&w);
    if (status == PZ_OK) status = pz__irt_sweep(&w, *out_model, progress, user_data);
    if (status == PZ_OK) {
        count_parameters(&w, &(*out_model)->fit);
        if (s->nominal) turn(s->key, *out_model);
    } else {
        pz_irt_free(*out_model);
        *out_model = NULL;
    }
    release(&w);
    return status;
}

pz_status pz_irt_calibrate(const pz_irt_options *options, const int32_t *responses, size_t rows, size_t cols, pz_progress_fn progress,
                           void *user_data, pz_irt_model **out_model)
{
    const special none = {0};
    if (!out_model) return pz__fail_null("out_model");
    *out_model = NULL;
    return calibrate(options, &none, responses, rows, cols, progress, user_data, out_model);
}

pz_status pz_irt_calibrate_nominal(const pz_irt_options *options, const int32_t *responses, size_t rows, size_t cols, const int32_t *key,
                                   size_t key_rows, pz_progress_fn progress, void *user_data, pz_irt_model **out_model)
{
    const special nominal = {.key = key, .key_rows = key_rows, .nominal = 1};
    if (!out_model) return pz__fail_null("out_model");
    *out_model = NULL;
    return calibrate(options, &nominal, responses, rows, cols, progress, user_data, out_model);
}

pz_status pz_irt_calibrate_fixed(const pz_irt_model *bank, const pz_irt_options *options, const int32_t *responses, size_t rows,
                                 size_t cols, const int32_t *bank_item, size_t bank_item_rows, pz_progress_fn progress, void *user_data,
                                 pz_irt_model **out_model)
{
    const special fixed = {.bank = bank, .bank_item = bank_item};
    if (!out_model) return pz__fail_null("out_model");
    *out_model = NULL;
    if (!bank) return pz__fail_closed("bank");
    if (!bank_item) return pz__fail_null("bank_item");
    if (bank_item_rows != cols)
        return pz__fail(PZ_E_INVALID, "bank_item_rows", NULL, "There are %zu items of the bank, or -1, and %zu columns.", bank_item_rows,
                        cols);
    return calibrate(options, &fixed, responses, rows, cols, progress, user_data, out_model);
}
