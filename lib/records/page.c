#include "records/page.h"

#include <stdlib.h>
#include <string.h>

#include "base/fail.h"

enum { MOST_ROWS = 10000 };

pz_status pz__page_check_limit(int32_t limit)
{
    if (limit >= 0 && limit <= MOST_ROWS) return PZ_OK;
    return pz__fail(PZ_E_INVALID, "limit", "0 gives all.", "A page has 1 to 10,000 rows, not %d.", (int)limit);
}

pz_status pz__page_take(pz__rows *rows, int (*compare)(const void *, const void *, void *), void *query, int32_t limit, void ***out_rows,
                        size_t *out_count)
{
    PZ__TRY(pz__rows_take(rows, out_rows, out_count));
    if (*out_count > 1) qsort_r(*out_rows, *out_count, sizeof **out_rows, compare, query);
    if (limit && *out_count > (size_t)limit) *out_count = (size_t)limit;
    return PZ_OK;
}

void pz__page_note_reads(pz__call *call, const pz__whom *whom, const void *const *rows, size_t count, size_t learner)
{
    pz_id last = 0, current;
    pz__whom_read_class(call, whom);
    for (size_t i = 0; i < count; i++) {
        memcpy(&current, (const char *)rows[i] + learner, sizeof current);
        if (current != last) pz__whom_read_learner(call, whom, current);
        last = current;
    }
}

pz_status pz__page_end(pz__call *call, pz_status status, void ***rows, size_t *count, void ***out_rows, size_t *out_count)
{
    status = pz__call_end(call, status);
    if (status != PZ_OK) {
        pz_free(*rows);
        return status;
    }
    *out_rows = *rows;
    *out_count = *count;
    return PZ_OK;
}
