/* Every way in which JSON can be bad: the code, the line, the column, the path. */
#include "base/json_read.h"
#include "support/suite.h"

typedef struct faulty {
    const char *text;
    const char *code;
    int line;
    int column;
    const char *path;
} faulty;

static void expect_fault(const char *text, size_t length, const faulty *wanted)
{
    pz__json *document = (pz__json *)-1;
    pz__json_fault fault;
    int is_hostile = !strcmp(wanted->code, "json.depth") || !strcmp(wanted->code, "json.size");
    ck_assert_status(pz__json_parse(text, length, &fault, &document), is_hostile ? PZ_E_HOSTILE : PZ_E_FORMAT);
    ck_assert_ptr_null(document);
    ck_assert_str_eq(fault.code, wanted->code);
    ck_assert_msg(fault.line == wanted->line && fault.column == wanted->column, "%.*s: line %d column %d",
                  (int)(length < 200 ? length : 200), text, (int)fault.line, (int)fault.column);
    ck_assert_str_eq(fault.path, wanted->path);
    ck_assert_ptr_nonnull(strstr(pz_last_error()->message, wanted->code));
    ck_assert(pz_last_error()->hint[0]);
    ck_assert_int_eq(pz_memory_blocks(), 0);
}

/* A copy that ends where the length says, so that a sanitizer sees a step beyond. */
static void expect_faults(const faulty *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        size_t length = strlen(cases[i].text);
        char *exact = malloc(length ? length : 1);
        memcpy(exact, cases[i].text, length);
        expect_fault(exact, length, &cases[i]);
        free(exact);
    }
}

START_TEST(grammar)
{
    static const faulty cases[] = {
        {"", "json.empty", 1, 1, "$"},
        {" \n\t ", "json.empty", 2, 3, "$"},
        {"\xEF\xBB\xBF", "json.empty", 1, 1, "$"},
        {"[1 2]", "json.syntax", 1, 4, "$[0]"},
        {"[1,]", "json.syntax", 1, 4, "$[1]"},
        {"[,1]", "json.syntax", 1, 2, "$[0]"},
        {"[1", "json.syntax", 1, 3, "$[0]"},
        {"[", "json.syntax", 1, 2, "$[0]"},
        {"]", "json.syntax", 1, 1, "$"},
        {"[}", "json.syntax", 1, 2, "$[0]"},
        {"{]", "json.syntax", 1, 2, "$"},
        {"{\"a\"}", "json.syntax", 1, 5, "$.a"},
        {"{\"a\"", "json.syntax", 1, 5, "$.a"},
        {"{\"a\":}", "json.syntax", 1, 6, "$.a"},
        {"{\"a\":1,}", "json.syntax", 1, 8, "$"},
        {"{\"a\":1 \"b\":2}", "json.syntax", 1, 8, "$.a"},
        {"{\"a\":[1}", "json.syntax", 1, 8, "$.a[0]"},
        {"{a:1}", "json.syntax", 1, 2, "$"},
        {"{'a':1}", "json.syntax", 1, 2, "$"},
        {"{1:1}", "json.syntax", 1, 2, "$"},
        {"nul", "json.syntax", 1, 1, "$"},
        {"True", "json.syntax", 1, 1, "$"},
        {"NaN", "json.syntax", 1, 1, "$"},
        {"[Infinity]", "json.syntax", 1, 2, "$[0]"},
        {"// no\n1", "json.syntax", 1, 1, "$"},
        {"[1,/*no*/2]", "json.syntax", 1, 4, "$[1]"},
        {"\"abc", "json.syntax", 1, 5, "$"},
        {"\"ab\\", "json.syntax", 1, 5, "$"},
        {"\"a\\x\"", "json.syntax", 1, 3, "$"},
        {"\"\\u12g4\"", "json.syntax", 1, 2, "$"},
        {"\"\\u12", "json.syntax", 1, 2, "$"},
        {"\"a\nb\"", "json.syntax", 1, 3, "$"},
        {"\"tab\there\"", "json.syntax", 1, 5, "$"},
        {"\"\x01\"", "json.syntax", 1, 2, "$"},
        {"\x0C[]", "json.syntax", 1, 1, "$"},
        {"1 2", "json.trailing", 1, 3, "$"},
        {"{}{}", "json.trailing", 1, 3, "$"},
        {"[]]", "json.trailing", 1, 3, "$"},
        {"null,", "json.trailing", 1, 5, "$"},
    };
    expect_faults(cases, sizeof cases / sizeof cases[0]);
}
END_TEST

START_TEST(numbers)
{
    static const faulty cases[] = {
        {"01", "json.number", 1, 1, "$"},
        {"[-01]", "json.number", 1, 2, "$[0]"},
        {"-", "json.number", 1, 1, "$"},
        {"-a", "json.number", 1, 1, "$"},
        {"1.", "json.number", 1, 1, "$"},
        {"1.e5", "json.number", 1, 1, "$"},
        {"1e", "json.number", 1, 1, "$"},
        {"1e+", "json.number", 1, 1, "$"},
        {"1E-x", "json.number", 1, 1, "$"},
        {"1e309", "json.number", 1, 1, "$"},
        {"-1e99999999999999999999", "json.number", 1, 1, "$"},
        {"1.7976931348623159e308", "json.number", 1, 1, "$"},
        {"{\"n\": 1234567890123456789012345678901234567890123456789012345678901234}", "json.number", 1, 7, "$.n"},
        {"0.12345678901234567890123456789012345678901234567890123456789012", "json.number", 1, 1, "$"},
        {"+1", "json.syntax", 1, 1, "$"},
        {".5", "json.syntax", 1, 1, "$"},
        {"0x10", "json.trailing", 1, 2, "$"},
        {"1,5", "json.trailing", 1, 2, "$"},
    };
    expect_faults(cases, sizeof cases / sizeof cases[0]);
}
END_TEST

START_TEST(characters)
{
    static const faulty cases[] = {
        {"\"\x80\"", "json.utf8", 1, 2, "$"},           {"\"plain text that is long \xC3\xA9 \xC0\xAF\"", "json.utf8", 1, 28, "$"},
        {"\"\xED\xA0\x80\"", "json.utf8", 1, 2, "$"},   {"\"\xF4\x90\x80\x80\"", "json.utf8", 1, 2, "$"},
        {"\"\xE2\x82", "json.utf8", 1, 2, "$"},         {"{\"a\xFF\":1}", "json.utf8", 1, 4, "$"},
        {"[\xFF]", "json.utf8", 1, 2, "$[0]"},          {"\xFF\xFE[", "json.utf8", 1, 1, "$"},
        {"[\xC3\xA9]", "json.syntax", 1, 2, "$[0]"},    {"\"\\ud800\"", "json.utf8", 1, 2, "$"},
        {"\"\\udc00\"", "json.utf8", 1, 2, "$"},        {"\"\\ud800\\ud800\"", "json.utf8", 1, 2, "$"},
        {"\"\\ud800\\u0041\"", "json.utf8", 1, 2, "$"}, {"\"\\ud800x\"", "json.utf8", 1, 2, "$"},
        {"\"x\\u0000\"", "json.nul", 1, 3, "$"},        {"{\"\\u0000\":1}", "json.nul", 1, 3, "$"},
    };
    expect_faults(cases, sizeof cases / sizeof cases[0]);
}
END_TEST

START_TEST(a_nul_byte_is_a_fault_wherever_it_stands)
{
    faulty wanted = {"", "json.syntax", 1, 3, "$[0]"};
    expect_fault("[1\0]", 4, &wanted);
    wanted.column = 4;
    expect_fault("[\"a\0\"]", 6, &wanted);
    wanted = (faulty){"", "json.trailing", 1, 2, "$"};
    expect_fault("1\0", 2, &wanted);
}
END_TEST

START_TEST(places_over_several_lines)
{
    static const faulty cases[] = {
        {"{\n  \"a\": [1,\n    2,\n    x]\n}", "json.syntax", 4, 5, "$.a[2]"},
        {"{\r\n\"a\":1,\r\n\r\nb}", "json.syntax", 4, 1, "$"},
        {"[\r1,\r\r2 3]", "json.syntax", 4, 3, "$[1]"},
        {"[\"\xC3\xA9\xF0\x9F\x98\x80\", x]", "json.syntax", 1, 8, "$[1]"},
        {"\xEF\xBB\xBF[x]", "json.syntax", 1, 2, "$[0]"},
        {"{\"CFItems\":[{},{},{},{\"identifier\":\"\\q\"}]}", "json.syntax", 1, 37, "$.CFItems[3].identifier"},
        {"{\"a\":{\"b\":{\"c\":[[],[0,{\"d\":tru}]]}}}", "json.syntax", 1, 28, "$.a.b.c[1][1].d"},
        {"{\"a\":{},\"b\":{\"@id\":1,\"ext:x-y_z$\":-}}", "json.number", 1, 35, "$.b.ext:x-y_z$"},
        {"{\"a\":1,\"two words\":{\"\":x}}", "json.syntax", 1, 24, "${2}{1}"},
        {"{\"\\u0061\":x}", "json.syntax", 1, 11, "${1}"},
        {"{\"a.b\":x}", "json.syntax", 1, 8, "${1}"},
        {"{\"Ren\xC3\xA9\":x}", "json.syntax", 1, 9, "${1}"},
    };
    expect_faults(cases, sizeof cases / sizeof cases[0]);
}
END_TEST

START_TEST(a_long_path_is_cut)
{
    char text[2000] = "", key[61];
    pz__json *document;
    pz__json_fault fault;
    memset(key, 'k', 60);
    key[60] = '\0';
    for (int i = 0; i < 20; i++) sprintf(text + strlen(text), "{\"%s\":", key);
    strcat(text, "x");
    ck_assert_status(pz__json_parse(text, strlen(text), &fault, &document), PZ_E_FORMAT);
    ck_assert_uint_eq(strlen(fault.path), 1 + 4 * 61 + 3);
    ck_assert_str_eq(fault.path + 1 + 4 * 61, "...");
}
END_TEST

START_TEST(duplicate_keys)
{
    static const faulty cases[] = {
        {"{\"a\":1,\"a\":2}", "json.duplicate_key", 1, 8, "$.a"},
        {"{\"a\":1,\"b\":{\"a\":1},\"a\":2}", "json.duplicate_key", 1, 20, "$.a"},
        {"{\"a\":1,\"\\u0061\":2}", "json.duplicate_key", 1, 8, "${2}"},
        {"{\"\\ud83d\\ude00\":1,\"\xF0\x9F\x98\x80\":2}", "json.duplicate_key", 1, 19, "${2}"},
        {"{\"\\n\\/\":1,\"\\u000a/\":2}", "json.duplicate_key", 1, 11, "${2}"},
        {"{\"\xC3\xA9\":1,\"\\u00e9\":2}", "json.duplicate_key", 1, 8, "${2}"},
        {"{\"\\u20AC\":1,\"\xE2\x82\xAC\":2}", "json.duplicate_key", 1, 13, "${2}"},
        {"{\"\\b\\f\\r\\t\\\"\\\\\":1,\"\\u0008\\u000C\\u000d\\u0009\\u0022\\u005c\":2}", "json.duplicate_key", 1, 19, "${2}"},
        {"{\"\":1,\"\":2}", "json.duplicate_key", 1, 7, "${2}"},
        {"[{\"a\":1},{\"x\":{\"a\":1,\"a\":1}}]", "json.duplicate_key", 1, 22, "$[1].x.a"},
    };
    pz__json *document;
    expect_faults(cases, sizeof cases / sizeof cases[0]);
    ck_assert_ok(pz__json_parse("[{\"a\":{\"a\":{\"a\":1}}},{\"a\":1,\"A\":1,\"aa\":1}]", PZ_NUL_TERMINATED, NULL, &document));
    pz__json_free(document);
}
END_TEST

/* Every size around the change from comparing to hashing, the second key after each of the others. */
START_TEST(duplicate_keys_in_objects_of_all_sizes)
{
    for (int size = 1; size <= 130; size++)
        for (int twice = 0; twice < size; twice += 1 + size / 9) {
            char text[4000] = "{", path[32];
            faulty wanted = {"", "json.duplicate_key", 1, 0, path};
            for (int i = 0; i < size; i++) sprintf(text + strlen(text), i % 3 ? "\"k%d\":{\"k1\":0}," : "\"\\u006b%d\":[],", i);
            wanted.column = (int)strlen(text) + 1;
            snprintf(path, sizeof path, "$.k%d", twice);
            sprintf(text + strlen(text), "\"k%d\":0}", twice);
            expect_fault(text, strlen(text), &wanted);
        }
}
END_TEST

START_TEST(nesting_beyond_the_limit)
{
    static char text[2000000];
    pz__json *document;
    pz__json_fault fault;
    memset(text, '[', sizeof text);
    ck_assert_status(pz__json_parse(text, sizeof text, &fault, &document), PZ_E_HOSTILE);
    ck_assert_str_eq(fault.code, "json.depth");
    ck_assert_int_eq(fault.column, 65);
    for (size_t i = 0; i + 5 <= sizeof text; i += 5) memcpy(text + i, "{\"a\":", 5);
    ck_assert_status(pz__json_parse(text, sizeof text, &fault, &document), PZ_E_HOSTILE);
    ck_assert_int_eq(fault.column, 64 * 5 + 1);
    ck_assert_int_eq(strncmp(fault.path, "$.a.a.a.a", 9), 0);
}
END_TEST

/* The size is refused before a byte is read; the number of values before a tree is built. */
START_TEST(documents_beyond_the_limits)
{
    size_t values = (size_t)pz_limit(PZ_LIMIT_JSON_VALUES), length = values * 2 + 1;
    char *text = malloc(length);
    faulty wanted = {"", "json.size", 1, 1, "$"};
    pz__json_fault fault;
    pz__json *document;
    expect_fault("[1]", (size_t)pz_limit(PZ_LIMIT_JSON_BYTES) + 1, &wanted);
    ck_assert_ptr_nonnull(text);
    for (size_t i = 0; i < length; i += 2) text[i] = ',', text[i + 1 < length ? i + 1 : i] = '1';
    text[0] = '[';
    text[length - 1] = ']';
    ck_assert_status(pz__json_parse(text, length, &fault, &document), PZ_E_HOSTILE);
    ck_assert_str_eq(fault.code, "json.size");
    ck_assert_int_eq(fault.column, (int64_t)length - 1);
    free(text);
}
END_TEST

START_TEST(text_of_the_document_is_not_repeated)
{
    static const char text[] = "{\"Ada Lovelace\":{\"born in London\":\"secret\nthing\"}}";
    pz__json *document;
    ck_assert_status(pz__json_parse(text, strlen(text), NULL, &document), PZ_E_FORMAT);
    ck_assert_ptr_null(strstr(pz_last_error()->message, "Ada"));
    ck_assert_ptr_null(strstr(pz_last_error()->message, "London"));
    ck_assert_ptr_null(strstr(pz_last_error()->message, "secret"));
}
END_TEST

START_TEST(nothing_at_all)
{
    pz__json *document = (pz__json *)-1;
    ck_assert_status(pz__json_parse(NULL, 0, NULL, &document), PZ_E_FORMAT);
    ck_assert_ptr_null(document);
    ck_assert_status(pz__json_parse(NULL, PZ_NUL_TERMINATED, NULL, &document), PZ_E_FORMAT);
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("json_fault");
    TCase *tests = tcase_create("json_fault");
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, grammar);
    tcase_add_test(tests, numbers);
    tcase_add_test(tests, characters);
    tcase_add_test(tests, a_nul_byte_is_a_fault_wherever_it_stands);
    tcase_add_test(tests, places_over_several_lines);
    tcase_add_test(tests, a_long_path_is_cut);
    tcase_add_test(tests, duplicate_keys);
    tcase_add_test(tests, duplicate_keys_in_objects_of_all_sizes);
    tcase_add_test(tests, nesting_beyond_the_limit);
    tcase_add_test(tests, documents_beyond_the_limits);
    tcase_add_test(tests, text_of_the_document_is_not_repeated);
    tcase_add_test(tests, nothing_at_all);
    suite_add_tcase(suite, tests);
    return suite;
}

SUITE_MAIN(make_suite)
