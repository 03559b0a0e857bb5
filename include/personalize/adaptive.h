/**
 * @file personalize/adaptive.h
 * Adaptive tests over calibrated items: the next item is the one that tells most about the learner, within what the blueprint and exposure allow. Pure and
 * deterministic: the same answers and the same seed give the same items.
 */
#ifndef PERSONALIZE_ADAPTIVE_H
#define PERSONALIZE_ADAPTIVE_H

#include "personalize/irt.h"

#ifdef __cplusplus
extern "C" {
#endif

/** One sitting of one learner. It keeps the items: free the model before it or after it. */
typedef struct pz_adaptive_test pz_adaptive_test;

/** How to choose and when to stop. */
typedef struct pz_adaptive_options {
    uint32_t struct_size;
    int32_t nodes;       /**< of the posterior of ability, 11 to 401. Default 33 (catR) */
    double range;        /**< from -range to range, 1 to 12. Default 4 (catR) */
    double start;        /**< ability for the first item. Default 0 */
    double error_target; /**< stop when the standard error is at or below this; 0: never. Default 0.3 */
    int32_t length_min;  /**< items at least, 1 or more. Default 5 */
    int32_t length_max;  /**< items at most. Default 30 */
    int32_t choose_among; /**< take one of so many best items by chance (randomesque, Kingsbury and Zara 1989), 1 to 100. Default 1: the best */
    uint64_t seed;       /**< of that chance, and of which items are held back: another one for each sitting, such as a number of the learner */
} pz_adaptive_options;

#define PZ_ADAPTIVE_OPTIONS_INIT {sizeof(pz_adaptive_options), 33, 4, 0, 0.3, 5, 30, 1, 1}

/** Why an item comes next, or why the test ends. */
typedef enum pz_adaptive_reason {
    PZ_ADAPTIVE_MOST_INFORMATION = 1, /**< tells most at the present estimate; message "adaptive.most_information" */
    PZ_ADAPTIVE_CONTENT = 2,          /**< tells most among items of the content that has come least for its share; "adaptive.content" */
    PZ_ADAPTIVE_AMONG_BEST = 3,       /**< drawn from the best few, so that no item is seen by everybody; "adaptive.among_best" */
    PZ_ADAPTIVE_SURE_ENOUGH = 4,      /**< ends: the standard error reached its target; "adaptive.sure_enough" */
    PZ_ADAPTIVE_LONG_ENOUGH = 5,      /**< ends: the longest length; "adaptive.long_enough" */
    PZ_ADAPTIVE_NO_ITEMS = 6,         /**< ends: all items were given; "adaptive.no_items" */
    PZ_ADAPTIVE_HELD_BACK = 7         /**< tells most among those that are not held back from this sitting; others tell more but would be seen by too many;
                                           "adaptive.held_back" */
} pz_adaptive_reason;

/**
 * A reason in words for learners and teachers, such as "Tells most at this point".
 * @param language a tag such as "es"; NULL or one that the library does not have: English
 * @return "" for a number that is no reason. Memory: static. Since: 0.1
 */
PZ_API const char *pz_adaptive_reason_text(pz_adaptive_reason reason, const char *language);

/** What comes next. */
typedef struct pz_adaptive_choice {
    uint32_t struct_size;
    int32_t item;          /**< column of the model; -1: the test ends */
    int32_t reason;        /**< a ::pz_adaptive_reason */
    double information;    /**< of the item at the present estimate; NaN at the end */
    double chance;         /**< of a right answer by the present estimate; NaN at the end or with more than two categories */
    int32_t content;       /**< of the item; -1 none */
    double ability;        /**< present estimate: mean of the posterior, before the first answer `start` */
    double standard_error; /**< of it */
    int32_t length;        /**< items answered */
} pz_adaptive_choice;

#define PZ_ADAPTIVE_CHOICE_INIT \
    {sizeof(pz_adaptive_choice), -1, 0, PZ_REAL_NONE, PZ_REAL_NONE, -1, PZ_REAL_NONE, PZ_REAL_NONE, 0}

/**
 * Begins a test.
 * @param content NULL, or the content area 0 to 99 of each of `rows` items, as many as the model has
 * @param share NULL, or the shares that the `share_rows` areas are to have, not negative, of any sum above 0: the next item comes from the area that is furthest
 *   behind (Kingsbury and Zara 1989)
 * @param exposure NULL with 0, or for each of `exposure_rows` items, as many as the model has, the probability above 0, up to 1, that a sitting that would give it may
 *   (Sympson and Hetter 1985): from pz_adaptive_exposure()
 * @return ::PZ_OK; ::PZ_E_CLOSED; ::PZ_E_INVALID; ::PZ_E_STRUCT_SIZE; ::PZ_E_NOMEM. Memory: release with pz_adaptive_free(). Since: 0.1
 */
PZ_API pz_status pz_adaptive_new(const pz_irt_model *model, const pz_adaptive_options *options, const int32_t *content, size_t rows,
                                 const double *share, size_t share_rows, const double *exposure, size_t exposure_rows,
                                 pz_adaptive_test **out_test);

/**
 * How far to hold each item back so that no item comes in more than a share of sittings (Sympson and Hetter 1985). Learners of the model's population are simulated; an item that
 * would come in more sittings than `most` is held back in that proportion, and so on over the rounds; the last third of them is averaged, and what chance is left in the average is
 * kept away from the limit. The same seed gives the same.
 *
 * What holds then: with 20 rounds of 1000 sittings on the 85 items of catR's TCALS bank, tests of 12 items and limits of 0.35 and 0.2, the item that is seen most came in 0.343 to 0.347 and in
 * 0.195 to 0.197 of 40,000 further sittings. The limit is for many learners like those that the model has; among a few hundred, chance alone takes some items above it.
 * @param options, content, share as in pz_adaptive_new()
 * @param most above 0, up to 1: share of sittings in which an item may come, such as 0.25. No less than mean length / items can be reached; what was reached is in `out_rate`
 * @param sittings of each round, 10 to 1,000,000, such as 1000 @param rounds 1 to 100, such as 20; fewer do not settle where the limit is near mean length / items
 * @param out_exposure for pz_adaptive_new(), as many as the model has items @param out_rate share of sittings in which each item then comes, of four times `sittings` learners that the search has not seen
 * @return ::PZ_OK; ::PZ_E_CLOSED; ::PZ_E_INVALID; ::PZ_E_STRUCT_SIZE; ::PZ_E_CANCELLED; ::PZ_E_NOMEM. Since: 0.1
 */
PZ_API pz_status pz_adaptive_exposure(const pz_irt_model *model, const pz_adaptive_options *options, const int32_t *content, size_t rows,
                                      const double *share, size_t share_rows, double most, int32_t sittings, int32_t rounds,
                                      pz_progress_fn progress, void *user_data, double *out_exposure, size_t out_exposure_len, double *out_rate,
                                      size_t out_rate_len);

/** Releases a test. NULL does nothing. Since: 0.1 */
PZ_API void pz_adaptive_free(pz_adaptive_test *test);

/** What comes next; asking again gives the same. @return ::PZ_OK; ::PZ_E_CLOSED; ::PZ_E_STRUCT_SIZE. Since: 0.1 */
PZ_API pz_status pz_adaptive_next(const pz_adaptive_test *test, pz_adaptive_choice *out_choice);

/**
 * Takes an answer to any item that was not answered yet. @param response category from 0
 * @return ::PZ_OK; ::PZ_E_CLOSED; ::PZ_E_INVALID (no such item or category); ::PZ_E_EXISTS (answered before). Since: 0.1
 */
PZ_API pz_status pz_adaptive_answer(pz_adaptive_test *test, int32_t item, int32_t response);

#ifdef __cplusplus
}
#endif
#endif
