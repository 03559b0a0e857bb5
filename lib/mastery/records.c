#include <string.h>

#include "base/fail.h"
#include "mastery/adaptive.h"
#include "mastery/bkt.h"
#include "mastery/diagnosis.h"
#include "mastery/effect.h"
#include "mastery/elo.h"
#include "mastery/irt.h"
#include "mastery/lr.h"
#include "mastery/metrics.h"
#include "mastery/model.h"
#include "mastery/forecast.h"
#include "mastery/review.h"
#include "mastery/simulate.h"

const char *const pz__mastery_model_names[] = {"", "latest", "highest", "mean", "decaying_average", "n_of_m", "bkt", NULL};
const char *const pz__mastery_decision_names[] = {"", "mastered", "not_yet", "not_enough_evidence", NULL};

static const pz_field settings_fields[] = {
    PZ__ENUM(pz_mastery_settings, model, pz__mastery_model_names),
    PZ__REAL(pz_mastery_settings, mastered_at, "above 0, below 1"),
    PZ__REAL(pz_mastery_settings, confidence, "0.5 to below 1"),
    PZ__REAL(pz_mastery_settings, confidence_not_yet, "0.5 to below 1"),
    PZ__INT(pz_mastery_settings, evidence_min, "1 to 1000"),
    PZ__REAL(pz_mastery_settings, pass_at, "above 0, up to 1"),
    PZ__REAL(pz_mastery_settings, decay, "above 0, below 1"),
    PZ__INT(pz_mastery_settings, n, "1 to m"),
    PZ__INT(pz_mastery_settings, m, "n to 62"),
    PZ__REAL(pz_mastery_settings, prior, "above 0, below 1"),
    PZ__REAL(pz_mastery_settings, learn, "0 to below 1"),
    PZ__REAL(pz_mastery_settings, forget, "0 to below 1"),
    PZ__REAL(pz_mastery_settings, guess, "above 0, with slip below 1"),
    PZ__REAL(pz_mastery_settings, slip, "above 0, with guess below 1"),
};
static const pz_mastery_settings settings_initial = PZ_MASTERY_SETTINGS_INIT;
const pz_record_type pz__mastery_settings_type = PZ__RECORD_TYPE(pz_mastery_settings, settings_fields, &settings_initial);

static const pz_field state_fields[] = {
    PZ__ENUM(pz_mastery_state, model, pz__mastery_model_names),
    PZ__INT(pz_mastery_state, count, "answers"),
    PZ__REAL(pz_mastery_state, weight, "sum of weights"),
    PZ__REAL(pz_mastery_state, total, "sum of weight times score"),
    PZ__REAL(pz_mastery_state, value, "0 to 1"),
    PZ__REAL(pz_mastery_state, spread, "rules: 1 / effective answers; bkt: 0 to 1"),
    PZ__BIGINT(pz_mastery_state, recent, "bits, newest lowest"),
};
static const pz_mastery_state state_initial = PZ_MASTERY_STATE_INIT;
const pz_record_type pz__mastery_state_type = PZ__RECORD_TYPE(pz_mastery_state, state_fields, &state_initial);

static const pz_field estimate_fields[] = {
    PZ__REAL(pz_mastery_estimate, estimate, "0 to 1"),       PZ__REAL(pz_mastery_estimate, standard_error, "0 to 1"),
    PZ__REAL(pz_mastery_estimate, lower, "0 to 1"),          PZ__REAL(pz_mastery_estimate, upper, "0 to 1"),
    PZ__REAL(pz_mastery_estimate, probability, "0 to 1"),    PZ__ENUM(pz_mastery_estimate, decision, pz__mastery_decision_names),
    PZ__INT(pz_mastery_estimate, evidence_count, "answers"),
};
static const pz_mastery_estimate estimate_initial = PZ_MASTERY_ESTIMATE_INIT;
const pz_record_type pz__mastery_estimate_type = PZ__RECORD_TYPE(pz_mastery_estimate, estimate_fields, &estimate_initial);

static const pz_field step_fields[] = {
    PZ__REAL(pz_mastery_step, score, "0 to 1"),
    PZ__REAL(pz_mastery_step, weight, "above 0, up to 1"),
    PZ__REAL(pz_mastery_step, estimate, "0 to 1"),
    PZ__REAL(pz_mastery_step, standard_error, "0 to 1"),
    PZ__REAL(pz_mastery_step, lower, "0 to 1"),
    PZ__REAL(pz_mastery_step, upper, "0 to 1"),
    PZ__REAL(pz_mastery_step, probability, "0 to 1"),
    PZ__ENUM(pz_mastery_step, decision, pz__mastery_decision_names),
    PZ__INT(pz_mastery_step, evidence_count, "answers"),
    PZ__REAL(pz_mastery_step, change, "-1 to 1"),
    PZ__REAL(pz_mastery_step, share, "0 to 1"),
    PZ__REAL(pz_mastery_step, evidence_log_odds, "natural logarithm"),
    PZ__REAL(pz_mastery_step, learning_log_odds, "natural logarithm"),
};
static const pz_mastery_step step_initial = PZ_MASTERY_STEP_INIT;
const pz_record_type pz__mastery_step_type = PZ__RECORD_TYPE(pz_mastery_step, step_fields, &step_initial);

static const pz_field growth_fields[] = {
    PZ__REAL(pz_growth, gain, "of the scale"),
    PZ__REAL(pz_growth, standard_error, "of the scale"),
    PZ__REAL(pz_growth, lower, "of the scale"),
    PZ__REAL(pz_growth, upper, "of the scale"),
    PZ__REAL(pz_growth, reliable_change, "gain / standard error"),
    PZ__BOOL(pz_growth, is_reliable),
};
static const pz_growth growth_initial = PZ_GROWTH_INIT;
const pz_record_type pz__growth_type = PZ__RECORD_TYPE(pz_growth, growth_fields, &growth_initial);

static const pz_field outlook_fields[] = {
    PZ__REAL(pz_growth_outlook, projected, "of the scale"),   PZ__REAL(pz_growth_outlook, standard_error, "of the scale"),
    PZ__REAL(pz_growth_outlook, lower, "of the scale"),       PZ__REAL(pz_growth_outlook, upper, "of the scale"),
    PZ__REAL(pz_growth_outlook, probability, "0 to 1"),       PZ__REAL(pz_growth_outlook, gap, "of the scale"),
    PZ__REAL(pz_growth_outlook, pace_needed, "of the scale"),
};
static const pz_growth_outlook outlook_initial = PZ_GROWTH_OUTLOOK_INIT;
const pz_record_type pz__growth_outlook_type = PZ__RECORD_TYPE(pz_growth_outlook, outlook_fields, &outlook_initial);

const pz_record_type *const pz__mastery_types[] = {
    &pz__mastery_settings_type,
    &pz__mastery_state_type,
    &pz__mastery_estimate_type,
    &pz__mastery_step_type,
    &pz__growth_type,
    &pz__growth_outlook_type,
    &pz__effect_type,
    &pz__adaptive_options_type,
    &pz__adaptive_choice_type,
    &pz__dina_options_type,
    &pz__dina_item_type,
    &pz__dina_fit_type,
    &pz__option_type,
    &pz__misconception_evidence_type,
    &pz__ranked_misconception_type,
    &pz__irt_options_type,
    &pz__irt_step_type,
    &pz__irt_fit_type,
    &pz__irt_link_type,
    &pz__irt_item_fit_type,
    &pz__irt_person_fit_type,
    &pz__irt_effect_type,
    &pz__accuracy_type,
    &pz__calibration_bin_type,
    &pz__fairness_type,
    &pz__dif_type,
    &pz__forecast_type,
    &pz__review_state_type,
    &pz__simulation_options_type,
    &pz__bkt_options_type,
    &pz__bkt_skill_type,
    &pz__bkt_class_type,
    &pz__elo_options_type,
    &pz__elo_estimate_type,
    &pz__lr_options_type,
    &pz__lr_fit_type,
    &pz__lr_step_type,
    NULL,
};

pz_status pz__out_start(const pz_record_type *type, void *out)
{
    uint32_t given;
    if (!out) return pz__fail_null(type->name);
    memcpy(&given, out, sizeof given);
    if (given < type->record_size)
        return pz__fail(PZ_E_STRUCT_SIZE, "struct_size", "Make the record from its INIT macro, which sets struct_size.",
                        "struct_size of %s is %u, at least %u is needed.", type->name, (unsigned)given, (unsigned)type->record_size);
    pz__out_give(type, type->initial, out);
    return PZ_OK;
}

void pz__out_give(const pz_record_type *type, const void *full, void *out)
{
    memcpy((char *)out + sizeof(uint32_t), (const char *)full + sizeof(uint32_t), type->record_size - sizeof(uint32_t));
}
