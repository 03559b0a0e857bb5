#include "records/versioned.h"

#include <string.h>

#include "base/fail.h"
#include "base/memory.h"

/* ----------------------------------------------------------------------------------------------- comparing --- */

static int same_bytes(const void *a, const void *b, size_t size)
{
    return memcmp(a, b, size) == 0;
}

static int same_text(const pz_field *field, const char *record, pz__statement *row, int column)
{
    const char *text, *kept;
    size_t length = PZ_NUL_TERMINATED, kept_length;
    memcpy(&text, record + field->offset, sizeof text);
    if (field->length_offset) memcpy(&length, record + field->length_offset, sizeof length);
    kept = pz__column_text(row, column, &kept_length);
    if (!text || !kept) return !text && !kept;
    if (length == PZ_NUL_TERMINATED) length = strlen(text);
    return length == kept_length && same_bytes(text, kept, length);
}

static int same_member(const pz_field *field, const char *record, pz__statement *row, int column)
{
    const char *member = record + field->offset;
    int64_t wide;
    int32_t narrow;
    double real, kept;
    switch ((pz_field_type)field->type) {
    case PZ_FIELD_TEXT: return same_text(field, record, row, column);
    case PZ_FIELD_REAL:
        memcpy(&real, member, sizeof real);
        kept = pz__column_real(row, column);
        return real == kept || (isnan(real) && isnan(kept));
    case PZ_FIELD_DATE: narrow = pz__column_date(row, column); return same_bytes(member, &narrow, sizeof narrow);
    case PZ_FIELD_INT:
    case PZ_FIELD_BOOL:
    case PZ_FIELD_ENUM: narrow = (int32_t)pz__column_int(row, column); return same_bytes(member, &narrow, sizeof narrow);
    case PZ_FIELD_TIME: wide = pz__column_time(row, column); return same_bytes(member, &wide, sizeof wide);
    case PZ_FIELD_ID:
    case PZ_FIELD_BIGINT: break;
    }
    wide = pz__column_int(row, column);
    return same_bytes(member, &wide, sizeof wide);
}

static int same_record(const pz__table *table, const void *record, pz__statement *row, int first_column)
{
    for (uint32_t i = 0; i + table->uncompared < table->type->field_count; i++)
        if (!same_member(&table->type->fields[i], record, row, first_column + (int)i)) return 0;
    return 1;
}

/* ------------------------------------------------------------------------------------------------- finding --- */

static pz_status keyed(pz__call *call, const pz__table *table, const char *sql, const void *record, pz__statement **out_statement)
{
    PZ__TRY(pz__db_statement(call->db, sql, out_statement));
    pz__bind_int(*out_statement, 1, call->tenant);
    pz__record_bind(table->type, record, 0, table->keys, *out_statement, 2);
    return PZ_OK;
}

pz_status pz__versioned_find(pz__call *call, const pz__table *table, const void *record, int *out_found, int64_t *out_since)
{
    pz__statement *statement;
    pz_status status;
    *out_found = 0;
    if (out_since) *out_since = 0;
    PZ__TRY(keyed(call, table, table->find_sql, record, &statement));
    status = pz__db_step(statement, out_found);
    if (*out_found && out_since) *out_since = pz__column_int(statement, 0);
    pz__db_reset(statement);
    return status;
}

pz_status pz__versioned_list(pz__call *call, const pz__table *table, const void *record, pz__rows *rows)
{
    pz__statement *statement;
    pz_status status;
    int row;
    void *found = pz__alloc(table->type->record_size);
    if (!found) return pz__fail_memory();
    status = keyed(call, table, table->seen_sql, record, &statement);
    if (status == PZ_OK) {
        pz__bind_int(statement, 4, call->as_of);
        status = pz__db_step(statement, &row);
        if (row) {
            pz__record_read(table->type, statement, 1, found);
            pz__rows_add(rows, found);
        }
        pz__db_reset(statement);
    }
    pz__release(found);
    return status;
}

/* ------------------------------------------------------------------------------------------------- writing --- */

pz_status pz__versioned_insert(pz__call *call, const pz__table *table, const void *record)
{
    pz__statement *statement;
    PZ__TRY(pz__db_statement(call->db, table->insert_sql, &statement));
    pz__bind_int(statement, 1, call->tenant);
    pz__bind_int(statement, 2, pz__change_number(call->change));
    pz__record_bind(table->type, record, 0, table->type->field_count, statement, 3);
    return pz__db_run(statement);
}

/* What this same change wrote was never seen by anybody: it goes. */
pz_status pz__versioned_supersede(pz__call *call, const pz__table *table, const void *record, int64_t since)
{
    int64_t number = pz__change_number(call->change);
    pz__statement *statement;
    PZ__TRY(keyed(call, table, since == number ? table->drop_sql : table->close_sql, record, &statement));
    pz__bind_int(statement, 4, number);
    return pz__db_run(statement);
}

static pz_id id_member(const pz__table *table, const void *record, int32_t member)
{
    pz_id id;
    if (member < 0) return 0;
    memcpy(&id, (const char *)record + table->type->fields[member].offset, sizeof id);
    return id;
}

static void note(pz__call *call, const pz__table *table, const void *record, pz__act act)
{
    pz__change_note(call->change, table->kind, id_member(table, record, table->record), id_member(table, record, table->learner), act, 1);
}

static pz_status compare(pz__call *call, const pz__table *table, const void *record, pz__outcome *out_outcome, int64_t *out_since)
{
    pz__statement *statement;
    pz_status status;
    int found;
    PZ__TRY(keyed(call, table, table->find_sql, record, &statement));
    status = pz__db_step(statement, &found);
    *out_outcome = !found ? PZ__NEW : same_record(table, record, statement, 1) ? PZ__SAME : PZ__CHANGED;
    *out_since = found ? pz__column_int(statement, 0) : 0;
    pz__db_reset(statement);
    return status;
}

pz_status pz__versioned_write(pz__call *call, const pz__table *table, const void *record, pz__outcome *out_outcome)
{
    int64_t since;
    PZ__TRY(compare(call, table, record, out_outcome, &since));
    if (*out_outcome == PZ__SAME || !call->change) return PZ_OK;
    if (*out_outcome == PZ__CHANGED) PZ__TRY(pz__versioned_supersede(call, table, record, since));
    PZ__TRY(pz__versioned_insert(call, table, record));
    note(call, table, record, *out_outcome == PZ__NEW ? PZ__ACT_ADD : PZ__ACT_REVISE);
    return PZ_OK;
}

/* --------------------------------------------------------------------------------------------------- ending --- */

static pz_status close_version(pz__call *call, const pz__table *table, const void *record, int64_t since)
{
    PZ__TRY(pz__versioned_supersede(call, table, record, since));
    note(call, table, record, PZ__ACT_END);
    return PZ_OK;
}

static pz_status write_ended(pz__call *call, const pz__table *table, const void *record, int64_t since)
{
    PZ__TRY(pz__versioned_supersede(call, table, record, since));
    PZ__TRY(pz__versioned_insert(call, table, record));
    note(call, table, record, PZ__ACT_END);
    return PZ_OK;
}

/* The whole current version, kept while it is superseded: its texts are those of the row that stands in the statement. */
static pz_status end_current(pz__call *call, const pz__table *table, pz__statement *row, void *record, pz__outcome *out_outcome)
{
    int64_t since = pz__column_int(row, 0);
    int32_t ended = 1;
    pz__record_read(table->type, row, 1, record);
    if (table->ended >= 0) {
        char *member = (char *)record + table->type->fields[table->ended].offset;
        memcpy(&ended, member, sizeof ended);
        if (ended) return PZ_OK;
        ended = 1;
        memcpy(member, &ended, sizeof ended);
    }
    *out_outcome = PZ__CHANGED;
    if (!call->change) return PZ_OK;
    return table->ended >= 0 ? write_ended(call, table, record, since) : close_version(call, table, record, since);
}

pz_status pz__versioned_end(pz__call *call, const pz__table *table, const void *record, pz__outcome *out_outcome)
{
    void *current = pz__alloc(table->type->record_size);
    pz__statement *statement;
    pz_status status;
    int found;
    *out_outcome = PZ__SAME;
    if (!current) return pz__fail_memory();
    status = keyed(call, table, table->find_sql, record, &statement);
    if (status == PZ_OK) {
        status = pz__db_step(statement, &found);
        if (found) status = end_current(call, table, statement, current, out_outcome);
        pz__db_reset(statement);
    }
    pz__release(current);
    return status;
}
