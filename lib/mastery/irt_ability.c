/* Ability of persons: mean or mode of the posterior, weighted or plain likelihood. */
#include <math.h>
#include <string.h>

#include "base/fail.h"
#include "base/memory.h"
#include "base/numeric.h"
#include "mastery/columns.h"
#include "mastery/irt.h"

/* Mean and standard deviation over the nodes, by the trapezium rule. */
static void eap(const pz_irt_model *model, const int32_t *row, const double *log_p, int32_t nodes, double range, double *post, double *out,
                double *error)
{
    double most = -(double)INFINITY, sum = 0, mean = 0, square = 0;
    for (int32_t q = 0; q < nodes; q++) {
        double x = pz__irt_node(q, nodes, range) - model->fit.mean;
        post[q] = -0.5 * x * x / model->fit.variance;
    }
    for (size_t item = 0; item < model->count; item++) {
        const double *one = log_p + (item * PZ__IRT_CATEGORIES + (size_t)(row[item] < 0 ? 0 : row[item])) * (size_t)nodes;
        if (row[item] < 0) continue;
        for (int32_t q = 0; q < nodes; q++) post[q] += one[q];
    }
    for (int32_t q = 0; q < nodes; q++) most = fmax(most, post[q]);
    for (int32_t q = 0; q < nodes; q++) {
        post[q] = pz__exp(post[q] - most) * (q == 0 || q == nodes - 1 ? 0.5 : 1);
        sum += post[q];
        mean += post[q] * pz__irt_node(q, nodes, range);
    }
    mean /= sum;
    for (int32_t q = 0; q < nodes; q++) {
        double away = pz__irt_node(q, nodes, range) - mean;
        square += post[q] * away * away;
    }
    *out = mean;
    *error = sqrt(square / sum);
}

/* What is to be zero, and the information. */
static double slope_at(const pz_irt_model *model, const int32_t *row, pz_irt_method method, double x, double *information)
{
    double score = 0, info = 0, warm = 0, p[PZ__IRT_CATEGORIES], first[PZ__IRT_CATEGORIES], second[PZ__IRT_CATEGORIES];
    for (size_t i = 0; i < model->count; i++) {
        const pz__irt_item *item = &model->items[i];
        if (row[i] < 0) continue;
        pz__irt_curve(item, x, p, first, second);
        if (p[row[i]] > 0) score += first[row[i]] / p[row[i]];
        for (int32_t k = 0; k < item->categories; k++) {
            if (!(p[k] > 1e-290)) continue;
            info += first[k] * first[k] / p[k];
            warm += first[k] * second[k] / p[k];
        }
    }
    *information = info;
    if (method == PZ_IRT_MAP) {
        *information += 1 / model->fit.variance;
        return score - (x - model->fit.mean) / model->fit.variance;
    }
    return method == PZ_IRT_WLE && info > 0 ? score + warm / (2 * info) : score;
}

/* By bisection: the slope falls from end to end, or the estimate lies beyond them. */
static void root(const pz_irt_model *model, const int32_t *row, pz_irt_method method, double range, double *out, double *error)
{
    double low = -range, high = range, information;
    double at_low = slope_at(model, row, method, low, &information), at_high = slope_at(model, row, method, high, &information);
    if (at_low <= 0 || at_high >= 0) {
        *out = at_low <= 0 ? -(double)INFINITY : (double)INFINITY;
        *error = (double)INFINITY;
        return;
    }
    for (int turn = 0; turn < 100; turn++) {
        double middle = 0.5 * (low + high);
        if (middle <= low || middle >= high) break;
        if (slope_at(model, row, method, middle, &information) > 0)
            low = middle;
        else
            high = middle;
    }
    *out = 0.5 * (low + high);
    slope_at(model, row, method, *out, &information);
    *error = 1 / sqrt(information);
}

static void fill_nodes(const pz_irt_model *model, int32_t nodes, double range, double *log_p)
{
    for (size_t item = 0; item < model->count; item++)
        for (int32_t q = 0; q < nodes; q++) {
            double p[PZ__IRT_CATEGORIES];
            pz__irt_curve(&model->items[item], pz__irt_node(q, nodes, range), p, NULL, NULL);
            for (int32_t k = 0; k < model->items[item].categories; k++)
                log_p[(item * PZ__IRT_CATEGORIES + (size_t)k) * (size_t)nodes + (size_t)q] = pz__log(fmax(1e-300, p[k]));
        }
}

static pz_status check(const pz_irt_model *model, pz_irt_method method, const int32_t *responses, size_t rows, size_t cols, int32_t nodes,
                       double range, size_t ability_len, size_t error_len)
{
    PZ__TRY(pz__irt_answers_check(model, responses, rows, cols));
    if (ability_len != rows)
        return pz__fail(PZ_E_INVALID, "out_ability_len", NULL, "There are %zu persons and room for %zu.", rows, ability_len);
    if (error_len != rows) return pz__fail(PZ_E_INVALID, "out_error_len", NULL, "There are %zu persons and room for %zu.", rows, error_len);
    if (method < PZ_IRT_EAP || method > PZ_IRT_ML)
        return pz__fail(PZ_E_INVALID, "method", NULL, "There is no method number %d.", (int)method);
    if (nodes < 11 || nodes > 1001) return pz__fail(PZ_E_INVALID, "nodes", NULL, "nodes must be from 11 to 1001.");
    if (!(range >= 1 && range <= 50)) return pz__fail(PZ_E_INVALID, "range", NULL, "range must be from 1 to 50.");
    return PZ_OK;
}

pz_status pz_irt_ability(const pz_irt_model *model, pz_irt_method method, const int32_t *responses, size_t rows, size_t cols, int32_t nodes,
                         double range, pz_progress_fn progress, void *user_data, double *out_ability, size_t out_ability_len,
                         double *out_error, size_t out_error_len)
{
    double *log_p = NULL;
    pz_status status = PZ_OK;
    if (!out_ability) return pz__fail_null("out_ability");
    memset(out_ability, 0, out_ability_len * sizeof *out_ability);
    if (!out_error) return pz__fail_null("out_error");
    memset(out_error, 0, out_error_len * sizeof *out_error);
    if (!model) return pz__fail_closed("model");
    PZ__TRY(check(model, method, responses, rows, cols, nodes, range, out_ability_len, out_error_len));
    if (method == PZ_IRT_EAP) {
        log_p = pz__alloc_zero((cols * PZ__IRT_CATEGORIES + 1) * (size_t)nodes, sizeof *log_p);
        if (!log_p) return pz__fail_memory();
        fill_nodes(model, nodes, range, log_p);
    }
    for (size_t i = 0; i < rows; i++) {
        const int32_t *row = responses + i * cols;
        int answered = 0;
        status = pz__progress_row(progress, i, rows, user_data);
        if (status != PZ_OK) break;
        for (size_t j = 0; j < cols && !answered; j++) answered = row[j] >= 0;
        if (method == PZ_IRT_EAP)
            eap(model, row, log_p, nodes, range, log_p + cols * PZ__IRT_CATEGORIES * (size_t)nodes, &out_ability[i], &out_error[i]);
        else if (method == PZ_IRT_MAP || answered)
            root(model, row, method, range, &out_ability[i], &out_error[i]);
        else
            out_ability[i] = out_error[i] = PZ_REAL_NONE;
    }
    pz__release(log_p);
    for (size_t i = 0; status != PZ_OK && i < rows; i++) out_ability[i] = out_error[i] = 0;
    return status;
}
