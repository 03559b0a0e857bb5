/* ABROCA: the area between the ROC curves of two groups, and how much of it chance alone makes. */
#include <math.h>
#include <string.h>

#include "base/fail.h"
#include "base/memory.h"
#include "base/random.h"
#include "mastery/columns.h"
#include "mastery/metrics.h"
#include "mastery/model.h"
#include "mastery/order.h"

typedef struct point {
    double x, y; /* share of the wrong and of the right answers at or above a threshold */
} point;

typedef struct curve {
    point *points;
    size_t count;
    double area; /* NaN where there are no right or no wrong answers */
} curve;

/* All that one evaluation needs, made once. */
typedef struct comparison {
    const double *probability;
    const double *score;
    uint32_t *order; /* descending */
    size_t rows;
    int32_t *group; /* by row */
    curve curves[2];
} comparison;

/* Both curves in one pass down the thresholds. */
static void draw(comparison *roc)
{
    double right[2] = {0, 0}, wrong[2] = {0, 0};
    for (int g = 0; g < 2; g++) roc->curves[g].points[0] = (point){0, 0}, roc->curves[g].count = 1;
    for (size_t i = 0; i < roc->rows;) {
        double value = roc->probability[roc->order[i]];
        int touched[2] = {0, 0};
        for (; i < roc->rows && roc->probability[roc->order[i]] == value; i++) {
            uint32_t row = roc->order[i];
            int g = roc->group[row];
            touched[g] = 1;
            if (pz__is_right(roc->score[row]))
                right[g]++;
            else
                wrong[g]++;
        }
        for (int g = 0; g < 2; g++)
            if (touched[g]) roc->curves[g].points[roc->curves[g].count++] = (point){wrong[g], right[g]};
    }
    for (int g = 0; g < 2; g++) {
        curve *c = &roc->curves[g];
        c->area = right[g] > 0 && wrong[g] > 0 ? 0 : PZ_REAL_NONE;
        for (size_t i = 0; i < c->count; i++) {
            c->points[i].x /= wrong[g];
            c->points[i].y /= right[g];
            if (i) c->area += (c->points[i].x - c->points[i - 1].x) * 0.5 * (c->points[i].y + c->points[i - 1].y);
        }
    }
}

/* Height of a curve at x within the segment that ends at point `end`. */
static double height(const curve *c, size_t end, double x)
{
    const point *a = &c->points[end - 1], *b = &c->points[end];
    return a->y + (b->y - a->y) * ((x - a->x) / (b->x - a->x));
}

/* Area between two lines over a width: a trapezium, or two triangles where they cross. */
static double between(double left, double right, double width)
{
    if (left * right >= 0) return 0.5 * width * fabs(left + right);
    return 0.5 * width * (left * left + right * right) / (fabs(left) + fabs(right));
}

static double area_between(const comparison *roc)
{
    const curve *a = &roc->curves[0], *b = &roc->curves[1];
    size_t i = 1, j = 1;
    double x = 0, area = 0;
    if (isnan(a->area) || isnan(b->area)) return PZ_REAL_NONE;
    for (;;) {
        double next;
        while (i < a->count && a->points[i].x <= x) i++;
        while (j < b->count && b->points[j].x <= x) j++;
        if (i == a->count || j == b->count) return area;
        next = fmin(a->points[i].x, b->points[j].x);
        area += between(height(a, i, x) - height(b, j, x), height(a, i, next) - height(b, j, next), next - x);
        x = next;
    }
}

/* ------------------------------------------------------------------------------------------- permutation --- */

static pz_status check_groups(const int32_t *group, const int32_t *unit, size_t rows, int32_t *unit_group)
{
    for (size_t row = 0; row < rows; row++) {
        if (unit_group[unit[row]] == -1) unit_group[unit[row]] = group[row];
        if (unit_group[unit[row]] != group[row])
            return pz__fail(PZ_E_INVALID, "group", NULL, "Row %zu is in another group than an earlier row of the same unit.", row);
    }
    return PZ_OK;
}

static pz_status permute(comparison *roc, const int32_t *unit, int32_t *unit_group, size_t units, int32_t permutations, uint64_t seed,
                         pz_progress_fn progress, void *user_data, pz_fairness *out)
{
    pz__random random;
    int64_t at_least = 1, drawn = 0;
    double sum = 0;
    pz__random_seed(&random, seed);
    for (int32_t turn = 0; turn < permutations; turn++) {
        double area;
        if (turn % 16 == 0) PZ__TRY(pz__progress(progress, (double)turn / permutations, user_data));
        pz__random_shuffle(&random, unit_group, units);
        for (size_t row = 0; row < roc->rows; row++) roc->group[row] = unit_group[unit[row]];
        draw(roc);
        area = area_between(roc);
        if (isnan(area)) continue;
        drawn++;
        sum += area;
        at_least += area >= out->abroca;
    }
    if (!drawn) return PZ_OK;
    out->p_value = (double)at_least / (double)(drawn + 1);
    out->expected = sum / (double)drawn;
    return PZ_OK;
}

static pz_status measure(comparison *roc, int32_t *unit, const int64_t *given_unit, int32_t permutations, uint64_t seed,
                         pz_progress_fn progress, void *user_data, pz_fairness *out)
{
    pz__numbering units = {NULL, (int32_t)roc->rows};
    int32_t *unit_group;
    pz_status status;
    draw(roc);
    out->auc_a = roc->curves[0].area;
    out->auc_b = roc->curves[1].area;
    out->abroca = area_between(roc);
    if (isnan(out->abroca))
        return pz__fail(PZ_E_NOT_ENOUGH, "group", NULL, "Each group needs right and wrong answers; one of them lacks one kind.");
    for (size_t row = 0; row < roc->rows; row++) {
        unit[row] = (int32_t)row;
        out->rows_a += roc->group[row] == 0;
    }
    out->rows_b = (int64_t)roc->rows - out->rows_a;
    if (given_unit) PZ__TRY(pz__number(given_unit, roc->rows, &units, unit));
    unit_group = pz__alloc_zero((size_t)units.count, sizeof *unit_group);
    status = unit_group ? PZ_OK : pz__fail_memory();
    for (int32_t i = 0; status == PZ_OK && i < units.count; i++) unit_group[i] = -1;
    if (status == PZ_OK) status = check_groups(roc->group, unit, roc->rows, unit_group);
    if (status == PZ_OK) status = permute(roc, unit, unit_group, (size_t)units.count, permutations, seed, progress, user_data, out);
    pz__release(unit_group);
    pz__numbering_free(&units);
    return status;
}

static pz_status check_call(const int32_t *group, size_t rows, int32_t permutations)
{
    if (!group) return pz__fail_null("group");
    for (size_t row = 0; row < rows; row++)
        if (group[row] != 0 && group[row] != 1)
            return pz__fail(PZ_E_INVALID, "group", NULL, "The group in row %zu is %d; it must be 0 or 1.", row, (int)group[row]);
    if (permutations < 0 || permutations > 100000)
        return pz__fail(PZ_E_INVALID, "permutations", NULL, "permutations must be from 0 to 100,000.");
    return PZ_OK;
}

static pz_status reserve(comparison *roc, const int32_t *group, int32_t **unit)
{
    roc->order = pz__alloc_zero(roc->rows, sizeof *roc->order);
    roc->group = pz__alloc_zero(roc->rows, sizeof *roc->group);
    *unit = pz__alloc_zero(roc->rows, sizeof **unit);
    for (int g = 0; g < 2; g++) roc->curves[g].points = pz__alloc_zero(roc->rows + 1, sizeof(point));
    if (!roc->order || !roc->group || !*unit || !roc->curves[0].points || !roc->curves[1].points) return pz__fail_memory();
    memcpy(roc->group, group, roc->rows * sizeof *group);
    PZ__TRY(pz__order_by(roc->probability, roc->rows, NULL, NULL, roc->order));
    for (size_t i = 0; i < roc->rows / 2; i++) {
        uint32_t swap = roc->order[i];
        roc->order[i] = roc->order[roc->rows - 1 - i];
        roc->order[roc->rows - 1 - i] = swap;
    }
    return PZ_OK;
}

pz_status pz_fairness_of(const double *probability, const double *score, const int32_t *group, const int64_t *unit, size_t rows,
                         int32_t permutations, uint64_t seed, pz_progress_fn progress, void *user_data, pz_fairness *out_fairness)
{
    pz_fairness out = PZ_FAIRNESS_INIT;
    comparison roc = {probability, score, NULL, rows, NULL, {{NULL, 0, 0}, {NULL, 0, 0}}};
    int32_t *dense = NULL;
    pz_status status;
    PZ__TRY(pz__out_start(&pz__fairness_type, out_fairness));
    PZ__TRY(pz__predictions_check(probability, score, rows));
    PZ__TRY(check_call(group, rows, permutations));
    status = reserve(&roc, group, &dense);
    if (status == PZ_OK) status = measure(&roc, dense, unit, permutations, seed, progress, user_data, &out);
    pz__release(roc.order);
    pz__release(roc.group);
    pz__release(dense);
    for (int g = 0; g < 2; g++) pz__release(roc.curves[g].points);
    if (status == PZ_OK) pz__out_give(&pz__fairness_type, &out, out_fairness);
    return status;
}
