/* The figures of one learner: how much is known of each skill, how that grew, goals, and what happened. */
#include <math.h>
#include <stdlib.h>

#include "base/message.h"
#include "report/figures.h"

static double held(double value)
{
    return value < 0 ? 0 : value > 1 ? 1 : value;
}

static void set_interval(pz__figure_row *row, double value, double standard_error)
{
    double error = isnan(standard_error) ? 0 : PZ__REACH * standard_error;
    row->value = value;
    row->lower = held(value - error);
    row->upper = held(value + error);
}

static void add_skills(pz__figures *figures)
{
    const pz__class_view *view = figures->view;
    pz__figure *figure = pz__figure_begin(figures, PZ__FIGURE_DOTS, "skills", "page.learner.skills_chart");
    int any = 0;
    figure->axis = pz__figures_words(figures, "page.learner.scale", NULL, 0);
    figure->target_words = pz__figures_words(figures, "page.learner.target", NULL, 0);
    figure->percent = 1;
    pz__figure_levels(figures, pz__mastery_looks, PZ__MASTERY_LEVELS);
    for (size_t i = 0; i < view->competency_count; i++) {
        const pz__view_cell *cell = pz__view_cell_at(view, 0, i);
        pz__figure_row *row = pz__figure_row_add(figures);
        if (!row) return;
        row->label = pz__view_title(figures, i);
        row->statement = view->competencies[i]->statement;
        row->level = pz__mastery_level(cell->decision, cell->evidence_count);
        row->words = pz__figures_words(figures, pz__mastery_looks[pz__mastery_level(cell->decision, cell->evidence_count)].code, NULL, 0);
        if (!cell->evidence_count) continue;
        set_interval(row, cell->estimate, cell->standard_error);
        row->target = cell->target;
        any = 1;
    }
    if (!any) figure->row_count = 0;
    pz__figure_end(figures);
}

static void add_growth(pz__figures *figures)
{
    const pz__class_view *view = figures->view;
    pz__figure *figure = pz__figure_begin(figures, PZ__FIGURE_LINES, "growth", "page.learner.growth_chart");
    figure->axis = pz__figures_words(figures, "page.learner.scale", NULL, 0);
    figure->target_words = pz__figures_words(figures, "page.learner.target", NULL, 0);
    figure->percent = 1;
    for (size_t i = 0; i < view->competency_count; i++) {
        for (size_t at = 0; at < view->past_count; at++) {
            const pz__view_past *past = &view->past[at];
            if (isnan(past->estimates[i])) continue;
            pz__figure_row *row = pz__figure_row_add(figures);
            if (!row) return;
            row->label = pz__view_title(figures, i);
            row->statement = view->competencies[i]->statement;
            row->series = past->cycle->title;
            row->day = past->cycle->closes_on;
            row->day_words = pz__figures_day(figures, row->day);
            row->target = pz__view_cell_at(view, 0, i)->target;
            set_interval(row, past->estimates[i], past->errors[i]);
        }
    }
    pz__figure_end(figures);
}

static void add_goals(pz__figures *figures)
{
    const pz__class_view *view = figures->view;
    pz__figure *figure = pz__figure_begin(figures, PZ__FIGURE_BULLETS, "goals", "page.learner.goals_chart");
    figure->axis = pz__figures_words(figures, "page.learner.scale", NULL, 0);
    figure->target_words = pz__figures_words(figures, "page.learner.goal_target", NULL, 0);
    figure->percent = 1;
    for (size_t i = 0; i < view->goal_count; i++) {
        const pz_goal *goal = view->goals[i];
        int64_t column = goal->competency ? pz__view_column(view, goal->competency) : -1;
        if (column < 0 || goal->state == PZ_GOAL_ABANDONED) continue;
        const pz__view_cell *cell = pz__view_cell_at(view, 0, (size_t)column);
        if (!cell->evidence_count) continue;
        pz__figure_row *row = pz__figure_row_add(figures);
        if (!row) return;
        row->label = goal->statement;
        row->words = pz__view_title(figures, (size_t)column);
        row->target = goal->measure == PZ_MEASURE_ESTIMATE ? goal->target : cell->target;
        if (goal->measure == PZ_MEASURE_ESTIMATE) row->start = goal->baseline;
        set_interval(row, cell->estimate, cell->standard_error);
    }
    pz__figure_end(figures);
}

/* ------------------------------------------------------------------------------------------------- timeline --- */

enum { ROUND, GOAL, GOAL_REACHED, SAID, EVENT_LEVELS };

static const pz__level_look event_looks[EVENT_LEVELS] = {
    {{"round", NULL, PZ__GLYPH_DOTS, "#dde3e9", "#33404d"}, "page.learner.event.round"},
    {{"goal", NULL, PZ__GLYPH_RING, "#f2b134", "#3b2500"}, "page.learner.event.goal"},
    {{"reached", NULL, PZ__GLYPH_CHECK, "#0b6a99", "#ffffff"}, "page.learner.event.reached"},
    {{"said", NULL, PZ__GLYPH_STAR, "#7a3e9d", "#ffffff"}, "page.learner.event.said"},
};

static void add_event(pz__figures *figures, int32_t level, pz_date day, const char *label)
{
    pz__figure_row *row = day == PZ_DATE_NONE ? NULL : pz__figure_row_add(figures);
    if (!row) return;
    row->label = label;
    row->level = level;
    row->day = day;
    row->day_words = pz__figures_day(figures, day);
    row->words = row->day_words;
}

/* Newest first; what happened on one day by kind and words. */
static int newest_first(const void *a, const void *b)
{
    const pz__figure_row *x = a, *y = b;
    if (x->day != y->day) return x->day > y->day ? -1 : 1;
    return x->level - y->level;
}

static void add_timeline(pz__figures *figures)
{
    const pz__class_view *view = figures->view;
    enum { MOST = 12 };
    pz__figure *figure = pz__figure_begin(figures, PZ__FIGURE_TIMELINE, "timeline", "page.learner.timeline");
    pz__figure_levels(figures, event_looks, EVENT_LEVELS);
    for (size_t i = 0; i < view->past_count; i++) add_event(figures, ROUND, view->past[i].cycle->closes_on, view->past[i].cycle->title);
    for (size_t i = 0; i < view->goal_count; i++) {
        int is_reached = view->goals[i]->state == PZ_GOAL_ACHIEVED;
        if (view->goals[i]->state != PZ_GOAL_ABANDONED) add_event(figures, is_reached ? GOAL_REACHED : GOAL, view->goal_days[i], view->goals[i]->statement);
    }
    for (size_t i = 0; i < view->voice_count; i++)
        if (view->voice[i]->state != PZ_VOICE_WITHDRAWN && view->voice[i]->content) add_event(figures, SAID, view->said_on[i], view->voice[i]->content);
    if (figure->row_count) qsort(figures->rows[figures->count - 1], figure->row_count, sizeof(pz__figure_row), newest_first);
    if (figure->row_count > MOST) figure->row_count = MOST;
    pz__figure_end(figures);
}

void pz__learner_figures(pz__figures *figures)
{
    add_skills(figures);
    add_growth(figures);
    add_goals(figures);
    add_timeline(figures);
}
