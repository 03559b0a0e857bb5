/* What rules about whole groups count in each group: flagged learners, and for each slot the units that are not free. */
#ifndef PZ_GROUPING_TALLY_H
#define PZ_GROUPING_TALLY_H

#include "grouping/units.h"

typedef struct pz__tally {
    const pz__units *units;
    int32_t groups;
    int32_t *members; /* by group: units */
    int32_t *counts;  /* group by group, by count rule */
    int32_t *busy;    /* group by group, by slot */
} pz__tally;

/* `group_of` by unit, -1 where it is not placed yet; NULL: nobody is. */
pz_status pz__tally_make(const pz__units *units, int32_t groups, const int32_t *group_of, pz__tally *out_tally);
void pz__tally_free(pz__tally *tally);
void pz__tally_set(pz__tally *tally, const int32_t *group_of);
/* The unit comes (1) or goes (-1). */
void pz__tally_shift(pz__tally *tally, int32_t unit, int32_t group, int sign);

/* By how much the group misses its rules with `out` gone and `in` come: 0 where all hold. An empty group misses none. */
int32_t pz__tally_miss(const pz__tally *tally, int32_t group, const int32_t *out, int out_count, const int32_t *in, int in_count);
/* Would the unit break what nobody who comes later can mend? */
int pz__tally_is_full(const pz__tally *tally, int32_t group, int32_t unit);
/* Flagged learners that the group misses still; `is_made`: there will be somebody in it. */
int32_t pz__tally_short(const pz__tally *tally, int32_t group, int32_t rule, int is_made);

#endif
