/* Growth since the cycle before: of the class by competency as a picture, of each learner as a table. A gain is never shown without
 * its error. */
#include <math.h>
#include <stdio.h>

#include "base/memory.h"
#include "base/message.h"
#include "chart/dot_plot.h"
#include "chart/markup.h"
#include "report/class_forms.h"

/* The 97.5 % point of the normal distribution: 95 % lie within. */
static const double reach = 1.959964;

static void words_of(const pz__class_page *page, const char *code, const pz__message_value *values, size_t count, char *text, size_t size)
{
    pz__buffer words = PZ__BUFFER_INIT;
    pz__message(&words, page->view->language, code, values, count);
    snprintf(text, size, "%s", words.data ? words.data : "");
    if (words.status != PZ_OK) page->out->status = words.status;
    pz__buffer_free(&words);
}

static void draw_class(const pz__class_page *page)
{
    const pz__class_view *view = page->view;
    pz__dot *dots = pz__alloc_zero(view->competency_count, sizeof *dots);
    char(*titles)[256] = pz__alloc_zero(view->competency_count, sizeof *titles);
    if (dots && titles) {
        char id[64], title[256], description[512], axis[256];
        snprintf(id, sizeof id, "%sgain", page->prefix);
        words_of(page, "page.growth_chart", NULL, 0, title, sizeof title);
        words_of(page, "page.growth_chart_description", NULL, 0, description, sizeof description);
        words_of(page, "page.growth_axis", NULL, 0, axis, sizeof axis);
        for (size_t i = 0; i < view->competency_count; i++) {
            const pz__view_gain *gain = &view->gains[i];
            double error = reach * gain->standard_error;
            pz__message_value values[] = {{"gain", NULL, gain->gain * 100, 0}, {"error", NULL, error * 100, 0}, {"count", NULL, gain->learners, 0}};
            dots[i] = (pz__dot){pz__competency_label(view->competencies[i]), titles[i], gain->gain, gain->gain - error, gain->gain + error};
            words_of(page, gain->learners ? "page.growth_of" : "page.growth_none", values, 3, titles[i], sizeof titles[i]);
        }
        pz__dot_plot plot = {id, title, description, dots, view->competency_count, -1, 1, axis, 1};
        pz__buffer_text(page->out, "<div class=\"pz-scroll\">");
        pz_status status = pz__dot_plot_draw(&plot, page->out);
        if (status != PZ_OK && page->out->status == PZ_OK) page->out->status = status;
        pz__buffer_text(page->out, "</div>\n");
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
