#include "records/access/actor.h"

#include <string.h>

#include "base/fail.h"
#include "base/memory.h"
#include "base/text.h"
#include "records/types.h"

/* --------------------------------------------------------------------------------------------------- making --- */

static pz_status make(pz_store *store, const pz__author *author, const char *purpose, pz_actor **out_actor)
{
    pz_actor *actor = pz__alloc_zero(1, sizeof *actor);
    if (!actor) return pz__fail_memory();
    actor->purpose = pz__copy_text(purpose, strlen(purpose));
    if (!actor->purpose) {
        pz__release(actor);
        return pz__fail_memory();
    }
    actor->author = *author;
    actor->author.purpose = actor->purpose;
    actor->store = store;
    actor->reach_change = -1;
    actor->reads.written_at = pz__store_now(store);
    pz__store_retain(store);
    *out_actor = actor;
    return PZ_OK;
}

static pz_status check_purpose(const char *purpose)
{
    size_t length;
    return pz__text_need(purpose, PZ_NUL_TERMINATED, (size_t)pz_limit(PZ_LIMIT_PURPOSE), "purpose", &length);
}

/* A joined change that is open may have made the person just now. */
static pz_status check_person(pz_store *store, pz_id person, pz_role role)
{
    int is_there, is_held = 0;
    pz_status status;
    PZ__TRY(pz__store_read_begin(store));
    status = pz__person_is_there(store, person, &is_there);
    if (status == PZ_OK && !is_there)
        status = pz__fail(PZ_E_NOT_FOUND, "person", "Find people with pz_store_person().", "There is no person %lld.", (long long)person);
    if (status == PZ_OK) status = pz__role_is_held(store, person, role, pz__store_today(store), &is_held);
    if (status == PZ_OK && !is_held)
        status = pz__fail(PZ_E_DENIED, "role", "Open the actor in a role that the roster gives the person.",
                          "Person %lld does not hold the role \"%s\" today.", (long long)person, pz__role_names[role]);
    pz__store_read_end(store);
    return status;
}

pz_status pz_actor_open(pz_store *store, pz_id person, pz_role role, const char *purpose, pz_actor **out_actor)
{
    pz__author author = {person, 0, role, NULL};
    if (!out_actor) return pz__fail_null("out_actor");
    *out_actor = NULL;
    PZ__TRY(pz__store_check(store));
    if (role < PZ_ROLE_LEARNER || role > PZ_ROLE_LEADER)
        return pz__fail(PZ_E_INVALID, "role", "For a program of the host use pz_actor_open_service().", "Role %d is none of a person.",
                        (int)role);
    PZ__TRY(check_purpose(purpose));
    PZ__TRY(check_person(store, person, role));
    return make(store, &author, purpose, out_actor);
}

/* ------------------------------------------------------------------------------------------------- services --- */

static pz_status find_service(pz_store *store, const char *name, size_t length, pz_id *out_service)
{
    static const char sql[] = "SELECT service_id FROM service WHERE tenant_id = ?1 AND name = ?2";
    pz__statement *statement;
    pz_status status;
    int row;
    *out_service = 0;
    PZ__TRY(pz__db_statement(pz__store_db(store), sql, &statement));
    pz__bind_int(statement, 1, pz__store_tenant(store));
    pz__bind_text(statement, 2, name, length);
    status = pz__db_step(statement, &row);
    if (row) *out_service = pz__column_int(statement, 0);
    pz__db_reset(statement);
    return status;
}

/* Somebody else may have made it since it was looked for. */
static pz_status insert_service(pz_store *store, pz__change *change, const char *name, size_t length, pz_id service)
{
    static const char sql[] = "INSERT INTO service (tenant_id, service_id, name) VALUES (?1, ?2, ?3)";
    pz__statement *statement;
    PZ__TRY(pz__db_statement(pz__store_db(store), sql, &statement));
    pz__bind_int(statement, 1, pz__store_tenant(store));
    pz__bind_int(statement, 2, service);
    pz__bind_text(statement, 3, name, length);
    PZ__TRY(pz__db_run(statement));
    pz__change_note(change, PZ_KIND_STORE, service, 0, PZ__ACT_ADD, 1);
    return PZ_OK;
}

/* The change that makes a service known has no author yet: what it notes is the service. */
static pz_status add_service(pz_store *store, const char *name, size_t length, const char *purpose, pz_id *out_service)
{
    pz__author author = {0, 0, PZ_ROLE_SERVICE, purpose};
    pz__change *change;
    pz_status status;
    int repeated;
    if (pz__change_is_joined(store))
        return pz__fail(PZ_E_STATE, "store", "Open the service before the joined change begins.",
                        "A service is new while a joined change is open.");
    PZ__TRY(pz__change_start(store, &author, "service.open", NULL, NULL, 0, &change, &repeated));
    status = find_service(store, name, length, out_service);
    if (status == PZ_OK && *out_service == 0) {
        status = pz__store_take_ids(store, 1, out_service);
        if (status == PZ_OK) status = insert_service(store, change, name, length, *out_service);
    }
    return pz__change_end(change, status);
}

static pz_status service_number(pz_store *store, const char *name, size_t length, const char *purpose, pz_id *out_service)
{
    pz_status status;
    PZ__TRY(pz__store_read_begin(store));
    status = find_service(store, name, length, out_service);
    pz__store_read_end(store);
    if (status != PZ_OK || *out_service || pz__store_is_read_only(store)) return status; /* nothing of a read-only store goes on record */
    return add_service(store, name, length, purpose, out_service);
}

pz_status pz_actor_open_service(pz_store *store, const char *name, int32_t scopes, const char *purpose, pz_actor **out_actor)
{
    enum { ALL_SCOPES = PZ_SCOPE_IMPORT | PZ_SCOPE_READ | PZ_SCOPE_RECOMMEND | PZ_SCOPE_ERASE | PZ_SCOPE_BACKUP | PZ_SCOPE_VERIFY };
    pz__author author = {0, 0, PZ_ROLE_SERVICE, NULL};
    size_t length;
    if (!out_actor) return pz__fail_null("out_actor");
    *out_actor = NULL;
    PZ__TRY(pz__store_check(store));
    PZ__TRY(pz__text_need(name, PZ_NUL_TERMINATED, (size_t)pz_limit(PZ_LIMIT_TITLE), "name", &length));
    if (scopes == 0 || (scopes & ~ALL_SCOPES) != 0)
        return pz__fail(PZ_E_INVALID, "scopes", "Combine PZ_SCOPE values with |.", "Scopes %d are none, or hold one that is unknown.",
                        (int)scopes);
    PZ__TRY(check_purpose(purpose));
    PZ__TRY(service_number(store, name, length, purpose, &author.service));
    PZ__TRY(make(store, &author, purpose, out_actor));
    (*out_actor)->scopes = scopes;
    return PZ_OK;
}

/* ---------------------------------------------------------------------------------------------------- views --- */

pz_status pz__change_time_of(pz__call *call, int64_t change, pz_time *out_time)
{
    static const char sql[] = "SELECT at FROM change WHERE tenant_id = ?1 AND change_id = ?2";
    pz__statement *statement;
    pz_status status;
    int row;
    *out_time = PZ_TIME_NONE;
    PZ__TRY(pz__db_statement(call->db, sql, &statement));
    pz__bind_int(statement, 1, call->tenant);
    pz__bind_int(statement, 2, change);
    status = pz__db_step(statement, &row);
    if (row) *out_time = pz__column_time(statement, 0);
    pz__db_reset(statement);
    return status;
}

/* A view of a change that is not committed yet would be of nothing that stands. */
static pz_status last_committed(pz__call *call, int64_t *out_change)
{
    return pz__store_last_change(call->store, out_change);
}

static pz_status find_moment(pz__call *call, pz_time moment, int64_t *out_change)
{
    int64_t last;
    pz_time last_at;
    if (moment == PZ_TIME_NONE) return pz__fail(PZ_E_INVALID, "moment", NULL, "No moment is given.");
    if (moment > pz__store_now(call->store)) { /* where clocks were set back, changes may be recorded later than now */
        PZ__TRY(last_committed(call, &last));
        PZ__TRY(pz__change_time_of(call, last, &last_at));
        if (moment > last_at) return pz__fail(PZ_E_INVALID, "moment", "Give a moment that has passed.", "The moment lies in the future.");
    }
    return pz__store_change_at(call->store, moment, out_change);
}

static pz_status find_number(pz__call *call, int64_t change, pz_time *out_at)
{
    int64_t last;
    PZ__TRY(last_committed(call, &last));
    if (change < 0 || change > last)
        return pz__fail(PZ_E_INVALID, "change", "Give 0 for the empty store, or the number of a change.",
                        "There is no change %lld; the last is %lld.", (long long)change, (long long)last);
    return pz__change_time_of(call, change, out_at);
}

static pz_status make_view(pz_actor *actor, int64_t change, pz_date day, pz_actor **out_view)
{
    PZ__TRY(make(actor->store, &actor->author, actor->purpose, out_view));
    (*out_view)->scopes = actor->scopes;
    (*out_view)->is_view = 1;
    (*out_view)->as_of = change;
    (*out_view)->day = day;
    return PZ_OK;
}

pz_status pz_actor_as_of(pz_actor *actor, pz_time moment, pz_actor **out_view)
{
    pz__call call;
    pz_status status;
    int64_t change = 0;
    if (!out_view) return pz__fail_null("out_view");
    *out_view = NULL;
    PZ__TRY(pz__call_read(&call, actor));
    status = pz__call_end(&call, find_moment(&call, moment, &change));
    return status == PZ_OK ? make_view(actor, change, pz__store_date(actor->store, moment), out_view) : status;
}

pz_status pz_actor_as_of_change(pz_actor *actor, int64_t change, pz_actor **out_view)
{
    pz__call call;
    pz_status status;
    pz_time at = PZ_TIME_NONE;
    if (!out_view) return pz__fail_null("out_view");
    *out_view = NULL;
    PZ__TRY(pz__call_read(&call, actor));
    status = pz__call_end(&call, find_number(&call, change, &at));
    if (status != PZ_OK) return status;
    return make_view(actor, change, at == PZ_TIME_NONE ? pz__store_today(actor->store) : pz__store_date(actor->store, at), out_view);
}

/* -------------------------------------------------------------------------------------------------- closing --- */

void pz_actor_free(pz_actor *actor)
{
    if (!actor) return;
    if (actor->reads.count || actor->has_joined) {
        if (pz__store_check(actor->store) == PZ_OK) {
            if (actor->has_joined) pz__change_join_undo(actor->store);
            if (!pz__change_is_joined(actor->store)) pz__reads_write(actor, pz__store_now(actor->store), 1);
        }
    }
    pz__reads_free(&actor->reads);
    pz__reach_forget(actor);
    pz_store_free(actor->store);
    pz__release(actor->purpose);
    pz__release(actor);
}
