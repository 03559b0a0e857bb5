/* How hard the sentences are that learners and families read: 19 of 20 at or below grade 6.
 *
 * English: the grade level of Kincaid, Fishburne, Rogers and Chissom (1975), 0.39 words per sentence + 11.8 syllables per word - 15.59.
 * Spanish: the years of schooling of Crawford (1989), made for primary school, -0.205 sentences per 100 words + 0.049 syllables per 100 words - 3.407.
 *
 * Both count syllables by groups of vowels; in English a silent e at the end of a word is none, in Spanish two strong vowels or an accented weak one are two. What
 * people write and what a framework calls its competencies stands in a sentence as "it" would. */
#include <ctype.h>

#include "base/message.h"
#include "base/text.h"
#include "support/suite.h"

static const char *const shown[] = {"page.learner.", "page.guardian.", "next.",        "voice.state.", "voice.kind.", "goal.state.",
                                    "mastery.decision.", "page.table.", "page.as_of", "page.group_number", "reason.learner.", "digest."};

static int is_shown(const char *code)
{
    for (size_t i = 0; i < sizeof shown / sizeof *shown; i++)
        if (!strncmp(code, shown[i], strlen(shown[i]))) return 1;
    return 0;
}

typedef struct counts {
    int words, syllables;
} counts;

/* A vowel, folded: 'a' strong or 'i' weak; upper case where an accent makes a weak one strong; 0 for a consonant. */
static char vowel_of(uint32_t point, int is_english)
{
    if (point < 0x80) point = (uint32_t)tolower((int)point);
    if (point == 'a' || point == 'e' || point == 'o' || point == 0xe1 || point == 0xe9 || point == 0xf3) return 'a';
    if (point == 'i' || point == 'u' || point == 0xfc) return 'i';
    if (point == 'y' && is_english) return 'i';
    if (point == 0xed || point == 0xfa) return 'I';
    return 0;
}

static int is_letter(uint32_t point)
{
    return point >= 0xc0 || (point < 0x80 && (isalnum((int)point) || point == '\''));
}

static int syllables_of(const char *word, size_t length, int is_english)
{
    int syllables = 0;
    char last = 0;
    uint32_t before = 0;
    for (size_t at = 0; at < length;) {
        uint32_t point = pz__utf8_next(word, length, &at), lower = point < 0x80 ? (uint32_t)tolower((int)point) : point;
        char vowel = vowel_of(point, is_english);
        if (!is_english && lower == 'u' && (before == 'g' || before == 'q') && at < length && strchr("ei\xc3", word[at])) vowel = 0; /* not heard */
        before = lower;
        if (vowel && !last) syllables++;
        if (vowel && last && !is_english && ((vowel == 'a' && last == 'a') || vowel == 'I' || last == 'I')) syllables++;
        last = vowel;
    }
    if (is_english && length > 2 && word[length - 1] == 'e' && !vowel_of((uint8_t)word[length - 2], 1) && word[length - 2] != 'l' && syllables > 1) syllables--;
    if (is_english && length > 3 && !strncmp(word + length - 2, "ed", 2) && word[length - 3] != 't' && word[length - 3] != 'd' && syllables > 1 && !vowel_of((uint8_t)word[length - 3], 1))
        syllables--;
    return syllables ? syllables : 1;
}

static counts count(const char *sentence, size_t length, int is_english)
{
    counts sum = {0, 0};
    for (size_t at = 0; at < length;) {
        size_t begin = at, end = at;
        uint32_t point = pz__utf8_next(sentence, length, &at);
        if (!is_letter(point)) continue;
        for (end = at; end < length;) {
            size_t next = end;
            if (!is_letter(pz__utf8_next(sentence, length, &next))) break;
            end = next;
        }
        sum.words++;
        sum.syllables += syllables_of(sentence + begin, end - begin, is_english);
        at = end;
    }
    return sum;
}

static double grade_of(counts sum, int is_english)
{
    double words = sum.words, per_word = sum.syllables / words;
    return is_english ? 0.39 * words + 11.8 * per_word - 15.59 : -0.205 * 100 / words + 0.049 * 100 * per_word - 3.407;
}

/* The pattern with something in each place: the other form of a plural, a 5 for a number, "it" for a text. */
static void fill_in(const char *pattern, int is_english, pz__buffer *out)
{
    static const char *const numbers[] = {"count", "part", "number", "size", "estimate", "error", "value", "other", "date"};
    while (*pattern) {
        if (*pattern != '{') {
            pz__buffer_char(out, *pattern++);
            continue;
        }
        const char *end = strchr(pattern, '}'), *bar = memchr(pattern, '|', (size_t)(end - pattern));
        if (bar) {
            const char *second = (const char *)memchr(bar + 1, '|', (size_t)(end - bar - 1)) + 1;
            pz__buffer_add(out, second, (size_t)(end - second));
        } else {
            int is_number = 0;
            for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
                is_number |= strlen(numbers[i]) == (size_t)(end - pattern - 1) && !strncmp(pattern + 1, numbers[i], (size_t)(end - pattern - 1));
            pz__buffer_text(out, is_number ? "5" : is_english ? "it" : "lo");
        }
        pattern = end + 1;
    }
}

typedef struct tally {
    int sentences, hard;
} tally;

static void grade_message(const char *code, const char *pattern, int is_english, tally *sum)
{
    pz__buffer text = PZ__BUFFER_INIT;
    fill_in(pattern, is_english, &text);
    for (const char *at = text.data; at && *at;) {
        size_t length = strcspn(at, ".!?:;");
        counts counted = count(at, length, is_english);
        if (counted.words >= 3) { /* fewer are a label, and no formula is made for them */
            double grade = grade_of(counted, is_english);
            sum->sentences++;
            sum->hard += grade > 6;
            if (grade > 6) printf("%s: grade %.1f: %.*s\n", code, grade, (int)length, at);
        }
        at += length;
        while (*at && strchr(".!?:; ", *at)) at++;
    }
    pz__buffer_free(&text);
}

static void check_language(const char *language, int is_english)
{
    tally sum = {0, 0};
    for (size_t i = 0; pz__message_code_at(i); i++) {
        const char *code = pz__message_code_at(i);
        if (is_shown(code)) grade_message(code, pz__message_pattern(language, code), is_english, &sum);
    }
    printf("%s: %d of %d sentences at or below grade 6\n", language, sum.sentences - sum.hard, sum.sentences);
    ck_assert_int_gt(sum.sentences, 100);
    ck_assert_msg(sum.hard * 20 <= sum.sentences, "%d of %d sentences in %s are above grade 6", sum.hard, sum.sentences, language);
}

START_TEST(english_is_easy_to_read)
{
    check_language("en", 1);
}
END_TEST

START_TEST(spanish_is_easy_to_read)
{
    check_language("es", 0);
}
END_TEST

/* Words whose syllables are in every dictionary, and a sentence graded by hand. */
START_TEST(the_formulas_count_as_they_should)
{
    static const struct {
        const char *word;
        int is_english, syllables;
    } words[] = {{"skill", 1, 1},  {"time", 1, 1},    {"table", 1, 2},  {"mastered", 1, 2}, {"evidence", 1, 3}, {"wanted", 1, 2}, {"may", 1, 1},
                 {"metas", 0, 2},  {"todavía", 0, 4}, {"puede", 0, 2},  {"guía", 0, 2},     {"maestro", 0, 3},  {"día", 0, 2},    {"lo", 0, 1}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        ck_assert_msg(syllables_of(words[i].word, strlen(words[i].word), words[i].is_english) == words[i].syllables, "%s", words[i].word);
    counts sum = count("The cat sat on the mat", 22, 1); /* 6 words, 6 syllables: 0.39 * 6 + 11.8 - 15.59 */
    ck_assert_int_eq(sum.words, 6);
    ck_assert_double_eq_tol(grade_of(sum, 1), -1.45, 1e-9);
    const char *hard = "The multidimensional characterization of individual competencies necessitates considerable psychometric sophistication";
    ck_assert_double_gt(grade_of(count(hard, strlen(hard), 1), 1), 12);
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("reading_level");
    TCase *tests = tcase_create("level");
    tcase_add_test(tests, the_formulas_count_as_they_should);
    tcase_add_test(tests, english_is_easy_to_read);
    tcase_add_test(tests, spanish_is_easy_to_read);
    suite_add_tcase(suite, tests);
    return suite;
}

SUITE_MAIN(make_suite)
