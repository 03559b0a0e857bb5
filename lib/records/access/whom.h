/* Whose records a query asks for: what its learner and its class name, as far as the actor reaches them. */
#ifndef PZ_RECORDS_ACCESS_WHOM_H
#define PZ_RECORDS_ACCESS_WHOM_H

#include "records/access/call.h"

typedef struct pz__whom {
    int all;          /* everybody: `ids` is empty */
    const pz_id *ids; /* sorted */
    size_t count;
    pz_kind kind;
    int32_t section; /* of the profile that is asked for alone, for the record of reads; 0 otherwise */
    pz_id learner; /* as asked */
    pz_id class_id;
    pz_id *own; /* memory of `ids`, if it is ours */
} pz__whom;

/* PZ_E_NOT_FOUND and PZ_E_DENIED for a learner or a class that is named. With both: the learner if it is in the class, otherwise nobody. */
pz_status pz__whom_find(pz__call *call, pz_kind kind, pz_id learner, pz_id class_id, pz__whom *out_whom);
int pz__whom_has(const pz__whom *whom, pz_id learner);

/* Names everybody one by one, where it is everybody: `sql` gives the ids in their order, see pz__ids_read. */
pz_status pz__whom_name(pz__call *call, pz__whom *whom, const char *sql);

/* Puts the read on record: once for the class that was asked for, otherwise for each of the learners that were read (ids may repeat in
 * a row). */
void pz__whom_read_class(pz__call *call, const pz__whom *whom);
void pz__whom_read_learner(pz__call *call, const pz__whom *whom, pz_id learner);

void pz__whom_free(pz__whom *whom);

/* The ids that a query gives: ?1 is the tenant, ?2 the change that is seen, ?3 is `of`. Freed by the caller with pz__release. */
pz_status pz__ids_read(pz__call *call, const char *sql, pz_id of, pz_id **out_ids, size_t *out_count);

/* Sorts ids and drops what comes twice; returns how many are left. */
size_t pz__ids_sort(pz_id *ids, size_t count);
int pz__ids_has(const pz_id *ids, size_t count, pz_id id);

#endif
