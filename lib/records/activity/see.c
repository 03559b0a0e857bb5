#include "records/activity/see.h"

#include "base/fail.h"
#include "base/memory.h"
#include "records/activity/tables.h"
#include "records/ask.h"

#define SEEN " AND since_change <= ?3 AND until_change > ?3"

/* ---------------------------------------------------------------------------------------------- activities --- */

pz_status pz__activity_is_seen(pz__call *call, const pz_activity *activity, int *out_seen)
{
    pz__reach reach;
    *out_seen = 1;
    if (activity->class_id)
        PZ__TRY(pz__reach_classes(call, &reach));
    else if (activity->org)
        PZ__TRY(pz__reach_orgs(call, &reach));
    else
        return PZ_OK;
    *out_seen = pz__reach_has(&reach, activity->class_id ? activity->class_id : activity->org);
    return PZ_OK;
}

pz_status pz__activity_find(pz__call *call, pz_id id, const char *field, pz_activity **out_activity)
{
    static const char sql[] = "SELECT " PZ__ACTIVITY_COLUMNS ", 1 FROM activity WHERE tenant_id = ?1 AND activity_id = ?2" SEEN;
    int seen = 0;
    PZ__TRY(pz__ask_one(call, &pz__activity_type, sql, id, (void **)out_activity));
    pz_status status = *out_activity ? pz__activity_is_seen(call, *out_activity, &seen) : PZ_OK;
    if (status == PZ_OK && seen) return PZ_OK;
    pz_free(*out_activity);
    *out_activity = NULL;
    if (status != PZ_OK) return status;
    return pz__fail(PZ_E_NOT_FOUND, field, "pz_activity_list() lists them.", "There is no activity %lld in reach.", (long long)id);
}

static pz_status take_rows(pz__call *call, const pz_record_type *type, const char *sql, pz_id of, void ***out_rows, size_t *out_count)
{
    pz__rows rows;
    pz_status status;
    *out_rows = NULL;
    *out_count = 0;
    pz__rows_start(&rows, type);
    status = pz__ask_rows(call, sql, of, &rows);
    if (status == PZ_OK) return pz__rows_take(&rows, out_rows, out_count);
    pz__rows_free(&rows);
    return status;
}

pz_status pz__activity_children(pz__call *call, pz_id board, pz_activity ***out_rows, size_t *out_count)
{
    static const char sql[] = "SELECT " PZ__ACTIVITY_COLUMNS ", 1 FROM activity WHERE tenant_id = ?1 AND parent_id = ?2 AND ended = 0" SEEN
                              " ORDER BY position, activity_id";
    return take_rows(call, &pz__activity_type, sql, board, (void ***)out_rows, out_count);
}

pz_status pz__activity_ties(pz__call *call, pz_id activity, pz_activity_tie ***out_rows, size_t *out_count)
{
    static const char sql[] = "SELECT activity_id, kind, target_id, weight FROM activity_tie WHERE tenant_id = ?1 AND activity_id = ?2" SEEN
                              " ORDER BY kind, target_id";
    return take_rows(call, &pz__activity_tie_type, sql, activity, (void ***)out_rows, out_count);
}

/* ---------------------------------------------------------------------------------------------- assignments --- */

static pz_status fail_missing(pz_id id)
{
    return pz__fail(PZ_E_NOT_FOUND, "assignment", "pz_assignment_list() lists them.", "There is no assignment %lld in reach.", (long long)id);
}

pz_status pz__assignment_find(pz__call *call, pz__doing doing, pz_id id, pz_assignment **out_assignment)
{
    static const char sql[] = "SELECT " PZ__ASSIGNMENT_COLUMNS ", 1 FROM assignment WHERE tenant_id = ?1 AND assignment_id = ?2" SEEN;
    pz_status status;
    PZ__TRY(pz__ask_one(call, &pz__assignment_type, sql, id, (void **)out_assignment));
    if (!*out_assignment) return fail_missing(id);
    status = pz__may_learner(call, PZ_KIND_ASSIGNMENT, doing, (*out_assignment)->learner, "assignment");
    if (status == PZ_E_NOT_FOUND) status = fail_missing(id);
    if (status == PZ_OK && doing == PZ__SEE) pz__call_read_learner(call, PZ_KIND_ASSIGNMENT, (*out_assignment)->learner);
    if (status == PZ_OK) return PZ_OK;
    pz_free(*out_assignment);
    *out_assignment = NULL;
    return status;
}

pz_status pz__assignment_of(pz__call *call, pz_id learner, pz_id activity, pz_assignment **out_assignment)
{
    static const char sql[] = "SELECT " PZ__ASSIGNMENT_COLUMNS ", 1 FROM assignment WHERE tenant_id = ?1 AND learner_id = ?2 "
                              "AND activity_id = ?4 AND state <> ?5" SEEN " ORDER BY assignment_id DESC LIMIT 1";
    pz__statement *statement;
    *out_assignment = NULL;
    PZ__TRY(pz__ask(call, sql, learner, &statement));
    pz__bind_int(statement, 4, activity);
    pz__bind_int(statement, 5, PZ_ASSIGNMENT_DROPPED);
    return pz__take_one(&pz__assignment_type, statement, (void **)out_assignment);
}

pz_status pz__assignments_from(pz__call *call, pz_id learner, pz_id board, pz_assignment ***out_rows, size_t *out_count)
{
    static const char sql[] = "SELECT " PZ__ASSIGNMENT_COLUMNS ", 1 FROM assignment WHERE tenant_id = ?1 AND learner_id = ?2 "
                              "AND board_id = ?4 AND state <> ?5" SEEN " ORDER BY assignment_id";
    pz__statement *statement;
    pz__rows rows;
    pz_status status;
    *out_rows = NULL;
    *out_count = 0;
    PZ__TRY(pz__ask(call, sql, learner, &statement));
    pz__bind_int(statement, 4, board);
    pz__bind_int(statement, 5, PZ_ASSIGNMENT_DROPPED);
    pz__rows_start(&rows, &pz__assignment_type);
    status = pz__rows_read(&rows, statement);
    if (status == PZ_OK) return pz__rows_take(&rows, (void ***)out_rows, out_count);
    pz__rows_free(&rows);
    return status;
}

pz_status pz__assignment_write(pz__call *call, pz_assignment *assignment)
{
    pz__outcome outcome;
    assignment->version = pz__change_number(call->change);
    assignment->acted_by = pz__call_person(call);
    assignment->acted_role = pz__call_role(call);
    assignment->acted_at = pz__change_time(call->change);
    return pz__versioned_write(call, &pz__assignment_table, assignment, &outcome);
}
