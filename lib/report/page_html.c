/* The page around its sections: a whole document, or the part that a host places within its own. */
#include <stdio.h>

#include "base/clock.h"
#include "chart/markup.h"
#include "report/class_forms.h"
#include "report/style.h"

static void add_head(const pz__class_page *page, const char *title)
{
    pz__buffer *out = page->out;
    pz__buffer_text(out, "<!doctype html>\n<html");
    pz__markup_attribute(out, "lang", page->view->language ? page->view->language : "en");
    pz__buffer_text(out, ">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                         "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src &#39;none&#39;; style-src ");
    pz__style_source(out);
    pz__buffer_text(out, "\">\n<title>");
    pz__markup_text(out, title, PZ_NUL_TERMINATED);
    pz__buffer_text(out, "</title>\n<style>");
    pz__buffer_text(out, pz_page_style());
    pz__buffer_text(out, "</style>\n</head>\n<body class=\"pz-body\">\n");
}

void pz__page_as_of(const pz__class_page *page)
{
    char day[11];
    if (!pz__date_text(page->view->seen_on, day)) return;
    pz__message_value value = {"date", day, 0, 0};
    pz__page_message(page, "span", NULL, "page.as_of", &value, 1);
}

void pz__page_open(const pz__class_page *page, const char *title, const pz_page_options *options)
{
    if (!options->fragment) add_head(page, title);
    pz__buffer_format(page->out, "<%s class=\"pz-page\" aria-labelledby=\"%stitle\">\n", options->fragment ? "section" : "main", page->prefix);
}

void pz__page_close(const pz__class_page *page, const pz_page_options *options)
{
    pz__buffer_format(page->out, "</%s>\n", options->fragment ? "section" : "main");
    if (!options->fragment) pz__buffer_text(page->out, "</body>\n</html>\n");
}

static void add_title(const pz__class_page *page)
{
    const pz__class_view *view = page->view;
    pz__buffer_format(page->out, "<header class=\"pz-header\"><h%d id=\"%stitle\">", page->level - 1, page->prefix);
    pz__markup_text(page->out, view->class_record->title, PZ_NUL_TERMINATED);
    pz__buffer_format(page->out, "</h%d>\n<p>", page->level - 1);
    for (size_t i = 0; i < view->teacher_count; i++) {
        pz__buffer name = PZ__BUFFER_INIT;
        pz__view_name(view->teachers[i], &name);
        pz__markup_element(page->out, "bdi", NULL, name.data);
        pz__buffer_text(page->out, " · ");
        if (name.status != PZ_OK) page->out->status = name.status;
        pz__buffer_free(&name);
    }
    pz__page_count(page, "span", NULL, "page.count.learners", (double)view->learner_count);
    pz__buffer_text(page->out, " · ");
    pz__page_as_of(page);
    pz__buffer_text(page->out, "</p></header>\n");
}

pz_status pz__class_html(const pz__class_view *view, const pz_page_options *options, pz__buffer *out)
{
    char prefix[48];
    snprintf(prefix, sizeof prefix, "pz-%s", options->id_prefix ? options->id_prefix : "");
    /* A fragment leaves the first level of headings to its host. */
    pz__class_page page = {view, prefix, options->fragment ? 3 : 2, out};
    pz__page_open(&page, view->class_record->title, options);
    add_title(&page);
    pz__page_mastery(&page);
    pz__page_next(&page);
    pz__page_groups(&page);
    pz__page_growth(&page);
    pz__page_goals(&page);
    pz__page_close(&page, options);
    return out->status;
}
