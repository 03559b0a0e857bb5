/* Linking of scales: what was moved comes back, two groups of different ability come onto one scale, faults. */
#include "base/random.h"
#include "personalize/irt.h"
#include "support/suite.h"

#define ck_assert_near(got, wanted, within)                                                                                                \
    do {                                                                                                                                   \
        double near_got_ = (got), near_wanted_ = (wanted);                                                                                 \
        ck_assert_msg(fabs(near_got_ - near_wanted_) <= (within), "%s is %.16g, wanted %.16g", #got, near_got_, near_wanted_);             \
    } while (0)

enum { ITEMS = 30, PERSONS = 4000 };

static const double slope[] = {1, 1.5, 0.7, 1.2}, difficulty[] = {-1, 0.3, 1, -0.2}, guess[] = {0, 0.2, 0, 0.1};
static const int32_t same[] = {0, 1, 2, 3};

START_TEST(what_was_moved_comes_back)
{
    static const int32_t answers[] = {1, 0, 1, 1, 0, 0, -1, 1};
    double x[2], y[2], ex[2], ey[2];
    pz_irt_model *model, *moved, *back;
    pz_irt_link link = PZ_IRT_LINK_INIT;
    ck_assert_ok(pz_irt_model_of(slope, difficulty, guess, 4, &model));
    ck_assert_ok(pz_irt_rescale(model, 1.3, 0.6, &moved));
    ck_assert_ok(pz_irt_link_of(model, moved, same, same, 4, &link));
    ck_assert_near(link.scale, 1.3, 1e-7);
    ck_assert_near(link.shift, 0.6, 1e-7);
    ck_assert_near(link.mean_sigma_scale, 1.3, 1e-12);
    ck_assert_near(link.mean_sigma_shift, 0.6, 1e-12);
    ck_assert_near(link.rmse, 0, 1e-7);
    for (int method = PZ_IRT_EAP; method <= PZ_IRT_MAP; method++) {
        ck_assert_ok(pz_irt_ability(model, (pz_irt_method)method, answers, 2, 4, 401, 8, NULL, NULL, x, 2, ex, 2));
        ck_assert_ok(pz_irt_ability(moved, (pz_irt_method)method, answers, 2, 4, 401, 11, NULL, NULL, y, 2, ey, 2));
        for (int i = 0; i < 2; i++) {
            ck_assert_near(y[i], 1.3 * x[i] + 0.6, 1e-6);
            ck_assert_near(ey[i], 1.3 * ex[i], 1e-6);
        }
    }
    ck_assert_ok(pz_irt_rescale(moved, 1 / 1.3, -0.6 / 1.3, &back));
    ck_assert_ok(pz_irt_link_of(back, model, same, same, 4, &link));
    ck_assert_near(link.scale, 1, 1e-7);
    pz_irt_free(model);
    pz_irt_free(moved);
    pz_irt_free(back);
}
END_TEST

/* Two years: the second group is 0.5 better and a little less spread; ten items are the same. */
START_TEST(two_groups_come_onto_one_scale)
{
    static int32_t answers[2][PERSONS * ITEMS];
    double b[2 * ITEMS];
    int32_t from[10], to[10];
    pz__random random;
    pz_irt_options options = PZ_IRT_OPTIONS_INIT;
    pz_irt_model *model[2];
    pz_irt_link link = PZ_IRT_LINK_INIT;
    pz__random_seed(&random, suite_seed());
    for (int i = 0; i < 2 * ITEMS; i++) b[i] = pz__random_normal(&random);
    for (int i = 0; i < 10; i++) from[i] = i, to[i] = ITEMS - 10 + i, b[ITEMS + i] = b[ITEMS - 10 + i];
    for (int year = 0; year < 2; year++) {
        for (int p = 0; p < PERSONS; p++) {
            double ability = year ? 0.5 + 0.9 * pz__random_normal(&random) : pz__random_normal(&random);
            for (int i = 0; i < ITEMS; i++)
                answers[year][p * ITEMS + i] = pz__random_unit(&random) < 1 / (1 + exp(-1.2 * (ability - b[year * ITEMS + i])));
        }
        ck_assert_ok(pz_irt_calibrate(&options, answers[year], PERSONS, ITEMS, NULL, NULL, &model[year]));
    }
    ck_assert_ok(pz_irt_link_of(model[1], model[0], from, to, 10, &link));
    ck_assert_near(link.scale, 0.9, 0.08);
    ck_assert_near(link.shift, 0.5, 0.08);
    ck_assert(link.rmse < 0.02);
    pz_irt_free(model[0]);
    pz_irt_free(model[1]);
}
END_TEST

START_TEST(faults)
{
    static const int32_t beyond[] = {0, 4}, twice[] = {0, 0};
    pz_irt_model *model, *out;
    pz_irt_link link = PZ_IRT_LINK_INIT;
    ck_assert_ok(pz_irt_model_of(slope, difficulty, guess, 4, &model));
    ck_assert_status(pz_irt_link_of(NULL, model, same, same, 4, &link), PZ_E_CLOSED);
    ck_assert_status(pz_irt_link_of(model, NULL, same, same, 4, &link), PZ_E_CLOSED);
    ck_assert_status(pz_irt_link_of(model, model, NULL, same, 4, &link), PZ_E_INVALID);
    ck_assert_status(pz_irt_link_of(model, model, same, beyond, 2, &link), PZ_E_INVALID);
    ck_assert_status(pz_irt_link_of(model, model, beyond, same, 2, &link), PZ_E_INVALID);
    ck_assert_status(pz_irt_link_of(model, model, same, same, 1, &link), PZ_E_NOT_ENOUGH);
    ck_assert_status(pz_irt_link_of(model, model, twice, twice, 2, &link), PZ_E_NOT_ENOUGH);
    ck_assert_status(pz_irt_rescale(model, 0, 0, &out), PZ_E_INVALID);
    ck_assert_status(pz_irt_rescale(model, 1, NAN, &out), PZ_E_INVALID);
    ck_assert_status(pz_irt_rescale(NULL, 1, 0, &out), PZ_E_CLOSED);
    ck_assert_status(pz_irt_rescale(model, 1, 0, NULL), PZ_E_INVALID);
    link.struct_size = 0;
    ck_assert_status(pz_irt_link_of(model, model, same, same, 4, &link), PZ_E_STRUCT_SIZE);
    pz_irt_free(model);
}
END_TEST

static pz_status rescale_one(void *unused)
{
    pz_irt_model *model, *out = NULL;
    pz_status status = pz_irt_model_of(slope, difficulty, guess, 4, &model);
    (void)unused;
    if (status == PZ_OK) status = pz_irt_rescale(model, 2, 1, &out);
    pz_irt_free(model);
    pz_irt_free(out);
    return status;
}

START_TEST(memory_that_fails_is_said)
{
    ck_assert_int_eq(suite_each_allocation(rescale_one, NULL), 4);
}
END_TEST

static Suite *link_suite(void)
{
    Suite *suite = suite_create("irt_link");
    TCase *core = tcase_create("irt_link");
    tcase_set_timeout(core, 60);
    tcase_add_test(core, what_was_moved_comes_back);
    tcase_add_test(core, two_groups_come_onto_one_scale);
    tcase_add_test(core, faults);
    tcase_add_test(core, memory_that_fails_is_said);
    suite_add_tcase(suite, core);
    return suite;
}

SUITE_MAIN(link_suite)
