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

void pz__learner_steps(const pz__class_page *page)
{
    const pz__class_view *view = page->view;
    pz__code code;
    int any = 0;
    pz__page_section(page, "next", pz__learner_code(page, "next", &code));
    for (size_t i = 0; i < view->competency_count; i++) {
        const pz__view_cell *cell = pz__view_cell_at(view, 0, i);
        if (!cell->is_next_step) continue;
        if (!any++) {
            pz__page_element(page, "p", "note", pz__learner_code(page, "next_note", &code));
            pz__buffer_text(page->out, "<dl class=\"pz-next-steps\">\n");
        }
        pz__buffer_text(page->out, "<div><dt>");
        pz__page_skill(page, view->competencies[i]);
        pz__buffer_text(page->out, "</dt><dd class=\"pz-why\">");
        pz__page_words(page, pz__page_step_code(cell));
        pz__buffer_char(page->out, ' ');
        pz__page_challenge(page, "span", "competency", view->competencies[i]->id, view->person->id);
        pz__buffer_text(page->out, "</dd></div>\n");
    }
    if (any) pz__buffer_text(page->out, "</dl>\n");
    if (!any) pz__page_element(page, "p", "empty", pz__learner_code(page, view->cycle ? "no_next" : "nothing_closed", &code));
    pz__page_section_end(page);
}
