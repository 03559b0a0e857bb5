/* Accuracy, calibration, fairness, differential item functioning, folds. */
#include "base/random.h"
#include "personalize/metrics.h"
#include "support/suite.h"

#define ck_assert_near(got, wanted, within)                                                                                                \
    do {                                                                                                                                   \
        double near_got_ = (got), near_wanted_ = (wanted);                                                                                 \
        ck_assert_msg(fabs(near_got_ - near_wanted_) <= (within), "%s is %.16g, wanted %.16g", #got, near_got_, near_wanted_);             \
    } while (0)

START_TEST(accuracy_by_hand)
{
    static const double probability[] = {0.1, 0.4, 0.35, 0.8}, score[] = {0, 0, 1, 1};
    pz_accuracy a = PZ_ACCURACY_INIT;
    ck_assert_ok(pz_accuracy_of(probability, score, 4, NULL, NULL, &a));
    ck_assert_near(a.auc, 0.75, 1e-15); /* the example of scikit-learn's roc_auc_score */
    ck_assert_near(a.brier, (0.01 + 0.16 + 0.4225 + 0.04) / 4, 1e-15);
    ck_assert_near(a.rmse, sqrt(a.brier), 1e-15);
    ck_assert_near(a.log_loss, -(log(0.9) + log(0.6) + log(0.35) + log(0.8)) / 4, 1e-15);
    ck_assert_near(a.calibration_error, (0.1 + 0.4 + 0.65 + 0.2) / 4, 1e-15);
    ck_assert(a.share_correct == 0.75 && a.rows == 4 && a.right == 2 && a.mean_right == 0.5);
    ck_assert_near(a.mean_probability, 1.65 / 4, 1e-15);
}
END_TEST

START_TEST(ties_count_half_and_one_kind_has_no_area)
{
    static const double same[] = {0.5, 0.5, 0.5}, score[] = {0, 1, 1}, ends[] = {0, 1, 1};
    pz_accuracy a = PZ_ACCURACY_INIT;
    ck_assert_ok(pz_accuracy_of(same, score, 3, NULL, NULL, &a));
    ck_assert(a.auc == 0.5);
    ck_assert_ok(pz_accuracy_of(same, ends, 1, NULL, NULL, &a));
    ck_assert(isnan(a.auc) && a.rmse == 0.5);
    ck_assert_ok(pz_accuracy_of(ends, score, 3, NULL, NULL, &a));
    ck_assert(a.auc == 1 && a.rmse == 0 && a.log_loss == 0);
    ck_assert_ok(pz_accuracy_of(score, ends, 3, NULL, NULL, &a));
    ck_assert(isfinite(a.log_loss));
}
END_TEST

START_TEST(area_equals_counting_pairs)
{
    enum { ROWS = 300 };
    pz__random random;
    double p[ROWS], s[ROWS], pairs = 0, all = 0;
    pz_accuracy a = PZ_ACCURACY_INIT;
    pz__random_seed(&random, suite_seed());
    for (int i = 0; i < ROWS; i++) {
        p[i] = pz__random_below(&random, 40) / 39.0;
        s[i] = pz__random_unit(&random) < p[i];
    }
    for (int i = 0; i < ROWS; i++)
        for (int j = 0; j < ROWS; j++)
            if (s[i] == 1 && s[j] == 0) all++, pairs += p[i] > p[j] ? 1 : (p[i] == p[j] ? 0.5 : 0);
    ck_assert_ok(pz_accuracy_of(p, s, ROWS, NULL, NULL, &a));
    ck_assert_near(a.auc, pairs / all, 1e-14);
}
END_TEST

START_TEST(calibration_bins)
{
    static const double p[] = {0, 0.05, 0.5, 0.99, 1}, s[] = {0, 1, 1, 1, 0};
    pz_calibration_bin **bins;
    size_t count;
    ck_assert_ok(pz_calibration(p, s, 5, 10, NULL, NULL, &bins, &count));
    ck_assert_uint_eq(count, 10);
    ck_assert(bins[0]->rows == 2 && bins[5]->rows == 1 && bins[9]->rows == 2 && bins[3]->rows == 0);
    ck_assert_near(bins[0]->mean_probability, 0.025, 1e-15);
    ck_assert(bins[0]->mean_right == 0.5 && isnan(bins[3]->mean_right));
    ck_assert_near(bins[0]->standard_error, sqrt(0.025 * 0.975 / 2), 1e-15);
    ck_assert(bins[9]->lower == 0.9 && bins[9]->upper == 1);
    pz_free(bins);
    ck_assert_status(pz_calibration(p, s, 5, 1, NULL, NULL, &bins, &count), PZ_E_INVALID);
    ck_assert_status(pz_calibration(p, s, 0, 10, NULL, NULL, &bins, &count), PZ_E_INVALID);
    ck_assert_status(pz_calibration(p, s, 5, 10, NULL, NULL, NULL, &count), PZ_E_INVALID);
    ck_assert_status(pz_calibration(p, s, 5, 10, NULL, NULL, &bins, NULL), PZ_E_INVALID);
}
END_TEST

/* Group 0: curve (0,0) (0,1) (1,1); group 1: (0,0) (1,0) (1,1): the whole square lies between. A chance curve and a perfect one: half. */
START_TEST(abroca_by_hand)
{
    static const double p[] = {0.9, 0.1, 0.9, 0.1}, s[] = {1, 0, 0, 1}, flat[] = {0.9, 0.1, 0.5, 0.5};
    static const int32_t group[] = {0, 0, 1, 1};
    pz_fairness f = PZ_FAIRNESS_INIT;
    ck_assert_ok(pz_fairness_of(p, s, group, NULL, 4, 0, 1, NULL, NULL, &f));
    ck_assert(f.auc_a == 1 && f.auc_b == 0 && f.abroca == 1 && isnan(f.p_value) && f.rows_a == 2 && f.rows_b == 2);
    ck_assert_ok(pz_fairness_of(flat, s, group, NULL, 4, 0, 1, NULL, NULL, &f));
    ck_assert(f.auc_a == 1 && f.auc_b == 0.5);
    ck_assert_near(f.abroca, 0.5, 1e-15);
}
END_TEST

/* Curves that cross have equal areas and still something between them: (0,0) (0,.5) (.5,.5) (.5,1) (1,1) and (0,0) (.5,.5)... by a grid. */
START_TEST(crossing_curves_do_not_cancel)
{
    enum { ROWS = 400 };
    pz__random random;
    double p[ROWS], s[ROWS], sum = 0;
    int32_t group[ROWS];
    pz_fairness f = PZ_FAIRNESS_INIT;
    pz__random_seed(&random, suite_seed());
    for (int i = 0; i < ROWS; i++) {
        p[i] = pz__random_below(&random, 50) / 49.0;
        group[i] = i % 2;
        s[i] = pz__random_unit(&random) < (group[i] ? p[i] : 0.3 + 0.4 * p[i] * p[i]);
    }
    ck_assert_ok(pz_fairness_of(p, s, group, NULL, ROWS, 0, 1, NULL, NULL, &f));
    enum { GRID = 200000 };
    double x[2][60], y[2][60];
    int count[2] = {1, 1};
    for (int g = 0; g < 2; g++) {
        double right = 0, wrong = 0;
        for (int i = 0; i < ROWS; i++)
            if (group[i] == g) right += s[i], wrong += 1 - s[i];
        x[g][0] = y[g][0] = 0;
        for (int level = 49; level >= 0; level--) {
            double r = 0, w = 0;
            for (int i = 0; i < ROWS; i++)
                if (group[i] == g && p[i] >= level / 49.0) r += s[i], w += 1 - s[i];
            x[g][count[g]] = w / wrong;
            y[g][count[g]++] = r / right;
        }
    }
    for (int k = 0; k < GRID; k++) {
        double at = (k + 0.5) / GRID, h[2];
        for (int g = 0; g < 2; g++) {
            int i = 1;
            while (x[g][i] <= at) i++;
            h[g] = y[g][i - 1] + (y[g][i] - y[g][i - 1]) * (at - x[g][i - 1]) / (x[g][i] - x[g][i - 1]);
        }
        sum += fabs(h[0] - h[1]);
    }
    ck_assert_near(f.abroca, sum / GRID, 1e-4);
    ck_assert(f.abroca >= fabs(f.auc_a - f.auc_b) - 1e-12);
}
END_TEST

START_TEST(permutations_judge_the_area)
{
    enum { ROWS = 1000 };
    pz__random random;
    double p[ROWS], s[ROWS];
    int32_t group[ROWS];
    int64_t unit[ROWS];
    pz_fairness fair = PZ_FAIRNESS_INIT, unfair = PZ_FAIRNESS_INIT, again = PZ_FAIRNESS_INIT;
    pz__random_seed(&random, suite_seed());
    for (int i = 0; i < ROWS; i++) {
        unit[i] = i / 5;
        group[i] = unit[i] % 2;
        p[i] = pz__random_unit(&random);
        s[i] = pz__random_unit(&random) < p[i];
    }
    ck_assert_ok(pz_fairness_of(p, s, group, unit, ROWS, 200, 9, NULL, NULL, &fair));
    ck_assert(fair.p_value > 0.005 && fair.expected > 0);
    for (int i = 0; i < ROWS; i++)
        if (group[i]) s[i] = pz__random_unit(&random) < 0.5;
    ck_assert_ok(pz_fairness_of(p, s, group, unit, ROWS, 200, 9, NULL, NULL, &unfair));
    ck_assert_near(unfair.p_value, 1.0 / 201, 1e-12);
    ck_assert_ok(pz_fairness_of(p, s, group, unit, ROWS, 200, 9, NULL, NULL, &again));
    ck_assert(!memcmp(&again, &unfair, sizeof again));
}
END_TEST

static pz_status stop_at_once(double done, void *user_data)
{
    (void)done, (void)user_data;
    return PZ_E_CANCELLED;
}

START_TEST(fairness_faults)
{
    double p[] = {0.9, 0.1, 0.9, 0.1}, s[] = {1, 0, 0, 1};
    int32_t group[] = {0, 0, 1, 1};
    int64_t unit[] = {1, 1, 1, 2};
    pz_fairness f = PZ_FAIRNESS_INIT;
    ck_assert_status(pz_fairness_of(p, s, group, unit, 4, 10, 1, NULL, NULL, &f), PZ_E_INVALID);
    ck_assert_status(pz_fairness_of(p, s, group, NULL, 4, -1, 1, NULL, NULL, &f), PZ_E_INVALID);
    ck_assert_status(pz_fairness_of(p, s, NULL, NULL, 4, 10, 1, NULL, NULL, &f), PZ_E_INVALID);
    ck_assert_status(pz_fairness_of(p, s, group, NULL, 4, 10, 1, stop_at_once, NULL, &f), PZ_E_CANCELLED);
    ck_assert_status(pz_fairness_of(p, s, group, NULL, 2, 10, 1, NULL, NULL, &f), PZ_E_NOT_ENOUGH);
    group[0] = 2;
    ck_assert_status(pz_fairness_of(p, s, group, NULL, 4, 10, 1, NULL, NULL, &f), PZ_E_INVALID);
    ck_assert_ptr_nonnull(strstr(pz_last_error()->message, "row 0"));
    p[3] = 1.5;
    ck_assert_status(pz_fairness_of(p, s, group, NULL, 4, 10, 1, NULL, NULL, &f), PZ_E_INVALID);
    f.struct_size = 0;
    ck_assert_status(pz_fairness_of(p, s, group, NULL, 4, 10, 1, NULL, NULL, &f), PZ_E_STRUCT_SIZE);
}
END_TEST

/* Three strata, by the formulas written out with another program. */
START_TEST(mantel_haenszel_by_hand)
{
    static const int counts[3][2][2] = {{{7, 3}, {2, 5}}, {{4, 10}, {9, 8}}, {{3, 12}, {6, 9}}}; /* stratum, group, right */
    int32_t right[100], group[100];
    int64_t stratum[100];
    size_t rows = 0;
    pz_dif dif = PZ_DIF_INIT;
    for (int k = 0; k < 3; k++)
        for (int g = 0; g < 2; g++)
            for (int r = 0; r < 2; r++)
                for (int i = 0; i < counts[k][g][r]; i++) stratum[rows] = k, group[rows] = g, right[rows++] = r;
    stratum[rows] = 17, group[rows] = 0, right[rows++] = 1; /* a stratum with one group says nothing */
    ck_assert_ok(pz_dif_of(right, group, stratum, rows, NULL, NULL, &dif));
    ck_assert_near(dif.odds_ratio, 1.417201540436457, 1e-13);
    ck_assert_near(dif.log_odds_ratio, 0.3486841809662924, 1e-13);
    ck_assert_near(dif.standard_error, 0.46093202368537894, 1e-13);
    ck_assert_near(dif.delta, -2.35 * dif.log_odds_ratio, 1e-15);
    ck_assert_near(dif.chi_square, 0.29185551901885887, 1e-13);
    ck_assert_near(dif.p_value, 0.5890339164349978, 1e-13);
    ck_assert_int_eq(dif.category, 1);
}
END_TEST

START_TEST(dif_is_found_where_it_is)
{
    enum { ROWS = 4000 };
    pz__random random;
    static int32_t right[ROWS], fair[ROWS], group[ROWS];
    static int64_t stratum[ROWS];
    pz_dif dif = PZ_DIF_INIT;
    pz__random_seed(&random, suite_seed());
    for (int i = 0; i < ROWS; i++) {
        double chance;
        stratum[i] = pz__random_below(&random, 10);
        group[i] = (int32_t)pz__random_below(&random, 2);
        chance = 0.1 + 0.08 * (double)stratum[i];
        fair[i] = pz__random_unit(&random) < chance;
        right[i] = pz__random_unit(&random) < (group[i] ? chance / (chance + (1 - chance) * 3) : chance); /* odds a third */
    }
    ck_assert_ok(pz_dif_of(fair, group, stratum, ROWS, NULL, NULL, &dif));
    ck_assert_int_eq(dif.category, 1);
    ck_assert(fabs(dif.log_odds_ratio) < 4 * dif.standard_error);
    ck_assert_ok(pz_dif_of(right, group, stratum, ROWS, NULL, NULL, &dif));
    ck_assert_int_eq(dif.category, 3);
    ck_assert(fabs(dif.log_odds_ratio - log(3)) < 4 * dif.standard_error && dif.delta < -1.5 && dif.p_value < 1e-6);
}
END_TEST

START_TEST(dif_faults)
{
    int32_t right[] = {1, 1, 0}, group[] = {0, 1, 0};
    int64_t stratum[] = {1, 1, 2};
    pz_dif dif = PZ_DIF_INIT;
    ck_assert_status(pz_dif_of(right, group, stratum, 3, NULL, NULL, &dif), PZ_E_NOT_ENOUGH);
    ck_assert_status(pz_dif_of(NULL, group, stratum, 3, NULL, NULL, &dif), PZ_E_INVALID);
    ck_assert_status(pz_dif_of(right, NULL, stratum, 3, NULL, NULL, &dif), PZ_E_INVALID);
    ck_assert_status(pz_dif_of(right, group, NULL, 3, NULL, NULL, &dif), PZ_E_INVALID);
    ck_assert_status(pz_dif_of(right, group, stratum, 0, NULL, NULL, &dif), PZ_E_INVALID);
    right[1] = 2;
    ck_assert_status(pz_dif_of(right, group, stratum, 3, NULL, NULL, &dif), PZ_E_INVALID);
    right[1] = 1, group[2] = -1;
    ck_assert_status(pz_dif_of(right, group, stratum, 3, NULL, NULL, &dif), PZ_E_INVALID);
    dif.struct_size = 0;
    ck_assert_status(pz_dif_of(right, group, stratum, 3, NULL, NULL, &dif), PZ_E_STRUCT_SIZE);
}
END_TEST

START_TEST(folds_keep_learners_together)
{
    enum { ROWS = 5000, LEARNERS = 103 };
    static int64_t learner[ROWS];
    static int32_t fold[ROWS], again[ROWS];
    int32_t of[LEARNERS], sizes[10] = {0};
    for (int i = 0; i < ROWS; i++) learner[i] = (int64_t)(i * 37 % LEARNERS) << 40;
    ck_assert_ok(pz_folds_by_learner(learner, ROWS, 10, 5, NULL, NULL, fold, ROWS));
    for (int i = 0; i < LEARNERS; i++) of[i] = -1;
    for (int i = 0; i < ROWS; i++) {
        int32_t *seen = &of[i * 37 % LEARNERS];
        ck_assert(fold[i] >= 0 && fold[i] < 10);
        if (*seen < 0) sizes[ *seen = fold[i]]++;
        ck_assert_int_eq(*seen, fold[i]);
    }
    for (int i = 0; i < 10; i++) ck_assert(sizes[i] == 10 || sizes[i] == 11);
    ck_assert_ok(pz_folds_by_learner(learner, ROWS, 10, 5, NULL, NULL, again, ROWS));
    ck_assert(!memcmp(fold, again, sizeof fold));
    ck_assert_ok(pz_folds_by_learner(learner, ROWS, 10, 6, NULL, NULL, again, ROWS));
    ck_assert(memcmp(fold, again, sizeof fold) != 0);
    ck_assert_status(pz_folds_by_learner(learner, ROWS, 104, 5, NULL, NULL, fold, ROWS), PZ_E_NOT_ENOUGH);
    ck_assert_status(pz_folds_by_learner(learner, ROWS, 1, 5, NULL, NULL, fold, ROWS), PZ_E_INVALID);
    ck_assert_status(pz_folds_by_learner(learner, ROWS, 10, 5, NULL, NULL, fold, 4), PZ_E_INVALID);
    ck_assert_status(pz_folds_by_learner(learner, 0, 10, 5, NULL, NULL, fold, 0), PZ_E_INVALID);
    ck_assert_status(pz_folds_by_learner(NULL, ROWS, 10, 5, NULL, NULL, fold, ROWS), PZ_E_INVALID);
    ck_assert_status(pz_folds_by_learner(learner, ROWS, 10, 5, NULL, NULL, NULL, ROWS), PZ_E_INVALID);
}
END_TEST

START_TEST(accuracy_faults)
{
    double p[] = {0.5, 0.5}, s[] = {1, 0};
    pz_accuracy a = PZ_ACCURACY_INIT;
    ck_assert_status(pz_accuracy_of(NULL, s, 2, NULL, NULL, &a), PZ_E_INVALID);
    ck_assert_status(pz_accuracy_of(p, NULL, 2, NULL, NULL, &a), PZ_E_INVALID);
    ck_assert_status(pz_accuracy_of(p, s, 0, NULL, NULL, &a), PZ_E_INVALID);
    ck_assert_status(pz_accuracy_of(p, s, 2, NULL, NULL, NULL), PZ_E_INVALID);
    p[1] = NAN;
    ck_assert_status(pz_accuracy_of(p, s, 2, NULL, NULL, &a), PZ_E_INVALID);
    ck_assert_str_eq(pz_last_error()->field, "probability");
    p[1] = 0, s[1] = -1;
    ck_assert_status(pz_accuracy_of(p, s, 2, NULL, NULL, &a), PZ_E_INVALID);
    ck_assert_str_eq(pz_last_error()->field, "score");
    a.struct_size = 1;
    ck_assert_status(pz_accuracy_of(p, s, 2, NULL, NULL, &a), PZ_E_STRUCT_SIZE);
}
END_TEST

static pz_status all_metrics(void *unused)
{
    static const double p[] = {0.9, 0.1, 0.9, 0.1}, s[] = {1, 0, 0, 1};
    static const int32_t group[] = {0, 0, 1, 1}, right[] = {1, 0, 1, 0}, half[] = {0, 0, 1, 1};
    static const int64_t far[] = {1, INT64_C(1) << 50, -5, 9}, one[] = {1, 1, 1, 1};
    pz_accuracy a = PZ_ACCURACY_INIT;
    pz_fairness f = PZ_FAIRNESS_INIT;
    pz_dif dif = PZ_DIF_INIT;
    pz_calibration_bin **bins = NULL;
    size_t count;
    int32_t fold[4];
    pz_status status = pz_accuracy_of(p, s, 4, NULL, NULL, &a);
    (void)unused;
    if (status == PZ_OK) status = pz_calibration(p, s, 4, 5, NULL, NULL, &bins, &count);
    if (status == PZ_OK) status = pz_fairness_of(p, s, group, far, 4, 3, 1, NULL, NULL, &f);
    if (status == PZ_OK) status = pz_dif_of(right, half, one, 4, NULL, NULL, &dif);
    if (status == PZ_OK) status = pz_folds_by_learner(far, 4, 2, 1, NULL, NULL, fold, 4);
    pz_free(bins);
    return status;
}

START_TEST(memory_that_fails_is_said)
{
    ck_assert_int_ge(suite_each_allocation(all_metrics, NULL), 15);
}
END_TEST

/* Stops at call number *user_data, from 0; done must rise from 0 to at most 1. */
static double last_done;
static pz_status stop_later(double done, void *user_data)
{
    int *left = user_data;
    ck_assert(done >= last_done && done <= 1);
    last_done = done;
    return (*left)-- > 0 ? PZ_OK : PZ_E_CANCELLED;
}

static pz_status one_metric(int which, int *left)
{
    enum { ROWS = 100000 };
    static double p[ROWS], s[ROWS];
    static int32_t right[ROWS], group[ROWS], fold[ROWS];
    static int64_t unit[ROWS];
    pz_accuracy accuracy = PZ_ACCURACY_INIT;
    pz_dif dif = PZ_DIF_INIT;
    pz_calibration_bin **bins;
    size_t count;
    pz_status status;
    for (int i = 0; i < ROWS; i++) {
        p[i] = i * 37 % 1000 / 1000.0, s[i] = i * 91 % 1000 < 500, right[i] = i % 3 == 0, group[i] = i % 2, unit[i] = i / 2 % 100;
        fold[i] = 7;
    }
    last_done = 0;
    switch (which) {
    case 0:
        status = pz_accuracy_of(p, s, ROWS, stop_later, left, &accuracy);
        ck_assert(status == PZ_OK ? accuracy.rows == ROWS : accuracy.rows == 0 && isnan(accuracy.auc));
        return status;
    case 1:
        status = pz_calibration(p, s, ROWS, 10, stop_later, left, &bins, &count);
        ck_assert(status == PZ_OK ? count == 10 : count == 0 && !bins);
        pz_free(bins);
        return status;
    case 2:
        status = pz_dif_of(right, group, unit, ROWS, stop_later, left, &dif);
        ck_assert(status == PZ_OK ? dif.category > 0 : dif.category == 0);
        return status;
    default:
        status = pz_folds_by_learner(unit, ROWS, 5, 1, stop_later, left, fold, ROWS);
        ck_assert(status == PZ_OK || (fold[0] == 0 && fold[ROWS - 1] == 0));
        return status;
    }
}

START_TEST(a_stop_in_the_middle_leaves_nothing)
{
    for (int which = 0; which < 4; which++) {
        int calls = 0, left = 0;
        pz_status status;
        for (;; left = ++calls) {
            status = one_metric(which, &left);
            if (status != PZ_E_CANCELLED) break;
        }
        ck_assert_ok(status);
        ck_assert_int_ge(calls, 7);
    }
}
END_TEST

static Suite *metrics_suite(void)
{
    Suite *suite = suite_create("metrics");
    TCase *core = tcase_create("metrics");
    tcase_set_timeout(core, 60);
    tcase_add_test(core, accuracy_by_hand);
    tcase_add_test(core, ties_count_half_and_one_kind_has_no_area);
    tcase_add_test(core, area_equals_counting_pairs);
    tcase_add_test(core, calibration_bins);
    tcase_add_test(core, abroca_by_hand);
    tcase_add_test(core, crossing_curves_do_not_cancel);
    tcase_add_test(core, permutations_judge_the_area);
    tcase_add_test(core, fairness_faults);
    tcase_add_test(core, mantel_haenszel_by_hand);
    tcase_add_test(core, dif_is_found_where_it_is);
    tcase_add_test(core, dif_faults);
    tcase_add_test(core, folds_keep_learners_together);
    tcase_add_test(core, accuracy_faults);
    tcase_add_test(core, a_stop_in_the_middle_leaves_nothing);
    tcase_add_test(core, memory_that_fails_is_said);
    suite_add_tcase(suite, core);
    return suite;
}

SUITE_MAIN(metrics_suite)
