/* A heat map of levels: rows by columns, readable without colour, printed in grey, or by those who see few colours. */
#include <string.h>

#include "base/fail.h"
#include "chart/canvas.h"
#include "chart/markup.h"
#include "chart/text_width.h"

enum { FONT = PZ__CHART_FONT, CELL = PZ__CELL, PITCH = 24, GAP = 8, ROW_LABEL_MAX = 190, COLUMN_LABEL_MAX = 130 };

/* Column labels lean by 60 degrees: their height and what the last one needs beyond its column. */
static const double lean_up = 0.87, lean_aside = 0.5;

static double wider(double width, const char *text, double limit)
{
    double w = FONT * pz__text_width(text, strlen(text));
    if (w > limit) w = limit;
    return w > width ? w : width;
}

static void draw_column_label(const pz__canvas *canvas, const pz__figure_row *row, double x, double y)
{
    pz__buffer *out = canvas->out;
    size_t length = strlen(row->series), fit = pz__text_fit(row->series, length, COLUMN_LABEL_MAX / (double)FONT);
    pz__buffer_text(out, "<text class=\"pz-label\" transform=\"translate(");
    pz__buffer_fixed(out, pz__canvas_x(canvas, x), 1);
    pz__buffer_char(out, ' ');
    pz__buffer_fixed(out, y, 1);
    pz__buffer_text(out, canvas->figure->from_right ? ")rotate(60)\">" : ")rotate(-60)\">");
    pz__markup_text(out, row->series, fit);
    if (fit < length) pz__buffer_text(out, "…");
    if (row->statement || fit < length) pz__markup_element(out, "title", NULL, row->statement ? row->statement : row->series);
    pz__buffer_text(out, "</text>");
}

static void draw_cell(const pz__canvas *canvas, const pz__figure_row *row, double x, double y)
{
    pz__buffer *out = canvas->out;
    pz__canvas_level(canvas, row->level, x, y);
    if (!row->words) {
        pz__buffer_text(out, "/>");
        return;
    }
    pz__buffer_text(out, "><title>");
    pz__markup_text(out, row->label, PZ_NUL_TERMINATED);
    pz__buffer_text(out, ", ");
    pz__markup_text(out, row->series, PZ_NUL_TERMINATED);
    pz__buffer_text(out, ": ");
    pz__markup_text(out, row->words, PZ_NUL_TERMINATED);
    pz__buffer_text(out, "</title></use>");
}

pz_status pz__draw_heat(const pz__figure *figure, pz__buffer *out)
{
    size_t columns = figure->row_count ? pz__figure_run(figure, 0) : 1, rows = figure->row_count / columns;
    double left = 0, label = 0;
    if (rows * columns != figure->row_count)
        return pz__fail(PZ_E_INVALID, "rows", NULL, "A heat map of %zu columns cannot have %zu cells.", columns, figure->row_count);
    for (size_t row = 0; row < rows; row++) left = wider(left, figure->rows[row * columns].label, ROW_LABEL_MAX);
    for (size_t column = 0; rows && column < columns; column++) label = wider(label, figure->rows[column].series, COLUMN_LABEL_MAX);
    left += GAP;
    double top = label * lean_up + 12;
    pz__canvas canvas = {figure, out, 0, 0};
    pz__canvas_open(&canvas, left + PITCH * (double)columns + label * lean_aside, top + PITCH * (double)rows);
    pz__canvas_levels(&canvas);
    for (size_t column = 0; rows && column < columns; column++)
        draw_column_label(&canvas, &figure->rows[column], left + PITCH * (double)column + CELL * 0.6, top - 5);
    for (size_t row = 0; row < rows; row++) {
        double y = top + PITCH * (double)row;
        pz__buffer_char(out, '\n');
        pz__canvas_text(&canvas, "label", left - GAP, y + CELL * 0.5 + FONT * 0.36, PZ__ANCHOR_END, ROW_LABEL_MAX, figure->rows[row * columns].label);
        for (size_t column = 0; column < columns; column++)
            draw_cell(&canvas, &figure->rows[row * columns + column], left + PITCH * (double)column, y);
    }
    return pz__canvas_close(&canvas);
}
