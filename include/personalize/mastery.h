/**
 * @file personalize/mastery.h
 * Learner models, pure: numbers in, numbers out. No store, no files, no clock; the same call on the same numbers gives the same
 * bits on every machine.
 *
 * An answer is a score from 0 to 1 (the share of what could be reached) with a weight above 0, up to 1 (how far it bears on the
 * competency; 1 where none is given). A model turns the answers of one learner in one competency, oldest first, into an estimate
 * with its uncertainty and a decision of three: mastered, not yet, not enough evidence.
 *
 *     pz_mastery_settings settings = PZ_MASTERY_SETTINGS_INIT;
 *     pz_mastery_state state = PZ_MASTERY_STATE_INIT;
 *     pz_mastery_estimate estimate = PZ_MASTERY_ESTIMATE_INIT;
 *     const double scores[] = {0, 1, 1, 1};
 *     pz_mastery_settings_default(PZ_MODEL_BKT, &settings);
 *     pz_mastery_state_start(&settings, &state);
 *     pz_mastery_state_update(&settings, scores, NULL, 4, &state);
 *     pz_mastery_state_estimate(&settings, &state, &estimate);
 *
 * The state is all there is to keep between answers: a plain record that may be stored member by member and goes on from there.
 *
 * ## What the models say
 *
 * Bayesian knowledge tracing (`bkt`) asks whether a learner has mastered the competency, yes or no. Its estimate is the probability of
 * that, and so is the probability that decides.
 *
 * The rules (`latest`, `highest`, `mean`, `decaying_average`, `n_of_m`) ask for a true score: the share that the learner would reach over very many such answers.
 * Their estimate is the rule's own value. What it may be off by follows from how many answers stand behind it, the effective number
 * n = (sum of shares)^2 / (sum of shares^2 / weight), where the share of an answer is its part in the value: for `mean` the sum of all
 * weights, for `latest` and `highest` the weight of one answer, for `decaying_average` with 0.65 never more than 2.08. The true score then has the distribution
 * Beta(0.5 + n * value, 0.5 + n * (1 - value)), which is Jeffreys' prior with n answers. For scores between 0 and 1 that is cautious: no score varies
 * more than right-or-wrong answers with the same mean.
 *
 * ## The decision
 *
 * Mastered if the probability of mastery is at least `confidence`; not yet if the probability of the opposite is at least `confidence_not_yet`;
 * in both cases with at least `evidence_min` answers; otherwise not enough evidence. For `bkt` mastery is knowing, for the rules a true score of
 * at least `mastered_at`. `n_of_m` is a rule of counting and decides by its count alone.
 */
#ifndef PERSONALIZE_MASTERY_H
#define PERSONALIZE_MASTERY_H

#include "personalize/base.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ----------------------------------------------------------------------------------------------- settings --- */

/** How answers become mastery. */
typedef enum pz_mastery_model {
    PZ_MODEL_LATEST = 1,           /**< the last score. Name "latest" */
    PZ_MODEL_HIGHEST = 2,          /**< the best score. Name "highest" */
    PZ_MODEL_MEAN = 3,             /**< the weighted mean of all scores. Name "mean" */
    PZ_MODEL_DECAYING_AVERAGE = 4, /**< each new score takes the share `decay`, all before it the rest. Name "decaying_average" */
    PZ_MODEL_N_OF_M = 5,           /**< at least `n` of the last `m` answers are right. Name "n_of_m" */
    PZ_MODEL_BKT = 6               /**< Bayesian knowledge tracing. Name "bkt" */
} pz_mastery_model;

typedef enum pz_mastery_decision {
    PZ_MASTERY_MASTERED = 1,           /**< name "mastered" */
    PZ_MASTERY_NOT_YET = 2,            /**< name "not_yet" */
    PZ_MASTERY_NOT_ENOUGH_EVIDENCE = 3 /**< name "not_enough_evidence" */
} pz_mastery_decision;

/** Name of a model, such as "bkt"; "" for a number that is none. Memory: static. Since: 0.1 */
PZ_API const char *pz_mastery_model_name(pz_mastery_model model);

/** Name of a decision, such as "not_yet"; "" for a number that is none. Memory: static. Since: 0.1 */
PZ_API const char *pz_mastery_decision_name(pz_mastery_decision decision);

/**
 * The settings of a model. Only the members of its model count; pz_mastery_settings_default() fills in all of them.
 *
 * | member               | models                 | range              | default and where it comes from                                          |
 * | -------------------- | ---------------------- | ------------------ | ------------------------------------------------------------------------ |
 * | `mastered_at`        | rules                  | above 0, below 1   | 0.8, the lower end of the 80 to 90 % of mastery learning (Bloom 1968, Block 1971) |
 * | `confidence`         | all but n_of_m         | 0.5 to below 1     | bkt 0.95 (Corbett and Anderson 1995; OATutor); mean 0.8; latest, highest, decaying_average 0.5 |
 * | `confidence_not_yet` | all but n_of_m         | 0.5 to below 1     | bkt and mean 0.8; latest, highest, decaying_average 0.5                  |
 * | `evidence_min`       | all but n_of_m         | 1 to 1000          | bkt, mean, decaying_average 3; latest and highest 1                      |
 * | `pass_at`            | n_of_m                 | above 0, up to 1   | 1: only a full score is right                                            |
 * | `decay`              | decaying_average       | above 0, below 1   | 0.65, the default of Canvas (65 % the latest, 35 % all before)           |
 * | `n`, `m`             | n_of_m                 | 1 <= n <= m <= 62  | 5 of 5, the mastery criterion of Kolibri where an exercise names none    |
 * | `prior`              | bkt                    | above 0, below 1   | 0.1 (OATutor)                                                            |
 * | `learn`              | bkt                    | 0 to below 1       | 0.1 (OATutor)                                                            |
 * | `forget`             | bkt                    | 0 to below 1       | 0: plain BKT does not forget (Corbett and Anderson 1995)                 |
 * | `guess`, `slip`      | bkt                    | above 0, sum below 1 | 0.1 and 0.1 (OATutor)                                                  |
 *
 * Why the confidences differ. Calling a competency mastered too early ends the teaching of it, so `bkt` keeps the field's 0.95 upward; calling it
 * "not yet" too early costs some practice, and a learner who may still learn from the next answer never falls to 0.05, so 0.8 downward. `mean` with 0.8: five of five
 * right is mastered, three of five is not yet, four of five is left open. `latest`, `highest` and `decaying_average` look at one or two answers and can never
 * be surer than about 0.7 whatever a learner does; they decide for what is more probable, and the probability that is reported beside says how little that is.
 */
typedef struct pz_mastery_settings {
    uint32_t struct_size;
    int32_t model;             /**< a ::pz_mastery_model */
    double mastered_at;        /**< true score from which a learner counts as having mastered */
    double confidence;         /**< probability of mastery from which the decision is "mastered" */
    double confidence_not_yet; /**< probability of the opposite from which it is "not yet" */
    int32_t evidence_min;      /**< answers below which it is "not enough evidence" */
    double pass_at;            /**< score from which an answer counts as right */
    double decay;              /**< share of the newest score */
    int32_t n;                 /**< right answers needed */
    int32_t m;                 /**< among so many last answers */
    double prior;              /**< probability of knowing before the first answer */
    double learn;              /**< of coming to know by an answer */
    double forget;             /**< of no longer knowing by the next answer */
    double guess;              /**< of a right answer without knowing */
    double slip;               /**< of a wrong answer while knowing */
} pz_mastery_settings;

#define PZ_MASTERY_SETTINGS_INIT {sizeof(pz_mastery_settings), PZ_MODEL_BKT, 0.8, 0.95, 0.8, 3, 1, 0.65, 5, 5, 0.1, 0.1, 0, 0.1, 0.1}

/**
 * The defaults of a model.
 * @param model 0: the default of the library, which is ::PZ_MODEL_BKT
 * @param out_settings made from ::PZ_MASTERY_SETTINGS_INIT
 * @return ::PZ_OK; ::PZ_E_INVALID (no such model); ::PZ_E_STRUCT_SIZE. Since: 0.1
 */
PZ_API pz_status pz_mastery_settings_default(pz_mastery_model model, pz_mastery_settings *out_settings);

/**
 * Reads settings from JSON: `{"model": "decaying_average", "decay": 0.7}`. Members that are left out have the model's defaults; `model` too may be left
 * out, and an empty text or `{}` gives the default of the library. `"version": 1` may stand in it.
 * @return ::PZ_OK; ::PZ_E_FORMAT or ::PZ_E_HOSTILE (not JSON; the place is named); ::PZ_E_INVALID (an unknown model or version, a member that does not exist or not
 *   for this model, a value of the wrong kind or out of range: all by name); ::PZ_E_STRUCT_SIZE; ::PZ_E_NOMEM. Since: 0.1
 */
PZ_API pz_status pz_mastery_settings_read(const char *json, size_t json_len, pz_mastery_settings *out_settings);

/**
 * Writes settings as JSON with their version and every member of their model, none of the others, always in the same order.
 * @return ::PZ_OK; ::PZ_E_INVALID (out of range, by name); ::PZ_E_STRUCT_SIZE; ::PZ_E_NOMEM. Memory: release with pz_free(). Since: 0.1
 */
PZ_API pz_status pz_mastery_settings_write(const pz_mastery_settings *settings, char **out_json);

/* --------------------------------------------------------------------------------------- state and estimate --- */

/** All that a model keeps of the answers of one learner in one competency. A plain value: copy it, store it by member, go on from it. */
typedef struct pz_mastery_state {
    uint32_t struct_size;
    int32_t model;      /**< a ::pz_mastery_model; a state goes on only with settings of its model */
    int32_t count;      /**< answers taken in */
    double weight;      /**< sum of their weights */
    double total;       /**< sum of weight times score */
    double value;       /**< rules: the value; bkt: probability of knowing */
    double spread;      /**< rules: 1 / effective number of answers; bkt: probability of not knowing, kept for itself since
                             1 - value loses its digits near 1 */
    int64_t recent;     /**< n_of_m: the last answers as bits, the newest lowest, 1 right */
} pz_mastery_state;

#define PZ_MASTERY_STATE_INIT {sizeof(pz_mastery_state), 0, 0, 0, 0, 0, 0, 0}

/**
 * The state before the first answer.
 * @return ::PZ_OK; ::PZ_E_INVALID (settings out of range, by name); ::PZ_E_STRUCT_SIZE. Since: 0.1
 */
PZ_API pz_status pz_mastery_state_start(const pz_mastery_settings *settings, pz_mastery_state *out_state);

/**
 * Takes in answers, oldest first, each in constant time. All of them or, on failure, none.
 *
 * What score and weight mean: for `mean` an answer counts as `weight` answers. For `latest` and `highest` the weight says how much stands behind the one score. For
 * `decaying_average` two answers of weight 0.5 move the value as far as one of weight 1: the share is 1 - (1 - decay)^weight. For `n_of_m` an answer is right
 * from `pass_at` up and counts whole whatever its weight. For `bkt` a score between 0 and 1 is that much of a right and the rest of a wrong answer, and the weight says
 * how much it tells: it changes the logarithm of the odds of knowing by weight * (score * log((1 - slip) / guess) + (1 - score) * log(slip / (1 - guess))), after which the learner
 * comes to know with the probability weight * learn and forgets with weight * forget.
 *
 * @param rows up to 1,000,000 in one call
 * @param scores `rows` values from 0 to 1 @param weights NULL: 1 each; otherwise `rows` values above 0, up to 1; below 1e-9 they count as 1e-9
 * @param state of the same model
 * @return ::PZ_OK; ::PZ_E_INVALID (settings; a score or a weight out of range: the row is named, from 0; a state of another model or with impossible
 *   members); ::PZ_E_STRUCT_SIZE; ::PZ_E_LIMIT (more than 1,000,000 answers in one call, or than 2,147,483,647 in all). Since: 0.1
 */
PZ_API pz_status pz_mastery_state_update(const pz_mastery_settings *settings, const double *scores, const double *weights, size_t rows,
                                         pz_mastery_state *state);

/** What is believed after some answers. */
typedef struct pz_mastery_estimate {
    uint32_t struct_size;
    double estimate;       /**< 0 to 1. Rules: the value, NaN without answers. bkt: probability of knowing */
    double standard_error; /**< standard deviation of the true score, or of knowing (1 or 0); NaN where the estimate is */
    double lower;          /**< 95 % interval of the true score, equal tails; it reaches 0 or 1 where the value does. bkt: 0 to 1, since */
    double upper;          /**<   knowing is 1 or 0; from an estimate of 0.95 up the estimate to 1, from 0.05 down 0 to the estimate */
    double probability;    /**< that the competency is mastered */
    int32_t decision;      /**< a ::pz_mastery_decision */
    int32_t evidence_count;
} pz_mastery_estimate;

#define PZ_MASTERY_ESTIMATE_INIT \
    {sizeof(pz_mastery_estimate), PZ_REAL_NONE, PZ_REAL_NONE, 0, 1, PZ_REAL_NONE, PZ_MASTERY_NOT_ENOUGH_EVIDENCE, 0}

/**
 * The estimate that a state stands for.
 *
 * `highest` adds to its squared standard error the square of the distance between the best score and the mean of all: that the best of many tries rises
 * by chance alone cannot be told from learning, and is not hidden. `n_of_m` estimates from the last `m` answers; it decides "mastered" when `n` of them are right,
 * "not yet" when they hold so many wrong ones that the rest of the `m` could not make up for it, otherwise "not enough evidence".
 *
 * @return ::PZ_OK; ::PZ_E_INVALID (settings; a state of another model or with impossible members); ::PZ_E_STRUCT_SIZE. Since: 0.1
 */
PZ_API pz_status pz_mastery_state_estimate(const pz_mastery_settings *settings, const pz_mastery_state *state,
                                           pz_mastery_estimate *out_estimate);

/** What one answer did. */
typedef struct pz_mastery_step {
    uint32_t struct_size;
    double score;             /**< NaN in the first row, which is the start */
    double weight;            /**< NaN in the first row */
    double estimate;          /**< after this answer; as in ::pz_mastery_estimate */
    double standard_error;
    double lower;
    double upper;
    double probability;
    int32_t decision;
    int32_t evidence_count;
    double change;            /**< estimate after minus before; the first answer of a rule: the estimate itself. They add up to the last estimate
                                   (bkt: less that of the start) */
    double share;             /**< rules: part of this answer in the last estimate, which is the sum of share * score (n_of_m: of share for right
                                   answers); the shares add up to 1. bkt: NaN */
    double evidence_log_odds; /**< bkt: what the answer added to the logarithm of the odds of knowing; rules: NaN */
    double learning_log_odds; /**< bkt: what the chance to learn or forget added to it; rules: NaN. Start and both terms add up to the last */
} pz_mastery_step;

#define PZ_MASTERY_STEP_INIT                                                                                                       \
    {sizeof(pz_mastery_step), PZ_REAL_NONE, PZ_REAL_NONE, PZ_REAL_NONE, PZ_REAL_NONE, 0, 1, PZ_REAL_NONE, PZ_MASTERY_NOT_ENOUGH_EVIDENCE, 0, \
     PZ_REAL_NONE, PZ_REAL_NONE, PZ_REAL_NONE, PZ_REAL_NONE}

/**
 * The way from the start to the estimate: `rows` + 1 steps, the first of them the start.
 * @param rows up to 20,000
 * @return ::PZ_OK; ::PZ_E_INVALID (as pz_mastery_state_update()); ::PZ_E_STRUCT_SIZE; ::PZ_E_LIMIT; ::PZ_E_CANCELLED; ::PZ_E_NOMEM. Memory: one block, release with pz_free(). Since: 0.1
 */
PZ_API pz_status pz_mastery_explain(const pz_mastery_settings *settings, const double *scores, const double *weights, size_t rows,
                                    pz_progress_fn progress, void *user_data, pz_mastery_step ***out_rows, size_t *out_count);

/* ------------------------------------------------------------------------------------------------- growth --- */

/** A difference between two estimates, never without its error. */
typedef struct pz_growth {
    uint32_t struct_size;
    double gain;            /**< after minus before */
    double standard_error;  /**< of the gain: sqrt(before^2 + after^2 - 2 covariance) */
    double lower;           /**< 95 % interval: gain -+ 1.959964 standard errors; between states of a rule put together from their two intervals (Zou and Donner 2008), which lean to
                                 one side near 0 and 1; for mastery cut at -1 and 1 */
    double upper;
    double reliable_change; /**< gain / standard error, the index of Jacobson and Truax (1991); 0 where there is no change at all */
    int32_t is_reliable;    /**< 1: the interval lies to one side of 0, which for plain scores is an index beyond 1.959964: chance alone does so once in twenty times */
} pz_growth;

#define PZ_GROWTH_INIT {sizeof(pz_growth), PZ_REAL_NONE, PZ_REAL_NONE, PZ_REAL_NONE, PZ_REAL_NONE, PZ_REAL_NONE, 0}

/**
 * Growth between two states of the same answers: `before` after some, `after` after those and further ones.
 *
 * The two share evidence, and so part of their error. Rules: their correlation is sqrt(n before / n after) times what is left of the earlier value in the later one (`mean`: all
 * of it by weight; `decaying_average`: (1 - decay)^(weight in between); `latest` and `highest`: all or nothing; `n_of_m`: answers in both windows). bkt: a learner who knew
 * before and may know after, or the other way round, but as rarely as the two probabilities allow: covariance min(before, after) - before * after, so that the gain is the
 * probability of having come to know in between.
 *
 * @return ::PZ_OK; ::PZ_E_INVALID (settings, states; `after` has fewer answers than `before`); ::PZ_E_NOT_ENOUGH (a rule without answers before);
 *   ::PZ_E_STRUCT_SIZE. Since: 0.1
 */
PZ_API pz_status pz_mastery_growth(const pz_mastery_settings *settings, const pz_mastery_state *before, const pz_mastery_state *after,
                                   pz_growth *out_growth);

/**
 * Growth between two states of separate answers, such as those of one cycle and those of the next: no evidence is shared, and the errors are independent.
 * @return ::PZ_OK; ::PZ_E_INVALID (settings, states); ::PZ_E_NOT_ENOUGH (a rule without answers before or after); ::PZ_E_STRUCT_SIZE. Since: 0.1
 */
PZ_API pz_status pz_mastery_growth_apart(const pz_mastery_settings *settings, const pz_mastery_state *before, const pz_mastery_state *after,
                                         pz_growth *out_growth);

/**
 * Growth between two scores of any scale with their standard errors, such as two scale scores of a standardized test. For shares of right answers, whose errors lean to one side near 0 and 1,
 * pz_mastery_growth_apart() keeps its word better.
 * @param covariance of the two errors; 0 for two separate tests
 * @return ::PZ_OK; ::PZ_E_INVALID (a number that is not finite, a negative standard error, a covariance beyond what the errors allow, or a difference between two scores that
 *   are both said to have no error); ::PZ_E_STRUCT_SIZE. Since: 0.1
 */
PZ_API pz_status pz_growth_of(double before, double before_se, double after, double after_se, double covariance, pz_growth *out_growth);

/** Where growth leads if it goes on, against a standard. */
typedef struct pz_growth_outlook {
    uint32_t struct_size;
    double projected;      /**< after + cycles * (after - before) */
    double standard_error; /**< of it: sqrt((1 + c)^2 after^2 + c^2 before^2 - 2 c (1 + c) covariance) with c the cycles; how much the pace itself varies is not in it */
    double lower;          /**< 95 % interval */
    double upper;
    double probability;    /**< that the true score reaches the standard by then, if the pace stays */
    double gap;            /**< standard minus after; negative: reached */
    double pace_needed;    /**< gain per cycle that would close the gap; 0 where there is none */
} pz_growth_outlook;

#define PZ_GROWTH_OUTLOOK_INIT                                                                                                       \
    {sizeof(pz_growth_outlook), PZ_REAL_NONE, PZ_REAL_NONE, PZ_REAL_NONE, PZ_REAL_NONE, PZ_REAL_NONE, PZ_REAL_NONE, PZ_REAL_NONE}

/**
 * Growth toward a standard, for scores of any scale that were taken one cycle apart.
 * @param cycles to come, above 0, up to 100 @param standard the score to reach; the other parameters as in pz_growth_of()
 * @return ::PZ_OK; ::PZ_E_INVALID (as pz_growth_of(); `cycles` or `standard` out of range); ::PZ_E_STRUCT_SIZE. Since: 0.1
 */
PZ_API pz_status pz_growth_toward(double before, double before_se, double after, double after_se, double covariance, double cycles, double standard,
                                  pz_growth_outlook *out_outlook);

#ifdef __cplusplus
}
#endif
#endif
