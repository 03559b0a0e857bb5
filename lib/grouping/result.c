#include "grouping/result.h"

#include <string.h>

#include "base/fail.h"
#include "base/memory.h"
#include "grouping/bound.h"
#include "grouping/distance.h"

static pz_status check(const pz_grouping_result *result)
{
    return result ? PZ_OK : pz__fail_closed("result");
}

pz_status pz__result_make(const pz__grouping_data *data, const int32_t *group_of, int32_t groups, uint64_t seed, int64_t iterations,
                          pz_grouping_result **out_result)
{
    pz_grouping_result *result = pz__alloc_zero(1, sizeof *result);
    if (!result) return pz__fail_memory();
    result->data = pz__grouping_data_retain(data);
    result->groups = groups;
    result->seed = seed;
    result->iterations = iterations;
    result->group_of = pz__alloc(data->learners * sizeof *group_of);
    pz_status status = result->group_of ? pz__measure_make(data, group_of, groups, &result->measure) : pz__fail_memory();
    if (status != PZ_OK) {
        pz_grouping_result_free(result);
        return status;
    }
    memcpy(result->group_of, group_of, data->learners * sizeof *group_of);
    *out_result = result;
    return PZ_OK;
}

void pz_grouping_result_free(pz_grouping_result *result)
{
    if (!result) return;
    pz__measure_free(&result->measure);
    pz__release(result->group_of);
    pz__grouping_data_release(result->data);
    pz__release(result);
}

/* ------------------------------------------------------------------------------------------------- figures --- */

static pz_status bound_of(const pz_grouping_result *result, double *out_bound)
{
    *out_bound = 0;
    for (int32_t k = 0; k < result->data->criterion_count; k++) {
        double term;
        PZ__TRY(pz__bound_term(&result->measure, result->group_of, k, &term));
        *out_bound += result->measure.weights[k] * term;
    }
    return PZ_OK;
}

pz_status pz_grouping_result_describe(const pz_grouping_result *result, pz_grouping_summary **out_summary)
{
    if (!out_summary) return pz__fail_null("out_summary");
    *out_summary = NULL;
    PZ__TRY(check(result));
    double bound, joint;
    PZ__TRY(bound_of(result, &bound));
    PZ__TRY(pz__bound_joint(&result->measure, result->group_of, 0, &joint));
    if (joint > bound) bound = joint;
    pz_grouping_summary *summary = pz__alloc(sizeof *summary);
    if (!summary) return pz__fail_memory();
    double objective = pz__measure_objective(&result->measure);
    if (result->lower > bound) bound = result->lower;
    if (result->is_proven || bound > objective) bound = objective; /* by rounding alone, or with sizes that the problem does not allow */
    *summary = (pz_grouping_summary){sizeof *summary,
                                     result->groups,
                                     result->measure.learners,
                                     objective,
                                     bound,
                                     objective - bound,
                                     pz__result_check(result, NULL),
                                     result->seed,
                                     result->iterations,
                                     (int32_t)result->data->learners - result->measure.learners,
                                     result->is_proven,
                                     result->is_stopped,
                                     result->proof_steps};
    *out_summary = summary;
    return PZ_OK;
}

pz_status pz_grouping_result_groups(const pz_grouping_result *result, int32_t *out_groups, size_t out_groups_len)
{
    PZ__TRY(check(result));
    if (!out_groups) return pz__fail_null("out_groups");
    if (out_groups_len < result->data->learners)
        return pz__fail(PZ_E_INVALID, "out_groups_len", NULL, "There are %zu learners, and room for %zu.", result->data->learners,
                        out_groups_len);
    memcpy(out_groups, result->group_of, result->data->learners * sizeof *out_groups);
    return PZ_OK;
}

pz_status pz_grouping_term_list(const pz_grouping_result *result, pz_grouping_term ***out_rows, size_t *out_count)
{
    if (!out_rows || !out_count) return pz__fail_null(out_rows ? "out_count" : "out_rows");
    *out_rows = NULL;
    *out_count = 0;
    PZ__TRY(check(result));
    pz__rows rows;
    pz__rows_start(&rows, &pz__grouping_term_type);
    for (int32_t k = 0; k < result->data->criterion_count; k++) {
        pz_grouping_term term = {sizeof term, result->data->criteria[k].name, result->measure.weights[k],
                                 pz__measure_term(&result->measure, k), 0};
        pz_status status = pz__bound_term(&result->measure, result->group_of, k, &term.bound);
        if (status != PZ_OK) {
            pz__rows_free(&rows);
            return status;
        }
        if (term.bound > term.value) term.bound = term.value;
        pz__rows_add(&rows, &term);
    }
    return pz__rows_take(&rows, (void ***)out_rows, out_count);
}

pz_status pz_grouping_group_list(const pz_grouping_result *result, pz_grouping_group ***out_rows, size_t *out_count)
{
    if (!out_rows || !out_count) return pz__fail_null(out_rows ? "out_count" : "out_rows");
    *out_rows = NULL;
    *out_count = 0;
    PZ__TRY(check(result));
    pz__rows rows;
    pz__rows_start(&rows, &pz__grouping_group_type);
    for (int32_t g = 0; g < result->groups; g++) {
        pz_grouping_group group = {sizeof group, g, result->measure.sizes[g], -1, 0, 0};
        group.focus = pz__measure_focus(&result->measure, g, &group.focus_need);
        for (size_t i = 0; group.focus >= 0 && i < result->data->learners; i++)
            if (result->group_of[i] == g)
                group.focus_count +=
                    result->data->criteria[result->data->needs_at].values[i * (size_t)result->measure.need_columns + (size_t)group.focus] >
                    0;
        pz__rows_add(&rows, &group);
    }
    return pz__rows_take(&rows, (void ***)out_rows, out_count);
}

/* -------------------------------------------------------------------------------------------------- moving --- */

/* What the criteria about pairs say to a move: distances to those who are left, and to those who are joined. */
static void add_pair_costs(const pz_grouping_result *result, int32_t learner, double *costs)
{
    const pz__grouping_data *data = result->data;
    int32_t own = result->group_of[learner];
    for (int32_t k = 0; k < data->criterion_count; k++) {
        if (!pz__is_of_pairs(&data->criteria[k])) continue;
        double slope = pz__measure_slope(&result->measure, k), left = 0;
        for (size_t i = 0; i < data->learners; i++) {
            if (result->group_of[i] < 0 || i == (size_t)learner) continue;
            double cost = slope * pz__distance(&data->criteria[k], (size_t)learner, i);
            if (result->group_of[i] == own)
                left += cost;
            else
                costs[result->group_of[i]] += cost;
        }
        for (int32_t g = 0; g < result->groups; g++)
            if (g != own) costs[g] -= left;
    }
}

pz_status pz_grouping_move_cost(const pz_grouping_result *result, int32_t learner, double *out_costs, size_t out_costs_len)
{
    PZ__TRY(check(result));
    if (!out_costs) return pz__fail_null("out_costs");
    if (out_costs_len < (size_t)result->groups)
        return pz__fail(PZ_E_INVALID, "out_costs_len", NULL, "There are %d groups, and room for %zu.", (int)result->groups, out_costs_len);
    if (learner < 0 || (size_t)learner >= result->data->learners || result->group_of[learner] < 0)
        return pz__fail(PZ_E_INVALID, "learner", NULL, "Learner %d is in none of the groups.", (int)learner);
    double sums[PZ__CRITERIA_MAX] = {0};
    int32_t counts[PZ__CRITERIA_MAX] = {0};
    double *needs = pz__alloc_zero((size_t)result->measure.columns, sizeof *needs);
    if (!needs) return pz__fail_memory();
    pz__measure_learner(&result->measure, learner, sums, counts, needs);
    pz__bulk bulk = {1, sums, counts, needs};
    int32_t own = result->group_of[learner];
    for (int32_t g = 0; g < result->groups; g++) out_costs[g] = g == own ? 0 : pz__measure_change(&result->measure, own, g, &bulk, NULL);
    add_pair_costs(result, learner, out_costs);
    pz__release(needs);
    return PZ_OK;
}
