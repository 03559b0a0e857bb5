/* What SQLite's result codes mean to a caller. */
#include <errno.h>

#include "base/fail.h"
#include "store/driver.h"

/* The disk or the quota is full, or the file would pass the process's limit of sizes. */
static int is_full(int code, int system)
{
    if (code == SQLITE_FULL) return 1;
    if ((code & 0xFF) != SQLITE_IOERR && (code & 0xFF) != SQLITE_CANTOPEN) return 0;
    return system == ENOSPC || system == EFBIG || system == EDQUOT;
}

/* CANTOPEN may be short of memory or of file descriptors. */
static pz_status fail_io(int code, int system, const char *doing)
{
    const char *hint = "Look at the disk, the rights of the file and of its folder, and the number of open files; then try again.";
    if (code == SQLITE_READONLY_DBMOVED) hint = "The file was moved or replaced while it was open. Open the store again.";
    if (code == SQLITE_READONLY_DIRECTORY || code == SQLITE_READONLY_CANTINIT || code == SQLITE_READONLY_CANTLOCK ||
        code == SQLITE_CANTOPEN)
        hint = "The store needs a folder in which this user may make and write files, also for reading.";
    return pz__fail(PZ_E_IO, NULL, hint, "Reading or writing failed while %s (SQLite code %d, system error %d).", doing, code, system);
}

pz_status pz__db_fail(pz__db *db, int code, const char *doing)
{
    return pz__db_fail_system(db, code, db->handle ? sqlite3_system_errno(db->handle) : 0, doing);
}

pz_status pz__db_fail_system(pz__db *db, int code, int system, const char *doing)
{
    int extended = db->handle ? sqlite3_extended_errcode(db->handle) : code;
    if ((extended & 0xFF) != (code & 0xFF)) extended = code;
    if (extended == SQLITE_IOERR_NOMEM) return pz__fail_memory();
    if (is_full(extended, system))
        return pz__fail(PZ_E_NO_SPACE, NULL, "Make room on the disk or raise the quota, then try again; nothing of this write is visible.",
                        "The disk, the quota or the largest file size was reached while %s.", doing);
    switch (extended & 0xFF) {
    case SQLITE_NOMEM: return pz__fail_memory();
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_PROTOCOL:
        return pz__fail(PZ_E_BUSY, NULL, "Try again, or raise wait_milliseconds.",
                        "Another process held the store past the deadline while %s (SQLite code %d).", doing, extended);
    case SQLITE_CORRUPT:
        return pz__fail(PZ_E_CORRUPT, NULL, "Restore a backup with pz_store_restore().",
                        "The store is damaged: found while %s (SQLite code %d).", doing, extended);
    case SQLITE_NOTADB: return pz__fail(PZ_E_NOT_STORE, "path", NULL, "The file is not a store of this library.");
    case SQLITE_READONLY:
        if (extended == SQLITE_READONLY)
            return pz__fail(PZ_E_READ_ONLY, NULL, "Open the store for writing.",
                            "The store may only be read: it was to be written while %s.", doing);
        return fail_io(extended, system, doing);
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
    case SQLITE_AUTH:
    case SQLITE_NOLFS:
    case SQLITE_IOERR: return fail_io(extended, system, doing);
    case SQLITE_INTERRUPT: return pz__fail(PZ_E_CANCELLED, NULL, NULL, "The call was cancelled while %s.", doing);
    case SQLITE_TOOBIG:
        return pz__fail(PZ_E_LIMIT, NULL, "Store less in one record.", "A value or row of more than 8 MiB was refused while %s.", doing);
    default:
        return pz__fail(PZ_E_INTERNAL, NULL, "Please report it.", "%s failed (SQLite code %d): %s.", doing, extended,
                        db->handle ? sqlite3_errmsg(db->handle) : "no connection");
    }
}
