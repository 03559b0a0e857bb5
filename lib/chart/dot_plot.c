#include "chart/dot_plot.h"

#include <math.h>
#include <string.h>

#include "base/fail.h"
#include "chart/axis.h"
#include "chart/frame.h"
#include "chart/markup.h"
#include "chart/text_width.h"

enum { FONT = PZ__CHART_FONT, ROW = 24, LABEL_MAX = 220, GAP = 12, PLOT = 360, HEAD = 8, FOOT = 44, EDGE = 24 };

/* Where things are. */
typedef struct layout {
    pz__axis axis;
    double left, top, bottom, width, height;
} layout;

static double clamp(double value, double least, double most)
{
    return value < least ? least : value > most ? most : value;
}

static double place(const layout *at, double value)
{
    return at->left + PLOT * (value - at->axis.first) / (at->axis.last - at->axis.first);
}

static layout lay_out(const pz__dot_plot *plot)
{
    layout at;
    double lower = 0, upper = 0, label = 0;
    for (size_t i = 0; i < plot->dot_count; i++) {
        const pz__dot *dot = &plot->dots[i];
        double width = FONT * pz__text_width(dot->label, strlen(dot->label));
        if (width > label) label = width;
        if (isnan(dot->value)) continue;
        lower = fmin(lower, clamp(fmin(dot->value, dot->lower), plot->least, plot->most));
        upper = fmax(upper, clamp(fmax(dot->value, dot->upper), plot->least, plot->most));
    }
    at.axis = plot->whole ? pz__axis_make(plot->least, plot->most, 6) : pz__axis_make(lower, upper, 6);
    at.left = (label < LABEL_MAX ? label : LABEL_MAX) + GAP + EDGE;
    at.top = HEAD;
    at.bottom = HEAD + ROW * (double)plot->dot_count;
    at.width = at.left + PLOT + EDGE;
    at.height = at.bottom + FOOT;
    return at;
}

static void draw_line(pz__buffer *out, const char *kind, double x1, double y1, double x2, double y2, const char *stroke)
{
    pz__buffer_format(out, "<line class=\"pz-%s\"", kind);
    pz__markup_number(out, "x1", x1);
    pz__markup_number(out, "y1", y1);
    pz__markup_number(out, "x2", x2);
    pz__markup_number(out, "y2", y2);
    pz__buffer_text(out, stroke);
    pz__buffer_text(out, "/>");
}

static void draw_axis(const pz__dot_plot *plot, const layout *at, pz__buffer *out)
{
    double scale = plot->percent ? 100 : 1;
    int decimals = plot->percent ? (at->axis.decimals > 2 ? at->axis.decimals - 2 : 0) : at->axis.decimals;
    for (int tick = 0; tick < at->axis.count; tick++) {
        double value = at->axis.first + tick * at->axis.step, x = place(at, value);
        int is_zero = fabs(value) < at->axis.step / 2;
        draw_line(out, is_zero ? "zero" : "grid", x, at->top, x, at->bottom, is_zero ? " stroke=\"#333\"" : " stroke=\"#d9dee3\"");
        pz__buffer_text(out, "<text class=\"pz-label\" text-anchor=\"middle\"");
        pz__markup_number(out, "x", x);
        pz__markup_number(out, "y", at->bottom + 16);
        pz__buffer_char(out, '>');
        if (!plot->whole && value > at->axis.step / 2) pz__buffer_char(out, '+');
        pz__buffer_fixed(out, is_zero ? 0 : value * scale, decimals);
        pz__buffer_text(out, "</text>");
    }
    pz__buffer_text(out, "<text class=\"pz-label\" text-anchor=\"middle\"");
    pz__markup_number(out, "x", at->left + PLOT / 2.0);
    pz__markup_number(out, "y", at->bottom + 36);
    pz__buffer_char(out, '>');
    pz__markup_text(out, plot->axis, PZ_NUL_TERMINATED);
    pz__buffer_text(out, "</text>");
}

static void draw_dot(const pz__dot_plot *plot, const layout *at, size_t row, pz__buffer *out)
{
    const pz__dot *dot = &plot->dots[row];
    double y = at->top + ROW * ((double)row + 0.5);
    size_t length = strlen(dot->label), fit = pz__text_fit(dot->label, length, LABEL_MAX / (double)FONT);
    pz__buffer_text(out, "\n<g><text class=\"pz-label\" text-anchor=\"end\"");
    pz__markup_number(out, "x", at->left - GAP);
    pz__markup_number(out, "y", y + FONT * 0.36);
    pz__buffer_char(out, '>');
    pz__markup_text(out, dot->label, fit);
    pz__buffer_text(out, fit < length ? "…</text>" : "</text>");
    if (!isnan(dot->value)) {
        double from = place(at, clamp(dot->lower, at->axis.first, at->axis.last)), to = place(at, clamp(dot->upper, at->axis.first, at->axis.last));
        if (from < to) draw_line(out, "error", from, y, to, y, " stroke=\"#5b6b7a\" stroke-width=\"2\"");
        pz__buffer_text(out, "<circle class=\"pz-dot\" r=\"5\" fill=\"#0b6a99\"");
        pz__markup_number(out, "cx", place(at, clamp(dot->value, at->axis.first, at->axis.last)));
        pz__markup_number(out, "cy", y);
        pz__buffer_text(out, "/>");
    }
    if (dot->title) pz__markup_element(out, "title", NULL, dot->title);
    pz__buffer_text(out, "</g>");
}

pz_status pz__dot_plot_draw(const pz__dot_plot *plot, pz__buffer *out)
{
    if (!(plot->least <= 0 && plot->most >= 0 && plot->least < plot->most))
        return pz__fail(PZ_E_INVALID, "least", NULL, "The limits of an axis must be numbers with zero between them.");
    layout at = lay_out(plot);
    pz__chart_open(plot->id, plot->title, plot->description, at.width, at.height, out);
    draw_axis(plot, &at, out);
    for (size_t row = 0; row < plot->dot_count; row++) draw_dot(plot, &at, row, out);
    return pz__chart_close(out);
}
