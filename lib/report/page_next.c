/* Who needs what next: the next steps of the closed cycle, by competency. */
#include "chart/markup.h"
#include "report/forms.h"

static size_t learners_of(const pz__class_view *view, size_t column)
{
    size_t count = 0;
    for (size_t row = 0; row < view->learner_count; row++) count += pz__view_cell_at(view, row, column)->is_next_step != 0;
    return count;
}

static void add_names(const pz__class_page *page, size_t column)
{
    const pz__class_view *view = page->view;
    pz__buffer_text(page->out, "<ul class=\"pz-names\">");
    for (size_t row = 0; row < view->learner_count; row++) {
        if (!pz__view_cell_at(view, row, column)->is_next_step) continue;
        pz__buffer name = PZ__BUFFER_INIT;
        pz__view_name(view->learners[row], &name);
        pz__buffer_text(page->out, "<li>");
        pz__markup_element(page->out, "bdi", NULL, name.data);
        pz__buffer_text(page->out, "</li>");
        if (name.status != PZ_OK) page->out->status = name.status;
        pz__buffer_free(&name);
    }
    pz__buffer_text(page->out, "</ul>");
}

void pz__page_next(const pz__class_page *page)
{
    const pz__class_view *view = page->view;
    int any = 0;
    pz__page_section(page, "next", "page.who_needs_what");
    for (size_t column = 0; column < view->competency_count; column++) {
        size_t learners = learners_of(view, column);
        if (!learners) continue;
        if (!any) {
            pz__page_element(page, "p", "note", "page.next_step_note");
            pz__buffer_text(page->out, "<dl class=\"pz-next-steps\">\n");
        }
        any = 1;
        pz__buffer_text(page->out, "<div><dt>");
        pz__markup_element(page->out, "b", NULL, pz__competency_label(view->competencies[column]));
        pz__buffer_char(page->out, ' ');
        pz__markup_text(page->out, view->competencies[column]->statement, PZ_NUL_TERMINATED);
        pz__buffer_char(page->out, ' ');
        pz__page_count(page, "span", "count", "page.count.learners", (double)learners);
        pz__buffer_text(page->out, "</dt><dd>");
        add_names(page, column);
        pz__buffer_text(page->out, "</dd></div>\n");
    }
    if (any) pz__buffer_text(page->out, "</dl>\n");
    if (!any) pz__page_element(page, "p", "empty", view->cycle ? "page.no_next_steps" : "page.no_cycle");
    pz__page_section_end(page);
}
