/* What all charts draw with: the outer element, lines, boxes, text that fits its room, from left to right or from right to left. */
#ifndef PZ_CHART_CANVAS_H
#define PZ_CHART_CANVAS_H

#include "chart/figure.h"

/* A chart is as wide as a phone held upright shows; on wider screens the style sheet lets it grow. */
enum { PZ__CHART_FONT = 12, PZ__CHART_WIDTH = 360 };

typedef struct pz__canvas {
    const pz__figure *figure;
    pz__buffer *out;
    double width, height;
} pz__canvas;

typedef enum pz__anchor { PZ__ANCHOR_START, PZ__ANCHOR_MIDDLE, PZ__ANCHOR_END } pz__anchor;

/* <svg ...><title/><desc/>: named for those who do not see it. */
void pz__canvas_open(pz__canvas *canvas, double width, double height);
/* </svg>, and what became of the buffer. */
pz_status pz__canvas_close(pz__canvas *canvas);

/* Where x lies for those who read from the right. */
double pz__canvas_x(const pz__canvas *canvas, double x);

/* Marks. The class is pz-KIND; `paint` are attributes for where no style sheet is, beginning with a space. */
void pz__canvas_line(const pz__canvas *canvas, const char *kind, double x1, double y1, double x2, double y2, const char *paint);
void pz__canvas_box(const pz__canvas *canvas, const char *kind, double x, double y, double width, double height, const char *paint);
void pz__canvas_dot(const pz__canvas *canvas, const char *kind, double x, double y, double radius, const char *paint);
/* Text within `room`, cut with an ellipsis where it is longer; all of it then is its title. */
void pz__canvas_text(const pz__canvas *canvas, const char *kind, double x, double y, pz__anchor anchor, double room, const char *text);
void pz__canvas_value(const pz__canvas *canvas, const char *kind, double x, double y, pz__anchor anchor, double value);

/* A group around what is pointed at as one, with its words. */
void pz__canvas_group(const pz__canvas *canvas);
void pz__canvas_group_end(const pz__canvas *canvas, const pz__figure_row *row);

/* What cells of each level look like, drawn once and used by number; and one of them. */
void pz__canvas_levels(const pz__canvas *canvas);
void pz__canvas_level(const pz__canvas *canvas, int32_t level, double x, double y);
/* A whole mark of a level, small enough to stand before a label. */
void pz__canvas_level_small(const pz__canvas *canvas, int32_t level, double x, double y);
enum { PZ__CELL = 22, PZ__CELL_SMALL = 15 };

/* The drawing of each kind. */
pz_status pz__draw_heat(const pz__figure *figure, pz__buffer *out);
pz_status pz__draw_dots(const pz__figure *figure, pz__buffer *out); /* bullets too */
pz_status pz__draw_lines(const pz__figure *figure, pz__buffer *out);
pz_status pz__draw_bars(const pz__figure *figure, pz__buffer *out);
pz_status pz__draw_timeline(const pz__figure *figure, pz__buffer *out);

#endif
