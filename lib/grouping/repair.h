/* A division that keeps all rules, found by mending one that does not. */
#ifndef PZ_GROUPING_REPAIR_H
#define PZ_GROUPING_REPAIR_H

#include "grouping/units.h"

/* Tabu search over what is violated (Glover 1989), for a bounded number of changes looked at. Units sit only where they may.
 * `out_group_of` by unit; PZ_OK with *out_is_mended 0 proves nothing. */
pz_status pz__repair(const pz__units *units, int32_t groups, const int32_t *size_min, const int32_t *size_max, int64_t looks_max,
                     uint64_t seed, int32_t *out_group_of, int *out_is_mended);

#endif
