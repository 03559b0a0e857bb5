/* What the engine gives is right by definition, best where every division can be tried, and the same again from its seed. */
#include "grouping/problems.h"

enum { N = 24, COLUMNS = 5 };

#define GOLDEN_HASH UINT64_C(0x3c80eec02b874860)

static void random_values(pz__random *random, double *values, int count, double missing)
{
    for (int i = 0; i < count; i++) values[i] = pz__random_unit(random) < missing ? NAN : pz__random_unit(random);
}

START_TEST(terms_are_what_their_definition_says)
{
    pz__random random;
    pz__random_seed(&random, suite_seed());
    for (int round = 0; round < 60; round++) {
        double alike[N], mixed[N], needs[N * COLUMNS];
        int32_t groups[N];
        pz_grouping_term **terms;
        size_t count;
        random_values(&random, alike, N, 0.2);
        random_values(&random, mixed, N, 0);
        random_values(&random, needs, N * COLUMNS, 0);
        for (int i = 0; i < N * COLUMNS; i++) needs[i] = needs[i] < 0.5 ? 0 : needs[i];
        pz_grouping_problem *problem = new_problem(N, 2, 6, 0);
        ck_assert_ok(pz_grouping_add_numeric(problem, "alike", alike, N, PZ_DIRECTION_ALIKE, 1));
        ck_assert_ok(pz_grouping_add_needs(problem, "needs", needs, N, COLUMNS, 2));
        ck_assert_ok(pz_grouping_add_numeric(problem, "mixed", mixed, N, PZ_DIRECTION_MIXED, 5));
        ck_assert_ok(pz_grouping_add_absent(problem, 7));
        pz_grouping_result *result = solve(problem, (uint64_t)round, 5);
        pz_grouping_summary summary = summary_of(result);
        ck_assert_ok(pz_grouping_result_groups(result, groups, N));
        ck_assert_int_eq(groups[7], -1);
        ck_assert_ok(pz_grouping_term_list(result, &terms, &count));
        ck_assert_uint_eq(count, 3);
        double right[] = {plain_numeric(alike, groups, N, summary.groups, 1), plain_needs(needs, COLUMNS, groups, N, summary.groups),
                          plain_numeric(mixed, groups, N, summary.groups, 0)};
        for (int k = 0; k < 3; k++) {
            ck_assert_double_eq_tol(terms[k]->value, right[k], 1e-9);
            ck_assert_double_le(terms[k]->bound, terms[k]->value);
        }
        ck_assert_double_eq_tol(summary.objective, (right[0] + 2 * right[1] + 5 * right[2]) / 8, 1e-9);
        ck_assert_double_eq_tol(summary.gap, summary.objective - summary.bound, 1e-12);
        ck_assert_int_eq(summary.rules_broken, 0);
        ck_assert_int_eq(summary.learners, N - 1);
        pz_free(terms);
        pz_grouping_result_free(result);
        pz_grouping_problem_free(problem);
    }
}
END_TEST

/* Every division of nine learners into groups of three, by brute force. */
static double best_of_all(const double *needs, const double *values, int32_t *groups, int32_t learner, int alike)
{
    if (learner == 9) return needs ? plain_needs(needs, 4, groups, 9, 3) : plain_numeric(values, groups, 9, 3, alike);
    double best = 2;
    int32_t sizes[3] = {0}, most = -1;
    for (int32_t i = 0; i < learner; i++) {
        sizes[groups[i]]++;
        if (groups[i] > most) most = groups[i];
    }
    for (int32_t g = 0; g <= most + 1 && g < 3; g++) {
        if (sizes[g] == 3) continue;
        groups[learner] = g;
        double value = best_of_all(needs, values, groups, learner + 1, alike);
        if (value < best) best = value;
    }
    return best;
}

START_TEST(nine_learners_are_divided_in_the_best_way_there_is)
{
    pz__random random;
    pz__random_seed(&random, suite_seed() + 1);
    for (int round = 0; round < 40; round++) {
        double values[9], needs[36];
        int32_t groups[9];
        random_values(&random, values, 9, 0);
        for (int i = 0; i < 36; i++) needs[i] = pz__random_below(&random, 3) / 2.0;
        for (int mode = 0; mode < 3; mode++) {
            pz_grouping_problem *problem = new_problem(9, 3, 3, 0);
            if (mode == 2) {
                ck_assert_ok(pz_grouping_add_needs(problem, "needs", needs, 9, 4, 1));
            } else {
                ck_assert_ok(pz_grouping_add_numeric(problem, "values", values, 9, mode ? PZ_DIRECTION_MIXED : PZ_DIRECTION_ALIKE, 1));
            }
            double best = best_of_all(mode == 2 ? needs : NULL, values, groups, 0, mode == 0);
            pz_grouping_result *result = solve(problem, 1, 0);
            pz_grouping_summary summary = summary_of(result);
            ck_assert_double_eq_tol(summary.objective, best, 1e-9);
            ck_assert_double_le(summary.bound, best + 1e-9);
            if (mode == 0) ck_assert_double_eq_tol(summary.bound, best, 1e-9); /* one value, alike: the bound is the best itself */
            pz_grouping_result_free(result);
            pz_grouping_problem_free(problem);
        }
    }
}
END_TEST

START_TEST(needs_that_fit_are_all_served)
{
    double needs[20 * 4] = {0};
    pz_grouping_group **groups;
    size_t count;
    for (int i = 0; i < 20; i++) needs[i * 4 + i % 4] = 1;
    pz_grouping_problem *problem = new_problem(20, 4, 6, 0);
    ck_assert_ok(pz_grouping_add_needs(problem, "needs", needs, 20, 4, 1));
    pz_grouping_result *result = solve(problem, 3, 0);
    ck_assert_double_eq_tol(summary_of(result).objective, 0, 1e-12);
    ck_assert_ok(pz_grouping_group_list(result, &groups, &count));
    ck_assert_uint_eq(count, 4);
    for (size_t g = 0; g < count; g++) {
        ck_assert_int_eq(groups[g]->size, 5);
        ck_assert_int_eq(groups[g]->focus_count, 5);
        ck_assert_double_eq_tol(groups[g]->focus_need, 5, 1e-9);
        for (size_t h = 0; h < g; h++) ck_assert_int_ne(groups[g]->focus, groups[h]->focus);
    }
    pz_free(groups);
    pz_grouping_result_free(result);
    pz_grouping_problem_free(problem);
}
END_TEST

START_TEST(the_same_seed_gives_the_same_groups_and_another_seed_others)
{
    int32_t first[30], second[30], third[30];
    pz_grouping_problem *problem = new_problem(30, 3, 5, 0);
    pz_grouping_result *a = solve(problem, 5, 0), *b = solve(problem, 5, 0), *c = solve(problem, 6, 0);
    ck_assert_ok(pz_grouping_result_groups(a, first, 30));
    ck_assert_ok(pz_grouping_result_groups(b, second, 30));
    ck_assert_ok(pz_grouping_result_groups(c, third, 30));
    ck_assert_mem_eq(first, second, sizeof first);
    ck_assert_mem_ne(first, third, sizeof first);
    pz_grouping_result_free(a);
    pz_grouping_result_free(b);
    pz_grouping_result_free(c);
    pz_grouping_problem_free(problem);
}
END_TEST

/* The groups of one problem as they were when this test was written: on every machine, at every optimization. */
START_TEST(groups_are_the_same_on_every_machine)
{
    enum { LEARNERS = 40 };
    double values[LEARNERS], needs[LEARNERS * 6];
    int32_t groups[LEARNERS];
    pz__random random;
    uint64_t hash = UINT64_C(14695981039346656037); /* FNV-1a */
    pz__random_seed(&random, 77);
    random_values(&random, values, LEARNERS, 0.1);
    random_values(&random, needs, LEARNERS * 6, 0);
    pz_grouping_problem *problem = new_problem(LEARNERS, 3, 5, 0);
    ck_assert_ok(pz_grouping_add_numeric(problem, "values", values, LEARNERS, PZ_DIRECTION_MIXED, 1));
    ck_assert_ok(pz_grouping_add_needs(problem, "needs", needs, LEARNERS, 6, 1));
    pz_grouping_result *result = solve(problem, 42, 50);
    ck_assert_ok(pz_grouping_result_groups(result, groups, LEARNERS));
    for (int i = 0; i < LEARNERS; i++) hash = (hash ^ (uint64_t)(uint32_t)groups[i]) * UINT64_C(1099511628211);
    ck_assert_msg(hash == GOLDEN_HASH, "the groups have the hash 0x%016llx", (unsigned long long)hash);
    pz_grouping_result_free(result);
    pz_grouping_problem_free(problem);
}
END_TEST

START_TEST(groups_made_by_hand_are_scored_with_what_they_break)
{
    const double values[] = {1, 1, 5, 5, 9, 9};
    const int32_t good[] = {0, 0, 1, 1, 2, 2}, bad[] = {0, 0, 0, 1, -1, 1}, hole[] = {0, 0, 2, 2, 2, 2}, far[] = {0, 0, 0, 0, 0, 200000};
    const int32_t nobody[] = {-1, -1, -1, -1, -1, -1};
    pz_grouping_check **checks;
    size_t count, broken = 0;
    pz_grouping_result *result;
    pz_grouping_problem *problem = new_problem(6, 2, 2, 0);
    ck_assert_ok(pz_grouping_add_numeric(problem, "values", values, 6, PZ_DIRECTION_ALIKE, 1));
    ck_assert_ok(pz_grouping_add_apart(problem, 0, 2));
    ck_assert_ok(pz_grouping_add_together(problem, 2, 3));
    ck_assert_ok(pz_grouping_add_locked(problem, 5, 2));
    ck_assert_ok(pz_grouping_score(problem, good, 6, &result));
    ck_assert_double_eq_tol(summary_of(result).objective, 0, 1e-12);
    ck_assert_int_eq(summary_of(result).rules_broken, 0);
    pz_grouping_result_free(result);
    ck_assert_ok(pz_grouping_score(problem, bad, 6, &result));
    ck_assert_ok(pz_grouping_check_list(result, &checks, &count));
    for (size_t i = 0; i < count; i++) broken += !checks[i]->holds;
    ck_assert_uint_eq(count, 2 + 3);
    ck_assert_uint_eq(broken, 4); /* the size of group 0, and all three rules */
    ck_assert_int_eq(summary_of(result).rules_broken, 4);
    pz_free(checks);
    pz_grouping_result_free(result);
    ck_assert_status(pz_grouping_score(problem, hole, 6, &result), PZ_E_INVALID);
    ck_assert_status(pz_grouping_score(problem, far, 6, &result), PZ_E_INVALID);
    ck_assert_status(pz_grouping_score(problem, nobody, 6, &result), PZ_E_NOT_ENOUGH);
    ck_assert_status(pz_grouping_score(problem, good, 5, &result), PZ_E_INVALID);
    ck_assert_status(pz_grouping_score(problem, NULL, 6, &result), PZ_E_INVALID);
    ck_assert_status(pz_grouping_score(NULL, good, 6, &result), PZ_E_CLOSED);
    pz_grouping_problem_free(problem);
}
END_TEST

START_TEST(moving_costs_what_scoring_again_says)
{
    pz__random random;
    pz__random_seed(&random, suite_seed() + 2);
    double values[N], needs[N * COLUMNS], costs[N];
    int32_t groups[N];
    random_values(&random, values, N, 0.1);
    random_values(&random, needs, N * COLUMNS, 0);
    pz_grouping_problem *problem = new_problem(N, 2, 6, 0);
    ck_assert_ok(pz_grouping_add_numeric(problem, "values", values, N, PZ_DIRECTION_MIXED, 1));
    ck_assert_ok(pz_grouping_add_needs(problem, "needs", needs, N, COLUMNS, 1));
    pz_grouping_result *result = solve(problem, 4, 3), *moved;
    pz_grouping_summary summary = summary_of(result);
    for (int32_t learner = 0; learner < N; learner++) {
        ck_assert_ok(pz_grouping_move_cost(result, learner, costs, N));
        for (int32_t g = 0; g < summary.groups; g++) {
            ck_assert_ok(pz_grouping_result_groups(result, groups, N));
            if (groups[learner] == g) ck_assert(costs[g] == 0);
            groups[learner] = g;
            ck_assert_ok(pz_grouping_score(problem, groups, N, &moved));
            ck_assert_double_eq_tol(costs[g], summary_of(moved).objective - summary.objective, 1e-9);
            pz_grouping_result_free(moved);
        }
    }
    ck_assert_status(pz_grouping_move_cost(result, N, costs, N), PZ_E_INVALID);
    ck_assert_status(pz_grouping_move_cost(result, 0, costs, 1), PZ_E_INVALID);
    ck_assert_status(pz_grouping_move_cost(result, 0, NULL, N), PZ_E_INVALID);
    ck_assert_status(pz_grouping_move_cost(NULL, 0, costs, N), PZ_E_CLOSED);
    pz_grouping_result_free(result);
    pz_grouping_problem_free(problem);
}
END_TEST

static const pz_grouping_reason *find_reason(pz_grouping_reason *const *reasons, size_t count, int32_t learner, const char *code)
{
    for (size_t i = 0; i < count; i++)
        if (reasons[i]->learner == learner && !strcmp(reasons[i]->code, code)) return reasons[i];
    return NULL;
}

START_TEST(reasons_tell_the_numbers_behind_each_place)
{
    const double needs[] = {1, 0, 1, 0.5, 0, 1, 0.2, 1, 0, 0, 1, 0};
    const double level[] = {1, 2, 3, NAN, 5, 6};
    pz_grouping_reason **reasons;
    const pz_grouping_reason *reason;
    size_t count;
    pz_grouping_problem *problem = new_problem(6, 3, 3, 0);
    ck_assert_ok(pz_grouping_add_needs(problem, "needs", needs, 6, 2, 10));
    ck_assert_ok(pz_grouping_add_numeric(problem, "level", level, 6, PZ_DIRECTION_MIXED, 0.001));
    ck_assert_ok(pz_grouping_add_together(problem, 2, 3));
    ck_assert_ok(pz_grouping_add_locked(problem, 0, 0));
    pz_grouping_result *result = solve(problem, 1, 0);
    ck_assert_ok(pz_grouping_reason_list(result, &reasons, &count));
    ck_assert_ptr_nonnull(find_reason(reasons, count, 0, "reason.learner.locked"));
    reason = find_reason(reasons, count, 0, "reason.learner.need");
    ck_assert_ptr_nonnull(reason);
    ck_assert_int_eq(reason->column, 0);
    ck_assert_double_eq(reason->value, 1);
    ck_assert_ptr_nonnull(find_reason(reasons, count, 4, "reason.learner.no_need"));
    ck_assert_ptr_nonnull(find_reason(reasons, count, 3, "reason.learner.no_value"));
    reason = find_reason(reasons, count, 2, "reason.learner.together");
    ck_assert_ptr_nonnull(reason);
    ck_assert_double_eq(reason->value, 3);
    int group_reasons = 0;
    for (size_t i = 0; i < count; i++) group_reasons += reasons[i]->learner < 0 && !strcmp(reasons[i]->code, "reason.group.need");
    ck_assert_int_eq(group_reasons, 2);
    pz_free(reasons);
    pz_grouping_result_free(result);
    pz_grouping_problem_free(problem);

    problem = new_problem(4, 2, 2, 0);
    result = solve(problem, 1, 0);
    ck_assert_ok(pz_grouping_reason_list(result, &reasons, &count));
    ck_assert_uint_eq(count, 2 + 4);
    ck_assert_ptr_nonnull(find_reason(reasons, count, 3, "reason.learner.random"));
    pz_free(reasons);
    pz_grouping_result_free(result);
    pz_grouping_problem_free(problem);
}
END_TEST

START_TEST(values_that_say_nothing_do_no_harm)
{
    double same[8], none[8], zero[8] = {0};
    for (int i = 0; i < 8; i++) same[i] = 3, none[i] = NAN;
    pz_grouping_problem *problem = new_problem(8, 2, 3, 0);
    ck_assert_ok(pz_grouping_add_numeric(problem, "same", same, 8, PZ_DIRECTION_ALIKE, 1));
    ck_assert_ok(pz_grouping_add_numeric(problem, "none", none, 8, PZ_DIRECTION_MIXED, 1));
    ck_assert_ok(pz_grouping_add_needs(problem, "zero", zero, 8, 1, 1));
    pz_grouping_result *result = solve(problem, 1, 10);
    ck_assert_double_eq(summary_of(result).objective, 0);
    pz_grouping_result_free(result);
    pz_grouping_problem_free(problem);
    problem = new_problem(1, 1, 1, 0);
    result = solve(problem, 1, 0);
    ck_assert_int_eq(summary_of(result).groups, 1);
    pz_grouping_result_free(result);
    pz_grouping_problem_free(problem);
}
END_TEST

static pz_status stop_late(double done, void *user_data)
{
    ck_assert(done >= 0 && done <= 1);
    return ++*(int *)user_data > 3 ? PZ_E_CANCELLED : PZ_OK;
}

START_TEST(a_search_can_be_cancelled)
{
    double values[N];
    int calls = 0;
    pz__random random;
    pz__random_seed(&random, 1);
    random_values(&random, values, N, 0);
    pz_grouping_problem *problem = new_problem(N, 3, 4, 0);
    pz_grouping_result *result = (pz_grouping_result *)1;
    ck_assert_ok(pz_grouping_add_numeric(problem, "values", values, N, PZ_DIRECTION_ALIKE, 1));
    ck_assert_status(pz_grouping_solve(problem, NULL, stop_late, &calls, &result), PZ_E_CANCELLED);
    ck_assert_ptr_null(result);
    ck_assert_int_eq(calls, 4);
    pz_grouping_problem_free(problem);
}
END_TEST

typedef struct limit {
    int calls, calls_max;
} limit;

static pz_status stop_after(double done, void *user_data)
{
    limit *own = user_data;
    ck_assert(done >= 0 && done <= 1);
    return ++own->calls > own->calls_max ? PZ_E_CANCELLED : PZ_OK;
}

/* One round of very many takes seconds: the caller is asked within it, and within the descent before and after. */
START_TEST(very_many_learners_are_stopped_within_a_round)
{
    enum { MANY = 21000 };
    double *values = malloc(MANY * sizeof *values);
    const int stops[] = {0, 3, 30};
    double before = 1;
    pz__random random;
    pz_grouping_result *result;
    ck_assert_ptr_nonnull(values);
    pz__random_seed(&random, 5);
    for (int i = 0; i < MANY; i++) values[i] = pz__random_normal(&random);
    pz_grouping_problem *problem = new_problem(MANY, 5, 5, 0);
    ck_assert_ok(pz_grouping_add_numeric(problem, "values", values, MANY, PZ_DIRECTION_MIXED, 1));
    for (size_t i = 0; i < sizeof stops / sizeof *stops; i++) {
        pz_grouping_options options = PZ_GROUPING_OPTIONS_INIT;
        limit own = {0, stops[i]};
        options.iterations = 1;
        options.keep_best = 1;
        ck_assert_ok(pz_grouping_solve(problem, &options, stop_after, &own, &result));
        ck_assert_int_eq(own.calls, stops[i] + 1); /* once stopped, not asked again */
        ck_assert_int_eq(summary_of(result).stopped, 1);
        ck_assert_int_eq(summary_of(result).rules_broken, 0);
        ck_assert_double_lt(summary_of(result).objective, before); /* the later, the better */
        before = summary_of(result).objective;
        pz_grouping_result_free(result);
        own = (limit){0, stops[i]};
        options.keep_best = 0;
        ck_assert_status(pz_grouping_solve(problem, &options, stop_after, &own, &result), PZ_E_CANCELLED);
        ck_assert_ptr_null(result);
    }
    pz_grouping_problem_free(problem);
    free(values);
}
END_TEST

START_TEST(options_and_closed_handles_are_told)
{
    pz_grouping_problem *problem = new_problem(4, 2, 2, 0);
    pz_grouping_options options = PZ_GROUPING_OPTIONS_INIT;
    pz_grouping_result *result;
    pz_grouping_summary *summary;
    pz_grouping_reason **reasons;
    pz_grouping_term **terms;
    pz_grouping_group **groups;
    pz_grouping_check **checks;
    size_t count;
    int32_t few[2];
    options.iterations = -1;
    ck_assert_status(pz_grouping_solve(problem, &options, NULL, NULL, &result), PZ_E_INVALID);
    options.struct_size = 0;
    ck_assert_status(pz_grouping_solve(problem, &options, NULL, NULL, &result), PZ_E_STRUCT_SIZE);
    ck_assert_status(pz_grouping_solve(NULL, NULL, NULL, NULL, &result), PZ_E_CLOSED);
    ck_assert_status(pz_grouping_solve(problem, NULL, NULL, NULL, NULL), PZ_E_INVALID);
    ck_assert_status(pz_grouping_result_describe(NULL, &summary), PZ_E_CLOSED);
    ck_assert_status(pz_grouping_result_groups(NULL, few, 2), PZ_E_CLOSED);
    ck_assert_status(pz_grouping_reason_list(NULL, &reasons, &count), PZ_E_CLOSED);
    ck_assert_status(pz_grouping_term_list(NULL, &terms, &count), PZ_E_CLOSED);
    ck_assert_status(pz_grouping_group_list(NULL, &groups, &count), PZ_E_CLOSED);
    ck_assert_status(pz_grouping_check_list(NULL, &checks, &count), PZ_E_CLOSED);
    result = solve(problem, 1, 0);
    ck_assert_status(pz_grouping_result_groups(result, few, 2), PZ_E_INVALID);
    ck_assert_status(pz_grouping_result_groups(result, NULL, 4), PZ_E_INVALID);
    pz_grouping_result_free(result);
    pz_grouping_problem_free(problem);
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("grouping_solve");
    TCase *tests = tcase_create("solve");
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, terms_are_what_their_definition_says);
    tcase_add_test(tests, nine_learners_are_divided_in_the_best_way_there_is);
    tcase_add_test(tests, needs_that_fit_are_all_served);
    tcase_add_test(tests, the_same_seed_gives_the_same_groups_and_another_seed_others);
    tcase_add_test(tests, groups_are_the_same_on_every_machine);
    tcase_add_test(tests, groups_made_by_hand_are_scored_with_what_they_break);
    tcase_add_test(tests, moving_costs_what_scoring_again_says);
    tcase_add_test(tests, reasons_tell_the_numbers_behind_each_place);
    tcase_add_test(tests, values_that_say_nothing_do_no_harm);
    tcase_add_test(tests, a_search_can_be_cancelled);
    tcase_add_test(tests, very_many_learners_are_stopped_within_a_round);
    tcase_add_test(tests, options_and_closed_handles_are_told);
    suite_add_tcase(suite, tests);
    return suite;
}

SUITE_MAIN(make_suite)
