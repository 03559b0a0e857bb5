/* From a state to what is believed: estimate, error, interval, probability, decision. */
#include <math.h>

#include "base/fail.h"
#include "base/numeric.h"
#include "mastery/model.h"

static const double jeffreys = 0.5;

static void bkt_estimate(const pz_mastery_state *state, pz_mastery_estimate *out)
{
    out->estimate = out->probability = state->value;
    out->standard_error = sqrt(state->value * state->spread);
    out->lower = state->spread <= 0.05 ? state->value : 0;
    out->upper = state->value <= 0.05 ? state->value : 1;
}

/* The true score behind `n` answers with mean `value`. */
static void rule_estimate(const pz_mastery_settings *settings, double value, double n, pz_mastery_estimate *out)
{
    double a = jeffreys + n * value, b = jeffreys + n * (1 - value), sum = a + b;
    out->probability = pz__beta_incomplete(b, a, 1 - settings->mastered_at);
    if (n == 0) return;
    out->estimate = value;
    out->standard_error = sqrt(a / sum * (b / sum) / (sum + 1));
    out->lower = value > 0 ? fmin(value, pz__beta_quantile(a, b, 0.025)) : 0;
    out->upper = value < 1 ? fmax(value, pz__beta_quantile(a, b, 0.975)) : 1;
}

static int32_t decide(const pz_mastery_settings *settings, const pz_mastery_state *state, const pz_mastery_estimate *estimate)
{
    double opposite = settings->model == PZ_MODEL_BKT ? state->spread : 1 - estimate->probability;
    if (state->count < settings->evidence_min) return PZ_MASTERY_NOT_ENOUGH_EVIDENCE;
    if (estimate->probability >= settings->confidence) return PZ_MASTERY_MASTERED;
    return opposite >= settings->confidence_not_yet ? PZ_MASTERY_NOT_YET : PZ_MASTERY_NOT_ENOUGH_EVIDENCE;
}

static int32_t decide_by_count(const pz_mastery_settings *settings, const pz_mastery_state *state)
{
    int32_t right, window = pz__window(settings, state, &right);
    if (right >= settings->n) return PZ_MASTERY_MASTERED;
    return window - right > settings->m - settings->n ? PZ_MASTERY_NOT_YET : PZ_MASTERY_NOT_ENOUGH_EVIDENCE;
}

void pz__state_estimate(const pz_mastery_settings *settings, const pz_mastery_state *state, pz_mastery_estimate *out)
{
    *out = (pz_mastery_estimate)PZ_MASTERY_ESTIMATE_INIT;
    out->evidence_count = state->count;
    if (settings->model == PZ_MODEL_BKT) {
        bkt_estimate(state, out);
    } else {
        double n = state->count ? 1 / state->spread : 0;
        rule_estimate(settings, state->value, n, out);
    }
    if (settings->model == PZ_MODEL_HIGHEST && state->count) {
        double above = state->value - state->total / state->weight;
        out->standard_error = sqrt(out->standard_error * out->standard_error + above * above);
    }
    out->decision = settings->model == PZ_MODEL_N_OF_M ? decide_by_count(settings, state) : decide(settings, state, out);
}

pz_status pz_mastery_state_estimate(const pz_mastery_settings *given, const pz_mastery_state *given_state,
                                    pz_mastery_estimate *out_estimate)
{
    pz_mastery_settings room;
    const pz_mastery_settings *settings;
    pz_mastery_state state;
    pz_mastery_estimate estimate;
    PZ__TRY(pz__out_start(&pz__mastery_estimate_type, out_estimate));
    PZ__TRY(pz__settings_take(given, &room, &settings));
    PZ__TRY(pz__state_take(settings, given_state, "state", &state));
    pz__state_estimate(settings, &state, &estimate);
    pz__out_give(&pz__mastery_estimate_type, &estimate, out_estimate);
    return PZ_OK;
}
