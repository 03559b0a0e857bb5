/* Growth: published figures, shared evidence, and simulated learners. */
#include "base/random.h"
#include "personalize/mastery.h"
#include "support/suite.h"

#define LAST PZ_MODEL_BKT
#define ck_assert_near(got, wanted, within)                                                                                                \
    do {                                                                                                                                   \
        double near_got_ = (got), near_wanted_ = (wanted);                                                                                 \
        ck_assert_msg(fabs(near_got_ - near_wanted_) <= (within), "%s is %.16g, wanted %.16g", #got, near_got_, near_wanted_);             \
    } while (0)

static pz_mastery_state state_after(const pz_mastery_settings *settings, const double *scores, size_t rows)
{
    pz_mastery_state state = PZ_MASTERY_STATE_INIT;
    ck_assert_ok(pz_mastery_state_start(settings, &state));
    ck_assert_ok(pz_mastery_state_update(settings, scores, NULL, rows, &state));
    return state;
}

static pz_growth growth_of(const pz_mastery_settings *settings, const double *scores, size_t first, size_t rows)
{
    pz_growth growth = PZ_GROWTH_INIT;
    pz_mastery_state before = state_after(settings, scores, first), after = state_after(settings, scores, rows);
    ck_assert_ok(pz_mastery_growth(settings, &before, &after, &growth));
    return growth;
}

/* The example of Jacobson and Truax (1991): 47.5 before, 32.5 after, standard deviation 7.5, reliability 0.80: the error of the difference is 4.74,
 * the index -3.16. */
START_TEST(jacobson_and_truax)
{
    pz_growth growth = PZ_GROWTH_INIT;
    double error = 7.5 * sqrt(1 - 0.80);
    ck_assert_ok(pz_growth_of(47.5, error, 32.5, error, 0, &growth));
    ck_assert_near(growth.standard_error, 4.74, 0.005);
    ck_assert_near(growth.reliable_change, -3.16, 0.005);
    ck_assert(growth.gain == -15 && growth.is_reliable == 1);
    ck_assert_near(growth.lower, -15 - 1.959963984540054 * growth.standard_error, 1e-12);
    ck_assert_near(growth.upper, -15 + 1.959963984540054 * growth.standard_error, 1e-12);
}
END_TEST

START_TEST(covariance_narrows)
{
    pz_growth growth = PZ_GROWTH_INIT;
    ck_assert_ok(pz_growth_of(500, 3, 505, 4, 12, &growth));
    ck_assert(growth.standard_error == 1 && growth.reliable_change == 5);
    ck_assert_ok(pz_growth_of(500, 3, 500, 3, 9, &growth));
    ck_assert(growth.standard_error == 0 && growth.reliable_change == 0 && growth.is_reliable == 0);
    ck_assert_ok(pz_growth_of(500, 3, 503, 4, -12, &growth));
    ck_assert(growth.standard_error == 7 && growth.is_reliable == 0);
}
END_TEST

/* By hand: 500 +- 10 before, 520 +- 10 after, two cycles to a standard of 550. */
START_TEST(growth_leads_toward_a_standard)
{
    pz_growth_outlook o = PZ_GROWTH_OUTLOOK_INIT;
    ck_assert_ok(pz_growth_toward(500, 10, 520, 10, 0, 2, 550, &o));
    ck_assert(o.projected == 560 && o.gap == 30 && o.pace_needed == 15);
    ck_assert_near(o.standard_error, sqrt(9 * 100 + 4 * 100), 1e-12);
    ck_assert_near(o.probability, 0.5 * erfc(-10 / o.standard_error / sqrt(2)), 1e-14);
    ck_assert_near(o.lower, 560 - 1.959963984540054 * o.standard_error, 1e-12);
    ck_assert_near(o.upper, 560 + 1.959963984540054 * o.standard_error, 1e-12);
    ck_assert_ok(pz_growth_toward(500, 10, 520, 10, 50, 1, 510, &o));
    ck_assert_near(o.standard_error, sqrt(4 * 100 + 100 - 2 * 2 * 50), 1e-12);
    ck_assert(o.gap == -10 && o.pace_needed == 0);
    ck_assert_ok(pz_growth_toward(5, 0, 5, 0, 0, 1, 5, &o));
    ck_assert(o.probability == 1 && o.standard_error == 0);
    ck_assert_status(pz_growth_toward(500, 10, 520, 10, 0, 0, 550, &o), PZ_E_INVALID);
    ck_assert_str_eq(pz_last_error()->field, "cycles");
    ck_assert_status(pz_growth_toward(500, 10, 520, 10, 0, 1, NAN, &o), PZ_E_INVALID);
    ck_assert_status(pz_growth_toward(500, 0, 520, 0, 0, 1, 550, &o), PZ_E_INVALID);
    ck_assert_status(pz_growth_toward(500, 10, 520, 10, 0, 1, 550, NULL), PZ_E_INVALID);
    o.struct_size = 0;
    ck_assert_status(pz_growth_toward(500, 10, 520, 10, 0, 1, 550, &o), PZ_E_STRUCT_SIZE);
}
END_TEST

START_TEST(a_difference_without_error_is_refused)
{
    pz_growth growth = PZ_GROWTH_INIT;
    static const struct {
        double before, before_se, after, after_se, covariance;
        const char *field;
    } bad[] = {
        {NAN, 1, 2, 1, 0, "before"},   {1, NAN, 2, 1, 0, "before_se"},   {1, 1, INFINITY, 1, 0, "after"},
        {1, 1, 2, NAN, 0, "after_se"}, {1, 1, 2, 1, NAN, "covariance"},  {1, -1, 2, 1, 0, "before_se"},
        {1, 1, 2, -1, 0, "after_se"},  {1, 1, 2, 1, 1.01, "covariance"}, {1, 1, 2, 1, -1.01, "covariance"},
        {1, 0, 2, 0, 0, "covariance"}, {1, 1, 2, 1, 1, "covariance"},
    };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        growth.gain = 5;
        ck_assert_status(pz_growth_of(bad[i].before, bad[i].before_se, bad[i].after, bad[i].after_se, bad[i].covariance, &growth),
                         PZ_E_INVALID);
        ck_assert_str_eq(pz_last_error()->field, bad[i].field);
        ck_assert(isnan(growth.gain));
    }
    ck_assert_status(pz_growth_of(1, 1, 2, 1, 0, NULL), PZ_E_INVALID);
    growth.struct_size = 3;
    ck_assert_status(pz_growth_of(1, 1, 2, 1, 0, &growth), PZ_E_STRUCT_SIZE);
}
END_TEST

/* With a true score that stays, the difference of two overlapping means has the variance s^2 (1/n1 - 1/n2), which the shared part must give
 * back for large n. */
START_TEST(shared_evidence_is_not_counted_twice)
{
    double scores[4000];
    pz_mastery_settings settings = PZ_MASTERY_SETTINGS_INIT;
    pz_growth growth;
    ck_assert_ok(pz_mastery_settings_default(PZ_MODEL_MEAN, &settings));
    for (int i = 0; i < 4000; i++) scores[i] = i % 2;
    growth = growth_of(&settings, scores, 1000, 4000);
    ck_assert_near(growth.standard_error, sqrt(0.25 * (1.0 / 1000 - 1.0 / 4000)), 2e-5);
    ck_assert(growth.gain == 0);
}
END_TEST

/* What is left of the earlier value in a decaying average, against the weights written out. */
START_TEST(decayed_evidence_is_shared_by_what_is_left)
{
    static const double scores[] = {0, 1, 0, 1, 1};
    pz_mastery_settings settings = PZ_MASTERY_SETTINGS_INIT;
    pz_mastery_estimate old_one = PZ_MASTERY_ESTIMATE_INIT, new_one = PZ_MASTERY_ESTIMATE_INIT;
    ck_assert_ok(pz_mastery_settings_default(PZ_MODEL_DECAYING_AVERAGE, &settings));
    pz_mastery_state before = state_after(&settings, scores, 3), after = state_after(&settings, scores, 5);
    pz_growth growth = growth_of(&settings, scores, 3, 5);
    double d = 0.65, k = 0.35, q1 = d * d + k * k * (d * d + k * k), q2 = d * d + k * k * (d * d + k * k * q1), kept = k * k;
    ck_assert_near(before.spread, q1, 1e-15);
    ck_assert_near(after.spread, q2, 1e-15);
    ck_assert_ok(pz_mastery_state_estimate(&settings, &before, &old_one));
    ck_assert_ok(pz_mastery_state_estimate(&settings, &after, &new_one));
    ck_assert_near(growth.standard_error * growth.standard_error,
                   old_one.standard_error * old_one.standard_error + new_one.standard_error * new_one.standard_error -
                       2 * kept * sqrt(q1 / q2) * old_one.standard_error * new_one.standard_error,
                   1e-14);
}
END_TEST

START_TEST(windows_share_what_is_in_both)
{
    static const double scores[] = {1, 1, 0, 1, 1, 1, 1};
    pz_mastery_settings settings = PZ_MASTERY_SETTINGS_INIT;
    pz_mastery_estimate old_one = PZ_MASTERY_ESTIMATE_INIT, new_one = PZ_MASTERY_ESTIMATE_INIT;
    ck_assert_ok(pz_mastery_settings_default(PZ_MODEL_N_OF_M, &settings));
    pz_mastery_state before = state_after(&settings, scores, 3), after = state_after(&settings, scores, 6);
    ck_assert_ok(pz_mastery_state_estimate(&settings, &before, &old_one));
    ck_assert_ok(pz_mastery_state_estimate(&settings, &after, &new_one));
    pz_growth growth = growth_of(&settings, scores, 3, 6);
    ck_assert_near(growth.standard_error * growth.standard_error,
                   old_one.standard_error * old_one.standard_error + new_one.standard_error * new_one.standard_error -
                       2 * 2 / sqrt(15) * old_one.standard_error * new_one.standard_error,
                   1e-14);
}
END_TEST

START_TEST(bkt_gain_is_the_probability_of_having_come_to_know)
{
    static const double scores[] = {0, 1, 1, 1};
    pz_mastery_settings settings = PZ_MASTERY_SETTINGS_INIT;
    pz_growth growth = growth_of(&settings, scores, 1, 4);
    pz_mastery_state before = state_after(&settings, scores, 1), after = state_after(&settings, scores, 4);
    ck_assert_near(growth.gain, after.value - before.value, 1e-15);
    ck_assert_near(growth.standard_error, sqrt(growth.gain * (1 - growth.gain)), 1e-15);
    ck_assert(growth.is_reliable && growth.upper == 1);
    growth = growth_of(&settings, scores, 0, 1);
    ck_assert(!growth.is_reliable);
}
END_TEST

/* Newcombe (1998), method 10 puts the difference of two shares together from their intervals in this way; here with Jeffreys' intervals. */
START_TEST(separate_states_put_their_intervals_together)
{
    static const double scores[] = {0, 1, 1, 0, 1, 1, 1, 1, 1, 1};
    pz_mastery_settings settings = PZ_MASTERY_SETTINGS_INIT, bkt = PZ_MASTERY_SETTINGS_INIT;
    pz_mastery_estimate a = PZ_MASTERY_ESTIMATE_INIT, b = PZ_MASTERY_ESTIMATE_INIT;
    pz_growth growth = PZ_GROWTH_INIT;
    ck_assert_ok(pz_mastery_settings_default(PZ_MODEL_MEAN, &settings));
    pz_mastery_state before = state_after(&settings, scores, 4), after = state_after(&settings, scores + 4, 6),
                     none = state_after(&settings, scores, 0);
    ck_assert_ok(pz_mastery_state_estimate(&settings, &before, &a));
    ck_assert_ok(pz_mastery_state_estimate(&settings, &after, &b));
    ck_assert_ok(pz_mastery_growth_apart(&settings, &before, &after, &growth));
    ck_assert_near(growth.gain, 0.5, 1e-15);
    ck_assert_near(growth.lower, 0.5 - sqrt((1 - b.lower) * (1 - b.lower) + (a.upper - 0.5) * (a.upper - 0.5)), 1e-14);
    ck_assert_near(growth.upper, fmin(1, 0.5 + (0.5 - a.lower)), 1e-14); /* the later one cannot be above 1 */
    ck_assert_near(growth.standard_error * growth.standard_error, a.standard_error * a.standard_error + b.standard_error * b.standard_error,
                   1e-15);
    ck_assert_int_eq(growth.is_reliable, growth.lower > 0);
    ck_assert_status(pz_mastery_growth_apart(&settings, &none, &after, &growth), PZ_E_NOT_ENOUGH);
    ck_assert_str_eq(pz_last_error()->field, "before");
    ck_assert_status(pz_mastery_growth_apart(&settings, &before, &none, &growth), PZ_E_NOT_ENOUGH);
    ck_assert_str_eq(pz_last_error()->field, "after");
    ck_assert_status(pz_mastery_growth_apart(&bkt, &before, &after, &growth), PZ_E_INVALID);
    ck_assert_status(pz_mastery_growth_apart(&settings, NULL, &after, &growth), PZ_E_INVALID);
    ck_assert_status(pz_mastery_growth_apart(&settings, &before, NULL, &growth), PZ_E_INVALID);
    ck_assert_status(pz_mastery_growth_apart(NULL, &before, &after, &growth), PZ_E_INVALID);
    ck_assert_status(pz_mastery_growth_apart(&settings, &before, &after, NULL), PZ_E_INVALID);
    before = state_after(&bkt, scores, 4), after = state_after(&bkt, scores + 4, 6);
    ck_assert_ok(pz_mastery_growth_apart(&bkt, &before, &after, &growth));
    ck_assert_near(growth.gain, after.value - before.value, 1e-15);
    ck_assert_near(growth.standard_error, sqrt(before.value * (1 - before.value) + after.value * (1 - after.value)), 1e-14);
    growth.struct_size = 1;
    ck_assert_status(pz_mastery_growth_apart(&bkt, &before, &after, &growth), PZ_E_STRUCT_SIZE);
}
END_TEST

START_TEST(no_new_answers_is_no_growth)
{
    static const double scores[] = {0, 1, 0.5, 1};
    for (int model = 1; model <= LAST; model++) {
        pz_mastery_settings settings = PZ_MASTERY_SETTINGS_INIT;
        ck_assert_ok(pz_mastery_settings_default((pz_mastery_model)model, &settings));
        pz_growth growth = growth_of(&settings, scores, 4, 4);
        ck_assert(growth.gain == 0 && growth.standard_error == 0 && growth.reliable_change == 0 && !growth.is_reliable);
        growth = growth_of(&settings, scores, 2, 4);
        ck_assert(growth.lower >= -1 && growth.upper <= 1 && growth.lower <= growth.gain && growth.gain <= growth.upper);
        if (growth.gain != 0) ck_assert(growth.standard_error > 0);
    }
}
END_TEST

START_TEST(faults)
{
    static const double scores[] = {0, 1, 1};
    pz_mastery_settings settings = PZ_MASTERY_SETTINGS_INIT, bkt = PZ_MASTERY_SETTINGS_INIT;
    pz_growth growth = PZ_GROWTH_INIT;
    ck_assert_ok(pz_mastery_settings_default(PZ_MODEL_MEAN, &settings));
    pz_mastery_state none = state_after(&settings, scores, 0), some = state_after(&settings, scores, 3);
    ck_assert_status(pz_mastery_growth(&settings, &none, &some, &growth), PZ_E_NOT_ENOUGH);
    ck_assert_status(pz_mastery_growth(&settings, &some, &none, &growth), PZ_E_INVALID);
    ck_assert_str_eq(pz_last_error()->field, "after");
    ck_assert_status(pz_mastery_growth(&bkt, &some, &some, &growth), PZ_E_INVALID);
    ck_assert_str_eq(pz_last_error()->field, "before");
    ck_assert_status(pz_mastery_growth(&settings, NULL, &some, &growth), PZ_E_INVALID);
    ck_assert_status(pz_mastery_growth(&settings, &some, NULL, &growth), PZ_E_INVALID);
    ck_assert_status(pz_mastery_growth(NULL, &some, &some, &growth), PZ_E_INVALID);
    ck_assert_status(pz_mastery_growth(&settings, &some, &some, NULL), PZ_E_INVALID);
    growth.struct_size = 1;
    ck_assert_status(pz_mastery_growth(&settings, &some, &some, &growth), PZ_E_STRUCT_SIZE);
}
END_TEST

/* Learners whose true score is known: intervals must hold it as often as they say, and "mastered" and "not yet" must not be wrong more
 * often than the settings allow, by more than a point. */
START_TEST(intervals_and_decisions_keep_their_word)
{
    enum { LEARNERS = 10000, ANSWERS = 20 };
    pz__random random;
    pz_mastery_settings settings = PZ_MASTERY_SETTINGS_INIT;
    int held = 0, mastered = 0, wrongly_mastered = 0, not_yet = 0, wrongly_not_yet = 0;
    ck_assert_ok(pz_mastery_settings_default(PZ_MODEL_MEAN, &settings));
    pz__random_seed(&random, suite_seed());
    for (int learner = 0; learner < LEARNERS; learner++) {
        double truth = pz__random_unit(&random), scores[ANSWERS];
        pz_mastery_estimate estimate = PZ_MASTERY_ESTIMATE_INIT;
        for (int i = 0; i < ANSWERS; i++) scores[i] = pz__random_unit(&random) < truth;
        pz_mastery_state state = state_after(&settings, scores, ANSWERS);
        ck_assert_ok(pz_mastery_state_estimate(&settings, &state, &estimate));
        held += truth >= estimate.lower && truth <= estimate.upper;
        mastered += estimate.decision == PZ_MASTERY_MASTERED;
        wrongly_mastered += estimate.decision == PZ_MASTERY_MASTERED && truth < settings.mastered_at;
        not_yet += estimate.decision == PZ_MASTERY_NOT_YET;
        wrongly_not_yet += estimate.decision == PZ_MASTERY_NOT_YET && truth >= settings.mastered_at;
    }
    printf("held %.4f, wrongly mastered %.4f of %d, wrongly not yet %.4f of %d\n", held / (double)LEARNERS,
           wrongly_mastered / (double)mastered, mastered, wrongly_not_yet / (double)not_yet, not_yet);
    ck_assert(held >= 0.93 * LEARNERS && held <= 0.97 * LEARNERS);
    ck_assert(mastered > 500 && wrongly_mastered <= (1 - settings.confidence + 0.01) * mastered);
    ck_assert(not_yet > 500 && wrongly_not_yet <= (1 - settings.confidence_not_yet + 0.01) * not_yet);
}
END_TEST

static Suite *growth_suite(void)
{
    Suite *suite = suite_create("mastery_growth");
    TCase *core = tcase_create("growth");
    tcase_set_timeout(core, 60);
    tcase_add_test(core, jacobson_and_truax);
    tcase_add_test(core, covariance_narrows);
    tcase_add_test(core, growth_leads_toward_a_standard);
    tcase_add_test(core, a_difference_without_error_is_refused);
    tcase_add_test(core, shared_evidence_is_not_counted_twice);
    tcase_add_test(core, decayed_evidence_is_shared_by_what_is_left);
    tcase_add_test(core, windows_share_what_is_in_both);
    tcase_add_test(core, bkt_gain_is_the_probability_of_having_come_to_know);
    tcase_add_test(core, separate_states_put_their_intervals_together);
    tcase_add_test(core, no_new_answers_is_no_growth);
    tcase_add_test(core, faults);
    tcase_add_test(core, intervals_and_decisions_keep_their_word);
    suite_add_tcase(suite, core);
    return suite;
}

SUITE_MAIN(growth_suite)
