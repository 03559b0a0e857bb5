#include "report/view.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/fail.h"
#include "base/memory.h"
#include "personalize/evidence.h"
#include "records/access/call.h"
#include "report/digest.h"
#include "report/school.h"
#include "store/store.h"

/* -------------------------------------------------------------------------------------------------- people --- */

static pz_status index_of(void *const *rows, size_t count, size_t id_offset, pz__map **out_map)
{
    PZ__TRY(pz__map_new(out_map));
    for (size_t i = 0; i < count; i++) {
        pz_id id;
        memcpy(&id, (const char *)rows[i] + id_offset, sizeof id);
        PZ__TRY(pz__map_put(*out_map, id, (int64_t)i));
    }
    return PZ_OK;
}

pz_status pz__view_index_learners(pz__class_view *view)
{
    return index_of((void *const *)view->learners, view->learner_count, offsetof(pz_person, id), &view->learner_index);
}

static pz_status read_people(pz_actor *actor, pz_id class_id, pz__class_view *view)
{
    pz_person_query query = PZ_PERSON_QUERY_INIT;
    query.class_id = class_id;
    query.role = PZ_ROLE_TEACHER;
    PZ__TRY(pz_person_list(actor, &query, &view->teachers, &view->teacher_count));
    query.role = PZ_ROLE_LEARNER;
    PZ__TRY(pz_person_list(actor, &query, &view->learners, &view->learner_count));
    return pz__view_index_learners(view);
}

/* ------------------------------------------------------------------------------------------------- mastery --- */

static int by_place(const void *a, const void *b)
{
    const pz_competency *x = *(pz_competency *const *)a, *y = *(pz_competency *const *)b;
    if (x->framework != y->framework) return x->framework < y->framework ? -1 : 1;
    if (x->position != y->position) return x->position < y->position ? -1 : 1;
    return x->id < y->id ? -1 : x->id > y->id;
}

/* What collects columns, each competency once. */
typedef struct columns {
    pz_actor *actor;
    pz__class_view *view;
    pz__map *seen;
    size_t capacity;
    pz_id framework; /* 0: of any */
} columns;

static pz_status add_column(columns *add, pz_id id)
{
    pz__class_view *view = add->view;
    pz_competency *competency;
    if (pz__map_get(add->seen, id, NULL)) return PZ_OK;
    PZ__TRY(pz__map_put(add->seen, id, 1));
    PZ__TRY(pz__reserve((void **)&view->competencies, &add->capacity, view->competency_count + 1, sizeof *view->competencies));
    PZ__TRY(pz_competency_get(add->actor, id, &competency));
    if (add->framework && competency->framework != add->framework) {
        pz_free(competency);
    } else {
        view->competencies[view->competency_count++] = competency;
    }
    return PZ_OK;
}

static pz__view_cell *cell_of(const pz__class_view *view, pz_id learner, pz_id competency)
{
    int64_t row, column;
    if (!pz__map_get(view->learner_index, learner, &row) || !pz__map_get(view->competency_index, competency, &column)) return NULL;
    return &view->cells[(size_t)row * view->competency_count + (size_t)column];
}

static pz_status make_cells(pz__class_view *view)
{
    size_t cells = view->learner_count * view->competency_count;
    view->cells = pz__alloc_zero(cells, sizeof *view->cells);
    if (!view->cells) return pz__fail_memory();
    for (size_t i = 0; i < cells; i++)
        view->cells[i].estimate = view->cells[i].standard_error = view->cells[i].growth = view->cells[i].growth_standard_error =
            view->cells[i].target = PZ_REAL_NONE;
    return PZ_OK;
}

static void fill_mastery(pz_learner_mastery *const *rows, size_t count, pz__class_view *view)
{
    for (size_t i = 0; i < count; i++) {
        pz__view_cell *cell = cell_of(view, rows[i]->learner, rows[i]->competency);
        if (!cell) continue; /* somebody who left the class */
        cell->estimate = rows[i]->estimate;
        cell->standard_error = rows[i]->standard_error;
        cell->decision = rows[i]->decision;
        cell->evidence_count = rows[i]->evidence_count;
        cell->rule = rows[i]->rule;
    }
}

static void fill_results(pz_cycle_result *const *rows, size_t count, pz__class_view *view)
{
    for (size_t i = 0; i < count; i++) {
        pz__view_cell *cell = cell_of(view, rows[i]->learner, rows[i]->competency);
        if (!cell) continue;
        cell->growth = rows[i]->growth;
        cell->growth_standard_error = rows[i]->growth_standard_error;
        cell->is_next_step = rows[i]->step == 1;
        cell->cycle_decision = rows[i]->evidence_count ? rows[i]->decision : 0;
    }
}

pz_status pz__view_fill(pz_actor *actor, pz_learner_mastery *const *mastery, size_t mastery_count, pz_cycle_result *const *results,
                        size_t result_count, pz_id framework, pz__class_view *view)
{
    columns add = {actor, view, NULL, 0, framework};
    pz_status status = pz__map_new(&add.seen);
    for (size_t i = 0; status == PZ_OK && i < mastery_count; i++) status = add_column(&add, mastery[i]->competency);
    for (size_t i = 0; status == PZ_OK && i < result_count; i++)
        if (results[i]->step == 1) status = add_column(&add, results[i]->competency);
    pz__map_free(add.seen);
    if (status != PZ_OK) return status;
    if (view->competency_count) qsort(view->competencies, view->competency_count, sizeof *view->competencies, by_place);
    PZ__TRY(index_of((void *const *)view->competencies, view->competency_count, offsetof(pz_competency, id), &view->competency_index));
    PZ__TRY(make_cells(view));
    fill_mastery(mastery, mastery_count, view);
    fill_results(results, result_count, view);
    return PZ_OK;
}

static pz_status read_mastery(pz_actor *actor, pz_id class_id, pz_id framework, pz__class_view *view)
{
    pz_mastery_query query = PZ_MASTERY_QUERY_INIT;
    pz_learner_mastery **rows;
    size_t count;
    query.class_id = class_id;
    query.framework = framework;
    PZ__TRY(pz_learner_mastery_list(actor, &query, &rows, &count));
    pz_status status = pz__view_fill(actor, rows, count, NULL, 0, 0, view);
    pz_free(rows);
    return status;
}

/* -------------------------------------------------------------------------------------------------- growth --- */

pz_status pz__view_cycle_named(pz_actor *actor, pz_id named, pz__class_view *view)
{
    PZ__TRY(pz_cycle_get(actor, named, &view->cycle));
    if (view->cycle->state >= PZ_CYCLE_CLOSED) return PZ_OK;
    return pz__fail(PZ_E_STATE, "cycle", "Close the cycle first, or leave it out.", "Cycle %lld is not closed yet.", (long long)named);
}

pz_status pz__view_last_closed(pz_actor *actor, pz_id class_id, pz_id *cycle, int64_t *closed)
{
    pz_cycle_list_query query = PZ_CYCLE_LIST_QUERY_INIT;
    pz_cycle **rows;
    size_t count;
    query.class_id = class_id;
    PZ__TRY(pz_cycle_list(actor, &query, &rows, &count));
    for (size_t i = 0; i < count; i++) {
        if (rows[i]->closed_change <= *closed) continue;
        *closed = rows[i]->closed_change;
        *cycle = rows[i]->id;
    }
    pz_free(rows);
    return PZ_OK;
}

/* The closed cycle that was named, or the last one that covers the class. */
static pz_status choose_cycle(pz_actor *actor, pz_id class_id, pz_id named, pz__class_view *view)
{
    pz_id last = 0;
    int64_t closed = 0;
    if (named) return pz__view_cycle_named(actor, named, view);
    PZ__TRY(pz__view_last_closed(actor, class_id, &last, &closed));
    return last ? pz_cycle_get(actor, last, &view->cycle) : PZ_OK;
}

pz_status pz__view_sum_gains(pz__class_view *view)
{
    view->gains = pz__alloc_zero(view->competency_count, sizeof *view->gains);
    if (!view->gains) return pz__fail_memory();
    for (size_t column = 0; column < view->competency_count; column++) {
        pz__view_gain *gain = &view->gains[column];
        double sum = 0, variance = 0;
        for (size_t row = 0; row < view->learner_count; row++) {
            const pz__view_cell *cell = pz__view_cell_at(view, row, column);
            if (isnan(cell->growth) || isnan(cell->growth_standard_error)) continue;
            gain->learners++;
            sum += cell->growth;
            variance += cell->growth_standard_error * cell->growth_standard_error;
        }
        gain->gain = gain->learners ? sum / gain->learners : PZ_REAL_NONE;
        gain->standard_error = gain->learners ? sqrt(variance) / gain->learners : PZ_REAL_NONE;
    }
    return PZ_OK;
}

static pz_status read_cycle(pz_actor *actor, pz_id class_id, pz_id named, pz__class_view *view)
{
    PZ__TRY(choose_cycle(actor, class_id, named, view));
    if (!view->cycle) return PZ_OK;
    pz_cycle_query query = PZ_CYCLE_QUERY_INIT;
    pz_cycle_result **rows;
    size_t count;
    query.cycle = view->cycle->id;
    query.class_id = class_id;
    PZ__TRY(pz_cycle_result_list(actor, &query, &rows, &count));
    fill_results(rows, count, view);
    pz_free(rows);
    return view->cycle->previous ? pz__view_sum_gains(view) : PZ_OK;
}

/* -------------------------------------------------------------------------------------------------- groups --- */

static pz_status choose_recommendation(pz_actor *actor, pz_id class_id, pz_id named, pz__class_view *view)
{
    if (named) return pz_recommendation_get(actor, named, &view->recommendation);
    pz_recommendation_query query = PZ_RECOMMENDATION_QUERY_INIT;
    pz_recommendation **rows;
    size_t count;
    pz_id last = 0;
    query.class_id = class_id;
    PZ__TRY(pz_recommendation_list(actor, &query, &rows, &count));
    for (size_t i = 0; i < count && !last; i++) /* newest first */
        if (rows[i]->state != PZ_RECOMMENDATION_REJECTED) last = rows[i]->id;
    pz_free(rows);
    return last ? pz_recommendation_get(actor, last, &view->recommendation) : PZ_OK;
}

static pz_status read_groups(pz_actor *actor, pz_id class_id, pz_id named, pz__class_view *view)
{
    PZ__TRY(choose_recommendation(actor, class_id, named, view));
    if (!view->recommendation) return PZ_OK;
    if (view->recommendation->class_id != class_id)
        return pz__fail(PZ_E_INVALID, "recommendation", NULL, "Recommendation %lld is for another class.", (long long)named);
    pz_id id = view->recommendation->id;
    PZ__TRY(pz_group_list(actor, id, view->language, &view->groups, &view->group_count));
    return pz_group_member_list(actor, id, view->language, &view->members, &view->member_count);
}

static pz_status read_goals(pz_actor *actor, pz_id class_id, pz__class_view *view)
{
    pz_goal_query query = PZ_GOAL_QUERY_INIT;
    query.class_id = class_id;
    return pz_goal_list(actor, &query, &view->goals, &view->goal_count);
}

/* --------------------------------------------------------------------------------------------------- whole --- */

static pz_status read_all(pz_actor *actor, pz_id class_id, const pz_page_options *options, pz__class_view *view)
{
    PZ__TRY(pz_class_get(actor, class_id, &view->class_record));
    PZ__TRY(read_people(actor, class_id, view));
    PZ__TRY(read_mastery(actor, class_id, options->framework, view));
    PZ__TRY(read_cycle(actor, class_id, options->cycle, view));
    PZ__TRY(read_groups(actor, class_id, options->recommendation, view));
    PZ__TRY(read_goals(actor, class_id, view));
    PZ__TRY(pz__view_read_work(actor, view));
    pz_voice_query waiting = PZ_VOICE_QUERY_INIT;
    waiting.class_id = class_id;
    waiting.waiting_only = 1;
    return pz__view_read_voice(actor, &waiting, view);
}

/* A class is shown to those who answer for it. Learners and guardians reach the class, but not each other's results. */
static pz_status may_look(pz__call *call, pz_id class_id)
{
    PZ__TRY(pz__may_class(call, PZ_KIND_CLASS, PZ__SEE, class_id, "class_id"));
    int32_t role = pz__call_role(call);
    if (role == PZ_ROLE_LEARNER || role == PZ_ROLE_GUARDIAN)
        return pz__fail(PZ_E_DENIED, "class_id", "Ask for the learner's own profile instead.", "The page of a class is for its staff.");
    return PZ_OK;
}

pz_status pz__view_read(pz_actor *actor, pz_id whose, const pz_page_options *options, pz__view_may_fn may, pz__view_read_fn read,
                        pz__class_view *out_view)
{
    memset(out_view, 0, sizeof *out_view);
    out_view->language = options->language;
    out_view->options = options;
    pz__call call;
    PZ__TRY(pz__call_read(&call, actor));
    pz_store *store = out_view->store = call.store;
    pz_status status = may(&call, whose);
    out_view->seen_on = call.today;
    /* The lists below are calls of their own; this snapshot around them makes all of them see one moment. */
    int is_open = 0;
    if (status == PZ_OK) is_open = (status = pz__store_read_begin(store)) == PZ_OK;
    status = pz__call_end(&call, status);
    if (status == PZ_OK) status = read(actor, whose, options, out_view);
    if (is_open) pz__store_read_end(store);
    if (status != PZ_OK) pz__class_view_free(out_view);
    return status;
}

pz_status pz__class_view_read(pz_actor *actor, pz_id class_id, const pz_page_options *options, pz__class_view *out_view)
{
    return pz__view_read(actor, class_id, options, may_look, read_all, out_view);
}

void pz__class_view_free(pz__class_view *view)
{
    pz_free(view->class_record);
    pz_free(view->learners);
    pz_free(view->teachers);
    for (size_t i = 0; i < view->competency_count; i++) pz_free(view->competencies[i]);
    pz__release(view->competencies);
    pz__release(view->cells);
    pz_free(view->cycle);
    pz__release(view->gains);
    pz_free(view->recommendation);
    pz_free(view->groups);
    pz_free(view->members);
    pz_free(view->goals);
    for (size_t i = 0; i < view->place_count; i++) {
        pz_free(view->places[i].recommendation);
        pz_free(view->places[i].focus);
        pz_free(view->places[i].members);
    }
    pz__release(view->places);
    for (size_t i = 0; i < view->past_count; i++) {
        pz_free(view->past[i].cycle);
        pz__release(view->past[i].estimates);
        pz__release(view->past[i].errors);
    }
    pz__release(view->past);
    for (size_t i = 0; view->answers && i < view->voice_count; i++) pz_free(view->answers[i]);
    pz__release(view->answers);
    pz__release(view->answer_counts);
    pz__release(view->said_on);
    pz__release(view->goal_days);
    pz_free(view->voice);
    pz_free(view->reads);
    pz_free(view->next);
    for (size_t i = 0; view->work && i < view->assignment_count; i++) {
        pz_free(view->work[i].activity);
        pz_free(view->work[i].choices);
    }
    pz__release(view->work);
    pz_free(view->assignments);
    for (size_t i = 0; i < view->belief_count; i++) pz__release(view->beliefs[i].learners);
    pz__release(view->beliefs);
    pz_free(view->misconceptions);
    pz__school_free(view->school);
    pz__digest_free(view->digest);
    pz_free(view->classes);
    pz_free(view->person);
    pz__map_free(view->learner_index);
    pz__map_free(view->competency_index);
    memset(view, 0, sizeof *view);
}

const pz__view_cell *pz__view_cell_at(const pz__class_view *view, size_t learner, size_t competency)
{
    return &view->cells[learner * view->competency_count + competency];
}

void pz__view_name(const pz_person *person, pz__buffer *out)
{
    pz__buffer_text(out, person->preferred_given_name ? person->preferred_given_name : person->given_name);
    pz__buffer_char(out, ' ');
    pz__buffer_text(out, person->preferred_family_name ? person->preferred_family_name : person->family_name);
}

void pz__view_name_of(const pz__class_view *view, pz_id learner, pz__buffer *out)
{
    int64_t number;
    if (pz__map_get(view->learner_index, learner, &number)) pz__view_name(view->learners[number], out);
}

int64_t pz__view_column(const pz__class_view *view, pz_id competency)
{
    int64_t number;
    return pz__map_get(view->competency_index, competency, &number) ? number : -1;
}

const char *pz__competency_brief(const pz_competency *competency)
{
    return competency->short_statement && competency->short_statement[0] ? competency->short_statement : competency->statement;
}

pz_date pz__view_day(const pz__class_view *view, pz_time time)
{
    return time == PZ_TIME_NONE ? PZ_DATE_NONE : pz__store_date(view->store, time);
}

const char *pz__competency_label(const pz_competency *competency)
{
    if (competency->code && competency->code[0]) return competency->code;
    return competency->short_statement && competency->short_statement[0] ? competency->short_statement : competency->statement;
}
