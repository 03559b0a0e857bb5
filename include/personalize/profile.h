/**
 * @file personalize/profile.h
 * What is known of a learner beyond answers to items: interests, background, experiences, prior successes, strengths, needs, supports
 * (accommodations), preferences in technology and in learning (what, how, when and where), attendance, scores of standardized tests. Each entry
 * keeps its source, author, time and confidence, and its whole history. The profile is the document that joins all of it with mastery and goals.
 * docs/profile.md tells of it as a whole.
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
    PZ_PROFILE_SUPPORT = 7,     /**< an accommodation; `code` is a feature of Access for All PNP 3.0, see pz_support_feature_list(), or begins with "ext:" */
    PZ_PROFILE_TECHNOLOGY = 8,  /**< a preference for tools and devices */
    PZ_PROFILE_ATTENDANCE = 9,  /**< `value`: share of the period present, 0 to 1; `begins_on` and `ends_on`: the period */
    PZ_PROFILE_TEST_SCORE = 10, /**< `value` on `scale` with `standard_error` */
    PZ_PROFILE_LEARN_WHAT = 11, /**< what the learner likes to learn about and work on */
    PZ_PROFILE_LEARN_HOW = 12,  /**< how it works best: alone or with others, by reading, making, talking... */
    PZ_PROFILE_LEARN_WHEN = 13, /**< when; `times` of the week, as far as they can be said */
    PZ_PROFILE_LEARN_WHERE = 14 /**< where: quiet, outdoors, at home... */
} pz_profile_section;

/** What the `value` of an entry is. */
typedef enum pz_value_type {
    PZ_VALUE_NUMBER = 1, /**< any finite number, on `scale` */
    PZ_VALUE_SHARE = 2,  /**< 0 to 1 */
    PZ_VALUE_YES_NO = 3, /**< 1 yes, 0 no */
    PZ_VALUE_DATE = 4    /**< a ::pz_date, years 0001 to 9999 */
} pz_value_type;

/** When a support is on, the three sets of Access for All PNP 3.0. */
typedef enum pz_activation {
    PZ_ACTIVATION_INITIAL = 1, /**< on from the start ("activate-at-initialization") */
    PZ_ACTIVATION_OPTION = 2,  /**< the learner may turn it on ("activate-as-option") */
    PZ_ACTIVATION_PROHIBIT = 3 /**< may not be used ("prohibit") */
} pz_activation;

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
    int32_t value_type;     /**< a ::pz_value_type; 0 with a value: a share of attendance, otherwise a number */
    int32_t activation;     /**< of a support: a ::pz_activation; 0: not said. Others have none. */
    const char *times;      /**< of ::PZ_PROFILE_LEARN_WHEN: times of a week, "mon 15:00-17:30, wed 08:00-09:00", or NULL. Given back in the order of the week. */
    size_t times_len;
    pz_time recorded_at;    /**< out: when this version was written */
    const char *withdrawn_because; /**< out: the reason of a version that withdraws the entry, maybe ""; NULL for all others */
    int32_t is_disputed;    /**< out: 1 while a dispute of the entry has no answer */
} pz_profile_entry;

#define PZ_PROFILE_ENTRY_INIT                                                                                              \
    {sizeof(pz_profile_entry), 0, 0, 0, 0, NULL, PZ_NUL_TERMINATED, NULL, PZ_NUL_TERMINATED, PZ_REAL_NONE, PZ_REAL_NONE, \
     NULL, PZ_NUL_TERMINATED, "", PZ_NUL_TERMINATED, 0, 0, PZ_TIME_NONE, PZ_DATE_NONE, PZ_DATE_NONE, PZ_REAL_NONE, PZ_VISIBLE_SCHOOL, 1, \
     0, 0, NULL, PZ_NUL_TERMINATED, PZ_TIME_NONE, NULL, 0}

/** In which order entries are listed. Entries that are equal in it follow by learner, id and version. */
typedef enum pz_profile_order {
    PZ_ORDER_SECTION = 1,  /**< by learner, section and `observed_at`; the versions of a history by number */
    PZ_ORDER_RECORDED = 2, /**< newest first */
    PZ_ORDER_OBSERVED = 3, /**< newest first */
    PZ_ORDER_ENDING = 4    /**< by last day, those that are open last */
} pz_profile_order;

/** Which entries pz_profile_entry_list() gives. */
typedef struct pz_profile_query {
    uint32_t struct_size;
    pz_id learner;        /**< 0: all learners in reach (or of the class) */
    pz_id class_id;       /**< 0 any */
    int32_t section;      /**< 0 any */
    int32_t with_history; /**< 1: superseded and withdrawn versions too, oldest first */
    const char *text;     /**< words to find, all of them, in content, code and tags, in any script and whatever their case; NULL any */
    size_t text_len;
    const char *tag;      /**< a tag that the entry has today, whatever its case; NULL any */
    pz_id author;         /**< 0 any */
    int32_t author_role;  /**< a ::pz_role, 0 any */
    pz_date on;           /**< entries that hold on this day; PZ_DATE_NONE any */
    int32_t is_disputed;  /**< 1: only entries with a dispute that waits for an answer */
    int32_t order;        /**< a ::pz_profile_order. Default ::PZ_ORDER_SECTION. */
    int32_t limit;        /**< most entries, 1 to 10,000; 0: all */
    pz_id after;          /**< the last entry of the page before: what comes after it in the order; 0: from the beginning */
    int64_t after_version;/**< with a history: its version */
} pz_profile_query;

#define PZ_PROFILE_QUERY_INIT \
    {sizeof(pz_profile_query), 0, 0, 0, 0, NULL, PZ_NUL_TERMINATED, NULL, 0, 0, PZ_DATE_NONE, 0, PZ_ORDER_SECTION, 0, 0, 0}

/**
 * Adds an entry to a learner's profile. Learners write their own, guardians their children's, staff those of learners in reach,
 * services with ::PZ_SCOPE_IMPORT any.
 *
 * Two supports of one feature whose days overlap cannot be in two activation sets at once: the second is refused as ::PZ_E_STATE. A support that the
 * actor does not see is not compared, so that nothing is told of it.
 * @return ::PZ_OK; ::PZ_E_CLOSED; ::PZ_E_READ_ONLY; ::PZ_E_STRUCT_SIZE; ::PZ_E_INVALID (no content, code or value; a number out of range or not of
 *   its type; times that are none; a day or a time outside the years 0001 to 9999; a feature that Access for All does not know; ::PZ_VISIBLE_SELF from anybody but the learner or an import); ::PZ_E_STATE;
 *   ::PZ_E_TEXT; ::PZ_E_TOO_LONG; ::PZ_E_NOT_FOUND (the learner); ::PZ_E_DENIED; ::PZ_E_KEY_REUSED;
 *   ::PZ_E_BUSY; ::PZ_E_NO_SPACE; ::PZ_E_IO; ::PZ_E_NOMEM. Since: 0.1
 */
PZ_API pz_status pz_profile_entry_add(pz_actor *actor, const pz_profile_entry *entry, const char *key, pz_id *out_id);

/** Revises an entry: `id` and `version` name what is revised. Its author revises it in the same role; counselors and leaders
 * revise those that they see, unless the learner wrote them: these are changed by the learner alone, and others dispute or add to them. @return as adding, and ::PZ_E_CONFLICT (somebody revised it meanwhile). Since: 0.1 */
PZ_API pz_status pz_profile_entry_revise(pz_actor *actor, const pz_profile_entry *entry, const char *key, int64_t *out_version);

/** Withdraws an entry: it leaves the current profile and stays in the history. @return as revising. Since: 0.1 */
PZ_API pz_status pz_profile_entry_withdraw(pz_actor *actor, pz_id entry, const char *reason, size_t reason_len, const char *key);

/**
 * Entries in reach that the actor may see.
 *
 * Pages are stable: the next one begins where the entry named in `after` stands now, also when it was withdrawn meanwhile, and nothing that stays as it is comes
 * twice or is left out. An entry that is revised between two pages has its new place; a view of the past (pz_actor_as_of_change()) pages through one
 * moment exactly. A text is found as a part of words, compared by simple case folding of Unicode 14; accents count, and are found in the form in which
 * they were written.
 * @return ::PZ_OK; ::PZ_E_CLOSED; ::PZ_E_STRUCT_SIZE; ::PZ_E_INVALID; ::PZ_E_TEXT; ::PZ_E_TOO_LONG; ::PZ_E_NOT_FOUND (the learner, the class, or `after`);
 *   ::PZ_E_DENIED; ::PZ_E_IO; ::PZ_E_NOMEM. Memory: one block, pz_free(). Since: 0.1
 */
PZ_API pz_status pz_profile_entry_list(pz_actor *actor, const pz_profile_query *query, pz_profile_entry ***out_rows, size_t *out_count);

/** One entry, its current version. @return as pz_profile_entry_list() with ::PZ_E_NOT_FOUND (the entry, also one that was withdrawn). Memory: one block, pz_free(). Since: 0.1 */
PZ_API pz_status pz_profile_entry_get(pz_actor *actor, pz_id entry, pz_profile_entry **out_entry);

/** Every version of one entry that the actor may see, oldest first, the one that withdraws it included. @return as pz_profile_entry_list() with ::PZ_E_NOT_FOUND (the entry). Memory: one block, pz_free(). Since: 0.1 */
PZ_API pz_status pz_profile_entry_history(pz_actor *actor, pz_id entry, pz_profile_entry ***out_rows, size_t *out_count);

/**
 * How complete and how fresh one section of a profile is, as far as the actor may see it, and whom to ask. Entries whose last day has passed do not count.
 *
 * | section                                                      | stale after days | ask       |
 * | ------------------------------------------------------------ | ---------------- | --------- |
 * | interest, strength, learn_what, learn_how, learn_when, learn_where | 180        | learner; strength: teacher |
 * | need                                                         | 120              | teacher   |
 * | background                                                   | 365              | guardian  |
 * | experience, prior_success, technology                        | 365              | learner   |
 * | support                                                      | 365              | counselor |
 * | attendance                                                   | 120              | service: an import |
 * | test_score: entries, and standardized tests that answers are known of | 400     | service: an import |
 * | academic: evidence of any competency                         | 60               | teacher   |
 * | misconception: answers to items whose options can point to one | 120            | teacher   |
 *
 * The days are a school's rhythm, not a finding: half a year, a term of four months, a year, the yearly test, two months without any answer. Where the rhythm is
 * another one, ::pz_profile_upkeep_query says so.
 */
typedef struct pz_profile_upkeep {
    uint32_t struct_size;
    pz_id learner;
    const char *name;    /**< of the section, or "academic" or "misconception", which are derived from evidence */
    int32_t section;     /**< a ::pz_profile_section; 0 for academic and misconception */
    int32_t entries;     /**< that hold today; of academic: competencies with evidence; of misconception: those that answers point to, maybe none */
    pz_time newest_at;   /**< when the newest of them was observed; of misconception: when it was last looked for; PZ_TIME_NONE: there is none */
    int32_t days_since;  /**< days since then; -1: there is none */
    int32_t stale_after; /**< days, see above */
    int32_t is_missing;  /**< 1: there is nothing; of misconception: it was never looked for */
    int32_t is_stale;    /**< 1: there is something, and the newest is older than `stale_after` days */
    int32_t ask_role;    /**< a ::pz_role: who is to be asked first */
    pz_id ask;           /**< somebody in that role around the learner today; 0: nobody is known */
} pz_profile_upkeep;

/** Whose upkeep pz_profile_upkeep_list() tells, and after how many days, 1 to 36,500, each section counts as stale. */
typedef struct pz_profile_upkeep_query {
    uint32_t struct_size;
    pz_id learner;             /**< 0 all in reach */
    pz_id class_id;            /**< 0 any */
    int32_t wanting_only;      /**< 1: only sections that are missing or stale */
    int32_t interest;          /**< default 180 */
    int32_t background;        /**< default 365 */
    int32_t experience;        /**< default 365 */
    int32_t prior_success;     /**< default 365 */
    int32_t strength;          /**< default 180 */
    int32_t need;              /**< default 120 */
    int32_t support;           /**< default 365 */
    int32_t technology;        /**< default 365 */
    int32_t attendance;        /**< default 120 */
    int32_t test_score;        /**< default 400 */
    int32_t learn_what;        /**< default 180 */
    int32_t learn_how;         /**< default 180 */
    int32_t learn_when;        /**< default 180 */
    int32_t learn_where;       /**< default 180 */
    int32_t academic;          /**< default 60 */
    int32_t misconception;     /**< default 120 */
} pz_profile_upkeep_query;

#define PZ_PROFILE_UPKEEP_QUERY_INIT \
    {sizeof(pz_profile_upkeep_query), 0, 0, 0, 180, 365, 365, 365, 180, 120, 365, 365, 120, 400, 180, 180, 180, 180, 60, 120}

/**
 * The upkeep of profiles: a row for each section of each learner, by learner and section, academic and misconception last.
 * @param query NULL for all, with the days above @return as pz_profile_entry_list(). Memory: one block, pz_free(). Since: 0.1
 */
PZ_API pz_status pz_profile_upkeep_list(pz_actor *actor, const pz_profile_upkeep_query *query, pz_profile_upkeep ***out_rows, size_t *out_count);

/* --------------------------------------------------------------------------------------- tags and named adults --- */

/** A tag of an entry: a term for what it says, from a vocabulary of interests or skills where it has an address there. */
typedef struct pz_profile_tag {
    uint32_t struct_size;
    pz_id entry;     /**< out */
    pz_id learner;   /**< out */
    const char *tag; /**< up to ::PZ_LIMIT_TITLE bytes, not empty; two spellings that differ in case alone are one tag */
    size_t tag_len;
    const char *uri; /**< such as an address in ESCO or O*NET: a scheme and a colon first, no spaces; or NULL */
    size_t uri_len;
} pz_profile_tag;

#define PZ_PROFILE_TAG_INIT {sizeof(pz_profile_tag), 0, 0, NULL, PZ_NUL_TERMINATED, NULL, PZ_NUL_TERMINATED}

/**
 * Says all tags of an entry anew. For whoever may revise it.
 * @param tags `rows` pointers, up to 100; NULL with 0 takes all away
 * @return as pz_profile_entry_revise() without ::PZ_E_CONFLICT and ::PZ_E_STATE; ::PZ_E_EXISTS (a tag twice). Since: 0.1
 */
PZ_API pz_status pz_profile_tags_set(pz_actor *actor, pz_id entry, const pz_profile_tag *const *tags, size_t rows, const char *key);

/** Tags of the entries that the actor may see, by learner, entry and tag. @param learner 0 all in reach @param class_id 0 any @return as pz_profile_entry_list(). Memory: one block, pz_free(). Since: 0.1 */
PZ_API pz_status pz_profile_tag_list(pz_actor *actor, pz_id learner, pz_id class_id, pz_profile_tag ***out_rows, size_t *out_count);

/** An adult who was named for an entry, and so sees it unless it is ::PZ_VISIBLE_SELF. */
typedef struct pz_profile_named {
    uint32_t struct_size;
    pz_id entry;
    pz_id person;
    pz_id learner;
    pz_id named_by;  /**< the learner or the entry's author; 0 where that person was erased */
    int64_t version; /**< number of the change that named it */
} pz_profile_named;

/**
 * Names an adult for an entry. For the learner, and for the entry's author. Being named gives no reach: it counts as long as the adult reaches
 * the learner by the roster, in whatever role, and stands also while the visibility is another one.
 * @param person an adult who reaches the learner today
 * @return ::PZ_OK, also where it was named already; ::PZ_E_CLOSED; ::PZ_E_READ_ONLY; ::PZ_E_TEXT; ::PZ_E_TOO_LONG; ::PZ_E_NOT_FOUND (the entry, or the person around the
 *   learner); ::PZ_E_DENIED; ::PZ_E_KEY_REUSED; ::PZ_E_BUSY; ::PZ_E_NO_SPACE; ::PZ_E_IO; ::PZ_E_NOMEM. Since: 0.1
 */
PZ_API pz_status pz_profile_named_add(pz_actor *actor, pz_id entry, pz_id person, const char *key);
/** Takes the name back, from today for all versions. @return as naming; ::PZ_E_NOT_FOUND (the person was not named). Since: 0.1 */
PZ_API pz_status pz_profile_named_end(pz_actor *actor, pz_id entry, pz_id person, const char *key);
/** Who is named for an entry today. For the learner and the entry's author. @return ::PZ_OK; ::PZ_E_CLOSED; ::PZ_E_INVALID; ::PZ_E_NOT_FOUND; ::PZ_E_DENIED; ::PZ_E_IO; ::PZ_E_NOMEM. Memory: one block, pz_free(). Since: 0.1 */
PZ_API pz_status pz_profile_named_list(pz_actor *actor, pz_id entry, pz_profile_named ***out_rows, size_t *out_count);

/* ------------------------------------------------------------------------------------------------- disputes --- */

/** What became of a dispute. */
typedef enum pz_dispute_state {
    PZ_DISPUTE_OPEN = 1,
    PZ_DISPUTE_UPHELD = 2,   /**< the one who disputes is right: the entry is to be revised or withdrawn */
    PZ_DISPUTE_DECLINED = 3, /**< the entry stands, and the statement stays with it */
    PZ_DISPUTE_WITHDRAWN = 4
} pz_dispute_state;

/** A dispute of an entry with its answer. Both stay with the entry and are shown with it. */
typedef struct pz_profile_dispute {
    uint32_t struct_size;
    pz_id id;
    pz_id learner;
    pz_id entry;
    int64_t entry_version; /**< the version that was disputed */
    int64_t version;       /**< number of the change that wrote this state */
    int32_t state;         /**< a ::pz_dispute_state */
    const char *statement;
    size_t statement_len;
    pz_id disputed_by;
    int32_t disputed_role; /**< a ::pz_role */
    pz_time disputed_at;
    const char *answer;    /**< or NULL */
    size_t answer_len;
    pz_id answered_by;
    int32_t answered_role; /**< a ::pz_role, or 0 */
    pz_time answered_at;
} pz_profile_dispute;

/**
 * Disputes an entry about oneself, or about one's child, that another person or a file wrote. The adults around the learner hear of it as of something
 * that waits for an answer. Until it has one, pz_due_list() has it for those who may give it, by the day by which a counter-proposal is to be answered
 * (::PZ_VOICE_COUNTER in pz_voice_policy_set(); without a policy five days), and once that has passed for who disputes.
 * @param statement in the words of who disputes, needed
 * @return ::PZ_OK; ::PZ_E_CLOSED; ::PZ_E_READ_ONLY; ::PZ_E_INVALID; ::PZ_E_TEXT; ::PZ_E_TOO_LONG; ::PZ_E_NOT_FOUND (the entry); ::PZ_E_DENIED (for other roles; for
 *   the learner's own entry, which it revises, and for its author); ::PZ_E_EXISTS (the same person's is open); ::PZ_E_KEY_REUSED; ::PZ_E_BUSY; ::PZ_E_NO_SPACE;
 *   ::PZ_E_IO; ::PZ_E_NOMEM. Since: 0.1
 */
PZ_API pz_status pz_profile_dispute_open(pz_actor *actor, pz_id entry, const char *statement, size_t statement_len, const char *key,
                                         pz_id *out_id);
/**
 * Answers it, with a reason. For the entry's author, and for counselors and leaders who see the entry; not for who disputes.
 * @param state ::PZ_DISPUTE_UPHELD or ::PZ_DISPUTE_DECLINED, a ::pz_dispute_state @param answer needed
 * @return as pz_profile_dispute_open(); ::PZ_E_STATE (it is not open). Since: 0.1
 */
PZ_API pz_status pz_profile_dispute_answer(pz_actor *actor, pz_id dispute, pz_dispute_state state, const char *answer, size_t answer_len,
                                           const char *key);
/** Takes it back. For who disputes. @return as answering. Since: 0.1 */
PZ_API pz_status pz_profile_dispute_withdraw(pz_actor *actor, pz_id dispute, const char *key);
/** Which disputes pz_profile_dispute_list() gives. */
typedef struct pz_profile_dispute_query {
    uint32_t struct_size;
    pz_id learner;        /**< 0 all in reach */
    pz_id class_id;       /**< 0 any */
    pz_id entry;          /**< 0 any */
    int32_t state;        /**< a ::pz_dispute_state, 0 any */
    const char *text;     /**< words to find, all of them, in statement and answer, in any script and whatever their case; NULL any */
    size_t text_len;
    int32_t order;        /**< a ::pz_list_order. Default ::PZ_LIST_OLDEST. */
    int32_t limit;        /**< most rows, 1 to 10,000; 0: all */
    pz_id after;          /**< the last of the page before; 0: from the beginning */
} pz_profile_dispute_query;

#define PZ_PROFILE_DISPUTE_QUERY_INIT {sizeof(pz_profile_dispute_query), 0, 0, 0, 0, NULL, PZ_NUL_TERMINATED, PZ_LIST_OLDEST, 0, 0}

/** Disputes of entries that the actor may see. @param query NULL for all @return as pz_profile_entry_list(). Memory: one block, pz_free(). Since: 0.1 */
PZ_API pz_status pz_profile_dispute_list(pz_actor *actor, const pz_profile_dispute_query *query, pz_profile_dispute ***out_rows,
                                         size_t *out_count);

/* -------------------------------------------------------------------------------------------- private notes --- */

/** What a teacher, counselor or leader notes for itself of a learner. Nobody else reads it, in no role and by no service. */
typedef struct pz_private_note {
    uint32_t struct_size;
    pz_id id;
    pz_id learner;
    int64_t version;
    const char *content; /**< up to ::PZ_LIMIT_TEXT bytes, not empty */
    size_t content_len;
    pz_time written_at;
} pz_private_note;

/* Each returns PZ_OK; PZ_E_CLOSED; PZ_E_READ_ONLY; PZ_E_INVALID; PZ_E_TEXT; PZ_E_TOO_LONG; PZ_E_NOT_FOUND (the learner; a note that is not one's own); PZ_E_DENIED;
 * PZ_E_KEY_REUSED; PZ_E_BUSY; PZ_E_NO_SPACE; PZ_E_IO; PZ_E_NOMEM. */

/** Writes a note on a learner in reach. It goes when the learner or the author is erased. Since: 0.1 */
PZ_API pz_status pz_private_note_add(pz_actor *actor, pz_id learner, const char *content, size_t content_len, const char *key, pz_id *out_id);
/** Writes it anew. Since: 0.1 */
PZ_API pz_status pz_private_note_revise(pz_actor *actor, pz_id note, const char *content, size_t content_len, const char *key);
/** Puts it away. Since: 0.1 */
PZ_API pz_status pz_private_note_end(pz_actor *actor, pz_id note, const char *key);
/** Which notes pz_private_note_list() gives. */
typedef struct pz_private_note_query {
    uint32_t struct_size;
    pz_id learner;        /**< 0 all in reach */
    pz_id class_id;       /**< 0 any */
    const char *text;     /**< words to find, all of them, in the note, in any script and whatever their case; NULL any */
    size_t text_len;
    int32_t order;        /**< a ::pz_list_order. Default ::PZ_LIST_OLDEST. */
    int32_t limit;        /**< most rows, 1 to 10,000; 0: all */
    pz_id after;          /**< the last of the page before; 0: from the beginning */
} pz_private_note_query;

#define PZ_PRIVATE_NOTE_QUERY_INIT {sizeof(pz_private_note_query), 0, 0, NULL, PZ_NUL_TERMINATED, PZ_LIST_OLDEST, 0, 0}

/** One's own notes on learners in reach. @param query NULL for all. Memory: one block, pz_free(). Since: 0.1 */
PZ_API pz_status pz_private_note_list(pz_actor *actor, const pz_private_note_query *query, pz_private_note ***out_rows, size_t *out_count);

/* ------------------------------------------------------------------------------------- criteria for grouping --- */

/** What an entry of a learner says for a criterion: a 1 in a column of the values that pz_grouping_add_features() takes. */
typedef struct pz_profile_feature {
    uint32_t struct_size;
    pz_id learner;
    const char *name; /**< of the column: a tag or code without regard to case, or a half hour such as "mon 15:30" */
    pz_id entry;      /**< that says so */
} pz_profile_feature;

/**
 * What profiles say of the learners of a class, for a criterion of the grouping engine, with the entries it comes from. Every learner and column that is not
 * listed is 0. Only entries that the actor may see and that hold today; look at the class once and it is once on the record of reads.
 *
 * | criterion     | columns                                                              | metric            |
 * | ------------- | -------------------------------------------------------------------- | ----------------- |
 * | "interests"   | tags and codes of interest and learn_what                            | ::PZ_METRIC_SETS  |
 * | "needs"       | tags and codes of need                                               | ::PZ_METRIC_SETS  |
 * | "strengths"   | tags and codes of strength and prior_success                         | ::PZ_METRIC_SETS  |
 * | "preferences" | tags and codes of learn_how, learn_where and technology              | ::PZ_METRIC_SETS  |
 * | "times"       | half hours of the week that lie wholly within `times` of learn_when  | ::PZ_METRIC_TIMES |
 *
 * @param criterion a name of the table @param class_id needed
 * @return ::PZ_OK; ::PZ_E_CLOSED; ::PZ_E_INVALID (the criterion); ::PZ_E_NOT_FOUND; ::PZ_E_DENIED; ::PZ_E_IO; ::PZ_E_NOMEM. By learner, then entry. Memory: one block,
 *   pz_free(). Since: 0.1. Experimental.
 */
PZ_API pz_status pz_profile_feature_list(pz_actor *actor, pz_id class_id, const char *criterion, pz_profile_feature ***out_rows,
                                         size_t *out_count);

/* ------------------------------------------------------------------------------------------------- supports --- */

/** One feature of Access for All PNP 3.0. */
typedef struct pz_support_feature {
    uint32_t struct_size;
    const char *name;  /**< such as "additional-testing-time": the `code` of a support */
    const char *words; /**< in the language asked for */
} pz_support_feature;

/**
 * The features of Access for All PNP 3.0, by name. A support may also have a code of its own that begins with "ext:". For
 * "additional-testing-time" the `scale` of a value is "time_multiplier" (1 or more), "fixed_minutes" (above 0) or "unlimited" (no value).
 * @param language "en" or "es", NULL for "en"
 * @return ::PZ_OK; ::PZ_E_INVALID (the language); ::PZ_E_NOMEM. Memory: one block, pz_free(). Since: 0.1
 */
PZ_API pz_status pz_support_feature_list(const char *language, pz_support_feature ***out_rows, size_t *out_count);

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
 * those whose last day passed; tags and disputes of entries, with the answers; goals that were added or revised, their state included; decisions on mastery that differ. All by id.
 *
 * It compares what pz_profile_get() would give to this actor, today, of both moments, and tells nothing else. So an entry that was revised
 * twice shows once; what came and went between the moments does not show; what is hidden from the actor counts as absent; what was erased
 * was never there. Tags and disputes show where their entry does; a tag that is spelled anew is removed and added. Supporters of goals are left to pz_goal_supporter_list(), misconceptions and groups to pz_profile_get().
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
