#include "records/plan/see.h"

#include "base/fail.h"
#include "base/memory.h"
#include "records/access/visible.h"
#include "records/activity/see.h"
#include "records/ask.h"
#include "records/conflict.h"
#include "records/goal/find.h"
#include "records/need.h"
#include "records/plan/tables.h"

#define SEEN " AND since_change <= ?3 AND until_change > ?3"

/* ------------------------------------------------------------------------------------------------- finding --- */

static pz_status fail_missing(pz_id plan)
{
    return pz__fail(PZ_E_NOT_FOUND, "plan", "pz_plan_list() lists them.", "There is no plan %lld in reach.", (long long)plan);
}

pz_status pz__plan_find(pz__call *call, pz__doing doing, pz_id id, pz_plan **out_plan)
{
    static const char sql[] = "SELECT " PZ__PLAN_COLUMNS ", 1 FROM plan WHERE tenant_id = ?1 AND plan_id = ?2" SEEN;
    pz_status status;
    PZ__TRY(pz__ask_one(call, &pz__plan_type, sql, id, (void **)out_plan));
    if (!*out_plan) return fail_missing(id);
    status = pz__may_learner(call, PZ_KIND_PLAN, doing, (*out_plan)->learner, "plan");
    if (status == PZ_E_NOT_FOUND) status = fail_missing(id);
    if (status == PZ_OK && doing == PZ__SEE) pz__call_read_learner(call, PZ_KIND_PLAN, (*out_plan)->learner);
    if (status == PZ_OK) return PZ_OK;
    pz_free(*out_plan);
    *out_plan = NULL;
    return status;
}

pz_status pz__plan_need_open(const pz_plan *plan)
{
    if (plan->state != PZ_PLAN_CLOSED) return PZ_OK;
    return pz__fail(PZ_E_STATE, "plan", "Begin another one.", "The plan %lld is closed.", (long long)plan->id);
}

pz_status pz__plan_need_version(pz__call *call, const pz_plan *plan, int64_t version)
{
    static const pz__versions versions = {
        &pz__plan_type, "plan", "SELECT " PZ__PLAN_COLUMNS ", 0 FROM plan WHERE tenant_id = ?1 AND plan_id = ?2 AND since_change = ?3"};
    return pz__need_version(call, &versions, plan->id, plan, plan->version, version);
}

/* --------------------------------------------------------------------------------------------------- parts --- */

/* Whose a record is: one column of it; 0 where it is gone. */
static pz_status owner_of(pz__call *call, const char *sql, pz_id record, pz_id *out_learner)
{
    pz__statement *statement;
    pz_status status;
    int row;
    *out_learner = 0;
    PZ__TRY(pz__ask(call, sql, record, &statement));
    status = pz__db_step(statement, &row);
    if (row) *out_learner = pz__column_int(statement, 0);
    pz__db_reset(statement);
    return status;
}

static pz_status activity_is_seen(pz__call *call, pz_id id, int *out_seen)
{
    pz_activity *activity;
    pz_status status = pz__activity_find(call, id, "record", &activity);
    pz_free(activity);
    *out_seen = status == PZ_OK;
    return status == PZ_E_NOT_FOUND ? PZ_OK : status;
}

pz_status pz__plan_part_is_seen(pz__call *call, pz_id learner, int32_t record_kind, pz_id record, int *out_seen)
{
    static const char goal_sql[] = "SELECT learner_id FROM goal WHERE tenant_id = ?1 AND goal_id = ?2" SEEN;
    static const char entry_sql[] =
        "SELECT learner_id FROM profile_entry WHERE tenant_id = ?1 AND entry_id = ?2 AND withdrawn_because IS NULL" SEEN;
    static const char work_sql[] = "SELECT learner_id FROM assignment WHERE tenant_id = ?1 AND assignment_id = ?2" SEEN;
    pz__named named = {NULL, 0, 0};
    pz_id owner = learner;
    pz_status status;
    *out_seen = 0;
    if (record_kind == PZ_KIND_COMPETENCY) return pz__exists(call, PZ_KIND_COMPETENCY, record, out_seen);
    if (record_kind == PZ_KIND_ACTIVITY) return activity_is_seen(call, record, out_seen);
    PZ__TRY(owner_of(call, record_kind == PZ_KIND_GOAL ? goal_sql : record_kind == PZ_KIND_ASSIGNMENT ? work_sql : entry_sql, record, &owner));
    if (owner != learner) return PZ_OK;
    *out_seen = 1;
    if (record_kind == PZ_KIND_GOAL) return pz__goal_is_visible(call, record, out_seen);
    if (record_kind == PZ_KIND_ASSIGNMENT) return PZ_OK;
    status = pz__entry_is_visible(call, &named, record, out_seen);
    pz__named_free(&named);
    return status;
}

pz_status pz__plan_parts(pz__call *call, const pz_plan *plan, pz__rows *rows)
{
    static const char sql[] = "SELECT " PZ__PLAN_PART_COLUMNS " FROM plan_part WHERE tenant_id = ?1 AND plan_id = ?2" SEEN " ORDER BY position";
    pz__statement *statement;
    pz_plan_part part;
    pz_status status;
    int row, seen;
    PZ__TRY(pz__ask(call, sql, plan->id, &statement));
    while ((status = pz__db_step(statement, &row)) == PZ_OK && row) {
        pz__record_read(&pz__plan_part_type, statement, 0, &part);
        if ((status = pz__plan_part_is_seen(call, plan->learner, part.record_kind, part.record, &seen)) != PZ_OK) break;
        if (seen) pz__rows_add(rows, &part);
    }
    pz__db_reset(statement);
    return status;
}

pz_status pz__plan_signatures(pz__call *call, const pz_plan *plan, pz__rows *rows)
{
    static const char sql[] = "SELECT " PZ__PLAN_SIGNATURE_COLUMNS " FROM plan_signature WHERE tenant_id = ?1 AND plan_id = ?2" SEEN " ORDER BY person_id";
    pz_plan_signature signature;
    pz__statement *statement;
    pz_status status;
    int row;
    PZ__TRY(pz__ask(call, sql, plan->id, &statement));
    while ((status = pz__db_step(statement, &row)) == PZ_OK && row) {
        signature.struct_size = sizeof signature;
        signature.plan = pz__column_int(statement, 0);
        signature.person = pz__column_int(statement, 1);
        signature.role = (int32_t)pz__column_int(statement, 2);
        signature.version = pz__column_int(statement, 3);
        signature.note = pz__column_text(statement, 4, &signature.note_len);
        signature.signed_at = pz__column_time(statement, 5);
        signature.is_valid = signature.version == plan->version;
        pz__rows_add(rows, &signature);
    }
    pz__db_reset(statement);
    return status;
}

pz_status pz__plan_reviews(pz__call *call, pz_id plan, pz__rows *rows)
{
    static const char sql[] = "SELECT " PZ__PLAN_REVIEW_COLUMNS " FROM plan_review WHERE tenant_id = ?1 AND plan_id = ?2" SEEN " ORDER BY checkin_id";
    return pz__ask_rows(call, sql, plan, rows);
}

/* ------------------------------------------------------------------------------------------------- writing --- */

pz_status pz__plan_keep(pz__call *call, pz_plan *plan, int says_else)
{
    pz__outcome outcome;
    if (says_else) {
        plan->version = pz__change_number(call->change);
        plan->state = PZ_PLAN_DRAFT;
    }
    plan->acted_by = pz__call_person(call);
    plan->acted_role = pz__call_role(call);
    plan->acted_at = pz__change_time(call->change);
    return pz__versioned_write(call, &pz__plan_table, plan, &outcome);
}

static pz_status run(pz__call *call, const char *sql, pz_id plan)
{
    pz__statement *statement;
    PZ__TRY(pz__db_statement(call->db, sql, &statement));
    pz__bind_int(statement, 1, call->tenant);
    pz__bind_int(statement, 2, plan);
    pz__bind_int(statement, 3, pz__change_number(call->change));
    return pz__db_run(statement);
}

static pz_status insert_part(pz__call *call, pz_id plan, int32_t position, const pz_plan_part *part)
{
    static const char sql[] = "INSERT INTO plan_part (tenant_id, plan_id, position, since_change, until_change, record_kind, record_id, note) "
                              "VALUES (?1, ?2, ?4, ?3, " PZ__CURRENT_SQL ", ?5, ?6, ?7)";
    pz__statement *statement;
    PZ__TRY(pz__db_statement(call->db, sql, &statement));
    pz__bind_int(statement, 1, call->tenant);
    pz__bind_int(statement, 2, plan);
    pz__bind_int(statement, 3, pz__change_number(call->change));
    pz__bind_int(statement, 4, position);
    pz__bind_int(statement, 5, part->record_kind);
    pz__bind_int(statement, 6, part->record);
    pz__bind_text(statement, 7, part->note, part->note ? part->note_len : 0);
    return pz__db_run(statement);
}

/* What this same change wrote was never seen by anybody: it goes. */
pz_status pz__plan_write_parts(pz__call *call, pz_id plan, const pz_plan_part *parts, size_t count)
{
    static const char drop[] = "DELETE FROM plan_part WHERE tenant_id = ?1 AND plan_id = ?2 AND since_change = ?3";
    static const char close[] = "UPDATE plan_part SET until_change = ?3 WHERE tenant_id = ?1 AND plan_id = ?2 "
                                "AND until_change = " PZ__CURRENT_SQL;
    PZ__TRY(run(call, drop, plan));
    PZ__TRY(run(call, close, plan));
    for (size_t i = 0; i < count; i++) PZ__TRY(insert_part(call, plan, (int32_t)i + 1, &parts[i]));
    return PZ_OK;
}
