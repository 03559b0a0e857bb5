/**
 * @file personalize/recommend.h
 * Recommendations of groups for a class, made from what is in the store by the engine of personalize/grouping.h, with the reason for
 * each group and each learner's place in plain words. People decide: a recommendation is proposed, then accepted, changed by hand, or
 * rejected, and each step is on record. The same recommendation can be made again from what it keeps.
 *
 *     proposed -> accepted | changed -> accepted | rejected
 */
#ifndef PERSONALIZE_RECOMMEND_H
#define PERSONALIZE_RECOMMEND_H

#include "personalize/access.h"

#ifdef __cplusplus
extern "C" {
#endif

/** How groups are formed. */
typedef enum pz_strategy {
    PZ_STRATEGY_NEED = 1,      /**< learners who lack the same competency, or the same prerequisite of it, work on it together. A need is 1 - estimate where the
                                    decision is not yet, half of that where there is not enough evidence; it falls to the first open prerequisite. */
    PZ_STRATEGY_READINESS = 2, /**< learners at a similar level together: the mean estimate over the competencies with evidence */
    PZ_STRATEGY_MIXED = 3,     /**< different levels within each group, groups alike */
    PZ_STRATEGY_RANDOM = 4,    /**< by the seed alone */
    PZ_STRATEGY_INTEREST = 5,  /**< learners who share interests, as their profiles say: the criterion "interests", see below, alike, where the request does not name it itself */
    PZ_STRATEGY_ROTATION = 6,  /**< the next round: as few as can be sit together again who did in an accepted recommendation of the class. `earlier` 0 is 100 here. */
    PZ_STRATEGY_JIGSAW = 7,    /**< home groups as mixed, and for each learner a part of the work, 1 to `size_min` (2 or more): those with the same part are the expert group. */
    PZ_STRATEGY_TUTORING = 8   /**< pairs, and one group of three where the number is odd: one has mastered what the other has not yet, the wider the gap the better. Sizes
                                    are not asked for. */
} pz_strategy;

typedef enum pz_recommendation_state {
    PZ_RECOMMENDATION_PROPOSED = 1,
    PZ_RECOMMENDATION_CHANGED = 2,  /**< changed by hand, not answered yet */
    PZ_RECOMMENDATION_ACCEPTED = 3,
    PZ_RECOMMENDATION_REJECTED = 4
} pz_recommendation_state;

/**
 * What is asked for. Begin with ::PZ_GROUPING_REQUEST_INIT.
 *
 * `criteria` are names of pz_profile_feature_list() with commas between them: "interests", "needs", "strengths", "preferences", "times", each once. After the name may
 * come a direction, "alike" (the default: what they share), "mixed", "balanced" or "complementary" (somebody in the group has what others lack), of times only the first
 * two; then a weight above 0 to 1,000, against 1 for what the strategy asks for (default 1). With ::PZ_STRATEGY_RANDOM they count alone. A learner of whom nothing is
 * known for a criterion neither helps nor harms it; a criterion has up to 4,096 different names. What counts are entries that hold today and that the actor sees; each reason keeps the entries that it comes from, and
 * tells them, and what they say, to those who see one of them. The read of the class's profiles is on record.
 */
typedef struct pz_grouping_request {
    uint32_t struct_size;
    pz_id class_id;          /**< needed */
    pz_id cycle;             /**< a closed cycle whose results are used; 0: mastery as it is now */
    pz_id framework;         /**< competencies to consider; 0: all with evidence */
    int32_t strategy;        /**< a ::pz_strategy. Default ::PZ_STRATEGY_NEED. */
    int32_t size_min;        /**< learners in a group, 1 to 1,000. Default 3. */
    int32_t size_max;        /**< at least `size_min`. Default 5. (Small groups of three to five: Lou et al. 1996, Review of Educational Research 66(4), find 3-4 best.) */
    int32_t groups;          /**< number of groups; 0: as many as the sizes need. Default 0. */
    uint64_t seed;           /**< Default 1. Same request, same data, same seed: same groups. */
    int64_t iterations;      /**< steps of the search, 0: chosen by the number of learners. Default 0. */
    const char *title;       /**< such as "Fractions, week 3", or NULL */
    size_t title_len;
    pz_date answer_by;       /**< day by which somebody should answer; PZ_DATE_NONE: none */
    int32_t earlier;         /**< how many of the last accepted recommendations of the class tell who was in a group with whom, 0 to 100. Default 0. */
    int32_t earlier_most;    /**< two who were in one group more often than this in these are kept apart, -1 to 100; -1: no limit. Default -1. */
    double earlier_weight;   /**< few repeats, against 1 for what the strategy asks for, 0 to 1,000: a meeting counts half as much for each recommendation accepted after it;
                                  0: repeats do not count. Default 1. With ::PZ_STRATEGY_RANDOM repeats alone count. */
    const char *criteria;    /**< what profiles say that counts too, by name, see below: "interests, strengths complementary 0.5, times 2"; NULL: nothing */
    size_t criteria_len;
} pz_grouping_request;

#define PZ_GROUPING_REQUEST_INIT \
    {sizeof(pz_grouping_request), 0, 0, 0, PZ_STRATEGY_NEED, 3, 5, 0, 1, 0, NULL, PZ_NUL_TERMINATED, PZ_DATE_NONE, 0, -1, 1, NULL, PZ_NUL_TERMINATED}

typedef enum pz_grouping_rule_kind {
    PZ_RULE_TOGETHER = 1, /**< `learner` and `other` in one group */
    PZ_RULE_APART = 2,    /**< `learner` and `other` in different groups */
    PZ_RULE_LOCKED = 3,   /**< `learner` in the group `group_no` */
    PZ_RULE_ABSENT = 4,   /**< `learner` is not grouped */
    PZ_RULE_OPTED_OUT = 5, /**< `learner` is not grouped by choice: its own, or its family's */
    PZ_RULE_ALLOWED = 6,   /**< `learner` in the group `group_no`, or in one of those that other rules of this kind name for it */
    PZ_RULE_NOT_ALONE = 7, /**< of the learners of all rules of this kind with the same `set_no` a group has none, or at least `least` */
    PZ_RULE_ROLE = 8,      /**< of the learners of all rules of this kind with the same `set_no` every group has `least` to `most` */
    PZ_RULE_COMMON_TIME = 9 /**< all of a group are free in at least `least` half hours of the week, as their profiles say ("times"); who says nothing of it is free always. No `learner`. */
} pz_grouping_rule_kind;

/** A rule that every group must keep. */
typedef struct pz_grouping_rule {
    uint32_t struct_size;
    int32_t kind;     /**< a ::pz_grouping_rule_kind */
    pz_id learner;
    pz_id other;      /**< for together and apart */
    int32_t group_no; /**< for locked and allowed, from 1 */
    int32_t set_no;   /**< for not alone and roles: rules of one set count together, 0 to 63. What sets mean is not kept. */
    int32_t least;    /**< for not alone from 2, for roles from 0, for common time 1 to 336 */
    int32_t most;     /**< for roles, at least `least` and 1; the same, as `least`, in all rules of a set */
} pz_grouping_rule;

#define PZ_GROUPING_RULE_INIT {sizeof(pz_grouping_rule), 0, 0, 0, 0, 0, 0, 0}

/** A recommendation, its current version. */
typedef struct pz_recommendation {
    uint32_t struct_size;
    pz_id id;
    int64_t version;       /**< number of the change that wrote it; give it back when changing */
    pz_id class_id;
    pz_id cycle;
    int32_t state;         /**< a ::pz_recommendation_state */
    int32_t strategy;      /**< a ::pz_strategy */
    const char *title;     /**< or "" */
    size_t title_len;
    uint64_t seed;
    int32_t groups;
    int32_t learners;
    double objective;      /**< what the engine minimizes, see the document; comparable only between versions of one recommendation */
    double recommended_objective; /**< of the groups as the engine gave them */
    int32_t is_replayable; /**< 0 once a member was erased */
    pz_date answer_by;
    pz_id acted_by;        /**< who made this version; 0 for a service */
    int32_t acted_role;
    pz_time acted_at;
    const char *note;      /**< of the answer, or NULL */
    size_t note_len;
} pz_recommendation;

/** One group of a recommendation. */
typedef struct pz_group {
    uint32_t struct_size;
    pz_id recommendation;
    int32_t group_no;      /**< from 1 */
    int32_t size;
    pz_id competency;      /**< what the group works on; 0 none */
    const char *rationale; /**< why these learners, in plain words */
    size_t rationale_len;
} pz_group;

/** One learner's place. */
typedef struct pz_group_member {
    uint32_t struct_size;
    pz_id recommendation;
    int32_t group_no;
    pz_id learner;
    int32_t is_locked;
    int32_t by_hand;       /**< 1: placed by a person, not by the engine */
    const char *rationale; /**< why this group, in plain words, with the data used */
    size_t rationale_len;
} pz_group_member;

/** Moves a learner by hand. */
typedef struct pz_group_move {
    uint32_t struct_size;
    pz_id learner;
    int32_t group_no; /**< where to; one more than the last group opens a new one; 0 takes the learner out */
} pz_group_move;

#define PZ_GROUP_MOVE_INIT {sizeof(pz_group_move), 0, 0}

/* Making and answering: a teacher of the class, a leader or counselor of its org; services with PZ_SCOPE_RECOMMEND make, people answer.
 * Each returns PZ_OK; PZ_E_CLOSED; PZ_E_READ_ONLY; PZ_E_STRUCT_SIZE; PZ_E_INVALID; PZ_E_TEXT; PZ_E_TOO_LONG; PZ_E_NOT_FOUND;
 * PZ_E_DENIED; PZ_E_STATE; PZ_E_CONFLICT; PZ_E_KEY_REUSED; PZ_E_BUSY; PZ_E_NO_SPACE; PZ_E_IO; PZ_E_NOMEM. */

/**
 * Recommends groups and keeps the recommendation.
 * @param rules `rows` pointers, up to 10,000; NULL with 0
 * @return as above; ::PZ_E_INFEASIBLE (the message names the smallest set of rules that clash); ::PZ_E_NOT_ENOUGH (fewer than two learners, or no
 *   learner has evidence and the strategy needs it, or no profile says anything of a criterion); ::PZ_E_CANCELLED. Since: 0.1
 */
PZ_API pz_status pz_grouping_recommend(pz_actor *actor, const pz_grouping_request *request, const pz_grouping_rule *const *rules,
                                       size_t rows, const char *key, pz_progress_fn progress, void *user_data, pz_id *out_id);
/** The same without keeping it: the document that pz_recommendation_document() would give. Nothing is written. Memory: pz_free(). Since: 0.1 */
PZ_API pz_status pz_grouping_preview(pz_actor *actor, const pz_grouping_request *request, const pz_grouping_rule *const *rules,
                                     size_t rows, const char *language, char **out_json);
/** Accepts it as it stands. @param version as read. @param note NULL for none. Since: 0.1 */
PZ_API pz_status pz_recommendation_accept(pz_actor *actor, pz_id recommendation, int64_t version, const char *note, size_t note_len,
                                          const char *key);
/**
 * Changes it by hand and scores it anew. Rules that the request named still hold, the limit to earlier teammates too, except where a move of the same learner overrides a lock. A group that
 * nobody is left in goes, and those after it move up. Once a member was erased there is no score any more, and moves are made without one.
 * @param moves `rows` pointers, each learner once
 * @return as above; ::PZ_E_INFEASIBLE (a rule would be broken: named in the message). Since: 0.1
 */
PZ_API pz_status pz_recommendation_change(pz_actor *actor, pz_id recommendation, int64_t version, const pz_group_move *const *moves,
                                          size_t rows, const char *key, int64_t *out_version);
/** Rejects it. @param reason needed. Since: 0.1 */
PZ_API pz_status pz_recommendation_reject(pz_actor *actor, pz_id recommendation, int64_t version, const char *reason, size_t reason_len,
                                          const char *key);
/**
 * Makes it again from the seed and the numbers that it keeps, and compares with what was recommended.
 * @param out_same 1 if every learner is in the same group
 * @return ::PZ_OK; ::PZ_E_CLOSED; ::PZ_E_NOT_FOUND; ::PZ_E_DENIED; ::PZ_E_STATE (not replayable any more); ::PZ_E_IO; ::PZ_E_NOMEM. Since: 0.1
 */
PZ_API pz_status pz_recommendation_replay(pz_actor *actor, pz_id recommendation, int32_t *out_same);

/* Reading. Each returns PZ_OK; PZ_E_CLOSED; PZ_E_STRUCT_SIZE; PZ_E_INVALID; PZ_E_NOT_FOUND; PZ_E_DENIED; PZ_E_IO; PZ_E_NOMEM. Memory: one block,
 * release with pz_free(). Learners and guardians see accepted recommendations, and of these only the learner's own group and place. */

/** One recommendation. Since: 0.1 */
PZ_API pz_status pz_recommendation_get(pz_actor *actor, pz_id recommendation, pz_recommendation **out_recommendation);
/** Which recommendations pz_recommendation_list() gives. */
typedef struct pz_recommendation_query {
    uint32_t struct_size;
    pz_id class_id;       /**< 0 any */
    int32_t state;        /**< a ::pz_recommendation_state; 0 any */
    int32_t strategy;     /**< a ::pz_strategy; 0 any */
    const char *text;     /**< words to find, all of them, in title and note, in any script and whatever their case; NULL any */
    size_t text_len;
    int32_t order;        /**< a ::pz_list_order. Default ::PZ_LIST_NEWEST. */
    int32_t limit;        /**< most rows, 1 to 10,000; 0: all */
    pz_id after;          /**< the last of the page before; 0: from the beginning */
} pz_recommendation_query;

#define PZ_RECOMMENDATION_QUERY_INIT {sizeof(pz_recommendation_query), 0, 0, 0, NULL, PZ_NUL_TERMINATED, PZ_LIST_NEWEST, 0, 0}

/** Recommendations in reach. ::PZ_E_TEXT and ::PZ_E_TOO_LONG of the text. @param query NULL for all. Since: 0.1 */
PZ_API pz_status pz_recommendation_list(pz_actor *actor, const pz_recommendation_query *query, pz_recommendation ***out_rows,
                                        size_t *out_count);
/** Every version, oldest first. Since: 0.1 */
PZ_API pz_status pz_recommendation_history(pz_actor *actor, pz_id recommendation, pz_recommendation ***out_rows, size_t *out_count);
/** Its groups with their reasons. @param language "en" or "es", NULL for "en". Since: 0.1 */
PZ_API pz_status pz_group_list(pz_actor *actor, pz_id recommendation, const char *language, pz_group ***out_rows, size_t *out_count);
/** Its members with their reasons, by group and name. Since: 0.1 */
PZ_API pz_status pz_group_member_list(pz_actor *actor, pz_id recommendation, const char *language, pz_group_member ***out_rows,
                                      size_t *out_count);
/** All of it as one document (docs/schema/recommendation.json): request, groups, reasons, who was left out and why, objective by criterion, what was traded off, checks of rules, history; by readiness also how often
 * each learner sat in the lowest group of those accepted before. Since: 0.1 */
PZ_API pz_status pz_recommendation_document(pz_actor *actor, pz_id recommendation, const char *language, char **out_json);

#ifdef __cplusplus
}
#endif
#endif
