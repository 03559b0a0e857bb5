/* FSRS-6. The formulas are those of the algorithm's published description; w[i] is weight i. */
#include "mastery/review.h"

#include <math.h>

#include "base/fail.h"
#include "base/numeric.h"
#include "mastery/model.h"

static const double defaults[PZ_REVIEW_WEIGHTS] = {0.212,  1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001,  1.8722, 0.1666, 0.796,
                                                   1.4835, 0.0614, 0.2629, 1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542};

static const double stability_least = 0.001, stability_most = 36500;

double pz_review_weight(int32_t index)
{
    return index >= 0 && index < PZ_REVIEW_WEIGHTS ? defaults[index] : PZ_REAL_NONE;
}

int32_t pz_review_rating_of(double score)
{
    if (!(score >= 0 && score <= 1)) return 0;
    if (score < 0.6) return PZ_REVIEW_AGAIN;
    return score < 0.8 ? PZ_REVIEW_HARD : PZ_REVIEW_GOOD;
}

/* ------------------------------------------------------------------------------------------------ formulas --- */

static double first_difficulty(const double *w, int rating)
{
    return w[4] - pz__exp(w[5] * (rating - 1)) + 1;
}

/* A step by rating, smaller the nearer to 10, then a little back toward that of an easy start. */
static double next_difficulty(const double *w, double difficulty, int rating)
{
    double moved = difficulty - w[6] * (rating - 3) * (10 - difficulty) / 9;
    return fmax(1, fmin(10, w[7] * first_difficulty(w, PZ_REVIEW_EASY) + (1 - w[7]) * moved));
}

static double decay_factor(const double *w)
{
    return pz__pow(0.9, -1 / w[20]) - 1;
}

static double recall(const double *w, double stability, double days)
{
    return pz__pow(1 + decay_factor(w) * days / stability, -w[20]);
}

static double after_success(const double *w, const pz_review_state *s, double recalled, int rating)
{
    double gain = pz__exp(w[8]) * (11 - s->difficulty) * pz__pow(s->stability, -w[9]) * pz__expm1(w[10] * (1 - recalled));
    return s->stability * (1 + gain * (rating == PZ_REVIEW_HARD ? w[15] : 1) * (rating == PZ_REVIEW_EASY ? w[16] : 1));
}

static double after_failure(const double *w, const pz_review_state *s, double recalled)
{
    double left = w[11] * pz__pow(s->difficulty, -w[12]) * (pz__pow(s->stability + 1, w[13]) - 1) * pz__exp(w[14] * (1 - recalled));
    return fmin(left, s->stability / pz__exp(w[17] * w[18]));
}

static double same_day(const double *w, double stability, int rating)
{
    double change = pz__exp(w[17] * (rating - 3 + w[18])) * pz__pow(stability, -w[19]);
    return stability * (rating >= PZ_REVIEW_HARD ? fmax(1, change) : change);
}

/* -------------------------------------------------------------------------------------------------- calls --- */

static pz_status take_weights(const double *weights, size_t length, const double **out)
{
    *out = weights ? weights : defaults;
    if (length != (weights ? PZ_REVIEW_WEIGHTS : 0))
        return pz__fail(PZ_E_INVALID, "weights_len", NULL, "There must be %d weights, or none.", PZ_REVIEW_WEIGHTS);
    for (int i = 0; i < PZ_REVIEW_WEIGHTS; i++)
        if (!(fabs((*out)[i]) <= 100)) return pz__fail(PZ_E_INVALID, "weights", NULL, "Weight %d must be from -100 to 100.", i);
    for (int i = 0; i < 4; i++)
        if (!((*out)[i] > 0)) return pz__fail(PZ_E_INVALID, "weights", NULL, "Weight %d, a first stability, must be above 0.", i);
    if (!((*out)[20] >= 0.01)) return pz__fail(PZ_E_INVALID, "weights", NULL, "Weight 20, the decay, must be at least 0.01.");
    return PZ_OK;
}

static pz_status take_state(const pz_review_state *given, pz_review_state *out)
{
    PZ__TRY(pz__record_take(&pz__review_state_type, given, sizeof *given, out));
    if (out->reviews < 0 || out->lapses < 0 || (out->reviews && !(out->stability > 0 && out->difficulty >= 1 && out->difficulty <= 10)))
        return pz__fail(PZ_E_INVALID, "state", "Start again from the reviews.", "No reviews lead to this state.");
    return PZ_OK;
}

pz_status pz_review_update(const double *weights, size_t weights_len, pz_review_rating rating, double days, pz_review_state *state)
{
    const double *w;
    pz_review_state s;
    PZ__TRY(take_weights(weights, weights_len, &w));
    PZ__TRY(take_state(state, &s));
    if (rating < PZ_REVIEW_AGAIN || rating > PZ_REVIEW_EASY)
        return pz__fail(PZ_E_INVALID, "rating", NULL, "The rating is %d; it must be from 1 to 4.", (int)rating);
    if (s.reviews == INT32_MAX) return pz__fail(PZ_E_LIMIT, "state", NULL, "A state takes in at most %d reviews.", INT32_MAX);
    if (s.reviews == 0) {
        s.stability = w[rating - 1];
        s.difficulty = fmax(1, fmin(10, first_difficulty(w, (int)rating)));
    } else {
        if (!(days >= 0 && days < 1e6)) return pz__fail(PZ_E_INVALID, "days", NULL, "days must be 0 or more.");
        if (days < 1)
            s.stability = same_day(w, s.stability, (int)rating);
        else if (rating == PZ_REVIEW_AGAIN)
            s.stability = after_failure(w, &s, recall(w, s.stability, days));
        else
            s.stability = after_success(w, &s, recall(w, s.stability, days), (int)rating);
        s.difficulty = next_difficulty(w, s.difficulty, (int)rating);
        s.lapses += rating == PZ_REVIEW_AGAIN;
    }
    s.stability = fmax(stability_least, fmin(stability_most, s.stability));
    s.reviews++;
    pz__out_give(&pz__review_state_type, &s, state);
    return PZ_OK;
}

static pz_status take_met(const double *weights, size_t weights_len, const pz_review_state *given, const double **w, pz_review_state *s)
{
    PZ__TRY(take_weights(weights, weights_len, w));
    PZ__TRY(take_state(given, s));
    return s->reviews ? PZ_OK : pz__fail(PZ_E_NOT_ENOUGH, "state", "Take in the first review.", "What was never met cannot be recalled.");
}

pz_status pz_review_recall(const double *weights, size_t weights_len, const pz_review_state *state, double days, double *out_recall)
{
    const double *w;
    pz_review_state s;
    if (!out_recall) return pz__fail_null("out_recall");
    *out_recall = 0;
    PZ__TRY(take_met(weights, weights_len, state, &w, &s));
    if (!(days >= 0 && days < 1e6)) return pz__fail(PZ_E_INVALID, "days", NULL, "days must be 0 or more.");
    *out_recall = recall(w, s.stability, days);
    return PZ_OK;
}

pz_status pz_review_due(const double *weights, size_t weights_len, const pz_review_state *state, double retention, int32_t most,
                        int32_t *out_days)
{
    const double *w;
    pz_review_state s;
    double days;
    if (!out_days) return pz__fail_null("out_days");
    *out_days = 0;
    PZ__TRY(take_met(weights, weights_len, state, &w, &s));
    if (!(retention > 0 && retention <= 1)) return pz__fail(PZ_E_INVALID, "retention", NULL, "retention must be above 0 and at most 1.");
    if (most < 1 || most > 10000000) return pz__fail(PZ_E_INVALID, "most", NULL, "most must be from 1 to 10,000,000.");
    days = floor(s.stability / decay_factor(w) * (pz__pow(retention, -1 / w[20]) - 1) + 0.5);
    *out_days = days < 1 ? 1 : (days > most ? most : (int32_t)days);
    return PZ_OK;
}
