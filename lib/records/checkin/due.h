/* Which learners have a check-in due, planned or by the schedule of their class or org. */
#ifndef PZ_RECORDS_CHECKIN_DUE_H
#define PZ_RECORDS_CHECKIN_DUE_H

#include "personalize/checkin.h"
#include "records/access/scope.h"

/* Every learner of the classes of a scope with a check-in that is due on or before a day, once for each class, by class and learner. What is held
 * counts whether the actor sees it or not; the id of a planned one is given only where it does. */
typedef pz_status (*pz__overdue_fn)(const pz_overdue_checkin *overdue, void *user_data);
pz_status pz__checkin_each_due(pz__call *call, const pz__scope *scope, pz_date until, pz__overdue_fn each, void *user_data);

/* The same day of the month after, or the last day of a shorter month. */
pz_date pz__month_after(pz_date day);

#endif
