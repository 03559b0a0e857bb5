/* What each answer of a person did to the estimate of ability. */
#include <math.h>
#include <string.h>

#include "base/fail.h"
#include "base/memory.h"
#include "base/numeric.h"
#include "mastery/columns.h"
#include "mastery/irt.h"

/* The posterior of one person on the way, as logarithms at the nodes. */
typedef struct way {
    const pz_irt_model *model;
    int32_t nodes;
    double range;
    double *logs, *weights;
    double sum, mean, error;
} way;

/* Mean and standard deviation by the trapezium rule, as pz_irt_ability() has them. */
static void summarize(way *w)
{
    double most = -(double)INFINITY, square = 0;
    w->sum = w->mean = 0;
    for (int32_t q = 0; q < w->nodes; q++) most = fmax(most, w->logs[q]);
    for (int32_t q = 0; q < w->nodes; q++) {
        w->weights[q] = pz__exp(w->logs[q] - most) * (q == 0 || q == w->nodes - 1 ? 0.5 : 1);
        w->sum += w->weights[q];
        w->mean += w->weights[q] * pz__irt_node(q, w->nodes, w->range);
    }
    w->mean /= w->sum;
    for (int32_t q = 0; q < w->nodes; q++) {
        double away = pz__irt_node(q, w->nodes, w->range) - w->mean;
        square += w->weights[q] * away * away;
    }
    w->error = sqrt(square / w->sum);
}

static void begin(way *w)
{
    for (int32_t q = 0; q < w->nodes; q++) {
        double x = pz__irt_node(q, w->nodes, w->range) - w->model->fit.mean;
        w->logs[q] = -0.5 * x * x / w->model->fit.variance;
    }
    summarize(w);
}

/* Takes the answer in; returns how likely it was before. */
static double take(way *w, const pz__irt_item *item, int32_t response)
{
    double expected = 0;
    for (int32_t q = 0; q < w->nodes; q++) {
        double p[PZ__IRT_CATEGORIES];
        pz__irt_curve(item, pz__irt_node(q, w->nodes, w->range), p, NULL, NULL);
        expected += w->weights[q] * p[response];
        w->logs[q] += pz__log(fmax(1e-300, p[response]));
    }
    expected /= w->sum;
    summarize(w);
    return expected;
}

static void add_person(way *w, const int32_t *row, size_t person, double mode, pz__rows *list)
{
    begin(w);
    for (size_t i = 0; i < w->model->count; i++) {
        double p[PZ__IRT_CATEGORIES], first[PZ__IRT_CATEGORIES], before = w->mean;
        pz_irt_effect effect = *(const pz_irt_effect *)pz__irt_effect_type.initial;
        if (row[i] < 0) continue;
        effect.person = (int64_t)person;
        effect.item = (int32_t)i;
        effect.response = row[i];
        effect.chance = take(w, &w->model->items[i], row[i]);
        effect.ability = w->mean;
        effect.standard_error = w->error;
        effect.change = w->mean - before;
        pz__irt_curve(&w->model->items[i], mode, p, first, NULL);
        if (isfinite(mode) && p[row[i]] > 0) effect.pull = w->model->fit.variance * first[row[i]] / p[row[i]];
        pz__rows_add(list, &effect);
    }
}

static pz_status add_persons(way *w, const int32_t *responses, size_t rows, pz_progress_fn progress, void *user_data, pz__rows *list)
{
    for (size_t i = 0; i < rows; i++) {
        double mode, error;
        PZ__TRY(pz__progress(progress, (double)i / (double)rows, user_data));
        PZ__TRY(pz_irt_ability(w->model, PZ_IRT_MAP, responses + i * w->model->count, 1, w->model->count, w->nodes, w->range, NULL, NULL,
                               &mode, 1, &error, 1));
        add_person(w, responses + i * w->model->count, i, mode, list);
    }
    return PZ_OK;
}

pz_status pz_irt_explain(const pz_irt_model *model, const int32_t *responses, size_t rows, size_t cols, int32_t nodes, double range,
                         pz_progress_fn progress, void *user_data, pz_irt_effect ***out_rows, size_t *out_count)
{
    way w = {.model = model, .nodes = nodes, .range = range};
    pz__rows list;
    void **taken;
    pz_status status;
    if (!out_rows) return pz__fail_null("out_rows");
    *out_rows = NULL;
    if (!out_count) return pz__fail_null("out_count");
    *out_count = 0;
    if (!model) return pz__fail_closed("model");
    PZ__TRY(pz__irt_answers_check(model, responses, rows, cols));
    PZ__TRY(pz__irt_nodes_check(nodes, range));
    if (rows > PZ_IRT_EXPLAIN_MOST / cols)
        return pz__fail(PZ_E_LIMIT, "rows", "Explain them in parts.",
                        "%zu persons times %zu items are more than the %d answers that can be explained.", rows, cols, PZ_IRT_EXPLAIN_MOST);
    w.logs = pz__alloc_zero(2 * (size_t)nodes, sizeof *w.logs);
    if (!w.logs) return pz__fail_memory();
    w.weights = w.logs + nodes;
    pz__rows_start(&list, &pz__irt_effect_type);
    status = add_persons(&w, responses, rows, progress, user_data, &list);
    pz__release(w.logs);
    if (status != PZ_OK) {
        pz__rows_free(&list);
        return status;
    }
    status = pz__rows_take(&list, &taken, out_count);
    *out_rows = (pz_irt_effect **)taken;
    return status;
}
