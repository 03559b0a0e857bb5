/* Recommendations made, looked at before they are made, answered, and made again. */
#include <string.h>

#include "base/fail.h"
#include "base/memory.h"
#include "base/text.h"
#include "records/document.h"
#include "records/recommend/read.h"
#include "records/recommend/report.h"
#include "records/types_learning.h"
#include "records/writing.h"

/* -------------------------------------------------------------------------------------------------- making --- */

static pz_status recommend(pz__call *call, pz__grouping_ask *ask, pz_progress_fn progress, void *user_data, pz_id *out_id)
{
    pz__plan plan;
    pz_status status;
    PZ__TRY(pz__plan_make(call, ask, progress, user_data, &plan));
    status = pz__store_take_ids(call->store, 1, &plan.row.id);
    if (status == PZ_OK) status = pz__plan_write(call, &plan, NULL);
    *out_id = plan.row.id;
    pz__plan_free(&plan);
    return status;
}

static pz_status write_recommendation(pz_actor *actor, pz__grouping_ask *ask, const char *key, pz_progress_fn progress, void *user_data,
                                      pz_id *out_id)
{
    pz__buffer request = PZ__BUFFER_INIT;
    pz__call call;
    pz_id id = 0;
    pz_status status = PZ_OK;
    pz__grouping_ask_describe(ask, &request);
    PZ__TRY(pz__write_start(&call, actor, "recommendation.make", key, &request));
    if (!call.repeated) status = recommend(&call, ask, progress, user_data, &id);
    return pz__call_end_value(&call, status, id, out_id);
}

pz_status pz_grouping_recommend(pz_actor *actor, const pz_grouping_request *request, const pz_grouping_rule *const *rules, size_t rows,
                                const char *key, pz_progress_fn progress, void *user_data, pz_id *out_id)
{
    pz__grouping_ask ask;
    pz_status status;
    if (out_id) *out_id = 0;
    if (!actor) return pz__fail_closed("actor");
    PZ__TRY(pz__grouping_ask_take(request, rules, rows, &ask));
    status = write_recommendation(actor, &ask, key, progress, user_data, out_id);
    pz__grouping_ask_free(&ask);
    return status;
}

static pz_status preview(pz__call *call, pz__grouping_ask *ask, const char *language, pz__json_writer *json)
{
    pz__plan plan;
    pz_status status;
    PZ__TRY(pz__plan_make(call, ask, NULL, NULL, &plan));
    status = pz__recommendation_document(call, &plan, language, json);
    pz__plan_free(&plan);
    pz__call_read_class(call, PZ_KIND_RECOMMENDATION, ask->request.class_id);
    return status;
}

static pz_status give_preview(pz_actor *actor, pz__grouping_ask *ask, const char *language, char **out_json)
{
    pz__buffer text = PZ__BUFFER_INIT;
    pz__json_writer json;
    pz__call call;
    PZ__TRY(pz__call_read(&call, actor));
    pz__json_start(&json, &text);
    return pz__call_end_text(&call, preview(&call, ask, language, &json), &text, out_json);
}

pz_status pz_grouping_preview(pz_actor *actor, const pz_grouping_request *request, const pz_grouping_rule *const *rules, size_t rows,
                              const char *language, char **out_json)
{
    pz__grouping_ask ask;
    pz_status status;
    if (!out_json) return pz__fail_null("out_json");
    *out_json = NULL;
    if (!actor) return pz__fail_closed("actor");
    PZ__TRY(pz__language_check(&language));
    PZ__TRY(pz__grouping_ask_take(request, rules, rows, &ask));
    status = give_preview(actor, &ask, language, out_json);
    pz__grouping_ask_free(&ask);
    return status;
}

/* ------------------------------------------------------------------------------------------------ answering --- */

pz_status pz__recommendation_need_open(const pz__plan *plan, int64_t version)
{
    if (plan->row.state != PZ_RECOMMENDATION_PROPOSED && plan->row.state != PZ_RECOMMENDATION_CHANGED)
        return pz__fail(PZ_E_STATE, "recommendation", "Make a new one.", "The recommendation %lld was answered: it is %s.",
                        (long long)plan->row.id, pz__recommendation_state_names[plan->row.state]);
    if (plan->row.version == version) return PZ_OK;
    return pz__fail(PZ_E_CONFLICT, "version", "Read it again and answer what it says now.",
                    "The recommendation %lld was changed meanwhile: its version is %lld, not %lld.", (long long)plan->row.id,
                    (long long)plan->row.version, (long long)version);
}

/* Once it is accepted, it is there for its learners to see: each of them gets an item. */
static void note_members(pz__call *call, const pz__plan *plan)
{
    for (size_t i = 0; i < plan->member_count; i++)
        pz__change_note(call->change, PZ_KIND_RECOMMENDATION, plan->row.id, plan->members[i].learner, PZ__ACT_STATE, 1);
}

static pz_status answer(pz__call *call, pz_id id, int64_t version, int32_t state, const char *note, size_t note_len)
{
    pz__plan plan;
    pz_status status;
    PZ__TRY(pz__recommendation_find(call, PZ__ANSWER, id, &plan));
    status = pz__recommendation_need_open(&plan, version);
    if (status == PZ_OK) {
        pz__release(plan.row.note);
        plan.row.note = NULL;
        plan.row.state = state;
        if (note && !(plan.row.note = pz__copy_text(note, note_len))) status = pz__fail_memory();
    }
    if (status == PZ_OK) status = pz__plan_write(call, &plan, &plan);
    if (status == PZ_OK && state == PZ_RECOMMENDATION_ACCEPTED) note_members(call, &plan);
    pz__plan_free(&plan);
    return status;
}

static pz_status give_answer(pz_actor *actor, const char *action, pz_id id, int64_t version, int32_t state, const char *note,
                             size_t note_len, const char *key)
{
    pz__buffer request = PZ__BUFFER_INIT;
    pz__call call;
    pz__request_int(&request, id);
    pz__request_int(&request, version);
    pz__request_text(&request, note, note_len);
    PZ__TRY(pz__write_start(&call, actor, action, key, &request));
    return pz__call_end(&call, call.repeated ? PZ_OK : answer(&call, id, version, state, note, note_len));
}

pz_status pz_recommendation_accept(pz_actor *actor, pz_id recommendation, int64_t version, const char *note, size_t note_len,
                                   const char *key)
{
    if (!actor) return pz__fail_closed("actor");
    PZ__TRY(pz__text_check(note, note_len, (size_t)pz_limit(PZ_LIMIT_TEXT), "note", &note_len));
    return give_answer(actor, "recommendation.accept", recommendation, version, PZ_RECOMMENDATION_ACCEPTED, note, note_len, key);
}

pz_status pz_recommendation_reject(pz_actor *actor, pz_id recommendation, int64_t version, const char *reason, size_t reason_len,
                                   const char *key)
{
    if (!actor) return pz__fail_closed("actor");
    PZ__TRY(pz__text_need(reason, reason_len, (size_t)pz_limit(PZ_LIMIT_TEXT), "reason", &reason_len));
    return give_answer(actor, "recommendation.reject", recommendation, version, PZ_RECOMMENDATION_REJECTED, reason, reason_len, key);
}

/* ------------------------------------------------------------------------------------------------ made again --- */

static pz_status compare(const pz_grouping_result *result, const pz__plan *plan, const pz__grouping_ask *ask, int32_t *out_same)
{
    int32_t *anew = pz__alloc((ask->learner_count + 1) * sizeof *anew), *then = pz__alloc((ask->learner_count + 1) * sizeof *then);
    pz_status status = anew && then ? pz_grouping_result_groups(result, anew, ask->learner_count) : pz__fail_memory();
    if (status == PZ_OK) status = pz__report_recommended(plan->row.report, ask, then);
    *out_same = status == PZ_OK;
    for (size_t i = 0; *out_same && i < ask->learner_count; i++) *out_same = anew[i] + 1 == then[i];
    pz__release(anew);
    pz__release(then);
    return status;
}

static pz_status solve_again(const char *problem_json, const pz__plan *plan, const pz__grouping_ask *ask, int32_t *out_same)
{
    pz_grouping_options options = PZ_GROUPING_OPTIONS_INIT;
    pz_grouping_problem *problem;
    pz_grouping_result *result = NULL;
    pz_status status;
    PZ__TRY(pz_grouping_problem_read(problem_json, PZ_NUL_TERMINATED, &problem));
    options.seed = ask->request.seed;
    options.iterations = ask->request.iterations;
    status = pz_grouping_solve(problem, &options, NULL, NULL, &result);
    if (status == PZ_OK) status = compare(result, plan, ask, out_same);
    pz_grouping_result_free(result);
    pz_grouping_problem_free(problem);
    return status;
}

static pz_status replay_plan(pz__call *call, const pz__plan *plan, int32_t *out_same)
{
    pz__grouping_ask ask;
    char *problem;
    pz_status status;
    PZ__TRY(pz__plan_problem(call, plan->row.id, &problem));
    if (!problem)
        return pz__fail(PZ_E_STATE, "recommendation", "Make a new one.",
                        "The recommendation %lld cannot be made again: a member was erased.", (long long)plan->row.id);
    status = pz__grouping_ask_read(plan->row.request, &ask);
    if (status == PZ_OK) {
        status = solve_again(problem, plan, &ask, out_same);
        pz__grouping_ask_free(&ask);
    }
    pz__release(problem);
    return status;
}

/* Made again is the whole, so it is for those who see the whole. */
static pz_status replay(pz__call *call, pz_id recommendation, int32_t *out_same)
{
    pz__plan plan;
    pz_status status;
    PZ__TRY(pz__recommendation_find(call, PZ__SEE, recommendation, &plan));
    if (pz__sees_own_place_only(call))
        status = pz__fail(PZ_E_DENIED, "recommendation", NULL, "Learners and guardians see their own place only.");
    else
        status = replay_plan(call, &plan, out_same);
    pz__plan_free(&plan);
    return status;
}

pz_status pz_recommendation_replay(pz_actor *actor, pz_id recommendation, int32_t *out_same)
{
    pz__call call;
    int32_t same = 0;
    pz_status status;
    if (!out_same) return pz__fail_null("out_same");
    *out_same = 0;
    PZ__TRY(pz__call_read(&call, actor));
    status = pz__call_end(&call, replay(&call, recommendation, &same));
    if (status == PZ_OK) *out_same = same;
    return status;
}
