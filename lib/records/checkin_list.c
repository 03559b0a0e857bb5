/* Check-ins read: one, many, every version, who takes part, what was touched. */
#include "base/fail.h"
#include "base/memory.h"
#include "base/text.h"
#include "base/text_fold.h"
#include "records/checkin_see.h"
#include "records/checkin_tables.h"
#include "records/listing.h"
#include "records/voice_steps.h"
#include "records/whom.h"

pz_status pz_checkin_get(pz_actor *actor, pz_id checkin, pz_checkin **out_checkin)
{
    pz_checkin *found = NULL;
    pz__call call;
    pz_status status;
    if (!out_checkin) return pz__fail_null("out_checkin");
    *out_checkin = NULL;
    PZ__TRY(pz__call_read(&call, actor));
    status = pz__call_end(&call, pz__checkin_find(&call, PZ__SEE, checkin, &found));
    if (status == PZ_OK)
        *out_checkin = found;
    else
        pz_free(found);
    return status;
}

/* ------------------------------------------------------------------------------------------------------- lists --- */

typedef struct list_work {
    pz__call *call;
    const pz_checkin_query *query;
    const pz__whom *whom;
    pz__rows *rows;
    pz_id last;
    int passing;      /* still before the one that the list goes on after */
    pz__buffer words; /* of the text that is searched, folded */
    pz__buffer room;  /* for what is compared with them */
} list_work;

static pz_status has_words(list_work *work, const pz_checkin *checkin, int *out_has)
{
    *out_has = !work->query->text_len;
    if (*out_has) return PZ_OK;
    pz__buffer_clear(&work->room);
    if (checkin->outcome) pz__text_fold(&work->room, checkin->outcome, checkin->outcome_len);
    pz__buffer_char(&work->room, '\n');
    if (checkin->reason) pz__text_fold(&work->room, checkin->reason, checkin->reason_len);
    if (work->room.status != PZ_OK) return pz__fail_memory();
    *out_has = pz__text_holds(work->room.data, work->room.length, work->words.data ? work->words.data : "", work->words.length);
    return PZ_OK;
}

static pz_status is_wanted(list_work *work, const pz_checkin *checkin, int *out_wanted)
{
    const pz_checkin_query *query = work->query;
    pz__part part;
    *out_wanted = (!query->state || checkin->state == query->state) &&
                  (query->due_until == PZ_DATE_NONE || checkin->due_on <= query->due_until) &&
                  (query->limit == 0 || work->rows->count < (size_t)query->limit);
    if (*out_wanted) PZ__TRY(has_words(work, checkin, out_wanted));
    if (!*out_wanted || !query->person) return PZ_OK;
    PZ__TRY(pz__checkin_part_of(work->call, checkin->id, query->person, &part));
    *out_wanted = part.role != 0;
    return PZ_OK;
}

static pz_status add_row(const pz_checkin *checkin, void *user_data)
{
    list_work *work = user_data;
    int wanted;
    if (work->passing) {
        if (checkin->id == work->query->after) work->passing = 0;
        return PZ_OK;
    }
    PZ__TRY(is_wanted(work, checkin, &wanted));
    if (!wanted) return PZ_OK;
    pz__rows_add(work->rows, checkin);
    if (checkin->learner != work->last) pz__whom_read_learner(work->call, work->whom, work->last = checkin->learner);
    return PZ_OK;
}

static pz_status list_reached(pz__call *call, const pz_checkin_query *query, list_work *work)
{
    pz__whom whom;
    pz_status status = PZ_OK;
    if (query->text) pz__text_fold(&work->words, query->text, query->text_len);
    if (work->words.status != PZ_OK) return pz__fail_memory();
    PZ__TRY(pz__whom_find(call, PZ_KIND_CHECKIN, query->learner, query->class_id, &whom));
    work->whom = &whom;
    pz__whom_read_class(call, &whom);
    if (whom.all) status = pz__checkin_each(call, 0, add_row, work);
    for (size_t i = 0; i < whom.count && status == PZ_OK; i++) status = pz__checkin_each(call, whom.ids[i], add_row, work);
    pz__whom_free(&whom);
    if (status != PZ_OK || !work->passing) return status;
    return pz__fail(PZ_E_NOT_FOUND, "after", "Begin anew with 0.", "The check-in %lld is not in this list.", (long long)query->after);
}

static pz_status list(pz__call *call, const pz_checkin_query *query, pz__rows *rows)
{
    list_work work = {call, query, NULL, rows, 0, query->after != 0, PZ__BUFFER_INIT, PZ__BUFFER_INIT};
    pz_status status = list_reached(call, query, &work);
    pz__buffer_free(&work.words);
    pz__buffer_free(&work.room);
    return status;
}

pz_status pz_checkin_list(pz_actor *actor, const pz_checkin_query *query, pz_checkin ***out_rows, size_t *out_count)
{
    pz_checkin_query taken;
    pz__rows rows;
    pz__call call;
    PZ__TRY(pz__list_start((void ***)out_rows, out_count));
    if (!actor) return pz__fail_closed("actor");
    PZ__TRY(pz__record_take(&pz__checkin_query_type, query ? query : pz__checkin_query_type.initial, sizeof taken, &taken));
    if (taken.state < 0 || taken.state > PZ_CHECKIN_CANCELLED)
        return pz__fail(PZ_E_INVALID, "state", "pz_checkin_state names the states; 0 is any.", "There is no state %d of a check-in.",
                        (int)taken.state);
    if (taken.limit < 0) return pz__fail(PZ_E_INVALID, "limit", "0 is all.", "limit is %d.", (int)taken.limit);
    PZ__TRY(pz__text_check(taken.text, taken.text_len, (size_t)pz_limit(PZ_LIMIT_TEXT), "text", &taken.text_len));
    PZ__TRY(pz__call_read(&call, actor));
    pz__rows_start(&rows, &pz__checkin_type);
    return pz__call_end_rows(&call, list(&call, &taken, &rows), &rows, (void ***)out_rows, out_count);
}

/* ------------------------------------------------------------------------------------------------ of one of them --- */

static pz_status add_version(const pz_checkin *checkin, void *user_data)
{
    pz__rows_add(user_data, checkin);
    return PZ_OK;
}

static pz_status find_learner(pz__call *call, pz_id id, pz_id *out_learner)
{
    pz_checkin *checkin;
    PZ__TRY(pz__checkin_find(call, PZ__SEE, id, &checkin));
    *out_learner = checkin->learner;
    pz_free(checkin);
    return PZ_OK;
}

static pz_status read_versions(pz__call *call, pz_id id, pz__rows *rows)
{
    pz_id learner;
    PZ__TRY(find_learner(call, id, &learner));
    return pz__checkin_each_version(call, id, add_version, rows);
}

static pz_status read_rows(pz__call *call, const char *sql, pz_id id, pz__rows *rows)
{
    pz__statement *statement;
    PZ__TRY(pz__db_statement(call->db, sql, &statement));
    pz__bind_int(statement, 1, call->tenant);
    pz__bind_int(statement, 2, id);
    pz__bind_int(statement, 3, call->as_of);
    return pz__rows_read(rows, statement);
}

static pz_status read_people(pz__call *call, pz_id id, pz__rows *rows)
{
    static const char sql[] = "SELECT " PZ__CHECKIN_PERSON_COLUMNS " FROM checkin_person WHERE tenant_id = ?1 AND checkin_id = ?2 "
                              "AND since_change <= ?3 AND until_change > ?3 ORDER BY role, person_id";
    pz_id learner;
    PZ__TRY(find_learner(call, id, &learner));
    return read_rows(call, sql, id, rows);
}

static pz_status sees_record(pz__call *call, pz_id learner, const pz_checkin_touch *touch, int *out_sees)
{
    pz_status status = pz__voice_need_record(call, learner, touch->record_kind, touch->record, "record");
    *out_sees = status == PZ_OK;
    return status == PZ_E_NOT_FOUND ? PZ_OK : status;
}

/* A note on a record says something of it: both are there or neither. */
static pz_status read_touched(pz__call *call, pz_id id, pz__rows *rows)
{
    static const char sql[] = "SELECT " PZ__CHECKIN_TOUCH_COLUMNS " FROM checkin_touch WHERE tenant_id = ?1 AND checkin_id = ?2 "
                              "AND since_change <= ?3 AND until_change > ?3 ORDER BY position";
    pz__statement *statement;
    pz_checkin_touch touch;
    pz_id learner;
    pz_status status;
    int row, sees;
    PZ__TRY(find_learner(call, id, &learner));
    PZ__TRY(pz__db_statement(call->db, sql, &statement));
    pz__bind_int(statement, 1, call->tenant);
    pz__bind_int(statement, 2, id);
    pz__bind_int(statement, 3, call->as_of);
    while ((status = pz__db_step(statement, &row)) == PZ_OK && row) {
        pz__record_read(&pz__checkin_touch_type, statement, 0, &touch);
        if ((status = sees_record(call, learner, &touch, &sees)) != PZ_OK) break;
        if (sees) pz__rows_add(rows, &touch);
    }
    pz__db_reset(statement);
    return status;
}

typedef pz_status (*part_fn)(pz__call *call, pz_id checkin, pz__rows *rows);

static pz_status give(pz_actor *actor, const pz_record_type *type, part_fn work, pz_id checkin, void ***out_rows, size_t *out_count)
{
    pz__rows rows;
    pz__call call;
    PZ__TRY(pz__list_start(out_rows, out_count));
    PZ__TRY(pz__call_read(&call, actor));
    pz__rows_start(&rows, type);
    return pz__call_end_rows(&call, work(&call, checkin, &rows), &rows, out_rows, out_count);
}

pz_status pz_checkin_history(pz_actor *actor, pz_id checkin, pz_checkin ***out_rows, size_t *out_count)
{
    return give(actor, &pz__checkin_type, read_versions, checkin, (void ***)out_rows, out_count);
}

pz_status pz_checkin_person_list(pz_actor *actor, pz_id checkin, pz_checkin_person ***out_rows, size_t *out_count)
{
    return give(actor, &pz__checkin_person_type, read_people, checkin, (void ***)out_rows, out_count);
}

pz_status pz_checkin_touch_list(pz_actor *actor, pz_id checkin, pz_checkin_touch ***out_rows, size_t *out_count)
{
    return give(actor, &pz__checkin_touch_type, read_touched, checkin, (void ***)out_rows, out_count);
}
