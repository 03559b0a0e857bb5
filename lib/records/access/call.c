#include "records/access/call.h"

#include "base/fail.h"
#include "base/memory.h"
#include "records/access/actor.h"

/* --------------------------------------------------------------------------------------------------- begin --- */

static pz_status check(pz_actor *actor)
{
    if (!actor) return pz__fail_closed("actor");
    PZ__TRY(pz__store_check(actor->store));
    if (!actor->is_busy) return PZ_OK;
    return pz__fail(PZ_E_BUSY_HANDLE, "actor", "Open a second actor, or call again when the first call is over.",
                    "The actor is in use: it was called from within its own callback, or by another thread.");
}

static void fill(pz__call *call, pz_actor *actor)
{
    pz__call empty = {0};
    *call = empty;
    call->actor = actor;
    call->store = actor->store;
    call->db = pz__store_db(actor->store);
    call->tenant = pz__store_tenant(actor->store);
}

/* What is due is written before a snapshot is taken. Where another writer is in the way it waits for a later call: whoever reads
 * need not wait for who writes. */
static pz_status write_due_reads(pz_actor *actor)
{
    pz_time now;
    pz_status status;
    if (actor->reads.count == 0 || pz__change_is_joined(actor->store)) return PZ_OK;
    now = pz__store_now(actor->store);
    if (!pz__reads_are_due(actor, now)) return PZ_OK;
    status = pz__reads_write(actor, now, 0);
    if (status == PZ_E_BUSY || status == PZ_E_BUSY_HANDLE) {
        actor->reads.written_at = now;
        return PZ_OK;
    }
    return status;
}

/* Within a joined change its own rows are seen: they carry the number that comes next. */
static pz_status see(pz__call *call)
{
    const pz_actor *actor = call->actor;
    PZ__TRY(pz__store_last_change(call->store, &call->present));
    if (pz__change_is_joined(call->store)) call->present++;
    call->present_day = pz__store_today(call->store);
    call->is_past = actor->is_view;
    call->as_of = actor->is_view ? actor->as_of : call->present;
    call->today = actor->is_view ? actor->day : call->present_day;
    return pz__reach_refresh(call);
}

pz_status pz__call_read(pz__call *call, pz_actor *actor)
{
    pz_status status;
    PZ__TRY(check(actor));
    fill(call, actor);
    PZ__TRY(write_due_reads(actor));
    PZ__TRY(pz__store_read_begin(call->store));
    status = see(call);
    if (status != PZ_OK) {
        pz__store_read_end(call->store);
        return status;
    }
    actor->is_busy = 1;
    return PZ_OK;
}

static pz_status see_in_change(pz__call *call)
{
    if (call->repeated)
        PZ__TRY(pz__store_last_change(call->store, &call->present));
    else
        call->present = pz__change_number(call->change);
    call->present_day = pz__store_date(call->store, pz__change_time(call->change));
    call->as_of = call->present;
    call->today = call->present_day;
    return pz__reach_refresh(call);
}

pz_status pz__call_write(pz__call *call, pz_actor *actor, const char *action, const char *key, const void *request, size_t request_length)
{
    pz_status status;
    PZ__TRY(check(actor));
    if (actor->is_view)
        return pz__fail(PZ_E_READ_ONLY, "actor", "Write with the actor that the view was made from.",
                        "A view of the past takes no writes.");
    fill(call, actor);
    PZ__TRY(pz__change_start(call->store, &actor->author, action, key, request, request_length, &call->change, &call->repeated));
    status = see_in_change(call);
    if (status != PZ_OK) return pz__change_end(call->change, status);
    actor->is_busy = 1;
    return PZ_OK;
}

/* ----------------------------------------------------------------------------------------------------- end --- */

/* Reads that are held go with a change of the actor's own; of a joined change it is not known yet whether it will stand. */
static pz_status end_change(pz__call *call, pz_status status)
{
    pz_actor *actor = call->actor;
    int takes_reads = status == PZ_OK && !call->repeated && !pz__change_is_joined(call->store) && actor->reads.count > 0;
    pz_time now = takes_reads ? pz__store_now(call->store) : 0;
    if (takes_reads) pz__reads_note(actor, call->change);
    status = pz__change_end(call->change, status);
    if (takes_reads && status == PZ_OK) pz__reads_settle(actor, now);
    return status;
}

pz_status pz__call_end(pz__call *call, pz_status status)
{
    if (status == PZ_OK) status = call->reads_failed;
    if (call->change)
        status = end_change(call, status);
    else
        pz__store_read_end(call->store);
    call->change = NULL;
    call->actor->is_busy = 0;
    return status;
}

pz_status pz__call_end_rows(pz__call *call, pz_status status, pz__rows *rows, void ***out_rows, size_t *out_count)
{
    status = pz__call_end(call, status);
    if (status == PZ_OK) return pz__rows_take(rows, out_rows, out_count);
    pz__rows_free(rows);
    return status;
}

/* One record in one block: the list's pointer is moved out of the way by the record itself. */
pz_status pz__call_end_row(pz__call *call, pz_status status, pz__rows *rows, void **out_row)
{
    if (status == PZ_OK && rows->status == PZ_OK && rows->count == 0)
        status = pz__fail(PZ_E_NOT_FOUND, NULL, NULL, "There is no such record in reach.");
    status = pz__call_end(call, status);
    if (status == PZ_OK) return pz__rows_take_one(rows, out_row);
    pz__rows_free(rows);
    return status;
}

pz_status pz__call_end_text(pz__call *call, pz_status status, pz__buffer *text, char **out_text)
{
    status = pz__call_end(call, status);
    if (status == PZ_OK) return pz__buffer_take(text, out_text);
    pz__buffer_free(text);
    return status;
}

pz_status pz__call_end_value(pz__call *call, pz_status status, int64_t value, int64_t *out_value)
{
    if (call->repeated)
        value = pz__change_result_at(call->change, 0);
    else if (status == PZ_OK)
        pz__change_add_result(call->change, value);
    status = pz__call_end(call, status);
    if (status == PZ_OK && out_value) *out_value = value;
    return status;
}

/* ------------------------------------------------------------------------------------------------- who asks --- */

int32_t pz__call_role(const pz__call *call)
{
    return call->actor->author.role;
}
pz_id pz__call_person(const pz__call *call)
{
    return call->actor->author.person;
}
int32_t pz__call_scopes(const pz__call *call)
{
    return call->actor->scopes;
}
