/**
 * @file personalize/profile.h
 * What is known of a learner beyond answers to items: interests, background, experiences, prior successes, strengths, needs, supports
 * (accommodations), technology preferences, attendance, scores of standardized tests. Each entry keeps its source, author, time and
 * confidence, and its whole history. The profile is the document that joins all of it with mastery and goals.
 */
#ifndef PERSONALIZE_PROFILE_H
#define PERSONALIZE_PROFILE_H

#include "personalize/access.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum pz_profile_section {
    PZ_PROFILE_INTEREST = 1,
    PZ_PROFILE_BACKGROUND = 2,
    PZ_PROFILE_EXPERIENCE = 3,
    PZ_PROFILE_PRIOR_SUCCESS = 4,
    PZ_PROFILE_STRENGTH = 5,
    PZ_PROFILE_NEED = 6,
    PZ_PROFILE_SUPPORT = 7,     /**< an accommodation; `code` from the Access for All vocabulary (ISO/IEC 24751, schema.org accessibility terms) where one fits */
    PZ_PROFILE_TECHNOLOGY = 8,  /**< a preference for tools and devices */
    PZ_PROFILE_ATTENDANCE = 9,  /**< `value`: share of the period present, 0 to 1; `begins_on` and `ends_on`: the period */
    PZ_PROFILE_TEST_SCORE = 10  /**< `value` on `scale` with `standard_error` */
} pz_profile_section;

/**
 * Who sees what is kept of a learner, from the learner alone to the whole school: each level adds people to the one before. The learner sees it
 * always, and so does its author. Everybody else must have the learner in reach as well. What nobody but its author shall read is no entry of a
 * profile but a private note.
 */
typedef enum pz_visibility {
    PZ_VISIBLE_SELF = 1,      /**< the learner alone */
    PZ_VISIBLE_NAMED = 2,     /**< and adults who were named for the record */
    PZ_VISIBLE_TEACHERS = 3,  /**< and teachers of the learner; and services that read */
    PZ_VISIBLE_GUARDIANS = 4, /**< and guardians of the learner */
    PZ_VISIBLE_SCHOOL = 5     /**< everybody who reaches the learner: counselors and leaders too */
} pz_visibility;

/** One entry of a profile, in one version. */
typedef struct pz_profile_entry {
    uint32_t struct_size;
    pz_id id;
    pz_id learner;
    int64_t version;        /**< number of the change that wrote it; give it back with a revision, 0 when adding */
    int32_t section;        /**< a ::pz_profile_section */
    const char *code;       /**< term of a vocabulary, or NULL */
    size_t code_len;
    const char *content;    /**< in people's own words, up to ::PZ_LIMIT_TEXT bytes, or NULL */
    size_t content_len;
    double value;           /**< NaN: none */
    double standard_error;  /**< of the value, same unit; NaN: none */
    const char *scale;      /**< name of the value's scale, or NULL */
    size_t scale_len;
    const char *source;     /**< where it comes from: name of a file's source, "conversation", "observation"... */
    size_t source_len;
    pz_id author;           /**< out: the person who wrote it; 0 for a service */
    int32_t author_role;    /**< out: in which ::pz_role */
    pz_time observed_at;    /**< PZ_TIME_NONE when adding: now */
    pz_date begins_on;
    pz_date ends_on;        /**< last day it holds; PZ_DATE_NONE: open */
    double confidence;      /**< 0 to 1 of the author in this entry; NaN: not said */
    int32_t visibility;     /**< a ::pz_visibility. Default ::PZ_VISIBLE_SCHOOL. */
    int32_t is_current;     /**< out: 0 for versions that were superseded or withdrawn */
} pz_profile_entry;

#define PZ_PROFILE_ENTRY_INIT                                                                                              \
    {sizeof(pz_profile_entry), 0, 0, 0, 0, NULL, PZ_NUL_TERMINATED, NULL, PZ_NUL_TERMINATED, PZ_REAL_NONE, PZ_REAL_NONE, \
     NULL, PZ_NUL_TERMINATED, "", PZ_NUL_TERMINATED, 0, 0, PZ_TIME_NONE, PZ_DATE_NONE, PZ_DATE_NONE, PZ_REAL_NONE, PZ_VISIBLE_SCHOOL, 1}

/** Which entries pz_profile_entry_list() gives. */
typedef struct pz_profile_query {
    uint32_t struct_size;
    pz_id learner;        /**< 0: all learners in reach (or of the class) */
    pz_id class_id;       /**< 0 any */
    int32_t section;      /**< 0 any */
    int32_t with_history; /**< 1: superseded and withdrawn versions too, oldest first */
} pz_profile_query;

#define PZ_PROFILE_QUERY_INIT {sizeof(pz_profile_query), 0, 0, 0, 0}

/**
 * Adds an entry to a learner's profile. Learners write their own, guardians their children's, staff those of learners in reach,
 * services with ::PZ_SCOPE_IMPORT any.
 * @return ::PZ_OK; ::PZ_E_CLOSED; ::PZ_E_READ_ONLY; ::PZ_E_STRUCT_SIZE; ::PZ_E_INVALID (no content, code or value; a number out of range;
 *   a visibility that the author would not see); ::PZ_E_TEXT; ::PZ_E_TOO_LONG; ::PZ_E_NOT_FOUND (the learner); ::PZ_E_DENIED; ::PZ_E_KEY_REUSED;
 *   ::PZ_E_BUSY; ::PZ_E_NO_SPACE; ::PZ_E_IO; ::PZ_E_NOMEM. Since: 0.1
 */
PZ_API pz_status pz_profile_entry_add(pz_actor *actor, const pz_profile_entry *entry, const char *key, pz_id *out_id);

/** Revises an entry: `id` and `version` name what is revised. Its author revises it in the same role; counselors and leaders revise any that they see. @return as adding, and ::PZ_E_CONFLICT (somebody revised it meanwhile). Since: 0.1 */
PZ_API pz_status pz_profile_entry_revise(pz_actor *actor, const pz_profile_entry *entry, const char *key, int64_t *out_version);

/** Withdraws an entry: it leaves the current profile and stays in the history. @return as revising. Since: 0.1 */
PZ_API pz_status pz_profile_entry_withdraw(pz_actor *actor, pz_id entry, const char *reason, size_t reason_len, const char *key);

/** Entries in reach that the actor may see, by learner, section and time. @return ::PZ_OK; ::PZ_E_CLOSED; ::PZ_E_STRUCT_SIZE; ::PZ_E_INVALID; ::PZ_E_NOT_FOUND; ::PZ_E_DENIED; ::PZ_E_IO; ::PZ_E_NOMEM. Memory: one block, pz_free(). Since: 0.1 */
PZ_API pz_status pz_profile_entry_list(pz_actor *actor, const pz_profile_query *query, pz_profile_entry ***out_rows, size_t *out_count);

/**
 * The profile as one document (docs/schema/profile.json): who the learner is, classes, every section, mastery by competency with
 * its decision, goals, recommendations that were accepted, with sources. As far as the actor may see.
 * @param language of the words in it, "en" or "es"; NULL for "en"
 * @return ::PZ_OK; ::PZ_E_CLOSED; ::PZ_E_INVALID; ::PZ_E_NOT_FOUND; ::PZ_E_DENIED; ::PZ_E_IO; ::PZ_E_NOMEM. Memory: pz_free(). Since: 0.1
 */
PZ_API pz_status pz_profile_get(pz_actor *actor, pz_id learner, const char *language, char **out_json);

/**
 * What changed in a profile between two moments, as data and as sentences ("Since 3 October 2026: new under interests: Trains"), in one
 * document (docs/schema/profile-difference.json): entries that were added, revised (each member that differs, from and to) or removed, and
 * those whose last day passed; goals that were added or revised, their state included; decisions on mastery that differ. All by id.
 *
 * It compares what pz_profile_get() would give to this actor, today, of both moments, and tells nothing else. So an entry that was revised
 * twice shows once; what came and went between the moments does not show; what is hidden from the actor counts as absent; what was erased
 * was never there. Supporters of goals are left to pz_goal_supporter_list(), misconceptions and groups to pz_profile_get().
 *
 * Moments are numbers of changes, as in pz_actor_as_of_change(): versions of records are such numbers, and so is `as_of_change` of every
 * document; that of a pz_actor_as_of() view is the number for a time.
 * @param from_change the earlier moment; 0: the empty store, so that all counts as added
 * @param to_change the later moment; 0: as the actor sees it, which is the present, or the moment of a view of the past
 * @param language of the words in it, "en" or "es"; NULL for "en"
 * @return ::PZ_OK; ::PZ_E_CLOSED; ::PZ_E_INVALID (a change that this actor does not see, the later moment first; the language);
 *   ::PZ_E_TEXT; ::PZ_E_TOO_LONG; ::PZ_E_NOT_FOUND (the learner); ::PZ_E_DENIED; ::PZ_E_IO; ::PZ_E_NOMEM. Memory: pz_free(). Since: 0.1
 */
PZ_API pz_status pz_profile_difference(pz_actor *actor, pz_id learner, int64_t from_change, int64_t to_change, const char *language,
                                       char **out_json);

#ifdef __cplusplus
}
#endif
#endif
