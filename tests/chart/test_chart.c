#include <math.h>

#include "chart/axis.h"
#include "chart/dot_plot.h"
#include "chart/heat_map.h"
#include "support/markup_check.h"

static const pz__heat_level levels[] = {
    {"mastered", "Mastered", PZ__GLYPH_CHECK, "#0b6a99", "#ffffff"},
    {"not_yet", "Not yet", PZ__GLYPH_RING, "#f3b562", "#3b2500"},
    {"open", "Not enough evidence", PZ__GLYPH_DOTS, "#dfe4ea", "#33404d"},
    {"none", "Nothing yet", PZ__GLYPH_NONE, "#ffffff", "#33404d"},
};

static void cell_words(void *user_data, size_t row, size_t column, pz__buffer *words)
{
    (void)user_data;
    pz__buffer_format(words, "<%zu> & %zu", row, column);
}

static pz__heat_map small_map(void)
{
    static const pz__heat_label rows[] = {{"Ada <b>", NULL}, {"A name that is far too long for the room that a label has in the chart", NULL}};
    static const pz__heat_label columns[] = {{"4.FR.1", "Equal \"fractions\""}, {"4.FR.2", NULL}, {"4.FR.3", NULL}};
    static const uint8_t cells[] = {0, 1, 2, 3, 3, 0};
    return (pz__heat_map){"pz-x\"1", "Who & what", "A <map>", rows, columns, 2, 3, cells, levels, 4, cell_words, NULL};
}

static pz_status draw_map(void *user_data)
{
    pz__buffer out = PZ__BUFFER_INIT;
    pz_status status = pz__heat_map_draw(user_data, &out);
    pz__buffer_free(&out);
    return status;
}

START_TEST(a_heat_map_has_a_cell_for_every_pair)
{
    pz__heat_map map = small_map();
    pz__buffer out = PZ__BUFFER_INIT;
    ck_assert_ok(pz__heat_map_draw(&map, &out));
    pz__heat_legend(map.id, levels, 4, &out);
    ck_assert_int_eq(markup_count(out.data, "<use "), 6 + 4);
    ck_assert_int_eq(markup_count(out.data, "&lt;1&gt; &amp; 2"), 1);
    ck_assert_int_eq(markup_count(out.data, "<title>"), 6 + 1 + 1); /* cells, the first column, the long name */
    ck_assert_ptr_nonnull(strstr(out.data, "Ada &lt;b&gt;"));
    ck_assert_ptr_nonnull(strstr(out.data, "far too long"));
    ck_assert_ptr_nonnull(strstr(out.data, "…"));
    ck_assert_ptr_null(strstr(out.data, "style="));
    markup_check(out.data);
    pz__buffer_free(&out);
}
END_TEST

START_TEST(every_level_has_a_shape_of_its_own)
{
    pz__heat_map map = small_map();
    pz__buffer out = PZ__BUFFER_INIT;
    ck_assert_ok(pz__heat_map_draw(&map, &out));
    for (size_t i = 0; i < 4; i++) {
        char start[64];
        snprintf(start, sizeof start, "class=\"pz-level-%s\"", levels[i].name);
        ck_assert_int_eq(markup_count(out.data, start), 1);
    }
    ck_assert_int_eq(markup_count(out.data, "<circle class=\"pz-ink\""), 1);
    ck_assert_int_eq(markup_count(out.data, "<path class=\"pz-ink\""), 2);
    ck_assert_int_eq(markup_count(out.data, "stroke-dasharray"), 1);
    pz__buffer_free(&out);
}
END_TEST

START_TEST(a_cell_without_a_level_is_refused)
{
    pz__heat_map map = small_map();
    map.level_count = 3;
    pz__buffer out = PZ__BUFFER_INIT;
    ck_assert_status(pz__heat_map_draw(&map, &out), PZ_E_INVALID);
    pz__buffer_free(&out);
}
END_TEST

START_TEST(an_empty_heat_map_is_still_a_picture)
{
    pz__heat_map map = small_map();
    map.row_count = map.column_count = 0;
    pz__buffer out = PZ__BUFFER_INIT;
    ck_assert_ok(pz__heat_map_draw(&map, &out));
    markup_check(out.data);
    pz__buffer_free(&out);
}
END_TEST

START_TEST(forty_by_sixty_stay_below_400_kb)
{
    static pz__heat_label rows[40], columns[60];
    static uint8_t cells[40 * 60];
    for (int i = 0; i < 40; i++) rows[i].text = "Maximiliane Özdemir";
    for (int i = 0; i < 60; i++) columns[i].text = "5.NBT.A.3b";
    for (int i = 0; i < 40 * 60; i++) cells[i] = (uint8_t)(i % 4);
    pz__heat_map map = {"pz-m", "t", "d", rows, columns, 40, 60, cells, levels, 4, cell_words, NULL};
    pz__buffer out = PZ__BUFFER_INIT;
    ck_assert_ok(pz__heat_map_draw(&map, &out));
    ck_assert_uint_lt(out.length, 400 * 1000);
    pz__buffer_free(&out);
}
END_TEST

static pz__dot_plot small_plot(void)
{
    static const pz__dot dots[] = {{"one", "up <0.2>", 0.2, 0.1, 0.3}, {"two", NULL, NAN, NAN, NAN}, {"three", "down", -0.05, -2, 0.1}};
    return (pz__dot_plot){"pz-g", "Growth", "By competency", dots, 3, -1, 1, "points", 1, 0};
}

static pz_status draw_plot(void *user_data)
{
    pz__buffer out = PZ__BUFFER_INIT;
    pz_status status = pz__dot_plot_draw(user_data, &out);
    pz__buffer_free(&out);
    return status;
}

START_TEST(a_dot_plot_draws_values_with_their_errors)
{
    pz__dot_plot plot = small_plot();
    pz__buffer out = PZ__BUFFER_INIT;
    ck_assert_ok(pz__dot_plot_draw(&plot, &out));
    markup_check(out.data);
    ck_assert_int_eq(markup_count(out.data, "<circle"), 2);
    ck_assert_int_eq(markup_count(out.data, "pz-error"), 2);
    ck_assert_int_eq(markup_count(out.data, "pz-zero"), 1);
    ck_assert_ptr_nonnull(strstr(out.data, "up &lt;0.2&gt;"));
    ck_assert_ptr_nonnull(strstr(out.data, ">-100<")); /* the axis stops at its limit */
    ck_assert_ptr_null(strstr(out.data, ">-200<"));
    ck_assert_ptr_null(strstr(out.data, "nan"));
    ck_assert_ptr_nonnull(strstr(out.data, ">+")); /* changes have a sign */
    pz__buffer_free(&out);
}
END_TEST

START_TEST(a_plot_of_levels_spans_its_limits_without_signs)
{
    pz__dot_plot plot = small_plot();
    pz__buffer out = PZ__BUFFER_INIT;
    plot.least = 0;
    plot.whole = 1;
    ck_assert_ok(pz__dot_plot_draw(&plot, &out));
    markup_check(out.data);
    ck_assert_ptr_nonnull(strstr(out.data, ">100<"));
    ck_assert_ptr_null(strstr(out.data, ">+"));
    ck_assert_ptr_null(strstr(out.data, ">-"));
    pz__buffer_free(&out);
}
END_TEST

START_TEST(limits_without_zero_are_refused)
{
    pz__dot_plot plot = small_plot();
    pz__buffer out = PZ__BUFFER_INIT;
    plot.least = 0.5;
    ck_assert_status(pz__dot_plot_draw(&plot, &out), PZ_E_INVALID);
    plot.least = NAN;
    ck_assert_status(pz__dot_plot_draw(&plot, &out), PZ_E_INVALID);
    pz__buffer_free(&out);
}
END_TEST

START_TEST(axes_have_round_steps_that_hold_their_range)
{
    static const struct {
        double lower, upper, first, last, step;
        int decimals;
    } cases[] = {{0, 1, 0, 1, 0.2, 1}, {-0.37, 0.52, -0.4, 0.6, 0.2, 1}, {0, 100, 0, 100, 20, 0}, {0, 0.03, 0, 0.03, 0.005, 3}, {5, 5, 2, 8, 1, 0}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        pz__axis axis = pz__axis_make(cases[i].lower, cases[i].upper, 6);
        ck_assert_double_eq_tol(axis.first, cases[i].first, 1e-9);
        ck_assert_double_eq_tol(axis.last, cases[i].last, 1e-9);
        ck_assert_double_eq_tol(axis.step, cases[i].step, 1e-12);
        ck_assert_int_eq(axis.decimals, cases[i].decimals);
        ck_assert_double_eq_tol(axis.first + (axis.count - 1) * axis.step, axis.last, 1e-9);
    }
    for (double span = 1e-6; span < 1e9; span *= 1.7) {
        pz__axis axis = pz__axis_make(-span, 2 * span, 6);
        ck_assert_double_le(axis.first, -span * (1 - 1e-9));
        ck_assert_double_ge(axis.last, 2 * span * (1 - 1e-9));
        ck_assert_int_ge(axis.count, 3);
        ck_assert_int_le(axis.count, 10);
    }
}
END_TEST

START_TEST(memory_that_fails_is_told_and_freed)
{
    pz__heat_map map = small_map();
    pz__dot_plot plot = small_plot();
    ck_assert_int_gt(suite_each_allocation(draw_map, &map), 1);
    ck_assert_int_gt(suite_each_allocation(draw_plot, &plot), 1);
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("chart");
    TCase *tests = tcase_create("chart");
    tcase_add_test(tests, a_heat_map_has_a_cell_for_every_pair);
    tcase_add_test(tests, every_level_has_a_shape_of_its_own);
    tcase_add_test(tests, a_cell_without_a_level_is_refused);
    tcase_add_test(tests, an_empty_heat_map_is_still_a_picture);
    tcase_add_test(tests, forty_by_sixty_stay_below_400_kb);
    tcase_add_test(tests, a_dot_plot_draws_values_with_their_errors);
    tcase_add_test(tests, a_plot_of_levels_spans_its_limits_without_signs);
    tcase_add_test(tests, limits_without_zero_are_refused);
    tcase_add_test(tests, axes_have_round_steps_that_hold_their_range);
    tcase_add_test(tests, memory_that_fails_is_told_and_freed);
    suite_add_tcase(suite, tests);
    return suite;
}

SUITE_MAIN(make_suite)
