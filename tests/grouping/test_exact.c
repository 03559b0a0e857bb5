/* Proofs against the scores of all divisions there are, and stopping with what there is. */
#include "problems.h"

enum { N = 8, GROUPS = 3, PROBLEMS = 64 };

static double uniform(pz__random *random)
{
    return pz__random_unit(random);
}

/* Criteria of all kinds, with values missing, and a few rules. */
static pz_grouping_problem *random_problem(pz__random *random, int number)
{
    double values[N], needs[N * 3], rows[N * 2], distances[N * N];
    pz_grouping_problem *problem = number % 4 == 0 ? new_problem(N, 2, 3, GROUPS) : new_problem(N, 1, 4, GROUPS);
    for (int i = 0; i < N; i++) values[i] = uniform(random);
    for (int i = 0; i < N * 3; i++) needs[i] = uniform(random) < 0.4 ? 0 : uniform(random);
    for (int i = 0; i < N * 2; i++) rows[i] = uniform(random);
    for (int i = 0; i < N; i++)
        for (int j = 0; j <= i; j++) distances[i * N + j] = distances[j * N + i] = i == j ? 0 : uniform(random);
    pz_grouping_direction direction = number & 1 ? PZ_DIRECTION_ALIKE : PZ_DIRECTION_MIXED;
    if (number & 1) values[number % N] = PZ_REAL_NONE;
    if (number & 2) ck_assert_ok(pz_grouping_add_numeric(problem, "level", values, N, direction, 1 + uniform(random)));
    if (number & 4) ck_assert_ok(pz_grouping_add_needs(problem, "needs", needs, N, 3, 1));
    if (number & 8) ck_assert_ok(pz_grouping_add_pairs(problem, "pairs", distances, N, N, direction, 1));
    if (!(number & 14) || number & 16)
        ck_assert_ok(pz_grouping_add_features(problem, "rows", rows, N, 2, PZ_METRIC_MANHATTAN, PZ_DIRECTION_MIXED, 2));
    if (number & 32) {
        double flags[N * 2];
        for (int i = 0; i < N * 2; i++) flags[i] = uniform(random) < 0.5;
        ck_assert_ok(pz_grouping_add_features(problem, "skills", flags, N, 2, PZ_METRIC_SETS, PZ_DIRECTION_COMPLEMENTARY, 1));
        ck_assert_ok(pz_grouping_add_features(problem, "level by column", rows, N, 2, PZ_METRIC_EUCLIDEAN, PZ_DIRECTION_BALANCED, 1));
    }
    if (number % 3 == 0) ck_assert_ok(pz_grouping_add_together(problem, 0, 3));
    if (number % 3 != 1) ck_assert_ok(pz_grouping_add_apart(problem, 1, 2));
    if (number % 5 == 0) ck_assert_ok(pz_grouping_add_locked(problem, 4, 1));
    if (number % 7 == 0) ck_assert_ok(pz_grouping_add_absent(problem, 7));
    return problem;
}

/* The least objective of all divisions that keep the rules. */
static double least_of_all(const pz_grouping_problem *problem, int any_absent)
{
    int32_t groups[N];
    double least = 2;
    int all = 1;
    for (int i = 0; i < N; i++) all *= GROUPS;
    for (int code = 0; code < all; code++) {
        int used[GROUPS] = {0};
        for (int i = 0, rest = code; i < N; i++, rest /= GROUPS) groups[i] = rest % GROUPS;
        if (any_absent) groups[N - 1] = -1;
        for (int i = 0; i < N; i++)
            if (groups[i] >= 0) used[groups[i]] = 1;
        if (!used[0] || !used[1] || !used[2]) continue;
        pz_grouping_result *result;
        ck_assert_ok(pz_grouping_score(problem, groups, N, &result));
        pz_grouping_summary summary = summary_of(result);
        if (summary.rules_broken == 0 && summary.objective < least) least = summary.objective;
        pz_grouping_result_free(result);
    }
    return least;
}

static pz_grouping_summary solve_with(const pz_grouping_problem *problem, int64_t proof_steps)
{
    pz_grouping_options options = PZ_GROUPING_OPTIONS_INIT;
    pz_grouping_result *result;
    options.iterations = 1;
    options.proof_steps = proof_steps;
    ck_assert_ok(pz_grouping_solve(problem, &options, NULL, NULL, &result));
    pz_grouping_summary summary = summary_of(result);
    pz_grouping_result_free(result);
    return summary;
}

START_TEST(what_is_proven_is_the_best_of_all)
{
    pz__random random;
    pz__random_seed(&random, suite_seed());
    for (int number = 0; number < PROBLEMS; number++) {
        pz_grouping_problem *problem = random_problem(&random, number);
        double least = least_of_all(problem, number % 7 == 0);
        pz_grouping_summary whole = solve_with(problem, 1000000), cut = solve_with(problem, 3), none = solve_with(problem, 0);
        ck_assert_msg(whole.proven && fabs(whole.objective - least) < 1e-9, "problem %d: %.12f proven best, %.12f is", number,
                      whole.objective, least);
        ck_assert_double_eq(whole.bound, whole.objective);
        ck_assert_int_eq(whole.rules_broken, 0);
        ck_assert_msg(cut.bound <= least + 1e-9, "problem %d: bound %.12f above %.12f", number, cut.bound, least);
        ck_assert_int_le(cut.proof_steps, 3);
        ck_assert(!none.proven && none.proof_steps == 0);
        pz_grouping_problem_free(problem);
    }
}
END_TEST

START_TEST(fifteen_learners_are_proven_and_come_out_the_same_again)
{
    enum { MANY = 15 };
    double rows[MANY * 3];
    int32_t groups[MANY], again[MANY];
    pz_grouping_options options = PZ_GROUPING_OPTIONS_INIT;
    pz_grouping_result *result, *other;
    pz__random random;
    pz__random_seed(&random, suite_seed());
    for (int i = 0; i < MANY * 3; i++) rows[i] = uniform(&random);
    pz_grouping_problem *problem = new_problem(MANY, 5, 5, 3);
    ck_assert_ok(pz_grouping_add_features(problem, "rows", rows, MANY, 3, PZ_METRIC_EUCLIDEAN, PZ_DIRECTION_MIXED, 1));
    options.proof_steps = 10000000;
    ck_assert_ok(pz_grouping_solve(problem, &options, NULL, NULL, &result));
    ck_assert_ok(pz_grouping_solve(problem, &options, NULL, NULL, &other));
    ck_assert_ok(pz_grouping_result_groups(result, groups, MANY));
    ck_assert_ok(pz_grouping_result_groups(other, again, MANY));
    ck_assert_mem_eq(groups, again, sizeof groups);
    ck_assert_int_eq(summary_of(result).proven, 1);
    ck_assert_double_eq(summary_of(result).gap, 0);
    /* No swap betters what is proven. */
    double best = summary_of(result).objective;
    for (int i = 0; i < MANY; i++) {
        for (int j = 0; j < i; j++) {
            pz_grouping_result *swapped;
            memcpy(again, groups, sizeof groups);
            again[i] = groups[j];
            again[j] = groups[i];
            ck_assert_ok(pz_grouping_score(problem, again, MANY, &swapped));
            ck_assert_double_ge(summary_of(swapped).objective, best - 1e-12);
            pz_grouping_result_free(swapped);
        }
    }
    pz_grouping_result_free(result);
    pz_grouping_result_free(other);
    pz_grouping_problem_free(problem);
}
END_TEST

static pz_status stop_after(double done, void *user_data)
{
    int *left = user_data;
    ck_assert(done >= 0 && done <= 1);
    return (*left)-- > 0 ? PZ_OK : PZ_E_CANCELLED;
}

static pz_grouping_problem *wide_problem(int numeric)
{
    enum { MANY = 40 };
    double values[MANY * 2];
    pz__random random;
    pz__random_seed(&random, 3);
    for (int i = 0; i < MANY * 2; i++) values[i] = uniform(&random);
    pz_grouping_problem *problem = new_problem(MANY, 4, 4, 10);
    if (numeric)
        ck_assert_ok(pz_grouping_add_numeric(problem, "level", values, MANY, PZ_DIRECTION_MIXED, 1));
    else
        ck_assert_ok(pz_grouping_add_features(problem, "rows", values, MANY, 2, PZ_METRIC_EUCLIDEAN, PZ_DIRECTION_MIXED, 1));
    return problem;
}

START_TEST(what_there_is_can_be_kept_when_the_callback_stops)
{
    for (int numeric = 0; numeric < 2; numeric++) {
        pz_grouping_problem *problem = wide_problem(numeric);
        pz_grouping_options options = PZ_GROUPING_OPTIONS_INIT;
        options.iterations = 100000000; /* longer than anybody waits */
        for (int calls = 0; calls < 20; calls += 5) {
            pz_grouping_result *result = (pz_grouping_result *)1;
            int left = calls;
            options.keep_best = 0;
            ck_assert_status(pz_grouping_solve(problem, &options, stop_after, &left, &result), PZ_E_CANCELLED);
            ck_assert_ptr_null(result);
            options.keep_best = 1;
            left = calls;
            ck_assert_ok(pz_grouping_solve(problem, &options, stop_after, &left, &result));
            ck_assert_int_eq(left, -1); /* asked no more once it had stopped */
            ck_assert_int_eq(summary_of(result).stopped, 1);
            ck_assert_int_eq(summary_of(result).rules_broken, 0);
            ck_assert_int_eq(summary_of(result).proven, 0);
            pz_grouping_result_free(result);
        }
        pz_grouping_problem_free(problem);
    }
}
END_TEST

/* What is kept is not what happened to be there in the midst of a cooling that would have taken hours. */
START_TEST(a_search_that_is_cut_is_as_good_as_a_shorter_one_that_ended)
{
    enum { MANY = 200, COLS = 6 };
    static double values[MANY * COLS];
    pz__random random;
    pz__random_seed(&random, 11);
    for (int i = 0; i < MANY * COLS; i++) values[i] = uniform(&random);
    pz_grouping_problem *problem = new_problem(MANY, 5, 5, MANY / 5);
    ck_assert_ok(pz_grouping_add_features(problem, "rows", values, MANY, COLS, PZ_METRIC_EUCLIDEAN, PZ_DIRECTION_MIXED, 1));
    pz_grouping_options options = PZ_GROUPING_OPTIONS_INIT;
    pz_grouping_result *cut, *ended;
    for (options.seed = 1; options.seed <= 3; options.seed++) {
        int left = 1000;
        options.iterations = 100000000;
        options.keep_best = 1;
        ck_assert_ok(pz_grouping_solve(problem, &options, stop_after, &left, &cut));
        options.iterations = 100;
        ck_assert_ok(pz_grouping_solve(problem, &options, NULL, NULL, &ended));
        ck_assert(summary_of(cut).stopped && !summary_of(ended).stopped);
        ck_assert_double_lt(summary_of(cut).objective, summary_of(ended).objective);
        pz_grouping_result_free(cut);
        pz_grouping_result_free(ended);
    }
    pz_grouping_problem_free(problem);
}
END_TEST

static const int32_t by_hand[N] = {0, 0, 1, 1, 0, 0, 1, 1};

/* Rules of all kinds that the bound knows of; groups by hand keep each. */
static void add_rules(pz_grouping_problem *problem, pz__random *random, int number)
{
    static const double pair_in_each[N] = {1, 1, 1, 1}, one_in_each[N] = {1, 0, 1}, met[N] = {0, 1, 0, 1, 2, 3, 2, 3};
    double free_times[N * 2];
    for (int i = 0; i < N * 2; i++) free_times[i] = i % 2 == by_hand[i / 2] || uniform(random) < 0.4;
    if (number % 4 == 1) ck_assert_ok(pz_grouping_add_together(problem, 4, 5));
    if (number % 5 == 1) ck_assert_ok(pz_grouping_add_not_alone(problem, "pair", pair_in_each, N, 2));
    if (number % 5 == 2) ck_assert_ok(pz_grouping_add_role(problem, "one", one_in_each, N, 1, 1));
    if (number % 7 == 3) ck_assert_ok(pz_grouping_add_common_time(problem, "time", free_times, N, 2, 1));
    if (number % 6 == 4) ck_assert_ok(pz_grouping_add_earlier_cap(problem, "met", met, N, 1, 0));
}

/* Criteria of all kinds, in groups of one size, so that costs of two learners bound them together. */
static pz_grouping_problem *problem_of_one_size(pz__random *random, int number)
{
    double values[N], needs[N * 3], rows[N * 2], flags[N * 4], earlier[N * 2], codes[N];
    pz_grouping_problem *problem = new_problem(N, 4, 4, 2);
    for (int i = 0; i < N; i++) values[i] = uniform(random), codes[i] = pz__random_below(random, 3);
    for (int i = 0; i < N * 3; i++) needs[i] = uniform(random) < 0.4 ? 0 : uniform(random);
    for (int i = 0; i < N * 2; i++) rows[i] = uniform(random), earlier[i] = pz__random_below(random, 2);
    for (int i = 0; i < N * 4; i++) flags[i] = uniform(random) < 0.5;
    if (number % 8 == 5) values[number % N] = PZ_REAL_NONE;
    if (number & 1) ck_assert_ok(pz_grouping_add_numeric(problem, "level", values, N, 1 + number / 2 % 3, 1 + uniform(random)));
    if (number & 2) ck_assert_ok(pz_grouping_add_needs(problem, "needs", needs, N, 3, 1));
    if (number & 4) ck_assert_ok(pz_grouping_add_features(problem, "codes", codes, N, 1, PZ_METRIC_CATEGORIES, PZ_DIRECTION_BALANCED, 1));
    if (number & 8) ck_assert_ok(pz_grouping_add_features(problem, "likes", flags, N, 4, PZ_METRIC_SETS, PZ_DIRECTION_ALIKE, 1));
    if (number & 16) ck_assert_ok(pz_grouping_add_earlier(problem, "earlier", earlier, N, 2, 0.5, 1));
    ck_assert_ok(pz_grouping_add_features(problem, "rows", rows, N, 2, PZ_METRIC_EUCLIDEAN, PZ_DIRECTION_MIXED, 1));
    if (number % 3 == 0) ck_assert_ok(pz_grouping_add_apart(problem, 1, 2));
    add_rules(problem, random, number);
    return problem;
}

START_TEST(criteria_together_have_a_bound)
{
    pz__random random;
    double bounds = 0, objectives = 0;
    int more = 0;
    pz__random_seed(&random, suite_seed());
    for (int number = 0; number < PROBLEMS; number++) {
        pz_grouping_problem *problem = problem_of_one_size(&random, number);
        pz_grouping_options options = PZ_GROUPING_OPTIONS_INIT;
        pz_grouping_result *proven, *found, *scored, *raised;
        pz_grouping_term **terms;
        size_t count;
        options.proof_steps = 100000;
        ck_assert_ok(pz_grouping_solve(problem, &options, NULL, NULL, &proven));
        found = solve(problem, 1, 0);
        ck_assert_ok(pz_grouping_score(problem, by_hand, N, &scored));
        ck_assert_int_eq(summary_of(proven).proven, 1);
        double least = summary_of(proven).objective, bound = summary_of(found).bound, apart = 0;
        ck_assert_msg(bound > 0 && bound <= least + 1e-12, "problem %d", number);
        ck_assert_double_eq_tol(fmin(summary_of(scored).bound, least), bound, 1e-12); /* whatever the division */
        options.proof_steps = 1;                                                      /* cut, so that the bound is raised instead */
        ck_assert_ok(pz_grouping_solve(problem, &options, NULL, NULL, &raised));
        ck_assert_msg(summary_of(raised).bound <= least + 1e-12, "problem %d", number);
        ck_assert_double_ge(summary_of(raised).bound, bound - 1e-12);
        more += summary_of(raised).bound > bound + 1e-4;
        bounds += summary_of(raised).bound;
        pz_grouping_result_free(raised);
        ck_assert_ok(pz_grouping_term_list(found, &terms, &count));
        for (size_t k = 0; k < count; k++) apart += terms[k]->weight * terms[k]->bound;
        ck_assert_double_ge(bound, apart - 1e-12);
        objectives += least;
        pz_free(terms);
        pz_grouping_result_free(proven);
        pz_grouping_result_free(found);
        pz_grouping_result_free(scored);
        pz_grouping_problem_free(problem);
    }
    ck_assert_double_gt(bounds, 0.85 * objectives); /* and it says something */
    ck_assert_int_gt(more, PROBLEMS / 4);
}
END_TEST

START_TEST(a_proof_can_be_stopped)
{
    pz_grouping_problem *problem = wide_problem(0);
    pz_grouping_options options = PZ_GROUPING_OPTIONS_INIT;
    pz_grouping_result *result;
    options.iterations = 1;
    options.proof_steps = INT64_C(1000000000000);
    int left = 5;
    ck_assert_status(pz_grouping_solve(problem, &options, stop_after, &left, &result), PZ_E_CANCELLED);
    options.keep_best = 1;
    left = 5;
    ck_assert_ok(pz_grouping_solve(problem, &options, stop_after, &left, &result));
    pz_grouping_summary summary = summary_of(result);
    ck_assert(summary.stopped && !summary.proven && summary.proof_steps > 0);
    ck_assert(summary.bound > 0 && summary.bound <= summary.objective);
    pz_grouping_result_free(result);
    options.proof_steps = -1;
    ck_assert_status(pz_grouping_solve(problem, &options, NULL, NULL, &result), PZ_E_INVALID);
    options.proof_steps = INT64_C(1000000000001);
    ck_assert_status(pz_grouping_solve(problem, &options, NULL, NULL, &result), PZ_E_INVALID);
    ck_assert_str_eq(pz_last_error()->field, "options.proof_steps");
    pz_grouping_problem_free(problem);
}
END_TEST

/* The sum of squared sizes decides where all distances are alike, and no single move leads there. */
START_TEST(sizes_that_make_the_most_pairs_are_found)
{
    enum { MANY = 24 };
    double distances[MANY * MANY];
    pz_grouping_problem *problem = new_problem(MANY, 4, 10, 3);
    for (int i = 0; i < MANY * MANY; i++) distances[i] = i % (MANY + 1) ? 1 : 0;
    ck_assert_ok(pz_grouping_add_group_size(problem, 0, 4, 9));
    ck_assert_ok(pz_grouping_add_pairs(problem, "pairs", distances, MANY, MANY, PZ_DIRECTION_MIXED, 1));
    pz_grouping_result *result = solve(problem, 1, 10);
    double pairs = MANY * (MANY - 1) / 2.0, most = (4 * 3 + 2 * 10 * 9) / 2.0;
    ck_assert_double_eq_tol(summary_of(result).objective, 1 - most / pairs, 1e-12);
    pz_grouping_result_free(result);
    pz_grouping_problem_free(problem);
}
END_TEST

static pz_status bound_together(void *user_data)
{
    static const double rows[12] = {1, 4, 2, 8, 5, 7, 3, 6, 9, 2, 4, 1}, levels[6] = {1, 5, 2, 4, 3, 6};
    static const double flags[6] = {1, 1, 0, 0, 0, 1};
    static const int32_t groups[6] = {0, 0, 1, 1, 0, 1};
    pz_grouping_problem *problem = NULL;
    pz_grouping_result *result = NULL;
    pz_grouping_summary *summary = NULL;
    pz_grouping_options options = PZ_GROUPING_OPTIONS_INIT;
    (void)user_data;
    pz_status status = pz_grouping_problem_new(6, 3, 3, 2, &problem);
    if (status == PZ_OK) status = pz_grouping_add_features(problem, "rows", rows, 6, 2, PZ_METRIC_EUCLIDEAN, PZ_DIRECTION_MIXED, 1);
    if (status == PZ_OK) status = pz_grouping_add_numeric(problem, "levels", levels, 6, PZ_DIRECTION_ALIKE, 1);
    if (status == PZ_OK) status = pz_grouping_add_role(problem, "role", flags, 6, 1, 2);
    if (status == PZ_OK) status = pz_grouping_score(problem, groups, 6, &result);
    if (status == PZ_OK) status = pz_grouping_result_describe(result, &summary);
    pz_free(summary);
    pz_grouping_result_free(result);
    result = NULL;
    options.proof_steps = 1;
    if (status == PZ_OK) status = pz_grouping_solve(problem, &options, NULL, NULL, &result);
    pz_grouping_result_free(result);
    pz_grouping_problem_free(problem);
    return status;
}

static pz_status prove(void *user_data)
{
    static const double rows[12] = {1, 4, 2, 8, 5, 7, 3, 6, 9, 2, 4, 1}, needs[12] = {0, 1, 1, 0, 0, 1, 1, 1, 0, 0, 1, 0};
    pz_grouping_problem *problem = NULL;
    pz_grouping_result *result = NULL;
    pz_grouping_options options = PZ_GROUPING_OPTIONS_INIT;
    options.proof_steps = 1000;
    pz_status status = pz_grouping_problem_new(6, 1, 3, 3, &problem);
    if (status == PZ_OK) status = pz_grouping_add_features(problem, "rows", rows, 6, 2, PZ_METRIC_MANHATTAN, PZ_DIRECTION_MIXED, 1);
    if (status == PZ_OK && user_data) status = pz_grouping_add_needs(problem, "needs", needs, 6, 2, 1);
    if (status == PZ_OK && user_data) status = pz_grouping_add_numeric(problem, "level", rows, 6, PZ_DIRECTION_ALIKE, 1);
    if (status == PZ_OK) status = pz_grouping_solve(problem, &options, NULL, NULL, &result);
    pz_grouping_problem_free(problem);
    pz_grouping_result_free(result);
    return status;
}

START_TEST(memory_that_fails_is_told_and_freed)
{
    int with_more = 1;
    ck_assert_int_gt(suite_each_allocation(bound_together, NULL), 10);
    ck_assert_int_gt(suite_each_allocation(prove, NULL), 30);
    ck_assert_int_gt(suite_each_allocation(prove, &with_more), 30);
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("grouping_exact");
    TCase *tests = tcase_create("exact");
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, what_is_proven_is_the_best_of_all);
    tcase_add_test(tests, fifteen_learners_are_proven_and_come_out_the_same_again);
    tcase_add_test(tests, what_there_is_can_be_kept_when_the_callback_stops);
    tcase_add_test(tests, a_search_that_is_cut_is_as_good_as_a_shorter_one_that_ended);
    tcase_add_test(tests, criteria_together_have_a_bound);
    tcase_add_test(tests, a_proof_can_be_stopped);
    tcase_add_test(tests, sizes_that_make_the_most_pairs_are_found);
    tcase_add_test(tests, memory_that_fails_is_told_and_freed);
    suite_add_tcase(suite, tests);
    return suite;
}

SUITE_MAIN(make_suite)
