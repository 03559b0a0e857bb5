/* The page of a class, part by part. */
#include <math.h>
#include <string.h>

#include "chart/markup.h"
#include "report/forms.h"

const char *pz__page_decision_code(const pz__view_cell *cell)
{
    return pz__mastery_looks[pz__mastery_level(cell->decision, cell->evidence_count)].code;
}

void pz__page_mastery(const pz__class_page *page)
{
    const pz__class_view *view = page->view;
    pz__page_section(page, "mastery", "page.mastery");
    if (view->learner_count && view->competency_count) {
        pz__buffer_text(page->out, "<div class=\"pz-figures\">\n");
        pz__page_figure(page, "mastery");
        pz__page_figure(page, "distribution");
        pz__buffer_text(page->out, "</div>\n");
    } else {
        pz__page_element(page, "p", "empty", view->learner_count ? "page.no_evidence" : "page.no_learners");
    }
    pz__page_section_end(page);
}

/* -------------------------------------------------------------------------------------------- who waits, ideas --- */

static const char *const voice_codes[] = {"page.unknown", "voice.kind.need", "voice.kind.preference", "voice.kind.interest", "voice.kind.idea", "voice.kind.question", "voice.kind.feedback", "voice.kind.reflection", "voice.kind.counter"};

static void add_waiting_row(const pz__class_page *page, pz_id learner, const char *code, const char *pattern, pz_id id, const char *words, pz_date due)
{
    int64_t number;
    pz__buffer_text(page->out, "<tr><th scope=\"row\">");
    if (pz__map_get(page->view->learner_index, learner, &number)) {
        pz__page_link(page, page->view->options->learner_link, "learner", learner, learner);
        pz__page_name(page, page->view->learners[number]);
        pz__page_link_end(page, page->view->options->learner_link);
    }
    pz__buffer_text(page->out, "</th>");
    pz__page_element(page, "td", NULL, code);
    pz__buffer_text(page->out, "<td>");
    pz__page_link(page, pattern, "voice", id, learner);
    pz__markup_element(page->out, "bdi", NULL, words ? words : "");
    pz__page_link_end(page, pattern);
    pz__buffer_text(page->out, "</td><td");
    if (due != PZ_DATE_NONE && due < page->view->seen_on) pz__buffer_text(page->out, " class=\"pz-late\"");
    pz__buffer_text(page->out, ">");
    pz__page_day(page, due);
    if (due != PZ_DATE_NONE && due < page->view->seen_on) {
        pz__buffer_text(page->out, " · ");
        pz__page_words(page, "page.overdue");
    }
    pz__buffer_text(page->out, "</td></tr>\n");
}

/* For an answer to the proposal, or to a revision. */
static int waits(const pz_goal *goal)
{
    return goal->state == PZ_GOAL_PROPOSED || goal->state == PZ_GOAL_REVISED;
}

/* What learners of the class said that waits, and goals that somebody is to support. */
void pz__page_waiting(const pz__class_page *page)
{
    static const char *const heads[] = {"page.learner", "page.kind", "page.what", "page.due"};
    const pz__class_view *view = page->view;
    size_t goals = 0;
    for (size_t i = 0; i < view->goal_count; i++) goals += waits(view->goals[i]);
    pz__page_section(page, "waiting", "page.waiting");
    if (view->voice_count + goals == 0) {
        pz__page_element(page, "p", "empty", "page.nobody_waits");
        pz__page_section_end(page);
        return;
    }
    pz__page_table(page, heads, 4);
    for (size_t i = 0; i < view->voice_count; i++) {
        const pz_voice_entry *entry = view->voice[i];
        int is_known = entry->kind > 0 && (size_t)entry->kind < sizeof voice_codes / sizeof *voice_codes;
        add_waiting_row(page, entry->learner, voice_codes[is_known ? entry->kind : 0], view->options->voice_link, entry->id, entry->content, entry->due_on);
    }
    for (size_t i = 0; i < view->goal_count; i++)
        if (waits(view->goals[i]))
            add_waiting_row(page, view->goals[i]->learner, "page.goal", view->options->goal_link, view->goals[i]->id, view->goals[i]->statement, PZ_DATE_NONE);
    pz__page_table_end(page);
    pz__page_section_end(page);
}

void pz__page_beliefs(const pz__class_page *page)
{
    enum { MOST = 6 };
    const pz__class_view *view = page->view;
    size_t shown = 0;
    if (!view->worked_known) return;
    pz__page_section(page, "beliefs", "page.beliefs");
    for (size_t i = 0; i < view->belief_count && i < MOST && view->beliefs[i].learner_count; i++, shown++) {
        const pz__view_belief *belief = &view->beliefs[i];
        if (!shown) {
            pz__page_element(page, "p", "note", "page.beliefs_note");
            pz__buffer_text(page->out, "<dl class=\"pz-next-steps\">\n");
        }
        pz__buffer_text(page->out, "<div><dt>");
        pz__markup_element(page->out, "bdi", NULL, belief->misconception->statement);
        pz__buffer_char(page->out, ' ');
        pz__page_count(page, "span", "count", "page.count.learners", (double)belief->learner_count);
        pz__buffer_text(page->out, "</dt><dd><ul class=\"pz-names\">");
        for (size_t at = 0; at < belief->learner_count; at++) {
            pz__buffer_text(page->out, "<li>");
            pz__page_name(page, view->learners[belief->learners[at]]);
            pz__buffer_text(page->out, "</li>");
        }
        pz__buffer_text(page->out, "</ul></dd></div>\n");
    }
    if (shown) pz__buffer_text(page->out, "</dl>\n");
    if (!shown) pz__page_element(page, "p", "empty", "page.no_beliefs");
    pz__page_section_end(page);
}

/* ------------------------------------------------------------------------------------------ growth and coverage --- */

/* How many of a learner's competencies grew, fell or stayed within the error of measurement. */
static void add_learner(const pz__class_page *page, size_t row)
{
    const pz__class_view *view = page->view;
    int up = 0, down = 0, within = 0;
    for (size_t column = 0; column < view->competency_count; column++) {
        const pz__view_cell *cell = pz__view_cell_at(view, row, column);
        if (isnan(cell->growth) || isnan(cell->growth_standard_error)) continue;
        double error = PZ__REACH * cell->growth_standard_error;
        if (cell->growth > error) {
            up++;
        } else if (cell->growth < -error) {
            down++;
        } else {
            within++;
        }
    }
    pz__buffer_text(page->out, "<tr><th scope=\"row\">");
    pz__page_name(page, view->learners[row]);
    pz__buffer_format(page->out, "</th><td>%d</td><td>%d</td><td>%d</td></tr>\n", up, within, down);
}

static void add_learners(const pz__class_page *page)
{
    static const char *const heads[] = {"page.learner", "page.grew", "page.within_error", "page.fell"};
    pz__buffer_text(page->out, "<details class=\"pz-details\"><summary>");
    pz__page_words(page, "page.growth_by_learner");
    pz__buffer_text(page->out, "</summary>\n");
    pz__page_element(page, "p", "note", "page.growth_by_learner_note");
    pz__page_table(page, heads, 4);
    for (size_t row = 0; row < page->view->learner_count; row++) add_learner(page, row);
    pz__page_table_end(page);
    pz__buffer_text(page->out, "</details>\n");
}

void pz__page_growth(const pz__class_page *page)
{
    const pz__class_view *view = page->view;
    pz__page_section(page, "growth", "page.growth");
    if (pz__figures_find(page->figures, "growth")) {
        pz__buffer_text(page->out, "<p class=\"pz-note\">");
        pz__markup_element(page->out, "b", NULL, view->cycle->title);
        pz__buffer_text(page->out, " · ");
        pz__page_words(page, "page.growth_note");
        pz__buffer_text(page->out, "</p>\n");
        pz__page_figure(page, "growth");
        add_learners(page);
    } else {
        pz__page_element(page, "p", "empty", view->cycle ? "page.no_growth" : "page.no_cycle");
    }
    pz__page_section_end(page);
}

void pz__page_coverage(const pz__class_page *page)
{
    if (!pz__figures_find(page->figures, "coverage")) return;
    pz__page_section(page, "complete", "page.complete");
    pz__buffer_text(page->out, "<p class=\"pz-note\">");
    pz__markup_element(page->out, "b", NULL, page->view->cycle->title);
    pz__buffer_text(page->out, " · ");
    pz__page_words(page, "page.coverage_note");
    pz__buffer_text(page->out, "</p>\n");
    pz__page_figure(page, "coverage");
    pz__page_section_end(page);
}
