#include "base/record.h"

#include <string.h>

#include "base/fail.h"
#include "base/memory.h"

static size_t member_size(const pz_field *field)
{
    switch ((pz_field_type)field->type) {
    case PZ_FIELD_ID: return sizeof(pz_id);
    case PZ_FIELD_BIGINT: return sizeof(int64_t);
    case PZ_FIELD_REAL: return sizeof(double);
    case PZ_FIELD_TEXT: return sizeof(const char *);
    case PZ_FIELD_TIME: return sizeof(pz_time);
    case PZ_FIELD_DATE: return sizeof(pz_date);
    case PZ_FIELD_INT:
    case PZ_FIELD_BOOL:
    case PZ_FIELD_ENUM: break;
    }
    return sizeof(int32_t);
}

/* A caller's struct that ends within a member does not have that member. */
static void restore_if_cut(char *record, const pz_record_type *type, size_t offset, size_t size, size_t end)
{
    if (offset < end && offset + size > end) memcpy(record + offset, (const char *)type->initial + offset, size);
}

pz_status pz__record_take(const pz_record_type *type, const void *record, uint32_t minimum_size, void *out)
{
    uint32_t given;
    memcpy(out, type->initial, type->record_size);
    if (!record) return pz__fail_null(type->name);
    memcpy(&given, record, sizeof given);
    if (given < minimum_size || given < sizeof given)
        return pz__fail(PZ_E_STRUCT_SIZE, "struct_size", "Make the record from its INIT macro, which sets struct_size.",
                        "struct_size of %s is %u, at least %u is needed.", type->name, (unsigned)given, (unsigned)minimum_size);
    memcpy(out, record, given < type->record_size ? given : type->record_size);
    for (uint32_t i = 0; i < type->field_count; i++) {
        const pz_field *field = &type->fields[i];
        restore_if_cut(out, type, field->offset, member_size(field), given);
        if (field->length_offset) restore_if_cut(out, type, field->length_offset, sizeof(size_t), given);
    }
    memcpy(out, &type->record_size, sizeof type->record_size);
    return PZ_OK;
}

/* -------------------------------------------------------------------------------------------------- rows --- */

void pz__rows_start(pz__rows *rows, const pz_record_type *type)
{
    memset(rows, 0, sizeof *rows);
    rows->type = type;
}

/* The place of the text in the pool, plus 1 so that 0 stays NULL; 0 after a failure too. */
static size_t keep_text(pz__rows *rows, const char *text, size_t length)
{
    size_t place = rows->texts_length;
    if (length >= SIZE_MAX - place) {
        rows->status = pz__fail_memory();
        return 0;
    }
    rows->status = pz__reserve((void **)&rows->texts, &rows->texts_capacity, place + length + 1, 1);
    if (rows->status != PZ_OK) return 0;
    if (length) memcpy(rows->texts + place, text, length);
    rows->texts[place + length] = '\0';
    rows->texts_length = place + length + 1;
    return place + 1;
}

static void keep_member(pz__rows *rows, const pz_field *field, const char *from, char *to)
{
    const char *text;
    uintptr_t place;
    size_t length = PZ_NUL_TERMINATED;
    memcpy(&text, from + field->offset, sizeof text);
    if (field->length_offset) memcpy(&length, from + field->length_offset, sizeof length);
    if (!text)
        length = 0;
    else if (length == PZ_NUL_TERMINATED)
        length = strlen(text);
    place = text ? keep_text(rows, text, length) : 0;
    memcpy(to + field->offset, &place, sizeof place);
    if (field->length_offset) memcpy(to + field->length_offset, &length, sizeof length);
}

void pz__rows_add(pz__rows *rows, const void *record)
{
    const pz_record_type *type = rows->type;
    char *copy;
    if (rows->status != PZ_OK) return;
    rows->status = pz__reserve(&rows->records, &rows->capacity, rows->count + 1, type->record_size);
    if (rows->status != PZ_OK) return;
    copy = (char *)rows->records + rows->count * type->record_size;
    memcpy(copy, record, type->record_size);
    memcpy(copy, &type->record_size, sizeof type->record_size);
    for (uint32_t i = 0; i < type->field_count && rows->status == PZ_OK; i++)
        if (type->fields[i].type == PZ_FIELD_TEXT) keep_member(rows, &type->fields[i], record, copy);
    if (rows->status == PZ_OK) rows->count++;
}

static void point_to_texts(const pz_record_type *type, char *record, const char *texts)
{
    for (uint32_t i = 0; i < type->field_count; i++) {
        const char *text = NULL;
        uintptr_t place;
        if (type->fields[i].type != PZ_FIELD_TEXT) continue;
        memcpy(&place, record + type->fields[i].offset, sizeof place);
        if (place) text = texts + place - 1;
        memcpy(record + type->fields[i].offset, &text, sizeof text);
    }
}

/* Bytes of the three parts together; 0 if they pass what size_t holds. */
static size_t total_size(const pz__rows *rows, size_t *records_at, size_t *texts_at)
{
    enum { ALIGNMENT = 16 };
    size_t per_row = sizeof(void *) + rows->type->record_size;
    if (rows->count > (SIZE_MAX - ALIGNMENT) / per_row) return 0;
    *records_at = (rows->count * sizeof(void *) + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    *texts_at = *records_at + rows->count * rows->type->record_size;
    return rows->texts_length < SIZE_MAX - *texts_at ? *texts_at + rows->texts_length + 1 : 0;
}

pz_status pz__rows_take(pz__rows *rows, void ***out_rows, size_t *out_count)
{
    size_t records_at, texts_at, size = 0;
    char *block = NULL;
    *out_rows = NULL;
    *out_count = 0;
    if (rows->status == PZ_OK) size = total_size(rows, &records_at, &texts_at);
    if (size) block = pz__alloc(size);
    if (!block) {
        pz__rows_free(rows);
        return pz__fail_memory();
    }
    if (rows->count) memcpy(block + records_at, rows->records, rows->count * rows->type->record_size);
    if (rows->texts_length) memcpy(block + texts_at, rows->texts, rows->texts_length);
    for (size_t i = 0; i < rows->count; i++) {
        char *record = block + records_at + i * rows->type->record_size;
        point_to_texts(rows->type, record, block + texts_at);
        ((void **)(void *)block)[i] = record;
    }
    *out_rows = (void **)(void *)block;
    *out_count = rows->count;
    pz__rows_free(rows);
    return PZ_OK;
}

pz_status pz__rows_take_one(pz__rows *rows, void **out_row)
{
    size_t size = rows->type->record_size;
    char *block = NULL;
    *out_row = NULL;
    if (rows->status == PZ_OK && rows->count) block = pz__alloc(size + rows->texts_length + 1);
    if (!block) {
        pz__rows_free(rows);
        return pz__fail_memory();
    }
    memcpy(block, rows->records, size);
    if (rows->texts_length) memcpy(block + size, rows->texts, rows->texts_length);
    point_to_texts(rows->type, block, block + size);
    *out_row = block;
    pz__rows_free(rows);
    return PZ_OK;
}

void pz__rows_free(pz__rows *rows)
{
    const pz_record_type *type = rows->type;
    pz_status status = rows->status;
    pz__release(rows->records);
    pz__release(rows->texts);
    pz__rows_start(rows, type);
    rows->status = status;
}
