/* The sentences of the modes' reasons. Which numbers go into which is said in the header's tables. */
#include <math.h>
#include <string.h>

#include "base/fail.h"
#include "base/message.h"
#include "base/text.h"
#include "grouping/strategy.h"

/* Codes of other reasons need what only the records know. */
static int is_told_here(const char *code)
{
    static const char *const families[] = {"reason.need.",   "reason.readiness.", "reason.mixed.",    "reason.interest.", "reason.random.",
                                           "reason.jigsaw.", "reason.custom.",    "reason.tutoring.", "reason.rotation."};
    for (size_t i = 0; i < sizeof families / sizeof families[0]; i++)
        if (!strncmp(code, families[i], strlen(families[i]))) return pz__message_pattern("en", code) != NULL;
    return 0;
}

static pz_status find_language(const char **language)
{
    size_t length;
    if (!*language) *language = "en";
    PZ__TRY(pz__text_check(*language, PZ_NUL_TERMINATED, (size_t)pz_limit(PZ_LIMIT_ID_TEXT), "language", &length));
    length = strcspn(*language, "-_.@"); /* "es-MX" is served by "es" */
    for (size_t i = 0; pz__message_language_at(i); i++) {
        const char *known = pz__message_language_at(i);
        if (!pz__ascii_equal_fold(*language, length, known)) continue;
        *language = known;
        return PZ_OK;
    }
    return pz__fail(PZ_E_INVALID, "language", "Give \"en\" or \"es\".", "There are no words in this language.");
}

/* Whole numbers are written as such. */
static pz__message_value number_of(const char *name, double value)
{
    return (pz__message_value){name, NULL, value, value == floor(value) ? 0 : 2};
}

static int needs(const char *pattern, const char *name)
{
    return strstr(pattern, name) != NULL;
}

static pz_status check(const char *pattern, double value, double other, const char *thing)
{
    size_t length;
    PZ__TRY(pz__text_check(thing, thing ? PZ_NUL_TERMINATED : 0, (size_t)pz_limit(PZ_LIMIT_TITLE), "thing", &length));
    if (needs(pattern, "{thing}") && length == 0)
        return pz__fail(PZ_E_INVALID, "thing", "Give the name of the reason's column.",
                        "This reason is about something, and it has no name.");
    if ((needs(pattern, "{number}") || needs(pattern, "{value}")) && !isfinite(value))
        return pz__fail(PZ_E_INVALID, "value", "Give the numbers that the reason has.", "This reason needs a number.");
    if ((needs(pattern, "{size}") || needs(pattern, "{other}")) && !isfinite(other))
        return pz__fail(PZ_E_INVALID, "other", "Give the numbers that the reason has.", "This reason needs a second number.");
    return PZ_OK;
}

pz_status pz_grouping_reason_text(const char *code, double value, double other, const char *thing, const char *language, char **out_text)
{
    pz__buffer text = PZ__BUFFER_INIT;
    if (!out_text) return pz__fail_null("out_text");
    *out_text = NULL;
    if (!code) return pz__fail_null("code");
    PZ__TRY(find_language(&language));
    if (!is_told_here(code))
        return pz__fail(PZ_E_NOT_FOUND, "code", "The tables of personalize/strategy.h have the codes.",
                        "No reason of a mode has this code.");
    PZ__TRY(check(pz__message_pattern(language, code), value, other, thing));
    const pz__message_value values[] = {
        number_of("number", value), number_of("size", other), number_of("value", value), number_of("other", other), {"thing", thing, 0, 0},
    };
    pz__message(&text, language, code, values, sizeof values / sizeof values[0]);
    return pz__buffer_take(&text, out_text);
}
