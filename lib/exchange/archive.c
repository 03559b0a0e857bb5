#include "exchange/archive.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fail.h"
#include "base/memory.h"
#include "base/text.h"
#include "exchange/archive_parts.h"
#include "exchange/file.h"

enum { LONGEST_NAME = 255, RATIO_FROM = 1024 * 1024 };

/* --------------------------------------------------------------------------------------------------- faults --- */

/* Names in a fault may come to a terminal or a page. */
static void copy_printable(char *to, size_t size, const char *name)
{
    size_t length = strlen(name), cut;
    size_t valid = pz__utf8_valid(name, length);
    cut = pz__utf8_cut(name, valid, size - 1 < valid ? size - 1 : valid);
    for (size_t i = 0; i < cut; i++) to[i] = (unsigned char)name[i] < ' ' || name[i] == 0x7F ? '?' : name[i];
    to[cut] = '\0';
}

pz_status pz__archive_refuse(pz__archive *archive, pz_status status, const char *code, int64_t number, const char *name, const char *words,
                             int64_t limit)
{
    char limit_words[64] = "", place[64] = "";
    const char *hint = status == PZ_E_HOSTILE ? "Do not use this archive unless you trust where it comes from; pack the files anew."
                                              : "Fetch the archive again, or pack the files anew.";
    archive->fault.code = code;
    copy_printable(archive->fault.name, sizeof archive->fault.name, name ? name : "");
    if (limit >= 0) snprintf(limit_words, sizeof limit_words, " The limit is %lld.", (long long)limit);
    if (number > 0) snprintf(place, sizeof place, "entry %lld: ", (long long)number);
    snprintf(archive->fault.words, sizeof archive->fault.words, "%s%s%s", place, words, limit_words);
    return pz__fail(status, NULL, hint, "%s: %s", code, archive->fault.words);
}

/* ---------------------------------------------------------------------------------------------------- names --- */

size_t pz__archive_most_items(void)
{
    return (size_t)pz_limit(PZ_LIMIT_ARCHIVE_ENTRIES) * PZ__ARCHIVE_MOST_ITEMS_PER_ENTRY;
}

/* Is there a part of the path that is empty, "." or ".."? A slash at the end is a folder's. */
static int has_odd_part(const char *name)
{
    while (*name) {
        size_t length = strcspn(name, "/");
        if (length == 0 || (length == 1 && name[0] == '.') || (length == 2 && name[0] == '.' && name[1] == '.')) return 1;
        name += length + (name[length] == '/');
    }
    return 0;
}

static int has_bad_bytes(const char *name, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if ((unsigned char)name[i] < ' ' || name[i] == 0x7F) return 1;
    return pz__utf8_valid(name, length) != length;
}

static int is_drive(const char *name)
{
    return ((name[0] >= 'A' && name[0] <= 'Z') || (name[0] >= 'a' && name[0] <= 'z')) && name[1] == ':';
}

static pz_status check_name(pz__archive *archive, const char *name, int64_t number)
{
    size_t length = strlen(name);
    const char *code = NULL, *words = NULL;
    if (length == 0) {
        code = "zip.entry_empty_name", words = "it has no name.";
    } else if (length > LONGEST_NAME) {
        return pz__archive_refuse(archive, PZ_E_HOSTILE, "zip.entry_bad_name", number, name, "its name is too long.", LONGEST_NAME);
    } else if (has_bad_bytes(name, length)) {
        code = "zip.entry_bad_name", words = "its name is not plain UTF-8 text.";
    } else if (strchr(name, '\\')) {
        code = "zip.entry_backslash", words = "its name holds a backslash.";
    } else if (name[0] == '/' || is_drive(name)) {
        code = "zip.entry_absolute_path", words = "its name is an absolute path.";
    } else if (has_odd_part(name)) {
        code = "zip.entry_path_traversal", words = "its path leads elsewhere.";
    }
    return code ? pz__archive_refuse(archive, PZ_E_HOSTILE, code, number, name, words, -1) : PZ_OK;
}

static int is_junk(const char *name)
{
    static const char *const leftovers[] = {".DS_Store", "Thumbs.db", "desktop.ini"};
    const char *slash = strrchr(name, '/'), *base = slash ? slash + 1 : name;
    if (!strncmp(name, "__MACOSX", 8) && (name[8] == '/' || name[8] == '\0')) return 1;
    if (!strncmp(base, "._", 2)) return 1;
    for (size_t i = 0; i < sizeof leftovers / sizeof leftovers[0]; i++)
        if (pz__ascii_equal_fold(base, strlen(base), leftovers[i])) return 1;
    return 0;
}

pz_status pz__archive_add(pz__archive *archive, const char *name, uint64_t place, int64_t size, int64_t packed)
{
    pz__archive_item item = {{NULL, size}, NULL, place, (int64_t)archive->item_count + 1, packed, 0, PZ__ARCHIVE_FILE};
    size_t length = strlen(name);
    if (archive->item_count == pz__archive_most_items())
        return pz__archive_refuse(archive, PZ_E_HOSTILE, "zip.entry_count_exceeded", 0, NULL, "there are too many entries.",
                                  pz_limit(PZ_LIMIT_ARCHIVE_ENTRIES));
    PZ__TRY(check_name(archive, name, item.number));
    PZ__TRY(pz__reserve((void **)&archive->items, &archive->item_capacity, archive->item_count + 1, sizeof item));
    if (name[length - 1] == '/') item.kind = PZ__ARCHIVE_FOLDER;
    if (is_junk(name)) item.kind = PZ__ARCHIVE_JUNK;
    item.name = pz__copy_text(name, length);
    if (!item.name) return pz__fail_memory();
    archive->items[archive->item_count++] = item;
    return PZ_OK;
}

/* -------------------------------------------------------------------------------------------- the whole list --- */

/* Files first, in the order in which they came. */
static void put_files_first(pz__archive *archive)
{
    for (size_t i = 0; i < archive->item_count; i++) {
        pz__archive_item item = archive->items[i];
        if (item.kind != PZ__ARCHIVE_FILE) continue;
        memmove(&archive->items[archive->file_count + 1], &archive->items[archive->file_count], (i - archive->file_count) * sizeof item);
        archive->items[archive->file_count++] = item;
    }
}

/* The folder that all files would have to lie in: that of the first file, or a lone folder. */
static pz_status find_top(pz__archive *archive)
{
    const char *first = "";
    size_t length;
    for (size_t i = archive->item_count; i-- > 0;)
        if (archive->items[i].kind != PZ__ARCHIVE_JUNK && (i < archive->file_count || !*first)) first = archive->items[i].name;
    length = strcspn(first, "/");
    archive->top = pz__copy_text(first, first[length] ? length + 1 : 0);
    return archive->top ? PZ_OK : pz__fail_memory();
}

/* Files must lie flat, at the top or all in one folder; the names of entries are set without it. */
static pz_status settle_folders(pz__archive *archive)
{
    size_t top = strlen(archive->top);
    for (size_t i = 0; i < archive->item_count; i++) {
        pz__archive_item *item = &archive->items[i];
        int inside = !strncmp(item->name, archive->top, top);
        if (item->kind == PZ__ARCHIVE_FOLDER && strcmp(item->name, archive->top) != 0)
            return pz__archive_refuse(archive, PZ_E_HOSTILE, "zip.entry_directory", item->number, item->name,
                                      "it is a folder; files must lie at the top or in one common folder.", -1);
        if (item->kind == PZ__ARCHIVE_FILE && (!inside || strchr(item->name + top, '/')))
            return pz__archive_refuse(archive, PZ_E_HOSTILE, "zip.entry_nested_path", item->number, item->name,
                                      "it lies in a folder; files must lie at the top or in one common folder.", -1);
        if (item->kind == PZ__ARCHIVE_FILE) item->entry.name = item->name + top;
    }
    return PZ_OK;
}

static pz_status check_duplicates(pz__archive *archive)
{
    for (size_t i = 1; i < archive->file_count; i++)
        for (size_t k = 0; k < i; k++) {
            const pz__archive_item *item = &archive->items[i];
            if (!pz__ascii_equal_fold(item->entry.name, strlen(item->entry.name), archive->items[k].entry.name)) continue;
            return pz__archive_refuse(archive, PZ_E_HOSTILE, "zip.entry_duplicate_name", item->number, item->name,
                                      "an entry before it has the same name.", -1);
        }
    return PZ_OK;
}

static int over_ratio(int64_t unpacked, int64_t packed)
{
    return packed >= 0 && unpacked > RATIO_FROM && unpacked / pz_limit(PZ_LIMIT_ARCHIVE_RATIO) > packed;
}

static pz_status refuse_size(pz__archive *archive, const pz__archive_item *item)
{
    return pz__archive_refuse(archive, PZ_E_HOSTILE, "zip.total_uncompressed_size_exceeded", item->number, item->name,
                              "the files have more bytes than an archive may unpack to.", pz_limit(PZ_LIMIT_ARCHIVE_BYTES));
}

static pz_status refuse_ratio(pz__archive *archive, const pz__archive_item *item)
{
    return pz__archive_refuse(archive, PZ_E_HOSTILE, "zip.entry_ratio_exceeded", item->number, item->name,
                              "it unpacks to too many times its size.", pz_limit(PZ_LIMIT_ARCHIVE_RATIO));
}

/* What the archive itself admits. What it conceals is found while unpacking. */
static pz_status check_claims(pz__archive *archive)
{
    int64_t left = pz_limit(PZ_LIMIT_ARCHIVE_BYTES);
    if (archive->file_count > (size_t)pz_limit(PZ_LIMIT_ARCHIVE_ENTRIES))
        return pz__archive_refuse(archive, PZ_E_HOSTILE, "zip.entry_count_exceeded", 0, NULL, "there are too many entries.",
                                  pz_limit(PZ_LIMIT_ARCHIVE_ENTRIES));
    for (size_t i = 0; i < archive->file_count; i++) {
        const pz__archive_item *item = &archive->items[i];
        if (item->entry.size < 0 || item->entry.size > left) return refuse_size(archive, item);
        if (over_ratio(item->entry.size, item->packed)) return refuse_ratio(archive, item);
        left -= item->entry.size;
    }
    return PZ_OK;
}

static pz_status write_notes(pz__archive *archive)
{
    archive->notes = pz__alloc_zero(archive->item_count + 1, sizeof *archive->notes);
    if (!archive->notes) return pz__fail_memory();
    if (*archive->top) {
        pz__archive_note note = {"zip.top_folder", archive->top};
        archive->notes[archive->note_count++] = note;
    }
    for (size_t i = 0; i < archive->item_count; i++) {
        pz__archive_note note = {"zip.junk_entry", archive->items[i].name};
        if (archive->items[i].kind == PZ__ARCHIVE_JUNK) archive->notes[archive->note_count++] = note;
    }
    return PZ_OK;
}

static pz_status settle(pz__archive *archive)
{
    put_files_first(archive);
    PZ__TRY(find_top(archive));
    PZ__TRY(settle_folders(archive));
    PZ__TRY(check_duplicates(archive));
    PZ__TRY(check_claims(archive));
    return write_notes(archive);
}

/* --------------------------------------------------------------------------------------------- open and free --- */

static pz_status new_archive(pz__archive_fault *fault, pz__archive **out_archive)
{
    *out_archive = NULL;
    if (fault) memset(fault, 0, sizeof *fault);
    *out_archive = pz__alloc_zero(1, sizeof **out_archive);
    return *out_archive ? PZ_OK : pz__fail_memory();
}

static pz_status finish_open(pz_status status, pz__archive_fault *fault, pz__archive **out_archive)
{
    if (status == PZ_OK) status = settle(*out_archive);
    if (status == PZ_OK) return PZ_OK;
    if (fault) *fault = (*out_archive)->fault;
    pz__archive_free(*out_archive);
    *out_archive = NULL;
    return status;
}

/* The path itself may be a link. It is opened without waiting, in case it is a pipe. */
static pz_status open_path(pz__archive *archive, const char *path)
{
    struct stat info;
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (file < 0 || fstat(file, &info) != 0) {
        int error = errno;
        if (file >= 0) close(file);
        return pz__file_fail("archive", "opened", error, "Check the path. An archive is a zip file, or the folder of its files.");
    }
    if (S_ISREG(info.st_mode)) return pz__archive_zip_open(archive, file);
    if (S_ISDIR(info.st_mode)) return pz__archive_folder_open(archive, file);
    close(file);
    return pz__archive_refuse(archive, PZ_E_HOSTILE, "zip.entry_special_file", 0, NULL, "the path names neither a file nor a folder.", -1);
}

pz_status pz__archive_open(const char *path, pz__archive_fault *fault, pz__archive **out_archive)
{
    PZ__TRY(new_archive(fault, out_archive));
    return finish_open(path ? open_path(*out_archive, path) : pz__fail_null("path"), fault, out_archive);
}

pz_status pz__archive_open_memory(const void *bytes, size_t length, pz__archive_fault *fault, pz__archive **out_archive)
{
    PZ__TRY(new_archive(fault, out_archive));
    return finish_open(bytes ? pz__archive_zip_open_memory(*out_archive, bytes, length) : pz__fail_null("bytes"), fault, out_archive);
}

void pz__archive_free(pz__archive *archive)
{
    if (!archive) return;
    if (archive->kind) archive->kind->close(archive);
    for (size_t i = 0; i < archive->item_count; i++) pz__release(archive->items[i].name);
    pz__release(archive->items);
    pz__release(archive->notes);
    pz__release(archive->top);
    pz__release(archive);
}

const pz__archive_entry *pz__archive_entry_at(const pz__archive *archive, size_t index)
{
    return archive && index < archive->file_count ? &archive->items[index].entry : NULL;
}

const pz__archive_note *pz__archive_note_at(const pz__archive *archive, size_t index)
{
    return archive && index < archive->note_count ? &archive->notes[index] : NULL;
}

int pz__archive_find(const pz__archive *archive, const char *name, size_t *out_index)
{
    for (size_t i = 0; archive && i < archive->file_count; i++) {
        if (strcmp(archive->items[i].entry.name, name)) continue;
        *out_index = i;
        return 1;
    }
    return 0;
}

const pz__archive_fault *pz__archive_fault_of(const pz__archive *archive)
{
    return archive && archive->fault.code ? &archive->fault : NULL;
}

/* -------------------------------------------------------------------------------------------------- streams --- */

struct pz__archive_stream {
    pz__archive *archive;
    pz__archive_item *item;
    void *handle;
    int64_t given;
    pz_status failed;
};

pz_status pz__archive_stream_open(pz__archive *archive, size_t index, pz__archive_stream **out_stream)
{
    pz__archive_stream *stream;
    pz_status status;
    *out_stream = NULL;
    if (!archive) return pz__fail_closed("archive");
    if (index >= archive->file_count)
        return pz__fail(PZ_E_INVALID, "index", NULL, "The archive has %llu entries.", (unsigned long long)archive->file_count);
    stream = pz__alloc_zero(1, sizeof *stream);
    if (!stream) return pz__fail_memory();
    stream->archive = archive;
    stream->item = &archive->items[index];
    status = archive->kind->open_entry(archive, stream->item, &stream->handle);
    if (status) {
        pz__release(stream);
        return status;
    }
    *out_stream = stream;
    return PZ_OK;
}

/* An entry that is read twice counts once. */
static pz_status count_given(pz__archive_stream *stream, int64_t got)
{
    pz__archive *archive = stream->archive;
    pz__archive_item *item = stream->item;
    stream->given += got;
    if (stream->given > item->unpacked) {
        archive->unpacked += stream->given - item->unpacked;
        item->unpacked = stream->given;
    }
    if (archive->unpacked > pz_limit(PZ_LIMIT_ARCHIVE_BYTES)) return refuse_size(archive, item);
    if (over_ratio(stream->given, item->packed)) return refuse_ratio(archive, item);
    if (item->packed >= 0 && stream->given > item->entry.size)
        return pz__archive_refuse(archive, PZ_E_HOSTILE, "zip.entry_too_large", item->number, item->name,
                                  "it unpacks to more bytes than the archive says.", item->entry.size);
    return PZ_OK;
}

int64_t pz__archive_read(void *source, char *buffer, size_t size)
{
    pz__archive_stream *stream = source;
    int64_t got;
    if (!stream) return -(int64_t)pz__fail_closed("stream");
    if (stream->failed) return -(int64_t)pz__fail(stream->failed, NULL, NULL, "Reading this entry failed before and cannot go on.");
    got = stream->archive->kind->read_entry(stream->archive, stream->item, stream->handle, buffer, size);
    stream->failed = got < 0 ? (pz_status)-got : count_given(stream, got);
    return stream->failed ? -(int64_t)stream->failed : got;
}

void pz__archive_stream_free(pz__archive_stream *stream)
{
    if (!stream) return;
    stream->archive->kind->close_entry(stream->handle);
    pz__release(stream);
}
