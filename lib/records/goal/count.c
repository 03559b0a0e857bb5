/* Goals in figures: by class and school with small cells suppressed, learner by learner for those who work with them, and what learners decided in a cycle. */
#include <string.h>

#include "base/fail.h"
#include "base/memory.h"
#include "records/access/scope.h"
#include "records/ask.h"
#include "records/cycle/find.h"
#include "records/goal/find.h"
#include "records/goal/tables.h"
#include "records/listing.h"

enum { LEAST = 5, AREAS = PZ_GOAL_SOCIAL + 1 };

static int is_overdue(const pz__call *call, const pz_goal *goal)
{
    return pz__goal_is_open(goal) && goal->due_on != PZ_DATE_NONE && goal->due_on < call->today;
}

static pz_status count_overdue_milestones(pz__call *call, pz_id goal, int32_t *count)
{
    static const char sql[] = "SELECT count(*) FROM goal_milestone WHERE tenant_id = ?1 AND goal_id = ?2 AND state = 1 AND learner_agreed = 1 AND due_on < ?4 "
                              "AND since_change <= ?3 AND until_change > ?3";
    pz__statement *statement;
    pz_status status;
    int row;
    PZ__TRY(pz__ask(call, sql, goal, &statement));
    pz__bind_int(statement, 4, call->today);
    status = pz__db_step(statement, &row);
    if (row) *count += (int32_t)pz__column_int(statement, 0);
    pz__db_reset(statement);
    return status;
}

/* --------------------------------------------------------------------------------------------- class and school --- */

/* Counts by area; 0 is all. */
typedef struct tally {
    pz_goal_count counts[AREAS];
    int has[AREAS]; /* the learner that is looked at has such a goal */
} tally;

static pz_status add_goal(pz__call *call, const pz_goal *goal, int32_t area, tally *t)
{
    pz_goal_count *count = &t->counts[area];
    if (goal->state == PZ_GOAL_ABANDONED) {
        count->abandoned++;
        return PZ_OK;
    }
    count->goals++;
    count->achieved += goal->state == PZ_GOAL_ACHIEVED;
    count->overdue += is_overdue(call, goal);
    t->has[area] = 1;
    return pz__goal_is_open(goal) ? count_overdue_milestones(call, goal->id, &count->milestones_overdue) : PZ_OK;
}

/* Whoever asks: figures tell of nobody. Drafts and what only the learner sees stay out of them. */
static pz_status add_learner(pz__call *call, pz_id learner, tally *t)
{
    static const char sql[] = "SELECT " PZ__GOAL_COLUMNS ", 1 FROM goal WHERE tenant_id = ?1 AND learner_id = ?2 AND state <> 5 "
                              "AND coalesce(visibility, 5) > 1 AND since_change <= ?3 AND until_change > ?3";
    pz__statement *statement;
    pz_goal goal;
    pz_status status;
    int row;
    memset(t->has, 0, sizeof t->has);
    PZ__TRY(pz__ask(call, sql, learner, &statement));
    while ((status = pz__db_step(statement, &row)) == PZ_OK && row) {
        pz__record_read(&pz__goal_type, statement, 0, &goal);
        if ((status = add_goal(call, &goal, 0, t)) != PZ_OK) break;
        if (goal.area > 0 && goal.area < AREAS && (status = add_goal(call, &goal, goal.area, t)) != PZ_OK) break;
    }
    pz__db_reset(statement);
    for (int area = 0; area < AREAS; area++) t->counts[area].covered += t->has[area];
    return status;
}

static int32_t round_down(int32_t value)
{
    return value - value % LEAST;
}

static void add_rows(const tally *t, pz_id org, pz_id class_id, size_t learners, pz__rows *rows)
{
    if (learners < LEAST) return;
    for (int32_t area = 0; area < AREAS; area++) {
        pz_goal_count count = t->counts[area];
        count.struct_size = sizeof count;
        count.org = org;
        count.class_id = class_id;
        count.area = area;
        count.learners = round_down((int32_t)learners);
        count.uncovered = round_down((int32_t)learners - count.covered);
        count.covered = round_down(count.covered);
        count.goals = round_down(count.goals);
        count.achieved = round_down(count.achieved);
        count.abandoned = round_down(count.abandoned);
        count.overdue = round_down(count.overdue);
        count.milestones_overdue = round_down(count.milestones_overdue);
        pz__rows_add(rows, &count);
    }
}

static pz_status count_learners(pz__call *call, pz_id *learners, size_t count, pz_id org, pz_id class_id, pz__rows *rows)
{
    tally t = {0};
    pz_status status = PZ_OK;
    for (size_t i = 0; i < count && status == PZ_OK; i++) status = add_learner(call, learners[i], &t);
    pz__release(learners);
    if (status == PZ_OK) add_rows(&t, org, class_id, count, rows);
    return status;
}

static pz_status list_counts(pz__call *call, pz_id org, pz_id class_id, pz__rows *rows)
{
    pz__scope scope;
    pz_id *learners;
    size_t count;
    pz_status status = pz__scope_find(call, PZ_KIND_GOAL, org, class_id, &scope);
    for (size_t i = 0; i < scope.org_count && status == PZ_OK; i++) {
        status = pz__org_learners(call, scope.orgs[i], &learners, &count);
        if (status == PZ_OK) status = count_learners(call, learners, count, scope.orgs[i], 0, rows);
    }
    for (size_t i = 0; i < scope.class_count && status == PZ_OK; i++) {
        status = pz__class_learners(call, scope.classes[i], &learners, &count);
        if (status == PZ_OK) status = count_learners(call, learners, count, scope.class_orgs[i], scope.classes[i], rows);
        if (status == PZ_OK) pz__call_read_class(call, PZ_KIND_GOAL, scope.classes[i]);
    }
    pz__scope_free(&scope);
    return status;
}

pz_status pz_goal_count_list(pz_actor *actor, pz_id org, pz_id class_id, pz_goal_count ***out_rows, size_t *out_count)
{
    pz__rows rows;
    pz__call call;
    PZ__TRY(pz__list_start((void ***)out_rows, out_count));
    PZ__TRY(pz__call_read(&call, actor));
    pz__rows_start(&rows, &pz__goal_count_type);
    return pz__call_end_rows(&call, list_counts(&call, org, class_id, &rows), &rows, (void ***)out_rows, out_count);
}

/* ------------------------------------------------------------------------------------------------ learner by learner --- */

typedef struct cover_work {
    pz__call *call;
    pz_goal_coverage row;
} cover_work;

static pz_status cover(const pz_goal *goal, void *user_data)
{
    cover_work *w = user_data;
    if (goal->state == PZ_GOAL_DRAFT) return PZ_OK;
    w->row.open += pz__goal_is_open(goal);
    w->row.achieved += goal->state == PZ_GOAL_ACHIEVED;
    w->row.overdue += is_overdue(w->call, goal);
    if (w->row.acted_at == PZ_TIME_NONE || goal->acted_at > w->row.acted_at) w->row.acted_at = goal->acted_at;
    return pz__goal_is_open(goal) ? count_overdue_milestones(w->call, goal->id, &w->row.milestones_overdue) : PZ_OK;
}

static pz_status list_coverage(pz__call *call, pz_id class_id, pz__rows *rows)
{
    pz__scope scope;
    pz_id *learners = NULL;
    size_t count = 0;
    pz_status status = class_id ? pz__scope_find(call, PZ_KIND_GOAL, 0, class_id, &scope)
                                : pz__fail(PZ_E_NOT_FOUND, "class_id", NULL, "Name a class.");
    if (status != PZ_OK) return status;
    status = pz__class_learners(call, class_id, &learners, &count);
    pz__scope_free(&scope);
    for (size_t i = 0; i < count && status == PZ_OK; i++) {
        cover_work w = {call, {sizeof(pz_goal_coverage), learners[i], 0, 0, 0, 0, PZ_TIME_NONE}};
        status = pz__goal_each(call, learners[i], cover, &w);
        if (status == PZ_OK) pz__rows_add(rows, &w.row);
    }
    pz__release(learners);
    if (status == PZ_OK) pz__call_read_class(call, PZ_KIND_GOAL, class_id);
    return status;
}

pz_status pz_goal_coverage_list(pz_actor *actor, pz_id class_id, pz_goal_coverage ***out_rows, size_t *out_count)
{
    pz__rows rows;
    pz__call call;
    PZ__TRY(pz__list_start((void ***)out_rows, out_count));
    PZ__TRY(pz__call_read(&call, actor));
    pz__rows_start(&rows, &pz__goal_coverage_type);
    return pz__call_end_rows(&call, list_coverage(&call, class_id, &rows), &rows, (void ***)out_rows, out_count);
}

/* ---------------------------------------------------------------------------------------------------- decisions --- */

static void add_step(pz_goal_decisions *d, int32_t step, int32_t times)
{
    switch (step) {
    case PZ_GOAL_STEP_PROPOSE: d->proposed += times; break;
    case PZ_GOAL_STEP_AGREE: d->agreed += times; break;
    case PZ_GOAL_STEP_REVISE: d->revised += times; break;
    case PZ_GOAL_STEP_START:
    case PZ_GOAL_STEP_PAUSE:
    case PZ_GOAL_STEP_RESUME:
    case PZ_GOAL_STEP_ABANDON: d->moved += times; break;
    case PZ_GOAL_STEP_ACHIEVE: d->achieved += times; break;
    case PZ_GOAL_STEP_ANSWER: d->answered += times; break;
    default: return;
    }
    d->decisions += times;
}

/* ?4 and ?5 are the first moment and the one after the last. */
static pz_status add_steps(pz__call *call, const char *sql, pz_time from, pz_time until, pz_goal_decisions *d)
{
    pz__statement *statement;
    pz_status status;
    int row;
    PZ__TRY(pz__ask(call, sql, d->learner, &statement));
    pz__bind_int(statement, 4, from);
    pz__bind_int(statement, 5, until);
    while ((status = pz__db_step(statement, &row)) == PZ_OK && row)
        add_step(d, (int32_t)pz__column_int(statement, 0), (int32_t)pz__column_int(statement, 1));
    pz__db_reset(statement);
    return status;
}

static pz_status decide_of(pz__call *call, pz_time from, pz_time until, pz_goal_decisions *d)
{
    static const char taken[] = "SELECT step, count(*) FROM goal WHERE tenant_id = ?1 AND learner_id = ?2 AND acted_role = 1 AND acted_by = ?2 AND acted_at >= ?4 "
                                "AND acted_at < ?5 AND since_change <= ?3 GROUP BY step";
    static const char asked[] = "SELECT r.step, count(DISTINCT r.request_id) FROM goal_request r JOIN goal g ON g.tenant_id = ?1 AND g.learner_id = ?2 "
                                "AND g.goal_id = r.goal_id AND g.since_change <= ?3 AND g.until_change > ?3 WHERE r.tenant_id = ?1 AND r.asked_role = 1 "
                                "AND r.asked_at >= ?4 AND r.asked_at < ?5 AND r.since_change <= ?3 GROUP BY r.step";
    PZ__TRY(add_steps(call, taken, from, until, d));
    return add_steps(call, asked, from, until, d);
}

static pz_status list_decisions(pz__call *call, pz_id id, pz__rows *rows)
{
    pz_cycle *cycle;
    pz_id *learners = NULL;
    size_t count = 0;
    pz_time from, until;
    pz_status status;
    PZ__TRY(pz__may(call, PZ_KIND_GOAL, PZ__SEE));
    PZ__TRY(pz__cycle_find(call, PZ__SEE, id, &cycle));
    from = cycle->opens_on == PZ_DATE_NONE ? INT64_MIN : pz__store_day_start(call->store, cycle->opens_on);
    until = pz__cycle_end(call, cycle);
    if (until == PZ_TIME_NONE) until = INT64_MAX;
    status = pz__cycle_learners(call, cycle, &learners, &count);
    pz_free(cycle);
    for (size_t i = 0; i < count && status == PZ_OK; i++) {
        pz_goal_decisions row = {sizeof row, id, learners[i], 0, 0, 0, 0, 0, 0, 0};
        status = decide_of(call, from, until, &row);
        if (status == PZ_OK) pz__rows_add(rows, &row);
        if (status == PZ_OK) pz__call_read_learner(call, PZ_KIND_GOAL, learners[i]);
    }
    pz__release(learners);
    return status;
}

pz_status pz_goal_decisions_list(pz_actor *actor, pz_id cycle, pz_goal_decisions ***out_rows, size_t *out_count)
{
    pz__rows rows;
    pz__call call;
    PZ__TRY(pz__list_start((void ***)out_rows, out_count));
    PZ__TRY(pz__call_read(&call, actor));
    pz__rows_start(&rows, &pz__goal_decisions_type);
    return pz__call_end_rows(&call, list_decisions(&call, cycle, &rows), &rows, (void ***)out_rows, out_count);
}
