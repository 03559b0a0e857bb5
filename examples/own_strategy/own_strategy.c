/* A strategy of one's own beside the engine and beside chance, by the same measure. */
#include <personalize.h>
#include <stdio.h>
#include <stdlib.h>

enum { LEARNERS = 12, GROUPS = 3 };

static const double levels[LEARNERS] = {0.12, 0.91, 0.45, 0.33, 0.78, 0.64, 0.25, 0.58, 0.83, 0.39, 0.71, 0.17};

/* Everything that fails ends the program with what the library says. */
static void must(pz_status status)
{
    if (status == PZ_OK) return;
    fprintf(stderr, "%s %s\n", pz_last_error()->message, pz_last_error()->hint);
    exit(pz_status_describe(status)->exit_status);
}

/* The strongest to the first group, and so on, back and forth. */
static pz_status snake(uint64_t seed, int32_t *out_groups, size_t out_groups_len, void *user_data)
{
    (void)seed;
    (void)user_data;
    for (size_t learner = 0; learner < out_groups_len; learner++) {
        int32_t place = 0;
        for (size_t other = 0; other < out_groups_len; other++) place += levels[other] > levels[learner];
        out_groups[learner] = place / GROUPS % 2 ? GROUPS - 1 - place % GROUPS : place % GROUPS;
    }
    return PZ_OK;
}

static pz_status chance(uint64_t seed, int32_t *out_groups, size_t out_groups_len, void *user_data)
{
    pz_grouping_options options = PZ_GROUPING_OPTIONS_INIT;
    pz_grouping_result *result = NULL;
    options.seed = seed;
    pz_status status = pz_grouping_solve(user_data, &options, NULL, NULL, &result);
    if (status == PZ_OK) status = pz_grouping_result_groups(result, out_groups, out_groups_len);
    pz_grouping_result_free(result);
    return status;
}

int main(void)
{
    static const int64_t seeds[] = {1, 2, 3, 4, 5};
    pz_grouping_sizes sizes = PZ_GROUPING_SIZES_INIT;
    pz_grouping_problem *mixed, *random;
    pz_comparison *comparison;
    pz_comparison_row **rows;
    size_t count;
    sizes.size_min = sizes.size_max = LEARNERS / GROUPS;
    must(pz_grouping_for_mixed(levels, LEARNERS, 1, &sizes, &mixed));
    must(pz_grouping_for_random(LEARNERS, &sizes, &random));
    must(pz_comparison_new(mixed, seeds, sizeof seeds / sizeof seeds[0], &comparison));
    must(pz_comparison_add_engine(comparison, "engine", 0));
    must(pz_comparison_add(comparison, "snake", snake, NULL));
    must(pz_comparison_add(comparison, "chance", chance, random));
    must(pz_comparison_list(comparison, &rows, &count));
    printf("strategy  objective  stability  rules broken\n");
    for (size_t i = 0; i < count; i++)
        printf("%-8s  %9.3f  %9.3f  %12d\n", rows[i]->name, rows[i]->objective, rows[i]->stability, (int)rows[i]->rules_broken);
    pz_free(rows);
    pz_comparison_free(comparison);
    pz_grouping_problem_free(mixed);
    pz_grouping_problem_free(random);
    return 0;
}
