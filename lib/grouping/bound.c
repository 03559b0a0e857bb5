#include "grouping/bound.h"

#include <math.h>
#include <stdlib.h>

#include "base/fail.h"
#include "base/memory.h"

/* Beyond so many steps the bound is 0, which is always true. */
static const double steps_max = 2e8;

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

/* Sorted values of grouped learners, less their mean. */
static double *sorted_values(const pz__measure *m, const int32_t *group_of, int32_t k, int32_t *out_count)
{
    double *values = pz__alloc((m->data->learners + 1) * sizeof *values);
    int32_t count = 0;
    for (size_t i = 0; values && i < m->data->learners; i++)
        if (group_of[i] >= 0 && !isnan(m->data->criteria[k].values[i])) values[count++] = m->data->criteria[k].values[i] - m->means[k];
    if (values) qsort(values, (size_t)count, sizeof *values, by_value);
    *out_count = count;
    return values;
}

/* The most that can lie between groups: for given sizes some best division takes learners in order of their values, since the sum of
 * squared sums by size is convex in the sums (Hwang and Rothblum 1996), so a search over consecutive runs finds it. A run may be shorter than a group's least size where
 * learners without a value fill it up. `most` holds, for the groups taken so far, the best by number of learners. */
static double best_between(const double *before, int32_t count, int32_t groups, int32_t size_min, int32_t size_max, double *most,
                           double *next)
{
    const double never = -1;
    for (int32_t i = 0; i <= count; i++) most[i] = i ? never : 0;
    for (int32_t g = 0; g < groups; g++) {
        for (int32_t i = 0; i <= count; i++) {
            next[i] = never;
            for (int32_t size = size_min; size <= size_max && size <= i; size++) {
                if (most[i - size] < 0) continue;
                double sum = before[i] - before[i - size], value = most[i - size] + (size ? sum * sum / size : 0);
                if (value > next[i]) next[i] = value;
            }
        }
        double *other = most;
        most = next;
        next = other;
    }
    return most[count];
}

/* The most that the distances within groups of `size` can come to in one column: in each group the greatest value counts size - 1 times, the next
 * size - 3 times, and so on to -(size - 1); the greatest values of all groups can be no more than the greatest `groups` values there are, and so on
 * (Schulz 2021). `values` is sorted. */
static double most_in_column(const double *values, int32_t groups, int32_t size)
{
    double sum = 0;
    for (int32_t rank = 0; rank < size; rank++) {
        double block = 0;
        for (int32_t i = 0; i < groups; i++) block += values[rank * groups + i];
        sum += (2.0 * rank - size + 1) * block;
    }
    return sum;
}

/* The bound for Manhattan distances, mixed, in groups of one size, with no value missing. */
static pz_status bound_manhattan(const pz__measure *m, const int32_t *group_of, const pz__criterion *criterion, double total,
                                 double *out_bound)
{
    double *values = pz__alloc(m->data->learners * sizeof *values), most = 0;
    int is_whole = 1;
    if (!values) return pz__fail_memory();
    for (int32_t c = 0; c < criterion->columns && is_whole; c++) {
        int32_t count = 0;
        for (size_t i = 0; i < m->data->learners; i++) {
            double value = criterion->values[i * (size_t)criterion->columns + (size_t)c];
            if (group_of[i] < 0) continue;
            is_whole &= !isnan(value);
            values[count++] = value;
        }
        if (!is_whole) break;
        qsort(values, (size_t)count, sizeof *values, by_value);
        most += most_in_column(values, m->groups, m->data->size_min);
    }
    if (is_whole) *out_bound = fmax(0, 1 - most / total - 1e-12);
    pz__release(values);
    return PZ_OK;
}

/* Whoever has a thing fills at most the gaps of the others in a group of the greatest size. */
static pz_status bound_lanes(const pz__measure *m, int32_t k, int32_t size_max, double *out_bound)
{
    double open = 0;
    for (int32_t l = 0; l < m->lanes.count; l++) {
        const pz__lane *lane = &m->lanes.lanes[l];
        if (lane->criterion == k && lane->scale > 0) open += fmax(0, lane->lacking - lane->having * (size_max - 1));
    }
    if (m->totals[k] > 0) *out_bound = open / m->totals[k];
    return PZ_OK;
}

/* Sizes that a group may have, over all groups. */
static void size_range(const pz__grouping_data *data, int32_t *out_min, int32_t *out_max)
{
    *out_min = data->size_min;
    *out_max = data->size_max;
    for (size_t i = 0; i < data->rule_count; i++) {
        if (data->rules[i].kind != PZ_CONSTRAINT_GROUP_SIZE) continue;
        if (data->rules[i].detail->least < *out_min) *out_min = data->rules[i].detail->least;
        if (data->rules[i].detail->most > *out_max) *out_max = data->rules[i].detail->most;
    }
}

int pz__bound_is_of_one_size(const pz__grouping_data *data, int32_t size)
{
    int32_t size_min, size_max;
    size_range(data, &size_min, &size_max);
    return size_min == size && size_max == size;
}

pz_status pz__bound_term(const pz__measure *m, const int32_t *group_of, int32_t k, double *out_bound)
{
    const pz__grouping_data *data = m->data;
    int32_t size_min, size_max;
    *out_bound = 0;
    size_range(data, &size_min, &size_max);
    if (data->criteria[k].kind == PZ__COMPLEMENTARY) return bound_lanes(m, k, size_max, out_bound);
    if (data->criteria[k].kind == PZ__FEATURES && data->criteria[k].metric == PZ_METRIC_MANHATTAN &&
        data->criteria[k].direction == PZ_DIRECTION_MIXED && size_min == size_max && m->learners == m->groups * size_min &&
        m->totals[k] > 0)
        return bound_manhattan(m, group_of, &data->criteria[k], m->totals[k], out_bound);
    if (data->criteria[k].kind != PZ__NUMERIC || data->criteria[k].direction != PZ_DIRECTION_ALIKE || !(m->totals[k] > 0)) return PZ_OK;
    if ((double)m->learners * m->groups * size_max > steps_max) return PZ_OK;
    int32_t count;
    double *values = sorted_values(m, group_of, k, &count);
    double *before = pz__alloc((size_t)(count + 1) * sizeof *before), *rows = pz__alloc(2 * (size_t)(count + 1) * sizeof *rows);
    pz_status status = values && before && rows ? PZ_OK : pz__fail_memory();
    if (status == PZ_OK) {
        before[0] = 0;
        for (int32_t i = 0; i < count; i++) before[i + 1] = before[i] + values[i];
        int32_t least = count < m->learners ? 0 : size_min;
        double between = best_between(before, count, m->groups, least, size_max, rows, rows + count + 1);
        /* A hair below, for the rounding of sums in another order. Groups of a size out of bounds, made by hand, have no bound. */
        if (between >= 0) *out_bound = fmax(0, 1 - between / m->totals[k] - 1e-12);
    }
    pz__release(values);
    pz__release(before);
    pz__release(rows);
    return status;
}
