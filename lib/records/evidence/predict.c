#include "records/evidence/predict.h"

#include "base/fail.h"
#include "mastery/model.h"

/* Of the rules `spread` is 1 / effective number of answers: with it the mean of Beta(0.5 + n value, 0.5 + n (1 - value)). */
double pz__evidence_expected(const pz_mastery_settings *settings, const pz_mastery_state *state)
{
    if (settings->model == PZ_MODEL_BKT) return state->value * (1 - settings->slip) + state->spread * settings->guess;
    return state->count ? (0.5 * state->spread + state->value) / (state->spread + 1) : 0.5;
}

static pz_status predict(pz__trail *trail, const pz__rule *rule, int64_t first_sequence, double *predictions, size_t count)
{
    pz_mastery_state state = PZ_MASTERY_STATE_INIT;
    PZ__TRY(pz_mastery_state_start(&rule->settings, &state));
    for (;;) {
        pz__answer answer;
        int more;
        PZ__TRY(pz__trail_next(trail, &answer, &more));
        if (!more) return PZ_OK;
        if (answer.sequence >= first_sequence && (uint64_t)(answer.sequence - first_sequence) < count)
            predictions[answer.sequence - first_sequence] = pz__evidence_expected(&rule->settings, &state);
        PZ__TRY(pz_mastery_state_update(&rule->settings, &answer.score, &answer.weight, 1, &state));
    }
}

pz_status pz__evidence_predict(pz__call *call, const pz__rule *rule, pz_id learner, pz_id competency, int64_t first_sequence,
                               double *predictions, size_t count)
{
    pz__trail_range range = {learner, competency, competency, PZ_TIME_NONE, 0, 0};
    pz__trail trail;
    pz_status status;
    PZ__TRY(pz__trail_open(&trail, call, range));
    status = predict(&trail, rule, first_sequence, predictions, count);
    pz__trail_close(&trail);
    return status;
}
