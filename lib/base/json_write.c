#include "base/json_write.h"

#include <string.h>

#include "base/bytes.h"
#include "base/clock.h"
#include "base/fail.h"

void pz__json_start(pz__json_writer *json, pz__buffer *out)
{
    memset(json, 0, sizeof *json);
    json->out = out;
}

/* ----------------------------------------------------------------------------------------------- nesting --- */

/* What stands before each value: a comma unless it is the first of its level or follows its key. */
static void before_value(pz__json_writer *json)
{
    uint64_t level;
    if (json->after_key || json->depth == 0) {
        json->after_key = 0;
        return;
    }
    level = UINT64_C(1) << (json->depth - 1);
    if (json->has_items & level) pz__buffer_char(json->out, ',');
    json->has_items |= level;
}

static void open_level(pz__json_writer *json, char mark)
{
    before_value(json);
    if (json->depth == PZ__JSON_WRITE_DEPTH) {
        json->out->status =
            pz__fail(PZ_E_INTERNAL, NULL, "Please report it.", "JSON is written deeper than %d levels.", PZ__JSON_WRITE_DEPTH);
        return;
    }
    pz__buffer_char(json->out, mark);
    json->has_items &= ~(UINT64_C(1) << json->depth);
    json->depth++;
}

static void close_level(pz__json_writer *json, char mark)
{
    pz__buffer_char(json->out, mark);
    if (json->depth > 0) json->depth--;
}

void pz__json_open_object(pz__json_writer *json)
{
    open_level(json, '{');
}
void pz__json_close_object(pz__json_writer *json)
{
    close_level(json, '}');
}
void pz__json_open_array(pz__json_writer *json)
{
    open_level(json, '[');
}
void pz__json_close_array(pz__json_writer *json)
{
    close_level(json, ']');
}

/* -------------------------------------------------------------------------------------------------- text --- */

/* Letter of the two-character escape, or 0. */
static char short_escape(unsigned char c)
{
    switch (c) {
    case '"': return '"';
    case '\\': return '\\';
    case '\b': return 'b';
    case '\f': return 'f';
    case '\n': return 'n';
    case '\r': return 'r';
    case '\t': return 't';
    default: return 0;
    }
}

static int needs_escape(unsigned char c)
{
    return c < 0x20 || c == '"' || c == '\\' || c == '<' || c == '>' || c == '&';
}

/* U+2028 and U+2029, which end a line within scripts of older browsers. */
static int is_line_separator(const char *text, size_t left)
{
    return left >= 3 && !memcmp(text, "\xE2\x80", 2) && (text[2] == '\xA8' || text[2] == '\xA9');
}

/* Whether one of the eight bytes may need an escape; 0xE2 leads the line separators and more. */
static int may_need_escape(uint64_t word)
{
    return (pz__bytes_any_below(word, 0x20) | pz__bytes_any_equal(word, '"') | pz__bytes_any_equal(word, '\\') |
            pz__bytes_any_equal(word, '<') | pz__bytes_any_equal(word, '>') | pz__bytes_any_equal(word, '&') |
            pz__bytes_any_equal(word, 0xE2)) != 0;
}

/* Bytes from the start that may stand as they are. */
static size_t plain_run(const char *text, size_t length)
{
    size_t at = 0;
    while (at < length) {
        if (length - at >= 8 && !may_need_escape(pz__bytes_load(text + at))) {
            at += 8;
        } else {
            if (needs_escape((unsigned char)text[at]) || is_line_separator(text + at, length - at)) break;
            at++;
        }
    }
    return at;
}

static void write_string(pz__buffer *out, const char *text, size_t length)
{
    size_t at = 0;
    pz__buffer_char(out, '"');
    while (at < length) {
        size_t run = plain_run(text + at, length - at);
        pz__buffer_add(out, text + at, run);
        at += run;
        if (at == length) break;
        if (is_line_separator(text + at, length - at)) {
            pz__buffer_text(out, text[at + 2] == '\xA8' ? "\\u2028" : "\\u2029");
            at += 3;
        } else {
            unsigned char c = (unsigned char)text[at++];
            if (short_escape(c)) {
                pz__buffer_char(out, '\\');
                pz__buffer_char(out, short_escape(c));
            } else {
                pz__buffer_format(out, "\\u%04x", (unsigned)c);
            }
        }
    }
    pz__buffer_char(out, '"');
}

/* ------------------------------------------------------------------------------------------------ values --- */

void pz__json_key(pz__json_writer *json, const char *key)
{
    before_value(json);
    write_string(json->out, key, strlen(key));
    pz__buffer_char(json->out, ':');
    json->after_key = 1;
}

void pz__json_raw(pz__json_writer *json, const char *text)
{
    before_value(json);
    pz__buffer_text(json->out, text);
}

void pz__json_null(pz__json_writer *json)
{
    pz__json_raw(json, "null");
}

void pz__json_bool(pz__json_writer *json, int value)
{
    pz__json_raw(json, value ? "true" : "false");
}

void pz__json_text_n(pz__json_writer *json, const char *text, size_t length)
{
    if (!text) {
        pz__json_null(json);
        return;
    }
    before_value(json);
    write_string(json->out, text, length);
}

void pz__json_text(pz__json_writer *json, const char *text)
{
    pz__json_text_n(json, text, text ? strlen(text) : 0);
}

void pz__json_int(pz__json_writer *json, int64_t value)
{
    before_value(json);
    pz__buffer_int(json->out, value);
}

void pz__json_real(pz__json_writer *json, double value)
{
    before_value(json);
    pz__buffer_real(json->out, value);
}

static void write_bigint(pz__json_writer *json, int64_t value)
{
    before_value(json);
    pz__buffer_char(json->out, '"');
    pz__buffer_int(json->out, value);
    pz__buffer_char(json->out, '"');
}

void pz__json_id(pz__json_writer *json, pz_id id)
{
    if (id)
        write_bigint(json, id);
    else
        pz__json_null(json);
}

void pz__json_time(pz__json_writer *json, pz_time time)
{
    char text[28];
    pz__json_text(json, pz__time_text(time, text) ? text : NULL);
}

void pz__json_date(pz__json_writer *json, pz_date date)
{
    char text[11];
    pz__json_text(json, pz__date_text(date, text) ? text : NULL);
}

/* ------------------------------------------------------------------------------------------------ records --- */

/* The name of an enumeration's value; NULL where it has none. */
static const char *enum_name(const char *const *names, int32_t value)
{
    if (value < 0) return NULL;
    for (int32_t i = 0; names[i]; i++)
        if (i == value) return names[i][0] ? names[i] : NULL;
    return NULL;
}

static void write_text_member(pz__json_writer *json, const pz_field *field, const char *record)
{
    const char *text;
    size_t length = PZ_NUL_TERMINATED;
    memcpy(&text, record + field->offset, sizeof text);
    if (field->length_offset) memcpy(&length, record + field->length_offset, sizeof length);
    if (length == PZ_NUL_TERMINATED)
        pz__json_text(json, text);
    else
        pz__json_text_n(json, text, length);
}

static void write_small_member(pz__json_writer *json, const pz_field *field, const char *record)
{
    int32_t value;
    memcpy(&value, record + field->offset, sizeof value);
    if (field->type == PZ_FIELD_BOOL)
        pz__json_bool(json, value);
    else if (field->type == PZ_FIELD_DATE)
        pz__json_date(json, value);
    else if (field->type == PZ_FIELD_ENUM)
        pz__json_text(json, enum_name(field->names, value));
    else
        pz__json_int(json, value);
}

void pz__json_record_member(pz__json_writer *json, const pz_field *field, const void *record)
{
    int64_t whole;
    double real;
    switch ((pz_field_type)field->type) {
    case PZ_FIELD_ID:
    case PZ_FIELD_BIGINT:
    case PZ_FIELD_TIME:
        memcpy(&whole, (const char *)record + field->offset, sizeof whole);
        if (field->type == PZ_FIELD_ID)
            pz__json_id(json, whole);
        else if (field->type == PZ_FIELD_TIME)
            pz__json_time(json, whole);
        else
            write_bigint(json, whole);
        return;
    case PZ_FIELD_REAL:
        memcpy(&real, (const char *)record + field->offset, sizeof real);
        pz__json_real(json, real);
        return;
    case PZ_FIELD_TEXT: write_text_member(json, field, record); return;
    case PZ_FIELD_INT:
    case PZ_FIELD_BOOL:
    case PZ_FIELD_DATE:
    case PZ_FIELD_ENUM: write_small_member(json, field, record); return;
    }
}

void pz__json_record_members(pz__json_writer *json, const pz_record_type *type, const void *record)
{
    for (uint32_t i = 0; i < type->field_count; i++) {
        pz__json_key(json, type->fields[i].name);
        pz__json_record_member(json, &type->fields[i], record);
    }
}

void pz__json_record(pz__json_writer *json, const pz_record_type *type, const void *record)
{
    pz__json_open_object(json);
    pz__json_record_members(json, type, record);
    pz__json_close_object(json);
}

/* --------------------------------------------------------------------------------------------- shorthands --- */

void pz__json_put_text(pz__json_writer *json, const char *key, const char *text)
{
    pz__json_key(json, key);
    pz__json_text(json, text);
}

void pz__json_put_int(pz__json_writer *json, const char *key, int64_t value)
{
    pz__json_key(json, key);
    pz__json_int(json, value);
}

void pz__json_put_real(pz__json_writer *json, const char *key, double value)
{
    pz__json_key(json, key);
    pz__json_real(json, value);
}

void pz__json_put_bool(pz__json_writer *json, const char *key, int value)
{
    pz__json_key(json, key);
    pz__json_bool(json, value);
}

void pz__json_put_id(pz__json_writer *json, const char *key, pz_id id)
{
    pz__json_key(json, key);
    pz__json_id(json, id);
}

void pz__json_put_time(pz__json_writer *json, const char *key, pz_time time)
{
    pz__json_key(json, key);
    pz__json_time(json, time);
}

void pz__json_put_date(pz__json_writer *json, const char *key, pz_date date)
{
    pz__json_key(json, key);
    pz__json_date(json, date);
}
