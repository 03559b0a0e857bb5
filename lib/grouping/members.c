#include "grouping/members.h"

#include "base/fail.h"
#include "base/memory.h"

pz_status pz__members_make(const int32_t *group_of, size_t learners, int32_t groups, pz__members *out_members)
{
    int32_t *first = pz__alloc_zero((size_t)groups + 1, sizeof *first), *list = pz__alloc(learners * sizeof *list), all = 0;
    *out_members = (pz__members){first, list};
    if (!first || !list) {
        pz__members_free(out_members);
        return pz__fail_memory();
    }
    for (size_t i = 0; i < learners; i++)
        if (group_of[i] >= 0) first[group_of[i] + 1]++, all++;
    for (int32_t g = 0; g < groups; g++) first[g + 1] += first[g];
    for (size_t i = learners; i-- > 0;) /* fills each group from its end, which is the start of the next */
        if (group_of[i] >= 0) list[--first[group_of[i] + 1]] = (int32_t)i;
    for (int32_t g = 0; g < groups; g++) first[g] = first[g + 1];
    first[groups] = all;
    return PZ_OK;
}

void pz__members_free(pz__members *members)
{
    pz__release(members->first);
    pz__release(members->learners);
    *members = (pz__members){NULL, NULL};
}
