/**
 * @file personalize/review.h
 * Forgetting, as a layer beside mastery and never mixed into it: how likely a learner still recalls what was learned, and when a review is due. The model is FSRS-6
 * (Free Spaced Repetition Scheduler, open-spaced-repetition, 2025) with its published default weights. Pure.
 */
#ifndef PERSONALIZE_REVIEW_H
#define PERSONALIZE_REVIEW_H

#include "personalize/base.h"

#ifdef __cplusplus
extern "C" {
#endif

/** How a review went. */
typedef enum pz_review_rating {
    PZ_REVIEW_AGAIN = 1, /**< not recalled */
    PZ_REVIEW_HARD = 2,
    PZ_REVIEW_GOOD = 3,
    PZ_REVIEW_EASY = 4
} pz_review_rating;

/** Number of weights of the model. */
enum { PZ_REVIEW_WEIGHTS = 21 };

/** Memory of one thing. A plain value: copy it, store it by member. */
typedef struct pz_review_state {
    uint32_t struct_size;
    int32_t reviews;   /**< 0: never met */
    int32_t lapses;    /**< reviews after the first that were not recalled */
    double stability;  /**< days after which recall has fallen to 90 % */
    double difficulty; /**< 1 to 10 */
} pz_review_state;

#define PZ_REVIEW_STATE_INIT {sizeof(pz_review_state), 0, 0, 0, 0}

/** A default weight. @param index 0 to 20 @return NaN for any other. Since: 0.1 */
PZ_API double pz_review_weight(int32_t index);

/**
 * A rating for a share of right answers: below 0.6 again, below 0.8 hard, otherwise good. Never easy, since a score does not tell effort. FSRS leaves this choice to its
 * users; these limits are this library's own.
 * @return 0 if `score` is not from 0 to 1. Since: 0.1
 */
PZ_API int32_t pz_review_rating_of(double score);

/**
 * Takes in a review.
 * @param weights NULL with length 0 for the defaults, or ::PZ_REVIEW_WEIGHTS of them
 * @param days since the last review, fractions allowed; below 1 counts as the same day. Ignored for the first
 * @return ::PZ_OK; ::PZ_E_INVALID; ::PZ_E_STRUCT_SIZE; ::PZ_E_LIMIT (2,147,483,647 reviews). Since: 0.1
 */
PZ_API pz_status pz_review_update(const double *weights, size_t weights_len, pz_review_rating rating, double days, pz_review_state *state);

/**
 * Retrievability: the probability of recall `days` after the last review.
 * @return ::PZ_OK; ::PZ_E_INVALID; ::PZ_E_NOT_ENOUGH (never met); ::PZ_E_STRUCT_SIZE. Since: 0.1
 */
PZ_API pz_status pz_review_recall(const double *weights, size_t weights_len, const pz_review_state *state, double days, double *out_recall);

/**
 * Whole days after the last review at which recall falls to `retention`: when the next is due.
 * @param retention above 0, up to 1, such as 0.9 @param most the longest interval, 1 to 10,000,000; 36,500 in the implementations of FSRS
 * @return ::PZ_OK; ::PZ_E_INVALID; ::PZ_E_NOT_ENOUGH (never met); ::PZ_E_STRUCT_SIZE. Since: 0.1
 */
PZ_API pz_status pz_review_due(const double *weights, size_t weights_len, const pz_review_state *state, double retention, int32_t most,
                               int32_t *out_days);

#ifdef __cplusplus
}
#endif
#endif
