/* Dots with error bars on one axis as SVG: a value for each row with the interval that it lies in, and a line where nothing has
 * changed. The axis is as wide as the intervals need, up to its limits, and always holds zero. */
#ifndef PZ_CHART_DOT_PLOT_H
#define PZ_CHART_DOT_PLOT_H

#include "base/buffer.h"

typedef struct pz__dot {
    const char *label;
    const char *title; /* words shown when it is pointed at; may be NULL */
    double value, lower, upper; /* NaN in `value`: nothing is drawn in this row but its label */
} pz__dot;

typedef struct pz__dot_plot {
    const char *id;
    const char *title;
    const char *description;
    const pz__dot *dots;
    size_t dot_count;
    double least, most;   /* the axis never reaches beyond these */
    const char *axis;     /* what it measures */
    int percent;          /* 1: values are shares, written as points of a hundred */
    int whole;            /* 1: the axis spans its limits, for levels, which have no sign; 0: for changes */
} pz__dot_plot;

/* Appends one svg element. PZ_OK; PZ_E_INVALID (limits that are no numbers or do not hold zero); PZ_E_NOMEM. */
pz_status pz__dot_plot_draw(const pz__dot_plot *plot, pz__buffer *out);

#endif
