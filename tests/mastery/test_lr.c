/* Batch logistic regression: the optimum, a small case by plain gradient steps, predictions, JSON, faults. */
#include "base/random.h"
#include "personalize/metrics.h"
#include "personalize/tracing.h"
#include "support/suite.h"

#define ck_assert_near(got, wanted, within)                                                                                                \
    do {                                                                                                                                   \
        double near_got_ = (got), near_wanted_ = (wanted);                                                                                 \
        ck_assert_msg(fabs(near_got_ - near_wanted_) <= (within), "%s is %.16g, wanted %.16g", #got, near_got_, near_wanted_);             \
    } while (0)

enum { ROWS = 20000 };

static int64_t learner[ROWS], skill[ROWS], item[ROWS];
static double score[ROWS], truth[ROWS];

/* Learners who get better with each right answer in a skill, items of different difficulty. */
static void simulate(uint64_t seed)
{
    static int right[400][5];
    pz__random random;
    double difficulty[50];
    pz__random_seed(&random, seed);
    memset(right, 0, sizeof right);
    for (int i = 0; i < 50; i++) difficulty[i] = pz__random_normal(&random);
    for (int row = 0; row < ROWS; row++) {
        int u = (int)pz__random_below(&random, 400), i = (int)pz__random_below(&random, 50);
        learner[row] = u;
        item[row] = 1000 + i;
        skill[row] = i % 5;
        truth[row] = 1 / (1 + exp(difficulty[i] + 1 - 0.8 * log(1 + right[u][i % 5])));
        score[row] = pz__random_unit(&random) < truth[row];
        right[u][i % 5] += score[row] == 1;
    }
}

static pz_lr_model *fit(int features, size_t rows, double penalty)
{
    pz_lr_options options = PZ_LR_OPTIONS_INIT;
    pz_lr_model *model;
    options.features = features, options.penalty = penalty, options.tolerance = 1e-9;
    ck_assert_ok(pz_lr_fit(&options, learner, skill, item, score, rows, NULL, NULL, &model));
    return model;
}

/* One skill and PFA leave four weights; plain gradient steps find the same optimum. */
START_TEST(gradient_steps_lead_to_the_same)
{
    enum { N = 300 };
    double w[4] = {0}, x[N][4], *p = malloc(N * sizeof *p);
    int right[400] = {0}, wrong[400] = {0};
    pz_lr_model *model;
    simulate(suite_seed());
    for (int i = 0; i < N; i++) {
        int u = (int)(learner[i] %= 20);
        skill[i] = 3;
        x[i][0] = x[i][1] = 1, x[i][2] = log(1 + right[u]), x[i][3] = log(1 + wrong[u]);
        right[u] += score[i] == 1;
        wrong[u] += score[i] == 0;
    }
    model = fit(PZ_LR_PFA, N, 0.5);
    for (int turn = 0; turn < 200000; turn++) {
        double slope[4] = {0, -0.5 * w[1], -0.5 * w[2], -0.5 * w[3]};
        for (int i = 0; i < N; i++) {
            double z = w[0] * x[i][0] + w[1] * x[i][1] + w[2] * x[i][2] + w[3] * x[i][3], miss = score[i] - 1 / (1 + exp(-z));
            for (int k = 0; k < 4; k++) slope[k] += miss * x[i][k];
        }
        for (int k = 0; k < 4; k++) w[k] += 0.003 * slope[k];
    }
    ck_assert_ok(pz_lr_predict(model, learner, skill, NULL, score, N, NULL, NULL, p, N));
    for (int i = 0; i < N; i++)
        ck_assert_near(p[i], 1 / (1 + exp(-w[0] * x[i][0] - w[1] * x[i][1] - w[2] * x[i][2] - w[3] * x[i][3])), 1e-6);
    pz_lr_free(model);
    free(p);
}
END_TEST

START_TEST(truth_is_found)
{
    double *p = malloc(ROWS * sizeof *p), sum = 0;
    pz_accuracy got = PZ_ACCURACY_INIT, best = PZ_ACCURACY_INIT;
    pz_lr_model *model;
    simulate(suite_seed());
    model = fit(PZ_LR_BEST_LR, ROWS, 1);
    ck_assert_ok(pz_lr_predict(model, learner, skill, item, score, ROWS, NULL, NULL, p, ROWS));
    ck_assert_ok(pz_accuracy_of(p, score, ROWS, NULL, NULL, &got));
    ck_assert_ok(pz_accuracy_of(truth, score, ROWS, NULL, NULL, &best));
    ck_assert_near(got.auc, best.auc, 0.01);
    ck_assert(got.calibration_error < 0.02);
    for (int i = 0; i < ROWS; i++) sum += score[i] == 1 ? log(p[i]) : log(1 - p[i]);
    ck_assert_near(pz_lr_log_likelihood(model), sum, 1e-6);
    ck_assert_near(got.mean_probability, got.mean_right, 1e-8); /* the constant is free, so the means meet */
    pz_lr_free(model);
    free(p);
}
END_TEST

START_TEST(json_keeps_every_bit)
{
    double p[500], q[500];
    for (int features = PZ_LR_PFA; features <= PZ_LR_BEST_LR; features++) {
        pz_lr_model *model, *back;
        char *json, *again;
        simulate(3);
        model = fit(features, 2000, 1);
        ck_assert_ok(pz_lr_write(model, &json));
        ck_assert_ok(pz_lr_read(json, PZ_NUL_TERMINATED, &back));
        ck_assert_ok(pz_lr_write(back, &again));
        ck_assert_str_eq(json, again);
        skill[1] = item[1] = 987654321; /* never seen */
        ck_assert_ok(pz_lr_predict(model, learner, skill, item, score, 500, NULL, NULL, p, 500));
        ck_assert_ok(pz_lr_predict(back, learner, skill, item, score, 500, NULL, NULL, q, 500));
        ck_assert(!memcmp(p, q, sizeof p) && p[1] > 0 && p[1] < 1);
        pz_free(json);
        pz_free(again);
        pz_lr_free(model);
        pz_lr_free(back);
    }
}
END_TEST

START_TEST(the_trace_tells_how_a_fit_went)
{
    pz_lr_fit_report *report;
    pz_lr_model *model, *back;
    double trace[1000];
    char *json;
    simulate(5);
    model = fit(PZ_LR_BEST_LR, 2000, 1);
    ck_assert_ok(pz_lr_fit_of(model, &report));
    ck_assert(report->is_converged && report->features == PZ_LR_BEST_LR && report->log_likelihood == pz_lr_log_likelihood(model));
    ck_assert(report->skills > 0 && report->items > 0 && report->iterations > 1);
    ck_assert_ok(pz_lr_trace(model, trace, (size_t)report->iterations));
    for (int i = 1; i < report->iterations; i++) ck_assert(trace[i] >= trace[i - 1]);
    ck_assert(trace[report->iterations - 1] < report->log_likelihood); /* the penalty is taken off */
    ck_assert_status(pz_lr_trace(model, trace, 1), PZ_E_INVALID);
    ck_assert_ok(pz_lr_write(model, &json));
    ck_assert_ok(pz_lr_read(json, PZ_NUL_TERMINATED, &back));
    ck_assert_status(pz_lr_trace(back, trace, (size_t)report->iterations), PZ_E_NOT_FOUND);
    pz_free(json);
    pz_free(report);
    pz_lr_free(model);
    pz_lr_free(back);
}
END_TEST

static pz_status stop_at_once(double done, void *user_data)
{
    (void)done, (void)user_data;
    return PZ_E_CANCELLED;
}

START_TEST(faults)
{
    pz_lr_step **steps;
    size_t count;
    pz_lr_options o = PZ_LR_OPTIONS_INIT;
    pz_lr_model *model;
    pz_lr_fit_report *report;
    double p[10];
    char *json;
    static const char *const bad[] = {
        "[]",
        "{\"model\":\"pfa\"}",
        "{\"model\":\"pfa\",\"version\":1}",
        "{\"model\":\"pfa\",\"version\":1,\"skills\":[],\"items\":[]}",
        "{\"model\":\"pfa\",\"version\":1,\"skills\":[[\"1\",1,1]],\"items\":[],\"log_likelihood\":-1,\"constant\":0,\"right\":0,\"wrong\":"
        "0}",
        "{\"model\":\"pfa\",\"version\":1,\"skills\":[[\"1\",1,1,1],[\"1\",1,1,1]],\"items\":[],\"log_likelihood\":-1,\"constant\":0,"
        "\"right\":0,\"wrong\":0}",
    };
    simulate(4);
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        ck_assert_status(pz_lr_read(bad[i], PZ_NUL_TERMINATED, &model), PZ_E_INVALID);
        ck_assert_ptr_null(model);
    }
    ck_assert_status(pz_lr_fit(&o, learner, skill, NULL, score, 100, NULL, NULL, &model), PZ_E_INVALID);
    ck_assert_status(pz_lr_fit(&o, learner, skill, item, score, 0, NULL, NULL, &model), PZ_E_INVALID);
    ck_assert_status(pz_lr_fit(&o, learner, skill, item, score, 100, stop_at_once, NULL, &model), PZ_E_CANCELLED);
    o.iterations = 1, o.tolerance = 1e-12;
    ck_assert_ok(pz_lr_fit(&o, learner, skill, item, score, 100, NULL, NULL, &model));
    ck_assert_ok(pz_lr_fit_of(model, &report));
    ck_assert(!report->is_converged && report->iterations == 1);
    pz_free(report);
    pz_lr_free(model);
    ck_assert_status(pz_lr_fit_of(NULL, &report), PZ_E_CLOSED);
    ck_assert_ptr_null(report);
    ck_assert_status(pz_lr_fit_of(NULL, NULL), PZ_E_INVALID);
    ck_assert_status(pz_lr_trace(NULL, p, 1), PZ_E_CLOSED);
    ck_assert_status(pz_lr_trace(NULL, NULL, 0), PZ_E_INVALID);
    o.penalty = 0;
    ck_assert_status(pz_lr_fit(&o, learner, skill, item, score, 100, NULL, NULL, &model), PZ_E_INVALID);
    o.penalty = 1, o.features = 7;
    ck_assert_status(pz_lr_fit(&o, learner, skill, item, score, 100, NULL, NULL, &model), PZ_E_INVALID);
    o.struct_size = 0;
    ck_assert_status(pz_lr_fit(&o, learner, skill, item, score, 100, NULL, NULL, &model), PZ_E_STRUCT_SIZE);
    model = fit(PZ_LR_BEST_LR, 100, 1);
    ck_assert_status(pz_lr_predict(model, learner, skill, item, score, 10, stop_at_once, NULL, p, 10), PZ_E_CANCELLED);
    ck_assert(p[0] == 0);
    ck_assert_status(pz_lr_predict(model, learner, skill, NULL, score, 10, NULL, NULL, p, 10), PZ_E_INVALID);
    ck_assert_status(pz_lr_predict(model, learner, skill, item, score, 10, NULL, NULL, p, 9), PZ_E_INVALID);
    ck_assert_status(pz_lr_predict(NULL, learner, skill, item, score, 10, NULL, NULL, p, 10), PZ_E_CLOSED);
    ck_assert_status(pz_lr_explain(model, learner, skill, item, score, 10, stop_at_once, NULL, &steps, &count), PZ_E_CANCELLED);
    ck_assert(steps == NULL && count == 0);
    ck_assert_status(pz_lr_explain(model, learner, skill, NULL, score, 10, NULL, NULL, &steps, &count), PZ_E_INVALID);
    ck_assert_status(pz_lr_explain(model, learner, skill, item, score, 0, NULL, NULL, &steps, &count), PZ_E_INVALID);
    ck_assert_status(pz_lr_explain(model, learner, skill, item, score, 10, NULL, NULL, NULL, &count), PZ_E_INVALID);
    ck_assert_status(pz_lr_explain(model, learner, skill, item, score, 10, NULL, NULL, &steps, NULL), PZ_E_INVALID);
    ck_assert_status(pz_lr_explain(NULL, learner, skill, item, score, 10, NULL, NULL, &steps, &count), PZ_E_CLOSED);
    int64_t *many = calloc(20001, sizeof *many);
    double *none = calloc(20001, sizeof *none);
    ck_assert_status(pz_lr_explain(model, many, many, many, none, 20001, NULL, NULL, &steps, &count), PZ_E_LIMIT);
    free(many);
    free(none);
    ck_assert_status(pz_lr_write(NULL, &json), PZ_E_CLOSED);
    ck_assert(isnan(pz_lr_log_likelihood(NULL)));
    pz_lr_free(model);
    pz_lr_free(NULL);
}
END_TEST

START_TEST(predictions_are_explained)
{
    double p[200];
    pz_lr_step **steps;
    size_t count;
    simulate(5);
    for (int features = PZ_LR_PFA; features <= PZ_LR_BEST_LR; features++) {
        pz_lr_model *model = fit(features, 5000, 1);
        int64_t unknown = item[7];
        int counted = 0;
        item[7] = -1, skill[8] = 99;
        ck_assert_ok(pz_lr_predict(model, learner, skill, item, score, 200, NULL, NULL, p, 200));
        ck_assert_ok(pz_lr_explain(model, learner, skill, item, score, 200, NULL, NULL, &steps, &count));
        ck_assert_uint_eq(count, 200);
        for (size_t i = 0; i < 200; i++) {
            const pz_lr_step *s = steps[i];
            ck_assert(s->probability == p[i]);
            ck_assert_near(s->log_odds, s->constant + s->skill + s->item + s->skill_right + s->skill_wrong + s->right + s->wrong, 1e-12);
            ck_assert_near(s->probability, 1 / (1 + exp(-s->log_odds)), 1e-14);
            counted += s->right != 0 || s->wrong != 0;
            if (features == PZ_LR_PFA) ck_assert(s->item == 0 && s->right == 0 && s->wrong == 0);
        }
        ck_assert(steps[7]->item == 0 && steps[8]->skill == 0 && steps[8]->skill_right == 0);
        if (features == PZ_LR_BEST_LR) ck_assert(steps[6]->item != 0 && counted > 20);
        ck_assert(steps[0]->skill != 0 && steps[0]->skill_right == 0 && steps[0]->right == 0); /* nothing before it */
        pz_free(steps);
        item[7] = unknown, skill[8] = (item[8] - 1000) % 5;
        pz_lr_free(model);
    }
}
END_TEST

static pz_status whole_life(void *unused)
{
    pz_lr_options o = PZ_LR_OPTIONS_INIT;
    pz_lr_model *model = NULL, *back = NULL;
    char *json = NULL;
    double p[50];
    pz_lr_fit_report *report = NULL;
    pz_lr_step **steps = NULL;
    size_t count;
    pz_status status = pz_lr_fit(&o, learner, skill, item, score, 50, NULL, NULL, &model);
    (void)unused;
    if (status == PZ_OK) status = pz_lr_fit_of(model, &report);
    if (status == PZ_OK) status = pz_lr_write(model, &json);
    if (status == PZ_OK) status = pz_lr_read(json, PZ_NUL_TERMINATED, &back);
    if (status == PZ_OK) status = pz_lr_predict(back, learner, skill, item, score, 50, NULL, NULL, p, 50);
    if (status == PZ_OK) status = pz_lr_explain(back, learner, skill, item, score, 50, NULL, NULL, &steps, &count);
    pz_free(steps);
    pz_free(report);
    pz_free(json);
    pz_lr_free(model);
    pz_lr_free(back);
    return status;
}

START_TEST(memory_that_fails_is_said)
{
    simulate(8);
    ck_assert_int_ge(suite_each_allocation(whole_life, NULL), 20);
}
END_TEST

static Suite *lr_suite(void)
{
    Suite *suite = suite_create("lr");
    TCase *core = tcase_create("lr");
    tcase_set_timeout(core, 60);
    tcase_add_test(core, gradient_steps_lead_to_the_same);
    tcase_add_test(core, truth_is_found);
    tcase_add_test(core, json_keeps_every_bit);
    tcase_add_test(core, the_trace_tells_how_a_fit_went);
    tcase_add_test(core, predictions_are_explained);
    tcase_add_test(core, faults);
    tcase_add_test(core, memory_that_fails_is_said);
    suite_add_tcase(suite, core);
    return suite;
}

SUITE_MAIN(lr_suite)
