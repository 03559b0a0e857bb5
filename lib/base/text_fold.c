#include "base/text_fold.h"

#include <string.h>

#include "base/text.h"
#include "base/text_fold_table.h"

enum { RUNS = sizeof fold_runs / sizeof fold_runs[0] };

static uint32_t fold(uint32_t code)
{
    size_t low = 0, high = RUNS;
    while (low < high) { /* the last run that begins at or before the character */
        size_t middle = low + (high - low) / 2;
        if (fold_runs[middle].first <= code)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == 0) return code;
    const struct fold_run *run = &fold_runs[low - 1];
    if (code > run->last || (code - run->first) % run->step != 0) return code;
    return (uint32_t)((int32_t)code + run->delta);
}

static int is_space(uint32_t code)
{
    return code == ' ' || (code >= '\t' && code <= '\r') || code == 0x85 || code == 0xA0 || (code >= 0x2000 && code <= 0x200A) ||
           code == 0x2028 || code == 0x2029 || code == 0x202F || code == 0x205F || code == 0x3000;
}

static void put(pz__buffer *out, uint32_t code)
{
    char bytes[4];
    size_t length = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    static const unsigned char lead[] = {0, 0, 0xC0, 0xE0, 0xF0};
    for (size_t i = length; i > 1; i--) {
        bytes[i - 1] = (char)(0x80 | (code & 0x3F));
        code >>= 6;
    }
    bytes[0] = (char)(lead[length] | code);
    pz__buffer_add(out, bytes, length);
}

void pz__text_fold(pz__buffer *out, const char *text, size_t length)
{
    size_t at = 0, start = out->length;
    int space = 0;
    while (at < length) {
        uint32_t code = pz__utf8_next(text, length, &at);
        if (is_space(code)) {
            space = 1;
            continue;
        }
        if (space && out->length > start) pz__buffer_char(out, ' ');
        space = 0;
        put(out, fold(code));
    }
}

int pz__text_holds(const char *text, size_t length, const char *words, size_t words_length)
{
    while (words_length) {
        const char *space = memchr(words, ' ', words_length);
        size_t word = space ? (size_t)(space - words) : words_length;
        if (word && (!length || !memmem(text, length, words, word))) return 0;
        word += space != NULL;
        words += word;
        words_length -= word;
    }
    return 1;
}
