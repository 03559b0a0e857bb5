/* Goals: every step from every state by every kind of person, support, revision, achievement held against the store, history. */
#include "personalize/goal.h"
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

/* Who acts: ana's goal, by people around her. */
enum { WHO_LEARNER, WHO_GUARDIAN, WHO_TEACHER, WHO_COUNSELOR, WHO_LEADER, WHO_OTHER_LEARNER, WHO_OTHER_TEACHER, WHO_SERVICE, WHOS };

static pz_actor *actor_of(int who)
{
    school *s = &at.school;
    switch (who) {
    case WHO_LEARNER: return school_actor(s, s->ana, PZ_ROLE_LEARNER);
    case WHO_GUARDIAN: return school_actor(s, s->gus, PZ_ROLE_GUARDIAN);
    case WHO_TEACHER: return school_actor(s, s->tea, PZ_ROLE_TEACHER);
    case WHO_COUNSELOR: return school_actor(s, s->cou, PZ_ROLE_COUNSELOR);
    case WHO_LEADER: return school_actor(s, s->lea, PZ_ROLE_LEADER);
    case WHO_OTHER_LEARNER: return school_actor(s, s->ben, PZ_ROLE_LEARNER);
    case WHO_OTHER_TEACHER: return school_actor(s, s->tim, PZ_ROLE_TEACHER);
    default: return school_service(s, PZ_SCOPE_IMPORT | PZ_SCOPE_READ | PZ_SCOPE_RECOMMEND);
    }
}

static pz_goal make_goal(void)
{
    pz_goal goal = PZ_GOAL_INIT;
    goal.learner = at.school.ana;
    goal.statement = "I want to add up in my head";
    return goal;
}

static pz_id propose(int who, const pz_goal *goal)
{
    pz_actor *actor = actor_of(who);
    pz_id id;
    ck_assert_ok(pz_goal_propose(actor, goal, NULL, &id));
    pz_actor_free(actor);
    return id;
}

static pz_goal goal_now(pz_id id)
{
    pz_goal *goal, copy;
    ck_assert_ok(pz_goal_get(at.runner, id, &goal));
    copy = *goal;
    copy.statement = copy.reason = copy.reflection = NULL;
    pz_free(goal);
    return copy;
}

/* ---------------------------------------------------------------------------------------------------- steps --- */

enum { STEP_AGREE, STEP_ASK, STEP_SUPPORT, STEP_DECLINE, STEP_START, STEP_PAUSE, STEP_RESUME, STEP_REVISE, STEP_ACHIEVE, STEP_ABANDON, STEPS };

static pz_status take_step(int who, int step, pz_id id)
{
    pz_goal_evidence shown = PZ_GOAL_EVIDENCE_INIT;
    const pz_goal_evidence *evidence[] = {&shown};
    pz_goal revised = make_goal();
    pz_actor *actor = actor_of(who);
    pz_status status;
    int64_t version;
    pz_id request;
    shown.description = "Did it in class";
    switch (step) {
    case STEP_AGREE: status = pz_goal_agree(actor, id, NULL); break;
    case STEP_ASK: status = pz_goal_ask(actor, id, at.school.cou, PZ_ROLE_COUNSELOR, NULL); break;
    case STEP_SUPPORT: status = pz_goal_support(actor, id, "Gladly", PZ_NUL_TERMINATED, NULL); break;
    case STEP_DECLINE: status = pz_goal_decline(actor, id, NULL, 0, NULL); break;
    case STEP_START: status = pz_goal_start(actor, id, NULL, 0, NULL, &request); break;
    case STEP_PAUSE: status = pz_goal_pause(actor, id, "Exams", PZ_NUL_TERMINATED, NULL, &request); break;
    case STEP_RESUME: status = pz_goal_resume(actor, id, NULL, 0, NULL, &request); break;
    case STEP_REVISE:
        revised.id = id;
        revised.version = goal_now(id).version;
        revised.statement = "Said anew";
        status = pz_goal_revise(actor, &revised, NULL, &version);
        break;
    case STEP_ACHIEVE: status = pz_goal_achieve(actor, id, evidence, 1, "Proud", PZ_NUL_TERMINATED, NULL, &request); break;
    default: status = pz_goal_abandon(actor, id, "Something else matters more", PZ_NUL_TERMINATED, NULL, &request); break;
    }
    pz_actor_free(actor);
    return status;
}

/* The places a goal can be in, each with tea as the adult who proposed or supports. */
enum {
    PLACE_WAITS_FOR_LEARNER,
    PLACE_WAITS_FOR_ADULT,
    PLACE_SUPPORTED_NOT_AGREED,
    PLACE_AGREED,
    PLACE_ACTIVE,
    PLACE_PAUSED,
    PLACE_ACHIEVED,
    PLACE_ABANDONED,
    PLACES
};

static pz_id goal_at(int place)
{
    pz_goal goal = make_goal();
    pz_id id = propose(place == PLACE_WAITS_FOR_LEARNER || place == PLACE_SUPPORTED_NOT_AGREED ? WHO_TEACHER : WHO_LEARNER, &goal);
    if (place >= PLACE_SUPPORTED_NOT_AGREED && place != PLACE_ABANDONED) ck_assert_ok(take_step(WHO_TEACHER, STEP_SUPPORT, id));
    if (place >= PLACE_ACTIVE && place <= PLACE_ACHIEVED) ck_assert_ok(take_step(WHO_LEARNER, STEP_START, id));
    if (place == PLACE_PAUSED) ck_assert_ok(take_step(WHO_LEARNER, STEP_PAUSE, id));
    if (place == PLACE_ACHIEVED) ck_assert_ok(take_step(WHO_TEACHER, STEP_ACHIEVE, id));
    if (place == PLACE_ABANDONED) ck_assert_ok(take_step(WHO_LEARNER, STEP_ABANDON, id));
    return id;
}

static const int32_t state_at[PLACES] = {PZ_GOAL_PROPOSED, PZ_GOAL_PROPOSED, PZ_GOAL_PROPOSED, PZ_GOAL_AGREED,
                                         PZ_GOAL_ACTIVE,   PZ_GOAL_PAUSED,   PZ_GOAL_ACHIEVED, PZ_GOAL_ABANDONED};

#define NONE PZ_E_NOT_FOUND
#define NO PZ_E_DENIED
#define STATE PZ_E_STATE
#define OK PZ_OK

/* From which places each step leads on: waits for the learner, for an adult, supported but not agreed, agreed, active, paused, achieved, abandoned. */
/* clang-format off */
static const int leads_on[STEPS][PLACES] = {
    [STEP_AGREE] = {1, 0, 1, 0, 0, 0, 0, 0},
    [STEP_ASK] = {1, 1, 1, 1, 1, 1, 0, 0},
    [STEP_SUPPORT] = {1, 1, 1, 1, 1, 1, 0, 0},
    [STEP_DECLINE] = {0, 0, 1, 1, 1, 1, 0, 0}, /* of tea, who supports it from the third place on */
    [STEP_START] = {0, 0, 0, 1, 0, 0, 0, 0},
    [STEP_PAUSE] = {0, 0, 0, 0, 1, 0, 0, 0},
    [STEP_RESUME] = {0, 0, 0, 0, 0, 1, 0, 0},
    [STEP_REVISE] = {1, 1, 1, 1, 1, 1, 0, 0},
    [STEP_ACHIEVE] = {0, 0, 0, 1, 1, 0, 0, 0},
    [STEP_ABANDON] = {1, 1, 1, 1, 1, 1, 0, 0},
};
/* clang-format on */

static int is_supporter(int place, int who)
{
    return who == WHO_TEACHER && place >= PLACE_SUPPORTED_NOT_AGREED && place != PLACE_ABANDONED;
}

/* Who may take a step at a place at all, if it leads on. */
static int is_for(int step, int place, int who)
{
    if (step == STEP_AGREE) return who == WHO_LEARNER;
    if (step == STEP_ASK) return 1;
    if (step == STEP_SUPPORT || step == STEP_DECLINE) return who != WHO_LEARNER;
    if (who == WHO_LEARNER || is_supporter(place, who)) return 1;
    return step == STEP_REVISE && state_at[place] == PZ_GOAL_PROPOSED; /* any adult, while it is negotiated */
}

static pz_status wanted_of(int step, int place, int who)
{
    if (who == WHO_OTHER_LEARNER || who == WHO_OTHER_TEACHER) return NONE;
    if (who == WHO_SERVICE || !is_for(step, place, who)) return NO;
    if (step == STEP_DECLINE && who != WHO_TEACHER) return STATE;
    return leads_on[step][place] ? OK : STATE;
}

/* Which state an allowed step leads to. An adult's step on the goal waits for the learner; that it is achieved is for an adult to sign. */
static int32_t state_after(int step, int place, int who)
{
    int agreed = place != PLACE_WAITS_FOR_LEARNER && place != PLACE_SUPPORTED_NOT_AGREED;
    int supported = place != PLACE_WAITS_FOR_LEARNER && place != PLACE_WAITS_FOR_ADULT;
    if (step == STEP_ACHIEVE) return who == WHO_LEARNER ? state_at[place] : PZ_GOAL_ACHIEVED;
    if (step == STEP_REVISE && who != WHO_LEARNER) return PZ_GOAL_REVISED;
    if (step >= STEP_START && who != WHO_LEARNER) return state_at[place];
    if (step == STEP_START || step == STEP_RESUME) return PZ_GOAL_ACTIVE;
    if (step == STEP_PAUSE) return PZ_GOAL_PAUSED;
    if (step == STEP_ABANDON) return PZ_GOAL_ABANDONED;
    if (state_at[place] != PZ_GOAL_PROPOSED && state_at[place] != PZ_GOAL_AGREED) return state_at[place];
    if (step == STEP_AGREE || step == STEP_REVISE) agreed = 1;
    if (step == STEP_SUPPORT) supported = 1;
    if (step == STEP_DECLINE) supported = 0;
    return agreed && supported ? PZ_GOAL_AGREED : PZ_GOAL_PROPOSED;
}

START_TEST(each_step_is_for_its_people_and_places)
{
    int step = _i;
    for (int place = 0; place < PLACES; place++)
        for (int who = 0; who < WHOS; who++) {
            pz_id id = goal_at(place);
            int32_t before = goal_now(id).state;
            pz_status wanted = wanted_of(step, place, who), got = take_step(who, step, id);
            ck_assert_msg(got == wanted, "step %d at place %d by %d gave %s, wanted %s: %s", step, place, who,
                          pz_status_describe(got)->name, pz_status_describe(wanted)->name, pz_last_error()->message);
            ck_assert_msg(goal_now(id).state == (wanted == PZ_OK ? state_after(step, place, who) : before),
                          "step %d at place %d by %d: state %d", step, place, who, (int)goal_now(id).state);
        }
}
END_TEST

START_TEST(is_proposed_by_its_learner_and_the_adults_around_it)
{
    static const pz_status wanted[WHOS] = {OK, OK, OK, OK, OK, NONE, NONE, NO};
    for (int who = 0; who < WHOS; who++) {
        pz_actor *actor = actor_of(who);
        pz_goal goal = make_goal(), got;
        pz_id id;
        ck_assert_status(pz_goal_propose(actor, &goal, NULL, &id), wanted[who]);
        pz_actor_free(actor);
        if (wanted[who] != PZ_OK) continue;
        got = goal_now(id);
        ck_assert_int_eq(got.state, PZ_GOAL_PROPOSED);
        ck_assert_int_eq(got.learner_agreed, who == WHO_LEARNER);
        ck_assert_int_eq(got.proposed_role, PZ_ROLE_LEARNER + who);
        ck_assert_int_eq(got.acted_role, PZ_ROLE_LEARNER + who);
        ck_assert_int_eq(got.acted_at, SCHOOL_NOW);
        ck_assert_int_eq(got.version, school_last_change(&at.school));
        ck_assert_int_eq(got.is_current, 1);
    }
}
END_TEST

START_TEST(refuses_what_is_no_goal)
{
    pz_actor *ana = actor_of(WHO_LEARNER);
    pz_goal goal = make_goal();
    char *long_text = malloc(65538);
    pz_id id = 7;
    memset(long_text, 'x', 65537);
    long_text[65537] = 0;
    ck_assert_status(pz_goal_propose(NULL, &goal, NULL, &id), PZ_E_CLOSED);
    ck_assert_int_eq(id, 0);
    ck_assert_status(pz_goal_propose(ana, NULL, NULL, &id), PZ_E_INVALID);
    goal.statement = "";
    ck_assert_status(pz_goal_propose(ana, &goal, NULL, &id), PZ_E_INVALID);
    goal.statement = "\xc3";
    ck_assert_status(pz_goal_propose(ana, &goal, NULL, &id), PZ_E_TEXT);
    goal.statement = long_text;
    ck_assert_status(pz_goal_propose(ana, &goal, NULL, &id), PZ_E_TOO_LONG);
    goal = make_goal();
    goal.area = 5;
    ck_assert_status(pz_goal_propose(ana, &goal, NULL, &id), PZ_E_INVALID);
    goal = make_goal();
    goal.measure = PZ_MEASURE_MASTERY;
    ck_assert_status(pz_goal_propose(ana, &goal, NULL, &id), PZ_E_INVALID);
    ck_assert_str_eq(pz_last_error()->field, "competency");
    goal.competency = 999999;
    ck_assert_status(pz_goal_propose(ana, &goal, NULL, &id), PZ_E_NOT_FOUND);
    goal.competency = at.add;
    goal.target = 0.5;
    ck_assert_status(pz_goal_propose(ana, &goal, NULL, &id), PZ_E_INVALID);
    goal.measure = PZ_MEASURE_ESTIMATE;
    goal.target = 1.5;
    ck_assert_status(pz_goal_propose(ana, &goal, NULL, &id), PZ_E_INVALID);
    goal.measure = 9;
    ck_assert_status(pz_goal_propose(ana, &goal, NULL, &id), PZ_E_INVALID);
    goal.struct_size = 4;
    ck_assert_status(pz_goal_propose(ana, &goal, NULL, &id), PZ_E_STRUCT_SIZE);
    goal = make_goal();
    ck_assert_ok(pz_goal_propose(ana, &goal, "key", &id));
    pz_id again;
    ck_assert_ok(pz_goal_propose(ana, &goal, "key", &again));
    ck_assert_int_eq(again, id);
    goal.statement = "Another";
    ck_assert_status(pz_goal_propose(ana, &goal, "key", &again), PZ_E_KEY_REUSED);
    free(long_text);
    pz_actor_free(ana);
}
END_TEST

/* --------------------------------------------------------------------------------------------------- support --- */

START_TEST(asks_adults_who_reach_the_learner_in_a_role_they_hold)
{
    school *s = &at.school;
    const struct {
        pz_id person;
        pz_role role;
        pz_status wanted;
    } tries[] = {
        {s->tea, PZ_ROLE_TEACHER, OK},   {s->tom, PZ_ROLE_TEACHER, NONE},  {s->tim, PZ_ROLE_TEACHER, NONE},
        {s->gus, PZ_ROLE_GUARDIAN, OK},  {s->gil, PZ_ROLE_GUARDIAN, NONE}, {s->lea, PZ_ROLE_LEADER, OK},
        {s->head, PZ_ROLE_LEADER, OK},   {s->tea, PZ_ROLE_LEADER, NONE},   {s->ben, PZ_ROLE_LEARNER, PZ_E_INVALID},
        {999999, PZ_ROLE_TEACHER, NONE},
    };
    pz_goal goal = make_goal();
    pz_id id = propose(WHO_LEARNER, &goal);
    pz_actor *ana = actor_of(WHO_LEARNER);
    for (size_t i = 0; i < sizeof tries / sizeof tries[0]; i++)
        ck_assert_status(pz_goal_ask(ana, id, tries[i].person, tries[i].role, NULL), tries[i].wanted);
    ck_assert_status(pz_goal_ask(ana, id, s->tea, PZ_ROLE_TEACHER, NULL), PZ_E_STATE);
    pz_actor_free(ana);
}
END_TEST

START_TEST(keeps_who_was_asked_and_what_they_said)
{
    school *s = &at.school;
    pz_goal goal = make_goal();
    pz_goal_supporter **rows;
    size_t count;
    pz_id id = propose(WHO_LEARNER, &goal);
    ck_assert_ok(take_step(WHO_LEARNER, STEP_ASK, id));
    ck_assert_ok(pz_goal_supporter_list(at.runner, id, &rows, &count));
    ck_assert_uint_eq(count, 1);
    ck_assert_int_eq(rows[0]->person, s->cou);
    ck_assert_int_eq(rows[0]->role, PZ_ROLE_COUNSELOR);
    ck_assert_int_eq(rows[0]->state, PZ_SUPPORT_ASKED);
    pz_free(rows);
    ck_assert_ok(take_step(WHO_COUNSELOR, STEP_DECLINE, id));
    ck_assert_ok(take_step(WHO_GUARDIAN, STEP_SUPPORT, id));
    ck_assert_int_eq(goal_now(id).state, PZ_GOAL_AGREED);
    ck_assert_ok(take_step(WHO_GUARDIAN, STEP_DECLINE, id));
    ck_assert_int_eq(goal_now(id).state, PZ_GOAL_PROPOSED); /* waits for a supporter again */
    ck_assert_ok(pz_goal_supporter_list(at.runner, id, &rows, &count));
    ck_assert_uint_eq(count, 2);
    for (size_t i = 0; i < count; i++) ck_assert_int_eq(rows[i]->state, rows[i]->person == s->cou ? PZ_SUPPORT_DECLINED : PZ_SUPPORT_ENDED);
    pz_free(rows);
    ck_assert_status(pz_goal_supporter_list(at.runner, 999999, &rows, &count), PZ_E_NOT_FOUND);
}
END_TEST

/* -------------------------------------------------------------------------------------------------- revision --- */

START_TEST(the_second_of_two_revisions_of_one_version_is_a_conflict)
{
    pz_goal goal = make_goal();
    pz_actor *ana = actor_of(WHO_LEARNER);
    int64_t version = 0;
    goal.id = propose(WHO_LEARNER, &goal);
    goal.version = goal_now(goal.id).version;
    goal.reason = "It helps at the shop";
    goal.due_on = SCHOOL_TODAY + 30;
    ck_assert_ok(pz_goal_revise(ana, &goal, "first", &version));
    ck_assert_int_eq(version, goal_now(goal.id).version);
    ck_assert_ok(pz_goal_revise(ana, &goal, "first", &version));
    ck_assert_status(pz_goal_revise(ana, &goal, NULL, &version), PZ_E_CONFLICT);
    goal.version = goal_now(goal.id).version;
    goal.learner = at.school.ben;
    ck_assert_status(pz_goal_revise(ana, &goal, NULL, &version), PZ_E_INVALID);
    goal.id = 999999;
    ck_assert_status(pz_goal_revise(ana, &goal, NULL, &version), PZ_E_NOT_FOUND);
    pz_actor_free(ana);
}
END_TEST

START_TEST(history_holds_every_version_with_who_made_it)
{
    static const int32_t states[] = {PZ_GOAL_PROPOSED, PZ_GOAL_PROPOSED, PZ_GOAL_AGREED, PZ_GOAL_ACTIVE, PZ_GOAL_ACHIEVED};
    static const int32_t steps[] = {PZ_GOAL_STEP_PROPOSE, PZ_GOAL_STEP_AGREE, PZ_GOAL_STEP_SUPPORT, PZ_GOAL_STEP_START, PZ_GOAL_STEP_ACHIEVE};
    static const int32_t roles[] = {PZ_ROLE_TEACHER, PZ_ROLE_LEARNER, PZ_ROLE_TEACHER, PZ_ROLE_LEARNER, PZ_ROLE_TEACHER};
    pz_goal goal = make_goal(), **rows;
    size_t count;
    pz_id id = propose(WHO_TEACHER, &goal);
    int64_t proposed = school_last_change(&at.school);
    pz_actor *view;
    ck_assert_ok(take_step(WHO_LEARNER, STEP_AGREE, id));
    ck_assert_ok(take_step(WHO_TEACHER, STEP_SUPPORT, id));
    ck_assert_ok(take_step(WHO_LEARNER, STEP_START, id));
    ck_assert_ok(take_step(WHO_TEACHER, STEP_ACHIEVE, id));
    ck_assert_ok(pz_goal_history(at.runner, id, &rows, &count));
    ck_assert_uint_eq(count, 5);
    for (size_t i = 0; i < count; i++) {
        ck_assert_int_eq(rows[i]->state, states[i]);
        ck_assert_int_eq(rows[i]->acted_role, roles[i]);
        ck_assert_int_eq(rows[i]->step, steps[i]);
        ck_assert_int_eq(rows[i]->is_current, i == 4);
        ck_assert_str_eq(rows[i]->statement, goal.statement);
    }
    ck_assert_str_eq(rows[2]->why, "Gladly");
    ck_assert_str_eq(rows[4]->reflection, "Proud");
    pz_free(rows);
    ck_assert_ok(pz_actor_as_of_change(at.runner, proposed, &view));
    ck_assert_ok(pz_goal_history(view, id, &rows, &count));
    ck_assert_uint_eq(count, 1);
    ck_assert_int_eq(rows[0]->is_current, 1);
    pz_free(rows);
    pz_actor_free(view);
    ck_assert_status(pz_goal_history(NULL, id, &rows, &count), PZ_E_CLOSED);
}
END_TEST

/* ------------------------------------------------------------------------------------------------- achieving --- */

static pz_id measured_goal(int32_t measure, double target)
{
    pz_goal goal = make_goal();
    pz_id id;
    goal.measure = measure;
    goal.competency = at.add;
    goal.target = target;
    id = propose(WHO_LEARNER, &goal);
    ck_assert_ok(take_step(WHO_TEACHER, STEP_SUPPORT, id));
    return id;
}

START_TEST(a_measure_is_held_against_the_store)
{
    pz_id mastery = measured_goal(PZ_MEASURE_MASTERY, PZ_REAL_NONE), estimate = measured_goal(PZ_MEASURE_ESTIMATE, 0.5);
    pz_actor *ana = actor_of(WHO_LEARNER), *tea = actor_of(WHO_TEACHER);
    pz_id request;
    ck_assert_status(pz_goal_achieve(ana, mastery, NULL, 0, NULL, 0, NULL, &request), PZ_E_STATE);
    ck_assert_ptr_nonnull(strstr(pz_last_error()->message, "no evidence"));
    lesson_answers(&at, at.school.ana, at.add, 0, "0000");
    ck_assert_status(pz_goal_achieve(ana, mastery, NULL, 0, NULL, 0, NULL, &request), PZ_E_STATE);
    ck_assert_status(pz_goal_achieve(tea, mastery, NULL, 0, NULL, 0, NULL, &request), PZ_E_STATE);
    ck_assert_status(pz_goal_achieve(ana, estimate, NULL, 0, NULL, 0, NULL, &request), PZ_E_STATE);
    lesson_answers(&at, at.school.ana, at.add, SCHOOL_DAY, "111");
    ck_assert_double_ge(lesson_mastery(at.runner, at.school.ana, at.add).estimate, 0.5);
    ck_assert_ok(pz_goal_achieve(ana, estimate, NULL, 0, NULL, 0, NULL, &request));
    lesson_answers(&at, at.school.ana, at.add, 2 * SCHOOL_DAY, "1111111");
    ck_assert_ok(pz_goal_achieve(ana, mastery, NULL, 0, "I did it", PZ_NUL_TERMINATED, "achieve", &request));
    ck_assert_ok(pz_goal_achieve(ana, mastery, NULL, 0, "I did it", PZ_NUL_TERMINATED, "achieve", &request));
    ck_assert_int_eq(goal_now(mastery).state, PZ_GOAL_ACHIEVED);
    pz_actor_free(ana);
    pz_actor_free(tea);
}
END_TEST

START_TEST(a_demonstration_needs_something_that_shows_it)
{
    pz_goal_evidence row = PZ_GOAL_EVIDENCE_INIT, **rows;
    const pz_goal_evidence *evidence[] = {&row};
    pz_actor *tea = actor_of(WHO_TEACHER);
    pz_evidence *answers_given;
    pz_id id = goal_at(PLACE_ACTIVE), request;
    size_t count;
    ck_assert_status(pz_goal_achieve(tea, id, NULL, 0, NULL, 0, NULL, &request), PZ_E_INVALID);
    ck_assert_status(pz_goal_achieve(tea, id, NULL, 1, NULL, 0, NULL, &request), PZ_E_INVALID);
    ck_assert_status(pz_goal_achieve(tea, id, evidence, 1, NULL, 0, NULL, &request), PZ_E_INVALID);
    row.sequence = 5;
    row.description = "x";
    ck_assert_status(pz_goal_achieve(tea, id, evidence, 1, NULL, 0, NULL, &request), PZ_E_INVALID);
    row.competency = at.add;
    ck_assert_status(pz_goal_achieve(tea, id, evidence, 1, NULL, 0, NULL, &request), PZ_E_NOT_FOUND);
    row.competency = 999999;
    ck_assert_status(pz_goal_achieve(tea, id, evidence, 1, NULL, 0, NULL, &request), PZ_E_NOT_FOUND);
    row.goal = 3;
    ck_assert_status(pz_goal_achieve(tea, id, evidence, 1, NULL, 0, NULL, &request), PZ_E_INVALID);
    row.goal = 0;
    row.link = "\xff";
    ck_assert_status(pz_goal_achieve(tea, id, evidence, 1, NULL, 0, NULL, &request), PZ_E_TEXT);
    ck_assert_status(pz_goal_achieve(tea, id, evidence, 1001, NULL, 0, NULL, &request), PZ_E_TOO_LONG);
    ck_assert_int_eq(goal_now(id).state, PZ_GOAL_ACTIVE);
    lesson_answers(&at, at.school.ana, at.add, 0, "1");
    ck_assert_ok(pz_evidence_read(at.runner, NULL, &answers_given));
    row.competency = at.add;
    row.sequence = answers_given->sequence[0];
    row.link = "https://school.example/film";
    pz_free(answers_given);
    ck_assert_ok(pz_goal_achieve(tea, id, evidence, 1, NULL, 0, NULL, &request));
    ck_assert_ok(pz_goal_evidence_list(at.runner, id, &rows, &count));
    ck_assert_uint_eq(count, 1);
    ck_assert_int_eq(rows[0]->competency, at.add);
    ck_assert_int_eq(rows[0]->sequence, row.sequence);
    ck_assert_int_eq(rows[0]->at, SCHOOL_NOW);
    ck_assert_str_eq(rows[0]->description, "x");
    ck_assert_str_eq(rows[0]->link, row.link);
    pz_free(rows);
    pz_actor_free(tea);
}
END_TEST

/* --------------------------------------------------------------------------------------------------- reading --- */

static size_t count_goals(pz_actor *actor, const pz_goal_query *query)
{
    pz_goal **rows;
    size_t count;
    ck_assert_ok(pz_goal_list(actor, query, &rows, &count));
    pz_free(rows);
    return count;
}

START_TEST(lists_what_a_query_asks_for_within_reach)
{
    school *s = &at.school;
    static const size_t seen[WHOS] = {2, 2, 3, 3, 3, 1, 0, 3};
    pz_goal goal = make_goal(), **rows;
    pz_goal_query query = PZ_GOAL_QUERY_INIT;
    pz_id first, second;
    size_t count;
    goal.due_on = SCHOOL_TODAY + 3;
    first = propose(WHO_LEARNER, &goal);
    goal.due_on = PZ_DATE_NONE;
    second = propose(WHO_TEACHER, &goal);
    goal.learner = s->ben;
    propose(WHO_TEACHER, &goal);
    ck_assert_ok(take_step(WHO_LEARNER, STEP_ASK, second));
    for (int who = 0; who < WHOS; who++) {
        pz_actor *actor = actor_of(who);
        ck_assert_uint_eq(count_goals(actor, NULL), seen[who]);
        pz_actor_free(actor);
    }
    query.supporter = s->cou;
    ck_assert_ok(pz_goal_list(at.runner, &query, &rows, &count));
    ck_assert_uint_eq(count, 1);
    ck_assert_int_eq(rows[0]->id, second);
    pz_free(rows);
    query = (pz_goal_query)PZ_GOAL_QUERY_INIT;
    query.due_until = SCHOOL_TODAY + 3;
    ck_assert_ok(pz_goal_list(at.runner, &query, &rows, &count));
    ck_assert_uint_eq(count, 1);
    ck_assert_int_eq(rows[0]->id, first);
    pz_free(rows);
    query = (pz_goal_query)PZ_GOAL_QUERY_INIT;
    query.class_id = s->b;
    ck_assert_uint_eq(count_goals(at.runner, &query), 1);
    query.learner = s->ana;
    query.class_id = 0;
    query.state = PZ_GOAL_PROPOSED;
    ck_assert_uint_eq(count_goals(at.runner, &query), 2);
    query.state = PZ_GOAL_ACTIVE;
    ck_assert_uint_eq(count_goals(at.runner, &query), 0);
    query.state = 9;
    ck_assert_status(pz_goal_list(at.runner, &query, &rows, &count), PZ_E_INVALID);
    query.state = 0;
    query.learner = 999999;
    ck_assert_status(pz_goal_list(at.runner, &query, &rows, &count), PZ_E_NOT_FOUND);
    query.struct_size = 3;
    ck_assert_status(pz_goal_list(at.runner, &query, &rows, &count), PZ_E_STRUCT_SIZE);
    ck_assert_status(pz_goal_list(NULL, NULL, &rows, &count), PZ_E_CLOSED);
    ck_assert_status(pz_goal_list(at.school.importer, NULL, &rows, &count), PZ_E_DENIED);
    pz_goal *one;
    ck_assert_status(pz_goal_get(at.runner, 999999, &one), PZ_E_NOT_FOUND);
    ck_assert_ptr_null(one);
}
END_TEST

/* -------------------------------------------------------------------------------------------- failing memory --- */

static pz_status live_a_goal(void *user_data)
{
    const lesson *l = user_data;
    pz_goal goal = PZ_GOAL_INIT;
    pz_goal_evidence shown = PZ_GOAL_EVIDENCE_INIT;
    const pz_goal_evidence *evidence[] = {&shown};
    pz_actor *ana = NULL, *tea = NULL;
    school copy = l->school;
    pz_id id = 0, request;
    pz_status status = school_open(&copy, 0);
    goal.learner = l->school.ana;
    goal.statement = "Memory";
    shown.description = "x";
    if (status == PZ_OK) status = pz_actor_open(copy.store, l->school.ana, PZ_ROLE_LEARNER, "tests", &ana);
    if (status == PZ_OK) status = pz_actor_open(copy.store, l->school.tea, PZ_ROLE_TEACHER, "tests", &tea);
    if (status == PZ_OK) status = pz_goal_propose(ana, &goal, "m propose", &id);
    if (status == PZ_OK) status = pz_goal_ask(ana, id, l->school.tea, PZ_ROLE_TEACHER, "m ask");
    if (status == PZ_OK) status = pz_goal_support(tea, id, NULL, 0, "m support");
    if (status == PZ_OK) status = pz_goal_start(ana, id, "Now", 3, "m start", &request);
    if (status == PZ_OK) status = pz_goal_pause(tea, id, "Exams", 5, "m pause", &request);
    if (status == PZ_OK) status = pz_goal_answer(ana, request, 1, "Yes", 3, "m answer");
    if (status == PZ_OK) status = pz_goal_resume(ana, id, NULL, 0, "m resume", &request);
    if (status == PZ_OK) status = pz_goal_achieve(tea, id, evidence, 1, NULL, 0, "m achieve", &request);
    pz_actor_free(ana);
    pz_actor_free(tea);
    pz_store_free(copy.store);
    return status;
}

START_TEST(survives_each_allocation_failing)
{
    lesson_start(&at);
    pz_actor_free(at.runner);
    school_close(&at.school);
    ck_assert_int_gt(suite_each_allocation(live_a_goal, &at), 30);
    place_end(&at.school.place);
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("goal");
    TCase *with = tcase_create("in a school");
    TCase *alone = tcase_create("memory");
    tcase_add_checked_fixture(with, setup, teardown);
    tcase_set_timeout(with, 60);
    tcase_add_loop_test(with, each_step_is_for_its_people_and_places, 0, STEPS);
    tcase_add_test(with, is_proposed_by_its_learner_and_the_adults_around_it);
    tcase_add_test(with, refuses_what_is_no_goal);
    tcase_add_test(with, asks_adults_who_reach_the_learner_in_a_role_they_hold);
    tcase_add_test(with, keeps_who_was_asked_and_what_they_said);
    tcase_add_test(with, the_second_of_two_revisions_of_one_version_is_a_conflict);
    tcase_add_test(with, history_holds_every_version_with_who_made_it);
    tcase_add_test(with, a_measure_is_held_against_the_store);
    tcase_add_test(with, a_demonstration_needs_something_that_shows_it);
    tcase_add_test(with, lists_what_a_query_asks_for_within_reach);
    tcase_add_test(alone, survives_each_allocation_failing);
    tcase_set_timeout(alone, 60);
    suite_add_tcase(suite, with);
    suite_add_tcase(suite, alone);
    return suite;
}

SUITE_MAIN(make_suite)
