#include "said.h"

#include <stdlib.h>
#include <string.h>

typedef struct said_name {
    const char *name;
    const char *said;
} said_name;

#include "names.h"

static int compare(const void *name, const void *row)
{
    return strcmp(name, ((const said_name *)row)->name);
}

const char *pzb_said_of(const char *name)
{
    const said_name *found = bsearch(name, names, sizeof names / sizeof *names, sizeof *names, compare);
    return found ? found->said : name;
}

typedef struct writer {
    char *out;
    size_t room; /* what is left, the NUL not counted */
} writer;

static void add(writer *to, const char *text, size_t length)
{
    if (length > to->room) length = to->room;
    memcpy(to->out, text, length);
    to->out += length;
    to->room -= length;
    *to->out = '\0';
}

static size_t word_length(const char *text)
{
    return strspn(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");
}

static void add_word(writer *to, const char *word, size_t length)
{
    char name[64];
    if (length < sizeof name) {
        const char *said;
        memcpy(name, word, length);
        name[length] = '\0';
        said = pzb_said_of(name);
        add(to, said, strlen(said));
    } else {
        add(to, word, length);
    }
}

/* "The text path must not be empty" is about the argument path: bindings write "path must not be empty". */
static const char *without_lead(const char *text, const char *field)
{
    static const char *const leads[] = {"The text ", "The parameter "};
    size_t length = strlen(field);
    for (size_t i = 0; length && i < sizeof leads / sizeof *leads; i++) {
        const char *rest = text + strlen(leads[i]);
        if (!strncmp(text, leads[i], strlen(leads[i])) && !strncmp(rest, field, length) && rest[length] == ' ') return rest;
    }
    return text;
}

void pzb_said(const char *text, const char *field, char *out, size_t size)
{
    writer to = {out, size - 1};
    *out = '\0';
    text = without_lead(text, field);
    while (*text && to.room) {
        size_t length = word_length(text);
        if (length)
            add_word(&to, text, length);
        else
            add(&to, text, length = 1);
        text += length;
    }
}

void pzb_said_members(const pz_record_type *type, char *out, size_t size)
{
    writer to = {out, size - 1};
    *out = '\0';
    for (uint32_t i = 0; i < type->field_count; i++) {
        if (i) add(&to, ", ", 2);
        add(&to, type->fields[i].name, strlen(type->fields[i].name));
    }
}
