/* Problems that the tests of the engine share. */
#ifndef PZ_TESTS_GROUPING_PROBLEMS_H
#define PZ_TESTS_GROUPING_PROBLEMS_H

#include <math.h>

#include "base/random.h"
#include "personalize/grouping.h"
#include "support/suite.h"

static inline pz_grouping_problem *new_problem(size_t learners, int32_t size_min, int32_t size_max, int32_t groups)
{
    pz_grouping_problem *problem;
    ck_assert_ok(pz_grouping_problem_new(learners, size_min, size_max, groups, &problem));
    return problem;
}

static inline pz_grouping_result *solve(const pz_grouping_problem *problem, uint64_t seed, int64_t iterations)
{
    pz_grouping_options options = PZ_GROUPING_OPTIONS_INIT;
    pz_grouping_result *result;
    options.seed = seed;
    options.iterations = iterations;
    ck_assert_ok(pz_grouping_solve(problem, &options, NULL, NULL, &result));
    return result;
}

static inline pz_grouping_summary summary_of(const pz_grouping_result *result)
{
    pz_grouping_summary *summary, copy;
    ck_assert_ok(pz_grouping_result_describe(result, &summary));
    copy = *summary;
    pz_free(summary);
    return copy;
}

/* The objective by its definition, from nothing but values and groups: what the engine keeps up to date must agree with it. */
static inline double plain_numeric(const double *values, const int32_t *groups, int32_t learners, int32_t group_count, int alike)
{
    double mean = 0, total = 0, between = 0;
    int32_t count = 0;
    for (int32_t i = 0; i < learners; i++)
        if (groups[i] >= 0 && !isnan(values[i])) mean += values[i], count++;
    if (!count) return 0;
    mean /= count;
    for (int32_t i = 0; i < learners; i++)
        if (groups[i] >= 0 && !isnan(values[i])) total += (values[i] - mean) * (values[i] - mean);
    if (total == 0) return 0;
    for (int32_t g = 0; g < group_count; g++) {
        double sum = 0;
        int32_t size = 0;
        for (int32_t i = 0; i < learners; i++)
            if (groups[i] == g && !isnan(values[i])) sum += values[i], size++;
        if (size) between += size * (sum / size - mean) * (sum / size - mean);
    }
    return alike ? 1 - between / total : between / total;
}

static inline double plain_needs(const double *needs, int32_t columns, const int32_t *groups, int32_t learners, int32_t group_count)
{
    double served = 0, total = 0;
    for (int32_t i = 0; i < learners; i++) {
        double most = 0;
        for (int32_t c = 0; c < columns; c++) most = fmax(most, needs[i * columns + c]);
        if (groups[i] >= 0) total += most;
    }
    for (int32_t g = 0; g < group_count; g++) {
        double best = 0;
        for (int32_t c = 0; c < columns; c++) {
            double sum = 0;
            for (int32_t i = 0; i < learners; i++)
                if (groups[i] == g) sum += needs[i * columns + c];
            best = fmax(best, sum);
        }
        served += best;
    }
    return total > 0 ? 1 - served / total : 0;
}

#endif
