/* The digest: what changed since a day, for the one who reads it and on record. */
#include "base/json_read.h"
#include "personalize/report.h"
#include "personalize/voice.h"
#include "report/page_class.h"
#include "support/markup_check.h"
#include "support/schema_check.h"

static pz__json *data_of(pz_actor *actor, pz_id learner, pz_date since)
{
    char *text;
    pz__json *document;
    pz_page_options options = PZ_PAGE_OPTIONS_INIT;
    options.since = since;
    ck_assert_ok(pz_digest_data(actor, learner, &options, &text));
    ck_assert_schema("digest", text);
    ck_assert_ok(pz__json_parse(text, PZ_NUL_TERMINATED, NULL, &document));
    pz_free(text);
    return document;
}

static const char *text_of(const pz__json *document, const char *name)
{
    return pz__json_as_text(pz__json_member(pz__json_root(document), name));
}

static int has_news(const pz__json *document, const char *kind)
{
    const pz__json_value *row = pz__json_first(pz__json_member(pz__json_root(document), "changed"));
    while (row && strcmp(pz__json_as_text(pz__json_member(row, "kind")), kind)) row = pz__json_next(row);
    return row != NULL;
}

START_TEST(it_tells_what_changed_since_a_day)
{
    lesson at;
    pz_id open;
    lesson_start(&at);
    fill(&at, &open);
    pz__json *document = data_of(at.runner, at.school.ana, day("2026-11-01"));
    ck_assert(has_news(document, "mastered"));
    ck_assert(has_news(document, "work"));
    const pz__json_value *celebrate = pz__json_member(pz__json_root(document), "celebrate");
    ck_assert_str_eq(pz__json_as_text(pz__json_member(celebrate, "kind")), "mastered");
    ck_assert_ptr_nonnull(strstr(pz__json_as_text(pz__json_member(celebrate, "words")), "You have mastered this: "));
    ck_assert_str_eq(text_of(document, "since"), "2026-11-01");
    ck_assert_int_eq(pz__json_kind_of(pz__json_member(pz__json_root(document), "next_step")), PZ__JSON_OBJECT);
    pz__json_free(document);
    /* A day later nothing is new. */
    at.school.now += 2 * SCHOOL_DAY;
    document = data_of(at.runner, at.school.ana, (pz_date)(at.school.now / SCHOOL_DAY) - 1);
    ck_assert(!has_news(document, "mastered") && !has_news(document, "work"));
    ck_assert_int_eq(pz__json_kind_of(pz__json_member(pz__json_root(document), "celebrate")), PZ__JSON_NULL);
    pz__json_free(document);
    lesson_end(&at);
}
END_TEST

START_TEST(goals_and_answers_are_news)
{
    lesson at;
    pz_id open, entry;
    lesson_start(&at);
    fill(&at, &open);
    school *here = &at.school;
    pz_actor *learner = school_actor(here, here->ana, PZ_ROLE_LEARNER), *teacher = school_actor(here, here->tea, PZ_ROLE_TEACHER);
    pz_voice_entry say = PZ_VOICE_ENTRY_INIT;
    pz_goal **goals;
    size_t count;
    say.learner = here->ana;
    say.kind = PZ_VOICE_QUESTION;
    say.content = evil;
    ck_assert_ok(pz_voice_say(learner, &say, NULL, 0, NULL, &entry));
    ck_assert_ok(pz_voice_reply(teacher, entry, "Because it is so", PZ_NUL_TERMINATED, NULL));
    ck_assert_ok(pz_goal_list(learner, NULL, &goals, &count));
    ck_assert_uint_eq(count, 1);
    ck_assert_ok(pz_goal_agree(learner, goals[0]->id, NULL));
    ck_assert_ok(pz_goal_support(teacher, goals[0]->id, NULL, PZ_NUL_TERMINATED, NULL));
    pz_free(goals);
    pz__json *document = data_of(learner, here->ana, day("2026-11-01"));
    ck_assert(has_news(document, "answered"));
    ck_assert(has_news(document, "goal_started"));
    pz__json_free(document);
    char *html;
    ck_assert_ok(pz_digest(learner, here->ana, NULL, &html));
    markup_check(html);
    ck_assert_ptr_null(strstr(html, "<script"));
    ck_assert_ptr_null(strstr(html, "\xe2\x80\xae"));
    ck_assert_int_ge(markup_count(html, "&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; &amp; &#39;y&#39;"), 2);
    ck_assert_ptr_nonnull(strstr(html, "One next step"));
    pz_free(html);
    pz_actor_free(learner);
    pz_actor_free(teacher);
    lesson_end(&at);
}
END_TEST

/* The record of reads says who got it, and the next one goes on from there. */
START_TEST(who_received_it_is_on_record_and_the_next_one_goes_on)
{
    lesson at;
    pz_id open;
    pz_read **reads;
    size_t count;
    char *html;
    lesson_start(&at);
    fill(&at, &open);
    school *here = &at.school;
    pz_date first = (pz_date)(here->now / SCHOOL_DAY);
    pz_actor *guardian;
    ck_assert_ok(pz_actor_open(here->store, here->gus, PZ_ROLE_GUARDIAN, "weekly digest", &guardian));
    ck_assert_ok(pz_digest(guardian, here->ana, NULL, &html));
    markup_check(html);
    ck_assert_ptr_nonnull(strstr(html, "What you can do"));
    ck_assert_ptr_nonnull(strstr(html, "Your child has mastered this"));
    pz_free(html);
    pz_actor_free(guardian);
    here->now += 10 * SCHOOL_DAY;
    pz_actor *learner = school_actor(here, here->ana, PZ_ROLE_LEARNER);
    ck_assert_ok(pz_read_list(learner, here->ana, PZ_DATE_NONE, PZ_DATE_NONE, &reads, &count));
    int found = 0;
    for (size_t i = 0; i < count; i++) found |= reads[i]->person == here->gus && reads[i]->day == first && !strcmp(reads[i]->purpose, "weekly digest");
    ck_assert(found);
    pz_free(reads);
    pz_actor_free(learner);
    char day_text[11];
    ck_assert_ok(pz_date_format(first, day_text, sizeof day_text));
    ck_assert_ok(pz_actor_open(here->store, here->gus, PZ_ROLE_GUARDIAN, "weekly digest", &guardian));
    pz__json *document = data_of(guardian, here->ana, PZ_DATE_NONE);
    ck_assert_str_eq(text_of(document, "since"), day_text);
    ck_assert_str_eq(text_of(document, "for"), "guardian");
    pz__json_free(document);
    pz_actor_free(guardian);
    /* For another purpose it is another series, which begins a week back. */
    ck_assert_ok(pz_actor_open(here->store, here->gus, PZ_ROLE_GUARDIAN, "digest of the cycle", &guardian));
    ck_assert_ok(pz_date_format((pz_date)(here->now / SCHOOL_DAY) - 7, day_text, sizeof day_text));
    document = data_of(guardian, here->ana, PZ_DATE_NONE);
    ck_assert_str_eq(text_of(document, "since"), day_text);
    pz__json_free(document);
    pz_actor_free(guardian);
    lesson_end(&at);
}
END_TEST

START_TEST(only_who_may_see_the_learner_gets_it)
{
    lesson at;
    lesson_start(&at);
    school *here = &at.school;
    char *text;
    pz_page_options options = PZ_PAGE_OPTIONS_INIT;
    pz_actor *other = school_actor(here, here->ben, PZ_ROLE_LEARNER);
    ck_assert_status(pz_digest(other, here->ana, NULL, &text), PZ_E_NOT_FOUND);
    ck_assert_ptr_null(text);
    ck_assert_status(pz_digest_data(here->importer, here->ana, NULL, &text), PZ_E_DENIED);
    ck_assert_status(pz_digest(NULL, here->ana, NULL, &text), PZ_E_CLOSED);
    ck_assert_status(pz_digest(at.runner, here->ana, NULL, NULL), PZ_E_INVALID);
    options.since = (pz_date)(here->now / SCHOOL_DAY);
    ck_assert_status(pz_digest(at.runner, here->ana, &options, &text), PZ_E_INVALID);
    ck_assert_str_eq(pz_last_error()->field, "since");
    ck_assert_ok(pz_digest(at.runner, here->dan, NULL, &text)); /* of whom nothing is known */
    markup_check(text);
    ck_assert_ptr_nonnull(strstr(text, "Nothing is new in this time."));
    pz_free(text);
    pz_actor_free(other);
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
    options.read_only = 1;
    pz_status status = pz_store_open(ask->school->place.path, &options, &ask->school->store);
    if (status == PZ_OK) status = pz_actor_open(ask->school->store, ask->school->gus, PZ_ROLE_GUARDIAN, "tests", &actor);
    if (status == PZ_OK) status = (ask->what ? pz_digest : pz_digest_data)(actor, ask->school->ana, NULL, &text);
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
    Suite *suite = suite_create("digest");
    TCase *tests = tcase_create("digest");
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, it_tells_what_changed_since_a_day);
    tcase_add_test(tests, goals_and_answers_are_news);
    tcase_add_test(tests, who_received_it_is_on_record_and_the_next_one_goes_on);
    tcase_add_test(tests, only_who_may_see_the_learner_gets_it);
    tcase_add_test(tests, memory_that_fails_is_told_and_freed);
    suite_add_tcase(suite, tests);
    return suite;
}

SUITE_MAIN(make_suite)
