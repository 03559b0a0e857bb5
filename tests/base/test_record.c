/* Taking records from callers of any version, and lists of records in one allocation. */
#include "sample_record.h"
#include "support/suite.h"

START_TEST(description_fits_the_struct)
{
    ck_assert_str_eq(sample_type.name, "sample");
    ck_assert_uint_eq(sample_type.record_size, sizeof(sample));
    ck_assert_uint_eq(sample_type.field_count, 11);
    ck_assert_str_eq(sample_fields[7].name, "note");
    ck_assert_uint_eq(sample_fields[7].length_offset, offsetof(sample, note_len));
    ck_assert_uint_eq(sample_fields[6].length_offset, 0);
    ck_assert_str_eq(sample_fields[3].unit, "0 to 1");
}
END_TEST

START_TEST(a_whole_record_is_taken)
{
    sample given = sample_init, taken;
    given.count = 3;
    given.note = "x";
    given.added_later = 8;
    ck_assert_ok(pz__record_take(&sample_type, &given, SAMPLE_FIRST_SIZE, &taken));
    ck_assert_mem_eq(&taken, &given, sizeof given);
}
END_TEST

START_TEST(an_older_caller_gets_initial_values)
{
    unsigned char small[sizeof(sample)];
    sample given = sample_init, taken;
    given.struct_size = SAMPLE_FIRST_SIZE;
    given.count = 3;
    memcpy(small, &given, SAMPLE_FIRST_SIZE);
    memset(small + SAMPLE_FIRST_SIZE, 0xEE, sizeof small - SAMPLE_FIRST_SIZE);
    ck_assert_ok(pz__record_take(&sample_type, small, SAMPLE_FIRST_SIZE, &taken));
    ck_assert_uint_eq(taken.struct_size, sizeof taken);
    ck_assert_int_eq(taken.count, 3);
    ck_assert_int_eq(taken.added_later, -5);
}
END_TEST

/* The block ends where struct_size says: a sanitizer sees any step further. */
START_TEST(no_byte_beyond_struct_size_is_read)
{
    sample given = sample_init, taken;
    unsigned char *exact = malloc(SAMPLE_FIRST_SIZE);
    given.struct_size = SAMPLE_FIRST_SIZE;
    memcpy(exact, &given, SAMPLE_FIRST_SIZE);
    ck_assert_ok(pz__record_take(&sample_type, exact, SAMPLE_FIRST_SIZE, &taken));
    free(exact);
}
END_TEST

START_TEST(a_member_that_is_cut_keeps_its_initial_value)
{
    sample given = sample_init, taken;
    given.score = 0.5;
    given.note = "x";
    given.note_len = 1;
    given.struct_size = offsetof(sample, score) + 4;
    ck_assert_ok(pz__record_take(&sample_type, &given, 8, &taken));
    ck_assert(isnan(taken.score));
    given.struct_size = offsetof(sample, note_len) + 4;
    ck_assert_ok(pz__record_take(&sample_type, &given, 8, &taken));
    ck_assert(taken.score == 0.5);
    ck_assert_str_eq(taken.note, "x");
    ck_assert(taken.note_len == PZ_NUL_TERMINATED);
}
END_TEST

START_TEST(a_newer_caller_is_read_as_far_as_we_know)
{
    struct {
        sample known;
        int64_t unknown;
    } given = {sample_init, 99};
    struct {
        sample known;
        int64_t guard;
    } taken;
    taken.guard = 17;
    given.known.struct_size = sizeof given;
    given.known.added_later = 4;
    ck_assert_ok(pz__record_take(&sample_type, &given, SAMPLE_FIRST_SIZE, &taken));
    ck_assert_uint_eq(taken.known.struct_size, sizeof(sample));
    ck_assert_int_eq(taken.known.added_later, 4);
    ck_assert_int_eq(taken.guard, 17);
}
END_TEST

START_TEST(records_without_a_size_are_refused)
{
    sample given = sample_init, taken;
    given.struct_size = 0;
    ck_assert_status(pz__record_take(&sample_type, &given, SAMPLE_FIRST_SIZE, &taken), PZ_E_STRUCT_SIZE);
    ck_assert_int_eq(taken.count, 7);
    ck_assert_status(pz__record_take(&sample_type, &given, 0, &taken), PZ_E_STRUCT_SIZE);
    given.struct_size = SAMPLE_FIRST_SIZE - 1;
    ck_assert_status(pz__record_take(&sample_type, &given, SAMPLE_FIRST_SIZE, &taken), PZ_E_STRUCT_SIZE);
    ck_assert_status(pz__record_take(&sample_type, NULL, SAMPLE_FIRST_SIZE, &taken), PZ_E_INVALID);
    ck_assert_str_eq(pz_last_error()->field, "sample");
}
END_TEST

/* --------------------------------------------------------------------------------------------------- rows --- */

START_TEST(a_list_keeps_records_and_texts)
{
    pz__rows rows;
    sample **list;
    size_t count;
    pz__rows_start(&rows, &sample_type);
    for (int i = 0; i < 1000; i++) {
        char name[20], note[20];
        sample record = sample_init;
        snprintf(name, sizeof name, "name %d", i);
        snprintf(note, sizeof note, "note %d and more", i);
        record.count = i;
        record.struct_size = 4;
        if (i % 3) record.name = name;
        record.note = note;
        if (i % 2) record.note_len = 6;
        pz__rows_add(&rows, &record);
    }
    ck_assert_ok(pz__rows_take(&rows, (void ***)&list, &count));
    ck_assert_uint_eq(count, 1000);
    ck_assert_int_eq(pz_memory_blocks(), 1);
    for (int i = 0; i < 1000; i++) {
        char name[20], note[20];
        snprintf(name, sizeof name, "name %d", i);
        snprintf(note, i % 2 ? 7 : sizeof note, "note %d and more", i);
        ck_assert_int_eq(list[i]->count, i);
        ck_assert_uint_eq(list[i]->struct_size, sizeof(sample));
        if (i % 3)
            ck_assert_str_eq(list[i]->name, name);
        else
            ck_assert_ptr_null(list[i]->name);
        ck_assert_str_eq(list[i]->note, note);
        ck_assert_uint_eq(list[i]->note_len, strlen(note));
        ck_assert_uint_eq((uintptr_t)list[i] % _Alignof(sample), 0);
    }
    pz_free(list);
    pz__rows_free(&rows);
    ck_assert_int_eq(pz_memory_blocks(), 0);
}
END_TEST

START_TEST(missing_and_empty_texts_differ)
{
    pz__rows rows;
    sample **list, record = sample_init;
    size_t count;
    pz__rows_start(&rows, &sample_type);
    pz__rows_add(&rows, &record);
    record.name = "";
    record.note = "ignored";
    record.note_len = 0;
    pz__rows_add(&rows, &record);
    ck_assert_ok(pz__rows_take(&rows, (void ***)&list, &count));
    ck_assert_ptr_null(list[0]->name);
    ck_assert_ptr_null(list[0]->note);
    ck_assert_uint_eq(list[0]->note_len, 0);
    ck_assert_str_eq(list[1]->name, "");
    ck_assert_str_eq(list[1]->note, "");
    ck_assert_uint_eq(list[1]->note_len, 0);
    pz_free(list);
}
END_TEST

START_TEST(an_empty_list_is_a_block_too)
{
    pz__rows rows;
    void **list = NULL;
    size_t count = 9;
    pz__rows_start(&rows, &sample_type);
    ck_assert_ok(pz__rows_take(&rows, &list, &count));
    ck_assert_ptr_nonnull(list);
    ck_assert_uint_eq(count, 0);
    pz_free(list);
}
END_TEST

START_TEST(a_list_may_be_dropped)
{
    pz__rows rows;
    sample record = sample_init;
    record.name = "text";
    pz__rows_start(&rows, &sample_type);
    pz__rows_add(&rows, &record);
    pz__rows_free(&rows);
    pz__rows_free(&rows);
    ck_assert_int_eq(pz_memory_blocks(), 0);
}
END_TEST

static pz_status build_list(void *user_data)
{
    pz__rows rows;
    sample **list, record = sample_init;
    size_t count = 5;
    pz_status status;
    record.name = "a name";
    record.note = "a longer note that makes the pool of texts grow now and then";
    pz__rows_start(&rows, &sample_type);
    for (int i = 0; i < 50; i++) pz__rows_add(&rows, &record);
    status = pz__rows_take(&rows, (void ***)&list, &count);
    if (status == PZ_OK) {
        ck_assert_uint_eq(count, 50);
        ck_assert_str_eq(list[49]->note, record.note);
    } else {
        ck_assert_ptr_null(list);
        ck_assert_uint_eq(count, 0);
    }
    pz_free(list);
    (void)user_data;
    return status;
}

START_TEST(each_failing_allocation_is_handed_on)
{
    ck_assert_int_ge(suite_each_allocation(build_list, NULL), 6);
}
END_TEST

/* --------------------------------------------------------------------------------------------------- JSON --- */

START_TEST(a_list_as_json)
{
    sample first = sample_init, second = sample_init;
    const void *rows[] = {&first, &second};
    char *json;
    first.id = 5;
    first.name = "\"A\"";
    second.color = 2;
    ck_assert_ok(pz_records_json(&sample_type, rows, 2, &json));
    ck_assert_str_eq(json, "[{\"count\":7,\"id\":\"5\",\"big\":\"0\",\"score\":null,\"active\":true,\"color\":null,\"name\":\"\\\"A\\\"\","
                           "\"note\":null,\"at\":null,\"day\":null,\"added_later\":-5},"
                           "{\"count\":7,\"id\":null,\"big\":\"0\",\"score\":null,\"active\":true,\"color\":\"green\",\"name\":null,"
                           "\"note\":null,\"at\":null,\"day\":null,\"added_later\":-5}]");
    pz_free(json);
    ck_assert_ok(pz_records_json(&sample_type, NULL, 0, &json));
    ck_assert_str_eq(json, "[]");
    pz_free(json);
    ck_assert_int_eq(pz_memory_blocks(), 0);
}
END_TEST

START_TEST(json_of_nothing_is_refused)
{
    sample record = sample_init;
    const void *rows[] = {&record, NULL};
    char *json = (char *)rows;
    ck_assert_status(pz_records_json(NULL, rows, 1, &json), PZ_E_INVALID);
    ck_assert_ptr_null(json);
    json = (char *)rows;
    ck_assert_status(pz_records_json(&sample_type, rows, 2, &json), PZ_E_INVALID);
    ck_assert_ptr_null(json);
    ck_assert_status(pz_records_json(&sample_type, NULL, 1, &json), PZ_E_INVALID);
    ck_assert_status(pz_records_json(&sample_type, rows, 1, NULL), PZ_E_INVALID);
    ck_assert_int_eq(pz_memory_blocks(), 0);
}
END_TEST

static pz_status write_list(void *user_data)
{
    sample record = sample_init;
    const void *rows[] = {&record, &record, &record};
    char *json;
    pz_status status = pz_records_json(&sample_type, rows, 3, &json);
    if (status != PZ_OK) ck_assert_ptr_null(json);
    pz_free(json);
    (void)user_data;
    return status;
}

START_TEST(each_failing_allocation_of_the_json_is_handed_on)
{
    ck_assert_int_ge(suite_each_allocation(write_list, NULL), 2);
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("record");
    TCase *tests = tcase_create("record");
    tcase_add_test(tests, description_fits_the_struct);
    tcase_add_test(tests, a_whole_record_is_taken);
    tcase_add_test(tests, an_older_caller_gets_initial_values);
    tcase_add_test(tests, no_byte_beyond_struct_size_is_read);
    tcase_add_test(tests, a_member_that_is_cut_keeps_its_initial_value);
    tcase_add_test(tests, a_newer_caller_is_read_as_far_as_we_know);
    tcase_add_test(tests, records_without_a_size_are_refused);
    tcase_add_test(tests, a_list_keeps_records_and_texts);
    tcase_add_test(tests, missing_and_empty_texts_differ);
    tcase_add_test(tests, an_empty_list_is_a_block_too);
    tcase_add_test(tests, a_list_may_be_dropped);
    tcase_add_test(tests, each_failing_allocation_is_handed_on);
    tcase_add_test(tests, a_list_as_json);
    tcase_add_test(tests, json_of_nothing_is_refused);
    tcase_add_test(tests, each_failing_allocation_of_the_json_is_handed_on);
    suite_add_tcase(suite, tests);
    return suite;
}

SUITE_MAIN(make_suite)
