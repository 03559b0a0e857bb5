/* What the parts of the archive reader share: archive.c keeps the list and the limits, archive_zip.c and archive_folder.c are the two
 * kinds of archive underneath. */
#ifndef PZ_EXCHANGE_ARCHIVE_PARTS_H
#define PZ_EXCHANGE_ARCHIVE_PARTS_H

#include "exchange/archive.h"

typedef enum pz__archive_item_kind { PZ__ARCHIVE_FILE, PZ__ARCHIVE_FOLDER, PZ__ARCHIVE_JUNK } pz__archive_item_kind;

/* One entry as it is in the archive. */
typedef struct pz__archive_item {
    pz__archive_entry entry;
    char *name;       /* whole; a folder ends with a slash */
    uint64_t place;   /* libzip's index of it */
    int64_t number;   /* from 1, for error details */
    int64_t packed;   /* bytes in a zip; -1 in a folder */
    int64_t unpacked; /* most bytes that a stream has given so far */
    pz__archive_item_kind kind;
} pz__archive_item;

/* Where a stream's bytes come from. Each gives what a pz__read_fn gives. */
typedef struct pz__archive_kind {
    pz_status (*open_entry)(pz__archive *archive, const pz__archive_item *item, void **out_handle);
    int64_t (*read_entry)(pz__archive *archive, const pz__archive_item *item, void *handle, char *buffer, size_t size);
    void (*close_entry)(void *handle);
    void (*close)(pz__archive *archive);
} pz__archive_kind;

struct pz__archive {
    const pz__archive_kind *kind;
    void *handle;            /* of the kind */
    pz__archive_item *items; /* files first, once the list is settled */
    size_t item_count;
    size_t item_capacity;
    size_t file_count;
    char *top; /* the common top folder with its slash, or "" */
    pz__archive_note *notes;
    size_t note_count;
    int64_t unpacked; /* of all items */
    pz__archive_fault fault;
};

enum { PZ__ARCHIVE_MOST_ITEMS_PER_ENTRY = 4 }; /* junk and folders come on top of the entries */

/* The most items of any kind that are looked at. */
size_t pz__archive_most_items(void);

/* Remembers the fault and fails. `number` is 0 where it concerns no one entry; `limit` is -1 where there is none. */
pz_status pz__archive_refuse(pz__archive *archive, pz_status status, const char *code, int64_t number, const char *name, const char *words,
                             int64_t limit);

/* Checks a name and adds the item. `packed` is -1 in a folder. */
pz_status pz__archive_add(pz__archive *archive, const char *name, uint64_t place, int64_t size, int64_t packed);

/* Fill a new archive with their items. Their handle is closed by the archive, also on failure. */
pz_status pz__archive_zip_open(pz__archive *archive, int file);
pz_status pz__archive_zip_open_memory(pz__archive *archive, const void *bytes, size_t length);
pz_status pz__archive_folder_open(pz__archive *archive, int folder);

#endif
