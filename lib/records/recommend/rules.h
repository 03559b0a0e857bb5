/* The rules of a request: as the engine is told them, and whether they hold of a plan. */
#ifndef PZ_RECORDS_RECOMMEND_RULES_H
#define PZ_RECORDS_RECOMMEND_RULES_H

#include "personalize/grouping.h"
#include "records/access/call.h"
#include "records/recommend/plan.h"

/* When the learners of a request are free, as their profiles say; nothing where no rule asks for it. */
typedef struct pz__free_times {
    double *flags; /* of each learner by half hour that anybody names: 1 free, 0 not; who says nothing is free always */
    size_t columns;
} pz__free_times;

pz_status pz__free_times_read(pz__call *call, const pz__grouping_ask *ask, pz__free_times *out_times);
void pz__free_times_free(pz__free_times *times);

pz_status pz__grouping_rules_add(pz_grouping_problem *problem, const pz__grouping_ask *ask, const pz__free_times *times);

/* Does rule `i` hold of the plan? Of common time only the engine knows: it holds as long as a plan is scored. */
int pz__grouping_rule_holds(const pz__plan *plan, const pz__grouping_ask *ask, size_t i);

/* PZ_E_INFEASIBLE where groups made by hand have too little common time. */
pz_status pz__grouping_need_common_time(const pz_grouping_result *result);

#endif
