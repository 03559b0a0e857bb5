/* The online logistic model: one answer by hand, terms that add up, simulated learners, JSON, faults. */
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

/* Rasch learners: ability and difficulty normal, answers in random order. */
static void simulate(uint64_t seed)
{
    pz__random random;
    double ability[200], difficulty[100];
    pz__random_seed(&random, seed);
    for (int i = 0; i < 200; i++) ability[i] = pz__random_normal(&random);
    for (int i = 0; i < 100; i++) difficulty[i] = pz__random_normal(&random);
    for (int row = 0; row < ROWS; row++) {
        int u = (int)pz__random_below(&random, 200), i = (int)pz__random_below(&random, 100);
        learner[row] = u + 1;
        item[row] = INT64_MAX - i;
        skill[row] = -(i % 7);
        truth[row] = 1 / (1 + exp(difficulty[i] - ability[u]));
        score[row] = pz__random_unit(&random) < truth[row];
    }
}

static pz_elo_model *new_model(void)
{
    pz_elo_options options = PZ_ELO_OPTIONS_INIT;
    pz_elo_model *model;
    ck_assert_ok(pz_elo_new(&options, &model));
    return model;
}

/* The mean of the logistic function over normal log-odds, and mean and variance of the log-odds after a right answer, by ten thousand steps. */
static void integrate(double log_odds, double variance, double *sum, double *mean, double *square)
{
    double all = 0, sd = sqrt(variance);
    *sum = *mean = *square = 0;
    for (int i = -5000; i <= 5000; i++) {
        double z = i / 500.0, x = log_odds + sd * z, density = exp(-0.5 * z * z), likely = density / (1 + exp(-x));
        all += density;
        *sum += likely;
        *mean += likely * x;
        *square += likely * x * x;
    }
    *mean /= *sum;
    *square = *square / *sum - *mean * *mean;
    *sum /= all;
}

START_TEST(one_answer_by_hand)
{
    static const int64_t one = 1;
    static const double right = 1;
    pz_elo_options o = PZ_ELO_OPTIONS_INIT;
    pz_elo_estimate e = PZ_ELO_ESTIMATE_INIT;
    pz_elo_model *model = new_model();
    double p, variance = 1 + o.learner_variance + o.learner_skill_variance + o.item_variance + o.skill_variance, pull, sum, mean, square;
    integrate(0, variance, &sum, &mean, &square);
    pull = mean / variance;
    ck_assert_ok(pz_elo_learn(model, &one, &one, &one, &right, 1, 0, NULL, NULL, &p, 1));
    ck_assert_near(p, 0.5, 1e-15);
    ck_assert_ok(pz_elo_estimate_of(model, 1, 1, 1, &e));
    ck_assert_near(e.constant, pull, 1e-3);
    ck_assert_near(e.learner / e.constant, o.learner_variance, 1e-12);
    ck_assert_near(e.learner_skill / e.constant, o.learner_skill_variance, 1e-12);
    ck_assert_near(e.item / e.constant, o.item_variance, 1e-12);
    ck_assert_near(e.skill / e.constant, o.skill_variance, 1e-12);
    ck_assert(e.counts == 0 && e.recent == 0 && e.answers == 1 && e.skill_answers == 1);
    ck_assert_near(e.log_odds, mean, 0.01);
    integrate(e.log_odds, e.standard_error * e.standard_error, &sum, &mean, &square);
    ck_assert_near(e.probability, sum, 1e-3);
    ck_assert_ok(pz_elo_estimate_of(model, 1, 1, PZ_ELO_NO_ITEM, &e));
    ck_assert(e.item == 0);
    ck_assert_ok(pz_elo_estimate_of(model, 77, 78, 79, &e));
    ck_assert(e.answers == 0 && e.log_odds == e.constant && e.learner == 0);
    pz_elo_free(model);
}
END_TEST

START_TEST(truth_is_found_and_terms_add_up)
{
    double *p = malloc(ROWS * sizeof *p), held = 0, count = 0;
    pz_accuracy accuracy = PZ_ACCURACY_INIT, best = PZ_ACCURACY_INIT;
    pz_elo_model *model = new_model();
    simulate(suite_seed());
    ck_assert_ok(pz_elo_learn(model, learner, skill, item, score, ROWS, 0, NULL, NULL, p, ROWS));
    ck_assert_ok(pz_accuracy_of(p + ROWS / 2, score + ROWS / 2, ROWS / 2, NULL, NULL, &accuracy));
    ck_assert_ok(pz_accuracy_of(truth + ROWS / 2, score + ROWS / 2, ROWS / 2, NULL, NULL, &best));
    ck_assert_near(accuracy.auc, best.auc, 0.015);
    ck_assert(accuracy.calibration_error < 0.03);
    for (int row = 0; row < ROWS; row += 50) {
        pz_elo_estimate e = PZ_ELO_ESTIMATE_INIT;
        ck_assert_ok(pz_elo_estimate_of(model, learner[row], skill[row], item[row], &e));
        ck_assert_near(e.log_odds, e.constant + e.learner + e.learner_skill + e.item + e.skill + e.counts + e.recent, 1e-12);
        ck_assert(e.lower < e.probability && e.probability < e.upper);
        held += truth[row] >= e.lower && truth[row] <= e.upper;
        count++;
    }
    printf("95 %% intervals held %.3f, with settings that expect more change than there is\n", held / count);
    ck_assert(held / count >= 0.93);
    pz_elo_free(model);
    free(p);
}
END_TEST

/* Ten thousand learners of the kind that the settings describe: ability normal, a part of its own in each skill, both drifting with every answer. The interval is that of the chance
 * of a right answer after all of them. */
START_TEST(intervals_hold_for_learners_as_the_settings_have_them)
{
    enum { LEARNERS = 10000, EACH = 16, SKILLS = 4, THINGS = 80 };
    pz_elo_options o = PZ_ELO_OPTIONS_INIT;
    pz_elo_model *model = new_model();
    pz__random random;
    double *ability = malloc(LEARNERS * sizeof *ability), (*part)[SKILLS] = malloc(LEARNERS * sizeof *part), difficulty[THINGS],
           hard[SKILLS], held = 0;
    int64_t *who = malloc(LEARNERS * EACH * sizeof *who), *what = malloc(LEARNERS * EACH * sizeof *what),
            *thing = malloc(LEARNERS * EACH * sizeof *thing);
    double *right = malloc(LEARNERS * EACH * sizeof *right);
    pz__random_seed(&random, suite_seed());
    for (int i = 0; i < THINGS; i++) difficulty[i] = sqrt(o.item_variance) * pz__random_normal(&random);
    for (int k = 0; k < SKILLS; k++) hard[k] = sqrt(o.skill_variance) * pz__random_normal(&random);
    for (int u = 0; u < LEARNERS; u++) {
        ability[u] = sqrt(o.learner_variance) * pz__random_normal(&random);
        for (int k = 0; k < SKILLS; k++) part[u][k] = sqrt(o.learner_skill_variance) * pz__random_normal(&random);
    }
    for (int row = 0; row < LEARNERS * EACH; row++) {
        int u = row % LEARNERS, i = (int)pz__random_below(&random, THINGS), k = i % SKILLS;
        who[row] = u, what[row] = k, thing[row] = i;
        right[row] = pz__random_unit(&random) < 1 / (1 + exp(-(ability[u] + part[u][k] + difficulty[i] + hard[k])));
        ability[u] += sqrt(o.learner_drift) * pz__random_normal(&random);
        part[u][k] += sqrt(o.learner_skill_drift) * pz__random_normal(&random);
    }
    ck_assert_ok(pz_elo_learn(model, who, what, thing, right, LEARNERS * EACH, 0, NULL, NULL, NULL, 0));
    for (int u = 0; u < LEARNERS; u++) {
        int i = (int)pz__random_below(&random, THINGS), k = i % SKILLS;
        double chance = 1 / (1 + exp(-(ability[u] + part[u][k] + difficulty[i] + hard[k])));
        pz_elo_estimate e = PZ_ELO_ESTIMATE_INIT;
        ck_assert_ok(pz_elo_estimate_of(model, u, k, i, &e));
        held += chance >= e.lower && chance <= e.upper;
    }
    printf("95 %% intervals of %d learners held %.4f\n", LEARNERS, held / LEARNERS);
    ck_assert(held >= 0.93 * LEARNERS && held <= 0.97 * LEARNERS);
    pz_elo_free(model);
    free(ability), free(part), free(who), free(what), free(thing), free(right);
}
END_TEST

static pz_status stop_in_the_middle(double done, void *user_data)
{
    (void)user_data;
    return done > 0.5 ? PZ_E_CANCELLED : PZ_OK;
}

/* Stopped half way, the model is what it was, and goes on as if nothing had been asked. */
START_TEST(a_stop_in_the_middle_changes_nothing)
{
    double p[100], q[100], out[ROWS];
    pz_elo_model *model = new_model(), *other = new_model();
    pz_elo_estimate before = PZ_ELO_ESTIMATE_INIT, after = PZ_ELO_ESTIMATE_INIT;
    simulate(9);
    ck_assert_ok(pz_elo_learn(model, learner, skill, item, score, 500, 0, NULL, NULL, NULL, 0));
    ck_assert_ok(pz_elo_learn(other, learner, skill, item, score, 500, 0, NULL, NULL, NULL, 0));
    ck_assert_ok(pz_elo_estimate_of(model, learner[0], skill[0], item[0], &before));
    ck_assert_status(pz_elo_learn(model, learner, skill, item, score, ROWS, 0, stop_in_the_middle, NULL, out, ROWS), PZ_E_CANCELLED);
    ck_assert(out[0] == 0 && out[9000] == 0);
    ck_assert_ok(pz_elo_estimate_of(model, learner[0], skill[0], item[0], &after));
    ck_assert(!memcmp(&before, &after, sizeof before));
    ck_assert_ok(pz_elo_learn(model, learner + 500, skill + 500, item + 500, score + 500, 100, 0, NULL, NULL, p, 100));
    ck_assert_ok(pz_elo_learn(other, learner + 500, skill + 500, item + 500, score + 500, 100, 0, NULL, NULL, q, 100));
    ck_assert(!memcmp(p, q, sizeof p));
    pz_elo_free(model);
    pz_elo_free(other);
}
END_TEST

START_TEST(in_parts_or_at_once_gives_the_same_bits)
{
    double *whole = malloc(ROWS * sizeof *whole), *parts = malloc(ROWS * sizeof *parts);
    pz_elo_model *a = new_model(), *b = new_model();
    simulate(3);
    ck_assert_ok(pz_elo_learn(a, learner, skill, item, score, 3000, 0, NULL, NULL, whole, 3000));
    for (size_t i = 0; i < 3000; i += 7) {
        size_t n = i + 7 <= 3000 ? 7 : 3000 - i;
        ck_assert_ok(pz_elo_learn(b, learner + i, skill + i, item + i, score + i, n, 0, NULL, NULL, parts + i, n));
    }
    ck_assert(!memcmp(whole, parts, 3000 * sizeof *whole));
    pz_elo_free(a);
    pz_elo_free(b);
    free(whole);
    free(parts);
}
END_TEST

START_TEST(frozen_moves_the_learner_alone)
{
    pz_elo_estimate before = PZ_ELO_ESTIMATE_INIT, after = PZ_ELO_ESTIMATE_INIT;
    pz_elo_model *model = new_model();
    simulate(4);
    ck_assert_ok(pz_elo_learn(model, learner, skill, item, score, 500, 0, NULL, NULL, NULL, 0));
    ck_assert_ok(pz_elo_estimate_of(model, learner[0], skill[0], item[0], &before));
    ck_assert_ok(pz_elo_learn(model, learner, skill, item, score, 1, 1, NULL, NULL, NULL, 0));
    ck_assert_ok(pz_elo_estimate_of(model, learner[0], skill[0], item[0], &after));
    ck_assert(after.item == before.item && after.skill == before.skill && after.constant == before.constant);
    ck_assert(after.learner != before.learner && after.answers == before.answers + 1);
    pz_elo_free(model);
}
END_TEST

START_TEST(json_keeps_every_bit)
{
    double p[2000], q[2000];
    char *json, *again;
    pz_elo_model *model = new_model(), *back;
    pz_elo_estimate e = PZ_ELO_ESTIMATE_INIT;
    simulate(5);
    ck_assert_ok(pz_elo_learn(model, learner, skill, item, score, 4000, 0, NULL, NULL, NULL, 0));
    ck_assert_ok(pz_elo_write(model, 1, &json));
    ck_assert_ok(pz_elo_read(json, PZ_NUL_TERMINATED, &back));
    ck_assert_ok(pz_elo_write(back, 1, &again));
    ck_assert_str_eq(json, again);
    ck_assert_ok(pz_elo_learn(model, learner + 4000, skill + 4000, item + 4000, score + 4000, 2000, 0, NULL, NULL, p, 2000));
    ck_assert_ok(pz_elo_learn(back, learner + 4000, skill + 4000, item + 4000, score + 4000, 2000, 0, NULL, NULL, q, 2000));
    ck_assert(!memcmp(p, q, sizeof p));
    pz_free(json);
    pz_free(again);
    pz_elo_free(back);
    ck_assert_ok(pz_elo_write(model, 0, &json));
    ck_assert_ptr_null(strstr(json, "learners"));
    ck_assert_ok(pz_elo_read(json, PZ_NUL_TERMINATED, &back));
    ck_assert_ok(pz_elo_estimate_of(back, learner[0], skill[0], item[0], &e));
    ck_assert(e.answers == 0 && e.item != 0);
    pz_free(json);
    pz_elo_free(back);
    pz_elo_free(model);
}
END_TEST

START_TEST(tuning_betters_bad_settings)
{
    pz_elo_options bad = PZ_ELO_OPTIONS_INIT, tuned = PZ_ELO_OPTIONS_INIT;
    double *p = malloc(ROWS * sizeof *p);
    pz_accuracy before = PZ_ACCURACY_INIT, after = PZ_ACCURACY_INIT;
    pz_elo_model *model;
    simulate(6);
    bad.item_variance = 0.01, bad.skill_variance = 20, bad.learner_drift = 0.2;
    ck_assert_ok(pz_elo_tune(&bad, learner, skill, item, score, 6000, 3, NULL, NULL, &tuned));
    for (int turn = 0; turn < 2; turn++) {
        ck_assert_ok(pz_elo_new(turn ? &tuned : &bad, &model));
        ck_assert_ok(pz_elo_learn(model, learner, skill, item, score, ROWS, 0, NULL, NULL, p, ROWS));
        ck_assert_ok(pz_accuracy_of(p, score, ROWS, NULL, NULL, turn ? &after : &before));
        pz_elo_free(model);
    }
    ck_assert(after.log_loss < before.log_loss);
    free(p);
}
END_TEST

static pz_status stop_at_once(double done, void *user_data)
{
    (void)done, (void)user_data;
    return PZ_E_CANCELLED;
}

START_TEST(faults)
{
    pz_elo_options o = PZ_ELO_OPTIONS_INIT, out = PZ_ELO_OPTIONS_INIT;
    pz_elo_estimate e = PZ_ELO_ESTIMATE_INIT;
    pz_elo_model *model;
    double p[3];
    char *json;
    static const char *const bad[] = {
        "[]",
        "{\"model\":\"bkt\"}",
        "{\"model\":\"elo\",\"version\":3}",
        "{\"model\":\"elo\",\"version\":1}",
        "{\"model\":\"elo\",\"version\":1,\"learner_variance\":1,\"learner_skill_variance\":1,\"item_variance\":1,\"skill_variance\":1,"
        "\"weight_variance\":1,"
        "\"learner_drift\":0,\"learner_skill_drift\":0,\"recent\":1,\"weights\":[[1,1]]}",
        "{\"model\":\"elo\",\"version\":1,\"learner_variance\":1,\"learner_skill_variance\":1,\"item_variance\":1,\"skill_variance\":1,"
        "\"weight_variance\":1,"
        "\"learner_drift\":0,\"learner_skill_drift\":0,\"recent\":1,\"weights\":[[1,1],[1,1],[1,1],[1,1],[1,1],[1,1],[1,1]],"
        "\"items\":[[\"1\",0,1],[\"1\",0,1]],\"skills\":[]}",
        "{\"model\":\"elo\",\"version\":1,\"learner_variance\":1,\"learner_skill_variance\":1,\"item_variance\":1,\"skill_variance\":1,"
        "\"weight_variance\":1,"
        "\"learner_drift\":0,\"learner_skill_drift\":0,\"recent\":1,\"weights\":[[1,1],[1,1],[1,1],[1,1],[1,1],[1,1],[1,1]],"
        "\"items\":[],\"skills\":[[\"1\",0,-1]]}",
    };
    simulate(7);
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        ck_assert_status(pz_elo_read(bad[i], PZ_NUL_TERMINATED, &model), PZ_E_INVALID);
        ck_assert_ptr_null(model);
    }
    ck_assert_status(pz_elo_read("{", 1, &model), PZ_E_FORMAT);
    o.recent = 0;
    ck_assert_status(pz_elo_new(&o, &model), PZ_E_INVALID);
    ck_assert_str_eq(pz_last_error()->field, "recent");
    ck_assert_status(pz_elo_tune(&o, learner, skill, item, score, 100, 2, NULL, NULL, &out), PZ_E_INVALID);
    o.struct_size = 0;
    ck_assert_status(pz_elo_new(&o, &model), PZ_E_STRUCT_SIZE);
    o = (pz_elo_options)PZ_ELO_OPTIONS_INIT;
    ck_assert_status(pz_elo_new(&o, NULL), PZ_E_INVALID);
    ck_assert_status(pz_elo_tune(&o, learner, skill, item, score, 100, 0, NULL, NULL, &out), PZ_E_INVALID);
    ck_assert_status(pz_elo_tune(&o, learner, skill, item, score, 2, 1, NULL, NULL, &out), PZ_E_NOT_ENOUGH);
    ck_assert_status(pz_elo_tune(&o, learner, skill, item, score, 100, 1, stop_at_once, NULL, &out), PZ_E_CANCELLED);
    model = new_model();
    ck_assert_status(pz_elo_learn(model, learner, skill, item, score, 3, 0, NULL, NULL, p, 2), PZ_E_INVALID);
    ck_assert_status(pz_elo_learn(model, learner, skill, item, score, 3, 0, NULL, NULL, NULL, 3), PZ_E_INVALID);
    ck_assert_status(pz_elo_learn(model, NULL, skill, item, score, 3, 0, NULL, NULL, NULL, 0), PZ_E_INVALID);
    ck_assert_status(pz_elo_learn(NULL, learner, skill, item, score, 3, 0, NULL, NULL, NULL, 0), PZ_E_CLOSED);
    ck_assert_status(pz_elo_estimate_of(NULL, 1, 1, 1, &e), PZ_E_CLOSED);
    ck_assert_status(pz_elo_estimate_of(model, 1, 1, 1, NULL), PZ_E_INVALID);
    ck_assert_status(pz_elo_write(NULL, 1, &json), PZ_E_CLOSED);
    ck_assert_status(pz_elo_write(model, 1, NULL), PZ_E_INVALID);
    score[2] = 2;
    ck_assert_status(pz_elo_learn(model, learner, skill, item, score, 3, 0, NULL, NULL, p, 3), PZ_E_INVALID);
    ck_assert_ptr_nonnull(strstr(pz_last_error()->message, "row 2"));
    ck_assert_ok(pz_elo_estimate_of(model, learner[0], skill[0], item[0], &e));
    ck_assert_int_eq(e.answers, 0);
    pz_elo_free(model);
    pz_elo_free(NULL);
}
END_TEST

static pz_status go_on(double done, void *user_data)
{
    (void)done, (void)user_data;
    return PZ_OK;
}

static pz_status whole_life(void *unused)
{
    pz_elo_options o = PZ_ELO_OPTIONS_INIT, tuned = PZ_ELO_OPTIONS_INIT;
    pz_elo_model *model = NULL, *back = NULL;
    char *json = NULL;
    pz_status status = pz_elo_tune(&o, learner, skill, NULL, score, 40, 1, NULL, NULL, &tuned);
    (void)unused;
    if (status == PZ_OK) status = pz_elo_new(&tuned, &model);
    if (status == PZ_OK) status = pz_elo_learn(model, learner, skill, item, score, 40, 0, go_on, NULL, NULL, 0);
    if (status == PZ_OK) status = pz_elo_write(model, 1, &json);
    if (status == PZ_OK) status = pz_elo_read(json, PZ_NUL_TERMINATED, &back);
    pz_free(json);
    pz_elo_free(model);
    pz_elo_free(back);
    return status;
}

START_TEST(memory_that_fails_is_said)
{
    simulate(8);
    ck_assert_int_ge(suite_each_allocation(whole_life, NULL), 50);
}
END_TEST

/* The same bits from every compiler and machine, with scores in part too. */
START_TEST(answers_teach_the_same_everywhere)
{
    static double p[ROWS];
    pz_elo_model *model = new_model();
    uint64_t hash = 1;
    simulate(1);
    for (int row = 0; row < ROWS; row += 11) score[row] = 0.25 + 0.5 * score[row];
    ck_assert_ok(pz_elo_learn(model, learner, skill, item, score, 5000, 0, NULL, NULL, p, 5000));
    ck_assert_ok(pz_elo_learn(model, learner, skill, NULL, score, 5000, 0, NULL, NULL, p + 5000, 5000));
    for (int row = 0; row < 10000; row++) {
        uint64_t bits;
        memcpy(&bits, &p[row], sizeof bits);
        hash = (hash ^ bits) * UINT64_C(0x100000001B3);
    }
    ck_assert_msg(hash == UINT64_C(0x48E5F58337FB3649), "the digest is 0x%016llX", (unsigned long long)hash);
    pz_elo_free(model);
}
END_TEST

/* After ten thousand right answers under the widest settings a wrong one, and its like: numbers stay numbers. */
START_TEST(surprises_stay_finite)
{
    enum { MANY = 10000 };
    static const double parts[] = {1, 0.5, 0};
    static const int64_t one[MANY];
    static double right[MANY], p[MANY];
    for (int which = 0; which < 3; which++) {
        pz_elo_options o = {sizeof o, 1000, 1000, 1000, 1000, 1000, 10, 10, 1};
        pz_elo_estimate e = PZ_ELO_ESTIMATE_INIT;
        pz_elo_model *model;
        double opposite = which == 2 ? 1 : 0;
        ck_assert_ok(pz_elo_new(&o, &model));
        for (int i = 0; i < MANY; i++) right[i] = parts[which];
        ck_assert_ok(pz_elo_learn(model, one, one, one, right, MANY, 0, NULL, NULL, p, MANY));
        for (int i = 0; i < MANY; i++) ck_assert(p[i] >= 0 && p[i] <= 1);
        for (int i = 0; i < 3; i++) {
            ck_assert_ok(pz_elo_learn(model, one, one, one, &opposite, 1, 0, NULL, NULL, p, 1));
            ck_assert_ok(pz_elo_estimate_of(model, 0, 0, 0, &e));
            ck_assert(isfinite(e.log_odds) && isfinite(e.standard_error) && e.standard_error > 0 && e.probability >= 0 && e.probability <= 1);
        }
        pz_elo_free(model);
    }
}
END_TEST

static Suite *elo_suite(void)
{
    Suite *suite = suite_create("elo");
    TCase *core = tcase_create("elo");
    tcase_set_timeout(core, 60);
    tcase_add_test(core, one_answer_by_hand);
    tcase_add_test(core, truth_is_found_and_terms_add_up);
    tcase_add_test(core, intervals_hold_for_learners_as_the_settings_have_them);
    tcase_add_test(core, a_stop_in_the_middle_changes_nothing);
    tcase_add_test(core, in_parts_or_at_once_gives_the_same_bits);
    tcase_add_test(core, frozen_moves_the_learner_alone);
    tcase_add_test(core, json_keeps_every_bit);
    tcase_add_test(core, tuning_betters_bad_settings);
    tcase_add_test(core, faults);
    tcase_add_test(core, answers_teach_the_same_everywhere);
    tcase_add_test(core, surprises_stay_finite);
    tcase_add_test(core, memory_that_fails_is_said);
    suite_add_tcase(suite, core);
    return suite;
}

SUITE_MAIN(elo_suite)
