/* A figure: what a chart shows, as rows, apart from how it is drawn. The same rows give the picture (SVG), the table beside it, and a
 * specification for Vega-Lite, so that none of them can say something else.
 *
 * | kind     | rows                                             | drawn as                                                     |
 * | -------- | ------------------------------------------------ | ------------------------------------------------------------ |
 * | heat     | label by series, each a level                    | cells that differ in shape, lightness and colour             |
 * | dots     | label: value within lower..upper, maybe a target | a dot, a line for the error, a mark for the target           |
 * | lines    | label by day: value within lower..upper          | a small multiple for each label; with two days it is a slope |
 * | bullets  | label: value from start, towards a target        | a bar with its error and the mark it heads for               |
 * | bars     | label by level: how many                         | a bar for each label, in parts with their numbers            |
 * | timeline | label at a day, of a level                       | marks along a line, one below the other                      |
 *
 * Rows of one label stand together, in the order in which they are drawn. */
#ifndef PZ_CHART_FIGURE_H
#define PZ_CHART_FIGURE_H

#include "base/json_write.h"

typedef enum pz__figure_kind {
    PZ__FIGURE_HEAT = 1,
    PZ__FIGURE_DOTS,
    PZ__FIGURE_LINES,
    PZ__FIGURE_BULLETS,
    PZ__FIGURE_BARS,
    PZ__FIGURE_TIMELINE
} pz__figure_kind;

typedef enum pz__glyph { PZ__GLYPH_NONE, PZ__GLYPH_CHECK, PZ__GLYPH_RING, PZ__GLYPH_DOTS, PZ__GLYPH_STAR } pz__glyph;

/* One of a few levels. It differs from the others in shape and lightness, so that it is known without colour. */
typedef struct pz__level {
    const char *name;  /* "mastered": the class is pz-level-mastered */
    const char *words; /* for the legend and the table */
    pz__glyph glyph;
    const char *fill;  /* colours where no style sheet sets others, such as "#0b6a99" */
    const char *ink;   /* of what stands on the fill */
} pz__level;

typedef struct pz__figure_row {
    const char *label;
    const char *series;    /* heat: the column; lines: what the day is called */
    const char *statement; /* the whole words of the label, of a heat map's column; NULL: there are no more */
    const char *words;     /* what the row says, in words: shown when it is pointed at, and in the table; may be NULL */
    int32_t level;         /* number of the level; -1 none */
    pz_date day;           /* PZ_DATE_NONE */
    const char *day_words; /* the day as it is written */
    double value, lower, upper; /* NaN: not known. For bars the value is the count. */
    double target;         /* NaN none */
    double start;          /* bullets: where it began; NaN none */
} pz__figure_row;

typedef struct pz__figure {
    pz__figure_kind kind;
    const char *name;        /* "skills": by which a caller asks for it */
    const char *id;          /* beginning of every id within, unique in the page */
    const char *title;
    const char *description;
    const char *axis;        /* what values measure; NULL where nothing is measured */
    const char *target_words;/* what the mark of the target is; NULL without targets */
    const pz__level *levels;
    size_t level_count;
    const pz__figure_row *rows;
    size_t row_count;
    double least, most;      /* values outside are drawn at the edge. Finite, least below most. */
    int percent;             /* 1: values are shares, written as points of a hundred */
    int is_change;           /* 1: values have a sign, zero is drawn and the axis is as wide as needed; 0: it spans least..most */
    int from_right;          /* 1: drawn from right to left */
    const char *decimal_mark;/* "." where NULL */
} pz__figure;

/* Appends one svg element. PZ_OK; PZ_E_INVALID (limits that are none, a level that is none, a heat map with gaps); PZ_E_NOMEM. */
pz_status pz__figure_svg(const pz__figure *figure, pz__buffer *out);

/* Appends the legend as a list of small pictures with words; nothing for a figure without levels. It needs the svg element on the same page. */
void pz__figure_legend(const pz__figure *figure, pz__buffer *out);

/* A specification for Vega-Lite 5 with the rows in it, as one value. */
void pz__figure_vega(const pz__figure *figure, pz__json_writer *json);
/* Only its rows, as an array of objects. */
void pz__figure_rows_json(const pz__figure *figure, pz__json_writer *json);

/* How many rows from `first` on have the same label. */
size_t pz__figure_run(const pz__figure *figure, size_t first);

const char *pz__figure_kind_name(pz__figure_kind kind);
/* A value as it is written beside a mark, such as "97" or "+5". */
void pz__figure_number(const pz__figure *figure, double value, pz__buffer *out);

#endif
