/* The record of reads: what is on it, once for each reader, learner, kind and day, when it is written, and that nobody waits for it. */
#include "records/school.h"

#include "personalize/profile.h"
#include "records/access/actor.h"

static school town;

static void start(void)
{
    school_start(&town);
}
static void end(void)
{
    school_end(&town);
}

/* Items of reading in the store, from a connection of its own; the row that was asked for is counted. */
static int64_t ask(const char *sql)
{
    pz_store *store;
    pz__statement *statement;
    int64_t value;
    int row;
    ck_assert_ok(pz_store_open(town.place.path, &town.options, &store));
    ck_assert_ok(pz__db_statement(pz__store_db(store), sql, &statement));
    ck_assert_ok(pz__db_step(statement, &row));
    value = row ? pz__column_int(statement, 0) : -1;
    pz__db_reset(statement);
    pz_store_free(store);
    return value;
}

#define ITEMS "SELECT count(*) FROM change_item WHERE act = 4"
#define CHANGES "SELECT count(*) FROM change WHERE action = 'read'"

static void see(pz_actor *actor, pz_id person)
{
    pz_person *got;
    ck_assert_ok(pz_person_get(actor, person, &got));
    pz_free(got);
}

static void see_orgs(pz_actor *actor)
{
    pz_org **orgs;
    size_t count;
    ck_assert_ok(pz_org_list(actor, 0, &orgs, &count));
    pz_free(orgs);
}

START_TEST(reads_are_written_at_the_close)
{
    pz_actor *teacher = school_actor(&town, town.tea, PZ_ROLE_TEACHER);
    see(teacher, town.ana);
    see(teacher, town.ana);
    see(teacher, town.ben);
    ck_assert_int_eq(ask(ITEMS), 0);
    pz_actor_free(teacher);
    ck_assert_int_eq(ask(ITEMS), 2);
    ck_assert_int_eq(ask(CHANGES), 1);
    ck_assert_int_eq(ask("SELECT max(count) FROM change_item WHERE act = 4"), 2);
    ck_assert_int_eq(
        ask("SELECT count(*) FROM change_item i JOIN person_alias a ON a.alias = i.learner_alias WHERE i.act = 4 AND i.kind = 5 "
            "AND i.record_id = 0"),
        2);
}
END_TEST

START_TEST(reads_are_written_by_the_next_call_after_a_second)
{
    pz_actor *teacher = school_actor(&town, town.tea, PZ_ROLE_TEACHER);
    see(teacher, town.ana);
    town.now += 999999;
    see_orgs(teacher);
    ck_assert_int_eq(ask(ITEMS), 0);
    town.now += 1;
    see_orgs(teacher);
    ck_assert_int_eq(ask(ITEMS), 1);
    town.now += 5000000;
    see(teacher, town.ana); /* today that is on record already: counted, and written at the close */
    town.now += 5000000;
    see_orgs(teacher);
    ck_assert_int_eq(ask(ITEMS), 1);
    town.now += SCHOOL_DAY;
    see(teacher, town.ana);
    see(teacher, town.ana);
    pz_actor_free(teacher);
    ck_assert_int_eq(ask(ITEMS), 4); /* each day what came first, and what came after that was written */
    ck_assert_int_eq(ask("SELECT sum(count) FROM change_item WHERE act = 4"), 4);
}
END_TEST

START_TEST(a_day_that_ends_loses_nothing)
{
    pz_actor *teacher = school_actor(&town, town.tea, PZ_ROLE_TEACHER);
    pz__call call;
    see(teacher, town.ana);
    ck_assert_ok(pz__call_read(&call, teacher)); /* a call that is open over midnight */
    call.present_day++;
    pz__call_read_learner(&call, PZ_KIND_PERSON, town.ana);
    pz__call_read_learner(&call, PZ_KIND_PERSON, town.ben);
    ck_assert_ok(pz__call_end(&call, PZ_OK));
    pz_actor_free(teacher);
    ck_assert_int_eq(ask(ITEMS), 3);
}
END_TEST

START_TEST(reads_go_with_the_next_write)
{
    pz_actor *service = school_service(&town, PZ_SCOPE_IMPORT | PZ_SCOPE_READ);
    pz_person person = PZ_PERSON_INIT;
    int64_t change;
    pz_id id;
    person.given_name = person.family_name = "x";
    see(service, town.ana);
    change = school_last_change(&town);
    ck_assert_ok(pz_person_save(service, &person, NULL, NULL, NULL, &id));
    ck_assert_int_eq(school_last_change(&town), change + 1);
    ck_assert_int_eq(ask(ITEMS), 1);
    ck_assert_int_eq(ask(CHANGES), 0);
    see(service, town.ben);
    person.given_name = NULL;
    ck_assert_status(pz_person_save(service, &person, NULL, NULL, NULL, &id), PZ_E_INVALID);
    ck_assert_status(pz_roster_end(service, PZ_KIND_ORG, 999999, NULL), PZ_E_NOT_FOUND); /* a write that fails keeps them held */
    ck_assert_int_eq(ask(ITEMS), 1);
    pz_actor_free(service);
    ck_assert_int_eq(ask(ITEMS), 2);
}
END_TEST

START_TEST(reads_outlive_a_joined_change_that_is_undone)
{
    pz_actor *service = school_service(&town, PZ_SCOPE_IMPORT | PZ_SCOPE_READ);
    int32_t repeated;
    ck_assert_ok(pz_change_begin(service, "x", NULL, &repeated));
    see(service, town.ana);
    town.now += 2000000;
    see(service, town.ben);
    ck_assert_ok(pz_guardianship_add(service, town.cid, town.gil, NULL));
    ck_assert_ok(pz_change_undo(service));
    ck_assert_int_eq(ask(ITEMS), 0);
    pz_actor_free(service);
    ck_assert_int_eq(ask(ITEMS), 2);
}
END_TEST

START_TEST(learners_read_of_themselves_without_record)
{
    pz_actor *ana = school_actor(&town, town.ana, PZ_ROLE_LEARNER), *gus = school_actor(&town, town.gus, PZ_ROLE_GUARDIAN);
    see(ana, town.ana);
    pz_actor_free(ana);
    ck_assert_int_eq(ask(ITEMS), 0);
    see(gus, town.ana);
    pz_actor_free(gus);
    ck_assert_int_eq(ask(ITEMS), 1);
}
END_TEST

START_TEST(a_class_counts_once_and_is_nobody)
{
    pz_actor *teacher = school_actor(&town, town.tea, PZ_ROLE_TEACHER);
    int64_t aliases = ask("SELECT count(*) FROM person_alias");
    for (int i = 0; i < 3; i++) {
        pz_person_query query = PZ_PERSON_QUERY_INIT;
        pz_person **people;
        size_t count;
        query.class_id = town.a;
        ck_assert_ok(pz_person_list(teacher, &query, &people, &count));
        pz_free(people);
    }
    pz_actor_free(teacher);
    ck_assert_int_eq(ask(ITEMS), 1);
    ck_assert_int_eq(ask("SELECT count FROM change_item WHERE act = 4"), 3);
    ck_assert_int_eq(ask("SELECT record_id FROM change_item WHERE act = 4"), town.a);
    ck_assert_int_eq(ask("SELECT count(*) FROM person_alias"), aliases); /* the class has none */
}
END_TEST

START_TEST(a_guardian_reads_of_its_own_children_in_a_class)
{
    pz_actor *gus = school_actor(&town, town.gus, PZ_ROLE_GUARDIAN), *ana = school_actor(&town, town.ana, PZ_ROLE_LEARNER);
    pz_enrollment **places;
    size_t count;
    ck_assert_ok(pz_enrollment_list(ana, town.a, 0, 0, &places, &count));
    pz_free(places);
    pz_actor_free(ana);
    ck_assert_int_eq(ask(ITEMS), 0);
    ck_assert_ok(pz_enrollment_list(gus, town.a, 0, 0, &places, &count));
    pz_free(places);
    pz_actor_free(gus);
    ck_assert_int_eq(ask(ITEMS), 1);
    ck_assert_int_eq(ask("SELECT a.person_id FROM change_item i JOIN person_alias a ON a.alias = i.learner_alias WHERE i.act = 4"),
                     town.ana);
}
END_TEST

START_TEST(views_of_the_past_are_on_record_too)
{
    pz_actor *teacher = school_actor(&town, town.tea, PZ_ROLE_TEACHER), *view;
    ck_assert_ok(pz_actor_as_of(teacher, town.now, &view));
    pz_actor_free(teacher);
    see(view, town.ana);
    pz_actor_free(view);
    ck_assert_int_eq(ask(ITEMS), 1);
}
END_TEST

START_TEST(a_store_for_reading_only_takes_no_record)
{
    pz_store_options options = town.options;
    pz_store *store;
    pz_actor *teacher;
    options.read_only = 1;
    ck_assert_ok(pz_store_open(town.place.path, &options, &store));
    ck_assert_ok(pz_actor_open(store, town.tea, PZ_ROLE_TEACHER, "x", &teacher));
    see(teacher, town.ana);
    town.now += 5000000;
    see_orgs(teacher);
    pz_actor_free(teacher);
    ck_assert_ok(pz_actor_open_service(store, "a name that is not known", PZ_SCOPE_READ, "x", &teacher)); /* leaves no record either */
    see(teacher, town.ana);
    pz_actor_free(teacher);
    pz_store_free(store);
    ck_assert_int_eq(ask(ITEMS), 0);
}
END_TEST

START_TEST(who_reads_does_not_wait_for_who_writes)
{
    pz_store_options options = town.options;
    pz_store *store;
    pz_actor *teacher;
    int32_t repeated;
    options.wait_milliseconds = 600000; /* would run into the test's time limit */
    ck_assert_ok(pz_store_open(town.place.path, &options, &store));
    ck_assert_ok(pz_actor_open(store, town.tea, PZ_ROLE_TEACHER, "x", &teacher));
    see(teacher, town.ana);
    ck_assert_ok(pz_change_begin(town.importer, "long", NULL, &repeated));
    town.now += 5000000;
    see(teacher, town.ben); /* due, but another writes */
    ck_assert_ok(pz_change_undo(town.importer));
    town.now += 5000000;
    see_orgs(teacher);
    ck_assert_int_eq(ask(ITEMS), 2);
    pz_actor_free(teacher);
    pz_store_free(store);
}
END_TEST

/* ---------------------------------------------------------------------------------------------- who has read --- */

static void read_profile(pz_actor *actor, pz_id learner, pz_id class_id, int32_t section)
{
    pz_profile_query query = PZ_PROFILE_QUERY_INIT;
    pz_profile_entry **rows;
    size_t count;
    query.learner = learner;
    query.class_id = class_id;
    query.section = section;
    ck_assert_ok(pz_profile_entry_list(actor, &query, &rows, &count));
    pz_free(rows);
}

START_TEST(learners_and_families_see_who_has_read)
{
    pz_profile_entry entry = PZ_PROFILE_ENTRY_INIT;
    pz_actor *ana = school_actor(&town, town.ana, PZ_ROLE_LEARNER), *gus = school_actor(&town, town.gus, PZ_ROLE_GUARDIAN), *teacher;
    pz_read **rows;
    size_t count;
    pz_id id;
    entry.learner = town.ana;
    entry.section = PZ_PROFILE_NEED;
    entry.content = "x";
    ck_assert_ok(pz_profile_entry_add(ana, &entry, NULL, &id));
    for (int round = 0; round < 2; round++) { /* two visits of one day are one row */
        ck_assert_ok(pz_actor_open(town.store, town.tea, PZ_ROLE_TEACHER, "planning", &teacher));
        read_profile(teacher, town.ana, 0, PZ_PROFILE_NEED);
        read_profile(teacher, town.ana, 0, PZ_PROFILE_NEED);
        read_profile(teacher, town.ana, 0, 0);
        read_profile(teacher, 0, town.a, 0);
        pz_actor_free(teacher);
        town.now += 1000;
    }
    town.now += SCHOOL_DAY;
    see(gus, town.ana);
    pz_actor_free(gus);
    for (int who = 0; who < 2; who++) {
        pz_actor *actor = who ? school_actor(&town, town.gus, PZ_ROLE_GUARDIAN) : ana;
        ck_assert_ok(pz_read_list(actor, town.ana, PZ_DATE_NONE, SCHOOL_TODAY + 1, &rows, &count));
        ck_assert_uint_eq(count, 4);
        ck_assert_int_eq(rows[0]->person, town.gus);
        ck_assert_int_eq(rows[0]->day, SCHOOL_TODAY + 1);
        ck_assert_int_eq(rows[0]->kind, PZ_KIND_PERSON);
        for (int i = 1; i < 4; i++) {
            ck_assert_int_eq(rows[i]->person, town.tea);
            ck_assert_int_eq(rows[i]->role, PZ_ROLE_TEACHER);
            ck_assert_str_eq(rows[i]->purpose, "planning");
            ck_assert_int_eq(rows[i]->kind, PZ_KIND_PROFILE_ENTRY);
            ck_assert_int_eq(rows[i]->day, SCHOOL_TODAY);
            ck_assert_ptr_null(rows[i]->service);
            ck_assert_int_eq(rows[i]->last_at, rows[i]->first_at + 1000);
        }
        ck_assert_int_eq(rows[1]->times, 2);
        ck_assert_int_eq(rows[2]->class_id, town.a);
        ck_assert_int_eq(rows[2]->times, 2);
        ck_assert_int_eq(rows[3]->section, PZ_PROFILE_NEED);
        ck_assert_int_eq(rows[3]->times, 4);
        pz_free(rows);
        if (who) pz_actor_free(actor);
    }
    ck_assert_ok(pz_read_list(ana, town.ana, SCHOOL_TODAY + 1, PZ_DATE_NONE, &rows, &count));
    for (size_t i = 0; i < count; i++) ck_assert_int_ge(rows[i]->day, SCHOOL_TODAY + 1);
    ck_assert_uint_ge(count, 1);
    pz_free(rows);
    pz_actor_free(ana);
}
END_TEST

START_TEST(a_class_view_concerns_who_was_in_the_class)
{
    pz_actor *teacher = school_actor(&town, town.tea, PZ_ROLE_TEACHER), *eva = school_actor(&town, town.eva, PZ_ROLE_LEARNER),
             *service = school_service(&town, PZ_SCOPE_READ);
    pz_read **rows;
    size_t count;
    read_profile(teacher, 0, town.a, 0);
    pz_actor_free(teacher);
    see(service, town.eva);
    pz_actor_free(service);
    ck_assert_ok(pz_read_list(eva, town.eva, PZ_DATE_NONE, PZ_DATE_NONE, &rows, &count));
    ck_assert_uint_eq(count, 1);
    ck_assert_str_eq(rows[0]->service, "test service");
    ck_assert_int_eq(rows[0]->person, 0);
    pz_free(rows);
    school_enroll(&town, town.a, town.eva, PZ_ROLE_LEARNER); /* came later */
    ck_assert_ok(pz_read_list(eva, town.eva, PZ_DATE_NONE, PZ_DATE_NONE, &rows, &count));
    ck_assert_uint_eq(count, 1);
    pz_free(rows);
    pz_actor_free(eva);
}
END_TEST

START_TEST(the_list_of_reads_keeps_to_reach_and_rights)
{
    const struct {
        pz_id person;
        pz_role role;
        pz_status wanted;
    } tries[] = {{town.ana, PZ_ROLE_LEARNER, PZ_OK},       {town.ben, PZ_ROLE_LEARNER, PZ_E_NOT_FOUND},
                 {town.gus, PZ_ROLE_GUARDIAN, PZ_OK},      {town.gil, PZ_ROLE_GUARDIAN, PZ_E_NOT_FOUND},
                 {town.tea, PZ_ROLE_TEACHER, PZ_E_DENIED}, {town.cou, PZ_ROLE_COUNSELOR, PZ_OK},
                 {town.lea, PZ_ROLE_LEADER, PZ_OK}};
    pz_read **rows;
    size_t count;
    for (size_t i = 0; i < sizeof tries / sizeof tries[0]; i++) {
        pz_actor *actor = school_actor(&town, tries[i].person, tries[i].role);
        ck_assert_status(pz_read_list(actor, town.ana, PZ_DATE_NONE, PZ_DATE_NONE, &rows, &count), tries[i].wanted);
        pz_free(rows);
        if (!i) ck_assert_status(pz_read_list(actor, town.ana, 5, 4, &rows, &count), PZ_E_INVALID);
        pz_actor_free(actor);
    }
    ck_assert_status(pz_read_list(NULL, town.ana, PZ_DATE_NONE, PZ_DATE_NONE, &rows, &count), PZ_E_CLOSED);
    ck_assert_status(pz_read_list(town.importer, town.ana, PZ_DATE_NONE, PZ_DATE_NONE, &rows, &count), PZ_E_DENIED);
}
END_TEST

/* Reading, and the writing of it by a later call: each failure is told, and what was not given was not read. */
static pz_status read_and_write(void *user_data)
{
    pz_actor *teacher = NULL, *ana = NULL;
    pz_read **reads = NULL;
    pz_person *person = NULL;
    pz_org **orgs = NULL;
    size_t count;
    pz_status status = school_open(user_data, 0);
    if (!status) status = pz_actor_open(town.store, town.tea, PZ_ROLE_TEACHER, "x", &teacher);
    if (!status) status = pz_person_get(teacher, town.ana, &person);
    ck_assert(status == PZ_OK || person == NULL);
    pz_free(person);
    town.now += 2000000;
    if (!status) status = pz_org_list(teacher, 0, &orgs, &count);
    pz_free(orgs);
    if (!status) status = pz_actor_open(town.store, town.ana, PZ_ROLE_LEARNER, "x", &ana);
    if (!status) status = pz_read_list(ana, town.ana, PZ_DATE_NONE, PZ_DATE_NONE, &reads, &count);
    pz_free(reads);
    pz_actor_free(ana);
    pz_actor_free(teacher);
    pz_store_free(town.store);
    town.store = NULL;
    return status;
}

START_TEST(survives_each_failing_allocation)
{
    school_close(&town);
    ck_assert_int_ge(suite_each_allocation(read_and_write, &town), 20);
}
END_TEST

static Suite *reads_suite(void)
{
    Suite *suite = suite_create("records_reads");
    TCase *reads = tcase_create("reads");
    tcase_add_checked_fixture(reads, start, end);
    tcase_set_timeout(reads, 60);
    tcase_add_test(reads, reads_are_written_at_the_close);
    tcase_add_test(reads, reads_are_written_by_the_next_call_after_a_second);
    tcase_add_test(reads, a_day_that_ends_loses_nothing);
    tcase_add_test(reads, reads_go_with_the_next_write);
    tcase_add_test(reads, reads_outlive_a_joined_change_that_is_undone);
    tcase_add_test(reads, learners_read_of_themselves_without_record);
    tcase_add_test(reads, a_class_counts_once_and_is_nobody);
    tcase_add_test(reads, a_guardian_reads_of_its_own_children_in_a_class);
    tcase_add_test(reads, views_of_the_past_are_on_record_too);
    tcase_add_test(reads, a_store_for_reading_only_takes_no_record);
    tcase_add_test(reads, who_reads_does_not_wait_for_who_writes);
    tcase_add_test(reads, learners_and_families_see_who_has_read);
    tcase_add_test(reads, a_class_view_concerns_who_was_in_the_class);
    tcase_add_test(reads, the_list_of_reads_keeps_to_reach_and_rights);
    tcase_add_test(reads, survives_each_failing_allocation);
    suite_add_tcase(suite, reads);
    return suite;
}

SUITE_MAIN(reads_suite)
