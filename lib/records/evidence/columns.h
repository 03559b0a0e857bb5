/* Evidence as it comes out: the record and its columns in one block. */
#ifndef PZ_RECORDS_EVIDENCE_COLUMNS_H
#define PZ_RECORDS_EVIDENCE_COLUMNS_H

#include "personalize/evidence.h"

typedef struct pz__evidence_columns {
    pz_evidence *evidence; /* the block; its columns are those below */
    int64_t *learner, *competency, *at, *assessment, *item, *sequence, *change;
    double *score, *weight;
    double *prediction; /* NULL unless asked for */
    int32_t *kind, *option;
} pz__evidence_columns;

pz_status pz__evidence_columns_new(size_t rows, int with_prediction, pz__evidence_columns *out_columns);

#endif
