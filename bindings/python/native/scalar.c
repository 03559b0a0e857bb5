/* Single values: numbers, ids, times, days, texts. */
#include "native.h"

#include <datetime.h>

static PyObject *epoch_time, *epoch_date;

static int epochs_ready(void)
{
    if (epoch_date) return 0;
    if (!PyDateTimeAPI) PyDateTime_IMPORT;
    if (!PyDateTimeAPI) return -1;
    epoch_time = PyDateTimeAPI->DateTime_FromDateAndTime(1970, 1, 1, 0, 0, 0, 0, PyDateTime_TimeZone_UTC, PyDateTimeAPI->DateTimeType);
    epoch_date = epoch_time ? PyDate_FromDate(1970, 1, 1) : NULL;
    return epoch_date ? 0 : -1;
}

/* ---- in ---- */

/* A new reference to the int that a value stands for. An array of NumPy has an index only if it holds one whole number. */
static PyObject *whole(PyObject *value, const char *name)
{
    PyObject *number = !PyBool_Check(value) && PyIndex_Check(value) ? PyNumber_Index(value) : NULL;
    if (!number && (!PyErr_Occurred() || PyErr_ExceptionMatches(PyExc_TypeError))) {
        PyErr_Clear();
        pzb_wrong_type(name, "an int", value);
    }
    return number;
}

int pzb_int_in(PyObject *value, const char *name, int64_t least, int64_t most, int64_t *out)
{
    PyObject *number = whole(value, name);
    int overflow;
    long long result;
    if (!number) return -1;
    result = PyLong_AsLongLongAndOverflow(number, &overflow);
    Py_DECREF(number);
    if (overflow || result < least || result > most) {
        pzb_fail(PZ_E_INVALID, name, "%s is out of range: %lld to %lld", name, (long long)least, (long long)most);
        return -1;
    }
    *out = (int64_t)result;
    return 0;
}

int pzb_int32_in(PyObject *value, const char *name, int32_t *out)
{
    int64_t wide;
    if (value == Py_None) return *out = 0, 0;
    if (pzb_int_in(value, name, INT32_MIN, INT32_MAX, &wide) < 0) return -1;
    *out = (int32_t)wide;
    return 0;
}

int pzb_uint64_in(PyObject *value, const char *name, uint64_t *out)
{
    PyObject *number = whole(value, name);
    unsigned long long result;
    if (!number) return -1;
    result = PyLong_AsUnsignedLongLong(number);
    Py_DECREF(number);
    if (result == (unsigned long long)-1 && PyErr_Occurred()) {
        PyErr_Clear();
        pzb_fail(PZ_E_INVALID, name, "%s is out of range: 0 to 18446744073709551615", name);
        return -1;
    }
    *out = (uint64_t)result;
    return 0;
}

int pzb_id_in(PyObject *value, const char *name, pz_id *out)
{
    if (value == Py_None) return *out = 0, 0;
    if (PyUnicode_Check(value)) {
        pzb_wrong_type(name, "an id (an int): this kind of record has no outside ids", value);
        return -1;
    }
    return pzb_int_in(value, name, INT64_MIN, INT64_MAX, out);
}

int pzb_real_in(PyObject *value, const char *name, double *out)
{
    if (value == Py_None) return *out = PZ_REAL_NONE, 0;
    if (PyBool_Check(value) ||
        !(PyFloat_Check(value) || PyIndex_Check(value) || (Py_TYPE(value)->tp_as_number && Py_TYPE(value)->tp_as_number->nb_float))) {
        pzb_wrong_type(name, "a number", value);
        return -1;
    }
    *out = PyFloat_AsDouble(value);
    if (*out == -1.0 && PyErr_Occurred()) {
        PyErr_Clear();
        pzb_fail(PZ_E_INVALID, name, "%s is out of the range of a double", name);
        return -1;
    }
    return 0;
}

int pzb_bool_in(PyObject *value, const char *name, int32_t *out)
{
    int64_t wide;
    if (value == Py_None) return *out = 0, 0;
    if (PyBool_Check(value)) return *out = value == Py_True, 0;
    if (!PyIndex_Check(value)) {
        pzb_wrong_type(name, "a bool", value);
        return -1;
    }
    if (pzb_int_in(value, name, -1, 1, &wide) < 0) return -1;
    *out = (int32_t)wide;
    return 0;
}

/* What the library says of a text that is no time or day, as an exception. */
static int parsed(pz_status status)
{
    if (status == PZ_OK) return 0;
    pzb_raise(status);
    return -1;
}

int pzb_time_in(PyObject *value, const char *name, pz_time *out)
{
    PyObject *since;
    if (value == Py_None) return *out = PZ_TIME_NONE, 0;
    if (PyUnicode_Check(value)) {
        const char *text;
        size_t length;
        return pzb_text_in(value, name, &text, &length) < 0 ? -1 : parsed(pz_time_parse(text, length, out));
    }
    if (epochs_ready() < 0) return -1;
    if (!PyDateTime_Check(value)) {
        if (!PyBool_Check(value) && PyIndex_Check(value)) return pzb_int_in(value, name, INT64_MIN, INT64_MAX, out);
        pzb_wrong_type(name, "a datetime with a time zone", value);
        return -1;
    }
    since = PyNumber_Subtract(value, epoch_time);
    if (!since) {
        PyErr_Clear();
        pzb_fail(PZ_E_INVALID, name, "%s has no time zone: say which moment is meant, such as datetime.now(timezone.utc)", name);
        return -1;
    }
    *out = ((int64_t)PyDateTime_DELTA_GET_DAYS(since) * 86400 + PyDateTime_DELTA_GET_SECONDS(since)) * 1000000 +
           PyDateTime_DELTA_GET_MICROSECONDS(since);
    Py_DECREF(since);
    return 0;
}

int pzb_date_in(PyObject *value, const char *name, pz_date *out)
{
    PyObject *since;
    if (value == Py_None) return *out = PZ_DATE_NONE, 0;
    if (PyUnicode_Check(value)) {
        const char *text;
        size_t length;
        return pzb_text_in(value, name, &text, &length) < 0 ? -1 : parsed(pz_date_parse(text, length, out));
    }
    if (epochs_ready() < 0) return -1;
    if (!PyDate_Check(value) || PyDateTime_Check(value)) {
        pzb_wrong_type(name, "a date", value);
        return -1;
    }
    since = PyNumber_Subtract(value, epoch_date);
    if (!since) return -1;
    *out = (pz_date)PyDateTime_DELTA_GET_DAYS(since);
    Py_DECREF(since);
    return 0;
}

int pzb_text_in(PyObject *value, const char *name, const char **out_text, size_t *out_length)
{
    Py_ssize_t length;
    *out_text = NULL;
    if (out_length) *out_length = 0;
    if (value == Py_None) return 0;
    if (!PyUnicode_Check(value)) {
        pzb_wrong_type(name, "a str", value);
        return -1;
    }
    *out_text = PyUnicode_AsUTF8AndSize(value, &length);
    if (!*out_text) {
        PyErr_Clear();
        pzb_fail(PZ_E_TEXT, name, "%s holds a lone surrogate, which no UTF-8 text can", name);
        return -1;
    }
    if (strlen(*out_text) != (size_t)length) { /* no text of the library may */
        pzb_fail(PZ_E_TEXT, name, "%s holds a NUL at byte %zu: take it out, such as with replace(\"\\0\", \"\")", name,
                 strlen(*out_text) + 1);
        return -1;
    }
    if (out_length) *out_length = (size_t)length;
    return 0;
}

/* ---- out ---- */

PyObject *pzb_id_out(pz_id id)
{
    if (!id) Py_RETURN_NONE;
    return PyLong_FromLongLong((long long)id);
}

PyObject *pzb_real_out(double value)
{
    if (isnan(value)) Py_RETURN_NONE;
    return PyFloat_FromDouble(value);
}

/* `start` plus a span of time; out of the years 1 to 9999 it is an OverflowError, which becomes ours. */
static PyObject *moment(PyObject *start, int64_t days, int seconds, int microseconds)
{
    PyObject *span = days < -800000 || days > 3000000 ? NULL : PyDelta_FromDSU((int)days, seconds, microseconds);
    PyObject *result = span ? PyNumber_Add(start, span) : NULL;
    Py_XDECREF(span);
    if (!result) {
        PyErr_Clear();
        pzb_fail(PZ_E_INVALID, "", "a time lies outside the years 1 to 9999");
    }
    return result;
}

PyObject *pzb_time_out(pz_time time)
{
    int64_t days, rest;
    if (time == PZ_TIME_NONE) Py_RETURN_NONE;
    if (epochs_ready() < 0) return NULL;
    days = time / 86400000000;
    rest = time % 86400000000;
    if (rest < 0) {
        rest += 86400000000;
        days--;
    }
    return moment(epoch_time, days, (int)(rest / 1000000), (int)(rest % 1000000));
}

PyObject *pzb_date_out(pz_date date)
{
    if (date == PZ_DATE_NONE) Py_RETURN_NONE;
    return epochs_ready() < 0 ? NULL : moment(epoch_date, date, 0, 0);
}

PyObject *pzb_text_out(const char *text, size_t length)
{
    if (!text) Py_RETURN_NONE;
    return PyUnicode_DecodeUTF8(text, (Py_ssize_t)(length == PZ_NUL_TERMINATED ? strlen(text) : length), "strict");
}

PyObject *pzb_taken_text_out(char *text)
{
    PyObject *result = pzb_text_out(text, PZ_NUL_TERMINATED);
    pz_free(text);
    return result;
}

PyObject *pzb_document_out(char *json)
{
    PyObject *text = pzb_taken_text_out(json);
    PyObject *module = text ? PyImport_ImportModule("json") : NULL;
    PyObject *document = module ? PyObject_CallMethod(module, "loads", "O", text) : NULL;
    Py_XDECREF(module);
    Py_XDECREF(text);
    return document;
}

PyObject *pzb_result_add(PyObject *results, PyObject *result)
{
    PyObject *one, *both;
    if (!results || !result) {
        Py_XDECREF(results);
        Py_XDECREF(result);
        return NULL;
    }
    if (results == Py_None) {
        Py_DECREF(results);
        return result;
    }
    one = PyTuple_Check(results) ? Py_NewRef(results) : PyTuple_Pack(1, results);
    Py_DECREF(results);
    Py_SETREF(result, PyTuple_Pack(1, result));
    both = one && result ? PySequence_Concat(one, result) : NULL;
    Py_XDECREF(one);
    Py_XDECREF(result);
    return both;
}
