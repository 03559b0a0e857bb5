/* By when an entry is to be answered. */
#ifndef PZ_RECORDS_VOICE_POLICY_H
#define PZ_RECORDS_VOICE_POLICY_H

#include "personalize/voice.h"
#include "records/access/call.h"

/* The days that hold today for a learner and a kind of entry; 0 in `kind` is not a kind here. */
pz_status pz__voice_days(pz__call *call, pz_id learner, int32_t kind, int32_t *out_days);

/* Sets due_on of what is said today: PZ_DATE_NONE where no answer is awaited. */
pz_status pz__voice_set_due(pz__call *call, pz_voice_entry *entry, int is_help);

#endif
