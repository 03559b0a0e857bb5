/* What becomes of an entry: seen, answered, acted on, declined; and who stands by it. */
#include "base/fail.h"
#include "base/memory.h"
#include "base/text.h"
#include "records/voice/steps.h"
#include "records/voice/tables.h"
#include "records/writing.h"

static pz_status next_position(pz__call *call, pz_id entry, int32_t *out_position)
{
    static const char sql[] = "SELECT coalesce(max(position), 0) + 1 FROM voice_answer WHERE tenant_id = ?1 AND voice_id = ?2";
    pz__statement *statement;
    pz_status status;
    int row;
    *out_position = 1;
    PZ__TRY(pz__db_statement(call->db, sql, &statement));
    pz__bind_int(statement, 1, call->tenant);
    pz__bind_int(statement, 2, entry);
    status = pz__db_step(statement, &row);
    if (row) *out_position = (int32_t)pz__column_int(statement, 0);
    pz__db_reset(statement);
    return status;
}

/* The entry's own item says that it was touched, so this notes none. */
pz_status pz__voice_add_answer(pz__call *call, pz_id entry, int32_t state, const char *content, size_t content_len, int32_t done_kind,
                               pz_id done)
{
    pz_voice_answer answer = {sizeof answer, entry, 0, state, 0, 0, 0, content_len ? content : NULL, content_len, done_kind, done};
    PZ__TRY(next_position(call, entry, &answer.position));
    answer.person = pz__call_person(call);
    answer.role = pz__call_role(call);
    answer.at = pz__change_time(call->change);
    return pz__versioned_insert(call, &pz__voice_answer_table, &answer);
}

/* ------------------------------------------------------------------------------------------------ answering --- */

typedef struct reply {
    int32_t state;
    const char *text;
    size_t length;
    int32_t done_kind;
    pz_id done;
} reply;

static pz_status fail_state(const pz_voice_entry *entry)
{
    return pz__fail(PZ_E_STATE, "entry", entry->state == PZ_VOICE_WITHDRAWN ? NULL : "Its learner may open it again.",
                    "The entry %lld is %s.", (long long)entry->id, pz__voice_state_names[entry->state]);
}

/* What was answered may still be acted on or declined; a seen entry is seen once. */
static int may_follow(int32_t before, int32_t after)
{
    switch (before) {
    case PZ_VOICE_OPEN: return 1;
    case PZ_VOICE_SEEN: return after != PZ_VOICE_SEEN;
    case PZ_VOICE_ANSWERED: return after != PZ_VOICE_SEEN;
    default: return 0;
    }
}

static pz_status answer_it(pz__call *call, pz_voice_entry *entry, const reply *given)
{
    if (!may_follow(entry->state, given->state)) return fail_state(entry);
    PZ__TRY(pz__voice_need_record(call, entry->learner, given->done_kind, given->done, "done"));
    PZ__TRY(pz__voice_add_answer(call, entry->id, given->state, given->text, given->length, given->done_kind, given->done));
    entry->state = given->state;
    return pz__voice_write(call, entry);
}

static pz_status find_and_answer(pz__call *call, pz_id id, const reply *given)
{
    pz_voice_entry *entry;
    pz_status status;
    PZ__TRY(pz__voice_find(call, PZ__ANSWER, id, &entry));
    status = answer_it(call, entry, given);
    pz_free(entry);
    return status;
}

static pz_status answer(pz_actor *actor, const char *action, pz_id entry, const reply *given, const char *key)
{
    pz__buffer request = PZ__BUFFER_INIT;
    pz__call call;
    pz__request_int(&request, entry);
    pz__request_text(&request, given->text, given->length);
    pz__request_int(&request, given->done_kind);
    pz__request_int(&request, given->done);
    PZ__TRY(pz__write_start(&call, actor, action, key, &request));
    return pz__call_end(&call, call.repeated ? PZ_OK : find_and_answer(&call, entry, given));
}

static pz_status need_words(reply *given, const char *field)
{
    return pz__text_need(given->text, given->length, (size_t)pz_limit(PZ_LIMIT_TEXT), field, &given->length);
}

pz_status pz_voice_see(pz_actor *actor, pz_id entry, const char *key)
{
    reply given = {PZ_VOICE_SEEN, NULL, 0, 0, 0};
    if (!actor) return pz__fail_closed("actor");
    return answer(actor, "voice.see", entry, &given, key);
}

pz_status pz_voice_reply(pz_actor *actor, pz_id entry, const char *text, size_t text_len, const char *key)
{
    reply given = {PZ_VOICE_ANSWERED, text, text_len, 0, 0};
    if (!actor) return pz__fail_closed("actor");
    PZ__TRY(need_words(&given, "text"));
    return answer(actor, "voice.reply", entry, &given, key);
}

pz_status pz_voice_act(pz_actor *actor, pz_id entry, const char *text, size_t text_len, int32_t done_kind, pz_id done, const char *key)
{
    reply given = {PZ_VOICE_ACTED_ON, text, text_len, done_kind, done};
    if (!actor) return pz__fail_closed("actor");
    PZ__TRY(need_words(&given, "text"));
    return answer(actor, "voice.act", entry, &given, key);
}

pz_status pz_voice_decline(pz_actor *actor, pz_id entry, const char *reason, size_t reason_len, const char *key)
{
    reply given = {PZ_VOICE_DECLINED, reason, reason_len, 0, 0};
    if (!actor) return pz__fail_closed("actor");
    PZ__TRY(need_words(&given, "reason"));
    return answer(actor, "voice.decline", entry, &given, key);
}

/* ------------------------------------------------------------------------------------------------ co-signing --- */

static pz_status sign(pz__call *call, pz_voice_entry *entry)
{
    pz_voice_cosigner cosigner = {sizeof cosigner, entry->id, pz__call_person(call), pz__change_time(call->change)};
    int found;
    PZ__TRY(pz__versioned_find(call, &pz__voice_cosigner_table, &cosigner, &found, NULL));
    if (found) return pz__fail(PZ_E_STATE, "entry", NULL, "The actor has co-signed the entry %lld already.", (long long)entry->id);
    PZ__TRY(pz__versioned_insert(call, &pz__voice_cosigner_table, &cosigner));
    pz__change_note(call->change, PZ_KIND_VOICE, entry->id, entry->learner, PZ__ACT_STATE, 1);
    return PZ_OK;
}

static pz_status cosign(pz__call *call, pz_id id)
{
    pz_voice_entry *entry;
    pz_status status;
    if (pz__call_role(call) != PZ_ROLE_LEARNER)
        return pz__fail(PZ_E_DENIED, "entry", NULL, "Learners co-sign what classmates share with them.");
    PZ__TRY(pz__voice_find_shared(call, PZ__WRITE, id, &entry));
    status = sign(call, entry);
    pz_free(entry);
    return status;
}

pz_status pz_voice_cosign(pz_actor *actor, pz_id entry, const char *key)
{
    pz__buffer request = PZ__BUFFER_INIT;
    pz__call call;
    if (!actor) return pz__fail_closed("actor");
    pz__request_int(&request, entry);
    PZ__TRY(pz__write_start(&call, actor, "voice.cosign", key, &request));
    return pz__call_end(&call, call.repeated ? PZ_OK : cosign(&call, entry));
}
