/* What a statement does to the content of the change that is open, as it runs. */
#include <string.h>

#include "base/fail.h"
#include "store/content_plan.h"
#include "store/change.h"

/* ------------------------------------------------------------------------------------------ rows that were met --- */

static pz_status add_end(pz__content *content, const pz__kept_table *table, const pz__value *const *values)
{
    pz__sum sum;
    if (table->until < 0 || values[table->until]->number == PZ__CURRENT) return PZ_OK;
    PZ__TRY(pz__content_hash_end(content, table, values, &sum));
    return pz__content_add(content, values[table->until]->number, &sum);
}

/* Of an earlier change it is a removal. */
static pz_status add_row(pz__content *content, const pz__kept_table *table, const pz__value *const *values)
{
    pz__sum sum;
    PZ__TRY(pz__content_hash_row(content, table, values, &sum));
    if (table->since < 0) {
        pz__content_add_standing(content, &sum);
        return PZ_OK;
    }
    return pz__content_add(content, values[table->since]->number, &sum);
}

/* Sums take back what they were given when it is added again. */
static pz_status meet(const pz__content_plan *plan, pz__content *content, const pz__value **values)
{
    const pz__kept_table *table = plan->table;
    pz_status (*add)(pz__content *, const pz__kept_table *, const pz__value *const *) = plan->column == table->until ? add_end : add_row;
    if (plan->act == PZ__CONTENT_DELETE) {
        PZ__TRY(add_row(content, table, values));
        return add_end(content, table, values);
    }
    PZ__TRY(add(content, table, values));
    values[plan->column] = pz__content_value(plan, &plan->source[0]);
    return add(content, table, values);
}

static void bind(pz__statement *rows, int position, const pz__value *value)
{
    switch (value->type) {
    case PZ__VALUE_NULL: pz__bind_null(rows, position); return;
    case PZ__VALUE_INT: pz__bind_int(rows, position, value->number); return;
    case PZ__VALUE_REAL: pz__bind_real(rows, position, value->real); return;
    case PZ__VALUE_TEXT: pz__bind_text(rows, position, value->bytes, value->length); return;
    case PZ__VALUE_BLOB: pz__bind_blob(rows, position, value->bytes, value->length); return;
    }
}

static pz_status meet_rows(const pz__content_plan *plan, pz__content *content, pz__db *db)
{
    pz__value values[PZ__MOST_COLUMNS];
    const pz__value *places[PZ__MOST_COLUMNS];
    pz__statement *rows;
    pz_status status;
    int row;
    PZ__TRY(pz__db_statement_text(db, plan->rows_sql, &rows));
    for (int i = 1; i <= plan->parameters; i++) bind(rows, i, &plan->bound[i]);
    while ((status = pz__db_step(rows, &row)) == PZ_OK && row) {
        pz__content_read(rows, plan->table, values, places);
        status = meet(plan, content, places);
        if (status != PZ_OK) break;
    }
    pz__db_reset(rows);
    return status;
}

/* ---------------------------------------------------------------------------------------------------- steps --- */

pz_status pz__content_before(pz__statement *statement, pz__content *content)
{
    const pz__content_plan *plan = statement->plan;
    if (plan->act == PZ__CONTENT_INSERT) return PZ_OK;
    if (plan->act == PZ__CONTENT_UNKNOWN)
        return pz__fail(PZ_E_INTERNAL, NULL, "Please report it.", "A statement writes to %s in a form that no change can answer for.",
                        plan->table->name);
    return meet_rows(plan, content, statement->db);
}

pz_status pz__content_after(pz__statement *statement, pz__content *content)
{
    const pz__content_plan *plan = statement->plan;
    if (plan->act != PZ__CONTENT_INSERT || (plan->may_skip && sqlite3_changes64(statement->db->handle) == 0)) return PZ_OK;
    PZ__TRY(add_row(content, plan->table, plan->places));
    return plan->table->until >= 0 ? add_end(content, plan->table, plan->places) : PZ_OK;
}
