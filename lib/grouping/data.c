#include "grouping/data.h"

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

void pz__grouping_data_release(pz__grouping_data *data)
{
    if (!data || atomic_fetch_sub(&data->references, 1) > 1) return;
    for (int32_t i = 0; i < data->criterion_count; i++) {
        pz__release(data->criteria[i].name);
        pz__release(data->criteria[i].values);
    }
    pz__release(data->rules);
    pz__release(data);
}

static pz_status copy_into(const pz__grouping_data *from, pz__grouping_data *to)
{
    for (int32_t i = 0; i < from->criterion_count; i++) {
        PZ__TRY(pz__criterion_add(to, &from->criteria[i]));
    }
    for (size_t i = 0; i < from->rule_count; i++) {
        PZ__TRY(pz__reserve((void **)&to->rules, &to->rule_capacity, to->rule_count + 1, sizeof *to->rules));
        to->rules[to->rule_count++] = from->rules[i];
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

pz_status pz__rule_add(pz__grouping_data *data, int32_t kind, int32_t learner, int32_t other)
{
    int is_pair = kind == PZ_CONSTRAINT_TOGETHER || kind == PZ_CONSTRAINT_APART;
    pz__rule rule = {kind, is_pair && other < learner ? other : learner, is_pair && other < learner ? learner : other};
    for (size_t i = 0; i < data->rule_count; i++)
        if (data->rules[i].kind == rule.kind && data->rules[i].learner == rule.learner && data->rules[i].other == rule.other) return PZ_OK;
    PZ__TRY(pz__reserve((void **)&data->rules, &data->rule_capacity, data->rule_count + 1, sizeof *data->rules));
    data->rules[data->rule_count++] = rule;
    return PZ_OK;
}
