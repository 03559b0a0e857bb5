#include "grouping/tally.h"

#include <string.h>

#include "base/fail.h"
#include "base/memory.h"

pz_status pz__tally_make(const pz__units *units, int32_t groups, const int32_t *group_of, pz__tally *out_tally)
{
    *out_tally = (pz__tally){.units = units, .groups = groups};
    out_tally->members = pz__alloc((size_t)groups * sizeof *out_tally->members);
    out_tally->counts = pz__alloc((size_t)groups * (size_t)units->count_rule_count * sizeof *out_tally->counts);
    out_tally->busy = pz__alloc((size_t)groups * (size_t)units->slots * sizeof *out_tally->busy);
    if (!out_tally->members || !out_tally->counts || !out_tally->busy) {
        pz__tally_free(out_tally);
        return pz__fail_memory();
    }
    pz__tally_set(out_tally, group_of);
    return PZ_OK;
}

void pz__tally_free(pz__tally *tally)
{
    pz__release(tally->members);
    pz__release(tally->counts);
    pz__release(tally->busy);
    memset(tally, 0, sizeof *tally);
}

void pz__tally_set(pz__tally *t, const int32_t *group_of)
{
    size_t groups = (size_t)t->groups;
    memset(t->members, 0, groups * sizeof *t->members);
    memset(t->counts, 0, groups * (size_t)t->units->count_rule_count * sizeof *t->counts);
    memset(t->busy, 0, groups * (size_t)t->units->slots * sizeof *t->busy);
    for (int32_t u = 0; group_of && u < t->units->count; u++)
        if (group_of[u] >= 0) pz__tally_shift(t, u, group_of[u], 1);
}

static const int32_t *flagged_of(const pz__tally *t, int32_t unit)
{
    return t->units->flagged + (size_t)unit * (size_t)t->units->count_rule_count;
}

static const uint8_t *busy_of(const pz__tally *t, int32_t unit)
{
    return t->units->busy + (size_t)unit * (size_t)t->units->slots;
}

void pz__tally_shift(pz__tally *t, int32_t unit, int32_t group, int sign)
{
    int32_t rules = t->units->count_rule_count, slots = t->units->slots;
    const int32_t *flagged = flagged_of(t, unit);
    const uint8_t *busy = busy_of(t, unit);
    int32_t *counts = t->counts + (size_t)group * (size_t)rules, *not_free = t->busy + (size_t)group * (size_t)slots;
    t->members[group] += sign;
    for (int32_t r = 0; r < rules; r++) counts[r] += sign * flagged[r];
    for (int32_t s = 0; s < slots; s++) not_free[s] += sign * busy[s];
}

static int32_t misses_count(const pz__count_rule *rule, int32_t count)
{
    if (rule->or_none && count == 0) return 0;
    if (count > rule->most) return count - rule->most;
    if (count >= rule->least) return 0;
    int32_t more = rule->least - count;
    return rule->or_none && count < more ? count : more; /* going is as good as others coming */
}

static int32_t misses_time(const pz__tally *t, const pz__time_rule *rule, int32_t group, const int32_t *out, int out_count,
                           const int32_t *in, int in_count)
{
    const int32_t *busy = t->busy + (size_t)group * (size_t)t->units->slots;
    int32_t open = 0;
    for (int32_t s = rule->first; s < rule->first + rule->slots && open < rule->least; s++) {
        int32_t now = busy[s];
        for (int i = 0; i < out_count; i++) now -= busy_of(t, out[i])[s];
        for (int i = 0; i < in_count; i++) now += busy_of(t, in[i])[s];
        open += now == 0;
    }
    return rule->least - open;
}

int32_t pz__tally_miss(const pz__tally *t, int32_t group, const int32_t *out, int out_count, const int32_t *in, int in_count)
{
    int32_t rules = t->units->count_rule_count, missed = 0;
    if (t->members[group] - out_count + in_count <= 0) return 0;
    for (int32_t r = 0; r < rules; r++) {
        int32_t count = t->counts[(size_t)group * (size_t)rules + (size_t)r];
        for (int i = 0; i < out_count; i++) count -= flagged_of(t, out[i])[r];
        for (int i = 0; i < in_count; i++) count += flagged_of(t, in[i])[r];
        missed += misses_count(&t->units->count_rules[r], count);
    }
    for (int32_t r = 0; r < t->units->time_rule_count; r++)
        missed += misses_time(t, &t->units->time_rules[r], group, out, out_count, in, in_count);
    return missed;
}

int pz__tally_is_full(const pz__tally *t, int32_t group, int32_t unit)
{
    int32_t rules = t->units->count_rule_count;
    const int32_t *counts = t->counts + (size_t)group * (size_t)rules, *flagged = flagged_of(t, unit);
    for (int32_t r = 0; r < rules; r++)
        if (counts[r] + flagged[r] > t->units->count_rules[r].most) return 1;
    for (int32_t r = 0; r < t->units->time_rule_count; r++)
        if (misses_time(t, &t->units->time_rules[r], group, NULL, 0, &unit, 1) > 0) return 1;
    return 0;
}

int32_t pz__tally_short(const pz__tally *t, int32_t group, int32_t rule, int is_made)
{
    const pz__count_rule *r = &t->units->count_rules[rule];
    int32_t count = t->counts[(size_t)group * (size_t)t->units->count_rule_count + (size_t)rule];
    if (count >= r->least || (r->or_none ? count == 0 : !is_made)) return 0;
    return r->least - count;
}
