/* Columns of numbers. In: buffers of the right type as they stand, other sequences as copies. Out: the library's own memory behind
 * the buffer protocol, freed with the last column that is still in use. */
#include "native.h"

static const char *format_of(char code)
{
    return code == 'd' ? "d" : code == 'i' ? "i" : "q";
}

/* 'n' is an 'i' in which None is -1, 'o' one in which it is 0; in an 'i' itself nothing can be missing. */
static int is_int32(char code)
{
    return code == 'i' || code == 'n' || code == 'o';
}

static size_t size_of(char code)
{
    return is_int32(code) ? sizeof(int32_t) : 8;
}

/* ---------------------------------------------------------------------------------------------------- in --- */

static int buffer_fits(const Py_buffer *view, char code)
{
    const char *format = view->format ? view->format : "B";
    if (*format == '@' || *format == '=' || (*format == '<' && PY_LITTLE_ENDIAN)) format++;
    if (!*format || format[1]) return 0;
    if (view->ndim != 1 || (size_t)view->itemsize != size_of(code) || !PyBuffer_IsContiguous(view, 'C')) return 0;
    if (code == 'd') return *format == 'd';
    return is_int32(code) ? *format == 'i' || *format == 'l' : *format == 'q' || *format == 'l';
}

static int item_in(PyObject *item, const char *name, char code, void *at)
{
    switch (code) {
    case 'd': return pzb_real_in(item, name, at);
    case 'n':
        if (item == Py_None) return *(int32_t *)at = -1, 0;
        return pzb_int32_in(item, name, at);
    case 'i':
        if (item == Py_None) return pzb_wrong_type(name, "whole numbers, none of which can be missing", item), -1;
        return pzb_int32_in(item, name, at);
    case 'o': return pzb_int32_in(item, name, at);
    case 't': return pzb_time_in(item, name, at);
    default: return pzb_id_in(item, name, at);
    }
}

static int copy_in(PyObject *value, const char *name, char code, pzb_arena *arena, const void **out_data, size_t *out_rows)
{
    PyObject *items = PyUnicode_Check(value) || PyBytes_Check(value) || PyDict_Check(value) ? NULL : PySequence_Fast(value, "");
    Py_ssize_t count;
    char *data;
    if (!items) {
        PyErr_Clear();
        pzb_wrong_type(name, "an array or a sequence of numbers", value);
        return -1;
    }
    count = PySequence_Fast_GET_SIZE(items);
    data = pzb_allocate(arena, ((size_t)count + 1) * size_of(code));
    for (Py_ssize_t i = 0; data && i < count; i++)
        if (item_in(PySequence_Fast_GET_ITEM(items, i), name, code, data + (size_t)i * size_of(code)) < 0) data = NULL;
    Py_DECREF(items);
    *out_data = data;
    *out_rows = (size_t)count;
    return data ? 0 : -1;
}

int pzb_array_in(PyObject *value, const char *name, char code, pzb_arena *arena, const void **out_data, size_t *out_rows)
{
    *out_data = NULL;
    *out_rows = 0;
    if (value == Py_None) return 0;
    if (PyObject_CheckBuffer(value)) {
        PyObject *view = PyMemoryView_FromObject(value);
        if (!view) {
            PyErr_Clear();
        } else if (buffer_fits(PyMemoryView_GET_BUFFER(view), code)) {
            const Py_buffer *buffer = PyMemoryView_GET_BUFFER(view);
            int kept = pzb_keep(arena, view);
            *out_data = buffer->shape[0] ? buffer->buf : "";
            *out_rows = (size_t)buffer->shape[0];
            Py_DECREF(view);
            return kept;
        }
        Py_XDECREF(view);
    }
    return copy_in(value, name, code, arena, out_data, out_rows);
}

/* One row; the first says how many columns there are. */
static int matrix_row_in(PyObject *row, const char *name, char code, pzb_arena *arena, char **data, size_t rows, size_t place, size_t *cols)
{
    const void *numbers;
    size_t count;
    if (row == Py_None) {
        pzb_wrong_type(name, "rows of numbers", row);
        return -1;
    }
    if (pzb_array_in(row, name, code, arena, &numbers, &count) < 0) return -1;
    if (!*data) {
        if (count && rows > (size_t)PY_SSIZE_T_MAX / 8 / count) {
            pzb_fail(PZ_E_TOO_LONG, name, "%s has too many numbers", name);
            return -1;
        }
        *cols = count;
        *data = pzb_allocate(arena, rows * count * size_of(code) + 1);
        if (!*data) return -1;
    }
    if (count != *cols) {
        pzb_fail(PZ_E_INVALID, name, "row %zu of %s has %zu numbers, row 0 has %zu", place, name, count, *cols);
        return -1;
    }
    memcpy(*data + place * count * size_of(code), numbers, count * size_of(code));
    return 0;
}

/* 1 if the buffer was taken as it stands, 0 if not, -1 with an exception. */
static int matrix_borrow(PyObject *value, char code, pzb_arena *arena, const void **out_data, size_t *out_rows, size_t *out_cols)
{
    PyObject *view = PyObject_CheckBuffer(value) ? PyMemoryView_FromObject(value) : NULL;
    const Py_buffer *buffer;
    int taken = 0;
    if (!view) {
        PyErr_Clear();
        return 0;
    }
    buffer = PyMemoryView_GET_BUFFER(view);
    if (buffer->ndim == 2 && buffer->format && !strcmp(buffer->format, format_of(code)) && (size_t)buffer->itemsize == size_of(code) &&
        PyBuffer_IsContiguous(buffer, 'C')) {
        *out_data = buffer->buf;
        *out_rows = (size_t)buffer->shape[0];
        *out_cols = (size_t)buffer->shape[1];
        taken = pzb_keep(arena, view) < 0 ? -1 : 1;
    }
    Py_DECREF(view);
    return taken;
}

int pzb_matrix_in(PyObject *value, const char *name, char code, pzb_arena *arena, const void **out_data, size_t *out_rows, size_t *out_cols)
{
    PyObject *items;
    char *data = NULL;
    int failed = 0, taken = matrix_borrow(value, code, arena, out_data, out_rows, out_cols);
    if (taken) return taken < 0 ? -1 : 0;
    *out_cols = 0;
    items = PyUnicode_Check(value) || PyBytes_Check(value) || PyDict_Check(value) ? NULL : PySequence_Fast(value, "");
    if (!items) {
        PyErr_Clear();
        pzb_wrong_type(name, "rows of numbers", value);
        return -1;
    }
    *out_rows = (size_t)PySequence_Fast_GET_SIZE(items);
    for (size_t i = 0; i < *out_rows && !failed; i++)
        failed = matrix_row_in(PySequence_Fast_GET_ITEM(items, (Py_ssize_t)i), name, code == 'i' ? 'n' : code, arena, &data, *out_rows, i,
                               out_cols);
    Py_DECREF(items);
    *out_data = data;
    return failed;
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

int pzb_arrays_in(PyObject *tuple, const char *const *names, const char *codes, size_t count, pzb_arena *arena, const void **out_data,
                  size_t *out_rows)
{
    int known = 0;
    *out_rows = 0;
    if (!PyTuple_Check(tuple) || (size_t)PyTuple_GET_SIZE(tuple) != count) {
        pzb_wrong_type(names[0], "a tuple of arrays", tuple);
        return -1;
    }
    for (size_t i = 0; i < count; i++) {
        PyObject *value = PyTuple_GET_ITEM(tuple, (Py_ssize_t)i);
        size_t rows;
        if (pzb_array_in(value, names[i], codes[i], arena, &out_data[i], &rows) < 0) return -1;
        if (value != Py_None && same_rows(names[i], rows, out_rows, &known) < 0) return -1;
    }
    return 0;
}

static const pzb_column *column_find(const pzb_column *table, PyObject *name)
{
    for (; table->name; table++)
        if (PyUnicode_Check(name) && !PyUnicode_CompareWithASCIIString(name, table->name)) return table;
    pzb_fail(PZ_E_INVALID, "", "there is no column %R", name);
    return NULL;
}

int pzb_columns_in(PyObject *columns, const pzb_column *table, void *record, pzb_arena *arena)
{
    PyObject *key, *value;
    Py_ssize_t position = 0;
    size_t *rows = (size_t *)((char *)record + sizeof(size_t)); /* after struct_size, at the alignment of a size_t */
    int known = 0;
    if (!PyDict_Check(columns)) {
        pzb_wrong_type("evidence", "a dict of columns", columns);
        return -1;
    }
    while (PyDict_Next(columns, &position, &key, &value)) {
        const pzb_column *column = column_find(table, key);
        const void *data;
        size_t count;
        if (!column || pzb_array_in(value, column->name, column->code == 'i' ? 'o' : column->code, arena, &data, &count) < 0) return -1;
        if (value != Py_None && same_rows(column->name, count, rows, &known) < 0) return -1;
        memcpy((char *)record + column->offset, &data, sizeof data);
    }
    return 0;
}

/* --------------------------------------------------------------------------------------------------- out --- */

typedef struct column_object {
    PyObject_HEAD PyObject *owner; /* a capsule around the block */
    void *data;
    Py_ssize_t rows;
    Py_ssize_t stride;
    char code;
} column_object;

static void block_free(PyObject *capsule)
{
    pz_free(PyCapsule_GetPointer(capsule, NULL));
}

static PyObject *column_over(PyObject *owner, void *data, size_t rows, char code)
{
    column_object *column = PyObject_New(column_object, &pzb_column_type);
    if (!column) return NULL;
    column->owner = Py_NewRef(owner);
    column->data = data;
    column->rows = (Py_ssize_t)rows;
    column->stride = (Py_ssize_t)size_of(code);
    column->code = code;
    return (PyObject *)column;
}

static void raw_free(PyObject *capsule)
{
    PyMem_RawFree(PyCapsule_GetPointer(capsule, NULL));
}

PyObject *pzb_column_new(char code, size_t rows, void **out_data)
{
    PyObject *owner, *column;
    void *data;
    *out_data = NULL;
    /* calloc touches no page of a large block, so that a length that the library refuses costs nothing. */
    data = rows < (size_t)PY_SSIZE_T_MAX / 16 ? PyMem_RawCalloc(rows + 1, size_of(code)) : NULL;
    if (!data) {
        pzb_fail(PZ_E_NOMEM, "", "there is no memory for %zu values", rows);
        return NULL;
    }
    owner = PyCapsule_New(data, NULL, raw_free);
    if (!owner) {
        PyMem_RawFree(data);
        return NULL;
    }
    column = column_over(owner, data, rows, code);
    if (column) *out_data = data;
    Py_DECREF(owner);
    return column;
}

PyObject *pzb_columns_out(const pzb_column *table, void *block)
{
    PyObject *owner, *columns;
    size_t rows;
    if (!block) Py_RETURN_NONE;
    rows = *(const size_t *)((const char *)block + sizeof(size_t));
    owner = PyCapsule_New(block, NULL, block_free);
    if (!owner) {
        pz_free(block);
        return NULL;
    }
    columns = PyDict_New();
    for (; columns && table->name; table++) {
        void *data;
        PyObject *column;
        memcpy(&data, (const char *)block + table->offset, sizeof data);
        column = data ? column_over(owner, data, rows, table->code) : Py_NewRef(Py_None);
        if (!column || PyDict_SetItemString(columns, table->name, column) < 0) Py_CLEAR(columns);
        Py_XDECREF(column);
    }
    Py_DECREF(owner);
    return columns;
}

static int column_getbuffer(PyObject *object, Py_buffer *view, int flags)
{
    column_object *column = (column_object *)object;
    if (PyBuffer_FillInfo(view, object, column->data ? column->data : "", column->rows * column->stride, 0, flags & ~PyBUF_FORMAT) < 0)
        return -1;
    view->itemsize = column->stride;
    view->format = flags & PyBUF_FORMAT ? (char *)format_of(column->code) : NULL;
    if (flags & PyBUF_ND) view->shape = &column->rows;
    if ((flags & PyBUF_STRIDES) == PyBUF_STRIDES) view->strides = &column->stride;
    return 0;
}

static PyObject *column_is_time(PyObject *object, void *closure)
{
    (void)closure;
    return PyBool_FromLong(((column_object *)object)->code == 't');
}

static Py_ssize_t column_length(PyObject *object)
{
    return ((column_object *)object)->rows;
}

static void column_dealloc(PyObject *object)
{
    Py_CLEAR(((column_object *)object)->owner);
    PyObject_Free(object);
}

static PyBufferProcs column_buffer = {column_getbuffer, NULL};
static PySequenceMethods column_sequence = {.sq_length = column_length};
static PyGetSetDef column_members[] = {{"is_time", column_is_time, NULL, "whether the numbers are microseconds since 1970 in UTC", NULL},
                                       {NULL, NULL, NULL, NULL, NULL}};

PyTypeObject pzb_column_type = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "personalize._native.Column",
    .tp_basicsize = sizeof(column_object),
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_DISALLOW_INSTANTIATION,
    .tp_doc = "Numbers in the library's memory, with the buffer protocol.",
    .tp_dealloc = column_dealloc,
    .tp_as_buffer = &column_buffer,
    .tp_as_sequence = &column_sequence,
    .tp_getset = column_members,
};

int pzb_types_ready(void)
{
    return PyType_Ready(&pzb_handle_type) < 0 || PyType_Ready(&pzb_column_type) < 0 ? -1 : 0;
}
