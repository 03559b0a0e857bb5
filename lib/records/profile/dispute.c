/* Entries that are disputed, and what is answered. */
#include "base/fail.h"
#include "base/memory.h"
#include "base/text.h"
#include "records/access/visible.h"
#include "records/access/whom.h"
#include "records/by_id.h"
#include "records/listing.h"
#include "records/page.h"
#include "records/profile/find.h"
#include "records/profile/see.h"
#include "records/profile/tables.h"
#include "records/writing.h"

/* -------------------------------------------------------------------------------------------------- opening --- */

static pz_status check_may_dispute(const pz__call *call, const pz__entry_found *found)
{
    int32_t role = pz__call_role(call);
    if (role != PZ_ROLE_LEARNER && role != PZ_ROLE_GUARDIAN)
        return pz__fail(PZ_E_DENIED, "entry", "Add an entry of your own.",
                        "Learners and guardians dispute what others wrote of the learner.");
    if (!pz__entry_is_by(call, found)) return PZ_OK;
    return pz__fail(PZ_E_DENIED, "entry", "Revise or withdraw it.", "The entry %lld is the actor's own.", (long long)found->entry->id);
}

typedef struct search {
    pz_id person;
    pz_id found;
} search;

static pz_status find_open(const pz_profile_dispute *dispute, void *user_data)
{
    search *s = user_data;
    if (dispute->state == PZ_DISPUTE_OPEN && dispute->disputed_by == s->person) s->found = dispute->id;
    return PZ_OK;
}

static pz_status open_dispute(pz__call *call, const pz__entry_found *found, pz_profile_dispute *dispute)
{
    search s = {pz__call_person(call), 0};
    pz__outcome outcome;
    PZ__TRY(check_may_dispute(call, found));
    PZ__TRY(pz__disputes_each(call, found->entry->learner, found->entry->id, find_open, &s));
    if (s.found)
        return pz__fail(PZ_E_EXISTS, "entry", "Withdraw it to say it anew.", "The dispute %lld of this entry is open.", (long long)s.found);
    dispute->learner = found->entry->learner;
    dispute->entry_version = found->entry->version;
    dispute->state = PZ_DISPUTE_OPEN;
    dispute->disputed_by = s.person;
    dispute->disputed_role = pz__call_role(call);
    dispute->disputed_at = pz__change_time(call->change);
    PZ__TRY(pz__store_take_ids(call->store, 1, &dispute->id));
    return pz__versioned_write(call, &pz__profile_dispute_table, dispute, &outcome);
}

pz_status pz_profile_dispute_open(pz_actor *actor, pz_id entry, const char *statement, size_t statement_len, const char *key, pz_id *out_id)
{
    pz__buffer request = PZ__BUFFER_INIT;
    pz_profile_dispute dispute = *(const pz_profile_dispute *)pz__profile_dispute_type.initial;
    pz__entry_found found;
    pz__call call;
    pz_status status = PZ_OK;
    if (out_id) *out_id = 0;
    if (!actor) return pz__fail_closed("actor");
    PZ__TRY(pz__text_need(statement, statement_len, (size_t)pz_limit(PZ_LIMIT_TEXT), "statement", &dispute.statement_len));
    dispute.statement = statement;
    dispute.entry = entry;
    pz__request_int(&request, entry);
    pz__request_text(&request, statement, dispute.statement_len);
    PZ__TRY(pz__write_start(&call, actor, "profile.dispute", key, &request));
    if (!call.repeated) {
        status = pz__entry_find(&call, PZ__WRITE, entry, &found);
        if (status == PZ_OK) {
            status = open_dispute(&call, &found, &dispute);
            pz_free(found.entry);
        }
    }
    return pz__call_end_value(&call, status, dispute.id, out_id);
}

/* ------------------------------------------------------------------------------------------------- answering --- */

static pz_status fail_missing(pz_id dispute)
{
    return pz__fail(PZ_E_NOT_FOUND, "dispute", "pz_profile_dispute_list() lists them.", "There is no dispute %lld in reach.",
                    (long long)dispute);
}

/* One block. A dispute of an entry that is not seen is not there; of one that was withdrawn it is. */
static pz_status load(pz__call *call, pz_id id, pz_profile_dispute **out_dispute)
{
    static const char sql[] = "SELECT " PZ__DISPUTE_COLUMNS " FROM profile_dispute WHERE tenant_id = ?1 AND dispute_id = ?2 "
                              "AND until_change = " PZ__CURRENT_SQL;
    pz__named named = {NULL, 0, 0};
    pz__statement *statement;
    pz__rows rows;
    pz_status status;
    int is_visible = 0;
    *out_dispute = NULL;
    PZ__TRY(pz__db_statement(call->db, sql, &statement));
    pz__bind_int(statement, 1, call->tenant);
    pz__bind_int(statement, 2, id);
    pz__rows_start(&rows, &pz__profile_dispute_type);
    status = pz__rows_read(&rows, statement);
    if (status == PZ_OK && rows.status == PZ_OK && rows.count == 0) status = fail_missing(id);
    if (status != PZ_OK) {
        pz__rows_free(&rows);
        return status;
    }
    PZ__TRY(pz__rows_take_one(&rows, (void **)out_dispute));
    status = pz__may_learner(call, PZ_KIND_PROFILE_ENTRY, PZ__WRITE, (*out_dispute)->learner, "dispute");
    if (status == PZ_OK) status = pz__entry_is_visible(call, &named, (*out_dispute)->entry, &is_visible);
    pz__named_free(&named);
    if (status == PZ_E_NOT_FOUND || (status == PZ_OK && !is_visible)) status = fail_missing(id);
    if (status == PZ_OK) return PZ_OK;
    pz_free(*out_dispute);
    *out_dispute = NULL;
    return status;
}

pz_status pz__dispute_is_by_author(pz__call *call, const pz_profile_dispute *dispute, int *out_is)
{
    static const char sql[] = "SELECT 1 FROM profile_entry WHERE tenant_id = ?1 AND learner_id = ?2 AND entry_id = ?3 AND author_id = ?4";
    pz__statement *statement;
    pz_status status;
    *out_is = 0;
    PZ__TRY(pz__db_statement(call->db, sql, &statement));
    pz__bind_int(statement, 1, call->tenant);
    pz__bind_int(statement, 2, dispute->learner);
    pz__bind_int(statement, 3, dispute->entry);
    pz__bind_int(statement, 4, pz__call_person(call));
    status = pz__db_step(statement, out_is);
    pz__db_reset(statement);
    return status;
}

/* Who disputes takes back; the author, counselors and leaders answer. */
static pz_status check_may_end(pz__call *call, const pz_profile_dispute *dispute, int32_t state)
{
    int32_t role = pz__call_role(call);
    int is_own = dispute->disputed_by == pz__call_person(call), may = is_own;
    if (state != PZ_DISPUTE_WITHDRAWN) {
        may = !is_own && (role == PZ_ROLE_COUNSELOR || role == PZ_ROLE_LEADER);
        if (!may && !is_own && pz__call_person(call)) PZ__TRY(pz__dispute_is_by_author(call, dispute, &may));
    }
    if (may) return PZ_OK;
    return pz__fail(PZ_E_DENIED, "dispute", NULL,
                    state == PZ_DISPUTE_WITHDRAWN ? "Who disputed takes the dispute back."
                                                  : "The entry's author, a counselor or a leader answers a dispute.");
}

static pz_status end_dispute(pz__call *call, pz_profile_dispute *dispute, int32_t state, const char *answer, size_t answer_len)
{
    pz__outcome outcome;
    PZ__TRY(check_may_end(call, dispute, state));
    if (dispute->state != PZ_DISPUTE_OPEN)
        return pz__fail(PZ_E_STATE, "dispute", NULL, "The dispute %lld is %s, not open.", (long long)dispute->id,
                        pz__dispute_state_names[dispute->state]);
    dispute->state = state;
    dispute->answer = answer;
    dispute->answer_len = answer_len;
    dispute->answered_by = pz__call_person(call);
    dispute->answered_role = pz__call_role(call);
    dispute->answered_at = pz__change_time(call->change);
    return pz__versioned_write(call, &pz__profile_dispute_table, dispute, &outcome);
}

static pz_status end(pz_actor *actor, const char *action, pz_id id, int32_t state, const char *answer, size_t answer_len, const char *key)
{
    pz__buffer request = PZ__BUFFER_INIT;
    pz_profile_dispute *dispute;
    pz__call call;
    pz_status status = PZ_OK;
    pz__request_int(&request, id);
    pz__request_int(&request, state);
    pz__request_text(&request, answer, answer_len);
    PZ__TRY(pz__write_start(&call, actor, action, key, &request));
    if (!call.repeated) {
        status = load(&call, id, &dispute);
        if (status == PZ_OK) {
            status = end_dispute(&call, dispute, state, answer, answer_len);
            pz_free(dispute);
        }
    }
    return pz__call_end(&call, status);
}

pz_status pz_profile_dispute_answer(pz_actor *actor, pz_id dispute, pz_dispute_state state, const char *answer, size_t answer_len,
                                    const char *key)
{
    if (!actor) return pz__fail_closed("actor");
    if (state != PZ_DISPUTE_UPHELD && state != PZ_DISPUTE_DECLINED)
        return pz__fail(PZ_E_INVALID, "state", NULL, "A dispute is answered as upheld or declined.");
    PZ__TRY(pz__text_need(answer, answer_len, (size_t)pz_limit(PZ_LIMIT_TEXT), "answer", &answer_len));
    return end(actor, "profile.answer", dispute, (int32_t)state, answer, answer_len, key);
}

pz_status pz_profile_dispute_withdraw(pz_actor *actor, pz_id dispute, const char *key)
{
    if (!actor) return pz__fail_closed("actor");
    return end(actor, "profile.dispute_withdraw", dispute, PZ_DISPUTE_WITHDRAWN, NULL, 0, key);
}

/* -------------------------------------------------------------------------------------------------- listing --- */

typedef struct list_work {
    pz__call *call;
    pz_profile_dispute_query query;
    pz__by_id list;
    pz__named named;
    pz__whom whom;
    pz__rows rows;
} list_work;

static pz_status add_dispute(const pz_profile_dispute *dispute, void *user_data)
{
    list_work *work = user_data;
    const char *const texts[] = {dispute->statement, dispute->answer};
    int is_wanted;
    if (work->query.state && dispute->state != work->query.state) return PZ_OK;
    if (work->query.entry && dispute->entry != work->query.entry) return PZ_OK;
    PZ__TRY(pz__by_id_wants(&work->list, dispute->id, texts, 2, &is_wanted));
    if (is_wanted) PZ__TRY(pz__entry_is_visible(work->call, &work->named, dispute->entry, &is_wanted));
    if (is_wanted) pz__rows_add(&work->rows, dispute);
    return PZ_OK;
}

static pz_status read_all(list_work *work)
{
    static const char everybody[] =
        "SELECT DISTINCT learner_id FROM profile_dispute WHERE tenant_id = ?1 AND since_change <= ?2 AND ?3 = 0 ORDER BY learner_id";
    pz__whom *whom = &work->whom;
    PZ__TRY(pz__whom_name(work->call, whom, everybody));
    for (size_t i = 0; i < whom->count; i++) PZ__TRY(pz__disputes_each(work->call, whom->ids[i], 0, add_dispute, work));
    return PZ_OK;
}

static pz_status list(list_work *work, void ***out_rows, size_t *out_count)
{
    pz_status status;
    PZ__TRY(pz__whom_find(work->call, PZ_KIND_PROFILE_ENTRY, work->query.learner, work->query.class_id, &work->whom));
    pz__rows_start(&work->rows, &pz__profile_dispute_type);
    status = read_all(work);
    if (status == PZ_OK)
        status = pz__by_id_take(&work->list, &work->rows, out_rows, out_count);
    else
        pz__rows_free(&work->rows);
    if (status == PZ_OK)
        pz__page_note_reads(work->call, &work->whom, (const void *const *)*out_rows, *out_count, offsetof(pz_profile_dispute, learner));
    pz__named_free(&work->named);
    pz__whom_free(&work->whom);
    return status;
}

pz_status pz_profile_dispute_list(pz_actor *actor, const pz_profile_dispute_query *query, pz_profile_dispute ***out_rows, size_t *out_count)
{
    pz__call call;
    list_work work = {.call = &call};
    void **rows = NULL;
    size_t count = 0;
    pz_status status;
    PZ__TRY(pz__list_start((void ***)out_rows, out_count));
    if (!actor) return pz__fail_closed("actor");
    PZ__TRY(pz__record_take(&pz__profile_dispute_query_type, query ? query : pz__profile_dispute_query_type.initial, sizeof work.query,
                            &work.query));
    if (work.query.state < 0 || work.query.state > PZ_DISPUTE_WITHDRAWN)
        return pz__fail(PZ_E_INVALID, "state", NULL, "pz_dispute_state names the states; 0 is any.");
    PZ__TRY(pz__by_id_start(&work.list, PZ__BY_ID_NO_OWN, work.query.order, work.query.after, work.query.limit, work.query.text, work.query.text_len));
    status = pz__call_read(&call, actor);
    if (status == PZ_OK) status = pz__page_end(&call, list(&work, &rows, &count), &rows, &count, (void ***)out_rows, out_count);
    pz__by_id_free(&work.list);
    return status;
}
