/* Who sees an entry of a profile. */
#ifndef PZ_RECORDS_PROFILE_SEE_H
#define PZ_RECORDS_PROFILE_SEE_H

#include "personalize/profile.h"
#include "records/call.h"

/* Whether a role sees entries of this visibility, apart from their author. `is_self`: the learner in person. */
int pz__visibility_is_open_to(int32_t visibility, int32_t role, int is_self);

/* The same for the actor of a call, authorship included. */
int pz__profile_sees(const pz__call *call, const pz_profile_entry *entry);

/* Reads entries that the actor sees: `each` is called for every row, whose texts live until it returns. learner 0: of all. */
typedef pz_status (*pz__profile_fn)(const pz_profile_entry *entry, void *user_data);
pz_status pz__profile_each(pz__call *call, pz_id learner, int32_t section, int with_history, pz__profile_fn each, void *user_data);

#endif
