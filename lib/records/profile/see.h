/* The entries of profiles as an actor sees them. */
#ifndef PZ_RECORDS_PROFILE_SEE_H
#define PZ_RECORDS_PROFILE_SEE_H

#include "personalize/profile.h"
#include "records/access/call.h"

/* Reads entries that the actor sees: `each` is called for every row, whose texts live until it returns. learner 0: of all. */
typedef pz_status (*pz__profile_fn)(const pz_profile_entry *entry, void *user_data);
pz_status pz__profile_each(pz__call *call, pz_id learner, int32_t section, int with_history, pz__profile_fn each, void *user_data);

#endif
