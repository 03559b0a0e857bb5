/**
 * @file personalize/irt.h
 * Item response theory, pure: calibration by marginal maximum likelihood, ability with its standard error, information, and adaptive tests.
 *
 * Ability is on the logistic scale without the constant 1.7. A right answer has the probability guess + (1 - guess) * logistic(slope * ability + intercept), and
 * difficulty is -intercept / slope. Items with more than two categories follow the graded response model (Samejima 1969) or the generalized partial
 * credit model (Muraki 1992).
 */
#ifndef PERSONALIZE_IRT_H
#define PERSONALIZE_IRT_H

#include "personalize/base.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum pz_irt_kind {
    PZ_IRT_RASCH = 1,         /**< slope 1 for all items; the variance of ability is fitted */
    PZ_IRT_TWO_PARAMETER = 2, /**< slope and intercept; ability has variance 1, as in all below */
    PZ_IRT_THREE_PARAMETER = 3, /**< with a lower asymptote, held by a prior on its logit */
    PZ_IRT_GRADED = 4,
    PZ_IRT_PARTIAL_CREDIT = 5 /**< generalized: with a slope for each item */
} pz_irt_kind;

/** A calibrated set of items. */
typedef struct pz_irt_model pz_irt_model;

/** How to calibrate. */
typedef struct pz_irt_options {
    uint32_t struct_size;
    int32_t kind;          /**< a ::pz_irt_kind. Default ::PZ_IRT_TWO_PARAMETER */
    int32_t nodes;         /**< quadrature nodes, 11 to 401. Default 61 (mirt) */
    double range;          /**< they go from -range to range, 2 to 12. Default 6 (mirt) */
    int32_t iterations;    /**< sweeps at most, 1 to 100,000. Default 1000 */
    double tolerance;      /**< ends when no parameter moves further in a sweep. Default 0.0001 (mirt) */
    double guess_mean;     /**< prior of the logit of guess: normal. Default -1.386294 (guess 0.2) */
    double guess_sd;       /**< Default 0.5 */
} pz_irt_options;

#define PZ_IRT_OPTIONS_INIT {sizeof(pz_irt_options), PZ_IRT_TWO_PARAMETER, 61, 6, 1000, 0.0001, -1.3862943611198906, 0.5}

/** A step of an item: between categories step - 1 and step. */
typedef struct pz_irt_step {
    uint32_t struct_size;
    int32_t item;       /**< column, from 0 */
    int32_t step;       /**< from 1; right against wrong in items of two categories */
    int32_t kind;       /**< a ::pz_irt_kind */
    double slope;
    double intercept;
    double difficulty;  /**< -intercept / slope: the ability where the step is even (partial credit: where neighbours are equally likely) */
    double guess;
} pz_irt_step;

/** How a fit went. */
typedef struct pz_irt_fit {
    uint32_t struct_size;
    double log_likelihood;
    double variance;      /**< of ability in the population */
    int32_t iterations;
    int32_t is_converged; /**< 0: the sweeps ran out */
    int32_t parameters;   /**< free ones */
    int32_t persons;
    double aic;
    double bic;
    double mean;          /**< of ability in the population: 0 after calibration, other after pz_irt_rescale() */
} pz_irt_fit;

/**
 * Calibrates items by expectation maximization with Fisher scoring (Bock and Aitkin 1981), persons with the same answers taken together.
 * @param responses `rows` persons times `cols` items, row by row: categories from 0; negative: not answered. Each item needs all categories from 0
 *   to its highest among the answers, at most 16; kinds 1 to 3 have two
 * @return ::PZ_OK; ::PZ_E_INVALID (the row and column are named); ::PZ_E_NOT_ENOUGH (an item without two categories); ::PZ_E_STRUCT_SIZE; ::PZ_E_CANCELLED; ::PZ_E_NOMEM. Sweeps that
 *   run out are not an error: see pz_irt_fit.is_converged. Memory: pz_irt_free(). Since: 0.1
 */
PZ_API pz_status pz_irt_calibrate(const pz_irt_options *options, const int32_t *responses, size_t rows, size_t cols, pz_progress_fn progress,
                                  void *user_data, pz_irt_model **out_model);

/** A model from known parameters, such as an item bank: slope, difficulty and guess (NULL: 0) of `rows` items of two categories. @return ::PZ_OK; ::PZ_E_INVALID; ::PZ_E_NOMEM. Memory: pz_irt_free(). Since: 0.1 */
PZ_API pz_status pz_irt_model_of(const double *slope, const double *difficulty, const double *guess, size_t rows, pz_irt_model **out_model);

/** Releases a model. NULL does nothing. Since: 0.1 */
PZ_API void pz_irt_free(pz_irt_model *model);

/** Steps of all items, by item and step. @return ::PZ_OK; ::PZ_E_CLOSED; ::PZ_E_NOMEM. Memory: one block, pz_free(). Since: 0.1 */
PZ_API pz_status pz_irt_step_list(const pz_irt_model *model, pz_irt_step ***out_rows, size_t *out_count);

/**
 * Standard errors of the parameters, from the answers that they were calibrated on: the inverse of the summed cross-products of each person's slopes (Louis 1982; "crossprod" in
 * mirt), which needs many more persons than parameters.
 * @param nodes 11 to 401 @param range 2 to 12, as in the calibration
 * @param out_slope_error as many as pz_irt_step_list() has rows, in its order; 0 for slopes that were not fitted @param out_intercept_error the same
 * @return ::PZ_OK; ::PZ_E_CLOSED; ::PZ_E_INVALID; ::PZ_E_NOT_ENOUGH (the answers do not determine the parameters); ::PZ_E_LIMIT (more than 3,000 parameters); ::PZ_E_NOMEM. Since: 0.1
 */
PZ_API pz_status pz_irt_errors(const pz_irt_model *model, const int32_t *responses, size_t rows, size_t cols, int32_t nodes, double range,
                               double *out_slope_error, size_t out_slope_error_len, double *out_intercept_error, size_t out_intercept_error_len);

/** How the fit went; for a model that was not calibrated the log-likelihood is NaN. @return ::PZ_OK; ::PZ_E_CLOSED; ::PZ_E_NOMEM. Memory: one block, pz_free(). Since: 0.1 */
PZ_API pz_status pz_irt_fit_of(const pz_irt_model *model, pz_irt_fit **out_fit);

/** How to estimate ability. */
typedef enum pz_irt_method {
    PZ_IRT_EAP = 1, /**< mean of the posterior, with its standard deviation */
    PZ_IRT_MAP = 2, /**< its mode; error from the information there */
    PZ_IRT_WLE = 3, /**< Warm's weighted likelihood (1989): no prior and little bias */
    PZ_IRT_ML = 4   /**< likelihood alone: infinite, with an infinite error, where all answers are at one end */
} pz_irt_method;

/**
 * Ability of persons with its standard error.
 * @param responses as for pz_irt_calibrate(), with as many columns as the model has items @param nodes for EAP, 11 to 1001 @param range for EAP, from -range to range, and for
 *   the search of the others
 * @return ::PZ_OK; ::PZ_E_CLOSED; ::PZ_E_INVALID; ::PZ_E_NOMEM. A person without answers has the prior (EAP, MAP) or NaN. Since: 0.1
 */
PZ_API pz_status pz_irt_ability(const pz_irt_model *model, pz_irt_method method, const int32_t *responses, size_t rows, size_t cols, int32_t nodes,
                                double range, double *out_ability, size_t out_ability_len, double *out_error, size_t out_error_len);

/**
 * Fisher information. @param item a column, or -1 for the sum of all
 * @return ::PZ_OK; ::PZ_E_CLOSED; ::PZ_E_INVALID. Since: 0.1
 */
PZ_API pz_status pz_irt_information(const pz_irt_model *model, int32_t item, const double *ability, size_t rows, double *out_information,
                                    size_t out_information_len);

/** Probability of each category of an item at an ability. @param out_probability room for all categories. @return ::PZ_OK; ::PZ_E_CLOSED; ::PZ_E_INVALID. Since: 0.1 */
PZ_API pz_status pz_irt_probability(const pz_irt_model *model, int32_t item, double ability, double *out_probability, size_t out_probability_len);

/** How one scale of ability goes over into another: ability there = scale * ability here + shift. */
typedef struct pz_irt_link {
    uint32_t struct_size;
    double scale;
    double shift;
    double mean_sigma_scale; /**< by mean and spread of the common difficulties alone (Marco 1977), to compare */
    double mean_sigma_shift;
    double rmse;             /**< root mean squared distance of the two test characteristic curves after linking, as a share of the full score */
} pz_irt_link;

#define PZ_IRT_LINK_INIT {sizeof(pz_irt_link), PZ_REAL_NONE, PZ_REAL_NONE, PZ_REAL_NONE, PZ_REAL_NONE, PZ_REAL_NONE}

/**
 * Links two calibrations by the items that they have in common, so that their test characteristic curves agree (Stocking and Lord 1983).
 * @param from_item columns of `from` @param to_item the same items as columns of `to`; at least two with different difficulty
 * @return ::PZ_OK; ::PZ_E_CLOSED; ::PZ_E_INVALID (no such item, different kinds or categories: the row is named); ::PZ_E_NOT_ENOUGH; ::PZ_E_STRUCT_SIZE; ::PZ_E_NO_CONVERGENCE. Since: 0.1
 */
PZ_API pz_status pz_irt_link_of(const pz_irt_model *from, const pz_irt_model *to, const int32_t *from_item, const int32_t *to_item, size_t rows,
                                pz_irt_link *out_link);

/** A model on another scale: abilities from it are scale * ability + shift. @param scale above 0 @return ::PZ_OK; ::PZ_E_CLOSED; ::PZ_E_INVALID; ::PZ_E_NOMEM. Memory: pz_irt_free(). Since: 0.1 */
PZ_API pz_status pz_irt_rescale(const pz_irt_model *model, double scale, double shift, pz_irt_model **out_model);

/** A model as versioned JSON, all digits kept. @return ::PZ_OK; ::PZ_E_CLOSED; ::PZ_E_NOMEM. Memory: pz_free(). Since: 0.1 */
PZ_API pz_status pz_irt_write(const pz_irt_model *model, char **out_json);

/** Reads a model back. @return ::PZ_OK; ::PZ_E_FORMAT; ::PZ_E_HOSTILE; ::PZ_E_INVALID (by place); ::PZ_E_NOMEM. Memory: pz_irt_free(). Since: 0.1 */
PZ_API pz_status pz_irt_read(const char *json, size_t json_len, pz_irt_model **out_model);

#ifdef __cplusplus
}
#endif
#endif
