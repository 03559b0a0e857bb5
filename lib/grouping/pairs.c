#include "grouping/pairs.h"

#include <math.h>
#include <string.h>

#include "base/fail.h"
#include "base/memory.h"
#include "grouping/distance.h"

/* A potential stays below this, and so the sum of four potentials and two costs within int32_t. */
static const double potential_max = 0x1p28;

static int has_pairs(const pz__grouping_data *data)
{
    for (int32_t k = 0; k < data->criterion_count; k++)
        if (pz__is_of_pairs(&data->criteria[k])) return 1;
    return 0;
}

static double cost_of(const pz__measure *m, int32_t learner, int32_t other)
{
    double cost = 0;
    for (int32_t k = 0; k < m->data->criterion_count; k++)
        if (pz__is_of_pairs(&m->data->criteria[k]))
            cost += pz__measure_slope(m, k) * pz__distance(&m->data->criteria[k], (size_t)learner, (size_t)other);
    return cost;
}

static double cost_of_units(const pz__measure *m, const pz__units *units, int32_t unit, int32_t other)
{
    const pz__unit *u = &units->units[unit], *v = &units->units[other];
    double cost = 0;
    for (int32_t i = 0; i < u->size; i++)
        for (int32_t j = 0; j < v->size; j++) cost += cost_of(m, units->members[u->first_member + i], units->members[v->first_member + j]);
    return cost;
}

/* Costs of so many units are kept from finding the scale to rounding them, for more they are made twice. */
enum { KEPT_MAX = 1000 };

/* A group's size times the greatest cost is what a potential can come to. `kept` is NULL, or takes the costs row by row. */
static double scale_for(const pz__measure *m, const pz__units *units, double *kept)
{
    double most = 0;
    int32_t largest = m->data->size_max;
    for (int32_t i = 0; i < units->group_size_count; i++)
        if (units->group_sizes[i].most > largest) largest = units->group_sizes[i].most;
    if (largest > units->count) largest = units->count;
    for (int32_t u = 0; u < units->count; u++) {
        for (int32_t v = 0; v < u; v++) {
            double cost = cost_of_units(m, units, u, v);
            if (kept) *kept++ = cost;
            if (fabs(cost) > most) most = fabs(cost);
        }
    }
    double room = potential_max / ((double)largest + 1), scale = 1;
    if (!(most > 0)) return 1;
    while (most * scale * 2 <= room) scale *= 2;
    while (most * scale > room) scale /= 2;
    return scale;
}

pz_status pz__pairs_make(const pz__measure *m, const pz__units *units, const int32_t *group_of_unit, pz__pairs *out_pairs)
{
    size_t count = (size_t)units->count;
    memset(out_pairs, 0, sizeof *out_pairs);
    if (!has_pairs(m->data)) return PZ_OK;
    out_pairs->count = units->count;
    out_pairs->groups = m->groups;
    double *kept = count <= KEPT_MAX ? pz__alloc(count * count / 2 * sizeof *kept + sizeof *kept) : NULL;
    if (count <= KEPT_MAX && !kept) return pz__fail_memory();
    out_pairs->scale = scale_for(m, units, kept);
    out_pairs->cost = pz__alloc_zero(count * count, sizeof *out_pairs->cost);
    out_pairs->potential = pz__alloc_zero((size_t)m->groups * count, sizeof *out_pairs->potential);
    if (!out_pairs->cost || !out_pairs->potential) {
        pz__release(kept);
        pz__pairs_free(out_pairs);
        return pz__fail_memory();
    }
    for (size_t u = 0; u < count; u++) {
        for (size_t v = 0; v < u; v++) {
            double exact = kept ? kept[u * (u - 1) / 2 + v] : cost_of_units(m, units, (int32_t)u, (int32_t)v);
            double cost = floor(exact * out_pairs->scale + 0.5);
            out_pairs->cost[u * count + v] = out_pairs->cost[v * count + u] = (int32_t)cost;
        }
    }
    pz__release(kept);
    pz__pairs_set(out_pairs, group_of_unit);
    return PZ_OK;
}

void pz__pairs_free(pz__pairs *pairs)
{
    pz__release(pairs->cost);
    pz__release(pairs->potential);
    memset(pairs, 0, sizeof *pairs);
}

static void add_row(int32_t *restrict to, const int32_t *restrict from, size_t count)
{
    for (size_t i = 0; i < count; i++) to[i] += from[i];
}

static void subtract_row(int32_t *restrict to, const int32_t *restrict from, size_t count)
{
    for (size_t i = 0; i < count; i++) to[i] -= from[i];
}

void pz__pairs_set(pz__pairs *pairs, const int32_t *group_of_unit)
{
    size_t count = (size_t)pairs->count;
    pairs->total = 0;
    if (!count) return;
    memset(pairs->potential, 0, (size_t)pairs->groups * count * sizeof *pairs->potential);
    for (size_t u = 0; u < count; u++) add_row(pairs->potential + (size_t)group_of_unit[u] * count, pairs->cost + u * count, count);
    for (size_t u = 0; u < count; u++) pairs->total += pairs->potential[(size_t)group_of_unit[u] * count + u];
    pairs->total /= 2;
}

int64_t pz__pairs_change(const pz__pairs *p, int32_t from, int32_t to, int32_t unit, const int32_t *some, int some_count)
{
    if (!p->count) return 0;
    int64_t change = pz__pairs_by_move(p, from, to, unit);
    for (int i = 0; i < some_count; i++) {
        change += pz__pairs_by_move(p, to, from, some[i]) - 2 * (int64_t)p->cost[(size_t)unit * (size_t)p->count + (size_t)some[i]];
        for (int j = 0; j < i; j++) change += 2 * (int64_t)p->cost[(size_t)some[i] * (size_t)p->count + (size_t)some[j]];
    }
    return change;
}

void pz__pairs_move(pz__pairs *p, int32_t from, int32_t to, int32_t unit, const int32_t *some, int some_count)
{
    if (!p->count) return;
    size_t count = (size_t)p->count;
    int32_t *left = p->potential + (size_t)from * count, *joined = p->potential + (size_t)to * count;
    p->total += pz__pairs_change(p, from, to, unit, some, some_count);
    subtract_row(left, p->cost + (size_t)unit * count, count);
    add_row(joined, p->cost + (size_t)unit * count, count);
    for (int i = 0; i < some_count; i++) {
        subtract_row(joined, p->cost + (size_t)some[i] * count, count);
        add_row(left, p->cost + (size_t)some[i] * count, count);
    }
}
