/* Rotation, regrouping and pairs: how long they take, and how far regrouping stays behind groups formed afresh. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/random.h"
#include "personalize/strategy.h"

enum { N = 480, FEATURES = 6 };

static double cpu_seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static void need(pz_status status)
{
    if (status == PZ_OK) return;
    fprintf(stderr, "bench_strategy: %s\n", pz_last_error()->message);
    exit(2);
}

static void rotation(size_t learners, int32_t size, int32_t rounds)
{
    pz_grouping_problem *problem;
    pz_rotation_seat **rows;
    pz_rotation_summary *summary;
    size_t count;
    need(pz_grouping_problem_new(learners, size, size, 0, &problem));
    double start = cpu_seconds();
    need(pz_grouping_rotate(problem, rounds, NULL, 0, NULL, NULL, NULL, &rows, &count, &summary));
    printf("rotation of %zu in groups of %d over %d rounds: %lld repeated, bound %lld, %.3f s\n", learners, (int)size, (int)rounds,
           (long long)summary->repeats, (long long)summary->bound, cpu_seconds() - start);
    pz_free(rows);
    pz_free(summary);
    pz_grouping_problem_free(problem);
}

static pz_grouping_problem *school(const double *values, int32_t absent)
{
    pz_grouping_problem *problem;
    need(pz_grouping_problem_new(N, 4, 6, 96, &problem));
    need(pz_grouping_add_features(problem, "profile", values, N, FEATURES, PZ_METRIC_EUCLIDEAN, PZ_DIRECTION_MIXED, 1));
    need(pz_grouping_add_absent(problem, absent));
    return problem;
}

static double objective_of(const pz_grouping_result *result)
{
    pz_grouping_summary *summary;
    need(pz_grouping_result_describe(result, &summary));
    double objective = summary->objective;
    pz_free(summary);
    return objective;
}

/* The last learner comes, another one goes. */
static void regrouping(uint64_t seed)
{
    static double values[N * FEATURES];
    int32_t before[N], after[N], moved = 0;
    pz__random random;
    pz_grouping_result *first, *again, *afresh;
    pz__random_seed(&random, seed);
    for (int i = 0; i < N * FEATURES; i++) values[i] = pz__random_normal(&random);
    pz_grouping_problem *problem = school(values, N - 1), *now = school(values, (int32_t)seed * 7);
    need(pz_grouping_solve(problem, NULL, NULL, NULL, &first));
    need(pz_grouping_result_groups(first, before, N));
    double start = cpu_seconds();
    need(pz_grouping_regroup(now, before, N, 2, &again));
    double took = cpu_seconds() - start;
    need(pz_grouping_result_groups(again, after, N));
    for (int i = 0; i < N; i++) moved += before[i] >= 0 && after[i] >= 0 && before[i] != after[i];
    need(pz_grouping_solve(now, NULL, NULL, NULL, &afresh));
    double own = 1 - objective_of(again), full = 1 - objective_of(afresh);
    printf("regrouping of %d, seed %llu: %d others moved, %.2f ms, diversity %.4f %% of a full run\n", N, (unsigned long long)seed,
           (int)moved, 1000 * took, 100 * own / full);
    pz_grouping_result_free(first);
    pz_grouping_result_free(again);
    pz_grouping_result_free(afresh);
    pz_grouping_problem_free(problem);
    pz_grouping_problem_free(now);
}

static void pairs(size_t learners)
{
    double *mastery = malloc(learners * FEATURES * sizeof *mastery);
    pz__random random;
    pz_grouping_problem *problem;
    pz_tutoring **rows;
    pz_tutoring_summary *summary;
    size_t count;
    if (!mastery) exit(2);
    pz__random_seed(&random, learners);
    for (size_t i = 0; i < learners * FEATURES; i++) mastery[i] = pz__random_unit(&random);
    need(pz_grouping_problem_new(learners, 2, 3, 0, &problem));
    double start = cpu_seconds();
    need(pz_grouping_tutor(problem, mastery, learners, FEATURES, NULL, 0, NULL, NULL, NULL, &rows, &count, &summary));
    printf("pairs of %zu: worth %.3f, gap %g, %.3f s\n", learners, summary->value, summary->gap, cpu_seconds() - start);
    pz_free(rows);
    pz_free(summary);
    pz_grouping_problem_free(problem);
    free(mastery);
}

int main(void)
{
    rotation(24, 4, 6);
    rotation(120, 5, 10);
    rotation(480, 5, 10);
    for (uint64_t seed = 1; seed <= 5; seed++) regrouping(seed);
    pairs(31);
    pairs(120);
    pairs(481);
    return 0;
}
