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
    s->size_min = pz__alloc((size_t)groups * sizeof *s->size_min);
    s->size_max = pz__alloc((size_t)groups * sizeof *s->size_max);
    pz_status status = s->by_learner && s->group_of && s->size_min && s->size_max ? PZ_OK : pz__fail_memory();
    if (status == PZ_OK) {
        pz__units_sizes(units, groups, data->size_min, data->size_max, s->size_min, s->size_max);
        for (int32_t g = 0; g < groups; g++) s->sizes_vary |= s->size_min[g] < s->size_max[g];
        memcpy(s->group_of, group_of, (size_t)units->count * sizeof *group_of);
        pz__spread(units, data->learners, group_of, s->by_learner);
        status = pz__measure_make(data, s->by_learner, groups, &s->measure);
    }
    if (status == PZ_OK) status = make_bulks(s);
    if (status == PZ_OK) status = pz__tally_make(units, groups, group_of, &s->tally);
    if (status == PZ_OK) status = pz__pairs_make(&s->measure, units, s->group_of, &s->pairs);
    if (status != PZ_OK) pz__state_free(s);
    return status;
}

void pz__state_free(pz__state *s)
{
    pz__measure_free(&s->measure);
    pz__pairs_free(&s->pairs);
    pz__tally_free(&s->tally);
    pz__release(s->size_min);
    pz__release(s->size_max);
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
    pz__tally_set(&s->tally, s->group_of);
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

static int has_count_rules(const pz__state *s)
{
    return s->units->count_rule_count > 0 || s->units->time_rule_count > 0;
}

static int fits(const pz__state *s, int32_t group, int32_t more)
{
    int32_t size = s->measure.sizes[group] + more;
    return size >= s->size_min[group] && size <= s->size_max[group];
}

int pz__state_may_move(const pz__state *s, int32_t unit, int32_t to)
{
    int32_t from = s->group_of[unit], size = s->units->units[unit].size;
    if (to == from || !fits(s, from, -size) || !fits(s, to, size)) return 0;
    if (s->units->is_plain) return 1;
    return pz__unit_may_sit(s->units, unit, to) && !pz__state_has_enemy(s, unit, to, -1) &&
           (!has_count_rules(s) ||
            (!pz__tally_miss(&s->tally, from, &unit, 1, NULL, 0) && !pz__tally_miss(&s->tally, to, NULL, 0, &unit, 1)));
}

int pz__state_may_swap(const pz__state *s, int32_t unit, int32_t other)
{
    int32_t a = s->group_of[unit], b = s->group_of[other];
    if (a == b) return 0;
    if (s->units->is_plain) return 1;
    int32_t more = s->units->units[other].size - s->units->units[unit].size;
    if (more && (!fits(s, a, more) || !fits(s, b, -more))) return 0;
    return pz__unit_may_sit(s->units, unit, b) && pz__unit_may_sit(s->units, other, a) && !pz__state_has_enemy(s, unit, b, other) &&
           !pz__state_has_enemy(s, other, a, unit) &&
           (!has_count_rules(s) ||
            (!pz__tally_miss(&s->tally, a, &unit, 1, &other, 1) && !pz__tally_miss(&s->tally, b, &other, 1, &unit, 1)));
}

static int is_some(const int32_t *some, int count, int32_t unit)
{
    for (int i = 0; i < count; i++)
        if (some[i] == unit) return 1;
    return 0;
}

int pz__state_may_exchange(const pz__state *s, int32_t unit, int32_t to, const int32_t *some, int some_count)
{
    const pz__unit *u = &s->units->units[unit];
    int32_t from = s->group_of[unit], more = -u->size;
    if (from == to || !pz__unit_may_sit(s->units, unit, to)) return 0;
    for (int32_t i = 0; i < u->apart_count; i++) {
        int32_t other = s->units->apart[u->first_apart + i];
        if (s->group_of[other] == to && !is_some(some, some_count, other)) return 0;
    }
    for (int i = 0; i < some_count; i++) {
        more += s->units->units[some[i]].size;
        if (!pz__unit_may_sit(s->units, some[i], from) || pz__state_has_enemy(s, some[i], from, unit)) return 0;
    }
    return fits(s, from, more) && fits(s, to, -more) &&
           (!has_count_rules(s) ||
            (!pz__tally_miss(&s->tally, from, &unit, 1, some, some_count) && !pz__tally_miss(&s->tally, to, some, some_count, &unit, 1)));
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

/* The unit of group `from` is in group `to` from now on. */
static void sit(pz__state *s, int32_t unit, int32_t from, int32_t to)
{
    s->group_of[unit] = to;
    if (!has_count_rules(s)) return;
    pz__tally_shift(&s->tally, unit, from, -1);
    pz__tally_shift(&s->tally, unit, to, 1);
}

void pz__state_exchange(pz__state *s, int32_t unit, int32_t to, const int32_t *some, int some_count, const pz__bulk *back)
{
    int32_t from = s->group_of[unit];
    pz__measure_move(&s->measure, from, to, &s->bulks[unit], back);
    pz__pairs_move(&s->pairs, from, to, unit, some, some_count);
    sit(s, unit, from, to);
    for (int i = 0; i < some_count; i++) sit(s, some[i], to, from);
}

void pz__state_move(pz__state *s, int32_t unit, int32_t to)
{
    pz__state_exchange(s, unit, to, NULL, 0, NULL);
}

void pz__state_swap(pz__state *s, int32_t unit, int32_t other)
{
    pz__state_exchange(s, unit, s->group_of[other], &other, 1, &s->bulks[other]);
}
