/* Backups of a store in use, and putting one in place as a store. Both copy to a draft, check the draft, and only then give it its name. */
#include <errno.h>
#include <limits.h>
#include <stdio.h>

#include "base/fail.h"
#include "base/memory.h"
#include "store/duty.h"
#include "store/place.h"
#include "store/verify.h"

/* ------------------------------------------------------------------------------------------------ progress --- */

typedef struct copy_teller {
    pz_progress_fn progress;
    void *user_data;
    double from;
    double to;
} copy_teller;

static pz_status tell(double done, void *user_data)
{
    copy_teller *teller = user_data;
    if (!teller->progress) return PZ_OK;
    if (teller->progress(teller->from + (teller->to - teller->from) * done, teller->user_data) == PZ_OK) return PZ_OK;
    return pz__fail(PZ_E_CANCELLED, NULL, NULL, "The copy was cancelled.");
}

/* What the check of the draft asks: any failure there stops it. */
static pz_status tell_second_half(double done, void *user_data)
{
    copy_teller second = *(copy_teller *)user_data;
    second.from = 0.5;
    second.to = 1.0;
    return tell(done, &second);
}

/* --------------------------------------------------------------------------------------------------- draft --- */

/* Opens the draft as a store that nobody else sees and runs every check on it. */
static pz_status check_draft(const char *draft, const pz_store_options *options, copy_teller *teller)
{
    pz_store_options quiet = *options;
    pz__verification verification;
    pz_store *store;
    pz_status status;
    quiet.read_only = 1;
    PZ__TRY(pz__store_open_quiet(draft, &quiet, &store));
    status = pz__verify_all(&verification, store, tell_second_half, teller);
    if (status == PZ_OK) status = pz__verify_result(&verification);
    pz_store_free(store);
    return status;
}

static pz_status copy_checked(pz__db *from, const char *path, const pz_store_options *options, pz_progress_fn progress, void *user_data)
{
    copy_teller teller = {progress, user_data, 0.0, 0.5};
    char *draft;
    pz_status status = pz__place_make_draft(path, &draft);
    if (status != PZ_OK) return status;
    status = pz__db_copy(from, draft, tell, &teller);
    if (status == PZ_OK) status = check_draft(draft, options, &teller);
    if (status == PZ_OK) status = pz__place_settle(draft, path, "path");
    pz__place_drop(draft);
    return status;
}

/* -------------------------------------------------------------------------------------------------- backup --- */

/* Within a snapshot: other processes go on writing, and the copy is of one moment. */
pz_status pz__duty_backup(pz_store *store, const char *path, pz_progress_fn progress, void *user_data)
{
    char *absolute;
    pz_status status;
    PZ__TRY(pz__store_check(store));
    if (store->change) return pz__fail(PZ_E_BUSY_HANDLE, "store", "Back up before or after.", "A change is open on this store.");
    PZ__TRY(pz__place_resolve(path, "path", &absolute));
    status = pz__place_must_be_free(absolute, "path");
    if (status == PZ_OK) status = pz__store_read_begin(store);
    if (status == PZ_OK) {
        int64_t last;
        status = pz__store_last_change(store, &last); /* the first read fixes the moment */
        if (status == PZ_OK) status = copy_checked(store->db, absolute, &store->options, progress, user_data);
        pz__store_read_end(store);
    }
    pz__release(absolute);
    return status;
}

/* ------------------------------------------------------------------------------------------------- restore --- */

/* A store that is in use, or was when the power went, has a log beside it that belongs to it. A backup has none. */
static int has_log(const char *path)
{
    char log[PATH_MAX + 8];
    snprintf(log, sizeof log, "%s-wal", path);
    return pz__place_exists(log);
}

static pz_status open_backup(const char *path, const pz_store_options *options, pz__db **out_db)
{
    pz__db_settings settings = {1, options->durability, options->wait_milliseconds, options->cache_kibibytes, !has_log(path), 0};
    struct stat file;
    int32_t layout;
    pz_status status;
    *out_db = NULL;
    if (lstat(path, &file) != 0)
        return errno == ENOENT ? pz__fail(PZ_E_IO, "backup", NULL, "There is no file at the path of the backup.")
                               : pz__place_fail("backup", "looking for the backup", errno);
    if (!S_ISREG(file.st_mode)) return pz__fail(PZ_E_NOT_STORE, "backup", NULL, "The path of the backup is not that of a file.");
    PZ__TRY(pz__db_open(path, &settings, out_db));
    status = pz__db_layout(*out_db, &layout);
    if (status == PZ_OK) status = pz__db_begin(*out_db, 0);
    if (status == PZ_OK) return PZ_OK;
    pz__db_close(*out_db, 0);
    *out_db = NULL;
    return status;
}

static pz_status restore(const char *backup, const char *path, const pz_store_options *options, pz_progress_fn progress, void *user_data)
{
    pz__db *from;
    pz_status status;
    PZ__TRY(pz__place_must_be_free(path, "path"));
    PZ__TRY(open_backup(backup, options, &from));
    status = copy_checked(from, path, options, progress, user_data);
    pz__db_undo(from);
    pz__db_close(from, 0);
    return status;
}

pz_status pz_store_restore(const char *backup, const char *path, const pz_store_options *options, pz_progress_fn progress, void *user_data)
{
    pz_store_options taken;
    char *from, *to = NULL;
    pz_status status;
    PZ__TRY(pz__store_take_options(options, &taken));
    PZ__TRY(pz__place_resolve(backup, "backup", &from));
    status = pz__place_resolve(path, "path", &to);
    if (status == PZ_OK) status = restore(from, to, &taken, progress, user_data);
    pz__release(from);
    pz__release(to);
    return status;
}
