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
    if (pz__is_of_absent(r) || (r->learner >= 0 && absent[r->learner])) return 0;
    return (r->kind != PZ_CONSTRAINT_TOGETHER && r->kind != PZ_CONSTRAINT_APART) || !absent[r->other];
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
            units->units[units->count] = (pz__unit){.locked = -1, .allowed_count = -1};
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

/* Keeps of a unit's list what is in `groups` too; the first list is taken whole. Both are in order. */
static void restrict_to(pz__units *units, pz__unit *unit, const pz__rule_detail *detail, int32_t *next)
{
    if (unit->allowed_count < 0) {
        unit->first_allowed = *next;
        unit->allowed_count = detail->group_count;
        memcpy(units->allowed + *next, detail->groups, (size_t)detail->group_count * sizeof *units->allowed);
        *next += detail->group_count;
        return;
    }
    int32_t *list = units->allowed + unit->first_allowed, kept = 0;
    for (int32_t i = 0, j = 0; i < unit->allowed_count; i++) {
        while (j < detail->group_count && detail->groups[j] < list[i]) j++;
        if (j < detail->group_count && detail->groups[j] == list[i]) list[kept++] = list[i];
    }
    unit->allowed_count = kept;
}

/* Without a group's own sizes those of the problem hold, which may be harder to keep: a conflict would come to blame the sizes for what a rule does that
 * was not looked at yet. So a group whose own sizes are left out may have either. */
static void allow(const pz__grouping_data *data, const uint8_t *skip, const uint8_t *absent, pz__units *units)
{
    int32_t next = 0;
    units->named_max = units->locked_max;
    for (size_t i = 0; i < data->rule_count; i++) {
        const pz__rule *rule = &data->rules[i];
        int is_left_out = !is_in_force(data, skip, i, absent);
        if (rule->kind == PZ_CONSTRAINT_GROUP_SIZE) {
            units->group_sizes[units->group_size_count++] =
                (pz__group_size){rule->other, rule->detail->least, rule->detail->most, is_left_out};
            if (rule->other > units->named_max) units->named_max = rule->other; /* no group like any other in either case */
        } else if (rule->kind == PZ_CONSTRAINT_ALLOWED && !is_left_out) {
            pz__unit *unit = &units->units[units->unit_of[rule->learner]];
            restrict_to(units, unit, rule->detail, &next);
            if (rule->detail->groups[rule->detail->group_count - 1] > units->named_max)
                units->named_max = rule->detail->groups[rule->detail->group_count - 1];
            units->is_contradictory |= unit->allowed_count == 0;
        }
    }
    for (int32_t u = 0; u < units->count; u++)
        units->is_contradictory |= units->units[u].locked >= 0 && !pz__unit_may_sit(units, u, units->units[u].locked);
}

/* ----------------------------------------------------------------------------------------------------- apart --- */

typedef struct pair_list {
    int32_t *units; /* two by two */
    size_t count, capacity;
} pair_list;

static pz_status add_apart(pz__units *units, pair_list *pairs, int32_t learner, int32_t other)
{
    int32_t a = units->unit_of[learner], b = units->unit_of[other];
    if (a == b) {
        units->is_contradictory = 1;
        return PZ_OK;
    }
    PZ__TRY(pz__reserve((void **)&pairs->units, &pairs->capacity, pairs->count + 2, sizeof *pairs->units));
    pairs->units[pairs->count++] = a;
    pairs->units[pairs->count++] = b;
    return PZ_OK;
}

int32_t pz__times_together(const pz__rule_detail *detail, size_t learner, size_t other)
{
    const double *a = detail->values + learner * (size_t)detail->columns, *b = detail->values + other * (size_t)detail->columns;
    int32_t times = 0;
    for (int32_t c = 0; c < detail->columns; c++) times += a[c] == b[c]; /* NaN is like nothing */
    return times;
}

static pz_status add_earlier(const pz__grouping_data *data, pz__units *units, pair_list *pairs, const pz__rule_detail *detail)
{
    for (size_t i = 0; i < data->learners; i++)
        for (size_t j = i + 1; j < data->learners && units->unit_of[i] >= 0; j++)
            if (units->unit_of[j] >= 0 && pz__times_together(detail, i, j) > detail->most)
                PZ__TRY(add_apart(units, pairs, (int32_t)i, (int32_t)j));
    return PZ_OK;
}

static pz_status collect_apart(const pz__grouping_data *data, const uint8_t *skip, const uint8_t *absent, pz__units *units,
                               pair_list *pairs)
{
    for (size_t i = 0; i < data->rule_count; i++) {
        const pz__rule *rule = &data->rules[i];
        if (!is_in_force(data, skip, i, absent)) continue;
        if (rule->kind == PZ_CONSTRAINT_APART) PZ__TRY(add_apart(units, pairs, rule->learner, rule->other));
        if (rule->kind == PZ_CONSTRAINT_EARLIER) PZ__TRY(add_earlier(data, units, pairs, rule->detail));
    }
    return PZ_OK;
}

/* Each unit's own, one after the other. */
static pz_status set_apart(const pz__grouping_data *data, const uint8_t *skip, const uint8_t *absent, pz__units *units)
{
    pair_list pairs = {NULL, 0, 0};
    pz_status status = collect_apart(data, skip, absent, units, &pairs);
    units->apart = status == PZ_OK ? pz__alloc((pairs.count + 1) * sizeof *units->apart) : NULL;
    if (status == PZ_OK && !units->apart) status = pz__fail_memory();
    for (size_t i = 0; status == PZ_OK && i < pairs.count; i++) units->units[pairs.units[i]].apart_count++;
    int32_t first = 0;
    for (int32_t u = 0; status == PZ_OK && u < units->count; u++) {
        units->units[u].first_apart = first;
        first += units->units[u].apart_count;
        units->units[u].apart_count = 0;
    }
    for (size_t i = 0; status == PZ_OK && i < pairs.count; i++) {
        pz__unit *unit = &units->units[pairs.units[i]];
        units->apart[unit->first_apart + unit->apart_count++] = pairs.units[i ^ 1];
    }
    pz__release(pairs.units);
    return status;
}

/* ------------------------------------------------------------------------------------------- counts and times --- */

static void list_rules(const pz__grouping_data *data, const uint8_t *skip, pz__units *units)
{
    for (size_t i = 0; i < data->rule_count; i++) {
        const pz__rule *rule = &data->rules[i];
        if (skip && skip[i]) continue;
        if (rule->kind == PZ_CONSTRAINT_NOT_ALONE || rule->kind == PZ_CONSTRAINT_ROLE) {
            int or_none = rule->kind == PZ_CONSTRAINT_NOT_ALONE;
            units->count_rules[units->count_rule_count++] =
                (pz__count_rule){rule->detail->least, or_none ? PZ__LEARNERS_MAX : rule->detail->most, or_none};
        } else if (rule->kind == PZ_CONSTRAINT_COMMON_TIME) {
            units->time_rules[units->time_rule_count++] = (pz__time_rule){rule->detail->least, units->slots, rule->detail->columns};
            units->slots += rule->detail->columns;
        }
    }
}

static void count_flagged(const pz__grouping_data *data, const uint8_t *skip, pz__units *units)
{
    int32_t counted = 0, first = 0;
    for (size_t i = 0; i < data->rule_count; i++) {
        const pz__rule *rule = &data->rules[i];
        int is_count = rule->kind == PZ_CONSTRAINT_NOT_ALONE || rule->kind == PZ_CONSTRAINT_ROLE;
        if ((skip && skip[i]) || (!is_count && rule->kind != PZ_CONSTRAINT_COMMON_TIME)) continue;
        for (size_t l = 0; l < data->learners; l++) {
            int32_t unit = units->unit_of[l];
            if (unit < 0) continue;
            if (is_count) {
                units->flagged[unit * units->count_rule_count + counted] += rule->detail->values[l] != 0;
                continue;
            }
            const double *row = rule->detail->values + l * (size_t)rule->detail->columns;
            uint8_t *busy = units->busy + (size_t)unit * (size_t)units->slots + first;
            for (int32_t c = 0; c < rule->detail->columns; c++) busy[c] |= row[c] == 0;
        }
        counted += is_count;
        if (!is_count) first += rule->detail->columns;
    }
}

static pz_status set_counts(const pz__grouping_data *data, const uint8_t *skip, pz__units *units)
{
    list_rules(data, skip, units);
    units->flagged = pz__alloc_zero((size_t)units->count * (size_t)units->count_rule_count, sizeof *units->flagged);
    units->busy = pz__alloc_zero((size_t)units->count * (size_t)units->slots, 1);
    if (!units->flagged || !units->busy) return pz__fail_memory();
    count_flagged(data, skip, units);
    return PZ_OK;
}

static int has_any(const pz__units *units, int32_t unit)
{
    const uint8_t *busy = units->busy + (size_t)unit * (size_t)units->slots;
    for (int32_t r = 0; r < units->count_rule_count; r++)
        if (units->flagged[unit * units->count_rule_count + r]) return 1;
    for (int32_t s = 0; s < units->slots; s++)
        if (busy[s]) return 1;
    return 0;
}

static void tell_bound(pz__units *units)
{
    units->is_plain = units->count == units->learners && !units->count_rule_count && !units->time_rule_count;
    for (int32_t u = 0; u < units->count; u++) {
        pz__unit *unit = &units->units[u];
        int is_free = unit->size == 1 && unit->locked < 0 && unit->allowed_count < 0 && unit->apart_count == 0;
        unit->is_bound = !is_free || has_any(units, u);
        units->is_plain &= is_free;
    }
}

/* What lists can come to at most. */
static void count_lists(const pz__grouping_data *data, size_t *out_allowed, size_t *out_sizes, size_t *out_times)
{
    *out_allowed = *out_sizes = *out_times = 0;
    for (size_t i = 0; i < data->rule_count; i++) {
        if (data->rules[i].kind == PZ_CONSTRAINT_ALLOWED) *out_allowed += (size_t)data->rules[i].detail->group_count;
        *out_sizes += data->rules[i].kind == PZ_CONSTRAINT_GROUP_SIZE;
        *out_times += data->rules[i].kind == PZ_CONSTRAINT_COMMON_TIME;
    }
}

pz_status pz__units_make(const pz__grouping_data *data, const uint8_t *skip, pz__units *out_units)
{
    size_t n = data->learners, allowed, sizes, times;
    uint8_t *absent = pz__alloc_zero(n, 1);
    int32_t *parents = pz__alloc(n * sizeof *parents);
    count_lists(data, &allowed, &sizes, &times);
    memset(out_units, 0, sizeof *out_units);
    out_units->units = pz__alloc_zero(n, sizeof *out_units->units);
    out_units->unit_of = pz__alloc(n * sizeof *out_units->unit_of);
    out_units->members = pz__alloc(n * sizeof *out_units->members);
    out_units->allowed = pz__alloc_zero(allowed, sizeof *out_units->allowed);
    out_units->group_sizes = pz__alloc_zero(sizes, sizeof *out_units->group_sizes);
    out_units->time_rules = pz__alloc_zero(times, sizeof *out_units->time_rules);
    int made = absent && parents && out_units->units && out_units->unit_of && out_units->members && out_units->allowed &&
               out_units->group_sizes && out_units->time_rules;
    pz_status status = made ? PZ_OK : pz__fail_memory();
    if (made) {
        for (size_t i = 0; i < data->rule_count; i++)
            if (pz__is_of_absent(&data->rules[i])) absent[data->rules[i].learner] = 1;
        join(data, skip, absent, parents);
        number_units(data, absent, parents, out_units);
        lock(data, skip, absent, out_units);
        allow(data, skip, absent, out_units);
        status = set_apart(data, skip, absent, out_units);
        if (status == PZ_OK) status = set_counts(data, skip, out_units);
        if (status == PZ_OK) tell_bound(out_units);
    }
    pz__release(absent);
    pz__release(parents);
    if (status != PZ_OK) pz__units_free(out_units);
    return status;
}

void pz__units_free(pz__units *units)
{
    pz__release(units->units);
    pz__release(units->unit_of);
    pz__release(units->members);
    pz__release(units->apart);
    pz__release(units->allowed);
    pz__release(units->flagged);
    pz__release(units->time_rules);
    pz__release(units->busy);
    pz__release(units->group_sizes);
    memset(units, 0, sizeof *units);
}

int pz__unit_may_sit(const pz__units *units, int32_t unit, int32_t group)
{
    const pz__unit *u = &units->units[unit];
    if (u->locked >= 0 && u->locked != group) return 0;
    if (u->allowed_count < 0) return 1;
    const int32_t *list = units->allowed + u->first_allowed;
    int32_t low = 0, high = u->allowed_count;
    while (low < high) {
        int32_t middle = (low + high) / 2;
        if (list[middle] == group) return 1;
        if (list[middle] < group) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return 0;
}

void pz__units_sizes(const pz__units *units, int32_t groups, int32_t size_min, int32_t size_max, int32_t *out_min, int32_t *out_max)
{
    for (int32_t g = 0; g < groups; g++) out_min[g] = size_min, out_max[g] = size_max;
    for (int32_t i = 0; i < units->group_size_count; i++) {
        const pz__group_size *own = &units->group_sizes[i];
        if (own->group >= groups) continue;
        if (!own->is_widening || own->least < out_min[own->group]) out_min[own->group] = own->least;
        if (!own->is_widening || own->most > out_max[own->group]) out_max[own->group] = own->most;
    }
}
