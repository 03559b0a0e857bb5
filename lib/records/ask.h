/* Asking for rows: the statement that most reads begin with has the tenant as ?1, an id as ?2 and the change that the call sees as ?3. */
#ifndef PZ_RECORDS_ASK_H
#define PZ_RECORDS_ASK_H

#include "records/access/call.h"
#include "records/versioned.h"

/* Binds the three and gives the statement, ready to be stepped; pz__db_reset() when done. */
pz_status pz__ask(pz__call *call, const char *sql, pz_id of, pz__statement **out_statement);

/* Adds each row, whose columns are those of the description that `rows` began with. */
pz_status pz__ask_rows(pz__call *call, const char *sql, pz_id of, pz__rows *rows);

/* The first row as one block, released with pz_free(); NULL where there is none. The statement of the second is bound already. */
pz_status pz__ask_one(pz__call *call, const pz_record_type *type, const char *sql, pz_id of, void **out_record);
pz_status pz__take_one(const pz_record_type *type, pz__statement *statement, void **out_record);

#endif
