/* Made-up learners: shares that come out as stated, prerequisites, misconceptions, forgetting; and models judged by the truth. */
#include "personalize/mastery.h"
#include "personalize/simulate.h"
#include "support/suite.h"

#define ck_assert_near(got, wanted, within)                                                                                                \
    do {                                                                                                                                   \
        double near_got_ = (got), near_wanted_ = (wanted);                                                                                 \
        ck_assert_msg(fabs(near_got_ - near_wanted_) <= (within), "%s is %.16g, wanted %.16g", #got, near_got_, near_wanted_);             \
    } while (0)

enum { LEARNERS = 10000 };

static int32_t learner[LEARNERS], competency[LEARNERS], item[LEARNERS], option[LEARNERS], known[LEARNERS * 2], believed[LEARNERS * 2];
static double score[LEARNERS], effect[LEARNERS], chance[LEARNERS];

static pz_simulation_options school(void)
{
    pz_simulation_options o = PZ_SIMULATION_OPTIONS_INIT;
    o.learners = LEARNERS, o.competencies = 2, o.difficulty_sd = 0, o.pace_sd = 0, o.seed = suite_seed();
    return o;
}

static pz_simulation *make(pz_simulation_options o)
{
    static const int32_t before[] = {0}, after[] = {1};
    pz_simulation *s;
    ck_assert_ok(pz_simulation_new(&o, before, after, 1, &s));
    return s;
}

static double share(const int32_t *values, int which)
{
    double sum = 0;
    for (int i = 0; i < LEARNERS; i++) sum += values[2 * i + which];
    return sum / LEARNERS;
}

START_TEST(shares_come_out_as_stated)
{
    pz_simulation *s = make(school());
    double right[2] = {0}, count[2] = {0}, pointed = 0, wrong = 0;
    int32_t key, misconception;
    ck_assert_ok(pz_simulation_known(s, known, LEARNERS * 2));
    ck_assert_ok(pz_simulation_believed(s, believed, LEARNERS * 2));
    ck_assert_near(share(known, 0), 0.3, 0.02);
    ck_assert_near(share(known, 1), 0.09, 0.02); /* only where the first is known */
    ck_assert_near(share(believed, 0), 0.7 * 0.4, 0.02);
    for (int i = 0; i < LEARNERS; i++) learner[i] = i, item[i] = i % 20;
    ck_assert_ok(pz_simulation_ask(s, learner, item, LEARNERS, score, LEARNERS, option, LEARNERS));
    ck_assert_ok(pz_simulation_chance(s, learner, item, LEARNERS, chance, LEARNERS));
    for (int i = 0; i < LEARNERS; i++) {
        ck_assert_ok(pz_simulation_key(s, item[i], &key, &misconception));
        ck_assert(option[i] >= 1 && option[i] <= 4 && (score[i] == 1) == (option[i] == key) && key != misconception);
        ck_assert_near(chance[i], known[2 * i] ? 0.9 : 0.2, 1e-12);
        right[known[2 * i]] += score[i], count[known[2 * i]]++;
        if (believed[2 * i] && score[i] == 0) wrong++, pointed += option[i] == misconception;
    }
    ck_assert_near(right[0] / count[0], 0.2, 0.02);
    ck_assert_near(right[1] / count[1], 0.9, 0.02);
    ck_assert_near(pointed / wrong, 0.8, 0.03);
    pz_simulation_free(s);
}
END_TEST

START_TEST(teaching_and_forgetting_work_as_stated)
{
    pz_simulation_options o = school();
    o.prior = 0, o.forget_per_day = 0.01;
    pz_simulation *s = make(o);
    for (int i = 0; i < LEARNERS; i++) learner[i] = i, competency[i] = 1, effect[i] = 0.5;
    ck_assert_ok(pz_simulation_teach(s, learner, competency, effect, LEARNERS));
    ck_assert_ok(pz_simulation_known(s, known, LEARNERS * 2));
    ck_assert_near(share(known, 1), 0.5 * 0.3, 0.02); /* nobody is ready */
    for (int i = 0; i < LEARNERS; i++) competency[i] = 0;
    ck_assert_ok(pz_simulation_teach(s, learner, competency, effect, LEARNERS));
    ck_assert_ok(pz_simulation_known(s, known, LEARNERS * 2));
    ck_assert_near(share(known, 0), 0.5, 0.02);
    ck_assert_ok(pz_simulation_rest(s, 30));
    ck_assert_ok(pz_simulation_known(s, known, LEARNERS * 2));
    ck_assert_near(share(known, 0), 0.5 * pow(0.99, 30), 0.02);
    pz_simulation_free(s);
}
END_TEST

/* What happens to others changes nothing for a learner. */
START_TEST(learners_have_their_own_chance)
{
    pz_simulation *a = make(school()), *b = make(school());
    double mine, other;
    int32_t taken, same, me = 7, question = 3;
    for (int i = 0; i < 100; i++) learner[i] = 50 + i, competency[i] = 0, effect[i] = 0.3;
    ck_assert_ok(pz_simulation_teach(a, learner, competency, effect, 100));
    ck_assert_ok(pz_simulation_ask(a, &me, &question, 1, &mine, 1, &taken, 1));
    ck_assert_ok(pz_simulation_ask(b, &me, &question, 1, &other, 1, &same, 1));
    ck_assert(mine == other && taken == same);
    pz_simulation_free(a);
    pz_simulation_free(b);
}
END_TEST

/* Knowledge tracing with the true parameters: of those whom it calls mastered, no more are not than it says; the same for not yet. */
START_TEST(decisions_keep_their_word)
{
    enum { ASKED = 8 };
    pz_simulation_options o = school();
    pz_mastery_settings settings = PZ_MASTERY_SETTINGS_INIT;
    static pz_mastery_state state[LEARNERS];
    int mastered = 0, wrongly = 0, not_yet = 0, wrongly_not_yet = 0;
    pz_simulation *s = make(o);
    settings.prior = o.prior, settings.guess = o.guess, settings.slip = o.slip, settings.learn = 0;
    for (int i = 0; i < LEARNERS; i++) {
        state[i] = (pz_mastery_state)PZ_MASTERY_STATE_INIT;
        ck_assert_ok(pz_mastery_state_start(&settings, &state[i]));
        learner[i] = i;
    }
    for (int turn = 0; turn < ASKED; turn++) {
        for (int i = 0; i < LEARNERS; i++) item[i] = turn;
        ck_assert_ok(pz_simulation_ask(s, learner, item, LEARNERS, score, LEARNERS, option, LEARNERS));
        for (int i = 0; i < LEARNERS; i++) ck_assert_ok(pz_mastery_state_update(&settings, &score[i], NULL, 1, &state[i]));
    }
    ck_assert_ok(pz_simulation_known(s, known, LEARNERS * 2));
    for (int i = 0; i < LEARNERS; i++) {
        pz_mastery_estimate e = PZ_MASTERY_ESTIMATE_INIT;
        ck_assert_ok(pz_mastery_state_estimate(&settings, &state[i], &e));
        mastered += e.decision == PZ_MASTERY_MASTERED, wrongly += e.decision == PZ_MASTERY_MASTERED && !known[2 * i];
        not_yet += e.decision == PZ_MASTERY_NOT_YET, wrongly_not_yet += e.decision == PZ_MASTERY_NOT_YET && known[2 * i];
    }
    printf("wrongly mastered %.4f, wrongly not yet %.4f\n", wrongly / (double)mastered, wrongly_not_yet / (double)not_yet);
    ck_assert(mastered > 1000 && wrongly <= (1 - settings.confidence + 0.01) * mastered);
    ck_assert(not_yet > 1000 && wrongly_not_yet <= (1 - settings.confidence_not_yet + 0.01) * not_yet);
    pz_simulation_free(s);
}
END_TEST

START_TEST(faults)
{
    static const int32_t before[] = {1}, after[] = {0};
    pz_simulation_options o = PZ_SIMULATION_OPTIONS_INIT;
    pz_simulation *s;
    int32_t a, b;
#define REFUSED(member, value)                                                                                                             \
    do {                                                                                                                                   \
        pz_simulation_options bad = PZ_SIMULATION_OPTIONS_INIT;                                                                            \
        bad.member = value;                                                                                                                \
        ck_assert_status(pz_simulation_new(&bad, NULL, NULL, 0, &s), PZ_E_INVALID);                                                        \
        ck_assert_str_eq(pz_last_error()->field, #member);                                                                                 \
    } while (0)
    REFUSED(learners, 0);
    REFUSED(competencies, 10001);
    REFUSED(items, 0);
    REFUSED(options, 1);
    REFUSED(prior, 1.5);
    REFUSED(guess, 0);
    REFUSED(slip, 1);
    REFUSED(difficulty_sd, -1);
    REFUSED(pace_sd, NAN);
    REFUSED(unready, 2);
    REFUSED(misconception, -1);
    REFUSED(misconception_choice, 2);
    REFUSED(forget_per_day, 1);
    ck_assert_status(pz_simulation_new(&o, before, after, 1, &s), PZ_E_INVALID);
    ck_assert_status(pz_simulation_new(&o, NULL, after, 1, &s), PZ_E_INVALID);
    ck_assert_status(pz_simulation_new(&o, NULL, NULL, 0, NULL), PZ_E_INVALID);
    ck_assert_ok(pz_simulation_new(&o, NULL, NULL, 0, &s));
    learner[0] = 30, item[0] = competency[0] = 0, effect[0] = 0.5;
    ck_assert_status(pz_simulation_teach(s, learner, competency, effect, 1), PZ_E_INVALID);
    ck_assert_status(pz_simulation_ask(s, learner, item, 1, score, 1, option, 1), PZ_E_INVALID);
    ck_assert_status(pz_simulation_chance(s, learner, item, 1, chance, 1), PZ_E_INVALID);
    learner[0] = 0, item[0] = 200, effect[0] = 1;
    ck_assert_status(pz_simulation_teach(s, learner, competency, effect, 1), PZ_E_INVALID);
    ck_assert_status(pz_simulation_ask(s, learner, item, 1, score, 1, option, 1), PZ_E_INVALID);
    item[0] = 0;
    ck_assert_status(pz_simulation_ask(s, learner, item, 1, score, 2, option, 1), PZ_E_INVALID);
    ck_assert_status(pz_simulation_ask(s, learner, item, 1, score, 1, option, 0), PZ_E_INVALID);
    ck_assert_status(pz_simulation_chance(s, learner, item, 1, chance, 0), PZ_E_INVALID);
    ck_assert_status(pz_simulation_rest(s, -1), PZ_E_INVALID);
    ck_assert_status(pz_simulation_known(s, known, 3), PZ_E_INVALID);
    ck_assert_status(pz_simulation_believed(s, known, 3), PZ_E_INVALID);
    ck_assert_status(pz_simulation_key(s, -1, &a, &b), PZ_E_INVALID);
    ck_assert_status(pz_simulation_teach(NULL, learner, competency, effect, 1), PZ_E_CLOSED);
    ck_assert_status(pz_simulation_rest(NULL, 1), PZ_E_CLOSED);
    ck_assert_status(pz_simulation_ask(NULL, learner, item, 1, score, 1, option, 1), PZ_E_CLOSED);
    ck_assert_status(pz_simulation_known(NULL, known, 300), PZ_E_CLOSED);
    ck_assert_status(pz_simulation_believed(NULL, known, 300), PZ_E_CLOSED);
    ck_assert_status(pz_simulation_chance(NULL, learner, item, 1, chance, 1), PZ_E_CLOSED);
    ck_assert_status(pz_simulation_key(NULL, 0, &a, &b), PZ_E_CLOSED);
    pz_simulation_free(s);
    pz_simulation_free(NULL);
    o.struct_size = 0;
    ck_assert_status(pz_simulation_new(&o, NULL, NULL, 0, &s), PZ_E_STRUCT_SIZE);
}
END_TEST

static pz_status make_one(void *unused)
{
    static const int32_t before[] = {0}, after[] = {1};
    pz_simulation_options o = PZ_SIMULATION_OPTIONS_INIT;
    pz_simulation *s;
    pz_status status = pz_simulation_new(&o, before, after, 1, &s);
    (void)unused;
    pz_simulation_free(s);
    return status;
}

START_TEST(memory_that_fails_is_said)
{
    ck_assert_int_eq(suite_each_allocation(make_one, NULL), 8);
}
END_TEST

static Suite *simulate_suite(void)
{
    Suite *suite = suite_create("simulate");
    TCase *core = tcase_create("simulate");
    tcase_set_timeout(core, 60);
    tcase_add_test(core, shares_come_out_as_stated);
    tcase_add_test(core, teaching_and_forgetting_work_as_stated);
    tcase_add_test(core, learners_have_their_own_chance);
    tcase_add_test(core, decisions_keep_their_word);
    tcase_add_test(core, faults);
    tcase_add_test(core, memory_that_fails_is_said);
    suite_add_tcase(suite, core);
    return suite;
}

SUITE_MAIN(simulate_suite)
