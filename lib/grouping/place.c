#include "grouping/place.h"

#include <stdlib.h>
#include <string.h>

#include "base/fail.h"
#include "base/memory.h"
#include "grouping/repair.h"
#include "grouping/tally.h"

/* Units that a rule or their size binds are tried by depth-first search; single learners whom nothing binds fill up what is left, which is
 * possible exactly where the numbers allow it. */
typedef struct search {
    const pz__units *units;
    int32_t groups;
    int32_t *size_min, *size_max; /* by group */
    int32_t *order;               /* bound units: locked ones first, then by how much binds them */
    int32_t bound;
    int32_t *at;     /* by depth: the place in `turn` that is being tried */
    int32_t *turn;   /* groups in the order in which they are tried */
    int32_t *fill;   /* learners by group */
    int32_t *opened; /* by group: bound units in it */
    int32_t *group_of;
    int32_t free_learners;
    pz__tally tally;
    int32_t left[PZ__COUNT_RULES_MAX]; /* by count rule: flagged learners who are not placed yet */
    int32_t spare;                     /* learners that groups may take beyond their least size, so that every group can be brought to it */
} search;

static void count_left(search *s, int32_t unit, int sign)
{
    for (int32_t r = 0; r < s->units->count_rule_count; r++) s->left[r] += sign * s->units->flagged[unit * s->units->count_rule_count + r];
}

/* Greater is tried earlier. */
static int64_t weight_of(const pz__unit *unit)
{
    return (unit->locked >= 0 ? INT64_C(1) << 50 : 0) + (unit->allowed_count >= 0 ? INT64_C(1) << 40 : 0) +
           (int64_t)unit->apart_count * 1000 + unit->size;
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
        if (units->units[u].is_bound) {
            count_left(s, u, 1);
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
static int32_t beyond(const search *s, int32_t group, int32_t fill)
{
    return fill > s->size_min[group] ? fill - s->size_min[group] : 0;
}

static int has_room(const search *s, int32_t size, int32_t group)
{
    int32_t fill = s->fill[group];
    return fill + size <= s->size_max[group] && beyond(s, group, fill + size) - beyond(s, group, fill) <= s->spare;
}

/* A group that nobody is in is like any other such group, so only the first of them is tried; not so groups that somebody is locked to. */
static int may_enter(const search *s, int32_t unit, int32_t group, int *empty_tried)
{
    const pz__unit *u = &s->units->units[unit];
    if (!has_room(s, u->size, group) || !pz__unit_may_sit(s->units, unit, group) || pz__tally_is_full(&s->tally, group, unit)) return 0;
    if (u->locked < 0 && s->opened[group] == 0 && group > s->units->named_max) {
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
    s->spare += beyond(s, group, s->fill[group]);
    s->fill[group] += learners;
    s->spare -= beyond(s, group, s->fill[group]);
}

static void enter(search *s, int32_t unit, int32_t group)
{
    s->group_of[unit] = group;
    fill(s, group, s->units->units[unit].size);
    s->opened[group]++;
    pz__tally_shift(&s->tally, unit, group, 1);
    count_left(s, unit, -1);
}

static void leave(search *s, int32_t unit)
{
    int32_t group = s->group_of[unit];
    s->group_of[unit] = -1;
    fill(s, group, -s->units->units[unit].size);
    s->opened[group]--;
    pz__tally_shift(&s->tally, unit, group, -1);
    count_left(s, unit, 1);
}

/* Flagged learners that groups miss still, more than there are to come or than their seats? Nobody else can bring a group to its number. */
static int is_hopeless(const search *s)
{
    for (int32_t r = 0; r < s->units->count_rule_count; r++) {
        int64_t missing = 0;
        for (int32_t g = 0; g < s->groups; g++) {
            int32_t more = pz__tally_short(&s->tally, g, r, s->size_min[g] > 0 || s->opened[g] > 0);
            if (more > s->size_max[g] - s->fill[g]) return 1;
            missing += more;
        }
        if (missing > s->left[r]) return 1;
    }
    return 0;
}

/* Learners whom nothing binds need a group that keeps its rules without them. Where groups may be empty, not every one is. */
static int has_seats(const search *s)
{
    if (!s->free_learners || !s->units->count_rule_count) return 1;
    for (int32_t g = 0; g < s->groups; g++) {
        int32_t missing = 0;
        for (int32_t r = 0; r < s->units->count_rule_count; r++) missing += pz__tally_short(&s->tally, g, r, 1);
        if (!missing) return 1;
    }
    return 0;
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
    if (is_hopeless(s)) return PZ__IMPOSSIBLE;
    if (s->bound == 0) return has_seats(s) ? PZ__PLACED : PZ__IMPOSSIBLE; /* the numbers allow it: see pz__place */
    choose(s, 0);
    while (depth >= 0) {
        if (++steps > steps_max) break;
        if (!advance(s, depth)) {
            if (--depth >= 0) leave(s, s->order[depth]);
        } else if (is_hopeless(s) || (depth + 1 == s->bound && !has_seats(s))) {
            leave(s, s->order[depth]);
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
static pz__placed search_often(search *s, int64_t least, int64_t most)
{
    pz__random random;
    pz__random_seed(&random, 1);
    for (int64_t steps = least; steps * 2 < most; steps *= 2) {
        pz__placed placed = search_bound(s, steps);
        if (placed != PZ__UNKNOWN) return placed;
        pz__random_shuffle(&random, s->order, (size_t)s->bound);
        pz__random_shuffle(&random, s->turn, (size_t)s->groups);
    }
    return search_bound(s, most);
}

static pz_status mend(search *s, int64_t looks, pz__random *random, pz__placed *out_placed)
{
    int is_mended;
    PZ__TRY(
        pz__repair(s->units, s->groups, s->size_min, s->size_max, looks, random ? pz__random_next(random) : 1, s->group_of, &is_mended));
    *out_placed = is_mended ? PZ__PLACED : PZ__UNKNOWN;
    if (is_mended) s->free_learners = 0; /* all of them sit */
    for (int32_t u = 0; u < s->units->count && !is_mended; u++) s->group_of[u] = -1;
    return PZ_OK;
}

/* The depth-first search gathers those of whom a group has none or several in few groups, from which single moves and swaps cannot lead them out. So
 * where there is such a rule, a division by chance is mended first. */
static int wants_mending(const pz__units *units)
{
    for (int32_t r = 0; r < units->count_rule_count; r++)
        if (units->count_rules[r].or_none) return 1;
    return 0;
}

/* A dead end may show late, with rules about whole groups above all, so that after a short search violations are mended instead; only then comes
 * the long search, for a proof. It takes fewer steps where each of them looks at very many groups. */
static pz_status search_and_mend(search *s, pz__random *random, pz__placed *out_placed)
{
    enum { SHORT = 2000, FEW_LOOKS = 300000, LOOKS = 12000000 };
    int64_t each = (int64_t)s->bound * s->groups * (1 + s->units->count_rule_count + s->units->slots / 8);
    int64_t steps = 4000000000 / (each + 1), most = steps < SHORT ? SHORT : steps < PZ__PLACE_STEPS ? steps : PZ__PLACE_STEPS;
    int is_plain = !s->units->count_rule_count && !s->units->time_rule_count;
    *out_placed = PZ__UNKNOWN;
    if (random && wants_mending(s->units)) PZ__TRY(mend(s, FEW_LOOKS + 4 * (int64_t)s->units->count * s->groups, random, out_placed));
    if (*out_placed == PZ__UNKNOWN)
        *out_placed =
            is_plain ? search_often(s, 200, 2 * SHORT) : search_often(s, s->bound + 200, steps < SHORT ? s->bound + 200 : 4 * SHORT);
    if (*out_placed == PZ__UNKNOWN) PZ__TRY(mend(s, LOOKS, random, out_placed));
    if (*out_placed == PZ__UNKNOWN) *out_placed = search_often(s, 2 * SHORT, most);
    return PZ_OK;
}

/* First every group to its least size, then one by one to the smallest. */
static pz_status fill_up(search *s, pz__random *random)
{
    const pz__units *units = s->units;
    int32_t *rest = pz__alloc((size_t)(s->free_learners + 1) * sizeof *rest), count = 0;
    if (!rest) return pz__fail_memory();
    for (int32_t u = 0; u < units->count; u++)
        if (!units->units[u].is_bound && s->free_learners) rest[count++] = u;
    if (random) pz__random_shuffle(random, rest, (size_t)count);
    for (int32_t i = 0; i < s->groups && units->group_size_count; i++) {
        int32_t group = s->turn[i];
        for (; s->fill[group] < s->size_min[group] && count > 0; s->fill[group]++) s->group_of[rest[--count]] = group;
    }
    for (int32_t level = 1; count > 0; level++) {
        for (int32_t i = 0; i < s->groups && count > 0; i++) {
            int32_t group = s->turn[i];
            if (s->fill[group] >= level || s->fill[group] >= s->size_max[group]) continue;
            s->group_of[rest[--count]] = group;
            s->fill[group]++;
        }
    }
    pz__release(rest);
    return PZ_OK;
}

/* Do the least sizes leave nobody out, and the greatest seat all? */
static int numbers_allow(search *s)
{
    int64_t least = 0, most = 0;
    for (int32_t g = 0; g < s->groups; g++) least += s->size_min[g], most += s->size_max[g];
    s->spare = least <= s->units->learners ? (int32_t)(s->units->learners - least) : 0;
    return least <= s->units->learners && most >= s->units->learners;
}

static pz_status run(search *s, int32_t size_min, int32_t size_max, pz__random *random, pz__placed *out_placed)
{
    pz__units_sizes(s->units, s->groups, size_min, size_max, s->size_min, s->size_max);
    if (!numbers_allow(s)) return PZ_OK;
    PZ__TRY(pz__tally_make(s->units, s->groups, NULL, &s->tally));
    PZ__TRY(order_units(s, random));
    PZ__TRY(search_and_mend(s, random, out_placed));
    return *out_placed == PZ__PLACED && size_min > 0 ? fill_up(s, random) : PZ_OK;
}

pz_status pz__place(const pz__units *units, int32_t groups, int32_t size_min, int32_t size_max, pz__random *random, int32_t *out_group_of,
                    pz__placed *out_placed)
{
    *out_placed = PZ__IMPOSSIBLE;
    if (units->is_contradictory || groups < 1 || units->locked_max >= groups) return PZ_OK;
    if (!units->group_size_count && ((int64_t)groups * size_min > units->learners || (int64_t)groups * size_max < units->learners))
        return PZ_OK;
    search s = {.units = units, .groups = groups, .group_of = out_group_of};
    s.order = pz__alloc((size_t)units->count * sizeof *s.order);
    s.at = pz__alloc((size_t)units->count * sizeof *s.at);
    s.turn = pz__alloc((size_t)groups * sizeof *s.turn);
    s.fill = pz__alloc_zero((size_t)groups, sizeof *s.fill);
    s.opened = pz__alloc_zero((size_t)groups, sizeof *s.opened);
    s.size_min = pz__alloc((size_t)groups * sizeof *s.size_min);
    s.size_max = pz__alloc((size_t)groups * sizeof *s.size_max);
    int made = s.order && s.at && s.turn && s.fill && s.opened && s.size_min && s.size_max;
    pz_status status = made ? run(&s, size_min, size_max, random, out_placed) : pz__fail_memory();
    pz__tally_free(&s.tally);
    pz__release(s.order);
    pz__release(s.at);
    pz__release(s.turn);
    pz__release(s.fill);
    pz__release(s.opened);
    pz__release(s.size_min);
    pz__release(s.size_max);
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
