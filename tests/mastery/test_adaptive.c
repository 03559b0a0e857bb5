/* Adaptive tests: the published sequence, intervals over simulated sittings, content, exposure, stopping, faults. */
#include "base/random.h"
#include "data.h"
#include "personalize/adaptive.h"

#define ck_assert_near(got, wanted, within)                                                                                                \
    do {                                                                                                                                   \
        double near_got_ = (got), near_wanted_ = (wanted);                                                                                 \
        ck_assert_msg(fabs(near_got_ - near_wanted_) <= (within), "%s is %.16g, wanted %.16g", #got, near_got_, near_wanted_);             \
    } while (0)

enum { ITEMS = 60 };

static pz_irt_model *bank(void)
{
    double slope[ITEMS], difficulty[ITEMS];
    pz_irt_model *model;
    for (int i = 0; i < ITEMS; i++) {
        slope[i] = 1 + (i * 7 % 10) / 10.0;
        difficulty[i] = -3 + 6.0 * i / (ITEMS - 1);
    }
    ck_assert_ok(pz_irt_model_of(slope, difficulty, NULL, ITEMS, &model));
    return model;
}

static pz_adaptive_test *begin(const pz_irt_model *model, pz_adaptive_options options)
{
    pz_adaptive_test *test;
    ck_assert_ok(pz_adaptive_new(model, &options, NULL, 0, NULL, 0, NULL, 0, &test));
    return test;
}

static pz_adaptive_choice next(const pz_adaptive_test *test)
{
    pz_adaptive_choice choice = PZ_ADAPTIVE_CHOICE_INIT;
    ck_assert_ok(pz_adaptive_next(test, &choice));
    return choice;
}

/* catR 3.17 on its TCALS bank of 85 items: maximum information, EAP on 33 nodes from -4 to 4. */
START_TEST(catr_sequence)
{
    static const int responses[] = {1, 0, 1, 1, 0, 1, 0, 0, 1, 1}, items[] = {63, 80, 10, 11, 77, 61, 12, 62, 60, 70};
    static const double ability[] = {.691723, .241094, .423832, .557770, .416032, .477371, .318130, .130074, .186879, .229870};
    static const int at[] = {-1, 0, 1}, best[] = {19, 63, 80};
    static const double most[] = {2.168045, 3.187892, 1.617143};
    double slope[85], difficulty[85], guess[85];
    char line[200];
    size_t rows = 0;
    pz_irt_model *model;
    FILE *file = data_open("kt/irt/tcals_itembank.csv");
    if (!file) return;
    ck_assert_ptr_nonnull(fgets(line, sizeof line, file));
    while (rows < 85 && fgets(line, sizeof line, file)) {
        ck_assert_int_eq(sscanf(line, "%lf,%lf,%lf", &slope[rows], &difficulty[rows], &guess[rows]), 3);
        rows++;
    }
    fclose(file);
    ck_assert_ok(pz_irt_model_of(slope, difficulty, guess, rows, &model));
    pz_adaptive_options options = PZ_ADAPTIVE_OPTIONS_INIT;
    for (int i = 0; i < 3; i++) {
        options.start = at[i];
        pz_adaptive_test *test = begin(model, options);
        ck_assert_int_eq(next(test).item, best[i] - 1);
        ck_assert_near(next(test).information, most[i], 1e-6);
        pz_adaptive_free(test);
    }
    options.start = 0, options.error_target = 0;
    pz_adaptive_test *test = begin(model, options);
    pz_irt_free(model); /* the test keeps its items */
    for (int i = 0; i < 10; i++) {
        pz_adaptive_choice choice = next(test);
        ck_assert_int_eq(choice.item, items[i] - 1);
        ck_assert_int_eq(choice.reason, PZ_ADAPTIVE_MOST_INFORMATION);
        ck_assert_ok(pz_adaptive_answer(test, choice.item, responses[i]));
        ck_assert_near(next(test).ability, ability[i], 1e-6);
    }
    ck_assert_near(next(test).standard_error, .292492, 1e-6);
    pz_adaptive_free(test);
}
END_TEST

START_TEST(intervals_of_sittings_hold)
{
    enum { SITTINGS = 2000 };
    pz__random random;
    pz_irt_model *model = bank();
    int held = 0, length = 0;
    pz__random_seed(&random, suite_seed());
    for (int s = 0; s < SITTINGS; s++) {
        double truth = pz__random_normal(&random);
        pz_adaptive_options options = PZ_ADAPTIVE_OPTIONS_INIT;
        pz_adaptive_choice choice;
        options.error_target = 0.35;
        pz_adaptive_test *test = begin(model, options);
        for (choice = next(test); choice.item >= 0; choice = next(test)) {
            double p[2];
            ck_assert_ok(pz_irt_probability(model, choice.item, truth, p, 2));
            ck_assert_ok(pz_adaptive_answer(test, choice.item, pz__random_unit(&random) < p[1]));
        }
        held += fabs(choice.ability - truth) <= 1.959964 * choice.standard_error;
        length += choice.length;
        ck_assert(choice.reason == PZ_ADAPTIVE_SURE_ENOUGH || choice.reason == PZ_ADAPTIVE_LONG_ENOUGH);
        pz_adaptive_free(test);
    }
    printf("held %.4f, mean length %.2f\n", held / (double)SITTINGS, length / (double)SITTINGS);
    ck_assert(held >= 0.93 * SITTINGS && held <= 0.97 * SITTINGS);
    pz_irt_free(model);
}
END_TEST

START_TEST(content_keeps_its_shares)
{
    int32_t content[ITEMS], given[3] = {0};
    const double share[] = {2, 1, 1};
    pz_irt_model *model = bank();
    pz_adaptive_options options = PZ_ADAPTIVE_OPTIONS_INIT;
    pz_adaptive_test *test;
    options.error_target = 0, options.length_max = 40;
    for (int i = 0; i < ITEMS; i++) content[i] = i % 3;
    ck_assert_ok(pz_adaptive_new(model, &options, content, ITEMS, share, 3, NULL, 0, &test));
    for (int i = 0; i < 40; i++) {
        pz_adaptive_choice choice = next(test);
        ck_assert_int_eq(choice.reason, PZ_ADAPTIVE_CONTENT);
        ck_assert_int_eq(choice.content, content[choice.item]);
        ck_assert(choice.chance > 0 && choice.chance < 1);
        given[choice.content]++;
        ck_assert_ok(pz_adaptive_answer(test, choice.item, i % 2));
    }
    ck_assert(given[0] == 20 && given[1] == 10 && given[2] == 10);
    ck_assert(next(test).item == -1 && next(test).reason == PZ_ADAPTIVE_LONG_ENOUGH);
    pz_adaptive_free(test);
    pz_irt_free(model);
}
END_TEST

START_TEST(exposure_is_spread_and_can_be_replayed)
{
    int seen[ITEMS] = {0}, different = 0;
    pz_irt_model *model = bank();
    for (uint64_t seed = 0; seed < 500; seed++) {
        pz_adaptive_options options = PZ_ADAPTIVE_OPTIONS_INIT;
        options.choose_among = 5, options.seed = seed;
        pz_adaptive_test *test = begin(model, options), *again = begin(model, options);
        ck_assert_int_eq(next(test).item, next(again).item);
        ck_assert_int_eq(next(test).reason, PZ_ADAPTIVE_AMONG_BEST);
        seen[next(test).item]++;
        pz_adaptive_free(test);
        pz_adaptive_free(again);
    }
    for (int i = 0; i < ITEMS; i++) {
        different += seen[i] > 0;
        ck_assert_int_lt(seen[i], 150);
    }
    ck_assert_int_eq(different, 5);
    pz_irt_free(model);
}
END_TEST

/* Without limits some items come in nearly every sitting; with them in no more than is asked, but for the chance in 2,000 sittings (three standard errors), and the interval
 * still holds. */
START_TEST(no_item_is_seen_by_too_many)
{
    enum { SITTINGS = 2000 };
    pz__random random;
    pz_irt_model *model = bank();
    pz_adaptive_options options = PZ_ADAPTIVE_OPTIONS_INIT;
    double exposure[ITEMS], again[ITEMS], rate[ITEMS], seen[2][ITEMS] = {{0}}, most[2] = {0, 0}, reached = 0;
    int held = 0, passed = 0;
    options.error_target = 0, options.length_min = options.length_max = 12;
    for (int turn = 0; turn < 2; turn++) {
        ck_assert_ok(pz_adaptive_exposure(model, &options, NULL, 0, NULL, 0, 0.35, 1000, 20, NULL, NULL, exposure, ITEMS, rate, ITEMS));
        if (turn) ck_assert(!memcmp(exposure, again, sizeof again));
        memcpy(again, exposure, sizeof again);
    }
    for (int i = 0; i < ITEMS; i++) reached = fmax(reached, rate[i]);
    pz__random_seed(&random, suite_seed());
    for (int s = 0; s < 2 * SITTINGS; s++) {
        double truth = pz__random_normal(&random);
        pz_adaptive_test *test;
        pz_adaptive_choice choice;
        options.seed = (uint64_t)s;
        ck_assert_ok(pz_adaptive_new(model, &options, NULL, 0, NULL, 0, s % 2 ? exposure : NULL, s % 2 ? ITEMS : 0, &test));
        for (choice = next(test); choice.item >= 0; choice = next(test)) {
            double p[2];
            ck_assert_int_eq(next(test).item, choice.item);
            seen[s % 2][choice.item] += 1.0 / SITTINGS;
            passed += choice.reason == PZ_ADAPTIVE_HELD_BACK;
            ck_assert(s % 2 || choice.reason == PZ_ADAPTIVE_MOST_INFORMATION);
            ck_assert_ok(pz_irt_probability(model, choice.item, truth, p, 2));
            ck_assert_ok(pz_adaptive_answer(test, choice.item, pz__random_unit(&random) < p[1]));
        }
        held += s % 2 && fabs(choice.ability - truth) <= 1.959964 * choice.standard_error;
        pz_adaptive_free(test);
    }
    for (int i = 0; i < ITEMS; i++)
        for (int turn = 0; turn < 2; turn++) most[turn] = fmax(most[turn], seen[turn][i]);
    printf("most seen item: %.3f, with a limit of 0.35: %.3f (foretold %.3f); held %.4f\n", most[0], most[1], reached,
           held / (double)SITTINGS);
    ck_assert(most[0] > 0.9 && most[1] <= 0.385 && reached <= 0.375 && passed > SITTINGS);
    ck_assert(held >= 0.93 * SITTINGS && held <= 0.97 * SITTINGS);
    pz_irt_free(model);
}
END_TEST

START_TEST(reasons_in_words)
{
    ck_assert_str_eq(pz_adaptive_reason_text(PZ_ADAPTIVE_MOST_INFORMATION, NULL), "Tells most at this point");
    ck_assert_str_eq(pz_adaptive_reason_text(PZ_ADAPTIVE_MOST_INFORMATION, "es"), "Es la que más informa en este punto");
    ck_assert_str_eq(pz_adaptive_reason_text(PZ_ADAPTIVE_NO_ITEMS, "xx"), "All items were given");
    for (int reason = PZ_ADAPTIVE_MOST_INFORMATION; reason <= PZ_ADAPTIVE_HELD_BACK; reason++)
        ck_assert(strlen(pz_adaptive_reason_text((pz_adaptive_reason)reason, "en")) > 10);
    ck_assert_str_eq(pz_adaptive_reason_text((pz_adaptive_reason)0, NULL), "");
    ck_assert_str_eq(pz_adaptive_reason_text((pz_adaptive_reason)8, NULL), "");
}
END_TEST

START_TEST(rather_an_item_that_is_held_back_than_none)
{
    const double slope[] = {1, 1}, difficulty[] = {0, 1}, exposure[] = {1e-9, 1e-9};
    pz_irt_model *model;
    pz_adaptive_options options = PZ_ADAPTIVE_OPTIONS_INIT;
    pz_adaptive_test *test;
    ck_assert_ok(pz_irt_model_of(slope, difficulty, NULL, 2, &model));
    ck_assert_ok(pz_adaptive_new(model, &options, NULL, 0, NULL, 0, exposure, 2, &test));
    ck_assert_int_eq(next(test).item, 0);
    ck_assert_int_eq(next(test).reason, PZ_ADAPTIVE_MOST_INFORMATION);
    pz_adaptive_free(test);
    pz_irt_free(model);
}
END_TEST

START_TEST(all_items_end_the_test)
{
    const double slope[] = {1, 1}, difficulty[] = {0, 1};
    pz_irt_model *model;
    pz_adaptive_options options = PZ_ADAPTIVE_OPTIONS_INIT;
    ck_assert_ok(pz_irt_model_of(slope, difficulty, NULL, 2, &model));
    pz_adaptive_test *test = begin(model, options);
    ck_assert_ok(pz_adaptive_answer(test, 1, 1));
    ck_assert_int_eq(next(test).item, 0);
    ck_assert_ok(pz_adaptive_answer(test, 0, 1));
    ck_assert(next(test).item == -1 && next(test).reason == PZ_ADAPTIVE_NO_ITEMS && next(test).length == 2);
    pz_adaptive_free(test);
    pz_irt_free(model);
}
END_TEST

static pz_status stop_late(double done, void *user_data)
{
    (void)user_data;
    return done > 0.4 ? PZ_E_CANCELLED : PZ_OK;
}

START_TEST(faults)
{
    pz_irt_model *model = bank();
    pz_adaptive_test *test;
    pz_adaptive_options options = PZ_ADAPTIVE_OPTIONS_INIT;
    pz_adaptive_choice choice = PZ_ADAPTIVE_CHOICE_INIT;
    int32_t content[ITEMS] = {0};
    double share[] = {1, 1};
#define REFUSED(member, value, name)                                                                                                       \
    do {                                                                                                                                   \
        pz_adaptive_options bad = PZ_ADAPTIVE_OPTIONS_INIT;                                                                                \
        bad.member = value;                                                                                                                \
        ck_assert_status(pz_adaptive_new(model, &bad, NULL, 0, NULL, 0, NULL, 0, &test), PZ_E_INVALID);                                    \
        ck_assert_str_eq(pz_last_error()->field, name);                                                                                    \
    } while (0)
    REFUSED(nodes, 3, "nodes");
    REFUSED(range, 0, "range");
    REFUSED(start, 5, "start");
    REFUSED(error_target, NAN, "error_target");
    REFUSED(length_min, 0, "length_min");
    REFUSED(length_max, 2, "length_min");
    REFUSED(choose_among, 0, "choose_among");
    ck_assert_status(pz_adaptive_new(NULL, &options, NULL, 0, NULL, 0, NULL, 0, &test), PZ_E_CLOSED);
    ck_assert_status(pz_adaptive_new(model, &options, NULL, 0, NULL, 0, NULL, 0, NULL), PZ_E_INVALID);
    ck_assert_status(pz_adaptive_new(model, &options, content, ITEMS, NULL, 0, NULL, 0, &test), PZ_E_INVALID);
    ck_assert_status(pz_adaptive_new(model, &options, content, 3, share, 2, NULL, 0, &test), PZ_E_INVALID);
    content[5] = 2;
    ck_assert_status(pz_adaptive_new(model, &options, content, ITEMS, share, 2, NULL, 0, &test), PZ_E_INVALID);
    content[5] = 0, share[0] = share[1] = 0;
    ck_assert_status(pz_adaptive_new(model, &options, content, ITEMS, share, 2, NULL, 0, &test), PZ_E_INVALID);
    share[0] = -1;
    ck_assert_status(pz_adaptive_new(model, &options, content, ITEMS, share, 2, NULL, 0, &test), PZ_E_INVALID);
    double exposure[ITEMS], rate[ITEMS];
    for (int i = 0; i < ITEMS; i++) exposure[i] = 0.5;
    ck_assert_status(pz_adaptive_new(model, &options, NULL, 0, NULL, 0, exposure, 3, &test), PZ_E_INVALID);
    ck_assert_status(pz_adaptive_new(model, &options, NULL, 0, NULL, 0, NULL, 3, &test), PZ_E_INVALID);
    exposure[7] = 0;
    ck_assert_status(pz_adaptive_new(model, &options, NULL, 0, NULL, 0, exposure, ITEMS, &test), PZ_E_INVALID);
    ck_assert_ptr_nonnull(strstr(pz_last_error()->message, "row 7"));
#define NO_EXPOSURE(m, most, sittings, rounds, e, en, r, rn, progress)                                                                     \
    pz_adaptive_exposure(m, &options, NULL, 0, NULL, 0, most, sittings, rounds, progress, NULL, e, en, r, rn)
    ck_assert_status(NO_EXPOSURE(NULL, 0.3, 10, 1, exposure, ITEMS, rate, ITEMS, NULL), PZ_E_CLOSED);
    ck_assert_status(NO_EXPOSURE(model, 0, 10, 1, exposure, ITEMS, rate, ITEMS, NULL), PZ_E_INVALID);
    ck_assert_status(NO_EXPOSURE(model, 0.3, 1, 1, exposure, ITEMS, rate, ITEMS, NULL), PZ_E_INVALID);
    ck_assert_status(NO_EXPOSURE(model, 0.3, 10, 0, exposure, ITEMS, rate, ITEMS, NULL), PZ_E_INVALID);
    ck_assert_status(NO_EXPOSURE(model, 0.3, 10, 1, exposure, 3, rate, ITEMS, NULL), PZ_E_INVALID);
    ck_assert_status(NO_EXPOSURE(model, 0.3, 10, 1, exposure, ITEMS, rate, 3, NULL), PZ_E_INVALID);
    ck_assert_status(NO_EXPOSURE(model, 0.3, 10, 1, NULL, 0, rate, ITEMS, NULL), PZ_E_INVALID);
    ck_assert_status(NO_EXPOSURE(model, 0.3, 10, 1, exposure, ITEMS, NULL, 0, NULL), PZ_E_INVALID);
    ck_assert_status(NO_EXPOSURE(model, 0.3, 10, 1, exposure, ITEMS, rate, ITEMS, stop_late), PZ_E_CANCELLED);
    ck_assert(exposure[0] == 0);
    options.struct_size = 0;
    ck_assert_status(NO_EXPOSURE(model, 0.3, 10, 1, exposure, ITEMS, rate, ITEMS, NULL), PZ_E_STRUCT_SIZE);
    ck_assert_status(pz_adaptive_new(model, &options, NULL, 0, NULL, 0, NULL, 0, &test), PZ_E_STRUCT_SIZE);
    options = (pz_adaptive_options)PZ_ADAPTIVE_OPTIONS_INIT;
    test = begin(model, options);
    ck_assert_status(pz_adaptive_answer(test, -1, 0), PZ_E_INVALID);
    ck_assert_status(pz_adaptive_answer(test, ITEMS, 0), PZ_E_INVALID);
    ck_assert_status(pz_adaptive_answer(test, 0, 2), PZ_E_INVALID);
    ck_assert_ok(pz_adaptive_answer(test, 0, 1));
    ck_assert_status(pz_adaptive_answer(test, 0, 1), PZ_E_EXISTS);
    ck_assert_status(pz_adaptive_answer(NULL, 0, 1), PZ_E_CLOSED);
    ck_assert_status(pz_adaptive_next(NULL, &choice), PZ_E_CLOSED);
    ck_assert_status(pz_adaptive_next(test, NULL), PZ_E_INVALID);
    choice.struct_size = 1;
    ck_assert_status(pz_adaptive_next(test, &choice), PZ_E_STRUCT_SIZE);
    pz_adaptive_free(test);
    pz_adaptive_free(NULL);
    pz_irt_free(model);
}
END_TEST

static pz_status whole_life(void *unused)
{
    const double slope[] = {1, 1}, difficulty[] = {0, 1}, share[] = {1}, exposure[] = {1, 1};
    double out[2], rate[2];
    const int32_t content[] = {0, 0};
    pz_adaptive_options options = PZ_ADAPTIVE_OPTIONS_INIT;
    pz_irt_model *model;
    pz_adaptive_test *test = NULL;
    pz_status status = pz_irt_model_of(slope, difficulty, NULL, 2, &model);
    (void)unused;
    if (status == PZ_OK) status = pz_adaptive_new(model, &options, content, 2, share, 1, exposure, 2, &test);
    if (status == PZ_OK) status = pz_adaptive_exposure(model, &options, content, 2, share, 1, 0.5, 10, 1, NULL, NULL, out, 2, rate, 2);
    pz_adaptive_free(test);
    pz_irt_free(model);
    return status;
}

START_TEST(memory_that_fails_is_said)
{
    ck_assert_int_ge(suite_each_allocation(whole_life, NULL), 17);
}
END_TEST

static Suite *adaptive_suite(void)
{
    Suite *suite = suite_create("adaptive");
    TCase *core = tcase_create("adaptive");
    tcase_set_timeout(core, 60);
    tcase_add_test(core, catr_sequence);
    tcase_add_test(core, intervals_of_sittings_hold);
    tcase_add_test(core, content_keeps_its_shares);
    tcase_add_test(core, exposure_is_spread_and_can_be_replayed);
    tcase_add_test(core, no_item_is_seen_by_too_many);
    tcase_add_test(core, reasons_in_words);
    tcase_add_test(core, rather_an_item_that_is_held_back_than_none);
    tcase_add_test(core, all_items_end_the_test);
    tcase_add_test(core, faults);
    tcase_add_test(core, memory_that_fails_is_said);
    suite_add_tcase(suite, core);
    return suite;
}

SUITE_MAIN(adaptive_suite)
