/* Columns of answers: numbers of any size made dense, and rows brought together by skill and learner. */
#ifndef PZ_MASTERY_COLUMNS_H
#define PZ_MASTERY_COLUMNS_H

#include "personalize/base.h"

/* Dense numbers 0, 1, ... in ascending order of the values. */
typedef struct pz__numbering {
    int64_t *values; /* by dense number, ascending */
    int32_t count;
} pz__numbering;

/* Numbers a column; `dense` has room for `rows`. rows must be below 2^31. */
pz_status pz__number(const int64_t *values, size_t rows, pz__numbering *out, int32_t *dense);
void pz__numbering_free(pz__numbering *numbering);
/* The dense number of a value, or -1. */
int32_t pz__numbering_find(const pz__numbering *numbering, int64_t value);

/* Row numbers sorted by `key` (0 to keys - 1), rows with the same key in the order of `order`. starts has keys + 1 places. */
void pz__sort_rows(const int32_t *key, int32_t keys, const uint32_t *order, size_t rows, uint32_t *out, uint32_t *starts);

/* Learners and skills made dense, row numbers by skill and within it by learner, otherwise in order. */
typedef struct pz__sorted {
    pz__numbering learners, skills;
    int32_t *learner; /* by row */
    uint32_t *order;
    uint32_t *starts; /* of each skill in `order`, and the end */
} pz__sorted;

pz_status pz__sort_answers(const int64_t *learner, const int64_t *skill, size_t rows, pz__sorted *out);
void pz__sorted_free(pz__sorted *sorted);

/* Refuses columns that are missing, too long, or out of range. */
pz_status pz__columns_check(const int64_t *learner, const int64_t *skill, const double *score, size_t rows);
pz_status pz__classes_check(const int32_t *classes, size_t rows, const char *name, int32_t *out_count);

/* Calls a progress function; PZ_E_CANCELLED with detail where it says so. */
pz_status pz__progress(pz_progress_fn progress, double done, void *user_data);
/* The same within a loop over rows, at every 4,096th. */
pz_status pz__progress_row(pz_progress_fn progress, size_t row, size_t rows, void *user_data);

#endif
