/* How time and memory grow with the number of learners: six features behind which are two factors and noise, groups of one size.
 *
 *   bench_size [--learners N] [--size K] [--what diversity|likeness|balance|level] [--iterations N] [--seconds S] [--seed K] [--check]
 *
 * Prints CPU seconds and what the peak of memory grew by, and by a count that shares nothing with the engine the sum of distances within groups and the share of variance
 * between groups. With --seconds a callback stops the search. --check looks whether any swap of two learners would better the sum. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include "base/random.h"
#include "personalize/grouping.h"

enum { FEATURES = 6 };

static double cpu_seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static double peak_mib(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return (double)usage.ru_maxrss / 1024;
}

static void need(pz_status status)
{
    if (status == PZ_OK) return;
    fprintf(stderr, "bench_size: %s\n", pz_last_error()->message);
    exit(2);
}

/* Scaled to a standard deviation of 1. */
static void draw(double *values, size_t learners, uint64_t seed)
{
    pz__random random;
    pz__random_seed(&random, seed);
    for (size_t i = 0; i < learners; i++) {
        double a = pz__random_normal(&random), b = pz__random_normal(&random);
        for (int c = 0; c < FEATURES; c++) {
            double noise = pz__random_normal(&random);
            values[i * FEATURES + (size_t)c] = c == 5 ? noise : 0.7 * (c < 3 ? a : b) + 0.7 * noise;
        }
    }
    for (int c = 0; c < FEATURES; c++) {
        double sum = 0, squares = 0;
        for (size_t i = 0; i < learners; i++) sum += values[i * FEATURES + (size_t)c];
        for (size_t i = 0; i < learners; i++) squares += pow(values[i * FEATURES + (size_t)c] - sum / (double)learners, 2);
        for (size_t i = 0; i < learners; i++) values[i * FEATURES + (size_t)c] /= sqrt(squares / (double)learners);
    }
}

static pz_grouping_problem *problem_of(const double *values, size_t learners, int32_t size, const char *what)
{
    pz_grouping_problem *problem;
    double *level = malloc(learners * sizeof *level);
    if (!level) exit(2);
    need(pz_grouping_problem_new(learners, size, size + (learners % (size_t)size > 0), 0, &problem));
    for (size_t i = 0; i < learners; i++) level[i] = values[i * FEATURES];
    if (!strcmp(what, "level")) {
        need(pz_grouping_add_numeric(problem, "level", level, learners, PZ_DIRECTION_MIXED, 1));
    } else if (!strcmp(what, "balance")) {
        need(pz_grouping_add_features(problem, "balance", values, learners, FEATURES, PZ_METRIC_EUCLIDEAN, PZ_DIRECTION_BALANCED, 1));
    } else {
        pz_grouping_direction direction = !strcmp(what, "likeness") ? PZ_DIRECTION_ALIKE : PZ_DIRECTION_MIXED;
        need(pz_grouping_add_features(problem, what, values, learners, FEATURES, PZ_METRIC_EUCLIDEAN, direction, 1));
    }
    free(level);
    return problem;
}

/* ---------------------------------------------------------------------------------------------- the checker --- */

typedef struct division {
    const double *values;
    size_t learners;
    int32_t groups, size_max;
    const int32_t *group_of;
    int32_t *members, *sizes; /* size_max places for each group */
} division;

static double distance(const division *d, int32_t a, int32_t b)
{
    double squares = 0;
    for (int c = 0; c < FEATURES; c++) squares += pow(d->values[a * FEATURES + c] - d->values[b * FEATURES + c], 2);
    return sqrt(squares);
}

static double to_group(const division *d, int32_t learner, int32_t group)
{
    double sum = 0;
    for (int32_t i = 0; i < d->sizes[group]; i++) sum += distance(d, learner, d->members[group * d->size_max + i]);
    return sum;
}

static void lay_out(division *d)
{
    d->members = malloc((size_t)d->groups * (size_t)d->size_max * sizeof *d->members);
    d->sizes = calloc((size_t)d->groups, sizeof *d->sizes);
    if (!d->members || !d->sizes) exit(2);
    for (size_t i = 0; i < d->learners; i++) {
        int32_t g = d->group_of[i];
        if (g < 0 || g >= d->groups || d->sizes[g] == d->size_max) exit(3);
        d->members[g * d->size_max + d->sizes[g]++] = (int32_t)i;
    }
}

static double within(const division *d)
{
    double sum = 0;
    for (size_t i = 0; i < d->learners; i++) sum += to_group(d, (int32_t)i, d->group_of[i]) / 2;
    return sum;
}

static double between(const division *d)
{
    double share = 0;
    for (int c = 0; c < FEATURES; c++) {
        double all = 0, sum = 0, squares = 0;
        for (size_t i = 0; i < d->learners; i++) all += d->values[i * FEATURES + (size_t)c] / (double)d->learners;
        for (int32_t g = 0; g < d->groups; g++) {
            double own = 0;
            for (int32_t i = 0; i < d->sizes[g]; i++) own += d->values[d->members[g * d->size_max + i] * FEATURES + c] - all;
            sum += own * own / d->sizes[g];
        }
        for (size_t i = 0; i < d->learners; i++) squares += pow(d->values[i * FEATURES + (size_t)c] - all, 2);
        share += sum / squares / FEATURES;
    }
    return share;
}

/* Swaps that would make the sum more than a millionth of a distance better (`sign` 1: greater). */
static long better_swaps(const division *d, int sign)
{
    long count = 0;
    double *own = malloc(d->learners * sizeof *own);
    if (!own) exit(2);
    for (size_t i = 0; i < d->learners; i++) own[i] = to_group(d, (int32_t)i, d->group_of[i]);
    for (int32_t g = 0; g < d->groups; g++) {
        for (int32_t h = g + 1; h < d->groups; h++) {
            for (int32_t i = 0; i < d->sizes[g]; i++) {
                int32_t a = d->members[g * d->size_max + i];
                double gain = to_group(d, a, h) - own[a];
                for (int32_t j = 0; j < d->sizes[h]; j++) {
                    int32_t b = d->members[h * d->size_max + j];
                    count += sign * (gain + to_group(d, b, g) - own[b] - 2 * distance(d, a, b)) > 1e-4;
                }
            }
        }
    }
    free(own);
    return count;
}

static double ends_at = INFINITY;

static pz_status ask(double done, void *user_data)
{
    (void)done;
    (void)user_data;
    return cpu_seconds() > ends_at ? PZ_E_CANCELLED : PZ_OK;
}

int main(int argc, char **argv)
{
    pz_grouping_options options = PZ_GROUPING_OPTIONS_INIT;
    size_t learners = 10000;
    int32_t size = 5, check = 0;
    const char *what = "diversity";
    double seconds = 0;
    uint64_t drawn = 1;
    for (int i = 1; i < argc; i++) {
        const char *value = i + 1 < argc ? argv[i + 1] : "";
        if (!strcmp(argv[i], "--learners")) learners = strtoull(value, NULL, 10);
        if (!strcmp(argv[i], "--size")) size = atoi(value);
        if (!strcmp(argv[i], "--what")) what = value;
        if (!strcmp(argv[i], "--seconds")) seconds = atof(value);
        if (!strcmp(argv[i], "--iterations")) options.iterations = atoll(value);
        if (!strcmp(argv[i], "--seed")) options.seed = drawn = strtoull(value, NULL, 10);
        check |= !strcmp(argv[i], "--check");
    }
    pz_grouping_result *result;
    pz_grouping_summary *summary;
    double *values = malloc(learners * FEATURES * sizeof *values);
    int32_t *groups = malloc(learners * sizeof *groups);
    if (!values || !groups) return 2;
    draw(values, learners, drawn);
    double before = peak_mib(), start = cpu_seconds();
    pz_grouping_problem *problem = problem_of(values, learners, size, what);
    if (seconds > 0) ends_at = start + seconds, options.keep_best = 1, options.iterations = 1000000;
    need(pz_grouping_solve(problem, &options, seconds > 0 ? ask : NULL, NULL, &result));
    double took = cpu_seconds() - start, grew = peak_mib() - before;
    need(pz_grouping_result_groups(result, groups, learners));
    need(pz_grouping_result_describe(result, &summary));
    division d = {values, learners, summary->groups, size + 1, groups, NULL, NULL};
    lay_out(&d);
    printf("%zu learners in groups of %d, %s: %.3f s, %.1f MiB, objective %.6f, distances within %.1f, variance between %.5f", learners,
           (int)size, what, took, grew, summary->objective, within(&d), between(&d));
    if (check) printf(", %ld swaps would better it", better_swaps(&d, strcmp(what, "likeness") ? 1 : -1));
    printf("\n");
    pz_free(summary);
    pz_grouping_result_free(result);
    pz_grouping_problem_free(problem);
    free(d.members);
    free(d.sizes);
    free(values);
    free(groups);
    return 0;
}
