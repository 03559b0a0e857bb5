/* Settings as versioned JSON. */
#include <string.h>

#include "base/fail.h"
#include "base/json_read.h"
#include "base/json_write.h"
#include "mastery/model.h"

enum { VERSION = 1 };

static const pz__setting *find_setting(const char *name)
{
    for (size_t i = 0; i < pz__settings_count; i++)
        if (!strcmp(pz__settings_table[i].name, name)) return &pz__settings_table[i];
    return NULL;
}

static pz_status read_model(const pz__json_value *root, pz_mastery_settings *out)
{
    const pz__json_value *member = pz__json_member(root, "model");
    const char *name = pz__json_as_text(member);
    if (!member) return pz_mastery_settings_default(0, out);
    for (int32_t model = PZ_MODEL_LATEST; name && model <= PZ_MODEL_BKT; model++)
        if (!strcmp(name, pz__mastery_model_names[model])) return pz_mastery_settings_default((pz_mastery_model)model, out);
    return pz__fail(PZ_E_INVALID, "model", "Use one of latest, highest, mean, decaying_average, n_of_m and bkt.",
                    "The member model does not name a mastery model.");
}

static pz_status read_version(const pz__json_value *member)
{
    int64_t version;
    if (pz__json_as_int(member, &version) && version == VERSION) return PZ_OK;
    return pz__fail(PZ_E_INVALID, "version", "Leave it out, or use a library that knows the version.",
                    "The version of the settings must be %d.", VERSION);
}

static pz_status read_member(const pz__json_value *member, pz_mastery_settings *settings)
{
    const char *key = pz__json_key_of(member);
    const pz__setting *setting = find_setting(key);
    double value;
    int64_t whole;
    if (!strcmp(key, "model")) return PZ_OK;
    if (!strcmp(key, "version")) return read_version(member);
    if (!setting)
        return pz__fail(PZ_E_INVALID, "settings", "See the table of settings in personalize/mastery.h.",
                        "The settings have a member that no model knows: %.64s.", key);
    if (!(setting->models & 1u << settings->model))
        return pz__fail(PZ_E_INVALID, setting->name, "Leave it out.", "The model %s has no setting %s.",
                        pz__mastery_model_names[settings->model], setting->name);
    if (setting->is_whole ? !pz__json_as_int(member, &whole) : !pz__json_as_real(member, &value))
        return pz__fail(PZ_E_INVALID, setting->name, NULL, "%s must be a %s.", setting->name,
                        setting->is_whole ? "whole number" : "number");
    if (setting->is_whole) value = whole < -1 ? -1 : (whole > 1000000 ? 1000000 : (double)whole);
    pz__setting_set(settings, setting, value);
    return PZ_OK;
}

static pz_status read_root(const pz__json_value *root, pz_mastery_settings *settings)
{
    pz_mastery_settings room;
    const pz_mastery_settings *checked;
    if (pz__json_kind_of(root) != PZ__JSON_OBJECT) return pz__fail(PZ_E_INVALID, "settings", NULL, "The settings must be a JSON object.");
    PZ__TRY(read_model(root, settings));
    for (const pz__json_value *member = pz__json_first(root); member; member = pz__json_next(member))
        PZ__TRY(read_member(member, settings));
    return pz__settings_take(settings, &room, &checked);
}

pz_status pz_mastery_settings_read(const char *json, size_t json_len, pz_mastery_settings *out_settings)
{
    pz_mastery_settings settings = PZ_MASTERY_SETTINGS_INIT;
    pz__json *document;
    pz_status status;
    PZ__TRY(pz__out_start(&pz__mastery_settings_type, out_settings));
    if (!json && json_len) return pz__fail_null("json");
    if (!json_len || (json_len == PZ_NUL_TERMINATED && !*json)) return pz_mastery_settings_default(0, out_settings);
    PZ__TRY(pz__json_parse(json, json_len, NULL, &document));
    status = read_root(pz__json_root(document), &settings);
    pz__json_free(document);
    if (status == PZ_OK) pz__out_give(&pz__mastery_settings_type, &settings, out_settings);
    return status;
}

pz_status pz_mastery_settings_write(const pz_mastery_settings *given, char **out_json)
{
    pz__buffer text = PZ__BUFFER_INIT;
    pz__json_writer json;
    pz_mastery_settings room;
    const pz_mastery_settings *settings;
    if (!out_json) return pz__fail_null("out_json");
    *out_json = NULL;
    PZ__TRY(pz__settings_take(given, &room, &settings));
    pz__json_start(&json, &text);
    pz__json_open_object(&json);
    pz__json_put_int(&json, "version", VERSION);
    pz__json_put_text(&json, "model", pz__mastery_model_names[settings->model]);
    for (size_t i = 0; i < pz__settings_count; i++)
        if (pz__settings_table[i].models & 1u << settings->model)
            pz__json_put_real(&json, pz__settings_table[i].name, pz__setting_get(settings, &pz__settings_table[i]));
    pz__json_close_object(&json);
    return pz__buffer_take(&text, out_json);
}
