/* Ids of the outside world, and the source systems they come from. */
#include "personalize/access.h"
#include "place_of_store.h"
#include "store/change.h"
#include "store/external.h"

static place_of_store place;
static pz_store *store;
static const pz__author service = {0, 3, PZ_ROLE_SERVICE, "import"};

static void begin(void)
{
    place_start(&place);
    ck_assert_ok(pz_store_create(place.path, NULL, &store));
}

static void end(void)
{
    pz_store_free(store);
    ck_assert_int_eq(pz_memory_blocks(), 0);
    place_end(&place);
}

static pz__change *start(void)
{
    pz__change *change;
    int repeated;
    ck_assert_ok(pz__change_start(store, &service, "import", NULL, NULL, 0, &change, &repeated));
    return change;
}

static void finish(pz__change *change)
{
    pz__change_note(change, PZ_KIND_STORE, 0, 0, PZ__ACT_ADD, 1);
    ck_assert_ok(pz__change_end(change, PZ_OK));
}

START_TEST(numbers_sources)
{
    pz__change *change;
    const char *name;
    char other[2000];
    int32_t number;
    memset(other, 'x', sizeof other);
    ck_assert_ok(pz__source_number(store, "", 0, 0, &number));
    ck_assert_int_eq(number, 0);
    ck_assert_ok(pz__source_number(store, NULL, 0, 1, &number));
    ck_assert_int_eq(number, 0);
    ck_assert_status(pz__source_number(store, "SIS", 3, 0, &number), PZ_E_NOT_FOUND);
    ck_assert_status(pz__source_number(store, "SIS", 3, 1, &number), PZ_E_STATE);
    change = start();
    ck_assert_ok(pz__source_number(store, "SIS and more", 3, 1, &number));
    ck_assert_int_eq(number, 1);
    ck_assert_ok(pz__source_number(store, "LMS", PZ_NUL_TERMINATED, 1, &number));
    ck_assert_int_eq(number, 2);
    ck_assert_status(pz__source_number(store, other, sizeof other, 1, &number), PZ_E_TOO_LONG);
    ck_assert_status(pz__source_number(store, "a\0b", 3, 1, &number), PZ_E_TEXT);
    finish(change);
    ck_assert_ok(pz__source_number(store, "SIS", 3, 0, &number));
    ck_assert_int_eq(number, 1);
    ck_assert_ok(pz__source_name(store, 0, &name));
    ck_assert_str_eq(name, "");
    ck_assert_ok(pz__source_name(store, 2, &name));
    ck_assert_str_eq(name, "LMS");
    ck_assert_status(pz__source_name(store, 3, &name), PZ_E_NOT_FOUND);
}
END_TEST

START_TEST(finds_ids)
{
    pz__change *change = start();
    pz_id id;
    int more;
    int32_t sis, lms;
    ck_assert_ok(pz__source_number(store, "SIS", 3, 1, &sis));
    ck_assert_ok(pz__source_number(store, "LMS", 3, 1, &lms));
    ck_assert_ok(pz__external_put(store, PZ_KIND_PERSON, sis, "u1", 2, 100));
    ck_assert_ok(pz__external_put(store, PZ_KIND_PERSON, sis, "u1", 2, 100));
    ck_assert_status(pz__external_put(store, PZ_KIND_PERSON, sis, "u1", 2, 101), PZ_E_EXISTS);
    ck_assert_ok(pz__external_put(store, PZ_KIND_PERSON, lms, "u1", 2, 102));
    ck_assert_ok(pz__external_put(store, PZ_KIND_PERSON, 0, "u2", 2, 103));
    ck_assert_ok(pz__external_put(store, PZ_KIND_CLASS, sis, "u2", 2, 104));
    ck_assert_ok(pz__external_put(store, PZ_KIND_PERSON, sis, "u3", 2, 105));
    ck_assert_ok(pz__external_put(store, PZ_KIND_PERSON, lms, "u3", 2, 105));
    ck_assert_status(pz__external_put(store, PZ_KIND_PERSON, sis, "", 0, 1), PZ_E_INVALID);
    finish(change);
    ck_assert_status(pz__external_put(store, PZ_KIND_PERSON, sis, "u9", 2, 1), PZ_E_STATE);
    ck_assert_ok(pz__external_find(store, PZ_KIND_PERSON, sis, "u1", PZ_NUL_TERMINATED, &id, NULL));
    ck_assert_int_eq(id, 100);
    ck_assert_ok(pz__external_find(store, PZ_KIND_PERSON, lms, "u1 ", 2, &id, &more));
    ck_assert_int_eq(id, 102);
    ck_assert_int_eq(more, 0);
    ck_assert_ok(pz__external_find(store, PZ_KIND_PERSON, -1, "u1", 2, &id, &more));
    ck_assert_int_ne(id, 0);
    ck_assert_int_eq(more, 1);
    ck_assert_ok(pz__external_find(store, PZ_KIND_PERSON, -1, "u2", 2, &id, &more));
    ck_assert_int_eq(id, 103);
    ck_assert_int_eq(more, 0);
    ck_assert_ok(pz__external_find(store, PZ_KIND_PERSON, -1, "u3", 2, &id, &more)); /* two sources, one record */
    ck_assert_int_eq(id, 105);
    ck_assert_int_eq(more, 0);
    ck_assert_ok(pz__external_find(store, PZ_KIND_CLASS, sis, "u1", 2, &id, &more));
    ck_assert_int_eq(id, 0);
    ck_assert_status(pz__external_find(store, PZ_KIND_CLASS, sis, "\xc0", 1, &id, &more), PZ_E_TEXT);
}
END_TEST

typedef struct text_walk {
    int seen;
    pz_id sum;
    char last[16];
    int stop_at;
} text_walk;

static pz_status take_text(void *user_data, const char *text, size_t length, pz_id id)
{
    text_walk *walk = user_data;
    ck_assert_uint_eq(strlen(text), length);
    ck_assert_int_lt(strcmp(walk->last, text), 0);
    snprintf(walk->last, sizeof walk->last, "%s", text);
    walk->sum += id;
    return ++walk->seen == walk->stop_at ? PZ_E_CANCELLED : PZ_OK;
}

START_TEST(walks_in_order)
{
    pz__change *change = start();
    text_walk all = {0, 0, "", 0}, some = {0, 0, "", 2}, none = {0, 0, "", 0};
    for (int i = 9; i > 0; i--) {
        char text[8];
        snprintf(text, sizeof text, "t%d", i);
        ck_assert_ok(pz__external_put(store, PZ_KIND_ENROLLMENT, 0, text, PZ_NUL_TERMINATED, i));
    }
    finish(change);
    ck_assert_ok(pz__external_each(store, PZ_KIND_ENROLLMENT, 0, take_text, &all));
    ck_assert_int_eq(all.seen, 9);
    ck_assert_int_eq(all.sum, 45);
    ck_assert_int_eq(pz__external_each(store, PZ_KIND_ENROLLMENT, 0, take_text, &some), PZ_E_CANCELLED);
    ck_assert_int_eq(some.seen, 2);
    ck_assert_ok(pz__external_each(store, PZ_KIND_PERSON, 0, take_text, &none));
    ck_assert_int_eq(none.seen, 0);
}
END_TEST

static Suite *external_suite(void)
{
    Suite *suite = suite_create("store_external");
    TCase *external = tcase_create("external");
    tcase_set_timeout(external, 60);
    tcase_add_checked_fixture(external, begin, end);
    tcase_add_test(external, numbers_sources);
    tcase_add_test(external, finds_ids);
    tcase_add_test(external, walks_in_order);
    suite_add_tcase(suite, external);
    return suite;
}

SUITE_MAIN(external_suite)
