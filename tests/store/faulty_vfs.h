/* A file system below SQLite that fails when it is told to: the n-th operation of a kind, once or from then on. It becomes SQLite's default. */
#ifndef PZ_TESTS_FAULTY_VFS_H
#define PZ_TESTS_FAULTY_VFS_H

#include <errno.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

typedef enum faulty_kind { FAULTY_READ, FAULTY_WRITE, FAULTY_SYNC, FAULTY_TRUNCATE, FAULTY_OPEN, FAULTY_SHM, FAULTY_KINDS } faulty_kind;

static struct {
    sqlite3_vfs vfs;
    sqlite3_vfs *real;
    faulty_kind kind;
    int fail_at; /* 0 never */
    int for_ever;
    int error;   /* errno that the failure leaves, and what SQLite gives for it */
    int seen;
} faulty;

typedef struct faulty_file {
    sqlite3_file base;
    sqlite3_file *real;
} faulty_file;

static int faulty_now(faulty_kind kind)
{
    if (kind != faulty.kind || !faulty.fail_at) return 0;
    faulty.seen++;
    if (faulty.for_ever ? faulty.seen < faulty.fail_at : faulty.seen != faulty.fail_at) return 0;
    errno = faulty.error;
    return 1;
}

#define FAULTY_REAL(file) (((faulty_file *)(file))->real)

static int faulty_close(sqlite3_file *file)
{
    int code = FAULTY_REAL(file)->pMethods->xClose(FAULTY_REAL(file));
    free(FAULTY_REAL(file));
    return code;
}
static int faulty_read(sqlite3_file *file, void *to, int size, sqlite3_int64 at)
{
    return faulty_now(FAULTY_READ) ? SQLITE_IOERR_READ : FAULTY_REAL(file)->pMethods->xRead(FAULTY_REAL(file), to, size, at);
}
static int faulty_write(sqlite3_file *file, const void *from, int size, sqlite3_int64 at)
{
    if (faulty_now(FAULTY_WRITE)) {
        FAULTY_REAL(file)->pMethods->xWrite(FAULTY_REAL(file), from, size / 2, at); /* torn */
        errno = faulty.error;
        return faulty.error == ENOSPC ? SQLITE_FULL : SQLITE_IOERR_WRITE;
    }
    return FAULTY_REAL(file)->pMethods->xWrite(FAULTY_REAL(file), from, size, at);
}
static int faulty_truncate(sqlite3_file *file, sqlite3_int64 size)
{
    return faulty_now(FAULTY_TRUNCATE) ? SQLITE_IOERR_TRUNCATE : FAULTY_REAL(file)->pMethods->xTruncate(FAULTY_REAL(file), size);
}
static int faulty_sync(sqlite3_file *file, int flags)
{
    return faulty_now(FAULTY_SYNC) ? SQLITE_IOERR_FSYNC : FAULTY_REAL(file)->pMethods->xSync(FAULTY_REAL(file), flags);
}
static int faulty_size(sqlite3_file *file, sqlite3_int64 *size) { return FAULTY_REAL(file)->pMethods->xFileSize(FAULTY_REAL(file), size); }
static int faulty_lock(sqlite3_file *file, int level) { return FAULTY_REAL(file)->pMethods->xLock(FAULTY_REAL(file), level); }
static int faulty_unlock(sqlite3_file *file, int level) { return FAULTY_REAL(file)->pMethods->xUnlock(FAULTY_REAL(file), level); }
static int faulty_reserved(sqlite3_file *file, int *out) { return FAULTY_REAL(file)->pMethods->xCheckReservedLock(FAULTY_REAL(file), out); }
static int faulty_control(sqlite3_file *file, int what, void *with) { return FAULTY_REAL(file)->pMethods->xFileControl(FAULTY_REAL(file), what, with); }
static int faulty_sector(sqlite3_file *file) { return FAULTY_REAL(file)->pMethods->xSectorSize(FAULTY_REAL(file)); }
static int faulty_traits(sqlite3_file *file) { return FAULTY_REAL(file)->pMethods->xDeviceCharacteristics(FAULTY_REAL(file)); }
static int faulty_shm_map(sqlite3_file *file, int region, int size, int extend, void volatile **out)
{
    *out = NULL;
    return faulty_now(FAULTY_SHM) ? SQLITE_IOERR_SHMSIZE : FAULTY_REAL(file)->pMethods->xShmMap(FAULTY_REAL(file), region, size, extend, out);
}
static int faulty_shm_lock(sqlite3_file *file, int at, int count, int flags) { return FAULTY_REAL(file)->pMethods->xShmLock(FAULTY_REAL(file), at, count, flags); }
static void faulty_shm_barrier(sqlite3_file *file) { FAULTY_REAL(file)->pMethods->xShmBarrier(FAULTY_REAL(file)); }
static int faulty_shm_unmap(sqlite3_file *file, int remove) { return FAULTY_REAL(file)->pMethods->xShmUnmap(FAULTY_REAL(file), remove); }

static const sqlite3_io_methods faulty_methods = {2, faulty_close, faulty_read, faulty_write, faulty_truncate, faulty_sync, faulty_size, faulty_lock,
                                                  faulty_unlock, faulty_reserved, faulty_control, faulty_sector, faulty_traits, faulty_shm_map,
                                                  faulty_shm_lock, faulty_shm_barrier, faulty_shm_unmap, NULL, NULL};

static int faulty_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *out_flags)
{
    faulty_file *mine = (faulty_file *)file;
    int code;
    (void)vfs;
    mine->base.pMethods = NULL;
    if (faulty_now(FAULTY_OPEN)) return SQLITE_CANTOPEN;
    mine->real = calloc(1, (size_t)faulty.real->szOsFile);
    code = faulty.real->xOpen(faulty.real, name, mine->real, flags, out_flags);
    if (code == SQLITE_OK)
        mine->base.pMethods = &faulty_methods;
    else
        free(mine->real);
    return code;
}

static inline void faulty_install(void)
{
    if (faulty.real) return;
    faulty.real = sqlite3_vfs_find(NULL);
    faulty.vfs = *faulty.real;
    faulty.vfs.zName = "faulty";
    faulty.vfs.szOsFile = sizeof(faulty_file);
    faulty.vfs.xOpen = faulty_open;
    sqlite3_vfs_register(&faulty.vfs, 1);
}

#endif
