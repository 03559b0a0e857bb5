/* Goals while they are worked on: requests and policies, who sees them, milestones, values, progress, demonstrations, advice, figures. */
#include "personalize/demonstration.h"
#include "records/lesson.h"

static lesson at;
static pz_actor *ana, *tea, *cou, *gus;

static void setup(void)
{
    lesson_start(&at);
    ana = school_actor(&at.school, at.school.ana, PZ_ROLE_LEARNER);
    tea = school_actor(&at.school, at.school.tea, PZ_ROLE_TEACHER);
    cou = school_actor(&at.school, at.school.cou, PZ_ROLE_COUNSELOR);
    gus = school_actor(&at.school, at.school.gus, PZ_ROLE_GUARDIAN);
}

static void teardown(void)
{
    pz_actor_free(ana);
    pz_actor_free(tea);
    pz_actor_free(cou);
    pz_actor_free(gus);
    lesson_end(&at);
}

static pz_goal make_goal(void)
{
    pz_goal goal = PZ_GOAL_INIT;
    goal.learner = at.school.ana;
    goal.statement = "Read more";
    return goal;
}

/* Proposed by ana, supported by tea, started. */
static pz_id active(const pz_goal *goal)
{
    pz_id id, request;
    ck_assert_ok(pz_goal_propose(ana, goal, NULL, &id));
    ck_assert_ok(pz_goal_support(tea, id, "I listen on Fridays", PZ_NUL_TERMINATED, NULL));
    ck_assert_ok(pz_goal_start(ana, id, NULL, 0, NULL, &request));
    ck_assert_int_eq(request, 0);
    return id;
}

static pz_goal now(pz_id id)
{
    pz_goal *goal, copy;
    ck_assert_ok(pz_goal_get(ana, id, &goal));
    copy = *goal;
    copy.statement = copy.reason = copy.reflection = copy.measured = copy.strategies = copy.resources = copy.why = NULL;
    pz_free(goal);
    return copy;
}

static pz_goal_request request_of(pz_id goal, size_t index)
{
    pz_goal_request **rows, copy;
    size_t count;
    ck_assert_ok(pz_goal_request_list(ana, goal, &rows, &count));
    ck_assert_uint_lt(index, count);
    copy = *rows[index];
    copy.why = copy.answer = NULL;
    pz_free(rows);
    return copy;
}

/* ------------------------------------------------------------------------------------------------- requests --- */

START_TEST(an_adults_step_waits_for_the_learner)
{
    pz_goal goal = make_goal();
    pz_id id = active(&goal), request, second;
    ck_assert_ok(pz_goal_pause(tea, id, "Exams", PZ_NUL_TERMINATED, "k", &request));
    ck_assert_int_gt(request, 0);
    ck_assert_ok(pz_goal_pause(tea, id, "Exams", PZ_NUL_TERMINATED, "k", &second));
    ck_assert_int_eq(second, request);
    ck_assert_int_eq(now(id).state, PZ_GOAL_ACTIVE);
    ck_assert_status(pz_goal_abandon(tea, id, NULL, 0, NULL, &second), PZ_E_STATE); /* one waits already */
    ck_assert_status(pz_goal_answer(tea, request, 1, NULL, 0, NULL), PZ_E_DENIED);
    ck_assert_status(pz_goal_answer(ana, request, 2, NULL, 0, NULL), PZ_E_INVALID);
    ck_assert_status(pz_goal_request_withdraw(cou, request, NULL), PZ_E_DENIED);
    ck_assert_ok(pz_goal_answer(ana, request, 0, "Not now", PZ_NUL_TERMINATED, NULL));
    ck_assert_int_eq(request_of(id, 0).state, PZ_REQUEST_DECLINED);
    ck_assert_status(pz_goal_answer(ana, request, 1, NULL, 0, NULL), PZ_E_STATE);
    ck_assert_ok(pz_goal_abandon(tea, id, NULL, 0, NULL, &request));
    ck_assert_ok(pz_goal_pause(ana, id, NULL, 0, NULL, &second)); /* the learner goes on without it */
    ck_assert_int_eq(request_of(id, 1).state, PZ_REQUEST_LAPSED);
    ck_assert_ok(pz_goal_resume(tea, id, NULL, 0, NULL, &request));
    ck_assert_ok(pz_goal_answer(ana, request, 1, NULL, 0, NULL));
    ck_assert_int_eq(now(id).state, PZ_GOAL_ACTIVE);
    ck_assert_status(pz_goal_answer(ana, 999999, 1, NULL, 0, NULL), PZ_E_NOT_FOUND);
    ck_assert_status(pz_goal_start(ana, id, NULL, 0, NULL, NULL), PZ_E_INVALID);
}
END_TEST

START_TEST(a_revision_is_negotiated_and_what_was_agreed_holds_meanwhile)
{
    pz_goal goal = make_goal(), *asked;
    int64_t version;
    pz_id id, request;
    ck_assert_ok(pz_goal_propose(ana, &goal, NULL, &id));
    goal.id = id;
    goal.version = now(id).version;
    goal.statement = "Read five books";
    goal.measure = PZ_MEASURE_COUNT;
    goal.target = 5;
    goal.why = "So that we see it grow";
    goal.visibility = PZ_VISIBLE_TEACHERS; /* the learner's to say: not taken over */
    ck_assert_ok(pz_goal_revise(cou, &goal, NULL, &version));
    ck_assert_int_eq(now(id).state, PZ_GOAL_REVISED);
    ck_assert_int_eq(now(id).resumes, PZ_GOAL_PROPOSED);
    ck_assert_int_eq(now(id).measure, PZ_MEASURE_DEMONSTRATION);
    request = request_of(id, 0).id;
    ck_assert_ok(pz_goal_revision_get(gus, request, &asked));
    ck_assert_str_eq(asked->statement, "Read five books");
    pz_free(asked);
    ck_assert_ok(pz_goal_support(tea, id, NULL, 0, NULL)); /* support goes on meanwhile */
    ck_assert_int_eq(now(id).resumes, PZ_GOAL_AGREED);
    ck_assert_ok(pz_goal_answer(ana, request, 1, "Good", PZ_NUL_TERMINATED, NULL));
    ck_assert_int_eq(now(id).state, PZ_GOAL_AGREED);
    ck_assert_int_eq(now(id).measure, PZ_MEASURE_COUNT);
    ck_assert_int_eq(now(id).visibility, PZ_VISIBLE_SCHOOL);
    goal.version = now(id).version;
    ck_assert_status(pz_goal_revise(cou, &goal, NULL, &version), PZ_E_DENIED); /* agreed: those who support it */
    ck_assert_ok(pz_goal_revise(tea, &goal, NULL, &version));
    request = request_of(id, 1).id;
    ck_assert_ok(pz_goal_answer(ana, request, 0, NULL, 0, NULL));
    ck_assert_int_eq(now(id).state, PZ_GOAL_AGREED);
    ck_assert_int_eq(now(id).resumes, 0);
    ck_assert_ok(pz_goal_start(tea, id, NULL, 0, NULL, &request));
    ck_assert_status(pz_goal_revision_get(ana, request, &asked), PZ_E_NOT_FOUND);
}
END_TEST

START_TEST(the_second_of_two_processes_is_told_who_changed_what)
{
    pz_goal goal = make_goal();
    pz_store *other;
    pz_actor *there;
    school copy = at.school;
    int64_t version;
    ck_assert_ok(pz_goal_propose(ana, &goal, NULL, &goal.id));
    ck_assert_ok(school_open(&copy, 0));
    other = copy.store;
    ck_assert_ok(pz_actor_open(other, at.school.ana, PZ_ROLE_LEARNER, "tests", &there));
    goal.version = now(goal.id).version;
    goal.due_on = SCHOOL_TODAY + 7;
    goal.reason = "Because";
    ck_assert_ok(pz_goal_revise(there, &goal, NULL, &version));
    ck_assert_status(pz_goal_revise(ana, &goal, NULL, &version), PZ_E_CONFLICT);
    ck_assert_ptr_nonnull(strstr(pz_last_error()->message, "Changed since: reason, due_on."));
    ck_assert_ptr_nonnull(strstr(pz_last_error()->message, "as learner"));
    ck_assert_ptr_null(strstr(pz_last_error()->message, "Because"));
    pz_actor_free(there);
    pz_store_free(other);
}
END_TEST

START_TEST(what_a_goal_serves_makes_no_circle)
{
    pz_goal first = make_goal(), second = make_goal(), bens = make_goal();
    pz_actor *ben = school_actor(&at.school, at.school.ben, PZ_ROLE_LEARNER);
    int64_t version;
    char way[64];
    bens.learner = at.school.ben;
    ck_assert_ok(pz_goal_propose(ben, &bens, NULL, &bens.id));
    ck_assert_ok(pz_goal_propose(ana, &first, NULL, &first.id));
    second.serves = first.id;
    ck_assert_ok(pz_goal_propose(ana, &second, NULL, &second.id));
    first.version = now(first.id).version;
    first.serves = second.id;
    ck_assert_status(pz_goal_revise(ana, &first, NULL, &version), PZ_E_INVALID);
    snprintf(way, sizeof way, "%lld -> %lld -> %lld", (long long)first.id, (long long)second.id, (long long)first.id);
    ck_assert_ptr_nonnull(strstr(pz_last_error()->message, way));
    first.serves = first.id;
    ck_assert_status(pz_goal_revise(ana, &first, NULL, &version), PZ_E_INVALID);
    first.serves = bens.id;
    ck_assert_status(pz_goal_revise(ana, &first, NULL, &version), PZ_E_NOT_FOUND);
    pz_actor_free(ben);
}
END_TEST

/* ------------------------------------------------------------------------------------------------- policies --- */

static pz_goal_policy rule(int32_t step, int32_t role, int32_t decision)
{
    pz_goal_policy policy = PZ_GOAL_POLICY_INIT;
    policy.step = step;
    policy.role = role;
    policy.decision = decision;
    return policy;
}

static pz_status set_policy(pz_id org, pz_goal_policy policy)
{
    const pz_goal_policy *rows[] = {&policy};
    return pz_goal_policy_set(at.runner, org, rows, 1, NULL);
}

static int32_t state_proposed(void)
{
    pz_goal goal = make_goal();
    ck_assert_ok(pz_goal_propose(ana, &goal, NULL, &goal.id));
    return now(goal.id).state;
}

START_TEST(a_policy_widens_with_grade_age_and_goals_achieved)
{
    pz_goal_policy grade = rule(PZ_GOAL_STEP_AGREE, PZ_ROLE_LEARNER, PZ_GOAL_ALLOW), own = grade, age = grade;
    pz_person person = PZ_PERSON_INIT;
    pz_id id;
    ck_assert_int_eq(state_proposed(), PZ_GOAL_PROPOSED);
    grade.first_grade = "09";
    grade.last_grade = "12";
    ck_assert_ok(set_policy(0, grade));
    ck_assert_int_eq(state_proposed(), PZ_GOAL_PROPOSED); /* no grade is known */
    person.id = at.school.ana;
    person.given_name = "ana";
    person.family_name = "Test";
    person.grades = "08";
    ck_assert_ok(pz_person_save(at.school.importer, &person, NULL, NULL, NULL, &id));
    ck_assert_int_eq(state_proposed(), PZ_GOAL_PROPOSED);
    person.grades = "10";
    ck_assert_ok(pz_person_save(at.school.importer, &person, NULL, NULL, NULL, &id));
    ck_assert_int_eq(state_proposed(), PZ_GOAL_AGREED);
    ck_assert_ok(set_policy(at.school.north, rule(PZ_GOAL_STEP_AGREE, PZ_ROLE_LEARNER, PZ_GOAL_REQUEST))); /* the nearer org counts */
    ck_assert_int_eq(state_proposed(), PZ_GOAL_PROPOSED);
    age.age_from = 5;
    ck_assert_ok(set_policy(at.school.north, age));
    ck_assert_int_eq(state_proposed(), PZ_GOAL_AGREED); /* no day of birth is known: the store's rule holds, which the grade meets */
    own.own_goals_from = 1;
    ck_assert_ok(pz_goal_policy_set(at.runner, at.school.north, NULL, 0, NULL));
    ck_assert_ok(set_policy(0, own));
    ck_assert_int_eq(state_proposed(), PZ_GOAL_PROPOSED);
}
END_TEST

START_TEST(by_default_agency_grows_with_goals_of_ones_own)
{
    pz_goal_evidence shown = PZ_GOAL_EVIDENCE_INIT;
    const pz_goal_evidence *all[] = {&shown};
    pz_goal goal = make_goal();
    pz_id request;
    shown.description = "Here";
    for (int i = 0; i < 3; i++) {
        pz_id id = active(&goal);
        ck_assert_int_eq(state_proposed(), PZ_GOAL_PROPOSED);
        ck_assert_ok(pz_goal_achieve(ana, id, all, 1, "I can", PZ_NUL_TERMINATED, NULL, &request));
        ck_assert_int_eq(now(id).state, PZ_GOAL_ACTIVE);
        ck_assert_ok(pz_goal_answer(tea, request, 1, NULL, 0, NULL));
        ck_assert_int_eq(now(id).state, PZ_GOAL_ACHIEVED);
    }
    ck_assert_int_eq(state_proposed(), PZ_GOAL_AGREED);
}
END_TEST

START_TEST(a_policy_denies_and_lets_adults_approve)
{
    pz_goal goal = make_goal();
    pz_goal_may **may;
    size_t count;
    pz_id id = active(&goal), request;
    ck_assert_ok(set_policy(0, rule(PZ_GOAL_STEP_PAUSE, PZ_ROLE_LEARNER, PZ_GOAL_DENY)));
    ck_assert_status(pz_goal_pause(ana, id, NULL, 0, NULL, &request), PZ_E_DENIED);
    pz_goal_policy asks = rule(PZ_GOAL_STEP_PAUSE, PZ_ROLE_LEARNER, PZ_GOAL_REQUEST), answers = rule(PZ_GOAL_STEP_PAUSE, PZ_ROLE_TEACHER, PZ_GOAL_APPROVE);
    const pz_goal_policy *rows[] = {&asks, &answers};
    ck_assert_ok(pz_goal_policy_set(at.runner, 0, rows, 2, NULL));
    ck_assert_ok(pz_goal_pause(ana, id, "Tired", PZ_NUL_TERMINATED, NULL, &request));
    ck_assert_status(pz_goal_answer(cou, request, 1, NULL, 0, NULL), PZ_E_DENIED);
    ck_assert_ok(pz_goal_answer(tea, request, 1, "Rest", PZ_NUL_TERMINATED, NULL));
    ck_assert_int_eq(now(id).state, PZ_GOAL_PAUSED);
    ck_assert_ok(pz_goal_may_list(ana, id, &may, &count));
    ck_assert_uint_eq(count, 3); /* resume, revise, abandon */
    ck_assert_int_eq(may[0]->step, PZ_GOAL_STEP_RESUME);
    ck_assert_int_eq(may[0]->decision, PZ_GOAL_ALLOW);
    pz_free(may);
    ck_assert_ok(pz_goal_may_list(gus, id, &may, &count));
    ck_assert_uint_eq(count, 0);
    pz_free(may);
}
END_TEST

START_TEST(no_policy_breaks_the_promise)
{
    pz_goal_policy bad = rule(PZ_GOAL_STEP_AGREE, PZ_ROLE_LEARNER, PZ_GOAL_ALLOW), **rows;
    size_t count;
    pz_actor *lea = school_actor(&at.school, at.school.lea, PZ_ROLE_LEADER);
    ck_assert_status(set_policy(0, rule(PZ_GOAL_STEP_PROPOSE, PZ_ROLE_LEARNER, PZ_GOAL_DENY)), PZ_E_INVALID);
    ck_assert_status(set_policy(0, rule(PZ_GOAL_STEP_REVISE, PZ_ROLE_TEACHER, PZ_GOAL_ALLOW)), PZ_E_INVALID);
    ck_assert_status(set_policy(0, rule(PZ_GOAL_STEP_ABANDON, PZ_ROLE_LEARNER, PZ_GOAL_APPROVE)), PZ_E_INVALID);
    ck_assert_status(set_policy(0, rule(PZ_GOAL_STEP_ASK, PZ_ROLE_TEACHER, PZ_GOAL_ALLOW)), PZ_E_INVALID);
    ck_assert_status(set_policy(0, rule(PZ_GOAL_STEP_AGREE, PZ_ROLE_SERVICE, PZ_GOAL_ALLOW)), PZ_E_INVALID);
    ck_assert_status(set_policy(0, rule(PZ_GOAL_STEP_AGREE, PZ_ROLE_LEARNER, 9)), PZ_E_INVALID);
    bad.first_grade = "third";
    ck_assert_status(set_policy(0, bad), PZ_E_INVALID);
    bad.first_grade = NULL;
    bad.age_from = 200;
    ck_assert_status(set_policy(0, bad), PZ_E_INVALID);
    bad.age_from = 0;
    bad.own_goals_from = -1;
    ck_assert_status(set_policy(0, bad), PZ_E_INVALID);
    ck_assert_status(set_policy(-1, rule(PZ_GOAL_STEP_AGREE, PZ_ROLE_LEARNER, PZ_GOAL_ALLOW)), PZ_E_INVALID);
    ck_assert_status(pz_goal_policy_set(at.runner, 0, NULL, 1, NULL), PZ_E_INVALID);
    ck_assert_status(pz_goal_policy_set(lea, 0, NULL, 0, NULL), PZ_E_DENIED);
    ck_assert_status(pz_goal_policy_set(tea, at.school.north, NULL, 0, NULL), PZ_E_DENIED);
    ck_assert_status(pz_goal_policy_set(lea, at.school.south, NULL, 0, NULL), PZ_E_NOT_FOUND);
    pz_goal_policy good = rule(PZ_GOAL_STEP_PROPOSE, PZ_ROLE_GUARDIAN, PZ_GOAL_DENY);
    const pz_goal_policy *given[] = {&good};
    ck_assert_ok(pz_goal_policy_set(lea, at.school.north, given, 1, "p"));
    ck_assert_ok(pz_goal_policy_set(lea, at.school.north, given, 1, "p"));
    pz_goal goal = make_goal();
    ck_assert_status(pz_goal_propose(gus, &goal, NULL, &goal.id), PZ_E_DENIED);
    ck_assert_ok(pz_goal_policy_list(ana, at.school.north, &rows, &count));
    ck_assert_uint_eq(count, 1);
    ck_assert_int_eq(rows[0]->org, at.school.north);
    ck_assert_int_eq(rows[0]->decision, PZ_GOAL_DENY);
    pz_free(rows);
    pz_actor_free(lea);
}
END_TEST

/* --------------------------------------------------------------------------------------------------- seeing --- */

START_TEST(visibility_narrows_who_sees_a_goal)
{
    /* learner, guardian, teacher, counselor, leader, service that reads */
    static const int sees[][6] = {[PZ_VISIBLE_SELF] = {1, 0, 0, 0, 0, 0},     [PZ_VISIBLE_NAMED] = {1, 0, 0, 1, 0, 0},
                                  [PZ_VISIBLE_TEACHERS] = {1, 0, 1, 1, 0, 1}, [PZ_VISIBLE_GUARDIANS] = {1, 1, 1, 1, 0, 1},
                                  [PZ_VISIBLE_SCHOOL] = {1, 1, 1, 1, 1, 1}};
    pz_actor *lea = school_actor(&at.school, at.school.lea, PZ_ROLE_LEADER);
    pz_actor *all[] = {ana, gus, tea, cou, lea, at.runner};
    for (int32_t visibility = PZ_VISIBLE_SELF; visibility <= PZ_VISIBLE_SCHOOL; visibility++) {
        pz_goal goal = make_goal(), *got, **rows;
        pz_goal_query query = PZ_GOAL_QUERY_INIT;
        pz_event **events;
        size_t count;
        int64_t cursor;
        goal.visibility = visibility;
        ck_assert_ok(pz_goal_propose(ana, &goal, NULL, &goal.id));
        ck_assert_int_eq(now(goal.id).state, visibility == PZ_VISIBLE_SELF ? PZ_GOAL_AGREED : PZ_GOAL_PROPOSED);
        ck_assert_ok(pz_goal_ask(ana, goal.id, at.school.cou, PZ_ROLE_COUNSELOR, NULL)); /* who is asked is named */
        for (int who = 0; who < 6; who++) {
            int listed = 0, told = 0;
            ck_assert_status(pz_goal_get(all[who], goal.id, &got), sees[visibility][who] ? PZ_OK : PZ_E_NOT_FOUND);
            pz_free(got);
            query.learner = at.school.ana;
            ck_assert_ok(pz_goal_list(all[who], &query, &rows, &count));
            for (size_t i = 0; i < count; i++) listed |= rows[i]->id == goal.id;
            pz_free(rows);
            ck_assert_ok(pz_changes_since(all[who], 0, 10000, &events, &count, &cursor));
            for (size_t i = 0; i < count; i++) told |= events[i]->record_kind == PZ_KIND_GOAL && events[i]->record == goal.id;
            pz_free(events);
            ck_assert_msg(listed == sees[visibility][who] && told == sees[visibility][who], "visibility %d by %d: listed %d, told %d", (int)visibility,
                          who, listed, told);
        }
    }
    pz_actor_free(lea);
}
END_TEST

START_TEST(a_draft_is_seen_by_its_learner_and_who_wrote_it)
{
    pz_goal goal = make_goal(), *got;
    pz_goal_may **may;
    size_t count;
    pz_id id, request;
    goal.measure = 0;
    ck_assert_ok(pz_goal_draft(ana, &goal, NULL, &id));
    ck_assert_status(pz_goal_get(tea, id, &got), PZ_E_NOT_FOUND);
    goal.id = id;
    goal.version = now(id).version;
    ck_assert_status(pz_goal_propose(ana, &goal, NULL, &id), PZ_E_INVALID); /* without a measure */
    ck_assert_str_eq(pz_last_error()->field, "measure");
    goal.strategies = "Ten pages a day";
    ck_assert_ok(pz_goal_draft(ana, &goal, NULL, &id));
    ck_assert_status(pz_goal_draft(ana, &goal, NULL, &id), PZ_E_CONFLICT);
    goal.version = now(goal.id).version;
    ck_assert_ok(pz_goal_may_list(ana, goal.id, &may, &count));
    ck_assert_uint_eq(count, 1);
    ck_assert_int_eq(may[0]->step, PZ_GOAL_STEP_PROPOSE);
    pz_free(may);
    goal.measure = PZ_MEASURE_DEMONSTRATION;
    ck_assert_ok(pz_goal_propose(ana, &goal, NULL, &id));
    ck_assert_int_eq(id, goal.id);
    ck_assert_ok(pz_goal_get(tea, id, &got));
    ck_assert_str_eq(got->strategies, "Ten pages a day");
    pz_free(got);
    ck_assert_status(pz_goal_draft(ana, &goal, NULL, &id), PZ_E_STATE);
    goal = make_goal();
    ck_assert_ok(pz_goal_draft(tea, &goal, NULL, &goal.id)); /* of an adult for the learner */
    ck_assert_status(pz_goal_get(cou, goal.id, &got), PZ_E_NOT_FOUND);
    goal.version = now(goal.id).version;
    ck_assert_status(pz_goal_draft(ana, &goal, NULL, &id), PZ_E_DENIED);
    ck_assert_ok(pz_goal_propose(ana, &goal, NULL, &id));
    ck_assert_int_eq(now(id).learner_agreed, 1);
    goal = make_goal();
    ck_assert_ok(pz_goal_draft(ana, &goal, NULL, &goal.id));
    ck_assert_ok(pz_goal_abandon(ana, goal.id, NULL, 0, NULL, &request));
    goal = make_goal();
    goal.confidence = 0.9;
    ck_assert_status(pz_goal_propose(tea, &goal, NULL, &id), PZ_E_INVALID);
    goal.confidence = PZ_REAL_NONE;
    goal.visibility = PZ_VISIBLE_SELF;
    ck_assert_status(pz_goal_propose(tea, &goal, NULL, &id), PZ_E_INVALID);
}
END_TEST

START_TEST(refuses_members_that_are_none)
{
    static const struct {
        int32_t measure;
        double target, high;
        const char *field;
    } bad[] = {{PZ_MEASURE_SCORE, NAN, NAN, "target"},  {PZ_MEASURE_SCORE, 5, 3, "target_high"}, {PZ_MEASURE_COUNT, 0, NAN, "target"},
               {PZ_MEASURE_COUNT, 5, 9, "target_high"}, {PZ_MEASURE_DEMONSTRATION, 5, NAN, "target"}};
    pz_goal goal = make_goal();
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        goal = make_goal();
        goal.measure = bad[i].measure;
        goal.target = bad[i].target;
        goal.target_high = bad[i].high;
        ck_assert_status(pz_goal_propose(ana, &goal, NULL, &goal.id), PZ_E_INVALID);
        ck_assert_str_eq(pz_last_error()->field, bad[i].field);
    }
#define BAD(member, value, status)                                                                                                         \
    goal = make_goal();                                                                                                                    \
    goal.member = value;                                                                                                                   \
    ck_assert_status(pz_goal_propose(ana, &goal, NULL, &goal.id), status)
    BAD(confidence, 2, PZ_E_INVALID);
    BAD(visibility, 9, PZ_E_INVALID);
    BAD(baseline, (double)INFINITY, PZ_E_INVALID);
    BAD(grew_from_kind, PZ_KIND_CYCLE, PZ_E_INVALID);
    BAD(grew_from, 5, PZ_E_INVALID);
    BAD(group, 999, PZ_E_NOT_FOUND);
    BAD(serves, 999, PZ_E_NOT_FOUND);
    BAD(measured, "\xff", PZ_E_TEXT);
    BAD(why, "\xff", PZ_E_TEXT);
    goal = make_goal();
    goal.grew_from_kind = PZ_KIND_PROFILE_ENTRY;
    goal.grew_from = 999;
    ck_assert_status(pz_goal_propose(ana, &goal, NULL, &goal.id), PZ_E_NOT_FOUND);
    pz_profile_entry entry = PZ_PROFILE_ENTRY_INIT;
    entry.learner = at.school.ana;
    entry.section = PZ_PROFILE_INTEREST;
    entry.content = "Trains";
    ck_assert_ok(pz_profile_entry_add(ana, &entry, NULL, &goal.grew_from));
    ck_assert_ok(pz_goal_propose(ana, &goal, NULL, &goal.id));
    ck_assert_int_eq(now(goal.id).grew_from, goal.grew_from);
}
END_TEST

/* ------------------------------------------------------------------------------------------------- on the way --- */

static pz_id add_milestone(pz_actor *actor, pz_id goal, const char *statement, pz_date due_on)
{
    pz_goal_milestone milestone = PZ_GOAL_MILESTONE_INIT;
    pz_id id;
    milestone.goal = goal;
    milestone.statement = statement;
    milestone.due_on = due_on;
    ck_assert_ok(pz_goal_milestone_add(actor, &milestone, NULL, &id));
    return id;
}

START_TEST(milestones_are_the_learners)
{
    pz_goal goal = make_goal();
    pz_goal_milestone **rows, revised = PZ_GOAL_MILESTONE_INIT;
    pz_goal_evidence shown = PZ_GOAL_EVIDENCE_INIT;
    pz_due **dues;
    size_t count;
    pz_id id = active(&goal), first = add_milestone(ana, id, "One book", SCHOOL_TODAY + 3), second = add_milestone(tea, id, "Two books", PZ_DATE_NONE);
    revised.goal = id;
    ck_assert_status(pz_goal_milestone_add(ana, &revised, NULL, &revised.id), PZ_E_INVALID);
    revised.statement = "x";
    ck_assert_status(pz_goal_milestone_add(cou, &revised, NULL, &revised.id), PZ_E_DENIED);
    revised.goal = 999;
    ck_assert_status(pz_goal_milestone_add(ana, &revised, NULL, &revised.id), PZ_E_NOT_FOUND);
    ck_assert_status(pz_goal_milestone_reach(tea, second, NULL, NULL), PZ_E_STATE);
    ck_assert_status(pz_goal_milestone_agree(tea, second, NULL), PZ_E_DENIED);
    ck_assert_ok(pz_goal_milestone_agree(ana, second, "a"));
    ck_assert_status(pz_goal_milestone_agree(ana, second, NULL), PZ_E_STATE);
    ck_assert_status(pz_goal_milestone_drop(tea, second, NULL), PZ_E_DENIED); /* the learner's by now */
    ck_assert_ok(pz_due_list(ana, SCHOOL_TODAY + 3, &dues, &count));
    ck_assert_uint_eq(count, 1);
    ck_assert_str_eq(dues[0]->code, "due.goal_milestone");
    ck_assert_int_eq(dues[0]->record, id);
    pz_free(dues);
    shown.description = "Told the class about it";
    shown.at = SCHOOL_NOW + SCHOOL_DAY;
    ck_assert_status(pz_goal_milestone_reach(ana, first, &shown, NULL), PZ_E_INVALID); /* in the future */
    shown.at = PZ_TIME_NONE;
    ck_assert_ok(pz_goal_milestone_reach(ana, first, &shown, NULL));
    ck_assert_status(pz_goal_milestone_reach(ana, first, NULL, NULL), PZ_E_STATE);
    ck_assert_status(pz_goal_milestone_reach(ana, 999, NULL, NULL), PZ_E_NOT_FOUND);
    ck_assert_ok(pz_goal_milestone_list(gus, id, &rows, &count));
    ck_assert_uint_eq(count, 2);
    ck_assert_int_eq(rows[0]->state, PZ_MILESTONE_REACHED);
    ck_assert_int_eq(rows[0]->done_by, at.school.ana);
    ck_assert_str_eq(rows[0]->description, shown.description);
    revised.id = second;
    revised.version = rows[1]->version;
    revised.statement = "Two thick books";
    pz_free(rows);
    ck_assert_status(pz_goal_milestone_revise(tea, &revised, NULL), PZ_E_DENIED);
    ck_assert_ok(pz_goal_milestone_revise(ana, &revised, NULL));
    ck_assert_status(pz_goal_milestone_revise(ana, &revised, NULL), PZ_E_CONFLICT);
    ck_assert_ok(pz_goal_milestone_drop(ana, second, NULL));
    ck_assert_status(pz_goal_milestone_drop(ana, second, NULL), PZ_E_STATE);
}
END_TEST

static pz_goal_progress progress_of(pz_id goal)
{
    pz_goal_progress *progress, copy;
    ck_assert_ok(pz_goal_progress_get(tea, goal, NULL, &progress));
    ck_assert_uint_gt(progress->words_len, 0);
    copy = *progress;
    copy.words = NULL;
    pz_free(progress);
    return copy;
}

static void measure(pz_id goal, double value, int days)
{
    pz_goal_measurement measurement = PZ_GOAL_MEASUREMENT_INIT;
    measurement.goal = goal;
    measurement.value = value;
    measurement.at = SCHOOL_NOW + days * SCHOOL_DAY;
    ck_assert_ok(pz_goal_measurement_add(ana, &measurement, NULL));
}

START_TEST(a_score_is_forecast_by_a_line)
{
    pz_goal goal = make_goal();
    pz_goal_measurement **rows, bad = PZ_GOAL_MEASUREMENT_INIT;
    pz_goal_progress p, *spanish;
    size_t count;
    pz_id id, request;
    goal.measure = PZ_MEASURE_SCORE;
    goal.baseline = 10;
    goal.target = 50;
    goal.due_on = SCHOOL_TODAY + 60;
    id = active(&goal);
    ck_assert_int_eq(progress_of(id).pace, PZ_PACE_NOT_ENOUGH);
    at.school.now += 21 * SCHOOL_DAY;
    measure(id, 10, 0);
    measure(id, 17, 7);
    measure(id, 24, 14);
    p = progress_of(id);
    ck_assert_double_eq_tol(p.value, 24, 1e-12);
    ck_assert_double_eq_tol(p.share, 14.0 / 40, 1e-12);
    ck_assert_int_eq(p.expected_on, SCHOOL_TODAY + 40);
    ck_assert_int_eq(p.observations, 3);
    ck_assert_int_eq(p.pace, PZ_PACE_ON_TIME);
    measure(id, 20, 21);
    p = progress_of(id);
    ck_assert_int_lt(p.earliest_on, p.expected_on);
    ck_assert(p.latest_on == PZ_DATE_NONE || p.latest_on > p.expected_on);
    ck_assert(p.chance > 0 && p.chance < 1);
    ck_assert_ok(pz_goal_progress_get(ana, id, "es", &spanish));
    ck_assert_ptr_nonnull(strstr(spanish->words, "A este ritmo"));
    pz_free(spanish);
    ck_assert_status(pz_goal_progress_get(ana, id, "xx", &spanish), PZ_E_INVALID);
    ck_assert_status(pz_goal_progress_get(ana, 999, NULL, &spanish), PZ_E_NOT_FOUND);
    ck_assert_ok(pz_goal_measurement_list(gus, id, &rows, &count));
    ck_assert_uint_eq(count, 4);
    ck_assert_double_eq_tol(rows[1]->value, 17, 0.001);
    pz_free(rows);
    bad.goal = id;
    ck_assert_status(pz_goal_measurement_add(ana, &bad, NULL), PZ_E_INVALID);
    bad.value = 1;
    ck_assert_status(pz_goal_measurement_add(cou, &bad, NULL), PZ_E_DENIED);
    bad.at = at.school.now + SCHOOL_DAY;
    ck_assert_status(pz_goal_measurement_add(ana, &bad, NULL), PZ_E_INVALID);
    ck_assert_status(pz_goal_achieve(tea, id, NULL, 0, NULL, 0, NULL, &request), PZ_E_STATE);
    ck_assert_ptr_nonnull(strstr(pz_last_error()->message, "20"));
    measure(id, 55, 21);
    ck_assert_int_eq(progress_of(id).pace, PZ_PACE_REACHED);
    ck_assert_ok(pz_goal_achieve(tea, id, NULL, 0, NULL, 0, NULL, &request));
}
END_TEST

START_TEST(counts_and_milestones_are_forecast_as_such)
{
    pz_goal goal = make_goal(), shown = make_goal();
    pz_goal_progress p;
    pz_id id, other, milestones[4];
    goal.measure = PZ_MEASURE_COUNT;
    goal.target = 8;
    id = active(&goal);
    other = active(&shown);
    for (int i = 0; i < 4; i++) milestones[i] = add_milestone(ana, other, "Step", SCHOOL_TODAY + 5);
    at.school.now += 9 * SCHOOL_DAY;
    measure(id, 4, 9);
    p = progress_of(id);
    ck_assert_double_eq_tol(p.share, 0.5, 1e-12);
    ck_assert_int_eq(p.expected_on, SCHOOL_TODAY + 19); /* ten days, the first included, for four: the median for four more is ten more */
    ck_assert(isnan(p.chance));
    ck_assert_int_eq(p.pace, PZ_PACE_UNCLEAR);
    ck_assert_ok(pz_goal_milestone_reach(ana, milestones[0], NULL, NULL));
    ck_assert_ok(pz_goal_milestone_reach(ana, milestones[1], NULL, NULL));
    p = progress_of(other);
    ck_assert_int_eq(p.milestones, 4);
    ck_assert_int_eq(p.milestones_reached, 2);
    ck_assert_int_eq(p.milestones_overdue, 2);
    ck_assert_double_eq_tol(p.share, 0.5, 1e-12);
    ck_assert_int_eq(p.observations, 2);
    ck_assert_ok(pz_goal_milestone_reach(ana, milestones[2], NULL, NULL));
    ck_assert_ok(pz_goal_milestone_drop(ana, milestones[3], NULL));
    ck_assert_int_eq(progress_of(other).pace, PZ_PACE_REACHED);
    pz_goal_measurement bad = PZ_GOAL_MEASUREMENT_INIT;
    bad.goal = other;
    bad.value = 1;
    ck_assert_status(pz_goal_measurement_add(ana, &bad, NULL), PZ_E_INVALID);
}
END_TEST

START_TEST(progress_toward_mastery_is_that_of_the_store)
{
    pz_goal goal = make_goal();
    pz_goal_progress p;
    pz_id id;
    goal.measure = PZ_MEASURE_ESTIMATE;
    goal.competency = at.add;
    goal.target = 0.9;
    id = active(&goal);
    at.school.now += 20 * SCHOOL_DAY;
    lesson_answers(&at, at.school.ana, at.add, 0, "0000");
    lesson_answers(&at, at.school.ana, at.add, 5 * SCHOOL_DAY, "0000");
    lesson_answers(&at, at.school.ana, at.add, 10 * SCHOOL_DAY, "0100");
    p = progress_of(id);
    ck_assert_double_gt(p.share, 0);
    ck_assert_double_lt(p.share, 1);
    ck_assert_int_eq(p.is_met, 0);
}
END_TEST

START_TEST(what_is_shown_is_rated_and_ones_own_rating_stands_apart)
{
    pz_goal goal = make_goal();
    pz_demonstration shown = PZ_DEMONSTRATION_INIT, **rows;
    pz_voice_media film = PZ_VOICE_MEDIA_INIT, link = PZ_VOICE_MEDIA_INIT, **media;
    const pz_voice_media *both[] = {&film, &link};
    pz_demonstration_rating clear = PZ_DEMONSTRATION_RATING_INIT, **ratings;
    const pz_demonstration_rating *given[] = {&clear};
    pz_goal_reflection **said;
    size_t count;
    pz_id id = active(&goal), demonstration;
    film.reference = "goals/7.webm";
    film.type = "video/webm";
    film.size = 12;
    film.hash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    film.alternative = "I tell the story";
    link.reference = "https://school.example/story";
    link.alternative = "The story";
    shown.goal = id;
    ck_assert_status(pz_demonstration_add(ana, &shown, NULL, 0, NULL, &demonstration), PZ_E_INVALID);
    shown.title = "A story told";
    ck_assert_status(pz_demonstration_add(cou, &shown, NULL, 0, NULL, &demonstration), PZ_E_DENIED);
    ck_assert_status(pz_demonstration_add(ana, &shown, NULL, 1, NULL, &demonstration), PZ_E_INVALID);
    ck_assert_status(pz_demonstration_add(ana, &shown, both, 17, NULL, &demonstration), PZ_E_TOO_LONG);
    link.reference = "javascript:alert(1)";
    ck_assert_status(pz_demonstration_add(ana, &shown, both, 2, NULL, &demonstration), PZ_E_HOSTILE);
    link.reference = "https://school.example/story";
    ck_assert_ok(pz_demonstration_add(ana, &shown, both, 2, "d", &demonstration));
    ck_assert_ok(pz_demonstration_list(gus, id, &rows, &count));
    ck_assert_uint_eq(count, 1);
    ck_assert_int_eq(rows[0]->shown_role, PZ_ROLE_LEARNER);
    pz_free(rows);
    ck_assert_ok(pz_demonstration_media_list(tea, demonstration, &media, &count));
    ck_assert_uint_eq(count, 2);
    ck_assert_int_eq(media[1]->position, 2);
    ck_assert_str_eq(media[1]->reference, link.reference);
    pz_free(media);
    ck_assert_status(pz_demonstration_rate(tea, demonstration, given, 1, NULL), PZ_E_INVALID);
    clear.criterion = "Clear";
    clear.level = 5;
    ck_assert_status(pz_demonstration_rate(tea, demonstration, given, 1, NULL), PZ_E_INVALID);
    clear.level = 3;
    ck_assert_status(pz_demonstration_rate(tea, demonstration, given, 0, NULL), PZ_E_INVALID);
    ck_assert_status(pz_demonstration_rate(cou, demonstration, given, 1, NULL), PZ_E_DENIED);
    ck_assert_status(pz_demonstration_rate(tea, 999, given, 1, NULL), PZ_E_NOT_FOUND);
    ck_assert_ok(pz_demonstration_rate(ana, demonstration, given, 1, NULL));
    ck_assert_ok(pz_demonstration_rate(tea, demonstration, given, 1, NULL));
    clear.level = 4;
    ck_assert_ok(pz_demonstration_rate(tea, demonstration, given, 1, NULL)); /* in place of the one before */
    ck_assert_ok(pz_demonstration_rating_list(ana, demonstration, &ratings, &count));
    ck_assert_uint_eq(count, 2);
    ck_assert_int_eq(ratings[0]->is_self, 0);
    ck_assert_int_eq(ratings[0]->level, 4);
    ck_assert_int_eq(ratings[1]->is_self, 1);
    ck_assert_int_eq(ratings[1]->level, 3);
    pz_free(ratings);
    ck_assert_ok(pz_goal_reflect(ana, id, "I was nervous", PZ_NUL_TERMINATED, NULL));
    ck_assert_ok(pz_goal_reflect(tea, id, "One could not tell", PZ_NUL_TERMINATED, NULL));
    ck_assert_status(pz_goal_reflect(cou, id, "x", 1, NULL), PZ_E_DENIED);
    ck_assert_status(pz_goal_reflect(ana, id, "", 0, NULL), PZ_E_INVALID);
    ck_assert_ok(pz_goal_reflection_list(gus, id, &said, &count));
    ck_assert_uint_eq(count, 2);
    ck_assert_int_eq(said[1]->role, PZ_ROLE_TEACHER);
    pz_free(said);
}
END_TEST

/* ----------------------------------------------------------------------------------------- advice and standards --- */

static int advises(pz_id goal, const char *code, pz_id *out_competency)
{
    pz_goal_advice **rows;
    size_t count;
    int found = 0;
    ck_assert_ok(pz_goal_advice_list(ana, goal, NULL, &rows, &count));
    for (size_t i = 0; i < count; i++) {
        ck_assert_uint_gt(strlen(rows[i]->words), 0);
        if (strcmp(rows[i]->code, code)) continue;
        found = 1;
        if (out_competency) *out_competency = rows[i]->competency;
    }
    pz_free(rows);
    return found;
}

START_TEST(advice_says_what_would_make_it_clearer)
{
    pz_goal goal = make_goal();
    pz_goal_advice **rows;
    size_t count;
    pz_id vague, clear;
    goal.confidence = 0.3;
    ck_assert_ok(pz_goal_propose(ana, &goal, NULL, &vague));
    goal.statement = "Read 5 books about trains";
    goal.measure = PZ_MEASURE_COUNT;
    goal.measured = "books read";
    goal.target = 5;
    goal.baseline = 0;
    goal.due_on = SCHOOL_TODAY + 30;
    goal.confidence = 0.9;
    goal.strategies = "Before bed";
    clear = active(&goal);
    static const char *const codes[] = {"advice.goal.statement", "advice.goal.measured",   "advice.goal.due_on",
                                        "advice.goal.support",   "advice.goal.confidence", "advice.goal.strategies"};
    for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++) {
        ck_assert_msg(advises(vague, codes[i], NULL), "%s", codes[i]);
        ck_assert_msg(!advises(clear, codes[i], NULL), "%s", codes[i]);
    }
    ck_assert_ok(pz_goal_advice_list(gus, vague, "es", &rows, &count));
    ck_assert_str_eq(rows[0]->words, "Di un poco más: ¿qué exactamente, y cuánto?");
    pz_free(rows);
    ck_assert_status(pz_goal_advice_list(ana, vague, "xx", &rows, &count), PZ_E_INVALID);
    ck_assert_status(pz_goal_advice_list(ana, 999, NULL, &rows, &count), PZ_E_NOT_FOUND);
}
END_TEST

static void set_level(pz_id id, const char *code, const char *levels)
{
    pz_competency competency = PZ_COMPETENCY_INIT;
    competency.id = id;
    competency.framework = at.framework;
    competency.code = competency.statement = code;
    competency.levels = levels;
    ck_assert_ok(pz_competency_save(at.school.importer, &competency, NULL, NULL, NULL, &id));
}

START_TEST(work_below_grade_is_flagged_with_a_route_back)
{
    pz_goal goal = make_goal();
    pz_person person = PZ_PERSON_INIT;
    pz_standard **rows;
    size_t count;
    pz_id toward, asked[2];
    person.id = at.school.ana;
    person.given_name = "ana";
    person.family_name = "Test";
    person.grades = "05";
    ck_assert_ok(pz_person_save(at.school.importer, &person, NULL, NULL, NULL, &person.id));
    set_level(at.add, "add", "02,03");
    set_level(at.subtract, "subtract", "03");
    set_level(at.multiply, "multiply", "05");
    set_level(at.divide, "divide", "04");
    asked[0] = at.add;
    asked[1] = at.divide;
    ck_assert_ok(pz_standard_list(tea, at.school.ana, asked, 2, &rows, &count));
    ck_assert_uint_eq(count, 3);
    ck_assert_int_eq(rows[0]->kind, PZ_STANDARD_BELOW_GRADE);
    ck_assert_int_eq(rows[0]->step, at.subtract);
    ck_assert_int_eq(rows[1]->step, at.multiply);
    ck_assert_str_eq(rows[1]->level, "05");
    ck_assert_int_eq(rows[2]->kind, PZ_STANDARD_NO_ROUTE);
    pz_free(rows);
    goal.measure = PZ_MEASURE_MASTERY;
    goal.competency = at.add;
    ck_assert_ok(pz_goal_propose(ana, &goal, NULL, &goal.id));
    ck_assert(advises(goal.id, "advice.goal.below_grade", &toward));
    ck_assert_int_eq(toward, at.subtract);
    lesson_answers(&at, at.school.ana, at.add, 0, "111111111111");
    ck_assert(advises(goal.id, "advice.goal.extension", &toward)); /* mastered: on to what comes next */
    ck_assert_int_eq(toward, at.subtract);
    ck_assert_status(pz_standard_list(tea, 999, asked, 2, &rows, &count), PZ_E_NOT_FOUND);
    ck_assert_status(pz_standard_list(tea, at.school.ana, NULL, 2, &rows, &count), PZ_E_INVALID);
    asked[0] = at.multiply;
    ck_assert_ok(pz_standard_list(tea, at.school.ana, asked, 1, &rows, &count));
    ck_assert_uint_eq(count, 0); /* of the grade: nothing to say */
    pz_free(rows);
}
END_TEST

/* --------------------------------------------------------------------------------------------------- figures --- */

START_TEST(figures_are_told_of_five_learners_on_and_rounded_down)
{
    pz_actor *lea = school_actor(&at.school, at.school.lea, PZ_ROLE_LEADER);
    pz_goal_count **rows;
    pz_goal_coverage **cover;
    size_t count;
    pz_goal goal = make_goal();
    active(&goal);
    ck_assert_ok(pz_goal_count_list(lea, 0, at.school.a, &rows, &count));
    ck_assert_uint_eq(count, 0); /* three learners */
    pz_free(rows);
    for (int i = 0; i < 8; i++) {
        char name[8];
        snprintf(name, sizeof name, "new%d", i);
        pz_id learner = school_person(&at.school, name);
        school_enroll(&at.school, at.school.a, learner, PZ_ROLE_LEARNER);
        if (i >= 6) continue;
        goal.learner = learner;
        goal.due_on = SCHOOL_TODAY - 1;
        ck_assert_ok(pz_goal_propose(tea, &goal, NULL, &goal.id));
        goal.id = 0;
    }
    ck_assert_ok(pz_goal_count_list(lea, 0, at.school.a, &rows, &count));
    ck_assert_uint_eq(count, 5);
    ck_assert_int_eq(rows[0]->area, 0);
    ck_assert_int_eq(rows[0]->learners, 10);    /* 11 */
    ck_assert_int_eq(rows[0]->covered, 5);    /* 7 */
    ck_assert_int_eq(rows[0]->uncovered, 0); /* 4 */
    ck_assert_int_eq(rows[0]->overdue, 5);      /* 6 */
    ck_assert_int_eq(rows[PZ_GOAL_ACADEMIC]->goals, 5);
    ck_assert_int_eq(rows[PZ_GOAL_CAREER]->goals, 0);
    pz_free(rows);
    ck_assert_ok(pz_goal_count_list(at.runner, 0, 0, &rows, &count));
    ck_assert_uint_gt(count, 5); /* orgs too */
    pz_free(rows);
    ck_assert_status(pz_goal_count_list(ana, 0, 0, &rows, &count), PZ_E_DENIED);
    ck_assert_ok(pz_goal_coverage_list(tea, at.school.a, &cover, &count));
    ck_assert_uint_eq(count, 11);
    ck_assert_int_eq(cover[0]->learner, at.school.ana);
    ck_assert_int_eq(cover[0]->open, 1);
    ck_assert_int_eq(cover[0]->overdue, 0);
    ck_assert_int_eq(cover[1]->open, 0);
    ck_assert(cover[1]->acted_at == PZ_TIME_NONE);
    pz_free(cover);
    ck_assert_status(pz_goal_coverage_list(tea, at.school.b, &cover, &count), PZ_E_NOT_FOUND);
    ck_assert_status(pz_goal_coverage_list(tea, 0, &cover, &count), PZ_E_NOT_FOUND);
    ck_assert_status(pz_goal_coverage_list(gus, at.school.a, &cover, &count), PZ_E_DENIED);
    pz_actor_free(lea);
}
END_TEST

START_TEST(decisions_of_learners_are_counted_by_cycle)
{
    pz_cycle cycle = PZ_CYCLE_INIT;
    pz_goal goal = make_goal();
    pz_goal_decisions **rows;
    size_t count;
    pz_id id, request;
    cycle.class_id = at.school.a;
    cycle.title = "Autumn";
    cycle.opens_on = SCHOOL_TODAY;
    cycle.closes_on = SCHOOL_TODAY + 10;
    ck_assert_ok(pz_cycle_open(tea, &cycle, NULL, &cycle.id));
    id = active(&goal);
    ck_assert_ok(pz_goal_pause(tea, id, NULL, 0, NULL, &request));
    ck_assert_ok(pz_goal_answer(ana, request, 0, NULL, 0, NULL));
    at.school.now += 20 * SCHOOL_DAY; /* after the cycle */
    ck_assert_ok(pz_goal_pause(ana, id, NULL, 0, NULL, &request));
    ck_assert_ok(pz_goal_decisions_list(tea, cycle.id, &rows, &count));
    ck_assert_uint_eq(count, 3);
    ck_assert_int_eq(rows[0]->learner, at.school.ana);
    ck_assert_int_eq(rows[0]->proposed, 1);
    ck_assert_int_eq(rows[0]->moved, 1); /* started */
    ck_assert_int_eq(rows[0]->answered, 1);
    ck_assert_int_eq(rows[0]->decisions, 3);
    ck_assert_int_eq(rows[1]->decisions, 0);
    pz_free(rows);
    ck_assert_status(pz_goal_decisions_list(tea, 999, &rows, &count), PZ_E_NOT_FOUND);
}
END_TEST

START_TEST(requests_are_due_and_told_to_who_answers)
{
    pz_goal goal = make_goal();
    pz_due **dues;
    pz_event **events;
    size_t count;
    int64_t cursor;
    pz_id id = active(&goal), request;
    int waits = 0;
    ck_assert_ok(pz_goal_pause(tea, id, NULL, 0, NULL, &request));
    ck_assert_ok(pz_due_list(ana, SCHOOL_TODAY + 5, &dues, &count));
    ck_assert_uint_eq(count, 1);
    ck_assert_str_eq(dues[0]->code, "due.goal_answer");
    pz_free(dues);
    ck_assert_ok(pz_due_list(tea, SCHOOL_TODAY + 5, &dues, &count));
    ck_assert_uint_eq(count, 0);
    pz_free(dues);
    ck_assert_ok(pz_changes_since(ana, 0, 1000, &events, &count, &cursor));
    for (size_t i = 0; i < count; i++) waits += events[i]->kind == PZ_EVENT_AWAITS_ANSWER && events[i]->record == id;
    ck_assert_int_eq(waits, 1);
    pz_free(events);
}
END_TEST

/* -------------------------------------------------------------------------------------------- failing memory --- */

static pz_status read_all(pz_actor *actor, pz_id id, pz_id demonstration)
{
    pz_goal_progress *progress = NULL;
    void **rows = NULL;
    size_t count;
    pz_status status = pz_goal_progress_get(actor, id, NULL, &progress);
    pz_free(progress);
#define READ(call)                                                                                                                         \
    if (status == PZ_OK) {                                                                                                                 \
        status = call;                                                                                                                     \
        pz_free(rows);                                                                                                                     \
    }
    READ(pz_goal_advice_list(actor, id, NULL, (pz_goal_advice ***)&rows, &count))
    READ(pz_goal_milestone_list(actor, id, (pz_goal_milestone ***)&rows, &count))
    READ(pz_goal_reflection_list(actor, id, (pz_goal_reflection ***)&rows, &count))
    READ(pz_demonstration_rating_list(actor, demonstration, (pz_demonstration_rating ***)&rows, &count))
    READ(pz_goal_may_list(actor, id, (pz_goal_may ***)&rows, &count))
    READ(pz_goal_request_list(actor, id, (pz_goal_request ***)&rows, &count))
    READ(pz_goal_policy_list(actor, 0, (pz_goal_policy ***)&rows, &count))
    READ(pz_standard_list(actor, at.school.ana, &at.add, 1, (pz_standard ***)&rows, &count))
    return status;
}

static pz_status work_on_a_goal(void *user_data)
{
    const lesson *l = user_data;
    pz_goal goal = PZ_GOAL_INIT;
    pz_goal_milestone milestone = PZ_GOAL_MILESTONE_INIT;
    pz_goal_measurement measurement = PZ_GOAL_MEASUREMENT_INIT;
    pz_demonstration shown = PZ_DEMONSTRATION_INIT;
    pz_demonstration_rating rating = PZ_DEMONSTRATION_RATING_INIT;
    const pz_demonstration_rating *ratings[] = {&rating};
    pz_actor *learner = NULL, *teacher = NULL;
    school copy = l->school;
    pz_id id = 0, request;
    pz_status status = school_open(&copy, 0);
    goal.learner = l->school.ana;
    goal.statement = milestone.statement = shown.title = rating.criterion = "Memory";
    goal.measure = PZ_MEASURE_COUNT;
    goal.target = 3;
    measurement.value = rating.level = 1;
    if (status == PZ_OK) status = pz_actor_open(copy.store, l->school.ana, PZ_ROLE_LEARNER, "tests", &learner);
    if (status == PZ_OK) status = pz_actor_open(copy.store, l->school.tea, PZ_ROLE_TEACHER, "tests", &teacher);
    if (status == PZ_OK) status = pz_goal_propose(learner, &goal, "m propose", &id);
    goal.id = shown.goal = milestone.goal = measurement.goal = id;
    if (status == PZ_OK) status = pz_goal_support(teacher, id, NULL, 0, "m support");
    if (status == PZ_OK) status = pz_goal_start(learner, id, NULL, 0, "m start", &request);
    if (status == PZ_OK) status = pz_goal_milestone_add(learner, &milestone, "m milestone", &milestone.id);
    if (status == PZ_OK) status = pz_goal_milestone_reach(learner, milestone.id, NULL, "m reach");
    if (status == PZ_OK) status = pz_goal_measurement_add(learner, &measurement, "m measure");
    if (status == PZ_OK) status = pz_demonstration_add(learner, &shown, NULL, 0, "m show", &shown.id);
    if (status == PZ_OK) status = pz_demonstration_rate(teacher, shown.id, ratings, 1, "m rate");
    if (status == PZ_OK) status = pz_goal_reflect(learner, id, "x", 1, "m reflect");
    if (status == PZ_OK) status = read_all(learner, id, shown.id); /* its own: nothing goes on the record of reads at the close */
    pz_actor_free(learner);
    pz_actor_free(teacher);
    pz_store_free(copy.store);
    return status;
}

START_TEST(survives_each_allocation_failing)
{
    lesson_start(&at);
    pz_actor_free(at.runner);
    school_close(&at.school);
    ck_assert_int_gt(suite_each_allocation(work_on_a_goal, &at), 30);
    place_end(&at.school.place);
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("goal work");
    TCase *with = tcase_create("in a school");
    TCase *alone = tcase_create("memory");
    tcase_add_checked_fixture(with, setup, teardown);
    tcase_set_timeout(with, 60);
    tcase_set_timeout(alone, 120);
    tcase_add_test(with, an_adults_step_waits_for_the_learner);
    tcase_add_test(with, a_revision_is_negotiated_and_what_was_agreed_holds_meanwhile);
    tcase_add_test(with, the_second_of_two_processes_is_told_who_changed_what);
    tcase_add_test(with, what_a_goal_serves_makes_no_circle);
    tcase_add_test(with, a_policy_widens_with_grade_age_and_goals_achieved);
    tcase_add_test(with, by_default_agency_grows_with_goals_of_ones_own);
    tcase_add_test(with, a_policy_denies_and_lets_adults_approve);
    tcase_add_test(with, no_policy_breaks_the_promise);
    tcase_add_test(with, visibility_narrows_who_sees_a_goal);
    tcase_add_test(with, a_draft_is_seen_by_its_learner_and_who_wrote_it);
    tcase_add_test(with, refuses_members_that_are_none);
    tcase_add_test(with, milestones_are_the_learners);
    tcase_add_test(with, a_score_is_forecast_by_a_line);
    tcase_add_test(with, counts_and_milestones_are_forecast_as_such);
    tcase_add_test(with, progress_toward_mastery_is_that_of_the_store);
    tcase_add_test(with, what_is_shown_is_rated_and_ones_own_rating_stands_apart);
    tcase_add_test(with, advice_says_what_would_make_it_clearer);
    tcase_add_test(with, work_below_grade_is_flagged_with_a_route_back);
    tcase_add_test(with, figures_are_told_of_five_learners_on_and_rounded_down);
    tcase_add_test(with, decisions_of_learners_are_counted_by_cycle);
    tcase_add_test(with, requests_are_due_and_told_to_who_answers);
    tcase_add_test(alone, survives_each_allocation_failing);
    suite_add_tcase(suite, with);
    suite_add_tcase(suite, alone);
    return suite;
}

SUITE_MAIN(make_suite)
