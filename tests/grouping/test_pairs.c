/* Criteria about pairs: their terms by definition, the best of all divisions, rules, costs of moves, JSON and bad input. */
#include "grouping/problems.h"

enum { N = 24, SMALL = 9 };

static void random_distances(pz__random *random, double *distances, int n)
{
    for (int i = 0; i < n; i++) {
        distances[i * n + i] = 0;
        for (int j = 0; j < i; j++) distances[i * n + j] = distances[j * n + i] = pz__random_unit(random);
    }
}

static double within(const double *distances, const int32_t *groups, int n)
{
    double sum = 0;
    for (int i = 0; i < n; i++)
        for (int j = 0; j < i; j++)
            if (groups[i] >= 0 && groups[i] == groups[j]) sum += distances[i * n + j];
    return sum;
}

static double all_of(const double *distances, int n)
{
    double sum = 0;
    for (int i = 0; i < n; i++)
        for (int j = 0; j < i; j++) sum += distances[i * n + j];
    return sum;
}

static double most_within(const double *distances, int32_t *groups, int learner, int sign)
{
    int32_t sizes[3] = {0}, opened = -1;
    if (learner == SMALL) return sign * within(distances, groups, SMALL);
    double best = -1e9;
    for (int i = 0; i < learner; i++) {
        sizes[groups[i]]++;
        if (groups[i] > opened) opened = groups[i];
    }
    for (int32_t g = 0; g <= opened + 1 && g < 3; g++) {
        if (sizes[g] == 3) continue;
        groups[learner] = g;
        best = fmax(best, most_within(distances, groups, learner + 1, sign));
    }
    groups[learner] = -1;
    return best;
}

START_TEST(nine_learners_are_divided_in_the_best_way_there_is)
{
    pz__random random;
    pz__random_seed(&random, suite_seed());
    for (int round = 0; round < 40; round++) {
        double distances[SMALL * SMALL];
        int32_t groups[SMALL];
        int is_mixed = round % 2;
        random_distances(&random, distances, SMALL);
        double best = fabs(most_within(distances, groups, 0, is_mixed ? 1 : -1)), share = best / all_of(distances, SMALL);
        pz_grouping_problem *problem = new_problem(SMALL, 3, 3, 0);
        ck_assert_ok(pz_grouping_add_pairs(problem, "d", distances, SMALL, SMALL, is_mixed ? PZ_DIRECTION_MIXED : PZ_DIRECTION_ALIKE, 1));
        pz_grouping_result *result = solve(problem, 1, 0);
        ck_assert_double_eq_tol(summary_of(result).objective, is_mixed ? 1 - share : share, 1e-6);
        pz_grouping_result_free(result);
        pz_grouping_problem_free(problem);
    }
}
END_TEST

/* Rules of every kind, sizes that may vary, and other criteria beside: annealing and local search both. */
START_TEST(rules_hold_and_costs_of_moves_are_true)
{
    pz__random random;
    pz__random_seed(&random, suite_seed() + 1);
    for (int round = 0; round < 40; round++) {
        double distances[N * N], values[N], costs[N];
        int32_t groups[N];
        random_distances(&random, distances, N);
        pz_grouping_problem *problem = new_problem(N, 3, 6, 0);
        ck_assert_ok(pz_grouping_add_pairs(problem, "d", distances, N, N, round % 2 ? PZ_DIRECTION_MIXED : PZ_DIRECTION_ALIKE, 1));
        for (int i = 0; i < N; i++) values[i] = pz__random_unit(&random);
        if (round % 4 > 1) ck_assert_ok(pz_grouping_add_numeric(problem, "v", values, N, PZ_DIRECTION_MIXED, 1));
        ck_assert_ok(pz_grouping_add_together(problem, 0, 1));
        ck_assert_ok(pz_grouping_add_apart(problem, 2, 3));
        ck_assert_ok(pz_grouping_add_apart(problem, 0, 4));
        ck_assert_ok(pz_grouping_add_absent(problem, 5));
        if (round % 3 == 0) ck_assert_ok(pz_grouping_add_locked(problem, 6, 1));
        pz_grouping_result *result = solve(problem, (uint64_t)round, 20);
        pz_grouping_summary before = summary_of(result);
        ck_assert_int_eq(before.rules_broken, 0);
        ck_assert_ok(pz_grouping_move_cost(result, 7, costs, N));
        ck_assert_ok(pz_grouping_result_groups(result, groups, N));
        groups[7] = (groups[7] + 1) % before.groups;
        pz_grouping_result *moved;
        ck_assert_ok(pz_grouping_score(problem, groups, N, &moved));
        ck_assert_double_eq_tol(summary_of(moved).objective - before.objective, costs[groups[7]], 1e-9);
        pz_grouping_result_free(moved);
        pz_grouping_result_free(result);
        pz_grouping_problem_free(problem);
    }
}
END_TEST

/* Many learners: annealing for numbers, alone and with distances beside, by rules of every kind. Balance comes near 0. */
START_TEST(many_learners_are_balanced_by_the_rules)
{
    enum { MANY = 96 };
    static double distances[MANY * MANY];
    double values[MANY];
    pz__random random;
    pz__random_seed(&random, suite_seed() + 3);
    random_distances(&random, distances, MANY);
    for (int i = 0; i < MANY; i++) values[i] = i % 17 ? pz__random_unit(&random) : NAN;
    for (int with_pairs = 0; with_pairs < 2; with_pairs++) {
        pz_grouping_problem *problem = new_problem(MANY, 4, 6, 0);
        ck_assert_ok(pz_grouping_add_numeric(problem, "v", values, MANY, PZ_DIRECTION_MIXED, 1));
        if (with_pairs) ck_assert_ok(pz_grouping_add_pairs(problem, "d", distances, MANY, MANY, PZ_DIRECTION_MIXED, 1));
        for (int32_t i = 0; i < 30; i += 3) {
            ck_assert_ok(pz_grouping_add_together(problem, i, i + 1));
            ck_assert_ok(pz_grouping_add_apart(problem, i, i + 2));
        }
        ck_assert_ok(pz_grouping_add_locked(problem, 40, 3));
        ck_assert_ok(pz_grouping_add_absent(problem, 50));
        pz_grouping_result *result = solve(problem, 1, 40);
        pz_grouping_term **terms;
        size_t count;
        ck_assert_int_eq(summary_of(result).rules_broken, 0);
        ck_assert_ok(pz_grouping_term_list(result, &terms, &count));
        ck_assert_double_lt(terms[0]->value, with_pairs ? 0.05 : 0.001);
        pz_free(terms);
        pz_grouping_result_free(result);
        pz_grouping_problem_free(problem);
    }
}
END_TEST

/* The distance of two is what the reason says where they are a group of their own. The last learner has a value missing. */
START_TEST(metrics_measure_what_they_say)
{
    static const struct {
        pz_grouping_metric metric;
        double distance[3]; /* of learner 0 to 1, to 2, to 3 */
    } wanted[] = {
        {PZ_METRIC_MANHATTAN, {2, 2, 1.5}},
        {PZ_METRIC_EUCLIDEAN, {1.4142135623730951, 1.4142135623730951, 1.2247448713915890}},
        {PZ_METRIC_CATEGORIES, {2. / 3, 2. / 3, 0.5}},
        {PZ_METRIC_SETS, {2. / 3, 1, 1}},
        {PZ_METRIC_TIMES, {2. / 3, 1, 1}},
    };
    static const double values[] = {1, 0, 0, 1, 1, 1, 0, 1, 0, NAN, 0, 1};
    for (size_t m = 0; m < sizeof wanted / sizeof wanted[0]; m++) {
        for (int other = 1; other < 4; other++) {
            int32_t groups[4] = {0, -1, -1, -1};
            pz_grouping_problem *problem = new_problem(4, 1, 4, 0);
            pz_grouping_result *result;
            pz_grouping_reason **reasons;
            size_t count;
            int seen = 0;
            groups[other] = 0;
            ck_assert_ok(pz_grouping_add_features(problem, "f", values, 4, 3, wanted[m].metric, PZ_DIRECTION_ALIKE, 1));
            ck_assert_ok(pz_grouping_score(problem, groups, 4, &result));
            ck_assert_ok(pz_grouping_reason_list(result, &reasons, &count));
            for (size_t i = 0; i < count; i++) {
                if (reasons[i]->learner != 0) continue;
                ck_assert_str_eq(reasons[i]->code, "reason.learner.close");
                ck_assert_double_eq_tol(reasons[i]->value, wanted[m].distance[other - 1], 1e-12);
                seen = 1;
            }
            ck_assert(seen);
            pz_free(reasons);
            pz_grouping_result_free(result);
            pz_grouping_problem_free(problem);
        }
    }
}
END_TEST

START_TEST(json_gives_the_same_problem_again)
{
    pz__random random;
    pz__random_seed(&random, 3);
    double distances[SMALL * SMALL], flags[SMALL * 2];
    char *first, *second;
    random_distances(&random, distances, SMALL);
    distances[1] = distances[SMALL] = NAN;
    for (int i = 0; i < SMALL * 2; i++) flags[i] = i % 3 == 0;
    pz_grouping_problem *problem = new_problem(SMALL, 2, 4, 0), *again;
    ck_assert_ok(pz_grouping_add_pairs(problem, "d", distances, SMALL, SMALL, PZ_DIRECTION_MIXED, 1));
    ck_assert_ok(pz_grouping_add_features(problem, "f", flags, SMALL, 2, PZ_METRIC_SETS, PZ_DIRECTION_ALIKE, 0.1));
    ck_assert_ok(pz_grouping_problem_write(problem, &first));
    ck_assert_ok(pz_grouping_problem_read(first, PZ_NUL_TERMINATED, &again));
    ck_assert_ok(pz_grouping_problem_write(again, &second));
    ck_assert_str_eq(first, second);
    pz_grouping_result *a = solve(problem, 5, 30), *b = solve(again, 5, 30);
    int32_t groups_a[SMALL], groups_b[SMALL];
    ck_assert_ok(pz_grouping_result_groups(a, groups_a, SMALL));
    ck_assert_ok(pz_grouping_result_groups(b, groups_b, SMALL));
    ck_assert_mem_eq(groups_a, groups_b, sizeof groups_a);
    pz_free(first);
    pz_free(second);
    pz_grouping_result_free(a);
    pz_grouping_result_free(b);
    pz_grouping_problem_free(problem);
    pz_grouping_problem_free(again);
}
END_TEST

/* One column: some division has one learner of each block in each group, so that the gap is 0. More columns: the bound holds, and is near. */
START_TEST(bound_of_manhattan_distances_is_reached_or_near)
{
    pz__random random;
    pz__random_seed(&random, suite_seed() + 2);
    for (int columns = 1; columns <= 3; columns++) {
        double values[40 * 3];
        for (int i = 0; i < 40 * columns; i++) values[i] = pz__random_unit(&random);
        pz_grouping_problem *problem = new_problem(40, 4, 4, 0);
        ck_assert_ok(pz_grouping_add_features(problem, "f", values, 40, (size_t)columns, PZ_METRIC_MANHATTAN, PZ_DIRECTION_MIXED, 1));
        pz_grouping_result *result = solve(problem, 1, 500);
        pz_grouping_summary summary = summary_of(result);
        ck_assert_double_gt(summary.bound, 0.5);
        ck_assert_double_le(summary.gap, columns == 1 ? 1e-6 : 0.002);
        pz_grouping_result_free(result);
        pz_grouping_problem_free(problem);
    }
}
END_TEST

static pz_status stop(double done, void *user_data)
{
    (void)done;
    (void)user_data;
    return PZ_E_CANCELLED;
}

START_TEST(bad_input_is_told)
{
    double distances[9] = {0, 1, 2, 1, 0, 3, 2, 3, 0};
    pz_grouping_problem *problem = new_problem(3, 1, 2, 0);
    pz_grouping_result *result;
    ck_assert_status(pz_grouping_add_pairs(NULL, "d", distances, 3, 3, PZ_DIRECTION_MIXED, 1), PZ_E_CLOSED);
    ck_assert_status(pz_grouping_add_pairs(problem, "d", NULL, 3, 3, PZ_DIRECTION_MIXED, 1), PZ_E_INVALID);
    ck_assert_status(pz_grouping_add_pairs(problem, "d", distances, 3, 2, PZ_DIRECTION_MIXED, 1), PZ_E_INVALID);
    ck_assert_status(pz_grouping_add_pairs(problem, "d", distances, 3, 3, (pz_grouping_direction)0, 1), PZ_E_INVALID);
    distances[1] = 5;
    ck_assert_status(pz_grouping_add_pairs(problem, "d", distances, 3, 3, PZ_DIRECTION_MIXED, 1), PZ_E_INVALID);
    distances[1] = distances[3] = -1;
    ck_assert_status(pz_grouping_add_pairs(problem, "d", distances, 3, 3, PZ_DIRECTION_MIXED, 1), PZ_E_INVALID);
    distances[1] = distances[3] = INFINITY;
    ck_assert_status(pz_grouping_add_pairs(problem, "d", distances, 3, 3, PZ_DIRECTION_MIXED, 1), PZ_E_INVALID);
    distances[1] = distances[3] = 1;
    ck_assert_status(pz_grouping_add_features(problem, "f", distances, 3, 3, (pz_grouping_metric)9, PZ_DIRECTION_MIXED, 1), PZ_E_INVALID);
    ck_assert_status(pz_grouping_add_features(problem, "f", distances, 3, 3, PZ_METRIC_SETS, PZ_DIRECTION_MIXED, 1), PZ_E_INVALID);
    ck_assert_status(pz_grouping_add_features(problem, "f", distances, 3, 0, PZ_METRIC_SETS, PZ_DIRECTION_MIXED, 1), PZ_E_INVALID);
    ck_assert_ok(pz_grouping_add_pairs(problem, "d", distances, 3, 3, PZ_DIRECTION_MIXED, 1));
    ck_assert_status(pz_grouping_solve(problem, NULL, stop, NULL, &result), PZ_E_CANCELLED);
    pz_grouping_problem_free(problem);
    /* All distances 0, and none known: nothing to gain, and no harm. */
    double none[9] = {NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN};
    problem = new_problem(3, 1, 2, 0);
    ck_assert_ok(pz_grouping_add_pairs(problem, "d", none, 3, 3, PZ_DIRECTION_MIXED, 1));
    result = solve(problem, 1, 0);
    ck_assert_double_eq_tol(summary_of(result).objective, 0, 1e-12);
    pz_grouping_result_free(result);
    pz_grouping_problem_free(problem);
}
END_TEST

static pz_status solve_pairs(void *user_data)
{
    static const double distances[36] = {0, 1, 2, 3, 4, 5, 1, 0, 6, 7, 8, 9, 2, 6, 0, 1, 2, 3,
                                         3, 7, 1, 0, 4, 5, 4, 8, 2, 4, 0, 6, 5, 9, 3, 5, 6, 0};
    pz_grouping_problem *problem = NULL;
    pz_grouping_result *result = NULL;
    (void)user_data;
    pz_status status = pz_grouping_problem_new(6, 2, 3, 0, &problem);
    if (status == PZ_OK) status = pz_grouping_add_pairs(problem, "d", distances, 6, 6, PZ_DIRECTION_MIXED, 1);
    if (status == PZ_OK) status = pz_grouping_add_features(problem, "f", distances, 6, 6, PZ_METRIC_EUCLIDEAN, PZ_DIRECTION_ALIKE, 1);
    if (status == PZ_OK) status = pz_grouping_solve(problem, NULL, NULL, NULL, &result);
    pz_grouping_problem_free(problem);
    pz_grouping_result_free(result);
    return status;
}

START_TEST(memory_that_fails_is_told_and_freed)
{
    ck_assert_int_gt(suite_each_allocation(solve_pairs, NULL), 20);
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("grouping_pairs");
    TCase *tests = tcase_create("pairs");
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, nine_learners_are_divided_in_the_best_way_there_is);
    tcase_add_test(tests, rules_hold_and_costs_of_moves_are_true);
    tcase_add_test(tests, many_learners_are_balanced_by_the_rules);
    tcase_add_test(tests, metrics_measure_what_they_say);
    tcase_add_test(tests, json_gives_the_same_problem_again);
    tcase_add_test(tests, bound_of_manhattan_distances_is_reached_or_near);
    tcase_add_test(tests, bad_input_is_told);
    tcase_add_test(tests, memory_that_fails_is_told_and_freed);
    suite_add_tcase(suite, tests);
    return suite;
}

SUITE_MAIN(make_suite)
