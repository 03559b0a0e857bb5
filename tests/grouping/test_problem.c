/* What goes into a problem, and what comes out of it as JSON. */
#include "grouping/problems.h"

static const double three[] = {1, 2, 3};

START_TEST(numbers_out_of_range_are_refused_by_name)
{
    pz_grouping_problem *problem = (pz_grouping_problem *)1;
    ck_assert_status(pz_grouping_problem_new(0, 2, 3, 0, &problem), PZ_E_INVALID);
    ck_assert_ptr_null(problem);
    ck_assert_str_eq(pz_last_error()->field, "learners");
    ck_assert_status(pz_grouping_problem_new(100001, 2, 3, 0, &problem), PZ_E_INVALID);
    ck_assert_status(pz_grouping_problem_new(5, 0, 3, 0, &problem), PZ_E_INVALID);
    ck_assert_str_eq(pz_last_error()->field, "size_min");
    ck_assert_status(pz_grouping_problem_new(5, 3, 2, 0, &problem), PZ_E_INVALID);
    ck_assert_str_eq(pz_last_error()->field, "size_max");
    ck_assert_status(pz_grouping_problem_new(5, 1, INT32_MAX, 0, &problem), PZ_E_INVALID);
    ck_assert_status(pz_grouping_problem_new(5, 1, 2, -1, &problem), PZ_E_INVALID);
    ck_assert_str_eq(pz_last_error()->field, "groups");
    ck_assert_status(pz_grouping_problem_new(5, 1, 2, 0, NULL), PZ_E_INVALID);
    pz_grouping_problem_free(NULL);
    pz_grouping_result_free(NULL);
}
END_TEST

START_TEST(criteria_are_checked_row_by_row)
{
    pz_grouping_problem *problem = new_problem(3, 1, 3, 0);
    const double infinite[] = {1, INFINITY, 3}, half[] = {0, 0.5, 1, 0, 1, 1.5};
    ck_assert_status(pz_grouping_add_numeric(NULL, "a", three, 3, PZ_DIRECTION_ALIKE, 1), PZ_E_CLOSED);
    ck_assert_status(pz_grouping_add_numeric(problem, "a", NULL, 3, PZ_DIRECTION_ALIKE, 1), PZ_E_INVALID);
    ck_assert_status(pz_grouping_add_numeric(problem, NULL, three, 3, PZ_DIRECTION_ALIKE, 1), PZ_E_INVALID);
    ck_assert_status(pz_grouping_add_numeric(problem, "\xff", three, 3, PZ_DIRECTION_ALIKE, 1), PZ_E_TEXT);
    ck_assert_status(pz_grouping_add_numeric(problem, "a", three, 2, PZ_DIRECTION_ALIKE, 1), PZ_E_INVALID);
    ck_assert_status(pz_grouping_add_numeric(problem, "a", three, 3, (pz_grouping_direction)7, 1), PZ_E_INVALID);
    ck_assert_status(pz_grouping_add_numeric(problem, "a", three, 3, PZ_DIRECTION_ALIKE, 0), PZ_E_INVALID);
    ck_assert_status(pz_grouping_add_numeric(problem, "a", three, 3, PZ_DIRECTION_ALIKE, NAN), PZ_E_INVALID);
    ck_assert_status(pz_grouping_add_numeric(problem, "a", infinite, 3, PZ_DIRECTION_ALIKE, 1), PZ_E_INVALID);
    ck_assert_ptr_nonnull(strstr(pz_last_error()->message, "Row 1"));
    ck_assert_status(pz_grouping_add_needs(problem, "n", half, 3, 2, 1), PZ_E_INVALID);
    ck_assert_ptr_nonnull(strstr(pz_last_error()->message, "Row 2, column 1"));
    ck_assert_status(pz_grouping_add_needs(problem, "n", half, 3, 0, 1), PZ_E_INVALID);
    ck_assert_ok(pz_grouping_add_needs(problem, "n", half, 3, 1, 1));
    ck_assert_status(pz_grouping_add_needs(problem, "n", half, 3, 1, 1), PZ_E_EXISTS);
    char name[1100];
    memset(name, 'a', sizeof name);
    name[sizeof name - 1] = 0;
    ck_assert_status(pz_grouping_add_numeric(problem, name, three, 3, PZ_DIRECTION_ALIKE, 1), PZ_E_TOO_LONG);
    for (int i = 1; i < 64; i++) ck_assert_ok(pz_grouping_add_numeric(problem, "a", three, 3, PZ_DIRECTION_ALIKE, 1));
    ck_assert_status(pz_grouping_add_numeric(problem, "a", three, 3, PZ_DIRECTION_ALIKE, 1), PZ_E_LIMIT);
    pz_grouping_problem_free(problem);
}
END_TEST

START_TEST(rules_name_learners_that_are_there)
{
    pz_grouping_problem *problem = new_problem(3, 1, 3, 0);
    ck_assert_status(pz_grouping_add_together(NULL, 0, 1), PZ_E_CLOSED);
    ck_assert_status(pz_grouping_add_together(problem, 0, 0), PZ_E_INVALID);
    ck_assert_status(pz_grouping_add_together(problem, 0, 3), PZ_E_INVALID);
    ck_assert_status(pz_grouping_add_apart(problem, -1, 1), PZ_E_INVALID);
    ck_assert_status(pz_grouping_add_locked(problem, 0, -1), PZ_E_INVALID);
    ck_assert_status(pz_grouping_add_locked(problem, 5, 0), PZ_E_INVALID);
    ck_assert_status(pz_grouping_add_absent(problem, 3), PZ_E_INVALID);
    ck_assert_status(pz_grouping_add_absent(NULL, 0), PZ_E_CLOSED);
    ck_assert_status(pz_grouping_add_locked(NULL, 0, 0), PZ_E_CLOSED);
    pz_grouping_problem_free(problem);
}
END_TEST

static pz_grouping_problem *rich_problem(void)
{
    static const double readiness[] = {0.1, 1.0 / 3, NAN, -2.5, 1e-300, 12345.678901234567};
    static const double needs[] = {0, 1, 0.25, 0, 0.1, 0.2, 1, 0, 0, 0, 0.7, 0.7};
    pz_grouping_problem *problem = new_problem(6, 2, 3, 0);
    ck_assert_ok(pz_grouping_add_numeric(problem, "readiness \"x\"", readiness, 6, PZ_DIRECTION_MIXED, 0.3));
    ck_assert_ok(pz_grouping_add_needs(problem, "needs", needs, 6, 2, 1));
    ck_assert_ok(pz_grouping_add_together(problem, 4, 1));
    ck_assert_ok(pz_grouping_add_together(problem, 1, 4)); /* the same */
    ck_assert_ok(pz_grouping_add_apart(problem, 0, 5));
    ck_assert_ok(pz_grouping_add_locked(problem, 5, 1));
    ck_assert_ok(pz_grouping_add_absent(problem, 3));
    return problem;
}

START_TEST(a_problem_survives_json_to_the_last_bit)
{
    pz_grouping_problem *problem = rich_problem(), *again;
    char *json, *json_again;
    int32_t groups[6], groups_again[6];
    ck_assert_ok(pz_grouping_problem_write(problem, &json));
    ck_assert_ok(pz_grouping_problem_read(json, PZ_NUL_TERMINATED, &again));
    ck_assert_ok(pz_grouping_problem_write(again, &json_again));
    ck_assert_str_eq(json, json_again);
    pz_grouping_result *result = solve(problem, 9, 20), *result_again = solve(again, 9, 20);
    ck_assert_ok(pz_grouping_result_groups(result, groups, 6));
    ck_assert_ok(pz_grouping_result_groups(result_again, groups_again, 6));
    ck_assert_mem_eq(groups, groups_again, sizeof groups);
    ck_assert(summary_of(result).objective == summary_of(result_again).objective);
    pz_grouping_result_free(result);
    pz_grouping_result_free(result_again);
    pz_free(json);
    pz_free(json_again);
    pz_grouping_problem_free(problem);
    pz_grouping_problem_free(again);
}
END_TEST

START_TEST(json_that_is_no_problem_is_refused_by_member)
{
    static const struct {
        const char *json, *field;
        pz_status status;
    } cases[] = {
        {"", NULL, PZ_E_FORMAT},
        {"[]", "version", PZ_E_INVALID},
        {"{\"version\":2}", "version", PZ_E_INVALID},
        {"{\"version\":1,\"learners\":0}", "learners", PZ_E_INVALID},
        {"{\"version\":1,\"learners\":2,\"size_min\":1,\"size_max\":2,\"groups\":0}", "criteria", PZ_E_INVALID},
        {"{\"version\":1,\"learners\":2,\"size_min\":1,\"size_max\":2,\"groups\":0,\"criteria\":[{}],\"rules\":[]}", "name", PZ_E_INVALID},
        {"{\"version\":1,\"learners\":2,\"size_min\":1,\"size_max\":2,\"groups\":0,\"criteria\":[{\"name\":\"a\",\"weight\":1,\"direction\":\"alike\",\"values\":[1]}],\"rules\":[]}", "values", PZ_E_INVALID},
        {"{\"version\":1,\"learners\":2,\"size_min\":1,\"size_max\":2,\"groups\":0,\"criteria\":[{\"name\":\"a\",\"weight\":1,\"values\":[1,2]}],\"rules\":[]}", "direction", PZ_E_INVALID},
        {"{\"version\":1,\"learners\":2,\"size_min\":1,\"size_max\":2,\"groups\":0,\"criteria\":[],\"rules\":[{\"rule\":\"near\",\"learner\":0}]}", "rule", PZ_E_INVALID},
        {"{\"version\":1,\"learners\":2,\"size_min\":1,\"size_max\":2,\"groups\":0,\"criteria\":[],\"rules\":[{\"rule\":\"apart\",\"learner\":0,\"other\":2}]}", "other", PZ_E_INVALID},
        {"{\"version\":1,\"learners\":2,\"size_min\":1,\"size_max\":2,\"groups\":0,\"criteria\":[],\"rules\":[1]}", "rules", PZ_E_INVALID},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        pz_grouping_problem *problem = (pz_grouping_problem *)1;
        ck_assert_status(pz_grouping_problem_read(cases[i].json, PZ_NUL_TERMINATED, &problem), cases[i].status);
        ck_assert_ptr_null(problem);
        if (cases[i].field) ck_assert_str_eq(pz_last_error()->field, cases[i].field);
    }
    pz_grouping_problem *problem;
    char *json;
    ck_assert_status(pz_grouping_problem_read(NULL, 0, &problem), PZ_E_INVALID);
    ck_assert_status(pz_grouping_problem_read("{}", 2, NULL), PZ_E_INVALID);
    ck_assert_status(pz_grouping_problem_write(NULL, &json), PZ_E_CLOSED);
}
END_TEST

START_TEST(a_result_does_not_change_with_its_problem)
{
    pz_grouping_problem *problem = new_problem(4, 2, 2, 0);
    const double values[] = {1, 2, 3, 4}, others[] = {4, 1, 3, 2};
    pz_grouping_term **terms;
    size_t count;
    ck_assert_ok(pz_grouping_add_numeric(problem, "a", values, 4, PZ_DIRECTION_ALIKE, 1));
    pz_grouping_result *result = solve(problem, 1, 10);
    double before = summary_of(result).objective;
    ck_assert_ok(pz_grouping_add_numeric(problem, "b", others, 4, PZ_DIRECTION_MIXED, 5));
    ck_assert_ok(pz_grouping_add_apart(problem, 0, 1));
    pz_grouping_problem_free(problem);
    ck_assert(summary_of(result).objective == before);
    ck_assert_ok(pz_grouping_term_list(result, &terms, &count));
    ck_assert_uint_eq(count, 1);
    pz_free(terms);
    pz_grouping_result_free(result);
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("grouping_problem");
    TCase *tests = tcase_create("problem");
    tcase_add_test(tests, numbers_out_of_range_are_refused_by_name);
    tcase_add_test(tests, criteria_are_checked_row_by_row);
    tcase_add_test(tests, rules_name_learners_that_are_there);
    tcase_add_test(tests, a_problem_survives_json_to_the_last_bit);
    tcase_add_test(tests, json_that_is_no_problem_is_refused_by_member);
    tcase_add_test(tests, a_result_does_not_change_with_its_problem);
    suite_add_tcase(suite, tests);
    return suite;
}

SUITE_MAIN(make_suite)
