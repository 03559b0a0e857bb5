/* Distances among so many learners that no matrix of them is kept: costs by list as by definition, swap-local bests, rules, sums by column and by sample, limits. */
#include "grouping/distance.h"
#include "grouping/pairs.h"
#include "grouping/problems.h"
#include "grouping/state.h"

enum { SIMPLE = 1100, MANY = 4100, SIZE = 5, COLUMNS = 3 };

static double values[20002 * COLUMNS];

static void draw(pz__random *random, int n, int whole)
{
    for (int i = 0; i < n * COLUMNS; i++) {
        values[i] = pz__random_normal(random);
        if (!whole && pz__random_below(random, 10) == 0) values[i] = PZ_REAL_NONE;
    }
}

/* ---------------------------------------------------------------------------------------------------- lists --- */

static int64_t potential_by_hand(const pz__state *s, int32_t unit, int32_t group)
{
    int64_t sum = 0;
    for (int32_t v = 0; v < s->units->count; v++)
        if (v != unit && s->group_of[v] == group) sum += pz__pairs_cost(&s->pairs, unit, v);
    return sum;
}

/* A tenth of a percent of the greatest cost, for the rounding to whole numbers. */
static void check_costs(const pz__state *s, pz__random *random)
{
    for (int i = 0; i < 200; i++) {
        int32_t u = (int32_t)pz__random_below(random, (uint32_t)s->units->count),
                v = (int32_t)pz__random_below(random, (uint32_t)s->units->count);
        double cost = 0;
        for (int32_t k = 0; k < s->data->criterion_count && u != v; k++)
            if (pz__is_of_pairs(&s->data->criteria[k]))
                cost += pz__measure_slope(&s->measure, k) * pz__distance(&s->data->criteria[k],
                                                                         (size_t)s->units->members[s->units->units[u].first_member],
                                                                         (size_t)s->units->members[s->units->units[v].first_member]);
        if (u != v && s->units->units[u].size == 1 && s->units->units[v].size == 1)
            ck_assert_double_eq_tol(pz__pairs_cost(&s->pairs, u, v) / s->pairs.scale, cost, 1.01 / s->pairs.scale);
        ck_assert_int_eq(pz__pairs_cost(&s->pairs, u, v), pz__pairs_cost(&s->pairs, v, u));
    }
}

static void check_state(const pz_grouping_problem *problem, int has_matrix, pz__random *random)
{
    pz__units units;
    pz__state s;
    ck_assert_ok(pz__units_make(problem->data, NULL, &units));
    int32_t groups = units.count / SIZE, *group_of = calloc((size_t)units.count, sizeof *group_of);
    for (int32_t u = 0; u < units.count; u++) group_of[u] = u % groups;
    ck_assert_ok(pz__state_make(problem->data, &units, groups, group_of, random, &s));
    ck_assert_int_eq(s.pairs.has_matrix, has_matrix);
    check_costs(&s, random);
    for (int i = 0; i < 300; i++) {
        int32_t u = (int32_t)pz__random_below(random, (uint32_t)units.count), v = (int32_t)pz__random_below(random, (uint32_t)units.count);
        if (s.group_of[u] == s.group_of[v]) continue;
        int64_t before = s.pairs.total, change = pz__pairs_change(&s.pairs, s.group_of[u], s.group_of[v], u, &v, 1);
        if (i % 3) {
            pz__state_swap(&s, u, v);
        } else {
            change = pz__pairs_by_move(&s.pairs, s.group_of[u], s.group_of[v], u);
            pz__state_move(&s, u, s.group_of[v]);
        }
        ck_assert_int_eq(s.pairs.total, before + change);
        ck_assert_int_eq(pz__pairs_potential(&s.pairs, s.group_of[u], u), potential_by_hand(&s, u, s.group_of[u]));
        ck_assert_int_eq(pz__pairs_potential(&s.pairs, s.group_of[v], v), potential_by_hand(&s, v, s.group_of[v]));
        ck_assert_int_eq(pz__pairs_potential(&s.pairs, 0, u), potential_by_hand(&s, u, 0));
    }
    int64_t kept = s.pairs.total;
    pz__state_set(&s, s.group_of);
    ck_assert_int_eq(s.pairs.total, kept);
    pz__state_free(&s);
    pz__units_free(&units);
    free(group_of);
}

START_TEST(costs_by_list_are_those_of_the_distances)
{
    pz__random random;
    pz__random_seed(&random, suite_seed());
    for (int metric = PZ_METRIC_MANHATTAN; metric <= PZ_METRIC_EUCLIDEAN; metric++) {
        draw(&random, SIMPLE, 1);
        pz_grouping_problem *problem = new_problem(SIMPLE, 1, 10, SIMPLE / SIZE);
        ck_assert_ok(pz_grouping_add_features(problem, "f", values, SIMPLE, COLUMNS, (pz_grouping_metric)metric, PZ_DIRECTION_MIXED, 1));
        check_state(problem, 0, &random);
        pz_grouping_problem_free(problem);
    }
    draw(&random, MANY, 0);
    pz_grouping_problem *problem = new_problem(MANY, 1, 10, 0);
    ck_assert_ok(pz_grouping_add_features(problem, "f", values, MANY, COLUMNS, PZ_METRIC_EUCLIDEAN, PZ_DIRECTION_MIXED, 1));
    for (int i = 0; i < MANY * COLUMNS; i++) values[i] = floor(3 * pz__random_unit(&random));
    ck_assert_ok(pz_grouping_add_features(problem, "c", values, MANY, COLUMNS, PZ_METRIC_CATEGORIES, PZ_DIRECTION_ALIKE, 0.5));
    ck_assert_ok(pz_grouping_add_earlier(problem, "e", values, MANY, COLUMNS, 0.5, 1));
    for (int32_t i = 0; i < 20; i++) ck_assert_ok(pz_grouping_add_together(problem, 7 * i, 7 * i + 1));
    check_state(problem, 0, &random);
    pz_grouping_problem_free(problem);
}
END_TEST

/* --------------------------------------------------------------------------------------------------- searching --- */

static double distance_of(int a, int b)
{
    double sum = 0;
    for (int c = 0; c < COLUMNS; c++) sum += pow(values[a * COLUMNS + c] - values[b * COLUMNS + c], 2);
    return sqrt(sum);
}

static double to_group(const int32_t *groups, int learner, int32_t group)
{
    double sum = 0;
    for (int i = 0; i < SIMPLE; i++)
        if (groups[i] == group && i != learner) sum += distance_of(learner, i);
    return sum;
}

/* Every swap of the first learners with all others. */
static void check_no_swap_helps(const int32_t *groups, int sign)
{
    static double away[SIMPLE / SIZE];
    for (int a = 0; a < 40; a++) {
        memset(away, 0, sizeof away);
        for (int i = 0; i < SIMPLE; i++)
            if (i != a) away[groups[i]] += distance_of(a, i);
        for (int b = 0; b < SIMPLE; b += 3) {
            if (groups[a] == groups[b]) continue;
            double change =
                away[groups[b]] - away[groups[a]] + to_group(groups, b, groups[a]) - to_group(groups, b, groups[b]) - 2 * distance_of(a, b);
            ck_assert_double_le(sign * change, 1e-5);
        }
    }
}

START_TEST(no_swap_betters_what_is_formed_without_a_matrix)
{
    int32_t groups[SIMPLE], again[SIMPLE], sizes[SIMPLE / SIZE];
    pz__random random;
    pz__random_seed(&random, suite_seed());
    for (int is_mixed = 0; is_mixed < 2; is_mixed++) {
        draw(&random, SIMPLE, 1);
        pz_grouping_problem *problem = new_problem(SIMPLE, SIZE, SIZE, 0);
        ck_assert_ok(pz_grouping_add_features(problem, "f", values, SIMPLE, COLUMNS, PZ_METRIC_EUCLIDEAN,
                                              is_mixed ? PZ_DIRECTION_MIXED : PZ_DIRECTION_ALIKE, 1));
        for (int i = 0; i < 2; i++) {
            pz_grouping_result *result = solve(problem, 1, 30);
            ck_assert_ok(pz_grouping_result_groups(result, i ? again : groups, SIMPLE));
            pz_grouping_result_free(result);
        }
        ck_assert_mem_eq(groups, again, sizeof groups);
        memset(sizes, 0, sizeof sizes);
        for (int i = 0; i < SIMPLE; i++) sizes[groups[i]]++;
        for (int g = 0; g < SIMPLE / SIZE; g++) ck_assert_int_eq(sizes[g], SIZE);
        check_no_swap_helps(groups, is_mixed ? 1 : -1);
        pz_grouping_problem_free(problem);
    }
}
END_TEST

START_TEST(rules_hold_without_a_matrix)
{
    int32_t groups[MANY];
    double flags[MANY] = {0};
    pz__random random;
    pz_grouping_options options = PZ_GROUPING_OPTIONS_INIT;
    pz_grouping_result *result;
    pz_grouping_summary *summary;
    pz__random_seed(&random, suite_seed());
    draw(&random, MANY, 0);
    pz_grouping_problem *problem = new_problem(MANY, 4, 6, 0);
    ck_assert_ok(pz_grouping_add_features(problem, "f", values, MANY, COLUMNS, PZ_METRIC_MANHATTAN, PZ_DIRECTION_MIXED, 1));
    for (int32_t i = 0; i < 300; i++) ck_assert_ok(pz_grouping_add_apart(problem, i, 300 + i));
    for (int32_t i = 0; i < 50; i++) ck_assert_ok(pz_grouping_add_together(problem, 1000 + 2 * i, 1001 + 2 * i));
    for (int32_t i = 0; i < 50; i++) ck_assert_ok(pz_grouping_add_locked(problem, 2000 + i, 3 * i));
    for (int32_t i = 0; i < 50; i++) ck_assert_ok(pz_grouping_add_absent(problem, 3000 + i));
    for (int i = 0; i < MANY; i += 9) flags[i] = 1;
    ck_assert_ok(pz_grouping_add_not_alone(problem, "few", flags, MANY, 2));
    options.iterations = 2;
    ck_assert_ok(pz_grouping_solve(problem, &options, NULL, NULL, &result));
    ck_assert_ok(pz_grouping_result_describe(result, &summary));
    ck_assert_int_eq(summary->rules_broken, 0);
    ck_assert_int_eq(summary->learners, MANY - 50);
    ck_assert_ok(pz_grouping_result_groups(result, groups, MANY));
    for (int i = 0; i < 300; i++) ck_assert_int_ne(groups[i], groups[300 + i]);
    pz_free(summary);
    pz_grouping_result_free(result);
    pz_grouping_problem_free(problem);
}
END_TEST

/* ----------------------------------------------------------------------------------------------------- sums --- */

static double total_by_hand(const pz__criterion *criterion, const int32_t *group_of)
{
    double sum = 0;
    for (size_t i = 0; i < MANY; i++)
        for (size_t j = i + 1; j < MANY; j++)
            if (group_of[i] >= 0 && group_of[j] >= 0) sum += pz__distance(criterion, i, j);
    return sum;
}

START_TEST(sums_of_all_distances_are_exact_where_the_header_says_so)
{
    static int32_t group_of[20002];
    pz__random random;
    double total;
    pz__random_seed(&random, suite_seed());
    draw(&random, MANY, 1);
    for (int i = 0; i < MANY; i++) group_of[i] = i % 50 ? 0 : -1;
    pz__criterion criterion = {"f", 1, PZ__FEATURES, PZ_DIRECTION_MIXED, PZ_METRIC_MANHATTAN, COLUMNS, 0, values};
    ck_assert_ok(pz__distance_total(&criterion, group_of, MANY, &total));
    ck_assert_double_eq_tol(total / total_by_hand(&criterion, group_of), 1, 1e-11);
    for (int i = 0; i < MANY * COLUMNS; i++) values[i] = i % 7 ? floor(40 * pz__random_unit(&random)) : PZ_REAL_NONE;
    criterion.kind = PZ__EARLIER;
    criterion.filler = 0.5;
    ck_assert_ok(pz__distance_total(&criterion, group_of, MANY, &total));
    ck_assert_double_eq_tol(total / total_by_hand(&criterion, group_of), 1, 1e-11);
    ck_assert_double_ge(pz__distance_most(&criterion, MANY), 1.75);
    /* Half of all two learners are of different kinds. */
    for (int i = 0; i < 20002; i++) values[i] = i % 2, group_of[i] = 0;
    pz__criterion kinds = {"k", 1, PZ__FEATURES, PZ_DIRECTION_MIXED, PZ_METRIC_CATEGORIES, 1, 0, values};
    ck_assert_ok(pz__distance_filler(&kinds, 20002, &kinds.filler));
    ck_assert_double_eq_tol(kinds.filler, 0.5, 0.003);
    ck_assert_ok(pz__distance_total(&kinds, group_of, 20002, &total));
    ck_assert_double_eq_tol(total / (20002.0 * 20001 / 2), 0.5, 0.003);
    ck_assert_double_eq_tol(pz__distance_to_all(&kinds, group_of, 20002, 5), 0.5, 0.51);
}
END_TEST

START_TEST(more_pairs_within_groups_than_can_be_measured_are_refused)
{
    int32_t *groups = calloc(20002, sizeof *groups);
    pz__random random;
    pz_grouping_result *result;
    pz__random_seed(&random, suite_seed());
    draw(&random, 20002, 1);
    pz_grouping_problem *problem = new_problem(20002, 1, 100000, 0);
    ck_assert_ok(pz_grouping_add_features(problem, "f", values, 20002, 1, PZ_METRIC_MANHATTAN, PZ_DIRECTION_MIXED, 1));
    ck_assert_status(pz_grouping_score(problem, groups, 20002, &result), PZ_E_LIMIT);
    for (int i = 0; i < 20002; i++) groups[i] = i / 3;
    ck_assert_ok(pz_grouping_score(problem, groups, 20002, &result));
    pz_grouping_result_free(result);
    ck_assert_status(pz_grouping_add_pairs(problem, "d", values, 20002, 20002, PZ_DIRECTION_MIXED, 1), PZ_E_LIMIT);
    pz_grouping_problem_free(problem);
    free(groups);
}
END_TEST

/* -------------------------------------------------------------------------------------------------- stopping --- */

static pz_status count_calls(double done, void *user_data)
{
    int *left = user_data;
    ck_assert_double_ge(done, 0);
    ck_assert_double_le(done, 1);
    return (*left)-- > 0 ? PZ_OK : PZ_E_CANCELLED;
}

START_TEST(a_search_without_a_matrix_can_be_stopped)
{
    pz__random random;
    pz_grouping_options options = PZ_GROUPING_OPTIONS_INIT;
    pz_grouping_result *result;
    pz_grouping_summary *summary;
    pz__random_seed(&random, suite_seed());
    draw(&random, SIMPLE, 1);
    pz_grouping_problem *problem = new_problem(SIMPLE, SIZE, SIZE, 0);
    ck_assert_ok(pz_grouping_add_features(problem, "f", values, SIMPLE, COLUMNS, PZ_METRIC_EUCLIDEAN, PZ_DIRECTION_MIXED, 1));
    for (int calls = 0; calls < 60; calls += 9) {
        int left = calls;
        options.keep_best = 0;
        ck_assert_status(pz_grouping_solve(problem, &options, count_calls, &left, &result), PZ_E_CANCELLED);
        left = calls;
        options.keep_best = 1;
        ck_assert_ok(pz_grouping_solve(problem, &options, count_calls, &left, &result));
        ck_assert_ok(pz_grouping_result_describe(result, &summary));
        ck_assert_int_eq(summary->stopped, 1);
        ck_assert_int_eq(summary->rules_broken, 0);
        pz_free(summary);
        pz_grouping_result_free(result);
    }
    pz_grouping_problem_free(problem);
}
END_TEST

static pz_status solve_many(void *user_data)
{
    pz_grouping_problem *problem = NULL;
    pz_grouping_result *result = NULL;
    pz_grouping_reason **rows = NULL;
    pz_grouping_options options = PZ_GROUPING_OPTIONS_INIT;
    size_t count;
    (void)user_data;
    options.iterations = 1;
    pz_status status = pz_grouping_problem_new(1001, 3, 10, 200, &problem);
    if (status == PZ_OK) status = pz_grouping_add_features(problem, "f", values, 1001, 1, PZ_METRIC_EUCLIDEAN, PZ_DIRECTION_ALIKE, 1);
    if (status == PZ_OK) status = pz_grouping_solve(problem, &options, NULL, NULL, &result);
    if (status == PZ_OK) status = pz_grouping_reason_list(result, &rows, &count);
    pz_free(rows);
    pz_grouping_problem_free(problem);
    pz_grouping_result_free(result);
    return status;
}

START_TEST(memory_that_fails_is_told_and_freed)
{
    for (int i = 0; i < 1001; i++) values[i] = i * 7 % 100;
    ck_assert_int_gt(suite_each_allocation(solve_many, NULL), 30);
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("grouping_many");
    TCase *tests = tcase_create("many");
    tcase_set_timeout(tests, 300);
    tcase_add_test(tests, costs_by_list_are_those_of_the_distances);
    tcase_add_test(tests, no_swap_betters_what_is_formed_without_a_matrix);
    tcase_add_test(tests, rules_hold_without_a_matrix);
    tcase_add_test(tests, sums_of_all_distances_are_exact_where_the_header_says_so);
    tcase_add_test(tests, more_pairs_within_groups_than_can_be_measured_are_refused);
    tcase_add_test(tests, a_search_without_a_matrix_can_be_stopped);
    tcase_add_test(tests, memory_that_fails_is_told_and_freed);
    suite_add_tcase(suite, tests);
    return suite;
}

SUITE_MAIN(make_suite)
