/* What the steps of a check-in share. */
#ifndef PZ_RECORDS_CHECKIN_STEPS_H
#define PZ_RECORDS_CHECKIN_STEPS_H

#include "personalize/checkin.h"
#include "records/access/call.h"

/* A version by this actor at this change; notes one item. */
pz_status pz__checkin_write(pz__call *call, pz_checkin *checkin);
pz_status pz__checkin_write_person(pz__call *call, const pz_checkin_person *person);

pz_status pz__checkin_need_planned(const pz_checkin *checkin);                  /* PZ_E_STATE */
pz_status pz__checkin_need_part(pz__call *call, const pz_checkin *checkin);     /* PZ_E_DENIED */
pz_status pz__checkin_need_adult(const pz__call *call);                         /* PZ_E_DENIED */
pz_status pz__checkin_need_version(const pz_checkin *checkin, int64_t version); /* PZ_E_CONFLICT */
pz_status pz__checkin_check_day(pz_date day, const char *field);                /* PZ_E_INVALID */

#endif
