/**
 * @file personalize/class_view.h
 * A whole class or school at a look: how learners are spread over each competency and how much of it was asked, what each item and each option tells, and whether items work
 * alike for groups of learners. For those who see items: teachers of their classes, counselors and leaders of their orgs, services with ::PZ_SCOPE_READ.
 *
 * Every list takes a view of the past.
 */
#ifndef PERSONALIZE_CLASS_VIEW_H
#define PERSONALIZE_CLASS_VIEW_H

#include "personalize/evidence.h"

#ifdef __cplusplus
extern "C" {
#endif

/** How the learners of a class or org stand in one competency. Low, middle, high and not enough make up all learners. */
typedef struct pz_class_distribution {
    uint32_t struct_size;
    pz_id competency;
    int32_t learners;
    int32_t low;         /**< decided as not yet */
    int32_t middle;      /**< evidence enough, and between the two decisions */
    int32_t high;        /**< decided as mastered */
    int32_t not_enough;  /**< fewer answers than the rule needs, or none */
    int32_t shown;       /**< learners with any evidence in it */
    double mean;         /**< of their estimates; NaN where nobody has any */
    int32_t items;       /**< items that bear on it and have not ended */
    int32_t items_asked; /**< of them, answered by any of the learners */
} pz_class_distribution;

/** What an item tells, from the first answer of each learner to it. */
typedef struct pz_item_analysis {
    uint32_t struct_size;
    pz_id item;
    int32_t learners;       /**< who answered it */
    double difficulty;      /**< mean score, 0 to 1: the lower, the harder */
    double discrimination;  /**< correlation of the score with the mean of the learner's other items; NaN where it cannot be had. Below 0.2 an item tells little (Ebel and Frisbie 1991) */
    int32_t options;        /**< of which somebody took one, or that is right; 0 where the right option is not known */
    int32_t draws_strong;   /**< wrong options that go with more ability: ::PZ_OPTION_DRAWS_STRONG of personalize/diagnosis.h */
    int32_t is_key_doubtful;/**< 1: the right option does not go with ability: ::PZ_OPTION_RIGHT_DRAWS_NOBODY */
} pz_item_analysis;

/** What an option of an item draws. */
typedef struct pz_option_analysis {
    uint32_t struct_size;
    pz_id item;
    int32_t option;
    int32_t is_right;
    int32_t chosen;         /**< learners who took it, of those who answered another item with a known key too: by that item they are known as strong or weak */
    double share;           /**< of them, of those who answered the item */
    double point_biserial;  /**< correlation of taking it with the share right of the other items; NaN where it cannot be had */
    double p_value;
    int32_t note;           /**< a ::pz_option_note of personalize/diagnosis.h: 1 nothing, 2 wrong and draws strong learners, 3 hardly anybody takes it, 4 right and draws nobody */
    pz_id misconception;    /**< what it points to; 0 */
} pz_option_analysis;

/** Whether an item is equally hard for two groups of learners who are equally able (Mantel and Haenszel 1959, categories of ETS). */
typedef struct pz_item_fairness {
    uint32_t struct_size;
    pz_id item;
    int32_t learners;      /**< with the value asked for, who answered it; 0 where suppressed */
    int32_t others;        /**< with another value; 0 where suppressed */
    int32_t is_suppressed; /**< 1: one of the two groups is smaller than the least that is shown; there are no figures */
    double odds_ratio;     /**< above 1: the item favours the learners asked for; NaN where it cannot be had */
    double delta;          /**< -2.35 times its logarithm, the scale of ETS */
    double p_value;
    int32_t category;      /**< 1 negligible, 2 moderate, 3 large; 0 without figures */
} pz_item_fairness;

/* Each returns PZ_OK; PZ_E_CLOSED; PZ_E_INVALID; PZ_E_NOT_FOUND; PZ_E_DENIED; PZ_E_LIMIT (more than 20,000,000 learners times items); PZ_E_IO; PZ_E_NOMEM. Memory: one block,
 * release with pz_free(). */

/**
 * Distribution over competencies, by id. @param scope a class or an org with all below it @param framework all of its competencies; 0: those in which any of the learners has evidence.
 * Since: 0.1
 */
PZ_API pz_status pz_class_distribution_list(pz_actor *actor, pz_id scope, pz_id framework, pz_class_distribution ***out_rows, size_t *out_count);

/**
 * Analysis of items that were answered, by id.
 * @param scope a class or an org with all below it @param assessment 0 any @param competency 0 any
 * Since: 0.1
 */
PZ_API pz_status pz_item_analysis_list(pz_actor *actor, pz_id scope, pz_id assessment, pz_id competency, pz_item_analysis ***out_rows, size_t *out_count);

/** The same option by option, by item and number, for items whose right option is known. @param assessment 0 any @param competency 0 any. Since: 0.1 */
PZ_API pz_status pz_option_analysis_list(pz_actor *actor, pz_id scope, pz_id assessment, pz_id competency, pz_option_analysis ***out_rows, size_t *out_count);

/**
 * Differential item functioning by a demographic fact of the roster, as imports name it, such as "sex". Learners of whom the fact is not known are left out; learners are matched by the
 * number of items that they got right, from a score of 0.5 up. For leaders, counselors and services: a teacher's class is too small to tell, and too small to hide anybody.
 * @param assessment needed: the items that were sat together
 * @param detail name of the fact @param value the value of those who are set against all others, such as "female"
 * @param least learners a group must have for figures to be shown, 5 to 1,000; 10 is usual
 * Since: 0.1
 */
PZ_API pz_status pz_item_fairness_list(pz_actor *actor, pz_id scope, pz_id assessment, const char *detail, const char *value, int32_t least,
                                       pz_item_fairness ***out_rows, size_t *out_count);

#ifdef __cplusplus
}
#endif
#endif
