/* Groups by a measure of one's own: everybody sits with somebody of their choice, and no group has two drummers. */
#include <personalize.h>
#include <stdio.h>
#include <stdlib.h>

enum { LEARNERS = 12, GROUPS = 4 };

static const int32_t choices[LEARNERS][2] = {{1, 2},  {0, 7},  {3, 0}, {2, 8},  {5, 6}, {4, 9},
                                             {4, 10}, {1, 11}, {3, 5}, {5, 10}, {6, 9}, {7, 0}};
static const int32_t drums[LEARNERS] = {1, 0, 0, 1, 0, 1, 0, 0, 0, 0, 1, 0};

/* Everything that fails ends the program with what the library says. */
static void must(pz_status status)
{
    if (status == PZ_OK) return;
    fprintf(stderr, "%s %s\n", pz_last_error()->message, pz_last_error()->hint);
    exit(pz_status_describe(status)->exit_status);
}

/* A point for each learner without a choice beside it, two for each drummer too many. */
static pz_status cost(const int32_t *groups, size_t rows, double *out_cost, void *user_data)
{
    int32_t drummers[GROUPS] = {0};
    (void)user_data;
    *out_cost = 0;
    for (size_t i = 0; i < rows; i++) {
        *out_cost += groups[choices[i][0]] != groups[i] && groups[choices[i][1]] != groups[i];
        drummers[groups[i]] += drums[i];
    }
    for (int32_t g = 0; g < GROUPS; g++) *out_cost += drummers[g] > 1 ? 2 * (drummers[g] - 1) : 0;
    return PZ_OK;
}

int main(void)
{
    pz_grouping_problem *problem;
    pz_grouping_result *result;
    int32_t groups[LEARNERS];
    double found;
    must(pz_grouping_problem_new(LEARNERS, 3, 3, GROUPS, &problem));
    must(pz_grouping_add_apart(problem, 0, 11));
    must(pz_grouping_search(problem, cost, NULL, NULL, NULL, NULL, NULL, NULL, &result));
    must(pz_grouping_result_groups(result, groups, LEARNERS));
    must(cost(groups, LEARNERS, &found, NULL));
    for (int32_t g = 0; g < GROUPS; g++) {
        printf("group %d:", (int)g);
        for (int32_t i = 0; i < LEARNERS; i++)
            if (groups[i] == g) printf(" %d", (int)i);
        printf("\n");
    }
    printf("cost %.0f\n", found);
    pz_grouping_result_free(result);
    pz_grouping_problem_free(problem);
    return 0;
}
