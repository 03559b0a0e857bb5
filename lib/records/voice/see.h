/* Who sees what a learner said, and who owes an answer. */
#ifndef PZ_RECORDS_VOICE_SEE_H
#define PZ_RECORDS_VOICE_SEE_H

#include "personalize/voice.h"
#include "records/access/call.h"

/* The learner in person. */
int pz__voice_is_own(const pz__call *call, const pz_voice_entry *entry);

/* Whether the actor, who reaches the learner, sees this version; the newest version counts beside it. */
pz_status pz__voice_is_seen(pz__call *call, const pz_voice_entry *entry, int *out_seen);

/* Whether the actor owes the entry an answer. It must see it. */
int pz__voice_is_owed(const pz__call *call, const pz_voice_entry *entry);

/* The version that the call sees: PZ_E_NOT_FOUND where there is none that the actor sees; PZ_E_DENIED. For PZ__SEE a classmate finds what was
 * shared with it, with `learner` 0, and the read is put on record. *out_entry is one block, pz_free(). */
pz_status pz__voice_find(pz__call *call, pz__doing doing, pz_id id, pz_voice_entry **out_entry);
/* What a classmate shared, whole, for a learner who is in the class. */
pz_status pz__voice_find_shared(pz__call *call, pz__doing doing, pz_id id, pz_voice_entry **out_entry);

/* The entries of a learner, 0 of all, that the actor sees, by learner and id; the first number that `each` gives back but PZ_OK ends it. With a
 * class it is what was shared with it, whole, by others than the actor. Reach is the caller's to look at. */
typedef pz_status (*pz__voice_fn)(const pz_voice_entry *entry, void *user_data);
pz_status pz__voice_each(pz__call *call, pz_id learner, pz__voice_fn each, void *user_data);
pz_status pz__voice_each_waiting(pz__call *call, pz_date until, pz__voice_fn each, void *user_data); /* of all, due on or before a day */
pz_status pz__voice_each_shared(pz__call *call, pz_id class_id, pz__voice_fn each, void *user_data);
pz_status pz__voice_each_version(pz__call *call, pz_id entry, pz__voice_fn each, void *user_data);

/* The newest version without its texts; *out_found 0 where there is none. */
pz_status pz__voice_newest(pz__call *call, pz_id id, pz_voice_entry *out_entry, int *out_found);
/* Whether the actor, who reaches the learner, sees the entry as it is now, and `version` of it (NULL: no other) beside. */
pz_status pz__voice_is_visible(pz__call *call, pz_id id, const pz_voice_entry *version, int *out_visible);
/* Which pz_event_kind an action on an entry is to this actor. `role` is whose action it was. */
pz_status pz__voice_event_kind(pz__call *call, pz_id id, const char *action, int32_t role, int32_t *out_kind);

/* Takes out who a classmate is. */
void pz__voice_hide_learner(pz_voice_entry *entry);

pz_status pz__voice_fail_missing(pz_id entry);

#endif
