/* What calls on a store stand on: the check of the handle, snapshots, the queue, time, ids, digests. */
#include <errno.h>
#include <sodium.h>
#include <string.h>

#include "base/clock.h"
#include "base/fail.h"
#include "base/memory.h"
#include "store/place.h"
#include "store/transaction.h"

pz_status pz__store_check(pz_store *store)
{
    if (!store) return pz__fail_closed("store");
    if (store->in_callback)
        return pz__fail(PZ_E_BUSY_HANDLE, "store", "Open the store again for that.",
                        "The store is called from within its own progress function.");
    if (store->process == getpid()) return PZ_OK;
    return pz__fail(PZ_E_FORKED, "store", "Open the store in this process.", "The store was opened in another process, before a fork.");
}

pz__db *pz__store_db(pz_store *store)
{
    return store->db;
}
int64_t pz__store_tenant(const pz_store *store)
{
    (void)store;
    return PZ__TENANT;
}
int pz__store_is_read_only(const pz_store *store)
{
    return store->options.read_only;
}

/* --------------------------------------------------------------------------------------------------- queue --- */

/* A store that was moved away or replaced would take writes that nobody finds again. */
static pz_status check_same_file(const pz_store *store)
{
    struct stat file;
    if (lstat(store->path, &file) == 0 && file.st_ino == store->inode && file.st_dev == store->device) return PZ_OK;
    return pz__fail(PZ_E_IO, "store", "Open the store again.", "The file of the store was moved, removed or replaced while it was open.");
}

pz_status pz__store_enter(pz_store *store)
{
    pz_status status;
    int64_t until = pz__monotonic_now() + store->options.wait_milliseconds * INT64_C(1000);
    PZ__TRY(pz__queue_enter(&store->queue, &store->db->jitter, until));
    status = check_same_file(store);
    if (status != PZ_OK) pz__queue_leave(&store->queue);
    return status;
}

void pz__store_leave(pz_store *store)
{
    pz__queue_leave(&store->queue);
}

void pz__store_forget(pz_store *store)
{
    pz__map_free(store->aliases);
    store->aliases = NULL;
    pz__release(store->known_persons);
    store->known_persons = NULL;
    store->known_count = store->known_capacity = 0;
}

/* ----------------------------------------------------------------------------------------------- snapshots --- */

pz_status pz__store_read_begin(pz_store *store)
{
    PZ__TRY(pz__store_check(store));
    if (store->reads == 0 && (!store->change || store->change->is_broken)) {
        PZ__TRY(pz__db_begin(store->db, 0));
        store->owns_snapshot = 1;
    }
    store->reads++;
    return PZ_OK;
}

void pz__store_read_end(pz_store *store)
{
    if (store->reads == 0 || --store->reads > 0 || !store->owns_snapshot) return;
    store->owns_snapshot = 0;
    pz__db_undo(store->db); /* nothing was written */
}

static pz_status one_number(pz__statement *statement, int64_t *out_value)
{
    pz_status status;
    int row;
    status = pz__db_step(statement, &row);
    if (row) *out_value = pz__column_int(statement, 0);
    pz__db_reset(statement);
    return status;
}

pz_status pz__store_last_change(pz_store *store, int64_t *out_change)
{
    static const char sql[] = "SELECT last_change FROM tenant WHERE tenant_id = ?1";
    pz__statement *statement;
    *out_change = 0;
    PZ__TRY(pz__db_statement(store->db, sql, &statement));
    pz__bind_int(statement, 1, PZ__TENANT);
    return one_number(statement, out_change);
}

pz_status pz__store_change_at(pz_store *store, pz_time moment, int64_t *out_change)
{
    static const char sql[] = "SELECT change_id FROM change WHERE tenant_id = ?1 AND at <= ?2 ORDER BY at DESC, change_id DESC LIMIT 1";
    pz__statement *statement;
    *out_change = 0;
    PZ__TRY(pz__db_statement(store->db, sql, &statement));
    pz__bind_int(statement, 1, PZ__TENANT);
    pz__bind_int(statement, 2, moment);
    return one_number(statement, out_change);
}

/* ----------------------------------------------------------------------------------------------------- ids --- */

pz_status pz__store_take_ids(pz_store *store, int64_t count, pz_id *out_first)
{
    pz__transaction *transaction = store->change;
    pz_id next;
    *out_first = 0;
    if (!transaction || transaction->is_broken) return pz__fail(PZ_E_STATE, NULL, "Please report it.", "Ids are taken outside a change.");
    next = transaction->next_id > store->ids_used ? transaction->next_id : store->ids_used;
    if (count < 1 || count > INT64_MAX / 2 || next > INT64_MAX / 2)
        return pz__fail(PZ_E_LIMIT, NULL, NULL, "%lld ids after %lld are more than there are.", (long long)count, (long long)next);
    transaction->next_id = store->ids_used = next + count;
    *out_first = next;
    return PZ_OK;
}

/* ------------------------------------------------------------------------------------ time, chance, digests --- */

pz_time pz__store_now(pz_store *store)
{
    return store->options.clock ? store->options.clock(store->options.clock_data) : pz__clock_now();
}

pz_date pz__store_date(pz_store *store, pz_time time)
{
    return pz__zone_date(&store->zone, time);
}
pz_date pz__store_today(pz_store *store)
{
    return pz__store_date(store, pz__store_now(store));
}
pz_time pz__store_day_start(pz_store *store, pz_date date)
{
    return pz__zone_day_start(&store->zone, date);
}

uint64_t pz__store_random(pz_store *store)
{
    uint64_t value;
    if (store->options.random_seed) return pz__random_next(&store->random);
    randombytes_buf(&value, sizeof value);
    return value;
}

void pz__store_digest(pz_store *store, const void *bytes, size_t length, uint8_t out_digest[16])
{
    pz__keys_digest(&store->keys, bytes, length, out_digest);
}
