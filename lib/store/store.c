/* Making, opening, describing and closing a store. */
#include <errno.h>
#include <sodium.h>
#include <string.h>

#include "base/clock.h"
#include "base/fail.h"
#include "base/memory.h"
#include "store/place.h"
#include "store/transaction.h"

/* ------------------------------------------------------------------------------------------------- opening --- */

static pz__db_settings settings_of(const pz_store_options *options)
{
    pz__db_settings settings = {options->read_only, options->durability, options->wait_milliseconds, options->cache_kibibytes, 0, 0};
    return settings;
}

static pz_status find_file(pz_store *store, mode_t *out_mode)
{
    struct stat file;
    if (lstat(store->path, &file) != 0)
        return errno == ENOENT ? pz__fail(PZ_E_IO, "path", "Make a store with pz_store_create().", "There is no file at the path.")
                               : pz__place_fail("path", "looking for the file", errno);
    if (S_ISLNK(file.st_mode))
        return pz__fail(PZ_E_IO, "path", "Give the path of the file itself.", "The path is a symbolic link, which is not followed.");
    if (!S_ISREG(file.st_mode)) return pz__fail(PZ_E_NOT_STORE, "path", NULL, "The path is not that of a file.");
    store->device = file.st_dev;
    store->inode = file.st_ino;
    *out_mode = file.st_mode;
    return PZ_OK;
}

/* Several processes may find an older store at once: the first in the queue brings it up to date. */
static pz_status update_layout(pz_store *store)
{
    int32_t layout;
    pz_status status;
    PZ__TRY(pz__db_layout(store->db, &layout));
    if (layout == pz__db_newest_layout()) return PZ_OK;
    if (store->options.read_only)
        return pz__fail(PZ_E_READ_ONLY, "options.read_only", "Open the store once for writing.",
                        "The store has layout %d and must be brought up to date to %d first.", (int)layout, (int)pz__db_newest_layout());
    PZ__TRY(pz__store_enter(store));
    status = pz__db_migrate(store->db);
    pz__store_leave(store);
    return status;
}

static pz_status open_parts(pz_store *store, const char *path, int is_quiet)
{
    pz__db_settings settings = settings_of(&store->options);
    mode_t mode = 0;
    settings.is_quiet = is_quiet;
    store->path = pz__copy_text(path, strlen(path));
    if (!store->path) return pz__fail_memory();
    PZ__TRY(find_file(store, &mode));
    PZ__TRY(pz__db_open(store->path, &settings, &store->db));
    if (!store->options.read_only) PZ__TRY(pz__queue_open(&store->queue, store->path, mode));
    if (!is_quiet) PZ__TRY(update_layout(store));
    return pz__tenant_load(store);
}

static pz_status open_at(const char *path, const pz_store_options *options, int is_quiet, pz_store **out_store)
{
    pz_store *store = pz__alloc_zero(1, sizeof *store);
    pz_status status;
    *out_store = NULL;
    if (!store) return pz__fail_memory();
    store->references = 1;
    store->process = getpid();
    store->queue.descriptor = -1;
    store->options = *options;
    store->options.name = store->options.time_zone = NULL; /* the caller's; the store has its own */
    if (options->random_seed) pz__random_seed(&store->random, options->random_seed);
    status = open_parts(store, path, is_quiet);
    if (status != PZ_OK) {
        pz_store_free(store);
        return status;
    }
    *out_store = store;
    return PZ_OK;
}

pz_status pz__store_open_at(const char *path, const pz_store_options *options, pz_store **out_store)
{
    return open_at(path, options, 0, out_store);
}

pz_status pz__store_open_quiet(const char *path, const pz_store_options *options, pz_store **out_store)
{
    return open_at(path, options, 1, out_store);
}

pz_status pz_store_open(const char *path, const pz_store_options *options, pz_store **out_store)
{
    pz_store_options taken;
    char *absolute;
    pz_status status;
    if (!out_store) return pz__fail_null("out_store");
    *out_store = NULL;
    PZ__TRY(pz__store_take_options(options, &taken));
    PZ__TRY(pz__place_resolve(path, "path", &absolute));
    status = pz__store_open_at(absolute, &taken, out_store);
    pz__release(absolute);
    return status;
}

/* -------------------------------------------------------------------------------------------------- making --- */

static pz_time clock_of(const pz_store_options *options)
{
    return options->clock ? options->clock(options->clock_data) : pz__clock_now();
}

static pz_status fill_draft(const char *draft, const pz_store_options *options, const pz__keys *keys)
{
    pz__db_settings settings = settings_of(options);
    pz__db *db;
    pz_status status, finished;
    settings.is_new = 1;
    PZ__TRY(pz__db_open(draft, &settings, &db));
    status = pz__db_migrate(db);
    if (status == PZ_OK) status = pz__tenant_insert(db, options, keys, clock_of(options));
    finished = pz__db_finish_new(db);
    return status == PZ_OK ? finished : status;
}

/* The draft becomes the store only when all of it is on the disk, so that nobody ever sees half a store. Writers are kept out until
 * the store is open here: if that fails, nothing is left. */
static pz_status make_at(const char *path, const pz_store_options *options, const pz__keys *keys, pz_store **out_store)
{
    pz__queue queue;
    pz__random jitter;
    char *draft;
    pz_status status = pz__queue_open(&queue, path, 0600);
    if (status != PZ_OK) return status;
    pz__random_seed(&jitter, (uint64_t)pz__monotonic_now());
    status = pz__queue_enter(&queue, &jitter, pz__monotonic_now() + options->wait_milliseconds * INT64_C(1000));
    if (status == PZ_OK) status = pz__place_must_be_free(path, "path");
    if (status == PZ_OK) {
        status = pz__place_make_draft(path, &draft);
        if (status == PZ_OK) status = fill_draft(draft, options, keys);
        if (status == PZ_OK) {
            status = pz__place_settle(draft, path, "path");
            if (status == PZ_OK) status = pz__store_open_at(path, options, out_store);
            if (status != PZ_OK && status != PZ_E_EXISTS) unlink(path);
        }
        pz__place_drop(draft);
        if (status != PZ_OK && !pz__place_exists(path)) unlink(queue.path);
    }
    pz__queue_leave(&queue);
    pz__queue_close(&queue);
    return status;
}

pz_status pz_store_create(const char *path, const pz_store_options *options, pz_store **out_store)
{
    pz_store_options taken;
    pz__zone zone;
    pz__keys keys;
    char *absolute;
    pz_status status;
    if (!out_store) return pz__fail_null("out_store");
    *out_store = NULL;
    PZ__TRY(pz__store_take_options(options, &taken));
    if (taken.read_only) return pz__fail(PZ_E_INVALID, "options.read_only", NULL, "A new store cannot be made for reading only.");
    PZ__TRY(pz__zone_load(&zone, PZ__ZONE_FOLDER, taken.time_zone));
    pz__zone_free(&zone);
    PZ__TRY(pz__place_resolve(path, "path", &absolute));
    status = pz__place_must_be_free(absolute, "path");
    if (status == PZ_OK) status = pz__keys_make(&taken, &keys);
    if (status == PZ_OK) {
        status = make_at(absolute, &taken, &keys, out_store);
        sodium_memzero(&keys, sizeof keys);
    }
    pz__release(absolute);
    return status;
}

/* ------------------------------------------------------------------------------------------------- closing --- */

void pz__store_retain(pz_store *store)
{
    store->references++;
}

/* The log is moved into the file where no other writer and no reader is in the way; otherwise the next one does it. */
static void close_connection(pz_store *store)
{
    int checkpoint = 0;
    pz__db_undo(store->db);
    if (store->queue.path && !store->queue.held) checkpoint = pz__queue_enter(&store->queue, &store->db->jitter, 0) == PZ_OK;
    pz__db_close(store->db, checkpoint);
    pz__queue_leave(&store->queue);
}

void pz_store_free(pz_store *store)
{
    if (!store || --store->references > 0) return;
    if (store->process != getpid()) {
        pz__db_abandon(store->db);
        pz__transaction_abandon(store);
    } else {
        pz__transaction_undo(store);
        if (store->db) close_connection(store);
    }
    pz__queue_close(&store->queue);
    pz__store_forget(store);
    for (size_t i = 0; i < store->source_count; i++) pz__release(store->source_names[i]);
    pz__release(store->source_names);
    pz__zone_free(&store->zone);
    pz__release(store->name);
    pz__release(store->time_zone);
    pz__release(store->path);
    sodium_memzero(&store->keys, sizeof store->keys);
    pz__release(store);
}

/* ---------------------------------------------------------------------------------------------- describing --- */

static pz_status read_info(pz_store *store, pz_store_info *info)
{
    static const char sql[] = "SELECT last_change, last_at FROM tenant WHERE tenant_id = ?1";
    pz__statement *statement;
    struct stat file;
    pz_status status;
    int row;
    PZ__TRY(pz__db_layout(store->db, &info->layout));
    PZ__TRY(pz__db_statement(store->db, sql, &statement));
    pz__bind_int(statement, 1, PZ__TENANT);
    status = pz__db_step(statement, &row);
    if (row) {
        info->last_change = pz__column_int(statement, 0);
        info->changed_at = info->last_change ? pz__column_time(statement, 1) : PZ_TIME_NONE;
    }
    pz__db_reset(statement);
    if (status == PZ_OK && stat(store->path, &file) != 0) status = pz__place_fail(NULL, "looking for the file", errno);
    if (status == PZ_OK) info->file_bytes = (int64_t)file.st_size;
    return status;
}

pz_status pz_store_describe(pz_store *store, pz_store_info **out_info)
{
    pz_store_info info = {sizeof info, 0, PZ_TIME_NONE, PZ_TIME_NONE, 0, 0, 0, "", ""};
    size_t name_size, zone_size;
    pz_status status;
    char *block;
    if (!out_info) return pz__fail_null("out_info");
    *out_info = NULL;
    PZ__TRY(pz__store_read_begin(store));
    status = read_info(store, &info);
    pz__store_read_end(store);
    if (status != PZ_OK) return status;
    name_size = strlen(store->name) + 1;
    zone_size = strlen(store->time_zone) + 1;
    block = pz__alloc(sizeof info + name_size + zone_size);
    if (!block) return pz__fail_memory();
    memcpy(block + sizeof info, store->name, name_size);
    memcpy(block + sizeof info + name_size, store->time_zone, zone_size);
    info.created_at = store->created_at;
    info.has_host_key = store->keys.from_host;
    info.name = block + sizeof info;
    info.time_zone = info.name + name_size;
    memcpy(block, &info, sizeof info);
    *out_info = (pz_store_info *)(void *)block;
    return PZ_OK;
}
