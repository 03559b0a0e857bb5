/* The open learner model: what system, learner, teachers and classmates believe, gathered from where each keeps it. */
#include "records/mastery/belief.h"

#include <stdlib.h>

#include "base/fail.h"
#include "base/memory.h"
#include "records/ask.h"
#include "records/listing.h"
#include "records/mastery/standing.h"
#include "records/need.h"
#include "records/types_learning.h"
#include "records/voice/see.h"
#include "records/voice/tables.h"

static const char *const believer_names[] = {"", "system", "learner", "teacher", "peer", "challenge", NULL};

static const pz_field belief_fields[] = {
    PZ__ID(pz_belief, learner),
    PZ__ID(pz_belief, competency),
    PZ__ENUM(pz_belief, believer, believer_names),
    PZ__REAL(pz_belief, estimate, "0 to 1"),
    PZ__REAL(pz_belief, standard_error, "0 to 1"),
    PZ__ENUM(pz_belief, decision, pz__mastery_decision_names),
    PZ__INT(pz_belief, count, "rows of evidence"),
    PZ__TIME(pz_belief, at),
    PZ__ID(pz_belief, entry),
    PZ__REAL(pz_belief, was_estimate, "0 to 1"),
    PZ__ENUM(pz_belief, state, pz__voice_state_names),
};
static const pz_belief belief_initial = {sizeof(pz_belief), 0, 0, 0, PZ_REAL_NONE, PZ_REAL_NONE, 0, 0, PZ_TIME_NONE, 0, PZ_REAL_NONE, 0};
const pz_record_type pz__belief_type = PZ__RECORD_TYPE(pz_belief, belief_fields, &belief_initial);
const pz_record_type *const pz__belief_types[] = {&pz__belief_type, NULL};

typedef struct belief_work {
    pz__call *call;
    pz_id learner;
    pz_id competency; /* 0 any */
    pz_belief *rows;
    size_t count;
    size_t capacity;
} belief_work;

static pz_status add(belief_work *work, pz_id competency, int32_t believer, pz_belief **out_row)
{
    PZ__TRY(pz__reserve((void **)&work->rows, &work->capacity, work->count + 1, sizeof *work->rows));
    *out_row = &work->rows[work->count++];
    **out_row = belief_initial;
    (*out_row)->learner = work->learner;
    (*out_row)->competency = competency;
    (*out_row)->believer = believer;
    return PZ_OK;
}

/* -------------------------------------------------------------------------------------------------- system --- */

static pz_status add_standings(belief_work *work, const pz__standings *standings)
{
    for (size_t i = 0; i < standings->count; i++) {
        const pz__standing *standing = &standings->rows[i];
        pz_belief *row;
        PZ__TRY(add(work, standing->competency, PZ_BELIEVER_SYSTEM, &row));
        row->estimate = standing->estimate.estimate;
        row->standard_error = standing->estimate.standard_error;
        row->decision = standing->estimate.decision;
        row->count = standing->estimate.evidence_count;
        row->at = standing->last_at;
    }
    return PZ_OK;
}

static pz_status add_system(belief_work *work)
{
    pz_id low = work->competency, high = low ? low : INT64_MAX;
    pz__standings standings = {0};
    pz__rules *rules;
    pz_status status = pz__rules_load(work->call, &rules);
    if (status == PZ_OK) status = pz__standings_get(&standings, work->call, rules, work->learner, low, high);
    if (status == PZ_OK) status = add_standings(work, &standings);
    pz__standings_free(&standings);
    pz__rules_free(rules);
    return status;
}

/* -------------------------------------------------------------------------------------------------- people --- */

static int32_t believer_of(int32_t kind)
{
    switch (kind) {
    case PZ_EVIDENCE_SELF: return PZ_BELIEVER_LEARNER;
    case PZ_EVIDENCE_OBSERVATION: return PZ_BELIEVER_TEACHER;
    case PZ_EVIDENCE_PEER: return PZ_BELIEVER_PEER;
    default: return 0;
    }
}

/* The trail comes by competency and time: a row of this believer is among the last three, or there is none yet. */
static pz_status take_answer(belief_work *work, const pz__answer *answer, size_t first)
{
    int32_t believer = believer_of(answer->kind);
    pz_belief *row = NULL;
    if (!believer) return PZ_OK;
    for (size_t i = work->count; i > first && !row; i--)
        if (work->rows[i - 1].competency == answer->competency && work->rows[i - 1].believer == believer) row = &work->rows[i - 1];
    if (!row) PZ__TRY(add(work, answer->competency, believer, &row));
    row->count++;
    row->at = answer->at;
    if (believer == PZ_BELIEVER_LEARNER || row->count == 1)
        row->estimate = answer->score;
    else
        row->estimate += (answer->score - row->estimate) / row->count;
    return PZ_OK;
}

static pz_status read_trail(belief_work *work, pz__trail *trail)
{
    size_t first = work->count;
    for (;;) {
        pz__answer answer;
        int more;
        PZ__TRY(pz__trail_next(trail, &answer, &more));
        if (!more) return PZ_OK;
        PZ__TRY(take_answer(work, &answer, first));
    }
}

static pz_status add_people(belief_work *work)
{
    pz__trail_range range = {work->learner, work->competency, work->competency ? work->competency : INT64_MAX, PZ_TIME_NONE, 0, 1};
    pz__trail trail;
    pz_status status;
    PZ__TRY(pz__trail_open(&trail, work->call, range));
    status = read_trail(work, &trail);
    pz__trail_close(&trail);
    return status;
}

/* ---------------------------------------------------------------------------------------------- challenges --- */

static pz_status add_challenge(const pz_voice_entry *entry, void *user_data)
{
    static const char sql[] = "SELECT competency_id, was_estimate, estimate FROM voice_counter WHERE tenant_id = ?1 AND voice_id = ?2 AND subject = 3 "
                              "AND since_change <= ?3 AND until_change > ?3";
    belief_work *work = user_data;
    pz__statement *statement;
    pz_status status;
    int row;
    if (entry->kind != PZ_VOICE_COUNTER) return PZ_OK;
    PZ__TRY(pz__ask(work->call, sql, entry->id, &statement));
    status = pz__db_step(statement, &row);
    if (status == PZ_OK && row && (!work->competency || pz__column_int(statement, 0) == work->competency)) {
        pz_belief *belief;
        status = add(work, pz__column_int(statement, 0), PZ_BELIEVER_CHALLENGE, &belief);
        if (status == PZ_OK) {
            belief->was_estimate = pz__column_real(statement, 1);
            belief->estimate = pz__column_real(statement, 2);
            belief->count = 1;
            belief->at = entry->said_at;
            belief->entry = entry->id;
            belief->state = entry->state;
        }
    }
    pz__db_reset(statement);
    return status;
}

/* --------------------------------------------------------------------------------------------------- listing --- */

static int by_competency(const void *a, const void *b)
{
    const pz_belief *left = a, *right = b;
    if (left->competency != right->competency) return left->competency < right->competency ? -1 : 1;
    if (left->believer != right->believer) return left->believer < right->believer ? -1 : 1;
    return (left->entry > right->entry) - (left->entry < right->entry);
}

static pz_status gather(belief_work *work)
{
    PZ__TRY(add_system(work));
    PZ__TRY(add_people(work));
    PZ__TRY(pz__voice_each(work->call, work->learner, add_challenge, work));
    if (work->count) qsort(work->rows, work->count, sizeof *work->rows, by_competency);
    return PZ_OK;
}

static pz_status list(pz__call *call, pz_id learner, pz_id competency, pz__rows *rows)
{
    belief_work work = {.call = call, .learner = learner, .competency = competency};
    pz_status status;
    PZ__TRY(pz__may_learner(call, PZ_KIND_MASTERY, PZ__SEE, learner, "learner"));
    PZ__TRY(pz__need_if(call, PZ_KIND_COMPETENCY, competency, "competency"));
    status = gather(&work);
    for (size_t i = 0; i < work.count && status == PZ_OK; i++) pz__rows_add(rows, &work.rows[i]);
    pz__release(work.rows);
    if (status == PZ_OK) pz__call_read_learner(call, PZ_KIND_MASTERY, learner);
    return status;
}

pz_status pz_belief_list(pz_actor *actor, pz_id learner, pz_id competency, pz_belief ***out_rows, size_t *out_count)
{
    pz__rows rows;
    pz__call call;
    PZ__TRY(pz__list_start((void ***)out_rows, out_count));
    PZ__TRY(pz__call_read(&call, actor));
    pz__rows_start(&rows, &pz__belief_type);
    return pz__call_end_rows(&call, list(&call, learner, competency, &rows), &rows, (void ***)out_rows, out_count);
}
