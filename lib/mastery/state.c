/* Taking in answers: what each model keeps, and how one answer changes it. */
#include <math.h>

#include "base/fail.h"
#include "base/numeric.h"
#include "mastery/model.h"

/* Probabilities of knowing and not knowing stay above this, so that no run of answers is ever beyond the reach of others. */
static const double least = 1e-300;
/* A smaller weight counts as this one, so that its inverse stays a number to reckon with. */
static const double least_weight = 1e-9;

pz_status pz_mastery_state_start(const pz_mastery_settings *given, pz_mastery_state *out_state)
{
    pz_mastery_settings room;
    const pz_mastery_settings *settings;
    PZ__TRY(pz__out_start(&pz__mastery_state_type, out_state));
    PZ__TRY(pz__settings_take(given, &room, &settings));
    out_state->model = settings->model;
    if (settings->model == PZ_MODEL_BKT) {
        out_state->value = settings->prior;
        out_state->spread = 1 - settings->prior;
    }
    return PZ_OK;
}

/* ---------------------------------------------------------------------------------------------- checks --- */

static const char *impossible_member(const pz_mastery_state *state)
{
    double most = state->count * (1 + 1e-9);
    if (state->count < 0) return "count";
    if (!(state->weight >= 0 && state->weight <= most) || (state->count > 0) != (state->weight > 0)) return "weight";
    if (!(state->total >= 0 && state->total <= state->weight * (1 + 1e-9))) return "total";
    if (!(state->value >= 0 && state->value <= 1)) return "value";
    if (state->recent < 0) return "recent";
    if (state->model == PZ_MODEL_BKT)
        return state->value > 0 && state->spread > 0 && fabs(state->value + state->spread - 1) < 1e-9 ? NULL : "spread";
    if (state->count == 0) return state->value == 0 && state->spread == 0 ? NULL : "spread";
    return state->model == PZ_MODEL_N_OF_M || (state->spread > 0 && state->spread < (double)INFINITY) ? NULL : "spread";
}

pz_status pz__state_take(const pz_mastery_settings *settings, const pz_mastery_state *given, const char *name, pz_mastery_state *out)
{
    const char *member;
    if (given && given->struct_size == sizeof *given)
        *out = *given;
    else
        PZ__TRY(pz__record_take(&pz__mastery_state_type, given, sizeof *given, out));
    if (out->model != settings->model)
        return pz__fail(PZ_E_INVALID, name, "Start a state with these settings and take in the answers again.",
                        "The state is of model number %d, the settings are of %s.", (int)out->model,
                        pz__mastery_model_names[settings->model]);
    member = impossible_member(out);
    if (member)
        return pz__fail(PZ_E_INVALID, name, "Start again from the answers.", "No answers lead to a state with this member: %s.", member);
    return PZ_OK;
}

pz_status pz__answers_check(const double *scores, const double *weights, size_t rows)
{
    if (rows && !scores) return pz__fail_null("scores");
    for (size_t row = 0; row < rows; row++) {
        if (!(scores[row] >= 0 && scores[row] <= 1))
            return pz__fail(PZ_E_INVALID, "scores", NULL, "The score in row %zu is %g; it must be from 0 to 1.", row, scores[row]);
        if (weights && !(weights[row] > 0 && weights[row] <= 1))
            return pz__fail(PZ_E_INVALID, "weights", "Leave answers out that do not count.",
                            "The weight in row %zu is %g; it must be above 0 and at most 1.", row, weights[row]);
    }
    return PZ_OK;
}

/* ---------------------------------------------------------------------------------------------- steps --- */

double pz__bkt_log_factor(const pz_mastery_settings *settings, double score, double weight)
{
    double right = pz__log((1 - settings->slip) / settings->guess), wrong = pz__log(settings->slip / (1 - settings->guess));
    return weight * (score * right + (1 - score) * wrong);
}

static void bkt_step(const pz_mastery_settings *settings, double score, double weight, pz_mastery_state *state)
{
    double knows = state->value, not = state->spread, sum;
    double learn = weight * settings->learn, forget = weight * settings->forget;
    if (weight == 1 && score == 1) {
        knows *= 1 - settings->slip;
        not *= settings->guess;
    } else if (weight == 1 && score == 0) {
        knows *= settings->slip;
        not *= 1 - settings->guess;
    } else {
        double factor = pz__bkt_log_factor(settings, score, weight);
        if (factor > 0)
            not *= pz__exp(-factor);
        else
            knows *= pz__exp(factor);
    }
    sum = knows + not ;
    knows /= sum;
    not /= sum;
    state->value = knows * (1 - forget) + not *learn;
    state->spread = not *(1 - learn) + knows * forget;
    state->value = fmax(least, fmin(1, state->value)); /* rounding may pass 1 by its last place */
    state->spread = fmax(least, fmin(1, state->spread));
}

double pz__decay_share(const pz_mastery_settings *settings, double weight)
{
    return weight == 1 ? settings->decay : -pz__expm1(weight * pz__log1p(-settings->decay));
}

static void decaying_step(const pz_mastery_settings *settings, double score, double weight, pz_mastery_state *state)
{
    double share = state->count ? pz__decay_share(settings, weight) : 1;
    state->value = fmin(1, share * score + (1 - share) * state->value);
    state->spread = share * share / weight + (1 - share) * (1 - share) * state->spread;
}

void pz__state_step(const pz_mastery_settings *settings, double score, double weight, pz_mastery_state *state)
{
    if (weight < least_weight) weight = least_weight;
    switch ((pz_mastery_model)settings->model) {
    case PZ_MODEL_HIGHEST:
        if (state->count && (score < state->value || (score == state->value && 1 / weight >= state->spread))) break;
        state->value = score;
        state->spread = 1 / weight;
        break;
    case PZ_MODEL_LATEST:
        state->value = score;
        state->spread = 1 / weight;
        break;
    case PZ_MODEL_MEAN: break; /* from the sums, below */
    case PZ_MODEL_DECAYING_AVERAGE: decaying_step(settings, score, weight, state); break;
    case PZ_MODEL_N_OF_M: {
        const int64_t all = (INT64_C(1) << PZ__MASTERY_WINDOW) - 1;
        state->recent = (state->recent << 1 & all) | (score >= settings->pass_at);
        break;
    }
    case PZ_MODEL_BKT: bkt_step(settings, score, weight, state); break;
    }
    state->count++;
    state->weight += weight;
    state->total += weight * score;
    if (settings->model == PZ_MODEL_MEAN) {
        state->value = fmin(1, state->total / state->weight);
        state->spread = 1 / state->weight;
    } else if (settings->model == PZ_MODEL_N_OF_M) {
        int32_t right, window = pz__window(settings, state, &right);
        state->value = (double)right / window;
        state->spread = 1.0 / window;
    }
}

int32_t pz__window(const pz_mastery_settings *settings, const pz_mastery_state *state, int32_t *right)
{
    int32_t window = state->count < settings->m ? state->count : settings->m;
    *right = 0;
    for (int32_t i = 0; i < window; i++) *right += (int32_t)(state->recent >> i & 1);
    return window;
}

enum { ROWS_MAX = 1000000 }; /* in one call, so that none takes long */

pz_status pz_mastery_state_update(const pz_mastery_settings *given, const double *scores, const double *weights, size_t rows,
                                  pz_mastery_state *state)
{
    pz_mastery_settings room;
    const pz_mastery_settings *settings;
    pz_mastery_state next;
    PZ__TRY(pz__settings_take(given, &room, &settings));
    PZ__TRY(pz__state_take(settings, state, "state", &next));
    if (rows > ROWS_MAX)
        return pz__fail(PZ_E_LIMIT, "rows", "Go on from the state with the next ones.", "One call takes in at most %d answers.", ROWS_MAX);
    PZ__TRY(pz__answers_check(scores, weights, rows));
    if (rows > (size_t)(INT32_MAX - next.count))
        return pz__fail(PZ_E_LIMIT, "rows", NULL, "A state takes in at most %d answers.", INT32_MAX);
    for (size_t row = 0; row < rows; row++) pz__state_step(settings, scores[row], weights ? weights[row] : 1, &next);
    pz__out_give(&pz__mastery_state_type, &next, state);
    return PZ_OK;
}
