/* How the records of evidence, profile and cycles lie in their tables. */
#ifndef PZ_RECORDS_EVIDENCE_LEARNING_TABLES_H
#define PZ_RECORDS_EVIDENCE_LEARNING_TABLES_H

#include "records/types_learning.h"
#include "records/versioned.h"

/* A version of a profile entry with why it was withdrawn. */
typedef struct pz__profile_row {
    pz_profile_entry entry;
    const char *withdrawn_because; /* NULL: it stands */
    size_t withdrawn_because_len;
} pz__profile_row;

extern const pz__table pz__assessment_table;
extern const pz__table pz__item_table;
extern const pz__table pz__item_option_table;
extern const pz__table pz__misconception_table;
extern const pz__table pz__item_bearing_table;
extern const pz__table pz__assessment_bearing_table;
extern const pz__table pz__profile_table;
extern const pz__table pz__cycle_table;

/* The columns of lists, in the order of the descriptions. */
#define PZ__ASSESSMENT_COLUMNS(t)                                                                                                          \
    t "assessment_id, " t "class_id, " t "org_id, " t "cycle_id, " t "kind, " t "title, " t "category, " t "held_on, " t "due_on, " t      \
      "score_min, " t "score_max, " t "ended"
#define PZ__CYCLE_COLUMNS                                                                                                                  \
    "cycle_id, since_change, state, kind, class_id, org_id, framework_id, previous_id, title, opens_on, closes_on, closed_change"

#endif
