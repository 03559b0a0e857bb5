#include "chart/figure.h"

#include <math.h>
#include <string.h>

#include "base/fail.h"
#include "chart/canvas.h"
#include "chart/markup.h"

static const char *const kind_names[] = {NULL, "heat", "dots", "lines", "bullets", "bars", "timeline"};

const char *pz__figure_kind_name(pz__figure_kind kind)
{
    return kind_names[kind];
}

void pz__figure_number(const pz__figure *figure, double value, pz__buffer *out)
{
    pz__buffer text = PZ__BUFFER_INIT;
    double shown = figure->percent ? value * 100 : value, whole = floor(shown + 0.5);
    int decimals = figure->percent || fabs(shown) >= 100 || fabs(shown - whole) < 0.05 ? 0 : 1;
    if (figure->is_change && shown > (decimals ? 0.05 : 0.5)) pz__buffer_char(out, '+');
    pz__buffer_fixed(&text, shown, decimals);
    for (size_t i = 0; i < text.length; i++) {
        if (text.data[i] == '-') {
            pz__buffer_text(out, "−");
        } else if (text.data[i] == '.' && figure->decimal_mark) {
            pz__markup_text(out, figure->decimal_mark, PZ_NUL_TERMINATED);
        } else {
            pz__buffer_char(out, text.data[i]);
        }
    }
    if (text.status != PZ_OK) out->status = text.status;
    pz__buffer_free(&text);
}

size_t pz__figure_run(const pz__figure *figure, size_t first)
{
    size_t end = first + 1;
    while (end < figure->row_count && (figure->rows[end].label == figure->rows[first].label || !strcmp(figure->rows[end].label, figure->rows[first].label)))
        end++;
    return end - first;
}

static pz_status check(const pz__figure *figure)
{
    int needs_level = figure->kind == PZ__FIGURE_HEAT || figure->kind == PZ__FIGURE_BARS || figure->kind == PZ__FIGURE_TIMELINE;
    if (!(figure->least < figure->most) || isinf(figure->least) || isinf(figure->most))
        return pz__fail(PZ_E_INVALID, "least", NULL, "The limits of an axis must be two numbers, the lower one first.");
    for (size_t i = 0; i < figure->row_count; i++) {
        int32_t level = figure->rows[i].level;
        if (level >= (int32_t)figure->level_count || (needs_level && level < 0))
            return pz__fail(PZ_E_INVALID, "level", NULL, "Row %zu has level %d; there are %zu levels.", i, (int)level, figure->level_count);
    }
    return PZ_OK;
}

pz_status pz__figure_svg(const pz__figure *figure, pz__buffer *out)
{
    PZ__TRY(check(figure));
    switch (figure->kind) {
    case PZ__FIGURE_HEAT: return pz__draw_heat(figure, out);
    case PZ__FIGURE_LINES: return pz__draw_lines(figure, out);
    case PZ__FIGURE_BARS: return pz__draw_bars(figure, out);
    case PZ__FIGURE_TIMELINE: return pz__draw_timeline(figure, out);
    case PZ__FIGURE_DOTS:
    case PZ__FIGURE_BULLETS: break;
    }
    return pz__draw_dots(figure, out);
}
