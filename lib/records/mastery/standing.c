/* Standings computed from evidence. */
#include "records/mastery/standing.h"

#include <string.h>

#include "base/fail.h"
#include "base/memory.h"

void pz__standings_free(pz__standings *standings)
{
    pz__release(standings->rows);
    pz__release(standings->scores);
    pz__release(standings->weights);
    memset(standings, 0, sizeof *standings);
}

pz_status pz__standing_start(pz__standing *standing, pz_id competency, const pz__rule *rule)
{
    const pz_mastery_state state = PZ_MASTERY_STATE_INIT;
    const pz_mastery_estimate estimate = PZ_MASTERY_ESTIMATE_INIT;
    memset(standing, 0, sizeof *standing);
    standing->competency = competency;
    standing->rule = rule->id;
    standing->state = standing->before = state;
    standing->estimate = estimate;
    standing->last_at = PZ_TIME_NONE;
    return pz_mastery_state_start(&rule->settings, &standing->state);
}

pz_status pz__standing_take(pz__standing *standing, const pz__rule *rule, const double *scores, const double *weights, size_t count)
{
    PZ__TRY(pz_mastery_state_update(&rule->settings, scores, weights, count, &standing->state));
    return pz_mastery_state_estimate(&rule->settings, &standing->state, &standing->estimate);
}

static pz_status add_answer(pz__standings *standings, const pz__answer *answer)
{
    PZ__TRY(pz__reserve((void **)&standings->scores, &standings->score_capacity, standings->answers + 1, sizeof(double)));
    PZ__TRY(pz__reserve((void **)&standings->weights, &standings->weight_capacity, standings->answers + 1, sizeof(double)));
    standings->scores[standings->answers] = answer->score;
    standings->weights[standings->answers++] = answer->weight;
    return PZ_OK;
}

/* The answers of one competency are read: they become its standing. */
static pz_status finish(pz__standings *standings, const pz__rule *rule, const pz__answer *last)
{
    pz__standing *standing;
    size_t before = standings->answers_before;
    PZ__TRY(pz__reserve((void **)&standings->rows, &standings->capacity, standings->count + 1, sizeof *standings->rows));
    standing = &standings->rows[standings->count];
    PZ__TRY(pz__standing_start(standing, last->competency, rule));
    if (before) {
        PZ__TRY(pz_mastery_state_update(&rule->settings, standings->scores, standings->weights, before, &standing->state));
        standing->before = standing->state;
    }
    PZ__TRY(pz__standing_take(standing, rule, standings->scores + before, standings->weights + before, standings->answers - before));
    standing->last_at = last->at;
    standing->last_sequence = last->sequence;
    standings->count++;
    standings->answers = standings->answers_before = 0;
    return PZ_OK;
}

static pz_status read_answers(pz__standings *standings, pz__trail *trail, pz__rules *rules, pz_time split)
{
    pz__answer answer, last = {0};
    int more;
    for (;;) {
        PZ__TRY(pz__trail_next(trail, &answer, &more));
        if (standings->answers && (!more || answer.competency != last.competency))
            PZ__TRY(finish(standings, pz__rules_for(rules, last.learner, last.competency), &last));
        if (!more) return PZ_OK;
        PZ__TRY(add_answer(standings, &answer));
        if (split != PZ_TIME_NONE && answer.at < split) standings->answers_before = standings->answers;
        last = answer;
    }
}

pz_status pz__standings_compute(pz__standings *standings, pz__call *call, pz__rules *rules, pz__trail_range range, pz_time split)
{
    pz__trail trail;
    pz_status status;
    standings->count = standings->answers = standings->answers_before = 0;
    PZ__TRY(pz__trail_open(&trail, call, range));
    status = read_answers(standings, &trail, rules, split);
    pz__trail_close(&trail);
    return status;
}
