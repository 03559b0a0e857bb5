/* Assessments as seats see them, and the seats of many. */
#ifndef PZ_RECORDS_ASSESSMENT_SEATS_H
#define PZ_RECORDS_ASSESSMENT_SEATS_H

#include "personalize/assessment.h"
#include "records/access/call.h"

typedef struct pz__sitting {
    pz_id assessment;
    pz_id class_id;
    pz_id cycle;
    pz_date due_on;
    int is_for_named; /* somebody has a seat that says expected */
} pz__sitting;

/* PZ_E_NOT_FOUND for an assessment that there is not, or of a class out of reach. */
pz_status pz__sitting_find(pz__call *call, pz__doing doing, pz_id assessment, const char *field, pz__sitting *out_sitting);
/* Those of a cycle that have not ended, by id; one block, freed with pz__release. */
pz_status pz__sittings_of_cycle(pz__call *call, pz_id cycle, pz__sitting **out_sittings, size_t *out_count);

/* Adds the seats of these learners (sorted by id) in one assessment to `rows`: all who are expected, exempt or have answered, or only what is missing. */
pz_status pz__seats_read(pz__call *call, const pz__sitting *sitting, const pz_id *learners, size_t count, int only_missing, pz__rows *rows);

/* The learners whom it is for by class or cycle, as far as the actor reaches them; freed with pz__release. */
pz_status pz__sitting_learners(pz__call *call, const pz__sitting *sitting, pz_id **out_learners, size_t *out_count);

/* Writes one seat that was checked. */
pz_status pz__seat_write(pz__call *call, const pz_assessment_seat *seat);
/* Whether the actor may seat learners: a service, or a teacher of the class. */
pz_status pz__seat_may(pz__call *call, const pz__sitting *sitting);

#endif
