/* Why there is no division: a smallest set of rules that clash. */
#ifndef PZ_GROUPING_CONFLICT_H
#define PZ_GROUPING_CONFLICT_H

#include "grouping/place.h"

/* PZ_E_INFEASIBLE, with the clashing rules in the message. */
pz_status pz__conflict_fail(const pz__grouping_data *data, const pz__units *units, pz__placed placed);

#endif
