#include "grouping/tiles.h"

#include <string.h>

#include "base/fail.h"
#include "base/memory.h"
#include "base/numeric.h"

pz_status pz__tiles_make(pz__state *s, pz__tiles **out_tiles)
{
    size_t count = (size_t)s->units->count;
    pz__tiles *t = pz__alloc_zero(1, sizeof *t);
    *out_tiles = NULL;
    if (!t) return pz__fail_memory();
    t->s = s;
    t->is_plain = s->units->is_plain;
    t->changed = pz__alloc_zero((size_t)s->measure.groups, sizeof *t->changed);
    t->row = pz__alloc(count * sizeof *t->row);
    int is_made = t->changed && t->row;
    for (int i = 0; i < 2; i++) {
        t->members[i] = pz__alloc(count * sizeof *t->members[i]);
        t->away[i] = pz__alloc(count * sizeof *t->away[i]);
        is_made &= t->members[i] && t->away[i];
    }
    if (!is_made) {
        pz__tiles_free(t);
        return pz__fail_memory();
    }
    pz__scan_chances(t->chances);
    *out_tiles = t;
    return PZ_OK;
}

void pz__tiles_free(pz__tiles *t)
{
    if (!t) return;
    pz__release(t->changed);
    pz__release(t->row);
    for (int i = 0; i < 2; i++) {
        pz__release(t->members[i]);
        pz__release(t->away[i]);
    }
    pz__release(t);
}

void pz__tiles_heat(pz__tiles *t, double temperature)
{
    for (int i = 0; i < PZ__CHANCES; i++) {
        double limit = temperature * (double)t->chances[i];
        t->limits[i] = (int64_t)(limit < 0x1p60 ? limit : 0x1p60) - 1;
    }
}

/* ----------------------------------------------------------------------------------------------------- tile --- */

static int32_t cost(const pz__tiles *t, int32_t i, int32_t j)
{
    return t->has_tile ? t->tile[i * t->count[1] + j] : pz__pairs_cost(&t->s->pairs, t->members[0][i], t->members[1][j]);
}

static void lay(pz__tiles *t, int32_t group, int32_t other)
{
    const pz__pairs *p = &t->s->pairs;
    for (int side = 0; side < 2; side++) {
        t->count[side] = 0;
        for (int32_t u = p->head[side ? other : group]; u >= 0; u = p->next[u]) {
            t->away[side][t->count[side]] = 0;
            t->members[side][t->count[side]++] = u;
        }
    }
    t->has_tile = (int64_t)t->count[0] * t->count[1] <= PZ__TILE_MAX;
    for (int32_t i = 0; i < t->count[0]; i++) {
        int32_t *row = t->has_tile ? t->tile + i * t->count[1] : t->row;
        pz__pairs_costs(p, t->members[0][i], t->members[1], t->count[1], row);
        for (int32_t j = 0; j < t->count[1]; j++) t->away[0][i] += row[j], t->away[1][j] += row[j];
    }
}

/* After member i of the first group and member j of the second changed places: rows and columns of all but the two know of it by what they cost with both. */
static void relay(pz__tiles *t, int32_t i, int32_t j, int64_t away_i, int64_t away_j)
{
    const pz__pairs *p = &t->s->pairs;
    int32_t here = t->members[0][i], there = t->members[1][j]; /* as they are now */
    for (int32_t k = 0; k < t->count[0]; k++) {
        if (k == i) continue;
        int32_t with_there = pz__pairs_cost(p, t->members[0][k], there);
        t->away[0][k] += with_there - (t->has_tile ? t->tile[k * t->count[1] + j] : pz__pairs_cost(p, t->members[0][k], here));
        if (t->has_tile) t->tile[k * t->count[1] + j] = with_there;
    }
    for (int32_t k = 0; k < t->count[1]; k++) {
        if (k == j) continue;
        int32_t with_here = pz__pairs_cost(p, t->members[1][k], here);
        t->away[1][k] += with_here - (t->has_tile ? t->tile[i * t->count[1] + k] : pz__pairs_cost(p, t->members[1][k], there));
        if (t->has_tile) t->tile[i * t->count[1] + k] = with_here;
    }
    t->away[0][i] = away_i;
    t->away[1][j] = away_j;
}

static void note_change(pz__tiles *t, int32_t group, int32_t other)
{
    t->made++;
    t->changed[group] = t->changed[other] = t->made;
}

static void swap(pz__tiles *t, int32_t i, int32_t j)
{
    pz__state *s = t->s;
    int32_t u = t->members[0][i], v = t->members[1][j], c = cost(t, i, j);
    int64_t away_i = s->pairs.own[v] + c,
            away_j = s->pairs.own[u] + c; /* each costs in its old group what it did, and now meets the other there */
    note_change(t, s->group_of[u], s->group_of[v]);
    pz__state_swap(s, u, v);
    t->members[0][i] = v;
    t->members[1][j] = u;
    relay(t, i, j, away_i, away_j);
}

/* Moves of the first group's members into the second; whether any was made, after which the tile is no more. */
static int try_moves(pz__tiles *t, int32_t other, uint32_t chance)
{
    pz__state *s = t->s;
    for (int32_t i = 0; i < t->count[0]; i++) {
        int32_t u = t->members[0][i], from = s->group_of[u];
        if (t->away[0][i] - s->pairs.own[u] > t->limits[(chance + (uint32_t)i) & (PZ__CHANCES - 1)] || s->units->units[u].locked >= 0 ||
            !pz__state_may_move(s, u, other))
            continue;
        note_change(t, from, other);
        pz__state_move(s, u, other);
        return 1;
    }
    return 0;
}

static int may_swap(const pz__tiles *t, int32_t u, int32_t v)
{
    const pz__unit *units = t->s->units->units;
    if (t->is_plain && units[u].size == units[v].size) return 1;
    return units[u].locked < 0 && units[v].locked < 0 && pz__state_may_swap(t->s, u, v);
}

void pz__tiles_try(pz__tiles *t, int32_t group, int32_t other)
{
    const pz__state *s = t->s;
    uint32_t chance = (uint32_t)(pz__random_next(s->random) >> 32);
    lay(t, group, other);
    if (s->sizes_vary && try_moves(t, other, chance >> 16)) lay(t, group, other);
    for (int32_t i = 0; i < t->count[0]; i++) {
        int32_t u = t->members[0][i];
        int64_t gain = t->away[0][i] - s->pairs.own[u];
        for (int32_t j = 0; j < t->count[1]; j++, chance++) {
            int32_t v = t->members[1][j];
            int64_t change = gain + t->away[1][j] - s->pairs.own[v] - 2 * (int64_t)cost(t, i, j);
            if (change > t->limits[chance & (PZ__CHANCES - 1)] || !may_swap(t, u, v)) continue;
            swap(t, i, j);
            u = t->members[0][i];
            gain = t->away[0][i] - s->pairs.own[u];
        }
    }
    t->tries += (int64_t)t->count[0] * t->count[1];
}

/* -------------------------------------------------------------------------------------------------- descent --- */

/* Tries of a descent between two calls of the caller's, at most in all, and once the caller has asked to stop. */
static const int64_t tries_between_calls = 2000000, tries_in_all = 3000000000, tries_after_stop = 10000000;

typedef struct descent {
    pz__watch *watch;
    double done;
    int64_t call_at, end_at;
} descent;

static int is_over(const pz__tiles *t, descent *d)
{
    if (!d->watch->stopped && t->tries >= d->call_at) {
        d->call_at = t->tries + tries_between_calls;
        if (pz__watch_stops(d->watch, d->done)) d->end_at = t->tries + (d->watch->keep_best ? tries_after_stop : 0);
    }
    return t->tries >= d->end_at;
}

/* Two groups neither of which changed since they were last tried are left alone. In every pass each two are tried once, so that those that changed since the pass
 * before began are all there are. */
void pz__tiles_descend(pz__tiles *t, pz__watch *watch, double done)
{
    descent d = {watch, done, t->tries + tries_between_calls, t->tries + (watch->stopped ? tries_after_stop : tries_in_all)};
    int32_t groups = t->s->measure.groups;
    int64_t since = -1, started;
    pz__tiles_heat(t, 0);
    do {
        started = t->made;
        for (int32_t g = 0; g < groups; g++) {
            for (int32_t h = g + 1; h < groups; h++) {
                if (t->changed[g] <= since && t->changed[h] <= since) continue;
                if (is_over(t, &d)) return;
                pz__tiles_try(t, g, h);
                if (t->s->sizes_vary) pz__tiles_try(t, h, g);
            }
        }
        since = started;
    } while (t->made > started);
}
