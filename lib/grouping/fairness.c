/* How groups treat those who differ, and who stays at the bottom. */
#include <math.h>

#include "base/fail.h"
#include "base/memory.h"
#include "grouping/lanes.h"
#include "grouping/result.h"

enum { ATTRIBUTES_MAX = 64 };

static pz_status check_matrix(const pz_grouping_result *result, const double *values, const char *field, size_t rows, size_t cols,
                              size_t cols_max)
{
    if (!result) return pz__fail_closed("result");
    if (!values) return pz__fail_null(field);
    if (rows != result->data->learners)
        return pz__fail(PZ_E_INVALID, "rows", NULL, "There are %zu rows for %zu learners.", rows, result->data->learners);
    if (cols < 1 || cols > cols_max) return pz__fail(PZ_E_INVALID, "cols", NULL, "There are 1 to %zu columns, not %zu.", cols_max, cols);
    return PZ_OK;
}

/* -------------------------------------------------------------------------------------------------- attributes --- */

typedef struct spread {
    const pz_grouping_result *result;
    const double *values;
    size_t cols, column;
    int32_t *have, *known; /* by group */
} spread;

static void count(spread *s, double code)
{
    for (int32_t g = 0; g < s->result->groups; g++) s->have[g] = s->known[g] = 0;
    for (size_t i = 0; i < s->result->data->learners; i++) {
        double value = s->values[i * s->cols + s->column];
        int32_t group = s->result->group_of[i];
        if (group < 0 || isnan(value)) continue;
        s->known[group]++;
        s->have[group] += value == code;
    }
}

/* That exactly one of `have` among `all` falls into a group of `size`. */
static double one_by_chance(int32_t all, int32_t have, int32_t size)
{
    double chance = (double)size * have / all;
    for (int32_t i = 0; i < size - 1; i++) chance *= fmax(0, (double)(all - have - i)) / (all - 1 - i);
    return chance;
}

static pz_grouping_fairness describe(spread *s, double code)
{
    const pz_grouping_result *result = s->result;
    pz_grouping_fairness row = {sizeof row, (int32_t)s->column, code, 0, 0, 0, 0, 0, PZ_REAL_NONE, PZ_REAL_NONE, 0, 0};
    int32_t known = 0, groups = 0;
    double between = 0;
    count(s, code);
    for (int32_t g = 0; g < result->groups; g++) {
        row.learners += s->have[g];
        known += s->known[g];
    }
    row.share = known ? (double)row.learners / known : PZ_REAL_NONE;
    for (int32_t g = 0; g < result->groups; g++) {
        int32_t size = result->measure.sizes[g];
        row.groups += s->have[g] > 0;
        row.alone += s->have[g] == 1 && size > 1;
        if (size > 1) row.alone_by_chance += one_by_chance(result->measure.learners, row.learners, size);
        if (!s->known[g]) continue;
        double share = (double)s->have[g] / s->known[g];
        groups++;
        if (!(row.least_share <= share)) row.least_share = share;
        if (!(row.most_share >= share)) row.most_share = share;
        between += s->known[g] * (share - row.share) * (share - row.share);
    }
    double total = known * row.share * (1 - row.share);
    row.between = total > 0 ? between / total : 0;
    row.between_by_chance = known > 1 ? (double)(groups - 1) / (known - 1) : 0;
    return row;
}

static pz_status tell_column(spread *s, pz__rows *rows)
{
    double codes[PZ__CODES_MAX + 1];
    int32_t codes_count;
    pz__lanes_codes(s->values, s->result->data->learners, s->cols, s->column, codes, &codes_count);
    if (codes_count > PZ__CODES_MAX)
        return pz__fail(PZ_E_LIMIT, "attributes", "Join codes.", "Column %zu has more than %d different codes.", s->column, PZ__CODES_MAX);
    for (int32_t i = 0; i < codes_count; i++) {
        pz_grouping_fairness row = describe(s, codes[i]);
        pz__rows_add(rows, &row);
    }
    return PZ_OK;
}

pz_status pz_grouping_fairness_list(const pz_grouping_result *result, const double *attributes, size_t rows, size_t cols,
                                    pz_grouping_fairness ***out_rows, size_t *out_count)
{
    if (!out_rows || !out_count) return pz__fail_null(out_rows ? "out_count" : "out_rows");
    *out_rows = NULL;
    *out_count = 0;
    PZ__TRY(check_matrix(result, attributes, "attributes", rows, cols, ATTRIBUTES_MAX));
    for (size_t i = 0; i < rows * cols; i++)
        if (isinf(attributes[i]))
            return pz__fail(PZ_E_INVALID, "attributes", "Give NaN where there is no value.", "Row %zu, column %zu is not a finite number.",
                            i / cols, i % cols);
    spread s = {result, attributes, cols, 0, NULL, NULL};
    s.have = pz__alloc((size_t)result->groups * sizeof *s.have);
    s.known = pz__alloc((size_t)result->groups * sizeof *s.known);
    pz_status status = s.have && s.known ? PZ_OK : pz__fail_memory();
    pz__rows list;
    pz__rows_start(&list, &pz__grouping_fairness_type);
    for (; status == PZ_OK && s.column < cols; s.column++) status = tell_column(&s, &list);
    pz__release(s.have);
    pz__release(s.known);
    if (status == PZ_OK) return pz__rows_take(&list, (void ***)out_rows, out_count);
    pz__rows_free(&list);
    return status;
}

/* ------------------------------------------------------------------------------------------------------- tiers --- */

/* The group with the least mean of the first numeric criterion that is alike; -1: there is none. */
static int32_t lowest_group(const pz_grouping_result *result)
{
    const pz__measure *m = &result->measure;
    int32_t k = 0, lowest = -1;
    double least = 0;
    while (k < m->data->criterion_count &&
           !(m->data->criteria[k].kind == PZ__NUMERIC && m->data->criteria[k].direction == PZ_DIRECTION_ALIKE))
        k++;
    for (int32_t g = 0; k < m->data->criterion_count && g < result->groups; g++) {
        size_t cell = (size_t)g * (size_t)m->data->criterion_count + (size_t)k;
        if (!m->counts[cell]) continue;
        double mean = m->sums[cell] / m->counts[cell];
        if (lowest < 0 || mean < least) least = mean, lowest = g;
    }
    return lowest;
}

static pz_grouping_stay stay_of(const pz_grouping_result *result, const double *tiers, size_t cols, size_t learner, int32_t lowest)
{
    pz_grouping_stay row = {sizeof row, (int32_t)learner, 0, 0, 0, PZ_REAL_NONE, -1};
    for (size_t c = 0; c < cols; c++) {
        double tier = tiers[learner * cols + c];
        if (isnan(tier)) continue;
        row.divisions++;
        row.lowest += tier == 0;
        row.in_a_row = tier == 0 ? row.in_a_row + 1 : 0;
    }
    if (row.divisions) row.share = (double)row.lowest / row.divisions;
    if (lowest >= 0 && result->group_of[learner] >= 0) row.now = result->group_of[learner] == lowest;
    return row;
}

pz_status pz_grouping_stay_list(const pz_grouping_result *result, const double *tiers, size_t rows, size_t cols,
                                pz_grouping_stay ***out_rows, size_t *out_count)
{
    if (!out_rows || !out_count) return pz__fail_null(out_rows ? "out_count" : "out_rows");
    *out_rows = NULL;
    *out_count = 0;
    PZ__TRY(check_matrix(result, tiers, "tiers", rows, cols, PZ__NEEDS_MAX));
    for (size_t i = 0; i < rows * cols; i++)
        if (!isnan(tiers[i]) && !(tiers[i] >= 0 && tiers[i] < 1e9 && tiers[i] == floor(tiers[i])))
            return pz__fail(PZ_E_INVALID, "tiers", "Give NaN where the learner was in none.",
                            "Row %zu, column %zu is not a whole number from 0.", i / cols, i % cols);
    int32_t lowest = lowest_group(result);
    pz__rows list;
    pz__rows_start(&list, &pz__grouping_stay_type);
    for (size_t i = 0; i < rows; i++) {
        pz_grouping_stay row = stay_of(result, tiers, cols, i, lowest);
        pz__rows_add(&list, &row);
    }
    return pz__rows_take(&list, (void ***)out_rows, out_count);
}
