/* The public calls: each reads a view once and gives it out in one form. */
#include <stdio.h>
#include <string.h>

#include "base/fail.h"
#include "report/digest.h"
#include "report/forms.h"
#include "report/options.h"
#include "report/report_types.h"
#include "report/school.h"

const pz_record_type *const pz__report_types[] = {&pz__page_options_type, NULL};

/* What is asked for, and of whom. */
typedef struct asked {
    pz_page_audience audience;
    pz__view_read_fn read;
    pz__figures_fn figures;
    void (*html)(const pz__class_page *page);
    const char *chart; /* NULL: the first */
} asked;

static asked ask(pz_page_audience audience)
{
    if (audience == PZ_PAGE_TEACHER) return (asked){audience, pz__class_view_read, pz__class_figures, pz__class_html, NULL};
    if (audience == PZ_PAGE_LEADER) return (asked){audience, pz__school_view_read, pz__school_figures, pz__school_html, NULL};
    return (asked){audience, pz__learner_view_read, pz__learner_figures, pz__learner_html, NULL};
}

typedef pz_status (*form_fn)(const asked *what, const pz__class_view *view, const char *prefix, pz__buffer *out);

static pz_status make(pz_actor *actor, pz_id whose, const pz_page_options *options, const asked *what, form_fn form, char **out_text)
{
    if (!out_text) return pz__fail_null("out");
    *out_text = NULL;
    pz_page_options taken;
    pz__class_view view;
    char prefix[48];
    PZ__TRY(pz__page_options_take(options, &taken));
    snprintf(prefix, sizeof prefix, "pz-%s", taken.id_prefix ? taken.id_prefix : "");
    PZ__TRY(what->read(actor, whose, &taken, &view));
    pz__buffer out = PZ__BUFFER_INIT;
    pz_status status = form(what, &view, prefix, &out);
    pz__class_view_free(&view);
    if (status == PZ_OK) return pz__buffer_take(&out, out_text);
    pz__buffer_free(&out);
    return status;
}

static pz_status as_html(const asked *what, const pz__class_view *view, const char *prefix, pz__buffer *out)
{
    pz__figures figures;
    PZ__TRY(pz__figures_make(view, prefix, what->figures, &figures));
    int title = view->options->heading_level ? view->options->heading_level : view->options->fragment ? 2 : 1;
    pz__class_page page = {view, &figures, what->audience, prefix, title + 1, out};
    what->html(&page); /* a failure is in the buffer */
    pz__figures_free(&figures);
    return PZ_OK;
}

static pz_status as_data(const asked *what, const pz__class_view *view, const char *prefix, pz__buffer *out)
{
    (void)prefix;
    if (what->audience == PZ_PAGE_TEACHER) {
        pz__class_json(view, out);
    } else if (what->audience == PZ_PAGE_LEADER) {
        pz__school_json(view, out);
    } else if (view->digest) {
        pz__digest_json(view, out);
    } else {
        pz__learner_json(view, what->audience, out);
    }
    return PZ_OK;
}

/* -------------------------------------------------------------------------------------------------- charts --- */

static pz_status find_chart(const asked *what, const pz__figures *figures, const pz__figure **out_figure)
{
    *out_figure = what->chart ? pz__figures_find(figures, what->chart) : figures->count ? &figures->list[0] : NULL;
    if (*out_figure) return PZ_OK;
    return pz__fail(PZ_E_NOT_FOUND, "chart", "pz_page_charts() lists those that there are.", "The page has no such chart, or nothing to draw in it.");
}

static pz_status as_svg(const asked *what, const pz__class_view *view, const char *prefix, pz__buffer *out)
{
    pz__figures figures;
    const pz__figure *figure;
    PZ__TRY(pz__figures_make(view, prefix, what->figures, &figures));
    pz_status status = find_chart(what, &figures, &figure);
    if (status == PZ_OK) status = pz__figure_svg(figure, out);
    pz__figures_free(&figures);
    return status;
}

static pz_status as_vega_lite(const asked *what, const pz__class_view *view, const char *prefix, pz__buffer *out)
{
    pz__figures figures;
    pz__json_writer json;
    const pz__figure *figure;
    PZ__TRY(pz__figures_make(view, prefix, what->figures, &figures));
    pz_status status = find_chart(what, &figures, &figure);
    pz__json_start(&json, out);
    if (status == PZ_OK) pz__figure_vega(figure, &json);
    pz__figures_free(&figures);
    return status;
}

static pz_status put_chart(const pz__figure *figure, pz__json_writer *json)
{
    pz__buffer svg = PZ__BUFFER_INIT;
    pz_status status = pz__figure_svg(figure, &svg);
    pz__json_open_object(json);
    pz__json_put_text(json, "name", figure->name);
    pz__json_put_text(json, "kind", pz__figure_kind_name(figure->kind));
    pz__json_put_text(json, "title", figure->title);
    pz__json_put_text(json, "description", figure->description);
    pz__json_put_text(json, "svg", svg.data);
    pz__json_key(json, "vega_lite");
    pz__figure_vega(figure, json);
    pz__json_close_object(json);
    pz__buffer_free(&svg);
    return status;
}

static pz_status as_charts(const asked *what, const pz__class_view *view, const char *prefix, pz__buffer *out)
{
    pz__figures figures;
    pz__json_writer json;
    pz_status status = PZ_OK;
    PZ__TRY(pz__figures_make(view, prefix, what->figures, &figures));
    pz__json_start(&json, out);
    pz__json_open_object(&json);
    pz__json_put_text(&json, "document", "page-charts");
    pz__json_put_int(&json, "format", 1);
    pz__json_put_text(&json, "language", view->language ? view->language : "en");
    pz__json_put_date(&json, "seen_on", view->seen_on);
    pz__json_key(&json, "charts");
    pz__json_open_array(&json);
    for (size_t i = 0; i < figures.count && status == PZ_OK; i++) status = put_chart(&figures.list[i], &json);
    pz__json_close_array(&json);
    pz__json_close_object(&json);
    pz__figures_free(&figures);
    return status;
}

static pz_status make_chart(pz_actor *actor, pz_page_audience audience, pz_id whose, const char *chart, const pz_page_options *options, form_fn form,
                            char **out_text)
{
    if (!out_text) return pz__fail_null("out");
    *out_text = NULL;
    if (audience < PZ_PAGE_LEARNER || audience > PZ_PAGE_LEADER)
        return pz__fail(PZ_E_INVALID, "audience", NULL, "There is no audience %d.", (int)audience);
    asked what = ask(audience);
    what.chart = chart;
    return make(actor, whose, options, &what, form, out_text);
}

pz_status pz_page_charts(pz_actor *actor, pz_page_audience audience, pz_id whose, const pz_page_options *options, char **out_json)
{
    return make_chart(actor, audience, whose, NULL, options, as_charts, out_json);
}

pz_status pz_page_svg(pz_actor *actor, pz_page_audience audience, pz_id whose, const char *chart, const pz_page_options *options, char **out_svg)
{
    return make_chart(actor, audience, whose, chart, options, as_svg, out_svg);
}

pz_status pz_page_vega_lite(pz_actor *actor, pz_page_audience audience, pz_id whose, const char *chart, const pz_page_options *options, char **out_json)
{
    return make_chart(actor, audience, whose, chart, options, as_vega_lite, out_json);
}

/* --------------------------------------------------------------------------------------------------- pages --- */

static pz_status make_page(pz_actor *actor, pz_page_audience audience, pz_id whose, const pz_page_options *options, form_fn form, char **out_text)
{
    asked what = ask(audience);
    return make(actor, whose, options, &what, form, out_text);
}

pz_status pz_class_page(pz_actor *actor, pz_id class_id, const pz_page_options *options, char **out_html)
{
    return make_page(actor, PZ_PAGE_TEACHER, class_id, options, as_html, out_html);
}

pz_status pz_class_page_data(pz_actor *actor, pz_id class_id, const pz_page_options *options, char **out_json)
{
    return make_page(actor, PZ_PAGE_TEACHER, class_id, options, as_data, out_json);
}

pz_status pz_learner_page(pz_actor *actor, pz_id learner, const pz_page_options *options, char **out_html)
{
    return make_page(actor, PZ_PAGE_LEARNER, learner, options, as_html, out_html);
}

pz_status pz_learner_page_data(pz_actor *actor, pz_id learner, const pz_page_options *options, char **out_json)
{
    return make_page(actor, PZ_PAGE_LEARNER, learner, options, as_data, out_json);
}

pz_status pz_guardian_page(pz_actor *actor, pz_id learner, const pz_page_options *options, char **out_html)
{
    return make_page(actor, PZ_PAGE_GUARDIAN, learner, options, as_html, out_html);
}

pz_status pz_guardian_page_data(pz_actor *actor, pz_id learner, const pz_page_options *options, char **out_json)
{
    return make_page(actor, PZ_PAGE_GUARDIAN, learner, options, as_data, out_json);
}

pz_status pz_school_page(pz_actor *actor, pz_id org, const pz_page_options *options, char **out_html)
{
    return make_page(actor, PZ_PAGE_LEADER, org, options, as_html, out_html);
}

pz_status pz_school_page_data(pz_actor *actor, pz_id org, const pz_page_options *options, char **out_json)
{
    return make_page(actor, PZ_PAGE_LEADER, org, options, as_data, out_json);
}

/* A digest has no figures. */
static void no_figures(pz__figures *figures)
{
    (void)figures;
}

static pz_status make_digest(pz_actor *actor, pz_id learner, const pz_page_options *options, form_fn form, char **out_text)
{
    asked what = {PZ_PAGE_LEARNER, pz__digest_read, no_figures, pz__digest_html, NULL};
    return make(actor, learner, options, &what, form, out_text);
}

pz_status pz_digest(pz_actor *actor, pz_id learner, const pz_page_options *options, char **out_html)
{
    return make_digest(actor, learner, options, as_html, out_html);
}

pz_status pz_digest_data(pz_actor *actor, pz_id learner, const pz_page_options *options, char **out_json)
{
    return make_digest(actor, learner, options, as_data, out_json);
}
