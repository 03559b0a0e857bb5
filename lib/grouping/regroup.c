/* Groups once more, with few who move. */
#include <string.h>

#include "base/fail.h"
#include "grouping/result.h"
#include "grouping/search.h"
#include "grouping/state.h"
#include "grouping/strategy.h"

enum { STEPS_MAX = 1000 };

typedef struct regrouping {
    const pz__grouping_data *data;
    const int32_t *before;
    pz__units units;
    int32_t *of_unit; /* where each unit is */
    int32_t groups;
    int32_t moves_max;
    pz__state state;
} regrouping;

/* Learners of a unit who would change their group by going to `group`. */
static int32_t movers(const regrouping *r, int32_t unit, int32_t group)
{
    const pz__unit *u = &r->units.units[unit];
    int32_t count = 0;
    for (int32_t i = 0; i < u->size; i++) {
        int32_t old = r->before[r->units.members[u->first_member + i]];
        count += old >= 0 && old != group;
    }
    return count;
}

static int32_t moved(const regrouping *r)
{
    int32_t count = 0;
    for (int32_t u = 0; u < r->units.count; u++) count += movers(r, u, r->state.group_of[u]);
    return count;
}

/* ---------------------------------------------------------------------------------------------------- places --- */

static int has_enemy(const regrouping *r, int32_t unit, int32_t group)
{
    const pz__unit *u = &r->units.units[unit];
    for (int32_t i = 0; i < u->apart_count; i++)
        if (r->of_unit[r->units.apart[u->first_apart + i]] == group) return 1;
    return 0;
}

/* Whoever has a place keeps it; of learners who must be together, the first who has one decides. */
static void keep_places(regrouping *r, int32_t *sizes)
{
    for (int32_t unit = 0; unit < r->units.count; unit++) {
        const pz__unit *u = &r->units.units[unit];
        r->of_unit[unit] = u->locked;
        for (int32_t i = 0; i < u->size && r->of_unit[unit] < 0; i++) r->of_unit[unit] = r->before[r->units.members[u->first_member + i]];
        if (r->of_unit[unit] >= 0) sizes[r->of_unit[unit]] += u->size;
    }
}

/* The smallest group that a newcomer may enter; a new one where all are full. */
static void place_newcomers(regrouping *r, int32_t *sizes, int32_t groups_max)
{
    for (int32_t unit = 0; unit < r->units.count; unit++) {
        int32_t best = -1, size = r->units.units[unit].size;
        if (r->of_unit[unit] >= 0) continue;
        for (int32_t g = 0; g < r->groups; g++)
            if (sizes[g] + size <= r->data->size_max && pz__unit_may_sit(&r->units, unit, g) && !has_enemy(r, unit, g) && (best < 0 || sizes[g] < sizes[best])) best = g;
        if (best < 0 && r->groups < groups_max) best = r->groups++;
        if (best < 0) best = 0; /* what is wrong with that is seen to next */
        r->of_unit[unit] = best;
        sizes[best] += size;
    }
}

/* Groups that nobody is left in go, and the later ones move up. `before` is numbered with them. */
static void close_empty(regrouping *r, const int32_t *sizes, int32_t *before, int32_t *new_of)
{
    int32_t next = 0;
    if (r->data->groups || r->units.named_max >= 0) return;
    for (int32_t g = 0; g < r->groups; g++) new_of[g] = sizes[g] ? next++ : -1;
    for (int32_t u = 0; u < r->units.count; u++)
        if (r->of_unit[u] >= 0) r->of_unit[u] = new_of[r->of_unit[u]];
    for (size_t i = 0; i < r->data->learners; i++)
        if (before[i] >= 0) before[i] = new_of[before[i]];
    r->groups = next;
}

/* ----------------------------------------------------------------------------------------------------- steps --- */

typedef struct step {
    int32_t unit, to, other; /* other: -1, or the unit that goes the other way */
    double change;
} step;

/* How far sizes and rules are from holding, as far as moving one unit can mend it. */
static int32_t wrong_sizes(const regrouping *r, int32_t group, int32_t more)
{
    int32_t size = r->state.measure.sizes[group] + more;
    int32_t least = r->state.size_min[group], most = r->state.size_max[group];
    return size < least ? least - size : size > most ? size - most : 0;
}

static int32_t mends(const regrouping *r, int32_t unit, int32_t to)
{
    int32_t from = r->state.group_of[unit], size = r->units.units[unit].size;
    int32_t before = wrong_sizes(r, from, 0) + wrong_sizes(r, to, 0), after = wrong_sizes(r, from, -size) + wrong_sizes(r, to, size);
    int32_t by = before - after + pz__state_has_enemy(&r->state, unit, from, -1) - pz__state_has_enemy(&r->state, unit, to, -1);
    by += !pz__unit_may_sit(&r->units, unit, from);
    if (!r->units.count_rule_count && !r->units.time_rule_count) return by;
    const pz__tally *tally = &r->state.tally;
    return by + pz__tally_miss(tally, from, NULL, 0, NULL, 0) - pz__tally_miss(tally, from, &unit, 1, NULL, 0) +
           pz__tally_miss(tally, to, NULL, 0, NULL, 0) - pz__tally_miss(tally, to, NULL, 0, &unit, 1);
}

/* Is there anything to mend at all? */
static int is_wrong(const regrouping *r)
{
    const pz__state *s = &r->state;
    for (int32_t g = 0; g < r->groups; g++)
        if (wrong_sizes(r, g, 0) || (!r->units.is_plain && pz__tally_miss(&s->tally, g, NULL, 0, NULL, 0))) return 1;
    for (int32_t u = 0; u < r->units.count && !r->units.is_plain; u++)
        if (pz__state_has_enemy(s, u, s->group_of[u], -1) || !pz__unit_may_sit(&r->units, u, s->group_of[u])) return 1;
    return 0;
}

static int affords(const regrouping *r, int32_t now, int32_t unit, int32_t to)
{
    return now - movers(r, unit, r->state.group_of[unit]) + movers(r, unit, to) <= r->moves_max;
}

/* The move that mends most, and of those the one that costs least. 0 where nothing is left to mend or can be. */
static int mend(regrouping *r)
{
    step best = {-1, -1, -1, 0};
    int32_t most = 0, now = moved(r);
    for (int32_t unit = 0; unit < r->units.count; unit++) {
        if (r->units.units[unit].locked >= 0) continue;
        for (int32_t g = 0; g < r->groups; g++) {
            if (g == r->state.group_of[unit] || !affords(r, now, unit, g) || !pz__unit_may_sit(&r->units, unit, g)) continue;
            int32_t by = mends(r, unit, g);
            if (by <= 0 || by < most) continue;
            double change = pz__state_by_move(&r->state, unit, g);
            if (by > most || change < best.change) most = by, best = (step){unit, g, -1, change};
        }
    }
    if (best.unit < 0) return 0;
    pz__state_move(&r->state, best.unit, best.to);
    return 1;
}

static int is_newcomer(const regrouping *r, int32_t unit)
{
    const pz__unit *u = &r->units.units[unit];
    for (int32_t i = 0; i < u->size; i++)
        if (r->before[r->units.members[u->first_member + i]] >= 0) return 0;
    return 1;
}

static void consider_swap(const regrouping *r, int32_t now, int32_t unit, int32_t other, step *best)
{
    if (!pz__state_may_swap(&r->state, unit, other)) return;
    int32_t a = r->state.group_of[unit], b = r->state.group_of[other];
    int32_t after = now - movers(r, unit, a) + movers(r, unit, b) - movers(r, other, b) + movers(r, other, a);
    if (after > r->moves_max) return;
    double change = pz__state_by_swap(&r->state, unit, other);
    if (change < best->change) *best = (step){unit, b, other, change};
}

/* The best move or swap: of everybody who is in a group that changed, with everybody. */
static int improve(regrouping *r, const uint8_t *touched)
{
    step best = {-1, -1, -1, -pz__noise};
    int32_t now = moved(r);
    for (int32_t unit = 0; unit < r->units.count; unit++) {
        int is_new = is_newcomer(r, unit);
        if (!is_new && !touched[r->state.group_of[unit]]) continue;
        for (int32_t g = 0; g < r->groups; g++) {
            if (!affords(r, now, unit, g) || !pz__state_may_move(&r->state, unit, g)) continue;
            double change = pz__state_by_move(&r->state, unit, g);
            if (change < best.change) best = (step){unit, g, -1, change};
        }
        if (is_new || r->moves_max - now > 1)
            for (int32_t other = 0; other < r->units.count; other++) consider_swap(r, now, unit, other, &best);
    }
    if (best.unit < 0) return 0;
    if (best.other >= 0)
        pz__state_swap(&r->state, best.unit, best.other);
    else
        pz__state_move(&r->state, best.unit, best.to);
    return 1;
}

/* ----------------------------------------------------------------------------------------------------- start --- */

/* Groups that newcomers are in or that somebody left. */
static void find_touched(const regrouping *r, const int32_t *sizes_before, uint8_t *touched)
{
    for (int32_t u = 0; u < r->units.count; u++)
        if (is_newcomer(r, u) || movers(r, u, r->state.group_of[u])) touched[r->state.group_of[u]] = 1;
    for (int32_t g = 0; g < r->groups; g++)
        if (r->state.measure.sizes[g] != sizes_before[g]) touched[g] = 1;
}

static pz_status settle(regrouping *r, const int32_t *sizes_before)
{
    uint8_t *touched = pz__alloc_zero((size_t)r->groups, 1);
    if (!touched) return pz__fail_memory();
    for (int i = 0; i < STEPS_MAX && is_wrong(r) && mend(r); i++) continue;
    find_touched(r, sizes_before, touched);
    for (int i = 0; i < STEPS_MAX && improve(r, touched); i++) continue;
    pz__release(touched);
    return PZ_OK;
}

static pz_status give(regrouping *r, pz_grouping_result **out_result)
{
    int32_t *of_learner = pz__alloc(r->data->learners * sizeof *of_learner);
    if (!of_learner) return pz__fail_memory();
    pz__spread(&r->units, r->data->learners, r->state.group_of, of_learner);
    pz_status status = pz__result_make(r->data, of_learner, r->groups, 0, 0, out_result);
    pz__release(of_learner);
    if (status != PZ_OK) return status;
    int32_t broken = pz__result_check(*out_result, NULL);
    if (!broken && moved(r) <= r->moves_max && (!r->data->groups || r->data->groups == r->groups)) return PZ_OK;
    pz_grouping_result_free(*out_result);
    *out_result = NULL;
    return pz__fail(PZ_E_INFEASIBLE, "moves_max", "Allow more moves, or form the groups afresh.",
                    "With %d moves of others the sizes and rules cannot be kept.", (int)r->moves_max);
}

static pz_status run(regrouping *r, int32_t *before, pz_grouping_result **out_result)
{
    pz__random random;
    int32_t groups_max = r->data->groups > r->groups ? r->data->groups : r->data->groups ? r->groups : r->groups + r->units.count;
    int32_t *sizes = pz__alloc_zero((size_t)groups_max + 1, sizeof *sizes),
            *new_of = pz__alloc_zero((size_t)groups_max + 1, sizeof *new_of);
    pz_status status = sizes && new_of ? PZ_OK : pz__fail_memory();
    if (status == PZ_OK) {
        keep_places(r, sizes);
        close_empty(r, sizes, before, new_of);
        memset(sizes, 0, ((size_t)groups_max + 1) * sizeof *sizes);
        keep_places(r, sizes);
        if (r->data->groups > r->groups) r->groups = r->data->groups;
        place_newcomers(r, sizes, groups_max);
        memset(new_of, 0, ((size_t)groups_max + 1) * sizeof *new_of);
        for (size_t i = 0; i < r->data->learners; i++)
            if (before[i] >= 0) new_of[before[i]]++;
        pz__random_seed(&random, 1);
        status = pz__state_make(r->data, &r->units, r->groups, r->of_unit, &random, &r->state);
    }
    if (status == PZ_OK) {
        status = settle(r, new_of);
        if (status == PZ_OK) status = give(r, out_result);
        pz__state_free(&r->state);
    }
    pz__release(sizes);
    pz__release(new_of);
    return status;
}

static pz_status take_before(regrouping *r, const int32_t *before, int32_t *own)
{
    for (size_t i = 0; i < r->data->learners; i++) {
        if (before[i] < -1 || before[i] >= PZ__LEARNERS_MAX)
            return pz__fail(PZ_E_INVALID, "before", NULL, "Row %zu has group %d; groups are numbered from 0, and -1 is none.", i,
                            (int)before[i]);
        own[i] = before[i];
        if (before[i] + 1 > r->groups) r->groups = before[i] + 1;
    }
    if (r->units.locked_max + 1 > r->groups) r->groups = r->units.locked_max + 1;
    if (r->groups == 0) r->groups = 1;
    return PZ_OK;
}

pz_status pz_grouping_regroup(const pz_grouping_problem *problem, const int32_t *before, size_t rows, int32_t moves_max,
                              pz_grouping_result **out_result)
{
    if (!out_result) return pz__fail_null("out_result");
    *out_result = NULL;
    if (!problem) return pz__fail_closed("problem");
    if (!before) return pz__fail_null("before");
    if (rows != problem->data->learners)
        return pz__fail(PZ_E_INVALID, "rows", NULL, "There are %zu rows for %zu learners.", rows, problem->data->learners);
    if (moves_max < 0) return pz__fail(PZ_E_INVALID, "moves_max", NULL, "At least 0 others may move, not %d.", (int)moves_max);
    regrouping r = {.data = problem->data, .moves_max = moves_max};
    PZ__TRY(pz__units_make(problem->data, NULL, &r.units));
    int32_t *own = pz__alloc(rows * sizeof *own);
    r.of_unit = pz__alloc(((size_t)r.units.count + 1) * sizeof *r.of_unit);
    r.before = own;
    pz_status status = own && r.of_unit ? take_before(&r, before, own) : pz__fail_memory();
    if (status == PZ_OK && r.units.is_contradictory)
        status =
            pz__fail(PZ_E_INFEASIBLE, "problem", "Ask for the conflict of the problem.", "The rules of the problem contradict each other.");
    if (status == PZ_OK && r.units.learners == 0)
        status = pz__fail(PZ_E_NOT_ENOUGH, "learners", NULL, "All %zu learners are absent.", rows);
    if (status == PZ_OK) status = run(&r, own, out_result);
    pz__release(own);
    pz__release(r.of_unit);
    pz__units_free(&r.units);
    return status;
}
