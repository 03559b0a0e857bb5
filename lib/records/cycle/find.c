#include "records/cycle/find.h"

#include <string.h>

#include "base/fail.h"
#include "base/memory.h"
#include "records/access/whom.h"
#include "records/ask.h"
#include "records/evidence/learning_tables.h"

static pz_status load(pz__call *call, pz_id cycle, pz_cycle **out_cycle)
{
    static const char sql[] =
        "SELECT " PZ__CYCLE_COLUMNS " FROM cycle WHERE tenant_id = ?1 AND cycle_id = ?2 AND since_change <= ?3 AND until_change > ?3";
    PZ__TRY(pz__ask_one(call, &pz__cycle_type, sql, cycle, (void **)out_cycle));
    if (*out_cycle) return PZ_OK;
    return pz__fail(PZ_E_NOT_FOUND, "cycle", "pz_cycle_list() lists them.", "There is no cycle %lld in reach.", (long long)cycle);
}

pz_status pz__cycle_may(pz__call *call, pz__doing doing, pz_id class_id, pz_id org)
{
    if (class_id) return pz__may_class(call, PZ_KIND_CYCLE, doing, class_id, "class_id");
    return pz__may_org(call, PZ_KIND_CYCLE, doing, org, "org");
}

pz_status pz__cycle_find(pz__call *call, pz__doing doing, pz_id cycle, pz_cycle **out_cycle)
{
    pz_status status;
    PZ__TRY(load(call, cycle, out_cycle));
    status = pz__cycle_may(call, doing, (*out_cycle)->class_id, (*out_cycle)->org);
    if (status == PZ_E_NOT_FOUND)
        status = pz__fail(PZ_E_NOT_FOUND, "cycle", "pz_cycle_list() lists them.", "There is no cycle %lld in reach.", (long long)cycle);
    if (status == PZ_OK) return PZ_OK;
    pz_free(*out_cycle);
    *out_cycle = NULL;
    return status;
}

pz_status pz__cycle_find_closed(pz__call *call, pz_id cycle, pz_cycle **out_cycle)
{
    PZ__TRY(pz__cycle_find(call, PZ__SEE, cycle, out_cycle));
    if ((*out_cycle)->state >= PZ_CYCLE_CLOSED) return PZ_OK;
    pz_free(*out_cycle);
    *out_cycle = NULL;
    return pz__fail(PZ_E_STATE, "cycle", "Close it with pz_cycle_close() first.", "The cycle %lld is not closed yet: it has no results.",
                    (long long)cycle);
}

/* ------------------------------------------------------------------------------------------------ covering --- */

static pz_status append_class(pz__call *call, pz_id class_id, pz_id **ids, size_t *count, size_t *capacity)
{
    pz_id *learners;
    size_t more;
    pz_status status;
    PZ__TRY(pz__class_learners(call, class_id, &learners, &more));
    status = pz__reserve((void **)ids, capacity, *count + more, sizeof **ids);
    if (status == PZ_OK && more) {
        memcpy(*ids + *count, learners, more * sizeof *learners);
        *count += more;
    }
    pz__release(learners);
    return status;
}

static pz_status append_classes(pz__call *call, pz_id org, pz_id **ids, size_t *count, size_t *capacity)
{
    static const char sql[] = "SELECT class_id FROM class WHERE tenant_id = ?1 AND org_id = ?3 AND ended = 0 AND since_change <= ?2 "
                              "AND until_change > ?2 ORDER BY class_id";
    pz_id *classes;
    size_t class_count;
    pz_status status = pz__ids_read(call, sql, org, &classes, &class_count);
    for (size_t i = 0; i < class_count && status == PZ_OK; i++) status = append_class(call, classes[i], ids, count, capacity);
    pz__release(classes);
    return status;
}

static pz_status append_orgs(pz__call *call, pz_id org, pz_id **ids, size_t *count, size_t *capacity)
{
    pz__org_tree tree;
    pz_status status = pz__org_tree_load(call, &tree);
    for (size_t i = 0; i < tree.count && status == PZ_OK; i++)
        if (pz__org_tree_is_within(&tree, tree.ids[i], org)) status = append_classes(call, tree.ids[i], ids, count, capacity);
    pz__org_tree_free(&tree);
    return status;
}

pz_status pz__cycle_learners(pz__call *call, const pz_cycle *cycle, pz_id **out_learners, size_t *out_count)
{
    size_t capacity = 0;
    pz_status status;
    *out_learners = NULL;
    *out_count = 0;
    if (cycle->class_id) return pz__class_learners(call, cycle->class_id, out_learners, out_count);
    status = append_orgs(call, cycle->org, out_learners, out_count, &capacity);
    if (status == PZ_OK) {
        *out_count = pz__ids_sort(*out_learners, *out_count);
        return PZ_OK;
    }
    pz__release(*out_learners);
    *out_learners = NULL;
    *out_count = 0;
    return status;
}

pz_time pz__cycle_end(const pz__call *call, const pz_cycle *cycle)
{
    return cycle->closes_on == PZ_DATE_NONE ? PZ_TIME_NONE : pz__store_day_start(call->store, cycle->closes_on + 1);
}
