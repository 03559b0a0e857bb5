/* What the steps of a voice entry share. */
#ifndef PZ_RECORDS_VOICE_STEPS_H
#define PZ_RECORDS_VOICE_STEPS_H

#include "records/voice/see.h"

/* A version by this actor at this change; notes one item. */
pz_status pz__voice_write(pz__call *call, pz_voice_entry *entry);
/* A step of the answer, after those there are. `content` may be NULL. */
pz_status pz__voice_add_answer(pz__call *call, pz_id entry, int32_t state, const char *content, size_t content_len, int32_t done_kind,
                               pz_id done);

/* What is said for the first time: rights, ids, day, entry and media. `entry` and `media` were checked. */
pz_status pz__voice_add(pz__call *call, pz_voice_entry *entry, pz_voice_media *media, size_t rows, int is_help);

/* PZ_E_DENIED unless the actor is its learner in person. */
pz_status pz__voice_need_own(const pz__call *call, const pz_voice_entry *entry, const char *what);

/* That a record is there, concerns the learner or nobody in particular, and is seen by the actor: PZ_E_NOT_FOUND, PZ_E_INVALID (a kind that
 * nothing can be about). `kind` 0 is none. */
pz_status pz__voice_need_record(pz__call *call, pz_id learner, int32_t kind, pz_id record, const char *field);

#endif
