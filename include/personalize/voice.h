/**
 * @file personalize/voice.h
 * The learner's voice: needs, preferences, interests, ideas, questions, feedback and reflections, said by the avenue that suits the learner,
 * addressed to somebody, and answered on record. What waits for an answer stays in the list of those who owe it until it is dealt with.
 *
 *     open -> seen -> answered -> acted on
 *       |       |         |
 *       +-------+---------+----> declined, with a reason
 *
 * The learner may open again what was answered, acted on or declined, and may withdraw what it said. Every step is on record: who, in which
 * role, when, with which words.
 *
 * **Who sees an entry**: its learner, who wrote it, the person or the role that it is addressed to, and whom its visibility names (see
 * ::pz_visibility in personalize/profile.h), as far as they reach the learner. Classmates see what its learner shared with their class, without
 * the learner's id.
 *
 * **Who owes an answer**: a need and a counter-proposal are owed by every adult who sees them; other entries by whom they are addressed to,
 * or, addressed to nobody, by all staff who see them; and once the day has passed by every adult who sees them. pz_due_list() has them until
 * they are answered. An entry that only its learner sees, a private journal, awaits no answer.
 *
 * **By when**: the days of the policy that holds for the learner (pz_voice_policy_set()); without one these, counted in calendar days. They
 * are chosen by the library, not measured: a school week for what holds a learner up, two for the rest.
 *
 * | kind | days |
 * | --- | --- |
 * | help that was asked for (pz_help_ask()) | 1 |
 * | need, question, counter-proposal | 5 |
 * | preference, interest, idea, feedback, reflection | 10 |
 */
#ifndef PERSONALIZE_VOICE_H
#define PERSONALIZE_VOICE_H

#include "personalize/goal.h"
#include "personalize/profile.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum pz_voice_kind {
    PZ_VOICE_NEED = 1,
    PZ_VOICE_PREFERENCE = 2,
    PZ_VOICE_INTEREST = 3,
    PZ_VOICE_IDEA = 4,
    PZ_VOICE_QUESTION = 5,
    PZ_VOICE_FEEDBACK = 6,
    PZ_VOICE_REFLECTION = 7,
    PZ_VOICE_COUNTER = 8 /**< a counter-proposal, see pz_counter_propose() */
} pz_voice_kind;

/** By which means it is said. */
typedef enum pz_voice_avenue {
    PZ_AVENUE_TEXT = 1,
    PZ_AVENUE_JOURNAL = 2,
    PZ_AVENUE_AUDIO = 3, /**< needs a medium of a type audio/... */
    PZ_AVENUE_VIDEO = 4, /**< video/... */
    PZ_AVENUE_IMAGE = 5, /**< image/... */
    PZ_AVENUE_LINK = 6   /**< needs a medium with an https or http reference */
} pz_voice_avenue;

typedef enum pz_voice_state {
    PZ_VOICE_OPEN = 1,
    PZ_VOICE_SEEN = 2,     /**< an adult has read it; it still waits */
    PZ_VOICE_ANSWERED = 3,
    PZ_VOICE_ACTED_ON = 4,
    PZ_VOICE_DECLINED = 5, /**< with a reason */
    PZ_VOICE_WITHDRAWN = 6 /**< by its learner */
} pz_voice_state;

/** What a learner says, in one version. */
typedef struct pz_voice_entry {
    uint32_t struct_size;
    pz_id id;
    pz_id learner;           /**< 0 in what a classmate shared */
    int64_t version;         /**< number of the change that wrote it; give it back with a revision */
    int32_t kind;            /**< a ::pz_voice_kind */
    int32_t avenue;          /**< a ::pz_voice_avenue. Default ::PZ_AVENUE_TEXT. */
    int32_t state;           /**< out: a ::pz_voice_state */
    const char *content;     /**< the words, up to ::PZ_LIMIT_TEXT bytes; needed where no medium says it */
    size_t content_len;
    const char *topic;       /**< what it belongs to, in a word or two ("lunch", "group work"): entries of one topic become a theme. Up to ::PZ_LIMIT_TITLE bytes, or NULL. */
    size_t topic_len;
    int32_t to_role;         /**< a ::pz_role of adults it is addressed to; 0 nobody in particular */
    pz_id to_person;         /**< the person in that role; 0 everybody in it. Must reach the learner. */
    int32_t visibility;      /**< a ::pz_visibility. Default ::PZ_VISIBLE_SCHOOL. With ::PZ_VISIBLE_NAMED it is whom it is addressed to. */
    pz_id shared_with;       /**< a class of the learner, whose learners may read and co-sign it; 0 none */
    int32_t about_kind;      /**< a ::pz_kind of what it is about: goal, profile entry, competency or voice entry; 0 none */
    pz_id about;             /**< that record */
    pz_date due_on;          /**< out: day by which an answer is due; PZ_DATE_NONE where it awaits none */
    int32_t awaits_answer;   /**< out: 1 while it is open or seen and somebody owes an answer */
    int32_t learner_agreed;  /**< out: 0 while the learner has not agreed to what an adult wrote for it */
    int32_t cosigned;        /**< out: how many classmates have co-signed it */
    pz_id author;            /**< out: who said it, or wrote it down for the learner; 0 for an erased person */
    int32_t author_role;     /**< out: in which ::pz_role */
    pz_time said_at;         /**< out */
    pz_id acted_by;          /**< out: who made this version */
    int32_t acted_role;      /**< out: in which ::pz_role */
    pz_time acted_at;        /**< out */
    int32_t is_current;      /**< out: 0 for earlier versions */
} pz_voice_entry;

#define PZ_VOICE_ENTRY_INIT                                                                                                \
    {sizeof(pz_voice_entry), 0, 0, 0, 0, PZ_AVENUE_TEXT, 0, NULL, PZ_NUL_TERMINATED, NULL, PZ_NUL_TERMINATED, 0, 0,         \
     PZ_VISIBLE_SCHOOL, 0, 0, 0, PZ_DATE_NONE, 0, 0, 0, 0, 0, PZ_TIME_NONE, 0, 0, PZ_TIME_NONE, 1}

/**
 * Something heard or seen: a reference. The host keeps the bytes; the store keeps where they are, what they are, and how to know that they
 * are still the same.
 */
typedef struct pz_voice_media {
    uint32_t struct_size;
    pz_id entry;             /**< out */
    int32_t position;        /**< out: from 1 */
    const char *name;        /**< of the file, for people: up to 255 bytes, no path, no name that a system runs or reserves; or NULL */
    size_t name_len;
    const char *reference;   /**< where the host finds it: an https or http address, or a relative path of the host's own ("voice/7f3a.webm") */
    size_t reference_len;
    const char *type;        /**< media type such as "video/webm"; not needed for a link. Types that carry scripts are refused. */
    size_t type_len;
    int64_t size;            /**< in bytes; needed but for a link, where -1 is not known */
    const char *hash;        /**< SHA-256 of the bytes, 64 hexadecimal digits; needed but for a link */
    size_t hash_len;
    const char *alternative; /**< what it says or shows, in words, for who cannot hear or see it: needed, up to ::PZ_LIMIT_TEXT bytes */
    size_t alternative_len;
} pz_voice_media;

#define PZ_VOICE_MEDIA_INIT                                                                                                \
    {sizeof(pz_voice_media), 0, 0, NULL, PZ_NUL_TERMINATED, NULL, PZ_NUL_TERMINATED, NULL, PZ_NUL_TERMINATED, -1,           \
     NULL, PZ_NUL_TERMINATED, NULL, PZ_NUL_TERMINATED}

/** One step of the answer: who saw it, answered, acted, declined, or opened it again. */
typedef struct pz_voice_answer {
    uint32_t struct_size;
    pz_id entry;
    int32_t position;    /**< from 1 */
    int32_t state;       /**< the ::pz_voice_state that it led to */
    pz_id person;        /**< 0 for an erased person */
    int32_t role;        /**< the ::pz_role in which it was done */
    pz_time at;
    const char *content; /**< the words, or NULL */
    size_t content_len;
    int32_t done_kind;   /**< a ::pz_kind of the record that came of it, 0 none */
    pz_id done;          /**< that record */
} pz_voice_answer;

/** A classmate who co-signs an entry. */
typedef struct pz_voice_cosigner {
    uint32_t struct_size;
    pz_id entry;
    pz_id person;
    pz_time at;
} pz_voice_cosigner;

/** In which order voice entries are listed. Those that are equal in it follow by learner and id; what classmates shared by id alone. */
typedef enum pz_voice_order {
    PZ_VOICE_ORDER_LEARNER = 1, /**< by learner and id */
    PZ_VOICE_ORDER_DUE = 2,     /**< by day, the earliest first; those that await no answer last */
    PZ_VOICE_ORDER_SAID = 3,    /**< newest first */
    PZ_VOICE_ORDER_ACTED = 4    /**< newest step first */
} pz_voice_order;

/** Which entries pz_voice_list() gives. */
typedef struct pz_voice_query {
    uint32_t struct_size;
    pz_id learner;        /**< 0 any in reach */
    pz_id class_id;       /**< 0 any */
    int32_t kind;         /**< a ::pz_voice_kind; 0 any */
    int32_t state;        /**< a ::pz_voice_state; 0 any */
    int32_t waiting_only; /**< 1: only what awaits an answer */
    int32_t owed_only;    /**< 1: only what this actor owes an answer */
    int32_t shared_only;  /**< 1: what classmates shared with classes of the actor, a learner, instead of its own */
    const char *topic;    /**< whatever its case, in any script; NULL any */
    size_t topic_len;
    pz_date due_until;    /**< PZ_DATE_NONE any */
    pz_id after;          /**< the last of the page before: what comes after it, as it stands now, in the order; 0 from the beginning */
    int32_t limit;        /**< most rows, 1 to 10,000; 0 all */
    const char *text;     /**< words to find, all of them, in content, topic and the words of media, in any script and whatever their case; NULL any */
    size_t text_len;
    int32_t order;        /**< a ::pz_voice_order. Default ::PZ_VOICE_ORDER_LEARNER. */
} pz_voice_query;

#define PZ_VOICE_QUERY_INIT \
    {sizeof(pz_voice_query), 0, 0, 0, 0, 0, 0, 0, NULL, PZ_NUL_TERMINATED, PZ_DATE_NONE, 0, 0, NULL, PZ_NUL_TERMINATED, PZ_VOICE_ORDER_LEARNER}

/** How much is said, and answered, in a class or an org; as far as the actor sees. */
typedef struct pz_voice_count {
    uint32_t struct_size;
    pz_id org;
    pz_id class_id;    /**< 0: the whole org with those below it, each entry once */
    int32_t kind;      /**< a ::pz_voice_kind; 0 all */
    int32_t entries;   /**< all but withdrawn ones */
    int32_t learners;  /**< who said them */
    int32_t waiting;   /**< open or seen */
    int32_t overdue;   /**< waiting, past their day */
    int32_t answered;
    int32_t acted_on;
    int32_t declined;
} pz_voice_count;

/** In how many days a kind of entry is to be answered. */
typedef struct pz_voice_policy {
    uint32_t struct_size;
    pz_id org;             /**< for learners of the org and those below it that set none; 0 for the store */
    int32_t kind;          /**< a ::pz_voice_kind; 0 all that have no policy of their own */
    int32_t days;          /**< calendar days, 0 to 366; -1: none, what is above counts */
    int64_t since_change;  /**< out */
} pz_voice_policy;

#define PZ_VOICE_POLICY_INIT {sizeof(pz_voice_policy), 0, 0, 0, 0}

/* Writing. Each returns PZ_OK; PZ_E_CLOSED; PZ_E_READ_ONLY; PZ_E_STRUCT_SIZE; PZ_E_INVALID; PZ_E_TEXT; PZ_E_TOO_LONG; PZ_E_NOT_FOUND (no such
 * entry, or the actor does not see it); PZ_E_DENIED (the role may not take this step); PZ_E_STATE; PZ_E_CONFLICT (another version is
 * current); PZ_E_KEY_REUSED; PZ_E_BUSY; PZ_E_NO_SPACE; PZ_E_IO; PZ_E_NOMEM. */

/**
 * Says something. The learner for itself; a guardian, teacher, counselor or leader in reach writes down what the learner said, which the
 * learner then agrees to.
 * @param media `rows` pointers, at most 16; the avenue says whether one is needed
 * @return as above; ::PZ_E_INVALID also for a kind, avenue, role or visibility that is none, words and media missing, a need that only the
 *   learner would see, a topic with spaces around it; ::PZ_E_HOSTILE (a medium with a dangerous name, reference or type). Since: 0.1
 */
PZ_API pz_status pz_voice_say(pz_actor *actor, const pz_voice_entry *entry, const pz_voice_media *const *media, size_t rows, const char *key,
                              pz_id *out_id);
/**
 * Asks for help: the actor, a learner, has a need that its teachers and counselors see and owe an answer to, by the next day. Those at home
 * see it where the learner says so with pz_voice_revise().
 * @param text what is needed, up to ::PZ_LIMIT_TEXT bytes; NULL says no more than that help is needed. Since: 0.1
 */
PZ_API pz_status pz_help_ask(pz_actor *actor, const char *text, size_t text_len, const char *key, pz_id *out_id);
/** The learner agrees to what an adult wrote down for it. Since: 0.1 */
PZ_API pz_status pz_voice_agree(pz_actor *actor, pz_id entry, const char *key);
/** The learner says it anew, or addresses or shows it to others: words, topic, kind, to_role, to_person, visibility, shared_with. It is open again and the days count anew. `entry.id` and `entry.version` name what is revised; avenue, media and what it is about stay. Since: 0.1 */
PZ_API pz_status pz_voice_revise(pz_actor *actor, const pz_voice_entry *entry, const char *key, int64_t *out_version);
/** The learner takes it back. It stays in the history. @param reason NULL for none. Since: 0.1 */
PZ_API pz_status pz_voice_withdraw(pz_actor *actor, pz_id entry, const char *reason, size_t reason_len, const char *key);
/** A classmate co-signs what was shared with a class of both. Once. Since: 0.1 */
PZ_API pz_status pz_voice_cosign(pz_actor *actor, pz_id entry, const char *key);
/** An adult says that it has read an entry that is open. It still waits for an answer. Since: 0.1 */
PZ_API pz_status pz_voice_see(pz_actor *actor, pz_id entry, const char *key);
/** An adult answers. @param text needed. Since: 0.1 */
PZ_API pz_status pz_voice_reply(pz_actor *actor, pz_id entry, const char *text, size_t text_len, const char *key);
/**
 * An adult says what was done about it.
 * @param text needed @param done_kind the ::pz_kind of the record that came of it (goal, profile entry, competency, voice entry), 0 none
 * @param done that record, of the same learner; may be 0. Since: 0.1
 */
PZ_API pz_status pz_voice_act(pz_actor *actor, pz_id entry, const char *text, size_t text_len, int32_t done_kind, pz_id done, const char *key);
/** An adult declines. @param reason needed. Since: 0.1 */
PZ_API pz_status pz_voice_decline(pz_actor *actor, pz_id entry, const char *reason, size_t reason_len, const char *key);
/** The learner opens again what was answered, acted on or declined: it waits anew. @param text what is missing, or NULL. Since: 0.1 */
PZ_API pz_status pz_voice_reopen(pz_actor *actor, pz_id entry, const char *text, size_t text_len, const char *key);
/** Files an entry under a topic, in place of the one it had. By staff who see it and its learner. @param topic NULL for none. Since: 0.1 */
PZ_API pz_status pz_voice_file(pz_actor *actor, pz_id entry, const char *topic, size_t topic_len, const char *key);
/** Sets the days of a policy, by a leader of the org, or with org 0 a service with ::PZ_SCOPE_RECOMMEND. What was said before keeps its day. Since: 0.1 */
PZ_API pz_status pz_voice_policy_set(pz_actor *actor, const pz_voice_policy *policy, const char *key);

/* Reading. Each returns PZ_OK; PZ_E_CLOSED; PZ_E_STRUCT_SIZE; PZ_E_INVALID; PZ_E_NOT_FOUND; PZ_E_DENIED; PZ_E_IO; PZ_E_NOMEM. Memory: one block,
 * release with pz_free(). */

/** One entry, its current version. Since: 0.1 */
PZ_API pz_status pz_voice_get(pz_actor *actor, pz_id entry, pz_voice_entry **out_entry);
/** Entries that the actor sees, in the order that is asked for. ::PZ_E_NOT_FOUND also for an `after` that it does not see. @param query NULL for all. Since: 0.1 */
PZ_API pz_status pz_voice_list(pz_actor *actor, const pz_voice_query *query, pz_voice_entry ***out_rows, size_t *out_count);
/** Every version of an entry, oldest first. For its learner and the adults who see it. Since: 0.1 */
PZ_API pz_status pz_voice_history(pz_actor *actor, pz_id entry, pz_voice_entry ***out_rows, size_t *out_count);
/** What is heard or seen. Since: 0.1 */
PZ_API pz_status pz_voice_media_list(pz_actor *actor, pz_id entry, pz_voice_media ***out_rows, size_t *out_count);
/** Every step of the answer, oldest first. Since: 0.1 */
PZ_API pz_status pz_voice_answer_list(pz_actor *actor, pz_id entry, pz_voice_answer ***out_rows, size_t *out_count);
/** Classmates who co-signed, as far as the actor reaches them; the learner sees how many there are, in `cosigned`. Since: 0.1 */
PZ_API pz_status pz_voice_cosigner_list(pz_actor *actor, pz_id entry, pz_voice_cosigner ***out_rows, size_t *out_count);
/**
 * Counts by class and kind, and by org and kind: rows with something in them, and of each class and org one for all kinds (kind 0) even
 * where nothing was said. For staff, and services with ::PZ_SCOPE_READ.
 * @param org of counselors and leaders: classes of this org and those below it; 0 any in reach @param class_id 0 any in reach. Since: 0.1
 */
PZ_API pz_status pz_voice_count_list(pz_actor *actor, pz_id org, pz_id class_id, pz_voice_count ***out_rows, size_t *out_count);
/** The policies that are set, by org and kind. @param org 0 any. Since: 0.1 */
PZ_API pz_status pz_voice_policy_list(pz_actor *actor, pz_id org, pz_voice_policy ***out_rows, size_t *out_count);

/* ------------------------------------------------------------------------------------------------ counter-proposals --- */

typedef enum pz_counter_subject {
    PZ_COUNTER_GROUP = 1,     /**< the place in an accepted recommendation */
    PZ_COUNTER_NEXT_STEP = 2, /**< the next step that a closed cycle found */
    PZ_COUNTER_ESTIMATE = 3   /**< the estimate of mastery of a competency */
} pz_counter_subject;

/** A learner's counter-proposal to what was recommended for it, beside the voice entry that carries its reason, state and answer. */
typedef struct pz_counter {
    uint32_t struct_size;
    pz_id entry;             /**< out: the voice entry, of kind ::PZ_VOICE_COUNTER */
    pz_id learner;           /**< out */
    int32_t subject;         /**< a ::pz_counter_subject */
    pz_id recommendation;    /**< of a group */
    pz_id cycle;             /**< of a next step */
    pz_id competency;        /**< the next step or the estimate that is countered */
    int32_t was_group;       /**< out: the group that was recommended */
    double was_estimate;     /**< out: the estimate as it stood */
    int32_t group;           /**< proposed instead: a group of the recommendation; 0: another, whichever */
    pz_id instead;           /**< proposed instead: the competency to go on with; 0: another, whichever */
    double estimate;         /**< proposed instead, 0 to 1; NaN: to be looked at again */
    const char *reason;      /**< in the learner's words, needed */
    size_t reason_len;
} pz_counter;

#define PZ_COUNTER_INIT {sizeof(pz_counter), 0, 0, 0, 0, 0, 0, 0, PZ_REAL_NONE, 0, 0, PZ_REAL_NONE, NULL, PZ_NUL_TERMINATED}

/**
 * The learner, in person, counters a recommendation: the group it was put in, a next step, or an estimate. It is seen as everything is that
 * all see who reach the learner, is answered by pz_voice_reply(), pz_voice_act() and pz_voice_decline(), and changes nothing by itself.
 * @return as writing; ::PZ_E_NOT_FOUND also where there is no such place, step or estimate of this learner. Since: 0.1
 */
PZ_API pz_status pz_counter_propose(pz_actor *actor, const pz_counter *counter, const char *key, pz_id *out_id);
/** What a counter-proposal proposes. Who sees the entry sees it. @return as reading. Since: 0.1 */
PZ_API pz_status pz_counter_get(pz_actor *actor, pz_id entry, pz_counter **out_counter);

/* ------------------------------------------------------------------------------------------------------------ themes --- */

/**
 * What many learners of a class or a school say under one topic, without who they are: for the learners themselves and their council, their
 * families, their teachers and the leadership.
 *
 * **Small cells.** A theme is told from five learners on (said or co-signed), and its figures are rounded down to multiples of five, so that neither a
 * small theme nor the difference between two classes or two days tells of anybody. Five is what agencies that publish figures on schools take as
 * their least, or more; pz_theme_list() takes a higher one. What only its learner or named adults see, and what was withdrawn, is not counted.
 *
 * **Answers.** A theme of a class is owed an answer by its teachers, that of an org by its counselors and leaders, within ten days from the fifth
 * learner on: pz_due_list() has it ("due.theme_answer", `record` is the class or org). When five learners say it after the answer, it is open again.
 */
typedef struct pz_theme {
    uint32_t struct_size;
    pz_id scope;             /**< the class or org */
    const char *topic;       /**< as it is compared, in small letters; NULL: all that is too small to be told by itself, together */
    size_t topic_len;
    int32_t learners;        /**< who said or co-signed it, rounded down to a multiple of five */
    int32_t entries;         /**< rounded down likewise */
    int32_t state;           /**< a ::pz_voice_state: open, answered, acted on or declined */
    const char *answer;      /**< the last answer, or NULL */
    size_t answer_len;
    pz_id answered_by;       /**< 0 for nobody, or an erased person */
    int32_t answered_role;   /**< in which ::pz_role */
    pz_time answered_at;
    pz_date due_on;          /**< while it is open: day by which it is to be answered */
} pz_theme;

/** An answer to a theme. */
typedef struct pz_theme_reply {
    uint32_t struct_size;
    pz_id scope;
    int32_t state;           /**< the ::pz_voice_state that it led to */
    const char *content;
    size_t content_len;
    pz_id person;            /**< 0 for an erased person */
    int32_t role;            /**< the ::pz_role in which it was given */
    pz_time at;
} pz_theme_reply;

/**
 * The themes of a class or an org, those of most learners first.
 * @param scope a class or an org in reach @param least_learners 5 to 1,000; 0: five
 * @return ::PZ_OK; ::PZ_E_CLOSED; ::PZ_E_INVALID; ::PZ_E_NOT_FOUND; ::PZ_E_DENIED; ::PZ_E_IO; ::PZ_E_NOMEM. Memory: one block, pz_free(). Since: 0.1
 */
PZ_API pz_status pz_theme_list(pz_actor *actor, pz_id scope, int32_t least_learners, pz_theme ***out_rows, size_t *out_count);
/**
 * Answers a theme: of a class by staff who reach it, of an org by its counselors and leaders.
 * @param state a ::pz_voice_state: answered, acted on or declined @param text needed
 * @return as writing; ::PZ_E_NOT_FOUND also for a topic that is no theme of the class or org, or too small to be told. Since: 0.1
 */
PZ_API pz_status pz_theme_answer(pz_actor *actor, pz_id scope, const char *topic, size_t topic_len, int32_t state, const char *text,
                                 size_t text_len, const char *key);
/** Every answer to a theme, oldest first. @return as pz_theme_list(). Memory: one block, pz_free(). Since: 0.1 */
PZ_API pz_status pz_theme_reply_list(pz_actor *actor, pz_id scope, const char *topic, size_t topic_len, pz_theme_reply ***out_rows,
                                     size_t *out_count);

#ifdef __cplusplus
}
#endif
#endif
