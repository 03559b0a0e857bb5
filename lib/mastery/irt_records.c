#include "mastery/irt.h"

static const char *const kind_names[] = {"", "rasch", "two_parameter", "three_parameter", "graded", "partial_credit", "nominal", NULL};

static const pz_field options_fields[] = {
    PZ__ENUM(pz_irt_options, kind, kind_names),        PZ__INT(pz_irt_options, nodes, "11 to 401"),
    PZ__REAL(pz_irt_options, range, "2 to 12"),        PZ__INT(pz_irt_options, iterations, "1 to 100000"),
    PZ__REAL(pz_irt_options, tolerance, "above 0"),    PZ__REAL(pz_irt_options, guess_mean, "logit"),
    PZ__REAL(pz_irt_options, guess_sd, "0.01 to 100"), PZ__REAL(pz_irt_options, variance, "ability squared"),
};
static const pz_irt_options options_initial = PZ_IRT_OPTIONS_INIT;
const pz_record_type pz__irt_options_type = PZ__RECORD_TYPE(pz_irt_options, options_fields, &options_initial);

static const pz_field step_fields[] = {
    PZ__INT(pz_irt_step, item, "from 0"),   PZ__INT(pz_irt_step, step, "from 1"),      PZ__ENUM(pz_irt_step, kind, kind_names),
    PZ__REAL(pz_irt_step, slope, ""),       PZ__REAL(pz_irt_step, intercept, "logit"), PZ__REAL(pz_irt_step, difficulty, "ability"),
    PZ__REAL(pz_irt_step, guess, "0 to 1"),
};
static const pz_irt_step step_initial = {sizeof(pz_irt_step), 0, 0, 0, 0, 0, 0, 0};
const pz_record_type pz__irt_step_type = PZ__RECORD_TYPE(pz_irt_step, step_fields, &step_initial);

static const pz_field fit_fields[] = {
    PZ__REAL(pz_irt_fit, log_likelihood, "natural logarithm"),
    PZ__REAL(pz_irt_fit, variance, "ability squared"),
    PZ__INT(pz_irt_fit, iterations, "sweeps"),
    PZ__BOOL(pz_irt_fit, is_converged),
    PZ__INT(pz_irt_fit, parameters, ""),
    PZ__INT(pz_irt_fit, persons, ""),
    PZ__REAL(pz_irt_fit, aic, ""),
    PZ__REAL(pz_irt_fit, bic, ""),
    PZ__REAL(pz_irt_fit, mean, "ability"),
};
static const pz_irt_fit fit_initial = {sizeof(pz_irt_fit), PZ_REAL_NONE, 1, 0, 0, 0, 0, PZ_REAL_NONE, PZ_REAL_NONE, 0};
const pz_record_type pz__irt_fit_type = PZ__RECORD_TYPE(pz_irt_fit, fit_fields, &fit_initial);

static const pz_field link_fields[] = {
    PZ__REAL(pz_irt_link, scale, "above 0"),
    PZ__REAL(pz_irt_link, shift, "ability"),
    PZ__REAL(pz_irt_link, mean_sigma_scale, "above 0"),
    PZ__REAL(pz_irt_link, mean_sigma_shift, "ability"),
    PZ__REAL(pz_irt_link, rmse, "0 to 1"),
};
static const pz_irt_link link_initial = PZ_IRT_LINK_INIT;
const pz_record_type pz__irt_link_type = PZ__RECORD_TYPE(pz_irt_link, link_fields, &link_initial);

static const pz_field item_fit_fields[] = {
    PZ__INT(pz_irt_item_fit, item, "from 0"),        PZ__BIGINT(pz_irt_item_fit, answers, ""),
    PZ__REAL(pz_irt_item_fit, outfit, "1 expected"), PZ__REAL(pz_irt_item_fit, infit, "1 expected"),
    PZ__REAL(pz_irt_item_fit, chi_square, ""),       PZ__INT(pz_irt_item_fit, df, "degrees of freedom"),
    PZ__REAL(pz_irt_item_fit, p_value, "0 to 1"),
};
static const pz_irt_item_fit item_fit_initial = {sizeof(pz_irt_item_fit), 0, 0, PZ_REAL_NONE, PZ_REAL_NONE, PZ_REAL_NONE, 0, PZ_REAL_NONE};
const pz_record_type pz__irt_item_fit_type = PZ__RECORD_TYPE(pz_irt_item_fit, item_fit_fields, &item_fit_initial);

static const pz_field person_fit_fields[] = {
    PZ__BIGINT(pz_irt_person_fit, person, "from 0"),           PZ__INT(pz_irt_person_fit, answers, ""),
    PZ__REAL(pz_irt_person_fit, ability, "ability"),           PZ__REAL(pz_irt_person_fit, outfit, "1 expected"),
    PZ__REAL(pz_irt_person_fit, infit, "1 expected"),          PZ__REAL(pz_irt_person_fit, likelihood, "standard normal"),
    PZ__REAL(pz_irt_person_fit, corrected, "standard normal"), PZ__REAL(pz_irt_person_fit, p_value, "0 to 1"),
};
static const pz_irt_person_fit person_fit_initial = {
    sizeof(pz_irt_person_fit), 0, 0, PZ_REAL_NONE, PZ_REAL_NONE, PZ_REAL_NONE, PZ_REAL_NONE, PZ_REAL_NONE, PZ_REAL_NONE};
const pz_record_type pz__irt_person_fit_type = PZ__RECORD_TYPE(pz_irt_person_fit, person_fit_fields, &person_fit_initial);

static const pz_field effect_fields[] = {
    PZ__BIGINT(pz_irt_effect, person, "from 0"),  PZ__INT(pz_irt_effect, item, "from 0"),
    PZ__INT(pz_irt_effect, response, "category"), PZ__REAL(pz_irt_effect, chance, "0 to 1"),
    PZ__REAL(pz_irt_effect, ability, "ability"),  PZ__REAL(pz_irt_effect, standard_error, "ability"),
    PZ__REAL(pz_irt_effect, change, "ability"),   PZ__REAL(pz_irt_effect, pull, "ability"),
};
static const pz_irt_effect effect_initial = {sizeof(pz_irt_effect), 0,           0, 0, PZ_REAL_NONE, PZ_REAL_NONE, PZ_REAL_NONE,
                                             PZ_REAL_NONE,          PZ_REAL_NONE};
const pz_record_type pz__irt_effect_type = PZ__RECORD_TYPE(pz_irt_effect, effect_fields, &effect_initial);
