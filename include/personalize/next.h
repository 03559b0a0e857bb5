/**
 * @file personalize/next.h
 * Next steps of learners: what each is ready to learn, what is worth going over again before it fades, and the goals, choices and work that wait for it. Ranked,
 * each with reasons in codes and in words that a twelve-year-old reads. They are proposals: the learner may take up another with pz_assignment_take(), which puts its pick on record and before all proposals.
 *
 * Steps are a question about what is there, not records. They change as evidence comes in, and a view of the past (pz_actor_as_of()) gives those of then.
 *
 * **Ready to learn** is the outer fringe of the prerequisites (Falmagne and Doignon, Learning Spaces, 2011): not mastered, while all that precedes it, near and far, is.
 * **Due for review** is what was mastered and is recalled with a probability below `retention` by now. The memory of it is FSRS-6 (personalize/review.h) over its
 * evidence: answers within 12 hours after the first of them are one review, whose score is their mean by weight.
 *
 * ## The order
 *
 * Steps come by `score`, the highest first. It is the sum of what speaks for a step; the weights are the library's own choice, and can be read off here.
 * *Soon* is 1 from the due day on and falls to 0 four weeks before it.
 *
 * | step       | adds up                                                                                                                   |
 * | ---------- | ------------------------------------------------------------------------------------------------------------------------- |
 * | learn      | 0.40; 0.20 times the estimate; 0.20 if it was tried and is not yet mastered; 0.02 for each competency that waits for it alone, up to five; 0.30 if it is on the way to an open goal |
 * | review     | 0.30; 2 times what recall lacks to `retention`; 0.15 if something that the learner is ready for builds on it                |
 * | goal       | 0.45; 0.50 times how soon it is due; 0.30 if its measure is met and it only has to be shown                                  |
 * | work       | 0.50; 0.40 times how soon it is due; 0.10 if it was returned to be worked over; 2 if the learner took it up by itself, with pz_assignment_take() |
 * | choice     | 0.55; 0.40 times how soon it is due |
 */
#ifndef PERSONALIZE_NEXT_H
#define PERSONALIZE_NEXT_H

#include "personalize/access.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum pz_next_kind {
    PZ_NEXT_LEARN = 1,  /**< a competency that the learner is ready for */
    PZ_NEXT_REVIEW = 2, /**< a mastered competency to go over again */
    PZ_NEXT_GOAL = 3,   /**< an open goal; where its competency is not mastered, the step to learn says so instead */
    PZ_NEXT_WORK = 4,   /**< an assignment that the learner has in hand, or a competency that it took up by itself (personalize/activity.h) */
    PZ_NEXT_CHOICE = 5  /**< a board that waits for its choice */
} pz_next_kind;

/** A next step of a learner. */
typedef struct pz_next_step {
    uint32_t struct_size;
    pz_id learner;
    int32_t rank;        /**< from 1 */
    int32_t kind;        /**< a ::pz_next_kind */
    pz_id competency;    /**< what it is about; 0 none */
    int32_t record_kind; /**< a ::pz_kind of `record`; 0 none */
    pz_id record;        /**< the goal that it is, or that it leads to; the assignment; 0 none */
    double score;        /**< by which it is ranked, see above */
    double estimate;     /**< of mastery; NaN where nothing is known */
    double recall;       /**< of a review: probability that it is recalled today; NaN otherwise */
    pz_date due_on;      /**< of the record; PZ_DATE_NONE */
    const char *codes;   /**< its reasons, the one that counts most first, with commas between: "learn.almost,learn.opens" */
    const char *title;   /**< what it is about in words, or NULL without words */
    const char *reason;  /**< why, one sentence for each code, or NULL without words */
} pz_next_step;

/** Whose steps pz_next_step_list() gives, and how many. */
typedef struct pz_next_query {
    uint32_t struct_size;
    pz_id learner;         /**< 0 all in reach */
    pz_id class_id;        /**< 0 any */
    pz_id org;             /**< learners of this org and those below it; 0 any */
    pz_id framework;       /**< competencies of this one without children, and all that precedes them; 0: those in which the learner has evidence, all that precedes them,
                                and what they lead to directly */
    int32_t kind;          /**< a ::pz_next_kind; 0 any */
    int32_t limit;         /**< most steps of each learner, 1 to 1,000; 0: all. Default 5. */
    double retention;      /**< probability of recall below which a review is due, above 0, below 1. Default 0.9 (FSRS). */
    int32_t codes_only; /**< 1: codes alone, for many learners at once */
    pz_id after;           /**< a page goes on after this learner, by id; 0 from the first */
    int32_t learners;      /**< most learners of a page; 0 all */
} pz_next_query;

#define PZ_NEXT_QUERY_INIT {sizeof(pz_next_query), 0, 0, 0, 0, 0, 5, 0.9, 0, 0, 0}

/**
 * Next steps by learner and rank. For whoever sees the learner's mastery; goals and work come only to those who see them.
 * @param query NULL for all in reach @param language "en" or "es"; NULL for "en"
 * @return ::PZ_OK; ::PZ_E_CLOSED; ::PZ_E_STRUCT_SIZE; ::PZ_E_INVALID (a number out of range, an unknown language; several of learner, class and org that exclude
 *   one another: only a learner with its class goes together); ::PZ_E_NOT_FOUND; ::PZ_E_DENIED; ::PZ_E_IO; ::PZ_E_NOMEM
 * Memory: one block, release with pz_free(). Since: 0.1
 */
PZ_API pz_status pz_next_step_list(pz_actor *actor, const pz_next_query *query, const char *language, pz_next_step ***out_rows, size_t *out_count);

#ifdef __cplusplus
}
#endif
#endif
