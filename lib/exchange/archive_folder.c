/* A folder in place of a zip: its regular files, opened beneath the folder's handle so that nothing can be swapped for a link meanwhile. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fail.h"
#include "base/memory.h"
#include "exchange/archive_parts.h"
#include "exchange/file.h"

static pz_status fail_reading(int error)
{
    return pz__file_fail("folder, or a file of it,", "read", error, "See that the folder is whole, and that nothing changes it meanwhile.");
}

static pz_status refuse_kind(pz__archive *archive, const char *name, int64_t number, mode_t mode)
{
    if (S_ISLNK(mode)) return pz__archive_refuse(archive, PZ_E_HOSTILE, "zip.entry_symlink", number, name, "it is a symbolic link.", -1);
    return pz__archive_refuse(archive, PZ_E_HOSTILE, "zip.entry_special_file", number, name, "it is no regular file.", -1);
}

/* ---------------------------------------------------------------------------------------------- one file --- */

/* The handle is the descriptor + 1, so that it is never NULL. */
static int descriptor_of(void *handle)
{
    return (int)((intptr_t)handle - 1);
}

static pz_status open_entry(pz__archive *archive, const pz__archive_item *item, void **out_handle)
{
    struct stat info;
    int file = openat(descriptor_of(archive->handle), item->name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY);
    if (file < 0 && errno == ELOOP) return refuse_kind(archive, item->name, item->number, S_IFLNK);
    if (file < 0) return fail_reading(errno);
    if (fstat(file, &info) != 0) {
        int error = errno;
        close(file);
        return fail_reading(error);
    }
    if (!S_ISREG(info.st_mode)) {
        close(file);
        return refuse_kind(archive, item->name, item->number, info.st_mode);
    }
    *out_handle = (void *)((intptr_t)file + 1);
    return PZ_OK;
}

static int64_t read_entry(pz__archive *archive, const pz__archive_item *item, void *handle, char *buffer, size_t size)
{
    ssize_t got;
    (void)archive;
    (void)item;
    do got = read(descriptor_of(handle), buffer, size);
    while (got < 0 && errno == EINTR);
    return got < 0 ? -(int64_t)fail_reading(errno) : got;
}

static void close_entry(void *handle)
{
    close(descriptor_of(handle));
}

static void close_folder(pz__archive *archive)
{
    close(descriptor_of(archive->handle));
}

static const pz__archive_kind folder_kind = {open_entry, read_entry, close_entry, close_folder};

/* -------------------------------------------------------------------------------------------- the folder --- */

/* The mark of a folder within an archive is the slash at the end of its name. */
static pz_status add_found(pz__archive *archive, int folder, const char *name)
{
    struct stat info;
    char folder_name[NAME_MAX + 2];
    if (fstatat(folder, name, &info, AT_SYMLINK_NOFOLLOW) != 0) return errno == ENOENT ? PZ_OK : fail_reading(errno);
    if (S_ISDIR(info.st_mode) && strlen(name) <= NAME_MAX) {
        stpcpy(stpcpy(folder_name, name), "/");
        return pz__archive_add(archive, folder_name, 0, 0, -1);
    }
    if (!S_ISREG(info.st_mode)) return refuse_kind(archive, name, (int64_t)archive->item_count + 1, info.st_mode);
    return pz__archive_add(archive, name, 0, info.st_size, -1);
}

static int by_name(const void *a, const void *b)
{
    return strcmp(((const pz__archive_item *)a)->name, ((const pz__archive_item *)b)->name);
}

static pz_status list_files(pz__archive *archive, int folder)
{
    int again = openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *list = again < 0 ? NULL : fdopendir(again);
    pz_status status = PZ_OK;
    struct dirent *found;
    if (!list) {
        int error = errno;
        if (again >= 0) close(again);
        return fail_reading(error);
    }
    while (status == PZ_OK && (errno = 0, found = readdir(list)) != NULL)
        if (strcmp(found->d_name, ".") != 0 && strcmp(found->d_name, "..") != 0) status = add_found(archive, folder, found->d_name);
    if (status == PZ_OK && errno) status = fail_reading(errno);
    closedir(list);
    return status;
}

pz_status pz__archive_folder_open(pz__archive *archive, int folder)
{
    archive->handle = (void *)((intptr_t)folder + 1);
    archive->kind = &folder_kind;
    PZ__TRY(list_files(archive, folder));
    if (archive->item_count) qsort(archive->items, archive->item_count, sizeof *archive->items, by_name);
    for (size_t i = 0; i < archive->item_count; i++) {
        pz__archive_item *item = &archive->items[i];
        item->number = (int64_t)i + 1;
        if (item->kind == PZ__ARCHIVE_FOLDER)
            return pz__archive_refuse(archive, PZ_E_HOSTILE, "zip.entry_directory", item->number, item->name,
                                      "it is a folder; open the folder that holds the files themselves.", -1);
    }
    return PZ_OK;
}
