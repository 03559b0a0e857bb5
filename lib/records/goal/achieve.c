/* Achieving a goal: the measure held against the store, or a supporter's signature, with what shows it. */
#include <string.h>

#include "base/fail.h"
#include "base/memory.h"
#include "base/text.h"
#include "records/ask.h"
#include "records/evidence/write.h"
#include "records/goal/steps.h"
#include "records/goal/tables.h"
#include "records/need.h"
#include "records/writing.h"

enum { MOST_EVIDENCE = 1000 };

/* ------------------------------------------------------------------------------------------------- measure --- */

static pz_status fail_mastery(const pz_goal *goal, double estimate)
{
    if (isnan(estimate))
        return pz__fail(PZ_E_STATE, "goal", "Add evidence on the competency first.",
                        "The measure is not met: there is no evidence on competency %lld yet.", (long long)goal->competency);
    if (goal->measure == PZ_MEASURE_MASTERY)
        return pz__fail(PZ_E_STATE, "goal", "pz_learner_mastery_explain() says what is missing.",
                        "The measure is not met: competency %lld is not decided as mastered; its estimate is %.3f.",
                        (long long)goal->competency, estimate);
    return pz__fail(PZ_E_STATE, "goal", "pz_learner_mastery_explain() says why.",
                    "The measure is not met: the estimate of competency %lld is %.3f, %.3f is needed.", (long long)goal->competency,
                    estimate, goal->target);
}

pz_status pz__goal_need_measure(pz__call *call, const pz_goal *goal)
{
    double value;
    int met;
    if (!pz__goal_is_measured(goal)) return PZ_OK;
    PZ__TRY(pz__goal_measure_is_met(call, goal, &met, &value));
    if (met) return PZ_OK;
    if (goal->measure == PZ_MEASURE_MASTERY || goal->measure == PZ_MEASURE_ESTIMATE) return fail_mastery(goal, value);
    if (isnan(value))
        return pz__fail(PZ_E_STATE, "goal", "Add values with pz_goal_measurement_add().", "The measure is not met: nothing was measured yet.");
    if (value > goal->target)
        return pz__fail(PZ_E_STATE, "goal", NULL, "The measure is not met: the last value is %g, at most %g is wanted.", value, goal->target_high);
    return pz__fail(PZ_E_STATE, "goal", NULL, "The measure is not met: the last value is %g, %g is needed.", value, goal->target);
}

/* ------------------------------------------------------------------------------------------------- evidence --- */

pz_status pz__goal_evidence_check(pz_goal_evidence *row, pz_id goal, size_t i)
{
    size_t most = (size_t)pz_limit(PZ_LIMIT_TEXT);
    PZ__TRY(pz__text_check(row->description, row->description_len, most, "description", &row->description_len));
    PZ__TRY(pz__text_check(row->link, row->link_len, most, "link", &row->link_len));
    if (row->goal && row->goal != goal)
        return pz__fail(PZ_E_INVALID, "goal", NULL, "Evidence %zu is of the goal %lld, not %lld.", i, (long long)row->goal,
                        (long long)goal);
    if (!row->competency && !row->description_len && !row->link_len)
        return pz__fail(PZ_E_INVALID, "description", "Name a competency, or describe it, or give a link.", "Evidence %zu shows nothing.",
                        i);
    if (row->sequence && !row->competency)
        return pz__fail(PZ_E_INVALID, "competency", NULL, "Evidence %zu names an answer, but not its competency.", i);
    row->goal = goal;
    return PZ_OK;
}

pz_status pz__goal_evidence_need(pz__call *call, pz_id learner, const pz_goal_evidence *row)
{
    pz__evidence_row answer;
    int found;
    PZ__TRY(pz__need_if(call, PZ_KIND_COMPETENCY, row->competency, "competency"));
    if (!row->sequence) return PZ_OK;
    PZ__TRY(pz__evidence_find(call, learner, row->competency, row->sequence, &answer, &found));
    if (found) return PZ_OK;
    return pz__fail(PZ_E_NOT_FOUND, "sequence", "pz_evidence_read() lists what there is.",
                    "There is no evidence %lld of this learner on competency %lld.", (long long)row->sequence, (long long)row->competency);
}

static pz_status last_position(pz__call *call, pz_id goal, int32_t *out_position)
{
    static const char sql[] = "SELECT max(position) FROM goal_evidence WHERE tenant_id = ?1 AND goal_id = ?2 AND ?3 >= 0";
    pz__statement *statement;
    pz_status status;
    int row;
    PZ__TRY(pz__ask(call, sql, goal, &statement));
    status = pz__db_step(statement, &row);
    *out_position = row ? (int32_t)pz__column_int(statement, 0) : 0;
    pz__db_reset(statement);
    return status;
}

/* The goal's own item says that it was touched, so these note none. They come after those of an earlier request. */
static pz_status write_evidence(pz__call *call, const pz_goal *goal, const pz_goal_evidence *rows, size_t count)
{
    int32_t last;
    PZ__TRY(last_position(call, goal->id, &last));
    for (size_t i = 0; i < count; i++) {
        pz__goal_evidence_row row = {rows[i], last + (int32_t)i + 1};
        PZ__TRY(pz__goal_evidence_need(call, goal->learner, &rows[i]));
        if (row.evidence.at == PZ_TIME_NONE) row.evidence.at = pz__change_time(call->change);
        PZ__TRY(pz__versioned_insert(call, &pz__goal_evidence_table, &row));
    }
    return PZ_OK;
}

/* ------------------------------------------------------------------------------------------------ achieving --- */

typedef struct achievement {
    pz_id goal;
    pz_goal_evidence *rows;
    size_t count;
    const char *reflection;
    size_t reflection_len;
    pz_id request; /* out */
} achievement;

static pz_status achieve_goal(pz__call *call, pz_goal *goal, achievement *given)
{
    int32_t decision;
    PZ__TRY(pz__goal_need_may(call, goal, PZ_GOAL_STEP_ACHIEVE, &decision));
    PZ__TRY(pz__goal_need_from(goal, PZ_GOAL_STEP_ACHIEVE));
    if (goal->measure == PZ_MEASURE_DEMONSTRATION && given->count == 0)
        return pz__fail(PZ_E_INVALID, "evidence", NULL, "What is demonstrated needs at least one piece of evidence.");
    PZ__TRY(pz__goal_need_measure(call, goal));
    PZ__TRY(write_evidence(call, goal, given->rows, given->count));
    if (decision == PZ_GOAL_REQUEST)
        return pz__goal_request(call, goal, PZ_GOAL_STEP_ACHIEVE, given->reflection, given->reflection_len, NULL, &given->request);
    goal->reflection = given->reflection;
    goal->reflection_len = given->reflection_len;
    return pz__goal_take_step(call, goal, PZ_GOAL_STEP_ACHIEVE, NULL, 0);
}

static pz_status achieve(pz__call *call, achievement *given)
{
    pz_goal *goal;
    pz_status status;
    PZ__TRY(pz__goal_find(call, PZ__WRITE, given->goal, &goal));
    status = achieve_goal(call, goal, given);
    pz_free(goal);
    return status;
}

static pz_status take(const pz_goal_evidence *const *evidence, achievement *given)
{
    for (size_t i = 0; i < given->count; i++) {
        PZ__TRY(pz__record_take(&pz__goal_evidence_type, evidence[i], sizeof given->rows[i], &given->rows[i]));
        PZ__TRY(pz__goal_evidence_check(&given->rows[i], given->goal, i));
    }
    return PZ_OK;
}

static pz_status write(pz_actor *actor, achievement *given, const char *key, pz_id *out_request)
{
    pz__buffer request = PZ__BUFFER_INIT;
    pz__call call;
    pz_status status = PZ_OK;
    pz__request_int(&request, given->goal);
    pz__request_int(&request, (int64_t)given->count);
    for (size_t i = 0; i < given->count; i++) pz__request_record(&request, &pz__goal_evidence_type, &given->rows[i]);
    pz__request_text(&request, given->reflection, given->reflection_len);
    PZ__TRY(pz__write_start(&call, actor, "goal.achieve", key, &request));
    if (!call.repeated) status = achieve(&call, given);
    return pz__call_end_value(&call, status, given->request, out_request);
}

pz_status pz_goal_achieve(pz_actor *actor, pz_id goal, const pz_goal_evidence *const *evidence, size_t rows, const char *reflection,
                          size_t reflection_len, const char *key, pz_id *out_request)
{
    achievement given = {goal, NULL, rows, reflection, reflection_len, 0};
    pz_status status;
    if (!out_request) return pz__fail_null("out_request");
    *out_request = 0;
    if (!actor) return pz__fail_closed("actor");
    if (rows && !evidence) return pz__fail_null("evidence");
    if (rows > MOST_EVIDENCE)
        return pz__fail(PZ_E_TOO_LONG, "rows", NULL, "%zu pieces of evidence are over the limit of %d.", rows, MOST_EVIDENCE);
    PZ__TRY(pz__text_check(reflection, reflection_len, (size_t)pz_limit(PZ_LIMIT_TEXT), "reflection", &given.reflection_len));
    given.rows = pz__alloc((rows + 1) * sizeof *given.rows);
    if (!given.rows) return pz__fail_memory();
    status = take(evidence, &given);
    if (status == PZ_OK) status = write(actor, &given, key, out_request);
    pz__release(given.rows);
    return status;
}
