#include "grouping/units.h"

#include <string.h>

#include "base/fail.h"
#include "base/memory.h"

/* The head of a learner's tree, by halving the path (Tarjan 1975). */
static int32_t head_of(int32_t *parents, int32_t learner)
{
    while (parents[learner] != learner) learner = parents[learner] = parents[parents[learner]];
    return learner;
}

static int is_in_force(const pz__grouping_data *data, const uint8_t *skip, size_t rule, const uint8_t *absent)
{
    const pz__rule *r = &data->rules[rule];
    if (skip && skip[rule]) return 0;
    if (r->kind == PZ_CONSTRAINT_ABSENT || absent[r->learner]) return 0;
    return r->kind == PZ_CONSTRAINT_LOCKED || !absent[r->other];
}

static void join(const pz__grouping_data *data, const uint8_t *skip, const uint8_t *absent, int32_t *parents)
{
    for (size_t i = 0; i < data->learners; i++) parents[i] = (int32_t)i;
    for (size_t i = 0; i < data->rule_count; i++) {
        if (data->rules[i].kind != PZ_CONSTRAINT_TOGETHER || !is_in_force(data, skip, i, absent)) continue;
        int32_t a = head_of(parents, data->rules[i].learner), b = head_of(parents, data->rules[i].other);
        if (a != b) parents[a > b ? a : b] = a > b ? b : a;
    }
}

/* Units are numbered by their first learner, members in order. */
static void number_units(const pz__grouping_data *data, const uint8_t *absent, int32_t *parents, pz__units *units)
{
    for (size_t i = 0; i < data->learners; i++) {
        int32_t head = head_of(parents, (int32_t)i);
        units->unit_of[i] = -1;
        if (absent[i]) continue;
        units->learners++;
        if (head == (int32_t)i) {
            units->units[units->count] = (pz__unit){0, -1, 0, 0, 0};
            units->unit_of[i] = units->count++;
        } else {
            units->unit_of[i] = units->unit_of[head];
        }
        units->units[units->unit_of[i]].size++;
    }
    int32_t first = 0;
    for (int32_t u = 0; u < units->count; u++) {
        units->units[u].first_member = first;
        first += units->units[u].size;
        units->units[u].size = 0; /* counted up again as the members are put in */
    }
    for (size_t i = 0; i < data->learners; i++) {
        if (absent[i]) continue;
        pz__unit *unit = &units->units[units->unit_of[i]];
        units->members[unit->first_member + unit->size++] = (int32_t)i;
    }
}

static void lock(const pz__grouping_data *data, const uint8_t *skip, const uint8_t *absent, pz__units *units)
{
    units->locked_max = -1;
    for (size_t i = 0; i < data->rule_count; i++) {
        const pz__rule *rule = &data->rules[i];
        if (rule->kind != PZ_CONSTRAINT_LOCKED || !is_in_force(data, skip, i, absent)) continue;
        pz__unit *unit = &units->units[units->unit_of[rule->learner]];
        if (unit->locked >= 0 && unit->locked != rule->other) units->is_contradictory = 1;
        unit->locked = rule->other;
        if (rule->other > units->locked_max) units->locked_max = rule->other;
    }
}

/* Two passes over the rules: how many each unit has, then which. */
static void set_apart(const pz__grouping_data *data, const uint8_t *skip, const uint8_t *absent, pz__units *units)
{
    for (int pass = 0; pass < 2; pass++) {
        for (size_t i = 0; i < data->rule_count; i++) {
            const pz__rule *rule = &data->rules[i];
            if (rule->kind != PZ_CONSTRAINT_APART || !is_in_force(data, skip, i, absent)) continue;
            int32_t a = units->unit_of[rule->learner], b = units->unit_of[rule->other];
            if (a == b) {
                units->is_contradictory = 1;
                continue;
            }
            if (pass) {
                units->apart[units->units[a].first_apart + units->units[a].apart_count] = b;
                units->apart[units->units[b].first_apart + units->units[b].apart_count] = a;
            }
            units->units[a].apart_count++;
            units->units[b].apart_count++;
        }
        int32_t first = 0;
        for (int32_t u = 0; !pass && u < units->count; u++) {
            units->units[u].first_apart = first;
            first += units->units[u].apart_count;
            units->units[u].apart_count = 0;
        }
    }
}

pz_status pz__units_make(const pz__grouping_data *data, const uint8_t *skip, pz__units *out_units)
{
    size_t n = data->learners;
    uint8_t *absent = pz__alloc_zero(n, 1);
    int32_t *parents = pz__alloc(n * sizeof *parents);
    memset(out_units, 0, sizeof *out_units);
    out_units->units = pz__alloc_zero(n, sizeof *out_units->units);
    out_units->unit_of = pz__alloc(n * sizeof *out_units->unit_of);
    out_units->members = pz__alloc(n * sizeof *out_units->members);
    out_units->apart = pz__alloc((2 * data->rule_count + 1) * sizeof *out_units->apart);
    int made = absent && parents && out_units->units && out_units->unit_of && out_units->members && out_units->apart;
    if (made) {
        for (size_t i = 0; i < data->rule_count; i++)
            if (data->rules[i].kind == PZ_CONSTRAINT_ABSENT) absent[data->rules[i].learner] = 1;
        join(data, skip, absent, parents);
        number_units(data, absent, parents, out_units);
        lock(data, skip, absent, out_units);
        set_apart(data, skip, absent, out_units);
    }
    pz__release(absent);
    pz__release(parents);
    if (made) return PZ_OK;
    pz__units_free(out_units);
    return pz__fail_memory();
}

void pz__units_free(pz__units *units)
{
    pz__release(units->units);
    pz__release(units->unit_of);
    pz__release(units->members);
    pz__release(units->apart);
    memset(units, 0, sizeof *units);
}
