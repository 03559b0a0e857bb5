/**
 * @file personalize/evidence.h
 * What learners showed: assessments, items with their options, evidence in batches, and the mastery that follows from it.
 *
 * One row of evidence says: this learner, on this competency, at this time, reached this share of what could be reached. An answer
 * that bears on several competencies is a row for each, with its weight. Evidence is only ever appended; corrections and
 * withdrawals are rows of their own, so that the past can be asked as it was known then.
 *
 * Mastery is a function of the evidence in the order of (at, sequence), by the rule that holds for the learner's class and the
 * competency. Rules and their models are those of personalize/mastery.h.
 */
#ifndef PERSONALIZE_EVIDENCE_H
#define PERSONALIZE_EVIDENCE_H

#include "personalize/access.h"
#include "personalize/mastery.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ------------------------------------------------------------------------------------------- assessments --- */

typedef enum pz_assessment_kind {
    PZ_ASSESSMENT_DIAGNOSTIC = 1,
    PZ_ASSESSMENT_FORMATIVE = 2,
    PZ_ASSESSMENT_INTERIM = 3,
    PZ_ASSESSMENT_SUMMATIVE = 4,
    PZ_ASSESSMENT_CLASSWORK = 5,   /**< assignments of an LMS, OneRoster line items */
    PZ_ASSESSMENT_STANDARDIZED = 6
} pz_assessment_kind;

/** An assessment (OneRoster: line item). */
typedef struct pz_assessment {
    uint32_t struct_size;
    pz_id id;
    pz_id class_id;       /**< 0: not of one class */
    pz_id org;            /**< 0: not of one org */
    pz_id cycle;          /**< 0: none */
    int32_t kind;         /**< a ::pz_assessment_kind */
    const char *title;
    size_t title_len;
    const char *category; /**< OneRoster category, or NULL */
    size_t category_len;
    pz_date held_on;      /**< OneRoster assignDate */
    pz_date due_on;
    double score_min;     /**< NaN: not said */
    double score_max;
    int32_t ended;
} pz_assessment;

#define PZ_ASSESSMENT_INIT                                                                                                     \
    {sizeof(pz_assessment), 0, 0, 0, 0, PZ_ASSESSMENT_CLASSWORK, NULL, PZ_NUL_TERMINATED, NULL, PZ_NUL_TERMINATED, PZ_DATE_NONE, \
     PZ_DATE_NONE, PZ_REAL_NONE, PZ_REAL_NONE, 0}

/** An item: one question or task. */
typedef struct pz_item {
    uint32_t struct_size;
    pz_id id;
    const char *code;  /**< the name that answers call it by */
    size_t code_len;
    const char *stem;  /**< the question in short, or NULL */
    size_t stem_len;
    int32_t ended;
} pz_item;

#define PZ_ITEM_INIT {sizeof(pz_item), 0, NULL, PZ_NUL_TERMINATED, NULL, PZ_NUL_TERMINATED, 0}

/** An option of an item. */
typedef struct pz_item_option {
    uint32_t struct_size;
    pz_id item;
    int32_t option;       /**< number of the option, from 1 */
    const char *label;    /**< such as "A" */
    size_t label_len;
    int32_t is_correct;   /**< 1, 0, or -1 where it is not known */
    pz_id misconception;  /**< what a learner who chooses it may believe; 0 none */
} pz_item_option;

#define PZ_ITEM_OPTION_INIT {sizeof(pz_item_option), 0, 0, NULL, PZ_NUL_TERMINATED, -1, 0}

/** A conceptual misunderstanding that wrong answers point to. */
typedef struct pz_misconception {
    uint32_t struct_size;
    pz_id id;
    pz_id competency;      /**< which it stands in the way of; 0 none */
    const char *code;
    size_t code_len;
    const char *statement; /**< what is believed, such as "A longer decimal is a larger number" */
    size_t statement_len;
} pz_misconception;

#define PZ_MISCONCEPTION_INIT {sizeof(pz_misconception), 0, 0, NULL, PZ_NUL_TERMINATED, NULL, PZ_NUL_TERMINATED}

/** A competency that an item or an assessment bears on. */
typedef struct pz_bearing {
    uint32_t struct_size;
    pz_id of;          /**< the item or assessment */
    pz_id competency;
    double weight;     /**< above 0, up to 1. Default 1. */
} pz_bearing;

#define PZ_BEARING_INIT {sizeof(pz_bearing), 0, 0, 1.0}

/* Writing: a service with PZ_SCOPE_IMPORT, or a teacher for assessments of its own class and items. id 0 adds, otherwise revises.
 * Each returns PZ_OK; PZ_E_CLOSED; PZ_E_READ_ONLY; PZ_E_STRUCT_SIZE; PZ_E_INVALID; PZ_E_TEXT; PZ_E_TOO_LONG; PZ_E_NOT_FOUND; PZ_E_DENIED;
 * PZ_E_EXISTS; PZ_E_KEY_REUSED; PZ_E_BUSY; PZ_E_NO_SPACE; PZ_E_IO; PZ_E_NOMEM. */

/** Adds or revises an assessment. Since: 0.1 */
PZ_API pz_status pz_assessment_save(pz_actor *actor, const pz_assessment *assessment, const char *source, const char *outside_id,
                                    const char *key, pz_id *out_id);
/** Adds or revises an item. Since: 0.1 */
PZ_API pz_status pz_item_save(pz_actor *actor, const pz_item *item, const char *source, const char *outside_id, const char *key,
                              pz_id *out_id);
/** Sets all options of an item. @param options `rows` pointers with numbers 1 to `rows` in order. Since: 0.1 */
PZ_API pz_status pz_item_options_set(pz_actor *actor, pz_id item, const pz_item_option *const *options, size_t rows, const char *key);
/** Adds or revises a misconception; `code` is unique. Since: 0.1 */
PZ_API pz_status pz_misconception_save(pz_actor *actor, const pz_misconception *misconception, const char *key, pz_id *out_id);
/** Sets the competencies that an item (::PZ_KIND_ITEM) or assessment (::PZ_KIND_ASSESSMENT) bears on. Since: 0.1 */
PZ_API pz_status pz_bearings_set(pz_actor *actor, pz_kind kind, pz_id of, const pz_bearing *const *bearings, size_t rows, const char *key);

/** Which assessments pz_assessment_list() gives. */
typedef struct pz_assessment_query {
    uint32_t struct_size;
    pz_id class_id;   /**< of this class; 0 any in reach */
    pz_id cycle;      /**< of this cycle; 0 any */
    int32_t kind;     /**< a ::pz_assessment_kind; 0 any */
    const char *text; /**< words to find, all of them, in title and category, in any script and whatever their case; NULL any */
    size_t text_len;
    int32_t order;    /**< a ::pz_list_order. Default ::PZ_LIST_OLDEST. */
    int32_t limit;    /**< most rows, 1 to 10,000; 0: all */
    pz_id after;      /**< the last one of the page before: only those that follow it in the order; 0: from the beginning */
} pz_assessment_query;

#define PZ_ASSESSMENT_QUERY_INIT {sizeof(pz_assessment_query), 0, 0, 0, NULL, PZ_NUL_TERMINATED, PZ_LIST_OLDEST, 0, 0}

/** Which items pz_item_list() gives. */
typedef struct pz_item_query {
    uint32_t struct_size;
    pz_id competency; /**< that bear on it; 0 all */
    const char *text; /**< words to find, all of them, in code and stem, in any script and whatever their case; NULL any */
    size_t text_len;
    int32_t order;    /**< a ::pz_list_order. Default ::PZ_LIST_OLDEST. */
    int32_t limit;    /**< most rows, 1 to 10,000; 0: all */
    pz_id after;      /**< the last one of the page before: only those that follow it in the order; 0: from the beginning */
} pz_item_query;

#define PZ_ITEM_QUERY_INIT {sizeof(pz_item_query), 0, NULL, PZ_NUL_TERMINATED, PZ_LIST_OLDEST, 0, 0}

/** Which misconceptions pz_misconception_list() gives. */
typedef struct pz_misconception_query {
    uint32_t struct_size;
    pz_id competency; /**< that stand in its way; 0 all */
    const char *text; /**< words to find, all of them, in code and statement, in any script and whatever their case; NULL any */
    size_t text_len;
    int32_t order;    /**< a ::pz_list_order. Default ::PZ_LIST_OLDEST. */
    int32_t limit;    /**< most rows, 1 to 10,000; 0: all */
    pz_id after;      /**< the last one of the page before: only those that follow it in the order; 0: from the beginning */
} pz_misconception_query;

#define PZ_MISCONCEPTION_QUERY_INIT {sizeof(pz_misconception_query), 0, NULL, PZ_NUL_TERMINATED, PZ_LIST_OLDEST, 0, 0}

/* Lists return PZ_OK; PZ_E_CLOSED; PZ_E_INVALID; PZ_E_NOT_FOUND; PZ_E_DENIED; PZ_E_IO; PZ_E_NOMEM; those with a query also PZ_E_STRUCT_SIZE, and PZ_E_TEXT
 * and PZ_E_TOO_LONG of its text. Memory: one block, release with pz_free(). */

/** Assessments in reach. @param query NULL for all. Since: 0.1 */
PZ_API pz_status pz_assessment_list(pz_actor *actor, const pz_assessment_query *query, pz_assessment ***out_rows, size_t *out_count);
/** Items. @param query NULL for all. Since: 0.1 */
PZ_API pz_status pz_item_list(pz_actor *actor, const pz_item_query *query, pz_item ***out_rows, size_t *out_count);
/** Options of an item, by number. Since: 0.1 */
PZ_API pz_status pz_item_option_list(pz_actor *actor, pz_id item, pz_item_option ***out_rows, size_t *out_count);
/** Misconceptions. @param query NULL for all. Since: 0.1 */
PZ_API pz_status pz_misconception_list(pz_actor *actor, const pz_misconception_query *query, pz_misconception ***out_rows,
                                       size_t *out_count);
/** Competencies that an item or an assessment bears on. Since: 0.1 */
PZ_API pz_status pz_bearing_list(pz_actor *actor, pz_kind kind, pz_id of, pz_bearing ***out_rows, size_t *out_count);

/* ---------------------------------------------------------------------------------------------- evidence --- */

typedef enum pz_evidence_kind {
    PZ_EVIDENCE_RESPONSE = 1,      /**< an answer to an item */
    PZ_EVIDENCE_RESULT = 2,        /**< a result of a whole assessment */
    PZ_EVIDENCE_OBSERVATION = 3,   /**< what a teacher saw */
    PZ_EVIDENCE_DEMONSTRATION = 4, /**< what a learner showed */
    PZ_EVIDENCE_SELF = 5,          /**< what a learner thinks of itself: kept and read as evidence, but no part of mastery */
    PZ_EVIDENCE_PEER = 6           /**< what a classmate thinks: the same */
} pz_evidence_kind;

/**
 * A batch of evidence as columns of equal length. Columns that may be NULL hold their default in every row.
 * In lists that come out, every column is there but `prediction`.
 */
typedef struct pz_evidence {
    uint32_t struct_size;
    size_t rows;
    const pz_id *learner;
    const pz_id *competency;
    const double *score;       /**< share of what could be reached, 0 to 1 */
    const pz_time *at;         /**< when it was shown; NULL: now */
    const double *weight;      /**< above 0, up to 1; NULL: 1 */
    const int32_t *kind;       /**< ::pz_evidence_kind; NULL: ::PZ_EVIDENCE_RESPONSE */
    const pz_id *assessment;   /**< 0 or NULL: none */
    const pz_id *item;         /**< 0 or NULL: none */
    const int32_t *option;     /**< number of the chosen option; 0 or NULL: none */
    const int64_t *sequence;   /**< out: arrival order in the store; not read */
    const int64_t *change;     /**< out: the change that brought it; not read */
    const double *prediction;  /**< out of pz_evidence_add_predicted() alone, otherwise NULL: the score that was to be expected before the answer was known; not read */
} pz_evidence;

#define PZ_EVIDENCE_INIT {sizeof(pz_evidence), 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL}

/** What a batch did. */
typedef struct pz_evidence_summary {
    uint32_t struct_size;
    int64_t rows;           /**< rows written */
    int64_t learners;       /**< learners concerned */
    int64_t states;         /**< mastery states computed anew */
    int64_t first_sequence; /**< of the batch; the rows follow in the order given */
    int64_t change;
} pz_evidence_summary;

/**
 * Appends a batch, all of it or nothing, and brings mastery up to date. By a service with ::PZ_SCOPE_IMPORT, or a teacher, for learners
 * in reach.
 *
 * Times are taken as given, in the future too: a row counts in mastery from the moment that it is stored, and in a cycle by its day, so that a time after the last day of a cycle
 * does not count there. Evidence of a learner who left a class is taken from a service; for the teachers of that class the learner is out of reach.
 * @param evidence up to 10,000,000 rows in any order
 * @return ::PZ_OK; ::PZ_E_CLOSED; ::PZ_E_READ_ONLY; ::PZ_E_STRUCT_SIZE; ::PZ_E_INVALID (a score, weight, time or kind out of range: the message names the
 *   row, from 0); ::PZ_E_NOT_FOUND (a learner, competency, assessment or item: the row is named); ::PZ_E_DENIED; ::PZ_E_LIMIT; ::PZ_E_KEY_REUSED; ::PZ_E_BUSY;
 *   ::PZ_E_NO_SPACE; ::PZ_E_IO; ::PZ_E_NOMEM
 * Memory: *out_summary is one block, release with pz_free(); out_summary may be NULL. Since: 0.1
 */
PZ_API pz_status pz_evidence_add(pz_actor *actor, const pz_evidence *evidence, const char *key, pz_evidence_summary **out_summary);

/**
 * The same, and says what was to be expected of each answer before it was known: how good the model is on this school's own answers, see pz_accuracy_of().
 *
 * The prediction of a row follows, by the rule that holds for it, from the answers that come before it in the order of (time, sequence), those of the batch included.
 * bkt: the probability of a right answer, knowing * (1 - slip) + not knowing * guess. The other rules: the mean of the distribution of the true score, (0.5 + n * value) /
 * (1 + n) with n the effective number of answers, 0.5 before the first one. A repeat with the same key predicts from what was known in that change; rows of learners who were erased
 * since then have NaN.
 * @param out_stored the batch in the order given, every column there, `prediction` too
 * @return as pz_evidence_add(). Memory: *out_stored is one block, release with pz_free(). Since: 0.1
 */
PZ_API pz_status pz_evidence_add_predicted(pz_actor *actor, const pz_evidence *evidence, const char *key, pz_evidence **out_stored);

/**
 * Corrects one row. @param score NaN: withdraws the row @param reason needed
 * @return ::PZ_OK; ::PZ_E_NOT_FOUND; otherwise as pz_evidence_add(). Since: 0.1
 */
PZ_API pz_status pz_evidence_correct(pz_actor *actor, pz_id learner, pz_id competency, int64_t sequence, double score, const char *reason,
                                     size_t reason_len, const char *key);

/** In which order evidence is read. */
typedef enum pz_evidence_order {
    PZ_EVIDENCE_ORDER_LEARNER = 1, /**< by learner, competency, time and sequence: as mastery counts it */
    PZ_EVIDENCE_ORDER_ARRIVED = 2  /**< by sequence */
} pz_evidence_order;

/** Which evidence pz_evidence_read() gives. */
typedef struct pz_evidence_query {
    uint32_t struct_size;
    pz_id learner;      /**< 0: all in reach */
    pz_id class_id;     /**< learners of this class; 0 any */
    pz_id competency;   /**< 0 any */
    pz_id assessment;   /**< 0 any */
    pz_time from;       /**< shown at or after; PZ_TIME_NONE: from the first */
    pz_time until;      /**< shown before; PZ_TIME_NONE: to the last */
    int32_t kind;       /**< a ::pz_evidence_kind; 0 any */
    int32_t order;      /**< a ::pz_evidence_order. Default ::PZ_EVIDENCE_ORDER_LEARNER. */
    int32_t limit;      /**< most rows, 1 to 1,000,000; 0: all */
    int64_t after;      /**< sequence of the last row of the page before; 0: from the beginning */
} pz_evidence_query;

#define PZ_EVIDENCE_QUERY_INIT {sizeof(pz_evidence_query), 0, 0, 0, 0, PZ_TIME_NONE, PZ_TIME_NONE, 0, PZ_EVIDENCE_ORDER_LEARNER, 0, 0}

/**
 * Evidence in reach, corrected, in the order that is asked for. A page goes on after a row also where it was withdrawn meanwhile; by arrival what comes
 * in between two pages comes on a later one.
 * @return ::PZ_OK; ::PZ_E_CLOSED; ::PZ_E_STRUCT_SIZE; ::PZ_E_INVALID; ::PZ_E_NOT_FOUND (also `after`, where the order is by learner and the query does not reach it); ::PZ_E_DENIED; ::PZ_E_IO; ::PZ_E_NOMEM
 * Memory: one block with all columns, release with pz_free(). Since: 0.1
 */
PZ_API pz_status pz_evidence_read(pz_actor *actor, const pz_evidence_query *query, pz_evidence **out_evidence);

/* ----------------------------------------------------------------------------------------------- mastery --- */

/** A rule in force: which model turns evidence into mastery, for whom. A changed rule is a new one with a new id. */
typedef struct pz_mastery_rule {
    uint32_t struct_size;
    pz_id id;
    pz_id scope;          /**< a class, an org with all below it, or 0 for the whole store */
    pz_id competency;     /**< 0: all */
    const char *model;    /**< name of the model, such as "bkt" */
    size_t model_len;
    const char *settings; /**< the model's settings with all defaults filled in, JSON, as personalize/mastery.h documents them */
    size_t settings_len;
    int64_t since_change;
    int32_t is_current;
} pz_mastery_rule;

/**
 * Sets the rule of a scope; every state it governs is computed anew. The nearest rule holds: the class before the org, an org before the
 * one above it, and in each the competency's own before the one for all; of two classes, or two orgs on one level, the one with the smaller id.
 * A learner who comes into a class comes under its rule. Without any rule the default of personalize/mastery.h holds.
 * By a leader for its org, a service with ::PZ_SCOPE_RECOMMEND.
 * @param settings JSON of the model's settings; members left out have their defaults
 * @param out_rule id of the rule with its parameters, kept with every result
 * @return ::PZ_OK; ::PZ_E_CLOSED; ::PZ_E_READ_ONLY; ::PZ_E_INVALID (unknown model, parameter out of range: named); ::PZ_E_FORMAT (not JSON); ::PZ_E_NOT_FOUND;
 *   ::PZ_E_DENIED; ::PZ_E_KEY_REUSED; ::PZ_E_BUSY; ::PZ_E_NO_SPACE; ::PZ_E_IO; ::PZ_E_NOMEM. Since: 0.1
 */
PZ_API pz_status pz_mastery_rule_set(pz_actor *actor, pz_id scope, pz_id competency, const char *settings, size_t settings_len,
                                     const char *key, pz_id *out_rule);

/** Rules in force, or with `with_history` all there ever were, by id. The built-in default has id 0. @return ::PZ_OK; ::PZ_E_CLOSED; ::PZ_E_IO; ::PZ_E_NOMEM. Memory: pz_free(). Since: 0.1 */
PZ_API pz_status pz_mastery_rule_list(pz_actor *actor, int32_t with_history, pz_mastery_rule ***out_rows, size_t *out_count);

/** Mastery of one learner in one competency. */
typedef struct pz_learner_mastery {
    uint32_t struct_size;
    pz_id learner;
    pz_id competency;
    double estimate;        /**< 0 to 1; NaN without evidence */
    double standard_error;  /**< NaN where the model gives none yet */
    int32_t decision;       /**< a ::pz_mastery_decision */
    int32_t evidence_count; /**< rows that count, corrected, without withdrawn ones and what learners think of themselves and one another */
    pz_time last_at;        /**< of the last evidence; PZ_TIME_NONE */
    pz_id rule;             /**< the rule that gave it, see pz_mastery_rule_list(); 0: none is set, the default holds */
    const char *model;      /**< name of the model */
} pz_learner_mastery;

/** Which states pz_learner_mastery_list() gives. */
typedef struct pz_mastery_query {
    uint32_t struct_size;
    pz_id learner;     /**< 0: all in reach */
    pz_id class_id;    /**< learners of this class; 0 any */
    pz_id competency;  /**< 0 any */
    pz_id framework;   /**< 0 any */
    int32_t decision;  /**< a ::pz_mastery_decision; 0 any */
} pz_mastery_query;

#define PZ_MASTERY_QUERY_INIT {sizeof(pz_mastery_query), 0, 0, 0, 0, 0}

/**
 * Mastery in reach, by learner and competency; only where there is evidence. A view of the past computes from the evidence and the rules of then.
 * @return ::PZ_OK; ::PZ_E_CLOSED; ::PZ_E_STRUCT_SIZE; ::PZ_E_INVALID; ::PZ_E_NOT_FOUND; ::PZ_E_DENIED; ::PZ_E_IO; ::PZ_E_NOMEM
 * Memory: one block, release with pz_free(). Since: 0.1
 */
PZ_API pz_status pz_learner_mastery_list(pz_actor *actor, const pz_mastery_query *query, pz_learner_mastery ***out_rows, size_t *out_count);

/**
 * Why: the evidence trail of one learner and competency, what each answer did to the estimate, the rule with its parameters, and the decision
 * in plain words (docs/schema/mastery-explanation.json).
 * @param language "en" or "es"; NULL for "en"
 * @return ::PZ_OK; ::PZ_E_CLOSED; ::PZ_E_INVALID; ::PZ_E_NOT_FOUND; ::PZ_E_DENIED; ::PZ_E_IO; ::PZ_E_NOMEM. Memory: pz_free(). Since: 0.1
 */
PZ_API pz_status pz_learner_mastery_explain(pz_actor *actor, pz_id learner, pz_id competency, const char *language, char **out_json);

#ifdef __cplusplus
}
#endif
#endif
