/* What a store is made of, for the files of this room. */
#ifndef PZ_STORE_STATE_H
#define PZ_STORE_STATE_H

#include <sys/stat.h>
#include <unistd.h>

#include "base/map.h"
#include "store/change.h"
#include "store/content.h"
#include "store/queue.h"
#include "store/zone.h"

enum { PZ__TENANT = 1, PZ__KEY_SIZE = 32, PZ__CHAIN_SIZE = 32, PZ__DIGEST_SIZE = 16 };

typedef struct pz__keys {
    uint8_t chain[PZ__KEY_SIZE];
    uint8_t digest[PZ__KEY_SIZE];
    int from_host;
} pz__keys;

/* What stands in person_alias, the salt as the key that is made of it. */
typedef struct pz__known_person {
    int64_t alias;
    uint8_t row_key[PZ__ROW_KEY_SIZE];
} pz__known_person;

struct pz_store {
    int32_t references;
    pid_t process;
    char *path;
    dev_t device; /* of the file that was opened */
    ino_t inode;
    pz__db *db;
    pz__queue queue;
    pz_store_options options;

    char *name;
    char *time_zone;
    pz__zone zone;
    pz_time created_at;
    pz__keys keys;
    pz__random random;

    int32_t reads;                  /* snapshots that are open within each other */
    int owns_snapshot;              /* the outermost of them began it */
    int in_callback;                /* the host's function runs, in the middle of a statement */
    struct pz__transaction *change; /* that is open */
    pz_id ids_used;                 /* below this, ids were given out by this handle, in changes that were undone too */
    pz__map *aliases;               /* of persons, as of the change `known_at`: places in known_persons; NULL: none known */
    pz__known_person *known_persons;
    size_t known_count;
    size_t known_capacity;
    int64_t known_at;
    char **source_names; /* every one that was asked for */
    size_t source_count;
    size_t source_capacity;
};

/* Options of a caller checked and copied; NULL gives the defaults. */
pz_status pz__store_take_options(const pz_store_options *options, pz_store_options *out_options);

/* Keys of a new store: the host's, or random ones. PZ_E_CALLBACK. */
pz_status pz__keys_make(const pz_store_options *options, pz__keys *out_keys);
/* Recognizes the keys of a store, its name and its time zone again, 16 bytes. */
void pz__keys_check(const pz__keys *keys, const char *name, const char *time_zone, uint8_t out_check[PZ__DIGEST_SIZE]);
void pz__keys_digest(const pz__keys *keys, const void *bytes, size_t length, uint8_t out_digest[PZ__DIGEST_SIZE]);
void pz__chain_first(const pz__keys *keys, pz_time created_at, uint8_t out_hash[PZ__CHAIN_SIZE]);

/* Reads the tenant's row into a store whose connection is open: name, time zone, keys. */
pz_status pz__tenant_load(pz_store *store);
pz_status pz__tenant_insert(pz__db *db, const pz_store_options *options, const pz__keys *keys, pz_time now);

/* A store on a path that is absolute already. */
pz_status pz__store_open_at(const char *path, const pz_store_options *options, pz_store **out_store);

/* A file that nobody else knows, read-only, of whatever older layout. */
pz_status pz__store_open_quiet(const char *path, const pz_store_options *options, pz_store **out_store);

/* The queue of writers, with the store's deadline, and whether the file is still the one that was opened. */
pz_status pz__store_enter(pz_store *store);
void pz__store_leave(pz_store *store);

/* The key for hashes of a person's rows, 0: of rows that are nobody's. `store` is a pz_store. Within a change it makes the person's row in person_alias where
 * there is none; otherwise such a person has a key of zeros. */
pz_status pz__row_key_of(void *store, pz_id person, uint8_t out_key[PZ__ROW_KEY_SIZE]);

/* Drops what a handle remembers of rows that another handle, or an undone change, may have made untrue. */
void pz__store_forget(pz_store *store);

#endif
