/* Words of the catalog within a page. */
#include <stdio.h>

#include "chart/markup.h"
#include "report/class_forms.h"

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

void pz__page_text(const pz__class_page *page, const char *code, const pz__message_value *values, size_t count, char *text, size_t size)
{
    pz__buffer words = PZ__BUFFER_INIT;
    pz__message(&words, page->view->language, code, values, count);
    snprintf(text, size, "%s", words.data ? words.data : "");
    if (words.status != PZ_OK) page->out->status = words.status;
    pz__buffer_free(&words);
}

void pz__page_dots(const pz__class_page *page, const char *name, const char *code, const char *code_axis, pz__dot_plot plot)
{
    char id[64], title[256], description[512], axis[256], code_description[64];
    snprintf(id, sizeof id, "%s%s", page->prefix, name);
    snprintf(code_description, sizeof code_description, "%s_description", code);
    pz__page_text(page, code, NULL, 0, title, sizeof title);
    pz__page_text(page, code_description, NULL, 0, description, sizeof description);
    pz__page_text(page, code_axis, NULL, 0, axis, sizeof axis);
    plot.id = id;
    plot.title = title;
    plot.description = description;
    plot.axis = axis;
    pz__buffer_text(page->out, "<div class=\"pz-scroll\">");
    pz_status status = pz__dot_plot_draw(&plot, page->out);
    if (status != PZ_OK && page->out->status == PZ_OK) page->out->status = status;
    pz__buffer_text(page->out, "</div>\n");
}
