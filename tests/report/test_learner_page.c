/* The page of one learner: the learner and those at its side see what the store says of this learner, and of nobody else. */
#include <math.h>

#include "base/json_read.h"
#include "personalize/report.h"
#include "report/page_class.h"
#include "support/markup_check.h"
#include "support/schema_check.h"

/* What a class has of them in a state, for a list; until the next such call. */
static pz_recommendation_query *recommendations_of(pz_id class_id, int32_t state)
{
    static pz_recommendation_query query;
    query = (pz_recommendation_query)PZ_RECOMMENDATION_QUERY_INIT;
    query.class_id = class_id;
    query.state = state;
    return &query;
}

/* The groups of the class of `fill`, accepted by its teacher. */
static pz_id accept_groups(lesson *at)
{
    pz_actor *teacher = school_actor(&at->school, at->school.tea, PZ_ROLE_TEACHER);
    pz_recommendation **rows;
    size_t count;
    ck_assert_ok(pz_recommendation_list(teacher, recommendations_of(at->school.a, 0), &rows, &count));
    ck_assert_uint_eq(count, 1);
    pz_id id = rows[0]->id;
    ck_assert_ok(pz_recommendation_accept(teacher, id, rows[0]->version, NULL, PZ_NUL_TERMINATED, NULL));
    pz_free(rows);
    pz_actor_free(teacher);
    return id;
}

static char *page_of(pz_actor *actor, pz_id learner, const pz_page_options *options)
{
    char *html;
    ck_assert_ok(pz_learner_page(actor, learner, options, &html));
    return html;
}

static double number_of(const pz__json_value *row, const char *name)
{
    double number = NAN;
    pz__json_as_real(pz__json_member(row, name), &number);
    return number;
}

static void check_headings(const char *html, int first)
{
    int last = first - 1;
    for (const char *at = html; (at = strstr(at, "<h")) != NULL; at++) {
        if (at[2] < '1' || at[2] > '6') continue;
        ck_assert_int_le(at[2] - '0', last + 1);
        ck_assert_int_ge(at[2] - '0', first);
        last = at[2] - '0';
    }
}

START_TEST(the_page_is_well_formed_and_points_nowhere)
{
    lesson at;
    pz_id open;
    lesson_start(&at);
    fill(&at, &open);
    accept_groups(&at);
    pz_actor *learner = school_actor(&at.school, at.school.ana, PZ_ROLE_LEARNER);
    char *html = page_of(learner, at.school.ana, NULL);
    ck_assert_int_gt(markup_check(html), 60);
    check_headings(html, 1);
    static const char *const foreign[] = {"<script", "\xe2\x80\xae", "style=\"", "https://", "//cdn", "url(", "@import", "javascript:"};
    for (size_t i = 0; i < sizeof foreign / sizeof foreign[0]; i++)
        ck_assert_msg(!strstr(html, foreign[i]), "the page holds %s", foreign[i]);
    /* the title of the cycle, of the groups, and the goal, in words, pictures and tables */
    ck_assert_int_ge(markup_count(html, "&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; &amp; &#39;y&#39;"), 3);
    ck_assert_int_eq(markup_count(html, "<svg xmlns"), 3); /* skills, growth, what happened */
    ck_assert_ptr_nonnull(strstr(html, "So far, 1 of 1 skill is mastered."));
    ck_assert_ptr_nonnull(strstr(html, "It is new, and you know all that it needs."));
    ck_assert_ptr_null(strstr(html, "Zed"));
    ck_assert_ptr_null(strstr(html, "Ben"));
    pz_free(html);
    pz_actor_free(learner);
    lesson_end(&at);
}
END_TEST

START_TEST(a_dangerous_name_stays_text)
{
    lesson at;
    pz_id open;
    pz_person **people;
    pz_person_query query = PZ_PERSON_QUERY_INIT;
    size_t count;
    lesson_start(&at);
    fill(&at, &open);
    query.class_id = at.school.a;
    query.role = PZ_ROLE_LEARNER;
    ck_assert_ok(pz_person_list(at.runner, &query, &people, &count));
    for (size_t i = 0; i < count; i++) {
        if (strcmp(people[i]->family_name, "Zed")) continue;
        char *html = page_of(at.runner, people[i]->id, NULL);
        markup_check(html);
        ck_assert_ptr_null(strstr(html, "<script"));
        ck_assert_ptr_null(strstr(html, "\xe2\x80\xae"));
        ck_assert_int_ge(markup_count(html, "&lt;script&gt;"), 2); /* title and heading */
        pz_free(html);
    }
    pz_free(people);
    lesson_end(&at);
}
END_TEST

START_TEST(a_fragment_brings_only_its_own_part)
{
    lesson at;
    pz_id open;
    pz_page_options options = PZ_PAGE_OPTIONS_INIT;
    lesson_start(&at);
    fill(&at, &open);
    accept_groups(&at);
    options.fragment = 1;
    options.id_prefix = "left-1";
    options.language = "es";
    char *html = page_of(at.runner, at.school.ana, &options);
    static const char *const foreign[] = {"<html", "<body", "<head>", "<style", "<script", "style=", "<h1", "<link"};
    for (size_t i = 0; i < sizeof foreign / sizeof foreign[0]; i++) ck_assert_msg(!strstr(html, foreign[i]), "%s", foreign[i]);
    markup_check(html);
    check_headings(html, 2);
    for (const char *id = html; (id = strstr(id, " id=\"")) != NULL; id++) ck_assert_msg(!strncmp(id + 5, "pz-left-1", 9), "%.40s", id);
    for (const char *name = html; (name = strstr(name, " class=\"")) != NULL; name++)
        ck_assert_msg(!strncmp(name + 8, "pz-", 3), "%.40s", name);
    ck_assert_ptr_nonnull(strstr(html, "Mis destrezas"));
    pz_free(html);
    lesson_end(&at);
}
END_TEST

START_TEST(the_data_say_what_the_lists_say)
{
    lesson at;
    pz_id open;
    char *text;
    pz__json *document;
    lesson_start(&at);
    fill(&at, &open);
    pz_id groups = accept_groups(&at);
    pz_actor *guardian = school_actor(&at.school, at.school.gus, PZ_ROLE_GUARDIAN);
    ck_assert_ok(pz_learner_page_data(guardian, at.school.ana, NULL, &text));
    ck_assert_schema("learner-page", text);
    ck_assert_ok(pz__json_parse(text, PZ_NUL_TERMINATED, NULL, &document));
    const pz__json_value *root = pz__json_root(document), *row;
    ck_assert_int_eq((pz_id)strtoll(pz__json_as_text(pz__json_member(root, "learner")), NULL, 10), at.school.ana);
    /* add, which is mastered, and subtract, which comes next */
    ck_assert_uint_eq(pz__json_size(pz__json_member(root, "competencies")), 2);
    int steps = 0;
    for (row = pz__json_first(pz__json_member(root, "competencies")); row; row = pz__json_next(row)) {
        pz_id competency = (pz_id)strtoll(pz__json_as_text(pz__json_member(row, "id")), NULL, 10);
        pz_learner_mastery state = lesson_mastery(guardian, at.school.ana, competency);
        int64_t evidence = (int64_t)number_of(row, "evidence_count");
        ck_assert_int_eq(evidence, state.evidence_count);
        if (evidence) ck_assert_double_eq_tol(number_of(row, "estimate"), state.estimate, 1e-12);
        if (evidence) ck_assert_double_gt(number_of(row, "growth"), 0);
        int is_step = pz__json_as_text(pz__json_member(row, "next_step_reason")) != NULL;
        if (is_step) ck_assert_int_eq(competency, at.subtract);
        steps += is_step;
    }
    ck_assert_int_eq(steps, 1);
    ck_assert_uint_eq(pz__json_size(pz__json_member(root, "goals")), 1);
    ck_assert_uint_eq(pz__json_size(pz__json_member(root, "groups")), 1);
    row = pz__json_first(pz__json_member(root, "groups"));
    ck_assert_int_eq((pz_id)strtoll(pz__json_as_text(pz__json_member(row, "recommendation")), NULL, 10), groups);
    ck_assert_uint_gt(strlen(pz__json_as_text(pz__json_member(row, "reason"))), 10);
    pz__json_free(document);
    pz_free(text);
    pz_actor_free(guardian);
    lesson_end(&at);
}
END_TEST

START_TEST(groups_show_once_they_are_accepted)
{
    lesson at;
    pz_id open;
    lesson_start(&at);
    fill(&at, &open);
    pz_actor *teacher = school_actor(&at.school, at.school.tea, PZ_ROLE_TEACHER);
    char *html = page_of(teacher, at.school.ana, NULL);
    ck_assert_ptr_nonnull(strstr(html, "Not in a group right now."));
    pz_free(html);
    accept_groups(&at);
    html = page_of(teacher, at.school.ana, NULL);
    ck_assert_ptr_null(strstr(html, "Not in a group right now."));
    ck_assert_int_eq(markup_count(html, "<article"), 1);
    pz_free(html);
    pz_actor_free(teacher);
    lesson_end(&at);
}
END_TEST

START_TEST(an_empty_learner_has_a_page_that_says_so)
{
    lesson at;
    char *text;
    lesson_start(&at);
    pz_actor *learner = school_actor(&at.school, at.school.dan, PZ_ROLE_LEARNER);
    ck_assert_ok(pz_learner_page_data(learner, at.school.dan, NULL, &text));
    ck_assert_schema("learner-page", text);
    pz_free(text);
    char *html = page_of(learner, at.school.dan, NULL);
    markup_check(html);
    static const char *const words[] = {"There is no work to show here yet.", "The first round of work has not ended yet.",
                                        "No goals have been set yet.", "Not in a group right now."};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) ck_assert_msg(strstr(html, words[i]), "%s", words[i]);
    ck_assert_ptr_null(strstr(html, "<svg"));
    pz_free(html);
    pz_actor_free(learner);
    lesson_end(&at);
}
END_TEST

START_TEST(only_the_learner_and_those_at_its_side_see_it)
{
    lesson at;
    lesson_start(&at);
    school *here = &at.school;
    const struct {
        pz_id person;
        pz_role role;
        pz_status status;
    } cases[] = {
        {here->ana, PZ_ROLE_LEARNER, PZ_OK},          {here->gus, PZ_ROLE_GUARDIAN, PZ_OK},
        {here->tea, PZ_ROLE_TEACHER, PZ_OK},          {here->cou, PZ_ROLE_COUNSELOR, PZ_OK},
        {here->lea, PZ_ROLE_LEADER, PZ_OK},           {here->head, PZ_ROLE_LEADER, PZ_OK},
        {here->ben, PZ_ROLE_LEARNER, PZ_E_NOT_FOUND}, {here->gil, PZ_ROLE_GUARDIAN, PZ_E_NOT_FOUND},
        {here->tom, PZ_ROLE_TEACHER, PZ_E_NOT_FOUND}, {here->tim, PZ_ROLE_TEACHER, PZ_E_NOT_FOUND},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        pz_actor *actor = school_actor(here, cases[i].person, cases[i].role);
        char *html, *json;
        ck_assert_status(pz_learner_page(actor, here->ana, NULL, &html), cases[i].status);
        ck_assert_status(pz_learner_page_data(actor, here->ana, NULL, &json), cases[i].status);
        ck_assert((html != NULL) == (cases[i].status == PZ_OK) && (json != NULL) == (cases[i].status == PZ_OK));
        pz_free(html);
        pz_free(json);
        pz_actor_free(actor);
    }
    char *html = page_of(at.runner, here->ana, NULL);
    pz_free(html);
    ck_assert_status(pz_learner_page(here->importer, here->ana, NULL, &html), PZ_E_DENIED);
    ck_assert_status(pz_learner_page(NULL, here->ana, NULL, &html), PZ_E_CLOSED);
    /* What a service may not read is left out. */
    pz_actor *planner = school_service(here, PZ_SCOPE_RECOMMEND);
    html = page_of(planner, here->ana, NULL);
    markup_check(html);
    ck_assert_ptr_nonnull(strstr(html, "My skills"));
    ck_assert_ptr_null(strstr(html, "oals"));
    pz_free(html);
    pz_actor_free(planner);
    lesson_end(&at);
}
END_TEST

START_TEST(options_are_checked)
{
    lesson at;
    pz_id open;
    char *html;
    lesson_start(&at);
    fill(&at, &open);
    pz_id ana = at.school.ana;
    pz_actor *teacher = school_actor(&at.school, at.school.tea, PZ_ROLE_TEACHER);
    pz_page_options options = PZ_PAGE_OPTIONS_INIT;
    options.struct_size = 0;
    ck_assert_status(pz_learner_page(teacher, ana, &options, &html), PZ_E_STRUCT_SIZE);
    options = (pz_page_options)PZ_PAGE_OPTIONS_INIT;
    options.language = "xx";
    ck_assert_status(pz_learner_page(teacher, ana, &options, &html), PZ_E_INVALID);
    options = (pz_page_options)PZ_PAGE_OPTIONS_INIT;
    options.cycle = open;
    ck_assert_status(pz_learner_page(teacher, ana, &options, &html), PZ_E_STATE);
    options.cycle = 999999;
    ck_assert_status(pz_learner_page(teacher, ana, &options, &html), PZ_E_NOT_FOUND);
    options = (pz_page_options)PZ_PAGE_OPTIONS_INIT;
    options.framework = 999999;
    ck_assert_status(pz_learner_page(teacher, ana, &options, &html), PZ_E_NOT_FOUND);
    options = (pz_page_options)PZ_PAGE_OPTIONS_INIT;
    options.recommendation = 999999;
    ck_assert_status(pz_learner_page(teacher, ana, &options, &html), PZ_E_NOT_FOUND);
    pz_id groups = accept_groups(&at);
    options.recommendation = groups;
    html = page_of(teacher, ana, &options);
    ck_assert_int_eq(markup_count(html, "<article"), 1);
    pz_free(html);
    ck_assert_status(pz_learner_page(at.runner, at.school.dan, &options, &html), PZ_E_INVALID); /* has no place in it */
    ck_assert_status(pz_learner_page(teacher, 999999, NULL, &html), PZ_E_NOT_FOUND);
    ck_assert_status(pz_learner_page(teacher, ana, NULL, NULL), PZ_E_INVALID);
    ck_assert_status(pz_learner_page_data(teacher, ana, NULL, NULL), PZ_E_INVALID);
    ck_assert_ptr_null(html);
    pz_actor_free(teacher);
    lesson_end(&at);
}
END_TEST

typedef struct reopened {
    school *school;
    int data;
} reopened;

static pz_status open_and_draw(void *user_data)
{
    reopened *again = user_data;
    pz_actor *actor = NULL;
    char *text = NULL;
    /* For reading only: what an actor read is written when it is freed, where no failure can be told. */
    pz_store_options options = again->school->options;
    options.read_only = 1;
    pz_status status = pz_store_open(again->school->place.path, &options, &again->school->store);
    if (status == PZ_OK) status = pz_actor_open(again->school->store, again->school->ana, PZ_ROLE_LEARNER, "tests", &actor);
    if (status == PZ_OK)
        status = again->data ? pz_learner_page_data(actor, again->school->ana, NULL, &text)
                             : pz_learner_page(actor, again->school->ana, NULL, &text);
    pz_free(text);
    pz_actor_free(actor);
    pz_store_free(again->school->store);
    again->school->store = NULL;
    return status;
}

START_TEST(memory_that_fails_is_told_and_freed)
{
    lesson at;
    pz_id open;
    lesson_start(&at);
    fill(&at, &open);
    accept_groups(&at);
    reopened again = {&at.school, 0};
    pz_actor_free(at.runner);
    school_close(&at.school);
    ck_assert_int_gt(suite_each_allocation(open_and_draw, &again), 50);
    again.data = 1;
    ck_assert_int_gt(suite_each_allocation(open_and_draw, &again), 50);
    place_end(&at.school.place);
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("learner_page");
    TCase *tests = tcase_create("page");
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, the_page_is_well_formed_and_points_nowhere);
    tcase_add_test(tests, a_dangerous_name_stays_text);
    tcase_add_test(tests, a_fragment_brings_only_its_own_part);
    tcase_add_test(tests, the_data_say_what_the_lists_say);
    tcase_add_test(tests, groups_show_once_they_are_accepted);
    tcase_add_test(tests, an_empty_learner_has_a_page_that_says_so);
    tcase_add_test(tests, only_the_learner_and_those_at_its_side_see_it);
    tcase_add_test(tests, options_are_checked);
    tcase_add_test(tests, memory_that_fails_is_told_and_freed);
    suite_add_tcase(suite, tests);
    return suite;
}

SUITE_MAIN(make_suite)
