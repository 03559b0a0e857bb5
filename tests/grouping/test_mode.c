/* Problems by mode: their defaults, what they form, the reasons of each mode, bad input. */
#include "base/random.h"
#include "grouping/problems.h"
#include "personalize/strategy.h"

enum { N = 12, COLUMNS = 3 };

static const double needs[N * COLUMNS] = {1,  0, 0, 1, 0, 0, .9, .2, 0, .8, 0,  0,  0, 1, 0,  0, .9, 0,
                                          .1, 1, 0, 0, 0, 1, 0,  0,  1, 0,  .3, .9, 0, 0, .8, 0, 0,  0};
static const double levels[N] = {.1, .15, .2, .25, .5, .52, .55, .6, .9, .92, .95, NAN};
static const double interests[N * COLUMNS] = {1, 0, 0, 1, 1, 0, 1, 0, 0, 0, 1, 0, 0,   1,   0,   0, 1, 1,
                                              0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 0, NAN, NAN, NAN, 1, 0, 0};

static const pz_grouping_reason *find(pz_grouping_reason **rows, size_t count, int32_t learner)
{
    for (size_t i = 0; i < count; i++)
        if (rows[i]->learner == learner) return rows[i];
    ck_abort_msg("no reason for learner %d", (int)learner);
    return NULL;
}

/* Each has a sentence in every language, another one in each, with all its numbers and names in it. */
static void check_words(pz_grouping_reason **rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        char *english, *spanish;
        const pz_grouping_reason *r = rows[i];
        const char *thing = r->column >= 0 ? "Thirds" : NULL;
        ck_assert_ok(pz_grouping_reason_text(r->code, r->value, r->other, thing, NULL, &english));
        ck_assert_ok(pz_grouping_reason_text(r->code, r->value, r->other, thing, "es-MX", &spanish));
        ck_assert_msg(!strpbrk(english, "{}|") && !strpbrk(spanish, "{}|") && strcmp(english, spanish), "%s", english);
        ck_assert_int_eq(r->column >= 0, strstr(english, "Thirds") && strstr(spanish, "Thirds"));
        pz_free(english);
        pz_free(spanish);
    }
}

/* Every group and every learner has one reason, and none has a code of another mode. */
static void check_reasons(const pz_grouping_result *result, pz_grouping_mode mode, const char *prefix)
{
    pz_grouping_reason **rows;
    size_t count, groups = 0;
    int32_t of[N];
    ck_assert_ok(pz_grouping_result_groups(result, of, N));
    ck_assert_ok(pz_grouping_mode_reason_list(result, mode, &rows, &count));
    ck_assert_uint_eq(count, N + (size_t)summary_of(result).groups);
    for (size_t i = 0; i < count; i++) {
        ck_assert_msg(!strncmp(rows[i]->code, prefix, strlen(prefix)), "%s", rows[i]->code);
        groups += rows[i]->learner < 0;
        if (rows[i]->learner >= 0) ck_assert_int_eq(of[rows[i]->learner], rows[i]->group);
    }
    ck_assert_uint_eq(groups, (size_t)summary_of(result).groups);
    check_words(rows, count);
    pz_free(rows);
}

START_TEST(need_groups_have_a_focus_and_say_it)
{
    pz_grouping_problem *problem;
    pz_grouping_reason **rows;
    size_t count;
    ck_assert_ok(pz_grouping_for_need(needs, N, COLUMNS, NULL, &problem));
    pz_grouping_result *result = solve(problem, 1, 0);
    ck_assert_int_eq(summary_of(result).groups, 3); /* 12 by the middle of 2 to 6 */
    ck_assert_double_lt(summary_of(result).objective, 0.05);
    check_reasons(result, PZ_MODE_NEED, "reason.need.");
    ck_assert_ok(pz_grouping_mode_reason_list(result, PZ_MODE_NEED, &rows, &count));
    const pz_grouping_reason *own = find(rows, count, 0);
    ck_assert_str_eq(own->code, "reason.need.learner");
    ck_assert_int_eq(own->column, 0);
    ck_assert_double_eq(own->value, 1);
    ck_assert_str_eq(find(rows, count, 11)->code, "reason.need.helper");
    for (size_t i = 0; i < count; i++) {
        if (rows[i]->learner >= 0) continue;
        double has = 0;
        for (size_t j = 0; j < count; j++)
            if (rows[j]->group == rows[i]->group && rows[j]->learner >= 0) has += needs[rows[j]->learner * COLUMNS + rows[i]->column] > 0;
        ck_assert_str_eq(rows[i]->code, "reason.need.group");
        ck_assert_double_eq(rows[i]->value, has);
    }
    pz_free(rows);
    pz_grouping_result_free(result);
    pz_grouping_problem_free(problem);
}
END_TEST

/* Learners whose group works on something that they need, by the groups alone. */
static int32_t served_in(const double *wants, const int32_t *of, int32_t learners, int32_t groups)
{
    int32_t served = 0;
    for (int32_t g = 0; g < groups; g++) {
        int32_t most = 0;
        for (int32_t c = 0; c < COLUMNS; c++) {
            int32_t count = 0;
            for (int32_t i = 0; i < learners; i++) count += of[i] == g && wants[i * COLUMNS + c] > 0;
            if (count > most) most = count;
        }
        served += most;
    }
    return served;
}

/* All divisions of eight learners into two groups of 2 to 6, one by one. */
static int32_t most_served(const double *wants, int32_t learners)
{
    int32_t most = 0, of[N];
    for (int32_t bits = 0; bits < 1 << learners; bits++) {
        int32_t size = 0;
        for (int32_t i = 0; i < learners; i++) size += of[i] = bits >> i & 1;
        if (size < 2 || learners - size < 2) continue;
        int32_t served = served_in(wants, of, learners, 2);
        if (served > most) most = served;
    }
    return most;
}

START_TEST(need_groups_serve_as_many_as_can_be_served)
{
    enum { FEW = 8 };
    int perfect = 0;
    for (uint64_t seed = 1; seed <= 40; seed++) {
        double wants[FEW * COLUMNS];
        int32_t of[FEW], needing = 0;
        pz__random random;
        pz_grouping_problem *problem;
        pz__random_seed(&random, seed);
        for (int i = 0; i < FEW * COLUMNS; i++) wants[i] = pz__random_below(&random, 5) < 2;
        for (int i = 0; i < FEW; i++) needing += wants[i * COLUMNS] + wants[i * COLUMNS + 1] + wants[i * COLUMNS + 2] > 0;
        ck_assert_ok(pz_grouping_for_need(wants, FEW, COLUMNS, NULL, &problem));
        pz_grouping_result *result = solve(problem, seed, 0);
        ck_assert_int_eq(summary_of(result).groups, 2);
        ck_assert_int_eq(summary_of(result).iterations,
                         600); /* the same number gives the same groups, though nothing is tried once all are served */
        ck_assert_ok(pz_grouping_result_groups(result, of, FEW));
        ck_assert_msg(served_in(wants, of, FEW, 2) == most_served(wants, FEW), "seed %d", (int)seed);
        perfect += served_in(wants, of, FEW, 2) == needing;
        pz_grouping_result_free(result);
        pz_grouping_problem_free(problem);
    }
    ck_assert_int_gt(perfect, 0); /* both kinds of classes are there */
    ck_assert_int_lt(perfect, 40);
}
END_TEST

START_TEST(nobody_who_needs_anything_is_said_too)
{
    const double none[6] = {0};
    pz_grouping_problem *problem;
    pz_grouping_reason **rows;
    size_t count;
    ck_assert_ok(pz_grouping_for_need(none, 6, 1, NULL, &problem));
    pz_grouping_result *result = solve(problem, 1, 0);
    ck_assert_ok(pz_grouping_mode_reason_list(result, PZ_MODE_NEED, &rows, &count));
    ck_assert_str_eq(rows[0]->code, "reason.need.nothing");
    ck_assert_int_eq(rows[0]->column, -1);
    ck_assert_str_eq(rows[1]->code, "reason.need.free");
    pz_free(rows);
    pz_grouping_result_free(result);
    pz_grouping_problem_free(problem);
}
END_TEST

START_TEST(readiness_puts_similar_levels_together)
{
    pz_grouping_problem *problem;
    pz_grouping_reason **rows;
    size_t count;
    ck_assert_ok(pz_grouping_for_readiness(levels, N, NULL, &problem));
    pz_grouping_result *result = solve(problem, 1, 0);
    ck_assert_double_lt(summary_of(result).objective, 0.02);
    check_reasons(result, PZ_MODE_READINESS, "reason.readiness.");
    ck_assert_ok(pz_grouping_mode_reason_list(result, PZ_MODE_READINESS, &rows, &count));
    ck_assert_str_eq(find(rows, count, 11)->code, "reason.readiness.unknown");
    const pz_grouping_reason *own = find(rows, count, 0);
    ck_assert_double_eq(own->value, .1);
    ck_assert_double_eq_tol(own->other, .175, .1);
    for (size_t i = 0; i < count; i++)
        if (rows[i]->learner < 0) ck_assert_double_lt(rows[i]->other - rows[i]->value, .2);
    pz_free(rows);
    pz_grouping_result_free(result);
    pz_grouping_problem_free(problem);
}
END_TEST

START_TEST(mixed_groups_hold_the_whole_range)
{
    pz_grouping_problem *problem;
    pz_grouping_reason **rows;
    pz_grouping_term **terms;
    size_t count, term_count;
    double two[N * 2];
    for (int i = 0; i < N; i++) two[2 * i] = levels[i], two[2 * i + 1] = i % 2;
    ck_assert_ok(pz_grouping_for_mixed(two, N, 2, NULL, &problem));
    pz_grouping_result *result = solve(problem, 1, 0);
    ck_assert_ok(pz_grouping_term_list(result, &terms, &term_count));
    ck_assert_uint_eq(term_count, 3);
    ck_assert_double_eq(terms[0]->weight, .25);
    ck_assert_double_lt(terms[0]->value, 0.02);
    ck_assert_double_lt(terms[1]->value, 0.02);
    ck_assert_str_eq(terms[2]->name, "mixed");
    check_reasons(result, PZ_MODE_MIXED, "reason.mixed.");
    ck_assert_ok(pz_grouping_mode_reason_list(result, PZ_MODE_MIXED, &rows, &count));
    ck_assert_str_eq(find(rows, count, 11)->code, "reason.mixed.unknown");
    for (size_t i = 0; i < count; i++)
        if (rows[i]->learner < 0) ck_assert_double_gt(rows[i]->other - rows[i]->value, .6);
    pz_free(rows);
    pz_free(terms);
    pz_grouping_result_free(result);
    pz_grouping_problem_free(problem);
}
END_TEST

START_TEST(interests_that_are_shared_are_named)
{
    pz_grouping_problem *problem;
    pz_grouping_reason **rows;
    size_t count;
    ck_assert_ok(pz_grouping_for_interest(interests, N, COLUMNS, NULL, &problem));
    pz_grouping_result *result = solve(problem, 1, 0);
    check_reasons(result, PZ_MODE_INTEREST, "reason.interest.");
    ck_assert_ok(pz_grouping_mode_reason_list(result, PZ_MODE_INTEREST, &rows, &count));
    ck_assert_str_eq(find(rows, count, 10)->code, "reason.interest.unknown");
    ck_assert_str_eq(find(rows, count, 9)->code, "reason.interest.alone");
    const pz_grouping_reason *own = find(rows, count, 0);
    ck_assert_str_eq(own->code, "reason.interest.learner");
    ck_assert_int_eq(own->column, 0);
    ck_assert_double_ge(own->value, 2);
    pz_free(rows);
    pz_grouping_result_free(result);
    const int32_t strangers[N] = {0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 1, 2};
    ck_assert_ok(pz_grouping_score(problem, strangers, N, &result));
    ck_assert_ok(pz_grouping_mode_reason_list(result, PZ_MODE_INTEREST, &rows, &count));
    for (size_t i = 0; i < count; i++)
        if (rows[i]->learner < 0)
            ck_assert_str_eq(rows[i]->code, rows[i]->column < 0 ? "reason.interest.nothing" : "reason.interest.group");
    pz_free(rows);
    pz_grouping_result_free(result);
    pz_grouping_problem_free(problem);
}
END_TEST

START_TEST(random_groups_follow_the_seed)
{
    pz_grouping_problem *problem;
    int32_t a[N], b[N], differ = 0;
    ck_assert_ok(pz_grouping_for_random(N, NULL, &problem));
    pz_grouping_result *first = solve(problem, 1, 0);
    check_reasons(first, PZ_MODE_RANDOM, "reason.random.");
    ck_assert_ok(pz_grouping_result_groups(first, a, N));
    for (uint64_t seed = 2; seed < 6; seed++) {
        pz_grouping_result *other = solve(problem, seed, 0);
        ck_assert_ok(pz_grouping_result_groups(other, b, N));
        differ += memcmp(a, b, sizeof a) != 0;
        pz_grouping_result_free(other);
    }
    ck_assert_int_gt(differ, 2);
    pz_grouping_result_free(first);
    pz_grouping_problem_free(problem);
}
END_TEST

static pz_grouping_summary of_sizes(size_t learners, int32_t size_min, int32_t size_max, int32_t groups)
{
    pz_grouping_sizes sizes = PZ_GROUPING_SIZES_INIT;
    pz_grouping_problem *problem;
    sizes.size_min = size_min;
    sizes.size_max = size_max;
    sizes.groups = groups;
    ck_assert_ok(pz_grouping_for_random(learners, &sizes, &problem));
    pz_grouping_result *result = solve(problem, 1, 0);
    pz_grouping_summary summary = summary_of(result);
    pz_grouping_result_free(result);
    pz_grouping_problem_free(problem);
    return summary;
}

START_TEST(defaults_give_way)
{
    ck_assert_int_eq(of_sizes(1, 0, 0, 0).groups, 1);
    ck_assert_int_eq(of_sizes(2, 0, 0, 0).groups, 1);
    ck_assert_int_eq(of_sizes(12, 0, 2, 0).groups, 6);
    ck_assert_int_eq(of_sizes(16, 8, 0, 0).groups, 2);
    ck_assert_int_eq(of_sizes(24, 0, 0, 8).groups, 8);
    ck_assert_int_eq(of_sizes(24, 0, 0, 0).groups, 6);
}
END_TEST

START_TEST(bad_input_is_refused_by_name)
{
    pz_grouping_problem *problem = (pz_grouping_problem *)1;
    pz_grouping_sizes sizes = PZ_GROUPING_SIZES_INIT;
    double bad[4] = {0, 0, 2, 0};
    sizes.size_min = 5;
    sizes.size_max = 4;
    ck_assert_status(pz_grouping_for_random(10, &sizes, &problem), PZ_E_INVALID);
    ck_assert_ptr_null(problem);
    sizes.struct_size = 4;
    ck_assert_status(pz_grouping_for_random(10, &sizes, &problem), PZ_E_STRUCT_SIZE);
    ck_assert_status(pz_grouping_for_random(0, NULL, &problem), PZ_E_INVALID);
    ck_assert_status(pz_grouping_for_random(100001, NULL, &problem), PZ_E_INVALID);
    ck_assert_status(pz_grouping_for_random(10, NULL, NULL), PZ_E_INVALID);
    ck_assert_status(pz_grouping_for_need(bad, 2, 2, NULL, &problem), PZ_E_INVALID);
    ck_assert_status(pz_grouping_for_need(NULL, 2, 2, NULL, &problem), PZ_E_INVALID);
    ck_assert_status(pz_grouping_for_need(bad, 2, 2, NULL, NULL), PZ_E_INVALID);
    bad[1] = INFINITY;
    ck_assert_status(pz_grouping_for_readiness(bad, 4, NULL, &problem), PZ_E_INVALID);
    ck_assert_status(pz_grouping_for_readiness(bad, 4, NULL, NULL), PZ_E_INVALID);
    ck_assert_status(pz_grouping_for_mixed(bad, 2, 2, NULL, &problem), PZ_E_INVALID);
    ck_assert_status(pz_grouping_for_mixed(bad, 2, 0, NULL, &problem), PZ_E_INVALID);
    ck_assert_status(pz_grouping_for_mixed(bad, 1, 65, NULL, &problem), PZ_E_INVALID);
    ck_assert_status(pz_grouping_for_mixed(NULL, 2, 2, NULL, &problem), PZ_E_INVALID);
    ck_assert_status(pz_grouping_for_mixed(bad, 2, 2, NULL, NULL), PZ_E_INVALID);
    ck_assert_status(pz_grouping_for_interest(bad, 2, 2, NULL, &problem), PZ_E_INVALID);
    ck_assert_status(pz_grouping_for_interest(bad, 100001, 2, NULL, &problem), PZ_E_INVALID);
    ck_assert_status(pz_grouping_for_interest(bad, 2, 2, NULL, NULL), PZ_E_INVALID);
    ck_assert_ptr_null(problem);

    pz_grouping_reason **rows;
    size_t count = 7;
    ck_assert_ok(pz_grouping_for_readiness(levels, N, NULL, &problem));
    pz_grouping_result *result = solve(problem, 1, 0);
    ck_assert_status(pz_grouping_mode_reason_list(NULL, PZ_MODE_NEED, &rows, &count), PZ_E_CLOSED);
    ck_assert_uint_eq(count, 0);
    ck_assert_status(pz_grouping_mode_reason_list(result, PZ_MODE_NEED, &rows, &count), PZ_E_INVALID);
    ck_assert_status(pz_grouping_mode_reason_list(result, PZ_MODE_MIXED, &rows, &count), PZ_E_INVALID);
    ck_assert_status(pz_grouping_mode_reason_list(result, (pz_grouping_mode)0, &rows, &count), PZ_E_INVALID);
    ck_assert_status(pz_grouping_mode_reason_list(result, (pz_grouping_mode)9, &rows, &count), PZ_E_INVALID);
    ck_assert_status(pz_grouping_mode_reason_list(result, PZ_MODE_READINESS, NULL, &count), PZ_E_INVALID);
    pz_grouping_result_free(result);
    pz_grouping_problem_free(problem);
}
END_TEST

static pz_status make_and_tell(void *user_data)
{
    pz_grouping_problem *problem = NULL;
    pz_grouping_result *result = NULL;
    pz_grouping_reason **rows = NULL;
    size_t count;
    pz_grouping_mode mode = *(pz_grouping_mode *)user_data;
    pz_status status = mode == PZ_MODE_NEED        ? pz_grouping_for_need(needs, N, COLUMNS, NULL, &problem)
                       : mode == PZ_MODE_READINESS ? pz_grouping_for_readiness(levels, N, NULL, &problem)
                       : mode == PZ_MODE_MIXED     ? pz_grouping_for_mixed(levels, N, 1, NULL, &problem)
                       : mode == PZ_MODE_INTEREST  ? pz_grouping_for_interest(interests, N, COLUMNS, NULL, &problem)
                                                   : pz_grouping_for_random(N, NULL, &problem);
    if (status == PZ_OK) status = pz_grouping_solve(problem, NULL, NULL, NULL, &result);
    if (status == PZ_OK) status = pz_grouping_mode_reason_list(result, mode, &rows, &count);
    pz_free(rows);
    pz_grouping_result_free(result);
    pz_grouping_problem_free(problem);
    return status;
}

/* Nobody's value is known, or one learner's alone. */
START_TEST(what_is_not_known_is_said)
{
    double one_known[N];
    for (int i = 0; i < N; i++) one_known[i] = i ? NAN : 0.5;
    pz_grouping_problem *problem;
    pz_grouping_reason **rows;
    size_t count;
    ck_assert_ok(pz_grouping_for_mixed(one_known, N, 1, NULL, &problem));
    pz_grouping_result *result = solve(problem, 1, 1);
    check_reasons(result, PZ_MODE_MIXED, "reason.mixed.");
    ck_assert_ok(pz_grouping_mode_reason_list(result, PZ_MODE_MIXED, &rows, &count));
    ck_assert_str_eq(find(rows, count, 0)->code, "reason.mixed.alone");
    for (size_t i = 0; i < count; i++)
        if (rows[i]->learner < 0 && rows[i]->group != find(rows, count, 0)->group) ck_assert_str_eq(rows[i]->code, "reason.mixed.nothing");
    pz_free(rows);
    pz_grouping_result_free(result);
    pz_grouping_problem_free(problem);
    ck_assert_ok(pz_grouping_for_readiness(one_known, N, NULL, &problem));
    result = solve(problem, 1, 1);
    check_reasons(result, PZ_MODE_READINESS, "reason.readiness.");
    pz_grouping_result_free(result);
    pz_grouping_problem_free(problem);
}
END_TEST

START_TEST(a_jigsaw_and_groups_of_ones_own_say_why)
{
    pz_grouping_problem *problem;
    pz_grouping_sizes sizes = PZ_GROUPING_SIZES_INIT;
    pz_grouping_result *experts;
    pz_grouping_reason **rows;
    size_t count;
    int32_t of[N];
    char *text;
    sizes.size_min = sizes.size_max = 4;
    ck_assert_ok(pz_grouping_for_mixed(levels, N, 1, &sizes, &problem));
    pz_grouping_result *homes = solve(problem, 1, 0);
    check_reasons(homes, PZ_MODE_CUSTOM, "reason.custom.");
    ck_assert_ok(pz_grouping_jigsaw(homes, 4, NULL, &experts));
    check_reasons(experts, PZ_MODE_JIGSAW, "reason.jigsaw.");
    ck_assert_ok(pz_grouping_result_groups(experts, of, N));
    ck_assert_ok(pz_grouping_mode_reason_list(experts, PZ_MODE_JIGSAW, &rows, &count));
    ck_assert_double_eq(find(rows, count, 5)->value, of[5] + 1);
    ck_assert_double_eq(find(rows, count, 5)->other, 2);
    ck_assert_ok(pz_grouping_reason_text("reason.jigsaw.learner", 3, 2, NULL, NULL, &text));
    ck_assert_str_eq(text, "Prepares part 3 of the work with 2 others and takes it to the home group.");
    pz_free(text);
    pz_free(rows);
    pz_grouping_result_free(experts);
    pz_grouping_result_free(homes);
    pz_grouping_problem_free(problem);
}
END_TEST

START_TEST(words_are_refused_by_name)
{
    static const struct {
        const char *code;
        double value, other;
        const char *thing, *language;
        pz_status status;
        const char *field;
    } cases[] = {
        {NULL, 1, 1, "x", NULL, PZ_E_INVALID, "code"},
        {"reason.need.sleep", 1, 1, "x", NULL, PZ_E_NOT_FOUND, "code"},
        {"reason.group.alike", 1, 1, "x", NULL, PZ_E_NOT_FOUND, "code"},
        {"reason.need.group", 1, 2, NULL, NULL, PZ_E_INVALID, "thing"},
        {"reason.need.group", NAN, 2, "x", NULL, PZ_E_INVALID, "value"},
        {"reason.need.group", 1, INFINITY, "x", NULL, PZ_E_INVALID, "other"},
        {"reason.need.group", 1, 2, "\xff", NULL, PZ_E_TEXT, "thing"},
        {"reason.need.group", 1, 2, "x", "xx", PZ_E_INVALID, "language"},
    };
    char *text, *long_name = malloc(1026);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        text = (char *)1;
        ck_assert_status(pz_grouping_reason_text(cases[i].code, cases[i].value, cases[i].other, cases[i].thing, cases[i].language, &text),
                         cases[i].status);
        ck_assert_ptr_null(text);
        ck_assert_str_eq(pz_last_error()->field, cases[i].field);
    }
    memset(long_name, 'a', 1025);
    long_name[1025] = 0;
    ck_assert_status(pz_grouping_reason_text("reason.need.group", 1, 2, long_name, NULL, &text), PZ_E_TOO_LONG);
    ck_assert_status(pz_grouping_reason_text("reason.need.group", 1, 2, "x", NULL, NULL), PZ_E_INVALID);
    free(long_name);
}
END_TEST

static pz_status word(void *user_data)
{
    char *text = NULL;
    (void)user_data;
    pz_status status = pz_grouping_reason_text("reason.readiness.learner", 0.25, 1, NULL, "es", &text);
    if (status == PZ_OK) ck_assert_str_eq(text, "El punto de partida es 0.25, cerca del promedio de este grupo, 1.");
    pz_free(text);
    return status;
}

START_TEST(memory_that_fails_is_told_and_freed)
{
    ck_assert_int_gt(suite_each_allocation(word, NULL), 0);
    for (pz_grouping_mode mode = PZ_MODE_NEED; mode <= PZ_MODE_CUSTOM; mode++)
        ck_assert_int_gt(suite_each_allocation(make_and_tell, &mode), 10);
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("grouping_mode");
    TCase *tests = tcase_create("mode");
    tcase_add_test(tests, need_groups_have_a_focus_and_say_it);
    tcase_add_test(tests, need_groups_serve_as_many_as_can_be_served);
    tcase_add_test(tests, nobody_who_needs_anything_is_said_too);
    tcase_add_test(tests, readiness_puts_similar_levels_together);
    tcase_add_test(tests, mixed_groups_hold_the_whole_range);
    tcase_add_test(tests, interests_that_are_shared_are_named);
    tcase_add_test(tests, random_groups_follow_the_seed);
    tcase_add_test(tests, defaults_give_way);
    tcase_add_test(tests, what_is_not_known_is_said);
    tcase_add_test(tests, a_jigsaw_and_groups_of_ones_own_say_why);
    tcase_add_test(tests, words_are_refused_by_name);
    tcase_add_test(tests, bad_input_is_refused_by_name);
    tcase_add_test(tests, memory_that_fails_is_told_and_freed);
    suite_add_tcase(suite, tests);
    return suite;
}

SUITE_MAIN(make_suite)
