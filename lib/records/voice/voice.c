/* What learners say: said, agreed to, revised, withdrawn, opened again. Answers are in a file of their own. */
#include "personalize/voice.h"

#include <string.h>

#include "base/fail.h"
#include "base/memory.h"
#include "base/text.h"
#include "records/access/whom.h"
#include "records/goal/find.h"
#include "records/types_learning.h"
#include "records/voice/media.h"
#include "records/voice/policy.h"
#include "records/voice/steps.h"
#include "records/voice/tables.h"
#include "records/writing.h"

/* ------------------------------------------------------------------------------------------------- checking --- */

static pz_status fail_no_such(const char *field, const char *names, int32_t value)
{
    return pz__fail(PZ_E_INVALID, field, names, "There is no %s %d.", field, (int)value);
}

/* Topics are compared: what surrounds them would make two of one. */
static pz_status check_topic(const char *topic, size_t *length)
{
    PZ__TRY(pz__text_check(topic, *length, (size_t)pz_limit(PZ_LIMIT_TITLE), "topic", length));
    if (*length && (strchr(" \t\r\n", topic[0]) || strchr(" \t\r\n", topic[*length - 1]) || memchr(topic, '\n', *length)))
        return pz__fail(PZ_E_INVALID, "topic", "Leave out what surrounds it.", "A topic is one line without spaces around it.");
    return PZ_OK;
}

static int is_adult(int32_t role)
{
    return role >= PZ_ROLE_GUARDIAN && role <= PZ_ROLE_LEADER;
}

static pz_status check_to(const pz_voice_entry *entry)
{
    int waits = entry->kind == PZ_VOICE_NEED || entry->kind == PZ_VOICE_COUNTER;
    if (entry->to_role && !is_adult(entry->to_role))
        return pz__fail(PZ_E_INVALID, "to_role", "Give guardian, teacher, counselor or leader; 0 is nobody in particular.",
                        "Nobody is addressed in the role %d.", (int)entry->to_role);
    if (entry->to_person && !entry->to_role) return pz__fail(PZ_E_INVALID, "to_role", NULL, "Who is addressed is addressed in a role.");
    if (entry->visibility < PZ_VISIBLE_SELF || entry->visibility > PZ_VISIBLE_SCHOOL)
        return fail_no_such("visibility", "pz_visibility names who can see an entry.", entry->visibility);
    if (waits && entry->visibility <= PZ_VISIBLE_NAMED && !entry->to_role)
        return pz__fail(PZ_E_INVALID, "visibility", "Address it to somebody, or let others see it.",
                        "Nobody but the learner would know of it.");
    return PZ_OK;
}

static pz_status check(pz_voice_entry *entry)
{
    PZ__TRY(pz__text_check(entry->content, entry->content_len, (size_t)pz_limit(PZ_LIMIT_TEXT), "content", &entry->content_len));
    PZ__TRY(check_topic(entry->topic, &entry->topic_len));
    if (entry->kind < PZ_VOICE_NEED || entry->kind > PZ_VOICE_REFLECTION)
        return fail_no_such("kind",
                            entry->kind == PZ_VOICE_COUNTER ? "Counter a recommendation with pz_counter_propose()."
                                                            : "pz_voice_kind names the kinds.",
                            entry->kind);
    if (entry->avenue < PZ_AVENUE_TEXT || entry->avenue > PZ_AVENUE_LINK)
        return fail_no_such("avenue", "pz_voice_avenue names the avenues.", entry->avenue);
    return check_to(entry);
}

static pz_status check_avenue(const pz_voice_entry *entry, size_t media)
{
    int is_written = entry->avenue == PZ_AVENUE_TEXT || entry->avenue == PZ_AVENUE_JOURNAL;
    if (is_written && !entry->content_len)
        return pz__fail(PZ_E_INVALID, "content", NULL, "What is said by the avenue %s needs words.", pz__voice_avenue_names[entry->avenue]);
    if (!is_written && !media)
        return pz__fail(PZ_E_INVALID, "media", NULL, "What is said by the avenue %s needs a medium.",
                        pz__voice_avenue_names[entry->avenue]);
    return PZ_OK;
}

/* ------------------------------------------------------------------------------------------------- the steps --- */

pz_status pz__voice_write(pz__call *call, pz_voice_entry *entry)
{
    pz__outcome outcome;
    entry->version = pz__change_number(call->change);
    entry->acted_by = pz__call_person(call);
    entry->acted_role = pz__call_role(call);
    entry->acted_at = pz__change_time(call->change);
    return pz__versioned_write(call, &pz__voice_table, entry, &outcome);
}

pz_status pz__voice_need_own(const pz__call *call, const pz_voice_entry *entry, const char *what)
{
    if (pz__voice_is_own(call, entry)) return PZ_OK;
    return pz__fail(PZ_E_DENIED, "entry", NULL, "Only its learner may %s what it said.", what);
}

static pz_status need_standing(const pz_voice_entry *entry)
{
    if (entry->state != PZ_VOICE_WITHDRAWN) return PZ_OK;
    return pz__fail(PZ_E_STATE, "entry", "Say it anew.", "The entry %lld was withdrawn.", (long long)entry->id);
}

static pz_status check_version(const pz_voice_entry *current, int64_t version)
{
    if (current->version == version) return PZ_OK;
    return pz__fail(PZ_E_CONFLICT, "version", "Read the entry again and revise what it says now.",
                    "The entry %lld was changed meanwhile: its version is %lld, not %lld.", (long long)current->id,
                    (long long)current->version, (long long)version);
}

/* ------------------------------------------------------------------------------------------------- saying --- */

static pz_status need_addressee(pz__call *call, const pz_voice_entry *entry)
{
    int reaches;
    if (!entry->to_person) return PZ_OK;
    PZ__TRY(pz__goal_adult_reaches(call, entry->to_person, entry->to_role, entry->learner, &reaches));
    if (reaches) return PZ_OK;
    return pz__fail(PZ_E_NOT_FOUND, "to_person", "pz_person_list() with the learner lists the adults around it.",
                    "The person %lld does not reach the learner in this role.", (long long)entry->to_person);
}

/* It is the learner's to share, with a class that it is in. */
static pz_status need_class(pz__call *call, const pz_voice_entry *entry)
{
    pz_id *classes;
    size_t count;
    int is_in;
    if (!entry->shared_with) return PZ_OK;
    PZ__TRY(pz__voice_need_own(call, entry, "share with a class"));
    PZ__TRY(pz__learner_classes(call, entry->learner, &classes, &count));
    is_in = pz__ids_has(classes, count, entry->shared_with);
    pz__release(classes);
    if (is_in) return PZ_OK;
    return pz__fail(PZ_E_NOT_FOUND, "shared_with", NULL, "The learner is in no class %lld.", (long long)entry->shared_with);
}

static pz_status write_media(pz__call *call, pz_id entry, pz_voice_media *media, size_t rows)
{
    for (size_t i = 0; i < rows; i++) {
        media[i].entry = entry;
        PZ__TRY(pz__versioned_insert(call, &pz__voice_media_table, &media[i]));
    }
    return PZ_OK;
}

pz_status pz__voice_add(pz__call *call, pz_voice_entry *entry, pz_voice_media *media, size_t rows, int is_help)
{
    PZ__TRY(pz__may_learner(call, PZ_KIND_VOICE, PZ__WRITE, entry->learner, "learner"));
    PZ__TRY(need_addressee(call, entry));
    PZ__TRY(need_class(call, entry));
    PZ__TRY(pz__voice_need_record(call, entry->learner, entry->about_kind, entry->about, "about"));
    PZ__TRY(pz__store_take_ids(call->store, 1, &entry->id));
    entry->state = PZ_VOICE_OPEN;
    entry->author = pz__call_person(call);
    entry->author_role = pz__call_role(call);
    entry->said_at = pz__change_time(call->change);
    entry->learner_agreed = pz__voice_is_own(call, entry);
    PZ__TRY(pz__voice_set_due(call, entry, is_help));
    PZ__TRY(write_media(call, entry->id, media, rows));
    return pz__voice_write(call, entry);
}

static pz_status say(pz_actor *actor, pz_voice_entry *entry, pz_voice_media *media, size_t rows, const char *key, pz_id *out_id)
{
    pz__buffer request = PZ__BUFFER_INIT;
    pz__call call;
    pz_status status = PZ_OK;
    pz__request_record(&request, &pz__voice_entry_type, entry);
    pz__request_int(&request, (int64_t)rows);
    for (size_t i = 0; i < rows; i++) pz__request_record(&request, &pz__voice_media_type, &media[i]);
    PZ__TRY(pz__write_start(&call, actor, "voice.say", key, &request));
    if (!call.repeated) status = pz__voice_add(&call, entry, media, rows, 0);
    return pz__call_end_value(&call, status, entry->id, out_id);
}

pz_status pz_voice_say(pz_actor *actor, const pz_voice_entry *entry, const pz_voice_media *const *media, size_t rows, const char *key,
                       pz_id *out_id)
{
    pz_voice_media taken_media[PZ__MOST_MEDIA];
    pz_voice_entry taken;
    if (out_id) *out_id = 0;
    if (!actor) return pz__fail_closed("actor");
    if (rows && !media) return pz__fail_null("media");
    if (rows > PZ__MOST_MEDIA) return pz__fail(PZ_E_TOO_LONG, "rows", NULL, "%zu media are over the limit of %d.", rows, PZ__MOST_MEDIA);
    PZ__TRY(pz__record_take(&pz__voice_entry_type, entry, sizeof taken, &taken));
    PZ__TRY(check(&taken));
    PZ__TRY(check_avenue(&taken, rows));
    PZ__TRY(pz__voice_media_take(media, rows, taken.avenue, taken_media));
    return say(actor, &taken, taken_media, rows, key, out_id);
}

/* Whoever asks for help wants somebody who works at the school: teachers see it by its visibility, counselors since it is addressed to them, and
 * who is at home only where the learner says so. */
pz_status pz_help_ask(pz_actor *actor, const char *text, size_t text_len, const char *key, pz_id *out_id)
{
    pz__buffer request = PZ__BUFFER_INIT;
    pz_voice_entry entry = PZ_VOICE_ENTRY_INIT;
    pz__call call;
    pz_status status = PZ_OK;
    if (out_id) *out_id = 0;
    if (!actor) return pz__fail_closed("actor");
    PZ__TRY(pz__text_check(text, text_len, (size_t)pz_limit(PZ_LIMIT_TEXT), "text", &text_len));
    pz__request_text(&request, text, text_len);
    PZ__TRY(pz__write_start(&call, actor, "voice.help", key, &request));
    entry.kind = PZ_VOICE_NEED;
    entry.visibility = PZ_VISIBLE_TEACHERS;
    entry.to_role = PZ_ROLE_COUNSELOR;
    entry.content = text;
    entry.content_len = text_len;
    entry.learner = pz__call_person(&call);
    if (!call.repeated && pz__call_role(&call) != PZ_ROLE_LEARNER)
        status = pz__fail(PZ_E_DENIED, "actor", "Write down what a learner needs with pz_voice_say().", "A learner asks for help.");
    if (!call.repeated && status == PZ_OK) status = pz__voice_add(&call, &entry, NULL, 0, 1);
    return pz__call_end_value(&call, status, entry.id, out_id);
}

/* ------------------------------------------------------------------------------------------------- revising --- */

static pz_status revise_current(pz__call *call, pz_voice_entry *current, const pz_voice_entry *given)
{
    PZ__TRY(pz__voice_need_own(call, current, "revise"));
    PZ__TRY(need_standing(current));
    PZ__TRY(check_version(current, given->version));
    if (given->learner && given->learner != current->learner)
        return pz__fail(PZ_E_INVALID, "learner", NULL, "An entry stays that of its learner.");
    if (current->kind == PZ_VOICE_COUNTER)
        return pz__fail(PZ_E_STATE, "entry", "Withdraw it and propose another.", "A counter-proposal is not revised.");
    current->kind = given->kind;
    current->content = given->content;
    current->content_len = given->content_len;
    current->topic = given->topic;
    current->topic_len = given->topic_len;
    current->to_role = given->to_role;
    current->to_person = given->to_person;
    current->visibility = given->visibility;
    current->shared_with = given->shared_with;
    current->learner_agreed = 1;
    current->state = PZ_VOICE_OPEN;
    if (current->avenue == PZ_AVENUE_TEXT || current->avenue == PZ_AVENUE_JOURNAL) PZ__TRY(check_avenue(current, 0));
    PZ__TRY(need_addressee(call, current));
    PZ__TRY(need_class(call, current));
    PZ__TRY(pz__voice_set_due(call, current, 0));
    return pz__voice_write(call, current);
}

static pz_status revise(pz__call *call, const pz_voice_entry *given)
{
    pz_voice_entry *current;
    pz_status status;
    PZ__TRY(pz__voice_find(call, PZ__WRITE, given->id, &current));
    status = revise_current(call, current, given);
    pz_free(current);
    return status;
}

pz_status pz_voice_revise(pz_actor *actor, const pz_voice_entry *entry, const char *key, int64_t *out_version)
{
    pz__buffer request = PZ__BUFFER_INIT;
    pz_voice_entry taken;
    pz__call call;
    /* First: callers name the record's own version as the place for the result. */
    pz_status status = pz__record_take(&pz__voice_entry_type, entry, sizeof taken, &taken);
    if (out_version) *out_version = 0;
    if (!actor) return pz__fail_closed("actor");
    PZ__TRY(status);
    PZ__TRY(check(&taken));
    pz__request_record(&request, &pz__voice_entry_type, &taken);
    PZ__TRY(pz__write_start(&call, actor, "voice.revise", key, &request));
    if (!call.repeated) status = revise(&call, &taken);
    return pz__call_end_value(&call, status, pz__change_number(call.change), out_version);
}

/* ---------------------------------------------------------------------------- agreeing, withdrawing, opening again --- */

typedef struct words {
    const char *text;
    size_t length;
} words;

typedef pz_status (*step_fn)(pz__call *call, pz_voice_entry *entry, const words *said);

static pz_status agree(pz__call *call, pz_voice_entry *entry, const words *said)
{
    (void)said;
    PZ__TRY(pz__voice_need_own(call, entry, "agree to"));
    PZ__TRY(need_standing(entry));
    if (entry->learner_agreed)
        return pz__fail(PZ_E_STATE, "entry", NULL, "The learner has agreed to the entry %lld already.", (long long)entry->id);
    entry->learner_agreed = 1;
    return pz__voice_write(call, entry);
}

static pz_status withdraw(pz__call *call, pz_voice_entry *entry, const words *said)
{
    PZ__TRY(pz__voice_need_own(call, entry, "withdraw"));
    PZ__TRY(need_standing(entry));
    PZ__TRY(pz__voice_add_answer(call, entry->id, PZ_VOICE_WITHDRAWN, said->text, said->length, 0, 0));
    entry->state = PZ_VOICE_WITHDRAWN;
    return pz__voice_write(call, entry);
}

static pz_status reopen(pz__call *call, pz_voice_entry *entry, const words *said)
{
    PZ__TRY(pz__voice_need_own(call, entry, "open again"));
    PZ__TRY(need_standing(entry));
    if (entry->state == PZ_VOICE_OPEN || entry->state == PZ_VOICE_SEEN)
        return pz__fail(PZ_E_STATE, "entry", NULL, "The entry %lld is open.", (long long)entry->id);
    PZ__TRY(pz__voice_add_answer(call, entry->id, PZ_VOICE_OPEN, said->text, said->length, 0, 0));
    entry->state = PZ_VOICE_OPEN;
    PZ__TRY(pz__voice_set_due(call, entry, 0));
    return pz__voice_write(call, entry);
}

/* Staff who see it put entries that mean the same under one topic. */
static pz_status file(pz__call *call, pz_voice_entry *entry, const words *topic)
{
    int32_t role = pz__call_role(call);
    if (!pz__voice_is_own(call, entry) && role != PZ_ROLE_TEACHER && role != PZ_ROLE_COUNSELOR && role != PZ_ROLE_LEADER)
        return pz__fail(PZ_E_DENIED, "entry", NULL, "Its learner and staff file an entry under a topic.");
    PZ__TRY(need_standing(entry));
    entry->topic = topic->text;
    entry->topic_len = topic->length;
    return pz__voice_write(call, entry);
}

static pz_status find_and_step(pz__call *call, pz__doing doing, pz_id id, step_fn step, const words *said)
{
    pz_voice_entry *entry;
    pz_status status;
    PZ__TRY(pz__voice_find(call, doing, id, &entry));
    status = step(call, entry, said);
    pz_free(entry);
    return status;
}

static pz_status take_step(pz_actor *actor, const char *action, pz_id entry, step_fn step, const words *said, const char *key)
{
    pz__buffer request = PZ__BUFFER_INIT;
    pz__call call;
    pz__request_int(&request, entry);
    pz__request_text(&request, said->text, said->length);
    PZ__TRY(pz__write_start(&call, actor, action, key, &request));
    return pz__call_end(&call, call.repeated ? PZ_OK : find_and_step(&call, PZ__WRITE, entry, step, said));
}

static pz_status check_words(words *said, const char *field)
{
    return pz__text_check(said->text, said->length, (size_t)pz_limit(PZ_LIMIT_TEXT), field, &said->length);
}

pz_status pz_voice_agree(pz_actor *actor, pz_id entry, const char *key)
{
    words said = {NULL, 0};
    if (!actor) return pz__fail_closed("actor");
    return take_step(actor, "voice.agree", entry, agree, &said, key);
}

pz_status pz_voice_withdraw(pz_actor *actor, pz_id entry, const char *reason, size_t reason_len, const char *key)
{
    words said = {reason, reason_len};
    if (!actor) return pz__fail_closed("actor");
    PZ__TRY(check_words(&said, "reason"));
    return take_step(actor, "voice.withdraw", entry, withdraw, &said, key);
}

pz_status pz_voice_reopen(pz_actor *actor, pz_id entry, const char *text, size_t text_len, const char *key)
{
    words said = {text, text_len};
    if (!actor) return pz__fail_closed("actor");
    PZ__TRY(check_words(&said, "text"));
    return take_step(actor, "voice.reopen", entry, reopen, &said, key);
}

pz_status pz_voice_file(pz_actor *actor, pz_id entry, const char *topic, size_t topic_len, const char *key)
{
    words said = {topic, topic_len};
    if (!actor) return pz__fail_closed("actor");
    PZ__TRY(check_topic(topic, &said.length));
    return take_step(actor, "voice.file", entry, file, &said, key);
}
