/* What every fit does with nothing, with one answer, with answers all alike, with numbers that are none, with numbers of any size, and when it is stopped: a clear status, a model that can be used, or none. */
#include "personalize/diagnosis.h"
#include "personalize/irt.h"
#include "personalize/metrics.h"
#include "personalize/tracing.h"
#include "support/suite.h"

enum { ROWS = 60 };

static int64_t learner[ROWS], skill[ROWS], item[ROWS];
static double score[ROWS], p[ROWS];
static int32_t table[ROWS];

static void fill(int alike)
{
    for (int i = 0; i < ROWS; i++) {
        learner[i] = i % 12, skill[i] = i % 2, item[i] = i % 5;
        score[i] = alike ? 1 : i * 7 % 11 % 2;
        table[i] = alike ? 1 : i * 7 % 11 % 2;
    }
}

static int all_within_0_and_1(void)
{
    for (int i = 0; i < ROWS; i++)
        if (!(p[i] > 0 && p[i] < 1)) return 0;
    return 1;
}

/* Every model of answers fitted to `rows` of the columns, then asked about them. */
static void fit_all(size_t rows, pz_status wanted)
{
    pz_bkt_options bkt = PZ_BKT_OPTIONS_INIT;
    pz_lr_options lr = PZ_LR_OPTIONS_INIT;
    pz_elo_options elo = PZ_ELO_OPTIONS_INIT;
    pz_bkt_model *traced;
    pz_lr_model *regression;
    pz_elo_model *online;
    ck_assert_status(pz_bkt_fit(&bkt, learner, skill, score, NULL, NULL, NULL, rows, NULL, NULL, &traced), wanted);
    ck_assert_status(pz_lr_fit(&lr, learner, skill, item, score, rows, NULL, NULL, &regression), wanted);
    ck_assert_ok(pz_elo_new(&elo, &online));
    ck_assert_status(pz_elo_learn(online, learner, skill, item, score, rows, 0, NULL, NULL, NULL, 0), wanted);
    fill(0); /* a model that took anything in predicts for everybody; one that did not is not there, or as new */
    if (wanted == PZ_OK) {
        ck_assert_ok(pz_bkt_predict(traced, learner, skill, score, NULL, NULL, NULL, ROWS, NULL, NULL, p, ROWS));
        ck_assert(all_within_0_and_1());
        ck_assert_ok(pz_lr_predict(regression, learner, skill, item, score, ROWS, NULL, NULL, p, ROWS));
        ck_assert(all_within_0_and_1());
    } else {
        ck_assert(!traced && !regression);
    }
    ck_assert_ok(pz_elo_learn(online, learner, skill, item, score, ROWS, 0, NULL, NULL, p, ROWS));
    ck_assert(all_within_0_and_1() && (wanted == PZ_OK || fabs(p[0] - 0.5) < 1e-12));
    pz_bkt_free(traced);
    pz_lr_free(regression);
    pz_elo_free(online);
}

START_TEST(nothing)
{
    pz_irt_options irt = PZ_IRT_OPTIONS_INIT;
    pz_dina_options dina = PZ_DINA_OPTIONS_INIT;
    pz_irt_model *items;
    pz_dina_model *profiles;
    int32_t needs[] = {1};
    fill(0);
    fit_all(0, PZ_E_INVALID);
    ck_assert_status(pz_irt_calibrate(&irt, table, 0, 5, NULL, NULL, &items), PZ_E_INVALID);
    ck_assert_status(pz_irt_calibrate(&irt, table, 5, 0, NULL, NULL, &items), PZ_E_INVALID);
    ck_assert_status(pz_dina_calibrate(&dina, table, 0, 1, needs, 1, 1, NULL, NULL, &profiles), PZ_E_INVALID);
    ck_assert(!items && !profiles);
}
END_TEST

START_TEST(one_row)
{
    pz_irt_options irt = PZ_IRT_OPTIONS_INIT;
    pz_dina_options dina = PZ_DINA_OPTIONS_INIT;
    pz_irt_model *items;
    pz_dina_model *profiles;
    pz_accuracy accuracy = PZ_ACCURACY_INIT;
    int32_t needs[] = {1, 1};
    double half = 0.5, right = 1;
    fill(0);
    fit_all(1, PZ_OK);
    ck_assert_status(pz_irt_calibrate(&irt, table, 1, 5, NULL, NULL, &items), PZ_E_NOT_ENOUGH);
    ck_assert_ok(pz_dina_calibrate(&dina, table, 1, 2, needs, 2, 1, NULL, NULL, &profiles));
    ck_assert_ok(pz_dina_profile(profiles, table, 1, 2, NULL, NULL, p, 1));
    ck_assert(p[0] >= 0 && p[0] <= 1);
    pz_dina_free(profiles);
    ck_assert_ok(pz_accuracy_of(&half, &right, 1, NULL, NULL, &accuracy));
    ck_assert(isnan(accuracy.auc) && accuracy.rmse == 0.5);
}
END_TEST

START_TEST(all_alike)
{
    pz_irt_options irt = PZ_IRT_OPTIONS_INIT;
    pz_dina_options dina = PZ_DINA_OPTIONS_INIT;
    pz_bkt_options bkt = PZ_BKT_OPTIONS_INIT;
    pz_irt_model *items;
    pz_dina_model *profiles;
    pz_bkt_model *traced;
    pz_bkt_skill **skills;
    size_t count;
    int32_t needs[] = {1, 1};
    fill(1);
    fit_all(ROWS, PZ_OK);
    fill(1);
    ck_assert_ok(pz_bkt_fit(&bkt, learner, skill, score, NULL, NULL, NULL, ROWS, NULL, NULL, &traced));
    ck_assert_ok(pz_bkt_skill_list(traced, &skills, &count));
    for (size_t i = 0; i < count; i++) ck_assert(!skills[i]->is_determined && skills[i]->guess + skills[i]->slip < 1);
    pz_free(skills);
    pz_bkt_free(traced);
    ck_assert_status(pz_irt_calibrate(&irt, table, 12, 5, NULL, NULL, &items), PZ_E_NOT_ENOUGH);
    ck_assert_ok(pz_dina_calibrate(&dina, table, 30, 2, needs, 2, 1, NULL, NULL, &profiles));
    ck_assert_ok(pz_dina_profile(profiles, table, 1, 2, NULL, NULL, p, 1));
    ck_assert(p[0] >= 0 && p[0] <= 1);
    pz_dina_free(profiles);
}
END_TEST

START_TEST(numbers_that_are_none)
{
    static const double bad[] = {NAN, INFINITY, -INFINITY, -0.1, 1.1};
    for (int i = 0; i < 5; i++) {
        fill(0);
        score[7] = bad[i];
        fit_all(ROWS, PZ_E_INVALID);
    }
}
END_TEST

START_TEST(enormous_numbers_and_new_ones)
{
    pz_elo_options elo = PZ_ELO_OPTIONS_INIT;
    pz_elo_estimate e = PZ_ELO_ESTIMATE_INIT;
    pz_elo_model *online;
    fill(0);
    for (int i = 0; i < ROWS; i++)
        learner[i] = i % 2 ? INT64_MAX - i % 12 : INT64_MIN + i % 12, skill[i] = INT64_MAX - i % 2, item[i] = INT64_MIN + 1 + i % 5;
    ck_assert_ok(pz_elo_new(&elo, &online));
    ck_assert_ok(pz_elo_learn(online, learner, skill, item, score, ROWS, 0, NULL, NULL, p, ROWS));
    ck_assert(all_within_0_and_1());
    ck_assert_ok(pz_elo_estimate_of(online, INT64_MIN, INT64_MIN, INT64_MAX, &e)); /* none of them was seen */
    ck_assert(e.lower < e.probability && e.probability < e.upper);
    pz_elo_free(online);
    fit_all(ROWS, PZ_OK); /* and predicts for learners, skills and items that it has not seen */
}
END_TEST

static Suite *bad_input_suite(void)
{
    Suite *suite = suite_create("bad_input");
    TCase *core = tcase_create("bad_input");
    tcase_add_test(core, nothing);
    tcase_add_test(core, one_row);
    tcase_add_test(core, all_alike);
    tcase_add_test(core, numbers_that_are_none);
    tcase_add_test(core, enormous_numbers_and_new_ones);
    suite_add_tcase(suite, core);
    return suite;
}

SUITE_MAIN(bad_input_suite)
