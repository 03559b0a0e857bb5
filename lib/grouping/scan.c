#include "grouping/scan.h"

#include <string.h>

#include "base/fail.h"
#include "base/memory.h"
#include "base/numeric.h"

/* Nothing costs as much: changes stay below 2^30, see pz__pairs_make. */
static const int32_t never = INT32_C(1) << 30;

static void order_slots(pz__scan *scan)
{
    const pz__state *s = scan->s;
    int32_t groups = s->measure.groups, units = s->units->count;
    memset(scan->start, 0, ((size_t)groups + 1) * sizeof *scan->start);
    for (int32_t u = 0; u < units; u++) scan->start[s->group_of[u] + 1]++;
    for (int32_t g = 0; g < groups; g++) scan->start[g + 1] += scan->start[g];
    for (int32_t u = units - 1; u >= 0; u--) { /* fills each group from its end, which is the start of the next */
        scan->place[u] = --scan->start[s->group_of[u] + 1];
        scan->slots[scan->place[u]] = u;
    }
    for (int32_t g = 0; g < groups; g++) scan->start[g] = scan->start[g + 1];
    scan->start[groups] = units;
}

void pz__scan_reset(pz__scan *scan)
{
    const pz__state *s = scan->s;
    size_t count = (size_t)s->units->count;
    order_slots(scan);
    for (size_t u = 0; u < count; u++) scan->own[u] = s->pairs.potential[(size_t)s->group_of[u] * count + u];
}

void pz__scan_chances(float *out_chances)
{
    int32_t order[PZ__CHANCES];
    pz__random random;
    pz__random_seed(&random, 1);
    for (int i = 0; i < PZ__CHANCES; i++) order[i] = i;
    pz__random_shuffle(&random, order, PZ__CHANCES);
    for (int i = 0; i < PZ__CHANCES; i++) out_chances[i] = (float)-pz__log((order[i] + 0.5) / PZ__CHANCES);
}

pz_status pz__scan_make(pz__state *s, pz__scan *out_scan)
{
    pz__scan *scan = out_scan;
    size_t count = (size_t)s->units->count, groups = (size_t)s->measure.groups;
    memset(scan, 0, sizeof *scan);
    scan->s = s;
    scan->own = pz__alloc(count * sizeof *scan->own);
    scan->elsewhere = pz__alloc(groups * sizeof *scan->elsewhere);
    scan->slots = pz__alloc(count * sizeof *scan->slots);
    scan->place = pz__alloc(count * sizeof *scan->place);
    scan->start = pz__alloc((groups + 1) * sizeof *scan->start);
    if (!scan->own || !scan->elsewhere || !scan->slots || !scan->place || !scan->start) {
        pz__scan_free(scan);
        return pz__fail_memory();
    }
    scan->is_plain = s->units->is_plain;
    scan->may_move = s->sizes_vary;
    pz__scan_chances(scan->chances);
    pz__scan_reset(scan);
    return PZ_OK;
}

void pz__scan_free(pz__scan *scan)
{
    pz__release(scan->own);
    pz__release(scan->elsewhere);
    pz__release(scan->slots);
    pz__release(scan->place);
    pz__release(scan->start);
    memset(scan, 0, sizeof *scan);
}

void pz__scan_heat(pz__scan *scan, double temperature)
{
    float heat = (float)temperature, most = (float)(never / 2);
    for (int i = 0; i < PZ__CHANCES; i++) {
        float limit = heat * scan->chances[i];
        scan->limits[i] = (int32_t)(limit < most ? limit : most) - 1;
    }
}

static void put(pz__scan *scan, int32_t slot, int32_t unit)
{
    scan->slots[slot] = unit;
    scan->place[unit] = slot;
}

/* The hole that the unit leaves in its group's row of slots wanders to the group that it joins. */
static void move_slot(pz__scan *scan, int32_t unit, int32_t from, int32_t to)
{
    int32_t *start = scan->start, hole = scan->place[unit];
    if (from < to) {
        put(scan, hole, scan->slots[start[from + 1] - 1]);
        for (int32_t g = from + 1; g <= to; g++) {
            hole = --start[g];
            if (g < to && start[g + 1] - 1 > hole) put(scan, hole, scan->slots[start[g + 1] - 1]);
        }
    } else {
        put(scan, hole, scan->slots[start[from]]);
        for (int32_t g = from - 1; g >= to; g--) {
            hole = start[g + 1]++;
            if (g > to && hole > start[g]) put(scan, hole, scan->slots[start[g]]);
        }
    }
    put(scan, hole, unit);
}

static void know_own(pz__scan *scan, int32_t group)
{
    const int32_t *potential = scan->s->pairs.potential + (size_t)group * (size_t)scan->s->units->count;
    for (int32_t i = scan->start[group]; i < scan->start[group + 1]; i++) scan->own[scan->slots[i]] = potential[scan->slots[i]];
}

/* What each unit gains by the swap of the two in one group it loses in the other. */
static void exchange_rows(int32_t *restrict left, int32_t *restrict joined, const int32_t *restrict leaving, const int32_t *restrict coming,
                          size_t count)
{
    for (size_t i = 0; i < count; i++) {
        int32_t more = coming[i] - leaving[i];
        left[i] += more;
        joined[i] -= more;
    }
}

static void swap(pz__scan *scan, int32_t unit, int32_t other, int32_t change)
{
    pz__state *s = scan->s;
    int32_t g = s->group_of[unit], h = s->group_of[other], slot = scan->place[unit];
    size_t count = (size_t)s->units->count;
    if (scan->is_plain && s->units->units[unit].size == s->units->units[other].size) { /* no size and nothing but potentials changes */
        exchange_rows(s->pairs.potential + (size_t)g * count, s->pairs.potential + (size_t)h * count, s->pairs.cost + (size_t)unit * count,
                      s->pairs.cost + (size_t)other * count, count);
        s->pairs.total += change;
        s->group_of[unit] = h;
        s->group_of[other] = g;
    } else {
        pz__state_swap(s, unit, other);
    }
    put(scan, scan->place[other], unit);
    put(scan, slot, other);
    know_own(scan, g);
    know_own(scan, h);
    scan->made++;
}

static void move(pz__scan *scan, int32_t unit, int32_t to)
{
    int32_t from = scan->s->group_of[unit];
    pz__state_move(scan->s, unit, to);
    move_slot(scan, unit, from, to);
    know_own(scan, from);
    know_own(scan, to);
    scan->made++;
}

static void look_elsewhere(pz__scan *scan, int32_t unit)
{
    const pz__pairs *p = &scan->s->pairs;
    size_t count = (size_t)p->count;
    const int32_t *potential = p->potential + unit;
    int32_t own = scan->own[unit];
    for (int32_t g = 0; g < p->groups; g++) scan->elsewhere[g] = potential[(size_t)g * count] - own;
    scan->elsewhere[scan->s->group_of[unit]] = never; /* no swap within a group */
}

/* The same once the unit went from group `from` to where it is: potentials of other groups did not change. */
static void look_again(pz__scan *scan, int32_t unit, int32_t from, int32_t own_before)
{
    const pz__pairs *p = &scan->s->pairs;
    int32_t more = own_before - scan->own[unit], *elsewhere = scan->elsewhere;
    for (int32_t g = 0; g < p->groups; g++) elsewhere[g] += more;
    elsewhere[from] = p->potential[(size_t)from * (size_t)p->count + (size_t)unit] - scan->own[unit];
    elsewhere[scan->s->group_of[unit]] = never;
}

/* The first unit from `from` on whose swap with the unit costs no more than its limit; `count` if there is none. Limits are read on from `chance`. */
static int32_t find_swap(const pz__scan *scan, int32_t unit, int32_t from, uint32_t chance)
{
    const pz__state *s = scan->s;
    int32_t count = s->units->count;
    const int32_t *group_of = s->group_of, *elsewhere = scan->elsewhere, *own = scan->own, *limits = scan->limits;
    const int32_t *here = s->pairs.potential + (size_t)group_of[unit] * (size_t)count, *cost = s->pairs.cost + (size_t)unit * (size_t)count;
    for (int32_t v = from; v < count; v++)
        if (elsewhere[group_of[v]] + here[v] - own[v] - 2 * cost[v] <= limits[(chance + (uint32_t)v) & (PZ__CHANCES - 1)]) return v;
    return count;
}

static int32_t change_by(const pz__scan *scan, int32_t unit, int32_t other)
{
    const pz__state *s = scan->s;
    size_t count = (size_t)s->units->count;
    return scan->elsewhere[s->group_of[other]] + s->pairs.potential[(size_t)s->group_of[unit] * count + (size_t)other] - scan->own[other] -
           2 * s->pairs.cost[(size_t)unit * count + (size_t)other];
}

static void try_moves(pz__scan *scan, int32_t unit, uint32_t chance)
{
    for (int32_t g = 0; g < scan->s->measure.groups; g++) {
        int32_t limit = scan->limits[(chance + (uint32_t)g) & (PZ__CHANCES - 1)];
        if (scan->elsewhere[g] > limit || !pz__state_may_move(scan->s, unit, g)) continue;
        move(scan, unit, g);
        look_elsewhere(scan, unit);
    }
}

void pz__scan_unit(pz__scan *scan, int32_t unit)
{
    pz__state *s = scan->s;
    uint32_t chance = (uint32_t)(pz__random_next(s->random) >> 32);
    if (s->units->units[unit].locked >= 0) return;
    look_elsewhere(scan, unit);
    if (scan->may_move) try_moves(scan, unit, chance >> 16);
    for (int32_t v = find_swap(scan, unit, 0, chance); v < s->units->count; v = find_swap(scan, unit, v + 1, chance)) {
        if (!scan->is_plain && !pz__state_may_swap(s, unit, v)) continue;
        int32_t from = s->group_of[unit], own = scan->own[unit];
        swap(scan, unit, v, change_by(scan, unit, v));
        look_again(scan, unit, from, own);
    }
    scan->tries += s->units->count;
}

/* Tries of a descent between two calls of the caller's, and once the caller has asked to stop. */
static const int64_t tries_between_calls = 20000000, tries_after_stop = 100000000;

static int is_over(pz__scan *scan, pz__watch *watch, double done, int64_t *call_at, int64_t *end_at)
{
    if (!watch->stopped && scan->tries >= *call_at) {
        *call_at = scan->tries + tries_between_calls;
        if (pz__watch_stops(watch, done)) *end_at = scan->tries + tries_after_stop;
    }
    return watch->stopped && scan->tries >= *end_at;
}

int pz__scan_descend(pz__scan *scan, pz__watch *watch, double done)
{
    int64_t before = scan->made, last, call_at = scan->tries + tries_between_calls, end_at = scan->tries + tries_after_stop;
    pz__scan_heat(scan, 0);
    do {
        last = scan->made;
        for (int32_t u = 0; u < scan->s->units->count && !is_over(scan, watch, done, &call_at, &end_at); u++) pz__scan_unit(scan, u);
    } while (scan->made > last && !is_over(scan, watch, done, &call_at, &end_at));
    return scan->made > before;
}
