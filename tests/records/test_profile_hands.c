/* Profiles in the learner's hands: named adults, tags, disputes, private notes; and that no way of reading goes around who may see. */
#include "personalize/checkin.h"
#include "personalize/profile.h"
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

static pz_actor *of(pz_id person, pz_role role)
{
    return school_actor(&at.school, person, role);
}

static pz_id add(pz_actor *actor, int32_t section, const char *content, int32_t visibility)
{
    pz_profile_entry entry = PZ_PROFILE_ENTRY_INIT;
    pz_id id;
    entry.learner = at.school.ana;
    entry.section = section;
    entry.content = content;
    entry.visibility = visibility;
    ck_assert_ok(pz_profile_entry_add(actor, &entry, NULL, &id));
    return id;
}

static int sees(pz_actor *actor, pz_id id)
{
    pz_profile_entry **rows;
    size_t count;
    int found = 0;
    ck_assert_ok(pz_profile_entry_list(actor, NULL, &rows, &count));
    for (size_t i = 0; i < count; i++) found += rows[i]->id == id;
    pz_free(rows);
    return found;
}

/* -------------------------------------------------------------------------------------------- named adults --- */

START_TEST(named_adults_see_what_they_are_named_for)
{
    school *s = &at.school;
    pz_actor *ana = of(s->ana, PZ_ROLE_LEARNER), *cou = of(s->cou, PZ_ROLE_COUNSELOR), *tea = of(s->tea, PZ_ROLE_TEACHER),
             *lea = of(s->lea, PZ_ROLE_LEADER), *gus = of(s->gus, PZ_ROLE_GUARDIAN);
    pz_id id = add(ana, PZ_PROFILE_NEED, "Quiet", PZ_VISIBLE_NAMED), own = add(ana, PZ_PROFILE_NEED, "Mine", PZ_VISIBLE_SELF);
    pz_profile_named **rows;
    size_t count;
    ck_assert_int_eq(sees(cou, id) + sees(tea, id) + sees(lea, id) + sees(gus, id), 0);
    ck_assert_ok(pz_profile_named_add(ana, id, s->cou, "k"));
    ck_assert_ok(pz_profile_named_add(ana, id, s->cou, "k"));
    ck_assert_ok(pz_profile_named_add(ana, id, s->cou, NULL));
    ck_assert_ok(pz_profile_named_add(ana, own, s->cou, NULL));
    ck_assert_int_eq(sees(cou, id), 1);
    ck_assert_int_eq(sees(cou, own), 0); /* the learner's alone */
    ck_assert_int_eq(sees(tea, id) + sees(lea, id) + sees(gus, id), 0);
    ck_assert_status(pz_profile_named_add(ana, id, s->tim, NULL), PZ_E_NOT_FOUND); /* teaches elsewhere */
    ck_assert_status(pz_profile_named_add(ana, id, s->ben, NULL), PZ_E_NOT_FOUND); /* no adult */
    ck_assert_status(pz_profile_named_add(ana, id, s->ana, NULL), PZ_E_NOT_FOUND);
    ck_assert_status(pz_profile_named_add(ana, 999999, s->cou, NULL), PZ_E_NOT_FOUND);
    ck_assert_status(pz_profile_named_add(tea, id, s->tea, NULL), PZ_E_NOT_FOUND); /* nobody names itself to what it does not see */
    ck_assert_status(pz_profile_named_add(cou, id, s->tea, NULL), PZ_E_DENIED);
    ck_assert_status(pz_profile_named_list(cou, id, &rows, &count), PZ_E_DENIED);
    ck_assert_ok(pz_profile_named_list(ana, id, &rows, &count));
    ck_assert_uint_eq(count, 1);
    ck_assert_int_eq(rows[0]->person, s->cou);
    ck_assert_int_eq(rows[0]->named_by, s->ana);
    ck_assert_int_eq(rows[0]->learner, s->ana);
    pz_free(rows);
    ck_assert_ok(pz_profile_named_end(ana, id, s->cou, NULL));
    ck_assert_int_eq(sees(cou, id), 0);
    ck_assert_status(pz_profile_named_end(ana, id, s->cou, NULL), PZ_E_NOT_FOUND);
    ck_assert_status(pz_profile_named_end(NULL, id, s->cou, NULL), PZ_E_CLOSED);
    ck_assert_status(pz_profile_named_list(NULL, id, &rows, &count), PZ_E_CLOSED);
    pz_actor_free(ana), pz_actor_free(cou), pz_actor_free(tea), pz_actor_free(lea), pz_actor_free(gus);
}
END_TEST

START_TEST(being_named_gives_no_reach)
{
    school *s = &at.school;
    pz_actor *ana = of(s->ana, PZ_ROLE_LEARNER), *tea = of(s->tea, PZ_ROLE_TEACHER);
    pz_id id = add(ana, PZ_PROFILE_NEED, "Quiet", PZ_VISIBLE_NAMED), place = 0;
    pz_enrollment **places;
    pz_profile_entry **rows;
    size_t count;
    ck_assert_ok(pz_profile_named_add(ana, id, s->tea, NULL));
    ck_assert_int_eq(sees(tea, id), 1);
    ck_assert_ok(pz_enrollment_list(ana, s->a, s->ana, 0, &places, &count));
    for (size_t i = 0; i < count; i++)
        if (places[i]->person == s->ana) place = places[i]->id;
    pz_free(places);
    ck_assert_ok(pz_roster_end(s->importer, PZ_KIND_ENROLLMENT, place, NULL));
    ck_assert_status(pz_profile_entry_history(tea, id, &rows, &count), PZ_E_NOT_FOUND);
    ck_assert_int_eq(sees(tea, id), 0);
    pz_actor_free(ana), pz_actor_free(tea);
}
END_TEST

/* ---------------------------------------------------------------------------------------------------- tags --- */

static pz_status set_tags(pz_actor *actor, pz_id entry, const char *first, const char *second, const char *uri)
{
    pz_profile_tag one = PZ_PROFILE_TAG_INIT, two = PZ_PROFILE_TAG_INIT;
    const pz_profile_tag *tags[] = {&one, &two};
    one.tag = first;
    two.tag = second;
    two.uri = uri;
    return pz_profile_tags_set(actor, entry, tags, second ? 2 : 1, NULL);
}

START_TEST(tags_are_kept_found_and_taken_back)
{
    school *s = &at.school;
    pz_actor *ana = of(s->ana, PZ_ROLE_LEARNER), *tea = of(s->tea, PZ_ROLE_TEACHER), *view;
    pz_id id = add(ana, PZ_PROFILE_INTEREST, "I draw", PZ_VISIBLE_SCHOOL),
          hidden = add(ana, PZ_PROFILE_INTEREST, "I hide", PZ_VISIBLE_SELF);
    pz_profile_query query = PZ_PROFILE_QUERY_INIT;
    pz_profile_tag **rows;
    pz_profile_entry **entries;
    size_t count;
    int64_t then;
    ck_assert_ok(set_tags(ana, id, "Comics", "Drawing", "https://example.org/skills/drawing"));
    ck_assert_ok(set_tags(ana, hidden, "Secret", NULL, NULL));
    then = school_last_change(s);
    ck_assert_ok(pz_profile_tag_list(tea, 0, 0, &rows, &count));
    ck_assert_uint_eq(count, 2);
    ck_assert_str_eq(rows[0]->tag, "Comics");
    ck_assert_ptr_null(rows[0]->uri);
    ck_assert_str_eq(rows[1]->uri, "https://example.org/skills/drawing");
    ck_assert_int_eq(rows[1]->entry, id);
    pz_free(rows);
    query.tag = "DRAWING";
    ck_assert_ok(pz_profile_entry_list(tea, &query, &entries, &count));
    ck_assert_uint_eq(count, 1);
    pz_free(entries);
    query.tag = NULL;
    query.text = "comics draw"; /* one in the tags, one in the content */
    ck_assert_ok(pz_profile_entry_list(tea, &query, &entries, &count));
    ck_assert_uint_eq(count, 1);
    pz_free(entries);
    query.text = "secret";
    ck_assert_ok(pz_profile_entry_list(tea, &query, &entries, &count));
    ck_assert_uint_eq(count, 0);
    pz_free(entries);
    ck_assert_ok(pz_profile_tags_set(ana, id, NULL, 0, NULL));
    ck_assert_ok(pz_profile_tag_list(ana, s->ana, 0, &rows, &count));
    ck_assert_uint_eq(count, 1);
    pz_free(rows);
    ck_assert_ok(pz_actor_as_of_change(tea, then, &view));
    ck_assert_ok(pz_profile_tag_list(view, s->ana, 0, &rows, &count));
    ck_assert_uint_eq(count, 2);
    pz_free(rows);
    pz_actor_free(view), pz_actor_free(ana), pz_actor_free(tea);
}
END_TEST

START_TEST(tags_that_are_none_are_refused)
{
    static const char *const uris[] = {"example.org", ":x", "https:", "1a:b", "https://a b", "ht tp://x"};
    pz_actor *ana = of(at.school.ana, PZ_ROLE_LEARNER), *tea = of(at.school.tea, PZ_ROLE_TEACHER);
    pz_id id = add(ana, PZ_PROFILE_INTEREST, "x", PZ_VISIBLE_SCHOOL);
    const pz_profile_tag *many[101];
    pz_profile_tag **rows;
    size_t count;
    for (size_t i = 0; i < sizeof uris / sizeof uris[0]; i++) ck_assert_status(set_tags(ana, id, "a", "b", uris[i]), PZ_E_INVALID);
    ck_assert_status(set_tags(ana, id, "", NULL, NULL), PZ_E_INVALID);
    ck_assert_status(set_tags(ana, id, "  ", NULL, NULL), PZ_E_INVALID);
    ck_assert_status(set_tags(ana, id, "\xff", NULL, NULL), PZ_E_TEXT);
    ck_assert_status(set_tags(ana, id, "Trains", "TRAINS", NULL), PZ_E_EXISTS);
    ck_assert_status(set_tags(ana, 999999, "a", NULL, NULL), PZ_E_NOT_FOUND);
    ck_assert_status(set_tags(tea, id, "a", NULL, NULL), PZ_E_DENIED);
    ck_assert_status(set_tags(NULL, id, "a", NULL, NULL), PZ_E_CLOSED);
    ck_assert_status(pz_profile_tags_set(ana, id, NULL, 1, NULL), PZ_E_INVALID);
    memset(many, 0, sizeof many);
    ck_assert_status(pz_profile_tags_set(ana, id, many, 101, NULL), PZ_E_TOO_LONG);
    ck_assert_status(pz_profile_tag_list(NULL, 0, 0, &rows, &count), PZ_E_CLOSED);
    ck_assert_status(pz_profile_tag_list(tea, at.school.dan, 0, &rows, &count), PZ_E_NOT_FOUND);
    pz_actor_free(ana), pz_actor_free(tea);
}
END_TEST

/* ------------------------------------------------------------------------------------------------- disputes --- */

static pz_profile_dispute_query *disputes_of(pz_id learner, int32_t state)
{
    static pz_profile_dispute_query query;
    query = (pz_profile_dispute_query)PZ_PROFILE_DISPUTE_QUERY_INIT;
    query.learner = learner;
    query.state = state;
    return &query;
}

static size_t count_disputes(pz_actor *actor, pz_id learner, int32_t state)
{
    pz_profile_dispute **rows;
    size_t count;
    ck_assert_ok(pz_profile_dispute_list(actor, disputes_of(learner, state), &rows, &count));
    pz_free(rows);
    return count;
}

START_TEST(a_dispute_is_answered_and_stays_with_the_entry)
{
    school *s = &at.school;
    pz_actor *ana = of(s->ana, PZ_ROLE_LEARNER), *tea = of(s->tea, PZ_ROLE_TEACHER), *tom = of(s->tom, PZ_ROLE_TEACHER),
             *lea = of(s->lea, PZ_ROLE_LEADER), *gus = of(s->gus, PZ_ROLE_GUARDIAN);
    pz_id id = add(tea, PZ_PROFILE_NEED, "Never listens", PZ_VISIBLE_GUARDIANS), dispute, second;
    pz_profile_dispute **rows;
    pz_profile_query query = PZ_PROFILE_QUERY_INIT;
    pz_profile_entry **entries;
    size_t count;
    char *json;
    ck_assert_ok(pz_profile_dispute_open(ana, id, "I do listen", PZ_NUL_TERMINATED, "k", &dispute));
    ck_assert_ok(pz_profile_dispute_open(ana, id, "I do listen", PZ_NUL_TERMINATED, "k", &second));
    ck_assert_int_eq(dispute, second);
    ck_assert_status(pz_profile_dispute_open(ana, id, "Again", PZ_NUL_TERMINATED, NULL, &second), PZ_E_EXISTS);
    ck_assert_ok(pz_profile_dispute_open(gus, id, "So she does", PZ_NUL_TERMINATED, NULL, &second));
    ck_assert_uint_eq(count_disputes(tea, 0, PZ_DISPUTE_OPEN), 2);
    ck_assert_uint_eq(count_disputes(tom, 0, 0), 0);
    ck_assert_uint_eq(count_disputes(lea, s->ana, 0), 0); /* does not see the entry */
    query.is_disputed = 1;
    ck_assert_ok(pz_profile_entry_list(tea, &query, &entries, &count));
    ck_assert_uint_eq(count, 1);
    ck_assert_int_eq(entries[0]->is_disputed, 1);
    pz_free(entries);
    ck_assert_status(pz_profile_dispute_answer(lea, dispute, PZ_DISPUTE_DECLINED, "x", 1, NULL), PZ_E_NOT_FOUND);
    ck_assert_status(pz_profile_dispute_answer(gus, dispute, PZ_DISPUTE_UPHELD, "x", 1, NULL), PZ_E_DENIED);
    ck_assert_status(pz_profile_dispute_answer(ana, dispute, PZ_DISPUTE_UPHELD, "x", 1, NULL), PZ_E_DENIED);
    ck_assert_status(pz_profile_dispute_answer(tea, dispute, PZ_DISPUTE_OPEN, "x", 1, NULL), PZ_E_INVALID);
    ck_assert_status(pz_profile_dispute_answer(tea, dispute, PZ_DISPUTE_WITHDRAWN, "x", 1, NULL), PZ_E_INVALID);
    ck_assert_status(pz_profile_dispute_answer(tea, dispute, PZ_DISPUTE_UPHELD, "", 0, NULL), PZ_E_INVALID);
    ck_assert_ok(pz_profile_dispute_answer(tea, dispute, PZ_DISPUTE_UPHELD, "You are right", PZ_NUL_TERMINATED, NULL));
    ck_assert_status(pz_profile_dispute_answer(tea, dispute, PZ_DISPUTE_DECLINED, "x", 1, NULL), PZ_E_STATE);
    ck_assert_status(pz_profile_dispute_withdraw(ana, dispute, NULL), PZ_E_STATE);
    ck_assert_status(pz_profile_dispute_withdraw(ana, second, NULL), PZ_E_DENIED); /* somebody else's */
    ck_assert_ok(pz_profile_dispute_withdraw(gus, second, NULL));
    ck_assert_ok(pz_profile_entry_list(tea, &query, &entries, &count));
    ck_assert_uint_eq(count, 0);
    pz_free(entries);
    ck_assert_ok(pz_profile_dispute_list(ana, disputes_of(s->ana, 0), &rows, &count));
    ck_assert_uint_eq(count, 2);
    ck_assert_int_eq(rows[0]->state, PZ_DISPUTE_UPHELD);
    ck_assert_str_eq(rows[0]->statement, "I do listen");
    ck_assert_str_eq(rows[0]->answer, "You are right");
    ck_assert_int_eq(rows[0]->answered_by, s->tea);
    ck_assert_int_eq(rows[0]->disputed_role, PZ_ROLE_LEARNER);
    ck_assert_int_eq(rows[1]->state, PZ_DISPUTE_WITHDRAWN);
    pz_free(rows);
    ck_assert_ok(pz_profile_get(ana, s->ana, NULL, &json));
    ck_assert_ptr_nonnull(strstr(json, "I do listen"));
    ck_assert_ptr_nonnull(strstr(json, "You are right"));
    pz_free(json);
    pz_actor_free(ana), pz_actor_free(tea), pz_actor_free(tom), pz_actor_free(lea), pz_actor_free(gus);
}
END_TEST

START_TEST(what_is_no_dispute_is_refused)
{
    school *s = &at.school;
    pz_actor *ana = of(s->ana, PZ_ROLE_LEARNER), *tea = of(s->tea, PZ_ROLE_TEACHER), *gil = of(s->gil, PZ_ROLE_GUARDIAN);
    pz_id own = add(ana, PZ_PROFILE_NEED, "Quiet", PZ_VISIBLE_SCHOOL), theirs = add(tea, PZ_PROFILE_NEED, "Quiet", PZ_VISIBLE_SCHOOL), id;
    pz_profile_dispute **rows;
    size_t count;
    ck_assert_status(pz_profile_dispute_open(ana, own, "x", 1, NULL, &id), PZ_E_DENIED);
    ck_assert_status(pz_profile_dispute_open(tea, own, "x", 1, NULL, &id), PZ_E_DENIED);
    ck_assert_status(pz_profile_dispute_open(gil, theirs, "x", 1, NULL, &id), PZ_E_NOT_FOUND);
    ck_assert_status(pz_profile_dispute_open(ana, 999999, "x", 1, NULL, &id), PZ_E_NOT_FOUND);
    ck_assert_status(pz_profile_dispute_open(ana, theirs, "", 0, NULL, &id), PZ_E_INVALID);
    ck_assert_status(pz_profile_dispute_open(ana, theirs, "\xff", 1, NULL, &id), PZ_E_TEXT);
    ck_assert_status(pz_profile_dispute_open(NULL, theirs, "x", 1, NULL, &id), PZ_E_CLOSED);
    ck_assert_int_eq(id, 0);
    ck_assert_status(pz_profile_dispute_answer(tea, 999999, PZ_DISPUTE_UPHELD, "x", 1, NULL), PZ_E_NOT_FOUND);
    ck_assert_status(pz_profile_dispute_answer(NULL, 1, PZ_DISPUTE_UPHELD, "x", 1, NULL), PZ_E_CLOSED);
    ck_assert_status(pz_profile_dispute_withdraw(NULL, 1, NULL), PZ_E_CLOSED);
    ck_assert_status(pz_profile_dispute_list(NULL, NULL, &rows, &count), PZ_E_CLOSED);
    ck_assert_status(pz_profile_dispute_list(tea, disputes_of(0, 5), &rows, &count), PZ_E_INVALID);
    ck_assert_status(pz_profile_dispute_list(tea, disputes_of(s->dan, 0), &rows, &count), PZ_E_NOT_FOUND);
    pz_actor_free(ana), pz_actor_free(tea), pz_actor_free(gil);
}
END_TEST

static int is_due(pz_actor *actor, pz_id entry, pz_date until, const char *code)
{
    pz_due **rows;
    size_t count;
    int found = 0;
    ck_assert_ok(pz_due_list(actor, until, &rows, &count));
    for (size_t i = 0; i < count; i++) {
        if (rows[i]->record_kind != PZ_KIND_PROFILE_ENTRY) continue;
        ck_assert_int_eq(rows[i]->record, entry);
        ck_assert_int_eq(rows[i]->learner, at.school.ana);
        ck_assert_str_eq(rows[i]->code, code);
        ck_assert_int_le(rows[i]->due_on, until);
        found++;
    }
    pz_free(rows);
    return found;
}

START_TEST(a_dispute_falls_due_until_it_is_answered)
{
    school *s = &at.school;
    pz_actor *ana = of(s->ana, PZ_ROLE_LEARNER), *tea = of(s->tea, PZ_ROLE_TEACHER), *tom = of(s->tom, PZ_ROLE_TEACHER),
             *lea = of(s->lea, PZ_ROLE_LEADER), *cou = of(s->cou, PZ_ROLE_COUNSELOR), *gus = of(s->gus, PZ_ROLE_GUARDIAN), *service;
    pz_id hidden = add(tea, PZ_PROFILE_NEED, "x", PZ_VISIBLE_TEACHERS), open, dispute, second;
    pz_date day = SCHOOL_TODAY + 5; /* as a counter-proposal is answered */
    ck_assert_ok(pz_profile_dispute_open(ana, hidden, "I do not", PZ_NUL_TERMINATED, NULL, &dispute));
    ck_assert_int_eq(is_due(tea, hidden, day - 1, ""), 0);
    ck_assert_int_eq(is_due(tea, hidden, day, "due.dispute_answer"), 1);
    ck_assert_int_eq(is_due(lea, hidden, day, "") + is_due(cou, hidden, day, "") + is_due(gus, hidden, day, ""),
                     0); /* do not see the entry */
    ck_assert_int_eq(is_due(tom, hidden, day, ""), 0);
    ck_assert_int_eq(is_due(ana, hidden, day, ""), 0);
    s->now += 6 * SCHOOL_DAY;
    ck_assert_int_eq(is_due(ana, hidden, day + 1, "due.dispute_unanswered"), 1);
    ck_assert_ok(pz_profile_dispute_answer(tea, dispute, PZ_DISPUTE_DECLINED, "It stands", PZ_NUL_TERMINATED, NULL));
    ck_assert_int_eq(is_due(ana, hidden, day + 1, "") + is_due(tea, hidden, day + 1, ""), 0);
    open = add(tea, PZ_PROFILE_NEED, "y", PZ_VISIBLE_SCHOOL);
    ck_assert_ok(pz_profile_dispute_open(gus, open, "No", PZ_NUL_TERMINATED, NULL, &dispute));
    ck_assert_ok(pz_profile_dispute_open(ana, open, "No", PZ_NUL_TERMINATED, NULL, &second)); /* one entry, one thing to do */
    day += 6;
    service = school_service(s, PZ_SCOPE_READ);
    ck_assert_int_eq(is_due(lea, open, day, "due.dispute_answer"), 1);
    ck_assert_int_eq(is_due(cou, open, day, "due.dispute_answer"), 1);
    ck_assert_int_eq(is_due(tea, open, day, "due.dispute_answer"), 1);
    ck_assert_int_eq(is_due(service, open, day, "due.dispute_answer"), 1);
    ck_assert_int_eq(is_due(gus, open, day, ""), 0);
    ck_assert_ok(pz_profile_dispute_withdraw(gus, dispute, NULL));
    ck_assert_ok(pz_profile_dispute_withdraw(ana, second, NULL));
    ck_assert_int_eq(is_due(lea, open, day, "") + is_due(tea, open, day, ""), 0);
    pz_actor_free(ana), pz_actor_free(tea), pz_actor_free(tom), pz_actor_free(lea), pz_actor_free(cou), pz_actor_free(gus);
    pz_actor_free(service);
}
END_TEST

START_TEST(who_may_answer_hears_of_a_dispute)
{
    school *s = &at.school;
    pz_actor *ana = of(s->ana, PZ_ROLE_LEARNER), *tea = of(s->tea, PZ_ROLE_TEACHER);
    pz_id id = add(tea, PZ_PROFILE_NEED, "x", PZ_VISIBLE_SCHOOL), dispute;
    int awaits = 0, answered = 0;
    pz_event **rows;
    size_t count;
    int64_t cursor;
    ck_assert_ok(pz_profile_dispute_open(ana, id, "No", PZ_NUL_TERMINATED, NULL, &dispute));
    ck_assert_ok(pz_changes_since(tea, 0, 10000, &rows, &count, &cursor));
    for (size_t i = 0; i < count; i++) awaits += rows[i]->kind == PZ_EVENT_AWAITS_ANSWER && rows[i]->record == id;
    pz_free(rows);
    ck_assert_int_eq(awaits, 1);
    ck_assert_ok(pz_profile_dispute_answer(tea, dispute, PZ_DISPUTE_DECLINED, "It stands", PZ_NUL_TERMINATED, NULL));
    ck_assert_ok(pz_changes_since(ana, cursor, 10000, &rows, &count, &cursor));
    for (size_t i = 0; i < count; i++) answered += rows[i]->kind == PZ_EVENT_ANSWERED && rows[i]->record == id;
    pz_free(rows);
    ck_assert_int_eq(answered, 1);
    pz_actor_free(ana), pz_actor_free(tea);
}
END_TEST

/* --------------------------------------------------------------------------------------------------- notes --- */

static pz_private_note_query *notes_of(pz_id learner)
{
    static pz_private_note_query query;
    query = (pz_private_note_query)PZ_PRIVATE_NOTE_QUERY_INIT;
    query.learner = learner;
    return &query;
}

static size_t count_notes(pz_actor *actor, pz_id learner)
{
    pz_private_note **rows;
    size_t count;
    ck_assert_ok(pz_private_note_list(actor, notes_of(learner), &rows, &count));
    pz_free(rows);
    return count;
}

static int is_in(pz_actor *actor, pz_id person, const char *needle)
{
    char *json;
    int found;
    ck_assert_ok(pz_person_export(actor, person, &json));
    found = strstr(json, needle) != NULL;
    pz_free(json);
    return found;
}

START_TEST(a_note_is_for_nobody_but_its_author)
{
    school *s = &at.school;
    pz_actor *tea = of(s->tea, PZ_ROLE_TEACHER), *cou = of(s->cou, PZ_ROLE_COUNSELOR), *lea = of(s->lea, PZ_ROLE_LEADER),
             *ana = of(s->ana, PZ_ROLE_LEARNER), *gus = of(s->gus, PZ_ROLE_GUARDIAN);
    pz_private_note **rows;
    pz_event **events;
    size_t count;
    int64_t cursor;
    pz_id note, other;
    ck_assert_ok(pz_private_note_add(tea, s->ana, "PRIVATE words", PZ_NUL_TERMINATED, "k", &note));
    ck_assert_ok(pz_private_note_add(tea, s->ana, "PRIVATE words", PZ_NUL_TERMINATED, "k", &other));
    ck_assert_int_eq(note, other);
    ck_assert_ok(pz_private_note_list(tea, notes_of(s->ana), &rows, &count));
    ck_assert_uint_eq(count, 1);
    ck_assert_str_eq(rows[0]->content, "PRIVATE words");
    ck_assert_int_eq(rows[0]->id, note);
    ck_assert_int_eq(rows[0]->learner, s->ana);
    ck_assert_int_eq(rows[0]->written_at, s->now);
    pz_free(rows);
    ck_assert_uint_eq(count_notes(cou, 0) + count_notes(lea, s->ana), 0);
    ck_assert_status(pz_private_note_revise(lea, note, "x", 1, NULL), PZ_E_NOT_FOUND);
    ck_assert_status(pz_private_note_end(cou, note, NULL), PZ_E_NOT_FOUND);
    ck_assert_status(pz_private_note_list(ana, NULL, &rows, &count), PZ_E_DENIED);
    ck_assert_status(pz_private_note_list(at.runner, NULL, &rows, &count), PZ_E_DENIED);
    ck_assert_int_eq(is_in(ana, s->ana, "PRIVATE") + is_in(gus, s->ana, "PRIVATE") + is_in(cou, s->ana, "PRIVATE") +
                         is_in(lea, s->tea, "PRIVATE") + is_in(at.runner, s->ana, "PRIVATE") + is_in(at.runner, s->tea, "PRIVATE"),
                     0);
    ck_assert_ok(pz_private_note_add(cou, s->ana, "KEPT by the counselor", PZ_NUL_TERMINATED, NULL, &other));
    ck_assert_int_eq(is_in(cou, s->cou, "KEPT"), 1);
    ck_assert_int_eq(is_in(lea, s->cou, "KEPT") + is_in(cou, s->ana, "PRIVATE"), 0);
    pz_actor *others[] = {ana, gus, cou, lea, at.runner};
    for (size_t i = 0; i < 5; i++) {
        ck_assert_ok(pz_changes_since(others[i], 0, 10000, &events, &count, &cursor));
        for (size_t k = 0; k < count; k++) ck_assert_int_ne(events[k]->record_kind, PZ_KIND_NOTE);
        pz_free(events);
    }
    ck_assert_ok(pz_private_note_revise(tea, note, "Other words", PZ_NUL_TERMINATED, NULL));
    ck_assert_uint_eq(count_notes(tea, 0), 1);
    ck_assert_ok(pz_private_note_end(tea, note, NULL));
    ck_assert_uint_eq(count_notes(tea, 0), 0);
    ck_assert_status(pz_private_note_end(tea, note, NULL), PZ_E_NOT_FOUND);
    ck_assert_status(pz_private_note_add(tea, s->dan, "x", 1, NULL, &note), PZ_E_NOT_FOUND);
    ck_assert_status(pz_private_note_add(tea, s->ana, "", 0, NULL, &note), PZ_E_INVALID);
    ck_assert_status(pz_private_note_add(gus, s->ana, "x", 1, NULL, &note), PZ_E_DENIED);
    ck_assert_status(pz_private_note_add(NULL, s->ana, "x", 1, NULL, &note), PZ_E_CLOSED);
    ck_assert_status(pz_private_note_revise(NULL, note, "x", 1, NULL), PZ_E_CLOSED);
    ck_assert_status(pz_private_note_end(NULL, note, NULL), PZ_E_CLOSED);
    ck_assert_status(pz_private_note_list(NULL, NULL, &rows, &count), PZ_E_CLOSED);
    pz_actor_free(tea), pz_actor_free(cou), pz_actor_free(lea), pz_actor_free(ana), pz_actor_free(gus);
}
END_TEST

/* --------------------------------------------------------------------------------------------------- upkeep --- */

static pz_profile_upkeep upkeep_of(pz_actor *actor, const char *name)
{
    pz_profile_upkeep_query query = PZ_PROFILE_UPKEEP_QUERY_INIT;
    pz_profile_upkeep **rows, found;
    size_t count, at_row = 0;
    query.learner = at.school.ana;
    ck_assert_ok(pz_profile_upkeep_list(actor, &query, &rows, &count));
    ck_assert_uint_eq(count, PZ_PROFILE_LEARN_WHERE + 2);
    while (at_row < count && strcmp(rows[at_row]->name, name)) at_row++;
    ck_assert_msg(at_row < count, "no section %s", name);
    found = *rows[at_row];
    found.name = NULL;
    pz_free(rows);
    return found;
}

START_TEST(what_is_missing_or_old_is_told_with_whom_to_ask)
{
    school *s = &at.school;
    pz_actor *ana = of(s->ana, PZ_ROLE_LEARNER), *tea = of(s->tea, PZ_ROLE_TEACHER);
    pz_profile_entry entry = PZ_PROFILE_ENTRY_INIT;
    pz_profile_upkeep_query query = PZ_PROFILE_UPKEEP_QUERY_INIT;
    pz_profile_upkeep row, **rows;
    size_t count;
    pz_id id;
    row = upkeep_of(tea, "interest");
    ck_assert_int_eq(row.is_missing, 1);
    ck_assert_int_eq(row.is_stale, 0);
    ck_assert_int_eq(row.days_since, -1);
    ck_assert_int_eq(row.ask, s->ana);
    add(ana, PZ_PROFILE_INTEREST, "Mine", PZ_VISIBLE_SELF);
    ck_assert_int_eq(upkeep_of(tea, "interest").is_missing, 1); /* as far as the teacher sees */
    ck_assert_int_eq(upkeep_of(ana, "interest").is_missing, 0);
    entry.learner = s->ana;
    entry.section = PZ_PROFILE_NEED;
    entry.content = "x";
    entry.observed_at = SCHOOL_NOW - 120 * SCHOOL_DAY;
    ck_assert_ok(pz_profile_entry_add(tea, &entry, NULL, &id));
    row = upkeep_of(tea, "need");
    ck_assert_int_eq(row.entries, 1);
    ck_assert_int_eq(row.days_since, 120);
    ck_assert_int_eq(row.is_stale, 0);
    ck_assert_int_eq(row.ask_role, PZ_ROLE_TEACHER);
    ck_assert_int_eq(row.ask, s->tea);
    s->now += SCHOOL_DAY;
    ck_assert_int_eq(upkeep_of(tea, "need").is_stale, 1);
    entry.section = PZ_PROFILE_SUPPORT;
    entry.ends_on = SCHOOL_TODAY; /* over since yesterday */
    ck_assert_ok(pz_profile_entry_add(tea, &entry, NULL, &id));
    row = upkeep_of(tea, "support");
    ck_assert_int_eq(row.is_missing, 1);
    ck_assert_int_eq(row.ask, s->cou);
    ck_assert_int_eq(upkeep_of(tea, "background").ask, s->gus);
    ck_assert_int_eq(upkeep_of(tea, "test_score").ask, 0);
    lesson_answers(&at, s->ana, at.add, SCHOOL_NOW - 70 * SCHOOL_DAY, "11");
    row = upkeep_of(tea, "academic");
    ck_assert_int_eq(row.section, 0);
    ck_assert_int_eq(row.entries, 1);
    ck_assert_int_eq(row.is_stale, 1);
    query.class_id = s->a;
    ck_assert_ok(pz_profile_upkeep_list(tea, &query, &rows, &count));
    ck_assert_uint_eq(count, 3 * (PZ_PROFILE_LEARN_WHERE + 2));
    pz_free(rows);
    ck_assert_ok(pz_profile_upkeep_list(at.runner, NULL, &rows, &count));
    ck_assert_uint_eq(count, 5 * (PZ_PROFILE_LEARN_WHERE + 2));
    pz_free(rows);
    pz_actor_free(ana), pz_actor_free(tea);
}
END_TEST

START_TEST(a_school_says_when_a_section_is_stale)
{
    school *s = &at.school;
    pz_actor *tea = of(s->tea, PZ_ROLE_TEACHER);
    pz_profile_upkeep_query query = PZ_PROFILE_UPKEEP_QUERY_INIT;
    pz_profile_upkeep **rows;
    size_t count;
    query.learner = s->ana;
    query.wanting_only = 1;
    for (int32_t section = PZ_PROFILE_INTEREST; section <= PZ_PROFILE_LEARN_WHERE; section++)
        if (section != PZ_PROFILE_STRENGTH) add(s->importer, section, "x", PZ_VISIBLE_SCHOOL);
    lesson_answers(&at, s->ana, at.add, SCHOOL_NOW, "11");
    ck_assert_ok(pz_profile_upkeep_list(tea, &query, &rows, &count));
    ck_assert_uint_eq(count, 2);
    ck_assert_str_eq(rows[0]->name, "strength");
    ck_assert_str_eq(rows[1]->name, "misconception"); /* no answer was to an item that can show one */
    pz_free(rows);
    s->now += 8 * SCHOOL_DAY;
    query.need = 7;
    query.learn_where = 8;
    query.academic = 7;
    ck_assert_ok(pz_profile_upkeep_list(tea, &query, &rows, &count));
    ck_assert_uint_eq(count, 4);
    ck_assert_str_eq(rows[1]->name, "need");
    ck_assert_int_eq(rows[1]->stale_after, 7);
    ck_assert_int_eq(rows[1]->days_since, 8);
    ck_assert_int_eq(rows[1]->is_stale, 1);
    ck_assert_str_eq(rows[2]->name, "academic");
    pz_free(rows);
    query.learn_where = 0;
    ck_assert_status(pz_profile_upkeep_list(tea, &query, &rows, &count), PZ_E_INVALID);
    ck_assert_str_eq(pz_last_error()->field, "learn_where");
    query.learn_where = 36500;
    query.misconception = 36501;
    ck_assert_status(pz_profile_upkeep_list(tea, &query, &rows, &count), PZ_E_INVALID);
    query.misconception = 36500;
    query.learner = s->dan;
    ck_assert_status(pz_profile_upkeep_list(tea, &query, &rows, &count), PZ_E_NOT_FOUND);
    ck_assert_status(pz_profile_upkeep_list(NULL, &query, &rows, &count), PZ_E_CLOSED);
    query.struct_size = 1;
    ck_assert_status(pz_profile_upkeep_list(tea, &query, &rows, &count), PZ_E_STRUCT_SIZE);
    ck_assert_uint_eq(count, 0);
    pz_actor_free(tea);
}
END_TEST

/* An item whose first option is right and whose second points to a misconception. */
static pz_id tricky_item(const char *code)
{
    school *s = &at.school;
    pz_misconception misconception = PZ_MISCONCEPTION_INIT;
    pz_item item = PZ_ITEM_INIT;
    pz_item_option right = PZ_ITEM_OPTION_INIT, wrong = PZ_ITEM_OPTION_INIT;
    const pz_item_option *options[] = {&right, &wrong};
    pz_id id;
    misconception.code = code;
    misconception.statement = "x";
    ck_assert_ok(pz_misconception_save(s->importer, &misconception, NULL, &wrong.misconception));
    item.code = code;
    ck_assert_ok(pz_item_save(s->importer, &item, NULL, NULL, NULL, &id));
    right.option = 1, right.label = "A", right.is_correct = 1;
    wrong.option = 2, wrong.label = "B";
    ck_assert_ok(pz_item_options_set(s->importer, id, options, 2, NULL));
    return id;
}

static void answer_item(pz_id item, int32_t option, pz_time when, pz_id assessment)
{
    pz_evidence given = PZ_EVIDENCE_INIT;
    double score = option == 1;
    given.rows = 1;
    given.learner = &at.school.ana;
    given.competency = &at.subtract;
    given.score = &score;
    given.at = &when;
    given.item = &item;
    given.option = &option;
    given.assessment = &assessment;
    ck_assert_ok(pz_evidence_add(at.school.importer, &given, NULL, NULL));
}

START_TEST(misconceptions_and_tests_follow_from_evidence)
{
    school *s = &at.school;
    pz_actor *tea = of(s->tea, PZ_ROLE_TEACHER);
    pz_assessment test = PZ_ASSESSMENT_INIT, quiz = PZ_ASSESSMENT_INIT;
    pz_evidence *kept;
    pz_profile_upkeep row;
    pz_id first = tricky_item("M1"), second = tricky_item("M2"), test_id, quiz_id;
    char *json;
    test.kind = PZ_ASSESSMENT_STANDARDIZED;
    test.title = "State test";
    test.held_on = SCHOOL_TODAY - 3;
    ck_assert_ok(pz_assessment_save(s->importer, &test, NULL, NULL, NULL, &test_id));
    quiz.title = "Weekly quiz";
    ck_assert_ok(pz_assessment_save(s->importer, &quiz, NULL, NULL, NULL, &quiz_id));
    ck_assert_int_eq(upkeep_of(tea, "misconception").is_missing, 1);
    answer_item(first, 1, SCHOOL_NOW - 130 * SCHOOL_DAY, 0); /* looked for, not found */
    row = upkeep_of(tea, "misconception");
    ck_assert_int_eq(row.entries, 0);
    ck_assert_int_eq(row.is_missing, 0);
    ck_assert_int_eq(row.is_stale, 1);
    ck_assert_int_eq(row.section, 0);
    ck_assert_int_eq(row.ask, s->tea);
    answer_item(first, 2, SCHOOL_NOW - 3 * SCHOOL_DAY, test_id);
    answer_item(first, 2, SCHOOL_NOW - 2 * SCHOOL_DAY, quiz_id);
    answer_item(second, 1, SCHOOL_NOW - 3 * SCHOOL_DAY, test_id);
    row = upkeep_of(tea, "misconception");
    ck_assert_int_eq(row.entries, 1);
    ck_assert_int_eq(row.days_since, 2);
    row = upkeep_of(tea, "test_score");
    ck_assert_int_eq(row.entries, 1);
    ck_assert_int_eq(row.days_since, 3);
    ck_assert_ok(pz_profile_get(tea, s->ana, NULL, &json));
    ck_assert_ptr_nonnull(strstr(json, "\"title\":\"State test\""));
    ck_assert_ptr_nonnull(strstr(json, "\"share\":0.5,\"evidence_count\":2"));
    ck_assert_ptr_null(strstr(json, "Weekly quiz"));
    ck_assert_ptr_nonnull(strstr(json, "\"times\":2"));
    pz_free(json);
    ck_assert_ok(pz_evidence_read(at.runner, NULL, &kept)); /* what is withdrawn counts no more */
    for (size_t i = 0; i < kept->rows; i++)
        if (kept->option[i] == 2)
            ck_assert_ok(
                pz_evidence_correct(s->importer, kept->learner[i], kept->competency[i], kept->sequence[i], PZ_REAL_NONE, "x", 1, NULL));
    pz_free(kept);
    ck_assert_int_eq(upkeep_of(tea, "misconception").entries, 0);
    ck_assert_ok(pz_profile_get(tea, s->ana, NULL, &json));
    ck_assert_ptr_nonnull(strstr(json, "\"share\":1,\"evidence_count\":1"));
    pz_free(json);
    pz_actor_free(tea);
}
END_TEST

START_TEST(one_entry_is_given_as_it_stands)
{
    school *s = &at.school;
    pz_actor *ana = of(s->ana, PZ_ROLE_LEARNER), *tea = of(s->tea, PZ_ROLE_TEACHER), *view;
    pz_id open = add(ana, PZ_PROFILE_NEED, "Quiet", PZ_VISIBLE_SCHOOL), hidden = add(ana, PZ_PROFILE_NEED, "Mine", PZ_VISIBLE_SELF);
    pz_profile_entry *found;
    int64_t then = school_last_change(s), version;
    ck_assert_ok(pz_profile_entry_get(ana, open, &found));
    found->content = "Quieter";
    found->content_len = PZ_NUL_TERMINATED;
    ck_assert_ok(pz_profile_entry_revise(ana, found, NULL, &version));
    pz_free(found);
    ck_assert_ok(pz_profile_entry_get(tea, open, &found));
    ck_assert_str_eq(found->content, "Quieter");
    ck_assert_int_eq(found->version, version);
    pz_free(found);
    ck_assert_status(pz_profile_entry_get(tea, hidden, &found), PZ_E_NOT_FOUND);
    ck_assert_status(pz_profile_entry_get(tea, 999999, &found), PZ_E_NOT_FOUND);
    ck_assert_ok(pz_profile_entry_withdraw(ana, open, "No longer", PZ_NUL_TERMINATED, NULL));
    ck_assert_status(pz_profile_entry_get(ana, open, &found), PZ_E_NOT_FOUND);
    ck_assert_ok(pz_actor_as_of_change(tea, then, &view));
    ck_assert_ok(pz_profile_entry_get(view, open, &found));
    ck_assert_str_eq(found->content, "Quiet");
    pz_free(found);
    ck_assert_status(pz_profile_entry_get(ana, open, NULL), PZ_E_INVALID);
    ck_assert_status(pz_profile_entry_get(NULL, open, &found), PZ_E_CLOSED);
    pz_actor_free(view), pz_actor_free(ana), pz_actor_free(tea);
}
END_TEST

/* ------------------------------------------------------------------------------------- criteria for grouping --- */

START_TEST(profiles_become_columns_with_the_entries_they_come_from)
{
    school *s = &at.school;
    pz_actor *ana = of(s->ana, PZ_ROLE_LEARNER), *tea = of(s->tea, PZ_ROLE_TEACHER);
    pz_id open = add(ana, PZ_PROFILE_INTEREST, "I draw", PZ_VISIBLE_SCHOOL), hidden = add(ana, PZ_PROFILE_INTEREST, "x", PZ_VISIBLE_SELF),
          when;
    pz_profile_entry entry = PZ_PROFILE_ENTRY_INIT;
    pz_profile_feature **rows;
    size_t count;
    ck_assert_ok(set_tags(ana, open, "Comics", "TRAINS", NULL));
    ck_assert_ok(set_tags(ana, hidden, "Secret", NULL, NULL));
    entry.learner = s->ana;
    entry.section = PZ_PROFILE_LEARN_WHEN;
    entry.times = "mon 15:00-16:15";
    ck_assert_ok(pz_profile_entry_add(ana, &entry, NULL, &when));
    entry.ends_on = SCHOOL_TODAY - 1; /* over */
    ck_assert_ok(pz_profile_entry_add(ana, &entry, NULL, &hidden));
    ck_assert_ok(pz_profile_feature_list(tea, s->a, "interests", &rows, &count));
    ck_assert_uint_eq(count, 2);
    ck_assert_str_eq(rows[0]->name, "comics");
    ck_assert_str_eq(rows[1]->name, "trains");
    ck_assert_int_eq(rows[1]->entry, open);
    ck_assert_int_eq(rows[1]->learner, s->ana);
    pz_free(rows);
    ck_assert_ok(pz_profile_feature_list(tea, s->a, "times", &rows, &count));
    ck_assert_uint_eq(count, 2);
    ck_assert_str_eq(rows[0]->name, "mon 15:00");
    ck_assert_str_eq(rows[1]->name, "mon 15:30");
    ck_assert_int_eq(rows[0]->entry, when);
    pz_free(rows);
    ck_assert_status(pz_profile_feature_list(tea, s->a, "others", &rows, &count), PZ_E_INVALID);
    ck_assert_status(pz_profile_feature_list(tea, s->a, NULL, &rows, &count), PZ_E_INVALID);
    ck_assert_status(pz_profile_feature_list(tea, s->c, "needs", &rows, &count), PZ_E_NOT_FOUND);
    ck_assert_status(pz_profile_feature_list(tea, 0, "needs", &rows, &count), PZ_E_NOT_FOUND);
    ck_assert_status(pz_profile_feature_list(NULL, s->a, "needs", &rows, &count), PZ_E_CLOSED);
    pz_actor_free(ana), pz_actor_free(tea);
}
END_TEST

/* -------------------------------------------------------------------------------- every role, section, visibility --- */

enum { WHOS = 7 };

/* The learner, its guardian, its teacher, a counselor who is named, a leader, a service that reads, a teacher who does not reach the learner. */
static const int open_to[PZ_VISIBLE_SCHOOL + 1][WHOS] = {
    [PZ_VISIBLE_SELF] = {1, 0, 0, 0, 0, 0, 0},     [PZ_VISIBLE_NAMED] = {1, 0, 0, 1, 0, 0, 0},
    [PZ_VISIBLE_TEACHERS] = {1, 0, 1, 1, 0, 1, 0}, [PZ_VISIBLE_GUARDIANS] = {1, 1, 1, 1, 0, 1, 0},
    [PZ_VISIBLE_SCHOOL] = {1, 1, 1, 1, 1, 1, 0},
};

static int export_has(pz_actor *actor, const char *needle, int *out_allowed)
{
    char *json;
    int found;
    *out_allowed = pz_person_export(actor, at.school.ana, &json) == PZ_OK;
    found = json && strstr(json, needle) != NULL;
    pz_free(json);
    return found;
}

static int document_has(pz_status status, char *json, const char *needle, int reaches)
{
    ck_assert_status(status, reaches ? PZ_OK : PZ_E_NOT_FOUND);
    int found = json && strstr(json, needle) != NULL;
    pz_free(json);
    return found;
}

/* Counts and columns tell no more than the lists do. */
static int upkeep_entries(pz_actor *actor, int32_t section, int reaches)
{
    pz_profile_upkeep_query query = PZ_PROFILE_UPKEEP_QUERY_INIT;
    pz_profile_upkeep **rows;
    size_t count;
    int found = 0;
    query.learner = at.school.ana;
    ck_assert_status(pz_profile_upkeep_list(actor, &query, &rows, &count), reaches ? PZ_OK : PZ_E_NOT_FOUND);
    for (size_t i = 0; i < count; i++)
        if (rows[i]->section == section) found = rows[i]->entries;
    pz_free(rows);
    return found;
}

/* Of a section that is a criterion: whether the entry is among the columns of the class. */
static int is_a_feature(pz_actor *actor, int32_t section, pz_id id)
{
    static const char *const criteria[15] = {
        [PZ_PROFILE_INTEREST] = "interests",      [PZ_PROFILE_LEARN_WHAT] = "interests",    [PZ_PROFILE_NEED] = "needs",
        [PZ_PROFILE_STRENGTH] = "strengths",      [PZ_PROFILE_PRIOR_SUCCESS] = "strengths", [PZ_PROFILE_LEARN_HOW] = "preferences",
        [PZ_PROFILE_LEARN_WHERE] = "preferences", [PZ_PROFILE_TECHNOLOGY] = "preferences"};
    pz_profile_feature **rows;
    size_t count;
    int found = 0;
    if (!criteria[section]) return -1;
    if (pz_profile_feature_list(actor, at.school.a, criteria[section], &rows, &count) != PZ_OK) return -1; /* a class out of reach */
    for (size_t i = 0; i < count; i++) found |= rows[i]->entry == id;
    pz_free(rows);
    return found;
}

static int is_on_agenda(pz_actor *actor, pz_id checkin, pz_id id, int reaches)
{
    pz_agenda_item **rows;
    size_t count;
    int found = 0;
    ck_assert_status(pz_checkin_agenda_list(actor, checkin, NULL, &rows, &count), reaches ? PZ_OK : PZ_E_NOT_FOUND);
    for (size_t i = 0; i < count; i++) found |= rows[i]->record_kind == PZ_KIND_PROFILE_ENTRY && rows[i]->record == id;
    pz_free(rows);
    return found;
}

static int falls_due(pz_actor *actor, pz_id id)
{
    pz_due **rows;
    size_t count;
    int found = 0;
    ck_assert_ok(pz_due_list(actor, SCHOOL_TODAY + 100, &rows, &count));
    for (size_t i = 0; i < count; i++) found |= rows[i]->record_kind == PZ_KIND_PROFILE_ENTRY && rows[i]->record == id;
    pz_free(rows);
    return found;
}

static int is_searched_in_disputes(pz_actor *actor, const char *words)
{
    pz_profile_dispute_query query = PZ_PROFILE_DISPUTE_QUERY_INIT;
    pz_profile_dispute **rows;
    size_t count;
    query.text = words;
    ck_assert_ok(pz_profile_dispute_list(actor, &query, &rows, &count));
    pz_free(rows);
    return (int)count;
}

/* What came with tags, disputes, notes, check-ins and voice. */
static void check_further_ways(pz_actor *actor, pz_id id, pz_id checkin, int32_t section, const char *words, int expected, int reaches,
                               int is_service)
{
    pz_voice_entry about = PZ_VOICE_ENTRY_INIT;
    pz_profile_entry *one;
    char *json;
    int feature = is_a_feature(actor, section, id);
    pz_id out;
    ck_assert_status(pz_profile_entry_get(actor, id, &one), expected ? PZ_OK : PZ_E_NOT_FOUND);
    pz_free(one);
    if (feature >= 0) ck_assert_int_eq(feature, expected);
    ck_assert_int_eq(is_searched_in_disputes(actor, words), expected);
    ck_assert_int_eq(is_on_agenda(actor, checkin, id, reaches), expected);
    pz_status status = pz_checkin_document(actor, checkin, NULL, &json);
    ck_assert_int_eq(document_has(status, json, words, reaches), expected);
    if (falls_due(actor, id)) ck_assert_int_eq(expected, 1);
    if (is_service) return;
    about.learner = at.school.ana;
    about.kind = PZ_VOICE_QUESTION;
    about.content = "x";
    about.about_kind = PZ_KIND_PROFILE_ENTRY;
    about.about = id;
    if (!expected) ck_assert_status(pz_voice_say(actor, &about, NULL, 0, NULL, &out), PZ_E_NOT_FOUND);
}

/* By every way of reading that there is. */
static void check_ways(int who, pz_actor *actor, pz_id id, pz_id dispute, const char *words, int expected, int is_service)
{
    int reaches = who != 6, allowed;
    pz_profile_query query = PZ_PROFILE_QUERY_INIT;
    pz_profile_entry **rows, entry = PZ_PROFILE_ENTRY_INIT;
    pz_profile_tag **tags;
    pz_profile_dispute **disputes;
    pz_profile_named **named;
    pz_event **events;
    char *json, id_text[40];
    size_t count, found = 0;
    int64_t cursor;
    pz_id out;
    ck_assert_int_eq(sees(actor, id), expected);
    query.text = words;
    ck_assert_ok(pz_profile_entry_list(actor, &query, &rows, &count));
    pz_free(rows);
    ck_assert_uint_eq(count, (size_t)expected);
    query.text = NULL;
    query.tag = words;
    ck_assert_ok(pz_profile_entry_list(actor, &query, &rows, &count));
    pz_free(rows);
    ck_assert_uint_eq(count, (size_t)expected);
    ck_assert_status(pz_profile_entry_history(actor, id, &rows, &count), expected ? PZ_OK : PZ_E_NOT_FOUND);
    pz_free(rows);
    query.tag = NULL;
    query.after = id;
    ck_assert_status(pz_profile_entry_list(actor, &query, &rows, &count), expected ? PZ_OK : PZ_E_NOT_FOUND);
    pz_free(rows);
    ck_assert_ok(pz_profile_tag_list(actor, 0, 0, &tags, &count));
    for (size_t i = 0; i < count; i++) found += tags[i]->entry == id;
    pz_free(tags);
    ck_assert_uint_eq(found, (size_t)expected);
    ck_assert_ok(pz_profile_dispute_list(actor, NULL, &disputes, &count));
    found = 0;
    for (size_t i = 0; i < count; i++) found += disputes[i]->id == dispute;
    pz_free(disputes);
    ck_assert_uint_eq(found, (size_t)expected);
    pz_status status = pz_profile_get(actor, at.school.ana, NULL, &json);
    ck_assert_int_eq(document_has(status, json, words, reaches), expected);
    status = pz_profile_difference(actor, at.school.ana, 0, 0, NULL, &json);
    ck_assert_int_eq(document_has(status, json, words, reaches), expected);
    int in_export = export_has(actor, words, &allowed);
    if (allowed) ck_assert_int_eq(in_export, is_service || expected);
    static const char *const names[] = {"entry_id", "record_id"};
    for (int i = 0; i < 2; i++) {
        snprintf(id_text, sizeof id_text, "\"%s\":\"%lld\"", names[i], (long long)id);
        in_export = export_has(actor, id_text, &allowed);
        if (allowed) ck_assert_msg(in_export == (is_service || expected), "%s, who %d", id_text, who);
    }
    found = 0;
    ck_assert_ok(pz_changes_since(actor, 0, 10000, &events, &count, &cursor));
    for (size_t i = 0; i < count; i++) found += events[i]->record == id;
    pz_free(events);
    ck_assert_int_eq(found > 0, expected);
    /* An act on what is not seen answers as on what is not there. */
    entry.id = id;
    entry.version = 1;
    entry.section = PZ_PROFILE_NEED;
    entry.content = "x";
    if (expected || is_service) return;
    ck_assert_status(pz_profile_entry_revise(actor, &entry, NULL, &cursor), PZ_E_NOT_FOUND);
    ck_assert_status(pz_profile_entry_withdraw(actor, id, NULL, 0, NULL), PZ_E_NOT_FOUND);
    ck_assert_status(pz_profile_tags_set(actor, id, NULL, 0, NULL), PZ_E_NOT_FOUND);
    ck_assert_status(pz_profile_named_add(actor, id, at.school.tea, NULL), PZ_E_NOT_FOUND);
    ck_assert_status(pz_profile_named_list(actor, id, &named, &count), PZ_E_NOT_FOUND);
    ck_assert_status(pz_profile_dispute_open(actor, id, "x", 1, NULL, &out), PZ_E_NOT_FOUND);
    ck_assert_status(pz_profile_dispute_answer(actor, dispute, PZ_DISPUTE_UPHELD, "x", 1, NULL), PZ_E_NOT_FOUND);
    ck_assert_status(pz_profile_dispute_withdraw(actor, dispute, NULL), PZ_E_NOT_FOUND);
}

START_TEST(no_way_of_reading_goes_around_who_may_see)
{
    school *s = &at.school;
    pz_actor *ana = of(s->ana, PZ_ROLE_LEARNER);
    pz_checkin checkin = PZ_CHECKIN_INIT;
    pz_id ids[15][6], disputes[15][6], checkin_id;
    char words[16];
    for (int32_t section = 1; section <= PZ_PROFILE_LEARN_WHERE; section++)
        for (int32_t visibility = PZ_VISIBLE_SELF; visibility <= PZ_VISIBLE_SCHOOL; visibility++) {
            pz_id id;
            snprintf(words, sizeof words, "WORD%02d%d", (int)section, (int)visibility);
            id = add(s->importer, section, words, visibility);
            ck_assert_ok(pz_profile_dispute_open(ana, id, words, PZ_NUL_TERMINATED, NULL, &disputes[section][visibility]));
            ck_assert_ok(pz_profile_named_add(ana, id, s->cou, NULL));
            ids[section][visibility] = id;
        }
    pz_actor *many[] = {ana,
                        of(s->gus, PZ_ROLE_GUARDIAN),
                        of(s->tea, PZ_ROLE_TEACHER),
                        of(s->cou, PZ_ROLE_COUNSELOR),
                        of(s->lea, PZ_ROLE_LEADER),
                        school_service(s, PZ_SCOPE_READ),
                        of(s->tim, PZ_ROLE_TEACHER)};
    checkin.learner = s->ana;
    checkin.due_on = SCHOOL_TODAY + 9;
    ck_assert_ok(pz_checkin_plan(many[2], &checkin, NULL, 0, NULL, &checkin_id));
    for (int32_t section = 1; section <= PZ_PROFILE_LEARN_WHERE; section++) {
        for (int who = 0; who < WHOS; who++) {
            int levels = 0;
            for (int32_t visibility = PZ_VISIBLE_SELF; visibility <= PZ_VISIBLE_SCHOOL; visibility++) levels += open_to[visibility][who];
            ck_assert_int_eq(upkeep_entries(many[who], section, who != 6), levels);
        }
        for (int32_t visibility = PZ_VISIBLE_SELF; visibility <= PZ_VISIBLE_SCHOOL; visibility++) {
            pz_profile_tag tag = PZ_PROFILE_TAG_INIT;
            const pz_profile_tag *tags[] = {&tag};
            snprintf(words, sizeof words, "WORD%02d%d", (int)section, (int)visibility);
            tag.tag = words;
            ck_assert_ok(pz_profile_tags_set(s->importer, ids[section][visibility], tags, 1, NULL));
            for (int who = 0; who < WHOS; who++) {
                check_ways(who, many[who], ids[section][visibility], disputes[section][visibility], words, open_to[visibility][who],
                           who == 5);
                check_further_ways(many[who], ids[section][visibility], checkin_id, section, words, open_to[visibility][who], who != 6,
                                   who == 5);
            }
        }
    }
    for (int who = 0; who < WHOS; who++) pz_actor_free(many[who]);
}
END_TEST

/* -------------------------------------------------------------------------------------------------- memory --- */

static pz_id disputed;

static pz_status use_all(void *user_data)
{
    lesson *l = user_data;
    school *s = &l->school;
    pz_store_options options = s->options;
    pz_actor *ana = NULL, *tea = NULL;
    pz_store *store = NULL;
    pz_profile_entry entry = PZ_PROFILE_ENTRY_INIT;
    pz_profile_tag tag = PZ_PROFILE_TAG_INIT, **tag_rows = NULL;
    const pz_profile_tag *tags[] = {&tag};
    pz_profile_named **named = NULL;
    pz_profile_dispute **disputes = NULL;
    pz_private_note **notes = NULL;
    pz_profile_entry **rows = NULL;
    pz_support_feature **features = NULL;
    pz_profile_feature **columns = NULL;
    pz_profile_upkeep **upkeep = NULL;
    pz_profile_entry *one = NULL;
    pz_profile_query query = PZ_PROFILE_QUERY_INIT;
    size_t count;
    pz_id id, dispute, note;
    int32_t repeated;
    pz_status status = pz_store_open(s->place.path, &options, &store);
    if (!status) status = pz_actor_open(store, s->ana, PZ_ROLE_LEARNER, "x", &ana);
    if (!status) status = pz_actor_open(store, s->tea, PZ_ROLE_TEACHER, "x", &tea);
    entry.learner = s->ana;
    entry.section = PZ_PROFILE_LEARN_WHEN;
    entry.times = "mon 10:00-11:00";
    tag.tag = "Trains";
    tag.uri = "urn:x:trains";
    /* Undone, so that each round begins alike. What is read of others is written when an actor closes, where nobody hears of a failure: all reading
     * here is the learner's own. */
    if (!status) status = pz_change_begin(tea, "x", NULL, &repeated);
    if (!status) status = pz_private_note_add(tea, s->ana, "x", 1, NULL, &note);
    if (!status) status = pz_private_note_revise(tea, note, "y", 1, NULL);
    if (!status) status = pz_private_note_list(tea, NULL, &notes, &count);
    if (!status) status = pz_private_note_end(tea, note, NULL);
    if (!status) status = pz_change_undo(tea);
    if (!status) status = pz_change_begin(ana, "x", NULL, &repeated);
    if (!status) status = pz_profile_entry_add(ana, &entry, NULL, &id);
    if (!status) status = pz_profile_tags_set(ana, id, tags, 1, NULL);
    if (!status) status = pz_profile_named_add(ana, id, s->cou, NULL);
    if (!status) status = pz_profile_named_list(ana, id, &named, &count);
    if (!status) status = pz_profile_named_end(ana, id, s->cou, NULL);
    if (!status) status = pz_profile_dispute_open(ana, disputed, "x", 1, NULL, &dispute);
    if (!status) status = pz_profile_dispute_list(ana, NULL, &disputes, &count);
    if (!status) status = pz_profile_dispute_withdraw(ana, dispute, NULL);
    if (!status) status = pz_change_undo(ana);
    query.text = "trains";
    query.tag = "trains";
    query.order = PZ_ORDER_RECORDED;
    query.limit = 1;
    if (!status) status = pz_profile_entry_list(ana, &query, &rows, &count);
    pz_free(rows);
    rows = NULL;
    if (!status) status = pz_profile_entry_history(ana, disputed, &rows, &count);
    if (!status) status = pz_profile_tag_list(ana, 0, 0, &tag_rows, &count);
    if (!status) status = pz_profile_feature_list(ana, s->a, "interests", &columns, &count);
    pz_free(columns);
    if (!status) status = pz_profile_upkeep_list(ana, NULL, &upkeep, &count);
    if (!status) status = pz_profile_entry_get(ana, disputed, &one);
    pz_free(one);
    pz_free(upkeep);
    if (!status) status = pz_support_feature_list(NULL, &features, &count);
    pz_free(named), pz_free(disputes), pz_free(notes), pz_free(rows), pz_free(tag_rows), pz_free(features);
    pz_actor_free(ana);
    pz_actor_free(tea);
    pz_store_free(store);
    return status;
}

START_TEST(survives_each_allocation_failing)
{
    lesson_start(&at);
    disputed = add(at.school.importer, PZ_PROFILE_NEED, "x", PZ_VISIBLE_SCHOOL);
    pz_actor_free(at.runner);
    school_close(&at.school);
    ck_assert_int_gt(suite_each_allocation(use_all, &at), 50);
    place_end(&at.school.place);
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("profile in the learner's hands");
    TCase *with = tcase_create("in a school"), *alone = tcase_create("memory");
    tcase_add_checked_fixture(with, setup, teardown);
    tcase_set_timeout(with, 240);
    tcase_add_test(with, named_adults_see_what_they_are_named_for);
    tcase_add_test(with, being_named_gives_no_reach);
    tcase_add_test(with, tags_are_kept_found_and_taken_back);
    tcase_add_test(with, tags_that_are_none_are_refused);
    tcase_add_test(with, a_dispute_is_answered_and_stays_with_the_entry);
    tcase_add_test(with, what_is_no_dispute_is_refused);
    tcase_add_test(with, a_dispute_falls_due_until_it_is_answered);
    tcase_add_test(with, who_may_answer_hears_of_a_dispute);
    tcase_add_test(with, a_note_is_for_nobody_but_its_author);
    tcase_add_test(with, what_is_missing_or_old_is_told_with_whom_to_ask);
    tcase_add_test(with, a_school_says_when_a_section_is_stale);
    tcase_add_test(with, misconceptions_and_tests_follow_from_evidence);
    tcase_add_test(with, one_entry_is_given_as_it_stands);
    tcase_add_test(with, profiles_become_columns_with_the_entries_they_come_from);
    tcase_add_test(with, no_way_of_reading_goes_around_who_may_see);
    tcase_add_test(alone, survives_each_allocation_failing);
    tcase_set_timeout(alone, 60);
    suite_add_tcase(suite, with);
    suite_add_tcase(suite, alone);
    return suite;
}

SUITE_MAIN(make_suite)
