/* Frameworks, competencies and associations: written, listed, ended, and no circles. */
#include "records/competency/write.h"
#include "records/lesson.h"

static pz_status save_association(lesson *at, int32_t kind, pz_id origin, pz_id destination, pz_id *out_id)
{
    pz_association association = PZ_ASSOCIATION_INIT;
    association.framework = at->framework;
    association.kind = kind;
    association.origin = origin;
    association.destination = destination;
    return pz_association_save(at->school.importer, &association, NULL, NULL, NULL, out_id);
}

START_TEST(frameworks_and_competencies_come_back_as_they_were_saved)
{
    lesson at;
    pz_framework **frameworks;
    pz_competency **rows, *one;
    size_t count;
    lesson_start(&at);
    ck_assert_ok(pz_framework_list(at.school.importer, 0, &frameworks, &count));
    ck_assert_uint_eq(count, 1);
    ck_assert_str_eq(frameworks[0]->title, "Arithmetic");
    pz_free(frameworks);
    ck_assert_ok(pz_competency_list(at.school.importer, NULL, &rows, &count));
    ck_assert_uint_eq(count, 4);
    ck_assert_int_eq(rows[0]->id, at.add);
    ck_assert_int_eq(rows[3]->id, at.divide);
    pz_free(rows);
    ck_assert_ok(pz_competency_get(at.school.importer, at.multiply, &one));
    ck_assert_str_eq(one->code, "multiply");
    ck_assert_int_eq(one->framework, at.framework);
    ck_assert_ptr_null(one->uri);
    pz_free(one);
    ck_assert_status(pz_competency_get(at.school.importer, 999999, &one), PZ_E_NOT_FOUND);
    ck_assert_ptr_null(one);
    ck_assert_status(pz_competency_get(NULL, at.add, &one), PZ_E_CLOSED);
    lesson_end(&at);
}
END_TEST

START_TEST(every_role_reads_them_and_few_write_them)
{
    lesson at;
    pz_competency **rows;
    pz_framework framework = PZ_FRAMEWORK_INIT;
    size_t count;
    pz_id id;
    lesson_start(&at);
    framework.title = "Ours";
    const struct {
        pz_id person;
        pz_role role;
        pz_status status;
    } cases[] = {{at.school.ana, PZ_ROLE_LEARNER, PZ_E_DENIED},
                 {at.school.gus, PZ_ROLE_GUARDIAN, PZ_E_DENIED},
                 {at.school.tea, PZ_ROLE_TEACHER, PZ_E_DENIED},
                 {at.school.cou, PZ_ROLE_COUNSELOR, PZ_E_DENIED},
                 {at.school.lea, PZ_ROLE_LEADER, PZ_OK}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        pz_actor *actor = school_actor(&at.school, cases[i].person, cases[i].role);
        ck_assert_ok(pz_competency_list(actor, NULL, &rows, &count));
        ck_assert_uint_eq(count, 4);
        pz_free(rows);
        ck_assert_status(pz_framework_save(actor, &framework, NULL, NULL, NULL, &id), cases[i].status);
        pz_actor_free(actor);
    }
    lesson_end(&at);
}
END_TEST

START_TEST(leaders_write_what_they_made_themselves)
{
    lesson at;
    pz_framework own = PZ_FRAMEWORK_INIT, imported = PZ_FRAMEWORK_INIT;
    pz_competency competency = PZ_COMPETENCY_INIT;
    pz_association tie = PZ_ASSOCIATION_INIT;
    int32_t repeated;
    pz_id id;
    lesson_start(&at);
    pz_actor *lea = school_actor(&at.school, at.school.lea, PZ_ROLE_LEADER),
             *head = school_actor(&at.school, at.school.head, PZ_ROLE_LEADER);
    ck_assert_ok(pz_change_begin(lea, "our framework", NULL, &repeated)); /* in one change, whose author is not written yet */
    own.title = "Ours";
    ck_assert_ok(pz_framework_save(lea, &own, NULL, NULL, NULL, &own.id));
    competency.framework = own.id;
    competency.statement = "Sings in tune";
    ck_assert_ok(pz_competency_save(lea, &competency, NULL, NULL, NULL, &competency.id));
    ck_assert_ok(pz_change_commit(lea, NULL));
    competency.statement = "Sings in tune with others";
    ck_assert_ok(pz_competency_save(lea, &competency, NULL, NULL, NULL, &competency.id));
    tie.framework = own.id;
    tie.kind = PZ_ASSOCIATION_IS_RELATED_TO;
    tie.origin = competency.id;
    tie.destination = at.add; /* of another framework */
    ck_assert_ok(pz_association_save(lea, &tie, NULL, NULL, NULL, &tie.id));
    own.title = "Still ours";
    ck_assert_ok(pz_framework_save(lea, &own, NULL, NULL, NULL, &own.id));

    ck_assert_status(pz_framework_save(head, &own, NULL, NULL, NULL, &id), PZ_E_DENIED);
    ck_assert_status(pz_competency_save(head, &competency, NULL, NULL, NULL, &id), PZ_E_DENIED);
    ck_assert_status(pz_association_save(head, &tie, NULL, NULL, NULL, &id), PZ_E_DENIED);
    ck_assert_status(pz_competency_end(head, PZ_KIND_COMPETENCY, competency.id, NULL), PZ_E_DENIED);
    imported.id = at.framework;
    imported.title = "Taken over";
    ck_assert_status(pz_framework_save(lea, &imported, NULL, NULL, NULL, &id), PZ_E_DENIED);
    competency.id = at.add; /* out of the imported framework into the own one */
    ck_assert_status(pz_competency_save(lea, &competency, NULL, NULL, NULL, &id), PZ_E_DENIED);
    competency.id = 0;
    competency.framework = at.framework;
    ck_assert_status(pz_competency_save(lea, &competency, NULL, NULL, NULL, &id), PZ_E_DENIED);
    competency.framework = 0;
    ck_assert_status(pz_competency_save(lea, &competency, NULL, NULL, NULL, &id), PZ_E_DENIED);
    competency.framework = 999999;
    ck_assert_status(pz_competency_save(lea, &competency, NULL, NULL, NULL, &id), PZ_E_NOT_FOUND);
    ck_assert_status(pz_competency_end(lea, PZ_KIND_FRAMEWORK, at.framework, NULL), PZ_E_DENIED);
    ck_assert_status(pz_competency_end(lea, PZ_KIND_COMPETENCY, at.add, NULL), PZ_E_DENIED);
    ck_assert_ok(pz_competency_end(lea, PZ_KIND_ASSOCIATION, tie.id, NULL));
    ck_assert_ok(pz_competency_end(lea, PZ_KIND_FRAMEWORK, own.id, NULL));
    pz_actor_free(head);
    pz_actor_free(lea);
    lesson_end(&at);
}
END_TEST

START_TEST(queries_choose_by_framework_branch_code_and_leaf)
{
    lesson at;
    pz_competency_query query = PZ_COMPETENCY_QUERY_INIT;
    pz_competency **rows;
    size_t count;
    pz_id tie;
    lesson_start(&at);
    pz_id numbers = lesson_competency(&at, "numbers", 9), tens = lesson_competency(&at, "tens", 10);
    ck_assert_ok(save_association(&at, PZ_ASSOCIATION_IS_CHILD_OF, numbers, at.framework, &tie));
    ck_assert_ok(save_association(&at, PZ_ASSOCIATION_IS_CHILD_OF, tens, numbers, &tie));
    ck_assert_ok(save_association(&at, PZ_ASSOCIATION_IS_CHILD_OF, at.add, tens, &tie));
    query.under = numbers;
    ck_assert_ok(pz_competency_list(at.school.importer, &query, &rows, &count));
    ck_assert_uint_eq(count, 3);
    pz_free(rows);
    query.leaves_only = 1;
    ck_assert_ok(pz_competency_list(at.school.importer, &query, &rows, &count));
    ck_assert_uint_eq(count, 1);
    ck_assert_int_eq(rows[0]->id, at.add);
    pz_free(rows);
    query = (pz_competency_query)PZ_COMPETENCY_QUERY_INIT;
    query.code = "tens and more";
    query.code_len = 4;
    ck_assert_ok(pz_competency_list(at.school.importer, &query, &rows, &count));
    ck_assert_uint_eq(count, 1);
    ck_assert_int_eq(rows[0]->id, tens);
    pz_free(rows);
    query = (pz_competency_query)PZ_COMPETENCY_QUERY_INIT;
    query.framework = 999999;
    ck_assert_status(pz_competency_list(at.school.importer, &query, &rows, &count), PZ_E_NOT_FOUND);
    query.framework = 0;
    query.under = 999999;
    ck_assert_status(pz_competency_list(at.school.importer, &query, &rows, &count), PZ_E_NOT_FOUND);
    query.under = 0;
    query.leaves_only = 2;
    ck_assert_status(pz_competency_list(at.school.importer, &query, &rows, &count), PZ_E_INVALID);
    query.struct_size = 1;
    ck_assert_status(pz_competency_list(at.school.importer, &query, &rows, &count), PZ_E_STRUCT_SIZE);
    lesson_end(&at);
}
END_TEST

static pz_id worded(lesson *at, const char *code, const char *statement, int32_t position)
{
    pz_competency competency = PZ_COMPETENCY_INIT;
    pz_id id;
    competency.framework = at->framework;
    competency.code = code;
    competency.statement = statement;
    competency.position = position;
    ck_assert_ok(pz_competency_save(at->school.importer, &competency, NULL, NULL, NULL, &id));
    return id;
}

static size_t found(lesson *at, const char *text)
{
    pz_competency_query query = PZ_COMPETENCY_QUERY_INIT;
    pz_competency **rows;
    size_t count;
    query.text = text;
    ck_assert_ok(pz_competency_list(at->school.importer, &query, &rows, &count));
    pz_free(rows);
    return count;
}

START_TEST(words_are_found_in_code_and_statements)
{
    lesson at;
    lesson_start(&at);
    worded(&at, "Ж.7", "Сложение дробей", 7);
    worded(&at, NULL, "分数を足す", 7);
    worded(&at, "M.9", "Não dividir por zero", 9);
    ck_assert_uint_eq(found(&at, "ДРОБЕЙ сложение"), 1);
    ck_assert_uint_eq(found(&at, "ж.7"), 1);
    ck_assert_uint_eq(found(&at, "分数"), 1);
    ck_assert_uint_eq(found(&at, "NÃO m.9"), 1); /* in code and statement together */
    ck_assert_uint_eq(found(&at, "divid"), 2);
    ck_assert_uint_eq(found(&at, "divide nothing"), 0);
    ck_assert_uint_eq(found(&at, ""), 7);
    lesson_end(&at);
}
END_TEST

START_TEST(pages_of_both_orders_make_the_whole)
{
    lesson at;
    lesson_start(&at);
    pz_id last = worded(&at, NULL, "without a code", 1), upper = worded(&at, "B", "an upper letter", 9);
    worded(&at, "add", "with a code that is there twice", 2);
    for (int32_t order = PZ_COMPETENCY_ORDER_POSITION; order <= PZ_COMPETENCY_ORDER_CODE; order++) {
        pz_competency_query query = PZ_COMPETENCY_QUERY_INIT;
        pz_competency **whole, **page;
        size_t count, more;
        query.order = order;
        ck_assert_ok(pz_competency_list(at.school.importer, &query, &whole, &count));
        ck_assert_uint_eq(count, 7);
        ck_assert_int_eq(whole[0]->id, order == PZ_COMPETENCY_ORDER_CODE ? upper : at.add);
        if (order == PZ_COMPETENCY_ORDER_CODE) ck_assert_int_eq(whole[6]->id, last);
        for (query.limit = 1; query.limit <= 8; query.limit++) {
            size_t taken = 0;
            query.after = 0;
            do {
                ck_assert_ok(pz_competency_list(at.school.importer, &query, &page, &more));
                ck_assert_uint_le(more, (size_t)query.limit);
                ck_assert_uint_le(taken + more, count);
                for (size_t i = 0; i < more; i++) ck_assert_int_eq(page[i]->id, whole[taken + i]->id);
                taken += more;
                if (more) query.after = page[more - 1]->id;
                pz_free(page);
            } while (more);
            ck_assert_uint_eq(taken, count);
        }
        pz_free(whole);
    }
    lesson_end(&at);
}
END_TEST

START_TEST(a_page_goes_on_behind_what_has_ended_or_came_in)
{
    lesson at;
    pz_competency_query query = PZ_COMPETENCY_QUERY_INIT;
    pz_competency **rows;
    size_t count;
    lesson_start(&at);
    query.after = at.subtract;
    ck_assert_ok(pz_competency_end(at.school.importer, PZ_KIND_COMPETENCY, at.subtract, NULL));
    worded(&at, "early", "before it", 0);
    pz_id between = worded(&at, "late", "after it", 3);
    ck_assert_ok(pz_competency_list(at.school.importer, &query, &rows, &count));
    ck_assert_uint_eq(count, 3);
    ck_assert_int_eq(rows[0]->id, at.multiply);
    ck_assert_int_eq(rows[1]->id, between);
    ck_assert_int_eq(rows[2]->id, at.divide);
    pz_free(rows);
    lesson_end(&at);
}
END_TEST

START_TEST(pages_that_cannot_be_are_refused)
{
    static char long_words[2001];
    lesson at;
    const pz_competency_query initial = PZ_COMPETENCY_QUERY_INIT;
    pz_competency_query query = initial;
    pz_competency **rows;
    size_t count;
    lesson_start(&at);
    memset(long_words, 'x', sizeof long_words - 1);
    for (int32_t order = 0; order <= 3; order += 3) {
        query.order = order;
        ck_assert_status(pz_competency_list(at.school.importer, &query, &rows, &count), PZ_E_INVALID);
    }
    query = initial, query.limit = -1;
    ck_assert_status(pz_competency_list(at.school.importer, &query, &rows, &count), PZ_E_INVALID);
    query.limit = 10001;
    ck_assert_status(pz_competency_list(at.school.importer, &query, &rows, &count), PZ_E_INVALID);
    query = initial, query.after = 999999;
    ck_assert_status(pz_competency_list(at.school.importer, &query, &rows, &count), PZ_E_NOT_FOUND);
    query = initial, query.text = "\xff";
    ck_assert_status(pz_competency_list(at.school.importer, &query, &rows, &count), PZ_E_TEXT);
    query.text = long_words;
    ck_assert_status(pz_competency_list(at.school.importer, &query, &rows, &count), PZ_E_TOO_LONG);
    query = initial, query.code = long_words;
    ck_assert_status(pz_competency_list(at.school.importer, &query, &rows, &count), PZ_E_TOO_LONG);
    query = initial, query.limit = 1, query.struct_size = offsetof(pz_competency_query, text); /* before there were pages */
    ck_assert_ok(pz_competency_list(at.school.importer, &query, &rows, &count));
    ck_assert_uint_eq(count, 4);
    pz_free(rows);
    lesson_end(&at);
}
END_TEST

START_TEST(prerequisites_come_near_ones_first)
{
    lesson at;
    pz_competency **rows;
    size_t count;
    lesson_start(&at);
    ck_assert_ok(pz_competency_prerequisites(at.school.importer, at.divide, &rows, &count));
    ck_assert_uint_eq(count, 3);
    ck_assert_int_eq(rows[0]->id, at.multiply);
    ck_assert_int_eq(rows[2]->id, at.add);
    pz_free(rows);
    ck_assert_ok(pz_competency_prerequisites(at.school.importer, at.add, &rows, &count));
    ck_assert_uint_eq(count, 0);
    pz_free(rows);
    ck_assert_status(pz_competency_prerequisites(at.school.importer, 999999, &rows, &count), PZ_E_NOT_FOUND);
    lesson_end(&at);
}
END_TEST

START_TEST(circles_are_refused_and_named)
{
    lesson at;
    pz_id tie;
    char words[128];
    lesson_start(&at);
    ck_assert_status(save_association(&at, PZ_ASSOCIATION_PRECEDES, at.divide, at.add, &tie), PZ_E_INVALID);
    snprintf(words, sizeof words, "%lld -> %lld", (long long)at.multiply, (long long)at.divide);
    ck_assert_ptr_nonnull(strstr(pz_last_error()->message, words));
    ck_assert_ok(save_association(&at, PZ_ASSOCIATION_IS_RELATED_TO, at.divide, at.add, &tie)); /* only two kinds must not go round */
    ck_assert_status(save_association(&at, PZ_ASSOCIATION_IS_RELATED_TO, at.add, at.add, &tie), PZ_E_INVALID);
    ck_assert_status(save_association(&at, 99, at.add, at.divide, &tie), PZ_E_INVALID);
    ck_assert_status(save_association(&at, PZ_ASSOCIATION_PRECEDES, at.add, at.framework, &tie), PZ_E_NOT_FOUND);
    ck_assert_status(save_association(&at, PZ_ASSOCIATION_PRECEDES, 999999, at.add, &tie), PZ_E_NOT_FOUND);
    lesson_end(&at);
}
END_TEST

START_TEST(what_has_ended_is_listed_on_request_and_seen_in_the_past)
{
    lesson at;
    pz_competency_query query = PZ_COMPETENCY_QUERY_INIT;
    pz_competency **rows;
    pz_association **ties;
    pz_actor *past;
    size_t count;
    lesson_start(&at);
    ck_assert_ok(pz_association_list(at.school.importer, 0, at.subtract, PZ_ASSOCIATION_PRECEDES, &ties, &count));
    ck_assert_uint_eq(count, 2);
    pz_id tie = ties[0]->id;
    pz_free(ties);
    int64_t before = school_last_change(&at.school);
    ck_assert_ok(pz_competency_end(at.school.importer, PZ_KIND_COMPETENCY, at.divide, NULL));
    ck_assert_ok(pz_competency_end(at.school.importer, PZ_KIND_ASSOCIATION, tie, NULL));
    ck_assert_ok(pz_competency_list(at.school.importer, &query, &rows, &count));
    ck_assert_uint_eq(count, 3);
    pz_free(rows);
    query.with_ended = 1;
    ck_assert_ok(pz_competency_list(at.school.importer, &query, &rows, &count));
    ck_assert_uint_eq(count, 4);
    ck_assert_int_eq(rows[3]->ended, 1);
    pz_free(rows);
    ck_assert_ok(pz_association_list(at.school.importer, at.framework, 0, 0, &ties, &count));
    ck_assert_uint_eq(count, 2);
    pz_free(ties);
    ck_assert_ok(pz_actor_as_of_change(at.school.importer, before, &past));
    query.with_ended = 0;
    ck_assert_ok(pz_competency_list(past, &query, &rows, &count));
    ck_assert_uint_eq(count, 4);
    pz_free(rows);
    pz_actor_free(past);
    ck_assert_status(pz_competency_end(at.school.importer, PZ_KIND_PERSON, at.school.ana, NULL), PZ_E_INVALID);
    ck_assert_status(pz_competency_end(at.school.importer, PZ_KIND_COMPETENCY, 999999, NULL), PZ_E_NOT_FOUND);
    ck_assert_status(pz_association_list(at.school.importer, 0, 0, 77, &ties, &count), PZ_E_INVALID);
    lesson_end(&at);
}
END_TEST

START_TEST(a_circle_is_found_where_there_is_one)
{
    const pz_id from[] = {1, 2, 3, 4, 5, 6}, open_to[] = {2, 3, 4, 5, 6, 7}, closed_to[] = {2, 3, 4, 2, 6, 7};
    pz_id *path;
    size_t count;
    ck_assert_ok(pz__circle_find(from, open_to, 6, &path, &count));
    ck_assert_ptr_null(path);
    ck_assert_uint_eq(count, 0);
    ck_assert_ok(pz__circle_find(from, closed_to, 6, &path, &count));
    ck_assert_uint_eq(count, 4);
    ck_assert(path[0] == path[3] && path[0] == 2 && path[1] == 3 && path[2] == 4);
    pz_free(path);
    ck_assert_ok(pz__circle_find(from, from, 1, &path, &count));
    ck_assert_uint_eq(count, 2);
    pz_free(path);
    ck_assert_ok(pz__circle_find(NULL, NULL, 0, &path, &count));
    ck_assert_uint_eq(count, 0);
}
END_TEST

typedef struct reopened {
    school *school;
    pz_id competency, framework;
} reopened;

static pz_status open_and_read(void *user_data)
{
    reopened *again = user_data;
    pz_actor *actor = NULL;
    pz_competency_query page = PZ_COMPETENCY_QUERY_INIT;
    pz_competency **rows = NULL, **before = NULL, *one = NULL;
    pz_framework **frameworks = NULL;
    pz_association **ties = NULL;
    pz_association tie = PZ_ASSOCIATION_INIT;
    size_t count;
    pz_id id;
    tie.kind = PZ_ASSOCIATION_IS_CHILD_OF;
    tie.origin = again->competency;
    tie.destination = again->framework;
    pz_status status = school_open(again->school, 0);
    if (status == PZ_OK) status = pz_actor_open_service(again->school->store, "test import", PZ_SCOPE_IMPORT, "tests", &actor);
    page.text = "A", page.order = PZ_COMPETENCY_ORDER_CODE, page.limit = 2, page.after = again->competency;
    if (status == PZ_OK) status = pz_competency_list(actor, &page, &rows, &count);
    if (status == PZ_OK) status = pz_framework_list(actor, 0, &frameworks, &count);
    if (status == PZ_OK) status = pz_competency_get(actor, again->competency, &one);
    if (status == PZ_OK) status = pz_association_list(actor, 0, 0, 0, &ties, &count);
    if (status == PZ_OK) status = pz_competency_prerequisites(actor, again->competency, &before, &count);
    if (status == PZ_OK) status = pz_association_save(actor, &tie, NULL, NULL, "once", &id);
    pz_free(rows);
    pz_free(frameworks);
    pz_free(one);
    pz_free(ties);
    pz_free(before);
    pz_actor_free(actor);
    pz_store_free(again->school->store);
    again->school->store = NULL;
    return status;
}

START_TEST(memory_that_fails_is_told_and_freed)
{
    lesson at;
    lesson_start(&at);
    reopened again = {&at.school, at.divide, at.framework};
    pz_actor_free(at.runner);
    school_close(&at.school);
    ck_assert_int_gt(suite_each_allocation(open_and_read, &again), 30);
    place_end(&at.school.place);
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("records_competency");
    TCase *tests = tcase_create("competency");
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, frameworks_and_competencies_come_back_as_they_were_saved);
    tcase_add_test(tests, every_role_reads_them_and_few_write_them);
    tcase_add_test(tests, leaders_write_what_they_made_themselves);
    tcase_add_test(tests, queries_choose_by_framework_branch_code_and_leaf);
    tcase_add_test(tests, words_are_found_in_code_and_statements);
    tcase_add_test(tests, pages_of_both_orders_make_the_whole);
    tcase_add_test(tests, a_page_goes_on_behind_what_has_ended_or_came_in);
    tcase_add_test(tests, pages_that_cannot_be_are_refused);
    tcase_add_test(tests, prerequisites_come_near_ones_first);
    tcase_add_test(tests, circles_are_refused_and_named);
    tcase_add_test(tests, what_has_ended_is_listed_on_request_and_seen_in_the_past);
    tcase_add_test(tests, a_circle_is_found_where_there_is_one);
    tcase_add_test(tests, memory_that_fails_is_told_and_freed);
    suite_add_tcase(suite, tests);
    return suite;
}

SUITE_MAIN(make_suite)
