/* What the engine says of groups in figures, kept with each version as JSON:
 *   {"objective", "bound", "gap", "rules_broken", "seed", "iterations", "terms": [{"name", "weight", "value", "bound"}],
 *    "recommended": [{"learner", "group_no"}], "moves": [{"learner", "group_no", "cost"}]}
 * recommended: the groups as the engine gave them; moves: of each learner the cheapest move to another group. */
#ifndef PZ_RECORDS_RECOMMEND_REPORT_H
#define PZ_RECORDS_RECOMMEND_REPORT_H

#include "personalize/grouping.h"
#include "records/recommend/ask.h"

/* `before`: the report of the version that was changed, whose "recommended" is kept; NULL: what `result` has. Freed with pz__release. */
pz_status pz__report_write(const pz_grouping_result *result, const pz__grouping_ask *ask, const char *before, char **out_report);

/* The group from 1 that the engine gave each learner of `ask`, 0 where it is not told any more. `out_groups` has room for all. */
pz_status pz__report_recommended(const char *report, const pz__grouping_ask *ask, int32_t *out_groups);

#endif
