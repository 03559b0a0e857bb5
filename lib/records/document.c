#include "records/document.h"

#include <string.h>

#include "base/fail.h"
#include "base/message.h"
#include "base/text.h"
#include "records/ask.h"

static void put_key(pz__json_writer *json, const char *key)
{
    if (key) pz__json_key(json, key);
}

/* ?2 the id, ?3 the change. */
static pz_status ask(pz__call *call, const char *sql, pz_id id, pz__statement **out_statement, int *out_row)
{
    *out_row = 0;
    PZ__TRY(pz__db_statement(call->db, sql, out_statement));
    pz__bind_int(*out_statement, 1, call->tenant);
    pz__bind_int(*out_statement, 2, id);
    pz__bind_int(*out_statement, 3, call->as_of);
    return pz__db_step(*out_statement, out_row);
}

static void put_coded(pz__json_writer *json, const char *key, pz_id id, pz__statement *statement)
{
    size_t code_len, statement_len;
    const char *code = pz__column_text(statement, 0, &code_len);
    const char *words = pz__column_text(statement, 1, &statement_len);
    put_key(json, key);
    pz__json_open_object(json);
    pz__json_put_id(json, "id", id);
    pz__json_key(json, "code");
    pz__json_text_n(json, code, code_len);
    pz__json_key(json, "statement");
    pz__json_text_n(json, words, statement_len);
    pz__json_close_object(json);
}

static pz_status put_record(pz__call *call, pz__json_writer *json, const char *key, const char *sql, pz_id id)
{
    pz__statement *statement;
    int row;
    if (id) {
        PZ__TRY(ask(call, sql, id, &statement, &row));
        if (row) put_coded(json, key, id, statement);
        pz__db_reset(statement);
        if (row) return PZ_OK;
    }
    put_key(json, key);
    pz__json_null(json);
    return PZ_OK;
}

static const char competency_sql[] = "SELECT code, statement, short_statement FROM competency WHERE tenant_id = ?1 AND competency_id = ?2 "
                                     "AND since_change <= ?3 AND until_change > ?3";
static const char misconception_sql[] = "SELECT code, statement FROM misconception WHERE tenant_id = ?1 AND misconception_id = ?2 "
                                        "AND since_change <= ?3 AND until_change > ?3";

pz_status pz__json_competency(pz__call *call, pz__json_writer *json, const char *key, pz_id competency)
{
    return put_record(call, json, key, competency_sql, competency);
}

pz_status pz__competency_words(pz__call *call, pz_id competency, pz__buffer *out)
{
    pz__statement *statement;
    size_t length;
    const char *words;
    int row;
    PZ__TRY(ask(call, competency_sql, competency, &statement, &row));
    words = row ? pz__column_text(statement, 2, &length) : NULL;
    if (row && !words) words = pz__column_text(statement, 1, &length);
    if (words) pz__buffer_add(out, words, length);
    pz__db_reset(statement);
    return PZ_OK;
}

pz_status pz__misconception_of(pz__call *call, pz_id item, int32_t option, pz_id *out_misconception)
{
    static const char sql[] = "SELECT misconception_id FROM item_option WHERE tenant_id = ?1 AND item_id = ?2 AND option_no = ?4 "
                              "AND since_change <= ?3 AND until_change > ?3";
    pz__statement *statement;
    pz_status status;
    int row;
    *out_misconception = 0;
    if (!item || !option) return PZ_OK;
    PZ__TRY(pz__ask(call, sql, item, &statement));
    pz__bind_int(statement, 4, option);
    status = pz__db_step(statement, &row);
    if (row) *out_misconception = pz__column_int(statement, 0);
    pz__db_reset(statement);
    return status;
}

pz_status pz__json_misconception_id(pz__call *call, pz__json_writer *json, const char *key, pz_id misconception)
{
    return put_record(call, json, key, misconception_sql, misconception);
}

pz_status pz__json_misconception(pz__call *call, pz__json_writer *json, const char *key, pz_id item, int32_t option)
{
    pz_id misconception;
    PZ__TRY(pz__misconception_of(call, item, option, &misconception));
    return pz__json_misconception_id(call, json, key, misconception);
}

void pz__json_head(const pz__call *call, pz__json_writer *json, const char *name, const char *language)
{
    pz__json_put_text(json, "document", name);
    pz__json_put_int(json, "format", 1);
    pz__json_put_text(json, "language", language);
    pz__json_put_id(json, "as_of_change", call->as_of);
    pz__json_put_date(json, "as_of_day", call->today);
}

pz_status pz__language_check(const char **language)
{
    size_t length;
    if (!*language) *language = "en";
    PZ__TRY(pz__text_check(*language, PZ_NUL_TERMINATED, (size_t)pz_limit(PZ_LIMIT_ID_TEXT), "language", &length));
    length = strcspn(*language, "-_.@"); /* "es-MX" is served by "es" */
    for (size_t i = 0; pz__message_language_at(i); i++) {
        const char *known = pz__message_language_at(i);
        if (pz__ascii_equal_fold(*language, length, known)) {
            *language = known;
            return PZ_OK;
        }
    }
    return pz__fail(PZ_E_INVALID, "language", "Give \"en\" or \"es\".", "There are no words in this language.");
}

void pz__json_words(pz__json_writer *json, const char *key, const char *language, const char *code, const pz__message_value *values,
                    size_t count)
{
    pz__buffer words = PZ__BUFFER_INIT;
    pz__message(&words, language, code, values, count);
    if (words.status != PZ_OK && json->out->status == PZ_OK) json->out->status = words.status;
    put_key(json, key);
    pz__json_text_n(json, words.data ? words.data : "", words.length);
    pz__buffer_free(&words);
}
