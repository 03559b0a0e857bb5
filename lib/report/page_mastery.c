/* Who has mastered what: the heat map, and the same as a table. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "chart/heat_map.h"
#include "chart/markup.h"
#include "report/class_forms.h"

enum { LEVELS = 4, NOT_ASSESSED = 3 };

static const char *const level_codes[LEVELS] = {"mastery.decision.mastered", "mastery.decision.not_yet", "mastery.decision.not_enough_evidence",
                                                "mastery.decision.not_assessed"};
/* Blue and orange stay apart for every kind of colour blindness (after Okabe and Ito 2008), and differ in lightness. */
static const pz__heat_level level_looks[LEVELS] = {
    {"mastered", NULL, PZ__GLYPH_CHECK, "#0b6a99", "#ffffff"},
    {"not-yet", NULL, PZ__GLYPH_RING, "#f2b134", "#3b2500"},
    {"open", NULL, PZ__GLYPH_DOTS, "#dde3e9", "#33404d"},
    {"none", NULL, PZ__GLYPH_NONE, "#ffffff", "#33404d"},
};

/* What drawing needs beside the view. */
typedef struct drawing {
    const pz__class_view *view;
    char *level_words[LEVELS];
    char **names;
} drawing;

static int level_of(const pz__view_cell *cell)
{
    return cell->evidence_count && cell->decision >= 1 && cell->decision <= NOT_ASSESSED ? cell->decision - 1 : NOT_ASSESSED;
}

const char *pz__page_decision_code(const pz__view_cell *cell)
{
    return level_codes[level_of(cell)];
}

/* "97 % ± 5, 8 answers" */
static void add_estimate(const pz__class_view *view, const pz__view_cell *cell, pz__buffer *words)
{
    pz__message_value values[] = {{"estimate", NULL, cell->estimate * 100, 0}, {"error", NULL, cell->standard_error * 100, 0}, {"count", NULL, cell->evidence_count, 0}};
    pz__message(words, view->language, isnan(cell->standard_error) ? "page.estimate_alone" : "page.estimate", values, 3);
}

static void cell_words(void *user_data, size_t row, size_t column, pz__buffer *words)
{
    const drawing *draw = user_data;
    const pz__view_cell *cell = pz__view_cell_at(draw->view, row, column);
    pz__buffer_text(words, draw->names[row]);
    pz__buffer_text(words, ", ");
    pz__buffer_text(words, pz__competency_label(draw->view->competencies[column]));
    pz__buffer_text(words, ": ");
    pz__buffer_text(words, draw->level_words[level_of(cell)]);
    if (!cell->evidence_count) return;
    pz__buffer_text(words, ", ");
    add_estimate(draw->view, cell, words);
}

static char *message_text(const char *language, const char *code)
{
    pz__buffer words = PZ__BUFFER_INIT;
    char *text = NULL;
    pz__message(&words, language, code, NULL, 0);
    pz__buffer_take(&words, &text);
    return text;
}

static void free_drawing(drawing *draw)
{
    for (int i = 0; i < LEVELS; i++) pz_free(draw->level_words[i]);
    for (size_t i = 0; draw->names && i < draw->view->learner_count; i++) pz_free(draw->names[i]);
    pz__release(draw->names);
}

static int make_drawing(const pz__class_view *view, drawing *draw)
{
    memset(draw, 0, sizeof *draw);
    draw->view = view;
    for (int i = 0; i < LEVELS; i++)
        if (!(draw->level_words[i] = message_text(view->language, level_codes[i]))) return 0;
    if (!(draw->names = pz__alloc_zero(view->learner_count, sizeof *draw->names))) return 0;
    for (size_t i = 0; i < view->learner_count; i++) {
        pz__buffer name = PZ__BUFFER_INIT;
        pz__view_name(view->learners[i], &name);
        if (pz__buffer_take(&name, &draw->names[i]) != PZ_OK) return 0;
    }
    return 1;
}

static pz_status draw_map(const pz__class_page *page, drawing *draw, pz__heat_label *rows, pz__heat_label *columns, uint8_t *cells)
{
    const pz__class_view *view = page->view;
    pz__heat_level levels[LEVELS];
    char id[64];
    memcpy(levels, level_looks, sizeof levels);
    for (int i = 0; i < LEVELS; i++) levels[i].words = draw->level_words[i];
    for (size_t i = 0; i < view->learner_count; i++) rows[i] = (pz__heat_label){draw->names[i], NULL};
    for (size_t i = 0; i < view->competency_count; i++)
        columns[i] = (pz__heat_label){pz__competency_label(view->competencies[i]), view->competencies[i]->statement};
    for (size_t row = 0; row < view->learner_count; row++)
        for (size_t column = 0; column < view->competency_count; column++)
            cells[row * view->competency_count + column] = (uint8_t)level_of(pz__view_cell_at(view, row, column));

    snprintf(id, sizeof id, "%smap", page->prefix);
    char *title = message_text(view->language, "page.heat_map"), *description = message_text(view->language, "page.heat_map_description");
    pz_status status = PZ_E_NOMEM;
    if (title && description) {
        pz__heat_map map = {id, title, description, rows, columns, view->learner_count, view->competency_count, cells, levels, LEVELS, cell_words, draw};
        pz__heat_legend(id, levels, LEVELS, page->out);
        pz__buffer_text(page->out, "<div class=\"pz-scroll\" tabindex=\"0\" role=\"region\"");
        pz__markup_attribute(page->out, "aria-label", title);
        pz__buffer_text(page->out, ">");
        status = pz__heat_map_draw(&map, page->out);
        pz__buffer_text(page->out, "</div>\n");
    }
    pz_free(title);
    pz_free(description);
    return status;
}

static void add_table(const pz__class_page *page, const drawing *draw)
{
    const pz__class_view *view = page->view;
    pz__buffer *out = page->out;
    pz__buffer words = PZ__BUFFER_INIT;
    pz__buffer_text(out, "<details class=\"pz-details\"><summary>");
    pz__page_words(page, "page.table");
    pz__buffer_text(out, "</summary>\n<div class=\"pz-scroll\" tabindex=\"0\"><table class=\"pz-table\"><thead><tr>");
    pz__page_element(page, "th", NULL, "page.learner");
    for (size_t column = 0; column < view->competency_count; column++) {
        pz__buffer_text(out, "<th scope=\"col\"");
        pz__markup_attribute(out, "title", view->competencies[column]->statement);
        pz__buffer_char(out, '>');
        pz__markup_text(out, pz__competency_label(view->competencies[column]), PZ_NUL_TERMINATED);
        pz__buffer_text(out, "</th>");
    }
    pz__buffer_text(out, "</tr></thead>\n<tbody>\n");
    for (size_t row = 0; row < view->learner_count; row++) {
        pz__buffer_text(out, "<tr><th scope=\"row\"><bdi>");
        pz__markup_text(out, draw->names[row], PZ_NUL_TERMINATED);
        pz__buffer_text(out, "</bdi></th>");
        for (size_t column = 0; column < view->competency_count; column++) {
            const pz__view_cell *cell = pz__view_cell_at(view, row, column);
            pz__buffer_text(out, "<td>");
            pz__markup_text(out, draw->level_words[level_of(cell)], PZ_NUL_TERMINATED);
            if (cell->evidence_count) {
                pz__buffer_clear(&words);
                add_estimate(view, cell, &words);
                pz__buffer_text(out, "<br>");
                pz__markup_text(out, words.data, words.length);
            }
            pz__buffer_text(out, "</td>");
        }
        pz__buffer_text(out, "</tr>\n");
    }
    pz__buffer_text(out, "</tbody></table></div></details>\n");
    if (words.status != PZ_OK) out->status = words.status;
    pz__buffer_free(&words);
}

void pz__page_mastery(const pz__class_page *page)
{
    const pz__class_view *view = page->view;
    pz__page_section(page, "mastery", "page.mastery");
    if (!view->learner_count || !view->competency_count) {
        pz__page_element(page, "p", "empty", view->learner_count ? "page.no_evidence" : "page.no_learners");
        pz__page_section_end(page);
        return;
    }
    drawing draw;
    pz__heat_label *rows = pz__alloc_zero(view->learner_count, sizeof *rows), *columns = pz__alloc_zero(view->competency_count, sizeof *columns);
    uint8_t *cells = pz__alloc_zero(view->learner_count, view->competency_count);
    int made = make_drawing(view, &draw);
    if (made && rows && columns && cells && draw_map(page, &draw, rows, columns, cells) == PZ_OK) {
        add_table(page, &draw);
    } else if (page->out->status == PZ_OK) {
        page->out->status = PZ_E_NOMEM;
    }
    free_drawing(&draw);
    pz__release(rows);
    pz__release(columns);
    pz__release(cells);
    pz__page_section_end(page);
}
