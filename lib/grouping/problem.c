/* Making a problem: every number is checked on its way in. */
#include <math.h>
#include <string.h>

#include "base/fail.h"
#include "base/memory.h"
#include "base/text.h"
#include "grouping/distance.h"
#include "grouping/lanes.h"
#include "grouping/rules.h"

static pz_status check(const pz_grouping_problem *problem)
{
    return problem ? PZ_OK : pz__fail_closed("problem");
}

pz_status pz_grouping_problem_new(size_t learners, int32_t size_min, int32_t size_max, int32_t groups, pz_grouping_problem **out_problem)
{
    if (!out_problem) return pz__fail_null("out_problem");
    *out_problem = NULL;
    if (learners < 1 || learners > PZ__LEARNERS_MAX)
        return pz__fail(PZ_E_INVALID, "learners", NULL, "A problem has 1 to %d learners, not %zu.", PZ__LEARNERS_MAX, learners);
    if (size_min < 1 || size_max < size_min || size_max > PZ__LEARNERS_MAX)
        return pz__fail(PZ_E_INVALID, size_min < 1 ? "size_min" : "size_max", NULL,
                        "Sizes go from 1 to %d, the least not above the greatest: %d to %d were given.", PZ__LEARNERS_MAX, (int)size_min,
                        (int)size_max);
    if (groups < 0 || groups > PZ__LEARNERS_MAX)
        return pz__fail(PZ_E_INVALID, "groups", "Give 0 to let the sizes decide.", "The number of groups is 0 to %d, not %d.",
                        PZ__LEARNERS_MAX, (int)groups);
    pz_grouping_problem *problem = pz__alloc_zero(1, sizeof *problem);
    if (!problem) return pz__fail_memory();
    pz_status status = pz__grouping_data_new(learners, size_min, size_max, groups, &problem->data);
    if (status != PZ_OK) {
        pz__release(problem);
        return status;
    }
    *out_problem = problem;
    return PZ_OK;
}

void pz_grouping_problem_free(pz_grouping_problem *problem)
{
    if (!problem) return;
    pz__grouping_data_release(problem->data);
    pz__release(problem);
}

/* ------------------------------------------------------------------------------------------------ criteria --- */

static pz_status check_criterion(const pz_grouping_problem *problem, const char *name, const double *values, size_t rows, double weight)
{
    size_t length;
    PZ__TRY(check(problem));
    if (!values) return pz__fail_null("values");
    PZ__TRY(pz__text_need(name, PZ_NUL_TERMINATED, (size_t)pz_limit(PZ_LIMIT_TITLE), "name", &length));
    if (rows != problem->data->learners)
        return pz__fail(PZ_E_INVALID, "rows", NULL, "There are %zu rows for %zu learners.", rows, problem->data->learners);
    if (!(weight > 0) || isinf(weight)) return pz__fail(PZ_E_INVALID, "weight", NULL, "A weight is a finite number above 0.");
    if (problem->data->criterion_count == PZ__CRITERIA_MAX)
        return pz__fail(PZ_E_LIMIT, "name", NULL, "A problem has at most %d criteria.", PZ__CRITERIA_MAX);
    return PZ_OK;
}

static pz_status check_few_learners(size_t rows)
{
    if (rows <= PZ__PAIRS_MAX) return PZ_OK;
    return pz__fail(PZ_E_LIMIT, "rows", "Give the values that the distances come from, with pz_grouping_add_features().",
                    "A matrix of distances is for up to %d learners, not %zu.", PZ__PAIRS_MAX, rows);
}

static pz_status check_direction(pz_grouping_direction direction)
{
    if (direction >= PZ_DIRECTION_ALIKE && direction <= PZ_DIRECTION_COMPLEMENTARY) return PZ_OK;
    return pz__fail(PZ_E_INVALID, "direction", NULL, "%d is none of the directions.", (int)direction);
}

static pz_status check_direction_of_pairs(pz_grouping_direction direction)
{
    PZ__TRY(check_direction(direction));
    if (direction <= PZ_DIRECTION_MIXED) return PZ_OK;
    return pz__fail(PZ_E_INVALID, "direction", "Give the values that the distances come from, with pz_grouping_add_features().",
                    "Distances can be small (alike) or great (mixed) within groups; there is nothing to balance or to cover.");
}

pz_status pz_grouping_add_numeric(pz_grouping_problem *problem, const char *name, const double *values, size_t rows,
                                  pz_grouping_direction direction, double weight)
{
    PZ__TRY(check_criterion(problem, name, values, rows, weight));
    PZ__TRY(check_direction(direction));
    if (direction == PZ_DIRECTION_COMPLEMENTARY)
        return pz__fail(PZ_E_INVALID, "direction", "Use pz_grouping_add_features() with 1 from the level that is enough.",
                        "A number is neither had nor lacked, so that nobody can lend it.");
    for (size_t i = 0; i < rows; i++)
        if (isinf(values[i]) || fabs(values[i]) > 1e150)
            return pz__fail(PZ_E_INVALID, "values", "Give NaN where there is no value.", "Row %zu is not a number of size 1e150 or less.",
                            i);
    PZ__TRY(pz__grouping_data_own(problem));
    pz__criterion criterion = {(char *)name, weight, PZ__NUMERIC, (int32_t)direction, 0, 1, 0, (double *)values};
    return pz__criterion_add(problem->data, &criterion);
}

pz_status pz_grouping_add_needs(pz_grouping_problem *problem, const char *name, const double *needs, size_t rows, size_t cols,
                                double weight)
{
    PZ__TRY(check_criterion(problem, name, needs, rows, weight));
    if (cols < 1 || cols > PZ__NEEDS_MAX)
        return pz__fail(PZ_E_INVALID, "cols", NULL, "There are 1 to %d needs, not %zu.", PZ__NEEDS_MAX, cols);
    if (problem->data->needs_at >= 0)
        return pz__fail(PZ_E_EXISTS, "needs", "Put all needs into one matrix.", "The problem has needs already.");
    for (size_t i = 0; i < rows * cols; i++)
        if (!(needs[i] >= 0 && needs[i] <= 1))
            return pz__fail(PZ_E_INVALID, "needs", NULL, "Row %zu, column %zu is not a number from 0 to 1.", i / cols, i % cols);
    PZ__TRY(pz__grouping_data_own(problem));
    pz__criterion criterion = {(char *)name, weight, PZ__NEEDS, 0, 0, (int32_t)cols, 0, (double *)needs};
    return pz__criterion_add(problem->data, &criterion);
}

/* ----------------------------------------------------------------------------------------------- distances --- */

static pz_status check_pairs(const double *distances, size_t learners)
{
    for (size_t i = 0; i < learners; i++) {
        for (size_t j = 0; j < i; j++) {
            double a = distances[i * learners + j], b = distances[j * learners + i];
            if (!(a >= 0 && a <= 1e150) && !isnan(a))
                return pz__fail(PZ_E_INVALID, "distances", "Give NaN where a distance is not known.",
                                "Row %zu, column %zu is not a number from 0 to 1e150.", i, j);
            if (a != b && !(isnan(a) && isnan(b)))
                return pz__fail(PZ_E_INVALID, "distances", "Give the same distance both ways.",
                                "Row %zu, column %zu differs from row %zu, column %zu.", i, j, j, i);
        }
    }
    return PZ_OK;
}

pz_status pz_grouping_add_pairs(pz_grouping_problem *problem, const char *name, const double *distances, size_t rows, size_t cols,
                                pz_grouping_direction direction, double weight)
{
    PZ__TRY(check_criterion(problem, name, distances, rows, weight));
    PZ__TRY(check_few_learners(rows));
    if (cols != rows) return pz__fail(PZ_E_INVALID, "cols", NULL, "There are %zu columns for %zu learners.", cols, rows);
    PZ__TRY(check_direction_of_pairs(direction));
    PZ__TRY(check_pairs(distances, rows));
    pz__criterion criterion = {(char *)name, weight, PZ__PAIRS, (int32_t)direction, 0, (int32_t)cols, 0, (double *)distances};
    PZ__TRY(pz__distance_filler(&criterion, rows, &criterion.filler));
    PZ__TRY(pz__grouping_data_own(problem));
    return pz__criterion_add(problem->data, &criterion);
}

static pz_status check_feature(double value, pz_grouping_metric metric, size_t row, size_t column)
{
    int is_flag = metric == PZ_METRIC_SETS || metric == PZ_METRIC_TIMES;
    if (isnan(value) || (is_flag ? value == 0 || value == 1 : fabs(value) <= 1e70)) return PZ_OK;
    return pz__fail(PZ_E_INVALID, "values", "Give NaN where there is no value.", "Row %zu, column %zu is not %s.", row, column,
                    is_flag ? "0 or 1" : "a number of size 1e70 or less");
}

static pz_status check_metric_of_lanes(pz_grouping_metric metric, pz_grouping_direction direction)
{
    if (metric == PZ_METRIC_TIMES)
        return pz__fail(PZ_E_INVALID, "direction", "Use alike, or pz_grouping_add_common_time().",
                        "Free times are for meeting: one learner's hour serves no other, and groups need not have the same.");
    if (direction == PZ_DIRECTION_BALANCED || metric == PZ_METRIC_SETS || metric == PZ_METRIC_CATEGORIES) return PZ_OK;
    return pz__fail(PZ_E_INVALID, "direction", "Give 1 from the level that is enough, and PZ_METRIC_SETS.",
                    "A number is neither had nor lacked, so that nobody can lend it.");
}

/* Lanes that there are, and those of the values. */
static pz_status check_lanes(const pz_grouping_problem *problem, const double *values, size_t cols, pz_grouping_metric metric)
{
    double codes[PZ__CODES_MAX + 1];
    pz__lanes lanes;
    int32_t *group_of = pz__alloc_zero(problem->data->learners, sizeof *group_of);
    if (!group_of) return pz__fail_memory();
    pz_status status = pz__lanes_make(problem->data, group_of, &lanes);
    pz__release(group_of);
    if (status != PZ_OK) return status;
    size_t all = (size_t)lanes.count;
    pz__lanes_free(&lanes);
    for (size_t c = 0; c < cols; c++) {
        int32_t count = 1;
        if (metric == PZ_METRIC_CATEGORIES) pz__lanes_codes(values, problem->data->learners, cols, c, codes, &count);
        if (count > PZ__CODES_MAX)
            return pz__fail(PZ_E_LIMIT, "values", "Join codes, or use numbers.", "Column %zu has more than %d different codes.", c,
                            PZ__CODES_MAX);
        all += (size_t)count;
    }
    if (all > PZ__LANES_MAX)
        return pz__fail(PZ_E_LIMIT, "cols", NULL, "Balanced and complementary criteria have at most %d columns and codes, not %zu.",
                        PZ__LANES_MAX, all);
    return PZ_OK;
}

static pz_status add_lanes(pz_grouping_problem *problem, const char *name, const double *values, size_t cols, pz_grouping_metric metric,
                           pz_grouping_direction direction, double weight)
{
    PZ__TRY(check_lanes(problem, values, cols, metric));
    PZ__TRY(pz__grouping_data_own(problem));
    pz__criterion_kind kind = direction == PZ_DIRECTION_BALANCED ? PZ__BALANCED : PZ__COMPLEMENTARY;
    pz__criterion criterion = {(char *)name, weight, kind, (int32_t)direction, (int32_t)metric, (int32_t)cols, 0, (double *)values};
    return pz__criterion_add(problem->data, &criterion);
}

pz_status pz_grouping_add_features(pz_grouping_problem *problem, const char *name, const double *values, size_t rows, size_t cols,
                                   pz_grouping_metric metric, pz_grouping_direction direction, double weight)
{
    PZ__TRY(check_criterion(problem, name, values, rows, weight));
    if (cols < 1 || cols > PZ__NEEDS_MAX)
        return pz__fail(PZ_E_INVALID, "cols", NULL, "There are 1 to %d columns, not %zu.", PZ__NEEDS_MAX, cols);
    if (metric < PZ_METRIC_MANHATTAN || metric > PZ_METRIC_TIMES)
        return pz__fail(PZ_E_INVALID, "metric", NULL, "%d is none of the metrics.", (int)metric);
    PZ__TRY(check_direction(direction));
    int is_of_lanes = direction > PZ_DIRECTION_MIXED;
    if (is_of_lanes) PZ__TRY(check_metric_of_lanes(metric, direction));
    for (size_t i = 0; i < rows * cols; i++) PZ__TRY(check_feature(values[i], metric, i / cols, i % cols));
    if (is_of_lanes) return add_lanes(problem, name, values, cols, metric, direction, weight);
    pz__criterion criterion = {(char *)name, weight, PZ__FEATURES, (int32_t)direction, (int32_t)metric, (int32_t)cols, 0, (double *)values};
    PZ__TRY(pz__distance_filler(&criterion, rows, &criterion.filler));
    PZ__TRY(pz__grouping_data_own(problem));
    return pz__criterion_add(problem->data, &criterion);
}

/* ------------------------------------------------------------------------------------------------ teammates --- */

pz_status pz_grouping_add_earlier(pz_grouping_problem *problem, const char *name, const double *earlier, size_t rows, size_t cols,
                                  double decay, double weight)
{
    PZ__TRY(check_criterion(problem, name, earlier, rows, weight));
    PZ__TRY(pz__earlier_check(earlier, rows, cols));
    if (!(decay > 0 && decay <= 1)) return pz__fail(PZ_E_INVALID, "decay", NULL, "A decay is above 0 and at most 1.");
    PZ__TRY(pz__grouping_data_own(problem));
    pz__criterion criterion = {(char *)name, weight, PZ__EARLIER, PZ_DIRECTION_ALIKE, 0, (int32_t)cols, decay, (double *)earlier};
    return pz__criterion_add(problem->data, &criterion);
}
