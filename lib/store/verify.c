#include "store/verify.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/fail.h"
#include "store/duty.h"

/* ------------------------------------------------------------------------------------------------ progress --- */

pz_status pz__verify_tell(pz__verification *verification, double done)
{
    double all = verification->from + (verification->to - verification->from) * done;
    pz_status wish;
    if (!verification->progress || verification->stopped) return verification->stopped;
    if (all > verification->told) verification->told = all;
    verification->store->in_callback++;
    wish = verification->progress(verification->told, verification->user_data);
    verification->store->in_callback--;
    if (wish != PZ_OK) verification->stopped = pz__fail(PZ_E_CANCELLED, NULL, NULL, "The check was cancelled.");
    return verification->stopped;
}

/* How long a check of pages takes is not known before: each turn goes a part of the way that is left. */
static pz_status watch(void *user_data)
{
    pz__verification *verification = user_data;
    verification->turns++;
    return pz__verify_tell(verification, 1.0 - 50.0 / (50.0 + (double)verification->turns));
}

/* A part that meets damage ends early; the other parts still run. */
static pz_status settle(pz__verification *verification, pz_status status)
{
    if (verification->stopped) return pz__fail(PZ_E_CANCELLED, NULL, NULL, "The check was cancelled.");
    if (status != PZ_E_CORRUPT && status != PZ_E_NOT_STORE && status != PZ_E_INTERNAL) return status;
    verification->pages_damaged = 1;
    return PZ_OK;
}

static pz_status run_part(pz__verification *verification, pz_status (*part)(pz__verification *), double from, double to)
{
    pz_status status;
    verification->from = from;
    verification->to = to;
    verification->turns = 0;
    PZ__TRY(pz__verify_tell(verification, 0.0));
    pz__db_watch(verification->store->db, verification->progress ? watch : NULL, verification);
    status = part(verification);
    pz__db_watch(verification->store->db, NULL, NULL);
    return settle(verification, status);
}

/* --------------------------------------------------------------------------------------------------- pages --- */

/* SQLite tells also of what is no damage: pages that it could not get, with the code ("... error code=7"). */
static pz_status is_no_damage(const char *text)
{
    const char *code = strstr(text, "error code");
    int number = code ? atoi(code + strlen("error code") + 1) & 0xFF : 0;
    if (number == SQLITE_NOMEM) return pz__fail_memory();
    if (number != SQLITE_IOERR) return PZ_OK;
    return pz__fail(PZ_E_IO, NULL, "Look at the disk, then try again.", "Reading failed while checking the pages.");
}

static pz_status check_pages(pz__verification *verification)
{
    static const char sql[] = "PRAGMA integrity_check(100)";
    pz__statement *statement;
    pz_status status;
    int row;
    PZ__TRY(pz__db_statement(verification->store->db, sql, &statement));
    while ((status = pz__db_step(statement, &row)) == PZ_OK && row) {
        const char *text = pz__column_text(statement, 0, NULL);
        if (!text || !strcmp(text, "ok")) continue;
        status = is_no_damage(text);
        if (status != PZ_OK) break;
        if (!verification->page_faults++) snprintf(verification->first_page_fault, sizeof verification->first_page_fault, "%s", text);
        verification->pages_damaged = 1;
    }
    pz__db_reset(statement);
    return status;
}

static pz_status check_schema(pz__verification *verification)
{
    return pz__db_compare_schema(verification->store->db, &verification->schema_differs);
}

static pz_status check_foreign_keys(pz__verification *verification)
{
    static const char sql[] = "PRAGMA foreign_key_check";
    pz__statement *statement;
    pz_status status;
    int row;
    PZ__TRY(pz__db_statement(verification->store->db, sql, &statement));
    while ((status = pz__db_step(statement, &row)) == PZ_OK && row) verification->foreign_key_faults++;
    return status;
}

pz_status pz__verify_all(pz__verification *verification, pz_store *store, pz_progress_fn progress, void *user_data)
{
    pz_status status;
    memset(verification, 0, sizeof *verification);
    verification->store = store;
    verification->progress = progress;
    verification->user_data = user_data;
    PZ__TRY(pz__store_read_begin(store));
    status = run_part(verification, check_pages, 0.0, 0.4);
    if (status == PZ_OK) status = run_part(verification, check_schema, 0.4, 0.41);
    if (status == PZ_OK) status = run_part(verification, check_foreign_keys, 0.41, 0.45);
    if (status == PZ_OK) status = run_part(verification, pz__verify_versions, 0.45, 0.6);
    if (status == PZ_OK) status = run_part(verification, pz__verify_chain, 0.6, 0.7);
    if (status == PZ_OK) status = run_part(verification, pz__verify_content, 0.7, 1.0);
    pz__store_read_end(store);
    return status;
}

/* -------------------------------------------------------------------------------------------------- answer --- */

static int chain_holds(const pz__verification *v)
{
    return !v->first_broken && !v->missing_changes && !v->stray_items;
}

pz_status pz__verify_result(const pz__verification *v)
{
    const char *hint = "Restore a backup with pz_store_restore().";
    if (v->pages_damaged || v->foreign_key_faults || v->overlaps)
        return pz__fail(PZ_E_CORRUPT, NULL, hint,
                        "The store is damaged: %lld faults of pages, %lld foreign keys, %lld versions that overlap.",
                        (long long)v->page_faults, (long long)v->foreign_key_faults, (long long)v->overlaps);
    if (v->schema_differs)
        return pz__fail(PZ_E_TAMPERED, NULL, hint, "%lld tables, indexes or other objects are not as the library made them.",
                        (long long)v->schema_differs);
    if (v->first_broken)
        return pz__fail(PZ_E_TAMPERED, NULL, hint, "The chain of changes is broken at change %lld.", (long long)v->first_broken);
    if (!chain_holds(v))
        return pz__fail(PZ_E_TAMPERED, NULL, hint, "%lld changes are missing, and %lld items or keys belong to none.",
                        (long long)v->missing_changes, (long long)v->stray_items);
    if (v->first_changed || v->stray_rows)
        return pz__fail(PZ_E_TAMPERED, NULL, hint,
                        "Rows are not as they were written: those of %lld changes, the first of them change %lld, and %lld rows of no change.",
                        (long long)v->changed_contents, (long long)v->first_changed, (long long)v->stray_rows);
    if (v->standing_differs)
        return pz__fail(PZ_E_TAMPERED, NULL, hint, "Outside ids, pseudonyms, or names of services and sources are not as they were written.");
    return PZ_OK;
}

static void put_pages(pz__json_writer *json, const pz__verification *v)
{
    pz__json_key(json, "pages");
    pz__json_open_object(json);
    pz__json_put_bool(json, "whole", !v->pages_damaged);
    pz__json_put_int(json, "faults", v->page_faults);
    pz__json_put_text(json, "first_fault", v->first_page_fault[0] ? v->first_page_fault : NULL);
    pz__json_put_int(json, "schema_differs", v->schema_differs);
    pz__json_put_int(json, "foreign_key_faults", v->foreign_key_faults);
    pz__json_close_object(json);
}

static void put_versions(pz__json_writer *json, const pz__verification *v)
{
    pz__json_key(json, "versions");
    pz__json_open_object(json);
    pz__json_put_int(json, "tables", v->version_tables);
    pz__json_put_int(json, "overlaps", v->overlaps);
    pz__json_close_object(json);
}

static void put_chain(pz__json_writer *json, const pz__verification *v)
{
    char head[2 * PZ__CHAIN_SIZE + 1];
    sodium_bin2hex(head, sizeof head, v->head, sizeof v->head);
    pz__json_key(json, "chain");
    pz__json_open_object(json);
    pz__json_put_bool(json, "whole", chain_holds(v));
    pz__json_put_int(json, "changes", v->changes);
    pz__json_put_id(json, "last_change", v->last_change);
    pz__json_put_int(json, "missing", v->missing_changes);
    pz__json_put_int(json, "stray", v->stray_items);
    pz__json_put_id(json, "first_broken", v->first_broken);
    pz__json_put_text(json, "head", head);
    pz__json_put_text(json, "proves", v->store->keys.from_host ? "authorship" : "integrity");
    pz__json_close_object(json);
}

static void put_content(pz__json_writer *json, const pz__verification *v)
{
    pz__json_key(json, "content");
    pz__json_open_object(json);
    pz__json_put_bool(json, "whole", !v->first_changed && !v->stray_rows && !v->standing_differs);
    pz__json_put_int(json, "rows", v->rows);
    pz__json_put_int(json, "changed", v->changed_contents);
    pz__json_put_id(json, "first_changed", v->first_changed);
    pz__json_put_int(json, "stray", v->stray_rows);
    pz__json_put_bool(json, "standing_differs", v->standing_differs);
    pz__json_close_object(json);
}

pz_status pz__duty_verify(pz_store *store, pz_progress_fn progress, void *user_data, pz__json_writer *json)
{
    pz__verification verification;
    PZ__TRY(pz__store_check(store));
    if (store->change) return pz__fail(PZ_E_BUSY_HANDLE, "store", NULL, "A change is open on this store.");
    PZ__TRY(pz__verify_all(&verification, store, progress, user_data));
    put_pages(json, &verification);
    put_versions(json, &verification);
    put_chain(json, &verification);
    put_content(json, &verification);
    return pz__verify_result(&verification);
}
