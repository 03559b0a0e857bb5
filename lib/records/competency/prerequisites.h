/* What must be mastered before what: competencies with all their prerequisites, in an order in which each comes after what it needs. */
#ifndef PZ_RECORDS_COMPETENCY_PREREQUISITES_H
#define PZ_RECORDS_COMPETENCY_PREREQUISITES_H

#include "records/access/call.h"

typedef struct pz__prerequisites {
    pz_id *ids; /* sorted: those asked for and all that precede them */
    size_t count;
    size_t *first; /* prerequisites of ids[i] are needs[first[i]] to needs[first[i + 1] - 1] */
    size_t *needs; /* places in `ids` */
    size_t *order; /* places, prerequisites first; what lies on a circle is not in it */
    size_t ordered;
} pz__prerequisites;

/* `ids` are sorted and each once. */
pz_status pz__prerequisites_load(pz__call *call, const pz_id *ids, size_t count, pz__prerequisites *out);
/* The same with every tie of the store, read at once: for many competencies, or many learners. */
pz_status pz__prerequisites_load_all(pz__call *call, const pz_id *ids, size_t count, pz__prerequisites *out);
void pz__prerequisites_free(pz__prerequisites *p);

/* The place of a competency, or `count`. */
size_t pz__prerequisites_place(const pz__prerequisites *p, pz_id competency);

/* ready[i] becomes 1 where all that precedes ids[i], near and far, is mastered. */
void pz__prerequisites_ready(const pz__prerequisites *p, const uint8_t *mastered, uint8_t *ready);

/* Of a competency that is not mastered: where to begin. Itself if it is ready, otherwise the earliest of its prerequisites that is not
 * mastered and is ready; ties by id. `ready` as above. */
size_t pz__prerequisites_begin(const pz__prerequisites *p, size_t place, const uint8_t *mastered, const uint8_t *ready);

#endif
