/* When a target is reached at the pace so far, with an interval. */
#include "mastery/forecast.h"

#include "base/fail.h"
#include "base/numeric.h"
#include "mastery/model.h"

static const pz_field fields[] = {
    PZ__INT(pz_forecast, observations, ""), PZ__REAL(pz_forecast, pace, "by day"), PZ__REAL(pz_forecast, expected, "day"),
    PZ__REAL(pz_forecast, earliest, "day"), PZ__REAL(pz_forecast, latest, "day"),  PZ__REAL(pz_forecast, confidence, "0.5 to 0.99"),
    PZ__REAL(pz_forecast, chance, "0 to 1"),
};
static const pz_forecast initial = PZ_FORECAST_INIT;
const pz_record_type pz__forecast_type = PZ__RECORD_TYPE(pz_forecast, fields, &initial);

static pz_status check(double target, double by, double confidence)
{
    if (!isfinite(target)) return pz__fail(PZ_E_INVALID, "target", NULL, "target must be a finite number.");
    if (!isnan(by) && !isfinite(by)) return pz__fail(PZ_E_INVALID, "by", "NaN is none.", "by must be a finite number.");
    if (!(confidence >= 0.5 && confidence <= 0.99))
        return pz__fail(PZ_E_INVALID, "confidence", NULL, "confidence is %g; it goes from 0.5 to 0.99.", confidence);
    return PZ_OK;
}

/* ---------------------------------------------------------------------------------------------- Student's t --- */

/* The square of the quantile that leaves 1 - confidence outside on both sides together. */
static double t_squared(double freedom, double confidence)
{
    double x = pz__beta_quantile(freedom / 2, 0.5, 1 - confidence);
    return freedom * (1 - x) / x;
}

static double t_cdf(double freedom, double t)
{
    double outside = pz__beta_incomplete(freedom / 2, 0.5, freedom / (freedom + t * t));
    return t < 0 ? outside / 2 : 1 - outside / 2;
}

/* ----------------------------------------------------------------------------------------------------- line --- */

typedef struct line {
    double n, mean_day, mean_value, slope, spread, variance; /* spread: sum of the squared distances of days from their mean */
} line;

static double mean(const double *numbers, size_t rows)
{
    double sum = 0;
    for (size_t i = 0; i < rows; i++) sum += numbers[i];
    return sum / (double)rows;
}

static void fit(const double *days, const double *values, size_t rows, line *out)
{
    double cross = 0, left = 0;
    out->n = (double)rows;
    out->mean_day = mean(days, rows);
    out->mean_value = mean(values, rows);
    out->spread = 0;
    for (size_t i = 0; i < rows; i++) {
        double u = days[i] - out->mean_day;
        out->spread += u * u;
        cross += u * (values[i] - out->mean_value);
    }
    out->slope = out->spread > 0 ? cross / out->spread : 0;
    for (size_t i = 0; i < rows; i++) {
        double e = values[i] - out->mean_value - out->slope * (days[i] - out->mean_day);
        left += e * e;
    }
    out->variance = left / (out->n - 2);
}

/* The days at which the line may meet the target; both ends NaN where all days may. */
static void interval(const line *l, double distance, double confidence, pz_forecast *out)
{
    double noise = t_squared(l->n - 2, confidence) * l->variance;
    double a = l->slope * l->slope - noise / l->spread;
    double root = noise * (distance * distance / l->spread + a / l->n);
    if (!(root >= 0) || a == 0) return;
    root = sqrt(root);
    if (a > 0 && l->slope > 0) {
        out->earliest = l->mean_day + (l->slope * distance - root) / a;
        out->latest = l->mean_day + (l->slope * distance + root) / a;
    } else if (a < 0 && distance > 0) {
        out->earliest = l->mean_day + (l->slope * distance - root) / a; /* the later of the two roots, since a is below 0 */
    }
}

static double chance_by(const line *l, double target, double by)
{
    double u = by - l->mean_day, above = l->mean_value + l->slope * u - target;
    double error = sqrt(l->variance * (1 / l->n + u * u / l->spread));
    if (isnan(by)) return PZ_REAL_NONE;
    if (!(error > 0)) return above >= 0;
    return t_cdf(l->n - 2, above / error);
}

pz_status pz_forecast_line(const double *days, const double *values, size_t rows, double target, double by, double confidence,
                           pz_forecast *out_forecast)
{
    pz_forecast out = PZ_FORECAST_INIT;
    line l;
    PZ__TRY(pz__out_start(&pz__forecast_type, out_forecast));
    if (rows && (!days || !values)) return pz__fail_null(days ? "values" : "days");
    PZ__TRY(check(target, by, confidence));
    for (size_t i = 0; i < rows; i++)
        if (!isfinite(days[i]) || !isfinite(values[i]))
            return pz__fail(PZ_E_INVALID, isfinite(days[i]) ? "values" : "days", NULL, "Row %zu is no finite number.", i);
    if (rows < 3) return pz__fail(PZ_E_NOT_ENOUGH, "rows", "Measure again.", "A line needs three values; there are %zu.", rows);
    fit(days, values, rows, &l);
    if (!(l.spread > 0)) return pz__fail(PZ_E_NOT_ENOUGH, "days", "Measure on another day.", "All values are of one day.");
    out.observations = rows > INT32_MAX ? INT32_MAX : (int32_t)rows;
    out.pace = l.slope;
    out.confidence = confidence;
    if (l.slope > 0) out.expected = l.mean_day + (target - l.mean_value) / l.slope;
    interval(&l, target - l.mean_value, confidence, &out);
    out.chance = chance_by(&l, target, by);
    pz__out_give(&pz__forecast_type, &out, out_forecast);
    return PZ_OK;
}

/* ---------------------------------------------------------------------------------------------------- count --- */

static double day_at(double elapsed, double done, double rest, double p)
{
    double x = pz__beta_quantile(rest, done, p);
    return elapsed + elapsed * x / (1 - x);
}

pz_status pz_forecast_count(double elapsed, double done, double target, double by, double confidence, pz_forecast *out_forecast)
{
    pz_forecast out = PZ_FORECAST_INIT;
    double rest = target - done;
    PZ__TRY(pz__out_start(&pz__forecast_type, out_forecast));
    PZ__TRY(check(target, by, confidence));
    if (!(elapsed > 0 && isfinite(elapsed))) return pz__fail(PZ_E_INVALID, "elapsed", NULL, "elapsed must be above 0.");
    if (!(done >= 0 && done <= 10000)) return pz__fail(PZ_E_INVALID, "done", NULL, "done goes from 0 to 10,000.");
    if (!(target > 0 && target <= 10000)) return pz__fail(PZ_E_INVALID, "target", NULL, "target must be above 0, up to 10,000.");
    if (done < 1) return pz__fail(PZ_E_NOT_ENOUGH, "done", "Ask again once something is done.", "Nothing is done yet, so there is no pace.");
    out.observations = (int32_t)done;
    out.pace = done / elapsed;
    out.confidence = confidence;
    if (rest <= 0) {
        out.expected = out.earliest = out.latest = elapsed;
        out.chance = isnan(by) ? PZ_REAL_NONE : 1;
    } else {
        out.expected = day_at(elapsed, done, rest, 0.5);
        out.earliest = day_at(elapsed, done, rest, (1 - confidence) / 2);
        out.latest = day_at(elapsed, done, rest, (1 + confidence) / 2);
        out.chance = isnan(by) ? PZ_REAL_NONE : by <= elapsed ? 0 : pz__beta_incomplete(rest, done, (by - elapsed) / by);
    }
    pz__out_give(&pz__forecast_type, &out, out_forecast);
    return PZ_OK;
}
