/* Calendar arithmetic (proleptic Gregorian), no clock and no time zone database. */
#ifndef PZ_BASE_CLOCK_H
#define PZ_BASE_CLOCK_H

#include "personalize/base.h"

#define PZ__SECOND INT64_C(1000000)
#define PZ__DAY (INT64_C(86400) * PZ__SECOND)

pz_date pz__date_from_civil(int year, int month, int day); /* PZ_DATE_NONE if there is no such day */
void pz__date_to_civil(pz_date date, int *year, int *month, int *day);
pz_date pz__date_of_time(pz_time time, int32_t offset_minutes); /* floor; PZ_DATE_NONE for PZ_TIME_NONE */

/* Write as pz_time_format and pz_date_format do, into 28 and 11 bytes, without error detail. 0 and "" where there is nothing
 * to write: none, or outside the years 0001 to 9999. */
int pz__time_text(pz_time time, char *buffer);
int pz__date_text(pz_date date, char *buffer);

/* The only clock: microseconds now. Called by lib/store alone, as the default of an option. */
pz_time pz__clock_now(void);

#endif
