/* How well and how fast the tracing models fit and predict real answers.
 *
 *     bench_mastery --model bkt|elo|pfa|best-lr --train FILE --test FILE [--starts N] [--forget 0|1] [--tune ROUNDS] [--json]
 *
 * FILE has the columns user_id item_id timestamp correct skill_id, tab-separated, oldest first for each learner. Every answer of the test file is
 * predicted before the model sees it. One core; CPU seconds. */
#include <stdio.h>
#include <string.h>

#include "personalize/metrics.h"
#include "personalize/tracing.h"
#include "plain_bkt.h"

typedef struct result {
    pz_accuracy accuracy;
    double train_log_likelihood; /* of the rows of the training file */
    double fit_seconds, predict_seconds;
    double floor_rows_per_s;     /* of the yardstick in the same run */
    double floor_log_likelihood;
    double streaming_rows_per_s; /* answers of learners and skills that are known, in the order of the file */
    double one_by_one_per_s;     /* the same with one call an answer */
    double peak;                 /* before the yardstick ran */
} result;

static void must(pz_status status)
{
    if (status == PZ_OK) return;
    fprintf(stderr, "%s: %s %s\n", pz_status_describe(status)->name, pz_last_error()->message, pz_last_error()->hint);
    exit(1);
}

/* States of learners in skills in a small open-addressed table, as a host would keep them. */
static double stream(const pz_bkt_model *model, const tracing_data *data)
{
    size_t room = 1, states = 0;
    uint32_t *slots, *place = malloc(data->rows * sizeof *place);
    pz_mastery_state *state = malloc(data->rows * sizeof *state);
    pz_mastery_settings *settings = malloc(data->rows * sizeof *settings);
    size_t *first = malloc(data->rows * sizeof *first);
    double seconds;
    while (room < 2 * data->rows) room *= 2;
    slots = calloc(room, sizeof *slots);
    if (!slots || !place || !state || !settings || !first) abort();
    for (size_t i = 0; i < data->rows; i++) {
        size_t slot = ((uint64_t)data->learner[i] * 1000003 + (uint64_t)data->skill[i]) * UINT64_C(0x9E3779B97F4A7C15) >> 20 & (room - 1);
        while (slots[slot] && (data->learner[first[slots[slot] - 1]] != data->learner[i] || data->skill[first[slots[slot] - 1]] != data->skill[i]))
            slot = (slot + 1) & (room - 1);
        if (!slots[slot]) {
            state[states] = (pz_mastery_state)PZ_MASTERY_STATE_INIT;
            settings[states] = (pz_mastery_settings)PZ_MASTERY_SETTINGS_INIT;
            if (pz_bkt_settings(model, data->skill[i], &settings[states]) != PZ_OK) settings[states] = (pz_mastery_settings)PZ_MASTERY_SETTINGS_INIT;
            must(pz_mastery_state_start(&settings[states], &state[states]));
            first[states] = i;
            slots[slot] = (uint32_t)++states;
        }
        place[i] = slots[slot] - 1;
    }
    seconds = cpu_seconds();
    for (size_t i = 0; i < data->rows; i++) must(pz_mastery_state_update(&settings[place[i]], &data->score[i], NULL, 1, &state[place[i]]));
    seconds = cpu_seconds() - seconds;
    free(slots);
    free(place);
    free(state);
    free(settings);
    free(first);
    return (double)data->rows / seconds;
}

static void run_bkt(const tracing_data *train, const tracing_data *test, int starts, int forget, result *out)
{
    pz_bkt_options options = PZ_BKT_OPTIONS_INIT;
    pz_bkt_model *model;
    pz_bkt_skill **skills;
    size_t count;
    double *probability = malloc(test->rows * sizeof *probability);
    if (!probability) abort();
    if (starts) options.starts = starts;
    if (forget >= 0) options.with_forget = forget;
    out->fit_seconds = cpu_seconds();
    must(pz_bkt_fit(&options, train->learner, train->skill, train->score, NULL, NULL, NULL, train->rows, NULL, NULL, &model));
    out->fit_seconds = cpu_seconds() - out->fit_seconds;
    must(pz_bkt_skill_list(model, &skills, &count));
    for (size_t i = 0; i < count; i++) out->train_log_likelihood += skills[i]->log_likelihood;
    pz_free(skills);
    out->predict_seconds = cpu_seconds();
    must(pz_bkt_predict(model, test->learner, test->skill, test->score, NULL, NULL, NULL, test->rows, NULL, NULL, probability, test->rows));
    out->predict_seconds = cpu_seconds() - out->predict_seconds;
    must(pz_accuracy_of(probability, test->score, test->rows, NULL, NULL, &out->accuracy));
    out->peak = peak_mib();
    out->streaming_rows_per_s = out->one_by_one_per_s = stream(model, train);
    out->floor_log_likelihood = plain_bkt(train, &out->floor_rows_per_s);
    out->floor_rows_per_s = (double)train->rows / out->floor_rows_per_s;
    pz_bkt_free(model);
    free(probability);
}

/* Settings found on the training file, then one pass over it, then the test file, each answer predicted before it is learned from. */
static void run_elo(const tracing_data *train, const tracing_data *test, int tune, result *out)
{
    pz_elo_options start = PZ_ELO_OPTIONS_INIT, options = PZ_ELO_OPTIONS_INIT;
    pz_elo_model *model;
    double *probability = malloc((train->rows + test->rows) * sizeof *probability);
    if (!probability) abort();
    if (tune) must(pz_elo_tune(&start, train->learner, train->skill, train->item, train->score, train->rows, tune, NULL, NULL, &options));
    must(pz_elo_new(&options, &model));
    out->fit_seconds = cpu_seconds();
    must(pz_elo_learn(model, train->learner, train->skill, train->item, train->score, train->rows, 0, NULL, NULL, probability, train->rows));
    out->fit_seconds = cpu_seconds() - out->fit_seconds;
    for (size_t i = 0; i < train->rows; i++) out->train_log_likelihood += log(train->score[i] >= 0.5 ? probability[i] : 1 - probability[i]);
    out->predict_seconds = cpu_seconds();
    must(pz_elo_learn(model, test->learner, test->skill, test->item, test->score, test->rows, 0, NULL, NULL, probability, test->rows));
    out->predict_seconds = cpu_seconds() - out->predict_seconds;
    must(pz_accuracy_of(probability, test->score, test->rows, NULL, NULL, &out->accuracy));
    out->peak = peak_mib();
    out->streaming_rows_per_s = cpu_seconds(); /* on top of what it knows; nothing is judged by it any more */
    must(pz_elo_learn(model, train->learner, train->skill, train->item, train->score, train->rows, 0, NULL, NULL, probability, train->rows));
    out->streaming_rows_per_s = (double)train->rows / (cpu_seconds() - out->streaming_rows_per_s);
    out->one_by_one_per_s = cpu_seconds();
    for (size_t i = 0; i < train->rows; i++)
        must(
            pz_elo_learn(model, &train->learner[i], &train->skill[i], &train->item[i], &train->score[i], 1, 0, NULL, NULL, probability, 1));
    out->one_by_one_per_s = (double)train->rows / (cpu_seconds() - out->one_by_one_per_s);
    out->floor_log_likelihood = plain_bkt(train, &out->floor_rows_per_s);
    out->floor_rows_per_s = (double)train->rows / out->floor_rows_per_s;
    pz_elo_free(model);
    free(probability);
}

static void run_lr(const tracing_data *train, const tracing_data *test, int features, result *out)
{
    pz_lr_options options = PZ_LR_OPTIONS_INIT;
    pz_lr_model *model;
    double *probability = malloc(test->rows * sizeof *probability);
    if (!probability) abort();
    options.features = features;
    out->fit_seconds = cpu_seconds();
    must(pz_lr_fit(&options, train->learner, train->skill, train->item, train->score, train->rows, NULL, NULL, &model));
    out->fit_seconds = cpu_seconds() - out->fit_seconds;
    out->train_log_likelihood = pz_lr_log_likelihood(model);
    out->predict_seconds = cpu_seconds();
    must(pz_lr_predict(model, test->learner, test->skill, test->item, test->score, test->rows, NULL, NULL, probability, test->rows));
    out->predict_seconds = cpu_seconds() - out->predict_seconds;
    must(pz_accuracy_of(probability, test->score, test->rows, NULL, NULL, &out->accuracy));
    out->peak = peak_mib();
    out->floor_log_likelihood = plain_bkt(train, &out->floor_rows_per_s);
    out->floor_rows_per_s = (double)train->rows / out->floor_rows_per_s;
    pz_lr_free(model);
    free(probability);
}

static void print(const char *model, const tracing_data *train, const tracing_data *test, const result *r, int as_json)
{
    double rows_per_s = (double)train->rows / r->fit_seconds;
    if (as_json) {
        printf("{\"model\":\"%s\",\"train_rows\":%zu,\"test_rows\":%zu,\"auc\":%.6f,\"rmse\":%.6f,\"log_loss\":%.6f,\"calibration_error\":%"
               ".6f,"
               "\"train_log_likelihood\":%.4f,\"rows_per_s\":%.0f,\"fit_seconds\":%.4f,\"predict_rows_per_s\":%.0f,\"streaming_rows_per_"
               "s\":%.0f,\"one_by_one_per_s\":%.0f,"
               "\"floor_rows_per_s\":%.0f,\"floor_log_likelihood\":%.4f,\"ratio\":%.2f,\"peak_mib\":%.1f}\n",
               model, train->rows, test->rows, r->accuracy.auc, r->accuracy.rmse, r->accuracy.log_loss, r->accuracy.calibration_error,
               r->train_log_likelihood, rows_per_s, r->fit_seconds, (double)test->rows / r->predict_seconds, r->streaming_rows_per_s,
               r->one_by_one_per_s, r->floor_rows_per_s, r->floor_log_likelihood, rows_per_s / r->floor_rows_per_s, r->peak);
        return;
    }
    printf("%s: AUC %.4f, RMSE %.4f, log loss %.4f, calibration error %.4f on %zu test answers\n", model, r->accuracy.auc, r->accuracy.rmse,
           r->accuracy.log_loss, r->accuracy.calibration_error, test->rows);
    printf("train log-likelihood %.2f on %zu answers; fit %.3f s (%.0f answers/s), predict %.0f answers/s\n", r->train_log_likelihood, train->rows,
           r->fit_seconds, rows_per_s, (double)test->rows / r->predict_seconds);
    printf("yardstick in the same run: %.0f answers/s; ratio %.2f; streaming %.0f answers/s, one call an answer %.0f; peak %.1f MiB\n",
           r->floor_rows_per_s, rows_per_s / r->floor_rows_per_s, r->streaming_rows_per_s, r->one_by_one_per_s, r->peak);
}

int main(int argc, char **argv)
{
    const char *model = "bkt", *train_path = NULL, *test_path = NULL;
    int as_json = 0, starts = 0, forget = -1, tune = 6;
    tracing_data train, test;
    result r = {.accuracy = PZ_ACCURACY_INIT};
    for (int i = 1; i < argc; i++) {
        if (!strcmp(argv[i], "--json")) as_json = 1;
        else if (i + 1 < argc && !strcmp(argv[i], "--model")) model = argv[++i];
        else if (i + 1 < argc && !strcmp(argv[i], "--train")) train_path = argv[++i];
        else if (i + 1 < argc && !strcmp(argv[i], "--test")) test_path = argv[++i];
        else if (i + 1 < argc && !strcmp(argv[i], "--starts")) starts = atoi(argv[++i]);
        else if (i + 1 < argc && !strcmp(argv[i], "--forget")) forget = atoi(argv[++i]);
        else if (i + 1 < argc && !strcmp(argv[i], "--tune")) tune = atoi(argv[++i]);
        else train_path = NULL, i = argc;
    }
    if (!train_path || !test_path) {
        fprintf(stderr, "usage: bench_mastery --model bkt|elo|pfa|best-lr --train FILE --test FILE [--starts N] [--forget 0|1] [--tune ROUNDS] [--json]\n");
        return 2;
    }
    if (!tracing_read(train_path, &train) || !tracing_read(test_path, &test)) return 1;
    if (!strcmp(model, "bkt")) run_bkt(&train, &test, starts, forget, &r);
    else if (!strcmp(model, "pfa"))
        run_lr(&train, &test, PZ_LR_PFA, &r);
    else if (!strcmp(model, "best-lr"))
        run_lr(&train, &test, PZ_LR_BEST_LR, &r);
    else if (!strcmp(model, "elo"))
        run_elo(&train, &test, tune, &r);
    else {
        fprintf(stderr, "there is no model %s\n", model);
        return 2;
    }
    print(model, &train, &test, &r, as_json);
    tracing_free(&train);
    tracing_free(&test);
    return 0;
}
