#include "grouping/search.h"

#include <string.h>

#include "base/fail.h"
#include "base/memory.h"

/* Less than this is noise of rounding, not a gain. */
static const double noise = 1e-12;

enum { PARTNERS_MAX = 400, KICKS = 3 };

typedef struct search {
    const pz__grouping_data *data;
    const pz__units *units;
    pz__measure measure;
    pz__bulk *bulks;      /* by unit */
    double *sums, *needs; /* what the bulks point at */
    int32_t *counts;
    int32_t *group_of;    /* by unit */
    pz__random *random;
} search;

void pz__spread(const pz__units *units, size_t learners, const int32_t *group_of_unit, int32_t *out_group_of)
{
    for (size_t i = 0; i < learners; i++) out_group_of[i] = units->unit_of[i] < 0 ? -1 : group_of_unit[units->unit_of[i]];
}

/* --------------------------------------------------------------------------------------------------- units --- */

static pz_status make_bulks(search *s)
{
    size_t count = (size_t)s->units->count, criteria = (size_t)s->data->criterion_count, columns = (size_t)s->measure.columns;
    s->bulks = pz__alloc_zero(count, sizeof *s->bulks);
    s->sums = pz__alloc_zero(count * criteria, sizeof *s->sums);
    s->counts = pz__alloc_zero(count * criteria, sizeof *s->counts);
    s->needs = pz__alloc_zero(count * columns, sizeof *s->needs);
    if (!s->bulks || !s->sums || !s->counts || !s->needs) return pz__fail_memory();
    for (size_t u = 0; u < count; u++) {
        const pz__unit *unit = &s->units->units[u];
        double *sums = s->sums + u * criteria, *needs = s->needs + u * columns;
        int32_t *counts = s->counts + u * criteria;
        for (int32_t i = 0; i < unit->size; i++) pz__measure_learner(&s->measure, s->units->members[unit->first_member + i], sums, counts, needs);
        s->bulks[u] = (pz__bulk){unit->size, sums, counts, needs};
    }
    return PZ_OK;
}

/* Does somebody in the group have to stay apart from the unit? `but` is on its way out of the group, or -1. */
static int has_enemy(const search *s, int32_t unit, int32_t group, int32_t but)
{
    const pz__unit *u = &s->units->units[unit];
    for (int32_t i = 0; i < u->apart_count; i++) {
        int32_t other = s->units->apart[u->first_apart + i];
        if (other != but && s->group_of[other] == group) return 1;
    }
    return 0;
}

static int may_move(const search *s, int32_t unit, int32_t to)
{
    const pz__unit *u = &s->units->units[unit];
    int32_t from = s->group_of[unit];
    return to != from && u->locked < 0 && s->measure.sizes[from] - u->size >= s->data->size_min &&
           s->measure.sizes[to] + u->size <= s->data->size_max && !has_enemy(s, unit, to, -1);
}

static int may_swap(const search *s, int32_t unit, int32_t other)
{
    const pz__unit *u = &s->units->units[unit], *v = &s->units->units[other];
    int32_t a = s->group_of[unit], b = s->group_of[other], more = v->size - u->size;
    if (a == b || u->locked >= 0 || v->locked >= 0) return 0;
    int32_t size_a = s->measure.sizes[a] + more, size_b = s->measure.sizes[b] - more;
    if (size_a < s->data->size_min || size_a > s->data->size_max || size_b < s->data->size_min || size_b > s->data->size_max) return 0;
    return !has_enemy(s, unit, b, other) && !has_enemy(s, other, a, unit);
}

static void move(search *s, int32_t unit, int32_t to)
{
    pz__measure_move(&s->measure, s->group_of[unit], to, &s->bulks[unit], NULL);
    s->group_of[unit] = to;
}

static void swap(search *s, int32_t unit, int32_t other)
{
    int32_t a = s->group_of[unit], b = s->group_of[other];
    pz__measure_move(&s->measure, a, b, &s->bulks[unit], &s->bulks[other]);
    s->group_of[unit] = b;
    s->group_of[other] = a;
}

/* --------------------------------------------------------------------------------------------------- rounds --- */

/* The best move of one unit. */
static int improve_by_move(search *s, int32_t unit)
{
    double best = -noise;
    int32_t best_group = -1;
    if (s->data->size_min == s->data->size_max || s->units->units[unit].locked >= 0) return 0;
    for (int32_t g = 0; g < s->measure.groups; g++) {
        if (!may_move(s, unit, g)) continue;
        double change = pz__measure_change(&s->measure, s->group_of[unit], g, &s->bulks[unit], NULL);
        if (change < best) best = change, best_group = g;
    }
    if (best_group < 0) return 0;
    move(s, unit, best_group);
    return 1;
}

/* The best swap of one unit: with all units behind it or, where there are very many, with some by chance. */
static int improve_by_swap(search *s, int32_t unit)
{
    double best = -noise;
    int32_t best_other = -1, count = s->units->count, tried = count - unit - 1;
    int by_chance = count > PARTNERS_MAX;
    if (s->units->units[unit].locked >= 0) return 0;
    if (by_chance) tried = PARTNERS_MAX / 2;
    for (int32_t i = 0; i < tried; i++) {
        int32_t other = by_chance ? (int32_t)pz__random_below(s->random, (uint32_t)count) : unit + 1 + i;
        if (!may_swap(s, unit, other)) continue;
        double change = pz__measure_change(&s->measure, s->group_of[unit], s->group_of[other], &s->bulks[unit], &s->bulks[other]);
        if (change < best) best = change, best_other = other;
    }
    if (best_other < 0) return 0;
    swap(s, unit, best_other);
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
    search *s;
    exchange now, best;
    double best_change;
    int choices; /* that were looked at */
    double *sums, *needs;
    int32_t *counts;
} exchange_search;

static int is_some(const exchange *e, int32_t unit)
{
    for (int i = 0; i < e->count; i++)
        if (e->some[i] == unit) return 1;
    return 0;
}

/* Nobody of the others may meet whom it must not, when the unit leaves and they come. */
static int may_exchange(const search *s, const exchange *e)
{
    const pz__unit *u = &s->units->units[e->unit];
    for (int32_t i = 0; i < u->apart_count; i++) {
        int32_t other = s->units->apart[u->first_apart + i];
        if (s->group_of[other] == e->group && !is_some(e, other)) return 0;
    }
    for (int i = 0; i < e->count; i++)
        if (has_enemy(s, e->some[i], s->group_of[e->unit], e->unit)) return 0;
    return 1;
}

static pz__bulk gather_some(const exchange_search *x, const exchange *e)
{
    const search *s = x->s;
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
    search *s = x->s;
    if (x->choices >= CHOICES_MAX) return;
    if (missing == 0) {
        x->choices++;
        if (!may_exchange(s, &x->now)) return;
        pz__bulk bulk = gather_some(x, &x->now);
        double change = pz__measure_change(&s->measure, s->group_of[x->now.unit], x->now.group, &s->bulks[x->now.unit], &bulk);
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
    search *s = x->s;
    int32_t from = s->group_of[unit], size = s->units->units[unit].size;
    if (size < 2 || s->units->units[unit].locked >= 0) return 0;
    x->best_change = -noise;
    x->best.unit = -1;
    for (int32_t g = 0; g < s->measure.groups; g++) {
        if (g == from) continue;
        x->now = (exchange){unit, g, {0}, 0};
        x->choices = 0;
        choose_some(x, 0, size);
    }
    if (x->best.unit < 0) return 0;
    pz__bulk bulk = gather_some(x, &x->best);
    pz__measure_move(&s->measure, from, x->best.group, &s->bulks[unit], &bulk);
    s->group_of[unit] = x->best.group;
    for (int i = 0; i < x->best.count; i++) s->group_of[x->best.some[i]] = from;
    return 1;
}

/* --------------------------------------------------------------------------------------------------- search --- */

static void descend(search *s, exchange_search *x)
{
    for (int better = 1, rounds = 0; better && rounds < 1000; rounds++) {
        better = 0;
        for (int32_t unit = 0; unit < s->units->count; unit++) better |= improve_by_move(s, unit);
        for (int32_t unit = 0; unit < s->units->count; unit++) better |= improve_by_swap(s, unit);
        if (s->units->count < s->measure.learners)
            for (int32_t unit = 0; unit < s->units->count; unit++) better |= improve_by_exchange(x, unit);
        if (s->units->count > PARTNERS_MAX && rounds == 5) break; /* by chance there is always one more */
    }
}

static void kick(search *s)
{
    uint32_t count = (uint32_t)s->units->count;
    for (int done = 0, tries = 0; done < KICKS && tries < 200; tries++) {
        int32_t unit = (int32_t)pz__random_below(s->random, count);
        if (pz__random_below(s->random, 4) == 0) {
            int32_t to = (int32_t)pz__random_below(s->random, (uint32_t)s->measure.groups);
            if (!may_move(s, unit, to)) continue;
            move(s, unit, to);
        } else {
            int32_t other = (int32_t)pz__random_below(s->random, count);
            if (!may_swap(s, unit, other)) continue;
            swap(s, unit, other);
        }
        done++;
    }
}

/* Numbers drift as they are added to and taken from; a fresh measure of the same division has none of it. */
static pz_status settle(search *s, const int32_t *group_of, int32_t *by_learner)
{
    int32_t groups = s->measure.groups;
    memcpy(s->group_of, group_of, (size_t)s->units->count * sizeof *group_of);
    pz__spread(s->units, s->data->learners, s->group_of, by_learner);
    pz__measure_free(&s->measure);
    return pz__measure_make(s->data, by_learner, groups, &s->measure);
}

static pz_status iterate(search *s, exchange_search *x, int64_t iterations, pz_progress_fn progress, void *user_data, int32_t *best, int32_t *by_learner)
{
    size_t bytes = (size_t)s->units->count * sizeof *best;
    descend(s, x);
    memcpy(best, s->group_of, bytes);
    double least = pz__measure_objective(&s->measure);
    for (int64_t i = 0; i < iterations && least > noise; i++) {
        if (progress && progress((double)i / (double)iterations, user_data) != PZ_OK)
            return pz__fail(PZ_E_CANCELLED, "progress", NULL, "The search was cancelled.");
        kick(s);
        descend(s, x);
        double now = pz__measure_objective(&s->measure);
        if (now < least - noise) {
            least = now;
            memcpy(best, s->group_of, bytes);
        } else if (now > least + noise) {
            PZ__TRY(settle(s, best, by_learner));
        }
    }
    return PZ_OK;
}

pz_status pz__search(const pz__grouping_data *data, const pz__units *units, int32_t groups, int64_t iterations, pz__random *random,
                     pz_progress_fn progress, void *user_data, int32_t *group_of)
{
    search s = {data, units, {0}, NULL, NULL, NULL, NULL, NULL, random};
    int32_t *by_learner = pz__alloc(data->learners * sizeof *by_learner);
    s.group_of = pz__alloc((size_t)units->count * sizeof *s.group_of);
    pz_status status = by_learner && s.group_of ? PZ_OK : pz__fail_memory();
    if (status == PZ_OK) {
        memcpy(s.group_of, group_of, (size_t)units->count * sizeof *group_of);
        pz__spread(units, data->learners, group_of, by_learner);
        status = pz__measure_make(data, by_learner, groups, &s.measure);
    }
    if (status == PZ_OK) status = make_bulks(&s);
    exchange_search x = {&s, {0}, {0}, 0, 0, NULL, NULL, NULL};
    if (status == PZ_OK) status = make_exchange(&x);
    if (status == PZ_OK) status = iterate(&s, &x, iterations, progress, user_data, group_of, by_learner);
    pz__release(x.sums);
    pz__release(x.needs);
    pz__release(x.counts);
    pz__measure_free(&s.measure);
    pz__release(s.bulks);
    pz__release(s.sums);
    pz__release(s.counts);
    pz__release(s.needs);
    pz__release(s.group_of);
    pz__release(by_learner);
    return status;
}
