/* Check-ins: planned with named people, signed, moved, held, the next one set; who sees them; agendas; templates, schedules, what is late. */
#include "personalize/checkin.h"
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

enum { WHO_LEARNER, WHO_GUARDIAN, WHO_TEACHER, WHO_COUNSELOR, WHO_LEADER, WHO_CLASSMATE, WHO_OTHER_TEACHER, WHO_IMPORT, WHO_READER, WHOS };

static pz_actor *actor_of(int who)
{
    school *s = &at.school;
    switch (who) {
    case WHO_LEARNER: return school_actor(s, s->ana, PZ_ROLE_LEARNER);
    case WHO_GUARDIAN: return school_actor(s, s->gus, PZ_ROLE_GUARDIAN);
    case WHO_TEACHER: return school_actor(s, s->tea, PZ_ROLE_TEACHER);
    case WHO_COUNSELOR: return school_actor(s, s->cou, PZ_ROLE_COUNSELOR);
    case WHO_LEADER: return school_actor(s, s->lea, PZ_ROLE_LEADER);
    case WHO_CLASSMATE: return school_actor(s, s->ben, PZ_ROLE_LEARNER);
    case WHO_OTHER_TEACHER: return school_actor(s, s->tim, PZ_ROLE_TEACHER);
    case WHO_IMPORT: return school_service(s, PZ_SCOPE_IMPORT);
    default: return school_service(s, PZ_SCOPE_READ);
    }
}

static pz_checkin make_checkin(void)
{
    pz_checkin checkin = PZ_CHECKIN_INIT;
    checkin.learner = at.school.ana;
    checkin.due_on = SCHOOL_TODAY + 3;
    return checkin;
}

static pz_checkin_person person_in(pz_id person, int32_t role)
{
    pz_checkin_person named = PZ_CHECKIN_PERSON_INIT;
    named.person = person;
    named.role = role;
    return named;
}

/* With teacher and guardian beside the learner, planned by the teacher. */
static pz_id plan_with(const pz_checkin *checkin)
{
    pz_checkin_person gus = person_in(at.school.gus, PZ_ROLE_GUARDIAN);
    const pz_checkin_person *people[] = {&gus};
    pz_actor *tea = actor_of(WHO_TEACHER);
    pz_id id;
    ck_assert_ok(pz_checkin_plan(tea, checkin, people, 1, NULL, &id));
    pz_actor_free(tea);
    return id;
}

static pz_id plan_it(void)
{
    pz_checkin checkin = make_checkin();
    return plan_with(&checkin);
}

/* Without its texts. */
static pz_checkin checkin_now(pz_id id)
{
    pz_actor *ana = actor_of(WHO_LEARNER);
    pz_checkin *found, copy;
    ck_assert_ok(pz_checkin_get(ana, id, &found));
    copy = *found;
    copy.reason = copy.outcome = NULL;
    pz_free(found);
    pz_actor_free(ana);
    return copy;
}

static pz_status hold_by(int who, pz_id id, pz_date next_on, pz_id *out_next)
{
    pz_actor *actor = actor_of(who);
    pz_status status =
        pz_checkin_hold(actor, id, checkin_now(id).version, "Read every day", PZ_NUL_TERMINATED, NULL, 0, next_on, NULL, out_next);
    pz_actor_free(actor);
    return status;
}

static pz_status sign_by(int who, pz_id id)
{
    pz_actor *actor = actor_of(who);
    pz_status status = pz_checkin_sign(actor, id, NULL);
    pz_actor_free(actor);
    return status;
}

#define NONE PZ_E_NOT_FOUND
#define NO PZ_E_DENIED
#define STATE PZ_E_STATE
#define OK PZ_OK

/* ----------------------------------------------------------------------------------------------------- planning --- */

START_TEST(is_planned_by_the_learner_and_the_adults_around_it)
{
    static const pz_status wanted[WHOS] = {OK, OK, OK, OK, OK, NONE, NONE, NO, NO};
    for (int who = 0; who < WHOS; who++) {
        pz_actor *actor = actor_of(who);
        pz_checkin checkin = make_checkin(), got;
        pz_checkin_person lea = person_in(at.school.head, PZ_ROLE_LEADER), **people;
        const pz_checkin_person *named[] = {&lea};
        size_t count;
        pz_id id = 7;
        ck_assert_status(pz_checkin_plan(actor, &checkin, named, 1, NULL, &id), wanted[who]);
        ck_assert_int_eq(id != 0, wanted[who] == OK);
        if (wanted[who] == OK) {
            got = checkin_now(id);
            ck_assert_int_eq(got.state, PZ_CHECKIN_PLANNED);
            ck_assert_int_eq(got.due_on, SCHOOL_TODAY + 3);
            ck_assert_int_eq(got.author_role, PZ_ROLE_LEARNER + who);
            ck_assert_int_eq(got.version, school_last_change(&at.school));
            ck_assert_ok(pz_checkin_person_list(actor, id, &people, &count));
            ck_assert_uint_eq(count, who == WHO_LEARNER ? 2 : 3);
            ck_assert_int_eq(people[0]->person, at.school.ana);
            ck_assert_int_eq(people[0]->presence, PZ_PRESENCE_INVITED);
            pz_free(people);
        }
        pz_actor_free(actor);
    }
}
END_TEST

START_TEST(refuses_what_is_no_plan)
{
    pz_actor *ana = actor_of(WHO_LEARNER), *tea = actor_of(WHO_TEACHER);
    pz_checkin good = make_checkin(), checkin;
    pz_checkin_person person = person_in(at.school.gus, PZ_ROLE_GUARDIAN);
    const pz_checkin_person *people[33];
    pz_id id;
    for (size_t i = 0; i < 33; i++) people[i] = &person;
#define REFUSE(member, value, wanted)                                                                                                      \
    do {                                                                                                                                   \
        checkin = good;                                                                                                                    \
        checkin.member = value;                                                                                                            \
        id = 7;                                                                                                                            \
        ck_assert_status(pz_checkin_plan(tea, &checkin, people, 1, NULL, &id), wanted);                                                    \
        ck_assert_int_eq(id, 0);                                                                                                           \
    } while (0)
    REFUSE(struct_size, 3, PZ_E_STRUCT_SIZE);
    REFUSE(due_on, PZ_DATE_NONE, PZ_E_INVALID);
    REFUSE(due_on, INT32_MAX, PZ_E_INVALID); /* the far future */
    REFUSE(visibility, 0, PZ_E_INVALID);
    REFUSE(visibility, 6, PZ_E_INVALID);
    REFUSE(learner, 0, PZ_E_NOT_FOUND);
    REFUSE(learner, 999999, PZ_E_NOT_FOUND);
    REFUSE(learner, at.school.dan, PZ_E_NOT_FOUND);
    REFUSE(learner, at.school.ben, PZ_E_NOT_FOUND); /* gus is no guardian of ben */
    REFUSE(template_id, 999999, PZ_E_NOT_FOUND);
    REFUSE(cycle, 999999, PZ_E_NOT_FOUND);
    ck_assert_status(pz_checkin_plan(NULL, &good, NULL, 0, NULL, &id), PZ_E_CLOSED);
    ck_assert_status(pz_checkin_plan(tea, NULL, NULL, 0, NULL, &id), PZ_E_INVALID);
    ck_assert_status(pz_checkin_plan(tea, &good, NULL, 1, NULL, &id), PZ_E_INVALID);
    ck_assert_status(pz_checkin_plan(tea, &good, people, 33, NULL, &id), PZ_E_TOO_LONG);
    ck_assert_status(pz_checkin_plan(tea, &good, people, 2, NULL, &id), PZ_E_INVALID); /* twice the same */
    ck_assert_status(pz_checkin_plan(ana, &good, NULL, 0, NULL, &id), PZ_E_INVALID);   /* without an adult */
    person.role = PZ_ROLE_LEARNER;
    ck_assert_status(pz_checkin_plan(tea, &good, people, 1, NULL, &id), PZ_E_INVALID);
    person.role = PZ_ROLE_TEACHER; /* a role that does not fit */
    ck_assert_status(pz_checkin_plan(tea, &good, people, 1, NULL, &id), PZ_E_NOT_FOUND);
    person.struct_size = 1;
    ck_assert_status(pz_checkin_plan(tea, &good, people, 1, NULL, &id), PZ_E_STRUCT_SIZE);
    good.due_on = -700000; /* in the past: it was held and is written down */
    ck_assert_ok(pz_checkin_plan(tea, &good, NULL, 0, "once", &id));
    pz_id again;
    ck_assert_ok(pz_checkin_plan(tea, &good, NULL, 0, "once", &again));
    ck_assert_int_eq(id, again);
    good.due_on++;
    ck_assert_status(pz_checkin_plan(tea, &good, NULL, 0, "once", &again), PZ_E_KEY_REUSED);
    pz_actor_free(tea);
    pz_actor_free(ana);
}
END_TEST

/* -------------------------------------------------------------------------------------------------------- steps --- */

enum { STEP_INVITE, STEP_SIGN, STEP_EXCUSE, STEP_MOVE, STEP_CANCEL, STEP_HOLD, STEPS };

static pz_status take_step(int who, int step, pz_id id)
{
    int64_t version = checkin_now(id).version;
    pz_actor *actor = actor_of(who);
    pz_status status;
    pz_id next;
    switch (step) {
    case STEP_INVITE: status = pz_checkin_invite(actor, id, at.school.lea, PZ_ROLE_LEADER, NULL); break;
    case STEP_SIGN: status = pz_checkin_sign(actor, id, NULL); break;
    case STEP_EXCUSE: status = pz_checkin_excuse(actor, id, "At work", PZ_NUL_TERMINATED, NULL); break;
    case STEP_MOVE: status = pz_checkin_move(actor, id, version, SCHOOL_TODAY + 9, "Illness", PZ_NUL_TERMINATED, NULL); break;
    case STEP_CANCEL: status = pz_checkin_cancel(actor, id, "Not needed", PZ_NUL_TERMINATED, NULL); break;
    default: status = pz_checkin_hold(actor, id, version, "Read", PZ_NUL_TERMINATED, NULL, 0, PZ_DATE_NONE, NULL, &next); break;
    }
    pz_actor_free(actor);
    return status;
}

enum { PLACE_PLANNED, PLACE_SIGNED, PLACE_HELD, PLACE_CANCELLED, PLACES };

static pz_id checkin_at(int place)
{
    pz_id id = plan_it();
    if (place == PLACE_SIGNED || place == PLACE_HELD) ck_assert_ok(sign_by(WHO_LEARNER, id));
    if (place == PLACE_HELD) ck_assert_ok(take_step(WHO_TEACHER, STEP_HOLD, id));
    if (place == PLACE_CANCELLED) ck_assert_ok(take_step(WHO_TEACHER, STEP_CANCEL, id));
    return id;
}

/* Learner, guardian and teacher take part; counselor and leader see it, and take no part. */
START_TEST(each_step_is_for_who_takes_part)
{
    static const pz_status answers[STEPS][PLACES][3] = {
        [STEP_INVITE] = {{OK, OK, OK}, {OK, OK, OK}, {STATE, STATE, STATE}, {STATE, STATE, STATE}},
        [STEP_SIGN] = {{OK, OK, OK}, {STATE, OK, OK}, {STATE, OK, STATE}, {STATE, STATE, STATE}},
        [STEP_EXCUSE] = {{OK, OK, OK}, {STATE, OK, OK}, {STATE, OK, STATE}, {STATE, STATE, STATE}},
        [STEP_MOVE] = {{OK, OK, OK}, {OK, OK, OK}, {STATE, STATE, STATE}, {STATE, STATE, STATE}},
        [STEP_CANCEL] = {{NO, OK, OK}, {NO, OK, OK}, {NO, STATE, STATE}, {NO, STATE, STATE}},
        [STEP_HOLD] = {{NO, STATE, STATE}, {NO, OK, OK}, {NO, STATE, STATE}, {NO, STATE, STATE}},
    };
    int step = _i;
    for (int place = 0; place < PLACES; place++)
        for (int who = 0; who < WHOS; who++) {
            pz_id id = checkin_at(place);
            int32_t before = checkin_now(id).state;
            pz_status wanted = who <= WHO_TEACHER                                 ? answers[step][place][who]
                               : who == WHO_CLASSMATE || who == WHO_OTHER_TEACHER ? NONE
                                                                                  : NO;
            pz_status got = take_step(who, step, id);
            ck_assert_msg(got == wanted, "step %d at place %d by %d gave %s, wanted %s: %s", step, place, who,
                          pz_status_describe(got)->name, pz_status_describe(wanted)->name, got ? pz_last_error()->message : "");
            ck_assert_int_eq(checkin_now(id).state, wanted != OK          ? before
                                                    : step == STEP_HOLD   ? PZ_CHECKIN_HELD
                                                    : step == STEP_CANCEL ? PZ_CHECKIN_CANCELLED
                                                                          : before);
        }
}
END_TEST

START_TEST(keeps_who_was_there_and_why_not)
{
    pz_actor *ana = actor_of(WHO_LEARNER);
    pz_checkin_person **people;
    pz_checkin **versions;
    size_t count;
    pz_id id = plan_it();
    ck_assert_ok(take_step(WHO_GUARDIAN, STEP_EXCUSE, id));
    ck_assert_ok(take_step(WHO_GUARDIAN, STEP_MOVE, id));
    ck_assert_ok(sign_by(WHO_LEARNER, id));
    ck_assert_ok(hold_by(WHO_TEACHER, id, PZ_DATE_NONE, NULL));
    ck_assert_ok(pz_checkin_person_list(ana, id, &people, &count));
    ck_assert_uint_eq(count, 3);
    ck_assert_int_eq(people[0]->presence, PZ_PRESENCE_SIGNED);
    ck_assert_int_eq(people[0]->signed_at, SCHOOL_NOW);
    ck_assert_int_eq(people[1]->role, PZ_ROLE_GUARDIAN);
    ck_assert_int_eq(people[1]->presence, PZ_PRESENCE_EXCUSED);
    ck_assert_str_eq(people[1]->note, "At work");
    ck_assert(people[1]->signed_at == PZ_TIME_NONE);
    ck_assert_int_eq(people[2]->presence, PZ_PRESENCE_SIGNED); /* who holds it signs by that */
    pz_free(people);
    ck_assert_ok(pz_checkin_history(ana, id, &versions, &count));
    ck_assert_uint_eq(count, 5);
    ck_assert_int_eq(versions[2]->due_on, SCHOOL_TODAY + 9);
    ck_assert_str_eq(versions[2]->reason, "Illness");
    ck_assert_str_eq(versions[4]->outcome, "Read every day");
    ck_assert_int_eq(versions[4]->held_at, SCHOOL_NOW);
    ck_assert_int_eq(versions[4]->is_current, 1);
    ck_assert_int_eq(versions[3]->is_current, 0);
    pz_free(versions);
    pz_actor_free(ana);
}
END_TEST

START_TEST(holding_sets_the_next_one_with_the_same_people)
{
    pz_actor *tea = actor_of(WHO_TEACHER), *ana = actor_of(WHO_LEARNER);
    pz_goal goal = PZ_GOAL_INIT;
    pz_voice_entry need = PZ_VOICE_ENTRY_INIT;
    pz_checkin_touch touches[2] = {PZ_CHECKIN_TOUCH_INIT, PZ_CHECKIN_TOUCH_INIT}, **touched;
    const pz_checkin_touch *given[] = {&touches[0], &touches[1]};
    pz_checkin_person **people;
    pz_checkin next;
    size_t count;
    pz_id id = plan_it(), next_id, again;
    int64_t version;
    goal.learner = need.learner = at.school.ana;
    goal.statement = need.content = "Read";
    need.kind = PZ_VOICE_REFLECTION;
    need.visibility = PZ_VISIBLE_TEACHERS;
    ck_assert_ok(pz_goal_propose(ana, &goal, NULL, &touches[0].record));
    ck_assert_ok(pz_voice_say(ana, &need, NULL, 0, NULL, &touches[1].record));
    touches[0].record_kind = PZ_KIND_GOAL;
    touches[0].note = "By summer";
    touches[1].record_kind = PZ_KIND_VOICE;
    ck_assert_ok(sign_by(WHO_LEARNER, id));
    version = checkin_now(id).version;
    ck_assert_status(pz_checkin_hold(tea, id, version, "Read", 4, given, 2, SCHOOL_TODAY, NULL, &next_id), PZ_E_INVALID);
    ck_assert_int_eq(checkin_now(id).state, PZ_CHECKIN_PLANNED); /* nothing half written */
    ck_assert_status(pz_checkin_hold(tea, id, version - 1, "Read", 4, given, 2, SCHOOL_TODAY + 30, NULL, &next_id), PZ_E_CONFLICT);
    ck_assert_ok(pz_checkin_hold(tea, id, version, "Read", 4, given, 2, SCHOOL_TODAY + 30, "hold", &next_id));
    ck_assert_ok(pz_checkin_hold(tea, id, version, "Read", 4, given, 2, SCHOOL_TODAY + 30, "hold", &again));
    ck_assert_int_eq(next_id, again);
    ck_assert_status(pz_checkin_hold(tea, id, version, "Read", 4, given, 1, SCHOOL_TODAY + 30, "hold", &again), PZ_E_KEY_REUSED);
    ck_assert_int_eq(checkin_now(id).next, next_id);
    next = checkin_now(next_id);
    ck_assert_int_eq(next.previous, id);
    ck_assert_int_eq(next.due_on, SCHOOL_TODAY + 30);
    ck_assert_int_eq(next.state, PZ_CHECKIN_PLANNED);
    ck_assert_ok(pz_checkin_person_list(ana, next_id, &people, &count));
    ck_assert_uint_eq(count, 3);
    for (size_t i = 0; i < count; i++) ck_assert_int_eq(people[i]->presence, PZ_PRESENCE_INVITED);
    pz_free(people);
    ck_assert_ok(pz_checkin_touch_list(ana, id, &touched, &count));
    ck_assert_uint_eq(count, 2);
    ck_assert_str_eq(touched[0]->note, "By summer");
    ck_assert_int_eq(touched[1]->record, touches[1].record);
    pz_free(touched);
    pz_actor *gus = actor_of(WHO_GUARDIAN);
    ck_assert_ok(pz_checkin_touch_list(gus, id, &touched, &count)); /* does not see what teachers see */
    ck_assert_uint_eq(count, 1);
    pz_free(touched);
    pz_actor_free(gus);
    pz_actor_free(ana);
    pz_actor_free(tea);
}
END_TEST

START_TEST(refuses_what_is_not_held)
{
    pz_actor *tea = actor_of(WHO_TEACHER);
    pz_checkin_touch touch = PZ_CHECKIN_TOUCH_INIT;
    const pz_checkin_touch *given[101];
    pz_id id = plan_it(), next;
    int64_t version;
    for (size_t i = 0; i < 101; i++) given[i] = &touch;
    ck_assert_ok(sign_by(WHO_LEARNER, id));
    version = checkin_now(id).version;
#define HOLD(outcome, rows, next_on, wanted)                                                                                               \
    ck_assert_status(pz_checkin_hold(tea, id, version, outcome, PZ_NUL_TERMINATED, given, rows, next_on, NULL, &next), wanted)
    HOLD("", 0, PZ_DATE_NONE, PZ_E_INVALID);
    HOLD("\xff", 0, PZ_DATE_NONE, PZ_E_TEXT);
    HOLD("x", 0, INT32_MAX, PZ_E_INVALID);
    HOLD("x", 101, PZ_DATE_NONE, PZ_E_TOO_LONG);
    HOLD("x", 1, PZ_DATE_NONE, PZ_E_INVALID); /* no kind */
    touch.record_kind = PZ_KIND_CLASS;
    touch.record = at.school.a;
    HOLD("x", 1, PZ_DATE_NONE, PZ_E_INVALID);
    touch.record_kind = PZ_KIND_GOAL;
    HOLD("x", 1, PZ_DATE_NONE, PZ_E_NOT_FOUND);
    touch.note = "\xff";
    HOLD("x", 1, PZ_DATE_NONE, PZ_E_TEXT);
    touch.struct_size = 2;
    HOLD("x", 1, PZ_DATE_NONE, PZ_E_STRUCT_SIZE);
    ck_assert_status(pz_checkin_hold(tea, id, version, "x", 1, NULL, 1, PZ_DATE_NONE, NULL, &next), PZ_E_INVALID);
    ck_assert_status(pz_checkin_cancel(tea, id, "", 0, NULL), PZ_E_INVALID);
    ck_assert_status(pz_checkin_move(tea, id, version, PZ_DATE_NONE, NULL, 0, NULL), PZ_E_INVALID);
    ck_assert_status(pz_checkin_move(tea, id, version - 1, SCHOOL_TODAY, NULL, 0, NULL), PZ_E_CONFLICT);
    ck_assert_status(pz_checkin_move(tea, id, version, SCHOOL_TODAY, "\xff", 1, NULL), PZ_E_TEXT);
    ck_assert_status(pz_checkin_excuse(tea, id, "\xff", 1, NULL), PZ_E_TEXT);
    ck_assert_status(pz_checkin_invite(tea, id, at.school.gus, PZ_ROLE_GUARDIAN, NULL), PZ_E_STATE);
    ck_assert_status(pz_checkin_invite(tea, id, at.school.gil, PZ_ROLE_GUARDIAN, NULL), PZ_E_NOT_FOUND);
    ck_assert_status(pz_checkin_invite(tea, id, at.school.gus, PZ_ROLE_SERVICE, NULL), PZ_E_INVALID);
    ck_assert_status(pz_checkin_sign(tea, 999999, NULL), PZ_E_NOT_FOUND);
    ck_assert_int_eq(checkin_now(id).state, PZ_CHECKIN_PLANNED);
    pz_actor_free(tea);
}
END_TEST

/* --------------------------------------------------------------------------------------------------- visibility --- */

static pz_status see_by(int who, pz_id id)
{
    pz_actor *actor = actor_of(who);
    pz_checkin *one, **rows, **versions;
    pz_checkin_person **people;
    pz_checkin_touch **touched;
    pz_agenda_item **agenda;
    pz_event **events;
    char *json;
    int64_t cursor;
    size_t count, listed = 0, heard = 0;
    pz_status status = pz_checkin_get(actor, id, &one);
    ck_assert_int_eq(status == OK, one != NULL);
    pz_free(one);
    ck_assert_int_eq(pz_checkin_history(actor, id, &versions, &count), status);
    pz_free(versions);
    ck_assert_int_eq(pz_checkin_person_list(actor, id, &people, &count), status);
    pz_free(people);
    ck_assert_int_eq(pz_checkin_touch_list(actor, id, &touched, &count), status);
    pz_free(touched);
    ck_assert_int_eq(pz_checkin_agenda_list(actor, id, NULL, &agenda, &count), status);
    pz_free(agenda);
    ck_assert_int_eq(pz_checkin_document(actor, id, NULL, &json), status);
    ck_assert_int_eq(status == OK, json != NULL);
    pz_free(json);
    if (pz_checkin_list(actor, NULL, &rows, &count) == OK)
        for (size_t i = 0; i < count; i++) listed += rows[i]->id == id;
    pz_free(rows);
    ck_assert_uint_eq(listed, status == OK);
    if (pz_changes_since(actor, 0, 10000, &events, &count, &cursor) == OK)
        for (size_t i = 0; i < count; i++) heard += events[i]->record_kind == PZ_KIND_CHECKIN && events[i]->record == id;
    pz_free(events);
    ck_assert_int_eq(heard > 0, status == OK);
    pz_actor_free(actor);
    return status;
}

START_TEST(is_seen_by_who_takes_part_and_whom_its_visibility_names)
{
    static const int seen[PZ_VISIBLE_SCHOOL + 1][WHOS] = {[PZ_VISIBLE_SELF] = {1, 1, 1},
                                                          [PZ_VISIBLE_NAMED] = {1, 1, 1},
                                                          [PZ_VISIBLE_TEACHERS] = {1, 1, 1, 0, 0, 0, 0, 0, 1},
                                                          [PZ_VISIBLE_GUARDIANS] = {1, 1, 1, 0, 0, 0, 0, 0, 1},
                                                          [PZ_VISIBLE_SCHOOL] = {1, 1, 1, 1, 1, 0, 0, 0, 1}};
    for (int32_t visibility = PZ_VISIBLE_SELF; visibility <= PZ_VISIBLE_SCHOOL; visibility++) {
        pz_checkin checkin = make_checkin();
        pz_id id;
        checkin.visibility = visibility;
        id = plan_with(&checkin);
        for (int who = 0; who < WHOS; who++)
            ck_assert_msg(see_by(who, id) == (who == WHO_IMPORT       ? NO
                                              : seen[visibility][who] ? OK
                                                                      : NONE),
                          "visibility %d by %d", (int)visibility, who);
    }
    pz_checkin checkin = make_checkin();
    pz_checkin_person cou = person_in(at.school.cou, PZ_ROLE_COUNSELOR);
    const pz_checkin_person *people[] = {&cou};
    pz_actor *ana = actor_of(WHO_LEARNER);
    pz_id id;
    checkin.visibility = PZ_VISIBLE_SELF;
    ck_assert_ok(pz_checkin_plan(ana, &checkin, people, 1, NULL, &id)); /* without the guardian */
    ck_assert_status(see_by(WHO_GUARDIAN, id), NONE);
    ck_assert_status(see_by(WHO_COUNSELOR, id), OK);
    pz_actor_free(ana);
}
END_TEST

START_TEST(is_exported_and_erased)
{
    pz_actor *cou = actor_of(WHO_COUNSELOR), *gus = actor_of(WHO_GUARDIAN), *lea = actor_of(WHO_LEADER);
    pz_checkin checkin = make_checkin();
    char *json;
    pz_id id;
    checkin.visibility = PZ_VISIBLE_NAMED;
    id = plan_with(&checkin);
    ck_assert_ok(sign_by(WHO_LEARNER, id));
    ck_assert_ok(hold_by(WHO_TEACHER, id, PZ_DATE_NONE, NULL));
    ck_assert_ok(pz_person_export(gus, at.school.ana, &json));
    ck_assert(strstr(json, "Read every day") && strstr(json, "\"checkin_person\":[{"));
    pz_free(json);
    ck_assert_ok(pz_person_export(cou, at.school.ana, &json));
    ck_assert(!strstr(json, "Read every day") && !strstr(json, "\"checkin_person\":[{"));
    pz_free(json);
    ck_assert_ok(pz_person_erase(lea, at.school.ana, NULL, &json));
    ck_assert(strstr(json, "\"checkin\":5") == NULL && strstr(json, "\"checkin\":3") && strstr(json, "\"rows_left\":0"));
    pz_free(json);
    pz_actor_free(lea);
    pz_actor_free(gus);
    pz_actor_free(cou);
}
END_TEST

/* ------------------------------------------------------------------------------------------------------- agenda --- */

/* How often a code stands on the agenda, and the words of the first. */
static size_t on_agenda(int who, pz_id id, const char *code, const char *words)
{
    pz_actor *actor = actor_of(who);
    pz_agenda_item **rows;
    size_t count, found = 0;
    ck_assert_ok(pz_checkin_agenda_list(actor, id, "en", &rows, &count));
    for (size_t i = 0; i < count; i++) {
        if (strcmp(rows[i]->code, code)) continue;
        if (!found++ && words) ck_assert_str_eq(rows[i]->text, words);
    }
    pz_free(rows);
    pz_actor_free(actor);
    return found;
}

START_TEST(the_agenda_is_drawn_from_what_changed_and_what_is_late)
{
    pz_actor *ana = actor_of(WHO_LEARNER), *tea = actor_of(WHO_TEACHER);
    pz_goal goal = PZ_GOAL_INIT;
    pz_voice_entry need = PZ_VOICE_ENTRY_INIT;
    pz_profile_entry interest = PZ_PROFILE_ENTRY_INIT;
    pz_agenda_item **rows;
    pz_id goal_id, need_id, secret, id = plan_it(), next, request;
    size_t count;
    goal.learner = need.learner = interest.learner = at.school.ana;
    goal.statement = "Divide";
    goal.competency = at.divide;
    goal.measure = PZ_MEASURE_MASTERY;
    goal.due_on = SCHOOL_TODAY - 1;
    need.kind = PZ_VOICE_NEED;
    need.content = "Time";
    interest.section = PZ_PROFILE_INTEREST;
    interest.content = "Trains";
    ck_assert_ok(pz_goal_propose(ana, &goal, NULL, &goal_id));
    ck_assert_ok(pz_goal_support(tea, goal_id, NULL, 0, NULL));
    ck_assert_ok(pz_goal_start(ana, goal_id, NULL, 0, NULL, &request));
    ck_assert_ok(pz_voice_say(ana, &need, NULL, 0, NULL, &need_id));
    need.kind = PZ_VOICE_QUESTION;
    need.visibility = PZ_VISIBLE_TEACHERS;
    ck_assert_ok(pz_voice_say(ana, &need, NULL, 0, NULL, &secret));
    ck_assert_ok(pz_profile_entry_add(ana, &interest, NULL, &(pz_id){0}));
    ck_assert_uint_eq(on_agenda(WHO_TEACHER, id, "agenda.voice_unanswered", "Waits for an answer: Time"), 2);
    ck_assert_uint_eq(on_agenda(WHO_GUARDIAN, id, "agenda.voice_unanswered", NULL), 1); /* as far as it sees */
    ck_assert_uint_eq(on_agenda(WHO_TEACHER, id, "agenda.goal_overdue", "Goal past its day: Divide"), 1);
    ck_assert_uint_eq(on_agenda(WHO_TEACHER, id, "agenda.goal_without_evidence", NULL), 1);
    ck_assert_uint_eq(on_agenda(WHO_TEACHER, id, "agenda.goal_changed", NULL), 1);
    ck_assert_uint_eq(on_agenda(WHO_TEACHER, id, "agenda.entry_changed", "New in the profile: Trains"), 1);
    ck_assert_uint_eq(on_agenda(WHO_TEACHER, id, "agenda.prompt", "What went well?"), 4);
    ck_assert_ok(pz_checkin_agenda_list(tea, id, "es", &rows, &count));
    ck_assert_int_eq(rows[0]->record_kind, PZ_KIND_VOICE);
    ck_assert_int_eq(rows[0]->record, need_id);
    ck_assert_str_eq(rows[0]->text, "Espera respuesta: Time");
    pz_free(rows);
    ck_assert_ok(sign_by(WHO_LEARNER, id));
    ck_assert_ok(hold_by(WHO_TEACHER, id, SCHOOL_TODAY + 30, &next));
    ck_assert_uint_eq(on_agenda(WHO_TEACHER, next, "agenda.goal_changed", NULL), 0); /* nothing is new since */
    ck_assert_uint_eq(on_agenda(WHO_TEACHER, next, "agenda.entry_changed", NULL), 0);
    ck_assert_uint_eq(on_agenda(WHO_TEACHER, next, "agenda.voice_unanswered", NULL), 2); /* what waits, waits */
    ck_assert_ok(pz_voice_reply(tea, need_id, "Yes", 3, NULL));
    lesson_answers(&at, at.school.ana, at.divide, SCHOOL_NOW, "1");
    ck_assert_uint_eq(on_agenda(WHO_TEACHER, next, "agenda.voice_unanswered", NULL), 1);
    ck_assert_uint_eq(on_agenda(WHO_TEACHER, next, "agenda.voice_answered", "Was answered: Time"), 1);
    ck_assert_uint_eq(on_agenda(WHO_TEACHER, next, "agenda.goal_without_evidence", NULL), 0);
    /* That of the one that was held is that of its moment. */
    ck_assert_uint_eq(on_agenda(WHO_TEACHER, id, "agenda.voice_unanswered", NULL), 2);
    ck_assert_uint_eq(on_agenda(WHO_TEACHER, id, "agenda.voice_answered", NULL), 0);
    ck_assert_uint_eq(on_agenda(WHO_TEACHER, id, "agenda.goal_without_evidence", NULL), 1);
    ck_assert_uint_eq(on_agenda(WHO_TEACHER, id, "agenda.goal_changed", NULL), 1);
    ck_assert_status(pz_checkin_agenda_list(tea, id, "xx", &rows, &count), PZ_E_INVALID);
    ck_assert_status(pz_checkin_agenda_list(tea, 999999, NULL, &rows, &count), PZ_E_NOT_FOUND);
    ck_assert_status(pz_checkin_agenda_list(NULL, id, NULL, &rows, &count), PZ_E_CLOSED);
    pz_actor_free(tea);
    pz_actor_free(ana);
}
END_TEST

/* ---------------------------------------------------------------------------------------------------- document --- */

START_TEST(is_one_document_with_its_agenda)
{
    pz_actor *ana = actor_of(WHO_LEARNER), *tea = actor_of(WHO_TEACHER), *gus = actor_of(WHO_GUARDIAN);
    pz_profile_entry shown = PZ_PROFILE_ENTRY_INIT, hidden = PZ_PROFILE_ENTRY_INIT;
    pz_checkin_touch touches[] = {PZ_CHECKIN_TOUCH_INIT, PZ_CHECKIN_TOUCH_INIT};
    const pz_checkin_touch *touched[] = {&touches[0], &touches[1]};
    pz_id id = plan_it(), next;
    char *json;
    shown.learner = hidden.learner = at.school.ana;
    shown.section = hidden.section = PZ_PROFILE_INTEREST;
    shown.content = "Trains";
    hidden.content = "Not for home";
    hidden.visibility = PZ_VISIBLE_TEACHERS;
    touches[0].record_kind = touches[1].record_kind = PZ_KIND_PROFILE_ENTRY;
    touches[0].note = "a club";
    ck_assert_ok(pz_profile_entry_add(ana, &shown, NULL, &touches[0].record));
    ck_assert_ok(pz_profile_entry_add(ana, &hidden, NULL, &touches[1].record));
    ck_assert_ok(pz_checkin_document(tea, id, NULL, &json));
    ck_assert_schema("checkin", json);
    ck_assert_ptr_nonnull(strstr(json, "\"code\":\"agenda.entry_changed\",\"text\":\"New in the profile: Not for home\""));
    ck_assert_ptr_nonnull(strstr(json, "\"template\":{\"id\":null,\"title\":\"Check-in\"}"));
    pz_free(json);
    ck_assert_ok(sign_by(WHO_LEARNER, id));
    ck_assert_ok(pz_checkin_hold(tea, id, checkin_now(id).version, "Go on", PZ_NUL_TERMINATED, touched, 2, SCHOOL_TODAY + 9, NULL, &next));
    ck_assert_ok(pz_checkin_document(gus, id, "es", &json)); /* as far as it sees */
    ck_assert_schema("checkin", json);
    ck_assert_ptr_nonnull(strstr(json, "\"outcome\":\"Go on\""));
    ck_assert_ptr_nonnull(strstr(json, "\"note\":\"a club\""));
    ck_assert_ptr_nonnull(strstr(json, "Novedades en el perfil: Trains"));
    ck_assert_ptr_null(strstr(json, "Not for home"));
    pz_free(json);
    ck_assert_ok(pz_checkin_document(ana, next, NULL, &json));
    ck_assert_schema("checkin", json);
    ck_assert_ptr_null(strstr(json, "agenda.entry_changed")); /* nothing is new since */
    pz_free(json);
    ck_assert_status(pz_checkin_document(tea, id, "xx", &json), PZ_E_INVALID);
    ck_assert_status(pz_checkin_document(tea, 999999, NULL, &json), PZ_E_NOT_FOUND);
    ck_assert_status(pz_checkin_document(tea, id, NULL, NULL), PZ_E_INVALID);
    ck_assert_status(pz_checkin_document(NULL, id, NULL, &json), PZ_E_CLOSED);
    ck_assert_ptr_null(json);
    pz_actor_free(ana), pz_actor_free(tea), pz_actor_free(gus);
}
END_TEST

/* ------------------------------------------------------------------------------------- templates and schedules --- */

static pz_status save_template(int who, pz_id id, pz_id org, pz_id *out_id)
{
    pz_checkin_template t = PZ_CHECKIN_TEMPLATE_INIT;
    pz_actor *actor = actor_of(who);
    pz_status status;
    t.id = id;
    t.org = org;
    t.title = "With the counselor";
    t.prompts = "How do you sleep?\n\n What helps?  \r\n";
    t.with_counselor = 1;
    status = pz_checkin_template_save(actor, &t, NULL, out_id);
    pz_actor_free(actor);
    return status;
}

START_TEST(templates_belong_to_who_made_them_and_to_their_org)
{
    pz_actor *tea = actor_of(WHO_TEACHER), *ana = actor_of(WHO_LEARNER);
    pz_checkin_template **rows, bad = PZ_CHECKIN_TEMPLATE_INIT;
    pz_checkin checkin = make_checkin();
    pz_checkin_person cou = person_in(at.school.cou, PZ_ROLE_COUNSELOR);
    const pz_checkin_person *people[] = {&cou};
    size_t count;
    pz_id own, of_leader, of_store, id;
    ck_assert_ok(save_template(WHO_TEACHER, 0, at.school.north, &own));
    ck_assert_ok(save_template(WHO_LEADER, 0, at.school.north, &of_leader));
    ck_assert_ok(pz_checkin_template_save(
        at.runner, &(pz_checkin_template){.struct_size = sizeof(pz_checkin_template), .title = "Store", .title_len = 5}, NULL, &of_store));
    ck_assert_status(save_template(WHO_TEACHER, of_leader, at.school.north, &id), NO);
    ck_assert_status(save_template(WHO_TEACHER, 0, at.school.south, &id), NONE);
    ck_assert_status(save_template(WHO_TEACHER, 0, 0, &id), NO);
    ck_assert_status(save_template(WHO_LEADER, 0, at.school.district, &id), NO);
    ck_assert_status(save_template(WHO_GUARDIAN, 0, at.school.north, &id), NO);
    ck_assert_status(save_template(WHO_LEARNER, 0, at.school.north, &id), NO);
    ck_assert_status(save_template(WHO_READER, 0, at.school.north, &id), NO);
    ck_assert_status(save_template(WHO_LEADER, 999999, at.school.north, &id), NONE);
    ck_assert_ok(save_template(WHO_LEADER, own, at.school.north, &id));
    ck_assert_int_eq(id, own);
    ck_assert_ok(save_template(WHO_TEACHER, own, at.school.north, &id));
    ck_assert_status(pz_checkin_template_save(tea, &bad, NULL, &id), PZ_E_INVALID); /* no title */
    bad.title = "x";
    bad.with_leader = 2;
    ck_assert_status(pz_checkin_template_save(tea, &bad, NULL, &id), PZ_E_INVALID);
    bad.with_leader = 0;
    bad.id = -1;
    ck_assert_status(pz_checkin_template_save(tea, &bad, NULL, &id), PZ_E_INVALID);
    bad.struct_size = 3;
    ck_assert_status(pz_checkin_template_save(tea, &bad, NULL, &id), PZ_E_STRUCT_SIZE);
    ck_assert_status(pz_checkin_template_save(NULL, &bad, NULL, &id), PZ_E_CLOSED);
    ck_assert_ok(pz_checkin_template_list(ana, NULL, NULL, &rows, &count));
    ck_assert_uint_eq(count, 4);
    ck_assert_int_eq(rows[0]->id, 0);
    ck_assert_str_eq(rows[0]->title, "Check-in");
    ck_assert_int_eq(rows[1]->id, own);
    ck_assert_int_eq(rows[1]->author, at.school.tea);
    ck_assert_int_eq(rows[1]->with_counselor, 1);
    pz_free(rows);
    pz_actor *tim = actor_of(WHO_OTHER_TEACHER);
    ck_assert_ok(pz_checkin_template_list(tim, NULL, "es", &rows, &count)); /* of another school */
    ck_assert_uint_eq(count, 2);
    pz_free(rows);
    pz_actor_free(tim);
    ck_assert_status(pz_checkin_template_list(ana, NULL, "xx", &rows, &count), PZ_E_INVALID);
    ck_assert_status(pz_checkin_template_list(at.school.importer, NULL, NULL, &rows, &count), PZ_E_DENIED);
    ck_assert_status(pz_checkin_template_list(NULL, NULL, NULL, &rows, &count), PZ_E_CLOSED);
    checkin.template_id = own;
    ck_assert_status(pz_checkin_plan(tea, &checkin, NULL, 0, NULL, &id), PZ_E_INVALID); /* needs a counselor */
    ck_assert_ok(pz_checkin_plan(tea, &checkin, people, 1, NULL, &id));
    ck_assert_uint_eq(on_agenda(WHO_TEACHER, id, "agenda.prompt", "How do you sleep?"), 2);
    ck_assert_ok(sign_by(WHO_LEARNER, id));
    ck_assert_status(hold_by(WHO_TEACHER, id, PZ_DATE_NONE, NULL), STATE); /* the counselor has not signed */
    ck_assert_ok(sign_by(WHO_COUNSELOR, id));
    ck_assert_ok(hold_by(WHO_TEACHER, id, PZ_DATE_NONE, NULL));
    bad = (pz_checkin_template)PZ_CHECKIN_TEMPLATE_INIT;
    bad.id = own;
    bad.org = at.school.north;
    bad.title = "Over";
    bad.ended = 1;
    ck_assert_ok(pz_checkin_template_save(tea, &bad, NULL, &id));
    ck_assert_status(pz_checkin_plan(tea, &checkin, people, 1, NULL, &id), STATE);
    pz_actor_free(ana);
    pz_actor_free(tea);
}
END_TEST

static pz_status set_schedule(int who, pz_id scope, int32_t rhythm, pz_date starts_on)
{
    pz_checkin_schedule schedule = PZ_CHECKIN_SCHEDULE_INIT;
    pz_actor *actor = actor_of(who);
    pz_status status;
    schedule.scope = scope;
    schedule.rhythm = rhythm;
    schedule.starts_on = starts_on;
    status = pz_checkin_schedule_set(actor, &schedule, NULL);
    pz_actor_free(actor);
    return status;
}

/* The day by which a learner's check-in is late in a class; PZ_DATE_NONE where it is not. */
static pz_date late_in(int who, pz_id class_id, pz_id learner, pz_id *out_checkin)
{
    pz_actor *actor = actor_of(who);
    pz_overdue_checkin **rows;
    pz_date found = PZ_DATE_NONE;
    size_t count;
    ck_assert_ok(pz_checkin_overdue_list(actor, 0, class_id, &rows, &count));
    for (size_t i = 0; i < count; i++) {
        if (rows[i]->learner != learner) continue;
        ck_assert(found == PZ_DATE_NONE);
        found = rows[i]->due_on;
        ck_assert_int_eq(rows[i]->days, (pz_date)(at.school.now / SCHOOL_DAY) - found);
        ck_assert_int_eq(rows[i]->class_id, class_id);
        if (out_checkin) *out_checkin = rows[i]->checkin;
    }
    pz_free(rows);
    pz_actor_free(actor);
    return found;
}

static int is_due(int who, pz_id record, pz_id learner, pz_date until, const char *code)
{
    pz_actor *actor = actor_of(who);
    pz_due **rows;
    size_t count;
    int found = 0;
    ck_assert_ok(pz_due_list(actor, until, &rows, &count));
    for (size_t i = 0; i < count; i++)
        found += rows[i]->record_kind == PZ_KIND_CHECKIN && rows[i]->record == record && rows[i]->learner == learner &&
                 !strcmp(rows[i]->code, code);
    pz_free(rows);
    pz_actor_free(actor);
    return found;
}

START_TEST(a_monthly_schedule_asks_for_one_each_month)
{
    school *s = &at.school;
    pz_checkin_schedule **rows;
    pz_actor *tea = actor_of(WHO_TEACHER);
    size_t count;
    pz_id id;
    ck_assert(late_in(WHO_TEACHER, s->a, s->ana, NULL) == PZ_DATE_NONE);
    ck_assert_ok(set_schedule(WHO_LEADER, s->north, PZ_RHYTHM_MONTHLY, SCHOOL_TODAY - 2));
    ck_assert_int_eq(late_in(WHO_TEACHER, s->a, s->ana, NULL), SCHOOL_TODAY - 2);
    ck_assert_int_eq(late_in(WHO_LEADER, s->b, s->ben, NULL), SCHOOL_TODAY - 2);
    ck_assert_int_eq(is_due(WHO_TEACHER, 0, s->ana, SCHOOL_TODAY, "due.checkin_plan"), 1);
    ck_assert_int_eq(is_due(WHO_LEADER, 0, s->ben, SCHOOL_TODAY, "due.checkin_plan"), 1); /* once, though in two classes */
    ck_assert_int_eq(is_due(WHO_GUARDIAN, 0, s->ana, SCHOOL_TODAY, "due.checkin_plan"), 0);
    ck_assert_ok(set_schedule(WHO_TEACHER, s->a, PZ_RHYTHM_ON_DEMAND, PZ_DATE_NONE)); /* that of the class counts first */
    ck_assert(late_in(WHO_TEACHER, s->a, s->ana, NULL) == PZ_DATE_NONE);
    ck_assert_ok(set_schedule(WHO_TEACHER, s->a, PZ_RHYTHM_MONTHLY, SCHOOL_TODAY - 2));
    id = plan_it();
    ck_assert_ok(sign_by(WHO_LEARNER, id));
    ck_assert_ok(hold_by(WHO_TEACHER, id, PZ_DATE_NONE, NULL));
    ck_assert(late_in(WHO_TEACHER, s->a, s->ana, NULL) == PZ_DATE_NONE);
    s->now += 31 * SCHOOL_DAY; /* held on 24 November: by 24 December */
    ck_assert_int_eq(late_in(WHO_TEACHER, s->a, s->ana, NULL), SCHOOL_TODAY + 30);
    ck_assert_ok(pz_checkin_schedule_list(tea, &rows, &count));
    ck_assert_uint_eq(count, 2);
    pz_free(rows);
    pz_actor_free(tea);
}
END_TEST

START_TEST(a_schedule_asks_for_one_in_each_cycle)
{
    school *s = &at.school;
    pz_cycle cycle = PZ_CYCLE_INIT;
    pz_id id, cycle_id;
    ck_assert_ok(set_schedule(WHO_TEACHER, s->a, PZ_RHYTHM_EACH_CYCLE, PZ_DATE_NONE));
    ck_assert(late_in(WHO_TEACHER, s->a, s->ana, NULL) == PZ_DATE_NONE); /* no cycle yet */
    cycle.org = s->north;
    cycle.title = "Autumn";
    cycle.opens_on = SCHOOL_TODAY - 10;
    cycle.closes_on = SCHOOL_TODAY - 1;
    ck_assert_ok(pz_cycle_open(at.runner, &cycle, NULL, &cycle_id));
    ck_assert_int_eq(late_in(WHO_TEACHER, s->a, s->ana, NULL), SCHOOL_TODAY - 1);
    id = plan_it();
    ck_assert_ok(sign_by(WHO_LEARNER, id));
    ck_assert_ok(hold_by(WHO_TEACHER, id, PZ_DATE_NONE, NULL));
    ck_assert(late_in(WHO_TEACHER, s->a, s->ana, NULL) == PZ_DATE_NONE);
    ck_assert_int_eq(late_in(WHO_TEACHER, s->a, s->ben, NULL), SCHOOL_TODAY - 1);
    s->now += 20 * SCHOOL_DAY;
    cycle.org = 0;
    cycle.class_id = s->a;
    cycle.opens_on = SCHOOL_TODAY + 10;
    cycle.closes_on = SCHOOL_TODAY + 15;
    ck_assert_ok(pz_cycle_open(at.runner, &cycle, NULL, &cycle_id));
    ck_assert_int_eq(late_in(WHO_TEACHER, s->a, s->ana, NULL), SCHOOL_TODAY + 15);
}
END_TEST

START_TEST(what_is_planned_is_late_after_its_day)
{
    school *s = &at.school;
    pz_checkin checkin = make_checkin();
    pz_overdue_checkin **rows;
    pz_actor *gus = actor_of(WHO_GUARDIAN), *tea = actor_of(WHO_TEACHER), *lea = actor_of(WHO_LEADER);
    size_t count;
    pz_id id, told = 7;
    checkin.visibility = PZ_VISIBLE_NAMED;
    id = plan_with(&checkin);
    for (int who = WHO_LEARNER; who <= WHO_TEACHER; who++) ck_assert_int_eq(is_due(who, id, s->ana, SCHOOL_TODAY + 3, "due.checkin"), 1);
    ck_assert_int_eq(is_due(WHO_TEACHER, id, s->ana, SCHOOL_TODAY + 2, "due.checkin"), 0);
    ck_assert_int_eq(is_due(WHO_LEADER, 0, s->ana, SCHOOL_TODAY + 3, "due.checkin_plan"), 1); /* sees that there is one, not which */
    s->now += 4 * SCHOOL_DAY;
    ck_assert_int_eq(late_in(WHO_TEACHER, s->a, s->ana, &told), SCHOOL_TODAY + 3);
    ck_assert_int_eq(told, id);
    ck_assert_int_eq(late_in(WHO_LEADER, s->a, s->ana, &told), SCHOOL_TODAY + 3);
    ck_assert_int_eq(told, 0);
    ck_assert_status(pz_checkin_overdue_list(gus, 0, 0, &rows, &count), PZ_E_DENIED);
    ck_assert_status(pz_checkin_overdue_list(at.school.importer, 0, 0, &rows, &count), PZ_E_DENIED);
    ck_assert_status(pz_checkin_overdue_list(tea, 0, s->b, &rows, &count), PZ_E_NOT_FOUND);
    ck_assert_status(pz_checkin_overdue_list(lea, s->south, 0, &rows, &count), PZ_E_NOT_FOUND);
    ck_assert_status(pz_checkin_overdue_list(NULL, 0, 0, &rows, &count), PZ_E_CLOSED);
    ck_assert_ok(pz_checkin_overdue_list(lea, s->north, 0, &rows, &count));
    ck_assert_uint_eq(count, 1);
    pz_free(rows);
    ck_assert_status(set_schedule(WHO_TEACHER, s->b, PZ_RHYTHM_ON_DEMAND, PZ_DATE_NONE), PZ_E_NOT_FOUND);
    ck_assert_status(set_schedule(WHO_TEACHER, s->north, PZ_RHYTHM_ON_DEMAND, PZ_DATE_NONE), PZ_E_DENIED);
    ck_assert_status(set_schedule(WHO_GUARDIAN, s->a, PZ_RHYTHM_ON_DEMAND, PZ_DATE_NONE), PZ_E_DENIED);
    ck_assert_status(set_schedule(WHO_TEACHER, s->a, 0, PZ_DATE_NONE), PZ_E_INVALID);
    ck_assert_status(set_schedule(WHO_TEACHER, s->a, 4, PZ_DATE_NONE), PZ_E_INVALID);
    ck_assert_status(set_schedule(WHO_TEACHER, s->a, PZ_RHYTHM_MONTHLY, PZ_DATE_NONE), PZ_E_INVALID);
    ck_assert_status(set_schedule(WHO_TEACHER, s->a, PZ_RHYTHM_EACH_CYCLE, SCHOOL_TODAY), PZ_E_INVALID);
    ck_assert_status(pz_checkin_schedule_set(NULL, NULL, NULL), PZ_E_CLOSED);
    ck_assert_status(pz_checkin_schedule_set(tea, NULL, NULL), PZ_E_INVALID);
    pz_actor_free(lea);
    pz_actor_free(tea);
    pz_actor_free(gus);
}
END_TEST

START_TEST(lists_page_by_page)
{
    pz_checkin_query query = PZ_CHECKIN_QUERY_INIT;
    pz_checkin **rows;
    pz_actor *tea = actor_of(WHO_TEACHER), *view;
    size_t count;
    pz_id ids[3];
    int64_t before;
    for (int i = 0; i < 3; i++) ids[i] = plan_it();
    before = school_last_change(&at.school);
    ck_assert_ok(take_step(WHO_TEACHER, STEP_CANCEL, ids[1]));
    query.limit = 2;
    query.class_id = at.school.a;
    ck_assert_ok(pz_checkin_list(tea, &query, &rows, &count));
    ck_assert_uint_eq(count, 2);
    pz_free(rows);
    query.after = ids[1];
    ck_assert_ok(pz_checkin_list(tea, &query, &rows, &count));
    ck_assert_uint_eq(count, 1);
    ck_assert_int_eq(rows[0]->id, ids[2]);
    pz_free(rows);
    query.after = 999999;
    ck_assert_status(pz_checkin_list(tea, &query, &rows, &count), PZ_E_NOT_FOUND);
    query.after = 0;
    query.limit = 0;
    query.state = PZ_CHECKIN_CANCELLED;
    query.person = at.school.gus;
    ck_assert_ok(pz_checkin_list(tea, &query, &rows, &count));
    ck_assert_uint_eq(count, 1);
    pz_free(rows);
    query.text = "NOT need";
    ck_assert_ok(pz_checkin_list(tea, &query, &rows, &count));
    ck_assert_uint_eq(count, 1);
    pz_free(rows);
    query.text = "elsewhere";
    ck_assert_ok(pz_checkin_list(tea, &query, &rows, &count));
    ck_assert_uint_eq(count, 0);
    pz_free(rows);
    query.text = "\xff";
    ck_assert_status(pz_checkin_list(tea, &query, &rows, &count), PZ_E_TEXT);
    query.text = NULL;
    query.text_len = 0;
    query.person = at.school.cou;
    ck_assert_ok(pz_checkin_list(tea, &query, &rows, &count));
    ck_assert_uint_eq(count, 0);
    pz_free(rows);
    query.person = 0;
    ck_assert_ok(pz_actor_as_of_change(tea, before, &view));
    ck_assert_ok(pz_checkin_list(view, &query, &rows, &count)); /* none was cancelled then */
    ck_assert_uint_eq(count, 0);
    pz_free(rows);
    ck_assert_status(pz_checkin_sign(view, ids[0], NULL), PZ_E_READ_ONLY);
    pz_actor_free(view);
    query.state = 4;
    ck_assert_status(pz_checkin_list(tea, &query, &rows, &count), PZ_E_INVALID);
    query.state = 0;
    query.limit = -1;
    ck_assert_status(pz_checkin_list(tea, &query, &rows, &count), PZ_E_INVALID);
    query.struct_size = 1;
    ck_assert_status(pz_checkin_list(tea, &query, &rows, &count), PZ_E_STRUCT_SIZE);
    ck_assert_status(pz_checkin_list(NULL, NULL, &rows, &count), PZ_E_CLOSED);
    ck_assert_status(pz_checkin_get(tea, 999999, &(pz_checkin *){NULL}), PZ_E_NOT_FOUND);
    ck_assert_status(pz_checkin_get(tea, 1, NULL), PZ_E_INVALID);
    pz_actor_free(tea);
}
END_TEST

START_TEST(events_tell_who_is_waited_for)
{
    pz_actor *gus = actor_of(WHO_GUARDIAN), *cou = actor_of(WHO_COUNSELOR);
    pz_event **rows;
    int64_t cursor;
    size_t count;
    int32_t kind = 0;
    pz_id id = plan_it();
    ck_assert_ok(pz_changes_since(gus, 0, 10000, &rows, &count, &cursor));
    for (size_t i = 0; i < count; i++)
        if (rows[i]->record == id) kind = rows[i]->kind;
    pz_free(rows);
    ck_assert_int_eq(kind, PZ_EVENT_AWAITS_ANSWER);
    ck_assert_ok(sign_by(WHO_GUARDIAN, id));
    ck_assert_ok(pz_changes_since(cou, 0, 10000, &rows, &count, &cursor));
    for (size_t i = 0; i < count; i++)
        if (rows[i]->record == id) kind = rows[i]->kind;
    pz_free(rows);
    ck_assert_int_eq(kind, PZ_EVENT_ANSWERED);
    pz_actor_free(cou);
    pz_actor_free(gus);
}
END_TEST

/* -------------------------------------------------------------------------------------------- failing memory --- */

static pz_status read_everything(pz_actor *actor, pz_id id)
{
    pz_checkin *one = NULL, **rows = NULL, **versions = NULL;
    pz_checkin_person **people = NULL;
    pz_checkin_touch **touched = NULL;
    pz_agenda_item **agenda = NULL;
    pz_checkin_template **templates = NULL;
    pz_checkin_schedule **schedules = NULL;
    pz_overdue_checkin **overdue = NULL;
    pz_event **events = NULL;
    pz_due **due = NULL;
    char *json = NULL;
    pz_checkin_query query = PZ_CHECKIN_QUERY_INIT;
    int64_t cursor;
    size_t count;
    pz_status status = pz_checkin_get(actor, id, &one);
    query.text = "x";
    if (status == PZ_OK) status = pz_checkin_list(actor, &query, &rows, &count);
    if (status == PZ_OK) status = pz_checkin_history(actor, id, &versions, &count);
    if (status == PZ_OK) status = pz_checkin_person_list(actor, id, &people, &count);
    if (status == PZ_OK) status = pz_checkin_touch_list(actor, id, &touched, &count);
    if (status == PZ_OK) status = pz_checkin_agenda_list(actor, id, NULL, &agenda, &count);
    if (status == PZ_OK) status = pz_checkin_document(actor, id, NULL, &json);
    if (status == PZ_OK) status = pz_checkin_template_list(actor, NULL, NULL, &templates, &count);
    if (status == PZ_OK) status = pz_checkin_schedule_list(actor, &schedules, &count);
    if (status == PZ_OK) status = pz_checkin_overdue_list(actor, 0, 0, &overdue, &count);
    if (status == PZ_OK) status = pz_changes_since(actor, 0, 1000, &events, &count, &cursor);
    if (status == PZ_OK) status = pz_due_list(actor, SCHOOL_TODAY + 100, &due, &count);
    pz_free(json);
    pz_free(one);
    pz_free(rows);
    pz_free(versions);
    pz_free(people);
    pz_free(touched);
    pz_free(agenda);
    pz_free(templates);
    pz_free(schedules);
    pz_free(overdue);
    pz_free(events);
    pz_free(due);
    return status;
}

static pz_status plan_and_hold(pz_actor *ana, pz_actor *tea, const lesson *l, pz_id *out_id)
{
    pz_checkin checkin = PZ_CHECKIN_INIT;
    pz_checkin_person gus = person_in(l->school.gus, PZ_ROLE_GUARDIAN);
    const pz_checkin_person *people[] = {&gus};
    pz_checkin_touch touch = PZ_CHECKIN_TOUCH_INIT;
    const pz_checkin_touch *touched[] = {&touch};
    pz_checkin *now = NULL;
    pz_id next;
    pz_status status;
    checkin.learner = l->school.ana;
    checkin.due_on = SCHOOL_TODAY - 1;
    touch.record_kind = PZ_KIND_COMPETENCY;
    touch.record = l->add;
    status = pz_checkin_plan(tea, &checkin, people, 1, "m plan", out_id);
    if (status == PZ_OK) status = pz_checkin_invite(tea, *out_id, l->school.cou, PZ_ROLE_COUNSELOR, "m invite");
    if (status == PZ_OK) status = pz_checkin_sign(ana, *out_id, "m sign");
    if (status == PZ_OK) status = pz_checkin_get(tea, *out_id, &now);
    if (status == PZ_OK && now->state == PZ_CHECKIN_PLANNED)
        status = pz_checkin_hold(tea, *out_id, now->version, "x", 1, touched, 1, SCHOOL_TODAY + 9, NULL, &next);
    pz_free(now);
    return status;
}

static pz_status live_a_checkin(void *user_data)
{
    const lesson *l = user_data;
    pz_actor *ana = NULL, *tea = NULL;
    pz_checkin_template t = PZ_CHECKIN_TEMPLATE_INIT;
    pz_checkin_schedule schedule = PZ_CHECKIN_SCHEDULE_INIT;
    school copy = l->school;
    pz_id id = 0, template_id;
    pz_status status = school_open(&copy, 0);
    t.org = l->school.north;
    t.title = "x";
    t.prompts = "x\ny";
    schedule.scope = l->school.a;
    schedule.rhythm = PZ_RHYTHM_MONTHLY;
    schedule.starts_on = SCHOOL_TODAY - 3;
    if (status == PZ_OK) status = pz_actor_open(copy.store, l->school.ana, PZ_ROLE_LEARNER, "tests", &ana);
    if (status == PZ_OK) status = pz_actor_open(copy.store, l->school.tea, PZ_ROLE_TEACHER, "tests", &tea);
    if (status == PZ_OK) status = pz_checkin_template_save(tea, &t, "m template", &template_id);
    if (status == PZ_OK) status = pz_checkin_schedule_set(tea, &schedule, "m schedule");
    if (status == PZ_OK) status = plan_and_hold(ana, tea, l, &id);
    if (status == PZ_OK) status = read_everything(tea, id);
    if (status == PZ_OK) status = pz_checkin_template_save(tea, &t, NULL, &template_id); /* takes what was read along */
    pz_actor_free(ana);
    pz_actor_free(tea);
    pz_store_free(copy.store);
    return status;
}

START_TEST(survives_each_allocation_failing)
{
    pz_actor *ana;
    pz_voice_entry need = PZ_VOICE_ENTRY_INIT;
    pz_id id;
    lesson_start(&at);
    ana = actor_of(WHO_LEARNER);
    need.learner = at.school.ana;
    need.kind = PZ_VOICE_NEED;
    need.content = "x";
    ck_assert_ok(pz_voice_say(ana, &need, NULL, 0, NULL, &id));
    pz_actor_free(ana);
    pz_actor_free(at.runner);
    school_close(&at.school);
    ck_assert_int_gt(suite_each_allocation(live_a_checkin, &at), 100);
    place_end(&at.school.place);
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("checkin");
    TCase *with = tcase_create("in a school");
    TCase *alone = tcase_create("memory");
    tcase_add_checked_fixture(with, setup, teardown);
    tcase_set_timeout(with, 60);
    tcase_set_timeout(alone, 120);
    tcase_add_test(with, is_planned_by_the_learner_and_the_adults_around_it);
    tcase_add_test(with, refuses_what_is_no_plan);
    tcase_add_loop_test(with, each_step_is_for_who_takes_part, 0, STEPS);
    tcase_add_test(with, keeps_who_was_there_and_why_not);
    tcase_add_test(with, holding_sets_the_next_one_with_the_same_people);
    tcase_add_test(with, refuses_what_is_not_held);
    tcase_add_test(with, is_seen_by_who_takes_part_and_whom_its_visibility_names);
    tcase_add_test(with, is_exported_and_erased);
    tcase_add_test(with, the_agenda_is_drawn_from_what_changed_and_what_is_late);
    tcase_add_test(with, is_one_document_with_its_agenda);
    tcase_add_test(with, templates_belong_to_who_made_them_and_to_their_org);
    tcase_add_test(with, a_monthly_schedule_asks_for_one_each_month);
    tcase_add_test(with, a_schedule_asks_for_one_in_each_cycle);
    tcase_add_test(with, what_is_planned_is_late_after_its_day);
    tcase_add_test(with, lists_page_by_page);
    tcase_add_test(with, events_tell_who_is_waited_for);
    tcase_add_test(alone, survives_each_allocation_failing);
    suite_add_tcase(suite, with);
    suite_add_tcase(suite, alone);
    return suite;
}

SUITE_MAIN(make_suite)
