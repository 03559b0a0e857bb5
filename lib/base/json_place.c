#include "base/json_place.h"

#include <stdio.h>
#include <string.h>

enum { LONGEST_SHOWN_KEY = 64 };

static void find_line(const char *text, size_t at, pz__json_fault *fault)
{
    size_t line_start = 0;
    fault->line = 1;
    fault->column = 1;
    for (size_t i = 0; i < at; i++) {
        if (text[i] != '\n' && (text[i] != '\r' || (i + 1 < at && text[i + 1] == '\n'))) continue;
        fault->line++;
        line_start = i + 1;
    }
    for (size_t i = line_start; i < at; i++) fault->column += ((unsigned char)text[i] & 0xC0) != 0x80;
}

static int is_plain_word(const char *key, size_t length)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-$@:";
    if (length == 0 || length > LONGEST_SHOWN_KEY) return 0;
    for (size_t i = 0; i < length; i++)
        if (!key[i] || !strchr(letters, key[i])) return 0;
    return 1;
}

/* Text of one step of the path; "" where the object's member is not known yet. */
static void describe_step(const char *text, const pz__json_level *level, char *step, size_t size)
{
    const char *key = text + level->key_start;
    step[0] = '\0';
    if (!level->is_object)
        snprintf(step, size, "[%zu]", level->index);
    else if (!level->has_key)
        return;
    else if (is_plain_word(key, level->key_length))
        snprintf(step, size, ".%.*s", (int)level->key_length, key);
    else
        snprintf(step, size, "{%zu}", level->index + 1);
}

void pz__json_place(const char *text, size_t at, const pz__json_level *levels, int depth, pz__json_fault *fault)
{
    static const char cut[] = "...";
    size_t used = 1;
    find_line(text, at, fault);
    strcpy(fault->path, "$");
    for (int i = 0; i < depth; i++) {
        char step[LONGEST_SHOWN_KEY + 32];
        size_t length;
        describe_step(text, &levels[i], step, sizeof step);
        length = strlen(step);
        if (used + length + sizeof cut > sizeof fault->path) {
            memcpy(fault->path + used, cut, sizeof cut);
            return;
        }
        memcpy(fault->path + used, step, length + 1);
        used += length;
    }
}
