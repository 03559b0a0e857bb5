/* Which themes of classes and orgs wait for an answer. */
#ifndef PZ_RECORDS_VOICE_THEME_H
#define PZ_RECORDS_VOICE_THEME_H

#include "personalize/voice.h"
#include "records/access/call.h"

/* The day by which the first open theme of a class or org is to be answered; PZ_DATE_NONE where none is open. Reach is the caller's to look at. */
pz_status pz__theme_first_due(pz__call *call, pz_id scope, int is_class, pz_date *out_due);

#endif
