/* The forms that a gathered class view is given out in. All append to a buffer, which remembers a failure. */
#ifndef PZ_REPORT_CLASS_FORMS_H
#define PZ_REPORT_CLASS_FORMS_H

#include "base/json_write.h"
#include "base/message.h"
#include "chart/dot_plot.h"
#include "report/class_view.h"

void pz__class_json(const pz__class_view *view, pz__buffer *out);
void pz__learner_json(const pz__class_view *view, pz__buffer *out);

/* Members that both documents have. */
void pz__put_record(pz__json_writer *json, const char *key, const pz_record_type *type, const void *record); /* NULL: null */
void pz__put_records(pz__json_writer *json, const char *key, const pz_record_type *type, void *const *rows, size_t count);
void pz__put_name(pz__json_writer *json, const char *key, const pz_person *person);
void pz__put_cell(pz__json_writer *json, const pz__view_cell *cell); /* into an open object */

/* Parts of the page, each a section with its heading at `level` (2 to 5) and ids that begin with `prefix`. */
typedef struct pz__class_page {
    const pz__class_view *view;
    const char *prefix;
    int level;
    pz__buffer *out;
} pz__class_page;

void pz__page_mastery(const pz__class_page *page);
void pz__page_next(const pz__class_page *page);
void pz__page_groups(const pz__class_page *page);
void pz__page_growth(const pz__class_page *page);
void pz__page_goals(const pz__class_page *page);

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
/* The message as text, cut to `size`; a failure is kept in the buffer of the page. */
void pz__page_text(const pz__class_page *page, const char *code, const pz__message_value *values, size_t count, char *text, size_t size);
/* The name of a record's state as an element; "not known" for a number that has none. */
void pz__page_goal_state(const pz__class_page *page, const char *element, int32_t state);
const char *pz__page_decision_code(const pz__view_cell *cell);
const char *pz__page_step_code(const pz__view_cell *cell); /* why it is a next step */

/* A dot plot that the message `code` names and the message `code`_description describes. `plot` gives all but its words and id. */
void pz__page_dots(const pz__class_page *page, const char *name, const char *code, const char *code_axis, pz__dot_plot plot);

/* The document around a page: head and style, unless it is a fragment, and the outer element; then its end. */
void pz__page_open(const pz__class_page *page, const char *title, const pz_page_options *options);
void pz__page_close(const pz__class_page *page, const pz_page_options *options);
void pz__page_as_of(const pz__class_page *page); /* the day that is shown */

/* The whole page or, as an option, the part to place within another. */
pz_status pz__class_html(const pz__class_view *view, const pz_page_options *options, pz__buffer *out);
pz_status pz__learner_html(const pz__class_view *view, const pz_page_options *options, pz__buffer *out);

#endif
