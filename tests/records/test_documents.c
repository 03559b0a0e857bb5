/* Documents fit their schemas, full and empty, for those who see all and those who see their own; and a document with a fault does not. */
#include "personalize/goal.h"
#include "personalize/profile.h"
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

/* An answer with an option that points to a misconception, entries in every section, a goal with a supporter, groups that were accepted. */
static void fill(void)
{
    school *s = &at.school;
    pz_misconception misconception = PZ_MISCONCEPTION_INIT;
    pz_item item = PZ_ITEM_INIT;
    pz_item_option wrong = PZ_ITEM_OPTION_INIT;
    const pz_item_option *options[] = {&wrong};
    pz_assessment test = PZ_ASSESSMENT_INIT;
    pz_evidence given = PZ_EVIDENCE_INIT, *kept;
    const double score = 0;
    const int32_t option = 1;
    pz_id id, assessment;
    test.kind = PZ_ASSESSMENT_STANDARDIZED;
    test.title = "State test";
    ck_assert_ok(pz_assessment_save(s->importer, &test, NULL, NULL, NULL, &assessment));
    misconception.code = "borrow";
    misconception.statement = "Borrowing is never needed";
    ck_assert_ok(pz_misconception_save(s->importer, &misconception, NULL, &wrong.misconception));
    item.code = "Q1";
    ck_assert_ok(pz_item_save(s->importer, &item, NULL, NULL, NULL, &id));
    wrong.option = 1;
    wrong.label = "B";
    ck_assert_ok(pz_item_options_set(s->importer, id, options, 1, NULL));
    given.rows = 1;
    given.learner = &s->ana;
    given.competency = &at.subtract;
    given.score = &score;
    given.item = &id;
    given.option = &option;
    given.assessment = &assessment;
    ck_assert_ok(pz_evidence_add(s->importer, &given, NULL, NULL));
    lesson_answers(&at, s->ana, at.subtract, SCHOOL_NOW + 1, "0010");
    lesson_answers(&at, s->ben, at.add, SCHOOL_NOW, "0000");
    ck_assert_ok(pz_evidence_read(at.runner, NULL, &kept));
    ck_assert_ok(pz_evidence_correct(s->importer, kept->learner[1], kept->competency[1], kept->sequence[1], PZ_REAL_NONE, "x", 1, NULL));
    ck_assert_ok(pz_evidence_correct(s->importer, kept->learner[2], kept->competency[2], kept->sequence[2], 0.5, "x", 1, NULL));
    pz_free(kept);
    for (int32_t section = PZ_PROFILE_INTEREST; section <= PZ_PROFILE_TEST_SCORE; section++) {
        pz_profile_entry entry = PZ_PROFILE_ENTRY_INIT;
        entry.learner = s->ana;
        entry.section = section;
        entry.content = "Words";
        ck_assert_ok(pz_profile_entry_add(s->importer, &entry, NULL, &id));
    }
}

static void set_goal(void)
{
    school *s = &at.school;
    pz_actor *ana = school_actor(s, s->ana, PZ_ROLE_LEARNER);
    pz_goal goal = PZ_GOAL_INIT;
    pz_id id;
    goal.learner = s->ana;
    goal.statement = "Add up";
    goal.measure = PZ_MEASURE_ESTIMATE;
    goal.competency = at.add;
    goal.target = 0.75;
    goal.due_on = SCHOOL_TODAY;
    ck_assert_ok(pz_goal_propose(ana, &goal, NULL, &id));
    ck_assert_ok(pz_goal_ask(ana, id, s->tea, PZ_ROLE_TEACHER, NULL));
    pz_actor_free(ana);
}

static pz_id accept_groups(int32_t strategy)
{
    school *s = &at.school;
    pz_actor *tea = school_actor(s, s->tea, PZ_ROLE_TEACHER);
    pz_grouping_request request = PZ_GROUPING_REQUEST_INIT;
    pz_grouping_rule rules[2] = {PZ_GROUPING_RULE_INIT, PZ_GROUPING_RULE_INIT};
    const pz_grouping_rule *pointers[] = {&rules[0], &rules[1]};
    pz_recommendation *record;
    pz_group_move move = PZ_GROUP_MOVE_INIT;
    const pz_group_move *moves[] = {&move};
    int64_t version;
    char *json;
    pz_id id;
    request.class_id = s->a;
    request.strategy = strategy;
    request.size_min = 1;
    request.size_max = 2;
    rules[0].kind = PZ_RULE_APART, rules[0].learner = s->ana, rules[0].other = s->ben;
    rules[1].kind = PZ_RULE_LOCKED, rules[1].learner = s->cid, rules[1].group_no = 1;
    ck_assert_ok(pz_grouping_preview(tea, &request, pointers, 2, NULL, &json));
    ck_assert_schema("recommendation", json);
    pz_free(json);
    ck_assert_ok(pz_grouping_recommend(tea, &request, pointers, 2, NULL, NULL, NULL, &id));
    ck_assert_ok(pz_recommendation_get(tea, id, &record));
    version = record->version;
    move.learner = s->cid;
    move.group_no = record->groups + 1;
    pz_free(record);
    ck_assert_ok(pz_recommendation_change(tea, id, version, moves, 1, NULL, &version));
    ck_assert_ok(pz_recommendation_accept(tea, id, version, "Fine", PZ_NUL_TERMINATED, NULL));
    pz_actor_free(tea);
    return id;
}

START_TEST(profiles_fit)
{
    char *json;
    ck_assert_ok(pz_profile_get(at.runner, at.school.ana, NULL, &json));
    ck_assert_schema("profile", json);
    pz_free(json);
    fill();
    set_goal();
    accept_groups(PZ_STRATEGY_NEED);
    ck_assert_ok(pz_profile_get(at.runner, at.school.ana, "es", &json));
    ck_assert_schema("profile", json);
    ck_assert_ptr_nonnull(strstr(json, "Borrowing"));
    pz_free(json);
}
END_TEST

START_TEST(explanations_fit)
{
    static const char *const rules[] = {"{}", "{\"model\": \"mean\"}", "{\"model\": \"n_of_m\"}", "{\"model\": \"decaying_average\"}"};
    char *json;
    ck_assert_ok(pz_learner_mastery_explain(at.runner, at.school.ana, at.subtract, NULL, &json));
    ck_assert_schema("mastery-explanation", json);
    pz_free(json);
    fill();
    for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++) {
        pz_id rule;
        ck_assert_ok(pz_mastery_rule_set(at.runner, 0, 0, rules[i], PZ_NUL_TERMINATED, NULL, &rule));
        ck_assert_ok(pz_learner_mastery_explain(at.runner, at.school.ana, at.subtract, "es", &json));
        ck_assert_schema("mastery-explanation", json);
        pz_free(json);
    }
}
END_TEST

START_TEST(recommendations_fit)
{
    pz_actor *ana = school_actor(&at.school, at.school.ana, PZ_ROLE_LEARNER),
             *tea = school_actor(&at.school, at.school.tea, PZ_ROLE_TEACHER);
    char *json;
    fill();
    for (int32_t strategy = PZ_STRATEGY_NEED; strategy <= PZ_STRATEGY_RANDOM; strategy++) {
        pz_id id = accept_groups(strategy);
        ck_assert_ok(pz_recommendation_document(tea, id, NULL, &json));
        ck_assert_schema("recommendation", json);
        pz_free(json);
        ck_assert_ok(pz_recommendation_document(ana, id, "es", &json));
        ck_assert_schema("recommendation", json);
        pz_free(json);
    }
    pz_actor_free(ana);
    pz_actor_free(tea);
}
END_TEST

/* The check itself: one thing wrong at a time. */
START_TEST(a_document_with_a_fault_does_not_fit)
{
    static const char *const changes[][2] = {
        {"\"document\":\"profile\"", "\"document\":\"other\""},
        {"\"classes\":[", "\"klasses\":["},
        {"\"family_name\":\"Test\"", "\"family_name\":7"},
        {"\"decision\":\"", "\"decision\":\"x"},
        {"\"evidence_count\":", "\"counted\":"},
        {"\"last_at\":\"2", "\"last_at\":\"x2"},
        {"\"visibility\":\"school\"", "\"visibility\":null"},
    };
    char *json;
    fill();
    ck_assert_ok(pz_profile_get(at.runner, at.school.ana, NULL, &json));
    for (size_t i = 0; i < sizeof changes / sizeof changes[0]; i++) {
        char *place = strstr(json, changes[i][0]), *wrong = malloc(strlen(json) + 64), fault[512];
        ck_assert_msg(place != NULL, "%s is not there", changes[i][0]);
        sprintf(wrong, "%.*s%s%s", (int)(place - json), json, changes[i][1], place + strlen(changes[i][0]));
        schema_check_document("profile", wrong, fault);
        ck_assert_msg(fault[0] != '\0', "%s was let pass", changes[i][1]);
        free(wrong);
    }
    pz_free(json);
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("documents");
    TCase *with = tcase_create("in a school");
    tcase_add_checked_fixture(with, setup, teardown);
    tcase_add_test(with, profiles_fit);
    tcase_add_test(with, explanations_fit);
    tcase_add_test(with, recommendations_fit);
    tcase_add_test(with, a_document_with_a_fault_does_not_fit);
    suite_add_tcase(suite, with);
    return suite;
}

SUITE_MAIN(make_suite)
