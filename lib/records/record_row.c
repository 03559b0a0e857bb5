/* Records to and from rows of the database, member by member as their description says. */
#include <string.h>

#include "base/fail.h"
#include "base/memory.h"
#include "records/versioned.h"

/* ------------------------------------------------------------------------------------------------- reading --- */

static void put(void *record, uint32_t offset, const void *value, size_t size)
{
    memcpy((char *)record + offset, value, size);
}

static void read_text(const pz_field *field, pz__statement *row, int column, void *record)
{
    size_t length;
    const char *text = pz__column_text(row, column, &length);
    put(record, field->offset, &text, sizeof text);
    if (field->length_offset) put(record, field->length_offset, &length, sizeof length);
}

static void read_member(const pz_field *field, pz__statement *row, int column, void *record)
{
    int64_t wide;
    int32_t narrow;
    double real;
    switch ((pz_field_type)field->type) {
    case PZ_FIELD_ID:
    case PZ_FIELD_BIGINT:
        wide = pz__column_int(row, column);
        put(record, field->offset, &wide, sizeof wide);
        return;
    case PZ_FIELD_TIME:
        wide = pz__column_time(row, column);
        put(record, field->offset, &wide, sizeof wide);
        return;
    case PZ_FIELD_REAL:
        real = pz__column_real(row, column);
        put(record, field->offset, &real, sizeof real);
        return;
    case PZ_FIELD_TEXT: read_text(field, row, column, record); return;
    case PZ_FIELD_DATE:
        narrow = pz__column_date(row, column);
        put(record, field->offset, &narrow, sizeof narrow);
        return;
    case PZ_FIELD_INT:
    case PZ_FIELD_BOOL:
    case PZ_FIELD_ENUM:
        narrow = (int32_t)pz__column_int(row, column);
        put(record, field->offset, &narrow, sizeof narrow);
        return;
    }
}

void pz__record_read(const pz_record_type *type, pz__statement *row, int first_column, void *out_record)
{
    memcpy(out_record, type->initial, type->record_size);
    for (uint32_t i = 0; i < type->field_count; i++) read_member(&type->fields[i], row, first_column + (int)i, out_record);
}

pz_status pz__rows_read(pz__rows *rows, pz__statement *statement)
{
    void *record = pz__alloc(rows->type->record_size);
    pz_status status;
    int row;
    if (!record) {
        pz__db_reset(statement);
        return pz__fail_memory();
    }
    while ((status = pz__db_step(statement, &row)) == PZ_OK && row) {
        pz__record_read(rows->type, statement, 0, record);
        pz__rows_add(rows, record);
    }
    pz__db_reset(statement);
    pz__release(record);
    return status;
}

/* ------------------------------------------------------------------------------------------------- binding --- */

static void bind_text(const pz_field *field, const char *record, pz__statement *statement, int position)
{
    const char *text;
    size_t length = PZ_NUL_TERMINATED;
    memcpy(&text, record + field->offset, sizeof text);
    if (field->length_offset) memcpy(&length, record + field->length_offset, sizeof length);
    pz__bind_text(statement, position, text, length);
}

static void bind_member(const pz_field *field, const char *record, pz__statement *statement, int position)
{
    const char *member = record + field->offset;
    int64_t wide;
    int32_t narrow;
    double real;
    switch ((pz_field_type)field->type) {
    case PZ_FIELD_ID:
        memcpy(&wide, member, sizeof wide);
        pz__bind_id(statement, position, wide);
        return;
    case PZ_FIELD_BIGINT:
        memcpy(&wide, member, sizeof wide);
        pz__bind_int(statement, position, wide);
        return;
    case PZ_FIELD_TIME:
        memcpy(&wide, member, sizeof wide);
        pz__bind_time(statement, position, wide);
        return;
    case PZ_FIELD_REAL:
        memcpy(&real, member, sizeof real);
        pz__bind_real(statement, position, real);
        return;
    case PZ_FIELD_TEXT: bind_text(field, record, statement, position); return;
    case PZ_FIELD_DATE:
        memcpy(&narrow, member, sizeof narrow);
        pz__bind_date(statement, position, narrow);
        return;
    case PZ_FIELD_INT:
    case PZ_FIELD_BOOL:
    case PZ_FIELD_ENUM:
        memcpy(&narrow, member, sizeof narrow);
        pz__bind_int(statement, position, narrow);
        return;
    }
}

void pz__record_bind(const pz_record_type *type, const void *record, uint32_t from, uint32_t until, pz__statement *statement, int position)
{
    for (uint32_t i = from; i < until; i++) bind_member(&type->fields[i], record, statement, position++);
}
