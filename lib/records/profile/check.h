/* What a profile entry must be before it is written. */
#ifndef PZ_RECORDS_PROFILE_CHECK_H
#define PZ_RECORDS_PROFILE_CHECK_H

#include "personalize/profile.h"
#include "records/access/call.h"

/* Texts and their lengths, ranges, what belongs to which section. `times` gets the times of the entry in the order of the week, which it then
 * points to. */
pz_status pz__profile_check(pz_profile_entry *entry, pz__buffer *times);

/* PZ_E_STATE where another support of the learner, as far as the actor sees it, turns the same feature on where this one turns it off. */
pz_status pz__profile_check_support(pz__call *call, const pz_profile_entry *entry);

#endif
