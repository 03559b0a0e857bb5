#include "chart/canvas.h"

#include <math.h>
#include <string.h>

#include "base/fail.h"
#include "chart/markup.h"
#include "chart/text_width.h"

static void add_id(const pz__canvas *canvas, const char *end)
{
    pz__markup_text(canvas->out, canvas->figure->id, PZ_NUL_TERMINATED);
    pz__buffer_text(canvas->out, end);
}

void pz__canvas_open(pz__canvas *canvas, double width, double height)
{
    pz__buffer *out = canvas->out;
    canvas->width = width;
    canvas->height = height;
    pz__buffer_text(out, "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"pz-chart\" role=\"img\" aria-labelledby=\"");
    add_id(canvas, "t ");
    add_id(canvas, "d\"");
    pz__markup_number(out, "width", width);
    pz__markup_number(out, "height", height);
    pz__buffer_text(out, " viewBox=\"0 0 ");
    pz__buffer_fixed(out, ceil(width), 0);
    pz__buffer_char(out, ' ');
    pz__buffer_fixed(out, ceil(height), 0);
    pz__buffer_format(out, "\" font-family=\"system-ui, sans-serif\" font-size=\"%d\"", PZ__CHART_FONT);
    if (canvas->figure->from_right) pz__buffer_text(out, " direction=\"rtl\"");
    pz__buffer_text(out, "><title id=\"");
    add_id(canvas, "t\">");
    pz__markup_text(out, canvas->figure->title, PZ_NUL_TERMINATED);
    pz__buffer_text(out, "</title><desc id=\"");
    add_id(canvas, "d\">");
    pz__markup_text(out, canvas->figure->description, PZ_NUL_TERMINATED);
    pz__buffer_text(out, "</desc>");
}

pz_status pz__canvas_close(pz__canvas *canvas)
{
    pz__buffer_text(canvas->out, "</svg>\n");
    return canvas->out->status == PZ_E_NOMEM ? pz__fail_memory() : canvas->out->status;
}

double pz__canvas_x(const pz__canvas *canvas, double x)
{
    return canvas->figure->from_right ? canvas->width - x : x;
}

static void open_mark(const pz__canvas *canvas, const char *element, const char *kind)
{
    pz__buffer_text(canvas->out, "<");
    pz__buffer_text(canvas->out, element);
    pz__buffer_text(canvas->out, " class=\"pz-");
    pz__buffer_text(canvas->out, kind);
    pz__buffer_char(canvas->out, '"');
}

void pz__canvas_line(const pz__canvas *canvas, const char *kind, double x1, double y1, double x2, double y2, const char *paint)
{
    open_mark(canvas, "line", kind);
    pz__markup_number(canvas->out, "x1", pz__canvas_x(canvas, x1));
    pz__markup_number(canvas->out, "y1", y1);
    pz__markup_number(canvas->out, "x2", pz__canvas_x(canvas, x2));
    pz__markup_number(canvas->out, "y2", y2);
    pz__buffer_text(canvas->out, paint);
    pz__buffer_text(canvas->out, "/>");
}

void pz__canvas_box(const pz__canvas *canvas, const char *kind, double x, double y, double width, double height, const char *paint)
{
    open_mark(canvas, "rect", kind);
    pz__markup_number(canvas->out, "x", pz__canvas_x(canvas, x) - (canvas->figure->from_right ? width : 0));
    pz__markup_number(canvas->out, "y", y);
    pz__markup_number(canvas->out, "width", width);
    pz__markup_number(canvas->out, "height", height);
    pz__buffer_text(canvas->out, paint);
    pz__buffer_text(canvas->out, "/>");
}

void pz__canvas_dot(const pz__canvas *canvas, const char *kind, double x, double y, double radius, const char *paint)
{
    open_mark(canvas, "circle", kind);
    pz__markup_number(canvas->out, "cx", pz__canvas_x(canvas, x));
    pz__markup_number(canvas->out, "cy", y);
    pz__markup_number(canvas->out, "r", radius);
    pz__buffer_text(canvas->out, paint);
    pz__buffer_text(canvas->out, "/>");
}

static void open_text(const pz__canvas *canvas, const char *kind, double x, double y, pz__anchor anchor)
{
    static const char *const anchors[] = {"", " text-anchor=\"middle\"", " text-anchor=\"end\""};
    open_mark(canvas, "text", kind);
    pz__buffer_text(canvas->out, anchors[anchor]);
    pz__markup_number(canvas->out, "x", pz__canvas_x(canvas, x));
    pz__markup_number(canvas->out, "y", y);
    /* A label is read across the lines of a grid. */
    if (!strcmp(kind, "label")) pz__buffer_text(canvas->out, " paint-order=\"stroke\" stroke=\"#ffffff\" stroke-width=\"3\"");
    pz__buffer_char(canvas->out, '>');
}

void pz__canvas_text(const pz__canvas *canvas, const char *kind, double x, double y, pz__anchor anchor, double room, const char *text)
{
    size_t length = strlen(text), fit = pz__text_fit(text, length, room / PZ__CHART_FONT);
    open_text(canvas, kind, x, y, anchor);
    pz__markup_text(canvas->out, text, fit);
    if (fit < length) {
        pz__buffer_text(canvas->out, "…");
        pz__markup_element(canvas->out, "title", NULL, text);
    }
    pz__buffer_text(canvas->out, "</text>");
}

void pz__canvas_value(const pz__canvas *canvas, const char *kind, double x, double y, pz__anchor anchor, double value)
{
    open_text(canvas, kind, x, y, anchor);
    pz__figure_number(canvas->figure, value, canvas->out);
    pz__buffer_text(canvas->out, "</text>");
}

void pz__canvas_group(const pz__canvas *canvas)
{
    pz__buffer_text(canvas->out, "\n<g>");
}

void pz__canvas_group_end(const pz__canvas *canvas, const pz__figure_row *row)
{
    if (row->words) {
        pz__buffer_text(canvas->out, "<title>");
        pz__markup_text(canvas->out, row->statement ? row->statement : row->label, PZ_NUL_TERMINATED);
        pz__buffer_text(canvas->out, ": ");
        pz__markup_text(canvas->out, row->words, PZ_NUL_TERMINATED);
        pz__buffer_text(canvas->out, "</title>");
    }
    pz__buffer_text(canvas->out, "</g>");
}

/* --------------------------------------------------------------------------------------------------- levels --- */

static void draw_glyph(pz__buffer *out, const pz__level *level)
{
    static const char *const shapes[] = {
        [PZ__GLYPH_CHECK] = "<path class=\"pz-ink\" d=\"M6 11.5l3.5 3.5 6.5-7.5\" fill=\"none\" stroke=\"%s\" stroke-width=\"2.2\"/>",
        [PZ__GLYPH_RING] = "<circle class=\"pz-ink\" cx=\"11\" cy=\"11\" r=\"5\" fill=\"none\" stroke=\"%s\" stroke-width=\"2.2\"/>",
        [PZ__GLYPH_DOTS] = "<path class=\"pz-ink\" d=\"M6 11h.01M11 11h.01M16 11h.01\" stroke=\"%s\" stroke-width=\"2.6\" stroke-linecap=\"round\"/>",
        [PZ__GLYPH_STAR] = "<path class=\"pz-ink\" d=\"M11 5v12M5.5 8l11 6M5.5 14l11-6\" stroke=\"%s\" stroke-width=\"2\"/>",
    };
    const char *shape = shapes[level->glyph], *mark = shape ? strstr(shape, "%s") : NULL;
    if (!mark) return;
    pz__buffer_add(out, shape, (size_t)(mark - shape));
    pz__buffer_text(out, level->ink);
    pz__buffer_text(out, mark + 2);
}

void pz__canvas_levels(const pz__canvas *canvas)
{
    pz__buffer *out = canvas->out;
    pz__buffer_text(out, "<defs>");
    for (size_t i = 0; i < canvas->figure->level_count; i++) {
        const pz__level *level = &canvas->figure->levels[i];
        pz__buffer_text(out, "<g id=\"");
        add_id(canvas, "");
        pz__buffer_format(out, "%zu\" class=\"pz-level-%s\"><rect class=\"pz-tile\" width=\"%d\" height=\"%d\" rx=\"3\" fill=\"%s\"%s/>", i, level->name, PZ__CELL,
                          PZ__CELL, level->fill, level->glyph == PZ__GLYPH_NONE ? " stroke=\"#6b7784\" stroke-width=\"1.5\" stroke-dasharray=\"3 2\"" : "");
        draw_glyph(out, level);
        pz__buffer_text(out, "</g>");
    }
    pz__buffer_text(out, "</defs>");
}

void pz__canvas_level(const pz__canvas *canvas, int32_t level, double x, double y)
{
    pz__buffer_text(canvas->out, "<use href=\"#");
    add_id(canvas, "");
    pz__buffer_format(canvas->out, "%d\"", (int)level);
    pz__markup_number(canvas->out, "x", pz__canvas_x(canvas, x) - (canvas->figure->from_right ? PZ__CELL : 0));
    pz__markup_number(canvas->out, "y", y);
}

void pz__canvas_level_small(const pz__canvas *canvas, int32_t level, double x, double y)
{
    pz__buffer *out = canvas->out;
    pz__buffer_text(out, "<use href=\"#");
    add_id(canvas, "");
    pz__buffer_format(out, "%d\" transform=\"translate(", (int)level);
    pz__buffer_fixed(out, pz__canvas_x(canvas, x) - (canvas->figure->from_right ? PZ__CELL_SMALL : 0), 1);
    pz__buffer_char(out, ' ');
    pz__buffer_fixed(out, y, 1);
    pz__buffer_text(out, ")scale(.68)\"/>");
}

void pz__figure_legend(const pz__figure *figure, pz__buffer *out)
{
    if (!figure->level_count) return;
    pz__buffer_text(out, "<ul class=\"pz-legend\">");
    for (size_t i = 0; i < figure->level_count; i++) {
        pz__buffer_format(out, "<li><svg width=\"%d\" height=\"%d\" viewBox=\"-1 -1 %d %d\" aria-hidden=\"true\"><use href=\"#", PZ__CELL, PZ__CELL, PZ__CELL + 2,
                          PZ__CELL + 2);
        pz__markup_text(out, figure->id, PZ_NUL_TERMINATED);
        pz__buffer_format(out, "%zu\"/></svg> ", i);
        pz__markup_text(out, figure->levels[i].words, PZ_NUL_TERMINATED);
        pz__buffer_text(out, "</li>");
    }
    pz__buffer_text(out, "</ul>\n");
}
