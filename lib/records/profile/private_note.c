/* Notes that nobody but their author reads. They are no reads and no records of a learner to others: nothing of them is on a list that somebody else
 * sees. */
#include "base/fail.h"
#include "base/memory.h"
#include "base/text.h"
#include "records/access/whom.h"
#include "records/ask.h"
#include "records/by_id.h"
#include "records/listing.h"
#include "records/page.h"
#include "records/profile/tables.h"
#include "records/writing.h"

/* ------------------------------------------------------------------------------------------------- writing --- */

static pz_status add(pz__call *call, pz__note_row *row)
{
    pz__outcome outcome;
    PZ__TRY(pz__may_learner(call, PZ_KIND_NOTE, PZ__WRITE, row->note.learner, "learner"));
    row->author = pz__call_person(call);
    row->note.written_at = pz__change_time(call->change);
    PZ__TRY(pz__store_take_ids(call->store, 1, &row->note.id));
    return pz__versioned_write(call, &pz__private_note_table, row, &outcome);
}

pz_status pz_private_note_add(pz_actor *actor, pz_id learner, const char *content, size_t content_len, const char *key, pz_id *out_id)
{
    pz__note_row row = {{sizeof row.note, 0, learner, 0, content, 0, PZ_TIME_NONE}, 0, 0};
    pz__buffer request = PZ__BUFFER_INIT;
    pz__call call;
    pz_status status = PZ_OK;
    if (out_id) *out_id = 0;
    if (!actor) return pz__fail_closed("actor");
    PZ__TRY(pz__text_need(content, content_len, (size_t)pz_limit(PZ_LIMIT_TEXT), "content", &row.note.content_len));
    pz__request_int(&request, learner);
    pz__request_text(&request, content, row.note.content_len);
    PZ__TRY(pz__write_start(&call, actor, "note.add", key, &request));
    if (!call.repeated) status = add(&call, &row);
    return pz__call_end_value(&call, status, row.note.id, out_id);
}

static pz_status fail_missing(pz_id note)
{
    return pz__fail(PZ_E_NOT_FOUND, "note", "pz_private_note_list() lists them.", "The actor has no note %lld on a learner in reach.",
                    (long long)note);
}

/* Its learner, where the actor wrote it and still reaches the learner. */
static pz_status find(pz__call *call, pz_id note, pz_id *out_learner)
{
    static const char sql[] = "SELECT learner_id FROM private_note WHERE tenant_id = ?1 AND author_id = ?2 AND note_id = ?3 "
                              "AND until_change = " PZ__CURRENT_SQL " AND is_ended = 0";
    pz__statement *statement;
    pz_status status;
    int row;
    *out_learner = 0;
    PZ__TRY(pz__may(call, PZ_KIND_NOTE, PZ__WRITE));
    PZ__TRY(pz__db_statement(call->db, sql, &statement));
    pz__bind_int(statement, 1, call->tenant);
    pz__bind_int(statement, 2, pz__call_person(call));
    pz__bind_int(statement, 3, note);
    status = pz__db_step(statement, &row);
    if (row) *out_learner = pz__column_int(statement, 0);
    pz__db_reset(statement);
    PZ__TRY(status);
    status = *out_learner ? pz__may_learner(call, PZ_KIND_NOTE, PZ__WRITE, *out_learner, "note") : PZ_E_NOT_FOUND;
    return status == PZ_E_NOT_FOUND ? fail_missing(note) : status;
}

/* Without content the note is put away. */
static pz_status change(pz_actor *actor, const char *action, pz_id note, const char *content, size_t content_len, const char *key)
{
    pz__note_row row = {{sizeof row.note, note, 0, 0, content, content_len, PZ_TIME_NONE}, 0, 0};
    pz__buffer request = PZ__BUFFER_INIT;
    pz__outcome outcome;
    pz__call call;
    pz_status status = PZ_OK;
    pz__request_int(&request, note);
    pz__request_text(&request, content, content_len);
    PZ__TRY(pz__write_start(&call, actor, action, key, &request));
    if (!call.repeated) {
        row.author = pz__call_person(&call);
        row.note.written_at = pz__change_time(call.change);
        status = find(&call, note, &row.note.learner);
        if (status == PZ_OK)
            status = content ? pz__versioned_write(&call, &pz__private_note_table, &row, &outcome)
                             : pz__versioned_end(&call, &pz__private_note_table, &row, &outcome);
    }
    return pz__call_end(&call, status);
}

pz_status pz_private_note_revise(pz_actor *actor, pz_id note, const char *content, size_t content_len, const char *key)
{
    if (!actor) return pz__fail_closed("actor");
    PZ__TRY(pz__text_need(content, content_len, (size_t)pz_limit(PZ_LIMIT_TEXT), "content", &content_len));
    return change(actor, "note.revise", note, content, content_len, key);
}

pz_status pz_private_note_end(pz_actor *actor, pz_id note, const char *key)
{
    if (!actor) return pz__fail_closed("actor");
    return change(actor, "note.end", note, NULL, 0, key);
}

/* -------------------------------------------------------------------------------------------------- listing --- */

static pz_status read_notes(pz__call *call, const pz__whom *whom, pz__by_id *list, pz__rows *rows)
{
    static const char sql[] = "SELECT note_id, learner_id, since_change, content, written_at FROM private_note WHERE tenant_id = ?1 "
                              "AND author_id = ?2 AND since_change <= ?3 AND until_change > ?3 AND is_ended = 0 ORDER BY note_id";
    pz_private_note note;
    pz__statement *statement;
    pz_status status;
    int row, is_wanted;
    PZ__TRY(pz__ask(call, sql, pz__call_person(call), &statement));
    while ((status = pz__db_step(statement, &row)) == PZ_OK && row) {
        pz__record_read(&pz__private_note_type, statement, 0, &note);
        status = pz__by_id_wants(list, note.id, &note.content, 1, &is_wanted);
        if (status != PZ_OK) break;
        if (is_wanted && pz__whom_has(whom, note.learner)) pz__rows_add(rows, &note);
    }
    pz__db_reset(statement);
    return status;
}

static pz_status list(pz__call *call, const pz_private_note_query *query, pz__by_id *list, void ***out_rows, size_t *out_count)
{
    pz__rows rows;
    pz__whom whom;
    pz_status status;
    PZ__TRY(pz__whom_find(call, PZ_KIND_NOTE, query->learner, query->class_id, &whom));
    pz__rows_start(&rows, &pz__private_note_type);
    status = read_notes(call, &whom, list, &rows);
    if (status == PZ_OK)
        status = pz__by_id_take(list, &rows, out_rows, out_count);
    else
        pz__rows_free(&rows);
    pz__whom_free(&whom);
    return status;
}

pz_status pz_private_note_list(pz_actor *actor, const pz_private_note_query *query, pz_private_note ***out_rows, size_t *out_count)
{
    pz_private_note_query taken;
    pz__by_id page;
    pz__call call;
    void **rows = NULL;
    size_t count = 0;
    pz_status status;
    PZ__TRY(pz__list_start((void ***)out_rows, out_count));
    if (!actor) return pz__fail_closed("actor");
    PZ__TRY(pz__record_take(&pz__private_note_query_type, query ? query : pz__private_note_query_type.initial, sizeof taken, &taken));
    PZ__TRY(pz__by_id_start(&page, PZ__BY_ID_NO_OWN, taken.order, taken.after, taken.limit, taken.text, taken.text_len));
    status = pz__call_read(&call, actor);
    if (status == PZ_OK)
        status = pz__page_end(&call, list(&call, &taken, &page, &rows, &count), &rows, &count, (void ***)out_rows, out_count);
    pz__by_id_free(&page);
    return status;
}
