/* Skills, growth and next steps of one learner. */
#include <math.h>

#include "chart/markup.h"
#include "report/forms.h"

void pz__learner_skills(const pz__class_page *page)
{
    pz__code code;
    pz__page_section(page, "skills", pz__learner_code(page, "skills", &code));
    if (!pz__page_figure(page, "skills")) pz__page_element(page, "p", "empty", pz__learner_code(page, "no_skills", &code));
    pz__page_section_end(page);
}

/* -------------------------------------------------------------------------------------------------- growth --- */

typedef struct skill_change {
    double value, error;
} skill_change;

static skill_change change_of(const pz__view_cell *cell)
{
    int is_known = !isnan(cell->growth) && !isnan(cell->growth_standard_error);
    return (skill_change){is_known ? cell->growth : PZ_REAL_NONE, PZ__REACH * cell->growth_standard_error};
}

static const char *change_code(skill_change change)
{
    if (change.value > change.error) return "page.learner.grew";
    return change.value < -change.error ? "page.learner.fell" : "page.learner.same";
}

/* <td> with a share as points of a hundred. */
static void add_points(const pz__class_page *page, const char *before, double share)
{
    double points = floor(fabs(share) * 100 + 0.5);
    pz__buffer_text(page->out, "<td class=\"pz-number\">");
    pz__buffer_text(page->out, before);
    if (!*before && points > 0) pz__buffer_text(page->out, share < 0 ? "−" : "+");
    pz__buffer_fixed(page->out, points, 0);
    pz__buffer_text(page->out, "</td>");
}

static void add_changes(const pz__class_page *page)
{
    static const char *const heads[] = {"page.learner.skill", "page.change", "page.learner.error", "page.learner.meaning"};
    const pz__class_view *view = page->view;
    pz__page_table(page, heads, 4);
    for (size_t i = 0; i < view->competency_count; i++) {
        skill_change change = change_of(pz__view_cell_at(view, 0, i));
        if (isnan(change.value)) continue;
        pz__buffer_text(page->out, "<tr><th scope=\"row\">");
        pz__page_skill(page, view->competencies[i]);
        pz__buffer_text(page->out, "</th>");
        add_points(page, "", change.value);
        add_points(page, "± ", change.error);
        pz__page_element(page, "td", NULL, change_code(change));
        pz__buffer_text(page->out, "</tr>\n");
    }
    pz__page_table_end(page);
}

void pz__learner_growth(const pz__class_page *page)
{
    const pz__class_view *view = page->view;
    pz__code code;
    int any = 0;
    for (size_t i = 0; i < view->competency_count; i++) any |= !isnan(change_of(pz__view_cell_at(view, 0, i)).value);
    pz__page_section(page, "growth", pz__learner_code(page, "growth", &code));
    if (any) {
        pz__buffer_text(page->out, "<p class=\"pz-note\">");
        pz__markup_element(page->out, "b", NULL, view->cycle->title);
        pz__buffer_text(page->out, " · ");
        pz__page_words(page, pz__learner_code(page, "growth_note", &code));
        pz__buffer_text(page->out, "</p>\n<div class=\"pz-figures\">\n");
        pz__page_figure(page, "growth");
        add_changes(page);
        pz__buffer_text(page->out, "</div>\n");
    } else {
        pz__page_element(page, "p", "empty", view->cycle ? pz__learner_code(page, "no_growth", &code) : pz__learner_code(page, "nothing_closed", &code));
    }
    pz__page_section_end(page);
}

/* -------------------------------------------------------------------------------------------------- next steps --- */

const char *pz__page_step_code(const pz__view_cell *cell)
{
    if (!cell->cycle_decision) return "page.learner.step_new";
    return cell->cycle_decision == PZ_MASTERY_NOT_YET ? "page.learner.step_not_yet" : "page.learner.step_unsure";
}

/* What the closed cycle found, where nothing else is known. */
static int add_cycle_steps(const pz__class_page *page)
{
    const pz__class_view *view = page->view;
    int any = 0;
    for (size_t i = 0; i < view->competency_count; i++) {
        const pz__view_cell *cell = pz__view_cell_at(view, 0, i);
        if (!cell->is_next_step) continue;
        if (!any++) pz__buffer_text(page->out, "<dl class=\"pz-next-steps\">\n");
        pz__buffer_text(page->out, "<div><dt>");
        pz__page_skill(page, view->competencies[i]);
        pz__buffer_text(page->out, "</dt><dd class=\"pz-why\">");
        pz__page_words(page, pz__page_step_code(cell));
        pz__buffer_char(page->out, ' ');
        pz__page_challenge(page, "span", "competency", view->competencies[i]->id, view->person->id);
        pz__buffer_text(page->out, "</dd></div>\n");
    }
    if (any) pz__buffer_text(page->out, "</dl>\n");
    return any;
}

static void add_next(const pz__class_page *page)
{
    const pz__class_view *view = page->view;
    pz__buffer_text(page->out, "<dl class=\"pz-next-steps\">\n");
    for (size_t i = 0; i < view->next_count; i++) {
        const pz_next_step *step = view->next[i];
        const char *pattern = step->kind == PZ_NEXT_GOAL ? view->options->goal_link : view->options->competency_link;
        pz__buffer_text(page->out, "<div><dt>");
        pz__page_link(page, pattern, "next", step->kind == PZ_NEXT_GOAL ? step->record : step->competency, view->person->id);
        pz__markup_element(page->out, "bdi", NULL, step->title);
        pz__page_link_end(page, pattern);
        pz__buffer_text(page->out, "</dt><dd class=\"pz-why\">");
        pz__markup_element(page->out, "bdi", NULL, step->reason);
        pz__buffer_char(page->out, ' ');
        if (step->competency) pz__page_challenge(page, "span", "competency", step->competency, view->person->id);
        pz__buffer_text(page->out, "</dd></div>\n");
    }
    pz__buffer_text(page->out, "</dl>\n");
}

void pz__learner_steps(const pz__class_page *page)
{
    const pz__class_view *view = page->view;
    pz__code code;
    int any = view->next_count > 0;
    pz__page_section(page, "next", pz__learner_code(page, "next", &code));
    if (any) {
        pz__page_element(page, "p", "note", pz__learner_code(page, "next_note", &code));
        add_next(page);
    } else {
        any = add_cycle_steps(page);
    }
    if (!any) pz__page_element(page, "p", "empty", pz__learner_code(page, view->cycle ? "no_next" : "nothing_closed", &code));
    pz__page_section_end(page);
}

/* --------------------------------------------------------------------------------------------------- work --- */

static void add_choices(const pz__class_page *page, const pz__view_work *work)
{
    pz__message_value count = {"count", NULL, work->activity->choose ? work->activity->choose : (double)work->choice_count, 0};
    pz__page_message(page, "p", "why", "page.learner.choose", &count, 1);
    pz__buffer_text(page->out, "<ul class=\"pz-names\">");
    for (size_t i = 0; i < work->choice_count; i++) pz__markup_element(page->out, "li", NULL, work->choices[i]->title);
    pz__buffer_text(page->out, "</ul>");
}

void pz__learner_work(const pz__class_page *page)
{
    const pz__class_view *view = page->view;
    pz__code code;
    if (!view->assignment_count) return;
    pz__page_section(page, "work", pz__learner_code(page, "work", &code));
    pz__buffer_text(page->out, "<dl class=\"pz-next-steps\">\n");
    for (size_t i = 0; i < view->assignment_count; i++) {
        const pz__view_work *work = &view->work[i];
        int64_t column = work->assignment->competency ? pz__view_column(view, work->assignment->competency) : -1;
        pz__buffer_text(page->out, "<div><dt>");
        if (work->activity) {
            pz__markup_element(page->out, "bdi", NULL, work->activity->title);
        } else if (column >= 0) {
            pz__page_skill(page, view->competencies[column]);
        } else {
            pz__page_words(page, "page.learner.own_choice");
        }
        pz__buffer_text(page->out, "</dt><dd class=\"pz-why\">");
        if (work->assignment->due_on != PZ_DATE_NONE) {
            pz__page_words(page, "page.due");
            pz__buffer_text(page->out, ": ");
            pz__page_day(page, work->assignment->due_on);
        }
        if (work->choice_count) add_choices(page, work);
        pz__buffer_text(page->out, "</dd></div>\n");
    }
    pz__buffer_text(page->out, "</dl>\n");
    pz__page_section_end(page);
}
