/* How far each item must be held back so that none is seen too often: sittings are simulated, and items that come too often held back more
 * (Sympson and Hetter 1985). */
#include <math.h>
#include <string.h>

#include "base/fail.h"
#include "base/memory.h"
#include "base/random.h"
#include "mastery/adaptive.h"
#include "mastery/columns.h"
#include "mastery/irt.h"

enum { MEASURE = 4 };

typedef struct work {
    pz_adaptive_test *test;
    unsigned char *chosen; /* in this sitting, given or passed over */
    double *chosen_in;     /* sittings */
    double *given_in;
    double *mean; /* share of sittings that an item would come in, over the rounds */
    double most;
    int32_t sittings, rounds;
    pz_progress_fn progress;
    void *user_data;
} work;

static int32_t answer_of(const pz__irt_item *item, double ability, pz__random *random)
{
    double p[PZ__IRT_CATEGORIES], draw = pz__random_unit(random);
    int32_t answer = 0;
    pz__irt_curve(item, ability, p, NULL, NULL);
    while (answer + 1 < item->categories && draw >= p[answer]) draw -= p[answer++];
    return answer;
}

static void sit(work *w, uint64_t seed)
{
    pz_adaptive_test *test = w->test;
    pz_adaptive_choice choice;
    pz__random random;
    double ability;
    pz__random_stream(&random, seed, UINT64_MAX - 1);
    ability = test->model->fit.mean + sqrt(test->model->fit.variance) * pz__random_normal(&random);
    pz__adaptive_begin(test, seed);
    memset(w->chosen, 0, test->model->count);
    for (pz__adaptive_choose(test, w->chosen, &choice); choice.item >= 0; pz__adaptive_choose(test, w->chosen, &choice)) {
        w->chosen[choice.item] = 1;
        pz__adaptive_take(test, choice.item, answer_of(&test->model->items[choice.item], ability, &random));
    }
    for (size_t i = 0; i < test->model->count; i++) {
        w->chosen_in[i] += w->chosen[i];
        w->given_in[i] += test->given[i];
    }
}

/* Sittings of a round, each round with learners of its own. The last one, which only measures, has MEASURE times as many. */
static pz_status sit_round(work *w, int32_t round)
{
    int32_t sittings = round < w->rounds ? w->sittings : MEASURE * w->sittings;
    uint64_t seed = w->test->options.seed;
    memset(w->chosen_in, 0, 2 * w->test->model->count * sizeof *w->chosen_in);
    for (int32_t s = 0; s < sittings; s++) {
        double rounds_done = round < w->rounds ? round + (double)s / sittings : w->rounds + (double)MEASURE * s / sittings;
        if (s % 32 == 0) PZ__TRY(pz__progress(w->progress, rounds_done / (w->rounds + (double)MEASURE), w->user_data));
        sit(w, seed ^ (((uint64_t)round << 32) + (uint64_t)s + 1) * UINT64_C(0x9E3779B97F4A7C15));
    }
    return PZ_OK;
}

/* The first rounds find their way; from then on what an item would come in is averaged over rounds, since the chance in a single one would be taken for the item's
 * own. What chance is left in the average is kept away from the limit, two standard errors of it. */
static pz_status search(work *w)
{
    size_t count = w->test->model->count;
    int32_t settled = 2 * w->rounds / 3;
    double aim = w->most - 2 * sqrt(w->most * (1 - w->most) / ((double)w->sittings * (w->rounds - settled)));
    aim = fmax(aim, 0.5 * w->most);
    for (size_t i = 0; i < count; i++) w->test->exposure[i] = 1;
    for (int32_t round = 0; round < w->rounds; round++) {
        double gain = 1 / (1.0 + (round > settled ? round - settled : 0));
        PZ__TRY(sit_round(w, round));
        for (size_t i = 0; i < count; i++) {
            w->mean[i] += gain * (w->chosen_in[i] / w->sittings - w->mean[i]);
            w->test->exposure[i] = w->mean[i] > aim ? aim / w->mean[i] : 1;
        }
    }
    return sit_round(w, w->rounds);
}

static pz_status check(double most, int32_t sittings, int32_t rounds, size_t count, size_t exposure_len, size_t rate_len)
{
    if (!(most > 0 && most <= 1)) return pz__fail(PZ_E_INVALID, "most", NULL, "most must be above 0, up to 1.");
    if (sittings < 10 || sittings > 1000000) return pz__fail(PZ_E_INVALID, "sittings", NULL, "sittings must be from 10 to 1,000,000.");
    if (rounds < 1 || rounds > 100) return pz__fail(PZ_E_INVALID, "rounds", NULL, "rounds must be from 1 to 100.");
    if (exposure_len != count) return pz__fail(PZ_E_INVALID, "out_exposure_len", NULL, "The model has %zu items.", count);
    if (rate_len != count) return pz__fail(PZ_E_INVALID, "out_rate_len", NULL, "The model has %zu items.", count);
    return PZ_OK;
}

static pz_status run(work *w, double *out_exposure, double *out_rate)
{
    size_t count = w->test->model->count;
    pz_status status;
    w->test->exposure = pz__alloc_zero(count, sizeof *w->test->exposure);
    w->chosen_in = pz__alloc_zero(3 * count, sizeof *w->chosen_in);
    w->chosen = pz__alloc_zero(count, 1);
    if (!w->test->exposure || !w->chosen_in || !w->chosen) return pz__fail_memory();
    w->given_in = w->chosen_in + count;
    w->mean = w->given_in + count;
    status = search(w);
    for (size_t i = 0; status == PZ_OK && i < count; i++) {
        out_exposure[i] = w->test->exposure[i];
        out_rate[i] = w->given_in[i] / MEASURE / w->sittings;
    }
    return status;
}

pz_status pz_adaptive_exposure(const pz_irt_model *model, const pz_adaptive_options *options, const int32_t *content, size_t rows,
                               const double *share, size_t share_rows, double most, int32_t sittings, int32_t rounds,
                               pz_progress_fn progress, void *user_data, double *out_exposure, size_t out_exposure_len, double *out_rate,
                               size_t out_rate_len)
{
    work w = {.most = most, .sittings = sittings, .rounds = rounds, .progress = progress, .user_data = user_data};
    pz_status status;
    if (!out_exposure) return pz__fail_null("out_exposure");
    memset(out_exposure, 0, out_exposure_len * sizeof *out_exposure);
    if (!out_rate) return pz__fail_null("out_rate");
    memset(out_rate, 0, out_rate_len * sizeof *out_rate);
    if (!model) return pz__fail_closed("model");
    PZ__TRY(check(most, sittings, rounds, model->count, out_exposure_len, out_rate_len));
    PZ__TRY(pz_adaptive_new(model, options, content, rows, share, share_rows, NULL, 0, &w.test));
    status = run(&w, out_exposure, out_rate);
    pz_adaptive_free(w.test);
    pz__release(w.chosen_in);
    pz__release(w.chosen);
    return status;
}
