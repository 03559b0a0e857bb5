/* The C side of the Python binding: what the typemaps of python.i call. Every function here needs the interpreter lock. */
#ifndef PZB_PYTHON_NATIVE_H
#define PZB_PYTHON_NATIVE_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include "personalize.h"
#include "said.h"

/* ------------------------------------------------------------------------------------------------- errors --- */

/* classes: dict from status to exception class; wrong_type: the class for arguments of a wrong type. */
int pzb_errors_set(PyObject *classes, PyObject *wrong_type);
/* Raises what the library said, unless a callback has raised already. */
void pzb_raise(pz_status status);
/* Raises an error that the binding itself found. */
void pzb_fail(pz_status status, const char *field, const char *format, ...);
void pzb_wrong_type(const char *field, const char *expected, PyObject *given);
/* Gives the exception in flight the document that came with the failure; takes `json` over. */
void pzb_attach_document(char *json);

/* ----------------------------------------------------------------------------------------- single values --- */

/* Each converts `value` of the argument or member `name`; 0, or -1 with an exception. None is the "nothing" of the type. */
int pzb_int_in(PyObject *value, const char *name, int64_t least, int64_t most, int64_t *out);
int pzb_int32_in(PyObject *value, const char *name, int32_t *out);
int pzb_uint64_in(PyObject *value, const char *name, uint64_t *out);
int pzb_id_in(PyObject *value, const char *name, pz_id *out);
int pzb_real_in(PyObject *value, const char *name, double *out);
int pzb_bool_in(PyObject *value, const char *name, int32_t *out);
int pzb_time_in(PyObject *value, const char *name, pz_time *out);
int pzb_date_in(PyObject *value, const char *name, pz_date *out);
/* A text that lives as long as `value`. A NUL inside is an error. `out_length` may be NULL. */
int pzb_text_in(PyObject *value, const char *name, const char **out_text, size_t *out_length);

PyObject *pzb_id_out(pz_id id);
PyObject *pzb_real_out(double value);
PyObject *pzb_time_out(pz_time time);
PyObject *pzb_date_out(pz_date date);
PyObject *pzb_text_out(const char *text, size_t length);
/* The parsed document; takes `json` over. */
PyObject *pzb_document_out(char *json);
/* The text; takes it over. */
PyObject *pzb_taken_text_out(char *text);
/* Adds a result to those before it: one is itself, several are a tuple. Takes both over. */
PyObject *pzb_result_add(PyObject *results, PyObject *result);

/* ------------------------------------------------------------------------------------------------ records --- */

/* What the arguments of one call need to live: a list of Python objects. Begin with {NULL}. */
typedef struct pzb_arena {
    PyObject *kept;
} pzb_arena;

int pzb_keep(pzb_arena *arena, PyObject *object);   /* keeps a new reference of its own */
void *pzb_allocate(pzb_arena *arena, size_t bytes); /* zeroed */
void pzb_arena_free(pzb_arena *arena);

/* Names the class of a record type: its attributes are the members, `enums` maps a member to {value: enum member}. */
int pzb_record_class_set(const char *type, PyObject *class_, PyObject *enums);
const pz_record_type *pzb_record_type(const char *name); /* with an exception where there is none */
/* A dict of members, or None, as a record. */
int pzb_record_in(PyObject *members, const char *type, const char *name, pzb_arena *arena, void **out_record);
int pzb_records_in(PyObject *list, const char *type, const char *name, pzb_arena *arena, void ***out_rows, size_t *out_count);
PyObject *pzb_record_out(const char *type, const void *record);
/* Both take the block over. */
PyObject *pzb_record_block_out(const char *type, void *block);
PyObject *pzb_rows_out(const char *type, void **rows, size_t count);
/* A dict of a record type's members as its macro PZ_..._INIT makes them. */
PyObject *pzb_record_initial(const char *type);

/* ------------------------------------------------------------------------------------------------ columns --- */

/* One column of a struct of columns: 'q' int64_t, 'i' int32_t, 'd' double, 't' pz_time. */
typedef struct pzb_column {
    const char *name;
    char code;
    size_t offset;
} pzb_column;

/* An array of numbers: a buffer of this type as it stands, anything else that is a sequence as a copy. None gives NULL. */
int pzb_array_in(PyObject *value, const char *name, char code, pzb_arena *arena, const void **out_data, size_t *out_rows);
/* Rows of equally many numbers, row by row: a buffer of two dimensions as it stands, a sequence of sequences as a copy. In one of
 * 'i' None is -1: no answer. */
int pzb_matrix_in(PyObject *value, const char *name, char code, pzb_arena *arena, const void **out_data, size_t *out_rows,
                  size_t *out_cols);
/* A tuple of arrays of equal length. */
int pzb_arrays_in(PyObject *tuple, const char *const *names, const char *codes, size_t count, pzb_arena *arena, const void **out_data,
                  size_t *out_rows);
/* A dict of columns as a struct whose member after struct_size is `size_t rows`. */
int pzb_columns_in(PyObject *columns, const pzb_column *table, void *record, pzb_arena *arena);
/* A dict of Column objects over the block, which they keep alive; takes the block over. */
PyObject *pzb_columns_out(const pzb_column *table, void *block);
/* New memory for `rows` numbers that the library fills, and the Column over it. */
PyObject *pzb_column_new(char code, size_t rows, void **out_data);
extern PyTypeObject pzb_column_type;

/* ------------------------------------------------------------------------------------------------ handles --- */

typedef void (*pzb_release_fn)(void *handle);

/* Takes `pointer` over. A parent and what callbacks need are kept as long as this handle. */
PyObject *pzb_handle_new(void *pointer, const char *type, pzb_release_fn release, PyObject *parent, PyObject *kept);
/* None and closed handles give NULL, which the library answers with PZ_E_CLOSED. Each success needs pzb_handle_end. */
int pzb_handle_begin(PyObject *handle, const char *type, const char *name, void **out_pointer);
void pzb_handle_end(PyObject *handle);
int pzb_handle_close(PyObject *handle);
int pzb_handle_is_open(PyObject *handle);
extern PyTypeObject pzb_handle_type;

/* ---------------------------------------------------------------------------------------------- callbacks --- */

/* user_data of each is the Python callable. */
pz_status pzb_progress(double done, void *user_data);
pz_status pzb_cost(const int32_t *groups, size_t rows, double *out_cost, void *user_data);
pz_status pzb_change(const int32_t *groups, size_t rows, int32_t learner, int32_t to, int32_t other, double *out_change, void *user_data);
pz_status pzb_strategy(uint64_t seed, int32_t *out_groups, size_t out_groups_len, void *user_data);
/* A dict of options with callables, which go into *out_kept (a new list, or NULL). */
int pzb_store_options_in(PyObject *members, pz_store_options *options, pzb_arena *arena, PyObject **out_kept);
int pzb_import_options_in(PyObject *members, pz_import_options *options, pzb_arena *arena);

int pzb_types_ready(void);

#endif
