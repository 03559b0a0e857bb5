/* Cycles: every step from every state, closing with growth, needs and next steps, and who may do and see what. */
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

static pz_cycle make_cycle(pz_id class_id, pz_date opens, pz_date closes)
{
    pz_cycle cycle = PZ_CYCLE_INIT;
    cycle.class_id = class_id;
    cycle.title = "Autumn";
    cycle.opens_on = opens;
    cycle.closes_on = closes;
    return cycle;
}

static pz_id open_cycle(const pz_cycle *cycle)
{
    pz_id id;
    ck_assert_ok(pz_cycle_open(at.runner, cycle, NULL, &id));
    return id;
}

static pz_id open_for_class(pz_date closes)
{
    pz_cycle cycle = make_cycle(at.school.a, closes - 30, closes);
    return open_cycle(&cycle);
}

static int32_t state_of(pz_id id)
{
    pz_cycle *cycle;
    int32_t state;
    ck_assert_ok(pz_cycle_get(at.runner, id, &cycle));
    state = cycle->state;
    pz_free(cycle);
    return state;
}

static void close_cycle(pz_id id)
{
    ck_assert_ok(pz_cycle_collect(at.runner, id, NULL));
    ck_assert_ok(pz_cycle_close(at.runner, id, NULL, NULL, NULL));
}

/* One result by value; cycle 0 if there is none. */
static pz_cycle_result result_of(pz_id cycle, pz_id learner, pz_id competency)
{
    pz_cycle_query query = PZ_CYCLE_QUERY_INIT;
    pz_cycle_result **rows, found;
    size_t count;
    memset(&found, 0, sizeof found);
    query.cycle = cycle;
    query.learner = learner;
    query.competency = competency;
    ck_assert_ok(pz_cycle_result_list(at.runner, &query, &rows, &count));
    ck_assert_uint_le(count, 1);
    if (count) found = *rows[0];
    pz_free(rows);
    return found;
}

static pz_time day(pz_date date)
{
    return (pz_time)date * SCHOOL_DAY;
}

/* --------------------------------------------------------------------------------------------------- states --- */

enum { STEP_ADD, STEP_COLLECT, STEP_CLOSE, STEP_HAND_OVER, STEPS };

static pz_status take_step(int step, pz_id id)
{
    pz_cycle next = make_cycle(0, SCHOOL_TODAY + 1, SCHOOL_TODAY + 30);
    pz_assessment assessment = PZ_ASSESSMENT_INIT;
    pz_id made;
    switch (step) {
    case STEP_ADD:
        assessment.class_id = at.school.a;
        assessment.title = "Test";
        ck_assert_ok(pz_assessment_save(at.school.importer, &assessment, NULL, NULL, NULL, &made));
        return pz_cycle_add_assessment(at.runner, id, made, NULL);
    case STEP_COLLECT: return pz_cycle_collect(at.runner, id, NULL);
    case STEP_CLOSE: return pz_cycle_close(at.runner, id, NULL, NULL, NULL);
    default: return pz_cycle_hand_over(at.runner, id, &next, NULL, &made);
    }
}

static pz_id cycle_in_state(int32_t state)
{
    pz_id id = open_for_class(SCHOOL_TODAY);
    for (int32_t step = PZ_CYCLE_OPEN; step < state; step++) ck_assert_ok(take_step(STEP_COLLECT + step - 1, id));
    ck_assert_int_eq(state_of(id), state);
    return id;
}

START_TEST(each_step_begins_from_its_state_alone)
{
    static const pz_status wanted[5][STEPS] = {
        [PZ_CYCLE_OPEN] = {PZ_OK, PZ_OK, PZ_E_STATE, PZ_E_STATE},
        [PZ_CYCLE_COLLECTING] = {PZ_OK, PZ_E_STATE, PZ_OK, PZ_E_STATE},
        [PZ_CYCLE_CLOSED] = {PZ_E_STATE, PZ_E_STATE, PZ_E_STATE, PZ_OK},
        [PZ_CYCLE_HANDED_OVER] = {PZ_E_STATE, PZ_E_STATE, PZ_E_STATE, PZ_E_STATE},
    };
    for (int32_t state = PZ_CYCLE_OPEN; state <= PZ_CYCLE_HANDED_OVER; state++)
        for (int step = 0; step < STEPS; step++) {
            pz_id id = cycle_in_state(state);
            int32_t after = wanted[state][step] != PZ_OK || step == STEP_ADD ? state : PZ_CYCLE_COLLECTING + step - STEP_COLLECT;
            ck_assert_status(take_step(step, id), wanted[state][step]);
            ck_assert_int_eq(state_of(id), after);
        }
}
END_TEST

START_TEST(hands_over_to_a_cycle_that_continues)
{
    pz_cycle next = make_cycle(0, SCHOOL_TODAY + 1, SCHOOL_TODAY + 30), *got;
    pz_cycle first = make_cycle(at.school.a, SCHOOL_TODAY - 30, SCHOOL_TODAY);
    pz_id id, made, again;
    first.framework = at.framework;
    id = open_cycle(&first);
    close_cycle(id);
    ck_assert_ok(pz_cycle_hand_over(at.runner, id, &next, "over", &made));
    ck_assert_ok(pz_cycle_hand_over(at.runner, id, &next, "over", &again));
    ck_assert_int_eq(made, again);
    ck_assert_ok(pz_cycle_get(at.runner, made, &got));
    ck_assert_int_eq(got->previous, id);
    ck_assert_int_eq(got->class_id, at.school.a);
    ck_assert_int_eq(got->framework, at.framework);
    ck_assert_int_eq(got->state, PZ_CYCLE_OPEN);
    ck_assert_int_eq(got->opens_on, SCHOOL_TODAY + 1);
    ck_assert_str_eq(got->title, "Autumn");
    pz_free(got);
}
END_TEST

START_TEST(ties_assessments)
{
    pz_assessment assessment = PZ_ASSESSMENT_INIT, **rows;
    pz_id cycle = open_for_class(SCHOOL_TODAY), id;
    size_t count;
    assessment.class_id = at.school.a;
    assessment.title = "Test";
    ck_assert_ok(pz_assessment_save(at.school.importer, &assessment, NULL, NULL, NULL, &id));
    ck_assert_ok(pz_cycle_add_assessment(at.runner, cycle, id, NULL));
    ck_assert_ok(pz_assessment_list(at.runner, lesson_assessments_of(0, cycle), &rows, &count));
    ck_assert_uint_eq(count, 1);
    ck_assert_int_eq(rows[0]->id, id);
    ck_assert_int_eq(rows[0]->cycle, cycle);
    pz_free(rows);
    ck_assert_status(pz_cycle_add_assessment(at.runner, cycle, 999999, NULL), PZ_E_NOT_FOUND);
    ck_assert_status(pz_cycle_add_assessment(at.runner, 999999, id, NULL), PZ_E_NOT_FOUND);
}
END_TEST

START_TEST(refuses_what_is_no_cycle)
{
    pz_cycle cycle = make_cycle(at.school.a, SCHOOL_TODAY, SCHOOL_TODAY);
    pz_id id = 7;
    ck_assert_status(pz_cycle_open(NULL, &cycle, NULL, &id), PZ_E_CLOSED);
    ck_assert_int_eq(id, 0);
    ck_assert_status(pz_cycle_open(at.runner, NULL, NULL, &id), PZ_E_INVALID);
    cycle.closes_on = SCHOOL_TODAY - 1;
    ck_assert_status(pz_cycle_open(at.runner, &cycle, NULL, &id), PZ_E_INVALID);
    ck_assert_str_eq(pz_last_error()->field, "closes_on");
    cycle = make_cycle(at.school.a, SCHOOL_TODAY, SCHOOL_TODAY);
    cycle.kind = PZ_ASSESSMENT_CLASSWORK;
    ck_assert_status(pz_cycle_open(at.runner, &cycle, NULL, &id), PZ_E_INVALID);
    cycle = make_cycle(at.school.a, SCHOOL_TODAY, SCHOOL_TODAY);
    cycle.title = "";
    ck_assert_status(pz_cycle_open(at.runner, &cycle, NULL, &id), PZ_E_INVALID);
    cycle.title = "\xff";
    ck_assert_status(pz_cycle_open(at.runner, &cycle, NULL, &id), PZ_E_TEXT);
    cycle = make_cycle(0, SCHOOL_TODAY, SCHOOL_TODAY);
    ck_assert_status(pz_cycle_open(at.runner, &cycle, NULL, &id), PZ_E_INVALID);
    cycle.class_id = 999999;
    ck_assert_status(pz_cycle_open(at.runner, &cycle, NULL, &id), PZ_E_NOT_FOUND);
    cycle.class_id = at.school.a;
    cycle.framework = 999999;
    ck_assert_status(pz_cycle_open(at.runner, &cycle, NULL, &id), PZ_E_NOT_FOUND);
    cycle.framework = 0;
    cycle.previous = 999999;
    ck_assert_status(pz_cycle_open(at.runner, &cycle, NULL, &id), PZ_E_NOT_FOUND);
    cycle.struct_size = 4;
    ck_assert_status(pz_cycle_open(at.runner, &cycle, NULL, &id), PZ_E_STRUCT_SIZE);
}
END_TEST

/* ------------------------------------------------------------------------------------------------ closing --- */

START_TEST(evidence_belongs_by_its_day)
{
    pz_id cycle = open_for_class(SCHOOL_TODAY);
    lesson_answers(&at, at.school.ana, at.add, day(SCHOOL_TODAY), "111");
    lesson_answers(&at, at.school.ana, at.add, day(SCHOOL_TODAY + 1), "0000");
    close_cycle(cycle);
    ck_assert_int_eq(result_of(cycle, at.school.ana, at.add).evidence_count, 3);
    ck_assert_int_eq(lesson_mastery(at.runner, at.school.ana, at.add).evidence_count, 7);
}
END_TEST

START_TEST(results_stay_what_they_were)
{
    pz_id cycle = open_for_class(SCHOOL_TODAY);
    pz_cycle_result before, after;
    lesson_answers(&at, at.school.ana, at.add, day(SCHOOL_TODAY - 1), "111");
    close_cycle(cycle);
    before = result_of(cycle, at.school.ana, at.add);
    lesson_answers(&at, at.school.ana, at.add, day(SCHOOL_TODAY - 1), "00000");
    after = result_of(cycle, at.school.ana, at.add);
    ck_assert(!memcmp(&before, &after, sizeof before));
}
END_TEST

START_TEST(growth_is_against_the_cycle_before_by_the_rule_of_today)
{
    static const double first[] = {0, 1, 0}, all[] = {0, 1, 0, 1, 1, 1, 1};
    pz_mastery_settings settings = PZ_MASTERY_SETTINGS_INIT;
    pz_mastery_state before = PZ_MASTERY_STATE_INIT, after = PZ_MASTERY_STATE_INIT;
    pz_growth wanted = PZ_GROWTH_INIT;
    pz_cycle second = make_cycle(at.school.a, SCHOOL_TODAY - 9, SCHOOL_TODAY);
    pz_id rule;
    pz_cycle_result got;
    second.previous = open_for_class(SCHOOL_TODAY - 10);
    lesson_answers(&at, at.school.ana, at.add, day(SCHOOL_TODAY - 12), "010");
    lesson_answers(&at, at.school.ana, at.subtract, day(SCHOOL_TODAY - 12), "1");
    close_cycle(second.previous);
    ck_assert(isnan(result_of(second.previous, at.school.ana, at.add).growth));
    ck_assert_ok(pz_mastery_rule_set(at.runner, at.school.a, 0, "{\"model\": \"mean\"}", PZ_NUL_TERMINATED, NULL, &rule));
    lesson_answers(&at, at.school.ana, at.add, day(SCHOOL_TODAY - 2), "1111");
    lesson_answers(&at, at.school.ana, at.divide, day(SCHOOL_TODAY - 2), "1");
    rule = lesson_mastery(at.runner, at.school.ana, at.add).rule;
    pz_id cycle = open_cycle(&second);
    close_cycle(cycle);
    ck_assert_ok(pz_mastery_settings_read("{\"model\": \"mean\"}", PZ_NUL_TERMINATED, &settings));
    ck_assert_ok(pz_mastery_state_start(&settings, &before));
    ck_assert_ok(pz_mastery_state_start(&settings, &after));
    ck_assert_ok(pz_mastery_state_update(&settings, first, NULL, 3, &before));
    ck_assert_ok(pz_mastery_state_update(&settings, all, NULL, 7, &after));
    ck_assert_ok(pz_mastery_growth(&settings, &before, &after, &wanted));
    got = result_of(cycle, at.school.ana, at.add);
    ck_assert_double_eq(got.growth, wanted.gain);
    ck_assert_double_eq(got.growth_standard_error, wanted.standard_error);
    ck_assert_int_eq(got.rule, rule);
    ck_assert_int_eq(got.evidence_count, 7);
    ck_assert_double_eq(result_of(cycle, at.school.ana, at.subtract).growth, 0); /* nothing new: no growth, and not unknown */
    ck_assert(isnan(result_of(cycle, at.school.ana, at.divide).growth));
    ck_assert(isnan(result_of(cycle, at.school.ana, at.divide).growth_standard_error));
}
END_TEST

START_TEST(next_steps_respect_prerequisites)
{
    pz_cycle cycle = make_cycle(at.school.a, SCHOOL_TODAY - 30, SCHOOL_TODAY);
    pz_id id;
    lesson_answers(&at, at.school.ana, at.add, day(SCHOOL_TODAY - 3), "11111111");
    lesson_answers(&at, at.school.ana, at.subtract, day(SCHOOL_TODAY - 3), "00000000");
    lesson_answers(&at, at.school.ben, at.multiply, day(SCHOOL_TODAY - 3), "00000000");
    cycle.framework = at.framework;
    id = open_cycle(&cycle);
    close_cycle(id);
    ck_assert_int_eq(result_of(id, at.school.ana, at.add).decision, PZ_MASTERY_MASTERED);
    ck_assert_int_eq(result_of(id, at.school.ana, at.add).step, 0);
    ck_assert_int_eq(result_of(id, at.school.ana, at.add).is_need, 0);
    ck_assert_int_eq(result_of(id, at.school.ana, at.subtract).step, 1);
    ck_assert_int_eq(result_of(id, at.school.ana, at.subtract).is_need, 1);
    ck_assert_int_eq(result_of(id, at.school.ana, at.multiply).step, 2);
    ck_assert_int_eq(result_of(id, at.school.ana, at.multiply).is_need, 0); /* nothing is known yet */
    ck_assert_int_eq(result_of(id, at.school.ana, at.multiply).evidence_count, 0);
    ck_assert(isnan(result_of(id, at.school.ana, at.multiply).estimate));
    ck_assert_int_eq(result_of(id, at.school.ana, at.divide).step, 2); /* through two others */
    ck_assert_int_eq(result_of(id, at.school.ben, at.add).step, 1);
    ck_assert_int_eq(result_of(id, at.school.ben, at.multiply).step, 2);
    ck_assert_int_eq(result_of(id, at.school.ben, at.multiply).is_need, 1);
}
END_TEST

/* Without a framework: what has evidence, and what comes before it. */
START_TEST(without_a_framework_covers_what_was_shown_and_what_precedes_it)
{
    pz_id id = open_for_class(SCHOOL_TODAY);
    lesson_answers(&at, at.school.ana, at.subtract, day(SCHOOL_TODAY - 3), "0000");
    lesson_answers(&at, at.school.dan, at.divide, day(SCHOOL_TODAY - 3), "0000"); /* not in the class */
    close_cycle(id);
    ck_assert_int_eq(result_of(id, at.school.ana, at.add).step, 1);
    ck_assert_int_eq(result_of(id, at.school.ana, at.subtract).step, 2);
    ck_assert_int_eq(result_of(id, at.school.cid, at.add).cycle, id);
    ck_assert_int_eq(result_of(id, at.school.ana, at.divide).cycle, 0);
    ck_assert_int_eq(result_of(id, at.school.dan, at.divide).cycle, 0);
}
END_TEST

START_TEST(what_is_no_longer_sure_is_a_need)
{
    pz_id rule;
    pz_cycle second = make_cycle(at.school.a, SCHOOL_TODAY - 9, SCHOOL_TODAY);
    /* Three of the last four: mastered at first, then left open by two wrong answers of which one may still be made up for. */
    ck_assert_ok(pz_mastery_rule_set(at.runner, 0, 0, "{\"model\": \"n_of_m\", \"n\": 3, \"m\": 6}", PZ_NUL_TERMINATED, NULL, &rule));
    second.previous = open_for_class(SCHOOL_TODAY - 10);
    lesson_answers(&at, at.school.ana, at.add, day(SCHOOL_TODAY - 12), "111000");
    close_cycle(second.previous);
    ck_assert_int_eq(result_of(second.previous, at.school.ana, at.add).decision, PZ_MASTERY_MASTERED);
    lesson_answers(&at, at.school.ana, at.add, day(SCHOOL_TODAY - 2), "01");
    pz_id id = open_cycle(&second);
    close_cycle(id);
    pz_cycle_result got = result_of(id, at.school.ana, at.add);
    ck_assert_int_ne(got.decision, PZ_MASTERY_MASTERED);
    ck_assert_int_eq(got.is_need, 1);
}
END_TEST

START_TEST(an_org_covers_the_classes_below_it)
{
    pz_cycle cycle = make_cycle(0, SCHOOL_TODAY - 30, SCHOOL_TODAY);
    pz_id id;
    cycle.org = at.school.north;
    lesson_answers(&at, at.school.ana, at.add, day(SCHOOL_TODAY - 3), "1");
    lesson_answers(&at, at.school.dan, at.add, day(SCHOOL_TODAY - 3), "1");
    id = open_cycle(&cycle);
    close_cycle(id);
    ck_assert_int_eq(result_of(id, at.school.ana, at.add).evidence_count, 1);
    ck_assert_int_eq(result_of(id, at.school.ben, at.add).cycle, id);
    ck_assert_int_eq(result_of(id, at.school.dan, at.add).cycle, 0);
}
END_TEST

static pz_status stop(double done, void *user_data)
{
    ck_assert_double_ge(done, 0);
    ck_assert_double_le(done, 1);
    ++*(int *)user_data;
    return PZ_E_CANCELLED;
}

static pz_status go_on(double done, void *user_data)
{
    (void)done;
    ++*(int *)user_data;
    return PZ_OK;
}

START_TEST(a_cancelled_closing_leaves_nothing)
{
    pz_id id = open_for_class(SCHOOL_TODAY);
    int calls = 0;
    pz_cycle_query query = PZ_CYCLE_QUERY_INIT;
    pz_cycle_result **rows;
    size_t count;
    lesson_answers(&at, at.school.ana, at.add, day(SCHOOL_TODAY), "1");
    ck_assert_ok(pz_cycle_collect(at.runner, id, NULL));
    ck_assert_status(pz_cycle_close(at.runner, id, NULL, stop, &calls), PZ_E_CANCELLED);
    ck_assert_int_eq(calls, 1);
    ck_assert_int_eq(state_of(id), PZ_CYCLE_COLLECTING);
    query.cycle = id;
    ck_assert_status(pz_cycle_result_list(at.runner, &query, &rows, &count), PZ_E_STATE);
    ck_assert_ok(pz_cycle_close(at.runner, id, "close", go_on, &calls));
    ck_assert_int_eq(calls, 4);
    ck_assert_ok(pz_cycle_close(at.runner, id, "close", go_on, &calls));
    ck_assert_int_eq(calls, 4);
    ck_assert_status(pz_cycle_collect(at.runner, id, "close"), PZ_E_KEY_REUSED);
}
END_TEST

START_TEST(a_whole_cycle_fits_into_one_joined_change)
{
    pz_actor *both = school_service(&at.school, PZ_SCOPE_IMPORT | PZ_SCOPE_RECOMMEND | PZ_SCOPE_READ);
    pz_cycle cycle = make_cycle(at.school.a, SCHOOL_TODAY - 3, SCHOOL_TODAY), *got;
    pz_cycle_query query = PZ_CYCLE_QUERY_INIT;
    pz_cycle_result **rows;
    int32_t repeated;
    int64_t change;
    size_t count;
    ck_assert_ok(pz_change_begin(both, "cycle", NULL, &repeated));
    ck_assert_ok(pz_cycle_open(both, &cycle, NULL, &query.cycle));
    ck_assert_ok(lesson_try_answers(both, at.school.ana, at.add, day(SCHOOL_TODAY - 1), "11", NULL, NULL));
    ck_assert_ok(pz_cycle_collect(both, query.cycle, NULL));
    ck_assert_ok(lesson_try_answers(both, at.school.ana, at.add, day(SCHOOL_TODAY - 2), "0", NULL, NULL)); /* late */
    ck_assert_ok(pz_cycle_close(both, query.cycle, NULL, NULL, NULL));
    ck_assert_ok(pz_cycle_result_list(both, &query, &rows, &count));
    ck_assert_uint_eq(count, 3);
    pz_free(rows);
    ck_assert_ok(pz_change_commit(both, &change));
    ck_assert_int_eq(result_of(query.cycle, at.school.ana, at.add).evidence_count, 3);
    ck_assert_ok(pz_cycle_get(both, query.cycle, &got));
    ck_assert_int_eq(got->closed_change, change);
    pz_free(got);
    pz_actor_free(both);
}
END_TEST

START_TEST(an_undone_joined_change_leaves_neither_evidence_nor_mastery)
{
    int32_t repeated;
    ck_assert_ok(pz_change_begin(at.school.importer, "undone", NULL, &repeated));
    lesson_answers(&at, at.school.ana, at.add, 0, "111");
    ck_assert_ok(pz_change_undo(at.school.importer));
    ck_assert_int_eq(lesson_mastery(at.runner, at.school.ana, at.add).evidence_count, 0);
    lesson_answers(&at, at.school.ana, at.add, 0, "1");
    ck_assert_int_eq(lesson_mastery(at.runner, at.school.ana, at.add).evidence_count, 1);
}
END_TEST

/* --------------------------------------------------------------------------------------------- who and what --- */

START_TEST(runs_for_those_who_answer_for_it)
{
    school *s = &at.school;
    const struct {
        pz_id person;
        pz_role role;
        pz_id class_id;
        pz_id org;
        pz_status wanted;
    } tries[] = {
        {s->tea, PZ_ROLE_TEACHER, s->a, 0, PZ_OK},
        {s->tea, PZ_ROLE_TEACHER, s->b, 0, PZ_E_NOT_FOUND},
        {s->tea, PZ_ROLE_TEACHER, 0, s->north, PZ_E_DENIED},
        {s->lea, PZ_ROLE_LEADER, 0, s->north, PZ_OK},
        {s->lea, PZ_ROLE_LEADER, 0, s->district, PZ_E_DENIED},
        {s->cou, PZ_ROLE_COUNSELOR, s->b, 0, PZ_OK},
        {s->head, PZ_ROLE_LEADER, 0, s->district, PZ_OK},
        {s->ana, PZ_ROLE_LEARNER, s->a, 0, PZ_E_DENIED},
        {s->gus, PZ_ROLE_GUARDIAN, s->a, 0, PZ_E_DENIED},
    };
    for (size_t i = 0; i < sizeof tries / sizeof tries[0]; i++) {
        pz_actor *actor = school_actor(s, tries[i].person, tries[i].role);
        pz_cycle cycle = make_cycle(tries[i].class_id, SCHOOL_TODAY, SCHOOL_TODAY);
        pz_id id;
        cycle.org = tries[i].org;
        ck_assert_status(pz_cycle_open(actor, &cycle, NULL, &id), tries[i].wanted);
        pz_actor_free(actor);
    }
}
END_TEST

/* What a class has of them in a state, for a list; until the next such call. */
static pz_cycle_list_query *cycles_of(pz_id class_id, int32_t state)
{
    static pz_cycle_list_query query;
    query = (pz_cycle_list_query)PZ_CYCLE_LIST_QUERY_INIT;
    query.class_id = class_id;
    query.state = state;
    return &query;
}

START_TEST(is_listed_for_those_whom_it_covers_newest_first)
{
    school *s = &at.school;
    pz_cycle of_org = make_cycle(0, SCHOOL_TODAY, SCHOOL_TODAY), of_south = make_cycle(s->c, SCHOOL_TODAY, SCHOOL_TODAY), **rows;
    pz_id class_cycle = open_for_class(SCHOOL_TODAY), org_cycle, south_cycle;
    size_t count;
    of_org.org = s->north;
    org_cycle = open_cycle(&of_org);
    south_cycle = open_cycle(&of_south);
    pz_actor *ana = school_actor(s, s->ana, PZ_ROLE_LEARNER), *tim = school_actor(s, s->tim, PZ_ROLE_TEACHER);
    ck_assert_ok(pz_cycle_list(ana, NULL, &rows, &count));
    ck_assert_uint_eq(count, 2);
    ck_assert_int_eq(rows[0]->id, org_cycle);
    ck_assert_int_eq(rows[1]->id, class_cycle);
    pz_free(rows);
    ck_assert_ok(pz_cycle_list(tim, NULL, &rows, &count));
    ck_assert_uint_eq(count, 1);
    ck_assert_int_eq(rows[0]->id, south_cycle);
    pz_free(rows);
    ck_assert_ok(pz_cycle_list(at.runner, cycles_of(s->b, 0), &rows, &count));
    ck_assert_uint_eq(count, 1);
    ck_assert_int_eq(rows[0]->id, org_cycle);
    pz_free(rows);
    ck_assert_ok(pz_cycle_list(at.runner, cycles_of(0, PZ_CYCLE_CLOSED), &rows, &count));
    ck_assert_uint_eq(count, 0);
    pz_free(rows);
    ck_assert_status(pz_cycle_list(at.runner, cycles_of(0, 9), &rows, &count), PZ_E_INVALID);
    ck_assert_status(pz_cycle_list(tim, cycles_of(s->a, 0), &rows, &count), PZ_E_NOT_FOUND);
    ck_assert_status(pz_cycle_list(NULL, NULL, &rows, &count), PZ_E_CLOSED);
    pz_cycle *cycle;
    ck_assert_status(pz_cycle_get(tim, class_cycle, &cycle), PZ_E_NOT_FOUND);
    ck_assert_status(pz_cycle_get(at.runner, 999999, &cycle), PZ_E_NOT_FOUND);
    ck_assert_status(pz_cycle_get(NULL, 1, &cycle), PZ_E_CLOSED);
    ck_assert_ptr_null(cycle);
    pz_actor_free(ana);
    pz_actor_free(tim);
}
END_TEST

START_TEST(results_are_listed_within_reach)
{
    school *s = &at.school;
    pz_cycle_query query = PZ_CYCLE_QUERY_INIT;
    pz_cycle_result **rows;
    size_t count;
    pz_id id = open_for_class(SCHOOL_TODAY);
    int64_t before;
    pz_actor *ana = school_actor(s, s->ana, PZ_ROLE_LEARNER), *view;
    lesson_answers(&at, s->ana, at.add, day(SCHOOL_TODAY), "0000");
    lesson_answers(&at, s->ben, at.add, day(SCHOOL_TODAY), "11111111");
    before = school_last_change(s);
    close_cycle(id);
    query.cycle = id;
    ck_assert_ok(pz_cycle_result_list(at.runner, &query, &rows, &count));
    ck_assert_uint_eq(count, 3);
    pz_free(rows);
    ck_assert_ok(pz_cycle_result_list(ana, &query, &rows, &count));
    ck_assert_uint_eq(count, 1);
    ck_assert_int_eq(rows[0]->learner, s->ana);
    pz_free(rows);
    query.needs_only = 1;
    ck_assert_ok(pz_cycle_result_list(at.runner, &query, &rows, &count));
    ck_assert_uint_eq(count, 1);
    ck_assert_int_eq(rows[0]->learner, s->ana);
    pz_free(rows);
    query.needs_only = 0;
    query.steps_only = 1;
    ck_assert_ok(pz_cycle_result_list(at.runner, &query, &rows, &count));
    ck_assert_uint_eq(count, 2); /* ana, and cid of whom nothing is known */
    pz_free(rows);
    query.class_id = s->b;
    ck_assert_ok(pz_cycle_result_list(at.runner, &query, &rows, &count));
    ck_assert_uint_eq(count, 0);
    pz_free(rows);
    ck_assert_ok(pz_actor_as_of_change(at.runner, before, &view));
    ck_assert_status(pz_cycle_result_list(view, &query, &rows, &count), PZ_E_STATE);
    pz_actor_free(view);
    query.cycle = 999999;
    ck_assert_status(pz_cycle_result_list(at.runner, &query, &rows, &count), PZ_E_NOT_FOUND);
    ck_assert_status(pz_cycle_result_list(NULL, &query, &rows, &count), PZ_E_CLOSED);
    ck_assert_status(pz_cycle_result_list(at.runner, NULL, &rows, &count), PZ_E_INVALID);
    query.struct_size = 2;
    ck_assert_status(pz_cycle_result_list(at.runner, &query, &rows, &count), PZ_E_STRUCT_SIZE);
    pz_actor_free(ana);
}
END_TEST

/* -------------------------------------------------------------------------------------------- failing memory --- */

static pz_id memory_cycle;

static pz_status close_it(void *user_data)
{
    const lesson *l = user_data;
    pz_cycle next = make_cycle(0, SCHOOL_TODAY + 1, SCHOOL_TODAY + 9);
    pz_actor *actor = NULL;
    school copy = l->school;
    pz_id made;
    pz_status status = school_open(&copy, 0);
    if (status == PZ_OK) status = pz_actor_open_service(copy.store, "test service", PZ_SCOPE_RECOMMEND, "tests", &actor);
    if (status == PZ_OK) status = pz_cycle_collect(actor, memory_cycle, "m collect");
    if (status == PZ_OK) status = pz_cycle_close(actor, memory_cycle, "m close", NULL, NULL);
    if (status == PZ_OK) status = pz_cycle_hand_over(actor, memory_cycle, &next, "m over", &made);
    pz_actor_free(actor);
    pz_store_free(copy.store);
    return status;
}

START_TEST(survives_each_allocation_failing)
{
    lesson_start(&at);
    memory_cycle = open_for_class(SCHOOL_TODAY);
    lesson_answers(&at, at.school.ana, at.subtract, day(SCHOOL_TODAY - 1), "0101");
    pz_actor_free(at.runner);
    school_close(&at.school);
    ck_assert_int_gt(suite_each_allocation(close_it, &at), 30);
    place_end(&at.school.place);
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("cycle");
    TCase *with = tcase_create("in a school");
    TCase *alone = tcase_create("memory");
    tcase_add_checked_fixture(with, setup, teardown);
    tcase_set_timeout(with, 60);
    tcase_add_test(with, each_step_begins_from_its_state_alone);
    tcase_add_test(with, hands_over_to_a_cycle_that_continues);
    tcase_add_test(with, ties_assessments);
    tcase_add_test(with, refuses_what_is_no_cycle);
    tcase_add_test(with, evidence_belongs_by_its_day);
    tcase_add_test(with, results_stay_what_they_were);
    tcase_add_test(with, growth_is_against_the_cycle_before_by_the_rule_of_today);
    tcase_add_test(with, next_steps_respect_prerequisites);
    tcase_add_test(with, without_a_framework_covers_what_was_shown_and_what_precedes_it);
    tcase_add_test(with, what_is_no_longer_sure_is_a_need);
    tcase_add_test(with, an_org_covers_the_classes_below_it);
    tcase_add_test(with, a_cancelled_closing_leaves_nothing);
    tcase_add_test(with, a_whole_cycle_fits_into_one_joined_change);
    tcase_add_test(with, an_undone_joined_change_leaves_neither_evidence_nor_mastery);
    tcase_add_test(with, runs_for_those_who_answer_for_it);
    tcase_add_test(with, is_listed_for_those_whom_it_covers_newest_first);
    tcase_add_test(with, results_are_listed_within_reach);
    tcase_add_test(alone, survives_each_allocation_failing);
    tcase_set_timeout(alone, 60);
    suite_add_tcase(suite, with);
    suite_add_tcase(suite, alone);
    return suite;
}

SUITE_MAIN(make_suite)
