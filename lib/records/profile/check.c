#include "records/profile/check.h"

#include <string.h>

#include "base/clock.h"
#include "base/fail.h"
#include "base/text.h"
#include "records/profile/see.h"
#include "records/profile/support_feature.h"
#include "records/profile/week_times.h"
#include "records/save.h"
#include "records/types_learning.h"

static pz_status fail_value(const char *field, const char *what)
{
    return pz__fail(PZ_E_INVALID, field, "personalize/profile.h has the ranges.", "%s", what);
}

static int is_code(const pz_profile_entry *entry, const char *code)
{
    return entry->code && entry->code_len == strlen(code) && memcmp(entry->code, code, entry->code_len) == 0;
}

/* ------------------------------------------------------------------------------------------------- numbers --- */

static pz_status check_date_value(double value)
{
    int year, month, day;
    if (value != floor(value) || value < -1e6 || value > 1e7) return fail_value("value", "A date is a whole number of days.");
    pz__date_to_civil((pz_date)value, &year, &month, &day);
    if (year >= 1 && year <= 9999) return PZ_OK;
    return fail_value("value", "Dates are of the years 1 to 9999.");
}

static pz_status check_value(pz_profile_entry *entry)
{
    if (isnan(entry->value)) {
        if (!entry->value_type) return PZ_OK;
        return fail_value("value_type", "There is no value that it could be the type of.");
    }
    if (!entry->value_type) entry->value_type = entry->section == PZ_PROFILE_ATTENDANCE ? PZ_VALUE_SHARE : PZ_VALUE_NUMBER;
    if (entry->section == PZ_PROFILE_ATTENDANCE && entry->value_type != PZ_VALUE_SHARE)
        return fail_value("value_type", "Attendance is a share from 0 to 1.");
    switch ((pz_value_type)entry->value_type) {
    case PZ_VALUE_NUMBER: return isinf(entry->value) ? fail_value("value", "The value must be finite.") : PZ_OK;
    case PZ_VALUE_SHARE: return entry->value >= 0 && entry->value <= 1 ? PZ_OK : fail_value("value", "A share is from 0 to 1.");
    case PZ_VALUE_YES_NO:
        return entry->value == 0 || entry->value == 1 ? PZ_OK : fail_value("value", "Yes is 1 and no is 0; there is nothing between.");
    case PZ_VALUE_DATE: return check_date_value(entry->value);
    }
    return fail_value("value_type", "pz_value_type names the types of values.");
}

static pz_status check_numbers(pz_profile_entry *entry)
{
    PZ__TRY(check_value(entry));
    if (!isnan(entry->standard_error) && (isinf(entry->standard_error) || entry->standard_error < 0 || isnan(entry->value)))
        return fail_value("standard_error", "A standard error is 0 or more, and belongs to a value.");
    if (!isnan(entry->confidence) && !(entry->confidence >= 0 && entry->confidence <= 1))
        return fail_value("confidence", "The confidence is from 0 to 1.");
    PZ__TRY(pz__check_time(entry->observed_at, "observed_at"));
    return pz__check_days(entry->begins_on, entry->ends_on, "begins_on", "ends_on");
}

/* --------------------------------------------------------------------------------------------------- texts --- */

static pz_status check_times(pz_profile_entry *entry, pz__buffer *times)
{
    pz__week_times read;
    PZ__TRY(pz__text_check(entry->times, entry->times_len, (size_t)pz_limit(PZ_LIMIT_TEXT), "times", &entry->times_len));
    if (!entry->times_len) {
        entry->times = NULL;
        return PZ_OK;
    }
    if (entry->section != PZ_PROFILE_LEARN_WHEN)
        return fail_value("times", "Times of the week belong to when a learner works best, the section learn_when.");
    PZ__TRY(pz__week_times_parse(entry->times, entry->times_len, "times", &read));
    pz__week_times_write(&read, times);
    if (times->status != PZ_OK) return pz__fail_memory();
    entry->times = times->data;
    entry->times_len = times->length;
    return PZ_OK;
}

static pz_status check_texts(pz_profile_entry *entry, pz__buffer *times)
{
    size_t title = (size_t)pz_limit(PZ_LIMIT_TITLE);
    PZ__TRY(pz__text_check(entry->code, entry->code_len, title, "code", &entry->code_len));
    PZ__TRY(pz__text_check(entry->content, entry->content_len, (size_t)pz_limit(PZ_LIMIT_TEXT), "content", &entry->content_len));
    PZ__TRY(pz__text_check(entry->scale, entry->scale_len, title, "scale", &entry->scale_len));
    PZ__TRY(pz__text_check(entry->source, entry->source_len, title, "source", &entry->source_len));
    if (!entry->source) entry->source = "";
    PZ__TRY(check_times(entry, times));
    if (entry->content_len || entry->code_len || entry->times_len || !isnan(entry->value)) return PZ_OK;
    return fail_value("content", "The entry says nothing: it needs content, a code or a value.");
}

/* ------------------------------------------------------------------------------------------------ supports --- */

/* How much more time: a factor, minutes, or without limit. */
static pz_status check_testing_time(const pz_profile_entry *entry)
{
    static const char *const scales[] = {"time_multiplier", "fixed_minutes", "unlimited"};
    int scale = 0;
    if (!entry->scale_len && isnan(entry->value)) return PZ_OK;
    while (scale < 3 && (entry->scale_len != strlen(scales[scale]) || memcmp(entry->scale, scales[scale], entry->scale_len) != 0)) scale++;
    if (scale == 3) return fail_value("scale", "More time in tests is a \"time_multiplier\", \"fixed_minutes\" or \"unlimited\".");
    if (scale == 2 ? isnan(entry->value) : scale == 0 ? entry->value >= 1 : entry->value > 0) return PZ_OK;
    return fail_value("value", "A time_multiplier is 1 or more, fixed_minutes are above 0, unlimited has no value.");
}

static pz_status check_support(const pz_profile_entry *entry)
{
    if (entry->activation < 0 || entry->activation > PZ_ACTIVATION_PROHIBIT)
        return fail_value("activation", "pz_activation names when a support is on.");
    if (entry->section != PZ_PROFILE_SUPPORT) return entry->activation ? fail_value("activation", "Only supports are turned on.") : PZ_OK;
    if (entry->code_len && !pz__support_is_known(entry->code, entry->code_len))
        return pz__fail(PZ_E_INVALID, "code", "pz_support_feature_list() has the features; a name of your own begins with \"ext:\".",
                        "Access for All does not know this feature.");
    return is_code(entry, "additional-testing-time") ? check_testing_time(entry) : PZ_OK;
}

typedef struct clash {
    const pz_profile_entry *entry;
    pz_id with;
} clash;

static int days_overlap(const pz_profile_entry *a, const pz_profile_entry *b)
{
    if (a->ends_on != PZ_DATE_NONE && b->begins_on != PZ_DATE_NONE && a->ends_on < b->begins_on) return 0;
    return b->ends_on == PZ_DATE_NONE || a->begins_on == PZ_DATE_NONE || b->ends_on >= a->begins_on;
}

static pz_status compare_support(const pz_profile_entry *other, void *user_data)
{
    clash *found = user_data;
    const pz_profile_entry *entry = found->entry;
    if (other->id == entry->id || !other->activation || other->activation == entry->activation || other->code_len != entry->code_len)
        return PZ_OK;
    if (memcmp(other->code, entry->code, entry->code_len) == 0 && days_overlap(entry, other)) found->with = other->id;
    return PZ_OK;
}

pz_status pz__profile_check_support(pz__call *call, const pz_profile_entry *entry)
{
    clash found = {entry, 0};
    if (entry->section != PZ_PROFILE_SUPPORT || !entry->code_len || !entry->activation) return PZ_OK;
    PZ__TRY(pz__profile_each(call, entry->learner, PZ_PROFILE_SUPPORT, 0, compare_support, &found));
    if (!found.with) return PZ_OK;
    return pz__fail(PZ_E_STATE, "activation", "Revise or withdraw the other support, or give them days that do not overlap.",
                    "The support %lld has the same feature and another activation.", (long long)found.with);
}

/* ------------------------------------------------------------------------------------------------ together --- */

pz_status pz__profile_check(pz_profile_entry *entry, pz__buffer *times)
{
    if (entry->section < PZ_PROFILE_INTEREST || entry->section > PZ_PROFILE_LEARN_WHERE)
        return fail_value("section", "pz_profile_section names the sections.");
    PZ__TRY(check_texts(entry, times));
    if (entry->visibility < PZ_VISIBLE_SELF || entry->visibility > PZ_VISIBLE_SCHOOL)
        return fail_value("visibility", "pz_visibility names who can see an entry.");
    PZ__TRY(check_numbers(entry));
    return check_support(entry);
}
