#include "records/ask.h"

#include "base/fail.h"

pz_status pz__ask(pz__call *call, const char *sql, pz_id of, pz__statement **out_statement)
{
    PZ__TRY(pz__db_statement(call->db, sql, out_statement));
    pz__bind_int(*out_statement, 1, call->tenant);
    pz__bind_int(*out_statement, 2, of);
    pz__bind_int(*out_statement, 3, call->as_of);
    return PZ_OK;
}

pz_status pz__ask_rows(pz__call *call, const char *sql, pz_id of, pz__rows *rows)
{
    pz__statement *statement;
    PZ__TRY(pz__ask(call, sql, of, &statement));
    return pz__rows_read(rows, statement);
}

pz_status pz__take_one(const pz_record_type *type, pz__statement *statement, void **out_record)
{
    pz__rows rows;
    pz_status status;
    *out_record = NULL;
    pz__rows_start(&rows, type);
    status = pz__rows_read(&rows, statement);
    if (status == PZ_OK && (rows.count || rows.status != PZ_OK)) return pz__rows_take_one(&rows, out_record);
    pz__rows_free(&rows);
    return status;
}

pz_status pz__ask_one(pz__call *call, const pz_record_type *type, const char *sql, pz_id of, void **out_record)
{
    pz__statement *statement;
    *out_record = NULL;
    PZ__TRY(pz__ask(call, sql, of, &statement));
    return pz__take_one(type, statement, out_record);
}
