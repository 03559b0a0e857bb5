/* Every allocation failing in turn, in the calls of profile, evidence, cycle, goal and recommend that their own tests do not lead through it: whatever fails, the call
 * says so, nothing leaks, nothing is half written, and the same act with the same key goes through afterwards. */
#include "personalize/goal.h"
#include "personalize/profile.h"
#include "personalize/recommend.h"
#include "records/lesson.h"

static lesson at;
static pz_id entry, goal, adult_goal, cycle, open_cycle, assessment, item, first_groups, second_groups;
static int64_t entry_version, goal_version, first_version, second_version, sequence;

/* ------------------------------------------------------------------------------------------------- what is there --- */

static void make_cycles(void)
{
    pz_cycle record = PZ_CYCLE_INIT;
    record.class_id = at.school.a;
    record.title = "Autumn";
    record.closes_on = SCHOOL_TODAY;
    ck_assert_ok(pz_cycle_open(at.runner, &record, NULL, &cycle));
    ck_assert_ok(pz_cycle_collect(at.runner, cycle, NULL));
    ck_assert_ok(pz_cycle_close(at.runner, cycle, NULL, NULL, NULL));
    ck_assert_ok(pz_cycle_open(at.runner, &record, NULL, &open_cycle));
}

static void make_goals(void)
{
    pz_actor *ana = school_actor(&at.school, at.school.ana, PZ_ROLE_LEARNER),
             *tea = school_actor(&at.school, at.school.tea, PZ_ROLE_TEACHER);
    pz_goal record = PZ_GOAL_INIT;
    record.learner = at.school.ana;
    record.statement = "Add up";
    ck_assert_ok(pz_goal_propose(tea, &record, NULL, &adult_goal));
    ck_assert_ok(pz_goal_propose(ana, &record, NULL, &goal));
    ck_assert_ok(pz_goal_support(tea, goal, NULL, 0, NULL));
    goal_version = school_last_change(&at.school);
    pz_actor_free(ana);
    pz_actor_free(tea);
}

static void make_groups(pz_id *out_id, int64_t *out_version)
{
    pz_actor *tea = school_actor(&at.school, at.school.tea, PZ_ROLE_TEACHER);
    pz_grouping_request request = PZ_GROUPING_REQUEST_INIT;
    request.class_id = at.school.a;
    request.size_min = 1;
    request.iterations = 2;
    ck_assert_ok(pz_grouping_recommend(tea, &request, NULL, 0, NULL, NULL, NULL, out_id));
    *out_version = school_last_change(&at.school);
    pz_actor_free(tea);
}

static void make_records(void)
{
    pz_profile_entry record = PZ_PROFILE_ENTRY_INIT;
    pz_assessment test = PZ_ASSESSMENT_INIT;
    pz_item question = PZ_ITEM_INIT;
    pz_evidence *kept;
    record.learner = at.school.ana;
    record.section = PZ_PROFILE_INTEREST;
    record.content = "Trains";
    ck_assert_ok(pz_profile_entry_add(at.school.importer, &record, NULL, &entry));
    entry_version = school_last_change(&at.school);
    test.class_id = at.school.a;
    test.title = "Test";
    ck_assert_ok(pz_assessment_save(at.school.importer, &test, NULL, NULL, NULL, &assessment));
    question.code = "Q";
    ck_assert_ok(pz_item_save(at.school.importer, &question, NULL, NULL, NULL, &item));
    lesson_answers(&at, at.school.ana, at.add, SCHOOL_NOW - 1, "0100");
    ck_assert_ok(pz_evidence_read(at.runner, NULL, &kept));
    sequence = kept->sequence[0];
    pz_free(kept);
}

static void setup(void)
{
    lesson_start(&at);
    make_records();
    make_cycles();
    make_goals();
    make_groups(&first_groups, &first_version);
    make_groups(&second_groups, &second_version);
    pz_actor_free(at.runner);
    school_close(&at.school);
}

static void teardown(void)
{
    place_end(&at.school.place);
}

/* ------------------------------------------------------------------------------------------------------ writes --- */

/* Who acts, and what. Each body opens the store, does one act with a key, and closes. */
typedef struct act {
    int role; /* 0: an import; -1: a service that runs cycles */
    pz_status (*call)(pz_actor *actor);
} act;

static pz_status revise_entry(pz_actor *actor)
{
    pz_profile_entry record = PZ_PROFILE_ENTRY_INIT;
    int64_t version;
    record.id = entry;
    record.version = entry_version;
    record.section = PZ_PROFILE_INTEREST;
    record.content = "Ships";
    return pz_profile_entry_revise(actor, &record, "key", &version);
}

static pz_status correct_evidence(pz_actor *actor)
{
    return pz_evidence_correct(actor, at.school.ana, at.add, sequence, 1, "Marked wrongly", PZ_NUL_TERMINATED, "key");
}

static pz_status save_assessment(pz_actor *actor)
{
    pz_assessment record = PZ_ASSESSMENT_INIT;
    pz_id id;
    record.class_id = at.school.a;
    record.title = "Another";
    return pz_assessment_save(actor, &record, "sis", "line 2", "key", &id);
}

static pz_status save_misconception(pz_actor *actor)
{
    pz_misconception record = PZ_MISCONCEPTION_INIT;
    pz_id id;
    record.code = "m";
    record.statement = "Something";
    return pz_misconception_save(actor, &record, "key", &id);
}

static pz_status open_another(pz_actor *actor)
{
    pz_cycle record = PZ_CYCLE_INIT;
    pz_id id;
    record.org = at.school.north;
    record.previous = cycle;
    record.title = "Winter";
    return pz_cycle_open(actor, &record, "key", &id);
}

static pz_status tie_assessment(pz_actor *actor)
{
    return pz_cycle_add_assessment(actor, open_cycle, assessment, "key");
}

static pz_status revise_goal(pz_actor *actor)
{
    pz_goal record = PZ_GOAL_INIT;
    int64_t version;
    record.id = goal;
    record.version = goal_version;
    record.statement = "Add up in my head";
    return pz_goal_revise(actor, &record, "key", &version);
}

static pz_status agree(pz_actor *actor)
{
    return pz_goal_agree(actor, adult_goal, "key");
}

static pz_status drop(pz_actor *actor)
{
    pz_id request;
    return pz_goal_abandon(actor, adult_goal, "No", 2, "key", &request);
}

static pz_status decline(pz_actor *actor)
{
    return pz_goal_decline(actor, goal, "No", 2, "key");
}

static pz_status accept_groups(pz_actor *actor)
{
    return pz_recommendation_accept(actor, first_groups, first_version, "Yes", 3, "key");
}

static pz_status reject_groups(pz_actor *actor)
{
    return pz_recommendation_reject(actor, second_groups, second_version, "No", 2, "key");
}

static const act acts[] = {
    {0, revise_entry},
    {0, correct_evidence},
    {0, save_assessment},
    {0, save_misconception},
    {-1, open_another},
    {PZ_ROLE_TEACHER, tie_assessment},
    {PZ_ROLE_LEARNER, revise_goal},
    {PZ_ROLE_LEARNER, agree},
    {PZ_ROLE_LEARNER, drop},
    {PZ_ROLE_TEACHER, decline},
    {PZ_ROLE_TEACHER, accept_groups},
    {PZ_ROLE_TEACHER, reject_groups},
};

static pz_status open_actor(pz_store *store, int role, pz_actor **out_actor)
{
    pz_id person = role == PZ_ROLE_LEARNER ? at.school.ana : at.school.tea;
    if (role > 0) return pz_actor_open(store, person, (pz_role)role, "tests", out_actor);
    return pz_actor_open_service(store, role ? "test service" : "test import", role ? PZ_SCOPE_RECOMMEND : PZ_SCOPE_IMPORT, "tests",
                                 out_actor);
}

static pz_status run_act(void *user_data)
{
    const act *what = user_data;
    pz_actor *actor = NULL;
    school copy = at.school;
    pz_status status = school_open(&copy, 0);
    if (status == PZ_OK) status = open_actor(copy.store, what->role, &actor);
    if (status == PZ_OK) status = what->call(actor);
    pz_actor_free(actor);
    pz_store_free(copy.store);
    return status;
}

START_TEST(writes_fail_whole_and_go_through_afterwards)
{
    ck_assert_int_gt(suite_each_allocation(run_act, (void *)&acts[_i]), 10);
    ck_assert_ok(run_act((void *)&acts[_i])); /* by its key it counts once */
}
END_TEST

/* ------------------------------------------------------------------------------------------------------- reads --- */

#define EACH_LIST(DO)                                                                                                                      \
    DO(pz_profile_entry, pz_profile_entry_list(actor, NULL, &rows, &count))                                                                \
    DO(pz_assessment, pz_assessment_list(actor, NULL, &rows, &count))                                                                      \
    DO(pz_item_option, pz_item_option_list(actor, item, &rows, &count))                                                                    \
    DO(pz_misconception, pz_misconception_list(actor, NULL, &rows, &count))                                                                \
    DO(pz_bearing, pz_bearing_list(actor, PZ_KIND_ITEM, item, &rows, &count))                                                              \
    DO(pz_cycle, pz_cycle_list(actor, NULL, &rows, &count))                                                                                \
    DO(pz_cycle_result, pz_cycle_result_list(actor, &results, &rows, &count))                                                              \
    DO(pz_goal, pz_goal_list(actor, NULL, &rows, &count))                                                                                  \
    DO(pz_goal, pz_goal_history(actor, goal, &rows, &count))                                                                               \
    DO(pz_goal_supporter, pz_goal_supporter_list(actor, goal, &rows, &count))                                                              \
    DO(pz_goal_evidence, pz_goal_evidence_list(actor, goal, &rows, &count))                                                                \
    DO(pz_recommendation, pz_recommendation_history(actor, first_groups, &rows, &count))

static pz_status read_everything(pz_actor *actor)
{
    pz_cycle_query results = PZ_CYCLE_QUERY_INIT;
    pz_recommendation *record = NULL;
    pz_cycle *one_cycle = NULL;
    pz_goal *one_goal = NULL;
    size_t count;
    pz_status status = PZ_OK;
    results.cycle = cycle;
#define READ(type, call)                                                                                                                   \
    if (status == PZ_OK) {                                                                                                                 \
        type **rows = NULL;                                                                                                                \
        status = call;                                                                                                                     \
        pz_free(rows);                                                                                                                     \
    }
    EACH_LIST(READ)
    if (status == PZ_OK) status = pz_cycle_get(actor, cycle, &one_cycle);
    pz_free(one_cycle);
    if (status == PZ_OK) status = pz_goal_get(actor, goal, &one_goal);
    pz_free(one_goal);
    if (status == PZ_OK) status = pz_recommendation_get(actor, first_groups, &record);
    pz_free(record);
    return status;
}

static pz_status run_reads(void *user_data)
{
    pz_store_options options = at.school.options;
    pz_actor *actor = NULL;
    pz_store *store = NULL;
    pz_status status;
    (void)user_data;
    options.read_only = 1;
    status = pz_store_open(at.school.place.path, &options, &store);
    if (status == PZ_OK) status = pz_actor_open(store, at.school.tea, PZ_ROLE_TEACHER, "tests", &actor);
    if (status == PZ_OK) status = read_everything(actor);
    pz_actor_free(actor);
    pz_store_free(store);
    return status;
}

START_TEST(reads_fail_whole)
{
    ck_assert_int_gt(suite_each_allocation(run_reads, NULL), 50);
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("short memory");
    TCase *with = tcase_create("in a school");
    tcase_add_checked_fixture(with, setup, teardown);
    tcase_set_timeout(with, 60);
    tcase_add_loop_test(with, writes_fail_whole_and_go_through_afterwards, 0, (int)(sizeof acts / sizeof acts[0]));
    tcase_add_test(with, reads_fail_whole);
    suite_add_tcase(suite, with);
    return suite;
}

SUITE_MAIN(make_suite)
