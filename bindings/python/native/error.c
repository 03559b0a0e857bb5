/* Statuses become exceptions. The classes are made in Python from the library's table of statuses. */
#include "native.h"

enum { SAID_MAX = 4096 };

static PyObject *error_classes;
static PyObject *wrong_type_class;

int pzb_errors_set(PyObject *classes, PyObject *wrong_type)
{
    if (!PyDict_Check(classes) || !PyType_Check(wrong_type)) {
        PyErr_SetString(PyExc_TypeError, "expected a dict and a class");
        return -1;
    }
    Py_INCREF(classes);
    Py_XSETREF(error_classes, classes);
    Py_INCREF(wrong_type);
    Py_XSETREF(wrong_type_class, wrong_type);
    return 0;
}

static void raise_as(PyObject *class_, PyObject *message, const char *field, const char *hint)
{
    PyObject *error;
    if (!message) return;
    error = PyObject_CallFunction(class_, "Oss", message, field, hint);
    if (error) PyErr_SetObject((PyObject *)Py_TYPE(error), error);
    Py_XDECREF(error);
    Py_DECREF(message);
}

/* A borrowed reference. */
static PyObject *class_of(pz_status status)
{
    PyObject *number = PyLong_FromLong((long)pz_status_describe(status)->status);
    PyObject *class_ = number && error_classes ? PyDict_GetItem(error_classes, number) : NULL;
    Py_XDECREF(number);
    return class_ ? class_ : PyExc_RuntimeError;
}

void pzb_raise(pz_status status)
{
    const pz_error *detail = pz_last_error();
    char message[SAID_MAX], hint[SAID_MAX];
    if (PyErr_Occurred()) return;
    if (detail->status != (int32_t)status || !*detail->message) {
        raise_as(class_of(status), PyUnicode_FromString(pz_status_describe(status)->meaning), "", "");
        return;
    }
    pzb_said(detail->message, detail->field, message, sizeof message);
    pzb_said(detail->hint, "", hint, sizeof hint);
    raise_as(class_of(status), PyUnicode_DecodeUTF8(message, (Py_ssize_t)strlen(message), "replace"), detail->field, hint);
}

void pzb_fail(pz_status status, const char *field, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    raise_as(class_of(status), PyUnicode_FromFormatV(format, arguments), field, "");
    va_end(arguments);
}

void pzb_wrong_type(const char *field, const char *expected, PyObject *given)
{
    PyObject *message = PyUnicode_FromFormat("%s must be %s, not %s", field, expected, Py_TYPE(given)->tp_name);
    raise_as(wrong_type_class ? wrong_type_class : PyExc_TypeError, message, field, "");
}

void pzb_attach_document(char *json)
{
    PyObject *type, *value, *trace, *document;
    PyErr_Fetch(&type, &value, &trace);
    if (!type) {
        pz_free(json);
        return;
    }
    PyErr_NormalizeException(&type, &value, &trace);
    document = pzb_document_out(json);
    if (!document || PyObject_SetAttrString(value, "document", document) < 0) PyErr_Clear();
    Py_XDECREF(document);
    PyErr_Restore(type, value, trace);
}
