/* Columns of numbers. PHP arrays hold no contiguous numbers, so they are copied; strings made by pack() are taken as they stand. */
#include "native.h"

/* 'n' is an 'i' in which null is -1, 'o' one in which it is 0; in an 'i' itself nothing can be missing. */
static size_t size_of(char code)
{
    return code == 'i' || code == 'n' || code == 'o' ? sizeof(int32_t) : 8;
}

static int item_in(zval *item, const char *name, char code, void *at)
{
    switch (code) {
    case 'd': return pzb_real_in(item, name, at);
    case 'n':
        ZVAL_DEREF(item);
        if (Z_TYPE_P(item) == IS_NULL) return *(int32_t *)at = -1, 0;
        return pzb_int32_in(item, name, at);
    case 'i':
        ZVAL_DEREF(item);
        if (Z_TYPE_P(item) == IS_NULL) return pzb_wrong_type(name, "whole numbers, none of which can be missing", item), -1;
        return pzb_int32_in(item, name, at);
    case 'o': return pzb_int32_in(item, name, at);
    case 't': return pzb_time_in(item, name, at);
    default: return pzb_id_in(item, name, at);
    }
}

int pzb_array_in(zval *value, const char *name, char code, pzb_arena *arena, const void **out_data, size_t *out_rows)
{
    zval *item;
    char *at;
    *out_data = NULL;
    *out_rows = 0;
    ZVAL_DEREF(value);
    if (Z_TYPE_P(value) == IS_NULL) return 0;
    if (Z_TYPE_P(value) == IS_STRING) {
        if (Z_STRLEN_P(value) % size_of(code)) {
            pzb_fail(PZ_E_INVALID, name, "%s is not packed numbers of %zu bytes", name, size_of(code));
            return -1;
        }
        pzb_keep(arena, value);
        *out_data = Z_STRVAL_P(value);
        *out_rows = Z_STRLEN_P(value) / size_of(code);
        return 0;
    }
    if (Z_TYPE_P(value) != IS_ARRAY) {
        pzb_wrong_type(name, "an array of numbers, or a string of packed ones", value);
        return -1;
    }
    *out_data = at = pzb_allocate(arena, (size_t)zend_hash_num_elements(Z_ARRVAL_P(value)) + 1, size_of(code));
    if (!at) return -1;
    ZEND_HASH_FOREACH_VAL(Z_ARRVAL_P(value), item)
    {
        if (item_in(item, name, code, at) < 0) return -1;
        at += size_of(code);
        (*out_rows)++;
    }
    ZEND_HASH_FOREACH_END();
    return 0;
}

int pzb_matrix_in(zval *value, const char *name, char code, pzb_arena *arena, const void **out_data, size_t *out_rows, size_t *out_cols)
{
    char *data = NULL;
    size_t size = size_of(code);
    size_t place = 0;
    zval *row;
    *out_data = NULL;
    *out_rows = *out_cols = 0;
    ZVAL_DEREF(value);
    if (Z_TYPE_P(value) != IS_ARRAY) {
        pzb_wrong_type(name, "a list of rows of numbers", value);
        return -1;
    }
    *out_rows = zend_hash_num_elements(Z_ARRVAL_P(value));
    ZEND_HASH_FOREACH_VAL(Z_ARRVAL_P(value), row)
    {
        const void *numbers;
        size_t count;
        if (pzb_array_in(row, name, code == 'i' ? 'n' : code, arena, &numbers, &count) < 0) return -1;
        if (!data) {
            *out_cols = count;
            if (count && *out_rows > SIZE_MAX / 16 / count) {
                pzb_fail(PZ_E_TOO_LONG, name, "%s has too many numbers", name);
                return -1;
            }
            *out_data = data = pzb_allocate(arena, *out_rows * count + 1, size);
            if (!data) return -1;
        }
        if (count != *out_cols || !numbers) {
            pzb_fail(PZ_E_INVALID, name, "row %zu of %s has %zu numbers, row 0 has %zu", place, name, count, *out_cols);
            return -1;
        }
        memcpy(data + place++ * count * size, numbers, count * size);
    }
    ZEND_HASH_FOREACH_END();
    return 0;
}

static int same_rows(const char *name, size_t got, size_t *rows, int *known)
{
    if (*known && got != *rows) {
        pzb_fail(PZ_E_INVALID, name, "%s has %zu rows, the columns before it have %zu", name, got, *rows);
        return -1;
    }
    *rows = got;
    *known = 1;
    return 0;
}

int pzb_arrays_in(zval *list, const char *const *names, const char *codes, size_t count, pzb_arena *arena, const void **out_data,
                  size_t *out_rows)
{
    int known = 0;
    *out_rows = 0;
    for (size_t i = 0; i < count; i++) {
        zval *value = Z_TYPE_P(list) == IS_ARRAY ? zend_hash_index_find(Z_ARRVAL_P(list), i) : NULL;
        size_t rows;
        if (!value) {
            pzb_wrong_type(names[i], "a list of arrays", list);
            return -1;
        }
        if (pzb_array_in(value, names[i], codes[i], arena, &out_data[i], &rows) < 0) return -1;
        if (out_data[i] && same_rows(names[i], rows, out_rows, &known) < 0) return -1;
    }
    return 0;
}

static const pzb_column *column_find(const pzb_column *table, const zend_string *name)
{
    for (; name && table->name; table++)
        if (zend_string_equals_cstr(name, table->name, strlen(table->name))) return table;
    pzb_fail(PZ_E_INVALID, "", "there is no column \"%.60s\"", name ? ZSTR_VAL(name) : "0");
    return NULL;
}

int pzb_columns_in(zval *columns, const pzb_column *table, void *record, pzb_arena *arena)
{
    size_t *rows = (size_t *)((char *)record + sizeof(size_t)); /* after struct_size, at the alignment of a size_t */
    zend_string *key;
    zval *value;
    int known = 0;
    ZVAL_DEREF(columns);
    if (Z_TYPE_P(columns) != IS_ARRAY) {
        pzb_wrong_type("evidence", "an array of columns", columns);
        return -1;
    }
    ZEND_HASH_FOREACH_STR_KEY_VAL(Z_ARRVAL_P(columns), key, value)
    {
        const pzb_column *column = column_find(table, key);
        const void *data;
        size_t count;
        if (!column || pzb_array_in(value, column->name, column->code == 'i' ? 'o' : column->code, arena, &data, &count) < 0) return -1;
        if (data && same_rows(column->name, count, rows, &known) < 0) return -1;
        memcpy((char *)record + column->offset, &data, sizeof data);
    }
    ZEND_HASH_FOREACH_END();
    return 0;
}

void pzb_numbers_out(zval *out, char code, const void *data, size_t rows)
{
    array_init_size(out, (uint32_t)rows);
    for (size_t i = 0; i < rows; i++) {
        if (code == 'd')
            add_next_index_double(out, ((const double *)data)[i]);
        else if (code == 'i')
            add_next_index_long(out, ((const int32_t *)data)[i]);
        else
            add_next_index_long(out, ((const int64_t *)data)[i]);
    }
}

void pzb_columns_out(zval *out, const pzb_column *table, void *block)
{
    size_t rows;
    ZVAL_NULL(out);
    if (!block) return;
    rows = *(const size_t *)((const char *)block + sizeof(size_t));
    array_init(out);
    for (; table->name; table++) {
        const void *data;
        zval column;
        memcpy(&data, (const char *)block + table->offset, sizeof data);
        ZVAL_NULL(&column);
        if (data) pzb_numbers_out(&column, table->code, data, rows);
        add_assoc_zval(out, table->name, &column);
    }
    pz_free(block);
}
