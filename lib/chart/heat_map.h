/* A heat map of levels as SVG: rows by columns, each cell one of a few levels that differ in shape, lightness and colour, so that it is
 * readable without colour, printed in grey, or by those who see few colours. Each cell tells its words when it is pointed at. The
 * colours can be set by a style sheet (classes pz-level-...); without one the chart's own hold. */
#ifndef PZ_CHART_HEAT_MAP_H
#define PZ_CHART_HEAT_MAP_H

#include "base/buffer.h"

typedef enum pz__glyph { PZ__GLYPH_NONE, PZ__GLYPH_CHECK, PZ__GLYPH_RING, PZ__GLYPH_DOTS } pz__glyph;

typedef struct pz__heat_level {
    const char *name;  /* "mastered": the class is pz-level-mastered */
    const char *words; /* for the legend */
    pz__glyph glyph;
    const char *fill;  /* colours where no style sheet sets others, such as "#0b6a99" */
    const char *ink;   /* of the glyph */
} pz__heat_level;

typedef struct pz__heat_label {
    const char *text;  /* cut with an ellipsis where it is long */
    const char *title; /* the whole of it; NULL: the text itself where it was cut */
} pz__heat_label;

/* Appends the words of one cell, as text: it is escaped by the chart. */
typedef void (*pz__heat_words_fn)(void *user_data, size_t row, size_t column, pz__buffer *words);

typedef struct pz__heat_map {
    const char *id;          /* beginning of every id within, unique in the page */
    const char *title;
    const char *description;
    const pz__heat_label *rows, *columns;
    size_t row_count, column_count;
    const uint8_t *cells;    /* row_count * column_count numbers of levels */
    const pz__heat_level *levels;
    size_t level_count;
    pz__heat_words_fn words; /* may be NULL */
    void *words_data;
} pz__heat_map;

/* Appends one svg element. PZ_OK; PZ_E_INVALID (a cell without a level); PZ_E_NOMEM. */
pz_status pz__heat_map_draw(const pz__heat_map *map, pz__buffer *out);

/* Appends the legend: a list of small pictures with their words. `id` is that of a chart with these levels on the same page. */
void pz__heat_legend(const char *id, const pz__heat_level *levels, size_t level_count, pz__buffer *out);

#endif
