#include <string.h>

#include "base/fail.h"
#include "base/message.h"
#include "base/record.h"
#include "report/class_forms.h"
#include "report/report_types.h"

static const pz_page_options initial = PZ_PAGE_OPTIONS_INIT;
static const pz_field fields[] = {
    PZ__NAME(pz_page_options, language), PZ__BOOL(pz_page_options, fragment),     PZ__NAME(pz_page_options, id_prefix),
    PZ__ID(pz_page_options, cycle),      PZ__ID(pz_page_options, recommendation), PZ__ID(pz_page_options, framework),
};
static const pz_record_type page_options_type = PZ__RECORD_TYPE(pz_page_options, fields, &initial);
const pz_record_type *const pz__report_types[] = {&page_options_type, NULL};

static pz_status check_prefix(const char *prefix)
{
    static const char allowed[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-";
    size_t length = prefix ? strlen(prefix) : 0;
    if (length <= 32 && (!length || strspn(prefix, allowed) == length)) return PZ_OK;
    return pz__fail(PZ_E_INVALID, "id_prefix", NULL, "The prefix of ids may have up to 32 letters, digits and hyphens.");
}

static pz_status check_language(const char *language)
{
    if (!language) return PZ_OK;
    for (size_t i = 0; pz__message_language_at(i); i++)
        if (!strcmp(language, pz__message_language_at(i))) return PZ_OK;
    return pz__fail(PZ_E_INVALID, "language", "Use \"en\" or \"es\".", "There are no messages in this language.");
}

static pz_status take_options(const pz_page_options *options, pz_page_options *out)
{
    *out = initial;
    if (options) PZ__TRY(pz__record_take(&page_options_type, options, sizeof(pz_page_options), out));
    if (out->fragment != 0 && out->fragment != 1)
        return pz__fail(PZ_E_INVALID, "fragment", NULL, "The option fragment is 0 or 1, not %d.", out->fragment);
    PZ__TRY(check_prefix(out->id_prefix));
    return check_language(out->language);
}

typedef pz_status (*form_fn)(const pz__class_view *view, const pz_page_options *options, pz__buffer *out);

static pz_status make(pz_actor *actor, pz_id whose, const pz_page_options *options, pz__view_read_fn read, form_fn form, char **out_text)
{
    if (!out_text) return pz__fail_null("out");
    *out_text = NULL;
    pz_page_options taken;
    pz__class_view view;
    PZ__TRY(take_options(options, &taken));
    PZ__TRY(read(actor, whose, &taken, &view));
    pz__buffer out = PZ__BUFFER_INIT;
    form(&view, &taken, &out); /* a failure is in the buffer */
    pz__class_view_free(&view);
    return pz__buffer_take(&out, out_text);
}

static pz_status class_data(const pz__class_view *view, const pz_page_options *options, pz__buffer *out)
{
    (void)options;
    pz__class_json(view, out);
    return out->status;
}

static pz_status learner_data(const pz__class_view *view, const pz_page_options *options, pz__buffer *out)
{
    (void)options;
    pz__learner_json(view, out);
    return out->status;
}

pz_status pz_class_page(pz_actor *actor, pz_id class_id, const pz_page_options *options, char **out_html)
{
    return make(actor, class_id, options, pz__class_view_read, pz__class_html, out_html);
}

pz_status pz_class_page_data(pz_actor *actor, pz_id class_id, const pz_page_options *options, char **out_json)
{
    return make(actor, class_id, options, pz__class_view_read, class_data, out_json);
}

pz_status pz_learner_page(pz_actor *actor, pz_id learner, const pz_page_options *options, char **out_html)
{
    return make(actor, learner, options, pz__learner_view_read, pz__learner_html, out_html);
}

pz_status pz_learner_page_data(pz_actor *actor, pz_id learner, const pz_page_options *options, char **out_json)
{
    return make(actor, learner, options, pz__learner_view_read, learner_data, out_json);
}
