/* Fitting Bayesian knowledge tracing: published vectors, a plain row-by-row reference, degenerate skills, faults. */
#include "base/random.h"
#include "data.h"
#include "personalize/tracing.h"

#define ck_assert_near(got, wanted, within)                                                                                                \
    do {                                                                                                                                   \
        double near_got_ = (got), near_wanted_ = (wanted);                                                                                 \
        ck_assert_msg(fabs(near_got_ - near_wanted_) <= (within), "%s is %.16g, wanted %.16g", #got, near_got_, near_wanted_);             \
    } while (0)

enum { MOST = 4000 };

typedef struct answers {
    int64_t learner[MOST], skill[MOST];
    double score[MOST];
    int32_t item_class[MOST], learn_class[MOST], prior_class[MOST];
    size_t rows;
} answers;

/* Learners who know or not, learn and forget, guess and slip. */
static void simulate(answers *a, uint64_t seed, int learners, int length, int classes)
{
    pz__random random;
    pz__random_seed(&random, seed);
    a->rows = 0;
    for (int u = 0; u < learners; u++) {
        int known = pz__random_unit(&random) < 0.3;
        for (int t = 0; t < length; t++) {
            int item = (int)pz__random_below(&random, (uint32_t)classes), learn = (int)pz__random_below(&random, (uint32_t)classes);
            double guess = 0.1 + 0.15 * item, slip = 0.05 + 0.05 * item, gain = 0.1 + 0.2 * learn;
            a->learner[a->rows] = 1000 - u;
            a->skill[a->rows] = 7;
            a->item_class[a->rows] = item;
            a->learn_class[a->rows] = learn;
            a->prior_class[a->rows] = u % 2;
            a->score[a->rows++] = pz__random_unit(&random) < (known ? 1 - slip : guess);
            known = known ? pz__random_unit(&random) >= 0.05 : pz__random_unit(&random) < gain;
        }
    }
}

/* ----------------------------------------------------------------------------------- published vectors --- */

static int read_parity(const char *name, answers *a)
{
    char path[100], line[200];
    FILE *file;
    snprintf(path, sizeof path, "kt/pybkt-parity/parity_%s.csv", name);
    file = data_open(path);
    a->rows = 0;
    if (!file || !fgets(line, sizeof line, file)) return 0;
    while (fgets(line, sizeof line, file)) {
        long long learner;
        char class;
        double score;
        ck_assert_int_eq(sscanf(line, "student%lld,skill,%*d,%c,%lf", &learner, &class, &score), 3);
        a->learner[a->rows] = learner;
        a->skill[a->rows] = 1;
        a->item_class[a->rows] = a->learn_class[a->rows] = class == 'b';
        a->score[a->rows++] = score;
    }
    fclose(file);
    ck_assert_uint_eq(a->rows, 1600);
    return 1;
}

/* Twenty sweeps from the starting points of pyBKT's parity cases, tests/reference/em_parity.json. The log-likelihoods, which pyBKT cuts to whole
 * numbers, were computed with a second, plain implementation. */
static const struct {
    const char *name;
    int with_forget, items, learns;
    const char *start;
    double prior, learn[2], forget, guess[2], slip[2];
    double last; /* log-likelihood of the parameters that go into the twentieth sweep */
} parity[] = {
    {"default",
     0,
     1,
     1,
     "\"prior\":[0.46147936225293185],\"learn\":[0.3122116705145822],\"forget\":[0.0],"
     "\"guess\":[0.04730977034757329],\"slip\":[0.19197630639825713]",
     0.24569921910455528,
     {0.1983087679584191, 0},
     0,
     {0.2054166610251747, 0},
     {0.11062105583972617, 0},
     -880.004208},
    {"forgets",
     1,
     1,
     1,
     "\"prior\":[0.46147936225293185],\"learn\":[0.3122116705145822],\"forget\":[0.1],"
     "\"guess\":[0.04730977034757329],\"slip\":[0.19197630639825713]",
     0.2758001615732124,
     {0.2231925160140649, 0},
     0.07744808192286638,
     {0.1813362623723062, 0},
     {0.10066123435986726, 0},
     -953.035143},
    {"multilearn",
     0,
     1,
     2,
     "\"prior\":[0.45615033221654855],\"learn\":[0.2273735795474594,0.007515920174542057],\"forget\":[0.0,0.0],"
     "\"guess\":[0.24705419883035085],\"slip\":[0.1836287168167264]",
     0.229716199530777,
     {0.14942891222343888, 0.3504132315398653},
     0,
     {0.21556585452993152, 0},
     {0.11267783804521725, 0},
     -867.454415},
    {"multigs",
     0,
     2,
     1,
     "\"prior\":[0.1433532874090464],\"learn\":[0.3778675668198336],\"forget\":[0.0],"
     "\"guess\":[0.20873932870002868,0.16586477599620944],\"slip\":[0.07936668363138809,0.232270106830265]",
     0.2397776086633654,
     {0.18889718451184373, 0},
     0,
     {0.09871747086889769, 0.42022211639441076},
     {0.09624783818643906, 0.11344885692515479},
     -859.382951},
};

static double total_log_likelihood(const pz_bkt_model *model)
{
    pz_bkt_skill **skills;
    size_t count;
    double sum = 0;
    ck_assert_ok(pz_bkt_skill_list(model, &skills, &count));
    for (size_t i = 0; i < count; i++) sum += skills[i]->log_likelihood;
    pz_free(skills);
    return sum;
}

#define ck_assert_same(got, wanted) ck_assert_near((got) / (wanted), 1, 1e-9)

static pz_bkt_model *parity_start(int i)
{
    char json[1500];
    pz_bkt_model *model;
    snprintf(json, sizeof json,
             "{\"version\":1,\"model\":\"bkt\",\"pass_at\":1,\"item_classes\":%d,\"learn_classes\":%d,\"prior_classes\":1,\"skills\":[{"
             "\"skill\":\"1\",\"rows\":1,"
             "\"learners\":1,\"log_likelihood\":0,\"iterations\":0,\"is_converged\":false,\"is_determined\":true,%s}]}",
             parity[i].items, parity[i].learns, parity[i].start);
    ck_assert_ok(pz_bkt_read(json, PZ_NUL_TERMINATED, &model));
    return model;
}

static pz_bkt_model *parity_fit(int i, const answers *a, int sweeps)
{
    pz_bkt_options options = PZ_BKT_OPTIONS_INIT;
    pz_bkt_model *start = parity_start(i), *model;
    options.starts = 1, options.iterations = sweeps, options.tolerance = 0, options.with_forget = parity[i].with_forget;
    ck_assert_ok(pz_bkt_refit(start, &options, a->learner, a->skill, a->score, parity[i].items > 1 ? a->item_class : NULL,
                              parity[i].learns > 1 ? a->learn_class : NULL, NULL, a->rows, NULL, NULL, &model));
    pz_bkt_free(start);
    return model;
}

START_TEST(pybkt_parity)
{
    answers *a = malloc(sizeof *a);
    pz_bkt_model *model;
    pz_bkt_class **classes;
    size_t count;
    if (!read_parity(parity[_i].name, a)) {
        free(a);
        return;
    }
    model = parity_fit(_i, a, 19);
    ck_assert_near(total_log_likelihood(model), parity[_i].last, 1e-6);
    pz_bkt_free(model);
    model = parity_fit(_i, a, 20);
    ck_assert_ok(pz_bkt_class_list(model, &classes, &count));
    ck_assert_int_eq((int)count, parity[_i].items > parity[_i].learns ? parity[_i].items : parity[_i].learns);
    ck_assert_same(classes[0]->prior, parity[_i].prior);
    if (parity[_i].with_forget) ck_assert_same(classes[0]->forget, parity[_i].forget);
    for (int c = 0; c < parity[_i].learns; c++) ck_assert_same(classes[c]->learn, parity[_i].learn[c]);
    for (int c = 0; c < parity[_i].items; c++) {
        ck_assert_same(classes[c]->guess, parity[_i].guess[c]);
        ck_assert_same(classes[c]->slip, parity[_i].slip[c]);
    }
    pz_free(classes);
    pz_bkt_free(model);
    free(a);
}
END_TEST

/* ---------------------------------------------------------------------------------- plain reference --- */

typedef struct plain {
    double prior[2], learn[2], forget[2], guess[2], slip[2];
} plain;

static double plain_sweep(const answers *a, int length, plain *p, int with_forget)
{
    plain hit = {{0}, {0}, {0}, {0}, {0}}, all = hit;
    double log_likelihood = 0, known[64], unknown[64], scale[64], k1[65], k0[65];
    for (size_t first = 0; first < a->rows; first += (size_t)length) {
        int group = a->prior_class[first];
        for (int t = 0; t < length; t++) {
            size_t row = first + (size_t)t;
            int item = a->item_class[row], right = a->score[row] > 0.5;
            double k = p->prior[group], u = 1 - k;
            if (t) {
                int learn = a->learn_class[row - 1];
                k = known[t - 1] * (1 - p->forget[learn]) + unknown[t - 1] * p->learn[learn];
                u = unknown[t - 1] * (1 - p->learn[learn]) + known[t - 1] * p->forget[learn];
            }
            k *= right ? 1 - p->slip[item] : p->slip[item];
            u *= right ? p->guess[item] : 1 - p->guess[item];
            scale[t] = k + u;
            known[t] = k / scale[t];
            unknown[t] = u / scale[t];
            log_likelihood += log(scale[t]);
        }
        k1[length - 1] = k0[length - 1] = 1;
        for (int t = length - 1; t >= 0; t--) {
            size_t row = first + (size_t)t;
            int item = a->item_class[row], right = a->score[row] > 0.5;
            double g1 = known[t] * k1[t], g0 = unknown[t] * k0[t];
            all.guess[item] += g0, all.slip[item] += g1;
            if (right)
                hit.guess[item] += g0;
            else
                hit.slip[item] += g1;
            if (t == 0) {
                hit.prior[group] += g1, all.prior[group] += 1;
                continue;
            }
            int learn = a->learn_class[row - 1];
            double e1 = (right ? 1 - p->slip[item] : p->slip[item]) * k1[t] / scale[t],
                   e0 = (right ? p->guess[item] : 1 - p->guess[item]) * k0[t] / scale[t];
            hit.learn[learn] += unknown[t - 1] * p->learn[learn] * e1;
            all.learn[learn] += unknown[t - 1] * (p->learn[learn] * e1 + (1 - p->learn[learn]) * e0);
            hit.forget[learn] += known[t - 1] * p->forget[learn] * e0;
            all.forget[learn] += known[t - 1] * (p->forget[learn] * e0 + (1 - p->forget[learn]) * e1);
            k1[t - 1] = (1 - p->forget[learn]) * e1 + p->forget[learn] * e0;
            k0[t - 1] = p->learn[learn] * e1 + (1 - p->learn[learn]) * e0;
        }
    }
    for (int c = 0; c < 2; c++) {
        p->prior[c] = hit.prior[c] / all.prior[c];
        p->learn[c] = hit.learn[c] / all.learn[c];
        if (with_forget) p->forget[c] = hit.forget[c] / all.forget[c];
        p->guess[c] = hit.guess[c] / all.guess[c];
        p->slip[c] = hit.slip[c] / all.slip[c];
    }
    return log_likelihood;
}

START_TEST(tree_and_rows_give_the_same_fit)
{
    answers *a = malloc(sizeof *a);
    uint64_t seed = suite_seed();
    for (int with_forget = 0; with_forget < 2; with_forget++) {
        plain p = {{0.6, 0.6}, {0.4, 0.4}, {0, 0}, {0.1, 0.1}, {0.05, 0.05}};
        pz_bkt_options options = PZ_BKT_OPTIONS_INIT;
        pz_bkt_model *model;
        pz_bkt_class **classes;
        size_t count;
        double last = 0;
        simulate(a, seed + (uint64_t)with_forget, 200, 12, 2);
        options.starts = 1, options.tolerance = 0, options.iterations = 15, options.with_forget = with_forget;
        if (with_forget) p.forget[0] = p.forget[1] = 0.05;
        ck_assert_ok(pz_bkt_fit(&options, a->learner, a->skill, a->score, a->item_class, a->learn_class, a->prior_class, a->rows, NULL,
                                NULL, &model));
        for (int sweep = 0; sweep <= 15; sweep++) {
            plain before = p;
            last = plain_sweep(a, 12, &p, with_forget);
            if (sweep == 15) p = before;
        }
        ck_assert_near(total_log_likelihood(model), last, 1e-8);
        ck_assert_ok(pz_bkt_class_list(model, &classes, &count));
        ck_assert_uint_eq(count, 2);
        for (int c = 0; c < 2; c++) {
            ck_assert_near(classes[c]->prior, p.prior[c], 1e-11);
            ck_assert_near(classes[c]->learn, p.learn[c], 1e-11);
            ck_assert_near(classes[c]->forget, p.forget[c], 1e-11);
            ck_assert_near(classes[c]->guess, p.guess[c], 1e-11);
            ck_assert_near(classes[c]->slip, p.slip[c], 1e-11);
            ck_assert(classes[c]->skill == 7 && classes[c]->class_number == c);
        }
        pz_free(classes);
        pz_bkt_free(model);
    }
    free(a);
}
END_TEST

START_TEST(sweeps_never_lose_likelihood)
{
    answers *a = malloc(sizeof *a);
    double last = -INFINITY;
    simulate(a, suite_seed(), 300, 8, 1);
    for (int sweeps = 1; sweeps < 40; sweeps++) {
        pz_bkt_options options = PZ_BKT_OPTIONS_INIT;
        pz_bkt_model *model;
        double now;
        options.starts = 1, options.tolerance = 0, options.iterations = sweeps;
        ck_assert_ok(pz_bkt_fit(&options, a->learner, a->skill, a->score, NULL, NULL, NULL, a->rows, NULL, NULL, &model));
        now = total_log_likelihood(model);
        ck_assert(now >= last - 1e-9);
        last = now;
        pz_bkt_free(model);
    }
    free(a);
}
END_TEST

START_TEST(parameters_come_back_from_simulated_learners)
{
    answers *a = malloc(sizeof *a);
    pz_bkt_options options = PZ_BKT_OPTIONS_INIT;
    pz_bkt_model *model;
    pz_bkt_skill **skills;
    size_t count;
    simulate(a, suite_seed(), 400, 10, 1);
    options.starts = 4, options.tolerance = 1e-6, options.iterations = 5000;
    ck_assert_ok(pz_bkt_fit(&options, a->learner, a->skill, a->score, NULL, NULL, NULL, a->rows, NULL, NULL, &model));
    ck_assert_ok(pz_bkt_skill_list(model, &skills, &count));
    ck_assert(skills[0]->is_converged && skills[0]->is_determined && skills[0]->rows == 4000 && skills[0]->learners == 400);
    ck_assert_near(skills[0]->prior, 0.3, 0.15);
    ck_assert_near(skills[0]->learn, 0.1, 0.08);
    ck_assert_near(skills[0]->forget, 0.05, 0.05);
    ck_assert_near(skills[0]->guess, 0.1, 0.08);
    ck_assert_near(skills[0]->slip, 0.05, 0.05);
    pz_free(skills);
    pz_bkt_free(model);
    free(a);
}
END_TEST

/* -------------------------------------------------------------------------------------- degenerate skills --- */

START_TEST(degenerate_skills_stay_finite)
{
    /* 1: all right; 2: all wrong; 3: one answer; 4: learners get worse, which tempts guess and slip across each other */
    int64_t learner[64], skill[64];
    double score[64];
    size_t rows = 0, count;
    pz_bkt_options options = PZ_BKT_OPTIONS_INIT;
    pz_bkt_model *model;
    pz_bkt_skill **skills;
    for (int i = 0; i < 10; i++) learner[rows] = i / 5, skill[rows] = 1, score[rows++] = 1;
    for (int i = 0; i < 10; i++) learner[rows] = i / 5, skill[rows] = 2, score[rows++] = 0;
    learner[rows] = 3, skill[rows] = 3, score[rows++] = 1;
    for (int i = 0; i < 40; i++) learner[rows] = i / 4, skill[rows] = 4, score[rows++] = i % 4 < 2;
    for (int with_forget = 0; with_forget < 2; with_forget++) {
        options.with_forget = with_forget;
        ck_assert_ok(pz_bkt_fit(&options, learner, skill, score, NULL, NULL, NULL, rows, NULL, NULL, &model));
        ck_assert_ok(pz_bkt_skill_list(model, &skills, &count));
        ck_assert_uint_eq(count, 4);
        for (size_t i = 0; i < count; i++) {
            const double numbers[] = {skills[i]->prior, skills[i]->learn, skills[i]->forget, skills[i]->guess, skills[i]->slip};
            pz_mastery_settings settings = PZ_MASTERY_SETTINGS_INIT;
            pz_mastery_state state = PZ_MASTERY_STATE_INIT;
            for (int n = 0; n < 5; n++) ck_assert(numbers[n] >= 0 && numbers[n] < 1);
            ck_assert(skills[i]->guess + skills[i]->slip <= 0.99 + 1e-12);
            ck_assert(isfinite(skills[i]->log_likelihood) && skills[i]->log_likelihood <= 0);
            ck_assert_int_eq(skills[i]->is_determined, i == 3);
            ck_assert_ok(pz_bkt_settings(model, skills[i]->skill, &settings));
            ck_assert_ok(pz_mastery_state_start(&settings, &state));
            ck_assert_ok(pz_mastery_state_update(&settings, score, NULL, 5, &state));
        }
        ck_assert(skills[3]->forget > 0.1 || !with_forget);
        pz_free(skills);
        pz_bkt_free(model);
    }
}
END_TEST

START_TEST(sweeps_that_run_out_are_said)
{
    answers *a = malloc(sizeof *a);
    pz_bkt_options options = PZ_BKT_OPTIONS_INIT;
    pz_bkt_model *model;
    pz_bkt_skill **skills;
    size_t count;
    simulate(a, 5, 100, 8, 1);
    options.iterations = 2;
    ck_assert_ok(pz_bkt_fit(&options, a->learner, a->skill, a->score, NULL, NULL, NULL, a->rows, NULL, NULL, &model));
    ck_assert_ok(pz_bkt_skill_list(model, &skills, &count));
    ck_assert(!skills[0]->is_converged && skills[0]->iterations == 2);
    pz_free(skills);
    pz_bkt_free(model);
    free(a);
}
END_TEST

START_TEST(the_trace_tells_how_a_fit_went)
{
    answers *a = malloc(sizeof *a);
    simulate(a, 5, 100, 8, 1);
    for (int turn = 0; turn < 3; turn++) {
        pz_bkt_options options = PZ_BKT_OPTIONS_INIT;
        pz_bkt_model *model, *back;
        pz_bkt_skill **skills;
        size_t count;
        double trace[500];
        char *json;
        if (turn) options.iterations = 20, options.tolerance = turn == 1 ? 0 : 1e-9;
        ck_assert_ok(pz_bkt_fit(&options, a->learner, a->skill, a->score, NULL, NULL, NULL, a->rows, NULL, NULL, &model));
        ck_assert_ok(pz_bkt_skill_list(model, &skills, &count));
        ck_assert_ok(pz_bkt_trace(model, 7, trace, (size_t)skills[0]->iterations));
        for (int i = 1; i < skills[0]->iterations; i++) ck_assert(trace[i] >= trace[i - 1] - 1e-9);
        ck_assert(trace[skills[0]->iterations - 1] == skills[0]->log_likelihood);
        ck_assert_status(pz_bkt_trace(model, 7, trace, 1), PZ_E_INVALID);
        ck_assert_ok(pz_bkt_write(model, &json));
        ck_assert_ok(pz_bkt_read(json, PZ_NUL_TERMINATED, &back));
        ck_assert_status(pz_bkt_trace(back, 7, trace, (size_t)skills[0]->iterations), PZ_E_NOT_FOUND);
        pz_free(json);
        pz_free(skills);
        pz_bkt_free(model);
        pz_bkt_free(back);
    }
    free(a);
}
END_TEST

/* Counts down. */
static pz_status stop_after(double done, void *user_data)
{
    (void)done;
    return --*(int *)user_data < 0 ? PZ_E_CANCELLED : PZ_OK;
}

START_TEST(a_fit_of_one_large_skill_can_be_stopped)
{
    answers *a = malloc(sizeof *a);
    pz_bkt_options options = PZ_BKT_OPTIONS_INIT;
    pz_bkt_model *model;
    int calls = 3;
    simulate(a, 5, 100, 8, 1);
    ck_assert_status(pz_bkt_fit(&options, a->learner, a->skill, a->score, NULL, NULL, NULL, a->rows, stop_after, &calls, &model),
                     PZ_E_CANCELLED);
    ck_assert_ptr_null(model);
    free(a);
}
END_TEST

/* ---------------------------------------------------------------------- predictions, JSON, streaming --- */

static pz_bkt_model *fit_simulated(answers *a, int classes)
{
    pz_bkt_options options = PZ_BKT_OPTIONS_INIT;
    pz_bkt_model *model;
    simulate(a, 77, 100, 10, classes);
    for (size_t i = 0; i < a->rows; i++) a->skill[i] = (int64_t)(i % 3) * 5000000000 - 1;
    ck_assert_ok(
        pz_bkt_fit(&options, a->learner, a->skill, a->score, a->item_class, a->learn_class, a->prior_class, a->rows, NULL, NULL, &model));
    return model;
}

/* Predictions in one go are those of one state per learner and skill, answer by answer. */
START_TEST(predictions_are_those_of_the_stream)
{
    answers *a = malloc(sizeof *a);
    pz_bkt_options options = PZ_BKT_OPTIONS_INIT;
    pz_bkt_model *model;
    double *probability = malloc(MOST * sizeof *probability);
    simulate(a, 77, 100, 10, 1);
    for (size_t i = 0; i < a->rows; i++) a->skill[i] = (int64_t)(i % 3);
    ck_assert_ok(pz_bkt_fit(&options, a->learner, a->skill, a->score, NULL, NULL, NULL, a->rows, NULL, NULL, &model));
    ck_assert_ok(pz_bkt_predict(model, a->learner, a->skill, a->score, NULL, NULL, NULL, a->rows, NULL, NULL, probability, a->rows));
    for (size_t first = 0; first < a->rows; first += 10)
        for (size_t skill = 0; skill < 3; skill++) {
            pz_mastery_settings settings = PZ_MASTERY_SETTINGS_INIT;
            pz_mastery_state state = PZ_MASTERY_STATE_INIT;
            ck_assert_ok(pz_bkt_settings(model, (int64_t)skill, &settings));
            ck_assert_ok(pz_mastery_state_start(&settings, &state));
            for (size_t i = first; i < first + 10; i++) {
                if (i % 3 != skill) continue;
                ck_assert_near(probability[i], state.value * (1 - settings.slip) + state.spread * settings.guess, 1e-14);
                ck_assert_ok(pz_mastery_state_update(&settings, &a->score[i], NULL, 1, &state));
            }
        }
    pz_bkt_free(model);
    free(probability);
    free(a);
}
END_TEST

START_TEST(what_was_never_seen_has_the_mean)
{
    answers *a = malloc(sizeof *a);
    pz_bkt_model *model = fit_simulated(a, 1);
    pz_bkt_skill **skills;
    size_t count;
    const int64_t learner = 1, skill = 999;
    const double score = 1;
    double probability, expected = 0, rows = 0;
    ck_assert_ok(pz_bkt_skill_list(model, &skills, &count));
    double prior = 0, guess = 0, slip = 0;
    pz_bkt_class **classes;
    size_t class_count;
    ck_assert_ok(pz_bkt_class_list(model, &classes, &class_count));
    for (size_t i = 0; i < count; i++) {
        double weight = (double)skills[i]->rows;
        rows += weight, prior += weight * skills[i]->prior, guess += weight * skills[i]->guess, slip += weight * skills[i]->slip;
    }
    expected = prior / rows * (1 - slip / rows) + (1 - prior / rows) * guess / rows;
    ck_assert_ok(pz_bkt_predict(model, &learner, &skill, &score, NULL, NULL, NULL, 1, NULL, NULL, &probability, 1));
    ck_assert_near(probability, expected, 1e-14);
    const int32_t class = 900;
    ck_assert_ok(pz_bkt_predict(model, &learner, &skill, &score, &class, &class, &class, 1, NULL, NULL, &probability, 1));
    ck_assert(probability > 0 && probability < 1);
    pz_free(classes);
    pz_free(skills);
    pz_bkt_free(model);
    free(a);
}
END_TEST

START_TEST(json_keeps_every_bit)
{
    answers *a = malloc(sizeof *a);
    pz_bkt_model *model = fit_simulated(a, 3), *back;
    double *first = malloc(MOST * sizeof *first), *second = malloc(MOST * sizeof *second);
    char *json, *again;
    ck_assert_ok(pz_bkt_write(model, &json));
    ck_assert_ok(pz_bkt_read(json, PZ_NUL_TERMINATED, &back));
    ck_assert_ok(pz_bkt_write(back, &again));
    ck_assert_str_eq(json, again);
    ck_assert_ok(pz_bkt_predict(model, a->learner, a->skill, a->score, a->item_class, a->learn_class, a->prior_class, a->rows, NULL, NULL,
                                first, a->rows));
    ck_assert_ok(pz_bkt_predict(back, a->learner, a->skill, a->score, a->item_class, a->learn_class, a->prior_class, a->rows, NULL, NULL,
                                second, a->rows));
    ck_assert(!memcmp(first, second, a->rows * sizeof *first));
    pz_free(json);
    pz_free(again);
    pz_bkt_free(model);
    pz_bkt_free(back);
    free(first);
    free(second);
    free(a);
}
END_TEST

START_TEST(broken_json_is_refused_by_place)
{
#define SKILL(members)                                                                                                                     \
    "{\"version\":1,\"model\":\"bkt\",\"pass_at\":1,\"item_classes\":1,\"learn_classes\":1,\"prior_classes\":1,\"skills\":[{" members "}]" \
    "}"
#define HEAD                                                                                                                               \
    "\"skill\":\"1\",\"rows\":5,\"learners\":1,\"log_likelihood\":-1,\"iterations\":1,\"is_converged\":true,\"is_determined\":true,"
#define TAIL "\"prior\":[0.1],\"learn\":[0.1],\"forget\":[0],"
    static const struct {
        const char *json, *field;
        pz_status status;
    } bad[] = {
        {"{", NULL, PZ_E_FORMAT},
        {"[]", "model", PZ_E_INVALID},
        {"{\"model\":\"elo\"}", "model", PZ_E_INVALID},
        {"{\"model\":\"bkt\",\"version\":2}", "version", PZ_E_INVALID},
        {"{\"model\":\"bkt\",\"version\":1}", "pass_at", PZ_E_INVALID},
        {"{\"model\":\"bkt\",\"version\":1,\"pass_at\":1,\"item_classes\":0}", "item_classes", PZ_E_INVALID},
        {"{\"model\":\"bkt\",\"version\":1,\"pass_at\":1,\"item_classes\":1,\"learn_classes\":1,\"prior_classes\":1,\"skills\":[]}",
         "skills", PZ_E_INVALID},
        {SKILL(""), "skill", PZ_E_INVALID},
        {SKILL("\"skill\":1"), "skill", PZ_E_INVALID},
        {SKILL("\"skill\":\"1\",\"rows\":0,\"learners\":0,\"iterations\":1"), "rows", PZ_E_INVALID},
        {SKILL(HEAD "\"prior\":[0.1,0.2]"), "prior", PZ_E_INVALID},
        {SKILL(HEAD "\"prior\":[1.5]"), "prior", PZ_E_INVALID},
        {SKILL(HEAD TAIL "\"guess\":[0.6],\"slip\":[0.5]"), "guess", PZ_E_INVALID},
        {SKILL(HEAD TAIL "\"guess\":[0.1]"), "slip", PZ_E_INVALID},
    };
    pz_bkt_model *model;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        ck_assert_status(pz_bkt_read(bad[i].json, PZ_NUL_TERMINATED, &model), bad[i].status);
        ck_assert_ptr_null(model);
        if (bad[i].field) ck_assert_str_eq(pz_last_error()->field, bad[i].field);
    }
    ck_assert_status(pz_bkt_read(NULL, 0, &model), PZ_E_INVALID);
    ck_assert_status(pz_bkt_read("{}", 2, NULL), PZ_E_INVALID);
    ck_assert_ok(pz_bkt_read(SKILL(HEAD TAIL "\"guess\":[0.1],\"slip\":[0.1]"), PZ_NUL_TERMINATED, &model));
    pz_bkt_free(model);
}
END_TEST

/* ------------------------------------------------------------------------------------------------ faults --- */

static pz_status stop_at_once(double done, void *user_data)
{
    (void)done;
    ++*(int *)user_data;
    return PZ_E_CANCELLED;
}

START_TEST(options_and_rows_are_checked_by_name)
{
    int64_t learner[] = {1, 1}, skill[] = {1, 1};
    double score[] = {1, 0}, probability[2];
    int32_t class[] = {0, 1000};
    int calls = 0;
    pz_bkt_options options = PZ_BKT_OPTIONS_INIT;
    pz_bkt_model *model;
    pz_bkt_skill **skills;
    pz_bkt_class **classes;
    pz_mastery_settings settings = PZ_MASTERY_SETTINGS_INIT;
    size_t count;
    char *json;
#define REFUSED(member, value, name)                                                                                                       \
    do {                                                                                                                                   \
        pz_bkt_options bad = PZ_BKT_OPTIONS_INIT;                                                                                          \
        bad.member = value;                                                                                                                \
        ck_assert_status(pz_bkt_fit(&bad, learner, skill, score, NULL, NULL, NULL, 2, NULL, NULL, &model), PZ_E_INVALID);                  \
        ck_assert_str_eq(pz_last_error()->field, name);                                                                                    \
        ck_assert_ptr_null(model);                                                                                                         \
    } while (0)
    REFUSED(starts, 0, "starts");
    REFUSED(iterations, 0, "iterations");
    REFUSED(tolerance, NAN, "tolerance");
    REFUSED(tolerance, -1, "tolerance");
    REFUSED(pass_at, 0, "pass_at");
    REFUSED(least, 0, "least");
    REFUSED(room, 0, "room");
    REFUSED(start_prior, 1, "start_prior");
    REFUSED(start_slip, -0.1, "start_slip");
    ck_assert_status(pz_bkt_fit(NULL, learner, skill, score, NULL, NULL, NULL, 2, NULL, NULL, &model), PZ_E_INVALID);
    ck_assert_status(pz_bkt_fit(&options, NULL, skill, score, NULL, NULL, NULL, 2, NULL, NULL, &model), PZ_E_INVALID);
    ck_assert_status(pz_bkt_fit(&options, learner, NULL, score, NULL, NULL, NULL, 2, NULL, NULL, &model), PZ_E_INVALID);
    ck_assert_status(pz_bkt_fit(&options, learner, skill, NULL, NULL, NULL, NULL, 2, NULL, NULL, &model), PZ_E_INVALID);
    ck_assert_status(pz_bkt_fit(&options, learner, skill, score, NULL, NULL, NULL, 0, NULL, NULL, &model), PZ_E_INVALID);
    ck_assert_status(pz_bkt_fit(&options, learner, skill, score, NULL, NULL, NULL, 2, NULL, NULL, NULL), PZ_E_INVALID);
    ck_assert_status(pz_bkt_fit(&options, learner, skill, score, class, NULL, NULL, 2, NULL, NULL, &model), PZ_E_INVALID);
    ck_assert_str_eq(pz_last_error()->field, "item_class");
    score[1] = NAN;
    ck_assert_status(pz_bkt_fit(&options, learner, skill, score, NULL, NULL, NULL, 2, NULL, NULL, &model), PZ_E_INVALID);
    ck_assert_ptr_nonnull(strstr(pz_last_error()->message, "row 1"));
    score[1] = 0;
    ck_assert_status(pz_bkt_fit(&options, learner, skill, score, NULL, NULL, NULL, 2, stop_at_once, &calls, &model), PZ_E_CANCELLED);
    ck_assert(calls == 1 && !model);
    options.struct_size = 4;
    ck_assert_status(pz_bkt_fit(&options, learner, skill, score, NULL, NULL, NULL, 2, NULL, NULL, &model), PZ_E_STRUCT_SIZE);
    options = (pz_bkt_options)PZ_BKT_OPTIONS_INIT;
    ck_assert_ok(pz_bkt_fit(&options, learner, skill, score, NULL, NULL, NULL, 2, NULL, NULL, &model));
    pz_bkt_model *more;
    class[1] = 1;
    ck_assert_status(pz_bkt_refit(model, &options, learner, skill, score, class, NULL, NULL, 2, NULL, NULL, &more), PZ_E_INVALID);
    ck_assert_str_eq(pz_last_error()->field, "start");
    ck_assert_status(pz_bkt_refit(NULL, &options, learner, skill, score, NULL, NULL, NULL, 2, NULL, NULL, &more), PZ_E_CLOSED);
    ck_assert_status(pz_bkt_refit(model, &options, learner, skill, score, NULL, NULL, NULL, 2, NULL, NULL, NULL), PZ_E_INVALID);
    ck_assert_status(pz_bkt_settings(model, 2, &settings), PZ_E_NOT_FOUND);
    ck_assert_status(pz_bkt_settings(NULL, 1, &settings), PZ_E_CLOSED);
    ck_assert_status(pz_bkt_skill_list(NULL, &skills, &count), PZ_E_CLOSED);
    ck_assert_status(pz_bkt_skill_list(model, NULL, &count), PZ_E_INVALID);
    ck_assert_status(pz_bkt_class_list(NULL, &classes, &count), PZ_E_CLOSED);
    ck_assert_status(pz_bkt_class_list(model, &classes, NULL), PZ_E_INVALID);
    ck_assert_status(pz_bkt_write(NULL, &json), PZ_E_CLOSED);
    ck_assert_status(pz_bkt_write(model, NULL), PZ_E_INVALID);
    ck_assert_status(pz_bkt_predict(model, learner, skill, score, NULL, NULL, NULL, 2, stop_at_once, &calls, probability, 2),
                     PZ_E_CANCELLED);
    ck_assert(probability[0] == 0);
    ck_assert_status(pz_bkt_trace(NULL, 1, probability, 2), PZ_E_CLOSED);
    ck_assert_status(pz_bkt_trace(model, 1, NULL, 0), PZ_E_INVALID);
    ck_assert_status(pz_bkt_trace(model, INT64_MIN, probability, 2), PZ_E_NOT_FOUND);
    ck_assert_status(pz_bkt_predict(NULL, learner, skill, score, NULL, NULL, NULL, 2, NULL, NULL, probability, 2), PZ_E_CLOSED);
    ck_assert_status(pz_bkt_predict(model, learner, skill, score, NULL, NULL, NULL, 2, NULL, NULL, probability, 1), PZ_E_INVALID);
    ck_assert_status(pz_bkt_predict(model, learner, skill, score, NULL, NULL, NULL, 2, NULL, NULL, NULL, 0), PZ_E_INVALID);
    pz_bkt_free(model);
    pz_bkt_free(NULL);
}
END_TEST

static pz_status whole_life(void *user_data)
{
    answers *a = user_data;
    pz_bkt_options options = PZ_BKT_OPTIONS_INIT;
    pz_bkt_model *model = NULL, *back = NULL;
    pz_bkt_skill **skills = NULL;
    pz_bkt_class **classes = NULL;
    char *json = NULL;
    size_t count;
    double probability[40];
    pz_status status = pz_bkt_fit(&options, a->learner, a->skill, a->score, a->item_class, NULL, NULL, 40, NULL, NULL, &model);
    if (status == PZ_OK) status = pz_bkt_skill_list(model, &skills, &count);
    if (status == PZ_OK) status = pz_bkt_class_list(model, &classes, &count);
    if (status == PZ_OK) status = pz_bkt_write(model, &json);
    if (status == PZ_OK) status = pz_bkt_read(json, PZ_NUL_TERMINATED, &back);
    if (status == PZ_OK) status = pz_bkt_predict(back, a->learner, a->skill, a->score, NULL, NULL, NULL, 40, NULL, NULL, probability, 40);
    pz_free(skills);
    pz_free(classes);
    pz_free(json);
    pz_bkt_free(model);
    pz_bkt_free(back);
    return status;
}

START_TEST(memory_that_fails_is_said)
{
    answers *a = malloc(sizeof *a);
    simulate(a, 3, 10, 4, 2);
    for (size_t i = 0; i < a->rows; i++) a->learner[i] *= INT64_C(100000000000); /* numbers far apart are made dense another way */
    ck_assert_int_ge(suite_each_allocation(whole_life, a), 20);
    free(a);
}
END_TEST

/* The same bits from every compiler and machine. */
START_TEST(fits_are_the_same_everywhere)
{
    answers *a = malloc(sizeof *a);
    pz_bkt_model *model = fit_simulated(a, 2);
    char *json;
    uint64_t hash = 1;
    ck_assert_ok(pz_bkt_write(model, &json));
    for (const char *c = json; *c; c++) hash = (hash ^ (unsigned char)*c) * UINT64_C(0x100000001B3);
    ck_assert_msg(hash == UINT64_C(0x1E62E60CC0C842CA), "the digest is 0x%016llX", (unsigned long long)hash);
    pz_free(json);
    pz_bkt_free(model);
    free(a);
}
END_TEST

static Suite *bkt_suite(void)
{
    Suite *suite = suite_create("bkt");
    TCase *core = tcase_create("bkt");
    tcase_set_timeout(core, 60);
    tcase_add_loop_test(core, pybkt_parity, 0, sizeof parity / sizeof parity[0]);
    tcase_add_test(core, tree_and_rows_give_the_same_fit);
    tcase_add_test(core, sweeps_never_lose_likelihood);
    tcase_add_test(core, parameters_come_back_from_simulated_learners);
    tcase_add_test(core, degenerate_skills_stay_finite);
    tcase_add_test(core, sweeps_that_run_out_are_said);
    tcase_add_test(core, the_trace_tells_how_a_fit_went);
    tcase_add_test(core, a_fit_of_one_large_skill_can_be_stopped);
    tcase_add_test(core, predictions_are_those_of_the_stream);
    tcase_add_test(core, what_was_never_seen_has_the_mean);
    tcase_add_test(core, json_keeps_every_bit);
    tcase_add_test(core, broken_json_is_refused_by_place);
    tcase_add_test(core, options_and_rows_are_checked_by_name);
    tcase_add_test(core, memory_that_fails_is_said);
    tcase_add_test(core, fits_are_the_same_everywhere);
    suite_add_tcase(suite, core);
    return suite;
}

SUITE_MAIN(bkt_suite)
