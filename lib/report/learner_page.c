/* The page of one learner, for the learner or for its family: how to read it, skills, growth, next steps, goals, what was said, the own place in
 * groups, what happened, and who has looked. */
#include <stdio.h>

#include "chart/markup.h"
#include "report/forms.h"

const char *pz__learner_code(const pz__class_page *page, const char *name, pz__code *room)
{
    if (page->audience == PZ_PAGE_GUARDIAN) {
        snprintf(room->text, sizeof room->text, "page.guardian.%s", name);
        if (pz__message_pattern(page->view->language, room->text)) return room->text;
    }
    snprintf(room->text, sizeof room->text, "page.learner.%s", name);
    return room->text;
}

void pz__page_skill(const pz__class_page *page, const pz_competency *competency)
{
    const char *label = pz__competency_label(competency), *pattern = page->view->options->competency_link;
    pz__page_link(page, pattern, "competency", competency->id, page->view->person ? page->view->person->id : 0);
    pz__markup_element(page->out, "b", NULL, label);
    if (label != competency->statement) {
        pz__buffer_char(page->out, ' ');
        pz__markup_element(page->out, "bdi", NULL, competency->statement);
    }
    pz__page_link_end(page, pattern);
}

static void add_title(const pz__class_page *page, const char *name)
{
    const pz__class_view *view = page->view;
    pz__buffer_format(page->out, "<header class=\"pz-header\"><h%d id=\"%stitle\">", page->level - 1, page->prefix);
    pz__markup_element(page->out, "bdi", NULL, name);
    pz__buffer_format(page->out, "</h%d>\n<p>", page->level - 1);
    for (size_t i = 0; i < view->class_count; i++) {
        pz__page_link(page, view->options->class_link, "class", view->classes[i]->id, view->person->id);
        pz__markup_element(page->out, "bdi", NULL, view->classes[i]->title);
        pz__page_link_end(page, view->options->class_link);
        pz__buffer_text(page->out, " · ");
    }
    pz__page_as_of(page);
    pz__buffer_text(page->out, "</p></header>\n");
}

void pz__learner_html(const pz__class_page *page)
{
    pz__buffer name = PZ__BUFFER_INIT;
    pz__view_name(page->view->person, &name);
    pz__page_open(page, name.data ? name.data : "");
    add_title(page, name.data ? name.data : "");
    pz__learner_reading(page);
    pz__buffer_text(page->out, "<div class=\"pz-board\">\n");
    pz__learner_skills(page);
    pz__learner_steps(page);
    pz__buffer_text(page->out, "</div>\n");
    pz__learner_growth(page);
    pz__buffer_text(page->out, "<div class=\"pz-board\">\n");
    pz__learner_work(page);
    if (!page->view->goals_hidden) pz__learner_goals(page);
    if (!page->view->voice_hidden) pz__learner_voice(page);
    pz__learner_places(page);
    pz__learner_timeline(page);
    if (!page->view->reads_hidden) pz__learner_reads(page);
    pz__buffer_text(page->out, "</div>\n");
    pz__page_close(page);
    if (name.status != PZ_OK) page->out->status = name.status;
    pz__buffer_free(&name);
}
