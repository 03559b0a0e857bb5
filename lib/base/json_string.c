#include "base/json_string.h"

#include <string.h>

#include "base/bytes.h"
#include "base/text.h"

static int refuse(pz__json_flaw *flaw, const char *code, size_t at, const char *words)
{
    flaw->code = code;
    flaw->words = words;
    flaw->at = at;
    return 0;
}

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

/* The four digits of a \u escape; -1 if they are not there. */
static int32_t hex_word(const char *text, size_t left)
{
    int32_t value = 0;
    if (left < 4) return -1;
    for (int i = 0; i < 4; i++) {
        int digit = hex_digit(text[i]);
        if (digit < 0) return -1;
        value = value << 4 | digit;
    }
    return value;
}

static int is_high_surrogate(int32_t word)
{
    return word >= 0xD800 && word <= 0xDBFF;
}
static int is_low_surrogate(int32_t word)
{
    return word >= 0xDC00 && word <= 0xDFFF;
}

/* The escape at text[at], which is a backslash. @return its length, or 0 with *flaw set */
static size_t check_escape(const char *text, size_t length, size_t at, pz__json_flaw *flaw)
{
    int32_t word;
    if (length - at < 2) return (size_t)refuse(flaw, "json.syntax", length, "The text ends within a string.");
    if (memchr("\"\\/bfnrt", text[at + 1], 8)) return 2;
    if (text[at + 1] != 'u') return (size_t)refuse(flaw, "json.syntax", at, "There is no such escape in JSON.");
    word = hex_word(text + at + 2, length - at - 2);
    if (word < 0) return (size_t)refuse(flaw, "json.syntax", at, "Four hexadecimal digits must follow \\u.");
    if (word == 0) return (size_t)refuse(flaw, "json.nul", at, "Text must not hold a NUL (\\u0000).");
    if (is_low_surrogate(word)) return (size_t)refuse(flaw, "json.utf8", at, "The second half of a surrogate pair stands alone.");
    if (!is_high_surrogate(word)) return 6;
    if (length - at >= 12 && text[at + 6] == '\\' && text[at + 7] == 'u' && is_low_surrogate(hex_word(text + at + 8, 4))) return 12;
    return (size_t)refuse(flaw, "json.utf8", at, "The first half of a surrogate pair stands alone.");
}

/* Skips bytes that need no look. *high collects whether any was above ASCII. */
static size_t skip_plain(const char *text, size_t length, size_t at, uint64_t *high)
{
    while (length - at >= 8) {
        uint64_t word = pz__bytes_load(text + at);
        if (pz__bytes_any_equal(word, '"') | pz__bytes_any_equal(word, '\\') | pz__bytes_any_below(word, 0x20)) break;
        *high |= pz__bytes_any_high(word);
        at += 8;
    }
    for (; at < length; at++) {
        unsigned char c = (unsigned char)text[at];
        if (c == '"' || c == '\\' || c < 0x20) break;
        *high |= c & 0x80;
    }
    return at;
}

int pz__json_string_check(const char *text, size_t length, size_t start, size_t *out_end, int *out_escapes, pz__json_flaw *flaw)
{
    size_t at = start, step;
    uint64_t high = 0;
    *out_escapes = 0;
    for (;;) {
        at = skip_plain(text, length, at, &high);
        if (at == length || text[at] != '\\') break;
        *out_escapes = 1;
        step = check_escape(text, length, at, flaw);
        if (!step) return 0;
        at += step;
    }
    if (high) {
        size_t valid = pz__utf8_valid(text + start, at - start);
        if (valid < at - start) return refuse(flaw, "json.utf8", start + valid, "The text is not UTF-8.");
    }
    if (at == length) return refuse(flaw, "json.syntax", at, "The text ends within a string.");
    if (text[at] != '"') return refuse(flaw, "json.syntax", at, "A control character within a string must be written as an escape.");
    *out_end = at;
    return 1;
}

static size_t write_utf8(uint32_t code, char *to)
{
    if (code < 0x80) {
        to[0] = (char)code;
        return 1;
    }
    if (code < 0x800) {
        to[0] = (char)(0xC0 | code >> 6);
        to[1] = (char)(0x80 | (code & 0x3F));
        return 2;
    }
    if (code < 0x10000) {
        to[0] = (char)(0xE0 | code >> 12);
        to[1] = (char)(0x80 | (code >> 6 & 0x3F));
        to[2] = (char)(0x80 | (code & 0x3F));
        return 3;
    }
    to[0] = (char)(0xF0 | code >> 18);
    to[1] = (char)(0x80 | (code >> 12 & 0x3F));
    to[2] = (char)(0x80 | (code >> 6 & 0x3F));
    to[3] = (char)(0x80 | (code & 0x3F));
    return 4;
}

static char letter_escape(char letter)
{
    switch (letter) {
    case 'b': return '\b';
    case 'f': return '\f';
    case 'n': return '\n';
    case 'r': return '\r';
    case 't': return '\t';
    default: return letter;
    }
}

size_t pz__json_unescape(const char *text, size_t length, char *to)
{
    size_t at = 0, written = 0;
    while (at < length) {
        if (text[at] != '\\') {
            to[written++] = text[at++];
        } else if (text[at + 1] != 'u') {
            to[written++] = letter_escape(text[at + 1]);
            at += 2;
        } else {
            uint32_t code = (uint32_t)hex_word(text + at + 2, 4);
            at += 6;
            if (is_high_surrogate((int32_t)code)) {
                code = 0x10000 + ((code - 0xD800) << 10) + ((uint32_t)hex_word(text + at + 2, 4) - 0xDC00);
                at += 6;
            }
            written += write_utf8(code, to + written);
        }
    }
    return written;
}
