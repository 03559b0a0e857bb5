#include "mastery/metrics.h"

static const pz_field accuracy_fields[] = {
    PZ__BIGINT(pz_accuracy, rows, ""),
    PZ__BIGINT(pz_accuracy, right, "rows"),
    PZ__REAL(pz_accuracy, auc, "0 to 1"),
    PZ__REAL(pz_accuracy, rmse, "0 to 1"),
    PZ__REAL(pz_accuracy, log_loss, "natural logarithm"),
    PZ__REAL(pz_accuracy, brier, "0 to 1"),
    PZ__REAL(pz_accuracy, calibration_error, "0 to 1"),
    PZ__REAL(pz_accuracy, share_correct, "0 to 1"),
    PZ__REAL(pz_accuracy, mean_probability, "0 to 1"),
    PZ__REAL(pz_accuracy, mean_right, "0 to 1"),
};
static const pz_accuracy accuracy_initial = PZ_ACCURACY_INIT;
const pz_record_type pz__accuracy_type = PZ__RECORD_TYPE(pz_accuracy, accuracy_fields, &accuracy_initial);

static const pz_field bin_fields[] = {
    PZ__REAL(pz_calibration_bin, lower, "0 to 1"),      PZ__REAL(pz_calibration_bin, upper, "0 to 1"),
    PZ__BIGINT(pz_calibration_bin, rows, ""),           PZ__REAL(pz_calibration_bin, mean_probability, "0 to 1"),
    PZ__REAL(pz_calibration_bin, mean_right, "0 to 1"), PZ__REAL(pz_calibration_bin, standard_error, "0 to 1"),
};
static const pz_calibration_bin bin_initial = {sizeof(pz_calibration_bin), 0, 0, 0, PZ_REAL_NONE, PZ_REAL_NONE, PZ_REAL_NONE};
const pz_record_type pz__calibration_bin_type = PZ__RECORD_TYPE(pz_calibration_bin, bin_fields, &bin_initial);

static const pz_field fairness_fields[] = {
    PZ__BIGINT(pz_fairness, rows_a, ""),       PZ__BIGINT(pz_fairness, rows_b, ""),     PZ__REAL(pz_fairness, auc_a, "0 to 1"),
    PZ__REAL(pz_fairness, auc_b, "0 to 1"),    PZ__REAL(pz_fairness, abroca, "0 to 1"), PZ__REAL(pz_fairness, p_value, "0 to 1"),
    PZ__REAL(pz_fairness, expected, "0 to 1"),
};
static const pz_fairness fairness_initial = PZ_FAIRNESS_INIT;
const pz_record_type pz__fairness_type = PZ__RECORD_TYPE(pz_fairness, fairness_fields, &fairness_initial);

static const pz_field dif_fields[] = {
    PZ__REAL(pz_dif, odds_ratio, "above 0"),
    PZ__REAL(pz_dif, log_odds_ratio, "natural logarithm"),
    PZ__REAL(pz_dif, standard_error, "natural logarithm"),
    PZ__REAL(pz_dif, delta, "ETS delta"),
    PZ__REAL(pz_dif, chi_square, "1 degree of freedom"),
    PZ__REAL(pz_dif, p_value, "0 to 1"),
    PZ__INT(pz_dif, category, "1 (A) to 3 (C)"),
};
static const pz_dif dif_initial = PZ_DIF_INIT;
const pz_record_type pz__dif_type = PZ__RECORD_TYPE(pz_dif, dif_fields, &dif_initial);
