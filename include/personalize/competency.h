/**
 * @file personalize/competency.h
 * What can be learned: frameworks, competencies and the associations between them, in the terms of CASE 1.0 and 1.1 (1EdTech). They are not
 * personal: every actor reads them. Files come in through pz_import_case().
 */
#ifndef PERSONALIZE_COMPETENCY_H
#define PERSONALIZE_COMPETENCY_H

#include "personalize/access.h"

#ifdef __cplusplus
extern "C" {
#endif

/** A framework (CASE: CFDocument). */
typedef struct pz_framework {
    uint32_t struct_size;
    pz_id id;
    const char *title;
    size_t title_len;
    const char *creator;
    size_t creator_len;
    const char *publisher;
    size_t publisher_len;
    const char *version;
    size_t version_len;
    const char *language;        /**< BCP 47, or NULL */
    size_t language_len;
    const char *adoption_status; /**< CASE: "Draft", "Adopted", "Deprecated", "Private Draft", or NULL */
    size_t adoption_status_len;
    const char *uri;
    size_t uri_len;
    int32_t ended;
} pz_framework;

#define PZ_FRAMEWORK_INIT                                                                                                  \
    {sizeof(pz_framework), 0, NULL, PZ_NUL_TERMINATED, NULL, PZ_NUL_TERMINATED, NULL, PZ_NUL_TERMINATED, NULL,             \
     PZ_NUL_TERMINATED, NULL, PZ_NUL_TERMINATED, NULL, PZ_NUL_TERMINATED, NULL, PZ_NUL_TERMINATED, 0}

/** A competency (CASE: CFItem). */
typedef struct pz_competency {
    uint32_t struct_size;
    pz_id id;
    pz_id framework;             /**< 0: named by an association, but in no document that was imported */
    const char *code;            /**< CASE humanCodingScheme, or NULL */
    size_t code_len;
    const char *statement;       /**< CASE fullStatement */
    size_t statement_len;
    const char *short_statement; /**< CASE abbreviatedStatement, or NULL */
    size_t short_statement_len;
    const char *item_type;       /**< CASE CFItemType, such as "Standard" or "Domain", or NULL */
    size_t item_type_len;
    const char *levels;          /**< CASE educationLevel, comma-separated, or NULL */
    size_t levels_len;
    const char *language;
    size_t language_len;
    const char *uri;
    size_t uri_len;
    int32_t position;            /**< order within the framework */
    int32_t ended;
} pz_competency;

#define PZ_COMPETENCY_INIT                                                                                                 \
    {sizeof(pz_competency), 0, 0, NULL, PZ_NUL_TERMINATED, NULL, PZ_NUL_TERMINATED, NULL, PZ_NUL_TERMINATED, NULL,         \
     PZ_NUL_TERMINATED, NULL, PZ_NUL_TERMINATED, NULL, PZ_NUL_TERMINATED, NULL, PZ_NUL_TERMINATED, 0, 0}

/** Types of association: those of CASE 1.0 and 1.1. Other values of a file are kept as ::PZ_ASSOCIATION_OTHER. */
typedef enum pz_association_kind {
    PZ_ASSOCIATION_IS_CHILD_OF = 1,
    PZ_ASSOCIATION_IS_PEER_OF = 2,
    PZ_ASSOCIATION_IS_PART_OF = 3,
    PZ_ASSOCIATION_EXACT_MATCH_OF = 4,
    PZ_ASSOCIATION_PRECEDES = 5, /**< the origin is a prerequisite of the destination */
    PZ_ASSOCIATION_IS_RELATED_TO = 6,
    PZ_ASSOCIATION_REPLACED_BY = 7,
    PZ_ASSOCIATION_EXEMPLAR = 8,
    PZ_ASSOCIATION_HAS_SKILL_LEVEL = 9,
    PZ_ASSOCIATION_IS_TRANSLATION_OF = 10,
    PZ_ASSOCIATION_OTHER = 11
} pz_association_kind;

/** A directed tie between two competencies (CASE: CFAssociation). */
typedef struct pz_association {
    uint32_t struct_size;
    pz_id id;
    pz_id framework;   /**< of the document that holds it */
    int32_t kind;      /**< a ::pz_association_kind */
    pz_id origin;
    pz_id destination; /**< a competency, or for isChildOf at the top the framework itself */
    int32_t position;  /**< CASE sequenceNumber; 0 none */
} pz_association;

#define PZ_ASSOCIATION_INIT {sizeof(pz_association), 0, 0, 0, 0, 0, 0}

/** In which order competencies are listed. Those that are equal in it follow by id. */
typedef enum pz_competency_order {
    PZ_COMPETENCY_ORDER_POSITION = 1, /**< by framework and position */
    PZ_COMPETENCY_ORDER_CODE = 2      /**< by the bytes of the code, those without one last */
} pz_competency_order;

/** Which competencies pz_competency_list() gives. */
typedef struct pz_competency_query {
    uint32_t struct_size;
    pz_id framework;       /**< 0 any */
    pz_id under;           /**< this competency and all below it by isChildOf; 0 any */
    const char *code;      /**< exactly this code; NULL any */
    size_t code_len;
    int32_t leaves_only;   /**< 1: only those with no child */
    int32_t with_ended;
    const char *text;      /**< words to find, all of them, in code and statements, in any script and whatever their case; NULL any */
    size_t text_len;
    int32_t order;         /**< a ::pz_competency_order. Default ::PZ_COMPETENCY_ORDER_POSITION. */
    int32_t limit;         /**< most competencies, 1 to 10,000; 0: all */
    pz_id after;           /**< the last one of the page before: what comes after it, as it stands now, in the order; 0: from the beginning */
} pz_competency_query;

#define PZ_COMPETENCY_QUERY_INIT \
    {sizeof(pz_competency_query), 0, 0, NULL, PZ_NUL_TERMINATED, 0, 0, NULL, PZ_NUL_TERMINATED, PZ_COMPETENCY_ORDER_POSITION, 0, 0}

/* Lists return PZ_OK; PZ_E_CLOSED; PZ_E_STRUCT_SIZE; PZ_E_INVALID; PZ_E_NOT_FOUND (a framework or competency that is named); PZ_E_IO;
 * PZ_E_NOMEM. Memory: one block, release with pz_free(). */

/** Frameworks, by title. Since: 0.1 */
PZ_API pz_status pz_framework_list(pz_actor *actor, int32_t with_ended, pz_framework ***out_rows, size_t *out_count);
/** Competencies, in the order that is asked for. ::PZ_E_TEXT and ::PZ_E_TOO_LONG of the texts; ::PZ_E_NOT_FOUND also for an `after` that was never there. @param query NULL for all. Since: 0.1 */
PZ_API pz_status pz_competency_list(pz_actor *actor, const pz_competency_query *query, pz_competency ***out_rows, size_t *out_count);
/** One competency. @return ::PZ_OK; ::PZ_E_CLOSED; ::PZ_E_NOT_FOUND; ::PZ_E_IO; ::PZ_E_NOMEM. Memory: pz_free(). Since: 0.1 */
PZ_API pz_status pz_competency_get(pz_actor *actor, pz_id competency, pz_competency **out_competency);
/** Associations. @param framework 0 any @param competency as origin or destination, 0 any @param kind a ::pz_association_kind, 0 any. Since: 0.1 */
PZ_API pz_status pz_association_list(pz_actor *actor, pz_id framework, pz_id competency, int32_t kind, pz_association ***out_rows,
                                     size_t *out_count);
/** All prerequisites of a competency, near ones first (breadth first over precedes), the competency itself not among them. Since: 0.1 */
PZ_API pz_status pz_competency_prerequisites(pz_actor *actor, pz_id competency, pz_competency ***out_rows, size_t *out_count);

/* Writing, by a service with PZ_SCOPE_IMPORT, or a leader for its own frameworks. Statuses as for the roster's `_save` functions. */

/** Adds or revises a framework. Since: 0.1 */
PZ_API pz_status pz_framework_save(pz_actor *actor, const pz_framework *framework, const char *source, const char *outside_id,
                                   const char *key, pz_id *out_id);
/** Adds or revises a competency. Since: 0.1 */
PZ_API pz_status pz_competency_save(pz_actor *actor, const pz_competency *competency, const char *source, const char *outside_id,
                                    const char *key, pz_id *out_id);
/** Adds or revises an association. A circle in isChildOf or precedes is ::PZ_E_INVALID; the message names the ids along it. Since: 0.1 */
PZ_API pz_status pz_association_save(pz_actor *actor, const pz_association *association, const char *source, const char *outside_id,
                                     const char *key, pz_id *out_id);
/** Ends a framework, competency or association. Since: 0.1 */
PZ_API pz_status pz_competency_end(pz_actor *actor, pz_kind kind, pz_id id, const char *key);

#ifdef __cplusplus
}
#endif
#endif
