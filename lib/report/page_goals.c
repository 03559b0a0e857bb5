/* What the learners of the class have set out to do. */
#include "base/clock.h"
#include "chart/markup.h"
#include "report/class_forms.h"

static const char *const state_codes[] = {"page.unknown", "goal.state.proposed", "goal.state.active", "goal.state.achieved", "goal.state.dropped"};

void pz__page_goal_state(const pz__class_page *page, const char *element, int32_t state)
{
    pz__page_element(page, element, NULL, state_codes[state > 0 && state <= PZ_GOAL_DROPPED ? state : 0]);
}

static void add_goal(const pz__class_page *page, const pz_goal *goal)
{
    char due[11];
    pz__buffer name = PZ__BUFFER_INIT;
    pz__view_name_of(page->view, goal->learner, &name);
    pz__buffer_text(page->out, "<tr><th scope=\"row\"><bdi>");
    pz__markup_text(page->out, name.data, name.length);
    pz__buffer_text(page->out, "</bdi></th><td><bdi>");
    pz__markup_text(page->out, goal->statement, PZ_NUL_TERMINATED);
    pz__buffer_text(page->out, "</bdi></td>");
    pz__page_goal_state(page, "td", goal->state);
    pz__buffer_format(page->out, "<td>%s</td></tr>\n", pz__date_text(goal->due_on, due) ? due : "");
    if (name.status != PZ_OK) page->out->status = name.status;
    pz__buffer_free(&name);
}

void pz__page_goals(const pz__class_page *page)
{
    const pz__class_view *view = page->view;
    pz__page_section(page, "goals", "page.goals");
    if (!view->goal_count) {
        pz__page_element(page, "p", "empty", "page.no_goals");
        pz__page_section_end(page);
        return;
    }
    pz__buffer_text(page->out, "<div class=\"pz-scroll\" tabindex=\"0\"><table class=\"pz-table\"><thead><tr>");
    pz__page_element(page, "th", NULL, "page.learner");
    pz__page_element(page, "th", NULL, "page.goal");
    pz__page_element(page, "th", NULL, "page.state");
    pz__page_element(page, "th", NULL, "page.due");
    pz__buffer_text(page->out, "</tr></thead>\n<tbody>\n");
    for (size_t i = 0; i < view->goal_count; i++) add_goal(page, view->goals[i]);
    pz__buffer_text(page->out, "</tbody></table></div>\n");
    pz__page_section_end(page);
}
