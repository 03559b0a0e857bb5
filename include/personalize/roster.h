/**
 * @file personalize/roster.h
 * Who is where: orgs, academic sessions, courses, classes, people, their roles, enrollments and guardians, in the terms of
 * OneRoster 1.2 (1EdTech, 2022). Files come in through personalize/exchange.h; a host with a roster of its own writes it with the
 * `_save` functions. What is no longer so is ended, never removed; pz_person_erase() alone removes.
 *
 * Lists give records of today (or of the moment of a pz_actor_as_of() view) that the actor reaches, ordered by id where
 * nothing else is said.
 */
#ifndef PERSONALIZE_ROSTER_H
#define PERSONALIZE_ROSTER_H

#include "personalize/access.h"

#ifdef __cplusplus
extern "C" {
#endif

/** A district, school, department or the like. */
typedef struct pz_org {
    uint32_t struct_size;
    pz_id id;
    pz_id parent;           /**< 0 at the top */
    const char *kind;       /**< OneRoster: "district", "school", "department", "local", "state", "national" or the host's own */
    size_t kind_len;
    const char *name;
    size_t name_len;
    const char *identifier; /**< official code, or NULL */
    size_t identifier_len;
    int32_t ended;          /**< 1: no longer listed by its source */
} pz_org;

#define PZ_ORG_INIT {sizeof(pz_org), 0, 0, "school", PZ_NUL_TERMINATED, NULL, PZ_NUL_TERMINATED, NULL, PZ_NUL_TERMINATED, 0}

/** A school year, term or grading period. */
typedef struct pz_academic_session {
    uint32_t struct_size;
    pz_id id;
    pz_id parent;
    const char *kind;  /**< OneRoster: "schoolYear", "semester", "term", "gradingPeriod" */
    size_t kind_len;
    const char *title;
    size_t title_len;
    pz_date starts_on;
    pz_date ends_on;
    int32_t school_year; /**< the year in which it ends; 0 unknown */
    int32_t ended;
} pz_academic_session;

#define PZ_ACADEMIC_SESSION_INIT \
    {sizeof(pz_academic_session), 0, 0, "term", PZ_NUL_TERMINATED, NULL, PZ_NUL_TERMINATED, PZ_DATE_NONE, PZ_DATE_NONE, 0, 0}

/** What is taught; classes are its sections. */
typedef struct pz_course {
    uint32_t struct_size;
    pz_id id;
    pz_id org;
    pz_id session;
    const char *title;
    size_t title_len;
    const char *code;
    size_t code_len;
    const char *grades;   /**< comma-separated, in the source's vocabulary (CEDS in OneRoster) */
    size_t grades_len;
    const char *subjects; /**< comma-separated */
    size_t subjects_len;
    int32_t ended;
} pz_course;

#define PZ_COURSE_INIT                                                                                                     \
    {sizeof(pz_course), 0, 0, 0, NULL, PZ_NUL_TERMINATED, NULL, PZ_NUL_TERMINATED, NULL, PZ_NUL_TERMINATED, NULL, PZ_NUL_TERMINATED, 0}

/** A class: the people who learn together with their teachers. */
typedef struct pz_class {
    uint32_t struct_size;
    pz_id id;
    pz_id org;
    pz_id course;
    const char *title;
    size_t title_len;
    const char *code;
    size_t code_len;
    const char *kind;     /**< OneRoster: "homeroom" or "scheduled" */
    size_t kind_len;
    const char *location;
    size_t location_len;
    const char *grades;
    size_t grades_len;
    const char *subjects;
    size_t subjects_len;
    const char *periods;
    size_t periods_len;
    const char *sessions; /**< comma-separated pz_ids of academic sessions */
    size_t sessions_len;
    int32_t ended;
} pz_class;

#define PZ_CLASS_INIT                                                                                                      \
    {sizeof(pz_class), 0, 0, 0, NULL, PZ_NUL_TERMINATED, NULL, PZ_NUL_TERMINATED, "scheduled", PZ_NUL_TERMINATED, NULL,    \
     PZ_NUL_TERMINATED, NULL, PZ_NUL_TERMINATED, NULL, PZ_NUL_TERMINATED, NULL, PZ_NUL_TERMINATED, NULL, PZ_NUL_TERMINATED, 0}

/** A person. What else is known of a learner is in the profile. */
typedef struct pz_person {
    uint32_t struct_size;
    pz_id id;
    const char *given_name;
    size_t given_name_len;
    const char *middle_name;
    size_t middle_name_len;
    const char *family_name;
    size_t family_name_len;
    const char *preferred_given_name;  /**< show this where there is one */
    size_t preferred_given_name_len;
    const char *preferred_family_name;
    size_t preferred_family_name_len;
    const char *username;
    size_t username_len;
    const char *email;
    size_t email_len;
    const char *identifier; /**< a number that the school gave, or NULL */
    size_t identifier_len;
    const char *grades;     /**< comma-separated */
    size_t grades_len;
    const char *pronouns;
    size_t pronouns_len;
    int32_t enabled;        /**< OneRoster enabledUser */
    int32_t ended;
} pz_person;

#define PZ_PERSON_INIT                                                                                                      \
    {sizeof(pz_person), 0, NULL, PZ_NUL_TERMINATED, NULL, PZ_NUL_TERMINATED, NULL, PZ_NUL_TERMINATED, NULL,                 \
     PZ_NUL_TERMINATED, NULL, PZ_NUL_TERMINATED, NULL, PZ_NUL_TERMINATED, NULL, PZ_NUL_TERMINATED, NULL, PZ_NUL_TERMINATED, \
     NULL, PZ_NUL_TERMINATED, NULL, PZ_NUL_TERMINATED, 1, 0}

/** A role that a person holds in an org. */
typedef struct pz_person_role {
    uint32_t struct_size;
    pz_id id;
    pz_id person;
    pz_id org;
    int32_t role;             /**< a ::pz_role but service */
    const char *outside_role; /**< the source's own word, such as "principal" or "aide" */
    size_t outside_role_len;
    int32_t is_primary;
    pz_date begins_on;        /**< PZ_DATE_NONE: always */
    pz_date ends_on;          /**< last day; PZ_DATE_NONE: open */
} pz_person_role;

#define PZ_PERSON_ROLE_INIT {sizeof(pz_person_role), 0, 0, 0, 0, "", PZ_NUL_TERMINATED, 1, PZ_DATE_NONE, PZ_DATE_NONE}

/** A person's place in a class. */
typedef struct pz_enrollment {
    uint32_t struct_size;
    pz_id id;
    pz_id class_id;
    pz_id person;
    int32_t role;       /**< ::PZ_ROLE_LEARNER or ::PZ_ROLE_TEACHER */
    int32_t is_primary; /**< of a teacher: the one who answers for the class */
    pz_date begins_on;
    pz_date ends_on;    /**< last day */
} pz_enrollment;

#define PZ_ENROLLMENT_INIT {sizeof(pz_enrollment), 0, 0, 0, PZ_ROLE_LEARNER, 0, PZ_DATE_NONE, PZ_DATE_NONE}

/** A guardian of a learner (OneRoster agent). */
typedef struct pz_guardianship {
    uint32_t struct_size;
    pz_id learner;
    pz_id guardian;
} pz_guardianship;

/** In which order people are listed, by the bytes of the preferred form of names. People who are equal in it follow by id. */
typedef enum pz_person_order {
    PZ_PERSON_ORDER_NAME = 1,       /**< by family name, then given name */
    PZ_PERSON_ORDER_GIVEN_NAME = 2, /**< by given name, then family name */
    PZ_PERSON_ORDER_ID = 3
} pz_person_order;

/** Which people pz_person_list() gives. */
typedef struct pz_person_query {
    uint32_t struct_size;
    pz_id class_id;  /**< in this class today; 0 any */
    pz_id org;       /**< with a role in this org or below it; 0 any */
    pz_id learner;   /**< guardians, teachers, counselors and leaders of this learner; 0 any */
    int32_t role;    /**< a ::pz_role; 0 any */
    int32_t with_ended; /**< 1: also who is no longer there. Default 0. */
    const char *text;  /**< words to find, all of them, in names and identifier, in any script and whatever their case; NULL any */
    size_t text_len;
    int32_t order;     /**< a ::pz_person_order. Default ::PZ_PERSON_ORDER_NAME. */
    int32_t limit;     /**< most people, 1 to 10,000; 0: all */
    pz_id after;       /**< the last person of the page before: who comes after it, as it stands now, in the order; 0: from the beginning */
} pz_person_query;

#define PZ_PERSON_QUERY_INIT \
    {sizeof(pz_person_query), 0, 0, 0, 0, 0, NULL, PZ_NUL_TERMINATED, PZ_PERSON_ORDER_NAME, 0, 0}

/** Which classes pz_class_list() gives. */
typedef struct pz_class_query {
    uint32_t struct_size;
    pz_id learner;      /**< of this learner; 0 any in reach */
    int32_t with_ended; /**< 1: also ended ones. Default 0. */
    const char *text;   /**< words to find, all of them, in title, code, location and subjects, in any script and whatever their case; NULL any */
    size_t text_len;
    int32_t order;      /**< a ::pz_list_order. Default ::PZ_LIST_OLDEST. */
    int32_t limit;      /**< most classes, 1 to 10,000; 0: all */
    pz_id after;        /**< the last class of the page before: only those that follow it in the order; 0: from the beginning */
} pz_class_query;

#define PZ_CLASS_QUERY_INIT {sizeof(pz_class_query), 0, 0, NULL, PZ_NUL_TERMINATED, PZ_LIST_OLDEST, 0, 0}

/* Lists. Each returns PZ_OK; PZ_E_CLOSED; PZ_E_STRUCT_SIZE; PZ_E_INVALID; PZ_E_NOT_FOUND (a class, org or learner that is named and out of
 * reach); PZ_E_DENIED (a service without a scope that reads); PZ_E_IO; PZ_E_NOMEM. Memory: one block, release with pz_free(). */

/** Orgs in reach, those of the actor and of its learners. @param with_ended 1: also ended ones. Since: 0.1 */
PZ_API pz_status pz_org_list(pz_actor *actor, int32_t with_ended, pz_org ***out_rows, size_t *out_count);
/** Academic sessions, by first day. Since: 0.1 */
PZ_API pz_status pz_academic_session_list(pz_actor *actor, int32_t with_ended, pz_academic_session ***out_rows, size_t *out_count);
/** Courses of the orgs in reach. Since: 0.1 */
PZ_API pz_status pz_course_list(pz_actor *actor, int32_t with_ended, pz_course ***out_rows, size_t *out_count);
/** Classes in reach: a learner's own, a guardian's children's, a teacher's own, all of a counselor's or leader's orgs. ::PZ_E_TEXT and ::PZ_E_TOO_LONG of the text. @param query NULL for all. Since: 0.1 */
PZ_API pz_status pz_class_list(pz_actor *actor, const pz_class_query *query, pz_class ***out_rows, size_t *out_count);
/** People in reach, in the order that is asked for. ::PZ_E_TEXT and ::PZ_E_TOO_LONG of the text; ::PZ_E_NOT_FOUND also for an `after` out of reach. @param query NULL for all. Since: 0.1 */
PZ_API pz_status pz_person_list(pz_actor *actor, const pz_person_query *query, pz_person ***out_rows, size_t *out_count);
/** Roles of one person. Since: 0.1 */
PZ_API pz_status pz_person_role_list(pz_actor *actor, pz_id person, pz_person_role ***out_rows, size_t *out_count);
/** Enrollments of a class, or of a person, or of a person in a class; one of them may be 0. Since: 0.1 */
PZ_API pz_status pz_enrollment_list(pz_actor *actor, pz_id class_id, pz_id person, int32_t with_ended, pz_enrollment ***out_rows,
                                    size_t *out_count);
/** Guardians of a learner. @param learner 0: of all learners in reach. Since: 0.1 */
PZ_API pz_status pz_guardianship_list(pz_actor *actor, pz_id learner, pz_guardianship ***out_rows, size_t *out_count);

/* Single records. Each returns PZ_OK; PZ_E_CLOSED; PZ_E_NOT_FOUND; PZ_E_IO; PZ_E_NOMEM. Memory: one block, release with pz_free(). */

/** One person. Since: 0.1 */
PZ_API pz_status pz_person_get(pz_actor *actor, pz_id person, pz_person **out_person);
/** One class. Since: 0.1 */
PZ_API pz_status pz_class_get(pz_actor *actor, pz_id class_id, pz_class **out_class);
/** One org. Since: 0.1 */
PZ_API pz_status pz_org_get(pz_actor *actor, pz_id org, pz_org **out_org);

/* Writing, by a service with PZ_SCOPE_IMPORT. A record with id 0 is added, with an id it is revised (all members are taken).
 * Each returns PZ_OK; PZ_E_CLOSED; PZ_E_READ_ONLY; PZ_E_DENIED; PZ_E_STRUCT_SIZE; PZ_E_INVALID (a member missing or out of range, a circle of
 * orgs); PZ_E_TEXT; PZ_E_TOO_LONG; PZ_E_NOT_FOUND (the record, or one it names); PZ_E_EXISTS (the outside id belongs to another
 * record); PZ_E_KEY_REUSED; PZ_E_BUSY; PZ_E_NO_SPACE; PZ_E_IO; PZ_E_NOMEM.
 * `source` and `outside_id` name the record in the host's system, for pz_id_resolve(); NULL for none. */

/** Adds or revises an org. Since: 0.1 */
PZ_API pz_status pz_org_save(pz_actor *actor, const pz_org *org, const char *source, const char *outside_id, const char *key, pz_id *out_id);
/** Adds or revises an academic session. Since: 0.1 */
PZ_API pz_status pz_academic_session_save(pz_actor *actor, const pz_academic_session *session, const char *source, const char *outside_id,
                                          const char *key, pz_id *out_id);
/** Adds or revises a course. Since: 0.1 */
PZ_API pz_status pz_course_save(pz_actor *actor, const pz_course *course, const char *source, const char *outside_id, const char *key,
                                pz_id *out_id);
/** Adds or revises a class. Since: 0.1 */
PZ_API pz_status pz_class_save(pz_actor *actor, const pz_class *class_record, const char *source, const char *outside_id, const char *key,
                               pz_id *out_id);
/** Adds or revises a person. Since: 0.1 */
PZ_API pz_status pz_person_save(pz_actor *actor, const pz_person *person, const char *source, const char *outside_id, const char *key,
                                pz_id *out_id);
/** Adds or revises a role. Since: 0.1 */
PZ_API pz_status pz_person_role_save(pz_actor *actor, const pz_person_role *role, const char *key, pz_id *out_id);
/** Adds or revises an enrollment. Since: 0.1 */
PZ_API pz_status pz_enrollment_save(pz_actor *actor, const pz_enrollment *enrollment, const char *source, const char *outside_id,
                                    const char *key, pz_id *out_id);
/** Names a guardian of a learner; naming one twice changes nothing. Since: 0.1 */
PZ_API pz_status pz_guardianship_add(pz_actor *actor, pz_id learner, pz_id guardian, const char *key);
/** Ends a guardianship: from now on the guardian reaches nothing of the learner. Since: 0.1 */
PZ_API pz_status pz_guardianship_end(pz_actor *actor, pz_id learner, pz_id guardian, const char *key);
/** Ends a record of the roster. @param kind ::PZ_KIND_ORG to ::PZ_KIND_ENROLLMENT, or ::PZ_KIND_ROLE. Since: 0.1 */
PZ_API pz_status pz_roster_end(pz_actor *actor, pz_kind kind, pz_id id, const char *key);

#ifdef __cplusplus
}
#endif
#endif
