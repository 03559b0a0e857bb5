/* The open learner model: beliefs side by side, challenges with their answers, who sees them, as of then. */
#include "personalize/openmodel.h"
#include "personalize/voice.h"
#include "records/lesson.h"

static lesson at;

static void setup(void)
{
    lesson_start(&at);
}

static void teardown(void)
{
    lesson_end(&at);
}

static void say(pz_id learner, double score, int32_t kind, pz_time when)
{
    pz_evidence evidence = PZ_EVIDENCE_INIT;
    evidence.rows = 1;
    evidence.learner = &learner;
    evidence.competency = &at.add;
    evidence.score = &score;
    evidence.kind = &kind;
    evidence.at = &when;
    ck_assert_ok(pz_evidence_add(at.school.importer, &evidence, NULL, NULL));
}

static pz_id challenge(pz_actor *learner, double estimate)
{
    pz_counter counter = PZ_COUNTER_INIT;
    pz_id entry;
    counter.subject = PZ_COUNTER_ESTIMATE;
    counter.competency = at.add;
    counter.estimate = estimate;
    counter.reason = "I was ill that day";
    ck_assert_ok(pz_counter_propose(learner, &counter, NULL, &entry));
    return entry;
}

START_TEST(shows_beliefs_side_by_side_and_keeps_both_after_an_answer)
{
    pz_actor *ana = school_actor(&at.school, at.school.ana, PZ_ROLE_LEARNER), *tea = school_actor(&at.school, at.school.tea, PZ_ROLE_TEACHER), *past;
    pz_belief **rows;
    pz_id entry;
    size_t count;
    lesson_answers(&at, at.school.ana, at.add, SCHOOL_NOW, "000");
    say(at.school.ana, 0.5, PZ_EVIDENCE_SELF, SCHOOL_NOW);
    say(at.school.ana, 0.9, PZ_EVIDENCE_SELF, SCHOOL_NOW + 1);
    say(at.school.ana, 0.25, PZ_EVIDENCE_PEER, SCHOOL_NOW);
    say(at.school.ana, 0.75, PZ_EVIDENCE_PEER, SCHOOL_NOW + 1);
    ck_assert_ok(pz_actor_as_of_change(at.runner, school_last_change(&at.school), &past));
    say(at.school.ana, 1, PZ_EVIDENCE_OBSERVATION, SCHOOL_NOW + 2 * SCHOOL_DAY);
    entry = challenge(ana, 0.8);
    ck_assert_ok(pz_belief_list(ana, at.school.ana, 0, &rows, &count));
    ck_assert_uint_eq(count, 5);
    for (size_t i = 0; i < count; i++) {
        ck_assert_int_eq(rows[i]->believer, (int)i + 1);
        ck_assert_int_eq(rows[i]->learner, at.school.ana);
        ck_assert_int_eq(rows[i]->competency, at.add);
    }
    ck_assert_int_eq(rows[0]->count, 4); /* what was seen counts, what learners think does not */
    ck_assert_int_eq(rows[0]->decision, lesson_mastery(at.runner, at.school.ana, at.add).decision);
    ck_assert_double_eq(rows[0]->estimate, lesson_mastery(at.runner, at.school.ana, at.add).estimate);
    ck_assert_double_eq(rows[1]->estimate, 0.9);
    ck_assert_int_eq(rows[1]->count, 2);
    ck_assert_double_eq(rows[2]->estimate, 1);
    ck_assert_double_eq(rows[3]->estimate, 0.5);
    ck_assert_double_eq(rows[4]->estimate, 0.8);
    ck_assert_double_eq(rows[4]->was_estimate, rows[0]->estimate);
    ck_assert_int_eq(rows[4]->entry, entry);
    ck_assert_int_eq(rows[4]->state, PZ_VOICE_OPEN);
    pz_free(rows);
    ck_assert_ok(pz_voice_decline(tea, entry, "Let us see with the next test", PZ_NUL_TERMINATED, NULL));
    ck_assert_ok(pz_belief_list(tea, at.school.ana, at.add, &rows, &count));
    ck_assert_uint_eq(count, 5);
    ck_assert_int_eq(rows[4]->state, PZ_VOICE_DECLINED);
    ck_assert_double_eq(rows[4]->estimate, 0.8);
    ck_assert_double_lt(rows[0]->estimate, 0.8);
    pz_free(rows);
    ck_assert_ok(pz_belief_list(past, at.school.ana, 0, &rows, &count));
    ck_assert_uint_eq(count, 3);
    ck_assert_int_eq(rows[0]->count, 3);
    pz_free(rows);
    ck_assert_ok(pz_belief_list(tea, at.school.ana, at.divide, &rows, &count));
    ck_assert_uint_eq(count, 0);
    pz_free(rows);
    pz_actor_free(past);
    pz_actor_free(ana);
    pz_actor_free(tea);
}
END_TEST

START_TEST(is_seen_within_reach_alone)
{
    pz_actor *ben = school_actor(&at.school, at.school.ben, PZ_ROLE_LEARNER), *tim = school_actor(&at.school, at.school.tim, PZ_ROLE_TEACHER);
    pz_actor *gus = school_actor(&at.school, at.school.gus, PZ_ROLE_GUARDIAN);
    pz_belief **rows;
    size_t count;
    say(at.school.ana, 0.5, PZ_EVIDENCE_SELF, SCHOOL_NOW);
    ck_assert_ok(pz_belief_list(gus, at.school.ana, 0, &rows, &count));
    ck_assert_uint_eq(count, 1);
    pz_free(rows);
    ck_assert_status(pz_belief_list(ben, at.school.ana, 0, &rows, &count), PZ_E_NOT_FOUND);
    ck_assert_status(pz_belief_list(tim, at.school.ana, 0, &rows, &count), PZ_E_NOT_FOUND);
    ck_assert_status(pz_belief_list(gus, at.school.ana, 999999, &rows, &count), PZ_E_NOT_FOUND);
    ck_assert_status(pz_belief_list(gus, at.school.ana, 0, NULL, &count), PZ_E_INVALID);
    ck_assert_status(pz_belief_list(at.school.importer, at.school.ana, 0, &rows, &count), PZ_E_DENIED);
    ck_assert_status(pz_belief_list(NULL, at.school.ana, 0, &rows, &count), PZ_E_CLOSED);
    pz_actor_free(ben);
    pz_actor_free(tim);
    pz_actor_free(gus);
}
END_TEST

static pz_status read_through(void *user_data)
{
    const school *kept = user_data;
    school copy = *kept;
    pz_actor *reader = NULL;
    pz_belief **rows = NULL;
    size_t count;
    pz_status status = school_open(&copy, 0);
    if (status == PZ_OK) status = pz_actor_open(copy.store, copy.ana, PZ_ROLE_LEARNER, "tests", &reader);
    if (status == PZ_OK) status = pz_belief_list(reader, copy.ana, 0, &rows, &count);
    pz_free(rows);
    pz_actor_free(reader);
    pz_store_free(copy.store);
    return status;
}

START_TEST(survives_each_allocation_failing)
{
    pz_actor *ana;
    lesson_start(&at);
    lesson_answers(&at, at.school.ana, at.add, SCHOOL_NOW, "10");
    say(at.school.ana, 0.5, PZ_EVIDENCE_SELF, SCHOOL_NOW);
    ana = school_actor(&at.school, at.school.ana, PZ_ROLE_LEARNER);
    challenge(ana, PZ_REAL_NONE);
    pz_actor_free(ana);
    pz_actor_free(at.runner);
    school_close(&at.school);
    ck_assert_int_gt(suite_each_allocation(read_through, &at.school), 5);
    place_end(&at.school.place);
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("open learner model");
    TCase *with = tcase_create("in a school");
    TCase *alone = tcase_create("memory");
    tcase_add_checked_fixture(with, setup, teardown);
    tcase_add_test(with, shows_beliefs_side_by_side_and_keeps_both_after_an_answer);
    tcase_add_test(with, is_seen_within_reach_alone);
    tcase_add_test(alone, survives_each_allocation_failing);
    tcase_set_timeout(alone, 60);
    suite_add_tcase(suite, with);
    suite_add_tcase(suite, alone);
    return suite;
}

SUITE_MAIN(make_suite)
