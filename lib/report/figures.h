/* The figures of a page, made once from a view, with the texts in them: for the page, for a picture by itself, and for Vega-Lite. */
#ifndef PZ_REPORT_FIGURES_H
#define PZ_REPORT_FIGURES_H

#include "base/message.h"
#include "chart/figure.h"
#include "report/view.h"

enum { PZ__FIGURES_MOST = 8 };

typedef struct pz__figures {
    const pz__class_view *view;
    const char *prefix; /* of ids */
    pz__figure list[PZ__FIGURES_MOST];
    pz__figure_row *rows[PZ__FIGURES_MOST]; /* growing while a figure is made */
    size_t capacity[PZ__FIGURES_MOST];
    pz__level *levels[PZ__FIGURES_MOST];
    size_t count;
    char **texts;
    size_t text_count, text_capacity;
    pz_status status; /* PZ_OK or PZ_E_NOMEM, kept */
} pz__figures;

/* Makes all figures of a view; on failure nothing is left to free. Figures without rows are left out. */
typedef void (*pz__figures_fn)(pz__figures *figures);
pz_status pz__figures_make(const pz__class_view *view, const char *prefix, pz__figures_fn fill, pz__figures *out);
void pz__figures_free(pz__figures *figures);
/* NULL where there is none of this name. */
const pz__figure *pz__figures_find(const pz__figures *figures, const char *name);

void pz__class_figures(pz__figures *figures);
void pz__learner_figures(pz__figures *figures);

/* ----------------------------------------------------------------------------------------------- making one --- */

/* Begins a figure: `code` is the message that names it, code_description the one that describes it. The rows that are added go to it. Its texts and rows are
 * kept until pz__figures_free. */
pz__figure *pz__figure_begin(pz__figures *figures, pz__figure_kind kind, const char *name, const char *code);
pz__figure_row *pz__figure_row_add(pz__figures *figures); /* a row of nothing; NULL on failure */
void pz__figure_end(pz__figures *figures);                /* takes it back if it has no rows */
/* Levels with these looks; their words are messages. */
typedef struct pz__level_look {
    pz__level level; /* words: NULL */
    const char *code;
} pz__level_look;
void pz__figure_levels(pz__figures *figures, const pz__level_look *looks, size_t count);

/* A text that lives as long as the figures: taken from the buffer, which is emptied; or a message. */
const char *pz__figures_text(pz__figures *figures, pz__buffer *text);
const char *pz__figures_words(pz__figures *figures, const char *code, const pz__message_value *values, size_t count);
const char *pz__figures_name(pz__figures *figures, const pz_person *person);
const char *pz__figures_day(pz__figures *figures, pz_date day);
/* The code and the words of a column: "5.FR.1 Add fractions". */
const char *pz__view_title(pz__figures *figures, size_t column);

/* Looks that several figures share: the four levels of mastery. */
enum { PZ__MASTERY_LEVELS = 4, PZ__NOT_ASSESSED = 3 };
extern const pz__level_look pz__mastery_looks[PZ__MASTERY_LEVELS];
int32_t pz__mastery_level(int32_t decision, int32_t evidence_count);

/* The 97.5 % point of the normal distribution: 95 % lie within. */
#define PZ__REACH 1.959964

#endif
