#include "store/transaction.h"

#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/clock.h"
#include "base/fail.h"
#include "base/memory.h"
#include "base/text.h"

/* --------------------------------------------------------------------------------------------------- parts --- */

static void release(pz__transaction *transaction)
{
    pz__content_free(&transaction->content);
    pz__map_free(transaction->erased);
    pz__release(transaction->items);
    pz__release(transaction->purpose);
    pz__release(transaction->action);
    pz__release(transaction);
}

static pz_status make(pz_store *store, const pz__author *author, const char *action)
{
    pz__transaction *transaction = pz__alloc_zero(1, sizeof *transaction);
    const char *purpose = author->purpose ? author->purpose : "";
    if (!transaction) return pz__fail_memory();
    transaction->author = *author;
    transaction->purpose = pz__copy_text(purpose, strlen(purpose));
    transaction->action = pz__copy_text(action, strlen(action));
    if (!transaction->purpose || !transaction->action) {
        release(transaction);
        return pz__fail_memory();
    }
    transaction->author.purpose = transaction->purpose;
    store->change = transaction;
    return PZ_OK;
}

static void add_little(pz__buffer *buffer, int64_t value)
{
    uint8_t bytes[8];
    pz__put_little(bytes, value);
    pz__buffer_add(buffer, bytes, sizeof bytes);
}

/* The same key by another author, or for another action, is another act. The purpose is left out: a repeat may come from elsewhere. */
static pz_status take_key(pz_store *store, const char *key, const void *request, size_t request_length)
{
    pz__transaction *transaction = store->change;
    pz__buffer bytes = PZ__BUFFER_INIT;
    size_t length;
    if (!key) return PZ_OK;
    PZ__TRY(pz__text_need(key, PZ_NUL_TERMINATED, (size_t)pz_limit(PZ_LIMIT_KEY), "key", &length));
    add_little(&bytes, transaction->author.person);
    add_little(&bytes, transaction->author.service);
    add_little(&bytes, transaction->author.role);
    add_little(&bytes, (int64_t)strlen(transaction->action));
    pz__buffer_text(&bytes, transaction->action);
    pz__buffer_add(&bytes, request, request_length);
    if (bytes.status == PZ_OK) {
        pz__store_digest(store, bytes.data, bytes.length, transaction->request_digest);
        pz__store_digest(store, key, length, transaction->key_hash);
        transaction->has_key = 1;
    }
    pz__buffer_free(&bytes);
    return bytes.status;
}

/* --------------------------------------------------------------------------------------------------- begin --- */

static pz_status take_time(pz_store *store, pz_time last_at)
{
    pz_time now = pz__store_now(store);
    char text[32];
    if (!pz__time_text(now, text))
        return pz__fail(PZ_E_INVALID, "options.clock", "Set the clock.", "The clock tells no moment in the years 0001 to 9999.");
    store->change->at = now > last_at ? now : last_at;
    return PZ_OK;
}

static pz_status load_row(pz_store *store, pz__statement *row)
{
    pz__transaction *transaction = store->change;
    size_t length;
    const void *chain = pz__column_blob(row, 3, &length);
    if (length != PZ__CHAIN_SIZE) return pz__fail(PZ_E_CORRUPT, NULL, "Restore a backup.", "The head of the chain of changes is damaged.");
    memcpy(transaction->before, chain, length);
    transaction->next_id = pz__column_int(row, 0);
    transaction->number = pz__column_int(row, 1) + 1;
    if (store->known_at != transaction->number - 1) pz__store_forget(store);
    return take_time(store, pz__column_int(row, 2));
}

static pz_status load_head(pz_store *store)
{
    static const char sql[] = "SELECT next_id, last_change, last_at, chain FROM tenant WHERE tenant_id = ?1";
    pz__statement *statement;
    pz_status status;
    int row;
    PZ__TRY(pz__db_statement(store->db, sql, &statement));
    pz__bind_int(statement, 1, PZ__TENANT);
    status = pz__db_step(statement, &row);
    if (status == PZ_OK)
        status =
            row ? load_row(store, statement) : pz__fail(PZ_E_CORRUPT, NULL, "Restore a backup.", "The store has no row of its tenant.");
    pz__db_reset(statement);
    return status;
}

static pz_status take_earlier(const pz__transaction *transaction, pz__statement *row, pz__earlier *out)
{
    size_t length;
    const void *digest = pz__column_blob(row, 2, &length);
    const void *result;
    if (length != PZ__DIGEST_SIZE || memcmp(digest, transaction->request_digest, length))
        return pz__fail(PZ_E_KEY_REUSED, "key", "Give each act a key of its own.", "The key was used in change %lld for a different act.",
                        (long long)pz__column_int(row, 0));
    out->number = pz__column_int(row, 0);
    out->at = pz__column_time(row, 1);
    result = pz__column_blob(row, 3, &length);
    out->result = pz__alloc(length);
    if (!out->result) return pz__fail_memory();
    if (length) memcpy(out->result, result, length);
    out->result_length = length;
    return PZ_OK;
}

static pz_status find_key(pz_store *store, pz__earlier *out_earlier)
{
    static const char sql[] =
        "SELECT c.change_id, c.at, c.request_digest, c.result FROM act_key k JOIN change c ON c.tenant_id = k.tenant_id "
        "AND c.change_id = k.change_id WHERE k.tenant_id = ?1 AND k.key_hash = ?2";
    pz__statement *statement;
    pz_status status;
    int row;
    if (!store->change->has_key) return PZ_OK;
    PZ__TRY(pz__db_statement(store->db, sql, &statement));
    pz__bind_int(statement, 1, PZ__TENANT);
    pz__bind_blob(statement, 2, store->change->key_hash, PZ__DIGEST_SIZE);
    status = pz__db_step(statement, &row);
    if (row) status = take_earlier(store->change, statement, out_earlier);
    pz__db_reset(statement);
    return status;
}

static pz_status begin_in_queue(pz_store *store, pz__earlier *out_earlier)
{
    PZ__TRY(pz__db_begin(store->db, 1));
    PZ__TRY(load_head(store));
    pz__content_start(&store->change->content, store->change->number, pz__row_key_of, store);
    store->db->content = &store->change->content;
    return find_key(store, out_earlier);
}

pz_status pz__transaction_begin(pz_store *store, const pz__author *author, const char *action, const char *key, const void *request,
                                size_t request_length, pz__earlier *out_earlier)
{
    pz_status status;
    memset(out_earlier, 0, sizeof *out_earlier);
    if (store->options.read_only)
        return pz__fail(PZ_E_READ_ONLY, "store", "Open the store for writing.", "The store was opened for reading only.");
    if (store->change || store->reads)
        return pz__fail(PZ_E_BUSY_HANDLE, "store", "Write before or after, not from within a callback.",
                        "Another call on this store is not over yet.");
    PZ__TRY(make(store, author, action));
    status = take_key(store, key, request, request_length);
    if (status == PZ_OK) status = pz__store_enter(store);
    if (status == PZ_OK) status = begin_in_queue(store, out_earlier);
    if (status != PZ_OK || out_earlier->number) pz__transaction_undo(store);
    return status;
}

/* ----------------------------------------------------------------------------------------------------- end --- */

void pz__transaction_break(pz_store *store)
{
    store->db->content = NULL;
    pz__db_undo(store->db);
    pz__store_forget(store);
    pz__store_leave(store);
    store->change->is_broken = 1;
}

void pz__transaction_undo(pz_store *store)
{
    pz__transaction *transaction = store->change;
    if (!transaction) return;
    if (!transaction->is_broken) pz__transaction_break(store);
    store->change = NULL;
    release(transaction);
}

void pz__transaction_abandon(pz_store *store)
{
    if (store->change) release(store->change);
    store->change = NULL;
}

static pz_status insert_row(pz_store *store, const pz__change_row *row, const uint8_t *hash)
{
    static const char sql[] =
        "INSERT INTO change (tenant_id, change_id, at, author_alias, service_id, role, purpose, action, key_hash, request_digest, "
        "result, content, standing, next_id, hash) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)";
    pz__statement *statement;
    PZ__TRY(pz__db_statement(store->db, sql, &statement));
    pz__bind_int(statement, 1, PZ__TENANT);
    pz__bind_int(statement, 2, row->number);
    pz__bind_int(statement, 3, row->at);
    pz__bind_id(statement, 4, row->author_alias);
    pz__bind_id(statement, 5, row->service);
    pz__bind_int(statement, 6, row->role);
    pz__bind_text(statement, 7, row->purpose, row->purpose_length);
    pz__bind_text(statement, 8, row->action, row->action_length);
    pz__bind_blob(statement, 9, row->key_hash, row->key_hash_length);
    pz__bind_blob(statement, 10, row->request_digest, row->request_digest_length);
    pz__bind_blob(statement, 11, row->result, row->result_length);
    pz__bind_blob(statement, 12, row->content, row->content_length);
    pz__bind_blob(statement, 13, row->standing, row->standing_length);
    pz__bind_int(statement, 14, row->next_id);
    pz__bind_blob(statement, 15, hash, PZ__CHAIN_SIZE);
    return pz__db_run(statement);
}

static pz_status insert_removal(pz_store *store, int64_t change, const pz__removal *removal)
{
    static const char sql[] = "INSERT INTO change_removal (tenant_id, change_id, from_change, content) VALUES (?1, ?2, ?3, ?4)";
    pz__statement *statement;
    PZ__TRY(pz__db_statement(store->db, sql, &statement));
    pz__bind_int(statement, 1, PZ__TENANT);
    pz__bind_int(statement, 2, change);
    pz__bind_int(statement, 3, removal->change);
    pz__bind_blob(statement, 4, removal->sum.bytes, PZ__CONTENT_SIZE);
    return pz__db_run(statement);
}

static pz_status insert_key(pz_store *store, const pz__transaction *transaction)
{
    static const char sql[] = "INSERT INTO act_key (tenant_id, key_hash, change_id) VALUES (?1, ?2, ?3)";
    pz__statement *statement;
    if (!transaction->has_key) return PZ_OK;
    PZ__TRY(pz__db_statement(store->db, sql, &statement));
    pz__bind_int(statement, 1, PZ__TENANT);
    pz__bind_blob(statement, 2, transaction->key_hash, PZ__DIGEST_SIZE);
    pz__bind_int(statement, 3, transaction->number);
    return pz__db_run(statement);
}

static pz_status insert_item(pz_store *store, int64_t change, int64_t number, const pz__change_item *item)
{
    static const char sql[] = "INSERT INTO change_item (tenant_id, change_id, item_no, kind, record_id, learner_alias, act, count) "
                              "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
    pz__statement *statement;
    PZ__TRY(pz__db_statement(store->db, sql, &statement));
    pz__bind_int(statement, 1, PZ__TENANT);
    pz__bind_int(statement, 2, change);
    pz__bind_int(statement, 3, number);
    pz__bind_int(statement, 4, item->kind);
    pz__bind_int(statement, 5, item->record);
    pz__bind_id(statement, 6, item->learner_alias);
    pz__bind_int(statement, 7, item->act);
    pz__bind_int(statement, 8, item->count);
    return pz__db_run(statement);
}

static pz_status update_head(pz_store *store, const pz__transaction *transaction, const uint8_t *hash)
{
    static const char sql[] = "UPDATE tenant SET next_id = ?2, last_change = ?3, last_at = ?4, chain = ?5 WHERE tenant_id = ?1";
    pz__statement *statement;
    PZ__TRY(pz__db_statement(store->db, sql, &statement));
    pz__bind_int(statement, 1, PZ__TENANT);
    pz__bind_int(statement, 2, transaction->next_id);
    pz__bind_int(statement, 3, transaction->number);
    pz__bind_int(statement, 4, transaction->at);
    pz__bind_blob(statement, 5, hash, PZ__CHAIN_SIZE);
    return pz__db_run(statement);
}

static pz_status fill_row(pz_store *store, const uint8_t *result, size_t result_length, pz__change_row *row)
{
    const pz__transaction *transaction = store->change;
    memset(row, 0, sizeof *row);
    row->number = transaction->number;
    row->at = transaction->at;
    row->service = transaction->author.service;
    row->role = transaction->author.role;
    row->purpose = transaction->purpose;
    row->purpose_length = strlen(transaction->purpose);
    row->action = transaction->action;
    row->action_length = strlen(transaction->action);
    if (transaction->has_key) {
        row->key_hash = transaction->key_hash;
        row->request_digest = transaction->request_digest;
        row->key_hash_length = row->request_digest_length = PZ__DIGEST_SIZE;
        row->result = result_length ? result : NULL;
        row->result_length = result_length;
    }
    if (!transaction->content.is_empty) {
        row->content = transaction->content.sum.bytes;
        row->content_length = PZ__CONTENT_SIZE;
    }
    row->next_id = transaction->next_id;
    if (transaction->author.person) PZ__TRY(pz__alias_of(store, transaction->author.person, &row->author_alias));
    if (!transaction->content.standing_is_empty) { /* the author's pseudonym may be new */
        row->standing = transaction->content.standing.bytes;
        row->standing_length = PZ__CONTENT_SIZE;
    }
    return PZ_OK;
}

static int by_change(const void *a, const void *b)
{
    int64_t left = ((const pz__removal *)a)->change, right = ((const pz__removal *)b)->change;
    return left < right ? -1 : left > right;
}

static pz_status write_all(pz_store *store, const uint8_t *result, size_t result_length)
{
    pz__transaction *transaction = store->change;
    uint8_t hash[PZ__CHAIN_SIZE];
    pz__change_row row;
    pz__chain chain;
    PZ__TRY(fill_row(store, result, result_length, &row));
    if (transaction->content.removal_count)
        qsort(transaction->content.removals, transaction->content.removal_count, sizeof *transaction->content.removals, by_change);
    pz__chain_start(&chain, &store->keys, transaction->before, &row, (int64_t)transaction->item_count);
    for (size_t i = 0; i < transaction->item_count; i++) {
        pz__chain_item(&chain, (int64_t)i + 1, &transaction->items[i]);
        PZ__TRY(insert_item(store, transaction->number, (int64_t)i + 1, &transaction->items[i]));
    }
    for (size_t i = 0; i < transaction->content.removal_count; i++) {
        const pz__removal *removal = &transaction->content.removals[i];
        pz__chain_removal(&chain, removal->change, removal->sum.bytes, PZ__CONTENT_SIZE);
        PZ__TRY(insert_removal(store, transaction->number, removal));
    }
    pz__chain_end(&chain, hash);
    PZ__TRY(insert_row(store, &row, hash));
    PZ__TRY(insert_key(store, transaction));
    PZ__TRY(update_head(store, transaction, hash));
    return pz__db_commit(store->db);
}

pz_status pz__transaction_commit(pz_store *store, const uint8_t *result, size_t result_length, int64_t *out_number)
{
    pz__transaction *transaction = store->change;
    pz_status status = transaction->failed;
    *out_number = 0;
    if (status == PZ_OK && (transaction->item_count || transaction->has_key)) {
        status = write_all(store, result, result_length);
        if (status == PZ_OK) {
            *out_number = transaction->number;
            store->known_at = transaction->number;
            store->db->content = NULL;
            if (transaction->erased) pz__store_forget(store);
            store->change = NULL;
            pz__store_leave(store);
            release(transaction);
            return PZ_OK;
        }
    }
    pz__transaction_undo(store);
    return status;
}
