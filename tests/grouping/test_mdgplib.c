/* Instances of MDGPLIB whose groups have sizes of their own ("ds"), where PERSONALIZE_DATA has them: the proven optimum is met, and every group
 * has its size. */
#include "grouping/problems.h"

enum { N_MAX = 12, GROUPS_MAX = 6 };

typedef struct instance {
    int32_t learners, groups, size_min[GROUPS_MAX], size_max[GROUPS_MAX];
    double distances[N_MAX * N_MAX];
} instance;

static FILE *open_data(const char *folder, const char *name)
{
    char path[1024];
    snprintf(path, sizeof path, "%s/mdgplib/%s", folder, name);
    return fopen(path, "r");
}

static void read_instance(const char *folder, const char *name, instance *in)
{
    char below[128];
    int32_t a, b;
    double distance;
    snprintf(below, sizeof below, "%.*s/%s", (int)strcspn(name, "_"), name, name);
    FILE *file = open_data(folder, below);
    memset(in, 0, sizeof *in);
    ck_assert_msg(file && fscanf(file, "%d %d ds", &in->learners, &in->groups) == 2, "%s cannot be read", name);
    ck_assert_int_le(in->learners, N_MAX);
    ck_assert_int_le(in->groups, GROUPS_MAX);
    for (int32_t g = 0; g < in->groups; g++) ck_assert_int_eq(fscanf(file, "%d %d", &in->size_min[g], &in->size_max[g]), 2);
    while (fscanf(file, "%d %d %lf", &a, &b, &distance) == 3)
        in->distances[a * in->learners + b] = in->distances[b * in->learners + a] = distance;
    fclose(file);
}

static double best_found(const instance *in, const char *name)
{
    pz_grouping_problem *problem = new_problem((size_t)in->learners, 1, in->learners, in->groups);
    double best = 0;
    for (int32_t g = 0; g < in->groups; g++) ck_assert_ok(pz_grouping_add_group_size(problem, g, in->size_min[g], in->size_max[g]));
    ck_assert_ok(pz_grouping_add_pairs(problem, "d", in->distances, (size_t)in->learners, (size_t)in->learners, PZ_DIRECTION_MIXED, 1));
    for (uint64_t seed = 1; seed <= 2; seed++) {
        pz_grouping_result *result = solve(problem, seed, 5000);
        int32_t groups[N_MAX], sizes[GROUPS_MAX] = {0};
        double sum = 0;
        ck_assert_ok(pz_grouping_result_groups(result, groups, (size_t)in->learners));
        for (int32_t i = 0; i < in->learners; i++) {
            sizes[groups[i]]++;
            for (int32_t j = 0; j < i; j++)
                if (groups[i] == groups[j]) sum += in->distances[i * in->learners + j];
        }
        for (int32_t g = 0; g < in->groups; g++)
            ck_assert_msg(sizes[g] >= in->size_min[g] && sizes[g] <= in->size_max[g], "%s: group %d has %d learners", name, g, sizes[g]);
        ck_assert_int_eq(summary_of(result).rules_broken, 0);
        best = fmax(best, sum);
        pz_grouping_result_free(result);
    }
    pz_grouping_problem_free(problem);
    return best;
}

START_TEST(proven_optima_with_sizes_by_group_are_met)
{
    const char *folder = getenv("PERSONALIZE_DATA");
    char line[512], name[64];
    double optimum;
    int met = 0;
    FILE *file = folder ? open_data(folder, "OPTIMA_n10_n12.tsv") : NULL;
    if (!file) {
        printf("skipped: mdgplib/OPTIMA_n10_n12.tsv is not there (PERSONALIZE_DATA)\n");
        return;
    }
    while (fgets(line, sizeof line, file)) {
        instance in;
        if (sscanf(line, "%63s %lf", name, &optimum) != 2 || !strstr(name, "_ds_")) continue;
        read_instance(folder, name, &in);
        double best = best_found(&in, name);
        ck_assert_msg(fabs(best - optimum) < 1e-3, "%s: %.3f was found, %.3f is the best there is", name, best, optimum);
        met++;
    }
    fclose(file);
    ck_assert_int_eq(met, 60);
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("grouping_mdgplib");
    TCase *tests = tcase_create("mdgplib");
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, proven_optima_with_sizes_by_group_are_met);
    suite_add_tcase(suite, tests);
    return suite;
}

SUITE_MAIN(make_suite)
