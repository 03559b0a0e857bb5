/* JSON as written: commas, nesting, escapes, values, records. */
#include "base/json_write.h"
#include "sample_record.h"
#include "support/suite.h"

static pz__buffer buffer;
static pz__json_writer json;

static void begin(void)
{
    pz__buffer fresh = PZ__BUFFER_INIT;
    buffer = fresh;
    pz__json_start(&json, &buffer);
}

static void expect(const char *text)
{
    char *written;
    ck_assert_ok(pz__buffer_take(&buffer, &written));
    ck_assert_str_eq(written, text);
    pz_free(written);
    begin();
}

START_TEST(commas_and_nesting)
{
    pz__json_open_object(&json);
    pz__json_put_int(&json, "a", 1);
    pz__json_key(&json, "b");
    pz__json_open_array(&json);
    pz__json_open_array(&json);
    pz__json_close_array(&json);
    pz__json_open_object(&json);
    pz__json_close_object(&json);
    pz__json_int(&json, 2);
    pz__json_int(&json, 3);
    pz__json_close_array(&json);
    pz__json_put_text(&json, "c", "d");
    pz__json_close_object(&json);
    expect("{\"a\":1,\"b\":[[],{},2,3],\"c\":\"d\"}");
}
END_TEST

START_TEST(values)
{
    pz__json_open_array(&json);
    pz__json_text(&json, "x");
    pz__json_text(&json, NULL);
    pz__json_text_n(&json, "xyz", 2);
    pz__json_text_n(&json, NULL, 0);
    pz__json_int(&json, INT64_MIN);
    pz__json_real(&json, 0.1);
    pz__json_real(&json, NAN);
    pz__json_real(&json, -INFINITY);
    pz__json_bool(&json, 2);
    pz__json_bool(&json, 0);
    pz__json_null(&json);
    pz__json_id(&json, INT64_MAX);
    pz__json_id(&json, 0);
    pz__json_time(&json, 1);
    pz__json_time(&json, PZ_TIME_NONE);
    pz__json_date(&json, 0);
    pz__json_date(&json, PZ_DATE_NONE);
    pz__json_raw(&json, "{\"raw\":[]}");
    pz__json_close_array(&json);
    expect("[\"x\",null,\"xy\",null,-9223372036854775808,0.1,null,null,true,false,null,\"9223372036854775807\",null,"
           "\"1970-01-01T00:00:00.000001Z\",null,\"1970-01-01\",null,{\"raw\":[]}]");
}
END_TEST

START_TEST(shorthands)
{
    pz__json_open_object(&json);
    pz__json_put_text(&json, "t", NULL);
    pz__json_put_int(&json, "i", -1);
    pz__json_put_real(&json, "r", 2.5);
    pz__json_put_bool(&json, "b", 1);
    pz__json_put_id(&json, "id", 12);
    pz__json_put_time(&json, "at", 0);
    pz__json_put_date(&json, "day", 1);
    pz__json_close_object(&json);
    expect("{\"t\":null,\"i\":-1,\"r\":2.5,\"b\":true,\"id\":\"12\",\"at\":\"1970-01-01T00:00:00.000000Z\",\"day\":\"1970-01-02\"}");
}
END_TEST

/* Every byte of ASCII, at every place of a text that is long enough for the fast way. */
START_TEST(each_character_is_escaped_as_it_must_be)
{
    for (int c = 0; c < 0x80; c++) {
        static const char short_ones[] = "\"\\\b\f\n\r\t", letters[] = "\"\\bfnrt";
        char escaped[8];
        const char *found = c ? strchr(short_ones, c) : NULL;
        if (found)
            snprintf(escaped, sizeof escaped, "\\%c", letters[found - short_ones]);
        else if (c < 0x20 || c == '<' || c == '>' || c == '&')
            snprintf(escaped, sizeof escaped, "\\u%04x", (unsigned)c);
        else
            snprintf(escaped, sizeof escaped, "%c", c);
        for (size_t place = 0; place < 18; place++) {
            char text[18], wanted[48];
            memset(text, 'x', sizeof text);
            text[place] = (char)c;
            snprintf(wanted, sizeof wanted, "\"%.*s%s%.*s\"", (int)place, "xxxxxxxxxxxxxxxxxx", escaped, (int)(17 - place),
                     "xxxxxxxxxxxxxxxxxx");
            pz__json_text_n(&json, text, sizeof text);
            expect(wanted);
        }
    }
}
END_TEST

START_TEST(text_is_safe_within_pages)
{
    pz__json_text(&json, "</script>&\xE2\x80\xA8|\xE2\x80\xA9|\xE2\x80\xAA|\xE2\x82\xAC|\xC3\xA9|\xF0\x9F\x98\x80");
    expect("\"\\u003c/script\\u003e\\u0026\\u2028|\\u2029|\xE2\x80\xAA|\xE2\x82\xAC|\xC3\xA9|\xF0\x9F\x98\x80\"");
    pz__json_open_object(&json);
    pz__json_put_int(&json, "<\"k\">", 1);
    pz__json_close_object(&json);
    expect("{\"\\u003c\\\"k\\\"\\u003e\":1}");
}
END_TEST

START_TEST(levels_have_a_limit)
{
    char *written;
    for (int i = 0; i < PZ__JSON_WRITE_DEPTH; i++) pz__json_open_array(&json);
    pz__json_int(&json, 1);
    pz__json_int(&json, 2);
    for (int i = 0; i < PZ__JSON_WRITE_DEPTH; i++) pz__json_close_array(&json);
    ck_assert_uint_eq(buffer.length, 2 * PZ__JSON_WRITE_DEPTH + 3);
    pz__buffer_free(&buffer);
    begin();
    for (int i = 0; i < PZ__JSON_WRITE_DEPTH + 1; i++) pz__json_open_array(&json);
    for (int i = 0; i < PZ__JSON_WRITE_DEPTH + 1; i++) pz__json_close_array(&json);
    ck_assert_status(pz__buffer_take(&buffer, &written), PZ_E_INTERNAL);
    ck_assert_ptr_null(written);
    ck_assert_int_eq(pz_memory_blocks(), 0);
}
END_TEST

START_TEST(records_by_their_description)
{
    sample record = sample_init;
    pz__json_record(&json, &sample_type, &record);
    expect("{\"count\":7,\"id\":null,\"big\":\"0\",\"score\":null,\"active\":true,\"color\":null,\"name\":null,\"note\":null,\"at\":null,"
           "\"day\":null,\"added_later\":-5}");
    record.id = 9007199254740993;
    record.big = INT64_MIN;
    record.score = 0.25;
    record.active = 0;
    record.color = 4;
    record.name = "na<me";
    record.note = "note and more";
    record.note_len = 4;
    record.at = 0;
    record.day = 20781;
    pz__json_open_object(&json);
    pz__json_put_text(&json, "kind", "sample");
    pz__json_record_members(&json, &sample_type, &record);
    pz__json_close_object(&json);
    expect("{\"kind\":\"sample\",\"count\":7,\"id\":\"9007199254740993\",\"big\":\"-9223372036854775808\",\"score\":0.25,\"active\":false,"
           "\"color\":\"blue\",\"name\":\"na\\u003cme\",\"note\":\"note\",\"at\":\"1970-01-01T00:00:00.000000Z\",\"day\":\"2026-11-24\","
           "\"added_later\":-5}");
}
END_TEST

START_TEST(values_without_a_name_are_null)
{
    static const int32_t unnamed[] = {0, 3, 5, 6, 1000, -1, INT32_MIN, INT32_MAX};
    sample record = sample_init;
    for (size_t i = 0; i < sizeof unnamed / sizeof unnamed[0]; i++) {
        record.color = unnamed[i];
        pz__json_record(&json, &sample_type, &record);
        ck_assert_ptr_nonnull(strstr(buffer.data, "\"color\":null,"));
        pz__buffer_clear(&buffer);
    }
    pz__buffer_free(&buffer);
}
END_TEST

static pz_status write_record(void *user_data)
{
    sample record = sample_init;
    char *written;
    pz_status status;
    begin();
    record.name = "name";
    pz__json_record(&json, &sample_type, &record);
    status = pz__buffer_take(&buffer, &written);
    pz_free(written);
    (void)user_data;
    return status;
}

START_TEST(each_failing_allocation_is_handed_on)
{
    ck_assert_int_ge(suite_each_allocation(write_record, NULL), 4);
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("json_write");
    TCase *tests = tcase_create("json_write");
    tcase_add_checked_fixture(tests, begin, NULL);
    tcase_add_test(tests, commas_and_nesting);
    tcase_add_test(tests, values);
    tcase_add_test(tests, shorthands);
    tcase_add_test(tests, each_character_is_escaped_as_it_must_be);
    tcase_add_test(tests, text_is_safe_within_pages);
    tcase_add_test(tests, levels_have_a_limit);
    tcase_add_test(tests, records_by_their_description);
    tcase_add_test(tests, values_without_a_name_are_null);
    tcase_add_test(tests, each_failing_allocation_is_handed_on);
    suite_add_tcase(suite, tests);
    return suite;
}

SUITE_MAIN(make_suite)
