/* pz_week_list(): workload by week, and where learners stand against the pacing line. */
#include "base/clock.h"
#include "base/fail.h"
#include "base/memory.h"
#include "records/access/whom.h"
#include "records/activity/tables.h"
#include "records/ask.h"
#include "records/listing.h"

enum { MOST_WEEKS = 104, DAYS = 7 };

typedef struct task {
    pz_date due_on;
    int32_t minutes;
    int is_finished;
    pz_date submitted_on; /* PZ_DATE_NONE */
} task;

typedef struct week_list {
    pz__call *call;
    pz__whom whom;
    pz_date first; /* a Monday */
    int32_t weeks;
    task *tasks;
    size_t count, capacity;
    pz__rows *rows;
} week_list;

/* 1970-01-01 was a Thursday. */
static pz_date monday_of(pz_date day)
{
    int32_t past = (day + 3) % DAYS;
    return day - (past < 0 ? past + DAYS : past);
}

static pz_status read_tasks(week_list *list, pz_id learner)
{
    static const char sql[] =
        "SELECT a.due_on, a.minutes, a.state, a.score, (SELECT min(s.acted_at) FROM assignment s WHERE s.tenant_id = ?1 AND s.learner_id = ?2 "
        "AND s.assignment_id = a.assignment_id AND s.state = 3 AND s.since_change <= ?3) FROM assignment a LEFT JOIN activity t "
        "ON t.tenant_id = a.tenant_id AND t.activity_id = a.activity_id AND t.since_change <= ?3 AND t.until_change > ?3 "
        "WHERE a.tenant_id = ?1 AND a.learner_id = ?2 AND a.since_change <= ?3 AND a.until_change > ?3 AND a.state <= 4 "
        "AND (t.kind IS NULL OR t.kind = 1) ORDER BY a.assignment_id";
    pz__statement *statement;
    pz_status status;
    int row;
    list->count = 0;
    PZ__TRY(pz__ask(list->call, sql, learner, &statement));
    while ((status = pz__db_step(statement, &row)) == PZ_OK && row) {
        int64_t state = pz__column_int(statement, 2);
        task *t;
        status = pz__reserve((void **)&list->tasks, &list->capacity, list->count + 1, sizeof *list->tasks);
        if (status != PZ_OK) break;
        t = &list->tasks[list->count++];
        t->due_on = pz__column_date(statement, 0);
        t->minutes = (int32_t)pz__column_int(statement, 1);
        t->is_finished = state == PZ_ASSIGNMENT_SUBMITTED || (state == PZ_ASSIGNMENT_RETURNED && !pz__column_is_null(statement, 3));
        t->submitted_on = pz__column_is_null(statement, 4) ? PZ_DATE_NONE : pz__store_date(list->call->store, pz__column_time(statement, 4));
    }
    pz__db_reset(statement);
    return status;
}

static void count_task(const week_list *list, const task *t, pz_week *week)
{
    pz_date end = week->begins_on + DAYS, late = end <= list->call->today ? end : list->call->today;
    int has_day = t->due_on != PZ_DATE_NONE;
    if (has_day && t->due_on >= week->begins_on && t->due_on < end) {
        week->due++;
        week->minutes += t->minutes;
        week->finished += t->is_finished;
    }
    week->due_in_all += has_day && t->due_on < end;
    week->finished_in_all += t->is_finished && t->submitted_on != PZ_DATE_NONE && t->submitted_on < end;
    week->behind += has_day && t->due_on < late && !t->is_finished;
}

static pz_status add_learner(week_list *list, pz_id learner)
{
    PZ__TRY(read_tasks(list, learner));
    for (int32_t w = 0; w < list->weeks; w++) {
        pz_week week = {sizeof week, learner, list->first + w * DAYS, 0, 0, 0, 0, 0, 0};
        for (size_t i = 0; i < list->count; i++) count_task(list, &list->tasks[i], &week);
        pz__rows_add(list->rows, &week);
    }
    pz__whom_read_learner(list->call, &list->whom, learner);
    return PZ_OK;
}

/* Those who have any assignment. */
static const char learners_sql[] = "SELECT DISTINCT learner_id FROM assignment WHERE tenant_id = ?1 AND since_change <= ?2 "
                                   "AND until_change > ?2 AND ?3 = 0 ORDER BY learner_id";

static pz_status make_list(week_list *list, pz_id learner, pz_id class_id)
{
    pz_status status;
    PZ__TRY(pz__whom_find(list->call, PZ_KIND_ASSIGNMENT, learner, class_id, &list->whom));
    status = pz__whom_name(list->call, &list->whom, learners_sql);
    if (status == PZ_OK) pz__whom_read_class(list->call, &list->whom);
    for (size_t i = 0; i < list->whom.count && status == PZ_OK; i++) status = add_learner(list, list->whom.ids[i]);
    pz__whom_free(&list->whom);
    pz__release(list->tasks);
    return status;
}

pz_status pz_week_list(pz_actor *actor, pz_date from, pz_date until, pz_id learner, pz_id class_id, pz_week ***out_rows, size_t *out_count)
{
    pz__call call;
    week_list list = {.call = &call};
    pz__rows rows;
    char text[16];
    PZ__TRY(pz__list_start((void ***)out_rows, out_count));
    if (!actor) return pz__fail_closed("actor");
    if (!pz__date_text(from, text)) return pz__fail(PZ_E_INVALID, "from", NULL, "from is outside the years 0001 to 9999.");
    if (!pz__date_text(until, text)) return pz__fail(PZ_E_INVALID, "until", NULL, "until is outside the years 0001 to 9999.");
    list.first = monday_of(from);
    list.weeks = until < from ? 0 : (monday_of(until) - list.first) / DAYS + 1;
    if (list.weeks < 1 || list.weeks > MOST_WEEKS)
        return pz__fail(PZ_E_INVALID, "until", NULL, "The weeks go from 1 to %d, not to %d.", MOST_WEEKS, (int)list.weeks);
    PZ__TRY(pz__call_read(&call, actor));
    list.rows = &rows;
    pz__rows_start(&rows, &pz__week_type);
    return pz__call_end_rows(&call, make_list(&list, learner, class_id), &rows, (void ***)out_rows, out_count);
}
