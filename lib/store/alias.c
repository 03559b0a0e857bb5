/* Pseudonyms: changes name people by a random number that one row ties to the person. When that row goes, nobody is named. Beside it lies the
 * salt from which the key for hashes of the person's rows is made. */
#include <string.h>

#include "base/fail.h"
#include "base/memory.h"
#include "store/transaction.h"

enum { MOST_KNOWN = 1000000, TRIES = 8 };

static void make_row_key(const pz_store *store, const void *salt, size_t length, uint8_t out_key[PZ__ROW_KEY_SIZE])
{
    static const char words[] = "libpersonalize row";
    crypto_generichash_state state;
    crypto_generichash_init(&state, store->keys.chain, sizeof store->keys.chain, PZ__ROW_KEY_SIZE);
    crypto_generichash_update(&state, (const uint8_t *)words, sizeof words - 1);
    if (length) crypto_generichash_update(&state, salt, length);
    crypto_generichash_final(&state, out_key, PZ__ROW_KEY_SIZE);
}

static pz_status find(pz_store *store, pz_id person, pz__known_person *out_known)
{
    static const char sql[] = "SELECT alias, salt FROM person_alias WHERE tenant_id = ?1 AND person_id = ?2";
    pz__statement *statement;
    pz_status status;
    int row;
    memset(out_known, 0, sizeof *out_known);
    PZ__TRY(pz__db_statement(store->db, sql, &statement));
    pz__bind_int(statement, 1, PZ__TENANT);
    pz__bind_int(statement, 2, person);
    status = pz__db_step(statement, &row);
    if (row) {
        size_t length;
        const void *salt = pz__column_blob(statement, 1, &length);
        out_known->alias = pz__column_int(statement, 0);
        make_row_key(store, salt, length, out_known->row_key);
    }
    pz__db_reset(statement);
    return status;
}

/* 63 random bits, not 0. One that is taken is drawn again. */
static pz_status make(pz_store *store, pz_id person, pz__known_person *out_known)
{
    static const char sql[] = "INSERT INTO person_alias (tenant_id, person_id, alias, salt) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING";
    const uint64_t salt[2] = {pz__store_random(store), pz__store_random(store)};
    for (int i = 0; i < TRIES; i++) {
        int64_t alias = (int64_t)(pz__store_random(store) >> 1);
        pz__statement *statement;
        if (!alias) continue;
        PZ__TRY(pz__db_statement(store->db, sql, &statement));
        pz__bind_int(statement, 1, PZ__TENANT);
        pz__bind_int(statement, 2, person);
        pz__bind_int(statement, 3, alias);
        pz__bind_blob(statement, 4, salt, sizeof salt);
        PZ__TRY(pz__db_run(statement));
        if (pz__db_rows_changed(store->db) == 0) continue;
        out_known->alias = alias;
        make_row_key(store, salt, sizeof salt, out_known->row_key);
        return PZ_OK;
    }
    return pz__fail(PZ_E_INTERNAL, NULL, "Look at the random source of the machine.", "No free pseudonym was found in %d draws.",
                    (int)TRIES);
}

static pz_status remember(pz_store *store, pz_id person, const pz__known_person *known)
{
    if (store->known_count >= MOST_KNOWN) pz__store_forget(store);
    if (!store->aliases) PZ__TRY(pz__map_new(&store->aliases));
    PZ__TRY(pz__reserve((void **)&store->known_persons, &store->known_capacity, store->known_count + 1, sizeof *store->known_persons));
    PZ__TRY(pz__map_put(store->aliases, person, (int64_t)store->known_count));
    store->known_persons[store->known_count++] = *known;
    return PZ_OK;
}

/* Within a change every person has one; before, it is all zeros for one who has none yet. */
static pz_status know(pz_store *store, pz_id person, pz__known_person *out_known)
{
    int writing = store->change && !store->change->is_broken;
    int64_t place;
    memset(out_known, 0, sizeof *out_known);
    if (writing && store->aliases && pz__map_get(store->aliases, person, &place)) {
        *out_known = store->known_persons[place];
        return PZ_OK;
    }
    PZ__TRY(find(store, person, out_known));
    if (!writing) return PZ_OK;
    if (!out_known->alias) PZ__TRY(make(store, person, out_known));
    return remember(store, person, out_known);
}

pz_status pz__alias_of(pz_store *store, pz_id person, int64_t *out_alias)
{
    int writing = store->change && !store->change->is_broken;
    pz__known_person known;
    *out_alias = 0;
    if (writing && store->change->erased && pz__map_get(store->change->erased, person, out_alias)) return PZ_OK;
    PZ__TRY(know(store, person, &known));
    *out_alias = known.alias;
    return PZ_OK;
}

pz_status pz__row_key_of(void *data, pz_id person, uint8_t out_key[PZ__ROW_KEY_SIZE])
{
    pz_store *store = data;
    pz__known_person known;
    if (!person) {
        make_row_key(store, NULL, 0, out_key);
        return PZ_OK;
    }
    PZ__TRY(know(store, person, &known));
    memcpy(out_key, known.row_key, PZ__ROW_KEY_SIZE);
    return PZ_OK;
}

pz_status pz__alias_person(pz_store *store, int64_t alias, pz_id *out_person)
{
    static const char sql[] = "SELECT person_id FROM person_alias WHERE tenant_id = ?1 AND alias = ?2";
    pz__statement *statement;
    pz_status status;
    int row;
    *out_person = 0;
    PZ__TRY(pz__db_statement(store->db, sql, &statement));
    pz__bind_int(statement, 1, PZ__TENANT);
    pz__bind_int(statement, 2, alias);
    status = pz__db_step(statement, &row);
    if (row) *out_person = pz__column_int(statement, 0);
    pz__db_reset(statement);
    return status;
}
