/**
 * @file personalize/forecast.h
 * When something will be reached at the pace so far, never without how uncertain that is. Pure: numbers in, numbers out, on an axis of days.
 *
 * **A line** through values that were measured on some days (scores): least squares, and where the line meets the target an interval by Fieller's
 * theorem (Fieller 1954, "Some problems in interval estimation"; Draper and Smith, "Applied regression analysis", 3rd ed., 3.2). With
 * u = x - mean(x), d = target - mean(y), slope b, residual variance s^2 on n - 2 degrees of freedom, t its quantile and S = sum(u^2):
 *
 *     (b u - d)^2 <= t^2 s^2 (1/n + u^2 / S)
 *
 * Where the slope is not told from 0 at this confidence there is no last day, and none is given. It holds for errors that are independent and normal; slopes
 * of few measurements are uncertain, which is why an interval is always given (Christ 2006, "Short-term estimates of growth using
 * curriculum-based measurement of oral reading fluency").
 *
 * **A count** of things done, such as milestones or books: done things come at a steady rate, one by one (a Poisson process). With N done in a time T, the time
 * that R more take is T times a ratio of gamma variables, so that x = time / (time + T) has the beta distribution with R and N (Nelson 1970,
 * "Confidence intervals for the ratio of two Poisson means and Poisson predictor intervals"). Things done more regularly than by chance are reached within the
 * interval more often than said, those done in bursts less often.
 */
#ifndef PERSONALIZE_FORECAST_H
#define PERSONALIZE_FORECAST_H

#include "personalize/base.h"

#ifdef __cplusplus
extern "C" {
#endif

/** When a target is reached at the pace so far. Days are on the axis of what was given. */
typedef struct pz_forecast {
    uint32_t struct_size;
    int32_t observations; /**< that it rests on; of a count the things done, rounded down */
    double pace;          /**< by day */
    double expected;      /**< day on which the line meets the target; of a count the middle one of the distribution; NaN: it moves away from the target */
    double earliest;      /**< of the interval; NaN: the data do not tell */
    double latest;        /**< NaN: there is no last day at this confidence */
    double confidence;    /**< of the interval, as given */
    double chance;        /**< that it is reached on the day `by` or before: of a line that it is above the target then; NaN without such a day */
} pz_forecast;

#define PZ_FORECAST_INIT {sizeof(pz_forecast), 0, PZ_REAL_NONE, PZ_REAL_NONE, PZ_REAL_NONE, PZ_REAL_NONE, PZ_REAL_NONE, PZ_REAL_NONE}

/**
 * By a line through values.
 * @param days,values `rows` of them, in any order @param target to be reached from below @param by a day, NaN none @param confidence 0.5 to 0.99, such as 0.8
 * @return ::PZ_OK; ::PZ_E_INVALID (a number that is not finite, the confidence); ::PZ_E_NOT_ENOUGH (fewer than three values, or all on one day);
 *   ::PZ_E_STRUCT_SIZE. Since: 0.1
 */
PZ_API pz_status pz_forecast_line(const double *days, const double *values, size_t rows, double target, double by, double confidence,
                                  pz_forecast *out_forecast);

/**
 * By a count.
 * @param elapsed days in which they were done, above 0 @param done so many, 0 or more @param target to be done, above 0 @param by days after the beginning, NaN none
 * @param confidence 0.5 to 0.99
 * @return ::PZ_OK; ::PZ_E_INVALID; ::PZ_E_NOT_ENOUGH (fewer than one is done); ::PZ_E_STRUCT_SIZE. Since: 0.1
 */
PZ_API pz_status pz_forecast_count(double elapsed, double done, double target, double by, double confidence, pz_forecast *out_forecast);

#ifdef __cplusplus
}
#endif
#endif
