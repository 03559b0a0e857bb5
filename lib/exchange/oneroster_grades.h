/* What the two halves of grades share: line items with their competencies, and results. */
#ifndef PZ_EXCHANGE_ONEROSTER_GRADES_H
#define PZ_EXCHANGE_ONEROSTER_GRADES_H

#include "exchange/competency_ids.h"
#include "exchange/oneroster_write.h"

enum { PZ__OR_MOST_OBJECTIVES = 256 }; /* of one line item or result */

/* A competency that a line item or a result names; score NaN where it has none of its own. */
typedef struct pz__or_objective {
    int64_t of; /* place of the line item or result */
    pz_id competency;
    double score;
} pz__or_objective;

typedef struct pz__or_objectives {
    pz__or_objective *rows;
    size_t count, capacity;
} pz__or_objectives;

/* What is gathered while the files are read. */
struct pz__or_grades {
    pz__competency_ids competencies;
    char **categories; /* titles by place */
    size_t category_count;
    pz__or_objectives of_line_items, of_results; /* sorted by owner once they are complete */
};

void pz__or_objectives_sort(pz__or_objectives *list);
/* The first of an owner's objectives. */
size_t pz__or_objectives_first(const pz__or_objectives *list, int64_t of);

/* The competencies that the store says an assessment bears on, up to PZ__OR_MOST_OBJECTIVES. */
pz_status pz__or_stored_bearings(pz__or_writer *writer, pz_id assessment, pz_id *out, size_t *out_count);

/* Results become evidence, once line items and objectives are known. */
pz_status pz__or_write_results(pz__or_writer *writer);

#endif
