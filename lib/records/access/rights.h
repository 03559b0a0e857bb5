/* Who may do what: one table. It is shown in docs/access.md; a test holds the two equal, and another walks every cell. */
#ifndef PZ_RECORDS_ACCESS_RIGHTS_H
#define PZ_RECORDS_ACCESS_RIGHTS_H

#include "records/access/call.h"

enum { PZ__DOINGS = PZ__ERASE };

typedef struct pz__right {
    int32_t roles;  /* bit 1 << pz_role for each role of people that may, within its reach */
    int32_t scopes; /* a service needs one of these pz_scope values */
} pz__right;

typedef struct pz__rights_row {
    int32_t kind;
    const char *words; /* in the plural, for people */
    pz__right rights[PZ__DOINGS + 1]; /* by pz__doing */
} pz__rights_row;

/* The rows in the order of the kinds; NULL past the end. */
const pz__rights_row *pz__rights_at(size_t index);

/* Whether the role, or a service with the scopes, may do this to a record of the kind that it reaches. */
int pz__right_is_given(int32_t role, int32_t scopes, pz_kind kind, pz__doing doing);

/* Scopes that allow anything at all with a kind: what a service needs to know a record of it by its outside id. */
int32_t pz__rights_scopes(pz_kind kind);

#endif
