/* Zip files by libzip. It reads what a zip's end claims before anyone can set a limit, so the end is looked at here first: one directory
 * only, and a small one. Only the two methods that need little memory are unpacked. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zip.h>

#include "base/fail.h"
#include "base/memory.h"
#include "exchange/archive_parts.h"
#include "exchange/file.h"

/* Layout of the end of a zip (PKWARE APPNOTE 6.3.3, sections 4.3.14 to 4.3.16). */
enum { END_SIZE = 22, END64_SIZE = 56, LOCATOR_SIZE = 20, LONGEST_COMMENT = 65535, TAIL_SIZE = LONGEST_COMMENT + END_SIZE + LOCATOR_SIZE };
static const char end_mark[] = "PK\5\6", end64_mark[] = "PK\6\6", locator_mark[] = "PK\6\7";

enum { LARGEST_DIRECTORY = 1024 * 1024 };

/* An entry in the directory and the header before its data (4.3.12 and 4.3.7), and the extra field with what has no room in them (4.5.3). */
enum { ENTRY_SIZE = 46, HEADER_SIZE = 30, EXTRA64 = 1 };
static const char entry_mark[] = "PK\1\2", header_mark[] = "PK\3\4";

/* The bytes of a zip, wherever they are. */
typedef struct zip_bytes {
    int file;
    const char *memory; /* NULL: the file */
    uint64_t length;
} zip_bytes;

/* -------------------------------------------------------------------------------------------- the end of a zip --- */

static int read_bytes(const zip_bytes *bytes, uint64_t from, char *to, size_t size)
{
    if (from > bytes->length || size > bytes->length - from) return 0;
    if (bytes->memory) {
        memcpy(to, bytes->memory + from, size);
        return 1;
    }
    while (size > 0) {
        ssize_t got = pread(bytes->file, to, size, (off_t)from);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return 0;
        to += got;
        from += (uint64_t)got;
        size -= (size_t)got;
    }
    return 1;
}

static uint64_t little_endian(const char *at, int size)
{
    uint64_t value = 0;
    while (size-- > 0) value = value << 8 | (unsigned char)at[size];
    return value;
}

typedef struct directory {
    uint64_t entries, size, offset;
} directory;

/* Is this an end that a reader could take for the archive's own? `at` is its place in the archive. */
static int read_end(const char *end, uint64_t at, directory *found)
{
    found->entries = little_endian(end + 10, 2);
    found->size = little_endian(end + 12, 4);
    found->offset = little_endian(end + 16, 4);
    return little_endian(end + 4, 4) == 0 && little_endian(end + 8, 2) == found->entries && found->offset + found->size <= at;
}

/* The same for the longer form of large archives, which a locator before the short one points to. */
static int read_end64(const zip_bytes *bytes, const char *locator, uint64_t at, directory *found)
{
    char end[END64_SIZE];
    uint64_t place = little_endian(locator + 8, 8);
    if (place > at || !read_bytes(bytes, place, end, sizeof end) || memcmp(end, end64_mark, 4) != 0) return 0;
    found->entries = little_endian(end + 32, 8);
    found->size = little_endian(end + 40, 8);
    found->offset = little_endian(end + 48, 8);
    return found->offset <= place && found->size <= place - found->offset;
}

static int is_large(const directory *found)
{
    return found->entries > pz__archive_most_items() || found->size > LARGEST_DIRECTORY;
}

/* *out_directory is the one directory that there is. */
static pz_status scan_tail(pz__archive *archive, const zip_bytes *bytes, const char *tail, size_t length, directory *out_directory)
{
    uint64_t from = bytes->length - length;
    int ends = 0;
    for (size_t i = 0; i + END_SIZE <= length; i++) {
        directory found;
        int plausible, large;
        if (memcmp(tail + i, end_mark, 4) != 0) continue;
        plausible = read_end(tail + i, from + i, &found);
        large = plausible && is_large(&found);
        if (i >= LOCATOR_SIZE && !memcmp(tail + i - LOCATOR_SIZE, locator_mark, 4) &&
            read_end64(bytes, tail + i - LOCATOR_SIZE, from + i - LOCATOR_SIZE, &found)) {
            plausible = 1;
            large |= is_large(&found);
        }
        if (large)
            return pz__archive_refuse(archive, PZ_E_HOSTILE, "zip.entry_count_exceeded", 0, NULL, "its directory is too long.",
                                      pz_limit(PZ_LIMIT_ARCHIVE_ENTRIES));
        ends += plausible;
        if (plausible) *out_directory = found;
    }
    if (ends == 0)
        return pz__archive_refuse(archive, PZ_E_FORMAT, "zip.invalid_archive", 0, NULL, "this is not a zip file, or its end is cut off.",
                                  -1);
    if (ends > 1)
        return pz__archive_refuse(archive, PZ_E_HOSTILE, "zip.ambiguous_directory", 0, NULL, "there is more than one directory.", -1);
    return PZ_OK;
}

static pz_status check_end(pz__archive *archive, const zip_bytes *bytes, directory *out_directory)
{
    size_t length = bytes->length < TAIL_SIZE ? (size_t)bytes->length : TAIL_SIZE;
    char *tail = pz__alloc(length);
    pz_status status;
    if (!tail) return pz__fail_memory();
    if (read_bytes(bytes, bytes->length - length, tail, length))
        status = scan_tail(archive, bytes, tail, length, out_directory);
    else
        status = pz__file_fail("archive", "read", errno, NULL);
    pz__release(tail);
    return status;
}

/* ------------------------------------------------------------------------------------------------- headers --- */

/* Where the header of an entry begins. A place beyond 4 GiB stands in an extra field, behind the two sizes as far as these stand there too. */
static uint64_t header_place(const char *entry, const char *extra, size_t extra_length)
{
    uint64_t place = little_endian(entry + 42, 4);
    size_t before = 8 * ((little_endian(entry + 24, 4) == UINT32_MAX) + (little_endian(entry + 20, 4) == UINT32_MAX));
    if (place != UINT32_MAX) return place;
    while (extra_length >= 4) {
        size_t length = (size_t)little_endian(extra + 2, 2);
        if (length > extra_length - 4) break;
        if (little_endian(extra, 2) == EXTRA64 && length >= before + 8) return little_endian(extra + 4 + before, 8);
        extra += 4 + length;
        extra_length -= 4 + length;
    }
    return place;
}

/* Readers that go from header to header would see another file than those that go by the directory. */
static pz_status check_header(pz__archive *archive, const zip_bytes *bytes, uint64_t place, const char *name, size_t length, int64_t number)
{
    char header[HEADER_SIZE], own[UINT16_MAX], shown[256];
    snprintf(shown, sizeof shown, "%.*s", (int)(length < sizeof shown ? length : sizeof shown - 1), name);
    if (!read_bytes(bytes, place, header, sizeof header) || memcmp(header, header_mark, 4) != 0)
        return pz__archive_refuse(archive, PZ_E_FORMAT, "zip.entry_corrupt", number, shown, "there is no header where its data should be.",
                                  -1);
    if (little_endian(header + 26, 2) == length && read_bytes(bytes, place + HEADER_SIZE, own, length) && !memcmp(own, name, length))
        return PZ_OK;
    return pz__archive_refuse(archive, PZ_E_HOSTILE, "zip.entry_name_mismatch", number, shown,
                              "its name in the directory is not the one before its data.", -1);
}

static pz_status walk_directory(pz__archive *archive, const zip_bytes *bytes, const char *at, size_t left)
{
    for (int64_t number = 1; left >= ENTRY_SIZE && !memcmp(at, entry_mark, 4); number++) {
        size_t name = (size_t)little_endian(at + 28, 2), extra = (size_t)little_endian(at + 30, 2);
        size_t whole = ENTRY_SIZE + name + extra + (size_t)little_endian(at + 32, 2);
        if (whole > left) break;
        PZ__TRY(check_header(archive, bytes, header_place(at, at + ENTRY_SIZE + name, extra), at + ENTRY_SIZE, name, number));
        at += whole;
        left -= whole;
    }
    return PZ_OK;
}

/* After libzip has read the directory: its form is sound, and its entries do not overlap. */
static pz_status check_headers(pz__archive *archive, const zip_bytes *bytes, const directory *listed)
{
    char *text = pz__alloc((size_t)listed->size + 1);
    pz_status status;
    if (!text) return pz__fail_memory();
    if (read_bytes(bytes, listed->offset, text, (size_t)listed->size))
        status = walk_directory(archive, bytes, text, (size_t)listed->size);
    else
        status = pz__file_fail("archive", "read", errno, NULL);
    pz__release(text);
    return status;
}

/* ------------------------------------------------------------------------------------------------- entries --- */

static pz_status check_attributes(pz__archive *archive, zip_t *zip, uint64_t index, const char *name)
{
    zip_uint8_t system = 0;
    zip_uint32_t attributes = 0;
    uint32_t type;
    int is_folder = name[0] && name[strlen(name) - 1] == '/';
    if (zip_file_get_external_attributes(zip, index, ZIP_FL_UNCHANGED, &system, &attributes) != 0) return PZ_OK;
    if (system != ZIP_OPSYS_UNIX && system != ZIP_OPSYS_OS_X) return PZ_OK;
    type = attributes >> 16 & S_IFMT;
    if (type == S_IFLNK)
        return pz__archive_refuse(archive, PZ_E_HOSTILE, "zip.entry_symlink", (int64_t)index + 1, name, "it is a symbolic link.", -1);
    if (type != 0 && type != (is_folder ? S_IFDIR : S_IFREG))
        return pz__archive_refuse(archive, PZ_E_HOSTILE, "zip.entry_special_file", (int64_t)index + 1, name, "it is no regular file.", -1);
    return PZ_OK;
}

static pz_status add_entry(pz__archive *archive, zip_t *zip, uint64_t index, uint64_t *packed_left)
{
    const zip_uint64_t needed = ZIP_STAT_NAME | ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE | ZIP_STAT_COMP_METHOD | ZIP_STAT_ENCRYPTION_METHOD;
    int64_t number = (int64_t)index + 1;
    zip_stat_t stat;
    zip_stat_init(&stat);
    if (zip_stat_index(zip, index, ZIP_FL_UNCHANGED | ZIP_FL_ENC_RAW, &stat) != 0 || (stat.valid & needed) != needed)
        return pz__archive_refuse(archive, PZ_E_FORMAT, "zip.invalid_archive", number, NULL, "its place in the directory is broken.", -1);
    if (stat.size > INT64_MAX || stat.comp_size > *packed_left)
        return pz__archive_refuse(archive, PZ_E_HOSTILE, stat.size > INT64_MAX ? "zip.entry_too_large" : "zip.entry_overlap", number,
                                  stat.name, "its size cannot be true: the archive does not have that many bytes.", -1);
    *packed_left -= stat.comp_size;
    PZ__TRY(check_attributes(archive, zip, index, stat.name));
    if (stat.encryption_method != ZIP_EM_NONE)
        return pz__archive_refuse(archive, PZ_E_FORMAT, "zip.entry_encrypted", number, stat.name, "it is encrypted.", -1);
    if (stat.comp_method != ZIP_CM_STORE && stat.comp_method != ZIP_CM_DEFLATE)
        return pz__archive_refuse(archive, PZ_E_FORMAT, "zip.entry_method", number, stat.name,
                                  "it is packed by another method than \"store\" or \"deflate\".", -1);
    return pz__archive_add(archive, stat.name, index, (int64_t)stat.size, (int64_t)stat.comp_size);
}

/* ------------------------------------------------------------------------------------------------ the kind --- */

static pz_status fail_zip(pz__archive *archive, zip_error_t *error, const pz__archive_item *item, const char *code, const char *words)
{
    int of_system = zip_error_code_system(error);
    int is_no_place = of_system == EFBIG || of_system == EINVAL; /* the archive names a place that no file can have */
    switch (zip_error_code_zip(error)) {
    case ZIP_ER_MEMORY: return pz__fail_memory();
    case ZIP_ER_READ:
    case ZIP_ER_SEEK:
    case ZIP_ER_TELL:
        if (!is_no_place) return pz__file_fail("archive", "read", of_system, NULL);
        break;
    default: break;
    }
    return pz__archive_refuse(archive, PZ_E_FORMAT, code, item ? item->number : 0, item ? item->name : NULL, words, -1);
}

static pz_status open_entry(pz__archive *archive, const pz__archive_item *item, void **out_handle)
{
    zip_t *zip = archive->handle;
    *out_handle = zip_fopen_index(zip, item->place, ZIP_FL_UNCHANGED);
    if (*out_handle) return PZ_OK;
    return fail_zip(archive, zip_get_error(zip), item, "zip.entry_corrupt", "it cannot be opened; the archive is broken.");
}

static int64_t read_entry(pz__archive *archive, const pz__archive_item *item, void *handle, char *buffer, size_t size)
{
    zip_int64_t got = zip_fread(handle, buffer, size);
    if (got >= 0) return got;
    return -(int64_t)fail_zip(archive, zip_file_get_error(handle), item, "zip.entry_corrupt",
                              "its data is broken, cut off, or does not match its checksum.");
}

static void close_entry(void *handle)
{
    zip_fclose(handle);
}

static void close_zip(pz__archive *archive)
{
    zip_discard(archive->handle);
}

static const pz__archive_kind zip_kind = {open_entry, read_entry, close_entry, close_zip};

static pz_status list_entries(pz__archive *archive, zip_source_t *source, const zip_bytes *bytes, const directory *listed,
                              zip_error_t *error)
{
    uint64_t packed_left = bytes->length;
    zip_int64_t count;
    zip_t *zip = zip_open_from_source(source, ZIP_RDONLY, error);
    if (!zip) {
        zip_source_free(source);
        return fail_zip(archive, error, NULL, "zip.invalid_archive", "its directory is broken.");
    }
    archive->handle = zip;
    archive->kind = &zip_kind;
    count = zip_get_num_entries(zip, ZIP_FL_UNCHANGED);
    for (zip_int64_t i = 0; i < count; i++) PZ__TRY(add_entry(archive, zip, (uint64_t)i, &packed_left));
    return check_headers(archive, bytes, listed);
}

static pz_status open_source(pz__archive *archive, const zip_bytes *bytes, const directory *listed, FILE *stream)
{
    zip_error_t error;
    zip_source_t *source;
    pz_status status;
    zip_error_init(&error);
    source = stream ? zip_source_filep_create(stream, 0, -1, &error) : zip_source_buffer_create(bytes->memory, bytes->length, 0, &error);
    if (source) {
        status = list_entries(archive, source, bytes, listed, &error);
    } else {
        status = fail_zip(archive, &error, NULL, "zip.invalid_archive", "it cannot be read.");
        if (stream) fclose(stream);
    }
    zip_error_fini(&error);
    return status;
}

pz_status pz__archive_zip_open(pz__archive *archive, int file)
{
    struct stat info;
    zip_bytes bytes = {file, NULL, 0};
    directory listed;
    pz_status status;
    FILE *stream;
    if (fstat(file, &info) != 0 || info.st_size < 0) {
        int error = errno;
        close(file);
        return pz__file_fail("archive", "read", error, NULL);
    }
    bytes.length = (uint64_t)info.st_size;
    status = check_end(archive, &bytes, &listed);
    if (status) {
        close(file);
        return status;
    }
    stream = fdopen(file, "rb");
    if (!stream) {
        close(file);
        return pz__fail_memory();
    }
    return open_source(archive, &bytes, &listed, stream);
}

pz_status pz__archive_zip_open_memory(pz__archive *archive, const void *memory, size_t length)
{
    zip_bytes bytes = {-1, memory, length};
    directory listed;
    PZ__TRY(check_end(archive, &bytes, &listed));
    return open_source(archive, &bytes, &listed, NULL);
}
