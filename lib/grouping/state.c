#include "grouping/state.h"

#include <string.h>

#include "base/fail.h"
#include "base/memory.h"
#include "grouping/search.h"

static pz_status make_bulks(pz__state *s)
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
        for (int32_t i = 0; i < unit->size; i++)
            pz__measure_learner(&s->measure, s->units->members[unit->first_member + i], sums, counts, needs);
        s->bulks[u] = (pz__bulk){unit->size, sums, counts, needs};
    }
    return PZ_OK;
}

pz_status pz__state_make(const pz__grouping_data *data, const pz__units *units, int32_t groups, const int32_t *group_of, pz__random *random,
                         pz__state *out_state)
{
    pz__state *s = out_state;
    *s = (pz__state){.data = data, .units = units, .random = random};
    s->by_learner = pz__alloc(data->learners * sizeof *s->by_learner);
    s->group_of = pz__alloc((size_t)units->count * sizeof *s->group_of);
    pz_status status = s->by_learner && s->group_of ? PZ_OK : pz__fail_memory();
    if (status == PZ_OK) {
        memcpy(s->group_of, group_of, (size_t)units->count * sizeof *group_of);
        pz__spread(units, data->learners, group_of, s->by_learner);
        status = pz__measure_make(data, s->by_learner, groups, &s->measure);
    }
    if (status == PZ_OK) status = make_bulks(s);
    if (status == PZ_OK) status = pz__pairs_make(&s->measure, units, s->group_of, &s->pairs);
    if (status != PZ_OK) pz__state_free(s);
    return status;
}

void pz__state_free(pz__state *s)
{
    pz__measure_free(&s->measure);
    pz__pairs_free(&s->pairs);
    pz__release(s->bulks);
    pz__release(s->sums);
    pz__release(s->counts);
    pz__release(s->needs);
    pz__release(s->group_of);
    pz__release(s->by_learner);
    memset(s, 0, sizeof *s);
}

void pz__state_set(pz__state *s, const int32_t *group_of)
{
    if (group_of != s->group_of) memcpy(s->group_of, group_of, (size_t)s->units->count * sizeof *group_of);
    pz__spread(s->units, s->data->learners, s->group_of, s->by_learner);
    pz__measure_set(&s->measure, s->by_learner);
    pz__pairs_set(&s->pairs, s->group_of);
}

double pz__state_value(const pz__state *s)
{
    double value = pz__measure_base(&s->measure);
    return s->pairs.count ? value + (double)s->pairs.total / s->pairs.scale : value;
}

/* Does somebody in the group have to stay apart from the unit? `but` is on its way out of the group, or -1. */
int pz__state_has_enemy(const pz__state *s, int32_t unit, int32_t group, int32_t but)
{
    const pz__unit *u = &s->units->units[unit];
    for (int32_t i = 0; i < u->apart_count; i++) {
        int32_t other = s->units->apart[u->first_apart + i];
        if (other != but && s->group_of[other] == group) return 1;
    }
    return 0;
}

int pz__state_may_move(const pz__state *s, int32_t unit, int32_t to)
{
    const pz__unit *u = &s->units->units[unit];
    int32_t from = s->group_of[unit];
    return to != from && u->locked < 0 && s->measure.sizes[from] - u->size >= s->data->size_min &&
           s->measure.sizes[to] + u->size <= s->data->size_max && !pz__state_has_enemy(s, unit, to, -1);
}

int pz__state_may_swap(const pz__state *s, int32_t unit, int32_t other)
{
    const pz__unit *u = &s->units->units[unit], *v = &s->units->units[other];
    int32_t a = s->group_of[unit], b = s->group_of[other], more = v->size - u->size;
    if (a == b || u->locked >= 0 || v->locked >= 0) return 0;
    int32_t size_a = s->measure.sizes[a] + more, size_b = s->measure.sizes[b] - more;
    if (size_a < s->data->size_min || size_a > s->data->size_max || size_b < s->data->size_min || size_b > s->data->size_max) return 0;
    return !pz__state_has_enemy(s, unit, b, other) && !pz__state_has_enemy(s, other, a, unit);
}

double pz__state_by_move(const pz__state *s, int32_t unit, int32_t to)
{
    int32_t from = s->group_of[unit];
    double change = pz__measure_change(&s->measure, from, to, &s->bulks[unit], NULL);
    return s->pairs.count ? change + (double)pz__pairs_by_move(&s->pairs, from, to, unit) / s->pairs.scale : change;
}

double pz__state_by_swap(const pz__state *s, int32_t unit, int32_t other)
{
    int32_t a = s->group_of[unit], b = s->group_of[other];
    double change = pz__measure_change(&s->measure, a, b, &s->bulks[unit], &s->bulks[other]);
    return s->pairs.count ? change + (double)pz__pairs_change(&s->pairs, a, b, unit, &other, 1) / s->pairs.scale : change;
}

void pz__state_move(pz__state *s, int32_t unit, int32_t to)
{
    pz__measure_move(&s->measure, s->group_of[unit], to, &s->bulks[unit], NULL);
    pz__pairs_move(&s->pairs, s->group_of[unit], to, unit, NULL, 0);
    s->group_of[unit] = to;
}

void pz__state_swap(pz__state *s, int32_t unit, int32_t other)
{
    int32_t a = s->group_of[unit], b = s->group_of[other];
    pz__measure_move(&s->measure, a, b, &s->bulks[unit], &s->bulks[other]);
    pz__pairs_move(&s->pairs, a, b, unit, &other, 1);
    s->group_of[unit] = b;
    s->group_of[other] = a;
}
