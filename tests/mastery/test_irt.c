/* Item response theory: published fits and abilities, simulated persons, missing answers, JSON, faults. */
#include "base/random.h"
#include "data.h"
#include "personalize/irt.h"

#define ck_assert_near(got, wanted, within)                                                                                                \
    do {                                                                                                                                   \
        double near_got_ = (got), near_wanted_ = (wanted);                                                                                 \
        ck_assert_msg(fabs(near_got_ - near_wanted_) <= (within), "%s is %.16g, wanted %.16g", #got, near_got_, near_wanted_);             \
    } while (0)

/* LSAT section 6 (Bock and Lieberman 1970): answers as bits, item 1 lowest, and how many of 1,000 gave them. */
static const int lsat6[][2] = {{0, 3},   {16, 6},  {8, 2},  {24, 11}, {4, 1},   {20, 1},   {12, 3}, {28, 4},  {2, 1},   {18, 8},
                               {26, 16}, {22, 3},  {14, 2}, {30, 15}, {1, 10},  {17, 29},  {9, 14}, {25, 81}, {5, 3},   {21, 28},
                               {13, 15}, {29, 80}, {3, 16}, {19, 56}, {11, 21}, {27, 173}, {7, 11}, {23, 61}, {15, 28}, {31, 298}};

static int32_t responses[1000 * 5];

static void fill_lsat6(void)
{
    size_t row = 0;
    for (size_t i = 0; i < sizeof lsat6 / sizeof lsat6[0]; i++)
        for (int n = 0; n < lsat6[i][1]; n++, row++)
            for (int item = 0; item < 5; item++) responses[row * 5 + (size_t)item] = lsat6[i][0] >> item & 1;
    ck_assert_uint_eq(row, 1000);
}

static pz_irt_model *calibrate(int kind, const int32_t *answers, size_t rows, size_t cols, pz_irt_fit *fit)
{
    pz_irt_options options = PZ_IRT_OPTIONS_INIT;
    pz_irt_model *model;
    pz_irt_fit *got;
    options.kind = kind, options.tolerance = 1e-7, options.iterations = 5000;
    ck_assert_ok(pz_irt_calibrate(&options, answers, rows, cols, NULL, NULL, &model));
    ck_assert_ok(pz_irt_fit_of(model, &got));
    ck_assert(got->is_converged == 1);
    *fit = *got;
    pz_free(got);
    return model;
}

/* mirt 1.47 with TOL 1e-8. */
START_TEST(lsat6_two_parameters)
{
    static const double slope[] = {.825660, .722744, .890875, .688368, .656856},
                        intercept[] = {2.773234, .990201, .249148, 1.284757, 2.053270};
    pz_irt_fit fit;
    pz_irt_step **steps;
    size_t count;
    fill_lsat6();
    pz_irt_model *model = calibrate(PZ_IRT_TWO_PARAMETER, responses, 1000, 5, &fit);
    ck_assert_near(fit.log_likelihood, -2466.653378, 1e-6);
    ck_assert(fit.parameters == 10 && fit.persons == 1000 && fit.variance == 1);
    ck_assert_near(fit.aic, 20 + 2 * 2466.653378, 1e-5);
    ck_assert_ok(pz_irt_step_list(model, &steps, &count));
    ck_assert_uint_eq(count, 5);
    for (size_t i = 0; i < 5; i++) {
        ck_assert_near(steps[i]->slope, slope[i], 2e-6);
        ck_assert_near(steps[i]->intercept, intercept[i], 2e-6);
        ck_assert_near(steps[i]->difficulty, -intercept[i] / slope[i], 2e-5);
    }
    pz_free(steps);
    pz_irt_free(model);
}
END_TEST

START_TEST(lsat6_abilities_and_information)
{
    static const int32_t answers[] = {0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 1, 1, 1, 1, 0, 1, 1, 1, 1, 1, 1, 1};
    static const double expected[4][5] = {{-1.896771, -1.366059, -.484636, .008177, .645621},
                                          {-1.895260, -1.372433, -.506192, -.022190, .606334},
                                          {-5.703902, -3.635349, -1.453189, -.308091, 1.649731},
                                          {-INFINITY, -3.931319, -1.419690, -.069764, INFINITY}};
    static const double errors[2][5] = {{.801279, .803094, .818521, .833782, .859007}, {.795525, .796788, .810998, .826704, .854614}};
    static const double at[] = {-2, -1, 0, 1}, information[] = {.57887994, .55920054, .46018317, .30700774};
    double ability[5], error[5], info[4];
    pz_irt_fit fit;
    fill_lsat6();
    pz_irt_model *model = calibrate(PZ_IRT_TWO_PARAMETER, responses, 1000, 5, &fit);
    for (int method = PZ_IRT_EAP; method <= PZ_IRT_ML; method++) {
        ck_assert_ok(pz_irt_ability(model, (pz_irt_method)method, answers, 5, 5, 201, 8, NULL, NULL, ability, 5, error, 5));
        for (int i = 0; i < 5; i++) {
            double wanted = expected[method - 1][i];
            if (isinf(wanted))
                ck_assert(ability[i] == wanted && isinf(error[i]));
            else
                ck_assert_near(ability[i], wanted, 1e-5);
            if (method <= PZ_IRT_MAP) ck_assert_near(error[i], errors[method - 1][i], 1e-5);
        }
    }
    ck_assert_ok(pz_irt_information(model, -1, at, 4, NULL, NULL, info, 4));
    for (int i = 0; i < 4; i++) ck_assert_near(info[i], information[i], 1e-6);
    pz_irt_free(model);
}
END_TEST

/* mirt's errors by Oakes' method: item 1 a .2581149 d .2057437, item 3 a .2327638 d .0762729. Cross-products agree with them for many persons only. */
START_TEST(lsat6_errors)
{
    double slope[5], intercept[5];
    pz_irt_fit fit;
    fill_lsat6();
    pz_irt_model *model = calibrate(PZ_IRT_TWO_PARAMETER, responses, 1000, 5, &fit);
    ck_assert_ok(pz_irt_errors(model, PZ_IRT_CROSS_PRODUCTS, responses, 1000, 5, 61, 6, NULL, NULL, slope, 5, intercept, 5));
    ck_assert_near(slope[0] / .2581149, 1, 0.1);
    ck_assert_near(intercept[0] / .2057437, 1, 0.1);
    ck_assert_near(slope[2] / .2327638, 1, 0.1);
    ck_assert_near(intercept[2] / .0762729, 1, 0.1);
    ck_assert_ok(pz_irt_errors(model, PZ_IRT_OBSERVED, responses, 1000, 5, 61, 6, NULL, NULL, slope, 5, intercept, 5));
    ck_assert_near(slope[0], .2581149, 1e-5);
    ck_assert_near(intercept[0], .2057437, 1e-5);
    ck_assert_near(slope[2], .2327638, 1e-5);
    ck_assert_near(intercept[2], .0762729, 1e-5);
    ck_assert_status(pz_irt_errors(model, (pz_irt_error_method)3, responses, 1000, 5, 61, 6, NULL, NULL, slope, 5, intercept, 5),
                     PZ_E_INVALID);
    ck_assert_status(pz_irt_errors(model, PZ_IRT_OBSERVED, responses, 3, 5, 61, 6, NULL, NULL, slope, 5, intercept, 5), PZ_E_NOT_ENOUGH);
    ck_assert_status(pz_irt_errors(model, PZ_IRT_OBSERVED, responses, 1000, 4, 61, 6, NULL, NULL, slope, 5, intercept, 5), PZ_E_INVALID);
    ck_assert_status(pz_irt_errors(model, PZ_IRT_OBSERVED, responses, 1000, 5, 61, 6, NULL, NULL, slope, 4, intercept, 5), PZ_E_INVALID);
    ck_assert_status(pz_irt_errors(model, PZ_IRT_OBSERVED, responses, 1000, 5, 61, 6, NULL, NULL, slope, 5, intercept, 4), PZ_E_INVALID);
    ck_assert_status(pz_irt_errors(model, PZ_IRT_OBSERVED, responses, 1000, 5, 5, 6, NULL, NULL, slope, 5, intercept, 5), PZ_E_INVALID);
    ck_assert_status(pz_irt_errors(NULL, PZ_IRT_OBSERVED, responses, 1000, 5, 61, 6, NULL, NULL, slope, 5, intercept, 5), PZ_E_CLOSED);
    ck_assert_status(pz_irt_errors(model, PZ_IRT_OBSERVED, responses, 1000, 5, 61, 6, NULL, NULL, NULL, 0, intercept, 5), PZ_E_INVALID);
    pz_irt_free(model);
}
END_TEST

START_TEST(lsat6_rasch)
{
    pz_irt_fit fit;
    pz_irt_step **steps;
    size_t count;
    /* ltm: common slope .7551347 with variance 1, and the difficulties in its unit */
    static const double difficulty[] = {-3.6152665, -1.3224208, -.3176306, -1.7300903, -2.7801716};
    fill_lsat6();
    pz_irt_model *model = calibrate(PZ_IRT_RASCH, responses, 1000, 5, &fit);
    ck_assert_near(fit.log_likelihood, -2466.937600, 1e-5);
    ck_assert_near(sqrt(fit.variance), .7551347, 1e-4);
    ck_assert_int_eq(fit.parameters, 6);
    ck_assert_ok(pz_irt_step_list(model, &steps, &count));
    for (size_t i = 0; i < 5; i++) ck_assert_near(steps[i]->difficulty / sqrt(fit.variance), difficulty[i], 1e-3);
    pz_free(steps);
    pz_irt_free(model);
    /* ltm with the slope held at 1 as well */
    pz_irt_options options = PZ_IRT_OPTIONS_INIT;
    pz_irt_fit *held;
    double slope_error[5], intercept_error[5];
    options.kind = PZ_IRT_RASCH, options.variance = 1, options.tolerance = 1e-8;
    ck_assert_ok(pz_irt_calibrate(&options, responses, 1000, 5, NULL, NULL, &model));
    ck_assert_ok(pz_irt_fit_of(model, &held));
    ck_assert_near(held->log_likelihood, -2473.053847, 1e-4);
    ck_assert(held->variance == 1 && held->parameters == 5);
    ck_assert_ok(pz_irt_errors(model, PZ_IRT_OBSERVED, responses, 1000, 5, 61, 6, NULL, NULL, slope_error, 5, intercept_error, 5));
    ck_assert(slope_error[0] == 0 && intercept_error[0] > 0.1 && intercept_error[0] < 0.2);
    pz_free(held);
    pz_irt_free(model);
}
END_TEST

/* ------------------------------------------------------------------------- sets that are not in the project --- */

static const struct {
    const char *file;
    int kind, base;
    double log_likelihood, slope[6];
    int slopes;
} published[] = {
    {"LSAT7", PZ_IRT_TWO_PARAMETER, 0, -2658.805114, {.987546, 1.080837, 1.707478, .764990, .735673}, 5},
    {"LSAT7", PZ_IRT_RASCH, 0, -2664.900891, {0}, 0},
    {"SAT12_scored", PZ_IRT_TWO_PARAMETER, 0, -9488.955013, {.801362}, 1},
    {"SAT12_scored", PZ_IRT_RASCH, 0, -9643.469440, {0}, 0},
    {"WIRS", PZ_IRT_TWO_PARAMETER, 0, -3420.064386, {.153396, .367694, 1.717885, 1.010136, 2.033054, 1.374573}, 6},
    {"Science_poly", PZ_IRT_GRADED, 1, -1608.869413, {1.040642, 1.225833, 2.300594, 1.093800}, 4},
    {"Science_poly", PZ_IRT_PARTIAL_CREDIT, 1, -1612.681600, {0}, 0},
};

START_TEST(published_fits)
{
    char path[60], line[512];
    int32_t *answers = calloc(100000, sizeof *answers);
    size_t values = 0, rows = 0, count;
    pz_irt_fit fit;
    pz_irt_step **steps;
    FILE *file;
    snprintf(path, sizeof path, "kt/irt/%s.csv", published[_i].file);
    file = data_open(path);
    if (file && fgets(line, sizeof line, file)) {
        for (; fgets(line, sizeof line, file); rows++)
            for (char *at = strtok(line, ",\n"); at; at = strtok(NULL, ",\n")) answers[values++] = atoi(at) - published[_i].base;
        pz_irt_model *model = calibrate(published[_i].kind, answers, rows, values / rows, &fit);
        ck_assert_near(fit.log_likelihood, published[_i].log_likelihood, 1e-5);
        ck_assert_ok(pz_irt_step_list(model, &steps, &count));
        for (int i = 0, step = 0; i < published[_i].slopes; step++)
            if (steps[step]->step == 1) ck_assert_near(steps[step]->slope, published[_i].slope[i++], 1e-5);
        pz_free(steps);
        pz_irt_free(model);
    }
    if (file) fclose(file);
    free(answers);
}
END_TEST

/* ---------------------------------------------------------------------------------------------- simulated --- */

enum { PERSONS = 4000, ITEMS = 20 };

/* Answers of persons with known ability to items of a kind; some left out. Returns the abilities. */
static double *simulate(pz__random *random, int kind, int categories, int32_t *out, double *slope, double (*intercept)[4])
{
    double *ability = malloc(PERSONS * sizeof *ability);
    for (int i = 0; i < ITEMS; i++) {
        slope[i] = kind == PZ_IRT_RASCH ? 1 : 0.7 + pz__random_unit(random);
        for (int k = 0; k < categories - 1; k++) intercept[i][k] = 1.5 - 1.2 * k + pz__random_unit(random);
    }
    for (int p = 0; p < PERSONS; p++) {
        ability[p] = pz__random_normal(random);
        for (int i = 0; i < ITEMS; i++) {
            double chance[5] = {1, 0, 0, 0, 0}, sum = 0, u = pz__random_unit(random);
            int answer = 0;
            if (kind == PZ_IRT_PARTIAL_CREDIT) {
                for (int k = 1; k < categories; k++) chance[k] = chance[k - 1] * exp(slope[i] * ability[p] + intercept[i][k - 1]);
                for (int k = 0; k < categories; k++) sum += chance[k];
                for (double up = chance[0] / sum; u > up && answer < categories - 1; up += chance[++answer] / sum) continue;
            } else {
                while (answer < categories - 1 && u < 1 / (1 + exp(-slope[i] * ability[p] - intercept[i][answer]))) answer++;
            }
            out[p * ITEMS + i] = pz__random_below(random, 10) == 0 ? -1 : answer;
        }
    }
    return ability;
}

START_TEST(parameters_and_intervals_hold_what_is_true)
{
    static const struct {
        int kind, categories;
    } cases[] = {{PZ_IRT_RASCH, 2}, {PZ_IRT_TWO_PARAMETER, 2}, {PZ_IRT_GRADED, 4}, {PZ_IRT_PARTIAL_CREDIT, 4}};
    pz__random random;
    int32_t *out = malloc(PERSONS * ITEMS * sizeof *out);
    double slope[ITEMS], intercept[ITEMS][4], *got = malloc(PERSONS * sizeof *got), *error = malloc(PERSONS * sizeof *error);
    pz_irt_fit fit;
    pz_irt_step **steps;
    size_t count;
    int held = 0;
    pz__random_seed(&random, suite_seed());
    double *ability = simulate(&random, cases[_i].kind, cases[_i].categories, out, slope, intercept);
    pz_irt_model *model = calibrate(cases[_i].kind, out, PERSONS, ITEMS, &fit);
    ck_assert_ok(pz_irt_step_list(model, &steps, &count));
    for (size_t s = 0; s < count; s++) {
        ck_assert_near(steps[s]->slope, slope[steps[s]->item], 0.3);
        ck_assert_near(steps[s]->intercept, intercept[steps[s]->item][steps[s]->step - 1], 0.35);
    }
    double *slope_error = malloc(count * sizeof *slope_error), *intercept_error = malloc(count * sizeof *intercept_error), within = 0;
    ck_assert_ok(pz_irt_errors(model, PZ_IRT_OBSERVED, out, PERSONS, ITEMS, 61, 6, NULL, NULL, slope_error, count, intercept_error, count));
    for (size_t s = 0; s < count; s++)
        within += fabs(steps[s]->intercept - intercept[steps[s]->item][steps[s]->step - 1]) <= 2.6 * intercept_error[s];
    ck_assert(within >= 0.9 * (double)count && (slope_error[0] > 0) == (cases[_i].kind != PZ_IRT_RASCH));
    free(slope_error), free(intercept_error);
    ck_assert_ok(pz_irt_ability(model, PZ_IRT_EAP, out, PERSONS, ITEMS, 61, 6, NULL, NULL, got, PERSONS, error, PERSONS));
    for (int p = 0; p < PERSONS; p++) held += fabs(got[p] - ability[p]) <= 1.959964 * error[p];
    printf("kind %d: 95 %% intervals held %.4f\n", cases[_i].kind, held / (double)PERSONS);
    ck_assert(held >= 0.93 * PERSONS && held <= 0.97 * PERSONS);
    pz_free(steps);
    pz_irt_free(model);
    free(ability), free(out), free(got), free(error);
}
END_TEST

START_TEST(guessing_is_found)
{
    pz__random random;
    int32_t *out = malloc(PERSONS * ITEMS * sizeof *out);
    double slope[ITEMS], intercept[ITEMS][4], sum = 0;
    pz_irt_fit fit, two;
    pz_irt_step **steps;
    size_t count;
    pz__random_seed(&random, suite_seed());
    double *ability = simulate(&random, PZ_IRT_TWO_PARAMETER, 2, out, slope, intercept);
    for (int i = 0; i < PERSONS * ITEMS; i++)
        if (out[i] == 0 && pz__random_unit(&random) < 0.25) out[i] = 1;
    pz_irt_options options = PZ_IRT_OPTIONS_INIT;
    pz_irt_model *model, *plain = calibrate(PZ_IRT_TWO_PARAMETER, out, PERSONS, ITEMS, &two);
    pz_irt_fit *got;
    options.kind = PZ_IRT_THREE_PARAMETER;
    ck_assert_ok(pz_irt_calibrate(&options, out, PERSONS, ITEMS, NULL, NULL, &model));
    ck_assert_ok(pz_irt_fit_of(model, &got));
    fit = *got;
    ck_assert_ok(pz_irt_step_list(model, &steps, &count));
    for (size_t s = 0; s < count; s++) {
        ck_assert(steps[s]->guess > 0.05 && steps[s]->guess < 0.5);
        sum += steps[s]->guess / ITEMS;
    }
    ck_assert_near(sum, 0.25, 0.06);
    ck_assert(fit.log_likelihood > two.log_likelihood && fit.parameters == 60);
    pz_free(got);
    pz_free(steps);
    pz_irt_free(model);
    pz_irt_free(plain);
    free(ability), free(out);
}
END_TEST

/* ---------------------------------------------------------------------------------------- bank, JSON, faults --- */

START_TEST(curves_add_up_and_bend_as_they_say)
{
    pz__random random;
    int32_t *out = malloc(PERSONS * ITEMS * sizeof *out);
    double slope[ITEMS], intercept[ITEMS][4];
    pz_irt_fit fit;
    pz__random_seed(&random, 4);
    double *ability = simulate(&random, PZ_IRT_GRADED, 4, out, slope, intercept);
    for (int kind = PZ_IRT_GRADED; kind <= PZ_IRT_PARTIAL_CREDIT; kind++) {
        pz_irt_model *model = calibrate(kind, out, 500, ITEMS, &fit);
        for (double x = -4; x <= 4; x += 0.5) {
            double p[4], before[4], after[4], information, sum = 0, expected = 0, h = 1e-5;
            ck_assert_ok(pz_irt_probability(model, 3, x, p, 4));
            ck_assert_ok(pz_irt_probability(model, 3, x - h, before, 4));
            ck_assert_ok(pz_irt_probability(model, 3, x + h, after, 4));
            ck_assert_ok(pz_irt_information(model, 3, &x, 1, NULL, NULL, &information, 1));
            for (int k = 0; k < 4; k++) {
                double change = (after[k] - before[k]) / (2 * h);
                sum += p[k];
                expected += change * change / p[k];
            }
            ck_assert_near(sum, 1, 1e-14);
            ck_assert_near(information, expected, 1e-6);
        }
        pz_irt_free(model);
    }
    free(ability), free(out);
}
END_TEST

START_TEST(json_keeps_every_bit)
{
    pz_irt_fit fit;
    fill_lsat6();
    for (int kind = PZ_IRT_RASCH; kind <= PZ_IRT_PARTIAL_CREDIT; kind++) {
        pz_irt_options options = PZ_IRT_OPTIONS_INIT;
        pz_irt_model *model, *back;
        char *json, *again;
        options.kind = kind;
        ck_assert_ok(pz_irt_calibrate(&options, responses, 1000, 5, NULL, NULL, &model));
        ck_assert_ok(pz_irt_write(model, &json));
        ck_assert_ok(pz_irt_read(json, PZ_NUL_TERMINATED, &back));
        ck_assert_ok(pz_irt_write(back, &again));
        ck_assert_str_eq(json, again);
        pz_free(json);
        pz_free(again);
        pz_irt_free(model);
        pz_irt_free(back);
    }
    (void)fit;
}
END_TEST

static pz_status stop_at_once(double done, void *user_data)
{
    (void)done, (void)user_data;
    return PZ_E_CANCELLED;
}

START_TEST(faults)
{
    int32_t answers[] = {0, 1, 1, 0, 1, 1, 0, -1};
    pz_irt_options options = PZ_IRT_OPTIONS_INIT;
    pz_irt_model *model;
    pz_irt_step **steps;
    pz_irt_fit *fit;
    double x[4], e[4], p[2];
    size_t count;
    char *json;
    const double slope[] = {1, 2}, difficulty[] = {0, 1}, guess[] = {0.2, 0};
#define REFUSED(member, value)                                                                                                             \
    do {                                                                                                                                   \
        pz_irt_options bad = PZ_IRT_OPTIONS_INIT;                                                                                          \
        bad.member = value;                                                                                                                \
        ck_assert_status(pz_irt_calibrate(&bad, answers, 4, 2, NULL, NULL, &model), PZ_E_INVALID);                                         \
        ck_assert_str_eq(pz_last_error()->field, #member);                                                                                 \
    } while (0)
    REFUSED(kind, 0);
    REFUSED(nodes, 5);
    REFUSED(range, 1);
    REFUSED(iterations, 0);
    REFUSED(tolerance, 0);
    REFUSED(guess_mean, NAN);
    REFUSED(guess_sd, 0);
    REFUSED(variance, 1); /* kind is two parameters */
    REFUSED(variance, 0);
    REFUSED(variance, 101);
    {
        static const int32_t key[] = {1, 1};
        pz_irt_options held = PZ_IRT_OPTIONS_INIT;
        held.kind = PZ_IRT_RASCH, held.variance = 1;
        ck_assert_status(pz_irt_calibrate_nominal(&held, answers, 4, 2, key, 2, NULL, NULL, &model), PZ_E_INVALID);
        ck_assert_str_eq(pz_last_error()->field, "variance");
    }
    ck_assert_status(pz_irt_calibrate(&options, NULL, 4, 2, NULL, NULL, &model), PZ_E_INVALID);
    ck_assert_status(pz_irt_calibrate(&options, answers, 0, 2, NULL, NULL, &model), PZ_E_INVALID);
    ck_assert_status(pz_irt_calibrate(&options, answers, 4, 2, NULL, NULL, NULL), PZ_E_INVALID);
    ck_assert_status(pz_irt_calibrate(&options, answers, 1, 2, NULL, NULL, &model), PZ_E_NOT_ENOUGH);
    ck_assert_status(pz_irt_calibrate(&options, answers, 4, 2, stop_at_once, NULL, &model), PZ_E_CANCELLED);
    ck_assert_ptr_null(model);
    answers[3] = 16;
    ck_assert_status(pz_irt_calibrate(&options, answers, 4, 2, NULL, NULL, &model), PZ_E_INVALID);
    ck_assert_ptr_nonnull(strstr(pz_last_error()->message, "row 1, column 1"));
    answers[3] = 2;
    ck_assert_status(pz_irt_calibrate(&options, answers, 4, 2, NULL, NULL, &model), PZ_E_INVALID);
    options.kind = PZ_IRT_GRADED;
    ck_assert_status(pz_irt_calibrate(&options, answers, 4, 2, NULL, NULL, &model), PZ_E_NOT_ENOUGH);
    options.struct_size = 0;
    ck_assert_status(pz_irt_calibrate(&options, answers, 4, 2, NULL, NULL, &model), PZ_E_STRUCT_SIZE);
    answers[3] = 0;
    ck_assert_ok(pz_irt_model_of(slope, difficulty, guess, 2, &model));
    ck_assert_status(pz_irt_ability(model, PZ_IRT_EAP, answers, 4, 1, 61, 6, NULL, NULL, x, 4, e, 4), PZ_E_INVALID);
    ck_assert_status(pz_irt_ability(model, PZ_IRT_EAP, answers, 4, 2, 61, 6, NULL, NULL, x, 3, e, 4), PZ_E_INVALID);
    ck_assert_status(pz_irt_ability(model, PZ_IRT_EAP, answers, 4, 2, 61, 6, NULL, NULL, x, 4, e, 3), PZ_E_INVALID);
    ck_assert_status(pz_irt_ability(model, (pz_irt_method)9, answers, 4, 2, 61, 6, NULL, NULL, x, 4, e, 4), PZ_E_INVALID);
    ck_assert_status(pz_irt_ability(model, PZ_IRT_EAP, answers, 4, 2, 5, 6, NULL, NULL, x, 4, e, 4), PZ_E_INVALID);
    ck_assert_status(pz_irt_ability(model, PZ_IRT_EAP, answers, 4, 2, 61, 0, NULL, NULL, x, 4, e, 4), PZ_E_INVALID);
    ck_assert_status(pz_irt_ability(NULL, PZ_IRT_EAP, answers, 4, 2, 61, 6, NULL, NULL, x, 4, e, 4), PZ_E_CLOSED);
    answers[0] = answers[1] = -1;
    ck_assert_ok(pz_irt_ability(model, PZ_IRT_WLE, answers, 1, 2, 61, 6, NULL, NULL, x, 1, e, 1));
    ck_assert(isnan(x[0]) && isnan(e[0]));
    ck_assert_ok(pz_irt_ability(model, PZ_IRT_EAP, answers, 1, 2, 61, 6, NULL, NULL, x, 1, e, 1));
    ck_assert_near(x[0], 0, 1e-12);
    ck_assert_near(e[0], 1, 1e-5);
    ck_assert_status(pz_irt_information(model, 2, x, 1, NULL, NULL, e, 1), PZ_E_INVALID);
    ck_assert_status(pz_irt_information(model, 0, x, 2, NULL, NULL, e, 1), PZ_E_INVALID);
    ck_assert_status(pz_irt_information(model, 0, x, 1, stop_at_once, NULL, e, 1), PZ_E_CANCELLED);
    ck_assert(e[0] == 0);
    ck_assert_status(pz_irt_information(NULL, 0, x, 1, NULL, NULL, e, 1), PZ_E_CLOSED);
    ck_assert_status(pz_irt_probability(model, 2, 0, p, 2), PZ_E_INVALID);
    ck_assert_status(pz_irt_probability(model, 0, NAN, p, 2), PZ_E_INVALID);
    ck_assert_status(pz_irt_probability(model, 0, 0, p, 1), PZ_E_INVALID);
    ck_assert_status(pz_irt_probability(NULL, 0, 0, p, 2), PZ_E_CLOSED);
    ck_assert_ok(pz_irt_probability(model, 0, 0, p, 2));
    ck_assert_near(p[1], 0.6, 1e-15);
    ck_assert_status(pz_irt_step_list(NULL, &steps, &count), PZ_E_CLOSED);
    ck_assert_status(pz_irt_fit_of(NULL, &fit), PZ_E_CLOSED);
    ck_assert_status(pz_irt_write(NULL, &json), PZ_E_CLOSED);
    pz_irt_free(model);
    pz_irt_free(NULL);
    const double bad_slope[] = {1, 0}, bad_guess[] = {0, 1};
    ck_assert_status(pz_irt_model_of(bad_slope, difficulty, NULL, 2, &model), PZ_E_INVALID);
    ck_assert_status(pz_irt_model_of(slope, difficulty, bad_guess, 2, &model), PZ_E_INVALID);
    ck_assert_status(pz_irt_model_of(slope, NULL, NULL, 2, &model), PZ_E_INVALID);
    ck_assert_status(pz_irt_model_of(slope, difficulty, NULL, 0, &model), PZ_E_INVALID);
    static const char *const bad[] = {
        "[]",
        "{\"model\":\"irt\"}",
        "{\"model\":\"irt\",\"version\":1}",
        "{\"model\":\"irt\",\"version\":1,\"items\":[{}]}",
        "{\"model\":\"irt\",\"version\":1,\"variance\":1,\"mean\":0,\"iterations\":0,\"persons\":0,\"parameters\":0,\"is_converged\":true,"
        "\"items\":[{"
        "}]}",
        "{\"model\":\"irt\",\"version\":1,\"variance\":1,\"mean\":0,\"iterations\":0,\"persons\":0,\"parameters\":0,\"is_converged\":true,"
        "\"items\":[{"
        "\"kind\":\"graded\","
        "\"slope\":1,\"guess\":0,\"intercepts\":[0,1]}]}",
    };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) ck_assert_status(pz_irt_read(bad[i], PZ_NUL_TERMINATED, &model), PZ_E_INVALID);
    ck_assert_status(pz_irt_read("{", 1, &model), PZ_E_FORMAT);
}
END_TEST

/* Each answer's part: changes add up in order to the mean of the posterior, pulls in any order to its mode, and the chances multiply to that of all answers. */
START_TEST(answers_are_explained)
{
    static const int32_t answers[] = {1, 0, -1, 1, 1, 0, -1, 1, 1, 1, -1, -1, -1, -1, -1};
    static const int32_t turned[] = {1, 1, -1, 0, 1}; /* the first person's answers in another order */
    double mean[3], error[3], mode[3], change[3] = {0}, pull[3] = {0}, chance[2] = {1, 1}, all[2] = {0, 0}, weights = 0;
    pz_irt_fit fit;
    pz_irt_effect **effects, **again;
    size_t count;
    fill_lsat6();
    pz_irt_model *model = calibrate(PZ_IRT_TWO_PARAMETER, responses, 1000, 5, &fit);
    ck_assert_ok(pz_irt_explain(model, answers, 3, 5, 61, 6, NULL, NULL, &effects, &count));
    ck_assert_uint_eq(count, 8); /* the third person answered nothing */
    ck_assert_ok(pz_irt_ability(model, PZ_IRT_EAP, answers, 3, 5, 61, 6, NULL, NULL, mean, 3, error, 3));
    for (size_t i = 0; i < count; i++) {
        int64_t person = effects[i]->person;
        ck_assert_int_eq(effects[i]->response, answers[5 * person + effects[i]->item]);
        ck_assert(effects[i]->chance > 0 && effects[i]->chance < 1);
        ck_assert((effects[i]->change > 0) == (effects[i]->response == 1) && (effects[i]->pull > 0) == (effects[i]->response == 1));
        change[person] += effects[i]->change;
        pull[person] += effects[i]->pull;
        chance[person] *= effects[i]->chance;
        ck_assert_near(effects[i]->ability, change[person], 1e-12);
    }
    ck_assert_near(effects[3]->ability, mean[0], 1e-12);
    ck_assert_near(effects[3]->standard_error, error[0], 1e-12);
    ck_assert_near(effects[7]->ability, mean[1], 1e-12);
    ck_assert_ok(pz_irt_ability(model, PZ_IRT_MAP, answers, 3, 5, 61, 6, NULL, NULL, mode, 3, error, 3));
    for (int person = 0; person < 2; person++) ck_assert_near(pull[person], mode[person], 1e-9);
    for (int q = 0; q < 61; q++) {
        double x = -6 + 0.2 * q, weight = exp(-0.5 * x * x), p[2];
        weights += weight;
        for (int person = 0; person < 2; person++) {
            double product = weight;
            for (int i = 0; i < 5; i++) {
                if (answers[5 * person + i] < 0) continue;
                ck_assert_ok(pz_irt_probability(model, i, x, p, 2));
                product *= p[answers[5 * person + i]];
            }
            all[person] += product;
        }
    }
    for (int person = 0; person < 2; person++) ck_assert_near(chance[person], all[person] / weights, 1e-9);
    /* What an answer pulls depends on its item alone where the slope and the answer are the same. */
    ck_assert_ok(pz_irt_explain(model, turned, 1, 5, 61, 6, NULL, NULL, &again, &count));
    ck_assert(again[1]->item == 1 && again[1]->pull > 0 && effects[1]->pull < 0);
    pz_free(again);
    pz_free(effects);
    ck_assert_status(pz_irt_explain(model, answers, 3, 5, 61, 6, stop_at_once, NULL, &effects, &count), PZ_E_CANCELLED);
    ck_assert(effects == NULL && count == 0);
    ck_assert_status(pz_irt_explain(NULL, answers, 3, 5, 61, 6, NULL, NULL, &effects, &count), PZ_E_CLOSED);
    ck_assert_status(pz_irt_explain(model, answers, 3, 4, 61, 6, NULL, NULL, &effects, &count), PZ_E_INVALID);
    ck_assert_status(pz_irt_explain(model, answers, 3, 5, 5, 6, NULL, NULL, &effects, &count), PZ_E_INVALID);
    ck_assert_status(pz_irt_explain(model, answers, 3, 5, 61, 1, NULL, NULL, &effects, &count), PZ_E_INVALID);
    ck_assert_status(pz_irt_explain(model, answers, 3, 5, 61, 6, NULL, NULL, NULL, &count), PZ_E_INVALID);
    ck_assert_status(pz_irt_explain(model, answers, 3, 5, 61, 6, NULL, NULL, &effects, NULL), PZ_E_INVALID);
    int32_t *many = calloc(PZ_IRT_EXPLAIN_MOST + 5, sizeof *many);
    ck_assert_status(pz_irt_explain(model, many, PZ_IRT_EXPLAIN_MOST / 5 + 1, 5, 61, 6, NULL, NULL, &effects, &count), PZ_E_LIMIT);
    free(many);
    pz_irt_free(model);
}
END_TEST

static pz_status whole_life(void *unused)
{
    pz_irt_options options = PZ_IRT_OPTIONS_INIT;
    pz_irt_model *model = NULL, *back = NULL;
    pz_irt_step **steps = NULL;
    pz_irt_fit *fit = NULL;
    char *json = NULL;
    size_t count;
    double x[3], e[3];
    (void)unused;
    options.iterations = 2;
    pz_status status = pz_irt_calibrate(&options, responses, 1000, 5, NULL, NULL, &model);
    if (status == PZ_OK) status = pz_irt_step_list(model, &steps, &count);
    if (status == PZ_OK) status = pz_irt_fit_of(model, &fit);
    if (status == PZ_OK) status = pz_irt_ability(model, PZ_IRT_EAP, responses, 3, 5, 31, 5, NULL, NULL, x, 3, e, 3);
    double slope[5], intercept[5];
    if (status == PZ_OK) status = pz_irt_errors(model, PZ_IRT_OBSERVED, responses, 1000, 5, 11, 4, NULL, NULL, slope, 5, intercept, 5);
    pz_irt_effect **effects = NULL;
    if (status == PZ_OK) status = pz_irt_explain(model, responses, 2, 5, 11, 4, NULL, NULL, &effects, &count);
    if (status == PZ_OK) status = pz_irt_write(model, &json);
    if (status == PZ_OK) status = pz_irt_read(json, PZ_NUL_TERMINATED, &back);
    pz_free(effects);
    pz_free(steps);
    pz_free(fit);
    pz_free(json);
    pz_irt_free(model);
    pz_irt_free(back);
    return status;
}

START_TEST(memory_that_fails_is_said)
{
    fill_lsat6();
    ck_assert_int_ge(suite_each_allocation(whole_life, NULL), 15);
}
END_TEST

static Suite *irt_suite(void)
{
    Suite *suite = suite_create("irt");
    TCase *core = tcase_create("irt");
    tcase_set_timeout(core, 120);
    tcase_add_test(core, lsat6_two_parameters);
    tcase_add_test(core, lsat6_abilities_and_information);
    tcase_add_test(core, lsat6_errors);
    tcase_add_test(core, lsat6_rasch);
    tcase_add_loop_test(core, published_fits, 0, sizeof published / sizeof published[0]);
    tcase_add_loop_test(core, parameters_and_intervals_hold_what_is_true, 0, 4);
    tcase_add_test(core, guessing_is_found);
    tcase_add_test(core, curves_add_up_and_bend_as_they_say);
    tcase_add_test(core, json_keeps_every_bit);
    tcase_add_test(core, answers_are_explained);
    tcase_add_test(core, faults);
    tcase_add_test(core, memory_that_fails_is_said);
    suite_add_tcase(suite, core);
    return suite;
}

SUITE_MAIN(irt_suite)
