#include "mastery/bkt.h"
#include "mastery/elo.h"
#include "mastery/lr.h"
#include "mastery/model.h"

static const pz_field bkt_options_fields[] = {
    PZ__INT(pz_bkt_options, starts, "1 to 1000"),
    PZ__BIGINT(pz_bkt_options, seed, ""),
    PZ__INT(pz_bkt_options, iterations, "1 to 100000"),
    PZ__REAL(pz_bkt_options, tolerance, "log-likelihood"),
    PZ__BOOL(pz_bkt_options, with_forget),
    PZ__REAL(pz_bkt_options, pass_at, "above 0, up to 1"),
    PZ__REAL(pz_bkt_options, least, "above 0, up to 0.1"),
    PZ__REAL(pz_bkt_options, room, "0.000001 to 0.5"),
    PZ__REAL(pz_bkt_options, start_prior, "0 to below 1"),
    PZ__REAL(pz_bkt_options, start_learn, "0 to below 1"),
    PZ__REAL(pz_bkt_options, start_forget, "0 to below 1"),
    PZ__REAL(pz_bkt_options, start_guess, "0 to below 1"),
    PZ__REAL(pz_bkt_options, start_slip, "0 to below 1"),
};
static const pz_bkt_options bkt_options_initial = PZ_BKT_OPTIONS_INIT;
const pz_record_type pz__bkt_options_type = PZ__RECORD_TYPE(pz_bkt_options, bkt_options_fields, &bkt_options_initial);

static const pz_field bkt_skill_fields[] = {
    PZ__BIGINT(pz_bkt_skill, skill, ""),
    PZ__BIGINT(pz_bkt_skill, rows, "answers"),
    PZ__BIGINT(pz_bkt_skill, learners, "learners"),
    PZ__REAL(pz_bkt_skill, prior, "0 to 1"),
    PZ__REAL(pz_bkt_skill, learn, "0 to 1"),
    PZ__REAL(pz_bkt_skill, forget, "0 to 1"),
    PZ__REAL(pz_bkt_skill, guess, "0 to 1"),
    PZ__REAL(pz_bkt_skill, slip, "0 to 1"),
    PZ__REAL(pz_bkt_skill, log_likelihood, "natural logarithm"),
    PZ__INT(pz_bkt_skill, iterations, "sweeps"),
    PZ__BOOL(pz_bkt_skill, is_converged),
    PZ__BOOL(pz_bkt_skill, is_determined),
};
static const pz_bkt_skill bkt_skill_initial = {sizeof(pz_bkt_skill), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
const pz_record_type pz__bkt_skill_type = PZ__RECORD_TYPE(pz_bkt_skill, bkt_skill_fields, &bkt_skill_initial);

static const pz_field bkt_class_fields[] = {
    PZ__BIGINT(pz_bkt_class, skill, ""),     PZ__INT(pz_bkt_class, class_number, "from 0"), PZ__REAL(pz_bkt_class, prior, "0 to 1"),
    PZ__REAL(pz_bkt_class, learn, "0 to 1"), PZ__REAL(pz_bkt_class, forget, "0 to 1"),      PZ__REAL(pz_bkt_class, guess, "0 to 1"),
    PZ__REAL(pz_bkt_class, slip, "0 to 1"),
};
static const pz_bkt_class bkt_class_initial = {sizeof(pz_bkt_class), 0, 0, 0, 0, 0, 0, 0};
const pz_record_type pz__bkt_class_type = PZ__RECORD_TYPE(pz_bkt_class, bkt_class_fields, &bkt_class_initial);

static const pz_field elo_options_fields[] = {
    PZ__REAL(pz_elo_options, learner_variance, "log-odds squared"),    PZ__REAL(pz_elo_options, learner_skill_variance, "log-odds squared"),
    PZ__REAL(pz_elo_options, item_variance, "log-odds squared"),       PZ__REAL(pz_elo_options, skill_variance, "log-odds squared"),
    PZ__REAL(pz_elo_options, weight_variance, "log-odds squared"),     PZ__REAL(pz_elo_options, learner_drift, "log-odds squared"),
    PZ__REAL(pz_elo_options, learner_skill_drift, "log-odds squared"), PZ__REAL(pz_elo_options, recent, "above 0, up to 1"),
};
static const pz_elo_options elo_options_initial = PZ_ELO_OPTIONS_INIT;
const pz_record_type pz__elo_options_type = PZ__RECORD_TYPE(pz_elo_options, elo_options_fields, &elo_options_initial);

static const pz_field elo_estimate_fields[] = {
    PZ__REAL(pz_elo_estimate, log_odds, "log-odds"),    PZ__REAL(pz_elo_estimate, standard_error, "log-odds"),
    PZ__REAL(pz_elo_estimate, probability, "0 to 1"),   PZ__REAL(pz_elo_estimate, lower, "0 to 1"),
    PZ__REAL(pz_elo_estimate, upper, "0 to 1"),         PZ__INT(pz_elo_estimate, answers, "answers"),
    PZ__INT(pz_elo_estimate, skill_answers, "answers"), PZ__REAL(pz_elo_estimate, constant, "log-odds"),
    PZ__REAL(pz_elo_estimate, learner, "log-odds"),     PZ__REAL(pz_elo_estimate, learner_skill, "log-odds"),
    PZ__REAL(pz_elo_estimate, item, "log-odds"),        PZ__REAL(pz_elo_estimate, skill, "log-odds"),
    PZ__REAL(pz_elo_estimate, counts, "log-odds"),      PZ__REAL(pz_elo_estimate, recent, "log-odds"),
};
static const pz_elo_estimate elo_estimate_initial = PZ_ELO_ESTIMATE_INIT;
const pz_record_type pz__elo_estimate_type = PZ__RECORD_TYPE(pz_elo_estimate, elo_estimate_fields, &elo_estimate_initial);

static const char *const lr_feature_names[] = {"", "pfa", "best_lr", NULL};
static const pz_field lr_options_fields[] = {
    PZ__ENUM(pz_lr_options, features, lr_feature_names),
    PZ__REAL(pz_lr_options, penalty, "above 0"),
    PZ__INT(pz_lr_options, iterations, "1 to 1000"),
    PZ__REAL(pz_lr_options, tolerance, "above 0"),
};
static const pz_lr_options lr_options_initial = PZ_LR_OPTIONS_INIT;
const pz_record_type pz__lr_options_type = PZ__RECORD_TYPE(pz_lr_options, lr_options_fields, &lr_options_initial);

static const pz_field lr_fit_fields[] = {
    PZ__ENUM(pz_lr_fit_report, features, lr_feature_names),
    PZ__REAL(pz_lr_fit_report, log_likelihood, "natural logarithm"),
    PZ__INT(pz_lr_fit_report, iterations, "steps"),
    PZ__BOOL(pz_lr_fit_report, is_converged),
    PZ__INT(pz_lr_fit_report, skills, ""),
    PZ__INT(pz_lr_fit_report, items, ""),
};
static const pz_lr_fit_report lr_fit_initial = {sizeof(pz_lr_fit_report), 0, 0, 0, 0, 0, 0};
const pz_record_type pz__lr_fit_type = PZ__RECORD_TYPE(pz_lr_fit_report, lr_fit_fields, &lr_fit_initial);

static const pz_field lr_step_fields[] = {
    PZ__REAL(pz_lr_step, log_odds, "log-odds"),    PZ__REAL(pz_lr_step, probability, "0 to 1"),
    PZ__REAL(pz_lr_step, constant, "log-odds"),    PZ__REAL(pz_lr_step, skill, "log-odds"),
    PZ__REAL(pz_lr_step, item, "log-odds"),        PZ__REAL(pz_lr_step, skill_right, "log-odds"),
    PZ__REAL(pz_lr_step, skill_wrong, "log-odds"), PZ__REAL(pz_lr_step, right, "log-odds"),
    PZ__REAL(pz_lr_step, wrong, "log-odds"),
};
static const pz_lr_step lr_step_initial = {sizeof(pz_lr_step), 0, 0, 0, 0, 0, 0, 0, 0, 0};
const pz_record_type pz__lr_step_type = PZ__RECORD_TYPE(pz_lr_step, lr_step_fields, &lr_step_initial);
