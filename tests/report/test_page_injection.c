/* Whatever people wrote stays text, in every field of every page, picture and document; and pages of nobody, of one, and of nothing say so. */
#include "base/json_read.h"
#include "personalize/activity.h"
#include "personalize/report.h"
#include "personalize/voice.h"
#include "report/page_class.h"
#include "support/markup_check.h"

static const char *const evils[] = {
    "<script>alert(\"x\")</script>",
    "\" onmouseover=\"alert(1)\" x='",
    "</title></style></svg><svg onload=alert(1)>",
    "]]> --> <!-- <img src=x onerror=alert(1)> {count} {{ {what}",
    "a\xe2\x80\xae" "b\xe2\x81\xa6" "c\xe2\x80\xaa" "d\xc2\x85" "e &amp; &#39; \\u003c",
};
enum { EVILS = sizeof evils / sizeof *evils };

/* Everything that people write, in one class: `text` in each field. */
static void write_everywhere(lesson *at, const char *text)
{
    school *here = &at->school;
    pz_class *class_record;
    pz_person *person;
    pz_competency *competency;
    pz_org *org;
    pz_id id, item, idea;
    ck_assert_ok(pz_class_get(at->runner, here->a, &class_record));
    class_record->title = text;
    class_record->title_len = PZ_NUL_TERMINATED;
    ck_assert_ok(pz_class_save(here->importer, class_record, NULL, NULL, NULL, &id));
    pz_free(class_record);
    ck_assert_ok(pz_org_get(at->runner, here->north, &org));
    org->name = text;
    org->name_len = PZ_NUL_TERMINATED;
    ck_assert_ok(pz_org_save(here->importer, org, NULL, NULL, NULL, &id));
    pz_free(org);
    const pz_id people[] = {here->ana, here->ben, here->tea};
    for (size_t i = 0; i < 3; i++) {
        ck_assert_ok(pz_person_get(at->runner, people[i], &person));
        person->given_name = person->family_name = person->grades = text;
        person->given_name_len = person->family_name_len = person->grades_len = PZ_NUL_TERMINATED;
        person->preferred_given_name = person->preferred_family_name = NULL;
        person->preferred_given_name_len = person->preferred_family_name_len = PZ_NUL_TERMINATED;
        ck_assert_ok(pz_person_save(here->importer, person, NULL, NULL, NULL, &id));
        pz_free(person);
    }
    const pz_id competencies[] = {at->add, at->subtract};
    for (size_t i = 0; i < 2; i++) {
        ck_assert_ok(pz_competency_get(at->runner, competencies[i], &competency));
        competency->statement = competency->short_statement = competency->code = text;
        competency->statement_len = competency->short_statement_len = competency->code_len = PZ_NUL_TERMINATED;
        ck_assert_ok(pz_competency_save(here->importer, competency, NULL, NULL, NULL, &id));
        pz_free(competency);
    }
    /* a wrong idea that an answer points to */
    pz_misconception misconception = PZ_MISCONCEPTION_INIT;
    misconception.competency = at->add;
    misconception.code = "idea";
    misconception.statement = text;
    ck_assert_ok(pz_misconception_save(here->importer, &misconception, NULL, &idea));
    pz_item question = PZ_ITEM_INIT;
    question.code = "q1";
    ck_assert_ok(pz_item_save(here->importer, &question, NULL, NULL, NULL, &item));
    pz_item_option right = PZ_ITEM_OPTION_INIT, wrong = PZ_ITEM_OPTION_INIT;
    right.option = 1;
    right.label = "A";
    right.is_correct = 1;
    wrong.option = 2;
    wrong.label = "B";
    wrong.is_correct = 0;
    wrong.misconception = idea;
    const pz_item_option *options[] = {&right, &wrong};
    ck_assert_ok(pz_item_options_set(here->importer, item, options, 2, NULL));
    pz_evidence evidence = PZ_EVIDENCE_INIT;
    pz_id learners[] = {here->ana}, about[] = {at->add}, items[] = {item};
    double scores[] = {0};
    pz_time when[] = {SCHOOL_NOW - 8 * SCHOOL_DAY};
    int32_t chosen[] = {2};
    evidence.rows = 1;
    evidence.learner = learners;
    evidence.competency = about;
    evidence.score = scores;
    evidence.at = when;
    evidence.item = items;
    evidence.option = chosen;
    ck_assert_ok(pz_evidence_add(here->importer, &evidence, NULL, NULL));
    /* a question with its answer, one that waits, a goal, and somebody who looked */
    pz_actor *learner = school_actor(here, here->ana, PZ_ROLE_LEARNER), *teacher;
    ck_assert_ok(pz_actor_open(here->store, here->tea, PZ_ROLE_TEACHER, text, &teacher));
    pz_voice_entry say = PZ_VOICE_ENTRY_INIT;
    pz_goal goal = PZ_GOAL_INIT;
    say.learner = goal.learner = here->ana;
    say.kind = PZ_VOICE_QUESTION;
    say.content = say.topic = goal.statement = text;
    ck_assert_ok(pz_voice_say(learner, &say, NULL, 0, NULL, &id));
    ck_assert_ok(pz_voice_reply(teacher, id, text, PZ_NUL_TERMINATED, NULL));
    ck_assert_ok(pz_voice_say(learner, &say, NULL, 0, NULL, &id));
    goal.measure = PZ_MEASURE_ESTIMATE;
    goal.competency = at->add;
    goal.target = 0.9;
    ck_assert_ok(pz_goal_propose(learner, &goal, NULL, &id));
    /* a board to choose from */
    pz_activity board = PZ_ACTIVITY_INIT, task = PZ_ACTIVITY_INIT;
    pz_id board_id;
    board.class_id = task.class_id = here->a;
    board.kind = PZ_ACTIVITY_BOARD;
    board.choose = 1;
    board.title = task.title = text;
    ck_assert_ok(pz_activity_save(teacher, &board, NULL, &board_id));
    task.parent = board_id;
    ck_assert_ok(pz_activity_save(teacher, &task, NULL, &id));
    ck_assert_ok(pz_activity_assign(teacher, board_id, here->ana, 0, 0, PZ_DATE_NONE, NULL, NULL));
    pz_actor_free(learner);
    pz_actor_free(teacher);
}

static void check_html(const char *html, const char *what)
{
    static const char *const foreign[] = {"<script", "<img", "<svg onload", "<!--", "onmouseover=\"", "onerror=\"", "javascript:", "style=\"", "\xe2\x80\xae", "\xe2\x81\xa6", "\xe2\x80\xaa", "\xc2\x85"};
    markup_check(html);
    for (size_t i = 0; i < sizeof foreign / sizeof *foreign; i++) ck_assert_msg(!strstr(html, foreign[i]), "%s holds %s", what, foreign[i]);
}

/* JSON that is safe within a page too. */
static void check_json(const char *json, const char *what)
{
    pz__json *document;
    ck_assert_ok(pz__json_parse(json, PZ_NUL_TERMINATED, NULL, &document));
    pz__json_free(document);
    ck_assert_msg(!strchr(json, '<') && !strchr(json, '>'), "%s holds markup", what);
}

typedef pz_status (*page_fn)(pz_actor *actor, pz_id whose, const pz_page_options *options, char **out_text);

static int check_all(lesson *at, const pz_page_options *options, const char *escaped)
{
    const struct {
        const char *name;
        page_fn page;
        pz_id whose;
        int is_json;
    } pages[] = {
        {"learner page", pz_learner_page, at->school.ana, 0}, {"its data", pz_learner_page_data, at->school.ana, 1}, {"guardian page", pz_guardian_page, at->school.ana, 0},
        {"class page", pz_class_page, at->school.a, 0},       {"its data", pz_class_page_data, at->school.a, 1},     {"school page", pz_school_page, at->school.north, 0},
        {"its data", pz_school_page_data, at->school.north, 1}, {"digest", pz_digest, at->school.ana, 0},            {"its data", pz_digest_data, at->school.ana, 1},
    };
    const struct {
        pz_page_audience audience;
        pz_id whose;
    } charts[] = {{PZ_PAGE_LEARNER, at->school.ana}, {PZ_PAGE_TEACHER, at->school.a}, {PZ_PAGE_LEADER, at->school.north}};
    int found = 0;
    char *text;
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
        ck_assert_ok(pages[i].page(at->runner, pages[i].whose, options, &text));
        if (pages[i].is_json) {
            check_json(text, pages[i].name);
        } else {
            check_html(text, pages[i].name);
            found += escaped ? markup_count(text, escaped) : 0;
        }
        pz_free(text);
    }
    for (size_t i = 0; i < sizeof charts / sizeof *charts; i++) {
        ck_assert_ok(pz_page_charts(at->runner, charts[i].audience, charts[i].whose, options, &text));
        check_json(text, "charts");
        pz__json *document;
        ck_assert_ok(pz__json_parse(text, PZ_NUL_TERMINATED, NULL, &document));
        const pz__json_value *chart = pz__json_first(pz__json_member(pz__json_root(document), "charts"));
        for (; chart; chart = pz__json_next(chart)) check_html(pz__json_as_text(pz__json_member(chart, "svg")), pz__json_as_text(pz__json_member(chart, "name")));
        pz__json_free(document);
        pz_free(text);
    }
    return found;
}

START_TEST(what_people_wrote_stays_text)
{
    static const char *const escaped[EVILS] = {"&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;", "&quot; onmouseover=&quot;alert(1)&quot; x=&#39;",
                                               "&lt;/title&gt;&lt;/style&gt;&lt;/svg&gt;&lt;svg onload=alert(1)&gt;",
                                               "]]&gt; --&gt; &lt;!-- &lt;img src=x onerror=alert(1)&gt; {count} {{ {what}", "abcde &amp;amp; &amp;#39; \\u003c"};
    lesson at;
    pz_id open;
    pz_page_options options = PZ_PAGE_OPTIONS_INIT;
    options.smallest_cell = 2;
    lesson_start(&at);
    fill(&at, &open);
    write_everywhere(&at, evils[_i]);
    /* names, titles, goals, words, answers, ideas, competencies and purposes, in many places each */
    ck_assert_int_ge(check_all(&at, &options, escaped[_i]), 40);
    lesson_end(&at);
}
END_TEST

START_TEST(what_the_host_says_stays_text_too)
{
    char months[600];
    lesson at;
    pz_id open;
    pz_page_options options = PZ_PAGE_OPTIONS_INIT;
    lesson_start(&at);
    fill(&at, &open);
    snprintf(months, sizeof months, "a,b,c,d,e,f,g,h,i,j,%.40s,l", evils[_i]);
    options.month_names = strchr(evils[_i], ',') ? NULL : months;
    options.date_pattern = evils[_i];
    options.decimal_mark = "\"><b>";
    char link[200];
    snprintf(link, sizeof link, "/x?%s{id}", evils[_i]);
    options.learner_link = options.class_link = options.goal_link = options.competency_link = options.voice_link = options.challenge_link = link;
    options.smallest_cell = 2;
    check_all(&at, strlen(evils[_i]) <= 64 ? &options : NULL, NULL);
    lesson_end(&at);
}
END_TEST

START_TEST(pages_of_nobody_and_of_nothing_say_so)
{
    lesson at;
    char *text;
    pz_id empty;
    pz_class class_record = PZ_CLASS_INIT;
    lesson_start(&at);
    class_record.title = "Empty";
    class_record.org = at.school.north;
    ck_assert_ok(pz_class_save(at.school.importer, &class_record, NULL, NULL, NULL, &empty));
    ck_assert_ok(pz_class_page(at.runner, empty, NULL, &text));
    check_html(text, "a class of nobody");
    ck_assert_ptr_nonnull(strstr(text, "Nobody is enrolled in this class today."));
    ck_assert_ptr_null(strstr(text, "<svg"));
    pz_free(text);
    ck_assert_ok(pz_page_charts(at.runner, PZ_PAGE_TEACHER, empty, NULL, &text));
    ck_assert_ptr_nonnull(strstr(text, "\"charts\":[]"));
    pz_free(text);
    ck_assert_status(pz_page_svg(at.runner, PZ_PAGE_TEACHER, empty, NULL, NULL, &text), PZ_E_NOT_FOUND);
    /* nobody was assessed */
    ck_assert_ok(pz_class_page(at.runner, at.school.a, NULL, &text));
    check_html(text, "a class without evidence");
    ck_assert_ptr_nonnull(strstr(text, "There is no evidence yet."));
    pz_free(text);
    ck_assert_ok(pz_school_page(at.runner, at.school.north, NULL, &text));
    check_html(text, "a school without evidence");
    pz_free(text);
    /* one learner with one answer */
    school_enroll(&at.school, empty, at.school.dan, PZ_ROLE_LEARNER);
    lesson_answers(&at, at.school.dan, at.add, SCHOOL_NOW - SCHOOL_DAY, "1");
    ck_assert_ok(pz_class_page(at.runner, empty, NULL, &text));
    check_html(text, "a class of one");
    ck_assert_int_ge(markup_count(text, "<svg xmlns"), 2);
    ck_assert_ptr_null(strstr(text, "nan"));
    pz_free(text);
    ck_assert_ok(pz_learner_page(at.runner, at.school.dan, NULL, &text));
    check_html(text, "a learner with one answer");
    ck_assert_ptr_null(strstr(text, "nan"));
    pz_free(text);
    lesson_end(&at);
}
END_TEST

/* Two hundred learners by thirty competencies: a page like any other. */
START_TEST(hundreds_of_learners_fit_on_a_page)
{
    enum { LEARNERS = 200, SKILLS = 30 };
    static pz_id learner[LEARNERS * SKILLS], competency[LEARNERS * SKILLS];
    static double score[LEARNERS * SKILLS];
    lesson at;
    char *text, name[64];
    pz_id skills[SKILLS];
    lesson_start(&at);
    for (int i = 0; i < SKILLS; i++) {
        pz_competency record = PZ_COMPETENCY_INIT;
        snprintf(name, sizeof name, "S.%d", i);
        record.framework = 0;
        record.code = record.statement = name;
        ck_assert_ok(pz_competency_save(at.school.importer, &record, NULL, NULL, NULL, &skills[i]));
    }
    for (int i = 0; i < LEARNERS; i++) {
        pz_person person = PZ_PERSON_INIT;
        pz_id id;
        snprintf(name, sizeof name, "Learner %03d \xd9\x85\xd8\xb1\xd9\x8a\xd9\x85 \xe5\xb0\x8f\xe9\x9b\xa8", i);
        person.given_name = name;
        person.family_name = "Wolfeschlegelsteinhausenbergerdorff-Featherstonehaugh";
        ck_assert_ok(pz_person_save(at.school.importer, &person, NULL, NULL, NULL, &id));
        school_enroll(&at.school, at.school.a, id, PZ_ROLE_LEARNER);
        for (int k = 0; k < SKILLS; k++) {
            learner[i * SKILLS + k] = id;
            competency[i * SKILLS + k] = skills[k];
            score[i * SKILLS + k] = (i + k) % 2;
        }
    }
    pz_evidence evidence = PZ_EVIDENCE_INIT;
    evidence.rows = LEARNERS * SKILLS;
    evidence.learner = learner;
    evidence.competency = competency;
    evidence.score = score;
    ck_assert_ok(pz_evidence_add(at.school.importer, &evidence, NULL, NULL));
    ck_assert_ok(pz_class_page(at.runner, at.school.a, NULL, &text));
    check_html(text, "a large class");
    ck_assert_int_ge(markup_count(text, "<use href=\"#pz-mastery-"), LEARNERS * SKILLS);
    pz_free(text);
    lesson_end(&at);
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("page_injection");
    TCase *tests = tcase_create("injection");
    tcase_set_timeout(tests, 120);
    tcase_add_loop_test(tests, what_people_wrote_stays_text, 0, EVILS);
    tcase_add_loop_test(tests, what_the_host_says_stays_text_too, 0, EVILS);
    tcase_add_test(tests, pages_of_nobody_and_of_nothing_say_so);
    tcase_add_test(tests, hundreds_of_learners_fit_on_a_page);
    suite_add_tcase(suite, tests);
    return suite;
}

SUITE_MAIN(make_suite)
