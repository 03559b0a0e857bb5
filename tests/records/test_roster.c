/* The roster: what is saved comes back, within reach and in order; every refusal; repeated keys; and views of the past over random rosters. */
#include "records/school.h"

#include "base/random.h"
#include "records/request.h"
#include "records/types.h"

static school town;

static void start(void)
{
    school_start(&town);
}
static void end(void)
{
    school_end(&town);
}

/* Records are equal where all their members are. */
static void same(const pz_record_type *type, const void *a, const void *b)
{
    pz__buffer left = PZ__BUFFER_INIT, right = PZ__BUFFER_INIT;
    pz__request_record(&left, type, a);
    pz__request_record(&right, type, b);
    ck_assert_msg(left.length == right.length && !memcmp(left.data, right.data, left.length), "%s came back different", type->name);
    pz__buffer_free(&left);
    pz__buffer_free(&right);
}

#define TEXT(record, member, value) ((record).member = (value), (record).member##_len = strlen(value))

/* ------------------------------------------------------------------------------------------ saved and listed --- */

START_TEST(records_come_back_with_every_member)
{
    pz_actor *reader = school_service(&town, PZ_SCOPE_READ);
    pz_org org = PZ_ORG_INIT, *got_org;
    pz_academic_session year = PZ_ACADEMIC_SESSION_INIT, term = PZ_ACADEMIC_SESSION_INIT, **sessions;
    pz_course course = PZ_COURSE_INIT, **courses;
    pz_class class_record = PZ_CLASS_INIT, *got_class;
    pz_person person = PZ_PERSON_INIT, *got_person;
    char session_ids[64];
    size_t count;
    org.parent = town.district;
    TEXT(org, kind, "school");
    TEXT(org, name, "Escola do Monte");
    TEXT(org, identifier, "X-1");
    ck_assert_ok(pz_org_save(town.importer, &org, NULL, NULL, NULL, &org.id));
    ck_assert_ok(pz_org_get(reader, org.id, &got_org));
    same(&pz__org_type, &org, got_org);
    pz_free(got_org);
    TEXT(term, kind, "term");
    TEXT(term, title, "Autumn");
    term.starts_on = SCHOOL_TODAY;
    term.ends_on = SCHOOL_TODAY + 90;
    term.school_year = 2027;
    year = term;
    TEXT(year, kind, "schoolYear");
    year.starts_on -= 10;
    ck_assert_ok(pz_academic_session_save(town.importer, &term, NULL, NULL, NULL, &term.id));
    ck_assert_ok(pz_academic_session_save(town.importer, &year, NULL, NULL, NULL, &year.id));
    term.parent = year.id;
    ck_assert_ok(pz_academic_session_save(town.importer, &term, NULL, NULL, NULL, &term.id));
    ck_assert_ok(pz_academic_session_list(reader, 0, &sessions, &count));
    ck_assert_uint_eq(count, 2); /* by their first day */
    same(&pz__academic_session_type, &year, sessions[0]);
    same(&pz__academic_session_type, &term, sessions[1]);
    pz_free(sessions);
    course.org = org.id;
    course.session = year.id;
    TEXT(course, title, "Mathematics 7");
    TEXT(course, code, "M7");
    TEXT(course, grades, "07");
    TEXT(course, subjects, "math");
    ck_assert_ok(pz_course_save(town.importer, &course, NULL, NULL, NULL, &course.id));
    ck_assert_ok(pz_course_list(reader, 0, &courses, &count));
    ck_assert_uint_eq(count, 1);
    same(&pz__course_type, &course, courses[0]);
    pz_free(courses);
    snprintf(session_ids, sizeof session_ids, "%lld,%lld", (long long)year.id, (long long)term.id);
    class_record.org = org.id;
    class_record.course = course.id;
    TEXT(class_record, title, "7 b");
    TEXT(class_record, code, "7b");
    TEXT(class_record, kind, "homeroom");
    TEXT(class_record, location, "12");
    TEXT(class_record, grades, "07");
    TEXT(class_record, subjects, "math");
    TEXT(class_record, periods, "1,2");
    TEXT(class_record, sessions, session_ids);
    ck_assert_ok(pz_class_save(town.importer, &class_record, NULL, NULL, NULL, &class_record.id));
    ck_assert_ok(pz_class_get(reader, class_record.id, &got_class));
    same(&pz__class_type, &class_record, got_class);
    pz_free(got_class);
    TEXT(person, given_name, "Jo\xc3\xa3o");
    TEXT(person, middle_name, "B");
    TEXT(person, family_name, "Silva");
    TEXT(person, preferred_given_name, "Jo");
    TEXT(person, preferred_family_name, "S");
    TEXT(person, username, "jo");
    TEXT(person, email, "jo@example.org");
    TEXT(person, identifier, "77");
    TEXT(person, grades, "07");
    TEXT(person, pronouns, "he");
    person.enabled = 0;
    ck_assert_ok(pz_person_save(town.importer, &person, NULL, NULL, NULL, &person.id));
    ck_assert_ok(pz_person_get(reader, person.id, &got_person));
    same(&pz__person_type, &person, got_person);
    pz_free(got_person);
    pz_actor_free(reader);
}
END_TEST

START_TEST(roles_enrollments_and_guardians_come_back)
{
    pz_actor *reader = school_service(&town, PZ_SCOPE_READ);
    pz_person_role role = PZ_PERSON_ROLE_INIT, **roles;
    pz_enrollment enrollment = PZ_ENROLLMENT_INIT, **enrollments;
    pz_guardianship **ties;
    size_t count;
    role.person = town.tim;
    role.org = town.south;
    role.role = PZ_ROLE_TEACHER;
    TEXT(role, outside_role, "aide");
    role.is_primary = 0;
    role.begins_on = SCHOOL_TODAY - 1;
    role.ends_on = SCHOOL_TODAY + 1;
    ck_assert_ok(pz_person_role_save(town.importer, &role, NULL, &role.id));
    ck_assert_ok(pz_person_role_list(reader, town.tim, &roles, &count));
    ck_assert_uint_eq(count, 1);
    same(&pz__person_role_type, &role, roles[0]);
    pz_free(roles);
    enrollment.class_id = town.c;
    enrollment.person = town.tim;
    enrollment.role = PZ_ROLE_TEACHER;
    enrollment.is_primary = 1;
    enrollment.begins_on = SCHOOL_TODAY + 5;
    enrollment.ends_on = SCHOOL_TODAY + 6;
    ck_assert_ok(pz_enrollment_save(town.importer, &enrollment, "sis", "e1", NULL, &enrollment.id));
    ck_assert_ok(pz_enrollment_list(reader, town.c, town.tim, 0, &enrollments, &count));
    ck_assert_uint_eq(count, 2);
    same(&pz__enrollment_type, &enrollment, enrollments[1]);
    pz_free(enrollments);
    /* Moved to another class: it is in one place at a time. */
    enrollment.class_id = town.b;
    ck_assert_ok(pz_enrollment_save(town.importer, &enrollment, "sis", "e1", NULL, &enrollment.id));
    ck_assert_ok(pz_enrollment_list(reader, town.c, town.tim, 0, &enrollments, &count));
    ck_assert_uint_eq(count, 1);
    pz_free(enrollments);
    ck_assert_ok(pz_enrollment_list(reader, 0, town.tim, 0, &enrollments, &count));
    ck_assert_uint_eq(count, 2);
    pz_free(enrollments);
    ck_assert_ok(pz_guardianship_add(town.importer, town.ana, town.gus, NULL)); /* once more changes nothing */
    ck_assert_ok(pz_guardianship_list(reader, 0, &ties, &count));
    ck_assert_uint_eq(count, 3);
    ck_assert(ties[0]->learner == town.ana && ties[0]->guardian == town.gus);
    ck_assert(ties[1]->learner == town.ben && ties[1]->guardian == town.gil);
    ck_assert(ties[2]->learner == town.dan && ties[2]->guardian == town.gus);
    pz_free(ties);
    pz_actor_free(reader);
}
END_TEST

/* ---------------------------------------------------------------------------------------------- choosing people --- */

static void expect_people(pz_actor *actor, const pz_person_query *query, const pz_id *ids, size_t wanted)
{
    pz_person **people;
    size_t count;
    ck_assert_ok(pz_person_list(actor, query, &people, &count));
    ck_assert_uint_eq(count, wanted);
    for (size_t i = 0; i < count; i++) ck_assert_int_eq(people[i]->id, ids[i]);
    pz_free(people);
}

#define EXPECT(actor, query, ...)                                                                                                          \
    expect_people(actor, query, (const pz_id[]){__VA_ARGS__}, sizeof((const pz_id[]){__VA_ARGS__}) / sizeof(pz_id))

START_TEST(people_are_chosen_by_class_org_learner_and_role)
{
    pz_actor *teacher = school_actor(&town, town.tea, PZ_ROLE_TEACHER), *head = school_actor(&town, town.head, PZ_ROLE_LEADER);
    pz_actor *reader = school_service(&town, PZ_SCOPE_READ), *learner = school_actor(&town, town.ana, PZ_ROLE_LEARNER);
    pz_person_query query = PZ_PERSON_QUERY_INIT;
    /* by name, which is that of the members here */
    EXPECT(reader, NULL, town.ana, town.ben, town.cid, town.cou, town.dan, town.eva, town.gil, town.gus, town.head, town.lea, town.tea,
           town.tim, town.tom);
    EXPECT(teacher, NULL, town.ana, town.ben, town.cid, town.cou, town.gil, town.gus, town.head, town.lea, town.tea, town.tom);
    EXPECT(learner, NULL, town.ana, town.cou, town.gus, town.head, town.lea, town.tea);
    query.class_id = town.a;
    EXPECT(teacher, &query, town.ana, town.ben, town.cid, town.tea);
    EXPECT(learner, &query, town.ana, town.tea); /* no classmates */
    query.role = PZ_ROLE_LEARNER;
    EXPECT(head, &query, town.ana, town.ben, town.cid);
    query.org = town.north;
    expect_people(head, &query, NULL, 0); /* nobody of them holds a role in the org */
    query = (pz_person_query)PZ_PERSON_QUERY_INIT;
    query.org = town.north;
    EXPECT(head, &query, town.cou, town.lea, town.tea);
    query.org = town.district;
    EXPECT(head, &query, town.cou, town.head, town.lea, town.tea);
    query = (pz_person_query)PZ_PERSON_QUERY_INIT;
    query.learner = town.ben;
    EXPECT(teacher, &query, town.cou, town.gil, town.head, town.lea, town.tea, town.tom);
    query.role = PZ_ROLE_GUARDIAN;
    EXPECT(teacher, &query, town.gil);
    query.role = PZ_ROLE_LEADER;
    EXPECT(teacher, &query, town.head, town.lea);
    query = (pz_person_query)PZ_PERSON_QUERY_INIT;
    query.role = PZ_ROLE_TEACHER;
    EXPECT(reader, &query, town.tea, town.tim, town.tom);
    query.role = PZ_ROLE_GUARDIAN;
    EXPECT(head, &query, town.gil, town.gus);
    ck_assert_ok(pz_roster_end(town.importer, PZ_KIND_PERSON, town.gus, NULL));
    EXPECT(head, &query, town.gil);
    query.with_ended = 1;
    EXPECT(head, &query, town.gil, town.gus);
    pz_actor_free(learner);
    pz_actor_free(reader);
    pz_actor_free(head);
    pz_actor_free(teacher);
}
END_TEST

START_TEST(people_come_by_the_names_they_prefer)
{
    pz_actor *reader = school_service(&town, PZ_SCOPE_READ);
    pz_person person = PZ_PERSON_INIT, **people;
    size_t count;
    person.id = town.tom;
    person.given_name = "tom";
    person.family_name = "Test";
    person.preferred_family_name = "Aaa";
    ck_assert_ok(pz_person_save(town.importer, &person, NULL, NULL, NULL, &person.id));
    ck_assert_ok(pz_person_list(reader, NULL, &people, &count));
    ck_assert_int_eq(people[0]->id, town.tom);
    pz_free(people);
    pz_actor_free(reader);
}
END_TEST

/* -------------------------------------------------------------------------------------------------- ending --- */

/* For a list; until the next such call. */
static pz_class_query *classes_of(pz_id learner, int32_t with_ended)
{
    static pz_class_query query;
    query = (pz_class_query)PZ_CLASS_QUERY_INIT;
    query.learner = learner;
    query.with_ended = with_ended;
    return &query;
}

static size_t count_classes(pz_actor *actor, pz_id learner, int32_t with_ended)
{
    pz_class **rows;
    size_t count;
    ck_assert_ok(pz_class_list(actor, classes_of(learner, with_ended), &rows, &count));
    pz_free(rows);
    return count;
}

static size_t count_orgs(pz_actor *actor, int32_t with_ended)
{
    pz_org **rows;
    size_t count;
    ck_assert_ok(pz_org_list(actor, with_ended, &rows, &count));
    pz_free(rows);
    return count;
}

static size_t count_places(pz_actor *actor, pz_id class_id, int32_t with_ended)
{
    pz_enrollment **rows;
    size_t count;
    ck_assert_ok(pz_enrollment_list(actor, class_id, 0, with_ended, &rows, &count));
    pz_free(rows);
    return count;
}

START_TEST(what_has_ended_is_listed_on_request)
{
    pz_actor *head = school_actor(&town, town.head, PZ_ROLE_LEADER), *teacher = school_actor(&town, town.tea, PZ_ROLE_TEACHER);
    pz_actor *reader = school_service(&town, PZ_SCOPE_READ);
    pz_enrollment **places;
    int64_t change;
    size_t count;
    ck_assert_uint_eq(count_places(head, town.a, 0), 4);
    ck_assert_ok(pz_enrollment_list(head, town.a, town.cid, 0, &places, &count));
    ck_assert_ok(pz_roster_end(town.importer, PZ_KIND_ENROLLMENT, places[0]->id, NULL));
    ck_assert_status(pz_roster_end(town.importer, PZ_KIND_ENROLLMENT, places[0]->id, NULL), PZ_E_NOT_FOUND); /* it has no current version */
    pz_free(places);
    ck_assert_uint_eq(count_places(head, town.a, 0), 3);
    ck_assert_uint_eq(count_places(reader, town.a, 1), 4);
    ck_assert_uint_eq(count_places(head, town.a, 1), 3); /* who has left is out of reach */
    ck_assert_uint_eq(count_classes(head, 0, 0), 3);
    ck_assert_ok(pz_roster_end(town.importer, PZ_KIND_CLASS, town.b, NULL));
    change = school_last_change(&town);
    ck_assert_ok(pz_roster_end(town.importer, PZ_KIND_CLASS, town.b, NULL)); /* twice changes nothing */
    ck_assert_int_eq(school_last_change(&town), change);
    ck_assert_uint_eq(count_classes(head, 0, 0), 2);
    ck_assert_uint_eq(count_classes(head, 0, 1), 3);
    ck_assert_uint_eq(count_classes(head, town.ben, 0), 1);
    ck_assert_uint_eq(count_classes(head, town.ben, 1), 2);
    ck_assert_uint_eq(count_classes(teacher, 0, 1), 1);
    ck_assert_ok(pz_roster_end(town.importer, PZ_KIND_ORG, town.south, NULL));
    ck_assert_uint_eq(count_orgs(head, 0), 2);
    ck_assert_uint_eq(count_orgs(head, 1), 3);
    ck_assert_ok(pz_guardianship_end(town.importer, town.ben, town.gil, NULL));
    ck_assert_status(pz_guardianship_end(town.importer, town.ben, town.gil, NULL), PZ_E_NOT_FOUND);
    pz_actor_free(reader);
    pz_actor_free(teacher);
    pz_actor_free(head);
}
END_TEST

/* ------------------------------------------------------------------------------------------------- keys --- */

START_TEST(a_repeated_key_changes_nothing)
{
    pz_org org = PZ_ORG_INIT;
    pz_id first, second;
    int64_t change;
    org.name = "east";
    ck_assert_ok(pz_org_save(town.importer, &org, "sis", "east", "key", &first));
    change = school_last_change(&town);
    ck_assert_ok(pz_org_save(town.importer, &org, "sis", "east", "key", &second));
    ck_assert_int_eq(first, second);
    ck_assert_int_eq(school_last_change(&town), change);
    ck_assert_status(pz_org_save(town.importer, &org, "sis", "other", "key", &second), PZ_E_KEY_REUSED);
    ck_assert_int_eq(second, 0);
    org.name = "west";
    ck_assert_status(pz_org_save(town.importer, &org, "sis", "east", "key", &second), PZ_E_KEY_REUSED);
    ck_assert_status(pz_roster_end(town.importer, PZ_KIND_ORG, first, "key"), PZ_E_KEY_REUSED);
    ck_assert_ok(pz_roster_end(town.importer, PZ_KIND_ORG, first, "end"));
    change = school_last_change(&town);
    ck_assert_ok(pz_roster_end(town.importer, PZ_KIND_ORG, first, "end"));
    ck_assert_ok(pz_guardianship_add(town.importer, town.eva, town.gil, "tie"));
    ck_assert_ok(pz_guardianship_end(town.importer, town.eva, town.gil, "untie"));
    change = school_last_change(&town);
    ck_assert_ok(pz_guardianship_add(town.importer, town.eva, town.gil, "tie"));
    ck_assert_ok(pz_guardianship_end(town.importer, town.eva, town.gil, "untie"));
    ck_assert_int_eq(school_last_change(&town), change);
    ck_assert_status(pz_guardianship_add(town.importer, town.eva, town.gus, "tie"), PZ_E_KEY_REUSED);
}
END_TEST

START_TEST(saving_the_same_again_takes_no_change)
{
    pz_org org = PZ_ORG_INIT;
    int64_t change;
    org.id = town.north;
    org.parent = town.district;
    org.name = "north";
    change = school_last_change(&town);
    ck_assert_ok(pz_org_save(town.importer, &org, "sis", "north", NULL, &org.id));
    ck_assert_int_eq(school_last_change(&town), change);
    ck_assert_int_eq(org.id, town.north);
    org.name = "North";
    ck_assert_ok(pz_org_save(town.importer, &org, "sis", "north", NULL, &org.id));
    ck_assert_int_eq(school_last_change(&town), change + 1);
}
END_TEST

/* -------------------------------------------------------------------------------------------------- refusals --- */

static char long_text[70000];

#define ORG(status, ...)                                                                                                                   \
    do {                                                                                                                                   \
        pz_org org = PZ_ORG_INIT;                                                                                                          \
        pz_id given = 7;                                                                                                                   \
        org.name = "x";                                                                                                                    \
        __VA_ARGS__;                                                                                                                       \
        ck_assert_status(pz_org_save(town.importer, &org, NULL, NULL, NULL, &given), status);                                              \
        ck_assert_int_eq(given, 0);                                                                                                        \
    } while (0)

START_TEST(orgs_refuse_what_is_wrong)
{
    pz_org sound = PZ_ORG_INIT;
    pz_id id;
    sound.name = "x";
    ck_assert_status(pz_org_save(NULL, &sound, NULL, NULL, NULL, &id), PZ_E_CLOSED);
    ck_assert_status(pz_org_save(town.importer, NULL, NULL, NULL, NULL, &id), PZ_E_INVALID);
    ck_assert_status(pz_org_save(town.importer, &sound, NULL, NULL, NULL, NULL), PZ_E_INVALID);
    ck_assert_status(pz_org_save(town.importer, &sound, "\xff", "a", NULL, &id), PZ_E_TEXT);
    ck_assert_status(pz_org_save(town.importer, &sound, "sis", "", NULL, &id), PZ_E_INVALID);
    ck_assert_status(pz_org_save(town.importer, &sound, "sis", "\x01", NULL, &id), PZ_E_TEXT);
    ck_assert_status(pz_org_save(town.importer, &sound, "sis", long_text, NULL, &id), PZ_E_TOO_LONG);
    ck_assert_status(pz_org_save(town.importer, &sound, "sis", "north", NULL, &id), PZ_E_EXISTS);
    ck_assert_status(pz_org_save(town.importer, &sound, NULL, NULL, long_text, &id), PZ_E_TOO_LONG);
    ck_assert_status(pz_org_save(town.importer, &sound, NULL, NULL, "", &id), PZ_E_INVALID);
    ORG(PZ_E_STRUCT_SIZE, org.struct_size = 0);
    ORG(PZ_E_STRUCT_SIZE, org.struct_size = 16);
    ORG(PZ_E_INVALID, org.name = NULL);
    ORG(PZ_E_INVALID, org.name = "");
    ORG(PZ_E_INVALID, org.kind = NULL);
    ORG(PZ_E_TEXT, org.name = "\xc3\x28");
    ORG(PZ_E_TEXT, (org.name = "a\0b", org.name_len = 3));
    ORG(PZ_E_TOO_LONG, org.identifier = long_text);
    ORG(PZ_E_INVALID, (org.identifier = NULL, org.identifier_len = 3));
    ORG(PZ_E_INVALID, org.ended = 2);
    ORG(PZ_E_INVALID, org.id = -1);
    ORG(PZ_E_NOT_FOUND, org.id = 999999);
    ORG(PZ_E_NOT_FOUND, org.id = town.ana); /* a person */
    ORG(PZ_E_NOT_FOUND, org.parent = 999999);
    ORG(PZ_E_INVALID, (org.id = town.district, org.parent = town.district));
    ORG(PZ_E_INVALID, (org.id = town.district, org.parent = town.north));
}
END_TEST

#define SESSION(status, ...)                                                                                                               \
    do {                                                                                                                                   \
        pz_academic_session session = PZ_ACADEMIC_SESSION_INIT;                                                                            \
        pz_id given = 7;                                                                                                                   \
        session.title = "x";                                                                                                               \
        session.starts_on = session.ends_on = SCHOOL_TODAY;                                                                                \
        __VA_ARGS__;                                                                                                                       \
        ck_assert_status(pz_academic_session_save(town.importer, &session, NULL, NULL, NULL, &given), status);                             \
        ck_assert_int_eq(given, 0);                                                                                                        \
    } while (0)

#define COURSE(status, ...)                                                                                                                \
    do {                                                                                                                                   \
        pz_course course = PZ_COURSE_INIT;                                                                                                 \
        pz_id given = 7;                                                                                                                   \
        course.title = "x";                                                                                                                \
        __VA_ARGS__;                                                                                                                       \
        ck_assert_status(pz_course_save(town.importer, &course, NULL, NULL, NULL, &given), status);                                        \
        ck_assert_int_eq(given, 0);                                                                                                        \
    } while (0)

#define CLASS(status, ...)                                                                                                                 \
    do {                                                                                                                                   \
        pz_class class_record = PZ_CLASS_INIT;                                                                                             \
        pz_id given = 7;                                                                                                                   \
        class_record.title = "x";                                                                                                          \
        class_record.org = town.north;                                                                                                     \
        __VA_ARGS__;                                                                                                                       \
        ck_assert_status(pz_class_save(town.importer, &class_record, NULL, NULL, NULL, &given), status);                                   \
        ck_assert_int_eq(given, 0);                                                                                                        \
    } while (0)

START_TEST(sessions_courses_and_classes_refuse_what_is_wrong)
{
    pz_academic_session parent = PZ_ACADEMIC_SESSION_INIT;
    pz_id id;
    parent.title = "year";
    parent.starts_on = parent.ends_on = SCHOOL_TODAY;
    ck_assert_ok(pz_academic_session_save(town.importer, &parent, NULL, NULL, NULL, &parent.id));
    ck_assert_status(pz_academic_session_save(NULL, &parent, NULL, NULL, NULL, &id), PZ_E_CLOSED);
    ck_assert_status(pz_academic_session_save(town.importer, NULL, NULL, NULL, NULL, &id), PZ_E_INVALID);
    SESSION(PZ_E_STRUCT_SIZE, session.struct_size = 4);
    SESSION(PZ_E_INVALID, session.title = NULL);
    SESSION(PZ_E_INVALID, session.kind = "");
    SESSION(PZ_E_INVALID, session.starts_on = PZ_DATE_NONE);
    SESSION(PZ_E_INVALID, session.ends_on = PZ_DATE_NONE);
    SESSION(PZ_E_INVALID, session.ends_on = SCHOOL_TODAY - 1);
    SESSION(PZ_E_INVALID, session.ends_on = INT32_MAX);
    SESSION(PZ_E_INVALID, session.school_year = 10000);
    SESSION(PZ_E_INVALID, session.school_year = -1);
    SESSION(PZ_E_NOT_FOUND, session.parent = 999999);
    SESSION(PZ_E_NOT_FOUND, session.id = 999999);
    SESSION(PZ_E_INVALID, session.id = session.parent = parent.id);
    ck_assert_status(pz_course_save(NULL, NULL, NULL, NULL, NULL, &id), PZ_E_CLOSED);
    COURSE(PZ_E_STRUCT_SIZE, course.struct_size = 4);
    COURSE(PZ_E_INVALID, course.title = "");
    COURSE(PZ_E_TOO_LONG, course.grades = long_text);
    COURSE(PZ_E_NOT_FOUND, course.org = 999999);
    COURSE(PZ_E_NOT_FOUND, course.session = 999999);
    ck_assert_status(pz_class_save(NULL, NULL, NULL, NULL, NULL, &id), PZ_E_CLOSED);
    CLASS(PZ_E_STRUCT_SIZE, class_record.struct_size = 4);
    CLASS(PZ_E_INVALID, class_record.title = NULL);
    CLASS(PZ_E_INVALID, class_record.kind = NULL);
    CLASS(PZ_E_NOT_FOUND, class_record.org = 0);
    CLASS(PZ_E_NOT_FOUND, class_record.course = 999999);
    CLASS(PZ_E_INVALID, class_record.sessions = "autumn");
    CLASS(PZ_E_INVALID, class_record.sessions = ",");
    CLASS(PZ_E_NOT_FOUND, class_record.sessions = "999999");
    CLASS(PZ_E_NOT_FOUND, class_record.sessions = "99999999999999999");
}
END_TEST

#define PERSON(status, ...)                                                                                                                \
    do {                                                                                                                                   \
        pz_person person = PZ_PERSON_INIT;                                                                                                 \
        pz_id given = 7;                                                                                                                   \
        person.given_name = person.family_name = "x";                                                                                      \
        __VA_ARGS__;                                                                                                                       \
        ck_assert_status(pz_person_save(town.importer, &person, NULL, NULL, NULL, &given), status);                                        \
        ck_assert_int_eq(given, 0);                                                                                                        \
    } while (0)

#define ROLE(status, ...)                                                                                                                  \
    do {                                                                                                                                   \
        pz_person_role role = PZ_PERSON_ROLE_INIT;                                                                                         \
        pz_id given = 7;                                                                                                                   \
        role.person = town.ana;                                                                                                            \
        role.org = town.north;                                                                                                             \
        role.role = PZ_ROLE_LEARNER;                                                                                                       \
        __VA_ARGS__;                                                                                                                       \
        ck_assert_status(pz_person_role_save(town.importer, &role, NULL, &given), status);                                                 \
        ck_assert_int_eq(given, 0);                                                                                                        \
    } while (0)

#define ENROLLMENT(status, ...)                                                                                                            \
    do {                                                                                                                                   \
        pz_enrollment enrollment = PZ_ENROLLMENT_INIT;                                                                                     \
        pz_id given = 7;                                                                                                                   \
        enrollment.person = town.eva;                                                                                                      \
        enrollment.class_id = town.a;                                                                                                      \
        __VA_ARGS__;                                                                                                                       \
        ck_assert_status(pz_enrollment_save(town.importer, &enrollment, NULL, NULL, NULL, &given), status);                                \
        ck_assert_int_eq(given, 0);                                                                                                        \
    } while (0)

START_TEST(people_and_their_places_refuse_what_is_wrong)
{
    pz_id id;
    ck_assert_status(pz_person_save(NULL, NULL, NULL, NULL, NULL, &id), PZ_E_CLOSED);
    PERSON(PZ_E_STRUCT_SIZE, person.struct_size = 4);
    PERSON(PZ_E_INVALID, person.given_name = NULL);
    PERSON(PZ_E_INVALID, person.family_name = "");
    PERSON(PZ_E_TEXT, person.email = "a\x7f\xff");
    PERSON(PZ_E_TOO_LONG, person.username = long_text);
    PERSON(PZ_E_INVALID, person.enabled = -1);
    PERSON(PZ_E_NOT_FOUND, person.id = 999999);
    ck_assert_status(pz_person_role_save(NULL, NULL, NULL, &id), PZ_E_CLOSED);
    ROLE(PZ_E_STRUCT_SIZE, role.struct_size = 4);
    ROLE(PZ_E_INVALID, role.role = 0);
    ROLE(PZ_E_INVALID, role.role = PZ_ROLE_SERVICE);
    ROLE(PZ_E_INVALID, role.outside_role = NULL);
    ROLE(PZ_E_INVALID, role.is_primary = 3);
    ROLE(PZ_E_NOT_FOUND, role.person = 0);
    ROLE(PZ_E_NOT_FOUND, role.org = 999999);
    ROLE(PZ_E_INVALID, (role.begins_on = 2, role.ends_on = 1));
    ck_assert_status(pz_enrollment_save(NULL, NULL, NULL, NULL, NULL, &id), PZ_E_CLOSED);
    ENROLLMENT(PZ_E_STRUCT_SIZE, enrollment.struct_size = 4);
    ENROLLMENT(PZ_E_INVALID, enrollment.role = PZ_ROLE_GUARDIAN);
    ENROLLMENT(PZ_E_NOT_FOUND, enrollment.class_id = town.north);
    ENROLLMENT(PZ_E_NOT_FOUND, enrollment.person = 999999);
    ENROLLMENT(PZ_E_INVALID, (enrollment.begins_on = 2, enrollment.ends_on = 1));
    ENROLLMENT(PZ_E_INVALID, enrollment.begins_on = INT32_MIN + 1);
    ck_assert_status(pz_guardianship_add(NULL, town.ana, town.gil, NULL), PZ_E_CLOSED);
    ck_assert_status(pz_guardianship_add(town.importer, town.ana, town.ana, NULL), PZ_E_INVALID);
    ck_assert_status(pz_guardianship_add(town.importer, 999999, town.gil, NULL), PZ_E_NOT_FOUND);
    ck_assert_status(pz_guardianship_add(town.importer, town.ana, 999999, NULL), PZ_E_NOT_FOUND);
    ck_assert_status(pz_guardianship_end(NULL, town.ana, town.gil, NULL), PZ_E_CLOSED);
    ck_assert_status(pz_guardianship_end(town.importer, town.ana, town.gil, NULL), PZ_E_NOT_FOUND);
    ck_assert_status(pz_roster_end(NULL, PZ_KIND_ORG, town.north, NULL), PZ_E_CLOSED);
    ck_assert_status(pz_roster_end(town.importer, PZ_KIND_ORG, 999999, NULL), PZ_E_NOT_FOUND);
    ck_assert_status(pz_roster_end(town.importer, PZ_KIND_ORG, -5, NULL), PZ_E_NOT_FOUND);
    ck_assert_status(pz_roster_end(town.importer, PZ_KIND_GOAL, 1, NULL), PZ_E_INVALID);
    ck_assert_status(pz_roster_end(town.importer, PZ_KIND_GUARDIANSHIP, 1, NULL), PZ_E_INVALID);
}
END_TEST

START_TEST(lists_refuse_what_is_wrong)
{
    pz_actor *teacher = school_actor(&town, town.tea, PZ_ROLE_TEACHER);
    pz_person_query query = PZ_PERSON_QUERY_INIT;
    pz_org **orgs = (pz_org **)&town, *org;
    pz_class **classes, *class_record;
    pz_person **people, *person;
    pz_person_role **roles;
    pz_enrollment **places;
    pz_guardianship **ties;
    size_t count = 7;
    ck_assert_status(pz_org_list(NULL, 0, &orgs, &count), PZ_E_CLOSED);
    ck_assert(orgs == NULL && count == 0);
    ck_assert_status(pz_org_list(teacher, 2, &orgs, &count), PZ_E_INVALID);
    ck_assert_status(pz_org_list(teacher, 0, NULL, &count), PZ_E_INVALID);
    ck_assert_status(pz_org_list(teacher, 0, &orgs, NULL), PZ_E_INVALID);
    ck_assert_status(pz_class_list(teacher, classes_of(town.dan, 0), &classes, &count), PZ_E_NOT_FOUND);
    ck_assert_status(pz_class_list(teacher, classes_of(0, 2), &classes, &count), PZ_E_INVALID);
    ck_assert_status(pz_class_get(teacher, town.c, &class_record), PZ_E_NOT_FOUND);
    ck_assert_status(pz_class_get(teacher, town.c, NULL), PZ_E_INVALID);
    ck_assert_status(pz_class_get(NULL, town.c, &class_record), PZ_E_CLOSED);
    ck_assert_status(pz_org_get(teacher, town.south, &org), PZ_E_NOT_FOUND);
    ck_assert_status(pz_org_get(NULL, town.south, &org), PZ_E_CLOSED);
    ck_assert_status(pz_person_get(teacher, town.dan, &person), PZ_E_NOT_FOUND);
    ck_assert_status(pz_person_get(NULL, town.dan, &person), PZ_E_CLOSED);
    ck_assert_status(pz_person_role_list(teacher, town.tim, &roles, &count), PZ_E_NOT_FOUND);
    ck_assert_status(pz_enrollment_list(teacher, 0, 0, 0, &places, &count), PZ_E_INVALID);
    ck_assert_status(pz_enrollment_list(teacher, town.c, 0, 0, &places, &count), PZ_E_NOT_FOUND);
    ck_assert_status(pz_enrollment_list(teacher, 0, town.dan, 0, &places, &count), PZ_E_NOT_FOUND);
    ck_assert_status(pz_guardianship_list(teacher, town.dan, &ties, &count), PZ_E_NOT_FOUND);
    ck_assert_status(pz_person_list(NULL, NULL, &people, &count), PZ_E_CLOSED);
    ck_assert_status(pz_person_list(teacher, NULL, NULL, &count), PZ_E_INVALID);
    ck_assert_status(pz_person_list(teacher, NULL, &people, NULL), PZ_E_INVALID);
    query.struct_size = 0;
    ck_assert_status(pz_person_list(teacher, &query, &people, &count), PZ_E_STRUCT_SIZE);
    query = (pz_person_query)PZ_PERSON_QUERY_INIT;
    query.role = PZ_ROLE_SERVICE;
    ck_assert_status(pz_person_list(teacher, &query, &people, &count), PZ_E_INVALID);
    query.role = 0;
    query.with_ended = -1;
    ck_assert_status(pz_person_list(teacher, &query, &people, &count), PZ_E_INVALID);
    query.with_ended = 0;
    query.class_id = town.c;
    ck_assert_status(pz_person_list(teacher, &query, &people, &count), PZ_E_NOT_FOUND);
    query.class_id = 0;
    query.org = town.south;
    ck_assert_status(pz_person_list(teacher, &query, &people, &count), PZ_E_NOT_FOUND);
    query.org = 0;
    query.learner = town.eva;
    ck_assert_status(pz_person_list(teacher, &query, &people, &count), PZ_E_NOT_FOUND);
    ck_assert_status(pz_person_list(town.importer, NULL, &people, &count), PZ_E_DENIED);
    ck_assert_ptr_null(people);
    pz_actor_free(teacher);
}
END_TEST

/* ---------------------------------------------------------------------------------- views of random rosters --- */

enum { STEPS = 120, MOST = 16 };

typedef struct world {
    pz_id orgs[MOST], classes[MOST], people[MOST];
    int org_count, class_count, person_count;
} world;

static pz_id one_of(pz__random *random, const pz_id *ids, int count)
{
    return ids[pz__random_below(random, (uint32_t)count)];
}

static void grow(pz__random *random, world *w, int number)
{
    char name[20];
    snprintf(name, sizeof name, "n%d", number);
    switch (pz__random_below(random, 3)) {
    case 0:
        if (w->org_count == MOST) return;
        w->orgs[w->org_count] = school_org(&town, one_of(random, w->orgs, w->org_count), name);
        w->org_count++;
        return;
    case 1:
        if (w->class_count == MOST) return;
        w->classes[w->class_count] = school_class(&town, one_of(random, w->orgs, w->org_count), name);
        w->class_count++;
        return;
    default:
        if (w->person_count < MOST) w->people[w->person_count++] = school_person(&town, name);
    }
}

static void revise(pz__random *random, const world *w, int number)
{
    pz_person person = PZ_PERSON_INIT;
    pz_class class_record = PZ_CLASS_INIT;
    char name[20];
    snprintf(name, sizeof name, "r%d", number);
    if (pz__random_below(random, 2)) {
        person.id = one_of(random, w->people, w->person_count);
        person.given_name = person.family_name = name;
        ck_assert_ok(pz_person_save(town.importer, &person, NULL, NULL, NULL, &person.id));
    } else {
        class_record.id = one_of(random, w->classes, w->class_count);
        class_record.org = one_of(random, w->orgs, w->org_count);
        class_record.title = name;
        ck_assert_ok(pz_class_save(town.importer, &class_record, NULL, NULL, NULL, &class_record.id));
    }
}

static void tie(pz__random *random, const world *w)
{
    pz_id person = one_of(random, w->people, w->person_count), other = one_of(random, w->people, w->person_count);
    pz_enrollment enrollment = PZ_ENROLLMENT_INIT;
    switch (pz__random_below(random, 4)) {
    case 0:
        if (person != other) ck_assert_ok(pz_guardianship_add(town.importer, person, other, NULL));
        return;
    case 1: {
        pz_status status = pz_guardianship_end(town.importer, person, other, NULL);
        ck_assert(status == PZ_OK || status == PZ_E_NOT_FOUND);
        return;
    }
    case 2: school_role(&town, person, one_of(random, w->orgs, w->org_count), 1 + (int32_t)pz__random_below(random, 5)); return;
    default:
        enrollment.person = person;
        enrollment.class_id = one_of(random, w->classes, w->class_count);
        if (pz__random_below(random, 3) == 0) enrollment.ends_on = (pz_date)(town.now / SCHOOL_DAY) + (pz_date)pz__random_below(random, 3);
        ck_assert_ok(pz_enrollment_save(town.importer, &enrollment, NULL, NULL, NULL, &enrollment.id));
    }
}

static void stop(pz__random *random, const world *w)
{
    static const pz_kind kinds[] = {PZ_KIND_ORG, PZ_KIND_CLASS, PZ_KIND_PERSON};
    int which = (int)pz__random_below(random, 3);
    pz_id id = which == 0   ? one_of(random, w->orgs, w->org_count)
               : which == 1 ? one_of(random, w->classes, w->class_count)
                            : one_of(random, w->people, w->person_count);
    ck_assert_ok(pz_roster_end(town.importer, kinds[which], id, NULL));
}

static void add_rows(pz__buffer *text, const pz_record_type *type, void *rows, size_t count)
{
    char *json;
    ck_assert_ok(pz_records_json(type, rows, count, &json));
    pz__buffer_text(text, json);
    pz_free(json);
    pz_free(rows);
}

/* All that the lists say, as one text. */
static char *look(pz_actor *reader, const world *w)
{
    pz__buffer text = PZ__BUFFER_INIT;
    pz_person_query query = PZ_PERSON_QUERY_INIT;
    void **rows;
    size_t count;
    char *taken;
    for (int32_t with_ended = 0; with_ended < 2; with_ended++) {
        query.with_ended = with_ended;
        ck_assert_ok(pz_org_list(reader, with_ended, (pz_org ***)&rows, &count));
        add_rows(&text, &pz__org_type, rows, count);
        ck_assert_ok(pz_class_list(reader, classes_of(0, with_ended), (pz_class ***)&rows, &count));
        add_rows(&text, &pz__class_type, rows, count);
        ck_assert_ok(pz_person_list(reader, &query, (pz_person ***)&rows, &count));
        add_rows(&text, &pz__person_type, rows, count);
        for (int i = 0; i < w->class_count; i++) {
            ck_assert_ok(pz_enrollment_list(reader, w->classes[i], 0, with_ended, (pz_enrollment ***)&rows, &count));
            add_rows(&text, &pz__enrollment_type, rows, count);
        }
    }
    for (int i = 0; i < w->person_count; i++) {
        ck_assert_ok(pz_person_role_list(reader, w->people[i], (pz_person_role ***)&rows, &count));
        add_rows(&text, &pz__person_role_type, rows, count);
    }
    ck_assert_ok(pz_guardianship_list(reader, 0, (pz_guardianship ***)&rows, &count));
    add_rows(&text, &pz__guardianship_type, rows, count);
    ck_assert_ok(pz__buffer_take(&text, &taken));
    return taken;
}

static world random_world(void)
{
    world w = {{town.district, town.north, town.south}, {town.a, town.b, town.c}, {town.ana, town.ben, town.tea, town.gus}, 3, 3, 4};
    return w;
}

START_TEST(views_of_the_past_are_what_was_seen_then)
{
    static struct {
        char *text;
        world w;
        int64_t change;
        pz_time at;
    } seen[STEPS];
    pz_actor *reader = school_service(&town, PZ_SCOPE_READ), *view;
    world w = random_world();
    pz__random random;
    pz__random_seed(&random, suite_seed());
    for (int i = 0; i < STEPS; i++) {
        uint32_t what = pz__random_below(&random, 10);
        town.now += pz__random_below(&random, 4) ? 1000000 : SCHOOL_DAY;
        if (what < 2)
            grow(&random, &w, i);
        else if (what < 5)
            revise(&random, &w, i);
        else if (what < 9)
            tie(&random, &w);
        else
            stop(&random, &w);
        seen[i].text = look(reader, &w);
        seen[i].w = w;
        seen[i].change = school_last_change(&town);
        seen[i].at = town.now;
    }
    for (int i = 0; i < STEPS; i++) {
        char *then;
        ck_assert_ok(pz_actor_as_of(reader, seen[i].at, &view));
        then = look(view, &seen[i].w);
        ck_assert_msg(!strcmp(then, seen[i].text), "step %d by its time: a view of the past is not what was seen then", i);
        pz_free(then);
        pz_actor_free(view);
        /* A change's own day is that of its time; a day that began later without a change is asked for by time. */
        if (seen[i].at / SCHOOL_DAY == seen[i ? i - 1 : 0].at / SCHOOL_DAY && i && seen[i].change != seen[i - 1].change) {
            ck_assert_ok(pz_actor_as_of_change(reader, seen[i].change, &view));
            then = look(view, &seen[i].w);
            ck_assert_msg(!strcmp(then, seen[i].text), "step %d by its change: a view of the past is not what was seen then", i);
            pz_free(then);
            pz_actor_free(view);
        }
    }
    for (int i = 0; i < STEPS; i++) pz_free(seen[i].text);
    pz_actor_free(reader);
}
END_TEST

/* ------------------------------------------------------------------------------------------- failing memory --- */

static pz_status write_roster(void *user_data)
{
    pz_org org = PZ_ORG_INIT;
    pz_enrollment enrollment = PZ_ENROLLMENT_INIT;
    pz_id id;
    pz_status status = school_open(user_data, 0);
    if (!status) status = pz_actor_open_service(town.store, "test import", PZ_SCOPE_IMPORT, "tests", &town.importer);
    org.name = "east";
    enrollment.class_id = town.c;
    enrollment.person = town.ana;
    if (!status) status = pz_change_begin(town.importer, "all or nothing", NULL, &org.ended);
    if (!status) status = pz_org_save(town.importer, &org, "new source", "east", NULL, &id);
    if (!status) status = pz_enrollment_save(town.importer, &enrollment, NULL, NULL, NULL, &id);
    if (!status) status = pz_guardianship_add(town.importer, town.eva, town.gil, NULL);
    if (!status) status = pz_roster_end(town.importer, PZ_KIND_CLASS, town.b, NULL);
    pz_actor_free(town.importer); /* which undoes it */
    pz_store_free(town.store);
    town.importer = NULL;
    town.store = NULL;
    return status;
}

static pz_status list_roster(void *user_data)
{
    pz_actor *learner = NULL;
    pz_org **orgs = NULL;
    pz_class **classes = NULL;
    pz_person **people = NULL, *person = NULL;
    pz_enrollment **places = NULL;
    pz_person_role **roles = NULL;
    pz_guardianship **ties = NULL;
    size_t count;
    pz_status status = school_open(user_data, 0);
    if (!status) status = pz_actor_open(town.store, town.ana, PZ_ROLE_LEARNER, "tests", &learner);
    if (!status) status = pz_org_list(learner, 1, &orgs, &count);
    if (!status) status = pz_class_list(learner, classes_of(town.ana, 0), &classes, &count);
    if (!status) status = pz_enrollment_list(learner, town.a, town.ana, 0, &places, &count);
    if (!status) status = pz_person_role_list(learner, town.ana, &roles, &count);
    if (!status) status = pz_guardianship_list(learner, town.ana, &ties, &count);
    if (!status) status = pz_person_get(learner, town.ana, &person);
    if (!status) status = pz_person_list(learner, NULL, &people, &count);
    town.now += 2000000;
    if (!status) { /* what was read of others is written now */
        pz_free(orgs);
        status = pz_org_list(learner, 0, &orgs, &count);
    }
    pz_free(orgs);
    pz_free(classes);
    pz_free(places);
    pz_free(roles);
    pz_free(ties);
    pz_free(person);
    pz_free(people);
    pz_actor_free(learner);
    pz_store_free(town.store);
    town.store = NULL;
    return status;
}

START_TEST(survives_each_failing_allocation)
{
    school_close(&town);
    ck_assert_int_ge(suite_each_allocation(write_roster, &town), 30);
    ck_assert_int_ge(suite_each_allocation(list_roster, &town), 30);
}
END_TEST

static Suite *roster_suite(void)
{
    Suite *suite = suite_create("records_roster");
    TCase *roster = tcase_create("roster");
    memset(long_text, 'x', sizeof long_text - 1);
    tcase_add_checked_fixture(roster, start, end);
    tcase_set_timeout(roster, 60);
    tcase_add_test(roster, records_come_back_with_every_member);
    tcase_add_test(roster, roles_enrollments_and_guardians_come_back);
    tcase_add_test(roster, people_are_chosen_by_class_org_learner_and_role);
    tcase_add_test(roster, people_come_by_the_names_they_prefer);
    tcase_add_test(roster, what_has_ended_is_listed_on_request);
    tcase_add_test(roster, a_repeated_key_changes_nothing);
    tcase_add_test(roster, saving_the_same_again_takes_no_change);
    tcase_add_test(roster, orgs_refuse_what_is_wrong);
    tcase_add_test(roster, sessions_courses_and_classes_refuse_what_is_wrong);
    tcase_add_test(roster, people_and_their_places_refuse_what_is_wrong);
    tcase_add_test(roster, lists_refuse_what_is_wrong);
    tcase_add_test(roster, views_of_the_past_are_what_was_seen_then);
    tcase_add_test(roster, survives_each_failing_allocation);
    suite_add_tcase(suite, roster);
    return suite;
}

SUITE_MAIN(roster_suite)
