/* Effects: published intervals, edges, and how often intervals cover what is known over many simulated cycles. */
#include "base/random.h"
#include "personalize/effect.h"
#include "personalize/simulate.h"
#include "support/suite.h"

#define ck_assert_near(got, wanted, within)                                                                                                \
    do {                                                                                                                                   \
        double near_got_ = (got), near_wanted_ = (wanted);                                                                                 \
        ck_assert_msg(fabs(near_got_ - near_wanted_) <= (within), "%s is %.16g, wanted %.16g", #got, near_got_, near_wanted_);             \
    } while (0)

/* Student's data on sleep (1908), Welch's interval as R 4 prints it: t.test(extra ~ group, data = sleep). */
START_TEST(welch_on_students_sleep)
{
    static const double first[] = {0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0};
    static const double second[] = {1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4};
    pz_effect effect = PZ_EFFECT_INIT;
    ck_assert_ok(pz_effect_of_means(first, 10, second, 10, &effect));
    ck_assert_int_eq(effect.learners, 10);
    ck_assert_int_eq(effect.others, 10);
    ck_assert_near(effect.value, 0.75, 1e-12);
    ck_assert_near(effect.others_value, 2.33, 1e-12);
    ck_assert_near(effect.difference, -1.58, 1e-12);
    ck_assert_near(effect.lower, -3.3654832, 5e-8);
    ck_assert_near(effect.upper, 0.2054832, 5e-8);
}
END_TEST

/* The examples of Newcombe (1998), table II, method 10. */
START_TEST(newcombes_examples)
{
    static const struct {
        int64_t met, of, others_met, others;
        double lower, upper;
    } rows[] = {{56, 70, 48, 80, 0.0524, 0.3339}, {9, 10, 3, 10, 0.1705, 0.8090},  {6, 7, 2, 7, 0.0582, 0.8062},
                {5, 56, 0, 29, -0.0381, 0.1926},  {0, 10, 0, 20, -0.1611, 0.2775}, {0, 10, 0, 10, -0.2775, 0.2775},
                {10, 10, 0, 20, 0.6791, 1.0},     {10, 10, 0, 10, 0.6075, 1.0}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        pz_effect effect = PZ_EFFECT_INIT;
        ck_assert_ok(pz_effect_of_shares(rows[i].met, rows[i].of, rows[i].others_met, rows[i].others, &effect));
        ck_assert_near(effect.lower, rows[i].lower, 5.1e-5);
        ck_assert_near(effect.upper, rows[i].upper, 5.1e-5);
    }
}
END_TEST

START_TEST(few_learners_give_no_interval)
{
    static const double one[] = {0.5}, same[] = {0.25, 0.25}, many[] = {0, 1, 0.5};
    pz_effect effect = PZ_EFFECT_INIT;
    ck_assert_ok(pz_effect_of_means(NULL, 0, many, 3, &effect));
    ck_assert(isnan(effect.value) && effect.others_value == 0.5 && isnan(effect.difference) && isnan(effect.lower));
    ck_assert_ok(pz_effect_of_means(one, 1, many, 3, &effect));
    ck_assert(effect.difference == 0 && isnan(effect.standard_error) && isnan(effect.lower) && isnan(effect.upper));
    ck_assert_ok(pz_effect_of_means(same, 2, same, 2, &effect));
    ck_assert(effect.difference == 0 && effect.standard_error == 0 && isnan(effect.lower));
    ck_assert_ok(pz_effect_of_shares(0, 0, 1, 2, &effect));
    ck_assert(isnan(effect.value) && effect.others_value == 0.5 && isnan(effect.difference));
    ck_assert_ok(pz_effect_of_shares(1, 1, 1, 2, &effect));
    ck_assert(effect.difference == 0.5 && isnan(effect.lower));
}
END_TEST

START_TEST(refuses_what_is_no_number)
{
    const double bad[] = {1, PZ_REAL_NONE}, good[] = {1, 2};
    pz_effect effect = PZ_EFFECT_INIT;
    ck_assert_status(pz_effect_of_means(bad, 2, good, 2, &effect), PZ_E_INVALID);
    ck_assert_str_eq(pz_last_error()->field, "values");
    ck_assert_status(pz_effect_of_means(good, 2, bad, 2, &effect), PZ_E_INVALID);
    ck_assert_status(pz_effect_of_means(NULL, 2, good, 2, &effect), PZ_E_INVALID);
    ck_assert_status(pz_effect_of_means(good, 2, NULL, 2, &effect), PZ_E_INVALID);
    ck_assert_status(pz_effect_of_means(good, 2, good, 2, NULL), PZ_E_INVALID);
    ck_assert_status(pz_effect_of_shares(3, 2, 0, 2, &effect), PZ_E_INVALID);
    ck_assert_str_eq(pz_last_error()->field, "met");
    ck_assert_status(pz_effect_of_shares(0, 2, -1, 2, &effect), PZ_E_INVALID);
    ck_assert_status(pz_effect_of_shares(0, 2, 0, -1, &effect), PZ_E_INVALID);
    effect.struct_size = 0;
    ck_assert_status(pz_effect_of_shares(0, 2, 0, 2, &effect), PZ_E_STRUCT_SIZE);
    ck_assert_status(pz_effect_of_means(good, 2, good, 2, &effect), PZ_E_STRUCT_SIZE);
}
END_TEST

/* ------------------------------------------------------------------------------------------- known effects --- */

/* A class of 30 in which nobody knows the competency and 8 sit in a group whose lesson brings it about with probability 0.6, that of the others with 0.3. Ten items before and ten after,
 * 0.2 guess and 0.1 slip. The truth, worked out by hand:
 *   growth: what a learner gains is 0.7 (0.9 - 0.2) with the lesson's probability, so the groups differ by 0.3 * 0.7 = 0.21
 *   need met, 8 of 10 right: P(at least 8 of Bin(10, 0.9)) = 0.929809, of Bin(10, 0.2) 0.000078, so the shares differ by 0.3 * 0.929731 = 0.278919 */
enum { CLASS = 30, GROUP = 8, ITEMS = 10, CYCLES = 10000 };

typedef struct one_cycle {
    double growth[CLASS];
    int met[CLASS];
} one_cycle;

static void run_cycle(uint64_t seed, one_cycle *out)
{
    pz_simulation_options options = PZ_SIMULATION_OPTIONS_INIT;
    pz_simulation *school;
    int32_t learner[CLASS * ITEMS], item[CLASS * ITEMS], option[CLASS * ITEMS], pupil[CLASS], competency[CLASS];
    double before[CLASS * ITEMS], after[CLASS * ITEMS], lesson[CLASS];
    options.seed = seed;
    options.learners = CLASS;
    options.competencies = 1;
    options.items = 2 * ITEMS;
    options.prior = 0;
    options.pace_sd = options.difficulty_sd = 0;
    ck_assert_ok(pz_simulation_new(&options, NULL, NULL, 0, &school));
    for (int i = 0; i < CLASS * ITEMS; i++) {
        learner[i] = i / ITEMS;
        item[i] = i % ITEMS;
    }
    for (int i = 0; i < CLASS; i++) {
        pupil[i] = i;
        competency[i] = 0;
        lesson[i] = i < GROUP ? 0.6 : 0.3;
    }
    ck_assert_ok(pz_simulation_ask(school, learner, item, CLASS * ITEMS, before, CLASS * ITEMS, option, CLASS * ITEMS));
    ck_assert_ok(pz_simulation_teach(school, pupil, competency, lesson, CLASS));
    for (int i = 0; i < CLASS * ITEMS; i++) item[i] += ITEMS; /* the other form */
    ck_assert_ok(pz_simulation_ask(school, learner, item, CLASS * ITEMS, after, CLASS * ITEMS, option, CLASS * ITEMS));
    for (int i = 0; i < CLASS; i++) {
        double right_before = 0, right_after = 0;
        for (int k = 0; k < ITEMS; k++) {
            right_before += before[i * ITEMS + k];
            right_after += after[i * ITEMS + k];
        }
        out->growth[i] = (right_after - right_before) / ITEMS;
        out->met[i] = right_after >= 8;
    }
    pz_simulation_free(school);
}

START_TEST(intervals_cover_known_effects)
{
    uint64_t seed = suite_seed();
    int growth_covered = 0, met_covered = 0;
    for (int i = 0; i < CYCLES; i++) {
        pz_effect growth = PZ_EFFECT_INIT, met = PZ_EFFECT_INIT;
        one_cycle cycle;
        int64_t in_group = 0, others = 0;
        run_cycle(seed * CYCLES + (uint64_t)i, &cycle);
        for (int k = 0; k < CLASS; k++) *(k < GROUP ? &in_group : &others) += cycle.met[k];
        ck_assert_ok(pz_effect_of_means(cycle.growth, GROUP, cycle.growth + GROUP, CLASS - GROUP, &growth));
        ck_assert_ok(pz_effect_of_shares(in_group, GROUP, others, CLASS - GROUP, &met));
        growth_covered += growth.lower <= 0.21 && 0.21 <= growth.upper;
        met_covered += met.lower <= 0.278919 && 0.278919 <= met.upper;
    }
    printf("of %d intervals %d cover the growth and %d the needs met\n", CYCLES, growth_covered, met_covered);
    ck_assert_int_ge(growth_covered, CYCLES * 93 / 100);
    ck_assert_int_le(growth_covered, CYCLES * 97 / 100);
    ck_assert_int_ge(met_covered, CYCLES * 93 / 100);
    ck_assert_int_le(met_covered, CYCLES * 97 / 100);
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("effect");
    TCase *figures = tcase_create("figures");
    TCase *coverage = tcase_create("coverage");
    tcase_add_test(figures, welch_on_students_sleep);
    tcase_add_test(figures, newcombes_examples);
    tcase_add_test(figures, few_learners_give_no_interval);
    tcase_add_test(figures, refuses_what_is_no_number);
    tcase_add_test(coverage, intervals_cover_known_effects);
    tcase_set_timeout(coverage, 120);
    suite_add_tcase(suite, figures);
    suite_add_tcase(suite, coverage);
    return suite;
}

SUITE_MAIN(make_suite)
