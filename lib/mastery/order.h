/* Sorting by number, stable and in linear time. */
#ifndef PZ_MASTERY_ORDER_H
#define PZ_MASTERY_ORDER_H

#include "personalize/base.h"

/* Keys that sort as unsigned numbers just as the values do. */
uint64_t pz__order_key(double value); /* not NaN; -0 as 0 */
uint64_t pz__order_key_int(int64_t value);

/* Row numbers in ascending order of the keys, rows with equal keys in their own order. `progress` is NULL or called before each digit with 0 to 0.8, what sorting is of most that
 * needs it. */
pz_status pz__order_by_key(const uint64_t *keys, size_t rows, pz_progress_fn progress, void *user_data, uint32_t *out);
/* The same for values. */
pz_status pz__order_by(const double *values, size_t rows, pz_progress_fn progress, void *user_data, uint32_t *out);

#endif
