/* What each answer did: the estimates along the way and the additive parts of the last one. */
#include <math.h>

#include "base/fail.h"
#include "base/memory.h"
#include "base/numeric.h"
#include "mastery/columns.h"
#include "mastery/model.h"

enum { ROWS_MAX = 20000 };

static double log_odds(const pz_mastery_state *state)
{
    return pz__log(state->value) - pz__log(state->spread);
}

static void copy_estimate(const pz_mastery_estimate *from, pz_mastery_step *to)
{
    to->estimate = from->estimate;
    to->standard_error = from->standard_error;
    to->lower = from->lower;
    to->upper = from->upper;
    to->probability = from->probability;
    to->decision = from->decision;
    to->evidence_count = from->evidence_count;
}

/* Shares of the answers in the last estimate; each rule is a weighted sum of its scores. */
static void fill_shares(const pz_mastery_settings *settings, const pz_mastery_state *last, const double *scores, const double *weights,
                        size_t rows, double *shares)
{
    double left = 1;
    size_t best = 0;
    for (size_t row = rows; row-- > 0;) {
        double weight = weights ? weights[row] : 1;
        switch ((pz_mastery_model)settings->model) {
        case PZ_MODEL_LATEST: shares[row] = row + 1 == rows; break;
        case PZ_MODEL_HIGHEST:
            shares[row] = 0;
            if (scores[row] == last->value && 1 / weight == last->spread) best = row;
            break;
        case PZ_MODEL_MEAN: shares[row] = weight / last->weight; break;
        case PZ_MODEL_DECAYING_AVERAGE: {
            double share = row ? pz__decay_share(settings, weight) : 1;
            shares[row] = left * share;
            left *= 1 - share;
            break;
        }
        case PZ_MODEL_N_OF_M: shares[row] = rows - row <= (size_t)settings->m ? last->spread : 0; break;
        case PZ_MODEL_BKT: shares[row] = PZ_REAL_NONE; break;
        }
    }
    if (settings->model == PZ_MODEL_HIGHEST && rows) shares[best] = 1;
}

static pz_status add_steps(const pz_mastery_settings *settings, const double *scores, const double *weights, size_t rows,
                           const double *shares, pz_mastery_state *state, pz_progress_fn progress, void *user_data, pz__rows *out)
{
    pz_mastery_step step = PZ_MASTERY_STEP_INIT;
    pz_mastery_estimate estimate;
    double before;
    pz__state_estimate(settings, state, &estimate);
    copy_estimate(&estimate, &step);
    pz__rows_add(out, &step);
    for (size_t row = 0; row < rows && out->status == PZ_OK; row++) {
        double odds = settings->model == PZ_MODEL_BKT ? log_odds(state) : PZ_REAL_NONE;
        before = row || settings->model == PZ_MODEL_BKT ? estimate.estimate : 0;
        if (row % 256 == 0) PZ__TRY(pz__progress(progress, (double)row / (double)rows, user_data));
        step.score = scores[row];
        step.weight = weights ? weights[row] : 1;
        pz__state_step(settings, step.score, step.weight, state);
        pz__state_estimate(settings, state, &estimate);
        copy_estimate(&estimate, &step);
        step.change = estimate.estimate - before;
        step.share = shares[row];
        if (settings->model == PZ_MODEL_BKT) {
            step.evidence_log_odds = pz__bkt_log_factor(settings, step.score, step.weight);
            step.learning_log_odds = log_odds(state) - odds - step.evidence_log_odds;
        }
        pz__rows_add(out, &step);
    }
    return PZ_OK;
}

pz_status pz_mastery_explain(const pz_mastery_settings *given, const double *scores, const double *weights, size_t rows,
                             pz_progress_fn progress, void *user_data, pz_mastery_step ***out_rows, size_t *out_count)
{
    pz_mastery_settings room;
    const pz_mastery_settings *settings;
    pz_mastery_state start = PZ_MASTERY_STATE_INIT, last;
    double *shares;
    pz__rows list;
    void **taken;
    pz_status status;
    if (!out_rows) return pz__fail_null("out_rows");
    *out_rows = NULL;
    if (!out_count) return pz__fail_null("out_count");
    *out_count = 0;
    PZ__TRY(pz__settings_take(given, &room, &settings));
    PZ__TRY(pz__answers_check(scores, weights, rows));
    if (rows > ROWS_MAX)
        return pz__fail(PZ_E_LIMIT, "rows", "Explain the last part of the answers.",
                        "%zu answers are more than the %d that can be explained.", rows, ROWS_MAX);
    PZ__TRY(pz_mastery_state_start(settings, &start));
    shares = pz__alloc_zero(rows, sizeof *shares);
    if (!shares) return pz__fail_memory();
    last = start;
    for (size_t row = 0; row < rows; row++) pz__state_step(settings, scores[row], weights ? weights[row] : 1, &last);
    fill_shares(settings, &last, scores, weights, rows, shares);
    pz__rows_start(&list, &pz__mastery_step_type);
    status = add_steps(settings, scores, weights, rows, shares, &start, progress, user_data, &list);
    pz__release(shares);
    if (status != PZ_OK) {
        pz__rows_free(&list);
        return status;
    }
    status = pz__rows_take(&list, &taken, out_count);
    *out_rows = (pz_mastery_step **)taken;
    return status;
}
