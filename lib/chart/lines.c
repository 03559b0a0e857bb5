/* Small multiples: for each label one small chart of its values over time, with the band that their errors allow. All have the same
 * scales, so that they can be compared. */
#include <math.h>

#include "chart/canvas.h"
#include "chart/markup.h"

enum { FONT = PZ__CHART_FONT, ACROSS = 2, PANEL = 124, GAP = 14, HEAD = 24, FOOT = 20, VALUE = 40, WIDTH = PZ__CHART_WIDTH };

typedef struct panel {
    const pz__canvas *canvas;
    const pz__figure_row *rows;
    size_t count;
    double left, right, top, bottom;
    double first_day, last_day; /* of all panels */
} panel;

static double x_of(const panel *at, const pz__figure_row *row)
{
    double span = at->last_day - at->first_day;
    return span > 0 ? at->left + (at->right - at->left) * ((double)row->day - at->first_day) / span : at->left;
}

static double y_of(const panel *at, double value)
{
    const pz__figure *figure = at->canvas->figure;
    double held = value < figure->least ? figure->least : value > figure->most ? figure->most : value;
    return at->bottom - (at->bottom - at->top) * (held - figure->least) / (figure->most - figure->least);
}

static void add_point(const panel *at, char command, const pz__figure_row *row, double value)
{
    pz__buffer *out = at->canvas->out;
    pz__buffer_char(out, command);
    pz__buffer_fixed(out, pz__canvas_x(at->canvas, x_of(at, row)), 1);
    pz__buffer_char(out, ' ');
    pz__buffer_fixed(out, y_of(at, value), 1);
}

static void draw_band(const panel *at)
{
    pz__buffer *out = at->canvas->out;
    if (at->count < 2) return;
    pz__buffer_text(out, "<path class=\"pz-band\" fill=\"#cfe3ee\" d=\"");
    for (size_t i = 0; i < at->count; i++) add_point(at, i ? 'L' : 'M', &at->rows[i], isnan(at->rows[i].upper) ? at->rows[i].value : at->rows[i].upper);
    for (size_t i = at->count; i-- > 0;) add_point(at, 'L', &at->rows[i], isnan(at->rows[i].lower) ? at->rows[i].value : at->rows[i].lower);
    pz__buffer_text(out, "Z\"/><path class=\"pz-line\" fill=\"none\" stroke=\"#0b6a99\" stroke-width=\"2.5\" d=\"");
    for (size_t i = 0; i < at->count; i++) add_point(at, i ? 'L' : 'M', &at->rows[i], at->rows[i].value);
    pz__buffer_text(out, "\"/>");
}

static void draw_panel(const panel *at)
{
    const pz__canvas *canvas = at->canvas;
    const pz__figure_row *last = &at->rows[at->count - 1];
    double room = at->right - at->left + VALUE - 8;
    pz__canvas_group(canvas);
    pz__canvas_text(canvas, "label", at->left, at->top - 9, PZ__ANCHOR_START, room, last->label);
    pz__canvas_line(canvas, "grid", at->left, at->top, at->right, at->top, " stroke=\"#d9dee3\"");
    pz__canvas_line(canvas, "grid", at->left, at->bottom, at->right, at->bottom, " stroke=\"#d9dee3\"");
    if (!isnan(last->target)) pz__canvas_line(canvas, "aim", at->left, y_of(at, last->target), at->right, y_of(at, last->target), " stroke=\"#8a3b00\" stroke-dasharray=\"4 3\"");
    draw_band(at);
    for (size_t i = 0; i < at->count; i++) {
        double x = x_of(at, &at->rows[i]);
        /* The error of a lone point has no band: it is a line of its own. */
        if (at->count == 1 && !isnan(last->lower)) pz__canvas_line(canvas, "error", x, y_of(at, last->lower), x, y_of(at, last->upper), " stroke=\"#5b6b7a\" stroke-width=\"3\"");
        pz__canvas_dot(canvas, "dot", x, y_of(at, at->rows[i].value), 4, " fill=\"#0b6a99\"");
    }
    pz__canvas_value(canvas, "value", x_of(at, last) + 8, y_of(at, last->value) + 4, PZ__ANCHOR_START, last->value);
    if (at->count > 1 && at->rows[0].series) pz__canvas_text(canvas, "tick", at->left, at->bottom + 14, PZ__ANCHOR_START, room / 2, at->rows[0].series);
    if (last->series)
        pz__canvas_text(canvas, "tick", at->count > 1 ? at->right : at->left, at->bottom + 14, at->count > 1 ? PZ__ANCHOR_END : PZ__ANCHOR_START, room / 2, last->series);
    pz__canvas_group_end(canvas, last);
}

/* The days that all panels span. */
static void find_days(const pz__figure *figure, panel *at)
{
    at->first_day = at->last_day = figure->row_count ? figure->rows[0].day : 0;
    for (size_t i = 0; i < figure->row_count; i++) {
        at->first_day = fmin(at->first_day, figure->rows[i].day);
        at->last_day = fmax(at->last_day, figure->rows[i].day);
    }
}

pz_status pz__draw_lines(const pz__figure *figure, pz__buffer *out)
{
    pz__canvas canvas = {figure, out, 0, 0};
    panel at = {.canvas = &canvas};
    size_t panels = 0, number = 0;
    for (size_t i = 0; i < figure->row_count; i += pz__figure_run(figure, i)) panels++;
    double width = (WIDTH - GAP) / (double)ACROSS, height = PANEL * (double)((panels + ACROSS - 1) / ACROSS);
    pz__canvas_open(&canvas, WIDTH, height + (figure->target_words ? 20 : 4));
    find_days(figure, &at);
    for (size_t i = 0; i < figure->row_count; i += at.count, number++) {
        at.rows = &figure->rows[i];
        at.count = pz__figure_run(figure, i);
        at.left = 5 + (double)(number % ACROSS) * (width + GAP);
        at.right = at.left + width - VALUE;
        at.top = PANEL * (double)(number / ACROSS) + HEAD;
        at.bottom = at.top + PANEL - HEAD - FOOT - 6;
        draw_panel(&at);
    }
    if (figure->target_words) {
        pz__canvas_line(&canvas, "aim", 6, height + 8, 30, height + 8, " stroke=\"#8a3b00\" stroke-dasharray=\"4 3\"");
        pz__canvas_text(&canvas, "tick", 36, height + 12, PZ__ANCHOR_START, WIDTH - 44, figure->target_words);
    }
    return pz__canvas_close(&canvas);
}
