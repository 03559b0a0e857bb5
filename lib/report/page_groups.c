/* The groups, each with its reason, and each learner's place with its own. */
#include "base/message.h"
#include "chart/markup.h"
#include "report/forms.h"

static const char *const state_codes[] = {NULL, "recommendation.state.proposed", "recommendation.state.changed", "recommendation.state.accepted",
                                          "recommendation.state.rejected"};
static const char *const strategy_codes[] = {NULL, "strategy.need", "strategy.readiness", "strategy.mixed", "strategy.random"};

static const char *code_at(const char *const *codes, size_t count, int32_t number)
{
    return number > 0 && (size_t)number < count ? codes[number] : "page.unknown";
}

static void add_focus(const pz__class_page *page, const pz_group *group)
{
    int64_t column = group->competency ? pz__view_column(page->view, group->competency) : -1;
    if (column < 0) return;
    const pz_competency *competency = page->view->competencies[column];
    pz__buffer_text(page->out, "<p class=\"pz-focus\">");
    pz__markup_element(page->out, "b", NULL, pz__competency_label(competency));
    pz__buffer_char(page->out, ' ');
    pz__markup_text(page->out, competency->statement, PZ_NUL_TERMINATED);
    pz__buffer_text(page->out, "</p>");
}

static void add_member(const pz__class_page *page, const pz_group_member *member)
{
    pz__buffer name = PZ__BUFFER_INIT;
    pz__view_name_of(page->view, member->learner, &name);
    pz__buffer_text(page->out, "<li><bdi class=\"pz-name\">");
    pz__markup_text(page->out, name.data, name.length);
    pz__buffer_text(page->out, "</bdi>");
    if (member->by_hand) pz__page_element(page, "span", "mark", "page.placed_by_hand");
    if (member->is_locked) pz__page_element(page, "span", "mark", "page.locked");
    pz__markup_element(page->out, "span", "why", member->rationale);
    pz__buffer_text(page->out, "</li>");
    if (name.status != PZ_OK) page->out->status = name.status;
    pz__buffer_free(&name);
}

static void add_group(const pz__class_page *page, const pz_group *group)
{
    const pz__class_view *view = page->view;
    pz__message_value number = {"number", NULL, group->group_no, 0};
    pz__buffer words = PZ__BUFFER_INIT;
    pz__message(&words, view->language, "page.group_number", &number, 1);
    pz__buffer_format(page->out, "<article class=\"pz-group\"><h%d>", page->level + 1);
    pz__markup_text(page->out, words.data, words.length);
    pz__buffer_format(page->out, "</h%d>", page->level + 1);
    add_focus(page, group);
    pz__markup_element(page->out, "p", "why", group->rationale);
    pz__buffer_text(page->out, "<ul class=\"pz-members\">\n");
    for (size_t i = 0; i < view->member_count; i++)
        if (view->members[i]->group_no == group->group_no) add_member(page, view->members[i]);
    pz__buffer_text(page->out, "</ul></article>\n");
    if (words.status != PZ_OK) page->out->status = words.status;
    pz__buffer_free(&words);
}

void pz__page_groups(const pz__class_page *page)
{
    const pz__class_view *view = page->view;
    pz__page_section(page, "groups", "page.groups");
    if (!view->recommendation) {
        pz__page_element(page, "p", "empty", "page.no_groups");
        pz__page_section_end(page);
        return;
    }
    const pz_recommendation *recommendation = view->recommendation;
    pz__buffer_text(page->out, "<p class=\"pz-note\">");
    if (recommendation->title && recommendation->title[0]) {
        pz__markup_element(page->out, "b", NULL, recommendation->title);
        pz__buffer_text(page->out, " · ");
    }
    pz__page_words(page, code_at(strategy_codes, sizeof strategy_codes / sizeof *strategy_codes, recommendation->strategy));
    pz__buffer_text(page->out, " · ");
    pz__page_words(page, code_at(state_codes, sizeof state_codes / sizeof *state_codes, recommendation->state));
    pz__buffer_text(page->out, "</p>\n");
    if (!recommendation->is_replayable) pz__page_element(page, "p", "note", "page.group_member_erased");
    pz__page_figure(page, "groups");
    pz__buffer_text(page->out, "<div class=\"pz-group-list\">\n");
    for (size_t i = 0; i < view->group_count; i++) add_group(page, view->groups[i]);
    pz__buffer_text(page->out, "</div>\n");
    pz__page_section_end(page);
}
