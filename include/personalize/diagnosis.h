/**
 * @file personalize/diagnosis.h
 * What lies behind right and wrong answers, pure: profiles of several skills from items that need more than one (DINA), what each option of an item draws, and misconceptions from the
 * wrong options that learners take.
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
 * The way of the fit: the log-likelihood before each sweep, which shows whether more sweeps would help. @param out_log_likelihood as many as pz_dina_fit.iterations
 * @return ::PZ_OK; ::PZ_E_CLOSED; ::PZ_E_INVALID; ::PZ_E_NOT_FOUND (the model was not fitted here: a trace is not written to JSON). Since: 0.1
 */
PZ_API pz_status pz_dina_trace(const pz_dina_model *model, double *out_log_likelihood, size_t out_log_likelihood_len);

/** A model as versioned JSON, all digits kept. @return ::PZ_OK; ::PZ_E_CLOSED; ::PZ_E_NOMEM. Memory: pz_free(). Since: 0.1 */
PZ_API pz_status pz_dina_write(const pz_dina_model *model, char **out_json);

/** Reads a model back. @return ::PZ_OK; ::PZ_E_FORMAT; ::PZ_E_HOSTILE; ::PZ_E_INVALID (by place); ::PZ_E_NOMEM. Memory: pz_dina_free(). Since: 0.1 */
PZ_API pz_status pz_dina_read(const char *json, size_t json_len, pz_dina_model **out_model);

/**
 * The probability that each person has each skill.
 * @param out_probability `rows` times the number of skills, row by row
 * @return ::PZ_OK; ::PZ_E_CLOSED; ::PZ_E_INVALID; ::PZ_E_CANCELLED; ::PZ_E_NOMEM. Since: 0.1
 */
PZ_API pz_status pz_dina_profile(const pz_dina_model *model, const int32_t *responses, size_t rows, size_t cols, pz_progress_fn progress,
                                 void *user_data, double *out_probability, size_t out_probability_len);

/* ------------------------------------------------------------------------------------------------- options --- */

/** What stands out about an option. */
typedef enum pz_option_note {
    PZ_OPTION_PLAIN = 1,             /**< nothing */
    PZ_OPTION_DRAWS_STRONG = 2,      /**< wrong, yet it goes with more ability: the key may be wrong, or the item says something else to those who know more */
    PZ_OPTION_SELDOM = 3,            /**< wrong, and fewer than one in twenty take it: it tells nothing (Haladyna and Downing 1993) */
    PZ_OPTION_RIGHT_DRAWS_NOBODY = 4 /**< right, yet it does not go with more ability */
} pz_option_note;

/** An option of an item. */
typedef struct pz_option {
    uint32_t struct_size;
    int32_t item;          /**< column, from 0 */
    int32_t option;
    int32_t is_right;      /**< 1: the key */
    int64_t chosen;        /**< persons who took it */
    double share;          /**< of those who answered the item */
    double ability;        /**< mean of those who took it; NaN where nobody did */
    double point_biserial; /**< correlation of taking it with ability; NaN where all or none took it, or all are equally able */
    double p_value;        /**< of a correlation that far from 0 by chance (normal approximation) */
    double share_weak;     /**< of the weakest 27 % (Kelley 1939), by ability, ties included */
    double share_strong;   /**< of the strongest 27 % */
    int32_t note;          /**< a ::pz_option_note; those about ability need a `p_value` below 0.05 */
} pz_option;

/**
 * Distractor analysis: what each option of each item draws, for options that somebody took and the right one.
 * @param chosen `rows` persons times `cols` items, row by row: the option taken, 0 to 99; negative: not answered
 * @param key `key_rows` values, as many as `cols`: the right option of each item
 * @param ability NULL with 0: the share right of the other items that a person answered; otherwise `ability_rows` values, as many as `rows`, such as from pz_irt_ability(); NaN leaves a
 *   person out
 * @return ::PZ_OK; ::PZ_E_INVALID (the row and column are named); ::PZ_E_CANCELLED; ::PZ_E_NOMEM. Memory: one block, pz_free(). Since: 0.1
 */
PZ_API pz_status pz_option_list(const int32_t *chosen, size_t rows, size_t cols, const int32_t *key, size_t key_rows, const double *ability,
                                size_t ability_rows, pz_progress_fn progress, void *user_data, pz_option ***out_rows, size_t *out_count);

/* ------------------------------------------------------------------------------------------ misconceptions --- */

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

/** How strongly answers speak for something, by the logarithm of the odds (Kass and Raftery 1995). */
typedef enum pz_strength {
    PZ_STRENGTH_AGAINST = 1,    /**< below 0 */
    PZ_STRENGTH_WEAK = 2,       /**< 0 to 1: not worth more than a mention */
    PZ_STRENGTH_POSITIVE = 3,   /**< 1 to 3 */
    PZ_STRENGTH_STRONG = 4,     /**< 3 to 5 */
    PZ_STRENGTH_VERY_STRONG = 5 /**< above 5 */
} pz_strength;

/** A wrong idea that wrong options may point to. */
typedef struct pz_ranked_misconception {
    uint32_t struct_size;
    int64_t idea;
    int32_t wrong;      /**< wrong answers where an option goes with it */
    int32_t pointing;   /**< of them with that option */
    double expected;    /**< how many would be by chance */
    double log_odds;    /**< what the answers added to the logarithm of the odds that the learner believes it */
    double probability; /**< that the learner believes it, whatever else */
    double alone;       /**< that it is this idea, if there is at most one behind all the answers; what is left of 1 is for none */
    int32_t strength;   /**< a ::pz_strength, of `log_odds` */
} pz_ranked_misconception;

/**
 * Which wrong ideas a learner's wrong options point to, and how strongly, the strongest first. As pz_misconception_of() for each idea, with ideas set against one another.
 * @param answer which wrong answer a row is about: `rows` numbers; an answer has a row for each idea that an option of its item goes with
 * @param idea that idea @param taken 1 if the option that was taken goes with it; for one answer of no more than one idea
 * @param chance that somebody without the idea, when wrong, takes such an option, above 0 and below 1: the share of wrong answers in class, or from nominal items (pz_irt_probability(): the option's
 *   probability at the learner's ability / (1 - that of the right one)); NULL: 1/3
 * @param prior that a learner believes an idea before any answer, above 0 and below 1; 0.2 where nothing is known
 * @param choice that one who believes it takes such an option when wrong, above 0 and below 1; 0.8 where nothing is known
 * @return ::PZ_OK; ::PZ_E_INVALID (the row is named; an idea twice for one answer; two ideas taken in one answer); ::PZ_E_NOMEM. Memory: one block, pz_free(). Since: 0.1
 */
PZ_API pz_status pz_misconception_rank(const int64_t *answer, const int64_t *idea, const int32_t *taken, const double *chance, size_t rows, double prior,
                                       double choice, pz_ranked_misconception ***out_rows, size_t *out_count);

#ifdef __cplusplus
}
#endif
#endif
