#include "records/page.h"

#include "base/fail.h"

enum { MOST_ROWS = 10000 };

pz_status pz__page_check_limit(int32_t limit)
{
    if (limit >= 0 && limit <= MOST_ROWS) return PZ_OK;
    return pz__fail(PZ_E_INVALID, "limit", "0 gives all.", "A page has 1 to 10,000 rows, not %d.", (int)limit);
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
