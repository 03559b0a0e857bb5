/**
 * @file personalize/store.h
 * A store holds one tenant (a school or a district) in one SQLite file. This header opens, creates, checks and restores it.
 * What is in it is read and written by an actor: see personalize/access.h.
 *
 * Any number of processes may have the same store open. Readers never wait. Writers queue on a lock file beside the store
 * (`PATH.lock`) with a deadline; nothing of a write is visible before all of it is.
 */
#ifndef PERSONALIZE_STORE_H
#define PERSONALIZE_STORE_H

#include "personalize/base.h"

#ifdef __cplusplus
extern "C" {
#endif

/**
 * One tenant's store. Opened by pz_store_open() or pz_store_create(), released by pz_store_free().
 * Thread: the store and all that was made from it belong to one thread at a time. For another thread open the store again.
 */
typedef struct pz_store pz_store;

/** How safe a finished write is against loss of power. */
typedef enum pz_durability {
    PZ_DURABILITY_FULL = 1,  /**< A finished write survives loss of power. (SQLite synchronous=FULL.) */
    PZ_DURABILITY_NORMAL = 2 /**< The last writes may be lost with the power, the store stays whole. Up to 6 times as many single writes. */
} pz_durability;

/** What a key is asked for, see pz_key_fn. */
typedef enum pz_key_use {
    PZ_KEY_CHAIN = 1, /**< the hash chain over the audit trail */
    PZ_KEY_DIGEST = 2 /**< digests of idempotency keys and requests */
} pz_key_use;

/**
 * Gives the host's secret key for one use. It must give the same 32 bytes for the same store each time.
 * @param use a ::pz_key_use @param out_key 32 bytes to fill
 * @return ::PZ_OK; anything else stops the opening with ::PZ_E_CALLBACK
 */
typedef pz_status (*pz_key_fn)(int32_t use, uint8_t *out_key, void *user_data);

/** Tells the time, microseconds since the epoch in UTC. For tests and replays. */
typedef pz_time (*pz_clock_fn)(void *user_data);

/** Options of a store. Begin with ::PZ_STORE_OPTIONS_INIT. */
typedef struct pz_store_options {
    uint32_t struct_size;
    int32_t read_only;        /**< 1: nothing is written, not even the record of reads. Default 0. */
    int32_t durability;       /**< a ::pz_durability. Default ::PZ_DURABILITY_FULL. */
    int32_t wait_milliseconds;/**< longest wait for another writer before ::PZ_E_BUSY, 0 to 600,000. Default 10,000. */
    int32_t cache_kibibytes;  /**< memory for pages of the file, 64 to 4,194,304. Default 16,384. */
    const char *name;         /**< of the tenant, for pz_store_create(); up to ::PZ_LIMIT_TITLE bytes. Default "". */
    const char *time_zone;    /**< for pz_store_create(): "UTC", an offset such as "+05:30", or a name of the tz database such as "Europe/Lisbon". Default "UTC". */
    pz_key_fn key;            /**< NULL: keys made once are kept in the store; verification then proves integrity only, not authorship. */
    void *key_data;
    pz_clock_fn clock;        /**< NULL: the machine's clock. */
    void *clock_data;
    uint64_t random_seed;     /**< 0: pseudonyms come from the system's random source; otherwise from this seed, for replays in tests. Default 0. */
} pz_store_options;

#define PZ_STORE_OPTIONS_INIT \
    {sizeof(pz_store_options), 0, PZ_DURABILITY_FULL, 10000, 16384, "", "UTC", NULL, NULL, NULL, NULL, 0}

/**
 * Makes a new store at `path` and opens it.
 * @param path UTF-8; its folder must exist; the file must not. Two more files lie beside a store while it is used (`PATH-wal`, `PATH-shm`), and
 *   the lock file stays. All are for this user alone (mode 0600).
 * @param options NULL for the defaults
 * @return ::PZ_OK; ::PZ_E_INVALID (an option out of range, an unknown time zone); ::PZ_E_TEXT; ::PZ_E_TOO_LONG; ::PZ_E_STRUCT_SIZE;
 *   ::PZ_E_EXISTS (there is a file); ::PZ_E_CALLBACK (the key function); ::PZ_E_BUSY; ::PZ_E_NO_SPACE;
 *   ::PZ_E_IO (no such folder, a named time zone on a machine without a tz database, ...); ::PZ_E_NOMEM. On failure nothing is left at `path`.
 * Memory: release with pz_store_free(). The functions and data of `options` must live as long as the store. Since: 0.1
 */
PZ_API pz_status pz_store_create(const char *path, const pz_store_options *options, pz_store **out_store);

/**
 * Opens a store that exists, and brings a store of an older version up to date first (unless read-only).
 * @return ::PZ_OK; as pz_store_create(), and ::PZ_E_IO (no such file, a symbolic link, a folder in which nothing may be written);
 *   ::PZ_E_INVALID with the field "options.key" (the key function is missing, gives other keys than those the store was made with, or is
 *   given for a store that was made without); ::PZ_E_NOT_STORE; ::PZ_E_NEWER; ::PZ_E_CORRUPT; ::PZ_E_TAMPERED (the keys in the store do not
 *   match their check); ::PZ_E_READ_ONLY (read-only, but the store needs to be brought up to date); ::PZ_E_BUSY
 * Memory: release with pz_store_free(). Since: 0.1
 */
PZ_API pz_status pz_store_open(const char *path, const pz_store_options *options, pz_store **out_store);

/** Closes a store. Actors made from it keep it alive until they are freed as well. NULL does nothing. Since: 0.1 */
PZ_API void pz_store_free(pz_store *store);

/** What a store says of itself. */
typedef struct pz_store_info {
    uint32_t struct_size;
    int32_t layout;        /**< number of the newest migration that was applied */
    pz_time created_at;
    pz_time changed_at;    /**< recorded time of the last change */
    int64_t last_change;   /**< number of the last change, 0 if none */
    int64_t file_bytes;    /**< size of the main file */
    int32_t has_host_key;  /**< 1 if the store was made with a key function */
    const char *name;
    const char *time_zone;
} pz_store_info;

/**
 * Describes the store.
 * @return ::PZ_OK; ::PZ_E_CLOSED; ::PZ_E_FORKED; ::PZ_E_IO; ::PZ_E_NOMEM
 * Memory: one block, release with pz_free(). Since: 0.1
 */
PZ_API pz_status pz_store_describe(pz_store *store, pz_store_info **out_info);

/**
 * Puts a backup in place as a store: checks the backup (format, integrity, chain of changes) and copies it to `path`.
 * @param path the file must not exist: an existing store is never overwritten
 * @param progress NULL, or called as it goes
 * @param options the key function must be that of the store, see pz_store_open(); name, time zone, read_only and durability are not used
 * @return ::PZ_OK; ::PZ_E_INVALID; ::PZ_E_TEXT; ::PZ_E_TOO_LONG; ::PZ_E_STRUCT_SIZE; ::PZ_E_EXISTS; ::PZ_E_NOT_STORE; ::PZ_E_NEWER; ::PZ_E_CORRUPT;
 *   ::PZ_E_TAMPERED; ::PZ_E_CANCELLED; ::PZ_E_CALLBACK (the key function); ::PZ_E_BUSY (the backup is a store in use); ::PZ_E_NO_SPACE; ::PZ_E_IO;
 *   ::PZ_E_NOMEM. On failure nothing is left at `path`. Since: 0.1
 */
PZ_API pz_status pz_store_restore(const char *backup, const char *path, const pz_store_options *options, pz_progress_fn progress,
                                  void *user_data);

#ifdef __cplusplus
}
#endif
#endif
