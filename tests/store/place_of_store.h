/* A folder of its own for each test, with the path of a store in it; removed with all that is in it. */
#ifndef PZ_TESTS_PLACE_OF_STORE_H
#define PZ_TESTS_PLACE_OF_STORE_H

#include <dirent.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "support/suite.h"

typedef struct place_of_store {
    char folder[PATH_MAX / 4];
    char path[PATH_MAX / 2];
} place_of_store;

static inline void place_start_in(place_of_store *place, const char *root)
{
    snprintf(place->folder, sizeof place->folder, "%s/pz-store-XXXXXX", root && *root ? root : "/tmp");
    ck_assert_ptr_nonnull(mkdtemp(place->folder));
    snprintf(place->path, sizeof place->path, "%s/school.pz", place->folder);
}

static inline void place_start(place_of_store *place)
{
    place_start_in(place, getenv("TMPDIR"));
}

/* In memory where the system has such a folder: for tests that make hundreds of stores and have nothing to prove of the disk. */
static inline void place_start_quick(place_of_store *place)
{
    place_start_in(place, access("/dev/shm", W_OK | X_OK) == 0 ? "/dev/shm" : getenv("TMPDIR"));
}

/* Path of another file in the folder. The four last ones stay valid. */
static inline const char *place_file(const place_of_store *place, const char *name)
{
    static char paths[4][PATH_MAX];
    static int next;
    char *path = paths[next++ % 4];
    snprintf(path, PATH_MAX, "%s/%s", place->folder, name);
    return path;
}

/* Number of files in the folder whose names begin with `start`. */
static inline int place_count(const place_of_store *place, const char *start)
{
    DIR *folder = opendir(place->folder);
    struct dirent *entry;
    int count = 0;
    while (folder && (entry = readdir(folder)))
        if (entry->d_name[0] != '.' && !strncmp(entry->d_name, start, strlen(start))) count++;
    if (folder) closedir(folder);
    return count;
}

static inline void place_copy(const char *from, const char *to)
{
    char bytes[65536];
    size_t length;
    FILE *source = fopen(from, "rb"), *target = fopen(to, "wb");
    ck_assert(source && target);
    while ((length = fread(bytes, 1, sizeof bytes, source)) > 0) ck_assert_uint_eq(fwrite(bytes, 1, length, target), length);
    fclose(source);
    ck_assert_int_eq(fclose(target), 0);
}

static inline void place_empty(const place_of_store *place)
{
    DIR *folder = opendir(place->folder);
    struct dirent *entry;
    while (folder && (entry = readdir(folder)))
        if (strcmp(entry->d_name, ".") && strcmp(entry->d_name, "..")) unlinkat(dirfd(folder), entry->d_name, 0);
    if (folder) closedir(folder);
}

static inline void place_end(const place_of_store *place)
{
    place_empty(place);
    rmdir(place->folder);
}

#endif
