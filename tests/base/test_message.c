/* The message catalog: filling patterns, and that the tables of all languages say the same things, in words fit for families. */
#include "base/message.h"

#include <ctype.h>

#include "base/message_table.h"
#include "base/text.h"
#include "support/suite.h"

static void check_message(const char *language, const char *code, const pz__message_value *values, size_t count, const char *wanted)
{
    pz__buffer out = PZ__BUFFER_INIT;
    pz__buffer_text(&out, "> ");
    ck_assert_int_eq(pz__message(&out, language, code, values, count), 1);
    ck_assert_str_eq(out.data + 2, wanted);
    pz__buffer_free(&out);
}

START_TEST(finds_messages_by_language)
{
    check_message("en", "mastery.decision.not_yet", NULL, 0, "Not yet");
    check_message("es", "mastery.decision.not_yet", NULL, 0,
                  "Todav\xC3\xAD"
                  "a no");
    check_message("es-MX", "mastery.decision.not_yet", NULL, 0,
                  "Todav\xC3\xAD"
                  "a no");
    check_message("ES_419", "mastery.decision.not_yet", NULL, 0,
                  "Todav\xC3\xAD"
                  "a no");
    check_message(NULL, "mastery.decision.not_yet", NULL, 0, "Not yet");
    check_message("", "mastery.decision.not_yet", NULL, 0, "Not yet");
    check_message("est", "mastery.decision.not_yet", NULL, 0, "Not yet");
    check_message("e", "mastery.decision.not_yet", NULL, 0, "Not yet");
    check_message("eo", "mastery.decision.not_yet", NULL, 0, "Not yet");
}
END_TEST

START_TEST(says_the_code_where_there_is_no_message)
{
    static const char *const codes[] = {"no.such.code", "mastery.decision", "mastery.decision.not_yet.", "", "zzz", "a"};
    for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++) {
        pz__buffer out = PZ__BUFFER_INIT;
        pz__buffer_text(&out, "");
        ck_assert_int_eq(pz__message(&out, "es", codes[i], NULL, 0), 0);
        ck_assert_str_eq(out.data, codes[i]);
        ck_assert_ptr_null(pz__message_pattern("en", codes[i]));
        pz__buffer_free(&out);
    }
    pz__buffer out = PZ__BUFFER_INIT;
    ck_assert_int_eq(pz__message(&out, "en", NULL, NULL, 0), 0);
    ck_assert_ptr_null(pz__message_pattern("en", NULL));
    pz__buffer_free(&out);
}
END_TEST

START_TEST(fills_in_numbers_and_texts)
{
    pz__message_value number = {"number", NULL, 3, 0};
    pz__message_value parts[] = {{"whole", "all", 0, 0}, {"part", NULL, 2.25, 2}};
    pz__message_value odd = {"number", "{number} <b> {{", 0, 0};
    check_message("en", "page.group_number", &number, 1, "Group 3");
    check_message("es", "page.group_number", &number, 1, "Grupo 3");
    check_message("en", "page.part_of_whole", parts, 2, "2.25 of all");
    check_message("es", "page.part_of_whole", parts, 2, "2.25 de all");
    check_message("en", "page.group_number", &odd, 1, "Group {number} <b> {{");
    check_message("en", "page.part_of_whole", parts, 1, "{part} of all");
    check_message("en", "page.group_number", NULL, 0, "Group {number}");
}
END_TEST

START_TEST(chooses_plurals_by_number)
{
    static const struct {
        double number;
        int32_t decimals;
        const char *wanted;
    } cases[] = {{0, 0, "0 learners"},   {1, 0, "1 learner"},    {2, 0, "2 learners"},  {-1, 0, "-1 learners"},
                 {11, 0, "11 learners"}, {1, 1, "1.0 learners"}, {1.2, 0, "1 learner"}, {1e6, 0, "1000000 learners"}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        pz__message_value count = {"count", NULL, cases[i].number, cases[i].decimals};
        check_message("en", "page.count.learners", &count, 1, cases[i].wanted);
    }
    pz__message_value one = {"count", NULL, 1, 0}, few = {"count", "few", 1, 0};
    check_message("es", "page.count.evidence", &one, 1, "1 evidencia");
    check_message("en", "page.count.learners", &few, 1, "few learners");
    check_message("en", "page.count.learners", NULL, 0, "{count} {count|learner|learners}");
}
END_TEST

/* ---------------------------------------------------------------------------------------------- the tables --- */

/* Names of the placeholders of a pattern, each once, sorted, with a space behind each. Fails on a pattern that is not well formed. */
static void names_of(const char *code, const char *pattern, char *names, size_t size)
{
    char list[8][32];
    size_t count = 0;
    for (const char *at = pattern; *at; at++) {
        if (*at == '{' && at[1] == '{') {
            at++;
        } else if (*at == '{') {
            size_t length = strcspn(at + 1, "|}{"), bars = 0, i = 0;
            ck_assert_msg(length > 0 && length < sizeof list[0] && count < 8, "%s: a placeholder without a name, or too many", code);
            memcpy(list[count], at + 1, length);
            list[count][length] = '\0';
            for (const char *c = list[count]; *c; c++)
                ck_assert_msg(islower((unsigned char)*c) || *c == '_', "%s: {%s}", code, list[count]);
            at += 1 + length;
            for (; *at != '}'; at++) {
                ck_assert_msg(*at && *at != '{', "%s: a brace is not closed", code);
                bars += *at == '|';
            }
            ck_assert_msg(bars == 0 || bars == 2, "%s: a plural has two forms", code);
            while (i < count && strcmp(list[i], list[count])) i++;
            count += i == count;
        } else {
            ck_assert_msg(*at != '}', "%s: a brace that closes nothing", code);
        }
    }
    names[0] = '\0';
    qsort(list, count, sizeof list[0], (int (*)(const void *, const void *))strcmp);
    for (size_t i = 0; i < count; i++) {
        strncat(names, list[i], size - strlen(names) - 1);
        strncat(names, " ", size - strlen(names) - 1);
    }
}

START_TEST(has_every_message_in_every_language)
{
    const char *code, *language;
    for (size_t i = 0; (code = pz__message_code_at(i)) != NULL; i++) {
        char wanted[256], names[256];
        names_of(code, pz__message_pattern("en", code), wanted, sizeof wanted);
        for (size_t k = 0; (language = pz__message_language_at(k)) != NULL; k++) {
            const char *pattern = pz__message_pattern(language, code);
            ck_assert_msg(pattern && pattern[0], "%s has no message %s", language, code);
            ck_assert_msg(pz__utf8_valid(pattern, strlen(pattern)) == strlen(pattern), "%s in %s is not UTF-8", code, language);
            names_of(code, pattern, names, sizeof names);
            ck_assert_msg(!strcmp(names, wanted), "%s: placeholders are %sin %s, %sin en", code, names, language, wanted);
        }
    }
    ck_assert_ptr_null(pz__message_code_at(SIZE_MAX));
    ck_assert_ptr_null(pz__message_language_at(SIZE_MAX));
}
END_TEST

START_TEST(keeps_its_tables_in_order)
{
    static const pz__message_table *const tables[] = {&pz__messages_en, &pz__messages_es};
    for (size_t k = 0; pz__message_language_at(k); k++) {
        ck_assert_uint_lt(k, sizeof tables / sizeof tables[0]);
        ck_assert_str_eq(tables[k]->language, pz__message_language_at(k));
        ck_assert_uint_eq(tables[k]->count, pz__messages_en.count);
        for (size_t i = 0; i < tables[k]->count; i++) {
            const char *code = tables[k]->rows[i].code;
            if (i) ck_assert_msg(strcmp(tables[k]->rows[i - 1].code, code) < 0, "%s is out of order in %s", code, tables[k]->language);
            ck_assert_msg(strspn(code, "abcdefghijklmnopqrstuvwxyz0123456789_.") == strlen(code), "%s is no code", code);
            ck_assert_msg(strchr(code, '.') && code[0] != '.' && code[strlen(code) - 1] != '.' && !strstr(code, ".."), "%s is no code",
                          code);
        }
    }
}
END_TEST

/* Is the word in the text, as a word, whatever its case? */
static int has_word(const char *text, const char *word)
{
    size_t length = strlen(word);
    for (const char *at = text; *at; at++)
        if (!strncasecmp(at, word, length) && (at == text || !isalpha((unsigned char)at[-1])) && !isalpha((unsigned char)at[length]))
            return 1;
    return 0;
}

START_TEST(neither_blames_nor_ranks)
{
    static const char *const words[] = {"fail",       "fails",    "failed",        "failure",       "weak",     "weakness", "weaknesses",
                                        "worst",      "worse",    "behind",        "poor",          "poorly",   "bad",      "lazy",
                                        "slow",       "rank",     "ranked",        "ranking",       "loser",    "deficit",  "deficient",
                                        "struggling", "inferior", "below average", "above average", "peores",   "peor",     "fracaso",
                                        "fracasó",    "débil",    "débiles",       "atrasado",      "atrasada", "flojo",    "floja",
                                        "deficiente", "suspenso"};
    const char *code, *language;
    for (size_t k = 0; (language = pz__message_language_at(k)) != NULL; k++)
        for (size_t i = 0; (code = pz__message_code_at(i)) != NULL; i++)
            for (size_t w = 0; w < sizeof words / sizeof words[0]; w++)
                ck_assert_msg(!has_word(pz__message_pattern(language, code), words[w]), "%s in %s says \"%s\"", code, language, words[w]);
    ck_assert(has_word("Fell behind.", "behind"));
    ck_assert(!has_word("Not behindhand", "behind"));
}
END_TEST

static pz_status word_once(void *user_data)
{
    pz__message_value name = {"number", user_data, 0, 0};
    pz__buffer out = PZ__BUFFER_INIT;
    char *text;
    pz_status status;
    pz__message(&out, "en", "page.group_number", &name, 1);
    status = pz__buffer_take(&out, &text);
    pz_free(text);
    return status;
}

START_TEST(survives_each_failing_allocation)
{
    char *name = malloc(100001);
    memset(name, 'n', 100000);
    name[100000] = '\0';
    ck_assert_int_ge(suite_each_allocation(word_once, name), 2);
    free(name);
}
END_TEST

static Suite *message_suite(void)
{
    Suite *suite = suite_create("message");
    TCase *filling = tcase_create("filling"), *tables = tcase_create("tables");
    tcase_add_test(filling, finds_messages_by_language);
    tcase_add_test(filling, says_the_code_where_there_is_no_message);
    tcase_add_test(filling, fills_in_numbers_and_texts);
    tcase_add_test(filling, chooses_plurals_by_number);
    tcase_add_test(filling, survives_each_failing_allocation);
    tcase_add_test(tables, has_every_message_in_every_language);
    tcase_add_test(tables, keeps_its_tables_in_order);
    tcase_add_test(tables, neither_blames_nor_ranks);
    suite_add_tcase(suite, filling);
    suite_add_tcase(suite, tables);
    return suite;
}

SUITE_MAIN(message_suite)
