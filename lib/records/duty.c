/* Duties on the whole store, and on all that it holds of one person. */
#include "store/duty.h"

#include <string.h>

#include "base/fail.h"
#include "base/json_write.h"
#include "personalize/recommend.h"
#include "records/access/call.h"
#include "records/access/visible.h"
#include "records/checkin/see.h"
#include "records/export_words.h"
#include "records/goal/find.h"
#include "records/mastery/verify.h"
#include "records/request.h"
#include "records/types.h"
#include "records/voice/see.h"
#include "records/writing.h"

/* -------------------------------------------------------------------------------------------------- backup --- */

/* Rights are asked in a call of its own: the copy is made outside of any, since others go on writing meanwhile. */
static pz_status may_store(pz_actor *actor, pz__doing doing, pz_store **out_store)
{
    pz__call call;
    PZ__TRY(pz__call_read(&call, actor));
    *out_store = call.store;
    return pz__call_end(&call, pz__may(&call, PZ_KIND_STORE, doing));
}

pz_status pz_store_backup(pz_actor *actor, const char *path, pz_progress_fn progress, void *user_data)
{
    pz_store *store;
    if (!actor) return pz__fail_closed("actor");
    if (!path) return pz__fail_null("path");
    PZ__TRY(may_store(actor, PZ__EXPORT, &store));
    return pz__duty_backup(store, path, progress, user_data);
}

/* -------------------------------------------------------------------------------------------------- verify --- */

/* Progress of two parts as that of one. */
typedef struct parts {
    pz_progress_fn progress;
    void *user_data;
    double from, size;
} parts;

static pz_status tell_part(double done, void *user_data)
{
    const parts *p = user_data;
    return p->progress(p->from + done * p->size, p->user_data);
}

static pz_status verify_mastery(pz_actor *actor, parts *p, pz__json_writer *json)
{
    pz__call call;
    PZ__TRY(pz__call_read(&call, actor));
    return pz__call_end(&call, pz__mastery_verify(&call, p->progress ? tell_part : NULL, p, json));
}

/* What was found is told with PZ_E_CORRUPT and PZ_E_TAMPERED too, so that both parts are always looked at. */
pz_status pz_store_verify(pz_actor *actor, pz_progress_fn progress, void *user_data, char **out_json)
{
    pz__buffer text = PZ__BUFFER_INIT;
    pz__json_writer json;
    parts p = {progress, user_data, 0, 0.5};
    pz_store *store;
    pz_status found, also;
    if (!out_json) return pz__fail_null("out_json");
    *out_json = NULL;
    if (!actor) return pz__fail_closed("actor");
    PZ__TRY(may_store(actor, PZ__SEE, &store));
    pz__json_start(&json, &text);
    pz__json_open_object(&json);
    pz__json_put_text(&json, "document", "verify");
    pz__json_put_int(&json, "format", 1);
    found = pz__duty_verify(store, progress ? tell_part : NULL, &p, &json);
    also = found;
    if (found == PZ_OK || found == PZ_E_CORRUPT || found == PZ_E_TAMPERED) {
        p.from = 0.5;
        also = verify_mastery(actor, &p, &json);
    }
    if (also != PZ_OK && also != PZ_E_CORRUPT && also != PZ_E_TAMPERED) {
        pz__buffer_free(&text);
        return also;
    }
    pz__json_put_bool(&json, "whole", found == PZ_OK && also == PZ_OK);
    pz__json_close_object(&json);
    PZ__TRY(pz__buffer_take(&text, out_json));
    if (found == PZ_OK) found = also;
    if (found == PZ_OK) return PZ_OK;
    return pz__fail(found, "store", "Restore a backup; the document says what was found.",
                    found == PZ_E_TAMPERED ? "A change or a record is not as it was written." : "The store is damaged.");
}

/* -------------------------------------------------------------------------------------------------- export --- */

typedef struct reader {
    pz__call *call;
    pz_id person;
    pz__named named;
    pz_status failed; /* of a question to the store */
} reader;

/* Guardians see the places of a recommendation once it is accepted. */
static int is_accepted(reader *r, pz_id recommendation)
{
    static const char sql[] = "SELECT 1 FROM recommendation WHERE tenant_id = ?1 AND recommendation_id = ?2 AND state = ?3 "
                              "AND until_change = 9223372036854775807";
    pz__statement *statement;
    int row = 0;
    pz_status status = pz__db_statement(r->call->db, sql, &statement);
    if (status == PZ_OK) {
        pz__bind_int(statement, 1, r->call->tenant);
        pz__bind_int(statement, 2, recommendation);
        pz__bind_int(statement, 3, PZ_RECOMMENDATION_ACCEPTED);
        status = pz__db_step(statement, &row);
        pz__db_reset(statement);
    }
    if (status != PZ_OK) r->failed = status;
    return row;
}

/* The profile entry that a row is of or about; 0 for none. */
static pz_id entry_of(const char *table, pz__statement *row)
{
    if (!strcmp(table, "record_tag") || !strcmp(table, "shared_with")) return pz__export_int(row, "record_id");
    if (!strcmp(table, "change_concerning"))
        return pz__export_int(row, "kind") == PZ_KIND_PROFILE_ENTRY && pz__export_int(row, "act") != PZ__ACT_READ
                   ? pz__export_int(row, "record_id")
                   : 0;
    return pz__export_int(row, "entry_id");
}

/* Once it was narrowed it is narrow in all its versions, and a narrow version stays so. */
static int sees_entry(reader *r, const char *table, pz__statement *row, pz_id entry)
{
    pz__sight sight = {entry, r->person, pz__export_int(row, "author_id"), (int32_t)pz__export_int(row, "author_role"),
                       (int32_t)pz__export_int(row, "visibility")};
    int sees = 0;
    pz_status status = pz__entry_is_visible(r->call, &r->named, entry, &sees);
    if (status == PZ_OK && sees && !strcmp(table, "profile_entry")) status = pz__is_visible(r->call, &r->named, &sight, &sees);
    if (status != PZ_OK) r->failed = status;
    return sees;
}

static int is_about(const char *table, pz__statement *row, pz_kind kind)
{
    return !strcmp(table, "change_concerning") && pz__export_int(row, "kind") == kind;
}

/* The voice entry that a row is of or about; 0 for none. */
static pz_id voice_of(const char *table, pz__statement *row)
{
    if (!strcmp(table, "change_concerning")) return pz__export_int(row, "kind") == PZ_KIND_VOICE ? pz__export_int(row, "record_id") : 0;
    return pz__export_int(row, "voice_id");
}

static int sees_voice(reader *r, const char *table, pz__statement *row, pz_id voice)
{
    pz_voice_entry version = PZ_VOICE_ENTRY_INIT;
    int is_version = !strcmp(table, "voice_entry"), sees = 0;
    pz_status status;
    version.learner = r->person;
    version.author = pz__export_int(row, "author_id");
    version.author_role = (int32_t)pz__export_int(row, "author_role");
    version.to_role = (int32_t)pz__export_int(row, "to_role");
    version.to_person = pz__export_int(row, "to_person_id");
    version.visibility = (int32_t)pz__export_int(row, "visibility");
    status = pz__voice_is_visible(r->call, voice, is_version ? &version : NULL, &sees);
    if (status != PZ_OK) r->failed = status;
    return sees;
}

/* The check-in that a row is of or about; 0 for none. */
static pz_id checkin_of(const char *table, pz__statement *row)
{
    if (!strcmp(table, "change_concerning")) return pz__export_int(row, "kind") == PZ_KIND_CHECKIN ? pz__export_int(row, "record_id") : 0;
    return pz__export_int(row, "checkin_id");
}

static int sees_checkin(reader *r, pz__statement *row, pz_id checkin)
{
    int sees = 0;
    pz_status status = pz__checkin_is_visible(r->call, checkin, (int32_t)pz__export_int(row, "visibility"), &sees);
    if (status != PZ_OK) r->failed = status;
    return sees;
}

/* The goal that a row is of or about; 0 for none. */
static pz_id goal_of(const char *table, pz__statement *row)
{
    if (!strcmp(table, "change_concerning")) return pz__export_int(row, "kind") == PZ_KIND_GOAL ? pz__export_int(row, "record_id") : 0;
    return pz__export_int(row, "goal_id");
}

/* A version of the goal itself is judged by itself too. */
static int sees_goal(reader *r, const char *table, pz__statement *row, pz_id id)
{
    pz_goal goal = PZ_GOAL_INIT;
    int sees = 0;
    pz_status status = pz__goal_is_visible(r->call, id, &sees);
    if (status == PZ_OK && sees && !strcmp(table, "goal")) {
        goal.id = id;
        goal.learner = r->person;
        goal.state = (int32_t)pz__export_int(row, "state");
        goal.proposed_by = pz__export_int(row, "proposed_by");
        goal.proposed_role = (int32_t)pz__export_int(row, "proposed_role");
        if (pz__export_int(row, "visibility")) goal.visibility = (int32_t)pz__export_int(row, "visibility");
        status = pz__goal_is_seen(r->call, &goal, &sees);
    }
    if (status != PZ_OK) r->failed = status;
    return sees;
}

/* A note is for its author alone, whoever exports what. A service exports for the person itself, who has a right to all the rest. */
static int may_read(void *user_data, const char *table, pz__statement *row)
{
    reader *r = user_data;
    pz_id self = pz__call_person(r->call), entry, voice, checkin, goal;
    if (!strcmp(table, "private_note")) return self && pz__export_int(row, "author_id") == self;
    if (pz__call_role(r->call) == PZ_ROLE_SERVICE) return 1;
    if (!strcmp(table, "recommended_member"))
        return pz__call_role(r->call) != PZ_ROLE_GUARDIAN || self == r->person || is_accepted(r, pz__export_int(row, "recommendation_id"));
    if (!strcmp(table, "questionnaire_answer") || is_about(table, row, PZ_KIND_ANSWER)) return self == r->person;
    voice = voice_of(table, row);
    if (voice) return self == r->person || sees_voice(r, table, row, voice);
    checkin = checkin_of(table, row);
    if (checkin) return self == r->person || sees_checkin(r, row, checkin);
    goal = goal_of(table, row);
    if (goal) return self == r->person || sees_goal(r, table, row, goal);
    entry = entry_of(table, row);
    return entry == 0 || sees_entry(r, table, row, entry);
}

/* Views of a class as a whole name no learner: they concern whoever learned there at the time. */
static pz_status export_class_views(pz__call *call, pz_id person, pz__json_writer *json)
{
    static const char sql[] =
        "SELECT c.change_id, c.at, a.person_id, c.service_id, c.role, c.purpose, i.kind, i.record_id, i.count FROM change_item i "
        "JOIN change c ON c.tenant_id = i.tenant_id AND c.change_id = i.change_id "
        "LEFT JOIN person_alias a ON a.tenant_id = c.tenant_id AND a.alias = c.author_alias "
        "WHERE i.tenant_id = ?1 AND i.act = ?3 AND i.learner_alias IS NULL AND EXISTS (SELECT 1 FROM enrollment e WHERE e.tenant_id = ?1 "
        "AND e.class_id = i.record_id AND e.person_id = ?2 AND e.role = ?4 AND e.since_change <= i.change_id AND e.until_change > "
        "i.change_id) "
        "ORDER BY c.change_id, i.item_no";
    pz__statement *statement;
    pz_status status;
    int row;
    PZ__TRY(pz__db_statement(call->db, sql, &statement));
    pz__bind_int(statement, 1, call->tenant);
    pz__bind_int(statement, 2, person);
    pz__bind_int(statement, 3, PZ__ACT_READ);
    pz__bind_int(statement, 4, PZ_ROLE_LEARNER);
    pz__json_key(json, "class_views");
    pz__json_open_array(json);
    while ((status = pz__db_step(statement, &row)) == PZ_OK && row) {
        pz__json_open_object(json);
        pz__json_put_id(json, "change_id", pz__column_int(statement, 0));
        pz__json_put_time(json, "at", pz__column_time(statement, 1));
        pz__json_put_id(json, "person_id", pz__column_int(statement, 2));
        pz__json_put_id(json, "service_id", pz__column_int(statement, 3));
        pz__json_put_text(json, "role", pz__role_names[pz__column_int(statement, 4)]);
        pz__json_put_text(json, "purpose", pz__column_text(statement, 5, NULL));
        pz__json_put_text(json, "kind", pz__kind_names[pz__column_int(statement, 6)]);
        pz__json_put_id(json, "class_id", pz__column_int(statement, 7));
        pz__json_put_int(json, "count", pz__column_int(statement, 8));
        pz__json_close_object(json);
    }
    pz__json_close_array(json);
    pz__db_reset(statement);
    return status;
}

static pz_status export_person(pz__call *call, pz_id person, pz__json_writer *json)
{
    reader r = {call, person, {NULL, 0, 0}, PZ_OK};
    pz_status status;
    PZ__TRY(pz__may_person(call, PZ_KIND_PERSON, PZ__EXPORT, person, "person"));
    pz__json_open_object(json);
    pz__json_put_text(json, "document", "export");
    pz__json_put_int(json, "format", 1);
    pz__json_put_id(json, "exported_person", person);
    pz__json_put_time(json, "made_at", pz__store_now(call->store));
    status = pz__duty_export_person(call->store, person, may_read, &r, pz__export_word, json);
    pz__named_free(&r.named);
    if (status == PZ_OK) status = r.failed;
    PZ__TRY(status);
    PZ__TRY(export_class_views(call, person, json));
    pz__json_close_object(json);
    pz__call_read_learner(call, PZ_KIND_PERSON, person);
    return PZ_OK;
}

pz_status pz_person_export(pz_actor *actor, pz_id person, char **out_json)
{
    pz__buffer text = PZ__BUFFER_INIT;
    pz__json_writer json;
    pz__call call;
    if (!out_json) return pz__fail_null("out_json");
    *out_json = NULL;
    PZ__TRY(pz__call_read(&call, actor));
    pz__json_start(&json, &text);
    return pz__call_end_text(&call, export_person(&call, person, &json), &text, out_json);
}

/* --------------------------------------------------------------------------------------------------- erase --- */

/* Whoever erases must still be able to see that there was nobody to erase: a repeat of the key finds the work done. */
static pz_status erase_rows(pz__call *call, pz_id person, pz__json_writer *json, int64_t *out_change)
{
    if (call->repeated) {
        *out_change = pz__change_result_at(call->change, 0);
        return PZ_OK;
    }
    PZ__TRY(pz__may_person(call, PZ_KIND_PERSON, PZ__ERASE, person, "person"));
    *out_change = pz__change_number(call->change);
    pz__change_add_result(call->change, *out_change);
    pz__change_note(call->change, PZ_KIND_PERSON, person, 0, PZ__ACT_ERASE, 1);
    return pz__duty_erase_person(call->store, person, json);
}

/* The digest of the chain up to the change: what is left of it verifies against this. */
static pz_status put_chain(pz_actor *actor, int64_t change, pz__json_writer *json)
{
    static const char sql[] = "SELECT hash FROM change WHERE tenant_id = ?1 AND change_id = ?2";
    static const char digits[] = "0123456789abcdef";
    char text[2 * 64 + 1] = "";
    pz__statement *statement;
    pz__call call;
    size_t length = 0;
    int row;
    PZ__TRY(pz__call_read(&call, actor));
    pz_status status = pz__db_statement(call.db, sql, &statement);
    if (status == PZ_OK) {
        pz__bind_int(statement, 1, call.tenant);
        pz__bind_int(statement, 2, change);
        status = pz__db_step(statement, &row);
        const uint8_t *hash = row ? pz__column_blob(statement, 0, &length) : NULL;
        for (size_t i = 0; hash && i < length && i < 64; i++) text[2 * i] = digits[hash[i] >> 4], text[2 * i + 1] = digits[hash[i] & 15];
        pz__db_reset(statement);
    }
    pz__json_put_text(json, "chain", text);
    return pz__call_end(&call, status);
}

static pz_status erase(pz_actor *actor, pz_id person, const char *key, pz__json_writer *json)
{
    pz__buffer request = PZ__BUFFER_INIT;
    pz__call call;
    int64_t change = 0;
    pz__request_int(&request, person);
    PZ__TRY(pz__write_start(&call, actor, "person.erase", key, &request));
    pz_store *store = call.store;
    int repeated = call.repeated;
    PZ__TRY(pz__call_end(&call, erase_rows(&call, person, json, &change)));
    pz__json_put_bool(json, "repeated", repeated);
    pz__json_key(json, "change");
    pz__json_id(json, change);
    PZ__TRY(put_chain(actor, change, json));
    return pz__duty_erase_finish(store, person, json);
}

/* Within a joined change the log could not be emptied, and an undone change would leave a receipt of nothing. */
static pz_status check_not_joined(pz_actor *actor)
{
    pz__call call;
    PZ__TRY(pz__call_read(&call, actor));
    int joined = pz__change_is_joined(call.store);
    PZ__TRY(pz__call_end(&call, PZ_OK));
    if (!joined) return PZ_OK;
    return pz__fail(PZ_E_STATE, "actor", "Commit or undo it first.", "A joined change is open; erasing is a change of its own.");
}

pz_status pz_person_erase(pz_actor *actor, pz_id person, const char *key, char **out_json)
{
    pz__buffer text = PZ__BUFFER_INIT;
    pz__json_writer json;
    if (!out_json) return pz__fail_null("out_json");
    *out_json = NULL;
    if (!actor) return pz__fail_closed("actor");
    PZ__TRY(check_not_joined(actor));
    pz__json_start(&json, &text);
    pz__json_open_object(&json);
    pz__json_put_text(&json, "document", "erasure");
    pz__json_put_int(&json, "format", 1);
    pz__json_put_id(&json, "person", person);
    pz_status status = erase(actor, person, key, &json);
    pz__json_close_object(&json);
    if (status == PZ_OK) return pz__buffer_take(&text, out_json);
    pz__buffer_free(&text);
    return status;
}
