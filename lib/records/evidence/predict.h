/* What was to be expected of answers before they were known. */
#ifndef PZ_RECORDS_EVIDENCE_PREDICT_H
#define PZ_RECORDS_EVIDENCE_PREDICT_H

#include "records/evidence/trail.h"
#include "records/mastery/rules.h"

/* The expected score of the next answer. */
double pz__evidence_expected(const pz_mastery_settings *settings, const pz_mastery_state *state);

/* Goes through the evidence of one pair as the call sees it; predictions[sequence - first_sequence] for those of the `count` rows that are in it. */
pz_status pz__evidence_predict(pz__call *call, const pz__rule *rule, pz_id learner, pz_id competency, int64_t first_sequence,
                               double *predictions, size_t count);

#endif
