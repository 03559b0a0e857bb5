/* Maximum-weight matching: against every way there is, against its own dual, with forbidden pairs, ties and memory that fails. */
#include "base/random.h"
#include "grouping/matching.h"
#include "support/suite.h"

enum { SMALL = 12, LARGE = 90 };

/* The heaviest matching of the vertices in `left`, by trying every partner of the first. */
static int64_t heaviest(const int64_t *weights, int32_t n, uint32_t left, int64_t *known)
{
    if (!left) return 0;
    if (known[left] >= 0) return known[left];
    int32_t first = 0;
    while (!(left >> first & 1)) first++;
    uint32_t rest = left & ~(1u << first);
    int64_t best = heaviest(weights, n, rest, known);
    for (int32_t b = first + 1; b < n; b++) {
        if (!(rest >> b & 1) || weights[first * n + b] <= 0) continue;
        int64_t sum = weights[first * n + b] + heaviest(weights, n, rest & ~(1u << b), known);
        if (sum > best) best = sum;
    }
    return known[left] = best;
}

static void fill(pz__random *random, int64_t *weights, int32_t n, uint32_t range, uint32_t holes)
{
    for (int32_t a = 0; a < n; a++) {
        weights[a * n + a] = 0;
        for (int32_t b = 0; b < a; b++) {
            int64_t weight = pz__random_below(random, 100) < holes ? 0 : 1 + (int64_t)pz__random_below(random, range);
            weights[a * n + b] = weights[b * n + a] = weight;
        }
    }
}

static int64_t check_partners(const int64_t *weights, int32_t n, const int32_t *partner)
{
    int64_t sum = 0;
    for (int32_t v = 0; v < n; v++) {
        if (partner[v] < 0) continue;
        ck_assert_int_lt(partner[v], n);
        ck_assert_int_eq(partner[partner[v]], v);
        ck_assert_msg(weights[v * n + partner[v]] > 0, "a forbidden pair");
        if (partner[v] > v) sum += weights[v * n + partner[v]];
    }
    return sum;
}

START_TEST(no_matching_is_heavier)
{
    static int64_t known[1 << SMALL];
    pz__random random;
    pz__random_seed(&random, suite_seed());
    for (int round = 0; round < 3000; round++) {
        int64_t weights[SMALL * SMALL], sum, bound;
        int32_t partner[SMALL], n = 1 + (int32_t)pz__random_below(&random, SMALL);
        uint32_t range = round % 3 == 0 ? 3 : round % 3 == 1 ? 20 : 1000000;
        fill(&random, weights, n, range, pz__random_below(&random, 90));
        for (int32_t i = 0; i < 1 << n; i++) known[i] = -1;
        ck_assert_ok(pz__match(weights, n, NULL, NULL, partner, &sum, &bound));
        ck_assert_int_eq(check_partners(weights, n, partner), sum);
        ck_assert_int_eq(sum, heaviest(weights, n, (1u << n) - 1, known));
        ck_assert_msg(sum == bound, "round %d, %d vertices: %lld of %lld", round, n, (long long)sum, (long long)bound);
    }
}
END_TEST

START_TEST(larger_ones_prove_themselves_by_their_dual)
{
    static int64_t weights[LARGE * LARGE];
    pz__random random;
    pz__random_seed(&random, suite_seed());
    for (int round = 0; round < 150; round++) {
        int32_t partner[LARGE], n = LARGE - (int32_t)pz__random_below(&random, 40);
        int64_t sum, bound, most = round % 2 ? PZ__MATCH_WEIGHT_MAX / 2 : 0;
        fill(&random, weights, n, round % 5 ? 1000000 : 2, round % 7 * 15);
        for (int32_t i = 0; i < n * n; i++)
            if (weights[i]) weights[i] += most; /* as many pairs as can be come first */
        ck_assert_ok(pz__match(weights, n, NULL, NULL, partner, &sum, &bound));
        ck_assert_int_eq(check_partners(weights, n, partner), sum);
        ck_assert_int_eq(sum, bound);
    }
}
END_TEST

static pz_status stop(double done, void *user_data)
{
    (void)done;
    return ++*(int *)user_data > 2 ? PZ_E_CANCELLED : PZ_OK;
}

START_TEST(it_can_be_cancelled)
{
    static int64_t weights[LARGE * LARGE];
    int32_t partner[LARGE];
    int64_t sum, bound;
    int calls = 0;
    pz__random random;
    pz__random_seed(&random, 1);
    fill(&random, weights, LARGE, 1000, 0);
    ck_assert_status(pz__match(weights, LARGE, stop, &calls, partner, &sum, &bound), PZ_E_CANCELLED);
    ck_assert_int_eq(calls, 3);
    ck_assert_int_eq(sum, 0);
}
END_TEST

static pz_status match_some(void *user_data)
{
    enum { N = 15 };
    int64_t weights[N * N], sum, bound;
    int32_t partner[N];
    pz__random random;
    (void)user_data;
    pz__random_seed(&random, 5);
    fill(&random, weights, N, 4, 30);
    return pz__match(weights, N, NULL, NULL, partner, &sum, &bound);
}

START_TEST(memory_that_fails_is_told_and_freed)
{
    ck_assert_int_gt(suite_each_allocation(match_some, NULL), 10);
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("grouping_matching");
    TCase *tests = tcase_create("matching");
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, no_matching_is_heavier);
    tcase_add_test(tests, larger_ones_prove_themselves_by_their_dual);
    tcase_add_test(tests, it_can_be_cancelled);
    tcase_add_test(tests, memory_that_fails_is_told_and_freed);
    suite_add_tcase(suite, tests);
    return suite;
}

SUITE_MAIN(make_suite)
