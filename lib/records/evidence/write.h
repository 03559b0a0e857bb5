/* Appending and correcting evidence within an open change, for pz_evidence_add() and for imports. No rights are asked here. */
#ifndef PZ_RECORDS_EVIDENCE_WRITE_H
#define PZ_RECORDS_EVIDENCE_WRITE_H

#include "personalize/evidence.h"
#include "records/access/call.h"
#include "records/roster/write.h"

typedef struct pz__evidence_row {
    pz_id learner;
    pz_id competency;
    pz_time at;
    double score;
    double weight;
    int32_t kind;
    pz_id assessment;
    pz_id item;
    int32_t option;
    int64_t sequence; /* out of pz__evidence_append */
} pz__evidence_row;

/* Gives each row its sequence in the order given (an answer that bears on several competencies takes one for each), writes them in
 * key order, notes one item per learner, and computes the mastery states that they touch anew. Ids must exist. `rows` keeps its order. */
pz_status pz__evidence_append(pz__call *call, pz__evidence_row *rows, size_t count, pz_evidence_summary *out_summary);

/* The same, with what was to be expected of each row before it was known; `predictions` has room for `count`. */
pz_status pz__evidence_append_predicted(pz__call *call, pz__evidence_row *rows, size_t count, double *predictions,
                                        pz_evidence_summary *out_summary);

/* A row of evidence as it stands, corrections applied; *out_found 0 if there is none or it was withdrawn. */
pz_status pz__evidence_find(pz__call *call, pz_id learner, pz_id competency, int64_t sequence, pz__evidence_row *out_row, int *out_found);

/* A correction; score NaN withdraws. PZ__SAME where nothing would change. The state is computed anew. */
pz_status pz__evidence_fix(pz__call *call, const pz__evidence_row *row, double score, double weight, const char *reason, size_t reason_len,
                           pz__outcome *out_outcome);

/* Assessments, items, options, misconceptions and bearings: see roster_write.h for how. */
pz_status pz__assessment_write(pz__call *call, const pz_assessment *record, pz__outcome *out_outcome);
pz_status pz__item_write(pz__call *call, const pz_item *record, pz__outcome *out_outcome);
pz_status pz__misconception_write(pz__call *call, const pz_misconception *record, pz__outcome *out_outcome);
pz_status pz__bearing_write(pz__call *call, pz_kind kind, const pz_bearing *record, pz__outcome *out_outcome);
/* The number of an option by its label, made at need; correctness or misconception that become known revise the row (-1 and 0: not known). */
pz_status pz__item_option_number(pz__call *call, pz_id item, const char *label, size_t label_len, int32_t is_correct, pz_id misconception,
                                 int32_t *out_option);

#endif
