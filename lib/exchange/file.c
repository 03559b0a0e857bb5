#include "exchange/file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fail.h"
#include "base/memory.h"

pz_status pz__file_fail(const char *what, const char *doing, int error, const char *hint)
{
    switch (error) {
    case ENOENT:
    case ENOTDIR:
        return pz__fail(PZ_E_IO, "path", hint ? hint : "Check the path.", "The %s could not be %s: there is no such file.", what, doing);
    case EACCES:
    case EPERM:
        return pz__fail(PZ_E_IO, "path", "Allow whoever runs this to read it, and to enter the folders above it.",
                        "The %s could not be %s: there is no permission to read it.", what, doing);
    case EISDIR: return pz__fail(PZ_E_IO, "path", "Name a file.", "The %s could not be %s: it is a folder.", what, doing);
    default: return pz__fail(PZ_E_IO, "path", hint, "The %s could not be %s (system error %d).", what, doing, error);
    }
}

/* Opened without waiting, in case it is a pipe. */
pz_status pz__file_open(const char *path, const char *what, FILE **out_file, int64_t *out_size)
{
    struct stat info;
    int file, error;
    *out_file = NULL;
    *out_size = 0;
    if (!path) return pz__fail_null("path");
    file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (file < 0 || fstat(file, &info) != 0) {
        error = errno;
        if (file >= 0) close(file);
        return pz__file_fail(what, "opened", error, NULL);
    }
    if (S_ISREG(info.st_mode)) {
        *out_file = fdopen(file, "rb");
        *out_size = info.st_size;
        if (*out_file) return PZ_OK;
        close(file);
        return pz__fail_memory();
    }
    close(file);
    if (S_ISDIR(info.st_mode)) return pz__file_fail(what, "opened", EISDIR, NULL);
    return pz__fail(PZ_E_IO, "path", "Name a file.", "The %s is no regular file.", what);
}

int64_t pz__file_read(void *source, char *buffer, size_t size)
{
    FILE *file = source;
    size_t got = fread(buffer, 1, size, file);
    if (got == 0 && ferror(file)) return -(int64_t)pz__file_fail("file", "read", errno, NULL);
    return (int64_t)got;
}

static pz_status load(FILE *file, int64_t size, char **out_text, size_t *out_length)
{
    char *text = pz__alloc((size_t)size + 1);
    int64_t got;
    if (!text) return pz__fail_memory();
    got = pz__file_read(file, text, (size_t)size);
    if (got < 0) {
        pz__release(text);
        return (pz_status)-got;
    }
    text[got] = '\0';
    *out_text = text;
    *out_length = (size_t)got;
    return PZ_OK;
}

pz_status pz__file_load(const char *path, const char *what, int64_t limit, char **out_text, size_t *out_length)
{
    FILE *file;
    int64_t size;
    pz_status status;
    *out_text = NULL;
    *out_length = 0;
    PZ__TRY(pz__file_open(path, what, &file, &size));
    if (size > limit)
        status = pz__fail(PZ_E_HOSTILE, "path", "Split the file, or check where it comes from.",
                          "The %s has %lld bytes; the limit is %lld.", what, (long long)size, (long long)limit);
    else
        status = load(file, size, out_text, out_length);
    fclose(file);
    return status;
}

const char *pz__file_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}
