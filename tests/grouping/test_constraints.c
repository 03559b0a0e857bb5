/* Rules about whole groups, lists of groups, sizes of one group and earlier teammates. */
#include "grouping/problems.h"

enum { N = 30, SLOTS = 12, EARLIER = 3 };

static void assert_kept(const pz_grouping_problem *problem, uint64_t seed, int64_t iterations)
{
    pz_grouping_options options = PZ_GROUPING_OPTIONS_INIT;
    pz_grouping_result *result;
    pz_grouping_check **checks;
    size_t count;
    options.seed = seed;
    options.iterations = iterations;
    pz_status status = pz_grouping_solve(problem, &options, NULL, NULL, &result);
    ck_assert_msg(status == PZ_OK, "case %llu: %s", (unsigned long long)seed, status ? pz_last_error()->message : "");
    ck_assert_ok(pz_grouping_check_list(result, &checks, &count));
    for (size_t i = 0; i < count; i++)
        ck_assert_msg(checks[i]->holds, "case %llu breaks a rule of kind %d in group %d: %d", (unsigned long long)seed, checks[i]->kind,
                      checks[i]->group, checks[i]->count);
    ck_assert_int_eq(summary_of(result).rules_broken, 0);
    pz_free(checks);
    pz_grouping_result_free(result);
}

/* -------------------------------------------------------------------------------------------- hidden divisions --- */

typedef struct hidden {
    pz__random random;
    int32_t groups[N], sizes[N], count;
} hidden;

static int chance(hidden *h, uint32_t one_in)
{
    return pz__random_below(&h->random, one_in) == 0;
}

static void divide(hidden *h)
{
    int32_t order[N];
    h->count = 5 + (int32_t)pz__random_below(&h->random, 5);
    for (int32_t i = 0; i < N; i++) order[i] = i;
    pz__random_shuffle(&h->random, order, N);
    memset(h->sizes, 0, sizeof h->sizes);
    for (int32_t i = 0; i < N; i++) {
        /* Two in each, the others where they happen to fall. */
        int32_t group = i < 2 * h->count ? i % h->count : (int32_t)pz__random_below(&h->random, (uint32_t)h->count);
        h->groups[order[i]] = group;
        h->sizes[group]++;
    }
}

static void add_sizes(hidden *h, pz_grouping_problem *problem)
{
    for (int32_t g = 0; g < h->count; g++) {
        int32_t least = h->sizes[g] - (chance(h, 2) && h->sizes[g] > 1), most = h->sizes[g] + chance(h, 2);
        if (chance(h, 2)) ck_assert_ok(pz_grouping_add_group_size(problem, g, least, most));
    }
}

static void add_counts(hidden *h, pz_grouping_problem *problem)
{
    double minority[N], leaders[N];
    int32_t few[N], lead[N], least = N, most = 1;
    memset(few, 0, sizeof few);
    memset(lead, 0, sizeof lead);
    for (int32_t i = 0; i < N; i++) {
        minority[i] = chance(h, 4);
        leaders[i] = chance(h, 3);
    }
    for (int32_t i = 0; i < N; i++) few[h->groups[i]] += minority[i] != 0;
    for (int32_t i = 0; i < N; i++) /* whoever is alone gets company, or is not counted */
        if (minority[i] != 0 && few[h->groups[i]] == 1) minority[i] = 0;
    for (int32_t i = 0; i < N; i++) lead[h->groups[i]] += leaders[i] != 0;
    for (int32_t g = 0; g < h->count; g++) {
        if (lead[g] < least) least = lead[g];
        if (lead[g] > most) most = lead[g];
    }
    ck_assert_ok(pz_grouping_add_not_alone(problem, "few", minority, N, 2));
    if (chance(h, 2)) ck_assert_ok(pz_grouping_add_role(problem, "lead", leaders, N, least, most));
}

static void add_times(hidden *h, pz_grouping_problem *problem)
{
    double free_times[N * SLOTS];
    for (int32_t i = 0; i < N * SLOTS; i++) free_times[i] = chance(h, 2);
    for (int32_t i = 0; i < N; i++) /* two slots that the group has in common */
        for (int32_t s = 0; s < 2; s++) free_times[i * SLOTS + (h->groups[i] * 5 + s * 7) % SLOTS] = 1;
    ck_assert_ok(pz_grouping_add_common_time(problem, "times", free_times, N, SLOTS, 1 + chance(h, 3)));
}

static void add_earlier(hidden *h, pz_grouping_problem *problem)
{
    double earlier[N * EARLIER];
    for (int32_t i = 0; i < N * EARLIER; i++) earlier[i] = chance(h, 9) ? NAN : (double)(i % N) + 100; /* alone */
    /* Divisions in which nobody sat with whom the hidden one brings together. */
    for (int32_t c = 0; c < EARLIER; c++)
        for (int32_t g = 0; g < h->count; g++) {
            int32_t place = c;
            for (int32_t i = 0; i < N; i++)
                if (h->groups[i] == g) earlier[i * EARLIER + c] = chance(h, 9) ? NAN : (double)(place++ * (c + 1) % 9);
        }
    for (int32_t i = 0; i < N; i++)
        for (int32_t j = i + 1; j < N; j++)
            for (int32_t c = 0; h->groups[i] == h->groups[j] && c < EARLIER; c++)
                if (earlier[i * EARLIER + c] == earlier[j * EARLIER + c]) earlier[j * EARLIER + c] = NAN;
    ck_assert_ok(pz_grouping_add_earlier_cap(problem, "met", earlier, N, EARLIER, (int32_t)pz__random_below(&h->random, 2)));
}

static void add_lists(hidden *h, pz_grouping_problem *problem)
{
    for (int rules = (int)pz__random_below(&h->random, 8); rules > 0; rules--) {
        int32_t learner = (int32_t)pz__random_below(&h->random, N);
        int32_t list[] = {h->groups[learner], (int32_t)pz__random_below(&h->random, 12), (int32_t)pz__random_below(&h->random, 12)};
        ck_assert_ok(pz_grouping_add_allowed(problem, learner, list, 3));
    }
    for (int rules = (int)pz__random_below(&h->random, 10); rules > 0; rules--) {
        int32_t a = (int32_t)pz__random_below(&h->random, N), b = (int32_t)pz__random_below(&h->random, N);
        if (a == b) continue;
        ck_assert_ok((h->groups[a] == h->groups[b] ? pz_grouping_add_together : pz_grouping_add_apart)(problem, a, b));
    }
    if (chance(h, 2)) ck_assert_ok(pz_grouping_add_locked(problem, 7, h->groups[7]));
}

/* Criteria of each kind, so that each way of searching is met. */
static void add_criteria(hidden *h, pz_grouping_problem *problem)
{
    double values[N * 3];
    for (int32_t i = 0; i < N * 3; i++) values[i] = pz__random_unit(&h->random);
    if (chance(h, 2)) {
        ck_assert_ok(pz_grouping_add_features(problem, "f", values, N, 3, PZ_METRIC_EUCLIDEAN, PZ_DIRECTION_MIXED, 1));
        return;
    }
    ck_assert_ok(pz_grouping_add_numeric(problem, "v", values, N, PZ_DIRECTION_ALIKE, 1));
    if (chance(h, 2)) ck_assert_ok(pz_grouping_add_needs(problem, "n", values, N, 3, 1));
}

static pz_grouping_problem *hidden_problem(hidden *h)
{
    int32_t least = N, most = 0;
    divide(h);
    for (int32_t g = 0; g < h->count; g++) {
        if (h->sizes[g] < least) least = h->sizes[g];
        if (h->sizes[g] > most) most = h->sizes[g];
    }
    pz_grouping_problem *problem = new_problem(N, least, most, h->count);
    if (chance(h, 2)) add_sizes(h, problem);
    if (chance(h, 2)) add_counts(h, problem);
    if (chance(h, 2)) add_times(h, problem);
    if (chance(h, 2)) add_earlier(h, problem);
    if (chance(h, 2)) add_lists(h, problem);
    add_criteria(h, problem);
    return problem;
}

START_TEST(a_thousand_hidden_divisions_are_met_by_others_that_keep_the_rules)
{
    hidden h;
    pz__random_seed(&h.random, suite_seed());
    for (uint64_t round = 0; round < 1000; round++) {
        pz_grouping_problem *problem = hidden_problem(&h), *again;
        pz_grouping_result *result;
        char *json, *json_again;
        ck_assert_ok(pz_grouping_score(problem, h.groups, N, &result)); /* the hidden one does keep them */
        ck_assert_int_eq(summary_of(result).rules_broken, 0);
        pz_grouping_result_free(result);
        assert_kept(problem, round, 3);
        if (round % 10 == 0) {
            ck_assert_ok(pz_grouping_problem_write(problem, &json));
            ck_assert_ok(pz_grouping_problem_read(json, PZ_NUL_TERMINATED, &again));
            ck_assert_ok(pz_grouping_problem_write(again, &json_again));
            ck_assert_str_eq(json, json_again);
            pz_free(json);
            pz_free(json_again);
            pz_grouping_problem_free(again);
        }
        pz_grouping_problem_free(problem);
    }
}
END_TEST

/* --------------------------------------------------------------------------------------------------- one by one --- */

static void assert_conflict(pz_grouping_problem *problem, size_t rules, const char *words)
{
    pz_grouping_result *result;
    pz_grouping_check **conflict;
    size_t count;
    ck_assert_status(pz_grouping_solve(problem, NULL, NULL, NULL, &result), PZ_E_INFEASIBLE);
    ck_assert_msg(strstr(pz_last_error()->message, words) != NULL, "%s does not say: %s", pz_last_error()->message, words);
    ck_assert_ok(pz_grouping_conflict_list(problem, &conflict, &count));
    ck_assert_uint_eq(count, rules);
    pz_free(conflict);
    pz_grouping_problem_free(problem);
}

START_TEST(what_cannot_hold_is_said_in_words)
{
    const double two[] = {1, 1, 0, 0, 0, 0}, one[] = {1, 0, 0, 0, 0, 0}, flags[] = {1, 1, 1, 0, 0, 0};
    const double times[] = {1, 0, 0, 1, 0, 1, 1, 0, 0, 1, 1, 0}, met[] = {1, 1, 1, 1, 1, 1};
    const int32_t first[] = {0}, second[] = {1};

    pz_grouping_problem *problem = new_problem(6, 3, 3, 2);
    ck_assert_ok(pz_grouping_add_not_alone(problem, "one of a kind", one, 6, 2));
    ck_assert_ok(pz_grouping_add_apart(problem, 3, 4));
    assert_conflict(problem, 1, "of 1 learners (one of a kind) none or at least 2 in each group");

    problem = new_problem(6, 2, 3, 3);
    ck_assert_ok(pz_grouping_add_role(problem, "lead", two, 6, 1, 1));
    assert_conflict(problem, 2, "6 learners in groups of 2 to 3, 3 groups; of 2 learners (lead) 1 in each group");

    problem = new_problem(6, 3, 3, 0);
    ck_assert_ok(pz_grouping_add_role(problem, "lead", two, 6, 1, 1));
    ck_assert_ok(pz_grouping_add_together(problem, 0, 1));
    assert_conflict(problem, 2, "of 2 learners (lead) 1 in each group; learners 0 and 1 together");

    problem = new_problem(6, 3, 3, 0); /* three and three, where two must not be alone and the third must go elsewhere */
    ck_assert_ok(pz_grouping_add_not_alone(problem, "girls", flags, 6, 2));
    ck_assert_ok(pz_grouping_add_apart(problem, 0, 1));
    assert_conflict(problem, 2, "of 3 learners (girls) none or at least 2 in each group");

    problem = new_problem(6, 3, 3, 0); /* three are free in one slot, three in the other, and one of each must meet */
    ck_assert_ok(pz_grouping_add_common_time(problem, "times", times, 6, 2, 1));
    ck_assert_ok(pz_grouping_add_together(problem, 0, 1));
    assert_conflict(problem, 2, "at least 1 of 2 slots free for all of a group (times)");

    problem = new_problem(6, 2, 3, 0);
    ck_assert_ok(pz_grouping_add_earlier_cap(problem, "last week", met, 6, 1, 0));
    assert_conflict(problem, 2, "nobody again with whom they sat more than 0 times (last week)");

    problem = new_problem(6, 3, 3, 2);
    ck_assert_ok(pz_grouping_add_allowed(problem, 2, first, 1));
    ck_assert_ok(pz_grouping_add_allowed(problem, 2, second, 1));
    assert_conflict(problem, 2, "learner 2 in group 0; learner 2 in group 1");

    problem = new_problem(6, 3, 3, 2);
    ck_assert_ok(pz_grouping_add_group_size(problem, 0, 1, 2));
    assert_conflict(problem, 2, "group 0 of 1 to 2 learners");
}
END_TEST

START_TEST(groups_have_sizes_of_their_own)
{
    pz_grouping_problem *problem = new_problem(10, 2, 4, 3);
    int32_t groups[10], sizes[3] = {0};
    double values[10];
    for (int i = 0; i < 10; i++) values[i] = i * i;
    ck_assert_ok(pz_grouping_add_group_size(problem, 1, 6, 6));
    ck_assert_ok(pz_grouping_add_group_size(problem, 1, 6, 6)); /* the same is not added again */
    ck_assert_status(pz_grouping_add_group_size(problem, 1, 5, 6), PZ_E_EXISTS);
    ck_assert_ok(pz_grouping_add_numeric(problem, "v", values, 10, PZ_DIRECTION_ALIKE, 1));
    pz_grouping_result *result = solve(problem, 1, 50);
    ck_assert_ok(pz_grouping_result_groups(result, groups, 10));
    for (int i = 0; i < 10; i++) sizes[groups[i]]++;
    ck_assert_int_eq(sizes[0], 2);
    ck_assert_int_eq(sizes[1], 6);
    ck_assert_int_eq(sizes[2], 2);
    ck_assert(summary_of(result).gap >= 0);
    pz_grouping_result_free(result);
    pz_grouping_problem_free(problem);
}
END_TEST

START_TEST(learners_sit_only_where_they_may)
{
    const int32_t list[] = {3, 1, 9, 1};
    pz_grouping_problem *problem = new_problem(12, 3, 3, 4);
    for (int32_t i = 0; i < 6; i++) ck_assert_ok(pz_grouping_add_allowed(problem, i, list, 4));
    for (uint64_t seed = 1; seed < 20; seed++) {
        int32_t groups[12];
        pz_grouping_result *result = solve(problem, seed, 10);
        ck_assert_ok(pz_grouping_result_groups(result, groups, 12));
        for (int32_t i = 0; i < 12; i++) ck_assert(i < 6 ? groups[i] == 1 || groups[i] == 3 : groups[i] == 0 || groups[i] == 2);
        pz_grouping_result_free(result);
    }
    pz_grouping_problem_free(problem);
}
END_TEST

START_TEST(who_opted_out_is_told_from_who_is_absent)
{
    pz_grouping_problem *problem = new_problem(6, 2, 2, 0);
    pz_grouping_check **checks;
    size_t count;
    ck_assert_ok(pz_grouping_add_opted_out(problem, 5));
    ck_assert_ok(pz_grouping_add_absent(problem, 4));
    pz_grouping_result *result = solve(problem, 1, 1);
    ck_assert_int_eq(summary_of(result).absent, 2);
    ck_assert_ok(pz_grouping_check_list(result, &checks, &count));
    ck_assert_uint_eq(count, 4);
    ck_assert_int_eq(checks[2]->kind, PZ_CONSTRAINT_OPTED_OUT);
    ck_assert_int_eq(checks[2]->learner, 5);
    ck_assert_int_eq(checks[2]->rule, 0);
    ck_assert_int_eq(checks[3]->kind, PZ_CONSTRAINT_ABSENT);
    pz_free(checks);
    pz_grouping_result_free(result);
    pz_grouping_problem_free(problem);
}
END_TEST

START_TEST(groups_made_by_hand_are_checked_with_numbers)
{
    const double flags[] = {1, 0, 1, 1, 0, 0}, times[] = {1, 1, 1, 0, 0, 1, 1, 1, 1, 1, 0, 1}, met[] = {0, 0, 1, 2, NAN, NAN};
    const int32_t by_hand[] = {0, 0, 0, 1, 1, 1}, list[] = {1};
    pz_grouping_problem *problem = new_problem(6, 3, 3, 2);
    pz_grouping_check **checks;
    size_t count;
    ck_assert_ok(pz_grouping_add_not_alone(problem, "few", flags, 6, 2));
    ck_assert_ok(pz_grouping_add_common_time(problem, "times", times, 6, 2, 1));
    ck_assert_ok(pz_grouping_add_earlier_cap(problem, "met", met, 6, 1, 0));
    ck_assert_ok(pz_grouping_add_allowed(problem, 0, list, 1));
    pz_grouping_result *result;
    ck_assert_ok(pz_grouping_score(problem, by_hand, 6, &result));
    ck_assert_ok(pz_grouping_check_list(result, &checks, &count));
    ck_assert_uint_eq(count, 8); /* two sizes, two of each rule about groups, one pair that meets again, one list */
    ck_assert_int_eq(checks[0]->count, 3);
    ck_assert_int_eq(checks[2]->holds, 1);
    ck_assert_int_eq(checks[2]->count, 2);
    ck_assert_int_eq(checks[3]->holds, 0); /* alone in group 1 */
    ck_assert_int_eq(checks[3]->count, 1);
    ck_assert_int_eq(checks[3]->least, 2);
    ck_assert_str_eq(checks[3]->name, "few");
    ck_assert_int_eq(checks[4]->count, 0);
    ck_assert_int_eq(checks[4]->holds, 0);
    ck_assert_int_eq(checks[5]->count, 1);
    ck_assert_int_eq(checks[5]->holds, 1);
    ck_assert_int_eq(checks[6]->learner, 0);
    ck_assert_int_eq(checks[6]->other, 1);
    ck_assert_int_eq(checks[6]->holds, 0);
    ck_assert_int_eq(checks[7]->group, 0);
    ck_assert_int_eq(checks[7]->holds, 0);
    ck_assert_int_eq(summary_of(result).rules_broken, 4);
    pz_free(checks);
    pz_grouping_result_free(result);
    pz_grouping_problem_free(problem);
}
END_TEST

/* Twelve in threes who sat in threes before: where a third of the meetings can be avoided, they are; faded ones weigh less. */
START_TEST(repeats_are_as_few_as_can_be)
{
    double earlier[12 * 2];
    pz_grouping_problem *problem = new_problem(12, 3, 3, 4);
    pz_grouping_reason **reasons;
    size_t count;
    for (int i = 0; i < 12; i++) earlier[i * 2] = i / 3, earlier[i * 2 + 1] = i % 4;
    ck_assert_ok(pz_grouping_add_earlier(problem, "met", earlier, 12, 2, 0.5, 1));
    pz_grouping_result *result = solve(problem, 1, 100);
    ck_assert(summary_of(result).objective < 1e-9);
    ck_assert_ok(pz_grouping_reason_list(result, &reasons, &count));
    ck_assert_str_eq(reasons[0]->code, "reason.group.repeats");
    ck_assert(reasons[0]->value == 0 && reasons[0]->other == 3);
    ck_assert_str_eq(reasons[1]->code, "reason.learner.repeats");
    ck_assert(reasons[1]->value == 0 && reasons[1]->other == 2);
    pz_free(reasons);
    pz_grouping_result_free(result);
    int32_t same[12];
    for (int i = 0; i < 12; i++) same[i] = i / 3; /* the older division: 12 meetings of 0.5 out of 12 * 0.5 + 12 * 1 */
    ck_assert_ok(pz_grouping_score(problem, same, 12, &result));
    ck_assert(fabs(summary_of(result).objective - 1.0 / 3) < 1e-12);
    pz_grouping_result_free(result);
    pz_grouping_problem_free(problem);
}
END_TEST

START_TEST(what_is_wrong_with_a_rule_is_named)
{
    pz_grouping_problem *problem = new_problem(3, 1, 2, 2), *free_number = new_problem(3, 1, 2, 0);
    const double flags[] = {1, 0, 1}, bad[] = {1, 0.5, 1}, not_there[] = {1, NAN, 0}, half[] = {1, 1.5, 2}, wide[] = {1, 0, 1, 0, 1, 0};
    const int32_t list[] = {0, 1}, out[] = {0, 100000}, negative[] = {-1};
    ck_assert_status(pz_grouping_add_opted_out(NULL, 0), PZ_E_CLOSED);
    ck_assert_status(pz_grouping_add_opted_out(problem, 3), PZ_E_INVALID);
    ck_assert_status(pz_grouping_add_group_size(NULL, 0, 1, 1), PZ_E_CLOSED);
    ck_assert_status(pz_grouping_add_group_size(free_number, 0, 1, 1), PZ_E_INVALID);
    ck_assert_status(pz_grouping_add_group_size(problem, 2, 1, 1), PZ_E_INVALID);
    ck_assert_status(pz_grouping_add_group_size(problem, -1, 1, 1), PZ_E_INVALID);
    ck_assert_status(pz_grouping_add_group_size(problem, 0, 0, 1), PZ_E_INVALID);
    ck_assert_status(pz_grouping_add_group_size(problem, 0, 2, 1), PZ_E_INVALID);
    ck_assert_status(pz_grouping_add_group_size(problem, 0, 1, 100001), PZ_E_INVALID);
    ck_assert_status(pz_grouping_add_allowed(NULL, 0, list, 2), PZ_E_CLOSED);
    ck_assert_status(pz_grouping_add_allowed(problem, 3, list, 2), PZ_E_INVALID);
    ck_assert_status(pz_grouping_add_allowed(problem, 0, NULL, 2), PZ_E_INVALID);
    ck_assert_status(pz_grouping_add_allowed(problem, 0, list, 0), PZ_E_INVALID);
    ck_assert_status(pz_grouping_add_allowed(problem, 0, out, 2), PZ_E_INVALID);
    ck_assert_ptr_nonnull(strstr(pz_last_error()->message, "Row 1"));
    ck_assert_status(pz_grouping_add_allowed(problem, 0, negative, 1), PZ_E_INVALID);
    ck_assert_status(pz_grouping_add_not_alone(NULL, "a", flags, 3, 2), PZ_E_CLOSED);
    ck_assert_status(pz_grouping_add_not_alone(problem, "a", NULL, 3, 2), PZ_E_INVALID);
    ck_assert_status(pz_grouping_add_not_alone(problem, "a", flags, 2, 2), PZ_E_INVALID);
    ck_assert_status(pz_grouping_add_not_alone(problem, "a", flags, 3, 1), PZ_E_INVALID);
    ck_assert_status(pz_grouping_add_not_alone(problem, "a", bad, 3, 2), PZ_E_INVALID);
    ck_assert_ptr_nonnull(strstr(pz_last_error()->message, "Row 1"));
    ck_assert_status(pz_grouping_add_not_alone(problem, "a", not_there, 3, 2), PZ_E_INVALID);
    ck_assert_status(pz_grouping_add_not_alone(problem, NULL, flags, 3, 2), PZ_E_INVALID);
    ck_assert_status(pz_grouping_add_not_alone(problem, "\xff", flags, 3, 2), PZ_E_TEXT);
    char *longer = calloc(1, 1026);
    memset(longer, 'a', 1025);
    ck_assert_status(pz_grouping_add_not_alone(problem, longer, flags, 3, 2), PZ_E_TOO_LONG);
    free(longer);
    ck_assert_status(pz_grouping_add_role(problem, "a", flags, 3, -1, 2), PZ_E_INVALID);
    ck_assert_status(pz_grouping_add_role(problem, "a", flags, 3, 2, 1), PZ_E_INVALID);
    ck_assert_status(pz_grouping_add_role(problem, "a", flags, 3, 0, 0), PZ_E_INVALID);
    ck_assert_status(pz_grouping_add_role(NULL, "a", flags, 3, 0, 1), PZ_E_CLOSED);
    ck_assert_status(pz_grouping_add_common_time(NULL, "a", wide, 3, 2, 1), PZ_E_CLOSED);
    ck_assert_status(pz_grouping_add_common_time(problem, "a", wide, 3, 0, 1), PZ_E_INVALID);
    ck_assert_status(pz_grouping_add_common_time(problem, "a", wide, 3, 2, 3), PZ_E_INVALID);
    ck_assert_status(pz_grouping_add_common_time(problem, "a", wide, 3, 2, 0), PZ_E_INVALID);
    ck_assert_status(pz_grouping_add_common_time(problem, "a", bad, 3, 1, 1), PZ_E_INVALID);
    ck_assert_status(pz_grouping_add_earlier_cap(NULL, "a", flags, 3, 1, 0), PZ_E_CLOSED);
    ck_assert_status(pz_grouping_add_earlier_cap(problem, "a", half, 3, 1, 0), PZ_E_INVALID);
    ck_assert_status(pz_grouping_add_earlier_cap(problem, "a", flags, 3, 1, -1), PZ_E_INVALID);
    ck_assert_status(pz_grouping_add_earlier_cap(problem, "a", flags, 3, 0, 0), PZ_E_INVALID);
    ck_assert_status(pz_grouping_add_earlier(NULL, "a", flags, 3, 1, 1, 1), PZ_E_CLOSED);
    ck_assert_status(pz_grouping_add_earlier(problem, "a", half, 3, 1, 1, 1), PZ_E_INVALID);
    ck_assert_status(pz_grouping_add_earlier(problem, "a", flags, 3, 1, 0, 1), PZ_E_INVALID);
    ck_assert_status(pz_grouping_add_earlier(problem, "a", flags, 3, 1, NAN, 1), PZ_E_INVALID);
    ck_assert_status(pz_grouping_add_earlier(problem, "a", flags, 3, 1, 1, 0), PZ_E_INVALID);
    for (int32_t i = 0; i < 64; i++) ck_assert_ok(pz_grouping_add_role(problem, "a", flags, 3, 0, 1 + i));
    ck_assert_status(pz_grouping_add_role(problem, "a", flags, 3, 0, 99), PZ_E_LIMIT);
    pz_grouping_problem_free(problem);
    pz_grouping_problem_free(free_number);
}
END_TEST

/* 480 learners in fives, 3 of 10 of one gender and 3 of 20 of a minority: nobody is the only one of either in a group, and hardly any
 * diversity is lost by it. */
START_TEST(nobody_is_alone_among_480_and_diversity_stays)
{
    enum { MANY = 480, FEATURES = 6, GROUPS = MANY / 5 };
    double *values = calloc(MANY * FEATURES, sizeof *values), gender[MANY], minority[MANY], terms[2];
    int32_t groups[MANY], lonely = 0;
    pz__random random;
    pz__random_seed(&random, suite_seed());
    for (int i = 0; i < MANY; i++) {
        double a = pz__random_normal(&random), b = pz__random_normal(&random);
        for (int f = 0; f < FEATURES; f++) values[i * FEATURES + f] = 0.7 * (f < 3 ? a : b) + 0.7 * pz__random_normal(&random);
        gender[i] = pz__random_below(&random, 10) < 3;
        minority[i] = pz__random_below(&random, 20) < 3;
    }
    for (int with_rules = 0; with_rules < 2; with_rules++) {
        pz_grouping_problem *problem = new_problem(MANY, 5, 5, 0);
        ck_assert_ok(pz_grouping_add_features(problem, "f", values, MANY, FEATURES, PZ_METRIC_EUCLIDEAN, PZ_DIRECTION_MIXED, 1));
        if (with_rules) ck_assert_ok(pz_grouping_add_not_alone(problem, "gender", gender, MANY, 2));
        if (with_rules) ck_assert_ok(pz_grouping_add_not_alone(problem, "minority", minority, MANY, 2));
        pz_grouping_result *result = solve(problem, 1, 300);
        ck_assert_int_eq(summary_of(result).rules_broken, 0);
        terms[with_rules] = 1 - summary_of(result).objective; /* the share of all distances that lies within groups */
        ck_assert_ok(pz_grouping_result_groups(result, groups, MANY));
        pz_grouping_result_free(result);
        pz_grouping_problem_free(problem);
    }
    for (int32_t g = 0; g < GROUPS; g++) {
        int of_gender = 0, of_minority = 0;
        for (int i = 0; i < MANY; i++) {
            of_gender += groups[i] == g && gender[i] != 0;
            of_minority += groups[i] == g && minority[i] != 0;
        }
        lonely += (of_gender == 1) + (of_minority == 1);
    }
    ck_assert_int_eq(lonely, 0);
    ck_assert_msg(terms[1] >= 0.98 * terms[0], "%g of %g is left", terms[1], terms[0]);
    free(values);
}
END_TEST

static void assert_refused(pz_grouping_problem *problem, pz_status status)
{
    pz_grouping_result *result;
    ck_assert_status(pz_grouping_solve(problem, NULL, NULL, NULL, &result), status);
    ck_assert_ptr_null(result);
    pz_grouping_problem_free(problem);
}

START_TEST(bad_input_has_a_clear_answer_each)
{
    pz_grouping_problem *problem;
    pz_grouping_result *result;
    const double not_numbers[] = {1, NAN, INFINITY, 2}, all_missing[] = {NAN, NAN, NAN, NAN}, four[] = {1, 2, 3, 4};
    ck_assert_status(pz_grouping_problem_new(0, 1, 1, 0, &problem), PZ_E_INVALID); /* zero learners */
    ck_assert_str_eq(pz_last_error()->field, "learners");
    ck_assert_status(pz_grouping_problem_new(4, 3, 2, 0, &problem), PZ_E_INVALID); /* contradictory sizes */
    ck_assert_str_eq(pz_last_error()->field, "size_max");
    problem = new_problem(4, 2, 2, 0);
    ck_assert_status(pz_grouping_add_numeric(problem, "a", not_numbers, 4, PZ_DIRECTION_ALIKE, 1), PZ_E_INVALID);
    ck_assert_ptr_nonnull(strstr(pz_last_error()->message, "Row 2"));
    ck_assert_status(pz_grouping_add_numeric(problem, "a", four, 4, PZ_DIRECTION_ALIKE, NAN), PZ_E_INVALID);
    ck_assert_status(pz_grouping_add_numeric(problem, "a", four, 4, PZ_DIRECTION_ALIKE, INFINITY), PZ_E_INVALID);
    ck_assert_status(pz_grouping_add_needs(problem, "a", all_missing, 4, 1, 1), PZ_E_INVALID);
    ck_assert_status(pz_grouping_add_features(problem, "a", not_numbers, 4, 1, PZ_METRIC_EUCLIDEAN, PZ_DIRECTION_BALANCED, 1), PZ_E_INVALID);
    ck_assert_status(pz_grouping_add_together(problem, 0, 4), PZ_E_INVALID); /* unknown learners, and one twice */
    ck_assert_status(pz_grouping_add_apart(problem, -1, 0), PZ_E_INVALID);
    ck_assert_status(pz_grouping_add_together(problem, 2, 2), PZ_E_INVALID);
    ck_assert_ok(pz_grouping_add_absent(problem, 3));
    ck_assert_ok(pz_grouping_add_absent(problem, 3));
    ck_assert_ok(pz_grouping_add_absent(problem, 2));
    ck_assert_ok(pz_grouping_add_numeric(problem, "nothing known", all_missing, 4, PZ_DIRECTION_BALANCED, 1));
    ck_assert_ok(pz_grouping_add_features(problem, "nor here", all_missing, 4, 1, PZ_METRIC_SETS, PZ_DIRECTION_COMPLEMENTARY, 1));
    result = solve(problem, 1, 5);
    ck_assert(summary_of(result).objective == 0 && summary_of(result).groups == 1 && summary_of(result).absent == 2);
    pz_grouping_result_free(result);
    pz_grouping_problem_free(problem);

    problem = new_problem(1, 1, 1, 0); /* one learner */
    result = solve(problem, 1, 5);
    ck_assert_int_eq(summary_of(result).groups, 1);
    pz_grouping_result_free(result);
    pz_grouping_problem_free(problem);
    assert_refused(new_problem(1, 2, 3, 0), PZ_E_INFEASIBLE);
    assert_refused(new_problem(4, 1, 2, 5), PZ_E_INFEASIBLE); /* more groups than learners */
    problem = new_problem(4, 1, 2, 2);
    for (int32_t i = 0; i < 4; i++) ck_assert_ok(pz_grouping_add_opted_out(problem, i));
    assert_refused(problem, PZ_E_NOT_ENOUGH);
}
END_TEST

static pz_status all_rules(void *user_data)
{
    const double flags[] = {1, 1, 0, 0, 0, 0}, times[] = {1, 0, 1, 1, 1, 0, 1, 0, 1, 1, 1, 1}, met[] = {0, 1, 0, 2, 3, 4};
    const int32_t list[] = {0, 1};
    pz_grouping_problem *problem = NULL, *again = NULL;
    pz_grouping_result *result = NULL;
    pz_grouping_check **checks = NULL;
    char *json = NULL;
    size_t count;
    (void)user_data;
    pz_status status = pz_grouping_problem_new(6, 3, 3, 2, &problem);
    if (status == PZ_OK) status = pz_grouping_add_not_alone(problem, "few", flags, 6, 2);
    if (status == PZ_OK) status = pz_grouping_add_role(problem, "lead", flags, 6, 0, 2);
    if (status == PZ_OK) status = pz_grouping_add_common_time(problem, "times", times, 6, 2, 1);
    if (status == PZ_OK) status = pz_grouping_add_earlier_cap(problem, "met", met, 6, 1, 0);
    if (status == PZ_OK) status = pz_grouping_add_earlier(problem, "met", met, 6, 1, 0.5, 1);
    if (status == PZ_OK) status = pz_grouping_add_allowed(problem, 3, list, 2);
    if (status == PZ_OK) status = pz_grouping_add_group_size(problem, 0, 2, 3);
    if (status == PZ_OK) status = pz_grouping_solve(problem, NULL, NULL, NULL, &result);
    if (status == PZ_OK) status = pz_grouping_check_list(result, &checks, &count);
    if (status == PZ_OK) status = pz_grouping_add_opted_out(problem, 5); /* copies what the result shares */
    if (status == PZ_OK) status = pz_grouping_problem_write(problem, &json);
    if (status == PZ_OK) status = pz_grouping_problem_read(json, PZ_NUL_TERMINATED, &again);
    pz_free(checks);
    pz_free(json);
    pz_grouping_result_free(result);
    pz_grouping_problem_free(problem);
    pz_grouping_problem_free(again);
    return status;
}

START_TEST(memory_that_fails_is_told_and_freed)
{
    ck_assert_int_gt(suite_each_allocation(all_rules, NULL), 60);
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("grouping_constraints");
    TCase *tests = tcase_create("constraints");
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, a_thousand_hidden_divisions_are_met_by_others_that_keep_the_rules);
    tcase_add_test(tests, what_cannot_hold_is_said_in_words);
    tcase_add_test(tests, groups_have_sizes_of_their_own);
    tcase_add_test(tests, learners_sit_only_where_they_may);
    tcase_add_test(tests, who_opted_out_is_told_from_who_is_absent);
    tcase_add_test(tests, groups_made_by_hand_are_checked_with_numbers);
    tcase_add_test(tests, repeats_are_as_few_as_can_be);
    tcase_add_test(tests, what_is_wrong_with_a_rule_is_named);
    tcase_add_test(tests, nobody_is_alone_among_480_and_diversity_stays);
    tcase_add_test(tests, bad_input_has_a_clear_answer_each);
    tcase_add_test(tests, memory_that_fails_is_told_and_freed);
    suite_add_tcase(suite, tests);
    return suite;
}

SUITE_MAIN(make_suite)
