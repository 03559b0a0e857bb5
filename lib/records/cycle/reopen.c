/* Closed cycles that are opened again. */
#include <string.h>

#include "base/fail.h"
#include "base/memory.h"
#include "base/text.h"
#include "records/ask.h"
#include "records/cycle/find.h"
#include "records/evidence/learning_tables.h"
#include "records/listing.h"
#include "records/writing.h"

/* Each reopening is a version of the one row that the cycle has here, so that all of them stay. */
static pz_status supersede(pz__call *call, pz_id cycle)
{
    static const char sql[] =
        "UPDATE cycle_reopening SET until_change = ?3 WHERE tenant_id = ?1 AND cycle_id = ?2 AND until_change = 9223372036854775807";
    pz__statement *statement;
    PZ__TRY(pz__db_statement(call->db, sql, &statement));
    pz__bind_int(statement, 1, call->tenant);
    pz__bind_int(statement, 2, cycle);
    pz__bind_int(statement, 3, pz__change_number(call->change));
    return pz__db_run(statement);
}

static pz_status insert(pz__call *call, const pz_cycle *cycle, const char *reason, size_t reason_len)
{
    static const char sql[] =
        "INSERT INTO cycle_reopening (tenant_id, cycle_id, since_change, until_change, closed_change, reason, acted_by, acted_role, "
        "acted_at) VALUES (?1, ?2, ?3, 9223372036854775807, ?4, ?5, ?6, ?7, ?8)";
    pz__statement *statement;
    PZ__TRY(pz__db_statement(call->db, sql, &statement));
    pz__bind_int(statement, 1, call->tenant);
    pz__bind_int(statement, 2, cycle->id);
    pz__bind_int(statement, 3, pz__change_number(call->change));
    pz__bind_int(statement, 4, cycle->closed_change);
    pz__bind_text(statement, 5, reason, reason_len);
    pz__bind_id(statement, 6, pz__call_person(call));
    pz__bind_int(statement, 7, pz__call_role(call));
    pz__bind_time(statement, 8, pz__change_time(call->change));
    return pz__db_run(statement);
}

static pz_status reopen(pz__call *call, pz_id id, const char *reason, size_t reason_len)
{
    pz_cycle *cycle;
    pz_status status;
    PZ__TRY(pz__cycle_find(call, PZ__WRITE, id, &cycle));
    status = pz__cycle_need_state(cycle, PZ_CYCLE_CLOSED, PZ_CYCLE_CLOSED);
    if (status == PZ_OK) status = supersede(call, id);
    if (status == PZ_OK) status = insert(call, cycle, reason, reason_len);
    if (status == PZ_OK) status = pz__cycle_move(call, cycle, PZ_CYCLE_REOPENED);
    pz_free(cycle);
    return status;
}

pz_status pz_cycle_reopen(pz_actor *actor, pz_id cycle, const char *reason, size_t reason_len, const char *key)
{
    pz__buffer request = PZ__BUFFER_INIT;
    pz__call call;
    if (!actor) return pz__fail_closed("actor");
    PZ__TRY(pz__text_need(reason, reason_len, (size_t)pz_limit(PZ_LIMIT_TEXT), "reason", &reason_len));
    pz__request_int(&request, cycle);
    pz__request_text(&request, reason, reason_len);
    PZ__TRY(pz__write_start(&call, actor, "cycle.reopen", key, &request));
    return pz__call_end(&call, call.repeated ? PZ_OK : reopen(&call, cycle, reason, reason_len));
}

static pz_status list(pz__call *call, pz_id id, pz__rows *rows)
{
    static const char sql[] = "SELECT cycle_id, since_change, closed_change, reason, acted_by, acted_role, acted_at FROM cycle_reopening "
                              "WHERE tenant_id = ?1 AND cycle_id = ?2 AND since_change <= ?3 ORDER BY since_change";
    pz_cycle *cycle;
    PZ__TRY(pz__cycle_find(call, PZ__SEE, id, &cycle));
    pz_free(cycle);
    return pz__ask_rows(call, sql, id, rows);
}

pz_status pz_cycle_reopening_list(pz_actor *actor, pz_id cycle, pz_cycle_reopening ***out_rows, size_t *out_count)
{
    pz__rows rows;
    pz__call call;
    PZ__TRY(pz__list_start((void ***)out_rows, out_count));
    PZ__TRY(pz__call_read(&call, actor));
    pz__rows_start(&rows, &pz__cycle_reopening_type);
    return pz__call_end_rows(&call, list(&call, cycle, &rows), &rows, (void ***)out_rows, out_count);
}
