/* Single values: numbers, ids, times, days, texts. */
#include "native.h"

#include <ext/date/php_date.h>
#include <ext/json/php_json.h>
#include <zend_enum.h>

/* ---- in ---- */

/* The int of a value: an int, or a case of an enumeration with ints. */
static int whole(zval *value, zend_long *out)
{
    ZVAL_DEREF(value);
    if (Z_TYPE_P(value) == IS_OBJECT && Z_OBJCE_P(value)->ce_flags & ZEND_ACC_ENUM && Z_OBJCE_P(value)->enum_backing_type == IS_LONG)
        value = zend_enum_fetch_case_value(Z_OBJ_P(value));
    if (Z_TYPE_P(value) != IS_LONG) return -1;
    *out = Z_LVAL_P(value);
    return 0;
}

static int is_nothing(zval *value)
{
    ZVAL_DEREF(value);
    return Z_TYPE_P(value) == IS_NULL;
}

int pzb_int64_in(zval *value, const char *name, int64_t *out)
{
    zend_long found;
    if (whole(value, &found) < 0) {
        pzb_wrong_type(name, "an int", value);
        return -1;
    }
    *out = (int64_t)found;
    return 0;
}

int pzb_int32_in(zval *value, const char *name, int32_t *out)
{
    int64_t wide;
    if (is_nothing(value)) return *out = 0, 0;
    if (pzb_int64_in(value, name, &wide) < 0) return -1;
    if (wide < INT32_MIN || wide > INT32_MAX) {
        pzb_fail(PZ_E_INVALID, name, "%s is out of range: %d to %d", name, INT32_MIN, INT32_MAX);
        return -1;
    }
    *out = (int32_t)wide;
    return 0;
}

/* PHP has no unsigned int; a negative one stands for the same 64 bits. */
int pzb_uint64_in(zval *value, const char *name, uint64_t *out)
{
    int64_t found;
    if (pzb_int64_in(value, name, &found) < 0) return -1;
    *out = (uint64_t)found;
    return 0;
}

int pzb_id_in(zval *value, const char *name, pz_id *out)
{
    ZVAL_DEREF(value);
    if (Z_TYPE_P(value) == IS_NULL) return *out = 0, 0;
    if (Z_TYPE_P(value) != IS_LONG) {
        pzb_wrong_type(name, Z_TYPE_P(value) == IS_STRING ? "an id (an int): this kind of record has no outside ids" : "an id", value);
        return -1;
    }
    *out = (pz_id)Z_LVAL_P(value);
    return 0;
}

int pzb_real_in(zval *value, const char *name, double *out)
{
    ZVAL_DEREF(value);
    switch (Z_TYPE_P(value)) {
    case IS_NULL: *out = PZ_REAL_NONE; return 0;
    case IS_LONG: *out = (double)Z_LVAL_P(value); return 0;
    case IS_DOUBLE: *out = Z_DVAL_P(value); return 0;
    default: pzb_wrong_type(name, "a number", value); return -1;
    }
}

int pzb_bool_in(zval *value, const char *name, int32_t *out)
{
    ZVAL_DEREF(value);
    switch (Z_TYPE_P(value)) {
    case IS_NULL:
    case IS_FALSE: *out = 0; return 0;
    case IS_TRUE: *out = 1; return 0;
    case IS_LONG:
        if (Z_LVAL_P(value) >= -1 && Z_LVAL_P(value) <= 1) return *out = (int32_t)Z_LVAL_P(value), 0;
        pzb_fail(PZ_E_INVALID, name, "%s must be true or false", name);
        return -1;
    default: pzb_wrong_type(name, "a bool", value); return -1;
    }
}

/* What the library says of a text that is no time or day, as an exception. */
static int parsed(pz_status status)
{
    if (status == PZ_OK) return 0;
    pzb_raise(status);
    return -1;
}

static int is_moment(zval *value)
{
    return Z_TYPE_P(value) == IS_OBJECT && instanceof_function(Z_OBJCE_P(value), php_date_get_interface_ce()) && Z_PHPDATE_P(value)->time;
}

int pzb_time_in(zval *value, const char *name, pz_time *out)
{
    ZVAL_DEREF(value);
    if (Z_TYPE_P(value) == IS_NULL) return *out = PZ_TIME_NONE, 0;
    if (Z_TYPE_P(value) == IS_STRING) return parsed(pz_time_parse(Z_STRVAL_P(value), Z_STRLEN_P(value), out));
    if (Z_TYPE_P(value) == IS_LONG) return *out = (pz_time)Z_LVAL_P(value), 0;
    if (!is_moment(value)) {
        pzb_wrong_type(name, "a DateTimeInterface", value);
        return -1;
    }
    if (Z_PHPDATE_P(value)->time->sse < -62135596800 || Z_PHPDATE_P(value)->time->sse > 253402300799) {
        pzb_fail(PZ_E_INVALID, name, "%s is outside the years 1 to 9999", name);
        return -1;
    }
    *out = (pz_time)Z_PHPDATE_P(value)->time->sse * 1000000 + (pz_time)Z_PHPDATE_P(value)->time->us;
    return 0;
}

int pzb_date_in(zval *value, const char *name, pz_date *out)
{
    const timelib_time *day;
    char text[64];
    ZVAL_DEREF(value);
    if (Z_TYPE_P(value) == IS_NULL) return *out = PZ_DATE_NONE, 0;
    if (Z_TYPE_P(value) == IS_STRING) return parsed(pz_date_parse(Z_STRVAL_P(value), Z_STRLEN_P(value), out));
    if (!is_moment(value)) {
        pzb_wrong_type(name, "a DateTimeInterface or a day such as \"2026-11-24\"", value);
        return -1;
    }
    day = Z_PHPDATE_P(value)->time; /* the day in its own time zone */
    snprintf(text, sizeof text, "%04lld-%02lld-%02lld", (long long)day->y, (long long)day->m, (long long)day->d);
    return parsed(pz_date_parse(text, PZ_NUL_TERMINATED, out));
}

int pzb_text_in(zval *value, const char *name, const char **out_text, size_t *out_length)
{
    *out_text = NULL;
    if (out_length) *out_length = 0;
    ZVAL_DEREF(value);
    if (Z_TYPE_P(value) == IS_NULL) return 0;
    if (Z_TYPE_P(value) != IS_STRING) {
        pzb_wrong_type(name, "a string", value);
        return -1;
    }
    if (strlen(Z_STRVAL_P(value)) != Z_STRLEN_P(value)) { /* no text of the library may */
        pzb_fail(PZ_E_TEXT, name, "%s holds a NUL at byte %zu: take it out, such as with str_replace(\"\\0\", '', ...)", name,
                 strlen(Z_STRVAL_P(value)) + 1);
        return -1;
    }
    *out_text = Z_STRVAL_P(value);
    if (out_length) *out_length = Z_STRLEN_P(value);
    return 0;
}

int pzb_path_in(zval *value, const char *name, const char **out_path)
{
    ZVAL_DEREF(value);
    *out_path = NULL;
    if (Z_TYPE_P(value) != IS_STRING) {
        pzb_wrong_type(name, "a path (a string)", value);
        return -1;
    }
    return pzb_text_in(value, name, out_path, NULL);
}

int pzb_word_in(zval *value, const char *name, const char **out_text)
{
    if (pzb_text_in(value, name, out_text, NULL) < 0) return -1;
    if (*out_text) return 0;
    pzb_wrong_type(name, "a string", value);
    return -1;
}

/* ---- out ---- */

void pzb_id_out(zval *out, pz_id id)
{
    if (id)
        ZVAL_LONG(out, (zend_long)id);
    else
        ZVAL_NULL(out);
}

void pzb_int32_out(zval *out, int32_t value)
{
    ZVAL_LONG(out, (zend_long)value);
}

void pzb_int64_out(zval *out, int64_t value)
{
    ZVAL_LONG(out, (zend_long)value);
}

void pzb_uint64_out(zval *out, uint64_t value)
{
    ZVAL_LONG(out, (zend_long)value);
}

void pzb_real_out(zval *out, double value)
{
    if (isnan(value))
        ZVAL_NULL(out);
    else
        ZVAL_DOUBLE(out, value);
}

static void moment(zval *out, const char *text, size_t length)
{
    php_date_instantiate(php_date_get_immutable_ce(), out);
    if (!php_date_initialize(Z_PHPDATE_P(out), text, length, NULL, NULL, 0)) {
        zval_ptr_dtor(out);
        ZVAL_NULL(out);
    }
}

void pzb_time_out(zval *out, pz_time time)
{
    char text[40];
    ZVAL_NULL(out);
    if (time == PZ_TIME_NONE) return;
    if (pz_time_format(time, text, sizeof text) != PZ_OK) {
        pzb_raise(PZ_E_INVALID);
        return;
    }
    memcpy(text + 26, "+00:00", 7); /* as an offset, so that its name is "+00:00" and not the abbreviation "Z" */
    moment(out, text, 32);
}

void pzb_date_out(zval *out, pz_date date)
{
    char text[40];
    ZVAL_NULL(out);
    if (date == PZ_DATE_NONE) return;
    if (pz_date_format(date, text, sizeof text) != PZ_OK) {
        pzb_raise(PZ_E_INVALID);
        return;
    }
    memcpy(text + 10, "T00:00:00+00:00", 16);
    moment(out, text, 25);
}

void pzb_text_out(zval *out, const char *text, size_t length)
{
    if (!text)
        ZVAL_NULL(out);
    else
        ZVAL_STRINGL(out, text, length == PZ_NUL_TERMINATED ? strlen(text) : length);
}

void pzb_taken_text_out(zval *out, char *text)
{
    pzb_text_out(out, text, PZ_NUL_TERMINATED);
    pz_free(text);
}

void pzb_document_out(zval *out, char *json)
{
    ZVAL_NULL(out);
    if (json) php_json_decode_ex(out, json, strlen(json), PHP_JSON_OBJECT_AS_ARRAY | PHP_JSON_THROW_ON_ERROR, 512);
    pz_free(json);
}

void pzb_result_add(zval *results, zval *result)
{
    if (Z_TYPE_P(results) == IS_NULL) {
        ZVAL_COPY_VALUE(results, result);
    } else { /* a second result: no call has more than two */
        zval first;
        ZVAL_COPY_VALUE(&first, results);
        array_init_size(results, 2);
        add_next_index_zval(results, &first);
        add_next_index_zval(results, result);
    }
}
