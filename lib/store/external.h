/* Ids of the outside world: (kind, source, text) to id, once for each. */
#ifndef PZ_STORE_EXTERNAL_H
#define PZ_STORE_EXTERNAL_H

#include "store/store.h"

/* Source systems are numbered: the number of a name, made at need within a change. "" is number 0. */
pz_status pz__source_number(pz_store *store, const char *name, size_t length, int make, int32_t *out_number); /* PZ_E_NOT_FOUND */
pz_status pz__source_name(pz_store *store, int32_t number, const char **out_name); /* lives as long as the store */

/* 0 in *out_id if unknown. source < 0: any; *out_more = 1 if sources have it for different records (may be NULL). Putting the same again is
 * no error; another record under the same text is PZ_E_EXISTS. */
pz_status pz__external_find(pz_store *store, int32_t kind, int32_t source, const char *text, size_t length, pz_id *out_id, int *out_more);
pz_status pz__external_put(pz_store *store, int32_t kind, int32_t source, const char *text, size_t length, pz_id id);
/* Calls `each` for every text of a kind and source, in text order, for imports that keep them as digests in memory. */
typedef pz_status (*pz__external_fn)(void *user_data, const char *text, size_t length, pz_id id);
pz_status pz__external_each(pz_store *store, int32_t kind, int32_t source, pz__external_fn each, void *user_data);

#endif
