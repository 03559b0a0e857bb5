/* The page around its sections: a whole document, or the part that a host places within its own. */
#include "chart/markup.h"
#include "report/forms.h"
#include "report/options.h"
#include "report/style.h"

static void add_head(const pz__class_page *page, const char *title)
{
    pz__buffer *out = page->out;
    pz__buffer_text(out, "<!doctype html>\n<html");
    pz__markup_attribute(out, "lang", page->view->language ? page->view->language : "en");
    if (page->view->options->direction) pz__markup_attribute(out, "dir", page->view->options->direction);
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
    pz__buffer day = PZ__BUFFER_INIT;
    pz__write_date(page->view->options, page->view->seen_on, &day);
    pz__message_value value = {"date", day.data ? day.data : "", 0, 0};
    if (day.length) pz__page_message(page, "bdi", NULL, "page.as_of", &value, 1);
    if (day.status != PZ_OK) page->out->status = day.status;
    pz__buffer_free(&day);
}

void pz__page_open(const pz__class_page *page, const char *title)
{
    const pz_page_options *options = page->view->options;
    if (!options->fragment) add_head(page, title);
    pz__buffer_format(page->out, "<%s class=\"pz-page\" aria-labelledby=\"%stitle\"", options->fragment ? "section" : "main", page->prefix);
    if (options->fragment) pz__markup_attribute(page->out, "lang", page->view->language ? page->view->language : "en");
    if (options->direction) pz__markup_attribute(page->out, "dir", options->direction);
    pz__buffer_text(page->out, ">\n");
}

void pz__page_close(const pz__class_page *page)
{
    int is_fragment = page->view->options->fragment;
    pz__buffer_format(page->out, "</%s>\n", is_fragment ? "section" : "main");
    if (!is_fragment) pz__buffer_text(page->out, "</body>\n</html>\n");
}

static void add_title(const pz__class_page *page)
{
    const pz__class_view *view = page->view;
    pz__buffer_format(page->out, "<header class=\"pz-header\"><h%d id=\"%stitle\">", page->level - 1, page->prefix);
    pz__markup_text(page->out, view->class_record->title, PZ_NUL_TERMINATED);
    pz__buffer_format(page->out, "</h%d>\n<p>", page->level - 1);
    for (size_t i = 0; i < view->teacher_count; i++) {
        pz__page_name(page, view->teachers[i]);
        pz__buffer_text(page->out, " · ");
    }
    pz__page_count(page, "bdi", NULL, "page.count.learners", (double)view->learner_count);
    pz__buffer_text(page->out, " · ");
    pz__page_as_of(page);
    pz__buffer_text(page->out, "</p></header>\n");
}

void pz__class_html(const pz__class_page *page)
{
    pz__page_open(page, page->view->class_record->title);
    add_title(page);
    pz__page_mastery(page);
    pz__page_next(page);
    if (!page->view->voice_hidden) pz__page_waiting(page);
    pz__page_groups(page);
    pz__page_growth(page);
    pz__page_coverage(page);
    pz__page_beliefs(page);
    pz__page_goals(page);
    pz__page_close(page);
}
