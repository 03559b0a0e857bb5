/* Answers to questionnaires: given, listed, confirmed, dropped. They are the learner's alone. */
#include <stdio.h>
#include <string.h>

#include "base/fail.h"
#include "base/memory.h"
#include "base/text.h"
#include "personalize/profile.h"
#include "records/access/actor.h"
#include "records/ask.h"
#include "records/by_id.h"
#include "records/listing.h"
#include "records/page.h"
#include "records/questionnaire/find.h"
#include "records/voice/media.h"
#include "records/voice/tables.h"
#include "records/writing.h"

enum { MOST_ANSWERS = 200, SCALE_SIZE = 48 };

/* --------------------------------------------------------------------------------------------------------- taking --- */

static int has_medium(const pz_answer *answer)
{
    return answer->avenue == PZ_AVENUE_AUDIO || answer->avenue == PZ_AVENUE_VIDEO || answer->avenue == PZ_AVENUE_IMAGE;
}

/* The medium of an answer, as voice entries have them: its words are what it says for who cannot hear or see it. */
static pz_voice_media medium_of(const pz_answer *answer)
{
    pz_voice_media medium = PZ_VOICE_MEDIA_INIT;
    medium.reference = answer->reference;
    medium.reference_len = answer->reference_len;
    medium.type = answer->media_type;
    medium.type_len = answer->media_type_len;
    medium.size = answer->size;
    medium.hash = answer->hash;
    medium.hash_len = answer->hash_len;
    medium.alternative = answer->text;
    medium.alternative_len = answer->text_len;
    return medium;
}

static pz_status check_medium(const pz_answer *answer)
{
    pz_voice_media medium = medium_of(answer), checked;
    const pz_voice_media *pointer = &medium;
    if (answer->avenue < PZ_AVENUE_TEXT || answer->avenue > PZ_AVENUE_IMAGE)
        return pz__fail(PZ_E_INVALID, "avenue", "Give text, journal, audio, video or image.", "There is no avenue %d of an answer.",
                        (int)answer->avenue);
    if (has_medium(answer)) return pz__voice_media_take(&pointer, 1, answer->avenue, &checked);
    if (!answer->reference_len && !answer->media_type_len && !answer->hash_len && answer->size == -1) return PZ_OK;
    return pz__fail(PZ_E_INVALID, "reference", "Name its avenue.", "An answer by text has no medium.");
}

static pz_status check_texts(pz_answer *a)
{
    size_t text = (size_t)pz_limit(PZ_LIMIT_TEXT), title = (size_t)pz_limit(PZ_LIMIT_TITLE);
    PZ__TRY(pz__text_need(a->question, a->question_len, title, "question", &a->question_len));
    PZ__TRY(pz__text_check(a->text, a->text_len, text, "text", &a->text_len));
    PZ__TRY(pz__text_check(a->picture, a->picture_len, title, "picture", &a->picture_len));
    PZ__TRY(pz__text_check(a->reference, a->reference_len, text, "reference", &a->reference_len));
    PZ__TRY(pz__text_check(a->media_type, a->media_type_len, title, "media_type", &a->media_type_len));
    return pz__text_check(a->hash, a->hash_len, title, "hash", &a->hash_len);
}

static pz_status take(const pz_answer *const *answers, size_t rows, pz__answer_row *out)
{
    for (size_t i = 0; i < rows; i++) {
        pz_answer *answer = &out[i].answer;
        PZ__TRY(pz__record_take(&pz__answer_type, answers[i], sizeof *answer, answer));
        PZ__TRY(check_texts(answer));
        PZ__TRY(check_medium(answer));
        for (size_t k = 0; k < i; k++)
            if (out[k].answer.question_len == answer->question_len &&
                !memcmp(out[k].answer.question, answer->question, answer->question_len))
                return pz__fail(PZ_E_INVALID, "question", NULL, "Answers %zu and %zu are to the same question.", k, i);
    }
    return PZ_OK;
}

/* ------------------------------------------------------------------------------------------------------- answering --- */

static pz_status fail_answer(const char *field, const char *what)
{
    return pz__fail(PZ_E_INVALID, field, "pz_questionnaire_get() has the questions and their kinds.", "%s", what);
}

static pz_status fit_text(pz_answer *answer)
{
    if (!answer->text_len || !isnan(answer->number) || answer->picture_len)
        return fail_answer("text", "A question of text is answered in words, and in nothing else.");
    answer->content = answer->text;
    answer->content_len = answer->text_len;
    return PZ_OK;
}

/* What a number on a scale says: the prompt with it. The room is the caller's. */
static pz_status fit_scale(const pz__question *question, pz__answer_row *row, pz__buffer *words, char *scale)
{
    pz_answer *answer = &row->answer;
    if (isnan(answer->number) || answer->picture_len || (answer->text_len && !has_medium(answer)))
        return fail_answer("number", "A question of a scale is answered by a number, and by nothing else.");
    if (!(answer->number >= (double)question->from && answer->number <= (double)question->to) ||
        answer->number != (double)(int64_t)answer->number)
        return fail_answer("number", "The number is not on the scale.");
    snprintf(scale, SCALE_SIZE, "%lld-%lld", (long long)question->from, (long long)question->to);
    row->scale = scale;
    row->scale_len = strlen(scale);
    if (question->becomes == PZ_KIND_VOICE)
        pz__buffer_format(words, "%s: %lld (%s)", question->prompt, (long long)answer->number, scale);
    else
        pz__buffer_text(words, question->prompt);
    answer->content = words->data;
    answer->content_len = words->length;
    return words->status == PZ_OK ? PZ_OK : pz__fail_memory();
}

static pz_status fit_picture(const pz__question *question, pz_answer *answer)
{
    if (!answer->picture_len || !isnan(answer->number) || (answer->text_len && !has_medium(answer)))
        return fail_answer("picture", "A question of pictures is answered by the code of one, and by nothing else.");
    for (const pz__json_value *picture = pz__json_first(question->pictures); picture; picture = pz__json_next(picture)) {
        const char *code = pz__json_as_text(pz__json_member(picture, "code"));
        if (strlen(code) != answer->picture_len || memcmp(code, answer->picture, answer->picture_len)) continue;
        answer->content = pz__json_as_text(pz__json_member(picture, "alternative"));
        answer->content_len = strlen(answer->content);
        return PZ_OK;
    }
    return fail_answer("picture", "The question has no such picture.");
}

static pz_status fit(const pz__json *document, pz__answer_row *row, pz__buffer *words, char *scale)
{
    pz_answer *answer = &row->answer;
    pz__question question;
    PZ__TRY(pz__question_find(document, answer->question, answer->question_len, &question));
    switch (question.kind) {
    case PZ__QUESTION_TEXT: PZ__TRY(fit_text(answer)); break;
    case PZ__QUESTION_SCALE: PZ__TRY(fit_scale(&question, row, words, scale)); break;
    case PZ__QUESTION_PICTURES: PZ__TRY(fit_picture(&question, answer)); break;
    }
    answer->becomes = question.becomes;
    answer->section = question.section;
    answer->voice_kind = question.voice_kind;
    answer->topic = question.topic;
    answer->topic_len = question.topic ? strlen(question.topic) : 0;
    answer->state = question.becomes ? PZ_ANSWER_WAITING : 0;
    answer->record = 0;
    return PZ_OK;
}

static pz_status write_answer(pz__call *call, const pz__json *document, pz__answer_row *row)
{
    pz__buffer words = PZ__BUFFER_INIT;
    char scale[SCALE_SIZE];
    pz__outcome outcome;
    pz_status status;
    row->scale = NULL;
    row->scale_len = 0;
    status = fit(document, row, &words, scale);
    if (status == PZ_OK) status = pz__store_take_ids(call->store, 1, &row->answer.id);
    if (status == PZ_OK) status = pz__versioned_write(call, &pz__answer_table, row, &outcome);
    pz__buffer_free(&words);
    return status;
}

static pz_status need_learner(pz__call *call)
{
    return pz__may_learner(call, PZ_KIND_ANSWER, PZ__WRITE, pz__call_person(call), "actor");
}

static pz_status write_all(pz__call *call, const pz_questionnaire *q, const pz__json *document, pz__answer_row *rows, size_t count,
                           pz_id *out_response)
{
    PZ__TRY(pz__store_take_ids(call->store, 1, out_response));
    for (size_t i = 0; i < count; i++) {
        rows[i].version = q->version;
        rows[i].answer.response = *out_response;
        rows[i].answer.learner = pz__call_person(call);
        rows[i].answer.questionnaire = q->id;
        rows[i].answer.answered_at = pz__change_time(call->change);
        PZ__TRY(write_answer(call, document, &rows[i]));
    }
    return PZ_OK;
}

static pz_status answer_it(pz__call *call, pz_id id, int64_t version, pz__answer_row *rows, size_t count, pz_id *out_response)
{
    pz_questionnaire q;
    pz__json *document;
    pz_status status = PZ_OK;
    if (pz__call_role(call) != PZ_ROLE_LEARNER) return pz__may(call, PZ_KIND_ANSWER, PZ__WRITE);
    PZ__TRY(need_learner(call));
    PZ__TRY(pz__questionnaire_find(call, id, NULL, &q, &document));
    if (q.ended) status = pz__fail(PZ_E_STATE, "questionnaire", NULL, "The questionnaire %lld has ended.", (long long)id);
    if (status == PZ_OK && q.version != version)
        status = pz__fail(PZ_E_CONFLICT, "version", "Read it again with pz_questionnaire_get().",
                          "The questionnaire %lld was changed meanwhile: its version is %lld, not %lld.", (long long)id,
                          (long long)q.version, (long long)version);
    if (status == PZ_OK) status = write_all(call, &q, document, rows, count, out_response);
    pz__json_free(document);
    return status;
}

static pz_status write(pz_actor *actor, pz_id id, int64_t version, pz__answer_row *rows, size_t count, const char *key, pz_id *out_response)
{
    pz__buffer request = PZ__BUFFER_INIT;
    pz__call call;
    pz_status status = PZ_OK;
    pz_id response = 0;
    pz__request_int(&request, id);
    pz__request_int(&request, version);
    for (size_t i = 0; i < count; i++) pz__request_record(&request, &pz__answer_type, &rows[i].answer);
    PZ__TRY(pz__write_start(&call, actor, "questionnaire.answer", key, &request));
    if (!call.repeated) status = answer_it(&call, id, version, rows, count, &response);
    return pz__call_end_value(&call, status, response, out_response);
}

pz_status pz_questionnaire_answer(pz_actor *actor, pz_id questionnaire, int64_t version, const pz_answer *const *answers, size_t rows,
                                  const char *key, pz_id *out_response)
{
    pz__answer_row *taken;
    pz_status status;
    if (out_response) *out_response = 0;
    if (!actor) return pz__fail_closed("actor");
    if (!answers || !rows) return pz__fail(PZ_E_INVALID, "answers", NULL, "Give at least one answer.");
    if (rows > MOST_ANSWERS) return pz__fail(PZ_E_TOO_LONG, "rows", NULL, "%zu answers are over the limit of %d.", rows, MOST_ANSWERS);
    taken = pz__alloc_zero(rows, sizeof *taken);
    if (!taken) return pz__fail_memory();
    status = take(answers, rows, taken);
    if (status == PZ_OK) status = write(actor, questionnaire, version, taken, rows, key, out_response);
    pz__release(taken);
    return status;
}

/* --------------------------------------------------------------------------------------------------------- listing --- */

#define ANSWER_COLUMNS                                                                                                                     \
    "answer_id, response_id, learner_id, questionnaire_id, question, avenue, answer, number, picture, reference, media_type, size, hash, " \
    "becomes, section, voice_kind, topic, content, state, record_id, answered_at"

static pz_status read_answers(pz__call *call, const pz_answer_query *query, pz__by_id *list, pz__rows *rows)
{
    static const char sql[] = "SELECT " ANSWER_COLUMNS " FROM questionnaire_answer WHERE tenant_id = ?1 AND learner_id = ?2 "
                              "AND (?4 = 0 OR response_id = ?4) AND (?5 = 0 OR state = ?5) AND since_change <= ?3 AND until_change > ?3 "
                              "ORDER BY answer_id";
    pz_answer answer;
    pz__statement *statement;
    pz_status status;
    int row, is_wanted;
    PZ__TRY(pz__may(call, PZ_KIND_ANSWER, PZ__SEE));
    PZ__TRY(pz__ask(call, sql, pz__call_person(call), &statement));
    pz__bind_int(statement, 4, query->response);
    pz__bind_int(statement, 5, query->state);
    while ((status = pz__db_step(statement, &row)) == PZ_OK && row) {
        pz__record_read(&pz__answer_type, statement, 0, &answer);
        const char *const texts[] = {answer.text, answer.content};
        if ((status = pz__by_id_wants(list, answer.id, texts, 2, &is_wanted)) != PZ_OK) break;
        if (is_wanted) pz__rows_add(rows, &answer);
    }
    pz__db_reset(statement);
    return status;
}

static pz_status list(pz__call *call, const pz_answer_query *query, pz__by_id *page, void ***out_rows, size_t *out_count)
{
    pz__rows rows;
    pz_status status;
    pz__rows_start(&rows, &pz__answer_type);
    status = read_answers(call, query, page, &rows);
    if (status == PZ_OK) return pz__by_id_take(page, &rows, out_rows, out_count);
    pz__rows_free(&rows);
    return status;
}

pz_status pz_answer_list(pz_actor *actor, const pz_answer_query *query, pz_answer ***out_rows, size_t *out_count)
{
    pz_answer_query taken;
    pz__by_id page;
    pz__call call;
    void **rows = NULL;
    size_t count = 0;
    pz_status status;
    PZ__TRY(pz__list_start((void ***)out_rows, out_count));
    if (!actor) return pz__fail_closed("actor");
    PZ__TRY(pz__record_take(&pz__answer_query_type, query ? query : pz__answer_query_type.initial, sizeof taken, &taken));
    if (taken.state < 0 || taken.state > PZ_ANSWER_DROPPED)
        return pz__fail(PZ_E_INVALID, "state", "pz_answer_state names the states; 0 is any.", "There is no state %d of an answer.",
                        (int)taken.state);
    PZ__TRY(pz__by_id_start(&page, PZ__BY_ID_NO_OWN, taken.order, taken.after, taken.limit, taken.text, taken.text_len));
    status = pz__call_read(&call, actor);
    if (status == PZ_OK)
        status = pz__page_end(&call, list(&call, &taken, &page, &rows, &count), &rows, &count, (void ***)out_rows, out_count);
    pz__by_id_free(&page);
    return status;
}

/* ---------------------------------------------------------------------------------------------- confirming, dropping --- */

/* The answer of this learner as a row of its own, with all texts, in one block. */
static pz_status find(pz__call *call, pz_id id, pz__answer_row **out_row)
{
    static const char sql[] = "SELECT " PZ__ANSWER_ROW_COLUMNS " FROM questionnaire_answer WHERE tenant_id = ?1 AND answer_id = ?2 "
                              "AND learner_id = ?3 AND until_change = " PZ__CURRENT_SQL;
    pz__statement *statement;
    *out_row = NULL;
    PZ__TRY(pz__db_statement(call->db, sql, &statement));
    pz__bind_int(statement, 1, call->tenant);
    pz__bind_int(statement, 2, id);
    pz__bind_int(statement, 3, pz__call_person(call));
    PZ__TRY(pz__take_one(pz__answer_table.type, statement, (void **)out_row));
    if (*out_row) return PZ_OK;
    return pz__fail(PZ_E_NOT_FOUND, "answer", "pz_answer_list() lists them.", "The actor has given no answer %lld.", (long long)id);
}

static pz_status need_waiting(const pz_answer *answer)
{
    if (answer->state == PZ_ANSWER_WAITING) return PZ_OK;
    if (!answer->state) return pz__fail(PZ_E_STATE, "answer", NULL, "Nothing becomes of the answer %lld.", (long long)answer->id);
    return pz__fail(PZ_E_STATE, "answer", NULL, "The answer %lld was %s already.", (long long)answer->id,
                    pz__answer_state_names[answer->state]);
}

static pz_status settle(pz__call *call, pz_id id, int32_t state, pz_id record)
{
    pz__answer_row *row;
    pz__outcome outcome;
    pz_status status;
    PZ__TRY(pz__may(call, PZ_KIND_ANSWER, PZ__WRITE));
    PZ__TRY(find(call, id, &row));
    status = need_waiting(&row->answer);
    row->answer.state = state;
    row->answer.record = record;
    if (status == PZ_OK) status = pz__versioned_write(call, &pz__answer_table, row, &outcome);
    pz_free(row);
    return status;
}

pz_status pz_answer_drop(pz_actor *actor, pz_id answer, const char *key)
{
    pz__buffer request = PZ__BUFFER_INIT;
    pz__call call;
    if (!actor) return pz__fail_closed("actor");
    pz__request_int(&request, answer);
    PZ__TRY(pz__write_start(&call, actor, "answer.drop", key, &request));
    return pz__call_end(&call, call.repeated ? PZ_OK : settle(&call, answer, PZ_ANSWER_DROPPED, 0));
}

typedef struct confirmation {
    pz_id answer;
    const char *text;
    size_t length;
    int32_t visibility;
} confirmation;

static pz_status load(pz_actor *actor, pz_id id, pz__answer_row **out_row)
{
    pz__call call;
    pz_status status;
    *out_row = NULL;
    PZ__TRY(pz__call_read(&call, actor));
    status = pz__may(&call, PZ_KIND_ANSWER, PZ__WRITE);
    if (status == PZ_OK) status = find(&call, id, out_row);
    status = pz__call_end(&call, status);
    if (status == PZ_OK) return PZ_OK;
    pz_free(*out_row);
    *out_row = NULL;
    return status;
}

static pz_status become_entry(pz_actor *actor, const pz__answer_row *row, const confirmation *c, pz_id *out_record)
{
    pz_profile_entry entry = PZ_PROFILE_ENTRY_INIT;
    entry.learner = row->answer.learner;
    entry.section = row->answer.section;
    entry.content = c->length ? c->text : row->answer.content;
    entry.content_len = c->length ? c->length : row->answer.content_len;
    entry.value = row->answer.number;
    entry.scale = row->scale;
    entry.scale_len = row->scale_len;
    entry.source = "questionnaire";
    entry.observed_at = row->answer.answered_at;
    entry.visibility = c->visibility;
    return pz_profile_entry_add(actor, &entry, NULL, out_record);
}

static pz_status become_voice(pz_actor *actor, const pz__answer_row *row, const confirmation *c, pz_id *out_record)
{
    pz_voice_entry entry = PZ_VOICE_ENTRY_INIT;
    pz_voice_media medium = medium_of(&row->answer);
    const pz_voice_media *media[] = {&medium};
    entry.learner = row->answer.learner;
    entry.kind = row->answer.voice_kind;
    entry.avenue = row->answer.avenue;
    entry.content = c->length ? c->text : row->answer.content;
    entry.content_len = c->length ? c->length : row->answer.content_len;
    entry.topic = row->answer.topic;
    entry.topic_len = row->answer.topic_len;
    entry.visibility = c->visibility;
    return pz_voice_say(actor, &entry, has_medium(&row->answer) ? media : NULL, has_medium(&row->answer), NULL, out_record);
}

static pz_status mark(pz_actor *actor, pz_id answer, pz_id record)
{
    pz__call call;
    PZ__TRY(pz__call_write(&call, actor, "answer.confirm", NULL, NULL, 0));
    return pz__call_end(&call, settle(&call, answer, PZ_ANSWER_CONFIRMED, record));
}

static pz_status become(pz_actor *actor, const confirmation *c, pz_id *out_record)
{
    pz__answer_row *row;
    pz_status status;
    PZ__TRY(load(actor, c->answer, &row));
    status = need_waiting(&row->answer);
    if (status == PZ_OK)
        status = row->answer.becomes == PZ_KIND_VOICE ? become_voice(actor, row, c, out_record) : become_entry(actor, row, c, out_record);
    if (status == PZ_OK) status = mark(actor, c->answer, *out_record);
    pz_free(row);
    return status;
}

/* A repeat of the key finds the record that became of the answer, if it was this one. */
static pz_status find_again(pz_actor *actor, pz_id id, pz_id *out_record)
{
    pz__answer_row *row;
    PZ__TRY(load(actor, id, &row));
    *out_record = row->answer.record;
    pz_free(row);
    if (*out_record) return PZ_OK;
    return pz__fail(PZ_E_KEY_REUSED, "key", "Give each act a key of its own.", "The key was used to confirm another answer.");
}

/* Entry and answer change together: where a joined change is open already they are part of it. */
static pz_status confirm(pz_actor *actor, const confirmation *c, const char *key, pz_id *out_record)
{
    int32_t repeated = 0;
    pz_status status;
    if (actor->has_joined) return become(actor, c, out_record);
    PZ__TRY(pz_change_begin(actor, "answer.confirm", key, &repeated));
    if (repeated) return find_again(actor, c->answer, out_record);
    status = become(actor, c, out_record);
    if (status == PZ_OK) return pz_change_commit(actor, NULL);
    if (actor->has_joined) pz__change_join_undo(actor->store);
    actor->has_joined = 0;
    return status;
}

pz_status pz_answer_confirm(pz_actor *actor, pz_id answer, const char *text, size_t text_len, int32_t visibility, const char *key,
                            pz_id *out_record)
{
    confirmation c = {answer, text, text_len, visibility};
    pz_id record = 0;
    if (out_record) *out_record = 0;
    if (!actor) return pz__fail_closed("actor");
    PZ__TRY(pz__text_check(text, text_len, (size_t)pz_limit(PZ_LIMIT_TEXT), "text", &c.length));
    if (visibility < PZ_VISIBLE_SELF || visibility > PZ_VISIBLE_SCHOOL)
        return pz__fail(PZ_E_INVALID, "visibility", "pz_visibility names who can see an entry.", "There is no visibility %d.",
                        (int)visibility);
    PZ__TRY(confirm(actor, &c, key, &record));
    if (out_record) *out_record = record;
    return PZ_OK;
}
