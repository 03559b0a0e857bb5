/* Round numbers for an axis. */
#ifndef PZ_CHART_AXIS_H
#define PZ_CHART_AXIS_H

typedef struct pz__axis {
    double first, last; /* multiples of `step` that hold the range */
    double step;        /* 1, 2 or 5 times a power of ten */
    int count;          /* of ticks, first and last among them */
    int decimals;       /* that the ticks need */
} pz__axis;

/* About `ticks` steps (2 to 20) over lower..upper. A range of nothing is widened around its value. Numbers must be finite. */
pz__axis pz__axis_make(double lower, double upper, int ticks);

#endif
