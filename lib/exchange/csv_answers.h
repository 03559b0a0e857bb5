/* Answers of a file, held against those of the store: what is there is not added again, and where its score differs, corrected. */
#ifndef PZ_EXCHANGE_CSV_ANSWERS_H
#define PZ_EXCHANGE_CSV_ANSWERS_H

#include "exchange/import.h"
#include "records/evidence/write.h"

typedef struct pz__csv_answers {
    pz__evidence_row *rows; /* in the order of the file */
    uint8_t *timed;         /* by row: its time tells it apart from others */
    size_t count, row_capacity, timed_capacity;
} pz__csv_answers;

pz_status pz__csv_answers_add(pz__csv_answers *answers, const pz__evidence_row *row, int is_timed);
void pz__csv_answers_free(pz__csv_answers *answers);

/* Appends what is new and corrects what differs; of several rows for the same answer the last holds. Without a change it only counts. */
pz_status pz__csv_answers_store(pz__csv_answers *answers, pz__call *call, pz__difference *difference);

#endif
