#include "grouping/repair.h"

#include <string.h>

#include "base/fail.h"
#include "base/memory.h"
#include "base/random.h"
#include "grouping/tally.h"

enum { PARTNERS = 240, PLACES = 120, STALE = 400, STEPS = 20000 };

typedef struct repair {
    const pz__units *units;
    int32_t groups;
    const int32_t *size_min, *size_max;
    pz__tally tally;
    int32_t *sizes;   /* by group */
    int32_t *misses;  /* by group: sizes and rules about the group */
    int32_t *enemies; /* by unit: of those in its group, whom it must not meet */
    int32_t *group_of;
    int32_t *until;           /* by unit: the step until which it rests */
    int64_t violated;         /* of all */
    int64_t looks, looks_max; /* changes that are looked at, over all steps */
    pz__random random;
} repair;

typedef struct change {
    int32_t unit, to;
    int32_t other; /* -1: a move */
} change;

static int32_t below(repair *r, int32_t bound)
{
    return (int32_t)pz__random_below(&r->random, (uint32_t)bound);
}

static int32_t misses_size(const repair *r, int32_t group, int32_t more)
{
    int32_t size = r->sizes[group] + more;
    if (size < r->size_min[group]) return r->size_min[group] - size;
    return size > r->size_max[group] ? size - r->size_max[group] : 0;
}

static int32_t enemies_in(const repair *r, int32_t unit, int32_t group, int32_t but)
{
    const pz__unit *u = &r->units->units[unit];
    int32_t count = 0;
    for (int32_t i = 0; i < u->apart_count; i++) {
        int32_t other = r->units->apart[u->first_apart + i];
        count += other != but && r->group_of[other] == group;
    }
    return count;
}

/* What the change adds to what is violated; less than 0 is better. */
static int64_t judge(repair *r, const change *c)
{
    int32_t a = r->group_of[c->unit], b = c->to, more = r->units->units[c->unit].size;
    int in_count = c->other >= 0;
    if (in_count) more -= r->units->units[c->other].size;
    r->looks++;
    int64_t now = (int64_t)misses_size(r, a, -more) + misses_size(r, b, more);
    now += pz__tally_miss(&r->tally, a, &c->unit, 1, &c->other, in_count) + pz__tally_miss(&r->tally, b, &c->other, in_count, &c->unit, 1);
    now += enemies_in(r, c->unit, b, c->other) - r->enemies[c->unit];
    if (in_count) now += enemies_in(r, c->other, a, c->unit) - r->enemies[c->other];
    return now - r->misses[a] - r->misses[b];
}

static void measure(repair *r, int32_t group)
{
    int32_t before = r->misses[group];
    r->misses[group] = misses_size(r, group, 0) + pz__tally_miss(&r->tally, group, NULL, 0, NULL, 0);
    r->violated += r->misses[group] - before;
}

/* Takes the unit out of its group, or puts it into one: `enemies` of all whom it meets follow. */
static void shift(repair *r, int32_t unit, int32_t group, int sign)
{
    const pz__unit *u = &r->units->units[unit];
    r->sizes[group] += sign * u->size;
    pz__tally_shift(&r->tally, unit, group, sign);
    r->group_of[unit] = sign > 0 ? group : -1;
    r->enemies[unit] = 0;
    for (int32_t i = 0; i < u->apart_count; i++) {
        int32_t other = r->units->apart[u->first_apart + i];
        if (r->group_of[other] != group) continue;
        r->enemies[other] += sign;
        r->enemies[unit] += sign > 0;
        r->violated += sign;
    }
}

static void make(repair *r, const change *c)
{
    int32_t from = r->group_of[c->unit];
    shift(r, c->unit, from, -1);
    if (c->other >= 0) {
        shift(r, c->other, c->to, -1);
        shift(r, c->other, from, 1);
    }
    shift(r, c->unit, c->to, 1);
    measure(r, from);
    measure(r, c->to);
}

/* ----------------------------------------------------------------------------------------------------- start --- */

/* The best of some groups for a unit that sits nowhere yet: what others can mend still is not looked at, so that a minority is spread as by chance
 * and not gathered where it is already. */
static int32_t seat_for(repair *r, int32_t unit)
{
    const pz__unit *u = &r->units->units[unit];
    int32_t best = -1, tries = u->allowed_count >= 0 ? u->allowed_count : r->groups, first = below(r, tries);
    int64_t least = 0;
    if (u->locked >= 0) return u->locked;
    for (int32_t i = 0; i < tries && (i < PLACES || best < 0); i++) {
        int32_t at = (first + i) % tries, group = u->allowed_count >= 0 ? r->units->allowed[u->first_allowed + at] : at;
        if (group >= r->groups) continue;
        int64_t worse = (r->sizes[group] + u->size > r->size_max[group]) + pz__tally_is_full(&r->tally, group, unit);
        worse = (worse + enemies_in(r, unit, group, -1)) * 4096 + r->sizes[group];
        if (best < 0 || worse < least) best = group, least = worse;
    }
    return best;
}

/* Those who may sit in few groups first, then the others by chance. 0: somebody may sit nowhere. */
static int start(repair *r, int32_t *order)
{
    int32_t count = r->units->count, front = 0;
    memset(r->sizes, 0, (size_t)r->groups * sizeof *r->sizes);
    memset(r->misses, 0, (size_t)r->groups * sizeof *r->misses);
    memset(r->enemies, 0, (size_t)count * sizeof *r->enemies);
    memset(r->until, 0, (size_t)count * sizeof *r->until);
    pz__tally_set(&r->tally, NULL);
    r->violated = 0;
    for (int32_t u = 0; u < count; u++) order[u] = u, r->group_of[u] = -1;
    pz__random_shuffle(&r->random, order, (size_t)count);
    for (int32_t i = 0; i < count; i++) {
        const pz__unit *u = &r->units->units[order[i]];
        if (u->locked < 0 && u->allowed_count < 0 && u->size == 1) continue;
        int32_t unit = order[i];
        order[i] = order[front];
        order[front++] = unit;
    }
    for (int32_t g = 0; g < r->groups; g++) measure(r, g);
    for (int32_t i = 0; i < count; i++) {
        int32_t group = seat_for(r, order[i]);
        if (group < 0 || group >= r->groups) return 0;
        shift(r, order[i], group, 1);
        measure(r, group);
    }
    return 1;
}

/* ----------------------------------------------------------------------------------------------------- steps --- */

typedef struct choice {
    change best;
    int64_t least;
    int32_t ties;
} choice;

static void consider(repair *r, choice *best, change c, int32_t step, int64_t record)
{
    if (r->group_of[c.unit] == c.to || !pz__unit_may_sit(r->units, c.unit, c.to)) return;
    if (c.other >= 0 && !pz__unit_may_sit(r->units, c.other, r->group_of[c.unit])) return;
    int64_t more = judge(r, &c);
    int rests = r->until[c.unit] > step || (c.other >= 0 && r->until[c.other] > step);
    if (rests && r->violated + more >= record) return;
    if (best->ties && more > best->least) return;
    if (best->ties && more == best->least && below(r, ++best->ties) != 0) return;
    if (!best->ties || more < best->least) best->ties = 1;
    best->least = more;
    best->best = c;
}

/* All that one unit can do, or some of it where there are very many. */
static void consider_unit(repair *r, choice *best, int32_t unit, int32_t step, int64_t record)
{
    int32_t count = r->units->count, tries = count < PARTNERS ? count : PARTNERS, places = r->groups < PLACES ? r->groups : PLACES;
    int32_t first_place = below(r, r->groups), first = below(r, count);
    if (r->units->units[unit].locked >= 0) return;
    for (int32_t i = 0; i < places; i++) consider(r, best, (change){unit, (first_place + i) % r->groups, -1}, step, record);
    for (int32_t i = 0; i < tries; i++) {
        int32_t other = tries < count ? below(r, count) : (first + i) % count;
        consider(r, best, (change){unit, r->group_of[other], other}, step, record);
    }
}

/* A unit that meets an enemy, or a group that misses something, by chance. -1: nothing is violated. */
static int32_t pick(repair *r, int32_t *out_unit)
{
    int32_t first_unit = below(r, r->units->count), first = below(r, r->groups), units_first = below(r, 2);
    *out_unit = -1;
    for (int pass = 0; pass < 2; pass++) {
        if (pass == units_first) {
            for (int32_t i = 0; i < r->units->count; i++) {
                int32_t u = (first_unit + i) % r->units->count;
                if (r->enemies[u] > 0) return *out_unit = u, r->group_of[u];
            }
            continue;
        }
        for (int32_t i = 0; i < r->groups; i++)
            if (r->misses[(first + i) % r->groups] > 0) return (first + i) % r->groups;
    }
    return -1;
}

static int step_once(repair *r, int32_t step, int64_t record)
{
    int32_t unit, group = pick(r, &unit), count = r->units->count, tries = count < PARTNERS ? count : PARTNERS, first = below(r, count);
    choice best = {{-1, -1, -1}, 0, 0};
    if (unit >= 0) {
        consider_unit(r, &best, unit, step, record);
    } else {
        for (int32_t u = 0; u < count; u++)
            if (r->group_of[u] == group) consider_unit(r, &best, u, step, record);
        for (int32_t i = 0; i < tries; i++)
            consider(r, &best, (change){tries < count ? below(r, count) : (first + i) % count, group, -1}, step, record);
    }
    if (!best.ties) return 0;
    make(r, &best.best);
    r->until[best.best.unit] = step + 4 + below(r, 8);
    if (best.best.other >= 0) r->until[best.best.other] = step + 2 + below(r, 6);
    return 1;
}

static int mend(repair *r, int32_t *order)
{
    while (r->looks < r->looks_max) {
        if (!start(r, order)) return 0;
        int64_t record = r->violated;
        for (int32_t step = 1, last = 0; r->violated > 0 && step < STEPS && step - last < STALE + r->units->count; step++) {
            r->looks += r->groups; /* what picking costs */
            if (r->looks > r->looks_max) break;
            step_once(r, step, record);
            if (r->violated < record) record = r->violated, last = step;
        }
        if (r->violated == 0) return 1;
        r->looks += r->units->count;
    }
    return 0;
}

pz_status pz__repair(const pz__units *units, int32_t groups, const int32_t *size_min, const int32_t *size_max, int64_t looks_max,
                     uint64_t seed, int32_t *out_group_of, int *out_is_mended)
{
    size_t count = (size_t)units->count;
    repair r = {
        .units = units, .groups = groups, .size_min = size_min, .size_max = size_max, .group_of = out_group_of, .looks_max = looks_max};
    int32_t *order = pz__alloc(count * sizeof *order);
    *out_is_mended = 0;
    r.sizes = pz__alloc((size_t)groups * sizeof *r.sizes);
    r.misses = pz__alloc((size_t)groups * sizeof *r.misses);
    r.enemies = pz__alloc(count * sizeof *r.enemies);
    r.until = pz__alloc(count * sizeof *r.until);
    pz_status status = order && r.sizes && r.misses && r.enemies && r.until ? PZ_OK : pz__fail_memory();
    if (status == PZ_OK) status = pz__tally_make(units, groups, NULL, &r.tally);
    pz__random_seed(&r.random, seed);
    if (status == PZ_OK && count) *out_is_mended = mend(&r, order);
    pz__tally_free(&r.tally);
    pz__release(order);
    pz__release(r.sizes);
    pz__release(r.misses);
    pz__release(r.enemies);
    pz__release(r.until);
    return status;
}
