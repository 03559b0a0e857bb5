/**
 * @file personalize/diagnosis.h
 * What lies behind right and wrong answers, pure: profiles of several skills from items that need more than one (DINA), and misconceptions from the wrong options that
 * learners take.
 */
#ifndef PERSONALIZE_DIAGNOSIS_H
#define PERSONALIZE_DIAGNOSIS_H

#include "personalize/base.h"

#ifdef __cplusplus
extern "C" {
#endif

/** A fitted DINA model (Junker and Sijtsma 2001): who has all skills that an item needs is right but for slips, anybody else by guessing only. */
typedef struct pz_dina_model pz_dina_model;

/** How to fit. */
typedef struct pz_dina_options {
    uint32_t struct_size;
    int32_t iterations; /**< sweeps at most, 1 to 100,000. Default 2000 */
    double tolerance;   /**< ends when no parameter moves further. Default 0.000001 */
} pz_dina_options;

#define PZ_DINA_OPTIONS_INIT {sizeof(pz_dina_options), 2000, 0.000001}

/** An item of a fitted model. */
typedef struct pz_dina_item {
    uint32_t struct_size;
    int32_t item;
    double guess;
    double slip;
    double discrimination; /**< 1 - slip - guess: near 0 or below the item does not tell */
} pz_dina_item;

/** How a fit went. */
typedef struct pz_dina_fit {
    uint32_t struct_size;
    double log_likelihood;
    int32_t iterations;
    int32_t is_converged;
    int32_t parameters; /**< two for each item and all profiles but one */
    double aic;
    int32_t skills;     /**< of the model */
} pz_dina_fit;

/**
 * Fits by expectation maximization with a free share for each of the 2^skills profiles.
 * @param responses `rows` persons times `cols` items, row by row: 1 right, 0 wrong, negative: not answered
 * @param needs `needs_rows` items, as many as `cols`, times `needs_cols` skills, 1 to 14, row by row (the Q-matrix): 1 where the item needs the skill; each
 *   item needs at least one
 * @return ::PZ_OK; ::PZ_E_INVALID; ::PZ_E_STRUCT_SIZE; ::PZ_E_CANCELLED; ::PZ_E_NOMEM. Sweeps that run out are not an error. Memory: pz_dina_free(). Since: 0.1
 */
PZ_API pz_status pz_dina_calibrate(const pz_dina_options *options, const int32_t *responses, size_t rows, size_t cols, const int32_t *needs, size_t needs_rows,
                                   size_t needs_cols, pz_progress_fn progress, void *user_data, pz_dina_model **out_model);

/** Releases a model. NULL does nothing. Since: 0.1 */
PZ_API void pz_dina_free(pz_dina_model *model);

/** Items of a model. @return ::PZ_OK; ::PZ_E_CLOSED; ::PZ_E_NOMEM. Memory: one block, pz_free(). Since: 0.1 */
PZ_API pz_status pz_dina_item_list(const pz_dina_model *model, pz_dina_item ***out_rows, size_t *out_count);

/** How the fit went. @return ::PZ_OK; ::PZ_E_CLOSED; ::PZ_E_NOMEM. Memory: one block, pz_free(). Since: 0.1 */
PZ_API pz_status pz_dina_fit_of(const pz_dina_model *model, pz_dina_fit **out_fit);

/** Share of the population that has each skill. @return ::PZ_OK; ::PZ_E_CLOSED; ::PZ_E_INVALID. Since: 0.1 */
PZ_API pz_status pz_dina_share(const pz_dina_model *model, double *out_share, size_t out_share_len);

/**
 * The probability that each person has each skill.
 * @param out_probability `rows` times the number of skills, row by row
 * @return ::PZ_OK; ::PZ_E_CLOSED; ::PZ_E_INVALID; ::PZ_E_NOMEM. Since: 0.1
 */
PZ_API pz_status pz_dina_profile(const pz_dina_model *model, const int32_t *responses, size_t rows, size_t cols, double *out_probability,
                                 size_t out_probability_len);

/** What wrong options say about a misconception. */
typedef struct pz_misconception_evidence {
    uint32_t struct_size;
    int32_t wrong;      /**< wrong answers where its option could be taken */
    int32_t pointing;   /**< of them with that option */
    double expected;    /**< how many would be by chance */
    double probability; /**< that the learner believes it */
    double log_odds;    /**< what the answers added to the logarithm of the odds: above 3 is strong (Kass and Raftery 1995) */
} pz_misconception_evidence;

#define PZ_MISCONCEPTION_EVIDENCE_INIT {sizeof(pz_misconception_evidence), 0, 0, 0, PZ_REAL_NONE, 0}

/**
 * How strongly a learner's wrong options point to a misconception. One who believes it takes its option with probability `choice` when wrong, anybody else
 * any of the wrong options alike (Bayes' rule, answers independent).
 * @param pointing `rows` values, one for each wrong answer to an item with an option for it: 1 if that option was taken
 * @param wrong_options `rows` values 2 or more: wrong options that the item has
 * @param prior that a learner believes it before any answer, above 0 and below 1; the share among classmates, or 0.2 where nothing is known
 * @param choice above 0 and below 1; 0.8 where nothing is known
 * @return ::PZ_OK; ::PZ_E_INVALID (the row is named); ::PZ_E_STRUCT_SIZE. Since: 0.1
 */
PZ_API pz_status pz_misconception_of(const int32_t *pointing, const int32_t *wrong_options, size_t rows, double prior, double choice,
                                     pz_misconception_evidence *out_evidence);

#ifdef __cplusplus
}
#endif
#endif
