#include "records/mastery/verify.h"

#include <string.h>

#include "base/fail.h"
#include "base/memory.h"
#include "records/access/whom.h"
#include "records/mastery/state_bytes.h"

enum { MOST_NAMED = 100 };

typedef struct wrong_state {
    pz_id learner;
    pz_id competency;
    const char *found;
} wrong_state;

typedef struct verify_work {
    pz__call *call;
    pz__rules *rules;
    pz__standings kept;
    double *scores;
    double *weights;
    size_t answers;
    size_t score_capacity;
    size_t weight_capacity;
    int64_t states;
    int64_t evidence;
    wrong_state wrong[MOST_NAMED];
    int64_t wrong_count;
} verify_work;

static void tell(verify_work *work, pz_id learner, pz_id competency, const char *found)
{
    wrong_state wrong = {learner, competency, found};
    if (work->wrong_count < MOST_NAMED) work->wrong[work->wrong_count] = wrong;
    work->wrong_count++;
}

static int same_real(double a, double b)
{
    return a == b || (isnan(a) && isnan(b));
}

static int is_same(const pz__standing *kept, const pz__standing *anew)
{
    uint8_t a[PZ__STATE_BYTES], b[PZ__STATE_BYTES];
    pz__state_to_bytes(&kept->state, a);
    pz__state_to_bytes(&anew->state, b);
    return !memcmp(a, b, sizeof a) && same_real(kept->estimate.estimate, anew->estimate.estimate) &&
           same_real(kept->estimate.standard_error, anew->estimate.standard_error) && kept->estimate.decision == anew->estimate.decision &&
           kept->estimate.evidence_count == anew->estimate.evidence_count && kept->last_at == anew->last_at &&
           kept->last_sequence == anew->last_sequence;
}

/* ------------------------------------------------------------------------------------------------- learner --- */

static pz_status add_answer(verify_work *work, const pz__answer *answer)
{
    PZ__TRY(pz__reserve((void **)&work->scores, &work->score_capacity, work->answers + 1, sizeof *work->scores));
    PZ__TRY(pz__reserve((void **)&work->weights, &work->weight_capacity, work->answers + 1, sizeof *work->weights));
    work->scores[work->answers] = answer->score;
    work->weights[work->answers++] = answer->weight;
    work->evidence++;
    return PZ_OK;
}

static pz_status compare(verify_work *work, const pz__standing *kept, const pz__answer *last)
{
    const pz__rule *rule;
    pz__standing anew;
    PZ__TRY(pz__rules_find(work->rules, kept->rule, &rule));
    PZ__TRY(pz__standing_start(&anew, kept->competency, rule));
    PZ__TRY(pz__standing_take(&anew, rule, work->scores, work->weights, work->answers));
    anew.last_at = last->at;
    anew.last_sequence = last->sequence;
    if (!is_same(kept, &anew)) tell(work, last->learner, last->competency, "differs");
    return PZ_OK;
}

/* What no call could have stored: a score above 1, settings that are no JSON. */
static int is_bad_data(pz_status status)
{
    return status == PZ_E_INVALID || status == PZ_E_FORMAT || status == PZ_E_HOSTILE || status == PZ_E_TEXT;
}

/* The answers of one competency are read. Kept states before it have no evidence. */
static pz_status finish(verify_work *work, const pz__answer *last, size_t *place)
{
    pz_status status = PZ_OK;
    while (*place < work->kept.count && work->kept.rows[*place].competency < last->competency)
        tell(work, last->learner, work->kept.rows[(*place)++].competency, "left_over");
    if (*place < work->kept.count && work->kept.rows[*place].competency == last->competency)
        status = compare(work, &work->kept.rows[(*place)++], last);
    else
        tell(work, last->learner, last->competency, "missing");
    work->answers = 0;
    if (!is_bad_data(status)) return status;
    tell(work, last->learner, last->competency, "unreadable");
    return PZ_OK;
}

static pz_status read_trail(verify_work *work, pz__trail *trail, size_t *place)
{
    pz__answer answer, last = {0};
    int more;
    for (;;) {
        PZ__TRY(pz__trail_next(trail, &answer, &more));
        if (work->answers && (!more || answer.competency != last.competency)) PZ__TRY(finish(work, &last, place));
        if (!more) return PZ_OK;
        PZ__TRY(add_answer(work, &answer));
        last = answer;
    }
}

static pz_status verify_learner(verify_work *work, pz_id learner)
{
    pz__trail_range range = {learner, PZ__ALL_COMPETENCIES, PZ_TIME_NONE, 0, 0};
    pz__trail trail;
    size_t place = 0;
    pz_status status;
    PZ__TRY(pz__standings_read(&work->kept, work->call, learner, PZ__ALL_COMPETENCIES));
    PZ__TRY(pz__trail_open(&trail, work->call, range));
    status = read_trail(work, &trail, &place);
    pz__trail_close(&trail);
    while (status == PZ_OK && place < work->kept.count) tell(work, learner, work->kept.rows[place++].competency, "left_over");
    work->states += (int64_t)work->kept.count;
    return status;
}

static pz_status verify_learners(verify_work *work, const pz_id *learners, size_t count, pz_progress_fn progress, void *user_data)
{
    for (size_t i = 0; i < count; i++) {
        if (progress && i % 16 == 0 && progress((double)i / (double)count, user_data) != PZ_OK)
            return pz__fail(PZ_E_CANCELLED, "progress", NULL, "The progress callback asked to stop.");
        PZ__TRY(verify_learner(work, learners[i]));
    }
    return PZ_OK;
}

static pz_status verify_all(verify_work *work, pz_progress_fn progress, void *user_data)
{
    static const char sql[] = "SELECT learner_id FROM evidence WHERE tenant_id = ?1 AND change_id <= ?2 AND ?3 = ?3 "
                              "UNION SELECT learner_id FROM mastery WHERE tenant_id = ?1 ORDER BY 1";
    pz_id *learners;
    size_t count;
    pz_status status;
    PZ__TRY(pz__rules_load(work->call, &work->rules));
    PZ__TRY(pz__ids_read(work->call, sql, 0, &learners, &count));
    status = verify_learners(work, learners, count, progress, user_data);
    pz__release(learners);
    return status;
}

/* -------------------------------------------------------------------------------------------------- report --- */

static void report(const verify_work *work, pz__json_writer *json)
{
    pz__json_key(json, "mastery");
    pz__json_open_object(json);
    pz__json_put_int(json, "states", work->states);
    pz__json_put_int(json, "evidence", work->evidence);
    pz__json_key(json, "wrong");
    pz__json_open_array(json);
    for (int64_t i = 0; i < work->wrong_count && i < MOST_NAMED; i++) {
        pz__json_open_object(json);
        pz__json_put_id(json, "learner", work->wrong[i].learner);
        pz__json_put_id(json, "competency", work->wrong[i].competency);
        pz__json_put_text(json, "found", work->wrong[i].found);
        pz__json_close_object(json);
    }
    pz__json_close_array(json);
    pz__json_put_int(json, "wrong_count", work->wrong_count);
    pz__json_close_object(json);
}

pz_status pz__mastery_verify(pz__call *call, pz_progress_fn progress, void *user_data, pz__json_writer *json)
{
    verify_work *work = pz__alloc_zero(1, sizeof *work);
    pz_status status;
    int64_t wrong_count;
    if (!work) return pz__fail_memory();
    work->call = call;
    status = verify_all(work, progress, user_data);
    if (is_bad_data(status)) {
        tell(work, 0, 0, "rules_unreadable");
        status = PZ_OK;
    }
    if (status == PZ_OK) report(work, json);
    wrong_count = work->wrong_count;
    pz__standings_free(&work->kept);
    pz__rules_free(work->rules);
    pz__release(work->scores);
    pz__release(work->weights);
    pz__release(work);
    if (status != PZ_OK || wrong_count == 0) return status;
    return pz__fail(PZ_E_CORRUPT, "mastery", "Restore a backup, or correct any of the evidence to have the state computed anew.",
                    "%lld states of mastery do not follow from their evidence.", (long long)wrong_count);
}
