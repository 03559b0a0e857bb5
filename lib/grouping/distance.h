/* Distances between learners, from a matrix or from values. */
#ifndef PZ_GROUPING_DISTANCE_H
#define PZ_GROUPING_DISTANCE_H

#include "grouping/data.h"

/* Learners up to whom a matrix may be given and all distances are added up one by one. */
enum { PZ__PAIRS_MAX = 20000 };

/* Pairs of learners within groups, as many as 20,000 learners make in one group: with more, no division is measured in the time that callers wait. */
static const double pz__pairs_within_max = 2e8;

/* Of two learners; never NaN. The same both ways. Of earlier teammates it is how much their meetings count. */
double pz__distance(const pz__criterion *criterion, size_t learner, size_t other);
/* The same, NaN where it is not known. */
double pz__distance_if_known(const pz__criterion *criterion, size_t learner, size_t other);

/* The mean of the distances that are known, 0 where none is; of more than PZ__PAIRS_MAX learners that of a sample. */
pz_status pz__distance_filler(const pz__criterion *criterion, size_t learners, double *out_filler);

/* The sum over all two of the grouped learners; `group_of` is -1 for the others. Of more than PZ__PAIRS_MAX learners it is exact for earlier teammates and for Manhattan
 * distances of which nothing is missing, for the rest the mean of a sample times the number of pairs. */
pz_status pz__distance_total(const pz__criterion *criterion, const int32_t *group_of, size_t learners, double *out_total);

/* Not below the distance of any two. */
double pz__distance_most(const pz__criterion *criterion, size_t learners);

/* The mean distance of one grouped learner to all others; of more than PZ__PAIRS_MAX learners to some, at equal steps. */
double pz__distance_to_all(const pz__criterion *criterion, const int32_t *group_of, size_t learners, size_t learner);

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
