#include "report/options.h"

#include <string.h>

#include "base/clock.h"
#include "base/fail.h"
#include "base/message.h"
#include "base/record.h"
#include "base/text.h"
#include "report/report_types.h"

enum { LINK_MOST = 1024, PATTERN_MOST = 64, MONTHS_MOST = 512, MARK_MOST = 8 };

static const pz_page_options initial = PZ_PAGE_OPTIONS_INIT;
static const pz_field fields[] = {
    PZ__NAME(pz_page_options, language),
    PZ__BOOL(pz_page_options, fragment),
    PZ__NAME(pz_page_options, id_prefix),
    PZ__ID(pz_page_options, cycle),
    PZ__ID(pz_page_options, recommendation),
    PZ__ID(pz_page_options, framework),
    PZ__INT(pz_page_options, heading_level, "1 to 4, 0 by itself"),
    PZ__NAME(pz_page_options, direction),
    PZ__NAME(pz_page_options, decimal_mark),
    PZ__NAME(pz_page_options, date_pattern),
    PZ__NAME(pz_page_options, month_names),
    PZ__NAME(pz_page_options, learner_link),
    PZ__NAME(pz_page_options, competency_link),
    PZ__NAME(pz_page_options, goal_link),
    PZ__NAME(pz_page_options, voice_link),
    PZ__NAME(pz_page_options, class_link),
    PZ__NAME(pz_page_options, challenge_link),
    PZ__INT(pz_page_options, smallest_cell, "learners, 2 to 1,000"),
    PZ__DATE(pz_page_options, since),
};
const pz_record_type pz__page_options_type = PZ__RECORD_TYPE(pz_page_options, fields, &initial);

/* What the first version of the record had. */
static const uint32_t first_size = offsetof(pz_page_options, heading_level);

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

static pz_status check_direction(const char *direction)
{
    if (!direction || !strcmp(direction, "ltr") || !strcmp(direction, "rtl")) return PZ_OK;
    return pz__fail(PZ_E_INVALID, "direction", NULL, "The direction is \"ltr\" or \"rtl\".");
}

static pz_status check_text(const char *text, size_t most, const char *field)
{
    size_t length;
    return pz__text_check(text, PZ_NUL_TERMINATED, most, field, &length);
}

static pz_status check_months(const char *names)
{
    size_t commas = 0;
    PZ__TRY(check_text(names, MONTHS_MOST, "month_names"));
    for (const char *at = names; at && *at; at++) commas += *at == ',';
    if (!names || commas == 11) return PZ_OK;
    return pz__fail(PZ_E_INVALID, "month_names", NULL, "There must be twelve names of months with commas between them, not %zu.", commas + 1);
}

/* An address that goes to a site, and never one that a browser would run. */
static pz_status check_link(const char *link, const char *field)
{
    PZ__TRY(check_text(link, LINK_MOST, field));
    if (!link || !*link || !strncmp(link, "https://", 8) || !strncmp(link, "http://", 7)) return PZ_OK;
    size_t plain = strcspn(link, ":/?#");
    if (link[plain] != ':') return PZ_OK;
    return pz__fail(PZ_E_INVALID, field, "Use https, http, or an address within the host's own site.", "A link may not begin with another scheme.");
}

pz_status pz__page_options_take(const pz_page_options *options, pz_page_options *out)
{
    *out = initial;
    if (options) PZ__TRY(pz__record_take(&pz__page_options_type, options, first_size, out));
    if (out->fragment != 0 && out->fragment != 1)
        return pz__fail(PZ_E_INVALID, "fragment", NULL, "The option fragment is 0 or 1, not %d.", out->fragment);
    if (out->heading_level < 0 || out->heading_level > 4)
        return pz__fail(PZ_E_INVALID, "heading_level", NULL, "The level of the title is 1 to 4, or 0, not %d.", out->heading_level);
    if (out->smallest_cell < 2 || out->smallest_cell > 1000)
        return pz__fail(PZ_E_INVALID, "smallest_cell", NULL, "The smallest cell is 2 to 1,000 learners, not %d.", out->smallest_cell);
    PZ__TRY(check_prefix(out->id_prefix));
    PZ__TRY(check_language(out->language));
    PZ__TRY(check_direction(out->direction));
    PZ__TRY(check_text(out->decimal_mark, MARK_MOST, "decimal_mark"));
    PZ__TRY(check_text(out->date_pattern, PATTERN_MOST, "date_pattern"));
    PZ__TRY(check_months(out->month_names));
    PZ__TRY(check_link(out->learner_link, "learner_link"));
    PZ__TRY(check_link(out->competency_link, "competency_link"));
    PZ__TRY(check_link(out->goal_link, "goal_link"));
    PZ__TRY(check_link(out->voice_link, "voice_link"));
    PZ__TRY(check_link(out->class_link, "class_link"));
    return check_link(out->challenge_link, "challenge_link");
}

/* -------------------------------------------------------------------------------------------------- locale --- */

const char *pz__decimal_mark(const pz_page_options *options)
{
    return options->decimal_mark ? options->decimal_mark : pz__message_pattern(options->language, "format.decimal_mark");
}

static void add_month_name(const char *names, int month, pz__buffer *out)
{
    for (int i = 1; i < month; i++) names = strchr(names, ',') + 1; /* there are twelve, as was checked */
    pz__buffer_add(out, names, strcspn(names, ","));
}

void pz__write_date(const pz_page_options *options, pz_date date, pz__buffer *out)
{
    int year, month, day;
    if (date == PZ_DATE_NONE) return;
    pz__date_to_civil(date, &year, &month, &day);
    const char *pattern = options->date_pattern ? options->date_pattern : pz__message_pattern(options->language, "format.date");
    const char *names = options->month_names ? options->month_names : pz__message_pattern(options->language, "format.months");
    const struct {
        const char *name;
        int value, digits;
    } parts[] = {{"{year}", year, 1}, {"{month}", month, 1}, {"{day}", day, 1}, {"{month2}", month, 2}, {"{day2}", day, 2}};
    while (*pattern) {
        size_t found = 0, count = sizeof parts / sizeof *parts;
        while (found < count && strncmp(pattern, parts[found].name, strlen(parts[found].name))) found++;
        if (found < count) {
            pz__buffer_format(out, "%0*d", parts[found].digits, parts[found].value);
            pattern += strlen(parts[found].name);
        } else if (!strncmp(pattern, "{month_name}", 12)) {
            add_month_name(names, month, out);
            pattern += 12;
        } else {
            pz__buffer_char(out, *pattern++);
        }
    }
}

void pz__write_link(const char *pattern, const char *kind, pz_id id, pz_id learner, pz__buffer *out)
{
    while (*pattern) {
        if (!strncmp(pattern, "{id}", 4)) {
            pz__buffer_int(out, id);
            pattern += 4;
        } else if (!strncmp(pattern, "{kind}", 6)) {
            pz__buffer_text(out, kind);
            pattern += 6;
        } else if (!strncmp(pattern, "{learner}", 9)) {
            pz__buffer_int(out, learner);
            pattern += 9;
        } else {
            pz__buffer_char(out, *pattern++);
        }
    }
}
