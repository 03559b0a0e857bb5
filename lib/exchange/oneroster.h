/* A OneRoster archive that is open: manifest, rows by column, ids. Reading and checking need no store. */
#ifndef PZ_EXCHANGE_ONEROSTER_H
#define PZ_EXCHANGE_ONEROSTER_H

#include "exchange/archive.h"
#include "exchange/id_register.h"
#include "exchange/import.h"
#include "exchange/oneroster_tables.h"
#include "exchange/oneroster_value.h"

typedef enum pz__or_mode { PZ__OR_ABSENT = 0, PZ__OR_BULK = 1, PZ__OR_DELTA = 2 } pz__or_mode;

/* Smallest and largest score of a line item; NaN where it does not say. */
typedef struct pz__or_range {
    double min, max;
} pz__or_range;

typedef struct pz__oneroster {
    pz__import *import;
    pz__archive *archive;
    int version; /* 11 or 12 */
    pz__or_mode modes[PZ__OR_FILES];
    size_t entries[PZ__OR_FILES]; /* in the archive, where the mode is not absent */
    pz__id_register ids[PZ__OR_FILES];
    int64_t rows[PZ__OR_FILES]; /* that were read and may be used */
    int64_t met[PZ__OR_FILES];  /* the most that were read in one pass: a row counts once towards the limit */
    int64_t *parents[2];        /* of orgs and sessions by place: place of the one above, or -1 */
    size_t parents_capacity[2];
    pz__or_range *ranges; /* of line items, by place */
    size_t ranges_capacity;
    char archive_name[256];        /* of the file or folder, without the folders above it, or "" */
    int has_store;                 /* the ids hold those of a store as well */
    int64_t bytes_done, bytes_all; /* of the step that runs, for the progress */
} pz__oneroster;

/* Opens archive and manifest. Faults are in the import; after a fatal one in the manifest `version` is 0 and there is nothing to read.
 * PZ_OK; PZ_E_INVALID; PZ_E_FORMAT; PZ_E_HOSTILE; PZ_E_IO; PZ_E_NOMEM. Whatever comes out, release with pz__oneroster_close. */
pz_status pz__oneroster_open(pz__oneroster *roster, pz__import *import, const char *path);
void pz__oneroster_close(pz__oneroster *roster);

/* First pass over all files: fields, ids, references. PZ_OK also with faults. */
pz_status pz__oneroster_check(pz__oneroster *roster);

/* ---------------------------------------------------------------------------------------------------- rows --- */

typedef struct pz__or_row {
    pz__or_value values[PZ__OR_MOST_COLUMNS]; /* by the table's columns */
    int64_t line;
    int is_usable;  /* 0: it has a fault that keeps it out */
    int is_deleted; /* "tobedeleted" */
} pz__or_row;

typedef struct pz__or_reader pz__or_reader;

/* Begins to read a file of the archive; it must not be absent. *out_reader is NULL with PZ_OK where its header is unusable. */
pz_status pz__or_reader_open(pz__oneroster *roster, pz__or_file file, pz__or_reader **out_reader);
/* The next row; *out_row is NULL at the end. Rows with faults come too, see is_usable. */
pz_status pz__or_reader_next(pz__or_reader *reader, const pz__or_row **out_row);
void pz__or_reader_free(pz__or_reader *reader);

/* Notes a fault of a field in lenient or strict mode: tolerated where lenient mode can go on. 1 if the row goes on. */
int pz__or_fault(pz__oneroster *roster, pz__or_file file, int column, const pz__or_row *row, int can_go_on, const char *code,
                 const char *words);

/* The place of what a reference names, or -1 where the archive, or the store where it counts, has no such row. */
int64_t pz__or_known_place(const pz__oneroster *roster, pz__or_file file, const char *text, size_t length);

/* An identifier of CASE without "urn:uuid:" before it. 1 if it is a UUID. */
int pz__or_case_id(const char *text, size_t length, const char **out_text, size_t *out_length);

/* Notes the fault of the archive itself behind PZ_E_FORMAT or PZ_E_HOSTILE. */
void pz__or_archive_fault(pz__oneroster *roster, const pz__archive_fault *fault, pz_status status);

pz_status pz__or_manifest_read(pz__oneroster *roster);

#endif
