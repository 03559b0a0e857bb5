/* Check-ins as an actor sees them, and who takes part. */
#ifndef PZ_RECORDS_CHECKIN_SEE_H
#define PZ_RECORDS_CHECKIN_SEE_H

#include "personalize/checkin.h"
#include "base/record.h"
#include "records/access/call.h"

/* The version that the call sees: PZ_E_NOT_FOUND where there is none that the actor sees; PZ_E_DENIED. For PZ__SEE the read is put on record.
 * *out_checkin is one block, pz_free(). */
pz_status pz__checkin_find(pz__call *call, pz__doing doing, pz_id id, pz_checkin **out_checkin);

/* The versions that the actor, who reaches the learners, sees: of a learner (0 of all) by learner and id, or all of one check-in, oldest first. */
typedef pz_status (*pz__checkin_fn)(const pz_checkin *checkin, void *user_data);
pz_status pz__checkin_each(pz__call *call, pz_id learner, pz__checkin_fn each, void *user_data);
pz_status pz__checkin_each_version(pz__call *call, pz_id checkin, pz__checkin_fn each, void *user_data);

/* Whether the actor, who reaches the learner, sees the check-in as it is now, and `visibility` of a version beside (0: no other). */
pz_status pz__checkin_is_visible(pz__call *call, pz_id checkin, int32_t visibility, int *out_visible);

/* How a person takes part today; role 0 where it does not. */
typedef struct pz__part {
    int32_t role;
    int32_t presence;
} pz__part;
pz_status pz__checkin_part_of(pz__call *call, pz_id checkin, pz_id person, pz__part *out_part);

/* Whether the actor takes part in the role that it acts in. */
pz_status pz__checkin_takes_part(pz__call *call, pz_id checkin, int *out_takes_part);

/* Rows of a check-in that the actor sees: who takes part, what was touched as far as the actor sees that, and the agenda. */
pz_status pz__checkin_people(pz__call *call, pz_id checkin, pz__rows *rows);
pz_status pz__checkin_touched(pz__call *call, const pz_checkin *checkin, pz__rows *rows);
pz_status pz__checkin_agenda(pz__call *call, const pz_checkin *checkin, const char *language, pz__rows *rows);

/* What its template asks for; the library's own for 0. Texts are NULL. PZ_E_NOT_FOUND. */
pz_status pz__checkin_template_find(pz__call *call, pz_id id, pz_checkin_template *out_template);

#endif
