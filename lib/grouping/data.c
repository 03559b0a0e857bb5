#include "grouping/data.h"

#include <math.h>
#include <string.h>

#include "base/fail.h"
#include "base/memory.h"

pz_status pz__grouping_data_new(size_t learners, int32_t size_min, int32_t size_max, int32_t groups, pz__grouping_data **out_data)
{
    pz__grouping_data *data = pz__alloc_zero(1, sizeof *data);
    if (!data) return pz__fail_memory();
    atomic_init(&data->references, 1);
    data->learners = learners;
    data->size_min = size_min;
    data->size_max = size_max;
    data->groups = groups;
    data->needs_at = -1;
    *out_data = data;
    return PZ_OK;
}

pz__grouping_data *pz__grouping_data_retain(const pz__grouping_data *data)
{
    pz__grouping_data *shared = (pz__grouping_data *)data;
    atomic_fetch_add(&shared->references, 1);
    return shared;
}

static void detail_free(pz__rule_detail *detail)
{
    if (!detail) return;
    pz__release(detail->name);
    pz__release(detail->values);
    pz__release(detail->groups);
    pz__release(detail);
}

void pz__grouping_data_release(pz__grouping_data *data)
{
    if (!data || atomic_fetch_sub(&data->references, 1) > 1) return;
    for (int32_t i = 0; i < data->criterion_count; i++) {
        pz__release(data->criteria[i].name);
        pz__release(data->criteria[i].values);
    }
    for (size_t i = 0; i < data->rule_count; i++) detail_free(data->rules[i].detail);
    pz__release(data->rules);
    pz__release(data);
}

static void *copy_of(const void *block, size_t size)
{
    void *copy = pz__alloc(size);
    if (copy) memcpy(copy, block, size);
    return copy;
}

static pz__rule_detail *copy_detail(const pz__rule_detail *detail, size_t learners)
{
    pz__rule_detail *own = pz__alloc(sizeof *own);
    if (!own) return NULL;
    *own = *detail;
    if (detail->name) own->name = pz__copy_text(detail->name, strlen(detail->name));
    if (detail->values) own->values = copy_of(detail->values, learners * (size_t)detail->columns * sizeof *own->values);
    if (detail->groups) own->groups = copy_of(detail->groups, (size_t)detail->group_count * sizeof *own->groups);
    if (!own->name == !detail->name && !own->values == !detail->values && !own->groups == !detail->groups) return own;
    detail_free(own);
    return NULL;
}

static pz_status append_rule(pz__grouping_data *data, int32_t kind, int32_t learner, int32_t other, const pz__rule_detail *detail)
{
    pz__rule rule = {kind, learner, other, NULL};
    PZ__TRY(pz__reserve((void **)&data->rules, &data->rule_capacity, data->rule_count + 1, sizeof *data->rules));
    if (detail && !(rule.detail = copy_detail(detail, data->learners))) return pz__fail_memory();
    data->rules[data->rule_count++] = rule;
    return PZ_OK;
}

static pz_status copy_into(const pz__grouping_data *from, pz__grouping_data *to)
{
    for (int32_t i = 0; i < from->criterion_count; i++) {
        PZ__TRY(pz__criterion_add(to, &from->criteria[i]));
    }
    for (size_t i = 0; i < from->rule_count; i++) {
        const pz__rule *rule = &from->rules[i];
        PZ__TRY(append_rule(to, rule->kind, rule->learner, rule->other, rule->detail));
    }
    return PZ_OK;
}

pz_status pz__grouping_data_own(pz_grouping_problem *problem)
{
    pz__grouping_data *shared = problem->data, *own = NULL;
    if (atomic_load(&shared->references) == 1) return PZ_OK;
    PZ__TRY(pz__grouping_data_new(shared->learners, shared->size_min, shared->size_max, shared->groups, &own));
    pz_status status = copy_into(shared, own);
    if (status != PZ_OK) {
        pz__grouping_data_release(own);
        return status;
    }
    problem->data = own;
    pz__grouping_data_release(shared);
    return PZ_OK;
}

pz_status pz__criterion_add(pz__grouping_data *data, const pz__criterion *criterion)
{
    pz__criterion own = *criterion;
    size_t count = data->learners * (size_t)criterion->columns;
    own.name = pz__copy_text(criterion->name, strlen(criterion->name));
    own.values = pz__alloc(count * sizeof *own.values);
    if (!own.name || !own.values) {
        pz__release(own.name);
        pz__release(own.values);
        return pz__fail_memory();
    }
    memcpy(own.values, criterion->values, count * sizeof *own.values);
    if (own.kind == PZ__NEEDS) data->needs_at = data->criterion_count;
    data->criteria[data->criterion_count++] = own;
    return PZ_OK;
}

static int same_detail(const pz__rule_detail *a, const pz__rule_detail *b, size_t learners)
{
    if (!a || !b) return a == b;
    if (a->least != b->least || a->most != b->most || a->columns != b->columns || a->group_count != b->group_count) return 0;
    if (a->group_count && memcmp(a->groups, b->groups, (size_t)a->group_count * sizeof *a->groups) != 0) return 0;
    for (size_t i = 0; a->values && i < learners * (size_t)a->columns; i++)
        if (!(a->values[i] == b->values[i]) && !(isnan(a->values[i]) && isnan(b->values[i]))) return 0;
    return 1;
}

pz_status pz__rule_add_detail(pz__grouping_data *data, int32_t kind, int32_t learner, int32_t other, const pz__rule_detail *detail)
{
    for (size_t i = 0; i < data->rule_count; i++) {
        const pz__rule *rule = &data->rules[i];
        if (rule->kind == kind && rule->learner == learner && rule->other == other && same_detail(rule->detail, detail, data->learners))
            return PZ_OK;
    }
    return append_rule(data, kind, learner, other, detail);
}

pz_status pz__rule_add(pz__grouping_data *data, int32_t kind, int32_t learner, int32_t other)
{
    int is_pair = kind == PZ_CONSTRAINT_TOGETHER || kind == PZ_CONSTRAINT_APART;
    if (is_pair && other < learner) return pz__rule_add_detail(data, kind, other, learner, NULL);
    return pz__rule_add_detail(data, kind, learner, other, NULL);
}
