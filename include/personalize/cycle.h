/**
 * @file personalize/cycle.h
 * Assessment cycles. A cycle opens, collects evidence, closes and hands over to the next: at closing it keeps a snapshot of mastery for every learner
 * and competency with its growth since the cycle before, who needs what, and the next steps that respect prerequisites.
 *
 *     open -> collecting -> closed -> handed over
 *                             |  ^
 *                             v  |
 *                           reopened
 *
 * Open is a cycle that is planned: announced, with its assessments and their windows. Closing is one change: nobody sees half of it. A closed cycle may be opened again with a
 * reason, and each of its closings keeps its own results.
 *
 * A cycle covers one class, or all classes of an org. Evidence belongs to a cycle by the day it was answered on.
 */
#ifndef PERSONALIZE_CYCLE_H
#define PERSONALIZE_CYCLE_H

#include "personalize/evidence.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum pz_cycle_state {
    PZ_CYCLE_OPEN = 1,        /**< announced; assessments are being tied to it */
    PZ_CYCLE_COLLECTING = 2,  /**< evidence comes in */
    PZ_CYCLE_CLOSED = 3,      /**< results are kept and do not change any more */
    PZ_CYCLE_HANDED_OVER = 4, /**< its needs and next steps were taken into the next cycle */
    PZ_CYCLE_REOPENED = 5     /**< closed once, and opened again: what that closing found stays until it is closed anew */
} pz_cycle_state;

/** One cycle. */
typedef struct pz_cycle {
    uint32_t struct_size;
    pz_id id;
    int64_t version;     /**< number of the change that wrote this state */
    int32_t state;       /**< out: a ::pz_cycle_state */
    int32_t kind;        /**< a ::pz_assessment_kind: diagnostic, formative, interim or summative */
    pz_id class_id;      /**< the class it covers, or 0 */
    pz_id org;           /**< the org whose classes it covers, if no class is named */
    pz_id framework;     /**< competencies it is about; 0: all that have evidence */
    pz_id previous;      /**< the cycle before, against which growth is measured; 0 none */
    const char *title;
    size_t title_len;
    pz_date opens_on;
    pz_date closes_on;   /**< last day of evidence; must not be before `opens_on` */
    int64_t closed_change; /**< out: number of the change that closed it; 0 */
} pz_cycle;

#define PZ_CYCLE_INIT                                                                                                          \
    {sizeof(pz_cycle), 0, 0, 0, PZ_ASSESSMENT_INTERIM, 0, 0, 0, 0, NULL, PZ_NUL_TERMINATED, PZ_DATE_NONE, PZ_DATE_NONE, 0}

/** A learner and a competency in a closed cycle. */
typedef struct pz_cycle_result {
    uint32_t struct_size;
    pz_id cycle;
    pz_id learner;
    pz_id competency;
    double estimate;              /**< 0 to 1; NaN without evidence */
    double standard_error;
    int32_t decision;             /**< a ::pz_mastery_decision */
    int32_t evidence_count;       /**< all evidence up to the last day of the cycle */
    pz_id rule;                   /**< the stored rule, see pz_mastery_rule_list(); 0: none was set, the default held */
    double growth;                /**< estimate minus that of the previous cycle; NaN if either is missing */
    double growth_standard_error; /**< sqrt of the sum of both squared standard errors minus twice their covariance, see pz_mastery_growth() */
    int32_t is_need;              /**< 1: decided as not yet, or mastered at the end of the previous cycle and no longer sure. Too little evidence alone is no need. */
    int32_t step;                 /**< 1: a next step, not mastered while all that precedes it, near and far, is; 2: waits for a prerequisite; 0: mastered */
} pz_cycle_result;

/** Which results pz_cycle_result_list() gives. */
typedef struct pz_cycle_query {
    uint32_t struct_size;
    pz_id cycle;          /**< needed */
    pz_id class_id;       /**< 0 any */
    pz_id learner;        /**< 0 any in reach */
    pz_id competency;     /**< 0 any */
    int32_t needs_only;
    int32_t steps_only;   /**< next steps (step 1) */
} pz_cycle_query;

#define PZ_CYCLE_QUERY_INIT {sizeof(pz_cycle_query), 0, 0, 0, 0, 0, 0}

/* Opening, collecting, closing and handing over: by a teacher for its own class, a leader or counselor for its org, a service with
 * PZ_SCOPE_RECOMMEND. Each returns PZ_OK; PZ_E_CLOSED; PZ_E_READ_ONLY; PZ_E_STRUCT_SIZE; PZ_E_INVALID; PZ_E_TEXT; PZ_E_TOO_LONG;
 * PZ_E_NOT_FOUND; PZ_E_DENIED; PZ_E_STATE (the cycle is not in the state that this step begins from); PZ_E_KEY_REUSED; PZ_E_BUSY;
 * PZ_E_NO_SPACE; PZ_E_IO; PZ_E_NOMEM. */

/** Opens a cycle. @param cycle title, kind, days, and a class or an org. Since: 0.1 */
PZ_API pz_status pz_cycle_open(pz_actor *actor, const pz_cycle *cycle, const char *key, pz_id *out_id);
/** Ties an assessment to the cycle while it is open, collecting or reopened. Since: 0.1 */
PZ_API pz_status pz_cycle_add_assessment(pz_actor *actor, pz_id cycle, pz_id assessment, const char *key);
/**
 * Ties an assessment to the cycle as above and gives it its window: the days on which it is sat, which become its `held_on` and `due_on`. Windows of assessments for the same class, or for the
 * whole org, must not overlap: nobody is to sit two at once.
 * @param opens_on, closes_on both needed, within the days of the cycle
 * @param may_overlap 1: let it overlap all the same, as parallel forms do that two halves of a class sit on the same days
 * @return as above; ::PZ_E_INVALID (days in the wrong order or outside the cycle; a window that overlaps: the other assessment is named). Since: 0.1
 */
PZ_API pz_status pz_cycle_schedule(pz_actor *actor, pz_id cycle, pz_id assessment, pz_date opens_on, pz_date closes_on, int32_t may_overlap,
                                   const char *key);
/** Begins to collect. Since: 0.1 */
PZ_API pz_status pz_cycle_collect(pz_actor *actor, pz_id cycle, const char *key);
/**
 * Closes the cycle, from collecting or reopened: computes mastery from all evidence up to its last day, and keeps it for each learner enrolled today in the classes
 * it covers and each competency, with growth, needs and next steps. The competencies are those in which any of these learners has evidence; with a
 * framework those of it, and all of it that has no child; in both cases also all that precedes them.
 * @param progress NULL, or called as it goes; can cancel
 * @return as above, and ::PZ_E_CANCELLED. Since: 0.1
 */
PZ_API pz_status pz_cycle_close(pz_actor *actor, pz_id cycle, const char *key, pz_progress_fn progress, void *user_data);
/**
 * Opens a closed cycle again: evidence may still come, and it is closed anew. What was found stays as it was for views of then and, until the new closing, for readers of today.
 * @param reason needed, up to ::PZ_LIMIT_TEXT bytes
 * @return as above; ::PZ_E_STATE (not closed: opened again already, or handed over). Since: 0.1
 */
PZ_API pz_status pz_cycle_reopen(pz_actor *actor, pz_id cycle, const char *reason, size_t reason_len, const char *key);
/** Hands over: opens the next cycle with this one as its previous. @param next as for pz_cycle_open(); class, org and framework are taken from `cycle` where they are 0. Since: 0.1 */
PZ_API pz_status pz_cycle_hand_over(pz_actor *actor, pz_id cycle, const pz_cycle *next, const char *key, pz_id *out_next);

/* Reading. Each returns PZ_OK; PZ_E_CLOSED; PZ_E_STRUCT_SIZE; PZ_E_INVALID; PZ_E_NOT_FOUND; PZ_E_DENIED; PZ_E_STATE (not closed yet); PZ_E_IO;
 * PZ_E_NOMEM. Memory: one block, release with pz_free(). */

/** One cycle. Since: 0.1 */
PZ_API pz_status pz_cycle_get(pz_actor *actor, pz_id cycle, pz_cycle **out_cycle);
/** Which cycles pz_cycle_list() gives. */
typedef struct pz_cycle_list_query {
    uint32_t struct_size;
    pz_id class_id;       /**< that cover this class; 0 any in reach */
    int32_t state;        /**< a ::pz_cycle_state; 0 any */
    int32_t kind;         /**< a ::pz_assessment_kind; 0 any */
    const char *text;     /**< words to find, all of them, in the title, in any script and whatever their case; NULL any */
    size_t text_len;
    int32_t order;        /**< a ::pz_list_order. Default ::PZ_LIST_NEWEST. */
    int32_t limit;        /**< most rows, 1 to 10,000; 0: all */
    pz_id after;          /**< the last of the page before; 0: from the beginning */
} pz_cycle_list_query;

#define PZ_CYCLE_LIST_QUERY_INIT {sizeof(pz_cycle_list_query), 0, 0, 0, NULL, PZ_NUL_TERMINATED, PZ_LIST_NEWEST, 0, 0}

/** Cycles that cover a class in reach. ::PZ_E_TEXT and ::PZ_E_TOO_LONG of the text. @param query NULL for all. Since: 0.1 */
PZ_API pz_status pz_cycle_list(pz_actor *actor, const pz_cycle_list_query *query, pz_cycle ***out_rows, size_t *out_count);
/** A time that a closed cycle was opened again. */
typedef struct pz_cycle_reopening {
    uint32_t struct_size;
    pz_id cycle;
    int64_t change;        /**< that opened it again */
    int64_t closed_change; /**< the closing before */
    const char *reason;
    size_t reason_len;
    pz_id acted_by;     /**< 0 for a service, or a person who was erased */
    int32_t acted_role; /**< a ::pz_role */
    pz_time acted_at;
} pz_cycle_reopening;

/** When and why a cycle was opened again, oldest first. Since: 0.1 */
PZ_API pz_status pz_cycle_reopening_list(pz_actor *actor, pz_id cycle, pz_cycle_reopening ***out_rows, size_t *out_count);
/** An item that would help to decide. */
typedef struct pz_settling_item {
    uint32_t struct_size;
    pz_id learner;
    pz_id competency;
    int32_t needed;   /**< answers of full weight after which a decision can be had at the earliest, all right or all wrong, by the rule that holds */
    int32_t position; /**< from 1 */
    pz_id item;       /**< 0: there is no further item that the learner has not answered */
    double weight;    /**< with which it bears on the competency; NaN without an item */
} pz_settling_item;

/**
 * Who has not enough evidence yet, and the shortest set of items that can settle it: for each learner and competency of a closed cycle that was left undecided, items that the learner has not answered,
 * those that bear most on the competency first, until their weights can bring a decision. By learner, competency and position; where the items do not reach, the last row has no item.
 * A rule that no further answers can bring to a decision gives no rows. Answers that came since the closing count. For those who see items: teachers, counselors, leaders and services.
 * @param learner 0 all in reach @param competency 0 any
 * Since: 0.1
 */
PZ_API pz_status pz_cycle_unsettled_list(pz_actor *actor, pz_id cycle, pz_id learner, pz_id competency, pz_settling_item ***out_rows,
                                         size_t *out_count);
/** By what an effect is measured. */
typedef enum pz_effect_measure {
    PZ_EFFECT_NEED_MET = 1, /**< share who have mastered the competency by now, of those who needed it at the cycle before */
    PZ_EFFECT_GROWTH = 2    /**< mean growth in the competency since the cycle before */
} pz_effect_measure;

/** What a group achieved in the competency that it worked on, against the others of its class. See pz_effect of personalize/effect.h for the figures. */
typedef struct pz_group_effect {
    uint32_t struct_size;
    pz_id recommendation;
    int32_t group_no;
    pz_id class_id;
    pz_id competency; /**< what the group worked on */
    int32_t measure;  /**< a ::pz_effect_measure */
    int64_t learners; /**< of the group, of whom the measure is known */
    int64_t others;   /**< of the class: in no group that worked on it */
    double value;     /**< of the group; NaN where nobody is known of, as all below */
    double others_value;
    double difference;
    double standard_error;
    double lower; /**< 95 % interval of the difference: shares by Newcombe, means by Welch; NaN with fewer than two learners on a side */
    double upper;
} pz_group_effect;

/**
 * What the groups achieved that were accepted for this cycle: those recommended from the results of the cycle before it, and those recommended without a cycle and accepted since. Two rows a group,
 * by recommendation and number; groups without a competency have none. For teachers, counselors, leaders and services.
 *
 * Learners are not assigned to groups by lot: a group is formed because its members need something, and others of the class who need it may differ from them. So this is a comparison and
 * no proof of a cause; intervals are wide for small groups, and among twenty of them one misses by chance.
 * Since: 0.1
 */
PZ_API pz_status pz_cycle_effect_list(pz_actor *actor, pz_id cycle, pz_group_effect ***out_rows, size_t *out_count);
/** Results of a cycle's last closing, by learner and competency. Since: 0.1 */
PZ_API pz_status pz_cycle_result_list(pz_actor *actor, const pz_cycle_query *query, pz_cycle_result ***out_rows, size_t *out_count);

#ifdef __cplusplus
}
#endif
#endif
