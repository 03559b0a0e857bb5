#include "records/next/memory.h"

#include <string.h>

#include "base/clock.h"
#include "base/fail.h"
#include "base/memory.h"
#include "records/ask.h"

/* Answers within this time after the first of them are one review. */
#define SITTING (PZ__DAY / 2)

typedef struct sitting {
    pz_time first, last;
    double score, weight; /* sums */
} sitting;

typedef struct work {
    pz__memory *memory;
    pz__call *call;
    const pz__standings *standings;
    size_t standing; /* the one that rows are compared with */
    pz__recall current;
    sitting sitting;
    pz_time before; /* when the sitting before ended */
} work;

void pz__memory_free(pz__memory *memory)
{
    pz__release(memory->rows);
    memset(memory, 0, sizeof *memory);
}

/* ------------------------------------------------------------------------------------------------- reviews --- */

static pz_status end_sitting(work *w)
{
    const sitting *s = &w->sitting;
    double days = w->current.state.reviews ? (double)(s->first - w->before) / (double)PZ__DAY : 0;
    if (!(s->weight > 0)) return PZ_OK;
    PZ__TRY(pz_review_update(NULL, 0, (pz_review_rating)pz_review_rating_of(s->score / s->weight), days < 0 ? 0 : days, &w->current.state));
    w->before = s->last;
    w->sitting.weight = w->sitting.score = 0;
    return PZ_OK;
}

static pz_status end_competency(work *w)
{
    pz__memory *memory = w->memory;
    PZ__TRY(end_sitting(w));
    if (!w->current.state.reviews) return PZ_OK;
    w->current.days = w->call->today - pz__store_date(w->call->store, w->before);
    if (w->current.days < 1) return PZ_OK;
    PZ__TRY(pz_review_recall(NULL, 0, &w->current.state, w->current.days, &w->current.recall));
    PZ__TRY(pz__reserve((void **)&memory->rows, &memory->capacity, memory->count + 1, sizeof *memory->rows));
    memory->rows[memory->count++] = w->current;
    return PZ_OK;
}

static void begin_competency(work *w, pz_id competency)
{
    const pz_review_state fresh = PZ_REVIEW_STATE_INIT;
    memset(&w->current, 0, sizeof w->current);
    w->current.competency = competency;
    w->current.state = fresh;
    w->sitting.weight = w->sitting.score = 0;
}

static int is_wanted(const pz__standing *standing)
{
    return standing->estimate.decision == PZ_MASTERY_MASTERED;
}

/* Rows and standings are both in the order of competencies. */
static int is_mastered(work *w, pz_id competency)
{
    const pz__standings *s = w->standings;
    while (w->standing < s->count && s->rows[w->standing].competency < competency) w->standing++;
    return w->standing < s->count && s->rows[w->standing].competency == competency && is_wanted(&s->rows[w->standing]);
}

static pz_status take(work *w, pz_id competency, pz_time at, double score, double weight)
{
    if (competency != w->current.competency) {
        PZ__TRY(end_competency(w));
        begin_competency(w, competency);
    }
    if (w->sitting.weight > 0 && at - w->sitting.first > SITTING) PZ__TRY(end_sitting(w));
    if (!(w->sitting.weight > 0)) w->sitting.first = at;
    w->sitting.last = at;
    w->sitting.score += weight * score;
    w->sitting.weight += weight;
    return PZ_OK;
}

/* ------------------------------------------------------------------------------------------------- reading --- */

static const char fixes_sql[] = "SELECT 1 FROM evidence_fix WHERE tenant_id = ?1 AND learner_id = ?2 AND change_id <= ?3 LIMIT 1";
static const char answers_sql[] = "SELECT competency_id, at, score, weight FROM evidence WHERE tenant_id = ?1 AND learner_id = ?2 "
                                  "AND change_id <= ?3 ORDER BY competency_id, at, sequence";

static pz_status has_fixes(pz__call *call, pz_id learner, int *out_has)
{
    pz__statement *statement;
    pz_status status;
    PZ__TRY(pz__ask(call, fixes_sql, learner, &statement));
    status = pz__db_step(statement, out_has);
    pz__db_reset(statement);
    return status;
}

/* The rows as they are, four columns of them: what most learners need. */
static pz_status read_plain(work *w, pz_id learner)
{
    pz__statement *statement;
    pz_status status;
    int row;
    PZ__TRY(pz__ask(w->call, answers_sql, learner, &statement));
    while ((status = pz__db_step(statement, &row)) == PZ_OK && row) {
        pz_id competency = pz__column_int(statement, 0);
        if (!is_mastered(w, competency)) continue;
        status = take(w, competency, pz__column_int(statement, 1), pz__column_real(statement, 2), pz__column_real(statement, 3));
        if (status != PZ_OK) break;
    }
    pz__db_reset(statement);
    return status;
}

static pz_status read_corrected(work *w, pz_id learner)
{
    const pz__trail_range range = {learner, PZ__ALL_COMPETENCIES, PZ_TIME_NONE, 0, 0};
    pz__trail trail;
    pz__answer answer;
    pz_status status;
    int more;
    PZ__TRY(pz__trail_open(&trail, w->call, range));
    while ((status = pz__trail_next(&trail, &answer, &more)) == PZ_OK && more) {
        if (!is_mastered(w, answer.competency)) continue;
        if ((status = take(w, answer.competency, answer.at, answer.score, answer.weight)) != PZ_OK) break;
    }
    pz__trail_close(&trail);
    return status;
}

pz_status pz__memory_read(pz__memory *memory, pz__call *call, pz_id learner, const pz__standings *standings)
{
    work w = {.memory = memory, .call = call, .standings = standings};
    int fixed, any = 0;
    memory->count = 0;
    for (size_t i = 0; i < standings->count && !any; i++) any = is_wanted(&standings->rows[i]);
    if (!any) return PZ_OK;
    begin_competency(&w, 0);
    PZ__TRY(has_fixes(call, learner, &fixed));
    PZ__TRY(fixed ? read_corrected(&w, learner) : read_plain(&w, learner));
    return end_competency(&w);
}
