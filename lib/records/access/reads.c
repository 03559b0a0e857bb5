/* The record of reads: what another person read of a learner, once per kind, section and day. Held in the actor, so that a page that asks
 * ten things of thirty learners does not write three hundred times. */
#include "base/clock.h"
#include "base/fail.h"
#include "base/memory.h"
#include "personalize/profile.h"
#include "records/access/actor.h"

enum { KIND_BITS = 6, SECTION_BITS = 4, WRITTEN = -1 };
_Static_assert(PZ_PROFILE_LEARN_WHERE < 1 << SECTION_BITS, "sections have their bits");

/* What a note is of: a section of a learner, or a class. Ids far above what a store can give out would share keys. */
static int64_t key_of(int32_t kind, pz_id record, pz_id learner)
{
    uint64_t of = (uint64_t)(learner ? learner : record), section = (uint64_t)(learner ? record : 0);
    return (int64_t)(of << (KIND_BITS + SECTION_BITS) | section << KIND_BITS | (uint64_t)(uint32_t)kind);
}

/* A new day counts anew, and nothing of the day before may be left unwritten: its notes stay until they are written. */
static pz_status begin_day(pz__reads *reads, pz_date day)
{
    if (reads->places && reads->day == day) return PZ_OK;
    pz__map_free(reads->places);
    reads->places = NULL;
    reads->day = day;
    return pz__map_new(&reads->places);
}

static pz_status note(pz__reads *reads, pz_date day, int32_t kind, pz_id record, pz_id learner)
{
    int64_t key = key_of(kind, record, learner), place = 0;
    pz__read_note fresh = {kind, record, learner, 1};
    PZ__TRY(begin_day(reads, day));
    int is_known = pz__map_get(reads->places, key, &place);
    if (is_known && place != WRITTEN) {
        if ((size_t)place <= reads->count) reads->notes[place - 1].count++;
        return PZ_OK;
    }
    PZ__TRY(pz__reserve((void **)&reads->notes, &reads->capacity, reads->count + 1, sizeof *reads->notes));
    PZ__TRY(pz__map_put(reads->places, key, (int64_t)reads->count + 1));
    reads->notes[reads->count++] = fresh;
    if (!is_known) reads->first_count++; /* what was read again today waits for the close or the next write */
    return PZ_OK;
}

static void note_in_call(pz__call *call, int32_t kind, pz_id record, pz_id learner)
{
    pz_status status;
    if (call->reads_failed || pz__store_is_read_only(call->store)) return;
    status = note(&call->actor->reads, call->present_day, kind, record, learner);
    if (status != PZ_OK) call->reads_failed = status;
}

void pz__call_read_learner(pz__call *call, pz_kind kind, pz_id learner)
{
    pz__call_read_section(call, kind, 0, learner);
}

void pz__call_read_section(pz__call *call, pz_kind kind, int32_t section, pz_id learner)
{
    if (learner && learner != pz__call_person(call)) note_in_call(call, kind, section, learner);
}

/* A guardian sees only its own children of a class. */
static void note_children(pz__call *call, pz_kind kind, pz_id class_id)
{
    pz_id *children;
    size_t count;
    pz_status status = pz__class_learners(call, class_id, &children, &count);
    if (status != PZ_OK) call->reads_failed = status;
    for (size_t i = 0; i < count; i++) pz__call_read_learner(call, kind, children[i]);
    pz__release(children);
}

/* A learner who looks at its own class reads of nobody else there. Items name persons by pseudonym, and the class is none: a list of people
 * is noted as one of places in the class. */
void pz__call_read_class(pz__call *call, pz_kind kind, pz_id class_id)
{
    int32_t role = pz__call_role(call);
    if (!class_id || role == PZ_ROLE_LEARNER) return;
    if (role == PZ_ROLE_GUARDIAN)
        note_children(call, kind, class_id);
    else
        note_in_call(call, kind == PZ_KIND_PERSON ? PZ_KIND_ENROLLMENT : (int32_t)kind, class_id, 0);
}

int pz__reads_are_due(const pz_actor *actor, pz_time now)
{
    const pz__reads *reads = &actor->reads;
    return reads->first_count > 0 && (now < reads->written_at || now - reads->written_at >= PZ__SECOND);
}

void pz__reads_settle(pz_actor *actor, pz_time now)
{
    pz__reads *reads = &actor->reads;
    for (size_t i = 0; i < reads->count; i++) {
        const pz__read_note *written = &reads->notes[i];
        int64_t key = key_of(written->kind, written->record, written->learner), place;
        /* Replaces what is there, which needs no memory. A note of the day before is not in the map any more. */
        if (pz__map_get(reads->places, key, &place) && place == (int64_t)i + 1) pz__map_put(reads->places, key, WRITTEN);
    }
    reads->count = reads->first_count = 0;
    reads->written_at = now;
}

pz_status pz__reads_write(pz_actor *actor, pz_time now, int waits)
{
    pz__reads *reads = &actor->reads;
    if (reads->count == 0) return PZ_OK;
    PZ__TRY(waits ? pz__change_write_reads(actor->store, &actor->author, reads->notes, reads->count)
                  : pz__change_try_reads(actor->store, &actor->author, reads->notes, reads->count));
    pz__reads_settle(actor, now);
    return PZ_OK;
}

void pz__reads_note(pz_actor *actor, pz__change *change)
{
    const pz__reads *reads = &actor->reads;
    for (size_t i = 0; i < reads->count; i++)
        pz__change_note(change, reads->notes[i].kind, reads->notes[i].record, reads->notes[i].learner, PZ__ACT_READ, reads->notes[i].count);
}

void pz__reads_free(pz__reads *reads)
{
    pz__release(reads->notes);
    pz__map_free(reads->places);
}
