/* Writing one record of the roster within an open change: compares with the current version and supersedes it where it differs.
 * Used by the public `_save` functions and by imports. No rights are asked here; texts must have been checked. */
#ifndef PZ_RECORDS_ROSTER_WRITE_H
#define PZ_RECORDS_ROSTER_WRITE_H

#include "personalize/roster.h"
#include "records/access/call.h"

typedef enum pz__outcome { PZ__SAME = 0, PZ__NEW = 1, PZ__CHANGED = 2 } pz__outcome;

/* `record->id` must be set (new ids come from pz__store_take_ids). The change notes one item. With call->change NULL nothing is written and
 * only the outcome is told: that is how a dry run counts. */
pz_status pz__org_write(pz__call *call, const pz_org *record, pz__outcome *out_outcome);
pz_status pz__academic_session_write(pz__call *call, const pz_academic_session *record, pz__outcome *out_outcome);
pz_status pz__course_write(pz__call *call, const pz_course *record, pz__outcome *out_outcome);
pz_status pz__class_write(pz__call *call, const pz_class *record, pz__outcome *out_outcome);
pz_status pz__person_write(pz__call *call, const pz_person *record, pz__outcome *out_outcome);
pz_status pz__guardianship_write(pz__call *call, pz_id learner, pz_id guardian, pz__outcome *out_outcome);
pz_status pz__person_detail_write(pz__call *call, pz_id person, const char *name, const char *value, size_t value_len, pz__outcome *out_outcome);

/* Ends the current version: `ended` becomes 1 in a new version where the table has that column, otherwise the version is closed. PZ__SAME if
 * it had ended already. */
pz_status pz__roster_end_write(pz__call *call, pz_kind kind, pz_id id, pz__outcome *out_outcome);
pz_status pz__guardianship_end_write(pz__call *call, pz_id learner, pz_id guardian, pz__outcome *out_outcome);

#endif
