/* The write transaction behind a change: one at a time on a store, whether one call makes it or several that are joined. */
#ifndef PZ_STORE_TRANSACTION_H
#define PZ_STORE_TRANSACTION_H

#include "store/chain.h"

typedef struct pz__transaction {
    int64_t number;
    pz_time at;
    uint8_t before[PZ__CHAIN_SIZE];
    pz_id next_id;

    pz__author author; /* purpose is a copy */
    char *purpose;
    char *action;
    int has_key;
    uint8_t key_hash[PZ__DIGEST_SIZE];
    uint8_t request_digest[PZ__DIGEST_SIZE];

    pz__change_item *items;
    size_t item_count;
    size_t item_capacity;

    pz__content content; /* what the driver saw this change write */

    pz__map *erased;  /* pseudonyms of persons whose row this change removed; NULL: none */
    pz_status failed; /* the first failure of a note */
    int is_joined;
    int is_broken; /* a part failed: all was undone, and only the end is still to come */
} pz__transaction;

/* What a key gave when it was used first. */
typedef struct pz__earlier {
    int64_t number; /* 0: the key is new */
    pz_time at;
    uint8_t *result; /* a copy, released with pz__release */
    size_t result_length;
} pz__earlier;

/* Takes its turn in the queue and begins; with a key that was used for the same before, nothing is open and *out_earlier is filled. */
pz_status pz__transaction_begin(pz_store *store, const pz__author *author, const char *action, const char *key, const void *request,
                                size_t request_length, pz__earlier *out_earlier);
/* Commits, or undoes where nothing was noted, and releases it. *out_number is 0 where nothing was noted. */
pz_status pz__transaction_commit(pz_store *store, const uint8_t *result, size_t result_length, int64_t *out_number);
void pz__transaction_undo(pz_store *store);  /* and releases it */
void pz__transaction_break(pz_store *store); /* undoes all, but stays until its end is asked for */

void pz__transaction_abandon(pz_store *store); /* after a fork: releases memory only */

#endif
