/* A class as a teacher would set it up: 30 learners in groups of five, six criteria, ten rules, drawn by a seed. How long it takes to form groups, and how far
 * they are at most from the best there can be.
 *
 *   bench_criteria [--classes N] [--seed K] [--iterations N] [--proof-steps N] [--verbose] */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/random.h"
#include "personalize/grouping.h"

enum { N = 30, NEEDS = 5, SCORES = 2, INTERESTS = 8, EARLIER = 3, SLOTS = 6, SIZE = 5, GROUPS = N / SIZE, CLASSES_MAX = 1000 };

static double cpu_seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static void need(pz_status status)
{
    if (status == PZ_OK) return;
    fprintf(stderr, "bench_criteria: %s\n", pz_last_error()->message);
    exit(2);
}

/* ---------------------------------------------------------------------------------------------- the class --- */

typedef struct class_of {
    double level[N], needs[N * NEEDS], scores[N * SCORES], gender[N], interests[N * INTERESTS], earlier[N * EARLIER];
    double leads[N], minority[N], free_times[N * SLOTS];
} class_of;

static int chance(pz__random *random, double share)
{
    return pz__random_unit(random) < share;
}

static void draw_earlier(class_of *c, pz__random *random)
{
    int32_t order[N];
    for (int32_t i = 0; i < N; i++) order[i] = i;
    for (int32_t d = 0; d < EARLIER; d++) {
        pz__random_shuffle(random, order, N);
        for (int32_t i = 0; i < N; i++) c->earlier[order[i] * EARLIER + d] = i / SIZE;
    }
}

/* One ability behind level, scores and needs. */
static void draw_class(class_of *c, uint64_t seed)
{
    pz__random random;
    memset(c, 0, sizeof *c);
    pz__random_seed(&random, seed);
    for (int32_t i = 0; i < N; i++) {
        double ability = pz__random_normal(&random);
        c->level[i] = ability + 0.5 * pz__random_normal(&random);
        for (int32_t k = 0; k < SCORES; k++) c->scores[i * SCORES + k] = ability + pz__random_normal(&random);
        for (int32_t k = 0; k < NEEDS; k++) {
            double lack = 0.5 - 0.25 * ability + 0.3 * pz__random_normal(&random);
            c->needs[i * NEEDS + k] = lack < 0.3 ? 0 : lack > 1 ? 1 : lack;
        }
        c->gender[i] = chance(&random, 0.5);
        for (int32_t k = 0; k < INTERESTS; k++) c->interests[i * INTERESTS + k] = chance(&random, 0.3);
        c->leads[i] = i < GROUPS || chance(&random, 0.2);
        c->minority[i] = i % 7 == 3;
        for (int32_t k = 0; k < SLOTS; k++) c->free_times[i * SLOTS + k] = k == 0 || chance(&random, 0.6);
    }
    draw_earlier(c, &random);
}

/* Ten rules: sizes aside, four pairs apart, one together, one locked, one list of groups, nobody alone, a role, and common time. */
static pz_grouping_problem *problem_of(const class_of *c)
{
    static const int32_t some[] = {0, 1, 2};
    pz_grouping_problem *p;
    need(pz_grouping_problem_new(N, SIZE, SIZE, GROUPS, &p));
    need(pz_grouping_add_needs(p, "needs", c->needs, N, NEEDS, 2));
    need(pz_grouping_add_numeric(p, "level", c->level, N, PZ_DIRECTION_BALANCED, 1));
    need(pz_grouping_add_features(p, "gender", c->gender, N, 1, PZ_METRIC_CATEGORIES, PZ_DIRECTION_BALANCED, 1));
    need(pz_grouping_add_features(p, "scores", c->scores, N, SCORES, PZ_METRIC_MANHATTAN, PZ_DIRECTION_MIXED, 1));
    need(pz_grouping_add_features(p, "interests", c->interests, N, INTERESTS, PZ_METRIC_SETS, PZ_DIRECTION_ALIKE, 1));
    need(pz_grouping_add_earlier(p, "earlier", c->earlier, N, EARLIER, 0.5, 1));
    for (int32_t i = 0; i < 4; i++) need(pz_grouping_add_apart(p, 2 * i, 2 * i + 9));
    need(pz_grouping_add_together(p, 20, 25));
    need(pz_grouping_add_locked(p, 29, 0));
    need(pz_grouping_add_allowed(p, 28, some, 3));
    need(pz_grouping_add_not_alone(p, "minority", c->minority, N, 2));
    need(pz_grouping_add_role(p, "leads", c->leads, N, 1, SIZE));
    need(pz_grouping_add_common_time(p, "time", c->free_times, N, SLOTS, 1));
    return p;
}

/* ------------------------------------------------------------------------------------------------- figures --- */

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

static void print_terms(const pz_grouping_result *result)
{
    pz_grouping_term **terms;
    size_t count;
    need(pz_grouping_term_list(result, &terms, &count));
    for (size_t i = 0; i < count; i++)
        printf("  %-10s weight %.3f, term %.4f, bound %.4f\n", terms[i]->name, terms[i]->weight, terms[i]->value, terms[i]->bound);
    pz_free(terms);
}

int main(int argc, char **argv)
{
    static double seconds[CLASSES_MAX], gaps[CLASSES_MAX], goods[CLASSES_MAX];
    pz_grouping_options options = PZ_GROUPING_OPTIONS_INIT;
    int32_t classes = 100, verbose = 0, proven = 0, within = 0;
    uint64_t seed = 1;
    for (int i = 1; i < argc; i++) {
        const char *value = i + 1 < argc ? argv[i + 1] : "";
        if (!strcmp(argv[i], "--classes")) classes = atoi(value);
        if (!strcmp(argv[i], "--seed")) seed = strtoull(value, NULL, 10);
        if (!strcmp(argv[i], "--iterations")) options.iterations = atoll(value);
        if (!strcmp(argv[i], "--proof-steps")) options.proof_steps = atoll(value);
        verbose |= !strcmp(argv[i], "--verbose");
    }
    if (classes < 1 || classes > CLASSES_MAX) return 2;
    for (int32_t i = 0; i < classes; i++) {
        static class_of c;
        pz_grouping_result *result;
        pz_grouping_summary *summary;
        draw_class(&c, seed * 1000003 + (uint64_t)i);
        double start = cpu_seconds();
        pz_grouping_problem *problem = problem_of(&c);
        need(pz_grouping_solve(problem, &options, NULL, NULL, &result));
        need(pz_grouping_result_describe(result, &summary));
        seconds[i] = cpu_seconds() - start;
        if (summary->rules_broken) return 3;
        gaps[i] = summary->gap / summary->objective;
        goods[i] = summary->gap / (1 - summary->bound);
        proven += summary->proven;
        within += summary->proven || goods[i] <= 0.04;
        if (verbose) printf("class %d: objective %.5f, bound %.5f\n", (int)i, summary->objective, summary->bound);
        if (verbose) print_terms(result);
        pz_free(summary);
        pz_grouping_result_free(result);
        pz_grouping_problem_free(problem);
    }
    qsort(seconds, (size_t)classes, sizeof *seconds, by_value);
    qsort(gaps, (size_t)classes, sizeof *gaps, by_value);
    qsort(goods, (size_t)classes, sizeof *goods, by_value);
    printf("%d classes: %.1f ms in the median, %.1f ms at most; objective at most %.2f %% above the bound in the median, %.2f %% in the "
           "worst; "
           "what is achieved (1 - objective) at most %.2f %% below what the bound leaves (1 - bound), %.2f %% in the worst; %d proven, %d "
           "within 4 %%\n",
           (int)classes, 1000 * seconds[classes / 2], 1000 * seconds[classes - 1], 100 * gaps[classes / 2], 100 * gaps[classes - 1],
           100 * goods[classes / 2], 100 * goods[classes - 1], (int)proven, (int)within);
    return 0;
}
