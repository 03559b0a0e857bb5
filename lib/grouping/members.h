/* Learners group by group. */
#ifndef PZ_GROUPING_MEMBERS_H
#define PZ_GROUPING_MEMBERS_H

#include "personalize/grouping.h"

typedef struct pz__members {
    int32_t *first; /* those of group g are from first[g] to first[g + 1], by number */
    int32_t *learners;
} pz__members;

/* `group_of` has one number a learner, -1 where not grouped. */
pz_status pz__members_make(const int32_t *group_of, size_t learners, int32_t groups, pz__members *out_members);
void pz__members_free(pz__members *members);

#endif
