/* Fitted models as versioned JSON. */
#include <math.h>
#include <string.h>

#include "base/fail.h"
#include "base/json_read.h"
#include "base/json_write.h"
#include "base/number.h"
#include "mastery/bkt.h"

enum { VERSION = 1 };

static void put_numbers(pz__json_writer *json, const char *key, const double *numbers, int32_t count)
{
    pz__json_key(json, key);
    pz__json_open_array(json);
    for (int32_t i = 0; i < count; i++) pz__json_real(json, numbers[i]);
    pz__json_close_array(json);
}

/* As text, since a reader's double loses numbers above 2^53; 0 is a skill like any other. */
static void put_skill_number(pz__json_writer *json, int64_t skill)
{
    if (skill)
        pz__json_put_id(json, "skill", skill);
    else
        pz__json_put_text(json, "skill", "0");
}

static void put_skill(pz__json_writer *json, const pz_bkt_model *model, size_t index)
{
    const pz__bkt_entry *entry = &model->entries[index];
    const pz__bkt_shape *shape = &model->shape;
    pz__bkt_parameters p = pz__bkt_view(shape, pz__bkt_numbers(model, index));
    pz__json_open_object(json);
    put_skill_number(json, entry->skill);
    pz__json_put_int(json, "rows", entry->rows);
    pz__json_put_int(json, "learners", entry->learners);
    pz__json_put_real(json, "log_likelihood", entry->log_likelihood);
    pz__json_put_int(json, "iterations", entry->iterations);
    pz__json_put_bool(json, "is_converged", entry->is_converged);
    pz__json_put_bool(json, "is_determined", entry->is_determined);
    put_numbers(json, "prior", p.prior, shape->priors);
    put_numbers(json, "learn", p.learn, shape->learns);
    put_numbers(json, "forget", p.forget, shape->learns);
    put_numbers(json, "guess", p.guess, shape->items);
    put_numbers(json, "slip", p.slip, shape->items);
    pz__json_close_object(json);
}

pz_status pz_bkt_write(const pz_bkt_model *model, char **out_json)
{
    pz__buffer text = PZ__BUFFER_INIT;
    pz__json_writer json;
    if (!out_json) return pz__fail_null("out_json");
    *out_json = NULL;
    if (!model) return pz__fail_closed("model");
    pz__json_start(&json, &text);
    pz__json_open_object(&json);
    pz__json_put_int(&json, "version", VERSION);
    pz__json_put_text(&json, "model", "bkt");
    pz__json_put_real(&json, "pass_at", model->pass_at);
    pz__json_put_int(&json, "item_classes", model->shape.items);
    pz__json_put_int(&json, "learn_classes", model->shape.learns);
    pz__json_put_int(&json, "prior_classes", model->shape.priors);
    pz__json_key(&json, "skills");
    pz__json_open_array(&json);
    for (size_t i = 0; i < model->count; i++) put_skill(&json, model, i);
    pz__json_close_array(&json);
    pz__json_close_object(&json);
    return pz__buffer_take(&text, out_json);
}

/* ------------------------------------------------------------------------------------------------- reading --- */

static pz_status fail_member(size_t index, const char *member)
{
    return pz__fail(PZ_E_INVALID, member, NULL, "In $.skills[%zu] the member %s is missing or out of range.", index, member);
}

static pz_status read_numbers(const pz__json_value *skill, size_t index, const char *key, int32_t count, double *out)
{
    const pz__json_value *list = pz__json_member(skill, key), *value = pz__json_first(list);
    if (pz__json_kind_of(list) != PZ__JSON_ARRAY || pz__json_size(list) != (size_t)count) return fail_member(index, key);
    for (int32_t i = 0; i < count; i++, value = pz__json_next(value))
        if (!pz__json_as_real(value, &out[i]) || !(out[i] >= 0 && out[i] <= 1)) return fail_member(index, key);
    return PZ_OK;
}

static pz_status read_whole(const pz__json_value *object, size_t index, const char *key, int64_t *out)
{
    if (!pz__json_as_int(pz__json_member(object, key), out) || *out < 0) return fail_member(index, key);
    return PZ_OK;
}

static pz_status read_entry(const pz__json_value *value, size_t index, pz__bkt_entry *entry)
{
    const char *skill = pz__json_as_text(pz__json_member(value, "skill"));
    int64_t iterations;
    int flag;
    if (!skill || !pz__int_parse(skill, strlen(skill), &entry->skill)) return fail_member(index, "skill");
    PZ__TRY(read_whole(value, index, "rows", &entry->rows));
    PZ__TRY(read_whole(value, index, "learners", &entry->learners));
    PZ__TRY(read_whole(value, index, "iterations", &iterations));
    if (!entry->rows || iterations > 100000) return fail_member(index, entry->rows ? "iterations" : "rows");
    entry->iterations = (int32_t)iterations;
    if (!pz__json_as_real(pz__json_member(value, "log_likelihood"), &entry->log_likelihood)) return fail_member(index, "log_likelihood");
    if (!pz__json_as_bool(pz__json_member(value, "is_converged"), &flag)) return fail_member(index, "is_converged");
    entry->is_converged = flag;
    if (!pz__json_as_bool(pz__json_member(value, "is_determined"), &flag)) return fail_member(index, "is_determined");
    entry->is_determined = flag;
    return PZ_OK;
}

static pz_status read_skill(const pz__json_value *value, size_t index, pz_bkt_model *model)
{
    const pz__bkt_shape *shape = &model->shape;
    pz__bkt_parameters p = pz__bkt_view(shape, pz__bkt_numbers(model, index));
    PZ__TRY(read_entry(value, index, &model->entries[index]));
    if (index > 0 && model->entries[index].skill <= model->entries[index - 1].skill) return fail_member(index, "skill");
    PZ__TRY(read_numbers(value, index, "prior", shape->priors, p.prior));
    PZ__TRY(read_numbers(value, index, "learn", shape->learns, p.learn));
    PZ__TRY(read_numbers(value, index, "forget", shape->learns, p.forget));
    PZ__TRY(read_numbers(value, index, "guess", shape->items, p.guess));
    PZ__TRY(read_numbers(value, index, "slip", shape->items, p.slip));
    for (int32_t i = 0; i < shape->items; i++)
        if (!(p.guess[i] > 0 && p.slip[i] > 0 && p.guess[i] + p.slip[i] < 1)) return fail_member(index, "guess");
    return PZ_OK;
}

static pz_status read_classes(const pz__json_value *root, const char *key, int32_t *out)
{
    int64_t value;
    if (!pz__json_as_int(pz__json_member(root, key), &value) || value < 1 || value > 1000)
        return pz__fail(PZ_E_INVALID, key, NULL, "%s must be a whole number from 1 to 1000.", key);
    *out = (int32_t)value;
    return PZ_OK;
}

static pz_status read_model(const pz__json_value *root, pz_bkt_model **out_model)
{
    const pz__json_value *skills = pz__json_member(root, "skills"), *value = pz__json_first(skills);
    const char *name = pz__json_as_text(pz__json_member(root, "model"));
    int64_t version = 0;
    pz__bkt_shape shape;
    double pass_at;
    if (!name || strcmp(name, "bkt") != 0) return pz__fail(PZ_E_INVALID, "model", NULL, "The document does not say that its model is bkt.");
    if (!pz__json_as_int(pz__json_member(root, "version"), &version) || version != VERSION)
        return pz__fail(PZ_E_INVALID, "version", "Use a library that knows the version.", "The version must be %d.", VERSION);
    if (!pz__json_as_real(pz__json_member(root, "pass_at"), &pass_at) || !(pass_at > 0 && pass_at <= 1))
        return pz__fail(PZ_E_INVALID, "pass_at", NULL, "pass_at must be above 0 and at most 1.");
    PZ__TRY(read_classes(root, "item_classes", &shape.items));
    PZ__TRY(read_classes(root, "learn_classes", &shape.learns));
    PZ__TRY(read_classes(root, "prior_classes", &shape.priors));
    if (pz__json_kind_of(skills) != PZ__JSON_ARRAY || !pz__json_size(skills))
        return pz__fail(PZ_E_INVALID, "skills", NULL, "The document has no list of skills.");
    PZ__TRY(pz__bkt_new(&shape, pz__json_size(skills), out_model));
    (*out_model)->pass_at = pass_at;
    for (size_t i = 0; i < (*out_model)->count; i++, value = pz__json_next(value)) PZ__TRY(read_skill(value, i, *out_model));
    pz__bkt_average(*out_model);
    return PZ_OK;
}

pz_status pz_bkt_read(const char *json, size_t json_len, pz_bkt_model **out_model)
{
    pz__json *document;
    pz_status status;
    if (!out_model) return pz__fail_null("out_model");
    *out_model = NULL;
    if (!json) return pz__fail_null("json");
    PZ__TRY(pz__json_parse(json, json_len, NULL, &document));
    status = read_model(pz__json_root(document), out_model);
    pz__json_free(document);
    if (status == PZ_OK) return PZ_OK;
    pz_bkt_free(*out_model);
    *out_model = NULL;
    return status;
}
