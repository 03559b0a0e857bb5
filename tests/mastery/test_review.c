/* FSRS-6 against the vectors that its implementations in Rust, Python and TypeScript share. Those compute in single precision, hence 1e-4. */
#include "personalize/review.h"
#include "support/suite.h"

#define ck_assert_near(got, wanted, within)                                                                                                \
    do {                                                                                                                                   \
        double near_got_ = (got), near_wanted_ = (wanted);                                                                                 \
        ck_assert_msg(fabs(near_got_ - near_wanted_) <= (within), "%s is %.16g, wanted %.16g", #got, near_got_, near_wanted_);             \
    } while (0)

static pz_review_state state_of(double stability, double difficulty)
{
    pz_review_state state = PZ_REVIEW_STATE_INIT;
    state.reviews = 1, state.stability = stability, state.difficulty = difficulty;
    return state;
}

static pz_review_state updated(pz_review_state state, int rating, double days)
{
    ck_assert_ok(pz_review_update(NULL, 0, (pz_review_rating)rating, days, &state));
    return state;
}

/* Days at which recall is r, for a stability. */
static double days_for(double stability, double r)
{
    return stability / (pow(0.9, -1 / 0.1542) - 1) * (pow(r, -1 / 0.1542) - 1);
}

START_TEST(first_reviews)
{
    static const double stability[] = {.212, 1.2931, 2.3065, 8.2956}, difficulty[] = {6.4133, 5.11217071, 2.11810397, 1};
    for (int rating = 1; rating <= 4; rating++) {
        pz_review_state s = updated((pz_review_state)PZ_REVIEW_STATE_INIT, rating, 0);
        ck_assert_near(s.stability, stability[rating - 1], 1e-6);
        ck_assert_near(s.difficulty, difficulty[rating - 1], 1e-6);
        ck_assert(s.reviews == 1 && s.lapses == 0);
    }
}
END_TEST

START_TEST(recall_over_time)
{
    static const double stability[] = {1, 2, 3, 4, 4, 2}, expected[] = {1, .9403443, .9253786, .9185229, .9, .8261359};
    for (int t = 0; t < 6; t++) {
        pz_review_state s = state_of(stability[t], 5);
        double r;
        ck_assert_ok(pz_review_recall(NULL, 0, &s, t, &r));
        ck_assert_near(r, expected[t], 1e-6);
    }
}
END_TEST

START_TEST(difficulty_steps)
{
    static const double expected[] = {8.341763, 6.6659956, 4.990228, 3.3144615};
    static const double unreverted[] = {8.354889, 6.6774445, 5, 3.3225555};
    double weights[PZ_REVIEW_WEIGHTS];
    for (int i = 0; i < PZ_REVIEW_WEIGHTS; i++) weights[i] = i == 7 ? 0 : pz_review_weight(i);
    for (int rating = 1; rating <= 4; rating++) {
        pz_review_state s = state_of(5, 5);
        ck_assert_near(updated(s, rating, 3).difficulty, expected[rating - 1], 1e-5);
        ck_assert_ok(pz_review_update(weights, PZ_REVIEW_WEIGHTS, (pz_review_rating)rating, 3, &s)); /* without reversion to the mean */
        ck_assert_near(s.difficulty, unreverted[rating - 1], 1e-5);
    }
}
END_TEST

START_TEST(stability_steps)
{
    static const double recalled[] = {.9, .8, .7, .6}, success[] = {25.602541, 28.226582, 58.656002, 127.226685};
    static const double failure[] = {1.0525396, 1.1894329, 1.3680838, 1.584989}, same[] = {1.596818, 5, 5, 8.12961};
    for (int i = 0; i < 4; i++) {
        double days = days_for(5, recalled[i]);
        /* the formula of success has no factor for a forgotten one, so that its vector is that of "good" */
        ck_assert_near(updated(state_of(5, i + 1), i ? i + 1 : PZ_REVIEW_GOOD, days).stability, success[i], 1e-4);
        ck_assert_near(updated(state_of(5, i + 1), PZ_REVIEW_AGAIN, days).stability, failure[i], 1e-4);
        ck_assert_near(updated(state_of(5, 5), i + 1, 0).stability, same[i], 1e-4);
    }
}
END_TEST

START_TEST(intervals_by_retention)
{
    static const int32_t expected[] = {3116766, 34793, 2508, 387, 90, 27, 9, 3, 1, 1};
    pz_review_state s = state_of(1, 5);
    for (int i = 0; i < 10; i++) {
        int32_t days;
        ck_assert_ok(pz_review_due(NULL, 0, &s, (i + 1) / 10.0, 10000000, &days));
        ck_assert(abs(days - expected[i]) <= 1e-4 * expected[i]);
    }
    int32_t days;
    ck_assert_ok(pz_review_due(NULL, 0, &s, 0.1, 36500, &days));
    ck_assert_int_eq(days, 36500);
}
END_TEST

START_TEST(a_year_of_reviews)
{
    static const int ratings[] = {3, 3, 3, 3, 3, 3, 1, 1, 3, 3, 3, 3, 3}, intervals[] = {0, 2, 11, 46, 163, 498, 0, 0, 2, 4, 7, 12, 21};
    pz_review_state s = PZ_REVIEW_STATE_INIT;
    for (int i = 0; i < 13; i++) {
        int32_t days;
        s = updated(s, ratings[i], i ? intervals[i - 1] : 0);
        ck_assert_ok(pz_review_due(NULL, 0, &s, 0.9, 36500, &days));
        if (intervals[i]) ck_assert_int_eq(days, intervals[i]); /* 0: a learning step within the day */
    }
    ck_assert(s.lapses == 2 && s.reviews == 13);
}
END_TEST

START_TEST(a_month_of_reviews)
{
    static const int ratings[] = {1, 3, 3, 3, 3, 3}, gaps[] = {0, 0, 1, 3, 8, 21};
    double weights[PZ_REVIEW_WEIGHTS];
    pz_review_state s = PZ_REVIEW_STATE_INIT, without = PZ_REVIEW_STATE_INIT;
    for (int i = 0; i < PZ_REVIEW_WEIGHTS; i++) weights[i] = i >= 17 && i <= 19 ? 0 : pz_review_weight(i);
    for (int i = 0; i < 6; i++) {
        s = updated(s, ratings[i], gaps[i]);
        ck_assert_ok(pz_review_update(weights, PZ_REVIEW_WEIGHTS, (pz_review_rating)ratings[i], gaps[i], &without));
    }
    ck_assert_near(s.stability, 53.62691, 1e-4);
    ck_assert_near(s.difficulty, 6.3574867, 1e-4);
    ck_assert_near(without.stability, 53.335106, 1e-4);
}
END_TEST

START_TEST(scores_become_ratings)
{
    ck_assert(pz_review_rating_of(0) == 1 && pz_review_rating_of(0.59) == 1 && pz_review_rating_of(0.6) == 2 &&
              pz_review_rating_of(0.8) == 3);
    ck_assert(pz_review_rating_of(1) == 3 && pz_review_rating_of(1.1) == 0 && pz_review_rating_of(NAN) == 0);
    ck_assert(isnan(pz_review_weight(-1)) && isnan(pz_review_weight(21)) && pz_review_weight(20) == 0.1542);
}
END_TEST

START_TEST(faults)
{
    pz_review_state s = PZ_REVIEW_STATE_INIT, bad = state_of(0, 5);
    double weights[PZ_REVIEW_WEIGHTS], r;
    int32_t days;
    for (int i = 0; i < PZ_REVIEW_WEIGHTS; i++) weights[i] = pz_review_weight(i);
    ck_assert_status(pz_review_recall(NULL, 0, &s, 1, &r), PZ_E_NOT_ENOUGH);
    ck_assert_status(pz_review_due(NULL, 0, &s, 0.9, 100, &days), PZ_E_NOT_ENOUGH);
    ck_assert_status(pz_review_update(NULL, 3, PZ_REVIEW_GOOD, 1, &s), PZ_E_INVALID);
    ck_assert_status(pz_review_update(weights, 20, PZ_REVIEW_GOOD, 1, &s), PZ_E_INVALID);
    ck_assert_status(pz_review_update(NULL, 0, (pz_review_rating)5, 1, &s), PZ_E_INVALID);
    ck_assert_status(pz_review_update(NULL, 0, PZ_REVIEW_GOOD, 1, NULL), PZ_E_INVALID);
    ck_assert_status(pz_review_update(NULL, 0, PZ_REVIEW_GOOD, 1, &bad), PZ_E_INVALID);
    weights[20] = 0;
    ck_assert_status(pz_review_update(weights, 21, PZ_REVIEW_GOOD, 1, &s), PZ_E_INVALID);
    weights[20] = NAN;
    ck_assert_status(pz_review_update(weights, 21, PZ_REVIEW_GOOD, 1, &s), PZ_E_INVALID);
    weights[20] = 0.2, weights[0] = 0;
    ck_assert_status(pz_review_update(weights, 21, PZ_REVIEW_GOOD, 1, &s), PZ_E_INVALID);
    s = updated(s, 3, 0);
    ck_assert_status(pz_review_update(NULL, 0, PZ_REVIEW_GOOD, -1, &s), PZ_E_INVALID);
    ck_assert_status(pz_review_update(NULL, 0, PZ_REVIEW_GOOD, NAN, &s), PZ_E_INVALID);
    ck_assert_status(pz_review_recall(NULL, 0, &s, -1, &r), PZ_E_INVALID);
    ck_assert_status(pz_review_recall(NULL, 0, &s, 1, NULL), PZ_E_INVALID);
    ck_assert_status(pz_review_due(NULL, 0, &s, 0, 100, &days), PZ_E_INVALID);
    ck_assert_status(pz_review_due(NULL, 0, &s, 0.9, 0, &days), PZ_E_INVALID);
    ck_assert_status(pz_review_due(NULL, 0, &s, 0.9, 100, NULL), PZ_E_INVALID);
    s.struct_size = 0;
    ck_assert_status(pz_review_update(NULL, 0, PZ_REVIEW_GOOD, 1, &s), PZ_E_STRUCT_SIZE);
    s = state_of(1, 5);
    s.reviews = INT32_MAX;
    ck_assert_status(pz_review_update(NULL, 0, PZ_REVIEW_GOOD, 1, &s), PZ_E_LIMIT);
}
END_TEST

static Suite *review_suite(void)
{
    Suite *suite = suite_create("review");
    TCase *core = tcase_create("review");
    tcase_add_test(core, first_reviews);
    tcase_add_test(core, recall_over_time);
    tcase_add_test(core, difficulty_steps);
    tcase_add_test(core, stability_steps);
    tcase_add_test(core, intervals_by_retention);
    tcase_add_test(core, a_year_of_reviews);
    tcase_add_test(core, a_month_of_reviews);
    tcase_add_test(core, scores_become_ratings);
    tcase_add_test(core, faults);
    suite_add_tcase(suite, core);
    return suite;
}

SUITE_MAIN(review_suite)
