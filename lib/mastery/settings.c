/* The settings of the models: defaults, ranges, names. */
#include <math.h>
#include <string.h>

#include "base/fail.h"
#include "mastery/model.h"

#define BIT(model) (1u << (model))
#define RULES (BIT(PZ_MODEL_LATEST) | BIT(PZ_MODEL_HIGHEST) | BIT(PZ_MODEL_MEAN) | BIT(PZ_MODEL_DECAYING_AVERAGE) | BIT(PZ_MODEL_N_OF_M))
#define BKT BIT(PZ_MODEL_BKT)
#define JUDGED ((RULES | BKT) & ~BIT(PZ_MODEL_N_OF_M)) /* all that decide by probability */
#define AT(member) #member, offsetof(pz_mastery_settings, member)

const pz__setting pz__settings_table[] = {
    {AT(mastered_at), 0, RULES, 0, 1, 1, 1},
    {AT(confidence), 0, JUDGED, 0.5, 1, 0, 1},
    {AT(confidence_not_yet), 0, JUDGED, 0.5, 1, 0, 1},
    {AT(evidence_min), 1, JUDGED, 1, 1000, 0, 0},
    {AT(pass_at), 0, BIT(PZ_MODEL_N_OF_M), 0, 1, 1, 0},
    {AT(decay), 0, BIT(PZ_MODEL_DECAYING_AVERAGE), 0, 1, 1, 1},
    {AT(n), 1, BIT(PZ_MODEL_N_OF_M), 1, PZ__MASTERY_WINDOW, 0, 0},
    {AT(m), 1, BIT(PZ_MODEL_N_OF_M), 1, PZ__MASTERY_WINDOW, 0, 0},
    {AT(prior), 0, BKT, 0, 1, 1, 1},
    {AT(learn), 0, BKT, 0, 1, 0, 1},
    {AT(forget), 0, BKT, 0, 1, 0, 1},
    {AT(guess), 0, BKT, 0, 1, 1, 1},
    {AT(slip), 0, BKT, 0, 1, 1, 1},
};
const size_t pz__settings_count = sizeof pz__settings_table / sizeof pz__settings_table[0];

double pz__setting_get(const pz_mastery_settings *settings, const pz__setting *setting)
{
    int32_t whole;
    double real;
    if (setting->is_whole) {
        memcpy(&whole, (const char *)settings + setting->offset, sizeof whole);
        return whole;
    }
    memcpy(&real, (const char *)settings + setting->offset, sizeof real);
    return real;
}

void pz__setting_set(pz_mastery_settings *settings, const pz__setting *setting, double value)
{
    int32_t whole = (int32_t)value;
    if (setting->is_whole)
        memcpy((char *)settings + setting->offset, &whole, sizeof whole);
    else
        memcpy((char *)settings + setting->offset, &value, sizeof value);
}

const char *pz_mastery_model_name(pz_mastery_model model)
{
    return model >= PZ_MODEL_LATEST && model <= PZ_MODEL_BKT ? pz__mastery_model_names[model] : "";
}

const char *pz_mastery_decision_name(pz_mastery_decision decision)
{
    return decision >= PZ_MASTERY_MASTERED && decision <= PZ_MASTERY_NOT_ENOUGH_EVIDENCE ? pz__mastery_decision_names[decision] : "";
}

static pz_status fail_model(int32_t model)
{
    return pz__fail(PZ_E_INVALID, "model", "Use one of latest, highest, mean, decaying_average, n_of_m and bkt.",
                    "There is no mastery model number %d.", (int)model);
}

pz_status pz_mastery_settings_default(pz_mastery_model model, pz_mastery_settings *out_settings)
{
    pz_mastery_settings settings = PZ_MASTERY_SETTINGS_INIT;
    PZ__TRY(pz__out_start(&pz__mastery_settings_type, out_settings));
    if (model) settings.model = (int32_t)model;
    if (!*pz_mastery_model_name((pz_mastery_model)settings.model)) return fail_model(settings.model);
    if (settings.model == PZ_MODEL_MEAN) settings.confidence = 0.8;
    if (BIT(settings.model) & (BIT(PZ_MODEL_LATEST) | BIT(PZ_MODEL_HIGHEST) | BIT(PZ_MODEL_DECAYING_AVERAGE)))
        settings.confidence = settings.confidence_not_yet = 0.5;
    if (settings.model == PZ_MODEL_LATEST || settings.model == PZ_MODEL_HIGHEST) settings.evidence_min = 1;
    pz__out_give(&pz__mastery_settings_type, &settings, out_settings);
    return PZ_OK;
}

static int in_range(const pz__setting *setting, double value)
{
    if (!(setting->low_open ? value > setting->low : value >= setting->low)) return 0;
    return setting->high_open ? value < setting->high : value <= setting->high;
}

static pz_status fail_range(const pz__setting *setting, double value)
{
    return pz__fail(PZ_E_INVALID, setting->name, NULL, "%s is %g; it must be %s %g and %s %g.", setting->name, value,
                    setting->low_open ? "above" : "at least", setting->low, setting->high_open ? "below" : "at most", setting->high);
}

static pz_status check(const pz_mastery_settings *settings)
{
    unsigned model;
    if (!*pz_mastery_model_name((pz_mastery_model)settings->model)) return fail_model(settings->model);
    model = BIT(settings->model);
    for (size_t i = 0; i < pz__settings_count; i++) {
        const pz__setting *setting = &pz__settings_table[i];
        double value;
        if (!(setting->models & model)) continue;
        value = pz__setting_get(settings, setting);
        if (!in_range(setting, value)) return fail_range(setting, value);
    }
    if (model & BKT && !(settings->guess + settings->slip < 1))
        return pz__fail(PZ_E_INVALID, "guess", "Lower one of them: with a sum of 1 or more a right answer would speak against knowing.",
                        "guess %g and slip %g together must be below 1.", settings->guess, settings->slip);
    if (settings->model == PZ_MODEL_N_OF_M && settings->n > settings->m)
        return pz__fail(PZ_E_INVALID, "n", NULL, "n is %d and m is %d; n must be at most m.", (int)settings->n, (int)settings->m);
    return PZ_OK;
}

pz_status pz__settings_take(const pz_mastery_settings *given, pz_mastery_settings *room, const pz_mastery_settings **out)
{
    if (given && given->struct_size == sizeof *given) {
        *out = given;
    } else {
        PZ__TRY(pz__record_take(&pz__mastery_settings_type, given, sizeof *given, room));
        *out = room;
    }
    return check(*out);
}
