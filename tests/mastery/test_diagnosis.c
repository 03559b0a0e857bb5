/* Profiles of skills and misconceptions: published fits, simulated persons, faults. */
#include "base/random.h"
#include "data.h"
#include "personalize/diagnosis.h"

#define ck_assert_near(got, wanted, within)                                                                                                \
    do {                                                                                                                                   \
        double near_got_ = (got), near_wanted_ = (wanted);                                                                                 \
        ck_assert_msg(fabs(near_got_ - near_wanted_) <= (within), "%s is %.16g, wanted %.16g", #got, near_got_, near_wanted_);             \
    } while (0)

static size_t read_table(const char *name, int32_t *out, size_t *cols)
{
    char line[512];
    size_t values = 0, rows = 0;
    FILE *file = data_open(name);
    if (!file || !fgets(line, sizeof line, file)) return 0;
    for (; fgets(line, sizeof line, file); rows++)
        for (char *at = strtok(line, ",\n"); at; at = strtok(NULL, ",\n")) out[values++] = atoi(at);
    fclose(file);
    *cols = values / rows;
    return rows;
}

/* CDM 8.4.2, din(), convergence 1e-8. */
START_TEST(published_fits)
{
    static const int items[] = {0, 1, 7, 19};
    static const double guess[] = {.02978, .01640, .44452, .01251}, slip[] = {.08923, .04145, .18129, .15700},
                        shares[] = {.36268, .57585, .80000};
    int32_t *responses = calloc(20000, sizeof *responses), *needs = calloc(500, sizeof *needs);
    size_t cols, skills, rows = read_table(_i ? "kt/cdm/sim_dina.csv" : "kt/cdm/fraction_subtraction_data.csv", responses, &cols), count;
    if (rows && read_table(_i ? "kt/cdm/sim_qmatrix.csv" : "kt/cdm/fraction_subtraction_q.csv", needs, &skills)) {
        pz_dina_options options = PZ_DINA_OPTIONS_INIT;
        pz_dina_model *model;
        pz_dina_fit *fit;
        pz_dina_item **list;
        double share[8];
        options.tolerance = 1e-5;
        ck_assert_ok(pz_dina_calibrate(&options, responses, rows, cols, needs, cols, skills, NULL, NULL, &model));
        ck_assert_ok(pz_dina_fit_of(model, &fit));
        ck_assert(fit->is_converged);
        ck_assert_near(fit->log_likelihood, _i ? -2042.2851 : -4402.2877, 1e-3);
        if (!_i) {
            ck_assert_near(fit->aic, 9394.575, 1e-2);
            ck_assert_ok(pz_dina_item_list(model, &list, &count));
            for (int i = 0; i < 4; i++) {
                ck_assert_near(list[items[i]]->guess, guess[i], 1e-4);
                ck_assert_near(list[items[i]]->slip, slip[i], 1e-4);
            }
            pz_free(list);
        } else {
            ck_assert_ok(pz_dina_share(model, share, skills));
            for (int i = 0; i < 3; i++) ck_assert_near(share[i], shares[i], 1e-3);
        }
        pz_free(fit);
        pz_dina_free(model);
    }
    free(responses);
    free(needs);
}
END_TEST

enum { PERSONS = 3000, ITEMS = 15, SKILLS = 3 };

START_TEST(profiles_are_found_and_calibrated)
{
    static int32_t responses[PERSONS * ITEMS], needs[ITEMS * SKILLS], truth[PERSONS];
    static double probability[PERSONS * SKILLS];
    pz__random random;
    pz_dina_options options = PZ_DINA_OPTIONS_INIT;
    pz_dina_model *model;
    double share[SKILLS], expected[SKILLS] = {0}, sure = 0, right = 0;
    pz__random_seed(&random, suite_seed());
    for (int i = 0; i < ITEMS; i++)
        for (int k = 0; k < SKILLS; k++) needs[i * SKILLS + k] = (i % 7 + 1) >> k & 1;
    for (int p = 0; p < PERSONS; p++) {
        truth[p] = (int32_t)pz__random_below(&random, 8);
        for (int i = 0; i < ITEMS; i++) {
            int all = ((i % 7 + 1) & truth[p]) == i % 7 + 1;
            responses[p * ITEMS + i] = pz__random_below(&random, 20) == 0 ? -1 : pz__random_unit(&random) < (all ? 0.9 : 0.15);
        }
        for (int k = 0; k < SKILLS; k++) expected[k] += (truth[p] >> k & 1) / (double)PERSONS;
    }
    ck_assert_ok(pz_dina_calibrate(&options, responses, PERSONS, ITEMS, needs, ITEMS, SKILLS, NULL, NULL, &model));
    ck_assert_ok(pz_dina_share(model, share, SKILLS));
    for (int k = 0; k < SKILLS; k++) ck_assert_near(share[k], expected[k], 0.04);
    ck_assert_ok(pz_dina_profile(model, responses, PERSONS, ITEMS, probability, PERSONS * SKILLS));
    for (int i = 0; i < PERSONS * SKILLS; i++) {
        if (probability[i] < 0.95) continue;
        sure++;
        right += truth[i / SKILLS] >> (i % SKILLS) & 1;
    }
    printf("%.0f sure, %.4f of them right\n", sure, right / sure);
    ck_assert(sure > 1000 && right / sure > 0.94);
    pz_dina_free(model);
}
END_TEST

START_TEST(misconceptions_by_hand)
{
    static const int32_t pointing[] = {1, 1, 0, 1}, options[] = {3, 3, 3, 2};
    pz_misconception_evidence e = PZ_MISCONCEPTION_EVIDENCE_INIT;
    double odds = 0.2 / 0.8 * (0.8 * 3) * (0.8 * 3) * (0.2 / (2.0 / 3)) * (0.8 * 2);
    ck_assert_ok(pz_misconception_of(pointing, options, 4, 0.2, 0.8, &e));
    ck_assert(e.wrong == 4 && e.pointing == 3);
    ck_assert_near(e.expected, 1.5, 1e-15);
    ck_assert_near(e.probability, odds / (1 + odds), 1e-14);
    ck_assert_near(e.log_odds, log(odds * 4), 1e-14);
    ck_assert_ok(pz_misconception_of(NULL, NULL, 0, 0.2, 0.8, &e));
    ck_assert_near(e.probability, 0.2, 1e-15);
}
END_TEST

static pz_status stop_at_once(double done, void *user_data)
{
    (void)done, (void)user_data;
    return PZ_E_CANCELLED;
}

START_TEST(faults)
{
    int32_t responses[] = {0, 1, 1, -1}, needs[] = {1, 1}, bad_needs[] = {1, 0}, pointing[] = {1}, wrong[] = {3};
    pz_dina_options o = PZ_DINA_OPTIONS_INIT;
    pz_dina_model *model;
    pz_dina_item **list;
    pz_dina_fit *fit;
    pz_misconception_evidence e = PZ_MISCONCEPTION_EVIDENCE_INIT;
    size_t count;
    double p[2];
    ck_assert_status(pz_dina_calibrate(&o, responses, 2, 2, bad_needs, 2, 1, NULL, NULL, &model), PZ_E_INVALID);
    bad_needs[1] = 2;
    ck_assert_status(pz_dina_calibrate(&o, responses, 2, 2, bad_needs, 2, 1, NULL, NULL, &model), PZ_E_INVALID);
    ck_assert_status(pz_dina_calibrate(&o, NULL, 2, 2, needs, 2, 1, NULL, NULL, &model), PZ_E_INVALID);
    ck_assert_status(pz_dina_calibrate(&o, responses, 0, 2, needs, 2, 1, NULL, NULL, &model), PZ_E_INVALID);
    ck_assert_status(pz_dina_calibrate(&o, responses, 2, 2, NULL, 2, 1, NULL, NULL, &model), PZ_E_INVALID);
    ck_assert_status(pz_dina_calibrate(&o, responses, 2, 2, needs, 1, 1, NULL, NULL, &model), PZ_E_INVALID);
    ck_assert_status(pz_dina_calibrate(&o, responses, 2, 2, needs, 2, 15, NULL, NULL, &model), PZ_E_INVALID);
    ck_assert_status(pz_dina_calibrate(&o, responses, 2, 2, needs, 2, 1, NULL, NULL, NULL), PZ_E_INVALID);
    ck_assert_status(pz_dina_calibrate(&o, responses, 2, 2, needs, 2, 1, stop_at_once, NULL, &model), PZ_E_CANCELLED);
    ck_assert_ptr_null(model);
    o.iterations = 0;
    ck_assert_status(pz_dina_calibrate(&o, responses, 2, 2, needs, 2, 1, NULL, NULL, &model), PZ_E_INVALID);
    o.iterations = 10, o.tolerance = 0;
    ck_assert_status(pz_dina_calibrate(&o, responses, 2, 2, needs, 2, 1, NULL, NULL, &model), PZ_E_INVALID);
    o.struct_size = 0;
    ck_assert_status(pz_dina_calibrate(&o, responses, 2, 2, needs, 2, 1, NULL, NULL, &model), PZ_E_STRUCT_SIZE);
    o = (pz_dina_options)PZ_DINA_OPTIONS_INIT;
    o.iterations = 1;
    ck_assert_ok(pz_dina_calibrate(&o, responses, 2, 2, needs, 2, 1, NULL, NULL, &model));
    ck_assert_ok(pz_dina_fit_of(model, &fit));
    ck_assert(!fit->is_converged && fit->iterations == 1 && isfinite(fit->log_likelihood));
    pz_free(fit);
    ck_assert_status(pz_dina_share(model, p, 2), PZ_E_INVALID);
    ck_assert_status(pz_dina_share(NULL, p, 1), PZ_E_CLOSED);
    ck_assert_status(pz_dina_profile(model, responses, 2, 2, p, 1), PZ_E_INVALID);
    ck_assert_status(pz_dina_profile(model, responses, 2, 1, p, 2), PZ_E_INVALID);
    ck_assert_status(pz_dina_profile(NULL, responses, 2, 2, p, 2), PZ_E_CLOSED);
    responses[0] = 2;
    ck_assert_status(pz_dina_profile(model, responses, 2, 2, p, 2), PZ_E_INVALID);
    ck_assert_status(pz_dina_item_list(NULL, &list, &count), PZ_E_CLOSED);
    ck_assert_status(pz_dina_fit_of(NULL, &fit), PZ_E_CLOSED);
    pz_dina_free(model);
    pz_dina_free(NULL);
    ck_assert_status(pz_misconception_of(pointing, wrong, 1, 0, 0.8, &e), PZ_E_INVALID);
    ck_assert_status(pz_misconception_of(pointing, wrong, 1, 0.2, 1, &e), PZ_E_INVALID);
    ck_assert_status(pz_misconception_of(NULL, wrong, 1, 0.2, 0.8, &e), PZ_E_INVALID);
    wrong[0] = 1;
    ck_assert_status(pz_misconception_of(pointing, wrong, 1, 0.2, 0.8, &e), PZ_E_INVALID);
    wrong[0] = 3, pointing[0] = 2;
    ck_assert_status(pz_misconception_of(pointing, wrong, 1, 0.2, 0.8, &e), PZ_E_INVALID);
    e.struct_size = 0;
    ck_assert_status(pz_misconception_of(pointing, wrong, 1, 0.2, 0.8, &e), PZ_E_STRUCT_SIZE);
}
END_TEST

static pz_status whole_life(void *unused)
{
    static const int32_t responses[] = {0, 1, 1, 0}, needs[] = {1, 1};
    pz_dina_options o = PZ_DINA_OPTIONS_INIT;
    pz_dina_model *model;
    pz_dina_item **list = NULL;
    pz_dina_fit *fit = NULL;
    double p[2];
    size_t count;
    pz_status status = pz_dina_calibrate(&o, responses, 2, 2, needs, 2, 1, NULL, NULL, &model);
    (void)unused;
    if (status == PZ_OK) status = pz_dina_item_list(model, &list, &count);
    if (status == PZ_OK) status = pz_dina_fit_of(model, &fit);
    if (status == PZ_OK) status = pz_dina_profile(model, responses, 2, 2, p, 2);
    pz_free(list);
    pz_free(fit);
    pz_dina_free(model);
    return status;
}

START_TEST(memory_that_fails_is_said)
{
    ck_assert_int_ge(suite_each_allocation(whole_life, NULL), 9);
}
END_TEST

static Suite *diagnosis_suite(void)
{
    Suite *suite = suite_create("diagnosis");
    TCase *core = tcase_create("diagnosis");
    tcase_set_timeout(core, 120);
    tcase_add_loop_test(core, published_fits, 0, 2);
    tcase_add_test(core, profiles_are_found_and_calibrated);
    tcase_add_test(core, misconceptions_by_hand);
    tcase_add_test(core, faults);
    tcase_add_test(core, memory_that_fails_is_said);
    suite_add_tcase(suite, core);
    return suite;
}

SUITE_MAIN(diagnosis_suite)
