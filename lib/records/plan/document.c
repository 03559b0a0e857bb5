/* pz_plan_document(): a plan with all that it joins, as docs/schema/plan.json says. */
#include "records/document.h"

#include "base/fail.h"
#include "base/memory.h"
#include "records/activity/see.h"
#include "records/activity/tables.h"
#include "records/ask.h"
#include "records/evidence/learning_tables.h"
#include "records/goal/find.h"
#include "records/mastery/standing.h"
#include "records/plan/see.h"
#include "records/plan/tables.h"
#include "records/roster/tables.h"
#include "records/types.h"
#include "records/types_learning.h"

typedef struct document {
    pz__call *call;
    pz__json_writer *json;
    const char *language;
    const pz_plan *plan;
    pz_plan_part **parts;
    size_t count;
    pz__standings standings;
} document;

/* --------------------------------------------------------------------------------------------------- the parts --- */

static pz_status put_goal(document *work, const pz_plan_part *part)
{
    pz__json_writer *json = work->json;
    pz_goal *goal;
    double value = PZ_REAL_NONE;
    int met = 0;
    pz_status status;
    PZ__TRY(pz__goal_find(work->call, PZ__SEE, part->record, &goal));
    status = pz__goal_is_measured(goal) ? pz__goal_measure_is_met(work->call, goal, &met, &value) : PZ_OK;
    pz__json_put_id(json, "id", goal->id);
    pz__json_put_text(json, "statement", goal->statement);
    pz__json_put_text(json, "state", pz__goal_state_names[goal->state]);
    pz__json_put_text(json, "area", pz__goal_area_names[goal->area]);
    pz__json_put_date(json, "due_on", goal->due_on);
    pz__json_put_real(json, "baseline", goal->baseline);
    pz__json_put_real(json, "target", goal->target);
    pz__json_put_real(json, "value", value);
    pz__json_put_bool(json, "is_met", met);
    if (status == PZ_OK) status = pz__json_competency(work->call, json, "competency", goal->competency);
    pz_free(goal);
    return status;
}

static pz_status put_entry(document *work, const pz_plan_part *part)
{
    static const char sql[] = "SELECT section, code, content FROM profile_entry WHERE tenant_id = ?1 AND entry_id = ?2 AND since_change <= ?3 "
                              "AND until_change > ?3";
    pz__json_writer *json = work->json;
    pz__statement *statement;
    pz_status status;
    int row;
    PZ__TRY(pz__ask(work->call, sql, part->record, &statement));
    status = pz__db_step(statement, &row);
    pz__json_put_id(json, "id", part->record);
    pz__json_put_text(json, "section", row ? pz__profile_section_names[pz__column_int(statement, 0)] : NULL);
    pz__json_put_text(json, "code", row ? pz__column_text(statement, 1, NULL) : NULL);
    pz__json_put_text(json, "content", row ? pz__column_text(statement, 2, NULL) : NULL);
    pz__db_reset(statement);
    return status;
}

static const pz__standing *standing_of(const document *work, pz_id competency)
{
    for (size_t i = 0; i < work->standings.count; i++)
        if (work->standings.rows[i].competency == competency) return &work->standings.rows[i];
    return NULL;
}

static pz_status put_competency(document *work, const pz_plan_part *part)
{
    const pz__standing *standing = standing_of(work, part->record);
    pz__json_put_real(work->json, "estimate", standing ? standing->estimate.estimate : PZ_REAL_NONE);
    pz__json_put_text(work->json, "decision", standing ? pz__mastery_decision_names[standing->estimate.decision] : NULL);
    return pz__json_competency(work->call, work->json, "competency", part->record);
}

static pz_status put_title(document *work, pz_id activity, pz_id competency)
{
    static const char sql[] =
        "SELECT title FROM activity WHERE tenant_id = ?1 AND activity_id = ?2 AND since_change <= ?3 AND until_change > ?3";
    pz__buffer words = PZ__BUFFER_INIT;
    pz__statement *statement;
    pz_status status;
    int row;
    if (!activity) {
        status = pz__competency_words(work->call, competency, &words);
        if (status == PZ_OK && words.status != PZ_OK) status = pz__fail_memory();
        if (status == PZ_OK) pz__json_put_text(work->json, "title", words.data ? words.data : "");
        pz__buffer_free(&words);
        return status;
    }
    PZ__TRY(pz__ask(work->call, sql, activity, &statement));
    status = pz__db_step(statement, &row);
    pz__json_put_text(work->json, "title", row ? pz__column_text(statement, 0, NULL) : NULL);
    pz__db_reset(statement);
    return status;
}

static pz_status put_activity(document *work, const pz_plan_part *part)
{
    pz__json_writer *json = work->json;
    pz_assignment *a = NULL;
    pz_status status;
    int is_work = part->record_kind == PZ_KIND_ASSIGNMENT;
    if (is_work) PZ__TRY(pz__assignment_find(work->call, PZ__SEE, part->record, &a));
    pz__json_put_id(json, "activity", is_work ? a->activity : part->record);
    pz__json_put_id(json, "assignment", is_work ? a->id : 0);
    status = put_title(work, is_work ? a->activity : part->record, is_work ? a->competency : 0);
    pz__json_put_text(json, "state", is_work ? pz__assignment_state_names[a->state] : NULL);
    pz__json_put_bool(json, "is_chosen", is_work && a->is_chosen);
    pz__json_put_text(json, "what", is_work ? a->what : NULL);
    pz__json_put_text(json, "how", is_work ? a->how : NULL);
    pz__json_put_text(json, "place", is_work ? a->place : NULL);
    pz__json_put_date(json, "due_on", is_work ? a->due_on : PZ_DATE_NONE);
    pz__json_put_real(json, "score", is_work ? a->score : PZ_REAL_NONE);
    pz_free(a);
    return status;
}

typedef pz_status (*put_fn)(document *work, const pz_plan_part *part);

static pz_status put_parts(document *work, const char *key, int32_t kind, int32_t other_kind, put_fn put)
{
    pz__json_writer *json = work->json;
    pz__json_key(json, key);
    pz__json_open_array(json);
    for (size_t i = 0; i < work->count; i++) {
        const pz_plan_part *part = work->parts[i];
        if (part->record_kind != kind && part->record_kind != other_kind) continue;
        pz__json_open_object(json);
        pz__json_put_text(json, "note", part->note);
        PZ__TRY(put(work, part));
        pz__json_close_object(json);
    }
    pz__json_close_array(json);
    return PZ_OK;
}

/* -------------------------------------------------------------------------------------------- people, signatures --- */

static pz_status put_person(document *work, const char *key, pz_id id)
{
    pz_person named = PZ_PERSON_INIT, *person;
    pz__json_writer *json = work->json;
    pz__rows rows;
    pz_status status;
    named.id = id;
    pz__rows_start(&rows, &pz__person_type);
    status = pz__versioned_list(work->call, &pz__person_table, &named, &rows);
    if (status != PZ_OK || rows.status != PZ_OK) {
        pz__rows_free(&rows);
        return status == PZ_OK ? pz__fail_memory() : status;
    }
    pz__json_key(json, key);
    pz__json_open_object(json);
    pz__json_put_id(json, "id", id);
    if (!rows.count) {
        pz__rows_free(&rows);
        pz__json_put_text(json, "given_name", NULL);
        pz__json_put_text(json, "family_name", NULL);
    } else {
        PZ__TRY(pz__rows_take_one(&rows, (void **)&person));
        pz__json_put_text(json, "given_name", person->preferred_given_name ? person->preferred_given_name : person->given_name);
        pz__json_put_text(json, "family_name", person->preferred_family_name ? person->preferred_family_name : person->family_name);
        pz_free(person);
    }
    pz__json_close_object(json);
    return PZ_OK;
}

static int asks_for(const pz_plan *plan, int32_t role)
{
    const int32_t asked[] = {0, 1, plan->with_guardian, plan->with_teacher, plan->with_counselor, plan->with_leader};
    return asked[role];
}

static void put_missing(document *work, pz_plan_signature *const *rows, size_t count)
{
    pz__json_key(work->json, "missing");
    pz__json_open_array(work->json);
    for (int32_t role = PZ_ROLE_LEARNER; role <= PZ_ROLE_LEADER; role++) {
        int has = 0;
        for (size_t i = 0; i < count; i++) has |= rows[i]->is_valid && rows[i]->role == role;
        if (asks_for(work->plan, role) && !has) pz__json_text(work->json, pz__role_names[role]);
    }
    pz__json_close_array(work->json);
}

static pz_status put_signatures(document *work)
{
    pz__json_writer *json = work->json;
    pz_plan_signature **rows;
    pz_status status;
    pz__rows read;
    size_t count;
    pz__rows_start(&read, &pz__plan_signature_type);
    status = pz__plan_signatures(work->call, work->plan, &read);
    if (status != PZ_OK) {
        pz__rows_free(&read);
        return status;
    }
    PZ__TRY(pz__rows_take(&read, (void ***)&rows, &count));
    pz__json_key(json, "signatures");
    pz__json_open_array(json);
    for (size_t i = 0; i < count && status == PZ_OK; i++) {
        pz__json_open_object(json);
        status = put_person(work, "person", rows[i]->person);
        pz__json_put_text(json, "role", pz__role_names[rows[i]->role]);
        pz__json_put_bool(json, "is_valid", rows[i]->is_valid);
        pz__json_put_time(json, "signed_at", rows[i]->signed_at);
        pz__json_put_text(json, "note", rows[i]->note);
        pz__json_close_object(json);
    }
    pz__json_close_array(json);
    put_missing(work, rows, count);
    pz_free(rows);
    return status;
}

static pz_status put_reviews(document *work)
{
    pz__json_writer *json = work->json;
    pz_plan_review **rows;
    pz_status status;
    pz__rows read;
    size_t count;
    pz__rows_start(&read, &pz__plan_review_type);
    status = pz__plan_reviews(work->call, work->plan->id, &read);
    if (status != PZ_OK) {
        pz__rows_free(&read);
        return status;
    }
    PZ__TRY(pz__rows_take(&read, (void ***)&rows, &count));
    pz__json_key(json, "reviews");
    pz__json_open_array(json);
    for (size_t i = 0; i < count; i++) {
        pz__json_open_object(json);
        pz__json_put_id(json, "checkin", rows[i]->checkin);
        pz__json_put_text(json, "outcome", rows[i]->outcome);
        pz__json_put_text(json, "role", pz__role_names[rows[i]->reviewed_role]);
        pz__json_put_time(json, "at", rows[i]->reviewed_at);
        pz__json_close_object(json);
    }
    pz__json_close_array(json);
    pz_free(rows);
    return PZ_OK;
}

/* ------------------------------------------------------------------------------------------------------- the whole --- */

static pz_status put_template(document *work)
{
    pz_plan_template *t;
    pz_status status = pz__plan_template_find(work->call, work->plan->template_id, work->language, &t);
    if (status == PZ_E_NOT_FOUND) status = PZ_OK; /* of an org that this reader does not reach */
    if (status != PZ_OK) return status;
    pz__json_put_text(work->json, "prompts", t ? t->prompts : NULL);
    pz_free(t);
    return PZ_OK;
}

static pz_status put_all(document *work)
{
    pz__json_writer *json = work->json;
    pz__json_open_object(json);
    pz__json_head(work->call, json, "plan", work->language);
    pz__json_key(json, "plan");
    pz__json_record(json, &pz__plan_type, work->plan);
    PZ__TRY(put_person(work, "learner", work->plan->learner));
    PZ__TRY(put_template(work));
    PZ__TRY(put_parts(work, "goals", PZ_KIND_GOAL, 0, put_goal));
    PZ__TRY(put_parts(work, "profile", PZ_KIND_PROFILE_ENTRY, 0, put_entry));
    PZ__TRY(put_parts(work, "competencies", PZ_KIND_COMPETENCY, 0, put_competency));
    PZ__TRY(put_parts(work, "activities", PZ_KIND_ACTIVITY, PZ_KIND_ASSIGNMENT, put_activity));
    PZ__TRY(put_signatures(work));
    PZ__TRY(put_reviews(work));
    pz__json_close_object(json);
    return json->out->status == PZ_OK ? PZ_OK : pz__fail_memory();
}

static pz_status read_parts(document *work)
{
    pz__rows rows;
    pz_status status;
    pz__rows_start(&rows, &pz__plan_part_type);
    status = pz__plan_parts(work->call, work->plan, &rows);
    if (status == PZ_OK) return pz__rows_take(&rows, (void ***)&work->parts, &work->count);
    pz__rows_free(&rows);
    return status;
}

static pz_status read_standings(document *work)
{
    pz__rules *rules;
    pz_status status;
    int any = 0;
    for (size_t i = 0; i < work->count; i++) any |= work->parts[i]->record_kind == PZ_KIND_COMPETENCY;
    if (!any) return PZ_OK;
    PZ__TRY(pz__rules_load(work->call, &rules));
    status = pz__standings_get(&work->standings, work->call, rules, work->plan->learner, PZ__ALL_COMPETENCIES);
    pz__rules_free(rules);
    return status;
}

static pz_status make(pz__call *call, pz_id id, const char *language, pz__json_writer *json)
{
    document work = {.call = call, .json = json, .language = language};
    pz_plan *plan;
    pz_status status;
    PZ__TRY(pz__plan_find(call, PZ__SEE, id, &plan));
    work.plan = plan;
    status = read_parts(&work);
    if (status == PZ_OK) status = read_standings(&work);
    if (status == PZ_OK) status = put_all(&work);
    pz__standings_free(&work.standings);
    pz_free(work.parts);
    pz_free(plan);
    return status;
}

pz_status pz_plan_document(pz_actor *actor, pz_id plan, const char *language, char **out_json)
{
    pz__buffer text = PZ__BUFFER_INIT;
    pz__json_writer json;
    pz__call call;
    if (!out_json) return pz__fail_null("out_json");
    *out_json = NULL;
    PZ__TRY(pz__language_check(&language));
    PZ__TRY(pz__call_read(&call, actor));
    pz__json_start(&json, &text);
    return pz__call_end_text(&call, make(&call, plan, language, &json), &text, out_json);
}
