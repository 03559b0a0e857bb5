/**
 * @file personalize/goal.h
 * Goals that learners choose, achieve and demonstrate. A learner proposes a goal (or an adult proposes it with the learner), named people
 * in named roles support it, it is revised, and achieved with evidence. Every change of state is on record: who, in which role, when.
 *
 *     proposed -> active -> achieved
 *        |          |
 *        +----------+--> dropped
 *
 * A goal becomes active when its learner has agreed to it and one adult supports it.
 */
#ifndef PERSONALIZE_GOAL_H
#define PERSONALIZE_GOAL_H

#include "personalize/access.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum pz_goal_state {
    PZ_GOAL_PROPOSED = 1, /**< waits for the learner's agreement or for a supporter */
    PZ_GOAL_ACTIVE = 2,
    PZ_GOAL_ACHIEVED = 3,
    PZ_GOAL_DROPPED = 4
} pz_goal_state;

typedef enum pz_goal_area { PZ_GOAL_ACADEMIC = 1, PZ_GOAL_PERSONAL = 2, PZ_GOAL_CAREER = 3 } pz_goal_area;

/** How it is known that the goal was reached. */
typedef enum pz_goal_measure {
    PZ_MEASURE_DEMONSTRATION = 1, /**< the learner shows it; a supporter agrees */
    PZ_MEASURE_MASTERY = 2,       /**< `competency` is decided as mastered */
    PZ_MEASURE_ESTIMATE = 3       /**< the estimate of `competency` is at least `target`, 0 to 1 */
} pz_goal_measure;

typedef enum pz_support_state {
    PZ_SUPPORT_ASKED = 1,    /**< named, has not answered */
    PZ_SUPPORT_GIVEN = 2,
    PZ_SUPPORT_DECLINED = 3,
    PZ_SUPPORT_ENDED = 4
} pz_support_state;

/** A goal, in one version. */
typedef struct pz_goal {
    uint32_t struct_size;
    pz_id id;
    pz_id learner;
    int64_t version;       /**< number of the change that wrote it; give it back with a revision */
    int32_t state;         /**< out: a ::pz_goal_state */
    int32_t area;          /**< a ::pz_goal_area. Default ::PZ_GOAL_ACADEMIC. */
    const char *statement; /**< in the learner's own words, needed, up to ::PZ_LIMIT_TEXT bytes */
    size_t statement_len;
    const char *reason;    /**< why it matters to the learner, or NULL */
    size_t reason_len;
    int32_t measure;       /**< a ::pz_goal_measure. Default ::PZ_MEASURE_DEMONSTRATION. */
    pz_id competency;      /**< needed for two of the measures */
    double target;         /**< for ::PZ_MEASURE_ESTIMATE; NaN otherwise */
    pz_date due_on;        /**< PZ_DATE_NONE: no day */
    pz_id proposed_by;     /**< out; 0 for an erased person */
    int32_t proposed_role; /**< out: a ::pz_role */
    const char *reflection;/**< what the learner says on achieving or dropping it, or NULL */
    size_t reflection_len;
    int32_t learner_agreed;/**< out: 1 once the learner proposed or agreed to it */
    pz_id acted_by;        /**< out: who made this version */
    int32_t acted_role;    /**< out */
    pz_time acted_at;      /**< out */
    int32_t is_current;    /**< out: 0 for earlier versions */
} pz_goal;

#define PZ_GOAL_INIT                                                                                                       \
    {sizeof(pz_goal), 0, 0, 0, 0, PZ_GOAL_ACADEMIC, NULL, PZ_NUL_TERMINATED, NULL, PZ_NUL_TERMINATED,                      \
     PZ_MEASURE_DEMONSTRATION, 0, PZ_REAL_NONE, PZ_DATE_NONE, 0, 0, NULL, PZ_NUL_TERMINATED, 0, 0, 0, PZ_TIME_NONE, 1}

/** A person's support of a goal. */
typedef struct pz_goal_supporter {
    uint32_t struct_size;
    pz_id goal;
    pz_id person;
    int32_t role;     /**< the ::pz_role in which the person supports it */
    int32_t state;    /**< a ::pz_support_state */
    const char *note; /**< or NULL */
    size_t note_len;
    int64_t since_change;
} pz_goal_supporter;

/** What shows that a goal was achieved. */
typedef struct pz_goal_evidence {
    uint32_t struct_size;
    pz_id goal;
    pz_id competency;        /**< with `sequence`: an answer or result in the store; 0 none */
    int64_t sequence;        /**< of the evidence, see pz_evidence_read(); 0: all evidence of the competency */
    pz_time at;              /**< PZ_TIME_NONE when adding: now */
    const char *description; /**< such as "Explained it to the class", or NULL */
    size_t description_len;
    const char *link;        /**< where a product can be seen, or NULL */
    size_t link_len;
} pz_goal_evidence;

#define PZ_GOAL_EVIDENCE_INIT \
    {sizeof(pz_goal_evidence), 0, 0, 0, PZ_TIME_NONE, NULL, PZ_NUL_TERMINATED, NULL, PZ_NUL_TERMINATED}

/** In which order goals are listed. Goals that are equal in it follow by learner and id. */
typedef enum pz_goal_order {
    PZ_GOAL_ORDER_LEARNER = 1, /**< by learner and id */
    PZ_GOAL_ORDER_DUE = 2,     /**< by the day they are due, those without one last */
    PZ_GOAL_ORDER_ACTED = 3    /**< newest step first */
} pz_goal_order;

/** Which goals pz_goal_list() gives. */
typedef struct pz_goal_query {
    uint32_t struct_size;
    pz_id learner;    /**< 0 any in reach */
    pz_id class_id;   /**< 0 any */
    pz_id supporter;  /**< goals that this person supports or is asked to; 0 any */
    int32_t state;    /**< a ::pz_goal_state; 0 any */
    pz_date due_until;/**< PZ_DATE_NONE any */
    const char *text; /**< words to find, all of them, in statement, reason and reflection, in any script and whatever their case; NULL any */
    size_t text_len;
    int32_t order;    /**< a ::pz_goal_order. Default ::PZ_GOAL_ORDER_LEARNER. */
    int32_t limit;    /**< most goals, 1 to 10,000; 0: all */
    pz_id after;      /**< the last goal of the page before: what comes after it, as it stands now, in the order; 0: from the beginning */
} pz_goal_query;

#define PZ_GOAL_QUERY_INIT {sizeof(pz_goal_query), 0, 0, 0, 0, PZ_DATE_NONE, NULL, PZ_NUL_TERMINATED, PZ_GOAL_ORDER_LEARNER, 0, 0}

/* Writing. Each returns PZ_OK; PZ_E_CLOSED; PZ_E_READ_ONLY; PZ_E_STRUCT_SIZE; PZ_E_INVALID; PZ_E_TEXT; PZ_E_TOO_LONG; PZ_E_NOT_FOUND;
 * PZ_E_DENIED (the role may not take this step); PZ_E_STATE; PZ_E_CONFLICT (another version is current); PZ_E_KEY_REUSED; PZ_E_BUSY;
 * PZ_E_NO_SPACE; PZ_E_IO; PZ_E_NOMEM. */

/** Proposes a goal. By its learner, a guardian, a teacher, a counselor or a leader in reach; by adults it waits for the learner's agreement. Since: 0.1 */
PZ_API pz_status pz_goal_propose(pz_actor *actor, const pz_goal *goal, const char *key, pz_id *out_id);
/** The learner agrees to a goal that an adult proposed. Since: 0.1 */
PZ_API pz_status pz_goal_agree(pz_actor *actor, pz_id goal, const char *key);
/** Asks an adult who reaches the learner to support the goal, in one of the roles that the person holds. Since: 0.1 */
PZ_API pz_status pz_goal_ask(pz_actor *actor, pz_id goal, pz_id person, pz_role role, const char *key);
/** The actor supports the goal in its own role, asked or not. @param note NULL for none. Since: 0.1 */
PZ_API pz_status pz_goal_support(pz_actor *actor, pz_id goal, const char *note, size_t note_len, const char *key);
/** The actor declines to support it, or ends its support. Since: 0.1 */
PZ_API pz_status pz_goal_decline(pz_actor *actor, pz_id goal, const char *note, size_t note_len, const char *key);
/** Revises statement, reason, area, measure, competency, target or day. By the learner, or a supporter (then the learner agrees anew). `goal.id` and `goal.version` name what is revised. Since: 0.1 */
PZ_API pz_status pz_goal_revise(pz_actor *actor, const pz_goal *goal, const char *key, int64_t *out_version);
/**
 * Marks the goal as achieved. By the learner where a mastery measure is met in the store; otherwise a supporter signs.
 * @param evidence `rows` pointers, at least one unless the measure is mastery or estimate @param reflection of the learner, or NULL
 * @return as above; ::PZ_E_STATE also where the measure is not met: the message says what is missing. Since: 0.1
 */
PZ_API pz_status pz_goal_achieve(pz_actor *actor, pz_id goal, const pz_goal_evidence *const *evidence, size_t rows, const char *reflection,
                                 size_t reflection_len, const char *key);
/** The learner drops the goal. Since: 0.1 */
PZ_API pz_status pz_goal_drop(pz_actor *actor, pz_id goal, const char *reflection, size_t reflection_len, const char *key);

/* Reading. Each returns PZ_OK; PZ_E_CLOSED; PZ_E_STRUCT_SIZE; PZ_E_INVALID; PZ_E_NOT_FOUND; PZ_E_DENIED; PZ_E_IO; PZ_E_NOMEM. Memory: one block,
 * release with pz_free(). */

/** One goal, its current version. Since: 0.1 */
PZ_API pz_status pz_goal_get(pz_actor *actor, pz_id goal, pz_goal **out_goal);
/** Goals in reach, in the order that is asked for. ::PZ_E_TEXT and ::PZ_E_TOO_LONG of the text; ::PZ_E_NOT_FOUND also for an `after` out of reach. @param query NULL for all. Since: 0.1 */
PZ_API pz_status pz_goal_list(pz_actor *actor, const pz_goal_query *query, pz_goal ***out_rows, size_t *out_count);
/** Every version of a goal, oldest first. Since: 0.1 */
PZ_API pz_status pz_goal_history(pz_actor *actor, pz_id goal, pz_goal ***out_rows, size_t *out_count);
/** Who was asked, supports, declined. Since: 0.1 */
PZ_API pz_status pz_goal_supporter_list(pz_actor *actor, pz_id goal, pz_goal_supporter ***out_rows, size_t *out_count);
/** What shows it. Since: 0.1 */
PZ_API pz_status pz_goal_evidence_list(pz_actor *actor, pz_id goal, pz_goal_evidence ***out_rows, size_t *out_count);

#ifdef __cplusplus
}
#endif
#endif
