/* Looking for settings: one after the other at a larger and a smaller value, judged by learners whom the model has not met. */
#include <math.h>
#include <string.h>

#include "base/fail.h"
#include "base/memory.h"
#include "base/numeric.h"
#include "mastery/columns.h"
#include "mastery/elo.h"
#include "mastery/model.h"

typedef struct search {
    const int64_t *learner, *skill, *item;
    const double *score;
    size_t rows, met; /* rows of the learners that the model meets first */
    int64_t *columns;
    double *scores, *probability;
} search;

/* Copies the rows of learners of the first four fifths before those of the last, in order. */
static pz_status divide(search *s)
{
    pz__numbering learners = {NULL, 0};
    int32_t *dense = pz__alloc_zero(s->rows, sizeof *dense), edge;
    pz_status status = dense ? pz__number(s->learner, s->rows, &learners, dense) : pz__fail_memory();
    if (status == PZ_OK && learners.count < 5)
        status = pz__fail(PZ_E_NOT_ENOUGH, "learner", NULL, "%d learners are too few to keep a fifth of them apart.", (int)learners.count);
    edge = learners.count - learners.count / 5;
    for (int part = 0; status == PZ_OK && part < 2; part++)
        for (size_t row = 0, to = part ? s->met : 0; row < s->rows; row++) {
            if ((dense[row] >= edge) != part) continue;
            s->columns[to] = s->learner[row];
            s->columns[s->rows + to] = s->skill[row];
            if (s->item) s->columns[2 * s->rows + to] = s->item[row];
            s->scores[to++] = s->score[row];
            if (!part) s->met = to;
        }
    pz__release(dense);
    pz__numbering_free(&learners);
    return status;
}

static pz_status judge(const search *s, const pz_elo_options *options, double *out)
{
    const int64_t *learner = s->columns, *skill = learner + s->rows, *item = s->item ? skill + s->rows : NULL;
    pz_elo_model *model;
    pz_status status = pz_elo_new(options, &model);
    if (status == PZ_OK) status = pz_elo_learn(model, learner, skill, item, s->scores, s->rows, 0, NULL, NULL, s->probability, s->rows);
    pz_elo_free(model);
    *out = 0;
    for (size_t row = s->met; status == PZ_OK && row < s->rows; row++) {
        double score = s->scores[row], p = fmax(1e-15, fmin(1 - 1e-15, s->probability[row]));
        *out += score * pz__log(p) + (1 - score) * pz__log(1 - p);
    }
    return status;
}

enum { SETTINGS = 8 };

static double *setting(pz_elo_options *options, int i)
{
    double *const all[SETTINGS] = {
        &options->learner_variance, &options->learner_skill_variance, &options->item_variance,       &options->skill_variance,
        &options->weight_variance,  &options->learner_drift,          &options->learner_skill_drift, &options->recent};
    return all[i];
}

static pz_status try_setting(const search *s, int i, double factor, pz_elo_options *best, double *most)
{
    pz_elo_options tried = *best, checked;
    double *value = setting(&tried, i), found;
    *value = *value > 0 ? *value * factor : (factor > 1 ? 0.001 : 0);
    if (pz__elo_options_take(&tried, &checked) != PZ_OK) return PZ_OK; /* beyond its range */
    PZ__TRY(judge(s, &tried, &found));
    if (found > *most) {
        *most = found;
        *best = tried;
    }
    return PZ_OK;
}

static pz_status climb(const search *s, int32_t rounds, pz_progress_fn progress, void *user_data, pz_elo_options *best)
{
    double most, step = 2;
    PZ__TRY(judge(s, best, &most));
    for (int32_t round = 0; round < rounds; round++) {
        for (int i = 0; i < SETTINGS; i++) {
            PZ__TRY(pz__progress(progress, (round + (double)i / SETTINGS) / rounds, user_data));
            PZ__TRY(try_setting(s, i, step, best, &most));
            PZ__TRY(try_setting(s, i, 1 / step, best, &most));
        }
        if (round % 3 == 2) step = sqrt(step);
    }
    return PZ_OK;
}

pz_status pz_elo_tune(const pz_elo_options *options, const int64_t *learner, const int64_t *skill, const int64_t *item, const double *score,
                      size_t rows, int32_t rounds, pz_progress_fn progress, void *user_data, pz_elo_options *out_options)
{
    search s = {learner, skill, item, score, rows, 0, NULL, NULL, NULL};
    pz_elo_options best;
    pz_status status;
    PZ__TRY(pz__out_start(&pz__elo_options_type, out_options));
    PZ__TRY(pz__elo_options_take(options, &best));
    PZ__TRY(pz__columns_check(learner, skill, score, rows));
    if (rounds < 1 || rounds > 100) return pz__fail(PZ_E_INVALID, "rounds", NULL, "rounds must be from 1 to 100.");
    s.columns = pz__alloc_zero(3 * rows, sizeof *s.columns);
    s.scores = pz__alloc_zero(rows, sizeof *s.scores);
    s.probability = pz__alloc_zero(rows, sizeof *s.probability);
    status = s.columns && s.scores && s.probability ? divide(&s) : pz__fail_memory();
    if (status == PZ_OK) status = climb(&s, rounds, progress, user_data, &best);
    pz__release(s.columns);
    pz__release(s.scores);
    pz__release(s.probability);
    if (status == PZ_OK) pz__out_give(&pz__elo_options_type, &best, out_options);
    return status;
}
