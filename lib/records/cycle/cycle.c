/* Cycles from step to step, all but closing. */
#include <string.h>

#include "base/fail.h"
#include "base/memory.h"
#include "base/text.h"
#include "records/cycle/find.h"
#include "records/evidence/learning_tables.h"
#include "records/need.h"
#include "records/writing.h"

/* ------------------------------------------------------------------------------------------------- opening --- */

static pz_status check(pz_cycle *cycle)
{
    PZ__TRY(pz__text_need(cycle->title, cycle->title_len, (size_t)pz_limit(PZ_LIMIT_TITLE), "title", &cycle->title_len));
    if (cycle->kind < PZ_ASSESSMENT_DIAGNOSTIC || cycle->kind > PZ_ASSESSMENT_SUMMATIVE)
        return pz__fail(PZ_E_INVALID, "kind", "Give diagnostic, formative, interim or summative.", "A cycle cannot be of the kind %d.",
                        (int)cycle->kind);
    if (cycle->opens_on != PZ_DATE_NONE && cycle->closes_on != PZ_DATE_NONE && cycle->closes_on < cycle->opens_on)
        return pz__fail(PZ_E_INVALID, "closes_on", NULL, "The last day of the cycle is before its first.");
    return PZ_OK;
}

static pz_status check_cover(const pz_cycle *cycle)
{
    if (cycle->class_id || cycle->org) return PZ_OK;
    return pz__fail(PZ_E_INVALID, "class_id", "Name a class, or an org whose classes it covers.", "The cycle covers nobody.");
}

/* `cycle` becomes the record as it is written. */
static pz_status add(pz__call *call, pz_cycle *cycle)
{
    pz__outcome outcome;
    PZ__TRY(check_cover(cycle));
    if (cycle->class_id) cycle->org = 0;
    PZ__TRY(pz__cycle_may(call, PZ__WRITE, cycle->class_id, cycle->org));
    PZ__TRY(pz__need_if(call, PZ_KIND_FRAMEWORK, cycle->framework, "framework"));
    if (cycle->previous) {
        pz_cycle *previous;
        PZ__TRY(pz__cycle_find(call, PZ__SEE, cycle->previous, &previous));
        pz_free(previous);
    }
    PZ__TRY(pz__store_take_ids(call->store, 1, &cycle->id));
    cycle->state = PZ_CYCLE_OPEN;
    cycle->closed_change = 0;
    return pz__versioned_write(call, &pz__cycle_table, cycle, &outcome);
}

pz_status pz_cycle_open(pz_actor *actor, const pz_cycle *cycle, const char *key, pz_id *out_id)
{
    pz__buffer request = PZ__BUFFER_INIT;
    pz_cycle taken;
    pz__call call;
    pz_status status = PZ_OK;
    if (out_id) *out_id = 0;
    if (!actor) return pz__fail_closed("actor");
    PZ__TRY(pz__record_take(&pz__cycle_type, cycle, sizeof taken, &taken));
    PZ__TRY(check(&taken));
    pz__request_record(&request, &pz__cycle_type, &taken);
    PZ__TRY(pz__write_start(&call, actor, "cycle.open", key, &request));
    if (!call.repeated) status = add(&call, &taken);
    return pz__call_end_value(&call, status, taken.id, out_id);
}

/* --------------------------------------------------------------------------------------------------- steps --- */

pz_status pz__cycle_need_state(const pz_cycle *cycle, int32_t from, int32_t or_from)
{
    if (cycle->state == from || cycle->state == or_from) return PZ_OK;
    return pz__fail(PZ_E_STATE, "cycle", "pz_cycle_get() tells the state; the steps are open, collecting, closed, handed over.",
                    "The cycle %lld is %s; this step begins from %s.", (long long)cycle->id, pz__cycle_state_names[cycle->state],
                    pz__cycle_state_names[from]);
}

pz_status pz__cycle_move(pz__call *call, pz_cycle *cycle, int32_t to)
{
    pz__outcome outcome;
    cycle->state = to;
    return pz__versioned_write(call, &pz__cycle_table, cycle, &outcome);
}

static pz_status collect(pz__call *call, pz_id id)
{
    pz_cycle *cycle;
    pz_status status;
    PZ__TRY(pz__cycle_find(call, PZ__WRITE, id, &cycle));
    status = pz__cycle_need_state(cycle, PZ_CYCLE_OPEN, PZ_CYCLE_OPEN);
    if (status == PZ_OK) status = pz__cycle_move(call, cycle, PZ_CYCLE_COLLECTING);
    pz_free(cycle);
    return status;
}

pz_status pz_cycle_collect(pz_actor *actor, pz_id cycle, const char *key)
{
    pz__buffer request = PZ__BUFFER_INIT;
    pz__call call;
    pz__request_int(&request, cycle);
    PZ__TRY(pz__write_start(&call, actor, "cycle.collect", key, &request));
    return pz__call_end(&call, call.repeated ? PZ_OK : collect(&call, cycle));
}

/* ------------------------------------------------------------------------------------------------ hand over --- */

static pz_status hand_over(pz__call *call, pz_id id, pz_cycle *next)
{
    pz_cycle *cycle;
    pz_status status;
    PZ__TRY(pz__cycle_find(call, PZ__WRITE, id, &cycle));
    status = pz__cycle_need_state(cycle, PZ_CYCLE_CLOSED, PZ_CYCLE_CLOSED);
    if (status == PZ_OK && !next->class_id && !next->org) {
        next->class_id = cycle->class_id;
        next->org = cycle->org;
    }
    if (status == PZ_OK && !next->framework) next->framework = cycle->framework;
    next->previous = id;
    if (status == PZ_OK) status = pz__cycle_move(call, cycle, PZ_CYCLE_HANDED_OVER);
    if (status == PZ_OK) status = add(call, next);
    pz_free(cycle);
    return status;
}

pz_status pz_cycle_hand_over(pz_actor *actor, pz_id cycle, const pz_cycle *next, const char *key, pz_id *out_next)
{
    pz__buffer request = PZ__BUFFER_INIT;
    pz_cycle taken;
    pz__call call;
    pz_status status = PZ_OK;
    if (out_next) *out_next = 0;
    if (!actor) return pz__fail_closed("actor");
    PZ__TRY(pz__record_take(&pz__cycle_type, next, sizeof taken, &taken));
    PZ__TRY(check(&taken));
    pz__request_int(&request, cycle);
    pz__request_record(&request, &pz__cycle_type, &taken);
    PZ__TRY(pz__write_start(&call, actor, "cycle.hand_over", key, &request));
    if (!call.repeated) status = hand_over(&call, cycle, &taken);
    return pz__call_end_value(&call, status, taken.id, out_next);
}
