/* Reach: by the table of personalize/access.h in a small district, and single answers against sets over random rosters. */
#include "records/school.h"

#include "base/random.h"
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

/* ------------------------------------------------------------------------------------------- one by one --- */

typedef pz_status (*reach_fn)(pz__call *call, pz__reach *out_reach);
static const reach_fn reach_of[] = {pz__reach_learners, pz__reach_classes, pz__reach_orgs, pz__reach_people};

/* The ids are given sorted, as they are made in this order. */
static void expect(pz_actor *actor, pz__reach_kind kind, const pz_id *ids, size_t count)
{
    pz__reach reach;
    pz__call call;
    ck_assert_ok(pz__call_read(&call, actor));
    ck_assert_ok(reach_of[kind](&call, &reach));
    ck_assert_int_eq(reach.all, 0);
    ck_assert_uint_eq(reach.count, count);
    for (size_t i = 0; i < count; i++) ck_assert_int_eq(reach.ids[i], ids[i]);
    ck_assert_ok(pz__call_end(&call, PZ_OK));
}

#define EXPECT(actor, kind, ...) expect(actor, kind, (const pz_id[]){__VA_ARGS__}, sizeof((const pz_id[]){__VA_ARGS__}) / sizeof(pz_id))

START_TEST(of_a_learner)
{
    pz_actor *actor = school_actor(&town, town.ben, PZ_ROLE_LEARNER);
    EXPECT(actor, PZ__REACH_LEARNERS, town.ben);
    EXPECT(actor, PZ__REACH_CLASSES, town.a, town.b);
    EXPECT(actor, PZ__REACH_ORGS, town.district, town.north);
    EXPECT(actor, PZ__REACH_PEOPLE, town.ben, town.gil, town.tea, town.tom, town.cou, town.lea, town.head);
    pz_actor_free(actor);
}
END_TEST

START_TEST(of_a_guardian)
{
    pz_actor *actor = school_actor(&town, town.gus, PZ_ROLE_GUARDIAN);
    EXPECT(actor, PZ__REACH_LEARNERS, town.ana, town.dan);
    EXPECT(actor, PZ__REACH_CLASSES, town.a, town.c);
    EXPECT(actor, PZ__REACH_ORGS, town.district, town.north, town.south);
    EXPECT(actor, PZ__REACH_PEOPLE, town.ana, town.dan, town.gus, town.tea, town.tim, town.cou, town.lea, town.head);
    ck_assert_ok(pz_guardianship_end(town.importer, town.ana, town.gus, NULL));
    EXPECT(actor, PZ__REACH_LEARNERS, town.dan);
    pz_actor_free(actor);
}
END_TEST

START_TEST(of_a_teacher)
{
    pz_actor *actor = school_actor(&town, town.tea, PZ_ROLE_TEACHER);
    EXPECT(actor, PZ__REACH_LEARNERS, town.ana, town.ben, town.cid);
    EXPECT(actor, PZ__REACH_CLASSES, town.a);
    EXPECT(actor, PZ__REACH_ORGS, town.district, town.north);
    EXPECT(actor, PZ__REACH_PEOPLE, town.ana, town.ben, town.cid, town.gus, town.gil, town.tea, town.tom, town.cou, town.lea, town.head);
    ck_assert_ok(pz_roster_end(town.importer, PZ_KIND_CLASS, town.a, NULL));
    expect(actor, PZ__REACH_LEARNERS, NULL, 0);
    expect(actor, PZ__REACH_CLASSES, NULL, 0);
    pz_actor_free(actor);
}
END_TEST

START_TEST(of_a_counselor_and_a_leader)
{
    pz_actor *counselor = school_actor(&town, town.cou, PZ_ROLE_COUNSELOR), *head = school_actor(&town, town.head, PZ_ROLE_LEADER);
    EXPECT(counselor, PZ__REACH_LEARNERS, town.ana, town.ben, town.cid);
    EXPECT(counselor, PZ__REACH_CLASSES, town.a, town.b);
    EXPECT(counselor, PZ__REACH_ORGS, town.district, town.north);
    EXPECT(head, PZ__REACH_LEARNERS, town.ana, town.ben, town.cid, town.dan, town.eva);
    EXPECT(head, PZ__REACH_CLASSES, town.a, town.b, town.c);
    EXPECT(head, PZ__REACH_ORGS, town.district, town.north, town.south);
    EXPECT(head, PZ__REACH_PEOPLE, town.ana, town.ben, town.cid, town.dan, town.eva, town.gus, town.gil, town.tea, town.tom, town.tim,
           town.cou, town.lea, town.head);
    school_role(&town, town.eva, town.north, PZ_ROLE_LEARNER); /* a role in the org is enough */
    EXPECT(counselor, PZ__REACH_LEARNERS, town.ana, town.ben, town.cid, town.eva);
    ck_assert_ok(pz_roster_end(town.importer, PZ_KIND_ORG, town.north, NULL)); /* the school has closed */
    expect(counselor, PZ__REACH_LEARNERS, NULL, 0);
    EXPECT(head, PZ__REACH_LEARNERS, town.dan, town.eva);
    pz_actor_free(head);
    pz_actor_free(counselor);
}
END_TEST

START_TEST(moves_with_the_day)
{
    pz_actor *actor = school_actor(&town, town.tim, PZ_ROLE_TEACHER);
    pz_enrollment later = PZ_ENROLLMENT_INIT;
    pz_id id;
    later.class_id = town.c;
    later.person = town.cid;
    later.begins_on = SCHOOL_TODAY + 2;
    later.ends_on = SCHOOL_TODAY + 3;
    ck_assert_ok(pz_enrollment_save(town.importer, &later, NULL, NULL, NULL, &id));
    EXPECT(actor, PZ__REACH_LEARNERS, town.dan, town.eva);
    town.now += 2 * SCHOOL_DAY;
    EXPECT(actor, PZ__REACH_LEARNERS, town.cid, town.dan, town.eva);
    town.now += SCHOOL_DAY;
    EXPECT(actor, PZ__REACH_LEARNERS, town.cid, town.dan, town.eva);
    town.now += SCHOOL_DAY;
    EXPECT(actor, PZ__REACH_LEARNERS, town.dan, town.eva);
    pz_actor_free(actor);
}
END_TEST

START_TEST(of_a_service_is_all)
{
    pz_actor *actor = school_service(&town, PZ_SCOPE_READ);
    pz__reach reach;
    pz__call call;
    ck_assert_ok(pz__call_read(&call, actor));
    for (int kind = 0; kind < PZ__REACH_KINDS; kind++) {
        ck_assert_ok(reach_of[kind](&call, &reach));
        ck_assert(reach.all && reach.count == 0 && pz__reach_has(&reach, 1));
    }
    ck_assert_ok(pz__may_learner(&call, PZ_KIND_GOAL, PZ__SEE, town.ana, "learner"));
    ck_assert_status(pz__may_learner(&call, PZ_KIND_GOAL, PZ__SEE, 999999, "learner"), PZ_E_NOT_FOUND);
    ck_assert_status(pz__may_learner(&call, PZ_KIND_GOAL, PZ__WRITE, 999999, "learner"),
                     PZ_E_DENIED); /* says nothing of whether it exists */
    ck_assert_ok(pz__may_class(&call, PZ_KIND_CYCLE, PZ__SEE, town.a, "class_id"));
    ck_assert_status(pz__may_class(&call, PZ_KIND_CYCLE, PZ__SEE, 999999, "class_id"), PZ_E_NOT_FOUND);
    ck_assert_ok(pz__may_org(&call, PZ_KIND_CYCLE, PZ__SEE, town.north, "org"));
    ck_assert_status(pz__may_org(&call, PZ_KIND_CYCLE, PZ__SEE, 999999, "org"), PZ_E_NOT_FOUND);
    ck_assert_ok(pz__call_end(&call, PZ_OK));
    pz_actor_free(actor);
}
END_TEST

START_TEST(acts_on_orgs_need_an_own_org)
{
    pz_actor *leader = school_actor(&town, town.lea, PZ_ROLE_LEADER), *teacher = school_actor(&town, town.tea, PZ_ROLE_TEACHER);
    pz__call call;
    ck_assert_ok(pz__call_read(&call, leader));
    ck_assert_ok(pz__may_org(&call, PZ_KIND_CYCLE, PZ__WRITE, town.north, "org"));
    ck_assert_ok(pz__may_org(&call, PZ_KIND_CYCLE, PZ__SEE, town.district, "org"));
    ck_assert_status(pz__may_org(&call, PZ_KIND_CYCLE, PZ__WRITE, town.district, "org"), PZ_E_DENIED);
    ck_assert_status(pz__may_org(&call, PZ_KIND_CYCLE, PZ__SEE, town.south, "org"), PZ_E_NOT_FOUND);
    ck_assert_ok(pz__call_end(&call, PZ_OK));
    ck_assert_ok(pz__call_read(&call, teacher));
    ck_assert_ok(pz__may_org(&call, PZ_KIND_CYCLE, PZ__SEE, town.north, "org"));
    ck_assert_status(pz__may_org(&call, PZ_KIND_CYCLE, PZ__WRITE, town.north, "org"), PZ_E_DENIED);
    ck_assert_ok(pz__call_end(&call, PZ_OK));
    pz_actor_free(teacher);
    pz_actor_free(leader);
}
END_TEST

START_TEST(places_give_what_is_in_reach)
{
    pz_actor *learner = school_actor(&town, town.ana, PZ_ROLE_LEARNER), *teacher = school_actor(&town, town.tea, PZ_ROLE_TEACHER), *view;
    pz_id *ids, org;
    size_t count;
    pz__call call;
    ck_assert_ok(pz__call_read(&call, learner));
    ck_assert_ok(pz__class_learners(&call, town.a, &ids, &count)); /* not its classmates */
    ck_assert_uint_eq(count, 1);
    ck_assert_int_eq(ids[0], town.ana);
    pz_free(ids);
    ck_assert_ok(pz__learner_classes(&call, town.ben, &ids, &count));
    ck_assert_uint_eq(count, 2);
    pz_free(ids);
    ck_assert_ok(pz__class_org(&call, town.c, &org));
    ck_assert_int_eq(org, town.south);
    ck_assert_ok(pz__class_org(&call, 999999, &org));
    ck_assert_int_eq(org, 0);
    ck_assert_ok(pz__call_end(&call, PZ_OK));

    /* Who was there then and is out of reach now is not given; who is in reach now and was not there then is not either. */
    town.now += 1000;
    school_enroll(&town, town.a, town.eva, PZ_ROLE_LEARNER);
    ck_assert_ok(pz_roster_end(town.importer, PZ_KIND_PERSON, town.cid, NULL));
    ck_assert_ok(pz_actor_as_of(teacher, SCHOOL_NOW, &view));
    ck_assert_ok(pz__call_read(&call, view));
    ck_assert_ok(pz__class_learners(&call, town.a, &ids, &count));
    ck_assert_uint_eq(count, 2);
    ck_assert_int_eq(ids[0], town.ana);
    ck_assert_int_eq(ids[1], town.ben);
    pz_free(ids);
    ck_assert_ok(pz__call_end(&call, PZ_OK));
    pz_actor_free(view);
    pz_actor_free(teacher);
    pz_actor_free(learner);
}
END_TEST

/* --------------------------------------------------------------------------------------------- random rosters --- */

enum { ORGS = 8, CLASSES = 8, PEOPLE = 24, STEPS = 160 };

static pz_id orgs[ORGS], classes[CLASSES], people[PEOPLE];

static void step(pz__random *random)
{
    pz_id person = people[pz__random_below(random, PEOPLE)], org = orgs[pz__random_below(random, ORGS)];
    pz_id class_id = classes[pz__random_below(random, CLASSES)], id;
    pz_person_role role = PZ_PERSON_ROLE_INIT;
    pz_enrollment enrollment = PZ_ENROLLMENT_INIT;
    switch (pz__random_below(random, 10)) {
    case 0: ck_assert_ok(pz_roster_end(town.importer, PZ_KIND_CLASS, class_id, NULL)); return;
    case 1: ck_assert_ok(pz_roster_end(town.importer, PZ_KIND_PERSON, person, NULL)); return;
    case 2:
        if (pz__random_below(random, 4) == 0) ck_assert_ok(pz_roster_end(town.importer, PZ_KIND_ORG, org, NULL));
        return;
    case 3: town.now += SCHOOL_DAY; return;
    case 4:
    case 5:
        role.person = person;
        role.org = org;
        role.role = 1 + (int32_t)pz__random_below(random, 5);
        if (pz__random_below(random, 3) == 0) role.ends_on = (pz_date)(town.now / SCHOOL_DAY) + (pz_date)pz__random_below(random, 3);
        ck_assert_ok(pz_person_role_save(town.importer, &role, NULL, &id));
        return;
    case 6: {
        pz_id other = people[pz__random_below(random, PEOPLE)];
        if (other != person) ck_assert_ok(pz_guardianship_add(town.importer, person, other, NULL));
        return;
    }
    default:
        enrollment.person = person;
        enrollment.class_id = class_id;
        enrollment.role = pz__random_below(random, 3) ? PZ_ROLE_LEARNER : PZ_ROLE_TEACHER;
        if (pz__random_below(random, 4) == 0)
            enrollment.begins_on = (pz_date)(town.now / SCHOOL_DAY) + (pz_date)pz__random_below(random, 3);
        ck_assert_ok(pz_enrollment_save(town.importer, &enrollment, NULL, NULL, NULL, &id));
    }
}

/* What the way up says of one is what the set says, whichever is asked first; and the set of a kept actor is that of a fresh one. */
static void compare_actor(pz_id person, int32_t role)
{
    pz_actor *actor;
    pz__call call;
    if (pz_actor_open(town.store, person, (pz_role)role, "x", &actor) != PZ_OK) return;
    for (int kind = 0; kind < PZ__REACH_KINDS; kind++) {
        const pz_id *all = kind == PZ__REACH_CLASSES ? classes : kind == PZ__REACH_ORGS ? orgs : people;
        int count = kind == PZ__REACH_CLASSES ? CLASSES : kind == PZ__REACH_ORGS ? ORGS : PEOPLE, alone[PEOPLE], in_set;
        pz__reach set;
        ck_assert_ok(pz__call_read(&call, actor));
        for (int i = 0; i < count; i++) ck_assert_ok(pz__reaches(&call, (pz__reach_kind)kind, all[i], &alone[i]));
        ck_assert_ok(reach_of[kind](&call, &set));
        for (int i = 0; i < count; i++) {
            in_set = pz__reach_has(&set, all[i]);
            ck_assert_msg(in_set == alone[i], "role %d kind %d: %d alone, %d in the set", role, kind, alone[i], in_set);
        }
        ck_assert_ok(pz__call_end(&call, PZ_OK));
    }
    pz_actor_free(actor);
}

START_TEST(one_by_one_is_as_the_set)
{
    pz__random random;
    pz__random_seed(&random, suite_seed());
    for (int i = 0; i < ORGS; i++) {
        char name[16];
        snprintf(name, sizeof name, "org%d", i);
        orgs[i] = school_org(&town, i ? orgs[pz__random_below(&random, (uint32_t)i)] : 0, name);
        snprintf(name, sizeof name, "class%d", i);
        classes[i] = school_class(&town, orgs[pz__random_below(&random, (uint32_t)i + 1)], name);
    }
    for (int i = 0; i < PEOPLE; i++) {
        char name[16];
        snprintf(name, sizeof name, "person%d", i);
        people[i] = school_person(&town, name);
    }
    for (int i = 0; i < STEPS; i++) {
        step(&random);
        if (i % 4 == 0)
            for (int p = 0; p < PEOPLE; p++)
                for (int role = PZ_ROLE_LEARNER; role <= PZ_ROLE_LEADER; role++) compare_actor(people[p], role);
    }
}
END_TEST

static Suite *reach_suite(void)
{
    Suite *suite = suite_create("records_reach");
    TCase *reach = tcase_create("reach");
    tcase_add_checked_fixture(reach, start, end);
    tcase_set_timeout(reach, 60);
    tcase_add_test(reach, of_a_learner);
    tcase_add_test(reach, of_a_guardian);
    tcase_add_test(reach, of_a_teacher);
    tcase_add_test(reach, of_a_counselor_and_a_leader);
    tcase_add_test(reach, moves_with_the_day);
    tcase_add_test(reach, of_a_service_is_all);
    tcase_add_test(reach, acts_on_orgs_need_an_own_org);
    tcase_add_test(reach, places_give_what_is_in_reach);
    tcase_add_test(reach, one_by_one_is_as_the_set);
    suite_add_tcase(suite, reach);
    return suite;
}

SUITE_MAIN(reach_suite)
