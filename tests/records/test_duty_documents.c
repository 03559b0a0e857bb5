/* Exports, receipts and verifications fit their schemas, with something in every part of them; and a document with a fault does not. */
#include "personalize/checkin.h"
#include "personalize/goal.h"
#include "personalize/profile.h"
#include "personalize/questionnaire.h"
#include "personalize/recommend.h"
#include "records/lesson.h"
#include "support/schema_check.h"

static lesson at;

static void setup(void)
{
    lesson_start(&at);
}
static void teardown(void)
{
    lesson_end(&at);
}

static void fill_goal(pz_actor *ana, pz_actor *tea)
{
    pz_goal goal = PZ_GOAL_INIT;
    pz_goal_evidence shown = PZ_GOAL_EVIDENCE_INIT;
    const pz_goal_evidence *all[] = {&shown};
    pz_id id, request;
    goal.learner = at.school.ana;
    goal.statement = "Add up";
    goal.due_on = SCHOOL_TODAY + 10;
    ck_assert_ok(pz_goal_propose(ana, &goal, NULL, &id));
    ck_assert_ok(pz_goal_ask(ana, id, at.school.tea, PZ_ROLE_TEACHER, NULL));
    ck_assert_ok(pz_goal_support(tea, id, "Gladly", PZ_NUL_TERMINATED, NULL));
    shown.description = "Showed it";
    ck_assert_ok(pz_goal_achieve(ana, id, all, 1, "I can", PZ_NUL_TERMINATED, NULL, &request));
    ck_assert_ok(pz_goal_answer(tea, request, 1, "So you can", PZ_NUL_TERMINATED, NULL));
}

static void fill_voice(pz_actor *ana, pz_actor *tea)
{
    pz_voice_entry entry = PZ_VOICE_ENTRY_INIT;
    pz_voice_media film = PZ_VOICE_MEDIA_INIT;
    const pz_voice_media *media[] = {&film};
    pz_counter counter = PZ_COUNTER_INIT;
    pz_actor *ben = school_actor(&at.school, at.school.ben, PZ_ROLE_LEARNER);
    pz_id id;
    entry.learner = at.school.ana;
    entry.kind = PZ_VOICE_NEED;
    entry.avenue = PZ_AVENUE_LINK;
    entry.topic = "lunch";
    entry.to_role = PZ_ROLE_TEACHER;
    entry.to_person = at.school.tea;
    entry.shared_with = at.school.a;
    entry.about_kind = PZ_KIND_COMPETENCY;
    entry.about = at.add;
    film.reference = "https://example.org/film";
    film.alternative = "A film";
    ck_assert_ok(pz_voice_say(ana, &entry, media, 1, NULL, &id));
    ck_assert_ok(pz_voice_cosign(ben, id, NULL));
    ck_assert_ok(pz_voice_act(tea, id, "Done", PZ_NUL_TERMINATED, PZ_KIND_COMPETENCY, at.add, NULL));
    counter.subject = PZ_COUNTER_ESTIMATE;
    counter.competency = at.add;
    counter.estimate = 0.5;
    counter.reason = "Ill";
    ck_assert_ok(pz_counter_propose(ana, &counter, NULL, &id));
    pz_actor_free(ben);
}

static void fill_checkin(pz_actor *ana, pz_actor *tea)
{
    pz_checkin checkin = PZ_CHECKIN_INIT, *found;
    pz_checkin_touch touch = PZ_CHECKIN_TOUCH_INIT;
    const pz_checkin_touch *touched[] = {&touch};
    pz_answer answer = PZ_ANSWER_INIT;
    const pz_answer *answers[] = {&answer};
    pz_id id, next;
    checkin.learner = at.school.ana;
    checkin.due_on = SCHOOL_TODAY;
    touch.record_kind = PZ_KIND_COMPETENCY;
    touch.record = at.add;
    ck_assert_ok(pz_checkin_plan(tea, &checkin, NULL, 0, NULL, &id));
    ck_assert_ok(pz_checkin_sign(ana, id, NULL));
    ck_assert_ok(pz_checkin_get(tea, id, &found));
    ck_assert_ok(pz_checkin_hold(tea, id, found->version, "Agreed", PZ_NUL_TERMINATED, touched, 1, SCHOOL_TODAY + 30, NULL, &next));
    pz_free(found);
    answer.question = "keeping_up";
    answer.number = 4;
    ck_assert_ok(pz_questionnaire_answer(ana, 0, 0, answers, 1, NULL, &id));
    answer.question = "need";
    answer.number = PZ_REAL_NONE;
    answer.text = "Time";
    ck_assert_ok(pz_questionnaire_answer(ana, 0, 0, answers, 1, NULL, &id));
}

static void fill(void)
{
    school *s = &at.school;
    pz_actor *ana = school_actor(s, s->ana, PZ_ROLE_LEARNER), *tea = school_actor(s, s->tea, PZ_ROLE_TEACHER);
    pz_profile_entry entry = PZ_PROFILE_ENTRY_INIT;
    pz_cycle cycle = PZ_CYCLE_INIT;
    pz_grouping_request request = PZ_GROUPING_REQUEST_INIT;
    pz_person_query query = PZ_PERSON_QUERY_INIT;
    pz_person **people;
    pz_evidence *kept;
    size_t count;
    pz_id id;
    school_role(s, s->ana, s->north, PZ_ROLE_LEARNER);
    entry.learner = s->ana;
    entry.section = PZ_PROFILE_TEST_SCORE;
    entry.content = "Words";
    entry.value = 512.5;
    entry.begins_on = SCHOOL_TODAY;
    ck_assert_ok(pz_profile_entry_add(ana, &entry, NULL, &id));
    ck_assert_ok(pz_profile_entry_withdraw(ana, id, "Not mine", PZ_NUL_TERMINATED, NULL));
    lesson_answers(&at, s->ana, at.add, SCHOOL_NOW - SCHOOL_DAY, "1011");
    ck_assert_ok(pz_evidence_read(at.runner, NULL, &kept));
    ck_assert_ok(pz_evidence_correct(s->importer, s->ana, at.add, kept->sequence[0], 0.5, "misread", PZ_NUL_TERMINATED, NULL));
    ck_assert_ok(pz_evidence_correct(s->importer, s->ana, at.add, kept->sequence[1], PZ_REAL_NONE, "not hers", PZ_NUL_TERMINATED, NULL));
    pz_free(kept);
    cycle.title = "Autumn";
    cycle.class_id = s->a;
    cycle.opens_on = cycle.closes_on = SCHOOL_TODAY;
    ck_assert_ok(pz_cycle_open(tea, &cycle, NULL, &id));
    ck_assert_ok(pz_cycle_collect(tea, id, NULL));
    ck_assert_ok(pz_cycle_close(tea, id, NULL, NULL, NULL));
    request.class_id = s->a;
    request.strategy = PZ_STRATEGY_RANDOM;
    request.size_min = 1;
    ck_assert_ok(pz_grouping_recommend(tea, &request, NULL, 0, NULL, NULL, NULL, &id));
    query.class_id = s->a;
    ck_assert_ok(pz_person_list(tea, &query, &people, &count));
    pz_free(people);
    fill_goal(ana, tea);
    fill_voice(ana, tea);
    fill_checkin(ana, tea);
    pz_actor_free(tea);
    pz_actor_free(ana);
}

static size_t rows_of(const char *json, const char *table)
{
    pz__json *document;
    ck_assert_ok(pz__json_parse(json, PZ_NUL_TERMINATED, NULL, &document));
    size_t count = pz__json_size(pz__json_member(pz__json_root(document), table));
    pz__json_free(document);
    return count;
}

START_TEST(exports_fit)
{
    static const char *const filled[] = {"external_id",         "goal_supporter",    "goal_evidence", "goal",           "profile_entry",
                                         "cycle_result",        "mastery",           "evidence_fix",  "evidence",       "enrollment",
                                         "recommended_member",  "guardianship",      "person_role",   "person",         "change_made",
                                         "class_views",         "change_concerning", "voice_entry",   "voice_media",    "voice_answer",
                                         "voice_cosigner",      "voice_counter",     "checkin",       "checkin_person", "checkin_touch",
                                         "questionnaire_answer"};
    char *json;
    ck_assert_ok(pz_person_export(at.runner, at.school.dan, &json));
    ck_assert_schema("export", json);
    pz_free(json);
    fill();
    ck_assert_ok(pz_person_export(at.runner, at.school.ana, &json));
    ck_assert_schema("export", json);
    for (size_t i = 0; i < sizeof filled / sizeof filled[0]; i++) ck_assert_msg(rows_of(json, filled[i]) > 0, "%s is empty", filled[i]);
    pz_free(json);
    ck_assert_ok(pz_person_export(at.runner, at.school.tea, &json)); /* who wrote about others */
    ck_assert_schema("export", json);
    ck_assert_uint_gt(rows_of(json, "recommendation_written"), 0);
    ck_assert_uint_gt(rows_of(json, "voice_entry_written"), 0);
    ck_assert_uint_gt(rows_of(json, "voice_answer_written"), 0);
    ck_assert_uint_gt(rows_of(json, "checkin_written"), 0);
    ck_assert_uint_eq(rows_of(json, "class_views"), 0);
    pz_free(json);
}
END_TEST

/* What a class has of them in a state, for a list; until the next such call. */
static pz_recommendation_query *recommendations_of(pz_id class_id, int32_t state)
{
    static pz_recommendation_query query;
    query = (pz_recommendation_query)PZ_RECOMMENDATION_QUERY_INIT;
    query.class_id = class_id;
    query.state = state;
    return &query;
}

START_TEST(guardians_find_places_in_exports_once_they_are_accepted)
{
    pz_actor *gus = school_actor(&at.school, at.school.gus, PZ_ROLE_GUARDIAN),
             *tea = school_actor(&at.school, at.school.tea, PZ_ROLE_TEACHER);
    pz_recommendation **made;
    size_t count;
    char *json;
    fill();
    ck_assert_ok(pz_person_export(gus, at.school.ana, &json));
    ck_assert_uint_eq(rows_of(json, "recommended_member"), 0);
    pz_free(json);
    ck_assert_ok(pz_recommendation_list(tea, recommendations_of(at.school.a, 0), &made, &count));
    ck_assert_ok(pz_recommendation_accept(tea, made[0]->id, made[0]->version, NULL, 0, NULL));
    pz_free(made);
    ck_assert_ok(pz_person_export(gus, at.school.ana, &json));
    ck_assert_uint_eq(rows_of(json, "recommended_member"), 1);
    pz_free(json);
    pz_actor_free(tea);
    pz_actor_free(gus);
}
END_TEST

START_TEST(receipts_fit)
{
    pz_actor *service = school_service(&at.school, PZ_SCOPE_ERASE | PZ_SCOPE_VERIFY);
    char *json, *verified;
    fill();
    ck_assert_ok(pz_person_erase(service, at.school.ana, "key", &json));
    ck_assert_schema("erasure", json);
    ck_assert_ok(pz_store_verify(service, NULL, NULL, &verified)); /* the chain still holds, and its head is in the receipt */
    ck_assert_schema("verify", verified);
    const char *head = strstr(verified, "\"head\":\"");
    ck_assert_ptr_nonnull(head);
    char digest[65];
    snprintf(digest, sizeof digest, "%.64s", head + 8);
    ck_assert_msg(strstr(json, digest) != NULL, "the receipt does not name the digest %s", digest);
    pz_free(verified);
    pz_free(json);
    ck_assert_ok(pz_person_erase(service, at.school.ana, "key", &json));
    ck_assert_schema("erasure", json);
    pz_free(json);
    pz_actor_free(service);
}
END_TEST

START_TEST(verifications_fit)
{
    pz_actor *service = school_service(&at.school, PZ_SCOPE_VERIFY);
    char *json;
    fill();
    ck_assert_ok(pz_store_verify(service, NULL, NULL, &json));
    ck_assert_schema("verify", json);
    pz_free(json);
    pz_actor_free(service);
}
END_TEST

START_TEST(a_document_with_a_fault_does_not_fit)
{
    static const char *const changes[][2] = {
        {"\"document\":\"export\"", "\"document\":\"other\""},
        {"\"exported_person\":\"", "\"exported_person\":\"x"},
        {"\"class_views\":", "\"views\":"},
        {"\"statement\":\"Add up\"", "\"statement\":null"},
        {"\"until_change\":null", "\"until_change\":9"},
        {"\"made_at\":\"2", "\"made_at\":\"x"},
    };
    char *json;
    fill();
    ck_assert_ok(pz_person_export(at.runner, at.school.ana, &json));
    for (size_t i = 0; i < sizeof changes / sizeof changes[0]; i++) {
        char *place = strstr(json, changes[i][0]), *wrong = malloc(strlen(json) + 64), fault[512];
        ck_assert_msg(place != NULL, "%s is not there", changes[i][0]);
        sprintf(wrong, "%.*s%s%s", (int)(place - json), json, changes[i][1], place + strlen(changes[i][0]));
        schema_check_document("export", wrong, fault);
        ck_assert_msg(fault[0] != '\0', "%s was let pass", changes[i][1]);
        free(wrong);
    }
    pz_free(json);
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("duty_documents");
    TCase *with = tcase_create("in a school");
    tcase_add_checked_fixture(with, setup, teardown);
    tcase_add_test(with, exports_fit);
    tcase_add_test(with, guardians_find_places_in_exports_once_they_are_accepted);
    tcase_add_test(with, receipts_fit);
    tcase_add_test(with, verifications_fit);
    tcase_add_test(with, a_document_with_a_fault_does_not_fit);
    suite_add_tcase(suite, with);
    return suite;
}

SUITE_MAIN(make_suite)
