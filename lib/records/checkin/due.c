#include "records/checkin/due.h"

#include "base/clock.h"
#include "base/fail.h"
#include "base/memory.h"
#include "personalize/cycle.h"
#include "records/ask.h"
#include "records/checkin/see.h"
#include "records/checkin/tables.h"
#include "records/listing.h"

pz_date pz__month_after(pz_date day)
{
    int year, month, of_month;
    pz_date after = PZ_DATE_NONE;
    pz__date_to_civil(day, &year, &month, &of_month);
    if (++month > 12) {
        month = 1;
        year++;
    }
    while (after == PZ_DATE_NONE && of_month > 0) after = pz__date_from_civil(year, month, of_month--);
    return after == PZ_DATE_NONE ? day : after;
}

/* ---------------------------------------------------------------------------------------------------- what holds --- */

typedef struct rhythm {
    int32_t rhythm; /* 0: none */
    pz_date starts_on;
    pz_date opens_on; /* of the cycle */
    pz_date closes_on;
} rhythm;

static pz_status find_schedule(pz__call *call, pz_id scope, rhythm *r)
{
    static const char sql[] =
        "SELECT rhythm, starts_on FROM checkin_schedule WHERE tenant_id = ?1 AND scope_id = ?2 AND since_change <= ?3 "
        "AND until_change > ?3";
    pz__statement *statement;
    pz_status status;
    int row;
    r->rhythm = 0;
    PZ__TRY(pz__ask(call, sql, scope, &statement));
    status = pz__db_step(statement, &row);
    if (row) {
        r->rhythm = (int32_t)pz__column_int(statement, 0);
        r->starts_on = pz__column_date(statement, 1);
    }
    pz__db_reset(statement);
    return status;
}

/* The newest cycle of a class, or of an org above it, that has opened. */
static pz_status look_at_cycle(pz__call *call, pz_id class_id, pz_id org, rhythm *r)
{
    static const char sql[] =
        "SELECT opens_on, closes_on FROM cycle WHERE tenant_id = ?1 AND (class_id = ?2 OR (class_id IS NULL AND org_id = ?3)) "
        "AND opens_on <= ?4 AND since_change <= ?5 AND until_change > ?5 ORDER BY opens_on DESC LIMIT 1";
    pz__statement *statement;
    pz_date opens;
    pz_status status;
    int row;
    PZ__TRY(pz__db_statement(call->db, sql, &statement));
    pz__bind_int(statement, 1, call->tenant);
    pz__bind_int(statement, 2, class_id);
    pz__bind_int(statement, 3, org);
    pz__bind_int(statement, 4, call->today);
    pz__bind_int(statement, 5, call->as_of);
    status = pz__db_step(statement, &row);
    opens = row ? pz__column_date(statement, 0) : PZ_DATE_NONE;
    if (row && opens > r->opens_on) {
        r->opens_on = opens;
        r->closes_on = pz__column_date(statement, 1);
    }
    pz__db_reset(statement);
    return status;
}

static pz_status find_cycle(pz__call *call, const pz__org_tree *tree, pz_id class_id, pz_id org, rhythm *r)
{
    r->opens_on = r->closes_on = PZ_DATE_NONE;
    PZ__TRY(look_at_cycle(call, class_id, 0, r));
    for (size_t steps = 0; org && steps <= tree->count; steps++, org = pz__org_tree_parent(tree, org))
        PZ__TRY(look_at_cycle(call, 0, org, r));
    return PZ_OK;
}

/* That of the class, or of the nearest org above. */
static pz_status find_rhythm(pz__call *call, const pz__org_tree *tree, pz_id class_id, pz_id org, rhythm *r)
{
    pz_id above = org;
    PZ__TRY(find_schedule(call, class_id, r));
    for (size_t steps = 0; !r->rhythm && above && steps <= tree->count; steps++, above = pz__org_tree_parent(tree, above))
        PZ__TRY(find_schedule(call, above, r));
    return r->rhythm == PZ_RHYTHM_EACH_CYCLE ? find_cycle(call, tree, class_id, org, r) : PZ_OK;
}

/* ---------------------------------------------------------------------------------------------------- of a learner --- */

typedef struct past {
    pz_date held_on;    /* the last one */
    pz_date planned_on; /* the first one that is planned */
    pz_id planned;
} past;

static pz_status look_back(pz__call *call, pz_id learner, past *p)
{
    static const char sql[] = "SELECT checkin_id, state, due_on, held_at FROM checkin WHERE tenant_id = ?1 AND learner_id = ?2 "
                              "AND state IN (1, 2) AND since_change <= ?3 AND until_change > ?3";
    pz__statement *statement;
    pz_status status;
    int row;
    *p = (past){PZ_DATE_NONE, PZ_DATE_NONE, 0};
    PZ__TRY(pz__ask(call, sql, learner, &statement));
    while ((status = pz__db_step(statement, &row)) == PZ_OK && row) {
        int is_held = pz__column_int(statement, 1) == PZ_CHECKIN_HELD;
        pz_date day = is_held ? pz__store_date(call->store, pz__column_time(statement, 3)) : pz__column_date(statement, 2);
        if (is_held && day > p->held_on) p->held_on = day;
        if (!is_held && (!p->planned || day < p->planned_on)) {
            p->planned_on = day;
            p->planned = pz__column_int(statement, 0);
        }
    }
    pz__db_reset(statement);
    return status;
}

/* The day by which the schedule asks for the next one; PZ_DATE_NONE where it asks for none. */
static pz_date asked_for(const rhythm *r, const past *p)
{
    if (r->rhythm == PZ_RHYTHM_MONTHLY) return p->held_on == PZ_DATE_NONE ? r->starts_on : pz__month_after(p->held_on);
    if (r->rhythm != PZ_RHYTHM_EACH_CYCLE || r->closes_on == PZ_DATE_NONE) return PZ_DATE_NONE;
    return p->held_on != PZ_DATE_NONE && p->held_on >= r->opens_on ? PZ_DATE_NONE : r->closes_on;
}

static pz_date earlier(pz_date a, pz_date b)
{
    if (a == PZ_DATE_NONE || b == PZ_DATE_NONE) return a == PZ_DATE_NONE ? b : a;
    return a < b ? a : b;
}

static pz_status tell_learner(pz__call *call, const rhythm *r, pz_overdue_checkin *told, pz_date until, pz__overdue_fn each,
                              void *user_data)
{
    past p;
    int sees = 0;
    PZ__TRY(look_back(call, told->learner, &p));
    told->due_on = earlier(p.planned_on, asked_for(r, &p));
    if (told->due_on == PZ_DATE_NONE || told->due_on > until) return PZ_OK;
    if (p.planned) PZ__TRY(pz__checkin_is_visible(call, p.planned, 0, &sees));
    told->checkin = sees ? p.planned : 0;
    told->days = call->today - told->due_on;
    return each(told, user_data);
}

static pz_status tell_class(pz__call *call, const pz__scope *scope, size_t place, pz_date until, pz__overdue_fn each, void *user_data)
{
    pz_overdue_checkin told = {sizeof told, scope->class_orgs[place], scope->classes[place], 0, 0, 0, 0};
    rhythm r;
    pz_id *learners;
    size_t count;
    pz_status status;
    PZ__TRY(find_rhythm(call, &scope->tree, told.class_id, told.org, &r));
    PZ__TRY(pz__class_learners(call, told.class_id, &learners, &count));
    status = PZ_OK;
    for (size_t i = 0; i < count && status == PZ_OK; i++) {
        told.learner = learners[i];
        status = tell_learner(call, &r, &told, until, each, user_data);
    }
    pz__release(learners);
    return status;
}

pz_status pz__checkin_each_due(pz__call *call, const pz__scope *scope, pz_date until, pz__overdue_fn each, void *user_data)
{
    for (size_t i = 0; i < scope->class_count; i++) PZ__TRY(tell_class(call, scope, i, until, each, user_data));
    return PZ_OK;
}

/* --------------------------------------------------------------------------------------------------------- listing --- */

static pz_status add_row(const pz_overdue_checkin *overdue, void *user_data)
{
    pz__rows_add(user_data, overdue);
    return PZ_OK;
}

static pz_status list(pz__call *call, pz_id org, pz_id class_id, pz__rows *rows)
{
    pz__scope scope;
    pz_status status = pz__scope_find(call, PZ_KIND_CHECKIN, org, class_id, &scope);
    if (status == PZ_OK) status = pz__checkin_each_due(call, &scope, call->today - 1, add_row, rows);
    for (size_t i = 0; status == PZ_OK && i < scope.class_count; i++) pz__call_read_class(call, PZ_KIND_CHECKIN, scope.classes[i]);
    pz__scope_free(&scope);
    return status;
}

pz_status pz_checkin_overdue_list(pz_actor *actor, pz_id org, pz_id class_id, pz_overdue_checkin ***out_rows, size_t *out_count)
{
    pz__rows rows;
    pz__call call;
    PZ__TRY(pz__list_start((void ***)out_rows, out_count));
    PZ__TRY(pz__call_read(&call, actor));
    pz__rows_start(&rows, &pz__overdue_checkin_type);
    return pz__call_end_rows(&call, list(&call, org, class_id, &rows), &rows, (void ***)out_rows, out_count);
}
