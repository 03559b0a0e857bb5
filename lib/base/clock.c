#include "base/clock.h"

#include <string.h>
#include <time.h>

#include "base/fail.h"

enum { FIRST_YEAR = 1, LAST_YEAR = 9999, DAYS_PER_400_YEARS = 146097, DAY_0000_03_01 = -719468, TIME_SIZE = 28, DATE_SIZE = 11 };

/* ----------------------------------------------------------------------------------------------- calendar --- */

/* Years are counted from 1 March, so that the leap day is the last of its year and the lengths of months follow one line:
 * the first of month m (0 = March) is day (153 m + 2) / 5 of the year. */
static int32_t day_number(int year, int month, int day)
{
    int from_march = (month + 9) % 12;
    int y = year - (month < 3);
    int era = (y >= 0 ? y : y - 399) / 400;
    int year_of_era = y - era * 400;
    int day_of_year = (153 * from_march + 2) / 5 + day - 1;
    return era * DAYS_PER_400_YEARS + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year + DAY_0000_03_01;
}

static int days_in_month(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return days[month - 1] + (month == 2 && leap);
}

pz_date pz__date_from_civil(int year, int month, int day)
{
    if (year < FIRST_YEAR || year > LAST_YEAR || month < 1 || month > 12) return PZ_DATE_NONE;
    if (day < 1 || day > days_in_month(year, month)) return PZ_DATE_NONE;
    return day_number(year, month, day);
}

void pz__date_to_civil(pz_date date, int *year, int *month, int *day)
{
    int64_t days = (int64_t)date - DAY_0000_03_01;
    int64_t era = (days >= 0 ? days : days - (DAYS_PER_400_YEARS - 1)) / DAYS_PER_400_YEARS;
    int day_of_era = (int)(days - era * DAYS_PER_400_YEARS);
    int year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int from_march = (5 * day_of_year + 2) / 153;
    *day = day_of_year - (153 * from_march + 2) / 5 + 1;
    *month = from_march < 10 ? from_march + 3 : from_march - 9;
    *year = (int)(year_of_era + era * 400 + (*month < 3));
}

static int64_t floor_divide(int64_t value, int64_t by)
{
    return value / by - (value % by < 0);
}

pz_date pz__date_of_time(pz_time time, int32_t offset_minutes)
{
    int64_t day, rest;
    if (time == PZ_TIME_NONE) return PZ_DATE_NONE;
    day = floor_divide(time, PZ__DAY);
    rest = time % PZ__DAY; /* not time - day * PZ__DAY, which overflows on the first day there is */
    if (rest < 0) rest += PZ__DAY;
    rest += (int64_t)offset_minutes * 60 * PZ__SECOND;
    return (pz_date)(day + floor_divide(rest, PZ__DAY));
}

pz_time pz__clock_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return (pz_time)now.tv_sec * PZ__SECOND + now.tv_nsec / 1000;
}

/* ------------------------------------------------------------------------------------------------ reading --- */

/* What is left to read. A failed step leaves `ok` at 0 and every later step does nothing. */
typedef struct cursor {
    const char *at;
    const char *end;
    int ok;
} cursor;

static int read_number(cursor *text, int digits)
{
    int value = 0;
    for (int i = 0; i < digits && text->ok; i++) {
        text->ok = text->at < text->end && *text->at >= '0' && *text->at <= '9';
        if (text->ok) value = value * 10 + (*text->at++ - '0');
    }
    return value;
}

static void read_mark(cursor *text, char mark)
{
    text->ok = text->ok && text->at < text->end && *text->at == mark;
    if (text->ok) text->at++;
}

static int next_is(const cursor *text, char mark)
{
    return text->ok && text->at < text->end && *text->at == mark;
}

static cursor cursor_on(const char *text, size_t length)
{
    cursor result = {text, text, text != NULL};
    if (text) result.end += length == PZ_NUL_TERMINATED ? strlen(text) : length;
    return result;
}

static pz_date read_date(cursor *text)
{
    int year, month, day;
    pz_date date;
    year = read_number(text, 4);
    read_mark(text, '-');
    month = read_number(text, 2);
    read_mark(text, '-');
    day = read_number(text, 2);
    date = text->ok ? pz__date_from_civil(year, month, day) : PZ_DATE_NONE;
    text->ok = date != PZ_DATE_NONE;
    return text->ok ? date : 0;
}

/* Microseconds since midnight. */
static int64_t read_time_of_day(cursor *text)
{
    int hour, minute, second, unit = (int)PZ__SECOND / 10;
    int64_t micros = 0;
    hour = read_number(text, 2);
    read_mark(text, ':');
    minute = read_number(text, 2);
    read_mark(text, ':');
    second = read_number(text, 2);
    text->ok = text->ok && hour < 24 && minute < 60 && second < 60;
    if (next_is(text, '.')) {
        read_mark(text, '.');
        do {
            micros += (int64_t)read_number(text, 1) * unit;
            unit /= 10;
        } while (text->ok && unit > 0 && text->at < text->end && *text->at >= '0' && *text->at <= '9');
    }
    return ((hour * 60 + minute) * 60 + second) * PZ__SECOND + micros;
}

static int64_t read_offset(cursor *text)
{
    int hour, minute, sign = next_is(text, '-') ? -1 : 1;
    if (next_is(text, 'Z')) {
        read_mark(text, 'Z');
        return 0;
    }
    read_mark(text, sign < 0 ? '-' : '+');
    hour = read_number(text, 2);
    read_mark(text, ':');
    minute = read_number(text, 2);
    text->ok = text->ok && hour < 24 && minute < 60;
    return sign * (hour * 60 + minute) * 60 * PZ__SECOND;
}

static int is_writable_date(int64_t date)
{
    return date >= day_number(FIRST_YEAR, 1, 1) && date <= day_number(LAST_YEAR, 12, 31);
}

static int is_writable_time(pz_time time)
{
    return time != PZ_TIME_NONE && is_writable_date(floor_divide(time, PZ__DAY));
}

pz_status pz_time_parse(const char *text, size_t text_len, pz_time *out_time)
{
    cursor rest;
    pz_time time;
    if (!out_time) return pz__fail_null("out_time");
    *out_time = 0;
    rest = cursor_on(text, text_len);
    time = (pz_time)read_date(&rest) * PZ__DAY;
    read_mark(&rest, 'T');
    time += read_time_of_day(&rest);
    time -= read_offset(&rest);
    if (!rest.ok || rest.at != rest.end || !is_writable_time(time))
        return pz__fail(PZ_E_INVALID, "text",
                        "Write it as 2026-11-24T08:30:00Z, with at most six decimals and with Z or an offset such as +01:00.",
                        "The text is not a moment in the years 0001 to 9999.");
    *out_time = time;
    return PZ_OK;
}

pz_status pz_date_parse(const char *text, size_t text_len, pz_date *out_date)
{
    cursor rest;
    pz_date date;
    if (!out_date) return pz__fail_null("out_date");
    *out_date = 0;
    rest = cursor_on(text, text_len);
    date = read_date(&rest);
    if (!rest.ok || rest.at != rest.end)
        return pz__fail(PZ_E_INVALID, "text", "Write it as 2026-11-24.", "The text is not a day in the years 0001 to 9999.");
    *out_date = date;
    return PZ_OK;
}

/* ------------------------------------------------------------------------------------------------ writing --- */

static char *write_number(char *to, int value, int digits)
{
    for (int i = digits - 1; i >= 0; i--, value /= 10) to[i] = (char)('0' + value % 10);
    return to + digits;
}

int pz__date_text(pz_date date, char *buffer)
{
    int year, month, day;
    buffer[0] = '\0';
    if (!is_writable_date(date)) return 0;
    pz__date_to_civil(date, &year, &month, &day);
    buffer = write_number(buffer, year, 4);
    *buffer++ = '-';
    buffer = write_number(buffer, month, 2);
    *buffer++ = '-';
    buffer = write_number(buffer, day, 2);
    *buffer = '\0';
    return 1;
}

int pz__time_text(pz_time time, char *buffer)
{
    int64_t day, rest;
    int second;
    buffer[0] = '\0';
    if (!is_writable_time(time)) return 0;
    day = floor_divide(time, PZ__DAY);
    rest = time - day * PZ__DAY;
    second = (int)(rest / PZ__SECOND);
    pz__date_text((pz_date)day, buffer);
    buffer += DATE_SIZE - 1;
    *buffer++ = 'T';
    buffer = write_number(buffer, second / 3600, 2);
    *buffer++ = ':';
    buffer = write_number(buffer, second / 60 % 60, 2);
    *buffer++ = ':';
    buffer = write_number(buffer, second % 60, 2);
    *buffer++ = '.';
    buffer = write_number(buffer, (int)(rest % PZ__SECOND), 6);
    *buffer++ = 'Z';
    *buffer = '\0';
    return 1;
}

static pz_status check_room(char *buffer, size_t size, size_t need)
{
    if (!buffer) return pz__fail_null("buffer");
    if (size) buffer[0] = '\0';
    if (size < need)
        return pz__fail(PZ_E_INVALID, "size", "Give a larger buffer.", "The buffer has %zu bytes, %zu are needed.", size, need);
    return PZ_OK;
}

pz_status pz_time_format(pz_time time, char *buffer, size_t size)
{
    PZ__TRY(check_room(buffer, size, TIME_SIZE));
    if (pz__time_text(time, buffer)) return PZ_OK;
    return pz__fail(PZ_E_INVALID, "time", NULL, "The time is PZ_TIME_NONE or outside the years 0001 to 9999.");
}

pz_status pz_date_format(pz_date date, char *buffer, size_t size)
{
    PZ__TRY(check_room(buffer, size, DATE_SIZE));
    if (pz__date_text(date, buffer)) return PZ_OK;
    return pz__fail(PZ_E_INVALID, "date", NULL, "The date is PZ_DATE_NONE or outside the years 0001 to 9999.");
}
