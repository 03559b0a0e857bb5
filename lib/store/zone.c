#include "store/zone.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/fail.h"
#include "base/memory.h"
#include "store/zone_rule.h"

enum { DAY = 86400, LONGEST_NAME = 64, LARGEST_FILE = 256 * 1024, HEADER = 44, LARGEST_OFFSET = 26 * 3600 };

static int64_t floor_divide(int64_t value, int64_t by)
{
    return value / by - (value % by < 0);
}

/* --------------------------------------------------------------------------------------------------- names --- */

static int is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* "+05:30": 1 if it is one. */
static int read_offset(const char *name, int32_t *out_offset)
{
    int hour, minute;
    if (strlen(name) != 6 || (name[0] != '+' && name[0] != '-') || name[3] != ':') return 0;
    if (!is_digit(name[1]) || !is_digit(name[2]) || !is_digit(name[4]) || !is_digit(name[5])) return 0;
    hour = (name[1] - '0') * 10 + name[2] - '0';
    minute = (name[4] - '0') * 10 + name[5] - '0';
    if (hour > 18 || minute > 59 || (hour == 18 && minute)) return 0;
    *out_offset = (name[0] == '-' ? -1 : 1) * (hour * 60 + minute) * 60;
    return 1;
}

/* Names of the tz database: parts of letters, digits, "_", "-" and "+", the first a letter, joined by "/". Nothing else reaches the file system. */
static int is_zone_name(const char *name)
{
    size_t length = strlen(name);
    int at_start = 1;
    if (length == 0 || length > LONGEST_NAME) return 0;
    for (size_t i = 0; i < length; i++) {
        char c = name[i];
        int letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
        if (at_start ? !letter : !(letter || is_digit(c) || c == '_' || c == '-' || c == '+' || c == '/')) return 0;
        at_start = c == '/';
    }
    return !at_start;
}

static pz_status fail_unknown(void)
{
    return pz__fail(PZ_E_INVALID, "time_zone",
                    "Give \"UTC\", an offset such as \"+05:30\" (up to 18 hours), or a name of the tz database such as \"Europe/Lisbon\".",
                    "The time zone is not known on this machine.");
}

static pz_status fail_broken(void)
{
    return pz__fail(PZ_E_FORMAT, "time_zone", "Install the package tzdata anew.", "The file of the time zone is broken.");
}

/* ---------------------------------------------------------------------------------------------------- file --- */

static pz_status read_file(const char *folder, const char *name, uint8_t **out_bytes, size_t *out_length)
{
    char path[512];
    struct stat about;
    size_t length = 0;
    int descriptor;
    *out_bytes = NULL;
    *out_length = 0;
    if ((size_t)snprintf(path, sizeof path, "%s/%s", folder, name) >= sizeof path) return fail_unknown();
    descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (descriptor < 0) {
        if (errno == ENOMEM) return pz__fail_memory();
        if (stat(folder, &about) == 0) return fail_unknown();
        return pz__fail(PZ_E_IO, "time_zone", "Install the package tzdata, or use \"UTC\" or an offset such as \"+01:00\".",
                        "This machine has no tz database, which the named time zone needs.");
    }
    if (fstat(descriptor, &about) != 0 || !S_ISREG(about.st_mode) || about.st_size > LARGEST_FILE) {
        close(descriptor);
        return fail_unknown();
    }
    *out_bytes = pz__alloc((size_t)about.st_size + 1);
    while (*out_bytes && length < (size_t)about.st_size) {
        ssize_t got = read(descriptor, *out_bytes + length, (size_t)about.st_size - length);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) break;
        length += (size_t)got;
    }
    close(descriptor);
    if (!*out_bytes) return pz__fail_memory();
    (*out_bytes)[length] = '\0';
    *out_length = length;
    return PZ_OK;
}

static uint32_t big32(const uint8_t *at)
{
    return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

static int64_t big64(const uint8_t *at)
{
    return (int64_t)((uint64_t)big32(at) << 32 | big32(at + 4));
}

/* The counts of a TZif header (RFC 8536): what follows it, and how long. */
typedef struct zone_block {
    size_t turns;
    size_t types;
    size_t length; /* of the data behind the header */
    char version;
} zone_block;

static int read_header(const uint8_t *at, size_t left, size_t time_size, zone_block *out)
{
    size_t utc, standard, leaps, letters;
    if (left < HEADER || memcmp(at, "TZif", 4)) return 0;
    out->version = (char)at[4];
    utc = big32(at + 20);
    standard = big32(at + 24);
    leaps = big32(at + 28);
    out->turns = big32(at + 32);
    out->types = big32(at + 36);
    letters = big32(at + 40);
    if (out->turns > LARGEST_FILE || out->types > 256 || out->types == 0 || leaps > LARGEST_FILE || letters > LARGEST_FILE) return 0;
    if (utc > 256 || standard > 256) return 0;
    out->length = out->turns * (time_size + 1) + out->types * 6 + letters + leaps * (time_size + 4) + standard + utc;
    return out->length <= left - HEADER;
}

static int take_turns(pz__zone *zone, const uint8_t *data, const zone_block *block)
{
    const uint8_t *kinds = data + block->turns * 8;
    const uint8_t *types = kinds + block->turns;
    for (size_t i = 0; i <= block->turns; i++) {
        size_t type = i ? kinds[i - 1] : 0;
        int32_t offset;
        if (type >= block->types) return 0;
        offset = (int32_t)big32(types + type * 6);
        if (offset > LARGEST_OFFSET || offset < -LARGEST_OFFSET) return 0;
        zone->offsets[i] = offset;
    }
    for (size_t i = 0; i < block->turns; i++) {
        zone->turns[i] = big64(data + i * 8);
        if (i && zone->turns[i] <= zone->turns[i - 1]) return 0;
    }
    return 1;
}

/* The second block of the file has times of 64 bits, and behind it the rule for the time after the last turn. */
static pz_status read_zone(pz__zone *zone, const uint8_t *bytes, size_t length)
{
    zone_block first, second;
    const uint8_t *at;
    size_t rest, rule;
    if (!read_header(bytes, length, 4, &first) || first.version < '2') return fail_broken();
    at = bytes + HEADER + first.length;
    rest = length - HEADER - first.length;
    if (!read_header(at, rest, 8, &second)) return fail_broken();
    zone->turns = pz__alloc_zero(second.turns + 1, sizeof *zone->turns);
    zone->offsets = pz__alloc_zero(second.turns + 1, sizeof *zone->offsets);
    if (!zone->turns || !zone->offsets) return pz__fail_memory();
    zone->count = second.turns;
    if (!take_turns(zone, at + HEADER, &second)) return fail_broken();
    rule = HEADER + second.length;
    zone->standard = zone->offsets[zone->count];
    if (rest - rule < 2 || at[rule] != '\n') return fail_broken();
    if (at[rule + 1] == '\n') return PZ_OK; /* no rule: the last offset stays */
    return pz__zone_rule_read(zone, (const char *)at + rule + 1) ? PZ_OK : fail_broken();
}

pz_status pz__zone_load(pz__zone *zone, const char *folder, const char *name)
{
    uint8_t *bytes;
    size_t length;
    pz_status status;
    memset(zone, 0, sizeof *zone);
    if (!strcmp(name, "UTC") || read_offset(name, &zone->standard)) return PZ_OK;
    if (!is_zone_name(name)) return fail_unknown();
    status = read_file(folder, name, &bytes, &length);
    if (status == PZ_OK) status = read_zone(zone, bytes, length);
    pz__release(bytes);
    if (status != PZ_OK) pz__zone_free(zone);
    return status;
}

void pz__zone_free(pz__zone *zone)
{
    pz__release(zone->turns);
    pz__release(zone->offsets);
    memset(zone, 0, sizeof *zone);
}

/* ------------------------------------------------------------------------------------------------- answers --- */

int32_t pz__zone_offset(const pz__zone *zone, int64_t second)
{
    size_t low = 0, high = zone->count;
    if (zone->count == 0 || second >= zone->turns[zone->count - 1]) return pz__zone_rule_offset(zone, second);
    while (low < high) { /* turns before `low` are at or before the moment */
        size_t middle = low + (high - low) / 2;
        if (zone->turns[middle] <= second)
            low = middle + 1;
        else
            high = middle;
    }
    return zone->offsets[low];
}

static int64_t local_second(const pz__zone *zone, int64_t second)
{
    return second + pz__zone_offset(zone, second);
}

pz_date pz__zone_date(const pz__zone *zone, pz_time time)
{
    if (time == PZ_TIME_NONE) return PZ_DATE_NONE;
    return (pz_date)floor_divide(local_second(zone, floor_divide(time, PZ__SECOND)), DAY);
}

/* Offsets change a few times a year at most, so half a day around midnight UTC and local all that can be in effect then are found by
 * looking every quarter of an hour. */
static int earliest_midnight(const pz__zone *zone, int64_t midnight, int64_t *out_second)
{
    int found = 0;
    *out_second = 0;
    for (int64_t at = midnight - LARGEST_OFFSET; at <= midnight + LARGEST_OFFSET; at += 900) {
        int64_t candidate = midnight - pz__zone_offset(zone, at);
        if (local_second(zone, candidate) != midnight || (found && candidate >= *out_second)) continue;
        *out_second = candidate;
        found = 1;
    }
    return found;
}

pz_time pz__zone_day_start(const pz__zone *zone, pz_date date)
{
    int64_t midnight = (int64_t)date * DAY;
    int64_t low = midnight - LARGEST_OFFSET, high = midnight + LARGEST_OFFSET;
    int64_t second;
    if (date == PZ_DATE_NONE) return PZ_TIME_NONE;
    if (earliest_midnight(zone, midnight, &second)) return second * PZ__SECOND;
    while (high - low > 1) { /* clocks jump over midnight: the moment of the jump */
        int64_t middle = low + (high - low) / 2;
        if (local_second(zone, middle) >= midnight)
            high = middle;
        else
            low = middle;
    }
    return high * PZ__SECOND;
}
