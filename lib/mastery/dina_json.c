/* Profiles of skills as versioned JSON. */
#include <math.h>
#include <string.h>

#include "base/fail.h"
#include "base/json_read.h"
#include "base/json_write.h"
#include "base/memory.h"
#include "mastery/diagnosis.h"

enum { VERSION = 1, ITEMS_MAX = 100000 };

static void put_item(pz__json_writer *json, const pz_dina_model *model, size_t item)
{
    pz__json_open_object(json);
    pz__json_put_real(json, "guess", model->guess[item]);
    pz__json_put_real(json, "slip", model->slip[item]);
    pz__json_key(json, "needs");
    pz__json_open_array(json);
    for (size_t skill = 0; skill < model->skills; skill++)
        if (model->needs[item] >> skill & 1) pz__json_int(json, (int64_t)skill);
    pz__json_close_array(json);
    pz__json_close_object(json);
}

pz_status pz_dina_write(const pz_dina_model *model, char **out_json)
{
    pz__buffer text = PZ__BUFFER_INIT;
    pz__json_writer json;
    if (!out_json) return pz__fail_null("out_json");
    *out_json = NULL;
    if (!model) return pz__fail_closed("model");
    pz__json_start(&json, &text);
    pz__json_open_object(&json);
    pz__json_put_int(&json, "version", VERSION);
    pz__json_put_text(&json, "model", "dina");
    pz__json_record_members(&json, &pz__dina_fit_type, &model->fit);
    pz__json_key(&json, "items");
    pz__json_open_array(&json);
    for (size_t i = 0; i < model->items; i++) put_item(&json, model, i);
    pz__json_close_array(&json);
    pz__json_key(&json, "shares"); /* of the profiles; bit i of a profile's number is skill i */
    pz__json_open_array(&json);
    for (size_t c = 0; c < model->profiles; c++) pz__json_real(&json, model->share[c]);
    pz__json_close_array(&json);
    pz__json_close_object(&json);
    return pz__buffer_take(&text, out_json);
}

/* ------------------------------------------------------------------------------------------------- reading --- */

static int read_probability(const pz__json_value *value, double *out)
{
    return value && pz__json_as_real(value, out) && *out >= 0 && *out <= 1;
}

static int read_item(const pz__json_value *value, pz_dina_model *model, size_t item)
{
    const pz__json_value *needs = pz__json_member(value, "needs");
    if (!read_probability(pz__json_member(value, "guess"), &model->guess[item])) return 0;
    if (!read_probability(pz__json_member(value, "slip"), &model->slip[item])) return 0;
    if (pz__json_kind_of(needs) != PZ__JSON_ARRAY) return 0;
    for (const pz__json_value *at = pz__json_first(needs); at; at = pz__json_next(at)) {
        int64_t skill;
        if (!pz__json_as_int(at, &skill) || skill < 0 || skill >= (int64_t)model->skills) return 0;
        model->needs[item] |= (uint32_t)1 << skill;
    }
    return model->needs[item] != 0;
}

static pz_status read_fit(const pz__json_value *root, pz_dina_fit *fit)
{
    int64_t iterations, parameters;
    int converged;
    if (!pz__json_as_real(pz__json_member(root, "log_likelihood"), &fit->log_likelihood) ||
        !pz__json_as_real(pz__json_member(root, "aic"), &fit->aic))
        return pz__fail(PZ_E_INVALID, "log_likelihood", NULL, "log_likelihood or aic is missing or no number.");
    if (!pz__json_as_int(pz__json_member(root, "iterations"), &iterations) || iterations < 0 || iterations > INT32_MAX ||
        !pz__json_as_int(pz__json_member(root, "parameters"), &parameters) || parameters < 0 || parameters > INT32_MAX ||
        !pz__json_as_bool(pz__json_member(root, "is_converged"), &converged))
        return pz__fail(PZ_E_INVALID, "iterations", NULL, "iterations, parameters or is_converged is missing or out of range.");
    fit->iterations = (int32_t)iterations;
    fit->parameters = (int32_t)parameters;
    fit->is_converged = converged;
    return PZ_OK;
}

static pz_status read_shares(const pz__json_value *root, pz_dina_model *model)
{
    const pz__json_value *list = pz__json_member(root, "shares"), *at = pz__json_first(list);
    double sum = 0;
    int good = pz__json_kind_of(list) == PZ__JSON_ARRAY && pz__json_size(list) == model->profiles;
    for (size_t c = 0; good && c < model->profiles; c++, at = pz__json_next(at)) {
        good = read_probability(at, &model->share[c]);
        sum += model->share[c];
    }
    if (good && fabs(sum - 1) < 1e-6) return PZ_OK;
    return pz__fail(PZ_E_INVALID, "shares", NULL, "shares must be %zu numbers from 0 to 1 that add up to 1.", model->profiles);
}

static pz_status read_root(const pz__json_value *root, pz_dina_model **out_model)
{
    const pz__json_value *items = pz__json_member(root, "items"), *value = pz__json_first(items);
    const char *name = pz__json_as_text(pz__json_member(root, "model"));
    int64_t version = 0, skills = 0;
    if (!name || strcmp(name, "dina") != 0)
        return pz__fail(PZ_E_INVALID, "model", NULL, "The document does not say that its model is dina.");
    if (!pz__json_as_int(pz__json_member(root, "version"), &version) || version != VERSION)
        return pz__fail(PZ_E_INVALID, "version", "Use a library that knows the version.", "The version must be %d.", VERSION);
    if (!pz__json_as_int(pz__json_member(root, "skills"), &skills) || skills < 1 || skills > PZ__DINA_SKILLS)
        return pz__fail(PZ_E_INVALID, "skills", NULL, "There must be 1 to %d skills.", PZ__DINA_SKILLS);
    if (pz__json_kind_of(items) != PZ__JSON_ARRAY || !pz__json_size(items) || pz__json_size(items) > ITEMS_MAX)
        return pz__fail(PZ_E_INVALID, "items", NULL, "The document needs a list of 1 to 100,000 items.");
    PZ__TRY(pz__dina_new(pz__json_size(items), (size_t)skills, out_model));
    PZ__TRY(read_fit(root, &(*out_model)->fit));
    for (size_t i = 0; i < (*out_model)->items; i++, value = pz__json_next(value))
        if (!read_item(value, *out_model, i))
            return pz__fail(PZ_E_INVALID, "items", NULL, "$.items[%zu] has a member that is missing or out of range.", i);
    return read_shares(root, *out_model);
}

pz_status pz_dina_read(const char *json, size_t json_len, pz_dina_model **out_model)
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
    pz_dina_free(*out_model);
    *out_model = NULL;
    return status;
}
