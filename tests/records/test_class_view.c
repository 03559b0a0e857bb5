/* The view of a whole class: distribution and coverage, items and options, fairness with small cells suppressed, as of then, and who may see it. */
#include "base/random.h"
#include "personalize/class_view.h"
#include "personalize/diagnosis.h"
#include "personalize/metrics.h"
#include "records/lesson.h"
#include "records/roster/write.h"

static lesson at;

static void setup(void)
{
    lesson_start(&at);
}

static void teardown(void)
{
    lesson_end(&at);
}

static pz_class_distribution distribution_of(pz_actor *actor, pz_id scope, pz_id framework, pz_id competency)
{
    pz_class_distribution **rows, found;
    size_t count;
    memset(&found, 0, sizeof found);
    ck_assert_ok(pz_class_distribution_list(actor, scope, framework, &rows, &count));
    for (size_t i = 0; i < count; i++) {
        ck_assert_int_eq(rows[i]->low + rows[i]->middle + rows[i]->high + rows[i]->not_enough, rows[i]->learners);
        if (i) ck_assert_int_lt(rows[i - 1]->competency, rows[i]->competency);
        if (rows[i]->competency == competency) found = *rows[i];
    }
    pz_free(rows);
    return found;
}

static pz_id save_item(const char *code, int32_t right, pz_id misconception)
{
    pz_item item = PZ_ITEM_INIT;
    pz_bearing bearing = PZ_BEARING_INIT;
    const pz_bearing *const bearings[] = {&bearing};
    pz_item_option options[3] = {PZ_ITEM_OPTION_INIT, PZ_ITEM_OPTION_INIT, PZ_ITEM_OPTION_INIT};
    const pz_item_option *const pointers[] = {&options[0], &options[1], &options[2]};
    pz_id id;
    item.code = code;
    ck_assert_ok(pz_item_save(at.school.importer, &item, NULL, NULL, NULL, &id));
    bearing.of = id;
    bearing.competency = at.add;
    ck_assert_ok(pz_bearings_set(at.school.importer, PZ_KIND_ITEM, id, bearings, 1, NULL));
    for (int i = 0; i < 3; i++) {
        static const char *const labels[] = {"A", "B", "C"};
        options[i].item = id;
        options[i].option = i + 1;
        options[i].label = labels[i];
        options[i].is_correct = right ? i + 1 == right : -1;
        if (i == 2) options[i].misconception = misconception;
    }
    ck_assert_ok(pz_item_options_set(at.school.importer, id, pointers, 3, NULL));
    return id;
}

static pz_id save_test(void)
{
    pz_assessment assessment = PZ_ASSESSMENT_INIT;
    pz_id id;
    assessment.class_id = at.school.a;
    assessment.title = "Test";
    ck_assert_ok(pz_assessment_save(at.school.importer, &assessment, NULL, NULL, NULL, &id));
    return id;
}

static void answer(pz_id learner, pz_id item, pz_id assessment, int32_t option, double score, pz_time when)
{
    pz_evidence evidence = PZ_EVIDENCE_INIT;
    evidence.rows = 1;
    evidence.learner = &learner;
    evidence.competency = &at.add;
    evidence.score = &score;
    evidence.at = &when;
    evidence.item = &item;
    evidence.option = &option;
    evidence.assessment = &assessment;
    ck_assert_ok(pz_evidence_add(at.school.importer, &evidence, NULL, NULL));
}

/* ------------------------------------------------------------------------------------------------ distribution --- */

START_TEST(spreads_learners_over_a_competency)
{
    pz_id asked = save_item("asked", 1, 0), test = save_test();
    pz_class_distribution row;
    pz_actor *past;
    save_item("not asked", 1, 0);
    ck_assert_ok(pz_mastery_rule_set(at.runner, 0, 0, "{\"model\": \"mean\"}", PZ_NUL_TERMINATED, NULL, NULL));
    lesson_answers(&at, at.school.ana, at.add, SCHOOL_NOW, "111111");
    ck_assert_ok(pz_actor_as_of_change(at.runner, school_last_change(&at.school), &past));
    lesson_answers(&at, at.school.ben, at.add, SCHOOL_NOW, "000000");
    lesson_answers(&at, at.school.cid, at.add, SCHOOL_NOW, "11110");
    answer(at.school.cid, asked, test, 1, 1, SCHOOL_NOW - 1);
    school_enroll(&at.school, at.school.a, at.school.dan, PZ_ROLE_LEARNER);
    lesson_answers(&at, at.school.dan, at.add, SCHOOL_NOW, "1");
    school_enroll(&at.school, at.school.a, at.school.eva, PZ_ROLE_LEARNER);
    row = distribution_of(at.runner, at.school.a, 0, at.add);
    ck_assert_int_eq(row.learners, 5);
    ck_assert_int_eq(row.high, 1);
    ck_assert_int_eq(row.low, 1);
    ck_assert_int_eq(row.middle, 1);
    ck_assert_int_eq(row.not_enough, 2);
    ck_assert_int_eq(row.shown, 4);
    ck_assert_double_eq_tol(row.mean, (1 + 0 + 5.0 / 6 + 1) / 4, 1e-12);
    ck_assert_int_eq(row.items, 2);
    ck_assert_int_eq(row.items_asked, 1);
    row = distribution_of(past, at.school.a, 0, at.add);
    ck_assert_int_eq(row.shown, 1);
    ck_assert_int_eq(row.high, 1);
    /* Of a framework also what nobody has shown; of an org all classes below it. */
    ck_assert_int_eq(distribution_of(at.runner, at.school.a, 0, at.divide).learners, 0);
    row = distribution_of(at.runner, at.school.a, at.framework, at.divide);
    ck_assert_int_eq(row.learners, 5);
    ck_assert_int_eq(row.not_enough, 5);
    ck_assert(isnan(row.mean));
    ck_assert_int_eq(distribution_of(at.runner, at.school.district, 0, at.add).learners, 5);
    ck_assert_int_eq(distribution_of(at.runner, at.school.south, 0, at.add).learners, 2);
    pz_actor_free(past);
}
END_TEST

/* ------------------------------------------------------------------------------------------------------ items --- */

/* Three items; the third has a wrong key: everybody strong takes option 2. The first answer counts. */
START_TEST(tells_what_items_and_options_draw)
{
    pz_misconception belief = PZ_MISCONCEPTION_INIT;
    pz_item_analysis **items;
    pz_option_analysis **options;
    pz_id people[24], item[3], test = save_test(), misconception;
    size_t count;
    belief.code = "carry";
    belief.statement = "Forgets to carry";
    ck_assert_ok(pz_misconception_save(at.school.importer, &belief, NULL, &misconception));
    item[0] = save_item("one", 1, misconception);
    item[1] = save_item("two", 1, 0);
    item[2] = save_item("wrong key", 1, 0);
    for (int i = 0; i < 24; i++) {
        char name[16];
        int strong = i < 12;
        snprintf(name, sizeof name, "extra %d", i);
        people[i] = school_person(&at.school, name);
        school_enroll(&at.school, at.school.a, people[i], PZ_ROLE_LEARNER);
        answer(people[i], item[0], test, strong ? 1 : 3, strong, SCHOOL_NOW);
        answer(people[i], item[1], test, strong || i == 23 ? 1 : 2, strong || i == 23, SCHOOL_NOW);
        answer(people[i], item[2], test, strong ? 2 : 1, !strong, SCHOOL_NOW);
        answer(people[i], item[0], test, 1, 1, SCHOOL_NOW + 99); /* a retake */
    }
    ck_assert_ok(pz_item_analysis_list(at.runner, at.school.a, test, at.add, &items, &count));
    ck_assert_uint_eq(count, 3);
    ck_assert_int_eq(items[0]->item, item[0]);
    ck_assert_int_eq(items[0]->learners, 24);
    ck_assert_double_eq(items[0]->difficulty, 0.5);
    ck_assert_double_eq_tol(items[1]->difficulty, 13.0 / 24, 1e-12);
    ck_assert_double_lt(items[2]->discrimination, -0.9);
    ck_assert_int_eq(items[2]->is_key_doubtful, 1);
    ck_assert_int_eq(items[2]->draws_strong, 1);
    pz_free(items);
    ck_assert_ok(pz_option_analysis_list(at.runner, at.school.a, test, 0, &options, &count));
    ck_assert_uint_ge(count, 6);
    for (size_t i = 0; i < count; i++) {
        if (options[i]->item == item[2] && options[i]->option == 2) ck_assert_int_eq(options[i]->note, PZ_OPTION_DRAWS_STRONG);
        if (options[i]->item != item[0] || options[i]->option != 3) continue;
        ck_assert_int_eq(options[i]->misconception, misconception);
        ck_assert_int_eq(options[i]->chosen, 12);
        ck_assert_double_eq(options[i]->share, 0.5);
        ck_assert_int_eq(options[i]->is_right, 0);
    }
    pz_free(options);
    ck_assert_ok(pz_item_analysis_list(at.runner, at.school.a, 0, at.divide, &items, &count));
    ck_assert_uint_eq(count, 0);
    pz_free(items);
}
END_TEST

START_TEST(items_without_a_key_have_no_options)
{
    pz_item_analysis **items;
    pz_option_analysis **options;
    pz_id item = save_item("open", 0, 0);
    size_t count;
    answer(at.school.ana, item, 0, 2, 0.5, SCHOOL_NOW);
    ck_assert_ok(pz_item_analysis_list(at.runner, at.school.a, 0, 0, &items, &count));
    ck_assert_uint_eq(count, 1);
    ck_assert_int_eq(items[0]->options, 0);
    ck_assert_double_eq(items[0]->difficulty, 0.5);
    ck_assert(isnan(items[0]->discrimination));
    pz_free(items);
    ck_assert_ok(pz_option_analysis_list(at.runner, at.school.a, 0, 0, &options, &count));
    ck_assert_uint_eq(count, 0);
    pz_free(options);
}
END_TEST

/* -------------------------------------------------------------------------------------------------- fairness --- */

static void set_detail(pz_id person, const char *value)
{
    pz__outcome outcome;
    pz__call call;
    ck_assert_ok(pz__call_write(&call, at.school.importer, "test.detail", NULL, NULL, 0));
    ck_assert_ok(pz__call_end(&call, pz__person_detail_write(&call, person, "sex", value, strlen(value), &outcome)));
}

/* Six items, of which the first is right for four in five for girls and one in five for boys of the same ability. */
START_TEST(finds_an_item_that_favours_a_group_and_hides_small_ones)
{
    enum { PEOPLE = 60, ITEMS = 6 };
    pz_id item[ITEMS], test = save_test();
    pz_item_fairness **rows;
    pz_actor *lea = school_actor(&at.school, at.school.lea, PZ_ROLE_LEADER);
    pz__random random;
    size_t count;
    pz__random_seed(&random, suite_seed());
    for (int k = 0; k < ITEMS; k++) {
        char code[16];
        snprintf(code, sizeof code, "item %d", k);
        item[k] = save_item(code, 1, 0);
    }
    ck_assert_ok(pz_change_begin(at.school.importer, "people", NULL, &(int32_t){0}));
    for (int i = 0; i < PEOPLE; i++) {
        char name[16];
        pz_id person;
        double ability = 0.3 + 0.4 * (i % 5) / 4;
        snprintf(name, sizeof name, "extra %d", i);
        person = school_person(&at.school, name);
        school_enroll(&at.school, at.school.a, person, PZ_ROLE_LEARNER);
        set_detail(person, i % 2 ? "female" : "male");
        for (int k = 0; k < ITEMS; k++) {
            double chance = k ? ability : i % 2 ? 0.8 : 0.2;
            double score = pz__random_unit(&random) < chance;
            answer(person, item[k], test, score > 0 ? 1 : 2, score, SCHOOL_NOW);
        }
    }
    ck_assert_ok(pz_change_commit(at.school.importer, NULL));
    ck_assert_ok(pz_item_fairness_list(lea, at.school.north, test, "sex", "female", 10, &rows, &count));
    ck_assert_uint_eq(count, ITEMS);
    ck_assert_int_eq(rows[0]->item, item[0]);
    ck_assert_int_eq(rows[0]->learners, PEOPLE / 2);
    ck_assert_int_eq(rows[0]->others, PEOPLE / 2);
    ck_assert_int_eq(rows[0]->category, 3);
    ck_assert_double_gt(rows[0]->odds_ratio, 3);
    pz_free(rows);
    ck_assert_ok(pz_item_fairness_list(lea, at.school.north, test, "sex", "female", PEOPLE / 2 + 1, &rows, &count));
    ck_assert_int_eq(rows[0]->is_suppressed, 1);
    ck_assert_int_eq(rows[0]->learners, 0);
    ck_assert_int_eq(rows[0]->others, 0);
    ck_assert_int_eq(rows[0]->category, 0);
    ck_assert(isnan(rows[0]->odds_ratio) && isnan(rows[0]->p_value));
    pz_free(rows);
    ck_assert_ok(pz_item_fairness_list(lea, at.school.north, test, "no such fact", "female", 5, &rows, &count));
    for (size_t i = 0; i < count; i++) ck_assert_int_eq(rows[i]->is_suppressed, 1);
    pz_free(rows);
    pz_actor_free(lea);
}
END_TEST

/* ---------------------------------------------------------------------------------------------------- refusals --- */

START_TEST(is_for_those_who_see_items)
{
    pz_actor *ana = school_actor(&at.school, at.school.ana, PZ_ROLE_LEARNER), *tim = school_actor(&at.school, at.school.tim, PZ_ROLE_TEACHER);
    pz_actor *tea = school_actor(&at.school, at.school.tea, PZ_ROLE_TEACHER);
    pz_class_distribution **spread;
    pz_item_analysis **items;
    pz_option_analysis **options;
    pz_item_fairness **fair;
    pz_id test = save_test();
    size_t count;
    ck_assert_ok(pz_class_distribution_list(tea, at.school.a, 0, &spread, &count));
    pz_free(spread);
    ck_assert_status(pz_class_distribution_list(ana, at.school.a, 0, &spread, &count), PZ_E_DENIED);
    ck_assert_status(pz_class_distribution_list(tim, at.school.a, 0, &spread, &count), PZ_E_NOT_FOUND);
    ck_assert_status(pz_class_distribution_list(tea, 999999, 0, &spread, &count), PZ_E_NOT_FOUND);
    ck_assert_status(pz_class_distribution_list(tea, at.school.a, 999999, &spread, &count), PZ_E_NOT_FOUND);
    ck_assert_status(pz_class_distribution_list(NULL, at.school.a, 0, &spread, &count), PZ_E_CLOSED);
    ck_assert_status(pz_class_distribution_list(tea, at.school.a, 0, NULL, &count), PZ_E_INVALID);
    ck_assert_status(pz_item_analysis_list(ana, at.school.a, 0, 0, &items, &count), PZ_E_DENIED);
    ck_assert_status(pz_item_analysis_list(tea, at.school.a, 999999, 0, &items, &count), PZ_E_NOT_FOUND);
    ck_assert_status(pz_item_analysis_list(tea, at.school.a, 0, 999999, &items, &count), PZ_E_NOT_FOUND);
    ck_assert_status(pz_item_analysis_list(NULL, at.school.a, 0, 0, &items, &count), PZ_E_CLOSED);
    ck_assert_status(pz_option_analysis_list(tim, at.school.a, 0, 0, &options, &count), PZ_E_NOT_FOUND);
    ck_assert_status(pz_option_analysis_list(NULL, at.school.a, 0, 0, &options, &count), PZ_E_CLOSED);
    ck_assert_status(pz_item_fairness_list(tea, at.school.a, test, "sex", "female", 10, &fair, &count), PZ_E_DENIED);
    ck_assert_status(pz_item_fairness_list(at.runner, at.school.a, test, "sex", "female", 4, &fair, &count), PZ_E_INVALID);
    ck_assert_status(pz_item_fairness_list(at.runner, at.school.a, test, "sex", "female", 1001, &fair, &count), PZ_E_INVALID);
    ck_assert_status(pz_item_fairness_list(at.runner, at.school.a, 0, "sex", "female", 10, &fair, &count), PZ_E_INVALID);
    ck_assert_status(pz_item_fairness_list(at.runner, at.school.a, 999999, "sex", "female", 10, &fair, &count), PZ_E_NOT_FOUND);
    ck_assert_status(pz_item_fairness_list(at.runner, at.school.a, test, "", "female", 10, &fair, &count), PZ_E_INVALID);
    ck_assert_status(pz_item_fairness_list(at.runner, at.school.a, test, "sex", NULL, 10, &fair, &count), PZ_E_INVALID);
    ck_assert_status(pz_item_fairness_list(NULL, at.school.a, test, "sex", "female", 10, &fair, &count), PZ_E_CLOSED);
    pz_actor_free(ana);
    pz_actor_free(tim);
    pz_actor_free(tea);
}
END_TEST

/* -------------------------------------------------------------------------------------------- failing memory --- */

static pz_id kept_test;

static pz_status read_through(void *user_data)
{
    const lesson *l = user_data;
    school copy = l->school;
    pz_store_options options = PZ_STORE_OPTIONS_INIT;
    pz_actor *reader = NULL;
    pz_class_distribution **spread = NULL;
    pz_item_analysis **items = NULL;
    pz_option_analysis **drawn = NULL;
    pz_item_fairness **fair = NULL;
    size_t count;
    pz_status status;
    options.read_only = 1;
    status = pz_store_open(copy.place.path, &options, &copy.store);
    if (status == PZ_OK) status = pz_actor_open_service(copy.store, "test service", PZ_SCOPE_READ, "tests", &reader);
    if (status == PZ_OK) status = pz_class_distribution_list(reader, copy.a, l->framework, &spread, &count);
    pz_free(spread);
    if (status == PZ_OK) status = pz_item_analysis_list(reader, copy.a, 0, 0, &items, &count);
    pz_free(items);
    if (status == PZ_OK) status = pz_option_analysis_list(reader, copy.north, 0, 0, &drawn, &count);
    pz_free(drawn);
    if (status == PZ_OK) status = pz_item_fairness_list(reader, copy.a, kept_test, "sex", "female", 5, &fair, &count);
    pz_free(fair);
    pz_actor_free(reader);
    pz_store_free(copy.store);
    return status;
}

START_TEST(survives_each_allocation_failing)
{
    pz_id item;
    lesson_start(&at);
    item = save_item("kept", 1, 0);
    kept_test = save_test();
    answer(at.school.ana, item, kept_test, 1, 1, SCHOOL_NOW);
    answer(at.school.ben, item, kept_test, 2, 0, SCHOOL_NOW);
    pz_actor_free(at.runner);
    school_close(&at.school);
    ck_assert_int_gt(suite_each_allocation(read_through, &at), 20);
    place_end(&at.school.place);
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("class view");
    TCase *with = tcase_create("in a school");
    TCase *alone = tcase_create("memory");
    tcase_add_checked_fixture(with, setup, teardown);
    tcase_set_timeout(with, 60);
    tcase_add_test(with, spreads_learners_over_a_competency);
    tcase_add_test(with, tells_what_items_and_options_draw);
    tcase_add_test(with, items_without_a_key_have_no_options);
    tcase_add_test(with, finds_an_item_that_favours_a_group_and_hides_small_ones);
    tcase_add_test(with, is_for_those_who_see_items);
    tcase_add_test(alone, survives_each_allocation_failing);
    tcase_set_timeout(alone, 60);
    suite_add_tcase(suite, with);
    suite_add_tcase(suite, alone);
    return suite;
}

SUITE_MAIN(make_suite)
