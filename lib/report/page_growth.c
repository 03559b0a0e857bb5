/* Growth since the cycle before: of the class by competency as a picture, of each learner as a table. A gain is never shown without
 * its error. */
#include <math.h>

#include "base/memory.h"
#include "chart/markup.h"
#include "report/class_forms.h"

/* The 97.5 % point of the normal distribution: 95 % lie within. */
static const double reach = 1.959964;

static void draw_class(const pz__class_page *page)
{
    const pz__class_view *view = page->view;
    pz__dot *dots = pz__alloc_zero(view->competency_count, sizeof *dots);
    char(*titles)[256] = pz__alloc_zero(view->competency_count, sizeof *titles);
    if (dots && titles) {
        for (size_t i = 0; i < view->competency_count; i++) {
            const pz__view_gain *gain = &view->gains[i];
            double error = reach * gain->standard_error;
            pz__message_value values[] = {{"gain", NULL, gain->gain * 100, 0}, {"error", NULL, error * 100, 0}, {"count", NULL, gain->learners, 0}};
            dots[i] = (pz__dot){pz__competency_label(view->competencies[i]), titles[i], gain->gain, gain->gain - error, gain->gain + error};
            pz__page_text(page, gain->learners ? "page.growth_of" : "page.growth_none", values, 3, titles[i], sizeof titles[i]);
        }
        pz__dot_plot plot = {.dots = dots, .dot_count = view->competency_count, .least = -1, .most = 1, .percent = 1};
        pz__page_dots(page, "gain", "page.growth_chart", "page.growth_axis", plot);
    } else if (page->out->status == PZ_OK) {
        page->out->status = PZ_E_NOMEM;
    }
    pz__release(dots);
    pz__release(titles);
}

/* How many of a learner's competencies grew, fell or stayed within the error of measurement. */
static void add_learner(const pz__class_page *page, size_t row)
{
    const pz__class_view *view = page->view;
    int up = 0, down = 0, within = 0;
    for (size_t column = 0; column < view->competency_count; column++) {
        const pz__view_cell *cell = pz__view_cell_at(view, row, column);
        if (isnan(cell->growth) || isnan(cell->growth_standard_error)) continue;
        double error = reach * cell->growth_standard_error;
        if (cell->growth > error) {
            up++;
        } else if (cell->growth < -error) {
            down++;
        } else {
            within++;
        }
    }
    pz__buffer name = PZ__BUFFER_INIT;
    pz__view_name(view->learners[row], &name);
    pz__buffer_text(page->out, "<tr><th scope=\"row\"><bdi>");
    pz__markup_text(page->out, name.data, name.length);
    pz__buffer_format(page->out, "</bdi></th><td>%d</td><td>%d</td><td>%d</td></tr>\n", up, within, down);
    if (name.status != PZ_OK) page->out->status = name.status;
    pz__buffer_free(&name);
}

static void add_learners(const pz__class_page *page)
{
    pz__buffer_text(page->out, "<details class=\"pz-details\"><summary>");
    pz__page_words(page, "page.growth_by_learner");
    pz__buffer_text(page->out, "</summary>\n");
    pz__page_element(page, "p", "note", "page.growth_by_learner_note");
    pz__buffer_text(page->out, "<div class=\"pz-scroll\" tabindex=\"0\"><table class=\"pz-table\"><thead><tr>");
    pz__page_element(page, "th", NULL, "page.learner");
    pz__page_element(page, "th", NULL, "page.grew");
    pz__page_element(page, "th", NULL, "page.within_error");
    pz__page_element(page, "th", NULL, "page.fell");
    pz__buffer_text(page->out, "</tr></thead>\n<tbody>\n");
    for (size_t row = 0; row < page->view->learner_count; row++) add_learner(page, row);
    pz__buffer_text(page->out, "</tbody></table></div></details>\n");
}

void pz__page_growth(const pz__class_page *page)
{
    const pz__class_view *view = page->view;
    int any = 0;
    for (size_t i = 0; view->gains && i < view->competency_count; i++) any |= view->gains[i].learners > 0;
    pz__page_section(page, "growth", "page.growth");
    if (any) {
        pz__buffer_text(page->out, "<p class=\"pz-note\">");
        pz__markup_element(page->out, "b", NULL, view->cycle->title);
        pz__buffer_text(page->out, " · ");
        pz__page_words(page, "page.growth_note");
        pz__buffer_text(page->out, "</p>\n");
        draw_class(page);
        add_learners(page);
    } else {
        pz__page_element(page, "p", "empty", view->cycle ? "page.no_growth" : "page.no_cycle");
    }
    pz__page_section_end(page);
}
