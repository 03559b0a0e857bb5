/* Goals read: one, many, every version, who supports them, what shows them. */
#include <stddef.h>

#include "base/fail.h"
#include "base/memory.h"
#include "base/text.h"
#include "records/access/whom.h"
#include "records/ask.h"
#include "records/goal/find.h"
#include "records/goal/tables.h"
#include "records/listing.h"
#include "records/page.h"
#include "records/text_search.h"

pz_status pz_goal_get(pz_actor *actor, pz_id goal, pz_goal **out_goal)
{
    pz_goal *found = NULL;
    pz__call call;
    pz_status status;
    if (!out_goal) return pz__fail_null("out_goal");
    *out_goal = NULL;
    PZ__TRY(pz__call_read(&call, actor));
    status = pz__goal_find(&call, PZ__SEE, goal, &found);
    if (status == PZ_OK) pz__call_read_learner(&call, PZ_KIND_GOAL, found->learner);
    status = pz__call_end(&call, status);
    if (status == PZ_OK)
        *out_goal = found;
    else
        pz_free(found);
    return status;
}

/* --------------------------------------------------------------------------------------------------- lists --- */

typedef struct list_work {
    pz__call *call;
    pz_goal_query query;
    pz_goal *after; /* where the page begins, or NULL; one block */
    pz__text_search search;
    pz__whom whom;
    pz__rows rows;
} list_work;

static int order_of(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

/* Those without a day come last. */
static int64_t day_of(const pz_goal *goal)
{
    return goal->due_on == PZ_DATE_NONE ? INT64_MAX : goal->due_on;
}

static int compare(int32_t by, const pz_goal *a, const pz_goal *b)
{
    int order = 0;
    if (by == PZ_GOAL_ORDER_DUE) order = order_of(day_of(a), day_of(b));
    if (by == PZ_GOAL_ORDER_ACTED) order = order_of(b->acted_at, a->acted_at);
    if (!order) order = order_of(a->learner, b->learner);
    return order ? order : order_of(a->id, b->id);
}

static int compare_places(const void *a, const void *b, void *query)
{
    return compare(((const pz_goal_query *)query)->order, *(const pz_goal *const *)a, *(const pz_goal *const *)b);
}

static pz_status add_goal(list_work *work, const pz_goal *goal)
{
    const char *const texts[] = {goal->statement, goal->reason, goal->measured, goal->strategies, goal->resources, goal->reflection};
    int finds, seen;
    if (work->after && compare(work->query.order, goal, work->after) <= 0) return PZ_OK;
    PZ__TRY(pz__goal_is_seen(work->call, goal, &seen));
    if (!seen) return PZ_OK;
    PZ__TRY(pz__text_search_finds(&work->search, texts, sizeof texts / sizeof texts[0], &finds));
    if (finds) pz__rows_add(&work->rows, goal);
    return PZ_OK;
}

static pz_status read_goals(list_work *work, pz_id learner)
{
#define WANTED                                                                                                                             \
    " AND since_change <= ?3 AND until_change > ?3 AND (?4 = 0 OR state = ?4) AND (?5 IS NULL OR due_on <= ?5) "                           \
    "AND (?6 = 0 OR EXISTS (SELECT 1 FROM goal_supporter s WHERE s.tenant_id = ?1 AND s.goal_id = goal.goal_id AND s.person_id = ?6 "      \
    "AND s.state IN (1, 2) AND s.since_change <= ?3 AND s.until_change > ?3))"
    static const char one[] =
        "SELECT " PZ__GOAL_COLUMNS ", 1 FROM goal WHERE tenant_id = ?1 AND learner_id = ?2" WANTED " ORDER BY goal_id";
    static const char all[] =
        "SELECT " PZ__GOAL_COLUMNS ", 1 FROM goal WHERE tenant_id = ?1 AND ?2 = 0" WANTED " ORDER BY learner_id, goal_id";
#undef WANTED
    const pz_goal_query *query = &work->query;
    pz__statement *statement;
    pz_goal goal;
    pz_status status;
    int row;
    PZ__TRY(pz__ask(work->call, learner ? one : all, learner, &statement));
    pz__bind_int(statement, 4, query->state);
    pz__bind_date(statement, 5, query->due_until);
    pz__bind_int(statement, 6, query->supporter);
    while ((status = pz__db_step(statement, &row)) == PZ_OK && row) {
        pz__record_read(&pz__goal_type, statement, 0, &goal);
        if ((status = add_goal(work, &goal)) != PZ_OK) break;
    }
    pz__db_reset(statement);
    return status;
}

static pz_status read_all(list_work *work)
{
    const pz__whom *whom = &work->whom;
    if (work->query.after) PZ__TRY(pz__goal_find(work->call, PZ__SEE, work->query.after, &work->after));
    if (whom->all) return read_goals(work, 0);
    for (size_t i = 0; i < whom->count; i++) PZ__TRY(read_goals(work, whom->ids[i]));
    return PZ_OK;
}

/* Only what is on the page was read. */
static pz_status take_page(list_work *work, pz_goal ***out_rows, size_t *out_count)
{
    PZ__TRY(pz__page_take(&work->rows, compare_places, &work->query, work->query.limit, (void ***)out_rows, out_count));
    pz__page_note_reads(work->call, &work->whom, (const void *const *)*out_rows, *out_count, offsetof(pz_goal, learner));
    return PZ_OK;
}

static pz_status list(list_work *work, pz_goal ***out_rows, size_t *out_count)
{
    pz_status status;
    PZ__TRY(pz__whom_find(work->call, PZ_KIND_GOAL, work->query.learner, work->query.class_id, &work->whom));
    pz__rows_start(&work->rows, &pz__goal_type);
    status = read_all(work);
    if (status == PZ_OK)
        status = take_page(work, out_rows, out_count);
    else
        pz__rows_free(&work->rows);
    pz_free(work->after);
    pz__whom_free(&work->whom);
    return status;
}

static pz_status check_query(pz_goal_query *query)
{
    if (query->state < 0 || query->state > PZ_GOAL_REVISED)
        return pz__fail(PZ_E_INVALID, "state", "pz_goal_state names the states; 0 is any.", "There is no state %d of a goal.",
                        (int)query->state);
    if (query->order < PZ_GOAL_ORDER_LEARNER || query->order > PZ_GOAL_ORDER_ACTED)
        return pz__fail(PZ_E_INVALID, "order", "pz_goal_order names the orders.", "There is no order %d of goals.", (int)query->order);
    PZ__TRY(pz__page_check_limit(query->limit));
    return pz__text_check(query->text, query->text_len, (size_t)pz_limit(PZ_LIMIT_TITLE), "text", &query->text_len);
}

pz_status pz_goal_list(pz_actor *actor, const pz_goal_query *query, pz_goal ***out_rows, size_t *out_count)
{
    pz__call call;
    list_work work = {.call = &call};
    pz_goal **rows = NULL;
    size_t count = 0;
    pz_status status;
    PZ__TRY(pz__list_start((void ***)out_rows, out_count));
    if (!actor) return pz__fail_closed("actor");
    PZ__TRY(pz__record_take(&pz__goal_query_type, query ? query : pz__goal_query_type.initial, sizeof work.query, &work.query));
    PZ__TRY(check_query(&work.query));
    PZ__TRY(pz__text_search_start(&work.search, work.query.text, work.query.text_len));
    status = pz__call_read(&call, actor);
    if (status == PZ_OK) status = pz__page_end(&call, list(&work, &rows, &count), (void ***)&rows, &count, (void ***)out_rows, out_count);
    pz__text_search_free(&work.search);
    return status;
}

/* ---------------------------------------------------------------------------------------------- of one goal --- */

typedef struct part {
    const pz_record_type *type;
    const char *sql; /* ?1 tenant, ?2 the goal, ?3 the change that is seen */
} part;

static pz_status see(pz__call *call, pz_id id)
{
    pz_goal *goal;
    PZ__TRY(pz__goal_find(call, PZ__SEE, id, &goal));
    pz__call_read_learner(call, PZ_KIND_GOAL, goal->learner);
    pz_free(goal);
    return PZ_OK;
}

static pz_status read_part(pz__call *call, const part *what, pz_id id, pz__rows *rows)
{
    PZ__TRY(see(call, id));
    return pz__ask_rows(call, what->sql, id, rows);
}

static pz_status give_part(pz_actor *actor, const part *what, pz_id goal, void ***out_rows, size_t *out_count)
{
    pz__rows rows;
    pz__call call;
    PZ__TRY(pz__list_start(out_rows, out_count));
    PZ__TRY(pz__call_read(&call, actor));
    pz__rows_start(&rows, what->type);
    return pz__call_end_rows(&call, read_part(&call, what, goal, &rows), &rows, out_rows, out_count);
}

/* Each version is seen, or not, by itself too. */
static pz_status read_versions(pz__call *call, pz_id id, pz__rows *rows)
{
    static const char sql[] = "SELECT " PZ__GOAL_COLUMNS ", until_change > ?3 FROM goal WHERE tenant_id = ?1 AND goal_id = ?2 "
                              "AND since_change <= ?3 ORDER BY since_change";
    pz__statement *statement;
    pz_goal goal;
    pz_status status;
    int row, seen;
    PZ__TRY(see(call, id));
    PZ__TRY(pz__ask(call, sql, id, &statement));
    while ((status = pz__db_step(statement, &row)) == PZ_OK && row) {
        pz__record_read(&pz__goal_type, statement, 0, &goal);
        if ((status = pz__goal_is_seen(call, &goal, &seen)) != PZ_OK) break;
        if (seen) pz__rows_add(rows, &goal);
    }
    pz__db_reset(statement);
    return status;
}

pz_status pz_goal_history(pz_actor *actor, pz_id goal, pz_goal ***out_rows, size_t *out_count)
{
    pz__rows rows;
    pz__call call;
    PZ__TRY(pz__list_start((void ***)out_rows, out_count));
    PZ__TRY(pz__call_read(&call, actor));
    pz__rows_start(&rows, &pz__goal_type);
    return pz__call_end_rows(&call, read_versions(&call, goal, &rows), &rows, (void ***)out_rows, out_count);
}

pz_status pz_goal_request_list(pz_actor *actor, pz_id goal, pz_goal_request ***out_rows, size_t *out_count)
{
    static const part requests = {&pz__goal_request_type,
                                  "SELECT " PZ__GOAL_REQUEST_COLUMNS " FROM goal_request WHERE tenant_id = ?1 AND goal_id = ?2 "
                                  "AND since_change <= ?3 AND until_change > ?3 ORDER BY request_id"};
    return give_part(actor, &requests, goal, (void ***)out_rows, out_count);
}

pz_status pz_goal_supporter_list(pz_actor *actor, pz_id goal, pz_goal_supporter ***out_rows, size_t *out_count)
{
    static const part supporters = {&pz__goal_supporter_type,
                                    "SELECT goal_id, person_id, role, state, note, since_change FROM goal_supporter "
                                    "WHERE tenant_id = ?1 AND goal_id = ?2 AND since_change <= ?3 AND until_change > ?3 "
                                    "ORDER BY person_id"};
    return give_part(actor, &supporters, goal, (void ***)out_rows, out_count);
}

pz_status pz_goal_evidence_list(pz_actor *actor, pz_id goal, pz_goal_evidence ***out_rows, size_t *out_count)
{
    static const part evidence = {&pz__goal_evidence_type,
                                  "SELECT goal_id, competency_id, sequence, at, description, link FROM goal_evidence "
                                  "WHERE tenant_id = ?1 AND goal_id = ?2 AND since_change <= ?3 AND until_change > ?3 "
                                  "ORDER BY position"};
    return give_part(actor, &evidence, goal, (void ***)out_rows, out_count);
}

pz_status pz_goal_milestone_list(pz_actor *actor, pz_id goal, pz_goal_milestone ***out_rows, size_t *out_count)
{
    static const part milestones = {&pz__goal_milestone_type,
                                    "SELECT " PZ__MILESTONE_COLUMNS " FROM goal_milestone WHERE tenant_id = ?1 AND goal_id = ?2 "
                                    "AND since_change <= ?3 AND until_change > ?3 ORDER BY due_on IS NULL, due_on, milestone_id"};
    return give_part(actor, &milestones, goal, (void ***)out_rows, out_count);
}

pz_status pz_goal_measurement_list(pz_actor *actor, pz_id goal, pz_goal_measurement ***out_rows, size_t *out_count)
{
    static const part measurements = {&pz__goal_measurement_type,
                                      "SELECT goal_id, value, at, note, measured_by, measured_role FROM goal_measurement WHERE tenant_id = ?1 "
                                      "AND goal_id = ?2 AND since_change <= ?3 AND until_change > ?3 ORDER BY at, position"};
    return give_part(actor, &measurements, goal, (void ***)out_rows, out_count);
}

pz_status pz_goal_reflection_list(pz_actor *actor, pz_id goal, pz_goal_reflection ***out_rows, size_t *out_count)
{
    static const part reflections = {&pz__goal_reflection_type,
                                     "SELECT goal_id, content, person_id, role, at FROM goal_reflection WHERE tenant_id = ?1 AND goal_id = ?2 "
                                     "AND since_change <= ?3 AND until_change > ?3 ORDER BY position"};
    return give_part(actor, &reflections, goal, (void ***)out_rows, out_count);
}

pz_status pz_demonstration_list(pz_actor *actor, pz_id goal, pz_demonstration ***out_rows, size_t *out_count)
{
    static const part demonstrations = {&pz__demonstration_type,
                                        "SELECT demonstration_id, goal_id, title, content, shown_by, shown_role, shown_at FROM demonstration "
                                        "WHERE tenant_id = ?1 AND goal_id = ?2 AND since_change <= ?3 AND until_change > ?3 ORDER BY demonstration_id"};
    return give_part(actor, &demonstrations, goal, (void ***)out_rows, out_count);
}
