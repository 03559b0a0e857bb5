/* Days and times by a pattern such as "D.M.YYYY hh:mm". */
#include <string.h>

#include "base/clock.h"
#include "exchange/csv_mapping.h"

/* The parts of a pattern, and how many digits each may have. */
static const struct {
    const char *text;
    char part;
    int least, most;
} parts[] = {{"YYYY", 'Y', 4, 4}, {"MM", 'M', 2, 2}, {"M", 'M', 1, 2},  {"DD", 'D', 2, 2},
             {"D", 'D', 1, 2},    {"hh", 'h', 1, 2}, {"mm", 'm', 2, 2}, {"ss", 's', 2, 2}};

/* The part of the pattern that begins here, or -1. */
static int part_at(const char *pattern)
{
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
        if (!strncmp(pattern, parts[i].text, strlen(parts[i].text))) return (int)i;
    return -1;
}

int pz__csv_pattern_is_sound(const char *pattern)
{
    int seen[128] = {0};
    while (*pattern) {
        int part = part_at(pattern);
        if (part < 0) {
            pattern++;
            continue;
        }
        seen[(int)parts[part].part]++;
        pattern += strlen(parts[part].text);
    }
    if (seen['Y'] != 1 || seen['M'] != 1 || seen['D'] != 1) return 0;
    return seen['h'] <= 1 && seen['m'] == seen['h'] && seen['s'] <= seen['m'];
}

static int read_number(const char **at, const char *end, int least, int most, int *out)
{
    int digits = 0;
    *out = 0;
    while (digits < most && *at < end && **at >= '0' && **at <= '9') {
        *out = *out * 10 + (*(*at)++ - '0');
        digits++;
    }
    return digits >= least;
}

static int by_pattern(const char *text, size_t length, const char *pattern, int values[128])
{
    const char *at = text, *end = text + length;
    while (*pattern) {
        int part = part_at(pattern);
        if (part < 0) {
            if (at == end || *at++ != *pattern++) return 0;
            continue;
        }
        if (!read_number(&at, end, parts[part].least, parts[part].most, &values[(int)parts[part].part])) return 0;
        pattern += strlen(parts[part].text);
    }
    return at == end;
}

int pz__csv_when(const char *text, size_t length, const char *pattern, pz_date *out_date, pz_time *out_time_of_day, int *out_has_time,
                 pz_time *out_time)
{
    int values[128];
    memset(values, 0, sizeof values);
    values['h'] = -1;
    *out_date = PZ_DATE_NONE;
    *out_time_of_day = 0;
    *out_has_time = 0;
    *out_time = PZ_TIME_NONE;
    if (!pattern) {
        if (length == 10) return pz_date_parse(text, length, out_date) == PZ_OK;
        if (pz_time_parse(text, length, out_time) != PZ_OK) return 0;
        *out_date = pz__date_of_time(*out_time, 0);
        *out_has_time = 1;
        return 1;
    }
    if (!by_pattern(text, length, pattern, values)) return 0;
    *out_date = pz__date_from_civil(values['Y'], values['M'], values['D']);
    if (*out_date == PZ_DATE_NONE) return 0;
    if (values['h'] < 0) return 1;
    if (values['h'] > 23 || values['m'] > 59 || values['s'] > 59) return 0;
    *out_time_of_day = ((pz_time)values['h'] * 3600 + (pz_time)values['m'] * 60 + values['s']) * PZ__SECOND;
    *out_time = *out_date * PZ__DAY + *out_time_of_day;
    *out_has_time = 1;
    return 1;
}
