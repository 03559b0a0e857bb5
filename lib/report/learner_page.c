/* The page of one learner, in plain words: how to read it, then skills, growth, next steps, goals and the own place in groups. */
#include <math.h>
#include <stdio.h>

#include "base/clock.h"
#include "base/memory.h"
#include "chart/markup.h"
#include "report/class_forms.h"

/* The 97.5 % point of the normal distribution: 95 % lie within. */
static const double reach = 1.959964;

typedef struct skill_value {
    double value, error; /* the error is that of 95 times in a hundred; NaN: none is known */
} skill_value;

/* What a column says in a chart; its value is NaN where it says nothing. */
typedef skill_value (*value_fn)(const pz__view_cell *cell);

static skill_value level_of(const pz__view_cell *cell)
{
    return (skill_value){cell->evidence_count ? cell->estimate : PZ_REAL_NONE, reach * cell->standard_error};
}

static skill_value change_of(const pz__view_cell *cell)
{
    int is_known = !isnan(cell->growth) && !isnan(cell->growth_standard_error);
    return (skill_value){is_known ? cell->growth : PZ_REAL_NONE, reach * cell->growth_standard_error};
}

static int any_value(const pz__class_view *view, value_fn value_of)
{
    for (size_t i = 0; i < view->competency_count; i++)
        if (!isnan(value_of(pz__view_cell_at(view, 0, i)).value)) return 1;
    return 0;
}

/* ------------------------------------------------------------------------------------------ words and charts --- */

static void add_skill(const pz__class_page *page, const pz_competency *competency)
{
    const char *label = pz__competency_label(competency);
    pz__markup_element(page->out, "b", NULL, label);
    if (label == competency->statement) return;
    pz__buffer_char(page->out, ' ');
    pz__markup_element(page->out, "bdi", NULL, competency->statement);
}

static void draw(const pz__class_page *page, const char *name, const char *code, const char *code_axis, value_fn value_of, int is_level)
{
    const pz__class_view *view = page->view;
    pz__dot *dots = pz__alloc_zero(view->competency_count, sizeof *dots);
    size_t count = 0;
    if (!dots) {
        if (page->out->status == PZ_OK) page->out->status = PZ_E_NOMEM;
        return;
    }
    for (size_t i = 0; i < view->competency_count; i++) {
        skill_value skill = value_of(pz__view_cell_at(view, 0, i));
        if (isnan(skill.value)) continue;
        double error = isnan(skill.error) ? 0 : skill.error;
        dots[count++] = (pz__dot){pz__competency_label(view->competencies[i]), view->competencies[i]->statement, skill.value,
                                  skill.value - error, skill.value + error};
    }
    pz__dot_plot plot = {.dots = dots, .dot_count = count, .least = is_level ? 0 : -1, .most = 1, .percent = 1, .whole = is_level};
    pz__page_dots(page, name, code, code_axis, plot);
    pz__release(dots);
}

static void open_table(const pz__class_page *page, const char *const *heads, size_t count)
{
    pz__buffer_text(page->out, "<div class=\"pz-scroll\" tabindex=\"0\"><table class=\"pz-table pz-wide\"><thead><tr>");
    for (size_t i = 0; i < count; i++) pz__page_element(page, "th", NULL, heads[i]);
    pz__buffer_text(page->out, "</tr></thead>\n<tbody>\n");
}

static void close_table(const pz__class_page *page)
{
    pz__buffer_text(page->out, "</tbody></table></div>\n");
}

/* <td> with a share as points of a hundred; empty where there is none. Errors are those that the lines of the charts show. */
static void add_points(const pz__class_page *page, const char *before, double share)
{
    pz__buffer_text(page->out, "<td>");
    if (!isnan(share)) {
        pz__buffer_text(page->out, before);
        pz__buffer_fixed(page->out, share * 100, 0);
    }
    pz__buffer_text(page->out, "</td>");
}

/* ------------------------------------------------------------------------------------------------- reading --- */

static void add_reading(const pz__class_page *page)
{
    const pz__class_view *view = page->view;
    int mastered = 0, assessed = 0, open = 0, steps = 0;
    for (size_t i = 0; i < view->competency_count; i++) {
        const pz__view_cell *cell = pz__view_cell_at(view, 0, i);
        assessed += cell->evidence_count > 0;
        mastered += cell->evidence_count && cell->decision == PZ_MASTERY_MASTERED;
        open += cell->evidence_count && cell->decision == PZ_MASTERY_NOT_ENOUGH_EVIDENCE;
        steps += cell->is_next_step != 0;
    }
    pz__message_value of_all[] = {{"part", NULL, mastered, 0}, {"count", NULL, assessed, 0}};
    pz__page_section(page, "shows", "page.learner.what_it_shows");
    if (assessed) {
        pz__page_message(page, "p", "lead", "page.learner.shows_count", of_all, 2);
        pz__page_element(page, "p", NULL, "page.learner.shows");
    } else {
        pz__page_element(page, "p", "empty", "page.learner.no_skills");
    }
    pz__page_section_end(page);
    if (assessed) {
        pz__page_section(page, "sure", "page.learner.how_sure");
        pz__page_element(page, "p", NULL, "page.learner.sure");
        if (open) pz__page_count(page, "p", NULL, "page.learner.open_count", open);
        pz__page_section_end(page);
    }
    pz__page_section(page, "can-do", "page.learner.can_do");
    pz__buffer_text(page->out, "<ul>");
    pz__page_element(page, "li", NULL, steps ? "page.learner.do_step" : "page.learner.do_ask");
    if (!view->goals_hidden) pz__page_element(page, "li", NULL, view->goal_count ? "page.learner.do_goal" : "page.learner.do_set_goal");
    pz__page_element(page, "li", NULL, "page.learner.do_family");
    pz__page_element(page, "li", NULL, "page.learner.do_wrong");
    pz__buffer_text(page->out, "</ul>\n");
    pz__page_section_end(page);
}

/* ------------------------------------------------------------------------------------------ skills and growth --- */

static void add_skills(const pz__class_page *page)
{
    static const char *const heads[] = {"page.learner.skill", "page.learner.meaning", "page.learner.estimate", "page.learner.error",
                                        "page.evidence"};
    const pz__class_view *view = page->view;
    pz__page_section(page, "skills", "page.learner.skills");
    if (!view->competency_count) {
        pz__page_element(page, "p", "empty", "page.learner.no_skills");
        pz__page_section_end(page);
        return;
    }
    if (any_value(view, level_of)) draw(page, "levels", "page.learner.skills_chart", "page.learner.scale", level_of, 1);
    open_table(page, heads, sizeof heads / sizeof *heads);
    for (size_t i = 0; i < view->competency_count; i++) {
        const pz__view_cell *cell = pz__view_cell_at(view, 0, i);
        skill_value level = level_of(cell);
        pz__buffer_text(page->out, "<tr><th scope=\"row\">");
        add_skill(page, view->competencies[i]);
        pz__buffer_text(page->out, "</th>");
        pz__page_element(page, "td", NULL, pz__page_decision_code(cell));
        add_points(page, "", level.value);
        add_points(page, "± ", isnan(level.value) ? PZ_REAL_NONE : level.error);
        pz__buffer_format(page->out, "<td>%d</td></tr>\n", (int)cell->evidence_count);
    }
    close_table(page);
    pz__page_section_end(page);
}

static const char *change_code(skill_value change)
{
    if (change.value > change.error) return "page.learner.grew";
    return change.value < -change.error ? "page.learner.fell" : "page.learner.same";
}

static void add_growth(const pz__class_page *page)
{
    static const char *const heads[] = {"page.learner.skill", "page.change", "page.learner.error", "page.learner.meaning"};
    const pz__class_view *view = page->view;
    pz__page_section(page, "growth", "page.learner.growth");
    if (!any_value(view, change_of)) {
        pz__page_element(page, "p", "empty", view->cycle ? "page.learner.no_growth" : "page.learner.nothing_closed");
        pz__page_section_end(page);
        return;
    }
    pz__buffer_text(page->out, "<p class=\"pz-note\">");
    pz__markup_element(page->out, "b", NULL, view->cycle->title);
    pz__buffer_text(page->out, " · ");
    pz__page_words(page, "page.learner.growth_note");
    pz__buffer_text(page->out, "</p>\n");
    draw(page, "changes", "page.learner.growth_chart", "page.growth_axis", change_of, 0);
    open_table(page, heads, sizeof heads / sizeof *heads);
    for (size_t i = 0; i < view->competency_count; i++) {
        const pz__view_cell *cell = pz__view_cell_at(view, 0, i);
        skill_value change = change_of(cell);
        if (isnan(change.value)) continue;
        pz__buffer_text(page->out, "<tr><th scope=\"row\">");
        add_skill(page, view->competencies[i]);
        pz__buffer_text(page->out, "</th>");
        add_points(page, change.value >= 0.005 ? "+" : "", fabs(change.value) < 0.005 ? 0 : change.value);
        add_points(page, "± ", change.error);
        pz__page_element(page, "td", NULL, change_code(change));
        pz__buffer_text(page->out, "</tr>\n");
    }
    close_table(page);
    pz__page_section_end(page);
}

/* ------------------------------------------------------------------------------------ steps, goals and groups --- */

const char *pz__page_step_code(const pz__view_cell *cell)
{
    if (!cell->cycle_decision) return "page.learner.step_new";
    return cell->cycle_decision == PZ_MASTERY_NOT_YET ? "page.learner.step_not_yet" : "page.learner.step_unsure";
}

static void add_steps(const pz__class_page *page)
{
    const pz__class_view *view = page->view;
    int any = 0;
    pz__page_section(page, "next", "page.learner.next");
    for (size_t i = 0; i < view->competency_count; i++) {
        const pz__view_cell *cell = pz__view_cell_at(view, 0, i);
        if (!cell->is_next_step) continue;
        if (!any++) pz__buffer_text(page->out, "<dl class=\"pz-next-steps\">\n");
        pz__buffer_text(page->out, "<div><dt>");
        add_skill(page, view->competencies[i]);
        pz__buffer_text(page->out, "</dt>");
        pz__page_element(page, "dd", "why", pz__page_step_code(cell));
        pz__buffer_text(page->out, "</div>\n");
    }
    if (any) pz__buffer_text(page->out, "</dl>\n");
    if (!any) pz__page_element(page, "p", "empty", view->cycle ? "page.learner.no_next" : "page.learner.nothing_closed");
    pz__page_section_end(page);
}

static void add_goals(const pz__class_page *page)
{
    static const char *const heads[] = {"page.goal", "page.state", "page.due"};
    const pz__class_view *view = page->view;
    pz__page_section(page, "goals", "page.learner.goals");
    if (!view->goal_count) {
        pz__page_element(page, "p", "empty", "page.learner.no_goals");
        pz__page_section_end(page);
        return;
    }
    open_table(page, heads, sizeof heads / sizeof *heads);
    for (size_t i = 0; i < view->goal_count; i++) {
        char due[11];
        pz__buffer_text(page->out, "<tr><th scope=\"row\">");
        pz__markup_element(page->out, "bdi", NULL, view->goals[i]->statement);
        pz__buffer_text(page->out, "</th>");
        pz__page_goal_state(page, "td", view->goals[i]->state);
        pz__buffer_format(page->out, "<td>%s</td></tr>\n", pz__date_text(view->goals[i]->due_on, due) ? due : "");
    }
    close_table(page);
    pz__page_section_end(page);
}

static void add_place(const pz__class_page *page, const pz__view_place *place)
{
    pz__message_value number = {"number", NULL, place->group_no, 0};
    pz__buffer_format(page->out, "<article class=\"pz-group\"><h%d>", page->level + 1);
    pz__markup_element(page->out, "bdi", NULL, place->class_title);
    pz__buffer_format(page->out, "</h%d>\n<p>", page->level + 1);
    if (place->recommendation->title && place->recommendation->title[0]) {
        pz__markup_element(page->out, "bdi", NULL, place->recommendation->title);
        pz__buffer_text(page->out, " · ");
    }
    pz__page_message(page, "span", NULL, "page.group_number", &number, 1);
    pz__buffer_text(page->out, "</p>");
    if (place->focus) {
        pz__buffer_text(page->out, "<p class=\"pz-focus\">");
        pz__page_words(page, "page.learner.works_on");
        pz__buffer_text(page->out, ": ");
        add_skill(page, place->focus);
        pz__buffer_text(page->out, "</p>");
    }
    pz__markup_element(page->out, "p", "why", place->rationale);
    pz__buffer_text(page->out, "</article>\n");
}

static void add_places(const pz__class_page *page)
{
    const pz__class_view *view = page->view;
    pz__page_section(page, "groups", "page.learner.groups");
    if (view->place_count) {
        pz__buffer_text(page->out, "<div class=\"pz-group-list\">\n");
        for (size_t i = 0; i < view->place_count; i++) add_place(page, &view->places[i]);
        pz__buffer_text(page->out, "</div>\n");
    } else {
        pz__page_element(page, "p", "empty", "page.learner.no_groups");
    }
    pz__page_section_end(page);
}

/* --------------------------------------------------------------------------------------------------- whole --- */

static void add_title(const pz__class_page *page, const char *name)
{
    const pz__class_view *view = page->view;
    pz__buffer_format(page->out, "<header class=\"pz-header\"><h%d id=\"%stitle\">", page->level - 1, page->prefix);
    pz__markup_element(page->out, "bdi", NULL, name);
    pz__buffer_format(page->out, "</h%d>\n<p>", page->level - 1);
    for (size_t i = 0; i < view->class_count; i++) {
        pz__markup_element(page->out, "bdi", NULL, view->classes[i]->title);
        pz__buffer_text(page->out, " · ");
    }
    pz__page_as_of(page);
    pz__buffer_text(page->out, "</p></header>\n");
}

pz_status pz__learner_html(const pz__class_view *view, const pz_page_options *options, pz__buffer *out)
{
    char prefix[48];
    snprintf(prefix, sizeof prefix, "pz-%s", options->id_prefix ? options->id_prefix : "");
    pz__class_page page = {view, prefix, options->fragment ? 3 : 2, out};
    pz__buffer name = PZ__BUFFER_INIT;
    pz__view_name(view->person, &name);
    pz__page_open(&page, name.data ? name.data : "", options);
    add_title(&page, name.data ? name.data : "");
    add_reading(&page);
    add_skills(&page);
    add_growth(&page);
    add_steps(&page);
    if (!view->goals_hidden) add_goals(&page);
    add_places(&page);
    pz__page_close(&page, options);
    if (name.status != PZ_OK) out->status = name.status;
    pz__buffer_free(&name);
    return out->status;
}
