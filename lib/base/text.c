#include "base/text.h"

#include <string.h>

#include "base/bytes.h"
#include "base/fail.h"

static int is_continuation(unsigned char byte)
{
    return (byte & 0xC0) == 0x80;
}

/* Bytes of the well-formed character of more than one byte that begins here, 0 if there is none (The Unicode Standard, table 3-7).
 * The second byte has bounds of its own, which shut out overlong forms, surrogates and what lies above U+10FFFF. */
static size_t sequence_length(const unsigned char *at, size_t left)
{
    unsigned char lead = at[0], low = 0x80, high = 0xBF;
    size_t length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    if (lead < 0xC2 || lead > 0xF4 || left < length) return 0;
    if (lead == 0xE0) low = 0xA0;
    if (lead == 0xED) high = 0x9F;
    if (lead == 0xF0) low = 0x90;
    if (lead == 0xF4) high = 0x8F;
    if (at[1] < low || at[1] > high) return 0;
    for (size_t i = 2; i < length; i++)
        if (!is_continuation(at[i])) return 0;
    return length;
}

size_t pz__utf8_valid(const char *text, size_t length)
{
    size_t at = 0;
    while (at < length) {
        if (length - at >= 8 && !pz__bytes_any_high(pz__bytes_load(text + at))) {
            at += 8;
        } else if ((unsigned char)text[at] < 0x80) {
            at++;
        } else {
            size_t step = sequence_length((const unsigned char *)text + at, length - at);
            if (!step) break;
            at += step;
        }
    }
    return at;
}

uint32_t pz__utf8_next(const char *text, size_t length, size_t *position)
{
    const unsigned char *at = (const unsigned char *)text + *position;
    size_t more = at[0] < 0x80 ? 0 : at[0] < 0xE0 ? 1 : at[0] < 0xF0 ? 2 : 3;
    uint32_t code = more ? at[0] & (0x3Fu >> more) : at[0];
    if (more >= length - *position) more = length - *position - 1;
    for (size_t i = 1; i <= more; i++) code = code << 6 | (at[i] & 0x3F);
    *position += more + 1;
    return code;
}

size_t pz__utf8_cut(const char *text, size_t length, size_t limit)
{
    size_t cut = limit;
    if (length <= limit) return length;
    while (cut > 0 && is_continuation((unsigned char)text[cut])) cut--;
    return cut;
}

static int is_allowed(unsigned char c)
{
    return c >= 0x20 || c == '\t' || c == '\n' || c == '\r';
}

/* Where the first fault is; `length` if there is none. */
static size_t first_fault(const char *text, size_t length)
{
    size_t at = 0;
    while (at < length) {
        unsigned char c = (unsigned char)text[at];
        if (length - at >= 8) {
            uint64_t word = pz__bytes_load(text + at);
            if (!pz__bytes_any_high(word) && !pz__bytes_any_below(word, 0x20)) {
                at += 8;
                continue;
            }
        }
        if (c < 0x80) {
            if (!is_allowed(c)) break;
            at++;
        } else {
            size_t step = sequence_length((const unsigned char *)text + at, length - at);
            if (!step) break;
            at += step;
        }
    }
    return at;
}

static pz_status fail_too_long(const char *field, size_t limit)
{
    return pz__fail(PZ_E_TOO_LONG, field, "Shorten it.", "The text %s is longer than its limit of %zu bytes.", field, limit);
}

static pz_status fail_at(const char *field, const char *text, size_t at)
{
    unsigned char c = (unsigned char)text[at];
    if (c >= 0x80) return pz__fail(PZ_E_TEXT, field, "Convert it to UTF-8.", "The text %s is not UTF-8 at byte %zu.", field, at + 1);
    if (c == 0)
        return pz__fail(PZ_E_TEXT, field, "Give the length of the text alone, or PZ_NUL_TERMINATED.",
                        "The text %s holds a NUL at byte %zu.", field, at + 1);
    return pz__fail(PZ_E_TEXT, field, "Of the control characters only tab, newline and carriage return are allowed.",
                    "The text %s holds the control character U+%04X at byte %zu.", field, (unsigned)c, at + 1);
}

pz_status pz__text_check(const char *text, size_t length, size_t limit, const char *field, size_t *out_length)
{
    size_t at;
    *out_length = 0;
    if (!text) {
        if (length == 0 || length == PZ_NUL_TERMINATED) return PZ_OK;
        return pz__fail(PZ_E_INVALID, field, "Give the text, or a length of 0.", "The text %s is NULL but its length is %zu.", field,
                        length);
    }
    if (length == PZ_NUL_TERMINATED) {
        const char *end = limit < PZ_NUL_TERMINATED - 1 ? memchr(text, 0, limit + 1) : text + strlen(text);
        if (!end) return fail_too_long(field, limit);
        length = (size_t)(end - text);
    }
    if (length > limit) return fail_too_long(field, limit);
    at = first_fault(text, length);
    if (at < length) return fail_at(field, text, at);
    *out_length = length;
    return PZ_OK;
}

pz_status pz__text_need(const char *text, size_t length, size_t limit, const char *field, size_t *out_length)
{
    PZ__TRY(pz__text_check(text, length, limit, field, out_length));
    if (*out_length == 0) return pz__fail(PZ_E_INVALID, field, NULL, "The text %s must not be empty.", field);
    return PZ_OK;
}

int pz__text_equal(const char *a, const char *b)
{
    return a && b ? !strcmp(a, b) : a == b;
}

static unsigned char ascii_lower(char c)
{
    unsigned char byte = (unsigned char)c;
    return byte >= 'A' && byte <= 'Z' ? (unsigned char)(byte + ('a' - 'A')) : byte;
}

int pz__ascii_equal_fold(const char *a, size_t a_length, const char *b)
{
    for (size_t i = 0; i < a_length; i++)
        if (!b[i] || ascii_lower(a[i]) != ascii_lower(b[i])) return 0;
    return b[a_length] == '\0';
}
