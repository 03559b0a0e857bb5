/* What closing leads to: who is undecided and which items settle it, and what groups achieved against the others of their class. */
#include "personalize/effect.h"
#include "personalize/recommend.h"
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

static pz_id open_cycle(pz_date opens, pz_date closes)
{
    pz_cycle cycle = PZ_CYCLE_INIT;
    pz_id id;
    cycle.class_id = at.school.a;
    cycle.title = "Autumn";
    cycle.opens_on = opens;
    cycle.closes_on = closes;
    ck_assert_ok(pz_cycle_open(at.runner, &cycle, NULL, &id));
    ck_assert_ok(pz_cycle_collect(at.runner, id, NULL));
    return id;
}

static void close_cycle(pz_id cycle)
{
    ck_assert_ok(pz_cycle_close(at.runner, cycle, NULL, NULL, NULL));
}

/* ----------------------------------------------------------------------------------------------- undecided --- */

static pz_id save_item(const char *code, double weight)
{
    pz_item item = PZ_ITEM_INIT;
    pz_bearing bearing = PZ_BEARING_INIT;
    const pz_bearing *const bearings[] = {&bearing};
    pz_id id;
    item.code = code;
    ck_assert_ok(pz_item_save(at.school.importer, &item, NULL, NULL, NULL, &id));
    bearing.of = id;
    bearing.competency = at.add;
    bearing.weight = weight;
    ck_assert_ok(pz_bearings_set(at.school.importer, PZ_KIND_ITEM, id, bearings, 1, NULL));
    return id;
}

static void answer_item(pz_id learner, pz_id item, double score, pz_time when)
{
    pz_evidence evidence = PZ_EVIDENCE_INIT;
    evidence.rows = 1;
    evidence.learner = &learner;
    evidence.competency = &at.add;
    evidence.score = &score;
    evidence.at = &when;
    evidence.item = &item;
    ck_assert_ok(pz_evidence_add(at.school.importer, &evidence, NULL, NULL));
}

START_TEST(names_the_shortest_set_of_items_that_can_settle)
{
    pz_id half = save_item("half", 0.5), full = save_item("full", 1), seen = save_item("seen", 1), more = save_item("more", 0.75);
    pz_id cycle = open_cycle(SCHOOL_TODAY - 5, SCHOOL_TODAY);
    pz_settling_item **rows;
    size_t count;
    answer_item(at.school.ana, seen, 1, SCHOOL_NOW);
    lesson_answers(&at, at.school.ben, at.add, SCHOOL_NOW, "00000");
    close_cycle(cycle);
    ck_assert_ok(pz_cycle_unsettled_list(at.runner, cycle, at.school.ana, 0, &rows, &count));
    /* One right answer: two more are needed before anything is decided. Weights 1, 0.75 and 0.5 make 2.25. */
    ck_assert_uint_eq(count, 3);
    for (size_t i = 0; i < 3; i++) {
        const pz_id items[] = {full, more, half};
        ck_assert_int_eq(rows[i]->learner, at.school.ana);
        ck_assert_int_eq(rows[i]->competency, at.add);
        ck_assert_int_eq(rows[i]->needed, 2);
        ck_assert_int_eq(rows[i]->position, (int)i + 1);
        ck_assert_int_eq(rows[i]->item, items[i]);
    }
    pz_free(rows);
    ck_assert_ok(pz_cycle_unsettled_list(at.runner, cycle, at.school.ben, 0, &rows, &count));
    ck_assert_uint_eq(count, 0);
    pz_free(rows);
    /* Cid has shown nothing: three are needed, and there are four items. */
    ck_assert_ok(pz_cycle_unsettled_list(at.runner, cycle, at.school.cid, at.add, &rows, &count));
    ck_assert_uint_eq(count, 4);
    ck_assert_int_eq(rows[0]->needed, 3);
    pz_free(rows);
    answer_item(at.school.ana, full, 1, SCHOOL_NOW + 1);
    answer_item(at.school.ana, more, 1, SCHOOL_NOW + 2);
    ck_assert_ok(pz_cycle_unsettled_list(at.runner, cycle, at.school.ana, 0, &rows, &count));
    for (size_t i = 0; i < count; i++) ck_assert_int_lt(rows[i]->needed, 5);
    if (count) ck_assert_int_eq(rows[count - 1]->item, rows[count - 1]->needed > 0.5 ? 0 : half);
    pz_free(rows);
}
END_TEST

START_TEST(who_sees_no_items_is_not_told_them)
{
    pz_id cycle = open_cycle(SCHOOL_TODAY - 5, SCHOOL_TODAY);
    pz_actor *ana = school_actor(&at.school, at.school.ana, PZ_ROLE_LEARNER),
             *tim = school_actor(&at.school, at.school.tim, PZ_ROLE_TEACHER);
    pz_settling_item **rows;
    pz_group_effect **effects;
    size_t count;
    ck_assert_status(pz_cycle_unsettled_list(at.runner, cycle, 0, 0, &rows, &count), PZ_E_STATE);
    ck_assert_status(pz_cycle_effect_list(at.runner, cycle, &effects, &count), PZ_E_STATE);
    close_cycle(cycle);
    ck_assert_status(pz_cycle_unsettled_list(ana, cycle, 0, 0, &rows, &count), PZ_E_DENIED);
    ck_assert_status(pz_cycle_unsettled_list(tim, cycle, 0, 0, &rows, &count), PZ_E_NOT_FOUND);
    ck_assert_status(pz_cycle_unsettled_list(NULL, cycle, 0, 0, &rows, &count), PZ_E_CLOSED);
    ck_assert_status(pz_cycle_unsettled_list(at.runner, cycle, 999999, 0, &rows, &count), PZ_E_NOT_FOUND);
    ck_assert_status(pz_cycle_unsettled_list(at.runner, cycle, 0, 999999, &rows, &count), PZ_E_NOT_FOUND);
    ck_assert_status(pz_cycle_unsettled_list(at.runner, 999999, 0, 0, &rows, &count), PZ_E_NOT_FOUND);
    ck_assert_status(pz_cycle_effect_list(ana, cycle, &effects, &count), PZ_E_DENIED);
    ck_assert_status(pz_cycle_effect_list(tim, cycle, &effects, &count), PZ_E_NOT_FOUND);
    ck_assert_status(pz_cycle_effect_list(NULL, cycle, &effects, &count), PZ_E_CLOSED);
    ck_assert_ok(pz_cycle_effect_list(at.runner, cycle, &effects, &count));
    ck_assert_uint_eq(count, 0);
    pz_free(effects);
    pz_actor_free(ana);
    pz_actor_free(tim);
}
END_TEST

/* ------------------------------------------------------------------------------------------------- effects --- */

/* Two cycles of class a, in which five need to add. Ana and Ben are grouped for it, the others are not, and only the group learns it. */
static pz_id two_cycles(void)
{
    const pz_id learners[] = {at.school.ana, at.school.ben, at.school.cid, at.school.dan, at.school.eva};
    pz_grouping_request request = PZ_GROUPING_REQUEST_INIT;
    pz_grouping_rule absent[3] = {PZ_GROUPING_RULE_INIT, PZ_GROUPING_RULE_INIT, PZ_GROUPING_RULE_INIT};
    const pz_grouping_rule *const rules[] = {&absent[0], &absent[1], &absent[2]};
    pz_actor *tea = school_actor(&at.school, at.school.tea, PZ_ROLE_TEACHER);
    pz_recommendation *made;
    pz_cycle after = PZ_CYCLE_INIT;
    pz_id first, second, recommendation;
    school_enroll(&at.school, at.school.a, at.school.dan, PZ_ROLE_LEARNER);
    school_enroll(&at.school, at.school.a, at.school.eva, PZ_ROLE_LEARNER);
    first = open_cycle(SCHOOL_TODAY - 5, SCHOOL_TODAY);
    for (int i = 0; i < 5; i++) lesson_answers(&at, learners[i], at.add, SCHOOL_NOW - SCHOOL_DAY, "00000");
    close_cycle(first);
    request.class_id = at.school.a;
    request.cycle = first;
    request.size_min = request.size_max = 2;
    for (int i = 0; i < 3; i++) {
        absent[i].kind = PZ_RULE_ABSENT;
        absent[i].learner = learners[2 + i];
    }
    ck_assert_ok(pz_grouping_recommend(tea, &request, rules, 3, NULL, NULL, NULL, &recommendation));
    ck_assert_ok(pz_recommendation_get(tea, recommendation, &made));
    ck_assert_ok(pz_recommendation_accept(tea, recommendation, made->version, NULL, 0, NULL));
    pz_free(made);
    after.title = "Winter";
    after.opens_on = SCHOOL_TODAY + 1;
    after.closes_on = SCHOOL_TODAY + 20;
    ck_assert_ok(pz_cycle_hand_over(at.runner, first, &after, NULL, &second));
    ck_assert_ok(pz_cycle_collect(at.runner, second, NULL));
    at.school.now += 10 * SCHOOL_DAY;
    for (int i = 0; i < 5; i++) lesson_answers(&at, learners[i], at.add, SCHOOL_NOW + 5 * SCHOOL_DAY, i < 2 ? "111111" : "000000");
    close_cycle(second);
    pz_actor_free(tea);
    return second;
}

START_TEST(a_group_is_measured_against_the_others_of_its_class)
{
    pz_id cycle = two_cycles();
    pz_actor *tea = school_actor(&at.school, at.school.tea, PZ_ROLE_TEACHER);
    pz_group_effect **rows;
    pz_effect wanted = PZ_EFFECT_INIT;
    size_t count;
    ck_assert_ok(pz_cycle_effect_list(tea, cycle, &rows, &count));
    ck_assert_uint_eq(count, 2);
    ck_assert_int_eq(rows[0]->measure, PZ_EFFECT_NEED_MET);
    ck_assert_int_eq(rows[1]->measure, PZ_EFFECT_GROWTH);
    for (int i = 0; i < 2; i++) {
        ck_assert_int_eq(rows[i]->competency, at.add);
        ck_assert_int_eq(rows[i]->class_id, at.school.a);
        ck_assert_int_eq(rows[i]->group_no, 1);
        ck_assert_int_eq(rows[i]->learners, 2);
        ck_assert_int_eq(rows[i]->others, 3);
    }
    ck_assert_ok(pz_effect_of_shares(2, 2, 0, 3, &wanted));
    ck_assert_double_eq(rows[0]->difference, 1);
    ck_assert_double_eq(rows[0]->lower, wanted.lower);
    ck_assert_double_eq(rows[0]->upper, wanted.upper);
    ck_assert_double_gt(rows[1]->difference, 0.5);
    pz_free(rows);
    pz_actor_free(tea);
}
END_TEST

/* -------------------------------------------------------------------------------------------- failing memory --- */

static pz_id cycle_to_read;

static pz_status read_through(void *user_data)
{
    const school *kept = user_data;
    school copy = *kept;
    pz_actor *reader = NULL;
    pz_group_effect **effects = NULL;
    pz_settling_item **items = NULL;
    size_t count;
    pz_store_options options = PZ_STORE_OPTIONS_INIT;
    pz_status status;
    options.read_only = 1; /* so that no record of reads is written at the end, which nobody would hear of if it failed */
    status = pz_store_open(copy.place.path, &options, &copy.store);
    if (status == PZ_OK) status = pz_actor_open_service(copy.store, "test service", PZ_SCOPE_READ, "tests", &reader);
    if (status == PZ_OK) status = pz_cycle_effect_list(reader, cycle_to_read, &effects, &count);
    pz_free(effects);
    if (status == PZ_OK) status = pz_cycle_unsettled_list(reader, cycle_to_read, copy.ana, 0, &items, &count);
    pz_free(items);
    pz_store_free(copy.store);
    pz_actor_free(reader);
    return status;
}

START_TEST(survives_each_allocation_failing)
{
    lesson_start(&at);
    cycle_to_read = two_cycles();
    save_item("more", 1);
    pz_actor_free(at.runner);
    school_close(&at.school);
    ck_assert_int_gt(suite_each_allocation(read_through, &at.school), 10);
    place_end(&at.school.place);
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("cycle effect");
    TCase *with = tcase_create("in a school");
    TCase *alone = tcase_create("memory");
    tcase_add_checked_fixture(with, setup, teardown);
    tcase_add_test(with, names_the_shortest_set_of_items_that_can_settle);
    tcase_add_test(with, who_sees_no_items_is_not_told_them);
    tcase_add_test(with, a_group_is_measured_against_the_others_of_its_class);
    tcase_add_test(alone, survives_each_allocation_failing);
    tcase_set_timeout(alone, 60);
    suite_add_tcase(suite, with);
    suite_add_tcase(suite, alone);
    return suite;
}

SUITE_MAIN(make_suite)
