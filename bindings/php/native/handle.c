/* Handles of the library as PHP objects of one class, Personalize\Native\Handle. An object that no call has made is a closed handle,
 * so that it does no harm. A handle knows when a call uses it, and keeps its parent and what callbacks need. */
#include "native.h"

typedef struct pzb_handle {
    void *pointer;
    const char *type;
    pzb_release_fn release;
    zval parent;
    zval kept;
    size_t children; /* open handles that were made from this one */
    bool in_use;
    bool closed;
    zend_object object;
} pzb_handle;

static zend_class_entry *handle_class;
static zend_object_handlers handle_handlers;

static pzb_handle *handle_of(zend_object *object)
{
    return (pzb_handle *)((char *)object - offsetof(pzb_handle, object));
}

static zend_object *handle_create(zend_class_entry *class_)
{
    pzb_handle *handle = zend_object_alloc(sizeof(pzb_handle), class_);
    memset(handle, 0, offsetof(pzb_handle, object));
    ZVAL_UNDEF(&handle->parent);
    ZVAL_UNDEF(&handle->kept);
    zend_object_std_init(&handle->object, class_);
    object_properties_init(&handle->object, class_);
    handle->object.handlers = &handle_handlers;
    return &handle->object;
}

/* A handle that is closed goes when the last one that was made from it has gone. Callbacks may run as the library lets go; they would
 * not with an exception in flight. */
static void release(pzb_handle *handle)
{
    void *pointer = handle->pointer;
    zend_object *in_flight = EG(exception);
    handle->closed = true;
    if (!pointer || handle->children) return;
    handle->pointer = NULL;
    EG(exception) = NULL;
    handle->release(pointer);
    if (in_flight && EG(exception))
        zend_exception_set_previous(EG(exception), in_flight);
    else if (in_flight)
        EG(exception) = in_flight;
    if (Z_TYPE(handle->parent) == IS_OBJECT) {
        pzb_handle *parent = handle_of(Z_OBJ(handle->parent));
        parent->children--;
        if (parent->closed) release(parent);
    }
}

/* The end of the object while PHP can still run code, and the end of its memory. */
static void handle_end(zend_object *object)
{
    release(handle_of(object));
}

static void handle_free(zend_object *object)
{
    pzb_handle *handle = handle_of(object);
    release(handle);
    zval_ptr_dtor(&handle->kept);
    zval_ptr_dtor(&handle->parent);
    zend_object_std_dtor(object);
}

void pzb_handle_register(void)
{
    zend_class_entry entry;
    INIT_CLASS_ENTRY_EX(entry, PZB_NAMESPACE "\\Handle", sizeof(PZB_NAMESPACE "\\Handle") - 1, NULL);
    handle_class = zend_register_internal_class(&entry);
    handle_class->ce_flags |= ZEND_ACC_FINAL | ZEND_ACC_NOT_SERIALIZABLE | ZEND_ACC_NO_DYNAMIC_PROPERTIES;
    handle_class->create_object = handle_create;
    memcpy(&handle_handlers, zend_get_std_object_handlers(), sizeof handle_handlers);
    handle_handlers.offset = offsetof(pzb_handle, object);
    handle_handlers.clone_obj = NULL;
    handle_handlers.dtor_obj = handle_end;
    handle_handlers.free_obj = handle_free;
}

void pzb_handle_new(zval *out, void *pointer, const char *type, pzb_release_fn release_fn, zval *parent, zval *kept)
{
    pzb_handle *handle;
    object_init_ex(out, handle_class);
    handle = handle_of(Z_OBJ_P(out));
    handle->pointer = pointer;
    handle->type = type;
    handle->release = release_fn;
    if (parent && Z_TYPE_P(parent) == IS_OBJECT && Z_OBJCE_P(parent) == handle_class) {
        ZVAL_COPY(&handle->parent, parent);
        handle_of(Z_OBJ_P(parent))->children++;
    }
    if (kept) ZVAL_COPY(&handle->kept, kept);
}

static pzb_handle *handle_in(zval *value)
{
    ZVAL_DEREF(value);
    return Z_TYPE_P(value) == IS_OBJECT && Z_OBJCE_P(value) == handle_class ? handle_of(Z_OBJ_P(value)) : NULL;
}

int pzb_handle_begin(zval *value, const char *type, const char *name, void **out_pointer)
{
    pzb_handle *handle = handle_in(value);
    *out_pointer = NULL;
    if (Z_TYPE_P(value) == IS_NULL) return 0;
    if (!handle || (handle->type && strcmp(handle->type, type))) {
        pzb_wrong_type(name, pzb_said_of(type), value);
        return -1;
    }
    if (handle->in_use) {
        pzb_fail(PZ_E_BUSY_HANDLE, name, "%s is in use by the call that this callback belongs to", name);
        return -1;
    }
    handle->in_use = true;
    *out_pointer = handle->closed ? NULL : handle->pointer;
    return 0;
}

void pzb_handle_end(zval *value)
{
    pzb_handle *handle = handle_in(value);
    if (handle) handle->in_use = false;
}

void pzb_handle_close(zval *value)
{
    pzb_handle *handle = handle_in(value);
    if (!handle) return;
    if (handle->in_use) {
        pzb_fail(PZ_E_BUSY_HANDLE, "", "the handle is in use by the call that this callback belongs to");
        return;
    }
    handle->in_use = true;
    release(handle);
    handle->in_use = false;
}

bool pzb_handle_is_open(zval *value)
{
    pzb_handle *handle = handle_in(value);
    return handle && handle->pointer && !handle->closed;
}
