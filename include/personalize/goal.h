/**
 * @file personalize/goal.h
 * Goals that learners choose, achieve and demonstrate. A learner proposes a goal (or an adult proposes it with the learner), named people
 * in named roles support it, it is negotiated, worked on, and achieved with evidence. Every step is on record: who, in which role, when, why.
 *
 *     draft -> proposed -> agreed -> active <-> paused
 *                 |           |        |          |
 *                 |           +--------+----> achieved
 *                 +-----------+--------+----------+----> abandoned
 *
 * A goal is **agreed** when its learner has agreed to it and, unless the policy trusts the learner to decide alone, one adult supports it; it
 * is **active** from when its learner starts. An adult's revision of a goal waits for its learner: until then the goal is **revised**, which says
 * that another wording lies beside what the learner agreed to; that holds until the learner answers.
 *
 * **Whose goal it is.** Whatever a policy says, the learner can always propose, and no adult changes a learner's goal: an adult who starts,
 * pauses, resumes, revises or abandons it makes a request that waits for the learner (pz_goal_answer()). Adults sign that a goal is achieved.
 *
 * **Who may take which step** is a policy (::pz_goal_policy), of the nearest org that has one for the step, otherwise this one. Each decision includes
 * those before it: deny, request (asks, and somebody answers), allow (takes it), approve (takes it, and answers requests of the learner).
 *
 * | step                         | learner                                           | guardian, teacher, counselor, leader       |
 * | ---------------------------- | ------------------------------------------------- | ------------------------------------------ |
 * | propose                      | allow, always                                     | allow                                      |
 * | agree                        | request: an adult's support answers; allow after three goals of its own that were achieved | approve: their support counts |
 * | start, pause, resume, abandon | allow                                            | request, those who support it              |
 * | revise                       | allow                                             | request: any adult while it is proposed, then those who support it |
 * | achieve                      | request; allow where the store shows that a measure of mastery is met | approve, those who support it |
 *
 * Three is chosen, not measured; a policy may let agency grow with grade, age and goals of one's own achieved as a school sees fit.
 *
 * A goal that only its learner sees (::PZ_VISIBLE_SELF) is the learner's alone: it needs no adult to be agreed or achieved.
 *
 * **Who sees a goal**: its learner; of a draft only its learner and who wrote it; who proposed it; adults who support it or are asked to, unless only the
 * learner sees it; and whom its visibility names (see ::pz_visibility), as far as they reach the learner.
 */
#ifndef PERSONALIZE_GOAL_H
#define PERSONALIZE_GOAL_H

#include "personalize/profile.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum pz_goal_state {
    PZ_GOAL_PROPOSED = 1,  /**< waits for the learner's agreement or for a supporter */
    PZ_GOAL_ACTIVE = 2,    /**< is worked on */
    PZ_GOAL_ACHIEVED = 3,
    PZ_GOAL_ABANDONED = 4,
    PZ_GOAL_DRAFT = 5,     /**< is written, and nobody else sees it */
    PZ_GOAL_AGREED = 6,    /**< is not started yet */
    PZ_GOAL_PAUSED = 7,
    PZ_GOAL_REVISED = 8    /**< an adult's revision waits for the learner; `resumes` says which state it has besides */
} pz_goal_state;

typedef enum pz_goal_area {
    PZ_GOAL_ACADEMIC = 1,
    PZ_GOAL_PERSONAL = 2,
    PZ_GOAL_CAREER = 3,
    PZ_GOAL_SOCIAL = 4 /**< social and emotional learning */
} pz_goal_area;

/** How it is known that the goal was reached. */
typedef enum pz_goal_measure {
    PZ_MEASURE_DEMONSTRATION = 1, /**< the learner shows it; a supporter agrees */
    PZ_MEASURE_MASTERY = 2,       /**< `competency` is decided as mastered */
    PZ_MEASURE_ESTIMATE = 3,      /**< the estimate of `competency` is at least `target`, 0 to 1 */
    PZ_MEASURE_SCORE = 4,         /**< the last value that was measured is in the range of the target */
    PZ_MEASURE_COUNT = 5          /**< so many of something are done: the last value that was measured, a total, is at least `target` */
} pz_goal_measure;

typedef enum pz_support_state {
    PZ_SUPPORT_ASKED = 1,    /**< named, has not answered */
    PZ_SUPPORT_GIVEN = 2,
    PZ_SUPPORT_DECLINED = 3,
    PZ_SUPPORT_ENDED = 4
} pz_support_state;

/** What is done with a goal. The first eight have a policy. */
typedef enum pz_goal_step {
    PZ_GOAL_STEP_PROPOSE = 1,
    PZ_GOAL_STEP_AGREE = 2,
    PZ_GOAL_STEP_START = 3,
    PZ_GOAL_STEP_PAUSE = 4,
    PZ_GOAL_STEP_RESUME = 5,
    PZ_GOAL_STEP_REVISE = 6,
    PZ_GOAL_STEP_ACHIEVE = 7,
    PZ_GOAL_STEP_ABANDON = 8,
    PZ_GOAL_STEP_DRAFT = 9,
    PZ_GOAL_STEP_ASK = 10,     /**< an adult is asked to support it */
    PZ_GOAL_STEP_SUPPORT = 11,
    PZ_GOAL_STEP_DECLINE = 12, /**< an adult declines, or ends its support */
    PZ_GOAL_STEP_REQUEST = 13, /**< somebody asks for a step, see ::pz_goal_request */
    PZ_GOAL_STEP_ANSWER = 14   /**< a request was declined or taken back */
} pz_goal_step;

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
    int32_t measure;       /**< a ::pz_goal_measure. Default ::PZ_MEASURE_DEMONSTRATION; 0, none, is for drafts. */
    pz_id competency;      /**< needed for mastery and estimate */
    double target;         /**< needed for estimate, score and count; NaN otherwise. The least value of a range. */
    pz_date due_on;        /**< PZ_DATE_NONE: no day */
    pz_id proposed_by;     /**< out; 0 for an erased person */
    int32_t proposed_role; /**< out: a ::pz_role */
    const char *reflection;/**< out: what the learner says on achieving or abandoning it, or NULL */
    size_t reflection_len;
    int32_t learner_agreed;/**< out: 1 once the learner proposed or agreed to it */
    pz_id acted_by;        /**< out: who made this version */
    int32_t acted_role;    /**< out */
    pz_time acted_at;      /**< out */
    double target_high;    /**< of a score: the most, where the target is a range; NaN: no upper end */
    double baseline;       /**< where the learner stands at the beginning, in the unit of the target; NaN: not known */
    const char *measured;  /**< what is measured or shown: "books read", "score in the spring test", "a model of a bridge"; or NULL. Up to ::PZ_LIMIT_TITLE bytes. */
    size_t measured_len;
    int32_t grew_from_kind;/**< profile_entry or voice: a ::pz_kind of the interest or need that it grew from; 0 none */
    pz_id grew_from;       /**< that record, of the same learner */
    const char *strategies;/**< how the learner goes about it, or NULL */
    size_t strategies_len;
    const char *resources; /**< what it needs, or NULL */
    size_t resources_len;
    double confidence;     /**< 0 to 1: how sure the learner is of reaching it, rated by the learner alone; NaN: not said */
    int32_t visibility;    /**< a ::pz_visibility. Default ::PZ_VISIBLE_SCHOOL. */
    pz_id serves;          /**< a goal of the same learner that this one serves, without a circle; 0 none */
    pz_id group;           /**< the goal of a group that it is part of; 0 none */
    int32_t resumes;       /**< out: the ::pz_goal_state that it has besides, while it is revised; 0 otherwise */
    int32_t step;          /**< out: a ::pz_goal_step: what was done in this version; 0 not known */
    const char *why;       /**< why the step was taken, or NULL: give it with a proposal or a revision */
    size_t why_len;
    int32_t is_current;    /**< out: 0 for earlier versions */
} pz_goal;

#define PZ_GOAL_INIT                                                                                                       \
    {sizeof(pz_goal), 0, 0, 0, 0, PZ_GOAL_ACADEMIC, NULL, PZ_NUL_TERMINATED, NULL, PZ_NUL_TERMINATED,                      \
     PZ_MEASURE_DEMONSTRATION, 0, PZ_REAL_NONE, PZ_DATE_NONE, 0, 0, NULL, PZ_NUL_TERMINATED, 0, 0, 0, PZ_TIME_NONE,        \
     PZ_REAL_NONE, PZ_REAL_NONE, NULL, PZ_NUL_TERMINATED, 0, 0, NULL, PZ_NUL_TERMINATED, NULL, PZ_NUL_TERMINATED,          \
     PZ_REAL_NONE, PZ_VISIBLE_SCHOOL, 0, 0, 0, 0, NULL, PZ_NUL_TERMINATED, 1}

/* ---------------------------------------------------------------------------------------------------- policies --- */

/** What a role may do about a step, each with all before it. */
typedef enum pz_goal_decision {
    PZ_GOAL_DENY = 1,
    PZ_GOAL_REQUEST = 2, /**< asks for it, and waits for an answer */
    PZ_GOAL_ALLOW = 3,   /**< takes it */
    PZ_GOAL_APPROVE = 4  /**< takes it, and answers what the learner requests */
} pz_goal_decision;

/**
 * One row of a policy: what a role may do about a step for learners who meet all of its conditions. Of the rows that fit a learner the one with the
 * widest decision counts, so that rows with conditions widen.
 */
typedef struct pz_goal_policy {
    uint32_t struct_size;
    pz_id org;               /**< out: for learners of the org and those below it; 0 for the store */
    int32_t step;            /**< a ::pz_goal_step, propose to abandon */
    int32_t role;            /**< a ::pz_role of people */
    int32_t decision;        /**< a ::pz_goal_decision */
    const char *first_grade; /**< grades from this one on, as rosters name them: "KG", "01" ... "12"; NULL any */
    const char *last_grade;  /**< up to this one; NULL any */
    int32_t age_from;        /**< years; 0 any. A learner whose day of birth is not in the roster meets no age. */
    int32_t own_goals_from;  /**< goals that the learner proposed itself and achieved; 0 any */
    int64_t since_change;    /**< out */
} pz_goal_policy;

#define PZ_GOAL_POLICY_INIT {sizeof(pz_goal_policy), 0, 0, 0, 0, NULL, NULL, 0, 0, 0}

/** What an actor may do with a goal as it stands. */
typedef struct pz_goal_may {
    uint32_t struct_size;
    pz_id goal;
    int32_t step;     /**< a ::pz_goal_step that the goal's state allows */
    int32_t decision; /**< a ::pz_goal_decision, never deny; request also where an adult's step waits for the learner */
} pz_goal_may;

/* ---------------------------------------------------------------------------------------------------- requests --- */

typedef enum pz_request_state {
    PZ_REQUEST_WAITING = 1,
    PZ_REQUEST_APPROVED = 2,
    PZ_REQUEST_DECLINED = 3,
    PZ_REQUEST_WITHDRAWN = 4, /**< by who asked */
    PZ_REQUEST_LAPSED = 5     /**< the goal went on without it */
} pz_request_state;

/** A step that somebody asked for: an adult, of the learner; or the learner, of the adults whose policy is to approve. At most one waits at a time. */
typedef struct pz_goal_request {
    uint32_t struct_size;
    pz_id id;
    pz_id goal;
    int32_t step;       /**< a ::pz_goal_step, start to abandon */
    int32_t state;      /**< a ::pz_request_state */
    pz_id asked_by;     /**< 0 for an erased person */
    int32_t asked_role; /**< in which ::pz_role */
    pz_time asked_at;
    const char *why;    /**< or NULL */
    size_t why_len;
    pz_id answered_by;  /**< 0 for nobody, or an erased person */
    int32_t answered_role; /**< in which ::pz_role; 0 while it waits */
    pz_time answered_at;
    const char *answer; /**< or NULL */
    size_t answer_len;
} pz_goal_request;

/** A person's support of a goal. */
typedef struct pz_goal_supporter {
    uint32_t struct_size;
    pz_id goal;
    pz_id person;
    int32_t role;     /**< the ::pz_role in which the person supports it */
    int32_t state;    /**< a ::pz_support_state */
    const char *note; /**< what the person will do, or NULL */
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

/** A goal of a group: learners of a class take part each with a goal of their own, in their own words, that names it in `group`. */
typedef struct pz_goal_group {
    uint32_t struct_size;
    pz_id id;              /**< 0: a new one */
    int64_t version;       /**< number of the change that wrote it; give it back when it is saved again */
    pz_id class_id;        /**< stays as it is */
    const char *statement; /**< what the group sets out to do, up to ::PZ_LIMIT_TEXT bytes, not empty */
    size_t statement_len;
    pz_id competency;      /**< 0 none */
    pz_date due_on;        /**< PZ_DATE_NONE: no day */
    pz_id proposed_by;     /**< out; 0 for an erased person */
    int32_t proposed_role; /**< out: a ::pz_role */
    int32_t ended;         /**< 1: nobody new takes part */
    int32_t members;       /**< out: learners with a goal that is part of it, drafts, abandoned ones and those that only their learner sees left out */
    int32_t achieved;      /**< out: of these, who achieved theirs */
} pz_goal_group;

#define PZ_GOAL_GROUP_INIT {sizeof(pz_goal_group), 0, 0, 0, NULL, PZ_NUL_TERMINATED, 0, PZ_DATE_NONE, 0, 0, 0, 0, 0}

/* --------------------------------------------------------------------------------------------- on the way --- */

typedef enum pz_milestone_state {
    PZ_MILESTONE_OPEN = 1,
    PZ_MILESTONE_REACHED = 2,
    PZ_MILESTONE_DROPPED = 3
} pz_milestone_state;

/** A step on the way to a goal. What an adult adds waits for the learner to agree. */
typedef struct pz_goal_milestone {
    uint32_t struct_size;
    pz_id id;
    pz_id goal;
    int64_t version;         /**< number of the change that wrote it; give it back with a revision */
    int32_t state;           /**< out: a ::pz_milestone_state */
    const char *statement;   /**< up to ::PZ_LIMIT_TEXT bytes, not empty */
    size_t statement_len;
    pz_date due_on;          /**< PZ_DATE_NONE: no day */
    int32_t learner_agreed;  /**< out */
    pz_id added_by;          /**< out; 0 for an erased person */
    int32_t added_role;      /**< out: a ::pz_role */
    pz_id done_by;           /**< out: who said that it is reached */
    int32_t done_role;       /**< out: a ::pz_role; 0 until then */
    pz_time done_at;         /**< out: when it was reached */
    pz_id competency;        /**< out: what shows it, see ::pz_goal_evidence */
    int64_t sequence;        /**< out */
    const char *description; /**< out */
    size_t description_len;
    const char *link;        /**< out */
    size_t link_len;
} pz_goal_milestone;

#define PZ_GOAL_MILESTONE_INIT \
    {sizeof(pz_goal_milestone), 0, 0, 0, 0, NULL, PZ_NUL_TERMINATED, PZ_DATE_NONE, 0, 0, 0, 0, 0, PZ_TIME_NONE, 0, 0, NULL, 0, NULL, 0}

/** A value of what a goal measures. */
typedef struct pz_goal_measurement {
    uint32_t struct_size;
    pz_id goal;
    double value;          /**< a score, or of a count the total so far */
    pz_time at;            /**< PZ_TIME_NONE when adding: now */
    const char *note;      /**< or NULL */
    size_t note_len;
    pz_id measured_by;     /**< out; 0 for an erased person */
    int32_t measured_role; /**< out: a ::pz_role */
} pz_goal_measurement;

#define PZ_GOAL_MEASUREMENT_INIT {sizeof(pz_goal_measurement), 0, PZ_REAL_NONE, PZ_TIME_NONE, NULL, PZ_NUL_TERMINATED, 0, 0}

/** What the learner or somebody who supports it says of a goal, on the way or afterwards. */
typedef struct pz_goal_reflection {
    uint32_t struct_size;
    pz_id goal;
    const char *content;
    size_t content_len;
    pz_id person;        /**< 0 for an erased person */
    int32_t role;        /**< in which ::pz_role */
    pz_time at;
} pz_goal_reflection;

/** How a goal stands by what is on record. */
typedef enum pz_goal_pace {
    PZ_PACE_NOT_ENOUGH = 1, /**< too little is on record to say */
    PZ_PACE_REACHED = 2,    /**< the measure is met, or all milestones are reached */
    PZ_PACE_ON_TIME = 3,    /**< at this pace it is reached by its day with a chance of at least 0.8 */
    PZ_PACE_UNCLEAR = 4,    /**< with a chance between 0.2 and 0.8, or it has no day */
    PZ_PACE_LATE = 5        /**< with a chance of at most 0.2 */
} pz_goal_pace;

/**
 * The progress of a goal, computed from what is on record when it is asked for.
 *
 * | measure           | share                                              | forecast                                                   |
 * | ----------------- | -------------------------------------------------- | ---------------------------------------------------------- |
 * | score             | from the baseline to the target                    | pz_forecast_line() through the values, one a day           |
 * | count             | from the baseline to the target                    | pz_forecast_count() since the goal was written down        |
 * | mastery, estimate | of the estimate in what is to be reached           | pz_forecast_line() through the mean score of each day of answers since then; estimates themselves are smoothed and would promise too much |
 * | demonstration     | of milestones that the learner agreed to, reached  | pz_forecast_count() of milestones                          |
 */
typedef struct pz_goal_progress {
    uint32_t struct_size;
    pz_id goal;
    double value;             /**< the last value or estimate; of a demonstration the milestones reached; NaN: none */
    double share;             /**< 0 to 1; NaN: not known, such as without a baseline */
    int32_t is_met;           /**< 1: the store shows that the measure is met */
    int32_t milestones;       /**< that the learner agreed to, dropped ones left out */
    int32_t milestones_reached;
    int32_t milestones_overdue;
    int32_t pace;             /**< a ::pz_goal_pace */
    int32_t observations;     /**< that the forecast rests on; 0: there is none */
    pz_date expected_on;      /**< at this pace; PZ_DATE_NONE: it cannot be said */
    pz_date earliest_on;      /**< four times out of five not before this day */
    pz_date latest_on;        /**< and not after this one; PZ_DATE_NONE: no last day can be named */
    double chance;            /**< that it is reached by its day at this pace; NaN: it has none, or there is no forecast */
    const char *words;        /**< the same in a sentence */
    size_t words_len;
} pz_goal_progress;

/* ------------------------------------------------------------------------------------------------------ advice --- */

/** Advice on a goal. It never stops anybody. */
typedef struct pz_goal_advice {
    uint32_t struct_size;
    pz_id goal;         /**< 0 for one that is not written yet */
    const char *code;   /**< such as "advice.goal.due_on", see docs/goals.md */
    const char *field;  /**< member of ::pz_goal that it is about, or "" */
    const char *words;  /**< in the language asked for */
    pz_id competency;   /**< of "advice.goal.below_grade" and "advice.goal.extension": where to go on; 0 none */
} pz_goal_advice;

/**
 * Where work keeps a learner below its grade, or is mastered already: high standards for all. Levels are those of the framework (CASE educationLevel) and the
 * grades of the roster; competencies and learners without them give no row.
 */
typedef enum pz_standard_kind {
    PZ_STANDARD_BELOW_GRADE = 1, /**< the competency is below the learner's grade: `step` is on the way back, from near to far, along precedes */
    PZ_STANDARD_NO_ROUTE = 2,    /**< the same, and nothing in the framework leads from it to the grade */
    PZ_STANDARD_EXTENSION = 3    /**< the learner has mastered it: `step` comes next */
} pz_standard_kind;

typedef struct pz_standard {
    uint32_t struct_size;
    pz_id learner;
    pz_id competency; /**< that was asked about */
    int32_t kind;     /**< a ::pz_standard_kind */
    int32_t position; /**< of the step, from 1 */
    pz_id step;       /**< a competency; 0 without a route */
    const char *level;/**< the levels of the step, or NULL */
} pz_standard;

/* -------------------------------------------------------------------------------------------- data for schools --- */

/**
 * Goals of a class or an org by area. **Small cells**: figures are rounded down to multiples of five, as those of themes are (personalize/voice.h), so that neither a
 * small figure nor the difference between two tells of anybody; a class or org of fewer than five learners has no row. Drafts and what only its learner sees is
 * not counted.
 */
typedef struct pz_goal_count {
    uint32_t struct_size;
    pz_id org;
    pz_id class_id;             /**< 0: the whole org with those below it, each learner once */
    int32_t area;               /**< a ::pz_goal_area; 0 all */
    int32_t learners;           /**< in the class or org */
    int32_t covered;          /**< learners with a goal that is open or achieved: coverage */
    int32_t uncovered;       /**< learners without */
    int32_t goals;              /**< all but abandoned ones */
    int32_t achieved;
    int32_t abandoned;
    int32_t overdue;            /**< open, past their day */
    int32_t milestones_overdue; /**< of open goals */
} pz_goal_count;

/** Goals of one learner, for those who work with it: who has none, what is overdue. */
typedef struct pz_goal_coverage {
    uint32_t struct_size;
    pz_id learner;
    int32_t open;               /**< goals that are not achieved, abandoned or drafts */
    int32_t achieved;
    int32_t overdue;
    int32_t milestones_overdue;
    pz_time acted_at;           /**< the last step on any; PZ_TIME_NONE: none */
} pz_goal_coverage;

/** Decisions that a learner made on its goals within the days of a cycle. */
typedef struct pz_goal_decisions {
    uint32_t struct_size;
    pz_id cycle;
    pz_id learner;
    int32_t decisions; /**< all of the following */
    int32_t proposed;
    int32_t agreed;    /**< to goals that adults proposed */
    int32_t revised;
    int32_t moved;     /**< started, paused, resumed, abandoned */
    int32_t achieved;  /**< marked as achieved, or asked for it */
    int32_t answered;  /**< requests of adults, declined; approved ones count as the step that was approved */
} pz_goal_decisions;

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
    const char *text; /**< words to find, all of them, in statement, reason, measured, strategies, resources and reflection, in any script and whatever their case; NULL any */
    size_t text_len;
    int32_t order;    /**< a ::pz_goal_order. Default ::PZ_GOAL_ORDER_LEARNER. */
    int32_t limit;    /**< most goals, 1 to 10,000; 0: all */
    pz_id after;      /**< the last goal of the page before: what comes after it, as it stands now, in the order; 0: from the beginning */
} pz_goal_query;

#define PZ_GOAL_QUERY_INIT {sizeof(pz_goal_query), 0, 0, 0, 0, PZ_DATE_NONE, NULL, PZ_NUL_TERMINATED, PZ_GOAL_ORDER_LEARNER, 0, 0}

/* Writing. Each returns PZ_OK; PZ_E_CLOSED; PZ_E_READ_ONLY; PZ_E_STRUCT_SIZE; PZ_E_INVALID; PZ_E_TEXT; PZ_E_TOO_LONG; PZ_E_NOT_FOUND (no such goal,
 * or the actor does not see it); PZ_E_DENIED (the role may not take this step); PZ_E_STATE (the goal's state does not allow it, or a request waits);
 * PZ_E_CONFLICT (another version is current: the message says who changed what since); PZ_E_KEY_REUSED; PZ_E_BUSY; PZ_E_NO_SPACE; PZ_E_IO;
 * PZ_E_NOMEM. */

/**
 * Writes a draft, which may lack a measure. By the learner, or an adult in reach; its learner and who wrote it see it. With `goal.id` it writes
 * that draft anew (`goal.version` is checked), by who wrote it. Since: 0.1
 */
PZ_API pz_status pz_goal_draft(pz_actor *actor, const pz_goal *goal, const char *key, pz_id *out_id);
/**
 * Proposes a goal. By its learner, a guardian, a teacher, a counselor or a leader in reach; by adults it waits for the learner's agreement. With
 * `goal.id` it proposes that draft as it is given here, by who wrote it or its learner.
 * @return as above; ::PZ_E_INVALID also for a goal without a measure, or with one that lacks its competency or target, for a range that is none, for a `serves` that
 *   leads in a circle (the message names the goals along it) and for a confidence by anybody but the learner; ::PZ_E_NOT_FOUND also for a record that it grew from, serves or is part of. Since: 0.1
 */
PZ_API pz_status pz_goal_propose(pz_actor *actor, const pz_goal *goal, const char *key, pz_id *out_id);
/** The learner agrees to a goal that an adult proposed. Since: 0.1 */
PZ_API pz_status pz_goal_agree(pz_actor *actor, pz_id goal, const char *key);
/** Asks an adult who reaches the learner to support the goal, in one of the roles that the person holds. Since: 0.1 */
PZ_API pz_status pz_goal_ask(pz_actor *actor, pz_id goal, pz_id person, pz_role role, const char *key);
/** The actor supports the goal in its own role, asked or not. @param note what it will do; NULL for none. Since: 0.1 */
PZ_API pz_status pz_goal_support(pz_actor *actor, pz_id goal, const char *note, size_t note_len, const char *key);
/** The actor declines to support it, or ends its support. An agreed goal without support is proposed again; one that was started goes on. Since: 0.1 */
PZ_API pz_status pz_goal_decline(pz_actor *actor, pz_id goal, const char *note, size_t note_len, const char *key);
/**
 * Starts an agreed goal.
 * @param why NULL for none @param out_request 0: it was done; otherwise the request that waits for an answer. Since: 0.1
 */
PZ_API pz_status pz_goal_start(pz_actor *actor, pz_id goal, const char *why, size_t why_len, const char *key, pz_id *out_request);
/** Pauses an active goal. @param why NULL for none @param out_request as pz_goal_start(). Since: 0.1 */
PZ_API pz_status pz_goal_pause(pz_actor *actor, pz_id goal, const char *why, size_t why_len, const char *key, pz_id *out_request);
/** Goes on with a paused goal. @param why NULL for none @param out_request as pz_goal_start(). Since: 0.1 */
PZ_API pz_status pz_goal_resume(pz_actor *actor, pz_id goal, const char *why, size_t why_len, const char *key, pz_id *out_request);
/** Gives up a goal that is not achieved. @param why of the learner: its reflection too; NULL for none @param out_request as pz_goal_start(). Since: 0.1 */
PZ_API pz_status pz_goal_abandon(pz_actor *actor, pz_id goal, const char *why, size_t why_len, const char *key, pz_id *out_request);
/**
 * Revises what the goal says: all members that are not `out`. `goal.id` and `goal.version` name what is revised. By the learner at once, if the policy
 * allows; by an adult, and by a learner whose policy is to request, as a request: the goal stays as it was until it is answered, and
 * pz_goal_revision_get() gives what is asked for. Confidence and visibility are the learner's: an adult's revision leaves them. Of a draft, see pz_goal_draft().
 * @param out_version the number of the change, which is the goal's version now. Since: 0.1
 */
PZ_API pz_status pz_goal_revise(pz_actor *actor, const pz_goal *goal, const char *key, int64_t *out_version);
/**
 * Marks the goal as achieved. By the learner where a mastery measure is met in the store; otherwise a supporter signs, or the learner requests that one does.
 * @param evidence `rows` pointers, at least one for a demonstration @param reflection of the learner, or NULL
 * @return as above; ::PZ_E_STATE also where the measure is not met: the message says what is missing
 * @param out_request as pz_goal_start(). Since: 0.1
 */
PZ_API pz_status pz_goal_achieve(pz_actor *actor, pz_id goal, const pz_goal_evidence *const *evidence, size_t rows, const char *reflection,
                                 size_t reflection_len, const char *key, pz_id *out_request);
/**
 * Answers a request: the learner those of adults, adults whose policy is to approve those of the learner. Approved, the step is taken at once.
 * @param approves 1: yes; 0: no @param answer NULL for none. Since: 0.1
 */
PZ_API pz_status pz_goal_answer(pz_actor *actor, pz_id request, int32_t approves, const char *answer, size_t answer_len, const char *key);
/** Takes back a request of one's own that waits. Since: 0.1 */
PZ_API pz_status pz_goal_request_withdraw(pz_actor *actor, pz_id request, const char *key);

/** Adds a milestone to a goal that is open or a draft: by its learner, or an adult who supports or proposed it. Since: 0.1 */
PZ_API pz_status pz_goal_milestone_add(pz_actor *actor, const pz_goal_milestone *milestone, const char *key, pz_id *out_id);
/** The learner agrees to a milestone that an adult added. Since: 0.1 */
PZ_API pz_status pz_goal_milestone_agree(pz_actor *actor, pz_id milestone, const char *key);
/** Revises statement and day of a milestone that is open: by the learner, or until the learner agrees by the adult who added it. `id` and `version` name what is revised. Since: 0.1 */
PZ_API pz_status pz_goal_milestone_revise(pz_actor *actor, const pz_goal_milestone *milestone, const char *key);
/** Says that a milestone that the learner agreed to is reached: by its learner, or an adult who supports the goal. @param evidence what shows it, NULL for none. Since: 0.1 */
PZ_API pz_status pz_goal_milestone_reach(pz_actor *actor, pz_id milestone, const pz_goal_evidence *evidence, const char *key);
/** Drops a milestone that is open: by the learner, or until the learner agrees by the adult who added it. Since: 0.1 */
PZ_API pz_status pz_goal_milestone_drop(pz_actor *actor, pz_id milestone, const char *key);
/** Adds a value of what a goal by score or count measures: by its learner, or an adult who supports it. Values in the future are refused. Since: 0.1 */
PZ_API pz_status pz_goal_measurement_add(pz_actor *actor, const pz_goal_measurement *measurement, const char *key);
/** Says something of a goal, also when it is over: its learner, or an adult who supports it. @param text needed. Since: 0.1 */
PZ_API pz_status pz_goal_reflect(pz_actor *actor, pz_id goal, const char *text, size_t text_len, const char *key);

/**
 * Adds a goal of a group, or saves it again: by a learner of the class, or a guardian, teacher, counselor or leader who reaches it; again by who proposed it
 * and by the teachers, counselors and leaders of the class. Since: 0.1
 */
PZ_API pz_status pz_goal_group_save(pz_actor *actor, const pz_goal_group *group, const char *key, pz_id *out_id);

/**
 * Sets the policy of an org, in place of the one it had. By a leader of the org, or with org 0 a service with ::PZ_SCOPE_RECOMMEND.
 * @param org 0 the store @param policies `rows` pointers, at most 256; 0 takes the policy away
 * @return as above; ::PZ_E_INVALID also for rows that break what holds whatever a policy says: a learner who may not propose, a learner who
 *   approves, an adult who may change a learner's goal without asking. Since: 0.1
 */
PZ_API pz_status pz_goal_policy_set(pz_actor *actor, pz_id org, const pz_goal_policy *const *policies, size_t rows, const char *key);

/* Reading. Each returns PZ_OK; PZ_E_CLOSED; PZ_E_STRUCT_SIZE; PZ_E_INVALID; PZ_E_NOT_FOUND; PZ_E_DENIED; PZ_E_IO; PZ_E_NOMEM. Memory: one block,
 * release with pz_free(). */

/** One goal, its current version. Since: 0.1 */
PZ_API pz_status pz_goal_get(pz_actor *actor, pz_id goal, pz_goal **out_goal);
/** Goals in reach, in the order that is asked for. ::PZ_E_TEXT and ::PZ_E_TOO_LONG of the text; ::PZ_E_NOT_FOUND also for an `after` out of reach. @param query NULL for all. Since: 0.1 */
PZ_API pz_status pz_goal_list(pz_actor *actor, const pz_goal_query *query, pz_goal ***out_rows, size_t *out_count);
/** Every version of a goal, oldest first. Since: 0.1 */
PZ_API pz_status pz_goal_history(pz_actor *actor, pz_id goal, pz_goal ***out_rows, size_t *out_count);
/** Every request on a goal, oldest first. Since: 0.1 */
PZ_API pz_status pz_goal_request_list(pz_actor *actor, pz_id goal, pz_goal_request ***out_rows, size_t *out_count);
/** The goal as a request to revise it would have it. ::PZ_E_NOT_FOUND also for a request for another step. Since: 0.1 */
PZ_API pz_status pz_goal_revision_get(pz_actor *actor, pz_id request, pz_goal **out_goal);
/** What the actor may do with a goal as it stands, by step. Since: 0.1 */
PZ_API pz_status pz_goal_may_list(pz_actor *actor, pz_id goal, pz_goal_may ***out_rows, size_t *out_count);
/** Milestones of a goal, by day, those without one last. Since: 0.1 */
PZ_API pz_status pz_goal_milestone_list(pz_actor *actor, pz_id goal, pz_goal_milestone ***out_rows, size_t *out_count);
/** Values that were measured, by time. Since: 0.1 */
PZ_API pz_status pz_goal_measurement_list(pz_actor *actor, pz_id goal, pz_goal_measurement ***out_rows, size_t *out_count);
/** What was said of a goal, oldest first. Since: 0.1 */
PZ_API pz_status pz_goal_reflection_list(pz_actor *actor, pz_id goal, pz_goal_reflection ***out_rows, size_t *out_count);
/** The progress of a goal. @param language of its sentence, "en" or "es"; NULL for "en". Since: 0.1 */
PZ_API pz_status pz_goal_progress_get(pz_actor *actor, pz_id goal, const char *language, pz_goal_progress **out_progress);
/** Advice on a goal: is it specific, measurable, dated, within the learner's grade, supported. @param language "en" or "es"; NULL for "en". Since: 0.1 */
PZ_API pz_status pz_goal_advice_list(pz_actor *actor, pz_id goal, const char *language, pz_goal_advice ***out_rows, size_t *out_count);
/** Of competencies that a learner works on, or would in a goal, a group or a plan: which keep it below its grade, and which it has mastered. @param competencies `rows` of them. Since: 0.1 */
PZ_API pz_status pz_standard_list(pz_actor *actor, pz_id learner, const pz_id *competencies, size_t rows, pz_standard ***out_rows, size_t *out_count);
/** Goals by class and area, and by org and area. For staff, and services with ::PZ_SCOPE_READ. @param org 0 any in reach @param class_id 0 any in reach. Since: 0.1 */
PZ_API pz_status pz_goal_count_list(pz_actor *actor, pz_id org, pz_id class_id, pz_goal_count ***out_rows, size_t *out_count);
/** The learners of a class with how many goals each has, as far as the actor reaches and sees them. Since: 0.1 */
PZ_API pz_status pz_goal_coverage_list(pz_actor *actor, pz_id class_id, pz_goal_coverage ***out_rows, size_t *out_count);
/** Decisions of the learners of a cycle, as far as the actor reaches them, by learner. Since: 0.1 */
PZ_API pz_status pz_goal_decisions_list(pz_actor *actor, pz_id cycle, pz_goal_decisions ***out_rows, size_t *out_count);
/** Goals of the groups of a class, by id. Since: 0.1 */
PZ_API pz_status pz_goal_group_list(pz_actor *actor, pz_id class_id, pz_goal_group ***out_rows, size_t *out_count);
/** The policies that are set, by org and in their order. @param org 0 any. Since: 0.1 */
PZ_API pz_status pz_goal_policy_list(pz_actor *actor, pz_id org, pz_goal_policy ***out_rows, size_t *out_count);
/** Who was asked, supports, declined. Since: 0.1 */
PZ_API pz_status pz_goal_supporter_list(pz_actor *actor, pz_id goal, pz_goal_supporter ***out_rows, size_t *out_count);
/** What shows it. Since: 0.1 */
PZ_API pz_status pz_goal_evidence_list(pz_actor *actor, pz_id goal, pz_goal_evidence ***out_rows, size_t *out_count);

#ifdef __cplusplus
}
#endif
#endif
