/* The C side of the PHP binding: what the typemaps of php.i call. */
#ifndef PZB_PHP_NATIVE_H
#define PZB_PHP_NATIVE_H

#include <php.h>
#include <zend_exceptions.h>

#include "personalize.h"
#include "said.h"

/* Where the functions and classes of the extension live; what users see is the face above them, Personalize\Store and so on. */
#define PZB_NAMESPACE "Personalize\\Native"

/* ------------------------------------------------------------------------------------------------- errors --- */

/* Makes a class for each status, once as the extension is loaded. */
void pzb_errors_register(void);
/* Throws what the library said, unless a callback has thrown already. */
void pzb_raise(pz_status status);
/* Throws an error that the binding itself found. */
void pzb_fail(pz_status status, const char *field, const char *format, ...) ZEND_ATTRIBUTE_FORMAT(printf, 3, 4);
void pzb_wrong_type(const char *field, const char *expected, const zval *given);
/* Gives the exception in flight the document that came with the failure; takes `json` over. */
void pzb_attach_document(char *json);

/* ----------------------------------------------------------------------------------------- single values --- */

/* Each converts `value` of the argument or member `name`; 0, or -1 with an exception. null is the "nothing" of the type. */
int pzb_int64_in(zval *value, const char *name, int64_t *out);
int pzb_int32_in(zval *value, const char *name, int32_t *out);
int pzb_uint64_in(zval *value, const char *name, uint64_t *out);
int pzb_id_in(zval *value, const char *name, pz_id *out);
int pzb_real_in(zval *value, const char *name, double *out);
int pzb_bool_in(zval *value, const char *name, int32_t *out);
int pzb_time_in(zval *value, const char *name, pz_time *out);
int pzb_date_in(zval *value, const char *name, pz_date *out);
/* A text that lives as long as `value`. A NUL inside is an error. `out_length` may be NULL. */
int pzb_text_in(zval *value, const char *name, const char **out_text, size_t *out_length);
int pzb_path_in(zval *value, const char *name, const char **out_path); /* not null */
int pzb_word_in(zval *value, const char *name, const char **out_text); /* not null */

/* Each writes one value. */
void pzb_id_out(zval *out, pz_id id);
void pzb_int32_out(zval *out, int32_t value);
void pzb_int64_out(zval *out, int64_t value);
void pzb_uint64_out(zval *out, uint64_t value);
void pzb_real_out(zval *out, double value);
void pzb_time_out(zval *out, pz_time time);
void pzb_date_out(zval *out, pz_date date);
void pzb_text_out(zval *out, const char *text, size_t length);
void pzb_taken_text_out(zval *out, char *text); /* takes the text over */
void pzb_document_out(zval *out, char *json);   /* takes the document over */
/* Adds a result to those before it: one is itself, several are a list. Takes `result` over. */
void pzb_result_add(zval *results, zval *result);

/* ------------------------------------------------------------------------------------------------ records --- */

/* What the arguments of one call need to live. Begin with {NULL}. */
typedef struct pzb_arena {
    struct pzb_kept *kept;
} pzb_arena;

/* Zeroed memory; or NULL with an exception where a megabyte or more is not to be had: PHP itself would end the script. */
void *pzb_allocate(pzb_arena *arena, size_t count, size_t size);
/* Room for as many values as the argument `length` says, not zeroed, since the library looks at the length before it is touched. */
void *pzb_room(pzb_arena *arena, zval *length, size_t size, size_t *out_length);
void pzb_keep(pzb_arena *arena, zval *value);                    /* holds a reference */
void pzb_arena_free(pzb_arena *arena);

const pz_record_type *pzb_record_type(const char *name); /* with an exception where there is none */
/* An array of members, or null, as a record. */
int pzb_record_in(zval *members, const char *type, const char *name, pzb_arena *arena, void **out_record);
int pzb_records_in(zval *list, const char *type, const char *name, pzb_arena *arena, void ***out_rows, size_t *out_count);
/* A record as an array of its members. */
void pzb_record_out(zval *out, const char *type, const void *record);
void pzb_record_block_out(zval *out, const char *type, void *block);       /* takes the block over */
void pzb_rows_out(zval *out, const char *type, void **rows, size_t count); /* takes the block over */

/* ------------------------------------------------------------------------------------------------ columns --- */

/* One column of a struct of columns: 'q' int64_t, 'i' int32_t, 'd' double, 't' pz_time. */
typedef struct pzb_column {
    const char *name;
    char code;
    size_t offset;
} pzb_column;

/* An array of numbers, copied; or a string made by pack(), as it stands. null gives NULL. */
int pzb_array_in(zval *value, const char *name, char code, pzb_arena *arena, const void **out_data, size_t *out_rows);
/* Rows of equally many numbers, row by row, copied. In one of 'i' null is -1: no answer. */
int pzb_matrix_in(zval *value, const char *name, char code, pzb_arena *arena, const void **out_data, size_t *out_rows, size_t *out_cols);
/* A list of arrays of equal length. */
int pzb_arrays_in(zval *list, const char *const *names, const char *codes, size_t count, pzb_arena *arena, const void **out_data,
                  size_t *out_rows);
/* An array of columns by name as a struct whose member after struct_size is `size_t rows`. */
int pzb_columns_in(zval *columns, const pzb_column *table, void *record, pzb_arena *arena);
void pzb_columns_out(zval *out, const pzb_column *table, void *block); /* takes the block over */
void pzb_numbers_out(zval *out, char code, const void *data, size_t rows);

/* ------------------------------------------------------------------------------------------------ handles --- */

typedef void (*pzb_release_fn)(void *handle);

void pzb_handle_register(void);
/* Takes `pointer` over. A parent and what callbacks need are kept as long as this handle; either may be NULL. */
void pzb_handle_new(zval *out, void *pointer, const char *type, pzb_release_fn release, zval *parent, zval *kept);
/* null and closed handles give NULL, which the library answers with PZ_E_CLOSED. Each success needs pzb_handle_end. */
int pzb_handle_begin(zval *handle, const char *type, const char *name, void **out_pointer);
void pzb_handle_end(zval *handle);
void pzb_handle_close(zval *handle);
bool pzb_handle_is_open(zval *handle);

/* ---------------------------------------------------------------------------------------------- callbacks --- */

/* A callable and how to call it, resolved once. */
typedef struct pzb_callable {
    zend_fcall_info info;
    zend_fcall_info_cache cache;
    const char *name;
} pzb_callable;

int pzb_callable_in(zval *value, const char *name, pzb_callable *out);
/* 0, or -1 if it threw, or ended the script. */
int pzb_call(pzb_callable *callable, uint32_t count, zval *arguments, zval *out);
/* After each call of the library: goes on with the end of the script that a callback has begun. */
void pzb_after_call(void);

pz_status pzb_progress(double done, void *user_data); /* user_data: a pzb_callable */
pz_status pzb_cost(const int32_t *groups, size_t rows, double *out_cost, void *user_data);
pz_status pzb_change(const int32_t *groups, size_t rows, int32_t learner, int32_t to, int32_t other, double *out_change, void *user_data);
pz_status pzb_strategy(uint64_t seed, int32_t *out_groups, size_t out_groups_len, void *user_data);
/* Arrays of options. What a store keeps of them goes into *out_kept. */
int pzb_store_options_in(zval *members, pz_store_options *options, pzb_arena *arena, zval *out_kept);
int pzb_import_options_in(zval *members, pz_import_options *options, pzb_arena *arena);

#endif
