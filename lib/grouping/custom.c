/* A search by the caller's own cost. */
#include <math.h>
#include <string.h>

#include "base/fail.h"
#include "grouping/conflict.h"
#include "grouping/place.h"
#include "grouping/result.h"
#include "grouping/search.h"
#include "grouping/state.h"
#include "grouping/strategy.h"

enum { KICKS = 3, VAIN_MAX = 10, PROGRESS_EVERY = 64 };

typedef struct custom {
    pz_grouping_cost_fn cost;
    void *cost_data;
    pz_grouping_change_fn change;
    void *change_data;
    pz_progress_fn progress;
    void *user_data;
    int64_t calls, calls_max;
    size_t learners;
    pz__state state;
    int32_t *of_learner;
    int32_t *order; /* of units */
    double now;     /* cost of the division as it is */
} custom;

/* One more call of the caller's functions is about to be made. */
static pz_status count_call(custom *c)
{
    if (c->progress && c->calls % PROGRESS_EVERY == 0) {
        double done = (double)c->calls / (double)c->calls_max;
        if (c->progress(done > 1 ? 1 : done, c->user_data) != PZ_OK)
            return pz__fail(PZ_E_CANCELLED, "progress", NULL, "The search was cancelled.");
    }
    c->calls++;
    return PZ_OK;
}

static pz_status check_answer(const custom *c, const char *what, pz_status status, double value)
{
    if (status != PZ_OK) return pz__fail(PZ_E_CALLBACK, what, NULL, "The function asked to stop at call %lld.", (long long)c->calls);
    if (isfinite(value)) return PZ_OK;
    return pz__fail(PZ_E_INVALID, what, "Give a finite number for every division.", "The function gave %s at call %lld.",
                    isnan(value) ? "NaN" : "an infinite number", (long long)c->calls);
}

static pz_status whole_cost(custom *c, double *out_cost)
{
    double cost = PZ_REAL_NONE;
    PZ__TRY(count_call(c));
    pz_status status = c->cost(c->of_learner, c->learners, &cost, c->cost_data);
    PZ__TRY(check_answer(c, "cost", status, cost));
    *out_cost = cost;
    return PZ_OK;
}

/* ----------------------------------------------------------------------------------------------------- steps --- */

static void set_unit(custom *c, int32_t unit, int32_t group)
{
    const pz__unit *u = &c->state.units->units[unit];
    for (int32_t i = 0; i < u->size; i++) c->of_learner[c->state.units->members[u->first_member + i]] = group;
}

/* Where a unit goes to another group, and where another one goes the other way (-1: none). */
typedef struct step {
    int32_t unit, from, to, other;
} step;

static void apply(custom *c, const step *s)
{
    if (s->other < 0)
        pz__state_move(&c->state, s->unit, s->to);
    else
        pz__state_swap(&c->state, s->unit, s->other);
    set_unit(c, s->unit, s->to);
    if (s->other >= 0) set_unit(c, s->other, s->from);
}

static int is_single(const custom *c, int32_t unit)
{
    return unit < 0 || c->state.units->units[unit].size == 1;
}

static int32_t learner_of(const custom *c, int32_t unit)
{
    return unit < 0 ? -1 : c->state.units->members[c->state.units->units[unit].first_member];
}

static pz_status cost_after(custom *c, const step *s, double *out_cost)
{
    if (c->change && is_single(c, s->unit) && is_single(c, s->other)) {
        double by = PZ_REAL_NONE;
        PZ__TRY(count_call(c));
        pz_status status =
            c->change(c->of_learner, c->learners, learner_of(c, s->unit), s->to, learner_of(c, s->other), &by, c->change_data);
        PZ__TRY(check_answer(c, "change", status, by));
        *out_cost = c->now + by;
        return PZ_OK;
    }
    set_unit(c, s->unit, s->to);
    if (s->other >= 0) set_unit(c, s->other, s->from);
    pz_status status = whole_cost(c, out_cost);
    set_unit(c, s->unit, s->from);
    if (s->other >= 0) set_unit(c, s->other, s->to);
    return status;
}

static double noise_of(const custom *c)
{
    return 1e-12 * (1 + fabs(c->now));
}

/* Takes the step if it lowers the cost. */
static pz_status try_step(custom *c, const step *s, int *out_better)
{
    double cost;
    PZ__TRY(cost_after(c, s, &cost));
    if (!(cost < c->now - noise_of(c))) return PZ_OK;
    apply(c, s);
    c->now = cost;
    *out_better = 1;
    return PZ_OK;
}

/* Everything that one unit can do. */
static pz_status try_unit(custom *c, int32_t unit, int *out_better)
{
    for (int32_t g = 0; g < c->state.measure.groups && c->calls < c->calls_max; g++) {
        if (!pz__state_may_move(&c->state, unit, g)) continue;
        step s = {unit, c->state.group_of[unit], g, -1};
        PZ__TRY(try_step(c, &s, out_better));
    }
    for (int32_t i = 0; i < c->state.units->count && c->calls < c->calls_max; i++) {
        int32_t other = c->order[i];
        if (other == unit || !pz__state_may_swap(&c->state, unit, other)) continue;
        step s = {unit, c->state.group_of[unit], c->state.group_of[other], other};
        PZ__TRY(try_step(c, &s, out_better));
    }
    return PZ_OK;
}

static pz_status descend(custom *c)
{
    for (int better = 1; better && c->calls < c->calls_max;) {
        better = 0;
        pz__random_shuffle(c->state.random, c->order, (size_t)c->state.units->count);
        for (int32_t i = 0; i < c->state.units->count && c->calls < c->calls_max; i++) {
            int32_t unit = c->order[i];
            if (c->state.units->units[unit].locked < 0) PZ__TRY(try_unit(c, unit, &better));
        }
    }
    return PZ_OK;
}

static void kick(custom *c)
{
    uint32_t count = (uint32_t)c->state.units->count;
    for (int done = 0, tries = 0; done < KICKS && tries < 200; tries++) {
        int32_t unit = (int32_t)pz__random_below(c->state.random, count), other = (int32_t)pz__random_below(c->state.random, count);
        int32_t to = (int32_t)pz__random_below(c->state.random, (uint32_t)c->state.measure.groups);
        step s = {unit, c->state.group_of[unit], to, -1};
        if (tries % 4 == 0 ? !pz__state_may_move(&c->state, unit, to) : !pz__state_may_swap(&c->state, unit, other)) continue;
        if (tries % 4) s.to = c->state.group_of[other], s.other = other;
        apply(c, &s);
        done++;
    }
}

static void go_back(custom *c, const int32_t *best)
{
    pz__state_set(&c->state, best);
    pz__spread(c->state.units, c->learners, best, c->of_learner);
}

/* The sum of changes must be what the cost says, or the search went astray. */
static pz_status verify(custom *c, double least)
{
    double cost;
    if (!c->change) return PZ_OK;
    PZ__TRY(whole_cost(c, &cost));
    if (fabs(cost - least) <= 1e-6 * (1 + fabs(cost) + fabs(least))) return PZ_OK;
    return pz__fail(PZ_E_INVALID, "change", "Give the cost after the change less the cost before.",
                    "The changes add up to a cost of %.17g, and the function of the cost says %.17g.", least, cost);
}

static pz_status search(custom *c, int32_t *best)
{
    size_t bytes = (size_t)c->state.units->count * sizeof *best;
    PZ__TRY(whole_cost(c, &c->now));
    PZ__TRY(descend(c));
    double least = c->now;
    memcpy(best, c->state.group_of, bytes);
    for (int vain = 0; vain < VAIN_MAX && c->calls < c->calls_max; vain++) {
        kick(c);
        PZ__TRY(whole_cost(c, &c->now));
        PZ__TRY(descend(c));
        if (c->now < least - noise_of(c)) {
            least = c->now;
            memcpy(best, c->state.group_of, bytes);
            vain = -1;
        }
        go_back(c, best);
        c->now = least;
    }
    go_back(c, best);
    return verify(c, least);
}

/* ----------------------------------------------------------------------------------------------------- start --- */

static int64_t calls_for(size_t learners)
{
    int64_t calls = 100 * (int64_t)learners;
    return calls < 2000 ? 2000 : calls > 50000 ? 50000 : calls;
}

static pz_status run(custom *c, const pz__grouping_data *data, const pz__units *units, const pz_grouping_options *options,
                     pz_grouping_result **out_result)
{
    pz__random random;
    pz__placed placed;
    int32_t groups, *best = pz__alloc(((size_t)units->count + 1) * sizeof *best);
    pz__random_seed(&random, options->seed);
    c->of_learner = pz__alloc(data->learners * sizeof *c->of_learner);
    c->order = pz__alloc(((size_t)units->count + 1) * sizeof *c->order);
    pz_status status = best && c->of_learner && c->order ? PZ_OK : pz__fail_memory();
    if (status == PZ_OK) status = pz__place_any(data, units, &random, best, &groups, &placed);
    if (status == PZ_OK && placed != PZ__PLACED) status = pz__conflict_fail(data, units, placed);
    if (status == PZ_OK) status = pz__state_make(data, units, groups, best, &random, &c->state);
    if (status == PZ_OK) {
        pz__spread(units, data->learners, best, c->of_learner);
        for (int32_t u = 0; u < units->count; u++) c->order[u] = u;
        status = search(c, best);
        pz__state_free(&c->state);
    }
    if (status == PZ_OK) status = pz__result_make(data, c->of_learner, groups, options->seed, c->calls, out_result);
    pz__release(best);
    pz__release(c->of_learner);
    pz__release(c->order);
    return status;
}

pz_status pz_grouping_search(const pz_grouping_problem *problem, pz_grouping_cost_fn cost, void *cost_data, pz_grouping_change_fn change,
                             void *change_data, const pz_grouping_options *options, pz_progress_fn progress, void *user_data,
                             pz_grouping_result **out_result)
{
    if (!out_result) return pz__fail_null("out_result");
    *out_result = NULL;
    if (!problem) return pz__fail_closed("problem");
    if (!cost) return pz__fail_null("cost");
    pz_grouping_options taken;
    PZ__TRY(pz__strategy_options(options, &taken));
    pz__units units;
    pz__grouping_data *data = pz__grouping_data_retain(problem->data); /* a function may add to the problem, or release it */
    custom c = {.cost = cost,
                .cost_data = cost_data,
                .change = change,
                .change_data = change_data,
                .progress = progress,
                .user_data = user_data,
                .learners = data->learners};
    c.calls_max = taken.iterations ? taken.iterations : calls_for(data->learners);
    pz_status status = pz__units_make(data, NULL, &units);
    if (status == PZ_OK) {
        if (units.learners == 0)
            status = pz__fail(PZ_E_NOT_ENOUGH, "learners", NULL, "All %zu learners are absent.", data->learners);
        else
            status = run(&c, data, &units, &taken, out_result);
        pz__units_free(&units);
    }
    pz__grouping_data_release(data);
    return status;
}
