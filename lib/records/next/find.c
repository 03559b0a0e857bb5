/* The steps of one learner: what it is ready for, what fades, its goals, work and choices; scored as personalize/next.h says. */
#include <stdlib.h>
#include <string.h>

#include "base/fail.h"
#include "base/memory.h"
#include "personalize/activity.h"
#include "records/access/rights.h"
#include "records/ask.h"
#include "records/goal/find.h"
#include "records/next/step.h"

/* Four weeks before its day something begins to be pressing. */
enum { SOON_DAYS = 28, MOST_OPENED = 5 };

/* An estimate from which on a learner is nearly there. */
static const double nearly = 0.6;

/* -------------------------------------------------------------------------------------------- one candidate --- */

static pz_status add(pz__next_work *work, int32_t kind, pz_id competency, double base, pz__next_candidate **out)
{
    pz__next_candidate *step;
    PZ__TRY(pz__reserve((void **)&work->rows, &work->capacity, work->count + 1, sizeof *work->rows));
    step = &work->rows[work->count++];
    memset(step, 0, sizeof *step);
    step->kind = kind;
    step->competency = competency;
    step->score = base;
    step->estimate = step->recall = PZ_REAL_NONE;
    step->due_on = PZ_DATE_NONE;
    *out = step;
    return PZ_OK;
}

/* Reasons stand by their weight; a step that nothing else speaks for keeps its first. */
static void give_reason(pz__next_candidate *step, const char *code, double weight, double number)
{
    size_t at = step->reason_count;
    step->score += weight;
    if (at == PZ__NEXT_MOST_REASONS) return;
    for (; at > 0 && step->reasons[at - 1].weight < weight; at--) step->reasons[at] = step->reasons[at - 1];
    step->reasons[at] = (pz__next_reason){code, weight, number};
    step->reason_count++;
}

/* 1 from the day on, 0 four weeks before it and for what has no day. */
static double soon(const pz__next_work *work, pz_date due_on)
{
    int32_t days;
    if (due_on == PZ_DATE_NONE) return 0;
    days = due_on - work->call->today;
    return days <= 0 ? 1 : days >= SOON_DAYS ? 0 : 1 - (double)days / SOON_DAYS;
}

/* --------------------------------------------------------------------------------------------------- goals --- */

static pz_status add_goal(const pz_goal *goal, void *user_data)
{
    pz__next_work *work = user_data;
    if (pz__goal_where(goal) != PZ_GOAL_ACTIVE) return PZ_OK;
    PZ__TRY(pz__reserve((void **)&work->goals, &work->goal_capacity, work->goal_count + 1, sizeof *work->goals));
    work->goals[work->goal_count++] = (pz__next_goal){goal->id, goal->competency, goal->due_on};
    return PZ_OK;
}

static pz_status load_goals(pz__next_work *work, pz_id learner)
{
    work->goal_count = 0;
    return work->sees_goals ? pz__goal_each(work->call, learner, add_goal, work) : PZ_OK;
}

static const pz__standing *standing_of(const pz__standings *standings, pz_id competency)
{
    size_t low = 0, high = standings->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (standings->rows[middle].competency < competency)
            low = middle + 1;
        else
            high = middle;
    }
    return low < standings->count && standings->rows[low].competency == competency ? &standings->rows[low] : NULL;
}

static int is_mastered(const pz__next_work *work, pz_id competency)
{
    const pz__standing *standing = standing_of(&work->standings, competency);
    return standing && standing->estimate.decision == PZ_MASTERY_MASTERED;
}

/* Where to begin on the way to a competency: itself, or the first open one of what precedes it. */
static pz_id begin_of(const pz__next_work *work, pz_id competency)
{
    const pz__prerequisites *p = &work->graph.needs;
    size_t place = pz__prerequisites_place(p, competency);
    return place == p->count ? competency : p->ids[pz__prerequisites_begin(p, place, work->graph.is_mastered, work->graph.is_ready)];
}

/* The goal of the nearest day that this competency is the beginning of. */
static const pz__next_goal *goal_toward(const pz__next_work *work, pz_id competency)
{
    const pz__next_goal *found = NULL;
    for (size_t i = 0; i < work->goal_count; i++) {
        const pz__next_goal *goal = &work->goals[i];
        if (!goal->competency || is_mastered(work, goal->competency) || begin_of(work, goal->competency) != competency) continue;
        if (!found || (goal->due_on != PZ_DATE_NONE && (found->due_on == PZ_DATE_NONE || goal->due_on < found->due_on))) found = goal;
    }
    return found;
}

static void give_day(const pz__next_work *work, pz__next_candidate *step, pz_date due_on, double weight)
{
    double pressing = weight * soon(work, due_on);
    int32_t days;
    step->due_on = due_on;
    if (!(pressing > 0)) return;
    days = due_on - work->call->today;
    give_reason(step, days < 0 ? "day.late" : days == 0 ? "day.today" : "day.soon", pressing, days < 0 ? -days : days);
}

/* A goal whose competency is still open is served by the step toward it. */
static pz_status add_goals(pz__next_work *work)
{
    for (size_t i = 0; i < work->goal_count; i++) {
        const pz__next_goal *goal = &work->goals[i];
        int is_met = goal->competency && is_mastered(work, goal->competency);
        pz__next_candidate *step;
        if (goal->competency && !is_met) continue;
        PZ__TRY(add(work, PZ_NEXT_GOAL, goal->competency, 0.45, &step));
        step->record_kind = PZ_KIND_GOAL;
        step->record = goal->id;
        give_reason(step, is_met ? "goal.show" : "goal.own", is_met ? 0.3 : 0, 0);
        give_day(work, step, goal->due_on, 0.5);
    }
    return PZ_OK;
}

/* ---------------------------------------------------------------------------------------------------- work --- */

static pz_status load_items(pz__next_work *work, pz_id learner)
{
    static const char sql[] =
        "SELECT a.assignment_id, a.competency_id, a.state, a.due_on, t.kind, t.choose FROM assignment a LEFT JOIN activity t "
        "ON t.tenant_id = a.tenant_id AND t.activity_id = a.activity_id AND t.since_change <= ?3 AND t.until_change > ?3 "
        "WHERE a.tenant_id = ?1 AND a.learner_id = ?2 AND a.since_change <= ?3 AND a.until_change > ?3 "
        "AND (a.state IN (1, 2) OR (a.state = 4 AND a.score IS NULL)) ORDER BY a.assignment_id";
    pz__statement *statement;
    pz_status status;
    int row;
    work->item_count = 0;
    if (!work->sees_work) return PZ_OK;
    PZ__TRY(pz__ask(work->call, sql, learner, &statement));
    while ((status = pz__db_step(statement, &row)) == PZ_OK && row) {
        pz__next_work_item item = {pz__column_int(statement, 0), pz__column_int(statement, 1), (int32_t)pz__column_int(statement, 2),
                                   pz__column_int(statement, 4) == PZ_ACTIVITY_BOARD, pz__column_date(statement, 3)};
        int waits = pz__column_int(statement, 5) > 0 && item.state == PZ_ASSIGNMENT_ASSIGNED;
        if (item.is_board && !waits) continue;
        status = pz__reserve((void **)&work->items, &work->item_capacity, work->item_count + 1, sizeof *work->items);
        if (status != PZ_OK) break;
        work->items[work->item_count++] = item;
    }
    pz__db_reset(statement);
    return status;
}

static int has_in_hand(const pz__next_work *work, pz_id competency)
{
    for (size_t i = 0; i < work->item_count; i++)
        if (work->items[i].competency == competency) return 1;
    return 0;
}

static pz_status add_items(pz__next_work *work)
{
    for (size_t i = 0; i < work->item_count; i++) {
        const pz__next_work_item *item = &work->items[i];
        pz__next_candidate *step;
        PZ__TRY(add(work, item->is_board ? PZ_NEXT_CHOICE : PZ_NEXT_WORK, item->competency, item->is_board ? 0.55 : 0.5, &step));
        step->record_kind = PZ_KIND_ASSIGNMENT;
        step->record = item->id;
        if (item->competency) give_reason(step, "work.own", 2, 0);
        if (item->is_board)
            give_reason(step, "choice.open", 0, 0);
        else if (item->state == PZ_ASSIGNMENT_RETURNED)
            give_reason(step, "work.returned", 0.1, 0);
        else
            give_reason(step, item->state == PZ_ASSIGNMENT_STARTED ? "work.begun" : "work.waits", 0, 0);
        give_day(work, step, item->due_on, 0.4);
    }
    return PZ_OK;
}

/* --------------------------------------------------------------------------------------------------- learn --- */

static void say_how_far(pz__next_candidate *step, const pz__standing *standing)
{
    if (!standing) {
        give_reason(step, "learn.new", 0, 0);
        return;
    }
    step->estimate = standing->estimate.estimate;
    if (standing->estimate.decision == PZ_MASTERY_NOT_YET) give_reason(step, "learn.again", 0.2, 0);
    if (step->estimate >= nearly)
        give_reason(step, "learn.nearly", 0.2 * step->estimate, 0);
    else if (step->estimate > 0)
        step->score += 0.2 * step->estimate;
    if (!step->reason_count) give_reason(step, "learn.begun", 0, standing->estimate.evidence_count);
}

static pz_status add_learn(pz__next_work *work, pz_id competency, const pz__standing *standing, size_t opens, const pz__next_goal *goal)
{
    pz__next_candidate *step;
    size_t counted = opens < MOST_OPENED ? opens : MOST_OPENED;
    if (has_in_hand(work, competency)) return PZ_OK;
    PZ__TRY(add(work, PZ_NEXT_LEARN, competency, 0.4, &step));
    if (goal) {
        step->record_kind = PZ_KIND_GOAL;
        step->record = goal->id;
        step->due_on = goal->due_on;
        give_reason(step, "learn.goal", 0.3, 0);
    }
    say_how_far(step, standing);
    if (opens) give_reason(step, "learn.opens", 0.02 * (double)counted, (double)opens);
    return PZ_OK;
}

static pz_status add_ready(pz__next_work *work)
{
    const pz__next_graph *graph = &work->graph;
    for (size_t i = 0; i < graph->needs.count; i++) {
        const pz__next_goal *goal;
        if (!graph->is_ready[i] || graph->is_mastered[i]) continue;
        goal = goal_toward(work, graph->needs.ids[i]);
        if (goal || pz__next_graph_offers(graph, i))
            PZ__TRY(add_learn(work, graph->needs.ids[i], graph->standing[i], pz__next_graph_opens(graph, i), goal));
    }
    return PZ_OK;
}

/* Competencies without any tie stand in no graph: nothing precedes them, and they lead nowhere. Those of a framework do. */
static pz_status add_alone(pz__next_work *work)
{
    const pz__prerequisites *p = &work->graph.needs;
    for (size_t i = 0; i < work->standings.count && !work->graph.has_framework; i++) {
        const pz__standing *standing = &work->standings.rows[i];
        if (pz__prerequisites_place(p, standing->competency) < p->count || is_mastered(work, standing->competency)) continue;
        PZ__TRY(add_learn(work, standing->competency, standing, 0, goal_toward(work, standing->competency)));
    }
    for (size_t i = 0; i < work->goal_count; i++) {
        pz_id competency = work->goals[i].competency;
        int is_first = 1;
        if (!competency || pz__prerequisites_place(p, competency) < p->count) continue;
        if (standing_of(&work->standings, competency) && !work->graph.has_framework) continue;
        if (is_mastered(work, competency)) continue;
        for (size_t k = 0; k < i; k++) is_first &= work->goals[k].competency != competency;
        if (is_first)
            PZ__TRY(add_learn(work, competency, standing_of(&work->standings, competency), 0, goal_toward(work, competency)));
    }
    return PZ_OK;
}

/* -------------------------------------------------------------------------------------------------- review --- */

static pz_status add_reviews(pz__next_work *work)
{
    const pz__next_graph *graph = &work->graph;
    for (size_t i = 0; i < work->memory.count; i++) {
        const pz__recall *memory = &work->memory.rows[i];
        size_t place = pz__prerequisites_place(&graph->needs, memory->competency);
        const pz__standing *standing = standing_of(&work->standings, memory->competency);
        pz__next_candidate *step;
        int is_placed = place < graph->needs.count;
        if (!(memory->recall < work->retention)) continue;
        if (is_placed ? !pz__next_graph_offers(graph, place) : graph->has_framework) continue;
        PZ__TRY(add(work, PZ_NEXT_REVIEW, memory->competency, 0.3, &step));
        step->recall = memory->recall;
        step->estimate = standing ? standing->estimate.estimate : PZ_REAL_NONE;
        give_reason(step, "review.fades", 2 * (work->retention - memory->recall), memory->days);
        if (is_placed && pz__next_graph_is_built_on(graph, place)) give_reason(step, "review.needed", 0.15, 0);
    }
    return PZ_OK;
}

/* --------------------------------------------------------------------------------------------------- whole --- */

static int by_score(const void *a, const void *b)
{
    const pz__next_candidate *left = a, *right = b;
    if (left->score != right->score) return left->score > right->score ? -1 : 1;
    if (left->kind != right->kind) return left->kind - right->kind;
    if (left->competency != right->competency) return left->competency < right->competency ? -1 : 1;
    return (left->record > right->record) - (left->record < right->record);
}

pz_status pz__next_find(pz__next_work *work, pz_id learner)
{
    work->count = 0;
    PZ__TRY(pz__standings_get(&work->standings, work->call, work->rules, learner, PZ__ALL_COMPETENCIES));
    pz__next_graph_turn(&work->graph, &work->standings);
    PZ__TRY(pz__memory_read(&work->memory, work->call, learner, &work->standings));
    PZ__TRY(load_goals(work, learner));
    PZ__TRY(load_items(work, learner));
    PZ__TRY(add_ready(work));
    PZ__TRY(add_alone(work));
    PZ__TRY(add_reviews(work));
    PZ__TRY(add_goals(work));
    PZ__TRY(add_items(work));
    if (work->count > 1) qsort(work->rows, work->count, sizeof *work->rows, by_score);
    return PZ_OK;
}

pz_status pz__next_work_start(pz__next_work *work, pz__call *call, pz_id framework, double retention)
{
    memset(work, 0, sizeof *work);
    work->call = call;
    work->retention = retention;
    work->sees_goals = pz__right_is_given(pz__call_role(call), pz__call_scopes(call), PZ_KIND_GOAL, PZ__SEE);
    work->sees_work = pz__right_is_given(pz__call_role(call), pz__call_scopes(call), PZ_KIND_ASSIGNMENT, PZ__SEE);
    PZ__TRY(pz__rules_load(call, &work->rules));
    return pz__next_graph_load(call, framework, &work->graph);
}

void pz__next_work_free(pz__next_work *work)
{
    pz__next_graph_free(&work->graph);
    pz__rules_free(work->rules);
    pz__standings_free(&work->standings);
    pz__memory_free(&work->memory);
    pz__release(work->goals);
    pz__release(work->items);
    pz__release(work->rows);
    memset(work, 0, sizeof *work);
}
