/* What the lists of the roster share. */
#ifndef PZ_RECORDS_ROSTER_LIST_H
#define PZ_RECORDS_ROSTER_LIST_H

#include "records/roster/tables.h"

/* Versions that the call sees: ?1 is the tenant, ?2 the change, ?3 whether ended ones are wanted as well. */
#define PZ__SEEN(t) t "tenant_id = ?1 AND " t "since_change <= ?2 AND " t "until_change > ?2"
#define PZ__SEEN_LISTED(t) PZ__SEEN(t) " AND (" t "ended = 0 OR ?3 = 1)"

/* 0 and 1 are the only answers to "with ended ones?". */
pz_status pz__check_with_ended(int32_t with_ended);

/* A query with ?1 to ?3 bound. */
pz_status pz__list_statement(pz__call *call, const char *sql, int32_t with_ended, pz__statement **out_statement);

/* Whether a record that was read is kept. */
typedef int (*pz__keep_fn)(const void *record, const void *user_data);

/* Runs the query and adds the rows that are kept. */
pz_status pz__list_rows(pz__statement *statement, pz__keep_fn keep, const void *user_data, pz__rows *rows);

/* Ids of a query, sorted by it; freed with pz__release. */
pz_status pz__list_ids(pz__statement *statement, pz_id **out_ids, size_t *out_count);

#endif
