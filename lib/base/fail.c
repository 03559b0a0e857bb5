#include "base/fail.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { MESSAGE_SIZE = 1024, FIELD_SIZE = 128, HINT_SIZE = 512 };

static _Thread_local char message_text[MESSAGE_SIZE];
static _Thread_local char field_text[FIELD_SIZE];
static _Thread_local char hint_text[HINT_SIZE];
static _Thread_local pz_error detail;

/* Copies and, where it does not fit, cuts between two UTF-8 characters. */
static void keep(char *to, size_t size, const char *from)
{
    size_t length = from ? strlen(from) : 0;
    if (length >= size) {
        length = size - 1;
        while (length > 0 && ((unsigned char)from[length] & 0xC0) == 0x80) length--;
    }
    if (length) memmove(to, from, length);
    to[length] = '\0';
}

pz_status pz__fail(pz_status status, const char *field, const char *hint, const char *format, ...)
{
    char words[MESSAGE_SIZE * 2];
    va_list arguments;
    va_start(arguments, format);
    if (vsnprintf(words, sizeof words, format, arguments) < 0) words[0] = '\0';
    va_end(arguments);
    keep(message_text, sizeof message_text, words);
    keep(field_text, sizeof field_text, field);
    keep(hint_text, sizeof hint_text, hint);
    detail.status = status;
    return status;
}

const pz_error *pz_last_error(void)
{
    detail.struct_size = sizeof detail;
    detail.message = message_text;
    detail.field = field_text;
    detail.hint = hint_text;
    return &detail;
}

pz_status pz__fail_closed(const char *what)
{
    return pz__fail(PZ_E_CLOSED, what, "Open a new one.", "The %s handle is NULL or was closed.", what);
}

pz_status pz__fail_null(const char *parameter)
{
    return pz__fail(PZ_E_INVALID, parameter, NULL, "The parameter %s must not be NULL.", parameter);
}

pz_status pz__fail_memory(void)
{
    return pz__fail(PZ_E_NOMEM, NULL, "Free memory and try again; nothing was changed.", "Memory could not be had.");
}
