/* With whom learners were in a group before: the last recommendations of their class that were accepted, as columns for the engine. */
#ifndef PZ_RECORDS_RECOMMEND_EARLIER_H
#define PZ_RECORDS_RECOMMEND_EARLIER_H

#include "personalize/grouping.h"
#include "records/access/call.h"
#include "records/recommend/ask.h"

typedef struct pz__earlier {
    double *groups; /* of each learner asked for, by recommendation, oldest first; NaN where it was in none */
    size_t learners;
    size_t count; /* recommendations */
} pz__earlier;

/* As many as the request asks for, or as there are. */
pz_status pz__earlier_read(pz__call *call, const pz__grouping_ask *ask, pz__earlier *out_earlier);
void pz__earlier_free(pz__earlier *earlier);

/* Few repeats, a limit to them, or both, as the request says. Nothing where there was no recommendation before. */
pz_status pz__earlier_add(pz_grouping_problem *problem, const pz_grouping_request *request, const pz__earlier *earlier);

/* PZ_E_INFEASIBLE where groups made by hand break the limit. */
pz_status pz__earlier_need_kept(const pz_grouping_result *result, const pz__grouping_ask *ask);

#endif
