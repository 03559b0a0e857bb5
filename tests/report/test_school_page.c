/* The page of a school: figures on classes and parts of the learners, none of them on few, for its leadership alone. */
#include <math.h>

#include "base/json_read.h"
#include "personalize/profile.h"
#include "report/page_class.h"
#include "report/school.h"
#include "support/markup_check.h"
#include "support/schema_check.h"

static pz__json *data_of(pz_actor *actor, pz_id org, int32_t smallest)
{
    char *text;
    pz__json *document;
    pz_page_options options = PZ_PAGE_OPTIONS_INIT;
    options.smallest_cell = smallest;
    ck_assert_ok(pz_school_page_data(actor, org, &options, &text));
    ck_assert_schema("school-page", text);
    ck_assert_ok(pz__json_parse(text, PZ_NUL_TERMINATED, NULL, &document));
    pz_free(text);
    return document;
}

static double number_of(const pz__json_value *row, const char *name)
{
    double number = NAN;
    pz__json_as_real(pz__json_member(row, name), &number);
    return number;
}

static int is_hidden(const pz__json_value *row)
{
    int hidden = 0;
    ck_assert(pz__json_as_bool(pz__json_member(row, "is_hidden"), &hidden));
    return hidden;
}

START_TEST(small_counts_are_hidden_and_what_would_tell_of_them)
{
    static const struct {
        size_t count, counts[5];
        int hidden[5];
    } cases[] = {
        {3, {12, 20, 15}, {0, 0, 0}},         {3, {4, 20, 15}, {1, 0, 1}},          {4, {4, 3, 20, 15}, {1, 1, 0, 1}}, /* 7 are still few */
        {4, {6, 7, 20, 15}, {1, 1, 0, 0}},    {2, {4, 30}, {1, 1}},                 {1, {4}, {1}},
        {3, {0, 20, 15}, {0, 0, 0}},          {5, {9, 0, 10, 30, 0}, {1, 0, 1, 0, 0}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int hidden[5];
        pz__hide_small(cases[i].counts, hidden, cases[i].count, 10);
        for (size_t at = 0; at < cases[i].count; at++) ck_assert_msg(hidden[at] == cases[i].hidden[at], "case %zu, count %zu", i, at);
    }
}
END_TEST

/* Whatever the counts: none that is shown is small, and none that is hidden is alone or among too few, unless there is nothing left to hide with them. */
START_TEST(nothing_hidden_can_be_worked_out)
{
    uint64_t seed = suite_seed();
    for (int round = 0; round < 20000; round++) {
        size_t counts[8], count = 1 + (seed = seed * 6364136223846793005u + 1442695040888963407u) / 0x2000000000000000u, hidden_count = 0, hidden_sum = 0, shown = 0;
        int hidden[8];
        for (size_t i = 0; i < count; i++) counts[i] = (size_t)((seed = seed * 6364136223846793005u + 1442695040888963407u) >> 59);
        pz__hide_small(counts, hidden, count, 10);
        for (size_t i = 0; i < count; i++) {
            if (!hidden[i]) {
                ck_assert(counts[i] == 0 || counts[i] >= 10);
                shown += counts[i] > 0;
                continue;
            }
            hidden_count++;
            hidden_sum += counts[i];
        }
        ck_assert(!hidden_count || !shown || (hidden_count > 1 && hidden_sum >= 10));
    }
}
END_TEST

START_TEST(the_page_shows_its_classes)
{
    lesson at;
    pz_id open;
    lesson_start(&at);
    fill(&at, &open);
    school_enroll(&at.school, at.school.b, at.school.cid, PZ_ROLE_LEARNER); /* two in each class, or a lone one would hide another class too */
    pz_actor *leader = school_actor(&at.school, at.school.lea, PZ_ROLE_LEADER);
    for (int i = 0; i < 6; i++) {
        pz_goal goal = PZ_GOAL_INIT;
        pz_id id;
        goal.learner = at.school.ana;
        goal.statement = "Read a book a week";
        ck_assert_ok(pz_goal_propose(leader, &goal, NULL, &id));
    }
    pz__json *document = data_of(leader, at.school.north, 2);
    const pz__json_value *root = pz__json_root(document), *row;
    int found = 0;
    for (row = pz__json_first(pz__json_member(root, "classes")); row; row = pz__json_next(row)) {
        pz_id id = (pz_id)strtoll(pz__json_as_text(pz__json_member(row, "id")), NULL, 10);
        if (id != at.school.a) continue;
        found = 1;
        ck_assert(!is_hidden(row));
        ck_assert_int_eq((int)number_of(row, "learners"), 4);
        ck_assert_int_eq((int)number_of(row, "with_evidence"), 3);
        ck_assert_int_eq((int)(number_of(row, "mastered") + number_of(row, "not_yet") + number_of(row, "not_enough_evidence")), 4);
        ck_assert_int_eq((int)number_of(row, "goals_proposed"), 5); /* of seven */
        ck_assert_double_gt(number_of(row, "growth"), 0);
        ck_assert_double_gt(number_of(row, "growth_standard_error"), 0);
    }
    ck_assert(found);
    pz__json_free(document);
    char *html;
    pz_page_options options = PZ_PAGE_OPTIONS_INIT;
    options.smallest_cell = 2;
    ck_assert_ok(pz_school_page(leader, at.school.north, &options, &html));
    markup_check(html);
    ck_assert_ptr_nonnull(strstr(html, "Growth by class"));
    ck_assert_int_ge(markup_count(html, "<svg xmlns"), 3);
    ck_assert_ptr_null(strstr(html, "Zed")); /* nobody by name */
    pz_free(html);
    pz_actor_free(leader);
    lesson_end(&at);
}
END_TEST

START_TEST(few_learners_are_not_told_of)
{
    lesson at;
    pz_id open;
    char *html;
    lesson_start(&at);
    fill(&at, &open);
    pz_actor *leader = school_actor(&at.school, at.school.lea, PZ_ROLE_LEADER);
    pz__json *document = data_of(leader, at.school.north, 10);
    const pz__json_value *root = pz__json_root(document), *row;
    ck_assert_int_eq(pz__json_kind_of(pz__json_member(root, "learners")), PZ__JSON_NULL);
    for (row = pz__json_first(pz__json_member(root, "classes")); row; row = pz__json_next(row)) {
        ck_assert(is_hidden(row));
        ck_assert_ptr_null(pz__json_member(row, "learners"));
    }
    for (row = pz__json_first(pz__json_member(root, "parts")); row; row = pz__json_next(row)) ck_assert(is_hidden(row));
    pz__json_free(document);
    ck_assert_ok(pz_school_page(leader, at.school.north, NULL, &html));
    markup_check(html);
    ck_assert_int_eq(markup_count(html, "<svg xmlns"), 0);
    ck_assert_ptr_nonnull(strstr(html, "left out: fewer than 10 learners"));
    pz_free(html);
    pz_actor_free(leader);
    lesson_end(&at);
}
END_TEST

/* Two with a need against two without: means and error by hand. */
START_TEST(a_part_stands_against_all_others)
{
    lesson at;
    pz_id id, open;
    lesson_start(&at);
    fill(&at, &open);
    school *here = &at.school;
    lesson_answers(&at, here->cid, at.add, SCHOOL_NOW - 9 * SCHOOL_DAY, "111111");
    pz_profile_entry entry = PZ_PROFILE_ENTRY_INIT;
    entry.section = PZ_PROFILE_NEED;
    entry.content = "More time";
    const pz_id with[] = {here->ana, here->ben};
    for (size_t i = 0; i < 2; i++) {
        pz_actor *learner = school_actor(here, with[i], PZ_ROLE_LEARNER);
        entry.learner = with[i];
        ck_assert_ok(pz_profile_entry_add(learner, &entry, NULL, &id));
        pz_actor_free(learner);
    }
    pz_actor *leader = school_actor(here, here->lea, PZ_ROLE_LEADER);
    pz__json *document = data_of(leader, here->north, 2);
    const pz__json_value *row = pz__json_first(pz__json_member(pz__json_root(document), "parts"));
    ck_assert_str_eq(pz__json_as_text(pz__json_member(row, "part")), "need");
    ck_assert(!is_hidden(row));
    double n[2] = {0, 0}, sum[2] = {0, 0}, squares[2] = {0, 0};
    pz_mastery_query query = PZ_MASTERY_QUERY_INIT;
    pz_learner_mastery **states;
    size_t count;
    query.class_id = here->a;
    ck_assert_ok(pz_learner_mastery_list(leader, &query, &states, &count));
    for (size_t i = 0; i < count;) {
        double total = 0;
        size_t first = i;
        for (; i < count && states[i]->learner == states[first]->learner; i++) total += states[i]->estimate;
        double mean = total / (double)(i - first);
        int without = states[first]->learner != here->ana && states[first]->learner != here->ben;
        n[without]++;
        sum[without] += mean;
        squares[without] += mean * mean;
    }
    pz_free(states);
    ck_assert_int_eq((int)number_of(row, "learners"), (int)n[0]);
    ck_assert_int_eq((int)number_of(row, "others"), (int)n[1]);
    double error = 0;
    for (int i = 0; i < 2; i++) error += (squares[i] - sum[i] * sum[i] / n[i]) / (n[i] - 1) / n[i];
    ck_assert_double_eq_tol(number_of(row, "difference"), sum[0] / n[0] - sum[1] / n[1], 1e-12);
    ck_assert_double_eq_tol(number_of(row, "standard_error"), sqrt(error), 1e-12);
    pz__json_free(document);
    pz_actor_free(leader);
    lesson_end(&at);
}
END_TEST

START_TEST(only_its_leadership_sees_it)
{
    lesson at;
    lesson_start(&at);
    school *here = &at.school;
    const struct {
        pz_id person;
        pz_role role;
        pz_status status;
    } cases[] = {{here->lea, PZ_ROLE_LEADER, PZ_OK},          {here->tea, PZ_ROLE_TEACHER, PZ_E_DENIED},  {here->cou, PZ_ROLE_COUNSELOR, PZ_E_DENIED},
                 {here->ana, PZ_ROLE_LEARNER, PZ_E_DENIED},   {here->gus, PZ_ROLE_GUARDIAN, PZ_E_DENIED}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        pz_actor *actor = school_actor(here, cases[i].person, cases[i].role);
        char *text;
        ck_assert_status(pz_school_page(actor, here->north, NULL, &text), cases[i].status);
        ck_assert((text != NULL) == (cases[i].status == PZ_OK));
        pz_free(text);
        pz_actor_free(actor);
    }
    char *text;
    ck_assert_ok(pz_school_page(at.runner, here->north, NULL, &text));
    pz_free(text);
    ck_assert_status(pz_school_page(here->importer, here->north, NULL, &text), PZ_E_DENIED);
    ck_assert_status(pz_school_page(NULL, here->north, NULL, &text), PZ_E_CLOSED);
    ck_assert_status(pz_school_page(at.runner, 999999, NULL, &text), PZ_E_NOT_FOUND);
    ck_assert_status(pz_school_page_data(at.runner, here->north, NULL, NULL), PZ_E_INVALID);
    pz_page_options options = PZ_PAGE_OPTIONS_INIT;
    options.struct_size = 1;
    ck_assert_status(pz_school_page_data(at.runner, here->north, &options, &text), PZ_E_STRUCT_SIZE);
    options = (pz_page_options)PZ_PAGE_OPTIONS_INIT;
    options.month_names = "\xff";
    ck_assert_status(pz_school_page(at.runner, here->north, &options, &text), PZ_E_TEXT);
    static char long_link[2000];
    memset(long_link, 'a', sizeof long_link - 1);
    options = (pz_page_options)PZ_PAGE_OPTIONS_INIT;
    options.class_link = long_link;
    ck_assert_status(pz_school_page(at.runner, here->north, &options, &text), PZ_E_TOO_LONG);
    lesson_end(&at);
}
END_TEST

typedef struct again {
    school *school;
    int what;
} again;

static pz_status open_and_ask(void *user_data)
{
    again *ask = user_data;
    pz_actor *actor = NULL;
    char *text = NULL;
    pz_store_options options = ask->school->options;
    pz_page_options page = PZ_PAGE_OPTIONS_INIT;
    options.read_only = 1;
    page.smallest_cell = 2;
    pz_status status = pz_store_open(ask->school->place.path, &options, &ask->school->store);
    if (status == PZ_OK) status = pz_actor_open(ask->school->store, ask->school->lea, PZ_ROLE_LEADER, "tests", &actor);
    if (status == PZ_OK) status = (ask->what ? pz_school_page : pz_school_page_data)(actor, ask->school->north, &page, &text);
    pz_free(text);
    pz_actor_free(actor);
    pz_store_free(ask->school->store);
    ask->school->store = NULL;
    return status;
}

START_TEST(memory_that_fails_is_told_and_freed)
{
    lesson at;
    pz_id open;
    lesson_start(&at);
    fill(&at, &open);
    again ask = {&at.school, 0};
    pz_actor_free(at.runner);
    school_close(&at.school);
    for (ask.what = 0; ask.what < 2; ask.what++) ck_assert_int_gt(suite_each_allocation(open_and_ask, &ask), 50);
    place_end(&at.school.place);
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("school_page");
    TCase *tests = tcase_create("school");
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, small_counts_are_hidden_and_what_would_tell_of_them);
    tcase_add_test(tests, nothing_hidden_can_be_worked_out);
    tcase_add_test(tests, the_page_shows_its_classes);
    tcase_add_test(tests, few_learners_are_not_told_of);
    tcase_add_test(tests, a_part_stands_against_all_others);
    tcase_add_test(tests, only_its_leadership_sees_it);
    tcase_add_test(tests, memory_that_fails_is_told_and_freed);
    suite_add_tcase(suite, tests);
    return suite;
}

SUITE_MAIN(make_suite)
