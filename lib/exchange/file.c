#include "exchange/file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fail.h"
#include "base/memory.h"

/* Opened without waiting, in case it is a pipe. */
pz_status pz__file_open(const char *path, const char *what, FILE **out_file, int64_t *out_size)
{
    struct stat info;
    int file, error;
    *out_file = NULL;
    *out_size = 0;
    if (!path) return pz__fail_null("path");
    file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    error = errno;
    if (file >= 0 && fstat(file, &info) == 0 && S_ISREG(info.st_mode)) {
        *out_file = fdopen(file, "rb");
        *out_size = info.st_size;
        if (*out_file) return PZ_OK;
        close(file);
        return pz__fail_memory();
    }
    if (file >= 0) {
        close(file);
        return pz__fail(PZ_E_IO, "path", "Name a file.", "The %s is no regular file.", what);
    }
    return pz__fail(PZ_E_IO, "path", error == ENOENT ? "There is no such file." : "See that it is there and may be read.",
                    "The %s could not be opened (system error %d).", what, error);
}

int64_t pz__file_read(void *source, char *buffer, size_t size)
{
    FILE *file = source;
    size_t got = fread(buffer, 1, size, file);
    if (got == 0 && ferror(file)) return -(int64_t)pz__fail(PZ_E_IO, "path", NULL, "The file could not be read (system error %d).", errno);
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
