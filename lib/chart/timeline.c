/* What happened, one below the other along a line, the day beside it. Nothing can overlap, however much happened on one day. */
#include "chart/canvas.h"
#include "chart/markup.h"

enum { FONT = PZ__CHART_FONT, ROW = 40, EDGE = 4, WIDTH = PZ__CHART_WIDTH, TEXT = 36 };

pz_status pz__draw_timeline(const pz__figure *figure, pz__buffer *out)
{
    pz__canvas canvas = {figure, out, 0, 0};
    pz__canvas_open(&canvas, WIDTH, ROW * (double)figure->row_count + 4);
    pz__canvas_levels(&canvas);
    if (figure->row_count > 1)
        pz__canvas_line(&canvas, "grid", EDGE + 11, 12, EDGE + 11, ROW * (double)(figure->row_count - 1) + 12, " stroke=\"#d9dee3\" stroke-width=\"2\"");
    for (size_t i = 0; i < figure->row_count; i++) {
        const pz__figure_row *row = &figure->rows[i];
        double y = ROW * (double)i;
        pz__canvas_group(&canvas);
        pz__canvas_level(&canvas, row->level, EDGE, y + 1);
        pz__buffer_text(out, "/>");
        pz__canvas_text(&canvas, "label", TEXT, y + 13, PZ__ANCHOR_START, WIDTH - TEXT - EDGE, row->label);
        pz__canvas_text(&canvas, "tick", TEXT, y + 28, PZ__ANCHOR_START, WIDTH - TEXT - EDGE, row->day_words ? row->day_words : "");
        pz__canvas_group_end(&canvas, row);
    }
    return pz__canvas_close(&canvas);
}
