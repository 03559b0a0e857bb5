/**
 * @file personalize/report.h
 * Pages that people look at. One class on one page: who has mastered what and how sure that is, growth since the last
 * cycle, groups with their reasons. One learner on one page: the same for the learner and its family, in plain words. One file, no outside addresses, readable without colour, printable.
 */
#ifndef PERSONALIZE_REPORT_H
#define PERSONALIZE_REPORT_H

#include "personalize/access.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Options of a page. Begin with ::PZ_PAGE_OPTIONS_INIT. */
typedef struct pz_page_options {
    uint32_t struct_size;
    const char *language;  /**< "en" or "es"; NULL for "en" */
    int32_t fragment;      /**< 1: only the part to place inside a page of the host: no html or body element, no style, no script; all classes
                                begin with "pz-", all ids with "pz-" and `id_prefix`. Default 0. */
    const char *id_prefix; /**< letters, digits and hyphens, up to 32; tells several fragments on one page apart. Default "". */
    pz_id cycle;           /**< growth of this closed cycle; 0: the last one that was closed */
    pz_id recommendation;  /**< groups of this one; 0: the last that was not rejected */
    pz_id framework;       /**< only competencies of this one; 0: all with evidence */
} pz_page_options;

#define PZ_PAGE_OPTIONS_INIT {sizeof(pz_page_options), NULL, 0, "", 0, 0, 0}

/**
 * The page of a class as HTML. For its teachers, and counselors and leaders of its org, and services with ::PZ_SCOPE_READ.
 * @return ::PZ_OK; ::PZ_E_CLOSED; ::PZ_E_STRUCT_SIZE; ::PZ_E_INVALID; ::PZ_E_NOT_FOUND; ::PZ_E_DENIED; ::PZ_E_STATE (the cycle is not closed); ::PZ_E_IO; ::PZ_E_NOMEM
 * Memory: release with pz_free(). Since: 0.1
 */
PZ_API pz_status pz_class_page(pz_actor *actor, pz_id class_id, const pz_page_options *options, char **out_html);

/** What the page shows, as a document (docs/schema/class-page.json), for a host that draws its own. @return as pz_class_page(). Since: 0.1 */
PZ_API pz_status pz_class_page_data(pz_actor *actor, pz_id class_id, const pz_page_options *options, char **out_json);

/**
 * The page of one learner as HTML, for the learner and those at its side: what is mastered and how sure that is, growth, next steps, goals and the
 * own place in groups, in plain words. For whoever may see the learner's mastery: the learner, its guardians, teachers of its classes, counselors
 * and leaders of its orgs, and services with ::PZ_SCOPE_READ. Of groups it shows accepted ones and the own place alone, whoever asks.
 * `options.recommendation` must name groups that the learner is in; `options.cycle` 0 is the last that was closed in a class of the learner.
 * @return ::PZ_OK; ::PZ_E_CLOSED; ::PZ_E_STRUCT_SIZE; ::PZ_E_INVALID; ::PZ_E_NOT_FOUND; ::PZ_E_DENIED; ::PZ_E_STATE (the cycle is not closed); ::PZ_E_IO; ::PZ_E_NOMEM
 * Memory: release with pz_free(). Since: 0.1
 */
PZ_API pz_status pz_learner_page(pz_actor *actor, pz_id learner, const pz_page_options *options, char **out_html);

/** What the page shows, as a document (docs/schema/learner-page.json), for a host that draws its own. @return as pz_learner_page(). Since: 0.1 */
PZ_API pz_status pz_learner_page_data(pz_actor *actor, pz_id learner, const pz_page_options *options, char **out_json);

/** The style sheet that fragments need, once a page. Memory: static. Since: 0.1 */
PZ_API const char *pz_page_style(void);

#ifdef __cplusplus
}
#endif
#endif
