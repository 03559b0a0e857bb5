/* Lists that come page by page. */
#ifndef PZ_RECORDS_PAGE_H
#define PZ_RECORDS_PAGE_H

#include "base/record.h"
#include "records/access/call.h"
#include "records/access/whom.h"

/* PZ_E_INVALID unless 0 to 10,000. */
pz_status pz__page_check_limit(int32_t limit);

/* Takes the rows in the order of `compare`, which gets two pointers to records and the query, and no more than `limit` of them; 0: all. */
pz_status pz__page_take(pz__rows *rows, int (*compare)(const void *, const void *, void *), void *query, int32_t limit, void ***out_rows,
                        size_t *out_count);
/* Puts on record that these rows were read, and no others. The learner of a record stands at `learner` in it. */
void pz__page_note_reads(pz__call *call, const pz__whom *whom, const void *const *rows, size_t count, size_t learner);

/* Ends a call that read; gives the rows away where it ended well, and frees them where it did not. */
pz_status pz__page_end(pz__call *call, pz_status status, void ***rows, size_t *count, void ***out_rows, size_t *out_count);

#endif
