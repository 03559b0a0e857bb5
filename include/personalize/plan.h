/**
 * @file personalize/plan.h
 * Personalized learning plans: the formal document that joins a learner's profile, goals, supports and program of activities for a period, signed by the
 * learner and the people around it, reviewed at check-ins, carried over to the next year.
 *
 *     draft -> agreed -> closed       a change of what it says makes it a draft again, to be signed anew
 *
 * **Parts** are records that the plan joins: goals, entries of the profile (strengths, interests, needs, supports), competencies, activities, assignments. Each
 * reader sees those that it sees elsewhere.
 *
 * **Versions**: `version` is the number of the change that last changed what the plan says. Signatures name it, so that everybody can tell what was signed. Two who
 * change one version: the second gets ::PZ_E_CONFLICT, and the message says what the first changed.
 *
 * **Signatures** are asked of the learner always, and of one person in each role that the plan names. Who does not hold such a role, or does not reach the learner in
 * it, signs nothing. Once all have signed the same version, the plan is agreed.
 */
#ifndef PERSONALIZE_PLAN_H
#define PERSONALIZE_PLAN_H

#include "personalize/access.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum pz_plan_state { PZ_PLAN_DRAFT = 1, PZ_PLAN_AGREED = 2, PZ_PLAN_CLOSED = 3 } pz_plan_state;

/** What plans of a kind have in common. The library brings three of its own, with the ids 0 (a year), -1 (six weeks) and -2 (a half-year with support). */
typedef struct pz_plan_template {
    uint32_t struct_size;
    pz_id id;               /**< 0 when new */
    pz_id org;              /**< whose it is, and of the orgs below; 0 the store's */
    const char *title;      /**< needed */
    size_t title_len;
    const char *prompts;    /**< questions that the plan answers, one a line, or NULL */
    size_t prompts_len;
    int32_t weeks;          /**< how long such a plan lasts, 1 to 104. Default 36. */
    int32_t with_guardian;  /**< 1: a guardian signs */
    int32_t with_teacher;
    int32_t with_counselor;
    int32_t with_leader;
    int32_t ended;          /**< 1: no new plan is begun by it */
    pz_id author;           /**< out: who made it; 0 for a service */
    pz_id copied_from;      /**< out: the template that it was copied from; 0 none, or the library's own */
    pz_id copied_author;    /**< out: who made that one */
} pz_plan_template;

#define PZ_PLAN_TEMPLATE_INIT {sizeof(pz_plan_template), 0, 0, NULL, PZ_NUL_TERMINATED, NULL, PZ_NUL_TERMINATED, 36, 0, 0, 0, 0, 0, 0, 0, 0}

/** A plan, in one version. */
typedef struct pz_plan {
    uint32_t struct_size;
    pz_id id;               /**< 0 when new */
    pz_id learner;
    int64_t version;        /**< number of the change that last changed what it says; give it back when it is changed or signed */
    int32_t state;          /**< out: a ::pz_plan_state */
    pz_id template_id;      /**< that it was begun by */
    const char *title;      /**< needed */
    size_t title_len;
    const char *vision;     /**< where the learner wants to go, in its own words, or NULL */
    size_t vision_len;
    const char *summary;    /**< what everybody should know, or NULL */
    size_t summary_len;
    pz_date begins_on;      /**< needed */
    pz_date ends_on;        /**< needed, not before `begins_on` */
    int32_t with_guardian;  /**< 1: a guardian signs */
    int32_t with_teacher;
    int32_t with_counselor;
    int32_t with_leader;
    int32_t parts;          /**< out: how many it joins */
    pz_id previous;         /**< out: the plan that it carries over; 0 none */
    pz_id next;             /**< out: the plan that carries it over; 0 none */
    pz_id author;           /**< out: who began it; 0 for an erased person */
    int32_t author_role;    /**< out: in which ::pz_role */
    pz_id acted_by;         /**< out: who made this version */
    int32_t acted_role;     /**< out: in which ::pz_role */
    pz_time acted_at;       /**< out */
    int32_t is_current;     /**< out: 0 for earlier versions */
} pz_plan;

#define PZ_PLAN_INIT                                                                                                                  \
    {sizeof(pz_plan), 0, 0, 0, 0, 0, NULL, PZ_NUL_TERMINATED, NULL, PZ_NUL_TERMINATED, NULL, PZ_NUL_TERMINATED, PZ_DATE_NONE,            \
     PZ_DATE_NONE, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, PZ_TIME_NONE, 1}

/** A record that a plan joins. */
typedef struct pz_plan_part {
    uint32_t struct_size;
    pz_id plan;             /**< out */
    int32_t position;       /**< out: from 1 */
    int32_t record_kind;    /**< a ::pz_kind: goal, profile_entry, competency, activity or assignment */
    pz_id record;
    const char *note;       /**< or NULL */
    size_t note_len;
} pz_plan_part;

#define PZ_PLAN_PART_INIT {sizeof(pz_plan_part), 0, 0, 0, 0, NULL, PZ_NUL_TERMINATED}

/** A signature. */
typedef struct pz_plan_signature {
    uint32_t struct_size;
    pz_id plan;
    pz_id person;
    int32_t role;           /**< the ::pz_role in which it signed */
    int64_t version;        /**< of the plan that was signed */
    const char *note;       /**< or NULL */
    size_t note_len;
    pz_time signed_at;
    int32_t is_valid;       /**< 1: of the version that the plan has now */
} pz_plan_signature;

/** A review of a plan at a check-in. */
typedef struct pz_plan_review {
    uint32_t struct_size;
    pz_id plan;
    pz_id checkin;
    const char *outcome;    /**< what was found and agreed */
    size_t outcome_len;
    pz_id reviewed_by;      /**< 0 for an erased person */
    int32_t reviewed_role;  /**< a ::pz_role */
    pz_time reviewed_at;
} pz_plan_review;

/** Which plans pz_plan_list() gives. */
typedef struct pz_plan_query {
    uint32_t struct_size;
    pz_id learner;          /**< 0 any in reach */
    pz_id class_id;         /**< 0 any */
    int32_t state;          /**< a ::pz_plan_state; 0 any */
    pz_date on;             /**< whose period has this day; PZ_DATE_NONE any */
    int32_t limit;          /**< most rows, 1 to 10,000; 0 all */
    pz_id after;            /**< the last of the page before, by learner and id; 0 from the first */
} pz_plan_query;

#define PZ_PLAN_QUERY_INIT {sizeof(pz_plan_query), 0, 0, 0, PZ_DATE_NONE, 0, 0}

/* Writing. Each returns PZ_OK; PZ_E_CLOSED; PZ_E_READ_ONLY; PZ_E_STRUCT_SIZE; PZ_E_INVALID; PZ_E_TEXT; PZ_E_TOO_LONG; PZ_E_NOT_FOUND;
 * PZ_E_DENIED; PZ_E_STATE; PZ_E_CONFLICT; PZ_E_KEY_REUSED; PZ_E_BUSY; PZ_E_NO_SPACE; PZ_E_IO; PZ_E_NOMEM. */

/** Adds a template, or revises it where `id` names one. By staff for an org of their classes, then by its author and by counselors and leaders of the org; with org 0 by a service with ::PZ_SCOPE_RECOMMEND. Since: 0.1 */
PZ_API pz_status pz_plan_template_save(pz_actor *actor, const pz_plan_template *plan_template, const char *key, pz_id *out_id);
/** Copies a template that is seen to an org of the actor's, to be changed there; it keeps the name of the first author. @param title NULL: the same @param language of the library's own, NULL for "en". Since: 0.1 */
PZ_API pz_status pz_plan_template_copy(pz_actor *actor, pz_id template_id, pz_id org, const char *title, size_t title_len, const char *language,
                                       const char *key, pz_id *out_id);
/** Adds a plan with its parts, or changes what it says and which parts it has. By the learner or its staff. @param parts `rows` pointers, up to 200, in their order. Since: 0.1 */
PZ_API pz_status pz_plan_save(pz_actor *actor, const pz_plan *plan, const pz_plan_part *const *parts, size_t rows, const char *key, pz_id *out_id);
/**
 * Begins a plan by a template, filled from what is there: strengths, interests, needs and supports of the profile, open goals, work in hand, and of a framework the first five
 * competencies that the learner is ready for. By the learner or its staff; what the actor does not see is not joined.
 * @param template_id one of the library's own or of pz_plan_template_list() @param framework 0 none @param begins_on the plan lasts as many weeks as the template says
 * @param language of the title, NULL for "en". Since: 0.1
 */
PZ_API pz_status pz_plan_begin(pz_actor *actor, pz_id learner, pz_date begins_on, pz_id template_id, pz_id framework, const char *language, const char *key,
                               pz_id *out_id);
/** The actor signs a version, in its role. @param note NULL for none @return as above; ::PZ_E_DENIED (the plan asks for no signature in this role). Since: 0.1 */
PZ_API pz_status pz_plan_sign(pz_actor *actor, pz_id plan, int64_t version, const char *note, size_t note_len, const char *key);
/** Puts on record that a check-in of the learner looked at the plan. By the learner or its staff. @param outcome needed. Since: 0.1 */
PZ_API pz_status pz_plan_review_add(pz_actor *actor, pz_id plan, pz_id checkin, const char *outcome, size_t outcome_len, const char *key);
/** Carries a plan over to the next period and closes it: a new one with the same words, with goals and work that are still open, what the profile still says, and what is not mastered yet. Since: 0.1 */
PZ_API pz_status pz_plan_carry_over(pz_actor *actor, pz_id plan, pz_date begins_on, pz_date ends_on, const char *key, pz_id *out_next);
/** Closes a plan. Since: 0.1 */
PZ_API pz_status pz_plan_close(pz_actor *actor, pz_id plan, const char *key);

/* Reading. Each returns PZ_OK; PZ_E_CLOSED; PZ_E_STRUCT_SIZE; PZ_E_INVALID; PZ_E_NOT_FOUND; PZ_E_DENIED; PZ_E_IO; PZ_E_NOMEM. Memory: one block,
 * release with pz_free(). */

/** The library's own templates, then those of the store and of orgs in reach, by id. @param language of the library's own, "en" or "es", NULL for "en". Since: 0.1 */
PZ_API pz_status pz_plan_template_list(pz_actor *actor, const char *language, pz_plan_template ***out_rows, size_t *out_count);
/** One plan as it stands. Since: 0.1 */
PZ_API pz_status pz_plan_get(pz_actor *actor, pz_id plan, pz_plan **out_plan);
/** Plans in reach, by learner and id. @param query NULL for all. Since: 0.1 */
PZ_API pz_status pz_plan_list(pz_actor *actor, const pz_plan_query *query, pz_plan ***out_rows, size_t *out_count);
/** Every version of a plan, oldest first. Since: 0.1 */
PZ_API pz_status pz_plan_history(pz_actor *actor, pz_id plan, pz_plan ***out_rows, size_t *out_count);
/** What it joins, as far as the actor sees that, by position. Since: 0.1 */
PZ_API pz_status pz_plan_part_list(pz_actor *actor, pz_id plan, pz_plan_part ***out_rows, size_t *out_count);
/** Who has signed, by person. Since: 0.1 */
PZ_API pz_status pz_plan_signature_list(pz_actor *actor, pz_id plan, pz_plan_signature ***out_rows, size_t *out_count);
/** Reviews, by check-in. Since: 0.1 */
PZ_API pz_status pz_plan_review_list(pz_actor *actor, pz_id plan, pz_plan_review ***out_rows, size_t *out_count);
/** The whole plan as one document (docs/schema/plan.json): the plan, its learner, goals with where they stand, profile, competencies, activities, signatures that are there and that are missing, reviews. @param language "en" or "es", NULL for "en". Since: 0.1 */
PZ_API pz_status pz_plan_document(pz_actor *actor, pz_id plan, const char *language, char **out_json);

#ifdef __cplusplus
}
#endif
#endif
