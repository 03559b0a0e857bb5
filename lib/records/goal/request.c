/* Steps that somebody asked for: what waits, and how it is answered. */
#include "base/fail.h"
#include "base/memory.h"
#include "base/text.h"
#include "records/ask.h"
#include "records/goal/steps.h"
#include "records/goal/tables.h"
#include "records/listing.h"
#include "records/writing.h"

#define SEEN " AND since_change <= ?3 AND until_change > ?3"

/* The request that waits, in one block, or NULL. */
static pz_status find_waiting(pz__call *call, pz_id goal, pz_goal_request **out_request)
{
    static const char sql[] = "SELECT " PZ__GOAL_REQUEST_COLUMNS " FROM goal_request WHERE tenant_id = ?1 AND goal_id = ?2 AND state = 1" SEEN;
    return pz__ask_one(call, &pz__goal_request_type, sql, goal, (void **)out_request);
}

/* The goal's own item says that it was touched, so these note none. */
static pz_status write_request(pz__call *call, const pz_goal_request *request)
{
    int found;
    int64_t since;
    PZ__TRY(pz__versioned_find(call, &pz__goal_request_table, request, &found, &since));
    if (found) PZ__TRY(pz__versioned_supersede(call, &pz__goal_request_table, request, since));
    return pz__versioned_insert(call, &pz__goal_request_table, request);
}

static pz_status end_request(pz__call *call, pz_goal_request *request, int32_t state, const char *answer, size_t answer_len)
{
    request->state = state;
    request->answered_by = pz__call_person(call);
    request->answered_role = pz__call_role(call);
    request->answered_at = pz__change_time(call->change);
    request->answer = answer;
    request->answer_len = answer_len;
    return write_request(call, request);
}

pz_status pz__goal_lapse(pz__call *call, pz_id goal)
{
    pz_goal_request *waiting;
    pz_status status;
    PZ__TRY(find_waiting(call, goal, &waiting));
    if (!waiting) return PZ_OK;
    status = end_request(call, waiting, PZ_REQUEST_LAPSED, NULL, 0);
    pz_free(waiting);
    return status;
}

/* --------------------------------------------------------------------------------------------------- asking --- */

static pz_status need_none_waiting(pz__call *call, pz_id goal)
{
    pz_goal_request *waiting;
    pz_id id, by;
    PZ__TRY(find_waiting(call, goal, &waiting));
    if (!waiting) return PZ_OK;
    id = waiting->id;
    by = waiting->asked_by;
    pz_free(waiting);
    return pz__fail(PZ_E_STATE, "goal", "pz_goal_request_list() has it; it is answered or taken back first.",
                    "The request %lld by %lld waits for an answer on the goal %lld.", (long long)id, (long long)by, (long long)goal);
}

static pz_status write_revision(pz__call *call, pz_id request, const pz_goal *revised)
{
    pz__goal_revision_row row = {request, *revised};
    return pz__versioned_insert(call, &pz__goal_revision_table, &row);
}

pz_status pz__goal_request(pz__call *call, pz_goal *goal, int32_t step, const char *why, size_t why_len, const pz_goal *revised, pz_id *out_request)
{
    pz_goal_request request = *(const pz_goal_request *)pz__goal_request_type.initial;
    PZ__TRY(need_none_waiting(call, goal->id));
    PZ__TRY(pz__store_take_ids(call->store, 1, &request.id));
    request.goal = goal->id;
    request.step = step;
    request.state = PZ_REQUEST_WAITING;
    request.asked_by = pz__call_person(call);
    request.asked_role = pz__call_role(call);
    request.asked_at = pz__change_time(call->change);
    request.why = why;
    request.why_len = why_len;
    PZ__TRY(write_request(call, &request));
    if (revised) PZ__TRY(write_revision(call, request.id, revised));
    if (revised && !pz__goal_is_own(call, goal)) {
        goal->resumes = pz__goal_where(goal);
        goal->state = PZ_GOAL_REVISED;
    }
    goal->why = why;
    goal->why_len = why_len;
    *out_request = request.id;
    return pz__goal_write(call, goal, PZ_GOAL_STEP_REQUEST);
}

/* ------------------------------------------------------------------------------------------------- finding --- */

static pz_status fail_missing(pz_id request)
{
    return pz__fail(PZ_E_NOT_FOUND, "request", "pz_goal_request_list() lists them.", "There is no request %lld in reach.", (long long)request);
}

/* A request with its goal, both to be freed. */
typedef struct asked {
    pz_goal_request *request;
    pz_goal *goal;
} asked;

static void free_asked(asked *a)
{
    pz_free(a->request);
    pz_free(a->goal);
}

static pz_status find(pz__call *call, pz__doing doing, pz_id id, asked *out)
{
    static const char sql[] = "SELECT " PZ__GOAL_REQUEST_COLUMNS " FROM goal_request WHERE tenant_id = ?1 AND request_id = ?2" SEEN;
    pz_status status;
    out->goal = NULL;
    PZ__TRY(pz__ask_one(call, &pz__goal_request_type, sql, id, (void **)&out->request));
    if (!out->request) return fail_missing(id);
    status = pz__goal_find(call, doing, out->request->goal, &out->goal);
    if (status == PZ_OK) return PZ_OK;
    free_asked(out);
    return status == PZ_E_NOT_FOUND ? fail_missing(id) : status;
}

static pz_status load_revision(pz__call *call, pz_id request, pz_goal *goal, pz__goal_revision_row **out_row)
{
    static const char sql[] =
        "SELECT goal_id, request_id, area, statement, reason, measure, competency_id, target, target_high, baseline, measured, due_on, "
        "grew_from_kind, grew_from_id, strategies, resources, serves_id, group_id FROM goal_revision WHERE tenant_id = ?1 AND goal_id = ?2 "
        "AND request_id = ?4" SEEN;
    pz__statement *statement;
    PZ__TRY(pz__ask(call, sql, goal->id, &statement));
    pz__bind_int(statement, 4, request);
    PZ__TRY(pz__take_one(pz__goal_revision_table.type, statement, (void **)out_row));
    return *out_row ? PZ_OK : fail_missing(request);
}

/* ------------------------------------------------------------------------------------------------ answering --- */

static pz_status may_answer(pz__call *call, const asked *a)
{
    int32_t decision = PZ_GOAL_DENY, support;
    if (a->request->asked_role != PZ_ROLE_LEARNER) return pz__goal_need_own(call, a->goal, "answer what adults request of");
    if (pz__call_role(call) != PZ_ROLE_LEARNER) {
        PZ__TRY(pz__goal_support_of(call, a->goal->id, pz__call_person(call), &support));
        if (support == PZ_SUPPORT_GIVEN)
            PZ__TRY(pz__goal_decision(call, a->goal->learner, pz__call_role(call), a->request->step, &decision));
    }
    if (decision == PZ_GOAL_APPROVE) return PZ_OK;
    return pz__fail(PZ_E_DENIED, "request", "Adults support the goal first; the policy says which roles approve what.",
                    "The actor may not answer the request %lld.", (long long)a->request->id);
}

static pz_status approve_revision(pz__call *call, asked *a)
{
    pz__goal_revision_row *revision;
    pz_goal revised = *a->goal;
    pz_status status;
    PZ__TRY(load_revision(call, a->request->id, a->goal, &revision));
    pz__goal_take_content(&revised, &revision->goal, 0);
    revised.learner_agreed = 1;
    status = pz__goal_check_ties(call, &revised, a->goal);
    if (status == PZ_OK) status = pz__goal_take_step(call, &revised, PZ_GOAL_STEP_REVISE, a->request->answer, a->request->answer_len);
    pz_free(revision);
    return status;
}

static pz_status approve_it(pz__call *call, asked *a)
{
    const pz_goal_request *request = a->request;
    PZ__TRY(pz__goal_need_from(a->goal, request->step));
    if (request->step == PZ_GOAL_STEP_REVISE) return approve_revision(call, a);
    if (request->step == PZ_GOAL_STEP_ACHIEVE) {
        PZ__TRY(pz__goal_need_measure(call, a->goal));
        a->goal->reflection = request->why;
        a->goal->reflection_len = request->why_len;
    }
    return pz__goal_take_step(call, a->goal, request->step, request->answer, request->answer_len);
}

/* The goal is again what it was. */
static pz_status let_be(pz__call *call, asked *a)
{
    a->goal->state = pz__goal_where(a->goal);
    a->goal->resumes = 0;
    a->goal->why = a->request->answer;
    a->goal->why_len = a->request->answer_len;
    return pz__goal_write(call, a->goal, PZ_GOAL_STEP_ANSWER);
}

typedef struct given_answer {
    pz_id request;
    int32_t state; /* approved, declined, withdrawn */
    const char *text;
    size_t length;
} given_answer;

static pz_status answer_it(pz__call *call, asked *a, const given_answer *given)
{
    if (given->state != PZ_REQUEST_WITHDRAWN) PZ__TRY(may_answer(call, a));
    if (given->state == PZ_REQUEST_WITHDRAWN && (a->request->asked_by != pz__call_person(call) || a->request->asked_role != pz__call_role(call)))
        return pz__fail(PZ_E_DENIED, "request", "Decline it instead.", "The request %lld is another person's.", (long long)a->request->id);
    if (a->request->state != PZ_REQUEST_WAITING)
        return pz__fail(PZ_E_STATE, "request", NULL, "The request %lld is %s; it waits no more.", (long long)a->request->id,
                        pz__request_state_names[a->request->state]);
    PZ__TRY(end_request(call, a->request, given->state, given->text, given->length));
    return given->state == PZ_REQUEST_APPROVED ? approve_it(call, a) : let_be(call, a);
}

static pz_status answer(pz__call *call, const given_answer *given)
{
    asked a;
    pz_status status;
    PZ__TRY(find(call, PZ__ANSWER, given->request, &a));
    status = answer_it(call, &a, given);
    free_asked(&a);
    return status;
}

static pz_status write_answer(pz_actor *actor, const char *action, const given_answer *given, const char *key)
{
    pz__buffer request = PZ__BUFFER_INIT;
    pz__call call;
    pz__request_int(&request, given->request);
    pz__request_int(&request, given->state);
    pz__request_text(&request, given->text, given->length);
    PZ__TRY(pz__write_start(&call, actor, action, key, &request));
    return pz__call_end(&call, call.repeated ? PZ_OK : answer(&call, given));
}

pz_status pz_goal_answer(pz_actor *actor, pz_id request, int32_t approves, const char *answer, size_t answer_len, const char *key)
{
    given_answer given = {request, approves ? PZ_REQUEST_APPROVED : PZ_REQUEST_DECLINED, answer, answer_len};
    if (!actor) return pz__fail_closed("actor");
    if (approves != 0 && approves != 1)
        return pz__fail(PZ_E_INVALID, "approves", NULL, "approves is %d; it must be 0 or 1.", (int)approves);
    PZ__TRY(pz__text_check(answer, answer_len, (size_t)pz_limit(PZ_LIMIT_TEXT), "answer", &given.length));
    return write_answer(actor, "goal.answer", &given, key);
}

pz_status pz_goal_request_withdraw(pz_actor *actor, pz_id request, const char *key)
{
    given_answer given = {request, PZ_REQUEST_WITHDRAWN, NULL, 0};
    if (!actor) return pz__fail_closed("actor");
    return write_answer(actor, "goal.withdraw", &given, key);
}

/* ------------------------------------------------------------------------------------------------- reading --- */

static pz_status get_revision(pz__call *call, pz_id id, pz__rows *rows)
{
    pz__goal_revision_row *revision = NULL;
    pz_status status;
    asked a;
    PZ__TRY(find(call, PZ__SEE, id, &a));
    status = a.request->step == PZ_GOAL_STEP_REVISE ? load_revision(call, id, a.goal, &revision) : fail_missing(id);
    if (status == PZ_OK) {
        pz__goal_take_content(a.goal, &revision->goal, 0);
        pz__rows_add(rows, a.goal);
        pz__call_read_learner(call, PZ_KIND_GOAL, a.goal->learner);
    }
    pz_free(revision);
    free_asked(&a);
    return status;
}

pz_status pz_goal_revision_get(pz_actor *actor, pz_id request, pz_goal **out_goal)
{
    pz__rows rows;
    pz__call call;
    if (!out_goal) return pz__fail_null("out_goal");
    *out_goal = NULL;
    PZ__TRY(pz__call_read(&call, actor));
    pz__rows_start(&rows, &pz__goal_type);
    return pz__call_end_row(&call, get_revision(&call, request, &rows), &rows, (void **)out_goal);
}
