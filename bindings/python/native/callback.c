/* Python callables as callbacks of the library, and the options that hold them. Each trampoline takes the interpreter lock; an
 * exception stays set, and the call that made the callback raises it. */
#include "native.h"

pz_status pzb_progress(double done, void *user_data)
{
    PyGILState_STATE lock = PyGILState_Ensure();
    PyObject *answer = PyErr_Occurred() ? NULL : PyObject_CallFunction(user_data, "d", done);
    pz_status status = !answer ? PZ_E_CALLBACK : answer == Py_False ? PZ_E_CANCELLED : PZ_OK;
    Py_XDECREF(answer);
    PyGILState_Release(lock);
    return status;
}

/* A list of its own, so that the callable may keep it. */
static PyObject *group_list(const int32_t *groups, size_t rows)
{
    PyObject *list = PyList_New((Py_ssize_t)rows);
    for (size_t i = 0; list && i < rows; i++) {
        PyObject *number = PyLong_FromLong(groups[i]);
        if (!number)
            Py_CLEAR(list);
        else
            PyList_SET_ITEM(list, (Py_ssize_t)i, number);
    }
    return list;
}

/* Takes `answer` over; NULL where the callable raised. */
static pz_status number_answer(PyObject *answer, const char *name, double *out)
{
    int failed = !answer || pzb_real_in(answer, name, out) < 0;
    Py_XDECREF(answer);
    return failed ? PZ_E_CALLBACK : PZ_OK;
}

pz_status pzb_cost(const int32_t *groups, size_t rows, double *out_cost, void *user_data)
{
    PyGILState_STATE lock = PyGILState_Ensure();
    PyObject *list = PyErr_Occurred() ? NULL : group_list(groups, rows);
    pz_status status = number_answer(list ? PyObject_CallOneArg(user_data, list) : NULL, "cost", out_cost);
    Py_XDECREF(list);
    PyGILState_Release(lock);
    return status;
}

pz_status pzb_change(const int32_t *groups, size_t rows, int32_t learner, int32_t to, int32_t other, double *out_change, void *user_data)
{
    PyGILState_STATE lock = PyGILState_Ensure();
    PyObject *list = PyErr_Occurred() ? NULL : group_list(groups, rows);
    PyObject *answer = list ? PyObject_CallFunction(user_data, "Oiii", list, (int)learner, (int)to, (int)other) : NULL;
    pz_status status = number_answer(answer, "change", out_change);
    Py_XDECREF(list);
    PyGILState_Release(lock);
    return status;
}

static int groups_answer(PyObject *answer, int32_t *out_groups, size_t count)
{
    pzb_arena arena = {NULL};
    const void *data;
    size_t rows;
    int failed = pzb_array_in(answer, "strategy", 'i', &arena, &data, &rows) < 0;
    if (!failed && (rows != count || !data)) {
        pzb_fail(PZ_E_INVALID, "strategy", "the strategy gave %zu groups for %zu learners", data ? rows : (size_t)0, count);
        failed = 1;
    }
    if (!failed) memcpy(out_groups, data, count * sizeof *out_groups);
    pzb_arena_free(&arena);
    return failed;
}

pz_status pzb_strategy(uint64_t seed, int32_t *out_groups, size_t out_groups_len, void *user_data)
{
    PyGILState_STATE lock = PyGILState_Ensure();
    PyObject *answer = PyErr_Occurred() ? NULL : PyObject_CallFunction(user_data, "K", (unsigned long long)seed);
    pz_status status = answer && !groups_answer(answer, out_groups, out_groups_len) ? PZ_OK : PZ_E_CALLBACK;
    Py_XDECREF(answer);
    PyGILState_Release(lock);
    return status;
}

static int key_bytes(PyObject *answer, uint8_t *out_key)
{
    Py_buffer view;
    int fits;
    if (!PyObject_CheckBuffer(answer)) {
        pzb_wrong_type("host_key", "a function that returns 32 bytes", answer);
        return -1;
    }
    if (PyObject_GetBuffer(answer, &view, PyBUF_SIMPLE) < 0) return -1;
    fits = view.len == 32;
    if (fits)
        memcpy(out_key, view.buf, 32);
    else
        pzb_fail(PZ_E_INVALID, "host_key", "host_key gave %zd bytes; it must give 32", view.len);
    PyBuffer_Release(&view);
    return fits ? 0 : -1;
}

static pz_status key_callback(int32_t use, uint8_t *out_key, void *user_data)
{
    PyGILState_STATE lock = PyGILState_Ensure();
    PyObject *answer = PyErr_Occurred() ? NULL : PyObject_CallFunction(user_data, "i", (int)use);
    pz_status status = answer && key_bytes(answer, out_key) == 0 ? PZ_OK : PZ_E_CALLBACK;
    Py_XDECREF(answer);
    PyGILState_Release(lock);
    return status;
}

static pz_time clock_callback(void *user_data)
{
    PyGILState_STATE lock = PyGILState_Ensure();
    PyObject *answer = PyErr_Occurred() ? NULL : PyObject_CallNoArgs(user_data);
    pz_time now = PZ_TIME_NONE;
    if (answer && pzb_time_in(answer, "clock", &now) < 0) now = PZ_TIME_NONE;
    Py_XDECREF(answer);
    PyGILState_Release(lock);
    return now;
}

/* Takes a callable out of the options; what the library keeps is kept in the list. */
static int callable_in(PyObject *value, const char *name, PyObject **kept, void **out_callable)
{
    *out_callable = NULL;
    if (value == Py_None) return 0;
    if (!PyCallable_Check(value)) {
        pzb_wrong_type(name, "a function", value);
        return -1;
    }
    if (!*kept && !(*kept = PyList_New(0))) return -1;
    *out_callable = value;
    return PyList_Append(*kept, value);
}

int pzb_store_options_in(PyObject *members, pz_store_options *options, pzb_arena *arena, PyObject **out_kept)
{
    PyObject *key, *value;
    Py_ssize_t position = 0;
    *out_kept = NULL;
    while (PyDict_Next(members, &position, &key, &value)) {
        const char *name = PyUnicode_Check(key) ? PyUnicode_AsUTF8(key) : NULL;
        int failed;
        if (!name) name = "?";
        if (!strcmp(name, "read_only"))
            failed = pzb_bool_in(value, name, &options->read_only);
        else if (!strcmp(name, "durability"))
            failed = pzb_int32_in(value, name, &options->durability);
        else if (!strcmp(name, "wait_milliseconds"))
            failed = pzb_int32_in(value, name, &options->wait_milliseconds);
        else if (!strcmp(name, "cache_kibibytes"))
            failed = pzb_int32_in(value, name, &options->cache_kibibytes);
        else if (!strcmp(name, "random_seed"))
            failed = pzb_uint64_in(value, name, &options->random_seed);
        else if (!strcmp(name, "name"))
            failed = pzb_keep(arena, value) < 0 || pzb_text_in(value, name, &options->name, NULL) < 0;
        else if (!strcmp(name, "time_zone"))
            failed = pzb_keep(arena, value) < 0 || pzb_text_in(value, name, &options->time_zone, NULL) < 0;
        else if (!strcmp(name, "host_key")) {
            failed = callable_in(value, name, out_kept, &options->key_data);
            options->key = options->key_data ? key_callback : NULL;
        } else if (!strcmp(name, "clock")) {
            failed = callable_in(value, name, out_kept, &options->clock_data);
            options->clock = options->clock_data ? clock_callback : NULL;
        } else {
            pzb_fail(PZ_E_INVALID, "", "a store has no option %R", key);
            failed = -1;
        }
        if (failed) {
            Py_CLEAR(*out_kept);
            return -1;
        }
    }
    return 0;
}

int pzb_import_options_in(PyObject *members, pz_import_options *options, pzb_arena *arena)
{
    PyObject *key, *value;
    Py_ssize_t position = 0;
    while (PyDict_Next(members, &position, &key, &value)) {
        const char *name = PyUnicode_Check(key) ? PyUnicode_AsUTF8(key) : NULL;
        int failed;
        if (!name) name = "?";
        if (!strcmp(name, "mode"))
            failed = pzb_int32_in(value, name, &options->mode);
        else if (!strcmp(name, "dry_run"))
            failed = pzb_bool_in(value, name, &options->dry_run);
        else if (!strcmp(name, "demographics"))
            failed = pzb_bool_in(value, name, &options->demographics);
        else if (!strcmp(name, "gone_percent_max"))
            failed = pzb_int32_in(value, name, &options->gone_percent_max);
        else if (!strcmp(name, "faults_max"))
            failed = pzb_int32_in(value, name, &options->faults_max);
        else if (!strcmp(name, "rows_max"))
            failed = pzb_int32_in(value, name, &options->rows_max);
        else if (!strcmp(name, "source"))
            failed = pzb_keep(arena, value) < 0 || pzb_text_in(value, name, &options->source, &options->source_len) < 0;
        else if (!strcmp(name, "progress")) {
            failed = callable_in(value, name, &arena->kept, &options->progress_data);
            options->progress = options->progress_data ? pzb_progress : NULL;
        } else {
            pzb_fail(PZ_E_INVALID, "", "an import has no option %R", key);
            failed = -1;
        }
        if (failed) return -1;
    }
    return 0;
}
