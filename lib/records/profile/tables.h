/* How what hangs on profile entries lies in its tables, and private notes. */
#ifndef PZ_RECORDS_PROFILE_TABLES_H
#define PZ_RECORDS_PROFILE_TABLES_H

#include "records/types_learning.h"
#include "records/versioned.h"

typedef struct pz__note_row {
    pz_private_note note;
    pz_id author;
    int32_t is_ended;
} pz__note_row;

extern const pz__table pz__profile_named_table;
extern const pz__table pz__profile_dispute_table;
extern const pz__table pz__private_note_table;

#define PZ__DISPUTE_COLUMNS                                                                                                                \
    "dispute_id, learner_id, entry_id, entry_version, since_change, state, statement, disputed_by, disputed_role, disputed_at, answer, "   \
    "answered_by, answered_role, answered_at"

/* Tags of an entry, or of all records of a learner (0), as the call sees them, by record and in their order; texts live until it returns. */
typedef pz_status (*pz__tag_fn)(const pz_profile_tag *tag, void *user_data);
pz_status pz__profile_tags_each(pz__call *call, pz_id learner, pz_id entry, pz__tag_fn each, void *user_data);

/* Disputes of a learner as the call sees them, of one entry or of all (0); whether the actor sees the entry is the caller's business. */
typedef pz_status (*pz__dispute_fn)(const pz_profile_dispute *dispute, void *user_data);
pz_status pz__disputes_each(pz__call *call, pz_id learner, pz_id entry, pz__dispute_fn each, void *user_data);

/* Whether the actor in person wrote any version of the entry. */
pz_status pz__dispute_is_by_author(pz__call *call, const pz_profile_dispute *dispute, int *out_is);

/* Open disputes that the actor sees, of learners in reach, with the day by which each is to be answered: as a counter-proposal is. */
typedef pz_status (*pz__dispute_due_fn)(const pz_profile_dispute *dispute, pz_date due_on, void *user_data);
pz_status pz__disputes_each_open(pz__call *call, pz__dispute_due_fn each, void *user_data);

#endif
