/* Voice entries read: one, many, every version, what is heard in them, what became of them. */
#include <stddef.h>
#include <string.h>

#include "base/fail.h"
#include "base/memory.h"
#include "base/text.h"
#include "base/text_fold.h"
#include "records/access/actor.h"
#include "records/access/whom.h"
#include "records/ask.h"
#include "records/listing.h"
#include "records/page.h"
#include "records/voice/see.h"
#include "records/voice/tables.h"

pz_status pz_voice_get(pz_actor *actor, pz_id entry, pz_voice_entry **out_entry)
{
    pz_voice_entry *found = NULL;
    pz__call call;
    pz_status status;
    if (!out_entry) return pz__fail_null("out_entry");
    *out_entry = NULL;
    PZ__TRY(pz__call_read(&call, actor));
    status = pz__call_end(&call, pz__voice_find(&call, PZ__SEE, entry, &found));
    if (status == PZ_OK)
        *out_entry = found;
    else
        pz_free(found);
    return status;
}

/* --------------------------------------------------------------------------------------------------- lists --- */

typedef struct list_work {
    pz__call *call;
    pz_voice_query *query;
    pz_voice_entry *after; /* where the page begins, or NULL; one block */
    pz__whom whom;
    pz__rows rows;
    pz__buffer topic; /* of the query, folded */
    pz__buffer words; /* of its text, folded */
    pz__buffer room;  /* for what is compared with them */
} list_work;

static int is_of_kind(const list_work *work, const pz_voice_entry *entry)
{
    const pz_voice_query *query = work->query;
    if (query->kind && entry->kind != query->kind) return 0;
    if (query->state && entry->state != query->state) return 0;
    if (query->waiting_only && !entry->awaits_answer) return 0;
    if (query->owed_only && !pz__voice_is_owed(work->call, entry)) return 0;
    return query->due_until == PZ_DATE_NONE || (entry->due_on != PZ_DATE_NONE && entry->due_on <= query->due_until);
}

static pz_status is_of_topic(list_work *work, const pz_voice_entry *entry, int *out_same)
{
    *out_same = !work->query->topic_len;
    if (*out_same || !entry->topic) return PZ_OK;
    pz__buffer_clear(&work->room);
    pz__text_fold(&work->room, entry->topic, entry->topic_len);
    if (work->room.status != PZ_OK) return pz__fail_memory();
    *out_same =
        work->room.length == work->topic.length && (!work->room.length || !memcmp(work->room.data, work->topic.data, work->room.length));
    return PZ_OK;
}

static pz_status add_media_words(list_work *work, pz_id entry)
{
    static const char sql[] = "SELECT alternative FROM voice_media WHERE tenant_id = ?1 AND voice_id = ?2 AND since_change <= ?3 "
                              "AND until_change > ?3 ORDER BY position";
    pz__statement *statement;
    pz_status status;
    int row;
    PZ__TRY(pz__ask(work->call, sql, entry, &statement));
    while ((status = pz__db_step(statement, &row)) == PZ_OK && row) {
        size_t length;
        const char *words = pz__column_text(statement, 0, &length);
        pz__buffer_char(&work->room, '\n');
        pz__text_fold(&work->room, words, length);
    }
    pz__db_reset(statement);
    return status;
}

static pz_status has_words(list_work *work, const pz_voice_entry *entry, int *out_has)
{
    *out_has = !work->query->text_len;
    if (*out_has) return PZ_OK;
    pz__buffer_clear(&work->room);
    if (entry->content) pz__text_fold(&work->room, entry->content, entry->content_len);
    pz__buffer_char(&work->room, '\n');
    if (entry->topic) pz__text_fold(&work->room, entry->topic, entry->topic_len);
    PZ__TRY(add_media_words(work, entry->id));
    if (work->room.status != PZ_OK) return pz__fail_memory();
    *out_has = pz__text_holds(work->room.data, work->room.length, work->words.data ? work->words.data : "", work->words.length);
    return PZ_OK;
}

/* ------------------------------------------------------------------------------------------------- ordering --- */

static int order_of(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

static int64_t due_of(const pz_voice_entry *entry)
{
    return entry->due_on == PZ_DATE_NONE ? INT64_MAX : entry->due_on;
}

/* What classmates shared is not ordered by who they are. */
static int compare(const pz_voice_query *query, const pz_voice_entry *a, const pz_voice_entry *b)
{
    int order = 0;
    switch ((pz_voice_order)query->order) {
    case PZ_VOICE_ORDER_LEARNER: break;
    case PZ_VOICE_ORDER_DUE: order = order_of(due_of(a), due_of(b)); break;
    case PZ_VOICE_ORDER_SAID: order = order_of(b->said_at, a->said_at); break;
    case PZ_VOICE_ORDER_ACTED: order = order_of(b->acted_at, a->acted_at); break;
    }
    if (!order && !query->shared_only) order = order_of(a->learner, b->learner);
    return order ? order : order_of(a->id, b->id);
}

static int compare_places(const void *a, const void *b, void *query)
{
    return compare(query, *(const pz_voice_entry *const *)a, *(const pz_voice_entry *const *)b);
}

/* -------------------------------------------------------------------------------------------------- reading --- */

static pz_status is_wanted(list_work *work, const pz_voice_entry *entry, int *out_wanted)
{
    *out_wanted = is_of_kind(work, entry) && (!work->after || compare(work->query, entry, work->after) > 0);
    if (*out_wanted) PZ__TRY(is_of_topic(work, entry, out_wanted));
    return *out_wanted ? has_words(work, entry, out_wanted) : PZ_OK;
}

static pz_status add_row(const pz_voice_entry *entry, void *user_data)
{
    list_work *work = user_data;
    int wanted;
    PZ__TRY(is_wanted(work, entry, &wanted));
    if (wanted) pz__rows_add(&work->rows, entry);
    return PZ_OK;
}

static pz_status add_shared(const pz_voice_entry *entry, void *user_data)
{
    list_work *work = user_data;
    return pz__voice_is_own(work->call, entry) ? PZ_OK : add_row(entry, user_data);
}

static pz_status read_shared(list_work *work)
{
    const pz_voice_query *query = work->query;
    pz__reach classes;
    if (pz__call_role(work->call) != PZ_ROLE_LEARNER)
        return pz__fail(PZ_E_DENIED, "shared_only", "Adults see what is shared among all that they see.",
                        "Classmates share with learners.");
    if (query->class_id) PZ__TRY(pz__may_class(work->call, PZ_KIND_CLASS, PZ__SEE, query->class_id, "class_id"));
    PZ__TRY(pz__reach_classes(work->call, &classes));
    for (size_t i = 0; i < classes.count; i++)
        if (!query->class_id || classes.ids[i] == query->class_id)
            PZ__TRY(pz__voice_each_shared(work->call, classes.ids[i], add_shared, work));
    return PZ_OK;
}

static pz_status read_reached(list_work *work)
{
    PZ__TRY(pz__whom_find(work->call, PZ_KIND_VOICE, work->query->learner, work->query->class_id, &work->whom));
    if (work->whom.all) return pz__voice_each(work->call, 0, add_row, work);
    for (size_t i = 0; i < work->whom.count; i++) PZ__TRY(pz__voice_each(work->call, work->whom.ids[i], add_row, work));
    return PZ_OK;
}

static pz_status find_place(list_work *work)
{
    pz_status status = work->query->after ? pz__voice_find(work->call, PZ__SEE, work->query->after, &work->after) : PZ_OK;
    if (status != PZ_E_NOT_FOUND) return status;
    return pz__fail(PZ_E_NOT_FOUND, "after", "Begin anew with 0.", "There is no voice entry %lld that this actor sees.",
                    (long long)work->query->after);
}

static pz_status read_all(list_work *work)
{
    const pz_voice_query *query = work->query;
    if (query->topic) pz__text_fold(&work->topic, query->topic, query->topic_len);
    if (query->text) pz__text_fold(&work->words, query->text, query->text_len);
    if (work->topic.status != PZ_OK || work->words.status != PZ_OK) return pz__fail_memory();
    PZ__TRY(find_place(work));
    return query->shared_only ? read_shared(work) : read_reached(work);
}

/* Only what is on the page was read. Who a classmate is goes last: the record of reads needs it. */
static pz_status take_page(list_work *work, pz_voice_entry ***out_rows, size_t *out_count)
{
    PZ__TRY(pz__page_take(&work->rows, compare_places, work->query, work->query->limit, (void ***)out_rows, out_count));
    if (!work->query->shared_only) {
        pz__page_note_reads(work->call, &work->whom, (const void *const *)*out_rows, *out_count, offsetof(pz_voice_entry, learner));
        return PZ_OK;
    }
    for (size_t i = 0; i < *out_count; i++) {
        pz__call_read_learner(work->call, PZ_KIND_VOICE, (*out_rows)[i]->learner);
        pz__voice_hide_learner((*out_rows)[i]);
    }
    return PZ_OK;
}

static pz_status list(list_work *work, pz_voice_entry ***out_rows, size_t *out_count)
{
    pz_status status;
    pz__rows_start(&work->rows, &pz__voice_entry_type);
    status = read_all(work);
    if (status == PZ_OK)
        status = take_page(work, out_rows, out_count);
    else
        pz__rows_free(&work->rows);
    pz__whom_free(&work->whom);
    pz_free(work->after);
    pz__buffer_free(&work->topic);
    pz__buffer_free(&work->words);
    pz__buffer_free(&work->room);
    return status;
}

static pz_status check_query(pz_voice_query *query)
{
    if (query->kind < 0 || query->kind > PZ_VOICE_COUNTER)
        return pz__fail(PZ_E_INVALID, "kind", "pz_voice_kind names the kinds; 0 is any.", "There is no kind %d of voice entry.",
                        (int)query->kind);
    if (query->state < 0 || query->state > PZ_VOICE_WITHDRAWN)
        return pz__fail(PZ_E_INVALID, "state", "pz_voice_state names the states; 0 is any.", "There is no state %d of a voice entry.",
                        (int)query->state);
    if (query->order < PZ_VOICE_ORDER_LEARNER || query->order > PZ_VOICE_ORDER_ACTED)
        return pz__fail(PZ_E_INVALID, "order", "pz_voice_order names the orders.", "There is no order %d of voice entries.",
                        (int)query->order);
    PZ__TRY(pz__page_check_limit(query->limit));
    PZ__TRY(pz__text_check(query->topic, query->topic_len, (size_t)pz_limit(PZ_LIMIT_TITLE), "topic", &query->topic_len));
    return pz__text_check(query->text, query->text_len, (size_t)pz_limit(PZ_LIMIT_TEXT), "text", &query->text_len);
}

pz_status pz_voice_list(pz_actor *actor, const pz_voice_query *query, pz_voice_entry ***out_rows, size_t *out_count)
{
    pz_voice_query taken;
    pz__call call;
    list_work work = {.call = &call, .query = &taken};
    pz_voice_entry **rows = NULL;
    size_t count = 0;
    PZ__TRY(pz__list_start((void ***)out_rows, out_count));
    if (!actor) return pz__fail_closed("actor");
    PZ__TRY(pz__record_take(&pz__voice_query_type, query ? query : pz__voice_query_type.initial, sizeof taken, &taken));
    PZ__TRY(check_query(&taken));
    PZ__TRY(pz__call_read(&call, actor));
    return pz__page_end(&call, list(&work, &rows, &count), (void ***)&rows, &count, (void ***)out_rows, out_count);
}

/* ---------------------------------------------------------------------------------------------- of one entry --- */

static pz_status add_version(const pz_voice_entry *entry, void *user_data)
{
    pz__rows_add(user_data, entry);
    return PZ_OK;
}

/* A classmate sees what is said now, not what was said before it was shared. */
static pz_status read_versions(pz__call *call, pz_id id, pz__rows *rows)
{
    pz_voice_entry *entry;
    pz_id learner;
    PZ__TRY(pz__voice_find(call, PZ__SEE, id, &entry));
    learner = entry->learner;
    pz_free(entry);
    return learner ? pz__voice_each_version(call, id, add_version, rows) : pz__voice_fail_missing(id);
}

pz_status pz_voice_history(pz_actor *actor, pz_id entry, pz_voice_entry ***out_rows, size_t *out_count)
{
    pz__rows rows;
    pz__call call;
    PZ__TRY(pz__list_start((void ***)out_rows, out_count));
    PZ__TRY(pz__call_read(&call, actor));
    pz__rows_start(&rows, &pz__voice_entry_type);
    return pz__call_end_rows(&call, read_versions(&call, entry, &rows), &rows, (void ***)out_rows, out_count);
}

typedef struct part {
    const pz_record_type *type;
    const char *sql; /* ?1 tenant, ?2 the entry, ?3 the change that is seen */
} part;

static pz_status read_part(pz__call *call, const part *what, pz_id id, pz__rows *rows, int *out_is_shared)
{
    pz_voice_entry *entry;
    PZ__TRY(pz__voice_find(call, PZ__SEE, id, &entry));
    *out_is_shared = entry->learner == 0;
    pz_free(entry);
    return pz__ask_rows(call, what->sql, id, rows);
}

#define OF_ENTRY " WHERE tenant_id = ?1 AND voice_id = ?2 AND since_change <= ?3 AND until_change > ?3"

pz_status pz_voice_media_list(pz_actor *actor, pz_id entry, pz_voice_media ***out_rows, size_t *out_count)
{
    static const part media = {&pz__voice_media_type,
                               "SELECT voice_id, position, name, reference, media_type, size, hash, alternative FROM voice_media" OF_ENTRY
                               " ORDER BY position"};
    pz__rows rows;
    pz__call call;
    int is_shared;
    PZ__TRY(pz__list_start((void ***)out_rows, out_count));
    PZ__TRY(pz__call_read(&call, actor));
    pz__rows_start(&rows, &pz__voice_media_type);
    return pz__call_end_rows(&call, read_part(&call, &media, entry, &rows, &is_shared), &rows, (void ***)out_rows, out_count);
}

/* To a classmate the learner who opened it again is nobody by name. */
static void hide_learners(pz__rows *rows)
{
    pz_voice_answer *answers = rows->records;
    for (size_t i = 0; i < rows->count; i++)
        if (answers[i].role == PZ_ROLE_LEARNER) answers[i].person = 0;
}

pz_status pz_voice_answer_list(pz_actor *actor, pz_id entry, pz_voice_answer ***out_rows, size_t *out_count)
{
    static const part answers = {
        &pz__voice_answer_type,
        "SELECT voice_id, position, state, person_id, role, at, content, done_kind, done_id FROM voice_answer" OF_ENTRY
        " ORDER BY position"};
    pz__rows rows;
    pz__call call;
    pz_status status;
    int is_shared = 0;
    PZ__TRY(pz__list_start((void ***)out_rows, out_count));
    PZ__TRY(pz__call_read(&call, actor));
    pz__rows_start(&rows, &pz__voice_answer_type);
    status = read_part(&call, &answers, entry, &rows, &is_shared);
    if (is_shared) hide_learners(&rows);
    return pz__call_end_rows(&call, status, &rows, (void ***)out_rows, out_count);
}

static pz_status keep_reached(pz__call *call, pz__rows *rows)
{
    pz_voice_cosigner *cosigners = rows->records;
    size_t kept = 0;
    for (size_t i = 0; i < rows->count; i++) {
        int reaches = pz__call_role(call) == PZ_ROLE_SERVICE;
        if (!reaches) PZ__TRY(pz__reaches(call, PZ__REACH_LEARNERS, cosigners[i].person, &reaches));
        if (!reaches) continue;
        pz__call_read_learner(call, PZ_KIND_VOICE, cosigners[i].person);
        cosigners[kept++] = cosigners[i];
    }
    rows->count = kept;
    return PZ_OK;
}

pz_status pz_voice_cosigner_list(pz_actor *actor, pz_id entry, pz_voice_cosigner ***out_rows, size_t *out_count)
{
    static const part cosigners = {&pz__voice_cosigner_type,
                                   "SELECT voice_id, person_id, at FROM voice_cosigner" OF_ENTRY " ORDER BY person_id"};
    pz__rows rows;
    pz__call call;
    pz_status status;
    int is_shared;
    PZ__TRY(pz__list_start((void ***)out_rows, out_count));
    PZ__TRY(pz__call_read(&call, actor));
    pz__rows_start(&rows, &pz__voice_cosigner_type);
    status = read_part(&call, &cosigners, entry, &rows, &is_shared);
    if (status == PZ_OK) status = keep_reached(&call, &rows);
    return pz__call_end_rows(&call, status, &rows, (void ***)out_rows, out_count);
}
