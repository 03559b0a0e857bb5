/* Signatures under plans, and reviews at check-ins. */
#include "base/fail.h"
#include "base/memory.h"
#include "base/text.h"
#include "records/ask.h"
#include "records/checkin/see.h"
#include "records/plan/see.h"
#include "records/plan/tables.h"
#include "records/types.h"
#include "records/writing.h"

/* ----------------------------------------------------------------------------------------------------- signing --- */

static int is_asked(const pz_plan *plan, int32_t role)
{
    switch (role) {
    case PZ_ROLE_LEARNER: return 1;
    case PZ_ROLE_GUARDIAN: return plan->with_guardian;
    case PZ_ROLE_TEACHER: return plan->with_teacher;
    case PZ_ROLE_COUNSELOR: return plan->with_counselor;
    case PZ_ROLE_LEADER: return plan->with_leader;
    default: return 0;
    }
}

static pz_status need_asked(const pz__call *call, const pz_plan *plan)
{
    int32_t role = pz__call_role(call);
    if (is_asked(plan, role)) return PZ_OK;
    return pz__fail(PZ_E_DENIED, "plan", "The plan names the roles that sign it.", "The plan %lld asks for no signature of a %s.", (long long)plan->id,
                    pz__role_names[role]);
}

static pz_status role_has_signed(pz__call *call, const pz_plan *plan, int32_t role, int *out_signed)
{
    static const char sql[] = "SELECT 1 FROM plan_signature WHERE tenant_id = ?1 AND plan_id = ?2 AND role = ?3 AND version = ?4 "
                              "AND until_change = " PZ__CURRENT_SQL;
    pz__statement *statement;
    pz_status status;
    PZ__TRY(pz__db_statement(call->db, sql, &statement));
    pz__bind_int(statement, 1, call->tenant);
    pz__bind_int(statement, 2, plan->id);
    pz__bind_int(statement, 3, role);
    pz__bind_int(statement, 4, plan->version);
    status = pz__db_step(statement, out_signed);
    pz__db_reset(statement);
    return status;
}

static pz_status all_have_signed(pz__call *call, const pz_plan *plan, int *out_all)
{
    *out_all = 1;
    for (int32_t role = PZ_ROLE_LEARNER; role <= PZ_ROLE_LEADER && *out_all; role++)
        if (is_asked(plan, role)) PZ__TRY(role_has_signed(call, plan, role, out_all));
    return PZ_OK;
}

static pz_status write_signature(pz__call *call, const pz_plan *plan, const char *note, size_t length)
{
    pz_plan_signature signature = {sizeof signature, plan->id, pz__call_person(call), pz__call_role(call), plan->version, length ? note : NULL, length,
                                   pz__change_time(call->change), 1};
    int found;
    int64_t since;
    PZ__TRY(pz__versioned_find(call, &pz__plan_signature_table, &signature, &found, &since));
    if (found) PZ__TRY(pz__versioned_supersede(call, &pz__plan_signature_table, &signature, since));
    PZ__TRY(pz__versioned_insert(call, &pz__plan_signature_table, &signature));
    pz__change_note(call->change, PZ_KIND_PLAN, plan->id, plan->learner, PZ__ACT_STATE, 1);
    return PZ_OK;
}

static pz_status sign_plan(pz__call *call, pz_plan *plan, int64_t version, const char *note, size_t length)
{
    int all;
    PZ__TRY(need_asked(call, plan));
    PZ__TRY(pz__plan_need_open(plan));
    PZ__TRY(pz__plan_need_version(call, plan, version));
    PZ__TRY(write_signature(call, plan, note, length));
    PZ__TRY(all_have_signed(call, plan, &all));
    if (!all || plan->state == PZ_PLAN_AGREED) return PZ_OK;
    plan->state = PZ_PLAN_AGREED;
    return pz__plan_keep(call, plan, 0);
}

static pz_status sign(pz__call *call, pz_id id, int64_t version, const char *note, size_t length)
{
    pz_plan *plan;
    pz_status status;
    PZ__TRY(pz__plan_find(call, PZ__ANSWER, id, &plan));
    status = sign_plan(call, plan, version, note, length);
    pz_free(plan);
    return status;
}

pz_status pz_plan_sign(pz_actor *actor, pz_id plan, int64_t version, const char *note, size_t note_len, const char *key)
{
    pz__buffer request = PZ__BUFFER_INIT;
    size_t length;
    pz__call call;
    if (!actor) return pz__fail_closed("actor");
    PZ__TRY(pz__text_check(note, note_len, (size_t)pz_limit(PZ_LIMIT_TEXT), "note", &length));
    pz__request_int(&request, plan);
    pz__request_int(&request, version);
    pz__request_text(&request, note, length);
    PZ__TRY(pz__write_start(&call, actor, "plan.sign", key, &request));
    return pz__call_end(&call, call.repeated ? PZ_OK : sign(&call, plan, version, note, length));
}

/* --------------------------------------------------------------------------------------------------- reviewing --- */

static pz_status need_checkin(pz__call *call, const pz_plan *plan, pz_id id)
{
    pz_checkin *checkin;
    pz_status status = PZ_OK;
    PZ__TRY(pz__checkin_find(call, PZ__SEE, id, &checkin));
    if (checkin->learner != plan->learner)
        status = pz__fail(PZ_E_INVALID, "checkin", NULL, "The check-in %lld is of another learner.", (long long)id);
    else if (checkin->state == PZ_CHECKIN_CANCELLED)
        status = pz__fail(PZ_E_STATE, "checkin", NULL, "The check-in %lld was cancelled.", (long long)id);
    pz_free(checkin);
    return status;
}

static pz_status review_plan(pz__call *call, const pz_plan *plan, pz_id checkin, const char *outcome, size_t length)
{
    pz_plan_review review = {sizeof review, plan->id, checkin, outcome, length, pz__call_person(call), pz__call_role(call), pz__change_time(call->change)};
    int found;
    int64_t since;
    PZ__TRY(pz__plan_need_open(plan));
    PZ__TRY(need_checkin(call, plan, checkin));
    PZ__TRY(pz__versioned_find(call, &pz__plan_review_table, &review, &found, &since));
    if (found) PZ__TRY(pz__versioned_supersede(call, &pz__plan_review_table, &review, since));
    PZ__TRY(pz__versioned_insert(call, &pz__plan_review_table, &review));
    pz__change_note(call->change, PZ_KIND_PLAN, plan->id, plan->learner, PZ__ACT_REVISE, 1);
    return PZ_OK;
}

static pz_status add_review(pz__call *call, pz_id id, pz_id checkin, const char *outcome, size_t length)
{
    pz_plan *plan;
    pz_status status;
    PZ__TRY(pz__plan_find(call, PZ__WRITE, id, &plan));
    status = review_plan(call, plan, checkin, outcome, length);
    pz_free(plan);
    return status;
}

pz_status pz_plan_review_add(pz_actor *actor, pz_id plan, pz_id checkin, const char *outcome, size_t outcome_len, const char *key)
{
    pz__buffer request = PZ__BUFFER_INIT;
    size_t length;
    pz__call call;
    if (!actor) return pz__fail_closed("actor");
    PZ__TRY(pz__text_need(outcome, outcome_len, (size_t)pz_limit(PZ_LIMIT_TEXT), "outcome", &length));
    pz__request_int(&request, plan);
    pz__request_int(&request, checkin);
    pz__request_text(&request, outcome, length);
    PZ__TRY(pz__write_start(&call, actor, "plan.review", key, &request));
    return pz__call_end(&call, call.repeated ? PZ_OK : add_review(&call, plan, checkin, outcome, length));
}
