/* What the answers of a learner show beside mastery: misconceptions that wrong options point to, results of standardized tests, and how fresh all of it is. */
#ifndef PZ_RECORDS_PROFILE_SHOWN_H
#define PZ_RECORDS_PROFILE_SHOWN_H

#include "records/access/call.h"

/* Wrong answers that point to one misconception in one competency. */
typedef struct pz__sighting {
    pz_id misconception;
    pz_id competency;
    int64_t times;
    pz_time last_at;
} pz__sighting;

/* Answers to one standardized test. */
typedef struct pz__test_result {
    pz_id assessment;
    int64_t answers;
    double weight; /* of all of them */
    double reached;
    pz_time last_at;
} pz__test_result;

typedef struct pz__shown {
    pz__sighting *sightings; /* in the order of competencies and times */
    size_t sighting_count, sighting_capacity;
    pz__test_result *tests; /* by assessment */
    size_t test_count, test_capacity;
    int32_t competencies; /* with evidence */
    pz_time newest_at;    /* of any answer; PZ_TIME_NONE: there is none */
    pz_time looked_at;    /* newest answer to an item whose options can point to a misconception; PZ_TIME_NONE: there is none */
} pz__shown;

/* Corrected, as the call sees it. pz__shown_free() afterwards, also where it failed. */
pz_status pz__shown_read(pz__shown *shown, pz__call *call, pz_id learner);
void pz__shown_free(pz__shown *shown);

#endif
