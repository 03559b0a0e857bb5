/* Whether intervals and decisions keep their word, over ten thousand learners whose truth is known, and predictions over the held-out answers of two real sets. */
#include "base/random.h"
#include "data.h"
#include "personalize/irt.h"
#include "personalize/metrics.h"
#include "personalize/simulate.h"
#include "personalize/tracing.h"

enum { LEARNERS = 10000, ITEMS = 40 };

/* Within 93 to 97 %. */
#define ck_assert_held(what, held, count)                                                                                                  \
    do {                                                                                                                                   \
        double held_ = (double)(held) / (count);                                                                                           \
        printf("%s: 95 %% intervals of %d held %.4f\n", what, (int)(count), held_);                                                        \
        ck_assert_msg(held_ >= 0.93 && held_ <= 0.97, "%s: held %.4f", what, held_);                                                       \
    } while (0)

/* No more than a point above what is stated. */
#define ck_assert_wrong(what, wrong, count, stated)                                                                                        \
    do {                                                                                                                                   \
        double wrong_ = (double)(wrong) / (count);                                                                                         \
        printf("%s: %.4f of %d wrong, stated %.4f\n", what, wrong_, (int)(count), stated);                                                 \
        ck_assert_msg((count) >= 500 && wrong_ <= (stated) + 0.01, "%s: %.4f of %d wrong", what, wrong_, (int)(count));                    \
    } while (0)

/* ------------------------------------------------------------------------------------------------ ability --- */

static double slope[ITEMS], difficulty[ITEMS], ability[LEARNERS], later[LEARNERS], got[2][LEARNERS], error[2][LEARNERS];
static int32_t answers[LEARNERS * ITEMS];

static void make_items(void)
{
    for (int i = 0; i < ITEMS; i++) slope[i] = 0.8 + 0.1 * (i * 5 % 11), difficulty[i] = -2.5 + 5.0 * (i * 7 % ITEMS) / (ITEMS - 1);
}

static void answer(pz__random *random, const double *who)
{
    for (int p = 0; p < LEARNERS; p++)
        for (int i = 0; i < ITEMS; i++)
            answers[p * ITEMS + i] = pz__random_unit(random) < 1 / (1 + exp(-slope[i] * (who[p] - difficulty[i])));
}

static void estimate(const pz_irt_model *model, pz_irt_method method, int which)
{
    ck_assert_ok(pz_irt_ability(model, method, answers, LEARNERS, ITEMS, 61, 8, NULL, NULL, got[which], LEARNERS, error[which], LEARNERS));
}

/* Items calibrated on the same learners whose abilities are then estimated, as a school would. */
START_TEST(abilities)
{
    static const char *const names[] = {"", "ability, mean of the posterior", "ability, mode of the posterior",
                                        "ability, weighted likelihood"};
    pz_irt_options options = PZ_IRT_OPTIONS_INIT;
    pz_irt_model *model;
    pz__random random;
    pz__random_seed(&random, suite_seed());
    make_items();
    for (int p = 0; p < LEARNERS; p++) ability[p] = pz__random_normal(&random);
    answer(&random, ability);
    ck_assert_ok(pz_irt_calibrate(&options, answers, LEARNERS, ITEMS, NULL, NULL, &model));
    for (int method = PZ_IRT_EAP; method <= PZ_IRT_WLE; method++) {
        int held = 0;
        estimate(model, (pz_irt_method)method, 0);
        for (int p = 0; p < LEARNERS; p++) held += fabs(got[0][p] - ability[p]) <= 1.959964 * error[0][p];
        ck_assert_held(names[method], held, LEARNERS);
    }
    pz_irt_free(model);
}
END_TEST

/* The true domain score of a test: the mean chance over its items, of which ability is the only cause; its interval is that of ability, carried over. */
START_TEST(domain_scores_by_ability)
{
    pz_irt_model *model;
    pz__random random;
    int held = 0;
    pz__random_seed(&random, suite_seed());
    make_items();
    ck_assert_ok(pz_irt_model_of(slope, difficulty, NULL, ITEMS, &model));
    for (int p = 0; p < LEARNERS; p++) ability[p] = pz__random_normal(&random);
    answer(&random, ability);
    estimate(model, PZ_IRT_EAP, 0);
    for (int p = 0; p < LEARNERS; p++) {
        double ends[3] = {got[0][p] - 1.959964 * error[0][p], ability[p], got[0][p] + 1.959964 * error[0][p]}, score[3] = {0};
        for (int k = 0; k < 3; k++)
            for (int i = 0; i < ITEMS; i++) score[k] += 1 / (1 + exp(-slope[i] * (ends[k] - difficulty[i])));
        held += score[0] <= score[1] && score[1] <= score[2];
    }
    ck_assert_held("domain score by ability", held, LEARNERS);
    pz_irt_free(model);
}
END_TEST

/* Two tests a cycle apart; the items of the second are those of the first held fixed, so that both stand on one scale. */
START_TEST(gains_of_ability)
{
    pz_irt_options options = PZ_IRT_OPTIONS_INIT;
    pz_irt_model *before, *after;
    pz__random random;
    int32_t same[ITEMS];
    int held = 0, reliable = 0;
    pz__random_seed(&random, suite_seed());
    make_items();
    for (int i = 0; i < ITEMS; i++) same[i] = i;
    for (int p = 0; p < LEARNERS; p++) {
        ability[p] = pz__random_normal(&random);
        later[p] = ability[p] + (p % 2 ? 0.4 + 0.3 * pz__random_normal(&random) : 0);
    }
    answer(&random, ability);
    ck_assert_ok(pz_irt_calibrate(&options, answers, LEARNERS, ITEMS, NULL, NULL, &before));
    estimate(before, PZ_IRT_WLE, 0);
    answer(&random, later);
    ck_assert_ok(pz_irt_calibrate_fixed(before, &options, answers, LEARNERS, ITEMS, same, ITEMS, NULL, NULL, &after));
    estimate(after, PZ_IRT_WLE, 1);
    for (int p = 0; p < LEARNERS; p++) {
        pz_growth growth = PZ_GROWTH_INIT;
        ck_assert_ok(pz_growth_of(got[0][p], error[0][p], got[1][p], error[1][p], 0, &growth));
        held += growth.lower <= later[p] - ability[p] && later[p] - ability[p] <= growth.upper;
        reliable += p % 2 == 0 && growth.is_reliable;
    }
    ck_assert_held("gain of ability", held, LEARNERS);
    ck_assert_wrong("reliable change of learners who did not change", reliable, LEARNERS / 2, 0.05);
    pz_irt_free(before);
    pz_irt_free(after);
}
END_TEST

/* ------------------------------------------------------------------------------------------------ rules --- */

static pz_mastery_state state_of(const pz_mastery_settings *settings, const double *scores, size_t rows)
{
    pz_mastery_state state = PZ_MASTERY_STATE_INIT;
    ck_assert_ok(pz_mastery_state_start(settings, &state));
    ck_assert_ok(pz_mastery_state_update(settings, scores, NULL, rows, &state));
    return state;
}

/* Learners of a simulated school answer items drawn at random from a competency, in which they differ in difficulty; true domain score and gain are the school's own. */
START_TEST(domain_scores_and_gains_of_rules)
{
    enum { ASKED = 20 };
    pz_simulation_options o = PZ_SIMULATION_OPTIONS_INIT;
    pz_mastery_settings settings = PZ_MASTERY_SETTINGS_INIT;
    pz_simulation *school;
    pz__random random;
    double scores[2][ASKED], chance[ASKED], truth[2];
    int32_t who[ASKED], item[ASKED], option[ASKED], none = 0;
    int held[3] = {0}, mastered = 0, wrongly = 0, not_yet = 0, wrongly_not_yet = 0;
    o.learners = LEARNERS, o.competencies = 1, o.items = ASKED, o.difficulty_sd = 1, o.seed = suite_seed();
    o.guess = 0.4, o.slip = 0.08, o.prior = 0.5; /* true scores near 0.4 and 0.88, not at the threshold itself */
    ck_assert_ok(pz_mastery_settings_default(PZ_MODEL_MEAN, &settings));
    ck_assert_ok(pz_simulation_new(&o, NULL, NULL, 0, &school));
    pz__random_seed(&random, suite_seed());
    for (int u = 0; u < LEARNERS; u++) {
        pz_growth apart = PZ_GROWTH_INIT, grown = PZ_GROWTH_INIT;
        pz_mastery_estimate first = PZ_MASTERY_ESTIMATE_INIT;
        double effect = 0.5, both[2 * ASKED];
        for (int cycle = 0; cycle < 2; cycle++) {
            for (int i = 0; i < ASKED; i++) who[i] = u, item[i] = i;
            ck_assert_ok(pz_simulation_chance(school, who, item, ASKED, chance, ASKED));
            truth[cycle] = 0;
            for (int i = 0; i < ASKED; i++) truth[cycle] += chance[i] / ASKED, item[i] = (int32_t)pz__random_below(&random, ASKED);
            ck_assert_ok(pz_simulation_ask(school, who, item, ASKED, scores[cycle], ASKED, option, ASKED));
            ck_assert_ok(pz_simulation_teach(school, who, &none, &effect, 1));
        }
        memcpy(both, scores, sizeof both);
        pz_mastery_state a = state_of(&settings, scores[0], ASKED), b = state_of(&settings, scores[1], ASKED),
                         whole = state_of(&settings, both, 2 * ASKED);
        ck_assert_ok(pz_mastery_state_estimate(&settings, &a, &first));
        held[0] += first.lower <= truth[0] && truth[0] <= first.upper;
        ck_assert_ok(pz_mastery_growth_apart(&settings, &a, &b, &apart));
        held[1] += apart.lower <= truth[1] - truth[0] && truth[1] - truth[0] <= apart.upper;
        ck_assert_ok(pz_mastery_growth(&settings, &a, &whole, &grown)); /* the mean over both cycles moves half of the way */
        held[2] += grown.lower <= (truth[1] - truth[0]) / 2 && (truth[1] - truth[0]) / 2 <= grown.upper;
        mastered += first.decision == PZ_MASTERY_MASTERED,
            wrongly += first.decision == PZ_MASTERY_MASTERED && truth[0] < settings.mastered_at;
        not_yet += first.decision == PZ_MASTERY_NOT_YET,
            wrongly_not_yet += first.decision == PZ_MASTERY_NOT_YET && truth[0] >= settings.mastered_at;
    }
    ck_assert_held("domain score by the rule mean", held[0], LEARNERS);
    ck_assert_held("gain between two cycles", held[1], LEARNERS);
    ck_assert_held("gain with shared evidence", held[2], LEARNERS);
    ck_assert_wrong("mastered by the rule mean", wrongly, mastered, 1 - settings.confidence);
    ck_assert_wrong("not yet by the rule mean", wrongly_not_yet, not_yet, 1 - settings.confidence_not_yet);
    pz_simulation_free(school);
}
END_TEST

/* -------------------------------------------------------------------------------------- knowledge tracing --- */

/* Half of the learners give the parameters, the other half are judged with them after each answer. */
START_TEST(decisions_with_fitted_parameters)
{
    enum { ASKED = 10, ROWS = LEARNERS * ASKED };
    pz_simulation_options o = PZ_SIMULATION_OPTIONS_INIT;
    pz_bkt_options fit = PZ_BKT_OPTIONS_INIT;
    pz_mastery_settings settings = PZ_MASTERY_SETTINGS_INIT;
    pz_simulation *school;
    pz_bkt_model *model;
    int64_t *learner = malloc(ROWS * sizeof *learner), *skill = calloc(ROWS, sizeof *skill);
    double *score = malloc(ROWS * sizeof *score), *effect = malloc(LEARNERS * sizeof *effect), said = 0, came = 0;
    int32_t *who = malloc(LEARNERS * sizeof *who), *item = malloc(LEARNERS * sizeof *item), *option = malloc(LEARNERS * sizeof *option),
            *competency = calloc(LEARNERS, sizeof *competency), *known = malloc((ASKED + 1) * LEARNERS * sizeof *known);
    int mastered = 0, wrongly = 0, not_yet = 0, wrongly_not_yet = 0;
    o.learners = LEARNERS, o.competencies = 1, o.difficulty_sd = 0, o.pace_sd = 0, o.seed = suite_seed();
    ck_assert_ok(pz_simulation_new(&o, NULL, NULL, 0, &school));
    for (int t = 0; t < ASKED; t++) {
        for (int u = 0; u < LEARNERS; u++) who[u] = u, item[u] = t, effect[u] = 0.15, learner[t * LEARNERS + u] = u % 2 ? u : -1 - u;
        ck_assert_ok(pz_simulation_ask(school, who, item, LEARNERS, score + t * LEARNERS, LEARNERS, option, LEARNERS));
        ck_assert_ok(pz_simulation_teach(school, who, competency, effect, LEARNERS));
        ck_assert_ok(pz_simulation_known(school, known + t * LEARNERS, LEARNERS)); /* after the answer and the teaching */
    }
    int64_t *fit_learner = malloc(ROWS / 2 * sizeof *fit_learner);
    double *fit_score = malloc(ROWS / 2 * sizeof *fit_score);
    for (int row = 0, to = 0; row < ROWS; row++)
        if (learner[row] < 0) fit_learner[to] = learner[row], fit_score[to++] = score[row];
    fit.with_forget = 0;
    ck_assert_ok(pz_bkt_fit(&fit, fit_learner, skill, fit_score, NULL, NULL, NULL, ROWS / 2, NULL, NULL, &model));
    ck_assert_ok(pz_bkt_settings(model, 0, &settings));
    for (int u = 1; u < LEARNERS; u += 2) {
        pz_mastery_state state = PZ_MASTERY_STATE_INIT;
        ck_assert_ok(pz_mastery_state_start(&settings, &state));
        for (int t = 0; t < ASKED; t++) {
            pz_mastery_estimate e = PZ_MASTERY_ESTIMATE_INIT;
            int truth = known[t * LEARNERS + u];
            ck_assert_ok(pz_mastery_state_update(&settings, &score[t * LEARNERS + u], NULL, 1, &state));
            ck_assert_ok(pz_mastery_state_estimate(&settings, &state, &e));
            mastered += e.decision == PZ_MASTERY_MASTERED, wrongly += e.decision == PZ_MASTERY_MASTERED && !truth;
            not_yet += e.decision == PZ_MASTERY_NOT_YET, wrongly_not_yet += e.decision == PZ_MASTERY_NOT_YET && truth;
            said += e.probability, came += truth;
        }
    }
    printf("known: said %.4f, came %.4f\n", said / (ROWS / 2), came / (ROWS / 2));
    ck_assert(fabs(said - came) < 0.02 * ROWS / 2);
    ck_assert_wrong("mastered by fitted knowledge tracing", wrongly, mastered, 1 - settings.confidence);
    ck_assert_wrong("not yet by fitted knowledge tracing", wrongly_not_yet, not_yet, 1 - settings.confidence_not_yet);
    pz_bkt_free(model);
    pz_simulation_free(school);
    free(learner), free(skill), free(score), free(effect), free(who), free(item), free(option), free(competency), free(known);
    free(fit_learner), free(fit_score);
}
END_TEST

/* ---------------------------------------------------------------------------------------------- real sets --- */

typedef struct table {
    int64_t *learner, *skill, *item;
    double *score;
    size_t rows;
} table;

static int read_table(const char *name, table *out)
{
    char line[300];
    FILE *file = data_open(name);
    if (!file) return 0;
    ck_assert_ptr_nonnull(fgets(line, sizeof line, file));
    *out = (table){malloc(300000 * 8), malloc(300000 * 8), malloc(300000 * 8), malloc(300000 * 8), 0};
    for (; fgets(line, sizeof line, file); out->rows++) {
        long long who, thing, what;
        ck_assert_int_eq(sscanf(line, "%lld\t%lld\t%*s\t%lf\t%lld", &who, &thing, &out->score[out->rows], &what), 4);
        out->learner[out->rows] = who, out->item[out->rows] = thing, out->skill[out->rows] = what;
    }
    fclose(file);
    return 1;
}

static void free_table(table *t)
{
    free(t->learner), free(t->skill), free(t->item), free(t->score);
}

/* Held-out learners of ASSISTments 2009 and OLI Statics 2011, each answer predicted before it is seen. */
START_TEST(calibration_of_real_sets)
{
    static const char *const sets[] = {"assist09", "statics"};
    static const double least_auc[][2] = {{0.7152, 0.763}, {0.6975, 0.824}};
    char path[100];
    table train, test;
    pz_accuracy bkt = PZ_ACCURACY_INIT, online = PZ_ACCURACY_INIT;
    pz_bkt_options fit = PZ_BKT_OPTIONS_INIT;
    pz_elo_options settings = PZ_ELO_OPTIONS_INIT;
    pz_bkt_model *traced;
    pz_elo_model *model;
    snprintf(path, sizeof path, "kt/%s/preprocessed_data_train.csv", sets[_i]);
    if (!read_table(path, &train)) return;
    snprintf(path, sizeof path, "kt/%s/preprocessed_data_test.csv", sets[_i]);
    if (!read_table(path, &test)) {
        free_table(&train);
        return;
    }
    double *p = malloc(test.rows * sizeof *p);
    ck_assert_ok(pz_bkt_fit(&fit, train.learner, train.skill, train.score, NULL, NULL, NULL, train.rows, NULL, NULL, &traced));
    ck_assert_ok(pz_bkt_predict(traced, test.learner, test.skill, test.score, NULL, NULL, NULL, test.rows, NULL, NULL, p, test.rows));
    ck_assert_ok(pz_accuracy_of(p, test.score, test.rows, NULL, NULL, &bkt));
    ck_assert_ok(pz_elo_new(&settings, &model));
    ck_assert_ok(pz_elo_learn(model, train.learner, train.skill, train.item, train.score, train.rows, 0, NULL, NULL, NULL, 0));
    ck_assert_ok(pz_elo_learn(model, test.learner, test.skill, test.item, test.score, test.rows, 0, NULL, NULL, p, test.rows));
    ck_assert_ok(pz_accuracy_of(p, test.score, test.rows, NULL, NULL, &online));
    printf("%s: calibration error %.4f knowledge tracing, %.4f online; AUC %.4f, %.4f\n", sets[_i], bkt.calibration_error,
           online.calibration_error, bkt.auc, online.auc);
    ck_assert(bkt.calibration_error <= 0.02 && online.calibration_error <= 0.02);
    ck_assert(bkt.auc >= least_auc[_i][0] && online.auc >= least_auc[_i][1]);
    pz_bkt_free(traced);
    pz_elo_free(model);
    free_table(&train);
    free_table(&test);
    free(p);
}
END_TEST

static Suite *honest_suite(void)
{
    Suite *suite = suite_create("honest");
    TCase *core = tcase_create("honest");
    tcase_set_timeout(core, 120);
    tcase_add_test(core, abilities);
    tcase_add_test(core, domain_scores_by_ability);
    tcase_add_test(core, gains_of_ability);
    tcase_add_test(core, domain_scores_and_gains_of_rules);
    tcase_add_test(core, decisions_with_fitted_parameters);
    tcase_add_loop_test(core, calibration_of_real_sets, 0, 2);
    suite_add_tcase(suite, core);
    return suite;
}

SUITE_MAIN(honest_suite)
