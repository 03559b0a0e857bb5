/* Every allocation of every call fails once. */
#include "grouping/problems.h"

static const double values[] = {1, 2, 3, 4, 5, 6}, needs[] = {1, 0, 0, 1, 1, 1, 0, 0, 0.5, 0, 1, 0};

static pz_status make(pz_grouping_problem **problem)
{
    pz_status status = pz_grouping_problem_new(6, 2, 3, 0, problem);
    if (status == PZ_OK) status = pz_grouping_add_numeric(*problem, "v", values, 6, PZ_DIRECTION_ALIKE, 1);
    if (status == PZ_OK) status = pz_grouping_add_needs(*problem, "n", needs, 6, 2, 1);
    if (status == PZ_OK) status = pz_grouping_add_together(*problem, 0, 1);
    if (status == PZ_OK) status = pz_grouping_add_apart(*problem, 0, 2);
    return status;
}

static pz_status read_result(const pz_grouping_result *result)
{
    pz_grouping_summary *summary = NULL;
    pz_grouping_term **terms = NULL;
    pz_grouping_group **groups = NULL;
    pz_grouping_reason **reasons = NULL;
    pz_grouping_check **checks = NULL;
    size_t count;
    double costs[6];
    pz_status status = pz_grouping_result_describe(result, &summary);
    if (status == PZ_OK) status = pz_grouping_term_list(result, &terms, &count);
    if (status == PZ_OK) status = pz_grouping_group_list(result, &groups, &count);
    if (status == PZ_OK) status = pz_grouping_reason_list(result, &reasons, &count);
    if (status == PZ_OK) status = pz_grouping_check_list(result, &checks, &count);
    if (status == PZ_OK) status = pz_grouping_move_cost(result, 0, costs, 6);
    pz_free(summary);
    pz_free(terms);
    pz_free(groups);
    pz_free(reasons);
    pz_free(checks);
    return status;
}

static pz_status solve_and_read(void *user_data)
{
    pz_grouping_problem *problem = NULL;
    pz_grouping_result *result = NULL, *scored = NULL;
    const int32_t by_hand[] = {0, 0, 1, 1, 2, 2};
    (void)user_data;
    pz_status status = make(&problem);
    if (status == PZ_OK) status = pz_grouping_solve(problem, NULL, NULL, NULL, &result);
    if (status == PZ_OK) status = read_result(result);
    if (status == PZ_OK) status = pz_grouping_score(problem, by_hand, 6, &scored);
    if (status == PZ_OK) status = pz_grouping_add_absent(problem, 5); /* copies the numbers, since results share them */
    pz_grouping_problem_free(problem);
    pz_grouping_result_free(result);
    pz_grouping_result_free(scored);
    return status;
}

static pz_status write_and_read(void *user_data)
{
    pz_grouping_problem *problem = NULL, *again = NULL;
    char *json = NULL;
    (void)user_data;
    pz_status status = make(&problem);
    if (status == PZ_OK) status = pz_grouping_problem_write(problem, &json);
    if (status == PZ_OK) status = pz_grouping_problem_read(json, PZ_NUL_TERMINATED, &again);
    pz_free(json);
    pz_grouping_problem_free(problem);
    pz_grouping_problem_free(again);
    return status;
}

static pz_status find_conflict(void *user_data)
{
    pz_grouping_problem *problem = NULL;
    pz_grouping_result *result = NULL;
    pz_grouping_check **rows = NULL;
    size_t count;
    (void)user_data;
    pz_status status = make(&problem);
    if (status == PZ_OK) status = pz_grouping_add_apart(problem, 0, 1);
    if (status == PZ_OK) status = pz_grouping_solve(problem, NULL, NULL, NULL, &result);
    if (status == PZ_E_INFEASIBLE) status = pz_grouping_conflict_list(problem, &rows, &count);
    pz_free(rows);
    pz_grouping_problem_free(problem);
    return status;
}

START_TEST(memory_that_fails_is_told_and_freed)
{
    ck_assert_int_gt(suite_each_allocation(solve_and_read, NULL), 30);
    ck_assert_int_gt(suite_each_allocation(write_and_read, NULL), 10);
    ck_assert_int_gt(suite_each_allocation(find_conflict, NULL), 30);
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("grouping_memory");
    TCase *tests = tcase_create("memory");
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, memory_that_fails_is_told_and_freed);
    suite_add_tcase(suite, tests);
    return suite;
}

SUITE_MAIN(make_suite)
