/* Maximum-weight matching in a general graph. */
#ifndef PZ_GROUPING_MATCHING_H
#define PZ_GROUPING_MATCHING_H

#include "personalize/base.h"

/* Weights are whole numbers of at most this, so that sums of duals stay exact. */
#define PZ__MATCH_WEIGHT_MAX (INT64_C(1) << 50)

/* Pairs `count` vertices so that the sum of the weights is greatest. `weights`: count * count, the same both ways, 0 where two may not be paired;
 * the diagonal is not read. `out_partner`: -1 where left alone. *out_sum: what was reached; *out_bound: the value of the dual solution, which no
 * matching can pass: the two are equal, and whoever doubts the search can check the dual instead.
 * PZ_OK, PZ_E_CANCELLED, PZ_E_NOMEM. Time grows with the cube of `count`. */
pz_status pz__match(const int64_t *weights, int32_t count, pz_progress_fn progress, void *user_data, int32_t *out_partner, int64_t *out_sum,
                    int64_t *out_bound);

#endif
