/* Entries of profiles: added, revised, withdrawn. */
#include <string.h>

#include "base/fail.h"
#include "base/memory.h"
#include "base/text.h"
#include "records/learning_tables.h"
#include "records/profile_check.h"
#include "records/save.h"
#include "records/visible.h"
#include "records/writing.h"

/* ------------------------------------------------------------------------------------------------- checking --- */

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
    PZ__TRY(pz__profile_check_support(call, entry));
    PZ__TRY(pz__store_take_ids(call->store, 1, &entry->id));
    entry->author = pz__call_person(call);
    entry->author_role = pz__call_role(call);
    entry->recorded_at = pz__change_time(call->change);
    if (entry->observed_at == PZ_TIME_NONE) entry->observed_at = entry->recorded_at;
    return pz__versioned_write(call, &pz__profile_table, row, &outcome);
}

/* `times` holds a text of the row and is freed by the caller, whatever the status. */
static pz_status start(pz__call *call, pz_actor *actor, const char *action, const char *key, const pz_profile_entry *given,
                       pz__profile_row *row, pz__buffer *times)
{
    pz__buffer request = PZ__BUFFER_INIT;
    const pz__profile_row initial = {PZ_PROFILE_ENTRY_INIT, NULL, 0};
    *row = initial;
    if (!actor) return pz__fail_closed("actor");
    PZ__TRY(pz__record_take(&pz__profile_entry_type, given, sizeof row->entry, &row->entry));
    PZ__TRY(pz__profile_check(&row->entry, times));
    pz__request_record(&request, &pz__profile_entry_type, &row->entry);
    return pz__write_start(call, actor, action, key, &request);
}

pz_status pz_profile_entry_add(pz_actor *actor, const pz_profile_entry *entry, const char *key, pz_id *out_id)
{
    pz__buffer times = PZ__BUFFER_INIT;
    pz__profile_row row;
    pz__call call;
    pz_status status;
    if (out_id) *out_id = 0;
    status = start(&call, actor, "profile.add", key, entry, &row, &times);
    if (status == PZ_OK) {
        status = call.repeated ? PZ_OK : add(&call, &row);
        status = pz__call_end_value(&call, status, row.entry.id, out_id);
    }
    pz__buffer_free(&times);
    return status;
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
        "observed_at, begins_on, ends_on, confidence, visibility, 1, value_type, activation, times, recorded_at, withdrawn_because, 0 FROM "
        "profile_entry WHERE tenant_id = ?1 AND entry_id = ?2 "
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
    entry->recorded_at = pz__change_time(call->change);
    if (status == PZ_OK) status = check_visibility(call, entry);
    if (status == PZ_OK) status = pz__profile_check_support(call, entry);
    if (status == PZ_OK) status = pz__versioned_write(call, &pz__profile_table, row, &outcome);
    if (status == PZ_OK && outcome != PZ__SAME) entry->version = pz__change_number(call->change); /* otherwise it stands as it was */
    pz_free(found.entry);
    return status;
}

pz_status pz_profile_entry_revise(pz_actor *actor, const pz_profile_entry *entry, const char *key, int64_t *out_version)
{
    pz__buffer times = PZ__BUFFER_INIT;
    pz__profile_row row;
    pz__call call;
    /* First: callers name the record's own version as the place for the result. */
    pz_status status = start(&call, actor, "profile.revise", key, entry, &row, &times);
    if (out_version) *out_version = 0;
    if (status == PZ_OK) {
        status = call.repeated ? PZ_OK : revise(&call, &row);
        status = pz__call_end_value(&call, status, row.entry.version, out_version);
    }
    pz__buffer_free(&times);
    return status;
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
    row.withdrawn_because_len = reason ? reason_len : 0;
    row.entry.recorded_at = pz__change_time(call->change);
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
