/* Lists that come page by page. */
#ifndef PZ_RECORDS_PAGE_H
#define PZ_RECORDS_PAGE_H

#include "records/access/call.h"

/* PZ_E_INVALID unless 0 to 10,000. */
pz_status pz__page_check_limit(int32_t limit);

/* Ends a call that read; gives the rows away where it ended well, and frees them where it did not. */
pz_status pz__page_end(pz__call *call, pz_status status, void ***rows, size_t *count, void ***out_rows, size_t *out_count);

#endif
