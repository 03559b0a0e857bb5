/* The figures of a class: who has mastered what, how many by competency, growth, work in the cycle, groups before and after. */
#include <math.h>

#include "base/message.h"
#include "report/figures.h"

/* "Mastered, 97 % ± 5, 8 answers" */
static const char *cell_words(pz__figures *figures, const pz__view_cell *cell)
{
    const char *decision = pz__figures_words(figures, pz__mastery_looks[pz__mastery_level(cell->decision, cell->evidence_count)].code, NULL, 0);
    if (!cell->evidence_count) return decision;
    pz__message_value values[] = {{"estimate", NULL, cell->estimate * 100, 0}, {"error", NULL, cell->standard_error * 100, 0}, {"count", NULL, cell->evidence_count, 0}};
    pz__buffer words = PZ__BUFFER_INIT;
    pz__buffer_text(&words, decision);
    pz__buffer_text(&words, ", ");
    pz__message(&words, figures->view->language, isnan(cell->standard_error) ? "page.estimate_alone" : "page.estimate", values, 3);
    return pz__figures_text(figures, &words);
}

static void add_mastery(pz__figures *figures)
{
    const pz__class_view *view = figures->view;
    pz__figure_begin(figures, PZ__FIGURE_HEAT, "mastery", "page.heat_map");
    pz__figure_levels(figures, pz__mastery_looks, PZ__MASTERY_LEVELS);
    for (size_t i = 0; i < view->learner_count; i++) {
        const char *name = view->competency_count ? pz__figures_name(figures, view->learners[i]) : "";
        for (size_t column = 0; column < view->competency_count; column++) {
            const pz__view_cell *cell = pz__view_cell_at(view, i, column);
            pz__figure_row *row = pz__figure_row_add(figures);
            if (!row) return;
            row->label = name;
            row->series = pz__competency_label(view->competencies[column]);
            row->statement = view->competencies[column]->statement;
            row->level = pz__mastery_level(cell->decision, cell->evidence_count);
            row->words = cell_words(figures, cell);
            row->value = cell->evidence_count ? cell->estimate : PZ_REAL_NONE;
        }
    }
    pz__figure_end(figures);
}

/* One bar in parts: how many learners are at each level. */
static void add_counts(pz__figures *figures, const char *label, const char *statement, const size_t *counts, size_t levels)
{
    for (size_t level = 0; level < levels; level++) {
        pz__figure_row *row = pz__figure_row_add(figures);
        if (!row) return;
        row->label = label;
        row->statement = statement;
        row->level = (int32_t)level;
        row->value = (double)counts[level];
    }
}

static void add_distribution(pz__figures *figures)
{
    const pz__class_view *view = figures->view;
    pz__figure *figure = pz__figure_begin(figures, PZ__FIGURE_BARS, "distribution", "page.distribution");
    figure->axis = pz__figures_words(figures, "page.learners", NULL, 0);
    pz__figure_levels(figures, pz__mastery_looks, PZ__MASTERY_LEVELS);
    for (size_t column = 0; column < view->competency_count && view->learner_count; column++) {
        size_t counts[PZ__MASTERY_LEVELS] = {0};
        for (size_t row = 0; row < view->learner_count; row++) {
            const pz__view_cell *cell = pz__view_cell_at(view, row, column);
            counts[pz__mastery_level(cell->decision, cell->evidence_count)]++;
        }
        add_counts(figures, pz__view_title(figures, column), view->competencies[column]->statement, counts, PZ__MASTERY_LEVELS);
    }
    pz__figure_end(figures);
}

static void add_coverage(pz__figures *figures)
{
    static const pz__level_look looks[] = {
        {{"done", NULL, PZ__GLYPH_CHECK, "#0b6a99", "#ffffff"}, "page.coverage.worked"},
        {{"none", NULL, PZ__GLYPH_NONE, "#ffffff", "#33404d"}, "page.coverage.open"},
    };
    const pz__class_view *view = figures->view;
    if (!view->worked_known || !view->learner_count) return;
    pz__figure *figure = pz__figure_begin(figures, PZ__FIGURE_BARS, "coverage", "page.coverage");
    figure->axis = pz__figures_words(figures, "page.learners", NULL, 0);
    pz__figure_levels(figures, looks, 2);
    for (size_t column = 0; column < view->competency_count; column++) {
        size_t counts[2] = {0};
        for (size_t row = 0; row < view->learner_count; row++) counts[!pz__view_cell_at(view, row, column)->is_worked_on]++;
        add_counts(figures, pz__view_title(figures, column), view->competencies[column]->statement, counts, 2);
    }
    pz__figure_end(figures);
}

static void add_growth(pz__figures *figures)
{
    const pz__class_view *view = figures->view;
    if (!view->gains) return;
    pz__figure *figure = pz__figure_begin(figures, PZ__FIGURE_DOTS, "growth", "page.growth_chart");
    figure->axis = pz__figures_words(figures, "page.growth_axis", NULL, 0);
    figure->least = -1;
    figure->percent = figure->is_change = 1;
    int any = 0;
    for (size_t i = 0; i < view->competency_count; i++) {
        const pz__view_gain *gain = &view->gains[i];
        double error = PZ__REACH * gain->standard_error;
        pz__message_value values[] = {{"gain", NULL, gain->gain * 100, 0}, {"error", NULL, error * 100, 0}, {"count", NULL, gain->learners, 0}};
        pz__figure_row *row = pz__figure_row_add(figures);
        if (!row) return;
        any |= gain->learners > 0;
        row->label = pz__view_title(figures, i);
        row->statement = view->competencies[i]->statement;
        row->value = gain->gain;
        row->lower = gain->gain - error;
        row->upper = gain->gain + error;
        row->words = pz__figures_words(figures, gain->learners ? "page.growth_of" : "page.growth_none", values, 3);
    }
    if (!any) figure->row_count = 0;
    pz__figure_end(figures);
}

/* Before: as the cycle decided, of which the groups were made. Now: as it stands. */
static void count_group(const pz__class_view *view, const pz_group *group, size_t column, int is_before, size_t *counts)
{
    for (size_t i = 0; i < view->member_count; i++) {
        int64_t row;
        if (view->members[i]->group_no != group->group_no || !pz__map_get(view->learner_index, view->members[i]->learner, &row)) continue;
        const pz__view_cell *cell = pz__view_cell_at(view, (size_t)row, column);
        counts[is_before ? pz__mastery_level(cell->cycle_decision, cell->cycle_decision != 0) : pz__mastery_level(cell->decision, cell->evidence_count)]++;
    }
}

static void add_groups(pz__figures *figures)
{
    const pz__class_view *view = figures->view;
    if (!view->recommendation) return;
    int has_before = view->cycle && view->recommendation->cycle == view->cycle->id;
    pz__figure *figure = pz__figure_begin(figures, PZ__FIGURE_BARS, "groups", "page.groups_chart");
    figure->axis = pz__figures_words(figures, "page.learners", NULL, 0);
    pz__figure_levels(figures, pz__mastery_looks, PZ__MASTERY_LEVELS);
    for (size_t i = 0; i < view->group_count; i++) {
        const pz_group *group = view->groups[i];
        int64_t column = group->competency ? pz__view_column(view, group->competency) : -1;
        for (int is_before = has_before; is_before >= 0 && column >= 0; is_before--) {
            size_t counts[PZ__MASTERY_LEVELS] = {0};
            pz__message_value values[] = {{"number", NULL, group->group_no, 0}, {"skill", pz__competency_brief(view->competencies[column]), 0, 0}};
            count_group(view, group, (size_t)column, is_before, counts);
            add_counts(figures, pz__figures_words(figures, is_before ? "page.group_before" : "page.group_now", values, 2), NULL, counts, PZ__MASTERY_LEVELS);
        }
    }
    pz__figure_end(figures);
}

void pz__class_figures(pz__figures *figures)
{
    add_mastery(figures);
    add_distribution(figures);
    add_groups(figures);
    add_growth(figures);
    add_coverage(figures);
}
