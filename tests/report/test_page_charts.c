/* The charts of pages by themselves, pages worded for a family, and what the host says of links, days and direction. */
#include "base/json_read.h"
#include "personalize/report.h"
#include "report/page_class.h"
#include "support/markup_check.h"
#include "support/schema_check.h"

static pz_id group_class(lesson *at)
{
    pz_id open;
    lesson_start(at);
    fill(at, &open);
    return at->school.a;
}

START_TEST(each_chart_stands_by_itself_and_in_the_list)
{
    lesson at;
    char *text, *svg, *spec;
    pz__json *document;
    pz_id class_id = group_class(&at);
    const struct {
        pz_page_audience audience;
        pz_id whose;
        size_t least;
    } cases[] = {{PZ_PAGE_TEACHER, class_id, 4}, {PZ_PAGE_LEARNER, at.school.ana, 3}, {PZ_PAGE_GUARDIAN, at.school.ana, 3}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ck_assert_ok(pz_page_charts(at.runner, cases[i].audience, cases[i].whose, NULL, &text));
        ck_assert_schema("page-charts", text);
        ck_assert_ok(pz__json_parse(text, PZ_NUL_TERMINATED, NULL, &document));
        const pz__json_value *charts = pz__json_member(pz__json_root(document), "charts"), *chart;
        ck_assert_uint_ge(pz__json_size(charts), cases[i].least);
        for (chart = pz__json_first(charts); chart; chart = pz__json_next(chart)) {
            const char *name = pz__json_as_text(pz__json_member(chart, "name"));
            ck_assert_ok(pz_page_svg(at.runner, cases[i].audience, cases[i].whose, name, NULL, &svg));
            ck_assert_str_eq(svg, pz__json_as_text(pz__json_member(chart, "svg")));
            markup_check(svg);
            ck_assert_ok(pz_page_vega_lite(at.runner, cases[i].audience, cases[i].whose, name, NULL, &spec));
            ck_assert_ptr_nonnull(strstr(spec, "\"values\":["));
            pz_free(svg);
            pz_free(spec);
        }
        pz__json_free(document);
        pz_free(text);
    }
    ck_assert_ok(pz_page_svg(at.runner, PZ_PAGE_TEACHER, class_id, NULL, NULL, &svg));
    ck_assert_ptr_nonnull(strstr(svg, "pz-mastery-")); /* the first */
    pz_free(svg);
    lesson_end(&at);
}
END_TEST

START_TEST(what_is_asked_wrongly_is_refused)
{
    lesson at;
    char *text = NULL;
    pz_id class_id = group_class(&at);
    ck_assert_status(pz_page_svg(at.runner, PZ_PAGE_TEACHER, class_id, "nothing", NULL, &text), PZ_E_NOT_FOUND);
    ck_assert_status(pz_page_vega_lite(at.runner, PZ_PAGE_TEACHER, class_id, "nothing", NULL, &text), PZ_E_NOT_FOUND);
    ck_assert_status(pz_page_svg(at.runner, (pz_page_audience)0, class_id, NULL, NULL, &text), PZ_E_INVALID);
    ck_assert_status(pz_page_charts(at.runner, (pz_page_audience)9, class_id, NULL, &text), PZ_E_INVALID);
    ck_assert_status(pz_page_charts(NULL, PZ_PAGE_TEACHER, class_id, NULL, &text), PZ_E_CLOSED);
    ck_assert_status(pz_page_charts(at.runner, PZ_PAGE_TEACHER, 999999, NULL, &text), PZ_E_NOT_FOUND);
    ck_assert_status(pz_page_charts(at.runner, PZ_PAGE_TEACHER, class_id, NULL, NULL), PZ_E_INVALID);
    ck_assert_status(pz_page_svg(at.runner, PZ_PAGE_TEACHER, class_id, NULL, NULL, NULL), PZ_E_INVALID);
    ck_assert_status(pz_page_vega_lite(at.runner, PZ_PAGE_TEACHER, class_id, NULL, NULL, NULL), PZ_E_INVALID);
    ck_assert_status(pz_guardian_page(at.runner, 999999, NULL, &text), PZ_E_NOT_FOUND);
    ck_assert_status(pz_guardian_page_data(at.school.importer, at.school.ana, NULL, &text), PZ_E_DENIED);
    ck_assert_ptr_null(text);
    lesson_end(&at);
}
END_TEST

START_TEST(a_family_reads_words_of_its_own)
{
    lesson at;
    char *html, *json;
    group_class(&at);
    pz_actor *guardian = school_actor(&at.school, at.school.gus, PZ_ROLE_GUARDIAN);
    pz_page_options options = PZ_PAGE_OPTIONS_INIT;
    ck_assert_ok(pz_guardian_page(guardian, at.school.ana, NULL, &html));
    markup_check(html);
    ck_assert_ptr_nonnull(strstr(html, "So far, your child has mastered 1 of 1 skill."));
    ck_assert_ptr_nonnull(strstr(html, "How you can help"));
    ck_assert_ptr_nonnull(strstr(html, "What is new"));
    ck_assert_ptr_nonnull(strstr(html, "1 skill has grown for sure"));
    ck_assert_ptr_null(strstr(html, "My skills"));
    pz_free(html);
    options.language = "es";
    ck_assert_ok(pz_guardian_page(guardian, at.school.ana, &options, &html));
    ck_assert_ptr_nonnull(strstr(html, "Cómo puede ayudar"));
    pz_free(html);
    ck_assert_ok(pz_guardian_page_data(guardian, at.school.ana, NULL, &json));
    ck_assert_schema("learner-page", json);
    ck_assert_ptr_nonnull(strstr(json, "\"guardian-page\""));
    pz_free(json);
    pz_actor_free(guardian);
    lesson_end(&at);
}
END_TEST

START_TEST(the_host_says_where_links_go_and_how_days_are_written)
{
    lesson at;
    char *html, expected[128];
    pz_id class_id = group_class(&at);
    pz_page_options options = PZ_PAGE_OPTIONS_INIT;
    options.date_pattern = "{day2}/{month2}/{year} <{month_name}>";
    options.month_names = "a,b,c,d,e,f,g,h,i,j,k,l";
    options.direction = "rtl";
    options.decimal_mark = ",";
    options.heading_level = 3;
    options.learner_link = "/people/{id}?\"<";
    options.goal_link = "https://school.example/goals/{id}";
    options.class_link = "../classes/{id}";
    options.competency_link = "#skill-{id}";
    options.challenge_link = "/challenge?kind={kind}&id={id}&of={learner}";
    ck_assert_ok(pz_learner_page(at.runner, at.school.ana, &options, &html));
    markup_check(html);
    ck_assert_ptr_nonnull(strstr(html, "dir=\"rtl\""));
    ck_assert_ptr_nonnull(strstr(html, "direction=\"rtl\""));
    ck_assert_ptr_nonnull(strstr(html, "<h3 id=\"pz-title\">"));
    ck_assert_ptr_null(strstr(html, "<h1"));
    ck_assert_ptr_null(strstr(html, "<h2"));
    ck_assert_ptr_nonnull(strstr(html, "/2026 &lt;k&gt;")); /* November */
    snprintf(expected, sizeof expected, "href=\"../classes/%lld\"", (long long)class_id);
    ck_assert_ptr_nonnull(strstr(html, expected));
    snprintf(expected, sizeof expected, "href=\"/challenge?kind=competency&amp;id=%lld&amp;of=%lld\"", (long long)at.subtract, (long long)at.school.ana);
    ck_assert_ptr_nonnull(strstr(html, expected));
    ck_assert_ptr_nonnull(strstr(html, "This does not look right"));
    ck_assert_ptr_nonnull(strstr(html, "href=\"https://school.example/goals/"));
    pz_free(html);
    ck_assert_ok(pz_class_page(at.runner, class_id, &options, &html));
    markup_check(html);
    ck_assert_ptr_nonnull(strstr(html, "?&quot;&lt;\">"));
    pz_free(html);
    lesson_end(&at);
}
END_TEST

START_TEST(options_that_cannot_be_are_refused)
{
    lesson at;
    char *html;
    group_class(&at);
    static const char *const links[] = {"javascript:alert(1)", "JavaScript:alert(1)", "data:text/html,x", "vbscript:x", " javascript:x", "java\tscript:x", "file:///etc"};
    for (size_t i = 0; i < sizeof links / sizeof *links; i++) {
        pz_page_options options = PZ_PAGE_OPTIONS_INIT;
        options.challenge_link = links[i];
        ck_assert_status(pz_learner_page(at.runner, at.school.ana, &options, &html), PZ_E_INVALID);
        ck_assert_str_eq(pz_last_error()->field, "challenge_link");
    }
    pz_page_options options = PZ_PAGE_OPTIONS_INIT;
    options.direction = "up";
    ck_assert_status(pz_learner_page(at.runner, at.school.ana, &options, &html), PZ_E_INVALID);
    options = (pz_page_options)PZ_PAGE_OPTIONS_INIT;
    options.month_names = "a,b";
    ck_assert_status(pz_learner_page(at.runner, at.school.ana, &options, &html), PZ_E_INVALID);
    options = (pz_page_options)PZ_PAGE_OPTIONS_INIT;
    options.heading_level = 5;
    ck_assert_status(pz_learner_page(at.runner, at.school.ana, &options, &html), PZ_E_INVALID);
    options = (pz_page_options)PZ_PAGE_OPTIONS_INIT;
    options.smallest_cell = 1;
    ck_assert_status(pz_learner_page(at.runner, at.school.ana, &options, &html), PZ_E_INVALID);
    options = (pz_page_options)PZ_PAGE_OPTIONS_INIT;
    options.decimal_mark = "\xff";
    ck_assert_status(pz_learner_page(at.runner, at.school.ana, &options, &html), PZ_E_TEXT);
    options.decimal_mark = "123456789";
    ck_assert_status(pz_learner_page(at.runner, at.school.ana, &options, &html), PZ_E_TOO_LONG);
    lesson_end(&at);
}
END_TEST

START_TEST(a_record_of_the_first_version_is_still_taken)
{
    lesson at;
    char *html;
    group_class(&at);
    pz_page_options options = PZ_PAGE_OPTIONS_INIT;
    options.struct_size = (uint32_t)offsetof(pz_page_options, heading_level);
    options.heading_level = 99; /* beyond what the caller's record has */
    ck_assert_ok(pz_learner_page(at.runner, at.school.ana, &options, &html));
    pz_free(html);
    lesson_end(&at);
}
END_TEST

typedef struct again {
    school *school;
    pz_id class_id;
    int what;
} again;

static pz_status open_and_ask(void *user_data)
{
    again *ask = user_data;
    pz_actor *actor = NULL;
    char *text = NULL;
    pz_store_options options = ask->school->options;
    options.read_only = 1;
    pz_status status = pz_store_open(ask->school->place.path, &options, &ask->school->store);
    if (status == PZ_OK) status = pz_actor_open(ask->school->store, ask->school->tea, PZ_ROLE_TEACHER, "tests", &actor);
    if (status == PZ_OK && ask->what == 0) status = pz_page_charts(actor, PZ_PAGE_TEACHER, ask->class_id, NULL, &text);
    if (status == PZ_OK && ask->what == 1) status = pz_page_svg(actor, PZ_PAGE_GUARDIAN, ask->school->ana, "growth", NULL, &text);
    if (status == PZ_OK && ask->what == 2) status = pz_page_vega_lite(actor, PZ_PAGE_LEARNER, ask->school->ana, "skills", NULL, &text);
    if (status == PZ_OK && ask->what == 3) status = pz_guardian_page(actor, ask->school->ana, NULL, &text);
    pz_free(text);
    pz_actor_free(actor);
    pz_store_free(ask->school->store);
    ask->school->store = NULL;
    return status;
}

START_TEST(memory_that_fails_is_told_and_freed)
{
    lesson at;
    pz_id class_id = group_class(&at);
    again ask = {&at.school, class_id, 0};
    pz_actor_free(at.runner);
    school_close(&at.school);
    for (ask.what = 0; ask.what < 4; ask.what++) ck_assert_int_gt(suite_each_allocation(open_and_ask, &ask), 50);
    place_end(&at.school.place);
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("page_charts");
    TCase *tests = tcase_create("charts");
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, each_chart_stands_by_itself_and_in_the_list);
    tcase_add_test(tests, what_is_asked_wrongly_is_refused);
    tcase_add_test(tests, a_family_reads_words_of_its_own);
    tcase_add_test(tests, the_host_says_where_links_go_and_how_days_are_written);
    tcase_add_test(tests, options_that_cannot_be_are_refused);
    tcase_add_test(tests, a_record_of_the_first_version_is_still_taken);
    tcase_add_test(tests, memory_that_fails_is_told_and_freed);
    suite_add_tcase(suite, tests);
    return suite;
}

SUITE_MAIN(make_suite)
