/* Figures: what each kind draws, that nothing in them can break the page, and that picture, table and specification come from the same rows. */
#include <math.h>

#include "base/json_read.h"
#include "chart/axis.h"
#include "chart/figure.h"
#include "support/markup_check.h"

#define NO PZ_REAL_NONE

static const pz__level levels[] = {
    {"mastered", "Mastered", PZ__GLYPH_CHECK, "#0b6a99", "#ffffff"},
    {"not_yet", "Not yet", PZ__GLYPH_RING, "#f3b562", "#3b2500"},
    {"open", "Not enough evidence", PZ__GLYPH_DOTS, "#dfe4ea", "#33404d"},
    {"none", "Nothing yet", PZ__GLYPH_NONE, "#ffffff", "#33404d"},
};

static const char long_name[] = "A name that is far too long for the room that a label has in the chart, whatever the chart is";

static pz__figure figure_of(pz__figure_kind kind, const pz__figure_row *rows, size_t count)
{
    return (pz__figure){.kind = kind, .name = "x", .id = "pz-x\"1", .title = "Who & what", .description = "A <figure>", .axis = "points", .levels = levels, .level_count = 4,
                        .rows = rows, .row_count = count, .least = 0, .most = 1, .percent = 1};
}

static pz__figure small_map(void)
{
    static const pz__figure_row rows[] = {
        {"Ada <b>", "4.FR.1", "Equal \"fractions\"", "<0> & 0", 0, PZ_DATE_NONE, NULL, 1, NO, NO, NO, NO},
        {"Ada <b>", "4.FR.2", NULL, "<0> & 1", 1, PZ_DATE_NONE, NULL, 0, NO, NO, NO, NO},
        {"Ada <b>", "4.FR.3", NULL, "<1> & 2", 2, PZ_DATE_NONE, NULL, 0, NO, NO, NO, NO},
        {long_name, "4.FR.1", "Equal \"fractions\"", "x", 3, PZ_DATE_NONE, NULL, NO, NO, NO, NO, NO},
        {long_name, "4.FR.2", NULL, "x", 3, PZ_DATE_NONE, NULL, NO, NO, NO, NO, NO},
        {long_name, "4.FR.3", NULL, "x", 0, PZ_DATE_NONE, NULL, 1, NO, NO, NO, NO},
    };
    return figure_of(PZ__FIGURE_HEAT, rows, 6);
}

static pz__figure small_plot(void)
{
    static const pz__figure_row rows[] = {
        {"one", NULL, NULL, "up <0.2>", -1, PZ_DATE_NONE, NULL, 0.2, 0.1, 0.3, 0.25, NO},
        {"two", NULL, NULL, NULL, -1, PZ_DATE_NONE, NULL, NO, NO, NO, NO, NO},
        {long_name, NULL, NULL, "down", -1, PZ_DATE_NONE, NULL, -0.05, -2, 0.1, NO, NO},
    };
    pz__figure figure = figure_of(PZ__FIGURE_DOTS, rows, 3);
    figure.least = -1;
    figure.is_change = 1;
    figure.level_count = 0;
    return figure;
}

static pz__figure small_lines(void)
{
    static const pz__figure_row rows[] = {
        {"4.FR.1", "Fall", NULL, NULL, -1, 20000, "a", 0.2, 0.1, 0.3, 0.95, NO},
        {"4.FR.1", "Winter", NULL, NULL, -1, 20100, "b", 0.8, 0.7, 0.9, 0.95, NO},
        {long_name, "Winter", NULL, NULL, -1, 20100, "b", 0.5, 0.2, 0.9, 0.95, NO},
    };
    pz__figure figure = figure_of(PZ__FIGURE_LINES, rows, 3);
    figure.target_words = "aim";
    figure.level_count = 0;
    return figure;
}

static pz__figure small_bars(void)
{
    static const pz__figure_row rows[] = {
        {"5A", NULL, NULL, NULL, 0, PZ_DATE_NONE, NULL, 10, NO, NO, NO, NO}, {"5A", NULL, NULL, NULL, 1, PZ_DATE_NONE, NULL, 1, NO, NO, NO, NO},
        {"5B", NULL, NULL, NULL, 0, PZ_DATE_NONE, NULL, 0, NO, NO, NO, NO},  {"5B", NULL, NULL, NULL, 1, PZ_DATE_NONE, NULL, 4, NO, NO, NO, NO},
    };
    pz__figure figure = figure_of(PZ__FIGURE_BARS, rows, 4);
    figure.percent = 0;
    return figure;
}

static pz__figure small_timeline(void)
{
    static const pz__figure_row rows[] = {
        {"A goal <x>", NULL, NULL, "w", 1, 20100, "May 1", NO, NO, NO, NO, NO},
        {long_name, NULL, NULL, "w", 0, 20000, "April 1", NO, NO, NO, NO, NO},
    };
    return figure_of(PZ__FIGURE_TIMELINE, rows, 2);
}

static pz__figure small_bullets(void)
{
    pz__figure figure = small_plot();
    figure.kind = PZ__FIGURE_BULLETS;
    figure.is_change = 0;
    figure.least = 0;
    figure.target_words = "the <aim>";
    return figure;
}

typedef pz__figure (*figure_fn)(void);
static const figure_fn all[] = {small_map, small_plot, small_lines, small_bullets, small_bars, small_timeline};
enum { KINDS = sizeof all / sizeof *all };

static char *draw(const pz__figure *figure)
{
    pz__buffer out = PZ__BUFFER_INIT;
    char *text;
    ck_assert_ok(pz__figure_svg(figure, &out));
    ck_assert_ok(pz__buffer_take(&out, &text));
    markup_check(text);
    return text;
}

START_TEST(a_heat_map_has_a_cell_for_every_pair)
{
    pz__figure map = small_map();
    pz__buffer out = PZ__BUFFER_INIT;
    ck_assert_ok(pz__figure_svg(&map, &out));
    pz__figure_legend(&map, &out);
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
    pz__figure map = small_map();
    char *svg = draw(&map);
    for (size_t i = 0; i < 4; i++) {
        char start[64];
        snprintf(start, sizeof start, "class=\"pz-level-%s\"", levels[i].name);
        ck_assert_int_eq(markup_count(svg, start), 1);
    }
    ck_assert_int_eq(markup_count(svg, "<circle class=\"pz-ink\""), 1);
    ck_assert_int_eq(markup_count(svg, "<path class=\"pz-ink\""), 2);
    ck_assert_int_eq(markup_count(svg, "stroke-dasharray"), 1);
    pz_free(svg);
}
END_TEST

START_TEST(what_cannot_be_drawn_is_refused)
{
    pz__buffer out = PZ__BUFFER_INIT;
    pz__figure map = small_map();
    map.level_count = 3;
    ck_assert_status(pz__figure_svg(&map, &out), PZ_E_INVALID);
    map = small_map();
    map.row_count = 5; /* a cell is missing */
    ck_assert_status(pz__figure_svg(&map, &out), PZ_E_INVALID);
    pz__figure plot = small_plot();
    plot.least = 1;
    ck_assert_status(pz__figure_svg(&plot, &out), PZ_E_INVALID);
    plot.least = NAN;
    ck_assert_status(pz__figure_svg(&plot, &out), PZ_E_INVALID);
    plot.least = -INFINITY;
    ck_assert_status(pz__figure_svg(&plot, &out), PZ_E_INVALID);
    pz__buffer_free(&out);
}
END_TEST

START_TEST(nothing_is_still_a_picture)
{
    for (size_t i = 0; i < KINDS; i++) {
        pz__figure figure = all[i]();
        figure.row_count = 0;
        pz_free(draw(&figure));
    }
}
END_TEST

START_TEST(forty_by_sixty_stay_below_400_kb)
{
    static pz__figure_row rows[40 * 60];
    static char names[60][16];
    static char people[40][32];
    for (int i = 0; i < 40; i++) snprintf(people[i], sizeof people[i], "Maximiliane Özdemir %d", i);
    for (int i = 0; i < 60; i++) snprintf(names[i], sizeof names[i], "5.NBT.A.%d", i);
    for (int i = 0; i < 40 * 60; i++)
        rows[i] = (pz__figure_row){people[i / 60], names[i % 60], NULL, "Not enough evidence yet, 97 % ± 5, 8 answers", i % 4, PZ_DATE_NONE, NULL, 0.5, NO, NO, NO, NO};
    pz__figure map = figure_of(PZ__FIGURE_HEAT, rows, 40 * 60);
    char *svg = draw(&map);
    ck_assert_uint_lt(strlen(svg), 400 * 1000);
    pz_free(svg);
}
END_TEST

START_TEST(a_dot_plot_draws_values_with_their_errors)
{
    pz__figure plot = small_plot();
    plot.target_words = "the aim";
    char *svg = draw(&plot);
    ck_assert_int_eq(markup_count(svg, "<circle"), 2);
    ck_assert_int_eq(markup_count(svg, "pz-error"), 2);
    ck_assert_int_eq(markup_count(svg, "pz-zero"), 1);
    ck_assert_int_eq(markup_count(svg, "pz-target"), 1 + 1); /* and what it means */
    ck_assert_ptr_nonnull(strstr(svg, "up &lt;0.2&gt;"));
    ck_assert_ptr_nonnull(strstr(svg, ">−100<")); /* the axis stops at its limit */
    ck_assert_ptr_null(strstr(svg, ">−200<"));
    ck_assert_ptr_null(strstr(svg, "nan"));
    ck_assert_ptr_nonnull(strstr(svg, ">+20<")); /* changes have a sign, and values stand beside their dots */
    ck_assert_ptr_nonnull(strstr(svg, ">−5<"));
    pz_free(svg);
}
END_TEST

START_TEST(a_plot_of_levels_spans_its_limits_without_signs)
{
    pz__figure plot = small_plot();
    plot.least = 0;
    plot.is_change = 0;
    plot.row_count = 2;
    char *svg = draw(&plot);
    ck_assert_ptr_nonnull(strstr(svg, ">100<"));
    ck_assert_ptr_null(strstr(svg, ">+"));
    ck_assert_ptr_null(strstr(svg, ">−"));
    pz_free(svg);
}
END_TEST

START_TEST(lines_have_a_panel_each_with_its_band)
{
    pz__figure lines = small_lines();
    char *svg = draw(&lines);
    ck_assert_int_eq(markup_count(svg, "pz-band"), 1); /* a lone point has a line for its error instead */
    ck_assert_int_eq(markup_count(svg, "pz-error"), 1);
    ck_assert_int_eq(markup_count(svg, "<circle"), 3);
    ck_assert_int_eq(markup_count(svg, ">Fall<"), 1);
    ck_assert_int_eq(markup_count(svg, ">Winter<"), 2);
    pz_free(svg);
}
END_TEST

START_TEST(bars_have_a_part_for_each_count)
{
    pz__figure bars = small_bars();
    char *svg = draw(&bars);
    ck_assert_int_eq(markup_count(svg, "<g class=\"pz-level-"), 3);
    ck_assert_ptr_nonnull(strstr(svg, ">10</text>"));
    pz_free(svg);
}
END_TEST

START_TEST(bullets_reach_for_their_mark)
{
    pz__figure bullets = small_bullets();
    char *svg = draw(&bullets);
    ck_assert_int_eq(markup_count(svg, "pz-track"), 2);
    ck_assert_int_eq(markup_count(svg, "class=\"pz-bar\""), 2);
    ck_assert_ptr_nonnull(strstr(svg, "the &lt;aim&gt;"));
    pz_free(svg);
}
END_TEST

START_TEST(a_timeline_has_a_line_for_each_event)
{
    pz__figure timeline = small_timeline();
    char *svg = draw(&timeline);
    ck_assert_int_eq(markup_count(svg, "<use "), 2);
    ck_assert_ptr_nonnull(strstr(svg, "A goal &lt;x&gt;"));
    ck_assert_ptr_nonnull(strstr(svg, ">May 1<"));
    pz_free(svg);
}
END_TEST

/* All that is drawn from left to right lies at the same distance from the other side. */
START_TEST(from_the_right_everything_is_mirrored)
{
    for (size_t i = 0; i < KINDS; i++) {
        pz__figure figure = all[i]();
        char *left = draw(&figure);
        figure.from_right = 1;
        char *right = draw(&figure);
        ck_assert_int_eq(markup_count(right, " direction=\"rtl\""), 1);
        ck_assert_int_eq(markup_count(left, "<text"), markup_count(right, "<text"));
        const char *a = strstr(left, "<text class=\"pz-label\""), *b = strstr(right, "<text class=\"pz-label\"");
        double width = strtod(strstr(left, " width=\"") + 8, NULL);
        if (a && strstr(a, " x=\"") && figure.kind != PZ__FIGURE_HEAT)
            ck_assert_double_eq_tol(strtod(strstr(a, " x=\"") + 4, NULL) + strtod(strstr(b, " x=\"") + 4, NULL), width, 0.02);
        pz_free(left);
        pz_free(right);
    }
}
END_TEST

/* Every text stays within the picture: a label as wide as its room ends where the room ends. */
START_TEST(numbers_beyond_all_reason_stay_within)
{
    static const double odd[] = {1e300, -1e300, INFINITY, -INFINITY, 1e-300, 0};
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++) {
        pz__figure_row row = {"x", "s", NULL, "w", 0, 20000, "d", odd[i], odd[i], odd[i], odd[i], odd[i]};
        for (int kind = PZ__FIGURE_HEAT; kind <= PZ__FIGURE_TIMELINE; kind++) {
            pz__figure figure = figure_of((pz__figure_kind)kind, &row, 1);
            if (kind == PZ__FIGURE_BARS && !(odd[i] >= 0 && odd[i] <= 1e6)) continue; /* counts */
            char *svg = draw(&figure);
            ck_assert_ptr_null(strstr(svg, "\"nan\""));
            ck_assert_ptr_null(strstr(svg, "\"inf\""));
            ck_assert_ptr_null(strstr(svg, "=\"null\""));
            pz_free(svg);
        }
    }
}
END_TEST

START_TEST(a_specification_holds_the_rows)
{
    static const char *const marks[] = {"rect", "point", "area", "bar", "bar", "point"};
    for (size_t i = 0; i < KINDS; i++) {
        pz__figure figure = all[i]();
        pz__buffer out = PZ__BUFFER_INIT;
        pz__json_writer json;
        pz__json *document;
        pz__json_start(&json, &out);
        pz__figure_vega(&figure, &json);
        ck_assert_int_eq(out.status, PZ_OK);
        ck_assert_ok(pz__json_parse(out.data, out.length, NULL, &document));
        const pz__json_value *root = pz__json_root(document), *values = pz__json_member(pz__json_member(root, "data"), "values");
        ck_assert_str_eq(pz__json_as_text(pz__json_member(root, "$schema")), "https://vega.github.io/schema/vega-lite/v5.json");
        ck_assert_uint_eq(pz__json_size(values), figure.row_count);
        ck_assert_str_eq(pz__json_as_text(pz__json_member(pz__json_first(values), "label")), figure.rows[0].label);
        ck_assert_msg(strstr(out.data, marks[i]) != NULL, "%s", out.data);
        double value;
        if (pz__json_as_real(pz__json_member(pz__json_first(values), "value"), &value))
            ck_assert_double_eq_tol(value, figure.rows[0].value * (figure.percent ? 100 : 1), 1e-9);
        pz__json_free(document);
        pz__buffer_free(&out);
    }
}
END_TEST

START_TEST(numbers_are_written_as_the_host_wants)
{
    pz__figure figure = small_bars();
    pz__buffer out = PZ__BUFFER_INIT;
    figure.decimal_mark = ",";
    pz__figure_number(&figure, 2.5, &out);
    ck_assert_str_eq(out.data, "2,5");
    pz__buffer_clear(&out);
    figure.is_change = 1;
    pz__figure_number(&figure, -2.5, &out);
    ck_assert_str_eq(out.data, "−2,5");
    pz__buffer_clear(&out);
    figure.percent = 1;
    pz__figure_number(&figure, 0.001, &out);
    ck_assert_str_eq(out.data, "0");
    pz__buffer_clear(&out);
    figure.decimal_mark = "<";
    figure.percent = figure.is_change = 0;
    pz__figure_number(&figure, 1.5, &out);
    ck_assert_str_eq(out.data, "1&lt;5");
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

static pz_status draw_both(void *user_data)
{
    const pz__figure *figure = user_data;
    pz__buffer out = PZ__BUFFER_INIT;
    pz__json_writer json;
    pz_status status = pz__figure_svg(figure, &out);
    pz__figure_legend(figure, &out);
    pz__buffer_clear(&out);
    pz__json_start(&json, &out);
    pz__figure_vega(figure, &json);
    if (status == PZ_OK) status = out.status;
    pz__buffer_free(&out);
    return status;
}

START_TEST(memory_that_fails_is_told_and_freed)
{
    for (size_t i = 0; i < KINDS; i++) {
        pz__figure figure = all[i]();
        ck_assert_int_gt(suite_each_allocation(draw_both, &figure), 1);
    }
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("chart");
    TCase *tests = tcase_create("chart");
    tcase_add_test(tests, a_heat_map_has_a_cell_for_every_pair);
    tcase_add_test(tests, every_level_has_a_shape_of_its_own);
    tcase_add_test(tests, what_cannot_be_drawn_is_refused);
    tcase_add_test(tests, nothing_is_still_a_picture);
    tcase_add_test(tests, forty_by_sixty_stay_below_400_kb);
    tcase_add_test(tests, a_dot_plot_draws_values_with_their_errors);
    tcase_add_test(tests, a_plot_of_levels_spans_its_limits_without_signs);
    tcase_add_test(tests, lines_have_a_panel_each_with_its_band);
    tcase_add_test(tests, bars_have_a_part_for_each_count);
    tcase_add_test(tests, bullets_reach_for_their_mark);
    tcase_add_test(tests, a_timeline_has_a_line_for_each_event);
    tcase_add_test(tests, from_the_right_everything_is_mirrored);
    tcase_add_test(tests, numbers_beyond_all_reason_stay_within);
    tcase_add_test(tests, a_specification_holds_the_rows);
    tcase_add_test(tests, numbers_are_written_as_the_host_wants);
    tcase_add_test(tests, axes_have_round_steps_that_hold_their_range);
    tcase_add_test(tests, memory_that_fails_is_told_and_freed);
    suite_add_tcase(suite, tests);
    return suite;
}

SUITE_MAIN(make_suite)
