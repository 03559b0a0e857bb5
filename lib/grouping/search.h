/* Iterated local search by moves and swaps of units. */
#ifndef PZ_GROUPING_SEARCH_H
#define PZ_GROUPING_SEARCH_H

#include "base/random.h"
#include "grouping/measure.h"
#include "grouping/units.h"
#include "grouping/watch.h"

/* Betters `group_of` (one number a unit) by `iterations` rounds; sizes and rules are kept. PZ_OK, PZ_E_CANCELLED, PZ_E_NOMEM. */
pz_status pz__search(const pz__grouping_data *data, const pz__units *units, int32_t groups, int64_t iterations, pz__random *random,
                     pz__watch *watch, int32_t *group_of);

/* The group of each learner from that of each unit. */
void pz__spread(const pz__units *units, size_t learners, const int32_t *group_of_unit, int32_t *out_group_of);

#endif
