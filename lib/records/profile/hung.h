/* Tags and disputes of a whole profile read at once, and found by their entry. */
#ifndef PZ_RECORDS_PROFILE_HUNG_H
#define PZ_RECORDS_PROFILE_HUNG_H

#include "records/access/call.h"

typedef struct pz__hung {
    void **rows; /* one block: those of one entry lie together, in the order in which they are listed */
    size_t count;
    size_t entry_offset; /* of the entry within a row */
} pz__hung;

/* Whether the actor sees the entries is the caller's business. pz__hung_free() after either, also where it failed. */
pz_status pz__hung_tags(pz__hung *hung, pz__call *call, pz_id learner);
pz_status pz__hung_disputes(pz__hung *hung, pz__call *call, pz_id learner);
void pz__hung_free(pz__hung *hung);

/* The rows of an entry: `out_count` of them, NULL where it has none. */
void *const *pz__hung_of(const pz__hung *hung, pz_id entry, size_t *out_count);

#endif
