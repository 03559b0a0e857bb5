/**
 * @file personalize/demonstration.h
 * Demonstrations: what a learner shows for a goal, with what can be heard or seen of it, and how it is rated. Adults rate by criteria of a rubric; the
 * learner's own rating stands apart and is never mixed with theirs.
 */
#ifndef PERSONALIZE_DEMONSTRATION_H
#define PERSONALIZE_DEMONSTRATION_H

#include "personalize/voice.h"

#ifdef __cplusplus
extern "C" {
#endif

/** What was shown. */
typedef struct pz_demonstration {
    uint32_t struct_size;
    pz_id id;
    pz_id goal;
    const char *title;   /**< up to ::PZ_LIMIT_TITLE bytes, not empty */
    size_t title_len;
    const char *content; /**< about it, or NULL */
    size_t content_len;
    pz_id shown_by;      /**< out: who put it on record; 0 for an erased person */
    int32_t shown_role;  /**< out: in which ::pz_role */
    pz_time shown_at;    /**< PZ_TIME_NONE when adding: now */
} pz_demonstration;

#define PZ_DEMONSTRATION_INIT {sizeof(pz_demonstration), 0, 0, NULL, PZ_NUL_TERMINATED, NULL, PZ_NUL_TERMINATED, 0, 0, PZ_TIME_NONE}

/** A rating by one criterion of a rubric. */
typedef struct pz_demonstration_rating {
    uint32_t struct_size;
    pz_id demonstration;
    const char *criterion; /**< such as "Explains each step", up to ::PZ_LIMIT_TITLE bytes, not empty */
    size_t criterion_len;
    int32_t level;         /**< 1 to `levels` */
    int32_t levels;        /**< of the rubric, 2 to 100 */
    const char *words;     /**< what the level means, in the rubric's words, or NULL */
    size_t words_len;
    const char *note;      /**< or NULL */
    size_t note_len;
    pz_id rated_by;        /**< out; 0 for an erased person */
    int32_t rated_role;    /**< out: in which ::pz_role */
    pz_time rated_at;      /**< out */
    int32_t is_self;       /**< out: 1 for the learner's own */
} pz_demonstration_rating;

#define PZ_DEMONSTRATION_RATING_INIT                                                                                        \
    {sizeof(pz_demonstration_rating), 0, NULL, PZ_NUL_TERMINATED, 0, 4, NULL, PZ_NUL_TERMINATED, NULL, PZ_NUL_TERMINATED, 0, 0, PZ_TIME_NONE, 0}

/* Writing. Statuses as those of personalize/goal.h. */

/**
 * Puts a demonstration on record: the learner of the goal, or an adult who supports it.
 * @param media `rows` pointers, at most 16: one without a type and hash is a link
 * @return as writing goals; ::PZ_E_HOSTILE (a medium with a dangerous name, reference or type). Since: 0.1
 */
PZ_API pz_status pz_demonstration_add(pz_actor *actor, const pz_demonstration *demonstration, const pz_voice_media *const *media, size_t rows,
                                      const char *key, pz_id *out_id);
/**
 * Rates a demonstration, in place of what the actor said of the same criteria before: an adult who supports the goal, or the learner itself, whose rating stands
 * apart. @param ratings `rows` pointers, 1 to 100. Since: 0.1
 */
PZ_API pz_status pz_demonstration_rate(pz_actor *actor, pz_id demonstration, const pz_demonstration_rating *const *ratings, size_t rows, const char *key);

/* Reading. Statuses as those of personalize/goal.h. Memory: one block, release with pz_free(). */

/** What was shown for a goal, oldest first. Since: 0.1 */
PZ_API pz_status pz_demonstration_list(pz_actor *actor, pz_id goal, pz_demonstration ***out_rows, size_t *out_count);
/** What can be heard or seen of it; `entry` is the demonstration. Since: 0.1 */
PZ_API pz_status pz_demonstration_media_list(pz_actor *actor, pz_id demonstration, pz_voice_media ***out_rows, size_t *out_count);
/** How it was rated: adults first, then the learner's own. Since: 0.1 */
PZ_API pz_status pz_demonstration_rating_list(pz_actor *actor, pz_id demonstration, pz_demonstration_rating ***out_rows, size_t *out_count);

#ifdef __cplusplus
}
#endif
#endif
