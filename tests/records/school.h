/* A small district for the tests of this room, in a store of its own with a clock that stands until it is moved.
 *
 *     district: leader `head`
 *       school north: class `a` (teacher `tea`, learners ana, ben, cid), class `b` (teacher `tom`, learner ben); counselor `cou`, leader `lea`
 *       school south: class `c` (teacher `tim`, learners dan, eva)
 *     guardian `gus` of ana and dan, guardian `gil` of ben
 */
#ifndef PZ_TESTS_SCHOOL_H
#define PZ_TESTS_SCHOOL_H

#include "personalize/competency.h"
#include "personalize/roster.h"
#include "store/place_of_store.h"

typedef struct school {
    place_of_store place;
    pz_store_options options;
    pz_store *store;
    pz_time now;
    pz_actor *importer;
    pz_id district, north, south;
    pz_id a, b, c;
    pz_id ana, ben, cid, dan, eva;
    pz_id gus, gil, tea, tom, tim, cou, lea, head;
} school;

/* 2026-11-24T08:00:00Z */
#define SCHOOL_NOW INT64_C(1795507200000000)
#define SCHOOL_DAY INT64_C(86400000000)
#define SCHOOL_TODAY ((pz_date)(SCHOOL_NOW / SCHOOL_DAY))

static inline pz_time school_clock(void *user_data)
{
    return *(pz_time *)user_data;
}

/* The store alone. Failures are given back, so that bodies with failing memory can use it. */
static inline pz_status school_open(school *at, int make)
{
    pz_store_options options = PZ_STORE_OPTIONS_INIT;
    options.clock = school_clock;
    options.clock_data = &at->now;
    options.random_seed = 7;
    options.durability = PZ_DURABILITY_NORMAL;
    at->options = options;
    return make ? pz_store_create(at->place.path, &options, &at->store) : pz_store_open(at->place.path, &options, &at->store);
}

static inline void school_empty(school *at)
{
    memset(at, 0, sizeof *at);
    at->now = SCHOOL_NOW;
    place_start(&at->place);
    ck_assert_ok(school_open(at, 1));
    ck_assert_ok(pz_actor_open_service(at->store, "test import", PZ_SCOPE_IMPORT, "tests", &at->importer));
}

static inline pz_id school_org(school *at, pz_id parent, const char *name)
{
    pz_org org = PZ_ORG_INIT;
    pz_id id;
    org.parent = parent;
    org.name = name;
    ck_assert_ok(pz_org_save(at->importer, &org, "sis", name, NULL, &id));
    return id;
}

static inline pz_id school_class(school *at, pz_id org, const char *title)
{
    pz_class class_record = PZ_CLASS_INIT;
    pz_id id;
    class_record.org = org;
    class_record.title = title;
    ck_assert_ok(pz_class_save(at->importer, &class_record, "sis", title, NULL, &id));
    return id;
}

static inline pz_id school_person(school *at, const char *name)
{
    pz_person person = PZ_PERSON_INIT;
    pz_id id;
    person.given_name = name;
    person.family_name = "Test";
    ck_assert_ok(pz_person_save(at->importer, &person, "sis", name, NULL, &id));
    return id;
}

static inline pz_id school_role(school *at, pz_id person, pz_id org, int32_t role)
{
    pz_person_role record = PZ_PERSON_ROLE_INIT;
    pz_id id;
    record.person = person;
    record.org = org;
    record.role = role;
    ck_assert_ok(pz_person_role_save(at->importer, &record, NULL, &id));
    return id;
}

static inline pz_id school_enroll(school *at, pz_id class_id, pz_id person, int32_t role)
{
    pz_enrollment record = PZ_ENROLLMENT_INIT;
    pz_id id;
    record.class_id = class_id;
    record.person = person;
    record.role = role;
    ck_assert_ok(pz_enrollment_save(at->importer, &record, NULL, NULL, NULL, &id));
    return id;
}

static inline void school_people(school *at)
{
    at->ana = school_person(at, "ana");
    at->ben = school_person(at, "ben");
    at->cid = school_person(at, "cid");
    at->dan = school_person(at, "dan");
    at->eva = school_person(at, "eva");
    at->gus = school_person(at, "gus");
    at->gil = school_person(at, "gil");
    at->tea = school_person(at, "tea");
    at->tom = school_person(at, "tom");
    at->tim = school_person(at, "tim");
    at->cou = school_person(at, "cou");
    at->lea = school_person(at, "lea");
    at->head = school_person(at, "head");
}

static inline void school_ties(school *at)
{
    school_enroll(at, at->a, at->tea, PZ_ROLE_TEACHER);
    school_enroll(at, at->a, at->ana, PZ_ROLE_LEARNER);
    school_enroll(at, at->a, at->ben, PZ_ROLE_LEARNER);
    school_enroll(at, at->a, at->cid, PZ_ROLE_LEARNER);
    school_enroll(at, at->b, at->tom, PZ_ROLE_TEACHER);
    school_enroll(at, at->b, at->ben, PZ_ROLE_LEARNER);
    school_enroll(at, at->c, at->tim, PZ_ROLE_TEACHER);
    school_enroll(at, at->c, at->dan, PZ_ROLE_LEARNER);
    school_enroll(at, at->c, at->eva, PZ_ROLE_LEARNER);
    school_role(at, at->tea, at->north, PZ_ROLE_TEACHER);
    school_role(at, at->cou, at->north, PZ_ROLE_COUNSELOR);
    school_role(at, at->lea, at->north, PZ_ROLE_LEADER);
    school_role(at, at->head, at->district, PZ_ROLE_LEADER);
    ck_assert_ok(pz_guardianship_add(at->importer, at->ana, at->gus, NULL));
    ck_assert_ok(pz_guardianship_add(at->importer, at->dan, at->gus, NULL));
    ck_assert_ok(pz_guardianship_add(at->importer, at->ben, at->gil, NULL));
}

static inline void school_start(school *at)
{
    school_empty(at);
    at->district = school_org(at, 0, "district");
    at->north = school_org(at, at->district, "north");
    at->south = school_org(at, at->district, "south");
    at->a = school_class(at, at->north, "a");
    at->b = school_class(at, at->north, "b");
    at->c = school_class(at, at->south, "c");
    school_people(at);
    school_ties(at);
}

static inline void school_end(school *at)
{
    pz_actor_free(at->importer);
    pz_store_free(at->store);
    place_end(&at->place);
    ck_assert_int_eq(pz_memory_blocks(), 0);
}

static inline pz_actor *school_actor(school *at, pz_id person, pz_role role)
{
    pz_actor *actor;
    ck_assert_ok(pz_actor_open(at->store, person, role, "tests", &actor));
    return actor;
}

static inline pz_actor *school_service(school *at, int32_t scopes)
{
    pz_actor *actor;
    ck_assert_ok(pz_actor_open_service(at->store, "test service", scopes, "tests", &actor));
    return actor;
}

static inline int64_t school_last_change(school *at)
{
    pz_store_info *info;
    int64_t change;
    ck_assert_ok(pz_store_describe(at->store, &info));
    change = info->last_change;
    pz_free(info);
    return change;
}

/* Closes all but the files: for tests that open the store again with failing memory. */
static inline void school_close(school *at)
{
    pz_actor_free(at->importer);
    pz_store_free(at->store);
    at->importer = NULL;
    at->store = NULL;
    ck_assert_int_eq(pz_memory_blocks(), 0);
}

#endif
