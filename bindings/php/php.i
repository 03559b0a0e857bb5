/* PHP: how each shape of parameter is converted. The functions called here are in native/. */

%header %{
#include "native.h"
#include "columns.h"

/* SWIG 4.1 has no namespaces. The names of functions and classes reach PHP through these macros alone, so redefining them here, after
 * PHP's headers and before SWIG's tables, puts all that SWIG makes under Personalize\Native. */
#undef INIT_CLASS_ENTRY
#define INIT_CLASS_ENTRY(entry, name, functions) \
    INIT_CLASS_ENTRY_EX(entry, PZB_NAMESPACE "\\" name, sizeof(PZB_NAMESPACE "\\" name) - 1, functions)
#undef PHP_FE
#define PHP_FE(name, arginfo) ZEND_RAW_FENTRY(PZB_NAMESPACE "\\" #name, zif_##name, arginfo, 0)

/* No SWIG pointer reaches PHP, so that the types of pointers need not be shared with other extensions: no constant leads to them. */
#undef SWIG_GetModule
#define SWIG_GetModule(data) NULL
#undef SWIG_SetModule
#define SWIG_SetModule(data, module) ((void)0)
%}
%minit %{
    pzb_errors_register();
    pzb_handle_register();

/* What follows are SWIG's own classes, one for each type of pointer, and one that holds all functions once more. Nothing makes an
 * object of them, so none is registered: each gets this entry, which PHP never sees. */
    static zend_class_entry unregistered;
#undef INIT_CLASS_ENTRY
#define INIT_CLASS_ENTRY(entry, name, functions) ((void)(entry))
#define zend_register_internal_class(entry) (&unregistered)
#define zend_do_implement_interface(class_, interface) ((void)0)
#define SWIG_TypeClientData(type, class_) ((void)0)
%}

/* Callbacks and clocks may have thrown, whatever the status says. */
%exception {
    $action
    pzb_after_call();
    if (EG(exception)) SWIG_fail;
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
    RETVAL_NULL();
}
%typemap(out) int32_t "RETVAL_LONG((zend_long)$1);"
%typemap(out) int64_t "RETVAL_LONG((zend_long)$1);"
%typemap(out) double "pzb_real_out(return_value, $1);"
%typemap(out) const char * "pzb_text_out(return_value, $1, PZ_NUL_TERMINATED);"
%typemap(out) bool "RETVAL_BOOL($1);"
%typemap(out) void ""

/* STATEMENT writes one more result into `one`. */
%define %pz_result(STATEMENT)
{
    zval one;
    STATEMENT;
    pzb_result_add($result, &one);
    if (EG(exception)) SWIG_fail;
}
%enddef

%define %pz_out(TYPE, NAME, CONVERT)
%typemap(in, numinputs=0) TYPE *NAME (TYPE value = 0) "$1 = &value;"
%typemap(argout) TYPE *NAME %pz_result(CONVERT(&one, value$argnum))
%typemap(freearg) TYPE *NAME ""
%enddef

%typemap(in, numinputs=0) char **out_json (char *json = NULL) "$1 = &json;"
%typemap(argout) char **out_json {
    zval one;
    char *taken = json$argnum;
    json$argnum = NULL;
    pzb_document_out(&one, taken);
    pzb_result_add($result, &one);
    if (EG(exception)) SWIG_fail;
}
%typemap(freearg) char **out_json "if (json$argnum) pzb_attach_document(json$argnum);"

%define %pz_out_text(NAME)
%typemap(in, numinputs=0) char **NAME (char *text = NULL) "$1 = &text;"
%typemap(argout) char **NAME {
    zval one;
    char *taken = text$argnum;
    text$argnum = NULL;
    pzb_taken_text_out(&one, taken);
    pzb_result_add($result, &one);
}
%typemap(freearg) char **NAME "pz_free(text$argnum);"
%enddef

%typemap(in, numinputs=0) (char *buffer, size_t size) (char room[64]) "$1 = room; $2 = sizeof room;"
%typemap(argout) (char *buffer, size_t size) %pz_result(pzb_text_out(&one, room$argnum, PZ_NUL_TERMINATED))

%define %pz_out_rows(TYPE)
%typemap(in, numinputs=0) (TYPE ***out_rows, size_t *out_count) (TYPE **rows = NULL, size_t count = 0) "$1 = &rows; $2 = &count;"
%typemap(argout) (TYPE ***out_rows, size_t *out_count) {
    zval one;
    TYPE **taken = rows$argnum;
    rows$argnum = NULL;
    pzb_rows_out(&one, #TYPE, (void **)taken, count$argnum);
    pzb_result_add($result, &one);
    if (EG(exception)) SWIG_fail;
}
%typemap(freearg) (TYPE ***out_rows, size_t *out_count) "pz_free(rows$argnum);"
%enddef

%define %pz_out_record(TYPE, NAME)
%typemap(in, numinputs=0) TYPE **NAME (TYPE *record = NULL) "$1 = &record;"
%typemap(argout) TYPE **NAME {
    zval one;
    TYPE *taken = record$argnum;
    record$argnum = NULL;
    pzb_record_block_out(&one, #TYPE, taken);
    pzb_result_add($result, &one);
    if (EG(exception)) SWIG_fail;
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
%typemap(argout) TYPE *NAME %pz_result(pzb_record_out(&one, #TYPE, &record$argnum))
%typemap(freearg) TYPE *NAME ""
%enddef

%define %pz_out_columns(TYPE, NAME)
%typemap(in, numinputs=0) TYPE **NAME (TYPE *block = NULL) "$1 = &block;"
%typemap(argout) TYPE **NAME {
    zval one;
    TYPE *taken = block$argnum;
    block$argnum = NULL;
    pzb_columns_out(&one, TYPE ## _columns, taken);
    pzb_result_add($result, &one);
}
%typemap(freearg) TYPE **NAME "pz_free(block$argnum);"
%enddef

/* ---- arguments ---- */

%typemap(in) int32_t "if (pzb_int32_in(&$input, \"$1_name\", &$1) < 0) SWIG_fail;"
%typemap(in) int64_t "if (pzb_int64_in(&$input, \"$1_name\", &$1) < 0) SWIG_fail;"
%typemap(in) size_t (int64_t size = 0) {
    if (pzb_int64_in(&$input, "$1_name", &size) < 0) SWIG_fail;
    if (size < 0) {
        pzb_fail(PZ_E_INVALID, "$1_name", "$1_name must not be negative");
        SWIG_fail;
    }
    $1 = (size_t)size;
}
%typemap(in) uint64_t "if (pzb_uint64_in(&$input, \"$1_name\", &$1) < 0) SWIG_fail;"
%typemap(in) pz_id "if (pzb_id_in(&$input, \"$1_name\", &$1) < 0) SWIG_fail;"
%typemap(in) pz_time "if (pzb_time_in(&$input, \"$1_name\", &$1) < 0) SWIG_fail;"
%typemap(in) pz_date "if (pzb_date_in(&$input, \"$1_name\", &$1) < 0) SWIG_fail;"
%typemap(in) double "if (pzb_real_in(&$input, \"$1_name\", &$1) < 0) SWIG_fail;"
%typemap(in) enum SWIGTYPE (int32_t number = 0) {
    if (pzb_int32_in(&$input, "$1_name", &number) < 0) SWIG_fail;
    $1 = ($1_ltype)number;
}
%define %pz_bool(NAME)
%typemap(in) int32_t NAME "if (pzb_bool_in(&$input, \"$1_name\", &$1) < 0) SWIG_fail;"
%enddef

%typemap(in) const char * (const char *text) {
    if (pzb_text_in(&$input, "$1_name", &text, NULL) < 0) SWIG_fail;
    $1 = (char *)text;
}
%typemap(freearg) const char * ""
%typemap(in) const char *path (const char *text), const char *backup (const char *text) {
    if (pzb_path_in(&$input, "$1_name", &text) < 0) SWIG_fail;
    $1 = (char *)text;
}

%define %pz_text(NAME)
%typemap(in) (const char *NAME, size_t NAME ## _len) (const char *text, size_t length) {
    if (pzb_text_in(&$input, "$1_name", &text, &length) < 0) SWIG_fail;
    $1 = (char *)text;
    $2 = length;
}
%typemap(freearg) (const char *NAME, size_t NAME ## _len) ""
%enddef

%define %pz_record(TYPE)
%typemap(in) const TYPE * (pzb_arena arena = {NULL}, void *record) {
    if (pzb_record_in(&$input, #TYPE, "$1_name", &arena, &record) < 0) SWIG_fail;
    $1 = ($1_ltype)record;
}
%typemap(argout) const TYPE * ""
%typemap(freearg) const TYPE * "pzb_arena_free(&arena$argnum);"
%enddef

/* A record that the call changes: a copy goes in and comes back changed. */
%define %pz_change_record(TYPE, NAME)
%typemap(in) TYPE *NAME (pzb_arena arena = {NULL}, void *record) {
    if (pzb_record_in(&$input, #TYPE, "$1_name", &arena, &record) < 0) SWIG_fail;
    $1 = ($1_ltype)record;
}
%typemap(argout) TYPE *NAME %pz_result(pzb_record_out(&one, #TYPE, $1))
%typemap(freearg) TYPE *NAME "pzb_arena_free(&arena$argnum);"
%enddef

%define %pz_records(TYPE, NAME)
%typemap(in) (const TYPE *const *NAME, size_t rows) (pzb_arena arena = {NULL}, void **list, size_t count) {
    if (pzb_records_in(&$input, #TYPE, "$1_name", &arena, &list, &count) < 0) SWIG_fail;
    $1 = ($1_ltype)list;
    $2 = count;
}
%typemap(freearg) (const TYPE *const *NAME, size_t rows) "pzb_arena_free(&arena$argnum);"
%enddef

/* A list of the name of a record type and of records of that type. */
%typemap(in) (const pz_record_type *type, const void *const *rows, size_t count) (pzb_arena arena = {NULL}, void **list, size_t number) {
    zval *type = Z_TYPE($input) == IS_ARRAY ? zend_hash_index_find(Z_ARRVAL($input), 0) : NULL;
    zval *given = type ? zend_hash_index_find(Z_ARRVAL($input), 1) : NULL;
    if (!given || Z_TYPE_P(type) != IS_STRING) {
        pzb_wrong_type("rows", "a list of records", &$input);
        SWIG_fail;
    }
    $1 = (pz_record_type *)pzb_record_type(Z_STRVAL_P(type));
    if (!$1 || pzb_records_in(given, Z_STRVAL_P(type), "rows", &arena, &list, &number) < 0) SWIG_fail;
    $2 = ($2_ltype)list;
    $3 = number;
}
%typemap(argout) (const pz_record_type *type, const void *const *rows, size_t count) ""
%typemap(freearg) (const pz_record_type *type, const void *const *rows, size_t count) "pzb_arena_free(&arena$argnum);"

%define %pz_columns(TYPE)
%typemap(in) const TYPE * (pzb_arena arena = {NULL}, TYPE columns = {sizeof(TYPE)}) {
    $1 = NULL;
    if (Z_TYPE($input) != IS_NULL) {
        if (pzb_columns_in(&$input, TYPE ## _columns, &columns, &arena) < 0) SWIG_fail;
        $1 = &columns;
    }
}
%typemap(freearg) const TYPE * "pzb_arena_free(&arena$argnum);"
%enddef

%typemap(in) (const char *const *texts, size_t rows, pz_id *out_ids) (pzb_arena arena = {NULL}) {
    const char **list;
    zval *item;
    if (Z_TYPE($input) != IS_ARRAY) {
        pzb_wrong_type("$1_name", "a list of strings", &$input);
        SWIG_fail;
    }
    $2 = zend_hash_num_elements(Z_ARRVAL($input));
    $1 = (char **)(list = pzb_allocate(&arena, $2 + 1, sizeof *list));
    $3 = list ? pzb_allocate(&arena, $2 + 1, sizeof(pz_id)) : NULL;
    if (!$3) SWIG_fail;
    ZEND_HASH_FOREACH_VAL(Z_ARRVAL($input), item) {
        ZVAL_DEREF(item);
        if (Z_TYPE_P(item) == IS_NULL) pzb_wrong_type("$1_name", "a list of strings", item);
        if (Z_TYPE_P(item) == IS_NULL || pzb_text_in(item, "$1_name", list++, NULL) < 0) SWIG_fail;
    } ZEND_HASH_FOREACH_END();
}
%typemap(argout) (const char *const *texts, size_t rows, pz_id *out_ids) %pz_result(pzb_numbers_out(&one, 'q', $3, $2))
%typemap(freearg) (const char *const *texts, size_t rows, pz_id *out_ids) "pzb_arena_free(&arena$argnum);"

%define %pz_matrix(TYPE, NAME, ROWS, COLS, CODE)
%typemap(in) (const TYPE *NAME, size_t ROWS, size_t COLS) (pzb_arena arena = {NULL}) {
    const void *data = NULL;
    size_t rows, cols;
    if (pzb_matrix_in(&$input, "$1_name", CODE, &arena, &data, &rows, &cols) < 0) SWIG_fail;
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
    if (pzb_array_in(&$input, "$1_name", CODE, &arena, &data, &rows) < 0) SWIG_fail;
    $1 = ($1_ltype)data;
    $2 = rows;
}
%typemap(freearg) (const TYPE *NAME, size_t LENGTH) { pzb_arena_free(&arena$argnum); }
%enddef

/* An array that the library fills; its length is given. */
%define %pz_out_array(TYPE, NAME, CODE)
%typemap(in) (TYPE *NAME, size_t NAME ## _len) (pzb_arena arena = {NULL}) {
    void *room = pzb_room(&arena, &$input, sizeof(TYPE), &$2);
    if (!room) SWIG_fail;
    $1 = ($1_ltype)room;
}
%typemap(argout) (TYPE *NAME, size_t NAME ## _len) %pz_result(pzb_numbers_out(&one, CODE, $1, $2))
%typemap(freearg) (TYPE *NAME, size_t NAME ## _len) { pzb_arena_free(&arena$argnum); }
%enddef

/* ---- handles ---- */

%define %pz_handle(TYPE)
%typemap(in) TYPE * (zval *used = NULL), const TYPE * (zval *used = NULL) {
    void *pointer;
    if (pzb_handle_begin(&$input, #TYPE, "$1_name", &pointer) < 0) SWIG_fail;
    used = &$input;
    $1 = ($1_ltype)pointer;
}
%typemap(freearg) TYPE *, const TYPE * "if (used$argnum) pzb_handle_end(used$argnum);"
%enddef

%define %pz_out_handle(TYPE, NAME, FREE, PARENT)
%typemap(in, numinputs=0) TYPE **NAME (TYPE *made = NULL) "$1 = &made;"
%typemap(argout) TYPE **NAME {
    zval one;
    pzb_handle_new(&one, made$argnum, #TYPE, (pzb_release_fn)FREE, PARENT, NULL);
    made$argnum = NULL;
    pzb_result_add($result, &one);
}
%typemap(freearg) TYPE **NAME { if (made$argnum) FREE(made$argnum); }
%enddef

/* A store keeps its clock and key function, so its handle keeps the callables. */
%typemap(in) (const pz_store_options *options, pz_store **out_store)
    (pzb_arena arena = {NULL}, zval kept, pz_store_options options = PZ_STORE_OPTIONS_INIT, pz_store *made = NULL) {
    ZVAL_UNDEF(&kept);
    if (Z_TYPE($input) == IS_ARRAY && pzb_store_options_in(&$input, &options, &arena, &kept) < 0) {
        zval_ptr_dtor(&kept);
        ZVAL_UNDEF(&kept);
        SWIG_fail;
    }
    $1 = &options;
    $2 = &made;
}
%typemap(argout) (const pz_store_options *options, pz_store **out_store) {
    zval one;
    pzb_handle_new(&one, made$argnum, "pz_store", (pzb_release_fn)pz_store_free, NULL, &kept$argnum);
    made$argnum = NULL;
    pzb_result_add($result, &one);
}
%typemap(freearg) (const pz_store_options *options, pz_store **out_store) {
    if (made$argnum) pz_store_free(made$argnum);
    if ($1) zval_ptr_dtor(&kept$argnum);
    pzb_arena_free(&arena$argnum);
}
%typemap(in) const pz_store_options *options (pzb_arena arena = {NULL}, zval kept, pz_store_options options = PZ_STORE_OPTIONS_INIT) {
    ZVAL_UNDEF(&kept);
    if (Z_TYPE($input) == IS_ARRAY && pzb_store_options_in(&$input, &options, &arena, &kept) < 0) {
        zval_ptr_dtor(&kept);
        SWIG_fail;
    }
    $1 = &options;
}
%typemap(freearg) const pz_store_options *options {
    if ($1) zval_ptr_dtor(&kept$argnum);
    pzb_arena_free(&arena$argnum);
}
%typemap(in) const pz_import_options *options (pzb_arena arena = {NULL}, pz_import_options options = PZ_IMPORT_OPTIONS_INIT) {
    if (Z_TYPE($input) == IS_ARRAY && pzb_import_options_in(&$input, &options, &arena) < 0) SWIG_fail;
    $1 = &options;
}
%typemap(freearg) const pz_import_options *options "pzb_arena_free(&arena$argnum);"

/* ---- callbacks used during a call ---- */

%define %pz_callback(TYPE, NAME, DATA, FUNCTION, NEEDED)
%typemap(in) (TYPE NAME, void *DATA) (pzb_callable callable) {
    $1 = NULL;
    $2 = NULL;
    if (NEEDED || Z_TYPE($input) != IS_NULL) {
        if (pzb_callable_in(&$input, "$1_name", &callable) < 0) SWIG_fail;
        $1 = FUNCTION;
        $2 = &callable;
    }
}
%typemap(freearg) (TYPE NAME, void *DATA) ""
%enddef
%pz_callback(pz_progress_fn, progress, user_data, pzb_progress, 0)
%pz_callback(pz_grouping_cost_fn, cost, cost_data, pzb_cost, 1)
%pz_callback(pz_grouping_change_fn, change, change_data, pzb_change, 0)
%pz_callback(pz_strategy_fn, strategy, strategy_data, pzb_strategy, 1)

/* ---- for the face alone ---- */

%typemap(in) zval *value "$1 = &$input;"
%typemap(freearg) zval *value ""
%typemap(in) const char *field (const char *text), const char *expected (const char *text), const char *message (const char *text) {
    if (pzb_word_in(&$input, "$1_name", &text) < 0) SWIG_fail;
    $1 = (char *)text;
}
%inline %{
static void handle_close(zval *value) { pzb_handle_close(value); }
static bool handle_is_open(zval *value) { return pzb_handle_is_open(value); }
static void throw_wrong_type(const char *field, const char *expected, zval *value) { pzb_wrong_type(field, expected, value); }
static void throw_invalid(const char *field, const char *message) { pzb_fail(PZ_E_INVALID, field, "%s", message); }
%}
/* Descriptions of the library, as lists. */
%typemap(in, numinputs=0) zval *out_list (zval list) "array_init(&list); $1 = &list;"
%typemap(argout) zval *out_list { ZVAL_COPY_VALUE($result, &list$argnum); }
%inline %{
static void status_rows(zval *out_list)
{
    const pz_status_info *info;
    for (size_t i = 0; (info = pz_status_at(i)) != NULL; i++) {
        zval row;
        array_init_size(&row, 5);
        add_next_index_long(&row, info->status);
        add_next_index_string(&row, info->name);
        add_next_index_string(&row, info->kind);
        add_next_index_string(&row, info->meaning);
        add_next_index_string(&row, info->php_class);
        add_next_index_zval(out_list, &row);
    }
}
static void record_types(zval *out_list)
{
    const pz_record_type *type;
    for (size_t i = 0; (type = pz_record_type_at(i)) != NULL; i++) add_next_index_string(out_list, type->name);
}
static void record_initial(const char *record_type, zval *out_list)
{
    const pz_record_type *type = pzb_record_type(record_type ? record_type : "");
    if (!type) return;
    zval_ptr_dtor(out_list);
    pzb_record_out(out_list, record_type, type->initial);
}
%}
