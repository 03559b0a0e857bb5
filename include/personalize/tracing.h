/**
 * @file personalize/tracing.h
 * Knowledge tracing from many answers of many learners, pure: fits of Bayesian knowledge tracing, online logistic models, and batch logistic
 * regression on the features of PFA and Best-LR.
 *
 * Answers come as columns of equal length, oldest first: who (`learner`), on what (`skill`, `item`: any numbers) and how well (`score`). Models are
 * handles; their parameters come out as records and as versioned JSON.
 *
 * Each function that takes long calls `progress` now and then and stops with ::PZ_E_CANCELLED where that says so.
 */
#ifndef PERSONALIZE_TRACING_H
#define PERSONALIZE_TRACING_H

#include "personalize/mastery.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ------------------------------------------------------------------------------ Bayesian knowledge tracing --- */

/** A fitted model: parameters per skill. */
typedef struct pz_bkt_model pz_bkt_model;

/** How to fit. */
typedef struct pz_bkt_options {
    uint32_t struct_size;
    int32_t starts;       /**< starting points of which the best fit is kept, 1 to 1000. Default 2: EM climbs to the nearest top only */
    uint64_t seed;        /**< of the starting points from the third on */
    int32_t iterations;   /**< sweeps at most from each start, 1 to 100,000. Default 500 */
    double tolerance;     /**< ends when a sweep gains less log-likelihood in a skill than this. Default 0.001 (pyBKT); 0: plain
                               sweeps, all of them. Otherwise every second sweep is followed by a longer stride (SQUAREM) */
    int32_t with_forget;  /**< 1: forgetting is fitted too. Default 1: it predicts held-out answers better (AUC 0.723 instead of 0.715 on
                               ASSISTments 2009, 0.714 instead of 0.692 on OLI Statics 2011), and skills that get worse need it: without it a fit finds that only
                               in models that call "known" what is answered worse, which `room` rules out. 0: plain BKT */
    double pass_at;       /**< score from which an answer is right, above 0, up to 1. Default 1 */
    double least;         /**< bound of every probability: from `least` to 1 - `least`. Default 0.000001 */
    double room;          /**< guess + slip stay at or below 1 - `room`, so that a right answer always speaks for knowing. Default 0.01 */
    double start_prior;   /**< the first starting point; NaN: the built-in one, here 0.6. The second is 0.3, 0.2, 0.05, 0.6, 0.3. Of the pairs out of 192
                               points that lead to -123,731.6 on ASSISTments 2009 without forgetting this one leads highest on both data sets, with and without */
    double start_learn;   /**< NaN: 0.4 */
    double start_forget;  /**< NaN: 0.05 */
    double start_guess;   /**< NaN: 0.1 */
    double start_slip;    /**< NaN: 0.05 */
} pz_bkt_options;

#define PZ_BKT_OPTIONS_INIT \
    {sizeof(pz_bkt_options), 2, 1, 500, 0.001, 1, 1, 0.000001, 0.01, PZ_REAL_NONE, PZ_REAL_NONE, PZ_REAL_NONE, PZ_REAL_NONE, PZ_REAL_NONE}

/** A skill in a fitted model. Where a probability has classes, this is class 0. */
typedef struct pz_bkt_skill {
    uint32_t struct_size;
    int64_t skill;
    int64_t rows;           /**< answers behind it */
    int64_t learners;
    double prior;
    double learn;
    double forget;
    double guess;
    double slip;
    double log_likelihood;  /**< of its answers under these parameters */
    int32_t iterations;     /**< sweeps of the start that won */
    int32_t is_converged;   /**< 0: the sweeps ran out; take more of them */
    int32_t is_determined;  /**< 0: all answers are alike or no learner gave two, so that the answers leave some of the parameters open; they are then
                                 where the starting point and the bounds put them */
} pz_bkt_skill;

/** A class of a probability in a fitted model. */
typedef struct pz_bkt_class {
    uint32_t struct_size;
    int64_t skill;
    int32_t class_number; /**< from 0 */
    double prior;         /**< NaN where there is no such class of learners */
    double learn;         /**< NaN where there is no such class of resources */
    double forget;
    double guess;         /**< NaN where there is no such class of items */
    double slip;
} pz_bkt_class;

/**
 * Fits each skill by expectation maximization (Baum and Welch) on all answers of its learners.
 *
 * Answers that begin alike are summed up once: the sweep runs over the tree of what was answered instead of over the answers. The result is the
 * same up to rounding, and the same bits for the same input.
 *
 * @param score `rows` values 0 to 1
 * @param item_class classes 0 to 999 with a guess and a slip of their own; NULL: one class
 * @param learn_class classes 0 to 999 with learning and forgetting of their own, of what comes with the answer (KT-IDEM's resources); NULL: one class
 * @param prior_class classes 0 to 999 of learners with a prior of their own; that of a learner's first answer in the skill holds; NULL: one class
 * @param progress NULL, or called as it goes
 * @return ::PZ_OK; ::PZ_E_INVALID (an option or a row out of range, by name; no rows); ::PZ_E_STRUCT_SIZE; ::PZ_E_CANCELLED; ::PZ_E_NOMEM. A skill whose sweeps ran
 *   out is not an error: see pz_bkt_skill.is_converged.
 * Memory: release with pz_bkt_free(). Since: 0.1
 */
PZ_API pz_status pz_bkt_fit(const pz_bkt_options *options, const int64_t *learner, const int64_t *skill, const double *score,
                            const int32_t *item_class, const int32_t *learn_class, const int32_t *prior_class, size_t rows,
                            pz_progress_fn progress, void *user_data, pz_bkt_model **out_model);

/**
 * Fits on from a model, such as last year's: its parameters are the first starting point of each skill (their means for a skill that it has not
 * seen), and its numbers of classes hold. All else as pz_bkt_fit().
 * @return as pz_bkt_fit(); ::PZ_E_CLOSED; ::PZ_E_INVALID (a class that the model does not have). Since: 0.1
 */
PZ_API pz_status pz_bkt_refit(const pz_bkt_model *start, const pz_bkt_options *options, const int64_t *learner, const int64_t *skill,
                              const double *score, const int32_t *item_class, const int32_t *learn_class, const int32_t *prior_class,
                              size_t rows, pz_progress_fn progress, void *user_data, pz_bkt_model **out_model);

/** Releases a model. NULL does nothing. Since: 0.1 */
PZ_API void pz_bkt_free(pz_bkt_model *model);

/** Skills of a model, by number. @return ::PZ_OK; ::PZ_E_CLOSED; ::PZ_E_NOMEM. Memory: one block, pz_free(). Since: 0.1 */
PZ_API pz_status pz_bkt_skill_list(const pz_bkt_model *model, pz_bkt_skill ***out_rows, size_t *out_count);

/** Classes of all skills, by skill and number. @return ::PZ_OK; ::PZ_E_CLOSED; ::PZ_E_NOMEM. Memory: one block, pz_free(). Since: 0.1 */
PZ_API pz_status pz_bkt_class_list(const pz_bkt_model *model, pz_bkt_class ***out_rows, size_t *out_count);

/**
 * Settings for pz_mastery_state_update() from a fitted skill (class 0): bkt with its parameters and all else by default.
 * @return ::PZ_OK; ::PZ_E_CLOSED; ::PZ_E_NOT_FOUND (the fit has not seen the skill); ::PZ_E_STRUCT_SIZE. Since: 0.1
 */
PZ_API pz_status pz_bkt_settings(const pz_bkt_model *model, int64_t skill, pz_mastery_settings *out_settings);

/**
 * The probability of a right answer for each row, from the rows before it alone: what the model would have said just before each answer. A skill that the
 * fit has not seen has the mean of the others, weighted by rows; an unknown class has the mean of the classes.
 * @param out_probability `out_probability_len` values, as many as `rows`
 * @return ::PZ_OK; ::PZ_E_CLOSED; ::PZ_E_INVALID; ::PZ_E_CANCELLED; ::PZ_E_NOMEM. Since: 0.1
 */
PZ_API pz_status pz_bkt_predict(const pz_bkt_model *model, const int64_t *learner, const int64_t *skill, const double *score,
                                const int32_t *item_class, const int32_t *learn_class, const int32_t *prior_class, size_t rows,
                                pz_progress_fn progress, void *user_data, double *out_probability, size_t out_probability_len);

/**
 * The way of a skill's fit: the log-likelihood after each sweep of the start that won, which shows whether more sweeps would help.
 * @param out_log_likelihood as many as pz_bkt_skill.iterations
 * @return ::PZ_OK; ::PZ_E_CLOSED; ::PZ_E_INVALID; ::PZ_E_NOT_FOUND (the fit has not seen the skill, or the model was not fitted here: a trace is not written to JSON). Since: 0.1
 */
PZ_API pz_status pz_bkt_trace(const pz_bkt_model *model, int64_t skill, double *out_log_likelihood, size_t out_log_likelihood_len);

/** A model as versioned JSON, all digits kept. @return ::PZ_OK; ::PZ_E_CLOSED; ::PZ_E_NOMEM. Memory: pz_free(). Since: 0.1 */
PZ_API pz_status pz_bkt_write(const pz_bkt_model *model, char **out_json);

/** Reads a model back. @return ::PZ_OK; ::PZ_E_FORMAT; ::PZ_E_HOSTILE; ::PZ_E_INVALID (by place); ::PZ_E_NOMEM. Memory: pz_bkt_free(). Since: 0.1 */
PZ_API pz_status pz_bkt_read(const char *json, size_t json_len, pz_bkt_model **out_model);

/* ------------------------------------------------------------------------------ online logistic model --- */

/**
 * A model that learns with every answer: the Elo idea of learner against item, as a logistic regression whose weights are normal variables, updated one
 * answer at a time: mean and variance of the log-odds after the answer are worked out (assumed density filtering, Opper 1998) and shared out over the terms by their variance.
 *
 * The log-odds of a right answer are the sum of: a constant; the learner; the learner in the skill; the item; the skill; and six weights times what the
 * learner showed so far, the features of Best-LR and a recent one: log(1 + right) and log(1 + wrong) of all answers and of those in the skill, and a decaying average
 * of right (1) and wrong (-1) of both. Each term has a variance, so that new learners and items move fast and known ones slowly; what is not known
 * begins at 0 with its prior variance.
 */
typedef struct pz_elo_model pz_elo_model;

/**
 * Settings of the model. The defaults lie between those that pz_elo_tune() finds on the training parts of ASSISTments 2009 and OLI Statics 2011; with them held-out AUC is
 * 0.776 and 0.828, after tuning 0.775 and 0.829 (batch Best-LR: 0.773 and 0.828).
 */
typedef struct pz_elo_options {
    uint32_t struct_size;
    double learner_variance;       /**< of a new learner, 0.000001 to 1000. Default 1 */
    double learner_skill_variance; /**< of a new learner in a skill. Default 0.12 */
    double item_variance;          /**< of a new item. Default 2 */
    double skill_variance;         /**< of a new skill. Default 4 */
    double weight_variance;        /**< of the six weights at the start. Default 0.001 */
    double learner_drift;          /**< variance that a learner gains with each answer, 0 to 10, since learners change. Default 0.0002 */
    double learner_skill_drift;    /**< the same in a skill, with each answer there. Default 0.001 */
    double recent;                 /**< share of the newest answer in the decaying averages, above 0, up to 1. Default 0.3 */
} pz_elo_options;

#define PZ_ELO_OPTIONS_INIT {sizeof(pz_elo_options), 1, 0.12, 2, 4, 0.001, 0.0002, 0.001, 0.3}

/** What is known of a learner before an answer. */
typedef struct pz_elo_estimate {
    uint32_t struct_size;
    double log_odds;       /**< of a right answer: the sum of the terms */
    double standard_error; /**< of the log-odds: root of the sum of variances, each times its feature squared */
    double probability;    /**< of a right answer, the uncertainty averaged over */
    double lower;          /**< 95 % interval of the probability of a right answer, for learners who differ and change as the settings say */
    double upper;
    int32_t answers;       /**< of the learner so far */
    int32_t skill_answers; /**< of them in the skill */
    double constant;       /**< the terms of `log_odds` */
    double learner;
    double learner_skill;
    double item;           /**< 0 without an item, or for one never seen */
    double skill;
    double counts;         /**< right and wrong answers so far */
    double recent;         /**< decaying averages */
} pz_elo_estimate;

#define PZ_ELO_ESTIMATE_INIT \
    {sizeof(pz_elo_estimate), PZ_REAL_NONE, PZ_REAL_NONE, PZ_REAL_NONE, PZ_REAL_NONE, PZ_REAL_NONE, 0, 0, 0, 0, 0, 0, 0, 0, 0}

/** A new model. @return ::PZ_OK; ::PZ_E_INVALID (an option out of range, by name); ::PZ_E_STRUCT_SIZE; ::PZ_E_NOMEM. Memory: pz_elo_free(). Since: 0.1 */
PZ_API pz_status pz_elo_new(const pz_elo_options *options, pz_elo_model **out_model);

/** Releases a model. NULL does nothing. Since: 0.1 */
PZ_API void pz_elo_free(pz_elo_model *model);

/**
 * Predicts each answer from what came before it and then learns from it, row by row. All rows or, on failure, none.
 * @param item NULL: no items @param score 0 to 1; parts of answers count in part
 * @param frozen 1: constant, items, skills and weights stay as they are, and only what is the learner's own moves, so that results can be recomputed
 * @param progress NULL, or called as it goes: the model then keeps what it was, to go back to it when told to stop
 * @param out_probability NULL with length 0, or as many as `rows`: of a right answer, before it was seen
 * @return ::PZ_OK; ::PZ_E_CLOSED; ::PZ_E_INVALID (the row is named); ::PZ_E_LIMIT (2,147,483,647 answers of a learner); ::PZ_E_CANCELLED; ::PZ_E_NOMEM. Since: 0.1
 */
PZ_API pz_status pz_elo_learn(pz_elo_model *model, const int64_t *learner, const int64_t *skill, const int64_t *item, const double *score, size_t rows,
                              int32_t frozen, pz_progress_fn progress, void *user_data, double *out_probability, size_t out_probability_len);

/**
 * What the model says of a learner, a skill and an item, known or not, with the terms that make it up.
 * @param item a number, or PZ_ELO_NO_ITEM
 * @return ::PZ_OK; ::PZ_E_CLOSED; ::PZ_E_STRUCT_SIZE; ::PZ_E_INVALID. Since: 0.1
 */
PZ_API pz_status pz_elo_estimate_of(const pz_elo_model *model, int64_t learner, int64_t skill, int64_t item, pz_elo_estimate *out_estimate);
#define PZ_ELO_NO_ITEM INT64_MIN

/**
 * Looks for better settings by the log-likelihood of the last fifth of the learners, whom the model meets after the others; use training data only.
 * Each round tries each setting at twice and half its value, from the fourth on at smaller steps.
 * @param options where to begin @param rounds 1 to 100; 6 is enough
 * @return ::PZ_OK; ::PZ_E_INVALID; ::PZ_E_NOT_ENOUGH (fewer than five learners); ::PZ_E_STRUCT_SIZE; ::PZ_E_CANCELLED; ::PZ_E_NOMEM. Since: 0.1
 */
PZ_API pz_status pz_elo_tune(const pz_elo_options *options, const int64_t *learner, const int64_t *skill, const int64_t *item, const double *score,
                             size_t rows, int32_t rounds, pz_progress_fn progress, void *user_data, pz_elo_options *out_options);

/**
 * A model as versioned JSON, all digits kept.
 * @param with_learners 0: only what is not about a learner (settings, constant, weights, items, skills); 1: everything
 * @return ::PZ_OK; ::PZ_E_CLOSED; ::PZ_E_NOMEM. Memory: pz_free(). Since: 0.1
 */
PZ_API pz_status pz_elo_write(const pz_elo_model *model, int32_t with_learners, char **out_json);

/** Reads a model back. @return ::PZ_OK; ::PZ_E_FORMAT; ::PZ_E_HOSTILE; ::PZ_E_INVALID (by place); ::PZ_E_NOMEM. Memory: pz_elo_free(). Since: 0.1 */
PZ_API pz_status pz_elo_read(const char *json, size_t json_len, pz_elo_model **out_model);

/* ---------------------------------------------------------------------------- batch logistic regression --- */

/** What the regression sees of an answer. */
typedef enum pz_lr_features {
    PZ_LR_PFA = 1,    /**< performance factors analysis (Pavlik, Cen and Koedinger 2009): the skill, and log(1 + right) and log(1 + wrong) so far in it, each with a
                           weight of the skill */
    PZ_LR_BEST_LR = 2 /**< Best-LR (Gervet, Koedinger, Schneider and Mitchell 2020): these, the item, and the same counts over all skills */
} pz_lr_features;

/** A fitted regression. */
typedef struct pz_lr_model pz_lr_model;

/** How to fit. */
typedef struct pz_lr_options {
    uint32_t struct_size;
    int32_t features;   /**< a ::pz_lr_features. Default ::PZ_LR_BEST_LR */
    double penalty;     /**< half of it times the squared weights is taken off the log-likelihood, above 0 up to 1,000,000. Default 1 (scikit-learn) */
    int32_t iterations; /**< Newton steps at most, 1 to 1000. Default 50 */
    double tolerance;   /**< ends when no slope is larger, per answer. Default 0.00001 */
} pz_lr_options;

#define PZ_LR_OPTIONS_INIT {sizeof(pz_lr_options), PZ_LR_BEST_LR, 1, 50, 0.00001}

/**
 * Fits by Newton's method with conjugate gradients. @param item needed for Best-LR
 * @return ::PZ_OK; ::PZ_E_INVALID; ::PZ_E_STRUCT_SIZE; ::PZ_E_CANCELLED; ::PZ_E_NOMEM. Steps that run out are not an error: see pz_lr_fit_report.is_converged. Memory: pz_lr_free(). Since: 0.1
 */
PZ_API pz_status pz_lr_fit(const pz_lr_options *options, const int64_t *learner, const int64_t *skill, const int64_t *item, const double *score, size_t rows,
                           pz_progress_fn progress, void *user_data, pz_lr_model **out_model);

/** Releases a model. NULL does nothing. Since: 0.1 */
PZ_API void pz_lr_free(pz_lr_model *model);

/** How a fit went. */
typedef struct pz_lr_fit_report {
    uint32_t struct_size;
    int32_t features;      /**< a ::pz_lr_features */
    double log_likelihood; /**< of the answers that it was fitted to, without the penalty */
    int32_t iterations;    /**< Newton steps */
    int32_t is_converged;  /**< 0: the steps ran out; allow more, a larger penalty or a larger tolerance */
    int32_t skills;
    int32_t items;
} pz_lr_fit_report;

/** How the fit went. @return ::PZ_OK; ::PZ_E_CLOSED; ::PZ_E_NOMEM. Memory: one block, pz_free(). Since: 0.1 */
PZ_API pz_status pz_lr_fit_of(const pz_lr_model *model, pz_lr_fit_report **out_fit);

/**
 * The way of the fit: the log-likelihood less the penalty after each step. @param out_log_likelihood as many as pz_lr_fit_report.iterations
 * @return ::PZ_OK; ::PZ_E_CLOSED; ::PZ_E_INVALID; ::PZ_E_NOT_FOUND (the model was not fitted here: a trace is not written to JSON). Since: 0.1
 */
PZ_API pz_status pz_lr_trace(const pz_lr_model *model, double *out_log_likelihood, size_t out_log_likelihood_len);

/** Log-likelihood of the answers that it was fitted to, without the penalty. NaN for NULL. Since: 0.1 */
PZ_API double pz_lr_log_likelihood(const pz_lr_model *model);

/**
 * The probability of a right answer for each row, from the rows before it alone. Items and skills that the fit has not seen count as 0.
 * @return ::PZ_OK; ::PZ_E_CLOSED; ::PZ_E_INVALID; ::PZ_E_CANCELLED; ::PZ_E_NOMEM. Since: 0.1
 */
PZ_API pz_status pz_lr_predict(const pz_lr_model *model, const int64_t *learner, const int64_t *skill, const int64_t *item, const double *score, size_t rows,
                               pz_progress_fn progress, void *user_data, double *out_probability, size_t out_probability_len);

/** What makes up a prediction: the terms add up to the log-odds. */
typedef struct pz_lr_step {
    uint32_t struct_size;
    double log_odds; /**< of a right answer, before it was given */
    double probability;
    double constant;
    double skill;       /**< how easy the skill is; 0 for one that the fit has not seen */
    double item;        /**< how easy the item is; 0 for one that the fit has not seen, and for PFA */
    double skill_right; /**< what right answers so far in the skill add */
    double skill_wrong; /**< what wrong ones add */
    double right;       /**< what right answers so far in all skills add; 0 for PFA */
    double wrong;
} pz_lr_step;

/**
 * The predictions of pz_lr_predict() with the terms that make them up: what each answer of a learner did to the next prediction is how the counts' terms change from row to row.
 * @param rows up to 20,000
 * @return ::PZ_OK; ::PZ_E_CLOSED; ::PZ_E_INVALID; ::PZ_E_LIMIT; ::PZ_E_CANCELLED; ::PZ_E_NOMEM. Memory: one block, pz_free(). Since: 0.1
 */
PZ_API pz_status pz_lr_explain(const pz_lr_model *model, const int64_t *learner, const int64_t *skill, const int64_t *item,
                               const double *score, size_t rows, pz_progress_fn progress, void *user_data, pz_lr_step ***out_rows,
                               size_t *out_count);

/** A model as versioned JSON, all digits kept. @return ::PZ_OK; ::PZ_E_CLOSED; ::PZ_E_NOMEM. Memory: pz_free(). Since: 0.1 */
PZ_API pz_status pz_lr_write(const pz_lr_model *model, char **out_json);

/** Reads a model back. @return ::PZ_OK; ::PZ_E_FORMAT; ::PZ_E_HOSTILE; ::PZ_E_INVALID (by place); ::PZ_E_NOMEM. Memory: pz_lr_free(). Since: 0.1 */
PZ_API pz_status pz_lr_read(const char *json, size_t json_len, pz_lr_model **out_model);

#ifdef __cplusplus
}
#endif
#endif
