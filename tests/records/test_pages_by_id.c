/* Disputes, notes, questionnaires, answers, templates of check-ins, cycles, recommendations, assessments, items, misconceptions and classes: searched, oldest or newest
 * first, page by page, also where something is added between two pages. Voice entries in their orders, those of classmates too. Errors; short memory. */
#include "personalize/checkin.h"
#include "personalize/cycle.h"
#include "personalize/profile.h"
#include "personalize/questionnaire.h"
#include "personalize/recommend.h"
#include "records/lesson.h"

enum { MANY = 7, MOST = 32 };

static lesson at;
static pz_actor *teacher, *ana, *ben;
static pz_id voices[MANY];

/* ----------------------------------------------------------------------------------------------- kinds alike --- */

typedef enum kind {
    DISPUTES,
    NOTES,
    QUESTIONNAIRES,
    ANSWERS,
    TEMPLATES,
    CYCLES,
    RECOMMENDATIONS,
    ASSESSMENTS,
    ITEMS,
    MISCONCEPTIONS,
    CLASSES,
    KINDS
} kind;

typedef struct asked {
    int32_t order;
    int32_t limit;
    pz_id after;
    const char *text;
} asked;

#define ASK(prefix, init, call, type)                                                                                                      \
    do {                                                                                                                                   \
        prefix query = init;                                                                                                               \
        query.order = what->order, query.limit = what->limit, query.after = what->after, query.text = what->text;                          \
        status = call;                                                                                                                     \
        for (size_t i = 0; i < *out_count; i++) out_ids[i] = ((type *)rows[i])->id;                                                        \
    } while (0)

static pz_status ask(pz_actor *actor, kind of, const asked *what, pz_id *out_ids, size_t *out_count)
{
    void **rows = NULL;
    pz_status status = PZ_OK;
    *out_count = 0;
    switch (of) {
    case DISPUTES:
        ASK(pz_profile_dispute_query, PZ_PROFILE_DISPUTE_QUERY_INIT,
            pz_profile_dispute_list(actor, &query, (pz_profile_dispute ***)&rows, out_count), pz_profile_dispute);
        break;
    case NOTES:
        ASK(pz_private_note_query, PZ_PRIVATE_NOTE_QUERY_INIT, pz_private_note_list(actor, &query, (pz_private_note ***)&rows, out_count),
            pz_private_note);
        break;
    case QUESTIONNAIRES:
        ASK(pz_questionnaire_query, PZ_QUESTIONNAIRE_QUERY_INIT,
            pz_questionnaire_list(actor, &query, NULL, (pz_questionnaire ***)&rows, out_count), pz_questionnaire);
        break;
    case ANSWERS:
        ASK(pz_answer_query, PZ_ANSWER_QUERY_INIT, pz_answer_list(actor, &query, (pz_answer ***)&rows, out_count), pz_answer);
        break;
    case TEMPLATES:
        ASK(pz_checkin_template_query, PZ_CHECKIN_TEMPLATE_QUERY_INIT,
            pz_checkin_template_list(actor, &query, NULL, (pz_checkin_template ***)&rows, out_count), pz_checkin_template);
        break;
    case CYCLES:
        ASK(pz_cycle_list_query, PZ_CYCLE_LIST_QUERY_INIT, pz_cycle_list(actor, &query, (pz_cycle ***)&rows, out_count), pz_cycle);
        break;
    case RECOMMENDATIONS:
        ASK(pz_recommendation_query, PZ_RECOMMENDATION_QUERY_INIT,
            pz_recommendation_list(actor, &query, (pz_recommendation ***)&rows, out_count), pz_recommendation);
        break;
    case ASSESSMENTS:
        ASK(pz_assessment_query, PZ_ASSESSMENT_QUERY_INIT, pz_assessment_list(actor, &query, (pz_assessment ***)&rows, out_count),
            pz_assessment);
        break;
    case ITEMS: ASK(pz_item_query, PZ_ITEM_QUERY_INIT, pz_item_list(actor, &query, (pz_item ***)&rows, out_count), pz_item); break;
    case MISCONCEPTIONS:
        ASK(pz_misconception_query, PZ_MISCONCEPTION_QUERY_INIT,
            pz_misconception_list(actor, &query, (pz_misconception ***)&rows, out_count), pz_misconception);
        break;
    case CLASSES: ASK(pz_class_query, PZ_CLASS_QUERY_INIT, pz_class_list(actor, &query, (pz_class ***)&rows, out_count), pz_class); break;
    case KINDS: break;
    }
    ck_assert_uint_le(*out_count, MOST);
    pz_free(rows);
    return status;
}

/* Answers are the learner's alone, notes the teacher's. */
static pz_actor *who_asks(int of)
{
    return of == ANSWERS ? ana : teacher;
}

static size_t ids_of(int of, const asked *what, pz_id *ids)
{
    size_t count;
    ck_assert_ok(ask(who_asks(of), (kind)of, what, ids, &count));
    return count;
}

static size_t found(int of, const char *text)
{
    const asked what = {PZ_LIST_OLDEST, 0, 0, text};
    pz_id ids[MOST];
    return ids_of(of, &what, ids);
}

/* -------------------------------------------------------------------------------------------------- filling --- */

static const char *const words[] = {"Читать вслух", "Build a bridge", "分数を足す",  "STRASSE zeichnen",
                                    "Ela não ouve", "قصة طويلة",      "Build a boat"};

static void add_dispute(int i)
{
    pz_profile_entry entry = PZ_PROFILE_ENTRY_INIT;
    pz_id id;
    entry.learner = at.school.ana;
    entry.section = PZ_PROFILE_NEED;
    entry.content = "x";
    ck_assert_ok(pz_profile_entry_add(teacher, &entry, NULL, &id));
    ck_assert_ok(pz_profile_dispute_open(ana, id, words[i], PZ_NUL_TERMINATED, NULL, &id));
}

static void add_questionnaire(int i)
{
    char document[300];
    pz_answer answer = PZ_ANSWER_INIT;
    const pz_answer *answers[] = {&answer};
    pz_id id, response;
    snprintf(document, sizeof document,
             "{\"document\":\"questionnaire\",\"format\":1,\"title\":\"%s\",\"language\":\"en\",\"questions\":[{\"code\":\"a\","
             "\"prompt\":\"?\",\"kind\":\"text\"}]}",
             words[i]);
    ck_assert_ok(pz_questionnaire_save(teacher, at.school.north, 0, document, PZ_NUL_TERMINATED, NULL, &id));
    answer.question = "a";
    answer.text = words[i];
    ck_assert_ok(pz_questionnaire_answer(ana, id, school_last_change(&at.school), answers, 1, NULL, &response));
    if (i == 0) ck_assert_ok(pz_questionnaire_end(teacher, id, NULL));
}

static void add_template(int i)
{
    pz_checkin_template made = PZ_CHECKIN_TEMPLATE_INIT;
    pz_id id;
    made.org = at.school.north;
    made.title = "Check-in";
    made.prompts = words[i];
    made.ended = i == 0;
    ck_assert_ok(pz_checkin_template_save(teacher, &made, NULL, &id));
}

static void add_voice(int i)
{
    pz_voice_entry entry = PZ_VOICE_ENTRY_INIT;
    entry.learner = i % 2 ? at.school.ana : at.school.ben;
    entry.kind = i % 3 ? PZ_VOICE_IDEA : PZ_VOICE_QUESTION; /* due later, and earlier */
    entry.content = words[i];
    entry.shared_with = at.school.a;
    ck_assert_ok(pz_voice_say(i % 2 ? ana : ben, &entry, NULL, 0, NULL, &voices[i]));
    at.school.now += 1000000;
}

static void add_cycle(int i)
{
    pz_cycle cycle = PZ_CYCLE_INIT;
    pz_id id;
    cycle.class_id = at.school.a;
    cycle.title = words[i];
    cycle.kind = i ? PZ_ASSESSMENT_INTERIM : PZ_ASSESSMENT_SUMMATIVE;
    cycle.opens_on = SCHOOL_TODAY + 20 * i;
    cycle.closes_on = SCHOOL_TODAY + 20 * i + 9;
    ck_assert_ok(pz_cycle_open(teacher, &cycle, NULL, &id));
}

static void add_recommendation(int i)
{
    pz_grouping_request request = PZ_GROUPING_REQUEST_INIT;
    pz_id id;
    request.class_id = at.school.a;
    request.title = words[i];
    request.strategy = PZ_STRATEGY_RANDOM; /* without evidence */
    request.size_min = 1;
    request.size_max = 2;
    ck_assert_ok(pz_grouping_recommend(teacher, &request, NULL, 0, NULL, NULL, NULL, &id));
}

static void add_task(int i)
{
    pz_assessment assessment = PZ_ASSESSMENT_INIT;
    pz_item item = PZ_ITEM_INIT;
    pz_misconception misconception = PZ_MISCONCEPTION_INIT;
    static int made; /* codes are unique */
    char code[16];
    pz_id id;
    snprintf(code, sizeof code, "T%d", ++made);
    assessment.class_id = at.school.a;
    assessment.title = i % 2 ? words[i] : "Test";
    assessment.category = i % 2 ? NULL : words[i];
    item.code = misconception.code = code;
    item.stem = misconception.statement = words[i];
    ck_assert_ok(pz_assessment_save(teacher, &assessment, NULL, NULL, NULL, &id));
    ck_assert_ok(pz_item_save(teacher, &item, NULL, NULL, NULL, &id));
    ck_assert_ok(pz_misconception_save(at.school.importer, &misconception, NULL, &id));
}

static void add_class(int i)
{
    pz_class added = PZ_CLASS_INIT;
    pz_id id;
    added.org = at.school.north;
    added.title = i % 2 ? words[i] : "Class";
    added.location = i % 2 ? NULL : words[i];
    ck_assert_ok(pz_class_save(at.school.importer, &added, NULL, NULL, NULL, &id));
    school_enroll(&at.school, id, at.school.tea, PZ_ROLE_TEACHER);
}

static void add(int i)
{
    pz_id id;
    add_class(i);
    add_task(i);
    add_cycle(i);
    add_recommendation(i);
    add_dispute(i);
    ck_assert_ok(pz_private_note_add(teacher, at.school.ana, words[i], PZ_NUL_TERMINATED, NULL, &id));
    add_questionnaire(i);
    add_template(i);
}

static void setup(void)
{
    lesson_start(&at);
    teacher = school_actor(&at.school, at.school.tea, PZ_ROLE_TEACHER);
    ana = school_actor(&at.school, at.school.ana, PZ_ROLE_LEARNER);
    ben = school_actor(&at.school, at.school.ben, PZ_ROLE_LEARNER);
}

static void teardown(void)
{
    pz_actor_free(teacher), pz_actor_free(ana), pz_actor_free(ben);
    lesson_end(&at);
}

/* ---------------------------------------------------------------------------------------------------- tests --- */

START_TEST(pages_of_both_orders_and_each_size_make_the_whole)
{
    for (int i = 0; i < MANY - 1; i++) add(i);
    for (int of = DISPUTES; of < KINDS; of++)
        for (int32_t order = PZ_LIST_OLDEST; order <= PZ_LIST_NEWEST; order++) {
            const asked all = {order, 0, 0, NULL};
            pz_id whole[MOST], pages[2 * MOST];
            size_t count = ids_of(of, &all, whole);
            ck_assert_uint_ge(count, MANY - 1);
            for (size_t i = 1; i < count; i++) ck_assert_int_eq(whole[i] > whole[i - 1], order == PZ_LIST_OLDEST);
            for (int32_t limit = 1; limit <= MANY; limit++) {
                asked page = {order, limit, 0, NULL};
                size_t taken = 0, more;
                while ((more = ids_of(of, &page, pages + taken)) > 0) {
                    ck_assert_uint_le(more, (size_t)limit);
                    taken += more;
                    ck_assert_uint_le(taken, MOST);
                    page.after = pages[taken - 1] ? pages[taken - 1] : -1; /* the library's own */
                }
                ck_assert_uint_eq(taken, count);
                ck_assert_mem_eq(pages, whole, count * sizeof *whole);
            }
        }
}
END_TEST

START_TEST(what_is_added_between_two_pages_comes_once_or_not_at_all)
{
    for (int i = 0; i < MANY - 1; i++) add(i);
    for (int of = DISPUTES; of < KINDS; of++) {
        asked oldest = {PZ_LIST_OLDEST, 3, 0, NULL}, newest = {PZ_LIST_NEWEST, 3, 0, NULL};
        pz_id first[MOST], last[MOST], rest[MOST], again[MOST];
        size_t count, fewer;
        ck_assert_uint_eq(ids_of(of, &oldest, first), 3);
        ck_assert_uint_eq(ids_of(of, &newest, last), 3);
        newest.after = last[2], newest.limit = 0;
        oldest.after = first[2], oldest.limit = 0;
        count = ids_of(of, &oldest, rest);
        fewer = ids_of(of, &newest, rest);
        add(MANY - 1);
        ck_assert_uint_eq(ids_of(of, &oldest, again), count + 1);
        ck_assert_uint_eq(ids_of(of, &newest, again), fewer);
        ck_assert_mem_eq(rest, again, fewer * sizeof *rest);
    }
}
END_TEST

START_TEST(words_are_found_in_any_script_and_case)
{
    for (int i = 0; i < MANY; i++) add(i);
    for (int of = DISPUTES; of < KINDS; of++) {
        ck_assert_uint_eq(found(of, "ЧИТАТЬ"), 1);
        ck_assert_uint_eq(found(of, "分数"), 1);
        ck_assert_uint_eq(found(of, "straße") + found(of, "strasse"), 1); /* simple folding: "ß" is itself */
        ck_assert_uint_eq(found(of, "NÃO"), 1);
        ck_assert_uint_eq(found(of, "طويلة قصة"), 1);
        ck_assert_uint_eq(found(of, "build a"), 2);
        ck_assert_uint_eq(found(of, "build nothing"), 0);
    }
}
END_TEST

START_TEST(filters_are_what_they_say)
{
    school *s = &at.school;
    pz_profile_dispute_query disputes = PZ_PROFILE_DISPUTE_QUERY_INIT;
    pz_private_note_query notes = PZ_PRIVATE_NOTE_QUERY_INIT;
    pz_questionnaire_query questionnaires = PZ_QUESTIONNAIRE_QUERY_INIT;
    pz_checkin_template_query templates = PZ_CHECKIN_TEMPLATE_QUERY_INIT;
    pz_profile_dispute **rows;
    pz_private_note **note_rows;
    pz_questionnaire **questionnaire_rows;
    pz_checkin_template **template_rows;
    size_t count;
    for (int i = 0; i < 3; i++) add(i);
    ck_assert_ok(pz_profile_dispute_list(teacher, NULL, &rows, &count));
    disputes.entry = rows[1]->entry;
    pz_free(rows);
    ck_assert_ok(pz_profile_dispute_list(teacher, &disputes, &rows, &count));
    ck_assert_uint_eq(count, 1);
    ck_assert_int_eq(rows[0]->entry, disputes.entry);
    pz_free(rows);
    disputes.entry = 0;
    disputes.class_id = s->a;
    ck_assert_ok(pz_profile_dispute_list(teacher, &disputes, &rows, &count));
    ck_assert_uint_eq(count, 3);
    pz_free(rows);
    disputes.learner = s->ben;
    ck_assert_ok(pz_profile_dispute_list(teacher, &disputes, &rows, &count));
    ck_assert_uint_eq(count, 0);
    pz_free(rows);
    disputes.class_id = s->c;
    ck_assert_status(pz_profile_dispute_list(teacher, &disputes, &rows, &count), PZ_E_NOT_FOUND);
    notes.class_id = s->a;
    ck_assert_ok(pz_private_note_list(teacher, &notes, &note_rows, &count));
    ck_assert_uint_eq(count, 3);
    pz_free(note_rows);
    notes.class_id = 0, notes.learner = s->ben;
    ck_assert_ok(pz_private_note_list(teacher, &notes, &note_rows, &count));
    ck_assert_uint_eq(count, 0);
    pz_free(note_rows);
    questionnaires.open_only = 1;
    ck_assert_ok(pz_questionnaire_list(teacher, &questionnaires, NULL, &questionnaire_rows, &count));
    ck_assert_uint_eq(count, 3); /* the library's own, and all but the first */
    pz_free(questionnaire_rows);
    questionnaires.org = s->north;
    ck_assert_ok(pz_questionnaire_list(teacher, &questionnaires, NULL, &questionnaire_rows, &count));
    ck_assert_uint_eq(count, 2);
    pz_free(questionnaire_rows);
    templates.open_only = 1;
    templates.org = s->north;
    ck_assert_ok(pz_checkin_template_list(teacher, &templates, NULL, &template_rows, &count));
    ck_assert_uint_eq(count, 2);
    pz_free(template_rows);
    pz_cycle_list_query cycles = PZ_CYCLE_LIST_QUERY_INIT;
    pz_recommendation_query recommendations = PZ_RECOMMENDATION_QUERY_INIT;
    pz_cycle **cycle_rows;
    pz_recommendation **recommendation_rows;
    cycles.kind = PZ_ASSESSMENT_SUMMATIVE;
    ck_assert_ok(pz_cycle_list(teacher, &cycles, &cycle_rows, &count));
    ck_assert_uint_eq(count, 1);
    pz_free(cycle_rows);
    cycles.kind = 7;
    ck_assert_status(pz_cycle_list(teacher, &cycles, &cycle_rows, &count), PZ_E_INVALID);
    recommendations.strategy = PZ_STRATEGY_RANDOM;
    ck_assert_ok(pz_recommendation_list(teacher, &recommendations, &recommendation_rows, &count));
    ck_assert_uint_eq(count, 3);
    pz_free(recommendation_rows);
    recommendations.strategy = PZ_STRATEGY_MIXED;
    ck_assert_ok(pz_recommendation_list(teacher, &recommendations, &recommendation_rows, &count));
    ck_assert_uint_eq(count, 0);
    pz_free(recommendation_rows);
    recommendations.strategy = 99;
    ck_assert_status(pz_recommendation_list(teacher, &recommendations, &recommendation_rows, &count), PZ_E_INVALID);
}
END_TEST

START_TEST(refuses_what_is_no_query)
{
    static char long_words[2001];
    pz_id ids[MOST];
    size_t count;
    memset(long_words, 'x', sizeof long_words - 1);
    for (int of = DISPUTES; of < KINDS; of++) {
        const asked bad[] = {{0, 0, 0, NULL}, {3, 0, 0, NULL}, {1, -1, 0, NULL}, {1, 10001, 0, NULL}, {1, 0, -2, NULL}};
        const asked text = {1, 0, 0, "\xff"}, longest = {1, 0, 0, long_words}, fine = {1, 0, 0, NULL};
        for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
            ck_assert_status(ask(who_asks(of), (kind)of, &bad[i], ids, &count), PZ_E_INVALID);
        ck_assert_status(ask(who_asks(of), (kind)of, &text, ids, &count), PZ_E_TEXT);
        ck_assert_status(ask(who_asks(of), (kind)of, &longest, ids, &count), PZ_E_TOO_LONG);
        const asked own = {1, 0, -1, NULL};
        ck_assert_status(ask(who_asks(of), (kind)of, &own, ids, &count), of == QUESTIONNAIRES || of == TEMPLATES ? PZ_OK : PZ_E_INVALID);
        ck_assert_status(ask(NULL, (kind)of, &fine, ids, &count), PZ_E_CLOSED);
    }
}
END_TEST

/* ---------------------------------------------------------------------------------------------------- voice --- */

static size_t list_voice(pz_actor *actor, const pz_voice_query *query, pz_id *ids)
{
    pz_voice_entry **rows;
    size_t count;
    ck_assert_ok(pz_voice_list(actor, query, &rows, &count));
    ck_assert_uint_le(count, MANY);
    for (size_t i = 0; i < count; i++) {
        ids[i] = rows[i]->id;
        if (query->shared_only) ck_assert_int_eq(rows[i]->learner + rows[i]->author, 0);
    }
    pz_free(rows);
    return count;
}

START_TEST(voice_entries_come_in_their_orders_and_by_pages)
{
    pz_voice_query query = PZ_VOICE_QUERY_INIT;
    pz_id whole[MANY], page[MANY];
    for (int i = 0; i < MANY; i++) add_voice(i);
    ck_assert_ok(pz_voice_reply(teacher, voices[2], "Soon", PZ_NUL_TERMINATED, NULL));
    for (query.order = PZ_VOICE_ORDER_LEARNER; query.order <= PZ_VOICE_ORDER_ACTED; query.order++) {
        query.after = 0, query.limit = 0;
        ck_assert_uint_eq(list_voice(teacher, &query, whole), MANY);
        query.limit = 1;
        for (int i = 0; i < MANY; i++) {
            ck_assert_uint_eq(list_voice(teacher, &query, page), 1);
            ck_assert_int_eq(page[0], whole[i]);
            query.after = page[0];
        }
        ck_assert_uint_eq(list_voice(teacher, &query, page), 0);
        if (query.order == PZ_VOICE_ORDER_SAID) ck_assert_int_eq(whole[0], voices[MANY - 1]);
        if (query.order == PZ_VOICE_ORDER_ACTED) ck_assert_int_eq(whole[0], voices[2]);
        if (query.order == PZ_VOICE_ORDER_DUE) ck_assert_int_eq(whole[0] == voices[0] || whole[0] == voices[3], 1);
    }
    query.order = PZ_VOICE_ORDER_ACTED + 1;
    pz_voice_entry **rows;
    size_t count;
    ck_assert_status(pz_voice_list(teacher, &query, &rows, &count), PZ_E_INVALID);
    query.order = PZ_VOICE_ORDER_SAID;
    query.limit = 10001;
    ck_assert_status(pz_voice_list(teacher, &query, &rows, &count), PZ_E_INVALID);
}
END_TEST

/* A place in the order tells nothing of who a classmate is. */
START_TEST(what_classmates_shared_comes_by_pages_without_who_they_are)
{
    pz_voice_query query = PZ_VOICE_QUERY_INIT;
    pz_id whole[MANY], page[MANY];
    size_t count;
    for (int i = 0; i < MANY; i++) add_voice(i);
    query.shared_only = 1;
    count = list_voice(ana, &query, whole);
    ck_assert_uint_eq(count, (MANY + 1) / 2);
    for (size_t i = 1; i < count; i++) ck_assert_int_gt(whole[i], whole[i - 1]);
    query.order = PZ_VOICE_ORDER_SAID;
    query.limit = 2;
    ck_assert_uint_eq(list_voice(ana, &query, page), 2);
    ck_assert_int_eq(page[0], whole[count - 1]);
    query.after = page[1];
    ck_assert_uint_eq(list_voice(ana, &query, page), 2);
    ck_assert_int_eq(page[1], whole[0]);
    query.after = voices[1]; /* her own is a place too */
    query.limit = 0;
    ck_assert_uint_eq(list_voice(ana, &query, page), 1);
    ck_assert_int_eq(page[0], voices[0]);
}
END_TEST

/* --------------------------------------------------------------------------------------------------- memory --- */

static pz_status list_all(void *user_data)
{
    const lesson *l = user_data;
    pz_store_options options = l->school.options;
    pz_actor *tea = NULL, *own = NULL;
    pz_store *store = NULL;
    pz_voice_query voice = PZ_VOICE_QUERY_INIT;
    pz_voice_entry **rows = NULL;
    pz_id ids[MOST];
    size_t count;
    options.read_only = 1;
    pz_status status = pz_store_open(l->school.place.path, &options, &store);
    if (status == PZ_OK) status = pz_actor_open(store, l->school.tea, PZ_ROLE_TEACHER, "tests", &tea);
    if (status == PZ_OK) status = pz_actor_open(store, l->school.ana, PZ_ROLE_LEARNER, "tests", &own);
    for (int of = DISPUTES; of < KINDS && status == PZ_OK; of++) {
        const asked what = {PZ_LIST_NEWEST, 2, 0, "build"};
        status = ask(of == ANSWERS ? own : tea, (kind)of, &what, ids, &count);
        if (status != PZ_OK) ck_assert_uint_eq(count, 0);
    }
    voice.order = PZ_VOICE_ORDER_SAID, voice.limit = 1, voice.after = voices[2], voice.text = "a", voice.topic = NULL;
    if (status == PZ_OK) status = pz_voice_list(tea, &voice, &rows, &count);
    pz_free(rows);
    rows = NULL;
    voice.shared_only = 1;
    if (status == PZ_OK) status = pz_voice_list(own, &voice, &rows, &count);
    pz_free(rows);
    pz_actor_free(tea), pz_actor_free(own);
    pz_store_free(store);
    return status;
}

START_TEST(survives_each_allocation_failing)
{
    setup();
    for (int i = 0; i < 3; i++) add(i), add_voice(i);
    pz_actor_free(teacher), pz_actor_free(ana), pz_actor_free(ben), pz_actor_free(at.runner);
    school_close(&at.school);
    ck_assert_int_gt(suite_each_allocation(list_all, &at), 50);
    place_end(&at.school.place);
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("pages by id");
    TCase *with = tcase_create("in a school"), *alone = tcase_create("memory");
    tcase_add_checked_fixture(with, setup, teardown);
    tcase_set_timeout(with, 60);
    tcase_set_timeout(alone, 120);
    tcase_add_test(with, pages_of_both_orders_and_each_size_make_the_whole);
    tcase_add_test(with, what_is_added_between_two_pages_comes_once_or_not_at_all);
    tcase_add_test(with, words_are_found_in_any_script_and_case);
    tcase_add_test(with, filters_are_what_they_say);
    tcase_add_test(with, refuses_what_is_no_query);
    tcase_add_test(with, voice_entries_come_in_their_orders_and_by_pages);
    tcase_add_test(with, what_classmates_shared_comes_by_pages_without_who_they_are);
    tcase_add_test(alone, survives_each_allocation_failing);
    suite_add_tcase(suite, with);
    suite_add_tcase(suite, alone);
    return suite;
}

SUITE_MAIN(make_suite)
