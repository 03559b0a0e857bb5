/**
 * @file personalize/simulate.h
 * Learners made up from a seed whose knowledge is known, so that models, intervals and grouping strategies can be judged: competencies with prerequisites, items with
 * wrong options and misconceptions, teaching with any effect that the caller states, forgetting, several cycles. Pure: the same seed and the same calls give the
 * same learners on every machine.
 *
 * A learner knows a competency or does not. Teaching brings it about with the stated probability, a learner's pace and the prerequisites considered; time takes it
 * away. Each learner has a random sequence of their own: what happens to others changes nothing for them.
 */
#ifndef PERSONALIZE_SIMULATE_H
#define PERSONALIZE_SIMULATE_H

#include "personalize/base.h"

#ifdef __cplusplus
extern "C" {
#endif

/** A made-up school. */
typedef struct pz_simulation pz_simulation;

/** How it is made. Probabilities are from 0 to 1. */
typedef struct pz_simulation_options {
    uint32_t struct_size;
    uint64_t seed;
    int32_t learners;        /**< 1 to 1,000,000. Default 30 */
    int32_t competencies;    /**< 1 to 10,000. Default 10 */
    int32_t items;           /**< of each competency, 1 to 1000. Default 20 */
    int32_t options;         /**< of each item, 2 to 10. Default 4 */
    double prior;            /**< that a learner knows a competency at the start, if its prerequisites are known; otherwise not. Default 0.3 */
    double guess;            /**< of a right answer without knowing, at difficulty 0. Default 0.2 */
    double slip;             /**< of a wrong answer while knowing, at difficulty 0. Default 0.1 */
    double difficulty_sd;    /**< of items, in log-odds, 0 to 5. Default 0.5 */
    double pace_sd;          /**< of the learners' pace, in log-odds of learning, 0 to 5. Default 0.5 */
    double unready;          /**< what teaching is worth where a prerequisite is not known, 0 to 1. Default 0.3 */
    double misconception;    /**< that a learner who does not know believes the competency's misconception at the start. Default 0.4 */
    double misconception_choice; /**< that such a learner, when wrong, takes the option that goes with it. Default 0.8 */
    double forget_per_day;   /**< that what is known is lost in a day, 0 to below 1. Default 0.001 */
} pz_simulation_options;

#define PZ_SIMULATION_OPTIONS_INIT \
    {sizeof(pz_simulation_options), 1, 30, 10, 20, 4, 0.3, 0.2, 0.1, 0.5, 0.5, 0.3, 0.4, 0.8, 0.001}

/**
 * Makes a school. @param before competencies, from 0, that are prerequisites of `after`, `rows` pairs; NULL with 0: none. `before` must be the smaller number of each
 * pair, so that there is no circle
 * @return ::PZ_OK; ::PZ_E_INVALID (by name); ::PZ_E_STRUCT_SIZE; ::PZ_E_NOMEM. Memory: pz_simulation_free(). Since: 0.1
 */
PZ_API pz_status pz_simulation_new(const pz_simulation_options *options, const int32_t *before, const int32_t *after, size_t rows,
                                   pz_simulation **out_simulation);

/** Releases a school. NULL does nothing. Since: 0.1 */
PZ_API void pz_simulation_free(pz_simulation *simulation);

/**
 * Teaches, row by row: the learner comes to know the competency with probability `effect`, moved by the learner's pace and times `unready` where a prerequisite is
 * missing. One who learns drops the misconception. Grouping is the caller's: give each member of a group the effect that the group's lesson has.
 * @param learner from 0 @param competency from 0 @param effect 0 to below 1
 * @return ::PZ_OK; ::PZ_E_CLOSED; ::PZ_E_INVALID (the row is named). Since: 0.1
 */
PZ_API pz_status pz_simulation_teach(pz_simulation *simulation, const int32_t *learner, const int32_t *competency, const double *effect, size_t rows);

/** Lets days pass, in which learners forget. @return ::PZ_OK; ::PZ_E_CLOSED; ::PZ_E_INVALID. Since: 0.1 */
PZ_API pz_status pz_simulation_rest(pz_simulation *simulation, double days);

/**
 * Asks: answers of learners to items. Items number from 0 over all competencies: item / items is the competency.
 * @param out_score 0 or 1 @param out_option the option taken, from 1
 * @return ::PZ_OK; ::PZ_E_CLOSED; ::PZ_E_INVALID (the row is named). Since: 0.1
 */
PZ_API pz_status pz_simulation_ask(pz_simulation *simulation, const int32_t *learner, const int32_t *item, size_t rows, double *out_score,
                                   size_t out_score_len, int32_t *out_option, size_t out_option_len);

/** The truth: 1 where a learner knows a competency, learners times competencies, row by row. @return ::PZ_OK; ::PZ_E_CLOSED; ::PZ_E_INVALID. Since: 0.1 */
PZ_API pz_status pz_simulation_known(const pz_simulation *simulation, int32_t *out_known, size_t out_known_len);

/** The truth: 1 where a learner believes a competency's misconception, as above. @return ::PZ_OK; ::PZ_E_CLOSED; ::PZ_E_INVALID. Since: 0.1 */
PZ_API pz_status pz_simulation_believed(const pz_simulation *simulation, int32_t *out_believed, size_t out_believed_len);

/** The truth: the probability of a right answer, for rows of learner and item. Its mean over a competency's items is the true domain score. @return ::PZ_OK; ::PZ_E_CLOSED; ::PZ_E_INVALID. Since: 0.1 */
PZ_API pz_status pz_simulation_chance(const pz_simulation *simulation, const int32_t *learner, const int32_t *item, size_t rows, double *out_chance,
                                      size_t out_chance_len);

/** The right option of an item, and the one that goes with the misconception. @return ::PZ_OK; ::PZ_E_CLOSED; ::PZ_E_INVALID. Since: 0.1 */
PZ_API pz_status pz_simulation_key(const pz_simulation *simulation, int32_t item, int32_t *out_right, int32_t *out_misconception);

#ifdef __cplusplus
}
#endif
#endif
