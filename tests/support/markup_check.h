/* Checks that HTML or SVG is well formed: every element is closed in order, attributes are quoted and come once, no stray < or &, ids are
 * unique and what refers to one finds it, nothing points outside. Not a parser of all of HTML: of what this library writes. */
#ifndef PZ_TESTS_MARKUP_CHECK_H
#define PZ_TESTS_MARKUP_CHECK_H

#include <ctype.h>

#include "support/suite.h"

typedef struct markup_names {
    char *names[20000];
    int count;
} markup_names;

static inline int markup_names_has(const markup_names *names, const char *name)
{
    for (int i = 0; i < names->count; i++)
        if (!strcmp(names->names[i], name)) return 1;
    return 0;
}

static inline void markup_names_add(markup_names *names, const char *name, size_t length)
{
    ck_assert_int_lt(names->count, 20000);
    names->names[names->count] = malloc(length + 1);
    memcpy(names->names[names->count], name, length);
    names->names[names->count++][length] = 0;
}

static inline void markup_names_free(markup_names *names)
{
    while (names->count) free(names->names[--names->count]);
}

static inline int markup_is_void(const char *name)
{
    static const char *const voids[] = {"meta", "link", "br", "hr", "img", "input", "col", NULL};
    for (int i = 0; voids[i]; i++)
        if (!strcmp(name, voids[i])) return 1;
    return 0;
}

/* How often a piece of text stands in another. */
static inline int markup_count(const char *text, const char *piece)
{
    int count = 0;
    while ((text = strstr(text, piece)) != NULL) count++, text += strlen(piece);
    return count;
}

static inline const char *markup_entity(const char *at)
{
    static const char *const known[] = {"&amp;", "&lt;", "&gt;", "&quot;", "&#39;", NULL};
    for (int i = 0; known[i]; i++)
        if (!strncmp(at, known[i], strlen(known[i]))) return at + strlen(known[i]);
    ck_abort_msg("a bare & at: %.60s", at);
    return NULL;
}

/* Returns the number of elements. */
static inline int markup_check(const char *text)
{
    static markup_names ids, used; /* large */
    char open[128][32];
    int depth = 0, elements = 0;
    const char *at = text;
    while (*at) {
        if (*at == '&') {
            at = markup_entity(at);
            continue;
        }
        if (*at != '<') {
            ck_assert_msg((unsigned char)*at >= 0x20 || *at == '\n' || *at == '\t', "a control character at: %.60s", at);
            at++;
            continue;
        }
        if (!strncmp(at, "<!doctype html>", 15)) {
            at += 15;
            continue;
        }
        int closing = at[1] == '/';
        const char *name = at + 1 + closing;
        size_t length = 0;
        while (isalnum((unsigned char)name[length])) length++;
        ck_assert_msg(length > 0 && length < 32, "a bare < at: %.60s", at);
        char element[32];
        memcpy(element, name, length);
        element[length] = 0;
        at = name + length;
        if (closing) {
            ck_assert_msg(*at == '>', "a broken end at: %.60s", at - length);
            ck_assert_msg(depth > 0 && !strcmp(open[depth - 1], element), "</%s> closes <%s> at: %.80s", element, depth ? open[depth - 1] : "nothing", at);
            depth--;
            at++;
            continue;
        }
        elements++;
        markup_names seen = {{0}, 0};
        for (;;) {
            while (isspace((unsigned char)*at)) at++;
            if (*at == '>' || *at == '/') break;
            size_t width = 0;
            while (isalnum((unsigned char)at[width]) || at[width] == '-' || at[width] == ':') width++;
            ck_assert_msg(width > 0, "a broken attribute at: %.60s", at);
            markup_names_add(&seen, at, width);
            const char *attribute = seen.names[seen.count - 1];
            for (int i = 0; i + 1 < seen.count; i++) ck_assert_msg(strcmp(seen.names[i], attribute) != 0, "%s comes twice in <%s>", attribute, element);
            at += width;
            if (*at != '=') continue; /* such as open */
            ck_assert_msg(at[1] == '"', "an attribute without quotes at: %.60s", at);
            const char *value = at += 2;
            while (*at != '"') {
                ck_assert_msg(*at && *at != '<', "a value that does not end at: %.60s", value);
                at = *at == '&' ? markup_entity(at) : at + 1;
            }
            size_t size = (size_t)(at - value);
            at++;
            if (!strcmp(attribute, "id")) {
                markup_names_add(&ids, value, size);
            } else if (!strcmp(attribute, "href") && !strcmp(element, "a")) {
                static const char *const schemes[] = {"javascript", "data:", "vbscript"}; /* a link goes where the host said, and runs nothing */
                for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++)
                    ck_assert_msg(strncmp(value, schemes[i], strlen(schemes[i])) != 0, "a link that runs: %.*s", (int)size, value);
            } else if (!strcmp(attribute, "href") || !strcmp(attribute, "src")) {
                ck_assert_msg(value[0] == '#', "<%s> points outside: %.*s", element, (int)size, value);
                markup_names_add(&used, value + 1, size - 1);
            } else if (!strcmp(attribute, "aria-labelledby") || !strcmp(attribute, "headers") || !strcmp(attribute, "for")) {
                for (size_t from = 0; from < size;) {
                    size_t to = from;
                    while (to < size && value[to] != ' ') to++;
                    markup_names_add(&used, value + from, to - from);
                    from = to + 1;
                }
            }
        }
        markup_names_free(&seen);
        if (*at == '/') {
            ck_assert_msg(at[1] == '>', "a broken element at: %.60s", at);
            at += 2;
            continue;
        }
        at++;
        if (markup_is_void(element)) continue;
        ck_assert_int_lt(depth, 128);
        strcpy(open[depth++], element);
        if (!strcmp(element, "style")) {
            const char *end = strstr(at, "</style>");
            ck_assert_ptr_nonnull(end);
            at = end;
        }
    }
    ck_assert_msg(depth == 0, "<%s> is never closed", depth ? open[depth - 1] : "");
    for (int i = 0; i < ids.count; i++)
        for (int j = i + 1; j < ids.count; j++) ck_assert_msg(strcmp(ids.names[i], ids.names[j]) != 0, "two elements have the id %s", ids.names[i]);
    for (int i = 0; i < used.count; i++) ck_assert_msg(markup_names_has(&ids, used.names[i]), "nothing has the id %s", used.names[i]);
    markup_names_free(&ids);
    markup_names_free(&used);
    return elements;
}

#endif
