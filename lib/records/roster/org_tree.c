#include "records/roster/org_tree.h"

#include "base/fail.h"
#include "base/memory.h"

static pz_status take_row(pz__org_tree *tree, size_t *id_capacity, size_t *parent_capacity, pz_id id, pz_id parent)
{
    PZ__TRY(pz__reserve((void **)&tree->ids, id_capacity, tree->count + 1, sizeof *tree->ids));
    PZ__TRY(pz__reserve((void **)&tree->parents, parent_capacity, tree->count + 1, sizeof *tree->parents));
    tree->ids[tree->count] = id;
    tree->parents[tree->count++] = parent;
    return PZ_OK;
}

pz_status pz__org_tree_load(pz__call *call, pz__org_tree *out_tree)
{
    static const char sql[] =
        "SELECT org_id, parent_id FROM org WHERE tenant_id = ?1 AND since_change <= ?2 AND until_change > ?2 ORDER BY org_id";
    pz__statement *statement;
    size_t id_capacity = 0, parent_capacity = 0;
    pz_status status;
    int row;
    out_tree->ids = out_tree->parents = NULL;
    out_tree->count = 0;
    PZ__TRY(pz__db_statement(call->db, sql, &statement));
    pz__bind_int(statement, 1, call->tenant);
    pz__bind_int(statement, 2, call->as_of);
    while ((status = pz__db_step(statement, &row)) == PZ_OK && row) {
        status = take_row(out_tree, &id_capacity, &parent_capacity, pz__column_int(statement, 0), pz__column_int(statement, 1));
        if (status != PZ_OK) break;
    }
    pz__db_reset(statement);
    if (status != PZ_OK) pz__org_tree_free(out_tree);
    return status;
}

void pz__org_tree_free(pz__org_tree *tree)
{
    pz__release(tree->ids);
    pz__release(tree->parents);
    tree->ids = tree->parents = NULL;
    tree->count = 0;
}

/* Its place, or `count`. */
static size_t place_of(const pz__org_tree *tree, pz_id org)
{
    size_t low = 0, high = tree->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (tree->ids[middle] < org)
            low = middle + 1;
        else
            high = middle;
    }
    return low < tree->count && tree->ids[low] == org ? low : tree->count;
}

int pz__org_tree_has(const pz__org_tree *tree, pz_id org)
{
    return place_of(tree, org) < tree->count;
}

pz_id pz__org_tree_parent(const pz__org_tree *tree, pz_id org)
{
    size_t place = place_of(tree, org);
    return place < tree->count ? tree->parents[place] : 0;
}

/* Circles are refused when orgs are written; should there be one all the same, the walk ends after as many steps as there are orgs. */
int32_t pz__org_tree_depth(const pz__org_tree *tree, pz_id org)
{
    int32_t depth = 0;
    while ((org = pz__org_tree_parent(tree, org)) != 0 && (size_t)depth < tree->count) depth++;
    return depth;
}

int pz__org_tree_is_within(const pz__org_tree *tree, pz_id org, pz_id over)
{
    for (size_t steps = 0; org && steps <= tree->count; steps++) {
        if (org == over) return 1;
        org = pz__org_tree_parent(tree, org);
    }
    return 0;
}
