#include "records/recommend/earlier.h"

#include <math.h>
#include <string.h>

#include "base/fail.h"
#include "base/memory.h"

/* A meeting counts half as much for each recommendation that was accepted after it. */
#define DECAY 0.5

/* Members of the last recommendations, the newest of these first. What was accepted cannot change any more. */
static pz_status select_members(pz__call *call, const pz_grouping_request *request, pz__statement **out_statement)
{
    static const char sql[] =
        "SELECT r.recommendation_id, m.learner_id, m.group_no FROM (SELECT recommendation_id, version FROM recommendation "
        "WHERE tenant_id = ?1 AND class_id = ?2 AND state = ?4 AND since_change <= ?3 AND until_change > ?3 "
        "ORDER BY version DESC, recommendation_id DESC LIMIT ?5) r JOIN recommended_member m ON m.tenant_id = ?1 "
        "AND m.recommendation_id = r.recommendation_id AND m.since_change <= ?3 AND m.until_change > ?3 "
        "ORDER BY r.version DESC, r.recommendation_id DESC, m.learner_id";
    PZ__TRY(pz__db_statement(call->db, sql, out_statement));
    pz__bind_int(*out_statement, 1, call->tenant);
    pz__bind_int(*out_statement, 2, request->class_id);
    pz__bind_int(*out_statement, 3, call->as_of);
    pz__bind_int(*out_statement, 4, PZ_RECOMMENDATION_ACCEPTED);
    pz__bind_int(*out_statement, 5, request->earlier);
    return PZ_OK;
}

/* Fills columns from the last one to the first; `most` is how many there is room for. */
static pz_status fill(pz__call *call, const pz__grouping_ask *ask, size_t most, pz__earlier *earlier)
{
    pz__statement *statement;
    pz_status status;
    pz_id at = 0;
    int row;
    PZ__TRY(select_members(call, &ask->request, &statement));
    while ((status = pz__db_step(statement, &row)) == PZ_OK && row) {
        pz_id recommendation = pz__column_int(statement, 0);
        size_t place = pz__grouping_ask_place(ask, pz__column_int(statement, 1));
        if (recommendation != at) earlier->count++;
        at = recommendation;
        if (place < ask->learner_count) earlier->groups[place * most + most - earlier->count] = (double)pz__column_int(statement, 2);
    }
    pz__db_reset(statement);
    return status;
}

pz_status pz__earlier_read(pz__call *call, const pz__grouping_ask *ask, pz__earlier *out_earlier)
{
    size_t most = (size_t)ask->request.earlier;
    memset(out_earlier, 0, sizeof *out_earlier);
    out_earlier->learners = ask->learner_count;
    if (!most) return PZ_OK;
    out_earlier->groups = pz__alloc(ask->learner_count * most * sizeof *out_earlier->groups);
    if (!out_earlier->groups) return pz__fail_memory();
    for (size_t i = 0; i < ask->learner_count * most; i++) out_earlier->groups[i] = PZ_REAL_NONE;
    pz_status status = fill(call, ask, most, out_earlier);
    size_t count = out_earlier->count;
    for (size_t i = 0; i < ask->learner_count && count; i++)
        memmove(out_earlier->groups + i * count, out_earlier->groups + i * most + most - count, count * sizeof *out_earlier->groups);
    if (status != PZ_OK) pz__earlier_free(out_earlier);
    return status;
}

void pz__earlier_free(pz__earlier *earlier)
{
    pz__release(earlier->groups);
    memset(earlier, 0, sizeof *earlier);
}

pz_status pz__earlier_add(pz_grouping_problem *problem, const pz_grouping_request *request, const pz__earlier *earlier)
{
    if (!earlier->count) return PZ_OK;
    if (request->earlier_most >= 0)
        PZ__TRY(pz_grouping_add_earlier_cap(problem, "earlier", earlier->groups, earlier->learners, earlier->count, request->earlier_most));
    if (request->earlier_weight == 0) return PZ_OK;
    return pz_grouping_add_earlier(problem, "earlier", earlier->groups, earlier->learners, earlier->count, DECAY, request->earlier_weight);
}

pz_status pz__earlier_need_kept(const pz_grouping_result *result, const pz__grouping_ask *ask)
{
    pz_grouping_check **rows;
    size_t count;
    int holds = 1;
    if (ask->request.earlier_most < 0) return PZ_OK;
    PZ__TRY(pz_grouping_check_list(result, &rows, &count));
    for (size_t i = 0; i < count; i++)
        if (rows[i]->kind == PZ_CONSTRAINT_EARLIER) holds &= rows[i]->holds != 0;
    pz_free(rows);
    if (holds) return PZ_OK;
    return pz__fail(PZ_E_INFEASIBLE, "moves", "Move one of them to another group.",
                    "The rule that nobody is again with whom they were in a group more than %d times would be broken.",
                    (int)ask->request.earlier_most);
}
