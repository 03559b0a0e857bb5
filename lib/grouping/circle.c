/* The method of differences (Bose 1939). Learners stand on `rings` circles of `period` places, and a few on fixed places. From one round the next is
 * made by moving everybody on the circles one place on. Two who meet are then replaced by the two one place on, so the meetings of all rounds are the shifts of
 * those of the first: no two meet twice in `period` rounds if in the first round no two meetings are shifts of each other. So one round is searched instead of
 * all, by swaps that lower the number of meetings that are shifts of others, at first sometimes raising it. */
#include "grouping/circle.h"

#include <string.h>

#include "base/fail.h"
#include "base/memory.h"
#include "base/numeric.h"

typedef struct circle {
    int32_t learners, period, rings, fixed;
    int32_t *seat;  /* learner in each seat; groups one after the other */
    int32_t *first; /* first seat of each group, and the end */
    int32_t *group; /* of each seat */
    int32_t *count; /* meetings by orbit */
    int64_t cost;   /* for every orbit, the meetings beyond one */
} circle;

/* The orbit of a meeting under shifts. Places are numbered ring by ring, fixed ones last. -1: two fixed ones, who would meet in every round. */
static int32_t orbit_of(const circle *c, int32_t a, int32_t b)
{
    int32_t ring_a = a / c->period, ring_b = b / c->period;
    if (ring_a >= c->rings && ring_b >= c->rings) return -1;
    if (a > b) {
        int32_t place = a;
        a = b;
        b = place;
        ring_a = a / c->period;
        ring_b = b / c->period;
    }
    int32_t by_ring = c->rings + c->fixed;
    if (ring_b >= c->rings) return (ring_a * by_ring + c->rings + (b - c->rings * c->period)) * c->period;
    int32_t way = (b - ring_b * c->period) - (a - ring_a * c->period);
    if (way < 0) way += c->period;
    if (ring_a == ring_b && way > c->period - way) way = c->period - way;
    return (ring_a * by_ring + ring_b) * c->period + way;
}

/* A way of half the circle comes back to itself after half the rounds, so one meeting of that kind is a repetition already. */
static int64_t spare_of(const circle *c, int32_t a, int32_t b)
{
    return a / c->period == b / c->period && a / c->period < c->rings && 2 * (a > b ? a - b : b - a) == c->period ? 0 : 1;
}

static void meet(circle *c, int32_t a, int32_t b, int32_t sign)
{
    int32_t orbit = orbit_of(c, a, b);
    if (orbit < 0) {
        c->cost += sign * 4;
        return;
    }
    int64_t spare = spare_of(c, a, b), before = c->count[orbit] - spare;
    c->count[orbit] += sign;
    int64_t after = c->count[orbit] - spare;
    c->cost += (after > 0 ? after * (after + 1) / 2 : 0) - (before > 0 ? before * (before + 1) / 2 : 0);
}

static void meet_group(circle *c, int32_t seat, int32_t sign)
{
    int32_t g = c->group[seat];
    for (int32_t i = c->first[g]; i < c->first[g + 1]; i++)
        if (i != seat) meet(c, c->seat[seat], c->seat[i], sign);
}

static void swap(circle *c, int32_t a, int32_t b)
{
    int32_t learner = c->seat[a];
    meet_group(c, a, -1);
    meet_group(c, b, -1);
    c->seat[a] = c->seat[b];
    c->seat[b] = learner;
    meet_group(c, a, 1);
    meet_group(c, b, 1);
}

static void search(circle *c, int64_t tries, pz__random *random)
{
    uint32_t seats = (uint32_t)c->learners;
    double heat = 1;
    for (int64_t i = 0; i < tries && c->cost > 0; i++) {
        int32_t a = (int32_t)pz__random_below(random, seats), b = (int32_t)pz__random_below(random, seats);
        if (i % 64 == 0) heat = i % (tries / 8 + 1) == 0 ? 1 : heat * 0.998;
        if (heat < 0.15) heat = 0.7;
        if (c->group[a] == c->group[b]) continue;
        int64_t before = c->cost;
        swap(c, a, b);
        if (c->cost > before && pz__random_unit(random) > pz__exp((double)(before - c->cost) / heat)) swap(c, a, b);
    }
}

static int make(circle *c, const int32_t *sizes, int32_t count)
{
    size_t orbits = (size_t)c->rings * (size_t)(c->rings + c->fixed) * (size_t)c->period;
    c->seat = pz__alloc((size_t)c->learners * sizeof *c->seat);
    c->group = pz__alloc((size_t)c->learners * sizeof *c->group);
    c->first = pz__alloc(((size_t)count + 1) * sizeof *c->first);
    c->count = pz__alloc_zero(orbits + 1, sizeof *c->count);
    if (!c->seat || !c->group || !c->first || !c->count) return 0;
    int32_t seat = 0;
    for (int32_t g = 0; g < count; g++) {
        c->first[g] = seat;
        for (int32_t i = 0; i < sizes[g]; i++) c->group[seat++] = g;
    }
    c->first[count] = seat;
    return 1;
}

static void spread(const circle *c, int32_t rounds, int32_t *out_group_of)
{
    for (int32_t r = 0; r < rounds; r++) {
        for (int32_t s = 0; s < c->learners; s++) {
            int32_t learner = c->seat[s], ring = learner / c->period;
            if (ring < c->rings) learner = ring * c->period + (learner - ring * c->period + r) % c->period;
            out_group_of[(size_t)r * (size_t)c->learners + (size_t)learner] = c->group[s];
        }
    }
}

/* Whether there are as many kinds of meetings as one round has meetings. */
static int can_suit(const circle *c, const int32_t *sizes, int32_t count)
{
    int64_t meetings = 0, kinds = (int64_t)c->rings * ((c->period - 1) / 2) + (int64_t)c->rings * (c->rings - 1) / 2 * c->period +
                                  (int64_t)c->fixed * c->rings;
    for (int32_t g = 0; g < count; g++) meetings += (int64_t)sizes[g] * (sizes[g] - 1) / 2;
    return c->rings > 0 && c->fixed <= count && meetings <= kinds;
}

int64_t pz__circle(int32_t learners, const int32_t *sizes, int32_t count, int32_t rounds, int64_t tries, pz__random *random,
                   int32_t *out_group_of, pz_status *out_status)
{
    *out_status = PZ_OK;
    for (int32_t period = rounds; period <= learners && period <= rounds + 6; period++) {
        circle c = {.learners = learners, .period = period, .rings = learners / period, .fixed = learners % period};
        if (!can_suit(&c, sizes, count)) continue;
        int made = make(&c, sizes, count);
        if (made) {
            for (int32_t i = 0; i < learners; i++) c.seat[i] = i;
            pz__random_shuffle(random, c.seat, (size_t)learners);
            for (int32_t s = 0; s < learners; s++)
                for (int32_t i = c.first[c.group[s]]; i < s; i++) meet(&c, c.seat[s], c.seat[i], 1);
            search(&c, tries, random);
            if (c.cost == 0) spread(&c, rounds, out_group_of);
        }
        int64_t cost = c.cost;
        pz__release(c.seat);
        pz__release(c.group);
        pz__release(c.first);
        pz__release(c.count);
        if (!made) {
            *out_status = pz__fail_memory();
            return -1;
        }
        if (cost == 0) return 0;
    }
    return -1;
}
