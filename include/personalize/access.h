/**
 * @file personalize/access.h
 * Who asks: actors, what they reach, joined changes, the record of changes, ids of the outside world, whole-store duties.
 *
 * An actor is a person in a role with a purpose, or a service that the host declares. It is the first argument of every call
 * that reads or writes people's data. What it reaches comes from the roster as it is today:
 *
 * | role      | learners in reach                                         |
 * | --------- | --------------------------------------------------------- |
 * | learner   | the person itself                                         |
 * | guardian  | learners who name the person as guardian in the roster    |
 * | teacher   | learners enrolled today in classes where the person teaches today |
 * | counselor | learners enrolled or holding a role in the person's orgs and the orgs below them |
 * | leader    | the same                                                  |
 * | service   | every learner, for what its scopes allow                  |
 *
 * A record out of reach is ::PZ_E_NOT_FOUND, the same as one that does not exist. ::PZ_E_DENIED is only for acts on what the
 * actor can see. There is no role that may do everything. docs/access.md has the table of roles, kinds of record and acts.
 */
#ifndef PERSONALIZE_ACCESS_H
#define PERSONALIZE_ACCESS_H

#include "personalize/store.h"

#ifdef __cplusplus
extern "C" {
#endif

/** A person in a role, or a service, with a purpose. Opened by pz_actor_open..., released by pz_actor_free(). */
typedef struct pz_actor pz_actor;

typedef enum pz_role {
    PZ_ROLE_LEARNER = 1,   /**< OneRoster: student */
    PZ_ROLE_GUARDIAN = 2,  /**< OneRoster: parent, guardian, relative */
    PZ_ROLE_TEACHER = 3,   /**< OneRoster: teacher, aide, proctor (with enrollment) */
    PZ_ROLE_COUNSELOR = 4, /**< OneRoster: counselor */
    PZ_ROLE_LEADER = 5,    /**< OneRoster: principal, districtAdministrator, siteAdministrator, administrator */
    PZ_ROLE_SERVICE = 6    /**< a program of the host, see pz_actor_open_service() */
} pz_role;

/** What a service may do. Combine with |. */
typedef enum pz_scope {
    PZ_SCOPE_IMPORT = 1,    /**< write roster, frameworks, evidence and profile entries from files */
    PZ_SCOPE_READ = 2,      /**< read all content of the store, for reports and exports */
    PZ_SCOPE_RECOMMEND = 4, /**< run cycles, set mastery rules, make recommendations (people accept them) */
    PZ_SCOPE_ERASE = 8,     /**< erase a person */
    PZ_SCOPE_BACKUP = 16,   /**< copy the whole store */
    PZ_SCOPE_VERIFY = 32    /**< check the whole store and its chain of changes */
} pz_scope;

/** What a record is about: the kinds that ids, changes and the table of rights speak of. The numbers never change. */
typedef enum pz_kind {
    PZ_KIND_ORG = 1,
    PZ_KIND_SESSION = 2,       /**< academic session */
    PZ_KIND_COURSE = 3,
    PZ_KIND_CLASS = 4,
    PZ_KIND_PERSON = 5,
    PZ_KIND_ENROLLMENT = 6,
    PZ_KIND_GUARDIANSHIP = 7,
    PZ_KIND_FRAMEWORK = 8,
    PZ_KIND_COMPETENCY = 9,
    PZ_KIND_ASSOCIATION = 10,
    PZ_KIND_ASSESSMENT = 11,   /**< OneRoster: line item */
    PZ_KIND_ITEM = 12,
    PZ_KIND_MISCONCEPTION = 13,
    PZ_KIND_EVIDENCE = 14,     /**< OneRoster: result */
    PZ_KIND_MASTERY = 15,
    PZ_KIND_MASTERY_RULE = 16,
    PZ_KIND_CYCLE = 17,
    PZ_KIND_GOAL = 18,
    PZ_KIND_PROFILE_ENTRY = 19,
    PZ_KIND_RECOMMENDATION = 20,
    PZ_KIND_CHANGE = 21,
    PZ_KIND_STORE = 22,
    PZ_KIND_ROLE = 23,         /**< a person's role in an org */
    PZ_KIND_VOICE = 24,        /**< what a learner says, counter-proposals too */
    PZ_KIND_VOICE_POLICY = 25, /**< days to answer in */
    PZ_KIND_CHECKIN = 26,
    PZ_KIND_CHECKIN_TEMPLATE = 27, /**< templates and schedules of check-ins */
    PZ_KIND_QUESTIONNAIRE = 28,
    PZ_KIND_ANSWER = 29,       /**< to a question of a questionnaire */
    PZ_KIND_THEME = 30,        /**< what many learners of a class or org say */
    PZ_KIND_NOTE = 31,         /**< a private note of its author on a learner */
    PZ_KIND_GOAL_POLICY = 32,  /**< who may take which step with a goal */
    PZ_KIND_GOAL_GROUP = 33,   /**< goals of a group */
    PZ_KIND_ACTIVITY = 34,     /**< activities and boards of classes and orgs */
    PZ_KIND_ASSIGNMENT = 35,   /**< an activity for a learner, or what it took up by itself */
    PZ_KIND_PLAN = 36,         /**< personalized learning plans */
    PZ_KIND_PLAN_TEMPLATE = 37
} pz_kind;

/** In which order lists come that have no other: by when their records were made. */
typedef enum pz_list_order { PZ_LIST_OLDEST = 1, PZ_LIST_NEWEST = 2 } pz_list_order;

/**
 * Opens an actor for a person in a role. The roster must give the person this role today.
 * @param person from pz_id_resolve() or a list @param role a ::pz_role but service
 * @param purpose why, in the host's words, up to ::PZ_LIMIT_PURPOSE bytes and not empty, such as "class page"; it is kept with each change
 * @return ::PZ_OK; ::PZ_E_CLOSED; ::PZ_E_FORKED; ::PZ_E_INVALID; ::PZ_E_TEXT; ::PZ_E_TOO_LONG; ::PZ_E_NOT_FOUND (no such person);
 *   ::PZ_E_DENIED (the person does not hold this role today); ::PZ_E_BUSY; ::PZ_E_IO; ::PZ_E_NOMEM
 * Memory: release with pz_actor_free(); it keeps the store alive. Since: 0.1
 */
PZ_API pz_status pz_actor_open(pz_store *store, pz_id person, pz_role role, const char *purpose, pz_actor **out_actor);

/**
 * Opens an actor for a program of the host. The first use of a name in a store is on record like a write, and so is each
 * act. It reads no content beyond its scopes.
 * @param name such as "nightly import", up to ::PZ_LIMIT_TITLE bytes, not empty @param scopes ::pz_scope values, at least one
 * @return as pz_actor_open() without ::PZ_E_NOT_FOUND and ::PZ_E_DENIED. Since: 0.1
 */
PZ_API pz_status pz_actor_open_service(pz_store *store, const char *name, int32_t scopes, const char *purpose, pz_actor **out_actor);

/**
 * A second actor that sees the records as they were recorded at `moment`. Who may see them is judged by today's roster.
 * It is read-only: writes answer ::PZ_E_READ_ONLY.
 * @param moment recorded time; before the first change the store is empty; the future is ::PZ_E_INVALID
 * @return ::PZ_OK; ::PZ_E_CLOSED; ::PZ_E_INVALID; ::PZ_E_IO; ::PZ_E_NOMEM
 * Memory: release with pz_actor_free(); it keeps `actor`'s store alive. Since: 0.1
 */
PZ_API pz_status pz_actor_as_of(pz_actor *actor, pz_time moment, pz_actor **out_view);

/** The same by number of change, for exact repeats. 0 is the empty store. Since: 0.1 */
PZ_API pz_status pz_actor_as_of_change(pz_actor *actor, int64_t change, pz_actor **out_view);

/** Writes the record of reads that is still held and releases the actor. A joined change that is open is undone. Since: 0.1 */
PZ_API void pz_actor_free(pz_actor *actor);

/* ------------------------------------------------------------------------------------------ joined changes --- */

/**
 * Joins the writes that follow into one change: all are seen at once, or none. Ends with pz_change_commit() or
 * pz_change_undo(). Other writers wait meanwhile, so be brief. Keys of the calls within are not used.
 * @param action what it is, such as "parent evening", up to ::PZ_LIMIT_TITLE bytes, not empty @param key see rule 9 of base.h
 * @param out_repeated 1 if this key was committed before: write nothing, the call pz_change_undo() is not needed
 * @return ::PZ_OK; ::PZ_E_CLOSED; ::PZ_E_READ_ONLY; ::PZ_E_STATE (one is open); ::PZ_E_INVALID; ::PZ_E_TEXT; ::PZ_E_TOO_LONG;
 *   ::PZ_E_BUSY; ::PZ_E_NO_SPACE; ::PZ_E_IO; ::PZ_E_NOMEM. Since: 0.1
 */
PZ_API pz_status pz_change_begin(pz_actor *actor, const char *action, const char *key, int32_t *out_repeated);

/** Makes the joined change visible. @param out_change its number. @return ::PZ_OK; ::PZ_E_STATE (none is open); ::PZ_E_NO_SPACE; ::PZ_E_IO; ::PZ_E_NOMEM. On failure it is undone. Since: 0.1 */
PZ_API pz_status pz_change_commit(pz_actor *actor, int64_t *out_change);

/** Drops the joined change. @return ::PZ_OK; ::PZ_E_CLOSED; ::PZ_E_STATE (none is open). Since: 0.1 */
PZ_API pz_status pz_change_undo(pz_actor *actor);

/* ------------------------------------------------------------------------------------- what changed, what is due --- */

typedef enum pz_event_kind {
    PZ_EVENT_CHANGED = 1,         /**< a record in reach was added, revised or ended */
    PZ_EVENT_RECOMMENDED = 2,     /**< a recommendation was made */
    PZ_EVENT_AWAITS_ANSWER = 3,   /**< something waits for this actor: a goal to support, a recommendation or a voice entry to answer */
    PZ_EVENT_ANSWERED = 4,        /**< what had been waiting was accepted, rejected, supported, answered, acted on or declined */
    PZ_EVENT_CYCLE = 5,           /**< a cycle opened, closed or was handed over */
    PZ_EVENT_ERASED = 6           /**< a person was erased: drop all copies of what concerned `learner` */
} pz_event_kind;

/** One event of pz_changes_since(). */
typedef struct pz_event {
    uint32_t struct_size;
    int32_t kind;        /**< a ::pz_event_kind */
    int64_t change;      /**< number of the change */
    pz_time at;          /**< recorded time */
    int32_t record_kind; /**< a ::pz_kind */
    pz_id record;        /**< the record; 0 for a batch */
    pz_id learner;       /**< whom it concerns; 0 if nobody in particular */
    pz_id person;        /**< who did it; 0 for a service or an erased person */
    int32_t role;        /**< in which ::pz_role */
    const char *action;  /**< such as "goal.propose" */
    const char *purpose;
    int64_t cursor;      /**< with which pz_changes_since() goes on after this event */
} pz_event;

/**
 * Events within the actor's reach, oldest first. Keep the cursor and come back with it. It is no number of a change: keep it as it was given.
 * @param cursor 0 to begin, what the last call gave, or `cursor` of an event to go on after it @param limit most events, 1 to 10,000
 * @param out_cursor for the next call; equal to `cursor` if there is nothing new
 * @return ::PZ_OK; ::PZ_E_CLOSED; ::PZ_E_INVALID (the limit; a cursor that this store never gave: the number of a change, or one of a newer copy
 *   of the store, after an older backup was restored: begin with 0 then); ::PZ_E_DENIED (a service without a scope that reads); ::PZ_E_IO; ::PZ_E_NOMEM
 * Memory: one block, release with pz_free(). Since: 0.1
 */
PZ_API pz_status pz_changes_since(pz_actor *actor, int64_t cursor, int32_t limit, pz_event ***out_rows, size_t *out_count,
                                  int64_t *out_cursor);

/** One thing that falls due. */
typedef struct pz_due {
    uint32_t struct_size;
    int32_t record_kind; /**< a ::pz_kind: goal, cycle, recommendation, voice, profile_entry (a dispute of it), checkin or theme */
    pz_id record;
    pz_id learner;       /**< 0 if nobody in particular */
    pz_date due_on;
    const char *code;    /**< "due.goal", "due.goal_milestone" (`record` is the goal), "due.goal_answer" (a request on the goal that the actor is to answer, five days after it was made), "due.cycle_close", "due.recommendation_answer", "due.voice_answer" (the actor owes it), "due.voice_unanswered" (the learner's own, past its day), "due.dispute_answer" (of `record`, an entry; the actor may answer it), "due.dispute_unanswered" (the actor's own, past its day), "due.checkin", "due.checkin_plan" (the schedule asks for one: `record` is 0), "due.theme_answer" (`record` is the class or org); the message catalog words it */
} pz_due;

/**
 * What falls due on or before a day and is still open, within reach, earliest first. A query, not an event: ask it daily.
 * @return ::PZ_OK; ::PZ_E_CLOSED; ::PZ_E_INVALID; ::PZ_E_DENIED; ::PZ_E_IO; ::PZ_E_NOMEM
 * Memory: one block, release with pz_free(). Since: 0.1
 */
PZ_API pz_status pz_due_list(pz_actor *actor, pz_date until, pz_due ***out_rows, size_t *out_count);

/* ------------------------------------------------------------------------------------------------ who has read --- */

/**
 * What another person or a service read of a learner on one day: one row for each reader in a role with a purpose, kind of record, section and class.
 * What an actor read is written when it is closed, with its next write, or by its next call after a second, so the last reads of an open actor may be missing.
 */
typedef struct pz_read {
    uint32_t struct_size;
    pz_id learner;
    pz_date day;
    pz_id person;        /**< who read; 0 for a service, and for a person who was erased */
    const char *service; /**< name of the service, or NULL */
    int32_t role;        /**< a ::pz_role */
    const char *purpose;
    int32_t kind;        /**< a ::pz_kind: what was read */
    int32_t section;     /**< of profile entries, the ::pz_profile_section that was asked for alone; 0 any */
    pz_id class_id;      /**< the class that was looked at as a whole while the learner was in it; 0: the learner was looked at */
    int64_t times;       /**< calls that read it */
    pz_time first_at;    /**< when the first and the last of them were recorded */
    pz_time last_at;
} pz_read;

/**
 * Who has read what of a learner, newest day first. For the learner itself, its guardians, its counselor and leader, and a service with
 * ::PZ_SCOPE_READ. A store that was opened for reading only takes no record of reads.
 * @param from,until days in the store's time zone; PZ_DATE_NONE: open
 * @return ::PZ_OK; ::PZ_E_CLOSED; ::PZ_E_INVALID (the days); ::PZ_E_NOT_FOUND; ::PZ_E_DENIED; ::PZ_E_IO; ::PZ_E_NOMEM. Memory: one block, pz_free(). Since: 0.1
 */
PZ_API pz_status pz_read_list(pz_actor *actor, pz_id learner, pz_date from, pz_date until, pz_read ***out_rows, size_t *out_count);

/* -------------------------------------------------------------------------------- ids of the outside world --- */

/**
 * The id of a record from its id in the outside world (OneRoster sourcedId, CASE identifier, LMS id).
 * @param kind a ::pz_kind @param source name of the source system that the import used; NULL or "" for any, if only one has it
 * @return ::PZ_OK; ::PZ_E_CLOSED; ::PZ_E_INVALID; ::PZ_E_TEXT; ::PZ_E_TOO_LONG; ::PZ_E_NOT_FOUND (unknown, or out of reach);
 *   ::PZ_E_CONFLICT (several sources have it: name one); ::PZ_E_IO; ::PZ_E_NOMEM. Since: 0.1
 */
PZ_API pz_status pz_id_resolve(pz_actor *actor, pz_kind kind, const char *source, const char *text, size_t text_len, pz_id *out_id);

/**
 * The same for many texts at once. Unknown ones give 0.
 * @param texts NUL-terminated @param rows their number @param out_ids `rows` ids
 * @return ::PZ_OK; as pz_id_resolve() without ::PZ_E_NOT_FOUND. Since: 0.1
 */
PZ_API pz_status pz_id_resolve_many(pz_actor *actor, pz_kind kind, const char *source, const char *const *texts, size_t rows,
                                    pz_id *out_ids);

/** A person as the first door needs it: resolves without an actor, to open one. @return as pz_id_resolve(). Since: 0.1 */
PZ_API pz_status pz_store_person(pz_store *store, const char *source, const char *text, size_t text_len, pz_id *out_person);

/** One outside id of a record. */
typedef struct pz_outside_id {
    uint32_t struct_size;
    pz_id id;
    int32_t kind;       /**< a ::pz_kind */
    const char *source;
    const char *text;
} pz_outside_id;

/** All outside ids of a record. @return ::PZ_OK; ::PZ_E_CLOSED; ::PZ_E_NOT_FOUND; ::PZ_E_IO; ::PZ_E_NOMEM. Memory: one block, pz_free(). Since: 0.1 */
PZ_API pz_status pz_outside_id_list(pz_actor *actor, pz_kind kind, pz_id id, pz_outside_id ***out_rows, size_t *out_count);

/* ------------------------------------------------------------------------------------- duties of the store --- */

/**
 * Copies the whole store to a new file while it is in use. The copy is a store, checked after writing.
 * Needs a service with ::PZ_SCOPE_BACKUP.
 * @param path must not exist
 * @return ::PZ_OK; ::PZ_E_CLOSED; ::PZ_E_DENIED; ::PZ_E_INVALID; ::PZ_E_EXISTS; ::PZ_E_CANCELLED; ::PZ_E_NO_SPACE; ::PZ_E_IO; ::PZ_E_NOMEM.
 *   On failure nothing is left at `path`. Since: 0.1
 */
PZ_API pz_status pz_store_backup(pz_actor *actor, const char *path, pz_progress_fn progress, void *user_data);

/**
 * Checks the whole store: pages, foreign keys, versions that overlap, derived mastery against its evidence, the chain of changes, and that the rows of
 * every record are those that its changes wrote (docs/store.md says of which tables).
 * Needs a service with ::PZ_SCOPE_VERIFY.
 * @param out_json a document (docs/schema/verify.json): what was checked, what was found, and whether the chain proves authorship
 *   (a host key) or integrity only
 * @return ::PZ_OK; ::PZ_E_CLOSED; ::PZ_E_DENIED; ::PZ_E_CORRUPT or ::PZ_E_TAMPERED (the document is given all the same);
 *   ::PZ_E_CANCELLED; ::PZ_E_IO; ::PZ_E_NOMEM
 * Memory: release with pz_free(). Since: 0.1
 */
PZ_API pz_status pz_store_verify(pz_actor *actor, pz_progress_fn progress, void *user_data, char **out_json);

/**
 * All that the store holds on one person, in one document (docs/schema/export.json): every record in every version, with who
 * wrote and who read it. For the right of access and of portability. For a learner itself, its guardians, its counselor and leader, and a service with ::PZ_SCOPE_READ.
 * Other people appear by id and role only.
 * @return ::PZ_OK; ::PZ_E_CLOSED; ::PZ_E_NOT_FOUND; ::PZ_E_DENIED; ::PZ_E_IO; ::PZ_E_NOMEM
 * Memory: release with pz_free(). Since: 0.1
 */
PZ_API pz_status pz_person_export(pz_actor *actor, pz_id person, char **out_json);

/**
 * Removes a person everywhere, in every version, for good: records, evidence, free text, ids of the outside world. What is
 * left are numbers of changes that point to nobody. Groups that had the person are marked as no longer replayable.
 * For a leader of the person's org, and a service with ::PZ_SCOPE_ERASE.
 * @param out_json the receipt (docs/schema/erasure.json): counts by table, the change, and the digest of what is left of the chain
 * @return ::PZ_OK; ::PZ_E_CLOSED; ::PZ_E_NOT_FOUND; ::PZ_E_DENIED; ::PZ_E_READ_ONLY; ::PZ_E_KEY_REUSED; ::PZ_E_BUSY; ::PZ_E_IO; ::PZ_E_NOMEM
 * Memory: release with pz_free(). Since: 0.1
 */
PZ_API pz_status pz_person_erase(pz_actor *actor, pz_id person, const char *key, char **out_json);

#ifdef __cplusplus
}
#endif
#endif
