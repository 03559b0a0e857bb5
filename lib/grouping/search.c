#include "grouping/search.h"

#include <string.h>

#include "base/fail.h"
#include "base/memory.h"
#include "grouping/anneal.h"
#include "grouping/extremes.h"
#include "grouping/state.h"

enum { PARTNERS_MAX = 400, KICKS = 3 };

void pz__spread(const pz__units *units, size_t learners, const int32_t *group_of_unit, int32_t *out_group_of)
{
    for (size_t i = 0; i < learners; i++) out_group_of[i] = units->unit_of[i] < 0 ? -1 : group_of_unit[units->unit_of[i]];
}

/* --------------------------------------------------------------------------------------------------- rounds --- */

/* The best move of one unit: to any group or, where there are very many, to one of some by chance. */
static int improve_by_move(pz__state *s, int32_t unit)
{
    double best = -pz__noise;
    int32_t best_group = -1;
    if (!s->sizes_vary || s->units->units[unit].locked >= 0) return 0;
    int32_t groups = s->measure.groups, tried = groups > PARTNERS_MAX ? PARTNERS_MAX / 2 : groups;
    for (int32_t i = 0; i < tried; i++) {
        int32_t g = groups > PARTNERS_MAX ? (int32_t)pz__random_below(s->random, (uint32_t)groups) : i;
        if (!pz__state_may_move(s, unit, g)) continue;
        double change = pz__state_by_move(s, unit, g);
        if (change < best) best = change, best_group = g;
    }
    if (best_group < 0) return 0;
    pz__state_move(s, unit, best_group);
    return 1;
}

/* The best swap of one unit: with all units behind it or, where there are very many, with some by chance. */
static int improve_by_swap(pz__state *s, int32_t unit)
{
    double best = -pz__noise;
    int32_t best_other = -1, count = s->units->count, tried = count - unit - 1;
    int by_chance = count > PARTNERS_MAX;
    if (s->units->units[unit].locked >= 0) return 0;
    if (by_chance) tried = PARTNERS_MAX / 2;
    for (int32_t i = 0; i < tried; i++) {
        int32_t other = by_chance ? (int32_t)pz__random_below(s->random, (uint32_t)count) : unit + 1 + i;
        if (!pz__state_may_swap(s, unit, other)) continue;
        double change = pz__state_by_swap(s, unit, other);
        if (change < best) best = change, best_other = other;
    }
    if (best_other < 0) return 0;
    pz__state_swap(s, unit, best_other);
    return 1;
}

/* ------------------------------------------------------------------------------------------------ exchanges --- */

/* A unit of several learners can only change places with several units of the same size together: some that are in another group now, up to SOME_MAX
 * of them. */
enum { SOME_MAX = 8, CHOICES_MAX = 200 };

typedef struct exchange {
    int32_t unit, group;
    int32_t some[SOME_MAX]; /* units of the other group */
    int count;
} exchange;

typedef struct exchange_search {
    pz__state *s;
    exchange now, best;
    double best_change;
    int choices; /* that were looked at */
    double *sums, *needs;
    int32_t *counts;
} exchange_search;

static pz__bulk gather_some(const exchange_search *x, const exchange *e)
{
    const pz__state *s = x->s;
    size_t criteria = (size_t)s->data->criterion_count, columns = (size_t)s->measure.columns;
    pz__bulk bulk = {0, x->sums, x->counts, x->needs};
    for (size_t k = 0; k < criteria; k++) x->sums[k] = 0, x->counts[k] = 0;
    for (size_t c = 0; c < columns; c++) x->needs[c] = 0;
    for (int i = 0; i < e->count; i++) {
        const pz__bulk *one = &s->bulks[e->some[i]];
        bulk.size += one->size;
        for (size_t k = 0; k < criteria; k++) x->sums[k] += one->sums[k], x->counts[k] += one->counts[k];
        for (size_t c = 0; c < columns; c++) x->needs[c] += one->needs[c];
    }
    return bulk;
}

/* Chooses units of the group from `from` on until they make up `missing` learners. */
static void choose_some(exchange_search *x, int32_t from, int32_t missing)
{
    pz__state *s = x->s;
    if (x->choices >= CHOICES_MAX) return;
    if (missing == 0) {
        x->choices++;
        if (!pz__state_may_exchange(s, x->now.unit, x->now.group, x->now.some, x->now.count)) return;
        pz__bulk bulk = gather_some(x, &x->now);
        double change = pz__measure_change(&s->measure, s->group_of[x->now.unit], x->now.group, &s->bulks[x->now.unit], &bulk);
        if (s->pairs.count)
            change += (double)pz__pairs_change(&s->pairs, s->group_of[x->now.unit], x->now.group, x->now.unit, x->now.some, x->now.count) /
                      s->pairs.scale;
        if (change < x->best_change) x->best_change = change, x->best = x->now;
        return;
    }
    for (int32_t unit = from; unit < s->units->count && x->now.count < SOME_MAX; unit++) {
        const pz__unit *u = &s->units->units[unit];
        if (s->group_of[unit] != x->now.group || u->locked >= 0 || u->size > missing) continue;
        x->now.some[x->now.count++] = unit;
        choose_some(x, unit + 1, missing - u->size);
        x->now.count--;
    }
}

static pz_status make_exchange(exchange_search *x)
{
    size_t criteria = (size_t)x->s->data->criterion_count;
    x->sums = pz__alloc_zero(criteria, sizeof *x->sums);
    x->counts = pz__alloc_zero(criteria, sizeof *x->counts);
    x->needs = pz__alloc_zero((size_t)x->s->measure.columns, sizeof *x->needs);
    return x->sums && x->counts && x->needs ? PZ_OK : pz__fail_memory();
}

static int improve_by_exchange(exchange_search *x, int32_t unit)
{
    pz__state *s = x->s;
    int32_t from = s->group_of[unit], size = s->units->units[unit].size;
    if (size < 2 || s->units->units[unit].locked >= 0) return 0;
    x->best_change = -pz__noise;
    x->best.unit = -1;
    for (int32_t g = 0; g < s->measure.groups; g++) {
        if (g == from) continue;
        x->now = (exchange){unit, g, {0}, 0};
        x->choices = 0;
        choose_some(x, 0, size);
    }
    if (x->best.unit < 0) return 0;
    pz__bulk bulk = gather_some(x, &x->best);
    pz__state_exchange(s, unit, x->best.group, x->best.some, x->best.count, &bulk);
    return 1;
}

/* --------------------------------------------------------------------------------------------------- search --- */

/* Changes that a descent looks at between two calls of the caller's, and once the caller has asked to stop: a class is still brought to its local
 * best, a hundred thousand learners are not. */
enum { LOOKS_BETWEEN_CALLS = 200000, LOOKS_AFTER_STOP = 1000000 };

typedef struct descent {
    exchange_search *x;
    pz__watch *watch;
    double done; /* of the whole search */
    int64_t looks, call_at, end_at;
} descent;

static int is_over(descent *d, int64_t looks)
{
    d->looks += looks;
    if (!d->watch->stopped && d->looks >= d->call_at) {
        d->call_at = d->looks + LOOKS_BETWEEN_CALLS;
        if (pz__watch_stops(d->watch, d->done)) d->end_at = d->looks + (d->watch->keep_best ? LOOKS_AFTER_STOP : 0);
    }
    return d->watch->stopped && d->looks >= d->end_at;
}

/* One round of one kind of changes for every unit; whether the descent may go on. */
static int improve_all(descent *d, int (*improve)(descent *d, int32_t unit), int64_t looks, int *better)
{
    int32_t count = d->x->s->units->count;
    for (int32_t unit = 0; unit < count; unit++) {
        if (is_over(d, looks)) return 0;
        *better |= improve(d, unit);
    }
    return 1;
}

static int move_in(descent *d, int32_t unit)
{
    return improve_by_move(d->x->s, unit);
}

static int swap_in(descent *d, int32_t unit)
{
    return improve_by_swap(d->x->s, unit);
}

static int exchange_in(descent *d, int32_t unit)
{
    return improve_by_exchange(d->x, unit);
}

/* Down to a local best, as long as the caller lets it. */
static void descend(exchange_search *x, pz__watch *watch, double done)
{
    pz__state *s = x->s;
    int32_t count = s->units->count, partners = count > PARTNERS_MAX ? PARTNERS_MAX / 2 : count / 2 + 1;
    int32_t places = s->measure.groups > PARTNERS_MAX ? PARTNERS_MAX / 2 : s->measure.groups;
    descent d = {x, watch, done, 0, LOOKS_BETWEEN_CALLS, LOOKS_AFTER_STOP};
    for (int better = 1, rounds = 0; better && rounds < 1000; rounds++) {
        better = 0;
        if (s->sizes_vary && !improve_all(&d, move_in, places, &better)) return;
        if (!improve_all(&d, swap_in, partners, &better)) return;
        if (count < s->measure.learners && !improve_all(&d, exchange_in, s->measure.groups, &better)) return;
        if (count > PARTNERS_MAX && rounds == 5) break; /* by chance there is always one more */
    }
}

static void kick(pz__state *s)
{
    uint32_t count = (uint32_t)s->units->count;
    for (int done = 0, tries = 0; done < KICKS && tries < 200; tries++) {
        int32_t unit = (int32_t)pz__random_below(s->random, count);
        if (pz__random_below(s->random, 4) == 0) {
            int32_t to = (int32_t)pz__random_below(s->random, (uint32_t)s->measure.groups);
            if (!pz__state_may_move(s, unit, to)) continue;
            pz__state_move(s, unit, to);
        } else {
            int32_t other = (int32_t)pz__random_below(s->random, count);
            if (!pz__state_may_swap(s, unit, other)) continue;
            pz__state_swap(s, unit, other);
        }
        done++;
    }
}

static pz_status iterate(pz__state *s, exchange_search *x, int64_t iterations, pz__watch *watch, int32_t *best)
{
    size_t bytes = (size_t)s->units->count * sizeof *best;
    descend(x, watch, 0);
    memcpy(best, s->group_of, bytes);
    double least = pz__state_value(s);
    int may_be_none =
        s->data->needs_at >= 0 && s->data->criterion_count == 1; /* everybody works on what they need most: nothing is better */
    for (int64_t i = 0; i < iterations && !(may_be_none && least <= pz__noise); i++) {
        if (pz__watch_stops(watch, (double)i / (double)iterations)) return pz__watch_status(watch);
        kick(s);
        descend(x, watch, (double)i / (double)iterations);
        double now = pz__state_value(s);
        if (now < least - pz__noise) {
            least = now;
            memcpy(best, s->group_of, bytes);
        } else if (now > least + pz__noise) {
            pz__state_set(s, best);
        }
    }
    return pz__watch_status(watch);
}

/* Annealing; what it leaves is brought to its local best. */
static pz_status cool(pz__state *s, exchange_search *x, int64_t iterations, pz__watch *watch, int32_t *best)
{
    int is_of_pairs = pz__anneal_is_of_pairs(s);
    if (is_of_pairs) PZ__TRY(pz__extremes_take(s));
    PZ__TRY(pz__anneal(s, iterations, watch));
    /* Of single learners scans have tried all there is. */
    if (!is_of_pairs || s->units->count < s->measure.learners) descend(x, watch, 1);
    memcpy(best, s->group_of, (size_t)s->units->count * sizeof *best);
    return pz__watch_status(watch);
}

/* Of so many units one cooling takes longer than a caller with a limit may wait. */
enum { VERY_MANY = 20000 };

/* Where a first cooling may be cut, a local best comes before it. */
static pz_status descend_and_cool(pz__state *s, exchange_search *x, int64_t iterations, pz__watch *watch, int32_t *best)
{
    size_t count = (size_t)s->units->count;
    descend(x, watch, 0);
    memcpy(best, s->group_of, count * sizeof *best);
    if (watch->stopped) return pz__watch_status(watch);
    int32_t *cooled = pz__alloc(count * sizeof *cooled);
    if (!cooled) return pz__fail_memory();
    double least = pz__state_value(s);
    pz_status status = cool(s, x, iterations, watch, cooled);
    if (status == PZ_OK && pz__state_value(s) < least) memcpy(best, cooled, count * sizeof *best);
    pz__release(cooled);
    return status;
}

static pz_status search(pz__state *s, exchange_search *x, int64_t iterations, pz__watch *watch, int32_t *best)
{
    int may_be_cut = watch->progress && watch->keep_best;
    if (!pz__anneal_suits(s)) return iterate(s, x, iterations, watch, best);
    int has_start = pz__anneal_is_of_pairs(s); /* for itself */
    return (may_be_cut && !has_start && s->units->count > VERY_MANY ? descend_and_cool : cool)(s, x, iterations, watch, best);
}

pz_status pz__search(const pz__grouping_data *data, const pz__units *units, int32_t groups, int64_t iterations, pz__random *random,
                     pz__watch *watch, int32_t *group_of)
{
    pz__state s;
    PZ__TRY(pz__state_make(data, units, groups, group_of, random, &s));
    exchange_search x = {&s, {0}, {0}, 0, 0, NULL, NULL, NULL};
    pz_status status = make_exchange(&x);
    if (status == PZ_OK) status = search(&s, &x, iterations, watch, group_of);
    pz__release(x.sums);
    pz__release(x.needs);
    pz__release(x.counts);
    pz__state_free(&s);
    return status;
}
