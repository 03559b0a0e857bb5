/* Learners who must be together are one unit; units are what is placed and moved. */
#ifndef PZ_GROUPING_UNITS_H
#define PZ_GROUPING_UNITS_H

#include "grouping/data.h"

typedef struct pz__unit {
    int32_t size;
    int32_t locked;       /* group, or -1 */
    int32_t first_member; /* in members */
    int32_t first_apart;  /* in apart */
    int32_t apart_count;
} pz__unit;

typedef struct pz__units {
    pz__unit *units;
    int32_t count;
    int32_t learners;   /* grouped ones */
    int32_t *unit_of;   /* by learner; -1 where absent */
    int32_t *members;   /* learners, unit by unit */
    int32_t *apart;     /* units, unit by unit */
    int32_t locked_max; /* greatest group that somebody is locked to; -1 */
    int is_contradictory; /* a unit is locked to two groups, or apart from itself */
} pz__units;

/* `skip` marks rules (by number) that are to be left out; NULL: none. */
pz_status pz__units_make(const pz__grouping_data *data, const uint8_t *skip, pz__units *out_units);
void pz__units_free(pz__units *units);

#endif
