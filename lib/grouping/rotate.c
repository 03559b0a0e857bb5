/* Rounds in which the same two meet as seldom as can be. */
#include <string.h>

#include "base/fail.h"
#include "base/numeric.h"
#include "grouping/circle.h"
#include "grouping/conflict.h"
#include "grouping/place.h"
#include "grouping/strategy.h"

enum { ROUNDS_MAX = 1000, SEATS_MAX = 1000000, LEARNERS_MAX = 2000, APART = 1000, TRIES = 100 };

typedef struct rotation {
    const pz__grouping_data *data;
    int32_t rounds, groups, count; /* count: learners who are there */
    int32_t *present;              /* their numbers */
    int32_t *at;                   /* the other way; -1 */
    int32_t *sizes;                /* of the groups, the same in each round */
    int32_t *first;                /* first seat of each group, and the end */
    int32_t *seat_group;           /* of each seat of a round */
    int32_t *group_of;             /* round by round, by present learner */
    int32_t *seats;                /* round by round: who sits there */
    int32_t *again;                /* round by round, by present learner: others of the group who were met before */
    int32_t *met;                  /* present learner by present learner: meetings so far, and many where they should stay apart */
    int64_t cost;                  /* sum over pairs of m (m - 1) / 2 for m meetings */
    pz__random random;
} rotation;

static int32_t *met_at(rotation *r, int32_t a, int32_t b)
{
    return &r->met[(size_t)a * (size_t)r->count + (size_t)b];
}

static void meet(rotation *r, int32_t a, int32_t b, int32_t sign)
{
    r->cost += sign > 0 ? *met_at(r, a, b) : 1 - *met_at(r, a, b);
    *met_at(r, a, b) += sign;
    *met_at(r, b, a) += sign;
}

/* ------------------------------------------------------------------------------------------------- searching --- */

static int64_t change_of(const rotation *r, const int32_t *seats, int32_t a, int32_t b)
{
    const int32_t *met_a = r->met + (size_t)seats[a] * (size_t)r->count, *met_b = r->met + (size_t)seats[b] * (size_t)r->count;
    int32_t g = r->seat_group[a], h = r->seat_group[b];
    int64_t change = 0;
    for (int32_t i = r->first[g]; i < r->first[g + 1]; i++)
        if (i != a) change += met_b[seats[i]] - (met_a[seats[i]] - 1);
    for (int32_t i = r->first[h]; i < r->first[h + 1]; i++)
        if (i != b) change += met_a[seats[i]] - (met_b[seats[i]] - 1);
    return change;
}

static void meet_group(rotation *r, const int32_t *seats, int32_t seat, int32_t sign)
{
    int32_t g = r->seat_group[seat];
    for (int32_t i = r->first[g]; i < r->first[g + 1]; i++)
        if (i != seat) meet(r, seats[seat], seats[i], sign);
}

static void swap(rotation *r, int32_t *seats, int32_t a, int32_t b)
{
    int32_t learner = seats[a];
    meet_group(r, seats, a, -1);
    meet_group(r, seats, b, -1);
    seats[a] = seats[b];
    seats[b] = learner;
    meet_group(r, seats, a, 1);
    meet_group(r, seats, b, 1);
}

/* Cools from where a repetition more is taken easily to where it hardly ever is. */
static pz_status anneal(rotation *r, int64_t iterations, int64_t enough, pz_progress_fn progress, void *user_data, int32_t *best)
{
    int64_t per = (int64_t)TRIES * r->count * r->rounds, least = r->cost;
    size_t bytes = (size_t)r->rounds * (size_t)r->count * sizeof *best;
    memcpy(best, r->seats, bytes);
    for (int64_t i = 0; i < iterations && least > enough; i++) {
        if (progress && progress((double)i / (double)iterations, user_data) != PZ_OK)
            return pz__fail(PZ_E_CANCELLED, "progress", NULL, "The search was cancelled.");
        double heat = 0.8 * (double)(iterations - i) / (double)iterations + 0.12;
        double chances[8];
        for (int c = 0; c < 8; c++) chances[c] = pz__exp(-c / heat);
        for (int64_t t = 0; t < per && least > enough; t++) {
            int32_t *seats = r->seats + (size_t)pz__random_below(&r->random, (uint32_t)r->rounds) * (size_t)r->count;
            int32_t a = (int32_t)pz__random_below(&r->random, (uint32_t)r->count),
                    b = (int32_t)pz__random_below(&r->random, (uint32_t)r->count);
            if (r->seat_group[a] == r->seat_group[b]) continue;
            int64_t change = change_of(r, seats, a, b);
            if (change > 7 || (change > 0 && pz__random_unit(&r->random) > chances[change])) continue;
            swap(r, seats, a, b);
            if (r->cost >= least) continue;
            least = r->cost;
            memcpy(best, r->seats, bytes);
        }
    }
    memcpy(r->seats, best, bytes);
    return PZ_OK;
}

/* --------------------------------------------------------------------------------------------------- figures --- */

/* Meetings of two who had not met when the rotation began can be new once each. For every learner and over all, whatever goes beyond is repeated. */
static int64_t bound_of(rotation *r, const int32_t *before)
{
    int64_t meetings = 0, fresh = 0, missing = 0;
    int32_t least = r->sizes[0];
    for (int32_t g = 0; g < r->groups; g++) {
        meetings += (int64_t)r->sizes[g] * (r->sizes[g] - 1) / 2;
        if (r->sizes[g] < least) least = r->sizes[g];
    }
    for (int32_t a = 0; a < r->count; a++) {
        int64_t own = 0;
        for (int32_t b = 0; b < r->count; b++) own += a != b && before[(size_t)a * (size_t)r->count + (size_t)b] == 0;
        fresh += own;
        if ((int64_t)r->rounds * (least - 1) > own) missing += (int64_t)r->rounds * (least - 1) - own;
    }
    int64_t all = meetings * r->rounds - fresh / 2;
    missing = (missing + 1) / 2;
    return all > missing ? all : missing;
}

/* Meetings are counted anew, from the seats alone. */
static void count_meetings(rotation *r, const int32_t *before, const uint8_t *apart, pz_rotation_summary *summary)
{
    size_t n = (size_t)r->count;
    memcpy(r->met, before, n * n * sizeof *r->met);
    for (int32_t round = 0; round < r->rounds; round++) {
        const int32_t *seats = r->seats + (size_t)round * n;
        for (int32_t a = 0; a < r->count; a++) {
            for (int32_t b = a + 1; b < r->first[r->seat_group[a] + 1]; b++) {
                int32_t *met = met_at(r, seats[a], seats[b]);
                summary->repeats += *met > 0;
                r->again[(size_t)round * n + (size_t)seats[a]] += *met > 0;
                r->again[(size_t)round * n + (size_t)seats[b]] += *met > 0;
                summary->apart_broken += apart[(size_t)seats[a] * n + (size_t)seats[b]];
                *met_at(r, seats[b], seats[a]) = ++*met;
                if (*met > summary->most) summary->most = *met;
            }
        }
    }
}

/* ---------------------------------------------------------------------------------------------------- start --- */

static pz_status find_present(rotation *r)
{
    size_t learners = r->data->learners;
    r->at = pz__alloc_zero(learners, sizeof *r->at);
    r->present = pz__alloc(learners * sizeof *r->present);
    if (!r->at || !r->present) return pz__fail_memory();
    for (size_t i = 0; i < r->data->rule_count; i++) {
        const pz__rule *rule = &r->data->rules[i];
        if (pz__is_of_absent(rule)) r->at[rule->learner] = -1;
        if (!pz__is_of_absent(rule) && rule->kind != PZ_CONSTRAINT_APART)
            return pz__fail(
                PZ_E_INVALID, "problem", "Leave that rule out of the problem.",
                "In a rotation everybody moves: of the rules only apart, absent and opted out have a place in it, not rule %zu.", i);
    }
    for (size_t i = 0; i < learners; i++) {
        if (r->at[i] < 0) continue;
        r->at[i] = r->count;
        r->present[r->count++] = (int32_t)i;
    }
    if (!r->count) return pz__fail(PZ_E_NOT_ENOUGH, "learners", NULL, "All %zu learners are absent.", learners);
    return PZ_OK;
}

/* Number and sizes of the groups are those that the engine would take without the rules. */
static pz_status find_sizes(rotation *r)
{
    pz__grouping_data *bare = NULL;
    pz__units units;
    pz__placed placed;
    PZ__TRY(pz__grouping_data_new((size_t)r->count, r->data->size_min, r->data->size_max, r->data->groups, &bare));
    pz_status status = pz__units_make(bare, NULL, &units);
    if (status != PZ_OK) {
        pz__grouping_data_release(bare);
        return status;
    }
    int32_t *of_unit = pz__alloc((size_t)r->count * sizeof *of_unit);
    status = of_unit ? pz__place_any(bare, &units, NULL, of_unit, &r->groups, &placed) : pz__fail_memory();
    if (status == PZ_OK && placed != PZ__PLACED) status = pz__conflict_fail(bare, &units, placed);
    if (status == PZ_OK) {
        r->sizes = pz__alloc_zero((size_t)r->groups, sizeof *r->sizes);
        r->first = pz__alloc(((size_t)r->groups + 1) * sizeof *r->first);
        if (!r->sizes || !r->first) status = pz__fail_memory();
    }
    for (int32_t i = 0; status == PZ_OK && i < r->count; i++) r->sizes[of_unit[i]]++;
    pz__release(of_unit);
    pz__units_free(&units);
    pz__grouping_data_release(bare);
    return status;
}

static pz_status make(rotation *r)
{
    size_t n = (size_t)r->count, cells = (size_t)r->rounds * n;
    r->seat_group = pz__alloc(n * sizeof *r->seat_group);
    r->group_of = pz__alloc(cells * sizeof *r->group_of);
    r->seats = pz__alloc(cells * sizeof *r->seats);
    r->met = pz__alloc_zero(n * n, sizeof *r->met);
    r->again = pz__alloc_zero(cells, sizeof *r->again);
    if (!r->seat_group || !r->group_of || !r->seats || !r->met || !r->again) return pz__fail_memory();
    int32_t seat = 0;
    for (int32_t g = 0; g < r->groups; g++) {
        r->first[g] = seat;
        for (int32_t i = 0; i < r->sizes[g]; i++) r->seat_group[seat++] = g;
    }
    r->first[r->groups] = seat;
    return PZ_OK;
}

/* Meetings of the divisions that there were, and whom to keep apart. */
static void remember(rotation *r, const int32_t *before, size_t divisions, uint8_t *apart)
{
    size_t learners = r->data->learners, n = (size_t)r->count;
    for (size_t d = 0; d < divisions; d++) {
        const int32_t *groups = before + d * learners;
        for (int32_t a = 0; a < r->count; a++)
            for (int32_t b = 0; b < a; b++)
                if (groups[r->present[a]] >= 0 && groups[r->present[a]] == groups[r->present[b]]) meet(r, a, b, 1);
    }
    for (size_t i = 0; i < r->data->rule_count; i++) {
        const pz__rule *rule = &r->data->rules[i];
        if (rule->kind != PZ_CONSTRAINT_APART || r->at[rule->learner] < 0 || r->at[rule->other] < 0) continue;
        int32_t a = r->at[rule->learner], b = r->at[rule->other];
        apart[(size_t)a * n + (size_t)b] = apart[(size_t)b * n + (size_t)a] = 1;
    }
    r->cost = 0;
}

/* Seats for a round from its groups. */
static void seat_round(rotation *r, int32_t round, const int32_t *group_of)
{
    int32_t *seats = r->seats + (size_t)round * (size_t)r->count, at = 0;
    for (int32_t g = 0; g < r->groups; g++)
        for (int32_t i = 0; i < r->count; i++)
            if (group_of[i] == g) seats[at++] = i;
}

static void meet_all(rotation *r)
{
    for (int32_t round = 0; round < r->rounds; round++) {
        const int32_t *seats = r->seats + (size_t)round * (size_t)r->count;
        for (int32_t a = 0; a < r->count; a++)
            for (int32_t b = a + 1; b < r->first[r->seat_group[a] + 1]; b++) meet(r, seats[a], seats[b], 1);
    }
}

/* Rounds by a circle where one is found, else by chance. Who is who on the circle is drawn, so that it does not follow the order of the learners. */
static pz_status begin(rotation *r, int64_t iterations)
{
    pz_status status;
    size_t n = (size_t)r->count;
    int64_t found = pz__circle(r->count, r->sizes, r->groups, r->rounds, iterations < 200 ? 2000 * iterations : 400000, &r->random,
                               r->group_of, &status);
    PZ__TRY(status);
    int32_t *names = pz__alloc(2 * n * sizeof *names), *row = names + n;
    if (!names) return pz__fail_memory();
    for (int32_t round = 0; round < r->rounds; round++) {
        for (int32_t i = 0; (found != 0 || round == 0) && i < r->count; i++) names[i] = i;
        if (found != 0 || round == 0) pz__random_shuffle(&r->random, names, n);
        for (int32_t i = 0; i < r->count; i++) row[names[i]] = found == 0 ? r->group_of[(size_t)round * n + (size_t)i] : r->seat_group[i];
        seat_round(r, round, row);
    }
    pz__release(names);
    return PZ_OK;
}

/* A second or two at most. */
static int64_t iterations_for(const rotation *r)
{
    int64_t most = 50000000 / ((int64_t)TRIES * r->count * r->rounds);
    return most < 1 ? 1 : most > 100 ? 100 : most;
}

static pz_status run(rotation *r, const int32_t *before, size_t divisions, const pz_grouping_options *options, pz_progress_fn progress,
                     void *user_data, pz_rotation_summary *summary)
{
    size_t n = (size_t)r->count;
    int64_t iterations = options->iterations ? options->iterations : iterations_for(r);
    uint8_t *apart = pz__alloc_zero(n * n, 1);
    int32_t *earlier = pz__alloc(n * n * sizeof *earlier), *best = pz__alloc((size_t)r->rounds * n * sizeof *best);
    pz_status status = apart && earlier && best ? PZ_OK : pz__fail_memory();
    if (status == PZ_OK) {
        remember(r, before, divisions, apart);
        memcpy(earlier, r->met, n * n * sizeof *earlier);
        summary->bound = bound_of(r, earlier);
        status = begin(r, iterations);
    }
    if (status == PZ_OK) {
        for (size_t i = 0; i < n * n; i++) r->met[i] += apart[i] * APART;
        meet_all(r);
        status = anneal(r, iterations, 0, progress, user_data, best);
    }
    if (status == PZ_OK) count_meetings(r, earlier, apart, summary);
    pz__release(apart);
    pz__release(earlier);
    pz__release(best);
    return status;
}

static pz_status tell(rotation *r, pz__rows *rows)
{
    for (int32_t round = 0; round < r->rounds; round++) {
        int32_t *group_of = r->group_of + (size_t)round * (size_t)r->count;
        for (int32_t s = 0; s < r->count; s++) group_of[r->seats[(size_t)round * (size_t)r->count + (size_t)s]] = r->seat_group[s];
        for (int32_t i = 0; i < r->count; i++) {
            int32_t met = r->again[(size_t)round * (size_t)r->count + (size_t)i], others = r->sizes[group_of[i]] - 1;
            pz_rotation_seat seat = {
                sizeof seat, round, r->present[i], group_of[i], met, others, met ? "reason.rotation.repeats" : "reason.rotation.new"};
            pz__rows_add(rows, &seat);
        }
    }
    return rows->status == PZ_OK ? PZ_OK : pz__fail_memory();
}

static pz_status check_input(const pz__grouping_data *data, int32_t rounds, const int32_t *before, size_t before_len)
{
    if (data->learners > LEARNERS_MAX)
        return pz__fail(PZ_E_LIMIT, "learners", NULL, "A rotation is for up to %d learners, not %zu.", LEARNERS_MAX, data->learners);
    if (rounds < 1 || rounds > ROUNDS_MAX || (size_t)rounds * data->learners > SEATS_MAX)
        return pz__fail(PZ_E_INVALID, "rounds", NULL, "Rounds are 1 to %d, and rounds times learners at most %d; %d were given.",
                        ROUNDS_MAX, SEATS_MAX, (int)rounds);
    if (before_len % data->learners)
        return pz__fail(PZ_E_INVALID, "before_len", NULL, "Earlier divisions have %zu numbers each; %zu were given.", data->learners,
                        before_len);
    if (before_len && !before) return pz__fail_null("before");
    for (size_t i = 0; i < before_len; i++)
        if (before[i] < -1)
            return pz__fail(PZ_E_INVALID, "before", NULL, "Number %zu is %d; groups are numbered from 0, and -1 is none.", i,
                            (int)before[i]);
    return PZ_OK;
}

static void release(rotation *r)
{
    pz__release(r->present);
    pz__release(r->at);
    pz__release(r->sizes);
    pz__release(r->first);
    pz__release(r->seat_group);
    pz__release(r->group_of);
    pz__release(r->seats);
    pz__release(r->again);
    pz__release(r->met);
}

pz_status pz_grouping_rotate(const pz_grouping_problem *problem, int32_t rounds, const int32_t *before, size_t before_len,
                             const pz_grouping_options *options, pz_progress_fn progress, void *user_data, pz_rotation_seat ***out_rows,
                             size_t *out_count, pz_rotation_summary **out_summary)
{
    if (!out_rows || !out_count || !out_summary) return pz__fail_null(!out_rows ? "out_rows" : !out_count ? "out_count" : "out_summary");
    *out_rows = NULL;
    *out_count = 0;
    *out_summary = NULL;
    if (!problem) return pz__fail_closed("problem");
    pz_grouping_options taken;
    pz__rows rows;
    PZ__TRY(pz__strategy_options(options, &taken));
    PZ__TRY(check_input(problem->data, rounds, before, before_len));
    pz_rotation_summary *summary = pz__alloc_zero(1, sizeof *summary);
    if (!summary) return pz__fail_memory();
    rotation r = {.data = problem->data, .rounds = rounds};
    pz__random_seed(&r.random, taken.seed);
    pz__rows_start(&rows, &pz__rotation_seat_type);
    pz_status status = find_present(&r);
    if (status == PZ_OK) status = find_sizes(&r);
    if (status == PZ_OK) status = make(&r);
    *summary = (pz_rotation_summary){.struct_size = sizeof *summary, .rounds = rounds, .groups = r.groups};
    if (status == PZ_OK) status = run(&r, before, before_len / problem->data->learners, &taken, progress, user_data, summary);
    if (status == PZ_OK) status = tell(&r, &rows);
    release(&r);
    if (status == PZ_OK)
        status = pz__rows_take(&rows, (void ***)out_rows, out_count);
    else
        pz__rows_free(&rows);
    if (status == PZ_OK)
        *out_summary = summary;
    else
        pz__release(summary);
    return status;
}
