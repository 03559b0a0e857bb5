/* The class page as a document: docs/schema/class-page.json. */
#include <math.h>

#include "base/json_write.h"
#include "records/types.h"
#include "records/types_learning.h"
#include "records/voice/tables.h"
#include "report/forms.h"

void pz__put_name(pz__json_writer *json, const char *key, const pz_person *person)
{
    pz__buffer name = PZ__BUFFER_INIT;
    pz__view_name(person, &name);
    pz__json_put_text(json, key, name.data);
    if (name.status != PZ_OK) json->out->status = name.status;
    pz__buffer_free(&name);
}

static void put_people(pz__json_writer *json, const char *key, pz_person *const *people, size_t count)
{
    pz__json_key(json, key);
    pz__json_open_array(json);
    for (size_t i = 0; i < count; i++) {
        pz__json_open_object(json);
        pz__json_put_id(json, "id", people[i]->id);
        pz__put_name(json, "name", people[i]);
        pz__json_close_object(json);
    }
    pz__json_close_array(json);
}

static void put_competencies(pz__json_writer *json, const pz__class_view *view)
{
    pz__json_key(json, "competencies");
    pz__json_open_array(json);
    for (size_t i = 0; i < view->competency_count; i++) {
        const pz_competency *competency = view->competencies[i];
        pz__json_open_object(json);
        pz__json_put_id(json, "id", competency->id);
        pz__json_put_id(json, "framework", competency->framework);
        pz__json_put_text(json, "label", pz__competency_label(competency));
        pz__json_put_text(json, "statement", competency->statement);
        if (view->gains) {
            pz__json_put_int(json, "growth_learners", view->gains[i].learners);
            pz__json_put_real(json, "growth", view->gains[i].gain);
            pz__json_put_real(json, "growth_standard_error", view->gains[i].standard_error);
        }
        pz__json_close_object(json);
    }
    pz__json_close_array(json);
}

void pz__put_cell(pz__json_writer *json, const pz__view_cell *cell)
{
    pz__json_put_text(json, "decision", cell->evidence_count ? pz_mastery_decision_name((pz_mastery_decision)cell->decision) : "not_assessed");
    pz__json_put_real(json, "estimate", cell->estimate);
    pz__json_put_real(json, "standard_error", cell->standard_error);
    pz__json_put_int(json, "evidence_count", cell->evidence_count);
    pz__json_put_real(json, "growth", cell->growth);
    pz__json_put_real(json, "growth_standard_error", cell->growth_standard_error);
    pz__json_put_bool(json, "is_next_step", cell->is_next_step);
}

static void put_mastery(pz__json_writer *json, const pz__class_view *view)
{
    pz__json_key(json, "mastery");
    pz__json_open_array(json);
    for (size_t row = 0; row < view->learner_count; row++) {
        for (size_t column = 0; column < view->competency_count; column++) {
            const pz__view_cell *cell = pz__view_cell_at(view, row, column);
            pz__json_open_object(json);
            pz__json_put_id(json, "learner", view->learners[row]->id);
            pz__json_put_id(json, "competency", view->competencies[column]->id);
            pz__put_cell(json, cell);
            pz__json_put_bool(json, "is_worked_on", cell->is_worked_on);
            pz__json_close_object(json);
        }
    }
    pz__json_close_array(json);
}

void pz__put_record(pz__json_writer *json, const char *key, const pz_record_type *type, const void *record)
{
    pz__json_key(json, key);
    if (record) {
        pz__json_record(json, type, record);
    } else {
        pz__json_null(json);
    }
}

void pz__put_records(pz__json_writer *json, const char *key, const pz_record_type *type, void *const *rows, size_t count)
{
    pz__json_key(json, key);
    pz__json_open_array(json);
    for (size_t i = 0; i < count; i++) pz__json_record(json, type, rows[i]);
    pz__json_close_array(json);
}

/* What learners said that waits; goals that wait are among the goals. */
static void put_waiting(pz__json_writer *json, const pz__class_view *view)
{
    pz__json_key(json, "waiting");
    pz__json_open_array(json);
    for (size_t i = 0; i < view->voice_count; i++) {
        const pz_voice_entry *entry = view->voice[i];
        pz__json_open_object(json);
        pz__json_put_id(json, "id", entry->id);
        pz__json_put_id(json, "learner", entry->learner);
        pz__json_put_text(json, "kind", entry->kind > 0 && entry->kind <= PZ_VOICE_COUNTER ? pz__voice_kind_names[entry->kind] : NULL);
        pz__json_put_text(json, "content", entry->content);
        pz__json_put_date(json, "due_on", entry->due_on);
        pz__json_close_object(json);
    }
    pz__json_close_array(json);
}

static void put_beliefs(pz__json_writer *json, const pz__class_view *view)
{
    pz__json_key(json, "misconceptions");
    pz__json_open_array(json);
    for (size_t i = 0; i < view->belief_count && view->beliefs[i].learner_count; i++) {
        const pz__view_belief *belief = &view->beliefs[i];
        pz__json_open_object(json);
        pz__json_put_id(json, "id", belief->misconception->id);
        pz__json_put_text(json, "code", belief->misconception->code);
        pz__json_put_text(json, "statement", belief->misconception->statement);
        pz__json_put_id(json, "competency", belief->misconception->competency);
        pz__json_key(json, "learners");
        pz__json_open_array(json);
        for (size_t at = 0; at < belief->learner_count; at++) pz__json_id(json, view->learners[belief->learners[at]]->id);
        pz__json_close_array(json);
        pz__json_close_object(json);
    }
    pz__json_close_array(json);
}

void pz__class_json(const pz__class_view *view, pz__buffer *out)
{
    pz__json_writer json;
    pz__json_start(&json, out);
    pz__json_open_object(&json);
    pz__json_put_text(&json, "document", "class-page");
    pz__json_put_int(&json, "format", 1);
    pz__json_put_text(&json, "language", view->language ? view->language : "en");
    pz__json_put_date(&json, "seen_on", view->seen_on);
    pz__put_record(&json, "class", &pz__class_type, view->class_record);
    put_people(&json, "teachers", view->teachers, view->teacher_count);
    put_people(&json, "learners", view->learners, view->learner_count);
    put_competencies(&json, view);
    put_mastery(&json, view);
    pz__put_record(&json, "cycle", &pz__cycle_type, view->cycle);
    pz__put_record(&json, "recommendation", &pz__recommendation_type, view->recommendation);
    pz__put_records(&json, "groups", &pz__group_type, (void *const *)view->groups, view->group_count);
    pz__put_records(&json, "members", &pz__group_member_type, (void *const *)view->members, view->member_count);
    pz__put_records(&json, "goals", &pz__goal_type, (void *const *)view->goals, view->goal_count);
    put_waiting(&json, view);
    put_beliefs(&json, view);
    pz__json_close_object(&json);
}
