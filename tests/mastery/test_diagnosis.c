/* Profiles of skills and misconceptions: published fits, simulated persons, faults. */
#include "base/random.h"
#include "data.h"
#include "personalize/diagnosis.h"

#define ck_assert_near(got, wanted, within)                                                                                                \
    do {                                                                                                                                   \
        double near_got_ = (got), near_wanted_ = (wanted);                                                                                 \
        ck_assert_msg(fabs(near_got_ - near_wanted_) <= (within), "%s is %.16g, wanted %.16g", #got, near_got_, near_wanted_);             \
    } while (0)

static size_t read_table(const char *name, int32_t *out, size_t *cols)
{
    char line[512];
    size_t values = 0, rows = 0;
    FILE *file = data_open(name);
    if (!file || !fgets(line, sizeof line, file)) return 0;
    for (; fgets(line, sizeof line, file); rows++)
        for (char *at = strtok(line, ",\n"); at; at = strtok(NULL, ",\n")) out[values++] = atoi(at);
    fclose(file);
    *cols = values / rows;
    return rows;
}

/* CDM 8.4.2, din(), convergence 1e-8. */
START_TEST(published_fits)
{
    static const int items[] = {0, 1, 7, 19};
    static const double guess[] = {.02978, .01640, .44452, .01251}, slip[] = {.08923, .04145, .18129, .15700},
                        shares[] = {.36268, .57585, .80000};
    int32_t *responses = calloc(20000, sizeof *responses), *needs = calloc(500, sizeof *needs);
    size_t cols, skills, rows = read_table(_i ? "kt/cdm/sim_dina.csv" : "kt/cdm/fraction_subtraction_data.csv", responses, &cols), count;
    if (rows && read_table(_i ? "kt/cdm/sim_qmatrix.csv" : "kt/cdm/fraction_subtraction_q.csv", needs, &skills)) {
        pz_dina_options options = PZ_DINA_OPTIONS_INIT;
        pz_dina_model *model;
        pz_dina_fit *fit;
        pz_dina_item **list;
        double share[8];
        options.tolerance = 1e-5;
        ck_assert_ok(pz_dina_calibrate(&options, responses, rows, cols, needs, cols, skills, NULL, NULL, &model));
        ck_assert_ok(pz_dina_fit_of(model, &fit));
        ck_assert(fit->is_converged);
        ck_assert_near(fit->log_likelihood, _i ? -2042.2851 : -4402.2877, 1e-3);
        if (!_i) {
            ck_assert_near(fit->aic, 9394.575, 1e-2);
            ck_assert_ok(pz_dina_item_list(model, &list, &count));
            for (int i = 0; i < 4; i++) {
                ck_assert_near(list[items[i]]->guess, guess[i], 1e-4);
                ck_assert_near(list[items[i]]->slip, slip[i], 1e-4);
            }
            pz_free(list);
        } else {
            ck_assert_ok(pz_dina_share(model, share, skills));
            for (int i = 0; i < 3; i++) ck_assert_near(share[i], shares[i], 1e-3);
        }
        pz_free(fit);
        pz_dina_free(model);
    }
    free(responses);
    free(needs);
}
END_TEST

enum { PERSONS = 3000, ITEMS = 15, SKILLS = 3 };

START_TEST(profiles_are_found_and_calibrated)
{
    static int32_t responses[PERSONS * ITEMS], needs[ITEMS * SKILLS], truth[PERSONS];
    static double probability[PERSONS * SKILLS];
    pz__random random;
    pz_dina_options options = PZ_DINA_OPTIONS_INIT;
    pz_dina_model *model;
    double share[SKILLS], expected[SKILLS] = {0}, sure = 0, right = 0;
    pz__random_seed(&random, suite_seed());
    for (int i = 0; i < ITEMS; i++)
        for (int k = 0; k < SKILLS; k++) needs[i * SKILLS + k] = (i % 7 + 1) >> k & 1;
    for (int p = 0; p < PERSONS; p++) {
        truth[p] = (int32_t)pz__random_below(&random, 8);
        for (int i = 0; i < ITEMS; i++) {
            int all = ((i % 7 + 1) & truth[p]) == i % 7 + 1;
            responses[p * ITEMS + i] = pz__random_below(&random, 20) == 0 ? -1 : pz__random_unit(&random) < (all ? 0.9 : 0.15);
        }
        for (int k = 0; k < SKILLS; k++) expected[k] += (truth[p] >> k & 1) / (double)PERSONS;
    }
    ck_assert_ok(pz_dina_calibrate(&options, responses, PERSONS, ITEMS, needs, ITEMS, SKILLS, NULL, NULL, &model));
    ck_assert_ok(pz_dina_share(model, share, SKILLS));
    for (int k = 0; k < SKILLS; k++) ck_assert_near(share[k], expected[k], 0.04);
    ck_assert_ok(pz_dina_profile(model, responses, PERSONS, ITEMS, NULL, NULL, probability, PERSONS * SKILLS));
    for (int i = 0; i < PERSONS * SKILLS; i++) {
        if (probability[i] < 0.95) continue;
        sure++;
        right += truth[i / SKILLS] >> (i % SKILLS) & 1;
    }
    printf("%.0f sure, %.4f of them right\n", sure, right / sure);
    ck_assert(sure > 1000 && right / sure > 0.94);
    pz_dina_free(model);
}
END_TEST

static pz_dina_model *small_model(void)
{
    static const int32_t responses[] = {1, 1, 1, 0, 1, 0, 0, 0, 0, 1, 0, 0, 1, 1, 1, 1, 0, 0}, needs[] = {1, 0, 0, 1, 1, 1};
    pz_dina_options options = PZ_DINA_OPTIONS_INIT;
    pz_dina_model *model;
    options.iterations = 30;
    ck_assert_ok(pz_dina_calibrate(&options, responses, 6, 3, needs, 3, 2, NULL, NULL, &model));
    return model;
}

START_TEST(json_keeps_every_bit)
{
    static const int32_t answers[] = {1, 0, -1};
    pz_dina_model *model = small_model(), *back;
    char *json, *again;
    double p[2], q[2];
    ck_assert_ok(pz_dina_write(model, &json));
    ck_assert_ptr_nonnull(strstr(json, "\"version\":1,\"model\":\"dina\""));
    ck_assert_ok(pz_dina_read(json, PZ_NUL_TERMINATED, &back));
    ck_assert_ok(pz_dina_write(back, &again));
    ck_assert_str_eq(json, again);
    ck_assert_ok(pz_dina_profile(model, answers, 1, 3, NULL, NULL, p, 2));
    ck_assert_ok(pz_dina_profile(back, answers, 1, 3, NULL, NULL, q, 2));
    ck_assert(!memcmp(p, q, sizeof p));
    pz_free(json);
    pz_free(again);
    pz_dina_free(model);
    pz_dina_free(back);
}
END_TEST

START_TEST(the_trace_tells_how_a_fit_went)
{
    pz_dina_model *model = small_model(), *back;
    pz_dina_fit *fit;
    double trace[30];
    char *json;
    ck_assert_ok(pz_dina_fit_of(model, &fit));
    ck_assert_ok(pz_dina_trace(model, trace, (size_t)fit->iterations));
    for (int i = 1; i < fit->iterations; i++) ck_assert(trace[i] >= trace[i - 1] - 1e-12);
    ck_assert(trace[fit->iterations - 1] == fit->log_likelihood);
    ck_assert_status(pz_dina_trace(model, trace, 1), PZ_E_INVALID);
    ck_assert_status(pz_dina_trace(NULL, trace, 1), PZ_E_CLOSED);
    ck_assert_status(pz_dina_trace(model, NULL, 0), PZ_E_INVALID);
    ck_assert_ok(pz_dina_write(model, &json));
    ck_assert_ok(pz_dina_read(json, PZ_NUL_TERMINATED, &back));
    ck_assert_status(pz_dina_trace(back, trace, (size_t)fit->iterations), PZ_E_NOT_FOUND);
    pz_free(fit);
    pz_free(json);
    pz_dina_free(model);
    pz_dina_free(back);
}
END_TEST

/* ------------------------------------------------------------------------------------------------ options --- */

static const pz_option *option_of(pz_option **rows, size_t count, int item, int option)
{
    for (size_t i = 0; i < count; i++)
        if (rows[i]->item == item && rows[i]->option == option) return rows[i];
    return NULL;
}

/* Eight persons, two items; ability given, then from the other item. */
START_TEST(options_by_hand)
{
    static const int32_t chosen[] = {0, 1, 0, 1, 1, 1, 1, 2, 2, 2, 2, 1, -1, 1, 1, -1}, key[] = {2, 1};
    static const double ability[] = {-2, -1, 0, 1, 2, 3, NAN, 4};
    pz_option **rows;
    const pz_option *o;
    size_t count;
    ck_assert_ok(pz_option_list(chosen, 8, 2, key, 2, ability, 8, NULL, NULL, &rows, &count));
    ck_assert_uint_eq(count, 5);
    o = option_of(rows, count, 0, 2); /* the right one: of -2 -1 0 1 2 3 4, those with 2 and 3 took it */
    ck_assert(o->is_right == 1 && o->chosen == 2);
    ck_assert_near(o->share, 2 / 7.0, 1e-15);
    ck_assert_near(o->ability, 2.5, 1e-15);
    ck_assert_near(o->point_biserial, (5 - 2 * 1.0) / sqrt(28 * 2 * 5 / 7.0), 1e-14);
    ck_assert(o->share_weak == 0 && o->share_strong == 0); /* 27 % of 7 is one person: -2 and 4 */
    ck_assert(o->p_value > 0.05 && o->note == PZ_OPTION_RIGHT_DRAWS_NOBODY);
    o = option_of(rows, count, 0, 0);
    ck_assert(o->share_weak == 1 && o->share_strong == 0 && o->note == PZ_OPTION_PLAIN && o->point_biserial < 0);
    ck_assert_ptr_null(option_of(rows, count, 1, 0));
    pz_free(rows);
    ck_assert_ok(pz_option_list(chosen, 8, 2, key, 2, NULL, 0, NULL, NULL, &rows, &count));
    o = option_of(rows, count, 0, 2); /* of six who answered both, one with 2 missed the other item, one had it */
    ck_assert(o->chosen == 2);
    ck_assert_near(o->ability, 0.5, 1e-15);
    pz_free(rows);
}
END_TEST

/* The raw choices of SAT12 with the key that mirt's documentation gives: each right option goes with ability but in item 32, whose item-rest correlation is 0.037 there: another option of that item draws the strong instead. */
START_TEST(options_of_sat12)
{
    static const int32_t key[] = {1, 4, 5, 2, 3, 1, 2, 1, 3, 1, 2, 4, 2, 1, 5, 3, 4, 4, 1, 4, 3, 3, 4, 1, 3, 5, 1, 3, 1, 5, 4, 5};
    int32_t *chosen = calloc(20000, sizeof *chosen);
    size_t cols, rows = read_table("kt/irt/SAT12_raw_choices.csv", chosen, &cols), count;
    pz_option **list;
    if (rows) {
        ck_assert_uint_eq(rows, 600);
        ck_assert_ok(pz_option_list(chosen, rows, cols, key, 32, NULL, 0, NULL, NULL, &list, &count));
        ck_assert_near(option_of(list, count, 0, 1)->share, .283, 5e-4);
        ck_assert_near(option_of(list, count, 10, 2)->share, .983, 5e-4);
        /* mirt's item-rest correlations: 0.300, 0.464, 0.371; ours is with the share right of the others, which is the same here as nobody left items out */
        ck_assert_near(option_of(list, count, 0, 1)->point_biserial, .300, 5e-4);
        ck_assert_near(option_of(list, count, 1, 4)->point_biserial, .464, 5e-4);
        ck_assert_near(option_of(list, count, 2, 5)->point_biserial, .371, 5e-4);
        ck_assert_near(option_of(list, count, 31, 5)->point_biserial, .037, 5e-4);
        for (size_t i = 0; i < count; i++) {
            if (list[i]->is_right) ck_assert_int_eq(list[i]->note == PZ_OPTION_RIGHT_DRAWS_NOBODY, list[i]->p_value >= 0.05);
            if (list[i]->note == PZ_OPTION_DRAWS_STRONG)
                printf("item %d option %d draws the strong: %.3f\n", (int)list[i]->item + 1, (int)list[i]->option, list[i]->point_biserial);
        }
        ck_assert_int_eq(option_of(list, count, 31, 5)->note, PZ_OPTION_RIGHT_DRAWS_NOBODY);
        ck_assert_int_eq(option_of(list, count, 31, 3)->note, PZ_OPTION_DRAWS_STRONG);
        pz_free(list);
    }
    free(chosen);
}
END_TEST

START_TEST(a_wrong_key_shows)
{
    enum { MANY = 1000, COLS = 10 };
    int32_t *chosen = malloc(MANY * COLS * sizeof *chosen), key[COLS];
    pz_option **rows;
    size_t count;
    pz__random random;
    pz__random_seed(&random, suite_seed());
    for (int p = 0; p < MANY; p++) {
        double ability = pz__random_normal(&random);
        for (int i = 0; i < COLS; i++)
            chosen[p * COLS + i] =
                pz__random_unit(&random) < 1 / (1 + exp(-1.5 * ability)) ? 0 : 1 + (int32_t)(pz__random_below(&random, 40) + 19) / 20;
    }
    for (int i = 0; i < COLS; i++) key[i] = i == 4 ? 2 : 0; /* item 4: the key names a wrong option */
    ck_assert_ok(pz_option_list(chosen, MANY, COLS, key, COLS, NULL, 0, NULL, NULL, &rows, &count));
    for (int i = 0; i < COLS; i++) {
        ck_assert_int_eq(option_of(rows, count, i, 0)->note, i == 4 ? PZ_OPTION_DRAWS_STRONG : PZ_OPTION_PLAIN);
        ck_assert_int_eq(option_of(rows, count, i, 1)->note, PZ_OPTION_SELDOM);
        ck_assert_int_eq(option_of(rows, count, i, 2)->note, i == 4 ? PZ_OPTION_RIGHT_DRAWS_NOBODY : PZ_OPTION_PLAIN);
        ck_assert(i == 4 || option_of(rows, count, i, 0)->share_strong > option_of(rows, count, i, 0)->share_weak);
    }
    pz_free(rows);
    free(chosen);
}
END_TEST

/* ---------------------------------------------------------------------------------------- misconceptions --- */

/* Three wrong answers: both ideas have an option in the first two, the third speaks of idea 9 alone. */
START_TEST(ideas_by_hand)
{
    static const int64_t answer[] = {1, 1, 2, 2, 3}, idea[] = {7, 9, 7, 9, 9};
    static const int32_t taken[] = {1, 0, 1, 0, 0};
    static const double chance[] = {.25, .5, .25, .5, .4};
    pz_ranked_misconception **rows;
    size_t count;
    double seven = 2 * log(.8 / .25), nine = 2 * log(.2 / .5) + log(.2 / .6), a = exp(seven) / 4, b = exp(nine) / 4;
    ck_assert_ok(pz_misconception_rank(answer, idea, taken, chance, 5, 0.2, 0.8, &rows, &count));
    ck_assert_uint_eq(count, 2);
    ck_assert(rows[0]->idea == 7 && rows[0]->wrong == 2 && rows[0]->pointing == 2 && rows[0]->strength == PZ_STRENGTH_POSITIVE);
    ck_assert(rows[1]->idea == 9 && rows[1]->wrong == 3 && rows[1]->pointing == 0 && rows[1]->strength == PZ_STRENGTH_AGAINST);
    ck_assert_near(rows[0]->log_odds, seven, 1e-14);
    ck_assert_near(rows[1]->log_odds, nine, 1e-14);
    ck_assert_near(rows[0]->probability, a / (1 + a), 1e-14);
    ck_assert_near(rows[0]->alone, a / (1 + a + b), 1e-14);
    ck_assert_near(rows[1]->alone, b / (1 + a + b), 1e-14);
    ck_assert_near(rows[1]->expected, 1.4, 1e-14);
    pz_free(rows);
    ck_assert_ok(pz_misconception_rank(NULL, NULL, NULL, NULL, 0, 0.2, 0.8, &rows, &count));
    ck_assert_uint_eq(count, 0);
    pz_free(rows);
}
END_TEST

/* Learners of whom each believes at most one of four ideas; each item has an option for two of them. What is sure is right as often as it says. */
START_TEST(ideas_are_found)
{
    enum { LEARNERS = 5000, WRONG = 8 };
    pz__random random;
    double said[2] = {0}, came[2] = {0}, surest = 0, surest_right = 0;
    pz__random_seed(&random, suite_seed());
    for (int u = 0; u < LEARNERS; u++) {
        int64_t answer[2 * WRONG], idea[2 * WRONG];
        int32_t taken[2 * WRONG], belief = pz__random_unit(&random) < 0.5 ? (int32_t)pz__random_below(&random, 4) : -1;
        pz_ranked_misconception **rows;
        size_t count;
        for (int i = 0; i < WRONG; i++) {
            int32_t first = (int32_t)pz__random_below(&random, 4), second = (first + 1 + (int32_t)pz__random_below(&random, 3)) % 4, option;
            option = (int32_t)pz__random_below(&random, 3); /* one option for each idea, and one for none */
            if (belief == first || belief == second) {      /* as the model has it: 0.8 for its own, the rest alike */
                int32_t own = belief == second;
                double draw = pz__random_unit(&random);
                option = draw < 0.8 ? own : draw < 0.9 ? 1 - own : 2;
            }
            for (int k = 0; k < 2; k++) answer[2 * i + k] = i, idea[2 * i + k] = k ? second : first, taken[2 * i + k] = option == k;
        }
        /* half believe none: odds of each idea to none 0.125 / 0.5 */
        ck_assert_ok(pz_misconception_rank(answer, idea, taken, NULL, 2 * WRONG, 0.2, 0.8, &rows, &count));
        for (size_t i = 0; i < count; i++) {
            int high = rows[i]->alone > 0.5;
            said[high] += rows[i]->alone;
            came[high] += rows[i]->idea == belief;
        }
        if (rows[0]->strength >= PZ_STRENGTH_STRONG) surest++, surest_right += rows[0]->idea == belief;
        pz_free(rows);
    }
    printf("above a half: said %.1f, came %.1f; below: said %.1f, came %.1f; strong %.0f, right %.3f\n", said[1], came[1], said[0], came[0],
           surest, surest_right / surest);
    ck_assert_near(came[1] / said[1], 1, 0.04);
    ck_assert_near(came[0] / said[0], 1, 0.15);
    ck_assert(surest > 200 && surest_right / surest > 0.85);
}
END_TEST

START_TEST(misconceptions_by_hand)
{
    static const int32_t pointing[] = {1, 1, 0, 1}, options[] = {3, 3, 3, 2};
    pz_misconception_evidence e = PZ_MISCONCEPTION_EVIDENCE_INIT;
    double odds = 0.2 / 0.8 * (0.8 * 3) * (0.8 * 3) * (0.2 / (2.0 / 3)) * (0.8 * 2);
    ck_assert_ok(pz_misconception_of(pointing, options, 4, 0.2, 0.8, &e));
    ck_assert(e.wrong == 4 && e.pointing == 3);
    ck_assert_near(e.expected, 1.5, 1e-15);
    ck_assert_near(e.probability, odds / (1 + odds), 1e-14);
    ck_assert_near(e.log_odds, log(odds * 4), 1e-14);
    ck_assert_ok(pz_misconception_of(NULL, NULL, 0, 0.2, 0.8, &e));
    ck_assert_near(e.probability, 0.2, 1e-15);
}
END_TEST

static pz_status stop_at_once(double done, void *user_data)
{
    (void)done, (void)user_data;
    return PZ_E_CANCELLED;
}

START_TEST(faults)
{
    int32_t responses[] = {0, 1, 1, -1}, needs[] = {1, 1}, bad_needs[] = {1, 0}, pointing[] = {1}, wrong[] = {3};
    pz_dina_options o = PZ_DINA_OPTIONS_INIT;
    pz_dina_model *model;
    pz_dina_item **list;
    pz_dina_fit *fit;
    pz_misconception_evidence e = PZ_MISCONCEPTION_EVIDENCE_INIT;
    size_t count;
    double p[2];
    ck_assert_status(pz_dina_calibrate(&o, responses, 2, 2, bad_needs, 2, 1, NULL, NULL, &model), PZ_E_INVALID);
    bad_needs[1] = 2;
    ck_assert_status(pz_dina_calibrate(&o, responses, 2, 2, bad_needs, 2, 1, NULL, NULL, &model), PZ_E_INVALID);
    ck_assert_status(pz_dina_calibrate(&o, NULL, 2, 2, needs, 2, 1, NULL, NULL, &model), PZ_E_INVALID);
    ck_assert_status(pz_dina_calibrate(&o, responses, 0, 2, needs, 2, 1, NULL, NULL, &model), PZ_E_INVALID);
    ck_assert_status(pz_dina_calibrate(&o, responses, 2, 2, NULL, 2, 1, NULL, NULL, &model), PZ_E_INVALID);
    ck_assert_status(pz_dina_calibrate(&o, responses, 2, 2, needs, 1, 1, NULL, NULL, &model), PZ_E_INVALID);
    ck_assert_status(pz_dina_calibrate(&o, responses, 2, 2, needs, 2, 15, NULL, NULL, &model), PZ_E_INVALID);
    ck_assert_status(pz_dina_calibrate(&o, responses, 2, 2, needs, 2, 1, NULL, NULL, NULL), PZ_E_INVALID);
    ck_assert_status(pz_dina_calibrate(&o, responses, 2, 2, needs, 2, 1, stop_at_once, NULL, &model), PZ_E_CANCELLED);
    ck_assert_ptr_null(model);
    o.iterations = 0;
    ck_assert_status(pz_dina_calibrate(&o, responses, 2, 2, needs, 2, 1, NULL, NULL, &model), PZ_E_INVALID);
    o.iterations = 10, o.tolerance = 0;
    ck_assert_status(pz_dina_calibrate(&o, responses, 2, 2, needs, 2, 1, NULL, NULL, &model), PZ_E_INVALID);
    o.struct_size = 0;
    ck_assert_status(pz_dina_calibrate(&o, responses, 2, 2, needs, 2, 1, NULL, NULL, &model), PZ_E_STRUCT_SIZE);
    o = (pz_dina_options)PZ_DINA_OPTIONS_INIT;
    o.iterations = 1;
    ck_assert_ok(pz_dina_calibrate(&o, responses, 2, 2, needs, 2, 1, NULL, NULL, &model));
    ck_assert_ok(pz_dina_fit_of(model, &fit));
    ck_assert(!fit->is_converged && fit->iterations == 1 && isfinite(fit->log_likelihood));
    pz_free(fit);
    ck_assert_status(pz_dina_share(model, p, 2), PZ_E_INVALID);
    ck_assert_status(pz_dina_share(NULL, p, 1), PZ_E_CLOSED);
    ck_assert_status(pz_dina_profile(model, responses, 2, 2, NULL, NULL, p, 1), PZ_E_INVALID);
    ck_assert_status(pz_dina_profile(model, responses, 2, 1, NULL, NULL, p, 2), PZ_E_INVALID);
    ck_assert_status(pz_dina_profile(NULL, responses, 2, 2, NULL, NULL, p, 2), PZ_E_CLOSED);
    responses[0] = 2;
    ck_assert_status(pz_dina_profile(model, responses, 2, 2, NULL, NULL, p, 2), PZ_E_INVALID);
    ck_assert_status(pz_dina_item_list(NULL, &list, &count), PZ_E_CLOSED);
    ck_assert_status(pz_dina_fit_of(NULL, &fit), PZ_E_CLOSED);
    pz_dina_free(model);
    pz_dina_free(NULL);
    ck_assert_status(pz_misconception_of(pointing, wrong, 1, 0, 0.8, &e), PZ_E_INVALID);
    ck_assert_status(pz_misconception_of(pointing, wrong, 1, 0.2, 1, &e), PZ_E_INVALID);
    ck_assert_status(pz_misconception_of(NULL, wrong, 1, 0.2, 0.8, &e), PZ_E_INVALID);
    wrong[0] = 1;
    ck_assert_status(pz_misconception_of(pointing, wrong, 1, 0.2, 0.8, &e), PZ_E_INVALID);
    wrong[0] = 3, pointing[0] = 2;
    ck_assert_status(pz_misconception_of(pointing, wrong, 1, 0.2, 0.8, &e), PZ_E_INVALID);
    e.struct_size = 0;
    ck_assert_status(pz_misconception_of(pointing, wrong, 1, 0.2, 0.8, &e), PZ_E_STRUCT_SIZE);
}
END_TEST

START_TEST(faults_of_options_and_ideas)
{
    int32_t chosen[] = {0, 1, 1, 0}, key[] = {0, 1}, taken[] = {1, 0};
    double ability[] = {0, 1}, chance[] = {0.5, 0.5};
    int64_t answer[] = {1, 1}, idea[] = {3, 4};
    pz_option **options;
    pz_ranked_misconception **ideas;
    size_t count;
    ck_assert_status(pz_option_list(NULL, 2, 2, key, 2, NULL, 0, NULL, NULL, &options, &count), PZ_E_INVALID);
    ck_assert_status(pz_option_list(chosen, 0, 2, key, 2, NULL, 0, NULL, NULL, &options, &count), PZ_E_INVALID);
    ck_assert_status(pz_option_list(chosen, 2, 2, NULL, 2, NULL, 0, NULL, NULL, &options, &count), PZ_E_INVALID);
    ck_assert_status(pz_option_list(chosen, 2, 2, key, 1, NULL, 0, NULL, NULL, &options, &count), PZ_E_INVALID);
    ck_assert_status(pz_option_list(chosen, 2, 2, key, 2, ability, 1, NULL, NULL, &options, &count), PZ_E_INVALID);
    ck_assert_status(pz_option_list(chosen, 2, 2, key, 2, NULL, 2, NULL, NULL, &options, &count), PZ_E_INVALID);
    ck_assert_status(pz_option_list(chosen, 2, 2, key, 2, NULL, 0, NULL, NULL, NULL, &count), PZ_E_INVALID);
    ck_assert_status(pz_option_list(chosen, 2, 2, key, 2, NULL, 0, NULL, NULL, &options, NULL), PZ_E_INVALID);
    ck_assert_status(pz_option_list(chosen, 2, 2, key, 2, NULL, 0, stop_at_once, NULL, &options, &count), PZ_E_CANCELLED);
    ability[1] = INFINITY;
    ck_assert_status(pz_option_list(chosen, 2, 2, key, 2, ability, 2, NULL, NULL, &options, &count), PZ_E_INVALID);
    chosen[2] = 100;
    ck_assert_status(pz_option_list(chosen, 2, 2, key, 2, NULL, 0, NULL, NULL, &options, &count), PZ_E_INVALID);
    ck_assert_ptr_nonnull(strstr(pz_last_error()->message, "row 1, column 0"));
    chosen[2] = 1, key[1] = -1;
    ck_assert_status(pz_option_list(chosen, 2, 2, key, 2, NULL, 0, NULL, NULL, &options, &count), PZ_E_INVALID);
    ck_assert(options == NULL && count == 0);
    /* One person: nothing to compare with, and no number made up. */
    key[1] = 1;
    ck_assert_ok(pz_option_list(chosen, 1, 2, key, 2, NULL, 0, NULL, NULL, &options, &count));
    ck_assert(options[0]->share == 1 && isnan(options[0]->point_biserial) && isnan(options[0]->p_value));
    pz_free(options);
    ck_assert_ok(pz_option_list(chosen, 1, 1, key, 1, NULL, 0, NULL, NULL, &options, &count)); /* no other item to judge by */
    ck_assert(count == 1 && options[0]->chosen == 0 && options[0]->share == 0 && isnan(options[0]->ability));
    pz_free(options);
#define RANKED(prior, choice) pz_misconception_rank(answer, idea, taken, chance, 2, prior, choice, &ideas, &count)
    ck_assert_status(RANKED(0, 0.8), PZ_E_INVALID);
    ck_assert_status(RANKED(0.2, 1), PZ_E_INVALID);
    ck_assert_status(pz_misconception_rank(NULL, idea, taken, chance, 2, 0.2, 0.8, &ideas, &count), PZ_E_INVALID);
    ck_assert_status(pz_misconception_rank(answer, NULL, taken, chance, 2, 0.2, 0.8, &ideas, &count), PZ_E_INVALID);
    ck_assert_status(pz_misconception_rank(answer, idea, NULL, chance, 2, 0.2, 0.8, &ideas, &count), PZ_E_INVALID);
    ck_assert_status(pz_misconception_rank(answer, idea, taken, chance, 2000000, 0.2, 0.8, &ideas, &count), PZ_E_INVALID);
    ck_assert_status(pz_misconception_rank(answer, idea, taken, chance, 2, 0.2, 0.8, NULL, &count), PZ_E_INVALID);
    ck_assert_status(pz_misconception_rank(answer, idea, taken, chance, 2, 0.2, 0.8, &ideas, NULL), PZ_E_INVALID);
    taken[1] = 1;
    ck_assert_status(RANKED(0.2, 0.8), PZ_E_INVALID); /* two ideas taken in one answer */
    taken[1] = 2;
    ck_assert_status(RANKED(0.2, 0.8), PZ_E_INVALID);
    taken[1] = 0, idea[1] = 3;
    ck_assert_status(RANKED(0.2, 0.8), PZ_E_INVALID); /* one idea twice */
    idea[1] = INT64_MIN, chance[0] = 1;
    ck_assert_status(RANKED(0.2, 0.8), PZ_E_INVALID);
    chance[0] = 0.5;
    ck_assert_ok(RANKED(0.2, 0.8));
    ck_assert(ideas[1]->idea == INT64_MIN);
    pz_free(ideas);
}
END_TEST

START_TEST(faults_of_documents)
{
#define HEAD                                                                                                                               \
    "{\"version\":1,\"model\":\"dina\",\"log_likelihood\":-1,\"iterations\":1,\"is_converged\":true,\"parameters\":3,\"aic\":1,"           \
    "\"skills\":1,"
    static const char *const bad[] = {
        "[]",
        "{\"model\":\"irt\"}",
        "{\"model\":\"dina\",\"version\":2}",
        "{\"model\":\"dina\",\"version\":1,\"skills\":15}",
        "{\"model\":\"dina\",\"version\":1,\"skills\":1,\"items\":[]}",
        "{\"model\":\"dina\",\"version\":1,\"skills\":1,\"items\":[{}]}",
        HEAD "\"items\":[{\"guess\":2,\"slip\":0,\"needs\":[0]}],\"shares\":[0.5,0.5]}",
        HEAD "\"items\":[{\"guess\":0,\"slip\":-1,\"needs\":[0]}],\"shares\":[0.5,0.5]}",
        HEAD "\"items\":[{\"guess\":0,\"slip\":0,\"needs\":[1]}],\"shares\":[0.5,0.5]}",
        HEAD "\"items\":[{\"guess\":0,\"slip\":0,\"needs\":[]}],\"shares\":[0.5,0.5]}",
        HEAD "\"items\":[{\"guess\":0,\"slip\":0,\"needs\":[0]}],\"shares\":[0.5,0.6]}",
        HEAD "\"items\":[{\"guess\":0,\"slip\":0,\"needs\":[0]}],\"shares\":[1]}",
    };
    pz_dina_model *model;
    char *json;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        ck_assert_status(pz_dina_read(bad[i], PZ_NUL_TERMINATED, &model), PZ_E_INVALID);
        ck_assert_ptr_null(model);
    }
    ck_assert_ok(pz_dina_read(HEAD "\"items\":[{\"guess\":0,\"slip\":0,\"needs\":[0]}],\"shares\":[0.5,0.5]}", PZ_NUL_TERMINATED, &model));
    pz_dina_free(model);
    ck_assert_status(pz_dina_read("{", 1, &model), PZ_E_FORMAT);
    ck_assert_status(pz_dina_read(NULL, 0, &model), PZ_E_INVALID);
    ck_assert_status(pz_dina_read("{}", 2, NULL), PZ_E_INVALID);
    ck_assert_status(pz_dina_write(NULL, &json), PZ_E_CLOSED);
    model = small_model();
    ck_assert_status(pz_dina_write(model, NULL), PZ_E_INVALID);
    int32_t answers[] = {1, 0, 1};
    double p[2];
    ck_assert_status(pz_dina_profile(model, answers, 1, 3, stop_at_once, NULL, p, 2), PZ_E_CANCELLED);
    pz_dina_free(model);
}
END_TEST

static pz_status more_life(void *unused)
{
    static const int32_t chosen[] = {0, 1, 1, 0, 1, 1}, key[] = {0, 1}, taken[] = {1, 0}, needs[] = {1, 1};
    static const int64_t answer[] = {1, 1}, idea[] = {3, 4};
    pz_dina_options options = PZ_DINA_OPTIONS_INIT;
    pz_dina_model *model = NULL, *back = NULL;
    pz_option **rows = NULL;
    pz_ranked_misconception **ideas = NULL;
    char *json = NULL;
    size_t count;
    pz_status status = pz_option_list(chosen, 3, 2, key, 2, NULL, 0, NULL, NULL, &rows, &count);
    (void)unused;
    options.iterations = 3;
    if (status == PZ_OK) status = pz_misconception_rank(answer, idea, taken, NULL, 2, 0.2, 0.8, &ideas, &count);
    if (status == PZ_OK) status = pz_dina_calibrate(&options, chosen, 3, 2, needs, 2, 1, NULL, NULL, &model);
    if (status == PZ_OK) status = pz_dina_write(model, &json);
    if (status == PZ_OK) status = pz_dina_read(json, PZ_NUL_TERMINATED, &back);
    pz_free(rows);
    pz_free(ideas);
    pz_free(json);
    pz_dina_free(model);
    pz_dina_free(back);
    return status;
}

static pz_status whole_life(void *unused)
{
    static const int32_t responses[] = {0, 1, 1, 0}, needs[] = {1, 1};
    pz_dina_options o = PZ_DINA_OPTIONS_INIT;
    pz_dina_model *model;
    pz_dina_item **list = NULL;
    pz_dina_fit *fit = NULL;
    double p[2];
    size_t count;
    pz_status status = pz_dina_calibrate(&o, responses, 2, 2, needs, 2, 1, NULL, NULL, &model);
    (void)unused;
    if (status == PZ_OK) status = pz_dina_item_list(model, &list, &count);
    if (status == PZ_OK) status = pz_dina_fit_of(model, &fit);
    if (status == PZ_OK) status = pz_dina_profile(model, responses, 2, 2, NULL, NULL, p, 2);
    pz_free(list);
    pz_free(fit);
    pz_dina_free(model);
    return status;
}

START_TEST(memory_that_fails_is_said)
{
    ck_assert_int_ge(suite_each_allocation(whole_life, NULL), 9);
    ck_assert_int_ge(suite_each_allocation(more_life, NULL), 30);
}
END_TEST

static Suite *diagnosis_suite(void)
{
    Suite *suite = suite_create("diagnosis");
    TCase *core = tcase_create("diagnosis");
    tcase_set_timeout(core, 120);
    tcase_add_loop_test(core, published_fits, 0, 2);
    tcase_add_test(core, profiles_are_found_and_calibrated);
    tcase_add_test(core, json_keeps_every_bit);
    tcase_add_test(core, the_trace_tells_how_a_fit_went);
    tcase_add_test(core, options_by_hand);
    tcase_add_test(core, options_of_sat12);
    tcase_add_test(core, a_wrong_key_shows);
    tcase_add_test(core, ideas_by_hand);
    tcase_add_test(core, ideas_are_found);
    tcase_add_test(core, faults_of_options_and_ideas);
    tcase_add_test(core, faults_of_documents);
    tcase_add_test(core, misconceptions_by_hand);
    tcase_add_test(core, faults);
    tcase_add_test(core, memory_that_fails_is_said);
    suite_add_tcase(suite, core);
    return suite;
}

SUITE_MAIN(diagnosis_suite)
