/* A ready problem for each mode: sizes by default, and the one criterion that makes the mode what it is. */
#include <math.h>

#include "base/fail.h"
#include "grouping/distance.h"
#include "grouping/strategy.h"

typedef struct default_sizes {
    int32_t size_min, size_max;
} default_sizes;

static const default_sizes by_need = {2, 6}, by_readiness = {3, 6}, by_others = {3, 5};

static int32_t smaller(int32_t a, int32_t b)
{
    return a < b ? a : b;
}

/* Whatever is not asked for gives way to what is, and to a class too small for it. */
static pz_status begin(size_t learners, const pz_grouping_sizes *sizes, default_sizes initial, pz_grouping_problem **out_problem)
{
    pz_grouping_sizes asked = PZ_GROUPING_SIZES_INIT;
    if (sizes) PZ__TRY(pz__record_take(&pz__grouping_sizes_type, sizes, sizeof asked, &asked));
    int32_t class_size = learners < PZ__LEARNERS_MAX ? (int32_t)learners : PZ__LEARNERS_MAX;
    if (!asked.size_min) {
        int32_t most = asked.size_max > 0 ? asked.size_max : initial.size_max;
        asked.size_min = smaller(smaller(initial.size_min, most), class_size > 0 ? class_size : 1);
    }
    if (!asked.size_max) asked.size_max = asked.size_min > initial.size_max ? asked.size_min : initial.size_max;
    return pz_grouping_problem_new(learners, asked.size_min, asked.size_max, asked.groups, out_problem);
}

/* Hands the problem over, or takes it back where its criterion could not be added. */
static pz_status hand_over(pz_grouping_problem *problem, pz_status status, pz_grouping_problem **out_problem)
{
    if (status == PZ_OK)
        *out_problem = problem;
    else
        pz_grouping_problem_free(problem);
    return status;
}

pz_status pz_grouping_for_need(const double *needs, size_t rows, size_t cols, const pz_grouping_sizes *sizes,
                               pz_grouping_problem **out_problem)
{
    pz_grouping_problem *problem;
    if (!out_problem) return pz__fail_null("out_problem");
    *out_problem = NULL;
    PZ__TRY(begin(rows, sizes, by_need, &problem));
    return hand_over(problem, pz_grouping_add_needs(problem, "need", needs, rows, cols, 1), out_problem);
}

pz_status pz_grouping_for_readiness(const double *levels, size_t rows, const pz_grouping_sizes *sizes, pz_grouping_problem **out_problem)
{
    pz_grouping_problem *problem;
    if (!out_problem) return pz__fail_null("out_problem");
    *out_problem = NULL;
    PZ__TRY(begin(rows, sizes, by_readiness, &problem));
    return hand_over(problem, pz_grouping_add_numeric(problem, "readiness", levels, rows, PZ_DIRECTION_ALIKE, 1), out_problem);
}

/* The values of one column, and how far apart its least and greatest are; 0 where nothing is known of it. */
static double take_column(const double *values, size_t rows, size_t cols, size_t c, double *out_column)
{
    double least = PZ_REAL_NONE, most = PZ_REAL_NONE;
    for (size_t i = 0; i < rows; i++) {
        double value = out_column[i] = values[i * cols + c];
        if (!(least <= value)) least = isnan(value) ? least : value;
        if (!(most >= value)) most = isnan(value) ? most : value;
    }
    return most > least ? most - least : 0;
}

/* Equal means alone would allow a group of learners who are all near the mean. The sum of distances within groups is greatest where every group has
 * somebody from each part of the range (see the bound by blocks), so it comes first. Columns are brought to one range (Gower 1971). */
static pz_status add_mixed(pz_grouping_problem *problem, const double *values, size_t rows, size_t cols)
{
    double *column = pz__alloc(rows * sizeof *column), *scaled = pz__alloc(rows * cols * sizeof *scaled);
    pz_status status = column && scaled ? PZ_OK : pz__fail_memory();
    for (size_t c = 0; c < cols && status == PZ_OK; c++) {
        double range = take_column(values, rows, cols, c, column);
        for (size_t i = 0; i < rows; i++)
            scaled[i * cols + c] = range > 0 ? values[i * cols + c] / range : isnan(column[i]) ? column[i] : 0;
        status = pz_grouping_add_numeric(problem, "balance", column, rows, PZ_DIRECTION_MIXED, 1 / (double)cols);
    }
    if (status == PZ_OK)
        status = pz_grouping_add_features(problem, "mixed", scaled, rows, cols, PZ_METRIC_MANHATTAN, PZ_DIRECTION_MIXED, 1);
    pz__release(column);
    pz__release(scaled);
    return status;
}

static pz_status check_mixed(const double *values, size_t cols)
{
    if (!values) return pz__fail_null("values");
    if (cols < 1 || cols >= PZ__CRITERIA_MAX)
        return pz__fail(PZ_E_INVALID, "cols", NULL, "There are 1 to %d columns, not %zu.", PZ__CRITERIA_MAX - 1, cols);
    return PZ_OK;
}

pz_status pz_grouping_for_mixed(const double *values, size_t rows, size_t cols, const pz_grouping_sizes *sizes,
                                pz_grouping_problem **out_problem)
{
    pz_grouping_problem *problem;
    if (!out_problem) return pz__fail_null("out_problem");
    *out_problem = NULL;
    PZ__TRY(check_mixed(values, cols));
    PZ__TRY(begin(rows, sizes, by_others, &problem));
    return hand_over(problem, add_mixed(problem, values, rows, cols), out_problem);
}

pz_status pz_grouping_for_interest(const double *interests, size_t rows, size_t cols, const pz_grouping_sizes *sizes,
                                   pz_grouping_problem **out_problem)
{
    pz_grouping_problem *problem;
    if (!out_problem) return pz__fail_null("out_problem");
    *out_problem = NULL;
    PZ__TRY(begin(rows, sizes, by_others, &problem));
    pz_status status = pz_grouping_add_features(problem, "interest", interests, rows, cols, PZ_METRIC_SETS, PZ_DIRECTION_ALIKE, 1);
    return hand_over(problem, status, out_problem);
}

pz_status pz_grouping_for_random(size_t learners, const pz_grouping_sizes *sizes, pz_grouping_problem **out_problem)
{
    if (!out_problem) return pz__fail_null("out_problem");
    *out_problem = NULL;
    return begin(learners, sizes, by_others, out_problem);
}
