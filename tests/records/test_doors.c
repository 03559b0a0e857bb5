/* What every function of profile, evidence, cycle, goal and recommend shares: no actor is a closed handle, a view of the past and a store that is open for
 * reading take no writes, and results are nothing before anything else happens. */
#include "personalize/demonstration.h"
#include "personalize/profile.h"
#include "personalize/recommend.h"
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

/* ---------------------------------------------------------------------------------------------------- writing --- */

/* Calls every function that writes, with arguments that pass all checks that come before the store. */
static void each_write(pz_actor *actor, pz_status wanted)
{
    school *s = &at.school;
    pz_profile_entry entry = PZ_PROFILE_ENTRY_INIT;
    pz_assessment assessment = PZ_ASSESSMENT_INIT;
    pz_item item = PZ_ITEM_INIT;
    pz_item_option option = PZ_ITEM_OPTION_INIT;
    const pz_item_option *options[] = {&option};
    pz_misconception misconception = PZ_MISCONCEPTION_INIT;
    pz_bearing bearing = PZ_BEARING_INIT;
    const pz_bearing *bearings[] = {&bearing};
    pz_evidence evidence = PZ_EVIDENCE_INIT;
    const double score = 1;
    pz_cycle cycle = PZ_CYCLE_INIT;
    pz_goal goal = PZ_GOAL_INIT;
    pz_goal_group group = PZ_GOAL_GROUP_INIT;
    pz_goal_milestone milestone = PZ_GOAL_MILESTONE_INIT;
    pz_goal_measurement measurement = PZ_GOAL_MEASUREMENT_INIT;
    pz_demonstration shown_it = PZ_DEMONSTRATION_INIT;
    pz_demonstration_rating rating = PZ_DEMONSTRATION_RATING_INIT;
    const pz_demonstration_rating *ratings[] = {&rating};
    pz_goal_evidence shown = PZ_GOAL_EVIDENCE_INIT;
    const pz_goal_evidence *all_shown[] = {&shown};
    pz_grouping_request request = PZ_GROUPING_REQUEST_INIT;
    pz_group_move move = PZ_GROUP_MOVE_INIT;
    const pz_group_move *moves[] = {&move};
    pz_evidence_summary *summary = (void *)&evidence;
    int64_t version = 7;
    pz_id id = 7;
    entry.learner = goal.learner = s->ana;
    entry.section = PZ_PROFILE_INTEREST;
    entry.content = goal.statement = shown.description = "Words";
    assessment.class_id = cycle.class_id = request.class_id = s->a;
    assessment.title = cycle.title = "Title";
    item.code = misconception.code = misconception.statement = option.label = "Code";
    option.option = 1;
    bearing.competency = at.add;
    evidence.rows = 1;
    evidence.learner = &s->ana;
    evidence.competency = &at.add;
    evidence.score = &score;
    move.learner = s->ana;
#define WRITE(call)                                                                                                                        \
    do {                                                                                                                                   \
        id = version = 7;                                                                                                                  \
        ck_assert_status(call, wanted);                                                                                                    \
        ck_assert(id == 7 || id == 0);                                                                                                     \
        ck_assert(version == 7 || version == 0);                                                                                           \
    } while (0)
    WRITE(pz_profile_entry_add(actor, &entry, NULL, &id));
    ck_assert_int_eq(id, 0);
    WRITE(pz_profile_entry_revise(actor, &entry, NULL, &version));
    ck_assert_int_eq(version, 0);
    WRITE(pz_profile_entry_withdraw(actor, 1, NULL, 0, NULL));
    WRITE(pz_assessment_save(actor, &assessment, NULL, NULL, NULL, &id));
    WRITE(pz_item_save(actor, &item, NULL, NULL, NULL, &id));
    WRITE(pz_item_options_set(actor, 1, options, 1, NULL));
    WRITE(pz_misconception_save(actor, &misconception, NULL, &id));
    WRITE(pz_bearings_set(actor, PZ_KIND_ITEM, 1, bearings, 1, NULL));
    WRITE(pz_evidence_add(actor, &evidence, NULL, &summary));
    ck_assert_ptr_null(summary);
    WRITE(pz_evidence_correct(actor, s->ana, at.add, 1, 0, "x", 1, NULL));
    WRITE(pz_mastery_rule_set(actor, 0, 0, "{}", 2, NULL, &id));
    WRITE(pz_cycle_open(actor, &cycle, NULL, &id));
    WRITE(pz_cycle_add_assessment(actor, 1, 1, NULL));
    WRITE(pz_cycle_collect(actor, 1, NULL));
    WRITE(pz_cycle_close(actor, 1, NULL, NULL, NULL));
    WRITE(pz_cycle_hand_over(actor, 1, &cycle, NULL, &id));
    WRITE(pz_goal_propose(actor, &goal, NULL, &id));
    WRITE(pz_goal_agree(actor, 1, NULL));
    WRITE(pz_goal_ask(actor, 1, s->tea, PZ_ROLE_TEACHER, NULL));
    WRITE(pz_goal_support(actor, 1, NULL, 0, NULL));
    WRITE(pz_goal_decline(actor, 1, NULL, 0, NULL));
    WRITE(pz_goal_revise(actor, &goal, NULL, &version));
    WRITE(pz_goal_draft(actor, &goal, NULL, &id));
    WRITE(pz_goal_start(actor, 1, NULL, 0, NULL, &id));
    WRITE(pz_goal_pause(actor, 1, NULL, 0, NULL, &id));
    WRITE(pz_goal_resume(actor, 1, NULL, 0, NULL, &id));
    WRITE(pz_goal_abandon(actor, 1, NULL, 0, NULL, &id));
    WRITE(pz_goal_achieve(actor, 1, all_shown, 1, NULL, 0, NULL, &id));
    WRITE(pz_goal_answer(actor, 1, 1, NULL, 0, NULL));
    milestone.statement = shown_it.title = rating.criterion = "x";
    measurement.value = rating.level = 1;
    WRITE(pz_goal_milestone_add(actor, &milestone, NULL, &id));
    WRITE(pz_goal_milestone_agree(actor, 1, NULL));
    WRITE(pz_goal_milestone_revise(actor, &milestone, NULL));
    WRITE(pz_goal_milestone_reach(actor, 1, NULL, NULL));
    WRITE(pz_goal_milestone_drop(actor, 1, NULL));
    WRITE(pz_goal_measurement_add(actor, &measurement, NULL));
    WRITE(pz_goal_reflect(actor, 1, "x", 1, NULL));
    WRITE(pz_demonstration_add(actor, &shown_it, NULL, 0, NULL, &id));
    WRITE(pz_demonstration_rate(actor, 1, ratings, 1, NULL));
    WRITE(pz_goal_request_withdraw(actor, 1, NULL));
    group.statement = "x";
    WRITE(pz_goal_group_save(actor, &group, NULL, &id));
    WRITE(pz_goal_policy_set(actor, 0, NULL, 0, NULL));
    WRITE(pz_grouping_recommend(actor, &request, NULL, 0, NULL, NULL, NULL, &id));
    WRITE(pz_recommendation_accept(actor, 1, 1, NULL, 0, NULL));
    WRITE(pz_recommendation_change(actor, 1, 1, moves, 1, NULL, &version));
    WRITE(pz_recommendation_reject(actor, 1, 1, "x", 1, NULL));
}

START_TEST(without_an_actor_nothing_is_written)
{
    each_write(NULL, PZ_E_CLOSED);
}
END_TEST

START_TEST(a_view_of_the_past_takes_no_writes)
{
    pz_actor *view;
    ck_assert_ok(pz_actor_as_of_change(at.school.importer, school_last_change(&at.school), &view));
    each_write(view, PZ_E_READ_ONLY);
    pz_actor_free(view);
}
END_TEST

START_TEST(a_store_open_for_reading_takes_no_writes)
{
    pz_store_options options = at.school.options;
    pz_store *store;
    pz_actor *actor;
    options.read_only = 1;
    ck_assert_ok(pz_store_open(at.school.place.path, &options, &store));
    ck_assert_ok(pz_actor_open(store, at.school.tea, PZ_ROLE_TEACHER, "tests", &actor));
    each_write(actor, PZ_E_READ_ONLY);
    pz_actor_free(actor);
    pz_store_free(store);
}
END_TEST

/* ---------------------------------------------------------------------------------------------------- reading --- */

/* Every function that reads, as if it gave a list; `missing`: a place for the result that is not there. */
#define EACH_LIST(DO)                                                                                                                      \
    DO(pz_profile_entry, pz_profile_entry_list(actor, NULL, rows, count))                                                                  \
    DO(pz_assessment, pz_assessment_list(actor, NULL, rows, count))                                                                        \
    DO(pz_item, pz_item_list(actor, NULL, rows, count))                                                                                    \
    DO(pz_item_option, pz_item_option_list(actor, 1, rows, count))                                                                         \
    DO(pz_misconception, pz_misconception_list(actor, NULL, rows, count))                                                                  \
    DO(pz_bearing, pz_bearing_list(actor, PZ_KIND_ITEM, 1, rows, count))                                                                   \
    DO(pz_mastery_rule, pz_mastery_rule_list(actor, 0, rows, count))                                                                       \
    DO(pz_learner_mastery, pz_learner_mastery_list(actor, NULL, rows, count))                                                              \
    DO(pz_cycle, pz_cycle_list(actor, NULL, rows, count))                                                                                  \
    DO(pz_cycle_result, pz_cycle_result_list(actor, &results, rows, count))                                                                \
    DO(pz_goal, pz_goal_list(actor, NULL, rows, count))                                                                                    \
    DO(pz_goal, pz_goal_history(actor, 1, rows, count))                                                                                    \
    DO(pz_goal_supporter, pz_goal_supporter_list(actor, 1, rows, count))                                                                   \
    DO(pz_goal_evidence, pz_goal_evidence_list(actor, 1, rows, count))                                                                     \
    DO(pz_recommendation, pz_recommendation_list(actor, NULL, rows, count))                                                                \
    DO(pz_recommendation, pz_recommendation_history(actor, 1, rows, count))                                                                \
    DO(pz_group, pz_group_list(actor, 1, NULL, rows, count))                                                                               \
    DO(pz_group_member, pz_group_member_list(actor, 1, NULL, rows, count))

START_TEST(without_an_actor_nothing_is_read)
{
    pz_cycle_query results = PZ_CYCLE_QUERY_INIT;
    pz_actor *actor = NULL;
    results.cycle = 1;
#define CLOSED(type, call)                                                                                                                 \
    {                                                                                                                                      \
        type *given = NULL, **list = &given, ***rows = &list;                                                                              \
        size_t number = 7, *count = &number;                                                                                               \
        ck_assert_status(call, PZ_E_CLOSED);                                                                                               \
        ck_assert_ptr_null(list);                                                                                                          \
        ck_assert_uint_eq(number, 0);                                                                                                      \
    }
    EACH_LIST(CLOSED)
#define ONE(type, call)                                                                                                                    \
    {                                                                                                                                      \
        type *given = (void *)&results, **out = &given;                                                                                    \
        ck_assert_status(call, PZ_E_CLOSED);                                                                                               \
        ck_assert_ptr_null(given);                                                                                                         \
    }
    ONE(pz_evidence, pz_evidence_read(NULL, NULL, out))
    ONE(pz_cycle, pz_cycle_get(NULL, 1, out))
    ONE(pz_goal, pz_goal_get(NULL, 1, out))
    ONE(pz_recommendation, pz_recommendation_get(NULL, 1, out))
    ONE(char, pz_profile_get(NULL, 1, NULL, out))
    ONE(char, pz_profile_difference(NULL, 1, 0, 0, NULL, out))
    ONE(char, pz_learner_mastery_explain(NULL, 1, 1, NULL, out))
    ONE(char, pz_recommendation_document(NULL, 1, NULL, out))
    int32_t same = 7;
    ck_assert_status(pz_recommendation_replay(NULL, 1, &same), PZ_E_CLOSED);
    ck_assert_int_eq(same, 0);
}
END_TEST

START_TEST(without_a_place_for_results_nothing_is_read)
{
    pz_cycle_query results = PZ_CYCLE_QUERY_INIT;
    pz_actor *actor = at.runner;
    results.cycle = 1;
#define NOWHERE(type, call)                                                                                                                \
    {                                                                                                                                      \
        type **list = NULL, ***rows = NULL;                                                                                                \
        size_t number, *count = &number;                                                                                                   \
        ck_assert_status(call, PZ_E_INVALID);                                                                                              \
        rows = &list;                                                                                                                      \
        count = NULL;                                                                                                                      \
        ck_assert_status(call, PZ_E_INVALID);                                                                                              \
    }
    EACH_LIST(NOWHERE)
    ck_assert_status(pz_evidence_read(actor, NULL, NULL), PZ_E_INVALID);
    ck_assert_status(pz_cycle_get(actor, 1, NULL), PZ_E_INVALID);
    ck_assert_status(pz_goal_get(actor, 1, NULL), PZ_E_INVALID);
    ck_assert_status(pz_recommendation_get(actor, 1, NULL), PZ_E_INVALID);
    ck_assert_status(pz_recommendation_replay(actor, 1, NULL), PZ_E_INVALID);
}
END_TEST

/* A service that only imports reads nothing of people. */
START_TEST(an_import_reads_nothing_of_people)
{
    pz_cycle_query results = PZ_CYCLE_QUERY_INIT;
    pz_actor *actor = at.school.importer;
    pz_evidence *evidence;
    char *json;
    size_t number, *count = &number;
#define DENIED(type, call)                                                                                                                 \
    {                                                                                                                                      \
        type **list, ***rows = &list;                                                                                                      \
        ck_assert_status(call, PZ_E_DENIED);                                                                                               \
    }
    DENIED(pz_profile_entry, pz_profile_entry_list(actor, NULL, rows, count))
    DENIED(pz_assessment, pz_assessment_list(actor, NULL, rows, count))
    DENIED(pz_item, pz_item_list(actor, NULL, rows, count))
    DENIED(pz_misconception, pz_misconception_list(actor, NULL, rows, count))
    DENIED(pz_learner_mastery, pz_learner_mastery_list(actor, NULL, rows, count))
    DENIED(pz_cycle, pz_cycle_list(actor, NULL, rows, count))
    DENIED(pz_goal, pz_goal_list(actor, NULL, rows, count))
    DENIED(pz_recommendation, pz_recommendation_list(actor, NULL, rows, count))
    (void)results;
    ck_assert_status(pz_evidence_read(actor, NULL, &evidence), PZ_E_DENIED);
    ck_assert_status(pz_profile_get(actor, at.school.ana, NULL, &json), PZ_E_DENIED);
    ck_assert_status(pz_profile_difference(actor, at.school.ana, 0, 0, NULL, &json), PZ_E_DENIED);
    ck_assert_status(pz_learner_mastery_explain(actor, at.school.ana, at.add, NULL, &json), PZ_E_DENIED);
}
END_TEST

START_TEST(languages_are_taken_by_their_first_part)
{
    char *json;
    ck_assert_ok(pz_profile_get(at.runner, at.school.ana, "es-MX", &json));
    ck_assert_ptr_nonnull(strstr(json, "\"language\":\"es\""));
    pz_free(json);
    ck_assert_status(pz_profile_get(at.runner, at.school.ana, "e", &json), PZ_E_INVALID);
    ck_assert_status(pz_profile_get(at.runner, at.school.ana, "", &json), PZ_E_INVALID);
    ck_assert_status(pz_profile_get(at.runner, at.school.ana, "\xff", &json), PZ_E_TEXT);
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("doors");
    TCase *with = tcase_create("in a school");
    tcase_add_checked_fixture(with, setup, teardown);
    tcase_add_test(with, without_an_actor_nothing_is_written);
    tcase_add_test(with, a_view_of_the_past_takes_no_writes);
    tcase_add_test(with, a_store_open_for_reading_takes_no_writes);
    tcase_add_test(with, without_an_actor_nothing_is_read);
    tcase_add_test(with, without_a_place_for_results_nothing_is_read);
    tcase_add_test(with, an_import_reads_nothing_of_people);
    tcase_add_test(with, languages_are_taken_by_their_first_part);
    suite_add_tcase(suite, with);
    return suite;
}

SUITE_MAIN(make_suite)
