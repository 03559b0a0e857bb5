/* Counter-proposals of learners to estimates, groups and next steps. */
#include "personalize/recommend.h"
#include "records/voice_room.h"

/* --------------------------------------------------------------------------------------------- counter-proposals --- */

static pz_id accepted_groups(pz_actor *tea)
{
    pz_grouping_request request = PZ_GROUPING_REQUEST_INIT;
    pz_recommendation *made;
    pz_id id;
    request.class_id = at.school.a;
    request.strategy = PZ_STRATEGY_RANDOM;
    request.size_min = 1;
    request.size_max = 2;
    ck_assert_ok(pz_grouping_recommend(tea, &request, NULL, 0, NULL, NULL, NULL, &id));
    ck_assert_ok(pz_recommendation_get(tea, id, &made));
    ck_assert_ok(pz_recommendation_accept(tea, id, made->version, NULL, 0, NULL));
    pz_free(made);
    return id;
}

static pz_id closed_cycle(void)
{
    pz_cycle record = PZ_CYCLE_INIT;
    pz_id id;
    record.class_id = at.school.a;
    record.framework = at.framework;
    record.title = "Autumn";
    record.closes_on = SCHOOL_TODAY;
    ck_assert_ok(pz_cycle_open(at.runner, &record, NULL, &id));
    ck_assert_ok(pz_cycle_collect(at.runner, id, NULL));
    ck_assert_ok(pz_cycle_close(at.runner, id, NULL, NULL, NULL));
    return id;
}

START_TEST(a_learner_counters_an_estimate)
{
    pz_actor *ana = actor_of(WHO_LEARNER), *tea = actor_of(WHO_TEACHER), *gus = actor_of(WHO_GUARDIAN);
    pz_counter counter = PZ_COUNTER_INIT, *found;
    pz_voice_answer **answers;
    size_t count;
    pz_id id, again;
    counter.subject = PZ_COUNTER_ESTIMATE;
    counter.competency = at.add;
    counter.estimate = 0.9;
    counter.reason = "I was ill on that day";
    ck_assert_status(pz_counter_propose(ana, &counter, NULL, &id), PZ_E_NOT_FOUND); /* no estimate yet */
    lesson_answers(&at, at.school.ana, at.add, SCHOOL_NOW - SCHOOL_DAY, "0100");
    ck_assert_ok(pz_counter_propose(ana, &counter, "counter", &id));
    ck_assert_ok(pz_counter_propose(ana, &counter, "counter", &again));
    ck_assert_int_eq(id, again);
    counter.estimate = 0.8;
    ck_assert_status(pz_counter_propose(ana, &counter, "counter", &again), PZ_E_KEY_REUSED);
    ck_assert_ok(pz_counter_get(tea, id, &found));
    ck_assert_int_eq(found->entry, id);
    ck_assert_int_eq(found->learner, at.school.ana);
    ck_assert_int_eq(found->subject, PZ_COUNTER_ESTIMATE);
    ck_assert_double_eq(found->was_estimate, lesson_mastery(at.runner, at.school.ana, at.add).estimate);
    ck_assert_double_eq(found->estimate, 0.9);
    ck_assert_str_eq(found->reason, counter.reason);
    pz_free(found);
    ck_assert_int_eq(entry_now(WHO_LEARNER, id).kind, PZ_VOICE_COUNTER);
    ck_assert_int_eq(owes(WHO_COUNSELOR, id, SCHOOL_TODAY + 5), 1);
    ck_assert_ok(pz_voice_act(tea, id, "Another test on Friday", PZ_NUL_TERMINATED, PZ_KIND_COMPETENCY, at.add, NULL));
    ck_assert_ok(pz_voice_answer_list(ana, id, &answers, &count));
    ck_assert_int_eq(answers[0]->done, at.add);
    pz_free(answers);
    pz_voice_entry revised = make_entry();
    int64_t version;
    revised.id = id;
    revised.version = school_last_change(&at.school);
    ck_assert_status(pz_voice_revise(ana, &revised, NULL, &version), PZ_E_STATE);
    ck_assert_status(pz_counter_propose(gus, &counter, NULL, &id), PZ_E_DENIED);
    ck_assert_status(pz_counter_propose(tea, &counter, NULL, &id), PZ_E_DENIED);
    ck_assert_status(pz_counter_propose(NULL, &counter, NULL, &id), PZ_E_CLOSED);
    ck_assert_status(pz_counter_propose(ana, NULL, NULL, &id), PZ_E_INVALID);
    ck_assert_status(pz_counter_get(ana, 999999, &found), PZ_E_NOT_FOUND);
    ck_assert_ptr_null(found);
    revised = make_entry();
    ck_assert_status(pz_counter_get(ana, say(WHO_LEARNER, &revised), &found), PZ_E_NOT_FOUND);
    ck_assert_status(pz_counter_get(ana, 1, NULL), PZ_E_INVALID);
    pz_actor_free(gus);
    pz_actor_free(tea);
    pz_actor_free(ana);
}
END_TEST

START_TEST(a_learner_counters_a_group_and_a_next_step)
{
    pz_actor *ana = actor_of(WHO_LEARNER), *tea = actor_of(WHO_TEACHER);
    pz_counter counter = PZ_COUNTER_INIT, *found;
    pz_cycle_query query = PZ_CYCLE_QUERY_INIT;
    pz_cycle_result **results;
    pz_group_member **members;
    int32_t own_group = 0;
    size_t count;
    pz_id id, step = 0;
    counter.subject = PZ_COUNTER_GROUP;
    counter.recommendation = accepted_groups(tea);
    counter.reason = "With my friends I work better";
    ck_assert_ok(pz_group_member_list(ana, counter.recommendation, NULL, &members, &count));
    for (size_t i = 0; i < count; i++)
        if (members[i]->learner == at.school.ana) own_group = members[i]->group_no;
    pz_free(members);
    ck_assert_int_gt(own_group, 0);
    counter.group = own_group;
    ck_assert_status(pz_counter_propose(ana, &counter, NULL, &id), PZ_E_INVALID);
    counter.group = 99;
    ck_assert_status(pz_counter_propose(ana, &counter, NULL, &id), PZ_E_NOT_FOUND);
    counter.group = own_group == 1 ? 2 : 1;
    ck_assert_ok(pz_counter_propose(ana, &counter, NULL, &id));
    ck_assert_ok(pz_counter_get(ana, id, &found));
    ck_assert_int_eq(found->was_group, own_group);
    ck_assert_int_eq(found->group, counter.group);
    ck_assert(isnan(found->was_estimate));
    pz_free(found);
    counter.group = 0; /* whichever */
    ck_assert_ok(pz_counter_propose(ana, &counter, NULL, &id));
    counter.recommendation = 999999;
    ck_assert_status(pz_counter_propose(ana, &counter, NULL, &id), PZ_E_NOT_FOUND);

    lesson_answers(&at, at.school.ana, at.add, SCHOOL_NOW - SCHOOL_DAY, "000000");
    query.cycle = closed_cycle();
    query.learner = at.school.ana;
    ck_assert_ok(pz_cycle_result_list(at.runner, &query, &results, &count));
    for (size_t i = 0; i < count; i++)
        if (results[i]->step == 1) step = results[i]->competency;
    pz_free(results);
    ck_assert_int_gt(step, 0);
    counter = (pz_counter)PZ_COUNTER_INIT;
    counter.subject = PZ_COUNTER_NEXT_STEP;
    counter.cycle = query.cycle;
    counter.competency = step;
    counter.instead = step;
    counter.reason = "I want to go on";
    ck_assert_status(pz_counter_propose(ana, &counter, NULL, &id), PZ_E_INVALID);
    counter.instead = 999999;
    ck_assert_status(pz_counter_propose(ana, &counter, NULL, &id), PZ_E_NOT_FOUND);
    counter.instead = at.divide;
    ck_assert_ok(pz_counter_propose(ana, &counter, NULL, &id));
    ck_assert_ok(pz_counter_get(ana, id, &found));
    ck_assert_int_eq(found->cycle, query.cycle);
    ck_assert_int_eq(found->instead, at.divide);
    pz_free(found);
    counter.cycle = 999999;
    ck_assert_status(pz_counter_propose(ana, &counter, NULL, &id), PZ_E_NOT_FOUND);
    pz_actor_free(tea);
    pz_actor_free(ana);
}
END_TEST

START_TEST(refuses_what_is_no_counter_proposal)
{
    pz_actor *ana = actor_of(WHO_LEARNER);
    pz_counter good = PZ_COUNTER_INIT, counter;
    pz_id id;
    lesson_answers(&at, at.school.ana, at.add, SCHOOL_NOW - SCHOOL_DAY, "0100");
    good.subject = PZ_COUNTER_ESTIMATE;
    good.competency = at.add;
    good.reason = "x";
#define COUNTER(member, value, wanted)                                                                                                     \
    do {                                                                                                                                   \
        counter = good;                                                                                                                    \
        counter.member = value;                                                                                                            \
        ck_assert_status(pz_counter_propose(ana, &counter, NULL, &id), wanted);                                                            \
    } while (0)
    COUNTER(reason, NULL, PZ_E_INVALID);
    COUNTER(reason, "\xff", PZ_E_TEXT);
    COUNTER(subject, 0, PZ_E_INVALID);
    COUNTER(subject, 4, PZ_E_INVALID);
    COUNTER(subject, PZ_COUNTER_GROUP, PZ_E_INVALID);
    COUNTER(subject, PZ_COUNTER_NEXT_STEP, PZ_E_INVALID);
    COUNTER(recommendation, 5, PZ_E_INVALID);
    COUNTER(cycle, 5, PZ_E_INVALID);
    COUNTER(competency, 0, PZ_E_INVALID);
    COUNTER(competency, 999999, PZ_E_NOT_FOUND);
    COUNTER(group, 1, PZ_E_INVALID);
    COUNTER(group, -1, PZ_E_INVALID);
    COUNTER(instead, at.divide, PZ_E_INVALID);
    COUNTER(estimate, 1.5, PZ_E_INVALID);
    COUNTER(estimate, -0.1, PZ_E_INVALID);
    COUNTER(struct_size, 1, PZ_E_STRUCT_SIZE);
    COUNTER(estimate, PZ_REAL_NONE, PZ_OK);
    pz_actor_free(ana);
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("counter");
    TCase *with = tcase_create("in a school");
    tcase_add_checked_fixture(with, setup, teardown);
    tcase_set_timeout(with, 60);
    tcase_add_test(with, a_learner_counters_an_estimate);
    tcase_add_test(with, a_learner_counters_a_group_and_a_next_step);
    tcase_add_test(with, refuses_what_is_no_counter_proposal);
    suite_add_tcase(suite, with);
    return suite;
}

SUITE_MAIN(make_suite)
