/* Differences between two sets of learners. */
#include <math.h>

#include "base/fail.h"
#include "base/numeric.h"
#include "mastery/effect.h"
#include "mastery/model.h"

static const double normal_975 = 1.959963984540054;

static const pz_field effect_fields[] = {
    PZ__BIGINT(pz_effect, learners, ""),         PZ__BIGINT(pz_effect, others, ""),           PZ__REAL(pz_effect, value, ""),
    PZ__REAL(pz_effect, others_value, ""),       PZ__REAL(pz_effect, difference, ""),         PZ__REAL(pz_effect, standard_error, ""),
    PZ__REAL(pz_effect, lower, "95 % interval"), PZ__REAL(pz_effect, upper, "95 % interval"),
};
static const pz_effect effect_initial = PZ_EFFECT_INIT;
const pz_record_type pz__effect_type = PZ__RECORD_TYPE(pz_effect, effect_fields, &effect_initial);

/* ------------------------------------------------------------------------------------------------- means --- */

typedef struct sample {
    double mean;
    double variance; /* of the mean */
} sample;

static pz_status take_sample(const double *values, size_t rows, const char *name, sample *out)
{
    double sum = 0, squares = 0;
    for (size_t i = 0; i < rows; i++) {
        if (!isfinite(values[i])) return pz__fail(PZ_E_INVALID, name, NULL, "Row %zu of %s is not a finite number.", i, name);
        sum += values[i];
    }
    out->mean = sum / (double)rows;
    for (size_t i = 0; i < rows; i++) squares += (values[i] - out->mean) * (values[i] - out->mean);
    out->variance = squares / ((double)rows - 1) / (double)rows;
    return PZ_OK;
}

/* The value that Student's t passes upward once in forty times. */
static double student_975(double df)
{
    double share;
    if (df > 20000) return normal_975;
    share = pz__beta_quantile(df / 2, 0.5, 0.05);
    return sqrt(df * (1 - share) / share);
}

static void fill_means(const sample *a, const sample *b, pz_effect *effect)
{
    double variance = a->variance + b->variance, df, half;
    if (effect->learners) effect->value = a->mean;
    if (effect->others) effect->others_value = b->mean;
    if (!effect->learners || !effect->others) return;
    effect->difference = a->mean - b->mean;
    if (effect->learners < 2 || effect->others < 2) return;
    effect->standard_error = sqrt(variance);
    if (!(variance > 0)) return;
    df = variance * variance /
         (a->variance * a->variance / ((double)effect->learners - 1) + b->variance * b->variance / ((double)effect->others - 1));
    half = student_975(df) * effect->standard_error;
    effect->lower = effect->difference - half;
    effect->upper = effect->difference + half;
}

pz_status pz_effect_of_means(const double *values, size_t values_rows, const double *others, size_t others_rows, pz_effect *out_effect)
{
    pz_effect effect = PZ_EFFECT_INIT;
    sample a = {0, 0}, b = {0, 0};
    PZ__TRY(pz__out_start(&pz__effect_type, out_effect));
    if (values_rows && !values) return pz__fail_null("values");
    if (others_rows && !others) return pz__fail_null("others");
    if (values_rows) PZ__TRY(take_sample(values, values_rows, "values", &a));
    if (others_rows) PZ__TRY(take_sample(others, others_rows, "others", &b));
    effect.learners = (int64_t)values_rows;
    effect.others = (int64_t)others_rows;
    fill_means(&a, &b, &effect);
    pz__out_give(&pz__effect_type, &effect, out_effect);
    return PZ_OK;
}

/* ------------------------------------------------------------------------------------------------- shares --- */

typedef struct share {
    double value, lower, upper;
} share;

static share wilson(int64_t met, int64_t of)
{
    double n = (double)of, p = (double)met / n, z2 = normal_975 * normal_975;
    double centre = (2 * (double)met + z2) / (2 * (n + z2));
    double half = normal_975 * sqrt(z2 + 4 * (double)met * (1 - p)) / (2 * (n + z2));
    share out = {p, fmax(0, centre - half), fmin(1, centre + half)};
    return out;
}

static void fill_shares(int64_t met, int64_t others_met, pz_effect *effect)
{
    share a, b;
    double down, up;
    if (effect->learners) effect->value = (double)met / (double)effect->learners;
    if (effect->others) effect->others_value = (double)others_met / (double)effect->others;
    if (!effect->learners || !effect->others) return;
    a = wilson(met, effect->learners);
    b = wilson(others_met, effect->others);
    effect->difference = a.value - b.value;
    if (effect->learners < 2 || effect->others < 2) return;
    effect->standard_error = sqrt(a.value * (1 - a.value) / (double)effect->learners + b.value * (1 - b.value) / (double)effect->others);
    down = sqrt((a.value - a.lower) * (a.value - a.lower) + (b.upper - b.value) * (b.upper - b.value));
    up = sqrt((a.upper - a.value) * (a.upper - a.value) + (b.value - b.lower) * (b.value - b.lower));
    effect->lower = effect->difference - down;
    effect->upper = effect->difference + up;
}

static pz_status check_share(int64_t met, int64_t of, const char *field)
{
    if (of >= 0 && met >= 0 && met <= of) return PZ_OK;
    return pz__fail(PZ_E_INVALID, field, NULL, "%lld of %lld is no share.", (long long)met, (long long)of);
}

pz_status pz_effect_of_shares(int64_t met, int64_t learners, int64_t others_met, int64_t others, pz_effect *out_effect)
{
    pz_effect effect = PZ_EFFECT_INIT;
    PZ__TRY(pz__out_start(&pz__effect_type, out_effect));
    PZ__TRY(check_share(met, learners, "met"));
    PZ__TRY(check_share(others_met, others, "others_met"));
    effect.learners = learners;
    effect.others = others;
    fill_shares(met, others_met, &effect);
    pz__out_give(&pz__effect_type, &effect, out_effect);
    return PZ_OK;
}
