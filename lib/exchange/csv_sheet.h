/* What a CSV file looks like from outside: its header, and what the first rows hold in each column. */
#ifndef PZ_EXCHANGE_CSV_SHEET_H
#define PZ_EXCHANGE_CSV_SHEET_H

#include <stddef.h>

#include "personalize/base.h"

enum { PZ__CSV_NAME_SIZE = 64 };

typedef struct pz__csv_column {
    char name[PZ__CSV_NAME_SIZE]; /* plain, see csv_words.h */
    char *title;                  /* as it stands */
    int number;                   /* from 1 */
    int is_alone;                 /* 0: another column has the same title */
    int is_numbered;              /* 1: one of several columns, each of an item, such as Q1, Q2, ... */
    int values, numbers, comma_numbers, iso_days, iso_times, other_days, first_over_12, second_over_12, over_one, spaced, codes;
    char mark; /* between the numbers of other days */
    int year_first, short_years;
} pz__csv_column;

typedef struct pz__csv_sheet {
    char *text;
    size_t length;
    char delimiter;
    pz__csv_column *columns;
    size_t count;
    int rows;
} pz__csv_sheet;

/* PZ_OK; PZ_E_FORMAT; PZ_E_IO; PZ_E_NOMEM. Forget it whatever comes out. */
pz_status pz__csv_sheet_see(pz__csv_sheet *sheet, const char *path);
void pz__csv_sheet_forget(pz__csv_sheet *sheet);

#endif
