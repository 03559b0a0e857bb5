/* Balanced and complementary criteria against their definitions, other seats of a learner, and the reports on fairness. */
#include "grouping/problems.h"

enum { N = 18, COLS = 3, GROUPS = 5 };

/* ------------------------------------------------------------------------------------------------ definitions --- */

/* The share of variance between groups of one column of numbers, NaN where there is no variance. */
static double plain_between(const double *column, const int32_t *groups, double *out_total, double *out_between)
{
    double mean = 0, known = 0;
    *out_total = *out_between = 0;
    for (int i = 0; i < N; i++)
        if (groups[i] >= 0 && !isnan(column[i])) mean += column[i], known++;
    mean /= known;
    for (int i = 0; i < N; i++)
        if (groups[i] >= 0 && !isnan(column[i])) *out_total += (column[i] - mean) * (column[i] - mean);
    for (int32_t g = 0; g < GROUPS; g++) {
        double sum = 0, count = 0;
        for (int i = 0; i < N; i++)
            if (groups[i] == g && !isnan(column[i])) sum += column[i], count++;
        if (count > 0) *out_between += count * (sum / count - mean) * (sum / count - mean);
    }
    return *out_total > 0 ? *out_between / *out_total : NAN;
}

static double plain_balanced(const double *values, const int32_t *groups, int categories)
{
    double sum = 0, columns = 0;
    for (int c = 0; c < COLS; c++) {
        double total = 0, between = 0, one_total, one_between, column[N];
        for (int code = 0; code < (categories ? 4 : 1); code++) {
            for (int i = 0; i < N; i++) {
                double value = values[i * COLS + c];
                column[i] = !categories || isnan(value) ? value : value == code;
            }
            plain_between(column, groups, &one_total, &one_between);
            total += one_total;
            between += one_between;
        }
        if (total > 0) sum += between / total, columns++;
    }
    return columns > 0 ? sum / columns : 0;
}

/* Gaps that nobody of the group fills among those that somebody could, by looking at each learner and thing. */
static double plain_complementary(const double *values, const int32_t *groups, int categories)
{
    double gaps = 0, open = 0;
    for (int c = 0; c < COLS; c++) {
        for (int code = categories ? 0 : 1; code < (categories ? 4 : 2); code++) {
            for (int i = 0; i < N; i++) {
                int is_had = 0, is_near = 0;
                if (groups[i] < 0 || isnan(values[i * COLS + c]) || values[i * COLS + c] == code) continue;
                for (int j = 0; j < N; j++) {
                    if (groups[j] < 0 || values[j * COLS + c] != code) continue;
                    is_had = 1;
                    is_near |= groups[j] == groups[i];
                }
                gaps += is_had;
                open += is_had && !is_near;
            }
        }
    }
    return gaps > 0 ? open / gaps : 0;
}

static void draw(pz__random *random, double *values, uint32_t codes)
{
    for (int i = 0; i < N * COLS; i++)
        values[i] = pz__random_below(random, 8) == 0 ? NAN : codes ? (double)pz__random_below(random, codes) : pz__random_normal(random);
}

static void groups_of(const pz_grouping_result *result, int32_t *groups)
{
    ck_assert_ok(pz_grouping_result_groups(result, groups, N));
}

/* Moves and changes of places cost what measuring afresh says, and break what the check says. */
static void assert_alternatives(const pz_grouping_problem *problem, const pz_grouping_result *result, int32_t learner)
{
    pz_grouping_alternative **rows;
    size_t count;
    int32_t groups[N];
    pz_grouping_summary before = summary_of(result);
    ck_assert_ok(pz_grouping_alternative_list(result, learner, &rows, &count));
    ck_assert_uint_eq(count, (size_t)before.groups - 1);
    for (size_t i = 0; i < count; i++) {
        pz_grouping_result *other;
        groups_of(result, groups);
        groups[learner] = rows[i]->group;
        ck_assert_ok(pz_grouping_score(problem, groups, N, &other));
        ck_assert(fabs(summary_of(other).objective - before.objective - rows[i]->cost) < 1e-9);
        ck_assert_int_eq(summary_of(other).rules_broken - before.rules_broken, rows[i]->breaks);
        pz_grouping_result_free(other);
        if (rows[i]->other < 0) continue;
        groups_of(result, groups);
        ck_assert_int_eq(groups[rows[i]->other], rows[i]->group);
        groups[rows[i]->other] = groups[learner];
        groups[learner] = rows[i]->group;
        ck_assert_ok(pz_grouping_score(problem, groups, N, &other));
        ck_assert(fabs(summary_of(other).objective - before.objective - rows[i]->other_cost) < 1e-9);
        ck_assert_int_le(summary_of(other).rules_broken, before.rules_broken);
        pz_grouping_result_free(other);
    }
    pz_free(rows);
}

typedef double (*plain_fn)(const double *values, const int32_t *groups, int categories);

static void compare(pz__random *random, pz_grouping_metric metric, pz_grouping_direction direction, plain_fn plain)
{
    double values[N * COLS];
    int is_categories = metric == PZ_METRIC_CATEGORIES;
    draw(random, values, is_categories ? 4 : metric == PZ_METRIC_SETS ? 2 : 0);
    pz_grouping_problem *problem = new_problem(N, 3, 4, GROUPS);
    ck_assert_ok(pz_grouping_add_features(problem, "f", values, N, COLS, metric, direction, 1));
    ck_assert_ok(pz_grouping_add_absent(problem, 4));
    ck_assert_ok(pz_grouping_add_together(problem, 1, 2));
    pz_grouping_result *result = solve(problem, pz__random_next(random), 20), *chance = NULL;
    int32_t groups[N];
    groups_of(result, groups);
    pz_grouping_summary summary = summary_of(result);
    ck_assert(fabs(summary.objective - plain(values, groups, is_categories)) < 1e-9);
    ck_assert(summary.bound <= summary.objective && summary.bound >= 0);
    assert_alternatives(problem, result, 0);
    assert_alternatives(problem, result, 17);
    for (int i = 0; i < N; i++) groups[i] = i == 4 ? -1 : i % GROUPS;
    ck_assert_ok(pz_grouping_score(problem, groups, N, &chance));
    ck_assert(fabs(summary_of(chance).objective - plain(values, groups, is_categories)) < 1e-9);
    ck_assert(summary.objective <= summary_of(chance).objective + 1e-9 || summary_of(chance).rules_broken);
    ck_assert(summary_of(chance).bound <= summary_of(chance).objective);
    pz_grouping_result_free(chance);
    pz_grouping_result_free(result);
    pz_grouping_problem_free(problem);
}

START_TEST(terms_are_what_their_definitions_say)
{
    pz__random random;
    pz__random_seed(&random, suite_seed());
    for (int round = 0; round < 30; round++) {
        compare(&random, PZ_METRIC_EUCLIDEAN, PZ_DIRECTION_BALANCED, plain_balanced);
        compare(&random, PZ_METRIC_MANHATTAN, PZ_DIRECTION_BALANCED, plain_balanced);
        compare(&random, PZ_METRIC_SETS, PZ_DIRECTION_BALANCED, plain_balanced);
        compare(&random, PZ_METRIC_CATEGORIES, PZ_DIRECTION_BALANCED, plain_balanced);
        compare(&random, PZ_METRIC_SETS, PZ_DIRECTION_COMPLEMENTARY, plain_complementary);
        compare(&random, PZ_METRIC_CATEGORIES, PZ_DIRECTION_COMPLEMENTARY, plain_complementary);
    }
}
END_TEST

/* All criteria in one problem: terms, needs and lanes share one row of numbers in the search. */
START_TEST(criteria_of_every_kind_go_together)
{
    double values[N * COLS], flags[N * COLS], needs[N * 2], levels[N];
    pz__random random;
    pz__random_seed(&random, 4);
    draw(&random, values, 4);
    draw(&random, flags, 2);
    for (int i = 0; i < N * 2; i++) needs[i] = pz__random_unit(&random);
    for (int i = 0; i < N; i++) levels[i] = pz__random_unit(&random);
    pz_grouping_problem *problem = new_problem(N, 3, 4, GROUPS), *again;
    ck_assert_ok(pz_grouping_add_features(problem, "c", values, N, COLS, PZ_METRIC_CATEGORIES, PZ_DIRECTION_BALANCED, 1));
    ck_assert_ok(pz_grouping_add_needs(problem, "n", needs, N, 2, 2));
    ck_assert_ok(pz_grouping_add_features(problem, "s", flags, N, COLS, PZ_METRIC_SETS, PZ_DIRECTION_COMPLEMENTARY, 1));
    ck_assert_ok(pz_grouping_add_features(problem, "d", values, N, COLS, PZ_METRIC_MANHATTAN, PZ_DIRECTION_MIXED, 1));
    ck_assert_ok(pz_grouping_add_numeric(problem, "l", levels, N, PZ_DIRECTION_BALANCED, 1));
    pz_grouping_result *result = solve(problem, 3, 30), *scored;
    int32_t groups[N], groups_again[N];
    groups_of(result, groups);
    ck_assert_ok(pz_grouping_score(problem, groups, N, &scored));
    ck_assert(fabs(summary_of(result).objective - summary_of(scored).objective) < 1e-9);
    pz_grouping_term **terms;
    size_t count;
    ck_assert_ok(pz_grouping_term_list(result, &terms, &count));
    ck_assert_uint_eq(count, 5);
    ck_assert(fabs(terms[0]->value - plain_balanced(values, groups, 1)) < 1e-9);
    ck_assert(fabs(terms[1]->value - plain_needs(needs, 2, groups, N, GROUPS)) < 1e-9);
    ck_assert(fabs(terms[2]->value - plain_complementary(flags, groups, 0)) < 1e-9);
    ck_assert(fabs(terms[4]->value - plain_numeric(levels, groups, N, GROUPS, 0)) < 1e-9);
    pz_free(terms);
    assert_alternatives(problem, result, 5);
    char *json, *json_again;
    ck_assert_ok(pz_grouping_problem_write(problem, &json));
    ck_assert_ok(pz_grouping_problem_read(json, PZ_NUL_TERMINATED, &again));
    ck_assert_ok(pz_grouping_problem_write(again, &json_again));
    ck_assert_str_eq(json, json_again);
    pz_grouping_result *result_again = solve(again, 3, 30);
    groups_of(result_again, groups_again);
    ck_assert_mem_eq(groups, groups_again, sizeof groups);
    pz_free(json);
    pz_free(json_again);
    pz_grouping_result_free(result_again);
    pz_grouping_result_free(scored);
    pz_grouping_result_free(result);
    pz_grouping_problem_free(again);
    pz_grouping_problem_free(problem);
}
END_TEST

START_TEST(reasons_of_both_directions_have_numbers)
{
    const double flags[] = {1, 0, 0, 1, 1, 1, 0, 0}, numbers[] = {1, 2, 3, 4}, codes[] = {1, 1, 2, NAN};
    const int32_t by_hand[] = {0, 0, 1, 1};
    pz_grouping_problem *problem = new_problem(4, 2, 2, 2);
    pz_grouping_result *result;
    pz_grouping_reason **rows;
    size_t count, seen = 0;
    ck_assert_ok(pz_grouping_add_features(problem, "s", flags, 4, 2, PZ_METRIC_SETS, PZ_DIRECTION_COMPLEMENTARY, 3));
    ck_assert_ok(pz_grouping_add_numeric(problem, "b", numbers, 4, PZ_DIRECTION_BALANCED, 1));
    ck_assert_ok(pz_grouping_add_features(problem, "c", codes, 4, 1, PZ_METRIC_CATEGORIES, PZ_DIRECTION_BALANCED, 1));
    ck_assert_ok(pz_grouping_score(problem, by_hand, 4, &result));
    ck_assert_ok(pz_grouping_reason_list(result, &rows, &count));
    for (size_t i = 0; i < count; i++) {
        const pz_grouping_reason *row = rows[i];
        if (row->criterion == 0 && row->group == 0) { /* one has what the other lacks, both ways */
            ck_assert_str_eq(row->code, row->learner < 0 ? "reason.group.complementary" : "reason.learner.complementary");
            ck_assert(row->value == (row->learner < 0 ? 2 : 1) && row->other == row->value);
            seen++;
        }
        if (row->criterion == 0 && row->learner == 3) ck_assert(row->value == 2 && row->other == 2);
        if (row->criterion == 1 && row->group == 1 && row->learner < 0) {
            ck_assert_str_eq(row->code, "reason.group.balanced");
            ck_assert(row->value == 3.5 && row->other == 2.5);
            seen++;
        }
        if (row->criterion == 1 && row->learner == 3) ck_assert_str_eq(row->code, "reason.learner.balanced");
        if (row->criterion == 2 && row->group == 0 && row->learner < 0) {
            ck_assert_int_eq(row->column, 0);
            ck_assert(fabs(fabs(row->value - row->other) - 1.0 / 3) < 1e-12);
            seen++;
        }
        if (row->criterion == 2 && row->learner == 3) ck_assert_str_eq(row->code, "reason.learner.no_value");
    }
    ck_assert_uint_eq(seen, 5);
    pz_free(rows);
    pz_grouping_result_free(result);
    pz_grouping_problem_free(problem);
}
END_TEST

START_TEST(directions_that_make_no_sense_are_refused_in_words)
{
    const double values[] = {0, 1, 1}, square[9] = {0};
    pz_grouping_problem *problem = new_problem(3, 1, 2, 0);
    ck_assert_status(pz_grouping_add_numeric(problem, "a", values, 3, PZ_DIRECTION_COMPLEMENTARY, 1), PZ_E_INVALID);
    ck_assert_str_eq(pz_last_error()->field, "direction");
    ck_assert_status(pz_grouping_add_pairs(problem, "a", square, 3, 3, PZ_DIRECTION_BALANCED, 1), PZ_E_INVALID);
    ck_assert_status(pz_grouping_add_pairs(problem, "a", square, 3, 3, PZ_DIRECTION_COMPLEMENTARY, 1), PZ_E_INVALID);
    ck_assert_status(pz_grouping_add_features(problem, "a", values, 3, 1, PZ_METRIC_TIMES, PZ_DIRECTION_BALANCED, 1), PZ_E_INVALID);
    ck_assert_status(pz_grouping_add_features(problem, "a", values, 3, 1, PZ_METRIC_TIMES, PZ_DIRECTION_COMPLEMENTARY, 1), PZ_E_INVALID);
    ck_assert_status(pz_grouping_add_features(problem, "a", values, 3, 1, PZ_METRIC_EUCLIDEAN, PZ_DIRECTION_COMPLEMENTARY, 1), PZ_E_INVALID);
    ck_assert_status(pz_grouping_add_features(problem, "a", values, 3, 1, PZ_METRIC_SETS, (pz_grouping_direction)5, 1), PZ_E_INVALID);
    pz_grouping_problem_free(problem);
    enum { MANY = 300 };
    double codes[MANY * 20];
    problem = new_problem(MANY, 3, 4, 0);
    for (int i = 0; i < MANY; i++) codes[i] = i;
    ck_assert_status(pz_grouping_add_features(problem, "a", codes, MANY, 1, PZ_METRIC_CATEGORIES, PZ_DIRECTION_BALANCED, 1), PZ_E_LIMIT);
    for (int i = 0; i < MANY * 20; i++) codes[i] = i / 20 % 250;
    ck_assert_status(pz_grouping_add_features(problem, "a", codes, MANY, 20, PZ_METRIC_CATEGORIES, PZ_DIRECTION_BALANCED, 1), PZ_E_LIMIT);
    pz_grouping_problem_free(problem);
}
END_TEST

/* --------------------------------------------------------------------------------------------------- fairness --- */

START_TEST(fairness_is_told_in_figures)
{
    /* Group 0: F F M M, group 1: F M M M, group 2: F alone in a group of one, and one of whom nothing is known. */
    const double attributes[] = {1, 1, 2, 2, 1, 2, 2, 2, 1, NAN};
    const int32_t by_hand[] = {0, 0, 0, 0, 1, 1, 1, 1, 2, -1};
    pz_grouping_problem *problem = new_problem(10, 1, 4, 0);
    pz_grouping_result *result;
    pz_grouping_fairness **rows;
    size_t count;
    ck_assert_ok(pz_grouping_score(problem, by_hand, 10, &result));
    ck_assert_ok(pz_grouping_fairness_list(result, attributes, 10, 1, &rows, &count));
    ck_assert_uint_eq(count, 2);
    ck_assert(rows[0]->code == 1 && rows[1]->code == 2);
    ck_assert_int_eq(rows[0]->learners, 4);
    ck_assert_int_eq(rows[0]->groups, 3);
    ck_assert_int_eq(rows[0]->alone, 1);
    /* Two groups of four of nine learners, four of them marked: 2 * C(4,1) C(5,3) / C(9,4) */
    ck_assert(fabs(rows[0]->alone_by_chance - 2.0 * 40 / 126) < 1e-12);
    ck_assert(fabs(rows[0]->share - 4.0 / 9) < 1e-12);
    ck_assert(rows[0]->least_share == 0.25 && rows[0]->most_share == 1);
    double between = (4 * 1.0 / 324 + 4 * 49.0 / 1296 + 25.0 / 81) / (9 * 20.0 / 81);
    ck_assert(fabs(rows[0]->between - between) < 1e-12);
    ck_assert(fabs(rows[0]->between_by_chance - 2.0 / 8) < 1e-12);
    pz_free(rows);

    ck_assert_status(pz_grouping_fairness_list(NULL, attributes, 10, 1, &rows, &count), PZ_E_CLOSED);
    ck_assert_status(pz_grouping_fairness_list(result, NULL, 10, 1, &rows, &count), PZ_E_INVALID);
    ck_assert_status(pz_grouping_fairness_list(result, attributes, 9, 1, &rows, &count), PZ_E_INVALID);
    ck_assert_status(pz_grouping_fairness_list(result, attributes, 10, 0, &rows, &count), PZ_E_INVALID);
    ck_assert_status(pz_grouping_fairness_list(result, attributes, 10, 1, NULL, &count), PZ_E_INVALID);
    double endless[10] = {INFINITY};
    ck_assert_status(pz_grouping_fairness_list(result, endless, 10, 1, &rows, &count), PZ_E_INVALID);
    ck_assert_ptr_null(rows);
    pz_grouping_result_free(result);
    pz_grouping_problem_free(problem);
    problem = new_problem(300, 3, 3, 0);
    double codes[300];
    for (int i = 0; i < 300; i++) codes[i] = i;
    result = solve(problem, 1, 1);
    ck_assert_status(pz_grouping_fairness_list(result, codes, 300, 1, &rows, &count), PZ_E_LIMIT);
    pz_grouping_alternative **alternatives;
    ck_assert_status(pz_grouping_alternative_list(NULL, 0, &alternatives, &count), PZ_E_CLOSED);
    ck_assert_status(pz_grouping_alternative_list(result, 300, &alternatives, &count), PZ_E_INVALID);
    ck_assert_status(pz_grouping_alternative_list(result, -1, &alternatives, &count), PZ_E_INVALID);
    ck_assert_status(pz_grouping_alternative_list(result, 0, NULL, &count), PZ_E_INVALID);
    pz_grouping_result_free(result);
    pz_grouping_problem_free(problem);
}
END_TEST

START_TEST(who_stays_at_the_bottom_is_told)
{
    const double tiers[] = {0, 0, 0, 1, 0, NAN, NAN, NAN, NAN, 0, 2, 0}, levels[] = {1, 9, 2, 8}, bad[12] = {0.5}, below[12] = {-1};
    pz_grouping_problem *problem = new_problem(4, 2, 2, 2), *plain = new_problem(4, 2, 2, 2);
    pz_grouping_stay **rows;
    size_t count;
    ck_assert_ok(pz_grouping_add_numeric(problem, "level", levels, 4, PZ_DIRECTION_ALIKE, 1));
    pz_grouping_result *result = solve(problem, 1, 10), *without = solve(plain, 1, 1);
    ck_assert_ok(pz_grouping_stay_list(result, tiers, 4, 3, &rows, &count));
    ck_assert_uint_eq(count, 4);
    ck_assert(rows[0]->divisions == 3 && rows[0]->lowest == 3 && rows[0]->in_a_row == 3 && rows[0]->share == 1 && rows[0]->now == 1);
    ck_assert(rows[1]->divisions == 2 && rows[1]->lowest == 1 && rows[1]->in_a_row == 1 && rows[1]->share == 0.5 && rows[1]->now == 0);
    ck_assert(rows[2]->divisions == 0 && isnan(rows[2]->share) && rows[2]->now == 1);
    ck_assert(rows[3]->divisions == 3 && rows[3]->lowest == 2 && rows[3]->in_a_row == 1);
    pz_free(rows);
    ck_assert_ok(pz_grouping_stay_list(without, tiers, 4, 3, &rows, &count));
    ck_assert_int_eq(rows[0]->now, -1);
    pz_free(rows);
    ck_assert_status(pz_grouping_stay_list(NULL, tiers, 4, 3, &rows, &count), PZ_E_CLOSED);
    ck_assert_status(pz_grouping_stay_list(result, tiers, 3, 3, &rows, &count), PZ_E_INVALID);
    ck_assert_status(pz_grouping_stay_list(result, tiers, 4, 0, &rows, &count), PZ_E_INVALID);
    ck_assert_status(pz_grouping_stay_list(result, bad, 4, 3, &rows, &count), PZ_E_INVALID);
    ck_assert_status(pz_grouping_stay_list(result, below, 4, 3, &rows, &count), PZ_E_INVALID);
    ck_assert_status(pz_grouping_stay_list(result, tiers, 4, 3, NULL, &count), PZ_E_INVALID);
    pz_grouping_result_free(result);
    pz_grouping_result_free(without);
    pz_grouping_problem_free(problem);
    pz_grouping_problem_free(plain);
}
END_TEST

static pz_status everything(void *user_data)
{
    const double codes[] = {1, 1, 2, NAN}, flags[] = {1, 0, 0, 1}, tiers[] = {0, 0, 1, 1};
    pz_grouping_problem *problem = NULL, *again = NULL;
    pz_grouping_result *result = NULL;
    pz_grouping_reason **reasons = NULL;
    pz_grouping_alternative **alternatives = NULL;
    pz_grouping_fairness **fairness = NULL;
    pz_grouping_stay **stays = NULL;
    char *json = NULL;
    size_t count;
    (void)user_data;
    pz_status status = pz_grouping_problem_new(4, 2, 2, 2, &problem);
    if (status == PZ_OK)
        status = pz_grouping_add_features(problem, "b", codes, 4, 1, PZ_METRIC_CATEGORIES, PZ_DIRECTION_BALANCED, 1);
    if (status == PZ_OK)
        status = pz_grouping_add_features(problem, "c", flags, 4, 1, PZ_METRIC_SETS, PZ_DIRECTION_COMPLEMENTARY, 1);
    if (status == PZ_OK) status = pz_grouping_solve(problem, NULL, NULL, NULL, &result);
    if (status == PZ_OK) status = pz_grouping_reason_list(result, &reasons, &count);
    if (status == PZ_OK) status = pz_grouping_alternative_list(result, 0, &alternatives, &count);
    if (status == PZ_OK) status = pz_grouping_fairness_list(result, codes, 4, 1, &fairness, &count);
    if (status == PZ_OK) status = pz_grouping_stay_list(result, tiers, 4, 1, &stays, &count);
    if (status == PZ_OK) status = pz_grouping_problem_write(problem, &json);
    if (status == PZ_OK) status = pz_grouping_problem_read(json, PZ_NUL_TERMINATED, &again);
    pz_free(reasons);
    pz_free(alternatives);
    pz_free(fairness);
    pz_free(stays);
    pz_free(json);
    pz_grouping_result_free(result);
    pz_grouping_problem_free(problem);
    pz_grouping_problem_free(again);
    return status;
}

START_TEST(memory_that_fails_is_told_and_freed)
{
    ck_assert_int_gt(suite_each_allocation(everything, NULL), 60);
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("grouping_directions");
    TCase *tests = tcase_create("directions");
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, terms_are_what_their_definitions_say);
    tcase_add_test(tests, criteria_of_every_kind_go_together);
    tcase_add_test(tests, reasons_of_both_directions_have_numbers);
    tcase_add_test(tests, directions_that_make_no_sense_are_refused_in_words);
    tcase_add_test(tests, fairness_is_told_in_figures);
    tcase_add_test(tests, who_stays_at_the_bottom_is_told);
    tcase_add_test(tests, memory_that_fails_is_told_and_freed);
    suite_add_tcase(suite, tests);
    return suite;
}

SUITE_MAIN(make_suite)
