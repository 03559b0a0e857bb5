/* Starting, pausing, resuming and abandoning a goal: taken at once, or asked for, as the policy says. */
#include "base/fail.h"
#include "base/memory.h"
#include "base/text.h"
#include "records/goal/steps.h"
#include "records/goal/tables.h"
#include "records/listing.h"
#include "records/writing.h"

pz_status pz__goal_take_step(pz__call *call, pz_goal *goal, int32_t step, const char *why, size_t why_len)
{
    goal->state = pz__goal_state_after(goal, step);
    goal->resumes = 0;
    goal->why = why;
    goal->why_len = why_len;
    if (step == PZ_GOAL_STEP_ABANDON && pz__goal_is_own(call, goal)) {
        goal->reflection = why;
        goal->reflection_len = why_len;
    }
    PZ__TRY(pz__goal_lapse(call, goal->id));
    return pz__goal_write(call, goal, step);
}

typedef struct wanted_step {
    pz_id goal;
    int32_t step;
    const char *why;
    size_t why_len;
    pz_id request; /* out */
} wanted_step;

/* A draft is given up by who wrote it, which concerns nobody else. */
static pz_status may(pz__call *call, const pz_goal *goal, int32_t step, int32_t *out_decision)
{
    int is_author = goal->proposed_by == pz__call_person(call) && goal->proposed_role == pz__call_role(call);
    if (goal->state != PZ_GOAL_DRAFT || !is_author) return pz__goal_need_may(call, goal, step, out_decision);
    *out_decision = PZ_GOAL_ALLOW;
    return PZ_OK;
}

static pz_status step_goal(pz__call *call, pz_goal *goal, wanted_step *wanted)
{
    int32_t decision;
    PZ__TRY(may(call, goal, wanted->step, &decision));
    PZ__TRY(pz__goal_need_from(goal, wanted->step));
    if (decision == PZ_GOAL_REQUEST)
        return pz__goal_request(call, goal, wanted->step, wanted->why, wanted->why_len, NULL, &wanted->request);
    return pz__goal_take_step(call, goal, wanted->step, wanted->why, wanted->why_len);
}

static pz_status find_and_step(pz__call *call, wanted_step *wanted)
{
    pz_goal *goal;
    pz_status status;
    PZ__TRY(pz__goal_find(call, PZ__WRITE, wanted->goal, &goal));
    status = step_goal(call, goal, wanted);
    pz_free(goal);
    return status;
}

static pz_status take(pz_actor *actor, const char *action, wanted_step wanted, const char *key, pz_id *out_request)
{
    pz__buffer request = PZ__BUFFER_INIT;
    pz__call call;
    pz_status status = PZ_OK;
    if (!out_request) return pz__fail_null("out_request");
    *out_request = 0;
    if (!actor) return pz__fail_closed("actor");
    PZ__TRY(pz__text_check(wanted.why, wanted.why_len, (size_t)pz_limit(PZ_LIMIT_TEXT), "why", &wanted.why_len));
    pz__request_int(&request, wanted.goal);
    pz__request_text(&request, wanted.why, wanted.why_len);
    PZ__TRY(pz__write_start(&call, actor, action, key, &request));
    if (!call.repeated) status = find_and_step(&call, &wanted);
    return pz__call_end_value(&call, status, wanted.request, out_request);
}

pz_status pz_goal_start(pz_actor *actor, pz_id goal, const char *why, size_t why_len, const char *key, pz_id *out_request)
{
    return take(actor, "goal.start", (wanted_step){goal, PZ_GOAL_STEP_START, why, why_len, 0}, key, out_request);
}

pz_status pz_goal_pause(pz_actor *actor, pz_id goal, const char *why, size_t why_len, const char *key, pz_id *out_request)
{
    return take(actor, "goal.pause", (wanted_step){goal, PZ_GOAL_STEP_PAUSE, why, why_len, 0}, key, out_request);
}

pz_status pz_goal_resume(pz_actor *actor, pz_id goal, const char *why, size_t why_len, const char *key, pz_id *out_request)
{
    return take(actor, "goal.resume", (wanted_step){goal, PZ_GOAL_STEP_RESUME, why, why_len, 0}, key, out_request);
}

pz_status pz_goal_abandon(pz_actor *actor, pz_id goal, const char *why, size_t why_len, const char *key, pz_id *out_request)
{
    return take(actor, "goal.abandon", (wanted_step){goal, PZ_GOAL_STEP_ABANDON, why, why_len, 0}, key, out_request);
}

/* --------------------------------------------------------------------------------------------- what one may do --- */

static int leads_on(const pz_goal *goal, int32_t step)
{
    return pz__goal_need_from(goal, step) == PZ_OK && step != PZ_GOAL_STEP_AGREE && (goal->state != PZ_GOAL_DRAFT || step == PZ_GOAL_STEP_PROPOSE);
}

static pz_status add_may(pz__call *call, const pz_goal *goal, int32_t step, pz__rows *rows)
{
    pz_goal_may row = {sizeof row, goal->id, step, PZ_GOAL_DENY};
    PZ__TRY(pz__goal_may(call, goal, step, &row.decision));
    if (row.decision != PZ_GOAL_DENY) pz__rows_add(rows, &row);
    return PZ_OK;
}

static pz_status add_agree(pz__call *call, const pz_goal *goal, pz__rows *rows)
{
    pz_goal_may row = {sizeof row, goal->id, PZ_GOAL_STEP_AGREE, PZ_GOAL_ALLOW};
    if (pz__goal_is_own(call, goal) && pz__goal_is_open(goal) && !goal->learner_agreed) pz__rows_add(rows, &row);
    return PZ_OK;
}

static pz_status list_steps(pz__call *call, const pz_goal *goal, pz__rows *rows)
{
    for (int32_t step = PZ_GOAL_STEP_PROPOSE; step <= PZ_GOAL_STEP_ABANDON; step++) {
        if (step == PZ_GOAL_STEP_AGREE) PZ__TRY(add_agree(call, goal, rows));
        if (leads_on(goal, step)) PZ__TRY(add_may(call, goal, step, rows));
    }
    return PZ_OK;
}

static pz_status list(pz__call *call, pz_id id, pz__rows *rows)
{
    pz_goal *goal;
    pz_status status;
    PZ__TRY(pz__goal_find(call, PZ__SEE, id, &goal));
    pz__call_read_learner(call, PZ_KIND_GOAL, goal->learner);
    status = pz__call_person(call) ? list_steps(call, goal, rows) : PZ_OK;
    pz_free(goal);
    return status;
}

pz_status pz_goal_may_list(pz_actor *actor, pz_id goal, pz_goal_may ***out_rows, size_t *out_count)
{
    pz__rows rows;
    pz__call call;
    PZ__TRY(pz__list_start((void ***)out_rows, out_count));
    PZ__TRY(pz__call_read(&call, actor));
    pz__rows_start(&rows, &pz__goal_may_type);
    return pz__call_end_rows(&call, list(&call, goal, &rows), &rows, (void ***)out_rows, out_count);
}
