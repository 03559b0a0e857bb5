/* Statuses become exceptions, one class for each, made from the library's table. */
#include "native.h"

#include <ext/spl/spl_exceptions.h>

enum { CLASSES_MAX = 64, SAID_MAX = 4096 };

static zend_class_entry *base_class, *wrong_type_class;
static struct {
    int32_t status;
    zend_class_entry *class_;
} classes[CLASSES_MAX];

static zend_class_entry *make(const char *name, zend_class_entry *parent)
{
    zend_class_entry entry;
    char full[128];
    size_t length = (size_t)snprintf(full, sizeof full, "Personalize\\%s", name);
    INIT_CLASS_ENTRY_EX(entry, full, length, NULL);
    return zend_register_internal_class_ex(&entry, parent);
}

static void property(const char *name)
{
    zend_declare_property_string(base_class, name, strlen(name), "", ZEND_ACC_PUBLIC);
}

void pzb_errors_register(void)
{
    const pz_status_info *info;
    size_t made = 0;
    base_class = make("Exception", spl_ce_RuntimeException);
    property("status"); /* the status in C, such as "PZ_E_NOT_FOUND" */
    property("kind");
    property("field");
    property("hint");
    zend_declare_property_null(base_class, "document", sizeof "document" - 1, ZEND_ACC_PUBLIC);
    for (size_t i = 0; (info = pz_status_at(i)) != NULL && made < CLASSES_MAX; i++) {
        if (info->status == PZ_OK) continue;
        classes[made].status = info->status;
        classes[made].class_ = make(info->php_class, base_class);
        if (info->status == PZ_E_INVALID) wrong_type_class = make("WrongTypeException", classes[made].class_);
        made++;
    }
}

static void throw_as(zend_class_entry *class_, const pz_status_info *info, const char *message, const char *field, const char *hint)
{
    zval error;
    zend_object *object;
    if (EG(exception)) return;
    object_init_ex(&error, class_);
    object = Z_OBJ(error);
    zend_update_property_string(zend_ce_exception, object, "message", sizeof "message" - 1, message);
    zend_update_property_long(zend_ce_exception, object, "code", sizeof "code" - 1, (zend_long)info->status);
    zend_update_property_string(base_class, object, "status", sizeof "status" - 1, info->name);
    zend_update_property_string(base_class, object, "kind", sizeof "kind" - 1, info->kind);
    zend_update_property_string(base_class, object, "field", sizeof "field" - 1, field);
    zend_update_property_string(base_class, object, "hint", sizeof "hint" - 1, hint);
    zend_throw_exception_object(&error);
}

static zend_class_entry *class_of(int32_t status)
{
    for (size_t i = 0; i < CLASSES_MAX && classes[i].class_; i++)
        if (classes[i].status == status) return classes[i].class_;
    return base_class;
}

void pzb_raise(pz_status status)
{
    const pz_status_info *info = pz_status_describe(status);
    const pz_error *detail = pz_last_error();
    char message[SAID_MAX], hint[SAID_MAX];
    if (detail->status != (int32_t)status || !*detail->message) {
        throw_as(class_of(info->status), info, info->meaning, "", "");
        return;
    }
    pzb_said(detail->message, detail->field, message, sizeof message);
    pzb_said(detail->hint, "", hint, sizeof hint);
    throw_as(class_of(info->status), info, message, detail->field, hint);
}

void pzb_fail(pz_status status, const char *field, const char *format, ...)
{
    const pz_status_info *info = pz_status_describe(status);
    va_list arguments;
    char *message;
    va_start(arguments, format);
    vspprintf(&message, 0, format, arguments);
    va_end(arguments);
    throw_as(class_of(info->status), info, message, field, "");
    efree(message);
}

void pzb_wrong_type(const char *field, const char *expected, const zval *given)
{
    char *message;
    spprintf(&message, 0, "%s must be %s, not %s", field, expected, zend_zval_type_name(given));
    throw_as(wrong_type_class, pz_status_describe(PZ_E_INVALID), message, field, "");
    efree(message);
}

void pzb_attach_document(char *json)
{
    zend_object *error = EG(exception);
    zval document;
    if (!error || !instanceof_function(error->ce, base_class)) {
        pz_free(json);
        return;
    }
    EG(exception) = NULL; /* decoding would not run with one in flight */
    pzb_document_out(&document, json);
    if (EG(exception)) zend_clear_exception();
    EG(exception) = error;
    zend_update_property(base_class, error, "document", sizeof "document" - 1, &document);
    zval_ptr_dtor(&document);
}
