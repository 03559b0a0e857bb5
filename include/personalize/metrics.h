/**
 * @file personalize/metrics.h
 * How good predictions are, and for whom: accuracy and calibration, fairness between groups, items that work differently for groups, and folds for
 * cross-validation by learner. Pure: numbers in, numbers out; what is drawn at random comes from a seed. `progress` is NULL, or called as it goes.
 */
#ifndef PERSONALIZE_METRICS_H
#define PERSONALIZE_METRICS_H

#include "personalize/base.h"

#ifdef __cplusplus
extern "C" {
#endif

/** How well probabilities of a right answer fit the answers. */
typedef struct pz_accuracy {
    uint32_t struct_size;
    int64_t rows;
    int64_t right;              /**< rows that were right */
    double auc;                 /**< area under the ROC curve: how often a right answer had the higher probability than a wrong one, ties half. NaN if
                                     all answers are alike */
    double rmse;                /**< root of the mean squared difference */
    double log_loss;            /**< mean of -log of the probability of what came; probabilities are taken as 1e-15 to 1 - 1e-15 */
    double brier;               /**< mean squared difference */
    double calibration_error;   /**< expected calibration error: mean distance between probability and share right over ten bins of equal width,
                                     weighted by rows (Naeini, Cooper and Hauskrecht 2015) */
    double share_correct;       /**< rows where the likelier outcome (from 0.5 up: right) came */
    double mean_probability;
    double mean_right;
} pz_accuracy;

#define PZ_ACCURACY_INIT \
    {sizeof(pz_accuracy), 0, 0, PZ_REAL_NONE, PZ_REAL_NONE, PZ_REAL_NONE, PZ_REAL_NONE, PZ_REAL_NONE, PZ_REAL_NONE, PZ_REAL_NONE, PZ_REAL_NONE}

/**
 * Accuracy of predictions.
 * @param probability `rows` values 0 to 1 @param score `rows` values 0 to 1; from 0.5 up is right
 * @return ::PZ_OK; ::PZ_E_INVALID (no rows; a value out of range: the row is named); ::PZ_E_STRUCT_SIZE; ::PZ_E_CANCELLED; ::PZ_E_NOMEM. Since: 0.1
 */
PZ_API pz_status pz_accuracy_of(const double *probability, const double *score, size_t rows, pz_progress_fn progress, void *user_data,
                                pz_accuracy *out_accuracy);

/** A bin of a reliability diagram. */
typedef struct pz_calibration_bin {
    uint32_t struct_size;
    double lower;            /**< probabilities from here */
    double upper;            /**< to below here, the last bin to here */
    int64_t rows;
    double mean_probability; /**< NaN in an empty bin, as those below */
    double mean_right;
    double standard_error;   /**< of `mean_right`: sqrt(p (1 - p) / rows) with p the mean probability, what chance alone allows */
} pz_calibration_bin;

/**
 * A reliability diagram with bins of equal width. @param bins 2 to 1000
 * @return ::PZ_OK; ::PZ_E_INVALID; ::PZ_E_CANCELLED; ::PZ_E_NOMEM. Memory: one block, pz_free(). Since: 0.1
 */
PZ_API pz_status pz_calibration(const double *probability, const double *score, size_t rows, int32_t bins, pz_progress_fn progress,
                                void *user_data, pz_calibration_bin ***out_rows, size_t *out_count);

/** Whether predictions rank equally well in two groups. */
typedef struct pz_fairness {
    uint32_t struct_size;
    int64_t rows_a; /**< group 0 */
    int64_t rows_b; /**< group 1 */
    double auc_a;
    double auc_b;
    double abroca;  /**< area between the two ROC curves (Gardner, Brooks and Baker 2019) */
    double p_value; /**< share of random divisions into groups of these sizes with at least that area, the observed one counted in. The area is never
                         negative and large in small groups by chance alone (Borchers and Baker 2024): judge by this, not by the area */
    double expected;/**< mean area of the random divisions */
} pz_fairness;

#define PZ_FAIRNESS_INIT {sizeof(pz_fairness), 0, 0, PZ_REAL_NONE, PZ_REAL_NONE, PZ_REAL_NONE, PZ_REAL_NONE, PZ_REAL_NONE}

/**
 * ABROCA with a permutation test.
 * @param group `rows` values 0 or 1; each group needs right and wrong answers
 * @param unit whom the permutation moves: rows with the same number stay together (answers of one learner are not independent); NULL: each row by itself.
 *   All rows of a unit must be in the same group
 * @param permutations 0 (no test: `p_value` and `expected` NaN) to 100,000
 * @return ::PZ_OK; ::PZ_E_INVALID; ::PZ_E_NOT_ENOUGH (a group without right or without wrong answers); ::PZ_E_STRUCT_SIZE; ::PZ_E_CANCELLED; ::PZ_E_NOMEM. Since: 0.1
 */
PZ_API pz_status pz_fairness_of(const double *probability, const double *score, const int32_t *group, const int64_t *unit, size_t rows,
                                int32_t permutations, uint64_t seed, pz_progress_fn progress, void *user_data, pz_fairness *out_fairness);

/** Whether an item is equally hard for two groups of learners of the same total score. */
typedef struct pz_dif {
    uint32_t struct_size;
    double odds_ratio;     /**< common odds ratio of Mantel and Haenszel (1959), group 0 to group 1: above 1 the item favours group 0 */
    double log_odds_ratio;
    double standard_error; /**< of the logarithm (Robins, Breslow and Greenland 1986) */
    double delta;          /**< -2.35 times the logarithm, the scale of ETS */
    double chi_square;     /**< with the continuity correction, one degree of freedom */
    double p_value;
    int32_t category;      /**< ETS: 1 (A) negligible, 2 (B) moderate, 3 (C) large. A: |delta| below 1 or not significant at 5 %; C: |delta| 1.5 or more and
                                significantly above 1; B otherwise */
} pz_dif;

#define PZ_DIF_INIT {sizeof(pz_dif), PZ_REAL_NONE, PZ_REAL_NONE, PZ_REAL_NONE, PZ_REAL_NONE, PZ_REAL_NONE, PZ_REAL_NONE, 0}

/**
 * Differential item functioning by the method of Mantel and Haenszel.
 * @param right `rows` values 0 or 1: the answers to the item, one per learner
 * @param group `rows` values 0 or 1
 * @param stratum `rows` whole numbers, such as the total score on all items, this one included
 * @return ::PZ_OK; ::PZ_E_INVALID; ::PZ_E_NOT_ENOUGH (no stratum has both groups and both answers); ::PZ_E_STRUCT_SIZE; ::PZ_E_CANCELLED; ::PZ_E_NOMEM. Since: 0.1
 */
PZ_API pz_status pz_dif_of(const int32_t *right, const int32_t *group, const int64_t *stratum, size_t rows, pz_progress_fn progress,
                           void *user_data, pz_dif *out_dif);

/**
 * Folds for cross-validation: all rows of a learner fall into the same fold, and the folds have as equally many learners as can be.
 * @param folds 2 to 1000 and at most as many as learners @param out_fold `out_fold_len` values, as many as rows: 0 to folds - 1
 * @return ::PZ_OK; ::PZ_E_INVALID; ::PZ_E_NOT_ENOUGH (fewer learners than folds); ::PZ_E_CANCELLED; ::PZ_E_NOMEM. Since: 0.1
 */
PZ_API pz_status pz_folds_by_learner(const int64_t *learner, size_t rows, int32_t folds, uint64_t seed, pz_progress_fn progress,
                                     void *user_data, int32_t *out_fold, size_t out_fold_len);

#ifdef __cplusplus
}
#endif
#endif
