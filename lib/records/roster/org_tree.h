/* The orgs of a store with who is above whom, as a call sees them. */
#ifndef PZ_RECORDS_ROSTER_ORG_TREE_H
#define PZ_RECORDS_ROSTER_ORG_TREE_H

#include "records/access/call.h"

typedef struct pz__org_tree {
    pz_id *ids; /* sorted */
    pz_id *parents;
    size_t count;
} pz__org_tree;

pz_status pz__org_tree_load(pz__call *call, pz__org_tree *out_tree);
void pz__org_tree_free(pz__org_tree *tree);

int pz__org_tree_has(const pz__org_tree *tree, pz_id org);
pz_id pz__org_tree_parent(const pz__org_tree *tree, pz_id org);              /* 0 at the top */
int32_t pz__org_tree_depth(const pz__org_tree *tree, pz_id org);             /* 0 at the top */
int pz__org_tree_is_within(const pz__org_tree *tree, pz_id org, pz_id over); /* itself included */

#endif
