#include "chart/heat_map.h"

#include <string.h>

#include "base/fail.h"
#include "chart/frame.h"
#include "chart/markup.h"
#include "chart/text_width.h"

enum { FONT = PZ__CHART_FONT, CELL = 22, PITCH = 24, GAP = 8, ROW_LABEL_MAX = 190, COLUMN_LABEL_MAX = 130 };

/* Column labels lean to the right by 60 degrees: their height and what the last one needs beyond its column. */
static const double lean_up = 0.87, lean_aside = 0.5;

static double widest(const pz__heat_label *labels, size_t count, double limit)
{
    double width = 0;
    for (size_t i = 0; i < count; i++) {
        double w = FONT * pz__text_width(labels[i].text, strlen(labels[i].text));
        if (w > width) width = w;
    }
    return width < limit ? width : limit;
}

static void draw_glyph(pz__glyph glyph, const char *ink, pz__buffer *out)
{
    switch (glyph) {
    case PZ__GLYPH_CHECK:
        pz__buffer_format(out, "<path class=\"pz-ink\" d=\"M6 11.5l3.5 3.5 6.5-7.5\" fill=\"none\" stroke=\"%s\" stroke-width=\"2.2\"/>", ink);
        break;
    case PZ__GLYPH_RING:
        pz__buffer_format(out, "<circle class=\"pz-ink\" cx=\"%d\" cy=\"%d\" r=\"5\" fill=\"none\" stroke=\"%s\" stroke-width=\"2.2\"/>", CELL / 2, CELL / 2,
                          ink);
        break;
    case PZ__GLYPH_DOTS:
        pz__buffer_format(out, "<path class=\"pz-ink\" d=\"M6 11h.01M11 11h.01M16 11h.01\" stroke=\"%s\" stroke-width=\"2.6\" stroke-linecap=\"round\"/>",
                          ink);
        break;
    case PZ__GLYPH_NONE: break;
    }
}

/* What a cell of each level looks like, drawn once and used by number. */
static void draw_levels(const char *id, const pz__heat_level *levels, size_t count, pz__buffer *out)
{
    pz__buffer_text(out, "<defs>");
    for (size_t i = 0; i < count; i++) {
        const pz__heat_level *level = &levels[i];
        pz__buffer_text(out, "<g");
        pz__buffer_text(out, " id=\"");
        pz__markup_text(out, id, PZ_NUL_TERMINATED);
        pz__buffer_format(out, "%zu\" class=\"pz-level-%s\"><rect class=\"pz-tile\" width=\"%d\" height=\"%d\" rx=\"3\" fill=\"%s\"%s/>", i, level->name, CELL, CELL,
                          level->fill, level->glyph == PZ__GLYPH_NONE ? " stroke=\"#8a94a0\" stroke-dasharray=\"2 3\"" : "");
        draw_glyph(level->glyph, level->ink, out);
        pz__buffer_text(out, "</g>");
    }
    pz__buffer_text(out, "</defs>");
}

static void draw_cut_text(const pz__heat_label *label, double limit, pz__buffer *out)
{
    size_t length = strlen(label->text), fit = pz__text_fit(label->text, length, limit / FONT);
    pz__markup_text(out, label->text, fit);
    if (fit < length) pz__buffer_text(out, "…");
    if (label->title || fit < length) pz__markup_element(out, "title", NULL, label->title ? label->title : label->text);
}

static void draw_columns(const pz__heat_map *map, double left, double top, pz__buffer *out)
{
    for (size_t column = 0; column < map->column_count; column++) {
        pz__buffer_text(out, "<text class=\"pz-label\" transform=\"translate(");
        pz__buffer_fixed(out, left + PITCH * (double)column + CELL * 0.6, 1);
        pz__buffer_char(out, ' ');
        pz__buffer_fixed(out, top - 5, 1);
        pz__buffer_text(out, ")rotate(-60)\">");
        draw_cut_text(&map->columns[column], COLUMN_LABEL_MAX, out);
        pz__buffer_text(out, "</text>");
    }
}

static void draw_row(const pz__heat_map *map, size_t row, double left, double y, pz__buffer *words, pz__buffer *out)
{
    pz__buffer_text(out, "\n<text class=\"pz-label\" text-anchor=\"end\"");
    pz__markup_number(out, "x", left - GAP);
    pz__markup_number(out, "y", y + CELL * 0.5 + FONT * 0.36);
    pz__buffer_char(out, '>');
    draw_cut_text(&map->rows[row], ROW_LABEL_MAX, out);
    pz__buffer_text(out, "</text>");
    for (size_t column = 0; column < map->column_count; column++) {
        pz__buffer_text(out, "<use href=\"#");
        pz__markup_text(out, map->id, PZ_NUL_TERMINATED);
        pz__buffer_format(out, "%d\"", map->cells[row * map->column_count + column]);
        pz__markup_number(out, "x", left + PITCH * (double)column);
        pz__markup_number(out, "y", y);
        if (map->words) {
            pz__buffer_clear(words);
            map->words(map->words_data, row, column, words);
            pz__buffer_text(out, "><title>");
            pz__markup_text(out, words->data, words->length);
            pz__buffer_text(out, "</title></use>");
        } else {
            pz__buffer_text(out, "/>");
        }
    }
}

pz_status pz__heat_map_draw(const pz__heat_map *map, pz__buffer *out)
{
    size_t cells = map->row_count * map->column_count;
    for (size_t i = 0; i < cells; i++)
        if (map->cells[i] >= map->level_count)
            return pz__fail(PZ_E_INVALID, "cells", NULL, "Cell %zu has level %d; there are %zu levels.", i, map->cells[i], map->level_count);

    double left = widest(map->rows, map->row_count, ROW_LABEL_MAX) + GAP;
    double label = widest(map->columns, map->column_count, COLUMN_LABEL_MAX);
    double top = label * lean_up + 12, aside = label * lean_aside;
    double width = left + PITCH * (double)map->column_count + aside, height = top + PITCH * (double)map->row_count;
    pz__chart_open(map->id, map->title, map->description, width, height, out);
    draw_levels(map->id, map->levels, map->level_count, out);
    draw_columns(map, left, top, out);
    pz__buffer words = PZ__BUFFER_INIT;
    for (size_t row = 0; row < map->row_count; row++) draw_row(map, row, left, top + PITCH * (double)row, &words, out);
    pz_status status = pz__chart_close(out);
    if (words.status != PZ_OK) status = pz__fail_memory();
    pz__buffer_free(&words);
    return status;
}

void pz__heat_legend(const char *id, const pz__heat_level *levels, size_t level_count, pz__buffer *out)
{
    pz__buffer_text(out, "<ul class=\"pz-legend\">");
    for (size_t i = 0; i < level_count; i++) {
        pz__buffer_format(out, "<li><svg width=\"%d\" height=\"%d\" viewBox=\"-1 -1 %d %d\" aria-hidden=\"true\"><use href=\"#", CELL, CELL, CELL + 2, CELL + 2);
        pz__markup_text(out, id, PZ_NUL_TERMINATED);
        pz__buffer_format(out, "%zu\"/></svg> ", i);
        pz__markup_text(out, levels[i].words, PZ_NUL_TERMINATED);
        pz__buffer_text(out, "</li>");
    }
    pz__buffer_text(out, "</ul>\n");
}
