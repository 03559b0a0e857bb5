/* JSON as read: the tree of a good document, in every locale, and what each question to it answers. */
#include <cjson/cJSON.h>
#include <math.h>

#include "base/buffer.h"
#include "base/json_read.h"
#include "locales.h"
#include "support/suite.h"

static pz__json *parse(const char *text)
{
    pz__json *document;
    pz__json_fault fault;
    ck_assert_ok(pz__json_parse(text, PZ_NUL_TERMINATED, &fault, &document));
    ck_assert_ptr_null(fault.code);
    return document;
}

static void expect_print(const char *text, const char *wanted)
{
    pz__json *document = parse(text);
    pz__buffer buffer = PZ__BUFFER_INIT;
    pz__json_print(pz__json_root(document), &buffer);
    ck_assert_str_eq(buffer.data, wanted);
    pz__buffer_free(&buffer);
    pz__json_free(document);
}

START_TEST(kinds_and_values)
{
    pz__json *document =
        parse("{\"t\":\"text\",\"n\":-2.5,\"i\":7,\"y\":true,\"f\":false,\"z\":null,\"a\":[1,2,3],\"o\":{\"x\":1,\"X\":2}}");
    const pz__json_value *root = pz__json_root(document), *array = pz__json_member(root, "a");
    double real;
    int64_t whole;
    int yes;
    ck_assert_int_eq(pz__json_kind_of(root), PZ__JSON_OBJECT);
    ck_assert_uint_eq(pz__json_size(root), 8);
    ck_assert_int_eq(pz__json_kind_of(pz__json_member(root, "t")), PZ__JSON_TEXT);
    ck_assert_str_eq(pz__json_as_text(pz__json_member(root, "t")), "text");
    ck_assert_int_eq(pz__json_kind_of(pz__json_member(root, "n")), PZ__JSON_NUMBER);
    ck_assert(pz__json_as_real(pz__json_member(root, "n"), &real) && real == -2.5);
    ck_assert(!pz__json_as_int(pz__json_member(root, "n"), &whole) && whole == 0);
    ck_assert(pz__json_as_int(pz__json_member(root, "i"), &whole) && whole == 7);
    ck_assert_int_eq(pz__json_kind_of(pz__json_member(root, "y")), PZ__JSON_BOOL);
    ck_assert(pz__json_as_bool(pz__json_member(root, "y"), &yes) && yes);
    ck_assert(pz__json_as_bool(pz__json_member(root, "f"), &yes) && !yes);
    ck_assert_int_eq(pz__json_kind_of(pz__json_member(root, "z")), PZ__JSON_NULL);
    ck_assert_int_eq(pz__json_kind_of(array), PZ__JSON_ARRAY);
    ck_assert_uint_eq(pz__json_size(array), 3);
    ck_assert(pz__json_as_int(pz__json_next(pz__json_first(array)), &whole) && whole == 2);
    ck_assert_ptr_null(pz__json_key_of(pz__json_first(array)));
    ck_assert_str_eq(pz__json_key_of(pz__json_next(pz__json_first(root))), "n");
    ck_assert(pz__json_as_int(pz__json_member(pz__json_member(root, "o"), "X"), &whole) && whole == 2);
    pz__json_free(document);
}
END_TEST

START_TEST(questions_to_the_wrong_kind_answer_no)
{
    pz__json *document = parse("[\"text\"]");
    const pz__json_value *root = pz__json_root(document), *text = pz__json_first(root);
    double real = 9;
    int64_t whole = 9;
    int yes = 9;
    ck_assert_ptr_null(pz__json_member(root, "text"));
    ck_assert_ptr_null(pz__json_member(text, "text"));
    ck_assert_ptr_null(pz__json_member(NULL, "text"));
    ck_assert_ptr_null(pz__json_as_text(root));
    ck_assert_ptr_null(pz__json_as_text(NULL));
    ck_assert(!pz__json_as_real(text, &real) && real == 0);
    ck_assert(!pz__json_as_int(text, &whole) && whole == 0);
    ck_assert(!pz__json_as_bool(text, &yes) && yes == 0);
    ck_assert(!pz__json_as_real(NULL, &real) && !pz__json_as_int(NULL, &whole) && !pz__json_as_bool(NULL, &yes));
    ck_assert_uint_eq(pz__json_size(text), 0);
    ck_assert_uint_eq(pz__json_size(NULL), 0);
    ck_assert_ptr_null(pz__json_first(text));
    ck_assert_ptr_null(pz__json_first(NULL));
    ck_assert_ptr_null(pz__json_next(text));
    ck_assert_ptr_null(pz__json_next(NULL));
    ck_assert_ptr_null(pz__json_key_of(NULL));
    ck_assert_ptr_null(pz__json_root(NULL));
    ck_assert_int_eq(pz__json_kind_of(NULL), PZ__JSON_NONE);
    pz__json_free(document);
    pz__json_free(NULL);
}
END_TEST

START_TEST(whole_numbers_are_exact_or_refused)
{
    static const struct {
        const char *text;
        int fits;
        int64_t value;
    } known[] = {{"0", 1, 0},
                 {"-0", 1, 0},
                 {"1e3", 1, 1000},
                 {"1.50e1", 1, 15},
                 {"9007199254740991", 1, INT64_C(9007199254740991)},
                 {"-9007199254740991", 1, -INT64_C(9007199254740991)},
                 {"9007199254740992", 0, 0},
                 {"9007199254740993", 0, 0},
                 {"-9007199254740993", 0, 0},
                 {"1e300", 0, 0},
                 {"0.5", 0, 0}};
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        pz__json *document = parse(known[i].text);
        int64_t value;
        ck_assert_int_eq(pz__json_as_int(pz__json_root(document), &value), known[i].fits);
        ck_assert_int_eq(value, known[i].value);
        pz__json_free(document);
    }
}
END_TEST

START_TEST(text_is_decoded)
{
    pz__json *document = parse("{\"\\u006bey\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\u20AC\\ud83d\\ude00 \xC3\xA9\"}");
    ck_assert_str_eq(pz__json_as_text(pz__json_member(pz__json_root(document), "key")),
                     "\"\\/\b\f\n\r\t\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80 \xC3\xA9");
    pz__json_free(document);
}
END_TEST

static void check_numbers(void)
{
    pz__json *document = parse("[0.5,-1.25e-3,1E+2,123456.789]");
    static const double wanted[] = {0.5, -0.00125, 100, 123456.789};
    const pz__json_value *value = pz__json_first(pz__json_root(document));
    for (int i = 0; i < 4; i++, value = pz__json_next(value)) {
        double real;
        ck_assert(pz__json_as_real(value, &real) && real == wanted[i]);
    }
    pz__json_free(document);
    expect_print("[0.5,-1.25e-3,1E+2,123456.789]", "[0.5,-0.00125,100,123456.789]");
}

START_TEST(numbers_in_each_locale)
{
    each_locale(check_numbers);
}
END_TEST

START_TEST(printing_keeps_order_and_digits)
{
    expect_print(" { \"b\" : [ ] , \"a\" : { } , \"c\" : [ true , false , null , \"x\" ] } ",
                 "{\"b\":[],\"a\":{},\"c\":[true,false,null,\"x\"]}");
    expect_print("[1,12345678901234567890,{\"id\":9007199254740993,\"x\":[-1234567890123456789]},2.5,1000000000000000]",
                 "[1,12345678901234567890,{\"id\":9007199254740993,\"x\":[-1234567890123456789]},2.5,1000000000000000]");
    expect_print("12345678901234567890", "12345678901234567890");
    expect_print("\"\\u2028</b>\"", "\"\\u2028\\u003c/b\\u003e\"");
    expect_print("0.1000000000000000055511151231257827", "0.1");
}
END_TEST

START_TEST(printing_nothing_is_null)
{
    pz__buffer buffer = PZ__BUFFER_INIT;
    pz__json_print(NULL, &buffer);
    ck_assert_str_eq(buffer.data, "null");
    pz__buffer_free(&buffer);
}
END_TEST

START_TEST(length_and_byte_order_mark)
{
    pz__json *document;
    ck_assert_ok(pz__json_parse("[1]garbage", 3, NULL, &document));
    pz__json_free(document);
    ck_assert_ok(pz__json_parse("\xEF\xBB\xBF 5 ", PZ_NUL_TERMINATED, NULL, &document));
    pz__json_free(document);
    ck_assert_int_eq(pz_memory_blocks(), 0);
}
END_TEST

START_TEST(depth_and_keys_at_their_limits)
{
    char text[200] = "";
    static char many[400000];
    pz__json *document;
    size_t used = 1;
    int64_t value;
    for (int i = 0; i < 64; i++) text[i] = '[', text[64 + i] = ']';
    expect_print(text, text);
    many[0] = '{';
    for (int i = 0; i < 20000; i++) used += (size_t)sprintf(many + used, "%s\"\\u006b%d\":%d", i ? "," : "", i, i);
    strcpy(many + used, "}");
    document = parse(many);
    ck_assert_uint_eq(pz__json_size(pz__json_root(document)), 20000);
    ck_assert(pz__json_as_int(pz__json_member(pz__json_root(document), "k19999"), &value) && value == 19999);
    pz__json_free(document);
}
END_TEST

/* ------------------------------------------------------------------------------------------- failing memory --- */

static const char *const big_document =
    "{\"a\":[1,2,{\"b\":\"text\"}],\"k1\":1,\"k2\":1,\"k3\":1,\"k4\":1,\"k5\":1,\"k6\":1,\"k7\":1,\"k8\":1,\"k9\":1,\"k10\":1,\"k11\":1,"
    "\"k12\":1,\"k13\":1,\"k14\":1,\"k15\":1,\"k16\":1,\"k17\":1,\"\\u006b18\":12345678901234567890}";

static pz_status parse_big(void *user_data)
{
    pz__json *document;
    pz_status status = pz__json_parse(big_document, PZ_NUL_TERMINATED, NULL, &document);
    if (status != PZ_OK) ck_assert_ptr_null(document);
    pz__json_free(document);
    (void)user_data;
    return status;
}

START_TEST(each_failing_allocation_is_handed_on)
{
    ck_assert_int_ge(suite_each_allocation(parse_big, NULL), 5);
}
END_TEST

static int tree_allocations, tree_fails_at;

static void *tree_allocate(size_t size)
{
    return ++tree_allocations == tree_fails_at ? NULL : malloc(size);
}

/* cJSON's own memory: its hooks are the test's to set, never the library's. */
START_TEST(each_failing_allocation_of_the_tree_is_handed_on)
{
    cJSON_Hooks hooks = {tree_allocate, free};
    cJSON_InitHooks(&hooks);
    for (tree_fails_at = 1;; tree_fails_at++) {
        pz_status status;
        tree_allocations = 0;
        status = parse_big(NULL);
        ck_assert_int_eq(pz_memory_blocks(), 0);
        if (tree_allocations < tree_fails_at) {
            ck_assert_int_eq(status, PZ_OK);
            break;
        }
        ck_assert_int_eq(status, PZ_E_NOMEM);
    }
    ck_assert_int_ge(tree_fails_at, 40);
    cJSON_InitHooks(NULL);
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("json_read");
    TCase *tests = tcase_create("json_read");
    tcase_add_test(tests, kinds_and_values);
    tcase_add_test(tests, questions_to_the_wrong_kind_answer_no);
    tcase_add_test(tests, whole_numbers_are_exact_or_refused);
    tcase_add_test(tests, text_is_decoded);
    tcase_add_test(tests, numbers_in_each_locale);
    tcase_add_test(tests, printing_keeps_order_and_digits);
    tcase_add_test(tests, printing_nothing_is_null);
    tcase_add_test(tests, length_and_byte_order_mark);
    tcase_add_test(tests, depth_and_keys_at_their_limits);
    tcase_add_test(tests, each_failing_allocation_is_handed_on);
    tcase_add_test(tests, each_failing_allocation_of_the_tree_is_handed_on);
    suite_add_tcase(suite, tests);
    return suite;
}

SUITE_MAIN(make_suite)
