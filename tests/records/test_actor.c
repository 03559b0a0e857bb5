/* Actors: who may open one, views of the past, joined changes, handles that are closed, forked or in use. */
#include "records/school.h"

#include <sys/wait.h>

#include "records/access/call.h"

static school town;

static void start(void)
{
    school_start(&town);
}
static void end(void)
{
    school_end(&town);
}

START_TEST(opens_for_who_holds_the_role_today)
{
    static const struct {
        size_t person;
        pz_role role;
    } allowed[] = {
        {offsetof(school, ana), PZ_ROLE_LEARNER}, {offsetof(school, gus), PZ_ROLE_GUARDIAN},  {offsetof(school, tea), PZ_ROLE_TEACHER},
        {offsetof(school, tom), PZ_ROLE_TEACHER}, {offsetof(school, cou), PZ_ROLE_COUNSELOR}, {offsetof(school, lea), PZ_ROLE_LEADER},
        {offsetof(school, head), PZ_ROLE_LEADER},
    };
    for (size_t i = 0; i < sizeof allowed / sizeof allowed[0]; i++) {
        pz_id person = *(pz_id *)(void *)((char *)&town + allowed[i].person);
        for (int role = PZ_ROLE_LEARNER; role <= PZ_ROLE_LEADER; role++) {
            pz_actor *actor = (pz_actor *)&town;
            pz_status status = pz_actor_open(town.store, person, (pz_role)role, "a test", &actor);
            ck_assert_int_eq(status, role == (int)allowed[i].role ? PZ_OK : PZ_E_DENIED);
            ck_assert((actor != NULL) == (status == PZ_OK));
            pz_actor_free(actor);
        }
    }
}
END_TEST

START_TEST(refuses_what_is_wrong_with_an_actor)
{
    char long_purpose[300];
    pz_actor *actor;
    memset(long_purpose, 'x', sizeof long_purpose - 1);
    long_purpose[sizeof long_purpose - 1] = 0;
    ck_assert_status(pz_actor_open(NULL, town.ana, PZ_ROLE_LEARNER, "x", &actor), PZ_E_CLOSED);
    ck_assert_status(pz_actor_open(town.store, town.ana, PZ_ROLE_LEARNER, "x", NULL), PZ_E_INVALID);
    ck_assert_status(pz_actor_open(town.store, town.ana, PZ_ROLE_SERVICE, "x", &actor), PZ_E_INVALID);
    ck_assert_status(pz_actor_open(town.store, town.ana, (pz_role)0, "x", &actor), PZ_E_INVALID);
    ck_assert_status(pz_actor_open(town.store, town.ana, PZ_ROLE_LEARNER, "", &actor), PZ_E_INVALID);
    ck_assert_status(pz_actor_open(town.store, town.ana, PZ_ROLE_LEARNER, NULL, &actor), PZ_E_INVALID);
    ck_assert_status(pz_actor_open(town.store, town.ana, PZ_ROLE_LEARNER, "\xff", &actor), PZ_E_TEXT);
    ck_assert_status(pz_actor_open(town.store, town.ana, PZ_ROLE_LEARNER, long_purpose, &actor), PZ_E_TOO_LONG);
    ck_assert_status(pz_actor_open(town.store, 999999, PZ_ROLE_LEARNER, "x", &actor), PZ_E_NOT_FOUND);
    ck_assert_status(pz_actor_open(town.store, 0, PZ_ROLE_LEARNER, "x", &actor), PZ_E_NOT_FOUND);
    ck_assert_ptr_null(actor);
    ck_assert_status(pz_actor_open_service(NULL, "s", PZ_SCOPE_READ, "x", &actor), PZ_E_CLOSED);
    ck_assert_status(pz_actor_open_service(town.store, "s", PZ_SCOPE_READ, "x", NULL), PZ_E_INVALID);
    ck_assert_status(pz_actor_open_service(town.store, "", PZ_SCOPE_READ, "x", &actor), PZ_E_INVALID);
    ck_assert_status(pz_actor_open_service(town.store, "\x01", PZ_SCOPE_READ, "x", &actor), PZ_E_TEXT);
    ck_assert_status(pz_actor_open_service(town.store, "s", 0, "x", &actor), PZ_E_INVALID);
    ck_assert_status(pz_actor_open_service(town.store, "s", 64, "x", &actor), PZ_E_INVALID);
    ck_assert_status(pz_actor_open_service(town.store, "s", PZ_SCOPE_READ, "", &actor), PZ_E_INVALID);
    pz_actor_free(NULL);
}
END_TEST

START_TEST(puts_the_first_use_of_a_service_on_record)
{
    int64_t before = school_last_change(&town);
    pz_actor *first = school_service(&town, PZ_SCOPE_READ), *second;
    ck_assert_int_eq(school_last_change(&town), before + 1);
    second = school_service(&town, PZ_SCOPE_BACKUP);
    ck_assert_int_eq(school_last_change(&town), before + 1);
    pz_actor_free(second);
    pz_actor_free(first);
}
END_TEST

START_TEST(ended_people_open_no_actor)
{
    pz_actor *actor;
    ck_assert_ok(pz_roster_end(town.importer, PZ_KIND_PERSON, town.ana, NULL));
    ck_assert_status(pz_actor_open(town.store, town.ana, PZ_ROLE_LEARNER, "x", &actor), PZ_E_DENIED);
}
END_TEST

START_TEST(roles_hold_from_their_first_to_their_last_day)
{
    pz_person_role role = PZ_PERSON_ROLE_INIT;
    pz_actor *actor;
    role.person = town.tim;
    role.org = town.south;
    role.role = PZ_ROLE_LEADER;
    role.begins_on = SCHOOL_TODAY + 1;
    role.ends_on = SCHOOL_TODAY + 2;
    ck_assert_ok(pz_person_role_save(town.importer, &role, NULL, &role.id));
    for (int day = 0; day < 4; day++) {
        pz_status status = pz_actor_open(town.store, town.tim, PZ_ROLE_LEADER, "x", &actor);
        ck_assert_int_eq(status, day == 1 || day == 2 ? PZ_OK : PZ_E_DENIED);
        pz_actor_free(actor);
        town.now += SCHOOL_DAY;
    }
}
END_TEST

/* --------------------------------------------------------------------------------------------------- views --- */

START_TEST(views_are_of_then_and_read_only)
{
    int64_t change = school_last_change(&town);
    pz_time moment = town.now;
    pz_actor *teacher = school_actor(&town, town.tea, PZ_ROLE_TEACHER), *view, *again;
    pz_class *class_record, revised = PZ_CLASS_INIT;
    pz_person person = PZ_PERSON_INIT;
    pz_id id;
    town.now += 1000;
    revised.id = town.a;
    revised.org = town.north;
    revised.title = "renamed";
    ck_assert_ok(pz_class_save(town.importer, &revised, NULL, NULL, NULL, &id));
    ck_assert_ok(pz_actor_as_of(teacher, moment, &view));
    ck_assert_ok(pz_class_get(view, town.a, &class_record));
    ck_assert_str_eq(class_record->title, "a");
    pz_free(class_record);
    ck_assert_ok(pz_actor_as_of_change(view, change, &again)); /* a view of a view */
    ck_assert_ok(pz_class_get(again, town.a, &class_record));
    ck_assert_str_eq(class_record->title, "a");
    pz_free(class_record);
    pz_actor_free(again);
    ck_assert_ok(pz_class_get(teacher, town.a, &class_record));
    ck_assert_str_eq(class_record->title, "renamed");
    pz_free(class_record);
    ck_assert_ok(pz_actor_as_of_change(teacher, 0, &again));
    ck_assert_status(pz_class_get(again, town.a, &class_record), PZ_E_NOT_FOUND);
    ck_assert_ptr_null(class_record);
    pz_actor_free(again);
    ck_assert_ok(pz_actor_as_of(town.importer, moment, &again));
    person.given_name = person.family_name = "x";
    ck_assert_status(pz_person_save(again, &person, NULL, NULL, NULL, &id), PZ_E_READ_ONLY);
    pz_actor_free(again);
    pz_actor_free(view);
    pz_actor_free(teacher);
}
END_TEST

START_TEST(views_of_the_future_are_refused)
{
    pz_actor *view;
    ck_assert_status(pz_actor_as_of(NULL, town.now, &view), PZ_E_CLOSED);
    ck_assert_status(pz_actor_as_of(town.importer, town.now, NULL), PZ_E_INVALID);
    ck_assert_status(pz_actor_as_of(town.importer, town.now + 1, &view), PZ_E_INVALID);
    ck_assert_status(pz_actor_as_of(town.importer, PZ_TIME_NONE, &view), PZ_E_INVALID);
    ck_assert_status(pz_actor_as_of_change(NULL, 0, &view), PZ_E_CLOSED);
    ck_assert_status(pz_actor_as_of_change(town.importer, 0, NULL), PZ_E_INVALID);
    ck_assert_status(pz_actor_as_of_change(town.importer, -1, &view), PZ_E_INVALID);
    ck_assert_status(pz_actor_as_of_change(town.importer, school_last_change(&town) + 1, &view), PZ_E_INVALID);
    ck_assert_ptr_null(view);
    /* A clock that was set back: what is recorded later than now is seen all the same. */
    town.now -= SCHOOL_DAY;
    ck_assert_ok(pz_actor_as_of(town.importer, town.now + SCHOOL_DAY, &view));
    pz_actor_free(view);
}
END_TEST

START_TEST(actors_keep_the_store_alive)
{
    pz_actor *teacher = school_actor(&town, town.tea, PZ_ROLE_TEACHER), *view;
    pz_class **classes;
    size_t count;
    ck_assert_ok(pz_actor_as_of(teacher, town.now, &view));
    pz_actor_free(town.importer);
    town.importer = NULL;
    pz_store_free(town.store);
    town.store = NULL;
    pz_actor_free(teacher);
    ck_assert_ok(pz_class_list(view, NULL, &classes, &count));
    ck_assert_uint_eq(count, 1);
    pz_free(classes);
    pz_actor_free(view);
}
END_TEST

/* ------------------------------------------------------------------------------------------ joined changes --- */

START_TEST(joins_writes_into_one_change)
{
    int64_t before = school_last_change(&town), change;
    int32_t repeated;
    pz_id org;
    ck_assert_ok(pz_change_begin(town.importer, "new school", "key", &repeated));
    ck_assert_int_eq(repeated, 0);
    org = school_org(&town, town.district, "west");
    school_role(&town, town.tim, org, PZ_ROLE_LEADER);
    ck_assert_status(pz_change_begin(town.importer, "another", NULL, &repeated), PZ_E_STATE);
    ck_assert_ok(pz_change_commit(town.importer, &change));
    ck_assert_int_eq(change, before + 1);
    ck_assert_int_eq(school_last_change(&town), before + 1);
    ck_assert_ok(pz_change_begin(town.importer, "new school", "key", &repeated));
    ck_assert_int_eq(repeated, 1);
    ck_assert_status(pz_change_commit(town.importer, &change), PZ_E_STATE);
    ck_assert_status(pz_change_undo(town.importer), PZ_E_STATE);
    ck_assert_status(pz_change_begin(town.importer, "another school", "key", &repeated), PZ_E_KEY_REUSED);
}
END_TEST

START_TEST(sees_its_own_writes_in_a_joined_change)
{
    pz_actor *leader = school_actor(&town, town.head, PZ_ROLE_LEADER), *other;
    int32_t repeated;
    pz_org *got;
    pz_id org;
    ck_assert_ok(pz_change_begin(town.importer, "new school", NULL, &repeated));
    org = school_org(&town, town.district, "west");
    ck_assert_ok(pz_org_get(leader, org, &got)); /* the same store handle sees it */
    ck_assert_str_eq(got->name, "west");
    pz_free(got);
    ck_assert_status(pz_change_commit(leader, NULL), PZ_E_STATE); /* it is not the leader's */
    ck_assert_status(pz_change_undo(leader), PZ_E_STATE);
    ck_assert_status(pz_actor_open_service(town.store, "never seen", PZ_SCOPE_READ, "x", &other), PZ_E_STATE);
    ck_assert_ok(pz_change_undo(town.importer));
    ck_assert_status(pz_org_get(leader, org, &got), PZ_E_NOT_FOUND);
    pz_actor_free(leader);
}
END_TEST

START_TEST(an_actor_that_goes_undoes_its_joined_change)
{
    pz_actor *service = school_service(&town, PZ_SCOPE_IMPORT);
    int64_t before = school_last_change(&town);
    pz_person person = PZ_PERSON_INIT;
    int32_t repeated;
    pz_id id;
    person.given_name = person.family_name = "x";
    ck_assert_ok(pz_change_begin(service, "x", NULL, &repeated));
    ck_assert_ok(pz_person_save(service, &person, NULL, NULL, NULL, &id));
    pz_actor_free(service);
    ck_assert_int_eq(school_last_change(&town), before);
    ck_assert_ok(pz_person_save(town.importer, &person, NULL, NULL, NULL, &id));
}
END_TEST

START_TEST(a_failed_part_undoes_the_joined_change)
{
    int64_t before = school_last_change(&town);
    pz_person person = PZ_PERSON_INIT;
    int32_t repeated;
    pz_id id;
    person.given_name = person.family_name = "x";
    ck_assert_ok(pz_change_begin(town.importer, "x", NULL, &repeated));
    ck_assert_ok(pz_person_save(town.importer, &person, NULL, NULL, NULL, &id));
    ck_assert_status(pz_roster_end(town.importer, PZ_KIND_ORG, 999999, NULL), PZ_E_NOT_FOUND);
    ck_assert_status(pz_person_save(town.importer, &person, NULL, NULL, NULL, &id), PZ_E_STATE);
    ck_assert_status(pz_change_commit(town.importer, NULL), PZ_E_STATE);
    ck_assert_int_eq(school_last_change(&town), before);
}
END_TEST

START_TEST(refuses_what_is_wrong_with_a_joined_change)
{
    int32_t repeated;
    pz_actor *view;
    ck_assert_status(pz_change_begin(NULL, "x", NULL, &repeated), PZ_E_CLOSED);
    ck_assert_status(pz_change_begin(town.importer, "x", NULL, NULL), PZ_E_INVALID);
    ck_assert_status(pz_change_begin(town.importer, "", NULL, &repeated), PZ_E_INVALID);
    ck_assert_status(pz_change_begin(town.importer, "\xc0", NULL, &repeated), PZ_E_TEXT);
    ck_assert_status(pz_change_commit(NULL, NULL), PZ_E_CLOSED);
    ck_assert_status(pz_change_undo(NULL), PZ_E_CLOSED);
    ck_assert_status(pz_change_commit(town.importer, NULL), PZ_E_STATE);
    ck_assert_status(pz_change_undo(town.importer), PZ_E_STATE);
    ck_assert_ok(pz_actor_as_of(town.importer, town.now, &view));
    ck_assert_status(pz_change_begin(view, "x", NULL, &repeated), PZ_E_READ_ONLY);
    pz_actor_free(view);
}
END_TEST

/* -------------------------------------------------------------------------------------------- other handles --- */

START_TEST(refuses_a_forked_handle)
{
    pz_actor *teacher = school_actor(&town, town.tea, PZ_ROLE_TEACHER);
    pid_t child = fork();
    int status;
    ck_assert_int_ge(child, 0);
    if (child == 0) {
        pz_class **classes;
        pz_actor *actor;
        size_t count;
        int32_t repeated;
        int failures = pz_class_list(teacher, NULL, &classes, &count) != PZ_E_FORKED;
        failures += pz_actor_as_of(teacher, town.now, &actor) != PZ_E_FORKED;
        failures += pz_change_begin(teacher, "x", NULL, &repeated) != PZ_E_FORKED;
        failures += pz_change_commit(teacher, NULL) != PZ_E_FORKED;
        failures += pz_actor_open(town.store, town.tea, PZ_ROLE_TEACHER, "x", &actor) != PZ_E_FORKED;
        failures += pz_actor_open_service(town.store, "s", PZ_SCOPE_READ, "x", &actor) != PZ_E_FORKED;
        pz_actor_free(teacher);
        _exit(failures);
    }
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    ck_assert(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    pz_actor_free(teacher);
}
END_TEST

START_TEST(refuses_a_handle_that_is_in_use)
{
    pz_actor *teacher = school_actor(&town, town.tea, PZ_ROLE_TEACHER);
    pz_class **classes;
    pz__call call;
    size_t count;
    int32_t repeated;
    ck_assert_ok(pz__call_read(&call, teacher));
    ck_assert_status(pz_class_list(teacher, NULL, &classes, &count), PZ_E_BUSY_HANDLE);
    ck_assert_status(pz_change_begin(teacher, "x", NULL, &repeated), PZ_E_BUSY_HANDLE);
    ck_assert_status(pz_roster_end(town.importer, PZ_KIND_ORG, town.north, NULL),
                     PZ_E_BUSY_HANDLE); /* a write within a read of the store */
    ck_assert_ok(pz__call_end(&call, PZ_OK));
    ck_assert_ok(pz_class_list(teacher, NULL, &classes, &count));
    pz_free(classes);
    pz_actor_free(teacher);
}
END_TEST

/* ------------------------------------------------------------------------------------------- failing memory --- */

static pz_status open_actors(void *user_data)
{
    pz_actor *service = NULL, *teacher = NULL, *view = NULL;
    int32_t repeated;
    pz_status status = school_open(user_data, 0);
    if (!status) status = pz_actor_open_service(town.store, "one more", PZ_SCOPE_READ, "x", &service);
    if (!status) status = pz_actor_open(town.store, town.tea, PZ_ROLE_TEACHER, "x", &teacher);
    if (!status) status = pz_actor_as_of(teacher, town.now, &view);
    if (!status) status = pz_change_begin(service, "x", "key", &repeated);
    if (!status && !repeated) status = pz_change_commit(service, NULL);
    pz_actor_free(view);
    pz_actor_free(teacher);
    pz_actor_free(service);
    pz_store_free(town.store);
    town.store = NULL;
    return status;
}

START_TEST(survives_each_failing_allocation)
{
    school_close(&town);
    ck_assert_int_ge(suite_each_allocation(open_actors, &town), 20);
}
END_TEST

static Suite *actor_suite(void)
{
    Suite *suite = suite_create("records_actor");
    TCase *actor = tcase_create("actor");
    tcase_add_checked_fixture(actor, start, end);
    tcase_set_timeout(actor, 60);
    tcase_add_test(actor, opens_for_who_holds_the_role_today);
    tcase_add_test(actor, refuses_what_is_wrong_with_an_actor);
    tcase_add_test(actor, puts_the_first_use_of_a_service_on_record);
    tcase_add_test(actor, ended_people_open_no_actor);
    tcase_add_test(actor, roles_hold_from_their_first_to_their_last_day);
    tcase_add_test(actor, views_are_of_then_and_read_only);
    tcase_add_test(actor, views_of_the_future_are_refused);
    tcase_add_test(actor, actors_keep_the_store_alive);
    tcase_add_test(actor, joins_writes_into_one_change);
    tcase_add_test(actor, sees_its_own_writes_in_a_joined_change);
    tcase_add_test(actor, an_actor_that_goes_undoes_its_joined_change);
    tcase_add_test(actor, a_failed_part_undoes_the_joined_change);
    tcase_add_test(actor, refuses_what_is_wrong_with_a_joined_change);
    tcase_add_test(actor, refuses_a_forked_handle);
    tcase_add_test(actor, refuses_a_handle_that_is_in_use);
    tcase_add_test(actor, survives_each_failing_allocation);
    suite_add_tcase(suite, actor);
    return suite;
}

SUITE_MAIN(actor_suite)
