/* What the steps of a goal ask first. */
#ifndef PZ_RECORDS_GOAL_STEPS_H
#define PZ_RECORDS_GOAL_STEPS_H

#include "personalize/goal.h"
#include "records/access/call.h"

/* PZ_E_STATE where it is achieved or dropped. */
pz_status pz__goal_need_open(const pz_goal *goal);
/* PZ_E_DENIED unless the actor is its learner in person. */
pz_status pz__goal_need_own(const pz__call *call, const pz_goal *goal, const char *what);

#endif
