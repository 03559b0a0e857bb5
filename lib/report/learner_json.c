/* The learner page as a document: docs/schema/learner-page.json. */
#include "records/types_learning.h"
#include "report/forms.h"

static void put_classes(pz__json_writer *json, const pz__class_view *view)
{
    pz__json_key(json, "classes");
    pz__json_open_array(json);
    for (size_t i = 0; i < view->class_count; i++) {
        pz__json_open_object(json);
        pz__json_put_id(json, "id", view->classes[i]->id);
        pz__json_put_text(json, "title", view->classes[i]->title);
        pz__json_close_object(json);
    }
    pz__json_close_array(json);
}

static void put_reason(pz__json_writer *json, const pz__class_view *view, const char *code)
{
    pz__buffer words = PZ__BUFFER_INIT;
    pz__message(&words, view->language, code, NULL, 0);
    pz__json_put_text(json, "next_step_reason", words.data);
    if (words.status != PZ_OK) json->out->status = words.status;
    pz__buffer_free(&words);
}

static void put_competencies(pz__json_writer *json, const pz__class_view *view)
{
    pz__json_key(json, "competencies");
    pz__json_open_array(json);
    for (size_t i = 0; i < view->competency_count; i++) {
        const pz_competency *competency = view->competencies[i];
        const pz__view_cell *cell = pz__view_cell_at(view, 0, i);
        pz__json_open_object(json);
        pz__json_put_id(json, "id", competency->id);
        pz__json_put_id(json, "framework", competency->framework);
        pz__json_put_text(json, "label", pz__competency_label(competency));
        pz__json_put_text(json, "statement", competency->statement);
        pz__put_cell(json, cell);
        if (cell->is_next_step) {
            put_reason(json, view, pz__page_step_code(cell));
        } else {
            pz__json_put_text(json, "next_step_reason", NULL);
        }
        pz__json_close_object(json);
    }
    pz__json_close_array(json);
}

static void put_groups(pz__json_writer *json, const pz__class_view *view)
{
    pz__json_key(json, "groups");
    pz__json_open_array(json);
    for (size_t i = 0; i < view->place_count; i++) {
        const pz__view_place *place = &view->places[i];
        pz__json_open_object(json);
        pz__json_put_id(json, "recommendation", place->recommendation->id);
        pz__json_put_text(json, "title", place->recommendation->title);
        pz__json_put_id(json, "class", place->recommendation->class_id);
        pz__json_put_int(json, "group_no", place->group_no);
        pz__json_put_id(json, "competency", place->focus ? place->focus->id : 0);
        pz__json_put_text(json, "competency_statement", place->focus ? place->focus->statement : NULL);
        pz__json_put_text(json, "reason", place->rationale);
        pz__json_close_object(json);
    }
    pz__json_close_array(json);
}

void pz__learner_json(const pz__class_view *view, pz_page_audience audience, pz__buffer *out)
{
    pz__json_writer json;
    pz__json_start(&json, out);
    pz__json_open_object(&json);
    pz__json_put_text(&json, "document", audience == PZ_PAGE_GUARDIAN ? "guardian-page" : "learner-page");
    pz__json_put_int(&json, "format", 1);
    pz__json_put_text(&json, "language", view->language ? view->language : "en");
    pz__json_put_date(&json, "seen_on", view->seen_on);
    pz__json_put_id(&json, "learner", view->person->id);
    pz__put_name(&json, "name", view->person);
    put_classes(&json, view);
    put_competencies(&json, view);
    pz__put_record(&json, "cycle", &pz__cycle_type, view->cycle);
    pz__put_records(&json, "goals", &pz__goal_type, (void *const *)view->goals, view->goal_count);
    put_groups(&json, view);
    pz__json_close_object(&json);
}
