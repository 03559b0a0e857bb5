/* CSV files into a store: the file's rows as the mapping reads them, each handed to the writer of its kind. */
#include <string.h>

#include "base/fail.h"
#include "exchange/csv_write.h"

/* Ids in a dry run begin above all that a store gives out. */
static const pz_id dry_ids = INT64_C(1) << 62;

void pz__csv_count(pz__csv_import *import, const char *name, pz__outcome outcome)
{
    pz__difference *difference = pz__import_difference(&import->session->import, name);
    switch (outcome) {
    case PZ__NEW: difference->added++; break;
    case PZ__CHANGED: difference->changed++; break;
    case PZ__SAME: difference->same++; break;
    }
}

pz_status pz__csv_take_id(pz__csv_import *import, pz_id *out_id)
{
    if (import->session->call.change) return pz__store_take_ids(import->session->call.store, 1, out_id);
    *out_id = dry_ids + import->dry_ids_taken++;
    return PZ_OK;
}

pz_time pz__csv_moment(const pz__csv_import *import, const pz__csv_cell *cell, pz_time absent)
{
    if (!cell->is_set) return absent;
    return cell->time != PZ_TIME_NONE ? cell->time : pz__store_day_start(import->session->call.store, cell->date);
}

pz_time pz__csv_now(const pz__csv_import *import)
{
    const pz__call *call = &import->session->call;
    return call->change ? pz__change_time(call->change) : pz__store_now(call->store);
}

/* ----------------------------------------------------------------------------------------------------- rows --- */

static const pz__csv_writer *writer_of(const pz__csv_mapping *mapping)
{
    if (mapping->kind->section) return &pz__csv_entry_writer;
    return mapping->kind->allowed & PZ__CSV_BIT(PZ__CSV_STATEMENT) ? &pz__csv_goal_writer : &pz__csv_response_writer;
}

static pz_status write_row(pz__csv_import *import, const pz__csv_writer *writer, void *state, pz__csv_mapped *row)
{
    const pz__csv_cell *named = &row->cells[PZ__CSV_LEARNER];
    pz_id learner;
    int ambiguous;
    PZ__TRY(pz__csv_people_find(&import->people, named->text, named->length, &learner, &ambiguous));
    if (ambiguous) {
        pz__csv_fault_note(&import->session->import, row, PZ__CSV_LEARNER, "reference.ambiguous_learner",
                           "Several people of the roster are called so.");
    } else if (!learner) {
        pz__csv_fault_note(&import->session->import, row, PZ__CSV_LEARNER, "reference.unknown_learner",
                           "Nobody of the roster is called so.");
    }
    return row->is_usable ? writer->row(import, state, row, learner) : PZ_OK;
}

static pz_status write_rows(pz__csv_import *import, const pz__csv_writer *writer, pz__csv_rows *rows)
{
    void *state = NULL;
    pz__csv_mapped *row = NULL;
    int64_t read = 0, used = 0;
    pz_status status = writer->start(import, &state);
    while (status == PZ_OK && (status = pz__csv_rows_next(rows, &row)) == PZ_OK && row) {
        read++;
        status = pz__import_row(&import->session->import, row->file, row->line);
        if (status) break;
        if (!row->is_usable || row->is_passed) continue;
        status = write_row(import, writer, state, row);
        used += row->is_usable;
    }
    if (status == PZ_OK) status = pz__import_verdict(&import->session->import);
    if (status == PZ_OK) status = writer->finish(import, state);
    writer->free(state);
    pz__import_count(&import->session->import, "rows", read);
    pz__import_count(&import->session->import, "rows_used", used);
    return status;
}

typedef struct work {
    const char *path;
    const char *text; /* of the mapping */
    size_t length;
    const pz__csv_mapping *mapping;
} work;

static pz_status run(pz__session *session, void *user_data)
{
    const work *w = user_data;
    pz__csv_import import = {session, w->mapping, {0}, 0};
    pz__csv_rows *rows;
    PZ__TRY(pz__csv_rows_open(&session->import, w->mapping, w->path, &rows));
    if (!rows) return PZ_OK; /* the faults say why */
    pz_status status = pz__csv_people_start(&import.people, session, w->mapping);
    if (status == PZ_OK) status = write_rows(&import, writer_of(w->mapping), rows);
    pz__csv_people_free(&import.people);
    pz__csv_rows_free(rows);
    return status;
}

static pz_status digest(pz__session *session, void *user_data, uint8_t out_digest[16])
{
    enum { CHUNK = 65536 };
    const work *w = user_data;
    for (size_t at = 0; at < w->length; at += CHUNK)
        pz__session_digest_add(session, out_digest, w->text + at, w->length - at < CHUNK ? w->length - at : CHUNK);
    return pz__session_digest_file(session, out_digest, w->path);
}

pz_status pz_import_csv(pz_actor *actor, const char *path, const char *mapping, size_t mapping_len, const pz_import_options *options,
                        const char *key, char **out_json)
{
    static const pz__session_plan plan = {"csv", "import.csv", run, digest, 1};
    pz__csv_mapping read;
    if (!out_json) return pz__fail_null("out_json");
    *out_json = NULL;
    if (!actor) return pz__fail_closed("actor");
    if (!path) return pz__fail_null("path");
    if (!mapping) return pz__fail_null("mapping");
    if (mapping_len == PZ_NUL_TERMINATED) mapping_len = strlen(mapping);
    pz_status status = pz__csv_mapping_read(&read, mapping, mapping_len);
    work w = {path, mapping, mapping_len, &read};
    if (status == PZ_OK) status = pz__session_run(actor, &plan, options, key, &w, out_json);
    pz__csv_mapping_free(&read);
    return status;
}
