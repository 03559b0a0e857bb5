/* The proof that no division is better, by branch and bound. */
#ifndef PZ_GROUPING_EXACT_H
#define PZ_GROUPING_EXACT_H

#include "grouping/units.h"
#include "grouping/watch.h"

/* Units above which no proof is tried. */
enum { PZ__EXACT_UNITS = 60 };

typedef struct pz__proof {
    double bound; /* no division that keeps the rules is below it */
    int64_t steps;
    int is_proven; /* none is better than the one that was found */
} pz__proof;

/* Betters `group_of` (one number a unit, a division that keeps all rules) until it is proven best, or `steps_max` units were placed. PZ_OK,
 * PZ_E_CANCELLED, PZ_E_NOMEM. */
pz_status pz__exact(const pz__grouping_data *data, const pz__units *units, int32_t groups, int64_t steps_max, pz__watch *watch,
                    int32_t *group_of, pz__proof *out_proof);

#endif
