/* What the models write is what docs/schema says, with classes, kinds and learners of every sort. */
#include "base/random.h"
#include "personalize/diagnosis.h"
#include "personalize/irt.h"
#include "personalize/tracing.h"
#include "support/schema_check.h"

enum { ROWS = 400 };

static int64_t learner[ROWS], skill[ROWS], item[ROWS];
static int32_t item_class[ROWS], learn_class[ROWS], prior_class[ROWS], answers[ROWS];
static double score[ROWS];

static void fill(void)
{
    pz__random random;
    pz__random_seed(&random, suite_seed());
    for (int i = 0; i < ROWS; i++) {
        learner[i] = i % 20 - 3, skill[i] = i / 20 % 3 - 1, item[i] = i % 7 + INT64_C(9007199254740993);
        item_class[i] = i % 2, learn_class[i] = i % 3, prior_class[i] = i % 20 % 4;
        score[i] = (double)pz__random_below(&random, 2);
        answers[i] = (int32_t)pz__random_below(&random, 2);
    }
}

START_TEST(settings_of_mastery)
{
    for (int model = PZ_MODEL_LATEST; model <= PZ_MODEL_BKT; model++) {
        pz_mastery_settings settings = PZ_MASTERY_SETTINGS_INIT;
        char *json;
        ck_assert_ok(pz_mastery_settings_default((pz_mastery_model)model, &settings));
        ck_assert_ok(pz_mastery_settings_write(&settings, &json));
        ck_assert_schema("mastery-settings", json);
        pz_free(json);
    }
}
END_TEST

START_TEST(knowledge_tracing)
{
    pz_bkt_options options = PZ_BKT_OPTIONS_INIT;
    pz_bkt_model *model;
    char *json;
    fill();
    for (int with_classes = 0; with_classes < 2; with_classes++) {
        ck_assert_ok(pz_bkt_fit(&options, learner, skill, score, with_classes ? item_class : NULL, with_classes ? learn_class : NULL,
                                with_classes ? prior_class : NULL, ROWS, NULL, NULL, &model));
        ck_assert_ok(pz_bkt_write(model, &json));
        ck_assert_schema("model-bkt", json);
        pz_free(json);
        pz_bkt_free(model);
    }
}
END_TEST

START_TEST(online_and_batch_regression)
{
    pz_elo_options options = PZ_ELO_OPTIONS_INIT;
    pz_elo_model *model;
    char *json;
    fill();
    ck_assert_ok(pz_elo_new(&options, &model));
    ck_assert_ok(pz_elo_learn(model, learner, skill, item, score, ROWS, 0, NULL, NULL, NULL, 0));
    for (int with_learners = 0; with_learners < 2; with_learners++) {
        ck_assert_ok(pz_elo_write(model, with_learners, &json));
        ck_assert_schema("model-elo", json);
        pz_free(json);
    }
    pz_elo_free(model);
    for (int features = PZ_LR_PFA; features <= PZ_LR_BEST_LR; features++) {
        pz_lr_options how = PZ_LR_OPTIONS_INIT;
        pz_lr_model *fitted;
        how.features = features;
        ck_assert_ok(pz_lr_fit(&how, learner, skill, item, score, ROWS, NULL, NULL, &fitted));
        ck_assert_ok(pz_lr_write(fitted, &json));
        ck_assert_schema("model-lr", json);
        pz_free(json);
        pz_lr_free(fitted);
    }
}
END_TEST

START_TEST(items)
{
    static const double slope[] = {1, 2}, difficulty[] = {0, 1}, guess[] = {0.2, 0};
    static const int32_t key[] = {1, 1, 1, 1};
    pz_irt_model *model;
    char *json;
    fill();
    for (int kind = PZ_IRT_RASCH; kind <= PZ_IRT_NOMINAL; kind++) {
        pz_irt_options options = PZ_IRT_OPTIONS_INIT;
        options.kind = kind, options.iterations = 20;
        ck_assert_ok(kind == PZ_IRT_NOMINAL ? pz_irt_calibrate_nominal(&options, answers, 100, 4, key, 4, NULL, NULL, &model)
                                            : pz_irt_calibrate(&options, answers, 100, 4, NULL, NULL, &model));
        ck_assert_ok(pz_irt_write(model, &json));
        ck_assert_schema("model-irt", json);
        pz_free(json);
        pz_irt_free(model);
    }
    ck_assert_ok(pz_irt_model_of(slope, difficulty, guess, 2, &model));
    ck_assert_ok(pz_irt_write(model, &json));
    ck_assert_schema("model-irt", json);
    pz_free(json);
    pz_irt_free(model);
}
END_TEST

START_TEST(profiles_of_skills)
{
    static const int32_t needs[] = {1, 0, 0, 1, 1, 1, 1, 0};
    pz_dina_options options = PZ_DINA_OPTIONS_INIT;
    pz_dina_model *model;
    char *json;
    fill();
    ck_assert_ok(pz_dina_calibrate(&options, answers, 100, 4, needs, 4, 2, NULL, NULL, &model));
    ck_assert_ok(pz_dina_write(model, &json));
    ck_assert_schema("model-dina", json);
    pz_free(json);
    pz_dina_free(model);
}
END_TEST

static Suite *documents_suite(void)
{
    Suite *suite = suite_create("documents");
    TCase *core = tcase_create("documents");
    tcase_add_test(core, settings_of_mastery);
    tcase_add_test(core, knowledge_tracing);
    tcase_add_test(core, online_and_batch_regression);
    tcase_add_test(core, items);
    tcase_add_test(core, profiles_of_skills);
    suite_add_tcase(suite, core);
    return suite;
}

SUITE_MAIN(documents_suite)
