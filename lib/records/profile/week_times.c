#include "records/profile/week_times.h"

#include <stdlib.h>
#include <string.h>

#include "base/fail.h"

enum { DAY = 24 * 60, HALF_HOUR = 30, SPAN_LENGTH = 15 };

static const char *const days[] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};

/* ------------------------------------------------------------------------------------------------- reading --- */

/* "HH:MM" as minutes of a day, -1 for what is none; 24:00 is the end of the day. */
static int32_t minutes_of(const char *text)
{
    int32_t hours, minutes;
    for (int i = 0; i < 5; i++)
        if (i == 2 ? text[i] != ':' : text[i] < '0' || text[i] > '9') return -1;
    hours = (text[0] - '0') * 10 + text[1] - '0';
    minutes = (text[3] - '0') * 10 + text[4] - '0';
    return minutes < 60 && hours * 60 + minutes <= DAY ? hours * 60 + minutes : -1;
}

/* "mon 15:00-17:30", 15 characters; 0 where it is not of this form. */
static int read_span(const char *text, size_t length, pz__week_span *out)
{
    int32_t day = 0, begin, end;
    if (length != SPAN_LENGTH || text[3] != ' ' || text[9] != '-') return 0;
    while (day < 7 && strncmp(text, days[day], 3) != 0) day++;
    begin = minutes_of(text + 4);
    end = minutes_of(text + 10);
    if (day == 7 || begin < 0 || end <= begin) return 0;
    out->begin = day * DAY + begin;
    out->end = day * DAY + end;
    return 1;
}

static int by_begin(const void *a, const void *b)
{
    const pz__week_span *left = a, *right = b;
    return (left->begin > right->begin) - (left->begin < right->begin);
}

static void join_spans(pz__week_times *times)
{
    size_t kept = 0;
    qsort(times->spans, times->count, sizeof times->spans[0], by_begin);
    for (size_t i = 0; i < times->count; i++) {
        pz__week_span *last = kept ? &times->spans[kept - 1] : NULL;
        if (!last || times->spans[i].begin > last->end || times->spans[i].begin / DAY != last->begin / DAY)
            times->spans[kept++] = times->spans[i];
        else if (times->spans[i].end > last->end)
            last->end = times->spans[i].end;
    }
    times->count = kept;
}

pz_status pz__week_times_parse(const char *text, size_t length, const char *field, pz__week_times *out)
{
    size_t at = 0;
    out->count = 0;
    while (at < length) {
        const char *comma = memchr(text + at, ',', length - at);
        size_t end = comma ? (size_t)(comma - text) : length, next = comma ? end + 1 : length;
        if (out->count == PZ__WEEK_SPANS)
            return pz__fail(PZ_E_INVALID, field, NULL, "%s has more than %d times.", field, (int)PZ__WEEK_SPANS);
        while (at < end && text[at] == ' ') at++;
        while (end > at && text[end - 1] == ' ') end--;
        if (!read_span(text + at, end - at, &out->spans[out->count]))
            return pz__fail(PZ_E_INVALID, field, "Write \"mon 15:00-17:30, wed 08:00-09:00\": day, begin, end within that day.",
                            "Time %zu of %s is not a time of the week.", out->count + 1, field);
        out->count++;
        at = next;
    }
    if (out->count) join_spans(out);
    return PZ_OK;
}

/* ------------------------------------------------------------------------------------------------- writing --- */

void pz__week_times_write(const pz__week_times *times, pz__buffer *out)
{
    for (size_t i = 0; i < times->count; i++) {
        int day = times->spans[i].begin / DAY, begin = times->spans[i].begin % DAY, end = times->spans[i].end - day * DAY;
        pz__buffer_format(out, "%s%s %02d:%02d-%02d:%02d", i ? ", " : "", days[day], begin / 60, begin % 60, end / 60, end % 60);
    }
}

void pz__week_times_cells(const pz__week_times *times, double *out_cells)
{
    for (int cell = 0; cell < PZ__WEEK_CELLS; cell++) {
        int32_t begin = cell * HALF_HOUR;
        out_cells[cell] = 0;
        for (size_t i = 0; i < times->count; i++)
            if (times->spans[i].begin <= begin && times->spans[i].end >= begin + HALF_HOUR) out_cells[cell] = 1;
    }
}
