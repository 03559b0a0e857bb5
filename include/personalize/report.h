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
    int32_t heading_level; /**< level of the title, 1 to 4: sections are one below it. Default 0: 1, and of a fragment 2, since its host has the first. */
    const char *direction; /**< "ltr" or "rtl": from where the page and its charts are read. NULL: "ltr", as English and Spanish are. */
    const char *decimal_mark;  /**< between whole and part of a number, such as ","; up to 8 bytes. NULL: that of the language. */
    const char *date_pattern;  /**< such as "{day}/{month}/{year}"; of {year}, {month}, {day}, the same in two digits {month2}, {day2}, and {month_name}; up to
                                    64 bytes. NULL: that of the language. */
    const char *month_names;   /**< twelve, separated by commas, for {month_name}. NULL: those of the language. */
    const char *learner_link;  /**< where the host shows a learner, with {id} for the id; NULL: no link. Links are https, http or of the host's own site,
                                    and have up to 1,024 bytes. */
    const char *competency_link; /**< likewise a competency */
    const char *goal_link;       /**< likewise a goal */
    const char *voice_link;      /**< likewise what a learner said */
    const char *class_link;      /**< likewise a class */
    const char *challenge_link;  /**< where the host takes "this does not look right": {kind} and {id} name what it is said of ("competency", "group", "goal"), {learner} whom it
                                      concerns */
    int32_t smallest_cell;       /**< on the page of a school: figures on fewer learners are left out, and those from which they could be worked out. 2 to 1,000. Default 10, which
                                      many education agencies use (NCES 2011-603). */
    pz_date since;               /**< of a digest: what changed since this day. PZ_DATE_NONE: since the last digest, see pz_digest(). */
} pz_page_options;

#define PZ_PAGE_OPTIONS_INIT {sizeof(pz_page_options), NULL, 0, "", 0, 0, 0, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 10, PZ_DATE_NONE}

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

/**
 * The page of one learner for its family: as pz_learner_page(), worded for those at home, with what is new and how to help. It shows what the reader
 * may see, whoever that is. @return as pz_learner_page(). Memory: release with pz_free(). Since: 0.1
 */
PZ_API pz_status pz_guardian_page(pz_actor *actor, pz_id learner, const pz_page_options *options, char **out_html);

/** What the page shows, as a document (docs/schema/learner-page.json). @return as pz_learner_page(). Since: 0.1 */
PZ_API pz_status pz_guardian_page_data(pz_actor *actor, pz_id learner, const pz_page_options *options, char **out_json);

/**
 * The page of a school or another org, for its leadership: growth by class, decisions on mastery, coverage, goals, what waits for an answer, and how parts of its
 * learners stand (those with a need or a support on record, each grade) against all others, with their errors. Classes are those of the org and of the orgs below it.
 *
 * **Small cells.** Nothing is told of a class or a part with fewer than `options.smallest_cell` learners, nor of a part that leaves fewer than that on the other side. Where what is hidden could be worked out from a
 * sum and the rest, because it is one alone or too few together, the next smallest is hidden too. Counts of goals are rounded down to multiples
 * of five, as those of pz_goal_count_list() are. Voice entries that wait are counted one by one, since none may be overlooked.
 *
 * **Equity.** A learner counts with the mean of its estimates. The difference of two means has the standard error sqrt(v1/n1 + v2/n2) (Welch 1947), v being the variance between
 * learners. It is a difference as the evidence shows it; it says nothing of why.
 *
 * For leaders of the org, and services with ::PZ_SCOPE_READ.
 * @return ::PZ_OK; ::PZ_E_CLOSED; ::PZ_E_STRUCT_SIZE; ::PZ_E_INVALID; ::PZ_E_TEXT; ::PZ_E_TOO_LONG; ::PZ_E_NOT_FOUND; ::PZ_E_DENIED; ::PZ_E_IO; ::PZ_E_NOMEM
 * Memory: release with pz_free(). Since: 0.1
 */
PZ_API pz_status pz_school_page(pz_actor *actor, pz_id org, const pz_page_options *options, char **out_html);

/** What the page shows, as a document (docs/schema/school-page.json). @return as pz_school_page(). Since: 0.1 */
PZ_API pz_status pz_school_page_data(pz_actor *actor, pz_id org, const pz_page_options *options, char **out_json);

/* -------------------------------------------------------------------------------------------------- digest --- */

/**
 * A short letter on one learner, to send each week or after each cycle: what changed, one thing to celebrate, one next step, and what the family can do. Worded for those at home where
 * a guardian asks, and otherwise for the learner. What changed is the difference between what the reader sees now and what was so at the beginning of the day `options.since`.
 *
 * **Who received what** is on record: open the actor as the one who receives it, with a purpose such as "weekly digest". It holds what that person may see and nothing else, and pz_read_list()
 * tells from then on who received it, when, and for what. Without `options.since` it goes on where the last one with the same purpose to the same person left off, as that record says; where there
 * is none, and for learners themselves, whose own reads are not recorded, it looks back a week.
 * @return as pz_learner_page(); ::PZ_E_INVALID also where `options.since` is not before today. Memory: release with pz_free(). Since: 0.1
 */
PZ_API pz_status pz_digest(pz_actor *actor, pz_id learner, const pz_page_options *options, char **out_html);

/** What the digest says, as a document (docs/schema/digest.json), for a host that writes its own letter. @return as pz_digest(). Since: 0.1 */
PZ_API pz_status pz_digest_data(pz_actor *actor, pz_id learner, const pz_page_options *options, char **out_json);

/* -------------------------------------------------------------------------------------------------- charts --- */

/** For whom a page is. What `whose` names: a learner for a learner and a guardian, a class for a teacher, an org for a leader. */
typedef enum pz_page_audience { PZ_PAGE_LEARNER = 1, PZ_PAGE_GUARDIAN = 2, PZ_PAGE_TEACHER = 3, PZ_PAGE_LEADER = 4 } pz_page_audience;

/**
 * The charts of a page, each with its name, as SVG and as a specification for Vega-Lite 5 with its data in it (docs/schema/page-charts.json). Charts with nothing to show
 * are left out. The SVG stands by itself and takes the colours of pz_page_style() where that is on the page.
 *
 * | audience          | charts                                                       |
 * | ----------------- | ------------------------------------------------------------ |
 * | learner, guardian | skills, growth, goals, timeline                              |
 * | teacher           | mastery, distribution, groups, growth, coverage              |
 * | leader            | growth, decisions, coverage, goals, voice, equity            |
 *
 * @return as the page of that audience; ::PZ_E_INVALID (no such audience). Memory: release with pz_free(). Since: 0.1
 */
PZ_API pz_status pz_page_charts(pz_actor *actor, pz_page_audience audience, pz_id whose, const pz_page_options *options, char **out_json);

/** One chart as SVG. @param chart its name; NULL: the first. @return as pz_page_charts(); ::PZ_E_NOT_FOUND also where the page has no such chart. Memory: pz_free(). Since: 0.1 */
PZ_API pz_status pz_page_svg(pz_actor *actor, pz_page_audience audience, pz_id whose, const char *chart, const pz_page_options *options, char **out_svg);

/** One chart as a specification for Vega-Lite 5. @param chart its name; NULL: the first. @return as pz_page_svg(). Memory: pz_free(). Since: 0.1 */
PZ_API pz_status pz_page_vega_lite(pz_actor *actor, pz_page_audience audience, pz_id whose, const char *chart, const pz_page_options *options, char **out_json);

/** The style sheet that fragments need, once a page. Memory: static. Since: 0.1 */
PZ_API const char *pz_page_style(void);

#ifdef __cplusplus
}
#endif
#endif
