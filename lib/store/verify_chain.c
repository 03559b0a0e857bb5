/* The chain, from the first change to the last: every hash is computed again. */
#include <string.h>

#include "base/fail.h"
#include "store/chain.h"
#include "store/verify.h"

typedef struct chain_walk {
    pz__verification *verification;
    pz__statement *changes;
    pz__statement *items;
    pz__statement *removals;
    int has_item;
    int64_t item_change; /* of the item that comes next */
    int has_removal;
    int64_t removal_change;
    pz_time last_at;
    pz_id next_id;
} chain_walk;

/* ------------------------------------------------------------------------------------------------ one change --- */

static void read_row(pz__statement *row, pz__change_row *out)
{
    memset(out, 0, sizeof *out);
    out->number = pz__column_int(row, 0);
    out->at = pz__column_int(row, 1);
    out->author_alias = pz__column_int(row, 2);
    out->service = pz__column_int(row, 3);
    out->role = pz__column_int(row, 4);
    out->purpose = pz__column_text(row, 5, &out->purpose_length);
    out->action = pz__column_text(row, 6, &out->action_length);
    out->key_hash = pz__column_blob(row, 7, &out->key_hash_length);
    out->request_digest = pz__column_blob(row, 8, &out->request_digest_length);
    out->result = pz__column_blob(row, 9, &out->result_length);
    out->content = pz__column_blob(row, 12, &out->content_length);
    out->standing = pz__column_blob(row, 13, &out->standing_length);
    out->next_id = pz__column_int(row, 14);
}

static pz_status next_item(chain_walk *walk)
{
    PZ__TRY(pz__db_step(walk->items, &walk->has_item));
    walk->item_change = walk->has_item ? pz__column_int(walk->items, 0) : INT64_MAX;
    return PZ_OK;
}

static pz_status next_removal(chain_walk *walk)
{
    PZ__TRY(pz__db_step(walk->removals, &walk->has_removal));
    walk->removal_change = walk->has_removal ? pz__column_int(walk->removals, 0) : INT64_MAX;
    return PZ_OK;
}

static int64_t count_items(pz__statement *row)
{
    return pz__column_int(row, 11);
}

/* Items of a change, in their order; the hash takes their number first. */
static pz_status hash_items(chain_walk *walk, const pz__change_row *row, pz__chain *chain)
{
    for (; walk->has_item && walk->item_change < row->number; walk->verification->stray_items++) PZ__TRY(next_item(walk));
    while (walk->has_item && walk->item_change == row->number) {
        pz__change_item item;
        item.kind = (int32_t)pz__column_int(walk->items, 2);
        item.record = pz__column_int(walk->items, 3);
        item.learner_alias = pz__column_int(walk->items, 4);
        item.act = (int32_t)pz__column_int(walk->items, 5);
        item.count = pz__column_int(walk->items, 6);
        pz__chain_item(chain, pz__column_int(walk->items, 1), &item);
        PZ__TRY(next_item(walk));
    }
    return PZ_OK;
}

static pz_status hash_removals(chain_walk *walk, const pz__change_row *row, pz__chain *chain)
{
    for (; walk->has_removal && walk->removal_change < row->number; walk->verification->stray_items++) PZ__TRY(next_removal(walk));
    while (walk->has_removal && walk->removal_change == row->number) {
        size_t length;
        const void *content = pz__column_blob(walk->removals, 2, &length);
        pz__chain_removal(chain, pz__column_int(walk->removals, 1), content, length);
        PZ__TRY(next_removal(walk));
    }
    return PZ_OK;
}

static pz_status check_change(chain_walk *walk)
{
    pz__verification *verification = walk->verification;
    pz__change_row row;
    pz__chain chain;
    size_t length;
    const void *wanted;
    int out_of_order;
    read_row(walk->changes, &row);
    out_of_order = row.number != verification->changes + verification->missing_changes + 1 || row.at < walk->last_at;
    if (row.number > verification->changes + verification->missing_changes + 1)
        verification->missing_changes = row.number - verification->changes - 1;
    verification->changes++;
    walk->last_at = row.at;
    walk->next_id = row.next_id;
    pz__chain_start(&chain, &verification->store->keys, verification->head, &row, count_items(walk->changes));
    PZ__TRY(hash_items(walk, &row, &chain));
    PZ__TRY(hash_removals(walk, &row, &chain));
    pz__chain_end(&chain, verification->head);
    wanted = pz__column_blob(walk->changes, 10, &length);
    if (length == PZ__CHAIN_SIZE && !memcmp(wanted, verification->head, length) && !out_of_order) return PZ_OK;
    if (!verification->first_broken) verification->first_broken = row.number > 0 ? row.number : 1;
    if (length == PZ__CHAIN_SIZE) memcpy(verification->head, wanted, length); /* what follows is judged for itself */
    return PZ_OK;
}

/* --------------------------------------------------------------------------------------------------- whole --- */

static pz_status walk_all(chain_walk *walk)
{
    pz__verification *verification = walk->verification;
    int64_t last = verification->last_change > 0 ? verification->last_change : 1;
    int row;
    PZ__TRY(next_item(walk));
    PZ__TRY(next_removal(walk));
    for (;;) {
        PZ__TRY(pz__db_step(walk->changes, &row));
        if (!row) break;
        PZ__TRY(check_change(walk));
        if (verification->changes % 1024 == 0) PZ__TRY(pz__verify_tell(verification, (double)verification->changes / (double)last));
    }
    for (; walk->has_item; verification->stray_items++) PZ__TRY(next_item(walk));
    for (; walk->has_removal; verification->stray_items++) PZ__TRY(next_removal(walk));
    return PZ_OK;
}

/* The tenant's row must name the last change, its hash and time, and the next id. */
static pz_status check_head(const chain_walk *walk)
{
    static const char sql[] = "SELECT last_change, chain, next_id, last_at FROM tenant WHERE tenant_id = ?1";
    pz__verification *verification = walk->verification;
    pz__statement *statement;
    pz_status status;
    size_t length;
    int row;
    PZ__TRY(pz__db_statement(verification->store->db, sql, &statement));
    pz__bind_int(statement, 1, PZ__TENANT);
    status = pz__db_step(statement, &row);
    if (row) {
        int is_last = pz__column_int(statement, 2) == walk->next_id && pz__column_int(statement, 3) == walk->last_at;
        const void *chain = pz__column_blob(statement, 1, &length);
        int64_t last = verification->changes + verification->missing_changes;
        if (verification->last_change > last) verification->missing_changes += verification->last_change - last;
        if (verification->last_change < last || length != PZ__CHAIN_SIZE || memcmp(chain, verification->head, length) || !is_last)
            if (!verification->first_broken && !verification->missing_changes) verification->first_broken = last > 0 ? last : 1;
    }
    pz__db_reset(statement);
    return status;
}

/* Keys name changes that carry them, and the other way round. */
static pz_status check_keys(pz__verification *verification)
{
    static const char sql[] =
        "SELECT (SELECT count(*) FROM act_key k LEFT JOIN change c ON c.tenant_id = k.tenant_id AND c.change_id = k.change_id AND "
        "c.key_hash = k.key_hash "
        "WHERE k.tenant_id = ?1 AND c.change_id IS NULL) + (SELECT count(*) FROM change c LEFT JOIN act_key k ON k.tenant_id = c.tenant_id "
        "AND k.key_hash = c.key_hash AND k.change_id = c.change_id WHERE c.tenant_id = ?1 AND c.key_hash IS NOT NULL AND k.change_id IS "
        "NULL)";
    pz__statement *statement;
    pz_status status;
    int row;
    PZ__TRY(pz__db_statement(verification->store->db, sql, &statement));
    pz__bind_int(statement, 1, PZ__TENANT);
    status = pz__db_step(statement, &row);
    if (row) verification->stray_items += pz__column_int(statement, 0);
    pz__db_reset(statement);
    return status;
}

pz_status pz__verify_chain(pz__verification *verification)
{
    static const char changes_sql[] =
        "SELECT change_id, at, author_alias, service_id, role, purpose, action, key_hash, request_digest, result, hash, (SELECT count(*) "
        "FROM change_item i "
        "WHERE i.tenant_id = c.tenant_id AND i.change_id = c.change_id), content, standing, next_id FROM change c WHERE tenant_id = ?1 ORDER BY change_id";
    static const char items_sql[] =
        "SELECT change_id, item_no, kind, record_id, learner_alias, act, count FROM change_item WHERE tenant_id = ?1 "
        "ORDER BY change_id, item_no";
    static const char removals_sql[] =
        "SELECT change_id, from_change, content FROM change_removal WHERE tenant_id = ?1 ORDER BY change_id, from_change";
    pz_store *store = verification->store;
    chain_walk walk = {.verification = verification, .last_at = store->created_at, .next_id = 1};
    pz_status status;
    pz__chain_first(&store->keys, store->created_at, verification->head);
    PZ__TRY(pz__store_last_change(store, &verification->last_change));
    PZ__TRY(pz__db_statement(store->db, changes_sql, &walk.changes));
    pz__bind_int(walk.changes, 1, PZ__TENANT);
    status = pz__db_statement(store->db, items_sql, &walk.items);
    pz__bind_int(walk.items, 1, PZ__TENANT);
    if (status == PZ_OK) status = pz__db_statement(store->db, removals_sql, &walk.removals);
    pz__bind_int(walk.removals, 1, PZ__TENANT);
    if (status == PZ_OK) status = walk_all(&walk);
    pz__db_reset(walk.changes);
    pz__db_reset(walk.items);
    pz__db_reset(walk.removals);
    if (status == PZ_OK) status = check_head(&walk);
    if (status == PZ_OK) status = check_keys(verification);
    return status;
}
