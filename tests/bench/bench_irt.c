/* How well and how fast items are calibrated, abilities estimated, and next items chosen.
 *
 *     bench_irt --responses FILE --truth FILE --bank FILE [--json]
 *
 * --responses: persons row by row, 0 and 1, comma-separated, without a line of names. --truth: slope and difficulty of each item, by which the parameters are judged. --bank: slope,
 * difficulty and guess of each item, after a line of names. One core; CPU seconds. The yardstick is one pass of the logistic function of <math.h> over all responses. */
#include <math.h>
#include <string.h>

#include "personalize/adaptive.h"
#include "tracing_data.h"

enum { PERSONS_MOST = 20000, ITEMS_MOST = 500, SITTINGS = 2000 };

typedef struct data {
    int32_t *responses;
    size_t persons, items, bank;
    double slope[ITEMS_MOST], difficulty[ITEMS_MOST];
    double bank_slope[ITEMS_MOST], bank_difficulty[ITEMS_MOST], bank_guess[ITEMS_MOST];
} data;

typedef struct result {
    double floor_seconds, fit_seconds, log_likelihood, slope_rmse, difficulty_rmse, eap_seconds, fit_list_seconds, next_per_s;
    int32_t iterations;
} result;

static void must(pz_status status)
{
    if (status == PZ_OK) return;
    fprintf(stderr, "%s: %s %s\n", pz_status_describe(status)->name, pz_last_error()->message, pz_last_error()->hint);
    exit(1);
}

static FILE *must_open(const char *path)
{
    FILE *file = fopen(path, "r");
    if (!file) fprintf(stderr, "%s cannot be read\n", path), exit(1);
    return file;
}

static void read_all(const char *responses, const char *truth, const char *bank, data *d)
{
    static char line[4 * ITEMS_MOST];
    FILE *file = must_open(responses);
    size_t values = 0;
    d->responses = malloc((size_t)PERSONS_MOST * ITEMS_MOST * sizeof *d->responses);
    if (!d->responses) abort();
    for (; d->persons < PERSONS_MOST && fgets(line, sizeof line, file); d->persons++)
        for (char *at = strtok(line, ",\n"); at; at = strtok(NULL, ",\n")) d->responses[values++] = atoi(at);
    fclose(file);
    file = must_open(truth);
    while (d->items < ITEMS_MOST && fscanf(file, "%lf,%lf", &d->slope[d->items], &d->difficulty[d->items]) == 2) d->items++;
    fclose(file);
    file = must_open(bank);
    if (!fgets(line, sizeof line, file)) exit(1);
    for (; d->bank < ITEMS_MOST && fgets(line, sizeof line, file); d->bank++)
        if (sscanf(line, "%lf,%lf,%lf", &d->bank_slope[d->bank], &d->bank_difficulty[d->bank], &d->bank_guess[d->bank]) != 3) exit(1);
    fclose(file);
    if (values != d->persons * d->items) fprintf(stderr, "responses and truth have different numbers of items\n"), exit(1);
}

static double floor_pass(const data *d)
{
    volatile double sum = 0;
    double seconds = cpu_seconds();
    for (size_t p = 0; p < d->persons; p++)
        for (size_t i = 0; i < d->items; i++) sum += 1 / (1 + exp(-d->slope[i] * ((double)(p % 61) / 10 - 3 - d->difficulty[i])));
    return cpu_seconds() - seconds;
}

static void calibrate(const data *d, result *out)
{
    pz_irt_options options = PZ_IRT_OPTIONS_INIT;
    pz_irt_model *model;
    pz_irt_step **steps;
    pz_irt_fit *fit;
    pz_irt_item_fit **fits;
    size_t count;
    double *ability = malloc(2 * d->persons * sizeof *ability);
    if (!ability) abort();
    out->fit_seconds = cpu_seconds();
    must(pz_irt_calibrate(&options, d->responses, d->persons, d->items, NULL, NULL, &model));
    out->fit_seconds = cpu_seconds() - out->fit_seconds;
    must(pz_irt_fit_of(model, &fit));
    out->log_likelihood = fit->log_likelihood;
    out->iterations = fit->iterations;
    must(pz_irt_step_list(model, &steps, &count));
    for (size_t i = 0; i < count; i++) {
        out->slope_rmse += (steps[i]->slope - d->slope[i]) * (steps[i]->slope - d->slope[i]) / (double)count;
        out->difficulty_rmse += (steps[i]->difficulty - d->difficulty[i]) * (steps[i]->difficulty - d->difficulty[i]) / (double)count;
    }
    out->slope_rmse = sqrt(out->slope_rmse), out->difficulty_rmse = sqrt(out->difficulty_rmse);
    out->eap_seconds = cpu_seconds();
    must(pz_irt_ability(model, PZ_IRT_EAP, d->responses, d->persons, d->items, 61, 6, NULL, NULL, ability, d->persons, ability + d->persons, d->persons));
    out->eap_seconds = cpu_seconds() - out->eap_seconds;
    out->fit_list_seconds = cpu_seconds();
    must(pz_irt_item_fit_list(model, d->responses, d->persons, d->items, 61, 6, NULL, NULL, &fits, &count));
    out->fit_list_seconds = cpu_seconds() - out->fit_list_seconds;
    pz_free(fits);
    pz_free(steps);
    pz_free(fit);
    pz_irt_free(model);
    free(ability);
}

/* Sittings of ten items; only the calls for the next item are counted. */
static void choose(const data *d, result *out)
{
    pz_irt_model *bank;
    double seconds = 0;
    int64_t calls = 0;
    must(pz_irt_model_of(d->bank_slope, d->bank_difficulty, d->bank_guess, d->bank, &bank));
    for (int s = 0; s < SITTINGS; s++) {
        pz_adaptive_options options = PZ_ADAPTIVE_OPTIONS_INIT;
        pz_adaptive_test *test;
        options.error_target = 0;
        must(pz_adaptive_new(bank, &options, NULL, 0, NULL, 0, NULL, 0, &test));
        for (int i = 0; i < 10; i++) {
            pz_adaptive_choice choice = PZ_ADAPTIVE_CHOICE_INIT;
            double start = cpu_seconds();
            for (int again = 0; again < 20; again++, calls++) must(pz_adaptive_next(test, &choice));
            seconds += cpu_seconds() - start;
            must(pz_adaptive_answer(test, choice.item, (s >> i) & 1));
        }
        pz_adaptive_free(test);
    }
    out->next_per_s = (double)calls / seconds;
    pz_irt_free(bank);
}

int main(int argc, char **argv)
{
    const char *responses = NULL, *truth = NULL, *bank = NULL;
    int as_json = 0;
    static data d;
    result r = {0};
    for (int i = 1; i < argc; i++) {
        if (!strcmp(argv[i], "--json")) as_json = 1;
        else if (i + 1 < argc && !strcmp(argv[i], "--responses")) responses = argv[++i];
        else if (i + 1 < argc && !strcmp(argv[i], "--truth")) truth = argv[++i];
        else if (i + 1 < argc && !strcmp(argv[i], "--bank")) bank = argv[++i];
        else responses = NULL, i = argc;
    }
    if (!responses || !truth || !bank) {
        fprintf(stderr, "usage: bench_irt --responses FILE --truth FILE --bank FILE [--json]\n");
        return 2;
    }
    read_all(responses, truth, bank, &d);
    r.floor_seconds = floor_pass(&d);
    calibrate(&d, &r);
    choose(&d, &r);
    printf(as_json ? "{\"persons\":%zu,\"items\":%zu,\"fit_seconds\":%.4f,\"iterations\":%d,\"log_likelihood\":%.4f,\"slope_rmse\":%.5f,\"difficulty_rmse\":%.5f,"
                     "\"eap_seconds\":%.4f,\"item_fit_seconds\":%.4f,\"next_items_per_s\":%.0f,\"floor_seconds\":%.4f,\"fit_to_floor\":%.1f,\"eap_to_floor\":%.2f}\n"
                   : "%zu persons, %zu items: two parameters in %.3f s (%d sweeps), log-likelihood %.4f, RMSE of slope %.5f, of difficulty %.5f\n"
                     "abilities in %.4f s, fit of items in %.3f s; %.0f next items a second\nyardstick in the same run: %.4f s; calibration %.1f times that, abilities %.2f times\n",
           d.persons, d.items, r.fit_seconds, (int)r.iterations, r.log_likelihood, r.slope_rmse, r.difficulty_rmse, r.eap_seconds, r.fit_list_seconds, r.next_per_s,
           r.floor_seconds, r.fit_seconds / r.floor_seconds, r.eap_seconds / r.floor_seconds);
    free(d.responses);
    return 0;
}
