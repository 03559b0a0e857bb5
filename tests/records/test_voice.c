/* What learners say: who sees it, every step by every kind of person, media, co-signing, days, what is owed, counts, counter-proposals. */
#include "personalize/recommend.h"
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

static pz_voice_entry make_entry(void)
{
    pz_voice_entry entry = PZ_VOICE_ENTRY_INIT;
    entry.learner = at.school.ana;
    entry.kind = PZ_VOICE_NEED;
    entry.content = "I need more time to read";
    return entry;
}

static pz_status try_say(int who, const pz_voice_entry *entry, pz_id *out_id)
{
    pz_actor *actor = actor_of(who);
    pz_status status = pz_voice_say(actor, entry, NULL, 0, NULL, out_id);
    pz_actor_free(actor);
    return status;
}

static pz_id say(int who, const pz_voice_entry *entry)
{
    pz_id id;
    ck_assert_ok(try_say(who, entry, &id));
    return id;
}

/* Without its texts. */
static pz_voice_entry entry_now(int who, pz_id id)
{
    pz_actor *actor = actor_of(who);
    pz_voice_entry *entry, copy;
    ck_assert_ok(pz_voice_get(actor, id, &entry));
    copy = *entry;
    copy.content = copy.topic = NULL;
    copy.content_len = copy.topic_len = 0;
    pz_free(entry);
    pz_actor_free(actor);
    return copy;
}

#define NONE PZ_E_NOT_FOUND
#define NO PZ_E_DENIED
#define STATE PZ_E_STATE
#define OK PZ_OK

/* ---------------------------------------------------------------------------------------------------- steps --- */

enum { STEP_AGREE, STEP_REVISE, STEP_WITHDRAW, STEP_SEE, STEP_REPLY, STEP_ACT, STEP_DECLINE, STEP_REOPEN, STEP_FILE, STEPS };

static pz_status take_step(int who, int step, pz_id id)
{
    pz_voice_entry revised = make_entry();
    pz_actor *actor = actor_of(who);
    pz_status status;
    int64_t version;
    switch (step) {
    case STEP_AGREE: status = pz_voice_agree(actor, id, NULL); break;
    case STEP_REVISE:
        revised.id = id;
        revised.version = entry_now(WHO_LEARNER, id).version;
        revised.content = "Said anew";
        status = pz_voice_revise(actor, &revised, NULL, &version);
        break;
    case STEP_WITHDRAW: status = pz_voice_withdraw(actor, id, "Not any more", PZ_NUL_TERMINATED, NULL); break;
    case STEP_SEE: status = pz_voice_see(actor, id, NULL); break;
    case STEP_REPLY: status = pz_voice_reply(actor, id, "Let us talk", PZ_NUL_TERMINATED, NULL); break;
    case STEP_ACT: status = pz_voice_act(actor, id, "You have ten minutes more", PZ_NUL_TERMINATED, 0, 0, NULL); break;
    case STEP_DECLINE: status = pz_voice_decline(actor, id, "The rules of the test", PZ_NUL_TERMINATED, NULL); break;
    case STEP_REOPEN: status = pz_voice_reopen(actor, id, "It is still so", PZ_NUL_TERMINATED, NULL); break;
    default: status = pz_voice_file(actor, id, "reading", PZ_NUL_TERMINATED, NULL); break;
    }
    pz_actor_free(actor);
    return status;
}

enum { PLACE_BY_ADULT, PLACE_OPEN, PLACE_SEEN, PLACE_ANSWERED, PLACE_ACTED_ON, PLACE_DECLINED, PLACE_WITHDRAWN, PLACES };

static pz_id entry_at(int place)
{
    static const int steps[PLACES] = {-1, -1, STEP_SEE, STEP_REPLY, STEP_ACT, STEP_DECLINE, STEP_WITHDRAW};
    pz_voice_entry entry = make_entry();
    pz_id id = say(place == PLACE_BY_ADULT ? WHO_TEACHER : WHO_LEARNER, &entry);
    if (steps[place] >= 0) ck_assert_ok(take_step(place == PLACE_WITHDRAWN ? WHO_LEARNER : WHO_TEACHER, steps[place], id));
    return id;
}

/* Learner, guardian, teacher, counselor, leader, classmate, another teacher, services that import and that read. Of adults who see it, all may
 * take the same steps, but for filing, which is for staff. */
static pz_status wanted_of(int step, int place, int who)
{
    static const pz_status by_learner[STEPS][PLACES] = {
        [STEP_AGREE] = {OK, STATE, STATE, STATE, STATE, STATE, STATE},
        [STEP_REVISE] = {OK, OK, OK, OK, OK, OK, STATE},
        [STEP_WITHDRAW] = {OK, OK, OK, OK, OK, OK, STATE},
        [STEP_SEE] = {NO, NO, NO, NO, NO, NO, NO},
        [STEP_REPLY] = {NO, NO, NO, NO, NO, NO, NO},
        [STEP_ACT] = {NO, NO, NO, NO, NO, NO, NO},
        [STEP_DECLINE] = {NO, NO, NO, NO, NO, NO, NO},
        [STEP_REOPEN] = {STATE, STATE, STATE, OK, OK, OK, STATE},
        [STEP_FILE] = {OK, OK, OK, OK, OK, OK, STATE},
    };
    static const pz_status by_adult[STEPS][PLACES] = {
        [STEP_AGREE] = {NO, NO, NO, NO, NO, NO, NO},
        [STEP_REVISE] = {NO, NO, NO, NO, NO, NO, NO},
        [STEP_WITHDRAW] = {NO, NO, NO, NO, NO, NO, NO},
        [STEP_SEE] = {OK, OK, STATE, STATE, STATE, STATE, STATE},
        [STEP_REPLY] = {OK, OK, OK, OK, STATE, STATE, STATE},
        [STEP_ACT] = {OK, OK, OK, OK, STATE, STATE, STATE},
        [STEP_DECLINE] = {OK, OK, OK, OK, STATE, STATE, STATE},
        [STEP_REOPEN] = {NO, NO, NO, NO, NO, NO, NO},
        [STEP_FILE] = {OK, OK, OK, OK, OK, OK, STATE},
    };
    if (who == WHO_CLASSMATE || who == WHO_OTHER_TEACHER) return NONE;
    if (who == WHO_IMPORT || who == WHO_READER) return NO;
    if (who == WHO_GUARDIAN && step == STEP_FILE) return NO;
    return who == WHO_LEARNER ? by_learner[step][place] : by_adult[step][place];
}

static int32_t state_after(int step, int32_t before)
{
    static const int32_t after[STEPS] = {
        0, PZ_VOICE_OPEN, PZ_VOICE_WITHDRAWN, PZ_VOICE_SEEN, PZ_VOICE_ANSWERED, PZ_VOICE_ACTED_ON, PZ_VOICE_DECLINED, PZ_VOICE_OPEN, 0};
    return after[step] ? after[step] : before;
}

START_TEST(each_step_is_for_its_people_and_places)
{
    int step = _i;
    for (int place = 0; place < PLACES; place++)
        for (int who = 0; who < WHOS; who++) {
            pz_id id = entry_at(place);
            pz_voice_entry before = entry_now(WHO_LEARNER, id), after;
            pz_status wanted = wanted_of(step, place, who), got = take_step(who, step, id);
            ck_assert_msg(got == wanted, "step %d at place %d by %d gave %s, wanted %s: %s", step, place, who,
                          pz_status_describe(got)->name, pz_status_describe(wanted)->name, got ? pz_last_error()->message : "");
            after = entry_now(WHO_LEARNER, id);
            ck_assert_int_eq(after.state, wanted == OK ? state_after(step, before.state) : before.state);
            ck_assert_int_eq(after.awaits_answer, after.state == PZ_VOICE_OPEN || after.state == PZ_VOICE_SEEN);
            if (wanted == OK) ck_assert_int_gt(after.version, before.version);
            if (wanted == OK && step == STEP_AGREE) ck_assert_int_eq(after.learner_agreed, 1);
        }
}
END_TEST

START_TEST(is_said_by_its_learner_and_written_down_by_the_adults_around_it)
{
    static const pz_status wanted[WHOS] = {OK, OK, OK, OK, OK, NONE, NONE, NO, NO};
    for (int who = 0; who < WHOS; who++) {
        pz_voice_entry entry = make_entry(), got;
        pz_id id = 7;
        ck_assert_status(try_say(who, &entry, &id), wanted[who]);
        ck_assert_int_eq(id != 0, wanted[who] == OK);
        if (wanted[who] != OK) continue;
        got = entry_now(WHO_LEARNER, id);
        ck_assert_int_eq(got.state, PZ_VOICE_OPEN);
        ck_assert_int_eq(got.learner_agreed, who == WHO_LEARNER);
        ck_assert_int_eq(got.author_role, PZ_ROLE_LEARNER + who);
        ck_assert_int_eq(got.acted_role, PZ_ROLE_LEARNER + who);
        ck_assert_int_eq(got.said_at, SCHOOL_NOW);
        ck_assert_int_eq(got.due_on, SCHOOL_TODAY + 5);
        ck_assert_int_eq(got.version, school_last_change(&at.school));
        ck_assert_int_eq(got.is_current, 1);
    }
}
END_TEST

/* ------------------------------------------------------------------------------------------------- visibility --- */

static pz_status see_by(int who, pz_id id)
{
    pz_actor *actor = actor_of(who);
    pz_voice_entry *entry, **rows, **versions;
    pz_voice_media **media;
    pz_voice_answer **answers;
    pz_voice_cosigner **cosigners;
    size_t count, listed = 0;
    pz_status status = pz_voice_get(actor, id, &entry);
    ck_assert_int_eq(status == OK, entry != NULL);
    pz_free(entry);
    ck_assert_int_eq(pz_voice_media_list(actor, id, &media, &count), status);
    pz_free(media);
    ck_assert_int_eq(pz_voice_answer_list(actor, id, &answers, &count), status);
    pz_free(answers);
    ck_assert_int_eq(pz_voice_cosigner_list(actor, id, &cosigners, &count), status);
    pz_free(cosigners);
    ck_assert_int_eq(pz_voice_history(actor, id, &versions, &count), who == WHO_CLASSMATE ? NONE : status);
    pz_free(versions);
    if (pz_voice_list(actor, NULL, &rows, &count) == OK)
        for (size_t i = 0; i < count; i++) listed += rows[i]->id == id;
    pz_free(rows);
    ck_assert_uint_eq(listed, status == OK && who != WHO_CLASSMATE);
    pz_actor_free(actor);
    return status;
}

/* Role by visibility by addressee, in every way of reading. */
START_TEST(is_seen_by_whom_its_visibility_and_its_address_name)
{
    static const int seen[PZ_VISIBLE_SCHOOL + 1][WHOS] = {[PZ_VISIBLE_SELF] = {1},
                                                          [PZ_VISIBLE_NAMED] = {1},
                                                          [PZ_VISIBLE_TEACHERS] = {1, 0, 1, 0, 0, 0, 0, 0, 1},
                                                          [PZ_VISIBLE_GUARDIANS] = {1, 1, 1, 0, 0, 0, 0, 0, 1},
                                                          [PZ_VISIBLE_SCHOOL] = {1, 1, 1, 1, 1, 0, 0, 0, 1}};
    static const int32_t roles[WHOS] = {0, PZ_ROLE_GUARDIAN, PZ_ROLE_TEACHER, PZ_ROLE_COUNSELOR, PZ_ROLE_LEADER};
    for (int32_t visibility = PZ_VISIBLE_SELF; visibility <= PZ_VISIBLE_SCHOOL; visibility++)
        for (int32_t to_role = 0; to_role <= PZ_ROLE_LEADER; to_role++)
            for (int to_one = 0; to_one <= (to_role == PZ_ROLE_TEACHER); to_one++) {
                pz_voice_entry entry = make_entry();
                pz_id id;
                if (to_role == PZ_ROLE_LEARNER) continue;
                entry.kind = PZ_VOICE_REFLECTION;
                entry.visibility = visibility;
                entry.to_role = to_role;
                if (to_one) entry.to_person = at.school.tea;
                id = say(WHO_LEARNER, &entry);
                for (int who = 0; who < WHOS; who++) {
                    pz_status wanted = who == WHO_IMPORT ? NO : seen[visibility][who] || (to_role && roles[who] == to_role) ? OK : NONE;
                    pz_status got = see_by(who, id);
                    ck_assert_msg(got == wanted, "visibility %d, to %d, by %d: %s, wanted %s", (int)visibility, (int)to_role, who,
                                  pz_status_describe(got)->name, pz_status_describe(wanted)->name);
                    if (who > WHO_LEARNER && who <= WHO_LEADER && wanted == NONE) ck_assert_status(take_step(who, STEP_REPLY, id), NONE);
                }
            }
}
END_TEST

START_TEST(what_was_narrowed_is_narrow_in_all_its_versions)
{
    pz_voice_entry entry = make_entry();
    pz_actor *ana = actor_of(WHO_LEARNER), *gus = actor_of(WHO_GUARDIAN), *tea = actor_of(WHO_TEACHER), *then;
    pz_voice_entry *found, **rows;
    int64_t version, before;
    size_t count;
    pz_id id;
    entry.kind = PZ_VOICE_IDEA;
    ck_assert_ok(pz_voice_say(ana, &entry, NULL, 0, NULL, &id));
    before = school_last_change(&at.school);
    entry.id = id;
    entry.version = before;
    entry.visibility = PZ_VISIBLE_TEACHERS;
    ck_assert_ok(pz_voice_revise(ana, &entry, NULL, &version));
    ck_assert_ok(pz_actor_as_of_change(gus, before, &then));
    ck_assert_status(pz_voice_get(then, id, &found), PZ_E_NOT_FOUND);
    pz_actor_free(then);
    ck_assert_ok(pz_actor_as_of_change(tea, before, &then));
    ck_assert_ok(pz_voice_get(then, id, &found));
    ck_assert_int_eq(found->visibility, PZ_VISIBLE_SCHOOL);
    ck_assert_int_eq(found->version, before);
    pz_free(found);
    ck_assert_status(pz_voice_reply(then, id, "x", 1, NULL), PZ_E_READ_ONLY);
    pz_actor_free(then);
    ck_assert_ok(pz_actor_as_of_change(tea, before - 1, &then));
    ck_assert_status(pz_voice_get(then, id, &found), PZ_E_NOT_FOUND);
    pz_actor_free(then);
    ck_assert_ok(pz_voice_history(ana, id, &rows, &count));
    ck_assert_uint_eq(count, 2);
    ck_assert_int_eq(rows[0]->is_current, 0);
    ck_assert_int_eq(rows[1]->is_current, 1);
    ck_assert_int_eq(rows[1]->version, version);
    pz_free(rows);
    pz_actor_free(ana);
    pz_actor_free(gus);
    pz_actor_free(tea);
}
END_TEST

/* ---------------------------------------------------------------------------------------------------- refusals --- */

START_TEST(refuses_what_is_no_entry)
{
    pz_actor *ana = actor_of(WHO_LEARNER);
    pz_voice_entry good = make_entry(), entry;
    char *long_text = malloc(65538);
    pz_id id = 7;
    memset(long_text, 'x', 65537);
    long_text[65537] = 0;
#define REFUSE(member, value, wanted)                                                                                                      \
    do {                                                                                                                                   \
        entry = good;                                                                                                                      \
        entry.member = value;                                                                                                              \
        id = 7;                                                                                                                            \
        ck_assert_status(pz_voice_say(ana, &entry, NULL, 0, NULL, &id), wanted);                                                           \
        ck_assert_int_eq(id, 0);                                                                                                           \
    } while (0)
    ck_assert_status(pz_voice_say(NULL, &good, NULL, 0, NULL, &id), PZ_E_CLOSED);
    ck_assert_status(pz_voice_say(ana, NULL, NULL, 0, NULL, &id), PZ_E_INVALID);
    ck_assert_status(pz_voice_say(ana, &good, NULL, 1, NULL, &id), PZ_E_INVALID);
    REFUSE(struct_size, 3, PZ_E_STRUCT_SIZE);
    REFUSE(kind, 0, PZ_E_INVALID);
    REFUSE(kind, PZ_VOICE_COUNTER, PZ_E_INVALID);
    REFUSE(kind, 99, PZ_E_INVALID);
    REFUSE(avenue, 0, PZ_E_INVALID);
    REFUSE(avenue, 7, PZ_E_INVALID);
    REFUSE(avenue, PZ_AVENUE_VIDEO, PZ_E_INVALID); /* without a medium */
    REFUSE(content, NULL, PZ_E_INVALID);
    REFUSE(content, "", PZ_E_INVALID);
    REFUSE(content, "\xff", PZ_E_TEXT);
    REFUSE(content, "bell \a", PZ_E_TEXT);
    REFUSE(content, long_text, PZ_E_TOO_LONG);
    REFUSE(topic, " lunch", PZ_E_INVALID);
    REFUSE(topic, "lunch ", PZ_E_INVALID);
    REFUSE(topic, "lunch\nbreak", PZ_E_INVALID);
    REFUSE(topic, long_text, PZ_E_TOO_LONG);
    REFUSE(to_role, PZ_ROLE_LEARNER, PZ_E_INVALID);
    REFUSE(to_role, PZ_ROLE_SERVICE, PZ_E_INVALID);
    REFUSE(to_person, at.school.tea, PZ_E_INVALID); /* without a role */
    REFUSE(visibility, 0, PZ_E_INVALID);
    REFUSE(visibility, 6, PZ_E_INVALID);
    REFUSE(visibility, PZ_VISIBLE_SELF, PZ_E_INVALID); /* a need that nobody knows of */
    REFUSE(visibility, PZ_VISIBLE_NAMED, PZ_E_INVALID);
    REFUSE(learner, 0, PZ_E_NOT_FOUND);
    REFUSE(learner, 999999, PZ_E_NOT_FOUND);
    REFUSE(learner, at.school.ben, PZ_E_NOT_FOUND);
    REFUSE(shared_with, at.school.b, PZ_E_NOT_FOUND);
    REFUSE(about, at.add, PZ_E_INVALID); /* of no kind */
    good.to_role = PZ_ROLE_GUARDIAN;
    REFUSE(to_person, at.school.gil, PZ_E_NOT_FOUND); /* guardian of another learner */
    REFUSE(to_person, at.school.tea, PZ_E_NOT_FOUND); /* in a role that the person does not hold */
    good = make_entry();
    good.about_kind = PZ_KIND_COMPETENCY;
    REFUSE(about, 999999, PZ_E_NOT_FOUND);
    good.about_kind = PZ_KIND_CLASS;
    REFUSE(about, at.school.a, PZ_E_INVALID);
    good.about_kind = PZ_KIND_GOAL;
    REFUSE(about, 999999, PZ_E_NOT_FOUND);
    good.about_kind = PZ_KIND_PROFILE_ENTRY;
    REFUSE(about, 999999, PZ_E_NOT_FOUND);
    good.about_kind = PZ_KIND_VOICE;
    REFUSE(about, 999999, PZ_E_NOT_FOUND);
    good = make_entry();
    long_text[65536] = 0;
    good.content = long_text; /* at the limit */
    good.topic = "\xe6\x97\xa5\xe6\x9c\xac\xe8\xaa\x9e";
    ck_assert_ok(pz_voice_say(ana, &good, NULL, 0, NULL, &id));
    ck_assert_int_eq(entry_now(WHO_LEARNER, id).due_on, SCHOOL_TODAY + 5);
    free(long_text);
    pz_actor_free(ana);
}
END_TEST

START_TEST(is_about_records_of_the_same_learner)
{
    pz_actor *ana = actor_of(WHO_LEARNER), *ben = actor_of(WHO_CLASSMATE);
    pz_goal goal = PZ_GOAL_INIT;
    pz_profile_entry interest = PZ_PROFILE_ENTRY_INIT;
    pz_voice_entry entry = make_entry();
    pz_id own, other, trains, first, id;
    goal.statement = "Add";
    goal.learner = at.school.ana;
    ck_assert_ok(pz_goal_propose(ana, &goal, NULL, &own));
    goal.learner = at.school.ben;
    ck_assert_ok(pz_goal_propose(ben, &goal, NULL, &other));
    interest.learner = at.school.ana;
    interest.section = PZ_PROFILE_INTEREST;
    interest.content = "Trains";
    ck_assert_ok(pz_profile_entry_add(ana, &interest, NULL, &trains));
    first = say(WHO_LEARNER, &entry);
    entry.about_kind = PZ_KIND_GOAL;
    entry.about = own;
    ck_assert_ok(pz_voice_say(ana, &entry, NULL, 0, NULL, &id));
    ck_assert_int_eq(entry_now(WHO_TEACHER, id).about, own);
    ck_assert_int_eq(entry_now(WHO_TEACHER, id).about_kind, PZ_KIND_GOAL);
    entry.about = other;
    ck_assert_status(pz_voice_say(ana, &entry, NULL, 0, NULL, &id), PZ_E_NOT_FOUND);
    entry.about_kind = PZ_KIND_PROFILE_ENTRY;
    entry.about = trains;
    ck_assert_ok(pz_voice_say(ana, &entry, NULL, 0, NULL, &id));
    entry.about_kind = PZ_KIND_COMPETENCY;
    entry.about = at.add;
    ck_assert_ok(pz_voice_say(ana, &entry, NULL, 0, NULL, &id));
    entry.about_kind = PZ_KIND_VOICE;
    entry.about = first;
    ck_assert_ok(pz_voice_say(ana, &entry, NULL, 0, NULL, &id));
    entry.learner = at.school.ben;
    ck_assert_status(pz_voice_say(ben, &entry, NULL, 0, NULL, &id), PZ_E_NOT_FOUND);
    ck_assert_status(pz_voice_act(ana, first, "x", 1, PZ_KIND_GOAL, own, NULL), PZ_E_DENIED);
    pz_actor *tea = actor_of(WHO_TEACHER);
    ck_assert_status(pz_voice_act(tea, first, "x", 1, PZ_KIND_GOAL, other, NULL), PZ_E_NOT_FOUND);
    ck_assert_status(pz_voice_act(tea, first, "", 0, 0, 0, NULL), PZ_E_INVALID);
    ck_assert_status(pz_voice_reply(tea, first, NULL, 0, NULL), PZ_E_INVALID);
    ck_assert_status(pz_voice_decline(tea, first, NULL, 0, NULL), PZ_E_INVALID);
    ck_assert_ok(pz_voice_act(tea, first, "A goal of your own", PZ_NUL_TERMINATED, PZ_KIND_GOAL, own, NULL));
    pz_voice_answer **answers;
    size_t count;
    ck_assert_ok(pz_voice_answer_list(ana, first, &answers, &count));
    ck_assert_uint_eq(count, 1);
    ck_assert_int_eq(answers[0]->done_kind, PZ_KIND_GOAL);
    ck_assert_int_eq(answers[0]->done, own);
    ck_assert_int_eq(answers[0]->person, at.school.tea);
    ck_assert_int_eq(answers[0]->role, PZ_ROLE_TEACHER);
    ck_assert_int_eq(answers[0]->state, PZ_VOICE_ACTED_ON);
    ck_assert_str_eq(answers[0]->content, "A goal of your own");
    pz_free(answers);
    pz_actor_free(tea);
    pz_actor_free(ana);
    pz_actor_free(ben);
}
END_TEST

/* ------------------------------------------------------------------------------------------------------ media --- */

#define HASH "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"

static pz_voice_media make_video(void)
{
    pz_voice_media medium = PZ_VOICE_MEDIA_INIT;
    medium.name = "My idea.webm";
    medium.reference = "voice/2026/7f3a.webm";
    medium.type = "video/webm";
    medium.size = 1048576;
    medium.hash = HASH;
    medium.alternative = "I show how the tables could stand";
    return medium;
}

START_TEST(media_are_kept_as_references)
{
    pz_actor *ana = actor_of(WHO_LEARNER), *tea = actor_of(WHO_TEACHER);
    pz_voice_entry entry = make_entry();
    pz_voice_media video = make_video(), second = make_video(), **media;
    const pz_voice_media *given[] = {&video, &second}, *too_many[17];
    size_t count;
    pz_id id, link;
    second.name = NULL;
    second.reference = "https://media.example.org/v?id=2#t=3";
    entry.kind = PZ_VOICE_IDEA;
    entry.avenue = PZ_AVENUE_VIDEO;
    entry.content = NULL;
    ck_assert_ok(pz_voice_say(ana, &entry, given, 2, "video", &id));
    ck_assert_ok(pz_voice_say(ana, &entry, given, 2, "video", &link));
    ck_assert_int_eq(id, link);
    ck_assert_status(pz_voice_say(ana, &entry, given, 1, "video", &link), PZ_E_KEY_REUSED);
    ck_assert_ok(pz_voice_media_list(tea, id, &media, &count));
    ck_assert_uint_eq(count, 2);
    ck_assert_int_eq(media[0]->entry, id);
    ck_assert_int_eq(media[1]->position, 2);
    ck_assert_str_eq(media[0]->name, video.name);
    ck_assert_str_eq(media[0]->reference, video.reference);
    ck_assert_str_eq(media[0]->type, "video/webm");
    ck_assert_int_eq(media[0]->size, 1048576);
    ck_assert_str_eq(media[0]->hash, HASH);
    ck_assert_str_eq(media[0]->alternative, video.alternative);
    ck_assert_ptr_null(media[1]->name);
    pz_free(media);
    pz_voice_query query = PZ_VOICE_QUERY_INIT;
    pz_voice_entry **found;
    query.text = "TABLES stand"; /* in the words of the film */
    ck_assert_ok(pz_voice_list(tea, &query, &found, &count));
    ck_assert_uint_eq(count, 1);
    pz_free(found);
    for (size_t i = 0; i < 17; i++) too_many[i] = &video;
    ck_assert_status(pz_voice_say(ana, &entry, too_many, 17, NULL, &id), PZ_E_TOO_LONG);
    ck_assert_ok(pz_voice_say(ana, &entry, too_many, 16, NULL, &id));
    entry.avenue = PZ_AVENUE_LINK;
    second.type = second.hash = NULL;
    second.size = -1;
    ck_assert_ok(pz_voice_say(ana, &entry, given + 1, 1, NULL, &id));
    pz_actor_free(tea);
    pz_actor_free(ana);
}
END_TEST

static pz_status try_media(pz_actor *actor, int32_t avenue, const pz_voice_media *medium)
{
    pz_voice_entry entry = make_entry();
    pz_id id;
    entry.avenue = avenue;
    return pz_voice_say(actor, &entry, &medium, 1, NULL, &id);
}

START_TEST(dangerous_media_are_refused)
{
    static const char *const names[] = {"../up.webm",
                                        "a/b.webm",
                                        "a\\b.webm",
                                        "C:x.webm",
                                        "x.exe",
                                        "x.webm.exe",
                                        "x.exe.webm",
                                        "x.EXE",
                                        "x.js",
                                        "x.html",
                                        "x.svg",
                                        "x.lnk",
                                        "CON",
                                        "con.webm",
                                        "Nul .webm",
                                        "COM1",
                                        "lpt9.webm",
                                        ".hidden",
                                        "-rf.webm",
                                        " x.webm",
                                        "x.webm ",
                                        "x.webm.",
                                        "x*.webm",
                                        "x?.webm",
                                        "a\"b",
                                        "a<b",
                                        "a|b",
                                        "x\xe2\x80\xae"
                                        "mpeg.webm" /* right-to-left override */,
                                        "x\xe2\x80\x8b.webm" /* zero width */,
                                        "x\xc2\x85"
                                        ".webm",
                                        "x\xef\xbb\xbf",
                                        "a\nb",
                                        "x\xf3\xa0\x81\x81" /* tag */};
    static const char *const references[] = {"javascript:alert(1)",
                                             "data:text/html,x",
                                             "file:///etc/passwd",
                                             "vbscript:x",
                                             "ftp://example.org/x",
                                             "/etc/passwd",
                                             "../x",
                                             "a/../b",
                                             "a//b",
                                             "a/",
                                             "./x",
                                             "-x",
                                             "a/-x",
                                             "a\\b",
                                             "a b",
                                             "https://",
                                             "https:///x",
                                             "https://user:secret@example.org/x",
                                             "http://a@b",
                                             "x?y",
                                             "x#y",
                                             "x%2e%2e",
                                             "c:x",
                                             "https://example.org/\xe2\x80\xae",
                                             "x\ty",
                                             "a/.git/x"};
    static const char *const hostile_types[] = {"image/svg+xml",         "video/x.svg",      "text/html",
                                                "application/xhtml+xml", "application/x-sh", "text/javascript"};
    static const char *const bad_types[] = {"",
                                            "video",
                                            "/webm",
                                            "video/",
                                            "video/we bm",
                                            "video/w;codecs=x",
                                            "v\xc3\xad"
                                            "deo/webm",
                                            "audio/webm"};
    static const char *const good_names[] = {
        "Idea 1 (new).webm", "\xd0\x98\xd0\xb4\xd0\xb5\xd1\x8f.webm", "\xe3\x82\xa2.mp4", "console.webm", "com10.webm", "a.b.c.webm"};
    pz_actor *ana = actor_of(WHO_LEARNER);
    pz_voice_media medium;
    char long_name[300];
#define TRY_ALL(list, member, wanted)                                                                                                      \
    for (size_t i = 0; i < sizeof list / sizeof list[0]; i++) {                                                                            \
        medium = make_video();                                                                                                             \
        medium.member = list[i];                                                                                                           \
        pz_status got = try_media(ana, PZ_AVENUE_VIDEO, &medium);                                                                          \
        ck_assert_msg(got == wanted, "\"%s\" gave %s", list[i], pz_status_describe(got)->name);                                            \
    }
    TRY_ALL(names, name, PZ_E_HOSTILE)
    TRY_ALL(good_names, name, PZ_OK)
    TRY_ALL(references, reference, PZ_E_HOSTILE)
    TRY_ALL(hostile_types, type, PZ_E_HOSTILE)
    TRY_ALL(bad_types, type, PZ_E_INVALID)
    memset(long_name, 'x', sizeof long_name);
    long_name[256] = 0;
    medium = make_video();
    medium.name = long_name;
    ck_assert_status(try_media(ana, PZ_AVENUE_VIDEO, &medium), PZ_E_TOO_LONG);
    medium = make_video();
    medium.name = "a\x01";
    ck_assert_status(try_media(ana, PZ_AVENUE_VIDEO, &medium), PZ_E_TEXT);
    medium = make_video();
    medium.alternative = NULL;
    ck_assert_status(try_media(ana, PZ_AVENUE_VIDEO, &medium), PZ_E_INVALID);
    medium = make_video();
    medium.hash = NULL;
    ck_assert_status(try_media(ana, PZ_AVENUE_VIDEO, &medium), PZ_E_INVALID);
    medium.hash = "9f86d081";
    ck_assert_status(try_media(ana, PZ_AVENUE_VIDEO, &medium), PZ_E_INVALID);
    medium.hash = "zf86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
    ck_assert_status(try_media(ana, PZ_AVENUE_VIDEO, &medium), PZ_E_INVALID);
    medium = make_video();
    medium.size = -1;
    ck_assert_status(try_media(ana, PZ_AVENUE_VIDEO, &medium), PZ_E_INVALID);
    medium.size = -2;
    ck_assert_status(try_media(ana, PZ_AVENUE_LINK, &medium), PZ_E_HOSTILE); /* no address */
    medium.reference = "https://example.org/x";
    ck_assert_status(try_media(ana, PZ_AVENUE_LINK, &medium), PZ_E_INVALID); /* the size */
    medium = make_video();
    medium.struct_size = 3;
    ck_assert_status(try_media(ana, PZ_AVENUE_VIDEO, &medium), PZ_E_STRUCT_SIZE);
    pz_actor_free(ana);
}
END_TEST

/* -------------------------------------------------------------------------------------------------- co-signing --- */

START_TEST(classmates_co_sign_what_was_shared_with_them)
{
    pz_actor *ana = actor_of(WHO_LEARNER), *ben = actor_of(WHO_CLASSMATE), *tea = actor_of(WHO_TEACHER),
             *eva = school_actor(&at.school, at.school.eva, PZ_ROLE_LEARNER),
             *tom = school_actor(&at.school, at.school.tom, PZ_ROLE_TEACHER);
    pz_voice_entry entry = make_entry(), *found, **rows;
    pz_voice_query query = PZ_VOICE_QUERY_INIT;
    pz_voice_cosigner **cosigners;
    pz_voice_answer **answers;
    size_t count;
    pz_id id, own;
    ck_assert_ok(pz_voice_say(ana, &entry, NULL, 0, NULL, &own));
    ck_assert_status(pz_voice_cosign(ben, own, NULL), PZ_E_NOT_FOUND);
    entry.shared_with = at.school.a;
    ck_assert_status(try_say(WHO_TEACHER, &entry, &id), PZ_E_DENIED); /* it is the learner's to share */
    ck_assert_ok(pz_voice_say(ana, &entry, NULL, 0, NULL, &id));
    ck_assert_status(see_by(WHO_CLASSMATE, id), OK);
    query.shared_only = 1;
    ck_assert_ok(pz_voice_list(ben, &query, &rows, &count));
    ck_assert_uint_eq(count, 1);
    ck_assert_int_eq(rows[0]->id, id);
    ck_assert_int_eq(rows[0]->learner, 0);
    ck_assert_int_eq(rows[0]->author, 0);
    ck_assert_int_eq(rows[0]->acted_by, 0);
    ck_assert_str_eq(rows[0]->content, entry.content);
    pz_free(rows);
    query.class_id = at.school.b;
    ck_assert_ok(pz_voice_list(ben, &query, &rows, &count));
    ck_assert_uint_eq(count, 0);
    pz_free(rows);
    query.class_id = at.school.c;
    ck_assert_status(pz_voice_list(ben, &query, &rows, &count), PZ_E_NOT_FOUND);
    query.class_id = 0;
    ck_assert_status(pz_voice_list(tea, &query, &rows, &count), PZ_E_DENIED);
    ck_assert_ok(pz_voice_list(ana, &query, &rows, &count)); /* her own is not among what others share */
    ck_assert_uint_eq(count, 0);
    pz_free(rows);
    ck_assert_ok(pz_voice_cosign(ben, id, "co"));
    ck_assert_ok(pz_voice_cosign(ben, id, "co"));
    ck_assert_status(pz_voice_cosign(ben, id, NULL), PZ_E_STATE);
    ck_assert_status(pz_voice_cosign(ana, id, NULL), PZ_E_NOT_FOUND); /* not her own */
    ck_assert_status(pz_voice_cosign(tea, id, NULL), PZ_E_DENIED);
    ck_assert_status(pz_voice_cosign(eva, id, NULL), PZ_E_NOT_FOUND);
    ck_assert_int_eq(entry_now(WHO_LEARNER, id).cosigned, 1);
    ck_assert_ok(pz_voice_cosigner_list(tea, id, &cosigners, &count));
    ck_assert_uint_eq(count, 1);
    ck_assert_int_eq(cosigners[0]->person, at.school.ben);
    ck_assert_int_eq(cosigners[0]->at, SCHOOL_NOW);
    pz_free(cosigners);
    ck_assert_ok(pz_voice_cosigner_list(ana, id, &cosigners, &count)); /* how many, not who */
    ck_assert_uint_eq(count, 0);
    pz_free(cosigners);
    ck_assert_status(pz_voice_get(tom, id, &found), PZ_E_NOT_FOUND); /* teaches ben alone */
    ck_assert_ok(pz_voice_reply(tea, id, "Yes", PZ_NUL_TERMINATED, NULL));
    ck_assert_ok(pz_voice_reopen(ana, id, "No", PZ_NUL_TERMINATED, NULL));
    ck_assert_ok(pz_voice_answer_list(ben, id, &answers, &count));
    ck_assert_uint_eq(count, 2);
    ck_assert_int_eq(answers[0]->person, at.school.tea);
    ck_assert_int_eq(answers[1]->person, 0); /* the learner */
    pz_free(answers);
    entry.id = id;
    entry.version = school_last_change(&at.school);
    entry.shared_with = 0;
    int64_t version;
    ck_assert_ok(pz_voice_revise(ana, &entry, NULL, &version));
    ck_assert_status(pz_voice_get(ben, id, &found), PZ_E_NOT_FOUND);
    pz_actor_free(tom);
    pz_actor_free(eva);
    pz_actor_free(tea);
    pz_actor_free(ben);
    pz_actor_free(ana);
}
END_TEST

/* -------------------------------------------------------------------------------------------- days, what is owed --- */

static int is_due(pz_actor *actor, pz_id id, pz_date until, const char *code)
{
    pz_due **rows;
    size_t count, found = 0;
    ck_assert_ok(pz_due_list(actor, until, &rows, &count));
    for (size_t i = 0; i < count; i++) {
        if (rows[i]->record_kind != PZ_KIND_VOICE || rows[i]->record != id) continue;
        ck_assert_str_eq(rows[i]->code, code);
        found++;
    }
    pz_free(rows);
    ck_assert_uint_le(found, 1);
    return (int)found;
}

static int owes(int who, pz_id id, pz_date until)
{
    pz_actor *actor = actor_of(who);
    pz_voice_query query = PZ_VOICE_QUERY_INIT;
    pz_voice_entry **rows;
    size_t count, found = 0;
    int due = is_due(actor, id, until, who == WHO_LEARNER ? "due.voice_unanswered" : "due.voice_answer");
    query.owed_only = 1;
    ck_assert_ok(pz_voice_list(actor, &query, &rows, &count));
    for (size_t i = 0; i < count; i++) found += rows[i]->id == id;
    pz_free(rows);
    pz_actor_free(actor);
    if (who >= WHO_GUARDIAN && who <= WHO_LEADER) ck_assert_int_eq((int)found, due);
    return due;
}

START_TEST(a_need_stays_in_every_responsible_list_until_it_is_dealt_with)
{
    pz_voice_entry entry = make_entry();
    pz_id id = say(WHO_LEARNER, &entry);
    pz_date far = SCHOOL_TODAY + 3650;
    for (int who = WHO_GUARDIAN; who <= WHO_LEADER; who++) {
        ck_assert_int_eq(owes(who, id, far), 1);
        pz_actor *actor = actor_of(who);
        ck_assert_int_eq(is_due(actor, id, SCHOOL_TODAY + 4, ""), 0); /* not yet */
        pz_actor_free(actor);
    }
    ck_assert_int_eq(owes(WHO_LEARNER, id, far), 0);
    ck_assert_int_eq(owes(WHO_OTHER_TEACHER, id, far), 0);
    ck_assert_int_eq(owes(WHO_READER, id, far), 1);
    ck_assert_ok(take_step(WHO_TEACHER, STEP_SEE, id)); /* seen is not answered */
    at.school.now += 3650 * SCHOOL_DAY;                 /* ten years later it is still there, for the learner too */
    far += 3650;
    for (int who = WHO_LEARNER; who <= WHO_LEADER; who++) ck_assert_int_eq(owes(who, id, far), 1);
    ck_assert_ok(take_step(WHO_COUNSELOR, STEP_REPLY, id));
    for (int who = WHO_LEARNER; who <= WHO_LEADER; who++) ck_assert_int_eq(owes(who, id, far), 0);
    ck_assert_ok(take_step(WHO_LEARNER, STEP_REOPEN, id));
    ck_assert_int_eq(entry_now(WHO_LEARNER, id).due_on, SCHOOL_TODAY + 3650 + 5);
    for (int who = WHO_GUARDIAN; who <= WHO_LEADER; who++) ck_assert_int_eq(owes(who, id, far), 1);
}
END_TEST

START_TEST(what_is_addressed_is_owed_by_whom_it_is_addressed_to_and_by_all_when_it_is_late)
{
    static const int to_nobody[] = {0, 0, 1, 1, 1}, to_teachers[] = {0, 0, 1, 0, 0}, late[] = {1, 1, 1, 1, 1};
    pz_voice_entry entry = make_entry();
    pz_date far = SCHOOL_TODAY + 3650;
    pz_id open, teachers, one, diary;
    entry.kind = PZ_VOICE_IDEA;
    open = say(WHO_LEARNER, &entry);
    entry.to_role = PZ_ROLE_TEACHER;
    teachers = say(WHO_LEARNER, &entry);
    entry.to_person = at.school.tea;
    one = say(WHO_LEARNER, &entry);
    entry.to_role = 0;
    entry.to_person = 0;
    entry.kind = PZ_VOICE_REFLECTION;
    entry.avenue = PZ_AVENUE_JOURNAL;
    entry.visibility = PZ_VISIBLE_SELF;
    diary = say(WHO_LEARNER, &entry);
    ck_assert_int_eq(entry_now(WHO_LEARNER, diary).due_on, PZ_DATE_NONE);
    ck_assert_int_eq(entry_now(WHO_LEARNER, diary).awaits_answer, 0);
    ck_assert_int_eq(entry_now(WHO_LEARNER, open).due_on, SCHOOL_TODAY + 10);
    for (int who = WHO_LEARNER; who <= WHO_LEADER; who++) {
        ck_assert_int_eq(owes(who, open, far), to_nobody[who]);
        ck_assert_int_eq(owes(who, teachers, far), to_teachers[who]);
        ck_assert_int_eq(owes(who, one, far), to_teachers[who]);
        ck_assert_int_eq(owes(who, diary, far), 0);
    }
    at.school.now += 11 * SCHOOL_DAY;
    for (int who = WHO_LEARNER; who <= WHO_LEADER; who++) {
        ck_assert_int_eq(owes(who, open, far), late[who]);
        ck_assert_int_eq(owes(who, teachers, far), late[who]);
        ck_assert_int_eq(owes(who, one, far), late[who]);
        ck_assert_int_eq(owes(who, diary, far), 0);
    }
}
END_TEST

START_TEST(asking_for_help_is_one_call)
{
    pz_actor *ana = actor_of(WHO_LEARNER), *tea = actor_of(WHO_TEACHER);
    pz_id id, again, bare;
    ck_assert_ok(pz_help_ask(ana, "They laugh at me", PZ_NUL_TERMINATED, "help", &id));
    ck_assert_ok(pz_help_ask(ana, "They laugh at me", PZ_NUL_TERMINATED, "help", &again));
    ck_assert_int_eq(id, again);
    ck_assert_status(pz_help_ask(ana, "Other", PZ_NUL_TERMINATED, "help", &again), PZ_E_KEY_REUSED);
    ck_assert_int_eq(again, 0);
    ck_assert_ok(pz_help_ask(ana, NULL, 0, NULL, &bare));
    ck_assert_status(pz_help_ask(tea, "x", 1, NULL, &again), PZ_E_DENIED);
    ck_assert_status(pz_help_ask(NULL, "x", 1, NULL, &again), PZ_E_CLOSED);
    ck_assert_status(pz_help_ask(ana, "\xff", 1, NULL, &again), PZ_E_TEXT);
    ck_assert_int_eq(entry_now(WHO_LEARNER, id).kind, PZ_VOICE_NEED);
    ck_assert_int_eq(entry_now(WHO_LEARNER, id).due_on, SCHOOL_TODAY + 1);
    ck_assert_int_eq(owes(WHO_TEACHER, id, SCHOOL_TODAY + 1), 1);
    ck_assert_int_eq(owes(WHO_COUNSELOR, bare, SCHOOL_TODAY + 1), 1);
    ck_assert_status(see_by(WHO_GUARDIAN, id), PZ_E_NOT_FOUND); /* until the learner says so */
    pz_actor_free(tea);
    pz_actor_free(ana);
}
END_TEST

static pz_status set_days(pz_actor *actor, pz_id org, int32_t kind, int32_t days)
{
    pz_voice_policy policy = PZ_VOICE_POLICY_INIT;
    policy.org = org;
    policy.kind = kind;
    policy.days = days;
    return pz_voice_policy_set(actor, &policy, NULL);
}

static pz_date due_of_new(int32_t kind)
{
    pz_voice_entry entry = make_entry();
    entry.kind = kind;
    return entry_now(WHO_LEARNER, say(WHO_LEARNER, &entry)).due_on - SCHOOL_TODAY;
}

START_TEST(the_policy_of_the_nearest_org_holds)
{
    pz_actor *lea = actor_of(WHO_LEADER), *head = school_actor(&at.school, at.school.head, PZ_ROLE_LEADER), *tea = actor_of(WHO_TEACHER);
    pz_voice_policy **rows;
    size_t count;
    pz_id first;
    pz_voice_entry entry = make_entry();
    first = say(WHO_LEARNER, &entry);
    ck_assert_ok(set_days(at.runner, 0, 0, 20));
    ck_assert_int_eq(due_of_new(PZ_VOICE_NEED), 20);
    ck_assert_ok(set_days(head, at.school.district, PZ_VOICE_NEED, 7));
    ck_assert_int_eq(due_of_new(PZ_VOICE_NEED), 7);
    ck_assert_int_eq(due_of_new(PZ_VOICE_IDEA), 20);
    ck_assert_ok(set_days(lea, at.school.north, 0, 3));
    ck_assert_int_eq(due_of_new(PZ_VOICE_NEED), 3);
    ck_assert_ok(set_days(lea, at.school.north, PZ_VOICE_NEED, 0));
    ck_assert_int_eq(due_of_new(PZ_VOICE_NEED), 0);
    ck_assert_int_eq(due_of_new(PZ_VOICE_IDEA), 3);
    ck_assert_int_eq(entry_now(WHO_LEARNER, first).due_on, SCHOOL_TODAY + 5); /* what was promised stays */
    ck_assert_ok(pz_voice_policy_list(tea, 0, &rows, &count));
    ck_assert_uint_eq(count, 4);
    ck_assert_int_eq(rows[0]->org, 0);
    ck_assert_int_eq(rows[0]->days, 20);
    ck_assert_int_gt(rows[0]->since_change, 0);
    pz_free(rows);
    ck_assert_ok(pz_voice_policy_list(tea, at.school.north, &rows, &count));
    ck_assert_uint_eq(count, 2);
    pz_free(rows);
    ck_assert_status(pz_voice_policy_list(tea, at.school.south, &rows, &count), PZ_E_NOT_FOUND);
    ck_assert_status(pz_voice_policy_list(at.school.importer, 0, &rows, &count), PZ_E_DENIED);
    ck_assert_ok(set_days(lea, at.school.north, PZ_VOICE_NEED, -1));
    ck_assert_ok(set_days(lea, at.school.north, PZ_VOICE_NEED, -1)); /* there is none to take away */
    ck_assert_int_eq(due_of_new(PZ_VOICE_NEED), 3);
    ck_assert_status(set_days(lea, at.school.south, 0, 3), PZ_E_NOT_FOUND);
    ck_assert_status(set_days(lea, at.school.district, 0, 3), PZ_E_DENIED);
    ck_assert_status(set_days(lea, 0, 0, 3), PZ_E_DENIED);
    ck_assert_status(set_days(tea, at.school.north, 0, 3), PZ_E_DENIED);
    ck_assert_status(set_days(lea, at.school.north, 9, 3), PZ_E_INVALID);
    ck_assert_status(set_days(lea, at.school.north, 0, 367), PZ_E_INVALID);
    ck_assert_status(set_days(lea, at.school.north, 0, -2), PZ_E_INVALID);
    ck_assert_status(set_days(lea, -1, 0, 1), PZ_E_INVALID);
    ck_assert_status(set_days(NULL, 0, 0, 1), PZ_E_CLOSED);
    ck_assert_status(pz_voice_policy_set(lea, NULL, NULL), PZ_E_INVALID);
    pz_actor_free(tea);
    pz_actor_free(head);
    pz_actor_free(lea);
}
END_TEST

/* ------------------------------------------------------------------------------------------------------ counts --- */

static pz_voice_count count_of(int who, pz_id org, pz_id class_id, int32_t kind)
{
    pz_actor *actor = actor_of(who);
    pz_voice_count **rows, found = {0};
    size_t count, times = 0;
    ck_assert_ok(pz_voice_count_list(actor, 0, 0, &rows, &count));
    for (size_t i = 0; i < count; i++)
        if (rows[i]->class_id == class_id && (class_id || rows[i]->org == org) && rows[i]->kind == kind) found = *rows[i], times++;
    ck_assert_uint_le(times, 1);
    pz_free(rows);
    pz_actor_free(actor);
    return found;
}

START_TEST(counts_by_class_and_school_what_the_actor_sees)
{
    pz_voice_entry entry = make_entry();
    pz_voice_count **rows, got;
    pz_actor *gus = actor_of(WHO_GUARDIAN), *tea = actor_of(WHO_TEACHER), *lea = actor_of(WHO_LEADER);
    size_t count;
    say(WHO_LEARNER, &entry);
    entry.learner = at.school.ben;
    say(WHO_CLASSMATE, &entry);
    entry.visibility = PZ_VISIBLE_TEACHERS; /* leaders do not see it, nor count it */
    say(WHO_CLASSMATE, &entry);
    entry = make_entry();
    entry.kind = PZ_VOICE_IDEA;
    ck_assert_ok(take_step(WHO_TEACHER, STEP_ACT, say(WHO_LEARNER, &entry)));
    ck_assert_ok(take_step(WHO_TEACHER, STEP_DECLINE, say(WHO_LEARNER, &entry)));
    ck_assert_ok(take_step(WHO_TEACHER, STEP_REPLY, say(WHO_LEARNER, &entry)));
    ck_assert_ok(take_step(WHO_LEARNER, STEP_WITHDRAW, say(WHO_LEARNER, &entry)));
    got = count_of(WHO_TEACHER, 0, at.school.a, 0);
    ck_assert_int_eq(got.entries, 6);
    ck_assert_int_eq(got.learners, 2);
    ck_assert_int_eq(got.waiting, 3);
    ck_assert_int_eq(got.overdue, 0);
    ck_assert_int_eq(got.answered, 1);
    ck_assert_int_eq(got.acted_on, 1);
    ck_assert_int_eq(got.declined, 1);
    ck_assert_int_eq(got.org, at.school.north);
    ck_assert_int_eq(count_of(WHO_TEACHER, 0, at.school.a, PZ_VOICE_NEED).entries, 3);
    ck_assert_int_eq(count_of(WHO_TEACHER, at.school.north, 0, 0).entries, 0); /* the school is not the teacher's to count */
    ck_assert_int_eq(count_of(WHO_LEADER, 0, at.school.a, PZ_VOICE_NEED).entries, 2);
    ck_assert_int_eq(count_of(WHO_LEADER, 0, at.school.b, PZ_VOICE_NEED).entries, 1);
    ck_assert_int_eq(count_of(WHO_LEADER, at.school.north, 0, PZ_VOICE_NEED).entries, 2); /* each once, though ben is in two classes */
    ck_assert_int_eq(count_of(WHO_LEADER, at.school.district, 0, 0).struct_size, 0);
    ck_assert_int_eq(count_of(WHO_READER, at.school.district, 0, PZ_VOICE_NEED).entries, 3);
    ck_assert_int_eq(count_of(WHO_READER, 0, at.school.c, 0).entries, 0);
    at.school.now += 6 * SCHOOL_DAY;
    ck_assert_int_eq(count_of(WHO_TEACHER, 0, at.school.a, 0).overdue, 3);
    ck_assert_status(pz_voice_count_list(gus, 0, 0, &rows, &count), PZ_E_DENIED);
    ck_assert_ptr_null(rows);
    ck_assert_status(pz_voice_count_list(at.school.importer, 0, 0, &rows, &count), PZ_E_DENIED);
    ck_assert_status(pz_voice_count_list(tea, 0, at.school.b, &rows, &count), PZ_E_NOT_FOUND);
    ck_assert_status(pz_voice_count_list(lea, at.school.south, 0, &rows, &count), PZ_E_NOT_FOUND);
    ck_assert_status(pz_voice_count_list(NULL, 0, 0, &rows, &count), PZ_E_CLOSED);
    ck_assert_ok(pz_voice_count_list(lea, at.school.north, 0, &rows, &count));
    ck_assert_uint_ge(count, 3);
    pz_free(rows);
    ck_assert_ok(pz_voice_count_list(lea, 0, at.school.b, &rows, &count));
    ck_assert_uint_eq(count, 2);
    pz_free(rows);
    pz_actor_free(lea);
    pz_actor_free(tea);
    pz_actor_free(gus);
}
END_TEST

/* ------------------------------------------------------------------------------------------------------- lists --- */

START_TEST(lists_page_by_page_what_a_query_asks_for)
{
    pz_voice_query query = PZ_VOICE_QUERY_INIT;
    pz_voice_entry entry = make_entry(), **rows;
    pz_actor *tea = actor_of(WHO_TEACHER);
    pz_id ids[7];
    size_t count;
    entry.topic = "Lunch";
    for (int i = 0; i < 7; i++) {
        entry.kind = PZ_VOICE_NEED + i;
        ids[i] = say(WHO_LEARNER, &entry);
        entry.topic = NULL;
    }
#define LISTED(wanted)                                                                                                                     \
    do {                                                                                                                                   \
        ck_assert_ok(pz_voice_list(tea, &query, &rows, &count));                                                                           \
        ck_assert_uint_eq(count, wanted);                                                                                                  \
    } while (0)
    query.learner = at.school.ana;
    query.limit = 3;
    LISTED(3);
    ck_assert_int_eq(rows[2]->id, ids[2]);
    pz_free(rows);
    query.after = ids[2];
    LISTED(3);
    ck_assert_int_eq(rows[0]->id, ids[3]);
    pz_free(rows);
    query.after = ids[5];
    LISTED(1);
    pz_free(rows);
    query.after = 999999;
    ck_assert_status(pz_voice_list(tea, &query, &rows, &count), PZ_E_NOT_FOUND);
    query.after = 0;
    query.limit = 0;
    query.kind = PZ_VOICE_QUESTION;
    LISTED(1);
    pz_free(rows);
    query.kind = 0;
    query.topic = "lunch";
    LISTED(1);
    ck_assert_str_eq(rows[0]->topic, "Lunch");
    pz_free(rows);
    query.topic = NULL;
    query.topic_len = 0;
    query.text = "TIME read";
    LISTED(7);
    pz_free(rows);
    query.text = "lunch more";
    LISTED(1); /* words of content and topic */
    pz_free(rows);
    query.text = "dinner";
    LISTED(0);
    pz_free(rows);
    query.text = "\xff";
    ck_assert_status(pz_voice_list(tea, &query, &rows, &count), PZ_E_TEXT);
    query.text = NULL;
    query.text_len = 0;
    query.due_until = SCHOOL_TODAY + 5;
    LISTED(2); /* the need and the question */
    pz_free(rows);
    query.due_until = PZ_DATE_NONE;
    query.class_id = at.school.a;
    LISTED(7);
    pz_free(rows);
    ck_assert_ok(take_step(WHO_TEACHER, STEP_REPLY, ids[0]));
    query.waiting_only = 1;
    LISTED(6);
    pz_free(rows);
    query.waiting_only = 0;
    query.state = PZ_VOICE_ANSWERED;
    LISTED(1);
    pz_free(rows);
    query.state = 7;
    ck_assert_status(pz_voice_list(tea, &query, &rows, &count), PZ_E_INVALID);
    query.state = 0;
    query.kind = 9;
    ck_assert_status(pz_voice_list(tea, &query, &rows, &count), PZ_E_INVALID);
    query.kind = 0;
    query.limit = -1;
    ck_assert_status(pz_voice_list(tea, &query, &rows, &count), PZ_E_INVALID);
    query.limit = 0;
    query.topic = "\xff";
    query.topic_len = 1;
    ck_assert_status(pz_voice_list(tea, &query, &rows, &count), PZ_E_TEXT);
    query.struct_size = 2;
    ck_assert_status(pz_voice_list(tea, &query, &rows, &count), PZ_E_STRUCT_SIZE);
    ck_assert_status(pz_voice_list(NULL, NULL, &rows, &count), PZ_E_CLOSED);
    ck_assert_status(pz_voice_list(tea, NULL, NULL, &count), PZ_E_INVALID);
    ck_assert_status(pz_voice_list(tea, NULL, &rows, NULL), PZ_E_INVALID);
    pz_actor_free(tea);
}
END_TEST

START_TEST(the_second_of_two_revisions_of_one_version_is_a_conflict)
{
    pz_voice_entry entry = make_entry();
    pz_actor *ana = actor_of(WHO_LEARNER);
    int64_t version = 7;
    entry.id = say(WHO_LEARNER, &entry);
    entry.version = school_last_change(&at.school);
    ck_assert_ok(take_step(WHO_TEACHER, STEP_REPLY, entry.id));
    ck_assert_status(pz_voice_revise(ana, &entry, NULL, &version), PZ_E_CONFLICT);
    ck_assert_int_eq(version, 0);
    entry.version = school_last_change(&at.school);
    entry.learner = at.school.ben;
    ck_assert_status(pz_voice_revise(ana, &entry, NULL, &version), PZ_E_INVALID);
    entry.learner = 0;
    entry.content = "";
    ck_assert_status(pz_voice_revise(ana, &entry, NULL, &version), PZ_E_INVALID);
    entry.content = "Anew";
    ck_assert_ok(pz_voice_revise(ana, &entry, "once", &version));
    int64_t again;
    ck_assert_ok(pz_voice_revise(ana, &entry, "once", &again));
    ck_assert_int_eq(version, again);
    entry.version = version;
    ck_assert_status(pz_voice_revise(ana, &entry, "once", &again), PZ_E_KEY_REUSED);
    pz_actor_free(ana);
}
END_TEST

/* ------------------------------------------------------------------------------------------------------ events --- */

/* The kind of the newest event on an entry; 0 where the actor hears of none. */
static int32_t newest_event(pz_actor *actor, pz_id id, pz_id *out_person)
{
    pz_event **rows;
    int64_t cursor;
    size_t count;
    int32_t kind = 0;
    ck_assert_ok(pz_changes_since(actor, 0, 10000, &rows, &count, &cursor));
    for (size_t i = 0; i < count; i++)
        if (rows[i]->record_kind == PZ_KIND_VOICE && rows[i]->record == id) {
            kind = rows[i]->kind;
            if (out_person) *out_person = rows[i]->person;
        }
    pz_free(rows);
    return kind;
}

START_TEST(events_tell_whom_it_concerns)
{
    pz_actor *actors[WHOS];
    pz_voice_entry entry = make_entry();
    pz_id id, mine, person = 7;
    for (int who = 0; who < WHOS; who++) actors[who] = actor_of(who);
    entry.visibility = PZ_VISIBLE_TEACHERS;
    entry.shared_with = at.school.a;
    id = say(WHO_LEARNER, &entry);
    ck_assert_int_eq(newest_event(actors[WHO_LEARNER], id, NULL), PZ_EVENT_CHANGED);
    ck_assert_int_eq(newest_event(actors[WHO_TEACHER], id, NULL), PZ_EVENT_AWAITS_ANSWER);
    ck_assert_int_eq(newest_event(actors[WHO_GUARDIAN], id, NULL), 0);
    ck_assert_int_eq(newest_event(actors[WHO_COUNSELOR], id, NULL), 0);
    ck_assert_int_eq(newest_event(actors[WHO_OTHER_TEACHER], id, NULL), 0);
    ck_assert_int_eq(newest_event(actors[WHO_READER], id, NULL), PZ_EVENT_CHANGED);
    ck_assert_ok(pz_voice_cosign(actors[WHO_CLASSMATE], id, NULL));
    ck_assert_int_eq(newest_event(actors[WHO_LEARNER], id, &person), PZ_EVENT_CHANGED);
    ck_assert_int_eq(person, 0);
    ck_assert_int_eq(newest_event(actors[WHO_TEACHER], id, &person), PZ_EVENT_CHANGED);
    ck_assert_int_eq(person, at.school.ben);
    ck_assert_ok(take_step(WHO_TEACHER, STEP_REPLY, id));
    ck_assert_int_eq(newest_event(actors[WHO_LEARNER], id, NULL), PZ_EVENT_ANSWERED);
    entry = make_entry();
    mine = say(WHO_TEACHER, &entry);
    ck_assert_int_eq(newest_event(actors[WHO_LEARNER], mine, NULL), PZ_EVENT_AWAITS_ANSWER);
    for (int who = 0; who < WHOS; who++) pz_actor_free(actors[who]);
}
END_TEST

/* ---------------------------------------------------------------------------------------------- export and erase --- */

START_TEST(export_holds_what_the_reader_sees_and_erasure_leaves_nothing)
{
    static const char secret[] = "Secret of a diary", open[] = "Words for the school";
    pz_actor *ana = actor_of(WHO_LEARNER), *gus = actor_of(WHO_GUARDIAN), *ben = actor_of(WHO_CLASSMATE), *lea = actor_of(WHO_LEADER);
    pz_voice_media video = make_video();
    const pz_voice_media *media[] = {&video};
    pz_voice_entry entry = make_entry();
    pz_id id, own;
    char *json;
    entry.kind = PZ_VOICE_REFLECTION;
    entry.visibility = PZ_VISIBLE_SELF;
    entry.content = secret;
    entry.avenue = PZ_AVENUE_VIDEO;
    ck_assert_ok(pz_voice_say(ana, &entry, media, 1, NULL, &id));
    entry = make_entry();
    entry.content = open;
    entry.shared_with = at.school.a;
    own = say(WHO_LEARNER, &entry);
    ck_assert_ok(pz_voice_cosign(ben, own, NULL));
    ck_assert_ok(take_step(WHO_TEACHER, STEP_REPLY, own));
    ck_assert_ok(pz_person_export(ana, at.school.ana, &json));
    ck_assert(strstr(json, secret) && strstr(json, open) && strstr(json, video.reference) && strstr(json, "Let us talk"));
    pz_free(json);
    ck_assert_ok(pz_person_export(gus, at.school.ana, &json));
    ck_assert(!strstr(json, secret) && strstr(json, open) && !strstr(json, video.reference) && !strstr(json, video.alternative));
    pz_free(json);
    ck_assert_ok(pz_person_export(ben, at.school.ben, &json));
    ck_assert(strstr(json, "\"voice_cosigner\":[{") && !strstr(json, open));
    pz_free(json);
    ck_assert_ok(pz_person_erase(lea, at.school.tea, NULL, &json));
    ck_assert(strstr(json, "\"voice_answer\":1"));
    pz_free(json);
    ck_assert_int_eq(entry_now(WHO_LEARNER, own).state, PZ_VOICE_ANSWERED);
    ck_assert_int_eq(entry_now(WHO_LEARNER, own).acted_by, 0);
    ck_assert_ok(pz_person_erase(lea, at.school.ana, NULL, &json));
    ck_assert(strstr(json, "\"rows_left\":0"));
    pz_free(json);
    ck_assert_status(pz_voice_get(at.runner, own, &(pz_voice_entry *){NULL}), PZ_E_NOT_FOUND);
    pz_actor_free(lea);
    pz_actor_free(ben);
    pz_actor_free(gus);
    pz_actor_free(ana);
}
END_TEST

/* A message to one teacher does not become one to all of them when that teacher is erased. */
START_TEST(erasing_the_addressee_opens_it_to_nobody)
{
    pz_actor *lea = actor_of(WHO_LEADER), *other;
    pz_voice_entry entry = make_entry();
    char *json;
    pz_id id, wes = school_person(&at.school, "wes");
    school_enroll(&at.school, at.school.a, wes, PZ_ROLE_TEACHER);
    entry.visibility = PZ_VISIBLE_NAMED;
    entry.to_role = PZ_ROLE_TEACHER;
    entry.to_person = at.school.tea;
    id = say(WHO_LEARNER, &entry);
    other = school_actor(&at.school, wes, PZ_ROLE_TEACHER);
    ck_assert_status(pz_voice_get(other, id, &(pz_voice_entry *){NULL}), PZ_E_NOT_FOUND);
    ck_assert_ok(pz_person_erase(lea, at.school.tea, NULL, &json));
    pz_free(json);
    ck_assert_status(pz_voice_get(other, id, &(pz_voice_entry *){NULL}), PZ_E_NOT_FOUND);
    at.school.now += 6 * SCHOOL_DAY;
    ck_assert_int_eq(owes(WHO_LEARNER, id, SCHOOL_TODAY + 6), 1); /* so that the learner can turn to somebody else */
    pz_actor_free(other);
    pz_actor_free(lea);
}
END_TEST

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

/* ------------------------------------------------------------------------------------- what all functions share --- */

START_TEST(no_function_takes_a_closed_handle_or_writes_into_the_past)
{
    pz_actor *ana = actor_of(WHO_LEARNER), *view;
    pz_voice_entry entry = make_entry(), *one;
    pz_counter counter = PZ_COUNTER_INIT;
    pz_voice_policy policy = PZ_VOICE_POLICY_INIT;
    pz_voice_entry **entries;
    pz_voice_media **media;
    pz_voice_answer **answers;
    pz_voice_cosigner **cosigners;
    pz_voice_policy **policies;
    size_t count;
    int64_t version;
    pz_id id;
    counter.subject = PZ_COUNTER_ESTIMATE;
    counter.competency = at.add;
    counter.reason = "x";
    ck_assert_ok(pz_actor_as_of(ana, at.school.now, &view));
    for (int closed = 0; closed < 2; closed++) {
        pz_actor *actor = closed ? NULL : view;
        pz_status wanted = closed ? PZ_E_CLOSED : PZ_E_READ_ONLY;
        ck_assert_status(pz_voice_say(actor, &entry, NULL, 0, NULL, &id), wanted);
        ck_assert_status(pz_help_ask(actor, "x", 1, NULL, &id), wanted);
        ck_assert_status(pz_voice_agree(actor, 1, NULL), wanted);
        ck_assert_status(pz_voice_revise(actor, &entry, NULL, &version), wanted);
        ck_assert_status(pz_voice_withdraw(actor, 1, NULL, 0, NULL), wanted);
        ck_assert_status(pz_voice_cosign(actor, 1, NULL), wanted);
        ck_assert_status(pz_voice_see(actor, 1, NULL), wanted);
        ck_assert_status(pz_voice_reply(actor, 1, "x", 1, NULL), wanted);
        ck_assert_status(pz_voice_act(actor, 1, "x", 1, 0, 0, NULL), wanted);
        ck_assert_status(pz_voice_decline(actor, 1, "x", 1, NULL), wanted);
        ck_assert_status(pz_voice_reopen(actor, 1, NULL, 0, NULL), wanted);
        ck_assert_status(pz_voice_file(actor, 1, NULL, 0, NULL), wanted);
        ck_assert_status(pz_voice_policy_set(actor, &policy, NULL), wanted);
        ck_assert_status(pz_counter_propose(actor, &counter, NULL, &id), wanted);
    }
    ck_assert_status(pz_voice_get(NULL, 1, &one), PZ_E_CLOSED);
    ck_assert_status(pz_voice_get(ana, 1, NULL), PZ_E_INVALID);
    ck_assert_status(pz_voice_history(NULL, 1, &entries, &count), PZ_E_CLOSED);
    ck_assert_status(pz_voice_media_list(NULL, 1, &media, &count), PZ_E_CLOSED);
    ck_assert_status(pz_voice_answer_list(NULL, 1, &answers, &count), PZ_E_CLOSED);
    ck_assert_status(pz_voice_cosigner_list(NULL, 1, &cosigners, &count), PZ_E_CLOSED);
    ck_assert_status(pz_voice_policy_list(NULL, 0, &policies, &count), PZ_E_CLOSED);
    ck_assert_status(pz_voice_withdraw(ana, 1, "\xff", 1, NULL), PZ_E_TEXT);
    ck_assert_status(pz_voice_reopen(ana, 1, "\xff", 1, NULL), PZ_E_TEXT);
    ck_assert_status(pz_voice_file(ana, 1, " x", 2, NULL), PZ_E_INVALID);
    ck_assert_status(pz_voice_reply(ana, 999999, "x", 1, NULL), PZ_E_NOT_FOUND);
    pz_actor_free(view);
    pz_actor_free(ana);
}
END_TEST

/* -------------------------------------------------------------------------------------------- failing memory --- */

static pz_status read_everything(pz_actor *actor, pz_id id)
{
    pz_voice_entry *entry = NULL, **rows = NULL, **versions = NULL;
    pz_voice_media **media = NULL;
    pz_voice_answer **answers = NULL;
    pz_voice_cosigner **cosigners = NULL;
    pz_voice_count **counts = NULL;
    pz_voice_policy **policies = NULL;
    pz_event **events = NULL;
    pz_due **due = NULL;
    pz_voice_query query = PZ_VOICE_QUERY_INIT;
    int64_t cursor;
    size_t count;
    pz_status status = pz_voice_get(actor, id, &entry);
    query.text = query.topic = "x";
    if (status == PZ_OK) status = pz_voice_list(actor, &query, &rows, &count);
    if (status == PZ_OK) status = pz_voice_history(actor, id, &versions, &count);
    if (status == PZ_OK) status = pz_voice_media_list(actor, id, &media, &count);
    if (status == PZ_OK) status = pz_voice_answer_list(actor, id, &answers, &count);
    if (status == PZ_OK) status = pz_voice_cosigner_list(actor, id, &cosigners, &count);
    if (status == PZ_OK) status = pz_voice_count_list(actor, 0, 0, &counts, &count);
    if (status == PZ_OK) status = pz_voice_policy_list(actor, 0, &policies, &count);
    if (status == PZ_OK) status = pz_changes_since(actor, 0, 1000, &events, &count, &cursor);
    if (status == PZ_OK) status = pz_due_list(actor, SCHOOL_TODAY + 100, &due, &count);
    pz_free(entry);
    pz_free(rows);
    pz_free(versions);
    pz_free(media);
    pz_free(answers);
    pz_free(cosigners);
    pz_free(counts);
    pz_free(policies);
    pz_free(events);
    pz_free(due);
    return status;
}

static pz_status counter_it(pz_actor *ana, pz_id competency)
{
    pz_counter counter = PZ_COUNTER_INIT, *found = NULL;
    pz_status status;
    pz_id id;
    counter.subject = PZ_COUNTER_ESTIMATE;
    counter.competency = competency;
    counter.reason = "x";
    status = pz_counter_propose(ana, &counter, "m counter", &id);
    if (status == PZ_OK) status = pz_counter_get(ana, id, &found);
    pz_free(found);
    return status;
}

static pz_status say_and_answer(pz_actor *ana, pz_actor *ben, pz_actor *tea, const lesson *l, pz_id *out_id)
{
    pz_voice_entry entry = PZ_VOICE_ENTRY_INIT, **shared = NULL;
    pz_voice_query query = PZ_VOICE_QUERY_INIT;
    pz_voice_media video = make_video();
    const pz_voice_media *media[] = {&video};
    pz_status status;
    int64_t version;
    size_t count;
    entry.learner = l->school.ana;
    entry.kind = PZ_VOICE_NEED;
    entry.avenue = PZ_AVENUE_VIDEO;
    entry.shared_with = l->school.a;
    entry.to_role = PZ_ROLE_TEACHER;
    entry.to_person = l->school.tea;
    query.shared_only = 1;
    status = pz_voice_say(ana, &entry, media, 1, "m say", out_id);
    if (status == PZ_OK) status = pz_voice_list(ben, &query, &shared, &count);
    pz_free(shared);
    if (status == PZ_OK) status = pz_voice_cosign(ben, *out_id, "m cosign");
    if (status == PZ_OK) status = pz_voice_see(tea, *out_id, "m see");
    if (status == PZ_OK) status = pz_voice_reply(tea, *out_id, "x", 1, "m reply");
    if (status == PZ_OK) status = pz_voice_reopen(ana, *out_id, "x", 1, "m reopen");
    if (status == PZ_OK) status = pz_voice_file(tea, *out_id, "x", 1, "m file");
    if (status == PZ_OK) {
        pz_voice_entry *now;
        status = pz_voice_get(ana, *out_id, &now);
        if (status == PZ_OK) {
            entry.id = *out_id;
            entry.version = 0; /* a repeat of the key is the same request */
            status = pz_voice_revise(ana, &entry, "m revise", &version);
            if (status == PZ_E_CONFLICT) status = PZ_OK;
            pz_free(now);
        }
    }
    return status;
}

static pz_status live_a_voice(void *user_data)
{
    const lesson *l = user_data;
    pz_actor *ana = NULL, *ben = NULL, *tea = NULL, *lea = NULL;
    pz_voice_policy policy = PZ_VOICE_POLICY_INIT;
    school copy = l->school;
    pz_id id = 0, help;
    pz_status status = school_open(&copy, 0);
    policy.org = l->school.north;
    policy.days = 4;
    if (status == PZ_OK) status = pz_actor_open(copy.store, l->school.ana, PZ_ROLE_LEARNER, "tests", &ana);
    if (status == PZ_OK) status = pz_actor_open(copy.store, l->school.ben, PZ_ROLE_LEARNER, "tests", &ben);
    if (status == PZ_OK) status = pz_actor_open(copy.store, l->school.tea, PZ_ROLE_TEACHER, "tests", &tea);
    if (status == PZ_OK) status = pz_actor_open(copy.store, l->school.lea, PZ_ROLE_LEADER, "tests", &lea);
    if (status == PZ_OK) status = pz_voice_policy_set(lea, &policy, "m policy");
    if (status == PZ_OK) status = say_and_answer(ana, ben, tea, l, &id);
    if (status == PZ_OK) status = pz_help_ask(ana, "x", 1, "m help", &help);
    if (status == PZ_OK) status = pz_voice_decline(tea, help, "x", 1, "m decline");
    if (status == PZ_OK) status = pz_voice_withdraw(ana, help, "x", 1, "m withdraw");
    if (status == PZ_OK) status = counter_it(ana, l->add);
    if (status == PZ_OK) status = pz_voice_act(tea, id, "x", 1, PZ_KIND_COMPETENCY, l->add, "m act");
    if (status == PZ_OK) status = read_everything(tea, id);
    if (status == PZ_OK) status = pz_help_ask(ben, "x", 1, NULL, &help);
    if (status == PZ_OK)
        status = pz_voice_file(tea, id, "y", 1, NULL); /* like this takes what was read along: closing cannot say that it failed */
    pz_actor_free(ana);
    pz_actor_free(ben);
    pz_actor_free(tea);
    pz_actor_free(lea);
    pz_store_free(copy.store);
    return status;
}

START_TEST(survives_each_allocation_failing)
{
    lesson_start(&at);
    lesson_answers(&at, at.school.ana, at.add, SCHOOL_NOW - SCHOOL_DAY, "0100");
    pz_actor_free(at.runner);
    school_close(&at.school);
    ck_assert_int_gt(suite_each_allocation(live_a_voice, &at), 100);
    place_end(&at.school.place);
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("voice");
    TCase *with = tcase_create("in a school");
    TCase *alone = tcase_create("memory");
    tcase_add_checked_fixture(with, setup, teardown);
    tcase_set_timeout(with, 60);
    tcase_set_timeout(alone, 120);
    tcase_add_loop_test(with, each_step_is_for_its_people_and_places, 0, STEPS);
    tcase_add_test(with, is_said_by_its_learner_and_written_down_by_the_adults_around_it);
    tcase_add_test(with, is_seen_by_whom_its_visibility_and_its_address_name);
    tcase_add_test(with, what_was_narrowed_is_narrow_in_all_its_versions);
    tcase_add_test(with, refuses_what_is_no_entry);
    tcase_add_test(with, is_about_records_of_the_same_learner);
    tcase_add_test(with, media_are_kept_as_references);
    tcase_add_test(with, dangerous_media_are_refused);
    tcase_add_test(with, classmates_co_sign_what_was_shared_with_them);
    tcase_add_test(with, a_need_stays_in_every_responsible_list_until_it_is_dealt_with);
    tcase_add_test(with, what_is_addressed_is_owed_by_whom_it_is_addressed_to_and_by_all_when_it_is_late);
    tcase_add_test(with, asking_for_help_is_one_call);
    tcase_add_test(with, the_policy_of_the_nearest_org_holds);
    tcase_add_test(with, counts_by_class_and_school_what_the_actor_sees);
    tcase_add_test(with, lists_page_by_page_what_a_query_asks_for);
    tcase_add_test(with, the_second_of_two_revisions_of_one_version_is_a_conflict);
    tcase_add_test(with, events_tell_whom_it_concerns);
    tcase_add_test(with, export_holds_what_the_reader_sees_and_erasure_leaves_nothing);
    tcase_add_test(with, erasing_the_addressee_opens_it_to_nobody);
    tcase_add_test(with, a_learner_counters_an_estimate);
    tcase_add_test(with, a_learner_counters_a_group_and_a_next_step);
    tcase_add_test(with, refuses_what_is_no_counter_proposal);
    tcase_add_test(with, no_function_takes_a_closed_handle_or_writes_into_the_past);
    tcase_add_test(alone, survives_each_allocation_failing);
    suite_add_tcase(suite, with);
    suite_add_tcase(suite, alone);
    return suite;
}

SUITE_MAIN(make_suite)
