/* What pages of learners and classes show beside mastery: targets, cycles that went before, what was said, who looked. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/fail.h"
#include "base/memory.h"
#include "personalize/evidence.h"
#include "report/view.h"

/* --------------------------------------------------------------------------------------------------- targets --- */

/* From which estimate a rule calls a competency mastered. Where the estimate is itself the probability of knowing, that is its confidence. */
static pz_status target_of(const char *settings, double *out_target)
{
    pz_mastery_settings read = PZ_MASTERY_SETTINGS_INIT;
    PZ__TRY(pz_mastery_settings_read(settings, PZ_NUL_TERMINATED, &read));
    *out_target = read.model == PZ_MODEL_BKT ? read.confidence : read.mastered_at;
    return PZ_OK;
}

static void set_targets(pz__class_view *view, pz_id rule, double target)
{
    for (size_t i = 0; i < view->learner_count * view->competency_count; i++)
        if (view->cells[i].evidence_count && view->cells[i].rule == rule) view->cells[i].target = target;
}

/* What a learner set out to reach counts before what the rule asks for. */
static void take_goal_targets(pz__class_view *view)
{
    for (size_t i = 0; i < view->goal_count; i++) {
        const pz_goal *goal = view->goals[i];
        int64_t column = goal->measure == PZ_MEASURE_ESTIMATE && (goal->state == PZ_GOAL_ACTIVE || goal->state == PZ_GOAL_AGREED) ? pz__view_column(view, goal->competency) : -1;
        int64_t row;
        if (column < 0 || !pz__map_get(view->learner_index, goal->learner, &row)) continue;
        view->cells[(size_t)row * view->competency_count + (size_t)column].target = goal->target;
    }
}

pz_status pz__view_targets(pz_actor *actor, pz__class_view *view)
{
    pz_mastery_rule **rules;
    size_t count;
    double target;
    PZ__TRY(target_of("{}", &target));
    set_targets(view, 0, target);
    /* Earlier rules too: a state keeps the rule that gave it. */
    pz_status status = pz_mastery_rule_list(actor, 1, &rules, &count);
    if (status == PZ_E_DENIED) return PZ_OK;
    if (status != PZ_OK) return status;
    for (size_t i = 0; i < count && status == PZ_OK; i++) {
        status = target_of(rules[i]->settings, &target);
        if (status == PZ_OK) set_targets(view, rules[i]->id, target);
    }
    pz_free(rules);
    if (status == PZ_OK) take_goal_targets(view);
    return status;
}

/* -------------------------------------------------------------------------------------------- earlier cycles --- */

static int by_last_day(const void *a, const void *b)
{
    const pz_cycle *x = *(pz_cycle *const *)a, *y = *(pz_cycle *const *)b;
    if (x->closes_on != y->closes_on) return x->closes_on < y->closes_on ? -1 : 1;
    return x->id < y->id ? -1 : x->id > y->id;
}

typedef struct cycles {
    pz_cycle ***lists; /* of each class; owned */
    size_t list_count;
    pz_cycle **closed; /* each once, by last day */
    size_t count, capacity;
} cycles;

static pz_status add_closed(cycles *all, pz_cycle *const *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        size_t same = 0;
        if (rows[i]->state != PZ_CYCLE_CLOSED && rows[i]->state != PZ_CYCLE_HANDED_OVER) continue;
        while (same < all->count && all->closed[same]->id != rows[i]->id) same++;
        if (same < all->count) continue;
        PZ__TRY(pz__reserve((void **)&all->closed, &all->capacity, all->count + 1, sizeof(pz_cycle *)));
        all->closed[all->count++] = rows[i];
    }
    return PZ_OK;
}

static pz_status gather_cycles(pz_actor *actor, const pz__class_view *view, cycles *all)
{
    all->lists = pz__alloc_zero(view->class_count, sizeof *all->lists);
    if (!all->lists) return pz__fail_memory();
    for (size_t i = 0; i < view->class_count; i++) {
        pz_cycle_list_query query = PZ_CYCLE_LIST_QUERY_INIT;
        size_t count = 0;
        query.class_id = view->classes[i]->id;
        PZ__TRY(pz__unless_denied(pz_cycle_list(actor, &query, &all->lists[i], &count)));
        all->list_count = i + 1;
        PZ__TRY(add_closed(all, all->lists[i], count));
    }
    if (all->count) qsort(all->closed, all->count, sizeof *all->closed, by_last_day);
    return PZ_OK;
}

static pz_status read_one_past(pz_actor *actor, const pz_cycle *cycle, pz__class_view *view)
{
    pz__view_past *past = &view->past[view->past_count++];
    pz_cycle_query query = PZ_CYCLE_QUERY_INIT;
    pz_cycle_result **rows;
    size_t count;
    past->estimates = pz__alloc_zero(view->competency_count, sizeof *past->estimates);
    past->errors = pz__alloc_zero(view->competency_count, sizeof *past->errors);
    if (!past->estimates || !past->errors) return pz__fail_memory();
    for (size_t i = 0; i < view->competency_count; i++) past->estimates[i] = past->errors[i] = PZ_REAL_NONE;
    PZ__TRY(pz_cycle_get(actor, cycle->id, &past->cycle));
    query.cycle = cycle->id;
    query.learner = view->person->id;
    PZ__TRY(pz_cycle_result_list(actor, &query, &rows, &count));
    for (size_t i = 0; i < count; i++) {
        int64_t column = rows[i]->evidence_count ? pz__view_column(view, rows[i]->competency) : -1;
        if (column < 0) continue;
        past->estimates[column] = rows[i]->estimate;
        past->errors[column] = rows[i]->standard_error;
    }
    pz_free(rows);
    return PZ_OK;
}

pz_status pz__view_read_past(pz_actor *actor, pz__class_view *view)
{
    cycles all = {NULL, 0, NULL, 0, 0};
    view->past = pz__alloc_zero(PZ__PAST_MOST, sizeof *view->past);
    pz_status status = view->past ? gather_cycles(actor, view, &all) : pz__fail_memory();
    size_t first = all.count > PZ__PAST_MOST ? all.count - PZ__PAST_MOST : 0;
    for (size_t i = first; i < all.count && status == PZ_OK; i++) status = read_one_past(actor, all.closed[i], view);
    for (size_t i = 0; i < all.list_count; i++) pz_free(all.lists[i]);
    pz__release(all.lists);
    pz__release(all.closed);
    return status;
}

/* ---------------------------------------------------------------------------------------- voice and readers --- */

pz_status pz__view_read_voice(pz_actor *actor, const pz_voice_query *query, pz__class_view *view)
{
    pz_status status = pz_voice_list(actor, query, &view->voice, &view->voice_count);
    view->voice_hidden = status == PZ_E_DENIED;
    PZ__TRY(pz__unless_denied(status));
    view->answers = pz__alloc_zero(view->voice_count, sizeof *view->answers);
    view->answer_counts = pz__alloc_zero(view->voice_count, sizeof *view->answer_counts);
    view->said_on = pz__alloc_zero(view->voice_count, sizeof *view->said_on);
    if (!view->answers || !view->answer_counts || !view->said_on) return pz__fail_memory();
    for (size_t i = 0; i < view->voice_count; i++) {
        view->said_on[i] = pz__view_day(view, view->voice[i]->said_at);
        if (query->waiting_only) continue;
        PZ__TRY(pz_voice_answer_list(actor, view->voice[i]->id, &view->answers[i], &view->answer_counts[i]));
    }
    return PZ_OK;
}

pz_status pz__view_read_reads(pz_actor *actor, pz__class_view *view)
{
    pz_date from = view->seen_on - PZ__READ_DAYS;
    pz_status status = pz_read_list(actor, view->person->id, from, PZ_DATE_NONE, &view->reads, &view->read_count);
    view->reads_hidden = status == PZ_E_DENIED;
    return pz__unless_denied(status);
}

/* ------------------------------------------------------------------------------------------- what comes next --- */

static pz_status read_work(pz_actor *actor, pz__view_work *work)
{
    if (!work->assignment->activity) return PZ_OK;
    PZ__TRY(pz_activity_get(actor, work->assignment->activity, &work->activity));
    if (work->activity->kind != PZ_ACTIVITY_BOARD) return PZ_OK;
    pz_activity_query query = PZ_ACTIVITY_QUERY_INIT;
    query.parent = work->activity->id;
    return pz_activity_list(actor, &query, &work->choices, &work->choice_count);
}

pz_status pz__view_read_next(pz_actor *actor, pz__class_view *view)
{
    pz_next_query next = PZ_NEXT_QUERY_INIT;
    pz_assignment_query open = PZ_ASSIGNMENT_QUERY_INIT;
    next.learner = open.learner = view->person->id;
    next.framework = view->options->framework;
    next.limit = PZ__NEXT_MOST;
    open.open_only = 1;
    PZ__TRY(pz__unless_denied(pz_next_step_list(actor, &next, view->language, &view->next, &view->next_count)));
    PZ__TRY(pz__unless_denied(pz_assignment_list(actor, &open, &view->assignments, &view->assignment_count)));
    view->work = pz__alloc_zero(view->assignment_count, sizeof *view->work);
    if (!view->work) return pz__fail_memory();
    for (size_t i = 0; i < view->assignment_count; i++) {
        view->work[i].assignment = view->assignments[i];
        PZ__TRY(read_work(actor, &view->work[i]));
    }
    return PZ_OK;
}
