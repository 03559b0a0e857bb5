/* Bars in parts: how many of each label are at each level. The parts keep the order of the levels, each has its number where there is
 * room, and a light edge between them, so that they are told apart without colour. */
#include <math.h>

#include "chart/canvas.h"
#include "chart/markup.h"
#include "chart/text_width.h"

enum { FONT = PZ__CHART_FONT, ROW = 46, EDGE = 2, HEAD = 2, WIDTH = PZ__CHART_WIDTH, HIGH = 20 };

static double sum_of(const pz__figure_row *rows, size_t count)
{
    double sum = 0;
    for (size_t i = 0; i < count; i++)
        if (rows[i].value > 0) sum += rows[i].value;
    return sum;
}

static void draw_part(const pz__canvas *canvas, const pz__figure_row *row, double x, double y, double width)
{
    const pz__level *level = &canvas->figure->levels[row->level];
    pz__buffer *out = canvas->out;
    pz__buffer_format(out, "<g class=\"pz-level-%s\"><rect class=\"pz-tile\"", level->name);
    pz__markup_number(out, "x", pz__canvas_x(canvas, x) - (canvas->figure->from_right ? width : 0));
    pz__markup_number(out, "y", y);
    pz__markup_number(out, "width", width);
    pz__buffer_format(out, " height=\"%d\" fill=\"%s\" stroke=\"#ffffff\"/>", HIGH, level->fill);
    pz__buffer words = PZ__BUFFER_INIT;
    pz__figure_number(canvas->figure, row->value, &words);
    double room = FONT * pz__text_width(words.data ? words.data : "", words.length);
    if (width > room + 4) {
        pz__buffer_text(out, "<text class=\"pz-part\" text-anchor=\"middle\"");
        pz__markup_number(out, "x", pz__canvas_x(canvas, x + width / 2));
        pz__markup_number(out, "y", y + 14.5);
        pz__buffer_format(out, " fill=\"%s\">", level->ink);
        pz__buffer_add(out, words.data, words.length);
        pz__buffer_text(out, "</text>");
    }
    if (words.status != PZ_OK) out->status = words.status;
    pz__buffer_free(&words);
    pz__buffer_text(out, "<title>");
    pz__markup_text(out, row->words ? row->words : level->words, PZ_NUL_TERMINATED);
    pz__buffer_text(out, "</title></g>");
}

static void draw_row(const pz__canvas *canvas, const pz__figure_row *rows, size_t count, double top, double scale)
{
    double x = EDGE;
    pz__buffer_char(canvas->out, '\n');
    pz__canvas_text(canvas, "label", EDGE, top + 14, PZ__ANCHOR_START, WIDTH - 2 * EDGE, rows[0].label);
    if (!(sum_of(rows, count) > 0)) pz__canvas_text(canvas, "none", EDGE, top + 32, PZ__ANCHOR_START, WIDTH - 2 * EDGE, rows[0].words ? rows[0].words : "–");
    for (size_t i = 0; i < count; i++) {
        if (!(rows[i].value > 0)) continue;
        draw_part(canvas, &rows[i], x, top + 18, rows[i].value * scale);
        x += rows[i].value * scale;
    }
}

pz_status pz__draw_bars(const pz__figure *figure, pz__buffer *out)
{
    size_t bars = 0, count;
    double most = 0, top = HEAD;
    for (size_t i = 0; i < figure->row_count; i += count, bars++) {
        count = pz__figure_run(figure, i);
        most = fmax(most, sum_of(&figure->rows[i], count));
    }
    pz__canvas canvas = {figure, out, 0, 0};
    pz__canvas_open(&canvas, WIDTH, HEAD + ROW * (double)bars + 2);
    pz__canvas_levels(&canvas);
    double scale = most > 0 ? (WIDTH - 2 * EDGE) / most : 0;
    for (size_t i = 0; i < figure->row_count; i += count, top += ROW) {
        count = pz__figure_run(figure, i);
        draw_row(&canvas, &figure->rows[i], count, top, scale);
    }
    return pz__canvas_close(&canvas);
}
