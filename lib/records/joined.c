/* Joined changes: several writes of one actor, seen at once or not at all. */
#include "base/fail.h"
#include "base/text.h"
#include "records/access/actor.h"

static pz_status check(pz_actor *actor)
{
    if (!actor) return pz__fail_closed("actor");
    PZ__TRY(pz__store_check(actor->store));
    if (!actor->is_busy) return PZ_OK;
    return pz__fail(PZ_E_BUSY_HANDLE, "actor", "Call again when the first call is over.",
                    "The actor is in use: it was called from within its own callback, or by another thread.");
}

pz_status pz_change_begin(pz_actor *actor, const char *action, const char *key, int32_t *out_repeated)
{
    size_t length;
    int repeated;
    if (!out_repeated) return pz__fail_null("out_repeated");
    *out_repeated = 0;
    PZ__TRY(check(actor));
    if (actor->is_view)
        return pz__fail(PZ_E_READ_ONLY, "actor", "Write with the actor that the view was made from.", "A view of the past takes no writes.");
    PZ__TRY(pz__text_need(action, PZ_NUL_TERMINATED, (size_t)pz_limit(PZ_LIMIT_TITLE), "action", &length));
    PZ__TRY(pz__change_join(actor->store, &actor->author, action, key, &repeated));
    *out_repeated = repeated;
    actor->has_joined = !repeated;
    return PZ_OK;
}

/* Another actor's joined change is not this one's to end. */
static pz_status check_joined(pz_actor *actor)
{
    PZ__TRY(check(actor));
    if (actor->has_joined) return PZ_OK;
    return pz__fail(PZ_E_STATE, "actor", "Begin one with pz_change_begin().", "This actor has no joined change open.");
}

pz_status pz_change_commit(pz_actor *actor, int64_t *out_change)
{
    int64_t change;
    pz_status status;
    if (out_change) *out_change = 0;
    PZ__TRY(check_joined(actor));
    actor->has_joined = 0;
    status = pz__change_join_commit(actor->store, &change);
    if (status == PZ_OK && out_change) *out_change = change;
    return status;
}

pz_status pz_change_undo(pz_actor *actor)
{
    PZ__TRY(check_joined(actor));
    actor->has_joined = 0;
    return pz__change_join_undo(actor->store);
}
