/* Copying all pages of a store, and watching long statements. */
#include <errno.h>

#include "base/fail.h"
#include "store/driver.h"

enum { PAGES_AT_A_TIME = 256, STEPS_BETWEEN_WATCHES = 20000 };

static int on_progress(void *context)
{
    pz__db *db = context;
    return db->watch(db->watch_data) != PZ_OK;
}

void pz__db_watch(pz__db *db, pz__db_watch_fn watch, void *user_data)
{
    db->watch = watch;
    db->watch_data = user_data;
    sqlite3_progress_handler(db->handle, watch ? STEPS_BETWEEN_WATCHES : 0, watch ? on_progress : NULL, db);
}

static pz_status copy_pages(pz__db *to, sqlite3_backup *copy, pz__db_copy_fn each, void *user_data)
{
    for (;;) {
        int code = sqlite3_backup_step(copy, PAGES_AT_A_TIME);
        int system = errno; /* neither connection has it before the end */
        int all = sqlite3_backup_pagecount(copy);
        if (code == SQLITE_DONE) return PZ_OK;
        if (code != SQLITE_OK) return pz__db_fail_system(to, code, system, "copying the store");
        PZ__TRY(each(all > 0 ? (double)(all - sqlite3_backup_remaining(copy)) / all : 0.0, user_data));
    }
}

/* What is copied is not safe on the disk until the caller makes it so. */
pz_status pz__db_copy(pz__db *from, const char *path, pz__db_copy_fn each, void *user_data)
{
    pz__db to = {0};
    sqlite3_backup *copy;
    pz_status status;
    int code = sqlite3_open_v2(path, &to.handle,
                               SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE | SQLITE_OPEN_NOFOLLOW, NULL);
    if (code == SQLITE_OK) code = sqlite3_exec(to.handle, "PRAGMA synchronous = 0; PRAGMA journal_mode = OFF", NULL, NULL, NULL);
    copy = code == SQLITE_OK ? sqlite3_backup_init(to.handle, "main", from->handle, "main") : NULL;
    if (copy) {
        status = copy_pages(&to, copy, each, user_data);
        code = sqlite3_backup_finish(copy);
        if (status == PZ_OK && code != SQLITE_OK) status = pz__db_fail(&to, code, "copying the store");
    } else {
        status = pz__db_fail(&to, code == SQLITE_OK ? sqlite3_errcode(to.handle) : code, "making the copy");
    }
    code = sqlite3_close(to.handle);
    return status == PZ_OK && code != SQLITE_OK ? pz__fail(PZ_E_IO, NULL, NULL, "The copy could not be closed (SQLite code %d).", code)
                                                : status;
}
