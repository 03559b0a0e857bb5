/* Lists in the order in which their records were made, searched and page by page: records whose ids come with them and whose first member is
 * their id. */
#ifndef PZ_RECORDS_BY_ID_H
#define PZ_RECORDS_BY_ID_H

#include "base/record.h"
#include "personalize/access.h"
#include "records/text_search.h"

typedef struct pz__by_id {
    int32_t order; /* a pz_list_order */
    pz_id after;
    int32_t limit;
    pz__text_search search;
} pz__by_id;

/* Lists that begin with the library's own record, whose id is 0, go on after it at -1. */
enum { PZ__BY_ID_OWN = -1, PZ__BY_ID_NO_OWN = 0 };

/* Checks what a query says and begins to search; pz__by_id_free() afterwards. PZ_E_INVALID; PZ_E_TEXT; PZ_E_TOO_LONG; PZ_E_NOMEM. */
pz_status pz__by_id_start(pz__by_id *list, int own, int32_t order, pz_id after, int32_t limit, const char *text, size_t text_len);
void pz__by_id_free(pz__by_id *list);

/* Whether a record belongs to the page or to one that follows: it comes after the last one, and its texts hold the words. */
pz_status pz__by_id_wants(pz__by_id *list, pz_id id, const char *const *texts, size_t count, int *out_wants);

/* The page of the rows that were wanted. As pz__rows_take(). */
pz_status pz__by_id_take(const pz__by_id *list, pz__rows *rows, void ***out_rows, size_t *out_count);

extern const char *const pz__list_order_names[];

#endif
