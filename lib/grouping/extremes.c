#include "grouping/extremes.h"

#include "base/fail.h"
#include "base/memory.h"

/* Beyond so many steps sizes stay as they are. */
static const double steps_max = 5e7;

static int are_pairs_worth_it(const pz__pairs *p)
{
    int64_t sum = 0;
    for (size_t i = 0; i < (size_t)p->count * (size_t)p->count; i++) sum += p->cost[i];
    return sum < 0;
}

static double steps_of(const pz__state *s)
{
    double steps = 0;
    for (int32_t g = 0; g < s->measure.groups; g++) steps += s->size_max[g] - s->size_min[g] + 1.0;
    return steps * s->units->count;
}

/* The sizes with the greatest sum of squares, which is to say, with the most pairs: the best of each group's sizes for each number of learners that the groups up
 * to it hold, from the first group to the last, and back. `most` has a row of units + 1 numbers, `chosen` one for each group. */
static void choose_sizes(const pz__state *s, int64_t *most, int32_t *chosen, int32_t *sizes)
{
    int32_t units = s->units->count, groups = s->measure.groups;
    size_t row = (size_t)units + 1;
    for (int32_t i = 0; i <= units; i++) most[i] = i ? -1 : 0;
    for (int32_t g = 0; g < groups; g++) {
        for (int32_t i = units; i >= 0; i--) { /* downwards, so that what is read is of the groups before */
            int64_t best = -1;
            int32_t least = s->size_min[g], greatest = s->size_max[g] < i ? s->size_max[g] : i;
            for (int32_t size = least; size <= greatest; size++) {
                if (most[i - size] < 0 || most[i - size] + (int64_t)size * size <= best) continue;
                best = most[i - size] + (int64_t)size * size;
                chosen[(size_t)g * row + (size_t)i] = size;
            }
            most[i] = best;
        }
    }
    for (int32_t g = groups - 1, left = units; g >= 0; g--) {
        sizes[g] = chosen[(size_t)g * row + (size_t)left];
        left -= sizes[g];
    }
}

/* Takes units in a mixed order out of groups that are too large into those that are too small. */
static void fill(pz__state *s, const int32_t *sizes, int32_t *order)
{
    int32_t units = s->units->count, to = 0;
    for (int32_t u = 0; u < units; u++) order[u] = u;
    pz__random_shuffle(s->random, order, (size_t)units);
    for (int32_t i = 0; i < units; i++) {
        int32_t from = s->group_of[order[i]];
        if (s->measure.sizes[from] <= sizes[from]) continue;
        while (to < s->measure.groups && s->measure.sizes[to] >= sizes[to]) to++;
        if (to == s->measure.groups) return;
        pz__state_move(s, order[i], to);
    }
}

pz_status pz__extremes_take(pz__state *s)
{
    if (!s->pairs.has_matrix || !s->sizes_vary || !s->units->is_plain || !are_pairs_worth_it(&s->pairs) || steps_of(s) > steps_max)
        return PZ_OK;
    size_t row = (size_t)s->units->count + 1, groups = (size_t)s->measure.groups;
    int64_t *most = pz__alloc(row * sizeof *most);
    int32_t *chosen = pz__alloc_zero(row * groups, sizeof *chosen), *sizes = pz__alloc(groups * sizeof *sizes),
            *order = pz__alloc(row * sizeof *order);
    pz_status status = most && chosen && sizes && order ? PZ_OK : pz__fail_memory();
    if (status == PZ_OK) {
        choose_sizes(s, most, chosen, sizes);
        fill(s, sizes, order);
    }
    pz__release(most);
    pz__release(chosen);
    pz__release(sizes);
    pz__release(order);
    return status;
}
