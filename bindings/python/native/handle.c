/* Handles of the library as Python objects. A handle knows when a call uses it, so that no other thread and no callback can
 * close it or use it meanwhile; it keeps its parent and the callables that the library keeps. */
#include "native.h"

typedef struct pzb_handle {
    PyObject_HEAD void *pointer;
    const char *type;
    pzb_release_fn release;
    PyObject *parent;
    PyObject *kept;
    Py_ssize_t children; /* open handles that were made from this one */
    int in_use;
    int closed;
} pzb_handle;

PyObject *pzb_handle_new(void *pointer, const char *type, pzb_release_fn release, PyObject *parent, PyObject *kept)
{
    pzb_handle *handle = PyObject_GC_New(pzb_handle, &pzb_handle_type);
    if (!handle) {
        release(pointer);
        return NULL;
    }
    handle->pointer = pointer;
    handle->type = type;
    handle->release = release;
    handle->parent = parent && Py_TYPE(parent) == &pzb_handle_type ? Py_NewRef(parent) : NULL;
    handle->kept = Py_XNewRef(kept);
    handle->children = handle->in_use = handle->closed = 0;
    if (handle->parent) ((pzb_handle *)handle->parent)->children++;
    PyObject_GC_Track(handle);
    return (PyObject *)handle;
}

static int busy(const char *name)
{
    pzb_fail(PZ_E_BUSY_HANDLE, name, "%s is in use by another thread, or by the call that this callback belongs to", name);
    return -1;
}

int pzb_handle_begin(PyObject *object, const char *type, const char *name, void **out_pointer)
{
    pzb_handle *handle = (pzb_handle *)object;
    *out_pointer = NULL;
    if (object == Py_None) return 0;
    if (Py_TYPE(object) != &pzb_handle_type || strcmp(handle->type, type)) {
        pzb_wrong_type(name, pzb_said_of(type), object);
        return -1;
    }
    if (handle->in_use) return busy(name);
    handle->in_use = 1;
    *out_pointer = handle->closed ? NULL : handle->pointer;
    return 0;
}

void pzb_handle_end(PyObject *object)
{
    if (object != Py_None) ((pzb_handle *)object)->in_use = 0;
}

/* A handle that is closed goes when the last one that was made from it has gone. Releasing may wait for the store's other writers,
 * which may need the interpreter. */
static void release(pzb_handle *handle)
{
    void *pointer = handle->pointer;
    pzb_handle *parent = (pzb_handle *)handle->parent;
    handle->closed = 1;
    if (!pointer || handle->children) return;
    handle->pointer = NULL;
    Py_BEGIN_ALLOW_THREADS handle->release(pointer);
    Py_END_ALLOW_THREADS if (!parent) return;
    parent->children--;
    if (parent->closed) release(parent);
}

int pzb_handle_close(PyObject *object)
{
    pzb_handle *handle = (pzb_handle *)object;
    if (object == Py_None) return 0;
    if (Py_TYPE(object) != &pzb_handle_type) {
        pzb_wrong_type("handle", "a handle", object);
        return -1;
    }
    if (handle->in_use) return busy("handle");
    handle->in_use = 1;
    release(handle);
    handle->in_use = 0;
    return PyErr_Occurred() ? -1 : 0;
}

int pzb_handle_is_open(PyObject *object)
{
    return Py_TYPE(object) == &pzb_handle_type && !((pzb_handle *)object)->closed;
}

static int handle_traverse(PyObject *object, visitproc visit, void *arg)
{
    Py_VISIT(((pzb_handle *)object)->parent);
    Py_VISIT(((pzb_handle *)object)->kept);
    return 0;
}

static void handle_dealloc(PyObject *object)
{
    pzb_handle *handle = (pzb_handle *)object;
    PyObject *type, *value, *trace;
    PyObject_GC_UnTrack(object);
    PyErr_Fetch(&type, &value, &trace);
    release(handle);
    if (PyErr_Occurred()) PyErr_WriteUnraisable(NULL);
    PyErr_Restore(type, value, trace);
    Py_CLEAR(handle->kept);
    Py_CLEAR(handle->parent);
    PyObject_GC_Del(object);
}

PyTypeObject pzb_handle_type = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "personalize._native.Handle",
    .tp_basicsize = sizeof(pzb_handle),
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_DISALLOW_INSTANTIATION,
    .tp_doc = "A handle of the library.",
    .tp_dealloc = handle_dealloc,
    .tp_traverse = handle_traverse,
};
