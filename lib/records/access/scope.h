/* The classes and orgs that a count or a list by class and school goes over, and the learners in them. */
#ifndef PZ_RECORDS_ACCESS_SCOPE_H
#define PZ_RECORDS_ACCESS_SCOPE_H

#include "records/roster/org_tree.h"

typedef struct pz__scope {
    pz__org_tree tree;
    pz_id *classes; /* by id */
    pz_id *class_orgs;
    size_t class_count;
    pz_id *orgs; /* those of the classes and above them, as far as the actor acts for them; of teachers none */
    size_t org_count;
} pz__scope;

/* Classes in reach: one, or those of an org and of the orgs below it, or all where both are 0. PZ_E_DENIED for learners and guardians;
 * PZ_E_NOT_FOUND. `kind` is what is looked at. Freed in any case by pz__scope_free. */
pz_status pz__scope_find(pz__call *call, pz_kind kind, pz_id org, pz_id class_id, pz__scope *out_scope);
void pz__scope_free(pz__scope *scope);

/* The learners of an org and the orgs below it, today, that the actor reaches. Freed by the caller with pz__release. */
pz_status pz__org_learners(pz__call *call, pz_id org, pz_id **out_learners, size_t *out_count);

/* Whether the actor may save what belongs to an org and has an author: templates, questionnaires. A teacher makes them for an org of its classes;
 * whoever acts for the org changes all of its; org 0, the store's, is for services. `current` is what there is, NULL for something new. */
typedef struct pz__owned {
    pz_id org;
    pz_id author;
} pz__owned;
pz_status pz__may_save_owned(pz__call *call, pz_kind kind, const pz__owned *current, pz_id org);

/* Those of a class or of an org, whichever `id` is: PZ_E_NOT_FOUND, PZ_E_DENIED. *out_is_class may be NULL. */
pz_status pz__scope_kind(pz__call *call, pz_kind kind, pz__doing doing, pz_id id, const char *field, int *out_is_class);

#endif
