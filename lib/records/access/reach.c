/* What an actor reaches, as sets, from today's roster. One query a role and set; the table of roles in personalize/access.h is their
 * meaning. Sets are kept in the actor until the roster changes. */
#include <string.h>

#include "base/fail.h"
#include "base/memory.h"
#include "records/access/actor.h"
#include "records/access/reach_sql.h"

/* --------------------------------------------------------------------------------------------------- queries --- */

static const char *sql_of(int32_t role, pz__reach_kind kind)
{
    static const char *const of_learner[] = {FOR_SELF SELECT_LEARNERS, FOR_SELF SELECT_CLASSES, FOR_SELF SELECT_ORGS,
                                             FOR_SELF SELECT_PEOPLE};
    static const char *const of_guardian[] = {FOR_GUARDIAN SELECT_LEARNERS, FOR_GUARDIAN SELECT_CLASSES, FOR_GUARDIAN SELECT_ORGS,
                                              FOR_GUARDIAN SELECT_PEOPLE};
    static const char *const of_teacher[] = {FOR_TEACHER SELECT_LEARNERS, FOR_TEACHER SELECT_CLASSES, FOR_TEACHER SELECT_ORGS,
                                             FOR_TEACHER SELECT_PEOPLE};
    static const char *const of_orgs[] = {FOR_ORGS SELECT_LEARNERS, FOR_ORGS SELECT_CLASSES, FOR_ORGS SELECT_ORGS_AND_BELOW,
                                          FOR_ORGS SELECT_PEOPLE_OF_ORGS};
    switch (role) {
    case PZ_ROLE_LEARNER: return of_learner[kind];
    case PZ_ROLE_GUARDIAN: return of_guardian[kind];
    case PZ_ROLE_TEACHER: return of_teacher[kind];
    default: return of_orgs[kind];
    }
}

static pz_status read_ids(pz__statement *statement, pz__reach_set *set)
{
    size_t capacity = 0;
    pz_status status;
    int row;
    while ((status = pz__db_step(statement, &row)) == PZ_OK && row) {
        status = pz__reserve((void **)&set->ids, &capacity, set->count + 1, sizeof *set->ids);
        if (status != PZ_OK) break;
        set->ids[set->count++] = pz__column_int(statement, 0);
    }
    pz__db_reset(statement);
    return status;
}

static void forget(pz__reach_set *set)
{
    pz__release(set->ids);
    memset(set, 0, sizeof *set);
}

static pz_status make_set(pz__call *call, pz__reach_kind kind, pz__reach_set *set)
{
    pz__statement *statement;
    pz_status status;
    PZ__TRY(pz__db_statement(call->db, sql_of(pz__call_role(call), kind), &statement));
    pz__bind_int(statement, 1, call->tenant);
    pz__bind_int(statement, 2, pz__call_person(call));
    pz__bind_int(statement, 3, call->present_day);
    pz__bind_int(statement, 4, pz__call_role(call));
    status = read_ids(statement, set);
    if (status != PZ_OK)
        forget(set);
    else
        set->is_known = 1;
    return status;
}

static pz_status reach(pz__call *call, pz__reach_kind kind, pz__reach *out_reach)
{
    pz__reach_set *set = &call->actor->reach[kind];
    memset(out_reach, 0, sizeof *out_reach);
    out_reach->all = pz__call_role(call) == PZ_ROLE_SERVICE;
    if (out_reach->all) return PZ_OK;
    if (!set->is_known) PZ__TRY(make_set(call, kind, set));
    out_reach->ids = set->ids;
    out_reach->count = set->count;
    return PZ_OK;
}

pz_status pz__reach_learners(pz__call *call, pz__reach *out_reach)
{
    return reach(call, PZ__REACH_LEARNERS, out_reach);
}
pz_status pz__reach_classes(pz__call *call, pz__reach *out_reach)
{
    return reach(call, PZ__REACH_CLASSES, out_reach);
}
pz_status pz__reach_orgs(pz__call *call, pz__reach *out_reach)
{
    return reach(call, PZ__REACH_ORGS, out_reach);
}
pz_status pz__reach_people(pz__call *call, pz__reach *out_reach)
{
    return reach(call, PZ__REACH_PEOPLE, out_reach);
}

int pz__reach_has(const pz__reach *reach_set, pz_id id)
{
    size_t from = 0, to = reach_set->count;
    if (reach_set->all) return 1;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (reach_set->ids[middle] == id) return 1;
        if (reach_set->ids[middle] < id)
            from = middle + 1;
        else
            to = middle;
    }
    return 0;
}

/* --------------------------------------------------------------------------------------------------- keeping --- */

void pz__reach_forget(pz_actor *actor)
{
    for (int kind = 0; kind < PZ__REACH_KINDS; kind++) forget(&actor->reach[kind]);
}

/* Orgs, classes, people, enrollments, guardianships and roles decide on reach. */
static pz_status roster_changed_since(pz__call *call, int64_t change, int *out_changed)
{
    static const char sql[] =
        "SELECT 1 FROM change_item WHERE tenant_id = ?1 AND change_id > ?2 AND kind IN (1, 4, 5, 6, 7, 23) AND act <> 4 LIMIT 1";
    pz__statement *statement;
    pz_status status;
    *out_changed = 1;
    PZ__TRY(pz__db_statement(call->db, sql, &statement));
    pz__bind_int(statement, 1, call->tenant);
    pz__bind_int(statement, 2, change);
    status = pz__db_step(statement, out_changed);
    pz__db_reset(statement);
    return status;
}

static int knows_any(const pz_actor *actor)
{
    for (int kind = 0; kind < PZ__REACH_KINDS; kind++)
        if (actor->reach[kind].is_known) return 1;
    return 0;
}

/* A change that is open has its items in memory only: until it is over nothing is taken over from call to call. */
pz_status pz__reach_refresh(pz__call *call)
{
    pz_actor *actor = call->actor;
    int changed = call->present < actor->reach_change || call->present_day != actor->reach_day || pz__change_is_joined(call->store);
    if (!changed && knows_any(actor) && call->present > actor->reach_change)
        PZ__TRY(roster_changed_since(call, actor->reach_change, &changed));
    if (changed) pz__reach_forget(actor);
    actor->reach_change = call->change || pz__change_is_joined(call->store) ? call->present - 1 : call->present;
    actor->reach_day = call->present_day;
    return PZ_OK;
}
