/* What the learners of the class have set out to do. */
#include "chart/markup.h"
#include "report/forms.h"

static const char *const state_codes[] = {"page.unknown",         "goal.state.proposed", "goal.state.active",
                                          "goal.state.achieved",  "goal.state.abandoned", "goal.state.draft",
                                          "goal.state.agreed",    "goal.state.paused",   "goal.state.revised"};

void pz__page_goal_state(const pz__class_page *page, const char *element, int32_t state)
{
    pz__page_element(page, element, NULL, state_codes[state > 0 && state <= PZ_GOAL_REVISED ? state : 0]);
}

static void add_goal(const pz__class_page *page, const pz_goal *goal)
{
    int64_t number;
    pz__buffer_text(page->out, "<tr><th scope=\"row\">");
    if (pz__map_get(page->view->learner_index, goal->learner, &number)) pz__page_name(page, page->view->learners[number]);
    pz__buffer_text(page->out, "</th><td>");
    pz__page_link(page, page->view->options->goal_link, "goal", goal->id, goal->learner);
    pz__markup_element(page->out, "bdi", NULL, goal->statement);
    pz__page_link_end(page, page->view->options->goal_link);
    pz__buffer_text(page->out, "</td>");
    pz__page_goal_state(page, "td", goal->state);
    pz__buffer_text(page->out, "<td>");
    pz__page_day(page, goal->due_on);
    pz__buffer_text(page->out, "</td></tr>\n");
}

void pz__page_goals(const pz__class_page *page)
{
    static const char *const heads[] = {"page.learner", "page.goal", "page.state", "page.due"};
    const pz__class_view *view = page->view;
    pz__page_section(page, "goals", "page.goals");
    if (!view->goal_count) {
        pz__page_element(page, "p", "empty", "page.no_goals");
        pz__page_section_end(page);
        return;
    }
    pz__page_table(page, heads, 4);
    for (size_t i = 0; i < view->goal_count; i++) add_goal(page, view->goals[i]);
    pz__page_table_end(page);
    pz__page_section_end(page);
}
