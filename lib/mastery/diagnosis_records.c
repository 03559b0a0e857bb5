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

static const char *const note_names[] = {"", "plain", "draws_strong", "seldom", "right_draws_nobody", NULL};
static const pz_field option_fields[] = {
    PZ__INT(pz_option, item, "from 0"),
    PZ__INT(pz_option, option, ""),
    PZ__BOOL(pz_option, is_right),
    PZ__BIGINT(pz_option, chosen, "persons"),
    PZ__REAL(pz_option, share, "0 to 1"),
    PZ__REAL(pz_option, ability, ""),
    PZ__REAL(pz_option, point_biserial, "-1 to 1"),
    PZ__REAL(pz_option, p_value, "0 to 1"),
    PZ__REAL(pz_option, share_weak, "0 to 1"),
    PZ__REAL(pz_option, share_strong, "0 to 1"),
    PZ__ENUM(pz_option, note, note_names),
};
static const pz_option option_initial = {sizeof(pz_option), 0, 0, 0, 0, 0, PZ_REAL_NONE, PZ_REAL_NONE, PZ_REAL_NONE, 0, 0, 0};
const pz_record_type pz__option_type = PZ__RECORD_TYPE(pz_option, option_fields, &option_initial);

static const char *const strength_names[] = {"", "against", "weak", "positive", "strong", "very_strong", NULL};
static const pz_field idea_fields[] = {
    PZ__BIGINT(pz_ranked_misconception, idea, ""),
    PZ__INT(pz_ranked_misconception, wrong, "answers"),
    PZ__INT(pz_ranked_misconception, pointing, "answers"),
    PZ__REAL(pz_ranked_misconception, expected, "answers"),
    PZ__REAL(pz_ranked_misconception, log_odds, "natural logarithm"),
    PZ__REAL(pz_ranked_misconception, probability, "0 to 1"),
    PZ__REAL(pz_ranked_misconception, alone, "0 to 1"),
    PZ__ENUM(pz_ranked_misconception, strength, strength_names),
};
static const pz_ranked_misconception idea_initial = {sizeof(pz_ranked_misconception), 0, 0, 0, 0, 0, 0, 0, 0};
const pz_record_type pz__ranked_misconception_type = PZ__RECORD_TYPE(pz_ranked_misconception, idea_fields, &idea_initial);
