/* A first division that keeps sizes and rules, or the proof that there is none. */
#ifndef PZ_GROUPING_PLACE_H
#define PZ_GROUPING_PLACE_H

#include "base/random.h"
#include "grouping/units.h"

typedef enum pz__placed { PZ__PLACED, PZ__IMPOSSIBLE, PZ__UNKNOWN } pz__placed;

/* Steps after which the answer is PZ__UNKNOWN. */
enum { PZ__PLACE_STEPS = 200000 };

/* Places units into `groups` groups of size_min to size_max learners. `random` mixes the order, NULL keeps it. `out_group_of` has one number a
 * unit. */
pz_status pz__place(const pz__units *units, int32_t groups, int32_t size_min, int32_t size_max, pz__random *random, int32_t *out_group_of,
                    pz__placed *out_placed);

/* The same for the number of groups that the problem asks for, or where it asks for none, the numbers that the sizes allow, those first
 * that bring the sizes near their middle. *out_groups is set where the answer is PZ__PLACED. */
pz_status pz__place_any(const pz__grouping_data *data, const pz__units *units, pz__random *random, int32_t *out_group_of,
                        int32_t *out_groups, pz__placed *out_placed);

#endif
