/* That a record which is named exists. */
#ifndef PZ_RECORDS_NEED_H
#define PZ_RECORDS_NEED_H

#include "records/access/call.h"

/* Framework, competency, assessment, item, misconception: PZ_E_NOT_FOUND where the call sees no version of it. */
pz_status pz__need(pz__call *call, pz_kind kind, pz_id id, const char *field);
/* The same where 0 stands for none. */
pz_status pz__need_if(pz__call *call, pz_kind kind, pz_id id, const char *field);
pz_status pz__exists(pz__call *call, pz_kind kind, pz_id id, int *out_exists);

#endif
