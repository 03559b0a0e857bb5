#include "grouping/pairs.h"

#include <math.h>
#include <string.h>

#include "base/fail.h"
#include "base/memory.h"
#include "grouping/distance.h"

/* With a matrix a potential stays below this, and so the sum of four potentials and two costs within int32_t. Without one each cost does, and sums are of 64 bits. */
static const double whole_max = 0x1p28;

/* A matrix of up to so many units fits into the caches of a processor; one of up to so many is better still than none, but for simple distances and groups so small
 * that going through two at a time is as good. */
enum { MATRIX_FAST = 1000, MATRIX_MAX = 4000, SMALL_GROUP = 10 };

static int has_pairs(const pz__grouping_data *data)
{
    for (int32_t k = 0; k < data->criterion_count; k++)
        if (pz__is_of_pairs(&data->criteria[k])) return 1;
    return 0;
}

static double cost_of(const pz__pairs *p, int32_t learner, int32_t other)
{
    const pz__grouping_data *data = p->measure->data;
    double cost = 0;
    for (int32_t k = 0; k < data->criterion_count; k++)
        if (pz__is_of_pairs(&data->criteria[k])) cost += p->slopes[k] * pz__distance(&data->criteria[k], (size_t)learner, (size_t)other);
    return cost;
}

static double cost_of_units(const pz__pairs *p, int32_t unit, int32_t other)
{
    const pz__unit *u = &p->units->units[unit], *v = &p->units->units[other];
    const int32_t *members = p->units->members;
    double cost = 0;
    for (int32_t i = 0; i < u->size; i++)
        for (int32_t j = 0; j < v->size; j++) cost += cost_of(p, members[u->first_member + i], members[v->first_member + j]);
    return cost;
}

/* floor(x + 0.5) of what is small enough, without a call. */
static int32_t to_whole(double x)
{
    return (int32_t)((int64_t)(x + 1073741824.5) - 1073741824);
}

/* Of simple distances: two sums that do not wait for each other. */
static int32_t cost_of_points(const pz__pairs *p, const double *a, const double *b)
{
    double even = 0, odd = 0;
    if (p->measure->data->criteria[p->simple].metric == PZ_METRIC_MANHATTAN) {
        for (int32_t c = 0; c < p->width; c += 2) even += fabs(a[c] - b[c]), odd += fabs(a[c + 1] - b[c + 1]);
        return to_whole(p->slopes[p->simple] * (even + odd));
    }
    for (int32_t c = 0; c < p->width; c += 2) {
        double x = a[c] - b[c], y = a[c + 1] - b[c + 1];
        even += x * x;
        odd += y * y;
    }
    return to_whole(p->slopes[p->simple] * sqrt(even + odd));
}

int32_t pz__pairs_cost(const pz__pairs *p, int32_t unit, int32_t other)
{
    if (p->has_matrix) return p->cost[(size_t)unit * (size_t)p->count + (size_t)other];
    if (p->simple >= 0) return cost_of_points(p, p->points + (size_t)unit * (size_t)p->width, p->points + (size_t)other * (size_t)p->width);
    return unit < other ? to_whole(cost_of_units(p, unit, other))
                        : to_whole(cost_of_units(p, other, unit)); /* the same both ways to the last bit */
}

void pz__pairs_costs(const pz__pairs *p, int32_t unit, const int32_t *others, int32_t count, int32_t *out_costs)
{
    for (int32_t i = 0; i < count; i++) out_costs[i] = pz__pairs_cost(p, unit, others[i]);
}

/* ---------------------------------------------------------------------------------------------------- making --- */

static double power_of_two_within(double room, double most)
{
    double scale = 1;
    if (!(most > 0)) return 1;
    while (most * scale * 2 <= room) scale *= 2;
    while (most * scale > room) scale /= 2;
    return scale;
}

/* Costs of so many units are kept from finding the scale to rounding them, for more they are made twice. */
enum { KEPT_MAX = 1000 };

/* A group's size times the greatest cost is what a potential can come to. `kept` is NULL, or takes the costs row by row. */
static double scale_for(const pz__pairs *p, double *kept)
{
    const pz__units *units = p->units;
    double most = 0;
    int32_t largest = p->measure->data->size_max;
    for (int32_t i = 0; i < units->group_size_count; i++)
        if (units->group_sizes[i].most > largest) largest = units->group_sizes[i].most;
    if (largest > units->count) largest = units->count;
    for (int32_t u = 0; u < units->count; u++) {
        for (int32_t v = 0; v < u; v++) {
            double cost = cost_of_units(p, u, v);
            if (kept) *kept++ = cost;
            if (fabs(cost) > most) most = fabs(cost);
        }
    }
    return power_of_two_within(whole_max / ((double)largest + 1), most);
}

static pz_status make_matrix(pz__pairs *p)
{
    size_t count = (size_t)p->count;
    double *kept = count <= KEPT_MAX ? pz__alloc(count * count / 2 * sizeof *kept + sizeof *kept) : NULL;
    if (count <= KEPT_MAX && !kept) return pz__fail_memory();
    p->scale = scale_for(p, kept);
    p->cost = pz__alloc_zero(count * count, sizeof *p->cost);
    p->potential = pz__alloc_zero((size_t)p->groups * count, sizeof *p->potential);
    int is_made = p->cost && p->potential;
    for (size_t u = 0; u < count && is_made; u++) {
        for (size_t v = 0; v < u; v++) {
            double exact = kept ? kept[u * (u - 1) / 2 + v] : cost_of_units(p, (int32_t)u, (int32_t)v);
            p->cost[u * count + v] = p->cost[v * count + u] = to_whole(exact * p->scale);
        }
    }
    pz__release(kept);
    return is_made ? PZ_OK : pz__fail_memory();
}

static int is_whole(const pz__criterion *criterion, size_t learners)
{
    for (size_t i = 0; i < learners * (size_t)criterion->columns; i++)
        if (isnan(criterion->values[i])) return 0;
    return 1;
}

/* Numbers of the one criterion about pairs, unit by unit. */
static pz_status take_points(pz__pairs *p)
{
    const pz__grouping_data *data = p->measure->data;
    int32_t of_pairs = 0, columns;
    p->simple = -1;
    for (int32_t k = 0; k < data->criterion_count; k++)
        if (pz__is_of_pairs(&data->criteria[k])) of_pairs++, p->simple = k;
    const pz__criterion *criterion = &data->criteria[p->simple];
    int is_of_numbers = criterion->kind == PZ__FEATURES && criterion->metric <= PZ_METRIC_EUCLIDEAN;
    if (of_pairs > 1 || !is_of_numbers || p->count < p->units->learners || !is_whole(criterion, data->learners)) {
        p->simple = -1;
        return PZ_OK;
    }
    columns = criterion->columns;
    p->width = columns + columns % 2;
    p->points = pz__alloc_zero((size_t)p->count * (size_t)p->width, sizeof *p->points);
    for (int32_t u = 0; p->points && u < p->count; u++)
        memcpy(p->points + (size_t)u * (size_t)p->width,
               criterion->values + (size_t)p->units->members[p->units->units[u].first_member] * (size_t)columns,
               (size_t)columns * sizeof *p->points);
    return p->points ? PZ_OK : pz__fail_memory();
}

static pz_status make_lists(pz__pairs *p)
{
    const pz__grouping_data *data = p->measure->data;
    size_t count = (size_t)p->count;
    double most = 0, largest = 1;
    for (int32_t u = 0; u < p->count; u++) largest = fmax(largest, p->units->units[u].size);
    for (int32_t k = 0; k < data->criterion_count; k++)
        if (pz__is_of_pairs(&data->criteria[k])) most += fabs(p->slopes[k]) * pz__distance_most(&data->criteria[k], data->learners);
    p->scale = power_of_two_within(whole_max, most * largest * largest);
    for (int32_t k = 0; k < data->criterion_count; k++) p->slopes[k] *= p->scale;
    p->own = pz__alloc(count * sizeof *p->own);
    p->group_of = pz__alloc(count * sizeof *p->group_of);
    p->head = pz__alloc((size_t)p->groups * sizeof *p->head);
    p->next = pz__alloc(count * sizeof *p->next);
    p->previous = pz__alloc(count * sizeof *p->previous);
    return p->own && p->group_of && p->head && p->next && p->previous ? PZ_OK : pz__fail_memory();
}

pz_status pz__pairs_make(const pz__measure *m, const pz__units *units, const int32_t *group_of_unit, pz__pairs *out_pairs)
{
    pz__pairs *p = out_pairs;
    memset(p, 0, sizeof *p);
    if (!has_pairs(m->data)) return PZ_OK;
    p->count = units->count;
    p->groups = m->groups;
    p->measure = m;
    p->units = units;
    p->simple = -1;
    for (int32_t k = 0; k < m->data->criterion_count; k++) p->slopes[k] = pz__measure_slope(m, k);
    pz_status status = units->count > MATRIX_FAST ? take_points(p) : PZ_OK;
    int is_quick = p->simple >= 0 && (int64_t)p->groups * SMALL_GROUP >= p->count;
    p->has_matrix = p->count <= MATRIX_FAST || (p->count <= MATRIX_MAX && !is_quick);
    if (status == PZ_OK) status = p->has_matrix ? make_matrix(p) : make_lists(p);
    if (status != PZ_OK) {
        pz__pairs_free(p);
        return status;
    }
    pz__pairs_set(p, group_of_unit);
    return PZ_OK;
}

void pz__pairs_free(pz__pairs *pairs)
{
    pz__release(pairs->cost);
    pz__release(pairs->potential);
    pz__release(pairs->points);
    pz__release(pairs->own);
    pz__release(pairs->group_of);
    pz__release(pairs->head);
    pz__release(pairs->next);
    pz__release(pairs->previous);
    memset(pairs, 0, sizeof *pairs);
}

/* ---------------------------------------------------------------------------------------------------- lists --- */

static void join(pz__pairs *p, int32_t unit, int32_t group)
{
    int32_t first = p->head[group];
    p->group_of[unit] = group;
    p->previous[unit] = -1;
    p->next[unit] = first;
    if (first >= 0) p->previous[first] = unit;
    p->head[group] = unit;
}

static void leave(pz__pairs *p, int32_t unit)
{
    int32_t before = p->previous[unit], after = p->next[unit];
    if (before >= 0)
        p->next[before] = after;
    else
        p->head[p->group_of[unit]] = after;
    if (after >= 0) p->previous[after] = before;
}

int64_t pz__pairs_potential(const pz__pairs *p, int32_t group, int32_t unit)
{
    int64_t sum = 0;
    if (p->has_matrix) return p->potential[(size_t)group * (size_t)p->count + (size_t)unit];
    if (p->group_of[unit] == group) return p->own[unit];
    for (int32_t v = p->head[group]; v >= 0; v = p->next[v]) sum += pz__pairs_cost(p, unit, v);
    return sum;
}

/* The unit goes from its group to another one, and everybody in the two knows what that costs. */
static void walk(pz__pairs *p, int32_t unit, int32_t to)
{
    leave(p, unit);
    for (int32_t v = p->head[p->group_of[unit]]; v >= 0; v = p->next[v]) p->own[v] -= pz__pairs_cost(p, unit, v);
    p->own[unit] = 0;
    for (int32_t v = p->head[to]; v >= 0; v = p->next[v]) {
        int32_t cost = pz__pairs_cost(p, unit, v);
        p->own[v] += cost;
        p->own[unit] += cost;
    }
    join(p, unit, to);
}

static void set_lists(pz__pairs *p, const int32_t *group_of_unit)
{
    for (int32_t g = 0; g < p->groups; g++) p->head[g] = -1;
    for (int32_t u = p->count - 1; u >= 0; u--) join(p, u, group_of_unit[u]);
    for (int32_t u = 0; u < p->count; u++) p->own[u] = 0;
    for (int32_t u = 0; u < p->count; u++) {
        for (int32_t v = p->next[u]; v >= 0; v = p->next[v]) {
            int32_t cost = pz__pairs_cost(p, u, v);
            p->own[u] += cost;
            p->own[v] += cost;
        }
        p->total += p->own[u];
    }
    p->total /= 2;
}

/* ------------------------------------------------------------------------------------------------------ rows --- */

static void add_row(int32_t *restrict to, const int32_t *restrict from, size_t count)
{
    for (size_t i = 0; i < count; i++) to[i] += from[i];
}

static void subtract_row(int32_t *restrict to, const int32_t *restrict from, size_t count)
{
    for (size_t i = 0; i < count; i++) to[i] -= from[i];
}

static void set_rows(pz__pairs *pairs, const int32_t *group_of_unit)
{
    size_t count = (size_t)pairs->count;
    memset(pairs->potential, 0, (size_t)pairs->groups * count * sizeof *pairs->potential);
    for (size_t u = 0; u < count; u++) add_row(pairs->potential + (size_t)group_of_unit[u] * count, pairs->cost + u * count, count);
    for (size_t u = 0; u < count; u++) pairs->total += pairs->potential[(size_t)group_of_unit[u] * count + u];
    pairs->total /= 2;
}

static void move_rows(pz__pairs *p, int32_t from, int32_t to, int32_t unit, const int32_t *some, int some_count)
{
    size_t count = (size_t)p->count;
    int32_t *left = p->potential + (size_t)from * count, *joined = p->potential + (size_t)to * count;
    subtract_row(left, p->cost + (size_t)unit * count, count);
    add_row(joined, p->cost + (size_t)unit * count, count);
    for (int i = 0; i < some_count; i++) {
        subtract_row(joined, p->cost + (size_t)some[i] * count, count);
        add_row(left, p->cost + (size_t)some[i] * count, count);
    }
}

/* ------------------------------------------------------------------------------------------------------ both --- */

void pz__pairs_set(pz__pairs *pairs, const int32_t *group_of_unit)
{
    pairs->total = 0;
    if (pairs->count) (pairs->has_matrix ? set_rows : set_lists)(pairs, group_of_unit);
}

int64_t pz__pairs_change(const pz__pairs *p, int32_t from, int32_t to, int32_t unit, const int32_t *some, int some_count)
{
    if (!p->count) return 0;
    int64_t change = pz__pairs_by_move(p, from, to, unit);
    for (int i = 0; i < some_count; i++) {
        change += pz__pairs_by_move(p, to, from, some[i]) - 2 * (int64_t)pz__pairs_cost(p, unit, some[i]);
        for (int j = 0; j < i; j++) change += 2 * (int64_t)pz__pairs_cost(p, some[i], some[j]);
    }
    return change;
}

void pz__pairs_move(pz__pairs *p, int32_t from, int32_t to, int32_t unit, const int32_t *some, int some_count)
{
    if (!p->count) return;
    p->total += pz__pairs_change(p, from, to, unit, some, some_count);
    if (p->has_matrix) {
        move_rows(p, from, to, unit, some, some_count);
        return;
    }
    walk(p, unit, to);
    for (int i = 0; i < some_count; i++) walk(p, some[i], from);
}
