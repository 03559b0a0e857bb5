/* A class of school.h with everything that pages show: somebody of a dangerous name, two closed cycles and an open one, groups, a goal. */
#ifndef PZ_TESTS_PAGE_CLASS_H
#define PZ_TESTS_PAGE_CLASS_H

#include "personalize/goal.h"
#include "personalize/recommend.h"
#include "records/lesson.h"

static const char evil[] = "<script>alert(\"x\")</script> & 'y' \xe2\x80\xae";

static inline pz_date day(const char *text)
{
    pz_date date;
    ck_assert_ok(pz_date_parse(text, PZ_NUL_TERMINATED, &date));
    return date;
}

static inline pz_id open_cycle(pz_actor *leader, pz_id org, const char *title, const char *from, const char *to, pz_id previous)
{
    pz_cycle cycle = PZ_CYCLE_INIT;
    pz_id id;
    cycle.title = title;
    cycle.org = org;
    cycle.opens_on = day(from);
    cycle.closes_on = day(to);
    if (previous) {
        ck_assert_ok(pz_cycle_hand_over(leader, previous, &cycle, NULL, &id));
    } else {
        ck_assert_ok(pz_cycle_open(leader, &cycle, NULL, &id));
    }
    ck_assert_ok(pz_cycle_collect(leader, id, NULL));
    return id;
}

static inline void fill(lesson *at, pz_id *out_open_cycle)
{
    school *here = &at->school;
    pz_person person = PZ_PERSON_INIT;
    pz_goal goal = PZ_GOAL_INIT;
    pz_grouping_request request = PZ_GROUPING_REQUEST_INIT;
    pz_id zoe, id;
    person.given_name = evil;
    person.family_name = "Zed";
    ck_assert_ok(pz_person_save(here->importer, &person, NULL, NULL, NULL, &zoe));
    school_enroll(here, here->a, zoe, PZ_ROLE_LEARNER);
    pz_actor *leader = school_actor(here, here->lea, PZ_ROLE_LEADER), *teacher = school_actor(here, here->tea, PZ_ROLE_TEACHER);
    pz_id first = open_cycle(leader, here->north, "First", "2026-09-01", "2026-10-01", 0);
    lesson_answers(at, here->ana, at->add, SCHOOL_NOW - 60 * SCHOOL_DAY, "0000");
    lesson_answers(at, here->ben, at->add, SCHOOL_NOW - 60 * SCHOOL_DAY, "1111");
    lesson_answers(at, zoe, at->add, SCHOOL_NOW - 60 * SCHOOL_DAY, "01");
    ck_assert_ok(pz_cycle_close(leader, first, NULL, NULL, NULL));
    pz_id second = open_cycle(leader, here->north, evil, "2026-10-02", "2026-11-20", first);
    lesson_answers(at, here->ana, at->add, SCHOOL_NOW - 10 * SCHOOL_DAY, "1111111");
    lesson_answers(at, here->ben, at->subtract, SCHOOL_NOW - 10 * SCHOOL_DAY, "0010");
    ck_assert_ok(pz_cycle_close(leader, second, NULL, NULL, NULL));
    *out_open_cycle = open_cycle(leader, here->north, "Third", "2026-11-21", "2026-12-20", second);
    request.class_id = here->a;
    request.size_min = 2;
    request.size_max = 2;
    request.title = evil;
    ck_assert_ok(pz_grouping_recommend(teacher, &request, NULL, 0, NULL, NULL, NULL, &id));
    goal.learner = here->ana;
    goal.statement = evil;
    ck_assert_ok(pz_goal_propose(teacher, &goal, NULL, &id));
    pz_actor_free(leader);
    pz_actor_free(teacher);
}

#endif
