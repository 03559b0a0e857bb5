/* Words of the catalog within a page. */
#include "chart/markup.h"
#include "report/forms.h"
#include "report/options.h"

static void add_message(const pz__class_page *page, const char *code, const pz__message_value *values, size_t count)
{
    pz__buffer words = PZ__BUFFER_INIT;
    pz__message(&words, page->view->language, code, values, count);
    pz__markup_text(page->out, words.data, words.length);
    if (words.status != PZ_OK) page->out->status = words.status;
    pz__buffer_free(&words);
}

static void open_element(const pz__class_page *page, const char *element, const char *kind)
{
    pz__buffer_format(page->out, "<%s", element);
    if (kind) pz__buffer_format(page->out, " class=\"pz-%s\"", kind);
    pz__buffer_char(page->out, '>');
}

void pz__page_section(const pz__class_page *page, const char *name, const char *code)
{
    pz__buffer_format(page->out, "<section class=\"pz-section pz-%s\" aria-labelledby=\"%s%s\">\n<h%d id=\"%s%s\">", name, page->prefix, name, page->level,
                      page->prefix, name);
    pz__page_words(page, code);
    pz__buffer_format(page->out, "</h%d>\n", page->level);
}

void pz__page_section_end(const pz__class_page *page)
{
    pz__buffer_text(page->out, "</section>\n");
}

void pz__page_words(const pz__class_page *page, const char *code)
{
    add_message(page, code, NULL, 0);
}

void pz__page_element(const pz__class_page *page, const char *element, const char *kind, const char *code)
{
    open_element(page, element, kind);
    pz__page_words(page, code);
    pz__buffer_format(page->out, "</%s>", element);
}

void pz__page_count(const pz__class_page *page, const char *element, const char *kind, const char *code, double count)
{
    pz__message_value value = {"count", NULL, count, 0};
    pz__page_message(page, element, kind, code, &value, 1);
}

void pz__page_message(const pz__class_page *page, const char *element, const char *kind, const char *code, const pz__message_value *values, size_t count)
{
    open_element(page, element, kind);
    add_message(page, code, values, count);
    pz__buffer_format(page->out, "</%s>", element);
}

void pz__page_day(const pz__class_page *page, pz_date day)
{
    pz__buffer words = PZ__BUFFER_INIT;
    pz__write_date(page->view->options, day, &words);
    pz__markup_text(page->out, words.data, words.length);
    if (words.status != PZ_OK) page->out->status = words.status;
    pz__buffer_free(&words);
}

void pz__page_name(const pz__class_page *page, const pz_person *person)
{
    pz__buffer name = PZ__BUFFER_INIT;
    pz__view_name(person, &name);
    pz__markup_element(page->out, "bdi", "name", name.data);
    if (name.status != PZ_OK) page->out->status = name.status;
    pz__buffer_free(&name);
}

void pz__page_link(const pz__class_page *page, const char *pattern, const char *kind, pz_id id, pz_id learner)
{
    if (!pattern || !*pattern) return;
    pz__buffer address = PZ__BUFFER_INIT;
    pz__write_link(pattern, kind, id, learner, &address);
    pz__buffer_text(page->out, "<a");
    pz__markup_attribute(page->out, "href", address.data);
    pz__buffer_char(page->out, '>');
    if (address.status != PZ_OK) page->out->status = address.status;
    pz__buffer_free(&address);
}

void pz__page_link_end(const pz__class_page *page, const char *pattern)
{
    if (pattern && *pattern) pz__buffer_text(page->out, "</a>");
}

void pz__page_challenge(const pz__class_page *page, const char *element, const char *kind, pz_id id, pz_id learner)
{
    const char *pattern = page->view->options->challenge_link;
    if (!pattern || !*pattern) return;
    pz__buffer_format(page->out, "<%s class=\"pz-challenge\">", element);
    pz__page_link(page, pattern, kind, id, learner);
    pz__page_words(page, "page.learner.challenge");
    pz__page_link_end(page, pattern);
    pz__buffer_format(page->out, "</%s>", element);
}

void pz__page_table(const pz__class_page *page, const char *const *heads, size_t count)
{
    pz__buffer_text(page->out, "<div class=\"pz-scroll\" tabindex=\"0\"><table class=\"pz-table pz-wide\"><thead><tr>");
    for (size_t i = 0; i < count; i++) {
        pz__buffer_text(page->out, "<th scope=\"col\">");
        pz__page_words(page, heads[i]);
        pz__buffer_text(page->out, "</th>");
    }
    pz__buffer_text(page->out, "</tr></thead>\n<tbody>\n");
}

void pz__page_table_end(const pz__class_page *page)
{
    pz__buffer_text(page->out, "</tbody></table></div>\n");
}
