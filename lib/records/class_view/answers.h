/* The answers of a class or org to items as a table: the first of each learner to each item. */
#ifndef PZ_RECORDS_CLASS_VIEW_ANSWERS_H
#define PZ_RECORDS_CLASS_VIEW_ANSWERS_H

#include "personalize/class_view.h"
#include "records/access/call.h"

/* Learners of a scope whom the actor reaches; freed with pz__release. PZ_E_DENIED for those who see no items. */
pz_status pz__view_learners(pz__call *call, pz_id scope, pz_id **out_learners, size_t *out_count);

typedef struct pz__answer_table {
    pz_id *learners; /* by id, taken over */
    size_t rows;
    pz_id *items; /* by id */
    size_t cols;
    double *score;   /* rows * cols; NaN: not answered */
    int32_t *option; /* rows * cols; -1: none */
} pz__answer_table;

/* Takes `learners` over whatever comes of it. Withdrawn answers, and what learners think of themselves and one another, are left out. */
pz_status pz__answer_table_read(pz__call *call, pz_id assessment, pz_id competency, pz_id *learners, size_t count, pz__answer_table *out);
void pz__answer_table_free(pz__answer_table *table);

#endif
