/* A figure on a page: its title, legend and picture, and the same as a table. */
#include <math.h>
#include <string.h>

#include "chart/markup.h"
#include "report/forms.h"

static void add_number(const pz__class_page *page, const pz__figure *figure, double value)
{
    pz__buffer_text(page->out, "<td class=\"pz-number\">");
    if (!isnan(value)) pz__figure_number(figure, value, page->out);
    pz__buffer_text(page->out, "</td>");
}

static void add_label(const pz__class_page *page, const char *element, const pz__figure_row *row)
{
    pz__buffer_format(page->out, "<%s scope=\"row\"><bdi>", element);
    pz__markup_text(page->out, row->label, PZ_NUL_TERMINATED);
    pz__buffer_format(page->out, "</bdi></%s>", element);
}

static void add_text(const pz__class_page *page, const char *text)
{
    pz__buffer_text(page->out, "<td><bdi>");
    pz__markup_text(page->out, text, PZ_NUL_TERMINATED);
    pz__buffer_text(page->out, "</bdi></td>");
}

/* One row of the table for each label, and a column for each row of the figure with that label. */
static void add_grid(const pz__class_page *page, const pz__figure *figure)
{
    pz__buffer *out = page->out;
    size_t columns = figure->row_count ? pz__figure_run(figure, 0) : 0;
    int is_heat = figure->kind == PZ__FIGURE_HEAT;
    pz__buffer_text(out, "<thead><tr>");
    pz__page_element(page, "th", NULL, is_heat ? "page.learner" : "page.table.label");
    for (size_t i = 0; i < columns; i++) {
        const pz__figure_row *row = &figure->rows[i];
        pz__buffer_text(out, "<th scope=\"col\"");
        if (is_heat) pz__markup_attribute(out, "title", row->statement);
        pz__buffer_char(out, '>');
        pz__markup_text(out, is_heat ? row->series : figure->levels[row->level].words, PZ_NUL_TERMINATED);
        pz__buffer_text(out, "</th>");
    }
    pz__buffer_text(out, "</tr></thead>\n<tbody>\n");
    for (size_t i = 0; i < figure->row_count; i++) {
        const pz__figure_row *row = &figure->rows[i];
        if (i % columns == 0) {
            pz__buffer_text(out, "<tr>");
            add_label(page, "th", row);
        }
        if (is_heat) {
            add_text(page, row->words);
        } else {
            add_number(page, figure, row->value);
        }
        if (i % columns == columns - 1) pz__buffer_text(out, "</tr>\n");
    }
    pz__buffer_text(out, "</tbody>");
}

static void add_heads(const pz__class_page *page, const char *const *heads, size_t count)
{
    pz__buffer_text(page->out, "<thead><tr>");
    for (size_t i = 0; i < count; i++) {
        pz__buffer_text(page->out, "<th scope=\"col\">");
        pz__page_words(page, heads[i]);
        pz__buffer_text(page->out, "</th>");
    }
    pz__buffer_text(page->out, "</tr></thead>\n<tbody>\n");
}

static void add_values(const pz__class_page *page, const pz__figure *figure)
{
    static const char *const heads[] = {"page.table.label", "page.table.words", "page.table.value", "page.table.lower", "page.table.upper", "page.table.target"};
    add_heads(page, heads, figure->target_words ? 6 : 5);
    for (size_t i = 0; i < figure->row_count; i++) {
        const pz__figure_row *row = &figure->rows[i];
        int has_error = !isnan(row->value) && row->lower < row->upper;
        pz__buffer_text(page->out, "<tr>");
        add_label(page, "th", row);
        add_text(page, row->words ? row->words : "");
        add_number(page, figure, row->value);
        add_number(page, figure, has_error ? row->lower : PZ_REAL_NONE);
        add_number(page, figure, has_error ? row->upper : PZ_REAL_NONE);
        if (figure->target_words) add_number(page, figure, row->target);
        pz__buffer_text(page->out, "</tr>\n");
    }
    pz__buffer_text(page->out, "</tbody>");
}

static void add_points(const pz__class_page *page, const pz__figure *figure)
{
    static const char *const heads[] = {"page.table.label", "page.cycle", "page.date", "page.table.value", "page.table.lower", "page.table.upper"};
    add_heads(page, heads, 6);
    for (size_t i = 0; i < figure->row_count; i++) {
        const pz__figure_row *row = &figure->rows[i];
        pz__buffer_text(page->out, "<tr>");
        add_label(page, "th", row);
        add_text(page, row->series);
        add_text(page, row->day_words);
        add_number(page, figure, row->value);
        add_number(page, figure, row->lower);
        add_number(page, figure, row->upper);
        pz__buffer_text(page->out, "</tr>\n");
    }
    pz__buffer_text(page->out, "</tbody>");
}

static void add_events(const pz__class_page *page, const pz__figure *figure)
{
    static const char *const heads[] = {"page.date", "page.table.event", "page.table.what"};
    add_heads(page, heads, 3);
    for (size_t i = 0; i < figure->row_count; i++) {
        const pz__figure_row *row = &figure->rows[i];
        pz__buffer_text(page->out, "<tr>");
        add_text(page, row->day_words);
        add_text(page, figure->levels[row->level].words);
        add_text(page, row->label);
        pz__buffer_text(page->out, "</tr>\n");
    }
    pz__buffer_text(page->out, "</tbody>");
}

void pz__page_figure_table(const pz__class_page *page, const pz__figure *figure)
{
    pz__buffer_text(page->out, "<details class=\"pz-details\"><summary>");
    pz__page_words(page, "page.table");
    pz__buffer_text(page->out, "</summary>\n<div class=\"pz-scroll\" tabindex=\"0\" role=\"group\"");
    pz__markup_attribute(page->out, "aria-label", figure->title);
    pz__buffer_text(page->out, "><table class=\"pz-table\">");
    switch (figure->kind) {
    case PZ__FIGURE_HEAT:
    case PZ__FIGURE_BARS: add_grid(page, figure); break;
    case PZ__FIGURE_LINES: add_points(page, figure); break;
    case PZ__FIGURE_TIMELINE: add_events(page, figure); break;
    case PZ__FIGURE_DOTS:
    case PZ__FIGURE_BULLETS: add_values(page, figure); break;
    }
    pz__buffer_text(page->out, "</table></div></details>\n");
}

int pz__page_figure(const pz__class_page *page, const char *name)
{
    const pz__figure *figure = pz__figures_find(page->figures, name);
    pz__buffer *out = page->out;
    if (!figure) return 0;
    int is_wide = figure->kind == PZ__FIGURE_HEAT;
    pz__buffer_format(out, "<figure class=\"pz-figure pz-figure-%s\"><figcaption>", pz__figure_kind_name(figure->kind));
    pz__markup_text(out, figure->title, PZ_NUL_TERMINATED);
    pz__buffer_text(out, "</figcaption>\n");
    pz__figure_legend(figure, out);
    if (is_wide) {
        pz__buffer_text(out, "<div class=\"pz-scroll\" tabindex=\"0\" role=\"region\"");
        pz__markup_attribute(out, "aria-label", figure->title);
        pz__buffer_char(out, '>');
    }
    pz_status status = pz__figure_svg(figure, out);
    if (status != PZ_OK && out->status == PZ_OK) out->status = status;
    if (is_wide) pz__buffer_text(out, "</div>\n");
    pz__page_figure_table(page, figure);
    pz__buffer_text(out, "</figure>\n");
    return 1;
}
