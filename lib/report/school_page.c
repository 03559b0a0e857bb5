/* The page of a school as figures and as HTML. */
#include <math.h>

#include "chart/markup.h"
#include "report/school.h"

/* --------------------------------------------------------------------------------------------------- figures --- */

typedef struct counted {
    size_t counts[PZ__GOAL_STATES];
    size_t levels;
} counted;

typedef counted (*count_fn)(const pz__cohort *cohort);

static counted count_coverage(const pz__cohort *cohort)
{
    return (counted){{cohort->with_evidence, cohort->learners - cohort->with_evidence}, 2};
}

static counted count_decisions(const pz__cohort *cohort)
{
    return (counted){{cohort->decisions[0], cohort->decisions[1], cohort->decisions[2]}, 3};
}

static counted count_goals(const pz__cohort *cohort)
{
    return (counted){{cohort->goals[PZ_GOAL_ACHIEVED], cohort->goals[PZ_GOAL_ACTIVE], cohort->goals[PZ_GOAL_PROPOSED], cohort->goals[PZ_GOAL_ABANDONED]}, 4};
}

static counted count_voice(const pz__cohort *cohort)
{
    return (counted){{(size_t)cohort->answered, (size_t)(cohort->waiting - cohort->overdue), (size_t)cohort->overdue}, 3};
}

static void add_bars(pz__figures *figures, const char *name, const char *code, const char *axis, const pz__level_look *looks, count_fn count)
{
    const pz__school *school = figures->view->school;
    size_t any = 0;
    pz__figure *figure = pz__figure_begin(figures, PZ__FIGURE_BARS, name, code);
    figure->axis = pz__figures_words(figures, axis, NULL, 0);
    for (size_t i = 0; i < school->cohort_count; i++) {
        const pz__cohort *cohort = &school->cohorts[i];
        if (cohort->is_hidden) continue;
        counted found = count(cohort);
        if (!figure->level_count) pz__figure_levels(figures, looks, found.levels);
        for (size_t level = 0; level < found.levels; level++) {
            pz__figure_row *row = pz__figure_row_add(figures);
            if (!row) return;
            row->label = cohort->class_record->title;
            row->level = (int32_t)level;
            row->value = (double)found.counts[level];
            any += found.counts[level];
        }
    }
    if (!any) figure->row_count = 0;
    pz__figure_end(figures);
}

static pz__figure *begin_changes(pz__figures *figures, const char *name, const char *code)
{
    pz__figure *figure = pz__figure_begin(figures, PZ__FIGURE_DOTS, name, code);
    figure->axis = pz__figures_words(figures, "page.growth_axis", NULL, 0);
    figure->least = -1;
    figure->percent = figure->is_change = 1;
    return figure;
}

static void set_change(pz__figure_row *row, double value, double standard_error)
{
    double error = isnan(standard_error) ? 0 : PZ__REACH * standard_error;
    row->value = value;
    row->lower = value - error;
    row->upper = value + error;
}

static void add_growth(pz__figures *figures)
{
    const pz__school *school = figures->view->school;
    begin_changes(figures, "growth", "page.school.growth_chart");
    for (size_t i = 0; i < school->cohort_count; i++) {
        const pz__cohort *cohort = &school->cohorts[i];
        if (cohort->is_hidden || isnan(cohort->gain.gain) || (size_t)cohort->gain.learners < (size_t)figures->view->options->smallest_cell) continue;
        pz__figure_row *row = pz__figure_row_add(figures);
        if (!row) return;
        pz__message_value values[] = {{"gain", NULL, cohort->gain.gain * 100, 0}, {"error", NULL, PZ__REACH * cohort->gain.standard_error * 100, 0}, {"count", NULL, cohort->gain.learners, 0}};
        row->label = cohort->class_record->title;
        row->words = pz__figures_words(figures, "page.growth_of", values, 3);
        set_change(row, cohort->gain.gain, cohort->gain.standard_error);
    }
    pz__figure_end(figures);
}

static void add_equity(pz__figures *figures)
{
    const pz__school *school = figures->view->school;
    begin_changes(figures, "equity", "page.school.equity_chart");
    for (size_t i = 0; i < school->part_count; i++) {
        const pz__part *part = &school->parts[i];
        if (part->is_hidden) continue;
        pz__figure_row *row = pz__figure_row_add(figures);
        if (!row) return;
        pz__message_value value = {"value", part->value ? part->value : "", 0, 0};
        pz__message_value values[] = {{"mean", NULL, part->mean * 100, 0}, {"others_mean", NULL, part->others_mean * 100, 0}, {"count", NULL, (double)part->learners, 0}, {"others", NULL, (double)part->others, 0}};
        row->label = pz__figures_words(figures, part->code, &value, 1);
        row->words = pz__figures_words(figures, "page.school.part_of", values, 4);
        set_change(row, part->difference, part->standard_error);
    }
    pz__figure_end(figures);
}

void pz__school_figures(pz__figures *figures)
{
    static const pz__level_look coverage[] = {
        {{"done", NULL, PZ__GLYPH_CHECK, "#0b6a99", "#ffffff"}, "page.school.with_work"},
        {{"none", NULL, PZ__GLYPH_NONE, "#ffffff", "#33404d"}, "page.school.without_work"},
    };
    static const pz__level_look goals[] = {
        {{"done", NULL, PZ__GLYPH_CHECK, "#0b6a99", "#ffffff"}, "goal.state.achieved"},
        {{"goal", NULL, PZ__GLYPH_RING, "#f2b134", "#3b2500"}, "goal.state.active"},
        {{"open", NULL, PZ__GLYPH_DOTS, "#dde3e9", "#33404d"}, "goal.state.proposed"},
        {{"none", NULL, PZ__GLYPH_NONE, "#ffffff", "#33404d"}, "goal.state.abandoned"},
    };
    static const pz__level_look voice[] = {
        {{"done", NULL, PZ__GLYPH_CHECK, "#0b6a99", "#ffffff"}, "page.school.voice_answered"},
        {{"open", NULL, PZ__GLYPH_DOTS, "#dde3e9", "#33404d"}, "page.school.voice_waiting"},
        {{"goal", NULL, PZ__GLYPH_RING, "#f2b134", "#3b2500"}, "page.school.voice_overdue"},
    };
    add_growth(figures);
    add_bars(figures, "decisions", "page.school.decisions_chart", "page.school.decisions", pz__mastery_looks, count_decisions);
    add_bars(figures, "coverage", "page.school.coverage_chart", "page.learners", coverage, count_coverage);
    add_bars(figures, "goals", "page.school.goals_chart", "page.goals", goals, count_goals);
    add_bars(figures, "voice", "page.school.voice_chart", "page.school.voice", voice, count_voice);
    add_equity(figures);
}

/* ----------------------------------------------------------------------------------------------------- page --- */

static void add_title(const pz__class_page *page)
{
    const pz__school *school = page->view->school;
    pz__message_value part[] = {{"part", NULL, (double)school->with_evidence, 0}, {"count", NULL, (double)school->learners, 0}};
    pz__buffer_format(page->out, "<header class=\"pz-header\"><h%d id=\"%stitle\">", page->level - 1, page->prefix);
    pz__markup_element(page->out, "bdi", NULL, school->org->name);
    pz__buffer_format(page->out, "</h%d>\n<p>", page->level - 1);
    pz__page_count(page, "bdi", NULL, "page.count.classes", (double)school->cohort_count);
    pz__buffer_text(page->out, " · ");
    int is_few = school->learners < (size_t)page->view->options->smallest_cell;
    if (!is_few) {
        pz__page_message(page, "bdi", NULL, "page.school.learners", part, 2);
        pz__buffer_text(page->out, " · ");
    }
    pz__page_as_of(page);
    pz__buffer_text(page->out, "</p></header>\n");
}

static void add_section(const pz__class_page *page, const char *name, const char *heading, const char *note, const char *empty)
{
    pz__page_section(page, name, heading);
    if (pz__figures_find(page->figures, name)) {
        pz__page_element(page, "p", "note", note);
        pz__page_figure(page, name);
    } else {
        pz__page_element(page, "p", "empty", empty);
    }
    pz__page_section_end(page);
}

static void add_hidden(const pz__class_page *page)
{
    const pz__school *school = page->view->school;
    size_t classes = 0, parts = 0;
    pz__message_value values[] = {{"count", NULL, 0, 0}, {"smallest", NULL, page->view->options->smallest_cell, 0}};
    for (size_t i = 0; i < school->cohort_count; i++) classes += school->cohorts[i].is_hidden != 0;
    for (size_t i = 0; i < school->part_count; i++) parts += school->parts[i].is_hidden != 0;
    values[0].number = (double)classes;
    if (classes) pz__page_message(page, "p", "note", "page.school.hidden_classes", values, 2);
    values[0].number = (double)parts;
    if (parts) pz__page_message(page, "p", "note", "page.school.hidden_parts", values, 2);
}

void pz__school_html(const pz__class_page *page)
{
    pz__page_open(page, page->view->school->org->name);
    add_title(page);
    add_hidden(page);
    pz__buffer_text(page->out, "<div class=\"pz-board\">\n");
    add_section(page, "growth", "page.school.growth", "page.school.growth_note", "page.school.no_growth");
    add_section(page, "decisions", "page.mastery", "page.school.decisions_note", "page.no_evidence");
    add_section(page, "coverage", "page.school.coverage", "page.school.coverage_note", "page.no_learners");
    add_section(page, "goals", "page.goals", "page.school.goals_note", "page.school.no_goals");
    add_section(page, "voice", "page.school.voice", "page.school.voice_note", "page.school.no_voice");
    add_section(page, "equity", "page.school.equity", "page.school.equity_note", "page.school.no_equity");
    pz__buffer_text(page->out, "</div>\n");
    pz__page_close(page);
}

/* ----------------------------------------------------------------------------------------------------- data --- */

static void put_cohort(pz__json_writer *json, const pz__cohort *cohort, size_t smallest)
{
    int is_hidden = cohort->is_hidden;
    pz__json_open_object(json);
    pz__json_put_id(json, "id", cohort->class_record->id);
    pz__json_put_text(json, "title", cohort->class_record->title);
    pz__json_put_bool(json, "is_hidden", is_hidden);
    if (!is_hidden) {
        int has_gain = (size_t)cohort->gain.learners >= smallest;
        pz__json_put_int(json, "learners", (int64_t)cohort->learners);
        pz__json_put_int(json, "with_evidence", (int64_t)cohort->with_evidence);
        pz__json_put_int(json, "mastered", (int64_t)cohort->decisions[0]);
        pz__json_put_int(json, "not_yet", (int64_t)cohort->decisions[1]);
        pz__json_put_int(json, "not_enough_evidence", (int64_t)cohort->decisions[2]);
        pz__json_put_real(json, "growth", has_gain ? cohort->gain.gain : PZ_REAL_NONE);
        pz__json_put_real(json, "growth_standard_error", has_gain ? cohort->gain.standard_error : PZ_REAL_NONE);
        pz__json_put_int(json, "goals_proposed", (int64_t)cohort->goals[PZ_GOAL_PROPOSED]);
        pz__json_put_int(json, "goals_active", (int64_t)cohort->goals[PZ_GOAL_ACTIVE]);
        pz__json_put_int(json, "goals_achieved", (int64_t)cohort->goals[PZ_GOAL_ACHIEVED]);
        pz__json_put_int(json, "goals_abandoned", (int64_t)cohort->goals[PZ_GOAL_ABANDONED]);
        pz__json_put_int(json, "voice_waiting", cohort->waiting);
        pz__json_put_int(json, "voice_overdue", cohort->overdue);
        pz__json_put_int(json, "voice_answered", cohort->answered);
    }
    pz__json_close_object(json);
}

static void put_part(pz__json_writer *json, const pz__part *part)
{
    pz__json_open_object(json);
    pz__json_put_text(json, "part", part->code + sizeof "page.school.part." - 1);
    pz__json_put_text(json, "value", part->value);
    pz__json_put_bool(json, "is_hidden", part->is_hidden);
    if (!part->is_hidden) {
        pz__json_put_int(json, "learners", (int64_t)part->learners);
        pz__json_put_int(json, "others", (int64_t)part->others);
        pz__json_put_real(json, "mean", part->mean);
        pz__json_put_real(json, "others_mean", part->others_mean);
        pz__json_put_real(json, "difference", part->difference);
        pz__json_put_real(json, "standard_error", part->standard_error);
    }
    pz__json_close_object(json);
}

void pz__school_json(const pz__class_view *view, pz__buffer *out)
{
    const pz__school *school = view->school;
    int32_t smallest = view->options->smallest_cell;
    int is_few = school->learners < (size_t)smallest;
    pz__json_writer json;
    pz__json_start(&json, out);
    pz__json_open_object(&json);
    pz__json_put_text(&json, "document", "school-page");
    pz__json_put_int(&json, "format", 1);
    pz__json_put_text(&json, "language", view->language ? view->language : "en");
    pz__json_put_date(&json, "seen_on", view->seen_on);
    pz__json_put_id(&json, "org", school->org->id);
    pz__json_put_text(&json, "name", school->org->name);
    pz__json_put_int(&json, "smallest_cell", smallest);
    pz__json_key(&json, "learners");
    is_few ? pz__json_null(&json) : pz__json_int(&json, (int64_t)school->learners);
    pz__json_key(&json, "with_evidence");
    is_few ? pz__json_null(&json) : pz__json_int(&json, (int64_t)school->with_evidence);
    pz__json_key(&json, "classes");
    pz__json_open_array(&json);
    for (size_t i = 0; i < school->cohort_count; i++) put_cohort(&json, &school->cohorts[i], (size_t)smallest);
    pz__json_close_array(&json);
    pz__json_key(&json, "parts");
    pz__json_open_array(&json);
    for (size_t i = 0; i < school->part_count; i++) put_part(&json, &school->parts[i]);
    pz__json_close_array(&json);
    pz__json_close_object(&json);
}
