/* Times of a week as people write them: "mon 15:00-17:30, wed 08:00-09:00". */
#ifndef PZ_RECORDS_PROFILE_WEEK_TIMES_H
#define PZ_RECORDS_PROFILE_WEEK_TIMES_H

#include "base/buffer.h"

enum { PZ__WEEK_MINUTES = 7 * 24 * 60, PZ__WEEK_CELLS = 7 * 48, PZ__WEEK_SPANS = 100 };

/* Minutes since Monday 00:00, the end not included. */
typedef struct pz__week_span {
    int32_t begin;
    int32_t end;
} pz__week_span;

typedef struct pz__week_times {
    pz__week_span spans[PZ__WEEK_SPANS]; /* in order, apart from each other */
    size_t count;
} pz__week_times;

/* PZ_E_INVALID (named by `field`) where it is not of this form, ends before it begins, or has more than PZ__WEEK_SPANS times. Times that touch or
 * overlap become one. */
pz_status pz__week_times_parse(const char *text, size_t length, const char *field, pz__week_times *out);
void pz__week_times_write(const pz__week_times *times, pz__buffer *out);

/* Which half hours of the week are wholly within: PZ__WEEK_CELLS numbers of 0 or 1. */
void pz__week_times_cells(const pz__week_times *times, double *out_cells);

#endif
