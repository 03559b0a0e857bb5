/* How likely a learner still recalls what it has mastered: FSRS over its evidence, see personalize/next.h. */
#ifndef PZ_RECORDS_NEXT_MEMORY_H
#define PZ_RECORDS_NEXT_MEMORY_H

#include "personalize/review.h"
#include "records/mastery/standing.h"

typedef struct pz__recall {
    pz_id competency;
    pz_review_state state;
    double recall;     /* today */
    int32_t days;      /* since the last review */
} pz__recall;

/* A list that is used again learner by learner. Start from zeros. */
typedef struct pz__memory {
    pz__recall *rows; /* by competency */
    size_t count;
    size_t capacity;
} pz__memory;

void pz__memory_free(pz__memory *memory);

/* Of each mastered competency among the standings whose last answer is from before today: as of the call's day. */
pz_status pz__memory_read(pz__memory *memory, pz__call *call, pz_id learner, const pz__standings *standings);

#endif
