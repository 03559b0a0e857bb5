/* Faults of a file that is imported: what is wrong, where exactly, and what becomes of it. They are worded when they are found and kept as
 * JSON, so that their memory is bounded by how many are asked for. */
#ifndef PZ_EXCHANGE_FAULTS_H
#define PZ_EXCHANGE_FAULTS_H

#include "base/json_write.h"
#include "personalize/exchange.h"

enum { PZ__FAULT_VALUE = 200 }; /* bytes of a value that are shown */

typedef enum pz__severity { PZ__FATAL = 1, PZ__TOLERATED = 2 } pz__severity;

/* Where. What does not apply is NULL or 0 and becomes null; without a file it is the one that all faults are of, if there is one. */
typedef struct pz__fault_place {
    const char *file;
    int64_t line;
    int64_t column;
    const char *field; /* name of the column, or a JSON path */
    const char *value; /* what the file holds there; NULL: not shown */
    size_t value_length;
} pz__fault_place;

typedef struct pz__faults {
    pz__buffer json; /* elements of an array */
    pz__json_writer writer;
    const char *file; /* of all faults, where the import is of one file; its text outlives the faults. NULL: each names its own */
    int32_t most;
    int64_t listed;
    int64_t left_off;
    int64_t fatal; /* listed or not */
    int muted;     /* 1: nothing is noted, for a second pass over the same rows */
} pz__faults;

void pz__faults_start(pz__faults *faults, int32_t most);
void pz__faults_free(pz__faults *faults);

/* Notes a fault; failing memory is kept in `json`. `format` words the sentence: it may show places and limits, never personal data. */
void pz__faults_add(pz__faults *faults, pz__severity severity, const char *code, const pz__fault_place *place, const char *format, ...)
    __attribute__((format(printf, 5, 6)));

#endif
