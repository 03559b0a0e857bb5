/* A model of a disk that loses its power: what was written since a file's last sync may be there or not, sector by sector. The real files are
 * written as usual; beside them each file has an image of what is safe, and a list of what is not yet. */
#ifndef PZ_TESTS_POWER_VFS_H
#define PZ_TESTS_POWER_VFS_H

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/random.h"

enum { POWER_FILES = 4, POWER_SECTOR = 512 };

typedef struct power_write {
    sqlite3_int64 at;
    int size; /* -1: cut to `at` */
    char *bytes;
} power_write;

typedef struct power_image {
    char path[512];
    char *bytes;
    size_t size;
    power_write *writes; /* not safe yet */
    int count;
} power_image;

static struct {
    sqlite3_vfs vfs;
    sqlite3_vfs *real;
    power_image files[POWER_FILES];
    int file_count;
    int operations;
    void (*each)(void); /* called before each operation that changes a file */
} power;

typedef struct power_file {
    sqlite3_file base;
    sqlite3_file *real;
    power_image *image;
} power_file;

static inline void power_apply(char **bytes, size_t *size, const power_write *write, int sector_from, int sector_to)
{
    size_t begin = (size_t)write->at + (size_t)sector_from * POWER_SECTOR, end = (size_t)write->at + (size_t)sector_to * POWER_SECTOR;
    if (end > (size_t)write->at + (size_t)write->size) end = (size_t)write->at + (size_t)write->size;
    if (end > *size) {
        *bytes = realloc(*bytes, end);
        memset(*bytes + *size, 0, end - *size);
        *size = end;
    }
    memcpy(*bytes + begin, write->bytes + (begin - (size_t)write->at), end - begin);
}

/* Writes to `path` what the disk might hold if the power went now. */
static inline void power_save(const power_image *image, const char *path, pz__random *random)
{
    size_t size = image->size;
    char *bytes = malloc(size + 1);
    FILE *file = fopen(path, "wb");
    if (size) memcpy(bytes, image->bytes, size);
    for (int i = 0; i < image->count; i++) {
        const power_write *write = &image->writes[i];
        if (write->size < 0) {
            if ((size_t)write->at < size && pz__random_below(random, 2)) size = (size_t)write->at;
            continue;
        }
        for (int sector = 0; sector * POWER_SECTOR < write->size; sector++)
            if (pz__random_below(random, 2)) power_apply(&bytes, &size, write, sector, sector + 1);
    }
    if (fwrite(bytes, 1, size, file) != size) abort();
    fclose(file);
    free(bytes);
}

static void power_note(power_image *image, const void *bytes, int size, sqlite3_int64 at)
{
    if (!image) return;
    power.operations++;
    if (power.each) power.each();
    image->writes = realloc(image->writes, (size_t)(image->count + 1) * sizeof *image->writes);
    image->writes[image->count].at = at;
    image->writes[image->count].size = size;
    image->writes[image->count].bytes = size > 0 ? malloc((size_t)size) : NULL;
    if (size > 0) memcpy(image->writes[image->count].bytes, bytes, (size_t)size);
    image->count++;
}

static void power_settle(power_image *image)
{
    if (!image) return;
    power.operations++;
    if (power.each) power.each();
    for (int i = 0; i < image->count; i++) {
        power_write *write = &image->writes[i];
        if (write->size >= 0)
            power_apply(&image->bytes, &image->size, write, 0, (write->size + POWER_SECTOR - 1) / POWER_SECTOR);
        else if ((size_t)write->at < image->size)
            image->size = (size_t)write->at;
        free(write->bytes);
    }
    image->count = 0;
}

#define POWER_REAL(file) (((power_file *)(file))->real)

static int power_close(sqlite3_file *file)
{
    int code = POWER_REAL(file)->pMethods->xClose(POWER_REAL(file));
    free(POWER_REAL(file));
    return code;
}
static int power_read(sqlite3_file *file, void *to, int size, sqlite3_int64 at) { return POWER_REAL(file)->pMethods->xRead(POWER_REAL(file), to, size, at); }
static int power_write_bytes(sqlite3_file *file, const void *from, int size, sqlite3_int64 at)
{
    power_note(((power_file *)file)->image, from, size, at);
    return POWER_REAL(file)->pMethods->xWrite(POWER_REAL(file), from, size, at);
}
static int power_truncate(sqlite3_file *file, sqlite3_int64 size)
{
    power_note(((power_file *)file)->image, NULL, -1, size);
    return POWER_REAL(file)->pMethods->xTruncate(POWER_REAL(file), size);
}
static int power_sync(sqlite3_file *file, int flags)
{
    power_settle(((power_file *)file)->image);
    return POWER_REAL(file)->pMethods->xSync(POWER_REAL(file), flags);
}
static int power_size(sqlite3_file *file, sqlite3_int64 *size) { return POWER_REAL(file)->pMethods->xFileSize(POWER_REAL(file), size); }
static int power_lock(sqlite3_file *file, int level) { return POWER_REAL(file)->pMethods->xLock(POWER_REAL(file), level); }
static int power_unlock(sqlite3_file *file, int level) { return POWER_REAL(file)->pMethods->xUnlock(POWER_REAL(file), level); }
static int power_reserved(sqlite3_file *file, int *out) { return POWER_REAL(file)->pMethods->xCheckReservedLock(POWER_REAL(file), out); }
static int power_control(sqlite3_file *file, int what, void *with) { return POWER_REAL(file)->pMethods->xFileControl(POWER_REAL(file), what, with); }
static int power_sector(sqlite3_file *file) { return POWER_REAL(file)->pMethods->xSectorSize(POWER_REAL(file)); }
static int power_traits(sqlite3_file *file) { return POWER_REAL(file)->pMethods->xDeviceCharacteristics(POWER_REAL(file)); }
static int power_shm_map(sqlite3_file *file, int region, int size, int extend, void volatile **out)
{
    return POWER_REAL(file)->pMethods->xShmMap(POWER_REAL(file), region, size, extend, out);
}
static int power_shm_lock(sqlite3_file *file, int at, int count, int flags) { return POWER_REAL(file)->pMethods->xShmLock(POWER_REAL(file), at, count, flags); }
static void power_shm_barrier(sqlite3_file *file) { POWER_REAL(file)->pMethods->xShmBarrier(POWER_REAL(file)); }
static int power_shm_unmap(sqlite3_file *file, int remove) { return POWER_REAL(file)->pMethods->xShmUnmap(POWER_REAL(file), remove); }

static const sqlite3_io_methods power_methods = {2, power_close, power_read, power_write_bytes, power_truncate, power_sync, power_size, power_lock,
                                                 power_unlock, power_reserved, power_control, power_sector, power_traits, power_shm_map,
                                                 power_shm_lock, power_shm_barrier, power_shm_unmap, NULL, NULL};

/* The image of a file begins with what lies there, which the test has made safe. */
static power_image *power_image_of(const char *path, sqlite3_file *real)
{
    sqlite3_int64 size = 0;
    power_image *image;
    for (int i = 0; i < power.file_count; i++)
        if (!strcmp(power.files[i].path, path)) return &power.files[i];
    if (power.file_count == POWER_FILES) abort();
    image = &power.files[power.file_count++];
    snprintf(image->path, sizeof image->path, "%s", path);
    real->pMethods->xFileSize(real, &size);
    image->size = (size_t)size;
    image->bytes = malloc(image->size + 1);
    if (size) real->pMethods->xRead(real, image->bytes, (int)size, 0);
    return image;
}

static int power_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *out_flags)
{
    power_file *mine = (power_file *)file;
    int code;
    (void)vfs;
    mine->base.pMethods = NULL;
    mine->real = calloc(1, (size_t)power.real->szOsFile);
    code = power.real->xOpen(power.real, name, mine->real, flags, out_flags);
    if (code != SQLITE_OK) {
        free(mine->real);
        return code;
    }
    mine->image = power.each && (flags & (SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_WAL)) ? power_image_of(name, mine->real) : NULL;
    mine->base.pMethods = &power_methods;
    return SQLITE_OK;
}

static inline void power_install(void)
{
    power.real = sqlite3_vfs_find(NULL);
    power.vfs = *power.real;
    power.vfs.zName = "power";
    power.vfs.szOsFile = sizeof(power_file);
    power.vfs.xOpen = power_open;
    sqlite3_vfs_register(&power.vfs, 1);
}

static inline void power_forget(void)
{
    for (int i = 0; i < power.file_count; i++) {
        for (int k = 0; k < power.files[i].count; k++) free(power.files[i].writes[k].bytes);
        free(power.files[i].writes);
        free(power.files[i].bytes);
    }
    memset(power.files, 0, sizeof power.files);
    power.file_count = power.operations = 0;
    power.each = NULL;
}

#endif
