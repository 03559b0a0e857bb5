/* Records: one converter for all of them, driven by their descriptions. */
#include "native.h"

/* ------------------------------------------------------------------------------------------------- arena --- */

int pzb_keep(pzb_arena *arena, PyObject *object)
{
    if (!arena->kept && !(arena->kept = PyList_New(0))) return -1;
    return PyList_Append(arena->kept, object);
}

void *pzb_allocate(pzb_arena *arena, size_t bytes)
{
    PyObject *block;
    int kept;
    block = bytes < (size_t)PY_SSIZE_T_MAX / 2 ? PyBytes_FromStringAndSize(NULL, (Py_ssize_t)bytes) : NULL;
    if (!block) {
        PyErr_Clear();
        pzb_fail(PZ_E_NOMEM, "", "there is no memory for %zu bytes", bytes);
        return NULL;
    }
    memset(PyBytes_AS_STRING(block), 0, bytes);
    kept = pzb_keep(arena, block);
    Py_DECREF(block);
    return kept < 0 ? NULL : PyBytes_AS_STRING(block);
}

void pzb_arena_free(pzb_arena *arena)
{
    Py_CLEAR(arena->kept);
}

/* ------------------------------------------------------------------------------------------------ classes --- */

/* A record type with its Python class. They are made as the module is loaded and stay. */
typedef struct record_class {
    const pz_record_type *type;
    PyObject *class_;
    PyObject **names; /* attribute of each member */
    PyObject **enums; /* {value: enum member} of each member, or NULL */
    struct record_class *next;
} record_class;

static record_class *classes;

const pz_record_type *pzb_record_type(const char *name)
{
    const pz_record_type *type = pz_record_type_find(name);
    if (!type) pzb_fail(PZ_E_INTERNAL, "", "the library does not describe %s", name);
    return type;
}

static const record_class *class_of(const char *name)
{
    for (const record_class *one = classes; one; one = one->next)
        if (!strcmp(one->type->name, name)) return one;
    pzb_fail(PZ_E_INTERNAL, "", "there is no class for %s", name);
    return NULL;
}

int pzb_record_class_set(const char *type_name, PyObject *class_, PyObject *enums)
{
    const pz_record_type *type = pzb_record_type(type_name);
    record_class *made;
    if (!type) return -1;
    if (!PyType_Check(class_) || !PyDict_Check(enums)) {
        PyErr_SetString(PyExc_TypeError, "expected a class and a dict");
        return -1;
    }
    made = PyMem_Calloc(1, sizeof *made);
    if (made) made->names = PyMem_Calloc(type->field_count, sizeof *made->names);
    if (made && made->names) made->enums = PyMem_Calloc(type->field_count, sizeof *made->enums);
    if (!made || !made->names || !made->enums) {
        PyErr_NoMemory();
        return -1;
    }
    for (uint32_t i = 0; i < type->field_count; i++) {
        const char *name = type->fields[i].name;
        made->names[i] = strcmp(name, "from") ? PyUnicode_InternFromString(name) : PyUnicode_InternFromString("from_");
        made->enums[i] = PyDict_GetItemString(enums, name);
        Py_XINCREF(made->enums[i]);
        if (!made->names[i]) return -1;
    }
    made->type = type;
    made->class_ = Py_NewRef(class_);
    made->next = classes;
    classes = made;
    return 0;
}

/* ---------------------------------------------------------------------------------------------------- in --- */

static int enum_in(PyObject *value, const pz_field *field, int32_t *out)
{
    if (PyUnicode_Check(value) && field->names) {
        for (int32_t i = 0; field->names[i]; i++)
            if (*field->names[i] && !PyUnicode_CompareWithASCIIString(value, field->names[i])) return *out = i, 0;
        pzb_fail(PZ_E_INVALID, field->name, "%s has no value %R", field->name, value);
        return -1;
    }
    return pzb_int32_in(value, field->name, out);
}

static int field_in(PyObject *value, const pz_field *field, char *record, pzb_arena *arena)
{
    char *at = record + field->offset;
    switch (field->type) {
    case PZ_FIELD_ID: return pzb_id_in(value, field->name, (pz_id *)at);
    case PZ_FIELD_INT: return pzb_int32_in(value, field->name, (int32_t *)at);
    case PZ_FIELD_BIGINT:
        if (value == Py_None) return *(int64_t *)at = 0, 0;
        /* Seeds are unsigned: both halves of the range are taken, as the same 64 bits. */
        if (PyLong_Check(value) && !strcmp(field->name, "seed")) return pzb_uint64_in(value, field->name, (uint64_t *)at);
        return pzb_int_in(value, field->name, INT64_MIN, INT64_MAX, (int64_t *)at);
    case PZ_FIELD_REAL: return pzb_real_in(value, field->name, (double *)at);
    case PZ_FIELD_BOOL: return pzb_bool_in(value, field->name, (int32_t *)at);
    case PZ_FIELD_TIME: return pzb_time_in(value, field->name, (pz_time *)at);
    case PZ_FIELD_DATE: return pzb_date_in(value, field->name, (pz_date *)at);
    case PZ_FIELD_ENUM: return enum_in(value, field, (int32_t *)at);
    case PZ_FIELD_TEXT: {
        size_t *length = field->length_offset ? (size_t *)(record + field->length_offset) : NULL;
        if (value != Py_None && pzb_keep(arena, value) < 0) return -1;
        return pzb_text_in(value, field->name, (const char **)at, length);
    }
    default: pzb_fail(PZ_E_INTERNAL, field->name, "%s has a type that this binding does not know", field->name); return -1;
    }
}

static const pz_field *field_find(const pz_record_type *type, PyObject *name)
{
    char members[1024];
    for (uint32_t i = 0; PyUnicode_Check(name) && i < type->field_count; i++)
        if (!PyUnicode_CompareWithASCIIString(name, type->fields[i].name)) return &type->fields[i];
    pzb_said_members(type, members, sizeof members);
    pzb_fail(PZ_E_INVALID, "", "%s has no member %R; its members are %s", pzb_said_of(type->name), name, members);
    return NULL;
}

int pzb_record_in(PyObject *members, const char *type_name, const char *name, pzb_arena *arena, void **out_record)
{
    const pz_record_type *type;
    PyObject *key, *value;
    Py_ssize_t position = 0;
    *out_record = NULL;
    if (members == Py_None) return 0;
    if (!PyDict_Check(members)) {
        pzb_wrong_type(name, "a record or a dict of its members", members);
        return -1;
    }
    type = pzb_record_type(type_name);
    if (!type || !(*out_record = pzb_allocate(arena, type->record_size))) return -1;
    memcpy(*out_record, type->initial, type->record_size);
    while (PyDict_Next(members, &position, &key, &value)) {
        const pz_field *field = field_find(type, key);
        if (!field || field_in(value, field, *out_record, arena) < 0) return -1;
    }
    return 0;
}

int pzb_records_in(PyObject *list, const char *type, const char *name, pzb_arena *arena, void ***out_rows, size_t *out_count)
{
    PyObject *items;
    Py_ssize_t count;
    *out_rows = NULL;
    *out_count = 0;
    if (list == Py_None) return 0;
    items = PyUnicode_Check(list) || PyDict_Check(list) ? NULL : PySequence_Fast(list, "");
    if (!items) {
        PyErr_Clear();
        pzb_wrong_type(name, "a list of records", list);
        return -1;
    }
    count = PySequence_Fast_GET_SIZE(items);
    *out_rows = pzb_allocate(arena, ((size_t)count + 1) * sizeof **out_rows);
    for (Py_ssize_t i = 0; *out_rows && i < count; i++) {
        PyObject *item = PySequence_Fast_GET_ITEM(items, i);
        if (item == Py_None) pzb_wrong_type(name, "a list of records", item);
        if (item == Py_None || pzb_record_in(item, type, name, arena, &(*out_rows)[i]) < 0) *out_rows = NULL;
    }
    Py_DECREF(items);
    if (!*out_rows) return -1;
    *out_count = (size_t)count;
    return 0;
}

/* --------------------------------------------------------------------------------------------------- out --- */

static PyObject *enum_out(int32_t value, const pz_field *field, PyObject *members)
{
    PyObject *number, *member;
    if (!value) Py_RETURN_NONE;
    number = PyLong_FromLong(value);
    member = number && members ? PyDict_GetItemWithError(members, number) : NULL;
    if (member) {
        Py_INCREF(member);
        Py_DECREF(number);
        return member;
    }
    if (!members && number && field->names) {
        int32_t i = 0;
        while (field->names[i] && i < value) i++;
        if (field->names[i]) {
            Py_DECREF(number);
            return PyUnicode_FromString(field->names[i]);
        }
    }
    return number;
}

static PyObject *field_out(const pz_field *field, const char *record, PyObject *enum_members)
{
    const char *at = record + field->offset;
    switch (field->type) {
    case PZ_FIELD_ID: return pzb_id_out(*(const pz_id *)at);
    case PZ_FIELD_INT: return PyLong_FromLong(*(const int32_t *)at);
    case PZ_FIELD_BIGINT:
        if (!strcmp(field->name, "seed")) return PyLong_FromUnsignedLongLong(*(const uint64_t *)at);
        return PyLong_FromLongLong(*(const int64_t *)at);
    case PZ_FIELD_REAL: return pzb_real_out(*(const double *)at);
    case PZ_FIELD_BOOL:
        if (*(const int32_t *)at < 0) Py_RETURN_NONE;
        return PyBool_FromLong(*(const int32_t *)at);
    case PZ_FIELD_TIME: return pzb_time_out(*(const pz_time *)at);
    case PZ_FIELD_DATE: return pzb_date_out(*(const pz_date *)at);
    case PZ_FIELD_ENUM: return enum_out(*(const int32_t *)at, field, enum_members);
    case PZ_FIELD_TEXT:
        return pzb_text_out(*(const char *const *)at,
                            field->length_offset ? *(const size_t *)(record + field->length_offset) : PZ_NUL_TERMINATED);
    default: pzb_fail(PZ_E_INTERNAL, field->name, "%s has a type that this binding does not know", field->name); return NULL;
    }
}

static PyObject *record_of(const record_class *class_, const void *record)
{
    PyTypeObject *made = (PyTypeObject *)class_->class_;
    PyObject *nothing = PyTuple_New(0);
    PyObject *result = nothing ? made->tp_new(made, nothing, NULL) : NULL;
    Py_XDECREF(nothing);
    for (uint32_t i = 0; result && i < class_->type->field_count; i++) {
        PyObject *value = field_out(&class_->type->fields[i], record, class_->enums[i]);
        if (!value || PyObject_SetAttr(result, class_->names[i], value) < 0) Py_CLEAR(result);
        Py_XDECREF(value);
    }
    return result;
}

PyObject *pzb_record_out(const char *type, const void *record)
{
    const record_class *class_;
    if (!record) Py_RETURN_NONE;
    class_ = class_of(type);
    return class_ ? record_of(class_, record) : NULL;
}

PyObject *pzb_record_block_out(const char *type, void *block)
{
    PyObject *result = pzb_record_out(type, block);
    pz_free(block);
    return result;
}

PyObject *pzb_rows_out(const char *type, void **rows, size_t count)
{
    const record_class *class_ = class_of(type);
    PyObject *list = class_ ? PyList_New((Py_ssize_t)count) : NULL;
    for (size_t i = 0; list && i < count; i++) {
        PyObject *record = record_of(class_, rows[i]);
        if (record)
            PyList_SET_ITEM(list, (Py_ssize_t)i, record);
        else
            Py_CLEAR(list);
    }
    pz_free(rows);
    return list;
}

PyObject *pzb_record_initial(const char *type_name)
{
    const pz_record_type *type = pzb_record_type(type_name);
    PyObject *members = type ? PyDict_New() : NULL;
    const record_class *class_ = type ? class_of(type_name) : NULL;
    if (!class_) Py_CLEAR(members);
    for (uint32_t i = 0; members && i < type->field_count; i++) {
        PyObject *value = field_out(&type->fields[i], type->initial, class_->enums[i]);
        if (!value || PyDict_SetItem(members, class_->names[i], value) < 0) Py_CLEAR(members);
        Py_XDECREF(value);
    }
    return members;
}
