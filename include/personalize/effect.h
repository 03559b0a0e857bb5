/**
 * @file personalize/effect.h
 * What one set of learners achieved against another, pure: a difference is never given without its error and the numbers of learners behind it.
 *
 * These are comparisons, not causes: groups are formed for reasons, and the reasons may be what makes the difference.
 */
#ifndef PERSONALIZE_EFFECT_H
#define PERSONALIZE_EFFECT_H

#include "personalize/base.h"

#ifdef __cplusplus
extern "C" {
#endif

/** A difference between two sets of learners. */
typedef struct pz_effect {
    uint32_t struct_size;
    int64_t learners; /**< of the first set */
    int64_t others;   /**< of the second */
    double value;     /**< mean, or share, of the first; NaN without learners, as those below where they cannot be had */
    double others_value;
    double difference;     /**< first minus second */
    double standard_error; /**< of the difference; shares: from the two observed shares alone, 0 where both are 0 or 1 */
    double lower;          /**< 95 % interval; NaN with fewer than two learners on a side, or where means have nothing that varies */
    double upper;
} pz_effect;

#define PZ_EFFECT_INIT                                                                                                                     \
    {                                                                                                                                      \
        sizeof(pz_effect), 0, 0, PZ_REAL_NONE, PZ_REAL_NONE, PZ_REAL_NONE, PZ_REAL_NONE, PZ_REAL_NONE, PZ_REAL_NONE                        \
    }

/**
 * Difference of two means, such as of growth: Welch's interval (1947) with Satterthwaite's degrees of freedom, for sets that may vary differently. What single values are off by is in how they vary.
 * @param values `values_rows` finite numbers @param others `others_rows` finite numbers
 * @return ::PZ_OK; ::PZ_E_INVALID (a number that is not finite: the row is named); ::PZ_E_STRUCT_SIZE. Since: 0.1
 */
PZ_API pz_status pz_effect_of_means(const double *values, size_t values_rows, const double *others, size_t others_rows,
                                    pz_effect *out_effect);

/**
 * Difference of two shares, such as of needs that were met: put together from the two intervals of Wilson (Newcombe 1998, method 10), which keeps its word for few learners.
 * @param met of `learners`, 0 to `learners` @param others_met of `others`
 * @return ::PZ_OK; ::PZ_E_INVALID; ::PZ_E_STRUCT_SIZE. Since: 0.1
 */
PZ_API pz_status pz_effect_of_shares(int64_t met, int64_t learners, int64_t others_met, int64_t others, pz_effect *out_effect);

#ifdef __cplusplus
}
#endif
#endif
