/* Reading the files of a roster archive: a zip file, a zip in memory, or a folder. All three look the same: a flat list of files by
 * name, each read as a stream of bytes. Whatever a hostile archive claims, memory stays small and no more is unpacked than
 * PZ_LIMIT_ARCHIVE_BYTES, _RATIO and _ENTRIES allow. Nothing is ever written to disk. */
#ifndef PZ_EXCHANGE_ARCHIVE_H
#define PZ_EXCHANGE_ARCHIVE_H

#include "personalize/base.h"

typedef struct pz__archive pz__archive;
typedef struct pz__archive_stream pz__archive_stream;

typedef struct pz__archive_entry {
    const char *name; /* without the common top folder, if there is one */
    int64_t size;     /* bytes, as the archive claims */
} pz__archive_entry;

/* What was tolerated: "zip.junk_entry" (files that desktop systems leave behind: __MACOSX, ._*, .DS_Store, Thumbs.db, desktop.ini; they
 * cannot be read), "zip.top_folder" (all files lie in one folder). */
typedef struct pz__archive_note {
    const char *code;
    const char *name; /* as in the archive */
} pz__archive_note;

/* Why an archive was refused. PZ_E_FORMAT:
 *   zip.invalid_archive       no zip, or its directory is broken
 *   zip.entry_corrupt         the data of an entry is broken, cut off or fails its checksum
 *   zip.entry_encrypted       encrypted
 *   zip.entry_method          packed by anything but "store" and "deflate"
 * PZ_E_HOSTILE:
 *   zip.entry_count_exceeded, zip.total_uncompressed_size_exceeded, zip.entry_ratio_exceeded   over the limits
 *   zip.entry_too_large       an entry unpacks to more than it claims
 *   zip.entry_overlap         entries share their packed data
 *   zip.ambiguous_directory   two directories, so that two readers could see two archives
 *   zip.entry_empty_name, zip.entry_bad_name (not UTF-8, control characters, over 255 bytes), zip.entry_absolute_path,
 *   zip.entry_path_traversal, zip.entry_backslash, zip.entry_nested_path, zip.entry_directory, zip.entry_duplicate_name (also where
 *   only upper and lower case differ), zip.entry_name_mismatch (the header before its data has another name than the directory)
 *   zip.entry_symlink, zip.entry_special_file
 * The error detail speaks of an entry by its number only; its name is here. */
typedef struct pz__archive_fault {
    const char *code;
    char name[256];  /* as in the archive, made printable; "" where it concerns no one entry */
    char words[192]; /* such as "entry 3: its name is an absolute path." */
} pz__archive_fault;

/* Opens a zip file or a folder, and checks names and claims of all entries. `fault` may be NULL; it is filled with PZ_E_FORMAT and
 * PZ_E_HOSTILE. PZ_OK; PZ_E_INVALID; PZ_E_FORMAT; PZ_E_HOSTILE; PZ_E_IO; PZ_E_NOMEM. */
pz_status pz__archive_open(const char *path, pz__archive_fault *fault, pz__archive **out_archive);

/* The same for a zip in memory, which must outlive the archive. */
pz_status pz__archive_open_memory(const void *bytes, size_t length, pz__archive_fault *fault, pz__archive **out_archive);

/* Free the streams first. */
void pz__archive_free(pz__archive *archive);

/* NULL past the end. A zip's entries are in its own order, a folder's in the order of their names. */
const pz__archive_entry *pz__archive_entry_at(const pz__archive *archive, size_t index);
const pz__archive_note *pz__archive_note_at(const pz__archive *archive, size_t index);

/* Finds an entry by its exact name. 1 if there is one. */
int pz__archive_find(const pz__archive *archive, const char *name, size_t *out_index);

/* Begins to read an entry. Several streams may be open at once, and an entry may be read again: the limits count it once.
 * PZ_OK; PZ_E_CLOSED; PZ_E_INVALID (no such entry); PZ_E_FORMAT; PZ_E_HOSTILE (a file in the folder was replaced by something
 * else); PZ_E_IO; PZ_E_NOMEM. */
pz_status pz__archive_stream_open(pz__archive *archive, size_t index, pz__archive_stream **out_stream);

/* A pz__read_fn (base/csv_read.h) with the stream as its source. The checksum is checked at the end: what was read before may
 * be wrong if the stream does not end well. A failure comes again with every later call. */
int64_t pz__archive_read(void *stream, char *buffer, size_t size);

void pz__archive_stream_free(pz__archive_stream *stream);

/* The fault behind the last PZ_E_FORMAT or PZ_E_HOSTILE of a stream of this archive; NULL if there was none. */
const pz__archive_fault *pz__archive_fault_of(const pz__archive *archive);

#endif
