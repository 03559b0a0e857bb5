/* Activities and assignments as a call sees them. */
#ifndef PZ_RECORDS_ACTIVITY_SEE_H
#define PZ_RECORDS_ACTIVITY_SEE_H

#include "personalize/activity.h"
#include "records/access/call.h"

/* The version that the call sees; PZ_E_NOT_FOUND where there is none in reach. One block, pz_free(). */
pz_status pz__activity_find(pz__call *call, pz_id id, const char *field, pz_activity **out_activity);
pz_status pz__activity_is_seen(pz__call *call, const pz_activity *activity, int *out_seen);
/* What stands on a board and has not ended, by position. Freed with pz_free(). */
pz_status pz__activity_children(pz__call *call, pz_id board, pz_activity ***out_rows, size_t *out_count);
/* Ties of a kind, 0 all. Freed with pz_free(). */
pz_status pz__activity_ties(pz__call *call, pz_id activity, pz_activity_tie ***out_rows, size_t *out_count);

/* PZ_E_NOT_FOUND, PZ_E_DENIED. One block, pz_free(). The read is put on record for PZ__SEE. */
pz_status pz__assignment_find(pz__call *call, pz__doing doing, pz_id id, pz_assignment **out_assignment);
/* The newest of an activity for a learner that was not dropped; NULL where there is none. */
pz_status pz__assignment_of(pz__call *call, pz_id learner, pz_id activity, pz_assignment **out_assignment);
/* Those of a learner that came from a board and were not dropped. Freed with pz_free(). */
pz_status pz__assignments_from(pz__call *call, pz_id learner, pz_id board, pz_assignment ***out_rows, size_t *out_count);

/* Writes a version, by this actor at this change. */
pz_status pz__assignment_write(pz__call *call, pz_assignment *assignment);

#endif
