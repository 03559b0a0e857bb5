/* Themes: what many say is told in figures that tell of nobody, and is answered; what few say is not told. */
#include "personalize/voice.h"
#include "records/lesson.h"

enum { MORE = 9 };

static lesson at;
static pz_id more[MORE]; /* further learners of class a */

static void setup(void)
{
    char name[16];
    lesson_start(&at);
    for (int i = 0; i < MORE; i++) {
        snprintf(name, sizeof name, "more%d", i);
        more[i] = school_person(&at.school, name);
        school_enroll(&at.school, at.school.a, more[i], PZ_ROLE_LEARNER);
    }
}

static void teardown(void)
{
    lesson_end(&at);
}

static pz_id say_by(pz_id learner, const char *topic, int32_t visibility)
{
    pz_voice_entry entry = PZ_VOICE_ENTRY_INIT;
    pz_actor *actor = school_actor(&at.school, learner, PZ_ROLE_LEARNER);
    pz_id id;
    entry.learner = learner;
    entry.kind = PZ_VOICE_IDEA;
    entry.content = "Words";
    entry.topic = topic;
    entry.visibility = visibility;
    ck_assert_ok(pz_voice_say(actor, &entry, NULL, 0, NULL, &id));
    pz_actor_free(actor);
    return id;
}

static void say_by_many(int count, const char *topic)
{
    for (int i = 0; i < count; i++) say_by(more[i], topic, PZ_VISIBLE_SCHOOL);
}

/* A theme by its topic (NULL: what is too small), without texts; struct_size 0 where it is not told. */
static pz_theme theme_of(pz_actor *actor, pz_id scope, const char *topic)
{
    pz_theme **rows, found = {0};
    size_t count;
    ck_assert_ok(pz_theme_list(actor, scope, 0, &rows, &count));
    for (size_t i = 0; i < count; i++)
        if (topic ? rows[i]->topic && !strcmp(rows[i]->topic, topic) : !rows[i]->topic) found = *rows[i];
    found.topic = found.answer = NULL;
    pz_free(rows);
    return found;
}

static pz_status answer(pz_actor *actor, pz_id scope, const char *topic, int32_t state)
{
    return pz_theme_answer(actor, scope, topic, PZ_NUL_TERMINATED, state, "We looked at it", PZ_NUL_TERMINATED, NULL);
}

START_TEST(is_told_from_five_learners_on_and_in_fives)
{
    pz_actor *tea = school_actor(&at.school, at.school.tea, PZ_ROLE_TEACHER);
    pz_theme got;
    pz_id withdrawn;
    say_by_many(4, "lunch");
    say_by(more[0], "lunch", PZ_VISIBLE_SCHOOL); /* once more the same learner */
    ck_assert_uint_eq(theme_of(tea, at.school.a, "lunch").struct_size, 0);
    ck_assert_uint_eq(theme_of(tea, at.school.a, NULL).struct_size, 0); /* nor together, being four */
    say_by(more[4], "LUNCH", PZ_VISIBLE_TEACHERS);                      /* in whichever letters */
    got = theme_of(tea, at.school.a, "lunch");
    ck_assert_int_eq(got.learners, 5);
    ck_assert_int_eq(got.entries, 5); /* six */
    ck_assert_int_eq(got.state, PZ_VOICE_OPEN);
    ck_assert_int_eq(got.due_on, SCHOOL_TODAY + 10);
    ck_assert_int_eq(got.scope, at.school.a);
    say_by_many(9, "lunch");
    got = theme_of(tea, at.school.a, "lunch");
    ck_assert_int_eq(got.learners, 5); /* nine */
    ck_assert_int_eq(got.entries, 15);
    for (int i = 0; i < 5; i++) say_by(more[i], i % 2 ? "\xc3\x89TUDE" : "\xc3\xa9tude", PZ_VISIBLE_SCHOOL); /* in any script */
    ck_assert_int_eq(theme_of(tea, at.school.a, "\xc3\xa9tude").learners, 5);
    say_by(more[0], "noise", PZ_VISIBLE_SCHOOL);
    say_by(more[1], "noise", PZ_VISIBLE_SCHOOL);
    for (int i = 2; i < 6; i++) say_by(more[i], "books", PZ_VISIBLE_SCHOOL);
    got = theme_of(tea, at.school.a, NULL); /* six learners with what is too small */
    ck_assert_int_eq(got.learners, 5);
    ck_assert_int_eq(got.entries, 5);
    ck_assert_int_eq(got.state, 0);
    say_by(more[6], "books", PZ_VISIBLE_NAMED); /* not for everybody to count */
    say_by(more[6], "books", PZ_VISIBLE_SELF);
    ck_assert_uint_eq(theme_of(tea, at.school.a, "books").struct_size, 0);
    withdrawn = say_by(more[6], "books", PZ_VISIBLE_SCHOOL);
    ck_assert_int_eq(theme_of(tea, at.school.a, "books").learners, 5);
    pz_actor *speaker = school_actor(&at.school, more[6], PZ_ROLE_LEARNER);
    ck_assert_ok(pz_voice_withdraw(speaker, withdrawn, NULL, 0, NULL));
    ck_assert_uint_eq(theme_of(tea, at.school.a, "books").struct_size, 0);
    pz_actor_free(speaker);
    pz_actor_free(tea);
}
END_TEST

START_TEST(those_who_co_sign_count)
{
    pz_actor *speaker = school_actor(&at.school, more[0], PZ_ROLE_LEARNER), *tea = school_actor(&at.school, at.school.tea, PZ_ROLE_TEACHER);
    pz_voice_entry entry = PZ_VOICE_ENTRY_INIT;
    pz_id id;
    entry.learner = more[0];
    entry.kind = PZ_VOICE_NEED;
    entry.content = "x";
    entry.topic = "sports";
    entry.shared_with = at.school.a;
    ck_assert_ok(pz_voice_say(speaker, &entry, NULL, 0, NULL, &id));
    for (int i = 1; i < 5; i++) {
        pz_actor *classmate = school_actor(&at.school, more[i], PZ_ROLE_LEARNER);
        ck_assert_uint_eq(theme_of(tea, at.school.a, "sports").struct_size, 0);
        ck_assert_ok(pz_voice_cosign(classmate, id, NULL));
        pz_actor_free(classmate);
    }
    ck_assert_int_eq(theme_of(tea, at.school.a, "sports").learners, 5);
    ck_assert_int_eq(theme_of(tea, at.school.a, "sports").entries, 0); /* one, in fives */
    pz_actor_free(tea);
    pz_actor_free(speaker);
}
END_TEST

START_TEST(reaches_learners_families_and_leadership_of_the_class_and_the_school)
{
    school *s = &at.school;
    struct {
        pz_id person;
        pz_role role;
        int sees_class, sees_school;
    } who[] = {{s->ana, PZ_ROLE_LEARNER, 1, 1},   {s->gus, PZ_ROLE_GUARDIAN, 1, 1}, {s->tea, PZ_ROLE_TEACHER, 1, 1},
               {s->cou, PZ_ROLE_COUNSELOR, 1, 1}, {s->lea, PZ_ROLE_LEADER, 1, 1},   {s->head, PZ_ROLE_LEADER, 1, 1},
               {s->tom, PZ_ROLE_TEACHER, 0, 1},   {s->eva, PZ_ROLE_LEARNER, 0, 0},  {s->tim, PZ_ROLE_TEACHER, 0, 0}};
    say_by_many(6, "lunch");
    for (size_t i = 0; i < sizeof who / sizeof who[0]; i++) {
        pz_actor *actor = school_actor(s, who[i].person, who[i].role);
        pz_theme **rows;
        size_t count;
        ck_assert_status(pz_theme_list(actor, s->a, 0, &rows, &count), who[i].sees_class ? PZ_OK : PZ_E_NOT_FOUND);
        ck_assert_uint_eq(count, who[i].sees_class);
        pz_free(rows);
        ck_assert_status(pz_theme_list(actor, s->north, 0, &rows, &count), who[i].sees_school ? PZ_OK : PZ_E_NOT_FOUND);
        if (who[i].sees_school) ck_assert_int_eq(rows[0]->learners, 5);
        pz_free(rows);
        pz_actor_free(actor);
    }
    ck_assert_int_eq(theme_of(at.runner, s->district, "lunch").learners, 5);
}
END_TEST

static int owes(pz_id person, pz_role role, pz_id scope, pz_date until)
{
    pz_actor *actor = school_actor(&at.school, person, role);
    pz_due **rows;
    size_t count;
    int found = 0;
    ck_assert_ok(pz_due_list(actor, until, &rows, &count));
    for (size_t i = 0; i < count; i++)
        found += rows[i]->record_kind == PZ_KIND_THEME && rows[i]->record == scope && !strcmp(rows[i]->code, "due.theme_answer");
    pz_free(rows);
    pz_actor_free(actor);
    return found;
}

START_TEST(is_owed_an_answer_and_opens_again_when_many_say_it_again)
{
    school *s = &at.school;
    pz_actor *tea = school_actor(s, s->tea, PZ_ROLE_TEACHER), *lea = school_actor(s, s->lea, PZ_ROLE_LEADER),
             *ana = school_actor(s, s->ana, PZ_ROLE_LEARNER);
    pz_theme_reply **replies;
    pz_event **events;
    pz_theme got;
    int64_t cursor;
    size_t count, heard = 0;
    pz_date day = SCHOOL_TODAY + 10;
    say_by_many(5, "lunch");
    ck_assert_int_eq(owes(s->tea, PZ_ROLE_TEACHER, s->a, day), 1);
    ck_assert_int_eq(owes(s->tea, PZ_ROLE_TEACHER, s->a, day - 1), 0);
    ck_assert_int_eq(owes(s->tea, PZ_ROLE_TEACHER, s->north, day), 0);
    ck_assert_int_eq(owes(s->lea, PZ_ROLE_LEADER, s->north, day), 1);
    ck_assert_int_eq(owes(s->cou, PZ_ROLE_COUNSELOR, s->north, day), 1);
    ck_assert_int_eq(owes(s->lea, PZ_ROLE_LEADER, s->a, day), 0);
    ck_assert_int_eq(owes(s->ana, PZ_ROLE_LEARNER, s->a, day), 0);
    ck_assert_ok(pz_theme_answer(tea, s->a, "Lunch", PZ_NUL_TERMINATED, PZ_VOICE_ACTED_ON, "A second line", PZ_NUL_TERMINATED, "once"));
    ck_assert_ok(pz_theme_answer(tea, s->a, "Lunch", PZ_NUL_TERMINATED, PZ_VOICE_ACTED_ON, "A second line", PZ_NUL_TERMINATED, "once"));
    ck_assert_status(pz_theme_answer(tea, s->a, "Lunch", PZ_NUL_TERMINATED, PZ_VOICE_DECLINED, "No", PZ_NUL_TERMINATED, "once"),
                     PZ_E_KEY_REUSED);
    got = theme_of(ana, s->a, "lunch");
    ck_assert_int_eq(got.state, PZ_VOICE_ACTED_ON);
    ck_assert_int_eq(got.answered_by, s->tea);
    ck_assert_int_eq(got.answered_role, PZ_ROLE_TEACHER);
    ck_assert_int_eq(got.answered_at, SCHOOL_NOW);
    ck_assert_int_eq(got.due_on, PZ_DATE_NONE);
    ck_assert_int_eq(owes(s->tea, PZ_ROLE_TEACHER, s->a, day), 0);
    ck_assert_int_eq(owes(s->lea, PZ_ROLE_LEADER, s->north, day), 1); /* that of the school has none yet */
    s->now += SCHOOL_DAY;
    say_by_many(4, "lunch");
    ck_assert_int_eq(theme_of(ana, s->a, "lunch").state, PZ_VOICE_ACTED_ON);
    say_by(more[4], "lunch", PZ_VISIBLE_SCHOOL);
    ck_assert_int_eq(theme_of(ana, s->a, "lunch").state, PZ_VOICE_OPEN);
    ck_assert_int_eq(theme_of(ana, s->a, "lunch").due_on, SCHOOL_TODAY + 11);
    ck_assert_ok(answer(tea, s->a, "lunch", PZ_VOICE_DECLINED));
    ck_assert_ok(answer(lea, s->north, "lunch", PZ_VOICE_ANSWERED));
    ck_assert_ok(pz_theme_reply_list(ana, s->a, "LUNCH", PZ_NUL_TERMINATED, &replies, &count));
    ck_assert_uint_eq(count, 2);
    ck_assert_int_eq(replies[0]->state, PZ_VOICE_ACTED_ON);
    ck_assert_str_eq(replies[0]->content, "A second line");
    ck_assert_int_eq(replies[1]->person, s->tea);
    ck_assert_int_eq(replies[1]->role, PZ_ROLE_TEACHER);
    pz_free(replies);
    ck_assert_ok(pz_changes_since(ana, 0, 10000, &events, &count, &cursor));
    for (size_t i = 0; i < count; i++) heard += events[i]->record_kind == PZ_KIND_THEME && events[i]->kind == PZ_EVENT_ANSWERED;
    pz_free(events);
    ck_assert_uint_eq(heard, 3);
    pz_actor_free(ana);
    pz_actor_free(lea);
    pz_actor_free(tea);
}
END_TEST

START_TEST(refuses_what_is_no_theme_or_no_answer)
{
    school *s = &at.school;
    pz_actor *tea = school_actor(s, s->tea, PZ_ROLE_TEACHER), *ana = school_actor(s, s->ana, PZ_ROLE_LEARNER),
             *gus = school_actor(s, s->gus, PZ_ROLE_GUARDIAN);
    pz_theme **rows;
    pz_theme_reply **replies;
    size_t count;
    say_by_many(5, "lunch");
    say_by_many(4, "small");
    ck_assert_status(answer(tea, s->a, "small", PZ_VOICE_ANSWERED), PZ_E_NOT_FOUND);
    ck_assert_status(answer(tea, s->a, "none", PZ_VOICE_ANSWERED), PZ_E_NOT_FOUND); /* answers the same */
    ck_assert_status(answer(tea, s->b, "lunch", PZ_VOICE_ANSWERED), PZ_E_NOT_FOUND);
    ck_assert_status(answer(tea, s->north, "lunch", PZ_VOICE_ANSWERED), PZ_E_DENIED);
    ck_assert_status(answer(ana, s->a, "lunch", PZ_VOICE_ANSWERED), PZ_E_DENIED);
    ck_assert_status(answer(gus, s->a, "lunch", PZ_VOICE_ANSWERED), PZ_E_DENIED);
    ck_assert_status(answer(at.runner, s->a, "lunch", PZ_VOICE_ANSWERED), PZ_E_DENIED);
    ck_assert_status(answer(tea, s->a, "lunch", PZ_VOICE_SEEN), PZ_E_INVALID);
    ck_assert_status(answer(tea, s->a, "lunch", PZ_VOICE_WITHDRAWN), PZ_E_INVALID);
    ck_assert_status(answer(tea, s->a, "", PZ_VOICE_ANSWERED), PZ_E_INVALID);
    ck_assert_status(answer(tea, s->a, "\xff", PZ_VOICE_ANSWERED), PZ_E_TEXT);
    ck_assert_status(answer(NULL, s->a, "lunch", PZ_VOICE_ANSWERED), PZ_E_CLOSED);
    ck_assert_status(pz_theme_answer(tea, s->a, "lunch", 5, PZ_VOICE_ANSWERED, "", 0, NULL), PZ_E_INVALID);
    ck_assert_status(pz_theme_list(tea, s->a, 4, &rows, &count), PZ_E_INVALID);
    ck_assert_status(pz_theme_list(tea, s->a, 1001, &rows, &count), PZ_E_INVALID);
    ck_assert_ok(pz_theme_list(tea, s->a, 6, &rows, &count));
    ck_assert_uint_eq(count, 0);
    pz_free(rows);
    ck_assert_status(pz_theme_list(tea, 999999, 0, &rows, &count), PZ_E_NOT_FOUND);
    ck_assert_status(pz_theme_list(at.school.importer, s->a, 0, &rows, &count), PZ_E_DENIED);
    ck_assert_status(pz_theme_list(NULL, s->a, 0, &rows, &count), PZ_E_CLOSED);
    ck_assert_status(pz_theme_reply_list(tea, s->b, "lunch", 5, &replies, &count), PZ_E_NOT_FOUND);
    ck_assert_status(pz_theme_reply_list(tea, s->a, NULL, 0, &replies, &count), PZ_E_INVALID);
    ck_assert_status(pz_theme_reply_list(NULL, s->a, "lunch", 5, &replies, &count), PZ_E_CLOSED);
    pz_actor_free(gus);
    pz_actor_free(ana);
    pz_actor_free(tea);
}
END_TEST

static pz_status live_a_theme(void *user_data)
{
    const lesson *l = user_data;
    pz_actor *tea = NULL;
    pz_theme **rows = NULL;
    pz_theme_reply **replies = NULL;
    pz_due **due = NULL;
    pz_event **events = NULL;
    school copy = l->school;
    int64_t cursor;
    size_t count;
    pz_status status = school_open(&copy, 0);
    if (status == PZ_OK) status = pz_actor_open(copy.store, l->school.tea, PZ_ROLE_TEACHER, "tests", &tea);
    if (status == PZ_OK) status = pz_theme_list(tea, l->school.a, 0, &rows, &count);
    if (status == PZ_OK) status = pz_due_list(tea, SCHOOL_TODAY + 20, &due, &count);
    if (status == PZ_OK) status = answer(tea, l->school.a, "lunch", PZ_VOICE_ANSWERED);
    if (status == PZ_OK) status = pz_theme_reply_list(tea, l->school.a, "lunch", 5, &replies, &count);
    if (status == PZ_OK) status = pz_changes_since(tea, 0, 1000, &events, &count, &cursor);
    if (status == PZ_OK) status = answer(tea, l->school.a, "lunch", PZ_VOICE_DECLINED); /* takes what was read along */
    pz_free(rows);
    pz_free(replies);
    pz_free(due);
    pz_free(events);
    pz_actor_free(tea);
    pz_store_free(copy.store);
    return status;
}

START_TEST(survives_each_allocation_failing)
{
    setup();
    say_by_many(6, "lunch");
    say_by_many(2, "small");
    pz_actor_free(at.runner);
    school_close(&at.school);
    ck_assert_int_gt(suite_each_allocation(live_a_theme, &at), 50);
    place_end(&at.school.place);
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("theme");
    TCase *with = tcase_create("in a school");
    TCase *alone = tcase_create("memory");
    tcase_add_checked_fixture(with, setup, teardown);
    tcase_set_timeout(with, 60);
    tcase_set_timeout(alone, 120);
    tcase_add_test(with, is_told_from_five_learners_on_and_in_fives);
    tcase_add_test(with, those_who_co_sign_count);
    tcase_add_test(with, reaches_learners_families_and_leadership_of_the_class_and_the_school);
    tcase_add_test(with, is_owed_an_answer_and_opens_again_when_many_say_it_again);
    tcase_add_test(with, refuses_what_is_no_theme_or_no_answer);
    tcase_add_test(alone, survives_each_allocation_failing);
    suite_add_tcase(suite, with);
    suite_add_tcase(suite, alone);
    return suite;
}

SUITE_MAIN(make_suite)
