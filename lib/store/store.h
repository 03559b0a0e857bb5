/* Inside of a store: its connection, transactions, clock, ids and settings. */
#ifndef PZ_STORE_STORE_H
#define PZ_STORE_STORE_H

#include "personalize/store.h"
#include "store/db.h"

/* Open versions end at this change. */
#define PZ__CURRENT INT64_MAX

void pz__store_retain(pz_store *store);
pz_status pz__store_check(pz_store *store); /* NULL, forked */
pz__db *pz__store_db(pz_store *store);
int64_t pz__store_tenant(const pz_store *store);
int pz__store_is_read_only(const pz_store *store);
pz_time pz__store_now(pz_store *store);
pz_date pz__store_date(pz_store *store, pz_time time); /* the calendar day in the store's time zone */
pz_date pz__store_today(pz_store *store);
/* The first moment of a day in the store's time zone. */
pz_time pz__store_day_start(pz_store *store, pz_date date);
uint64_t pz__store_random(pz_store *store); /* by the system's source or the option random_seed */

/* A read snapshot. Nested begins count. Everything read until the matching end is of one moment. */
pz_status pz__store_read_begin(pz_store *store);
void pz__store_read_end(pz_store *store);

/* Number of the last change, as the open snapshot or transaction sees it; the last change recorded at or before `moment`. */
pz_status pz__store_last_change(pz_store *store, int64_t *out_change);
pz_status pz__store_change_at(pz_store *store, pz_time moment, int64_t *out_change);

/* `count` new ids in a row, within a change. What was committed is never used again, by nobody. Ids of a change that was undone are not
 * given again by this handle, but another one may give them: so tell nobody an id before its change is committed. */
pz_status pz__store_take_ids(pz_store *store, int64_t count, pz_id *out_first);

/* Keyed digest of a caller's bytes, 16 bytes, with the store's digest key. */
void pz__store_digest(pz_store *store, const void *bytes, size_t length, uint8_t out_digest[16]);

#endif
