/* Who sees a record of a learner that has a visibility: entries of its profile, and what it says itself. */
#ifndef PZ_RECORDS_ACCESS_VISIBLE_H
#define PZ_RECORDS_ACCESS_VISIBLE_H

#include "personalize/profile.h"
#include "records/access/call.h"

/* A record as seeing it is judged: whose it is, who wrote it, how far it is open. */
typedef struct pz__sight {
    pz_id record;
    pz_id learner;
    pz_id author; /* 0 for a service, and for one who was erased */
    int32_t author_role;
    int32_t visibility; /* a pz_visibility; the narrower of then and today where it was changed */
} pz__sight;

/* Whether a role sees records of this visibility by its role alone. `is_self`: the learner in person. */
int pz__visibility_is_open_to(int32_t visibility, int32_t role, int is_self);

/* Records that an actor was named for, of one learner or of all: read once for many questions. */
typedef struct pz__named {
    pz_id *records; /* sorted */
    size_t count;
    int is_known;
} pz__named;

/* Whether the actor of a call sees a record of a learner in reach. Judged by who is named today, also in a view of the past. */
pz_status pz__is_visible(pz__call *call, pz__named *named, const pz__sight *sight, int *out_visible);
void pz__named_free(pz__named *named);

/* Whether a profile entry is seen by its newest version, whatever an older one said; 0 where there is no such entry. */
pz_status pz__entry_is_visible(pz__call *call, pz__named *named, pz_id entry, int *out_visible);

#endif
