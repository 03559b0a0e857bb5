/* Goals read: one, many, every version, who supports them, what shows them. */
#include "base/fail.h"
#include "base/memory.h"
#include "records/goal_find.h"
#include "records/learning_tables.h"
#include "records/listing.h"
#include "records/whom.h"

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

static pz_status read_goals(pz__call *call, const pz_goal_query *query, const pz__whom *whom, pz_id learner, pz__rows *rows)
{
#define WANTED                                                                                                                             \
    " AND since_change <= ?3 AND until_change > ?3 AND (?4 = 0 OR state = ?4) AND (?5 IS NULL OR due_on <= ?5) "                           \
    "AND (?6 = 0 OR EXISTS (SELECT 1 FROM goal_supporter s WHERE s.tenant_id = ?1 AND s.goal_id = goal.goal_id AND s.person_id = ?6 "      \
    "AND s.state IN (1, 2) AND s.since_change <= ?3 AND s.until_change > ?3))"
    static const char one[] =
        "SELECT " PZ__GOAL_COLUMNS ", 1 FROM goal WHERE tenant_id = ?1 AND learner_id = ?2" WANTED " ORDER BY goal_id";
    static const char all[] =
        "SELECT " PZ__GOAL_COLUMNS ", 1 FROM goal WHERE tenant_id = ?1 AND ?2 = 0" WANTED " ORDER BY learner_id, goal_id";
    pz__statement *statement;
    pz_goal goal;
    pz_id last = 0;
    pz_status status;
    int row;
    PZ__TRY(pz__db_statement(call->db, learner ? one : all, &statement));
    pz__bind_int(statement, 1, call->tenant);
    pz__bind_int(statement, 2, learner);
    pz__bind_int(statement, 3, call->as_of);
    pz__bind_int(statement, 4, query->state);
    pz__bind_date(statement, 5, query->due_until);
    pz__bind_int(statement, 6, query->supporter);
    while ((status = pz__db_step(statement, &row)) == PZ_OK && row) {
        pz__record_read(&pz__goal_type, statement, 0, &goal);
        pz__rows_add(rows, &goal);
        if (goal.learner != last) pz__whom_read_learner(call, whom, last = goal.learner);
    }
    pz__db_reset(statement);
    return status;
}

static pz_status list(pz__call *call, const pz_goal_query *query, pz__rows *rows)
{
    pz__whom whom;
    pz_status status = PZ_OK;
    PZ__TRY(pz__whom_find(call, PZ_KIND_GOAL, query->learner, query->class_id, &whom));
    pz__whom_read_class(call, &whom);
    if (whom.all) status = read_goals(call, query, &whom, 0, rows);
    for (size_t i = 0; i < whom.count && status == PZ_OK; i++) status = read_goals(call, query, &whom, whom.ids[i], rows);
    pz__whom_free(&whom);
    return status;
}

pz_status pz_goal_list(pz_actor *actor, const pz_goal_query *query, pz_goal ***out_rows, size_t *out_count)
{
    pz_goal_query taken;
    pz__rows rows;
    pz__call call;
    PZ__TRY(pz__list_start((void ***)out_rows, out_count));
    if (!actor) return pz__fail_closed("actor");
    PZ__TRY(pz__record_take(&pz__goal_query_type, query ? query : pz__goal_query_type.initial, sizeof taken, &taken));
    if (taken.state < 0 || taken.state > PZ_GOAL_DROPPED)
        return pz__fail(PZ_E_INVALID, "state", "pz_goal_state names the states; 0 is any.", "There is no state %d of a goal.",
                        (int)taken.state);
    PZ__TRY(pz__call_read(&call, actor));
    pz__rows_start(&rows, &pz__goal_type);
    return pz__call_end_rows(&call, list(&call, &taken, &rows), &rows, (void ***)out_rows, out_count);
}

/* ---------------------------------------------------------------------------------------------- of one goal --- */

typedef struct part {
    const pz_record_type *type;
    const char *sql; /* ?1 tenant, ?2 the goal, ?3 the change that is seen */
} part;

static pz_status read_part(pz__call *call, const part *what, pz_id id, pz__rows *rows)
{
    pz__statement *statement;
    pz_goal *goal;
    PZ__TRY(pz__goal_find(call, PZ__SEE, id, &goal));
    pz__call_read_learner(call, PZ_KIND_GOAL, goal->learner);
    pz_free(goal);
    PZ__TRY(pz__db_statement(call->db, what->sql, &statement));
    pz__bind_int(statement, 1, call->tenant);
    pz__bind_int(statement, 2, id);
    pz__bind_int(statement, 3, call->as_of);
    return pz__rows_read(rows, statement);
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

pz_status pz_goal_history(pz_actor *actor, pz_id goal, pz_goal ***out_rows, size_t *out_count)
{
    static const part versions = {&pz__goal_type,
                                  "SELECT " PZ__GOAL_COLUMNS ", until_change > ?3 FROM goal WHERE tenant_id = ?1 AND goal_id = ?2 "
                                  "AND since_change <= ?3 ORDER BY since_change"};
    return give_part(actor, &versions, goal, (void ***)out_rows, out_count);
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
