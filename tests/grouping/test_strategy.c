/* Pairs, jigsaw, rotation, joining and leaving, a cost of one's own, strategies side by side: what they promise, rules, bad input. */
#include "grouping/problems.h"
#include "personalize/strategy.h"

enum { TEN = 10, SKILLS = 3 };

static void random_mastery(pz__random *random, double *mastery, int count)
{
    for (int i = 0; i < count; i++) mastery[i] = pz__random_below(random, 12) == 0 ? NAN : (double)pz__random_below(random, 101) / 100;
}

/* ------------------------------------------------------------------------------------------------- tutoring --- */

static double gain_of(const double *mastery, int tutor, int tutee)
{
    double most = 0;
    for (int c = 0; c < SKILLS; c++) {
        double has = mastery[tutor * SKILLS + c], lacks = mastery[tutee * SKILLS + c];
        if (has >= 0.8 && lacks < 0.8 && has - lacks > most) most = has - lacks;
    }
    return most;
}

static double value_of(const double *mastery, int a, int b, int is_reciprocal)
{
    double one = gain_of(mastery, a, b), other = gain_of(mastery, b, a);
    return is_reciprocal ? fmin(one, other) + (one + other) / 1000 : fmax(one, other);
}

/* The best of all ways to divide the learners in `left` into pairs, and one group of three where that is odd. */
static double best_of(const double *mastery, unsigned left, int is_reciprocal)
{
    int first = 0, count = __builtin_popcount(left);
    double best = -1;
    if (!left) return 0;
    while (!(left >> first & 1)) first++;
    for (int b = first + 1; b < TEN; b++) {
        if (!(left >> b & 1)) continue;
        unsigned rest = left & ~(1u << first) & ~(1u << b);
        double pair = value_of(mastery, first, b, is_reciprocal);
        if (count > 3 || count == 2) best = fmax(best, pair + best_of(mastery, rest, is_reciprocal));
        for (int c = b + 1; count % 2 && c < TEN; c++) {
            if (!(rest >> c & 1)) continue;
            double with = value_of(mastery, first, c, is_reciprocal), others = value_of(mastery, b, c, is_reciprocal);
            double three = fmax(pair + with, fmax(pair + others, with + others));
            best = fmax(best, three + best_of(mastery, rest & ~(1u << c), is_reciprocal));
        }
    }
    return best;
}

START_TEST(no_pairing_is_worth_more)
{
    pz__random random;
    pz__random_seed(&random, suite_seed());
    for (int round = 0; round < 60; round++) {
        int n = 2 + (int)pz__random_below(&random, TEN - 1), is_reciprocal = round % 2, seats[TEN] = {0};
        double mastery[TEN * SKILLS], sum = 0;
        pz_tutoring_options options = PZ_TUTORING_OPTIONS_INIT;
        pz_tutoring **rows;
        pz_tutoring_summary *summary;
        size_t count;
        random_mastery(&random, mastery, n * SKILLS);
        options.kind = is_reciprocal ? PZ_TUTORING_RECIPROCAL : PZ_TUTORING_GAP;
        pz_grouping_problem *problem = new_problem((size_t)n, 2, 3, n / 2);
        ck_assert_ok(pz_grouping_tutor(problem, mastery, (size_t)n, SKILLS, NULL, 0, &options, NULL, NULL, &rows, &count, &summary));
        ck_assert_double_eq_tol(summary->value, best_of(mastery, (1u << n) - 1, is_reciprocal), 1e-5);
        ck_assert_double_eq(summary->gap, 0);
        ck_assert_int_eq(summary->groups, n / 2);
        for (size_t i = 0; i < count; i++) {
            double gain = gain_of(mastery, rows[i]->tutor, rows[i]->tutee);
            ck_assert_double_eq(rows[i]->gain, gain);
            ck_assert_int_eq(rows[i]->column >= 0, gain > 0);
            if (gain > 0)
                ck_assert_double_eq(mastery[rows[i]->tutor * SKILLS + rows[i]->column] - mastery[rows[i]->tutee * SKILLS + rows[i]->column],
                                    gain);
            seats[rows[i]->tutor] = seats[rows[i]->tutee] = 1;
            if (!is_reciprocal) sum += gain;
        }
        if (!is_reciprocal) ck_assert_double_eq_tol(sum, summary->value, 1e-9);
        for (int i = 0; i < n; i++) ck_assert_int_eq(seats[i], 1);
        pz_free(rows);
        pz_free(summary);
        pz_grouping_problem_free(problem);
    }
}
END_TEST

static const double two_skills[8] = {1, .1, .1, 1, .9, .2, .2, .9};

START_TEST(roles_and_rules_of_pairs)
{
    pz_grouping_problem *problem = new_problem(4, 2, 3, 0);
    pz_tutoring **rows;
    pz_tutoring_summary *summary;
    size_t count;
    const int32_t roles[] = {1, 2, 1, 2}, bad_roles[] = {0, 0, 0, 3};
    ck_assert_ok(pz_grouping_add_apart(problem, 0, 1));
    ck_assert_ok(pz_grouping_tutor(problem, two_skills, 4, 2, roles, 4, NULL, NULL, NULL, &rows, &count, &summary));
    for (size_t i = 0; i < count; i++) ck_assert(rows[i]->tutor % 2 == 0 && rows[i]->tutee % 2 == 1);
    ck_assert_int_eq(rows[0]->tutee, 3);
    ck_assert_int_eq(summary->rules_broken, 0);
    pz_free(rows);
    pz_free(summary);
    ck_assert_ok(pz_grouping_add_together(problem, 0, 2));
    ck_assert_ok(pz_grouping_tutor(problem, two_skills, 4, 2, NULL, 0, NULL, NULL, NULL, &rows, &count, &summary));
    ck_assert(rows[0]->tutor + rows[0]->tutee == 2 && summary->without == 2);
    ck_assert_int_eq(rows[0]->column, -1);
    pz_free(rows);
    pz_free(summary);
    ck_assert_ok(pz_grouping_add_absent(problem, 2));
    ck_assert_ok(pz_grouping_add_absent(problem, 3));
    ck_assert_status(pz_grouping_tutor(problem, two_skills, 4, 2, NULL, 0, NULL, NULL, NULL, &rows, &count, &summary), PZ_E_INFEASIBLE);
    ck_assert_ok(pz_grouping_add_absent(problem, 1));
    ck_assert_status(pz_grouping_tutor(problem, two_skills, 4, 2, NULL, 0, NULL, NULL, NULL, &rows, &count, &summary), PZ_E_NOT_ENOUGH);
    pz_tutoring_options options = PZ_TUTORING_OPTIONS_INIT;
    options.kind = 7;
    ck_assert_status(pz_grouping_tutor(problem, two_skills, 4, 2, NULL, 0, &options, NULL, NULL, &rows, &count, &summary), PZ_E_INVALID);
    options.kind = PZ_TUTORING_GAP;
    options.mastered_at = NAN;
    ck_assert_status(pz_grouping_tutor(problem, two_skills, 4, 2, NULL, 0, &options, NULL, NULL, &rows, &count, &summary), PZ_E_INVALID);
    options.struct_size = 1;
    ck_assert_status(pz_grouping_tutor(problem, two_skills, 4, 2, NULL, 0, &options, NULL, NULL, &rows, &count, &summary),
                     PZ_E_STRUCT_SIZE);
    ck_assert_status(pz_grouping_tutor(problem, two_skills, 4, 2, bad_roles, 4, NULL, NULL, NULL, &rows, &count, &summary), PZ_E_INVALID);
    ck_assert_status(pz_grouping_tutor(problem, two_skills, 4, 2, roles, 3, NULL, NULL, NULL, &rows, &count, &summary), PZ_E_INVALID);
    ck_assert_status(pz_grouping_tutor(problem, two_skills, 3, 2, NULL, 0, NULL, NULL, NULL, &rows, &count, &summary), PZ_E_INVALID);
    ck_assert_status(pz_grouping_tutor(problem, NULL, 4, 2, NULL, 0, NULL, NULL, NULL, &rows, &count, &summary), PZ_E_INVALID);
    ck_assert_status(pz_grouping_tutor(NULL, two_skills, 4, 2, NULL, 0, NULL, NULL, NULL, &rows, &count, &summary), PZ_E_CLOSED);
    ck_assert_ptr_null(rows);
    pz_grouping_problem_free(problem);
    problem = new_problem(1001, 2, 3, 0);
    double *many = calloc(1001, sizeof *many);
    ck_assert_status(pz_grouping_tutor(problem, many, 1001, 1, NULL, 0, NULL, NULL, NULL, &rows, &count, &summary), PZ_E_LIMIT);
    free(many);
    pz_grouping_problem_free(problem);
}
END_TEST

/* ------------------------------------------------------------------------------------------------- rotation --- */

/* What each seat says of those met before, by the seats of earlier rounds alone (where none were given before). */
static void check_seats(pz_rotation_seat **rows, size_t count)
{
    for (size_t i = 0; i < count; i += 7) {
        char *text;
        ck_assert_str_eq(rows[i]->code, rows[i]->met ? "reason.rotation.repeats" : "reason.rotation.new");
        ck_assert_int_le(rows[i]->met, rows[i]->others);
        ck_assert_ok(pz_grouping_reason_text(rows[i]->code, rows[i]->met, rows[i]->others, NULL, NULL, &text));
        pz_free(text);
    }
}

static int64_t count_repeats(pz_rotation_seat **rows, size_t count, int n, int rounds, const int32_t *before, int divisions)
{
    int32_t *met = calloc((size_t)(n * n), sizeof *met), *groups = malloc((size_t)(rounds * n) * sizeof *groups);
    int64_t repeats = 0;
    for (int i = 0; i < rounds * n; i++) groups[i] = -1;
    for (size_t i = 0; i < count; i++) groups[rows[i]->round * n + rows[i]->learner] = rows[i]->group;
    check_seats(rows, count);
    for (int d = -divisions; d < rounds; d++) {
        const int32_t *of = d < 0 ? before + (d + divisions) * n : groups + d * n;
        for (int a = 0; a < n; a++)
            for (int b = 0; b < a; b++)
                if (of[a] >= 0 && of[a] == of[b]) repeats += met[a * n + b]++ > 0 && d >= 0;
    }
    int64_t by_seat = 0;
    for (size_t i = 0; i < count; i++) by_seat += rows[i]->met;
    ck_assert_int_eq(by_seat, 2 * repeats); /* each of two tells it */
    free(met);
    free(groups);
    return repeats;
}

static pz_rotation_summary rotate(const pz_grouping_problem *problem, int n, int rounds, const int32_t *before, int divisions)
{
    pz_rotation_seat **rows;
    pz_rotation_summary *summary, copy;
    size_t count;
    ck_assert_ok(pz_grouping_rotate(problem, rounds, before, (size_t)(divisions * n), NULL, NULL, NULL, &rows, &count, &summary));
    ck_assert_int_eq(summary->repeats, count_repeats(rows, count, n, rounds, before, divisions));
    ck_assert_int_le(summary->bound, summary->repeats);
    copy = *summary;
    pz_free(rows);
    pz_free(summary);
    return copy;
}

START_TEST(nobody_meets_twice_where_that_can_be)
{
    static const int cases[][4] = {{24, 4, 4, 6}, {120, 5, 5, 10}, {15, 3, 3, 7},  {12, 3, 3, 4},
                                   {9, 3, 3, 4},  {25, 4, 5, 5},   {30, 3, 3, 10}, {8, 2, 2, 7}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        pz_grouping_problem *problem = new_problem((size_t)cases[i][0], cases[i][1], cases[i][2], 0);
        pz_rotation_summary summary = rotate(problem, cases[i][0], cases[i][3], NULL, 0);
        ck_assert_msg(summary.repeats == 0, "%d learners, %d rounds: %d repeated", cases[i][0], cases[i][3], (int)summary.repeats);
        ck_assert_int_eq(summary.most, 1);
        pz_grouping_problem_free(problem);
    }
}
END_TEST

START_TEST(what_must_repeat_does_so_as_seldom_as_can_be)
{
    pz_grouping_problem *problem = new_problem(6, 3, 3, 0);
    pz_rotation_summary summary = rotate(problem, 6, 4, NULL, 0);
    ck_assert_int_eq(summary.bound, 9); /* 24 meetings of 15 pairs */
    ck_assert_int_le(summary.repeats, 12);
    pz_grouping_problem_free(problem);
    problem = new_problem(1, 1, 1, 0);
    ck_assert_int_eq(rotate(problem, 1, 3, NULL, 0).repeats, 0);
    pz_grouping_problem_free(problem);
}
END_TEST

START_TEST(earlier_teammates_absent_and_apart)
{
    enum { N = 16 };
    int32_t before[2 * N];
    for (int i = 0; i < N; i++) before[i] = i / 4, before[N + i] = i % 4;
    before[3] = -1;
    pz_grouping_problem *problem = new_problem(N, 3, 4, 4);
    ck_assert_ok(pz_grouping_add_absent(problem, 7));
    ck_assert_ok(pz_grouping_add_apart(problem, 0, 5));
    pz_rotation_summary summary = rotate(problem, N, 2, before, 2);
    ck_assert_int_eq(summary.repeats, 0);
    ck_assert_int_eq(summary.apart_broken, 0);
    pz_rotation_seat **rows;
    pz_rotation_summary *told;
    size_t count;
    ck_assert_status(pz_grouping_rotate(problem, 0, NULL, 0, NULL, NULL, NULL, &rows, &count, &told), PZ_E_INVALID);
    ck_assert_status(pz_grouping_rotate(problem, 1001, NULL, 0, NULL, NULL, NULL, &rows, &count, &told), PZ_E_INVALID);
    ck_assert_status(pz_grouping_rotate(problem, 2, before, 5, NULL, NULL, NULL, &rows, &count, &told), PZ_E_INVALID);
    before[2] = -2;
    ck_assert_status(pz_grouping_rotate(problem, 2, before, N, NULL, NULL, NULL, &rows, &count, &told), PZ_E_INVALID);
    ck_assert_status(pz_grouping_rotate(NULL, 2, NULL, 0, NULL, NULL, NULL, &rows, &count, &told), PZ_E_CLOSED);
    ck_assert_ok(pz_grouping_add_locked(problem, 0, 1));
    ck_assert_status(pz_grouping_rotate(problem, 2, NULL, 0, NULL, NULL, NULL, &rows, &count, &told), PZ_E_INVALID);
    ck_assert_ptr_null(rows);
    pz_grouping_problem_free(problem);
    problem = new_problem(7, 4, 4, 0);
    ck_assert_status(pz_grouping_rotate(problem, 2, NULL, 0, NULL, NULL, NULL, &rows, &count, &told), PZ_E_INFEASIBLE);
    pz_grouping_problem_free(problem);
    problem = new_problem(2001, 4, 4, 0);
    ck_assert_status(pz_grouping_rotate(problem, 2, NULL, 0, NULL, NULL, NULL, &rows, &count, &told), PZ_E_LIMIT);
    pz_grouping_problem_free(problem);
}
END_TEST

/* --------------------------------------------------------------------------------------- joining and leaving --- */

static int32_t count_moved(const int32_t *before, const int32_t *after, int n)
{
    int32_t moved = 0;
    for (int i = 0; i < n; i++) moved += before[i] >= 0 && after[i] >= 0 && before[i] != after[i];
    return moved;
}

START_TEST(whoever_joins_or_leaves_moves_few)
{
    enum { N = 61 };
    pz__random random;
    pz__random_seed(&random, suite_seed());
    double behind = 0;
    for (int round = 0; round < 30; round++) {
        double values[N], others[N * 2];
        int32_t before[N], after[N];
        for (int i = 0; i < N; i++) values[i] = pz__random_normal(&random);
        for (int i = 0; i < 2 * N; i++) others[i] = pz__random_unit(&random);
        pz_grouping_problem *problem = new_problem(N, 4, 6, 12);
        ck_assert_ok(pz_grouping_add_numeric(problem, "level", values, N, round % 2 ? PZ_DIRECTION_MIXED : PZ_DIRECTION_ALIKE, 1));
        ck_assert_ok(pz_grouping_add_features(problem, "others", others, N, 2, PZ_METRIC_EUCLIDEAN, PZ_DIRECTION_MIXED, 1));
        ck_assert_ok(pz_grouping_add_absent(problem, N - 1));
        pz_grouping_result *first = solve(problem, 1, 100), *regrouped, *full;
        ck_assert_ok(pz_grouping_result_groups(first, before, N));
        pz_grouping_problem_free(problem);
        problem = new_problem(N, 4, 6, 12); /* the last comes, another one goes */
        ck_assert_ok(pz_grouping_add_numeric(problem, "level", values, N, round % 2 ? PZ_DIRECTION_MIXED : PZ_DIRECTION_ALIKE, 1));
        ck_assert_ok(pz_grouping_add_features(problem, "others", others, N, 2, PZ_METRIC_EUCLIDEAN, PZ_DIRECTION_MIXED, 1));
        if (round % 3) ck_assert_ok(pz_grouping_add_absent(problem, round));
        ck_assert_ok(pz_grouping_regroup(problem, before, N, 2, &regrouped));
        ck_assert_ok(pz_grouping_result_groups(regrouped, after, N));
        ck_assert_int_le(count_moved(before, after, N), 2);
        ck_assert_int_eq(summary_of(regrouped).rules_broken, 0);
        ck_assert_int_ge(after[N - 1], 0);
        full = solve(problem, 1, 100);
        behind += (summary_of(regrouped).objective - summary_of(full).objective) / 30;
        pz_grouping_result_free(first);
        pz_grouping_result_free(regrouped);
        pz_grouping_result_free(full);
        pz_grouping_problem_free(problem);
    }
    ck_assert_msg(behind < 0.012, "on average %g worse than afresh", behind);
}
END_TEST

START_TEST(regrouping_keeps_sizes_rules_and_numbers)
{
    const int32_t before[8] = {0, 0, 1, 1, 1, 2, 2, 2}, bad[8] = {-2, 0, 0, 0, 0, 0, 0, 0};
    int32_t after[8];
    pz_grouping_result *result;
    pz_grouping_problem *problem = new_problem(8, 2, 3, 0);
    ck_assert_ok(pz_grouping_add_absent(problem, 0));
    ck_assert_status(pz_grouping_regroup(problem, before, 8, 0, &result), PZ_E_INFEASIBLE); /* learner 1 would be alone */
    ck_assert_ptr_null(result);
    ck_assert_ok(pz_grouping_regroup(problem, before, 8, 1, &result));
    ck_assert_ok(pz_grouping_result_groups(result, after, 8));
    ck_assert_int_eq(count_moved(before, after, 8), 1);
    ck_assert_int_eq(summary_of(result).rules_broken, 0);
    pz_grouping_result_free(result);
    ck_assert_ok(pz_grouping_add_absent(problem, 1)); /* group 0 is empty: the others move up */
    ck_assert_ok(pz_grouping_regroup(problem, before, 8, 0, &result));
    ck_assert_ok(pz_grouping_result_groups(result, after, 8));
    ck_assert_int_eq(summary_of(result).groups, 2);
    ck_assert(after[2] == 0 && after[5] == 1);
    pz_grouping_result_free(result);
    ck_assert_ok(pz_grouping_add_apart(problem, 2, 3));
    ck_assert_status(pz_grouping_regroup(problem, before, 8, 0, &result), PZ_E_INFEASIBLE);
    ck_assert_ok(pz_grouping_add_together(problem, 4, 5));
    ck_assert_status(pz_grouping_regroup(problem, bad, 8, 0, &result), PZ_E_INVALID);
    ck_assert_status(pz_grouping_regroup(problem, before, 7, 0, &result), PZ_E_INVALID);
    ck_assert_status(pz_grouping_regroup(problem, before, 8, -1, &result), PZ_E_INVALID);
    ck_assert_status(pz_grouping_regroup(problem, NULL, 8, 0, &result), PZ_E_INVALID);
    ck_assert_status(pz_grouping_regroup(NULL, before, 8, 0, &result), PZ_E_CLOSED);
    ck_assert_status(pz_grouping_regroup(problem, before, 8, 0, NULL), PZ_E_INVALID);
    for (int32_t i = 2; i < 8; i++) ck_assert_ok(pz_grouping_add_absent(problem, i));
    ck_assert_status(pz_grouping_regroup(problem, before, 8, 0, &result), PZ_E_NOT_ENOUGH);
    pz_grouping_problem_free(problem);
}
END_TEST

START_TEST(regrouping_keeps_rules_about_groups)
{
    const int32_t before[10] = {0, 0, 0, 1, 1, 1, 2, 2, 2, -1}, allowed[] = {1};
    const double girls[10] = {1, 1, 0, 1, 1, 0, 0, 0, 0, 1};
    int32_t after[10], in[3] = {0};
    pz_grouping_result *result;
    pz_grouping_problem *problem = new_problem(10, 3, 4, 3);
    ck_assert_ok(pz_grouping_add_not_alone(problem, "girls", girls, 10, 2));
    ck_assert_ok(pz_grouping_add_allowed(problem, 0, allowed, 1));
    ck_assert_status(pz_grouping_regroup(problem, before, 10, 0, &result), PZ_E_INFEASIBLE);
    ck_assert_ok(pz_grouping_regroup(problem, before, 10, 2, &result));
    ck_assert_ok(pz_grouping_result_groups(result, after, 10));
    for (int i = 0; i < 10; i++) in[after[i]] += girls[i] > 0;
    for (int g = 0; g < 3; g++) ck_assert_int_ne(in[g], 1);
    ck_assert_int_eq(after[0], 1);
    ck_assert_int_le(count_moved(before, after, 10), 2);
    ck_assert_int_eq(summary_of(result).rules_broken, 0);
    pz_grouping_result_free(result);
    pz_grouping_problem_free(problem);
}
END_TEST

/* --------------------------------------------------------------------------------------------------- jigsaw --- */

START_TEST(experts_come_one_from_each_home_group)
{
    enum { N = 26, PARTS = 4 };
    pz_grouping_sizes sizes = PZ_GROUPING_SIZES_INIT;
    pz_grouping_problem *problem;
    pz_grouping_result *experts;
    double values[N];
    int32_t home[N], part[N];
    for (int i = 0; i < N; i++) values[i] = i;
    sizes.size_min = PARTS;
    sizes.size_max = PARTS + 1;
    ck_assert_ok(pz_grouping_for_mixed(values, N, 1, &sizes, &problem));
    pz_grouping_result *homes = solve(problem, 1, 0);
    ck_assert_ok(pz_grouping_jigsaw(homes, PARTS, NULL, &experts));
    ck_assert_ok(pz_grouping_result_groups(homes, home, N));
    ck_assert_ok(pz_grouping_result_groups(experts, part, N));
    for (int32_t h = 0; h < summary_of(homes).groups; h++) {
        int seen[PARTS] = {0};
        for (int i = 0; i < N; i++)
            if (home[i] == h) seen[part[i]]++;
        for (int p = 0; p < PARTS; p++) ck_assert(seen[p] >= 1 && seen[p] <= 2);
    }
    ck_assert_int_eq(summary_of(experts).rules_broken, 0);
    ck_assert_int_eq(summary_of(experts).groups, PARTS);
    pz_grouping_term **terms;
    size_t count;
    ck_assert_ok(pz_grouping_term_list(experts, &terms, &count));
    ck_assert_double_lt(terms[0]->value, 0.02); /* experts are balanced too */
    pz_free(terms);
    pz_grouping_result_free(experts);
    ck_assert_status(pz_grouping_jigsaw(homes, 1, NULL, &experts), PZ_E_INVALID);
    ck_assert_status(pz_grouping_jigsaw(homes, 6, NULL, &experts), PZ_E_INVALID);
    ck_assert_status(pz_grouping_jigsaw(NULL, 3, NULL, &experts), PZ_E_CLOSED);
    ck_assert_status(pz_grouping_jigsaw(homes, 3, NULL, NULL), PZ_E_INVALID);
    pz_grouping_result_free(homes);
    pz_grouping_problem_free(problem);
}
END_TEST

/* --------------------------------------------------------------------------------------------- a cost of one's own --- */

typedef struct own_cost {
    const double *values;
    int calls, answer_nan_at, stop_at, is_constant, lies;
} own_cost;

/* Sum over groups of the squared sum of values: balance. */
static double balance(const own_cost *own, const int32_t *groups, size_t rows)
{
    double sums[32] = {0}, cost = 0;
    for (size_t i = 0; i < rows; i++)
        if (groups[i] >= 0) sums[groups[i]] += own->values[i];
    for (int g = 0; g < 32; g++) cost += sums[g] * sums[g];
    return cost;
}

static pz_status cost_fn(const int32_t *groups, size_t rows, double *out_cost, void *user_data)
{
    own_cost *own = user_data;
    own->calls++;
    *out_cost = own->is_constant ? 1 : balance(own, groups, rows);
    if (own->calls == own->answer_nan_at) *out_cost = NAN;
    return own->calls == own->stop_at ? PZ_E_STATE : PZ_OK;
}

static pz_status change_fn(const int32_t *groups, size_t rows, int32_t learner, int32_t to, int32_t other, double *out_change,
                           void *user_data)
{
    own_cost *own = user_data;
    int32_t after[64];
    own->calls++;
    memcpy(after, groups, rows * sizeof *after);
    after[learner] = to;
    if (other >= 0) after[other] = groups[learner];
    *out_change = balance(own, after, rows) - balance(own, groups, rows);
    if (own->lies) *out_change -= 1;
    return PZ_OK;
}

START_TEST(a_cost_of_ones_own_steers_the_search)
{
    enum { N = 24 };
    double values[N];
    for (int i = 0; i < N; i++) values[i] = i - 11.5;
    pz_grouping_problem *problem = new_problem(N, 4, 4, 6);
    pz_grouping_result *whole, *delta, *again;
    pz_grouping_options options = PZ_GROUPING_OPTIONS_INIT;
    int32_t a[N], b[N];
    own_cost own = {values, 0, 0, 0, 0, 0};
    ck_assert_ok(pz_grouping_add_together(problem, 0, 1));
    ck_assert_ok(pz_grouping_add_apart(problem, 2, 3));
    options.iterations = 20000;
    ck_assert_ok(pz_grouping_search(problem, cost_fn, &own, NULL, NULL, &options, NULL, NULL, &whole));
    ck_assert_ok(pz_grouping_result_groups(whole, a, N));
    ck_assert_double_lt(balance(&own, a, N), 1);
    ck_assert_int_eq(summary_of(whole).rules_broken, 0);
    ck_assert_int_le(own.calls, 20001);
    ck_assert_int_eq(summary_of(whole).iterations, own.calls);
    ck_assert_ok(pz_grouping_search(problem, cost_fn, &own, change_fn, &own, &options, NULL, NULL, &delta));
    ck_assert_ok(pz_grouping_result_groups(delta, b, N));
    ck_assert_double_lt(balance(&own, b, N), 1);
    ck_assert_ok(pz_grouping_search(problem, cost_fn, &own, NULL, NULL, &options, NULL, NULL, &again));
    ck_assert_ok(pz_grouping_result_groups(again, b, N));
    ck_assert_mem_eq(a, b, sizeof a);
    pz_grouping_result_free(whole);
    pz_grouping_result_free(delta);
    pz_grouping_result_free(again);
    pz_grouping_problem_free(problem);
}
END_TEST

static pz_status stop(double done, void *user_data)
{
    (void)done;
    (void)user_data;
    return PZ_E_CANCELLED;
}

START_TEST(functions_that_fail_are_told)
{
    enum { N = 12 };
    double values[N];
    for (int i = 0; i < N; i++) values[i] = i - 5.5;
    pz_grouping_problem *problem = new_problem(N, 3, 3, 0);
    pz_grouping_result *result;
    own_cost own = {values, 0, 0, 9, 0, 0};
    ck_assert_status(pz_grouping_search(problem, cost_fn, &own, NULL, NULL, NULL, NULL, NULL, &result), PZ_E_CALLBACK);
    ck_assert_ptr_null(result);
    own = (own_cost){values, 0, 7, 0, 0, 0};
    ck_assert_status(pz_grouping_search(problem, cost_fn, &own, NULL, NULL, NULL, NULL, NULL, &result), PZ_E_INVALID);
    ck_assert_str_eq(pz_last_error()->field, "cost");
    own = (own_cost){values, 0, 0, 0, 0, 1};
    ck_assert_status(pz_grouping_search(problem, cost_fn, &own, change_fn, &own, NULL, NULL, NULL, &result), PZ_E_INVALID);
    ck_assert_str_eq(pz_last_error()->field, "change");
    own = (own_cost){values, 0, 0, 0, 1, 0}; /* nothing is ever better: it ends by itself */
    ck_assert_ok(pz_grouping_search(problem, cost_fn, &own, NULL, NULL, NULL, NULL, NULL, &result));
    ck_assert_int_lt(own.calls, 2001);
    pz_grouping_result_free(result);
    ck_assert_status(pz_grouping_search(problem, cost_fn, &own, NULL, NULL, NULL, stop, NULL, &result), PZ_E_CANCELLED);
    ck_assert_status(pz_grouping_search(problem, NULL, NULL, NULL, NULL, NULL, NULL, NULL, &result), PZ_E_INVALID);
    ck_assert_status(pz_grouping_search(NULL, cost_fn, &own, NULL, NULL, NULL, NULL, NULL, &result), PZ_E_CLOSED);
    pz_grouping_options options = PZ_GROUPING_OPTIONS_INIT;
    options.iterations = -1;
    ck_assert_status(pz_grouping_search(problem, cost_fn, &own, NULL, NULL, &options, NULL, NULL, &result), PZ_E_INVALID);
    ck_assert_ok(pz_grouping_add_together(problem, 0, 1));
    ck_assert_ok(pz_grouping_add_apart(problem, 0, 1));
    ck_assert_status(pz_grouping_search(problem, cost_fn, &own, NULL, NULL, NULL, NULL, NULL, &result), PZ_E_INFEASIBLE);
    for (int32_t i = 0; i < N; i++) ck_assert_ok(pz_grouping_add_absent(problem, i));
    ck_assert_status(pz_grouping_search(problem, cost_fn, &own, NULL, NULL, NULL, NULL, NULL, &result), PZ_E_NOT_ENOUGH);
    pz_grouping_problem_free(problem);
}
END_TEST

/* ----------------------------------------------------------------------------------------------- side by side --- */

static pz_status by_rank(uint64_t seed, int32_t *out_groups, size_t out_groups_len, void *user_data)
{
    (void)seed;
    int32_t wrong = *(int32_t *)user_data;
    for (size_t i = 0; i < out_groups_len; i++) out_groups[i] = (int32_t)i / 4;
    if (wrong == 1) out_groups[0] = 9;
    return wrong == 2 ? PZ_E_STATE : PZ_OK;
}

START_TEST(strategies_stand_side_by_side)
{
    enum { N = 16 };
    double values[N];
    const int64_t seeds[] = {1, 2, 3};
    int32_t right = 0, wrong = 1, stops = 2;
    for (int i = 0; i < N; i++) values[i] = i;
    pz_grouping_problem *problem = new_problem(N, 4, 4, 0);
    pz_comparison *comparison;
    pz_comparison_row **rows;
    pz_comparison_term **terms;
    pz_grouping_result *result;
    size_t count;
    ck_assert_ok(pz_grouping_add_numeric(problem, "level", values, N, PZ_DIRECTION_ALIKE, 1));
    ck_assert_ok(pz_comparison_new(problem, seeds, 3, &comparison));
    ck_assert_ok(pz_comparison_add_engine(comparison, "engine", 0));
    ck_assert_ok(pz_comparison_add(comparison, "by rank", by_rank, &right));
    ck_assert_status(pz_comparison_add(comparison, "by rank", by_rank, &right), PZ_E_EXISTS);
    ck_assert_status(pz_comparison_add(comparison, "holes", by_rank, &wrong), PZ_E_INVALID);
    ck_assert_status(pz_comparison_add(comparison, "stops", by_rank, &stops), PZ_E_CALLBACK);
    ck_assert_status(pz_comparison_add(comparison, "none", NULL, NULL), PZ_E_INVALID);
    ck_assert_status(pz_comparison_add(comparison, "", by_rank, &right), PZ_E_INVALID);
    ck_assert_status(pz_comparison_add(NULL, "x", by_rank, &right), PZ_E_CLOSED);
    ck_assert_status(pz_comparison_add_engine(comparison, "x", -1), PZ_E_INVALID);
    pz_grouping_problem_free(problem);
    ck_assert_ok(pz_comparison_list(comparison, &rows, &count));
    ck_assert_uint_eq(count, 2);
    ck_assert_str_eq(rows[1]->name, "by rank");
    ck_assert_double_eq_tol(rows[0]->objective, rows[1]->objective, 1e-12); /* runs of the order are the best there is */
    ck_assert_double_eq(rows[1]->stability, 1);
    ck_assert_double_eq(rows[0]->likeness, 1);
    ck_assert_double_eq(rows[1]->likeness, 1);
    ck_assert_double_eq_tol(rows[0]->gap, 0, 1e-9);
    ck_assert_int_eq(rows[0]->rules_broken, 0);
    ck_assert_ok(pz_comparison_term_list(comparison, &terms, &count));
    ck_assert_uint_eq(count, 2);
    ck_assert_str_eq(terms[0]->name, "level");
    ck_assert_ok(pz_comparison_result(comparison, 1, &result));
    ck_assert_double_eq(summary_of(result).objective, rows[1]->objective);
    pz_grouping_result_free(result);
    pz_free(rows);
    pz_free(terms);
    ck_assert_status(pz_comparison_result(comparison, 2, &result), PZ_E_INVALID);
    ck_assert_ptr_null(result);
    pz_comparison_free(comparison);
    ck_assert_status(pz_comparison_result(NULL, 0, &result), PZ_E_CLOSED);
    ck_assert_status(pz_comparison_term_list(NULL, &terms, &count), PZ_E_CLOSED);
    ck_assert_status(pz_comparison_list(NULL, &rows, &count), PZ_E_CLOSED);
    ck_assert_status(pz_comparison_new(NULL, seeds, 1, &comparison), PZ_E_CLOSED);
}
END_TEST

START_TEST(comparisons_need_a_problem_and_seeds)
{
    const int64_t seeds[] = {1};
    pz_grouping_problem *problem = new_problem(6, 3, 3, 0);
    pz_comparison *comparison;
    ck_assert_status(pz_comparison_new(problem, seeds, 0, &comparison), PZ_E_INVALID);
    ck_assert_status(pz_comparison_new(problem, NULL, 1, &comparison), PZ_E_INVALID);
    ck_assert_status(pz_comparison_new(problem, seeds, 1001, &comparison), PZ_E_INVALID);
    ck_assert_status(pz_comparison_new(problem, seeds, 1, NULL), PZ_E_INVALID);
    pz_comparison_free(NULL);
    pz_grouping_problem_free(problem);
}
END_TEST

/* --------------------------------------------------------------------------------------------------- memory --- */

static pz_status everything(void *user_data)
{
    enum { N = 9 };
    int which = *(int *)user_data;
    double values[N] = {1, .9, .1, .2, .95, .3, .4, .85, 0}, first[N] = {0};
    int32_t before[N] = {0, 0, 0, 1, 1, 1, 2, 2, -1}, right = 0;
    const int64_t seeds[] = {1, 2};
    pz_grouping_problem *problem = NULL;
    pz_grouping_result *result = NULL, *other = NULL;
    pz_comparison *comparison = NULL;
    pz_comparison_row **rows = NULL;
    pz_comparison_term **terms = NULL;
    pz_tutoring **pairs = NULL;
    pz_tutoring_summary *paired = NULL;
    pz_rotation_seat **seats = NULL;
    pz_rotation_summary *rotated = NULL;
    size_t count;
    own_cost own = {first, 0, 0, 0, 0, 0};
    pz_grouping_options options = PZ_GROUPING_OPTIONS_INIT;
    options.iterations = 20;
    pz_status status = pz_grouping_problem_new(N, 3, 4, which == 4 ? 3 : 0, &problem);
    if (status == PZ_OK) status = pz_grouping_add_numeric(problem, "level", values, N, PZ_DIRECTION_MIXED, 1);
    if (status == PZ_OK && which == 0)
        status = pz_grouping_tutor(problem, values, N, 1, NULL, 0, NULL, NULL, NULL, &pairs, &count, &paired);
    if (status == PZ_OK && which == 1) status = pz_grouping_rotate(problem, 2, before, N, &options, NULL, NULL, &seats, &count, &rotated);
    if (status == PZ_OK && which == 2) status = pz_grouping_regroup(problem, before, N, 2, &result);
    if (status == PZ_OK && which == 3) status = pz_grouping_solve(problem, &options, NULL, NULL, &other);
    if (status == PZ_OK && which == 3) status = pz_grouping_jigsaw(other, 3, &options, &result);
    if (status == PZ_OK && which == 4) status = pz_grouping_search(problem, cost_fn, &own, change_fn, &own, &options, NULL, NULL, &result);
    if (which == 5) {
        if (status == PZ_OK) status = pz_comparison_new(problem, seeds, 2, &comparison);
        if (status == PZ_OK) status = pz_comparison_add_engine(comparison, "engine", 5);
        if (status == PZ_OK) status = pz_comparison_add(comparison, "own", by_rank, &right);
        if (status == PZ_OK) status = pz_comparison_list(comparison, &rows, &count);
        if (status == PZ_OK) status = pz_comparison_term_list(comparison, &terms, &count);
        if (status == PZ_OK) status = pz_comparison_result(comparison, 0, &result);
    }
    pz_free(rows);
    pz_free(terms);
    pz_free(pairs);
    pz_free(paired);
    pz_free(seats);
    pz_free(rotated);
    pz_comparison_free(comparison);
    pz_grouping_result_free(result);
    pz_grouping_result_free(other);
    pz_grouping_problem_free(problem);
    return status;
}

START_TEST(memory_that_fails_is_told_and_freed)
{
    for (int which = 0; which < 6; which++) ck_assert_int_gt(suite_each_allocation(everything, &which), 12);
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("grouping_strategy");
    TCase *tests = tcase_create("strategy");
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, no_pairing_is_worth_more);
    tcase_add_test(tests, roles_and_rules_of_pairs);
    tcase_add_test(tests, nobody_meets_twice_where_that_can_be);
    tcase_add_test(tests, what_must_repeat_does_so_as_seldom_as_can_be);
    tcase_add_test(tests, earlier_teammates_absent_and_apart);
    tcase_add_test(tests, whoever_joins_or_leaves_moves_few);
    tcase_add_test(tests, regrouping_keeps_sizes_rules_and_numbers);
    tcase_add_test(tests, regrouping_keeps_rules_about_groups);
    tcase_add_test(tests, experts_come_one_from_each_home_group);
    tcase_add_test(tests, a_cost_of_ones_own_steers_the_search);
    tcase_add_test(tests, functions_that_fail_are_told);
    tcase_add_test(tests, strategies_stand_side_by_side);
    tcase_add_test(tests, comparisons_need_a_problem_and_seeds);
    tcase_add_test(tests, memory_that_fails_is_told_and_freed);
    suite_add_tcase(suite, tests);
    return suite;
}

SUITE_MAIN(make_suite)
