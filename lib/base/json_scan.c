#include "base/json_scan.h"

#include <string.h>

#include "base/fail.h"
#include "base/json_keys.h"
#include "base/json_place.h"
#include "base/json_string.h"
#include "base/memory.h"
#include "base/number.h"
#include "base/text.h"

enum {
    LONGEST_NUMBER = 63, /* what the tree's own reader takes */
    EXACT_DIGITS = 15    /* a double keeps every whole number of so many digits */
};

/* What may stand next. */
typedef enum expect { VALUE, VALUE_OR_END, KEY, KEY_OR_END, COMMA_OR_END, NOTHING } expect;

typedef struct scan {
    const char *text;
    size_t length;
    size_t at;
    expect next;
    int depth;
    pz__json_level levels[PZ__JSON_DEPTH];
    pz__json_key_level key_levels[PZ__JSON_DEPTH];
    pz__json_keys keys;
    pz__json_flaw flaw;
    pz_status status; /* of a lack of memory */
    size_t values;
    size_t numbers;
    pz__json_scan_result *result;
} scan;

/* All steps below return 1 to go on, 0 to stop: with a flaw, without memory, or at the end of the text. */

static int refuse(scan *s, const char *code, const char *words)
{
    s->flaw.code = code;
    s->flaw.words = words;
    s->flaw.at = s->at;
    return 0;
}

static pz__json_level *top(scan *s)
{
    return &s->levels[s->depth - 1];
}

static expect after_value(const scan *s)
{
    return s->depth ? COMMA_OR_END : NOTHING;
}

static void skip_space(scan *s)
{
    while (s->at < s->length && (s->text[s->at] == ' ' || s->text[s->at] == '\n' || s->text[s->at] == '\r' || s->text[s->at] == '\t'))
        s->at++;
}

/* ----------------------------------------------------------------------------------------------- scalars --- */

static size_t skip_digits(const scan *s, size_t at)
{
    while (at < s->length && s->text[at] >= '0' && s->text[at] <= '9') at++;
    return at;
}

/* Whole numbers that a double rounds are noted, so that they can be written out again as they were. */
static int note_long_number(scan *s, size_t start, size_t length)
{
    pz__json_scan_result *result = s->result;
    s->status = pz__reserve((void **)&result->long_numbers, &result->long_capacity, result->long_count + 1, sizeof *result->long_numbers);
    if (s->status != PZ_OK) return 0;
    result->long_numbers[result->long_count++] = (pz__json_long_number){s->numbers, start, length};
    return 1;
}

static int scan_number(scan *s)
{
    size_t start = s->at, at = start + (s->text[start] == '-'), whole = at, digits;
    double value;
    at = skip_digits(s, at);
    digits = at - whole;
    if (digits == 0 || (digits > 1 && s->text[whole] == '0'))
        return refuse(s, "json.number", "A number begins with one digit, or with a digit from 1 to 9.");
    if (at < s->length && s->text[at] == '.') {
        whole = at + 1;
        at = skip_digits(s, whole);
        if (at == whole) return refuse(s, "json.number", "A digit must follow the decimal point.");
        digits = 0;
    }
    if (at < s->length && (s->text[at] == 'e' || s->text[at] == 'E')) {
        whole = at + 1;
        if (whole < s->length && (s->text[whole] == '+' || s->text[whole] == '-')) whole++;
        at = skip_digits(s, whole);
        if (at == whole) return refuse(s, "json.number", "A digit must follow the exponent's mark.");
        if (at - start <= LONGEST_NUMBER && !pz__real_parse(s->text + start, at - start, &value))
            return refuse(s, "json.number", "The number is larger than 1.7976931348623157e308.");
        digits = 0;
    }
    if (at - start > LONGEST_NUMBER) return refuse(s, "json.number", "The number has more than 63 characters.");
    if (digits > EXACT_DIGITS && !note_long_number(s, start, at - start)) return 0;
    s->numbers++;
    s->at = at;
    return 1;
}

static int scan_word(scan *s, const char *word)
{
    size_t length = strlen(word);
    if (s->length - s->at < length || memcmp(s->text + s->at, word, length)) return refuse(s, "json.syntax", "A value is expected here.");
    s->at += length;
    return 1;
}

static int scan_string(scan *s)
{
    size_t end;
    int escapes;
    if (!pz__json_string_check(s->text, s->length, s->at + 1, &end, &escapes, &s->flaw)) return 0;
    s->at = end + 1;
    return 1;
}

/* --------------------------------------------------------------------------------------------- containers --- */

static int open_container(scan *s, expect next)
{
    if (s->depth == PZ__JSON_DEPTH) return refuse(s, "json.depth", "Objects and lists are nested more than 64 levels deep.");
    memset(&s->levels[s->depth], 0, sizeof s->levels[0]);
    s->levels[s->depth].is_object = next == KEY_OR_END;
    pz__json_keys_open(&s->keys, &s->key_levels[s->depth]);
    s->depth++;
    s->at++;
    s->next = next;
    return 1;
}

static int close_container(scan *s)
{
    s->depth--;
    pz__json_keys_close(&s->keys, &s->key_levels[s->depth]);
    s->at++;
    s->next = after_value(s);
    return 1;
}

static int scan_key(scan *s)
{
    pz__json_level *level = top(s);
    size_t end, start = s->at + 1;
    int escapes, is_new;
    if (s->text[s->at] != '"') return refuse(s, "json.syntax", "A key in double quotes is expected here.");
    if (!pz__json_string_check(s->text, s->length, start, &end, &escapes, &s->flaw)) return 0;
    level->key_start = start;
    level->key_length = end - start;
    level->has_key = 1;
    s->status = pz__json_keys_add(&s->keys, &s->key_levels[s->depth - 1], start, end - start, escapes, &is_new);
    if (s->status != PZ_OK) return 0;
    if (!is_new) return refuse(s, "json.duplicate_key", "The object has this key already.");
    s->at = end + 1;
    skip_space(s);
    if (s->at == s->length) return refuse(s, "json.syntax", "The text ends within an object.");
    if (s->text[s->at] != ':') return refuse(s, "json.syntax", "A colon is expected here.");
    s->at++;
    s->next = VALUE;
    return 1;
}

static int scan_comma_or_end(scan *s)
{
    pz__json_level *level = top(s);
    char c = s->text[s->at];
    if (c == (level->is_object ? '}' : ']')) return close_container(s);
    if (c != ',') return refuse(s, "json.syntax", level->is_object ? "A comma or } is expected here." : "A comma or ] is expected here.");
    level->index++;
    level->has_key = 0;
    s->at++;
    s->next = level->is_object ? KEY : VALUE;
    return 1;
}

/* --------------------------------------------------------------------------------------------------- steps --- */

static int scan_value(scan *s)
{
    int done;
    if (++s->values > (size_t)pz_limit(PZ_LIMIT_JSON_VALUES)) return refuse(s, "json.size", "The document has more than 16,777,216 values.");
    switch (s->text[s->at]) {
    case '{': return open_container(s, KEY_OR_END);
    case '[': return open_container(s, VALUE_OR_END);
    case '"': done = scan_string(s); break;
    case 't': done = scan_word(s, "true"); break;
    case 'f': done = scan_word(s, "false"); break;
    case 'n': done = scan_word(s, "null"); break;
    case '-':
    case '0':
    case '1':
    case '2':
    case '3':
    case '4':
    case '5':
    case '6':
    case '7':
    case '8':
    case '9': done = scan_number(s); break;
    default: return refuse(s, "json.syntax", "A value is expected here.");
    }
    s->next = after_value(s);
    return done;
}

static int scan_end(scan *s)
{
    if (s->next == NOTHING) return 0;
    if (s->depth == 0) return refuse(s, "json.empty", "There is no value in the text.");
    return refuse(s, "json.syntax", top(s)->is_object ? "The text ends within an object." : "The text ends within a list.");
}

static int step(scan *s)
{
    char c;
    skip_space(s);
    if (s->at == s->length) return scan_end(s);
    c = s->text[s->at];
    if ((unsigned char)c >= 0x80 && !pz__utf8_valid(s->text + s->at, s->length - s->at))
        return refuse(s, "json.utf8", "The text is not UTF-8.");
    switch (s->next) {
    case VALUE: return scan_value(s);
    case VALUE_OR_END: return c == ']' ? close_container(s) : scan_value(s);
    case KEY: return scan_key(s);
    case KEY_OR_END: return c == '}' ? close_container(s) : scan_key(s);
    case COMMA_OR_END: return scan_comma_or_end(s);
    case NOTHING: break;
    }
    return refuse(s, "json.trailing", "Something follows the end of the document.");
}

static pz_status fail_flaw(const scan *s, pz__json_fault *fault)
{
    pz_status status = PZ_E_FORMAT;
    const char *hint = "Mend the file at this place.";
    pz__json_place(s->text, s->flaw.at, s->levels, s->depth, fault);
    fault->code = s->flaw.code;
    fault->words = s->flaw.words;
    if (!strcmp(fault->code, "json.depth") || !strcmp(fault->code, "json.size")) {
        status = PZ_E_HOSTILE;
        hint = "Split the document, or check where it comes from.";
    } else if (!strcmp(fault->code, "json.utf8")) {
        hint = "Save the file as UTF-8.";
    }
    return pz__fail(status, NULL, hint, "JSON line %lld, column %lld, at %s: %s (%s)", (long long)fault->line, (long long)fault->column,
                    fault->path, s->flaw.words, fault->code);
}

pz_status pz__json_scan(const char *text, size_t length, pz__json_fault *fault, pz__json_scan_result *result)
{
    scan s;
    memset(&s, 0, sizeof s);
    s.text = s.keys.text = text;
    s.length = length;
    s.next = VALUE;
    s.result = result;
    while (step(&s)) continue;
    if (s.flaw.code) s.status = fail_flaw(&s, fault);
    while (s.depth > 0) pz__json_keys_close(&s.keys, &s.key_levels[--s.depth]);
    pz__json_keys_free(&s.keys);
    return s.status;
}
