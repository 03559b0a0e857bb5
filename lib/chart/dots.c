/* Dots with error bars and bullet bars. Each row has its label above it, so that long names have the whole width, and its value at the
 * end of the line. */
#include <math.h>

#include "chart/axis.h"
#include "chart/canvas.h"

enum { FONT = PZ__CHART_FONT, ROW = 40, VALUE = 40, EDGE = 8, HEAD = 4, FOOT = 22, AXIS = 18, WIDTH = PZ__CHART_WIDTH };

typedef struct layout {
    pz__canvas canvas;
    pz__axis axis;
    double left, right, top, bottom;
} layout;

static double clamp(double value, double least, double most)
{
    return value < least ? least : value > most ? most : value;
}

static double place(const layout *at, double value)
{
    double held = clamp(value, at->axis.first, at->axis.last);
    return at->left + (at->right - at->left) * (held - at->axis.first) / (at->axis.last - at->axis.first);
}

/* The axis, and whether any row has a target. */
static int lay_out(const pz__figure *figure, layout *at)
{
    double lower = 0, upper = 0;
    int any_target = 0;
    for (size_t i = 0; i < figure->row_count; i++) {
        const pz__figure_row *row = &figure->rows[i];
        if (!isnan(row->target)) any_target = 1;
        if (isnan(row->value)) continue;
        lower = fmin(lower, clamp(fmin(row->value, row->lower), figure->least, figure->most));
        upper = fmax(upper, clamp(fmax(row->value, row->upper), figure->least, figure->most));
    }
    at->axis = figure->is_change ? pz__axis_make(lower, upper, 4) : pz__axis_make(figure->least, figure->most, 4);
    at->left = EDGE;
    at->right = WIDTH - VALUE;
    at->top = HEAD;
    at->bottom = HEAD + ROW * (double)figure->row_count;
    return any_target;
}

static void draw_axis(const layout *at)
{
    for (int tick = 0; tick < at->axis.count; tick++) {
        double value = at->axis.first + tick * at->axis.step, x = place(at, value);
        int is_zero = fabs(value) < at->axis.step / 2;
        int is_strong = is_zero && at->canvas.figure->is_change;
        pz__canvas_line(&at->canvas, is_strong ? "zero" : "grid", x, at->top, x, at->bottom, is_strong ? " stroke=\"#333\"" : " stroke=\"#d9dee3\"");
        pz__canvas_value(&at->canvas, "tick", x, at->bottom + 15, tick == 0 ? PZ__ANCHOR_START : PZ__ANCHOR_MIDDLE, is_zero ? 0 : value);
    }
    pz__canvas_text(&at->canvas, "tick", at->left, at->bottom + 15 + AXIS, PZ__ANCHOR_START, WIDTH - 2 * EDGE, at->canvas.figure->axis ? at->canvas.figure->axis : "");
}

static void draw_target(const layout *at, double target, double y)
{
    double x = place(at, target);
    pz__canvas_line(&at->canvas, "target", x, y - 9, x, y + 9, " stroke=\"#8a3b00\" stroke-width=\"3\"");
}

static void draw_dot(const layout *at, const pz__figure_row *row, double y)
{
    double from = place(at, row->lower), to = place(at, row->upper);
    if (from < to) pz__canvas_line(&at->canvas, "error", from, y, to, y, " stroke=\"#5b6b7a\" stroke-width=\"3\" stroke-linecap=\"round\"");
    if (!isnan(row->target)) draw_target(at, row->target, y);
    pz__canvas_dot(&at->canvas, "dot", place(at, row->value), y, 5.5, " fill=\"#0b6a99\"");
}

static void draw_bullet(const layout *at, const pz__figure_row *row, double y)
{
    double from = place(at, isnan(row->start) ? at->axis.first : row->start), to = place(at, row->value);
    pz__canvas_box(&at->canvas, "track", at->left, y - 8, at->right - at->left, 16, " fill=\"#e6eaee\"");
    pz__canvas_box(&at->canvas, "bar", fmin(from, to), y - 5, fabs(to - from), 10, " fill=\"#0b6a99\"");
    if (!isnan(row->lower) && place(at, row->lower) < place(at, row->upper))
        pz__canvas_line(&at->canvas, "error", place(at, row->lower), y, place(at, row->upper), y, " stroke=\"#5b6b7a\" stroke-width=\"2\"");
    if (!isnan(row->target)) draw_target(at, row->target, y);
}

static void draw_row(const layout *at, size_t number)
{
    const pz__figure *figure = at->canvas.figure;
    const pz__figure_row *row = &figure->rows[number];
    double top = at->top + ROW * (double)number, y = top + 28;
    pz__canvas_group(&at->canvas);
    double mark = row->level >= 0 ? PZ__CELL_SMALL + 5 : 0;
    if (row->level >= 0) pz__canvas_level_small(&at->canvas, row->level, at->left, top + 2);
    pz__canvas_text(&at->canvas, "label", at->left + mark, top + 13, PZ__ANCHOR_START, WIDTH - 2 * EDGE - mark, row->label);
    if (isnan(row->value)) {
        pz__canvas_text(&at->canvas, "none", at->left, y + 4, PZ__ANCHOR_START, at->right - at->left, row->words ? row->words : "–");
    } else {
        if (figure->kind == PZ__FIGURE_BULLETS) {
            draw_bullet(at, row, y);
        } else {
            draw_dot(at, row, y);
        }
        pz__canvas_value(&at->canvas, "value", WIDTH - EDGE, y + 4, PZ__ANCHOR_END, row->value);
    }
    pz__canvas_group_end(&at->canvas, row);
}

pz_status pz__draw_dots(const pz__figure *figure, pz__buffer *out)
{
    layout at = {.canvas = {figure, out, 0, 0}};
    int any_target = lay_out(figure, &at) && figure->target_words;
    double height = at.bottom + FOOT + AXIS + (any_target ? AXIS : 0);
    pz__canvas_open(&at.canvas, WIDTH, height);
    if (figure->level_count) pz__canvas_levels(&at.canvas);
    draw_axis(&at);
    for (size_t row = 0; row < figure->row_count; row++) draw_row(&at, row);
    if (any_target) {
        double y = height - 9;
        pz__canvas_line(&at.canvas, "target", at.left + 2, y - 7, at.left + 2, y + 7, " stroke=\"#8a3b00\" stroke-width=\"3\"");
        pz__canvas_text(&at.canvas, "tick", at.left + 12, y + 4, PZ__ANCHOR_START, WIDTH - 3 * EDGE, figure->target_words);
    }
    return pz__canvas_close(&at.canvas);
}
