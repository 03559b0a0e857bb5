/* Activities and assignments read. */
#include <stddef.h>

#include "base/fail.h"
#include "base/memory.h"
#include "base/text.h"
#include "records/access/whom.h"
#include "records/activity/see.h"
#include "records/activity/tables.h"
#include "records/ask.h"
#include "records/listing.h"
#include "records/need.h"
#include "records/page.h"
#include "records/roster/org_tree.h"
#include "records/text_search.h"

static int order_of(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

/* --------------------------------------------------------------------------------------------------- activities --- */

typedef struct activity_list {
    pz__call *call;
    pz_activity_query query;
    pz__text_search search;
    pz__org_tree tree;
    pz_id class_org;
    pz__rows rows;
} activity_list;

pz_status pz_activity_get(pz_actor *actor, pz_id activity, pz_activity **out_activity)
{
    pz_activity *found = NULL;
    pz__call call;
    pz_status status;
    if (!out_activity) return pz__fail_null("out_activity");
    *out_activity = NULL;
    PZ__TRY(pz__call_read(&call, actor));
    status = pz__may(&call, PZ_KIND_ACTIVITY, PZ__SEE);
    if (status == PZ_OK) status = pz__activity_find(&call, activity, "activity", &found);
    status = pz__call_end(&call, status);
    if (status == PZ_OK)
        *out_activity = found;
    else
        pz_free(found);
    return status;
}

static int is_of_class(const activity_list *list, const pz_activity *a)
{
    if (!list->query.class_id || a->class_id == list->query.class_id) return 1;
    return a->org && !a->class_id && pz__org_tree_is_within(&list->tree, list->class_org, a->org);
}

static pz_status add_activity(activity_list *list, const pz_activity *a)
{
    const char *const texts[] = {a->title, a->instructions};
    int seen, finds;
    if ((a->ended && !list->query.with_ended) || a->id <= list->query.after || !is_of_class(list, a)) return PZ_OK;
    PZ__TRY(pz__text_search_finds(&list->search, texts, 2, &finds));
    if (!finds) return PZ_OK;
    PZ__TRY(pz__activity_is_seen(list->call, a, &seen));
    if (seen) pz__rows_add(&list->rows, a);
    return PZ_OK;
}

static pz_status read_activities(activity_list *list)
{
    static const char sql[] =
        "SELECT " PZ__ACTIVITY_COLUMNS ", 1 FROM activity WHERE tenant_id = ?1 AND (?2 = 0 OR parent_id = ?2) AND since_change <= ?3 "
        "AND until_change > ?3 AND (?4 = 0 OR EXISTS (SELECT 1 FROM activity_tie t WHERE t.tenant_id = ?1 AND t.activity_id = "
        "activity.activity_id AND t.kind = 1 AND t.target_id = ?4 AND t.since_change <= ?3 AND t.until_change > ?3)) ORDER BY activity_id";
    pz__statement *statement;
    pz_activity a;
    pz_status status;
    int row;
    PZ__TRY(pz__ask(list->call, sql, list->query.parent, &statement));
    pz__bind_int(statement, 4, list->query.competency);
    while ((status = pz__db_step(statement, &row)) == PZ_OK && row) {
        pz__record_read(&pz__activity_type, statement, 0, &a);
        if ((status = add_activity(list, &a)) != PZ_OK) break;
    }
    pz__db_reset(statement);
    return status;
}

/* On one board by position, otherwise by id, by which pages go on. */
static int compare_activities(const void *a, const void *b, void *query)
{
    const pz_activity *left = *(const pz_activity *const *)a, *right = *(const pz_activity *const *)b;
    const pz_activity_query *q = query;
    if (q->parent && !q->limit && left->position != right->position) return order_of(left->position, right->position);
    return order_of(left->id, right->id);
}

static pz_status list_activities(activity_list *list, pz_activity ***out_rows, size_t *out_count)
{
    const pz_activity_query *query = &list->query;
    pz_status status;
    PZ__TRY(pz__may(list->call, PZ_KIND_ACTIVITY, PZ__SEE));
    PZ__TRY(pz__need_if(list->call, PZ_KIND_COMPETENCY, query->competency, "competency"));
    if (query->class_id) {
        PZ__TRY(pz__may_class(list->call, PZ_KIND_ACTIVITY, PZ__SEE, query->class_id, "class_id"));
        PZ__TRY(pz__class_org(list->call, query->class_id, &list->class_org));
        PZ__TRY(pz__org_tree_load(list->call, &list->tree));
    }
    pz__rows_start(&list->rows, &pz__activity_type);
    status = read_activities(list);
    if (status == PZ_OK)
        status = pz__page_take(&list->rows, compare_activities, &list->query, query->limit, (void ***)out_rows, out_count);
    else
        pz__rows_free(&list->rows);
    pz__org_tree_free(&list->tree);
    return status;
}

pz_status pz_activity_list(pz_actor *actor, const pz_activity_query *query, pz_activity ***out_rows, size_t *out_count)
{
    pz__call call;
    activity_list list = {.call = &call};
    pz_activity **rows = NULL;
    size_t count = 0;
    pz_status status;
    PZ__TRY(pz__list_start((void ***)out_rows, out_count));
    if (!actor) return pz__fail_closed("actor");
    PZ__TRY(pz__record_take(&pz__activity_query_type, query ? query : pz__activity_query_type.initial, sizeof list.query, &list.query));
    PZ__TRY(pz__page_check_limit(list.query.limit));
    PZ__TRY(pz__text_check(list.query.text, list.query.text_len, (size_t)pz_limit(PZ_LIMIT_TITLE), "text", &list.query.text_len));
    PZ__TRY(pz__text_search_start(&list.search, list.query.text, list.query.text_len));
    status = pz__call_read(&call, actor);
    if (status == PZ_OK) status = pz__page_end(&call, list_activities(&list, &rows, &count), (void ***)&rows, &count, (void ***)out_rows, out_count);
    pz__text_search_free(&list.search);
    return status;
}

static pz_status list_ties(pz__call *call, pz_id id, pz__rows *rows)
{
    pz_activity *activity;
    pz_activity_tie **ties;
    size_t count;
    PZ__TRY(pz__may(call, PZ_KIND_ACTIVITY, PZ__SEE));
    PZ__TRY(pz__activity_find(call, id, "activity", &activity));
    pz_free(activity);
    PZ__TRY(pz__activity_ties(call, id, &ties, &count));
    for (size_t i = 0; i < count; i++) pz__rows_add(rows, ties[i]);
    pz_free(ties);
    return PZ_OK;
}

pz_status pz_activity_tie_list(pz_actor *actor, pz_id activity, pz_activity_tie ***out_rows, size_t *out_count)
{
    pz__rows rows;
    pz__call call;
    PZ__TRY(pz__list_start((void ***)out_rows, out_count));
    PZ__TRY(pz__call_read(&call, actor));
    pz__rows_start(&rows, &pz__activity_tie_type);
    return pz__call_end_rows(&call, list_ties(&call, activity, &rows), &rows, (void ***)out_rows, out_count);
}

/* -------------------------------------------------------------------------------------------------- assignments --- */

pz_status pz_assignment_get(pz_actor *actor, pz_id assignment, pz_assignment **out_assignment)
{
    pz_assignment *found = NULL;
    pz__call call;
    pz_status status;
    if (!out_assignment) return pz__fail_null("out_assignment");
    *out_assignment = NULL;
    PZ__TRY(pz__call_read(&call, actor));
    status = pz__call_end(&call, pz__assignment_find(&call, PZ__SEE, assignment, &found));
    if (status == PZ_OK)
        *out_assignment = found;
    else
        pz_free(found);
    return status;
}

typedef struct assignment_list {
    pz__call *call;
    pz_assignment_query query;
    pz_assignment *after;
    pz__whom whom;
    pz__rows rows;
} assignment_list;

static int compare_assignments(const void *a, const void *b, void *query)
{
    const pz_assignment *left = *(const pz_assignment *const *)a, *right = *(const pz_assignment *const *)b;
    int order = order_of(left->learner, right->learner);
    (void)query;
    return order ? order : order_of(left->id, right->id);
}

static int is_open(const pz_assignment *a)
{
    return a->state <= PZ_ASSIGNMENT_STARTED || (a->state == PZ_ASSIGNMENT_RETURNED && isnan(a->score));
}

static pz_status read_assignments(assignment_list *list, pz_id learner)
{
#define WANTED                                                                                                                            \
    " AND since_change <= ?3 AND until_change > ?3 AND (?4 = 0 OR activity_id = ?4) AND (?5 = 0 OR state = ?5) AND (?6 IS NULL OR "          \
    "due_on <= ?6) AND (?7 = 0 OR goal_id = ?7)"
    static const char one[] =
        "SELECT " PZ__ASSIGNMENT_COLUMNS ", 1 FROM assignment WHERE tenant_id = ?1 AND learner_id = ?2" WANTED " ORDER BY assignment_id";
    static const char all[] = "SELECT " PZ__ASSIGNMENT_COLUMNS ", 1 FROM assignment WHERE tenant_id = ?1 AND ?2 = 0" WANTED
                              " ORDER BY learner_id, assignment_id";
#undef WANTED
    pz__statement *statement;
    pz_assignment a;
    const pz_assignment *read = &a;
    pz_status status;
    int row;
    PZ__TRY(pz__ask(list->call, learner ? one : all, learner, &statement));
    pz__bind_int(statement, 4, list->query.activity);
    pz__bind_int(statement, 5, list->query.state);
    pz__bind_date(statement, 6, list->query.due_until);
    pz__bind_int(statement, 7, list->query.goal);
    while ((status = pz__db_step(statement, &row)) == PZ_OK && row) {
        pz__record_read(&pz__assignment_type, statement, 0, &a);
        if (list->query.open_only && !is_open(&a)) continue;
        if (list->after && compare_assignments(&read, &list->after, NULL) <= 0) continue;
        pz__rows_add(&list->rows, &a);
    }
    pz__db_reset(statement);
    return status;
}

static pz_status read_all(assignment_list *list)
{
    const pz__whom *whom = &list->whom;
    if (list->query.after) PZ__TRY(pz__assignment_find(list->call, PZ__SEE, list->query.after, &list->after));
    if (whom->all) return read_assignments(list, 0);
    for (size_t i = 0; i < whom->count; i++) PZ__TRY(read_assignments(list, whom->ids[i]));
    return PZ_OK;
}

static pz_status list_assignments(assignment_list *list, pz_assignment ***out_rows, size_t *out_count)
{
    pz_status status;
    PZ__TRY(pz__whom_find(list->call, PZ_KIND_ASSIGNMENT, list->query.learner, list->query.class_id, &list->whom));
    pz__rows_start(&list->rows, &pz__assignment_type);
    status = read_all(list);
    if (status == PZ_OK)
        status = pz__page_take(&list->rows, compare_assignments, &list->query, list->query.limit, (void ***)out_rows, out_count);
    else
        pz__rows_free(&list->rows);
    if (status == PZ_OK)
        pz__page_note_reads(list->call, &list->whom, (const void *const *)*out_rows, *out_count, offsetof(pz_assignment, learner));
    pz_free(list->after);
    pz__whom_free(&list->whom);
    return status;
}

pz_status pz_assignment_list(pz_actor *actor, const pz_assignment_query *query, pz_assignment ***out_rows, size_t *out_count)
{
    pz__call call;
    assignment_list list = {.call = &call};
    pz_assignment **rows = NULL;
    size_t count = 0;
    PZ__TRY(pz__list_start((void ***)out_rows, out_count));
    if (!actor) return pz__fail_closed("actor");
    PZ__TRY(pz__record_take(&pz__assignment_query_type, query ? query : pz__assignment_query_type.initial, sizeof list.query, &list.query));
    PZ__TRY(pz__page_check_limit(list.query.limit));
    if (list.query.state < 0 || list.query.state > PZ_ASSIGNMENT_DROPPED)
        return pz__fail(PZ_E_INVALID, "state", "pz_assignment_state names them; 0 is any.", "There is no state %d of an assignment.",
                        (int)list.query.state);
    PZ__TRY(pz__call_read(&call, actor));
    return pz__page_end(&call, list_assignments(&list, &rows, &count), (void ***)&rows, &count, (void ***)out_rows, out_count);
}

static pz_status list_history(pz__call *call, pz_id id, pz__rows *rows)
{
    static const char sql[] = "SELECT " PZ__ASSIGNMENT_COLUMNS ", until_change > ?3 FROM assignment WHERE tenant_id = ?1 "
                              "AND assignment_id = ?2 AND since_change <= ?3 ORDER BY since_change";
    pz_assignment *found;
    PZ__TRY(pz__assignment_find(call, PZ__SEE, id, &found));
    pz_free(found);
    return pz__ask_rows(call, sql, id, rows);
}

pz_status pz_assignment_history(pz_actor *actor, pz_id assignment, pz_assignment ***out_rows, size_t *out_count)
{
    pz__rows rows;
    pz__call call;
    PZ__TRY(pz__list_start((void ***)out_rows, out_count));
    PZ__TRY(pz__call_read(&call, actor));
    pz__rows_start(&rows, &pz__assignment_type);
    return pz__call_end_rows(&call, list_history(&call, assignment, &rows), &rows, (void ***)out_rows, out_count);
}
