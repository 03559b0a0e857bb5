#include "grouping/place.h"

#include <stdlib.h>
#include <string.h>

#include "base/fail.h"
#include "base/memory.h"

/* Units that a rule or their size binds are tried by depth-first search; single learners whom nothing binds fill up what is left, which is
 * possible exactly where the numbers allow it. */
typedef struct search {
    const pz__units *units;
    int32_t groups, size_min, size_max;
    int32_t *order; /* bound units: locked ones first, then by how much binds them */
    int32_t bound;
    int32_t *at;     /* by depth: the place in `turn` that is being tried */
    int32_t *turn;   /* groups in the order in which they are tried */
    int32_t *fill;   /* learners by group */
    int32_t *opened; /* by group: bound units in it */
    int32_t *group_of;
    int32_t free_learners;
    int32_t spare; /* learners that groups may take beyond their least size, so that every group can be brought to it */
} search;

static int is_bound(const pz__unit *unit)
{
    return unit->size > 1 || unit->locked >= 0 || unit->apart_count > 0;
}

/* Greater is tried earlier. */
static int64_t weight_of(const pz__unit *unit)
{
    return (unit->locked >= 0 ? INT64_C(1) << 50 : 0) + (int64_t)unit->apart_count * 1000 + unit->size;
}

typedef struct ranked {
    int64_t weight;
    int32_t unit;
} ranked;

static int by_weight(const void *a, const void *b)
{
    const ranked *x = a, *y = b;
    if (x->weight != y->weight) return x->weight > y->weight ? -1 : 1;
    return x->unit < y->unit ? -1 : 1;
}

static pz_status order_units(search *s, pz__random *random)
{
    const pz__units *units = s->units;
    ranked *rows = pz__alloc((size_t)units->count * sizeof *rows);
    if (!rows) return pz__fail_memory();
    for (int32_t u = 0; u < units->count; u++) {
        s->group_of[u] = -1;
        if (is_bound(&units->units[u])) {
            rows[s->bound++] = (ranked){weight_of(&units->units[u]), u};
        } else {
            s->free_learners++;
        }
    }
    qsort(rows, (size_t)s->bound, sizeof *rows, by_weight);
    for (int32_t i = 0; i < s->bound; i++) s->order[i] = rows[i].unit;
    pz__release(rows);
    for (int32_t g = 0; g < s->groups; g++) s->turn[g] = g;
    if (random) pz__random_shuffle(random, s->turn, (size_t)s->groups);
    return PZ_OK;
}

/* Learners beyond its least size that a group of so many has. */
static int32_t beyond(const search *s, int32_t fill)
{
    return fill > s->size_min ? fill - s->size_min : 0;
}

static int has_room(const search *s, int32_t size, int32_t group)
{
    int32_t fill = s->fill[group];
    return fill + size <= s->size_max && beyond(s, fill + size) - beyond(s, fill) <= s->spare;
}

/* A group that nobody is in is like any other such group, so only the first of them is tried; not so groups that somebody is locked to. */
static int may_enter(const search *s, int32_t unit, int32_t group, int *empty_tried)
{
    const pz__unit *u = &s->units->units[unit];
    if (!has_room(s, u->size, group) || (u->locked >= 0 && u->locked != group)) return 0;
    if (u->locked < 0 && s->opened[group] == 0 && group > s->units->locked_max) {
        if (*empty_tried) return 0;
        *empty_tried = 1;
    }
    return 1;
}

static int has_enemy(const search *s, int32_t unit, int32_t group)
{
    const pz__unit *u = &s->units->units[unit];
    for (int32_t i = 0; i < u->apart_count; i++)
        if (s->group_of[s->units->apart[u->first_apart + i]] == group) return 1;
    return 0;
}

static void fill(search *s, int32_t group, int32_t learners)
{
    s->spare += beyond(s, s->fill[group]);
    s->fill[group] += learners;
    s->spare -= beyond(s, s->fill[group]);
}

static void enter(search *s, int32_t unit, int32_t group)
{
    s->group_of[unit] = group;
    fill(s, group, s->units->units[unit].size);
    s->opened[group]++;
}

static void leave(search *s, int32_t unit)
{
    int32_t group = s->group_of[unit];
    s->group_of[unit] = -1;
    fill(s, group, -s->units->units[unit].size);
    s->opened[group]--;
}

/* Groups that a unit may enter now. */
static int32_t open_groups(const search *s, int32_t unit, int32_t enough)
{
    int empty_tried = 0;
    int32_t count = 0;
    for (int32_t i = 0; i < s->groups && count < enough; i++)
        count += may_enter(s, unit, s->turn[i], &empty_tried) && !has_enemy(s, unit, s->turn[i]);
    return count;
}

/* Brings the unit with the fewest groups left to this depth: where there is none left, that is found out at once. Ties go to the unit that
 * more binds, which stands earlier. */
static void choose(search *s, int32_t depth)
{
    int32_t best = depth, fewest = s->groups + 1;
    for (int32_t i = depth; i < s->bound && fewest > 0; i++) {
        int32_t count = open_groups(s, s->order[i], fewest);
        if (count < fewest) fewest = count, best = i;
    }
    int32_t unit = s->order[best];
    memmove(s->order + depth + 1, s->order + depth, (size_t)(best - depth) * sizeof *s->order);
    s->order[depth] = unit;
    s->at[depth] = 0;
}

/* Moves the unit at this depth on to its next group. 0 if there is none. */
static int advance(search *s, int32_t depth)
{
    int32_t unit = s->order[depth];
    int empty_tried = 0;
    for (int32_t i = 0; i < s->groups; i++) {
        int32_t group = s->turn[i];
        if (!may_enter(s, unit, group, &empty_tried) || i < s->at[depth] || has_enemy(s, unit, group)) continue;
        s->at[depth] = i + 1;
        enter(s, unit, group);
        return 1;
    }
    return 0;
}

static pz__placed search_bound(search *s, int64_t steps_max)
{
    int32_t depth = 0;
    int64_t steps = 0;
    if (s->bound == 0) return PZ__PLACED; /* the numbers allow it: see pz__place */
    choose(s, 0);
    while (depth >= 0) {
        if (++steps > steps_max) break;
        if (!advance(s, depth)) {
            if (--depth >= 0) leave(s, s->order[depth]);
        } else if (depth + 1 < s->bound) {
            choose(s, ++depth);
        } else {
            return PZ__PLACED; /* what is spare was never overdrawn, so single learners can fill up the rest */
        }
    }
    if (depth < 0) return PZ__IMPOSSIBLE;
    for (int32_t i = 0; i < s->bound; i++)
        if (s->group_of[s->order[i]] >= 0) leave(s, s->order[i]);
    return PZ__UNKNOWN;
}

/* Short tries in other orders first: where there is a division, one of them mostly meets it, while a single long search may dig in the wrong
 * place. Only the last, long one can prove that there is none; a short one may, if it ends by itself. */
static pz__placed search_often(search *s)
{
    pz__random random;
    pz__random_seed(&random, 1);
    for (int64_t steps = 200; steps * 2 < PZ__PLACE_STEPS; steps *= 2) {
        pz__placed placed = search_bound(s, steps);
        if (placed != PZ__UNKNOWN) return placed;
        pz__random_shuffle(&random, s->order, (size_t)s->bound);
        pz__random_shuffle(&random, s->turn, (size_t)s->groups);
    }
    return search_bound(s, PZ__PLACE_STEPS);
}

/* First every group to its least size, then one by one to the smallest. */
static pz_status fill_up(search *s, pz__random *random)
{
    const pz__units *units = s->units;
    int32_t *rest = pz__alloc((size_t)(s->free_learners + 1) * sizeof *rest), count = 0;
    if (!rest) return pz__fail_memory();
    for (int32_t u = 0; u < units->count; u++)
        if (!is_bound(&units->units[u])) rest[count++] = u;
    if (random) pz__random_shuffle(random, rest, (size_t)count);
    for (int32_t level = 1; count > 0; level++) {
        for (int32_t i = 0; i < s->groups && count > 0; i++) {
            int32_t group = s->turn[i];
            if (s->fill[group] >= level) continue;
            s->group_of[rest[--count]] = group;
            s->fill[group]++;
        }
    }
    pz__release(rest);
    return PZ_OK;
}

pz_status pz__place(const pz__units *units, int32_t groups, int32_t size_min, int32_t size_max, pz__random *random, int32_t *out_group_of,
                    pz__placed *out_placed)
{
    *out_placed = PZ__IMPOSSIBLE;
    if (units->is_contradictory || groups < 1 || units->locked_max >= groups) return PZ_OK;
    if ((int64_t)groups * size_min > units->learners || (int64_t)groups * size_max < units->learners) return PZ_OK;
    search s = {units, groups, size_min, size_max, NULL, 0, NULL, NULL, NULL, NULL, out_group_of, 0, units->learners - groups * size_min};
    s.order = pz__alloc((size_t)units->count * sizeof *s.order);
    s.at = pz__alloc((size_t)units->count * sizeof *s.at);
    s.turn = pz__alloc((size_t)groups * sizeof *s.turn);
    s.fill = pz__alloc_zero((size_t)groups, sizeof *s.fill);
    s.opened = pz__alloc_zero((size_t)groups, sizeof *s.opened);
    pz_status status = s.order && s.at && s.turn && s.fill && s.opened ? order_units(&s, random) : pz__fail_memory();
    if (status == PZ_OK) *out_placed = search_often(&s);
    if (status == PZ_OK && *out_placed == PZ__PLACED) status = fill_up(&s, random);
    pz__release(s.order);
    pz__release(s.at);
    pz__release(s.turn);
    pz__release(s.fill);
    pz__release(s.opened);
    return status;
}

pz_status pz__place_any(const pz__grouping_data *data, const pz__units *units, pz__random *random, int32_t *out_group_of,
                        int32_t *out_groups, pz__placed *out_placed)
{
    int32_t n = units->learners, least = (n + data->size_max - 1) / data->size_max, most = n / data->size_min;
    if (data->groups) {
        *out_groups = data->groups;
        return pz__place(units, data->groups, data->size_min, data->size_max, random, out_group_of, out_placed);
    }
    *out_placed = PZ__IMPOSSIBLE;
    if (least > most) return PZ_OK;
    /* 2 n / (least size + greatest size), rounded to the nearest whole number */
    int64_t sizes = (int64_t)data->size_min + data->size_max;
    int32_t middle = (int32_t)((4 * (int64_t)n + sizes) / (2 * sizes));
    if (middle < least) middle = least;
    if (middle > most) middle = most;
    int any_unknown = 0;
    for (int32_t away = 0; away <= most - least; away++) {
        for (int side = 0; side < (away ? 2 : 1); side++) {
            int32_t groups = side ? middle - away : middle + away;
            if (groups < least || groups > most) continue;
            PZ__TRY(pz__place(units, groups, data->size_min, data->size_max, random, out_group_of, out_placed));
            *out_groups = groups;
            if (*out_placed == PZ__PLACED) return PZ_OK;
            any_unknown |= *out_placed == PZ__UNKNOWN;
        }
    }
    *out_placed = any_unknown ? PZ__UNKNOWN : PZ__IMPOSSIBLE;
    return PZ_OK;
}
