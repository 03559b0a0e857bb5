/* Small problems with rules of every kind, against all divisions there are: the engine finds one where there is one, says so where there is none, and
 * what it names as a conflict is one, and none without any of its rules. */
#include "grouping/problems.h"

enum { N = 7, RULES = 6, SLOTS = 3 };

typedef struct spec {
    int32_t kind, a, b, least, most, list[2];
    double values[N * SLOTS];
} spec;

typedef struct small {
    int32_t size_min, size_max, groups;
    int count;
    spec rules[RULES];
} small;

static int32_t below(pz__random *random, uint32_t bound)
{
    return (int32_t)pz__random_below(random, bound);
}

static void draw_rule(pz__random *random, int32_t groups, spec *rule)
{
    static const int32_t kinds[] = {PZ_CONSTRAINT_TOGETHER,   PZ_CONSTRAINT_APART,       PZ_CONSTRAINT_LOCKED,
                                    PZ_CONSTRAINT_GROUP_SIZE, PZ_CONSTRAINT_ALLOWED,     PZ_CONSTRAINT_NOT_ALONE,
                                    PZ_CONSTRAINT_ROLE,       PZ_CONSTRAINT_COMMON_TIME, PZ_CONSTRAINT_EARLIER};
    memset(rule, 0, sizeof *rule);
    rule->kind = kinds[below(random, 9)];
    rule->a = below(random, N);
    rule->b = (rule->a + 1 + below(random, N - 1)) % N;
    rule->list[0] = below(random, (uint32_t)groups);
    rule->list[1] = below(random, (uint32_t)groups + 1);
    rule->least = 1 + below(random, 3);
    rule->most = rule->least + below(random, 2);
    int is_flag = rule->kind == PZ_CONSTRAINT_NOT_ALONE || rule->kind == PZ_CONSTRAINT_ROLE;
    for (int i = 0; i < N * SLOTS; i++)
        rule->values[i] = rule->kind == PZ_CONSTRAINT_EARLIER ? below(random, 5) : below(random, 5) < (is_flag ? 2 : 3);
    if (rule->kind == PZ_CONSTRAINT_NOT_ALONE) rule->least = 2 + below(random, 2);
    if (rule->kind == PZ_CONSTRAINT_ROLE) rule->least -= 1;
    if (rule->kind == PZ_CONSTRAINT_COMMON_TIME) rule->least = 1;
    if (rule->kind == PZ_CONSTRAINT_EARLIER) rule->most = below(random, 2);
}

static void add_rule(pz_grouping_problem *problem, const spec *rule)
{
    switch (rule->kind) {
    case PZ_CONSTRAINT_TOGETHER: ck_assert_ok(pz_grouping_add_together(problem, rule->a, rule->b)); break;
    case PZ_CONSTRAINT_APART: ck_assert_ok(pz_grouping_add_apart(problem, rule->a, rule->b)); break;
    case PZ_CONSTRAINT_LOCKED: ck_assert_ok(pz_grouping_add_locked(problem, rule->a, rule->list[0])); break;
    case PZ_CONSTRAINT_GROUP_SIZE: ck_assert_ok(pz_grouping_add_group_size(problem, rule->list[0], rule->least, rule->most)); break;
    case PZ_CONSTRAINT_ALLOWED: ck_assert_ok(pz_grouping_add_allowed(problem, rule->a, rule->list, 2)); break;
    case PZ_CONSTRAINT_NOT_ALONE: ck_assert_ok(pz_grouping_add_not_alone(problem, "n", rule->values, N, rule->least)); break;
    case PZ_CONSTRAINT_ROLE: ck_assert_ok(pz_grouping_add_role(problem, "r", rule->values, N, rule->least, rule->most)); break;
    case PZ_CONSTRAINT_COMMON_TIME: ck_assert_ok(pz_grouping_add_common_time(problem, "t", rule->values, N, SLOTS, rule->least)); break;
    default: ck_assert_ok(pz_grouping_add_earlier_cap(problem, "e", rule->values, N, SLOTS, rule->most)); break;
    }
}

/* With the rules of `mask` alone. A group whose own sizes are left out may have these or those of the problem. */
static pz_grouping_problem *problem_of(const small *s, uint32_t mask)
{
    pz_grouping_problem *problem = new_problem(N, s->size_min, s->size_max, s->groups);
    for (int i = 0; i < s->count; i++) {
        spec rule = s->rules[i];
        if (!(mask >> i & 1)) {
            if (rule.kind != PZ_CONSTRAINT_GROUP_SIZE) continue;
            if (s->size_min < rule.least) rule.least = s->size_min;
            if (s->size_max > rule.most) rule.most = s->size_max;
        }
        add_rule(problem, &rule);
    }
    return problem;
}

/* Is there a division that keeps the sizes and the rules of `mask`? All of them are looked at. */
static int is_possible(const small *s, uint32_t mask)
{
    pz_grouping_problem *problem = problem_of(s, mask);
    int found = 0;
    int32_t groups[N] = {0};
    for (int32_t last = 0; !found && last >= 0;) {
        int32_t most = 0, seen = 0;
        pz_grouping_result *result;
        for (int i = 0; i < N; i++) {
            if (groups[i] > most) most = groups[i];
            seen |= 1 << groups[i];
        }
        if (seen == (1 << (most + 1)) - 1 && most + 1 == s->groups) {
            ck_assert_ok(pz_grouping_score(problem, groups, N, &result));
            found = summary_of(result).rules_broken == 0;
            pz_grouping_result_free(result);
        }
        for (last = N - 1; last >= 0 && ++groups[last] == s->groups; last--) groups[last] = 0;
    }
    pz_grouping_problem_free(problem);
    return found;
}

/* The rules of a conflict as a mask; whether the sizes are among them. */
static uint32_t conflict_of(const pz_grouping_problem *problem, int *out_sizes, size_t *out_count)
{
    pz_grouping_check **rows;
    uint32_t mask = 0;
    *out_sizes = 0;
    ck_assert_ok(pz_grouping_conflict_list(problem, &rows, out_count));
    for (size_t i = 0; i < *out_count; i++) {
        if (rows[i]->kind == PZ_CONSTRAINT_SIZE) *out_sizes = 1;
        if (rows[i]->rule >= 0) mask |= 1u << rows[i]->rule;
    }
    pz_free(rows);
    return mask;
}

/* Rules that are the same twice, or sizes of one group twice, would not be numbered as they were drawn. */
static int is_plain(const small *s)
{
    for (int i = 0; i < s->count; i++) {
        for (int j = 0; j < i; j++) {
            const spec *x = &s->rules[i], *y = &s->rules[j];
            if (x->kind != y->kind) continue;
            if (x->kind == PZ_CONSTRAINT_GROUP_SIZE ? x->list[0] == y->list[0] : x->kind <= PZ_CONSTRAINT_ALLOWED) return 0;
            if (x->kind > PZ_CONSTRAINT_ALLOWED && !memcmp(x->values, y->values, N * sizeof x->values[0])) return 0;
        }
    }
    return 1;
}

static void draw_problem(pz__random *random, small *out)
{
    *out = (small){2, 3 + below(random, 2), 2 + below(random, 2), 2 + below(random, RULES - 1), {{0}}};
    do {
        for (int i = 0; i < out->count; i++) draw_rule(random, out->groups, &out->rules[i]);
    } while (!is_plain(out));
}

/* Every one of its rules is needed, where the sizes are too; without sizes more groups are possible than are looked at here. */
static void check_conflict(const small *s, const pz_grouping_problem *problem, int round)
{
    int with_sizes;
    size_t count;
    uint32_t mask = conflict_of(problem, &with_sizes, &count);
    ck_assert_uint_gt(count, 0);
    ck_assert_msg(!is_possible(s, mask), "round %d: the conflict is none", round);
    for (int i = 0; with_sizes && i < s->count; i++)
        if (mask >> i & 1) ck_assert_msg(is_possible(s, mask & ~(1u << i)), "round %d: rule %d can be spared", round, i);
}

static void check_no_conflict(const pz_grouping_problem *problem, const pz_grouping_result *result)
{
    int with_sizes;
    size_t count;
    conflict_of(problem, &with_sizes, &count);
    ck_assert_uint_eq(count, 0);
    ck_assert_int_eq(summary_of(result).rules_broken, 0);
}

START_TEST(small_problems_agree_with_all_divisions)
{
    enum { EACH = 60, ROUNDS = 2000 };
    pz__random random;
    int infeasible = 0, feasible = 0;
    pz__random_seed(&random, suite_seed());
    for (int round = 0; round < ROUNDS && (feasible < EACH || infeasible < EACH); round++) {
        small s;
        draw_problem(&random, &s);
        const uint32_t all = (1u << s.count) - 1;
        pz_grouping_problem *problem = problem_of(&s, all);
        pz_grouping_result *result;
        pz_status status = pz_grouping_solve(problem, NULL, NULL, NULL, &result);
        int possible = is_possible(&s, all);
        ck_assert_msg(status == (possible ? PZ_OK : PZ_E_INFEASIBLE), "round %d gave %s where %d is possible", round,
                      pz_status_describe(status)->name, possible);
        if (possible) {
            feasible++;
            check_no_conflict(problem, result);
        } else {
            infeasible++;
            check_conflict(&s, problem, round);
        }
        pz_grouping_result_free(result);
        pz_grouping_problem_free(problem);
    }
    ck_assert_int_ge(infeasible, EACH);
    ck_assert_int_ge(feasible, EACH);
}
END_TEST

/* Seven in two groups of 2 or 3 is possible only because one of them may be of 4: this is not to be blamed, nor the sizes alone. */
START_TEST(sizes_of_one_group_that_make_room_are_not_taken_away)
{
    pz_grouping_problem *problem = new_problem(7, 2, 3, 2);
    pz_grouping_check **rows;
    size_t count;
    ck_assert_ok(pz_grouping_add_group_size(problem, 0, 1, 4));
    for (int32_t i = 0; i < 5; i++) ck_assert_ok(pz_grouping_add_locked(problem, i, 1));
    ck_assert_ok(pz_grouping_conflict_list(problem, &rows, &count));
    ck_assert_uint_eq(count, 5); /* a group of at most 3, and four who are to be in it */
    ck_assert_int_eq(rows[0]->kind, PZ_CONSTRAINT_SIZE);
    for (size_t i = 1; i < count; i++) ck_assert_int_eq(rows[i]->kind, PZ_CONSTRAINT_LOCKED);
    pz_free(rows);
    pz_grouping_problem_free(problem);
}
END_TEST

START_TEST(a_learner_locked_to_a_group_that_is_not_allowed_is_refused)
{
    static const int32_t other[] = {1};
    static const double flags[] = {0, 1, 1, 0};
    pz_grouping_problem *problem = new_problem(4, 2, 2, 2);
    pz_grouping_check **rows;
    pz_grouping_result *result;
    size_t count;
    ck_assert_ok(pz_grouping_add_not_alone(problem, "pair", flags, 4, 2));
    ck_assert_ok(pz_grouping_add_locked(problem, 0, 0));
    ck_assert_ok(pz_grouping_add_allowed(problem, 0, other, 1));
    ck_assert_status(pz_grouping_solve(problem, NULL, NULL, NULL, &result), PZ_E_INFEASIBLE);
    ck_assert_ok(pz_grouping_conflict_list(problem, &rows, &count));
    ck_assert_uint_eq(count, 2);
    ck_assert_int_eq(rows[0]->kind, PZ_CONSTRAINT_LOCKED);
    ck_assert_int_eq(rows[1]->kind, PZ_CONSTRAINT_ALLOWED);
    pz_free(rows);
    pz_grouping_problem_free(problem);
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("grouping_conflicts");
    TCase *tests = tcase_create("conflicts");
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, small_problems_agree_with_all_divisions);
    tcase_add_test(tests, sizes_of_one_group_that_make_room_are_not_taken_away);
    tcase_add_test(tests, a_learner_locked_to_a_group_that_is_not_allowed_is_refused);
    suite_add_tcase(suite, tests);
    return suite;
}

SUITE_MAIN(make_suite)
