/* Enrollments and roles in bulk, for imports: no comparison with what is stored, which is the caller's. Their tables are kept by who and where, so
 * that one cannot be found by its id alone without a look at all. See roster_write.h for one at a time. */
#ifndef PZ_RECORDS_ROSTER_BULK_H
#define PZ_RECORDS_ROSTER_BULK_H

#include "records/roster/write.h"

/* Opens a version of each, without an item in the change. Fastest where rows come by class, person and id. */
pz_status pz__enrollment_bulk_add(pz__call *call, const pz_enrollment *rows, size_t count);

/* Ends the current version, if there is one. */
pz_status pz__enrollment_bulk_end(pz__call *call, pz_id class_id, pz_id person, pz_id enrollment);

/* The same for one role, with an item in the change; `act` is PZ__ACT_ADD or PZ__ACT_REVISE. */
pz_status pz__role_bulk_add(pz__call *call, const pz_person_role *role, pz__act act);
/* Ends it; `notes` 0: another version follows, whose item says enough. */
pz_status pz__role_bulk_end(pz__call *call, pz_id person, pz_id org, pz_id role, int notes);

#endif
