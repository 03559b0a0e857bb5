/**
 * @file personalize/strategy.h
 * Ways of forming groups, over the engine of personalize/grouping.h and as pure: a ready problem for each mode from plain arrays, and why
 * in the words of that mode; pairs in which one learner tutors another; and rounds in which everybody meets others.
 *
 *     pz_grouping_problem *problem;
 *     pz_grouping_result *result;
 *     pz_grouping_for_need(needs, 24, 6, NULL, &problem);
 *     pz_grouping_add_apart(problem, 3, 17);
 *     pz_grouping_solve(problem, NULL, NULL, NULL, &result);
 *     pz_grouping_mode_reason_list(result, PZ_MODE_NEED, &reasons, &count);
 *
 * Whatever forms the groups, they serve one need for one cycle and are then dissolved. `docs/grouping.md` has for each mode what research
 * found, how large it was, and what is not claimed.
 */
#ifndef PERSONALIZE_STRATEGY_H
#define PERSONALIZE_STRATEGY_H

#include "personalize/grouping.h"

#ifdef __cplusplus
extern "C" {
#endif

/* -------------------------------------------------------------------------------------------- problems by mode --- */

/** What groups are formed for. */
typedef enum pz_grouping_mode {
    PZ_MODE_NEED = 1,      /**< who lacks the same works on it together */
    PZ_MODE_READINESS = 2, /**< similar starting points together */
    PZ_MODE_MIXED = 3,     /**< different within each group, and groups alike */
    PZ_MODE_INTEREST = 4,  /**< who cares for the same together */
    PZ_MODE_RANDOM = 5     /**< by the seed alone */
} pz_grouping_mode;

/**
 * Sizes of groups. Begin with ::PZ_GROUPING_SIZES_INIT; a 0 is the mode's own default:
 *
 * | mode      | size_min | size_max | why                                                                                              |
 * | --------- | -------- | -------- | ------------------------------------------------------------------------------------------------ |
 * | need      | 2        | 6        | as many as share the need: the sizes follow it                                                   |
 * | readiness | 3        | 6        | groups that a teacher can sit with                                                               |
 * | others    | 3        | 5        | groups of three or four did best (Lou et al. 1996, Review of Educational Research 66(4))         |
 *
 * A default gives way to what is asked for, and to a class that is smaller.
 */
typedef struct pz_grouping_sizes {
    uint32_t struct_size;
    int32_t size_min; /**< 0 to 100,000 */
    int32_t size_max; /**< 0 to 100,000 */
    int32_t groups;   /**< number of groups; 0: the number that brings them closest to the middle of the two sizes */
} pz_grouping_sizes;

#define PZ_GROUPING_SIZES_INIT {sizeof(pz_grouping_sizes), 0, 0, 0}

/* Each makes a problem that is ready to be solved, and may be added to: further criteria, rules. Each returns PZ_OK; PZ_E_STRUCT_SIZE;
 * PZ_E_INVALID (a number out of range: its row and column are named); PZ_E_LIMIT; PZ_E_NOMEM. Memory: release with
 * pz_grouping_problem_free(). */

/**
 * Groups by need: pz_grouping_add_needs() under the name "need". Each group has one focus, and its size follows how many need that.
 * @param needs row by row, how much each learner needs each of `cols` things to work on, 0 (none) to 1 @param sizes NULL for the defaults. Since: 0.1
 */
PZ_API pz_status pz_grouping_for_need(const double *needs, size_t rows, size_t cols, const pz_grouping_sizes *sizes,
                                      pz_grouping_problem **out_problem);

/**
 * Groups by readiness, tiers for a short while: pz_grouping_add_numeric() under the name "readiness", alike.
 * @param levels one number a learner, NaN for one of whom nothing is known @param sizes NULL for the defaults. Since: 0.1
 */
PZ_API pz_status pz_grouping_for_readiness(const double *levels, size_t rows, const pz_grouping_sizes *sizes,
                                           pz_grouping_problem **out_problem);

/**
 * Mixed groups. Up to 20,000 learners, the columns brought to one range are pz_grouping_add_features() under the name "mixed", ::PZ_METRIC_MANHATTAN,
 * mixed: every group has learners from each part of the range. Each column is also pz_grouping_add_numeric() under the name "balance", mixed, all of
 * them together of the same weight: the groups have the same means.
 * @param values row by row, `rows` x `cols`, NaN for a missing one; `cols` 1 to 63 @param sizes NULL for the defaults. Since: 0.1
 */
PZ_API pz_status pz_grouping_for_mixed(const double *values, size_t rows, size_t cols, const pz_grouping_sizes *sizes,
                                       pz_grouping_problem **out_problem);

/**
 * Groups by interest: pz_grouping_add_features() under the name "interest", ::PZ_METRIC_SETS, alike.
 * @param interests row by row, 1 where a learner has that interest and 0 where not, NaN where it is not known; `rows` up to 20,000,
 *   `cols` 1 to 4,096 @param sizes NULL for the defaults. Since: 0.1
 */
PZ_API pz_status pz_grouping_for_interest(const double *interests, size_t rows, size_t cols, const pz_grouping_sizes *sizes,
                                          pz_grouping_problem **out_problem);

/**
 * Groups by chance: no criterion, so that the seed alone divides.
 * @param learners 1 to 100,000 @param sizes NULL for the defaults. Since: 0.1
 */
PZ_API pz_status pz_grouping_for_random(size_t learners, const pz_grouping_sizes *sizes, pz_grouping_problem **out_problem);

/**
 * Why, in the codes of one mode, from the first criterion of the kind that the mode uses. One row for each group, then one for each of its learners.
 *
 * | code                       | column            | value                                    | other                           |
 * | -------------------------- | ----------------- | ---------------------------------------- | ------------------------------- |
 * | reason.need.group          | focus             | members who need it                      | size                            |
 * | reason.need.nothing        |                   | 0: nobody of the group needs anything    | size                            |
 * | reason.need.learner        | focus             | need for it                              | greatest need                   |
 * | reason.need.helper         | focus             | 0: needs it no more, can help            | greatest need                   |
 * | reason.readiness.group     |                   | least level in the group                 | greatest                        |
 * | reason.readiness.learner   |                   | level                                    | mean of the group               |
 * | reason.readiness.unknown   |                   | NaN                                      | mean of the group               |
 * | reason.mixed.group         |                   | least value in the group                 | greatest                        |
 * | reason.mixed.learner       |                   | value                                    | mean of the others in the group |
 * | reason.mixed.unknown       |                   | NaN                                      | mean of the others in the group |
 * | reason.interest.group      | most shared one   | members who have it                      | size                            |
 * | reason.interest.nothing    |                   | 0: no two of the group share an interest | size                            |
 * | reason.interest.learner    | most shared own   | others of the group who have it too      | size - 1                        |
 * | reason.interest.alone      |                   | 0: shares no interest with the group     | size - 1                        |
 * | reason.interest.unknown    |                   | NaN: no interest of the learner is known | size - 1                        |
 * | reason.random.group        |                   | size                                     |                                 |
 * | reason.random.learner      |                   |                                          |                                 |
 *
 * @param mode a ::pz_grouping_mode
 * @return ::PZ_OK; ::PZ_E_CLOSED; ::PZ_E_INVALID (mode, or the problem has no criterion of that kind); ::PZ_E_NOMEM. Memory: pz_free(). Since: 0.1
 */
PZ_API pz_status pz_grouping_mode_reason_list(const pz_grouping_result *result, pz_grouping_mode mode, pz_grouping_reason ***out_rows,
                                              size_t *out_count);

#ifdef __cplusplus
}
#endif
#endif
