/* The forms that a gathered class view is given out in. All append to a buffer, which remembers a failure. */
#ifndef PZ_REPORT_CLASS_FORMS_H
#define PZ_REPORT_CLASS_FORMS_H

#include "report/class_view.h"

void pz__class_json(const pz__class_view *view, pz__buffer *out);

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

/* The whole page or, as an option, the part to place within another. */
pz_status pz__class_html(const pz__class_view *view, const pz_page_options *options, pz__buffer *out);

#endif
