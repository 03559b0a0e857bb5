/* Profiles: entries, who sees them (every role, section and visibility), revision, withdrawal, history, and the document. */
#include "base/json_read.h"
#include "personalize/goal.h"
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

static pz_profile_entry make_entry(pz_id learner, int32_t section, const char *content)
{
    pz_profile_entry entry = PZ_PROFILE_ENTRY_INIT;
    entry.learner = learner;
    entry.section = section;
    entry.content = content;
    return entry;
}

/* How many of the entries that the actor sees are this one. */
static size_t count_of(pz_actor *actor, pz_id id)
{
    pz_profile_entry **rows;
    size_t count, found = 0;
    ck_assert_ok(pz_profile_entry_list(actor, NULL, &rows, &count));
    for (size_t i = 0; i < count; i++) found += rows[i]->id == id;
    pz_free(rows);
    return found;
}

static size_t count_entries(pz_actor *actor, const pz_profile_query *query)
{
    pz_profile_entry **rows;
    size_t count;
    ck_assert_ok(pz_profile_entry_list(actor, query, &rows, &count));
    pz_free(rows);
    return count;
}

/* ------------------------------------------------------------------------------------------------ visibility --- */

enum { WHO_SELF, WHO_GUARDIAN, WHO_TEACHER, WHO_COUNSELOR, WHO_LEADER, WHO_READER, WHOS };

static pz_actor *actor_of(int who)
{
    school *s = &at.school;
    switch (who) {
    case WHO_SELF: return school_actor(s, s->ana, PZ_ROLE_LEARNER);
    case WHO_GUARDIAN: return school_actor(s, s->gus, PZ_ROLE_GUARDIAN);
    case WHO_TEACHER: return school_actor(s, s->tea, PZ_ROLE_TEACHER);
    case WHO_COUNSELOR: return school_actor(s, s->cou, PZ_ROLE_COUNSELOR);
    case WHO_LEADER: return school_actor(s, s->lea, PZ_ROLE_LEADER);
    default: return school_service(s, PZ_SCOPE_READ);
    }
}

/* Who sees what a service wrote, by visibility: the learner, guardians, teachers, counselors, leaders, a service that reads. */
static const int sees[PZ_VISIBLE_SCHOOL + 1][WHOS] = {
    [PZ_VISIBLE_SELF] = {1, 0, 0, 0, 0, 0},      [PZ_VISIBLE_NAMED] = {1, 0, 0, 0, 0, 0},  [PZ_VISIBLE_TEACHERS] = {1, 0, 1, 0, 0, 1},
    [PZ_VISIBLE_GUARDIANS] = {1, 1, 1, 0, 0, 1}, [PZ_VISIBLE_SCHOOL] = {1, 1, 1, 1, 1, 1},
};

START_TEST(every_role_sees_what_the_visibility_says_in_every_section)
{
    for (int32_t section = PZ_PROFILE_INTEREST; section <= PZ_PROFILE_LEARN_WHERE; section++)
        for (int32_t visibility = PZ_VISIBLE_SELF; visibility <= PZ_VISIBLE_SCHOOL; visibility++) {
            pz_profile_entry entry = make_entry(at.school.ana, section, "x");
            pz_id id;
            entry.visibility = visibility;
            ck_assert_ok(pz_profile_entry_add(at.school.importer, &entry, NULL, &id));
        }
    for (int who = 0; who < WHOS; who++) {
        pz_actor *actor = actor_of(who);
        for (int32_t section = PZ_PROFILE_INTEREST; section <= PZ_PROFILE_LEARN_WHERE; section++) {
            pz_profile_query query = PZ_PROFILE_QUERY_INIT;
            pz_profile_entry **rows;
            size_t count, wanted = 0;
            query.learner = at.school.ana;
            query.section = section;
            ck_assert_ok(pz_profile_entry_list(actor, &query, &rows, &count));
            for (int32_t visibility = PZ_VISIBLE_SELF; visibility <= PZ_VISIBLE_SCHOOL; visibility++)
                wanted += (size_t)sees[visibility][who];
            ck_assert_uint_eq(count, wanted);
            for (size_t i = 0; i < count; i++) ck_assert(sees[rows[i]->visibility][who]);
            pz_free(rows);
        }
        pz_actor_free(actor);
    }
}
END_TEST

/* What is the learner's alone nobody else writes; of all other words their author sees what it wrote. */
START_TEST(nobody_else_writes_what_is_the_learners_alone)
{
    for (int who = 0; who < WHO_READER; who++) {
        pz_actor *actor = actor_of(who);
        for (int32_t visibility = PZ_VISIBLE_SELF; visibility <= PZ_VISIBLE_SCHOOL; visibility++) {
            pz_profile_entry entry = make_entry(at.school.ana, PZ_PROFILE_NEED, "x");
            pz_id id;
            entry.visibility = visibility;
            ck_assert_status(pz_profile_entry_add(actor, &entry, NULL, &id),
                             visibility > PZ_VISIBLE_SELF || who == WHO_SELF ? PZ_OK : PZ_E_INVALID);
            if (visibility > PZ_VISIBLE_SELF) ck_assert_uint_eq(count_of(actor, id), 1);
        }
        pz_actor_free(actor);
    }
}
END_TEST

START_TEST(its_author_sees_an_entry_in_another_role_too)
{
    school *s = &at.school;
    pz_profile_entry entry = make_entry(s->ana, PZ_PROFILE_NEED, "x");
    pz_id id;
    school_role(s, s->tea, s->north, PZ_ROLE_COUNSELOR);
    pz_actor *as_counselor = school_actor(s, s->tea, PZ_ROLE_COUNSELOR), *as_teacher = school_actor(s, s->tea, PZ_ROLE_TEACHER);
    entry.visibility = PZ_VISIBLE_NAMED;
    ck_assert_ok(pz_profile_entry_add(as_counselor, &entry, NULL, &id));
    ck_assert_uint_eq(count_entries(as_teacher, NULL), 1);
    ck_assert_status(pz_profile_entry_withdraw(as_teacher, id, NULL, 0, NULL),
                     PZ_E_DENIED); /* but changes it in the role it was written in */
    pz_actor_free(as_counselor);
    pz_actor_free(as_teacher);
}
END_TEST

START_TEST(what_was_narrowed_is_narrow_in_its_history_too)
{
    pz_actor *cou = actor_of(WHO_COUNSELOR), *tea = actor_of(WHO_TEACHER), *view;
    pz_profile_entry entry = make_entry(at.school.ana, PZ_PROFILE_NEED, "wide");
    pz_profile_query query = PZ_PROFILE_QUERY_INIT;
    int64_t version, wide;
    ck_assert_ok(pz_profile_entry_add(cou, &entry, NULL, &entry.id));
    wide = school_last_change(&at.school);
    query.with_history = 1;
    ck_assert_uint_eq(count_entries(tea, &query), 1);
    entry.version = wide;
    entry.visibility = PZ_VISIBLE_NAMED;
    ck_assert_ok(pz_profile_entry_revise(cou, &entry, NULL, &version));
    ck_assert_uint_eq(count_entries(tea, &query), 0);
    ck_assert_uint_eq(count_entries(cou, &query), 2);
    ck_assert_ok(pz_actor_as_of_change(tea, wide, &view)); /* the past is seen by today's rights */
    ck_assert_uint_eq(count_entries(view, NULL), 0);
    pz_actor_free(view);
    pz_actor_free(cou);
    pz_actor_free(tea);
}
END_TEST

/* ------------------------------------------------------------------------------------------------- writing --- */

START_TEST(keeps_all_that_is_said)
{
    pz_actor *tea = actor_of(WHO_TEACHER);
    pz_profile_entry entry = make_entry(at.school.ana, PZ_PROFILE_TEST_SCORE, "Second try"), **rows;
    size_t count;
    pz_id id;
    entry.code = "reading";
    entry.value = 512;
    entry.standard_error = 14.5;
    entry.scale = "District scale";
    entry.source = "District test 2026";
    entry.observed_at = SCHOOL_NOW - SCHOOL_DAY;
    entry.begins_on = SCHOOL_TODAY - 30;
    entry.ends_on = SCHOOL_TODAY + 300;
    entry.confidence = 0.75;
    entry.visibility = PZ_VISIBLE_TEACHERS;
    ck_assert_ok(pz_profile_entry_add(tea, &entry, NULL, &id));
    ck_assert_ok(pz_profile_entry_list(tea, NULL, &rows, &count));
    ck_assert_uint_eq(count, 1);
    ck_assert_int_eq(rows[0]->id, id);
    ck_assert_int_eq(rows[0]->learner, at.school.ana);
    ck_assert_int_eq(rows[0]->version, school_last_change(&at.school));
    ck_assert_str_eq(rows[0]->content, "Second try");
    ck_assert_str_eq(rows[0]->code, "reading");
    ck_assert_str_eq(rows[0]->scale, "District scale");
    ck_assert_str_eq(rows[0]->source, "District test 2026");
    ck_assert_double_eq(rows[0]->value, 512);
    ck_assert_double_eq(rows[0]->standard_error, 14.5);
    ck_assert_double_eq(rows[0]->confidence, 0.75);
    ck_assert_int_eq(rows[0]->observed_at, entry.observed_at);
    ck_assert_int_eq(rows[0]->begins_on, entry.begins_on);
    ck_assert_int_eq(rows[0]->ends_on, entry.ends_on);
    ck_assert_int_eq(rows[0]->visibility, PZ_VISIBLE_TEACHERS);
    ck_assert_int_eq(rows[0]->author, at.school.tea);
    ck_assert_int_eq(rows[0]->author_role, PZ_ROLE_TEACHER);
    ck_assert_int_eq(rows[0]->is_current, 1);
    pz_free(rows);
    pz_actor_free(tea);
}
END_TEST

START_TEST(is_written_for_those_in_reach)
{
    school *s = &at.school;
    const struct {
        pz_id person;
        pz_role role;
        pz_status wanted;
    } tries[] = {
        {s->ana, PZ_ROLE_LEARNER, PZ_OK},           {s->ben, PZ_ROLE_LEARNER, PZ_E_NOT_FOUND}, {s->gus, PZ_ROLE_GUARDIAN, PZ_OK},
        {s->gil, PZ_ROLE_GUARDIAN, PZ_E_NOT_FOUND}, {s->tea, PZ_ROLE_TEACHER, PZ_OK},          {s->tim, PZ_ROLE_TEACHER, PZ_E_NOT_FOUND},
        {s->cou, PZ_ROLE_COUNSELOR, PZ_OK},         {s->lea, PZ_ROLE_LEADER, PZ_OK},
    };
    pz_profile_entry entry = make_entry(s->ana, PZ_PROFILE_INTEREST, "Trains");
    pz_id id;
    for (size_t i = 0; i < sizeof tries / sizeof tries[0]; i++) {
        pz_actor *actor = school_actor(s, tries[i].person, tries[i].role);
        ck_assert_status(pz_profile_entry_add(actor, &entry, NULL, &id), tries[i].wanted);
        pz_actor_free(actor);
    }
    ck_assert_status(pz_profile_entry_add(at.runner, &entry, NULL, &id), PZ_E_DENIED);
    ck_assert_ok(pz_profile_entry_add(s->importer, &entry, "key", &id));
    pz_id again;
    ck_assert_ok(pz_profile_entry_add(s->importer, &entry, "key", &again));
    ck_assert_int_eq(again, id);
    entry.content = "Ships";
    ck_assert_status(pz_profile_entry_add(s->importer, &entry, "key", &again), PZ_E_KEY_REUSED);
}
END_TEST

static void refuse(const pz_profile_entry *entry, const char *field, pz_status wanted)
{
    pz_id id = 7;
    ck_assert_status(pz_profile_entry_add(at.school.importer, entry, NULL, &id), wanted);
    ck_assert_int_eq(id, 0);
    if (field) ck_assert_str_eq(pz_last_error()->field, field);
}

START_TEST(refuses_what_is_no_entry)
{
    const pz_profile_entry good = make_entry(at.school.ana, PZ_PROFILE_ATTENDANCE, "x");
    pz_profile_entry entry = good;
    pz_id id;
    entry.content = NULL;
    refuse(&entry, "content", PZ_E_INVALID);
    entry = good, entry.section = 0;
    refuse(&entry, "section", PZ_E_INVALID);
    entry = good, entry.section = 15;
    refuse(&entry, "section", PZ_E_INVALID);
    entry = good, entry.visibility = 0;
    refuse(&entry, "visibility", PZ_E_INVALID);
    entry = good, entry.value = 1.2;
    refuse(&entry, "value", PZ_E_INVALID);
    entry = good, entry.section = PZ_PROFILE_TEST_SCORE, entry.value = INFINITY;
    refuse(&entry, "value", PZ_E_INVALID);
    entry = good, entry.value = 0.5, entry.standard_error = -1;
    refuse(&entry, "standard_error", PZ_E_INVALID);
    entry = good, entry.standard_error = 1;
    refuse(&entry, "standard_error", PZ_E_INVALID);
    entry = good, entry.confidence = 1.5;
    refuse(&entry, "confidence", PZ_E_INVALID);
    entry = good, entry.begins_on = SCHOOL_TODAY, entry.ends_on = SCHOOL_TODAY - 1;
    refuse(&entry, "ends_on", PZ_E_INVALID);
    entry = good, entry.begins_on = INT32_MIN + 1; /* the far past, and the far future */
    refuse(&entry, "begins_on", PZ_E_INVALID);
    entry = good, entry.ends_on = INT32_MAX;
    refuse(&entry, "ends_on", PZ_E_INVALID);
    entry = good, entry.observed_at = INT64_MAX;
    refuse(&entry, "observed_at", PZ_E_INVALID);
    entry = good, entry.observed_at = INT64_MIN + 1;
    refuse(&entry, "observed_at", PZ_E_INVALID);
    entry = good, entry.content = "\xff";
    refuse(&entry, "content", PZ_E_TEXT);
    entry = good, entry.content_len = 70000;
    refuse(&entry, "content", PZ_E_TOO_LONG);
    entry = good, entry.learner = 999999;
    refuse(&entry, NULL, PZ_E_NOT_FOUND);
    entry = good, entry.struct_size = 8;
    refuse(&entry, NULL, PZ_E_STRUCT_SIZE);
    refuse(NULL, NULL, PZ_E_INVALID);
    ck_assert_status(pz_profile_entry_add(NULL, &good, NULL, &id), PZ_E_CLOSED);
}
END_TEST

/* As many whole characters of one kind as fit into `bytes`, in `room` of one byte more. */
static char *repeat(char *room, const char *character, size_t bytes)
{
    size_t length = strlen(character), used = 0;
    for (; used + length <= bytes; used += length) memcpy(room + used, character, length);
    while (used < bytes) room[used++] = 'x';
    room[used] = '\0';
    return room;
}

START_TEST(takes_text_of_any_script_up_to_the_limits_and_days_of_ten_thousand_years)
{
    static const char *const characters[] = {"a", "\xc3\xa9", "\xe0\xa4\xa8", "\xe6\xbc\xa2", "\xd9\x82", "\xf0\x9f\x90\x9d", "e\xcc\x81"};
    const size_t text = (size_t)pz_limit(PZ_LIMIT_TEXT), title = (size_t)pz_limit(PZ_LIMIT_TITLE);
    char *content = malloc(text + 2), *code = malloc(title + 2);
    pz_profile_entry *found, entry = make_entry(at.school.ana, PZ_PROFILE_NEED, NULL);
    pz_id id;
    for (size_t i = 0; i < sizeof characters / sizeof characters[0]; i++) {
        entry.content = repeat(content, characters[i], text);
        entry.code = entry.source = entry.scale = repeat(code, characters[i], title);
        ck_assert_ok(pz_profile_entry_add(at.school.importer, &entry, NULL, &id));
        ck_assert_ok(pz_profile_entry_get(at.runner, id, &found));
        ck_assert_uint_eq(found->content_len, text);
        ck_assert_str_eq(found->content, content);
        ck_assert_str_eq(found->code, code);
        ck_assert_str_eq(found->source, code);
        ck_assert_str_eq(found->scale, code);
        pz_free(found);
        repeat(content, characters[i], text + 1);
        refuse(&entry, "content", PZ_E_TOO_LONG);
        repeat(content, characters[i], text);
        repeat(code, characters[i], title + 1);
        refuse(&entry, "code", PZ_E_TOO_LONG);
    }
    entry.content = "x", entry.code = entry.source = entry.scale = NULL;
    entry.begins_on = -719162; /* 0001-01-01 */
    entry.ends_on = 2932896;   /* 9999-12-31 */
    entry.observed_at = INT64_C(-719162) * SCHOOL_DAY;
    ck_assert_ok(pz_profile_entry_add(at.school.importer, &entry, NULL, &id));
    entry.begins_on--;
    refuse(&entry, "begins_on", PZ_E_INVALID);
    entry.begins_on++, entry.ends_on++;
    refuse(&entry, "ends_on", PZ_E_INVALID);
    entry.ends_on--, entry.observed_at--;
    refuse(&entry, "observed_at", PZ_E_INVALID);
    char *json;
    pz_profile_upkeep **rows;
    size_t count;
    ck_assert_ok(pz_profile_get(at.runner, at.school.ana, NULL, &json)); /* what is far away is told */
    ck_assert_ptr_nonnull(strstr(json, "\"begins_on\":\"0001-01-01\",\"ends_on\":\"9999-12-31\""));
    pz_free(json);
    ck_assert_ok(pz_profile_upkeep_list(at.runner, NULL, &rows, &count));
    pz_free(rows);
    free(content);
    free(code);
}
END_TEST

START_TEST(is_revised_by_its_author_counselors_and_leaders)
{
    static const pz_status wanted[WHOS] = {PZ_E_DENIED, PZ_E_DENIED, PZ_OK, PZ_OK, PZ_OK, PZ_E_DENIED};
    for (int who = 0; who < WHOS; who++) {
        pz_actor *tea = actor_of(WHO_TEACHER), *actor = actor_of(who);
        pz_profile_entry entry = make_entry(at.school.ana, PZ_PROFILE_STRENGTH, "Patient");
        int64_t version;
        ck_assert_ok(pz_profile_entry_add(tea, &entry, NULL, &entry.id));
        entry.version = school_last_change(&at.school);
        entry.content = "Patient and exact";
        ck_assert_status(pz_profile_entry_revise(actor, &entry, NULL, &version), wanted[who]);
        if (wanted[who] == PZ_OK) {
            ck_assert_int_eq(version, school_last_change(&at.school));
            ck_assert_status(pz_profile_entry_revise(actor, &entry, NULL, &version), PZ_E_CONFLICT);
            entry.version = school_last_change(&at.school);
            ck_assert_ok(pz_profile_entry_revise(tea, &entry, NULL, &version)); /* the first author keeps the right */
        }
        pz_actor_free(tea);
        pz_actor_free(actor);
    }
}
END_TEST

START_TEST(a_withdrawn_entry_stays_in_the_history_alone)
{
    pz_actor *ana = actor_of(WHO_SELF);
    pz_profile_entry entry = make_entry(at.school.ana, PZ_PROFILE_INTEREST, "Trains"), **rows;
    pz_profile_query query = PZ_PROFILE_QUERY_INIT;
    size_t count;
    int64_t version;
    ck_assert_ok(pz_profile_entry_add(ana, &entry, NULL, &entry.id));
    entry.version = school_last_change(&at.school);
    entry.content = "Ships";
    ck_assert_ok(pz_profile_entry_revise(ana, &entry, NULL, &version));
    ck_assert_ok(pz_profile_entry_withdraw(ana, entry.id, "No longer", PZ_NUL_TERMINATED, "w"));
    ck_assert_ok(pz_profile_entry_withdraw(ana, entry.id, "No longer", PZ_NUL_TERMINATED, "w"));
    ck_assert_uint_eq(count_entries(ana, NULL), 0);
    query.with_history = 1;
    ck_assert_ok(pz_profile_entry_list(ana, &query, &rows, &count));
    ck_assert_uint_eq(count, 3);
    ck_assert_str_eq(rows[0]->content, "Trains");
    ck_assert_str_eq(rows[1]->content, "Ships");
    for (size_t i = 0; i < count; i++) ck_assert_int_eq(rows[i]->is_current, 0);
    pz_free(rows);
    ck_assert_status(pz_profile_entry_withdraw(ana, entry.id, NULL, 0, NULL), PZ_E_NOT_FOUND);
    ck_assert_status(pz_profile_entry_revise(ana, &entry, NULL, &version), PZ_E_NOT_FOUND);
    ck_assert_status(pz_profile_entry_withdraw(ana, 999999, NULL, 0, NULL), PZ_E_NOT_FOUND);
    ck_assert_status(pz_profile_entry_withdraw(NULL, entry.id, NULL, 0, NULL), PZ_E_CLOSED);
    ck_assert_status(pz_profile_entry_withdraw(ana, entry.id, "\xff", 1, NULL), PZ_E_TEXT);
    pz_actor_free(ana);
}
END_TEST

START_TEST(an_entry_that_is_not_seen_is_not_found)
{
    pz_actor *cou = actor_of(WHO_COUNSELOR), *tea = actor_of(WHO_TEACHER);
    pz_profile_entry entry = make_entry(at.school.ana, PZ_PROFILE_NEED, "x");
    entry.visibility = PZ_VISIBLE_NAMED;
    ck_assert_ok(pz_profile_entry_add(cou, &entry, NULL, &entry.id));
    ck_assert_status(pz_profile_entry_withdraw(tea, entry.id, NULL, 0, NULL), PZ_E_NOT_FOUND);
    pz_actor_free(cou);
    pz_actor_free(tea);
}
END_TEST

START_TEST(lists_what_a_query_asks_for)
{
    school *s = &at.school;
    pz_profile_query query = PZ_PROFILE_QUERY_INIT;
    pz_profile_entry first = make_entry(s->ana, PZ_PROFILE_INTEREST, "a"), second = make_entry(s->ben, PZ_PROFILE_NEED, "b"), **rows;
    size_t count;
    pz_id id;
    ck_assert_ok(pz_profile_entry_add(s->importer, &first, NULL, &id));
    ck_assert_ok(pz_profile_entry_add(s->importer, &second, NULL, &id));
    ck_assert_uint_eq(count_entries(at.runner, NULL), 2);
    query.class_id = s->b;
    ck_assert_uint_eq(count_entries(at.runner, &query), 1);
    query.class_id = 0;
    query.section = PZ_PROFILE_INTEREST;
    ck_assert_uint_eq(count_entries(at.runner, &query), 1);
    query.learner = s->ben;
    ck_assert_uint_eq(count_entries(at.runner, &query), 0);
    query.section = 15;
    ck_assert_status(pz_profile_entry_list(at.runner, &query, &rows, &count), PZ_E_INVALID);
    query.section = 0;
    query.learner = 999999;
    ck_assert_status(pz_profile_entry_list(at.runner, &query, &rows, &count), PZ_E_NOT_FOUND);
    query.struct_size = 4;
    ck_assert_status(pz_profile_entry_list(at.runner, &query, &rows, &count), PZ_E_STRUCT_SIZE);
    ck_assert_status(pz_profile_entry_list(NULL, NULL, &rows, &count), PZ_E_CLOSED);
    ck_assert_status(pz_profile_entry_list(s->importer, NULL, &rows, &count), PZ_E_DENIED);
    ck_assert_status(pz_profile_entry_list(at.runner, NULL, NULL, &count), PZ_E_INVALID);
}
END_TEST

/* ------------------------------------------------------------------------------------------------- document --- */

static const pz__json_value *member(const pz__json_value *object, const char *name)
{
    const pz__json_value *value = pz__json_member(object, name);
    ck_assert_msg(value != NULL, "no member %s", name);
    return value;
}

static void note_misconception(void)
{
    school *s = &at.school;
    pz_misconception misconception = PZ_MISCONCEPTION_INIT;
    pz_item item = PZ_ITEM_INIT;
    pz_item_option wrong = PZ_ITEM_OPTION_INIT;
    const pz_item_option *options[] = {&wrong};
    pz_evidence given = PZ_EVIDENCE_INIT;
    const double score = 0;
    const int32_t option = 1;
    pz_id item_id;
    misconception.code = "borrow";
    misconception.statement = "Borrowing is never needed";
    ck_assert_ok(pz_misconception_save(s->importer, &misconception, NULL, &wrong.misconception));
    item.code = "Q1";
    ck_assert_ok(pz_item_save(s->importer, &item, NULL, NULL, NULL, &item_id));
    wrong.option = 1;
    wrong.label = "B";
    ck_assert_ok(pz_item_options_set(s->importer, item_id, options, 1, NULL));
    given.rows = 1;
    given.learner = &s->ana;
    given.competency = &at.subtract;
    given.score = &score;
    given.item = &item_id;
    given.option = &option;
    ck_assert_ok(pz_evidence_add(s->importer, &given, NULL, NULL));
}

/* ------------------------------------------------------------------------------------------- values, times, supports --- */

START_TEST(values_are_of_their_type)
{
    static const struct {
        int32_t section, type;
        double value;
        pz_status wanted;
    } tries[] = {
        {PZ_PROFILE_TEST_SCORE, 0, 512, PZ_OK},
        {PZ_PROFILE_TEST_SCORE, PZ_VALUE_NUMBER, -1e300, PZ_OK},
        {PZ_PROFILE_TEST_SCORE, PZ_VALUE_NUMBER, INFINITY, PZ_E_INVALID},
        {PZ_PROFILE_STRENGTH, PZ_VALUE_SHARE, 1.01, PZ_E_INVALID},
        {PZ_PROFILE_STRENGTH, PZ_VALUE_SHARE, 1, PZ_OK},
        {PZ_PROFILE_TECHNOLOGY, PZ_VALUE_YES_NO, 1, PZ_OK},
        {PZ_PROFILE_TECHNOLOGY, PZ_VALUE_YES_NO, 0.5, PZ_E_INVALID},
        {PZ_PROFILE_EXPERIENCE, PZ_VALUE_DATE, SCHOOL_TODAY, PZ_OK},
        {PZ_PROFILE_EXPERIENCE, PZ_VALUE_DATE, 0.5, PZ_E_INVALID},
        {PZ_PROFILE_EXPERIENCE, PZ_VALUE_DATE, 9e6, PZ_E_INVALID},
        {PZ_PROFILE_EXPERIENCE, 5, 1, PZ_E_INVALID},
        {PZ_PROFILE_EXPERIENCE, -1, 1, PZ_E_INVALID},
        {PZ_PROFILE_EXPERIENCE, PZ_VALUE_DATE, NAN, PZ_E_INVALID},
        {PZ_PROFILE_ATTENDANCE, PZ_VALUE_NUMBER, 1, PZ_E_INVALID},
    };
    for (size_t i = 0; i < sizeof tries / sizeof tries[0]; i++) {
        pz_profile_entry entry = make_entry(at.school.ana, tries[i].section, "x");
        pz_id id;
        entry.value_type = tries[i].type;
        entry.value = tries[i].value;
        ck_assert_status(pz_profile_entry_add(at.school.importer, &entry, NULL, &id), tries[i].wanted);
    }
    pz_profile_entry **rows;
    size_t count;
    ck_assert_ok(pz_profile_entry_list(at.runner, NULL, &rows, &count));
    for (size_t i = 0; i < count; i++) {
        ck_assert_int_ge(rows[i]->value_type, PZ_VALUE_NUMBER);
        ck_assert_int_eq(rows[i]->recorded_at, at.school.now);
    }
    pz_free(rows);
}
END_TEST

START_TEST(times_of_the_week_are_put_in_order)
{
    static const char *const good[][2] = {
        {"wed 08:00-09:00,mon 15:00-17:30", "mon 15:00-17:30, wed 08:00-09:00"},
        {" sun 23:00-24:00 ", "sun 23:00-24:00"},
        {"tue 09:00-10:00, tue 09:30-11:00, tue 11:00-12:00", "tue 09:00-12:00"},
        {"mon 12:00-24:00, tue 00:00-01:00", "mon 12:00-24:00, tue 00:00-01:00"},
    };
    static const char *const bad[] = {"mon",
                                      "mon 9:00-10:00",
                                      "Mon 09:00-10:00",
                                      "mon 10:00-10:00",
                                      "mon 10:00-09:00",
                                      "mon 23:00-24:01",
                                      "mon 10:60-11:00",
                                      "mon 10:00-11:00,",
                                      "mon 10:00-11:00;tue 10:00-11:00",
                                      "fry 10:00-11:00",
                                      ","};
    pz_profile_entry entry = make_entry(at.school.ana, PZ_PROFILE_LEARN_WHEN, NULL), **rows;
    pz_profile_query query = PZ_PROFILE_QUERY_INIT;
    size_t count;
    pz_id id;
    query.section = PZ_PROFILE_LEARN_WHEN;
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        entry.times = good[i][0];
        ck_assert_ok(pz_profile_entry_add(at.school.importer, &entry, NULL, &id));
        ck_assert_ok(pz_profile_entry_list(at.runner, &query, &rows, &count));
        ck_assert_str_eq(rows[count - 1]->times, good[i][1]);
        pz_free(rows);
    }
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        if (!strcmp(bad[i], "mon 10:00-11:00,")) continue; /* a comma at the end closes the list */
        entry.times = bad[i];
        refuse(&entry, "times", PZ_E_INVALID);
    }
    entry.times = good[0][0];
    entry.section = PZ_PROFILE_LEARN_HOW;
    refuse(&entry, "times", PZ_E_INVALID);
}
END_TEST

START_TEST(supports_speak_the_words_of_access_for_all)
{
    pz_support_feature **features;
    size_t count;
    pz_id id;
    ck_assert_ok(pz_support_feature_list("es", &features, &count));
    ck_assert_uint_eq(count, 38);
    for (size_t i = 0; i < count; i++) {
        pz_profile_entry entry = make_entry(at.school.ana, PZ_PROFILE_SUPPORT, NULL);
        ck_assert_msg(strncmp(features[i]->words, "support.", 8) != 0, "%s has no words", features[i]->name);
        entry.code = features[i]->name;
        ck_assert_ok(pz_profile_entry_add(at.school.importer, &entry, NULL, &id));
    }
    pz_free(features);
    ck_assert_status(pz_support_feature_list("xx", &features, &count), PZ_E_INVALID);
    ck_assert_status(pz_support_feature_list(NULL, NULL, &count), PZ_E_INVALID);
    pz_profile_entry entry = make_entry(at.school.ana, PZ_PROFILE_SUPPORT, NULL);
    const pz_profile_entry fresh = entry;
    entry.code = "ext:fidget";
    ck_assert_ok(pz_profile_entry_add(at.school.importer, &entry, NULL, &id));
    entry.code = "ext:";
    refuse(&entry, "code", PZ_E_INVALID);
    entry.code = "Captions";
    refuse(&entry, "code", PZ_E_INVALID);
    entry = fresh, entry.code = "captions", entry.activation = 4;
    refuse(&entry, "activation", PZ_E_INVALID);
    entry = fresh, entry.section = PZ_PROFILE_NEED, entry.code = "captions", entry.activation = 1;
    refuse(&entry, "activation", PZ_E_INVALID);
    static const struct {
        const char *scale;
        double value;
        pz_status wanted;
    } tries[] = {{"time_multiplier", 1.5, PZ_OK}, {"time_multiplier", 0.5, PZ_E_INVALID},
                 {"fixed_minutes", 20, PZ_OK},    {"fixed_minutes", 0, PZ_E_INVALID},
                 {"unlimited", NAN, PZ_OK},       {"unlimited", 3, PZ_E_INVALID},
                 {"hours", 1, PZ_E_INVALID},      {NULL, 1.5, PZ_E_INVALID}};
    for (size_t i = 0; i < sizeof tries / sizeof tries[0]; i++) {
        entry = fresh;
        entry.code = "additional-testing-time";
        entry.scale = tries[i].scale;
        entry.value = tries[i].value;
        ck_assert_status(pz_profile_entry_add(at.school.importer, &entry, NULL, &id), tries[i].wanted);
    }
}
END_TEST

START_TEST(supports_that_contradict_each_other_are_refused)
{
    pz_actor *cou = actor_of(WHO_COUNSELOR), *tea = actor_of(WHO_TEACHER);
    pz_profile_entry on = make_entry(at.school.ana, PZ_PROFILE_SUPPORT, NULL), off = on;
    int64_t version;
    pz_id id;
    on.code = off.code = "spoken";
    on.activation = PZ_ACTIVATION_INITIAL;
    on.ends_on = SCHOOL_TODAY + 10;
    off.activation = PZ_ACTIVATION_PROHIBIT;
    ck_assert_ok(pz_profile_entry_add(tea, &on, NULL, &on.id));
    refuse(&off, "activation", PZ_E_STATE);
    off.begins_on = SCHOOL_TODAY + 11; /* the day after */
    ck_assert_ok(pz_profile_entry_add(tea, &off, NULL, &off.id));
    off.version = school_last_change(&at.school);
    off.begins_on = SCHOOL_TODAY + 10;
    ck_assert_status(pz_profile_entry_revise(tea, &off, NULL, &version), PZ_E_STATE);
    off.id = off.version = 0;
    off.learner = at.school.ben;
    ck_assert_ok(pz_profile_entry_add(tea, &off, NULL, &id)); /* another learner */
    on.learner = at.school.cid;
    on.visibility = PZ_VISIBLE_TEACHERS;
    ck_assert_ok(pz_profile_entry_add(tea, &on, NULL, &id));
    off.learner = at.school.cid;
    ck_assert_ok(pz_profile_entry_add(cou, &off, NULL, &id)); /* an error would tell of what the counselor does not see */
    pz_actor_free(tea);
    pz_actor_free(cou);
}
END_TEST

/* ------------------------------------------------------------------------------------------- search and pages --- */

START_TEST(finds_words_in_any_script)
{
    static const struct {
        const char *content, *text;
        int found;
    } tries[] = {
        {"Baut gern Straßenbahnen", "STRASS", 0}, /* one letter stays one letter */
        {"Baut gern Straßenbahnen", "straßen BAUT", 1},
        {"\xC3\x89toiles et plan\xC3\xA8tes", "\xC3\xA9TOILES", 1},
        {"\xD0\x9F\xD0\xBE\xD0\xB5\xD0\xB7\xD0\xB4\xD0\xB0", "\xD0\xBF\xD0\x9E\xD0\x95\xD0\x97\xD0\x94", 1},
        {"\xCE\x9F\xCE\xB4\xCF\x85\xCF\x83\xCF\x83\xCE\xB5\xCF\x8D\xCF\x82", "\xCE\xBF\xCE\x94\xCE\xA5\xCF\x83\xCE\xA3", 1},
        {"\xE9\x9B\xBB\xE8\xBB\x8A\xE3\x81\x8C\xE5\xA5\xBD\xE3\x81\x8D", "\xE5\xA5\xBD\xE3\x81\x8D", 1},
        {"Trains and  ships", "ships trains", 1},
        {"Trains and ships", "trains planes", 0},
        {"x", "", 1},
    };
    for (size_t i = 0; i < sizeof tries / sizeof tries[0]; i++) {
        pz_profile_entry entry = make_entry(at.school.eva, PZ_PROFILE_INTEREST, tries[i].content);
        pz_profile_query query = PZ_PROFILE_QUERY_INIT;
        ck_assert_ok(pz_profile_entry_add(at.school.importer, &entry, NULL, &entry.id));
        query.text = tries[i].text;
        ck_assert_msg(count_entries(at.runner, &query) == (size_t)tries[i].found, "%s in %s", tries[i].text, tries[i].content);
        pz_actor *head = school_actor(&at.school, at.school.head, PZ_ROLE_LEADER);
        ck_assert_ok(pz_profile_entry_withdraw(head, entry.id, NULL, 0, NULL));
        pz_actor_free(head);
    }
}
END_TEST

/* Page by page the same as all at once, in every order, with and without history. */
START_TEST(pages_follow_each_other_without_gap)
{
    for (int i = 0; i < 37; i++) {
        pz_profile_entry entry = make_entry(i % 3 ? at.school.ana : at.school.ben, 1 + i % 5, "x");
        pz_id id;
        entry.observed_at = SCHOOL_NOW - (i % 4) * SCHOOL_DAY;
        entry.ends_on = i % 6 ? SCHOOL_TODAY + i % 7 : PZ_DATE_NONE;
        at.school.now += i % 2 * 1000;
        ck_assert_ok(pz_profile_entry_add(at.school.importer, &entry, NULL, &id));
    }
    for (int32_t order = PZ_ORDER_SECTION; order <= PZ_ORDER_ENDING; order++)
        for (int32_t history = 0; history < 2; history++) {
            pz_profile_query query = PZ_PROFILE_QUERY_INIT;
            pz_profile_entry **all, **page;
            size_t count, got, seen = 0;
            query.order = order;
            query.with_history = history;
            ck_assert_ok(pz_profile_entry_list(at.runner, &query, &all, &count));
            ck_assert_uint_eq(count, 37);
            query.limit = 5;
            do {
                ck_assert_ok(pz_profile_entry_list(at.runner, &query, &page, &got));
                for (size_t i = 0; i < got; i++, seen++) {
                    ck_assert_int_eq(page[i]->id, all[seen]->id);
                    query.after = page[i]->id;
                    query.after_version = page[i]->version;
                }
                pz_free(page);
            } while (got);
            ck_assert_uint_eq(seen, count);
            pz_free(all);
        }
    pz_profile_query query = PZ_PROFILE_QUERY_INIT;
    pz_profile_entry **rows;
    size_t count;
    query.after = 999999;
    ck_assert_status(pz_profile_entry_list(at.runner, &query, &rows, &count), PZ_E_NOT_FOUND);
    query.after = 0;
    query.limit = 10001;
    ck_assert_status(pz_profile_entry_list(at.runner, &query, &rows, &count), PZ_E_INVALID);
    query.limit = 0;
    query.order = 5;
    ck_assert_status(pz_profile_entry_list(at.runner, &query, &rows, &count), PZ_E_INVALID);
    query.order = PZ_ORDER_SECTION;
    query.text = "\xff";
    ck_assert_status(pz_profile_entry_list(at.runner, &query, &rows, &count), PZ_E_TEXT);
    query.text = NULL;
    query.on = SCHOOL_TODAY;
    query.author_role = PZ_ROLE_SERVICE;
    ck_assert_uint_eq(count_entries(at.runner, &query), 37);
    query.on = SCHOOL_TODAY + 10;
    ck_assert_uint_eq(count_entries(at.runner, &query), 7); /* those that are open */
    query.author_role = PZ_ROLE_TEACHER;
    ck_assert_uint_eq(count_entries(at.runner, &query), 0);
}
END_TEST

START_TEST(a_page_goes_on_behind_what_was_withdrawn)
{
    pz_actor *ana = actor_of(WHO_SELF);
    pz_profile_query query = PZ_PROFILE_QUERY_INIT;
    pz_profile_entry **rows;
    size_t count;
    pz_id ids[3];
    for (int i = 0; i < 3; i++) {
        pz_profile_entry entry = make_entry(at.school.ana, PZ_PROFILE_INTEREST, "x");
        ck_assert_ok(pz_profile_entry_add(ana, &entry, NULL, &ids[i]));
    }
    query.limit = 1;
    query.after = ids[1];
    ck_assert_ok(pz_profile_entry_withdraw(ana, ids[1], NULL, 0, NULL));
    ck_assert_ok(pz_profile_entry_list(ana, &query, &rows, &count));
    ck_assert_uint_eq(count, 1);
    ck_assert_int_eq(rows[0]->id, ids[2]);
    pz_free(rows);
    pz_actor_free(ana);
}
END_TEST

START_TEST(the_history_of_an_entry_has_every_version)
{
    pz_actor *ana = actor_of(WHO_SELF), *tea = actor_of(WHO_TEACHER), *tim = school_actor(&at.school, at.school.tim, PZ_ROLE_TEACHER);
    pz_profile_entry entry = make_entry(at.school.ana, PZ_PROFILE_NEED, "Trains"), **rows;
    size_t count;
    int64_t same;
    ck_assert_ok(pz_profile_entry_add(ana, &entry, NULL, &entry.id));
    entry.version = school_last_change(&at.school);
    entry.section = PZ_PROFILE_INTEREST;
    at.school.now += 1000;
    ck_assert_ok(pz_profile_entry_revise(ana, &entry, NULL, &entry.version));
    ck_assert_ok(pz_profile_entry_revise(ana, &entry, NULL, &same)); /* says nothing new */
    ck_assert_int_eq(same, entry.version);
    ck_assert_ok(pz_profile_entry_withdraw(ana, entry.id, "No longer", PZ_NUL_TERMINATED, NULL));
    ck_assert_ok(pz_profile_entry_history(tea, entry.id, &rows, &count));
    ck_assert_uint_eq(count, 3);
    ck_assert_int_eq(rows[0]->section, PZ_PROFILE_NEED);
    ck_assert_int_eq(rows[1]->section, PZ_PROFILE_INTEREST);
    ck_assert_int_eq(rows[1]->recorded_at, rows[0]->recorded_at + 1000);
    ck_assert_ptr_null(rows[1]->withdrawn_because);
    ck_assert_str_eq(rows[2]->withdrawn_because, "No longer");
    pz_free(rows);
    ck_assert_status(pz_profile_entry_history(tim, entry.id, &rows, &count), PZ_E_NOT_FOUND);
    ck_assert_status(pz_profile_entry_history(tea, 999999, &rows, &count), PZ_E_NOT_FOUND);
    ck_assert_status(pz_profile_entry_history(NULL, entry.id, &rows, &count), PZ_E_CLOSED);
    pz_actor_free(ana), pz_actor_free(tea), pz_actor_free(tim);
}
END_TEST

START_TEST(a_learners_own_words_are_changed_by_the_learner_alone)
{
    static const pz_status wanted[WHOS] = {PZ_OK, PZ_E_DENIED, PZ_E_DENIED, PZ_E_DENIED, PZ_E_DENIED, PZ_E_DENIED};
    for (int who = WHOS - 1; who >= 0; who--) {
        pz_actor *ana = actor_of(WHO_SELF), *actor = actor_of(who);
        pz_profile_entry entry = make_entry(at.school.ana, PZ_PROFILE_STRENGTH, "Patient");
        int64_t version;
        ck_assert_ok(pz_profile_entry_add(ana, &entry, NULL, &entry.id));
        entry.version = school_last_change(&at.school);
        entry.content = "Hasty";
        ck_assert_status(pz_profile_entry_revise(actor, &entry, NULL, &version), wanted[who]);
        pz_actor_free(ana);
        pz_actor_free(actor);
    }
}
END_TEST

START_TEST(the_document_joins_what_is_known)
{
    school *s = &at.school;
    pz_actor *ana = actor_of(WHO_SELF), *tea = actor_of(WHO_TEACHER), *other = school_actor(s, s->tim, PZ_ROLE_TEACHER);
    pz_profile_entry interest = make_entry(s->ana, PZ_PROFILE_INTEREST, "Trains"), need = make_entry(s->ana, PZ_PROFILE_NEED, "Quiet");
    pz_goal goal = PZ_GOAL_INIT;
    const pz__json_value *root, *sections, *first;
    pz__json *document;
    char *json;
    pz_id id;
    need.visibility = PZ_VISIBLE_SELF;
    ck_assert_ok(pz_profile_entry_add(ana, &interest, NULL, &id));
    ck_assert_ok(pz_profile_entry_add(ana, &need, NULL, &id));
    note_misconception();
    goal.learner = s->ana;
    goal.statement = "Add up";
    ck_assert_ok(pz_goal_propose(ana, &goal, NULL, &id));
    ck_assert_ok(pz_goal_ask(ana, id, s->tea, PZ_ROLE_TEACHER, NULL));
    for (int self = 0; self < 2; self++) {
        ck_assert_ok(pz_profile_get(self ? ana : tea, s->ana, self ? "es" : NULL, &json));
        ck_assert_ok(pz__json_parse(json, PZ_NUL_TERMINATED, NULL, &document));
        root = pz__json_root(document);
        ck_assert_str_eq(pz__json_as_text(member(root, "document")), "profile");
        ck_assert_str_eq(pz__json_as_text(member(member(root, "learner"), "given_name")), "ana");
        ck_assert_uint_eq(pz__json_size(member(root, "classes")), 1);
        sections = member(root, "sections");
        ck_assert_uint_eq(pz__json_size(sections), PZ_PROFILE_LEARN_WHERE);
        ck_assert_uint_eq(pz__json_size(member(sections, "interest")), 1);
        ck_assert_uint_eq(pz__json_size(member(sections, "need")), (size_t)self);
        ck_assert_uint_eq(pz__json_size(member(sections, "test_score")), 0);
        first = pz__json_first(member(root, "mastery"));
        ck_assert_str_eq(pz__json_as_text(member(member(first, "competency"), "code")), "subtract");
        ck_assert_str_eq(pz__json_as_text(member(first, "model")), "bkt");
        first = pz__json_first(member(root, "misconceptions"));
        ck_assert_str_eq(pz__json_as_text(member(member(first, "misconception"), "statement")), "Borrowing is never needed");
        first = pz__json_first(member(root, "goals"));
        ck_assert_str_eq(pz__json_as_text(member(first, "statement")), "Add up");
        ck_assert_uint_eq(pz__json_size(member(first, "supporters")), 1);
        ck_assert_uint_eq(pz__json_size(member(root, "recommendations")), 0);
        pz__json_free(document);
        pz_free(json);
    }
    ck_assert_status(pz_profile_get(other, s->ana, NULL, &json), PZ_E_NOT_FOUND);
    ck_assert_status(pz_profile_get(tea, s->ana, "xx", &json), PZ_E_INVALID);
    ck_assert_status(pz_profile_get(NULL, s->ana, NULL, &json), PZ_E_CLOSED);
    ck_assert_status(pz_profile_get(tea, s->ana, NULL, NULL), PZ_E_INVALID);
    ck_assert_status(pz_profile_get(s->importer, s->ana, NULL, &json), PZ_E_DENIED);
    ck_assert_ptr_null(json);
    pz_actor_free(ana);
    pz_actor_free(tea);
    pz_actor_free(other);
}
END_TEST

/* -------------------------------------------------------------------------------------------- failing memory --- */

static pz_status write_entries(void *user_data)
{
    const lesson *l = user_data;
    pz_profile_entry entry = make_entry(l->school.ana, PZ_PROFILE_INTEREST, "Memory");
    pz_actor *actor = NULL;
    school copy = l->school;
    pz_id id = 0;
    pz_status status = school_open(&copy, 0);
    if (status == PZ_OK) status = pz_actor_open_service(copy.store, "test import", PZ_SCOPE_IMPORT, "tests", &actor);
    if (status == PZ_OK) status = pz_profile_entry_add(actor, &entry, "m add", &id);
    if (status == PZ_OK) status = pz_profile_entry_withdraw(actor, id, "m", 1, "m withdraw");
    pz_actor_free(actor);
    pz_store_free(copy.store);
    return status;
}

static pz_status read_profile(void *user_data)
{
    const lesson *l = user_data;
    pz_store_options options = l->school.options;
    pz_profile_entry **rows = NULL;
    pz_actor *actor = NULL;
    pz_store *store = NULL;
    char *json = NULL;
    size_t count;
    pz_status status;
    options.read_only = 1;
    status = pz_store_open(l->school.place.path, &options, &store);
    if (status == PZ_OK) status = pz_actor_open(store, l->school.ana, PZ_ROLE_LEARNER, "tests", &actor);
    if (status == PZ_OK) status = pz_profile_entry_list(actor, NULL, &rows, &count);
    pz_free(rows);
    if (status == PZ_OK) status = pz_profile_get(actor, l->school.ana, NULL, &json);
    pz_free(json);
    pz_actor_free(actor);
    pz_store_free(store);
    return status;
}

START_TEST(survives_each_allocation_failing)
{
    lesson_start(&at);
    note_misconception();
    pz_profile_entry entry = make_entry(at.school.ana, PZ_PROFILE_INTEREST, "Trains");
    pz_id id;
    ck_assert_ok(pz_profile_entry_add(at.school.importer, &entry, NULL, &id));
    pz_actor_free(at.runner);
    school_close(&at.school);
    ck_assert_int_gt(suite_each_allocation(write_entries, &at), 10);
    ck_assert_int_gt(suite_each_allocation(read_profile, &at), 20);
    place_end(&at.school.place);
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("profile");
    TCase *with = tcase_create("in a school");
    TCase *alone = tcase_create("memory");
    tcase_add_checked_fixture(with, setup, teardown);
    tcase_set_timeout(with, 60);
    tcase_add_test(with, every_role_sees_what_the_visibility_says_in_every_section);
    tcase_add_test(with, nobody_else_writes_what_is_the_learners_alone);
    tcase_add_test(with, its_author_sees_an_entry_in_another_role_too);
    tcase_add_test(with, what_was_narrowed_is_narrow_in_its_history_too);
    tcase_add_test(with, keeps_all_that_is_said);
    tcase_add_test(with, is_written_for_those_in_reach);
    tcase_add_test(with, refuses_what_is_no_entry);
    tcase_add_test(with, takes_text_of_any_script_up_to_the_limits_and_days_of_ten_thousand_years);
    tcase_add_test(with, is_revised_by_its_author_counselors_and_leaders);
    tcase_add_test(with, a_withdrawn_entry_stays_in_the_history_alone);
    tcase_add_test(with, an_entry_that_is_not_seen_is_not_found);
    tcase_add_test(with, lists_what_a_query_asks_for);
    tcase_add_test(with, values_are_of_their_type);
    tcase_add_test(with, times_of_the_week_are_put_in_order);
    tcase_add_test(with, supports_speak_the_words_of_access_for_all);
    tcase_add_test(with, supports_that_contradict_each_other_are_refused);
    tcase_add_test(with, finds_words_in_any_script);
    tcase_add_test(with, pages_follow_each_other_without_gap);
    tcase_add_test(with, a_page_goes_on_behind_what_was_withdrawn);
    tcase_add_test(with, the_history_of_an_entry_has_every_version);
    tcase_add_test(with, a_learners_own_words_are_changed_by_the_learner_alone);
    tcase_add_test(with, the_document_joins_what_is_known);
    tcase_add_test(alone, survives_each_allocation_failing);
    tcase_set_timeout(alone, 60);
    suite_add_tcase(suite, with);
    suite_add_tcase(suite, alone);
    return suite;
}

SUITE_MAIN(make_suite)
