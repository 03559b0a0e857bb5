/* Who sees a goal: by its visibility, as its proposer, as one who supports it. */
#include "base/fail.h"
#include "records/access/visible.h"
#include "records/ask.h"
#include "records/goal/find.h"
#include "records/goal/tables.h"

static int is_by_actor(const pz__call *call, const pz_goal *goal)
{
    pz_id person = pz__call_person(call);
    return person && goal->proposed_by == person && goal->proposed_role == pz__call_role(call);
}

/* By who supports it today, in a view of the past too. */
static pz_status supports(pz__call *call, pz_id goal, int *out_supports)
{
    static const char sql[] = "SELECT 1 FROM goal_supporter WHERE tenant_id = ?1 AND goal_id = ?2 AND person_id = ?4 AND role = ?5 "
                              "AND state IN (1, 2) AND until_change = " PZ__CURRENT_SQL " AND ?3 >= 0";
    pz__statement *statement;
    pz_status status;
    PZ__TRY(pz__ask(call, sql, goal, &statement));
    pz__bind_int(statement, 4, pz__call_person(call));
    pz__bind_int(statement, 5, pz__call_role(call));
    status = pz__db_step(statement, out_supports);
    pz__db_reset(statement);
    return status;
}

static pz_status is_version_seen(pz__call *call, const pz_goal *goal, int *out_seen)
{
    int32_t role = pz__call_role(call);
    *out_seen = pz__goal_is_own(call, goal) || is_by_actor(call, goal);
    if (*out_seen || goal->state == PZ_GOAL_DRAFT || role == PZ_ROLE_LEARNER) return PZ_OK;
    *out_seen = pz__visibility_is_open_to(goal->visibility, role, 0);
    if (*out_seen || goal->visibility == PZ_VISIBLE_SELF || !pz__call_person(call)) return PZ_OK;
    return supports(call, goal->id, out_seen);
}

/* The members that seeing is judged by, of the newest version. */
static pz_status newest(pz__call *call, pz_id id, pz_goal *out_goal, int *out_found)
{
    static const char sql[] = "SELECT learner_id, state, coalesce(visibility, 5), proposed_by, proposed_role FROM goal WHERE tenant_id = ?1 "
                              "AND goal_id = ?2 AND until_change = " PZ__CURRENT_SQL " AND ?3 >= 0";
    pz__statement *statement;
    pz_status status;
    *out_goal = *(const pz_goal *)pz__goal_type.initial;
    PZ__TRY(pz__ask(call, sql, id, &statement));
    status = pz__db_step(statement, out_found);
    if (*out_found) {
        out_goal->id = id;
        out_goal->learner = pz__column_int(statement, 0);
        out_goal->state = (int32_t)pz__column_int(statement, 1);
        out_goal->visibility = (int32_t)pz__column_int(statement, 2);
        out_goal->proposed_by = pz__column_int(statement, 3);
        out_goal->proposed_role = (int32_t)pz__column_int(statement, 4);
    }
    pz__db_reset(statement);
    return status;
}

/* What was narrowed is narrow in all its versions. */
pz_status pz__goal_is_seen(pz__call *call, const pz_goal *goal, int *out_seen)
{
    pz_goal now;
    int found;
    PZ__TRY(is_version_seen(call, goal, out_seen));
    if (!*out_seen || (goal->is_current && !call->is_past)) return PZ_OK;
    PZ__TRY(newest(call, goal->id, &now, &found));
    return found ? is_version_seen(call, &now, out_seen) : PZ_OK;
}

pz_status pz__goal_is_visible(pz__call *call, pz_id id, int *out_visible)
{
    pz_goal now;
    PZ__TRY(newest(call, id, &now, out_visible));
    return *out_visible ? is_version_seen(call, &now, out_visible) : PZ_OK;
}

pz_status pz__goal_each(pz__call *call, pz_id learner, pz__goal_fn each, void *user_data)
{
    static const char sql[] = "SELECT " PZ__GOAL_COLUMNS ", 1 FROM goal WHERE tenant_id = ?1 AND learner_id = ?2 AND since_change <= ?3 "
                              "AND until_change > ?3 ORDER BY goal_id";
    pz__statement *statement;
    pz_goal goal;
    pz_status status;
    int row, seen;
    PZ__TRY(pz__ask(call, sql, learner, &statement));
    while ((status = pz__db_step(statement, &row)) == PZ_OK && row) {
        pz__record_read(&pz__goal_type, statement, 0, &goal);
        if ((status = pz__goal_is_seen(call, &goal, &seen)) != PZ_OK) break;
        if (seen && (status = each(&goal, user_data)) != PZ_OK) break;
    }
    pz__db_reset(statement);
    return status;
}
