/* One profile entry by its id, for what is done to it. */
#ifndef PZ_RECORDS_PROFILE_FIND_H
#define PZ_RECORDS_PROFILE_FIND_H

#include "personalize/profile.h"
#include "records/access/call.h"

typedef struct pz__entry_found {
    pz_profile_entry *entry; /* one block, freed by the caller with pz_free */
    pz_id first_author;
    int32_t first_role;
} pz__entry_found;

/* The current version, in reach and seen. PZ_E_NOT_FOUND, PZ_E_DENIED (its role may not do that with entries at all). */
pz_status pz__entry_find(pz__call *call, pz__doing doing, pz_id id, pz__entry_found *found);

/* The same, and the actor's to change: PZ_E_DENIED. */
pz_status pz__entry_find_own(pz__call *call, pz_id id, pz__entry_found *found);

/* Whether the actor wrote it, in its first or its newest version, in whatever role. */
int pz__entry_is_by(const pz__call *call, const pz__entry_found *found);

#endif
