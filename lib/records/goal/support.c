/* Who stands by a goal: asked, supporting, declined, ended. */
#include "base/fail.h"
#include "base/memory.h"
#include "base/text.h"
#include "records/goal/find.h"
#include "records/goal/steps.h"
#include "records/goal/tables.h"
#include "records/writing.h"

static int is_adult(int32_t role)
{
    return role >= PZ_ROLE_GUARDIAN && role <= PZ_ROLE_LEADER;
}

static pz_status need_adult(const pz__call *call)
{
    if (is_adult(pz__call_role(call))) return PZ_OK;
    return pz__fail(PZ_E_DENIED, "goal", NULL, "Adults support goals: guardians, teachers, counselors, leaders.");
}

/* ------------------------------------------------------------------------------------------------- asking --- */

static pz_status ask_for(pz__call *call, pz_goal *goal, pz_id person, int32_t role)
{
    pz_goal_supporter supporter = {sizeof supporter, goal->id, person, role, PZ_SUPPORT_ASKED, NULL, 0, 0};
    int32_t support;
    int reaches;
    PZ__TRY(pz__goal_need_open(goal));
    PZ__TRY(pz__goal_adult_reaches(call, person, role, goal->learner, &reaches));
    if (!reaches)
        return pz__fail(PZ_E_NOT_FOUND, "person", "pz_person_list() with the learner lists the adults around it.",
                        "The person %lld does not reach the learner in this role.", (long long)person);
    PZ__TRY(pz__goal_support_of(call, goal->id, person, &support));
    if (support == PZ_SUPPORT_ASKED || support == PZ_SUPPORT_GIVEN)
        return pz__fail(PZ_E_STATE, "person", NULL, "The person %lld was asked already.", (long long)person);
    PZ__TRY(pz__goal_write_supporter(call, &supporter));
    goal->why = NULL;
    return pz__goal_write(call, goal, PZ_GOAL_STEP_ASK);
}

static pz_status ask(pz__call *call, pz_id id, pz_id person, int32_t role)
{
    pz_goal *goal;
    pz_status status;
    PZ__TRY(pz__goal_find(call, PZ__WRITE, id, &goal));
    status = ask_for(call, goal, person, role);
    pz_free(goal);
    return status;
}

pz_status pz_goal_ask(pz_actor *actor, pz_id goal, pz_id person, pz_role role, const char *key)
{
    pz__buffer request = PZ__BUFFER_INIT;
    pz__call call;
    if (!actor) return pz__fail_closed("actor");
    if (!is_adult((int32_t)role))
        return pz__fail(PZ_E_INVALID, "role", "Give guardian, teacher, counselor or leader.", "Nobody supports a goal in the role %d.",
                        (int)role);
    pz__request_int(&request, goal);
    pz__request_int(&request, person);
    pz__request_int(&request, role);
    PZ__TRY(pz__write_start(&call, actor, "goal.ask", key, &request));
    return pz__call_end(&call, call.repeated ? PZ_OK : ask(&call, goal, person, (int32_t)role));
}

/* ------------------------------------------------------------------------------------------------ answering --- */

static pz_status answer(pz__call *call, pz_goal *goal, int32_t state, const char *note, size_t note_len)
{
    pz_goal_supporter supporter = {sizeof supporter, goal->id, pz__call_person(call), pz__call_role(call), state, note, note_len, 0};
    PZ__TRY(pz__goal_write_supporter(call, &supporter));
    goal->why = note;
    goal->why_len = note_len;
    return pz__goal_write(call, goal, state == PZ_SUPPORT_GIVEN ? PZ_GOAL_STEP_SUPPORT : PZ_GOAL_STEP_DECLINE);
}

static pz_status support_it(pz__call *call, pz_goal *goal, const char *note, size_t note_len)
{
    PZ__TRY(need_adult(call));
    PZ__TRY(pz__goal_need_open(goal));
    return answer(call, goal, PZ_SUPPORT_GIVEN, note, note_len);
}

static pz_status decline_it(pz__call *call, pz_goal *goal, const char *note, size_t note_len)
{
    int32_t support;
    PZ__TRY(need_adult(call));
    PZ__TRY(pz__goal_need_open(goal));
    PZ__TRY(pz__goal_support_of(call, goal->id, pz__call_person(call), &support));
    if (support != PZ_SUPPORT_ASKED && support != PZ_SUPPORT_GIVEN)
        return pz__fail(PZ_E_STATE, "goal", NULL, "The actor neither supports the goal %lld nor was asked to.", (long long)goal->id);
    return answer(call, goal, support == PZ_SUPPORT_ASKED ? PZ_SUPPORT_DECLINED : PZ_SUPPORT_ENDED, note, note_len);
}

typedef pz_status (*answer_fn)(pz__call *call, pz_goal *goal, const char *note, size_t note_len);

static pz_status find_and_answer(pz__call *call, pz_id id, answer_fn work, const char *note, size_t note_len)
{
    pz_goal *goal;
    pz_status status;
    PZ__TRY(pz__goal_find(call, PZ__ANSWER, id, &goal));
    status = work(call, goal, note, note_len);
    pz_free(goal);
    return status;
}

static pz_status give(pz_actor *actor, const char *action, pz_id goal, answer_fn work, const char *note, size_t note_len, const char *key)
{
    pz__buffer request = PZ__BUFFER_INIT;
    pz__call call;
    if (!actor) return pz__fail_closed("actor");
    PZ__TRY(pz__text_check(note, note_len, (size_t)pz_limit(PZ_LIMIT_TEXT), "note", &note_len));
    pz__request_int(&request, goal);
    pz__request_text(&request, note, note_len);
    PZ__TRY(pz__write_start(&call, actor, action, key, &request));
    return pz__call_end(&call, call.repeated ? PZ_OK : find_and_answer(&call, goal, work, note, note_len));
}

pz_status pz_goal_support(pz_actor *actor, pz_id goal, const char *note, size_t note_len, const char *key)
{
    return give(actor, "goal.support", goal, support_it, note, note_len, key);
}

pz_status pz_goal_decline(pz_actor *actor, pz_id goal, const char *note, size_t note_len, const char *key)
{
    return give(actor, "goal.decline", goal, decline_it, note, note_len, key);
}
