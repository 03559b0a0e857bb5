/* The forms that a gathered view is given out in. All append to a buffer, which remembers a failure. */
#ifndef PZ_REPORT_FORMS_H
#define PZ_REPORT_FORMS_H

#include "base/json_write.h"
#include "base/message.h"
#include "report/figures.h"
#include "report/view.h"

void pz__class_json(const pz__class_view *view, pz__buffer *out);
void pz__learner_json(const pz__class_view *view, pz_page_audience audience, pz__buffer *out);

/* Members that documents have in common. */
void pz__put_record(pz__json_writer *json, const char *key, const pz_record_type *type, const void *record); /* NULL: null */
void pz__put_records(pz__json_writer *json, const char *key, const pz_record_type *type, void *const *rows, size_t count);
void pz__put_name(pz__json_writer *json, const char *key, const pz_person *person);
void pz__put_cell(pz__json_writer *json, const pz__view_cell *cell); /* into an open object */

/* Parts of the page, each a section with its heading at `level` (2 to 5) and ids that begin with `prefix`. */
typedef struct pz__class_page {
    const pz__class_view *view;
    const pz__figures *figures;
    pz_page_audience audience;
    const char *prefix;
    int level;
    pz__buffer *out;
} pz__class_page;

void pz__page_mastery(const pz__class_page *page);
void pz__page_next(const pz__class_page *page);
void pz__page_waiting(const pz__class_page *page);
void pz__page_beliefs(const pz__class_page *page);
void pz__page_groups(const pz__class_page *page);
void pz__page_growth(const pz__class_page *page);
void pz__page_coverage(const pz__class_page *page);
void pz__page_goals(const pz__class_page *page);

/* Of the page of one learner. */
void pz__learner_reading(const pz__class_page *page);
void pz__learner_skills(const pz__class_page *page);
void pz__learner_growth(const pz__class_page *page);
void pz__learner_steps(const pz__class_page *page);
void pz__learner_work(const pz__class_page *page);
void pz__learner_goals(const pz__class_page *page);
void pz__learner_places(const pz__class_page *page);
void pz__learner_voice(const pz__class_page *page);
void pz__learner_timeline(const pz__class_page *page);
void pz__learner_reads(const pz__class_page *page);
/* "5.FR.1 Add fractions with different denominators.", with the host's link where there is one. */
void pz__page_skill(const pz__class_page *page, const pz_competency *competency);
/* "page.learner.NAME", or for a guardian "page.guardian.NAME" where there is such a message. Static, or until the next call with the same `room`. */
typedef struct pz__code {
    char text[64];
} pz__code;
const char *pz__learner_code(const pz__class_page *page, const char *name, pz__code *room);

/* <h2 id="..."> with the message `code`, and the section around it. */
void pz__page_section(const pz__class_page *page, const char *name, const char *code);
void pz__page_section_end(const pz__class_page *page);
/* The message as escaped text, by itself or as an element. */
void pz__page_words(const pz__class_page *page, const char *code);
void pz__page_element(const pz__class_page *page, const char *element, const char *kind, const char *code);
/* An element around a message with one number named "count". */
void pz__page_count(const pz__class_page *page, const char *element, const char *kind, const char *code, double count);
/* An element around a message with values. */
void pz__page_message(const pz__class_page *page, const char *element, const char *kind, const char *code, const pz__message_value *values, size_t count);
/* A day as it is written, escaped; a name. */
void pz__page_day(const pz__class_page *page, pz_date day);
void pz__page_name(const pz__class_page *page, const pz_person *person);
/* <a href="..."> by the host's pattern and its end; nothing where the host gave none. */
void pz__page_link(const pz__class_page *page, const char *pattern, const char *kind, pz_id id, pz_id learner);
void pz__page_link_end(const pz__class_page *page, const char *pattern);
/* "This does not look right", where the host takes that. */
void pz__page_challenge(const pz__class_page *page, const char *element, const char *kind, pz_id id, pz_id learner);
/* <table> with a scrolling frame and headings; `more` is one more heading or NULL. */
void pz__page_table(const pz__class_page *page, const char *const *heads, size_t count);
void pz__page_table_end(const pz__class_page *page);

/* The name of a record's state as an element; "not known" for a number that has none. */
void pz__page_goal_state(const pz__class_page *page, const char *element, int32_t state);
const char *pz__page_decision_code(const pz__view_cell *cell);
const char *pz__page_step_code(const pz__view_cell *cell); /* why it is a next step */
const char *pz__page_role_code(int32_t role);

/* A figure with its legend, and the same as a table below it. 0 where the page has no such figure. */
int pz__page_figure(const pz__class_page *page, const char *name);
void pz__page_figure_table(const pz__class_page *page, const pz__figure *figure);

/* The document around a page: head and style, unless it is a fragment, and the outer element; then its end. */
void pz__page_open(const pz__class_page *page, const char *title);
void pz__page_close(const pz__class_page *page);
void pz__page_as_of(const pz__class_page *page); /* the day that is shown */

/* The whole page or, as an option, the part to place within another. */
void pz__class_html(const pz__class_page *page);
void pz__learner_html(const pz__class_page *page);

#endif
