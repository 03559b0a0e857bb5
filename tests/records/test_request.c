/* The bytes of requests: equal for equal requests, different for any difference, whatever texts are next to each other. */
#include "records/request.h"

#include "records/types.h"
#include "support/suite.h"

static int equal(const pz__buffer *a, const pz__buffer *b)
{
    return a->status == PZ_OK && b->status == PZ_OK && a->length == b->length && !memcmp(a->data, b->data, a->length);
}

static void record_of(pz__buffer *request, const pz_record_type *type, const void *record)
{
    pz__buffer_clear(request);
    pz__request_record(request, type, record);
}

START_TEST(texts_do_not_run_into_each_other)
{
    static const char *const pairs[][2] = {{"ab", "c"},   {"a", "bc"}, {"abc", ""}, {"", "abc"}, {NULL, "abc"},
                                           {"abc", NULL}, {"", ""},    {NULL, ""},  {"", NULL},  {NULL, NULL}};
    enum { PAIRS = sizeof pairs / sizeof pairs[0] };
    pz__buffer requests[PAIRS];
    for (int i = 0; i < PAIRS; i++) {
        requests[i] = (pz__buffer)PZ__BUFFER_INIT;
        pz__request_text(&requests[i], pairs[i][0], PZ_NUL_TERMINATED);
        pz__request_text(&requests[i], pairs[i][1], pairs[i][1] ? strlen(pairs[i][1]) : 0);
    }
    for (int i = 0; i < PAIRS; i++)
        for (int k = 0; k < PAIRS; k++) ck_assert_int_eq(equal(&requests[i], &requests[k]), i == k);
    for (int i = 0; i < PAIRS; i++) pz__buffer_free(&requests[i]);
}
END_TEST

START_TEST(numbers_are_told_apart)
{
    static const double reals[] = {0, 1, -1, 0.1, 1e300, 5e-324, INFINITY, -INFINITY, NAN};
    enum { REALS = sizeof reals / sizeof reals[0] };
    pz__buffer requests[REALS], zero = PZ__BUFFER_INIT, none = PZ__BUFFER_INIT;
    for (int i = 0; i < REALS; i++) {
        requests[i] = (pz__buffer)PZ__BUFFER_INIT;
        pz__request_real(&requests[i], reals[i]);
    }
    for (int i = 0; i < REALS; i++)
        for (int k = 0; k < REALS; k++) ck_assert_int_eq(equal(&requests[i], &requests[k]), i == k);
    pz__request_real(&zero, -0.0);
    ck_assert(equal(&zero, &requests[0]));
    pz__request_real(&none, -(double)NAN);
    ck_assert(equal(&none, &requests[REALS - 1]));
    for (int i = 0; i < REALS; i++) pz__buffer_free(&requests[i]);
    pz__buffer_free(&zero);
    pz__buffer_free(&none);
}
END_TEST

/* Each member of a record counts; how a text's length is given does not. */
START_TEST(every_member_of_a_record_counts)
{
    pz_class plain = PZ_CLASS_INIT, counted = PZ_CLASS_INIT;
    pz__buffer first = PZ__BUFFER_INIT, second = PZ__BUFFER_INIT;
    plain.title = counted.title = "7 b";
    counted.title_len = 3;
    record_of(&first, &pz__class_type, &plain);
    record_of(&second, &pz__class_type, &counted);
    ck_assert(equal(&first, &second));
    for (uint32_t i = 0; i < pz__class_type.field_count; i++) {
        const pz_field *field = &pz__class_type.fields[i];
        pz_class other = plain;
        char *member = (char *)&other + field->offset;
        if (field->type == PZ_FIELD_TEXT) {
            const char *text = "other";
            memcpy(member, &text, sizeof text);
        } else {
            *member ^= 1;
        }
        record_of(&second, &pz__class_type, &other);
        ck_assert_msg(!equal(&first, &second), "%s does not count", field->name);
    }
    pz__buffer_free(&first);
    pz__buffer_free(&second);
}
END_TEST

START_TEST(records_of_two_kinds_differ)
{
    pz_org org = PZ_ORG_INIT;
    pz_guardianship tie = {sizeof tie, 1, 2};
    pz__buffer first = PZ__BUFFER_INIT, second = PZ__BUFFER_INIT;
    record_of(&first, &pz__org_type, &org);
    record_of(&second, &pz__guardianship_type, &tie);
    ck_assert(!equal(&first, &second));
    pz__buffer_free(&first);
    pz__buffer_free(&second);
}
END_TEST

static pz_status build(void *user_data)
{
    pz_person person = PZ_PERSON_INIT;
    pz__buffer request = PZ__BUFFER_INIT;
    pz_status status;
    (void)user_data;
    pz__request_record(&request, &pz__person_type, &person);
    status = request.status;
    pz__buffer_free(&request);
    return status;
}

START_TEST(survives_each_failing_allocation)
{
    ck_assert_int_ge(suite_each_allocation(build, NULL), 1);
}
END_TEST

static Suite *request_suite(void)
{
    Suite *suite = suite_create("records_request");
    TCase *request = tcase_create("request");
    tcase_add_test(request, texts_do_not_run_into_each_other);
    tcase_add_test(request, numbers_are_told_apart);
    tcase_add_test(request, every_member_of_a_record_counts);
    tcase_add_test(request, records_of_two_kinds_differ);
    tcase_add_test(request, survives_each_failing_allocation);
    suite_add_tcase(suite, request);
    return suite;
}

SUITE_MAIN(request_suite)
