/* The rows of a CSV file as its mapping reads them: values found, replaced and checked, without a store. */
#ifndef PZ_EXCHANGE_CSV_ROWS_H
#define PZ_EXCHANGE_CSV_ROWS_H

#include "exchange/csv_mapping.h"
#include "exchange/import.h"

typedef struct pz__csv_cell {
    const char *text; /* not NUL-terminated; lives until the next row is read */
    size_t length;
    int64_t line;
    int32_t column; /* number of the field; 0 for a constant */
    int is_set;     /* there is a value and it could be read */
    double real;
    int32_t number; /* of enumerations */
    pz_date date;   /* of days and times */
    pz_time time;   /* of times with a time of day; otherwise PZ_TIME_NONE */
} pz__csv_cell;

typedef struct pz__csv_mapped {
    pz__csv_cell cells[PZ__CSV_TARGETS];
    const char *file;
    int64_t line;
    int is_usable; /* 0: it has a fault that was noted */
    int is_passed; /* 1: the mapping passes it over */
} pz__csv_mapped;

typedef struct pz__csv_rows pz__csv_rows;

/* Opens a file and matches its header. *out_rows is NULL with PZ_OK where faults (noted) make it unreadable. */
pz_status pz__csv_rows_open(pz__import *import, const pz__csv_mapping *mapping, const char *path, pz__csv_rows **out_rows);
void pz__csv_rows_free(pz__csv_rows *rows);

/* The next row; *out_row is NULL at the end. */
pz_status pz__csv_rows_next(pz__csv_rows *rows, pz__csv_mapped **out_row);

/* Notes a fault of a row's value, and makes the row unusable. */
void pz__csv_fault_note(pz__import *import, pz__csv_mapped *row, pz__csv_target target, const char *code, const char *words);

/* The delimiter that a line has most of, outside quotes; a comma where it has none. */
char pz__csv_guess_delimiter(const char *text, size_t length);

#endif
