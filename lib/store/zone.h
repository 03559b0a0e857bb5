/* Time zones without the process's TZ: "UTC", an offset such as "+05:30", or a name of the tz database, read from its files. */
#ifndef PZ_STORE_ZONE_H
#define PZ_STORE_ZONE_H

#include "personalize/base.h"

#define PZ__ZONE_FOLDER "/usr/share/zoneinfo"

/* The day on which a rule of summer time turns, as the tz database writes it. */
typedef struct pz__zone_turn {
    char kind; /* 'J' day 1 to 365 without leap days, 'N' day 0 to 365, 'M' month, week, weekday */
    int32_t day;
    int32_t month;
    int32_t week;
    int32_t second; /* of that day, local; may be negative or beyond the day */
} pz__zone_turn;

/* Offsets are seconds east of UTC. */
typedef struct pz__zone {
    int64_t *turns;   /* moments, seconds since the epoch */
    int32_t *offsets; /* before turns[0], and after each */
    size_t count;
    int has_summer; /* after the last turn */
    int32_t standard;
    int32_t summer;
    pz__zone_turn begins;
    pz__zone_turn ends;
} pz__zone;

/* PZ_E_INVALID (no such zone), PZ_E_IO (a name of the tz database, and there is none in `folder`), PZ_E_FORMAT, PZ_E_NOMEM. */
pz_status pz__zone_load(pz__zone *zone, const char *folder, const char *name);
void pz__zone_free(pz__zone *zone);

int32_t pz__zone_offset(const pz__zone *zone, int64_t second);
pz_date pz__zone_date(const pz__zone *zone, pz_time time);
/* The first moment of the day; where the zone skips it, the first moment after. */
pz_time pz__zone_day_start(const pz__zone *zone, pz_date date);

#endif
