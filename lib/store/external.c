#include "store/external.h"

#include <string.h>

#include "base/fail.h"
#include "base/memory.h"
#include "base/text.h"
#include "store/state.h"

/* ------------------------------------------------------------------------------------------------- sources --- */

/* Source systems are few: they are looked through. */
static pz_status find_source(pz_store *store, const char *name, size_t length, int32_t *out_number)
{
    static const char sql[] = "SELECT source_no FROM source WHERE tenant_id = ?1 AND name = ?2";
    pz__statement *statement;
    pz_status status;
    int row;
    *out_number = 0;
    PZ__TRY(pz__db_statement(store->db, sql, &statement));
    pz__bind_int(statement, 1, PZ__TENANT);
    pz__bind_text(statement, 2, name, length);
    status = pz__db_step(statement, &row);
    if (row) *out_number = (int32_t)pz__column_int(statement, 0);
    pz__db_reset(statement);
    return status;
}

static pz_status make_source(pz_store *store, const char *name, size_t length, int32_t *out_number)
{
    static const char sql[] = "INSERT INTO source (tenant_id, source_no, name) VALUES (?1, ?2, ?3)";
    static const char last_sql[] = "SELECT coalesce(max(source_no), 0) FROM source WHERE tenant_id = ?1";
    pz__statement *statement;
    int64_t last;
    int row;
    if (!store->change) return pz__fail(PZ_E_STATE, NULL, "Please report it.", "A source system is made outside a change.");
    PZ__TRY(pz__db_statement(store->db, last_sql, &statement));
    pz__bind_int(statement, 1, PZ__TENANT);
    PZ__TRY(pz__db_step(statement, &row));
    last = pz__column_int(statement, 0);
    pz__db_reset(statement);
    PZ__TRY(pz__db_statement(store->db, sql, &statement));
    pz__bind_int(statement, 1, PZ__TENANT);
    pz__bind_int(statement, 2, last + 1);
    pz__bind_text(statement, 3, name, length);
    PZ__TRY(pz__db_run(statement));
    return find_source(store, name, length, out_number);
}

pz_status pz__source_number(pz_store *store, const char *name, size_t length, int make, int32_t *out_number)
{
    *out_number = 0;
    PZ__TRY(pz__text_check(name, length, (size_t)pz_limit(PZ_LIMIT_TITLE), "source", &length));
    if (length == 0) return PZ_OK;
    PZ__TRY(find_source(store, name, length, out_number));
    if (*out_number) return PZ_OK;
    if (make) return make_source(store, name, length, out_number);
    return pz__fail(PZ_E_NOT_FOUND, "source", "Give the name under which records were imported.", "There is no such source system.");
}

/* Keeps one copy of each name for as long as the store lives. */
static pz_status keep_name(pz_store *store, const char *name, size_t length, const char **out_name)
{
    char *copy;
    for (size_t i = 0; i < store->source_count; i++)
        if (strlen(store->source_names[i]) == length && !memcmp(store->source_names[i], name, length)) {
            *out_name = store->source_names[i];
            return PZ_OK;
        }
    PZ__TRY(pz__reserve((void **)&store->source_names, &store->source_capacity, store->source_count + 1, sizeof *store->source_names));
    copy = pz__copy_text(name, length);
    if (!copy) return pz__fail_memory();
    store->source_names[store->source_count++] = copy;
    *out_name = copy;
    return PZ_OK;
}

pz_status pz__source_name(pz_store *store, int32_t number, const char **out_name)
{
    static const char sql[] = "SELECT name FROM source WHERE tenant_id = ?1 AND source_no = ?2";
    pz__statement *statement;
    pz_status status;
    int row;
    *out_name = "";
    if (number == 0) return PZ_OK;
    PZ__TRY(pz__db_statement(store->db, sql, &statement));
    pz__bind_int(statement, 1, PZ__TENANT);
    pz__bind_int(statement, 2, number);
    status = pz__db_step(statement, &row);
    if (row) {
        size_t length;
        const char *name = pz__column_text(statement, 0, &length);
        status = name ? keep_name(store, name, length, out_name) : pz__fail_memory();
    } else if (status == PZ_OK) {
        status = pz__fail(PZ_E_NOT_FOUND, "source", NULL, "There is no source system with the number %d.", (int)number);
    }
    pz__db_reset(statement);
    return status;
}

/* ----------------------------------------------------------------------------------------------------- ids --- */

static pz_status check_text(const char *text, size_t *length)
{
    return pz__text_need(text, *length, (size_t)pz_limit(PZ_LIMIT_ID_TEXT), "text", length);
}

static pz_status find_in_source(pz_store *store, int32_t kind, int32_t source, const char *text, size_t length, pz_id *out_id)
{
    static const char sql[] = "SELECT record_id FROM external_id WHERE tenant_id = ?1 AND kind = ?2 AND source_no = ?3 AND text = ?4";
    pz__statement *statement;
    pz_status status;
    int row;
    PZ__TRY(pz__db_statement(store->db, sql, &statement));
    pz__bind_int(statement, 1, PZ__TENANT);
    pz__bind_int(statement, 2, kind);
    pz__bind_int(statement, 3, source);
    pz__bind_text(statement, 4, text, length);
    status = pz__db_step(statement, &row);
    if (row) *out_id = pz__column_int(statement, 0);
    pz__db_reset(statement);
    return status;
}

static pz_status find_in_any(pz_store *store, int32_t kind, const char *text, size_t length, pz_id *out_id, int *out_more)
{
    static const char sql[] = "SELECT DISTINCT record_id FROM external_id WHERE tenant_id = ?1 AND kind = ?2 AND text = ?3 "
                              "AND source_no IN (SELECT 0 UNION ALL SELECT source_no FROM source WHERE tenant_id = ?1) LIMIT 2";
    pz__statement *statement;
    pz_status status;
    int row;
    PZ__TRY(pz__db_statement(store->db, sql, &statement));
    pz__bind_int(statement, 1, PZ__TENANT);
    pz__bind_int(statement, 2, kind);
    pz__bind_text(statement, 3, text, length);
    status = pz__db_step(statement, &row);
    if (row) {
        *out_id = pz__column_int(statement, 0);
        status = pz__db_step(statement, &row);
        if (row && out_more) *out_more = 1;
    }
    pz__db_reset(statement);
    return status;
}

pz_status pz__external_find(pz_store *store, int32_t kind, int32_t source, const char *text, size_t length, pz_id *out_id, int *out_more)
{
    *out_id = 0;
    if (out_more) *out_more = 0;
    PZ__TRY(check_text(text, &length));
    if (source >= 0) return find_in_source(store, kind, source, text, length, out_id);
    return find_in_any(store, kind, text, length, out_id, out_more);
}

pz_status pz__external_put(pz_store *store, int32_t kind, int32_t source, const char *text, size_t length, pz_id id)
{
    static const char sql[] =
        "INSERT INTO external_id (tenant_id, kind, source_no, text, record_id) VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO NOTHING";
    pz__statement *statement;
    pz_id earlier = 0;
    PZ__TRY(check_text(text, &length));
    if (!store->change) return pz__fail(PZ_E_STATE, NULL, "Please report it.", "An outside id is written outside a change.");
    PZ__TRY(pz__db_statement(store->db, sql, &statement));
    pz__bind_int(statement, 1, PZ__TENANT);
    pz__bind_int(statement, 2, kind);
    pz__bind_int(statement, 3, source);
    pz__bind_text(statement, 4, text, length);
    pz__bind_int(statement, 5, id);
    PZ__TRY(pz__db_run(statement));
    if (pz__db_rows_changed(store->db)) return PZ_OK;
    PZ__TRY(find_in_source(store, kind, source, text, length, &earlier));
    if (earlier == id) return PZ_OK;
    return pz__fail(PZ_E_EXISTS, "text", NULL, "The outside id names record %lld already.", (long long)earlier);
}

pz_status pz__external_each(pz_store *store, int32_t kind, int32_t source, pz__external_fn each, void *user_data)
{
    static const char sql[] = "SELECT text, record_id FROM external_id WHERE tenant_id = ?1 AND kind = ?2 AND source_no = ?3 ORDER BY text";
    pz__statement *statement;
    pz_status status;
    int row;
    PZ__TRY(pz__db_statement(store->db, sql, &statement));
    pz__bind_int(statement, 1, PZ__TENANT);
    pz__bind_int(statement, 2, kind);
    pz__bind_int(statement, 3, source);
    while ((status = pz__db_step(statement, &row)) == PZ_OK && row) {
        size_t length;
        const char *text = pz__column_text(statement, 0, &length);
        status = text ? each(user_data, text, length, pz__column_int(statement, 1)) : pz__fail_memory();
        if (status != PZ_OK) break;
    }
    pz__db_reset(statement);
    return status;
}
