/* Rules hold in whatever the engine gives, and where they cannot, it says which of them clash. */
#include "grouping/problems.h"

enum { N = 30 };

static void assert_kept(const pz_grouping_problem *problem, uint64_t seed)
{
    pz_grouping_result *result = solve(problem, seed, 3);
    pz_grouping_check **checks;
    size_t count;
    ck_assert_ok(pz_grouping_check_list(result, &checks, &count));
    for (size_t i = 0; i < count; i++)
        ck_assert_msg(checks[i]->holds, "seed %llu breaks rule %d of learners %d and %d", (unsigned long long)seed, checks[i]->kind,
                      checks[i]->learner, checks[i]->other);
    pz_free(checks);
    pz_grouping_result_free(result);
}

/* Rules drawn from a division that keeps them, so that they can hold. */
static pz_grouping_problem *feasible_problem(pz__random *random)
{
    int32_t order[N], groups[N];
    double values[N], needs[N * 3];
    int32_t size_min = 2 + (int32_t)pz__random_below(random, 3), size_max = size_min + (int32_t)pz__random_below(random, 3), count = N / size_min;
    while (count * size_max < N) size_max++;
    for (int32_t i = 0; i < N; i++) order[i] = i, values[i] = pz__random_unit(random);
    for (int32_t i = 0; i < N * 3; i++) needs[i] = pz__random_unit(random);
    pz__random_shuffle(random, order, N);
    for (int32_t i = 0; i < N; i++) groups[order[i]] = i % count;
    pz_grouping_problem *problem = new_problem(N, size_min, size_max, pz__random_below(random, 2) ? count : 0);
    if (pz__random_below(random, 2)) ck_assert_ok(pz_grouping_add_numeric(problem, "v", values, N, PZ_DIRECTION_MIXED, 1));
    if (pz__random_below(random, 2)) ck_assert_ok(pz_grouping_add_needs(problem, "n", needs, N, 3, 1));
    for (int i = 0, rules = (int)pz__random_below(random, 25); i < rules; i++) {
        int32_t a = (int32_t)pz__random_below(random, N), b = (int32_t)pz__random_below(random, N);
        if (a == b) continue;
        if (groups[a] == groups[b]) {
            ck_assert_ok(pz_grouping_add_together(problem, a, b));
        } else {
            ck_assert_ok(pz_grouping_add_apart(problem, a, b));
        }
    }
    return problem;
}

START_TEST(a_thousand_sets_of_rules_that_can_hold_do)
{
    pz__random random;
    uint64_t seed = suite_seed();
    pz__random_seed(&random, seed);
    for (uint64_t round = 0; round < 1000; round++) {
        pz_grouping_problem *problem = feasible_problem(&random);
        pz_grouping_check **conflict;
        size_t count;
        assert_kept(problem, round);
        ck_assert_ok(pz_grouping_conflict_list(problem, &conflict, &count));
        ck_assert_uint_eq(count, 0);
        pz_free(conflict);
        pz_grouping_problem_free(problem);
    }
}
END_TEST

START_TEST(locked_learners_stay_and_absent_ones_are_left_out)
{
    pz_grouping_problem *problem = new_problem(12, 3, 4, 0);
    int32_t groups[12];
    ck_assert_ok(pz_grouping_add_locked(problem, 11, 0));
    ck_assert_ok(pz_grouping_add_locked(problem, 0, 2));
    ck_assert_ok(pz_grouping_add_absent(problem, 5));
    ck_assert_ok(pz_grouping_add_absent(problem, 6));
    ck_assert_ok(pz_grouping_add_together(problem, 6, 7)); /* holds without him */
    ck_assert_ok(pz_grouping_add_locked(problem, 5, 1));
    pz_grouping_result *result = solve(problem, 1, 0);
    ck_assert_ok(pz_grouping_result_groups(result, groups, 12));
    ck_assert_int_eq(groups[11], 0);
    ck_assert_int_eq(groups[0], 2);
    ck_assert_int_eq(groups[5], -1);
    ck_assert_int_eq(groups[6], -1);
    ck_assert_int_eq(summary_of(result).learners, 10);
    ck_assert_int_eq(summary_of(result).groups, 3);
    pz_grouping_result_free(result);
    pz_grouping_problem_free(problem);
}
END_TEST

static void assert_conflict(pz_grouping_problem *problem, size_t rules, const char *words)
{
    pz_grouping_result *result;
    pz_grouping_check **conflict;
    size_t count;
    ck_assert_status(pz_grouping_solve(problem, NULL, NULL, NULL, &result), PZ_E_INFEASIBLE);
    ck_assert_ptr_null(result);
    ck_assert_msg(strstr(pz_last_error()->message, words) != NULL, "%s does not say: %s", pz_last_error()->message, words);
    ck_assert_ok(pz_grouping_conflict_list(problem, &conflict, &count));
    ck_assert_uint_eq(count, rules);
    for (size_t i = 0; i < count; i++) ck_assert_int_eq(conflict[i]->holds, 0);
    pz_free(conflict);
    pz_grouping_problem_free(problem);
}

START_TEST(rules_that_clash_are_named_and_no_others)
{
    pz_grouping_problem *problem = new_problem(10, 2, 5, 0);
    ck_assert_ok(pz_grouping_add_apart(problem, 7, 8));
    ck_assert_ok(pz_grouping_add_together(problem, 0, 1));
    ck_assert_ok(pz_grouping_add_together(problem, 1, 2));
    ck_assert_ok(pz_grouping_add_apart(problem, 2, 0));
    assert_conflict(problem, 3, "learners 0 and 2 apart");

    problem = new_problem(10, 2, 5, 0);
    ck_assert_ok(pz_grouping_add_locked(problem, 3, 0));
    ck_assert_ok(pz_grouping_add_locked(problem, 3, 1));
    assert_conflict(problem, 2, "learner 3 in group 0; learner 3 in group 1");

    problem = new_problem(10, 2, 5, 0); /* at most five groups */
    ck_assert_ok(pz_grouping_add_locked(problem, 3, 7));
    assert_conflict(problem, 2, "10 learners in groups of 2 to 5; learner 3 in group 7");

    problem = new_problem(7, 4, 5, 0);
    assert_conflict(problem, 1, "7 learners in groups of 4 to 5");

    problem = new_problem(6, 2, 3, 2); /* three who are all apart need three groups */
    ck_assert_ok(pz_grouping_add_apart(problem, 0, 1));
    ck_assert_ok(pz_grouping_add_apart(problem, 0, 2));
    ck_assert_ok(pz_grouping_add_apart(problem, 1, 2));
    ck_assert_ok(pz_grouping_add_apart(problem, 3, 4));
    assert_conflict(problem, 4, "learners 1 and 2 apart");

    problem = new_problem(6, 2, 3, 0); /* a chain of four is too large for a group of three */
    ck_assert_ok(pz_grouping_add_together(problem, 0, 1));
    ck_assert_ok(pz_grouping_add_together(problem, 1, 2));
    ck_assert_ok(pz_grouping_add_together(problem, 2, 3));
    assert_conflict(problem, 4, "learners 2 and 3 together");
}
END_TEST

START_TEST(as_many_groups_are_made_as_the_rules_need)
{
    pz_grouping_problem *problem = new_problem(12, 2, 6, 0); /* three groups of four are the middle; five are apart from each other */
    for (int32_t a = 0; a < 5; a++)
        for (int32_t b = a + 1; b < 5; b++) ck_assert_ok(pz_grouping_add_apart(problem, a, b));
    pz_grouping_result *result = solve(problem, 1, 0);
    ck_assert_int_eq(summary_of(result).groups, 5);
    ck_assert_int_eq(summary_of(result).rules_broken, 0);
    pz_grouping_result_free(result);
    pz_grouping_problem_free(problem);
}
END_TEST

START_TEST(nobody_to_group_and_too_few_to_group_are_told)
{
    pz_grouping_result *result;
    pz_grouping_problem *problem = new_problem(2, 1, 2, 0);
    ck_assert_ok(pz_grouping_add_absent(problem, 0));
    ck_assert_ok(pz_grouping_add_absent(problem, 1));
    ck_assert_status(pz_grouping_solve(problem, NULL, NULL, NULL, &result), PZ_E_NOT_ENOUGH);
    pz_grouping_problem_free(problem);
    problem = new_problem(3, 1, 2, 9); /* more groups than learners */
    ck_assert_status(pz_grouping_solve(problem, NULL, NULL, NULL, &result), PZ_E_INFEASIBLE);
    pz_grouping_problem_free(problem);
    pz_grouping_check **rows;
    size_t count;
    ck_assert_status(pz_grouping_conflict_list(NULL, &rows, &count), PZ_E_CLOSED);
}
END_TEST

/* Colouring a ring of cliques with one colour too few cannot be told within the limit, and is not guessed at. */
START_TEST(what_cannot_be_told_in_time_is_not_guessed)
{
    enum { MANY = 120, COLOURS = 7 };
    pz_grouping_problem *problem = new_problem(MANY, 1, MANY, COLOURS);
    pz_grouping_result *result;
    pz_grouping_check **rows;
    size_t count;
    pz__random random;
    pz__random_seed(&random, 3);
    for (int edges = 0; edges < 1500; edges++) {
        int32_t a = (int32_t)pz__random_below(&random, MANY), b = (int32_t)pz__random_below(&random, MANY);
        if (a != b) ck_assert_ok(pz_grouping_add_apart(problem, a, b));
    }
    ck_assert_status(pz_grouping_solve(problem, NULL, NULL, NULL, &result), PZ_E_INFEASIBLE);
    ck_assert_ptr_nonnull(strstr(pz_last_error()->message, "steps"));
    ck_assert_status(pz_grouping_conflict_list(problem, &rows, &count), PZ_E_NOT_ENOUGH);
    pz_grouping_problem_free(problem);
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("grouping_rules");
    TCase *tests = tcase_create("rules");
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, a_thousand_sets_of_rules_that_can_hold_do);
    tcase_add_test(tests, locked_learners_stay_and_absent_ones_are_left_out);
    tcase_add_test(tests, rules_that_clash_are_named_and_no_others);
    tcase_add_test(tests, as_many_groups_are_made_as_the_rules_need);
    tcase_add_test(tests, nobody_to_group_and_too_few_to_group_are_told);
    tcase_add_test(tests, what_cannot_be_told_in_time_is_not_guessed);
    suite_add_tcase(suite, tests);
    return suite;
}

SUITE_MAIN(make_suite)
