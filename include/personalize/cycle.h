/**
 * @file personalize/cycle.h
 * Assessment cycles. A cycle opens, collects evidence, closes and hands over to the next: at closing it keeps a snapshot of mastery for every learner
 * and competency with its growth since the cycle before, who needs what, and the next steps that respect prerequisites.
 *
 *     planned -> open -> collecting -> closed -> handed over
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
    PZ_CYCLE_OPEN = 1,       /**< announced; assessments are being tied to it */
    PZ_CYCLE_COLLECTING = 2, /**< evidence comes in */
    PZ_CYCLE_CLOSED = 3,     /**< results are kept and do not change any more */
    PZ_CYCLE_HANDED_OVER = 4 /**< its needs and next steps were taken into the next cycle */
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
/** Ties an assessment to the cycle while it is open or collecting. Since: 0.1 */
PZ_API pz_status pz_cycle_add_assessment(pz_actor *actor, pz_id cycle, pz_id assessment, const char *key);
/** Begins to collect. Since: 0.1 */
PZ_API pz_status pz_cycle_collect(pz_actor *actor, pz_id cycle, const char *key);
/**
 * Closes the cycle: computes mastery from all evidence up to its last day, and keeps it for each learner enrolled today in the classes
 * it covers and each competency, with growth, needs and next steps. The competencies are those in which any of these learners has evidence; with a
 * framework those of it, and all of it that has no child; in both cases also all that precedes them.
 * @param progress NULL, or called as it goes; can cancel
 * @return as above, and ::PZ_E_CANCELLED. Since: 0.1
 */
PZ_API pz_status pz_cycle_close(pz_actor *actor, pz_id cycle, const char *key, pz_progress_fn progress, void *user_data);
/** Hands over: opens the next cycle with this one as its previous. @param next as for pz_cycle_open(); class, org and framework are taken from `cycle` where they are 0. Since: 0.1 */
PZ_API pz_status pz_cycle_hand_over(pz_actor *actor, pz_id cycle, const pz_cycle *next, const char *key, pz_id *out_next);

/* Reading. Each returns PZ_OK; PZ_E_CLOSED; PZ_E_STRUCT_SIZE; PZ_E_INVALID; PZ_E_NOT_FOUND; PZ_E_DENIED; PZ_E_STATE (not closed yet); PZ_E_IO;
 * PZ_E_NOMEM. Memory: one block, release with pz_free(). */

/** One cycle. Since: 0.1 */
PZ_API pz_status pz_cycle_get(pz_actor *actor, pz_id cycle, pz_cycle **out_cycle);
/** Cycles that cover a class in reach, newest first. @param class_id 0 any @param state 0 any. Since: 0.1 */
PZ_API pz_status pz_cycle_list(pz_actor *actor, pz_id class_id, int32_t state, pz_cycle ***out_rows, size_t *out_count);
/** Results of a closed cycle, by learner and competency. Since: 0.1 */
PZ_API pz_status pz_cycle_result_list(pz_actor *actor, const pz_cycle_query *query, pz_cycle_result ***out_rows, size_t *out_count);

#ifdef __cplusplus
}
#endif
#endif
