#include "records/voice/see.h"

#include <string.h>

#include "base/fail.h"
#include "base/memory.h"
#include "records/access/actor.h"
#include "records/access/visible.h"
#include "records/ask.h"
#include "records/voice/tables.h"

pz_status pz__voice_fail_missing(pz_id entry)
{
    return pz__fail(PZ_E_NOT_FOUND, "entry", "pz_voice_list() lists them.", "There is no voice entry %lld in reach.", (long long)entry);
}

int pz__voice_is_own(const pz__call *call, const pz_voice_entry *entry)
{
    return pz__call_role(call) == PZ_ROLE_LEARNER && pz__call_person(call) == entry->learner;
}

static int is_adult(int32_t role)
{
    return role >= PZ_ROLE_GUARDIAN && role <= PZ_ROLE_LEADER;
}

static int is_addressed(const pz__call *call, const pz_voice_entry *entry)
{
    return entry->to_role == pz__call_role(call) && (!entry->to_person || entry->to_person == pz__call_person(call));
}

/* ------------------------------------------------------------------------------------------------- seeing --- */

static pz_status is_shared_with_actor(pz__call *call, const pz_voice_entry *entry, int *out_shared)
{
    *out_shared = 0;
    if (!entry->shared_with || entry->state == PZ_VOICE_WITHDRAWN) return PZ_OK;
    return pz__reaches(call, PZ__REACH_CLASSES, entry->shared_with, out_shared);
}

static pz_status is_version_seen(pz__call *call, const pz_voice_entry *entry, int *out_seen)
{
    int32_t role = pz__call_role(call);
    pz_id person = pz__call_person(call);
    *out_seen = pz__voice_is_own(call, entry);
    if (*out_seen) return PZ_OK;
    if (role == PZ_ROLE_LEARNER) return is_shared_with_actor(call, entry, out_seen);
    *out_seen = (person && entry->author == person && entry->author_role == role) || is_addressed(call, entry) ||
                pz__visibility_is_open_to(entry->visibility, role, 0);
    return PZ_OK;
}

pz_status pz__voice_newest(pz__call *call, pz_id id, pz_voice_entry *out_entry, int *out_found)
{
    static const char sql[] = "SELECT " PZ__VOICE_COLUMNS
                              ", 1 FROM voice_entry WHERE tenant_id = ?1 AND voice_id = ?2 AND until_change > ?3 AND since_change <= ?3";
    pz__statement *statement;
    pz_status status;
    PZ__TRY(pz__db_statement(call->db, sql, &statement));
    pz__bind_int(statement, 1, call->tenant);
    pz__bind_int(statement, 2, id);
    pz__bind_int(statement, 3, call->present);
    status = pz__db_step(statement, out_found);
    if (*out_found) {
        pz__record_read(&pz__voice_entry_type, statement, 0, out_entry);
        out_entry->content = out_entry->topic = NULL;
        out_entry->content_len = out_entry->topic_len = 0;
    }
    pz__db_reset(statement);
    return status;
}

/* What was narrowed is narrow in all its versions. */
pz_status pz__voice_is_seen(pz__call *call, const pz_voice_entry *entry, int *out_seen)
{
    pz_voice_entry newest;
    int found;
    PZ__TRY(is_version_seen(call, entry, out_seen));
    if (!*out_seen || (entry->is_current && !call->is_past)) return PZ_OK;
    PZ__TRY(pz__voice_newest(call, entry->id, &newest, &found));
    return found ? is_version_seen(call, &newest, out_seen) : PZ_OK;
}

pz_status pz__voice_is_visible(pz__call *call, pz_id id, const pz_voice_entry *version, int *out_visible)
{
    pz_voice_entry newest;
    *out_visible = 0;
    PZ__TRY(pz__voice_newest(call, id, &newest, out_visible));
    if (*out_visible) PZ__TRY(is_version_seen(call, &newest, out_visible));
    return *out_visible && version ? is_version_seen(call, version, out_visible) : PZ_OK;
}

/* --------------------------------------------------------------------------------------------------- owing --- */

int pz__voice_is_owed(const pz__call *call, const pz_voice_entry *entry)
{
    int32_t role = pz__call_role(call);
    if (!is_adult(role) || !entry->awaits_answer) return 0;
    if (entry->kind == PZ_VOICE_NEED || entry->kind == PZ_VOICE_COUNTER || entry->due_on < call->today) return 1;
    return entry->to_role ? is_addressed(call, entry) : role != PZ_ROLE_GUARDIAN;
}

pz_status pz__voice_event_kind(pz__call *call, pz_id id, const char *action, int32_t role, int32_t *out_kind)
{
    static const char *const answers[] = {"voice.reply", "voice.act", "voice.decline", NULL};
    pz_voice_entry newest;
    int found;
    *out_kind = PZ_EVENT_CHANGED;
    for (size_t i = 0; answers[i]; i++)
        if (!strcmp(action, answers[i])) *out_kind = PZ_EVENT_ANSWERED;
    if (*out_kind == PZ_EVENT_ANSWERED || !strcmp(action, "voice.cosign")) return PZ_OK;
    PZ__TRY(pz__voice_newest(call, id, &newest, &found));
    if (!found) return PZ_OK;
    if (pz__voice_is_owed(call, &newest)) *out_kind = PZ_EVENT_AWAITS_ANSWER;
    if (pz__voice_is_own(call, &newest) && role != PZ_ROLE_LEARNER && !newest.learner_agreed) *out_kind = PZ_EVENT_AWAITS_ANSWER;
    return PZ_OK;
}

/* ------------------------------------------------------------------------------------------------- reading --- */

void pz__voice_hide_learner(pz_voice_entry *entry)
{
    if (entry->author_role == PZ_ROLE_LEARNER) entry->author = 0;
    if (entry->acted_role == PZ_ROLE_LEARNER) entry->acted_by = 0;
    entry->learner = 0;
}

static pz_status each_seen(pz__call *call, pz__statement *statement, pz__voice_fn each, void *user_data)
{
    pz_voice_entry entry;
    int row, seen;
    for (;;) {
        PZ__TRY(pz__db_step(statement, &row));
        if (!row) return PZ_OK;
        pz__record_read(&pz__voice_entry_type, statement, 0, &entry);
        PZ__TRY(pz__voice_is_seen(call, &entry, &seen));
        if (seen) PZ__TRY(each(&entry, user_data));
    }
}

static pz_status run(pz__call *call, const char *sql, pz_id of, pz__voice_fn each, void *user_data)
{
    pz__statement *statement;
    pz_status status;
    PZ__TRY(pz__ask(call, sql, of, &statement));
    status = each_seen(call, statement, each, user_data);
    pz__db_reset(statement);
    return status;
}

#define SEEN " AND since_change <= ?3 AND until_change > ?3"

pz_status pz__voice_each(pz__call *call, pz_id learner, pz__voice_fn each, void *user_data)
{
    static const char one[] =
        "SELECT " PZ__VOICE_COLUMNS ", 1 FROM voice_entry WHERE tenant_id = ?1 AND learner_id = ?2" SEEN " ORDER BY voice_id";
    static const char all[] =
        "SELECT " PZ__VOICE_COLUMNS ", 1 FROM voice_entry WHERE tenant_id = ?1 AND ?2 = 0" SEEN " ORDER BY learner_id, voice_id";
    return run(call, learner ? one : all, learner, each, user_data);
}

pz_status pz__voice_each_waiting(pz__call *call, pz_date until, pz__voice_fn each, void *user_data)
{
    static const char sql[] =
        "SELECT " PZ__VOICE_COLUMNS ", 1 FROM voice_entry WHERE tenant_id = ?1 AND state IN (1, 2) AND due_on <= ?2" SEEN
        " ORDER BY due_on, voice_id";
    return run(call, sql, until, each, user_data);
}

pz_status pz__voice_each_shared(pz__call *call, pz_id class_id, pz__voice_fn each, void *user_data)
{
    static const char sql[] =
        "SELECT " PZ__VOICE_COLUMNS ", 1 FROM voice_entry WHERE tenant_id = ?1 AND shared_class_id = ?2" SEEN " ORDER BY voice_id";
    return run(call, sql, class_id, each, user_data);
}

pz_status pz__voice_each_version(pz__call *call, pz_id entry, pz__voice_fn each, void *user_data)
{
    static const char sql[] = "SELECT " PZ__VOICE_COLUMNS ", until_change > ?3 FROM voice_entry WHERE tenant_id = ?1 AND voice_id = ?2 "
                              "AND since_change <= ?3 ORDER BY since_change";
    return run(call, sql, entry, each, user_data);
}

/* ------------------------------------------------------------------------------------------------- finding --- */

static pz_status load(pz__call *call, pz_id id, pz_voice_entry **out_entry)
{
    static const char sql[] = "SELECT " PZ__VOICE_COLUMNS ", 1 FROM voice_entry WHERE tenant_id = ?1 AND voice_id = ?2" SEEN;
    PZ__TRY(pz__ask_one(call, &pz__voice_entry_type, sql, id, (void **)out_entry));
    return *out_entry ? PZ_OK : pz__voice_fail_missing(id);
}

/* What the actor may do to the entry of a learner that it does not reach: a classmate sees what was shared. */
static pz_status may_shared(pz__call *call, pz__doing doing, const pz_voice_entry *entry)
{
    int seen = 0;
    if (pz__call_role(call) == PZ_ROLE_LEARNER && !pz__voice_is_own(call, entry)) PZ__TRY(pz__voice_is_seen(call, entry, &seen));
    if (!seen) return pz__voice_fail_missing(entry->id);
    return pz__may(call, PZ_KIND_VOICE, doing);
}

static pz_status may(pz__call *call, pz__doing doing, const pz_voice_entry *entry)
{
    pz_status status = pz__may_learner(call, PZ_KIND_VOICE, doing, entry->learner, "entry");
    int seen = 1;
    if (status == PZ_E_NOT_FOUND) return doing == PZ__SEE ? may_shared(call, doing, entry) : pz__voice_fail_missing(entry->id);
    if (status == PZ_OK) PZ__TRY(pz__voice_is_seen(call, entry, &seen));
    return seen ? status : pz__voice_fail_missing(entry->id);
}

static pz_status settle(pz__call *call, pz__doing doing, pz_status status, pz_voice_entry **out_entry)
{
    if (status == PZ_OK && doing == PZ__SEE) {
        pz__call_read_learner(call, PZ_KIND_VOICE, (*out_entry)->learner);
        if (pz__call_role(call) == PZ_ROLE_LEARNER && !pz__voice_is_own(call, *out_entry)) pz__voice_hide_learner(*out_entry);
    }
    if (status == PZ_OK) return PZ_OK;
    pz_free(*out_entry);
    *out_entry = NULL;
    return status;
}

pz_status pz__voice_find(pz__call *call, pz__doing doing, pz_id id, pz_voice_entry **out_entry)
{
    PZ__TRY(load(call, id, out_entry));
    return settle(call, doing, may(call, doing, *out_entry), out_entry);
}

pz_status pz__voice_find_shared(pz__call *call, pz__doing doing, pz_id id, pz_voice_entry **out_entry)
{
    pz_status status;
    PZ__TRY(load(call, id, out_entry));
    status = may_shared(call, doing, *out_entry);
    if (status == PZ_OK) return PZ_OK;
    pz_free(*out_entry);
    *out_entry = NULL;
    return status;
}
