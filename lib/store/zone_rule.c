#include "store/zone_rule.h"

#include "base/clock.h"

enum { DAY = 86400 };

/* ------------------------------------------------------------------------------------------------- reading --- */

typedef struct rule_reader {
    const char *at;
    int ok;
} rule_reader;

static int is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static int take(rule_reader *rule, char c)
{
    if (*rule->at != c) return 0;
    rule->at++;
    return 1;
}

static int32_t number(rule_reader *rule, int32_t least, int32_t most)
{
    int32_t value = 0;
    if (!is_digit(*rule->at)) rule->ok = 0;
    while (is_digit(*rule->at) && value <= most) value = value * 10 + (*rule->at++ - '0');
    if (value < least || value > most) rule->ok = 0;
    return value;
}

/* Three letters or more, or anything in angle brackets. */
static void skip_name(rule_reader *rule)
{
    const char *start = rule->at;
    if (take(rule, '<')) {
        while (*rule->at && *rule->at != '>' && *rule->at != '\n') rule->at++;
        if (!take(rule, '>')) rule->ok = 0;
        return;
    }
    while ((*rule->at >= 'A' && *rule->at <= 'Z') || (*rule->at >= 'a' && *rule->at <= 'z')) rule->at++;
    if (rule->at - start < 3) rule->ok = 0;
}

/* [+-]hh[:mm[:ss]] in seconds */
static int32_t clock_time(rule_reader *rule, int32_t most_hours)
{
    int32_t sign = take(rule, '-') ? -1 : 1;
    int32_t seconds;
    if (sign > 0) take(rule, '+');
    seconds = number(rule, 0, most_hours) * 3600;
    if (take(rule, ':')) {
        seconds += number(rule, 0, 59) * 60;
        if (take(rule, ':')) seconds += number(rule, 0, 59);
    }
    return sign * seconds;
}

static pz__zone_turn turn(rule_reader *rule)
{
    pz__zone_turn turn = {'N', 0, 0, 0, 2 * 3600};
    if (!take(rule, ',')) rule->ok = 0;
    if (take(rule, 'M')) {
        turn.kind = 'M';
        turn.month = number(rule, 1, 12);
        if (!take(rule, '.')) rule->ok = 0;
        turn.week = number(rule, 1, 5);
        if (!take(rule, '.')) rule->ok = 0;
        turn.day = number(rule, 0, 6);
    } else if (take(rule, 'J')) {
        turn.kind = 'J';
        turn.day = number(rule, 1, 365);
    } else {
        turn.day = number(rule, 0, 365);
    }
    if (take(rule, '/')) turn.second = clock_time(rule, 167);
    return turn;
}

int pz__zone_rule_read(pz__zone *zone, const char *text)
{
    rule_reader rule = {text, 1};
    skip_name(&rule);
    zone->standard = -clock_time(&rule, 24); /* the rule counts west of UTC */
    if (*rule.at != '\n' && *rule.at) {
        skip_name(&rule);
        zone->summer = zone->standard + 3600;
        if (*rule.at != ',') zone->summer = -clock_time(&rule, 24);
        zone->begins = turn(&rule);
        zone->ends = turn(&rule);
        zone->has_summer = 1;
    }
    return rule.ok && (*rule.at == '\n' || !*rule.at);
}

/* ------------------------------------------------------------------------------------------------ counting --- */

static int is_leap(int year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static int32_t weekday(int32_t day) /* 0 is Sunday; 1970-01-01 was a Thursday */
{
    int32_t rest = (day + 4) % 7;
    return rest < 0 ? rest + 7 : rest;
}

static int32_t turn_day(const pz__zone_turn *turn, int year)
{
    int32_t first = pz__date_from_civil(year, 1, 1);
    int32_t day, next;
    if (turn->kind == 'N') return first + turn->day;
    if (turn->kind == 'J') return first + turn->day - 1 + (is_leap(year) && turn->day >= 60);
    day = pz__date_from_civil(year, turn->month, 1);
    next = turn->month == 12 ? first + 365 + is_leap(year) : pz__date_from_civil(year, turn->month + 1, 1);
    day += (turn->day - weekday(day) + 7) % 7 + (turn->week - 1) * 7;
    return day >= next ? day - 7 : day;
}

/* The moment of the turn: its local time is that of the offset before. */
static int64_t turn_second(const pz__zone_turn *turn, int year, int32_t offset_before)
{
    return (int64_t)turn_day(turn, year) * DAY + turn->second - offset_before;
}

int32_t pz__zone_rule_offset(const pz__zone *zone, int64_t second)
{
    int year, month, day;
    int64_t begins, ends;
    int64_t local = second + zone->standard;
    int64_t days = local / DAY - (local % DAY < 0);
    if (!zone->has_summer || days < INT32_MIN / 2 || days > INT32_MAX / 2) return zone->standard;
    pz__date_to_civil((pz_date)days, &year, &month, &day);
    if (year < 1 || year > 9998) return zone->standard;
    begins = turn_second(&zone->begins, year, zone->standard);
    ends = turn_second(&zone->ends, year, zone->summer);
    if (begins < ends) return second >= begins && second < ends ? zone->summer : zone->standard;
    return second >= ends && second < begins ? zone->standard : zone->summer; /* summer over the turn of the year */
}
