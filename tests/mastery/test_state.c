/* State, estimate and explanation of the six models. */
#include "base/random.h"
#include "personalize/mastery.h"
#include "support/suite.h"

#define LAST PZ_MODEL_BKT
#define ck_assert_near(got, wanted, within)                                                                                                \
    do {                                                                                                                                   \
        double near_got_ = (got), near_wanted_ = (wanted);                                                                                 \
        ck_assert_msg(fabs(near_got_ - near_wanted_) <= (within), "%s is %.16g, wanted %.16g", #got, near_got_, near_wanted_);             \
    } while (0)

static pz_mastery_settings default_of(int model)
{
    pz_mastery_settings settings = PZ_MASTERY_SETTINGS_INIT;
    ck_assert_ok(pz_mastery_settings_default((pz_mastery_model)model, &settings));
    return settings;
}

static pz_mastery_state state_after(const pz_mastery_settings *settings, const double *scores, const double *weights, size_t rows)
{
    pz_mastery_state state = PZ_MASTERY_STATE_INIT;
    ck_assert_ok(pz_mastery_state_start(settings, &state));
    ck_assert_ok(pz_mastery_state_update(settings, scores, weights, rows, &state));
    return state;
}

static pz_mastery_estimate estimate_after(const pz_mastery_settings *settings, const double *scores, const double *weights, size_t rows)
{
    pz_mastery_estimate estimate = PZ_MASTERY_ESTIMATE_INIT;
    pz_mastery_state state = state_after(settings, scores, weights, rows);
    ck_assert_ok(pz_mastery_state_estimate(settings, &state, &estimate));
    return estimate;
}

/* ------------------------------------------------------------------------------------------------ values --- */

/* By hand with the formulas of Corbett and Anderson (1995). */
START_TEST(bkt_follows_the_formulas)
{
    static const double scores[] = {1, 0, 1, 1};
    static const double expected[] = {0.55, 0.2076086956521739, 0.7319852941176471, 0.9648166023166023};
    pz_mastery_settings settings = default_of(PZ_MODEL_BKT);
    for (size_t rows = 1; rows <= 4; rows++) {
        pz_mastery_estimate estimate = estimate_after(&settings, scores, NULL, rows);
        ck_assert_near(estimate.estimate, expected[rows - 1], 1e-15);
        ck_assert(estimate.probability == estimate.estimate);
        ck_assert_near(estimate.standard_error, sqrt(expected[rows - 1] * (1 - expected[rows - 1])), 1e-15);
        ck_assert_int_eq(estimate.decision, rows == 4 ? PZ_MASTERY_MASTERED : PZ_MASTERY_NOT_ENOUGH_EVIDENCE);
        ck_assert(estimate.lower == (rows == 4 ? estimate.estimate : 0) && estimate.upper == 1);
    }
}
END_TEST

/* The same with parts of answers and forgetting, in 60 digits. */
START_TEST(bkt_takes_parts_of_answers)
{
    static const double scores[] = {0.5, 1, 0.25, 0}, weights[] = {1, 0.5, 0.25, 1};
    static const double expected[] = {0.3383993836326126, 0.5443470217841787, 0.4645652896927629, 0.2426503366769031};
    pz_mastery_settings settings = default_of(PZ_MODEL_BKT);
    settings.prior = 0.3, settings.learn = 0.2, settings.guess = 0.25, settings.slip = 0.05, settings.forget = 0.02;
    for (size_t rows = 1; rows <= 4; rows++)
        ck_assert_near(estimate_after(&settings, scores, weights, rows).estimate, expected[rows - 1], 1e-15);
}
END_TEST

START_TEST(bkt_never_gets_stuck)
{
    pz_mastery_settings settings = default_of(PZ_MODEL_BKT);
    pz_mastery_state state = state_after(&settings, NULL, NULL, 0);
    static const double right = 1, wrong = 0;
    for (int i = 0; i < 2000; i++) ck_assert_ok(pz_mastery_state_update(&settings, &right, NULL, 1, &state));
    ck_assert(state.value == 1 && state.spread > 0);
    for (int i = 0; i < 2000; i++) ck_assert_ok(pz_mastery_state_update(&settings, &wrong, NULL, 1, &state));
    ck_assert_near(state.value, 0.1125, 1e-9);
    settings.learn = 0;
    for (int i = 0; i < 2000; i++) ck_assert_ok(pz_mastery_state_update(&settings, &wrong, NULL, 1, &state));
    ck_assert(state.value > 0);
    for (int i = 0; i < 2000; i++) ck_assert_ok(pz_mastery_state_update(&settings, &right, NULL, 1, &state));
    ck_assert(state.value > 0.999);
}
END_TEST

START_TEST(bkt_says_not_yet)
{
    static const double scores[] = {0, 0, 0};
    pz_mastery_settings settings = default_of(PZ_MODEL_BKT);
    pz_mastery_estimate estimate = estimate_after(&settings, scores, NULL, 2);
    ck_assert_int_eq(estimate.decision, PZ_MASTERY_NOT_ENOUGH_EVIDENCE);
    estimate = estimate_after(&settings, scores, NULL, 3);
    ck_assert_int_eq(estimate.decision, PZ_MASTERY_NOT_YET);
    ck_assert_near(estimate.estimate, 0.1124768051184609, 1e-15);
}
END_TEST

/* Jeffreys' interval for 5 of 10: 0.224 to 0.776 in table 5 of Brown, Cai and DasGupta (2001); further digits from the beta distribution. */
START_TEST(mean_has_jeffreys_interval)
{
    static const double five_of_ten[] = {1, 0, 1, 0, 1, 0, 1, 0, 1, 0};
    pz_mastery_settings settings = default_of(PZ_MODEL_MEAN);
    pz_mastery_estimate estimate = estimate_after(&settings, five_of_ten, NULL, 10);
    ck_assert(estimate.estimate == 0.5);
    ck_assert_near(estimate.lower, 0.223528670252705, 1e-14);
    ck_assert_near(estimate.upper, 0.776471329747295, 1e-14);
    ck_assert_near(estimate.standard_error, 0.144337567297406, 1e-14);
    ck_assert_near(estimate.probability, 0.0150853975827869, 1e-14);
    ck_assert_int_eq(estimate.decision, PZ_MASTERY_NOT_YET);
}
END_TEST

START_TEST(mean_decides_as_the_manual_says)
{
    static const double scores[] = {1, 1, 1, 0, 0}, four[] = {1, 1, 1, 1, 0}, five[] = {1, 1, 1, 1, 1};
    pz_mastery_settings settings = default_of(PZ_MODEL_MEAN);
    pz_mastery_estimate estimate = estimate_after(&settings, five, NULL, 5);
    ck_assert_near(estimate.probability, 0.874533103589281, 1e-14);
    ck_assert_int_eq(estimate.decision, PZ_MASTERY_MASTERED);
    ck_assert(estimate.upper == 1);
    ck_assert_near(estimate.lower, 0.620622857700961, 1e-14);
    estimate = estimate_after(&settings, four, NULL, 5);
    ck_assert_near(estimate.probability, 0.45069550712572, 1e-14);
    ck_assert_int_eq(estimate.decision, PZ_MASTERY_NOT_ENOUGH_EVIDENCE);
    estimate = estimate_after(&settings, scores, NULL, 5);
    ck_assert_near(estimate.probability, 0.132817309778049, 1e-14);
    ck_assert_int_eq(estimate.decision, PZ_MASTERY_NOT_YET);
    estimate = estimate_after(&settings, five, NULL, 2);
    ck_assert_int_eq(estimate.decision, PZ_MASTERY_NOT_ENOUGH_EVIDENCE);
}
END_TEST

START_TEST(mean_counts_weights)
{
    static const double scores[] = {0.4, 0.9, 1}, weights[] = {0.5, 1, 0.25};
    pz_mastery_settings settings = default_of(PZ_MODEL_MEAN);
    pz_mastery_estimate estimate = estimate_after(&settings, scores, weights, 3);
    ck_assert_near(estimate.estimate, 1.35 / 1.75, 1e-15);
    ck_assert_near(estimate.probability, 0.381654286329446, 1e-14);
    ck_assert_near(estimate.standard_error, 0.242302999984839, 1e-14);
    ck_assert_near(estimate.lower, 0.146879767794504, 1e-14);
    ck_assert_near(estimate.upper, 0.99115816045997, 1e-14);
}
END_TEST

/* Canvas: 65 % of the latest and 35 % of what was before. */
START_TEST(decaying_average_knows_how_little_it_looks_at)
{
    static const double scores[] = {0, 1, 1};
    pz_mastery_settings settings = default_of(PZ_MODEL_DECAYING_AVERAGE);
    pz_mastery_state state = state_after(&settings, scores, NULL, 3);
    pz_mastery_estimate estimate = estimate_after(&settings, scores, NULL, 3);
    ck_assert_near(estimate.estimate, 0.8775, 1e-15);
    ck_assert_near(1 / state.spread, 2.0438925934442143, 1e-14);
    ck_assert_near(estimate.probability, 0.519548317111649, 1e-14);
    ck_assert_near(estimate.standard_error, 0.214319380364186, 1e-14);
    ck_assert_near(estimate.lower, 0.238693707858749, 1e-14);
    ck_assert_near(estimate.upper, 0.996984715679482, 1e-14);
    ck_assert_int_eq(estimate.decision, PZ_MASTERY_MASTERED);
}
END_TEST

START_TEST(two_half_answers_decay_as_one)
{
    static const double whole[] = {0.2, 0.9}, parts[] = {0.2, 0.9, 0.9}, weights[] = {1, 0.5, 0.5};
    pz_mastery_settings settings = default_of(PZ_MODEL_DECAYING_AVERAGE);
    ck_assert_near(state_after(&settings, parts, weights, 3).value, state_after(&settings, whole, NULL, 2).value, 1e-15);
}
END_TEST

START_TEST(latest_and_highest_stand_on_one_answer)
{
    static const double scores[] = {0.2, 1, 0.5}, weights[] = {1, 0.5, 1};
    pz_mastery_settings latest = default_of(PZ_MODEL_LATEST), highest = default_of(PZ_MODEL_HIGHEST);
    static const double one = 1;
    pz_mastery_estimate estimate = estimate_after(&latest, &one, NULL, 1);
    ck_assert_near(estimate.probability, 0.549815144247899, 1e-14);
    ck_assert_near(estimate.lower, 0.146746316309575, 1e-14);
    ck_assert(estimate.upper == 1 && estimate.decision == PZ_MASTERY_MASTERED && estimate.standard_error == 0.25);
    estimate = estimate_after(&latest, scores, weights, 3);
    ck_assert(estimate.estimate == 0.5 && estimate.evidence_count == 3 && estimate.decision == PZ_MASTERY_NOT_YET);
    estimate = estimate_after(&highest, scores, weights, 3);
    ck_assert(estimate.estimate == 1);
    /* Beta(1, 0.5) has variance 4/45. */
    ck_assert_near(estimate.standard_error * estimate.standard_error, 4.0 / 45 + (1 - 1.2 / 2.5) * (1 - 1.2 / 2.5), 1e-14);
    ck_assert(state_after(&highest, scores, weights, 3).spread == 2);
}
END_TEST

START_TEST(highest_prefers_the_weightier_of_equals)
{
    static const double scores[] = {1, 1, 1}, weights[] = {0.25, 0.5, 0.125};
    pz_mastery_settings settings = default_of(PZ_MODEL_HIGHEST);
    ck_assert(state_after(&settings, scores, weights, 3).spread == 2);
}
END_TEST

START_TEST(n_of_m_counts)
{
    static const double scores[] = {1, 0.99, 1, 1, 1, 1, 0};
    static const int32_t four_of_five[] = {3, 3, 3, 3, 1, 1, 1}, five_of_five[] = {3, 2, 2, 2, 2, 2, 2};
    pz_mastery_settings settings = default_of(PZ_MODEL_N_OF_M);
    for (size_t rows = 1; rows <= 7; rows++)
        ck_assert_int_eq(estimate_after(&settings, scores, NULL, rows).decision, five_of_five[rows - 1]);
    settings.n = 4;
    for (size_t rows = 1; rows <= 7; rows++)
        ck_assert_int_eq(estimate_after(&settings, scores, NULL, rows).decision, four_of_five[rows - 1]);
    ck_assert(estimate_after(&settings, scores, NULL, 7).estimate == 0.8);
    ck_assert_near(estimate_after(&settings, scores, NULL, 7).probability, 0.45069550712572, 1e-14);
    settings.pass_at = 0.9, settings.n = 5;
    ck_assert_int_eq(estimate_after(&settings, scores, NULL, 5).decision, PZ_MASTERY_MASTERED);
    settings.n = settings.m = 62;
    double many[200];
    for (int i = 0; i < 200; i++) many[i] = 1;
    ck_assert_int_eq(estimate_after(&settings, many, NULL, 61).decision, PZ_MASTERY_NOT_ENOUGH_EVIDENCE);
    ck_assert_int_eq(estimate_after(&settings, many, NULL, 200).decision, PZ_MASTERY_MASTERED);
    many[150] = 0;
    ck_assert_int_eq(estimate_after(&settings, many, NULL, 200).decision, PZ_MASTERY_NOT_YET);
}
END_TEST

START_TEST(without_answers_there_is_only_the_prior)
{
    for (int model = 1; model <= LAST; model++) {
        pz_mastery_settings settings = default_of(model);
        pz_mastery_estimate estimate = estimate_after(&settings, NULL, NULL, 0);
        ck_assert_int_eq(estimate.decision, PZ_MASTERY_NOT_ENOUGH_EVIDENCE);
        ck_assert(estimate.lower == 0 && estimate.upper == 1 && estimate.evidence_count == 0);
        ck_assert_near(estimate.probability, model == PZ_MODEL_BKT ? 0.1 : 0.295167235300867, 1e-14);
        ck_assert(model == PZ_MODEL_BKT ? estimate.estimate == 0.1 : isnan(estimate.estimate) && isnan(estimate.standard_error));
    }
}
END_TEST

/* --------------------------------------------------------------------------------------- what always holds --- */

static size_t random_answers(pz__random *random, double *scores, double *weights, size_t most)
{
    size_t rows = 1 + pz__random_below(random, (uint32_t)most);
    for (size_t i = 0; i < rows; i++) {
        uint32_t kind = pz__random_below(random, 3);
        scores[i] = kind == 2 ? pz__random_unit(random) : kind;
        weights[i] = pz__random_below(random, 2) ? 1 : 1 - pz__random_unit(random);
    }
    return rows;
}

START_TEST(in_parts_or_at_once_gives_the_same_bits)
{
    pz__random random;
    double scores[60], weights[60];
    pz__random_seed(&random, suite_seed());
    for (int turn = 0; turn < 3000; turn++) {
        pz_mastery_settings settings = default_of(1 + turn % LAST);
        size_t rows = random_answers(&random, scores, weights, 60), first = pz__random_below(&random, (uint32_t)rows + 1);
        pz_mastery_state whole = state_after(&settings, scores, weights, rows), parts = state_after(&settings, scores, weights, first);
        ck_assert_ok(pz_mastery_state_update(&settings, scores + first, weights + first, rows - first, &parts));
        ck_assert(!memcmp(&whole, &parts, sizeof whole));
    }
}
END_TEST

START_TEST(estimates_stay_within_their_bounds)
{
    pz__random random;
    double scores[60], weights[60];
    pz__random_seed(&random, suite_seed());
    for (int turn = 0; turn < 3000; turn++) {
        pz_mastery_settings settings = default_of(1 + turn % LAST);
        size_t rows = random_answers(&random, scores, weights, 60);
        if (turn % 2) {
            settings.prior = 0.001 + 0.998 * pz__random_unit(&random);
            settings.learn = pz__random_unit(&random), settings.forget = pz__random_unit(&random);
            settings.guess = 0.001 + 0.49 * pz__random_unit(&random), settings.slip = 0.001 + 0.49 * pz__random_unit(&random);
            settings.decay = 0.001 + 0.998 * pz__random_unit(&random);
            settings.m = 1 + (int)pz__random_below(&random, 62), settings.n = 1 + (int)pz__random_below(&random, (uint32_t)settings.m);
        }
        pz_mastery_estimate estimate = estimate_after(&settings, scores, weights, rows);
        ck_assert(estimate.lower >= 0 && estimate.lower <= estimate.estimate && estimate.estimate <= estimate.upper && estimate.upper <= 1);
        ck_assert(estimate.probability >= 0 && estimate.probability <= 1 && estimate.standard_error > 0);
        ck_assert_int_eq(estimate.evidence_count, (int)rows);
    }
}
END_TEST

/* ------------------------------------------------------------------------------------------ explanation --- */

static void check_explanation(const pz_mastery_settings *settings, const double *scores, const double *weights, size_t rows)
{
    pz_mastery_step **steps;
    size_t count;
    double change = 0, shares = 0, value = 0, odds;
    pz_mastery_estimate last = estimate_after(settings, scores, weights, rows);
    ck_assert_ok(pz_mastery_explain(settings, scores, weights, rows, NULL, NULL, &steps, &count));
    ck_assert_uint_eq(count, rows + 1);
    ck_assert(isnan(steps[0]->score) && isnan(steps[0]->change));
    odds = log(steps[0]->probability / (1 - steps[0]->probability));
    for (size_t i = 1; i < count; i++) {
        int right = scores[i - 1] >= settings->pass_at;
        ck_assert(steps[i]->score == scores[i - 1] && steps[i]->weight == weights[i - 1] && steps[i]->evidence_count == (int)i);
        change += steps[i]->change;
        shares += steps[i]->share;
        value += steps[i]->share * (settings->model == PZ_MODEL_N_OF_M ? right : scores[i - 1]);
        odds += steps[i]->evidence_log_odds + steps[i]->learning_log_odds;
    }
    ck_assert(steps[rows]->estimate == last.estimate && steps[rows]->decision == last.decision && steps[rows]->upper == last.upper);
    if (settings->model == PZ_MODEL_BKT) {
        ck_assert_near(steps[0]->estimate + change, last.estimate, 1e-12);
        ck_assert_near(1 / (1 + exp(-odds)), last.estimate, 1e-9);
        ck_assert(isnan(steps[rows]->share));
    } else {
        ck_assert_near(change, last.estimate, 1e-12);
        ck_assert_near(shares, 1, 1e-12);
        ck_assert_near(value, last.estimate, 1e-12);
        ck_assert(isnan(steps[rows]->evidence_log_odds));
    }
    pz_free(steps);
}

START_TEST(what_answers_did_adds_up)
{
    pz__random random;
    double scores[40], weights[40];
    pz__random_seed(&random, suite_seed());
    for (int turn = 0; turn < 1200; turn++) {
        pz_mastery_settings settings = default_of(1 + turn % LAST);
        size_t rows = random_answers(&random, scores, weights, 40);
        check_explanation(&settings, scores, weights, rows);
    }
}
END_TEST

START_TEST(a_wrong_answer_can_raise_what_is_known)
{
    static const double wrong[] = {0, 0};
    pz_mastery_settings settings = default_of(PZ_MODEL_BKT);
    pz_mastery_step **steps;
    size_t count;
    ck_assert_ok(pz_mastery_explain(&settings, wrong, NULL, 2, NULL, NULL, &steps, &count));
    ck_assert(steps[1]->evidence_log_odds < 0 && steps[1]->learning_log_odds > 0 && steps[1]->change > 0);
    ck_assert_near(steps[1]->evidence_log_odds, log(0.1 / 0.9), 1e-15);
    pz_free(steps);
    ck_assert_ok(pz_mastery_explain(&settings, NULL, NULL, 0, NULL, NULL, &steps, &count));
    ck_assert_uint_eq(count, 1);
    pz_free(steps);
}
END_TEST

static pz_status explain_three(void *unused)
{
    static const double scores[] = {1, 0, 1};
    pz_mastery_settings settings = PZ_MASTERY_SETTINGS_INIT;
    pz_mastery_step **steps;
    size_t count;
    pz_status status = pz_mastery_explain(&settings, scores, NULL, 3, NULL, NULL, &steps, &count);
    (void)unused;
    pz_free(steps);
    return status;
}

START_TEST(memory_that_fails_is_said)
{
    ck_assert_int_ge(suite_each_allocation(explain_three, NULL), 3);
}
END_TEST

/* ------------------------------------------------------------------------------------------------ faults --- */

START_TEST(bad_answers_change_nothing)
{
    static const double bad_scores[] = {-0.01, 1.01, NAN, INFINITY}, bad_weights[] = {0, -1, 1.5, NAN};
    pz_mastery_settings settings = default_of(PZ_MODEL_MEAN);
    double scores[] = {1, 1, 1}, weights[] = {1, 1, 1};
    pz_mastery_state state = state_after(&settings, scores, weights, 3), before = state;
    pz_mastery_step **steps = NULL;
    size_t count;
    for (int i = 0; i < 4; i++) {
        scores[2] = bad_scores[i];
        ck_assert_status(pz_mastery_state_update(&settings, scores, weights, 3, &state), PZ_E_INVALID);
        ck_assert_str_eq(pz_last_error()->field, "scores");
        ck_assert_ptr_nonnull(strstr(pz_last_error()->message, "row 2"));
        ck_assert_status(pz_mastery_explain(&settings, scores, weights, 3, NULL, NULL, &steps, &count), PZ_E_INVALID);
        scores[2] = 1;
        weights[1] = bad_weights[i];
        ck_assert_status(pz_mastery_state_update(&settings, scores, weights, 3, &state), PZ_E_INVALID);
        ck_assert_str_eq(pz_last_error()->field, "weights");
        ck_assert_ptr_nonnull(strstr(pz_last_error()->message, "row 1"));
        weights[1] = 1;
    }
    ck_assert_status(pz_mastery_state_update(&settings, NULL, NULL, 3, &state), PZ_E_INVALID);
    ck_assert(!memcmp(&state, &before, sizeof state));
    ck_assert_ok(pz_mastery_state_update(&settings, NULL, NULL, 0, &state));
    ck_assert(!memcmp(&state, &before, sizeof state));
}
END_TEST

START_TEST(impossible_states_are_refused)
{
    static const double one = 1;
    pz_mastery_settings mean = default_of(PZ_MODEL_MEAN), bkt = default_of(PZ_MODEL_BKT);
    pz_mastery_state good = state_after(&mean, &one, NULL, 1), state = good;
    pz_mastery_estimate estimate = PZ_MASTERY_ESTIMATE_INIT;
#define REFUSED(change)                                                                                                                    \
    do {                                                                                                                                   \
        state = good;                                                                                                                      \
        change;                                                                                                                            \
        ck_assert_status(pz_mastery_state_update(&mean, &one, NULL, 1, &state), PZ_E_INVALID);                                             \
        ck_assert_status(pz_mastery_state_estimate(&mean, &state, &estimate), PZ_E_INVALID);                                               \
    } while (0)
    REFUSED(state.model = PZ_MODEL_BKT);
    REFUSED(state.count = -1);
    REFUSED(state.count = 0);
    REFUSED(state.weight = 2);
    REFUSED(state.weight = NAN);
    REFUSED(state.total = 1.5);
    REFUSED(state.value = 1.5);
    REFUSED(state.value = NAN);
    REFUSED(state.spread = 0);
    REFUSED(state.spread = INFINITY);
    REFUSED(state.recent = -1);
    good = state_after(&bkt, &one, NULL, 1);
    mean = bkt;
    REFUSED(state.spread = 0.9);
    REFUSED(state.value = 0; state.spread = 1);
    state = (pz_mastery_state)PZ_MASTERY_STATE_INIT;
    ck_assert_status(pz_mastery_state_update(&mean, &one, NULL, 1, &state), PZ_E_INVALID); /* not started */
    state = good;
    state.count = INT32_MAX, state.weight = state.total = 1;
    ck_assert_status(pz_mastery_state_update(&mean, &one, NULL, 1, &state), PZ_E_LIMIT);
}
END_TEST

static pz_status stop_late(double done, void *user_data)
{
    (void)user_data;
    return done > 0.5 ? PZ_E_CANCELLED : PZ_OK;
}

START_TEST(null_and_short_records_are_refused)
{
    pz_mastery_settings settings = default_of(PZ_MODEL_BKT), small = settings;
    pz_mastery_state state = PZ_MASTERY_STATE_INIT;
    pz_mastery_estimate estimate = PZ_MASTERY_ESTIMATE_INIT;
    pz_mastery_step **steps;
    size_t count;
    double many[20001] = {0};
    small.struct_size = 4;
    ck_assert_status(pz_mastery_state_start(NULL, &state), PZ_E_INVALID);
    ck_assert_status(pz_mastery_state_start(&settings, NULL), PZ_E_INVALID);
    ck_assert_status(pz_mastery_state_start(&small, &state), PZ_E_STRUCT_SIZE);
    ck_assert_ok(pz_mastery_state_start(&settings, &state));
    ck_assert_status(pz_mastery_state_update(&settings, many, NULL, 1, NULL), PZ_E_INVALID);
    ck_assert_status(pz_mastery_state_update(NULL, many, NULL, 1, &state), PZ_E_INVALID);
    ck_assert_status(pz_mastery_state_estimate(&settings, &state, NULL), PZ_E_INVALID);
    ck_assert_status(pz_mastery_state_estimate(&settings, NULL, &estimate), PZ_E_INVALID);
    state.struct_size = 8;
    ck_assert_status(pz_mastery_state_estimate(&settings, &state, &estimate), PZ_E_STRUCT_SIZE);
    ck_assert_status(pz_mastery_state_update(&settings, many, NULL, 1, &state), PZ_E_STRUCT_SIZE);
    estimate.struct_size = 0;
    ck_assert_status(pz_mastery_state_estimate(&settings, &state, &estimate), PZ_E_STRUCT_SIZE);
    ck_assert_status(pz_mastery_explain(&settings, many, NULL, 1, NULL, NULL, NULL, &count), PZ_E_INVALID);
    ck_assert_status(pz_mastery_explain(&settings, many, NULL, 1, NULL, NULL, &steps, NULL), PZ_E_INVALID);
    ck_assert_status(pz_mastery_explain(&small, many, NULL, 1, NULL, NULL, &steps, &count), PZ_E_STRUCT_SIZE);
    ck_assert_status(pz_mastery_explain(&settings, many, NULL, 20001, NULL, NULL, &steps, &count), PZ_E_LIMIT);
    ck_assert_status(pz_mastery_explain(&settings, many, NULL, 1000, stop_late, NULL, &steps, &count), PZ_E_CANCELLED);
    ck_assert(!steps && !count);
    double *very_many = calloc(1000001, sizeof *very_many);
    state = (pz_mastery_state)PZ_MASTERY_STATE_INIT;
    ck_assert_ok(pz_mastery_state_start(&settings, &state));
    ck_assert_status(pz_mastery_state_update(&settings, very_many, NULL, 1000001, &state), PZ_E_LIMIT);
    ck_assert_ok(pz_mastery_state_update(&settings, very_many, NULL, 1000000, &state));
    ck_assert_int_eq(state.count, 1000000);
    free(very_many);
}
END_TEST

/* A caller compiled against a later header, with members that this version does not know. */
START_TEST(longer_records_are_welcome)
{
    struct {
        pz_mastery_state state;
        double later;
    } longer = {PZ_MASTERY_STATE_INIT, 7};
    struct {
        pz_mastery_settings settings;
        double later;
    } wider = {PZ_MASTERY_SETTINGS_INIT, 7};
    static const double one = 1;
    longer.state.struct_size = sizeof longer;
    wider.settings.struct_size = sizeof wider;
    ck_assert_ok(pz_mastery_state_start(&wider.settings, &longer.state));
    ck_assert_ok(pz_mastery_state_update(&wider.settings, &one, NULL, 1, &longer.state));
    ck_assert(longer.state.count == 1 && longer.later == 7 && longer.state.struct_size == sizeof longer);
}
END_TEST

static Suite *state_suite(void)
{
    Suite *suite = suite_create("mastery_state");
    TCase *core = tcase_create("state");
    tcase_set_timeout(core, 60);
    tcase_add_test(core, bkt_follows_the_formulas);
    tcase_add_test(core, bkt_takes_parts_of_answers);
    tcase_add_test(core, bkt_never_gets_stuck);
    tcase_add_test(core, bkt_says_not_yet);
    tcase_add_test(core, mean_has_jeffreys_interval);
    tcase_add_test(core, mean_decides_as_the_manual_says);
    tcase_add_test(core, mean_counts_weights);
    tcase_add_test(core, decaying_average_knows_how_little_it_looks_at);
    tcase_add_test(core, two_half_answers_decay_as_one);
    tcase_add_test(core, latest_and_highest_stand_on_one_answer);
    tcase_add_test(core, highest_prefers_the_weightier_of_equals);
    tcase_add_test(core, n_of_m_counts);
    tcase_add_test(core, without_answers_there_is_only_the_prior);
    tcase_add_test(core, in_parts_or_at_once_gives_the_same_bits);
    tcase_add_test(core, estimates_stay_within_their_bounds);
    tcase_add_test(core, what_answers_did_adds_up);
    tcase_add_test(core, a_wrong_answer_can_raise_what_is_known);
    tcase_add_test(core, memory_that_fails_is_said);
    tcase_add_test(core, bad_answers_change_nothing);
    tcase_add_test(core, impossible_states_are_refused);
    tcase_add_test(core, null_and_short_records_are_refused);
    tcase_add_test(core, longer_records_are_welcome);
    suite_add_tcase(suite, core);
    return suite;
}

SUITE_MAIN(state_suite)
