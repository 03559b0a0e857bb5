/* The agenda of a check-in: what waits, what is late, what lacks evidence, what is new since the last one, and the questions of the template. */
#include <string.h>

#include "base/fail.h"
#include "base/memory.h"
#include "base/text.h"
#include "records/ask.h"
#include "records/checkin/see.h"
#include "records/checkin/tables.h"
#include "records/document.h"
#include "records/evidence/learning_tables.h"
#include "records/goal/find.h"
#include "records/listing.h"
#include "records/profile/see.h"
#include "records/voice/see.h"

enum { MOST_WORDS = 120 }; /* bytes of what is cited; the record has the rest */

typedef struct agenda {
    pz__call *call;
    const pz_checkin *checkin;
    const char *language;
    int64_t since; /* the change that held the check-in before; 0: none was */
    pz__rows *rows;
    int late; /* of the pass over goals and entries: what waits, or what is new */
} agenda;

/* ---------------------------------------------------------------------------------------------------------- items --- */

static pz_status add(agenda *a, const char *code, int32_t kind, pz_id record, const char *words, size_t length, pz_date due_on,
                     int64_t change)
{
    pz_agenda_item item = {sizeof item, code, NULL, 0, kind, record, due_on, change};
    pz__buffer text = PZ__BUFFER_INIT, cited = PZ__BUFFER_INIT;
    pz__message_value value = {"words", "", 0, 0};
    size_t cut = length > MOST_WORDS ? pz__utf8_cut(words, length, MOST_WORDS) : length;
    pz__buffer_add(&cited, words ? words : "", words ? cut : 0);
    if (cut < length) pz__buffer_text(&cited, "\xe2\x80\xa6");
    pz__buffer_char(&cited, '\0');
    if (cited.status == PZ_OK) {
        value.text = cited.data;
        pz__message(&text, a->language, code, &value, 1);
        item.text = text.data ? text.data : "";
        item.text_len = text.length;
        if (text.status == PZ_OK) pz__rows_add(a->rows, &item);
    }
    pz_status status = cited.status == PZ_OK && text.status == PZ_OK ? PZ_OK : pz__fail_memory();
    pz__buffer_free(&cited);
    pz__buffer_free(&text);
    return status;
}

/* ----------------------------------------------------------------------------------------------------------- voice --- */

/* What was said without words is cited by the words of its first medium. */
static pz_status add_voice_words(agenda *a, const char *code, const pz_voice_entry *entry, pz_date due_on)
{
    static const char sql[] = "SELECT alternative FROM voice_media WHERE tenant_id = ?1 AND voice_id = ?2 AND since_change <= ?3 "
                              "AND until_change > ?3 ORDER BY position LIMIT 1";
    const char *words = entry->topic;
    size_t length = entry->topic_len;
    pz__statement *statement;
    pz_status status;
    int row;
    if (entry->content_len) return add(a, code, PZ_KIND_VOICE, entry->id, entry->content, entry->content_len, due_on, entry->version);
    PZ__TRY(pz__ask(a->call, sql, entry->id, &statement));
    status = pz__db_step(statement, &row);
    if (row) words = pz__column_text(statement, 0, &length);
    if (status == PZ_OK) status = add(a, code, PZ_KIND_VOICE, entry->id, words, length, due_on, entry->version);
    pz__db_reset(statement);
    return status;
}

static int was_answered(const pz_voice_entry *entry)
{
    return entry->state >= PZ_VOICE_ANSWERED && entry->state <= PZ_VOICE_DECLINED;
}

static pz_status add_voice(const pz_voice_entry *entry, void *user_data)
{
    agenda *a = user_data;
    if (a->late && entry->awaits_answer) return add_voice_words(a, "agenda.voice_unanswered", entry, entry->due_on);
    if (!a->late && was_answered(entry) && entry->version > a->since)
        return add_voice_words(a, "agenda.voice_answered", entry, PZ_DATE_NONE);
    return PZ_OK;
}

/* ----------------------------------------------------------------------------------------------------------- goals --- */

/* Whether the store has evidence on the competency of the goal that came after the check-in before. */
static pz_status has_evidence(agenda *a, const pz_goal *goal, int *out_has)
{
    static const char sql[] = "SELECT 1 FROM evidence WHERE tenant_id = ?1 AND learner_id = ?2 AND competency_id = ?3 AND change_id > ?4 "
                              "AND change_id <= ?5 LIMIT 1";
    pz__statement *statement;
    pz_status status;
    PZ__TRY(pz__db_statement(a->call->db, sql, &statement));
    pz__bind_int(statement, 1, a->call->tenant);
    pz__bind_int(statement, 2, goal->learner);
    pz__bind_int(statement, 3, goal->competency);
    pz__bind_int(statement, 4, a->since);
    pz__bind_int(statement, 5, a->call->as_of);
    status = pz__db_step(statement, out_has);
    pz__db_reset(statement);
    return status;
}

static pz_status add_goal(const pz_goal *goal, void *user_data)
{
    agenda *a = user_data;
    int is_open = pz__goal_is_open(goal), has = 1;
    int is_late = is_open && goal->due_on != PZ_DATE_NONE && goal->due_on < a->call->today;
    const char *words = goal->statement;
    if (!a->late)
        return goal->version > a->since
                   ? add(a, "agenda.goal_changed", PZ_KIND_GOAL, goal->id, words, goal->statement_len, goal->due_on, goal->version)
                   : PZ_OK;
    if (is_late) PZ__TRY(add(a, "agenda.goal_overdue", PZ_KIND_GOAL, goal->id, words, goal->statement_len, goal->due_on, 0));
    if (pz__goal_where(goal) == PZ_GOAL_ACTIVE && goal->competency) PZ__TRY(has_evidence(a, goal, &has));
    return has ? PZ_OK : add(a, "agenda.goal_without_evidence", PZ_KIND_GOAL, goal->id, words, goal->statement_len, goal->due_on, 0);
}

static pz_status add_goals(agenda *a)
{
    if (pz__may(a->call, PZ_KIND_GOAL, PZ__SEE) != PZ_OK) return PZ_OK;
    return pz__goal_each(a->call, a->checkin->learner, add_goal, a);
}

/* --------------------------------------------------------------------------------------------------------- profile --- */

static pz_status add_entry(const pz_profile_entry *entry, void *user_data)
{
    agenda *a = user_data;
    const char *words = entry->content_len ? entry->content : entry->code;
    size_t length = entry->content_len ? entry->content_len : entry->code_len;
    if (entry->version <= a->since) return PZ_OK;
    return add(a, "agenda.entry_changed", PZ_KIND_PROFILE_ENTRY, entry->id, words, length, PZ_DATE_NONE, entry->version);
}

/* --------------------------------------------------------------------------------------------------------- prompts --- */

static pz_status add_lines(agenda *a, const char *text, size_t length)
{
    for (size_t start = 0; start < length;) {
        const char *end = memchr(text + start, '\n', length - start);
        size_t line = end ? (size_t)(end - text) - start : length - start, shown = line;
        while (shown && strchr(" \r\t", text[start + shown - 1])) shown--;
        if (shown) PZ__TRY(add(a, "agenda.prompt", 0, 0, text + start, shown, PZ_DATE_NONE, 0));
        start += line + 1;
    }
    return PZ_OK;
}

static pz_status add_own_prompts(agenda *a)
{
    pz__buffer text = PZ__BUFFER_INIT;
    pz_status status;
    pz__message(&text, a->language, "checkin.prompts", NULL, 0);
    status = text.status == PZ_OK ? add_lines(a, text.data, text.length) : pz__fail_memory();
    pz__buffer_free(&text);
    return status;
}

static pz_status add_prompts(agenda *a)
{
    static const char sql[] = "SELECT prompts FROM checkin_template WHERE tenant_id = ?1 AND template_id = ?2 AND since_change <= ?3 "
                              "AND until_change > ?3";
    pz__statement *statement;
    pz_status status;
    int row;
    if (!a->checkin->template_id) return add_own_prompts(a);
    PZ__TRY(pz__ask(a->call, sql, a->checkin->template_id, &statement));
    status = pz__db_step(statement, &row);
    if (row) {
        size_t length;
        const char *text = pz__column_text(statement, 0, &length);
        if (text) status = add_lines(a, text, length);
    }
    pz__db_reset(statement);
    return status;
}

/* ------------------------------------------------------------------------------------------------------- the whole --- */

/* The change that held the learner's last check-in before `before`. */
static pz_status find_last(agenda *a, int64_t before)
{
    static const char sql[] = "SELECT max(version) FROM checkin WHERE tenant_id = ?1 AND learner_id = ?2 AND state = ?3 "
                              "AND acted_at = held_at AND version < ?4 AND since_change <= ?5";
    pz__statement *statement;
    pz_status status;
    int row;
    PZ__TRY(pz__db_statement(a->call->db, sql, &statement));
    pz__bind_int(statement, 1, a->call->tenant);
    pz__bind_int(statement, 2, a->checkin->learner);
    pz__bind_int(statement, 3, PZ_CHECKIN_HELD);
    pz__bind_int(statement, 4, before);
    pz__bind_int(statement, 5, a->call->as_of);
    status = pz__db_step(statement, &row);
    if (row) a->since = pz__column_int(statement, 0);
    pz__db_reset(statement);
    return status;
}

/* The first change of the state held: later signatures are versions too. */
static pz_status find_held(agenda *a, int64_t *out_held)
{
    static const char sql[] =
        "SELECT min(version) FROM checkin WHERE tenant_id = ?1 AND learner_id = ?2 AND checkin_id = ?3 AND state = ?4";
    pz__statement *statement;
    pz_status status;
    int row;
    *out_held = 0;
    PZ__TRY(pz__db_statement(a->call->db, sql, &statement));
    pz__bind_int(statement, 1, a->call->tenant);
    pz__bind_int(statement, 2, a->checkin->learner);
    pz__bind_int(statement, 3, a->checkin->id);
    pz__bind_int(statement, 4, PZ_CHECKIN_HELD);
    status = pz__db_step(statement, &row);
    if (row) *out_held = pz__column_int(statement, 0);
    pz__db_reset(statement);
    return status;
}

static pz_status add_all(agenda *a)
{
    int sees_voice = pz__may(a->call, PZ_KIND_VOICE, PZ__SEE) == PZ_OK;
    a->late = 1;
    if (sees_voice) PZ__TRY(pz__voice_each(a->call, a->checkin->learner, add_voice, a));
    PZ__TRY(add_goals(a));
    a->late = 0;
    PZ__TRY(add_goals(a));
    if (pz__may(a->call, PZ_KIND_PROFILE_ENTRY, PZ__SEE) == PZ_OK)
        PZ__TRY(pz__profile_each(a->call, a->checkin->learner, 0, 0, add_entry, a));
    if (sees_voice) PZ__TRY(pz__voice_each(a->call, a->checkin->learner, add_voice, a));
    return add_prompts(a);
}

/* Of a check-in that was held the agenda is that of its moment: the call looks at it for as long as this takes. */
static pz_status make(agenda *a)
{
    pz__call *call = a->call;
    int64_t as_of = call->as_of, held;
    pz_date today = call->today;
    int is_past = call->is_past;
    pz_status status;
    if (a->checkin->state == PZ_CHECKIN_HELD) {
        PZ__TRY(find_held(a, &held));
        call->as_of = held;
        call->today = pz__store_date(call->store, a->checkin->held_at);
        call->is_past = 1;
    }
    status = find_last(a, a->checkin->state == PZ_CHECKIN_HELD ? call->as_of : INT64_MAX);
    if (status == PZ_OK) status = add_all(a);
    call->as_of = as_of;
    call->today = today;
    call->is_past = is_past;
    return status;
}

pz_status pz__checkin_agenda(pz__call *call, const pz_checkin *checkin, const char *language, pz__rows *rows)
{
    agenda a = {.call = call, .checkin = checkin, .language = language, .rows = rows};
    return make(&a);
}

static pz_status list(pz__call *call, pz_id id, const char *language, pz__rows *rows)
{
    pz_checkin *checkin;
    pz_status status;
    PZ__TRY(pz__checkin_find(call, PZ__SEE, id, &checkin));
    status = pz__checkin_agenda(call, checkin, language, rows);
    pz_free(checkin);
    return status;
}

pz_status pz_checkin_agenda_list(pz_actor *actor, pz_id checkin, const char *language, pz_agenda_item ***out_rows, size_t *out_count)
{
    pz__rows rows;
    pz__call call;
    PZ__TRY(pz__list_start((void ***)out_rows, out_count));
    PZ__TRY(pz__language_check(&language));
    PZ__TRY(pz__call_read(&call, actor));
    pz__rows_start(&rows, &pz__agenda_item_type);
    return pz__call_end_rows(&call, list(&call, checkin, language, &rows), &rows, (void ***)out_rows, out_count);
}
