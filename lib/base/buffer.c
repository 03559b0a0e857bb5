#include "base/buffer.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/fail.h"
#include "base/memory.h"

static int make_room(pz__buffer *buffer, size_t more)
{
    if (buffer->status != PZ_OK) return 0;
    if (more < buffer->capacity - buffer->length) return 1; /* the NUL has its place in capacity */
    if (more > SIZE_MAX - buffer->length - 1) {
        buffer->status = pz__fail_memory();
        return 0;
    }
    buffer->status = pz__reserve((void **)&buffer->data, &buffer->capacity, buffer->length + more + 1, 1);
    return buffer->status == PZ_OK;
}

void pz__buffer_add(pz__buffer *buffer, const void *bytes, size_t length)
{
    if (!make_room(buffer, length)) return;
    if (length) memcpy(buffer->data + buffer->length, bytes, length);
    buffer->length += length;
    buffer->data[buffer->length] = '\0';
}

void pz__buffer_text(pz__buffer *buffer, const char *text)
{
    pz__buffer_add(buffer, text, text ? strlen(text) : 0);
}

void pz__buffer_char(pz__buffer *buffer, char c)
{
    if (!make_room(buffer, 1)) return;
    buffer->data[buffer->length++] = c;
    buffer->data[buffer->length] = '\0';
}

void pz__buffer_format(pz__buffer *buffer, const char *format, ...)
{
    va_list arguments;
    int need;
    va_start(arguments, format);
    need = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    if (need < 0 || !make_room(buffer, (size_t)need)) return;
    va_start(arguments, format);
    vsnprintf(buffer->data + buffer->length, (size_t)need + 1, format, arguments);
    va_end(arguments);
    buffer->length += (size_t)need;
}

void pz__buffer_clear(pz__buffer *buffer)
{
    buffer->length = 0;
    if (buffer->data) buffer->data[0] = '\0';
}

void pz__buffer_free(pz__buffer *buffer)
{
    pz__release(buffer->data);
    buffer->data = NULL;
    buffer->length = buffer->capacity = 0;
}

pz_status pz__buffer_take(pz__buffer *buffer, char **out_text)
{
    *out_text = NULL;
    if (buffer->status == PZ_OK && !buffer->data) pz__buffer_text(buffer, "");
    if (buffer->status != PZ_OK) {
        pz__buffer_free(buffer);
        if (buffer->status == PZ_E_NOMEM) return pz__fail_memory();
        return pz__fail(buffer->status, NULL, "Please report it.", "A text could not be put together.");
    }
    *out_text = buffer->data;
    buffer->data = NULL;
    buffer->length = buffer->capacity = 0;
    return PZ_OK;
}
