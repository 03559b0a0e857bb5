/* Who is in which class at the day of the call. */
#include "base/fail.h"
#include "base/memory.h"
#include "records/access/call.h"
#include "records/ask.h"

#define SEEN(t) t ".tenant_id = ?1 AND " t ".since_change <= ?3 AND " t ".until_change > ?3"
#define THAT_DAY(t) "(" t ".begins_on IS NULL OR " t ".begins_on <= ?4) AND (" t ".ends_on IS NULL OR " t ".ends_on >= ?4)"

/* Ids of a query with ?2 the record asked about; with a reach only those in it. */
static pz_status list_ids(pz__call *call, const char *sql, pz_id about, const pz__reach *reach, pz_id **out_ids, size_t *out_count)
{
    size_t capacity = 0;
    pz__statement *statement;
    pz_status status;
    int row;
    PZ__TRY(pz__ask(call, sql, about, &statement));
    pz__bind_int(statement, 4, call->today);
    while ((status = pz__db_step(statement, &row)) == PZ_OK && row) {
        pz_id id = pz__column_int(statement, 0);
        if (reach && !pz__reach_has(reach, id)) continue;
        status = pz__reserve((void **)out_ids, &capacity, *out_count + 1, sizeof **out_ids);
        if (status != PZ_OK) break;
        (*out_ids)[(*out_count)++] = id;
    }
    pz__db_reset(statement);
    if (status == PZ_OK) return PZ_OK;
    pz__release(*out_ids);
    *out_ids = NULL;
    *out_count = 0;
    return status;
}

pz_status pz__class_learners(pz__call *call, pz_id class_id, pz_id **out_learners, size_t *out_count)
{
    static const char sql[] =
        "SELECT DISTINCT e.person_id FROM enrollment e JOIN person p ON p.person_id = e.person_id AND p.ended = 0 AND " SEEN(
            "p") " WHERE e.class_id = ?2 AND e.role = 1 AND " SEEN("e") " AND " THAT_DAY("e") " ORDER BY 1";
    pz__reach reach;
    *out_learners = NULL;
    *out_count = 0;
    PZ__TRY(pz__reach_learners(call, &reach));
    return list_ids(call, sql, class_id, &reach, out_learners, out_count);
}

pz_status pz__learner_classes(pz__call *call, pz_id learner, pz_id **out_classes, size_t *out_count)
{
    static const char sql[] =
        "SELECT DISTINCT e.class_id FROM enrollment e JOIN class c ON c.class_id = e.class_id AND c.ended = 0 AND " SEEN(
            "c") " WHERE e.person_id = ?2 AND e.role = 1 AND " SEEN("e") " AND " THAT_DAY("e") " ORDER BY 1";
    *out_classes = NULL;
    *out_count = 0;
    return list_ids(call, sql, learner, NULL, out_classes, out_count);
}

pz_status pz__class_org(pz__call *call, pz_id class_id, pz_id *out_org)
{
    static const char sql[] = "SELECT c.org_id FROM class c WHERE c.class_id = ?2 AND " SEEN("c");
    pz__statement *statement;
    pz_status status;
    int row;
    *out_org = 0;
    PZ__TRY(pz__ask(call, sql, class_id, &statement));
    status = pz__db_step(statement, &row);
    if (row) *out_org = pz__column_int(statement, 0);
    pz__db_reset(statement);
    return status;
}
