/* The grouping engine on instances of the maximally diverse grouping problem in MDGPLIB's text format.
 *
 *   bench_grouping --instance FILE [--seconds S | --iterations N] [--seed K] [--proof-steps N] [--json]
 *
 * Prints the objective (distances within groups, from the file's numbers, by a checker that shares nothing with the engine), whether sizes
 * hold, CPU seconds, and the certified bound with its gap. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "personalize/grouping.h"

typedef struct instance {
    int32_t learners, groups;
    int32_t *least, *most;      /* by group */
    int32_t size_min, size_max; /* over all groups */
    double *distances;
} instance;

static double cpu_seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static void stop(const char *what)
{
    fprintf(stderr, "bench_grouping: %s\n", what);
    exit(2);
}

static void need(pz_status status)
{
    if (status != PZ_OK) stop(pz_last_error()->message);
}

/* Each group has sizes of its own ("ds"), or all have the same ("ss"). */
static void read_sizes(FILE *file, instance *in)
{
    in->least = calloc((size_t)in->groups, sizeof *in->least);
    in->most = calloc((size_t)in->groups, sizeof *in->most);
    in->size_min = INT32_MAX;
    for (int32_t g = 0; g < in->groups; g++) {
        if (fscanf(file, "%d %d", &in->least[g], &in->most[g]) != 2) stop("the sizes cannot be read");
        if (in->least[g] < in->size_min) in->size_min = in->least[g];
        if (in->most[g] > in->size_max) in->size_max = in->most[g];
    }
}

static void read_instance(const char *path, instance *in)
{
    char kind[8];
    int32_t a, b;
    double distance;
    FILE *file = fopen(path, "r");
    memset(in, 0, sizeof *in);
    if (!file || fscanf(file, "%d %d %7s", &in->learners, &in->groups, kind) != 3) stop("the instance cannot be read");
    if (in->learners < 1 || in->groups < 1) stop("the instance has no learners or no groups");
    read_sizes(file, in);
    in->distances = calloc((size_t)in->learners * (size_t)in->learners, sizeof *in->distances);
    while (fscanf(file, "%d %d %lf", &a, &b, &distance) == 3) {
        if (a < 0 || b < 0 || a >= in->learners || b >= in->learners) stop("a distance names nobody");
        in->distances[a * in->learners + b] = in->distances[b * in->learners + a] = distance;
    }
    fclose(file);
}

/* The checker: sizes and objective from the groups and the file alone. */
static double verify(const instance *in, const int32_t *groups, int *out_feasible)
{
    int32_t *sizes = calloc((size_t)in->groups, sizeof *sizes);
    double sum = 0;
    *out_feasible = 1;
    for (int32_t i = 0; i < in->learners; i++) {
        if (groups[i] < 0 || groups[i] >= in->groups) stop("a learner is in no group");
        sizes[groups[i]]++;
        for (int32_t j = 0; j < i; j++)
            if (groups[i] == groups[j]) sum += in->distances[i * in->learners + j];
    }
    for (int32_t g = 0; g < in->groups; g++) *out_feasible &= sizes[g] >= in->least[g] && sizes[g] <= in->most[g];
    free(sizes);
    return sum;
}

static pz_grouping_result *solve(const pz_grouping_problem *problem, uint64_t seed, int64_t iterations, int64_t proof_steps)
{
    pz_grouping_options options = PZ_GROUPING_OPTIONS_INIT;
    pz_grouping_result *result;
    options.seed = seed;
    options.iterations = iterations;
    options.proof_steps = proof_steps;
    need(pz_grouping_solve(problem, &options, NULL, NULL, &result));
    return result;
}

/* How many iterations fit into the time, from two short runs. */
static int64_t iterations_within(const pz_grouping_problem *problem, uint64_t seed, double seconds, double start)
{
    double first = cpu_seconds();
    pz_grouping_result_free(solve(problem, seed, 1, 0));
    double fixed = cpu_seconds() - first, one = 0;
    int64_t tried = 4;
    while (one < seconds * 0.03 && tried < 1000000) {
        double before = cpu_seconds();
        pz_grouping_result_free(solve(problem, seed, tried, 0));
        one = cpu_seconds() - before;
        tried *= 2;
    }
    double each = (one - fixed) / (double)(tried / 2), left = seconds - (cpu_seconds() - start) - fixed;
    return left > each && each > 0 ? (int64_t)(left / each) : 1;
}

int main(int argc, char **argv)
{
    const char *path = NULL;
    double seconds = 1;
    int64_t iterations = 0, proof_steps = 0;
    uint64_t seed = 1;
    int is_json = 0;
    for (int i = 1; i < argc; i++) {
        const char *value = i + 1 < argc ? argv[i + 1] : "";
        if (!strcmp(argv[i], "--instance"))
            path = value, i++;
        else if (!strcmp(argv[i], "--seconds"))
            seconds = atof(value), i++;
        else if (!strcmp(argv[i], "--iterations"))
            iterations = atoll(value), i++;
        else if (!strcmp(argv[i], "--proof-steps"))
            proof_steps = atoll(value), i++;
        else if (!strcmp(argv[i], "--seed"))
            seed = strtoull(value, NULL, 10), i++;
        else if (!strcmp(argv[i], "--json"))
            is_json = 1;
        else
            stop("--instance FILE [--seconds S | --iterations N] [--seed K] [--proof-steps N] [--json]");
    }
    if (!path) stop("--instance is needed");
    instance in;
    pz_grouping_problem *problem;
    pz_grouping_summary *summary;
    read_instance(path, &in);
    int32_t *groups = calloc((size_t)in.learners, sizeof *groups);
    double start = cpu_seconds(), total = 0;
    need(pz_grouping_problem_new((size_t)in.learners, in.size_min, in.size_max, in.groups, &problem));
    need(pz_grouping_add_pairs(problem, "distance", in.distances, (size_t)in.learners, (size_t)in.learners, PZ_DIRECTION_MIXED, 1));
    for (int32_t g = 0; g < in.groups; g++)
        if (in.least[g] != in.size_min || in.most[g] != in.size_max) need(pz_grouping_add_group_size(problem, g, in.least[g], in.most[g]));
    if (!iterations) iterations = iterations_within(problem, seed, seconds, start);
    pz_grouping_result *result = solve(problem, seed, iterations, proof_steps);
    double cpu = cpu_seconds() - start;
    need(pz_grouping_result_groups(result, groups, (size_t)in.learners));
    need(pz_grouping_result_describe(result, &summary));
    for (int32_t i = 0; i < in.learners; i++)
        for (int32_t j = 0; j < i; j++) total += in.distances[i * in.learners + j];
    int feasible;
    double objective = verify(&in, groups, &feasible), bound = (1 - summary->bound) * total;
    printf(is_json ? "{\"objective\": %.3f, \"feasible\": %s, \"cpu_s\": %.3f, \"bound\": %.3f, \"gap\": %.6f, \"iterations\": %lld, "
                     "\"proven\": %s, \"proof_steps\": %lld}\n"
                   : "objective %.3f, feasible %s, cpu %.3f s, bound %.3f, gap %.6f, iterations %lld, proven %s, proof steps %lld\n",
           objective, feasible ? "true" : "false", cpu, bound, bound > 0 ? (bound - objective) / bound : 0, (long long)iterations,
           summary->proven ? "true" : "false", (long long)summary->proof_steps);
    pz_free(summary);
    pz_grouping_result_free(result);
    pz_grouping_problem_free(problem);
    free(groups);
    free(in.distances);
    free(in.least);
    free(in.most);
    return feasible ? 0 : 1;
}
