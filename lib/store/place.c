#include "store/place.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fail.h"
#include "base/memory.h"
#include "base/text.h"

pz_status pz__place_fail(const char *field, const char *doing, int error)
{
    if (error == ENOSPC || error == EDQUOT || error == EFBIG)
        return pz__fail(PZ_E_NO_SPACE, field, "Make room on the disk or raise the quota, then try again.",
                        "The disk or the quota is full: found while %s.", doing);
    if (error == ENOMEM) return pz__fail_memory();
    return pz__fail(PZ_E_IO, field, "Look at the path, the disk and the rights of this user.", "Failed while %s (system error %d).", doing,
                    error);
}

pz_status pz__place_resolve(const char *path, const char *field, char **out_path)
{
    char folder[PATH_MAX];
    char real[PATH_MAX];
    const char *name;
    size_t length, name_length, real_length;
    *out_path = NULL;
    PZ__TRY(pz__text_need(path, PZ_NUL_TERMINATED, sizeof folder - 1, field, &length));
    name = strrchr(path, '/');
    name = name ? name + 1 : path;
    name_length = strlen(name);
    if (name_length == 0 || !strcmp(name, ".") || !strcmp(name, ".."))
        return pz__fail(PZ_E_INVALID, field, "Name a file.", "The path names a folder.");
    memcpy(folder, path, length - name_length);
    folder[length - name_length] = '\0';
    if (!realpath(folder[0] ? folder : ".", real))
        return errno == ENOENT || errno == ENOTDIR
                   ? pz__fail(PZ_E_IO, field, "Make the folder first.", "The folder of the path does not exist.")
                   : pz__place_fail(field, "looking for the folder of the path", errno);
    real_length = strcmp(real, "/") ? strlen(real) : 0;
    *out_path = pz__alloc(real_length + 1 + name_length + 1);
    if (!*out_path) return pz__fail_memory();
    memcpy(*out_path, real, real_length);
    (*out_path)[real_length] = '/';
    memcpy(*out_path + real_length + 1, name, name_length + 1);
    return PZ_OK;
}

int pz__place_exists(const char *path)
{
    struct stat found;
    return lstat(path, &found) == 0;
}

static int is_left_over(const char *path, const char *end)
{
    char name[PATH_MAX + 64];
    struct stat found;
    snprintf(name, sizeof name, "%s%s", path, end);
    return lstat(name, &found) == 0 && found.st_size > 0;
}

/* The log of a store that was removed would be taken for that of the new one. */
pz_status pz__place_must_be_free(const char *path, const char *field)
{
    if (pz__place_exists(path))
        return pz__fail(PZ_E_EXISTS, field, "Choose another path; a file is never overwritten.", "There is a file at the path.");
    if (is_left_over(path, "-wal") || is_left_over(path, "-journal"))
        return pz__fail(PZ_E_EXISTS, field,
                        "Choose another path, or remove the files PATH-wal, PATH-shm and PATH-journal if nobody needs them.",
                        "There is no file at the path, but the log of one that was there.");
    return PZ_OK;
}

pz_status pz__place_make_draft(const char *path, char **out_draft)
{
    size_t room = strlen(path) + 32;
    uint8_t random[8];
    char name[2 * sizeof random + 1];
    int descriptor;
    *out_draft = pz__alloc(room);
    if (!*out_draft) return pz__fail_memory();
    randombytes_buf(random, sizeof random);
    sodium_bin2hex(name, sizeof name, random, sizeof random);
    snprintf(*out_draft, room, "%s.new-%s", path, name);
    descriptor = open(*out_draft, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (descriptor < 0) {
        int error = errno;
        pz__release(*out_draft);
        *out_draft = NULL;
        return pz__place_fail("path", "making a file in the folder of the path", error);
    }
    close(descriptor);
    return PZ_OK;
}

/* Some file systems cannot sync a folder; what they cannot do does not fail the call. */
static int sync_folder(const char *path)
{
    char folder[PATH_MAX];
    size_t length = (size_t)(strrchr(path, '/') - path);
    int descriptor, failed;
    if (length >= sizeof folder) return ENAMETOOLONG;
    memcpy(folder, path, length);
    folder[length] = '\0';
    descriptor = open(length ? folder : "/", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0) return 0;
    failed = fsync(descriptor) != 0 && errno == EIO;
    close(descriptor);
    return failed ? EIO : 0;
}

static int sync_file(const char *path)
{
    int descriptor = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
    int error = 0;
    if (descriptor < 0) return errno;
    if (fsync(descriptor) != 0) error = errno;
    close(descriptor);
    return error;
}

pz_status pz__place_settle(const char *draft, const char *path, const char *field)
{
    int error = sync_file(draft);
    if (error) return pz__place_fail(field, "writing the file to the disk", error);
    if (renameat2(AT_FDCWD, draft, AT_FDCWD, path, RENAME_NOREPLACE) != 0) {
        error = errno;
        if (error == EINVAL || error == ENOSYS)
            error = link(draft, path) == 0 ? 0 : errno; /* a file system without it: the draft's other name goes later */
        if (error == EEXIST)
            return pz__fail(PZ_E_EXISTS, field, "Choose another path; a file is never overwritten.", "There is a file at the path.");
        if (error) return pz__place_fail(field, "giving the file its name", error);
    }
    error = sync_folder(path);
    if (error) return pz__place_fail(field, "writing the folder to the disk", error);
    return PZ_OK;
}

void pz__place_drop(char *draft)
{
    static const char *const ends[] = {"", "-wal", "-shm", "-journal"};
    char name[PATH_MAX + 64];
    if (!draft) return;
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
        snprintf(name, sizeof name, "%s%s", draft, ends[i]);
        unlink(name);
    }
    pz__release(draft);
}
