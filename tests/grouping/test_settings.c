/* Settings: written without any learner, read again, used for another class; what is broken in them. */
#include "grouping/problems.h"
#include "personalize/strategy.h"
#include "support/schema_check.h"

enum { N = 8 };

static const double values[N] = {1, 2, 3, 4, 5, 6, 7, 8}, flags[N] = {1, 0, 1, 0, 1, 0, 1, 0}, earlier[N] = {0, 0, 1, 1, 2, 2, 3, 3};

static pz_status make(pz_grouping_problem **out)
{
    pz_status status = pz_grouping_problem_new(N, 2, 4, 0, out);
    if (status == PZ_OK) status = pz_grouping_add_numeric(*out, "level", values, N, PZ_DIRECTION_MIXED, 2);
    if (status == PZ_OK) status = pz_grouping_add_numeric(*out, "spread", values, N, PZ_DIRECTION_BALANCED, 1);
    if (status == PZ_OK) status = pz_grouping_add_needs(*out, "need", flags, N, 1, .5);
    if (status == PZ_OK) status = pz_grouping_add_features(*out, "likes", flags, N, 1, PZ_METRIC_SETS, PZ_DIRECTION_ALIKE, 1);
    if (status == PZ_OK) status = pz_grouping_add_earlier(*out, "seats", earlier, N, 1, .5, 1);
    if (status == PZ_OK) status = pz_grouping_add_not_alone(*out, "girls", flags, N, 2);
    if (status == PZ_OK) status = pz_grouping_add_role(*out, "leads", flags, N, 1, 4);
    if (status == PZ_OK) status = pz_grouping_add_common_time(*out, "free", flags, N, 1, 1);
    if (status == PZ_OK) status = pz_grouping_add_earlier_cap(*out, "cap", earlier, N, 1, 1);
    if (status == PZ_OK) status = pz_grouping_add_apart(*out, 0, 1);
    if (status == PZ_OK) status = pz_grouping_add_apart(*out, 2, 3);
    return status;
}

static const char *const names[] = {"level", "spread", "need", "likes", "seats", "girls", "leads", "free", "cap"};

static const double *values_of(size_t i)
{
    return i < 2 ? values : i == 4 || i == 8 ? earlier : flags;
}

static pz_status write_read_use(void *user_data)
{
    pz_grouping_problem *problem = NULL, *again = NULL;
    pz_grouping_settings *settings = NULL;
    pz_settings_summary *summary = NULL;
    pz_settings_part **parts = NULL;
    char *json = NULL, **out_again = user_data;
    size_t count;
    pz_grouping_options options = PZ_GROUPING_OPTIONS_INIT;
    options.seed = UINT64_MAX;
    options.iterations = 77;
    pz_status status = make(&problem);
    if (status == PZ_OK) status = pz_grouping_settings_write(problem, "Pods", "Ms. R.", &options, &json);
    if (status == PZ_OK) status = pz_grouping_settings_read(json, PZ_NUL_TERMINATED, &settings);
    if (status == PZ_OK) status = pz_grouping_settings_describe(settings, &summary);
    if (status == PZ_OK) status = pz_grouping_settings_list(settings, &parts, &count);
    if (status == PZ_OK) ck_assert(summary->seed == UINT64_MAX && summary->iterations == 77 && count == 10);
    if (status == PZ_OK) status = pz_grouping_settings_problem(settings, N, &again);
    for (size_t i = 0; status == PZ_OK && i < sizeof names / sizeof *names; i++)
        status = pz_grouping_settings_add(settings, again, names[i], values_of(i), N, 1);
    if (status == PZ_OK) status = pz_grouping_add_apart(again, 4, 5);
    if (status == PZ_OK && out_again) status = pz_grouping_settings_write(again, "Pods", "Ms. R.", &options, out_again);
    if (status == PZ_OK && out_again) ck_assert_str_eq(json, *out_again);
    pz_free(json);
    pz_free(summary);
    pz_free(parts);
    pz_grouping_settings_free(settings);
    pz_grouping_problem_free(problem);
    pz_grouping_problem_free(again);
    return status;
}

START_TEST(what_is_written_is_read_and_makes_the_same_problem)
{
    char *json = NULL;
    ck_assert_ok(write_read_use(&json));
    ck_assert_ptr_nonnull(strstr(json, "\"Ms. R.\""));
    ck_assert_ptr_null(strstr(json, "learner"));
    ck_assert_ptr_null(strstr(json, "values"));
    ck_assert_schema("grouping-settings", json);
    pz_free(json);
}
END_TEST

/* Each kind of criterion and rule, each direction and metric that there is, and none of them. */
START_TEST(everything_that_can_be_set_fits_the_schema)
{
    static const double distances[N * N];
    static const int32_t some[] = {0, 1};
    pz_grouping_problem *problem = NULL, *plain;
    pz_grouping_options options = PZ_GROUPING_OPTIONS_INIT;
    char *json;
    ck_assert_ok(make(&problem));
    ck_assert_ok(pz_grouping_add_pairs(problem, "distances", distances, N, N, PZ_DIRECTION_MIXED, 1));
    ck_assert_ok(pz_grouping_add_features(problem, "ranks", values, N, 1, PZ_METRIC_MANHATTAN, PZ_DIRECTION_MIXED, 1e-3));
    ck_assert_ok(pz_grouping_add_features(problem, "scores", values, N, 1, PZ_METRIC_EUCLIDEAN, PZ_DIRECTION_BALANCED, 1e6));
    ck_assert_ok(pz_grouping_add_features(problem, "kinds", flags, N, 1, PZ_METRIC_CATEGORIES, PZ_DIRECTION_COMPLEMENTARY, 1));
    ck_assert_ok(pz_grouping_add_features(problem, "times", flags, N, 1, PZ_METRIC_TIMES, PZ_DIRECTION_ALIKE, 1));
    ck_assert_ok(pz_grouping_add_together(problem, 4, 5));
    ck_assert_ok(pz_grouping_add_locked(problem, 6, 0));
    ck_assert_ok(pz_grouping_add_absent(problem, 7));
    ck_assert_ok(pz_grouping_add_opted_out(problem, 3));
    ck_assert_ok(pz_grouping_add_allowed(problem, 5, some, 2));
    options.seed = UINT64_MAX;
    options.iterations = 1000000000;
    ck_assert_ok(pz_grouping_settings_write(problem, "Everything", "Ms. R.", &options, &json));
    ck_assert_schema("grouping-settings", json);
    pz_free(json);
    ck_assert_ok(pz_grouping_problem_new(N, 1, 100000, 3, &plain));
    ck_assert_ok(pz_grouping_add_group_size(plain, 2, 1, 2));
    ck_assert_ok(pz_grouping_settings_write(plain, "Nothing", NULL, NULL, &json));
    ck_assert_schema("grouping-settings", json);
    pz_free(json);
    pz_grouping_problem_free(plain);
    pz_grouping_problem_free(problem);
}
END_TEST

START_TEST(parts_say_what_they_ask_for)
{
    pz_grouping_problem *problem;
    pz_grouping_settings *settings;
    pz_settings_part **parts;
    char *json;
    size_t count;
    ck_assert_ok(make(&problem));
    ck_assert_ok(pz_grouping_settings_write(problem, "Pods", NULL, NULL, &json));
    ck_assert_ok(pz_grouping_settings_read(json, strlen(json), &settings));
    ck_assert_ok(pz_grouping_settings_list(settings, &parts, &count));
    ck_assert_str_eq(parts[0]->name, "level");
    ck_assert_str_eq(parts[0]->kind, "numeric");
    ck_assert_int_eq(parts[0]->direction, PZ_DIRECTION_MIXED);
    ck_assert_double_eq(parts[0]->weight, 2);
    ck_assert_int_eq(parts[3]->metric, PZ_METRIC_SETS);
    ck_assert_double_eq(parts[4]->decay, .5);
    ck_assert(parts[5]->is_rule && parts[5]->least == 2);
    ck_assert_str_eq(parts[9]->kind, "apart");
    ck_assert_status(pz_grouping_settings_add(settings, problem, "nothing", values, N, 1), PZ_E_NOT_FOUND);
    ck_assert_status(pz_grouping_settings_add(settings, problem, "level", values, N / 2, 2), PZ_E_INVALID);
    ck_assert_status(pz_grouping_settings_add(settings, NULL, "level", values, N, 1), PZ_E_CLOSED);
    ck_assert_status(pz_grouping_settings_add(NULL, problem, "level", values, N, 1), PZ_E_CLOSED);
    ck_assert_status(pz_grouping_settings_add(settings, problem, NULL, values, N, 1), PZ_E_INVALID);
    pz_free(parts);
    ck_assert_status(pz_grouping_settings_list(NULL, &parts, &count), PZ_E_CLOSED);
    ck_assert_ptr_null(parts);
    pz_settings_summary *summary;
    ck_assert_status(pz_grouping_settings_describe(NULL, &summary), PZ_E_CLOSED);
    pz_grouping_problem *none;
    ck_assert_status(pz_grouping_settings_problem(settings, 0, &none), PZ_E_INVALID);
    ck_assert_status(pz_grouping_settings_problem(NULL, 5, &none), PZ_E_CLOSED);
    char *refused;
    ck_assert_status(pz_grouping_settings_write(NULL, "x", NULL, NULL, &refused), PZ_E_CLOSED);
    ck_assert_status(pz_grouping_settings_write(problem, "", NULL, NULL, &refused), PZ_E_INVALID);
    ck_assert_status(pz_grouping_settings_write(problem, "\xff", NULL, NULL, &refused), PZ_E_TEXT);
    ck_assert_ptr_null(refused);
    pz_grouping_settings_free(settings);
    pz_grouping_settings_free(NULL);
    pz_free(json);
    pz_grouping_problem_free(problem);
}
END_TEST

#define FRAME(name, sizes, seed, criteria, rules)                                                                                          \
    "{\"version\":1,\"name\":" name ",\"author\":null," sizes ",\"groups\":0,\"seed\":" seed ",\"iterations\":0,\"criteria\":" criteria    \
    ",\"rules\":" rules "}"
#define SIZES "\"size_min\":3,\"size_max\":4"

START_TEST(broken_settings_are_refused_by_name)
{
    static const struct {
        const char *json, *field;
        pz_status status;
    } cases[] = {
        {FRAME("\"x\"", SIZES, "\"1\"", "[]", "[]"), "", PZ_OK},
        {"", "", PZ_E_FORMAT},
        {"[]", "version", PZ_E_INVALID},
        {"{\"version\":2}", "version", PZ_E_INVALID},
        {FRAME("7", SIZES, "\"1\"", "[]", "[]"), "name", PZ_E_INVALID},
        {FRAME("\"x\"", "\"size_min\":5,\"size_max\":4", "\"1\"", "[]", "[]"), "size_max", PZ_E_INVALID},
        {FRAME("\"x\"", SIZES, "1", "[]", "[]"), "seed", PZ_E_INVALID},
        {FRAME("\"x\"", SIZES, "\"18446744073709551616\"", "[]", "[]"), "seed", PZ_E_INVALID},
        {FRAME("\"x\"", SIZES, "\"1\"", "{}", "[]"), "criteria", PZ_E_INVALID},
        {FRAME("\"x\"", SIZES, "\"1\"", "[1]", "[]"), "criteria", PZ_E_INVALID},
        {FRAME("\"x\"", SIZES, "\"1\"", "[{\"name\":\"a\",\"kind\":\"odd\",\"weight\":1}]", "[]"), "kind", PZ_E_INVALID},
        {FRAME("\"x\"", SIZES, "\"1\"", "[{\"name\":\"a\",\"kind\":\"needs\",\"weight\":0}]", "[]"), "weight", PZ_E_INVALID},
        {FRAME("\"x\"", SIZES, "\"1\"", "[{\"name\":\"a\",\"kind\":\"numeric\",\"weight\":1}]", "[]"), "direction", PZ_E_INVALID},
        {FRAME("\"x\"", SIZES, "\"1\"", "[{\"name\":\"a\",\"kind\":\"features\",\"weight\":1,\"direction\":\"alike\"}]", "[]"), "metric",
         PZ_E_INVALID},
        {FRAME("\"x\"", SIZES, "\"1\"", "[{\"name\":\"a\",\"kind\":\"earlier\",\"weight\":1}]", "[]"), "decay", PZ_E_INVALID},
        {FRAME("\"x\"", SIZES, "\"1\"", "[]", "[{\"kind\":\"size\"}]"), "kind", PZ_E_INVALID},
        {FRAME("\"x\"", SIZES, "\"1\"", "[]", "[{\"kind\":\"role\"}]"), "name", PZ_E_INVALID},
        {FRAME("\"x\"", SIZES, "\"1\"", "[]", "[{\"kind\":\"role\",\"name\":\"a\",\"least\":-1}]"), "least", PZ_E_INVALID},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        pz_grouping_settings *settings;
        ck_assert_status(pz_grouping_settings_read(cases[i].json, PZ_NUL_TERMINATED, &settings), cases[i].status);
        if (cases[i].status == PZ_E_INVALID) ck_assert_str_eq(pz_last_error()->field, cases[i].field);
        ck_assert_int_eq(settings != NULL, cases[i].status == PZ_OK);
        pz_grouping_settings_free(settings);
    }
    pz_grouping_settings *settings;
    ck_assert_status(pz_grouping_settings_read(NULL, 0, &settings), PZ_E_INVALID);
}
END_TEST

START_TEST(memory_that_fails_is_told_and_freed)
{
    ck_assert_int_gt(suite_each_allocation(write_read_use, NULL), 20);
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("grouping_settings");
    TCase *tests = tcase_create("settings");
    tcase_add_test(tests, what_is_written_is_read_and_makes_the_same_problem);
    tcase_add_test(tests, everything_that_can_be_set_fits_the_schema);
    tcase_add_test(tests, parts_say_what_they_ask_for);
    tcase_add_test(tests, broken_settings_are_refused_by_name);
    tcase_add_test(tests, memory_that_fails_is_told_and_freed);
    suite_add_tcase(suite, tests);
    return suite;
}

SUITE_MAIN(make_suite)
