#include "records/roster/bulk.h"

#include "base/fail.h"
#include "records/roster/tables.h"

static void bind_row(pz__statement *statement, const pz__call *call, int64_t now, const pz_enrollment *row)
{
    pz__bind_int(statement, 1, call->tenant);
    pz__bind_int(statement, 2, row->class_id);
    pz__bind_int(statement, 3, row->person);
    pz__bind_int(statement, 4, row->id);
    pz__bind_int(statement, 5, now);
    pz__bind_int(statement, 6, PZ__CURRENT);
    pz__bind_int(statement, 7, row->role);
    pz__bind_int(statement, 8, row->is_primary);
    pz__bind_date(statement, 9, row->begins_on);
    pz__bind_date(statement, 10, row->ends_on);
}

pz_status pz__enrollment_bulk_add(pz__call *call, const pz_enrollment *rows, size_t count)
{
    static const char sql[] =
        "INSERT INTO enrollment (tenant_id, class_id, person_id, enrollment_id, since_change, until_change, role, is_primary, "
        "begins_on, ends_on) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)";
    int64_t now = pz__change_number(call->change);
    pz__statement *statement;
    for (size_t i = 0; i < count; i++) {
        PZ__TRY(pz__db_statement(call->db, sql, &statement));
        bind_row(statement, call, now, &rows[i]);
        PZ__TRY(pz__db_run(statement));
    }
    return PZ_OK;
}

/* Runs one of two statements with the keys of a version: a version that this very change opened leaves no trace, another is closed. */
static pz_status end_version(pz__call *call, const char *drop, const char *end, pz_id first, pz_id second, pz_id id)
{
    int64_t now = pz__change_number(call->change);
    for (int i = 0; i < 2; i++) {
        pz__statement *statement;
        PZ__TRY(pz__db_statement(call->db, i == 0 ? drop : end, &statement));
        pz__bind_int(statement, 1, call->tenant);
        pz__bind_int(statement, 2, first);
        pz__bind_int(statement, 3, second);
        pz__bind_int(statement, 4, id);
        pz__bind_int(statement, 5, now);
        if (i == 1) pz__bind_int(statement, 6, PZ__CURRENT);
        PZ__TRY(pz__db_run(statement));
        if (pz__db_rows_changed(call->db)) break;
    }
    return PZ_OK;
}

pz_status pz__enrollment_bulk_end(pz__call *call, pz_id class_id, pz_id person, pz_id enrollment)
{
    static const char drop[] =
        "DELETE FROM enrollment WHERE tenant_id = ?1 AND class_id = ?2 AND person_id = ?3 AND enrollment_id = ?4 AND since_change = ?5";
    static const char end[] =
        "UPDATE enrollment SET until_change = ?5 WHERE tenant_id = ?1 AND class_id = ?2 AND person_id = ?3 AND enrollment_id = ?4 "
        "AND until_change = ?6";
    return end_version(call, drop, end, class_id, person, enrollment);
}

pz_status pz__role_bulk_add(pz__call *call, const pz_person_role *role, pz__act act)
{
    PZ__TRY(pz__versioned_insert(call, &pz__person_role_table, role));
    pz__change_note(call->change, PZ_KIND_ROLE, role->id, role->person, act, 1);
    return PZ_OK;
}

pz_status pz__role_bulk_end(pz__call *call, pz_id person, pz_id org, pz_id role, int notes)
{
    static const char drop[] =
        "DELETE FROM person_role WHERE tenant_id = ?1 AND person_id = ?2 AND org_id = ?3 AND role_id = ?4 AND since_change = ?5";
    static const char end[] =
        "UPDATE person_role SET until_change = ?5 WHERE tenant_id = ?1 AND person_id = ?2 AND org_id = ?3 AND role_id = ?4 "
        "AND until_change = ?6";
    if (notes) pz__change_note(call->change, PZ_KIND_ROLE, role, person, PZ__ACT_END, 1);
    return end_version(call, drop, end, person, org, role);
}
