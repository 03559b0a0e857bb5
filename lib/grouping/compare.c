/* Strategies side by side. */
#include <string.h>

#include "base/fail.h"
#include "base/text.h"
#include "grouping/result.h"
#include "grouping/strategy.h"

enum { SEEDS_MAX = 1000, STRATEGIES_MAX = 100 };

typedef struct entry {
    char *name;
    pz_grouping_result **results; /* by seed */
    int32_t best;                 /* seed with the least objective; of those with the fewest broken rules */
} entry;

struct pz_comparison {
    pz_grouping_problem problem;
    int64_t *seeds;
    size_t seed_count;
    entry entries[STRATEGIES_MAX];
    int32_t count;
};

static void entry_free(entry *e, size_t seeds)
{
    for (size_t i = 0; e->results && i < seeds; i++) pz_grouping_result_free(e->results[i]);
    pz__release(e->results);
    pz__release(e->name);
    memset(e, 0, sizeof *e);
}

pz_status pz_comparison_new(const pz_grouping_problem *problem, const int64_t *seeds, size_t seeds_len, pz_comparison **out_comparison)
{
    if (!out_comparison) return pz__fail_null("out_comparison");
    *out_comparison = NULL;
    if (!problem) return pz__fail_closed("problem");
    if (!seeds) return pz__fail_null("seeds");
    if (seeds_len < 1 || seeds_len > SEEDS_MAX)
        return pz__fail(PZ_E_INVALID, "seeds_len", NULL, "There are 1 to %d seeds, not %zu.", SEEDS_MAX, seeds_len);
    pz_comparison *comparison = pz__alloc_zero(1, sizeof *comparison);
    if (!comparison) return pz__fail_memory();
    comparison->seeds = pz__alloc(seeds_len * sizeof *seeds);
    if (!comparison->seeds) {
        pz__release(comparison);
        return pz__fail_memory();
    }
    memcpy(comparison->seeds, seeds, seeds_len * sizeof *seeds);
    comparison->seed_count = seeds_len;
    comparison->problem.data = pz__grouping_data_retain(problem->data);
    *out_comparison = comparison;
    return PZ_OK;
}

void pz_comparison_free(pz_comparison *comparison)
{
    if (!comparison) return;
    for (int32_t i = 0; i < comparison->count; i++) entry_free(&comparison->entries[i], comparison->seed_count);
    pz__grouping_data_release(comparison->problem.data);
    pz__release(comparison->seeds);
    pz__release(comparison);
}

/* ------------------------------------------------------------------------------------------------------ runs --- */

static pz_status begin(const pz_comparison *c, const char *name, entry *e)
{
    size_t length;
    memset(e, 0, sizeof *e);
    if (!c) return pz__fail_closed("comparison");
    PZ__TRY(pz__text_need(name, PZ_NUL_TERMINATED, (size_t)pz_limit(PZ_LIMIT_TITLE), "name", &length));
    if (c->count == STRATEGIES_MAX) return pz__fail(PZ_E_LIMIT, "name", NULL, "A comparison has at most %d strategies.", STRATEGIES_MAX);
    for (int32_t i = 0; i < c->count; i++)
        if (!strcmp(c->entries[i].name, name))
            return pz__fail(PZ_E_EXISTS, "name", "Give each strategy a name of its own.", "Strategy %d has this name already.", (int)i);
    e->name = pz__copy_text(name, length);
    e->results = pz__alloc_zero(c->seed_count, sizeof *e->results);
    return e->name && e->results ? PZ_OK : pz__fail_memory();
}

static int is_better(const pz_grouping_result *a, const pz_grouping_result *b)
{
    int32_t broken_a = pz__result_check(a, NULL), broken_b = pz__result_check(b, NULL);
    if (broken_a != broken_b) return broken_a < broken_b;
    return pz__measure_objective(&a->measure) < pz__measure_objective(&b->measure);
}

static pz_status finish(pz_comparison *c, entry *e, pz_status status)
{
    if (status != PZ_OK) {
        entry_free(e, c ? c->seed_count : 0);
        return status;
    }
    for (size_t i = 1; i < c->seed_count; i++)
        if (is_better(e->results[i], e->results[e->best])) e->best = (int32_t)i;
    c->entries[c->count++] = *e;
    return PZ_OK;
}

static pz_status run_own(pz_comparison *c, entry *e, pz_strategy_fn strategy, void *strategy_data)
{
    size_t learners = c->problem.data->learners;
    int32_t *groups = pz__alloc(learners * sizeof *groups);
    pz_status status = groups ? PZ_OK : pz__fail_memory();
    for (size_t i = 0; i < c->seed_count && status == PZ_OK; i++) {
        for (size_t k = 0; k < learners; k++) groups[k] = -1;
        if (strategy((uint64_t)c->seeds[i], groups, learners, strategy_data) != PZ_OK)
            status = pz__fail(PZ_E_CALLBACK, "strategy", NULL, "The strategy asked to stop at seed %lld.", (long long)c->seeds[i]);
        else
            status = pz_grouping_score(&c->problem, groups, learners, &e->results[i]);
        if (status == PZ_E_INVALID) {
            char said[256];
            strncpy(said, pz_last_error()->message, sizeof said - 1);
            said[sizeof said - 1] = 0;
            status = pz__fail(PZ_E_INVALID, "strategy", "Give each learner a group from 0 without holes, or -1.",
                              "Strategy %d gave groups that are none for seed %lld: %s", (int)c->count, (long long)c->seeds[i], said);
        }
    }
    pz__release(groups);
    return status;
}

pz_status pz_comparison_add(pz_comparison *comparison, const char *name, pz_strategy_fn strategy, void *strategy_data)
{
    entry e;
    pz_status status = begin(comparison, name, &e);
    if (status == PZ_OK && !strategy) status = pz__fail_null("strategy");
    if (status == PZ_OK) status = run_own(comparison, &e, strategy, strategy_data);
    return finish(comparison, &e, status);
}

pz_status pz_comparison_add_engine(pz_comparison *comparison, const char *name, int64_t iterations)
{
    entry e;
    pz_grouping_options options = PZ_GROUPING_OPTIONS_INIT;
    options.iterations = iterations;
    pz_status status = begin(comparison, name, &e);
    for (size_t i = 0; status == PZ_OK && i < comparison->seed_count; i++) {
        options.seed = (uint64_t)comparison->seeds[i];
        status = pz_grouping_solve(&comparison->problem, &options, NULL, NULL, &e.results[i]);
    }
    return finish(comparison, &e, status);
}

/* --------------------------------------------------------------------------------------------------- figures --- */

/* Of the pairs of learners who are together in one of two divisions, the share that is in both (Jaccard 1901), from how many of each group of the one are
 * in each group of the other: pairs of the two and of their overlap. */
static pz_status likeness(const pz_grouping_result *a, const pz_grouping_result *b, double *out_share)
{
    size_t cells = (size_t)a->groups * (size_t)b->groups;
    double in_a = 0, in_b = 0, in_both = 0;
    int32_t *common = pz__alloc_zero(cells, sizeof *common);
    if (!common) return pz__fail_memory();
    for (size_t i = 0; i < a->data->learners; i++)
        if (a->group_of[i] >= 0 && b->group_of[i] >= 0) common[(size_t)a->group_of[i] * (size_t)b->groups + (size_t)b->group_of[i]]++;
    for (size_t i = 0; i < cells; i++) in_both += (double)common[i] * (common[i] - 1) / 2;
    for (int32_t g = 0; g < a->groups; g++) in_a += (double)a->measure.sizes[g] * (a->measure.sizes[g] - 1) / 2;
    for (int32_t g = 0; g < b->groups; g++) in_b += (double)b->measure.sizes[g] * (b->measure.sizes[g] - 1) / 2;
    pz__release(common);
    *out_share = in_a + in_b > in_both ? in_both / (in_a + in_b - in_both) : 1;
    return PZ_OK;
}

static pz_status stability_of(const pz_comparison *c, const entry *e, double *out_stability)
{
    double sum = 0, pairs = 0;
    for (size_t i = 0; i < c->seed_count; i++) {
        for (size_t k = i + 1; k < c->seed_count; k++) {
            double share;
            PZ__TRY(likeness(e->results[i], e->results[k], &share));
            sum += share;
            pairs++;
        }
    }
    *out_stability = pairs > 0 ? sum / pairs : PZ_REAL_NONE;
    return PZ_OK;
}

static pz_status fill_row(const pz_comparison *c, int32_t number, pz_comparison_row *row)
{
    const entry *e = &c->entries[number], *first = &c->entries[0];
    *row = (pz_comparison_row){.struct_size = sizeof *row, .strategy = number, .name = e->name, .seeds = (int32_t)c->seed_count};
    for (size_t i = 0; i < c->seed_count; i++) {
        pz_grouping_summary *summary;
        PZ__TRY(pz_grouping_result_describe(e->results[i], &summary));
        row->objective += summary->objective / (double)c->seed_count;
        row->gap += summary->gap / (double)c->seed_count;
        if (i == 0 || summary->objective < row->best) row->best = summary->objective;
        if (i == 0 || summary->objective > row->worst) row->worst = summary->objective;
        if (summary->rules_broken > row->rules_broken) row->rules_broken = summary->rules_broken;
        pz_free(summary);
    }
    PZ__TRY(likeness(e->results[e->best], first->results[first->best], &row->likeness));
    return stability_of(c, e, &row->stability);
}

pz_status pz_comparison_list(const pz_comparison *comparison, pz_comparison_row ***out_rows, size_t *out_count)
{
    if (!out_rows || !out_count) return pz__fail_null(out_rows ? "out_count" : "out_rows");
    *out_rows = NULL;
    *out_count = 0;
    if (!comparison) return pz__fail_closed("comparison");
    pz__rows rows;
    pz__rows_start(&rows, &pz__comparison_row_type);
    for (int32_t i = 0; i < comparison->count; i++) {
        pz_comparison_row row;
        pz_status status = fill_row(comparison, i, &row);
        if (status != PZ_OK) {
            pz__rows_free(&rows);
            return status;
        }
        pz__rows_add(&rows, &row);
    }
    return pz__rows_take(&rows, (void ***)out_rows, out_count);
}

pz_status pz_comparison_term_list(const pz_comparison *comparison, pz_comparison_term ***out_rows, size_t *out_count)
{
    if (!out_rows || !out_count) return pz__fail_null(out_rows ? "out_count" : "out_rows");
    *out_rows = NULL;
    *out_count = 0;
    if (!comparison) return pz__fail_closed("comparison");
    const pz_comparison *c = comparison;
    pz__rows rows;
    pz__rows_start(&rows, &pz__comparison_term_type);
    for (int32_t i = 0; i < c->count; i++) {
        for (int32_t k = 0; k < c->problem.data->criterion_count; k++) {
            pz_comparison_term term = {.struct_size = sizeof term, .strategy = i, .name = c->problem.data->criteria[k].name};
            for (size_t s = 0; s < c->seed_count; s++) {
                double value = pz__measure_term(&c->entries[i].results[s]->measure, k);
                term.value += value / (double)c->seed_count;
                if (s == 0 || value < term.best) term.best = value;
                if (s == 0 || value > term.worst) term.worst = value;
            }
            pz__rows_add(&rows, &term);
        }
    }
    return pz__rows_take(&rows, (void ***)out_rows, out_count);
}

pz_status pz_comparison_result(const pz_comparison *comparison, int32_t strategy, pz_grouping_result **out_result)
{
    if (!out_result) return pz__fail_null("out_result");
    *out_result = NULL;
    if (!comparison) return pz__fail_closed("comparison");
    if (strategy < 0 || strategy >= comparison->count)
        return pz__fail(PZ_E_INVALID, "strategy", NULL, "There is no strategy %d; %d were added.", (int)strategy, (int)comparison->count);
    const entry *e = &comparison->entries[strategy];
    const pz_grouping_result *best = e->results[e->best];
    return pz__result_make(best->data, best->group_of, best->groups, best->seed, best->iterations, out_result);
}
