/* How to read the page of a learner: what it shows, how sure that is, what one can do. For a family also what is new. */
#include <math.h>

#include "chart/markup.h"
#include "report/forms.h"

typedef struct tally {
    int mastered, assessed, open, steps, grew;
} tally;

static tally count(const pz__class_view *view)
{
    tally sum = {0, 0, 0, 0, 0};
    for (size_t i = 0; i < view->competency_count; i++) {
        const pz__view_cell *cell = pz__view_cell_at(view, 0, i);
        sum.assessed += cell->evidence_count > 0;
        sum.mastered += cell->evidence_count && cell->decision == PZ_MASTERY_MASTERED;
        sum.open += cell->evidence_count && cell->decision == PZ_MASTERY_NOT_ENOUGH_EVIDENCE;
        sum.steps += cell->is_next_step != 0;
        sum.grew += cell->growth > PZ__REACH * cell->growth_standard_error;
    }
    return sum;
}

static void open_card(const pz__class_page *page, const char *name, const char *heading)
{
    pz__code code;
    pz__page_section(page, name, pz__learner_code(page, heading, &code));
}

static void add_shows(const pz__class_page *page, const tally *sum)
{
    pz__code code;
    pz__message_value of_all[] = {{"part", NULL, sum->mastered, 0}, {"count", NULL, sum->assessed, 0}};
    open_card(page, "shows", "what_it_shows");
    if (sum->assessed) {
        pz__page_message(page, "p", "lead", pz__learner_code(page, "shows_count", &code), of_all, 2);
        pz__page_element(page, "p", NULL, pz__learner_code(page, "shows", &code));
    } else {
        pz__page_element(page, "p", "empty", pz__learner_code(page, "no_skills", &code));
    }
    pz__page_section_end(page);
}

static void add_sure(const pz__class_page *page, const tally *sum)
{
    pz__code code;
    if (!sum->assessed) return;
    open_card(page, "sure", "how_sure");
    pz__page_element(page, "p", NULL, pz__learner_code(page, "sure", &code));
    if (sum->open) pz__page_count(page, "p", NULL, pz__learner_code(page, "open_count", &code), sum->open);
    pz__page_section_end(page);
}

/* What is new since the cycle before, in a few lines. */
static void add_new(const pz__class_page *page, const tally *sum)
{
    const pz__class_view *view = page->view;
    int achieved = 0, answered = 0;
    for (size_t i = 0; i < view->goal_count; i++) achieved += view->goals[i]->state == PZ_GOAL_ACHIEVED;
    for (size_t i = 0; i < view->voice_count; i++) answered += view->voice[i]->state >= PZ_VOICE_ANSWERED && view->voice[i]->state <= PZ_VOICE_DECLINED;
    open_card(page, "new", "new");
    if (sum->grew + achieved + answered == 0) {
        pz__page_element(page, "p", "empty", "page.guardian.nothing_new");
    } else {
        pz__buffer_text(page->out, "<ul>");
        if (sum->grew) pz__page_count(page, "li", NULL, "page.guardian.new_grew", sum->grew);
        if (achieved) pz__page_count(page, "li", NULL, "page.guardian.new_goals", achieved);
        if (answered) pz__page_count(page, "li", NULL, "page.guardian.new_answers", answered);
        pz__buffer_text(page->out, "</ul>\n");
    }
    pz__page_section_end(page);
}

static void add_can_do(const pz__class_page *page, const tally *sum)
{
    const pz__class_view *view = page->view;
    pz__code code;
    open_card(page, "can-do", "can_do");
    pz__buffer_text(page->out, "<ul>");
    pz__page_element(page, "li", NULL, pz__learner_code(page, sum->steps ? "do_step" : "do_ask", &code));
    if (!view->goals_hidden) pz__page_element(page, "li", NULL, pz__learner_code(page, view->goal_count ? "do_goal" : "do_set_goal", &code));
    pz__page_element(page, "li", NULL, pz__learner_code(page, "do_family", &code));
    pz__page_element(page, "li", NULL, pz__learner_code(page, "do_wrong", &code));
    pz__buffer_text(page->out, "</ul>\n");
    pz__page_challenge(page, "p", "learner", view->person->id, view->person->id);
    pz__page_section_end(page);
}

void pz__learner_reading(const pz__class_page *page)
{
    tally sum = count(page->view);
    pz__buffer_text(page->out, "<div class=\"pz-reading\">\n");
    add_shows(page, &sum);
    add_sure(page, &sum);
    if (page->audience == PZ_PAGE_GUARDIAN) add_new(page, &sum);
    add_can_do(page, &sum);
    pz__buffer_text(page->out, "</div>\n");
}
