/* The one row that says what a store is: its name, its time zone, its keys, and how far it has come. */
#include <sodium.h>
#include <string.h>

#include "base/fail.h"
#include "base/memory.h"
#include "store/state.h"

pz_status pz__tenant_insert(pz__db *db, const pz_store_options *options, const pz__keys *keys, pz_time now)
{
    static const char sql[] = "INSERT INTO tenant (tenant_id, name, time_zone, created_at, host_key, next_id, last_change, last_at, chain, "
                              "chain_key, digest_key, key_check) VALUES (?1, ?2, ?3, ?4, ?5, 1, 0, ?4, ?6, ?7, ?8, ?9)";
    uint8_t check[PZ__DIGEST_SIZE], chain[PZ__CHAIN_SIZE];
    pz__statement *statement;
    pz__keys_check(keys, options->name ? options->name : "", options->time_zone, check);
    pz__chain_first(keys, now, chain);
    PZ__TRY(pz__db_statement(db, sql, &statement));
    pz__bind_int(statement, 1, PZ__TENANT);
    pz__bind_text(statement, 2, options->name ? options->name : "", PZ_NUL_TERMINATED);
    pz__bind_text(statement, 3, options->time_zone, PZ_NUL_TERMINATED);
    pz__bind_int(statement, 4, now);
    pz__bind_int(statement, 5, keys->from_host);
    pz__bind_blob(statement, 6, chain, sizeof chain);
    if (!keys->from_host) {
        pz__bind_blob(statement, 7, keys->chain, sizeof keys->chain);
        pz__bind_blob(statement, 8, keys->digest, sizeof keys->digest);
    }
    pz__bind_blob(statement, 9, check, sizeof check);
    return pz__db_run(statement);
}

static pz_status fail_key(const char *words, const char *hint)
{
    return pz__fail(PZ_E_INVALID, "options.key", hint, "%s", words);
}

/* Keys that lie in the store, or those of the host, which must be the ones that the store was made with. */
static pz_status load_keys(pz_store *store, int from_host, pz__statement *row)
{
    uint8_t check[PZ__DIGEST_SIZE];
    size_t chain_length, digest_length, check_length;
    const void *chain = pz__column_blob(row, 4, &chain_length);
    const void *digest = pz__column_blob(row, 5, &digest_length);
    const void *wanted = pz__column_blob(row, 6, &check_length);
    if (from_host && chain_length) return pz__fail(PZ_E_TAMPERED, NULL, "Restore a backup.", "The store holds keys that it says are the host's.");
    if (from_host && !store->options.key)
        return fail_key("The store was made with a key of the host, and no key function is given.",
                        "Give the key function in the options.");
    if (!from_host && store->options.key)
        return fail_key("The store was made without a key of the host, and a key function is given.", "Open it without a key function.");
    PZ__TRY(pz__keys_make(&store->options, &store->keys));
    if (!from_host) {
        if (chain_length != PZ__KEY_SIZE || digest_length != PZ__KEY_SIZE)
            return pz__fail(PZ_E_TAMPERED, NULL, "Restore a backup.", "The keys of the store are damaged.");
        memcpy(store->keys.chain, chain, PZ__KEY_SIZE);
        memcpy(store->keys.digest, digest, PZ__KEY_SIZE);
    }
    pz__keys_check(&store->keys, store->name, store->time_zone, check);
    if (check_length == sizeof check && !sodium_memcmp(check, wanted, sizeof check)) return PZ_OK;
    if (from_host)
        return fail_key("The key function gives other keys than those that the store was made with.",
                        "Give the keys of this store. If they are, its name, time zone or key check was tampered with: restore a backup.");
    return pz__fail(PZ_E_TAMPERED, NULL, "Restore a backup.", "The keys, the name and the time zone of the store do not match their check.");
}

static pz_status load_row(pz_store *store, pz__statement *row)
{
    size_t length;
    const char *text = pz__column_text(row, 0, &length);
    store->name = pz__copy_text(text, length);
    text = pz__column_text(row, 1, &length);
    store->time_zone = pz__copy_text(text, length);
    if (!store->name || !store->time_zone) return pz__fail_memory();
    store->created_at = pz__column_int(row, 2);
    PZ__TRY(load_keys(store, pz__column_int(row, 3) != 0, row));
    return pz__zone_load(&store->zone, PZ__ZONE_FOLDER, store->time_zone);
}

pz_status pz__tenant_load(pz_store *store)
{
    static const char sql[] =
        "SELECT name, time_zone, created_at, host_key, chain_key, digest_key, key_check FROM tenant WHERE tenant_id = ?1";
    pz__statement *statement;
    pz_status status;
    int row;
    PZ__TRY(pz__db_statement(store->db, sql, &statement));
    pz__bind_int(statement, 1, PZ__TENANT);
    status = pz__db_step(statement, &row);
    if (status == PZ_OK && !row) status = pz__fail(PZ_E_CORRUPT, NULL, "Restore a backup.", "The store has no row of its tenant.");
    if (status == PZ_OK) status = load_row(store, statement);
    pz__db_reset(statement);
    return status;
}
