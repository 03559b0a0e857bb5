/* The generator against published vectors, and what its draws must be like. Seeds are fixed: the outcome is, too. */
#include "base/random.h"
#include "support/suite.h"

/* splitmix64 for seed 1234567, as published with the algorithm's many ports (the task "Splitmix64" of Rosetta Code). */
START_TEST(seed_is_spread_by_splitmix64)
{
    static const uint64_t published[] = {UINT64_C(6457827717110365317), UINT64_C(3203168211198807973), UINT64_C(9817491932198370423),
                                         UINT64_C(4593380528125082431)};
    pz__random random;
    pz__random_seed(&random, 1234567);
    for (int i = 0; i < 4; i++) ck_assert_uint_eq(random.state[i], published[i]);
}
END_TEST

/* xoshiro256** from the state 1, 2, 3, 4: what the reference C program of Blackman and Vigna prints. */
START_TEST(numbers_are_those_of_the_reference)
{
    static const uint64_t reference[] = {11520,
                                         0,
                                         1509978240,
                                         UINT64_C(1215971899390074240),
                                         UINT64_C(1216172134540287360),
                                         UINT64_C(607988272756665600),
                                         UINT64_C(16172922978634559625),
                                         UINT64_C(8476171486693032832),
                                         UINT64_C(10595114339597558777),
                                         UINT64_C(2904607092377533576)};
    pz__random random = {{1, 2, 3, 4}};
    for (int i = 0; i < 10; i++) ck_assert_uint_eq(pz__random_next(&random), reference[i]);
}
END_TEST

/* Must never change: recommendations are replayed from their seeds. */
START_TEST(seeds_and_streams_keep_their_numbers)
{
    pz__random random;
    pz__random_seed(&random, 42);
    ck_assert_uint_eq(pz__random_next(&random), UINT64_C(1546998764402558742));
    ck_assert_uint_eq(pz__random_next(&random), UINT64_C(6990951692964543102));
    pz__random_stream(&random, 42, 0);
    ck_assert_uint_eq(pz__random_next(&random), UINT64_C(14521572776820312757));
    ck_assert_uint_eq(pz__random_next(&random), UINT64_C(16172965116832539857));
    pz__random_stream(&random, 42, 1);
    ck_assert_uint_eq(pz__random_next(&random), UINT64_C(4719960455259140297));
    ck_assert_uint_eq(pz__random_next(&random), UINT64_C(2230753727085314799));
}
END_TEST

static int compare(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

/* Small seeds and small streams are what people use. */
START_TEST(neighbouring_seeds_and_streams_differ)
{
    enum { SIDE = 100 };
    static uint64_t first[SIDE * SIDE];
    for (uint64_t seed = 0; seed < SIDE; seed++)
        for (uint64_t stream = 0; stream < SIDE; stream++) {
            pz__random random;
            pz__random_stream(&random, seed, stream);
            first[seed * SIDE + stream] = pz__random_next(&random);
        }
    qsort(first, SIDE * SIDE, sizeof first[0], compare);
    for (int i = 1; i < SIDE * SIDE; i++) ck_assert(first[i] != first[i - 1]);
}
END_TEST

/* Chi-squared with 9 degrees of freedom is above 27.88 once in a thousand. */
START_TEST(below_is_even)
{
    pz__random random;
    int counts[10] = {0};
    double chi = 0;
    pz__random_seed(&random, 1);
    for (int i = 0; i < 100000; i++) counts[pz__random_below(&random, 10)]++;
    for (int i = 0; i < 10; i++) chi += (counts[i] - 10000.0) * (counts[i] - 10000.0) / 10000;
    ck_assert_msg(chi < 27.88, "chi-squared %f", chi);
}
END_TEST

/* A bound of 3 * 2^30 shows a bias at once: without rejection, multiples of 3 would be drawn twice as often as others. */
START_TEST(below_is_even_for_large_bounds)
{
    pz__random random;
    uint32_t bound = UINT32_C(3) << 30;
    int low = 0;
    pz__random_seed(&random, 2);
    for (int i = 0; i < 100000; i++) {
        uint32_t value = pz__random_below(&random, bound);
        ck_assert(value < bound);
        low += value % 3 == 0;
    }
    ck_assert_msg(low > 32700 && low < 33960, "%d multiples of 3", low); /* 33333 and four deviations of 149 */
}
END_TEST

START_TEST(below_of_nothing_and_one)
{
    pz__random random, before;
    pz__random_seed(&random, 3);
    before = random;
    ck_assert_uint_eq(pz__random_below(&random, 0), 0);
    ck_assert_mem_eq(&random, &before, sizeof random);
    for (int i = 0; i < 100; i++) ck_assert_uint_eq(pz__random_below(&random, 1), 0);
}
END_TEST

START_TEST(unit_is_even_and_below_one)
{
    pz__random random;
    double sum = 0, low = 1, high = 0;
    pz__random_seed(&random, 4);
    for (int i = 0; i < 100000; i++) {
        double value = pz__random_unit(&random);
        ck_assert(value >= 0 && value < 1);
        sum += value;
        if (value < low) low = value;
        if (value > high) high = value;
    }
    ck_assert(sum > 49635 && sum < 50365); /* four deviations of 91.3 */
    ck_assert(low < 0.001 && high > 0.999);
}
END_TEST

START_TEST(shuffle_gives_each_order_alike)
{
    pz__random random;
    int counts[6] = {0};
    double chi = 0;
    pz__random_seed(&random, 5);
    for (int i = 0; i < 60000; i++) {
        int32_t values[3] = {0, 1, 2};
        pz__random_shuffle(&random, values, 3);
        counts[values[0] * 2 + (values[1] > values[2])]++;
    }
    for (int i = 0; i < 6; i++) chi += (counts[i] - 10000.0) * (counts[i] - 10000.0) / 10000;
    ck_assert_msg(chi < 20.52, "chi-squared %f", chi); /* 5 degrees of freedom, once in a thousand */
}
END_TEST

START_TEST(shuffle_keeps_every_value)
{
    pz__random random;
    int32_t values[1000];
    char seen[1000] = {0};
    pz__random_seed(&random, 6);
    for (int i = 0; i < 1000; i++) values[i] = i;
    pz__random_shuffle(&random, values, 1000);
    for (int i = 0; i < 1000; i++) seen[values[i]] = 1;
    for (int i = 0; i < 1000; i++) ck_assert(seen[i]);
    pz__random_shuffle(&random, values, 0);
    pz__random_shuffle(&random, NULL, 0);
    pz__random_shuffle(&random, values, 1);
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("random");
    TCase *tests = tcase_create("random");
    tcase_add_test(tests, seed_is_spread_by_splitmix64);
    tcase_add_test(tests, numbers_are_those_of_the_reference);
    tcase_add_test(tests, seeds_and_streams_keep_their_numbers);
    tcase_add_test(tests, neighbouring_seeds_and_streams_differ);
    tcase_add_test(tests, below_is_even);
    tcase_add_test(tests, below_is_even_for_large_bounds);
    tcase_add_test(tests, below_of_nothing_and_one);
    tcase_add_test(tests, unit_is_even_and_below_one);
    tcase_add_test(tests, shuffle_gives_each_order_alike);
    tcase_add_test(tests, shuffle_keeps_every_value);
    suite_add_tcase(suite, tests);
    return suite;
}

SUITE_MAIN(make_suite)
