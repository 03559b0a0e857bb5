/* Check-ins read: one, many, every version, who takes part, what was touched. */
#include <stddef.h>

#include "base/fail.h"
#include "base/memory.h"
#include "base/text.h"
#include "records/access/whom.h"
#include "records/ask.h"
#include "records/checkin/see.h"
#include "records/checkin/tables.h"
#include "records/listing.h"
#include "records/page.h"
#include "records/text_search.h"
#include "records/voice/steps.h"

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
    pz_checkin_query query;
    pz_checkin *after; /* where the page begins, or NULL; one block */
    pz__text_search search;
    pz__whom whom;
    pz__rows rows;
} list_work;

static int order_of(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

static int compare(int32_t by, const pz_checkin *a, const pz_checkin *b)
{
    int order = 0;
    if (by == PZ_CHECKIN_ORDER_DUE) order = order_of(a->due_on, b->due_on);
    if (by == PZ_CHECKIN_ORDER_ACTED) order = order_of(b->acted_at, a->acted_at);
    if (!order) order = order_of(a->learner, b->learner);
    return order ? order : order_of(a->id, b->id);
}

static int compare_places(const void *a, const void *b, void *query)
{
    return compare(((const pz_checkin_query *)query)->order, *(const pz_checkin *const *)a, *(const pz_checkin *const *)b);
}

static pz_status is_wanted(list_work *work, const pz_checkin *checkin, int *out_wanted)
{
    const pz_checkin_query *query = &work->query;
    const char *const texts[] = {checkin->outcome, checkin->reason};
    pz__part part;
    *out_wanted = (!query->state || checkin->state == query->state) &&
                  (query->due_until == PZ_DATE_NONE || checkin->due_on <= query->due_until) &&
                  (!work->after || compare(query->order, checkin, work->after) > 0);
    if (*out_wanted) PZ__TRY(pz__text_search_finds(&work->search, texts, sizeof texts / sizeof texts[0], out_wanted));
    if (!*out_wanted || !query->person) return PZ_OK;
    PZ__TRY(pz__checkin_part_of(work->call, checkin->id, query->person, &part));
    *out_wanted = part.role != 0;
    return PZ_OK;
}

static pz_status add_row(const pz_checkin *checkin, void *user_data)
{
    list_work *work = user_data;
    int wanted;
    PZ__TRY(is_wanted(work, checkin, &wanted));
    if (wanted) pz__rows_add(&work->rows, checkin);
    return PZ_OK;
}

static pz_status read_all(list_work *work)
{
    const pz__whom *whom = &work->whom;
    if (work->query.after) PZ__TRY(pz__checkin_find(work->call, PZ__SEE, work->query.after, &work->after));
    if (whom->all) return pz__checkin_each(work->call, 0, add_row, work);
    for (size_t i = 0; i < whom->count; i++) PZ__TRY(pz__checkin_each(work->call, whom->ids[i], add_row, work));
    return PZ_OK;
}

/* Only what is on the page was read. */
static pz_status take_page(list_work *work, pz_checkin ***out_rows, size_t *out_count)
{
    PZ__TRY(pz__page_take(&work->rows, compare_places, &work->query, work->query.limit, (void ***)out_rows, out_count));
    pz__page_note_reads(work->call, &work->whom, (const void *const *)*out_rows, *out_count, offsetof(pz_checkin, learner));
    return PZ_OK;
}

static pz_status list(list_work *work, pz_checkin ***out_rows, size_t *out_count)
{
    pz_status status;
    PZ__TRY(pz__whom_find(work->call, PZ_KIND_CHECKIN, work->query.learner, work->query.class_id, &work->whom));
    pz__rows_start(&work->rows, &pz__checkin_type);
    status = read_all(work);
    if (status == PZ_OK)
        status = take_page(work, out_rows, out_count);
    else
        pz__rows_free(&work->rows);
    pz_free(work->after);
    pz__whom_free(&work->whom);
    return status;
}

static pz_status check_query(pz_checkin_query *query)
{
    if (query->state < 0 || query->state > PZ_CHECKIN_CANCELLED)
        return pz__fail(PZ_E_INVALID, "state", "pz_checkin_state names the states; 0 is any.", "There is no state %d of a check-in.",
                        (int)query->state);
    if (query->order < PZ_CHECKIN_ORDER_LEARNER || query->order > PZ_CHECKIN_ORDER_ACTED)
        return pz__fail(PZ_E_INVALID, "order", "pz_checkin_order names the orders.", "There is no order %d of check-ins.",
                        (int)query->order);
    if (query->limit < 0) return pz__fail(PZ_E_INVALID, "limit", "0 is all.", "limit is %d.", (int)query->limit);
    return pz__text_check(query->text, query->text_len, (size_t)pz_limit(PZ_LIMIT_TEXT), "text", &query->text_len);
}

pz_status pz_checkin_list(pz_actor *actor, const pz_checkin_query *query, pz_checkin ***out_rows, size_t *out_count)
{
    pz__call call;
    list_work work = {.call = &call};
    pz_checkin **rows = NULL;
    size_t count = 0;
    pz_status status;
    PZ__TRY(pz__list_start((void ***)out_rows, out_count));
    if (!actor) return pz__fail_closed("actor");
    PZ__TRY(pz__record_take(&pz__checkin_query_type, query ? query : pz__checkin_query_type.initial, sizeof work.query, &work.query));
    PZ__TRY(check_query(&work.query));
    PZ__TRY(pz__text_search_start(&work.search, work.query.text, work.query.text_len));
    status = pz__call_read(&call, actor);
    if (status == PZ_OK) status = pz__page_end(&call, list(&work, &rows, &count), (void ***)&rows, &count, (void ***)out_rows, out_count);
    pz__text_search_free(&work.search);
    return status;
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

pz_status pz__checkin_people(pz__call *call, pz_id checkin, pz__rows *rows)
{
    static const char sql[] = "SELECT " PZ__CHECKIN_PERSON_COLUMNS " FROM checkin_person WHERE tenant_id = ?1 AND checkin_id = ?2 "
                              "AND since_change <= ?3 AND until_change > ?3 ORDER BY role, person_id";
    return pz__ask_rows(call, sql, checkin, rows);
}

static pz_status sees_record(pz__call *call, pz_id learner, const pz_checkin_touch *touch, int *out_sees)
{
    pz_status status = pz__voice_need_record(call, learner, touch->record_kind, touch->record, "record");
    *out_sees = status == PZ_OK;
    return status == PZ_E_NOT_FOUND ? PZ_OK : status;
}

/* A note on a record says something of it: both are there or neither. */
pz_status pz__checkin_touched(pz__call *call, const pz_checkin *checkin, pz__rows *rows)
{
    static const char sql[] = "SELECT " PZ__CHECKIN_TOUCH_COLUMNS " FROM checkin_touch WHERE tenant_id = ?1 AND checkin_id = ?2 "
                              "AND since_change <= ?3 AND until_change > ?3 ORDER BY position";
    pz__statement *statement;
    pz_checkin_touch touch;
    pz_status status;
    int row, sees;
    PZ__TRY(pz__ask(call, sql, checkin->id, &statement));
    while ((status = pz__db_step(statement, &row)) == PZ_OK && row) {
        pz__record_read(&pz__checkin_touch_type, statement, 0, &touch);
        if ((status = sees_record(call, checkin->learner, &touch, &sees)) != PZ_OK) break;
        if (sees) pz__rows_add(rows, &touch);
    }
    pz__db_reset(statement);
    return status;
}

static pz_status read_people(pz__call *call, pz_id id, pz__rows *rows)
{
    pz_id learner;
    PZ__TRY(find_learner(call, id, &learner));
    return pz__checkin_people(call, id, rows);
}

static pz_status read_touched(pz__call *call, pz_id id, pz__rows *rows)
{
    pz_checkin *checkin;
    pz_status status;
    PZ__TRY(pz__checkin_find(call, PZ__SEE, id, &checkin));
    status = pz__checkin_touched(call, checkin, rows);
    pz_free(checkin);
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
