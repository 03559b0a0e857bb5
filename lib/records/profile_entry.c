/* Entries of profiles: added, revised, withdrawn, listed. */
#include <string.h>

#include "base/fail.h"
#include "base/memory.h"
#include "base/text.h"
#include "records/learning_tables.h"
#include "records/listing.h"
#include "records/profile_see.h"
#include "records/save.h"
#include "records/visible.h"
#include "records/whom.h"
#include "records/writing.h"

/* ------------------------------------------------------------------------------------------------- checking --- */

static pz_status fail_value(const char *field, const char *what)
{
    return pz__fail(PZ_E_INVALID, field, "personalize/profile.h has the ranges.", "%s", what);
}

static pz_status check_numbers(const pz_profile_entry *entry)
{
    if (isinf(entry->value)) return fail_value("value", "The value must be finite.");
    if (entry->section == PZ_PROFILE_ATTENDANCE && !isnan(entry->value) && !(entry->value >= 0 && entry->value <= 1))
        return fail_value("value", "Attendance is a share from 0 to 1.");
    if (!isnan(entry->standard_error) && (isinf(entry->standard_error) || entry->standard_error < 0 || isnan(entry->value)))
        return fail_value("standard_error", "A standard error is 0 or more, and belongs to a value.");
    if (!isnan(entry->confidence) && !(entry->confidence >= 0 && entry->confidence <= 1))
        return fail_value("confidence", "The confidence is from 0 to 1.");
    return pz__check_days(entry->begins_on, entry->ends_on, "begins_on", "ends_on");
}

static pz_status check_texts(pz_profile_entry *entry)
{
    size_t title = (size_t)pz_limit(PZ_LIMIT_TITLE);
    PZ__TRY(pz__text_check(entry->code, entry->code_len, title, "code", &entry->code_len));
    PZ__TRY(pz__text_check(entry->content, entry->content_len, (size_t)pz_limit(PZ_LIMIT_TEXT), "content", &entry->content_len));
    PZ__TRY(pz__text_check(entry->scale, entry->scale_len, title, "scale", &entry->scale_len));
    PZ__TRY(pz__text_check(entry->source, entry->source_len, title, "source", &entry->source_len));
    if (!entry->source) entry->source = "";
    if (entry->content_len || entry->code_len || !isnan(entry->value)) return PZ_OK;
    return fail_value("content", "The entry says nothing: it needs content, a code or a value.");
}

static pz_status check(pz_profile_entry *entry)
{
    PZ__TRY(check_texts(entry));
    if (entry->section < PZ_PROFILE_INTEREST || entry->section > PZ_PROFILE_TEST_SCORE)
        return fail_value("section", "pz_profile_section names the sections.");
    if (entry->visibility < PZ_VISIBLE_SELF || entry->visibility > PZ_VISIBLE_SCHOOL)
        return fail_value("visibility", "pz_visibility names who can see an entry.");
    return check_numbers(entry);
}

/* What is the learner's alone the learner writes, or a file that it fills. */
static pz_status check_visibility(const pz__call *call, const pz_profile_entry *entry)
{
    int32_t role = pz__call_role(call);
    if (entry->visibility != PZ_VISIBLE_SELF || role == PZ_ROLE_LEARNER || role == PZ_ROLE_SERVICE) return PZ_OK;
    return pz__fail(PZ_E_INVALID, "visibility", "Choose a wider one; \"named\" is the narrowest that holds you as its author.",
                    "Only the learner writes entries that nobody else sees.");
}

/* --------------------------------------------------------------------------------------------------- adding --- */

static pz_status add(pz__call *call, pz__profile_row *row)
{
    pz_profile_entry *entry = &row->entry;
    pz__outcome outcome;
    PZ__TRY(pz__may_learner(call, PZ_KIND_PROFILE_ENTRY, PZ__WRITE, entry->learner, "learner"));
    PZ__TRY(check_visibility(call, entry));
    PZ__TRY(pz__store_take_ids(call->store, 1, &entry->id));
    entry->author = pz__call_person(call);
    entry->author_role = pz__call_role(call);
    if (entry->observed_at == PZ_TIME_NONE) entry->observed_at = pz__change_time(call->change);
    return pz__versioned_write(call, &pz__profile_table, row, &outcome);
}

static pz_status start(pz__call *call, pz_actor *actor, const char *action, const char *key, const pz_profile_entry *given,
                       pz__profile_row *row)
{
    pz__buffer request = PZ__BUFFER_INIT;
    const pz__profile_row initial = {PZ_PROFILE_ENTRY_INIT, NULL, 0};
    *row = initial;
    if (!actor) return pz__fail_closed("actor");
    PZ__TRY(pz__record_take(&pz__profile_entry_type, given, sizeof row->entry, &row->entry));
    PZ__TRY(check(&row->entry));
    pz__request_record(&request, &pz__profile_entry_type, &row->entry);
    return pz__write_start(call, actor, action, key, &request);
}

pz_status pz_profile_entry_add(pz_actor *actor, const pz_profile_entry *entry, const char *key, pz_id *out_id)
{
    pz__profile_row row;
    pz__call call;
    pz_status status = PZ_OK;
    if (out_id) *out_id = 0;
    PZ__TRY(start(&call, actor, "profile.add", key, entry, &row));
    if (!call.repeated) status = add(&call, &row);
    return pz__call_end_value(&call, status, row.entry.id, out_id);
}

/* ------------------------------------------------------------------------------------------------- revising --- */

typedef struct found_entry {
    pz_profile_entry *entry; /* one block */
    pz_id first_author;
    int32_t first_role;
} found_entry;

static pz_status fail_missing(pz_id entry)
{
    return pz__fail(PZ_E_NOT_FOUND, "entry", "pz_profile_entry_list() lists them.", "There is no entry %lld in reach, or it was withdrawn.",
                    (long long)entry);
}

/* The current version of an entry by its id, whoever's it is. */
static pz_status load(pz__call *call, pz_id id, pz_profile_entry **out_entry)
{
    static const char sql[] =
        "SELECT entry_id, learner_id, since_change, section, code, content, value, standard_error, scale, source, author_id, author_role, "
        "observed_at, begins_on, ends_on, confidence, visibility, 1 FROM profile_entry WHERE tenant_id = ?1 AND entry_id = ?2 "
        "AND until_change = " PZ__CURRENT_SQL " AND withdrawn_because IS NULL";
    pz__statement *statement;
    pz__rows rows;
    pz_status status;
    *out_entry = NULL;
    PZ__TRY(pz__db_statement(call->db, sql, &statement));
    pz__bind_int(statement, 1, call->tenant);
    pz__bind_int(statement, 2, id);
    pz__rows_start(&rows, &pz__profile_entry_type);
    status = pz__rows_read(&rows, statement);
    if (status == PZ_OK && rows.status == PZ_OK && rows.count == 0) status = fail_missing(id);
    if (status == PZ_OK) return pz__rows_take_one(&rows, (void **)out_entry);
    pz__rows_free(&rows);
    return status;
}

static pz_status read_first_author(pz__call *call, found_entry *found)
{
    static const char sql[] = "SELECT author_id, author_role FROM profile_entry WHERE tenant_id = ?1 AND learner_id = ?2 AND entry_id = ?3 "
                              "ORDER BY since_change LIMIT 1";
    pz__statement *statement;
    pz_status status;
    int row;
    PZ__TRY(pz__db_statement(call->db, sql, &statement));
    pz__bind_int(statement, 1, call->tenant);
    pz__bind_int(statement, 2, found->entry->learner);
    pz__bind_int(statement, 3, found->entry->id);
    status = pz__db_step(statement, &row);
    if (row) {
        found->first_author = pz__column_int(statement, 0);
        found->first_role = (int32_t)pz__column_int(statement, 1);
    }
    pz__db_reset(statement);
    return status;
}

static int may_change(const pz__call *call, const found_entry *found)
{
    pz_id person = pz__call_person(call);
    int32_t role = pz__call_role(call);
    if (role == PZ_ROLE_COUNSELOR || role == PZ_ROLE_LEADER) return found->first_role != PZ_ROLE_LEARNER;
    if (found->entry->author == person && found->entry->author_role == role) return 1;
    return found->first_author == person && found->first_role == role;
}

/* Found, seen, and the actor's to change. */
static pz_status find(pz__call *call, pz_id id, found_entry *found)
{
    pz__named named = {NULL, 0, 0};
    pz_status status;
    int is_visible = 0;
    memset(found, 0, sizeof *found);
    PZ__TRY(load(call, id, &found->entry));
    status = pz__may_learner(call, PZ_KIND_PROFILE_ENTRY, PZ__WRITE, found->entry->learner, "entry");
    if (status == PZ_OK) status = pz__entry_is_visible(call, &named, id, &is_visible);
    pz__named_free(&named);
    if (status == PZ_E_NOT_FOUND || (status == PZ_OK && !is_visible)) status = fail_missing(id);
    if (status == PZ_OK) status = read_first_author(call, found);
    if (status == PZ_OK && !may_change(call, found))
        status = pz__fail(PZ_E_DENIED, "entry", "Add an entry of your own.",
                          "The entry %lld is changed by its author, and by counselors and leaders unless it is the learner's own.",
                          (long long)id);
    if (status == PZ_OK) return PZ_OK;
    pz_free(found->entry);
    found->entry = NULL;
    return status;
}

static pz_status revise(pz__call *call, pz__profile_row *row)
{
    pz_profile_entry *entry = &row->entry;
    found_entry found;
    pz__outcome outcome;
    pz_status status = PZ_OK;
    PZ__TRY(find(call, entry->id, &found));
    if (found.entry->version != entry->version)
        status = pz__fail(PZ_E_CONFLICT, "version", "Read the entry again and revise what it says now.",
                          "The entry %lld was changed meanwhile: its version is %lld, not %lld.", (long long)entry->id,
                          (long long)found.entry->version, (long long)entry->version);
    if (status == PZ_OK && entry->learner && entry->learner != found.entry->learner)
        status = pz__fail(PZ_E_INVALID, "learner", NULL, "An entry stays in the profile of its learner.");
    entry->learner = found.entry->learner;
    if (entry->observed_at == PZ_TIME_NONE) entry->observed_at = found.entry->observed_at;
    entry->author = pz__call_person(call);
    entry->author_role = pz__call_role(call);
    if (status == PZ_OK) status = check_visibility(call, entry);
    if (status == PZ_OK) status = pz__versioned_write(call, &pz__profile_table, row, &outcome);
    pz_free(found.entry);
    return status;
}

pz_status pz_profile_entry_revise(pz_actor *actor, const pz_profile_entry *entry, const char *key, int64_t *out_version)
{
    pz__profile_row row;
    pz__call call;
    /* First: callers name the record's own version as the place for the result. */
    pz_status status = start(&call, actor, "profile.revise", key, entry, &row);
    if (out_version) *out_version = 0;
    PZ__TRY(status);
    if (!call.repeated) status = revise(&call, &row);
    return pz__call_end_value(&call, status, pz__change_number(call.change), out_version);
}

static pz_status withdraw(pz__call *call, pz_id id, const char *reason, size_t reason_len)
{
    pz__profile_row row;
    found_entry found;
    pz__outcome outcome;
    pz_status status;
    PZ__TRY(find(call, id, &found));
    row.entry = *found.entry;
    row.withdrawn_because = reason ? reason : "";
    row.withdrawn_because_len = reason_len;
    status = pz__versioned_write(call, &pz__profile_table, &row, &outcome);
    pz_free(found.entry);
    return status;
}

pz_status pz_profile_entry_withdraw(pz_actor *actor, pz_id entry, const char *reason, size_t reason_len, const char *key)
{
    pz__buffer request = PZ__BUFFER_INIT;
    pz__call call;
    if (!actor) return pz__fail_closed("actor");
    PZ__TRY(pz__text_check(reason, reason_len, (size_t)pz_limit(PZ_LIMIT_TEXT), "reason", &reason_len));
    pz__request_int(&request, entry);
    pz__request_text(&request, reason, reason_len);
    PZ__TRY(pz__write_start(&call, actor, "profile.withdraw", key, &request));
    return pz__call_end(&call, call.repeated ? PZ_OK : withdraw(&call, entry, reason, reason_len));
}

/* -------------------------------------------------------------------------------------------------- listing --- */

typedef struct list_work {
    pz__call *call;
    const pz__whom *whom;
    pz__rows *rows;
    pz_id last;
} list_work;

static pz_status add_row(const pz_profile_entry *entry, void *user_data)
{
    list_work *work = user_data;
    pz__rows_add(work->rows, entry);
    if (entry->learner != work->last) pz__whom_read_learner(work->call, work->whom, work->last = entry->learner);
    return PZ_OK;
}

static pz_status list(pz__call *call, const pz_profile_query *query, pz__rows *rows)
{
    pz__whom whom;
    list_work work = {call, &whom, rows, 0};
    int history = query->with_history != 0;
    pz_status status = PZ_OK;
    PZ__TRY(pz__whom_find(call, PZ_KIND_PROFILE_ENTRY, query->learner, query->class_id, &whom));
    pz__whom_read_class(call, &whom);
    if (whom.all) status = pz__profile_each(call, 0, query->section, history, add_row, &work);
    for (size_t i = 0; i < whom.count && status == PZ_OK; i++)
        status = pz__profile_each(call, whom.ids[i], query->section, history, add_row, &work);
    pz__whom_free(&whom);
    return status;
}

pz_status pz_profile_entry_list(pz_actor *actor, const pz_profile_query *query, pz_profile_entry ***out_rows, size_t *out_count)
{
    pz_profile_query taken;
    pz__rows rows;
    pz__call call;
    PZ__TRY(pz__list_start((void ***)out_rows, out_count));
    if (!actor) return pz__fail_closed("actor");
    PZ__TRY(pz__record_take(&pz__profile_query_type, query ? query : pz__profile_query_type.initial, sizeof taken, &taken));
    if (taken.section < 0 || taken.section > PZ_PROFILE_TEST_SCORE)
        return fail_value("section", "pz_profile_section names the sections; 0 is any.");
    PZ__TRY(pz__call_read(&call, actor));
    pz__rows_start(&rows, &pz__profile_entry_type);
    return pz__call_end_rows(&call, list(&call, &taken, &rows), &rows, (void ***)out_rows, out_count);
}
