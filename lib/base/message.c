#include "base/message.h"

#include <string.h>

#include "base/message_table.h"
#include "base/text.h"

static const pz__message_table *const languages[] = {&pz__messages_en, &pz__messages_es};
enum { LANGUAGES = sizeof languages / sizeof languages[0] };

/* By the first part of the tag: "es-MX" is served by "es". */
static const pz__message_table *table_of(const char *language)
{
    size_t length = language ? strcspn(language, "-_.@") : 0;
    for (size_t i = 0; i < LANGUAGES; i++)
        if (pz__ascii_equal_fold(language ? language : "", length, languages[i]->language)) return languages[i];
    return &pz__messages_en;
}

static const char *find(const pz__message_table *table, const char *code)
{
    size_t low = 0, high = table->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strcmp(table->rows[middle].code, code);
        if (order == 0) return table->rows[middle].pattern;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

const char *pz__message_pattern(const char *language, const char *code)
{
    return code ? find(table_of(language), code) : NULL;
}

const char *pz__message_code_at(size_t index)
{
    return index < pz__messages_en.count ? pz__messages_en.rows[index].code : NULL;
}

const char *pz__message_language_at(size_t index)
{
    return index < LANGUAGES ? languages[index]->language : NULL;
}

/* ------------------------------------------------------------------------------------------- filling patterns --- */

static const pz__message_value *value_of(const pz__message_value *values, size_t count, const char *name, size_t length)
{
    for (size_t i = 0; i < count; i++)
        if (strlen(values[i].name) == length && !memcmp(values[i].name, name, length)) return &values[i];
    return NULL;
}

/* English and Spanish use the singular for one whole thing only: "1 point", but "1.0 points" and "0 points". A number that
 * would be shown as 1 counts as 1. */
static int is_one(const pz__message_value *value)
{
    return !value->text && value->decimals <= 0 && value->number > 0.5 && value->number < 1.5;
}

/* What is between the braces: a name, or a name with its two forms. */
static void add_placeholder(pz__buffer *out, const char *inside, size_t length, const pz__message_value *values, size_t count)
{
    const char *bar = memchr(inside, '|', length);
    size_t name_length = bar ? (size_t)(bar - inside) : length;
    const pz__message_value *value = value_of(values, count, inside, name_length);
    const char *second = bar ? memchr(bar + 1, '|', length - name_length - 1) : NULL;
    if (!value || (bar && !second)) {
        pz__buffer_add(out, inside - 1, length + 2);
    } else if (bar) {
        if (is_one(value))
            pz__buffer_add(out, bar + 1, (size_t)(second - bar - 1));
        else
            pz__buffer_add(out, second + 1, (size_t)(inside + length - second - 1));
    } else if (value->text) {
        pz__buffer_text(out, value->text);
    } else {
        pz__buffer_fixed(out, value->number, value->decimals);
    }
}

static void fill(pz__buffer *out, const char *pattern, const pz__message_value *values, size_t count)
{
    while (*pattern) {
        size_t plain = strcspn(pattern, "{");
        const char *close;
        pz__buffer_add(out, pattern, plain);
        pattern += plain;
        if (!*pattern) return;
        close = pattern[1] == '{' ? NULL : strchr(pattern, '}');
        if (close) {
            add_placeholder(out, pattern + 1, (size_t)(close - pattern - 1), values, count);
            pattern = close + 1;
        } else {
            pz__buffer_char(out, '{');
            pattern += pattern[1] == '{' ? 2 : 1;
        }
    }
}

int pz__message(pz__buffer *out, const char *language, const char *code, const pz__message_value *values, size_t count)
{
    const char *pattern = pz__message_pattern(language, code);
    if (!pattern && code) pattern = find(&pz__messages_en, code);
    if (!pattern) {
        pz__buffer_text(out, code ? code : "");
        return 0;
    }
    fill(out, pattern, values, count);
    return 1;
}
