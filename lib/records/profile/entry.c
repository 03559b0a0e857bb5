/* Entries of profiles: added, revised, withdrawn. */
#include <string.h>

#include "base/fail.h"
#include "base/memory.h"
#include "base/text.h"
#include "records/evidence/learning_tables.h"
#include "records/profile/check.h"
#include "records/profile/find.h"
#include "records/save.h"
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

static pz_status revise(pz__call *call, pz__profile_row *row)
{
    pz_profile_entry *entry = &row->entry;
    pz__entry_found found;
    pz__outcome outcome;
    pz_status status = PZ_OK;
    PZ__TRY(pz__entry_find_own(call, entry->id, &found));
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
    pz__entry_found found;
    pz__outcome outcome;
    pz_status status;
    PZ__TRY(pz__entry_find_own(call, id, &found));
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
