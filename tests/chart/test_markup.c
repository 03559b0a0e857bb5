#include "chart/markup.h"
#include "chart/text_width.h"
#include "support/markup_check.h"

static char *text_of(const char *text, size_t length)
{
    pz__buffer out = PZ__BUFFER_INIT;
    char *made = NULL;
    pz__markup_text(&out, text, length);
    ck_assert_ok(pz__buffer_take(&out, &made));
    return made;
}

START_TEST(what_people_wrote_stays_text)
{
    static const struct {
        const char *written, *shown;
    } cases[] = {
        {"", ""},
        {"plain", "plain"},
        {"<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"},
        {"\" onmouseover=\"x", "&quot; onmouseover=&quot;x"},
        {"O'Brien & Söhne", "O&#39;Brien &amp; Söhne"},
        {"a\x01" "b\x7f" "c\xc2\x85" "d", "abcd"},
        {"a\tb\nc\rd", "a\tb\ncd"},
        {"\xe2\x80\xae" "evil" "\xe2\x80\xac", "evil"},
        {"\xe2\x81\xa6x\xe2\x81\xa9", "x"},
        {"小雨 \xd8\xb3\xd9\x84\xd8\xa7\xd9\x85", "小雨 \xd8\xb3\xd9\x84\xd8\xa7\xd9\x85"},
        {"&amp;", "&amp;amp;"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char *made = text_of(cases[i].written, PZ_NUL_TERMINATED);
        ck_assert_str_eq(made, cases[i].shown);
        pz_free(made);
    }
    char *made = text_of("abc<", 3);
    ck_assert_str_eq(made, "abc");
    pz_free(made);
    made = text_of(NULL, 5);
    ck_assert_str_eq(made, "");
    pz_free(made);
}
END_TEST

START_TEST(attributes_and_elements_hold_what_they_are_given)
{
    pz__buffer out = PZ__BUFFER_INIT;
    char *made;
    pz__buffer_text(&out, "<p");
    pz__markup_attribute(&out, "title", "a \"b\" <c>");
    pz__markup_number(&out, "x", 1);
    pz__markup_number(&out, "y", 1.5);
    pz__markup_number(&out, "z", -0.126);
    pz__markup_number(&out, "w", -0.001);
    pz__buffer_text(&out, ">");
    pz__markup_element(&out, "b", "name", "x<y");
    pz__markup_element(&out, "i", NULL, NULL);
    pz__buffer_text(&out, "</p>");
    ck_assert_ok(pz__buffer_take(&out, &made));
    ck_assert_str_eq(made, "<p title=\"a &quot;b&quot; &lt;c&gt;\" x=\"1\" y=\"1.5\" z=\"-0.13\" w=\"0\"><b class=\"pz-name\">x&lt;y</b><i></i></p>");
    ck_assert_int_eq(markup_check(made), 3);
    pz_free(made);
}
END_TEST

START_TEST(text_is_cut_at_a_character_and_only_where_it_must)
{
    ck_assert_double_eq(pz__text_width("", 0), 0);
    ck_assert_double_gt(pz__text_width("mmmm", 4), pz__text_width("iiii", 4));
    ck_assert_double_gt(pz__text_width("小雨", 6), pz__text_width("ab", 2));
    ck_assert_double_eq(pz__text_width("e\xcc\x81", 3), pz__text_width("e", 1));
    ck_assert_uint_eq(pz__text_fit("short", 5, 100), 5);
    ck_assert_uint_eq(pz__text_fit("", 0, 0), 0);
    for (double limit = 0; limit < 12; limit += 0.25) {
        static const char name[] = "Łucja Özdemir 小雨";
        size_t fit = pz__text_fit(name, sizeof name - 1, limit);
        ck_assert(fit == sizeof name - 1 || (name[fit] & 0xc0) != 0x80);
        if (fit < sizeof name - 1) ck_assert(fit == 0 || pz__text_width(name, fit) + 1 <= limit);
    }
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("markup");
    TCase *tests = tcase_create("markup");
    tcase_add_test(tests, what_people_wrote_stays_text);
    tcase_add_test(tests, attributes_and_elements_hold_what_they_are_given);
    tcase_add_test(tests, text_is_cut_at_a_character_and_only_where_it_must);
    suite_add_tcase(suite, tests);
    return suite;
}

SUITE_MAIN(make_suite)
