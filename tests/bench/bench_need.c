/* Does the need mode serve need? 1,000 seeded classes with gaps and misconceptions; for each the share of learners whose group works on something
 * that they need, beside groups by readiness, mixed and by chance, and the most that any groups of these sizes can come to.
 *
 *   bench_need [--classes N] [--seed K] [--iterations N]
 *
 * The most is found by code that shares nothing with the engine. For up to CERTAIN_MAX learners it is exact: groups are told apart only by their focus, so all
 * combinations of focuses are gone through, and for each the learners are assigned by the Hungarian method. Above that it is a bound: who needs anything at
 * all, and what the rarest needs leave room for. */
#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/numeric.h"
#include "base/random.h"
#include "personalize/strategy.h"

enum { LEARNERS_MAX = 120, SKILLS_MAX = 8, MISTAKES_MAX = 5, COLUMNS_MAX = SKILLS_MAX + MISTAKES_MAX, SMALLEST = 2, LARGEST = 6 };
enum { CERTAIN_MAX = 32, GROUPS_MAX = LEARNERS_MAX / SMALLEST, MODES = 4 };

static const double mastered_at = 0.8;

typedef struct class_of {
    int32_t learners, skills, mistakes, columns, groups;
    double mastery[LEARNERS_MAX * SKILLS_MAX], needs[LEARNERS_MAX * COLUMNS_MAX], levels[LEARNERS_MAX];
} class_of;

static double cpu_seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static void need(pz_status status)
{
    if (status == PZ_OK) return;
    fprintf(stderr, "bench_need: %s\n", pz_last_error()->message);
    exit(2);
}

/* ------------------------------------------------------------------------------------------------- classes --- */

/* Skills that build on one another, the later the harder; some stand beside the chain. A learner needs a skill that is not mastered while what it
 * builds on is, and what corrects a misconception that the learner holds: more often held by those who lack the skill that it is about. */
static void draw_learner(class_of *c, int32_t i, const int32_t *builds_on, const int32_t *about, pz__random *random)
{
    double ability = pz__random_normal(random), *mastery = c->mastery + (size_t)i * SKILLS_MAX,
           *needs = c->needs + (size_t)i * (size_t)c->columns;
    for (int32_t k = 0; k < c->skills; k++) {
        double difficulty = 2.5 * k / c->skills - 2, at = 1.7 * (ability - difficulty) + 0.8 * pz__random_normal(random);
        mastery[k] = 1 / (1 + pz__exp(-at));
        c->levels[i] += mastery[k] / c->skills;
    }
    for (int32_t k = 0; k < c->skills; k++)
        needs[k] = mastery[k] < mastered_at && (builds_on[k] < 0 || mastery[builds_on[k]] >= mastered_at);
    for (int32_t m = 0; m < c->mistakes; m++)
        needs[c->skills + m] = pz__random_unit(random) < (mastery[about[m]] < mastered_at ? 0.3 : 0.03);
}

static void draw_class(class_of *c, int32_t learners, uint64_t seed)
{
    pz__random random;
    int32_t builds_on[SKILLS_MAX], about[MISTAKES_MAX];
    memset(c, 0, sizeof *c);
    pz__random_seed(&random, seed);
    c->learners = learners;
    c->skills = 5 + (int32_t)pz__random_below(&random, SKILLS_MAX - 4);
    c->mistakes = 2 + (int32_t)pz__random_below(&random, MISTAKES_MAX - 1);
    c->columns = c->skills + c->mistakes;
    for (int32_t k = 0; k < c->skills; k++) builds_on[k] = k > 0 && pz__random_below(&random, 4) ? k - 1 : -1;
    for (int32_t m = 0; m < c->mistakes; m++) about[m] = (int32_t)pz__random_below(&random, (uint32_t)c->skills);
    for (int32_t i = 0; i < learners; i++) draw_learner(c, i, builds_on, about, &random);
}

static double need_of(const class_of *c, int32_t i, int32_t column)
{
    return c->needs[(size_t)i * (size_t)c->columns + (size_t)column];
}

static int32_t in_need(const class_of *c)
{
    int32_t count = 0;
    for (int32_t i = 0; i < c->learners; i++) {
        int any = 0;
        for (int32_t k = 0; k < c->columns; k++) any |= need_of(c, i, k) > 0;
        count += any;
    }
    return count;
}

/* --------------------------------------------------------------------------------------------------- modes --- */

/* Learners whose group works on something that they need, where each group works on what most of its members need. Checks the sizes too. */
static int32_t served_by(const class_of *c, const int32_t *group_of)
{
    static int32_t counts[GROUPS_MAX][COLUMNS_MAX];
    int32_t sizes[GROUPS_MAX] = {0}, served = 0;
    memset(counts, 0, sizeof counts);
    for (int32_t i = 0; i < c->learners; i++) {
        sizes[group_of[i]]++;
        for (int32_t k = 0; k < c->columns; k++) counts[group_of[i]][k] += need_of(c, i, k) > 0;
    }
    for (int32_t g = 0; g < c->groups; g++) {
        int32_t most = 0;
        for (int32_t k = 0; k < c->columns; k++) most = counts[g][k] > most ? counts[g][k] : most;
        if (sizes[g] < SMALLEST || sizes[g] > LARGEST) exit(3);
        served += most;
    }
    return served;
}

static pz_grouping_problem *problem_of(const class_of *c, int mode)
{
    pz_grouping_sizes sizes = PZ_GROUPING_SIZES_INIT;
    pz_grouping_problem *problem;
    size_t rows = (size_t)c->learners;
    sizes.size_min = SMALLEST;
    sizes.size_max = LARGEST;
    if (mode == 0) need(pz_grouping_for_need(c->needs, rows, (size_t)c->columns, &sizes, &problem));
    if (mode == 1) need(pz_grouping_for_readiness(c->levels, rows, &sizes, &problem));
    if (mode == 2) need(pz_grouping_for_mixed(c->levels, rows, 1, &sizes, &problem));
    if (mode == 3) need(pz_grouping_for_random(rows, &sizes, &problem));
    return problem;
}

static int32_t run_mode(class_of *c, int mode, uint64_t seed, int64_t iterations, double *seconds)
{
    pz_grouping_options options = PZ_GROUPING_OPTIONS_INIT;
    pz_grouping_problem *problem = problem_of(c, mode);
    pz_grouping_result *result;
    pz_grouping_summary *summary;
    int32_t group_of[LEARNERS_MAX];
    options.seed = seed;
    options.iterations = iterations;
    double start = cpu_seconds();
    need(pz_grouping_solve(problem, &options, NULL, NULL, &result));
    *seconds += cpu_seconds() - start;
    need(pz_grouping_result_groups(result, group_of, LEARNERS_MAX));
    need(pz_grouping_result_describe(result, &summary));
    c->groups = summary->groups;
    int32_t served = served_by(c, group_of);
    pz_free(summary);
    pz_grouping_result_free(result);
    pz_grouping_problem_free(problem);
    return served;
}

/* ---------------------------------------------------------------------------------------------------- most --- */

/* The most that learners can be worth in seats: the Hungarian method with potentials (Kuhn 1955), `seats` at least `rows`. */
static double assign(const double *worth, int32_t rows, int32_t seats)
{
    double u[LEARNERS_MAX + 1] = {0}, v[LEARNERS_MAX * 2 + 1] = {0}, slack[LEARNERS_MAX * 2 + 1], sum = 0;
    int32_t row_of[LEARNERS_MAX * 2 + 1] = {0}, way[LEARNERS_MAX * 2 + 1] = {0};
    for (int32_t i = 1; i <= rows; i++) {
        uint8_t used[LEARNERS_MAX * 2 + 1] = {0};
        int32_t at = 0;
        for (int32_t j = 0; j <= seats; j++) slack[j] = DBL_MAX;
        row_of[0] = i;
        do {
            int32_t row = row_of[at], next = 0;
            double least = DBL_MAX;
            used[at] = 1;
            for (int32_t j = 1; j <= seats; j++) {
                if (used[j]) continue;
                double cost = -worth[(row - 1) * seats + j - 1] - u[row] - v[j];
                if (cost < slack[j]) slack[j] = cost, way[j] = at;
                if (slack[j] < least) least = slack[j], next = j;
            }
            for (int32_t j = 0; j <= seats; j++) {
                if (used[j])
                    u[row_of[j]] += least, v[j] -= least;
                else
                    slack[j] -= least;
            }
            at = next;
        } while (row_of[at]);
        for (; at; at = way[at]) row_of[at] = row_of[way[at]];
    }
    for (int32_t j = 1; j <= seats; j++)
        if (row_of[j]) sum += worth[(row_of[j] - 1) * seats + j - 1];
    return sum;
}

/* Learners served at most where the groups have these focuses. The first seats of a group are worth more than any need, since they have to be filled. */
static int32_t served_with(const class_of *c, const int32_t *focus)
{
    static double worth[CERTAIN_MAX * CERTAIN_MAX * LARGEST];
    const double seat_worth = 1000;
    int32_t seats = c->groups * LARGEST;
    for (int32_t i = 0; i < c->learners; i++)
        for (int32_t j = 0; j < seats; j++)
            worth[i * seats + j] = need_of(c, i, focus[j / LARGEST]) + (j % LARGEST < SMALLEST ? seat_worth : 0);
    return (int32_t)floor(assign(worth, c->learners, seats) - seat_worth * SMALLEST * c->groups + 0.5);
}

/* No more than that can be served: each needs one of the focuses, and a focus has so many seats. */
static int32_t at_most(const class_of *c, const int32_t *focus)
{
    int32_t anybody = 0, seats = 0;
    for (int32_t i = 0; i < c->learners; i++) {
        int any = 0;
        for (int32_t g = 0; g < c->groups; g++) any |= need_of(c, i, focus[g]) > 0;
        anybody += any;
    }
    for (int32_t k = 0; k < c->columns; k++) {
        int32_t wanting = 0, room = 0;
        for (int32_t i = 0; i < c->learners; i++) wanting += need_of(c, i, k) > 0;
        for (int32_t g = 0; g < c->groups; g++) room += focus[g] == k ? LARGEST : 0;
        seats += room < wanting ? room : wanting;
    }
    return anybody < seats ? anybody : seats;
}

/* Every combination of focuses that could be better than `known`. */
static int32_t most_from(const class_of *c, int32_t *focus, int32_t group, int32_t from, int32_t known, int32_t limit)
{
    if (group == c->groups) {
        if (at_most(c, focus) <= known) return known;
        int32_t served = served_with(c, focus);
        return served > known ? served : known;
    }
    for (int32_t k = from; k < c->columns && known < limit; k++) {
        focus[group] = k;
        known = most_from(c, focus, group + 1, k, known, limit);
    }
    return known;
}

/* ------------------------------------------------------------------------------------------------- figures --- */

typedef struct figures {
    int32_t classes, at_most; /* classes in which the need mode comes to the most */
    int64_t needing, most;    /* learners */
    int64_t served[MODES];
    double worst; /* least share of the most */
    double seconds[MODES];
} figures;

static void add_class(figures *f, class_of *c, uint64_t seed, int64_t iterations, int is_certain)
{
    int32_t served[MODES], focus[GROUPS_MAX], needing = in_need(c);
    for (int m = 0; m < MODES; m++) f->served[m] += served[m] = run_mode(c, m, seed, iterations, &f->seconds[m]);
    int32_t most = is_certain ? most_from(c, focus, 0, 0, served[0], needing) : needing;
    double share = most ? (double)served[0] / most : 1;
    f->classes++;
    f->needing += needing;
    f->most += most;
    f->at_most += served[0] == most;
    if (f->classes == 1 || share < f->worst) f->worst = share;
}

static void print_figures(const char *what, const figures *f)
{
    static const char *const names[MODES] = {"need", "readiness", "mixed", "random"};
    double needing = (double)f->needing;
    printf("%s: %d classes, %lld learners who need something; most %.2f %%\n", what, (int)f->classes, (long long)f->needing,
           100 * (double)f->most / needing);
    for (int m = 0; m < MODES; m++)
        printf("  %-10s %6.2f %% served, %.2f ms a class\n", names[m], 100 * (double)f->served[m] / needing,
               1000 * f->seconds[m] / f->classes);
    printf("  the need mode comes to the most in %d classes, to %.2f %% of it in all, %.2f %% in the worst\n", (int)f->at_most,
           100 * (double)f->served[0] / (double)f->most, 100 * f->worst);
}

int main(int argc, char **argv)
{
    int32_t classes = 1000;
    uint64_t seed = 1;
    int64_t iterations = 0;
    for (int i = 1; i + 1 < argc; i += 2) {
        if (!strcmp(argv[i], "--classes")) classes = atoi(argv[i + 1]);
        if (!strcmp(argv[i], "--seed")) seed = strtoull(argv[i + 1], NULL, 10);
        if (!strcmp(argv[i], "--iterations")) iterations = atoll(argv[i + 1]);
    }
    static class_of c;
    figures few = {0}, middle = {0}, many = {0};
    for (int32_t i = 0; i < classes; i++) {
        uint64_t own = seed * 1000003 + (uint64_t)i;
        int32_t kind = i % 5;
        if (kind < 2)
            draw_class(&c, 8 + i % 11, own), add_class(&few, &c, own, iterations, 1);
        else if (kind < 4)
            draw_class(&c, 19 + i % 14, own), add_class(&middle, &c, own, iterations, 1);
        else
            draw_class(&c, 40 + i % 81, own), add_class(&many, &c, own, iterations, 0);
    }
    if (few.classes) print_figures("8 to 18 learners, most proven", &few);
    if (middle.classes) print_figures("19 to 32 learners, most proven", &middle);
    if (many.classes) print_figures("40 to 120 learners, most a bound: all who need something", &many);
    return 0;
}
