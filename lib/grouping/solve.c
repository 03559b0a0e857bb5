/* From a problem to groups. */
#include <string.h>

#include "base/fail.h"
#include "base/memory.h"
#include "grouping/bound.h"
#include "grouping/conflict.h"
#include "grouping/distance.h"
#include "grouping/exact.h"
#include "grouping/place.h"
#include "grouping/result.h"
#include "grouping/search.h"

/* Of the bound of several criteria together, where a proof was asked for and did not end. */
enum { BOUND_STEPS = 100 };

static const int64_t iterations_max = 1000000000, proof_steps_max = 1000000000000;

/* Rounds that bring a class close to its best in a few milliseconds. */
static int64_t iterations_for(const pz__grouping_data *data, int32_t learners)
{
    int only_pairs = 1;
    for (int32_t k = 0; k < data->criterion_count; k++) only_pairs &= pz__is_of_pairs(&data->criteria[k]);
    if (data->needs_at >= 0 && data->criterion_count == 1 && learners <= 60)
        return 600; /* found to come to the most in all classes tried */
    if (only_pairs) return learners <= 60 ? 1000 : learners <= 300 ? 500 : learners <= 2000 ? 200 : 20; /* rounds of annealing are short */
    return learners <= 60 ? 200 : learners <= 300 ? 60 : learners <= 2000 ? 10 : 2;
}

static pz_status take_options(const pz_grouping_options *options, pz_grouping_options *out)
{
    const pz_grouping_options initial = PZ_GROUPING_OPTIONS_INIT;
    *out = initial;
    if (options) PZ__TRY(pz__record_take(&pz__grouping_options_type, options, sizeof initial, out));
    if (out->iterations < 0 || out->iterations > iterations_max)
        return pz__fail(PZ_E_INVALID, "options.iterations", NULL, "Iterations are 0 to %lld, not %lld.", (long long)iterations_max,
                        (long long)out->iterations);
    if (out->proof_steps < 0 || out->proof_steps > proof_steps_max)
        return pz__fail(PZ_E_INVALID, "options.proof_steps", NULL, "Steps of a proof are 0 to %lld, not %lld.", (long long)proof_steps_max,
                        (long long)out->proof_steps);
    return PZ_OK;
}

/* Groups are numbered by their first learner, so that a number says nothing of a group. Where a rule names groups their numbers stay. */
static void number_groups(const pz__units *units, size_t learners, int32_t groups, int32_t *group_of, int32_t *new_of)
{
    int32_t next = 0;
    if (units->named_max >= 0) return;
    for (int32_t g = 0; g < groups; g++) new_of[g] = -1;
    for (size_t i = 0; i < learners; i++) {
        if (group_of[i] < 0) continue;
        if (new_of[group_of[i]] < 0) new_of[group_of[i]] = next++;
        group_of[i] = new_of[group_of[i]];
    }
}

static pz_status divide(const pz__grouping_data *data, const pz__units *units, const pz_grouping_options *options, pz__watch *watch,
                        int32_t *of_unit, pz_grouping_result **out_result)
{
    pz__random random;
    pz__placed placed;
    int32_t groups;
    pz__random_seed(&random, options->seed);
    PZ__TRY(pz__place_any(data, units, &random, of_unit, &groups, &placed));
    if (placed != PZ__PLACED) return pz__conflict_fail(data, units, placed);
    int64_t iterations = options->iterations ? options->iterations : iterations_for(data, units->learners);
    pz__proof proof = {0, 0, 0};
    if (data->criterion_count) PZ__TRY(pz__search(data, units, groups, iterations, &random, watch, of_unit));
    if (data->criterion_count && options->proof_steps && !watch->stopped)
        PZ__TRY(pz__exact(data, units, groups, options->proof_steps, watch, of_unit, &proof));
    int32_t *of_learner = pz__alloc(data->learners * sizeof *of_learner), *new_of = pz__alloc((size_t)groups * sizeof *new_of);
    pz_status status = of_learner && new_of ? PZ_OK : pz__fail_memory();
    if (status == PZ_OK) {
        pz__spread(units, data->learners, of_unit, of_learner);
        number_groups(units, data->learners, groups, of_learner, new_of);
        status = pz__result_make(data, of_learner, groups, options->seed, iterations, out_result);
    }
    double joint = 0;
    if (status == PZ_OK && options->proof_steps && !proof.is_proven && !watch->stopped) {
        status = pz__bound_joint(&(*out_result)->measure, of_learner, BOUND_STEPS, &joint);
        if (status != PZ_OK) {
            pz_grouping_result_free(*out_result);
            *out_result = NULL;
        }
    }
    if (status == PZ_OK) {
        (*out_result)->lower = joint > proof.bound ? joint : proof.bound;
        (*out_result)->is_proven = proof.is_proven;
        (*out_result)->proof_steps = proof.steps;
        (*out_result)->is_stopped = watch->stopped;
    }
    pz__release(of_learner);
    pz__release(new_of);
    return status;
}

pz_status pz_grouping_solve(const pz_grouping_problem *problem, const pz_grouping_options *options, pz_progress_fn progress,
                            void *user_data, pz_grouping_result **out_result)
{
    if (!out_result) return pz__fail_null("out_result");
    *out_result = NULL;
    if (!problem) return pz__fail_closed("problem");
    pz_grouping_options taken;
    pz__units units;
    PZ__TRY(take_options(options, &taken));
    pz__watch watch = {progress, user_data, taken.keep_best, 0};
    PZ__TRY(pz__units_make(problem->data, NULL, &units));
    int32_t *of_unit = pz__alloc((size_t)(units.count + 1) * sizeof *of_unit);
    pz_status status = of_unit ? PZ_OK : pz__fail_memory();
    if (status == PZ_OK && units.learners == 0)
        status = pz__fail(PZ_E_NOT_ENOUGH, "learners", NULL, "All %zu learners are absent.", problem->data->learners);
    if (status == PZ_OK) status = divide(problem->data, &units, &taken, &watch, of_unit, out_result);
    pz__release(of_unit);
    pz__units_free(&units);
    return status;
}

/* ------------------------------------------------------------------------------------------------- scoring --- */

/* Numbers without holes: the greatest is the number of groups less one, and each is there. */
static pz_status count_groups(const int32_t *groups, size_t rows, int32_t *out_count)
{
    int32_t most = -1;
    for (size_t i = 0; i < rows; i++) {
        if (groups[i] < -1 || groups[i] >= PZ__LEARNERS_MAX)
            return pz__fail(PZ_E_INVALID, "groups", NULL, "Row %zu has group %d; groups are numbered from 0, and -1 is none.", i,
                            (int)groups[i]);
        if (groups[i] > most) most = groups[i];
    }
    if (most < 0) return pz__fail(PZ_E_NOT_ENOUGH, "groups", NULL, "Nobody is in a group.");
    uint8_t *seen = pz__alloc_zero((size_t)most + 1, 1);
    if (!seen) return pz__fail_memory();
    for (size_t i = 0; i < rows; i++)
        if (groups[i] >= 0) seen[groups[i]] = 1;
    int32_t hole = 0;
    while (hole <= most && seen[hole]) hole++;
    pz__release(seen);
    if (hole <= most) return pz__fail(PZ_E_INVALID, "groups", "Number the groups without holes.", "Nobody is in group %d.", (int)hole);
    *out_count = most + 1;
    return PZ_OK;
}

pz_status pz_grouping_score(const pz_grouping_problem *problem, const int32_t *groups, size_t rows, pz_grouping_result **out_result)
{
    if (!out_result) return pz__fail_null("out_result");
    *out_result = NULL;
    if (!problem) return pz__fail_closed("problem");
    if (!groups) return pz__fail_null("groups");
    if (rows != problem->data->learners)
        return pz__fail(PZ_E_INVALID, "rows", NULL, "There are %zu rows for %zu learners.", rows, problem->data->learners);
    int32_t count = 0;
    PZ__TRY(count_groups(groups, rows, &count));
    return pz__result_make(problem->data, groups, count, 0, 0, out_result);
}
