/* Goals: drafted, proposed, agreed to, revised. The steps after that, support and achievement are in files of their own. */
#include "base/fail.h"
#include "base/memory.h"
#include "base/text.h"
#include "records/goal/steps.h"
#include "records/goal/tables.h"
#include "records/writing.h"

pz_status pz__goal_need_open(const pz_goal *goal)
{
    if (pz__goal_is_open(goal)) return PZ_OK;
    return pz__fail(PZ_E_STATE, "goal", goal->state == PZ_GOAL_DRAFT ? "Propose it first." : "Propose a new goal.",
                    "The goal %lld is %s; it does not take this step.", (long long)goal->id, pz__goal_state_names[goal->state]);
}

pz_status pz__goal_need_own(const pz__call *call, const pz_goal *goal, const char *what)
{
    if (pz__goal_is_own(call, goal)) return PZ_OK;
    return pz__fail(PZ_E_DENIED, "goal", NULL, "Only its learner may %s a goal.", what);
}

/* ---------------------------------------------------------------------------------------- drafting, proposing --- */

/* What is the learner's alone to say. */
static pz_status check_own_members(const pz__call *call, const pz_goal *goal)
{
    if (pz__goal_is_own(call, goal)) return PZ_OK;
    if (!isnan(goal->confidence))
        return pz__fail(PZ_E_INVALID, "confidence", "Leave it out.", "How sure a learner is, the learner says alone.");
    if (goal->visibility == PZ_VISIBLE_SELF)
        return pz__fail(PZ_E_INVALID, "visibility", NULL, "A goal that its learner alone sees is written by the learner.");
    return PZ_OK;
}

static pz_status need_policy(pz__call *call, const pz_goal *goal)
{
    int32_t decision;
    PZ__TRY(pz__goal_decision(call, goal->learner, pz__call_role(call), PZ_GOAL_STEP_PROPOSE, &decision));
    if (decision >= PZ_GOAL_ALLOW) return PZ_OK;
    return pz__fail(PZ_E_DENIED, "goal", "Speak with the learner, who can always propose.", "The policy lets no %s propose goals to this learner.",
                    pz__role_names[pz__call_role(call)]);
}

static pz_status write_new(pz__call *call, pz_goal *goal, int32_t step)
{
    PZ__TRY(pz__may_learner(call, PZ_KIND_GOAL, PZ__WRITE, goal->learner, "learner"));
    PZ__TRY(check_own_members(call, goal));
    if (step == PZ_GOAL_STEP_PROPOSE) PZ__TRY(need_policy(call, goal));
    PZ__TRY(pz__store_take_ids(call->store, 1, &goal->id));
    PZ__TRY(pz__goal_check_ties(call, goal, NULL));
    goal->proposed_by = pz__call_person(call);
    goal->proposed_role = pz__call_role(call);
    goal->learner_agreed = step == PZ_GOAL_STEP_PROPOSE && pz__goal_is_own(call, goal);
    goal->state = step == PZ_GOAL_STEP_PROPOSE ? PZ_GOAL_PROPOSED : PZ_GOAL_DRAFT;
    goal->reflection = NULL;
    goal->resumes = 0;
    return pz__goal_write(call, goal, step);
}

static int is_author(const pz__call *call, const pz_goal *goal)
{
    return goal->proposed_by == pz__call_person(call) && goal->proposed_role == pz__call_role(call);
}

static pz_status write_draft(pz__call *call, pz_goal *draft, const pz_goal *given, int32_t step)
{
    int is_own = pz__goal_is_own(call, draft);
    if (!is_author(call, draft) && !(is_own && step == PZ_GOAL_STEP_PROPOSE))
        return pz__fail(PZ_E_DENIED, "goal", NULL, "The draft %lld is written by who began it.", (long long)draft->id);
    if (draft->state != PZ_GOAL_DRAFT)
        return pz__fail(PZ_E_STATE, "goal", "Revise it with pz_goal_revise().", "The goal %lld is %s, no draft any more.", (long long)draft->id,
                        pz__goal_state_names[draft->state]);
    PZ__TRY(pz__goal_need_version(call, draft, given->version));
    PZ__TRY(check_own_members(call, given));
    if (step == PZ_GOAL_STEP_PROPOSE) PZ__TRY(need_policy(call, draft));
    pz_goal before = *draft;
    pz__goal_take_content(draft, given, is_own);
    if (!is_own) draft->visibility = given->visibility;
    PZ__TRY(pz__goal_check_ties(call, draft, &before));
    draft->why = given->why;
    draft->why_len = given->why_len;
    draft->state = pz__goal_state_after(draft, step);
    draft->learner_agreed = step == PZ_GOAL_STEP_PROPOSE && is_own;
    return pz__goal_write(call, draft, step);
}

static pz_status write_goal(pz__call *call, pz_goal *goal, int32_t step)
{
    pz_goal *draft;
    pz_status status;
    if (!goal->id) return write_new(call, goal, step);
    PZ__TRY(pz__goal_find(call, PZ__WRITE, goal->id, &draft));
    goal->learner = draft->learner;
    status = write_draft(call, draft, goal, step);
    pz_free(draft);
    return status;
}

static pz_status save(pz_actor *actor, const pz_goal *goal, const char *action, int32_t step, const char *key, pz_id *out_id)
{
    pz__buffer request = PZ__BUFFER_INIT;
    pz_goal taken;
    pz__call call;
    /* First: callers name the record's own id as the place for the result. */
    pz_status status = pz__record_take(&pz__goal_type, goal, sizeof taken, &taken);
    if (out_id) *out_id = 0;
    if (!actor) return pz__fail_closed("actor");
    PZ__TRY(status);
    PZ__TRY(pz__goal_check(&taken, step == PZ_GOAL_STEP_DRAFT));
    pz__request_record(&request, &pz__goal_type, &taken);
    PZ__TRY(pz__write_start(&call, actor, action, key, &request));
    if (!call.repeated) status = write_goal(&call, &taken, step);
    return pz__call_end_value(&call, status, taken.id, out_id);
}

pz_status pz_goal_draft(pz_actor *actor, const pz_goal *goal, const char *key, pz_id *out_id)
{
    return save(actor, goal, "goal.draft", PZ_GOAL_STEP_DRAFT, key, out_id);
}

pz_status pz_goal_propose(pz_actor *actor, const pz_goal *goal, const char *key, pz_id *out_id)
{
    return save(actor, goal, "goal.propose", PZ_GOAL_STEP_PROPOSE, key, out_id);
}

/* -------------------------------------------------------------------------------------------------- agreeing --- */

static pz_status agree_to(pz__call *call, pz_goal *goal)
{
    PZ__TRY(pz__goal_need_own(call, goal, "agree to"));
    PZ__TRY(pz__goal_need_open(goal));
    if (goal->learner_agreed)
        return pz__fail(PZ_E_STATE, "goal", NULL, "The learner has agreed to the goal %lld already.", (long long)goal->id);
    goal->learner_agreed = 1;
    goal->why = NULL;
    return pz__goal_write(call, goal, PZ_GOAL_STEP_AGREE);
}

static pz_status agree(pz__call *call, pz_id id)
{
    pz_goal *goal;
    pz_status status;
    PZ__TRY(pz__goal_find(call, PZ__ANSWER, id, &goal));
    status = agree_to(call, goal);
    pz_free(goal);
    return status;
}

pz_status pz_goal_agree(pz_actor *actor, pz_id goal, const char *key)
{
    pz__buffer request = PZ__BUFFER_INIT;
    pz__call call;
    pz__request_int(&request, goal);
    PZ__TRY(pz__write_start(&call, actor, "goal.agree", key, &request));
    return pz__call_end(&call, call.repeated ? PZ_OK : agree(&call, goal));
}

/* -------------------------------------------------------------------------------------------------- revising --- */

static pz_status revise_current(pz__call *call, pz_goal *current, const pz_goal *given)
{
    pz_goal revised = *current;
    int is_own = pz__goal_is_own(call, current);
    int32_t decision;
    pz_id request;
    PZ__TRY(pz__goal_need_may(call, current, PZ_GOAL_STEP_REVISE, &decision));
    PZ__TRY(pz__goal_need_from(current, PZ_GOAL_STEP_REVISE));
    PZ__TRY(pz__goal_need_version(call, current, given->version));
    if (given->learner && given->learner != current->learner)
        return pz__fail(PZ_E_INVALID, "learner", NULL, "A goal stays that of its learner.");
    pz__goal_take_content(&revised, given, is_own);
    PZ__TRY(pz__goal_check_ties(call, &revised, current));
    if (decision == PZ_GOAL_REQUEST)
        return pz__goal_request(call, current, PZ_GOAL_STEP_REVISE, given->why, given->why_len, &revised, &request);
    revised.learner_agreed = 1;
    return pz__goal_take_step(call, &revised, PZ_GOAL_STEP_REVISE, given->why, given->why_len);
}

static pz_status revise(pz__call *call, const pz_goal *given)
{
    pz_goal *current;
    pz_status status;
    PZ__TRY(pz__goal_find(call, PZ__WRITE, given->id, &current));
    status = revise_current(call, current, given);
    pz_free(current);
    return status;
}

pz_status pz_goal_revise(pz_actor *actor, const pz_goal *goal, const char *key, int64_t *out_version)
{
    pz__buffer request = PZ__BUFFER_INIT;
    pz_goal taken;
    pz__call call;
    /* First: callers name the record's own version as the place for the result. */
    pz_status status = pz__record_take(&pz__goal_type, goal, sizeof taken, &taken);
    if (out_version) *out_version = 0;
    if (!actor) return pz__fail_closed("actor");
    PZ__TRY(status);
    PZ__TRY(pz__goal_check(&taken, 0));
    pz__request_record(&request, &pz__goal_type, &taken);
    PZ__TRY(pz__write_start(&call, actor, "goal.revise", key, &request));
    if (!call.repeated) status = revise(&call, &taken);
    return pz__call_end_value(&call, status, pz__change_number(call.change), out_version);
}
