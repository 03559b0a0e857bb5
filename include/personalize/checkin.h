/**
 * @file personalize/checkin.h
 * Check-ins: a learner and named people around it look at what has changed since the last time, at what is overdue, and set the next time.
 *
 *     planned -> held      with the outcome, what was touched, and the next one
 *        |
 *        +----> cancelled  with a reason
 *
 * **Who takes part** is named by person and role. The learner always does; adults must reach it in their role. Everybody signs for itself that
 * it was there. A check-in is held by an adult who takes part, once the learner and every role that its template needs have signed; the one who
 * holds it signs by holding it.
 *
 * **Who sees it**: the learner, who takes part, who planned it, and whom its visibility names, as far as they reach the learner.
 *
 * **When**: on demand, or by the schedule of a class or an org: each month, or once in each cycle. What the schedule asks for and what was planned
 * stands in pz_due_list() and, once its day has passed, in pz_checkin_overdue_list().
 */
#ifndef PERSONALIZE_CHECKIN_H
#define PERSONALIZE_CHECKIN_H

#include "personalize/voice.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum pz_checkin_rhythm {
    PZ_RHYTHM_ON_DEMAND = 1,
    PZ_RHYTHM_MONTHLY = 2,   /**< by the same day of the month after the last one, or the last day of a shorter month */
    PZ_RHYTHM_EACH_CYCLE = 3 /**< once from the day on which a cycle opens to the day on which it closes */
} pz_checkin_rhythm;

typedef enum pz_checkin_state { PZ_CHECKIN_PLANNED = 1, PZ_CHECKIN_HELD = 2, PZ_CHECKIN_CANCELLED = 3 } pz_checkin_state;

typedef enum pz_presence {
    PZ_PRESENCE_INVITED = 1,
    PZ_PRESENCE_SIGNED = 2,  /**< was there, by its own signature */
    PZ_PRESENCE_EXCUSED = 3  /**< said that it would not come, or was not there */
} pz_presence;

/** What check-ins of a kind have in common. The template 0 is the library's own: it needs the learner and one adult, and asks four questions. */
typedef struct pz_checkin_template {
    uint32_t struct_size;
    pz_id id;               /**< 0 when new */
    pz_id org;              /**< whose it is, and of the orgs below; 0 the store's */
    const char *title;      /**< needed */
    size_t title_len;
    const char *prompts;    /**< questions for the agenda, one a line, or NULL */
    size_t prompts_len;
    int32_t with_guardian;  /**< 1: a guardian must take part */
    int32_t with_teacher;
    int32_t with_counselor;
    int32_t with_leader;
    int32_t ended;          /**< 1: no new check-in is planned by it */
    pz_id author;           /**< out: who made it; 0 for a service */
} pz_checkin_template;

#define PZ_CHECKIN_TEMPLATE_INIT \
    {sizeof(pz_checkin_template), 0, 0, NULL, PZ_NUL_TERMINATED, NULL, PZ_NUL_TERMINATED, 0, 0, 0, 0, 0, 0}

/** How often the learners of a class, or of an org and those below it, have a check-in. That of the class counts before that of the nearest org. */
typedef struct pz_checkin_schedule {
    uint32_t struct_size;
    pz_id scope;           /**< a class or an org */
    int32_t rhythm;        /**< a ::pz_checkin_rhythm; ::PZ_RHYTHM_ON_DEMAND asks for none */
    pz_id template_id;     /**< 0 the library's own */
    pz_date starts_on;     /**< day by which the first monthly one is held; needed for it */
    int64_t since_change;  /**< out */
} pz_checkin_schedule;

#define PZ_CHECKIN_SCHEDULE_INIT {sizeof(pz_checkin_schedule), 0, 0, 0, PZ_DATE_NONE, 0}

/** A check-in, in one version. */
typedef struct pz_checkin {
    uint32_t struct_size;
    pz_id id;
    pz_id learner;
    int64_t version;       /**< number of the change that wrote it; give it back when it is moved or held */
    int32_t state;         /**< out: a ::pz_checkin_state */
    pz_id template_id;     /**< 0 the library's own */
    pz_id cycle;           /**< that it belongs to; 0 none */
    pz_date due_on;        /**< planned for this day; needed */
    int32_t visibility;    /**< a ::pz_visibility. Default ::PZ_VISIBLE_SCHOOL. With ::PZ_VISIBLE_NAMED it is who takes part. */
    const char *reason;    /**< out: why it was moved or cancelled, or NULL */
    size_t reason_len;
    const char *outcome;   /**< out: what was agreed */
    size_t outcome_len;
    pz_time held_at;       /**< out; PZ_TIME_NONE while it is not held */
    pz_id previous;        /**< out: the check-in that set this one; 0 none */
    pz_id next;            /**< out: the one that it set; 0 none */
    pz_id author;          /**< out: who planned it; 0 for an erased person */
    int32_t author_role;   /**< out: in which ::pz_role */
    pz_id acted_by;        /**< out: who made this version */
    int32_t acted_role;    /**< out: in which ::pz_role */
    pz_time acted_at;      /**< out */
    int32_t is_current;    /**< out: 0 for earlier versions */
} pz_checkin;

#define PZ_CHECKIN_INIT                                                                                                    \
    {sizeof(pz_checkin), 0, 0, 0, 0, 0, 0, PZ_DATE_NONE, PZ_VISIBLE_SCHOOL, NULL, PZ_NUL_TERMINATED, NULL, PZ_NUL_TERMINATED, \
     PZ_TIME_NONE, 0, 0, 0, 0, 0, 0, PZ_TIME_NONE, 1}

/** Who takes part. */
typedef struct pz_checkin_person {
    uint32_t struct_size;
    pz_id checkin;         /**< out */
    pz_id person;
    int32_t role;          /**< the ::pz_role in which it takes part */
    int32_t presence;      /**< out: a ::pz_presence */
    const char *note;      /**< out: of who is excused, or NULL */
    size_t note_len;
    pz_time signed_at;     /**< out; PZ_TIME_NONE */
} pz_checkin_person;

#define PZ_CHECKIN_PERSON_INIT {sizeof(pz_checkin_person), 0, 0, 0, 0, NULL, PZ_NUL_TERMINATED, PZ_TIME_NONE}

/** A record that a check-in touched. */
typedef struct pz_checkin_touch {
    uint32_t struct_size;
    pz_id checkin;         /**< out */
    int32_t position;      /**< out: from 1 */
    int32_t record_kind;   /**< a ::pz_kind: goal, profile entry, competency or voice entry */
    pz_id record;
    const char *note;      /**< what was said of it, or NULL */
    size_t note_len;
} pz_checkin_touch;

#define PZ_CHECKIN_TOUCH_INIT {sizeof(pz_checkin_touch), 0, 0, 0, 0, NULL, PZ_NUL_TERMINATED}

/** A point of the agenda. */
typedef struct pz_agenda_item {
    uint32_t struct_size;
    const char *code;      /**< "agenda.voice_unanswered", "agenda.goal_overdue", "agenda.goal_without_evidence", "agenda.goal_changed", "agenda.entry_changed", "agenda.voice_answered" or "agenda.prompt" */
    const char *text;      /**< in words, in the language asked for */
    size_t text_len;
    int32_t record_kind;   /**< a ::pz_kind of what it is about, 0 none */
    pz_id record;          /**< that record */
    pz_date due_on;        /**< its day, PZ_DATE_NONE */
    int64_t change;        /**< number of the change that made what is new, 0 */
} pz_agenda_item;

/** A learner whose check-in is late. */
typedef struct pz_overdue_checkin {
    uint32_t struct_size;
    pz_id org;
    pz_id class_id;
    pz_id learner;
    pz_id checkin;         /**< that was planned; 0: none was */
    pz_date due_on;
    int32_t days;          /**< since then */
} pz_overdue_checkin;

/** In which order check-ins are listed. Those that are equal in it follow by learner and id. */
typedef enum pz_checkin_order {
    PZ_CHECKIN_ORDER_LEARNER = 1, /**< by learner and id */
    PZ_CHECKIN_ORDER_DUE = 2,     /**< by day, the earliest first */
    PZ_CHECKIN_ORDER_ACTED = 3    /**< newest step first */
} pz_checkin_order;

/** Which check-ins pz_checkin_list() gives. */
typedef struct pz_checkin_query {
    uint32_t struct_size;
    pz_id learner;         /**< 0 any in reach */
    pz_id class_id;        /**< 0 any */
    pz_id person;          /**< in which this person takes part; 0 any */
    int32_t state;         /**< a ::pz_checkin_state; 0 any */
    pz_date due_until;     /**< PZ_DATE_NONE any */
    pz_id after;           /**< the last of the page before: what comes after it, as it stands now, in the order; 0 from the beginning */
    int32_t limit;         /**< most rows, 0 all */
    const char *text;      /**< words to find, all of them, in outcome and reason, in any script and whatever their case; NULL any */
    size_t text_len;
    int32_t order;         /**< a ::pz_checkin_order. Default ::PZ_CHECKIN_ORDER_LEARNER. */
} pz_checkin_query;

#define PZ_CHECKIN_QUERY_INIT {sizeof(pz_checkin_query), 0, 0, 0, 0, PZ_DATE_NONE, 0, 0, NULL, PZ_NUL_TERMINATED, PZ_CHECKIN_ORDER_LEARNER}

/** Which templates pz_checkin_template_list() gives. */
typedef struct pz_checkin_template_query {
    uint32_t struct_size;
    pz_id org;            /**< of this org alone; 0 any, and the library's own */
    int32_t open_only;    /**< 1: only those by which check-ins are planned */
    const char *text;     /**< words to find, all of them, in title and prompts, in any script and whatever their case; NULL any */
    size_t text_len;
    int32_t order;        /**< a ::pz_list_order. Default ::PZ_LIST_OLDEST. */
    int32_t limit;        /**< most rows, 1 to 10,000; 0: all */
    pz_id after;          /**< the last of the page before, -1 for the library's own; 0: from the beginning */
} pz_checkin_template_query;

#define PZ_CHECKIN_TEMPLATE_QUERY_INIT {sizeof(pz_checkin_template_query), 0, 0, NULL, PZ_NUL_TERMINATED, PZ_LIST_OLDEST, 0, 0}

/* Writing. Each returns PZ_OK; PZ_E_CLOSED; PZ_E_READ_ONLY; PZ_E_STRUCT_SIZE; PZ_E_INVALID; PZ_E_TEXT; PZ_E_TOO_LONG; PZ_E_NOT_FOUND (no such
 * record, or the actor does not see it); PZ_E_DENIED; PZ_E_STATE; PZ_E_CONFLICT (another version is current); PZ_E_KEY_REUSED; PZ_E_BUSY;
 * PZ_E_NO_SPACE; PZ_E_IO; PZ_E_NOMEM. */

/** Adds a template, or revises it where `id` names one. By staff for an org of their classes, then by its author and by counselors and leaders of the org; with org 0 by a service with ::PZ_SCOPE_RECOMMEND. Since: 0.1 */
PZ_API pz_status pz_checkin_template_save(pz_actor *actor, const pz_checkin_template *checkin_template, const char *key, pz_id *out_id);
/** Sets the schedule of a class, by its staff, or of an org, by its counselors and leaders, or by a service with ::PZ_SCOPE_RECOMMEND. Since: 0.1 */
PZ_API pz_status pz_checkin_schedule_set(pz_actor *actor, const pz_checkin_schedule *schedule, const char *key);

/**
 * Plans a check-in. By the learner, a guardian, a teacher, a counselor or a leader in reach. The learner and the one who plans it take part without
 * being named.
 * @param people `rows` pointers to who else takes part, at most 32
 * @return as above; ::PZ_E_INVALID also without an adult, or without a role that the template needs; ::PZ_E_NOT_FOUND also for a person who
 *   does not reach the learner in the role. Since: 0.1
 */
PZ_API pz_status pz_checkin_plan(pz_actor *actor, const pz_checkin *checkin, const pz_checkin_person *const *people, size_t rows, const char *key,
                                 pz_id *out_id);
/** Names somebody else to take part, by who takes part. Since: 0.1 */
PZ_API pz_status pz_checkin_invite(pz_actor *actor, pz_id checkin, pz_id person, pz_role role, const char *key);
/** The actor, who takes part, signs that it is there. Also afterwards. Since: 0.1 */
PZ_API pz_status pz_checkin_sign(pz_actor *actor, pz_id checkin, const char *key);
/** The actor, who takes part, says that it does not come, or was not there. @param note NULL for none. Since: 0.1 */
PZ_API pz_status pz_checkin_excuse(pz_actor *actor, pz_id checkin, const char *note, size_t note_len, const char *key);
/** Moves a planned check-in to another day, by who takes part. @param version that is moved @param reason NULL for none. Since: 0.1 */
PZ_API pz_status pz_checkin_move(pz_actor *actor, pz_id checkin, int64_t version, pz_date due_on, const char *reason, size_t reason_len,
                                 const char *key);
/** Cancels a planned check-in, by an adult who takes part. @param reason needed. Since: 0.1 */
PZ_API pz_status pz_checkin_cancel(pz_actor *actor, pz_id checkin, const char *reason, size_t reason_len, const char *key);
/**
 * Holds a check-in: keeps its outcome and what was touched, and sets the next one with the same people, template and visibility.
 * @param version that is held @param outcome needed @param touched `rows` pointers, at most 100, of records that the actor sees
 * @param next_on day of the next one, after today; PZ_DATE_NONE sets none @param out_next its id, 0
 * @return as above; ::PZ_E_STATE also while signatures are missing. Since: 0.1
 */
PZ_API pz_status pz_checkin_hold(pz_actor *actor, pz_id checkin, int64_t version, const char *outcome, size_t outcome_len,
                                 const pz_checkin_touch *const *touched, size_t rows, pz_date next_on, const char *key, pz_id *out_next);

/* Reading. Each returns PZ_OK; PZ_E_CLOSED; PZ_E_STRUCT_SIZE; PZ_E_INVALID; PZ_E_NOT_FOUND; PZ_E_DENIED; PZ_E_IO; PZ_E_NOMEM. Memory: one block,
 * release with pz_free(). */

/** The library's own template, those of the store and those of orgs in reach, by id. @param query NULL for all @param language of the library's own, "en" or "es", NULL for "en". Since: 0.1 */
PZ_API pz_status pz_checkin_template_list(pz_actor *actor, const pz_checkin_template_query *query, const char *language,
                                          pz_checkin_template ***out_rows, size_t *out_count);
/** The schedules of classes and orgs in reach, by scope. Since: 0.1 */
PZ_API pz_status pz_checkin_schedule_list(pz_actor *actor, pz_checkin_schedule ***out_rows, size_t *out_count);
/** One check-in, its current version. Since: 0.1 */
PZ_API pz_status pz_checkin_get(pz_actor *actor, pz_id checkin, pz_checkin **out_checkin);
/** Check-ins that the actor sees, in the order that is asked for. ::PZ_E_NOT_FOUND also for an `after` that it does not see. @param query NULL for all. Since: 0.1 */
PZ_API pz_status pz_checkin_list(pz_actor *actor, const pz_checkin_query *query, pz_checkin ***out_rows, size_t *out_count);
/** Every version of a check-in, oldest first. Since: 0.1 */
PZ_API pz_status pz_checkin_history(pz_actor *actor, pz_id checkin, pz_checkin ***out_rows, size_t *out_count);
/** Who takes part, and who has signed. Since: 0.1 */
PZ_API pz_status pz_checkin_person_list(pz_actor *actor, pz_id checkin, pz_checkin_person ***out_rows, size_t *out_count);
/** What it touched, as far as the actor sees that. Since: 0.1 */
PZ_API pz_status pz_checkin_touch_list(pz_actor *actor, pz_id checkin, pz_checkin_touch ***out_rows, size_t *out_count);
/**
 * The agenda, as far as the actor sees what is on it: voice entries that wait for an answer, goals past their day, active goals on whose competency
 * there is no new evidence, what is new since the check-in that was held before (goals, entries of the profile, answers), and the questions of the
 * template. Of a check-in that was held it is the agenda of that moment.
 * @param language "en" or "es", NULL for "en". Since: 0.1
 */
PZ_API pz_status pz_checkin_agenda_list(pz_actor *actor, pz_id checkin, const char *language, pz_agenda_item ***out_rows, size_t *out_count);
/**
 * A check-in as one document (docs/schema/checkin.json): itself, its template, who takes part, the agenda, and what it touched, as far as the actor sees
 * each. @param language "en" or "es", NULL for "en". Since: 0.1
 */
PZ_API pz_status pz_checkin_document(pz_actor *actor, pz_id checkin, const char *language, char **out_json);
/**
 * Learners whose check-in is late, by class: planned ones past their day, and what the schedule asks for where it was not held. Staff only, and
 * services with ::PZ_SCOPE_READ. A check-in that the actor does not see counts as held or planned all the same, without its id.
 * @param org of counselors and leaders: classes of this org and those below it; 0 any in reach @param class_id 0 any in reach. Since: 0.1
 */
PZ_API pz_status pz_checkin_overdue_list(pz_actor *actor, pz_id org, pz_id class_id, pz_overdue_checkin ***out_rows, size_t *out_count);

#ifdef __cplusplus
}
#endif
#endif
