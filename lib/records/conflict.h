/* Telling the second of two writers what the first has changed. */
#ifndef PZ_RECORDS_CONFLICT_H
#define PZ_RECORDS_CONFLICT_H

#include "records/access/call.h"

typedef struct pz__versions {
    const pz_record_type *type;
    const char *words;   /* "activity" */
    const char *sql;     /* ?1 tenant, ?2 the id, ?3 since_change: the columns of the description */
} pz__versions;

/* PZ_OK where `given` is the version of `current`; otherwise PZ_E_CONFLICT, whose message names the members that differ between the two. */
pz_status pz__need_version(pz__call *call, const pz__versions *versions, pz_id id, const void *current, int64_t version, int64_t given);

#endif
