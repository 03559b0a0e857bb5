/* Where a learner stands in a competency: computed from the evidence, kept in the table `mastery`. */
#ifndef PZ_RECORDS_MASTERY_STANDING_H
#define PZ_RECORDS_MASTERY_STANDING_H

#include "records/evidence/trail.h"
#include "records/mastery/rules.h"

typedef struct pz__standing {
    pz_id competency;
    pz_id rule;
    pz_mastery_state state;
    pz_mastery_estimate estimate;
    pz_mastery_state before; /* the same up to the moment that splits; count 0 without one */
    pz_time last_at;         /* of the last answer that counts */
    int64_t last_sequence;
    int64_t change; /* that brought the state; kept standings only */
} pz__standing;

/* A list that is used again and again, learner by learner. Start from zeros. */
typedef struct pz__standings {
    pz__standing *rows; /* by competency */
    size_t count;
    size_t capacity;
    double *scores; /* of the competency that is being read */
    double *weights;
    size_t answers;
    size_t score_capacity;
    size_t weight_capacity;
    size_t answers_before; /* of the moment that splits */
} pz__standings;

void pz__standings_free(pz__standings *standings);

/* From the evidence of range.learner by the rules that hold for it; competencies in which nothing counts are left out. `split`: the answers before
 * this moment give `before`; PZ_TIME_NONE: none. */
pz_status pz__standings_compute(pz__standings *standings, pz__call *call, pz__rules *rules, pz__trail_range range, pz_time split);

/* As they are kept, whatever rule holds by now. */
pz_status pz__standings_read(pz__standings *standings, pz__call *call, pz_id learner, pz_id low, pz_id high);

/* As they are kept where the rule that they were computed by still holds, otherwise computed; in a view of the past computed. */
pz_status pz__standings_get(pz__standings *standings, pz__call *call, pz__rules *rules, pz_id learner, pz_id low, pz_id high);

/* Takes answers that come after all that `standing` has seen. A standing whose state.count is 0 is begun. */
pz_status pz__standing_take(pz__standing *standing, const pz__rule *rule, const double *scores, const double *weights, size_t count);
/* From the first answer on. */
pz_status pz__standing_start(pz__standing *standing, pz_id competency, const pz__rule *rule);

pz_status pz__standing_write(pz__call *call, pz_id learner, const pz__standing *standing);
pz_status pz__standing_remove(pz__call *call, pz_id learner, pz_id competency);

/* Computes one pair anew from its evidence and keeps it. */
pz_status pz__standing_renew(pz__standings *work, pz__call *call, pz__rules *rules, pz_id learner, pz_id competency);

/* Computes anew what is kept by another rule than holds now. *out_count counts them. */
pz_status pz__standings_renew(pz__call *call, const pz_id *learners, size_t count, int64_t *out_count);

#endif
