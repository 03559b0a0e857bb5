/* Evidence in its order, corrected as a moment knows it: what mastery is computed from. */
#ifndef PZ_RECORDS_EVIDENCE_TRAIL_H
#define PZ_RECORDS_EVIDENCE_TRAIL_H

#include "personalize/evidence.h"
#include "records/access/call.h"

/* One row of evidence as it counts. */
typedef struct pz__answer {
    pz_id learner;
    pz_id competency;
    pz_time at;
    int64_t sequence;
    int64_t change;
    double score;
    double weight;
    int32_t kind;
    pz_id assessment;
    pz_id item;
    int32_t option;
    int is_corrected;
    int is_withdrawn; /* only where withdrawn rows are asked for */
} pz__answer;

/* Kept apart from what mastery follows from. */
static inline int pz__evidence_is_apart(int32_t kind)
{
    return kind == PZ_EVIDENCE_SELF || kind == PZ_EVIDENCE_PEER;
}

/* Which rows: of one learner, or of all (0); of competencies from `low` to `high`; shown before `until` (PZ_TIME_NONE: any). */
typedef struct pz__trail_range {
    pz_id learner;
    pz_id low;
    pz_id high;
    pz_time until;
    int with_withdrawn;
    int with_apart; /* what learners think of themselves and one another, which is no part of mastery */
} pz__trail_range;

typedef struct pz__trail {
    pz__call *call;
    pz__trail_range range;
    pz__statement *rows;
    pz__statement *fixes;
    int has_fix; /* a fix waits for its row */
    pz__answer fix;
    int fix_has_weight;
} pz__trail;

/* By learner, competency, time and sequence. Sets no range: PZ__ALL_COMPETENCIES does. Always close. */
#define PZ__ALL_COMPETENCIES 0, INT64_MAX
pz_status pz__trail_open(pz__trail *trail, pz__call *call, pz__trail_range range);
pz_status pz__trail_next(pz__trail *trail, pz__answer *out_answer, int *out_more);
void pz__trail_close(pz__trail *trail);

#endif
