/* pz_profile_get(): all that is known of a learner in one document, as docs/schema/profile.json says. */
#include <string.h>

#include "base/fail.h"
#include "base/memory.h"
#include "records/ask.h"
#include "records/document.h"
#include "records/evidence/learning_tables.h"
#include "records/goal/find.h"
#include "records/mastery/standing.h"
#include "records/profile/hung.h"
#include "records/profile/see.h"
#include "records/profile/shown.h"
#include "records/profile/tables.h"
#include "records/recommend/read.h"
#include "records/roster/tables.h"

typedef struct profile_work {
    pz__call *call;
    const char *language;
    pz_id learner;
    pz__json_writer json;
    int32_t section; /* that is open */
    pz__hung tags;
    pz__hung disputes;
    pz__standings standings;
    pz__shown shown;
} profile_work;

/* -------------------------------------------------------------------------------------------------- person --- */

static pz_status put_person(profile_work *work)
{
    pz_person key = PZ_PERSON_INIT, *person;
    pz__json_writer *json = &work->json;
    pz__rows rows;
    pz_status status;
    key.id = work->learner;
    pz__rows_start(&rows, &pz__person_type);
    status = pz__versioned_list(work->call, &pz__person_table, &key, &rows);
    if (status == PZ_OK) status = rows.status;
    pz__json_key(json, "learner");
    pz__json_open_object(json);
    pz__json_put_id(json, "id", work->learner);
    if (status == PZ_OK && rows.count) {
        status = pz__rows_take_one(&rows, (void **)&person);
        if (status == PZ_OK) {
            pz__json_put_text(json, "given_name", person->preferred_given_name ? person->preferred_given_name : person->given_name);
            pz__json_put_text(json, "family_name", person->preferred_family_name ? person->preferred_family_name : person->family_name);
            pz__json_put_text(json, "pronouns", person->pronouns);
            pz__json_put_text(json, "grades", person->grades);
            pz_free(person);
        }
    }
    pz__rows_free(&rows);
    pz__json_close_object(json);
    return status;
}

static pz_status put_class(profile_work *work, pz_id class_id)
{
    pz_class key = PZ_CLASS_INIT, *found;
    pz__rows rows;
    pz_status status;
    key.id = class_id;
    pz__rows_start(&rows, &pz__class_type);
    status = pz__versioned_list(work->call, &pz__class_table, &key, &rows);
    if (status == PZ_OK) status = rows.status;
    if (status == PZ_OK && rows.count) {
        status = pz__rows_take_one(&rows, (void **)&found);
        if (status == PZ_OK) {
            pz__json_open_object(&work->json);
            pz__json_put_id(&work->json, "id", class_id);
            pz__json_put_text(&work->json, "title", found->title);
            pz__json_put_text(&work->json, "subjects", found->subjects);
            pz__json_close_object(&work->json);
            pz_free(found);
        }
    }
    pz__rows_free(&rows);
    return status;
}

static pz_status put_classes(profile_work *work)
{
    pz_id *classes;
    size_t count;
    pz_status status;
    PZ__TRY(pz__learner_classes(work->call, work->learner, &classes, &count));
    pz__json_key(&work->json, "classes");
    pz__json_open_array(&work->json);
    status = PZ_OK;
    for (size_t i = 0; i < count && status == PZ_OK; i++) status = put_class(work, classes[i]);
    pz__json_close_array(&work->json);
    pz__release(classes);
    return status;
}

/* ------------------------------------------------------------------------------------------------- sections --- */

static void turn_to_section(profile_work *work, int32_t section)
{
    while (work->section < section) {
        if (work->section) pz__json_close_array(&work->json);
        if (++work->section > PZ_PROFILE_LEARN_WHERE) return;
        pz__json_key(&work->json, pz__profile_section_names[work->section]);
        pz__json_open_array(&work->json);
    }
}

static void put_tags(profile_work *work, pz_id entry)
{
    pz__json_writer *json = &work->json;
    size_t count;
    void *const *rows = pz__hung_of(&work->tags, entry, &count);
    pz__json_key(json, "tags");
    pz__json_open_array(json);
    for (size_t i = 0; i < count; i++) {
        const pz_profile_tag *tag = rows[i];
        pz__json_open_object(json);
        pz__json_put_text(json, "tag", tag->tag);
        pz__json_put_text(json, "uri", tag->uri);
        pz__json_close_object(json);
    }
    pz__json_close_array(json);
}

static void put_disputes(profile_work *work, pz_id entry)
{
    size_t count;
    void *const *rows = pz__hung_of(&work->disputes, entry, &count);
    pz__json_key(&work->json, "disputes");
    pz__json_open_array(&work->json);
    for (size_t i = 0; i < count; i++) pz__json_record(&work->json, &pz__profile_dispute_type, rows[i]);
    pz__json_close_array(&work->json);
}

static pz_status put_entry(const pz_profile_entry *entry, void *user_data)
{
    profile_work *work = user_data;
    turn_to_section(work, entry->section);
    pz__json_open_object(&work->json);
    pz__json_record_members(&work->json, &pz__profile_entry_type, entry);
    put_tags(work, entry->id);
    put_disputes(work, entry->id);
    pz__json_close_object(&work->json);
    return PZ_OK;
}

static pz_status put_sections(profile_work *work)
{
    pz__json_key(&work->json, "sections");
    pz__json_open_object(&work->json);
    PZ__TRY(pz__hung_tags(&work->tags, work->call, work->learner));
    PZ__TRY(pz__hung_disputes(&work->disputes, work->call, work->learner));
    PZ__TRY(pz__profile_each(work->call, work->learner, 0, 0, put_entry, work));
    turn_to_section(work, PZ_PROFILE_LEARN_WHERE + 1);
    pz__json_close_object(&work->json);
    return PZ_OK;
}

/* -------------------------------------------------------------------------------------------------- mastery --- */

static pz_status put_standing(profile_work *work, const pz__standing *standing)
{
    const char *decision = pz_mastery_decision_name((pz_mastery_decision)standing->estimate.decision);
    pz__json_writer *json = &work->json;
    char code[64] = "mastery.decision.";
    strcat(code, decision);
    pz__json_open_object(json);
    PZ__TRY(pz__json_competency(work->call, json, "competency", standing->competency));
    pz__json_put_real(json, "estimate", standing->estimate.estimate);
    pz__json_put_real(json, "standard_error", standing->estimate.standard_error);
    pz__json_put_text(json, "decision", decision);
    pz__json_words(json, "decision_words", work->language, code, NULL, 0);
    pz__json_put_int(json, "evidence_count", standing->estimate.evidence_count);
    pz__json_put_time(json, "last_at", standing->last_at);
    pz__json_put_id(json, "rule", standing->rule);
    pz__json_put_text(json, "model", pz_mastery_model_name((pz_mastery_model)standing->state.model));
    pz__json_close_object(json);
    return PZ_OK;
}

static pz_status put_mastery(profile_work *work)
{
    pz__rules *rules;
    pz_status status;
    PZ__TRY(pz__rules_load(work->call, &rules));
    status = pz__standings_get(&work->standings, work->call, rules, work->learner, PZ__ALL_COMPETENCIES);
    pz__rules_free(rules);
    pz__json_key(&work->json, "mastery");
    pz__json_open_array(&work->json);
    for (size_t i = 0; i < work->standings.count && status == PZ_OK; i++) status = put_standing(work, &work->standings.rows[i]);
    pz__json_close_array(&work->json);
    return status;
}

/* ------------------------------------------------------------------------- misconceptions and standardized tests --- */

static pz_status put_misconceptions(profile_work *work)
{
    const pz__shown *shown = &work->shown;
    pz__json_key(&work->json, "misconceptions");
    pz__json_open_array(&work->json);
    for (size_t i = 0; i < shown->sighting_count; i++) {
        const pz__sighting *seen = &shown->sightings[i];
        pz__json_open_object(&work->json);
        PZ__TRY(pz__json_misconception_id(work->call, &work->json, "misconception", seen->misconception));
        PZ__TRY(pz__json_competency(work->call, &work->json, "competency", seen->competency));
        pz__json_put_int(&work->json, "times", seen->times);
        pz__json_put_time(&work->json, "last_at", seen->last_at);
        pz__json_close_object(&work->json);
    }
    pz__json_close_array(&work->json);
    return PZ_OK;
}

static pz_status put_assessment(profile_work *work, pz_id assessment)
{
    static const char sql[] = "SELECT title, held_on FROM assessment WHERE tenant_id = ?1 AND assessment_id = ?2 AND since_change <= ?3 "
                              "AND until_change > ?3";
    pz__statement *statement;
    pz_status status;
    size_t length;
    int row;
    PZ__TRY(pz__ask(work->call, sql, assessment, &statement));
    status = pz__db_step(statement, &row);
    const char *title = row ? pz__column_text(statement, 0, &length) : NULL;
    pz__json_put_id(&work->json, "assessment", assessment);
    pz__json_key(&work->json, "title");
    pz__json_text_n(&work->json, title, title ? length : 0);
    pz__json_put_date(&work->json, "held_on", row ? pz__column_date(statement, 1) : PZ_DATE_NONE);
    pz__db_reset(statement);
    return status;
}

static pz_status put_tests(profile_work *work)
{
    const pz__shown *shown = &work->shown;
    pz__json_key(&work->json, "standardized_tests");
    pz__json_open_array(&work->json);
    for (size_t i = 0; i < shown->test_count; i++) {
        const pz__test_result *test = &shown->tests[i];
        pz__json_open_object(&work->json);
        PZ__TRY(put_assessment(work, test->assessment));
        pz__json_put_real(&work->json, "share", test->reached / test->weight);
        pz__json_put_int(&work->json, "evidence_count", test->answers);
        pz__json_put_time(&work->json, "last_at", test->last_at);
        pz__json_close_object(&work->json);
    }
    pz__json_close_array(&work->json);
    return PZ_OK;
}

static pz_status put_shown(profile_work *work)
{
    PZ__TRY(pz__shown_read(&work->shown, work->call, work->learner));
    PZ__TRY(put_misconceptions(work));
    return put_tests(work);
}

/* ----------------------------------------------------------------------------------------------------- goals --- */

static pz_status put_supporters(profile_work *work, pz_id goal)
{
    static const char sql[] = "SELECT goal_id, person_id, role, state, note, since_change FROM goal_supporter WHERE tenant_id = ?1 "
                              "AND goal_id = ?2 AND since_change <= ?3 AND until_change > ?3 ORDER BY person_id";
    pz_goal_supporter supporter;
    pz__statement *statement;
    pz_status status;
    int row;
    PZ__TRY(pz__ask(work->call, sql, goal, &statement));
    pz__json_key(&work->json, "supporters");
    pz__json_open_array(&work->json);
    while ((status = pz__db_step(statement, &row)) == PZ_OK && row) {
        pz__record_read(&pz__goal_supporter_type, statement, 0, &supporter);
        pz__json_record(&work->json, &pz__goal_supporter_type, &supporter);
    }
    pz__json_close_array(&work->json);
    pz__db_reset(statement);
    return status;
}

static pz_status put_goal(const pz_goal *goal, void *user_data)
{
    profile_work *work = user_data;
    pz__json_open_object(&work->json);
    pz__json_record_members(&work->json, &pz__goal_type, goal);
    PZ__TRY(put_supporters(work, goal->id));
    pz__json_close_object(&work->json);
    return PZ_OK;
}

static pz_status put_goals(profile_work *work)
{
    pz_status status;
    pz__json_key(&work->json, "goals");
    pz__json_open_array(&work->json);
    status = pz__goal_each(work->call, work->learner, put_goal, work);
    pz__json_close_array(&work->json);
    return status;
}

/* -------------------------------------------------------------------------------------------------- document --- */

static pz_status put_document(profile_work *work)
{
    pz__json_open_object(&work->json);
    pz__json_head(work->call, &work->json, "profile", work->language);
    PZ__TRY(put_person(work));
    PZ__TRY(put_classes(work));
    PZ__TRY(put_sections(work));
    PZ__TRY(put_mastery(work));
    PZ__TRY(put_shown(work));
    PZ__TRY(put_goals(work));
    pz__json_key(&work->json, "recommendations");
    PZ__TRY(pz__json_accepted_groups(work->call, &work->json, work->learner, work->language));
    pz__json_close_object(&work->json);
    return work->json.out->status;
}

static pz_status make(profile_work *work)
{
    pz_status status;
    PZ__TRY(pz__may_learner(work->call, PZ_KIND_PROFILE_ENTRY, PZ__SEE, work->learner, "learner"));
    status = put_document(work);
    pz__hung_free(&work->tags);
    pz__hung_free(&work->disputes);
    pz__standings_free(&work->standings);
    pz__shown_free(&work->shown);
    pz__call_read_learner(work->call, PZ_KIND_PROFILE_ENTRY, work->learner);
    return status;
}

pz_status pz_profile_get(pz_actor *actor, pz_id learner, const char *language, char **out_json)
{
    pz__buffer text = PZ__BUFFER_INIT;
    pz__call call;
    profile_work work = {.call = &call, .learner = learner};
    if (!out_json) return pz__fail_null("out_json");
    *out_json = NULL;
    if (!actor) return pz__fail_closed("actor");
    PZ__TRY(pz__language_check(&language));
    PZ__TRY(pz__call_read(&call, actor));
    work.language = language;
    pz__json_start(&work.json, &text);
    return pz__call_end_text(&call, make(&work), &text, out_json);
}
