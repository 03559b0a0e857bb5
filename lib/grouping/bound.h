/* What no division can be better than. */
#ifndef PZ_GROUPING_BOUND_H
#define PZ_GROUPING_BOUND_H

#include "grouping/measure.h"

/* A lower bound of a criterion's term over all divisions of the measure's learners into its number of groups within the problem's sizes. Rules
 * can only make it greater. */
pz_status pz__bound_term(const pz__measure *measure, const int32_t *group_of, int32_t criterion, double *out_bound);

/* The same for the objective, from costs of two learners that several criteria make together. 0, which is always true, for more than 60 learners and for
 * groups of several sizes. `steps` make it greater, each as long as the first bound. */
pz_status pz__bound_joint(const pz__measure *measure, const int32_t *group_of, int32_t steps, double *out_bound);

/* Do all groups have to have this size? */
int pz__bound_is_of_one_size(const pz__grouping_data *data, int32_t size);

#endif
