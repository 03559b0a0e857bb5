/* What comes in while a goal is worked on: values that were measured, and what is said of it. */
#include "base/fail.h"
#include "base/text.h"
#include "base/memory.h"
#include "records/ask.h"
#include "records/goal/steps.h"
#include "records/goal/tables.h"
#include "records/writing.h"

pz_status pz__goal_need_part(pz__call *call, const pz_goal *goal)
{
    int32_t support = 0;
    if (pz__goal_is_own(call, goal)) return PZ_OK;
    if (pz__call_role(call) != PZ_ROLE_LEARNER) PZ__TRY(pz__goal_support_of(call, goal->id, pz__call_person(call), &support));
    if (support == PZ_SUPPORT_GIVEN) return PZ_OK;
    return pz__fail(PZ_E_DENIED, "goal", "Support it first with pz_goal_support().", "This is for the learner of the goal %lld and those who support it.",
                    (long long)goal->id);
}

pz_status pz__goal_next_position(pz__call *call, const char *sql, pz_id of, int32_t *out_position)
{
    pz__statement *statement;
    pz_status status;
    int row;
    PZ__TRY(pz__ask(call, sql, of, &statement));
    status = pz__db_step(statement, &row);
    *out_position = 1 + (row ? (int32_t)pz__column_int(statement, 0) : 0);
    pz__db_reset(statement);
    return status;
}

void pz__goal_note(pz__call *call, const pz_goal *goal)
{
    pz__change_note(call->change, PZ_KIND_GOAL, goal->id, goal->learner, PZ__ACT_REVISE, 1);
}

/* ------------------------------------------------------------------------------------------------ measuring --- */

static pz_status add_to(pz__call *call, const pz_goal *goal, const pz_goal_measurement *given)
{
    static const char last[] = "SELECT max(position) FROM goal_measurement WHERE tenant_id = ?1 AND goal_id = ?2 AND ?3 >= 0";
    pz__goal_measurement_row row = {*given, 0};
    PZ__TRY(pz__goal_need_part(call, goal));
    PZ__TRY(pz__goal_need_open(goal));
    if (goal->measure != PZ_MEASURE_SCORE && goal->measure != PZ_MEASURE_COUNT)
        return pz__fail(PZ_E_INVALID, "goal", "Choose the measure score or count.", "The measure of the goal %lld takes no values.", (long long)goal->id);
    if (row.measurement.at == PZ_TIME_NONE) row.measurement.at = pz__change_time(call->change);
    if (row.measurement.at > pz__change_time(call->change))
        return pz__fail(PZ_E_INVALID, "at", NULL, "A value cannot be measured in the future.");
    PZ__TRY(pz__goal_next_position(call, last, goal->id, &row.position));
    row.measurement.measured_by = pz__call_person(call);
    row.measurement.measured_role = pz__call_role(call);
    PZ__TRY(pz__versioned_insert(call, &pz__goal_measurement_table, &row));
    pz__goal_note(call, goal);
    return PZ_OK;
}

static pz_status add_measurement(pz__call *call, const pz_goal_measurement *given)
{
    pz_goal *goal;
    pz_status status;
    PZ__TRY(pz__goal_find(call, PZ__WRITE, given->goal, &goal));
    status = add_to(call, goal, given);
    pz_free(goal);
    return status;
}

pz_status pz_goal_measurement_add(pz_actor *actor, const pz_goal_measurement *measurement, const char *key)
{
    pz__buffer request = PZ__BUFFER_INIT;
    pz_goal_measurement taken;
    pz__call call;
    if (!actor) return pz__fail_closed("actor");
    PZ__TRY(pz__record_take(&pz__goal_measurement_type, measurement, sizeof taken, &taken));
    PZ__TRY(pz__text_check(taken.note, taken.note_len, (size_t)pz_limit(PZ_LIMIT_TEXT), "note", &taken.note_len));
    if (!(fabs(taken.value) <= 1e12)) return pz__fail(PZ_E_INVALID, "value", NULL, "A measurement needs a value.");
    pz__request_record(&request, &pz__goal_measurement_type, &taken);
    PZ__TRY(pz__write_start(&call, actor, "goal.measure", key, &request));
    return pz__call_end(&call, call.repeated ? PZ_OK : add_measurement(&call, &taken));
}

/* ----------------------------------------------------------------------------------------------- reflecting --- */

static pz_status say_of(pz__call *call, const pz_goal *goal, const char *text, size_t length)
{
    static const char last[] = "SELECT max(position) FROM goal_reflection WHERE tenant_id = ?1 AND goal_id = ?2 AND ?3 >= 0";
    pz__goal_reflection_row row = {{sizeof(pz_goal_reflection), goal->id, text, length, pz__call_person(call), pz__call_role(call), 0}, 0};
    PZ__TRY(pz__goal_need_part(call, goal));
    PZ__TRY(pz__goal_next_position(call, last, goal->id, &row.position));
    row.reflection.at = pz__change_time(call->change);
    PZ__TRY(pz__versioned_insert(call, &pz__goal_reflection_table, &row));
    pz__goal_note(call, goal);
    return PZ_OK;
}

static pz_status reflect(pz__call *call, pz_id id, const char *text, size_t length)
{
    pz_goal *goal;
    pz_status status;
    PZ__TRY(pz__goal_find(call, PZ__WRITE, id, &goal));
    status = say_of(call, goal, text, length);
    pz_free(goal);
    return status;
}

pz_status pz_goal_reflect(pz_actor *actor, pz_id goal, const char *text, size_t text_len, const char *key)
{
    pz__buffer request = PZ__BUFFER_INIT;
    pz__call call;
    if (!actor) return pz__fail_closed("actor");
    PZ__TRY(pz__text_need(text, text_len, (size_t)pz_limit(PZ_LIMIT_TEXT), "text", &text_len));
    pz__request_int(&request, goal);
    pz__request_text(&request, text, text_len);
    PZ__TRY(pz__write_start(&call, actor, "goal.reflect", key, &request));
    return pz__call_end(&call, call.repeated ? PZ_OK : reflect(&call, goal, text, text_len));
}
