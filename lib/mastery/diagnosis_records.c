#include "mastery/diagnosis.h"

static const pz_field options_fields[] = {PZ__INT(pz_dina_options, iterations, "1 to 100000"),
                                          PZ__REAL(pz_dina_options, tolerance, "above 0")};
static const pz_dina_options options_initial = PZ_DINA_OPTIONS_INIT;
const pz_record_type pz__dina_options_type = PZ__RECORD_TYPE(pz_dina_options, options_fields, &options_initial);

static const pz_field item_fields[] = {
    PZ__INT(pz_dina_item, item, "from 0"),
    PZ__REAL(pz_dina_item, guess, "0 to 1"),
    PZ__REAL(pz_dina_item, slip, "0 to 1"),
    PZ__REAL(pz_dina_item, discrimination, "-1 to 1"),
};
static const pz_dina_item item_initial = {sizeof(pz_dina_item), 0, 0, 0, 0};
const pz_record_type pz__dina_item_type = PZ__RECORD_TYPE(pz_dina_item, item_fields, &item_initial);

static const pz_field fit_fields[] = {
    PZ__REAL(pz_dina_fit, log_likelihood, "natural logarithm"),
    PZ__INT(pz_dina_fit, iterations, "sweeps"),
    PZ__BOOL(pz_dina_fit, is_converged),
    PZ__INT(pz_dina_fit, parameters, ""),
    PZ__REAL(pz_dina_fit, aic, ""),
    PZ__INT(pz_dina_fit, skills, ""),
};
static const pz_dina_fit fit_initial = {sizeof(pz_dina_fit), 0, 0, 0, 0, 0, 0};
const pz_record_type pz__dina_fit_type = PZ__RECORD_TYPE(pz_dina_fit, fit_fields, &fit_initial);

static const pz_field evidence_fields[] = {
    PZ__INT(pz_misconception_evidence, wrong, "answers"),
    PZ__INT(pz_misconception_evidence, pointing, "answers"),
    PZ__REAL(pz_misconception_evidence, expected, "answers"),
    PZ__REAL(pz_misconception_evidence, probability, "0 to 1"),
    PZ__REAL(pz_misconception_evidence, log_odds, "natural logarithm"),
};
static const pz_misconception_evidence evidence_initial = PZ_MISCONCEPTION_EVIDENCE_INIT;
const pz_record_type pz__misconception_evidence_type = PZ__RECORD_TYPE(pz_misconception_evidence, evidence_fields, &evidence_initial);
