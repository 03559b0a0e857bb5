/* Nominal items, items of a bank held fixed, the trace of a fit, and how well items and persons fit. */
#include "base/random.h"
#include "data.h"
#include "personalize/irt.h"

#define ck_assert_near(got, wanted, within)                                                                                                \
    do {                                                                                                                                   \
        double near_got_ = (got), near_wanted_ = (wanted);                                                                                 \
        ck_assert_msg(fabs(near_got_ - near_wanted_) <= (within), "%s is %.16g, wanted %.16g", #got, near_got_, near_wanted_);             \
    } while (0)

enum { PERSONS = 2000, ITEMS = 16 };

/* Answers to items of a file with a line of names; categories from `base`. */
static int32_t *read_answers(const char *name, int base, size_t *rows, size_t *cols)
{
    char line[512];
    int32_t *answers;
    size_t values = 0;
    FILE *file = data_open(name);
    if (!file) return NULL;
    answers = calloc(100000, sizeof *answers);
    ck_assert_ptr_nonnull(fgets(line, sizeof line, file));
    for (*rows = 0; fgets(line, sizeof line, file); ++*rows)
        for (char *at = strtok(line, ",\n"); at; at = strtok(NULL, ",\n")) answers[values++] = atoi(at) - base;
    *cols = values / *rows;
    fclose(file);
    return answers;
}

static double log_likelihood_of(const pz_irt_model *model)
{
    pz_irt_fit *fit;
    ck_assert_ok(pz_irt_fit_of(model, &fit));
    ck_assert(fit->is_converged == 1);
    double value = fit->log_likelihood;
    pz_free(fit);
    return value;
}

static pz_irt_options exact(int kind)
{
    pz_irt_options options = PZ_IRT_OPTIONS_INIT;
    options.kind = kind, options.tolerance = 1e-7, options.iterations = 20000;
    return options;
}

/* Persons of the given mean and spread, and their answers to two-parameter items. */
static void simulate(pz__random *random, double mean, double sd, const double *slope, const double *difficulty, int items, int persons,
                     int32_t *out, double *ability)
{
    for (int p = 0; p < persons; p++) {
        double x = mean + sd * pz__random_normal(random);
        if (ability) ability[p] = x;
        for (int i = 0; i < items; i++) out[p * items + i] = pz__random_unit(random) < 1 / (1 + exp(-slope[i] * (x - difficulty[i])));
    }
}

static void plain_items(double *slope, double *difficulty)
{
    for (int i = 0; i < ITEMS; i++) slope[i] = 0.8 + 0.1 * (i * 5 % 11), difficulty[i] = -2 + 4.0 * (i * 7 % ITEMS) / (ITEMS - 1);
}

/* ------------------------------------------------------------------------------------------------ nominal --- */

/* mirt 1.45.6 prints -1608.455 with a tolerance of 1e-4 (its partial credit fit of the same page stops 0.0014 short of that at 1e-8), and slopes as
 * products of three digits. Five of 392 persons chose category 0 of the first item, so that the top is flat. */
START_TEST(nominal_of_science)
{
    static const double slope[4][3] = {{1.008 * 1.541, 1.008 * 1.999, 1.008 * 3},
                                       {.841 * .689, .841 * 1.5, .841 * 3},
                                       {2.041 * .762, 2.041 * 1.861, 2.041 * 3},
                                       {.779 * 1.036, .779 * 1.742, .779 * 3}};
    static const double intercept[4][3] = {{3.639, 5.905, 4.533}, {1.464, 2.326, .325}, {3.668, 5.868, 3.949}, {2.144, 2.911, 1.621}};
    static const int32_t key[] = {3, 3, 3, 3};
    size_t rows, cols, count;
    int32_t *answers = read_answers("kt/irt/Science_poly.csv", 1, &rows, &cols);
    pz_irt_options options = exact(PZ_IRT_TWO_PARAMETER);
    pz_irt_model *model;
    pz_irt_step **steps;
    if (!answers) return;
    ck_assert_ok(pz_irt_calibrate_nominal(&options, answers, rows, cols, key, cols, NULL, NULL, &model));
    ck_assert(log_likelihood_of(model) >= -1608.455 && log_likelihood_of(model) < -1608.45);
    ck_assert_ok(pz_irt_step_list(model, &steps, &count));
    ck_assert_uint_eq(count, 12);
    for (size_t i = 0; i < count; i++) {
        ck_assert(steps[i]->kind == PZ_IRT_NOMINAL && steps[i]->step == (int)(i % 3) + 1);
        ck_assert_near(steps[i]->slope, slope[i / 3][i % 3], 0.25);
        ck_assert_near(steps[i]->intercept, intercept[i / 3][i % 3], 0.25);
    }
    pz_free(steps);
    pz_irt_free(model);
    free(answers);
}
END_TEST

START_TEST(nominal_with_two_categories_is_the_two_parameter_model)
{
    double slope[ITEMS], difficulty[ITEMS];
    int32_t *answers = malloc(PERSONS * ITEMS * sizeof *answers), key[ITEMS];
    pz__random random;
    pz_irt_options options = exact(PZ_IRT_TWO_PARAMETER);
    pz_irt_model *two, *nominal;
    pz_irt_step **a, **b;
    size_t count;
    pz__random_seed(&random, suite_seed());
    plain_items(slope, difficulty);
    simulate(&random, 0, 1, slope, difficulty, ITEMS, PERSONS, answers, NULL);
    ck_assert_ok(pz_irt_calibrate(&options, answers, PERSONS, ITEMS, NULL, NULL, &two));
    for (int i = 0; i < ITEMS; i++) { /* half of the items with the right answer as category 0 */
        key[i] = i % 2;
        for (int p = 0; p < PERSONS && !key[i]; p++) answers[p * ITEMS + i] = !answers[p * ITEMS + i];
    }
    ck_assert_ok(pz_irt_calibrate_nominal(&options, answers, PERSONS, ITEMS, key, ITEMS, NULL, NULL, &nominal));
    ck_assert_near(log_likelihood_of(nominal), log_likelihood_of(two), 1e-5);
    ck_assert_ok(pz_irt_step_list(two, &a, &count));
    ck_assert_ok(pz_irt_step_list(nominal, &b, &count));
    for (size_t i = 0; i < count; i++) {
        ck_assert_near(b[i]->slope, key[i] ? a[i]->slope : -a[i]->slope, 1e-4);
        ck_assert_near(b[i]->difficulty, a[i]->difficulty, 1e-4);
    }
    pz_free(a);
    pz_free(b);
    pz_irt_free(two);
    pz_irt_free(nominal);
    free(answers);
}
END_TEST

/* Four options, the right one anywhere; who believes little of everything takes option 0. */
START_TEST(nominal_options_are_found)
{
    double slope[ITEMS][4], intercept[ITEMS][4], *got = malloc(PERSONS * sizeof *got), *error = malloc(PERSONS * sizeof *error),
                                                 *ability = malloc(PERSONS * sizeof *ability);
    int32_t *answers = malloc(PERSONS * ITEMS * sizeof *answers), key[ITEMS], held = 0;
    pz__random random;
    pz_irt_options options = exact(PZ_IRT_TWO_PARAMETER);
    pz_irt_model *model, *back, *moved;
    pz_irt_step **steps;
    size_t count;
    char *json, *again;
    double p[4], sum = 0, information, x = 0.3, slope_error[ITEMS * 3], intercept_error[ITEMS * 3], within = 0;
    pz__random_seed(&random, suite_seed());
    for (int i = 0; i < ITEMS; i++) {
        key[i] = i % 4;
        for (int k = 0; k < 4; k++) {
            slope[i][k] = k == key[i] ? 1 : k == (key[i] + 1) % 4 ? 0.2 : -0.5;
            intercept[i][k] = 0.5 * pz__random_normal(&random);
        }
    }
    for (int u = 0; u < PERSONS; u++) {
        ability[u] = pz__random_normal(&random);
        for (int i = 0; i < ITEMS; i++) {
            double all = 0, draw = pz__random_unit(&random);
            int k = 0;
            for (int c = 0; c < 4; c++) all += p[c] = exp(slope[i][c] * ability[u] + intercept[i][c]);
            for (draw *= all; k < 3 && draw >= p[k]; k++) draw -= p[k];
            answers[u * ITEMS + i] = pz__random_below(&random, 20) ? k : -1;
        }
    }
    options.tolerance = 1e-5;
    ck_assert_ok(pz_irt_calibrate_nominal(&options, answers, PERSONS, ITEMS, key, ITEMS, NULL, NULL, &model));
    ck_assert_ok(pz_irt_step_list(model, &steps, &count));
    ck_assert_ok(
        pz_irt_errors(model, PZ_IRT_OBSERVED, answers, PERSONS, ITEMS, 61, 6, NULL, NULL, slope_error, count, intercept_error, count));
    for (size_t s = 0; s < count; s++) {
        const double *true_slope = slope[steps[s]->item];
        double away = fabs(steps[s]->slope - (true_slope[steps[s]->step] - true_slope[0]));
        ck_assert_near(away, 0, 0.45);
        within += away <= 2.6 * slope_error[s];
    }
    ck_assert(within >= 0.94 * (double)count);
    ck_assert_ok(pz_irt_ability(model, PZ_IRT_EAP, answers, PERSONS, ITEMS, 61, 6, NULL, NULL, got, PERSONS, error, PERSONS));
    for (int u = 0; u < PERSONS; u++) held += fabs(got[u] - ability[u]) <= 1.959964 * error[u];
    printf("nominal: 95 %% intervals held %.4f\n", held / (double)PERSONS);
    ck_assert(held >= 0.93 * PERSONS && held <= 0.97 * PERSONS);
    ck_assert_ok(pz_irt_probability(model, 3, x, p, 4));
    for (int k = 0; k < 4; k++) sum += p[k];
    ck_assert_near(sum, 1, 1e-14);
    for (int method = PZ_IRT_MAP; method <= PZ_IRT_WLE; method++)
        ck_assert_ok(pz_irt_ability(model, (pz_irt_method)method, answers, 10, ITEMS, 61, 8, NULL, NULL, got, 10, error, 10));
    ck_assert_ok(pz_irt_information(model, 3, &x, 1, NULL, NULL, &information, 1));
    ck_assert_ok(pz_irt_rescale(model, 2, 1, &moved));
    ck_assert_ok(pz_irt_probability(moved, 3, 2 * x + 1, got, 4));
    for (int k = 0; k < 4; k++) ck_assert_near(got[k], p[k], 1e-12);
    ck_assert_ok(pz_irt_write(moved, &json));
    ck_assert_ok(pz_irt_read(json, PZ_NUL_TERMINATED, &back));
    ck_assert_ok(pz_irt_write(back, &again));
    ck_assert_str_eq(json, again);
    pz_irt_link link = PZ_IRT_LINK_INIT;
    ck_assert_status(pz_irt_link_of(model, moved, key, key, 2, &link), PZ_E_INVALID);
    pz_free(json), pz_free(again), pz_free(steps);
    pz_irt_free(model), pz_irt_free(back), pz_irt_free(moved);
    free(answers), free(ability), free(got), free(error);
}
END_TEST

/* -------------------------------------------------------------------------------------------- fixed items --- */

START_TEST(fixed_items_carry_the_scale)
{
    double slope[ITEMS], difficulty[ITEMS];
    int32_t *answers = malloc(PERSONS * ITEMS * sizeof *answers), bank_item[ITEMS];
    pz__random random;
    pz_irt_options options = exact(PZ_IRT_TWO_PARAMETER);
    pz_irt_model *bank, *model;
    pz_irt_step **steps;
    pz_irt_fit *fit;
    size_t count;
    pz__random_seed(&random, suite_seed());
    plain_items(slope, difficulty);
    ck_assert_ok(pz_irt_model_of(slope, difficulty, NULL, ITEMS, &bank));
    simulate(&random, 0.8, 1.2, slope, difficulty, ITEMS, PERSONS, answers, NULL);
    for (int i = 0; i < ITEMS; i++) bank_item[i] = i < 10 ? i : -1;
    ck_assert_ok(pz_irt_calibrate_fixed(bank, &options, answers, PERSONS, ITEMS, bank_item, ITEMS, NULL, NULL, &model));
    ck_assert_ok(pz_irt_fit_of(model, &fit));
    ck_assert(fit->is_converged && fit->parameters == 2 * 6 + 2);
    ck_assert_near(fit->mean, 0.8, 0.12);
    ck_assert_near(sqrt(fit->variance), 1.2, 0.12);
    ck_assert_ok(pz_irt_step_list(model, &steps, &count));
    for (size_t i = 0; i < count; i++) {
        ck_assert_near(steps[i]->slope, slope[i], i < 10 ? 1e-15 : 0.3);
        ck_assert_near(steps[i]->difficulty, difficulty[i], i < 10 ? 1e-15 : 0.3);
    }
    pz_free(fit), pz_free(steps);
    pz_irt_free(model);
    /* All fixed: only the population moves. */
    for (int i = 0; i < ITEMS; i++) bank_item[i] = i;
    ck_assert_ok(pz_irt_calibrate_fixed(bank, &options, answers, PERSONS, ITEMS, bank_item, ITEMS, NULL, NULL, &model));
    ck_assert_ok(pz_irt_fit_of(model, &fit));
    ck_assert_int_eq(fit->parameters, 2);
    ck_assert_near(fit->mean, 0.8, 0.12);
    pz_free(fit);
    pz_irt_free(model);
    bank_item[3] = ITEMS;
    ck_assert_status(pz_irt_calibrate_fixed(bank, &options, answers, 9, ITEMS, bank_item, ITEMS, NULL, NULL, &model), PZ_E_INVALID);
    for (int i = 0; i < ITEMS; i++) bank_item[i] = -1;
    ck_assert_status(pz_irt_calibrate_fixed(bank, &options, answers, PERSONS, ITEMS, bank_item, ITEMS, NULL, NULL, &model),
                     PZ_E_NOT_ENOUGH);
    bank_item[0] = 0, answers[0] = 2;
    ck_assert_status(pz_irt_calibrate_fixed(bank, &options, answers, 9, ITEMS, bank_item, ITEMS, NULL, NULL, &model), PZ_E_INVALID);
    ck_assert_status(pz_irt_calibrate_fixed(bank, &options, answers, 9, ITEMS, bank_item, 3, NULL, NULL, &model), PZ_E_INVALID);
    ck_assert_status(pz_irt_calibrate_fixed(bank, &options, answers, 9, ITEMS, NULL, ITEMS, NULL, NULL, &model), PZ_E_INVALID);
    ck_assert_status(pz_irt_calibrate_fixed(NULL, &options, answers, 9, ITEMS, bank_item, ITEMS, NULL, NULL, &model), PZ_E_CLOSED);
    ck_assert_status(pz_irt_calibrate_fixed(bank, &options, answers, 9, ITEMS, bank_item, ITEMS, NULL, NULL, NULL), PZ_E_INVALID);
    ck_assert_ptr_null(model);
    pz_irt_free(bank);
    free(answers);
}
END_TEST

START_TEST(the_trace_tells_how_a_fit_went)
{
    double slope[ITEMS], difficulty[ITEMS], *trace;
    int32_t *answers = malloc(PERSONS * ITEMS * sizeof *answers);
    pz__random random;
    pz_irt_options options = PZ_IRT_OPTIONS_INIT;
    pz_irt_model *model, *back;
    pz_irt_fit *fit;
    char *json;
    pz__random_seed(&random, 3);
    plain_items(slope, difficulty);
    simulate(&random, 0, 1, slope, difficulty, ITEMS, PERSONS, answers, NULL);
    for (int short_of = 0; short_of < 2; short_of++) {
        if (short_of) options.iterations = 3;
        ck_assert_ok(pz_irt_calibrate(&options, answers, PERSONS, ITEMS, NULL, NULL, &model));
        ck_assert_ok(pz_irt_fit_of(model, &fit));
        ck_assert_int_eq(fit->is_converged, !short_of);
        trace = malloc((size_t)fit->iterations * sizeof *trace);
        ck_assert_ok(pz_irt_trace(model, trace, (size_t)fit->iterations));
        for (int i = 1; i < fit->iterations; i++) ck_assert(trace[i] >= trace[i - 1] - 1e-7);
        ck_assert(trace[fit->iterations - 1] == fit->log_likelihood);
        ck_assert_status(pz_irt_trace(model, trace, (size_t)fit->iterations - 1), PZ_E_INVALID);
        ck_assert_ok(pz_irt_write(model, &json));
        ck_assert_ok(pz_irt_read(json, PZ_NUL_TERMINATED, &back));
        ck_assert_status(pz_irt_trace(back, trace, (size_t)fit->iterations), PZ_E_NOT_FOUND);
        pz_irt_free(back), pz_irt_free(model);
        pz_free(json), pz_free(fit);
        free(trace);
    }
    ck_assert_status(pz_irt_trace(NULL, slope, 1), PZ_E_CLOSED);
    free(answers);
}
END_TEST

/* -------------------------------------------------------------------------------------------- fit of items --- */

/* mirt 1.47 on LSAT7: S-X2 of the five items, two degrees of freedom each. */
START_TEST(published_item_fit)
{
    static const double wanted[] = {4.749440, 14.451071, 1.270381, 5.237400, .941125};
    size_t rows, cols, count;
    int32_t *answers = read_answers("kt/irt/LSAT7.csv", 0, &rows, &cols);
    pz_irt_options options = exact(PZ_IRT_TWO_PARAMETER);
    pz_irt_model *model;
    pz_irt_item_fit **fit;
    if (!answers) return;
    ck_assert_ok(pz_irt_calibrate(&options, answers, rows, cols, NULL, NULL, &model));
    ck_assert_ok(pz_irt_item_fit_list(model, answers, rows, cols, 61, 6, NULL, NULL, &fit, &count));
    ck_assert_uint_eq(count, 5);
    for (size_t i = 0; i < 5; i++) {
        ck_assert_near(fit[i]->chi_square, wanted[i], 5e-3);
        ck_assert_int_eq(fit[i]->df, 2);
        ck_assert_near(fit[i]->p_value, exp(-fit[i]->chi_square / 2), 1e-12); /* two degrees of freedom */
        ck_assert(fit[i]->answers == 1000 && fit[i]->item == (int)i);
    }
    pz_free(fit);
    pz_irt_free(model);
    free(answers);
}
END_TEST

/* Under the model one item in twenty is called misfitting, and mean squares are 1; an item that asks for something else is found. */
START_TEST(items_that_fit_and_one_that_does_not)
{
    enum { TURNS = 12 };
    double slope[ITEMS], difficulty[ITEMS], outfit = 0, infit = 0;
    int32_t *answers = malloc(PERSONS * ITEMS * sizeof *answers), called = 0;
    pz__random random;
    pz_irt_options options = PZ_IRT_OPTIONS_INIT;
    pz_irt_model *model;
    pz_irt_item_fit **fit;
    size_t count;
    pz__random_seed(&random, suite_seed());
    plain_items(slope, difficulty);
    for (int turn = 0; turn <= TURNS; turn++) {
        simulate(&random, 0, 1, slope, difficulty, ITEMS, PERSONS, answers, NULL);
        for (int p = 0; p < PERSONS && turn == TURNS; p++) /* item 5: half of the persons toss a coin */
            if (pz__random_below(&random, 2)) answers[p * ITEMS + 5] = (int32_t)pz__random_below(&random, 2);
        ck_assert_ok(pz_irt_calibrate(&options, answers, PERSONS, ITEMS, NULL, NULL, &model));
        if (turn == TURNS) { /* judged by parameters of a year in which it worked */
            pz_irt_free(model);
            ck_assert_ok(pz_irt_model_of(slope, difficulty, NULL, ITEMS, &model));
        }
        ck_assert_ok(pz_irt_item_fit_list(model, answers, PERSONS, ITEMS, 61, 6, NULL, NULL, &fit, &count));
        for (int i = 0; i < ITEMS && turn < TURNS; i++) {
            called += fit[i]->p_value < 0.05;
            outfit += fit[i]->outfit / (ITEMS * TURNS);
            infit += fit[i]->infit / (ITEMS * TURNS);
            ck_assert_near(fit[i]->outfit, 1, 0.4);
        }
        if (turn == TURNS) ck_assert(fit[5]->p_value < 1e-6 && fit[5]->outfit > 1.1 && fit[5]->infit > 1.1);
        pz_free(fit);
        pz_irt_free(model);
    }
    printf("called misfitting %d of %d by chance, outfit %.4f, infit %.4f\n", (int)called, ITEMS * TURNS, outfit, infit);
    ck_assert(called >= 2 && called <= 21); /* 9.6 expected */
    ck_assert_near(outfit, 1, 0.01);
    ck_assert_near(infit, 1, 0.01);
    free(answers);
}
END_TEST

/* ------------------------------------------------------------------------------------------ fit of persons --- */

START_TEST(person_fit_by_hand)
{
    static const double slope[] = {1, 2, 0.5}, difficulty[] = {-1, 0, 1};
    static const int32_t answers[] = {1, 0, -1};
    pz_irt_model *model;
    pz_irt_person_fit **fit;
    size_t count;
    double p[2], x, got = 0, mean = 0, variance = 0, c, top = 0, bottom = 0, squares = 0, varied = 0, outfit = 0, corrected_variance = 0;
    ck_assert_ok(pz_irt_model_of(slope, difficulty, NULL, 3, &model));
    ck_assert_ok(pz_irt_person_fit_list(model, answers, 1, 3, 61, 6, NULL, NULL, &fit, &count));
    x = fit[0]->ability;
    for (int i = 0; i < 2; i++) {
        p[i] = 1 / (1 + exp(-slope[i] * (x - difficulty[i])));
        double odds = log(p[i] / (1 - p[i])), v = p[i] * (1 - p[i]), away = answers[i] - p[i];
        got += log(answers[i] ? p[i] : 1 - p[i]);
        mean += p[i] * log(p[i]) + (1 - p[i]) * log(1 - p[i]);
        variance += v * odds * odds;
        top += slope[i] * v * odds;
        bottom += slope[i] * slope[i] * v;
        squares += away * away, varied += v, outfit += away * away / v / 2;
    }
    c = top / bottom;
    for (int i = 0; i < 2; i++) {
        double odds = log(p[i] / (1 - p[i])) - c * slope[i];
        corrected_variance += p[i] * (1 - p[i]) * odds * odds;
    }
    ck_assert_near(fit[0]->likelihood, (got - mean) / sqrt(variance), 1e-10);
    ck_assert_near(fit[0]->corrected, (got - mean - c * x) / sqrt(corrected_variance), 1e-8);
    ck_assert_near(fit[0]->outfit, outfit, 1e-10);
    ck_assert_near(fit[0]->infit, squares / varied, 1e-10);
    ck_assert_int_eq(fit[0]->answers, 2);
    pz_free(fit);
    pz_irt_free(model);
}
END_TEST

START_TEST(persons_who_fit_and_some_who_do_not)
{
    enum { MANY = 40 };
    double slope[MANY], difficulty[MANY], mean = 0, square = 0;
    int32_t *answers = malloc(PERSONS * MANY * sizeof *answers), called = 0, found = 0, odd = 0;
    pz__random random;
    pz_irt_model *model;
    pz_irt_person_fit **fit;
    size_t count;
    pz__random_seed(&random, suite_seed());
    for (int i = 0; i < MANY; i++) slope[i] = 0.8 + 0.1 * (i * 5 % 11), difficulty[i] = -2 + 4.0 * (i * 7 % MANY) / (MANY - 1);
    ck_assert_ok(pz_irt_model_of(slope, difficulty, NULL, MANY, &model));
    simulate(&random, 0, 1, slope, difficulty, MANY, PERSONS, answers, NULL);
    for (int p = 0; p < PERSONS; p += 20) /* one in twenty answers at random */
        for (int i = 0; i < MANY; i++) answers[p * MANY + i] = (int32_t)pz__random_below(&random, 2);
    ck_assert_ok(pz_irt_person_fit_list(model, answers, PERSONS, MANY, 61, 6, NULL, NULL, &fit, &count));
    ck_assert_uint_eq(count, PERSONS);
    for (int p = 0; p < PERSONS; p++) {
        if (p % 20 == 0) {
            odd++;
            found += fit[p]->p_value < 0.05;
            continue;
        }
        called += fit[p]->p_value < 0.05;
        mean += fit[p]->corrected;
        square += fit[p]->corrected * fit[p]->corrected;
    }
    mean /= PERSONS - odd, square = square / (PERSONS - odd) - mean * mean;
    printf("lz* of persons who fit: mean %.3f, sd %.3f, called %.3f; at random: %d of %d found\n", mean, sqrt(square),
           called / (double)(PERSONS - odd), (int)found, (int)odd);
    ck_assert_near(mean, 0, 0.15);
    ck_assert_near(sqrt(square), 1, 0.1);
    ck_assert(called >= 0.03 * (PERSONS - odd) && called <= 0.075 * (PERSONS - odd));
    ck_assert(found >= 0.9 * odd);
    pz_free(fit);
    pz_irt_free(model);
    free(answers);
}
END_TEST

/* ------------------------------------------------------------------------------------------------- faults --- */

static pz_status stop_at_once(double done, void *user_data)
{
    (void)done, (void)user_data;
    return PZ_E_CANCELLED;
}

/* Goes on until most is done. */
static pz_status stop_late(double done, void *user_data)
{
    (void)user_data;
    return done > 0.6 ? PZ_E_CANCELLED : PZ_OK;
}

START_TEST(faults)
{
    static const double slope[] = {1, 1}, difficulty[] = {0, 1};
    int32_t answers[] = {0, 1, 1, 0, 1, 1, 0, -1, 0, 0}, key[] = {1, 1};
    pz_irt_options options = PZ_IRT_OPTIONS_INIT;
    pz_irt_model *model, *nominal;
    pz_irt_item_fit **items;
    pz_irt_person_fit **persons;
    size_t count;
    double x[5], e[5];
    ck_assert_ok(pz_irt_model_of(slope, difficulty, NULL, 2, &model));
    ck_assert_status(pz_irt_item_fit_list(NULL, answers, 5, 2, 61, 6, NULL, NULL, &items, &count), PZ_E_CLOSED);
    ck_assert_status(pz_irt_item_fit_list(model, answers, 5, 2, 5, 6, NULL, NULL, &items, &count), PZ_E_INVALID);
    ck_assert_status(pz_irt_item_fit_list(model, answers, 5, 2, 61, NAN, NULL, NULL, &items, &count), PZ_E_INVALID);
    ck_assert_status(pz_irt_item_fit_list(model, answers, 10, 1, 61, 6, NULL, NULL, &items, &count), PZ_E_INVALID);
    ck_assert_status(pz_irt_item_fit_list(model, NULL, 5, 2, 61, 6, NULL, NULL, &items, &count), PZ_E_INVALID);
    ck_assert_status(pz_irt_item_fit_list(model, answers, 5, 2, 61, 6, NULL, NULL, NULL, &count), PZ_E_INVALID);
    ck_assert_status(pz_irt_item_fit_list(model, answers, 5, 2, 61, 6, NULL, NULL, &items, NULL), PZ_E_INVALID);
    ck_assert_status(pz_irt_item_fit_list(model, answers, 5, 2, 61, 6, stop_at_once, NULL, &items, &count), PZ_E_CANCELLED);
    ck_assert_status(pz_irt_item_fit_list(model, answers, 5, 2, 61, 6, stop_late, NULL, &items, &count), PZ_E_CANCELLED);
    ck_assert(items == NULL && count == 0);
    ck_assert_status(pz_irt_person_fit_list(NULL, answers, 5, 2, 61, 6, NULL, NULL, &persons, &count), PZ_E_CLOSED);
    ck_assert_status(pz_irt_person_fit_list(model, answers, 5, 2, 500, 6, NULL, NULL, &persons, &count), PZ_E_INVALID);
    ck_assert_status(pz_irt_person_fit_list(model, answers, 5, 2, 61, 6, NULL, NULL, NULL, &count), PZ_E_INVALID);
    ck_assert_status(pz_irt_person_fit_list(model, answers, 5, 2, 61, 6, NULL, NULL, &persons, NULL), PZ_E_INVALID);
    ck_assert_status(pz_irt_person_fit_list(model, answers, 5, 2, 61, 6, stop_at_once, NULL, &persons, &count), PZ_E_CANCELLED);
    ck_assert(persons == NULL && count == 0);
    ck_assert_status(pz_irt_ability(model, PZ_IRT_EAP, answers, 5, 2, 61, 6, stop_at_once, NULL, x, 5, e, 5), PZ_E_CANCELLED);
    ck_assert_status(pz_irt_errors(model, PZ_IRT_OBSERVED, answers, 5, 2, 61, 6, stop_at_once, NULL, x, 2, e, 2), PZ_E_CANCELLED);
    /* One person, nobody with all answers: what cannot be said is NaN. */
    ck_assert_ok(pz_irt_item_fit_list(model, answers + 6, 1, 2, 61, 6, NULL, NULL, &items, &count));
    ck_assert(items[1]->answers == 0 && isnan(items[1]->outfit) && isnan(items[1]->infit) && isnan(items[0]->chi_square) &&
              isnan(items[0]->p_value));
    pz_free(items);
    answers[0] = answers[1] = -1;
    ck_assert_ok(pz_irt_person_fit_list(model, answers, 1, 2, 61, 6, NULL, NULL, &persons, &count));
    ck_assert(persons[0]->answers == 0 && isnan(persons[0]->outfit) && isnan(persons[0]->likelihood) && isnan(persons[0]->corrected));
    pz_free(persons);
    answers[0] = 0, answers[1] = 1;
    /* Nominal: a key that is missing, short, or no category; a kind that needs one. */
    ck_assert_status(pz_irt_calibrate_nominal(&options, answers, 5, 2, NULL, 2, NULL, NULL, &nominal), PZ_E_INVALID);
    ck_assert_status(pz_irt_calibrate_nominal(&options, answers, 5, 2, key, 1, NULL, NULL, &nominal), PZ_E_INVALID);
    key[1] = 2;
    ck_assert_status(pz_irt_calibrate_nominal(&options, answers, 5, 2, key, 2, NULL, NULL, &nominal), PZ_E_INVALID);
    key[1] = 1;
    ck_assert_status(pz_irt_calibrate_nominal(&options, answers, 1, 2, key, 2, NULL, NULL, &nominal), PZ_E_NOT_ENOUGH);
    ck_assert_status(pz_irt_calibrate_nominal(&options, answers, 5, 2, key, 2, stop_at_once, NULL, &nominal), PZ_E_CANCELLED);
    ck_assert_status(pz_irt_calibrate_nominal(&options, answers, 5, 2, key, 2, NULL, NULL, NULL), PZ_E_INVALID);
    ck_assert_ptr_null(nominal);
    options.kind = PZ_IRT_NOMINAL;
    ck_assert_status(pz_irt_calibrate(&options, answers, 5, 2, NULL, NULL, &nominal), PZ_E_INVALID);
    ck_assert_str_eq(pz_last_error()->field, "kind");
    /* Items of the bank that are nominal have no total score. */
    options.iterations = 2;
    ck_assert_ok(pz_irt_calibrate_nominal(&options, answers, 5, 2, key, 2, NULL, NULL, &nominal));
    ck_assert_ok(pz_irt_item_fit_list(nominal, answers, 5, 2, 61, 6, NULL, NULL, &items, &count));
    ck_assert(items[0]->answers == 5 && isnan(items[0]->outfit) && isnan(items[0]->chi_square));
    pz_free(items);
    ck_assert_ok(pz_irt_person_fit_list(nominal, answers, 1, 2, 61, 6, NULL, NULL, &persons, &count));
    ck_assert(isnan(persons[0]->outfit) && isfinite(persons[0]->likelihood));
    pz_free(persons);
    static const char *const bad[] = {"", ",\"slopes\":[1,2]", ",\"slopes\":[1e9]", ",\"slopes\":1"};
    for (int i = 0; i < 4; i++) {
        char json[400];
        pz_irt_model *read;
        snprintf(json, sizeof json,
                 "{\"model\":\"irt\",\"version\":1,\"variance\":1,\"mean\":0,\"iterations\":0,\"persons\":0,\"parameters\":0,"
                 "\"is_converged\":true,\"items\":[{\"kind\":\"nominal\",\"slope\":0,\"guess\":0,\"intercepts\":[0]%s}]}",
                 bad[i]);
        ck_assert_status(pz_irt_read(json, PZ_NUL_TERMINATED, &read), PZ_E_INVALID);
    }
    pz_irt_free(nominal);
    pz_irt_free(model);
}
END_TEST

static pz_status whole_life(void *unused)
{
    static const double slope[] = {1, 1}, difficulty[] = {0, 1};
    static const int32_t answers[] = {0, 1, 1, 0, 1, 1, 0, 0}, key[] = {1, 1}, bank_item[] = {0, -1};
    pz_irt_options options = PZ_IRT_OPTIONS_INIT;
    pz_irt_model *bank = NULL, *nominal = NULL, *fixed = NULL;
    pz_irt_item_fit **items = NULL;
    pz_irt_person_fit **persons = NULL;
    size_t count;
    pz_status status = pz_irt_model_of(slope, difficulty, NULL, 2, &bank);
    (void)unused;
    options.iterations = 2, options.nodes = 11;
    if (status == PZ_OK) status = pz_irt_calibrate_nominal(&options, answers, 4, 2, key, 2, NULL, NULL, &nominal);
    if (status == PZ_OK) status = pz_irt_calibrate_fixed(bank, &options, answers, 4, 2, bank_item, 2, NULL, NULL, &fixed);
    if (status == PZ_OK) status = pz_irt_item_fit_list(bank, answers, 4, 2, 11, 4, NULL, NULL, &items, &count);
    if (status == PZ_OK) status = pz_irt_person_fit_list(bank, answers, 4, 2, 11, 4, NULL, NULL, &persons, &count);
    pz_free(items);
    pz_free(persons);
    pz_irt_free(bank);
    pz_irt_free(nominal);
    pz_irt_free(fixed);
    return status;
}

START_TEST(memory_that_fails_is_said)
{
    ck_assert_int_ge(suite_each_allocation(whole_life, NULL), 30);
}
END_TEST

static Suite *irt_fit_suite(void)
{
    Suite *suite = suite_create("irt_fit");
    TCase *core = tcase_create("irt_fit");
    tcase_set_timeout(core, 120);
    tcase_add_test(core, nominal_of_science);
    tcase_add_test(core, nominal_with_two_categories_is_the_two_parameter_model);
    tcase_add_test(core, nominal_options_are_found);
    tcase_add_test(core, fixed_items_carry_the_scale);
    tcase_add_test(core, the_trace_tells_how_a_fit_went);
    tcase_add_test(core, published_item_fit);
    tcase_add_test(core, items_that_fit_and_one_that_does_not);
    tcase_add_test(core, person_fit_by_hand);
    tcase_add_test(core, persons_who_fit_and_some_who_do_not);
    tcase_add_test(core, faults);
    tcase_add_test(core, memory_that_fails_is_said);
    suite_add_tcase(suite, core);
    return suite;
}

SUITE_MAIN(irt_fit_suite)
