/**
 * @file personalize/activity.h
 * A program of activities with voice and choice: activities tied to competencies, boards that learners choose from, and assignments with a life whose result
 * becomes evidence.
 *
 * **An activity** belongs to a class or an org. It may leave open *what* it is about, *how* it is done (medium, product, alone or together), *when* it is due
 * and *where* (place, device): then the learner chooses, among the lines that the activity offers, or freely where it offers none. Its ties say which competencies
 * its result bears on, and what has to come before it.
 *
 * **A board** is an activity with others on it (their `parent`). `choose` says how many of them a learner takes: 0 all, otherwise any so many. A path with branches is a
 * board with `choose` 1 whose parts are boards with `choose` 0.
 *
 * **An assignment** is one activity for one learner:
 *
 *     assigned -> started -> submitted -> returned      with a score that becomes evidence; started again to do it over
 *        |           |           |
 *        +-----------+-----------+------> excused       by staff, with a reason
 *        +-----------+------------------> dropped       a choice that its learner took back
 *
 * That of a board waits for the learner's choice, and is started by it. A learner may also take up a competency by itself, without any activity: another next step than those proposed.
 */
#ifndef PERSONALIZE_ACTIVITY_H
#define PERSONALIZE_ACTIVITY_H

#include "personalize/access.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum pz_activity_kind { PZ_ACTIVITY_TASK = 1, PZ_ACTIVITY_BOARD = 2 } pz_activity_kind;

/** How long a learner may choose otherwise. In any case no longer than the day `choose_by`. */
typedef enum pz_choice_rule {
    PZ_CHOICE_UNTIL_DEADLINE = 1, /**< until the day; what was begun is dropped */
    PZ_CHOICE_UNTIL_START = 2,    /**< what was not begun */
    PZ_CHOICE_FINAL = 3           /**< never: the first choice stands */
} pz_choice_rule;

/** An activity, in one version. */
typedef struct pz_activity {
    uint32_t struct_size;
    pz_id id;                 /**< 0 when new */
    int64_t version;          /**< number of the change that wrote it; give it back when it is revised */
    pz_id class_id;           /**< whose it is: a class, */
    pz_id org;                /**< or an org with those below it. One of them. */
    pz_id parent;             /**< the board that it stands on; 0 none */
    int32_t kind;             /**< a ::pz_activity_kind. Default ::PZ_ACTIVITY_TASK. */
    int32_t choose;           /**< of a board: 0 all that is on it, otherwise any so many, up to 100 */
    const char *title;        /**< needed */
    size_t title_len;
    const char *instructions; /**< or NULL */
    size_t instructions_len;
    int32_t is_what_open;     /**< 1: the learner chooses what it is about */
    int32_t is_how_open;      /**< 1: and how it is done */
    int32_t is_when_open;     /**< 1: and its day, from `opens_on` to `due_on` */
    int32_t is_where_open;    /**< 1: and where */
    const char *what;         /**< what it is about; where that is open, what may be chosen, one a line, or NULL for anything */
    size_t what_len;
    const char *how;
    size_t how_len;
    const char *place;        /**< where */
    size_t place_len;
    int32_t minutes;          /**< that it takes, 0 to 100,000; 0 not said */
    pz_date opens_on;         /**< first day to work on it; PZ_DATE_NONE any */
    pz_date due_on;           /**< PZ_DATE_NONE none */
    pz_date choose_by;        /**< last day for choices; PZ_DATE_NONE: `due_on` */
    int32_t choice_rule;      /**< a ::pz_choice_rule. Default ::PZ_CHOICE_UNTIL_DEADLINE. */
    int32_t position;         /**< order on its board */
    int32_t ended;            /**< 1: nobody gets it any more */
    pz_id author;             /**< out: who made it; 0 for a service or an erased person */
    int32_t is_current;       /**< out: 0 for earlier versions */
} pz_activity;

#define PZ_ACTIVITY_INIT                                                                                                              \
    {sizeof(pz_activity), 0, 0, 0, 0, 0, PZ_ACTIVITY_TASK, 0, NULL, PZ_NUL_TERMINATED, NULL, PZ_NUL_TERMINATED, 0, 0, 0, 0, NULL,       \
     PZ_NUL_TERMINATED, NULL, PZ_NUL_TERMINATED, NULL, PZ_NUL_TERMINATED, 0, PZ_DATE_NONE, PZ_DATE_NONE, PZ_DATE_NONE,                  \
     PZ_CHOICE_UNTIL_DEADLINE, 0, 0, 0, 1}

/** What an activity is tied to. */
typedef enum pz_tie_kind {
    PZ_TIE_TEACHES = 1,          /**< a competency that its result bears on */
    PZ_TIE_NEEDS_COMPETENCY = 2, /**< a competency to be mastered before it is begun */
    PZ_TIE_NEEDS_ACTIVITY = 3    /**< an activity that the learner has submitted, or was excused from, before it is begun */
} pz_tie_kind;

typedef struct pz_activity_tie {
    uint32_t struct_size;
    pz_id activity;  /**< out */
    int32_t kind;    /**< a ::pz_tie_kind */
    pz_id target;    /**< the competency or activity */
    double weight;   /**< of a competency that it teaches, above 0, up to 1. Default 1. */
} pz_activity_tie;

#define PZ_ACTIVITY_TIE_INIT {sizeof(pz_activity_tie), 0, PZ_TIE_TEACHES, 0, 1.0}

/** Which activities pz_activity_list() gives. */
typedef struct pz_activity_query {
    uint32_t struct_size;
    pz_id class_id;     /**< of this class and the orgs above it; 0 any in reach */
    pz_id parent;       /**< on this board; 0 any */
    pz_id competency;   /**< that teach it; 0 any */
    const char *text;   /**< words to find, all of them, in title and instructions, in any script and whatever their case; NULL any */
    size_t text_len;
    int32_t with_ended;
    int32_t limit;      /**< most rows, 1 to 10,000; 0 all */
    pz_id after;        /**< the last of the page before, by id; 0 from the first */
} pz_activity_query;

#define PZ_ACTIVITY_QUERY_INIT {sizeof(pz_activity_query), 0, 0, 0, NULL, PZ_NUL_TERMINATED, 0, 0, 0}

typedef enum pz_assignment_state {
    PZ_ASSIGNMENT_ASSIGNED = 1,
    PZ_ASSIGNMENT_STARTED = 2,
    PZ_ASSIGNMENT_SUBMITTED = 3,
    PZ_ASSIGNMENT_RETURNED = 4,
    PZ_ASSIGNMENT_EXCUSED = 5,
    PZ_ASSIGNMENT_DROPPED = 6
} pz_assignment_state;

/** One activity for one learner, in one version. */
typedef struct pz_assignment {
    uint32_t struct_size;
    pz_id id;
    pz_id learner;
    int64_t version;       /**< number of the change that wrote it */
    int32_t state;         /**< a ::pz_assignment_state */
    pz_id activity;        /**< 0: the learner took up `competency` by itself */
    pz_id board;           /**< the board that it was chosen from, or came with; 0 none */
    pz_id competency;      /**< that the learner took up; 0 otherwise */
    pz_id goal;            /**< of the learner that it serves; 0 none */
    int32_t is_chosen;     /**< 1: by its learner */
    const char *what;      /**< as the learner chose, or NULL */
    size_t what_len;
    const char *how;
    size_t how_len;
    const char *place;
    size_t place_len;
    pz_date due_on;
    int32_t minutes;
    const char *work;      /**< what the learner says with its work, or NULL */
    size_t work_len;
    const char *link;      /**< where the work can be seen, or NULL */
    size_t link_len;
    double score;          /**< of the last return, 0 to 1; NaN none */
    const char *note;      /**< of who returned or excused it, or NULL */
    size_t note_len;
    pz_id assigned_by;     /**< 0 for an erased person */
    int32_t assigned_role; /**< a ::pz_role */
    pz_id acted_by;        /**< who made this version */
    int32_t acted_role;    /**< in which ::pz_role */
    pz_time acted_at;
    int32_t is_current;    /**< 0 for earlier versions */
} pz_assignment;

#define PZ_ASSIGNMENT_INIT                                                                                                             \
    {sizeof(pz_assignment), 0, 0, 0, 0, 0, 0, 0, 0, 0, NULL, PZ_NUL_TERMINATED, NULL, PZ_NUL_TERMINATED, NULL, PZ_NUL_TERMINATED,        \
     PZ_DATE_NONE, 0, NULL, PZ_NUL_TERMINATED, NULL, PZ_NUL_TERMINATED, PZ_REAL_NONE, NULL, PZ_NUL_TERMINATED, 0, 0, 0, 0, PZ_TIME_NONE, 1}

/** Which assignments pz_assignment_list() gives. */
typedef struct pz_assignment_query {
    uint32_t struct_size;
    pz_id learner;      /**< 0 any in reach */
    pz_id class_id;     /**< learners of this class; 0 any */
    pz_id activity;     /**< 0 any */
    pz_id goal;         /**< 0 any */
    int32_t state;      /**< a ::pz_assignment_state; 0 any */
    int32_t open_only;  /**< 1: assigned, started or returned without a score */
    pz_date due_until;  /**< PZ_DATE_NONE any */
    int32_t limit;      /**< most rows, 1 to 10,000; 0 all */
    pz_id after;        /**< the last of the page before, by learner and id; 0 from the first */
} pz_assignment_query;

#define PZ_ASSIGNMENT_QUERY_INIT {sizeof(pz_assignment_query), 0, 0, 0, 0, 0, 0, PZ_DATE_NONE, 0, 0}

/** One week of one learner's work: how much there is, and where the learner stands against the pacing line. */
typedef struct pz_week {
    uint32_t struct_size;
    pz_id learner;
    pz_date begins_on;     /**< a Monday */
    int32_t due;           /**< assignments due in the week, without boards and what was excused or dropped */
    int32_t minutes;       /**< that these take */
    int32_t finished;      /**< of these, by now submitted, or returned with a score */
    int32_t due_in_all;    /**< the pacing line: due up to the end of the week */
    int32_t finished_in_all; /**< where the learner stands: finished by now, and submitted up to the end of the week */
    int32_t behind;        /**< due up to the end of the week, or up to yesterday if that is earlier, and not finished by now */
} pz_week;

/* Writing. Each returns PZ_OK; PZ_E_CLOSED; PZ_E_READ_ONLY; PZ_E_STRUCT_SIZE; PZ_E_INVALID; PZ_E_TEXT; PZ_E_TOO_LONG; PZ_E_NOT_FOUND;
 * PZ_E_DENIED; PZ_E_STATE; PZ_E_CONFLICT (another version is current; the message says what changed); PZ_E_KEY_REUSED; PZ_E_BUSY; PZ_E_NO_SPACE; PZ_E_IO;
 * PZ_E_NOMEM. */

/** Adds an activity, or revises it where `id` names one. By staff for their classes and the orgs of these, then by its author and by counselors and leaders of the org. Since: 0.1 */
PZ_API pz_status pz_activity_save(pz_actor *actor, const pz_activity *activity, const char *key, pz_id *out_id);
/**
 * Says all ties of an activity anew. For whoever may revise it.
 * @param ties `rows` pointers, up to 100; NULL with 0 takes all away
 * @return as above; ::PZ_E_INVALID also for a circle of needed activities: the message names the ids along it; ::PZ_E_EXISTS (a tie twice). Since: 0.1
 */
PZ_API pz_status pz_activity_ties_set(pz_actor *actor, pz_id activity, const pz_activity_tie *const *ties, size_t rows, const char *key);
/**
 * Assigns an activity to a learner, or to all learners of a class. By staff, who reach them. Who has it already is passed over. A board with `choose` 0 comes with all that is on it.
 * @param learner 0: all of the class @param class_id 0 with a learner @param goal of the learner that it serves, 0 none @param due_on PZ_DATE_NONE: that of the activity
 * @param out_count assignments that were made; may be NULL. Since: 0.1
 */
PZ_API pz_status pz_activity_assign(pz_actor *actor, pz_id activity, pz_id learner, pz_id class_id, pz_id goal, pz_date due_on, const char *key,
                                    int64_t *out_count);
/**
 * The learner chooses from a board that is assigned to it: so many as the board says. Chosen before and not now is dropped, as far as the rule of the board lets it.
 * @param activities `rows` ids of what stands on the board
 * @return as above; ::PZ_E_INVALID (too few or too many, one twice, or not on this board); ::PZ_E_STATE (the day for choices has passed, or the rule holds the first
 *   choice: the message says which). Since: 0.1
 */
PZ_API pz_status pz_board_choose(pz_actor *actor, pz_id assignment, const pz_id *activities, size_t rows, const char *key);
/**
 * The learner chooses what, how, where or when, as far as the activity leaves it open. Texts that are NULL, and no day, leave what was chosen.
 * @param assignment `id` and `version` name what is chosen for; `what`, `how`, `place`, `due_on` are read @return as pz_board_choose(). Since: 0.1
 */
PZ_API pz_status pz_assignment_choose(pz_actor *actor, const pz_assignment *assignment, const char *key, int64_t *out_version);
/** The learner takes up a competency by itself, whatever was proposed; it is started at once. ::PZ_E_EXISTS while it has it in hand. @param competency needed @param goal that it serves, 0 none @param due_on PZ_DATE_NONE none. Since: 0.1 */
PZ_API pz_status pz_assignment_take(pz_actor *actor, pz_id competency, pz_id goal, pz_date due_on, const char *key, pz_id *out_id);
/** The learner begins, or begins again what was returned. ::PZ_E_STATE where something has to come before: the message names it; a board is begun by choosing. Since: 0.1 */
PZ_API pz_status pz_assignment_start(pz_actor *actor, pz_id assignment, const char *key);
/** The learner submits its work. @param work NULL for none @param link where it can be seen, or NULL. Since: 0.1 */
PZ_API pz_status pz_assignment_submit(pz_actor *actor, pz_id assignment, const char *work, size_t work_len, const char *link, size_t link_len, const char *key);
/**
 * Staff return what was submitted. A score becomes evidence of each competency that the activity teaches, or that the learner took up; that is for teachers, who write evidence.
 * @param score 0 to 1; NaN: without a result, to be worked over @param note NULL for none. Since: 0.1
 */
PZ_API pz_status pz_assignment_return(pz_actor *actor, pz_id assignment, double score, const char *note, size_t note_len, const char *key);
/** Staff excuse the learner. @param reason needed. Since: 0.1 */
PZ_API pz_status pz_assignment_excuse(pz_actor *actor, pz_id assignment, const char *reason, size_t reason_len, const char *key);
/** The learner drops what it took up by itself. @param reason NULL for none. Since: 0.1 */
PZ_API pz_status pz_assignment_drop(pz_actor *actor, pz_id assignment, const char *reason, size_t reason_len, const char *key);

/* Reading. Each returns PZ_OK; PZ_E_CLOSED; PZ_E_STRUCT_SIZE; PZ_E_INVALID; PZ_E_TEXT; PZ_E_TOO_LONG; PZ_E_NOT_FOUND; PZ_E_DENIED; PZ_E_IO; PZ_E_NOMEM. Memory: one
 * block, release with pz_free(). */

/** One activity, its current version. Since: 0.1 */
PZ_API pz_status pz_activity_get(pz_actor *actor, pz_id activity, pz_activity **out_activity);
/** Activities of classes and orgs in reach, by id; on one board by position. @param query NULL for all. Since: 0.1 */
PZ_API pz_status pz_activity_list(pz_actor *actor, const pz_activity_query *query, pz_activity ***out_rows, size_t *out_count);
/** Ties of an activity, by kind and target. Since: 0.1 */
PZ_API pz_status pz_activity_tie_list(pz_actor *actor, pz_id activity, pz_activity_tie ***out_rows, size_t *out_count);
/** One assignment, its current version. Since: 0.1 */
PZ_API pz_status pz_assignment_get(pz_actor *actor, pz_id assignment, pz_assignment **out_assignment);
/** Assignments in reach, by learner and id. @param query NULL for all. Since: 0.1 */
PZ_API pz_status pz_assignment_list(pz_actor *actor, const pz_assignment_query *query, pz_assignment ***out_rows, size_t *out_count);
/** Every version of an assignment, oldest first: each choice, step and result. Since: 0.1 */
PZ_API pz_status pz_assignment_history(pz_actor *actor, pz_id assignment, pz_assignment ***out_rows, size_t *out_count);
/** Workload and pacing by week, by learner and week: from the week of `from` to that of `until`, up to 104 weeks. @param learner 0 any in reach @param class_id 0 any. Since: 0.1 */
PZ_API pz_status pz_week_list(pz_actor *actor, pz_date from, pz_date until, pz_id learner, pz_id class_id, pz_week ***out_rows, size_t *out_count);

#ifdef __cplusplus
}
#endif
#endif
