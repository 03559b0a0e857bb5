/* Assessments, items, options, misconceptions and what they bear on: written, revised, listed, within rights. */
#include "records/evidence/write.h"
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

static pz_id save_item(const char *code)
{
    pz_item item = PZ_ITEM_INIT;
    pz_id id;
    item.code = code;
    ck_assert_ok(pz_item_save(at.school.importer, &item, NULL, NULL, NULL, &id));
    return id;
}

static pz_id save_misconception(const char *code)
{
    pz_misconception record = PZ_MISCONCEPTION_INIT;
    pz_id id;
    record.code = code;
    record.statement = "Something";
    record.competency = at.add;
    ck_assert_ok(pz_misconception_save(at.school.importer, &record, NULL, &id));
    return id;
}

/* ----------------------------------------------------------------------------------------------- assessments --- */

static pz_assessment make_assessment(pz_id class_id)
{
    pz_assessment record = PZ_ASSESSMENT_INIT;
    record.class_id = class_id;
    record.title = "Test 1";
    return record;
}

START_TEST(an_assessment_is_kept_revised_and_found_by_its_outside_id)
{
    pz_assessment record = make_assessment(at.school.a), **rows;
    pz_id id, again, found;
    size_t count;
    record.kind = PZ_ASSESSMENT_INTERIM;
    record.category = "quiz";
    record.held_on = SCHOOL_TODAY;
    record.due_on = SCHOOL_TODAY + 1;
    record.score_min = 0;
    record.score_max = 20;
    ck_assert_ok(pz_assessment_save(at.school.importer, &record, "sis", "line 1", "key", &id));
    ck_assert_ok(pz_assessment_save(at.school.importer, &record, "sis", "line 1", "key", &again));
    ck_assert_int_eq(id, again);
    ck_assert_ok(pz_id_resolve(at.runner, PZ_KIND_ASSESSMENT, "sis", "line 1", PZ_NUL_TERMINATED, &found));
    ck_assert_int_eq(found, id);
    ck_assert_status(pz_assessment_save(at.school.importer, &record, "sis", "line 1", NULL, &again), PZ_E_EXISTS);
    record.id = id;
    record.title = "Test one";
    ck_assert_ok(pz_assessment_save(at.school.importer, &record, NULL, NULL, NULL, &again));
    ck_assert_ok(pz_assessment_list(at.runner, lesson_assessments_of(at.school.a, 0), &rows, &count));
    ck_assert_uint_eq(count, 1);
    ck_assert_str_eq(rows[0]->title, "Test one");
    ck_assert_str_eq(rows[0]->category, "quiz");
    ck_assert_int_eq(rows[0]->kind, PZ_ASSESSMENT_INTERIM);
    ck_assert_int_eq(rows[0]->held_on, SCHOOL_TODAY);
    ck_assert_double_eq(rows[0]->score_max, 20);
    pz_free(rows);
}
END_TEST

START_TEST(assessments_are_refused_that_make_no_sense)
{
    pz_assessment record = make_assessment(at.school.a);
    pz_id id = 7;
    ck_assert_status(pz_assessment_save(NULL, &record, NULL, NULL, NULL, &id), PZ_E_CLOSED);
    ck_assert_int_eq(id, 0);
    record.title = "";
    ck_assert_status(pz_assessment_save(at.school.importer, &record, NULL, NULL, NULL, &id), PZ_E_INVALID);
    record = make_assessment(999999);
    ck_assert_status(pz_assessment_save(at.school.importer, &record, NULL, NULL, NULL, &id), PZ_E_NOT_FOUND);
    record = make_assessment(0);
    record.org = 999999;
    ck_assert_status(pz_assessment_save(at.school.importer, &record, NULL, NULL, NULL, &id), PZ_E_NOT_FOUND);
    record = make_assessment(at.school.a);
    record.cycle = 999999;
    ck_assert_status(pz_assessment_save(at.school.importer, &record, NULL, NULL, NULL, &id), PZ_E_NOT_FOUND);
    record = make_assessment(at.school.a);
    record.kind = 7;
    ck_assert_status(pz_assessment_save(at.school.importer, &record, NULL, NULL, NULL, &id), PZ_E_INVALID);
    record = make_assessment(at.school.a);
    record.score_min = 5;
    record.score_max = 4;
    ck_assert_status(pz_assessment_save(at.school.importer, &record, NULL, NULL, NULL, &id), PZ_E_INVALID);
    record.id = 999999;
    record.score_min = 0;
    ck_assert_status(pz_assessment_save(at.school.importer, &record, NULL, NULL, NULL, &id), PZ_E_NOT_FOUND);
    record.struct_size = 4;
    ck_assert_status(pz_assessment_save(at.school.importer, &record, NULL, NULL, NULL, &id), PZ_E_STRUCT_SIZE);
}
END_TEST

START_TEST(teachers_write_those_of_their_own_classes)
{
    school *s = &at.school;
    pz_actor *tea = school_actor(s, s->tea, PZ_ROLE_TEACHER), *tom = school_actor(s, s->tom, PZ_ROLE_TEACHER),
             *ana = school_actor(s, s->ana, PZ_ROLE_LEARNER);
    pz_assessment record = make_assessment(s->a), **rows;
    size_t count;
    pz_id id;
    ck_assert_ok(pz_assessment_save(tea, &record, NULL, NULL, NULL, &record.id));
    ck_assert_status(pz_assessment_save(tom, &record, NULL, NULL, NULL, &id), PZ_E_NOT_FOUND);
    record.class_id = s->b;
    ck_assert_status(pz_assessment_save(tom, &record, NULL, NULL, NULL, &id), PZ_E_NOT_FOUND); /* not out of another's class */
    ck_assert_status(pz_assessment_save(tea, &record, NULL, NULL, NULL, &id), PZ_E_NOT_FOUND);
    record = make_assessment(0);
    ck_assert_status(pz_assessment_save(tea, &record, NULL, NULL, NULL, &id), PZ_E_DENIED);
    ck_assert_status(pz_assessment_save(ana, &record, NULL, NULL, NULL, &id), PZ_E_DENIED);
    ck_assert_status(pz_assessment_save(at.runner, &record, NULL, NULL, NULL, &id), PZ_E_DENIED);
    ck_assert_ok(pz_assessment_list(ana, NULL, &rows, &count));
    ck_assert_uint_eq(count, 1);
    pz_free(rows);
    ck_assert_ok(pz_assessment_list(tom, NULL, &rows, &count));
    ck_assert_uint_eq(count, 0);
    pz_free(rows);
    ck_assert_status(pz_assessment_list(tom, lesson_assessments_of(s->a, 0), &rows, &count), PZ_E_NOT_FOUND);
    ck_assert_status(pz_assessment_list(tom, lesson_assessments_of(0, 999999), &rows, &count), PZ_E_NOT_FOUND);
    pz_assessment_query *of_kind = lesson_assessments_of(s->a, 0);
    of_kind->kind = PZ_ASSESSMENT_STANDARDIZED;
    ck_assert_ok(pz_assessment_list(tea, of_kind, &rows, &count));
    ck_assert_uint_eq(count, 0);
    pz_free(rows);
    of_kind->kind = 7;
    ck_assert_status(pz_assessment_list(tea, of_kind, &rows, &count), PZ_E_INVALID);
    of_kind->kind = 0, of_kind->struct_size = 4;
    ck_assert_status(pz_assessment_list(tea, of_kind, &rows, &count), PZ_E_STRUCT_SIZE);
    ck_assert_status(pz_assessment_list(NULL, NULL, &rows, &count), PZ_E_CLOSED);
    pz_actor_free(tea);
    pz_actor_free(tom);
    pz_actor_free(ana);
}
END_TEST

/* ------------------------------------------------------------------------------------------------------ items --- */

START_TEST(items_are_listed_by_what_they_bear_on)
{
    pz_id first = save_item("Q1"), second = save_item("Q2");
    pz_bearing rows[2] = {PZ_BEARING_INIT, PZ_BEARING_INIT}, **bearings;
    const pz_bearing *pointers[] = {&rows[0], &rows[1]};
    pz_item **items;
    size_t count;
    rows[0].competency = at.add;
    rows[1].competency = at.subtract;
    rows[1].weight = 0.5;
    ck_assert_ok(pz_bearings_set(at.school.importer, PZ_KIND_ITEM, first, pointers, 2, NULL));
    ck_assert_ok(pz_bearings_set(at.school.importer, PZ_KIND_ITEM, second, pointers, 1, "key"));
    ck_assert_ok(pz_bearings_set(at.school.importer, PZ_KIND_ITEM, second, pointers, 1, "key"));
    ck_assert_ok(pz_item_list(at.runner, lesson_items_on(at.subtract), &items, &count));
    ck_assert_uint_eq(count, 1);
    ck_assert_str_eq(items[0]->code, "Q1");
    pz_free(items);
    ck_assert_ok(pz_item_list(at.runner, NULL, &items, &count));
    ck_assert_uint_eq(count, 2);
    pz_free(items);
    ck_assert_ok(pz_bearing_list(at.runner, PZ_KIND_ITEM, first, &bearings, &count));
    ck_assert_uint_eq(count, 2);
    ck_assert_int_eq(bearings[1]->competency, at.subtract);
    ck_assert_double_eq(bearings[1]->weight, 0.5);
    pz_free(bearings);
    ck_assert_ok(pz_bearings_set(at.school.importer, PZ_KIND_ITEM, first, pointers + 1, 1, NULL)); /* what is not named any more ends */
    ck_assert_ok(pz_bearing_list(at.runner, PZ_KIND_ITEM, first, &bearings, &count));
    ck_assert_uint_eq(count, 1);
    pz_free(bearings);
    ck_assert_ok(pz_bearings_set(at.school.importer, PZ_KIND_ITEM, first, NULL, 0, NULL));
    ck_assert_ok(pz_bearing_list(at.runner, PZ_KIND_ITEM, first, &bearings, &count));
    ck_assert_uint_eq(count, 0);
    pz_free(bearings);
    ck_assert_status(pz_item_list(at.runner, lesson_items_on(999999), &items, &count), PZ_E_NOT_FOUND);
    ck_assert_status(pz_item_list(NULL, NULL, &items, &count), PZ_E_CLOSED);
    pz_actor *ana = school_actor(&at.school, at.school.ana, PZ_ROLE_LEARNER);
    ck_assert_status(pz_item_list(ana, NULL, &items, &count), PZ_E_DENIED); /* questions may be asked again */
    pz_actor_free(ana);
}
END_TEST

START_TEST(bearings_are_refused_that_make_no_sense)
{
    pz_id item = save_item("Q1");
    pz_bearing one = PZ_BEARING_INIT, **rows;
    const pz_bearing *pointers[] = {&one, &one};
    size_t count;
    one.competency = at.add;
    ck_assert_status(pz_bearings_set(NULL, PZ_KIND_ITEM, item, pointers, 1, NULL), PZ_E_CLOSED);
    ck_assert_status(pz_bearings_set(at.school.importer, PZ_KIND_GOAL, item, pointers, 1, NULL), PZ_E_INVALID);
    ck_assert_status(pz_bearings_set(at.school.importer, PZ_KIND_ITEM, item, NULL, 1, NULL), PZ_E_INVALID);
    ck_assert_status(pz_bearings_set(at.school.importer, PZ_KIND_ITEM, item, pointers, 1001, NULL), PZ_E_TOO_LONG);
    ck_assert_status(pz_bearings_set(at.school.importer, PZ_KIND_ITEM, item, pointers, 2, NULL), PZ_E_INVALID);
    ck_assert_status(pz_bearings_set(at.school.importer, PZ_KIND_ITEM, 999999, pointers, 1, NULL), PZ_E_NOT_FOUND);
    ck_assert_status(pz_bearings_set(at.runner, PZ_KIND_ITEM, item, pointers, 1, NULL), PZ_E_DENIED);
    one.weight = 0;
    ck_assert_status(pz_bearings_set(at.school.importer, PZ_KIND_ITEM, item, pointers, 1, NULL), PZ_E_INVALID);
    one.weight = 1;
    one.of = 5;
    ck_assert_status(pz_bearings_set(at.school.importer, PZ_KIND_ITEM, item, pointers, 1, NULL), PZ_E_INVALID);
    one.of = 0;
    one.competency = 999999;
    ck_assert_status(pz_bearings_set(at.school.importer, PZ_KIND_ITEM, item, pointers, 1, NULL), PZ_E_NOT_FOUND);
    ck_assert_status(pz_bearing_list(at.runner, PZ_KIND_GOAL, item, &rows, &count), PZ_E_INVALID);
    ck_assert_status(pz_bearing_list(at.runner, PZ_KIND_ITEM, 999999, &rows, &count), PZ_E_NOT_FOUND);
    ck_assert_status(pz_bearing_list(NULL, PZ_KIND_ITEM, item, &rows, &count), PZ_E_CLOSED);
    school *s = &at.school;
    pz_actor *tea = school_actor(s, s->tea, PZ_ROLE_TEACHER), *tom = school_actor(s, s->tom, PZ_ROLE_TEACHER);
    pz_assessment assessment = make_assessment(s->a);
    one.competency = at.add;
    ck_assert_ok(pz_assessment_save(tea, &assessment, NULL, NULL, NULL, &assessment.id));
    ck_assert_ok(pz_bearings_set(tea, PZ_KIND_ASSESSMENT, assessment.id, pointers, 1, NULL));
    ck_assert_status(pz_bearings_set(tom, PZ_KIND_ASSESSMENT, assessment.id, pointers, 1, NULL), PZ_E_NOT_FOUND);
    ck_assert_ok(pz_bearing_list(tea, PZ_KIND_ASSESSMENT, assessment.id, &rows, &count));
    ck_assert_uint_eq(count, 1);
    pz_free(rows);
    pz_actor_free(tea);
    pz_actor_free(tom);
}
END_TEST

/* ---------------------------------------------------------------------------------------------------- options --- */

START_TEST(options_are_set_as_a_whole_and_keep_their_numbers)
{
    pz_id item = save_item("Q1"), misconception = save_misconception("m");
    pz_item_option rows[3] = {PZ_ITEM_OPTION_INIT, PZ_ITEM_OPTION_INIT, PZ_ITEM_OPTION_INIT}, **got;
    const pz_item_option *pointers[] = {&rows[0], &rows[1], &rows[2]};
    size_t count;
    for (int i = 0; i < 3; i++) rows[i].option = i + 1, rows[i].label = i == 0 ? "A" : i == 1 ? "B" : "C";
    rows[0].is_correct = 1;
    rows[1].is_correct = 0;
    rows[1].misconception = misconception;
    ck_assert_ok(pz_item_options_set(at.school.importer, item, pointers, 3, "key"));
    ck_assert_ok(pz_item_options_set(at.school.importer, item, pointers, 3, "key"));
    ck_assert_ok(pz_item_option_list(at.runner, item, &got, &count));
    ck_assert_uint_eq(count, 3);
    ck_assert_str_eq(got[1]->label, "B");
    ck_assert_int_eq(got[1]->misconception, misconception);
    ck_assert_int_eq(got[0]->is_correct, 1);
    ck_assert_int_eq(got[2]->is_correct, -1);
    pz_free(got);
    ck_assert_ok(pz_item_options_set(at.school.importer, item, pointers, 1, NULL));
    ck_assert_ok(pz_item_option_list(at.runner, item, &got, &count));
    ck_assert_uint_eq(count, 1);
    pz_free(got);
    rows[1].option = 3;
    ck_assert_status(pz_item_options_set(at.school.importer, item, pointers, 2, NULL), PZ_E_INVALID);
    rows[1].option = 2;
    rows[1].label = "A";
    ck_assert_status(pz_item_options_set(at.school.importer, item, pointers, 2, NULL), PZ_E_INVALID);
    rows[1].label = "";
    ck_assert_status(pz_item_options_set(at.school.importer, item, pointers, 2, NULL), PZ_E_INVALID);
    rows[1].label = "B";
    rows[1].is_correct = 2;
    ck_assert_status(pz_item_options_set(at.school.importer, item, pointers, 2, NULL), PZ_E_INVALID);
    rows[1].is_correct = 0;
    rows[1].misconception = 999999;
    ck_assert_status(pz_item_options_set(at.school.importer, item, pointers, 2, NULL), PZ_E_NOT_FOUND);
    rows[1].item = 5;
    ck_assert_status(pz_item_options_set(at.school.importer, item, pointers, 2, NULL), PZ_E_INVALID);
    ck_assert_status(pz_item_options_set(at.school.importer, 999999, pointers, 1, NULL), PZ_E_NOT_FOUND);
    ck_assert_status(pz_item_options_set(at.runner, item, pointers, 1, NULL), PZ_E_DENIED);
    ck_assert_status(pz_item_options_set(at.school.importer, item, NULL, 1, NULL), PZ_E_INVALID);
    ck_assert_status(pz_item_options_set(at.school.importer, item, pointers, 1001, NULL), PZ_E_TOO_LONG);
    ck_assert_status(pz_item_options_set(NULL, item, pointers, 1, NULL), PZ_E_CLOSED);
    ck_assert_status(pz_item_option_list(at.runner, 0, &got, &count), PZ_E_NOT_FOUND);
}
END_TEST

static int32_t option_number(pz_id item, const char *label, int32_t is_correct, pz_id misconception)
{
    pz__call call;
    int32_t number;
    ck_assert_ok(pz__call_write(&call, at.school.importer, "test", NULL, NULL, 0));
    ck_assert_ok(pz__item_option_number(&call, item, label, strlen(label), is_correct, misconception, &number));
    ck_assert_ok(pz__call_end(&call, PZ_OK));
    return number;
}

START_TEST(imports_number_options_as_they_meet_them)
{
    pz_id item = save_item("Q1"), misconception = save_misconception("m");
    pz_item_option **rows;
    size_t count;
    ck_assert_int_eq(option_number(item, "B", -1, 0), 1);
    ck_assert_int_eq(option_number(item, "A", -1, 0), 2);
    ck_assert_int_eq(option_number(item, "B", 0, misconception), 1);
    ck_assert_int_eq(option_number(item, "B", -1, 0), 1);
    ck_assert_ok(pz_item_option_list(at.runner, item, &rows, &count));
    ck_assert_uint_eq(count, 2);
    ck_assert_int_eq(rows[0]->is_correct, 0); /* what became known stays */
    ck_assert_int_eq(rows[0]->misconception, misconception);
    ck_assert_int_eq(rows[1]->is_correct, -1);
    pz_free(rows);
}
END_TEST

/* For a list; until the next such call. */
static pz_misconception_query *misconceptions_of(pz_id competency)
{
    static pz_misconception_query query;
    query = (pz_misconception_query)PZ_MISCONCEPTION_QUERY_INIT;
    query.competency = competency;
    return &query;
}

START_TEST(misconceptions_have_codes_of_their_own)
{
    pz_misconception record = PZ_MISCONCEPTION_INIT, **rows;
    pz_id first = save_misconception("m1"), second;
    size_t count;
    save_misconception("m2");
    record.code = "m1";
    record.statement = "Another";
    ck_assert_status(pz_misconception_save(at.school.importer, &record, NULL, &second), PZ_E_EXISTS);
    record.id = first;
    ck_assert_ok(pz_misconception_save(at.school.importer, &record, NULL, &second));
    ck_assert_int_eq(first, second);
    ck_assert_ok(pz_misconception_list(at.runner, NULL, &rows, &count));
    ck_assert_uint_eq(count, 2);
    ck_assert_str_eq(rows[0]->code, "m1");
    ck_assert_str_eq(rows[0]->statement, "Another");
    pz_free(rows);
    ck_assert_ok(pz_misconception_list(at.runner, misconceptions_of(at.add), &rows, &count));
    ck_assert_uint_eq(count, 1);
    pz_free(rows);
    record.id = 0;
    record.code = "m3";
    record.competency = 999999;
    ck_assert_status(pz_misconception_save(at.school.importer, &record, NULL, &second), PZ_E_NOT_FOUND);
    record.competency = 0;
    record.statement = NULL;
    ck_assert_status(pz_misconception_save(at.school.importer, &record, NULL, &second), PZ_E_INVALID);
    ck_assert_status(pz_misconception_save(NULL, &record, NULL, &second), PZ_E_CLOSED);
    ck_assert_status(pz_misconception_list(NULL, NULL, &rows, &count), PZ_E_CLOSED);
    ck_assert_status(pz_misconception_list(at.runner, misconceptions_of(999999), &rows, &count), PZ_E_NOT_FOUND);
}
END_TEST

/* -------------------------------------------------------------------------------------------- failing memory --- */

static pz_id memory_item;

static pz_status write_items(void *user_data)
{
    const lesson *l = user_data;
    pz_item item = PZ_ITEM_INIT;
    pz_item_option option = PZ_ITEM_OPTION_INIT;
    const pz_item_option *options[] = {&option};
    pz_bearing bearing = PZ_BEARING_INIT;
    const pz_bearing *bearings[] = {&bearing};
    pz_item **items = NULL;
    pz_actor *actor = NULL;
    school copy = l->school;
    size_t count;
    pz_id id;
    pz_status status = school_open(&copy, 0);
    item.code = "memory";
    option.option = 1;
    option.label = "A";
    bearing.competency = l->add;
    if (status == PZ_OK) status = pz_actor_open_service(copy.store, "test import", PZ_SCOPE_IMPORT | PZ_SCOPE_READ, "tests", &actor);
    if (status == PZ_OK) status = pz_item_save(actor, &item, NULL, NULL, "m item", &id);
    if (status == PZ_OK) status = pz_item_options_set(actor, memory_item, options, 1, "m options");
    if (status == PZ_OK) status = pz_bearings_set(actor, PZ_KIND_ITEM, memory_item, bearings, 1, "m bearings");
    if (status == PZ_OK) status = pz_item_list(actor, lesson_items_on(l->add), &items, &count);
    pz_free(items);
    pz_actor_free(actor);
    pz_store_free(copy.store);
    return status;
}

START_TEST(survives_each_allocation_failing)
{
    lesson_start(&at);
    memory_item = save_item("Q1");
    pz_actor_free(at.runner);
    school_close(&at.school);
    ck_assert_int_gt(suite_each_allocation(write_items, &at), 20);
    place_end(&at.school.place);
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("items");
    TCase *with = tcase_create("in a school");
    TCase *alone = tcase_create("memory");
    tcase_add_checked_fixture(with, setup, teardown);
    tcase_add_test(with, an_assessment_is_kept_revised_and_found_by_its_outside_id);
    tcase_add_test(with, assessments_are_refused_that_make_no_sense);
    tcase_add_test(with, teachers_write_those_of_their_own_classes);
    tcase_add_test(with, items_are_listed_by_what_they_bear_on);
    tcase_add_test(with, bearings_are_refused_that_make_no_sense);
    tcase_add_test(with, options_are_set_as_a_whole_and_keep_their_numbers);
    tcase_add_test(with, imports_number_options_as_they_meet_them);
    tcase_add_test(with, misconceptions_have_codes_of_their_own);
    tcase_add_test(alone, survives_each_allocation_failing);
    tcase_set_timeout(alone, 60);
    suite_add_tcase(suite, with);
    suite_add_tcase(suite, alone);
    return suite;
}

SUITE_MAIN(make_suite)
