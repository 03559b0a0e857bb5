/* What no division can be better than. */
#ifndef PZ_GROUPING_BOUND_H
#define PZ_GROUPING_BOUND_H

#include "grouping/measure.h"

/* A lower bound of a criterion's term over all divisions of the measure's learners into its number of groups within the problem's sizes. Rules
 * can only make it greater. */
pz_status pz__bound_term(const pz__measure *measure, const int32_t *group_of, int32_t criterion, double *out_bound);

#endif
