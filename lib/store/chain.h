/* The chain of changes: the hash of a change covers its row, its items and the hash of the change before. BLAKE2b of 32 bytes, keyed with
 * the store's chain key, over
 *
 *     the hash before, 32 bytes
 *     tenant, number, at, author alias, service, role, purpose, action, key hash, request digest, result, content, standing, next id
 *     the number of items, and for each: number, kind, record, learner alias, act, count
 *     for each removal: the change that it takes from, and what it takes
 *
 * each value as one byte that says what it is, and what follows:
 *
 *     0  nothing (NULL)
 *     1  a whole number: 8 bytes, two's complement, lowest first
 *     2  text: its length in bytes as 8 bytes, lowest first, and the bytes
 *     3  bytes: likewise
 *
 * So no two different changes have the same encoding. The hash before the first change is that of the bytes "libpersonalize chain 1" and of the
 * moment when the store was made (8 bytes, lowest first). */
#ifndef PZ_STORE_CHAIN_H
#define PZ_STORE_CHAIN_H

#include <sodium.h>

#include "store/state.h"

typedef struct pz__change_row {
    int64_t number;
    pz_time at;
    int64_t author_alias; /* 0: NULL, as for the service */
    int64_t service;
    int64_t role;
    const char *purpose;
    size_t purpose_length;
    const char *action;
    size_t action_length;
    const void *key_hash; /* NULL or so many bytes */
    size_t key_hash_length;
    const void *request_digest;
    size_t request_digest_length;
    const void *result;
    size_t result_length;
    const void *content;
    size_t content_length;
    const void *standing;
    size_t standing_length;
    int64_t next_id; /* the first one that was not given out */
} pz__change_row;

typedef struct pz__change_item {
    int32_t kind;
    int32_t act;
    int64_t record;
    int64_t learner_alias; /* 0: NULL */
    int64_t count;
} pz__change_item;

typedef struct pz__chain {
    crypto_generichash_state state;
} pz__chain;

void pz__chain_start(pz__chain *chain, const pz__keys *keys, const uint8_t before[PZ__CHAIN_SIZE], const pz__change_row *row,
                     int64_t items);
void pz__chain_item(pz__chain *chain, int64_t number, const pz__change_item *item);
void pz__chain_removal(pz__chain *chain, int64_t from_change, const void *content, size_t length);
void pz__chain_end(pz__chain *chain, uint8_t out_hash[PZ__CHAIN_SIZE]);

/* 8 bytes, lowest first */
void pz__put_little(uint8_t *to, int64_t value);
int64_t pz__get_little(const uint8_t *from);

#endif
