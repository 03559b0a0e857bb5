/* Seats of assessments, forms crossed over, what is missing, windows, cycles opened again, and what learners think of themselves. */
#include "personalize/assessment.h"
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

static pz_id save_assessment(pz_id class_id, pz_date due)
{
    pz_assessment assessment = PZ_ASSESSMENT_INIT;
    pz_id id;
    assessment.class_id = class_id;
    assessment.kind = PZ_ASSESSMENT_INTERIM;
    assessment.title = "Test";
    assessment.due_on = due;
    ck_assert_ok(pz_assessment_save(at.school.importer, &assessment, NULL, NULL, NULL, &id));
    return id;
}

static pz_id open_cycle(pz_id class_id, pz_id org)
{
    pz_cycle cycle = PZ_CYCLE_INIT;
    pz_id id;
    cycle.class_id = class_id;
    cycle.org = org;
    cycle.title = "Autumn";
    cycle.opens_on = SCHOOL_TODAY - 20;
    cycle.closes_on = SCHOOL_TODAY + 20;
    ck_assert_ok(pz_cycle_open(at.runner, &cycle, NULL, &id));
    return id;
}

static void answer(pz_id learner, pz_id assessment, double score, pz_time when, int32_t kind)
{
    pz_evidence evidence = PZ_EVIDENCE_INIT;
    evidence.rows = 1;
    evidence.learner = &learner;
    evidence.competency = &at.add;
    evidence.score = &score;
    evidence.at = &when;
    evidence.assessment = &assessment;
    evidence.kind = &kind;
    ck_assert_ok(pz_evidence_add(at.school.importer, &evidence, NULL, NULL));
}

static pz_assessment_seat make_seat(pz_id assessment, pz_id learner, int32_t state, const char *reason)
{
    pz_assessment_seat seat = PZ_ASSESSMENT_SEAT_INIT;
    seat.assessment = assessment;
    seat.learner = learner;
    seat.state = state;
    seat.reason = reason;
    return seat;
}

static pz_status try_seat(pz_actor *actor, pz_id assessment, pz_id learner, int32_t state, const char *reason)
{
    pz_assessment_seat seat = make_seat(assessment, learner, state, reason);
    const pz_assessment_seat *const seats[] = {&seat};
    return pz_assessment_seats_set(actor, seats, 1, NULL);
}

/* The seat of one learner by value; learner 0 if there is none. Its reason is a copy. */
static pz_assessment_seat seat_of(pz_actor *actor, pz_id assessment, pz_id learner)
{
    static char reason[64];
    pz_assessment_seat **rows, found;
    size_t count;
    memset(&found, 0, sizeof found);
    ck_assert_ok(pz_assessment_seat_list(actor, assessment, &rows, &count));
    for (size_t i = 0; i < count; i++) {
        if (i) ck_assert_int_lt(rows[i - 1]->learner, rows[i]->learner);
        if (rows[i]->learner != learner) continue;
        found = *rows[i];
        if (found.reason) found.reason = strcpy(reason, found.reason);
    }
    pz_free(rows);
    return found;
}

static size_t count_missing(pz_actor *actor, pz_id cycle, pz_id learner)
{
    pz_assessment_seat **rows;
    size_t count;
    ck_assert_ok(pz_cycle_missing_list(actor, cycle, learner, &rows, &count));
    for (size_t i = 0; i < count; i++) ck_assert_int_eq(rows[i]->is_missing, 1);
    pz_free(rows);
    return count;
}

/* --------------------------------------------------------------------------------------------------- seats --- */

START_TEST(an_assessment_is_for_its_class_until_somebody_is_named)
{
    pz_id test = save_assessment(at.school.a, SCHOOL_TODAY - 1);
    pz_assessment_seat seat = seat_of(at.runner, test, at.school.ana);
    ck_assert_int_eq(seat.state, PZ_SEAT_OPEN);
    ck_assert_int_eq(seat.is_missing, 1);
    ck_assert_int_eq(seat.is_late, 1);
    answer(at.school.ana, test, 1, SCHOOL_NOW - SCHOOL_DAY, PZ_EVIDENCE_RESPONSE);
    answer(at.school.ben, test, 1, SCHOOL_NOW, PZ_EVIDENCE_RESPONSE);
    answer(at.school.ben, test, 0, SCHOOL_NOW + 5, PZ_EVIDENCE_RESPONSE);
    seat = seat_of(at.runner, test, at.school.ana);
    ck_assert_int_eq(seat.is_missing, 0);
    ck_assert_int_eq(seat.is_late, 0);
    ck_assert_int_eq(seat.answers, 1);
    seat = seat_of(at.runner, test, at.school.ben);
    ck_assert_int_eq(seat.is_late, 1);
    ck_assert_int_eq(seat.answers, 2);
    ck_assert_int_eq(seat.first_at, SCHOOL_NOW);
    ck_assert_int_eq(seat.last_at, SCHOOL_NOW + 5);
    ck_assert_ok(try_seat(at.school.importer, test, at.school.ben, PZ_SEAT_EXPECTED, NULL));
    ck_assert_int_eq(seat_of(at.runner, test, at.school.cid).learner, 0);
    ck_assert_int_eq(seat_of(at.runner, test, at.school.ben).state, PZ_SEAT_EXPECTED);
}
END_TEST

START_TEST(an_exemption_has_a_reason_and_can_be_taken_back)
{
    pz_id cycle = open_cycle(at.school.a, 0), test = save_assessment(at.school.a, SCHOOL_TODAY + 5);
    pz_actor *past;
    pz_assessment_seat seat;
    ck_assert_ok(pz_cycle_add_assessment(at.runner, cycle, test, NULL));
    ck_assert_uint_eq(count_missing(at.runner, cycle, 0), 3);
    ck_assert_uint_eq(count_missing(at.runner, cycle, at.school.ana), 1);
    ck_assert_ok(pz_actor_as_of_change(at.runner, school_last_change(&at.school), &past));
    ck_assert_ok(try_seat(at.school.importer, test, at.school.ana, PZ_SEAT_EXEMPT, "New to the school"));
    ck_assert_uint_eq(count_missing(at.runner, cycle, 0), 2);
    ck_assert_uint_eq(count_missing(at.runner, cycle, at.school.ana), 0);
    ck_assert_uint_eq(count_missing(past, cycle, 0), 3);
    seat = seat_of(at.runner, test, at.school.ana);
    ck_assert_int_eq(seat.state, PZ_SEAT_EXEMPT);
    ck_assert_str_eq(seat.reason, "New to the school");
    ck_assert_ok(try_seat(at.school.importer, test, at.school.ana, PZ_SEAT_OPEN, NULL));
    ck_assert_uint_eq(count_missing(at.runner, cycle, 0), 3);
    pz_actor_free(past);
}
END_TEST

START_TEST(a_last_day_of_its_own_makes_nobody_late)
{
    pz_id test = save_assessment(at.school.a, SCHOOL_TODAY - 1);
    pz_assessment_seat seat = make_seat(test, at.school.ana, PZ_SEAT_OPEN, NULL);
    const pz_assessment_seat *const seats[] = {&seat};
    seat.due_on = SCHOOL_TODAY + 2;
    ck_assert_ok(pz_assessment_seats_set(at.school.importer, seats, 1, NULL));
    ck_assert_int_eq(seat_of(at.runner, test, at.school.ana).is_late, 0);
    ck_assert_int_eq(seat_of(at.runner, test, at.school.ben).is_late, 1);
    answer(at.school.ana, test, 1, SCHOOL_NOW, PZ_EVIDENCE_RESPONSE);
    ck_assert_int_eq(seat_of(at.runner, test, at.school.ana).is_late, 0);
}
END_TEST

START_TEST(a_withdrawn_answer_is_missing_again)
{
    pz_id test = save_assessment(at.school.a, SCHOOL_TODAY);
    pz_evidence *got;
    answer(at.school.ana, test, 1, SCHOOL_NOW, PZ_EVIDENCE_RESPONSE);
    ck_assert_ok(pz_evidence_read(at.runner, NULL, &got));
    ck_assert_ok(pz_evidence_correct(at.school.importer, at.school.ana, at.add, got->sequence[0], PZ_REAL_NONE, "wrong learner",
                                     PZ_NUL_TERMINATED, NULL));
    ck_assert_int_eq(seat_of(at.runner, test, at.school.ana).is_missing, 1);
    pz_free(got);
}
END_TEST

START_TEST(seats_are_set_all_or_none_by_who_may)
{
    pz_id test = save_assessment(at.school.a, SCHOOL_TODAY), other = save_assessment(at.school.c, SCHOOL_TODAY),
          free_one = save_assessment(0, SCHOOL_TODAY);
    pz_assessment_seat good = make_seat(test, at.school.ana, PZ_SEAT_EXPECTED, NULL),
                       bad = make_seat(test, at.school.ben, PZ_SEAT_EXEMPT, NULL);
    const pz_assessment_seat *const seats[] = {&good, &bad};
    pz_actor *tea = school_actor(&at.school, at.school.tea, PZ_ROLE_TEACHER),
             *ana = school_actor(&at.school, at.school.ana, PZ_ROLE_LEARNER);
    ck_assert_status(pz_assessment_seats_set(tea, seats, 2, NULL), PZ_E_INVALID);
    ck_assert_str_eq(pz_last_error()->field, "reason");
    ck_assert_int_eq(seat_of(at.runner, test, at.school.ana).state, PZ_SEAT_OPEN);
    bad.reason = "Ill";
    ck_assert_ok(pz_assessment_seats_set(tea, seats, 2, "seats"));
    ck_assert_ok(pz_assessment_seats_set(tea, seats, 2, "seats"));
    bad.reason = "Away";
    ck_assert_status(pz_assessment_seats_set(tea, seats, 2, "seats"), PZ_E_KEY_REUSED);
    bad.reason = "\xff";
    ck_assert_status(pz_assessment_seats_set(tea, seats, 2, NULL), PZ_E_TEXT);
    ck_assert_status(try_seat(tea, test, at.school.dan, PZ_SEAT_OPEN, NULL), PZ_E_NOT_FOUND);
    ck_assert_status(try_seat(tea, other, at.school.ana, PZ_SEAT_OPEN, NULL), PZ_E_NOT_FOUND);
    ck_assert_status(try_seat(tea, free_one, at.school.ana, PZ_SEAT_OPEN, NULL), PZ_E_DENIED);
    ck_assert_status(try_seat(ana, test, at.school.ana, PZ_SEAT_EXEMPT, "I would rather not"), PZ_E_DENIED);
    ck_assert_status(try_seat(tea, test, at.school.ana, 4, NULL), PZ_E_INVALID);
    ck_assert_status(try_seat(tea, test, at.school.ana, 0, NULL), PZ_E_INVALID);
    ck_assert_status(pz_assessment_seats_set(NULL, seats, 1, NULL), PZ_E_CLOSED);
    ck_assert_status(pz_assessment_seats_set(tea, NULL, 1, NULL), PZ_E_INVALID);
    ck_assert_status(pz_assessment_seats_set(tea, seats, 100001, NULL), PZ_E_LIMIT);
    bad.struct_size = 4;
    ck_assert_status(pz_assessment_seats_set(tea, seats, 2, NULL), PZ_E_STRUCT_SIZE);
    pz_actor_free(tea);
    pz_actor_free(ana);
}
END_TEST

START_TEST(learners_and_families_see_their_own_seat)
{
    pz_id cycle = open_cycle(at.school.a, 0), test = save_assessment(at.school.a, SCHOOL_TODAY);
    pz_actor *ana = school_actor(&at.school, at.school.ana, PZ_ROLE_LEARNER),
             *gus = school_actor(&at.school, at.school.gus, PZ_ROLE_GUARDIAN);
    pz_actor *tim = school_actor(&at.school, at.school.tim, PZ_ROLE_TEACHER),
             *tea = school_actor(&at.school, at.school.tea, PZ_ROLE_TEACHER);
    pz_assessment_seat **rows;
    size_t count;
    ck_assert_ok(pz_cycle_add_assessment(at.runner, cycle, test, NULL));
    ck_assert_uint_eq(count_missing(ana, cycle, 0), 1);
    ck_assert_uint_eq(count_missing(gus, cycle, 0), 1);
    ck_assert_uint_eq(count_missing(tea, cycle, 0), 3);
    ck_assert_status(pz_cycle_missing_list(ana, cycle, at.school.ben, &rows, &count), PZ_E_NOT_FOUND);
    ck_assert_status(pz_cycle_missing_list(tim, cycle, 0, &rows, &count), PZ_E_NOT_FOUND);
    ck_assert_status(pz_assessment_seat_list(tim, test, &rows, &count), PZ_E_NOT_FOUND);
    ck_assert_status(pz_assessment_seat_list(tea, 999999, &rows, &count), PZ_E_NOT_FOUND);
    ck_assert_status(pz_assessment_seat_list(NULL, test, &rows, &count), PZ_E_CLOSED);
    ck_assert_status(pz_cycle_missing_list(tea, 999999, 0, &rows, &count), PZ_E_NOT_FOUND);
    ck_assert_status(pz_cycle_missing_list(tea, cycle, 0, NULL, &count), PZ_E_INVALID);
    pz_actor_free(ana);
    pz_actor_free(gus);
    pz_actor_free(tim);
    pz_actor_free(tea);
}
END_TEST

START_TEST(an_assessment_of_an_org_is_for_all_whom_its_cycle_covers)
{
    pz_id cycle = open_cycle(0, at.school.district), test = save_assessment(0, SCHOOL_TODAY);
    ck_assert_int_eq(seat_of(at.runner, test, at.school.ana).learner, 0);
    ck_assert_ok(pz_cycle_add_assessment(at.runner, cycle, test, NULL));
    ck_assert_uint_eq(count_missing(at.runner, cycle, 0), 5);
    ck_assert_int_eq(seat_of(at.runner, test, at.school.dan).is_missing, 1);
}
END_TEST

/* --------------------------------------------------------------------------------------------------- forms --- */

START_TEST(forms_are_crossed_over_the_halves_of_a_class)
{
    pz_id a1 = save_assessment(at.school.a, SCHOOL_TODAY), b1 = save_assessment(at.school.a, SCHOOL_TODAY);
    pz_id a2 = save_assessment(at.school.a, SCHOOL_TODAY), b2 = save_assessment(at.school.a, SCHOOL_TODAY);
    const pz_id learners[] = {at.school.ana, at.school.ben, at.school.cid};
    int at_a = 0, at_b = 0;
    ck_assert_ok(pz_forms_cross(at.school.importer, a1, b1, 0, 0, 3, "first"));
    ck_assert_ok(pz_forms_cross(at.school.importer, a1, b1, 0, 0, 3, "first"));
    ck_assert_status(pz_forms_cross(at.school.importer, a1, b1, 0, 0, 4, "first"), PZ_E_KEY_REUSED);
    school_enroll(&at.school, at.school.a, at.school.eva, PZ_ROLE_LEARNER);
    ck_assert_ok(try_seat(at.school.importer, a2, at.school.ana, PZ_SEAT_EXEMPT, "Ill"));
    ck_assert_ok(try_seat(at.school.importer, b2, at.school.ana, PZ_SEAT_EXEMPT, "Ill"));
    ck_assert_ok(pz_forms_cross(at.school.importer, a2, b2, a1, b1, 3, NULL));
    for (int i = 0; i < 3; i++) {
        int sat_a = seat_of(at.runner, a1, learners[i]).is_missing, sat_b = seat_of(at.runner, b1, learners[i]).is_missing;
        ck_assert_int_eq(sat_a + sat_b, 1);
        at_a += sat_a;
        at_b += sat_b;
        if (learners[i] == at.school.ana) continue;
        ck_assert_int_eq(seat_of(at.runner, b2, learners[i]).is_missing, sat_a);
        ck_assert_int_eq(seat_of(at.runner, a2, learners[i]).is_missing, sat_b);
    }
    ck_assert_int_le(abs(at_a - at_b), 1);
    ck_assert_int_eq(seat_of(at.runner, a2, at.school.ana).state, PZ_SEAT_EXEMPT);
    ck_assert_int_eq(seat_of(at.runner, a2, at.school.eva).is_missing + seat_of(at.runner, b2, at.school.eva).is_missing, 1);
}
END_TEST

START_TEST(forms_that_cannot_be_crossed_are_refused)
{
    pz_id a = save_assessment(at.school.a, SCHOOL_TODAY), b = save_assessment(at.school.a, SCHOOL_TODAY);
    pz_id elsewhere = save_assessment(at.school.c, SCHOOL_TODAY), nowhere = save_assessment(0, SCHOOL_TODAY);
    pz_actor *tea = school_actor(&at.school, at.school.tea, PZ_ROLE_TEACHER),
             *ana = school_actor(&at.school, at.school.ana, PZ_ROLE_LEARNER);
    ck_assert_status(pz_forms_cross(tea, a, a, 0, 0, 1, NULL), PZ_E_INVALID);
    ck_assert_status(pz_forms_cross(tea, a, b, a, a, 1, NULL), PZ_E_INVALID);
    ck_assert_status(pz_forms_cross(tea, a, b, a, 0, 1, NULL), PZ_E_INVALID);
    ck_assert_str_eq(pz_last_error()->field, "earlier_b");
    ck_assert_status(pz_forms_cross(at.school.importer, a, elsewhere, 0, 0, 1, NULL), PZ_E_INVALID);
    ck_assert_status(pz_forms_cross(at.school.importer, nowhere, a, 0, 0, 1, NULL), PZ_E_INVALID);
    ck_assert_status(pz_forms_cross(at.school.importer, a, b, elsewhere, b, 1, NULL), PZ_E_INVALID);
    ck_assert_str_eq(pz_last_error()->field, "earlier_a");
    ck_assert_status(pz_forms_cross(tea, a, 999999, 0, 0, 1, NULL), PZ_E_NOT_FOUND);
    ck_assert_status(pz_forms_cross(ana, a, b, 0, 0, 1, NULL), PZ_E_DENIED);
    ck_assert_status(pz_forms_cross(NULL, a, b, 0, 0, 1, NULL), PZ_E_CLOSED);
    ck_assert_ok(pz_forms_cross(tea, a, b, 0, 0, 1, NULL));
    pz_actor_free(tea);
    pz_actor_free(ana);
}
END_TEST

/* ------------------------------------------------------------------------------------------------- windows --- */

START_TEST(windows_of_a_class_do_not_overlap)
{
    pz_id cycle = open_cycle(0, at.school.district);
    pz_id one = save_assessment(at.school.a, PZ_DATE_NONE), two = save_assessment(at.school.a, PZ_DATE_NONE);
    pz_id other = save_assessment(at.school.c, PZ_DATE_NONE), all = save_assessment(0, PZ_DATE_NONE);
    pz_assessment **rows;
    char name[32];
    size_t count;
    ck_assert_ok(pz_cycle_schedule(at.runner, cycle, one, SCHOOL_TODAY, SCHOOL_TODAY + 3, 0, "window"));
    ck_assert_ok(pz_cycle_schedule(at.runner, cycle, one, SCHOOL_TODAY, SCHOOL_TODAY + 3, 0, "window"));
    ck_assert_ok(pz_assessment_list(at.runner, lesson_assessments_of(0, cycle), &rows, &count));
    ck_assert_uint_eq(count, 1);
    ck_assert_int_eq(rows[0]->held_on, SCHOOL_TODAY);
    ck_assert_int_eq(rows[0]->due_on, SCHOOL_TODAY + 3);
    pz_free(rows);
    ck_assert_status(pz_cycle_schedule(at.runner, cycle, two, SCHOOL_TODAY + 3, SCHOOL_TODAY + 5, 0, NULL), PZ_E_INVALID);
    snprintf(name, sizeof name, "%lld", (long long)one);
    ck_assert_ptr_nonnull(strstr(pz_last_error()->message, name));
    ck_assert_ok(pz_cycle_schedule(at.runner, cycle, other, SCHOOL_TODAY + 3, SCHOOL_TODAY + 5, 0, NULL));
    ck_assert_status(pz_cycle_schedule(at.runner, cycle, all, SCHOOL_TODAY + 5, SCHOOL_TODAY + 6, 0, NULL), PZ_E_INVALID);
    ck_assert_ok(pz_cycle_schedule(at.runner, cycle, two, SCHOOL_TODAY + 3, SCHOOL_TODAY + 5, 1, NULL));
    ck_assert_ok(pz_cycle_schedule(at.runner, cycle, two, SCHOOL_TODAY + 4, SCHOOL_TODAY + 5, 0, NULL));
}
END_TEST

START_TEST(windows_lie_within_their_cycle)
{
    pz_id cycle = open_cycle(at.school.a, 0), test = save_assessment(at.school.a, PZ_DATE_NONE),
          other = save_assessment(at.school.c, PZ_DATE_NONE);
    pz_actor *tim = school_actor(&at.school, at.school.tim, PZ_ROLE_TEACHER),
             *tea = school_actor(&at.school, at.school.tea, PZ_ROLE_TEACHER);
    ck_assert_status(pz_cycle_schedule(tea, cycle, test, SCHOOL_TODAY, SCHOOL_TODAY - 1, 0, NULL), PZ_E_INVALID);
    ck_assert_status(pz_cycle_schedule(tea, cycle, test, SCHOOL_TODAY - 21, SCHOOL_TODAY, 0, NULL), PZ_E_INVALID);
    ck_assert_str_eq(pz_last_error()->field, "opens_on");
    ck_assert_status(pz_cycle_schedule(tea, cycle, test, SCHOOL_TODAY, SCHOOL_TODAY + 21, 0, NULL), PZ_E_INVALID);
    ck_assert_str_eq(pz_last_error()->field, "closes_on");
    ck_assert_status(pz_cycle_schedule(tea, cycle, test, PZ_DATE_NONE, SCHOOL_TODAY, 0, NULL), PZ_E_INVALID);
    ck_assert_status(pz_cycle_schedule(tea, cycle, 999999, SCHOOL_TODAY, SCHOOL_TODAY, 0, NULL), PZ_E_NOT_FOUND);
    ck_assert_status(pz_cycle_schedule(tea, cycle, other, SCHOOL_TODAY, SCHOOL_TODAY, 0, NULL), PZ_E_NOT_FOUND);
    ck_assert_status(pz_cycle_schedule(tim, cycle, test, SCHOOL_TODAY, SCHOOL_TODAY, 0, NULL), PZ_E_NOT_FOUND);
    ck_assert_status(pz_cycle_schedule(NULL, cycle, test, SCHOOL_TODAY, SCHOOL_TODAY, 0, NULL), PZ_E_CLOSED);
    ck_assert_ok(pz_cycle_collect(tea, cycle, NULL));
    ck_assert_ok(pz_cycle_close(tea, cycle, NULL, NULL, NULL));
    ck_assert_status(pz_cycle_schedule(tea, cycle, test, SCHOOL_TODAY, SCHOOL_TODAY, 0, NULL), PZ_E_STATE);
    pz_actor_free(tim);
    pz_actor_free(tea);
}
END_TEST

/* ------------------------------------------------------------------------------------------------ reopened --- */

static pz_cycle_result result_of(pz_actor *actor, pz_id cycle, pz_id learner)
{
    pz_cycle_query query = PZ_CYCLE_QUERY_INIT;
    pz_cycle_result **rows, found;
    size_t count;
    query.cycle = cycle;
    query.learner = learner;
    query.competency = at.add;
    ck_assert_ok(pz_cycle_result_list(actor, &query, &rows, &count));
    ck_assert_uint_eq(count, 1);
    found = *rows[0];
    pz_free(rows);
    return found;
}

START_TEST(a_reopened_cycle_is_closed_anew_and_keeps_both_closings)
{
    pz_id cycle = open_cycle(at.school.a, 0);
    pz_cycle_reopening **rows;
    pz_actor *past, *tea = school_actor(&at.school, at.school.tea, PZ_ROLE_TEACHER);
    pz_cycle *got;
    int64_t closed;
    size_t count;
    lesson_answers(&at, at.school.ana, at.add, SCHOOL_NOW, "0000");
    ck_assert_status(pz_cycle_reopen(tea, cycle, "Too early", PZ_NUL_TERMINATED, NULL), PZ_E_STATE);
    ck_assert_ok(pz_cycle_collect(tea, cycle, NULL));
    ck_assert_ok(pz_cycle_close(tea, cycle, NULL, NULL, NULL));
    closed = school_last_change(&at.school);
    ck_assert_ok(pz_actor_as_of_change(at.runner, closed, &past));
    ck_assert_int_eq(result_of(at.runner, cycle, at.school.ana).evidence_count, 4);
    ck_assert_ok(pz_cycle_reopen(tea, cycle, "Answers were lost", PZ_NUL_TERMINATED, "again"));
    ck_assert_ok(pz_cycle_reopen(tea, cycle, "Answers were lost", PZ_NUL_TERMINATED, "again"));
    ck_assert_status(pz_cycle_reopen(tea, cycle, "Once more", PZ_NUL_TERMINATED, NULL), PZ_E_STATE);
    lesson_answers(&at, at.school.ana, at.add, SCHOOL_NOW + 9, "111111");
    ck_assert_int_eq(result_of(at.runner, cycle, at.school.ana).evidence_count, 4);
    ck_assert_ok(pz_cycle_close(tea, cycle, NULL, NULL, NULL));
    ck_assert_int_eq(result_of(at.runner, cycle, at.school.ana).evidence_count, 10);
    ck_assert_int_eq(result_of(past, cycle, at.school.ana).evidence_count, 4);
    ck_assert_ok(pz_cycle_reopening_list(at.runner, cycle, &rows, &count));
    ck_assert_uint_eq(count, 1);
    ck_assert_str_eq(rows[0]->reason, "Answers were lost");
    ck_assert_int_eq(rows[0]->closed_change, closed);
    ck_assert_int_eq(rows[0]->acted_by, at.school.tea);
    ck_assert_int_eq(rows[0]->acted_role, PZ_ROLE_TEACHER);
    ck_assert_int_eq(rows[0]->acted_at, SCHOOL_NOW);
    pz_free(rows);
    ck_assert_ok(pz_cycle_reopen(tea, cycle, "A second time", PZ_NUL_TERMINATED, NULL));
    ck_assert_ok(pz_cycle_reopening_list(at.runner, cycle, &rows, &count));
    ck_assert_uint_eq(count, 2);
    pz_free(rows);
    ck_assert_ok(pz_cycle_get(at.runner, cycle, &got));
    ck_assert_int_eq(got->state, PZ_CYCLE_REOPENED);
    pz_free(got);
    ck_assert_ok(pz_cycle_close(tea, cycle, NULL, NULL, NULL));
    ck_assert_int_eq(result_of(at.runner, cycle, at.school.ana).evidence_count, 10);
    pz_actor_free(past);
    pz_actor_free(tea);
}
END_TEST

START_TEST(reopening_needs_a_reason_and_a_right)
{
    pz_id cycle = open_cycle(at.school.a, 0), next;
    pz_cycle after = PZ_CYCLE_INIT;
    pz_cycle_reopening **rows;
    size_t count;
    pz_actor *ana = school_actor(&at.school, at.school.ana, PZ_ROLE_LEARNER),
             *tim = school_actor(&at.school, at.school.tim, PZ_ROLE_TEACHER);
    ck_assert_ok(pz_cycle_collect(at.runner, cycle, NULL));
    ck_assert_ok(pz_cycle_close(at.runner, cycle, NULL, NULL, NULL));
    ck_assert_status(pz_cycle_reopen(at.runner, cycle, "", PZ_NUL_TERMINATED, NULL), PZ_E_INVALID);
    ck_assert_status(pz_cycle_reopen(at.runner, cycle, "\xff", PZ_NUL_TERMINATED, NULL), PZ_E_TEXT);
    ck_assert_status(pz_cycle_reopen(ana, cycle, "Please", PZ_NUL_TERMINATED, NULL), PZ_E_DENIED);
    ck_assert_status(pz_cycle_reopen(tim, cycle, "Please", PZ_NUL_TERMINATED, NULL), PZ_E_NOT_FOUND);
    ck_assert_status(pz_cycle_reopen(NULL, cycle, "Please", PZ_NUL_TERMINATED, NULL), PZ_E_CLOSED);
    ck_assert_status(pz_cycle_reopening_list(tim, cycle, &rows, &count), PZ_E_NOT_FOUND);
    ck_assert_status(pz_cycle_reopening_list(NULL, cycle, &rows, &count), PZ_E_CLOSED);
    after.title = "Winter";
    ck_assert_ok(pz_cycle_hand_over(at.runner, cycle, &after, NULL, &next));
    ck_assert_status(pz_cycle_reopen(at.runner, cycle, "Too late", PZ_NUL_TERMINATED, NULL), PZ_E_STATE);
    pz_actor_free(ana);
    pz_actor_free(tim);
}
END_TEST

/* --------------------------------------------------------------------------------------------- kept apart --- */

START_TEST(what_learners_think_of_themselves_is_no_part_of_mastery)
{
    pz_id test = save_assessment(at.school.a, SCHOOL_TODAY);
    pz_evidence *got;
    char *json;
    pz_actor *verifier = school_service(&at.school, PZ_SCOPE_VERIFY);
    answer(at.school.ana, test, 1, SCHOOL_NOW, PZ_EVIDENCE_SELF);
    ck_assert_int_eq(lesson_mastery(at.runner, at.school.ana, at.add).evidence_count, 0);
    ck_assert_int_eq(seat_of(at.runner, test, at.school.ana).is_missing, 1);
    answer(at.school.ana, test, 0, SCHOOL_NOW + 1, PZ_EVIDENCE_RESPONSE);
    answer(at.school.ana, test, 1, SCHOOL_NOW + 2, PZ_EVIDENCE_PEER);
    answer(at.school.ana, test, 0, SCHOOL_NOW, PZ_EVIDENCE_RESPONSE);
    ck_assert_int_eq(lesson_mastery(at.runner, at.school.ana, at.add).evidence_count, 2);
    ck_assert_int_eq(seat_of(at.runner, test, at.school.ana).answers, 2);
    ck_assert_ok(pz_evidence_read(at.runner, NULL, &got));
    ck_assert_uint_eq(got->rows, 4);
    ck_assert_int_eq(got->kind[0], PZ_EVIDENCE_SELF);
    ck_assert_ok(pz_evidence_correct(at.school.importer, at.school.ana, at.add, got->sequence[0], 0.5, "said so", PZ_NUL_TERMINATED, NULL));
    ck_assert_int_eq(lesson_mastery(at.runner, at.school.ana, at.add).evidence_count, 2);
    ck_assert_ok(pz_store_verify(verifier, NULL, NULL, &json));
    pz_free(json);
    pz_free(got);
    pz_actor_free(verifier);
}
END_TEST

/* -------------------------------------------------------------------------------------------- failing memory --- */

typedef struct prepared {
    school school;
    pz_id cycle, closed, a, b;
} prepared;

static pz_status lead_through(void *user_data)
{
    const prepared *p = user_data;
    pz_actor *import = NULL, *runner = NULL;
    pz_assessment_seat seat = make_seat(p->a, p->school.ana, PZ_SEAT_EXEMPT, "Ill");
    const pz_assessment_seat *const seats[] = {&seat};
    school copy = p->school;
    pz_status status = school_open(&copy, 0);
    if (status == PZ_OK) status = pz_actor_open_service(copy.store, "test service", PZ_SCOPE_IMPORT, "tests", &import);
    if (status == PZ_OK) status = pz_actor_open_service(copy.store, "test runner", PZ_SCOPE_RECOMMEND, "tests", &runner);
    if (status == PZ_OK) status = pz_assessment_seats_set(import, seats, 1, "seats");
    if (status == PZ_OK) status = pz_forms_cross(import, p->a, p->b, 0, 0, 5, "forms");
    if (status == PZ_OK) status = pz_cycle_schedule(runner, p->cycle, p->a, SCHOOL_TODAY, SCHOOL_TODAY + 1, 0, "window");
    if (status == PZ_OK) status = pz_cycle_reopen(runner, p->closed, "Lost", PZ_NUL_TERMINATED, "reopen");
    if (status == PZ_OK) status = pz_cycle_close(runner, p->closed, "close", NULL, NULL);
    pz_actor_free(import);
    pz_actor_free(runner);
    pz_store_free(copy.store);
    return status;
}

static pz_status read_through(void *user_data)
{
    const prepared *p = user_data;
    pz_actor *reader = NULL;
    pz_assessment_seat **rows = NULL;
    pz_cycle_reopening **reopenings = NULL;
    size_t count;
    school copy = p->school;
    pz_status status = school_open(&copy, 0);
    if (status == PZ_OK) status = pz_actor_open(copy.store, copy.ana, PZ_ROLE_LEARNER, "tests", &reader);
    if (status == PZ_OK) status = pz_assessment_seat_list(reader, p->a, &rows, &count);
    pz_free(rows);
    if (status == PZ_OK) status = pz_cycle_missing_list(reader, p->cycle, 0, &rows, &count);
    if (status == PZ_OK) pz_free(rows);
    if (status == PZ_OK) status = pz_cycle_reopening_list(reader, p->closed, &reopenings, &count);
    pz_free(reopenings);
    pz_actor_free(reader);
    pz_store_free(copy.store);
    return status;
}

START_TEST(survives_each_allocation_failing)
{
    prepared p;
    lesson_start(&at);
    lesson_answers(&at, at.school.ana, at.add, SCHOOL_NOW, "10");
    p.cycle = open_cycle(at.school.a, 0);
    p.closed = open_cycle(at.school.a, 0);
    ck_assert_ok(pz_cycle_collect(at.runner, p.closed, NULL));
    ck_assert_ok(pz_cycle_close(at.runner, p.closed, NULL, NULL, NULL));
    p.a = save_assessment(at.school.a, SCHOOL_TODAY);
    p.b = save_assessment(at.school.a, SCHOOL_TODAY);
    pz_actor_free(at.runner);
    school_close(&at.school);
    p.school = at.school;
    ck_assert_int_gt(suite_each_allocation(lead_through, &p), 20);
    ck_assert_int_gt(suite_each_allocation(read_through, &p), 10);
    place_end(&at.school.place);
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("assessment");
    TCase *with = tcase_create("in a school");
    TCase *alone = tcase_create("memory");
    tcase_add_checked_fixture(with, setup, teardown);
    tcase_add_test(with, an_assessment_is_for_its_class_until_somebody_is_named);
    tcase_add_test(with, an_exemption_has_a_reason_and_can_be_taken_back);
    tcase_add_test(with, a_last_day_of_its_own_makes_nobody_late);
    tcase_add_test(with, a_withdrawn_answer_is_missing_again);
    tcase_add_test(with, seats_are_set_all_or_none_by_who_may);
    tcase_add_test(with, learners_and_families_see_their_own_seat);
    tcase_add_test(with, an_assessment_of_an_org_is_for_all_whom_its_cycle_covers);
    tcase_add_test(with, forms_are_crossed_over_the_halves_of_a_class);
    tcase_add_test(with, forms_that_cannot_be_crossed_are_refused);
    tcase_add_test(with, windows_of_a_class_do_not_overlap);
    tcase_add_test(with, windows_lie_within_their_cycle);
    tcase_add_test(with, a_reopened_cycle_is_closed_anew_and_keeps_both_closings);
    tcase_add_test(with, reopening_needs_a_reason_and_a_right);
    tcase_add_test(with, what_learners_think_of_themselves_is_no_part_of_mastery);
    tcase_add_test(alone, survives_each_allocation_failing);
    tcase_set_timeout(alone, 60);
    suite_add_tcase(suite, with);
    suite_add_tcase(suite, alone);
    return suite;
}

SUITE_MAIN(make_suite)
