/* The learner page as a document: docs/schema/learner-page.json. */
#include <math.h>

#include "records/types.h"
#include "records/types_learning.h"
#include "records/voice/tables.h"
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
        pz__json_put_real(json, "target", cell->target);
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

/* Closed cycles, oldest first, with what was known at the end of each. */
static void put_past(pz__json_writer *json, const pz__class_view *view)
{
    pz__json_key(json, "past");
    pz__json_open_array(json);
    for (size_t at = 0; at < view->past_count; at++) {
        const pz__view_past *past = &view->past[at];
        pz__json_open_object(json);
        pz__json_put_id(json, "cycle", past->cycle->id);
        pz__json_put_text(json, "title", past->cycle->title);
        pz__json_put_date(json, "closes_on", past->cycle->closes_on);
        pz__json_key(json, "competencies");
        pz__json_open_array(json);
        for (size_t i = 0; i < view->competency_count; i++) {
            if (isnan(past->estimates[i])) continue;
            pz__json_open_object(json);
            pz__json_put_id(json, "competency", view->competencies[i]->id);
            pz__json_put_real(json, "estimate", past->estimates[i]);
            pz__json_put_real(json, "standard_error", past->errors[i]);
            pz__json_close_object(json);
        }
        pz__json_close_array(json);
        pz__json_close_object(json);
    }
    pz__json_close_array(json);
}

static const char *name_at(const char *const *names, size_t count, int32_t number)
{
    return number > 0 && (size_t)number < count ? names[number] : NULL;
}

static void put_said(pz__json_writer *json, const pz__class_view *view, size_t i)
{
    const pz_voice_entry *entry = view->voice[i];
    pz__json_open_object(json);
    pz__json_put_id(json, "id", entry->id);
    pz__json_put_text(json, "kind", name_at(pz__voice_kind_names, PZ_VOICE_COUNTER + 1, entry->kind));
    pz__json_put_text(json, "state", name_at(pz__voice_state_names, PZ_VOICE_WITHDRAWN + 1, entry->state));
    pz__json_put_text(json, "content", entry->content);
    pz__json_put_text(json, "topic", entry->topic);
    pz__json_put_date(json, "said_on", view->said_on[i]);
    pz__json_put_date(json, "due_on", entry->due_on);
    pz__json_key(json, "answers");
    pz__json_open_array(json);
    for (size_t at = 0; at < view->answer_counts[i]; at++) {
        const pz_voice_answer *answer = view->answers[i][at];
        pz__json_open_object(json);
        pz__json_put_text(json, "state", name_at(pz__voice_state_names, PZ_VOICE_WITHDRAWN + 1, answer->state));
        pz__json_put_text(json, "role", name_at(pz__role_names, PZ_ROLE_SERVICE + 1, answer->role));
        pz__json_put_text(json, "content", answer->content);
        pz__json_put_time(json, "at", answer->at);
        pz__json_close_object(json);
    }
    pz__json_close_array(json);
    pz__json_close_object(json);
}

static void put_voice(pz__json_writer *json, const pz__class_view *view)
{
    pz__json_key(json, "voice");
    pz__json_open_array(json);
    for (size_t i = 0; i < view->voice_count; i++)
        if (view->voice[i]->state != PZ_VOICE_WITHDRAWN) put_said(json, view, i);
    pz__json_close_array(json);
}

static void put_next(pz__json_writer *json, const pz__class_view *view)
{
    static const char *const kinds[] = {NULL, "learn", "review", "goal"};
    pz__json_key(json, "next_steps");
    pz__json_open_array(json);
    for (size_t i = 0; i < view->next_count; i++) {
        const pz_next_step *step = view->next[i];
        pz__json_open_object(json);
        pz__json_put_text(json, "kind", name_at(kinds, 4, step->kind));
        pz__json_put_id(json, "competency", step->competency);
        pz__json_put_id(json, "record", step->record);
        pz__json_put_text(json, "title", step->title);
        pz__json_put_text(json, "reason", step->reason);
        pz__json_close_object(json);
    }
    pz__json_close_array(json);
    pz__json_key(json, "work");
    pz__json_open_array(json);
    for (size_t i = 0; i < view->assignment_count; i++) {
        const pz__view_work *work = &view->work[i];
        pz__json_open_object(json);
        pz__json_put_id(json, "assignment", work->assignment->id);
        pz__json_put_id(json, "activity", work->assignment->activity);
        pz__json_put_id(json, "competency", work->assignment->competency);
        pz__json_put_text(json, "title", work->activity ? work->activity->title : NULL);
        pz__json_put_date(json, "due_on", work->assignment->due_on);
        pz__json_put_int(json, "choose", work->activity ? work->activity->choose : 0);
        pz__json_key(json, "choices");
        pz__json_open_array(json);
        for (size_t at = 0; at < work->choice_count; at++) {
            pz__json_open_object(json);
            pz__json_put_id(json, "activity", work->choices[at]->id);
            pz__json_put_text(json, "title", work->choices[at]->title);
            pz__json_close_object(json);
        }
        pz__json_close_array(json);
        pz__json_close_object(json);
    }
    pz__json_close_array(json);
}

static void put_reads(pz__json_writer *json, const pz__class_view *view)
{
    pz__json_key(json, "reads");
    pz__json_open_array(json);
    for (size_t i = 0; i < view->read_count; i++) {
        pz__json_open_object(json);
        pz__json_put_date(json, "day", view->reads[i]->day);
        pz__json_put_text(json, "role", name_at(pz__role_names, PZ_ROLE_SERVICE + 1, view->reads[i]->role));
        pz__json_put_text(json, "service", view->reads[i]->service);
        pz__json_put_text(json, "purpose", view->reads[i]->purpose);
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
    put_next(&json, view);
    put_past(&json, view);
    put_voice(&json, view);
    put_reads(&json, view);
    pz__json_close_object(&json);
}
