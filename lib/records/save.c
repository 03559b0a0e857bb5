#include "records/save.h"

#include <string.h>

#include "base/clock.h"
#include "base/fail.h"
#include "base/text.h"
#include "records/request.h"
#include "store/external.h"

/* ------------------------------------------------------------------------------------------------ checking --- */

pz_status pz__record_check_texts(const pz_record_type *type, void *record, uint32_t needed, uint32_t long_texts)
{
    for (uint32_t i = 0; i < type->field_count; i++) {
        const pz_field *field = &type->fields[i];
        size_t limit = (size_t)pz_limit(long_texts >> i & 1 ? PZ_LIMIT_TEXT : PZ_LIMIT_TITLE);
        size_t length = PZ_NUL_TERMINATED;
        const char *text;
        if (field->type != PZ_FIELD_TEXT) continue;
        memcpy(&text, (char *)record + field->offset, sizeof text);
        if (field->length_offset) memcpy(&length, (char *)record + field->length_offset, sizeof length);
        PZ__TRY(needed >> i & 1 ? pz__text_need(text, length, limit, field->name, &length)
                                : pz__text_check(text, length, limit, field->name, &length));
        if (field->length_offset) memcpy((char *)record + field->length_offset, &length, sizeof length);
    }
    return PZ_OK;
}

pz_status pz__record_check_numbers(const pz_record_type *type, const void *record)
{
    for (uint32_t i = 0; i < type->field_count; i++) {
        const pz_field *field = &type->fields[i];
        char text[16];
        int64_t wide = 0;
        int32_t narrow = 0;
        if (field->type == PZ_FIELD_ID) {
            memcpy(&wide, (const char *)record + field->offset, sizeof wide);
            if (wide < 0) return pz__fail(PZ_E_INVALID, field->name, NULL, "%s is %lld; ids are above 0.", field->name, (long long)wide);
        }
        if (field->type == PZ_FIELD_BOOL || field->type == PZ_FIELD_DATE)
            memcpy(&narrow, (const char *)record + field->offset, sizeof narrow);
        if (field->type == PZ_FIELD_BOOL && (narrow < 0 || narrow > 1))
            return pz__fail(PZ_E_INVALID, field->name, NULL, "%s is %d; it must be 0 or 1.", field->name, (int)narrow);
        if (field->type == PZ_FIELD_DATE && narrow != PZ_DATE_NONE && !pz__date_text(narrow, text))
            return pz__fail(PZ_E_INVALID, field->name, NULL, "%s is outside the years 0001 to 9999.", field->name);
    }
    return PZ_OK;
}

static pz_status fail_far(const char *field)
{
    return pz__fail(PZ_E_INVALID, field, NULL, "%s lies outside the years 0001 to 9999.", field);
}

pz_status pz__check_day(pz_date day, const char *field)
{
    char text[11];
    return day == PZ_DATE_NONE || pz__date_text(day, text) ? PZ_OK : fail_far(field);
}

pz_status pz__check_time(pz_time time, const char *field)
{
    char text[28];
    return time == PZ_TIME_NONE || pz__time_text(time, text) ? PZ_OK : fail_far(field);
}

pz_status pz__check_days(pz_date first, pz_date last, const char *first_field, const char *last_field)
{
    PZ__TRY(pz__check_day(first, first_field));
    PZ__TRY(pz__check_day(last, last_field));
    if (first == PZ_DATE_NONE || last == PZ_DATE_NONE || first <= last) return PZ_OK;
    return pz__fail(PZ_E_INVALID, last_field, NULL, "%s is before %s.", last_field, first_field);
}

pz_status pz__need_current(pz__call *call, const pz__table *table, pz_id id, const char *field)
{
    struct {
        uint32_t struct_size;
        pz_id id;
    } named = {sizeof named, id};
    int found = 0;
    if (id > 0) PZ__TRY(pz__versioned_find(call, table, &named, &found, NULL));
    return found ? PZ_OK : pz__fail(PZ_E_NOT_FOUND, field, NULL, "There is no record %lld for %s.", (long long)id, field);
}

pz_status pz__need_current_if(pz__call *call, const pz__table *table, pz_id id, const char *field)
{
    return id ? pz__need_current(call, table, id, field) : PZ_OK;
}

/* -------------------------------------------------------------------------------------------------- saving --- */

/* Every record that is saved begins with struct_size and its id. */
static pz_id *id_of(const pz__saver *saver, void *record)
{
    return (pz_id *)(void *)((char *)record + saver->table->type->fields[0].offset);
}

static pz_status put_outside_id(pz__call *call, const pz__saver *saver, const char *source, const char *outside_id, pz_id id)
{
    int32_t number;
    if (!outside_id) return PZ_OK;
    PZ__TRY(pz__source_number(call->store, source, PZ_NUL_TERMINATED, 1, &number));
    return pz__external_put(call->store, saver->table->kind, number, outside_id, PZ_NUL_TERMINATED, id);
}

static pz_status write(pz__call *call, const pz__saver *saver, void *record, const char *source, const char *outside_id)
{
    pz_id *id = id_of(saver, record);
    pz__outcome outcome;
    if (*id) PZ__TRY(pz__need_current(call, saver->table, *id, saver->table->type->fields[0].name));
    if (saver->check_right) PZ__TRY(saver->check_right(call, record));
    if (saver->check_ties) PZ__TRY(saver->check_ties(call, record));
    if (!*id) PZ__TRY(pz__store_take_ids(call->store, 1, id));
    PZ__TRY(put_outside_id(call, saver, source, outside_id, *id));
    return pz__versioned_write(call, saver->table, record, &outcome);
}

static pz_status check(const pz__saver *saver, void *record, const char *source, const char *outside_id)
{
    size_t length;
    PZ__TRY(pz__record_check_texts(saver->table->type, record, saver->needed, saver->long_texts));
    PZ__TRY(pz__record_check_numbers(saver->table->type, record));
    if (saver->check) PZ__TRY(saver->check(record));
    PZ__TRY(pz__text_check(source, PZ_NUL_TERMINATED, (size_t)pz_limit(PZ_LIMIT_TITLE), "source", &length));
    if (!outside_id) return PZ_OK;
    return pz__text_need(outside_id, PZ_NUL_TERMINATED, (size_t)pz_limit(PZ_LIMIT_ID_TEXT), "outside_id", &length);
}

static pz_status begin(pz__call *call, pz_actor *actor, const pz__saver *saver, const void *record, const char *source,
                       const char *outside_id, const char *key)
{
    pz__buffer request = PZ__BUFFER_INIT;
    pz_status status;
    if (key) {
        pz__request_record(&request, saver->table->type, record);
        pz__request_text(&request, source, PZ_NUL_TERMINATED);
        pz__request_text(&request, outside_id, PZ_NUL_TERMINATED);
    }
    status = request.status == PZ_OK ? pz__call_write(call, actor, saver->action, key, request.data, request.length) : pz__fail_memory();
    pz__buffer_free(&request);
    return status;
}

pz_status pz__save(pz_actor *actor, const pz__saver *saver, const void *record, const char *source, const char *outside_id, const char *key,
                   pz_id *out_id)
{
    union {
        char bytes[PZ__SAVED_SIZE];
        pz_id aligned;
    } taken;
    pz__call call;
    pz_status status;
    if (!out_id) return pz__fail_null("out_id");
    /* The record comes first: callers name its own id as the place for the result. */
    status = pz__record_take(saver->table->type, record, saver->minimum_size, taken.bytes);
    *out_id = 0;
    if (!actor) return pz__fail_closed("actor");
    if (status != PZ_OK) return status;
    PZ__TRY(check(saver, taken.bytes, source, outside_id));
    PZ__TRY(begin(&call, actor, saver, taken.bytes, source, outside_id, key));
    status = pz__may(&call, saver->table->kind, PZ__WRITE);
    if (status == PZ_OK && !call.repeated) status = write(&call, saver, taken.bytes, source, outside_id);
    return pz__call_end_value(&call, status, *id_of(saver, taken.bytes), out_id);
}
