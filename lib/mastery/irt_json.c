/* Calibrated items as versioned JSON. */
#include <math.h>
#include <string.h>

#include "base/fail.h"
#include "base/json_read.h"
#include "base/json_write.h"
#include "mastery/irt.h"

enum { VERSION = 1 };

static const char *kind_name(int32_t kind)
{
    return pz__irt_options_type.fields[0].names[kind];
}

pz_status pz_irt_write(const pz_irt_model *model, char **out_json)
{
    pz__buffer text = PZ__BUFFER_INIT;
    pz__json_writer json;
    if (!out_json) return pz__fail_null("out_json");
    *out_json = NULL;
    if (!model) return pz__fail_closed("model");
    pz__json_start(&json, &text);
    pz__json_open_object(&json);
    pz__json_put_int(&json, "version", VERSION);
    pz__json_put_text(&json, "model", "irt");
    pz__json_record_members(&json, &pz__irt_fit_type, &model->fit);
    pz__json_key(&json, "items");
    pz__json_open_array(&json);
    for (size_t i = 0; i < model->count; i++) {
        const pz__irt_item *item = &model->items[i];
        pz__json_open_object(&json);
        pz__json_put_text(&json, "kind", kind_name(item->kind));
        pz__json_put_real(&json, "slope", item->slope);
        pz__json_put_real(&json, "guess", item->guess);
        pz__json_key(&json, "intercepts");
        pz__json_open_array(&json);
        for (int32_t k = 1; k < item->categories; k++) pz__json_real(&json, item->intercept[k - 1]);
        pz__json_close_array(&json);
        if (item->kind == PZ_IRT_NOMINAL) {
            pz__json_key(&json, "slopes");
            pz__json_open_array(&json);
            for (int32_t k = 1; k < item->categories; k++) pz__json_real(&json, item->slopes[k - 1]);
            pz__json_close_array(&json);
        }
        pz__json_close_object(&json);
    }
    pz__json_close_array(&json);
    pz__json_close_object(&json);
    return pz__buffer_take(&text, out_json);
}

static int read_real(const pz__json_value *object, const char *key, double low, double high, double *out)
{
    return pz__json_as_real(pz__json_member(object, key), out) && *out >= low && *out <= high;
}

static int read_slopes(const pz__json_value *value, pz__irt_item *item)
{
    const pz__json_value *list = pz__json_member(value, "slopes"), *at = pz__json_first(list);
    if (item->kind != PZ_IRT_NOMINAL) return !list;
    if (pz__json_kind_of(list) != PZ__JSON_ARRAY || pz__json_size(list) != (size_t)item->categories - 1) return 0;
    for (int32_t k = 0; k + 1 < item->categories; k++, at = pz__json_next(at))
        if (!pz__json_as_real(at, &item->slopes[k]) || !(fabs(item->slopes[k]) <= 1000)) return 0;
    return 1;
}

static int read_item(const pz__json_value *value, pz__irt_item *item)
{
    const char *name = pz__json_as_text(pz__json_member(value, "kind"));
    const pz__json_value *list = pz__json_member(value, "intercepts"), *at = pz__json_first(list);
    size_t steps = pz__json_size(list);
    for (int32_t kind = PZ_IRT_RASCH; name && kind <= PZ_IRT_NOMINAL; kind++)
        if (!strcmp(name, kind_name(kind))) item->kind = kind;
    if (!item->kind || pz__json_kind_of(list) != PZ__JSON_ARRAY || steps < 1 || steps >= PZ__IRT_CATEGORIES) return 0;
    if (steps > 1 && item->kind <= PZ_IRT_THREE_PARAMETER) return 0;
    if (!read_real(value, "slope", -1000, 1000, &item->slope) || !read_real(value, "guess", 0, 0.999999, &item->guess)) return 0;
    if (item->kind != PZ_IRT_THREE_PARAMETER && item->guess != 0) return 0;
    item->categories = (int32_t)steps + 1;
    for (size_t k = 0; k < steps; k++, at = pz__json_next(at)) {
        if (!pz__json_as_real(at, &item->intercept[k])) return 0;
        if (k && item->kind == PZ_IRT_GRADED && !(item->intercept[k] < item->intercept[k - 1])) return 0;
    }
    return read_slopes(value, item);
}

static pz_status read_fit(const pz__json_value *root, pz_irt_fit *fit)
{
    int64_t iterations, persons, parameters;
    int converged;
    if (!read_real(root, "variance", 1e-6, 1e6, &fit->variance))
        return pz__fail(PZ_E_INVALID, "variance", NULL, "variance must be above 0.");
    if (!read_real(root, "mean", -100, 100, &fit->mean)) return pz__fail(PZ_E_INVALID, "mean", NULL, "mean is missing or out of range.");
    if (!pz__json_as_real(pz__json_member(root, "log_likelihood"), &fit->log_likelihood)) fit->log_likelihood = PZ_REAL_NONE;
    if (!pz__json_as_real(pz__json_member(root, "aic"), &fit->aic)) fit->aic = PZ_REAL_NONE;
    if (!pz__json_as_real(pz__json_member(root, "bic"), &fit->bic)) fit->bic = PZ_REAL_NONE;
    if (!pz__json_as_int(pz__json_member(root, "iterations"), &iterations) || iterations < 0 || iterations > INT32_MAX ||
        !pz__json_as_int(pz__json_member(root, "persons"), &persons) || persons < 0 || persons > INT32_MAX ||
        !pz__json_as_int(pz__json_member(root, "parameters"), &parameters) || parameters < 0 || parameters > INT32_MAX ||
        !pz__json_as_bool(pz__json_member(root, "is_converged"), &converged))
        return pz__fail(PZ_E_INVALID, "iterations", NULL, "iterations, persons, parameters or is_converged is missing or out of range.");
    fit->iterations = (int32_t)iterations;
    fit->persons = (int32_t)persons;
    fit->parameters = (int32_t)parameters;
    fit->is_converged = converged;
    return PZ_OK;
}

static pz_status read_root(const pz__json_value *root, pz_irt_model **out_model)
{
    const pz__json_value *items = pz__json_member(root, "items"), *value = pz__json_first(items);
    const char *name = pz__json_as_text(pz__json_member(root, "model"));
    int64_t version = 0;
    if (!name || strcmp(name, "irt") != 0) return pz__fail(PZ_E_INVALID, "model", NULL, "The document does not say that its model is irt.");
    if (!pz__json_as_int(pz__json_member(root, "version"), &version) || version != VERSION)
        return pz__fail(PZ_E_INVALID, "version", "Use a library that knows the version.", "The version must be %d.", VERSION);
    if (pz__json_kind_of(items) != PZ__JSON_ARRAY || !pz__json_size(items) || pz__json_size(items) > 100000)
        return pz__fail(PZ_E_INVALID, "items", NULL, "The document needs a list of 1 to 100,000 items.");
    PZ__TRY(pz__irt_new(pz__json_size(items), out_model));
    PZ__TRY(read_fit(root, &(*out_model)->fit));
    for (size_t i = 0; i < (*out_model)->count; i++, value = pz__json_next(value))
        if (!read_item(value, &(*out_model)->items[i]))
            return pz__fail(PZ_E_INVALID, "items", NULL, "$.items[%zu] has a member that is missing or out of range.", i);
    return PZ_OK;
}

pz_status pz_irt_read(const char *json, size_t json_len, pz_irt_model **out_model)
{
    pz__json *document;
    pz_status status;
    if (!out_model) return pz__fail_null("out_model");
    *out_model = NULL;
    if (!json) return pz__fail_null("json");
    PZ__TRY(pz__json_parse(json, json_len, NULL, &document));
    status = read_root(pz__json_root(document), out_model);
    pz__json_free(document);
    if (status == PZ_OK) return PZ_OK;
    pz_irt_free(*out_model);
    *out_model = NULL;
    return status;
}
