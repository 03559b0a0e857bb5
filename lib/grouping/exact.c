#include "grouping/exact.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "grouping/bound.h"
#include "grouping/distance.h"
#include "grouping/search.h"
#include "grouping/state.h"

/* Units are placed one after the other in a fixed order. Criteria about pairs, and numeric ones where all groups are of one size, are a cost of each two
 * units that sit together; what is left of the others is bounded from what is placed. Numbers are restored from copies, never by taking off what was
 * added, so that nothing drifts. */
typedef struct exact {
    pz__state s;
    int32_t count, groups;
    int32_t *order, *fill, *best; /* units; learners by group; by unit */
    int32_t *largest;             /* by depth: of the units from there on */
    double *cost;                 /* unit by unit */
    double *few;                  /* by depth, unit and number: the sum of so many least costs with units from there on */
    double *potential;            /* group by group, by unit */
    double *needs;                /* group by group, by column */
    double *kept, *kept_needs;    /* by depth: the row of the group that a unit was put into */
    double *rest_needs;           /* by depth: greatest needs of the units from there on */
    uint8_t folded[PZ__CRITERIA_MAX];
    double fixed;       /* the least that criteria come to that are neither costs of pairs nor needs */
    double needs_slope; /* 0 without needs */
    int any_apart_from_cost;
    double least; /* of the best division */
    double root;
    int64_t steps, steps_max;
    pz__watch *watch;
    int is_cut; /* by the steps or the caller */
} exact;

static const int64_t steps_between_calls = 4096;

static double *few_of(const exact *e, int32_t depth, int32_t unit)
{
    return e->few + ((size_t)depth * (size_t)e->count + (size_t)unit) * (size_t)e->count;
}

/* ------------------------------------------------------------------------------------------------- costs --- */

/* What lies between groups of one size is all there is less the squares of differences within them, by the size. */
static int may_fold(const exact *e, int32_t k)
{
    const pz__criterion *criterion = &e->s.data->criteria[k];
    if (pz__is_of_pairs(criterion)) return 1;
    if (criterion->kind != PZ__NUMERIC) return 0;
    for (int32_t g = 0; g < e->groups; g++)
        if (e->s.size_min[g] != e->s.size_min[0] || e->s.size_max[g] != e->s.size_min[0]) return 0;
    for (size_t i = 0; i < e->s.data->learners; i++)
        if (e->s.units->unit_of[i] >= 0 && isnan(criterion->values[i])) return 0;
    return 1;
}

static double cost_of(const exact *e, int32_t learner, int32_t other)
{
    const pz__grouping_data *data = e->s.data;
    double cost = 0;
    for (int32_t k = 0; k < data->criterion_count; k++) {
        const pz__criterion *criterion = &data->criteria[k];
        double slope = pz__measure_slope(&e->s.measure, k);
        if (!e->folded[k]) continue;
        if (pz__is_of_pairs(criterion)) {
            cost += slope * pz__distance(criterion, (size_t)learner, (size_t)other);
        } else {
            double difference = criterion->values[learner] - criterion->values[other];
            cost -= slope / e->s.size_min[0] * difference * difference;
        }
    }
    return cost;
}

static void fill_costs(exact *e)
{
    const pz__units *units = e->s.units;
    for (int32_t u = 0; u < e->count; u++) {
        for (int32_t v = 0; v < u; v++) {
            double cost = 0;
            for (int32_t i = 0; i < units->units[u].size; i++)
                for (int32_t j = 0; j < units->units[v].size; j++)
                    cost += cost_of(e, units->members[units->units[u].first_member + i], units->members[units->units[v].first_member + j]);
            e->cost[u * e->count + v] = e->cost[v * e->count + u] = cost;
        }
    }
}

/* ------------------------------------------------------------------------------------------------- order --- */

/* Units with the greatest costs first, since they decide most. Locked ones before all. */
static void order_units(exact *e)
{
    double weight[PZ__EXACT_UNITS];
    for (int32_t u = 0; u < e->count; u++) {
        weight[u] = e->s.units->units[u].locked >= 0 ? HUGE_VAL : 0;
        for (int32_t v = 0; v < e->count; v++) weight[u] += fabs(e->cost[u * e->count + v]);
        int32_t at = u;
        for (; at > 0 && weight[e->order[at - 1]] < weight[u]; at--) e->order[at] = e->order[at - 1];
        e->order[at] = u;
    }
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

static void fill_rests(exact *e)
{
    for (int32_t depth = e->count - 1; depth >= 0; depth--) {
        const pz__unit *unit = &e->s.units->units[e->order[depth]];
        double most = 0;
        for (int32_t c = 0; c < e->s.measure.need_columns; c++) most = fmax(most, e->s.bulks[e->order[depth]].needs[c]);
        e->rest_needs[depth] = e->rest_needs[depth + 1] + most;
        e->largest[depth] = unit->size > e->largest[depth + 1] ? unit->size : e->largest[depth + 1];
        for (int32_t i = depth; i < e->count; i++) {
            double *few = few_of(e, depth, e->order[i]);
            int32_t others = 0;
            for (int32_t j = depth; j < e->count; j++)
                if (j != i) few[++others] = e->cost[e->order[i] * e->count + e->order[j]];
            few[0] = 0;
            qsort(few + 1, (size_t)others, sizeof *few, by_size);
            for (int32_t k = 1; k <= others; k++) few[k] += few[k - 1];
        }
    }
}

/* ------------------------------------------------------------------------------------------------- bound --- */

/* The least that a unit can cost with others that are not placed yet, in a group with so much room: sums of the least costs fall and then rise with
 * their number. */
static double least_with_rest(const exact *e, int32_t depth, int32_t unit, int32_t group)
{
    const double *few = few_of(e, depth, unit);
    int32_t size = e->fill[group] + e->s.units->units[unit].size, others = e->count - depth - 1;
    int32_t most = e->s.size_max[group] - size, missing = e->s.size_min[group] - size;
    int32_t k = missing > 0 ? (missing + e->largest[depth] - 1) / e->largest[depth] : 0;
    if (most > others) most = others;
    if (k > most) return few[most > 0 ? most : 0];
    while (k < most && few[k + 1] < few[k]) k++;
    return few[k];
}

/* HUGE_VAL where the unit can go nowhere. */
static double least_of_unit(const exact *e, int32_t depth, int32_t unit)
{
    double least = HUGE_VAL;
    int32_t size = e->s.units->units[unit].size;
    for (int32_t g = 0; g < e->groups; g++) {
        if (e->fill[g] + size > e->s.size_max[g] || !pz__unit_may_sit(e->s.units, unit, g)) continue;
        double cost = e->potential[g * e->count + unit] + 0.5 * least_with_rest(e, depth, unit, g);
        if (cost < least) least = cost;
    }
    return least;
}

static double served(const exact *e)
{
    double sum = 0;
    int32_t columns = e->s.measure.columns;
    for (int32_t g = 0; g < e->groups; g++) {
        double most = 0;
        for (int32_t c = 0; c < e->s.measure.need_columns; c++) most = fmax(most, e->needs[(size_t)g * (size_t)columns + (size_t)c]);
        sum += most;
    }
    return sum;
}

static double bound_of(const exact *e, int32_t depth, double cost)
{
    double bound = cost + e->fixed;
    if (e->needs_slope < 0) bound += e->needs_slope * (served(e) + e->rest_needs[depth]);
    for (int32_t i = depth; i < e->count; i++) bound += least_of_unit(e, depth, e->order[i]);
    return bound;
}

/* ------------------------------------------------------------------------------------------------ search --- */

/* What a whole division comes to, but for a constant. */
static double value_of(exact *e, double cost)
{
    pz__measure *m = &e->s.measure;
    if (!e->any_apart_from_cost) return cost;
    pz__spread(e->s.units, e->s.data->learners, e->s.group_of, e->s.by_learner);
    pz__measure_set(m, e->s.by_learner);
    for (int32_t k = 0; k < e->s.data->criterion_count; k++) {
        double gathered = 0;
        if (e->folded[k]) continue;
        for (int32_t g = 0; g < e->groups; g++) gathered += m->gathered[g * e->s.data->criterion_count + k];
        cost += pz__measure_slope(m, k) * gathered;
    }
    return cost;
}

static int keeps_rules(exact *e)
{
    for (int32_t g = 0; g < e->groups; g++)
        if (e->fill[g] < e->s.size_min[g]) return 0;
    if (e->s.units->count_rule_count == 0 && e->s.units->time_rule_count == 0) return 1;
    pz__tally_set(&e->s.tally, e->s.group_of);
    for (int32_t g = 0; g < e->groups; g++)
        if (pz__tally_miss(&e->s.tally, g, NULL, 0, NULL, 0)) return 0;
    return 1;
}

/* Learners that groups miss still, against those that are left. */
static int has_enough(const exact *e, int32_t depth)
{
    int32_t missing = 0, left = 0;
    for (int32_t g = 0; g < e->groups; g++)
        if (e->fill[g] < e->s.size_min[g]) missing += e->s.size_min[g] - e->fill[g];
    for (int32_t i = depth; i < e->count; i++) left += e->s.units->units[e->order[i]].size;
    return left >= missing;
}

static void take_if_better(exact *e, double cost)
{
    if (!keeps_rules(e)) return;
    double value = value_of(e, cost);
    if (value >= e->least - pz__noise) return;
    e->least = value;
    memcpy(e->best, e->s.group_of, (size_t)e->count * sizeof *e->best);
}

static void enter(exact *e, int32_t depth, int32_t unit, int32_t group)
{
    size_t count = (size_t)e->count, columns = (size_t)e->s.measure.columns;
    double *row = e->potential + (size_t)group * count, *needs = e->needs + (size_t)group * columns;
    memcpy(e->kept + (size_t)depth * count, row, count * sizeof *row);
    memcpy(e->kept_needs + (size_t)depth * columns, needs, columns * sizeof *needs);
    for (size_t v = 0; v < count; v++) row[v] += e->cost[(size_t)unit * count + v];
    for (size_t c = 0; c < columns; c++) needs[c] += e->s.bulks[unit].needs[c];
    e->fill[group] += e->s.units->units[unit].size;
    e->s.group_of[unit] = group;
}

static void leave(exact *e, int32_t depth, int32_t unit, int32_t group)
{
    size_t count = (size_t)e->count, columns = (size_t)e->s.measure.columns;
    memcpy(e->potential + (size_t)group * count, e->kept + (size_t)depth * count, count * sizeof *e->kept);
    memcpy(e->needs + (size_t)group * columns, e->kept_needs + (size_t)depth * columns, columns * sizeof *e->kept_needs);
    e->fill[group] -= e->s.units->units[unit].size;
    e->s.group_of[unit] = -1;
}

static void branch(exact *e, int32_t depth, double cost)
{
    if (depth == e->count) {
        take_if_better(e, cost);
        return;
    }
    int32_t unit = e->order[depth], empty_tried = 0;
    for (int32_t g = 0; g < e->groups && !e->is_cut; g++) {
        if (e->fill[g] + e->s.units->units[unit].size > e->s.size_max[g] || !pz__unit_may_sit(e->s.units, unit, g)) continue;
        if (e->fill[g] == 0 && g > e->s.units->named_max) { /* an empty group is like any other that no rule names */
            if (empty_tried) continue;
            empty_tried = 1;
        }
        if (pz__state_has_enemy(&e->s, unit, g, -1)) continue;
        if (++e->steps > e->steps_max) e->is_cut = 1;
        if (e->steps % steps_between_calls == 0 && pz__watch_stops(e->watch, (double)e->steps / (double)e->steps_max)) e->is_cut = 1;
        if (e->is_cut) return;
        double more = cost + e->potential[g * e->count + unit];
        enter(e, depth, unit, g);
        if (has_enough(e, depth + 1) && bound_of(e, depth + 1, more) < e->least - pz__noise) branch(e, depth + 1, more);
        leave(e, depth, unit, g);
    }
}

/* ------------------------------------------------------------------------------------------------- whole --- */

static pz_status allocate(exact *e)
{
    size_t count = (size_t)e->count, groups = (size_t)e->groups, columns = (size_t)e->s.measure.columns;
    e->order = pz__alloc_zero(count, sizeof *e->order);
    e->fill = pz__alloc_zero(groups, sizeof *e->fill);
    e->best = pz__alloc_zero(count, sizeof *e->best);
    e->largest = pz__alloc_zero(count + 1, sizeof *e->largest);
    e->cost = pz__alloc_zero(count * count, sizeof *e->cost);
    e->few = pz__alloc_zero(count * count * count, sizeof *e->few);
    e->potential = pz__alloc_zero(groups * count, sizeof *e->potential);
    e->needs = pz__alloc_zero(groups * columns, sizeof *e->needs);
    e->kept = pz__alloc_zero(count * count, sizeof *e->kept);
    e->kept_needs = pz__alloc_zero(count * columns, sizeof *e->kept_needs);
    e->rest_needs = pz__alloc_zero(count + 1, sizeof *e->rest_needs);
    return e->order && e->fill && e->best && e->largest && e->cost && e->few && e->potential && e->needs && e->kept && e->kept_needs &&
                   e->rest_needs
               ? PZ_OK
               : pz__fail_memory();
}

static void release(exact *e)
{
    pz__release(e->order);
    pz__release(e->fill);
    pz__release(e->best);
    pz__release(e->largest);
    pz__release(e->cost);
    pz__release(e->few);
    pz__release(e->potential);
    pz__release(e->needs);
    pz__release(e->kept);
    pz__release(e->kept_needs);
    pz__release(e->rest_needs);
    pz__state_free(&e->s);
}

/* Which criteria are costs of pairs, and the least that the others can come to. */
static pz_status prepare(exact *e)
{
    const pz__measure *m = &e->s.measure;
    for (int32_t k = 0; k < e->s.data->criterion_count; k++) {
        double term = 0;
        e->folded[k] = (uint8_t)may_fold(e, k);
        e->any_apart_from_cost |= !e->folded[k];
        if (e->s.data->criteria[k].kind == PZ__NEEDS) e->needs_slope = pz__measure_slope(m, k);
        if (e->folded[k] || e->s.data->criteria[k].kind == PZ__NEEDS || pz__measure_slope(m, k) >= 0)
            continue; /* nothing gathered is below 0 */
        PZ__TRY(pz__bound_term(m, e->s.by_learner, k, &term));
        e->fixed += m->weights[k] * (term - 1);
    }
    fill_costs(e);
    order_units(e);
    fill_rests(e);
    return PZ_OK;
}

/* Of the division that is there: its cost, and its objective less that is the constant. */
static double cost_of_division(const exact *e)
{
    double cost = 0;
    for (int32_t u = 0; u < e->count; u++)
        for (int32_t v = 0; v < u; v++)
            if (e->s.group_of[u] == e->s.group_of[v]) cost += e->cost[u * e->count + v];
    return cost;
}

static pz_status prove(exact *e, int32_t *group_of, pz__proof *out_proof)
{
    double objective = pz__measure_objective(&e->s.measure);
    PZ__TRY(allocate(e));
    PZ__TRY(prepare(e));
    e->least = value_of(e, cost_of_division(e));
    double constant = objective - e->least;
    memcpy(e->best, e->s.group_of, (size_t)e->count * sizeof *e->best);
    for (int32_t u = 0; u < e->count; u++) e->s.group_of[u] = -1;
    e->root = bound_of(e, 0, 0);
    if (e->root < e->least - pz__noise) branch(e, 0, 0);
    PZ__TRY(pz__watch_status(e->watch));
    memcpy(group_of, e->best, (size_t)e->count * sizeof *e->best);
    out_proof->is_proven = !e->is_cut;
    out_proof->steps = e->is_cut ? e->steps - 1 : e->steps;
    out_proof->bound = constant + (e->is_cut ? e->root - pz__noise : e->least);
    return PZ_OK;
}

pz_status pz__exact(const pz__grouping_data *data, const pz__units *units, int32_t groups, int64_t steps_max, pz__watch *watch,
                    int32_t *group_of, pz__proof *out_proof)
{
    memset(out_proof, 0, sizeof *out_proof);
    if (units->count > PZ__EXACT_UNITS) return PZ_OK;
    exact *e = pz__alloc_zero(1, sizeof *e);
    if (!e) return pz__fail_memory();
    e->count = units->count;
    e->groups = groups;
    e->steps_max = steps_max;
    e->watch = watch;
    pz_status status = pz__state_make(data, units, groups, group_of, NULL, &e->s);
    if (status == PZ_OK) {
        status = prove(e, group_of, out_proof);
        release(e);
    }
    pz__release(e);
    return status;
}
