#ifndef PZ_MASTERY_METRICS_H
#define PZ_MASTERY_METRICS_H

#include "base/record.h"
#include "personalize/metrics.h"

extern const pz_record_type pz__accuracy_type;
extern const pz_record_type pz__calibration_bin_type;
extern const pz_record_type pz__fairness_type;
extern const pz_record_type pz__dif_type;

/* Refuses what is no probability or score. */
pz_status pz__predictions_check(const double *probability, const double *score, size_t rows);
int pz__is_right(double score);

/* Area under the ROC curve of the rows in ascending order of probability; NaN if all are alike. */
double pz__auc(const double *probability, const double *score, const uint32_t *order, size_t rows);

#endif
