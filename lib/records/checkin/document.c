/* pz_checkin_document(): a check-in with its agenda as one document, as docs/schema/checkin.json says. */
#include "records/document.h"
#include "base/fail.h"
#include "base/memory.h"
#include "records/ask.h"
#include "records/checkin/see.h"
#include "records/checkin/tables.h"

typedef struct document {
    pz__call *call;
    pz__json_writer *json;
    const char *language;
    const pz_checkin *checkin;
} document;

static pz_status put_template(document *work)
{
    static const char sql[] = "SELECT title FROM checkin_template WHERE tenant_id = ?1 AND template_id = ?2 AND since_change <= ?3 "
                              "AND until_change > ?3";
    pz__json_writer *json = work->json;
    pz__statement *statement;
    pz_status status = PZ_OK;
    size_t length = 0;
    int row;
    pz__json_key(json, "template");
    pz__json_open_object(json);
    pz__json_put_id(json, "id", work->checkin->template_id);
    if (work->checkin->template_id) {
        PZ__TRY(pz__ask(work->call, sql, work->checkin->template_id, &statement));
        status = pz__db_step(statement, &row);
        const char *title = row ? pz__column_text(statement, 0, &length) : NULL;
        pz__json_key(json, "title");
        pz__json_text_n(json, title, length);
        pz__db_reset(statement);
    } else {
        pz__json_words(json, "title", work->language, "checkin.template", NULL, 0);
    }
    pz__json_close_object(json);
    return status;
}

/* The rows of one of its lists; `status` is that of reading them. */
static pz_status put_rows(document *work, const char *key, pz_status status, pz__rows *rows)
{
    const pz_record_type *type = rows->type;
    void **records;
    size_t count;
    if (status != PZ_OK) {
        pz__rows_free(rows);
        return status;
    }
    PZ__TRY(pz__rows_take(rows, &records, &count));
    pz__json_key(work->json, key);
    pz__json_open_array(work->json);
    for (size_t i = 0; i < count; i++) pz__json_record(work->json, type, records[i]);
    pz__json_close_array(work->json);
    pz_free(records);
    return PZ_OK;
}

static pz_status put_lists(document *work)
{
    pz_id id = work->checkin->id;
    pz__rows rows;
    pz__rows_start(&rows, &pz__checkin_person_type);
    PZ__TRY(put_rows(work, "people", pz__checkin_people(work->call, id, &rows), &rows));
    pz__rows_start(&rows, &pz__agenda_item_type);
    PZ__TRY(put_rows(work, "agenda", pz__checkin_agenda(work->call, work->checkin, work->language, &rows), &rows));
    pz__rows_start(&rows, &pz__checkin_touch_type);
    return put_rows(work, "touched", pz__checkin_touched(work->call, work->checkin, &rows), &rows);
}

static pz_status put(document *work)
{
    pz__json_writer *json = work->json;
    pz__json_open_object(json);
    pz__json_head(work->call, json, "checkin", work->language);
    pz__json_key(json, "checkin");
    pz__json_record(json, &pz__checkin_type, work->checkin);
    PZ__TRY(put_template(work));
    PZ__TRY(put_lists(work));
    pz__json_close_object(json);
    return json->out->status;
}

static pz_status make(pz__call *call, pz_id id, const char *language, pz__json_writer *json)
{
    document work = {call, json, language, NULL};
    pz_checkin *checkin;
    pz_status status;
    PZ__TRY(pz__checkin_find(call, PZ__SEE, id, &checkin));
    work.checkin = checkin;
    status = put(&work);
    pz_free(checkin);
    return status;
}

pz_status pz_checkin_document(pz_actor *actor, pz_id checkin, const char *language, char **out_json)
{
    pz__buffer text = PZ__BUFFER_INIT;
    pz__json_writer json;
    pz__call call;
    if (!out_json) return pz__fail_null("out_json");
    *out_json = NULL;
    if (!actor) return pz__fail_closed("actor");
    PZ__TRY(pz__language_check(&language));
    PZ__TRY(pz__call_read(&call, actor));
    pz__json_start(&json, &text);
    return pz__call_end_text(&call, make(&call, checkin, language, &json), &text, out_json);
}
