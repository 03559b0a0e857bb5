/* Distances between learners, from a matrix or from values. */
#ifndef PZ_GROUPING_DISTANCE_H
#define PZ_GROUPING_DISTANCE_H

#include "grouping/data.h"

/* Learners above which distances are not offered: their matrix would not fit into memory. */
enum { PZ__PAIRS_MAX = 20000 };

/* Of two learners; never NaN. The same both ways. Of earlier teammates it is how much their meetings count. */
double pz__distance(const pz__criterion *criterion, size_t learner, size_t other);

/* The mean of the distances that are known, 0 where none is. */
double pz__distance_filler(const pz__criterion *criterion, size_t learners);

static inline int pz__is_of_pairs(const pz__criterion *criterion)
{
    return criterion->kind == PZ__PAIRS || criterion->kind == PZ__FEATURES || criterion->kind == PZ__EARLIER;
}

/* Balanced and complementary columns: see grouping/lanes.h. */
static inline int pz__is_of_lanes(const pz__criterion *criterion)
{
    return criterion->kind == PZ__BALANCED || criterion->kind == PZ__COMPLEMENTARY;
}

#endif
