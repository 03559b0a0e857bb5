/* Writing: one change is one write transaction with a number, a recorded time, an author and its audit rows. Everything
 * that the rooms above write goes through here. */
#ifndef PZ_STORE_CHANGE_H
#define PZ_STORE_CHANGE_H

#include "store/store.h"

/* Who writes. `person` or `service` is 0. */
typedef struct pz__author {
    pz_id person;
    pz_id service;
    int32_t role;
    const char *purpose;
} pz__author;

/* What happened to a record, in change_item. */
typedef enum pz__act {
    PZ__ACT_ADD = 1,
    PZ__ACT_REVISE = 2,
    PZ__ACT_END = 3,
    PZ__ACT_READ = 4,
    PZ__ACT_ERASE = 5,
    PZ__ACT_STATE = 6
} pz__act;

typedef struct pz__change pz__change;

/* Begins a change, or a part of the joined change that is open on this store. `action` is a code such as "goal.propose". `request` is what
 * the caller asked for, as bytes that are equal for equal requests (the key's guard); NULL with key NULL.
 * *out_repeated = 1: the key was used for the same request before; nothing is open, *out_change holds only the earlier result
 * (see pz__change_result_at) and is released by pz__change_end. PZ_E_KEY_REUSED, PZ_E_BUSY, PZ_E_READ_ONLY, PZ_E_IO, ... */
pz_status pz__change_start(pz_store *store, const pz__author *author, const char *action, const char *key, const void *request,
                           size_t request_length, pz__change **out_change, int *out_repeated);

int64_t pz__change_number(const pz__change *change);
pz_time pz__change_time(const pz__change *change);

/* Notes that the change touches a record. `learner` is whom it concerns or 0. Batches note one item per learner with `count`.
 * Records of the kind person, and learners, are kept by pseudonym; only PZ__ACT_ERASE of a person keeps the number of the person and no
 * learner, so that readers of the events learn whom to forget. Failures are kept and come out of pz__change_end. */
void pz__change_note(pz__change *change, int32_t kind, pz_id record, pz_id learner, pz__act act, int64_t count);

/* What the call gives back: ids and numbers, kept for a repeat of the key. */
void pz__change_add_result(pz__change *change, int64_t value);
size_t pz__change_result_count(const pz__change *change);
int64_t pz__change_result_at(const pz__change *change, size_t index); /* 0 past the end */

/* Ends it and releases `change`: commits where `status` is PZ_OK (a part of a joined change stays open with it), undoes where it is not.
 * A change that noted nothing leaves no trace: it is undone and takes no number, unless it has a key. Returns `status`, or why the commit
 * failed. A failed part undoes the whole joined change; its later calls then answer PZ_E_STATE. */
pz_status pz__change_end(pz__change *change, pz_status status);

/* Joined changes, for pz_change_begin and its like. Parts must be of the same person or service in the same role: PZ_E_STATE. A change
 * within a snapshot or within another call's change is PZ_E_BUSY_HANDLE. The number is 0 where nothing was noted. */
pz_status pz__change_join(pz_store *store, const pz__author *author, const char *action, const char *key, int *out_repeated);
pz_status pz__change_join_commit(pz_store *store, int64_t *out_change);
pz_status pz__change_join_undo(pz_store *store);
int pz__change_is_joined(const pz_store *store);

/* Records of reads: one change "read" with an item for each (kind, record, learner, count). Nothing where the store is read-only. */
typedef struct pz__read_note {
    int32_t kind;
    pz_id record;
    pz_id learner;
    int64_t count;
} pz__read_note;
pz_status pz__change_write_reads(pz_store *store, const pz__author *author, const pz__read_note *notes, size_t count);
/* The same without waiting for another writer: PZ_E_BUSY at once, for calls that only read. */
pz_status pz__change_try_reads(pz_store *store, const pz__author *author, const pz__read_note *notes, size_t count);

/* The pseudonym under which changes name a person; made at first use within a change. 0 if there is none yet (reading). */
pz_status pz__alias_of(pz_store *store, pz_id person, int64_t *out_alias);
pz_status pz__alias_person(pz_store *store, int64_t alias, pz_id *out_person); /* 0 if erased */

#endif
