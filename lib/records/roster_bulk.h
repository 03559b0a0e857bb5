/* Enrollments in bulk, for imports: no comparison with what is stored and no item in the change for each, both are the caller's. See
 * roster_write.h for one at a time. */
#ifndef PZ_RECORDS_ROSTER_BULK_H
#define PZ_RECORDS_ROSTER_BULK_H

#include "records/roster_write.h"

/* Opens a version of each. Fastest where rows come by class, person and id. */
pz_status pz__enrollment_bulk_add(pz__call *call, const pz_enrollment *rows, size_t count);

/* Ends the current version, if there is one. */
pz_status pz__enrollment_bulk_end(pz__call *call, pz_id class_id, pz_id person, pz_id enrollment);

#endif
