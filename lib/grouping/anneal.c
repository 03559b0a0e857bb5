#include "grouping/anneal.h"

#include <math.h>
#include <string.h>

#include "base/fail.h"
#include "base/memory.h"
#include "base/numeric.h"
#include "grouping/distance.h"
#include "grouping/extremes.h"
#include "grouping/tiles.h"

/* Tries in a round, for each unit; rounds of a cooling, by the number of units. */
enum { TRIES = 100, CHANCES = 4096, PROBE_ROUNDS = 40, LONGEST = 60, FEW = 200 };

/* A round of very many learners takes seconds, so that the caller is asked within it too. */
enum { TRIES_BETWEEN_CALLS = 500000 };

/* At a temperature of 0: of so many units one still changes in a round that is not the last. */
enum { COLD_SHARE = 200 };

/* Rounds of the first cooling of many, each twice as long as the one before. */
enum { SHORTEST = 50 };

/* Up to so many units, and wherever there are needs, kicks and local search do as well as annealing or better. */
enum { SMALL_CLASS = 60 };

/* What a probe cools down to, as a share of the usual change by a swap. */
static const double probe_last = 0.002;

typedef struct anneal {
    pz__state *s;
    int is_of_pairs;    /* no criterion is about anything else */
    pz__scan scan;      /* then, where there is a matrix */
    pz__tiles *tiles;   /* and where there is none; NULL */
    int may_move;       /* sizes leave room for moves beside swaps */
    double first, last; /* temperatures */
    int64_t rounds, done;
    float chances[CHANCES]; /* what an unfavourable change may cost, in units of the temperature: -log of equally spaced chances */
} anneal;

int pz__anneal_is_of_pairs(const pz__state *s)
{
    for (int32_t k = 0; k < s->data->criterion_count; k++)
        if (!pz__is_of_pairs(&s->data->criteria[k])) return 0;
    return 1;
}

int pz__anneal_suits(const pz__state *s)
{
    if (s->units->count < 2 || s->measure.groups < 2) return 0;
    return pz__anneal_is_of_pairs(s) || (s->data->needs_at < 0 && s->units->count > SMALL_CLASS);
}

static uint32_t scale_to(uint32_t random, uint32_t bound)
{
    return (uint32_t)((uint64_t)random * bound >> 32);
}

static double done_of(const anneal *a)
{
    return (double)a->done / (double)a->rounds;
}

/* One round at one temperature, for criteria of any kind; the number of changes made. */
static int64_t run_any(anneal *a, double temperature, pz__watch *watch)
{
    pz__state *s = a->s;
    uint32_t units = (uint32_t)s->units->count, groups = (uint32_t)s->measure.groups;
    int64_t tries = (int64_t)TRIES * s->units->count, made = 0;
    for (int64_t i = 0; i < tries; i++) {
        if (i % TRIES_BETWEEN_CALLS == TRIES_BETWEEN_CALLS - 1 && pz__watch_stops(watch, done_of(a))) break;
        uint64_t bits = pz__random_next(s->random);
        int32_t u = (int32_t)scale_to((uint32_t)(bits >> 32), units);
        double limit = temperature * (double)a->chances[bits & (CHANCES - 1)];
        if (a->may_move && (bits >> 12 & 3) == 0) {
            int32_t to = (int32_t)scale_to((uint32_t)bits, groups);
            if (!pz__state_may_move(s, u, to) || pz__state_by_move(s, u, to) > limit) continue;
            pz__state_move(s, u, to);
        } else {
            int32_t v = (int32_t)scale_to((uint32_t)bits, units);
            if (!pz__state_may_swap(s, u, v) || pz__state_by_swap(s, u, v) > limit) continue;
            pz__state_swap(s, u, v);
        }
        made++;
    }
    return made;
}

/* The same for criteria about pairs alone: as many tries, each unit in turn with all partners. */
static int64_t run_scan(anneal *a, double temperature, pz__watch *watch)
{
    int64_t before = a->scan.made;
    uint32_t units = (uint32_t)a->s->units->count;
    pz__scan_heat(&a->scan, temperature);
    for (int i = 0; i < TRIES; i++) {
        pz__scan_unit(&a->scan, (int32_t)scale_to((uint32_t)(pz__random_next(a->s->random) >> 32), units));
        if ((int64_t)units * TRIES > TRIES_BETWEEN_CALLS && i % 10 == 9 && pz__watch_stops(watch, done_of(a))) break;
    }
    return a->scan.made - before;
}

/* And without a matrix: all swaps between two groups, as often as comes to that many. */
static int64_t run_tiles(anneal *a, double temperature, pz__watch *watch)
{
    pz__tiles *t = a->tiles;
    uint32_t groups = (uint32_t)a->s->measure.groups;
    int64_t before = t->made, end_at = t->tries + (int64_t)TRIES * a->s->units->count, call_at = t->tries + TRIES_BETWEEN_CALLS;
    pz__tiles_heat(t, temperature);
    while (t->tries < end_at) {
        int32_t g = (int32_t)pz__random_below(a->s->random, groups), h = (int32_t)pz__random_below(a->s->random, groups - 1);
        pz__tiles_try(t, g, h + (h >= g));
        if (t->tries < call_at) continue;
        call_at = t->tries + TRIES_BETWEEN_CALLS;
        if (pz__watch_stops(watch, done_of(a))) break;
    }
    return t->made - before;
}

/* The mean size of the change by a swap. */
static double usual_change(pz__state *s)
{
    double sum = 0;
    int32_t counted = 0;
    for (int i = 0; i < 1000; i++) {
        int32_t u = (int32_t)pz__random_below(s->random, (uint32_t)s->units->count),
                v = (int32_t)pz__random_below(s->random, (uint32_t)s->units->count);
        if (s->group_of[u] == s->group_of[v]) continue;
        double change = pz__anneal_is_of_pairs(s) ? (double)pz__pairs_change(&s->pairs, s->group_of[u], s->group_of[v], u, &v, 1)
                                                  : pz__state_by_swap(s, u, v);
        sum += fabs(change);
        counted++;
    }
    return counted ? sum / counted : 0;
}

static int64_t run(anneal *a, double temperature, pz__watch *watch)
{
    return (!a->is_of_pairs ? run_any : a->tiles ? run_tiles : run_scan)(a, temperature, watch);
}

static pz_status prepare(anneal *a, pz__state *s)
{
    memset(a, 0, sizeof *a);
    a->s = s;
    a->is_of_pairs = pz__anneal_is_of_pairs(s);
    a->may_move = s->sizes_vary;
    for (int i = 0; i < CHANCES; i++) a->chances[i] = (float)-pz__log((i + 0.5) / CHANCES);
    if (!a->is_of_pairs) return PZ_OK;
    return s->pairs.has_matrix ? pz__scan_make(s, &a->scan) : pz__tiles_make(s, &a->tiles);
}

/* Where to begin and end: problems differ in the temperatures at which they freeze, so a quick cooling looks for those at which few changes are
 * made still, and at which hardly any is. */
static void probe(anneal *a, int64_t rounds, double usual, pz__watch *watch)
{
    const double few = a->is_of_pairs ? 0.02 : 0.015,
                 hardly_any = a->is_of_pairs ? 0.0003 : 0.0002; /* shares of the tries; found best of several on MDGPLIB */
    double temperature = usual, factor = pz__exp(pz__log(probe_last) / (double)rounds);
    a->first = a->last = 0;
    for (int64_t i = 0; i < rounds && !pz__watch_stops(watch, 0); i++, temperature *= factor) {
        double share = (double)run(a, temperature, watch) / ((double)TRIES * a->s->units->count);
        if (a->first == 0 && share < few) a->first = temperature;
        if (share < hardly_any) break;
    }
    a->last = temperature;
    if (a->first == 0) a->first = temperature;
}

static pz_status cool_down(anneal *a, int64_t rounds, pz__watch *watch)
{
    double temperature = a->first, factor = a->first > 0 ? pz__exp(pz__log(a->last / a->first) / (double)(rounds > 1 ? rounds - 1 : 1)) : 1;
    for (int64_t i = 0; i < rounds; i++, temperature *= factor) {
        if (pz__watch_stops(watch, done_of(a))) break;
        run(a, temperature, watch);
        a->done++;
    }
    PZ__TRY(pz__watch_status(watch));
    if (a->tiles)
        pz__tiles_descend(a->tiles, watch, done_of(a));
    else if (a->is_of_pairs)
        pz__scan_descend(&a->scan, watch, done_of(a));
    return PZ_OK;
}

/* Longer than this a cooling gains less than another one from the start; of many units in a short search only, a long one is shared out between longer coolings and
 * more of them. */
static int64_t longest_of(const anneal *a)
{
    int64_t units = a->s->units->count, longest = units <= 10 ? 100 : units <= LONGEST ? units * units : units * LONGEST;
    if (a->rounds <= longest || units <= FEW) return longest;
    return (int64_t)sqrt((double)longest * (double)a->rounds);
}

/* The rounds are shared out evenly among as many coolings as they make. Where the caller may stop at any time, a cooling that is cut is worth little:
 * coolings begin short and grow, so that at all times one has ended that took a good part of the time so far. */
static int64_t next_length(const anneal *a, int64_t cooling, int may_be_cut)
{
    int64_t longest = longest_of(a), left = a->rounds - a->done, coolings = (left + longest / 2) / longest;
    if (may_be_cut && cooling < 30 && (int64_t)SHORTEST << cooling < longest) longest = (int64_t)SHORTEST << cooling;
    if (may_be_cut) return left < 2 * longest ? left : longest;
    return left / (coolings > 1 ? coolings : 1);
}

/* Sizes that one cooling is stuck with are left for others: those with the most pairs every second time, and by chance in between. */
static pz_status change_sizes(anneal *a, int64_t cooling)
{
    pz__state *s = a->s;
    uint32_t units = (uint32_t)s->units->count, groups = (uint32_t)s->measure.groups;
    if (!a->is_of_pairs || a->tiles || !a->may_move) return PZ_OK;
    if (cooling % 2 == 0) PZ__TRY(pz__extremes_take(s));
    for (uint32_t i = 0; cooling % 2 == 1 && i < units; i++) {
        int32_t unit = (int32_t)pz__random_below(s->random, units), to = (int32_t)pz__random_below(s->random, groups);
        if (pz__state_may_move(s, unit, to)) pz__state_move(s, unit, to);
    }
    pz__scan_reset(&a->scan);
    return PZ_OK;
}

static void take_if_better(const anneal *a, double *least, int32_t *best)
{
    double now = pz__state_value(a->s);
    if (now >= *least) return;
    *least = now;
    memcpy(best, a->s->group_of, (size_t)a->s->units->count * sizeof *best);
}

/* The best of several coolings. Without a matrix there are so many learners that a first cooling may be cut, so that some rounds of what betters the division come before
 * it. */
static pz_status cool_often(anneal *a, pz__watch *watch, int32_t *best)
{
    pz__state *s = a->s;
    int may_be_cut = watch->progress && watch->keep_best;
    double least = INFINITY;
    while (a->tiles && may_be_cut && run(a, 0, watch) > s->units->count / COLD_SHARE && !watch->stopped) continue;
    if (a->tiles && may_be_cut) take_if_better(a, &least, best);
    if (watch->stopped) return PZ_OK;
    probe(a, a->rounds < 10 * PROBE_ROUNDS ? a->rounds / 10 + 4 : PROBE_ROUNDS, usual_change(s), watch);
    for (int64_t i = 0; i == 0 || (a->done < a->rounds && !watch->stopped); i++) {
        if (i > 0) PZ__TRY(change_sizes(a, i));
        PZ__TRY(cool_down(a, next_length(a, i, may_be_cut), watch));
        take_if_better(a, &least, best);
    }
    return PZ_OK;
}

pz_status pz__anneal(pz__state *s, int64_t rounds, pz__watch *watch)
{
    anneal *a = pz__alloc(sizeof *a);
    int32_t *best = pz__alloc((size_t)s->units->count * sizeof *best);
    pz_status status = a && best ? prepare(a, s) : pz__fail_memory();
    if (status == PZ_OK) {
        a->rounds = rounds;
        status = cool_often(a, watch, best);
        pz__scan_free(&a->scan);
        pz__tiles_free(a->tiles);
    }
    if (status == PZ_OK) pz__state_set(s, best);
    pz__release(a);
    pz__release(best);
    return status;
}
