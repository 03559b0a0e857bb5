/**
 * @file personalize/questionnaire.h
 * Questionnaires and guided self-checks that help learners to recognize and say what they need, what interests them and how they work best.
 *
 * A questionnaire is a document (docs/schema/questionnaire.json) with questions of text, of a scale, or of pictures, and words that guide. Each save is a
 * version of its own; answers say which version they were given to. What a learner answers is the learner's alone. Answers that are meant to become
 * something (an entry of the profile, or a voice entry) wait until the learner confirms each one, in its own words if it likes, and says who
 * may see it; or drops it. Nothing becomes of an answer without that.
 *
 * The questionnaire 0, version 0, is the library's own self-check, in the languages of the message catalog.
 */
#ifndef PERSONALIZE_QUESTIONNAIRE_H
#define PERSONALIZE_QUESTIONNAIRE_H

#include "personalize/voice.h"

#ifdef __cplusplus
extern "C" {
#endif

/** What becomes of an answer. */
typedef enum pz_answer_state {
    PZ_ANSWER_WAITING = 1, /**< for the learner to confirm */
    PZ_ANSWER_CONFIRMED = 2,
    PZ_ANSWER_DROPPED = 3
} pz_answer_state;

/** A questionnaire without its questions; pz_questionnaire_get() has them. */
typedef struct pz_questionnaire {
    uint32_t struct_size;
    pz_id id;             /**< 0: the library's own */
    pz_id org;            /**< whose it is, and of the orgs below; 0 the store's */
    int64_t version;      /**< number of the change that wrote it; 0 of the library's own */
    const char *title;
    size_t title_len;
    const char *language; /**< its tag, or NULL */
    size_t language_len;
    int32_t questions;    /**< how many */
    int32_t ended;        /**< 1: takes no answers */
    pz_id author;         /**< 0 for a service or an erased person */
} pz_questionnaire;

/** An answer to one question. */
typedef struct pz_answer {
    uint32_t struct_size;
    pz_id id;                /**< out */
    pz_id response;          /**< out: what was answered together */
    pz_id learner;           /**< out */
    pz_id questionnaire;     /**< out */
    const char *question;    /**< code of the question, needed */
    size_t question_len;
    int32_t avenue;          /**< a ::pz_voice_avenue. Default ::PZ_AVENUE_TEXT; audio, video and image have a medium. */
    const char *text;        /**< to a question of text: the words; with a medium what it says, in words */
    size_t text_len;
    double number;           /**< to a question of a scale: a whole number on it; NaN otherwise */
    const char *picture;     /**< to a question of pictures: the code of one; NULL otherwise */
    size_t picture_len;
    const char *reference;   /**< of the medium, as in pz_voice_media; NULL without one */
    size_t reference_len;
    const char *media_type;  /**< its type */
    size_t media_type_len;
    int64_t size;            /**< its bytes, -1 without one */
    const char *hash;        /**< its SHA-256 */
    size_t hash_len;
    int32_t becomes;         /**< out: a ::pz_kind, profile entry or voice; 0 nothing */
    int32_t section;         /**< out: the ::pz_profile_section that it becomes an entry of; 0 */
    int32_t voice_kind;      /**< out: the ::pz_voice_kind that it becomes; 0 */
    const char *topic;       /**< out: of the voice entry, or NULL */
    size_t topic_len;
    const char *content;     /**< out: the words that it becomes, unless the learner puts others */
    size_t content_len;
    int32_t state;           /**< out: a ::pz_answer_state; 0 where nothing becomes of it */
    pz_id record;            /**< out: the entry that became of it */
    pz_time answered_at;     /**< out */
} pz_answer;

#define PZ_ANSWER_INIT                                                                                                     \
    {sizeof(pz_answer), 0, 0, 0, 0, NULL, PZ_NUL_TERMINATED, PZ_AVENUE_TEXT, NULL, PZ_NUL_TERMINATED, PZ_REAL_NONE, NULL,   \
     PZ_NUL_TERMINATED, NULL, PZ_NUL_TERMINATED, NULL, PZ_NUL_TERMINATED, -1, NULL, PZ_NUL_TERMINATED, 0, 0, 0, NULL,       \
     PZ_NUL_TERMINATED, NULL, PZ_NUL_TERMINATED, 0, 0, PZ_TIME_NONE}

/* Writing. Each returns PZ_OK; PZ_E_CLOSED; PZ_E_READ_ONLY; PZ_E_STRUCT_SIZE; PZ_E_INVALID; PZ_E_TEXT; PZ_E_TOO_LONG; PZ_E_NOT_FOUND;
 * PZ_E_DENIED; PZ_E_STATE; PZ_E_CONFLICT; PZ_E_KEY_REUSED; PZ_E_BUSY; PZ_E_NO_SPACE; PZ_E_IO; PZ_E_NOMEM. */

/**
 * Adds a questionnaire, or a version of one. By staff for an org of their classes, then by its author and by counselors and leaders of the org; with
 * org 0 by a service with ::PZ_SCOPE_RECOMMEND.
 * @param questionnaire 0 adds one @param document as docs/schema/questionnaire.json says, up to 1 MiB and 200 questions
 * @return as above; ::PZ_E_FORMAT, ::PZ_E_HOSTILE (no JSON, or too deep); ::PZ_E_INVALID also where it is no questionnaire: the message says
 *   which question is wrong. Since: 0.1
 */
PZ_API pz_status pz_questionnaire_save(pz_actor *actor, pz_id org, pz_id questionnaire, const char *document, size_t document_len, const char *key,
                                       pz_id *out_id);
/** Ends a questionnaire: it takes no more answers. By who may save it. Since: 0.1 */
PZ_API pz_status pz_questionnaire_end(pz_actor *actor, pz_id questionnaire, const char *key);
/**
 * A learner answers, some questions or all, each once.
 * @param version of the questionnaire that the learner saw: another one is ::PZ_E_CONFLICT @param answers `rows` pointers, at least one
 * @param out_response names what was answered together
 * @return as above; ::PZ_E_INVALID also for a question that is none, an answer of another kind, a number off the scale; ::PZ_E_HOSTILE (a medium, see
 *   pz_voice_say()). Since: 0.1
 */
PZ_API pz_status pz_questionnaire_answer(pz_actor *actor, pz_id questionnaire, int64_t version, const pz_answer *const *answers, size_t rows,
                                         const char *key, pz_id *out_response);
/**
 * The learner confirms an answer that waits: it becomes an entry of the profile or a voice entry.
 * @param text words instead of `content`; NULL leaves them @param visibility a ::pz_visibility of the entry
 * @param out_record the entry. Since: 0.1
 */
PZ_API pz_status pz_answer_confirm(pz_actor *actor, pz_id answer, const char *text, size_t text_len, int32_t visibility, const char *key,
                                   pz_id *out_record);
/** The learner drops an answer that waits: nothing becomes of it. Since: 0.1 */
PZ_API pz_status pz_answer_drop(pz_actor *actor, pz_id answer, const char *key);

/* Reading. Each returns PZ_OK; PZ_E_CLOSED; PZ_E_STRUCT_SIZE; PZ_E_INVALID; PZ_E_TEXT; PZ_E_TOO_LONG; PZ_E_NOT_FOUND; PZ_E_DENIED; PZ_E_IO; PZ_E_NOMEM. Memory: one block, pz_free(). */

/** Which questionnaires pz_questionnaire_list() gives. */
typedef struct pz_questionnaire_query {
    uint32_t struct_size;
    pz_id org;            /**< of this org alone; 0 any, and the library's own */
    int32_t open_only;    /**< 1: only those that take answers */
    const char *text;     /**< words to find, all of them, in the title, in any script and whatever their case; NULL any */
    size_t text_len;
    int32_t order;        /**< a ::pz_list_order. Default ::PZ_LIST_OLDEST. */
    int32_t limit;        /**< most rows, 1 to 10,000; 0: all */
    pz_id after;          /**< the last of the page before, -1 for the library's own; 0: from the beginning */
} pz_questionnaire_query;

#define PZ_QUESTIONNAIRE_QUERY_INIT {sizeof(pz_questionnaire_query), 0, 0, NULL, PZ_NUL_TERMINATED, PZ_LIST_OLDEST, 0, 0}

/** The library's own, those of the store and those of orgs in reach, by id. @param query NULL for all @param language of the library's own, "en" or "es", NULL for "en". Since: 0.1 */
PZ_API pz_status pz_questionnaire_list(pz_actor *actor, const pz_questionnaire_query *query, const char *language,
                                       pz_questionnaire ***out_rows, size_t *out_count);
/** One questionnaire with its questions (docs/schema/questionnaire.json), its current version. @param language of the library's own, as above. Since: 0.1 */
PZ_API pz_status pz_questionnaire_get(pz_actor *actor, pz_id questionnaire, const char *language, char **out_json);
/** Which answers pz_answer_list() gives. */
typedef struct pz_answer_query {
    uint32_t struct_size;
    pz_id response;       /**< what was answered together; 0 any */
    int32_t state;        /**< a ::pz_answer_state, 0 any */
    const char *text;     /**< words to find, all of them, in text and content, in any script and whatever their case; NULL any */
    size_t text_len;
    int32_t order;        /**< a ::pz_list_order. Default ::PZ_LIST_OLDEST. */
    int32_t limit;        /**< most rows, 1 to 10,000; 0: all */
    pz_id after;          /**< the last of the page before; 0: from the beginning */
} pz_answer_query;

#define PZ_ANSWER_QUERY_INIT {sizeof(pz_answer_query), 0, 0, NULL, PZ_NUL_TERMINATED, PZ_LIST_OLDEST, 0, 0}

/** The learner's own answers. @param query NULL for all. Since: 0.1 */
PZ_API pz_status pz_answer_list(pz_actor *actor, const pz_answer_query *query, pz_answer ***out_rows, size_t *out_count);

#ifdef __cplusplus
}
#endif
#endif
