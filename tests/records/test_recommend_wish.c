/* What profiles say counts when groups are recommended, by name: nine learners with three interests sit by interest; what is brought, and free time in
 * common; reasons name the entries to those who see them; changes by hand, erasure, errors and short memory. */
#include "base/json_read.h"
#include "personalize/profile.h"
#include "personalize/recommend.h"
#include "records/lesson.h"
#include "support/schema_check.h"

enum { LEARNERS = 9 };

static lesson at;
static pz_id class_id;
static pz_id learners[LEARNERS]; /* of the class, by id */
static pz_id entries[LEARNERS];
static pz_actor *teacher;

static pz_id tell(int learner, int32_t section, const char *code, const char *times, int32_t visibility)
{
    pz_profile_entry entry = PZ_PROFILE_ENTRY_INIT;
    pz_id id;
    entry.learner = learners[learner];
    entry.section = section;
    entry.code = code;
    entry.times = times;
    entry.visibility = visibility;
    ck_assert_ok(pz_profile_entry_add(teacher, &entry, NULL, &id));
    return id;
}

static void setup(void)
{
    static const char *const interests[] = {"Robots", "Trains", "Comics"};
    school *s = &at.school;
    lesson_start(&at);
    class_id = school_class(s, s->north, "groups");
    school_enroll(s, class_id, s->tea, PZ_ROLE_TEACHER);
    teacher = school_actor(s, s->tea, PZ_ROLE_TEACHER);
    for (int i = 0; i < LEARNERS; i++) {
        char name[32];
        snprintf(name, sizeof name, "learner %02d", i);
        learners[i] = school_person(s, name);
        school_enroll(s, class_id, learners[i], PZ_ROLE_LEARNER);
    }
    for (int i = 0; i < LEARNERS; i++)
        entries[i] = tell(i, PZ_PROFILE_INTEREST, interests[i % 3], NULL, i % 3 == 1 ? PZ_VISIBLE_TEACHERS : PZ_VISIBLE_SCHOOL);
}

static void teardown(void)
{
    pz_actor_free(teacher);
    lesson_end(&at);
}

static pz_status try_it(pz_actor *actor, int32_t strategy, const char *criteria, pz_id *out_id)
{
    pz_grouping_request request = PZ_GROUPING_REQUEST_INIT;
    request.class_id = class_id;
    request.strategy = strategy;
    request.size_min = request.size_max = 3;
    request.criteria = criteria;
    return pz_grouping_recommend(actor, &request, NULL, 0, NULL, NULL, NULL, out_id);
}

static pz_id recommend(const char *criteria)
{
    pz_id id;
    int32_t same;
    ck_assert_ok(try_it(teacher, PZ_STRATEGY_RANDOM, criteria, &id));
    ck_assert_ok(pz_recommendation_replay(teacher, id, &same));
    ck_assert_int_eq(same, 1);
    return id;
}

static void groups_of(pz_id id, int32_t out[LEARNERS])
{
    pz_group_member **rows;
    size_t count;
    ck_assert_ok(pz_group_member_list(teacher, id, NULL, &rows, &count));
    for (size_t i = 0; i < count; i++)
        for (int k = 0; k < LEARNERS; k++)
            if (learners[k] == rows[i]->learner) out[k] = rows[i]->group_no;
    pz_free(rows);
}

/* The rationale of a learner's place, as an actor reads it. */
static void assert_place(pz_actor *actor, pz_id id, int learner, const char *language, const char *words)
{
    pz_group_member **rows;
    size_t count, found = 0;
    ck_assert_ok(pz_group_member_list(actor, id, language, &rows, &count));
    for (size_t i = 0; i < count; i++) {
        if (rows[i]->learner != learners[learner]) continue;
        found++;
        ck_assert_msg(strstr(rows[i]->rationale, words) != NULL, "\"%s\" is not in \"%s\"", words, rows[i]->rationale);
    }
    ck_assert_uint_eq(found, 1);
    pz_free(rows);
}

static void assert_group(pz_actor *actor, pz_id id, int32_t group_no, const char *language, const char *words)
{
    pz_group **rows;
    size_t count;
    ck_assert_ok(pz_group_list(actor, id, language, &rows, &count));
    for (size_t i = 0; i < count; i++)
        if (rows[i]->group_no == group_no) ck_assert_msg(strstr(rows[i]->rationale, words) != NULL, "%s", rows[i]->rationale);
    pz_free(rows);
}

static int64_t version_of(pz_id id)
{
    pz_recommendation *record;
    ck_assert_ok(pz_recommendation_get(teacher, id, &record));
    int64_t version = record->version;
    pz_free(record);
    return version;
}

static char *document_of(pz_actor *actor, pz_id id)
{
    char *json;
    ck_assert_ok(pz_recommendation_document(actor, id, NULL, &json));
    ck_assert_schema("recommendation", json);
    return json;
}

static void assert_text(const char *text, const char *part, int is_there)
{
    ck_assert_msg((strstr(text, part) != NULL) == is_there, "%s is %s in %s", part, is_there ? "not" : "wrongly", text);
}

START_TEST(learners_sit_by_what_they_share)
{
    pz_id id = recommend("interests");
    int32_t groups[LEARNERS];
    char quoted[40];
    groups_of(id, groups);
    for (int i = 3; i < LEARNERS; i++) ck_assert_int_eq(groups[i], groups[i - 3]);
    assert_place(teacher, id, 0, "en", "Interests: robots, like 2 of 2 others in this group.");
    assert_place(teacher, id, 4, "es", "Intereses: trains, como 2 de otros 2 de este grupo.");
    assert_group(teacher, id, groups[0], "en", "Interests: 3 of 3 in this group share robots.");
    assert_group(teacher, id, groups[0], "es", "Intereses: 3 de 3 en este grupo comparten robots.");
    char *json = document_of(teacher, id);
    for (int i = 0; i < LEARNERS; i++) {
        snprintf(quoted, sizeof quoted, "\"entry\":\"%lld\"", (long long)entries[i]);
        assert_text(json, quoted, 1);
    }
    assert_text(json, "\"criteria\":\"interests\"", 1);
    assert_text(json, "\"name\":\"profile.interests\"", 1);
    pz_free(json);
}
END_TEST

START_TEST(names_are_told_to_those_who_see_an_entry)
{
    school *s = &at.school;
    pz_id id = recommend("interests");
    pz_actor *leader = school_actor(s, s->lea, PZ_ROLE_LEADER), *own = school_actor(s, learners[1], PZ_ROLE_LEARNER);
    char *json = document_of(leader, id);
    assert_text(json, "robots", 1);
    assert_text(json, "trains", 0); /* for teachers */
    assert_place(leader, id, 1, "en", "Interests: what profiles say, like 2 of 2");
    pz_free(json);
    ck_assert_ok(pz_recommendation_accept(teacher, id, version_of(id), NULL, 0, NULL));
    assert_place(own, id, 1, "en", "Interests: counted here was trains.");
    json = document_of(own, id);
    assert_text(json, "2 of 2", 0);
    assert_text(json, "Interests: profiles were looked at to form this group.", 1);
    pz_free(json);
    ck_assert_ok(pz_profile_entry_withdraw(teacher, entries[0], "moved on", PZ_NUL_TERMINATED, NULL));
    assert_place(teacher, id, 0, "en", "robots"); /* that it counted then does not change */
    pz_actor_free(leader), pz_actor_free(own);
}
END_TEST

/* Three can lead; each group gets one. Five of one interest cannot all be together. */
START_TEST(what_is_brought_is_spread_over_groups)
{
    int32_t groups[LEARNERS];
    for (int i = 0; i < 3; i++) tell(i, PZ_PROFILE_STRENGTH, "leads", NULL, PZ_VISIBLE_SCHOOL);
    for (int i = 3; i < LEARNERS; i++) tell(i, PZ_PROFILE_STRENGTH, "draws", NULL, PZ_VISIBLE_SCHOOL);
    pz_id id = recommend("strengths complementary 2");
    groups_of(id, groups);
    ck_assert(groups[0] != groups[1] && groups[1] != groups[2] && groups[0] != groups[2]);
    assert_place(teacher, id, 0, "en", "Strengths: brings leads to this group.");
    assert_place(teacher, id, 5, "es", "Fortalezas: aporta draws a este grupo.");
    assert_group(teacher, id, 1, "en", "Strengths: 2 different things come together in this group of 3.");
    id = recommend("interests mixed, strengths balanced 0.5");
    groups_of(id, groups);
    for (int i = 3; i < LEARNERS; i++) ck_assert_int_ne(groups[i], groups[i - 3]);
}
END_TEST

START_TEST(times_in_common_and_what_is_unknown)
{
    int32_t groups[LEARNERS];
    static const char *const times[] = {"mon 15:00-16:30", "tue 08:00-09:30"};
    for (int i = 0; i < 6; i++) tell(i, PZ_PROFILE_LEARN_WHEN, NULL, times[i / 3], PZ_VISIBLE_SCHOOL);
    pz_id id = recommend("times");
    groups_of(id, groups);
    for (int i = 1; i < 3; i++) ck_assert(groups[i] == groups[0] && groups[i + 3] == groups[3]);
    assert_place(teacher, id, 1, "en", "Free times: mon 15:00, mon 15:30, mon 16:00, like 2 of 2");
    assert_place(teacher, id, 8, "en", "Free times: the profile says nothing of this yet.");
    assert_place(teacher, id, 8, "es", "Horas libres: el perfil aún no dice nada de esto.");
    id = recommend("times mixed 3, interests 0.001");
    assert_place(teacher, id, 1, "en", "Interests:");
    assert_place(teacher, id, 1, "en", "Free times: brings mon 15:00");
}
END_TEST

START_TEST(weights_count_against_the_strategy)
{
    pz_id id;
    int32_t groups[LEARNERS];
    ck_assert_status(try_it(teacher, PZ_STRATEGY_NEED, "interests", &id), PZ_E_NOT_ENOUGH); /* no evidence */
    for (int i = 0; i < LEARNERS; i++) {
        tell(i, PZ_PROFILE_LEARN_HOW, i < 3 ? "alone" : i < 6 ? "aloud" : "by hand", NULL, PZ_VISIBLE_SCHOOL);
        tell(i, PZ_PROFILE_NEED, i % 2 ? "quiet" : "light", NULL, PZ_VISIBLE_SCHOOL);
    }
    groups_of(recommend("interests 0.01, preferences alike 100, needs 0.01"), groups);
    for (int i = 0; i < LEARNERS; i++) ck_assert_int_eq(groups[i], groups[i / 3 * 3]);
    groups_of(recommend(" interests  100 ,preferences 0.01"), groups);
    for (int i = 3; i < LEARNERS; i++) ck_assert_int_eq(groups[i], groups[i - 3]);
}
END_TEST

START_TEST(groups_made_by_hand_have_their_reasons)
{
    pz_group_move one = PZ_GROUP_MOVE_INIT;
    const pz_group_move *moves[] = {&one};
    pz_id id = recommend("interests");
    int32_t groups[LEARNERS];
    int64_t version;
    groups_of(id, groups);
    ck_assert_ok(pz_profile_entry_withdraw(teacher, entries[3], "moved on", PZ_NUL_TERMINATED, NULL));
    one.learner = learners[0];
    one.group_no = groups[1];
    ck_assert_ok(pz_recommendation_change(teacher, id, version_of(id), moves, 1, NULL, &version));
    assert_place(teacher, id, 0, "en", "Interests: nothing in common with the others here, as far as profiles say.");
    assert_place(teacher, id, 1, "en", "Interests: trains, like 2 of 3 others in this group.");
    assert_place(teacher, id, 3, "en", "Interests: robots, like 1 of 1 others"); /* as it was then */
    assert_group(teacher, id, groups[1], "en", "Interests: 3 of 4 in this group share trains.");
    pz_free(document_of(teacher, id));
}
END_TEST

START_TEST(who_is_erased_is_gone_from_reasons)
{
    school *s = &at.school;
    pz_id id = recommend("interests");
    char entry[40];
    snprintf(entry, sizeof entry, "\"entry\":\"%lld\"", (long long)entries[0]);
    char *json = document_of(teacher, id);
    assert_text(json, entry, 1);
    pz_free(json);
    pz_actor *leader = school_actor(s, s->lea, PZ_ROLE_LEADER);
    ck_assert_ok(pz_person_erase(leader, learners[0], NULL, &json));
    pz_free(json);
    pz_actor_free(leader);
    json = document_of(teacher, id);
    assert_text(json, entry, 0);
    pz_free(json);
}
END_TEST

START_TEST(refuses_what_it_does_not_know)
{
    static const char *const bad[] = {"likes",
                                      "interests, ",
                                      ",",
                                      "interests,interests 2",
                                      "interests near",
                                      "interests 0",
                                      "interests -1",
                                      "interests 1001",
                                      "times balanced",
                                      "times complementary",
                                      "interests 1 2",
                                      "Interests",
                                      "interests alike mixed",
                                      "interests alike 1 more",
                                      "interests nan",
                                      "x\x01"};
    pz_id id;
    char many[2000];
    for (size_t i = 0; i + 1 < sizeof bad / sizeof bad[0]; i++) {
        ck_assert_status(try_it(teacher, PZ_STRATEGY_RANDOM, bad[i], &id), PZ_E_INVALID);
        ck_assert_str_eq(pz_last_error()->field, "criteria");
    }
    ck_assert_status(try_it(teacher, PZ_STRATEGY_RANDOM, "x\x01", &id), PZ_E_TEXT);
    memset(many, 'x', sizeof many);
    many[sizeof many - 1] = '\0';
    ck_assert_status(try_it(teacher, PZ_STRATEGY_RANDOM, many, &id), PZ_E_TOO_LONG);
    ck_assert_status(try_it(teacher, PZ_STRATEGY_RANDOM, "times", &id), PZ_E_NOT_ENOUGH);
    ck_assert_str_eq(pz_last_error()->field, "criteria");
    ck_assert_ok(try_it(teacher, PZ_STRATEGY_RANDOM, "", &id));
    pz_actor *service = school_service(&at.school, PZ_SCOPE_RECOMMEND);
    ck_assert_status(try_it(service, PZ_STRATEGY_RANDOM, "interests", &id), PZ_E_DENIED);
    pz_actor_free(service);
    ck_assert_ok(try_it(at.runner, PZ_STRATEGY_RANDOM, "interests", &id));
}
END_TEST

START_TEST(what_is_hidden_from_who_asks_does_not_count)
{
    school *s = &at.school;
    pz_actor *leader = school_actor(s, s->lea, PZ_ROLE_LEADER);
    pz_id id;
    ck_assert_ok(try_it(leader, PZ_STRATEGY_RANDOM, "interests", &id));
    assert_place(teacher, id, 1, "en", "the profile says nothing of this yet");
    pz_actor_free(leader);
}
END_TEST

static pz_status preview_one(void *user_data)
{
    const lesson *l = user_data;
    pz_grouping_request request = PZ_GROUPING_REQUEST_INIT;
    pz_store_options options = l->school.options;
    pz_actor *actor = NULL;
    pz_store *store = NULL;
    char *json = NULL;
    options.read_only = 1;
    request.class_id = class_id;
    request.strategy = PZ_STRATEGY_RANDOM;
    request.size_min = request.size_max = 3;
    request.iterations = 3;
    request.criteria = "interests";
    pz_status status = pz_store_open(l->school.place.path, &options, &store);
    if (status == PZ_OK) status = pz_actor_open(store, l->school.tea, PZ_ROLE_TEACHER, "tests", &actor);
    if (status == PZ_OK) status = pz_grouping_preview(actor, &request, NULL, 0, NULL, &json);
    pz_free(json);
    pz_actor_free(actor);
    pz_store_free(store);
    return status;
}

START_TEST(survives_each_allocation_failing)
{
    setup();
    pz_actor_free(teacher);
    pz_actor_free(at.runner);
    school_close(&at.school);
    ck_assert_int_gt(suite_each_allocation(preview_one, &at), 50);
    place_end(&at.school.place);
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("recommend_wish");
    TCase *with = tcase_create("wishes"), *alone = tcase_create("memory");
    tcase_set_timeout(with, 60);
    tcase_set_timeout(alone, 120);
    tcase_add_checked_fixture(with, setup, teardown);
    tcase_add_test(with, learners_sit_by_what_they_share);
    tcase_add_test(with, names_are_told_to_those_who_see_an_entry);
    tcase_add_test(with, what_is_brought_is_spread_over_groups);
    tcase_add_test(with, times_in_common_and_what_is_unknown);
    tcase_add_test(with, weights_count_against_the_strategy);
    tcase_add_test(with, groups_made_by_hand_have_their_reasons);
    tcase_add_test(with, who_is_erased_is_gone_from_reasons);
    tcase_add_test(with, refuses_what_it_does_not_know);
    tcase_add_test(with, what_is_hidden_from_who_asks_does_not_count);
    tcase_add_test(alone, survives_each_allocation_failing);
    suite_add_tcase(suite, with);
    suite_add_tcase(suite, alone);
    return suite;
}

SUITE_MAIN(make_suite)
