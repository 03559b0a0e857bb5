/* What a goal says: members by themselves, what it names, and what changed since a version that somebody still holds. */
#include <string.h>

#include "base/buffer.h"
#include "base/fail.h"
#include "base/text.h"
#include "records/ask.h"
#include "records/goal/steps.h"
#include "records/goal/tables.h"
#include "records/need.h"
#include "records/voice/steps.h"

/* -------------------------------------------------------------------------------------------------- members --- */

static pz_status check_texts(pz_goal *goal)
{
    size_t most = (size_t)pz_limit(PZ_LIMIT_TEXT);
    PZ__TRY(pz__text_need(goal->statement, goal->statement_len, most, "statement", &goal->statement_len));
    PZ__TRY(pz__text_check(goal->reason, goal->reason_len, most, "reason", &goal->reason_len));
    PZ__TRY(pz__text_check(goal->measured, goal->measured_len, (size_t)pz_limit(PZ_LIMIT_TITLE), "measured", &goal->measured_len));
    PZ__TRY(pz__text_check(goal->strategies, goal->strategies_len, most, "strategies", &goal->strategies_len));
    PZ__TRY(pz__text_check(goal->resources, goal->resources_len, most, "resources", &goal->resources_len));
    return pz__text_check(goal->why, goal->why_len, most, "why", &goal->why_len);
}

static pz_status check_target(const pz_goal *goal)
{
    int has_target = goal->measure >= PZ_MEASURE_ESTIMATE, is_score = goal->measure == PZ_MEASURE_SCORE;
    if (!has_target && !isnan(goal->target))
        return pz__fail(PZ_E_INVALID, "target", "Leave it out, or choose another measure.", "This measure has no target.");
    if (!is_score && !isnan(goal->target_high))
        return pz__fail(PZ_E_INVALID, "target_high", "Leave it out, or choose the measure score.", "The target of this measure is no range.");
    if (goal->measure == PZ_MEASURE_ESTIMATE && !(goal->target >= 0 && goal->target <= 1))
        return pz__fail(PZ_E_INVALID, "target", NULL, "The measure needs a target from 0 to 1.");
    if (has_target && !(fabs(goal->target) <= 1e12)) return pz__fail(PZ_E_INVALID, "target", NULL, "The measure needs a target.");
    if (goal->measure == PZ_MEASURE_COUNT && !(goal->target > 0))
        return pz__fail(PZ_E_INVALID, "target", NULL, "A count needs a target above 0.");
    if (!isnan(goal->target_high) && !(goal->target_high >= goal->target && goal->target_high <= 1e12))
        return pz__fail(PZ_E_INVALID, "target_high", NULL, "The most of a range is below its least.");
    return PZ_OK;
}

static pz_status check_measure(const pz_goal *goal, int is_draft)
{
    int needs_competency = goal->measure == PZ_MEASURE_MASTERY || goal->measure == PZ_MEASURE_ESTIMATE;
    if (goal->measure < 0 || goal->measure > PZ_MEASURE_COUNT)
        return pz__fail(PZ_E_INVALID, "measure", "pz_goal_measure names the measures.", "There is no measure %d.", (int)goal->measure);
    if (!goal->measure && !is_draft)
        return pz__fail(PZ_E_INVALID, "measure", "Say how it is known that the goal was reached, or keep it as a draft.",
                        "A goal needs a measure.");
    if (is_draft) return PZ_OK;
    if (needs_competency && !goal->competency) return pz__fail(PZ_E_INVALID, "competency", NULL, "The measure needs a competency.");
    return check_target(goal);
}

static pz_status check_numbers(const pz_goal *goal)
{
    if (goal->area < PZ_GOAL_ACADEMIC || goal->area > PZ_GOAL_SOCIAL)
        return pz__fail(PZ_E_INVALID, "area", "pz_goal_area names the areas.", "There is no area %d.", (int)goal->area);
    if (!isnan(goal->baseline) && !(fabs(goal->baseline) <= 1e12)) return pz__fail(PZ_E_INVALID, "baseline", NULL, "The baseline is no number.");
    if (!isnan(goal->confidence) && !(goal->confidence >= 0 && goal->confidence <= 1))
        return pz__fail(PZ_E_INVALID, "confidence", NULL, "Confidence goes from 0 to 1.");
    if (goal->visibility < PZ_VISIBLE_SELF || goal->visibility > PZ_VISIBLE_SCHOOL)
        return pz__fail(PZ_E_INVALID, "visibility", "pz_visibility names them.", "There is no visibility %d.", (int)goal->visibility);
    if (goal->grew_from_kind && goal->grew_from_kind != PZ_KIND_PROFILE_ENTRY && goal->grew_from_kind != PZ_KIND_VOICE)
        return pz__fail(PZ_E_INVALID, "grew_from_kind", "A goal grows from a profile entry or a voice entry.",
                        "No goal grows from records of the kind %d.", (int)goal->grew_from_kind);
    return PZ_OK;
}

pz_status pz__goal_check(pz_goal *goal, int is_draft)
{
    PZ__TRY(check_texts(goal));
    PZ__TRY(check_numbers(goal));
    return check_measure(goal, is_draft);
}

/* ----------------------------------------------------------------------------------------------------- ties --- */

/* What a goal serves, as the call sees it; 0 for none, or where there is no such goal of this learner. */
static pz_status served_by(pz__call *call, pz_id goal, pz_id learner, int *out_found, pz_id *out_serves)
{
    static const char sql[] = "SELECT serves_id FROM goal WHERE tenant_id = ?1 AND goal_id = ?2 AND learner_id = ?4 AND since_change <= ?3 "
                              "AND until_change > ?3";
    pz__statement *statement;
    pz_status status;
    *out_serves = 0;
    PZ__TRY(pz__ask(call, sql, goal, &statement));
    pz__bind_int(statement, 4, learner);
    status = pz__db_step(statement, out_found);
    if (*out_found) *out_serves = pz__column_int(statement, 0);
    pz__db_reset(statement);
    return status;
}

static pz_status fail_circle(pz__call *call, const pz_goal *goal)
{
    pz__buffer way = PZ__BUFFER_INIT;
    pz_id at = goal->serves;
    pz_status status = PZ_OK;
    int found;
    pz__buffer_format(&way, "%lld", (long long)goal->id);
    while (status == PZ_OK && at && at != goal->id) {
        pz__buffer_format(&way, " -> %lld", (long long)at);
        status = served_by(call, at, goal->learner, &found, &at);
    }
    if (status == PZ_OK && way.status != PZ_OK) status = pz__fail_memory();
    if (status == PZ_OK)
        status = pz__fail(PZ_E_INVALID, "serves", "Let one of them serve no other.", "The goals serve each other in a circle: %s -> %lld.",
                          way.data, (long long)goal->id);
    pz__buffer_free(&way);
    return status;
}

/* What is stored has no circle, so that every way up ends. */
static pz_status check_serves(pz__call *call, const pz_goal *goal)
{
    pz_id at = goal->serves, next;
    int found, sees = 0;
    if (!at) return PZ_OK;
    PZ__TRY(pz__goal_is_visible(call, at, &sees));
    for (int first = 1; at; first = 0, at = next) {
        if (at == goal->id) return fail_circle(call, goal);
        PZ__TRY(served_by(call, at, goal->learner, &found, &next));
        if (first && (!found || !sees))
            return pz__fail(PZ_E_NOT_FOUND, "serves", "pz_goal_list() lists them.", "There is no goal %lld of this learner in reach.",
                            (long long)at);
    }
    return PZ_OK;
}

/* A learner takes part in goals of the groups of its classes. */
static pz_status check_group(pz__call *call, const pz_goal *goal)
{
    static const char sql[] = "SELECT 1 FROM goal_group g JOIN enrollment e ON e.tenant_id = ?1 AND e.class_id = g.class_id AND e.person_id = ?4 "
                              "AND e.role = 1 AND e.until_change = " PZ__CURRENT_SQL " WHERE g.tenant_id = ?1 AND g.group_id = ?2 AND g.ended = 0 "
                              "AND g.until_change > ?3";
    pz__statement *statement;
    pz_status status;
    int found;
    if (!goal->group) return PZ_OK;
    PZ__TRY(pz__ask(call, sql, goal->group, &statement));
    pz__bind_int(statement, 4, goal->learner);
    status = pz__db_step(statement, &found);
    pz__db_reset(statement);
    if (status != PZ_OK || found) return status;
    return pz__fail(PZ_E_NOT_FOUND, "group", NULL, "There is no goal %lld of a group in the classes of this learner.", (long long)goal->group);
}

/* What stays as it was is not asked again: who revises may not see all of it. */
pz_status pz__goal_check_ties(pz__call *call, const pz_goal *goal, const pz_goal *before)
{
    if (!before || goal->competency != before->competency) PZ__TRY(pz__need_if(call, PZ_KIND_COMPETENCY, goal->competency, "competency"));
    if (!before || goal->grew_from != before->grew_from || goal->grew_from_kind != before->grew_from_kind)
        PZ__TRY(pz__voice_need_record(call, goal->learner, goal->grew_from_kind, goal->grew_from, "grew_from"));
    if (!before || goal->serves != before->serves) PZ__TRY(check_serves(call, goal));
    return before && goal->group == before->group ? PZ_OK : check_group(call, goal);
}

void pz__goal_take_content(pz_goal *goal, const pz_goal *given, int is_own)
{
    goal->area = given->area;
    goal->statement = given->statement;
    goal->statement_len = given->statement_len;
    goal->reason = given->reason;
    goal->reason_len = given->reason_len;
    goal->measure = given->measure;
    goal->competency = given->competency;
    goal->target = given->target;
    goal->target_high = given->target_high;
    goal->baseline = given->baseline;
    goal->measured = given->measured;
    goal->measured_len = given->measured_len;
    goal->due_on = given->due_on;
    goal->grew_from_kind = given->grew_from_kind;
    goal->grew_from = given->grew_from;
    goal->strategies = given->strategies;
    goal->strategies_len = given->strategies_len;
    goal->resources = given->resources;
    goal->resources_len = given->resources_len;
    goal->serves = given->serves;
    goal->group = given->group;
    if (!is_own) return;
    goal->confidence = given->confidence;
    goal->visibility = given->visibility;
}

/* ------------------------------------------------------------------------------------------------ conflicts --- */

/* Members that say how a version came about, not what it says. */
static int is_of_the_step(const char *name)
{
    static const char *const names[] = {"version", "acted_by", "acted_role", "acted_at", "step", "why", "is_current", NULL};
    for (size_t i = 0; names[i]; i++)
        if (!strcmp(names[i], name)) return 1;
    return 0;
}

static int same(const pz_field *field, const char *a, const char *b)
{
    const char *left, *right;
    double x, y;
    switch ((pz_field_type)field->type) {
    case PZ_FIELD_TEXT:
        memcpy(&left, a + field->offset, sizeof left);
        memcpy(&right, b + field->offset, sizeof right);
        return pz__text_equal(left, right);
    case PZ_FIELD_REAL:
        memcpy(&x, a + field->offset, sizeof x);
        memcpy(&y, b + field->offset, sizeof y);
        return x == y || (isnan(x) && isnan(y));
    case PZ_FIELD_ID:
    case PZ_FIELD_BIGINT:
    case PZ_FIELD_TIME: return !memcmp(a + field->offset, b + field->offset, sizeof(int64_t));
    case PZ_FIELD_INT:
    case PZ_FIELD_BOOL:
    case PZ_FIELD_DATE:
    case PZ_FIELD_ENUM: break;
    }
    return !memcmp(a + field->offset, b + field->offset, sizeof(int32_t));
}

static void name_changed(const pz_goal *before, const pz_goal *now, pz__buffer *out)
{
    for (uint32_t i = 0; i < pz__goal_type.field_count; i++) {
        const pz_field *field = &pz__goal_type.fields[i];
        if (is_of_the_step(field->name) || same(field, (const char *)before, (const char *)now)) continue;
        pz__buffer_format(out, "%s%s", out->length ? ", " : "", field->name);
    }
    if (!out->length) pz__buffer_text(out, "nothing that the goal says");
}

static pz_status load_version(pz__call *call, pz_id id, int64_t version, pz_goal **out_goal)
{
    static const char sql[] =
        "SELECT " PZ__GOAL_COLUMNS ", 0 FROM goal WHERE tenant_id = ?1 AND goal_id = ?2 AND since_change = ?4 AND ?3 >= 0";
    pz__statement *statement;
    PZ__TRY(pz__ask(call, sql, id, &statement));
    pz__bind_int(statement, 4, version);
    return pz__take_one(&pz__goal_type, statement, (void **)out_goal);
}

pz_status pz__goal_need_version(pz__call *call, const pz_goal *current, int64_t version)
{
    pz__buffer changed = PZ__BUFFER_INIT;
    pz_goal *before;
    pz_status status;
    if (current->version == version) return PZ_OK;
    PZ__TRY(load_version(call, current->id, version, &before));
    if (before)
        name_changed(before, current, &changed);
    else
        pz__buffer_format(&changed, "there was no version %lld", (long long)version);
    pz_free(before);
    status = changed.status != PZ_OK
                 ? pz__fail_memory()
                 : pz__fail(PZ_E_CONFLICT, "version", "Read the goal again and revise what it says now; pz_goal_history() has every version.",
                            "The goal %lld was changed meanwhile: its version is %lld, not %lld. The last step was by %lld as %s. Changed since: %s.",
                            (long long)current->id, (long long)current->version, (long long)version, (long long)current->acted_by,
                            pz__role_names[current->acted_role], changed.data);
    pz__buffer_free(&changed);
    return status;
}
