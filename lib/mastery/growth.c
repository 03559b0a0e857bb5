/* Differences, never without their error. */
#include <math.h>

#include "base/fail.h"
#include "base/numeric.h"
#include "mastery/model.h"

static const double normal_975 = 1.959963984540054;

/* `limit` cuts the interval where the scale ends; infinity for none. */
static void fill(double gain, double variance, double limit, pz_growth *out)
{
    double error = sqrt(fmax(0, variance));
    out->gain = gain;
    out->standard_error = error;
    out->lower = fmax(-limit, gain - normal_975 * error);
    out->upper = fmin(limit, gain + normal_975 * error);
    out->reliable_change = error > 0 ? gain / error : 0;
    out->is_reliable = fabs(out->reliable_change) > normal_975;
}

pz_status pz_growth_of(double before, double before_se, double after, double after_se, double covariance, pz_growth *out_growth)
{
    const double numbers[] = {before, before_se, after, after_se, covariance};
    static const char *const names[] = {"before", "before_se", "after", "after_se", "covariance"};
    pz_growth growth = PZ_GROWTH_INIT;
    double most;
    PZ__TRY(pz__out_start(&pz__growth_type, out_growth));
    for (int i = 0; i < 5; i++)
        if (!isfinite(numbers[i])) return pz__fail(PZ_E_INVALID, names[i], NULL, "%s must be a finite number.", names[i]);
    if (before_se < 0 || after_se < 0)
        return pz__fail(PZ_E_INVALID, before_se < 0 ? "before_se" : "after_se", NULL, "A standard error cannot be negative.");
    most = before_se * after_se;
    if (fabs(covariance) > most * (1 + 1e-12))
        return pz__fail(PZ_E_INVALID, "covariance", NULL, "The covariance %g is beyond what the two standard errors allow, %g.", covariance,
                        most);
    if (before_se * before_se + after_se * after_se - 2 * covariance <= 0 && before != after)
        return pz__fail(PZ_E_INVALID, "covariance", "Give the standard error of measurement of each score.",
                        "By these errors the difference has none, and there is a difference.");
    fill(after - before, before_se * before_se + after_se * after_se - 2 * covariance, (double)INFINITY, &growth);
    pz__out_give(&pz__growth_type, &growth, out_growth);
    return PZ_OK;
}

pz_status pz_growth_toward(double before, double before_se, double after, double after_se, double covariance, double cycles,
                           double standard, pz_growth_outlook *out_outlook)
{
    pz_growth_outlook out = PZ_GROWTH_OUTLOOK_INIT;
    pz_growth growth = PZ_GROWTH_INIT;
    double more = 1 + cycles, variance;
    PZ__TRY(pz__out_start(&pz__growth_outlook_type, out_outlook));
    if (!(cycles > 0 && cycles <= 100)) return pz__fail(PZ_E_INVALID, "cycles", NULL, "cycles must be above 0, up to 100.");
    if (!isfinite(standard)) return pz__fail(PZ_E_INVALID, "standard", NULL, "standard must be a finite number.");
    PZ__TRY(pz_growth_of(before, before_se, after, after_se, covariance, &growth));
    variance = more * more * after_se * after_se + cycles * cycles * before_se * before_se - 2 * cycles * more * covariance;
    out.projected = after + cycles * growth.gain;
    out.standard_error = sqrt(fmax(0, variance));
    out.lower = out.projected - normal_975 * out.standard_error;
    out.upper = out.projected + normal_975 * out.standard_error;
    out.gap = standard - after;
    out.pace_needed = fmax(0, out.gap) / cycles;
    if (out.standard_error > 0)
        out.probability = pz__normal_cdf((out.projected - standard) / out.standard_error);
    else
        out.probability = out.projected >= standard;
    pz__out_give(&pz__growth_outlook_type, &out, out_outlook);
    return PZ_OK;
}

/* Correlation of the errors of two states of a rule, from what the later one has of the earlier. */
static double shared(const pz_mastery_settings *settings, const pz_mastery_state *before, const pz_mastery_state *after)
{
    int32_t unused, old_window, window, both;
    double kept, weight = fmax(0, after->weight - before->weight);
    if (before->count == after->count) return 1;
    switch ((pz_mastery_model)settings->model) {
    case PZ_MODEL_HIGHEST: return before->value == after->value && before->spread == after->spread;
    case PZ_MODEL_MEAN: return fmin(1, sqrt(before->weight / after->weight));
    case PZ_MODEL_DECAYING_AVERAGE:
        kept = pz__exp(weight * pz__log1p(-settings->decay));
        return fmin(1, kept * sqrt(before->spread / after->spread));
    case PZ_MODEL_N_OF_M:
        old_window = pz__window(settings, before, &unused);
        window = pz__window(settings, after, &unused);
        both = window - (after->count - before->count);
        return both > 0 ? fmin(1, both / sqrt((double)old_window * window)) : 0;
    case PZ_MODEL_LATEST:
    case PZ_MODEL_BKT: break;
    }
    return 0;
}

/* How far the difference of two estimates may be to one side, from how far each may be (Zou and Donner 2008), so that intervals that lean to one side near 0 and 1
 * lean in the difference too. */
static double reach(double of_after, double of_before, double correlation)
{
    return sqrt(fmax(0, of_after * of_after + of_before * of_before - 2 * correlation * of_after * of_before));
}

static void fill_rule(const pz_mastery_settings *settings, const pz_mastery_state *before, const pz_mastery_state *after,
                      double correlation, pz_growth *out)
{
    pz_mastery_estimate a, b;
    double variance;
    pz__state_estimate(settings, before, &a);
    pz__state_estimate(settings, after, &b);
    variance =
        a.standard_error * a.standard_error + b.standard_error * b.standard_error - 2 * correlation * a.standard_error * b.standard_error;
    fill(b.estimate - a.estimate, variance, 1, out);
    if (settings->model == PZ_MODEL_HIGHEST) return; /* what chance alone may have lifted is in its error, not in its interval */
    out->lower = fmax(-1, out->gain - reach(b.estimate - b.lower, a.upper - a.estimate, correlation));
    out->upper = fmin(1, out->gain + reach(b.upper - b.estimate, a.estimate - a.lower, correlation));
    out->is_reliable = out->lower > 0 || out->upper < 0;
}

static pz_status take_both(const pz_mastery_settings *settings, const pz_mastery_state *given_before, const pz_mastery_state *given_after,
                           pz_mastery_state *before, pz_mastery_state *after)
{
    PZ__TRY(pz__state_take(settings, given_before, "before", before));
    PZ__TRY(pz__state_take(settings, given_after, "after", after));
    if (settings->model != PZ_MODEL_BKT && !before->count)
        return pz__fail(PZ_E_NOT_ENOUGH, "before", "Growth begins with the first answer.",
                        "There are no answers before, so nothing to grow from.");
    return PZ_OK;
}

/* The loss of digits near 1 is avoided by taking the difference of the smaller sides. */
static double bkt_gain(const pz_mastery_state *before, const pz_mastery_state *after)
{
    return after->value < 0.5 ? after->value - before->value : before->spread - after->spread;
}

pz_status pz_mastery_growth(const pz_mastery_settings *given, const pz_mastery_state *given_before, const pz_mastery_state *given_after,
                            pz_growth *out_growth)
{
    pz_mastery_settings room;
    const pz_mastery_settings *settings;
    pz_mastery_state before, after;
    pz_growth growth = PZ_GROWTH_INIT;
    PZ__TRY(pz__out_start(&pz__growth_type, out_growth));
    PZ__TRY(pz__settings_take(given, &room, &settings));
    PZ__TRY(take_both(settings, given_before, given_after, &before, &after));
    if (after.count < before.count)
        return pz__fail(PZ_E_INVALID, "after", "Give the later state last.", "The later state has %d answers, the earlier %d.",
                        (int)after.count, (int)before.count);
    if (settings->model == PZ_MODEL_BKT) {
        double gain = bkt_gain(&before, &after);
        fill(gain, before.count == after.count ? 0 : fabs(gain) * (1 - fabs(gain)), 1, &growth);
    } else {
        fill_rule(settings, &before, &after, shared(settings, &before, &after), &growth);
    }
    pz__out_give(&pz__growth_type, &growth, out_growth);
    return PZ_OK;
}

pz_status pz_mastery_growth_apart(const pz_mastery_settings *given, const pz_mastery_state *given_before,
                                  const pz_mastery_state *given_after, pz_growth *out_growth)
{
    pz_mastery_settings room;
    const pz_mastery_settings *settings;
    pz_mastery_state before, after;
    pz_growth growth = PZ_GROWTH_INIT;
    PZ__TRY(pz__out_start(&pz__growth_type, out_growth));
    PZ__TRY(pz__settings_take(given, &room, &settings));
    PZ__TRY(take_both(settings, given_before, given_after, &before, &after));
    if (settings->model != PZ_MODEL_BKT && !after.count)
        return pz__fail(PZ_E_NOT_ENOUGH, "after", "Wait for the first answer.", "There are no answers after, so nothing has grown yet.");
    if (settings->model == PZ_MODEL_BKT)
        fill(bkt_gain(&before, &after), before.value * before.spread + after.value * after.spread, 1, &growth);
    else
        fill_rule(settings, &before, &after, 0, &growth);
    pz__out_give(&pz__growth_type, &growth, out_growth);
    return PZ_OK;
}
