/* What learners say: every step by every kind of person, who sees it, what is no entry, memory that fails. */
#include "records/voice_room.h"

/* ---------------------------------------------------------------------------------------------------- steps --- */

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
    tcase_add_test(with, the_second_of_two_revisions_of_one_version_is_a_conflict);
    tcase_add_test(with, no_function_takes_a_closed_handle_or_writes_into_the_past);
    tcase_add_test(alone, survives_each_allocation_failing);
    suite_add_tcase(suite, with);
    suite_add_tcase(suite, alone);
    return suite;
}

SUITE_MAIN(make_suite)
