/* Entries of profiles listed: filtered, in an order, page by page; and the history of one. */
#include <stdlib.h>
#include <string.h>

#include "base/fail.h"
#include "base/memory.h"
#include "base/text.h"
#include "base/text_fold.h"
#include "records/access/visible.h"
#include "records/access/whom.h"
#include "records/ask.h"
#include "records/evidence/learning_tables.h"
#include "records/listing.h"
#include "records/profile/see.h"

typedef struct list_work {
    pz__call *call;
    pz_profile_query query;
    pz__buffer text; /* words that are looked for, folded */
    pz__buffer tag;
    pz__buffer heap;        /* of the entry at hand, folded */
    pz_profile_entry after; /* where the page begins; its id is 0 at the beginning. Its texts are not kept. */
    pz__whom whom;
    pz__rows *rows;
} list_work;

/* ------------------------------------------------------------------------------------------------ filtering --- */

/* The tags of an entry as the call sees them: added to the heap, or only whether it has the one that is asked for. */
static pz_status read_tags(list_work *work, const pz_profile_entry *entry, int *out_has)
{
    static const char sql[] = "SELECT folded FROM record_tag WHERE tenant_id = ?1 AND learner_id = ?2 AND record_id = ?3 "
                              "AND since_change <= ?4 AND until_change > ?4 ORDER BY folded";
    pz__statement *statement;
    pz_status status;
    int row;
    *out_has = 0;
    PZ__TRY(pz__db_statement(work->call->db, sql, &statement));
    pz__bind_int(statement, 1, work->call->tenant);
    pz__bind_int(statement, 2, entry->learner);
    pz__bind_int(statement, 3, entry->id);
    pz__bind_int(statement, 4, work->call->as_of);
    while ((status = pz__db_step(statement, &row)) == PZ_OK && row) {
        size_t length;
        const char *tag = pz__column_text(statement, 0, &length);
        pz__buffer_char(&work->heap, ' ');
        pz__buffer_add(&work->heap, tag, length);
        *out_has |= length == work->tag.length && memcmp(tag, work->tag.data ? work->tag.data : "", length) == 0;
    }
    pz__db_reset(statement);
    return status;
}

static pz_status holds_text(list_work *work, const pz_profile_entry *entry, int *out_holds)
{
    int has_tag = 1;
    *out_holds = 1;
    if (!work->text.length && !work->tag.length) return PZ_OK;
    pz__buffer_clear(&work->heap);
    if (entry->content) pz__text_fold(&work->heap, entry->content, entry->content_len);
    pz__buffer_char(&work->heap, ' ');
    if (entry->code) pz__text_fold(&work->heap, entry->code, entry->code_len);
    PZ__TRY(read_tags(work, entry, &has_tag));
    if (work->heap.status != PZ_OK) return pz__fail_memory();
    *out_holds = (has_tag || !work->tag.length) &&
                 pz__text_holds(work->heap.data, work->heap.length, work->text.data ? work->text.data : "", work->text.length);
    return PZ_OK;
}

static int is_on_day(const pz_profile_entry *entry, pz_date day)
{
    if (day == PZ_DATE_NONE) return 1;
    return (entry->begins_on == PZ_DATE_NONE || entry->begins_on <= day) && (entry->ends_on == PZ_DATE_NONE || entry->ends_on >= day);
}

static int is_wanted(const pz_profile_query *query, const pz_profile_entry *entry)
{
    if (query->author && entry->author != query->author) return 0;
    if (query->author_role && entry->author_role != query->author_role) return 0;
    if (query->is_disputed && !entry->is_disputed) return 0;
    return is_on_day(entry, query->on);
}

/* ------------------------------------------------------------------------------------------------- ordering --- */

static int order_of(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

/* Open ends come last. */
static int64_t end_of(const pz_profile_entry *entry)
{
    return entry->ends_on == PZ_DATE_NONE ? INT64_MAX : entry->ends_on;
}

static int by_section(const pz_profile_query *query, const pz_profile_entry *a, const pz_profile_entry *b)
{
    int order = order_of(a->learner, b->learner);
    if (!order) order = order_of(a->section, b->section);
    if (!order) order = query->with_history ? order_of(a->version, b->version) : order_of(a->observed_at, b->observed_at);
    return order;
}

static int compare(const pz_profile_query *query, const pz_profile_entry *a, const pz_profile_entry *b)
{
    int order = 0;
    switch ((pz_profile_order)query->order) {
    case PZ_ORDER_SECTION: order = by_section(query, a, b); break;
    case PZ_ORDER_RECORDED: order = order_of(b->recorded_at, a->recorded_at); break;
    case PZ_ORDER_OBSERVED: order = order_of(b->observed_at, a->observed_at); break;
    case PZ_ORDER_ENDING: order = order_of(end_of(a), end_of(b)); break;
    }
    if (!order) order = order_of(a->learner, b->learner);
    if (!order) order = order_of(a->id, b->id);
    return order ? order : order_of(a->version, b->version);
}

static int compare_places(const void *a, const void *b, void *query)
{
    return compare(query, *(const pz_profile_entry *const *)a, *(const pz_profile_entry *const *)b);
}

/* --------------------------------------------------------------------------------------------------- reading --- */

static pz_status add_row(const pz_profile_entry *entry, void *user_data)
{
    list_work *work = user_data;
    int holds;
    if (!is_wanted(&work->query, entry)) return PZ_OK;
    if (work->after.id && compare(&work->query, entry, &work->after) <= 0) return PZ_OK;
    PZ__TRY(holds_text(work, entry, &holds));
    if (holds) pz__rows_add(work->rows, entry);
    return PZ_OK;
}

typedef struct search {
    pz_id id;
    int64_t version; /* 0: the newest */
    pz_profile_entry found;
} search;

static pz_status keep_version(const pz_profile_entry *entry, void *user_data)
{
    search *s = user_data;
    if (entry->id == s->id && (!s->version || entry->version == s->version)) s->found = *entry;
    return PZ_OK;
}

/* Whose an entry is; 0 where there is none. */
static pz_status learner_of(pz__call *call, pz_id entry, pz_id *out_learner)
{
    static const char sql[] = "SELECT learner_id FROM profile_entry WHERE tenant_id = ?1 AND entry_id = ?2 AND since_change <= ?3 LIMIT 1";
    pz__statement *statement;
    pz_status status;
    int row;
    *out_learner = 0;
    PZ__TRY(pz__ask(call, sql, entry, &statement));
    status = pz__db_step(statement, &row);
    if (row) *out_learner = pz__column_int(statement, 0);
    pz__db_reset(statement);
    return status;
}

static pz_status fail_missing(const char *field, pz_id entry)
{
    return pz__fail(PZ_E_NOT_FOUND, field, "pz_profile_entry_list() lists them.", "There is no entry %lld in reach.", (long long)entry);
}

/* Where the page before ended, also where that entry was withdrawn since. */
static pz_status find_place(list_work *work)
{
    search s = {work->query.after, work->query.with_history ? work->query.after_version : 0, PZ_PROFILE_ENTRY_INIT};
    pz_id learner;
    pz_status status;
    if (!s.id) return PZ_OK;
    PZ__TRY(learner_of(work->call, s.id, &learner));
    status = learner ? pz__may_learner(work->call, PZ_KIND_PROFILE_ENTRY, PZ__SEE, learner, "after") : PZ_E_NOT_FOUND;
    if (status == PZ_OK) status = pz__profile_each(work->call, learner, 0, 1, keep_version, &s);
    if (status == PZ_E_NOT_FOUND || (status == PZ_OK && !s.found.id)) return fail_missing("after", s.id);
    work->after = s.found;
    return status;
}

static pz_status read_all(list_work *work)
{
    const pz__whom *whom = &work->whom;
    int32_t section = work->query.section, history = work->query.with_history != 0;
    if (whom->all) return pz__profile_each(work->call, 0, section, history, add_row, work);
    for (size_t i = 0; i < whom->count; i++) PZ__TRY(pz__profile_each(work->call, whom->ids[i], section, history, add_row, work));
    return PZ_OK;
}

static void note_reads(list_work *work, pz_profile_entry *const *entries, size_t count)
{
    pz__whom_read_class(work->call, &work->whom);
    for (size_t i = 0; i < count; i++)
        if (i == 0 || entries[i]->learner != entries[i - 1]->learner) pz__whom_read_learner(work->call, &work->whom, entries[i]->learner);
}

static pz_status take_page(list_work *work, pz_profile_entry ***out_rows, size_t *out_count)
{
    pz_profile_entry **all;
    pz__rows page;
    size_t count, limit = (size_t)work->query.limit;
    PZ__TRY(pz__rows_take(work->rows, (void ***)&all, &count));
    if (work->query.order != PZ_ORDER_SECTION || limit) qsort_r(all, count, sizeof *all, compare_places, &work->query);
    if (!limit || count <= limit) {
        note_reads(work, all, count);
        *out_rows = all;
        *out_count = count;
        return PZ_OK;
    }
    note_reads(work, all, limit);
    pz__rows_start(&page, &pz__profile_entry_type);
    for (size_t i = 0; i < limit; i++) pz__rows_add(&page, all[i]);
    pz_free(all);
    return pz__rows_take(&page, (void ***)out_rows, out_count);
}

static pz_status list(list_work *work, pz_profile_entry ***out_rows, size_t *out_count)
{
    pz_status status;
    PZ__TRY(pz__whom_find(work->call, PZ_KIND_PROFILE_ENTRY, work->query.learner, work->query.class_id, &work->whom));
    work->whom.section = work->query.section;
    status = find_place(work);
    if (status == PZ_OK) status = read_all(work);
    if (status == PZ_OK)
        status = take_page(work, out_rows, out_count);
    else
        pz__rows_free(work->rows);
    pz__whom_free(&work->whom);
    return status;
}

/* --------------------------------------------------------------------------------------------------- asking --- */

static pz_status fail_query(const char *field, const char *what)
{
    return pz__fail(PZ_E_INVALID, field, "personalize/profile.h has the ranges.", "%s", what);
}

static pz_status check_query(pz_profile_query *query)
{
    size_t tag_len;
    if (query->section < 0 || query->section > PZ_PROFILE_LEARN_WHERE)
        return fail_query("section", "pz_profile_section names the sections; 0 is any.");
    if (query->author_role < 0 || query->author_role > PZ_ROLE_SERVICE)
        return fail_query("author_role", "pz_role names the roles; 0 is any.");
    if (query->order < PZ_ORDER_SECTION || query->order > PZ_ORDER_ENDING) return fail_query("order", "pz_profile_order names the orders.");
    if (query->limit < 0 || query->limit > 10000) return fail_query("limit", "A page has 1 to 10,000 entries; 0 gives all.");
    PZ__TRY(pz__text_check(query->text, query->text_len, (size_t)pz_limit(PZ_LIMIT_TITLE), "text", &query->text_len));
    return pz__text_check(query->tag, PZ_NUL_TERMINATED, (size_t)pz_limit(PZ_LIMIT_TITLE), "tag", &tag_len);
}

static pz_status prepare(list_work *work)
{
    const pz_profile_query *query = &work->query;
    if (query->text) pz__text_fold(&work->text, query->text, query->text_len);
    if (query->tag) pz__text_fold(&work->tag, query->tag, strlen(query->tag));
    return work->text.status == PZ_OK && work->tag.status == PZ_OK ? PZ_OK : pz__fail_memory();
}

/* Results are given away when the call has ended well. */
static pz_status end_list(pz__call *call, pz_status status, pz_profile_entry **rows, size_t count, pz_profile_entry ***out_rows,
                          size_t *out_count)
{
    status = pz__call_end(call, status);
    if (status != PZ_OK) {
        pz_free(rows);
        return status;
    }
    *out_rows = rows;
    *out_count = count;
    return PZ_OK;
}

pz_status pz_profile_entry_list(pz_actor *actor, const pz_profile_query *query, pz_profile_entry ***out_rows, size_t *out_count)
{
    pz_profile_entry **found = NULL;
    pz__rows rows;
    pz__call call;
    list_work work = {.call = &call, .rows = &rows, .after = PZ_PROFILE_ENTRY_INIT};
    size_t count = 0;
    pz_status status;
    PZ__TRY(pz__list_start((void ***)out_rows, out_count));
    if (!actor) return pz__fail_closed("actor");
    PZ__TRY(pz__record_take(&pz__profile_query_type, query ? query : pz__profile_query_type.initial, sizeof work.query, &work.query));
    PZ__TRY(check_query(&work.query));
    status = prepare(&work);
    if (status == PZ_OK) status = pz__call_read(&call, actor);
    if (status == PZ_OK) {
        pz__rows_start(&rows, &pz__profile_entry_type);
        status = list(&work, &found, &count);
        status = end_list(&call, status, found, count, out_rows, out_count);
    }
    pz__buffer_free(&work.text);
    pz__buffer_free(&work.tag);
    pz__buffer_free(&work.heap);
    return status;
}

/* ------------------------------------------------------------------------------------------- one, and its history --- */

typedef struct history_work {
    pz_id entry;
    pz__rows *rows;
} history_work;

static pz_status add_version(const pz_profile_entry *entry, void *user_data)
{
    history_work *work = user_data;
    if (entry->id == work->entry) pz__rows_add(work->rows, entry);
    return PZ_OK;
}

/* Versions come by section first, and an entry may have changed its section. */
static int by_version(const void *a, const void *b)
{
    return order_of((*(const pz_profile_entry *const *)a)->version, (*(const pz_profile_entry *const *)b)->version);
}

/* The versions of an entry that the actor sees, or the current one alone; there is one at least. */
static pz_status read_versions(pz__call *call, pz_id entry, int with_history, pz__rows *rows)
{
    history_work work = {entry, rows};
    pz_id learner;
    pz_status status;
    PZ__TRY(learner_of(call, entry, &learner));
    status = learner ? pz__may_learner(call, PZ_KIND_PROFILE_ENTRY, PZ__SEE, learner, "entry") : PZ_E_NOT_FOUND;
    if (status == PZ_E_NOT_FOUND) return fail_missing("entry", entry);
    PZ__TRY(status);
    PZ__TRY(pz__profile_each(call, learner, 0, with_history, add_version, &work));
    if (rows->status != PZ_OK) return rows->status;
    if (!rows->count) return fail_missing("entry", entry);
    pz__call_read_learner(call, PZ_KIND_PROFILE_ENTRY, learner);
    return PZ_OK;
}

static pz_status read_history(pz__call *call, pz_id entry, pz_profile_entry ***out_rows, size_t *out_count)
{
    pz__rows rows;
    pz_status status;
    pz__rows_start(&rows, &pz__profile_entry_type);
    status = read_versions(call, entry, 1, &rows);
    if (status != PZ_OK) {
        pz__rows_free(&rows);
        return status;
    }
    PZ__TRY(pz__rows_take(&rows, (void ***)out_rows, out_count));
    qsort(*out_rows, *out_count, sizeof **out_rows, by_version);
    return PZ_OK;
}

static pz_status read_one(pz__call *call, pz_id entry, pz_profile_entry **out_entry)
{
    pz__rows rows;
    pz_status status;
    pz__rows_start(&rows, &pz__profile_entry_type);
    status = read_versions(call, entry, 0, &rows);
    if (status == PZ_OK) status = pz__rows_take_one(&rows, (void **)out_entry);
    if (status != PZ_OK) pz__rows_free(&rows);
    return status;
}

pz_status pz_profile_entry_get(pz_actor *actor, pz_id entry, pz_profile_entry **out_entry)
{
    pz_profile_entry *found = NULL;
    pz__call call;
    pz_status status;
    if (!out_entry) return pz__fail_null("out_entry");
    *out_entry = NULL;
    PZ__TRY(pz__call_read(&call, actor));
    status = pz__call_end(&call, read_one(&call, entry, &found));
    if (status == PZ_OK)
        *out_entry = found;
    else
        pz_free(found);
    return status;
}

pz_status pz_profile_entry_history(pz_actor *actor, pz_id entry, pz_profile_entry ***out_rows, size_t *out_count)
{
    pz_profile_entry **found = NULL;
    size_t count = 0;
    pz__call call;
    pz_status status;
    PZ__TRY(pz__list_start((void ***)out_rows, out_count));
    PZ__TRY(pz__call_read(&call, actor));
    status = read_history(&call, entry, &found, &count);
    return end_list(&call, status, found, count, out_rows, out_count);
}
