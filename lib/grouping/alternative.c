/* Where else a learner could sit. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/fail.h"
#include "base/memory.h"
#include "grouping/distance.h"
#include "grouping/members.h"
#include "grouping/result.h"

enum { TRIES = 8 };

typedef struct weighing {
    const pz_grouping_result *result;
    pz_grouping_result changed; /* the same with other groups */
    int32_t learner, own;
    int32_t broken; /* rules now */
    pz__members members;
    double *costs; /* by member of one group: of changing places */
    double *sums[2], *needs[2];
    int32_t *counts[2];
} weighing;

/* ------------------------------------------------------------------------------------------------------- costs --- */

static double pair_cost(const pz_grouping_result *result, int32_t a, int32_t b)
{
    double cost = 0;
    for (int32_t k = 0; k < result->data->criterion_count; k++)
        if (pz__is_of_pairs(&result->data->criteria[k]))
            cost += pz__measure_slope(&result->measure, k) * pz__distance(&result->data->criteria[k], (size_t)a, (size_t)b);
    return cost;
}

static double with_group(const weighing *w, int32_t learner, int32_t group)
{
    double cost = 0;
    for (int32_t i = w->members.first[group]; i < w->members.first[group + 1]; i++)
        if (w->members.learners[i] != learner) cost += pair_cost(w->result, learner, w->members.learners[i]);
    return cost;
}

static pz__bulk bulk_of(weighing *w, int at, int32_t learner)
{
    const pz__measure *m = &w->result->measure;
    memset(w->sums[at], 0, (size_t)m->data->criterion_count * sizeof *w->sums[at]);
    memset(w->counts[at], 0, (size_t)m->data->criterion_count * sizeof *w->counts[at]);
    memset(w->needs[at], 0, (size_t)m->columns * sizeof *w->needs[at]);
    pz__measure_learner(m, learner, w->sums[at], w->counts[at], w->needs[at]);
    return (pz__bulk){1, w->sums[at], w->counts[at], w->needs[at]};
}

/* Of moving to the group, or of changing places with `other` there. */
static double cost_of(weighing *w, int32_t group, int32_t other)
{
    pz__bulk what = bulk_of(w, 0, w->learner), back;
    if (other >= 0) back = bulk_of(w, 1, other);
    double cost = pz__measure_change(&w->result->measure, w->own, group, &what, other >= 0 ? &back : NULL);
    cost += with_group(w, w->learner, group) - with_group(w, w->learner, w->own);
    if (other < 0) return cost;
    return cost + with_group(w, other, w->own) - with_group(w, other, group) - 2 * pair_cost(w->result, w->learner, other);
}

/* Rules broken after the change beyond those that are now. */
static int32_t breaks(weighing *w, int32_t group, int32_t other)
{
    pz_grouping_result *c = &w->changed;
    c->group_of[w->learner] = group;
    if (other >= 0) c->group_of[other] = w->own;
    c->measure.sizes[w->own] -= other < 0;
    c->measure.sizes[group] += other < 0;
    int32_t more = pz__result_check(c, NULL) - w->broken;
    c->measure.sizes[w->own] += other < 0;
    c->measure.sizes[group] -= other < 0;
    c->group_of[w->learner] = w->own;
    if (other >= 0) c->group_of[other] = group;
    return more;
}

/* The cheapest change of places that breaks nothing more, among the cheapest ones. */
static void find_other(weighing *w, pz_grouping_alternative *row)
{
    int32_t first = w->members.first[row->group], count = w->members.first[row->group + 1] - first;
    for (int32_t i = 0; i < count; i++) w->costs[i] = cost_of(w, row->group, w->members.learners[first + i]);
    for (int tries = 0; tries < TRIES && tries < count; tries++) {
        int32_t best = -1;
        for (int32_t i = 0; i < count; i++)
            if (!isnan(w->costs[i]) && (best < 0 || w->costs[i] < w->costs[best])) best = i;
        if (breaks(w, row->group, w->members.learners[first + best]) <= 0) {
            row->other = w->members.learners[first + best];
            row->other_cost = w->costs[best];
            return;
        }
        w->costs[best] = PZ_REAL_NONE; /* was looked at */
    }
}

/* ------------------------------------------------------------------------------------------------------- lists --- */

static void free_weighing(weighing *w)
{
    pz__members_free(&w->members);
    pz__release(w->costs);
    pz__release(w->changed.group_of);
    pz__release(w->changed.measure.sizes);
    for (int i = 0; i < 2; i++) {
        pz__release(w->sums[i]);
        pz__release(w->needs[i]);
        pz__release(w->counts[i]);
    }
}

static pz_status make_weighing(const pz_grouping_result *result, int32_t learner, weighing *w)
{
    size_t n = result->data->learners, groups = (size_t)result->groups, criteria = (size_t)result->data->criterion_count;
    *w = (weighing){.result = result, .learner = learner, .own = result->group_of[learner]};
    w->changed = *result;
    w->changed.group_of = pz__alloc(n * sizeof *w->changed.group_of);
    w->changed.measure.sizes = pz__alloc(groups * sizeof *w->changed.measure.sizes);
    w->costs = pz__alloc(n * sizeof *w->costs);
    int made = w->changed.group_of && w->changed.measure.sizes && w->costs;
    for (int i = 0; i < 2; i++) {
        w->sums[i] = pz__alloc(criteria * sizeof *w->sums[i]);
        w->counts[i] = pz__alloc(criteria * sizeof *w->counts[i]);
        w->needs[i] = pz__alloc((size_t)result->measure.columns * sizeof *w->needs[i]);
        made = made && w->sums[i] && w->counts[i] && w->needs[i];
    }
    pz_status status = made ? pz__members_make(result->group_of, n, result->groups, &w->members) : pz__fail_memory();
    if (status != PZ_OK) {
        free_weighing(w);
        return status;
    }
    memcpy(w->changed.group_of, result->group_of, n * sizeof *result->group_of);
    memcpy(w->changed.measure.sizes, result->measure.sizes, groups * sizeof *result->measure.sizes);
    w->broken = pz__result_check(result, NULL);
    return PZ_OK;
}

/* What is best to do about the group without breaking a rule; infinite where nothing is. */
static double worth(const pz_grouping_alternative *row)
{
    double cost = row->breaks <= 0 ? row->cost : INFINITY;
    return row->other >= 0 && row->other_cost < cost ? row->other_cost : cost;
}

static int by_worth(const void *a, const void *b)
{
    const pz_grouping_alternative *x = a, *y = b;
    double cost_x = worth(x), cost_y = worth(y);
    if (cost_x != cost_y) return cost_x < cost_y ? -1 : 1;
    if (x->cost != y->cost) return x->cost < y->cost ? -1 : 1;
    return x->group - y->group;
}

pz_status pz_grouping_alternative_list(const pz_grouping_result *result, int32_t learner, pz_grouping_alternative ***out_rows,
                                       size_t *out_count)
{
    if (!out_rows || !out_count) return pz__fail_null(out_rows ? "out_count" : "out_rows");
    *out_rows = NULL;
    *out_count = 0;
    if (!result) return pz__fail_closed("result");
    if (learner < 0 || (size_t)learner >= result->data->learners || result->group_of[learner] < 0)
        return pz__fail(PZ_E_INVALID, "learner", NULL, "Learner %d is in none of the groups.", (int)learner);
    weighing w;
    PZ__TRY(make_weighing(result, learner, &w));
    pz_grouping_alternative *list = pz__alloc((size_t)result->groups * sizeof *list);
    size_t count = 0;
    for (int32_t g = 0; list && g < result->groups; g++) {
        if (g == w.own) continue;
        pz_grouping_alternative *row = &list[count++];
        *row = (pz_grouping_alternative){sizeof *row, g, cost_of(&w, g, -1), breaks(&w, g, -1), -1, PZ_REAL_NONE};
        find_other(&w, row);
    }
    free_weighing(&w);
    if (!list) return pz__fail_memory();
    qsort(list, count, sizeof *list, by_worth);
    pz__rows rows;
    pz__rows_start(&rows, &pz__grouping_alternative_type);
    for (size_t i = 0; i < count; i++) pz__rows_add(&rows, &list[i]);
    pz__release(list);
    return pz__rows_take(&rows, (void ***)out_rows, out_count);
}
