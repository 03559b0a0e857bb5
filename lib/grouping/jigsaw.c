/* Expert groups over home groups: a part of the work for each learner, such that those with the same part form groups that are alike. */
#include <string.h>

#include "base/fail.h"
#include "grouping/result.h"
#include "grouping/state.h"
#include "grouping/strategy.h"

enum { PARTS_MAX = 1000, KICKS = 3, ROUNDS = 20 };

typedef struct jigsaw {
    const pz_grouping_result *homes;
    pz__grouping_data *data; /* of the expert groups */
    int32_t parts;
    int32_t *members; /* learners, home by home */
    int32_t *first;   /* first of each home, and the end */
    int32_t *part_of; /* by learner; -1 */
    int32_t *count;   /* learners by part */
    pz__random random;
} jigsaw;

static void list_homes(jigsaw *j)
{
    int32_t at = 0;
    for (int32_t h = 0; h < j->homes->groups; h++) {
        j->first[h] = at;
        for (size_t i = 0; i < j->homes->data->learners; i++)
            if (j->homes->group_of[i] == h) j->members[at++] = (int32_t)i;
    }
    j->first[j->homes->groups] = at;
}

/* Everybody draws a part; whoever draws in a home group that is larger or smaller than the work gets one that few have. */
static void deal(jigsaw *j)
{
    for (int32_t h = 0; h < j->homes->groups; h++) {
        int32_t size = j->first[h + 1] - j->first[h], *members = j->members + j->first[h], round = 0;
        pz__random_shuffle(&j->random, members, (size_t)size);
        for (int32_t i = 0; i < size; i++) {
            int32_t best = -1, many = 1 + round / j->parts; /* how often the home group may have a part by now */
            for (int32_t p = 0; p < j->parts; p++) {
                int32_t own = 0;
                for (int32_t k = 0; k < i; k++) own += j->part_of[members[k]] == p;
                if (own < many && (best < 0 || j->count[p] < j->count[best])) best = p;
            }
            j->part_of[members[i]] = best;
            j->count[best]++;
            round++;
        }
    }
}

static pz_status copy_problem(jigsaw *j)
{
    const pz__grouping_data *from = j->homes->data;
    int32_t least = j->count[0], most = j->count[0];
    for (int32_t p = 1; p < j->parts; p++) {
        if (j->count[p] < least) least = j->count[p];
        if (j->count[p] > most) most = j->count[p];
    }
    PZ__TRY(pz__grouping_data_new(from->learners, least, most, j->parts, &j->data));
    for (int32_t k = 0; k < from->criterion_count; k++) PZ__TRY(pz__criterion_add(j->data, &from->criteria[k]));
    for (size_t i = 0; i < from->learners; i++)
        if (j->homes->group_of[i] < 0) PZ__TRY(pz__rule_add(j->data, PZ_CONSTRAINT_ABSENT, (int32_t)i, -1));
    for (size_t i = 0; i < from->rule_count; i++)
        if (from->rules[i].kind == PZ_CONSTRAINT_APART)
            PZ__TRY(pz__rule_add(j->data, PZ_CONSTRAINT_APART, from->rules[i].learner, from->rules[i].other));
    return PZ_OK;
}

/* ------------------------------------------------------------------------------------------------- searching --- */

static int32_t enemies(const pz__state *s, int32_t unit, int32_t group, int32_t but)
{
    const pz__unit *u = &s->units->units[unit];
    int32_t count = 0;
    for (int32_t i = 0; i < u->apart_count; i++) {
        int32_t other = s->units->apart[u->first_apart + i];
        count += other != but && s->group_of[other] == group;
    }
    return count;
}

/* What a swap of two within a home group does to the pairs who should be apart. */
static int32_t enemies_by_swap(const pz__state *s, int32_t a, int32_t b)
{
    int32_t part_a = s->group_of[a], part_b = s->group_of[b];
    return enemies(s, a, part_b, b) + enemies(s, b, part_a, a) - enemies(s, a, part_a, -1) - enemies(s, b, part_b, -1);
}

static int32_t descend(const jigsaw *j, pz__state *s)
{
    int32_t enemies_change = 0;
    for (int better = 1, rounds = 0; better && rounds < 100; rounds++) {
        better = 0;
        for (int32_t h = 0; h < j->homes->groups; h++) {
            for (int32_t x = j->first[h]; x < j->first[h + 1]; x++) {
                for (int32_t y = x + 1; y < j->first[h + 1]; y++) {
                    int32_t a = s->units->unit_of[j->members[x]], b = s->units->unit_of[j->members[y]];
                    if (s->group_of[a] == s->group_of[b]) continue;
                    int32_t by = enemies_by_swap(s, a, b);
                    if (by > 0 || (by == 0 && !(pz__state_by_swap(s, a, b) < -pz__noise))) continue;
                    pz__state_swap(s, a, b);
                    enemies_change += by;
                    better = 1;
                }
            }
        }
    }
    return enemies_change;
}

static void kick(jigsaw *j, pz__state *s, int32_t *enemies_now)
{
    for (int i = 0; i < KICKS; i++) {
        int32_t h = (int32_t)pz__random_below(&j->random, (uint32_t)j->homes->groups), size = j->first[h + 1] - j->first[h];
        int32_t a = s->units->unit_of[j->members[j->first[h] + (int32_t)pz__random_below(&j->random, (uint32_t)size)]];
        int32_t b = s->units->unit_of[j->members[j->first[h] + (int32_t)pz__random_below(&j->random, (uint32_t)size)]];
        if (s->group_of[a] == s->group_of[b]) continue;
        *enemies_now += enemies_by_swap(s, a, b);
        pz__state_swap(s, a, b);
    }
}

static pz_status search(jigsaw *j, pz__state *s, int64_t iterations)
{
    size_t bytes = (size_t)s->units->count * sizeof *s->group_of;
    int32_t *best = pz__alloc(bytes ? bytes : 1), least_enemies, now;
    if (!best) return pz__fail_memory();
    now = least_enemies = descend(j, s); /* counted from where it began */
    double least = pz__state_value(s);
    memcpy(best, s->group_of, bytes);
    for (int64_t i = 0; i < iterations; i++) {
        kick(j, s, &now);
        now += descend(j, s);
        double value = pz__state_value(s);
        if (now < least_enemies || (now == least_enemies && value < least - pz__noise)) {
            least_enemies = now;
            least = value;
            memcpy(best, s->group_of, bytes);
        } else {
            pz__state_set(s, best);
            now = least_enemies;
        }
    }
    for (int32_t u = 0; u < s->units->count; u++) j->part_of[s->units->members[s->units->units[u].first_member]] = best[u];
    pz__release(best);
    return PZ_OK;
}

static pz_status choose(jigsaw *j, int64_t iterations)
{
    pz__units units;
    pz__state state;
    PZ__TRY(pz__units_make(j->data, NULL, &units));
    int32_t *of_unit = pz__alloc(((size_t)units.count + 1) * sizeof *of_unit);
    pz_status status = of_unit ? PZ_OK : pz__fail_memory();
    for (int32_t u = 0; status == PZ_OK && u < units.count; u++) of_unit[u] = j->part_of[units.members[units.units[u].first_member]];
    if (status == PZ_OK) status = pz__state_make(j->data, &units, j->parts, of_unit, &j->random, &state);
    if (status == PZ_OK) {
        status = search(j, &state, iterations);
        pz__state_free(&state);
    }
    pz__release(of_unit);
    pz__units_free(&units);
    return status;
}

/* ---------------------------------------------------------------------------------------------------- result --- */

/* That learners of one home group have different parts is checked like any rule; where a home group has more learners than there are parts, two of them
 * must share one, and are left out. */
static pz_status add_home_rules(jigsaw *j)
{
    for (int32_t h = 0; h < j->homes->groups; h++)
        for (int32_t x = j->first[h]; x < j->first[h + 1]; x++)
            for (int32_t y = x + 1; y < j->first[h + 1]; y++)
                if (j->first[h + 1] - j->first[h] <= j->parts || j->part_of[j->members[x]] != j->part_of[j->members[y]])
                    PZ__TRY(pz__rule_add(j->data, PZ_CONSTRAINT_APART, j->members[x], j->members[y]));
    return PZ_OK;
}

static pz_status run(jigsaw *j, const pz_grouping_options *options, pz_grouping_result **out_result)
{
    int64_t iterations = options->iterations ? options->iterations : ROUNDS;
    size_t learners = j->homes->data->learners;
    j->members = pz__alloc(learners * sizeof *j->members);
    j->first = pz__alloc(((size_t)j->homes->groups + 1) * sizeof *j->first);
    j->part_of = pz__alloc(learners * sizeof *j->part_of);
    j->count = pz__alloc_zero((size_t)j->parts, sizeof *j->count);
    if (!j->members || !j->first || !j->part_of || !j->count) return pz__fail_memory();
    for (size_t i = 0; i < learners; i++) j->part_of[i] = -1;
    list_homes(j);
    deal(j);
    PZ__TRY(copy_problem(j));
    PZ__TRY(choose(j, iterations));
    PZ__TRY(add_home_rules(j));
    return pz__result_make(j->data, j->part_of, j->parts, options->seed, iterations, out_result);
}

pz_status pz_grouping_jigsaw(const pz_grouping_result *homes, int32_t parts, const pz_grouping_options *options,
                             pz_grouping_result **out_result)
{
    if (!out_result) return pz__fail_null("out_result");
    *out_result = NULL;
    if (!homes) return pz__fail_closed("homes");
    pz_grouping_options taken;
    PZ__TRY(pz__strategy_options(options, &taken));
    int32_t largest = 0;
    for (int32_t h = 0; h < homes->groups; h++)
        if (homes->measure.sizes[h] > largest) largest = homes->measure.sizes[h];
    if (parts < 2 || parts > PARTS_MAX || parts > largest)
        return pz__fail(PZ_E_INVALID, "parts", "Form home groups with as many learners as there are parts.",
                        "Parts are 2 to %d, and no more than the largest home group has learners (%d); %d were given.", PARTS_MAX,
                        (int)largest, (int)parts);
    jigsaw j = {.homes = homes, .parts = parts};
    pz__random_seed(&j.random, taken.seed);
    pz_status status = run(&j, &taken, out_result);
    pz__grouping_data_release(j.data);
    pz__release(j.members);
    pz__release(j.first);
    pz__release(j.part_of);
    pz__release(j.count);
    return status;
}
