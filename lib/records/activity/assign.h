/* What giving, choosing and taking up share. */
#ifndef PZ_RECORDS_ACTIVITY_ASSIGN_H
#define PZ_RECORDS_ACTIVITY_ASSIGN_H

#include "personalize/activity.h"
#include "records/access/call.h"

/* A goal that an assignment serves is seen and of the same learner; 0 is none. */
pz_status pz__assignment_need_goal(pz__call *call, pz_id goal, pz_id learner);
/* PZ_E_STATE once the day for choices has passed. */
pz_status pz__choice_need_open(const pz__call *call, const pz_activity *activity);
/* PZ_E_STATE where the rule of `activity` holds what was chosen. */
pz_status pz__choice_may_change(const pz_activity *activity, const pz_assignment *chosen);

#endif
