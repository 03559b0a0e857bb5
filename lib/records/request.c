#include "records/request.h"

#include <string.h>

void pz__request_int(pz__buffer *request, int64_t value)
{
    uint8_t bytes[8];
    for (int i = 0; i < 8; i++) bytes[i] = (uint8_t)((uint64_t)value >> (8 * i));
    pz__buffer_add(request, bytes, sizeof bytes);
}

/* All NaN are one "none", and 0 is 0 with either sign. */
void pz__request_real(pz__buffer *request, double value)
{
    int64_t bits = INT64_MIN;
    if (value == 0) value = 0;
    if (!isnan(value)) memcpy(&bits, &value, sizeof bits);
    pz__request_int(request, isnan(value));
    pz__request_int(request, bits);
}

void pz__request_text(pz__buffer *request, const char *text, size_t length)
{
    if (!text) {
        pz__request_int(request, -1);
        return;
    }
    if (length == PZ_NUL_TERMINATED) length = strlen(text);
    pz__request_int(request, (int64_t)length);
    pz__buffer_add(request, text, length);
}

static void add_text(pz__buffer *request, const pz_field *field, const char *record)
{
    const char *text;
    size_t length = PZ_NUL_TERMINATED;
    memcpy(&text, record + field->offset, sizeof text);
    if (field->length_offset) memcpy(&length, record + field->length_offset, sizeof length);
    pz__request_text(request, text, length);
}

static void add_int64(pz__buffer *request, const char *member)
{
    int64_t value;
    memcpy(&value, member, sizeof value);
    pz__request_int(request, value);
}

static void add_int32(pz__buffer *request, const char *member)
{
    int32_t value;
    memcpy(&value, member, sizeof value);
    pz__request_int(request, value);
}

static void add_real(pz__buffer *request, const char *member)
{
    double value;
    memcpy(&value, member, sizeof value);
    pz__request_real(request, value);
}

void pz__request_record(pz__buffer *request, const pz_record_type *type, const void *record)
{
    pz__request_text(request, type->name, PZ_NUL_TERMINATED);
    for (uint32_t i = 0; i < type->field_count; i++) {
        const pz_field *field = &type->fields[i];
        const char *member = (const char *)record + field->offset;
        switch ((pz_field_type)field->type) {
        case PZ_FIELD_ID:
        case PZ_FIELD_BIGINT:
        case PZ_FIELD_TIME: add_int64(request, member); break;
        case PZ_FIELD_REAL: add_real(request, member); break;
        case PZ_FIELD_TEXT: add_text(request, field, record); break;
        case PZ_FIELD_INT:
        case PZ_FIELD_BOOL:
        case PZ_FIELD_DATE:
        case PZ_FIELD_ENUM: add_int32(request, member); break;
        }
    }
}
