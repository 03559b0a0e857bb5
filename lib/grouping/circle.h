/* A first round of groups whose shifts along a circle bring no two together again. */
#ifndef PZ_GROUPING_CIRCLE_H
#define PZ_GROUPING_CIRCLE_H

#include "base/random.h"

/* `sizes`: learners of each group, `count` of them. `out_group_of`: round by round, `learners` numbers each. Returns the repeated meetings
 * left: 0, or -1 where no such round was found; *out_status tells of memory. */
int64_t pz__circle(int32_t learners, const int32_t *sizes, int32_t count, int32_t rounds, int64_t tries, pz__random *random,
                   int32_t *out_group_of, pz_status *out_status);

#endif
