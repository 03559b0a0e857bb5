/* Python: how each shape of parameter is converted. The functions called here are in native/. */

%{
#include "native.h"
#include "columns.h"

/* No SWIG pointer reaches Python: neither are the types of pointers shared with other modules through sys.modules, nor are the classes
 * made that would hold a pointer. */
#undef SWIG_GetModule
#define SWIG_GetModule(data) NULL
#undef SWIG_SetModule
#define SWIG_SetModule(module, types) ((void)0)
#define SwigPyPacked_type() ((void)0)
#define SwigPyObject_type() ((void)0)
%}
%init %{
    if (pzb_types_ready() < 0 || PyModule_AddObjectRef(m, "Handle", (PyObject *)&pzb_handle_type) < 0 ||
        PyModule_AddObjectRef(m, "Column", (PyObject *)&pzb_column_type) < 0) return NULL;
%}

/* Callbacks and clocks may have raised, whatever the status says. */
%exception {
    $action
    if (PyErr_Occurred()) SWIG_fail;
}

/* A shape that is not known is a fault of the build, never a guess. */
%typemap(in) SWIGTYPE *, SWIGTYPE **, SWIGTYPE ***, SWIGTYPE *const & {
    _Static_assert(0, "no typemap for $1_type $1_name");
}

/* ---- results ---- */

%typemap(out) pz_status {
    if ($1 != PZ_OK) {
        pzb_raise($1);
        SWIG_fail;
    }
    $result = Py_NewRef(Py_None);
}
%typemap(out) int32_t "$result = PyLong_FromLong((long)$1);"
%typemap(out) int64_t "$result = PyLong_FromLongLong((long long)$1);"
%typemap(out) double "$result = pzb_real_out($1);"
%typemap(out) const char * "$result = pzb_text_out($1, PZ_NUL_TERMINATED); if (!$result) SWIG_fail;"

%define %pz_result(code)
{
    $result = pzb_result_add($result, code);
    if (!$result) SWIG_fail;
}
%enddef

/* A number, id, time or day that comes back through a pointer. */
%define %pz_out(TYPE, NAME, CONVERT)
%typemap(in, numinputs=0) TYPE *NAME (TYPE value = 0) "$1 = &value;"
%typemap(argout) TYPE *NAME %pz_result(CONVERT(value$argnum))
%typemap(freearg) TYPE *NAME ""
%enddef

%typemap(in, numinputs=0) char **out_json (char *json = NULL) "$1 = &json;"
%typemap(argout) char **out_json {
    char *taken = json$argnum;
    json$argnum = NULL;
    $result = pzb_result_add($result, pzb_document_out(taken));
    if (!$result) SWIG_fail;
}
%typemap(freearg) char **out_json "if (json$argnum) pzb_attach_document(json$argnum);"

%define %pz_out_text(NAME)
%typemap(in, numinputs=0) char **NAME (char *text = NULL) "$1 = &text;"
%typemap(argout) char **NAME {
    char *taken = text$argnum;
    text$argnum = NULL;
    $result = pzb_result_add($result, pzb_taken_text_out(taken));
    if (!$result) SWIG_fail;
}
%typemap(freearg) char **NAME "pz_free(text$argnum);"
%enddef

%typemap(in, numinputs=0) (char *buffer, size_t size) (char room[64]) "$1 = room; $2 = sizeof room;"
%typemap(argout) (char *buffer, size_t size) %pz_result(pzb_text_out(room$argnum, PZ_NUL_TERMINATED))

%define %pz_out_rows(TYPE)
%typemap(in, numinputs=0) (TYPE ***out_rows, size_t *out_count) (TYPE **rows = NULL, size_t count = 0) "$1 = &rows; $2 = &count;"
%typemap(argout) (TYPE ***out_rows, size_t *out_count) {
    TYPE **taken = rows$argnum;
    rows$argnum = NULL;
    $result = pzb_result_add($result, pzb_rows_out(#TYPE, (void **)taken, count$argnum));
    if (!$result) SWIG_fail;
}
%typemap(freearg) (TYPE ***out_rows, size_t *out_count) "pz_free(rows$argnum);"
%enddef

%define %pz_out_record(TYPE, NAME)
%typemap(in, numinputs=0) TYPE **NAME (TYPE *record = NULL) "$1 = &record;"
%typemap(argout) TYPE **NAME {
    TYPE *taken = record$argnum;
    record$argnum = NULL;
    $result = pzb_result_add($result, pzb_record_block_out(#TYPE, taken));
    if (!$result) SWIG_fail;
}
%typemap(freearg) TYPE **NAME "pz_free(record$argnum);"
%enddef

/* A record that the caller lends to be filled. */
%define %pz_fill_record(TYPE, NAME)
%typemap(in, numinputs=0) TYPE *NAME (TYPE record) {
    const pz_record_type *described = pzb_record_type(#TYPE);
    if (!described) SWIG_fail;
    memcpy(&record, described->initial, sizeof record);
    $1 = &record;
}
%typemap(argout) TYPE *NAME %pz_result(pzb_record_out(#TYPE, &record$argnum))
%typemap(freearg) TYPE *NAME ""
%enddef

%define %pz_out_columns(TYPE, NAME)
%typemap(in, numinputs=0) TYPE **NAME (TYPE *block = NULL) "$1 = &block;"
%typemap(argout) TYPE **NAME {
    TYPE *taken = block$argnum;
    block$argnum = NULL;
    $result = pzb_result_add($result, pzb_columns_out(TYPE ## _columns, taken));
    if (!$result) SWIG_fail;
}
%typemap(freearg) TYPE **NAME "pz_free(block$argnum);"
%enddef

/* ---- arguments ---- */

%typemap(in) int32_t "if (pzb_int32_in($input, \"$1_name\", &$1) < 0) SWIG_fail;"
%typemap(in) int64_t "if (pzb_int_in($input, \"$1_name\", INT64_MIN, INT64_MAX, &$1) < 0) SWIG_fail;"
%typemap(in) size_t (int64_t size = 0) {
    if (pzb_int_in($input, "$1_name", 0, INT64_MAX, &size) < 0) SWIG_fail;
    $1 = (size_t)size;
}
%typemap(in) uint64_t "if (pzb_uint64_in($input, \"$1_name\", &$1) < 0) SWIG_fail;"
%typemap(in) pz_id "if (pzb_id_in($input, \"$1_name\", &$1) < 0) SWIG_fail;"
%typemap(in) pz_time "if (pzb_time_in($input, \"$1_name\", &$1) < 0) SWIG_fail;"
%typemap(in) pz_date "if (pzb_date_in($input, \"$1_name\", &$1) < 0) SWIG_fail;"
%typemap(in) double "if (pzb_real_in($input, \"$1_name\", &$1) < 0) SWIG_fail;"
%typemap(in) enum SWIGTYPE (int32_t number = 0) {
    if (pzb_int32_in($input, "$1_name", &number) < 0) SWIG_fail;
    $1 = ($1_ltype)number;
}
%define %pz_bool(NAME)
%typemap(in) int32_t NAME "if (pzb_bool_in($input, \"$1_name\", &$1) < 0) SWIG_fail;"
%enddef

%typemap(in) const char * (const char *text) {
    if (pzb_text_in($input, "$1_name", &text, NULL) < 0) SWIG_fail;
    $1 = (char *)text;
}
%typemap(freearg) const char * ""

%define %pz_text(NAME)
%typemap(in) (const char *NAME, size_t NAME ## _len) (const char *text, size_t length) {
    if (pzb_text_in($input, "$1_name", &text, &length) < 0) SWIG_fail;
    $1 = (char *)text;
    $2 = length;
}
%typemap(freearg) (const char *NAME, size_t NAME ## _len) ""
%enddef

%define %pz_record(TYPE)
%typemap(in) const TYPE * (pzb_arena arena = {NULL}, void *record) {
    if (pzb_record_in($input, #TYPE, "$1_name", &arena, &record) < 0) SWIG_fail;
    $1 = ($1_ltype)record;
}
%typemap(argout) const TYPE * ""
%typemap(freearg) const TYPE * "pzb_arena_free(&arena$argnum);"
%enddef

/* A record that the call changes: a copy goes in and comes back changed. */
%define %pz_change_record(TYPE, NAME)
%typemap(in) TYPE *NAME (pzb_arena arena = {NULL}, void *record) {
    if (pzb_record_in($input, #TYPE, "$1_name", &arena, &record) < 0) SWIG_fail;
    $1 = ($1_ltype)record;
}
%typemap(argout) TYPE *NAME %pz_result(pzb_record_out(#TYPE, $1))
%typemap(freearg) TYPE *NAME "pzb_arena_free(&arena$argnum);"
%enddef

%define %pz_records(TYPE, NAME)
%typemap(in) (const TYPE *const *NAME, size_t rows) (pzb_arena arena = {NULL}, void **list, size_t count) {
    if (pzb_records_in($input, #TYPE, "$1_name", &arena, &list, &count) < 0) SWIG_fail;
    $1 = ($1_ltype)list;
    $2 = count;
}
%typemap(freearg) (const TYPE *const *NAME, size_t rows) "pzb_arena_free(&arena$argnum);"
%enddef

%typemap(in) (const pz_record_type *type, const void *const *rows, size_t count) (pzb_arena arena = {NULL}, void **list, size_t number) {
    const char *type;
    if (!PyTuple_Check($input) || PyTuple_GET_SIZE($input) != 2) {
        pzb_wrong_type("rows", "a list of records", $input);
        SWIG_fail;
    }
    if (pzb_text_in(PyTuple_GET_ITEM($input, 0), "type", &type, NULL) < 0) SWIG_fail;
    $1 = (pz_record_type *)pzb_record_type(type ? type : "");
    if (!$1 || pzb_records_in(PyTuple_GET_ITEM($input, 1), type, "rows", &arena, &list, &number) < 0) SWIG_fail;
    $2 = ($2_ltype)list;
    $3 = number;
}
%typemap(freearg) (const pz_record_type *type, const void *const *rows, size_t count) "pzb_arena_free(&arena$argnum);"

%define %pz_columns(TYPE)
%typemap(in) const TYPE * (pzb_arena arena = {NULL}, TYPE columns = {sizeof(TYPE)}) {
    $1 = NULL;
    if ($input != Py_None) {
        if (pzb_columns_in($input, TYPE ## _columns, &columns, &arena) < 0) SWIG_fail;
        $1 = &columns;
    }
}
%typemap(freearg) const TYPE * "pzb_arena_free(&arena$argnum);"
%enddef

%typemap(in) (const char *const *texts, size_t rows, pz_id *out_ids) (pzb_arena arena = {NULL}, PyObject *column = NULL) {
    PyObject *items = PyUnicode_Check($input) ? NULL : PySequence_Fast($input, "");
    const char **list;
    void *room;
    Py_ssize_t count, i;
    if (!items) {
        PyErr_Clear();
        pzb_wrong_type("$1_name", "a list of str", $input);
        SWIG_fail;
    }
    count = PySequence_Fast_GET_SIZE(items);
    i = pzb_keep(&arena, items);
    Py_DECREF(items);
    if (i < 0 || !(list = pzb_allocate(&arena, ((size_t)count + 1) * sizeof *list))) SWIG_fail;
    for (i = 0; i < count; i++) {
        PyObject *item = PySequence_Fast_GET_ITEM(items, i);
        if (item == Py_None) pzb_wrong_type("$1_name", "a list of str", item);
        if (item == Py_None || pzb_text_in(item, "$1_name", &list[i], NULL) < 0) SWIG_fail;
    }
    column = pzb_column_new('q', (size_t)count, &room);
    if (!column) SWIG_fail;
    $1 = (char **)list;
    $2 = (size_t)count;
    $3 = room;
}
%typemap(argout) (const char *const *texts, size_t rows, pz_id *out_ids) %pz_result(Py_NewRef(column$argnum))
%typemap(freearg) (const char *const *texts, size_t rows, pz_id *out_ids) "Py_XDECREF(column$argnum); pzb_arena_free(&arena$argnum);"

%define %pz_matrix(TYPE, NAME, ROWS, COLS, CODE)
%typemap(in) (const TYPE *NAME, size_t ROWS, size_t COLS) (pzb_arena arena = {NULL}) {
    const void *data = NULL;
    size_t rows, cols;
    if (pzb_matrix_in($input, "$1_name", CODE, &arena, &data, &rows, &cols) < 0) SWIG_fail;
    $1 = ($1_ltype)data;
    $2 = rows;
    $3 = cols;
}
%typemap(freearg) (const TYPE *NAME, size_t ROWS, size_t COLS) "pzb_arena_free(&arena$argnum);"
%enddef

/* An array with a length of its own. */
%define %pz_array_alone(TYPE, NAME, LENGTH, CODE)
%typemap(in) (const TYPE *NAME, size_t LENGTH) (pzb_arena arena = {NULL}) {
    const void *data;
    size_t rows;
    if (pzb_array_in($input, "$1_name", CODE, &arena, &data, &rows) < 0) SWIG_fail;
    $1 = ($1_ltype)data;
    $2 = rows;
}
%typemap(freearg) (const TYPE *NAME, size_t LENGTH) { pzb_arena_free(&arena$argnum); }
%enddef

/* An array that the library fills; its length is given. */
%define %pz_out_array(TYPE, NAME, CODE)
%typemap(in) (TYPE *NAME, size_t NAME ## _len) (PyObject *column = NULL) {
    void *room;
    int64_t length;
    if (pzb_int_in($input, "length", 0, PY_SSIZE_T_MAX / 16, &length) < 0) SWIG_fail;
    column = pzb_column_new(CODE, (size_t)length, &room);
    if (!column) SWIG_fail;
    $1 = ($1_ltype)room;
    $2 = (size_t)length;
}
%typemap(argout) (TYPE *NAME, size_t NAME ## _len) %pz_result(Py_NewRef(column$argnum))
%typemap(freearg) (TYPE *NAME, size_t NAME ## _len) { Py_XDECREF(column$argnum); }
%enddef

/* ---- handles ---- */

%define %pz_handle(TYPE)
%typemap(in) TYPE * (PyObject *used = NULL), const TYPE * (PyObject *used = NULL) {
    void *pointer;
    if (pzb_handle_begin($input, #TYPE, "$1_name", &pointer) < 0) SWIG_fail;
    used = $input;
    $1 = ($1_ltype)pointer;
}
%typemap(freearg) TYPE *, const TYPE * "if (used$argnum) pzb_handle_end(used$argnum);"
%enddef

%define %pz_out_handle(TYPE, NAME, FREE, PARENT)
%typemap(in, numinputs=0) TYPE **NAME (TYPE *made = NULL) "$1 = &made;"
%typemap(argout) TYPE **NAME {
    TYPE *taken = made$argnum;
    made$argnum = NULL;
    $result = pzb_result_add($result, pzb_handle_new(taken, #TYPE, (pzb_release_fn)FREE, PARENT, NULL));
    if (!$result) SWIG_fail;
}
%typemap(freearg) TYPE **NAME { if (made$argnum) FREE(made$argnum); }
%enddef

/* A store keeps its clock and key function, so its handle keeps the callables. */
%typemap(in) (const pz_store_options *options, pz_store **out_store)
    (pzb_arena arena = {NULL}, PyObject *kept = NULL, pz_store_options options = PZ_STORE_OPTIONS_INIT, pz_store *made = NULL) {
    if (pzb_store_options_in($input, &options, &arena, &kept) < 0) SWIG_fail;
    $1 = &options;
    $2 = &made;
}
%typemap(argout) (const pz_store_options *options, pz_store **out_store) {
    pz_store *taken = made$argnum;
    made$argnum = NULL;
    $result = pzb_result_add($result, pzb_handle_new(taken, "pz_store", (pzb_release_fn)pz_store_free, NULL, kept$argnum));
    if (!$result) SWIG_fail;
}
%typemap(freearg) (const pz_store_options *options, pz_store **out_store) {
    if (made$argnum) pz_store_free(made$argnum);
    Py_XDECREF(kept$argnum);
    pzb_arena_free(&arena$argnum);
}
%typemap(in) const pz_store_options *options
    (pzb_arena arena = {NULL}, PyObject *kept = NULL, pz_store_options options = PZ_STORE_OPTIONS_INIT) {
    if (pzb_store_options_in($input, &options, &arena, &kept) < 0) SWIG_fail;
    $1 = &options;
}
%typemap(freearg) const pz_store_options *options "Py_XDECREF(kept$argnum); pzb_arena_free(&arena$argnum);"
%typemap(in) const pz_import_options *options (pzb_arena arena = {NULL}, pz_import_options options = PZ_IMPORT_OPTIONS_INIT) {
    if (pzb_import_options_in($input, &options, &arena) < 0) SWIG_fail;
    $1 = &options;
}
%typemap(freearg) const pz_import_options *options "pzb_arena_free(&arena$argnum);"

/* ---- callbacks used during a call ---- */

/* user_data of each is the callable, held by the arguments of the call. */
%define %pz_callback(TYPE, NAME, DATA, FUNCTION, NEEDED)
%typemap(in) (TYPE NAME, void *DATA) {
    if ((NEEDED || $input != Py_None) && !PyCallable_Check($input)) {
        pzb_wrong_type("$1_name", "a function", $input);
        SWIG_fail;
    }
    $1 = $input == Py_None ? NULL : FUNCTION;
    $2 = $input;
}
%typemap(freearg) (TYPE NAME, void *DATA) ""
%enddef
%pz_callback(pz_progress_fn, progress, user_data, pzb_progress, 0)
%pz_callback(pz_grouping_cost_fn, cost, cost_data, pzb_cost, 1)
%pz_callback(pz_grouping_change_fn, change, change_data, pzb_change, 0)
%pz_callback(pz_strategy_fn, strategy, strategy_data, pzb_strategy, 1)

/* ---- for the face alone ---- */

%nothread;
%ignore pzb_done;
%inline %{
static PyObject *pzb_done(int status)
{
    if (status < 0) return NULL;
    return Py_NewRef(Py_None);
}
%}
%typemap(in) PyObject * "$1 = $input;"
%typemap(in) const char *record_type (const char *text) {
    if (pzb_text_in($input, "$1_name", &text, NULL) < 0) SWIG_fail;
    $1 = (char *)(text ? text : "");
}
%inline %{
static PyObject *set_errors(PyObject *classes, PyObject *wrong_type) { return pzb_done(pzb_errors_set(classes, wrong_type)); }
static PyObject *set_record_class(const char *record_type, PyObject *class_, PyObject *enums)
{
    return pzb_done(pzb_record_class_set(record_type, class_, enums));
}
static PyObject *record_initial(const char *record_type) { return pzb_record_initial(record_type); }
static PyObject *handle_close(PyObject *handle) { return pzb_done(pzb_handle_close(handle)); }
static PyObject *handle_is_open(PyObject *handle) { return PyBool_FromLong(pzb_handle_is_open(handle)); }
static PyObject *status_rows(void)
{
    PyObject *rows = PyList_New(0);
    const pz_status_info *info;
    for (size_t i = 0; rows && (info = pz_status_at(i)) != NULL; i++) {
        PyObject *row = Py_BuildValue("(issss)", (int)info->status, info->name, info->kind, info->meaning, info->python_class);
        if (!row || PyList_Append(rows, row) < 0) Py_CLEAR(rows);
        Py_XDECREF(row);
    }
    return rows;
}
static PyObject *record_types(void)
{
    PyObject *names = PyList_New(0);
    const pz_record_type *type;
    for (size_t i = 0; names && (type = pz_record_type_at(i)) != NULL; i++) {
        PyObject *name = PyUnicode_FromString(type->name);
        if (!name || PyList_Append(names, name) < 0) Py_CLEAR(names);
        Py_XDECREF(name);
    }
    return names;
}
/* The members of a record that only the library knows, such as the names of an enumeration's values. */
static PyObject *record_fields(const char *record_type)
{
    const pz_record_type *type = pzb_record_type(record_type);
    PyObject *fields = type ? PyList_New(0) : NULL;
    for (uint32_t i = 0; fields && i < type->field_count; i++) {
        PyObject *row = Py_BuildValue("(sis)", type->fields[i].name, (int)type->fields[i].type, type->fields[i].unit);
        if (!row || PyList_Append(fields, row) < 0) Py_CLEAR(fields);
        Py_XDECREF(row);
    }
    return fields;
}
%}
%thread;
