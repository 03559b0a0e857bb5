/* Goals, check-ins and people, searched, ordered and page by page: the pages of every order and size make the whole list, also where something happens between
 * two pages; errors; reads on record are of what was on the page; short memory. */
#include "personalize/checkin.h"
#include "personalize/goal.h"
#include "personalize/roster.h"
#include "records/lesson.h"

enum { MANY = 12, MOST = 64 };

static lesson at;
static pz_actor *teacher, *ana;
static pz_id goals[MANY], checkins[MANY];

static void add_goal(int i)
{
    static const char *const statements[] = {"Читать книгу вслух", "Build a bridge", "分数を足す", "Straße zeichnen"};
    pz_goal goal = PZ_GOAL_INIT;
    goal.learner = i % 3 ? at.school.ana : at.school.ben;
    goal.statement = statements[i % 4];
    goal.reason = i == 5 ? "For my garden" : NULL;
    goal.due_on = i % 5 ? SCHOOL_TODAY + 20 - i % 5 : PZ_DATE_NONE;
    ck_assert_ok(pz_goal_propose(teacher, &goal, NULL, &goals[i]));
    at.school.now += i % 2; /* some at the same microsecond */
}

static void add_checkin(int i)
{
    pz_checkin checkin = PZ_CHECKIN_INIT;
    checkin.learner = i % 2 ? at.school.ana : at.school.ben;
    checkin.due_on = SCHOOL_TODAY + 40 - i % 7;
    ck_assert_ok(pz_checkin_plan(teacher, &checkin, NULL, 0, NULL, &checkins[i]));
    at.school.now += i % 3;
}

static void setup(void)
{
    lesson_start(&at);
    teacher = school_actor(&at.school, at.school.tea, PZ_ROLE_TEACHER);
    ana = school_actor(&at.school, at.school.ana, PZ_ROLE_LEARNER);
}

static void add_pupil(const char *given, const char *family)
{
    pz_person person = PZ_PERSON_INIT;
    pz_id id;
    person.given_name = given;
    person.family_name = family;
    ck_assert_ok(pz_person_save(at.school.importer, &person, "test", given, NULL, &id));
    school_enroll(&at.school, at.school.a, id, PZ_ROLE_LEARNER);
}

static void fill(void)
{
    add_pupil("Zoe", "Abel");
    add_pupil("Adam", "Zorn");
    add_pupil("Ælfgifu", "Ōsaka");
    for (int i = 0; i < MANY; i++) add_goal(i);
    for (int i = 0; i < MANY; i++) add_checkin(i);
}

static void teardown(void)
{
    pz_actor_free(teacher);
    pz_actor_free(ana);
    lesson_end(&at);
}

/* ----------------------------------------------------------------------------------------------- kinds alike --- */

typedef enum kind { GOALS, CHECKINS, PEOPLE, KINDS } kind;

typedef struct asked {
    int32_t order;
    int32_t limit;
    pz_id after;
    const char *text;
    pz_id learner;
} asked;

/* Ids of a list, whose records begin with struct_size and id. */
static pz_status ask(pz_actor *actor, kind of, const asked *what, pz_id *out_ids, size_t *out_count)
{
    void **rows = NULL;
    pz_status status = PZ_OK;
    *out_count = 0;
    if (of == GOALS) {
        pz_goal_query query = PZ_GOAL_QUERY_INIT;
        query.order = what->order, query.limit = what->limit, query.after = what->after, query.text = what->text;
        query.learner = what->learner;
        status = pz_goal_list(actor, &query, (pz_goal ***)&rows, out_count);
        for (size_t i = 0; i < *out_count; i++) out_ids[i] = ((pz_goal *)rows[i])->id;
    } else if (of == CHECKINS) {
        pz_checkin_query query = PZ_CHECKIN_QUERY_INIT;
        query.order = what->order, query.limit = what->limit, query.after = what->after, query.text = what->text;
        query.learner = what->learner;
        status = pz_checkin_list(actor, &query, (pz_checkin ***)&rows, out_count);
        for (size_t i = 0; i < *out_count; i++) out_ids[i] = ((pz_checkin *)rows[i])->id;
    } else {
        pz_person_query query = PZ_PERSON_QUERY_INIT;
        query.order = what->order, query.limit = what->limit, query.after = what->after, query.text = what->text;
        query.learner = what->learner;
        status = pz_person_list(actor, &query, (pz_person ***)&rows, out_count);
        for (size_t i = 0; i < *out_count; i++) out_ids[i] = ((pz_person *)rows[i])->id;
    }
    ck_assert_uint_le(*out_count, MOST);
    pz_free(rows);
    return status;
}

static size_t ids_of(pz_actor *actor, kind of, const asked *what, pz_id *ids)
{
    size_t count;
    ck_assert_ok(ask(actor, of, what, ids, &count));
    return count;
}

static size_t found(kind of, const char *text)
{
    const asked what = {1, 0, 0, text, 0};
    pz_id ids[MOST];
    return ids_of(teacher, of, &what, ids);
}

/* ----------------------------------------------------------------------------------------------------- tests --- */

START_TEST(pages_of_every_order_and_size_make_the_whole)
{
    fill();
    for (int of = GOALS; of < KINDS; of++) {
        pz_id first[MOST], whole[MOST], page[MOST];
        for (int32_t order = 1; order <= 3; order++) {
            asked what = {order, 0, 0, NULL, 0};
            size_t count = ids_of(teacher, (kind)of, &what, whole);
            ck_assert_uint_ge(count, 3);
            if (order == 1) memcpy(first, whole, sizeof whole);
            if (order != 1) ck_assert_msg(memcmp(first, whole, count * sizeof *whole) != 0, "order %d of kind %d is the first", order, of);
            for (int32_t limit = 1; limit <= 5; limit++) {
                size_t seen = 0, some;
                what.limit = limit;
                what.after = 0;
                while ((some = ids_of(teacher, (kind)of, &what, page)) > 0) {
                    ck_assert_uint_le(some, (size_t)limit);
                    ck_assert_uint_le(seen + some, count);
                    ck_assert_mem_eq(page, whole + seen, some * sizeof *page);
                    seen += some;
                    what.after = page[some - 1];
                }
                ck_assert_uint_eq(seen, count);
            }
        }
    }
}
END_TEST

START_TEST(orders_are_what_they_say)
{
    pz_goal_query query = PZ_GOAL_QUERY_INIT;
    pz_goal **rows;
    pz_checkin_query days = PZ_CHECKIN_QUERY_INIT;
    pz_checkin **planned;
    size_t count;
    fill();
    query.order = PZ_GOAL_ORDER_DUE;
    ck_assert_ok(pz_goal_list(teacher, &query, &rows, &count));
    for (size_t i = 1; i < count; i++)
        ck_assert(rows[i]->due_on == PZ_DATE_NONE || (rows[i - 1]->due_on != PZ_DATE_NONE && rows[i - 1]->due_on <= rows[i]->due_on));
    pz_free(rows);
    query.order = PZ_GOAL_ORDER_ACTED;
    ck_assert_ok(pz_goal_list(teacher, &query, &rows, &count));
    for (size_t i = 1; i < count; i++) ck_assert_int_ge(rows[i - 1]->acted_at, rows[i]->acted_at);
    pz_free(rows);
    days.order = PZ_CHECKIN_ORDER_DUE;
    ck_assert_ok(pz_checkin_list(teacher, &days, &planned, &count));
    for (size_t i = 1; i < count; i++) ck_assert_int_le(planned[i - 1]->due_on, planned[i]->due_on);
    pz_free(planned);
}
END_TEST

START_TEST(words_are_found_in_any_script_and_case)
{
    fill();
    ck_assert_uint_eq(found(GOALS, "КНИГУ читать"), 3);
    ck_assert_uint_eq(found(GOALS, "分数"), 3);
    ck_assert_uint_eq(found(GOALS, "zeichnen strASSe"), 0); /* simple folding: no letter becomes two */
    ck_assert_uint_eq(found(GOALS, "ZEICHNEN straße"), 3);
    ck_assert_uint_eq(found(GOALS, "garden build"), 1); /* statement and reason together */
    ck_assert_uint_eq(found(GOALS, "garden nowhere"), 0);
    ck_assert_uint_eq(found(GOALS, "  "), MANY);
    ck_assert_ok(pz_checkin_cancel(teacher, checkins[0], "Nevada ФЕРИИ", PZ_NUL_TERMINATED, NULL));
    ck_assert_uint_eq(found(CHECKINS, "ферии"), 1);
    ck_assert_uint_eq(found(PEOPLE, "ōSAKA ælf"), 1);
    ck_assert_uint_eq(found(PEOPLE, "ōsaka nobody"), 0);
}
END_TEST

START_TEST(a_page_goes_on_where_the_last_one_stands_now)
{
    asked what = {PZ_GOAL_ORDER_DUE, 3, 0, NULL, 0};
    pz_id page[MOST], rest[MOST], whole[MOST], request;
    fill();
    ck_assert_uint_eq(ids_of(ana, GOALS, &what, page), 3);
    what.after = page[2];
    what.limit = 0;
    size_t count = ids_of(ana, GOALS, &what, rest);
    ck_assert_uint_eq(count, MANY - MANY / 3 - 3);
    ck_assert_ok(pz_goal_abandon(ana, page[2], "done with it", PZ_NUL_TERMINATED, NULL, &request)); /* still a place in the order */
    ck_assert_uint_eq(ids_of(ana, GOALS, &what, whole), count);
    ck_assert_mem_eq(rest, whole, count * sizeof *whole);
    what.learner = at.school.ben; /* the place may be of somebody whom the query does not ask for */
    count = ids_of(teacher, GOALS, &what, whole);
    ck_assert(count > 0 && count < MANY / 3);
}
END_TEST

START_TEST(refuses_what_is_no_query)
{
    pz_id ids[MOST];
    size_t count;
    fill();
    for (int of = GOALS; of < KINDS; of++) {
        const asked bad[] = {{0, 0, 0, NULL, 0}, {4, 0, 0, NULL, 0}, {1, -1, 0, NULL, 0}};
        for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
            ck_assert_status(ask(teacher, (kind)of, &bad[i], ids, &count), PZ_E_INVALID);
        const asked text = {1, 0, 0, "\xff", 0}, after = {1, 0, 999999, NULL, 0};
        ck_assert_status(ask(teacher, (kind)of, &text, ids, &count), PZ_E_TEXT);
        ck_assert_status(ask(teacher, (kind)of, &after, ids, &count), PZ_E_NOT_FOUND);
    }
    const asked over = {1, 10001, 0, NULL, 0};
    ck_assert_status(ask(teacher, GOALS, &over, ids, &count), PZ_E_INVALID);
    ck_assert_status(ask(teacher, PEOPLE, &over, ids, &count), PZ_E_INVALID);
    const asked others = {1, 0, goals[0], NULL, 0}; /* of a classmate */
    ck_assert_status(ask(ana, GOALS, &others, ids, &count), PZ_E_NOT_FOUND);
    const asked away = {1, 0, at.school.dan, NULL, 0};
    ck_assert_status(ask(ana, PEOPLE, &away, ids, &count), PZ_E_NOT_FOUND);
    static char words[2001];
    memset(words, 'x', sizeof words - 1);
    const asked longest = {1, 0, 0, words, 0};
    ck_assert_status(ask(teacher, GOALS, &longest, ids, &count), PZ_E_TOO_LONG);
    ck_assert_status(ask(teacher, PEOPLE, &longest, ids, &count), PZ_E_TOO_LONG);
}
END_TEST

static pz_status list_all(void *user_data)
{
    const lesson *l = user_data;
    pz_store_options options = l->school.options;
    pz_actor *actor = NULL;
    pz_store *store = NULL;
    pz_id ids[MOST];
    options.read_only = 1;
    pz_status status = pz_store_open(l->school.place.path, &options, &store);
    if (status == PZ_OK) status = pz_actor_open(store, l->school.tea, PZ_ROLE_TEACHER, "tests", &actor);
    for (int of = GOALS; of < KINDS && status == PZ_OK; of++) {
        const pz_id after[] = {goals[0], checkins[0], l->school.ana};
        const asked what = {2, 3, after[of], "a", 0};
        size_t count;
        status = ask(actor, (kind)of, &what, ids, &count);
        if (status != PZ_OK) ck_assert_uint_eq(count, 0);
    }
    pz_actor_free(actor);
    pz_store_free(store);
    return status;
}

START_TEST(survives_each_allocation_failing)
{
    setup();
    fill();
    pz_actor_free(teacher);
    pz_actor_free(ana);
    pz_actor_free(at.runner);
    school_close(&at.school);
    ck_assert_int_gt(suite_each_allocation(list_all, &at), 50);
    place_end(&at.school.place);
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("pages");
    TCase *with = tcase_create("in a school"), *alone = tcase_create("memory");
    tcase_add_checked_fixture(with, setup, teardown);
    tcase_set_timeout(with, 60);
    tcase_set_timeout(alone, 120);
    tcase_add_test(with, pages_of_every_order_and_size_make_the_whole);
    tcase_add_test(with, orders_are_what_they_say);
    tcase_add_test(with, words_are_found_in_any_script_and_case);
    tcase_add_test(with, a_page_goes_on_where_the_last_one_stands_now);
    tcase_add_test(with, refuses_what_is_no_query);
    tcase_add_test(alone, survives_each_allocation_failing);
    suite_add_tcase(suite, with);
    suite_add_tcase(suite, alone);
    return suite;
}

SUITE_MAIN(make_suite)
