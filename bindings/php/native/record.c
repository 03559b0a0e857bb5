/* Records: one converter for all of them, driven by their descriptions. */
#include "native.h"

#include <main/php_globals.h>

/* ------------------------------------------------------------------------------------------------- arena --- */

struct pzb_kept {
    struct pzb_kept *next;
    zval value; /* a value that is held, or undefined: then memory follows */
    max_align_t memory[];
};

static struct pzb_kept *kept_new(pzb_arena *arena, size_t count, size_t size)
{
    struct pzb_kept *kept = safe_emalloc(count, size, sizeof *kept);
    kept->next = arena->kept;
    ZVAL_UNDEF(&kept->value);
    return arena->kept = kept;
}

/* Whether PHP's allocator has so much. Where it has not it ends the script, so larger blocks are asked about first. */
static bool affordable(size_t count, size_t size)
{
    const size_t small = (size_t)1 << 20, rounding = (size_t)4 << 20;
    size_t bytes = count * size;
    void *volatile tried;
    if (count > SIZE_MAX / 4 / size) return false;
    if (bytes < small) return true;
    if (PG(memory_limit) > 0 && zend_memory_usage(true) + rounding + bytes > (size_t)PG(memory_limit)) return false;
    tried = malloc(bytes + rounding);
    free(tried);
    return tried != NULL;
}

static void *memory_new(pzb_arena *arena, size_t count, size_t size)
{
    if (affordable(count, size)) return kept_new(arena, count, size)->memory;
    pzb_fail(PZ_E_NOMEM, "", "there is no memory for %zu values; PHP's memory_limit is %ld bytes", count, (long)PG(memory_limit));
    return NULL;
}

void *pzb_allocate(pzb_arena *arena, size_t count, size_t size)
{
    void *memory = memory_new(arena, count, size);
    return memory ? memset(memory, 0, count * size) : NULL;
}

void *pzb_room(pzb_arena *arena, zval *length, size_t size, size_t *out_length)
{
    int64_t found;
    if (pzb_int64_in(length, "length", &found) < 0) return NULL;
    if (found < 0 || found > HT_MAX_SIZE) {
        pzb_fail(PZ_E_INVALID, "length", "length is out of range: 0 to %ld", (long)HT_MAX_SIZE);
        return NULL;
    }
    *out_length = (size_t)found;
    return memory_new(arena, *out_length + 1, size);
}

void pzb_keep(pzb_arena *arena, zval *value)
{
    ZVAL_DEREF(value);
    if (Z_REFCOUNTED_P(value)) ZVAL_COPY(&kept_new(arena, 0, 0)->value, value);
}

void pzb_arena_free(pzb_arena *arena)
{
    while (arena->kept) {
        struct pzb_kept *kept = arena->kept;
        arena->kept = kept->next;
        zval_ptr_dtor(&kept->value);
        efree(kept);
    }
}

const pz_record_type *pzb_record_type(const char *name)
{
    const pz_record_type *type = pz_record_type_find(name);
    if (!type) pzb_fail(PZ_E_INTERNAL, "", "the library does not describe %s", name);
    return type;
}

/* ---------------------------------------------------------------------------------------------------- in --- */

static int enum_in(zval *value, const pz_field *field, int32_t *out)
{
    if (Z_TYPE_P(value) == IS_STRING && field->names) {
        for (int32_t i = 0; field->names[i]; i++)
            if (*field->names[i] && zend_string_equals_cstr(Z_STR_P(value), field->names[i], strlen(field->names[i]))) return *out = i, 0;
        pzb_fail(PZ_E_INVALID, field->name, "%s has no value \"%.60s\"", field->name, Z_STRVAL_P(value));
        return -1;
    }
    return pzb_int32_in(value, field->name, out);
}

static int field_in(zval *value, const pz_field *field, char *record, pzb_arena *arena)
{
    char *at = record + field->offset;
    ZVAL_DEREF(value);
    switch (field->type) {
    case PZ_FIELD_ID: return pzb_id_in(value, field->name, (pz_id *)at);
    case PZ_FIELD_INT: return pzb_int32_in(value, field->name, (int32_t *)at);
    case PZ_FIELD_BIGINT:
        if (Z_TYPE_P(value) == IS_NULL) return *(int64_t *)at = 0, 0;
        return pzb_int64_in(value, field->name, (int64_t *)at);
    case PZ_FIELD_REAL: return pzb_real_in(value, field->name, (double *)at);
    case PZ_FIELD_BOOL: return pzb_bool_in(value, field->name, (int32_t *)at);
    case PZ_FIELD_TIME: return pzb_time_in(value, field->name, (pz_time *)at);
    case PZ_FIELD_DATE: return pzb_date_in(value, field->name, (pz_date *)at);
    case PZ_FIELD_ENUM: return enum_in(value, field, (int32_t *)at);
    case PZ_FIELD_TEXT: {
        size_t *length = field->length_offset ? (size_t *)(record + field->length_offset) : NULL;
        pzb_keep(arena, value);
        return pzb_text_in(value, field->name, (const char **)at, length);
    }
    default: pzb_fail(PZ_E_INTERNAL, field->name, "%s has a type that this binding does not know", field->name); return -1;
    }
}

static const pz_field *field_find(const pz_record_type *type, const zend_string *name)
{
    char members[1024];
    for (uint32_t i = 0; name && i < type->field_count; i++)
        if (zend_string_equals_cstr(name, type->fields[i].name, strlen(type->fields[i].name))) return &type->fields[i];
    pzb_said_members(type, members, sizeof members);
    pzb_fail(PZ_E_INVALID, "", "%s has no member \"%.60s\"; its members are %s", pzb_said_of(type->name), name ? ZSTR_VAL(name) : "0",
             members);
    return NULL;
}

int pzb_record_in(zval *members, const char *type_name, const char *name, pzb_arena *arena, void **out_record)
{
    const pz_record_type *type;
    zend_string *key;
    zval *value;
    *out_record = NULL;
    ZVAL_DEREF(members);
    if (Z_TYPE_P(members) == IS_NULL) return 0;
    if (Z_TYPE_P(members) != IS_ARRAY) {
        pzb_wrong_type(name, "a record or an array of its members", members);
        return -1;
    }
    type = pzb_record_type(type_name);
    if (!type) return -1;
    *out_record = pzb_allocate(arena, 1, type->record_size);
    memcpy(*out_record, type->initial, type->record_size);
    ZEND_HASH_FOREACH_STR_KEY_VAL(Z_ARRVAL_P(members), key, value)
    {
        const pz_field *field = field_find(type, key);
        if (!field || field_in(value, field, *out_record, arena) < 0) return -1;
    }
    ZEND_HASH_FOREACH_END();
    return 0;
}

int pzb_records_in(zval *list, const char *type, const char *name, pzb_arena *arena, void ***out_rows, size_t *out_count)
{
    zval *item;
    *out_rows = NULL;
    *out_count = 0;
    ZVAL_DEREF(list);
    if (Z_TYPE_P(list) == IS_NULL) return 0;
    if (Z_TYPE_P(list) != IS_ARRAY) {
        pzb_wrong_type(name, "a list of records", list);
        return -1;
    }
    *out_rows = pzb_allocate(arena, (size_t)zend_hash_num_elements(Z_ARRVAL_P(list)) + 1, sizeof **out_rows);
    if (!*out_rows) return -1;
    ZEND_HASH_FOREACH_VAL(Z_ARRVAL_P(list), item)
    {
        ZVAL_DEREF(item);
        if (Z_TYPE_P(item) == IS_NULL) pzb_wrong_type(name, "a list of records", item);
        if (Z_TYPE_P(item) == IS_NULL || pzb_record_in(item, type, name, arena, &(*out_rows)[*out_count]) < 0) return -1;
        (*out_count)++;
    }
    ZEND_HASH_FOREACH_END();
    return 0;
}

/* --------------------------------------------------------------------------------------------------- out --- */

static void field_out(zval *out, const pz_field *field, const char *record)
{
    const char *at = record + field->offset;
    switch (field->type) {
    case PZ_FIELD_ID: pzb_id_out(out, *(const pz_id *)at); return;
    case PZ_FIELD_ENUM:
        if (!*(const int32_t *)at)
            ZVAL_NULL(out);
        else
            ZVAL_LONG(out, *(const int32_t *)at);
        return;
    case PZ_FIELD_INT: ZVAL_LONG(out, *(const int32_t *)at); return;
    case PZ_FIELD_BIGINT: ZVAL_LONG(out, *(const int64_t *)at); return;
    case PZ_FIELD_REAL: pzb_real_out(out, *(const double *)at); return;
    case PZ_FIELD_BOOL:
        if (*(const int32_t *)at < 0)
            ZVAL_NULL(out);
        else
            ZVAL_BOOL(out, *(const int32_t *)at);
        return;
    case PZ_FIELD_TIME: pzb_time_out(out, *(const pz_time *)at); return;
    case PZ_FIELD_DATE: pzb_date_out(out, *(const pz_date *)at); return;
    case PZ_FIELD_TEXT:
        pzb_text_out(out, *(const char *const *)at,
                     field->length_offset ? *(const size_t *)(record + field->length_offset) : PZ_NUL_TERMINATED);
        return;
    default: ZVAL_NULL(out); pzb_fail(PZ_E_INTERNAL, field->name, "%s has a type that this binding does not know", field->name);
    }
}

static void record_of(zval *out, const pz_record_type *type, const void *record)
{
    array_init_size(out, type->field_count);
    for (uint32_t i = 0; i < type->field_count; i++) {
        zval value;
        field_out(&value, &type->fields[i], record);
        add_assoc_zval(out, type->fields[i].name, &value);
    }
}

void pzb_record_out(zval *out, const char *type_name, const void *record)
{
    const pz_record_type *type = record ? pzb_record_type(type_name) : NULL;
    if (type)
        record_of(out, type, record);
    else
        ZVAL_NULL(out);
}

void pzb_record_block_out(zval *out, const char *type, void *block)
{
    pzb_record_out(out, type, block);
    pz_free(block);
}

void pzb_rows_out(zval *out, const char *type_name, void **rows, size_t count)
{
    const pz_record_type *type = pzb_record_type(type_name);
    ZVAL_NULL(out);
    if (type) array_init_size(out, (uint32_t)count);
    for (size_t i = 0; type && i < count; i++) {
        zval row;
        record_of(&row, type, rows[i]);
        add_next_index_zval(out, &row);
    }
    pz_free(rows);
}
