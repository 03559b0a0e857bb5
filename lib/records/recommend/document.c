/* A recommendation as one document. */
#include <string.h>

#include "base/fail.h"
#include "base/json_read.h"
#include "base/memory.h"
#include "records/ask.h"
#include "records/document.h"
#include "records/recommend/read.h"
#include "records/recommend/reason.h"
#include "records/recommend/report.h"
#include "records/recommend/rules.h"
#include "records/recommend/stay.h"
#include "records/recommend/wish.h"
#include "records/types_learning.h"

typedef struct document_work {
    pz__call *call;
    const pz__plan *plan;
    const char *language;
    pz__json_writer *json;
    pz__grouping_ask ask;
} document_work;

static pz_status put_words(document_work *work, const char *reasons)
{
    pz__buffer words = PZ__BUFFER_INIT;
    pz_status status = pz__reason_words(work->call, work->language, reasons, pz__sees_own_place_only(work->call), &words);
    pz__json_key(work->json, "rationale");
    pz__json_text_n(work->json, words.data ? words.data : "", words.length);
    pz__buffer_free(&words);
    return status;
}

/* Codes with figures of the group are not for those who see only their own place. */
static pz_status put_reasons(document_work *work, const char *reasons)
{
    if (pz__sees_own_place_only(work->call)) return PZ_OK;
    pz__json_key(work->json, "reasons");
    return pz__wish_reasons_seen(work->call, reasons, work->json);
}

/* --------------------------------------------------------------------------------------------------- groups --- */

static pz_status put_member(document_work *work, const pz__plan_member *member)
{
    pz__json_open_object(work->json);
    pz__json_put_id(work->json, "learner", member->learner);
    pz__json_put_bool(work->json, "is_locked", member->is_locked);
    pz__json_put_bool(work->json, "by_hand", member->by_hand);
    PZ__TRY(put_words(work, member->reasons));
    PZ__TRY(put_reasons(work, member->reasons));
    pz__json_close_object(work->json);
    return PZ_OK;
}

static pz_status put_group(document_work *work, const pz__plan_group *group)
{
    pz__json_open_object(work->json);
    pz__json_put_int(work->json, "group_no", group->group_no);
    PZ__TRY(pz__json_competency(work->call, work->json, "competency", group->competency));
    PZ__TRY(put_words(work, group->reasons));
    PZ__TRY(put_reasons(work, group->reasons));
    pz__json_key(work->json, "members");
    pz__json_open_array(work->json);
    for (size_t i = 0; i < work->plan->member_count; i++)
        if (work->plan->members[i].group_no == group->group_no) PZ__TRY(put_member(work, &work->plan->members[i]));
    pz__json_close_array(work->json);
    pz__json_close_object(work->json);
    return PZ_OK;
}

static pz_status put_groups(document_work *work)
{
    pz__json_key(work->json, "groups");
    pz__json_open_array(work->json);
    for (size_t i = 0; i < work->plan->group_count; i++) PZ__TRY(put_group(work, &work->plan->groups[i]));
    pz__json_close_array(work->json);
    return PZ_OK;
}

/* --------------------------------------------------------------------------------------------------- checks --- */

/* Each rule, and each group's size against what was asked. */
static void put_checks(document_work *work)
{
    pz__json_key(work->json, "checks");
    pz__json_open_array(work->json);
    for (size_t i = 0; i < work->ask.rule_count; i++) {
        pz__json_open_object(work->json);
        pz__json_record_members(work->json, &pz__grouping_rule_type, &work->ask.rules[i]);
        pz__json_put_bool(work->json, "holds", pz__grouping_rule_holds(work->plan, &work->ask, i));
        pz__json_close_object(work->json);
    }
    for (size_t i = 0; i < work->plan->group_count; i++) {
        int32_t size = pz__plan_size(work->plan, work->plan->groups[i].group_no);
        pz__json_open_object(work->json);
        pz__json_put_text(work->json, "kind", "size");
        pz__json_put_int(work->json, "group_no", work->plan->groups[i].group_no);
        pz__json_put_int(work->json, "size", size);
        pz__json_put_bool(work->json, "holds", size >= work->ask.request.size_min && size <= work->ask.request.size_max);
        pz__json_close_object(work->json);
    }
    pz__json_close_array(work->json);
}

/* Who is in no group because of a rule, and why. */
static void put_left_out(document_work *work)
{
    pz__json_key(work->json, "left_out");
    pz__json_open_array(work->json);
    for (size_t i = 0; i < work->ask.rule_count; i++) {
        const pz_grouping_rule *rule = &work->ask.rules[i];
        if (!pz__grouping_rule_leaves_out(rule)) continue;
        const char *code = rule->kind == PZ_RULE_ABSENT ? "reason.learner.absent" : "reason.learner.opted_out";
        pz__json_open_object(work->json);
        pz__json_put_id(work->json, "learner", rule->learner);
        pz__json_put_text(work->json, "code", code);
        pz__json_words(work->json, "rationale", work->language, code, NULL, 0);
        pz__json_close_object(work->json);
    }
    pz__json_close_array(work->json);
}

/* -------------------------------------------------------------------------------------------------- figures --- */

static void put_request(document_work *work)
{
    pz__json_key(work->json, "request");
    pz__json_open_object(work->json);
    pz__json_record_members(work->json, &pz__grouping_request_type, &work->ask.request);
    pz__json_key(work->json, "rules");
    pz__json_open_array(work->json);
    for (size_t i = 0; i < work->ask.rule_count; i++) pz__json_record(work->json, &pz__grouping_rule_type, &work->ask.rules[i]);
    pz__json_close_array(work->json);
    pz__json_close_object(work->json);
}

static pz_status put_version(document_work *work, pz__statement *row)
{
    size_t note_len;
    int32_t state = (int32_t)pz__column_int(row, 1), role = (int32_t)pz__column_int(row, 3);
    const char *note = pz__column_text(row, 6, &note_len);
    pz__json_open_object(work->json);
    pz__json_put_id(work->json, "version", pz__column_int(row, 0));
    pz__json_put_text(work->json, "state", pz__recommendation_state_names[state]);
    pz__json_put_id(work->json, "acted_by", pz__column_int(row, 2));
    pz__json_put_text(work->json, "acted_role", pz__role_names[role]);
    pz__json_put_time(work->json, "acted_at", pz__column_time(row, 4));
    pz__json_put_real(work->json, "objective", pz__column_real(row, 5));
    pz__json_key(work->json, "note");
    pz__json_text_n(work->json, note, note_len);
    pz__json_close_object(work->json);
    return PZ_OK;
}

static pz_status put_history(document_work *work)
{
    static const char sql[] =
        "SELECT version, state, acted_by, acted_role, acted_at, objective, note FROM recommendation WHERE tenant_id = ?1 "
        "AND recommendation_id = ?2 AND since_change <= ?3 ORDER BY since_change";
    pz__statement *statement;
    pz_status status;
    int row;
    PZ__TRY(pz__ask(work->call, sql, work->plan->row.id, &statement));
    pz__json_key(work->json, "history");
    pz__json_open_array(work->json);
    while ((status = pz__db_step(statement, &row)) == PZ_OK && row)
        if ((status = put_version(work, statement)) != PZ_OK) break;
    pz__json_close_array(work->json);
    pz__db_reset(statement);
    return status;
}

/* What only those see who see the whole. */
static pz_status put_whole(document_work *work)
{
    put_request(work);
    pz__json_key(work->json, "report");
    pz__json_raw(work->json, work->plan->row.report);
    put_left_out(work);
    PZ__TRY(pz__stays_put(work->call, work->plan, work->language, work->json));
    put_checks(work);
    return put_history(work);
}

/* What the groups were made from is gone: their reasons count somebody who is not there. */
static pz_status put_erasure(document_work *work)
{
    char *problem = NULL;
    if (!work->plan->row.problem) PZ__TRY(pz__plan_problem(work->call, work->plan->row.id, &problem));
    if (problem || work->plan->row.problem)
        pz__json_put_text(work->json, "member_erased", NULL);
    else
        pz__json_words(work->json, "member_erased", work->language, "page.group_member_erased", NULL, 0);
    pz__release(problem);
    return PZ_OK;
}

static pz_status put_document(document_work *work)
{
    const pz__recommendation_row *row = &work->plan->row;
    char strategy_code[64] = "strategy.";
    strncat(strategy_code, row->strategy, sizeof strategy_code - strlen(strategy_code) - 1);
    pz__json_open_object(work->json);
    pz__json_head(work->call, work->json, "recommendation", work->language);
    pz__json_put_id(work->json, "id", row->id);
    pz__json_put_id(work->json, "version", row->version);
    pz__json_put_text(work->json, "state", pz__recommendation_state_names[row->state]);
    pz__json_put_id(work->json, "class_id", row->class_id);
    pz__json_put_id(work->json, "cycle", row->cycle);
    pz__json_put_text(work->json, "title", row->title);
    pz__json_put_text(work->json, "strategy", row->strategy);
    pz__json_words(work->json, "strategy_words", work->language, strategy_code, NULL, 0);
    pz__json_put_real(work->json, "objective", row->objective);
    pz__json_put_real(work->json, "recommended_objective", row->recommended_objective);
    pz__json_put_date(work->json, "answer_by", row->answer_by);
    pz__json_put_text(work->json, "note", row->note);
    PZ__TRY(put_erasure(work));
    PZ__TRY(put_groups(work));
    if (!pz__sees_own_place_only(work->call)) PZ__TRY(put_whole(work));
    pz__json_close_object(work->json);
    return work->json->out->status;
}

pz_status pz__recommendation_document(pz__call *call, const pz__plan *plan, const char *language, pz__json_writer *json)
{
    document_work work = {.call = call, .plan = plan, .language = language, .json = json};
    pz_status status;
    PZ__TRY(pz__grouping_ask_read(plan->row.request, &work.ask));
    work.ask.request.title = plan->row.title;
    work.ask.request.title_len = PZ_NUL_TERMINATED;
    work.ask.request.answer_by = plan->row.answer_by;
    status = put_document(&work);
    pz__grouping_ask_free(&work.ask);
    return status;
}

/* ------------------------------------------------------------------------------------------------ given away --- */

static pz_status make(pz__call *call, pz_id recommendation, const char *language, pz__json_writer *json)
{
    pz__plan plan;
    pz_status status;
    PZ__TRY(pz__recommendation_find(call, PZ__SEE, recommendation, &plan));
    status = pz__recommendation_document(call, &plan, language, json);
    if (!pz__sees_own_place_only(call)) pz__call_read_class(call, PZ_KIND_RECOMMENDATION, plan.row.class_id);
    for (size_t i = 0; pz__sees_own_place_only(call) && i < plan.member_count; i++)
        pz__call_read_learner(call, PZ_KIND_RECOMMENDATION, plan.members[i].learner);
    pz__plan_free(&plan);
    return status;
}

pz_status pz_recommendation_document(pz_actor *actor, pz_id recommendation, const char *language, char **out_json)
{
    pz__buffer text = PZ__BUFFER_INIT;
    pz__json_writer json;
    pz__call call;
    if (!out_json) return pz__fail_null("out_json");
    *out_json = NULL;
    if (!actor) return pz__fail_closed("actor");
    PZ__TRY(pz__language_check(&language));
    PZ__TRY(pz__call_read(&call, actor));
    pz__json_start(&json, &text);
    return pz__call_end_text(&call, make(&call, recommendation, language, &json), &text, out_json);
}

/* ------------------------------------------------------------------------------------------- in the profile --- */

static pz_status put_accepted(pz__call *call, pz__json_writer *json, pz__statement *row, const char *language)
{
    pz__buffer words = PZ__BUFFER_INIT;
    pz_status status = pz__reason_words(call, language, pz__column_text(row, 5, NULL), pz__sees_own_place_only(call), &words);
    pz__json_open_object(json);
    pz__json_put_id(json, "id", pz__column_int(row, 0));
    pz__json_put_text(json, "title", pz__column_text(row, 1, NULL));
    pz__json_put_text(json, "strategy", pz__column_text(row, 2, NULL));
    pz__json_put_int(json, "group_no", pz__column_int(row, 3));
    if (status == PZ_OK) status = pz__json_competency(call, json, "competency", pz__column_int(row, 4));
    pz__json_key(json, "rationale");
    pz__json_text_n(json, words.data ? words.data : "", words.length);
    pz__json_put_time(json, "accepted_at", pz__column_time(row, 6));
    pz__json_close_object(json);
    pz__buffer_free(&words);
    return status;
}

pz_status pz__json_accepted_groups(pz__call *call, pz__json_writer *json, pz_id learner, const char *language)
{
    static const char sql[] =
        "SELECT r.recommendation_id, r.title, r.strategy, m.group_no, g.competency_id, m.reasons, r.acted_at FROM recommended_member m "
        "JOIN recommendation r ON r.tenant_id = m.tenant_id AND r.recommendation_id = m.recommendation_id AND r.since_change <= ?3 "
        "AND r.until_change > ?3 AND r.state = ?4 LEFT JOIN recommended_group g ON g.tenant_id = m.tenant_id "
        "AND g.recommendation_id = m.recommendation_id AND g.group_no = m.group_no AND g.since_change <= ?3 AND g.until_change > ?3 "
        "WHERE m.tenant_id = ?1 AND m.learner_id = ?2 AND m.since_change <= ?3 AND m.until_change > ?3 ORDER BY r.recommendation_id DESC";
    pz__statement *statement;
    pz_status status;
    int row;
    PZ__TRY(pz__ask(call, sql, learner, &statement));
    pz__bind_int(statement, 4, PZ_RECOMMENDATION_ACCEPTED);
    pz__json_open_array(json);
    while ((status = pz__db_step(statement, &row)) == PZ_OK && row)
        if ((status = put_accepted(call, json, statement, language)) != PZ_OK) break;
    pz__json_close_array(json);
    pz__db_reset(statement);
    return status;
}
