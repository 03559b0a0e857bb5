/* The digest as HTML and as data. */
#include <math.h>
#include <stdio.h>

#include "chart/markup.h"
#include "report/digest.h"
#include "report/options.h"

static const char *const news_names[] = {NULL, "mastered", "grew", "goal_reached", "goal_started", "answered", "work"};

/* "digest.learner.mastered", or for those at home "digest.guardian.mastered" where the words differ. */
static const char *code_of(const pz__class_view *view, const char *name, pz__code *room)
{
    if (view->digest->audience == PZ_PAGE_GUARDIAN) {
        snprintf(room->text, sizeof room->text, "digest.guardian.%s", name);
        if (pz__message_pattern(view->language, room->text)) return room->text;
    }
    snprintf(room->text, sizeof room->text, "digest.learner.%s", name);
    return room->text;
}

static void write_news(const pz__class_view *view, const pz__news *news, const char *before, pz__buffer *out)
{
    pz__code code;
    char name[40];
    pz__message_value values[] = {{"what", news->words ? news->words : "", 0, 0}, {"count", NULL, news->count, 0}};
    snprintf(name, sizeof name, "%s%s", before, news_names[news->kind]);
    pz__message(out, view->language, code_of(view, name, &code), values, 2);
}

/* What the family can do: about the next step, if there is one. */
static const char *family_code(const pz__class_view *view)
{
    int32_t kind = view->next_count ? view->next[0]->kind : 0;
    return kind == PZ_NEXT_LEARN ? "family_learn" : kind == PZ_NEXT_REVIEW ? "family_review" : kind == PZ_NEXT_GOAL ? "family_goal" : "family";
}

/* --------------------------------------------------------------------------------------------------- letter --- */

static void add_news(const pz__class_page *page, const char *element, const char *kind, const pz__news *news, const char *before)
{
    pz__buffer words = PZ__BUFFER_INIT;
    write_news(page->view, news, before, &words);
    pz__buffer_format(page->out, "<%s", element);
    if (kind) pz__buffer_format(page->out, " class=\"pz-%s\"", kind);
    pz__buffer_text(page->out, "><bdi>");
    pz__markup_text(page->out, words.data, words.length);
    pz__buffer_format(page->out, "</bdi></%s>\n", element);
    if (words.status != PZ_OK) page->out->status = words.status;
    pz__buffer_free(&words);
}

static void open_part(const pz__class_page *page, const char *name, const char *heading)
{
    pz__code code;
    pz__page_section(page, name, code_of(page->view, heading, &code));
}

static void add_changed(const pz__class_page *page)
{
    enum { MOST = 6 };
    const pz__digest *digest = page->view->digest;
    pz__code code;
    open_part(page, "changed", "changed");
    if (digest->count) pz__buffer_text(page->out, "<ul>\n");
    for (size_t i = 0; i < digest->count && i < MOST; i++) add_news(page, "li", NULL, &digest->news[i], "");
    if (digest->count) pz__buffer_text(page->out, "</ul>\n");
    if (!digest->count) pz__page_element(page, "p", "empty", code_of(page->view, "nothing", &code));
    pz__page_section_end(page);
}

static void add_step(const pz__class_page *page)
{
    const pz__class_view *view = page->view;
    pz__code code;
    open_part(page, "step", "step");
    if (view->next_count) {
        pz__markup_element(page->out, "p", "lead", view->next[0]->title);
        pz__markup_element(page->out, "p", NULL, view->next[0]->reason);
    } else {
        pz__page_element(page, "p", "empty", code_of(page->view, "no_step", &code));
    }
    pz__page_section_end(page);
}

static void add_title(const pz__class_page *page, const char *name)
{
    const pz__class_view *view = page->view;
    pz__buffer since = PZ__BUFFER_INIT, today = PZ__BUFFER_INIT;
    pz__write_date(view->options, view->digest->since, &since);
    pz__write_date(view->options, view->seen_on, &today);
    pz__message_value values[] = {{"since", since.data ? since.data : "", 0, 0}, {"date", today.data ? today.data : "", 0, 0}};
    pz__buffer_format(page->out, "<header class=\"pz-header\"><h%d id=\"%stitle\">", page->level - 1, page->prefix);
    pz__markup_element(page->out, "bdi", NULL, name);
    pz__buffer_format(page->out, "</h%d>\n", page->level - 1);
    pz__page_message(page, "p", NULL, "digest.period", values, 2);
    pz__buffer_text(page->out, "</header>\n");
    if (since.status != PZ_OK || today.status != PZ_OK) page->out->status = PZ_E_NOMEM;
    pz__buffer_free(&since);
    pz__buffer_free(&today);
}

void pz__digest_html(const pz__class_page *page)
{
    const pz__class_view *view = page->view;
    pz__code code;
    pz__buffer name = PZ__BUFFER_INIT;
    pz__view_name(view->person, &name);
    pz__page_open(page, name.data ? name.data : "");
    add_title(page, name.data ? name.data : "");
    pz__buffer_text(page->out, "<div class=\"pz-reading\">\n");
    open_part(page, "celebrate", "celebrate");
    if (view->digest->count) {
        add_news(page, "p", "lead", &view->digest->news[0], "celebrate_");
    } else {
        pz__page_element(page, "p", NULL, code_of(view, "celebrate_nothing", &code));
    }
    pz__page_section_end(page);
    add_changed(page);
    add_step(page);
    open_part(page, "family", "family_heading");
    pz__page_element(page, "p", NULL, code_of(view, family_code(view), &code));
    pz__page_challenge(page, "p", "learner", view->person->id, view->person->id);
    pz__page_section_end(page);
    pz__buffer_text(page->out, "</div>\n");
    pz__page_close(page);
    if (name.status != PZ_OK) page->out->status = name.status;
    pz__buffer_free(&name);
}

/* ----------------------------------------------------------------------------------------------------- data --- */

static void put_words(pz__json_writer *json, const char *key, const pz__class_view *view, const char *name)
{
    pz__code code;
    pz__buffer words = PZ__BUFFER_INIT;
    pz__message(&words, view->language, code_of(view, name, &code), NULL, 0);
    pz__json_put_text(json, key, words.data);
    if (words.status != PZ_OK) json->out->status = words.status;
    pz__buffer_free(&words);
}

static void put_news(pz__json_writer *json, const pz__class_view *view, const pz__news *news, const char *before)
{
    pz__buffer words = PZ__BUFFER_INIT;
    write_news(view, news, before, &words);
    pz__json_open_object(json);
    pz__json_put_text(json, "kind", news_names[news->kind]);
    pz__json_put_id(json, "record", news->record);
    pz__json_put_text(json, "words", words.data);
    pz__json_close_object(json);
    if (words.status != PZ_OK) json->out->status = words.status;
    pz__buffer_free(&words);
}

void pz__digest_json(const pz__class_view *view, pz__buffer *out)
{
    const pz__digest *digest = view->digest;
    pz__json_writer json;
    pz__json_start(&json, out);
    pz__json_open_object(&json);
    pz__json_put_text(&json, "document", "digest");
    pz__json_put_int(&json, "format", 1);
    pz__json_put_text(&json, "language", view->language ? view->language : "en");
    pz__json_put_text(&json, "for", digest->audience == PZ_PAGE_GUARDIAN ? "guardian" : "learner");
    pz__json_put_date(&json, "since", digest->since);
    pz__json_put_date(&json, "seen_on", view->seen_on);
    pz__json_put_id(&json, "learner", view->person->id);
    pz__put_name(&json, "name", view->person);
    pz__json_key(&json, "celebrate");
    if (digest->count) {
        put_news(&json, view, &digest->news[0], "celebrate_");
    } else {
        pz__json_null(&json);
    }
    pz__json_key(&json, "changed");
    pz__json_open_array(&json);
    for (size_t i = 0; i < digest->count; i++) put_news(&json, view, &digest->news[i], "");
    pz__json_close_array(&json);
    pz__json_key(&json, "next_step");
    if (view->next_count) {
        pz__json_open_object(&json);
        pz__json_put_id(&json, "competency", view->next[0]->competency);
        pz__json_put_text(&json, "title", view->next[0]->title);
        pz__json_put_text(&json, "reason", view->next[0]->reason);
        pz__json_close_object(&json);
    } else {
        pz__json_null(&json);
    }
    put_words(&json, "family", view, family_code(view));
    pz__json_close_object(&json);
}
