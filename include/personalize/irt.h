/**
 * @file personalize/irt.h
 * Item response theory, pure: calibration by marginal maximum likelihood, ability with its standard error, information, fit of items and persons, linking.
 *
 * Ability is on the logistic scale without the constant 1.7. A right answer has the probability guess + (1 - guess) * logistic(slope * ability + intercept), and
 * difficulty is -intercept / slope. Items with more than two categories follow the graded response model (Samejima 1969) or the generalized partial
 * credit model (Muraki 1992), items whose options have no order the nominal response model (Bock 1972).
 */
#ifndef PERSONALIZE_IRT_H
#define PERSONALIZE_IRT_H

#include "personalize/base.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum pz_irt_kind {
    PZ_IRT_RASCH = 1,           /**< slope 1 for all items; the variance of ability is fitted, or held: pz_irt_options.variance */
    PZ_IRT_TWO_PARAMETER = 2,   /**< slope and intercept; ability has variance 1, as in all below */
    PZ_IRT_THREE_PARAMETER = 3, /**< with a lower asymptote, held by a prior on its logit */
    PZ_IRT_GRADED = 4,
    PZ_IRT_PARTIAL_CREDIT = 5, /**< generalized: with a slope for each item */
    PZ_IRT_NOMINAL = 6 /**< a slope and an intercept for each category above 0, against category 0; see pz_irt_calibrate_nominal() */
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
    double variance;       /**< of ability, Rasch items alone: held at this instead of fitted, above 0, up to 100. Default NaN: fitted */
} pz_irt_options;

#define PZ_IRT_OPTIONS_INIT {sizeof(pz_irt_options), PZ_IRT_TWO_PARAMETER, 61, 6, 1000, 0.0001, -1.3862943611198906, 0.5, PZ_REAL_NONE}

/** A step of an item: between categories step - 1 and step. */
typedef struct pz_irt_step {
    uint32_t struct_size;
    int32_t item;       /**< column, from 0 */
    int32_t step;       /**< from 1; right against wrong in items of two categories; nominal: the category, against category 0 */
    int32_t kind;       /**< a ::pz_irt_kind */
    double slope;
    double intercept;
    double difficulty;  /**< -intercept / slope: the ability where the step is even (partial credit: where neighbours are equally likely; nominal: this category and category 0) */
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
    double mean;          /**< of ability in the population: 0 after calibration, other after pz_irt_calibrate_fixed() and pz_irt_rescale() */
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

/**
 * Calibrates the options that were chosen (nominal response model, Bock 1972): which wrong option draws learners of which ability. With two categories it is the two-parameter
 * model. The chance of each wrong option at an ability, from pz_irt_probability(), is what pz_misconception_rank() takes as `chance`.
 * @param options its `kind` does not count
 * @param responses as in pz_irt_calibrate(), a category for each option, in any order
 * @param key `key_rows` values, as many as `cols`: the right category of each item; it turns the scale so that right answers go with more ability
 * @return as pz_irt_calibrate(). Memory: pz_irt_free(). Since: 0.1
 */
PZ_API pz_status pz_irt_calibrate_nominal(const pz_irt_options *options, const int32_t *responses, size_t rows, size_t cols, const int32_t *key,
                                          size_t key_rows, pz_progress_fn progress, void *user_data, pz_irt_model **out_model);

/**
 * Links by fixed parameters: items of a bank keep their parameters, new ones are calibrated on its scale, and mean and variance of the persons are estimated (fixed parameter
 * calibration with prior updated in each sweep, Kim 2006), so that this year's class and last year's stand on one scale.
 * @param options `kind` is that of the new items
 * @param bank_item `bank_item_rows` values, as many as `cols`: the item of the bank that a column holds, or -1 for a new one; at least one of the bank must have been answered
 * @return as pz_irt_calibrate(); ::PZ_E_CLOSED; ::PZ_E_NOT_ENOUGH (nothing ties the answers to the bank). Memory: pz_irt_free(). Since: 0.1
 */
PZ_API pz_status pz_irt_calibrate_fixed(const pz_irt_model *bank, const pz_irt_options *options, const int32_t *responses, size_t rows, size_t cols,
                                        const int32_t *bank_item, size_t bank_item_rows, pz_progress_fn progress, void *user_data,
                                        pz_irt_model **out_model);

/**
 * The way of the fit: the log-likelihood after each sweep (for the three-parameter model without the prior of guess, so that it may fall a little). A fit that did not converge shows here whether
 * more sweeps would help.
 * @param out_log_likelihood as many as pz_irt_fit.iterations
 * @return ::PZ_OK; ::PZ_E_CLOSED; ::PZ_E_INVALID; ::PZ_E_NOT_FOUND (the model was not fitted here: a trace is not written to JSON). Since: 0.1
 */
PZ_API pz_status pz_irt_trace(const pz_irt_model *model, double *out_log_likelihood, size_t out_log_likelihood_len);

/** A model from known parameters, such as an item bank: slope, difficulty and guess (NULL: 0) of `rows` items of two categories. @return ::PZ_OK; ::PZ_E_INVALID; ::PZ_E_NOMEM. Memory: pz_irt_free(). Since: 0.1 */
PZ_API pz_status pz_irt_model_of(const double *slope, const double *difficulty, const double *guess, size_t rows, pz_irt_model **out_model);

/** Releases a model. NULL does nothing. Since: 0.1 */
PZ_API void pz_irt_free(pz_irt_model *model);

/** Steps of all items, by item and step. @return ::PZ_OK; ::PZ_E_CLOSED; ::PZ_E_NOMEM. Memory: one block, pz_free(). Since: 0.1 */
PZ_API pz_status pz_irt_step_list(const pz_irt_model *model, pz_irt_step ***out_rows, size_t *out_count);

/** What standard errors of parameters come from. */
typedef enum pz_irt_error_method {
    PZ_IRT_OBSERVED = 1,      /**< the observed information: how the slopes of the log-likelihood change (Louis 1982; "Oakes" and "Louis" in mirt). It takes persons
                                   times nodes times parameters squared */
    PZ_IRT_CROSS_PRODUCTS = 2 /**< the summed cross-products of each person's slopes ("crossprod" in mirt): faster, but needs many more persons than parameters */
} pz_irt_error_method;

/**
 * Standard errors of the parameters, from the answers that they were calibrated on; for the three-parameter model without the prior of guess.
 * @param nodes 11 to 401 @param range 2 to 12, as in the calibration
 * @param out_slope_error as many as pz_irt_step_list() has rows, in its order; 0 for slopes that were not fitted @param out_intercept_error the same
 * @return ::PZ_OK; ::PZ_E_CLOSED; ::PZ_E_INVALID; ::PZ_E_NOT_ENOUGH (the answers do not determine the parameters); ::PZ_E_LIMIT (more than 3,000 parameters); ::PZ_E_CANCELLED; ::PZ_E_NOMEM. Since: 0.1
 */
PZ_API pz_status pz_irt_errors(const pz_irt_model *model, pz_irt_error_method method, const int32_t *responses, size_t rows, size_t cols,
                               int32_t nodes, double range, pz_progress_fn progress, void *user_data, double *out_slope_error,
                               size_t out_slope_error_len, double *out_intercept_error, size_t out_intercept_error_len);

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
 * @return ::PZ_OK; ::PZ_E_CLOSED; ::PZ_E_INVALID; ::PZ_E_CANCELLED; ::PZ_E_NOMEM. A person without answers has the prior (EAP, MAP) or NaN. Since: 0.1
 */
PZ_API pz_status pz_irt_ability(const pz_irt_model *model, pz_irt_method method, const int32_t *responses, size_t rows, size_t cols, int32_t nodes,
                                double range, pz_progress_fn progress, void *user_data, double *out_ability, size_t out_ability_len, double *out_error, size_t out_error_len);

/** What an answer did to the estimate of a person's ability. */
typedef struct pz_irt_effect {
    uint32_t struct_size;
    int64_t person;        /**< row, from 0 */
    int32_t item;
    int32_t response;      /**< category */
    double chance;         /**< of this answer, by the answers in the columns before it */
    double ability;        /**< mean of the posterior (::PZ_IRT_EAP) after it; after the last answer what pz_irt_ability() says */
    double standard_error;
    double change;         /**< of the mean by it; a person's changes add up to `ability` less the population's mean. They depend on the order of the columns */
    double pull;           /**< its part in the mode of the posterior (::PZ_IRT_MAP), whatever the order: variance times the slope of its log-probability there. A
                                person's pulls add up to the mode less the population's mean */
} pz_irt_effect;

/** Answers that pz_irt_explain() takes, persons times items. */
enum { PZ_IRT_EXPLAIN_MOST = 1000000 };

/**
 * What each answer did: for each person the answers that were given, in the order of the columns.
 * @param responses as in pz_irt_ability() @param nodes 11 to 401 @param range 2 to 12
 * @return ::PZ_OK; ::PZ_E_CLOSED; ::PZ_E_INVALID; ::PZ_E_LIMIT (more than ::PZ_IRT_EXPLAIN_MOST answers); ::PZ_E_CANCELLED; ::PZ_E_NOMEM. Memory: one block, pz_free(). Since: 0.1
 */
PZ_API pz_status pz_irt_explain(const pz_irt_model *model, const int32_t *responses, size_t rows, size_t cols, int32_t nodes, double range,
                                pz_progress_fn progress, void *user_data, pz_irt_effect ***out_rows, size_t *out_count);

/**
 * Fisher information. @param item a column, or -1 for the sum of all
 * @return ::PZ_OK; ::PZ_E_CLOSED; ::PZ_E_INVALID; ::PZ_E_CANCELLED. Since: 0.1
 */
PZ_API pz_status pz_irt_information(const pz_irt_model *model, int32_t item, const double *ability, size_t rows, pz_progress_fn progress,
                                    void *user_data, double *out_information, size_t out_information_len);

/** Probability of each category of an item at an ability. @param out_probability room for all categories. @return ::PZ_OK; ::PZ_E_CLOSED; ::PZ_E_INVALID. Since: 0.1 */
PZ_API pz_status pz_irt_probability(const pz_irt_model *model, int32_t item, double ability, double *out_probability, size_t out_probability_len);

/** How well an item fits. Numbers that the answers do not give are NaN. */
typedef struct pz_irt_item_fit {
    uint32_t struct_size;
    int32_t item;
    int64_t answers;
    double outfit;     /**< mean squared residual, each in its own unit: 1 on average where the model holds, above 1 noise, below 1 more regular than expected; 0.7 to 1.3 is
                            usual (Wright and Linacre 1994). Averaged over each person's posterior. NaN for nominal items */
    double infit;      /**< the same, weighted by information, so that lucky guesses far away count less */
    double chi_square; /**< S-X2 (Orlando and Thissen 2000; Kang and Chen 2008): observed against expected answers in groups of the same total score, of persons who answered all; scores are joined until at
                            least one answer is expected of each category. NaN with nominal items or total scores above 2,000 */
    int32_t df;        /**< its degrees of freedom: groups times (categories - 1), less the item's parameters */
    double p_value;    /**< of a chi-square that large by chance, where the items were calibrated on these answers; with many items some are below 0.05 by chance */
} pz_irt_item_fit;

/**
 * Fit of each item. @param responses those that the items were calibrated on, or others @param nodes 11 to 401 @param range 2 to 12, as in the calibration
 * @return ::PZ_OK; ::PZ_E_CLOSED; ::PZ_E_INVALID; ::PZ_E_CANCELLED; ::PZ_E_NOMEM. Memory: one block, pz_free(). Since: 0.1
 */
PZ_API pz_status pz_irt_item_fit_list(const pz_irt_model *model, const int32_t *responses, size_t rows, size_t cols, int32_t nodes, double range,
                                      pz_progress_fn progress, void *user_data, pz_irt_item_fit ***out_rows, size_t *out_count);

/** How well the answers of a person fit. Numbers that the answers do not give are NaN. */
typedef struct pz_irt_person_fit {
    uint32_t struct_size;
    int64_t person;    /**< row, from 0 */
    int32_t answers;
    double ability;    /**< mode of the posterior (::PZ_IRT_MAP), at which all below stands */
    double outfit;     /**< as of items; NaN with nominal items alone */
    double infit;
    double likelihood; /**< lz (Drasgow, Levine and Williams 1985): log-likelihood of the answers in standard units; too near to 0 for estimated abilities */
    double corrected;  /**< lz* (Snijders 2001; Sinharay 2016): the same with what estimating takes away; standard normal where the model holds. Far below 0: answers that do not go with
                            one ability, such as easy items missed and hard ones right. A reason to look, never a proof */
    double p_value;    /**< of a `corrected` that low by chance */
} pz_irt_person_fit;

/**
 * Fit of each person. All else as pz_irt_item_fit_list().
 * @return ::PZ_OK; ::PZ_E_CLOSED; ::PZ_E_INVALID; ::PZ_E_CANCELLED; ::PZ_E_NOMEM. Memory: one block, pz_free(). Since: 0.1
 */
PZ_API pz_status pz_irt_person_fit_list(const pz_irt_model *model, const int32_t *responses, size_t rows, size_t cols, int32_t nodes, double range,
                                        pz_progress_fn progress, void *user_data, pz_irt_person_fit ***out_rows, size_t *out_count);

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
 * @return ::PZ_OK; ::PZ_E_CLOSED; ::PZ_E_INVALID (no such item, different categories, a nominal item: the row is named); ::PZ_E_NOT_ENOUGH; ::PZ_E_STRUCT_SIZE; ::PZ_E_NO_CONVERGENCE. Since: 0.1
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
