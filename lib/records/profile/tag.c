/* Tags of profile entries. */
#include <ctype.h>
#include <string.h>

#include "base/fail.h"
#include "base/memory.h"
#include "base/text.h"
#include "base/text_fold.h"
#include "records/access/whom.h"
#include "records/listing.h"
#include "records/profile/find.h"
#include "records/profile/see.h"
#include "records/profile/tables.h"
#include "records/writing.h"

enum { MOST_TAGS = 100 };

/* ------------------------------------------------------------------------------------------------- checking --- */

/* A scheme (a letter, then letters, digits, "+", "-", "."), a colon, and no white space anywhere. */
static pz_status check_uri(const pz_profile_tag *tag)
{
    size_t at = 0;
    while (at < tag->uri_len && (isalnum((unsigned char)tag->uri[at]) || (at && strchr("+-.", tag->uri[at])))) at++;
    if (at && isalpha((unsigned char)tag->uri[0]) && at + 1 < tag->uri_len && tag->uri[at] == ':') {
        while (at < tag->uri_len && (unsigned char)tag->uri[at] > ' ') at++;
        if (at == tag->uri_len) return PZ_OK;
    }
    return pz__fail(PZ_E_INVALID, "uri", "Begin with a scheme such as https: and write no spaces.", "The URI of a tag is none.");
}

typedef struct tag_set {
    pz_profile_tag tags[MOST_TAGS];
    pz__buffer folded[MOST_TAGS];
    size_t count;
} tag_set;

static pz_status take_tag(tag_set *set, const pz_profile_tag *given)
{
    size_t title = (size_t)pz_limit(PZ_LIMIT_TITLE);
    pz_profile_tag *tag = &set->tags[set->count];
    pz__buffer *folded = &set->folded[set->count];
    PZ__TRY(pz__record_take(&pz__profile_tag_type, given, sizeof *tag, tag));
    PZ__TRY(pz__text_need(tag->tag, tag->tag_len, title, "tag", &tag->tag_len));
    PZ__TRY(pz__text_check(tag->uri, tag->uri_len, title, "uri", &tag->uri_len));
    if (tag->uri_len)
        PZ__TRY(check_uri(tag));
    else
        tag->uri = NULL;
    set->count++;
    pz__text_fold(folded, tag->tag, tag->tag_len);
    if (folded->status != PZ_OK) return pz__fail_memory();
    if (!folded->length) return pz__fail(PZ_E_INVALID, "tag", NULL, "A tag is more than white space.");
    for (size_t i = 0; i + 1 < set->count; i++)
        if (set->folded[i].length == folded->length && memcmp(set->folded[i].data, folded->data, folded->length) == 0)
            return pz__fail(PZ_E_EXISTS, "tags", "Give each tag once, whatever its case.", "The tag %zu is there twice.", set->count);
    return PZ_OK;
}

static pz_status take_tags(tag_set *set, const pz_profile_tag *const *tags, size_t rows)
{
    if (rows && !tags) return pz__fail_null("tags");
    if (rows > MOST_TAGS) return pz__fail(PZ_E_TOO_LONG, "tags", NULL, "There are %zu tags; an entry has up to %d.", rows, (int)MOST_TAGS);
    for (size_t i = 0; i < rows; i++) PZ__TRY(take_tag(set, tags[i]));
    return PZ_OK;
}

/* ------------------------------------------------------------------------------------------------- writing --- */

static pz_status run(pz__call *call, const char *sql, const pz_profile_entry *entry, const pz_profile_tag *tag, const pz__buffer *folded)
{
    pz__statement *statement;
    PZ__TRY(pz__db_statement(call->db, sql, &statement));
    pz__bind_int(statement, 1, call->tenant);
    pz__bind_int(statement, 2, entry->learner);
    pz__bind_int(statement, 3, entry->id);
    pz__bind_int(statement, 4, pz__change_number(call->change));
    if (tag) {
        pz__bind_text(statement, 5, folded->data, folded->length);
        pz__bind_text(statement, 6, tag->tag, tag->tag_len);
        pz__bind_text(statement, 7, tag->uri, tag->uri_len);
    }
    return pz__db_run(statement);
}

/* Rows of this same change were never seen by anybody: they go. */
static pz_status write_tags(pz__call *call, const pz_profile_entry *entry, const tag_set *set)
{
#define ROWS_OF "record_tag WHERE tenant_id = ?1 AND learner_id = ?2 AND record_id = ?3"
    static const char drop[] = "DELETE FROM " ROWS_OF " AND since_change = ?4";
    static const char close[] = "UPDATE record_tag SET until_change = ?4 WHERE tenant_id = ?1 AND learner_id = ?2 AND record_id = ?3 "
                                "AND until_change = " PZ__CURRENT_SQL;
    static const char insert[] = "INSERT INTO record_tag (tenant_id, learner_id, record_id, since_change, until_change, folded, tag, uri) "
                                 "VALUES (?1, ?2, ?3, ?4, " PZ__CURRENT_SQL ", ?5, ?6, ?7)";
#undef ROWS_OF
    PZ__TRY(run(call, drop, entry, NULL, NULL));
    PZ__TRY(run(call, close, entry, NULL, NULL));
    for (size_t i = 0; i < set->count; i++) PZ__TRY(run(call, insert, entry, &set->tags[i], &set->folded[i]));
    pz__change_note(call->change, PZ_KIND_PROFILE_ENTRY, entry->id, entry->learner, PZ__ACT_REVISE, 1);
    return PZ_OK;
}

static pz_status set_tags(pz__call *call, pz_id entry, const tag_set *set)
{
    pz__entry_found found;
    pz_status status;
    PZ__TRY(pz__entry_find_own(call, entry, &found));
    status = write_tags(call, found.entry, set);
    pz_free(found.entry);
    return status;
}

static pz_status write(pz_actor *actor, pz_id entry, const tag_set *set, const char *key)
{
    pz__buffer request = PZ__BUFFER_INIT;
    pz__call call;
    pz__request_int(&request, entry);
    for (size_t i = 0; i < set->count; i++) {
        pz__request_text(&request, set->tags[i].tag, set->tags[i].tag_len);
        pz__request_text(&request, set->tags[i].uri, set->tags[i].uri_len);
    }
    PZ__TRY(pz__write_start(&call, actor, "profile.tag", key, &request));
    return pz__call_end(&call, call.repeated ? PZ_OK : set_tags(&call, entry, set));
}

pz_status pz_profile_tags_set(pz_actor *actor, pz_id entry, const pz_profile_tag *const *tags, size_t rows, const char *key)
{
    tag_set *set;
    pz_status status;
    if (!actor) return pz__fail_closed("actor");
    set = pz__alloc_zero(1, sizeof *set);
    if (!set) return pz__fail_memory();
    status = take_tags(set, tags, rows);
    if (status == PZ_OK) status = write(actor, entry, set, key);
    for (size_t i = 0; i < MOST_TAGS; i++) pz__buffer_free(&set->folded[i]);
    pz__release(set);
    return status;
}

/* -------------------------------------------------------------------------------------------------- listing --- */

typedef struct list_work {
    pz__call *call;
    pz__whom whom;
    pz__rows rows;
    pz_id last;
} list_work;

static pz_status add_tag(const pz_profile_tag *tag, void *user_data)
{
    list_work *work = user_data;
    pz__rows_add(&work->rows, tag);
    if (tag->learner != work->last) pz__whom_read_learner(work->call, &work->whom, work->last = tag->learner);
    return PZ_OK;
}

static pz_status add_tags_of(const pz_profile_entry *entry, void *user_data)
{
    list_work *work = user_data;
    return pz__profile_tags_each(work->call, entry->learner, entry->id, add_tag, work);
}

static pz_status list(list_work *work, pz_id learner, pz_id class_id)
{
    pz__whom *whom = &work->whom;
    pz_status status = PZ_OK;
    PZ__TRY(pz__whom_find(work->call, PZ_KIND_PROFILE_ENTRY, learner, class_id, whom));
    pz__whom_read_class(work->call, whom);
    if (whom->all) status = pz__profile_each(work->call, 0, 0, 0, add_tags_of, work);
    for (size_t i = 0; i < whom->count && status == PZ_OK; i++)
        status = pz__profile_each(work->call, whom->ids[i], 0, 0, add_tags_of, work);
    pz__whom_free(whom);
    return status;
}

pz_status pz_profile_tag_list(pz_actor *actor, pz_id learner, pz_id class_id, pz_profile_tag ***out_rows, size_t *out_count)
{
    pz__call call;
    list_work work = {.call = &call};
    pz_status status;
    PZ__TRY(pz__list_start((void ***)out_rows, out_count));
    PZ__TRY(pz__call_read(&call, actor));
    pz__rows_start(&work.rows, &pz__profile_tag_type);
    status = list(&work, learner, class_id);
    return pz__call_end_rows(&call, status, &work.rows, (void ***)out_rows, out_count);
}
