/* What the rows of a CSV file become, by kind. */
#ifndef PZ_EXCHANGE_CSV_WRITE_H
#define PZ_EXCHANGE_CSV_WRITE_H

#include "exchange/csv_people.h"
#include "exchange/csv_rows.h"

/* One import of a CSV file. */
typedef struct pz__csv_import {
    pz__session *session;
    const pz__csv_mapping *mapping;
    pz__csv_people people;
    int64_t dry_ids_taken;
} pz__csv_import;

/* A kind of rows: `start` before the first, `row` for each usable one, `finish` behind the last, `free` whatever happened. */
typedef struct pz__csv_writer {
    pz_status (*start)(pz__csv_import *import, void **out_state);
    pz_status (*row)(pz__csv_import *import, void *state, pz__csv_mapped *row, pz_id learner);
    pz_status (*finish)(pz__csv_import *import, void *state);
    void (*free)(void *state);
} pz__csv_writer;

extern const pz__csv_writer pz__csv_response_writer; /* responses */
extern const pz__csv_writer pz__csv_entry_writer;    /* sections of the profile */
extern const pz__csv_writer pz__csv_goal_writer;     /* goals */

/* Counts an outcome under a name of the difference. */
void pz__csv_count(pz__csv_import *import, const char *name, pz__outcome outcome);

/* A new id; within a dry run one that no record has. */
pz_status pz__csv_take_id(pz__csv_import *import, pz_id *out_id);

/* The moment that a value of a day or time stands for; `absent` where it is not set. */
pz_time pz__csv_moment(const pz__csv_import *import, const pz__csv_cell *cell, pz_time absent);
/* When the import happens. */
pz_time pz__csv_now(const pz__csv_import *import);

#endif
