/* Changes as the rooms above see them: a call's own, or a part of a joined one. */
#include <string.h>

#include "base/fail.h"
#include "base/memory.h"
#include "personalize/access.h"
#include "store/transaction.h"

struct pz__change {
    pz_store *store;
    int repeated;
    int64_t number;
    pz_time at;
    int64_t *results;
    size_t result_count;
    size_t result_capacity;
    pz_status failed; /* of a result */
};

/* --------------------------------------------------------------------------------------------------- start --- */

static int is_same_author(const pz__author *a, const pz__author *b)
{
    return a->person == b->person && a->service == b->service && a->role == b->role;
}

static pz_status fail_broken(void)
{
    return pz__fail(PZ_E_STATE, NULL, "End the joined change and begin it again.",
                    "A call within the joined change failed, so all of it was undone.");
}

/* A part of the joined change that is open. Its row names one author. */
static pz_status start_part(pz__change *change, const pz__author *author)
{
    const pz__transaction *whole = change->store->change;
    if (whole->is_broken) return fail_broken();
    if (!is_same_author(&whole->author, author))
        return pz__fail(PZ_E_STATE, NULL, "End the joined change first.", "A joined change of another actor is open on this store.");
    change->number = whole->number;
    change->at = whole->at;
    return PZ_OK;
}

static pz_status take_results(pz__change *change, const pz__earlier *earlier)
{
    size_t count = earlier->result_length / 8;
    change->repeated = 1;
    change->number = earlier->number;
    change->at = earlier->at;
    PZ__TRY(pz__reserve((void **)&change->results, &change->result_capacity, count, sizeof *change->results));
    for (size_t i = 0; i < count; i++) change->results[i] = pz__get_little(earlier->result + i * 8);
    change->result_count = count;
    return PZ_OK;
}

static pz_status start_whole(pz__change *change, const pz__author *author, const char *action, const char *key, const void *request,
                             size_t request_length)
{
    pz__earlier earlier;
    pz_status status = pz__transaction_begin(change->store, author, action, key, request, request_length, &earlier);
    if (status == PZ_OK && earlier.number) status = take_results(change, &earlier);
    pz__release(earlier.result);
    if (status != PZ_OK || change->repeated) return status;
    change->number = change->store->change->number;
    change->at = change->store->change->at;
    return PZ_OK;
}

static void release(pz__change *change)
{
    pz__release(change->results);
    pz__release(change);
}

pz_status pz__change_start(pz_store *store, const pz__author *author, const char *action, const char *key, const void *request,
                           size_t request_length, pz__change **out_change, int *out_repeated)
{
    pz__change *change;
    pz_status status;
    *out_change = NULL;
    *out_repeated = 0;
    PZ__TRY(pz__store_check(store));
    change = pz__alloc_zero(1, sizeof *change);
    if (!change) return pz__fail_memory();
    change->store = store;
    status = pz__change_is_joined(store) ? start_part(change, author) : start_whole(change, author, action, key, request, request_length);
    if (status != PZ_OK) {
        release(change);
        return status;
    }
    *out_change = change;
    *out_repeated = change->repeated;
    return PZ_OK;
}

int64_t pz__change_number(const pz__change *change)
{
    return change->number;
}
pz_time pz__change_time(const pz__change *change)
{
    return change->at;
}

/* --------------------------------------------------------------------------------------------------- notes --- */

/* An erased person keeps its number in this one item, so that hosts can drop their copies and a restored backup can be erased again;
 * the pseudonym of its other items is not beside it. */
static pz_status take_names(pz_store *store, pz__change_item *item, pz_id learner)
{
    int is_person = item->kind == PZ_KIND_PERSON && item->record;
    if (is_person && item->act == PZ__ACT_ERASE) return PZ_OK;
    if (is_person) PZ__TRY(pz__alias_of(store, item->record, &item->record));
    if (learner) PZ__TRY(pz__alias_of(store, learner, &item->learner_alias));
    return PZ_OK;
}

static pz_status add_item(pz_store *store, pz__change_item item, pz_id learner)
{
    pz__transaction *whole = store->change;
    PZ__TRY(take_names(store, &item, learner));
    PZ__TRY(pz__reserve((void **)&whole->items, &whole->item_capacity, whole->item_count + 1, sizeof *whole->items));
    whole->items[whole->item_count++] = item;
    return PZ_OK;
}

void pz__change_note(pz__change *change, int32_t kind, pz_id record, pz_id learner, pz__act act, int64_t count)
{
    pz__change_item item = {kind, act, record, 0, count};
    pz__transaction *whole = change->store->change;
    if (change->repeated || !whole || whole->is_broken || whole->failed) return;
    whole->failed = add_item(change->store, item, learner);
}

void pz__change_add_result(pz__change *change, int64_t value)
{
    if (change->repeated || change->failed) return;
    change->failed = pz__reserve((void **)&change->results, &change->result_capacity, change->result_count + 1, sizeof *change->results);
    if (change->failed == PZ_OK) change->results[change->result_count++] = value;
}

size_t pz__change_result_count(const pz__change *change)
{
    return change->result_count;
}

int64_t pz__change_result_at(const pz__change *change, size_t index)
{
    return index < change->result_count ? change->results[index] : 0;
}

/* ----------------------------------------------------------------------------------------------------- end --- */

static pz_status commit(pz__change *change)
{
    uint8_t *bytes = pz__alloc(change->result_count * 8);
    pz_status status;
    int64_t number;
    if (!bytes) {
        pz__transaction_undo(change->store);
        return pz__fail_memory();
    }
    for (size_t i = 0; i < change->result_count; i++) pz__put_little(bytes + i * 8, change->results[i]);
    status = pz__transaction_commit(change->store, bytes, change->result_count * 8, &number);
    pz__release(bytes);
    return status;
}

/* A failure that was kept: what the thread's detail says may be of something else by now. */
static pz_status tell_again(pz_status status)
{
    if (status == PZ_OK || pz_last_error()->status == (int32_t)status) return status;
    if (status == PZ_E_NOMEM) return pz__fail_memory();
    return pz__fail(status, NULL, NULL, "An item of the change could not be written.");
}

static pz_status end_whole(pz__change *change, pz_status status)
{
    if (status == PZ_OK) status = tell_again(change->failed ? change->failed : change->store->change->failed);
    if (status == PZ_OK) return commit(change);
    pz__transaction_undo(change->store);
    return status;
}

static pz_status end_part(pz__change *change, pz_status status)
{
    pz__transaction *whole = change->store->change;
    if (whole->is_broken) return status == PZ_OK ? fail_broken() : status;
    if (status == PZ_OK) status = tell_again(change->failed ? change->failed : whole->failed);
    if (status != PZ_OK) pz__transaction_break(change->store);
    return status;
}

pz_status pz__change_end(pz__change *change, pz_status status)
{
    if (!change) return status;
    if (!change->repeated && change->store->change)
        status = change->store->change->is_joined ? end_part(change, status) : end_whole(change, status);
    release(change);
    return status;
}

/* ------------------------------------------------------------------------------------------ joined changes --- */

int pz__change_is_joined(const pz_store *store)
{
    return store->change && store->change->is_joined;
}

pz_status pz__change_join(pz_store *store, const pz__author *author, const char *action, const char *key, int *out_repeated)
{
    pz__earlier earlier;
    *out_repeated = 0;
    PZ__TRY(pz__store_check(store));
    if (pz__change_is_joined(store))
        return pz__fail(PZ_E_STATE, NULL, "Commit or undo it first.", "A joined change is open on this store.");
    PZ__TRY(pz__transaction_begin(store, author, action, key, NULL, 0, &earlier));
    *out_repeated = earlier.number != 0;
    pz__release(earlier.result);
    if (store->change) store->change->is_joined = 1;
    return PZ_OK;
}

static pz_status check_joined(pz_store *store)
{
    PZ__TRY(pz__store_check(store));
    if (pz__change_is_joined(store)) return PZ_OK;
    return pz__fail(PZ_E_STATE, NULL, "Begin one with pz_change_begin().", "No joined change is open on this store.");
}

pz_status pz__change_join_commit(pz_store *store, int64_t *out_change)
{
    *out_change = 0;
    PZ__TRY(check_joined(store));
    if (!store->change->is_broken) return pz__transaction_commit(store, NULL, 0, out_change);
    pz__transaction_undo(store);
    return fail_broken();
}

pz_status pz__change_join_undo(pz_store *store)
{
    PZ__TRY(check_joined(store));
    pz__transaction_undo(store);
    return PZ_OK;
}

/* --------------------------------------------------------------------------------------------------- reads --- */

pz_status pz__change_write_reads(pz_store *store, const pz__author *author, const pz__read_note *notes, size_t count)
{
    pz__change *change;
    int repeated;
    PZ__TRY(pz__store_check(store));
    if (count == 0 || store->options.read_only) return PZ_OK;
    PZ__TRY(pz__change_start(store, author, "read", NULL, NULL, 0, &change, &repeated));
    for (size_t i = 0; i < count; i++)
        pz__change_note(change, notes[i].kind, notes[i].record, notes[i].learner, PZ__ACT_READ, notes[i].count);
    return pz__change_end(change, PZ_OK);
}

pz_status pz__change_try_reads(pz_store *store, const pz__author *author, const pz__read_note *notes, size_t count)
{
    int32_t wait = store->options.wait_milliseconds;
    pz_status status;
    store->options.wait_milliseconds = 0;
    status = pz__change_write_reads(store, author, notes, count);
    store->options.wait_milliseconds = wait;
    return status;
}
