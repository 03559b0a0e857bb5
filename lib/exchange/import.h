/* What the imports share: options as they hold, progress, and the report. */
#ifndef PZ_EXCHANGE_IMPORT_H
#define PZ_EXCHANGE_IMPORT_H

#include "exchange/faults.h"

/* What became of the records of one kind. `name` is a literal. */
typedef struct pz__difference {
    const char *name;
    int64_t added, changed, gone, same;
} pz__difference;

typedef struct pz__count {
    const char *name; /* a literal */
    int64_t value;
} pz__count;

enum { PZ__MOST_DIFFERENCES = 24, PZ__MOST_COUNTS = 40 };

typedef struct pz__import {
    pz_import_options options; /* with defaults filled in */
    const char *format;        /* "oneroster", "case", "csv" */
    const char *version;       /* of the format, as the file says; NULL unknown */
    pz__faults faults;
    pz__difference differences[PZ__MOST_DIFFERENCES];
    size_t difference_count;
    pz__difference beyond; /* takes what has no room; its numbers are not shown */
    pz__count counts[PZ__MOST_COUNTS];
    size_t count_count;
    int64_t change; /* 0: none */
    int64_t rows;   /* that count towards the limit */
    int written;
    int repeated;
    double done_from, done_to; /* the part of the whole that the present step is */
} pz__import;

/* Checks options (NULL: the defaults) and begins a report. PZ_E_STRUCT_SIZE, PZ_E_INVALID, PZ_E_TEXT, PZ_E_TOO_LONG; nothing is to be freed then. */
pz_status pz__import_start(pz__import *import, const char *format, const pz_import_options *options);
void pz__import_free(pz__import *import);
int pz__import_is_strict(const pz__import *import);

/* The row of a kind, made at need; the order in which they are first asked for is the order of the report. */
pz__difference *pz__import_difference(pz__import *import, const char *name);
int pz__import_differs(const pz__import *import); /* 1 if anything is new, changed or gone */
void pz__import_count(pz__import *import, const char *name, int64_t value);

/* Steps of the whole: what pz__import_progress tells as 0 to 1 is shown as `from` to `to`. */
void pz__import_step(pz__import *import, double from, double to);
pz_status pz__import_progress(pz__import *import, double done); /* PZ_OK or PZ_E_CANCELLED */

/* One more row, or id in a list, that may cost memory: PZ_OK, or the fault with PZ_E_HOSTILE where it is one too many. */
pz_status pz__import_row(pz__import *import, const char *file, int64_t line);

/* Notes a fault: tolerated in lenient mode if it can go on, otherwise fatal. 1 if it goes on. `words` say what is wrong and, behind "|", what
 * lenient mode does about it. */
int pz__import_fault(pz__import *import, int can_go_on, const char *code, const pz__fault_place *place, const char *words);

/* PZ_E_FAULTS with detail where there are fatal faults, PZ_OK otherwise. */
pz_status pz__import_verdict(const pz__import *import);

/* Writes the report whatever the outcome: `status` is given back unless memory fails. */
pz_status pz__import_report(pz__import *import, pz_status status, char **out_json);

#endif
