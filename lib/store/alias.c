/* Pseudonyms: changes name people by a random number that one row ties to the person. When that row goes, nobody is named. */
#include "base/fail.h"
#include "base/memory.h"
#include "store/transaction.h"

enum { MOST_KNOWN = 1000000, TRIES = 8 };

static pz_status find(pz_store *store, pz_id person, int64_t *out_alias)
{
    static const char sql[] = "SELECT alias FROM person_alias WHERE tenant_id = ?1 AND person_id = ?2";
    pz__statement *statement;
    pz_status status;
    int row;
    *out_alias = 0;
    PZ__TRY(pz__db_statement(store->db, sql, &statement));
    pz__bind_int(statement, 1, PZ__TENANT);
    pz__bind_int(statement, 2, person);
    status = pz__db_step(statement, &row);
    if (row) *out_alias = pz__column_int(statement, 0);
    pz__db_reset(statement);
    return status;
}

/* 63 random bits, not 0. One that is taken is drawn again. */
static pz_status make(pz_store *store, pz_id person, int64_t *out_alias)
{
    static const char sql[] = "INSERT INTO person_alias (tenant_id, person_id, alias) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING";
    for (int i = 0; i < TRIES; i++) {
        int64_t alias = (int64_t)(pz__store_random(store) >> 1);
        pz__statement *statement;
        if (!alias) continue;
        PZ__TRY(pz__db_statement(store->db, sql, &statement));
        pz__bind_int(statement, 1, PZ__TENANT);
        pz__bind_int(statement, 2, person);
        pz__bind_int(statement, 3, alias);
        PZ__TRY(pz__db_run(statement));
        if (pz__db_rows_changed(store->db) == 0) continue;
        *out_alias = alias;
        return PZ_OK;
    }
    return pz__fail(PZ_E_INTERNAL, NULL, "Look at the random source of the machine.", "No free pseudonym was found in %d draws.",
                    (int)TRIES);
}

static pz_status remember(pz_store *store, pz_id person, int64_t alias)
{
    if (store->aliases && pz__map_count(store->aliases) >= MOST_KNOWN) {
        pz__map_free(store->aliases);
        store->aliases = NULL;
    }
    if (!store->aliases) PZ__TRY(pz__map_new(&store->aliases));
    return pz__map_put(store->aliases, person, alias);
}

pz_status pz__alias_of(pz_store *store, pz_id person, int64_t *out_alias)
{
    int writing = store->change && !store->change->is_broken;
    int64_t alias = 0;
    *out_alias = 0;
    if (writing && store->change->erased && pz__map_get(store->change->erased, person, out_alias)) return PZ_OK;
    if (writing && store->aliases && pz__map_get(store->aliases, person, out_alias)) return PZ_OK;
    PZ__TRY(find(store, person, &alias));
    if (writing) {
        if (!alias) PZ__TRY(make(store, person, &alias));
        PZ__TRY(remember(store, person, alias));
    }
    *out_alias = alias;
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
