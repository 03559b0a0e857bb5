#include "records/profile/hung.h"

#include <stdlib.h>
#include <string.h>

#include "base/fail.h"
#include "base/memory.h"
#include "records/profile/tables.h"

static pz_id entry_of(const pz__hung *hung, size_t at)
{
    pz_id entry;
    memcpy(&entry, (const char *)hung->rows[at] + hung->entry_offset, sizeof entry);
    return entry;
}

static pz_status take(pz__hung *hung, pz__rows *rows, pz_status status)
{
    if (status == PZ_OK) return pz__rows_take(rows, &hung->rows, &hung->count);
    pz__rows_free(rows);
    return status;
}

static pz_status add_tag(const pz_profile_tag *tag, void *user_data)
{
    pz__rows_add(user_data, tag);
    return PZ_OK;
}

pz_status pz__hung_tags(pz__hung *hung, pz__call *call, pz_id learner)
{
    pz__rows rows;
    *hung = (pz__hung){NULL, 0, offsetof(pz_profile_tag, entry)};
    pz__rows_start(&rows, &pz__profile_tag_type);
    return take(hung, &rows, pz__profile_tags_each(call, learner, 0, add_tag, &rows));
}

static pz_status add_dispute(const pz_profile_dispute *dispute, void *user_data)
{
    pz__rows_add(user_data, dispute);
    return PZ_OK;
}

static int by_entry(const void *a, const void *b)
{
    const pz_profile_dispute *left = *(void *const *)a, *right = *(void *const *)b;
    if (left->entry != right->entry) return left->entry < right->entry ? -1 : 1;
    return (left->id > right->id) - (left->id < right->id);
}

pz_status pz__hung_disputes(pz__hung *hung, pz__call *call, pz_id learner)
{
    pz__rows rows;
    *hung = (pz__hung){NULL, 0, offsetof(pz_profile_dispute, entry)};
    pz__rows_start(&rows, &pz__profile_dispute_type);
    PZ__TRY(take(hung, &rows, pz__disputes_each(call, learner, 0, add_dispute, &rows)));
    if (hung->count > 1) qsort(hung->rows, hung->count, sizeof *hung->rows, by_entry);
    return PZ_OK;
}

void pz__hung_free(pz__hung *hung)
{
    pz_free(hung->rows);
    hung->rows = NULL;
    hung->count = 0;
}

void *const *pz__hung_of(const pz__hung *hung, pz_id entry, size_t *out_count)
{
    size_t low = 0, high = hung->count, end;
    while (low < high) { /* the first that is not before the entry */
        size_t middle = low + (high - low) / 2;
        if (entry_of(hung, middle) < entry)
            low = middle + 1;
        else
            high = middle;
    }
    for (end = low; end < hung->count && entry_of(hung, end) == entry;) end++;
    *out_count = end - low;
    return end > low ? hung->rows + low : NULL;
}
