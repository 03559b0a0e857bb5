/* Goals: proposed, agreed to, revised, dropped. Support and achievement are in files of their own. */
#include "base/fail.h"
#include "base/memory.h"
#include "base/text.h"
#include "records/evidence/learning_tables.h"
#include "records/goal/find.h"
#include "records/goal/steps.h"
#include "records/need.h"
#include "records/save.h"
#include "records/writing.h"

/* ------------------------------------------------------------------------------------------------- checking --- */

pz_status pz__goal_need_open(const pz_goal *goal)
{
    if (goal->state == PZ_GOAL_PROPOSED || goal->state == PZ_GOAL_ACTIVE) return PZ_OK;
    return pz__fail(PZ_E_STATE, "goal", "Propose a new goal.", "The goal %lld is %s; it takes no further steps.", (long long)goal->id,
                    pz__goal_state_names[goal->state]);
}

pz_status pz__goal_need_own(const pz__call *call, const pz_goal *goal, const char *what)
{
    if (pz__goal_is_own(call, goal)) return PZ_OK;
    return pz__fail(PZ_E_DENIED, "goal", NULL, "Only its learner may %s a goal.", what);
}

static pz_status check_measure(const pz_goal *goal)
{
    int needs_competency = goal->measure == PZ_MEASURE_MASTERY || goal->measure == PZ_MEASURE_ESTIMATE;
    if (goal->measure < PZ_MEASURE_DEMONSTRATION || goal->measure > PZ_MEASURE_ESTIMATE)
        return pz__fail(PZ_E_INVALID, "measure", "pz_goal_measure names the measures.", "There is no measure %d.", (int)goal->measure);
    if (needs_competency && !goal->competency) return pz__fail(PZ_E_INVALID, "competency", NULL, "The measure needs a competency.");
    if (goal->measure == PZ_MEASURE_ESTIMATE && !(goal->target >= 0 && goal->target <= 1))
        return pz__fail(PZ_E_INVALID, "target", NULL, "The measure needs a target from 0 to 1.");
    if (goal->measure != PZ_MEASURE_ESTIMATE && !isnan(goal->target))
        return pz__fail(PZ_E_INVALID, "target", "Leave it out, or choose the measure estimate.", "This measure has no target.");
    return PZ_OK;
}

static pz_status check(pz_goal *goal)
{
    size_t most = (size_t)pz_limit(PZ_LIMIT_TEXT);
    PZ__TRY(pz__text_need(goal->statement, goal->statement_len, most, "statement", &goal->statement_len));
    PZ__TRY(pz__text_check(goal->reason, goal->reason_len, most, "reason", &goal->reason_len));
    if (goal->area < PZ_GOAL_ACADEMIC || goal->area > PZ_GOAL_CAREER)
        return pz__fail(PZ_E_INVALID, "area", "pz_goal_area names the areas.", "There is no area %d.", (int)goal->area);
    return check_measure(goal);
}

/* ------------------------------------------------------------------------------------------------- proposing --- */

static pz_status propose(pz__call *call, pz_goal *goal)
{
    PZ__TRY(pz__may_learner(call, PZ_KIND_GOAL, PZ__WRITE, goal->learner, "learner"));
    PZ__TRY(pz__need_if(call, PZ_KIND_COMPETENCY, goal->competency, "competency"));
    PZ__TRY(pz__store_take_ids(call->store, 1, &goal->id));
    goal->state = PZ_GOAL_PROPOSED;
    goal->proposed_by = pz__call_person(call);
    goal->proposed_role = pz__call_role(call);
    goal->learner_agreed = pz__goal_is_own(call, goal);
    goal->reflection = NULL;
    return pz__goal_write(call, goal);
}

pz_status pz_goal_propose(pz_actor *actor, const pz_goal *goal, const char *key, pz_id *out_id)
{
    pz__buffer request = PZ__BUFFER_INIT;
    pz_goal taken;
    pz__call call;
    pz_status status = PZ_OK;
    if (out_id) *out_id = 0;
    if (!actor) return pz__fail_closed("actor");
    PZ__TRY(pz__record_take(&pz__goal_type, goal, sizeof taken, &taken));
    PZ__TRY(check(&taken));
    pz__request_record(&request, &pz__goal_type, &taken);
    PZ__TRY(pz__write_start(&call, actor, "goal.propose", key, &request));
    if (!call.repeated) status = propose(&call, &taken);
    return pz__call_end_value(&call, status, taken.id, out_id);
}

static pz_status agree_to(pz__call *call, pz_goal *goal)
{
    PZ__TRY(pz__goal_need_own(call, goal, "agree to"));
    PZ__TRY(pz__goal_need_open(goal));
    if (goal->learner_agreed)
        return pz__fail(PZ_E_STATE, "goal", NULL, "The learner has agreed to the goal %lld already.", (long long)goal->id);
    goal->learner_agreed = 1;
    return pz__goal_write(call, goal);
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

/* ------------------------------------------------------------------------------------------------- revising --- */

static pz_status may_revise(pz__call *call, const pz_goal *goal)
{
    int32_t support;
    if (pz__goal_is_own(call, goal)) return PZ_OK;
    PZ__TRY(pz__goal_support_of(call, goal->id, pz__call_person(call), &support));
    if (support == PZ_SUPPORT_GIVEN) return PZ_OK;
    return pz__fail(PZ_E_DENIED, "goal", "Support it first with pz_goal_support().", "Its learner and those who support it revise a goal.");
}

static pz_status revise_current(pz__call *call, pz_goal *current, const pz_goal *given)
{
    PZ__TRY(may_revise(call, current));
    PZ__TRY(pz__goal_need_open(current));
    if (current->version != given->version)
        return pz__fail(PZ_E_CONFLICT, "version", "Read the goal again and revise what it says now.",
                        "The goal %lld was changed meanwhile: its version is %lld, not %lld.", (long long)current->id,
                        (long long)current->version, (long long)given->version);
    if (given->learner && given->learner != current->learner)
        return pz__fail(PZ_E_INVALID, "learner", NULL, "A goal stays that of its learner.");
    PZ__TRY(pz__need_if(call, PZ_KIND_COMPETENCY, given->competency, "competency"));
    current->area = given->area;
    current->statement = given->statement;
    current->statement_len = given->statement_len;
    current->reason = given->reason;
    current->reason_len = given->reason_len;
    current->measure = given->measure;
    current->competency = given->competency;
    current->target = given->target;
    current->due_on = given->due_on;
    current->learner_agreed = pz__goal_is_own(call, current);
    return pz__goal_write(call, current);
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
    PZ__TRY(check(&taken));
    pz__request_record(&request, &pz__goal_type, &taken);
    PZ__TRY(pz__write_start(&call, actor, "goal.revise", key, &request));
    if (!call.repeated) status = revise(&call, &taken);
    return pz__call_end_value(&call, status, pz__change_number(call.change), out_version);
}

/* ------------------------------------------------------------------------------------------------- dropping --- */

static pz_status drop(pz__call *call, pz_id id, const char *reflection, size_t reflection_len)
{
    pz_goal *goal;
    pz_status status;
    PZ__TRY(pz__goal_find(call, PZ__WRITE, id, &goal));
    status = pz__goal_need_own(call, goal, "drop");
    if (status == PZ_OK) status = pz__goal_need_open(goal);
    if (status == PZ_OK) {
        goal->state = PZ_GOAL_DROPPED;
        goal->reflection = reflection;
        goal->reflection_len = reflection_len;
        status = pz__goal_write(call, goal);
    }
    pz_free(goal);
    return status;
}

pz_status pz_goal_drop(pz_actor *actor, pz_id goal, const char *reflection, size_t reflection_len, const char *key)
{
    pz__buffer request = PZ__BUFFER_INIT;
    pz__call call;
    if (!actor) return pz__fail_closed("actor");
    PZ__TRY(pz__text_check(reflection, reflection_len, (size_t)pz_limit(PZ_LIMIT_TEXT), "reflection", &reflection_len));
    pz__request_int(&request, goal);
    pz__request_text(&request, reflection, reflection_len);
    PZ__TRY(pz__write_start(&call, actor, "goal.drop", key, &request));
    return pz__call_end(&call, call.repeated ? PZ_OK : drop(&call, goal, reflection, reflection_len));
}
