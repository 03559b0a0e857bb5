/* What becomes of what learners say: co-signed, owed an answer, counted, listed, told of, exported and erased. */
#include "records/voice_room.h"

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

static Suite *make_suite(void)
{
    Suite *suite = suite_create("voice_answer");
    TCase *with = tcase_create("in a school");
    tcase_add_checked_fixture(with, setup, teardown);
    tcase_set_timeout(with, 60);
    tcase_add_test(with, classmates_co_sign_what_was_shared_with_them);
    tcase_add_test(with, a_need_stays_in_every_responsible_list_until_it_is_dealt_with);
    tcase_add_test(with, what_is_addressed_is_owed_by_whom_it_is_addressed_to_and_by_all_when_it_is_late);
    tcase_add_test(with, asking_for_help_is_one_call);
    tcase_add_test(with, the_policy_of_the_nearest_org_holds);
    tcase_add_test(with, counts_by_class_and_school_what_the_actor_sees);
    tcase_add_test(with, lists_page_by_page_what_a_query_asks_for);
    tcase_add_test(with, events_tell_whom_it_concerns);
    tcase_add_test(with, export_holds_what_the_reader_sees_and_erasure_leaves_nothing);
    tcase_add_test(with, erasing_the_addressee_opens_it_to_nobody);
    suite_add_tcase(suite, with);
    return suite;
}

SUITE_MAIN(make_suite)
