/* Goals, what was said, groups, what happened and who has looked, on the page of one learner. */
#include "base/text.h"
#include "chart/markup.h"
#include "report/forms.h"

void pz__learner_goals(const pz__class_page *page)
{
    static const char *const heads[] = {"page.goal", "page.state", "page.due"};
    const pz__class_view *view = page->view;
    pz__code code;
    pz__page_section(page, "goals", pz__learner_code(page, "goals", &code));
    if (!view->goal_count) {
        pz__page_element(page, "p", "empty", "page.learner.no_goals");
        pz__page_section_end(page);
        return;
    }
    pz__page_figure(page, "goals");
    pz__page_table(page, heads, 3);
    for (size_t i = 0; i < view->goal_count; i++) {
        const pz_goal *goal = view->goals[i];
        pz__buffer_text(page->out, "<tr><th scope=\"row\">");
        pz__page_link(page, view->options->goal_link, "goal", goal->id, goal->learner);
        pz__markup_element(page->out, "bdi", NULL, goal->statement);
        pz__page_link_end(page, view->options->goal_link);
        pz__buffer_text(page->out, "</th>");
        pz__page_goal_state(page, "td", goal->state);
        pz__buffer_text(page->out, "<td>");
        pz__page_day(page, goal->due_on);
        pz__buffer_text(page->out, "</td></tr>\n");
    }
    pz__page_table_end(page);
    pz__page_section_end(page);
}

/* --------------------------------------------------------------------------------------------------- voice --- */

static const char *const said_codes[] = {"page.unknown",        "voice.state.open",     "voice.state.seen",     "voice.state.answered",
                                         "voice.state.acted_on", "voice.state.declined", "voice.state.withdrawn"};

static void add_said(const pz__class_page *page, size_t number)
{
    const pz__class_view *view = page->view;
    const pz_voice_entry *entry = view->voice[number];
    int is_known = entry->state > 0 && (size_t)entry->state < sizeof said_codes / sizeof *said_codes;
    pz__buffer_text(page->out, "<li><p class=\"pz-said\">");
    pz__page_link(page, view->options->voice_link, "voice", entry->id, entry->learner);
    pz__markup_element(page->out, "bdi", NULL, entry->content ? entry->content : entry->topic ? entry->topic : "–");
    pz__page_link_end(page, view->options->voice_link);
    pz__buffer_text(page->out, "</p><p class=\"pz-why\">");
    pz__page_day(page, view->said_on[number]);
    pz__buffer_text(page->out, " · ");
    pz__page_words(page, said_codes[is_known ? entry->state : 0]);
    pz__buffer_text(page->out, "</p>");
    for (size_t i = 0; i < view->answer_counts[number]; i++) {
        const pz_voice_answer *answer = view->answers[number][i];
        if (!answer->content) continue;
        pz__buffer_text(page->out, "<p class=\"pz-answer\">");
        pz__page_words(page, pz__page_role_code(answer->role));
        pz__buffer_text(page->out, ": ");
        pz__markup_element(page->out, "bdi", NULL, answer->content);
        pz__buffer_text(page->out, "</p>");
    }
    pz__buffer_text(page->out, "</li>\n");
}

const char *pz__page_role_code(int32_t role)
{
    switch (role) {
    case PZ_ROLE_LEARNER: return "role.learner";
    case PZ_ROLE_GUARDIAN: return "role.guardian";
    case PZ_ROLE_TEACHER: return "role.teacher";
    case PZ_ROLE_COUNSELOR: return "role.counselor";
    case PZ_ROLE_LEADER: return "role.leader";
    case PZ_ROLE_SERVICE: return "role.service";
    default: return "page.unknown";
    }
}

void pz__learner_voice(const pz__class_page *page)
{
    const pz__class_view *view = page->view;
    pz__code code;
    int any = 0;
    pz__page_section(page, "voice", pz__learner_code(page, "voice", &code));
    for (size_t i = view->voice_count; i-- > 0;) { /* newest first */
        if (view->voice[i]->state == PZ_VOICE_WITHDRAWN) continue;
        if (!any++) pz__buffer_text(page->out, "<ul class=\"pz-voice-list\">\n");
        add_said(page, i);
    }
    if (any) pz__buffer_text(page->out, "</ul>\n");
    if (!any) pz__page_element(page, "p", "empty", pz__learner_code(page, "no_voice", &code));
    pz__page_section_end(page);
}

/* -------------------------------------------------------------------------------------------------- groups --- */

static void add_place(const pz__class_page *page, const pz__view_place *place)
{
    pz__message_value number = {"number", NULL, place->group_no, 0};
    pz__buffer_format(page->out, "<article class=\"pz-group\"><h%d>", page->level + 1);
    pz__markup_element(page->out, "bdi", NULL, place->class_title);
    pz__buffer_format(page->out, "</h%d>\n<p>", page->level + 1);
    if (place->recommendation->title && place->recommendation->title[0]) {
        pz__markup_element(page->out, "bdi", NULL, place->recommendation->title);
        pz__buffer_text(page->out, " · ");
    }
    pz__page_message(page, "span", NULL, "page.group_number", &number, 1);
    pz__buffer_text(page->out, "</p>");
    if (place->focus) {
        pz__code code;
        pz__buffer_text(page->out, "<p class=\"pz-focus\">");
        pz__page_words(page, pz__learner_code(page, "works_on", &code));
        pz__buffer_text(page->out, ": ");
        pz__page_skill(page, place->focus);
        pz__buffer_text(page->out, "</p>");
    }
    pz__markup_element(page->out, "p", "why", place->rationale);
    pz__page_challenge(page, "p", "group", place->recommendation->id, page->view->person->id);
    pz__buffer_text(page->out, "</article>\n");
}

void pz__learner_places(const pz__class_page *page)
{
    const pz__class_view *view = page->view;
    pz__code code;
    pz__page_section(page, "groups", pz__learner_code(page, "groups", &code));
    if (view->place_count) {
        pz__buffer_text(page->out, "<div class=\"pz-group-list\">\n");
        for (size_t i = 0; i < view->place_count; i++) add_place(page, &view->places[i]);
        pz__buffer_text(page->out, "</div>\n");
    } else {
        pz__page_element(page, "p", "empty", "page.learner.no_groups");
    }
    pz__page_section_end(page);
}

/* -------------------------------------------------------------------------------- what happened, who looked --- */

void pz__learner_timeline(const pz__class_page *page)
{
    pz__code code;
    if (!pz__figures_find(page->figures, "timeline")) return;
    pz__page_section(page, "happened", pz__learner_code(page, "happened", &code));
    pz__page_figure(page, "timeline");
    pz__page_section_end(page);
}

/* Readers are named by their role: who exactly it was stands in the host's record of reads. */
void pz__learner_reads(const pz__class_page *page)
{
    static const char *const heads[] = {"page.date", "page.learner.reader", "page.learner.why_read"};
    enum { MOST = 20 };
    const pz__class_view *view = page->view;
    pz__code code;
    pz__message_value days = {"count", NULL, PZ__READ_DAYS, 0};
    pz__page_section(page, "reads", pz__learner_code(page, "reads", &code));
    if (!view->read_count) {
        pz__page_message(page, "p", "empty", "page.learner.no_reads", &days, 1);
        pz__page_section_end(page);
        return;
    }
    pz__page_message(page, "p", "note", pz__learner_code(page, "reads_note", &code), &days, 1);
    pz__page_table(page, heads, 3);
    for (size_t i = 0, shown = 0; i < view->read_count && shown < MOST; i++) {
        const pz_read *read = view->reads[i], *before = i ? view->reads[i - 1] : NULL;
        /* One reader with one purpose on one day is one line, whatever was read. */
        if (before && before->day == read->day && before->person == read->person && before->role == read->role && before->purpose && read->purpose &&
            pz__text_equal(before->purpose, read->purpose))
            continue;
        shown++;
        pz__buffer_text(page->out, "<tr><td>");
        pz__page_day(page, read->day);
        pz__buffer_text(page->out, "</td><td>");
        if (read->service) {
            pz__markup_element(page->out, "bdi", NULL, read->service);
        } else {
            pz__page_words(page, pz__page_role_code(read->role));
        }
        pz__buffer_text(page->out, "</td><td>");
        pz__markup_element(page->out, "bdi", NULL, read->purpose);
        pz__buffer_text(page->out, "</td></tr>\n");
    }
    pz__page_table_end(page);
    pz__page_section_end(page);
}
