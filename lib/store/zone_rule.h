/* The rule for the time after the last turn of a time zone's file, such as "WET0WEST,M3.5.0/1,M10.5.0" (POSIX, RFC 8536). */
#ifndef PZ_STORE_ZONE_RULE_H
#define PZ_STORE_ZONE_RULE_H

#include "store/zone.h"

/* Reads the rule up to a line break or NUL. 1 if it is one. */
int pz__zone_rule_read(pz__zone *zone, const char *rule);
int32_t pz__zone_rule_offset(const pz__zone *zone, int64_t second);

#endif
